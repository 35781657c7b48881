//! The electronic seal inside a PDF: PAdES B-B (ETSI EN 319 142-1), one per paper, covering every byte; B-T when
//! an authority outside confirmed its moment ([`crate::timestamps`]).
//!
//! The seal certifies that no change at all is allowed afterwards (DocMDP level 1). It is added as an
//! incremental update with its own tagged form field, so the paper stays PDF/A-3a and PDF/UA-1.

pub(crate) mod envelope;
mod inspect;
pub(crate) mod trust;
mod update;

use std::ops::Range;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::der::Decode;

use crate::signer::{PublicKey, SignFault, Signer};
use crate::timestamps::Stamp;
pub use inspect::{InspectFault, LARGEST_PDF, Seal, ends_of_seals, inspect};

/// The place kept free for the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// For a seal alone. A P-256 signature with two certificates needs about 2 KiB.
    Seal,
    /// For a seal and a timestamp: authorities' tokens come with up to four RSA certificates.
    SealAndStamp,
}

impl Room {
    /// How many bytes that is.
    pub const fn bytes(self) -> usize {
        match self {
            Room::Seal => 8 * 1024,
            Room::SealAndStamp => 24 * 1024,
        }
    }
}

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
    #[error("signature of {found} bytes does not fit into the {kept} kept for it")]
    TooLarge {
        /// How large it is.
        found: usize,
        /// How much was kept.
        kept: usize,
    },
    /// The timestamp is for another signature.
    #[error("timestamp is for another signature")]
    OtherStamp,
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
    sign(pdf, signer, about, Room::Seal)?.close(None)
}

/// Signs a rendered PDF. Its seal is still open: there is time to have the moment confirmed.
pub fn sign(pdf: &[u8], signer: &dyn Signer, about: &SealInfo, room: Room) -> Result<Open, SealFault> {
    let term = certified_term(signer)?;
    in_term(term, about.at)?;
    let mut pdf_with_room = update::with_empty_seal(pdf, about, room)?;
    let gap = update::close_byte_range(&mut pdf_with_room, pdf.len(), room)?;
    let mut digest = Sha256::new();
    digest.update(&pdf_with_room[..gap.start]);
    digest.update(&pdf_with_room[gap.end..]);
    let signed = envelope::sign(&digest.finalize(), signer)?;
    Ok(Open { pdf: pdf_with_room, gap, signed, term })
}

fn in_term((from, until): (Timestamp, Timestamp), at: Timestamp) -> Result<(), SealFault> {
    if from <= at && at <= until { Ok(()) } else { Err(SealFault::OutOfTerm { at, from, until }) }
}

/// A paper that is signed and whose envelope is not closed yet.
#[derive(Debug)]
pub struct Open {
    pdf: Vec<u8>,
    gap: Range<usize>,
    signed: envelope::Signed,
    term: (Timestamp, Timestamp),
}

impl Open {
    /// The signature whose moment may be confirmed.
    pub fn signature(&self) -> &[u8] {
        &self.signed.signature
    }

    /// Closes the envelope, with the confirmed moment if there is one.
    pub fn close(self, stamp: Option<&Stamp>) -> Result<Vec<u8>, SealFault> {
        if let Some(stamp) = stamp {
            if !stamp.is_for(&self.signed.signature) {
                return Err(SealFault::OtherStamp);
            }
            // What was confirmed outside the certificate's term would be refused by everyone.
            in_term(self.term, stamp.at)?;
        }
        let Open { pdf: mut sealed, gap, signed, .. } = self;
        let message = signed.wrap(stamp.map(Stamp::token))?;
        let hexed = hex::encode(&message);
        // The gap is `<` + room in hex + `>`; what stays unused keeps its zeros.
        let kept = gap.len() - 2;
        if hexed.len() > kept {
            return Err(SealFault::TooLarge { found: message.len(), kept: kept / 2 });
        }
        sealed[gap.start + 1..gap.start + 1 + hexed.len()].copy_from_slice(hexed.as_bytes());
        Ok(sealed)
    }
}

impl SealFault {
    /// The stable code translators and integrators rely on.
    pub fn code(&self) -> &'static str {
        match self {
            SealFault::Unsuitable(_) => "seal/unsuitable-paper",
            SealFault::AlreadySealed => "seal/already-sealed",
            SealFault::Sign(_) => "seal/key-failed",
            SealFault::TooLarge { .. } => "seal/too-large",
            SealFault::OtherStamp => "seal/other-stamp",
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
