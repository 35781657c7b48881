//! Keys of messages: ours, made from the key that is not in the database, and those
//! of programs, as an administrator pasted them.

use crate::desk::Office;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use diwan_documents::signer::PublicKey as P256Key;
use diwan_domain::dci::{Envelope, SignatureString, signing_text};
use ring::signature::{self, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};

/// For how long a signature of ours counts, seconds.
const COUNTS: i64 = 3_600;
/// How far a sender's clock may be ahead, seconds.
const AHEAD: i64 = 300;
/// How many keys one program may have.
const MOST_KEYS: usize = 10;
/// The algorithm of our signatures, as the specification calls it.
const ALGORITHM: &str = "ed25519";

/// The key with which this installation signs. Every node makes the same from the
/// key of the journal, so that no backup holds it.
fn own(office: &Office) -> Ed25519KeyPair {
    let seed = office.db.derived_key("dci/signing/1");
    Ed25519KeyPair::from_seed_unchecked(&seed).expect("thirty-two bytes are a seed of Ed25519")
}

/// The thumbprint of a key (RFC 7638 and RFC 8037), which is its name.
fn thumbprint(x: &str) -> String {
    let text = format!("{{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"{x}\"}}");
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// The keys with which messages of this installation are checked (RFC 7517).
#[must_use]
pub fn jwks(office: &Office) -> Value {
    let x = URL_SAFE_NO_PAD.encode(own(office).public_key().as_ref());
    let kid = thumbprint(&x);
    json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid, "use": "sig", "alg": "EdDSA"}]})
}

/// A signature over a header and a message, as they are sent.
pub(super) fn sign(office: &Office, sender_id: &str, header: &str, message: &str) -> String {
    let key = own(office);
    let created = office.now().div_euclid(1_000_000);
    let expires = created + COUNTS;
    let digest = sha256(&[header, message].concat());
    let signed = key.sign(signing_text(created, expires, &digest).as_bytes());
    SignatureString {
        sender_id: sender_id.to_owned(),
        key_id: thumbprint(&URL_SAFE_NO_PAD.encode(key.public_key().as_ref())),
        algorithm: ALGORITHM.to_owned(),
        created: Some(created),
        expires: Some(expires),
        covered: ["(created)", "(expires)", "digest"].map(str::to_owned).to_vec(),
        signature: signed.as_ref().to_vec(),
    }
    .write()
}

fn sha256(text: &str) -> String {
    format!("SHA-256={}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// A key of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerKey {
    /// Its name, if it has one.
    kid: Option<String>,
    public: Public,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Public {
    Ed25519(Vec<u8>),
    /// An uncompressed point.
    P256(Vec<u8>),
    /// An `RSAPublicKey` in DER.
    RsaDer(Vec<u8>),
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
}

impl Public {
    fn verify(&self, message: &[u8], signed: &[u8]) -> bool {
        let with = |algorithm: &'static dyn signature::VerificationAlgorithm, key: &[u8]| {
            UnparsedPublicKey::new(algorithm, key).verify(message, signed).is_ok()
        };
        match self {
            Self::Ed25519(key) => with(&signature::ED25519, key),
            Self::P256(key) => {
                with(&signature::ECDSA_P256_SHA256_FIXED, key)
                    || with(&signature::ECDSA_P256_SHA256_ASN1, key)
            }
            Self::RsaDer(key) => {
                with(&signature::RSA_PKCS1_2048_8192_SHA256, key)
                    || with(&signature::RSA_PSS_2048_8192_SHA256, key)
            }
            Self::Rsa { n, e } => {
                let key = signature::RsaPublicKeyComponents { n, e };
                key.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signed).is_ok()
                    || key.verify(&signature::RSA_PSS_2048_8192_SHA256, message, signed).is_ok()
            }
        }
    }
}

/// Reads keys as they are pasted: a JWKS, one JWK, or public keys in PEM. `None`
/// when there is none, or one that is not understood: Ed25519, P-256 and RSA of
/// 2048 bits and more are.
#[must_use]
pub fn read_keys(text: &str) -> Option<Vec<PartnerKey>> {
    let text = text.trim();
    let keys: Vec<PartnerKey> = if text.starts_with('{') {
        let value: Value = serde_json::from_str(text).ok()?;
        match value["keys"].as_array() {
            // What encrypts signs nothing.
            Some(all) => {
                let signing = all.iter().filter(|key| key["use"] != "enc");
                signing.map(from_jwk).collect::<Option<_>>()?
            }
            None => vec![from_jwk(&value)?],
        }
    } else {
        from_pem(text)?
    };
    Some(keys).filter(|keys| (1..=MOST_KEYS).contains(&keys.len()))
}

