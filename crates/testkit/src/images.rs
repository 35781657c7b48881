//! Scanned pages of ledgers.

/// A page of a ledger, drawn: lines on paper, different for every number.
///
/// # Panics
/// When no picture can be written into memory.
#[must_use]
pub fn page_image(number: u32) -> Vec<u8> {
    let ink = |x: u32, y: u32| y.is_multiple_of(12) || (y % 12 > 4 && (x * 7 + y * number + number) % 23 < 3);
    let picture = image::GrayImage::from_fn(120, 160, |x, y| image::Luma([if ink(x, y) { 40 } else { 235 }]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture fits into memory");
    bytes.into_inner()
}
