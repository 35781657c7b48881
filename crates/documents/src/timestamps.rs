//! Timestamps (RFC 3161): an authority outside confirms that a seal existed at a moment, so that nobody needs
//! to believe the office's own clock.
//!
//! An [`Authority`] says whom the office trusts. It makes a [`Question`] from a signature; the question reads
//! the answer, and only an answer that holds in every respect becomes a [`Stamp`]. Nothing else can be put into
//! a seal. Carrying the question there and the answer back is for someone else.

mod issuing;
mod token;
mod trust;
mod wire;

use der::asn1::{Int, ObjectIdentifier};
use der::{Decode, Encode};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::pades::trust::common_name;
use crate::signer::{SignFault, chain_from_pem};
pub use issuing::{Answer, rejection};
pub(crate) use trust::TIME_STAMPING;
use wire::{MessageImprint, Request, Response};

/// How far an authority's clock may be from ours before one of the two must be wrong.
pub const APART: SignedDuration = SignedDuration::from_mins(5);

/// More than any answer needs; who sends more is not listened to.
pub const LONGEST_ANSWER: usize = 64 * 1024;

/// Why a moment was not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StampFault {
    /// Nobody answered, or not in the way an authority does.
    #[error("timestamp authority: {0}")]
    Away(String),
    /// The authority does not want to.
    #[error("timestamp authority refuses: {0}")]
    Refused(String),
    /// What came is no answer.
    #[error("timestamp authority's answer cannot be read: {0}")]
    Malformed(String),
    /// It confirms something else than what was asked.
    #[error("timestamp is for something else than what was asked")]
    WrongImprint,
    /// It answers another question, perhaps an old one.
    #[error("timestamp does not repeat the number of our question")]
    WrongNonce,
    /// It was given under another policy.
    #[error("timestamp was given under policy {found}, not {wanted}")]
    WrongPolicy {
        /// What was asked for.
        wanted: String,
        /// What it says.
        found: String,
    },
    /// It is signed in a way that is not known or not strong enough.
    #[error("timestamp uses algorithm {0}, which is not accepted")]
    UnknownAlgorithm(String),
    /// Its signature does not hold.
    #[error("timestamp's signature does not hold")]
    BadSignature,
    /// The certificate is not one for timestamps and nothing else.
    #[error("certificate of {authority} is not for timestamps alone")]
    NotForTimestamps {
        /// Whose certificate.
        authority: String,
    },
    /// The authority's certificate was not in force.
    #[error("certificate of {authority} is in force from {from} until {until}, not at {at}")]
    OutOfTerm {
        /// Whose certificate.
        authority: String,
        /// When the timestamp says it was given.
        at: Timestamp,
        /// First moment.
        from: Timestamp,
        /// Last moment.
        until: Timestamp,
    },
    /// Nobody the office trusts vouches for the authority.
    #[error("timestamp authority {authority} is not one the office trusts ({why})")]
    Untrusted {
        /// Who confirmed.
        authority: String,
        /// What is wrong with its chain.
        why: String,
    },
    /// The clocks differ.
    #[error("timestamp says {said}, and the clock here says {ours}: one of the two is wrong")]
    Clock {
        /// The authority's time.
        said: Timestamp,
        /// Ours.
        ours: Timestamp,
    },
}

impl StampFault {
    /// The stable code translators and integrators rely on.
    pub fn code(&self) -> &'static str {
        match self {
            StampFault::Away(_) => "stamp/away",
            StampFault::Refused(_) => "stamp/refused",
            StampFault::Malformed(_) => "stamp/malformed",
            StampFault::WrongImprint => "stamp/wrong-imprint",
            StampFault::WrongNonce => "stamp/wrong-nonce",
            StampFault::WrongPolicy { .. } => "stamp/wrong-policy",
            StampFault::UnknownAlgorithm(_) => "stamp/unknown-algorithm",
            StampFault::BadSignature => "stamp/bad-signature",
            StampFault::NotForTimestamps { .. } => "stamp/not-for-timestamps",
            StampFault::OutOfTerm { .. } => "stamp/out-of-term",
            StampFault::Untrusted { .. } => "stamp/untrusted",
            StampFault::Clock { .. } => "stamp/clock",
        }
    }
}

/// Whom the office trusts with time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    trusted: Vec<Vec<u8>>,
    policy: Option<ObjectIdentifier>,
}

impl Authority {
    /// Trusts the certificates of a PEM text: the authority's root, or its own. With a policy (dotted numbers),
    /// only what is given under it counts.
    pub fn new(pem: &str, policy: Option<&str>) -> Result<Authority, SignFault> {
        let policy = policy.map(|text| {
            text.parse().map_err(|_| SignFault::Chain(format!("policy {text:?} is not dotted numbers")))
        });
        Ok(Authority { trusted: chain_from_pem(pem)?, policy: policy.transpose()? })
    }

