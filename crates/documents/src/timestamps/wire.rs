//! What is sent to a timestamp authority and what comes back, as RFC 3161 writes it.

use cms::content_info::ContentInfo;
use der::asn1::{Any, BitString, Int, Null, ObjectIdentifier, OctetString};
use der::{Sequence, Tag, Tagged};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use x509_cert::ext::Extensions;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::spki::AlgorithmIdentifierOwned;

pub(crate) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

/// MessageImprint: the hash of what is to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct MessageImprint {
    pub hash_algorithm: AlgorithmIdentifierOwned,
    pub hashed_message: OctetString,
}

impl MessageImprint {
    /// A SHA-256 hash. The algorithm bears NULL, as every authority knows it.
    pub fn sha_256(hash: &[u8]) -> der::Result<MessageImprint> {
        let null = Any::encode_from(&Null)?;
        let hash_algorithm = AlgorithmIdentifierOwned { oid: SHA_256, parameters: Some(null) };
        Ok(MessageImprint { hash_algorithm, hashed_message: OctetString::new(hash)? })
    }

    /// Whether it is this SHA-256 hash.
    pub fn is(&self, hash: &[u8]) -> bool {
        self.hash_algorithm.oid == SHA_256 && self.hashed_message.as_bytes() == hash
    }
}

/// TimeStampReq.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct Request {
    pub version: u8,
    pub imprint: MessageImprint,
    #[asn1(optional = "true")]
    pub policy: Option<ObjectIdentifier>,
    #[asn1(optional = "true")]
    pub nonce: Option<Int>,
    #[asn1(default = "Default::default")]
    pub certificate_wanted: bool,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub extensions: Option<Extensions>,
}

/// TimeStampResp.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct Response {
    pub status: StatusInfo,
    #[asn1(optional = "true")]
    pub token: Option<ContentInfo>,
}

/// PKIStatusInfo.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct StatusInfo {
    pub status: u8,
    #[asn1(optional = "true")]
    pub text: Option<Vec<String>>,
    #[asn1(optional = "true")]
    pub failure: Option<BitString>,
}

impl StatusInfo {
    /// Granted, perhaps with modifications.
    pub fn is_granted(&self) -> bool {
        self.status <= 1
    }

    /// What an authority that refuses says, for an operator.
    pub fn words(&self) -> String {
        let said = self.text.iter().flatten().map(|line| plain(line));
        let known =
            FAILURES.iter().filter(|(bit, _)| self.failure.as_ref().is_some_and(|set| has(set, *bit)));
        let words: Vec<String> = said.chain(known.map(|(_, words)| (*words).to_owned())).collect();
        if words.is_empty() { format!("status {} without a reason", self.status) } else { words.join("; ") }
    }
}

/// PKIFailureInfo in words.
const FAILURES: [(usize, &str); 8] = [
    (0, "it does not know the hash algorithm (badAlg)"),
    (2, "it does not allow the request (badRequest)"),
    (5, "it cannot read the request (badDataFormat)"),
    (14, "its source of time is not available (timeNotAvailable)"),
    (15, "it does not serve the policy (unacceptedPolicy)"),
    (16, "it does not know an extension (unacceptedExtension)"),
    (17, "it cannot say what was asked besides (addInfoNotAvailable)"),
    (25, "it failed (systemFailure)"),
];

fn has(set: &BitString, bit: usize) -> bool {
    set.bits().nth(bit).unwrap_or(false)
}

/// A stranger's words, fit for a line of the log.
fn plain(line: &str) -> String {
    line.chars().take(200).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// TSTInfo: what an authority confirms.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct Info {
    pub version: u8,
    pub policy: ObjectIdentifier,
    pub imprint: MessageImprint,
    pub serial: Int,
    /// GeneralizedTime; unlike a certificate's it may have parts of a second.
    pub at: Any,
    #[asn1(optional = "true")]
    pub accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    pub ordering: bool,
    #[asn1(optional = "true")]
    pub nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub authority: Option<GeneralName>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub extensions: Option<Extensions>,
}

/// Accuracy.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct Accuracy {
    #[asn1(optional = "true")]
    pub seconds: Option<u32>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub micros: Option<u16>,
}

/// Reads a moment such as `20261122060000.25Z`.
pub(crate) fn moment(at: &Any) -> Option<Timestamp> {
    let text = (at.tag() == Tag::GeneralizedTime).then(|| std::str::from_utf8(at.value()).ok()).flatten()?;
    let digits = text.strip_suffix('Z')?;
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 14 || !all_digits(whole) || !all_digits(part) || part.len() > 9 {
        return None;
    }
    let nanos = format!("{part:0<9}").parse().ok()?;
    let second = DateTime::strptime("%Y%m%d%H%M%S", whole).ok()?;
    let exact = second.with().subsec_nanosecond(nanos).build().ok()?;
    Some(exact.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Writes a moment to the microsecond, without zeros at its end (RFC 3161, 2.4.2).
pub(crate) fn written(at: Timestamp) -> der::Result<Any> {
    let whole = at.to_zoned(TimeZone::UTC).strftime("%Y%m%d%H%M%S%.6f").to_string();
    let text = format!("{}Z", whole.trim_end_matches('0').trim_end_matches('.'));
    // A whole minute ends with zeros of its own.
    let text = if text.len() < 15 { format!("{:0<14}Z", text.trim_end_matches('Z')) } else { text };
    Any::new(Tag::GeneralizedTime, text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_were_written() {
        for text in [
            "2026-11-22T06:00:00Z",
            "2026-11-22T06:00:10Z",
            "2026-11-22T06:00:00.25Z",
            "2000-01-01T00:00:00.000001Z",
        ] {
            let at: Timestamp = text.parse().unwrap();
            let any = written(at).unwrap();
            assert_eq!(moment(&any), Some(at), "{text}");
        }
        let read = |text: &str| moment(&Any::new(Tag::GeneralizedTime, text.as_bytes()).unwrap());
        assert_eq!(read("20261122060000Z"), Some("2026-11-22T06:00:00Z".parse().unwrap()));
        for wrong in [
            "",
            "Z",
            "20261122060000",
            "202611220600Z",
            "20261122060000.Z",
            "20261322060000Z",
            "+0261122060000Z",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
