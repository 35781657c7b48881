//! Who signs: one small trait for every key, in a file or in a security module, and how to check a signature.
//!
//! Everything is ECDSA on P-256 with SHA-256: readers, peers and security modules all know it.

use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{DerSignature, Signature, SigningKey, VerifyingKey};
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode, EncodePem};

/// A key could not sign, or could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignFault {
    /// The key cannot be used, such as a file that is not a private key.
    #[error("signing key: {0}")]
    Key(String),
    /// The certificate chain cannot be used or belongs to another key.
    #[error("certificate chain: {0}")]
    Chain(String),
    /// The key refused to sign, such as a security module that is locked.
    #[error("signing refused: {0}")]
    Refused(String),
}

/// A key that signs for an office. Its private half may never be visible to us.
pub trait Signer: Send + Sync {
    /// Names the key for ever; see [`PublicKey::key_id`].
    fn key_id(&self) -> &str;

    /// The certificates that vouch for the key: DER, its own first, the root last or left out.
    fn certificate_chain(&self) -> &[Vec<u8>];

    /// Signs the SHA-256 of `message`: ECDSA, 64 bytes, r then s.
    fn sign_raw(&self, message: &[u8]) -> Result<[u8; 64], SignFault>;

    /// The public key as an uncompressed SEC 1 point.
    fn public_key_sec1(&self) -> Vec<u8>;

    /// The chain as PEM, own certificate first.
    fn chain_pem(&self) -> Result<String, SignFault> {
        self.certificate_chain().iter().map(|der| certificate_pem(der)).collect()
    }

    /// Signs the SHA-256 of `message`: ECDSA in DER, as certificates and CMS want it.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFault> {
        let raw = self.sign_raw(message)?;
        let signature = Signature::from_slice(&raw).map_err(|fault| SignFault::Refused(fault.to_string()))?;
        Ok(signature.to_der().as_bytes().to_vec())
    }
}

/// The half of a key that everyone may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a SEC 1 point, compressed or not.
    pub fn from_sec1(bytes: &[u8]) -> Option<PublicKey> {
        VerifyingKey::from_sec1_bytes(bytes).ok().map(PublicKey)
    }

    /// Reads the key of a DER certificate.
    pub fn from_certificate(der: &[u8]) -> Option<PublicKey> {
        PublicKey::of(&Certificate::from_der(der).ok()?)
    }

    pub(crate) fn of(certificate: &Certificate) -> Option<PublicKey> {
        let spki = certificate.tbs_certificate().subject_public_key_info().to_der().ok()?;
        PublicKey::from_spki(&spki)
    }

    /// Reads a DER SubjectPublicKeyInfo.
    pub fn from_spki(der: &[u8]) -> Option<PublicKey> {
        use p256::pkcs8::DecodePublicKey;
        VerifyingKey::from_public_key_der(der).ok().map(PublicKey)
    }

    pub(crate) fn from_signing(key: &SigningKey) -> PublicKey {
        PublicKey(*key.verifying_key())
    }

    /// The key as a DER SubjectPublicKeyInfo.
    pub fn to_spki(&self) -> Vec<u8> {
        self.0.to_public_key_der().expect("a P-256 key has a DER form").into_vec()
    }

    /// Names the key: the first six bytes of the SHA-256 of its SubjectPublicKeyInfo, in hex.
    ///
    /// It only picks one of the keys that are trusted already, so it may be short; it is printed in every code.
    pub fn key_id(&self) -> String {
        hex::encode(&Sha256::digest(self.to_spki())[..6])
    }

    /// The key as an uncompressed SEC 1 point.
    pub fn to_sec1(&self) -> Vec<u8> {
        self.0.to_sec1_point(false).as_bytes().to_vec()
    }

    /// Whether `signature` (64 bytes, r then s) is this key's over `message`.
    pub fn verify_raw(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }

    /// Whether `signature` (DER) is this key's over `message`.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        DerSignature::try_from(signature).is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}

/// A key whose private half is in this process, read from a file.
pub struct FileSigner {
    key: SigningKey,
    key_id: String,
    chain: Vec<Vec<u8>>,
}

impl std::fmt::Debug for FileSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileSigner").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

impl FileSigner {
    /// Joins a key and the chain that vouches for it; a chain for another key is refused.
    pub(crate) fn new(key: SigningKey, chain: Vec<Vec<u8>>) -> Result<FileSigner, SignFault> {
        let own = PublicKey(*key.verifying_key());
        let first = chain.first().ok_or_else(|| SignFault::Chain("is empty".into()))?;
        if PublicKey::from_certificate(first).as_ref() != Some(&own) {
            return Err(SignFault::Chain("its first certificate is for another key".into()));
        }
        Ok(FileSigner { key_id: own.key_id(), key, chain })
    }

    /// Reads a PKCS#8 key and its chain, both PEM.
    pub fn from_pem(key: &str, chain: &str) -> Result<FileSigner, SignFault> {
        let key = SigningKey::from_pkcs8_pem(key).map_err(|fault| SignFault::Key(fault.to_string()))?;
        FileSigner::new(key, chain_from_pem(chain)?)
    }

    pub(crate) fn signing_key(&self) -> &SigningKey {
        &self.key
    }

    /// The private key as PKCS#8 PEM, for the key folder.
    pub(crate) fn key_pem(&self) -> Result<impl std::ops::Deref<Target = String> + use<>, SignFault> {
        self.key.to_pkcs8_pem(LineEnding::LF).map_err(|fault| SignFault::Key(fault.to_string()))
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(*self.key.verifying_key())
    }
}

impl Signer for FileSigner {
    fn key_id(&self) -> &str {
        &self.key_id
    }

    fn certificate_chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    fn sign_raw(&self, message: &[u8]) -> Result<[u8; 64], SignFault> {
        let signature: Signature =
            self.key.try_sign(message).map_err(|fault| SignFault::Refused(fault.to_string()))?;
        Ok(signature.to_bytes().into())
    }

    fn public_key_sec1(&self) -> Vec<u8> {
        self.public_key().to_sec1()
    }
}

/// Reads PEM certificates, in the order in which they stand.
pub fn chain_from_pem(pem: &str) -> Result<Vec<Vec<u8>>, SignFault> {
    let fault = |fault: x509_cert::der::Error| SignFault::Chain(fault.to_string());
    let chain = Certificate::load_pem_chain(pem.as_bytes()).map_err(fault)?;
    if chain.is_empty() {
        return Err(SignFault::Chain("holds no certificate".into()));
    }
    chain.iter().map(|certificate| certificate.to_der().map_err(fault)).collect()
}

/// Writes one DER certificate as PEM.
pub fn certificate_pem(der: &[u8]) -> Result<String, SignFault> {
    let fault = |fault: x509_cert::der::Error| SignFault::Chain(fault.to_string());
    Certificate::from_der(der).map_err(fault)?.to_pem(LineEnding::LF).map_err(fault)
}
