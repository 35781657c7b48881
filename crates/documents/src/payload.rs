//! What a code says about its paper without asking anyone: a few fields, signed, in the address's `#fragment`.
//!
//! A browser does not send a fragment to the server; a reader app checks it offline and says "genuine when
//! issued; status unknown". Bytes, before base64url:
//!
//! ```text
//! 1   version, 1
//! 1   flags: 1 training, 2 name shortened
//! 2   day of issue, counted from 2000-01-01
//! 4   date in question: year (2), month, day; zero is "not known"
//!     key id (raw bytes), number, kind, issuer, name (UTF-8), each after one byte of length
//! 64  ECDSA P-256 over "diwan-code/1\n" and all of the above; over "diwan-code-training/1\n" when flag 1 is set
//! ```

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::Date;

use crate::signer::{PublicKey, SignFault, Signer};

/// No fragment is longer than this, so that the code stays easy to read from worn paper.
pub const LONGEST_FRAGMENT: usize = 300;

/// Other keys sign other things: this keeps a code's signature from being taken for anything else.
const CONTEXT: &[u8] = b"diwan-code/1\n";

/// What is signed in a training system is another thing altogether: a reader that forgets to look at the flag
/// finds a signature that does not hold, never a genuine one.
const TRAINING_CONTEXT: &[u8] = b"diwan-code-training/1\n";

fn context(body: &[u8]) -> &'static [u8] {
    if body.get(1).is_some_and(|flags| flags & TRAINING != 0) { TRAINING_CONTEXT } else { CONTEXT }
}

const VERSION: u8 = 1;
const TRAINING: u8 = 1;
const SHORTENED: u8 = 2;
const SIGNATURE: usize = 64;
const HEAD: usize = 8;
const DAY_ZERO: Date = Date::constant(2000, 1, 1);

/// The fields a code carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// The paper's number, such as `EB-26-004-771-9`.
    pub number: String,
    /// The kind of paper: its service's key, such as `birth-certificate`.
    pub kind: String,
    /// The name the paper is about, in its first language.
    pub name: String,
    /// The date the paper is about, as far as it is known: `1998-03-14`, `1998-03`, `1998` or nothing.
    pub date: String,
    /// The office, short enough for a code: `KRG Civil Status`.
    pub issuer: String,
    /// Day of issue.
    pub issued: Date,
    /// Made in a training system; never valid.
    pub training: bool,
}

/// A payload whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What it says.
    pub payload: Payload,
    /// The key that signed it.
    pub key_id: String,
    /// The name was too long for a code and ends early; compare its beginning.
    pub name_shortened: bool,
}

/// Why a payload was not written or not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayloadFault {
    /// A field cannot be written.
    #[error("{field} cannot stand in a code: {found:?}")]
    Field {
        /// Which.
        field: &'static str,
        /// What it held.
        found: String,
    },
    /// The fields together, apart from the name, are too long.
    #[error("fields are too long for a code")]
    TooLong,
    /// The key could not sign.
    #[error(transparent)]
    Sign(#[from] SignFault),
    /// Not a payload at all.
    #[error("code carries no signed fields")]
    Malformed,
    /// A newer format than this program knows.
    #[error("code has format {0}, which is not known")]
    UnknownVersion(u8),
    /// The key is not one of those trusted.
    #[error("key {0} is not known")]
    UnknownKey(String),
    /// The signature is not that key's.
    #[error("signature of key {0} does not hold")]
    BadSignature(String),
}

/// Signs a payload and writes it as a fragment (without the `#`), at most [`LONGEST_FRAGMENT`] characters.
///
/// A name too long for that is cut after a whole word and marked; no other field is ever shortened.
pub fn encode(payload: &Payload, signer: &dyn Signer) -> Result<String, PayloadFault> {
    let key = hex::decode(signer.key_id())
        .map_err(|_| PayloadFault::Field { field: "key id", found: signer.key_id().into() })?;
    let mut body = vec![VERSION, if payload.training { TRAINING } else { 0 }];
    body.extend(days(payload.issued)?.to_be_bytes());
    body.extend(date_bytes(&payload.date)?);
    put(&mut body, "key id", &key)?;
    put(&mut body, "number", payload.number.as_bytes())?;
    put(&mut body, "kind", payload.kind.as_bytes())?;
    put(&mut body, "issuer", payload.issuer.as_bytes())?;
    let room = (LONGEST_FRAGMENT * 3 / 4).checked_sub(body.len() + 1 + SIGNATURE);
    let name = shortened(&payload.name, room.ok_or(PayloadFault::TooLong)?);
    if name.len() < payload.name.len() {
        if name.is_empty() {
            return Err(PayloadFault::TooLong);
        }
        body[1] |= SHORTENED;
    }
    put(&mut body, "name", name.as_bytes())?;
    let signature = signer.sign_raw(&[context(&body), &body].concat())?;
    body.extend(signature);
    Ok(URL_SAFE_NO_PAD.encode(body))
}

