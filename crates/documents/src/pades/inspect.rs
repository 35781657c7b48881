//! Checking a sealed PDF that anyone may hand in: who sealed it, when, and that not a byte changed since.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use lopdf::{Dictionary, Document, LoadOptions, Object, decode_text_string};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::der::Encode;

use super::{envelope, trust};
use crate::signer::PublicKey;
use crate::timestamps::Stamp;

/// Larger files are not looked at.
pub const LARGEST_PDF: usize = 32 * 1024 * 1024;

/// Streams that unpack to more than this are refused: a small file must not fill the memory.
const LARGEST_STREAM: usize = 64 * 1024 * 1024;

/// A seal that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Common name of the certificate that sealed: whom the reader may believe.
    pub signer: String,
    /// Common names from the signer's up to the trusted root's.
    pub chain: Vec<String>,
    /// The key; see [`PublicKey::key_id`].
    pub key_id: String,
    /// The signer's certificate, DER.
    pub certificate: Vec<u8>,
    /// First and last moment of the signer's certificate. It may have ended since; that does not unseal a paper.
    pub term: (Timestamp, Timestamp),
    /// When it was sealed, as the signer says.
    pub at: Timestamp,
    /// The moment that an authority confirmed, if one did. Its signature holds; whether that authority is to be
    /// believed, [`crate::timestamps::Authority::vouches_for`] says.
    pub stamp: Option<Stamp>,
    /// The office, as the signer wrote it.
    pub issuer_name: String,
    /// Why, as the signer wrote it.
    pub reason: String,
}

/// Why a paper cannot be taken as sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InspectFault {
    /// Too large to be looked at.
    #[error("file is larger than {LARGEST_PDF} bytes")]
    TooLarge,
    /// Not a PDF that can be read.
    #[error("file cannot be read as a PDF: {0}")]
    NotPdf(String),
    /// There is no seal.
    #[error("paper carries no seal")]
    NotSealed,
    /// The seal is there and makes no sense.
    #[error("seal is malformed: {0}")]
    Malformed(String),
    /// Something was added after sealing, or hidden where the seal does not look.
    #[error("seal does not cover the whole file")]
    NotWholeFile,
    /// The bytes are not those that were sealed.
    #[error("paper was changed after it was sealed")]
    Altered,
    /// The signature is not that of the certificate's key.
    #[error("signature is not by the key of {signer}")]
    BadSignature {
        /// Whose certificate it claims.
        signer: String,
    },
    /// The certificate is not for sealing documents.
    #[error("certificate of {signer} is not for sealing")]
    NotForSealing {
        /// Whose certificate.
        signer: String,
    },
    /// The certificate was not in force when the paper was sealed.
    #[error("certificate of {signer} was in force from {from} until {until}, not at {at}")]
    OutOfTerm {
        /// Whose certificate.
        signer: String,
        /// When the paper says it was sealed.
        at: Timestamp,
        /// First moment.
        from: Timestamp,
        /// Last moment.
        until: Timestamp,
    },
    /// No trusted root vouches for the signer.
    #[error("no trusted root vouches for {signer}")]
    Untrusted {
        /// Who claims to have sealed.
        signer: String,
    },
}

impl InspectFault {
    /// The stable code translators and integrators rely on.
    pub fn code(&self) -> &'static str {
        match self {
            InspectFault::TooLarge => "seal/too-large",
            InspectFault::NotPdf(_) => "seal/not-pdf",
            InspectFault::NotSealed => "seal/none",
            InspectFault::Malformed(_) => "seal/malformed",
            InspectFault::NotWholeFile => "seal/not-whole-file",
            InspectFault::Altered => "seal/altered",
            InspectFault::BadSignature { .. } => "seal/bad-signature",
            InspectFault::NotForSealing { .. } => "seal/not-for-sealing",
            InspectFault::OutOfTerm { .. } => "seal/out-of-term",
            InspectFault::Untrusted { .. } => "seal/untrusted",
        }
    }
}

fn malformed(fault: impl std::fmt::Display) -> InspectFault {
    InspectFault::Malformed(fault.to_string())
}

