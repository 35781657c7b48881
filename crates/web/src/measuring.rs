//! The measures of a centre in words: tables, and bars beside them that are drawn here, so
//! that nobody needs a script. The public page and the manager's are put together from
//! the same parts.

use crate::frame::Here;
use crate::pages::kit::{Cell, Table};
use crate::pages::visits::named;
use crate::words::{Arg, Language};
use diwan_domain::queue::Setup;
use diwan_domain::queue::measure::{
    Equal, FEWEST, Gate, Measures, NO_NEED, Scores, Share, Side, Spread, Times, Verdict,
};
use diwan_domain::statistics::UNKNOWN;
use diwan_office::queue::Measured;

/// What stands for a number that is not told.
const HIDDEN: &str = "…";
/// What stands where there is nothing to tell.
const NOTHING: &str = "–";

/// A table of measures with its picture.
pub struct Part {
    /// Its heading; empty for none.
    pub heading: String,
    /// Text before it.
    pub lead: Vec<String>,
    /// The table.
    pub table: Table,
    /// What the picture shows.
    pub caption: String,
    /// The picture as SVG; empty for none.
    pub picture: String,
}

/// How measures are put in words: for whom, and of which centre.
pub struct Saying<'a> {
    /// Whose languages and words.
    pub here: &'a Here,
    /// How people are served there, which names its lines.
    pub setup: Option<&'a Setup>,
}

