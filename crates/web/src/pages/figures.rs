//! A service's figures in words, and how long it took as a picture with its
//! table: drawn here, so that nobody needs a script.

use crate::frame::Here;
use crate::words::{Arg, Language};
use diwan_office::Stop;
use diwan_office::figures::{self, FEWEST, Figures};

/// One class of waiting time: what it is called, how many, and its bar.
pub struct Bar {
    /// What it is called.
    pub label: String,
    /// How many, in the reader's digits.
    pub count: String,
    /// The bar, as SVG.
    pub picture: String,
}

/// The figures as a page shows them.
pub struct Shown {
    /// What each is about, and what it says.
    pub lines: Vec<(String, String)>,
    /// How long it took.
    pub bars: Vec<Bar>,
    /// What is said when too few stand behind the figures.
    pub few: String,
}

/// A number with one decimal, from tenths, as readers write it.
fn tenths(lang: &Language, tenths: i64) -> String {
    let mark = if lang.uses_arabic_digits() { '\u{66b}' } else { '.' };
    lang.digits(&format!("{}{mark}{}", tenths / 10, tenths % 10))
}

/// The figures in words. What is not known, or not told, is left out.
///
/// # Errors
/// When the database fails.
pub async fn shown(here: &Here, service: &str) -> Result<Shown, Stop> {
    let figures = figures::lately(&here.app.office, service).await?;
    Ok(in_words(&here.lang, &figures))
}

pub(crate) fn in_words(lang: &Language, figures: &Figures) -> Shown {
    let mut lines = Vec::new();
    let mut add = |label: &str, text: String| lines.push((lang.t(label), text));
    if let (Some((median, slow)), Some(count)) = (figures.time, figures.decided) {
        let args: [(&str, Arg); 3] =
            [("count", count.into()), ("median", lang.span(median).into()), ("slow", lang.span(slow).into())];
        add("service-time-label", lang.with("service-time", &args));
    }
    if let Some(sent) = figures.completion {
        add("figure-completion", lang.with("figure-completion-value", &[("share", sent.into())]));
    }
    if let Some(refused) = figures.refusals {
        add("figure-refusals", lang.with("figure-refusals-value", &[("share", refused.into())]));
    }
    if let Some((trips, none)) = figures.trips {
        let args: [(&str, Arg); 2] = [("trips", tenths(lang, trips).into()), ("share", none.into())];
        add("figure-trips", lang.with("figure-trips-value", &args));
    }
    if let Some((stars, voices)) = figures.satisfaction {
        let args: [(&str, Arg); 2] = [("stars", tenths(lang, stars).into()), ("count", voices.into())];
        add("figure-satisfaction", lang.with("figure-satisfaction-value", &args));
    }
    if let Some(cost) = figures.cost {
        add("figure-cost", lang.with("figure-cost-value", &[("amount", lang.money(cost).into())]));
    }
    let few = figures.decided.is_none().then(|| lang.with("figures-few", &[("count", FEWEST.into())]));
    Shown { lines, bars: bars(lang, figures), few: few.unwrap_or_default() }
}

fn bars(lang: &Language, figures: &Figures) -> Vec<Bar> {
    let Some(times) = figures.times else { return Vec::new() };
    let most = times.iter().copied().max().unwrap_or(0).max(1);
    times
        .iter()
        .enumerate()
        .map(|(class, count)| Bar {
            label: lang.t_of("time-class-", &(class + 1).to_string()),
            count: lang.number(*count),
            picture: bar(*count * 100 / most, lang.rtl),
        })
        .collect()
}

/// A bar of a share of its place, growing the way people read.
pub(crate) fn bar(share: i64, rtl: bool) -> String {
    let from = if rtl { 100 - share } else { 0 };
    format!(
        "<svg class=\"share\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" \
         focusable=\"false\"><rect class=\"rule\" x=\"0\" y=\"0\" width=\"100\" height=\"10\"/>\
         <rect class=\"bar\" x=\"{from}\" y=\"0\" width=\"{share}\" height=\"10\"/></svg>"
    )
}
