//! The square code printed on every paper, drawn as SVG so that it stays sharp at any size.

use fast_qr::{ECL, QRBuilder};

/// How much of a code may be soiled and still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// About 15 %: codes with a signed payload, where small modules would cost more than soil does.
    M,
    /// About 25 %: short codes, such as a case number on a form that will be folded.
    Q,
}

/// The text cannot be drawn as a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("text of {0} bytes does not fit into a QR code")]
pub struct TooLong(pub usize);

/// Quiet modules around the code, as ISO/IEC 18004 asks.
const QUIET: usize = 4;

/// Draws `text` as a QR code: one black path on white, quiet zone included.
pub fn svg(text: &str, repair: Repair) -> Result<String, TooLong> {
    let level = match repair {
        Repair::M => ECL::M,
        Repair::Q => ECL::Q,
    };
    let code = QRBuilder::new(text).ecl(level).build().map_err(|_| TooLong(text.len()))?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let start = x;
            while x < code.size && code[y][x].value() {
                x += 1;
            }
            if x > start {
                // A run of dark modules is one rectangle: fewer edges, no hairlines between them.
                path.push_str(&format!("M{} {}h{}v1h-{}z", start + QUIET, y + QUIET, x - start, x - start));
            }
            x += 1;
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// The code that stands in for a real one while a layout is checked.
pub(crate) fn sample_svg() -> String {
    svg("https://diwan.example/sample", Repair::M).expect("a short text fits into a QR code")
}
