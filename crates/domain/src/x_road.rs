//! The names and hashes of X-Road, the exchange layer between registers (X-Road
//! message protocol for REST, PR-REST): members and services by their parts, and
//! what binds an answer to its request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha512};
use std::fmt;
use std::str::FromStr;

/// The longest part of a name that is read.
const LONGEST_PART: usize = 255;

/// A name that is none of X-Road's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an X-Road name has its parts between slashes: INSTANCE/CLASS/MEMBER/SUBSYSTEM")]
pub struct WrongName;

/// Percent-encodes one part, UTF-8, all but what RFC 3986 leaves free.
#[must_use]
pub fn encoded(part: &str) -> String {
    let free = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    part.bytes().map(|b| if free(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn decoded(part: &str) -> Option<String> {
    let (mut out, mut rest) = (Vec::new(), part.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let digits = after.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
            out.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = &after[2..];
        } else {
            out.push(*first);
        }
    }
    let text = String::from_utf8(out).ok()?;
    let sound = !text.is_empty() && text.len() <= LONGEST_PART && !text.chars().any(char::is_control);
    // A part that is a way up, or holds the separator, is never meant.
    (sound && text != "." && text != ".." && !text.contains(['/', '\\'])).then_some(text)
}

fn parts(text: &str, counts: std::ops::RangeInclusive<usize>) -> Result<Vec<String>, WrongName> {
    let parts: Option<Vec<String>> = text.split('/').map(decoded).collect();
    parts.filter(|parts| counts.contains(&parts.len())).ok_or(WrongName)
}

fn written(parts: &[String], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let parts: Vec<String> = parts.iter().map(|part| encoded(part)).collect();
    f.write_str(&parts.join("/"))
}

/// A member, or one of its subsystems: `INSTANCE/CLASS/MEMBER/SUBSYSTEM`, the
/// last part optional. Written with each part percent-encoded, so that one name
/// is written in one way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Member(Vec<String>);

impl FromStr for Member {
    type Err = WrongName;

    fn from_str(text: &str) -> Result<Self, WrongName> {
        parts(text, 3..=4).map(Self)
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        written(&self.0, f)
    }
}

/// A service of a member: the member's parts, and the service's code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServiceId(Vec<String>);

impl FromStr for ServiceId {
    type Err = WrongName;

    fn from_str(text: &str) -> Result<Self, WrongName> {
        parts(text, 4..=5).map(Self)
    }
}

impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        written(&self.0, f)
    }
}

/// What binds an answer to its request: base64 of SHA-512 over the hashes of
/// headers and body, or of the headers alone where there is no body.
#[must_use]
pub fn request_hash(headers: &[u8], body: Option<&[u8]>) -> String {
    let of_headers = Sha512::digest(headers);
    match body {
        None => STANDARD.encode(of_headers),
        Some(body) => {
            let mut both = Sha512::new();
            both.update(of_headers);
            both.update(Sha512::digest(body));
            STANDARD.encode(both.finalize())
        }
    }
}

/// Whether a text can be a request hash: base64 of sixty-four bytes.
#[must_use]
pub fn is_request_hash(text: &str) -> bool {
    STANDARD.decode(text).is_ok_and(|bytes| bytes.len() == 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_part_by_part() {
        let member: Member = "KQ/GOV/2001/traffic".parse().unwrap();
        assert_eq!(member.to_string(), "KQ/GOV/2001/traffic");
        assert_eq!("KQ/GOV/2001".parse::<Member>().unwrap().to_string(), "KQ/GOV/2001");
        // One name, however it was written.
        let written: Member = "K%51/GOV/2001/tr%61ffic".parse().unwrap();
        assert_eq!(written, member);
        let kurdish: ServiceId = "KQ/GOV/2001/%D9%87%D8%A7%D8%AA%D9%88%DA%86%D9%88/licences".parse().unwrap();
        assert_eq!(kurdish.to_string(), "KQ/GOV/2001/%D9%87%D8%A7%D8%AA%D9%88%DA%86%D9%88/licences");
        for wrong in [
            "",
            "KQ",
            "KQ/GOV",
            "KQ//2001/x",
            "KQ/GOV/2001/x/y",
            "KQ/GOV/../x",
            "KQ/GOV/a%2Fb/x",
            "KQ/%zz/1/x",
            "/KQ/GOV/1",
        ] {
            assert_eq!(wrong.parse::<Member>(), Err(WrongName), "{wrong}");
        }
    }

    #[test]
    fn an_answer_is_bound_to_its_request() {
        let alone = request_hash(b"a: b", None);
        assert!(is_request_hash(&alone) && is_request_hash(&request_hash(b"a: b", Some(b"{}"))));
        assert_ne!(alone, request_hash(b"a: b", Some(b"")));
        assert!(!is_request_hash("4c519cf0-0e5e-4ccf-b72b-8ed6fe289e6e"));
        // The example of the protocol's description.
        assert!(is_request_hash(
            "14sEri8SmLNy/DJyTob0ZddAskmdRy5ZUyhbr33iLkaA+gLpWcivUH16fzbuIs7hhs2AnA4lJDloyIihXMlVQA=="
        ));
    }
}