    /// Asks for the moment of a signature. The number is drawn anew for every question.
    pub fn ask(&self, signature: &[u8], number: [u8; 16]) -> Question<'_> {
        let imprint: [u8; 32] = Sha256::digest(signature).into();
        // A positive integer without an empty byte before it.
        let mut number = number;
        number[0] = (number[0] & 0x7f) | 0x40;
        let nonce = Int::new(&number).expect("sixteen bytes are an integer");
        let request = Request {
            version: 1,
            imprint: MessageImprint::sha_256(&imprint).expect("a hash can be written"),
            policy: self.policy,
            nonce: Some(nonce.clone()),
            certificate_wanted: true,
            extensions: None,
        };
        let der = request.to_der().expect("a question can be written");
        Question { authority: self, imprint, nonce, der }
    }

    /// Whether the office trusts whoever gave a stamp that was found in a paper.
    pub fn vouches_for(&self, stamp: &Stamp) -> Result<(), StampFault> {
        let opened = token::open(&stamp.token)?;
        trust::vouched(&opened.own, &opened.others, &self.trusted, stamp.at)
    }
}

/// What is sent to an authority, and what its answer must fit.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    authority: &'a Authority,
    imprint: [u8; 32],
    nonce: Int,
    der: Vec<u8>,
}

impl Question<'_> {
    /// The bytes to send, as `application/timestamp-query`.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Reads the answer that came at `now`. What does not hold in every respect is a fault.
    pub fn read(&self, answer: &[u8], now: Timestamp) -> Result<Stamp, StampFault> {
        let malformed = |fault: der::Error| StampFault::Malformed(fault.to_string());
        let response = Response::from_der(answer).map_err(malformed)?;
        if !response.status.is_granted() {
            return Err(StampFault::Refused(response.status.words()));
        }
        let token =
            response.token.ok_or_else(|| StampFault::Malformed("it grants and gives nothing".into()))?;
        let token = token.to_der().map_err(malformed)?;
        let opened = token::open(&token)?;
        if !opened.info.imprint.is(&self.imprint) {
            return Err(StampFault::WrongImprint);
        }
        if opened.info.nonce.as_ref() != Some(&self.nonce) {
            return Err(StampFault::WrongNonce);
        }
        if let Some(wanted) = self.authority.policy.filter(|wanted| *wanted != opened.info.policy) {
            let found = opened.info.policy.to_string();
            return Err(StampFault::WrongPolicy { wanted: wanted.to_string(), found });
        }
        let stamp = Stamp::of(token, &opened)?;
        if stamp.at.duration_since(now).abs() > APART {
            return Err(StampFault::Clock { said: stamp.at, ours: now });
        }
        trust::vouched(&opened.own, &opened.others, &self.authority.trusted, stamp.at)?;
        Ok(stamp)
    }
}

/// A confirmed moment, ready to be put into the one seal it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The moment.
    pub at: Timestamp,
    /// The authority's number for it, hexadecimal.
    pub serial: String,
    /// The authority, as its certificate says.
    pub authority: String,
    /// Under which policy it was given.
    pub policy: String,
    imprint: Vec<u8>,
    token: Vec<u8>,
}

impl Stamp {
    fn of(token: Vec<u8>, opened: &token::Opened) -> Result<Stamp, StampFault> {
        let info = &opened.info;
        let at = wire::moment(&info.at).ok_or_else(|| StampFault::Malformed("its moment is none".into()))?;
        Ok(Stamp {
            at,
            serial: hex::encode(without_sign(info.serial.as_bytes())),
            authority: common_name(&opened.own),
            policy: info.policy.to_string(),
            imprint: info.imprint.hashed_message.as_bytes().to_vec(),
            token,
        })
    }

    /// Reads the token of a sealed paper. Its signature holds; whether to trust the authority is another question.
    pub(crate) fn found(token: Vec<u8>, signature: &[u8]) -> Result<Stamp, StampFault> {
        let opened = token::open(&token)?;
        if !opened.info.imprint.is(&Sha256::digest(signature)) {
            return Err(StampFault::WrongImprint);
        }
        Stamp::of(token, &opened)
    }

    /// Whether it is for this signature.
    pub fn is_for(&self, signature: &[u8]) -> bool {
        self.imprint == Sha256::digest(signature).as_slice()
    }

    /// The token as the authority gave it: DER, for `openssl ts -verify -token_in`.
    pub fn token(&self) -> &[u8] {
        &self.token
    }
}

/// A positive integer's bytes without the empty one that only says it is positive.
fn without_sign(bytes: &[u8]) -> &[u8] {
    match bytes {
        [0, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    }
}
