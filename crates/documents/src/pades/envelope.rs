//! The signature's envelope: CMS SignedData (RFC 5652) with the attributes PAdES asks for, built and read
//! through types only.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier, SignerInfo,
    SignerInfos,
};
use der::asn1::{Any, ObjectIdentifier, OctetString, OctetStringRef, SetOfVec};
use der::{Decode, Encode, Reader, Sequence, SliceReader};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::{SealFault, certified_key};
use crate::signer::{SignFault, Signer};

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(crate) const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub(crate) const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
pub(crate) const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
pub(crate) const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(crate) const ECDSA_WITH_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
/// id-aa-timeStampToken: the confirmed moment of the signature (EN 319 122-1, 5.3).
const TIMESTAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// SigningCertificateV2 (RFC 5035): ties the signature to one certificate, not only to its key.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct SigningCertificateV2 {
    pub certs: Vec<EssCertIdV2>,
    #[asn1(optional = "true")]
    pub policies: Option<Vec<Any>>,
}

/// ESSCertIDv2; an absent algorithm means SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct EssCertIdV2 {
    #[asn1(optional = "true")]
    pub hash_algorithm: Option<AlgorithmIdentifierOwned>,
    pub cert_hash: OctetString,
    #[asn1(optional = "true")]
    pub issuer_serial: Option<IssuerSerial>,
}

/// IssuerSerial (RFC 5035).
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct IssuerSerial {
    issuer: Vec<GeneralName>,
    serial: SerialNumber,
}

pub(crate) fn algorithm(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid, parameters: None }
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

fn chain_fault(fault: der::Error) -> SealFault {
    SealFault::Sign(SignFault::Chain(fault.to_string()))
}

/// A signature and everything its envelope will hold.
#[derive(Debug)]
pub(super) struct Signed {
    chain: Vec<Vec<u8>>,
    attributes: SignedAttributes,
    /// The signature, DER.
    pub signature: Vec<u8>,
}

/// Signs a document's digest.
pub(super) fn sign(digest: &[u8], signer: &dyn Signer) -> Result<Signed, SealFault> {
    let chain = signer.certificate_chain();
    let own = chain.first().ok_or_else(|| SealFault::Sign(SignFault::Chain("is empty".into())))?;
    let attributes = attributes_of(DATA, digest, own).map_err(chain_fault)?;
    // The SET OF is sorted by its type, so these are the bytes a reader rebuilds (RFC 5652, 5.4).
    let to_sign = attributes.to_der().map_err(chain_fault)?;
    let signature = signer.sign(&to_sign)?;
    if !certified_key(signer)?.verify(&to_sign, &signature) {
        return Err(SealFault::BadSignature);
    }
    Ok(Signed { chain: chain.to_vec(), attributes, signature })
}

/// What is signed: the kind of content, its digest, and whose certificate counts.
pub(crate) fn attributes_of(
    content: ObjectIdentifier,
    digest: &[u8],
    own: &[u8],
) -> der::Result<SignedAttributes> {
    let tbs = Certificate::from_der(own)?;
    let tbs = tbs.tbs_certificate();
    let certificate = SigningCertificateV2 {
        certs: vec![EssCertIdV2 {
            hash_algorithm: None,
            cert_hash: OctetString::new(Sha256::digest(own).to_vec())?,
            issuer_serial: Some(IssuerSerial {
                issuer: vec![GeneralName::DirectoryName(tbs.issuer().clone())],
                serial: tbs.serial_number().clone(),
            }),
        }],
        policies: None,
    };
    // No signing-time attribute: PAdES takes the time from the PDF's own /M (EN 319 142-1, 6.3).
    SetOfVec::try_from(vec![
        attribute(CONTENT_TYPE, Any::encode_from(&content)?)?,
        attribute(MESSAGE_DIGEST, Any::encode_from(&OctetStringRef::new(digest)?)?)?,
        attribute(SIGNING_CERTIFICATE_V2, Any::encode_from(&certificate)?)?,
    ])
}

impl Signed {
    /// Wraps the signature with the certificates that vouch for the key and, when its moment was confirmed, the
    /// authority's token.
    pub fn wrap(self, token: Option<&[u8]>) -> Result<Vec<u8>, SealFault> {
        self.wrapped(token).map_err(chain_fault)
    }

    fn wrapped(self, token: Option<&[u8]>) -> der::Result<Vec<u8>> {
        let certificates: Vec<Certificate> =
            self.chain.iter().map(|der| Certificate::from_der(der)).collect::<der::Result<_>>()?;
        let own = certificates.first().ok_or(der::ErrorKind::Failed)?.tbs_certificate();
        let stamped = token.map(|token| attribute(TIMESTAMP, Any::from_der(token)?)).transpose()?;
        let signer = SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: own.issuer().clone(),
                serial_number: own.serial_number().clone(),
            }),
            digest_alg: algorithm(SHA_256),
            signed_attrs: Some(self.attributes),
            signature_algorithm: algorithm(ECDSA_WITH_SHA_256),
            signature: OctetString::new(self.signature)?,
            unsigned_attrs: stamped.map(|stamped| SetOfVec::try_from(vec![stamped])).transpose()?,
        };
        let choices: Vec<_> = certificates.iter().cloned().map(CertificateChoices::Certificate).collect();
        let signed = SignedData {
            version: CmsVersion::V1,
            digest_algorithms: SetOfVec::try_from(vec![algorithm(SHA_256)])?,
            encap_content_info: EncapsulatedContentInfo { econtent_type: DATA, econtent: None },
            certificates: Some(CertificateSet::try_from(choices)?),
            crls: None,
            signer_infos: SignerInfos::try_from(vec![signer])?,
        };
        ContentInfo { content_type: SIGNED_DATA, content: Any::encode_from(&signed)? }.to_der()
    }
}

