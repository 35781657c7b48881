//! The signature of a message: a line after the draft of HTTP signatures
//! (draft-cavage-http-signatures), put into the envelope instead of a header.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A signature as it stands in the envelope:
/// `Signature: namespace="spdci", kidId="sender|key|ed25519", algorithm="ed25519",
/// created="1606970629", expires="1607030629", headers="(created) (expires) digest",
/// signature="…"`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignatureString {
    /// Whose key.
    pub sender_id: String,
    /// Which of their keys.
    pub key_id: String,
    /// With which algorithm, as they call it.
    pub algorithm: String,
    /// When, seconds since 1970 UTC.
    pub created: Option<i64>,
    /// Until when it counts, seconds since 1970 UTC.
    pub expires: Option<i64>,
    /// What is signed, in this order: `(created)`, `(expires)`, `digest`.
    pub covered: Vec<String>,
    /// The signature's bytes.
    pub signature: Vec<u8>,
}

impl SignatureString {
    /// Reads a signature; `None` when it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = match text.get(..9) {
            Some(first) if first.eq_ignore_ascii_case("signature") && !text[9..].starts_with('=') => {
                text[9..].trim_start_matches([':', ' '])
            }
            _ => text,
        };
        let mut read = Self { covered: vec!["(created)".into()], ..Self::default() };
        let mut is_signed = false;
        for (name, value) in parameters(text)? {
            match name.to_ascii_lowercase().as_str() {
                "kidid" | "keyid" | "kid" => {
                    let mut parts = value.split('|');
                    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
                    (read.sender_id, read.key_id) = match second {
                        Some(key) => (first.to_owned(), key.to_owned()),
                        None => (String::new(), first.to_owned()),
                    };
                }
                "algorithm" | "alg" => read.algorithm = value,
                "created" => read.created = Some(value.trim().parse().ok()?),
                "expires" => read.expires = Some(value.trim().parse().ok()?),
                "headers" => read.covered = value.split_whitespace().map(str::to_ascii_lowercase).collect(),
                "signature" => {
                    read.signature = STANDARD.decode(value.trim()).ok()?;
                    is_signed = true;
                }
                _ => {}
            }
        }
        Some(read).filter(|_| is_signed)
    }

    /// The signature as it stands in an envelope.
    #[must_use]
    pub fn write(&self) -> String {
        let Self { sender_id, key_id, algorithm, .. } = self;
        let number = |seconds: Option<i64>| seconds.unwrap_or_default();
        format!(
            "Signature: namespace=\"spdci\", kidId=\"{sender_id}|{key_id}|{algorithm}\", algorithm=\"{algorithm}\", \
             created=\"{}\", expires=\"{}\", headers=\"{}\", signature=\"{}\"",
            number(self.created),
            number(self.expires),
            self.covered.join(" "),
            STANDARD.encode(&self.signature),
        )
    }

    /// What is signed, over a digest such as `SHA-256=…`; `None` when it covers
    /// something that is not there, or not the digest: a signature that says
    /// nothing of the message is worth nothing.
    #[must_use]
    pub fn signed_text(&self, digest: &str) -> Option<String> {
        if !self.covered.iter().any(|name| name == "digest") {
            return None;
        }
        let line = |name: &String| match name.as_str() {
            "(created)" => Some(format!("(created): {}", self.created?)),
            "(expires)" => Some(format!("(expires): {}", self.expires?)),
            "digest" => Some(format!("digest: {digest}")),
            _ => None,
        };
        self.covered.iter().map(line).collect::<Option<Vec<String>>>().map(|lines| lines.join("\n"))
    }
}

/// What Diwan signs: created, expires and digest, a line each.
#[must_use]
pub fn signing_text(created: i64, expires: i64, digest: &str) -> String {
    format!("(created): {created}\n(expires): {expires}\ndigest: {digest}")
}

/// `name="value"` pairs with commas between them; quotation marks inside a value
/// are not foreseen.
fn parameters(text: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_once(',').unwrap_or((after, "")),
        };
        pairs.push((name.trim().to_owned(), value.to_owned()));
        rest = after.trim_start_matches([',', ' ', '\t', '\r', '\n']);
    }
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> SignatureString {
        SignatureString {
            sender_id: "spp.example.org".into(),
            key_id: "key-1".into(),
            algorithm: "ed25519".into(),
            created: Some(1_606_970_629),
            expires: Some(1_607_030_629),
            covered: ["(created)", "(expires)", "digest"].map(str::to_owned).to_vec(),
            signature: vec![1, 2, 3],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let written = example().write();
        assert!(
            written.starts_with("Signature: namespace=\"spdci\", kidId=\"spp.example.org|key-1|ed25519\"")
        );
        assert_eq!(SignatureString::read(&written), Some(example()));
        let signed = example().signed_text("SHA-256=abc=").unwrap();
        assert_eq!(signed, "(created): 1606970629\n(expires): 1607030629\ndigest: SHA-256=abc=");
        assert_eq!(signed, signing_text(1_606_970_629, 1_607_030_629, "SHA-256=abc="));
    }

    #[test]
    fn other_spellings_are_read_and_what_is_no_signature_is_not() {
        let other =
            "keyId=\"key-1\",algorithm=hs2019,created=\"5\",headers=\"(created) digest\",signature=\"AQID\"";
        let read = SignatureString::read(other).unwrap();
        assert_eq!((read.sender_id.as_str(), read.key_id.as_str(), read.created), ("", "key-1", Some(5)));
        assert_eq!(read.signed_text("SHA-256=x").as_deref(), Some("(created): 5\ndigest: SHA-256=x"));
        for text in [
            "",
            "unsigned-stub",
            "Signature:",
            "signature=\"!\"",
            "a=\"b\"",
            "created=\"x\", signature=\"AQID\"",
            "é",
        ] {
            assert_eq!(SignatureString::read(text), None, "{text}");
        }
        // The placeholder of the published samples has its last quotation mark missing.
        let sample = "Signature:  namespace=\"dci\", kidId=\"{sender_id}|{unique_key_id}|{algorithm}\", signature=\"Base64(signing content)";
        assert_eq!(SignatureString::read(sample), None);
    }

    #[test]
    fn a_signature_that_leaves_the_message_out_is_worth_nothing() {
        let bare = SignatureString { covered: vec!["(created)".into(), "(expires)".into()], ..example() };
        assert_eq!(bare.signed_text("SHA-256=x"), None);
        let more = SignatureString { covered: vec!["host".into(), "digest".into()], ..example() };
        assert_eq!(more.signed_text("SHA-256=x"), None);
    }
}
