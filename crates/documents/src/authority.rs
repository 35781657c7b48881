//! A small certificate authority for a directorate that has no other: one root, and the certificates of the
//! keys that seal its papers.
//!
//! The root is made once, kept apart from the machine that seals, and used again only to certify a new key.

use std::time::Duration;

use jiff::Timestamp;
use p256::ecdsa::{DerSignature, SigningKey};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::der::asn1::{
    Any, GeneralizedTime, ObjectIdentifier, PrintableString, SetOfVec, Utf8StringRef,
};
use x509_cert::der::{DateTime, Decode, Encode};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};
use x509_cert::{Certificate, builder};

use crate::signer::{FileSigner, PublicKey, SignFault, Signer};
use crate::timestamps::TIME_STAMPING;

const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// Signing of documents read by people (RFC 9336).
pub(crate) const DOCUMENT_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.36");

/// The office a certificate speaks of, in any script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The name people read first, such as "General Directorate of Civil Status".
    pub common_name: String,
    /// The body it belongs to, such as "Ministry of Interior".
    pub organisation: Option<String>,
    /// A part of that body.
    pub unit: Option<String>,
    /// Two capital letters (ISO 3166-1).
    pub country: Option<String>,
}

impl Subject {
    /// An office known by its name alone.
    pub fn named(common_name: &str) -> Subject {
        Subject { common_name: common_name.into(), organisation: None, unit: None, country: None }
    }

    fn to_name(&self) -> Result<Name, SignFault> {
        if self.common_name.trim().is_empty() {
            return Err(SignFault::Chain("the subject has no name".into()));
        }
        let mut names = RdnSequence::default();
        if let Some(country) = &self.country {
            let two_letters = country.len() == 2 && country.chars().all(|c| c.is_ascii_uppercase());
            if !two_letters {
                return Err(SignFault::Chain(format!("country {country:?} is not two capital letters")));
            }
            names.push(part(COUNTRY, Any::encode_from(&PrintableString::new(country).map_err(chain)?))?);
        }
        let texts = [
            (ORGANISATION, self.organisation.as_ref()),
            (UNIT, self.unit.as_ref()),
            (COMMON_NAME, Some(&self.common_name)),
        ];
        for (oid, text) in texts {
            if let Some(text) = text {
                names.push(part(oid, Any::encode_from(&Utf8StringRef::new(text).map_err(chain)?))?);
            }
        }
        Name::from_der(&names.to_der().map_err(chain)?).map_err(chain)
    }
}

fn part(
    oid: ObjectIdentifier,
    value: x509_cert::der::Result<Any>,
) -> Result<RelativeDistinguishedName, SignFault> {
    let value = value.map_err(chain)?;
    let set = SetOfVec::try_from(vec![AttributeTypeAndValue { oid, value }]).map_err(chain)?;
    Ok(RelativeDistinguishedName::from(set))
}

fn chain(fault: impl std::fmt::Display) -> SignFault {
    SignFault::Chain(fault.to_string())
}

/// From when until when a certificate vouches for its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// First moment.
    pub from: Timestamp,
    /// Last moment.
    pub until: Timestamp,
}

impl Term {
    fn to_validity(self) -> Result<Validity, SignFault> {
        if self.until <= self.from {
            return Err(SignFault::Chain("its term ends before it begins".into()));
        }
        Ok(Validity::new(time(self.from)?, time(self.until)?))
    }
}

fn time(at: Timestamp) -> Result<Time, SignFault> {
    let seconds = u64::try_from(at.as_second()).map_err(chain)?;
    let at = DateTime::from_unix_duration(Duration::from_secs(seconds)).map_err(chain)?;
    Ok(Time::GeneralTime(GeneralizedTime::from_date_time(at)))
}

/// What a certificate says of its key, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// The name of whom it vouches for, as X.509 writes it: `CN=Civil Status,O=Ministry of Interior,C=IQ`.
    pub subject: String,
    /// The name that people read first, if it has one.
    pub common_name: Option<String>,
    /// From when until when.
    pub term: Term,
}

/// Describes a DER certificate.
pub fn describe(der: &[u8]) -> Result<Described, SignFault> {
    let certificate = Certificate::from_der(der).map_err(chain)?;
    let validity = certificate.tbs_certificate().validity();
    let at = |time: Time| {
        let seconds = i64::try_from(time.to_unix_duration().as_secs()).map_err(chain)?;
        Timestamp::from_second(seconds).map_err(chain)
    };
    let term = Term { from: at(validity.not_before)?, until: at(validity.not_after)? };
    let subject = certificate.tbs_certificate().subject();
    let common_name = subject.common_name().map_err(chain)?.map(|name| name.value().to_string());
    Ok(Described { subject: subject.to_string(), common_name, term })
}

/// Makes a new root: a key that certifies other keys, and the certificate everyone is asked to trust.
pub fn create_root(subject: &Subject, term: Term) -> Result<FileSigner, SignFault> {
    let key = new_key()?;
    let name = subject.to_name()?;
    let profile = Profile { issuer: name.clone(), subject: name, purpose: Purpose::Certifying };
    let certificate = certify(profile, term, &key, spki(&PublicKey::from_signing(&key))?)?;
    FileSigner::new(key, vec![certificate])
}