fn from_jwk(key: &Value) -> Option<PartnerKey> {
    // A private key has no business here.
    if key.get("d").is_some() {
        return None;
    }
    let bytes = |name: &str| key[name].as_str().and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
    let public = match (key["kty"].as_str()?, key["crv"].as_str()) {
        ("OKP", Some("Ed25519")) => Public::Ed25519(bytes("x").filter(|x| x.len() == 32)?),
        ("EC", Some("P-256")) => {
            let point = [vec![4], bytes("x")?, bytes("y")?].concat();
            P256Key::from_sec1(&point)?;
            Public::P256(point)
        }
        ("RSA", _) => Public::Rsa { n: bytes("n").filter(|n| n.len() >= 256)?, e: bytes("e")? },
        _ => return None,
    };
    Some(PartnerKey { kid: key["kid"].as_str().map(str::to_owned), public })
}

fn from_pem(text: &str) -> Option<Vec<PartnerKey>> {
    const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
    const END: &str = "-----END PUBLIC KEY-----";
    let mut keys = Vec::new();
    for part in text.split(BEGIN).skip(1) {
        let inside: String = part.split(END).next()?.split_whitespace().collect();
        keys.push(PartnerKey { kid: None, public: from_spki(&STANDARD.decode(inside).ok()?)? });
    }
    Some(keys)
}

/// One element of DER: its tag, its content, and what follows.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, first, rest) = (*bytes.first()?, usize::from(*bytes.get(1)?), bytes.get(2..)?);
    let (length, rest) = match first {
        0..=0x7f => (first, rest),
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => (usize::from(*rest.first()?) << 8 | usize::from(*rest.get(1)?), rest.get(2..)?),
        _ => return None,
    };
    Some((tag, rest.get(..length)?, rest.get(length..)?))
}

/// A public key as RFC 5280 writes it (`SubjectPublicKeyInfo`).
fn from_spki(der: &[u8]) -> Option<Public> {
    const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let (_, whole, _) = element(der).filter(|(tag, ..)| *tag == 0x30)?;
    let (_, algorithm, rest) = element(whole)?;
    let (_, oid, _) = element(algorithm).filter(|(tag, ..)| *tag == 0x06)?;
    let (_, bits, _) = element(rest).filter(|(tag, ..)| *tag == 0x03)?;
    // The first byte of a bit string counts unused bits.
    let key = bits.strip_prefix(&[0])?;
    match oid {
        ED25519 if key.len() == 32 => Some(Public::Ed25519(key.to_vec())),
        RSA => Some(Public::RsaDer(key.to_vec())).filter(|_| key.len() > 256),
        _ => P256Key::from_spki(der).map(|key| Public::P256(key.to_sec1())),
    }
}

/// Why a message's signature is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// There is none.
    #[error("the message is not signed, and this client has keys")]
    Missing,
    /// It is none, or none that is understood.
    #[error("the signature cannot be read")]
    Unreadable,
    /// It counts no more, or not yet.
    #[error("the signature has expired or lies in the future")]
    Expired,
    /// No key of the client made it over this message.
    #[error("no key of this client made this signature over this header and message")]
    Wrong,
}

impl SignatureFault {
    /// The code of the specification.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "err.signature.missing",
            _ => "err.signature.invalid",
        }
    }
}

/// Checks the signature of a message; `now` in seconds since 1970 UTC.
///
/// The specification says what is signed ("{header}+{message}") and not how it is
/// written: the bytes as they were sent, one after the other or as one object, with
/// or without blanks, or in the order of RFC 8785 are all taken.
///
/// # Errors
/// [`SignatureFault`].
pub fn check_signature(keys: &[PartnerKey], envelope: &Envelope<'_>, now: i64) -> Result<(), SignatureFault> {
    let text = envelope.signature.as_deref().ok_or(SignatureFault::Missing)?;
    if let [head, payload, signed] = text.split('.').collect::<Vec<_>>()[..]
        && !text.contains(['=', ' '])
    {
        return check_jws(keys, envelope, [head, payload, signed]);
    }
    let read = SignatureString::read(text).ok_or(SignatureFault::Unreadable)?;
    let too_late = read.expires.is_some_and(|expires| expires < now);
    if too_late || read.created.is_some_and(|created| created > now + AHEAD) {
        return Err(SignatureFault::Expired);
    }
    for bytes in writings(envelope) {
        let sha512 = format!("SHA-512={}", STANDARD.encode(Sha512::digest(bytes.as_bytes())));
        for digest in [sha256(&bytes), sha512] {
            let signed = read.signed_text(&digest).ok_or(SignatureFault::Unreadable)?;
            if fits(keys, &read.key_id, signed.as_bytes(), &read.signature) {
                return Ok(());
            }
        }
    }
    Err(SignatureFault::Wrong)
}