/// Checks the seal of a PDF against the roots (DER) a reader trusts.
pub fn inspect(pdf: &[u8], trusted_roots: &[Vec<u8>]) -> Result<Seal, InspectFault> {
    if pdf.len() > LARGEST_PDF {
        return Err(InspectFault::TooLarge);
    }
    let options = LoadOptions { max_decompressed_size: Some(LARGEST_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(pdf, options)
        .map_err(|fault| InspectFault::NotPdf(fault.to_string()))?;
    let seal = find_seal(&document)?;
    let gap = covered_gap(pdf, seal)?;
    let message = hex::decode(&pdf[gap.start + 1..gap.end - 1]).map_err(malformed)?;
    let opened = envelope::open(&message).map_err(InspectFault::Malformed)?;
    let mut digest = Sha256::new();
    digest.update(&pdf[..gap.start]);
    digest.update(&pdf[gap.end..]);
    if digest.finalize().as_slice() != opened.digest {
        return Err(InspectFault::Altered);
    }
    let signer = trust::common_name(&opened.own);
    let key = PublicKey::of(&opened.own).ok_or_else(|| malformed("the signer's key is not P-256"))?;
    if !key.verify(&opened.signed, &opened.signature) {
        return Err(InspectFault::BadSignature { signer });
    }
    let at = sealed_at(seal)?;
    let chain = trust::chain_to_root(&opened.own, &opened.others, trusted_roots, at)?;
    if opened.others.iter().any(|other| !chain.contains(other)) {
        return Err(malformed("a certificate came along that vouches for nothing"));
    }
    let stamp = stamp_of(opened.token, &opened.signature, &opened.own)?;
    let text = |key: &[u8]| seal.get(key).and_then(decode_text_string).unwrap_or_default();
    Ok(Seal {
        signer,
        chain: chain.iter().map(trust::common_name).collect(),
        key_id: key.key_id(),
        certificate: opened.own.to_der().map_err(malformed)?,
        term: trust::term(&opened.own)?,
        at,
        stamp,
        issuer_name: text(b"Name"),
        reason: text(b"Reason"),
    })
}

/// The confirmed moment, at which the signer's certificate must have been in force as well.
fn stamp_of(
    token: Option<Vec<u8>>,
    signature: &[u8],
    own: &Certificate,
) -> Result<Option<Stamp>, InspectFault> {
    let Some(token) = token else { return Ok(None) };
    let stamp = Stamp::found(token, signature).map_err(malformed)?;
    trust::in_term(own, stamp.at)?;
    Ok(Some(stamp))
}

/// The signature of the one field, which must also be the file's certification.
fn find_seal(document: &Document) -> Result<&Dictionary, InspectFault> {
    let catalogue = document.catalog().map_err(|fault| InspectFault::NotPdf(fault.to_string()))?;
    let form = catalogue.get_deref(b"AcroForm", document).and_then(Object::as_dict);
    let Ok(form) = form else { return Err(InspectFault::NotSealed) };
    let fields = form.get_deref(b"Fields", document).and_then(Object::as_array).map_err(malformed)?;
    let [field] = fields.as_slice() else { return Err(malformed("not exactly one form field")) };
    let (_, field) = document.dereference(field).map_err(malformed)?;
    let seal = field.as_dict().and_then(|field| field.get_deref(b"V", document)).and_then(Object::as_dict);
    let Ok(seal) = seal else { return Err(InspectFault::NotSealed) };
    let permissions = catalogue.get_deref(b"Perms", document).and_then(Object::as_dict).map_err(malformed)?;
    let certification =
        permissions.get_deref(b"DocMDP", document).and_then(Object::as_dict).map_err(malformed)?;
    if certification != seal {
        return Err(malformed("the field is not the certification"));
    }
    match seal.get(b"SubFilter").and_then(Object::as_name) {
        Ok(b"ETSI.CAdES.detached") => Ok(seal),
        _ => Err(malformed("not a PAdES signature")),
    }
}

/// The one gap the seal leaves out, which must be its own envelope and nothing more.
fn covered_gap(pdf: &[u8], seal: &Dictionary) -> Result<std::ops::Range<usize>, InspectFault> {
    let range = seal.get(b"ByteRange").and_then(Object::as_array).map_err(malformed)?;
    let numbers: Vec<usize> = range
        .iter()
        .filter_map(|number| number.as_i64().ok().and_then(|number| usize::try_from(number).ok()))
        .collect();
    let [0, start, end, rest] = numbers.as_slice() else { return Err(malformed("its byte range")) };
    let gap = *start..*end;
    if end.checked_add(*rest) != Some(pdf.len()) || gap.len() < 4 {
        return Err(InspectFault::NotWholeFile);
    }
    let inside = pdf.get(gap.clone()).ok_or(InspectFault::NotWholeFile)?;
    let written = seal.get(b"Contents").and_then(Object::as_str).map_err(malformed)?;
    let only_hex = inside.starts_with(b"<")
        && inside.ends_with(b">")
        && inside[1..inside.len() - 1].iter().all(u8::is_ascii_hexdigit);
    if !only_hex || hex::decode(&inside[1..inside.len() - 1]).is_ok_and(|bytes| bytes != written) {
        return Err(InspectFault::NotWholeFile);
    }
    Ok(gap)
}

/// How many ranges of seals are looked at in a file: a paper of ours has one.
const MOST_RANGES: usize = 4;

/// Where in a file something may have been added after sealing: the ends of the ranges that
/// seals in it name, before its own end. They are read from the bytes alone, since what was
/// added may hide the seal or keep the file from being read. Nothing is said of any seal.
#[must_use]
pub fn ends_of_seals(pdf: &[u8]) -> Vec<usize> {
    const NAME: &[u8] = b"/ByteRange";
    let places = pdf.windows(NAME.len()).enumerate().filter(|(_, part)| *part == NAME);
    let mut ends: Vec<usize> = places
        .filter_map(|(at, _)| end_of_range(&pdf[at + NAME.len()..]))
        .filter(|end| *end < pdf.len())
        .collect();
    ends.sort_unstable();
    ends.dedup();
    ends.into_iter().rev().take(MOST_RANGES).collect()
}

/// The last byte that `[0 1000 3000 500]` covers, and one.
fn end_of_range(after: &[u8]) -> Option<usize> {
    const LONGEST: usize = 120;
    let inside = ascii_before(after, LONGEST).trim_start().strip_prefix('[')?.split(']').next()?;
    let numbers: Option<Vec<usize>> = inside.split_ascii_whitespace().map(|one| one.parse().ok()).collect();
    match numbers?.as_slice() {
        [0, _, start, length] => start.checked_add(*length),
        _ => None,
    }
}

/// The ASCII at the beginning of bytes.
fn ascii_before(bytes: &[u8], most: usize) -> &str {
    let end = bytes.iter().take(most).take_while(|byte| byte.is_ascii()).count();
    std::str::from_utf8(&bytes[..end]).unwrap_or_default()
}

fn sealed_at(seal: &Dictionary) -> Result<Timestamp, InspectFault> {
    let text = seal.get(b"M").and_then(decode_text_string).map_err(malformed)?;
    let at = DateTime::strptime("D:%Y%m%d%H%M%SZ", &text).map_err(malformed)?;
    Ok(at.to_zoned(TimeZone::UTC).map_err(malformed)?.timestamp())
}