/// Makes a new sealing key and certifies it. Its chain ends with the root.
pub fn issue(root: &FileSigner, subject: &Subject, term: Term) -> Result<FileSigner, SignFault> {
    issue_with(root, subject, term, Purpose::Sealing)
}

/// Makes a new key that confirms times, as a timestamp authority's: for the demonstration and for tests.
pub fn issue_stamping(root: &FileSigner, subject: &Subject, term: Term) -> Result<FileSigner, SignFault> {
    issue_with(root, subject, term, Purpose::Stamping)
}

fn issue_with(
    root: &FileSigner,
    subject: &Subject,
    term: Term,
    purpose: Purpose,
) -> Result<FileSigner, SignFault> {
    let key = new_key()?;
    let certificate = certify_by(root, subject, term, &PublicKey::from_signing(&key), purpose)?;
    FileSigner::new(key, [vec![certificate], root.certificate_chain().to_vec()].concat())
}

/// Certifies a sealing key that lives elsewhere, such as in a security module. Gives the DER certificate.
pub fn issue_for(
    root: &FileSigner,
    subject: &Subject,
    term: Term,
    key: &PublicKey,
) -> Result<Vec<u8>, SignFault> {
    certify_by(root, subject, term, key, Purpose::Sealing)
}

fn certify_by(
    root: &FileSigner,
    subject: &Subject,
    term: Term,
    key: &PublicKey,
    purpose: Purpose,
) -> Result<Vec<u8>, SignFault> {
    let own = root.certificate_chain().first().ok_or_else(|| chain("the root has no certificate"))?;
    let own = Certificate::from_der(own).map_err(chain)?;
    let profile =
        Profile { issuer: own.tbs_certificate().subject().clone(), subject: subject.to_name()?, purpose };
    certify(profile, term, root.signing_key(), spki(key)?)
}

fn certify(
    profile: Profile,
    term: Term,
    by: &SigningKey,
    key: SubjectPublicKeyInfoOwned,
) -> Result<Vec<u8>, SignFault> {
    let mut serial = [0; 16];
    getrandom::fill(&mut serial).map_err(|fault| SignFault::Key(fault.to_string()))?;
    // A serial number is a positive integer and must not begin with an empty byte (RFC 5280, 4.1.2.2).
    serial[0] = (serial[0] & 0x7f) | 0x40;
    let serial = SerialNumber::new(&serial).map_err(chain)?;
    let builder = CertificateBuilder::new(profile, serial, term.to_validity()?, key).map_err(chain)?;
    let certificate = builder.build::<_, DerSignature>(by).map_err(chain)?;
    certificate.to_der().map_err(chain)
}

fn spki(key: &PublicKey) -> Result<SubjectPublicKeyInfoOwned, SignFault> {
    SubjectPublicKeyInfoOwned::from_der(&key.to_spki()).map_err(chain)
}

fn new_key() -> Result<SigningKey, SignFault> {
    // Not every 32 bytes are a key, but all except one in 2^32 are.
    for _ in 0..4 {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|fault| SignFault::Key(fault.to_string()))?;
        let key = SigningKey::from_slice(&secret);
        secret.fill(0);
        if let Ok(key) = key {
            return Ok(key);
        }
    }
    Err(SignFault::Key("the system's random numbers cannot be used".into()))
}

/// What a certified key may do, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Certifying,
    Sealing,
    Stamping,
}

/// What stands in a certificate.
struct Profile {
    issuer: Name,
    subject: Name,
    purpose: Purpose,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        own: SubjectPublicKeyInfoRef<'_>,
        issuer: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let issuer_key = SubjectKeyIdentifier::try_from(issuer)?;
        let authority = self.purpose == Purpose::Certifying;
        let usage = if authority {
            KeyUsages::KeyCertSign | KeyUsages::CRLSign
        } else {
            KeyUsages::DigitalSignature | KeyUsages::NonRepudiation
        };
        let mut list = Vec::new();
        let limits = BasicConstraints { ca: authority, path_len_constraint: authority.then_some(0) };
        list.push(limits.to_extension(&tbs.subject().clone(), &list)?);
        list.push(KeyUsage(usage).to_extension(tbs.subject(), &list)?);
        list.push(SubjectKeyIdentifier::try_from(own)?.to_extension(tbs.subject(), &list)?);
        let by = AuthorityKeyIdentifier { key_identifier: Some(issuer_key.0), ..Default::default() };
        list.push(by.to_extension(tbs.subject(), &list)?);
        let purpose = match self.purpose {
            Purpose::Certifying => return Ok(list),
            Purpose::Sealing => DOCUMENT_SIGNING,
            Purpose::Stamping => TIME_STAMPING,
        };
        let mut purposes = ExtendedKeyUsage(vec![purpose]).to_extension(tbs.subject(), &list)?;
        // RFC 3161, 2.3 wants it so of an authority's.
        purposes.critical = self.purpose == Purpose::Stamping;
        list.push(purposes);
        Ok(list)
    }
}
