//! The electronic seal inside a PDF: PAdES B-B (ETSI EN 319 142-1), one per paper, covering every byte.
//!
//! The seal certifies that no change at all is allowed afterwards (DocMDP level 1). It is added as an
//! incremental update with its own tagged form field, so the paper stays PDF/A-3a and PDF/UA-1.

mod envelope;
mod inspect;
mod trust;
mod update;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::der::Decode;

use crate::signer::{PublicKey, SignFault, Signer};
pub use inspect::{InspectFault, LARGEST_PDF, Seal, inspect};

/// Bytes kept free for the signature. A P-256 signature with two certificates needs about 2 KiB.
const ROOM: usize = 8 * 1024;

/// What a reader is told about the seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealInfo {
    /// The office that seals, in any script.
    pub issuer_name: String,
    /// Why, such as "Issue of birth certificate EB-26-004-771-9".
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Why a paper was not sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// The bytes are no PDF that can be sealed.
    #[error("paper cannot be sealed: {0}")]
    Unsuitable(String),
    /// A paper is sealed once.
    #[error("paper is sealed already")]
    AlreadySealed,
    /// The key could not sign.
    #[error(transparent)]
    Sign(#[from] SignFault),
    /// The signature and its certificates need more room than a seal has.
    #[error("signature of {0} bytes does not fit into the {ROOM} kept for it")]
    TooLarge(usize),
    /// The key's certificate is not in force; the paper would be refused by everyone.
    #[error("certificate of the key is in force from {from} until {until}, not at {at}")]
    OutOfTerm {
        /// When the paper was to be sealed.
        at: Timestamp,
        /// First moment.
        from: Timestamp,
        /// Last moment.
        until: Timestamp,
    },
    /// What the key gave does not verify; nothing was released.
    #[error("the key's own certificate does not verify what it signed")]
    BadSignature,
}

/// Seals a rendered PDF. Equal input and a deterministic key give equal bytes.
pub fn seal(pdf: &[u8], signer: &dyn Signer, about: &SealInfo) -> Result<Vec<u8>, SealFault> {
    let (from, until) = certified_term(signer)?;
    if about.at < from || until < about.at {
        return Err(SealFault::OutOfTerm { at: about.at, from, until });
    }
    let mut sealed = update::with_empty_seal(pdf, about)?;
    let gap = update::close_byte_range(&mut sealed, pdf.len())?;
    let mut digest = Sha256::new();
    digest.update(&sealed[..gap.start]);
    digest.update(&sealed[gap.end..]);
    let message = envelope::signed_data(&digest.finalize(), signer)?;
    let hexed = hex::encode(&message);
    // The gap is `<` + room in hex + `>`; what stays unused keeps its zeros.
    if hexed.len() > gap.len() - 2 {
        return Err(SealFault::TooLarge(message.len()));
    }
    sealed[gap.start + 1..gap.start + 1 + hexed.len()].copy_from_slice(hexed.as_bytes());
    Ok(sealed)
}

impl SealFault {
    /// The stable code translators and integrators rely on.
    pub fn code(&self) -> &'static str {
        match self {
            SealFault::Unsuitable(_) => "seal/unsuitable-paper",
            SealFault::AlreadySealed => "seal/already-sealed",
            SealFault::Sign(_) => "seal/key-failed",
            SealFault::TooLarge(_) => "seal/too-large",
            SealFault::OutOfTerm { .. } => "seal/key-out-of-term",
            SealFault::BadSignature => "seal/key-lied",
        }
    }
}

/// From when until when a signer's own certificate vouches.
pub fn certified_term(signer: &dyn Signer) -> Result<(Timestamp, Timestamp), SealFault> {
    let own = signer.certificate_chain().first();
    let own = own.and_then(|own| Certificate::from_der(own).ok());
    let term = own.and_then(|own| trust::term(&own).ok());
    term.ok_or_else(|| SealFault::Sign(SignFault::Chain("its first certificate cannot be used".into())))
}

/// The public key a signer's own certificate speaks of.
fn certified_key(signer: &dyn Signer) -> Result<PublicKey, SealFault> {
    let own = signer.certificate_chain().first();
    let key = own.and_then(|own| PublicKey::from_certificate(own));
    key.ok_or_else(|| SealFault::Sign(SignFault::Chain("its first certificate cannot be used".into())))
}
