//! Vital statistics for everyone: one page for each table with its picture, as CSV,
//! and for programs by the API. Small numbers are hidden everywhere alike.

use super::kit::{Cell, ListPage, Table, csv_cell};
use crate::fields::{Field, Opt};
use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, Problem, answer};
use crate::words::{Arg, Language};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::statistics::{Cell as Number, FEWEST, Side, Subject, UNKNOWN};
use diwan_office::statistics::{self, Shown};
use serde::Deserialize;

/// Which year and place, and in which form.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    year: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    format: String,
}

/// One table with its picture.
#[derive(Template)]
#[template(path = "statistics.html")]
struct StatisticsPage {
    frame: Frame,
    back: String,
    intro: Vec<String>,
    filters: Vec<Field>,
    path: String,
    picture: String,
    legend: Vec<(usize, String)>,
    table: Table,
    links: Vec<(String, String)>,
}

/// What a value of a side reads.
fn value(lang: &Language, side: Side, value: &str) -> String {
    if value == UNKNOWN {
        return lang.t("stat-unknown");
    }
    match side {
        Side::Sex => lang.t_of("sex-", value),
        Side::Month => lang.t_of("stat-month-", value),
        Side::Chapter => lang.t_of("stat-chapter-", value),
        Side::CauseGroup => lang.t_of("stat-group-", value),
        Side::Event => lang.t_of("event-", value),
        Side::Place | Side::Attendant | Side::DivorceKind => lang.t_of("answer-", value),
        Side::Age | Side::Weight | Side::Infant | Side::Duration | Side::Waiting => {
            // Numbers run from left to right in every language.
            format!("\u{2066}{}\u{2069}", lang.digits(&value.replace('-', "–")))
        }
    }
}

/// Every table, and how complete registration is.
pub async fn list(here: Here) -> Response {
    let result = show_list(&here).await;
    answer(&here, result)
}

async fn show_list(here: &Here) -> Answer {
    let lang = &here.lang;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let years = statistics::years(&mut tx).await?;
    let newest = years.iter().copied().find(|year| *year > 0);
    let mut intro = vec![lang.t("stat-intro"), lang.with("stat-hidden", &[("count", FEWEST.into())])];
    let mut tables = Vec::new();
    let mut links = Vec::new();
    if let Some(year) = newest {
        links.extend(Subject::ALL.iter().map(|subject| {
            (format!("/statistics/{}?year={year}", subject.code()), lang.t_of("stat-", subject.code()))
        }));
        let mut rows = Vec::new();
        for year in years.iter().copied().filter(|year| *year > 0).take(5) {
            for complete in statistics::completeness(&mut tx, year).await? {
                let share = complete.registered.map(|registered| registered * 100 / complete.expected.max(1));
                let area = statistics::place_named(&mut tx, &complete.place, &lang.code).await?;
                rows.push(vec![
                    Cell::text(lang.t_of("event-", &complete.kind)),
                    Cell::code(lang.digits(&year.to_string())),
                    Cell::text(area.unwrap_or_else(|| lang.t("stat-everywhere"))),
                    Cell::code(lang.number(complete.expected)),
                    Cell::code(complete.registered.map_or_else(|| "–".into(), |number| lang.number(number))),
                    Cell::code(share.map_or_else(|| "–".into(), |share| format!("{}%", lang.number(share)))),
                    Cell::text(complete.source),
                ]);
            }
        }
        if !rows.is_empty() {
            let heads = [
                "register-kind",
                "stat-year",
                "stat-place",
                "stat-expected",
                "stat-registered",
                "stat-share",
                "stat-source",
            ];
            let caption = lang.t("stat-completeness");
            let total = rows.len() as i64;
            let heads = heads.map(|key| lang.t(key)).to_vec();
            tables.push((caption.clone(), Table { caption, heads, rows, total, ..Table::default() }));
        }
        let mut rows = Vec::new();
        for year in years.iter().copied().filter(|year| *year > 0).take(5) {
            for rate in statistics::rates(&mut tx, year).await? {
                let area = statistics::place_named(&mut tx, &rate.place, &lang.code).await?;
                rows.push(vec![
                    Cell::text(lang.t_of("stat-rate-", rate.rate)),
                    Cell::code(lang.digits(&year.to_string())),
                    Cell::text(area.unwrap_or_else(|| lang.t("stat-everywhere"))),
                    Cell::code(lang.tenths(rate.tenths)),
                    Cell::text(rate.source.unwrap_or_else(|| "–".into())),
                ]);
            }
        }
        tables.extend(table_of_rates(lang, rows));
    } else {
        intro.push(lang.t("stat-none"));
    }
    let page =
        ListPage { frame: here.frame(lang.t("nav-statistics")), back: "/".into(), intro, tables, links };
    Ok(show(StatusCode::OK, true, &page))
}

