//! Checking first, sealing second, once.
//!
//! Each stage consumes the one before it: nothing unchecked can be sealed, and nothing checked can be sealed
//! twice. Where an authority confirms the moment, a paper is [`Signed`] first, and sealed when the answer is
//! there. Between checking and sealing the office stores its intent together with [`Checked::sha256`]; afterwards it commits
//! [`Sealed::sha256`] and releases only the bytes that have it.

use sha2::{Digest, Sha256};

use crate::layout::{Job, RenderFault, render};
use crate::pades::{self, Room, SealFault, SealInfo};
use crate::renderer::Renderer;
use crate::signer::Signer;
use crate::timestamps::Stamp;

/// A paper that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    job: Job,
}

/// A paper that was rendered as PDF/A-3a and PDF/UA-1 within its page limit, and is not sealed.
#[derive(Debug, PartialEq, Eq)]
pub struct Checked {
    pdf: Vec<u8>,
    sha256: [u8; 32],
}

/// A paper that is signed; its seal is open until its moment is confirmed, or is not to be.
#[derive(Debug)]
pub struct Signed {
    open: pades::Open,
    unsealed_sha256: [u8; 32],
    key_id: String,
}

/// A paper that carries the seal of its office.
#[derive(Debug, PartialEq, Eq)]
pub struct Sealed {
    pdf: Vec<u8>,
    sha256: [u8; 32],
    unsealed_sha256: [u8; 32],
    key_id: String,
}

impl Draft {
    /// Begins a paper.
    pub fn new(job: Job) -> Draft {
        Draft { job }
    }

    /// Renders and checks the paper in a child that can be stopped.
    pub async fn check(self, renderer: &Renderer) -> Result<Checked, RenderFault> {
        renderer.render(self.job).await.map(Checked::new)
    }

    /// Renders and checks the paper right here, however long it takes: for tools and tests.
    pub fn check_here(self) -> Result<Checked, RenderFault> {
        render(&self.job).map(Checked::new)
    }
}

impl Checked {
    fn new(pdf: Vec<u8>) -> Checked {
        Checked { sha256: Sha256::digest(&pdf).into(), pdf }
    }

    /// The unsealed bytes: for a preview marked as such, or for a paper that is never sealed (a form, a receipt).
    pub fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    /// Hash of the unsealed bytes. The same job always gives the same.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// Seals the paper with the office's key. A paper that could not be sealed is rendered again from its job.
    pub fn seal(self, signer: &dyn Signer, about: &SealInfo) -> Result<Sealed, SealFault> {
        self.sign(signer, about, Room::Seal)?.seal(None)
    }

    /// Signs the paper and leaves its seal open, for an authority to confirm the moment.
    pub fn sign(self, signer: &dyn Signer, about: &SealInfo, room: Room) -> Result<Signed, SealFault> {
        let open = pades::sign(&self.pdf, signer, about, room)?;
        Ok(Signed { open, unsealed_sha256: self.sha256, key_id: signer.key_id().to_string() })
    }
}

impl Signed {
    /// The signature whose moment may be confirmed.
    pub fn signature(&self) -> &[u8] {
        self.open.signature()
    }

    /// Closes the seal: PAdES B-T with a confirmed moment, B-B without.
    pub fn seal(self, stamp: Option<&Stamp>) -> Result<Sealed, SealFault> {
        let pdf = self.open.close(stamp)?;
        Ok(Sealed {
            sha256: Sha256::digest(&pdf).into(),
            unsealed_sha256: self.unsealed_sha256,
            key_id: self.key_id,
            pdf,
        })
    }
}

impl Sealed {
    /// The bytes to be released once [`Sealed::sha256`] is committed.
    pub fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    /// Gives the bytes away.
    pub fn into_pdf(self) -> Vec<u8> {
        self.pdf
    }

    /// Hash of the sealed bytes.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// Hash of the bytes before sealing, as the intent recorded it.
    pub fn unsealed_sha256(&self) -> &[u8; 32] {
        &self.unsealed_sha256
    }

    /// The key that sealed.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }
}
