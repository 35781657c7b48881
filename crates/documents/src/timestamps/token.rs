//! A timestamp token: CMS signed data (RFC 5652) around what an authority confirms.

use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{Any, ObjectIdentifier, OctetString};
use der::{Decode, Encode, Sequence};
use x509_cert::Certificate;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::StampFault;
use super::trust::{self, Digest};
use super::wire::Info;
use crate::pades::envelope::{
    CONTENT_TYPE, IssuerSerial, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_CERTIFICATE_V2, SigningCertificateV2,
    certificates_in, one_value,
};

pub(super) const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");

/// SigningCertificate (RFC 2634), which older authorities write: a SHA-1 hash.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct SigningCertificate {
    certs: Vec<EssCertId>,
    #[asn1(optional = "true")]
    policies: Option<Vec<Any>>,
}

/// ESSCertID.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct EssCertId {
    cert_hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<IssuerSerial>,
}

/// A token whose signature is that of the certificate it brings along. Nobody said yet whether to trust that.
pub(super) struct Opened {
    /// What is confirmed.
    pub info: Info,
    /// The authority's certificate.
    pub own: Certificate,
    /// All certificates that came along, DER.
    pub others: Vec<Vec<u8>>,
}

fn malformed(fault: impl std::fmt::Display) -> StampFault {
    StampFault::Malformed(fault.to_string())
}

/// Opens a token and checks its signature.
pub(super) fn open(token: &[u8]) -> Result<Opened, StampFault> {
    let info = ContentInfo::from_der(token).map_err(malformed)?;
    if info.content_type != SIGNED_DATA {
        return Err(malformed("it is not signed data"));
    }
    let data: SignedData = info.content.decode_as().map_err(malformed)?;
    if data.encap_content_info.econtent_type != TST_INFO {
        return Err(malformed("it confirms no time"));
    }
    let content = data.encap_content_info.econtent.as_ref().ok_or_else(|| malformed("it is empty"))?;
    let content: OctetString = content.decode_as().map_err(malformed)?;
    let [signer] = data.signer_infos.0.as_slice() else { return Err(malformed("not exactly one signer")) };
    let certificates = certificates_in(&data);
    let own = certificates.iter().find(|one| is_named(one, &signer.sid));
    let own = own.ok_or_else(|| malformed("the signer's certificate did not come along"))?.clone();
    check_signature(signer, content.as_bytes(), &own)?;
    let info = Info::from_der(content.as_bytes()).map_err(malformed)?;
    if info.version != 1 {
        return Err(malformed("an unknown version"));
    }
    if info.extensions.iter().flatten().any(|one| one.critical) {
        return Err(malformed("an extension that must not be passed over"));
    }
    let others: der::Result<Vec<Vec<u8>>> = certificates.iter().map(Encode::to_der).collect();
    Ok(Opened { info, own, others: others.map_err(malformed)? })
}

fn is_named(certificate: &Certificate, sid: &SignerIdentifier) -> bool {
    let tbs = certificate.tbs_certificate();
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(sid) => {
            *tbs.issuer() == sid.issuer && *tbs.serial_number() == sid.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(wanted) => {
            let own = tbs.get_extension::<SubjectKeyIdentifier>().ok().flatten();
            own.is_some_and(|(_, own)| own == *wanted)
        }
    }
}

/// The signature is over the attributes, and they name the content and the certificate (RFC 5652, 5.4; RFC 5816).
fn check_signature(signer: &SignerInfo, content: &[u8], own: &Certificate) -> Result<(), StampFault> {
    let attributes = signer.signed_attrs.as_ref().ok_or_else(|| malformed("no signed attributes"))?;
    let value = |oid| one_value(attributes, oid).map_err(malformed);
    if value(CONTENT_TYPE)?.decode_as::<ObjectIdentifier>().map_err(malformed)? != TST_INFO {
        return Err(malformed("its signature is for another kind of content"));
    }
    let digest = Digest::of(signer.digest_alg.oid)?;
    let said: OctetString = value(MESSAGE_DIGEST)?.decode_as().map_err(malformed)?;
    if said.as_bytes() != digest.hash(content) {
        return Err(StampFault::BadSignature);
    }
    let der = own.to_der().map_err(malformed)?;
    let names_own = if attributes.iter().any(|one| one.oid == SIGNING_CERTIFICATE_V2) {
        let named: SigningCertificateV2 = value(SIGNING_CERTIFICATE_V2)?.decode_as().map_err(malformed)?;
        let first = named.certs.first().ok_or_else(|| malformed("no certificate is named"))?;
        let digest =
            first.hash_algorithm.as_ref().map_or(Ok(Digest::Sha256), |named| Digest::of(named.oid))?;
        first.cert_hash.as_bytes() == digest.hash(&der)
    } else {
        let named: SigningCertificate = value(SIGNING_CERTIFICATE)?.decode_as().map_err(malformed)?;
        let first = named.certs.first().ok_or_else(|| malformed("no certificate is named"))?;
        first.cert_hash.as_bytes() == trust::sha_1(&der)
    };
    if !names_own {
        return Err(malformed("its signature names another certificate"));
    }
    let signed = attributes.to_der().map_err(malformed)?;
    trust::verify(own, signer.signature_algorithm.oid, digest, &signed, signer.signature.as_bytes())
}