/// The table of rates, if any can be told.
fn table_of_rates(lang: &Language, rows: Vec<Vec<Cell>>) -> Option<(String, Table)> {
    if rows.is_empty() {
        return None;
    }
    let heads = ["stat-rate", "stat-year", "stat-place", "stat-rate-number", "stat-source-population"];
    let caption = lang.t("stat-rates");
    let (total, heads) = (rows.len() as i64, heads.map(|key| lang.t(key)).to_vec());
    Some((caption.clone(), Table { caption, heads, rows, total, ..Table::default() }))
}

/// One table.
pub async fn one(
    here: Here,
    Path((_, subject)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let result = show_one(&here, &subject, &wanted).await;
    answer(&here, result)
}

async fn show_one(here: &Here, subject: &str, wanted: &Wanted) -> Answer {
    let subject = Subject::from_code(subject).ok_or_else(Problem::not_found)?;
    let lang = &here.lang;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let years = statistics::years(&mut tx).await?;
    let year = match wanted.year.parse() {
        Ok(year) => year,
        Err(_) => years.iter().copied().find(|year| *year > 0).unwrap_or(0),
    };
    let places = statistics::places(&mut tx, &lang.code).await?;
    let place = Some(wanted.place.as_str()).filter(|place| places.iter().any(|(code, _)| code == place));
    let shown = statistics::shown(&mut tx, subject, year, place).await?.ok_or_else(Problem::not_found)?;
    if wanted.format == "csv" {
        let table = table_of(here, &shown);
        let name = format!("attachment; filename=\"{}-{year}.csv\"", subject.code());
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ];
        return Ok((headers, csv(&table)).into_response());
    }
    let shown = shown.without_empty();
    let table = table_of(here, &shown);
    let title = lang.t_of("stat-", subject.code());
    let offset = here.app.office.settings.utc_offset_minutes;
    let at = lang.moment(shown.counted_at, offset);
    let intro = vec![
        lang.with("stat-counted", &[("at", Arg::Text(at))]),
        lang.with("stat-hidden", &[("count", FEWEST.into())]),
        lang.t("stat-empty-rows"),
    ];
    let mut of_years: Vec<Opt> = Vec::new();
    for year in years {
        let label = if year == 0 { lang.t("stat-unknown") } else { lang.digits(&year.to_string()) };
        of_years.push(Opt { value: year.to_string(), label, ..Opt::default() });
    }
    let of_places = places.into_iter().map(|(value, label)| Opt { value, label, ..Opt::default() });
    let filters = vec![
        Field::select("year", lang.t("stat-year"), of_years).filled(year.to_string()),
        Field::select("place", lang.t("stat-place"), of_places.collect()).filled(place.unwrap_or_default()),
    ];
    let path = format!("/statistics/{}", subject.code());
    let query = format!("year={year}&place={}", place.unwrap_or_default());
    let links = vec![
        (format!("/{}{path}?{query}&format=csv", lang.code), lang.t("list-export")),
        (format!("/api/v1{path}?{query}"), lang.t("stat-json")),
    ];
    let columns = subject.sides().1;
    let legend =
        shown.columns.iter().enumerate().map(|(n, column)| (n, value(lang, columns, column))).collect();
    let picture = picture(lang, &shown);
    let page = StatisticsPage {
        frame: here.frame(title),
        back: "/statistics".into(),
        intro,
        filters,
        path,
        picture,
        legend,
        table,
        links,
    };
    Ok(show(StatusCode::OK, true, &page))
}

