//! Slips for receipt printers: a layout becomes dots, and dots become the bytes that ESC/POS printers know.
//!
//! Such printers set no Arabic script and know no Kurdish letters, so a slip is sent as a picture. The
//! commands are those that every maker follows: `ESC @`, `GS v 0`, `ESC d`, `GS V`.

use serde::{Deserialize, Serialize};
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_render::{RenderOptions, render};

/// Dots across the roll: 72 mm of 203 dots an inch.
pub const DOTS: u32 = 576;
/// The same in points of 1/72 inch.
const POINTS: f64 = 72.0 / 25.4 * 72.0;
/// How many rows of dots go in one command: little printers hold no more.
const BAND: u32 = 128;
/// Darker than this is black.
const BLACK_BELOW: u32 = 150;

/// A slip as dots: rows from above, each in whole bytes, the leftmost dot in the highest bit, 1 for black.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strip {
    /// Bytes in a row.
    pub row_bytes: u32,
    /// Rows.
    pub rows: u32,
    /// The dots.
    pub bits: Vec<u8>,
}

/// Draws the first page of a slip.
pub(crate) fn drawn(document: &PagedDocument) -> Option<Strip> {
    let page = document.pages().first()?;
    let options =
        RenderOptions { pixel_per_pt: Scalar::new(f64::from(DOTS) / POINTS), ..RenderOptions::default() };
    let picture = render(page, &options);
    let (width, rows) = (picture.width(), picture.height());
    let row_bytes = width.div_ceil(8);
    let mut bits = vec![0_u8; usize::try_from(row_bytes * rows).ok()?];
    for (n, pixel) in picture.data().chunks_exact(4).enumerate() {
        // Rec. 601, in thousandths; what is transparent is paper.
        let light = 299 * u32::from(pixel[0]) + 587 * u32::from(pixel[1]) + 114 * u32::from(pixel[2]);
        if pixel[3] > 127 && light / 1000 < BLACK_BELOW {
            let n = u32::try_from(n).ok()?;
            let (x, y) = (n % width, n / width);
            bits[usize::try_from(y * row_bytes + x / 8).ok()?] |= 0x80 >> (x % 8);
        }
    }
    Some(Strip { row_bytes, rows, bits })
}

impl Strip {
    /// The bytes that print it and cut the paper.
    #[must_use]
    pub fn escpos(&self) -> Vec<u8> {
        let mut bytes = vec![0x1b, b'@'];
        let row = usize::try_from(self.row_bytes).unwrap_or(usize::MAX);
        for band in self.bits.chunks(row.saturating_mul(BAND as usize).max(1)) {
            let rows = band.len() / row.max(1);
            let pair = |number: usize| u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes();
            bytes.extend([0x1d, b'v', b'0', 0]);
            bytes.extend(pair(row));
            bytes.extend(pair(rows));
            bytes.extend(band);
        }
        // Three lines on, so that the knife does not meet the text; then cut.
        bytes.extend([0x1b, b'd', 3, 0x1d, b'V', 66, 0]);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_is_sent_in_bands_and_cut() {
        let strip = Strip { row_bytes: 2, rows: 130, bits: vec![0b1010_1010; 260] };
        let bytes = strip.escpos();
        assert_eq!(&bytes[..10], [0x1b, b'@', 0x1d, b'v', b'0', 0, 2, 0, 128, 0]);
        let second = 10 + 256;
        assert_eq!(&bytes[second..second + 8], [0x1d, b'v', b'0', 0, 2, 0, 2, 0]);
        assert_eq!(&bytes[bytes.len() - 7..], [0x1b, b'd', 3, 0x1d, b'V', 66, 0]);
        assert_eq!(bytes.len(), 2 + 8 + 256 + 8 + 4 + 7);
    }
}
