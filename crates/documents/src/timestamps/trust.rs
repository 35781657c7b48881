//! Whose word counts: the keys that authorities sign with, and the way from an authority's certificate to one
//! that the office was told to trust.

use std::time::Duration;

use der::Encode;
use der::asn1::ObjectIdentifier;
use jiff::Timestamp;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use ring::signature as rsa;
use rustls_pki_types::{CertificateDer, UnixTime};
use x509_cert::Certificate;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage};

use super::StampFault;
use crate::pades::trust::{common_name, term};

/// Confirming times, and nothing else (RFC 3161, 2.3).
pub(crate) const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// The same as webpki wants it: the contents of its DER.
const TIME_STAMPING_DER: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// The hashes that are strong enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digest {
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    /// By its own name.
    pub fn of(oid: ObjectIdentifier) -> Result<Digest, StampFault> {
        match oid.to_string().as_str() {
            "2.16.840.1.101.3.4.2.1" => Ok(Digest::Sha256),
            "2.16.840.1.101.3.4.2.2" => Ok(Digest::Sha384),
            "2.16.840.1.101.3.4.2.3" => Ok(Digest::Sha512),
            other => Err(StampFault::UnknownAlgorithm(other.to_owned())),
        }
    }

    pub fn hash(self, bytes: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Digest::Sha256 => &ring::digest::SHA256,
            Digest::Sha384 => &ring::digest::SHA384,
            Digest::Sha512 => &ring::digest::SHA512,
        };
        ring::digest::digest(algorithm, bytes).as_ref().to_vec()
    }

    fn rsa(self) -> &'static rsa::RsaParameters {
        match self {
            Digest::Sha256 => &rsa::RSA_PKCS1_2048_8192_SHA256,
            Digest::Sha384 => &rsa::RSA_PKCS1_2048_8192_SHA384,
            Digest::Sha512 => &rsa::RSA_PKCS1_2048_8192_SHA512,
        }
    }
}

/// SHA-1, which only tells certificates apart that are checked by other means.
pub(super) fn sha_1(bytes: &[u8]) -> Vec<u8> {
    ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec()
}

/// The hash that a signature's algorithm names; the token names it again beside.
fn digest_in(algorithm: ObjectIdentifier) -> Option<Digest> {
    match algorithm.to_string().as_str() {
        "1.2.840.10045.4.3.2" | "1.2.840.113549.1.1.11" => Some(Digest::Sha256),
        "1.2.840.10045.4.3.3" | "1.2.840.113549.1.1.12" => Some(Digest::Sha384),
        "1.2.840.10045.4.3.4" | "1.2.840.113549.1.1.13" => Some(Digest::Sha512),
        _ => None,
    }
}

/// Whether `signature` over `signed` is by the certificate's key: ECDSA on P-256 and P-384, or RSA.
pub(super) fn verify(
    by: &Certificate,
    algorithm: ObjectIdentifier,
    digest: Digest,
    signed: &[u8],
    signature: &[u8],
) -> Result<(), StampFault> {
    let key = by.tbs_certificate().subject_public_key_info();
    let unknown = || StampFault::UnknownAlgorithm(algorithm.to_string());
    // An authority may name only the kind of key; then the token's own hash counts.
    if digest_in(algorithm).map_or(algorithm != RSA, |named| named != digest) {
        return Err(unknown());
    }
    let ecdsa = algorithm.to_string().starts_with("1.2.840.10045.4.3.");
    let point = key.subject_public_key.raw_bytes();
    let curve =
        key.algorithm.parameters.as_ref().and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
    let holds = match (key.algorithm.oid, curve) {
        (RSA, _) if !ecdsa => {
            rsa::UnparsedPublicKey::new(digest.rsa(), point).verify(signed, signature).is_ok()
        }
        (EC, Some(P_256)) if ecdsa => {
            let read = (
                p256::ecdsa::VerifyingKey::from_sec1_bytes(point),
                p256::ecdsa::Signature::from_der(signature),
            );
            matches!(read, (Ok(key), Ok(given)) if key.verify_prehash(&digest.hash(signed), &given).is_ok())
        }
        (EC, Some(P_384)) if ecdsa => {
            let read = (
                p384::ecdsa::VerifyingKey::from_sec1_bytes(point),
                p384::ecdsa::Signature::from_der(signature),
            );
            matches!(read, (Ok(key), Ok(given)) if key.verify_prehash(&digest.hash(signed), &given).is_ok())
        }
        _ => return Err(unknown()),
    };
    if holds { Ok(()) } else { Err(StampFault::BadSignature) }
}

/// Whether `own` may confirm times and one of `trusted` (DER) vouches for it, as things stood at `at`.
pub(super) fn vouched(
    own: &Certificate,
    others: &[Vec<u8>],
    trusted: &[Vec<u8>],
    at: Timestamp,
) -> Result<(), StampFault> {
    let authority = common_name(own);
    if !only_confirms_times(own) {
        return Err(StampFault::NotForTimestamps { authority });
    }
    let (from, until) = term(own).map_err(|fault| StampFault::Malformed(fault.to_string()))?;
    if at < from || until < at {
        return Err(StampFault::OutOfTerm { authority, at, from, until });
    }
    let der = own.to_der().map_err(|fault| StampFault::Malformed(fault.to_string()))?;
    // The office may name the authority's own certificate and nothing above it.
    if trusted.contains(&der) {
        return Ok(());
    }
    let untrusted =
        |why: webpki::Error| StampFault::Untrusted { authority: authority.clone(), why: format!("{why:?}") };
    let trusted: Vec<CertificateDer<'_>> =
        trusted.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let anchors: Vec<_> =
        trusted.iter().filter_map(|der| webpki::anchor_from_trusted_cert(der).ok()).collect();
    let between: Vec<CertificateDer<'_>> =
        others.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let own = CertificateDer::from(der.as_slice());
    let own = webpki::EndEntityCert::try_from(&own).map_err(untrusted)?;
    let seconds = Duration::from_secs(u64::try_from(at.as_second()).unwrap_or(0));
    let purpose = webpki::KeyUsage::required_if_present(TIME_STAMPING_DER);
    let path = own.verify_for_usage(
        webpki::ALL_VERIFICATION_ALGS,
        &anchors,
        &between,
        UnixTime::since_unix_epoch(seconds),
        purpose,
        None,
        None,
    );
    path.map(drop).map_err(untrusted)
}

/// The one purpose, marked critical, and a key that signs.
fn only_confirms_times(own: &Certificate) -> bool {
    let tbs = own.tbs_certificate();
    let purposes = tbs.get_extension::<ExtendedKeyUsage>().ok().flatten();
    let one_purpose = purposes.is_some_and(|(critical, purposes)| critical && purposes.0 == [TIME_STAMPING]);
    let usage = tbs.get_extension::<KeyUsage>().ok().flatten();
    one_purpose && usage.is_none_or(|(_, usage)| usage.digital_signature() || usage.non_repudiation())
}
