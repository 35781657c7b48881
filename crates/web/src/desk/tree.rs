//! A family as a picture: one row of boxes for each generation, beginning where people
//! begin to read. The list beside it says the same, with ways on.

use crate::words::{Arg, Language};
use diwan_office::civil::Kin;

/// One box.
pub struct Relative {
    /// How they stand to the person; `None` for the person.
    pub tie: Option<Kin>,
    /// Their name.
    pub name: String,
    /// The years of birth and death, as far as they are known.
    pub years: (Option<String>, Option<String>),
}

/// As wide as a telephone: a picture that is not scaled down stays readable there.
pub const WIDTH: i64 = 360;
const A_ROW: usize = 3;
/// A box: width and height.
pub const BOX: (i64, i64) = (112, 52);
const GAP: i64 = 12;
/// Between two generations.
const BETWEEN: i64 = 28;
/// How many of one generation are drawn; the list has them all.
pub const MOST: usize = 12;

/// In which row someone stands, from the oldest to the youngest.
fn generation(tie: Option<Kin>) -> usize {
    match tie {
        Some(Kin::Grandparent) => 0,
        Some(Kin::Parent) => 1,
        None | Some(Kin::Sibling | Kin::Spouse) => 2,
        Some(Kin::Child) => 3,
        Some(Kin::Grandchild) => 4,
    }
}

/// The picture of a family, with all that it shows as its text alternative.
/// `own` is the name of whose family it is.
#[must_use]
pub fn picture(lang: &Language, own: &str, family: &[Relative]) -> String {
    let mut rows: [Vec<&Relative>; 5] = Default::default();
    for one in family {
        rows[generation(one.tie)].push(one);
    }
    // The person stands before those of their own generation.
    rows[2].sort_by_key(|one| match one.tie {
        None => 0,
        Some(Kin::Spouse) => 1,
        _ => 2,
    });
    let (mut y, mut body) = (GAP, String::new());
    let mut above: Option<Vec<i64>> = None;
    for row in rows.iter().filter(|row| !row.is_empty()) {
        let drawn: Vec<&&Relative> = row.iter().take(MOST).collect();
        let first: Vec<i64> = centres(lang, drawn.len().min(A_ROW));
        if let Some(above) = above {
            tie(&mut body, &above, &first, y);
            y += BETWEEN;
        }
        let lines = drawn.chunks(A_ROW);
        let mut last = Vec::new();
        for line in lines {
            let places = centres(lang, line.len());
            for (one, centre) in line.iter().zip(&places) {
                body.push_str(&boxed(lang, one, *centre, y));
            }
            y += BOX.1 + GAP;
            last = places;
        }
        if row.len() > MOST {
            let more = lang.with("tree-more", &[("count", Arg::Number((row.len() - MOST) as i64))]);
            body.push_str(&text(lang, WIDTH / 2, y + 4, "soft", &more));
            y += 18;
        }
        y -= GAP;
        above = Some(last);
    }
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}\" focusable=\"false\">{body}</svg>",
        y + GAP,
        escaped(&alternative(lang, own, family))
    )
}

/// The middles of a line of boxes, in the middle of the picture, in reading order.
fn centres(lang: &Language, count: usize) -> Vec<i64> {
    let count = count as i64;
    let wide = count * BOX.0 + (count - 1) * GAP;
    let from = (WIDTH - wide) / 2 + BOX.0 / 2;
    let places = (0..count).map(|n| from + n * (BOX.0 + GAP));
    if lang.rtl { places.rev().collect() } else { places.collect() }
}

/// Lines from one generation to the next.
fn tie(body: &mut String, above: &[i64], below: &[i64], y: i64) {
    let middle = y + BETWEEN / 2;
    let ends = above.iter().chain(below);
    let (from, to) = (ends.clone().min().copied().unwrap_or(0), ends.max().copied().unwrap_or(0));
    let mut path = format!("M{from} {middle}H{to}");
    above.iter().for_each(|x| path.push_str(&format!("M{x} {y}V{middle}")));
    below.iter().for_each(|x| path.push_str(&format!("M{x} {middle}V{}", y + BETWEEN)));
    body.push_str(&format!("<path class=\"axis\" d=\"{path}\"/>"));
}

fn boxed(lang: &Language, one: &Relative, centre: i64, y: i64) -> String {
    let class = if one.tie.is_none() { "kin own" } else { "kin" };
    let tie = one.tie.map(|tie| lang.t_of("kin-", tie.code())).unwrap_or_default();
    let mut all = format!(
        "<rect class=\"{class}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"4\"/>",
        centre - BOX.0 / 2,
        BOX.0,
        BOX.1
    );
    all.push_str(&text(lang, centre, y + 18, "", &shortened(&one.name)));
    all.push_str(&text(lang, centre, y + 32, "soft", &tie));
    all.push_str(&text(lang, centre, y + 45, "soft", &years(lang, one)));
    all
}

fn text(lang: &Language, x: i64, y: i64, class: &str, words: &str) -> String {
    let direction = if lang.rtl { "rtl" } else { "ltr" };
    format!(
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" direction=\"{direction}\">{}</text>",
        escaped(words)
    )
}

fn years(lang: &Language, one: &Relative) -> String {
    let year = |date: &Option<String>| {
        date.as_deref().and_then(|date| date.split('-').next()).map(|year| lang.digits(year))
    };
    match (year(&one.years.0), year(&one.years.1)) {
        (Some(born), Some(died)) => format!("{born} – {died}"),
        (Some(born), None) => born,
        (None, Some(died)) => format!("– {died}"),
        (None, None) => String::new(),
    }
}

/// What the picture shows, for whoever does not see it.
fn alternative(lang: &Language, own: &str, family: &[Relative]) -> String {
    let line = |one: &Relative| {
        let tie = lang.t_of("kin-", one.tie?.code());
        Some(format!("{tie}: {}", one.name))
    };
    let lines: Vec<String> = family.iter().filter_map(line).collect();
    format!("{}. {}", lang.with("tree-of", &[("name", Arg::Text(own.to_owned()))]), lines.join("; "))
}

/// A name that fits in its box; the list has it in full.
fn shortened(name: &str) -> String {
    const FITS: usize = 17;
    if name.chars().count() <= FITS {
        return name.to_owned();
    }
    name.chars().take(FITS - 1).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