/// What an envelope says, before anyone believes it.
pub(super) struct Opened {
    /// The digest the signer saw.
    pub digest: Vec<u8>,
    /// The bytes that were signed.
    pub signed: Vec<u8>,
    /// The signature over them, DER.
    pub signature: Vec<u8>,
    /// The token that confirms its moment, DER.
    pub token: Option<Vec<u8>>,
    /// The signer's certificate.
    pub own: Certificate,
    /// All certificates that came along.
    pub others: Vec<Certificate>,
}

/// The certificates that came along with what was signed.
pub(crate) fn certificates_in(data: &SignedData) -> Vec<Certificate> {
    let choices = data.certificates.iter().flat_map(|set| set.0.iter());
    let certificates = choices.filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
        CertificateChoices::Other(_) => None,
    });
    certificates.collect()
}

/// Opens an envelope followed by nothing but zeros, and finds its one signer.
pub(super) fn open(bytes: &[u8]) -> Result<Opened, String> {
    let text = |fault: der::Error| fault.to_string();
    let mut reader = SliceReader::new(bytes).map_err(text)?;
    let info = ContentInfo::decode(&mut reader).map_err(text)?;
    let rest = reader.remaining_len();
    let rest = bytes.len() - usize::try_from(rest).map_err(text)?;
    if bytes[rest..].iter().any(|byte| *byte != 0) {
        return Err("something stands behind the signature".into());
    }
    if info.content_type != SIGNED_DATA {
        return Err("not signed data".into());
    }
    let data: SignedData = info.content.decode_as().map_err(text)?;
    let [signer] = data.signer_infos.0.as_slice() else { return Err("not exactly one signer".into()) };
    only_what_a_seal_needs(&data, signer)?;
    let others = certificates_in(&data);
    let attributes = signer.signed_attrs.as_ref().ok_or("no signed attributes")?;
    let value = |oid| one_value(attributes, oid);
    if value(CONTENT_TYPE)?.decode_as::<ObjectIdentifier>().map_err(text)? != DATA {
        return Err("signed content is not plain data".into());
    }
    let digest: OctetString = value(MESSAGE_DIGEST)?.decode_as().map_err(text)?;
    let certificate: SigningCertificateV2 = value(SIGNING_CERTIFICATE_V2)?.decode_as().map_err(text)?;
    Ok(Opened {
        digest: digest.as_bytes().to_vec(),
        signed: attributes.to_der().map_err(text)?,
        signature: signer.signature.as_bytes().to_vec(),
        token: token_in(signer)?,
        own: own_certificate(&others, &signer.sid, &certificate)?,
        others,
    })
}

/// Much of an envelope is not signed. Refusing what no seal of ours holds leaves nothing to play with.
fn only_what_a_seal_needs(data: &SignedData, signer: &SignerInfo) -> Result<(), String> {
    let digest_algorithms = data.digest_algorithms.as_slice();
    if data.encap_content_info.econtent_type != DATA || data.encap_content_info.econtent.is_some() {
        return Err("it signs a content of its own".into());
    }
    if digest_algorithms != [algorithm(SHA_256)]
        || signer.digest_alg != algorithm(SHA_256)
        || signer.signature_algorithm != algorithm(ECDSA_WITH_SHA_256)
    {
        return Err("an algorithm other than ECDSA with SHA-256".into());
    }
    if data.version != CmsVersion::V1 || signer.version != CmsVersion::V1 {
        return Err("an unknown version".into());
    }
    // A timestamp is signed by itself; nothing else may stand outside the signature.
    let unsigned = signer.unsigned_attrs.iter().flat_map(|attributes| attributes.iter());
    if data.crls.is_some() || unsigned.into_iter().any(|one| one.oid != TIMESTAMP) {
        return Err("it carries something unsigned".into());
    }
    Ok(())
}

fn token_in(signer: &SignerInfo) -> Result<Option<Vec<u8>>, String> {
    let Some(attributes) = &signer.unsigned_attrs else { return Ok(None) };
    one_value(attributes, TIMESTAMP)?.to_der().map(Some).map_err(|fault| fault.to_string())
}

pub(crate) fn one_value(attributes: &SignedAttributes, oid: ObjectIdentifier) -> Result<&Any, String> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
    match (found.next(), found.next()) {
        (Some(one), None) if one.values.len() == 1 => {
            one.values.get(0).ok_or_else(|| format!("attribute {oid} is empty"))
        }
        _ => Err(format!("attribute {oid} does not stand exactly once")),
    }
}

fn own_certificate(
    others: &[Certificate],
    sid: &SignerIdentifier,
    named: &SigningCertificateV2,
) -> Result<Certificate, String> {
    let SignerIdentifier::IssuerAndSerialNumber(sid) = sid else { return Err("signer named by key".into()) };
    let own = others.iter().find(|certificate| {
        let tbs = certificate.tbs_certificate();
        *tbs.issuer() == sid.issuer && *tbs.serial_number() == sid.serial_number
    });
    let own = own.ok_or("the signer's certificate did not come along")?;
    let hash = Sha256::digest(own.to_der().map_err(|fault| fault.to_string())?);
    let first = named.certs.first().ok_or("no certificate is named")?;
    let sha_256 = first.hash_algorithm.as_ref().is_none_or(|algorithm| algorithm.oid == SHA_256);
    if !sha_256 || first.cert_hash.as_bytes() != hash.as_slice() {
        return Err("the signature names another certificate".into());
    }
    Ok(own.clone())
}