fn fits(keys: &[PartnerKey], kid: &str, message: &[u8], signed: &[u8]) -> bool {
    let named: Vec<&PartnerKey> = keys.iter().filter(|key| key.kid.as_deref() == Some(kid)).collect();
    let tried: Vec<&PartnerKey> = if named.is_empty() { keys.iter().collect() } else { named };
    tried.into_iter().any(|key| key.public.verify(message, signed))
}

/// A compact JWS over the message (RFC 7515), with its payload or without it.
fn check_jws(
    keys: &[PartnerKey],
    envelope: &Envelope<'_>,
    [head, payload, signed]: [&str; 3],
) -> Result<(), SignatureFault> {
    let unreadable = SignatureFault::Unreadable;
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| unreadable);
    let header: Value = serde_json::from_slice(&decoded(head)?).map_err(|_| unreadable)?;
    let (kid, signed) = (header["kid"].as_str().unwrap_or_default(), decoded(signed)?);
    if payload.is_empty() {
        let fit = writings(envelope).iter().any(|bytes| {
            let whole = format!("{head}.{}", URL_SAFE_NO_PAD.encode(bytes));
            fits(keys, kid, whole.as_bytes(), &signed)
        });
        return if fit { Ok(()) } else { Err(SignatureFault::Wrong) };
    }
    let said: Value = serde_json::from_slice(&decoded(payload)?).map_err(|_| unreadable)?;
    let header: Value = serde_json::from_str(envelope.header_text).map_err(|_| unreadable)?;
    let is_ours = said["header"] == header && said["message"] == envelope.message;
    let whole = format!("{head}.{payload}");
    if is_ours && fits(keys, kid, whole.as_bytes(), &signed) { Ok(()) } else { Err(SignatureFault::Wrong) }
}

/// The ways to write a header and a message that may have been signed.
fn writings(envelope: &Envelope<'_>) -> Vec<String> {
    let (header, message) = (envelope.header_text, envelope.message_text);
    let (short_header, short_message) = (compact(header), compact(message));
    let sorted_header = serde_json::from_str(header).map(|header| in_order(&header)).unwrap_or_default();
    vec![
        format!("{header}{message}"),
        format!("{{\"header\":{header},\"message\":{message}}}"),
        format!("{{\"header\": {header}, \"message\": {message}}}"),
        format!("{short_header}{short_message}"),
        format!("{{\"header\":{short_header},\"message\":{short_message}}}"),
        format!("{{\"header\":{sorted_header},\"message\":{}}}", in_order(&envelope.message)),
    ]
}

/// JSON without the blanks between its parts.
fn compact(text: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::with_capacity(text.len()), false, false);
    for letter in text.chars() {
        if inside {
            inside = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            out.push(letter);
        } else if !matches!(letter, ' ' | '\t' | '\r' | '\n') {
            inside = letter == '"';
            out.push(letter);
        }
    }
    out
}

