//! Files that strangers hand in: their type from their content, their size
//! capped, images drawn anew so that metadata (place, camera, hidden parts) is
//! gone.

use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::uploads::{Limits, MediaType};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits as ImageLimits};
use std::io::Cursor;
use std::time::Duration;
use tokio::sync::Semaphore;

/// A file fit to be kept.
#[derive(Clone, Debug)]
pub struct Cleaned {
    /// Its type, from its content.
    pub media: MediaType,
    /// Its bytes, without metadata.
    pub bytes: Vec<u8>,
}

/// A picture larger than this on a side is refused: it would fill the memory.
const LARGEST_SIDE: u32 = 12_000;
/// So is one with more pixels, before any of them is unpacked: an A4 page at
/// 600 dots an inch has 35 million, a phone's largest photograph 50 million.
const MOST_PIXELS: u64 = 50_000_000;
/// How much an unpacked picture may need, in bytes.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// How many pictures are unpacked at once in one process: about this many times
/// [`MOST_MEMORY`], twice over while one is written anew.
const AT_ONCE: usize = 2;
/// How long a picture waits for its turn before its sender is asked to come again.
const PATIENCE: Duration = Duration::from_secs(10);

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// Looks at a file and cleans it beside the runtime, when its turn comes.
///
/// # Errors
/// What [`clean`] says; [`Why::Busy`] when too many wait.
pub async fn clean_in_turn(bytes: bytes::Bytes, limits: Limits) -> Result<Cleaned, Refusal> {
    clean_within(PATIENCE, bytes, limits).await
}

async fn clean_within(patience: Duration, bytes: bytes::Bytes, limits: Limits) -> Result<Cleaned, Refusal> {
    let turn = tokio::time::timeout(patience, TURNS.acquire()).await;
    let Ok(Ok(turn)) = turn else { return Err(Why::Busy.into()) };
    // The turn ends with the work, also when whoever sent the file went away.
    let work = move || {
        let cleaned = clean(&bytes, &limits);
        drop(turn);
        cleaned
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Why::FileWrongType.into()))
}

/// Looks at a file and cleans it.
///
/// # Errors
/// [`Why::FileTooLarge`], [`Why::FileWrongType`].
pub fn clean(bytes: &[u8], limits: &Limits) -> Result<Cleaned, Refusal> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(Refusal::from(Why::FileTooLarge).about("max", limits.max_bytes / 1_000_000));
    }
    let media = match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("application/pdf") => MediaType::Pdf,
        Some("image/jpeg") => MediaType::Jpeg,
        Some("image/png") => MediaType::Png,
        _ => return Err(Why::FileWrongType.into()),
    };
    if !limits.types.contains(&media) {
        return Err(Why::FileWrongType.into());
    }
    let bytes = match media {
        MediaType::Pdf => whole_pdf(bytes)?,
        MediaType::Jpeg => draw_anew(bytes, ImageFormat::Jpeg)?,
        MediaType::Png => draw_anew(bytes, ImageFormat::Png)?,
    };
    Ok(Cleaned { media, bytes })
}

/// A PDF must at least begin and end as one: readers also take what begins some
/// way into a file, and before that it could be a page or a program. It is only
/// ever downloaded, never opened by a page.
fn whole_pdf(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let tail = &bytes[bytes.len().saturating_sub(2_048)..];
    let ends = tail.windows(5).any(|window| window == b"%%EOF");
    if bytes.starts_with(b"%PDF-") && ends { Ok(bytes.to_vec()) } else { Err(Why::FileWrongType.into()) }
}

fn draw_anew(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, Refusal> {
    let wrong = |_| Refusal::from(Why::FileWrongType);
    let mut limits = ImageLimits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(wrong)?;
    // A phone writes the turning of a picture into its metadata: turn it for good.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refusal::from(Why::FileTooLarge).about("max", format!("{} MP", MOST_PIXELS / 1_000_000)));
    }
    let turning = decoder.orientation().map_err(wrong)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(wrong)?;
    picture.apply_orientation(turning);
    let mut out = Cursor::new(Vec::new());
    let flat = if format == ImageFormat::Jpeg { DynamicImage::ImageRgb8(picture.to_rgb8()) } else { picture };
    flat.write_to(&mut out, format).map_err(wrong)?;
    Ok(out.into_inner())
}

