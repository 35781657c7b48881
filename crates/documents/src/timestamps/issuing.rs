//! The other side: an authority's answers, for the demonstration and for tests. An office that confirms its own
//! time confirms nothing; no command of the program offers this.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{Any, BitString, Int, ObjectIdentifier, OctetString, SetOfVec};
use der::{Decode, Encode};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;

use super::token::TST_INFO;
use super::wire::{Accuracy, Info, MessageImprint, Request, Response, SHA_256, StatusInfo, written};
use crate::pades::envelope::{ECDSA_WITH_SHA_256, SIGNED_DATA, algorithm, attributes_of};
use crate::signer::{SignFault, Signer};

/// What an authority is about to confirm. Every part is open, so that a test can spoil it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 0 is granted, 1 granted with modifications.
    pub status: u8,
    /// Dotted numbers.
    pub policy: String,
    /// The hash that is confirmed.
    pub imprint: Vec<u8>,
    /// The question's number, two's complement.
    pub nonce: Option<Vec<u8>>,
    /// The answer's own number.
    pub serial: u64,
    /// The moment.
    pub at: Timestamp,
}

impl Answer {
    /// The honest answer to a question; `None` when it cannot be read or is not about SHA-256.
    pub fn to(question: &[u8], usual_policy: &str, serial: u64, at: Timestamp) -> Option<Answer> {
        let asked = Request::from_der(question).ok()?;
        (asked.version == 1 && asked.imprint.hash_algorithm.oid == SHA_256).then(|| Answer {
            status: 0,
            policy: asked.policy.map_or_else(|| usual_policy.to_owned(), |policy| policy.to_string()),
            imprint: asked.imprint.hashed_message.as_bytes().to_vec(),
            nonce: asked.nonce.map(|nonce| nonce.as_bytes().to_vec()),
            serial,
            at,
        })
    }

    /// Signs the answer and writes it as `application/timestamp-reply`.
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>, SignFault> {
        let fault = |fault: der::Error| SignFault::Chain(fault.to_string());
        let own = signer.certificate_chain().first().ok_or_else(|| SignFault::Chain("is empty".into()))?;
        let content = self.info().and_then(|info| info.to_der()).map_err(fault)?;
        let attributes = attributes_of(TST_INFO, &Sha256::digest(&content), own).map_err(fault)?;
        let signature = signer.sign(&attributes.to_der().map_err(fault)?)?;
        let wrap = || {
            let own = Certificate::from_der(own)?;
            let info = SignerInfo {
                version: CmsVersion::V1,
                sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                    issuer: own.tbs_certificate().issuer().clone(),
                    serial_number: own.tbs_certificate().serial_number().clone(),
                }),
                digest_alg: algorithm(SHA_256),
                signed_attrs: Some(attributes),
                signature_algorithm: algorithm(ECDSA_WITH_SHA_256),
                signature: OctetString::new(signature)?,
                unsigned_attrs: None,
            };
            let chain = signer.certificate_chain().iter();
            let chain = chain.map(|der| Certificate::from_der(der).map(CertificateChoices::Certificate));
            let data = SignedData {
                version: CmsVersion::V3,
                digest_algorithms: SetOfVec::try_from(vec![algorithm(SHA_256)])?,
                encap_content_info: EncapsulatedContentInfo {
                    econtent_type: TST_INFO,
                    econtent: Some(Any::encode_from(&OctetString::new(content)?)?),
                },
                certificates: Some(CertificateSet::try_from(chain.collect::<der::Result<Vec<_>>>()?)?),
                crls: None,
                signer_infos: SignerInfos::try_from(vec![info])?,
            };
            let token = ContentInfo { content_type: SIGNED_DATA, content: Any::encode_from(&data)? };
            let status = StatusInfo { status: self.status, text: None, failure: None };
            Response { status, token: Some(token) }.to_der()
        };
        wrap().map_err(fault)
    }

    fn info(&self) -> der::Result<Info> {
        Ok(Info {
            version: 1,
            policy: ObjectIdentifier::new(&self.policy).map_err(der::Error::from)?,
            imprint: MessageImprint::sha_256(&self.imprint)?,
            serial: positive(self.serial)?,
            at: written(self.at)?,
            accuracy: Some(Accuracy { seconds: Some(1), millis: None, micros: None }),
            ordering: false,
            nonce: self.nonce.as_ref().map(|nonce| Int::new(nonce)).transpose()?,
            authority: None,
            extensions: None,
        })
    }
}

/// A positive integer in as few bytes as it needs.
fn positive(number: u64) -> der::Result<Int> {
    let bytes = [[0].as_slice(), &number.to_be_bytes()].concat();
    let empty = bytes.windows(2).take_while(|two| two[0] == 0 && two[1] < 0x80).count();
    Int::new(&bytes[empty..])
}

/// A refusal with its reason and one of the failures of RFC 3161, by its bit.
pub fn rejection(text: &str, failure: usize) -> Vec<u8> {
    let mut bits = [0_u8; 4];
    bits[failure / 8 % 4] |= 0x80 >> (failure % 8);
    let status = StatusInfo {
        status: 2,
        text: Some(vec![text.to_owned()]),
        failure: BitString::from_bytes(&bits).ok(),
    };
    Response { status, token: None }.to_der().expect("a refusal can be written")
}
