//! What a display says when somebody is called, word by word, and which recordings that
//! needs: a language that has them speaks, one that lacks any stays silent.
//!
//! A folder holds one language: `clips.toml` names the file of each word.
//!
//! ```toml
//! spoken-by = "Hana Ahmed, recorded on 2 May 2027, may be used without limit"
//!
//! [clips]
//! ticket = "ticket.ogg"
//! please-go-to = "please-go-to.ogg"
//! counter = "counter.ogg"
//! a = "a.ogg"
//! 0 = "0.ogg"
//! ```

use super::Setup;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The words besides letters and digits.
pub const WORDS: &[&str] = &["ticket", "please-go-to", "counter"];

/// A clip that is longer than this is no word.
pub const MOST_BYTES: usize = 1_000_000;

/// What `clips.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// Who spoke, and by which right it is used.
    pub spoken_by: String,
    /// The file of each word.
    pub clips: BTreeMap<String, String>,
}

/// Why a folder of clips cannot be used as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClipFault {
    /// The word, or empty when it is about the manifest.
    pub word: String,
    /// A stable code: `unreadable`, `nobody-spoke`, `unknown-word`, `file-name`,
    /// `file-missing`, `empty`, `too-long`, `no-sound`.
    pub code: &'static str,
    /// What was found.
    pub found: String,
}

/// Whether something is a word that clips are made of: one of [`WORDS`], a letter, a digit.
#[must_use]
pub fn is_word(word: &str) -> bool {
    let one = word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    one || WORDS.contains(&word)
}

/// A number or label letter by letter and digit by digit; nobody agrees on how a long
/// number is read, and everybody hears a digit.
pub fn spelt(text: &str) -> impl Iterator<Item = String> {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase().to_string())
}

/// What is said when a ticket is called to a counter: "ticket A-0-4-2, please go to
/// counter 7".
#[must_use]
pub fn call(number: &str, counter: &str) -> Vec<String> {
    let word = |word: &str| std::iter::once(word.to_owned());
    word("ticket")
        .chain(spelt(number))
        .chain(word("please-go-to"))
        .chain(word("counter"))
        .chain(spelt(counter))
        .collect()
}

/// The words that the halls of a centre need: those between, every digit, the letters of
/// its lines and of its counters' labels.
#[must_use]
pub fn needed(setup: &Setup) -> BTreeSet<String> {
    let lines = setup.lines.iter().flat_map(|line| spelt(&line.letter));
    let counters = setup.counters.iter().flat_map(|counter| spelt(&counter.label));
    let digits = (0..10).map(|digit| digit.to_string());
    WORDS.iter().map(|word| (*word).to_owned()).chain(digits).chain(lines).chain(counters).collect()
}

/// The kind of sound that a file begins like: `audio/ogg`, `audio/mpeg`, `audio/mp4` or
/// `audio/wav`; `None` when it is none of them.
#[must_use]
pub fn media(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'O', b'g', b'g', b'S', ..] => Some("audio/ogg"),
        [b'I', b'D', b'3', ..] => Some("audio/mpeg"),
        // Eleven bits of a frame, then a layer that is not reserved.
        [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 => Some("audio/mpeg"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("audio/mp4"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("audio/wav"),
        _ => None,
    }
}

/// Reads a manifest.
///
/// # Errors
/// Where it cannot be read, or nobody is named who spoke.
pub fn read(text: &str) -> Result<Manifest, ClipFault> {
    let fault = |code, found: String| ClipFault { word: String::new(), code, found };
    let manifest: Manifest =
        toml::from_str(text).map_err(|error| fault("unreadable", error.message().to_owned()))?;
    if manifest.spoken_by.trim().is_empty() {
        return Err(fault("nobody-spoke", "spoken-by".to_owned()));
    }
    Ok(manifest)
}

/// What is wrong with one clip; `file` is what its file holds, if it is there.
#[must_use]
pub fn fault(word: &str, name: &str, file: Option<&[u8]>) -> Option<ClipFault> {
    let fault = |code| Some(ClipFault { word: word.to_owned(), code, found: name.to_owned() });
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !is_word(word) {
        return fault("unknown-word");
    }
    if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
        return fault("file-name");
    }
    match file {
        None => fault("file-missing"),
        Some([]) => fault("empty"),
        Some(bytes) if bytes.len() > MOST_BYTES => fault("too-long"),
        Some(bytes) if media(bytes).is_none() => fault("no-sound"),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_said_word_by_word() {
        let said = call("A042", "C-7");
        assert_eq!(said, ["ticket", "a", "0", "4", "2", "please-go-to", "counter", "c", "7"]);
        let needed = needed(&Setup::read(crate::queue::setup::SMALL).unwrap());
        assert!(said.iter().filter(|word| *word != "7").all(|word| needed.contains(word)), "{needed:?}");
        assert!((0..10).all(|digit| needed.contains(&digit.to_string())));
        assert!(!needed.contains("z"));
        assert!(needed.iter().all(|word| is_word(word)));
    }

    #[test]
    fn a_file_is_known_by_how_it_begins() {
        for (bytes, kind) in [
            (&b"OggS\0\x02"[..], Some("audio/ogg")),
            (b"ID3\x04", Some("audio/mpeg")),
            (b"\xff\xfb\x90", Some("audio/mpeg")),
            (b"\0\0\0\x20ftypM4A ", Some("audio/mp4")),
            (b"RIFF\0\0\0\0WAVEfmt ", Some("audio/wav")),
            (b"\xff\xd8\xff\xe0", None),
            (b"<html>", None),
            (b"", None),
        ] {
            assert_eq!(media(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn every_fault_of_a_clip_is_named() {
        let code = |word: &str, name: &str, file: Option<&[u8]>| fault(word, name, file).map(|one| one.code);
        assert_eq!(code("ticket", "ticket.ogg", Some(b"OggS")), None);
        assert_eq!(code("tickets", "ticket.ogg", Some(b"OggS")), Some("unknown-word"));
        assert_eq!(code("a", "../a.ogg", Some(b"OggS")), Some("file-name"));
        assert_eq!(code("a", "a.ogg", None), Some("file-missing"));
        assert_eq!(code("a", "a.ogg", Some(b"")), Some("empty"));
        assert_eq!(code("a", "a.ogg", Some(b"text")), Some("no-sound"));
        assert_eq!(code("a", "a.ogg", Some(&vec![b'O'; MOST_BYTES + 1])), Some("too-long"));
    }

    #[test]
    fn a_manifest_names_who_spoke() {
        let manifest = read("spoken-by = \"Hana\"\n[clips]\nticket = \"t.ogg\"\n0 = \"0.ogg\"").unwrap();
        assert_eq!(manifest.clips["0"], "0.ogg");
        assert_eq!(read("spoken-by = \" \"\n[clips]").unwrap_err().code, "nobody-spoke");
        assert_eq!(read("[clips]\nticket = 3").unwrap_err().code, "unreadable");
    }
}