/// A file's name without folders and control characters, at most 120 letters.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if clean.trim().is_empty() { "file".into() } else { clean.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits { max_bytes: 1_000_000, max_files: 2, types: MediaType::ALL.to_vec() }
    }

    #[test]
    fn metadata_does_not_survive() {
        let mut png = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(4, 4).write_to(&mut png, ImageFormat::Png).unwrap();
        let mut bytes = png.into_inner();
        // A text chunk before the end: "tEXt" with a secret place.
        let end = bytes.len() - 12;
        let chunk = b"tEXtplace\0Hewler";
        let mut with = bytes[..end].to_vec();
        with.extend_from_slice(&((chunk.len() - 4) as u32).to_be_bytes());
        with.extend_from_slice(chunk);
        with.extend_from_slice(&crc(chunk).to_be_bytes());
        with.extend_from_slice(&bytes.split_off(end));
        let cleaned = clean(&with, &limits()).unwrap();
        assert_eq!(cleaned.media, MediaType::Png);
        assert!(!cleaned.bytes.windows(6).any(|window| window == b"Hewler"));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
            })
        })
    }

    /// A PNG whose header promises a size and whose pixels never come.
    fn promise(width: u32, height: u32) -> Vec<u8> {
        let mut ihdr = b"IHDR".to_vec();
        ihdr.extend_from_slice(&width.to_be_bytes());
        ihdr.extend_from_slice(&height.to_be_bytes());
        ihdr.extend_from_slice(&[8, 2, 0, 0, 0]);
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for chunk in [ihdr.as_slice(), b"IDAT", b"IEND"] {
            bytes.extend_from_slice(&((chunk.len() - 4) as u32).to_be_bytes());
            bytes.extend_from_slice(chunk);
            bytes.extend_from_slice(&crc(chunk).to_be_bytes());
        }
        bytes
    }

    #[test]
    fn a_picture_that_promises_too_many_pixels_is_never_unpacked() {
        for (width, height) in [(7_100, 7_100), (12_000, 4_200), (12_001, 1), (u32::MAX, u32::MAX)] {
            let refusal = clean(&promise(width, height), &limits()).unwrap_err();
            let expected = if width <= LARGEST_SIDE { Why::FileTooLarge } else { Why::FileWrongType };
            assert_eq!(refusal.why, expected, "{width} x {height}");
        }
        // Within the limit the header is believed and the missing pixels are noticed.
        assert_eq!(clean(&promise(7_000, 7_000), &limits()).unwrap_err().why, Why::FileWrongType);
    }

    #[tokio::test]
    async fn pictures_wait_for_their_turn_and_not_for_ever() {
        let all = TURNS.acquire_many(u32::try_from(AT_ONCE).unwrap()).await.unwrap();
        let soon = Duration::from_millis(20);
        let refusal = clean_within(soon, promise(4, 4).into(), limits()).await.unwrap_err();
        assert_eq!(refusal.why, Why::Busy);
        drop(all);
        let refusal = clean_in_turn(promise(4, 4).into(), limits()).await.unwrap_err();
        assert_eq!(refusal.why, Why::FileWrongType, "its turn came");
    }

    #[test]
    fn the_name_does_not_make_the_type() {
        assert_eq!(clean(b"<html>not a pdf</html>", &limits()).unwrap_err().why, Why::FileWrongType);
        assert_eq!(clean(b"%PDF-1.7 cut off", &limits()).unwrap_err().why, Why::FileWrongType);
        let page = b"<html>something else%PDF-1.7\n%%EOF";
        assert_eq!(clean(page, &limits()).unwrap_err().why, Why::FileWrongType);
        assert!(clean(b"%PDF-1.7\n%%EOF", &limits()).is_ok());
        assert_eq!(clean(&vec![0; 1_000_001], &limits()).unwrap_err().why, Why::FileTooLarge);
        assert_eq!(safe_name("../../etc/pass\u{0}wd"), "passwd");
    }
}
