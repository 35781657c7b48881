//! A ticket that proves itself: its picture carries what stands on it with a signature, so
//! that nobody at the door can be shown a place that was never given, and nobody can later
//! be told that they came at another time.

use super::Class;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What is signed begins with this line: no other signature of the same key can be taken
/// for a ticket's.
const CONTEXT: &str = "diwan-ticket/1";

/// The format as it stands in an address.
const VERSION: &str = "1";

/// No signed ticket is longer.
const LONGEST: usize = 300;

/// What a ticket's signature is about. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedTicket {
    /// The centre's code.
    pub centre: String,
    /// The centre's day: `2026-11-22`.
    pub day: String,
    /// Its number.
    pub number: String,
    /// As what it waits.
    pub class: Class,
    /// When it was taken, microseconds since 1970 UTC.
    pub came_at: i64,
    /// Which event of the day that was.
    pub turn: i64,
}

impl SignedTicket {
    /// The text that is signed: a line for each field, after one that names the format.
    #[must_use]
    pub fn message(&self) -> String {
        let Self { centre, day, number, class, came_at, turn } = self;
        format!("{CONTEXT}\n{centre}\n{day}\n{number}\n{}\n{came_at}\n{turn}\n", class.code())
    }

    /// As it stands in an address after the `#`.
    #[must_use]
    pub fn written(&self, signature: &[u8]) -> String {
        let Self { centre, day, number, class, came_at, turn } = self;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        format!("{VERSION}.{centre}.{day}.{number}.{}.{came_at}.{turn}.{signature}", class.code())
    }

    /// Reads what stands in an address, with its signature, which is not checked here;
    /// `None` for anything that is no signed ticket.
    #[must_use]
    pub fn read(text: &str) -> Option<(Self, Vec<u8>)> {
        if text.len() > LONGEST || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return None;
        }
        let mut parts = text.rsplitn(7, '.');
        let mut next = || parts.next();
        let signature = URL_SAFE_NO_PAD.decode(next()?).ok()?;
        let (turn, came_at) = (whole(next()?)?, whole(next()?)?);
        let class = Class::from_code(next()?)?;
        let (number, day) = (next()?.to_owned(), next()?.to_owned());
        let centre = next()?.strip_prefix(VERSION)?.strip_prefix('.')?.to_owned();
        Some((Self { centre, day, number, class, came_at, turn }, signature))
    }
}

/// A number written as it is signed: `007` and `+7` are other texts.
fn whole(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket() -> SignedTicket {
        SignedTicket {
            centre: "EB1".into(),
            day: "2026-11-22".into(),
            number: "A042".into(),
            class: Class::Need,
            came_at: 1_795_327_200_000_000,
            turn: 17,
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let text = ticket().written(&[7; 64]);
        assert!(text.starts_with("1.EB1.2026-11-22.A042.need.1795327200000000.17."), "{text}");
        assert_eq!(SignedTicket::read(&text), Some((ticket(), vec![7; 64])));
        assert_eq!(ticket().message(), "diwan-ticket/1\nEB1\n2026-11-22\nA042\nneed\n1795327200000000\n17\n");
    }

    #[test]
    fn anything_else_is_no_ticket() {
        let good = ticket().written(&[7; 64]);
        for broken in [
            String::new(),
            good.replacen("1.", "2.", 1),
            good.replace(".need.", ".first."),
            good.replace(".17.", ".017."),
            good.replace(".17.", ".x."),
            good.replace("A042", "A 42"),
            good.replace(".A042", ""),
            format!("{good}{}", "A".repeat(300)),
        ] {
            assert_eq!(SignedTicket::read(&broken), None, "{broken}");
        }
    }
}