impl Saying<'_> {
    fn lang(&self) -> &Language {
        &self.here.lang
    }

    /// That few are not told of.
    pub fn lead(&self) -> String {
        self.lang().with("measure-lead", &[("count", FEWEST.into())])
    }

    /// Of which days something is.
    pub fn days(&self, measured: &Measured) -> String {
        let lang = self.lang();
        if measured.from == measured.until {
            return lang.stored_date(&measured.from);
        }
        let args = [
            ("from", Arg::Text(lang.stored_date(&measured.from))),
            ("to", Arg::Text(lang.stored_date(&measured.until))),
        ];
        lang.with("measure-days", &args)
    }

    fn spread(&self, spread: Option<Spread>) -> String {
        let lang = self.lang();
        match spread {
            None => HIDDEN.to_owned(),
            Some(spread) if spread.count == 0 => NOTHING.to_owned(),
            Some(spread) => {
                let said = |seconds: i64| Arg::Text(lang.span(seconds * 1_000_000));
                lang.with("measure-time", &[("median", said(spread.median)), ("slow", said(spread.p90))])
            }
        }
    }

    fn count(&self, count: Option<i64>) -> String {
        count.map_or_else(|| HIDDEN.to_owned(), |count| self.lang().number(count))
    }

    fn share(&self, share: Option<Share>) -> String {
        match share.map(Share::percent) {
            None => HIDDEN.to_owned(),
            Some(None) => NOTHING.to_owned(),
            Some(Some(percent)) => format!("{}%", self.lang().number(percent)),
        }
    }

    fn scores(&self, scores: Option<Scores>) -> String {
        let Some(scores) = scores else { return HIDDEN.to_owned() };
        let (Some(tenths), Some(good)) = (scores.tenths(), scores.good().percent()) else {
            return NOTHING.to_owned();
        };
        let lang = self.lang();
        let args = [
            ("stars", Arg::Text(lang.tenths(tenths))),
            ("count", Arg::Text(lang.number(scores.count))),
            ("good", Arg::Text(lang.number(good))),
        ];
        lang.with("measure-rating-value", &args)
    }

    /// What a group is called.
    fn group(&self, side: Side, group: &str) -> String {
        let lang = self.lang();
        if group == UNKNOWN {
            return lang.t("stat-unknown");
        }
        match side {
            Side::Hour => {
                let hour: i64 = group.parse().unwrap_or(0);
                format!("\u{2066}{}\u{2069}", lang.digits(&format!("{hour:02}:00")))
            }
            Side::Line => match self.setup.and_then(|setup| setup.line(group)) {
                Some(line) => format!("{group} {}", named(lang, &line.names)),
                None => group.to_owned(),
            },
            Side::Counter => group.to_owned(),
            Side::Channel => lang.t_of("channel-", group),
            Side::Language => {
                let known = self.here.app.words.language(group);
                known.map_or_else(|| group.to_owned(), |known| known.name.clone())
            }
            Side::Need if group == NO_NEED => lang.t("measure-no-need"),
            Side::Need => lang.t_of("visit-need-", group),
            Side::Sex => lang.t_of("sex-", group),
            Side::Age => format!("\u{2066}{}\u{2069}", lang.digits(&group.replace('-', "–"))),
            Side::Displaced => lang.t_of("answer-", group),
        }
    }

    fn table(&self, caption: String, heads: &[&str], rows: Vec<Vec<Cell>>) -> Table {
        Table {
            caption,
            heads: heads.iter().map(|key| self.lang().t(key)).collect(),
            total: rows.len() as i64,
            rows,
            empty: self.lang().t("measure-empty"),
            ..Table::default()
        }
    }

    /// Everything in all, one figure in each row.
    pub fn summary(&self, heading: String, lead: Vec<String>, measures: &Measures) -> Part {
        let lang = self.lang();
        let (times, equal, back) = (&measures.times, &measures.equal, &measures.call_backs);
        let rows = [
            ("measure-visits", self.count(measures.visits)),
            ("measure-wait", self.spread(times.wait)),
            ("measure-way", self.spread(times.way)),
            ("measure-service", self.spread(times.service)),
            ("measure-once", self.share(equal.once)),
            ("measure-gave-up", self.share(equal.gave_up)),
            ("measure-refused", self.share(equal.refused)),
            ("measure-no-shows", self.share(measures.no_shows)),
            ("measure-missed", self.share(measures.missed)),
            ("measure-rating", self.scores(equal.scores)),
            ("measure-reached", self.share(back.reached)),
            ("measure-call-back-rating", self.scores(back.scores)),
            ("measure-money", self.share(back.money)),
        ];
        let rows = rows.map(|(key, text)| vec![Cell::text(lang.t(key)), Cell::text(text)]).to_vec();
        let table = self.table(heading.clone(), &["measure-figure", "measure-value"], rows);
        Part { heading, lead, table, caption: String::new(), picture: String::new() }
    }

    /// How long things took by one side, with the median wait of each group as a bar.
    pub fn times(&self, side: Side, rows: &[Times]) -> Part {
        let lang = self.lang();
        let heading = lang.t_of("measure-by-", side.code());
        let cells = |row: &Times| {
            vec![
                Cell::text(self.group(side, &row.group)),
                Cell::text(self.count(row.wait.map(|wait| wait.count))),
                Cell::text(self.spread(row.wait)),
                Cell::text(self.spread(row.way)),
                Cell::text(self.spread(row.service)),
            ]
        };
        let heads = ["measure-group", "measure-people", "measure-wait", "measure-way", "measure-service"];
        let bars: Vec<(String, Option<Spread>)> =
            rows.iter().map(|row| (self.group(side, &row.group), row.wait)).collect();
        self.part(heading, &heads, rows.iter().map(cells).collect(), &bars)
    }

    /// How each group of a side was served.
    pub fn equal(&self, side: Side, rows: &[Equal]) -> Part {
        let lang = self.lang();
        let heading = lang.t_of("measure-equal-by-", side.code());
        let cells = |row: &Equal| {
            vec![
                Cell::text(self.group(side, &row.group)),
                Cell::text(self.count(row.once.map(|once| once.of))),
                Cell::text(self.share(row.once)),
                Cell::text(self.share(row.gave_up)),
                Cell::text(self.share(row.refused)),
                Cell::text(self.spread(row.wait)),
                Cell::text(self.scores(row.scores)),
            ]
        };
        let heads = [
            "measure-group",
            "measure-over",
            "measure-once",
            "measure-gave-up",
            "measure-refused",
            "measure-wait",
            "measure-rating",
        ];
        let bars: Vec<(String, Option<Spread>)> =
            rows.iter().map(|row| (self.group(side, &row.group), row.wait)).collect();
        self.part(heading, &heads, rows.iter().map(cells).collect(), &bars)
    }

    fn part(
        &self,
        heading: String,
        heads: &[&str],
        rows: Vec<Vec<Cell>>,
        bars: &[(String, Option<Spread>)],
    ) -> Part {
        let caption = self.lang().t("measure-picture");
        let told = bars.iter().any(|(_, spread)| spread.is_some_and(|spread| spread.count > 0));
        let picture = if told { self.picture(&format!("{heading}: {caption}"), bars) } else { String::new() };
        Part { table: self.table(heading.clone(), heads, rows), heading, lead: Vec::new(), caption, picture }
    }

    /// The median wait of each group as a bar. What is not told is not drawn.
    fn picture(&self, label: &str, bars: &[(String, Option<Spread>)]) -> String {
        const ROW: i64 = 26;
        const LABEL: i64 = 130;
        const WIDTH: i64 = 420;
        const ROOM: i64 = WIDTH - LABEL - 120;
        let lang = self.lang();
        let median = |spread: &Option<Spread>| spread.map_or(0, |spread| spread.median);
        let most = bars.iter().map(|(_, spread)| median(spread)).max().unwrap_or(0).max(1);
        let height = bars.len() as i64 * ROW + 8;
        let label = escaped(label);
        let mut svg = format!(
            "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{label}\" focusable=\"false\">"
        );
        for (n, (group, spread)) in bars.iter().enumerate() {
            let y = n as i64 * ROW + 4;
            let width = median(spread) * ROOM / most;
            let said = match spread {
                None => HIDDEN.to_owned(),
                Some(spread) if spread.count == 0 => NOTHING.to_owned(),
                Some(spread) => lang.span(spread.median * 1_000_000),
            };
            // Bars grow the way people read; in right-to-left text a line starts at its right end.
            let (name, from, end, way) = if lang.rtl {
                (WIDTH - 4, WIDTH - LABEL - width, WIDTH - LABEL - width - 6, "rtl")
            } else {
                (4, LABEL, LABEL + width + 6, "ltr")
            };
            svg.push_str(&format!(
                "<text x=\"{name}\" y=\"{t}\" text-anchor=\"start\" direction=\"{way}\">{}</text>\
                 <rect class=\"bar\" x=\"{from}\" y=\"{y}\" width=\"{width}\" height=\"18\"/>\
                 <text class=\"soft\" x=\"{end}\" y=\"{t}\" text-anchor=\"start\" direction=\"{way}\">{}</text>",
                escaped(&shortened(group)),
                escaped(&said),
                t = y + 14,
            ));
        }
        svg.push_str("</svg>");
        svg
    }

    /// What ratings were about.
    pub fn reasons(&self, measures: &Measures) -> Part {
        let lang = self.lang();
        let heading = lang.t("measure-reasons");
        let row = |(reason, count): &(String, Option<i64>)| {
            vec![Cell::text(lang.t_of("visit-reason-", reason)), Cell::text(self.count(*count))]
        };
        let rows = measures.reasons.iter().map(row).collect();
        let table = self.table(heading.clone(), &["measure-figure", "measure-value"], rows);
        Part { heading, lead: Vec::new(), table, caption: String::new(), picture: String::new() }
    }

    /// The gates of equal service.
    pub fn gates(&self, measures: &Measures) -> Part {
        let lang = self.lang();
        let heading = lang.t("measure-gates");
        let row = |gate: &Gate| {
            let limit = match gate.at_most {
                None => lang.with("measure-limit-from", &[("from", ratio(lang, gate.at_least).into())]),
                Some(most) => {
                    let args =
                        [("from", ratio(lang, gate.at_least).into()), ("to", ratio(lang, most).into())];
                    lang.with("measure-limit-between", &args)
                }
            };
            let tag = match gate.verdict {
                Verdict::Passed => "new",
                Verdict::NotPassed => "late",
                Verdict::TooFew => "wait",
            };
            let verdict = lang.t_of("measure-verdict-", gate.verdict.code());
            vec![
                Cell::text(lang.t_of("measure-gate-", gate.kind.code())),
                Cell::text(gate.ratio.map_or_else(|| NOTHING.to_owned(), |known| ratio(lang, known))),
                Cell::text(limit),
                Cell::tag(verdict, tag),
            ]
        };
        let rows = measures.gates.iter().map(row).collect();
        let heads = ["measure-gate", "measure-ratio", "measure-limit", "measure-verdict"];
        let table = self.table(heading.clone(), &heads, rows);
        let lead = vec![lang.t("measure-gates-lead")];
        Part { heading, lead, table, caption: String::new(), picture: String::new() }
    }
}

/// A ratio as readers write it, from thousandths.
fn ratio(lang: &Language, thousandths: i64) -> String {
    let mark = if lang.uses_arabic_digits() { '\u{66b}' } else { '.' };
    lang.digits(&format!("{}{mark}{:03}", thousandths / 1000, thousandths % 1000))
}

/// A name that fits beside its bar; the table has it in full.
fn shortened(name: &str) -> String {
    const MOST: usize = 17;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
