//! Why somebody at a counter is looked at: the visit in hand, or one of a few reasons, chosen
//! with one touch. Words are typed only for a record that is closed.

use super::{AtDesk, DeskList};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::Cell;
use crate::refused::{Answer, Problem};
use crate::words::{Arg, Language};
use axum::http::StatusCode;
use diwan_domain::ids::PersonId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::civil::reasons::{self, BY_TICKET, NOT_SAID, REASONS};
use diwan_office::rows::JournalRow;

/// The choice of reasons; `name` is what is sent.
fn choice(lang: &Language, name: &str, value: fn(&str) -> String) -> Field {
    let options =
        REASONS.map(|code| Opt { value: value(code), label: lang.t_of("look-why-", code), ..Opt::default() });
    Field::choice(name, lang.t("look-why"), options.to_vec())
}

/// The question why, for whoever has no visit in hand.
pub(super) async fn field(here: &Here, desk: &AtDesk) -> Result<Option<Field>, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let in_hand = reasons::in_hand(&mut reading.tx(), desk.acting.officer.id).await?;
    let asked = in_hand.is_none().then(|| choice(&here.lang, "why", str::to_owned));
    Ok(asked.map(|field| field.hint(here.lang.t("look-why-hint"))))
}

/// What is kept of a choice; without one, the visit in hand is why.
pub(super) fn of_choice(code: &str) -> String {
    match REASONS.contains(&code) {
        true => reasons::kept(code),
        false => BY_TICKET.to_owned(),
    }
}

/// Whether a reason is to be chosen, because no visit is in hand.
pub(super) fn wants_choice(refusal: Option<&Refusal>) -> bool {
    refusal.is_some_and(|refusal| refusal.why == Why::ReasonMissing && refusal.about.contains_key("choose"))
}

/// Keeps the reason that was chosen for the people who were found, while they are served.
pub(super) fn remember(here: &Here, why: &str, people: &[PersonId]) {
    if reasons::chosen(why).is_some() {
        let people = people.iter().map(ToString::to_string).collect();
        here.visitor.keep(|kept| kept.looking = Some((why.to_owned(), people)));
    }
}

/// Why this person is looked at: what is said now, what was chosen when they were found, or
/// the visit in hand.
pub(super) fn purpose(here: &Here, said: &str, person: PersonId) -> String {
    if !said.trim().is_empty() {
        return said.to_owned();
    }
    let chosen = here.visitor.kept().looking.filter(|(_, people)| people.contains(&person.to_string()));
    chosen.map_or_else(|| BY_TICKET.to_owned(), |(why, _)| why)
}

/// Asks why, before anything is shown.
pub(super) async fn ask(here: &Here, desk: &AtDesk, path: &str) -> Answer {
    let lang = &here.lang;
    let mut page = DeskList::new(here, desk, lang.t("look-why")).await?;
    page.notices.push(lang.t("look-why-hint"));
    page.filters = vec![choice(lang, "purpose", reasons::kept).focused()];
    page.filter_path = path.to_owned();
    Ok(show(StatusCode::OK, false, &page))
}

/// The reason of a look in words; nothing where it is no look at a counter.
pub(crate) fn in_words(lang: &Language, entry: &JournalRow) -> Option<String> {
    let rule = entry.body["rule"].as_str()?;
    let fact = |name: &str| entry.body["facts"][name].as_str();
    let ticket = fact("ticket").map(|number| {
        let wanted = fact("for").unwrap_or_default();
        lang.with("look-why-ticket", &[("ticket", Arg::from(number)), ("for", Arg::from(wanted))])
    });
    let chosen = reasons::chosen(rule).map(|code| lang.t_of("look-why-", code));
    match (rule, chosen, ticket) {
        (_, Some(chosen), Some(ticket)) => Some(format!("{chosen} – {ticket}")),
        (_, Some(chosen), None) => Some(chosen),
        (BY_TICKET, None, ticket) => ticket,
        (NOT_SAID | "counter", None, _) => Some(lang.t("look-why-not-said")),
        _ => None,
    }
}

/// The cell that says why.
pub(super) fn cell(lang: &Language, entry: &JournalRow) -> Cell {
    let raw = || entry.body["rule"].as_str().unwrap_or_default().to_owned();
    Cell::text(in_words(lang, entry).unwrap_or_else(raw))
}