/// Reads a fragment and checks its signature with the key `lookup` finds for its key id.
pub fn decode_and_verify(
    fragment: &str,
    lookup: impl Fn(&str) -> Option<PublicKey>,
) -> Result<Verified, PayloadFault> {
    if fragment.len() > LONGEST_FRAGMENT {
        return Err(PayloadFault::Malformed);
    }
    let bytes = URL_SAFE_NO_PAD.decode(fragment).map_err(|_| PayloadFault::Malformed)?;
    match bytes.first() {
        Some(&VERSION) => {}
        Some(&other) => return Err(PayloadFault::UnknownVersion(other)),
        None => return Err(PayloadFault::Malformed),
    }
    let split = bytes.len().checked_sub(SIGNATURE).ok_or(PayloadFault::Malformed)?;
    let (body, signature) = bytes.split_at(split);
    let verified = read(body).ok_or(PayloadFault::Malformed)?;
    let key = lookup(&verified.key_id).ok_or_else(|| PayloadFault::UnknownKey(verified.key_id.clone()))?;
    if key.verify_raw(&[context(body), body].concat(), signature) {
        Ok(verified)
    } else {
        Err(PayloadFault::BadSignature(verified.key_id))
    }
}

fn read(body: &[u8]) -> Option<Verified> {
    let (head, mut rest) = body.split_at_checked(HEAD)?;
    let key_id = hex::encode(take(&mut rest)?);
    let mut text = || String::from_utf8(take(&mut rest)?.to_vec()).ok();
    let (number, kind, issuer, name) = (text()?, text()?, text()?, text()?);
    if !rest.is_empty() || head[1] & !(TRAINING | SHORTENED) != 0 {
        return None;
    }
    let issued = u16::from_be_bytes([head[2], head[3]]);
    let issued = DAY_ZERO.checked_add(jiff::Span::new().days(i64::from(issued))).ok()?;
    let date = date_text([head[4], head[5], head[6], head[7]])?;
    let training = head[1] & TRAINING != 0;
    let payload = Payload { number, kind, name, date, issuer, issued, training };
    Some(Verified { payload, key_id, name_shortened: head[1] & SHORTENED != 0 })
}

fn put(body: &mut Vec<u8>, field: &'static str, bytes: &[u8]) -> Result<(), PayloadFault> {
    let length = u8::try_from(bytes.len()).map_err(|_| PayloadFault::TooLong)?;
    if length == 0 && field != "name" {
        return Err(PayloadFault::Field { field, found: String::new() });
    }
    body.push(length);
    body.extend(bytes);
    Ok(())
}

fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first()?;
    let (field, after) = after.split_at_checked(usize::from(*length))?;
    *rest = after;
    Some(field)
}

fn days(issued: Date) -> Result<u16, PayloadFault> {
    let fault = || PayloadFault::Field { field: "day of issue", found: issued.to_string() };
    let span = DAY_ZERO.until(issued).map_err(|_| fault())?;
    u16::try_from(span.get_days()).map_err(|_| fault())
}

fn date_bytes(text: &str) -> Result<[u8; 4], PayloadFault> {
    let fault = || PayloadFault::Field { field: "date", found: text.into() };
    if text.is_empty() {
        return Ok([0; 4]);
    }
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]) {
        return Err(fault());
    }
    let number = |at: usize| parts.get(at).map_or(Ok(0), |part| part.parse::<u16>());
    let (Ok(year), Ok(month), Ok(day)) = (number(0), number(1), number(2)) else { return Err(fault()) };
    let year = year.to_be_bytes();
    let bytes = [year[0], year[1], u8::try_from(month).unwrap_or(99), u8::try_from(day).unwrap_or(99)];
    // What is written must read back as the same text: this refuses month 13 and 30 February.
    if date_text(bytes).as_deref() == Some(text) { Ok(bytes) } else { Err(fault()) }
}

fn date_text([a, b, month, day]: [u8; 4]) -> Option<String> {
    let year = i16::try_from(u16::from_be_bytes([a, b])).ok()?;
    let (month_of, day_of) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    match (year, month, day) {
        (0, 0, 0) => Some(String::new()),
        (1.., 0, 0) => Date::new(year, 1, 1).ok().map(|_| format!("{year:04}")),
        (1.., 1.., 0) => Date::new(year, month_of, 1).ok().map(|_| format!("{year:04}-{month:02}")),
        (1.., 1.., 1..) => Date::new(year, month_of, day_of).ok().map(|date| date.to_string()),
        _ => None,
    }
}

/// As many whole words of a name as fit, or whole letters when the first word alone is too long.
fn shortened(name: &str, room: usize) -> &str {
    let room = room.min(usize::from(u8::MAX));
    if name.len() <= room {
        return name;
    }
    let mut end = room;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let cut = &name[..end];
    let whole_word = name[end..].starts_with(' ');
    match cut.rfind(' ') {
        Some(space) if !whole_word && !cut[..space].trim().is_empty() => &cut[..space],
        _ => cut,
    }
}
