//! From a signer's certificate up to a root the reader trusts.

use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use x509_cert::time::Time;

use super::envelope::ECDSA_WITH_SHA_256;
use super::inspect::InspectFault;
use crate::authority::DOCUMENT_SIGNING;
use crate::signer::PublicKey;

/// More certificates than this between a seal and its root are not followed.
const LONGEST_CHAIN: usize = 5;

/// Extensions this module understands; a certificate with another critical one is not trusted (RFC 5280, 4.2).
const UNDERSTOOD: [ObjectIdentifier; 3] = [
    ObjectIdentifier::new_unwrap("2.5.29.15"), // key usage
    ObjectIdentifier::new_unwrap("2.5.29.19"), // basic constraints
    ObjectIdentifier::new_unwrap("2.5.29.37"), // extended key usage
];

/// Follows the chain from `own` to one of `roots` as it stood at `at`. Gives the chain, `own` first.
pub(super) fn chain_to_root(
    own: &Certificate,
    others: &[Certificate],
    roots: &[Vec<u8>],
    at: Timestamp,
) -> Result<Vec<Certificate>, InspectFault> {
    may_seal(own)?;
    let roots: Vec<Certificate> = roots.iter().filter_map(|der| Certificate::from_der(der).ok()).collect();
    let mut chain = vec![own.clone()];
    while chain.len() <= LONGEST_CHAIN {
        let last = chain.last().unwrap_or(own);
        in_term(last, at)?;
        if let Some(root) =
            roots.iter().find(|root| same(root, last) || certified(last, root, chain.len() - 1))
        {
            if !same(root, last) {
                in_term(root, at)?;
                let root = root.clone();
                chain.push(root);
            }
            return Ok(chain);
        }
        let above = others.iter().find(|other| !same(other, last) && certified(last, other, chain.len() - 1));
        match above {
            Some(above) => chain.push(above.clone()),
            None => break,
        }
    }
    Err(InspectFault::Untrusted { signer: common_name(own) })
}

fn same(a: &Certificate, b: &Certificate) -> bool {
    matches!((a.to_der(), b.to_der()), (Ok(a), Ok(b)) if a == b)
}

fn may_seal(own: &Certificate) -> Result<(), InspectFault> {
    let tbs = own.tbs_certificate();
    let usage = tbs.get_extension::<KeyUsage>().ok().flatten();
    let signs = usage.is_none_or(|(_, usage)| usage.digital_signature() || usage.non_repudiation());
    let purposes = tbs.get_extension::<ExtendedKeyUsage>().ok().flatten();
    let seals = purposes.is_none_or(|(_, purposes)| purposes.0.contains(&DOCUMENT_SIGNING));
    if signs && seals && critical_understood(own) {
        Ok(())
    } else {
        Err(InspectFault::NotForSealing { signer: common_name(own) })
    }
}

fn critical_understood(certificate: &Certificate) -> bool {
    let extensions = certificate.tbs_certificate().extensions();
    extensions.is_none_or(|list| list.iter().all(|one| !one.critical || UNDERSTOOD.contains(&one.extn_id)))
}

/// Whether `above` is an authority that certified `below`, with at most `between` authorities in between.
fn certified(below: &Certificate, above: &Certificate, between: usize) -> bool {
    let tbs = above.tbs_certificate();
    if tbs.subject() != below.tbs_certificate().issuer() || !critical_understood(above) {
        return false;
    }
    let Ok(Some((_, limits))) = tbs.get_extension::<BasicConstraints>() else { return false };
    let Ok(usage) = tbs.get_extension::<KeyUsage>() else { return false };
    let far_enough = limits.path_len_constraint.is_none_or(|most| between <= usize::from(most));
    let may_certify = limits.ca && far_enough && usage.is_none_or(|(_, usage)| usage.key_cert_sign());
    may_certify && signed_by(below, above)
}

fn signed_by(below: &Certificate, above: &Certificate) -> bool {
    let Some(key) = PublicKey::of(above) else { return false };
    let (Ok(signed), Some(signature)) = (below.tbs_certificate().to_der(), below.signature().as_bytes())
    else {
        return false;
    };
    below.signature_algorithm().oid == ECDSA_WITH_SHA_256
        && below.tbs_certificate().signature().oid == ECDSA_WITH_SHA_256
        && key.verify(&signed, signature)
}

pub(super) fn in_term(certificate: &Certificate, at: Timestamp) -> Result<(), InspectFault> {
    let (from, until) = term(certificate)?;
    if from <= at && at <= until {
        Ok(())
    } else {
        Err(InspectFault::OutOfTerm { signer: common_name(certificate), at, from, until })
    }
}

/// From when until when a certificate vouches.
pub(crate) fn term(certificate: &Certificate) -> Result<(Timestamp, Timestamp), InspectFault> {
    let validity = certificate.tbs_certificate().validity();
    Ok((moment(validity.not_before)?, moment(validity.not_after)?))
}

fn moment(time: Time) -> Result<Timestamp, InspectFault> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok();
    seconds
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .ok_or_else(|| InspectFault::Malformed("a certificate's term lies outside the calendar".into()))
}

/// The name people read first; the whole distinguished name when there is none.
pub(crate) fn common_name(certificate: &Certificate) -> String {
    let subject = certificate.tbs_certificate().subject();
    match subject.common_name() {
        Ok(Some(name)) => name.value().to_string(),
        _ => subject.to_string(),
    }
}
