//! Files that strangers hand in: evidence for a case, and the register's CSV.

use diwan_domain::civil::books::Mapping;
use diwan_domain::uploads::{Limits, MediaType};
use diwan_office::civil::books::{self, Options, Temporary};
use diwan_office::uploads::{clean, safe_name};

/// A file, whose first bytes are also a name for it.
pub fn uploads(bytes: &[u8]) {
    let name = safe_name(&String::from_utf8_lossy(&bytes[..bytes.len().min(300)]));
    assert!(!name.is_empty() && name.chars().count() <= 120, "{name:?}");
    assert!(!name.contains(|c: char| c.is_control() || c == '/' || c == '\\'), "{name:?}");
    assert_eq!(safe_name(&name), name);

    let limits = Limits { max_bytes: 60_000, ..Limits::default() };
    let Ok(cleaned) = clean(bytes, &limits) else { return };
    assert!(bytes.len() as u64 <= limits.max_bytes);
    assert!(bytes.starts_with(opening(cleaned.media)), "its kind is that of its bytes");
    assert!(cleaned.bytes.starts_with(opening(cleaned.media)));
    match cleaned.media {
        MediaType::Pdf => assert_eq!(cleaned.bytes, bytes, "a PDF is kept as it is"),
        MediaType::Jpeg => only_a_jpeg_picture(&cleaned.bytes),
        MediaType::Png => only_a_png_picture(&cleaned.bytes),
    }
    let all = Limits { max_bytes: u64::MAX, ..Limits::default() };
    let again = clean(&cleaned.bytes, &all).expect("what was kept is sound");
    assert_eq!(again.media, cleaned.media);
    let others = MediaType::ALL.into_iter().filter(|media| *media != cleaned.media).collect();
    assert!(clean(bytes, &Limits { types: others, ..limits }).is_err(), "of a kind that is not asked for");
}

fn opening(media: MediaType) -> &'static [u8] {
    match media {
        MediaType::Pdf => b"%PDF",
        MediaType::Jpeg => b"\xFF\xD8\xFF",
        MediaType::Png => b"\x89PNG\r\n\x1a\n",
    }
}

/// No place, camera or hidden picture: no application segment but JFIF's.
fn only_a_jpeg_picture(bytes: &[u8]) {
    let mut rest = &bytes[2..];
    while let [0xFF, kind, high, low, ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        assert!(matches!(kind, 0xE0 | 0xDB | 0xC0 | 0xC4 | 0xDA | 0xDD), "segment {kind:x} is kept");
        if *kind == 0xDA {
            return;
        }
        rest = &rest[2 + length..];
    }
    panic!("a picture without its scan");
}

fn only_a_png_picture(bytes: &[u8]) {
    let mut rest = &bytes[8..];
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (kind, after) = after.split_at(4);
        assert!([b"IHDR".as_slice(), b"PLTE", b"tRNS", b"IDAT", b"IEND"].contains(&kind), "{kind:?} is kept");
        rest = &after[u32::from_be_bytes(*length) as usize + 4..];
    }
}

/// A table of an old book: whatever it is, it is read to its end or refused with a
/// code, and every row is read by a mapping or its faults are named.
pub fn csv(bytes: &[u8]) {
    let (_, text) = books::LIBRARY[0];
    let (Ok(mapping), Ok(file)) = (Mapping::read(text), Temporary::holding(bytes)) else { return };
    match books::prepare(file.path(), mapping, text, Options::default(), "EB") {
        Ok(prepared) => {
            assert_eq!(prepared.look.size, bytes.len() as u64);
            let Some(plan) = &prepared.plan else { return };
            let today = jiff::civil::date(2026, 11, 26);
            match books::preview(file.path(), &prepared, plan, 3, today) {
                Ok(seen) => {
                    assert!(seen.tally.faulty <= seen.tally.rows);
                    assert!(seen.first.len() <= 3);
                }
                Err(fault) => assert!(fault.code.starts_with("file/"), "{}", fault.code),
            }
        }
        Err(fault) => assert!(fault.code.starts_with("file/"), "{}", fault.code),
    }
}