/// JSON with the members of every object in the order of their names.
fn in_order(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            let one = |name: &String| format!("{}:{}", json!(name), in_order(&members[name]));
            format!("{{{}}}", names.into_iter().map(one).collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(in_order).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

    use super::*;

    const NOW: i64 = 1_795_327_200;

    fn pair() -> (Ed25519KeyPair, Vec<PartnerKey>) {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[3; 32]).unwrap();
        let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        let keys =
            read_keys(&json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "k1"}).to_string()).unwrap();
        (pair, keys)
    }

    fn signed(pair: &Ed25519KeyPair, bytes: &str, key_id: &str, created: i64, expires: i64) -> String {
        let text = signing_text(created, expires, &sha256(bytes));
        SignatureString {
            sender_id: "s".into(),
            key_id: key_id.into(),
            algorithm: "ed25519".into(),
            created: Some(created),
            expires: Some(expires),
            covered: ["(created)", "(expires)", "digest"].map(str::to_owned).to_vec(),
            signature: pair.sign(text.as_bytes()).as_ref().to_vec(),
        }
        .write()
    }

    const HEADER: &str =
        r#"{"message_id": "1", "message_ts": "2026-11-22T06:00:00Z", "action": "search", "sender_id": "s"}"#;
    const MESSAGE: &str = r#"{"transaction_id": "ش \" { ", "b": 1}"#;

    fn checked(signature: &str, message: &str) -> Result<(), SignatureFault> {
        let text =
            format!("{{\"signature\": {}, \"header\": {HEADER}, \"message\": {message}}}", json!(signature));
        check_signature(&pair().1, &Envelope::read(&text).unwrap(), NOW)
    }

    #[test]
    fn a_message_is_signed_however_it_is_written() {
        let (pair, _) = pair();
        let (header, message) = (compact(HEADER), compact(MESSAGE));
        for bytes in [
            format!("{HEADER}{MESSAGE}"),
            format!("{header}{message}"),
            format!("{{\"header\":{header},\"message\":{message}}}"),
            format!("{{\"header\": {HEADER}, \"message\": {MESSAGE}}}"),
            in_order(&json!({"header": serde_json::from_str::<Value>(HEADER).unwrap(),
                "message": serde_json::from_str::<Value>(MESSAGE).unwrap()})),
        ] {
            for key_id in ["k1", "another name"] {
                assert_eq!(
                    checked(&signed(&pair, &bytes, key_id, NOW, NOW + 60), MESSAGE),
                    Ok(()),
                    "{bytes}"
                );
            }
            let jws = |payload: &str| {
                let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"EdDSA"}"#);
                let whole = format!("{head}.{}", URL_SAFE_NO_PAD.encode(&bytes));
                format!("{head}.{payload}.{}", URL_SAFE_NO_PAD.encode(pair.sign(whole.as_bytes())))
            };
            assert_eq!(checked(&jws(""), MESSAGE), Ok(()), "detached {bytes}");
            if bytes.starts_with("{\"header\"") {
                assert_eq!(
                    checked(&jws(&URL_SAFE_NO_PAD.encode(&bytes)), MESSAGE),
                    Ok(()),
                    "attached {bytes}"
                );
                let other = "{\"transaction_id\": \"other\"}";
                assert_eq!(checked(&jws(&URL_SAFE_NO_PAD.encode(&bytes)), other), Err(SignatureFault::Wrong));
            }
        }
    }

    #[test]
    fn what_was_changed_or_is_late_or_signed_by_others_is_not_believed() {
        let (pair, _) = pair();
        let bytes = format!("{HEADER}{MESSAGE}");
        let well = signed(&pair, &bytes, "k1", NOW, NOW + 60);
        assert_eq!(checked(&well, r#"{"transaction_id": "other"}"#), Err(SignatureFault::Wrong));
        assert_eq!(checked("", MESSAGE), Err(SignatureFault::Missing));
        assert_eq!(checked("unsigned-stub", MESSAGE), Err(SignatureFault::Unreadable));
        assert_eq!(checked("eyJhbGciOiJub25lIn0..", MESSAGE), Err(SignatureFault::Wrong), "alg none");
        let late = signed(&pair, &bytes, "k1", NOW - 600, NOW - 1);
        assert_eq!(checked(&late, MESSAGE), Err(SignatureFault::Expired));
        let early = signed(&pair, &bytes, "k1", NOW + 600, NOW + 900);
        assert_eq!(checked(&early, MESSAGE), Err(SignatureFault::Expired));
        let stranger = Ed25519KeyPair::from_seed_unchecked(&[4; 32]).unwrap();
        let foreign = signed(&stranger, &bytes, "k1", NOW, NOW + 60);
        assert_eq!(checked(&foreign, MESSAGE), Err(SignatureFault::Wrong));
        let moved = well.replace("expires=\"1795327260\"", "expires=\"1895327260\"");
        assert_eq!(checked(&moved, MESSAGE), Err(SignatureFault::Wrong), "the times are signed too");
    }

    #[test]
    fn keys_are_read_as_they_are_pasted() {
        // RFC 8037, appendix A.2 and A.3.
        let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        assert_eq!(
            thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
        let one = read_keys(jwk).unwrap();
        let set = format!("{{\"keys\": [{jwk}, {{\"kty\": \"oct\", \"use\": \"enc\"}}]}}");
        assert_eq!(read_keys(&set).unwrap(), one);
        let der = [
            &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00][..],
            &URL_SAFE_NO_PAD.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap(),
        ]
        .concat();
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der));
        assert_eq!(read_keys(&pem).unwrap()[0].public, one[0].public);
        for wrong in [
            "",
            "{}",
            "ssh-ed25519 AAAA",
            r#"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#,
            r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"x"}"#,
            r#"{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}"#,
            r#"{"keys":[]}"#,
            "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----",
        ] {
            assert_eq!(read_keys(wrong), None, "{wrong}");
        }
    }
}
