//! Letters of a text file, whatever they were stored as, as UTF-8.

use super::file::FileFault;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};
use std::io::Read;

/// What the first bytes say of the letters: the encoding, and how long the mark is.
fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes)
}

/// UTF-16 without a mark: every other byte of Latin letters and signs is zero.
fn looks_like_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd > pairs / 3 && even < pairs / 20 => Some(UTF_16LE),
        () if even > pairs / 3 && odd < pairs / 20 => Some(UTF_16BE),
        () => None,
    }
}

/// How the letters of a file are stored: as named, as its first bytes say, or as
/// UTF-8.
///
/// # Errors
/// `file/unknown-encoding` for a name that is none.
pub fn found(beginning: &[u8], named: Option<&str>) -> Result<(&'static Encoding, usize), FileFault> {
    if let Some(marked) = marked(beginning) {
        return Ok(marked);
    }
    if let Some(name) = named {
        let tidy = name.trim().to_lowercase().replace('_', "-");
        let label = match tidy.as_str() {
            "1256" | "cp1256" | "arabic" => "windows-1256",
            other => other,
        };
        let encoding = Encoding::for_label(label.as_bytes());
        return encoding
            .map(|encoding| (encoding, 0))
            .ok_or_else(|| FileFault::found("file/unknown-encoding", name));
    }
    Ok((looks_like_utf16(beginning).unwrap_or(UTF_8), 0))
}

/// What a line in no encoding we know would read as the commonest one here.
#[must_use]
pub fn as_windows_1256(bytes: &[u8]) -> String {
    let (text, _, _) = WINDOWS_1256.decode(bytes);
    text.chars().take(60).collect()
}

/// Reads a file as UTF-8.
pub struct Decoded<R> {
    from: R,
    decoder: Decoder,
    raw: Vec<u8>,
    ended: bool,
    /// How many bytes of the file were read.
    pub read: u64,
}

impl<R: Read> Decoded<R> {
    /// Begins to read what stands behind the mark.
    pub fn new(from: R, encoding: &'static Encoding, mark: usize) -> Self {
        Self {
            from,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: Vec::new(),
            ended: false,
            read: mark as u64,
        }
    }

    /// Adds more text; `false` at the end.
    ///
    /// # Errors
    /// `file/bad-letters` when bytes are none of the encoding; or the disk fails.
    pub fn more(&mut self, into: &mut Vec<u8>) -> Result<bool, FileFault> {
        const PIECE: usize = 64 * 1_024;
        if self.ended {
            return Ok(false);
        }
        self.raw.resize(PIECE, 0);
        let count =
            self.from.read(&mut self.raw).map_err(|error| FileFault::found("file/unreadable", error))?;
        self.read += count as u64;
        self.ended = count == 0;
        let room = self.decoder.max_utf8_buffer_length_without_replacement(count).unwrap_or(4 * PIECE);
        let before = into.len();
        into.resize(before + room, 0);
        let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(
            &self.raw[..count],
            &mut into[before..],
            self.ended,
        );
        into.truncate(before + written);
        match result {
            encoding_rs::DecoderResult::InputEmpty | encoding_rs::DecoderResult::OutputFull => {
                Ok(!self.ended)
            }
            encoding_rs::DecoderResult::Malformed(..) => Err(FileFault::of("file/bad-letters")),
        }
    }
}

/// Whether bytes are text of an encoding, looked at piece by piece; remembers where
/// they were not.
pub struct Checked {
    decoder: Decoder,
    text: Vec<u8>,
    line: u64,
    /// The line whose bytes are none of the encoding.
    pub bad_line: Option<u64>,
    /// Some bytes of that line, or of the first.
    pub sample: Vec<u8>,
}

impl Checked {
    /// Begins to look.
    pub fn new(encoding: &'static Encoding) -> Self {
        Self {
            decoder: encoding.new_decoder_without_bom_handling(),
            text: vec![0; 256 * 1_024],
            line: 1,
            bad_line: None,
            sample: Vec::new(),
        }
    }

    /// Looks at the next piece.
    pub fn look(&mut self, piece: &[u8], is_last: bool) {
        let mut rest = piece;
        while self.bad_line.is_none() {
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(rest, &mut self.text, is_last);
            self.line += self.text[..written].iter().filter(|byte| **byte == b'\n').count() as u64;
            if let encoding_rs::DecoderResult::Malformed(..) = result {
                self.bad_line = Some(self.line);
                let at = piece.len() - rest.len() + read;
                let from =
                    piece[..at.min(piece.len())].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
                let to = piece[from..].iter().position(|b| *b == b'\n').map_or(piece.len(), |len| from + len);
                self.sample = piece[from..to.min(from + 200)].to_vec();
                return;
            }
            rest = &rest[read..];
            if matches!(result, encoding_rs::DecoderResult::InputEmpty) {
                return;
            }
        }
    }
}

/// Text as an encoding stores it.
#[cfg(test)]
pub fn encoded(text: &str, name: &str) -> Option<Vec<u8>> {
    use encoding_rs::CoderResult;
    let encoding = Encoding::for_label(name.as_bytes())?;
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let units = text.encode_utf16();
        let bytes =
            units.flat_map(|unit| if encoding == UTF_16LE { unit.to_le_bytes() } else { unit.to_be_bytes() });
        return Some(bytes.collect());
    }
    let mut encoder = encoding.new_encoder();
    let mut bytes = vec![0; encoder.max_buffer_length_from_utf8_if_no_unmappables(text.len())?];
    let (result, _, written, replaced) = encoder.encode_from_utf8(text, &mut bytes, true);
    bytes.truncate(written);
    (matches!(result, CoderResult::InputEmpty) && !replaced).then_some(bytes)
}