fn table_of(here: &Here, shown: &Shown) -> Table {
    let lang = &here.lang;
    let (rows, columns) = shown.subject.sides();
    let mut heads = vec![lang.t_of("stat-side-", side(rows))];
    heads.extend(shown.columns.iter().map(|column| value(lang, columns, column)));
    heads.push(lang.t("stat-sum"));
    let names = shown.rows.iter().map(|row| value(lang, rows, row)).chain([lang.t("stat-sum")]);
    let lines: Vec<Vec<Cell>> = names
        .zip(&shown.cells)
        .map(|(name, cells)| {
            let number = |cell: &Number| Cell::code(told_or_not(lang, Some(*cell)));
            std::iter::once(Cell::text(name)).chain(cells.iter().map(number)).collect()
        })
        .collect();
    let total = lines.len() as i64;
    let caption = lang.t_of("stat-", shown.subject.code());
    Table { caption, heads, rows: lines, total, ..Table::default() }
}

/// A table as comma-separated values with plain digits, for spreadsheets.
fn csv(table: &Table) -> String {
    let bare = |text: &str| {
        let text: String = text.chars().filter(|c| !matches!(c, '\u{2066}' | '\u{2069}')).collect();
        csv_cell(&diwan_domain::digits::to_ascii(&text))
    };
    let mut lines = vec![table.heads.iter().map(|head| bare(head)).collect::<Vec<_>>().join(",")];
    lines.extend(
        table.rows.iter().map(|row| row.iter().map(|cell| bare(&cell.text)).collect::<Vec<_>>().join(",")),
    );
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

/// The word for what stands along a side.
fn side(side: Side) -> &'static str {
    match side {
        Side::Age => "age",
        Side::Sex => "sex",
        Side::Month => "month",
        Side::Place => "place",
        Side::Attendant => "attendant",
        Side::Weight => "weight",
        Side::Chapter => "chapter",
        Side::CauseGroup => "cause-group",
        Side::Infant => "infant",
        Side::Duration => "duration",
        Side::DivorceKind => "divorce-kind",
        Side::Event => "event",
        Side::Waiting => "waiting",
    }
}

/// Bars, one for each row, growing the way people read, with a part for each
/// column. What is hidden is not drawn. The table beside it says the same.
fn picture(lang: &Language, shown: &Shown) -> String {
    const ROW: i64 = 24;
    const LABEL: i64 = 190;
    const WIDTH: i64 = 720;
    let rows = shown.rows.len();
    let told = |row: usize, column: usize| shown.cells[row][column].told().unwrap_or(0);
    let sums: Vec<i64> = (0..rows).map(|row| (0..shown.columns.len()).map(|n| told(row, n)).sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0).max(1);
    let height = rows as i64 * ROW + 8;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\" focusable=\"false\">",
        escaped(&lang.t_of("stat-", shown.subject.code()))
    );
    let room = WIDTH - LABEL - 80;
    for (at, row) in shown.rows.iter().enumerate() {
        let y = at as i64 * ROW + 4;
        let name = value(lang, shown.subject.sides().0, row);
        let (x, anchor) = if lang.rtl { (WIDTH - LABEL + 8, "start") } else { (LABEL - 8, "end") };
        let direction = if lang.rtl { "rtl" } else { "ltr" };
        // In right-to-left text the start of a line is its right end.
        let x = if lang.rtl { x + LABEL - 16 } else { x };
        svg.push_str(&format!(
            "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\" direction=\"{direction}\">{}</text>",
            y + 14,
            escaped(&shortened(&name))
        ));
        let mut from = 0;
        for column in 0..shown.columns.len() {
            let width = told(at, column) * room / most;
            if width > 0 {
                let x = if lang.rtl { WIDTH - LABEL - from - width } else { LABEL + from };
                svg.push_str(&format!(
                    "<rect class=\"s{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\"/>",
                    column % 6,
                    ROW - 6
                ));
            }
            from += width;
        }
        let x = if lang.rtl { WIDTH - LABEL - from - 6 } else { LABEL + from + 6 };
        let anchor = if lang.rtl { "end" } else { "start" };
        svg.push_str(&format!(
            "<text class=\"soft\" x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            y + 14,
            told_or_not(lang, shown.cells[at].last().copied())
        ));
    }
    svg.push_str("</svg>");
    svg
}

/// A number as it is told: one that is hidden is not nothing.
fn told_or_not(lang: &Language, cell: Option<Number>) -> String {
    cell.and_then(Number::told).map_or_else(|| "…".to_owned(), |number| lang.number(number))
}

/// A name that fits beside its bar; the table has it in full.
fn shortened(name: &str) -> String {
    const MOST: usize = 26;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
