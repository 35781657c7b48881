//! A number of a person: how it ends, what takes its place, and the way back.

use super::guarding::with_purpose;
use super::people::{ask_why, wants_reason};
use super::register::faults_of;
use super::{DeskList, at_desk, day};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use axum::extract::{Path, Query};
use axum::response::Response;
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::numbers::{IdentityKind, NumberEnd};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::civil::{self, Borne, EndNumber, Ground, Replacement, RestoreNumber, SeePerson};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Why a record is opened.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Looked {
    #[serde(default)]
    purpose: String,
}

/// A kind of number in words; one that has none keeps its code.
pub(super) fn kind_in_words(lang: &Language, kind: &str) -> String {
    match IdentityKind::from_code(kind) {
        Some(kind) => lang.t_of("identity-", kind.code()),
        None => kind.to_owned(),
    }
}

/// The numbers of a person with from when, until when and why they ended.
pub(super) fn numbers_table(here: &Here, person: PersonId, numbers: &[Borne], way: Option<&str>) -> Table {
    let lang = &here.lang;
    let date = |date: Option<&str>| date.map(|date| lang.stored_date(date)).unwrap_or_default();
    let rows = numbers.iter().map(|borne| {
        let number = &borne.number;
        let mut cell = Cell::code(&number.value);
        if let Some(purpose) = way {
            cell = cell
                .to(with_purpose(&format!("/desk/register/people/{person}/numbers/{}", number.id), purpose));
        }
        let why = borne.end().and_then(|end| end.why.as_deref());
        let state = match (why, borne.until()) {
            (Some(why), _) => lang.t_of("number-end-", why),
            (None, Some(_)) => lang.t("number-ended"),
            (None, None) => lang.t("number-stands"),
        };
        vec![
            Cell::text(kind_in_words(lang, &number.kind)),
            cell,
            Cell::text(date(number.valid_from.as_deref())),
            Cell::text(date(borne.until())),
            Cell::text(state),
        ]
    });
    let heads = ["identity-kind", "identity-number", "number-from", "number-until", "register-state"];
    Table {
        caption: lang.t("person-numbers"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: numbers.len() as i64,
        empty: lang.t("register-none"),
        ..Table::default()
    }
}

/// One number with all that was recorded of it.
pub async fn one(
    here: Here,
    Path((_, id, number)): Path<(String, String, String)>,
    Query(looked): Query<Looked>,
) -> Response {
    let result = show_one(&here, (&id, &number), &looked.purpose, None).await;
    answer(&here, result)
}

async fn show_one(
    here: &Here,
    (id, number): (&str, &str),
    purpose: &str,
    again: Option<(&Sent, Problem)>,
) -> Answer {
    let desk = at_desk(here, Some(Permission::CorrectEntries)).await?;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let number: RowId = number.parse().map_err(|_| Problem::not_found())?;
    let path = format!("/desk/register/people/{person}/numbers/{number}");
    let act = SeePerson { person, purpose: purpose.to_owned() };
    if let Err(stop) = here.app.office.perform_once(&here.visitor.who(), act).await {
        return if wants_reason(&stop) { ask_why(here, &desk, &path).await } else { Err(stop.into()) };
    }
    let lang = &here.lang;
    let (name, all) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        (civil::named(&mut tx, person).await?, civil::numbers_of(&mut tx, person).await?)
    };
    let borne = all.iter().find(|borne| borne.number.id == number).ok_or_else(Problem::not_found)?;
    let mut page = DeskList::new(here, &desk, lang.t("number-title")).await?;
    page.back = with_purpose(&format!("/desk/register/people/{person}"), purpose);
    page.notices.push(lang.with("counter-applicant", &[("name", name.into())]));
    page.tables.push((String::new(), numbers_table(here, person, std::slice::from_ref(borne), None)));
    if !borne.records.is_empty() {
        page.tables.push((lang.t("number-records"), records(here, borne, &all)));
    }
    let stands = borne.until().is_none();
    if stands || borne.end().is_some() {
        let (kept, faults, notice) = match &again {
            Some((sent, problem)) => {
                (Some(*sent), faults_of(problem).unwrap_or_default(), said(here, problem))
            }
            None => (None, BTreeMap::new(), None),
        };
        page.notices.extend(notice);
        page.forms = vec![form(here, &path, purpose, borne, kept, &faults)];
    }
    let status = match again {
        Some(_) => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        None => page.status(),
    };
    Ok(show(status, false, &page))
}

/// What is wrong with the whole, where no field of the form says it.
fn said(here: &Here, problem: &Problem) -> Option<String> {
    let whole = problem.refusal.as_ref().is_some_and(|refusal| refusal.why != Why::FieldsWrong);
    whole.then(|| here.lang.t("number-authority-missing"))
}

fn records(here: &Here, borne: &Borne, all: &[Borne]) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let rows = borne.records.iter().map(|record| {
        let what = match &record.why {
            Some(why) if record.ends => lang.t_of("number-end-", why),
            _ => lang.t("number-stands-again"),
        };
        let on = record.ended_on.as_deref().map(|date| lang.stored_date(date)).unwrap_or_default();
        let new = record.replaced_by.and_then(|id| all.iter().find(|borne| borne.number.id == id));
        vec![
            Cell::text(what),
            Cell::text(on),
            Cell::code(new.map(|borne| borne.number.value.clone()).unwrap_or_default()),
            Cell::text(super::entries::in_words(here, &record.authority.0)),
            Cell::text(lang.moment(record.recorded_at, offset)),
        ]
    });
    let heads =
        ["number-what", "number-until", "number-replaced-by", "register-ground", "register-waits-since"];
    Table {
        caption: lang.t("number-records"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: borne.records.len() as i64,
        ..Table::default()
    }
}

fn form(
    here: &Here,
    path: &str,
    purpose: &str,
    borne: &Borne,
    sent: Option<&Sent>,
    faults: &BTreeMap<String, String>,
) -> FormBlock {
    let lang = &here.lang;
    let kept = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let wrong = |name: &str| faults.get(name).map(|code| fault(lang, &borne.number.kind, code));
    let stands = borne.end().is_none();
    let mut fields = Vec::new();
    if stands {
        let reasons = NumberEnd::ALL.iter().map(|why| Opt {
            value: why.code().to_owned(),
            label: lang.t_of("number-end-", why.code()),
            ..Opt::default()
        });
        let line = |name: &str, label: &str| {
            Field::line(name, lang.t(label)).filled(kept(name)).wrong(wrong(name).unwrap_or_default())
        };
        fields.push(
            Field::choice("why", lang.t("number-why"), reasons.collect())
                .filled(kept("why"))
                .wrong(wrong("why").unwrap_or_default()),
        );
        fields.push(line("on", "number-on").hint(lang.t("number-on-help")).ltr("text", "off", "w-short"));
        fields.push(
            line("replacement", "number-new")
                .hint(lang.t("number-new-help"))
                .ltr("text", "off", "w-short")
                .optional(),
        );
        fields.push(line("since", "number-new-since").ltr("text", "off", "w-short").optional());
    }
    fields.extend(authority(lang, sent));
    let words = lang.t(if stands { "number-do-end" } else { "number-do-restore" });
    let mut form = FormBlock::new(words.clone(), path.to_owned(), fields, words);
    form.intro = vec![lang.t(if stands { "number-end-lead" } else { "number-restore-lead" })];
    form.hidden = vec![
        ("seen".to_owned(), borne.seen().to_string()),
        ("what".to_owned(), if stands { "end" } else { "restore" }.to_owned()),
        ("purpose".to_owned(), purpose.to_owned()),
    ];
    form
}

/// Fields for a court's judgment or an order of the office.
fn authority(lang: &Language, sent: Option<&Sent>) -> Vec<Field> {
    let kept = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let grounds = ["office-order", "court"].map(|ground| Opt {
        value: ground.to_owned(),
        label: lang.t(if ground == "court" { "register-ground-court" } else { "number-ground-order" }),
        ..Opt::default()
    });
    let ground = Some(kept("ground")).filter(|ground| !ground.is_empty());
    let line = |name: &str, label: &str| Field::line(name, lang.t(label)).filled(kept(name));
    vec![
        Field::choice("ground", lang.t("register-ground"), grounds.to_vec())
            .filled(ground.unwrap_or_else(|| "office-order".into())),
        line("by-order", "register-order").optional(),
        line("by-court", "field-court").optional(),
        line("by-judgment", "field-judgment").optional(),
        line("by-date", "register-authority-date").ltr("text", "off", "w-short"),
    ]
}

/// What is wrong with a field, and how it is mended.
fn fault(lang: &Language, kind: &str, code: &str) -> String {
    let wanted = match IdentityKind::from_code(kind) {
        Some(IdentityKind::Upn) => 13,
        Some(IdentityKind::NationalCard) => 12,
        _ => 6,
    };
    lang.with(&format!("fault-{}", code.replace('/', "-")), &[("wanted", Arg::Number(wanted))])
}

/// Ends the number, or lets it stand again.
pub async fn act(here: Here, Path((_, id, number)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = do_it(&here, (&id, &number), &sent).await;
    answer(&here, result)
}

async fn do_it(here: &Here, (id, number): (&str, &str), sent: &Sent) -> Answer {
    at_desk(here, Some(Permission::CorrectEntries)).await?;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let row: RowId = number.parse().map_err(|_| Problem::not_found())?;
    let (office, who) = (&here.app.office, here.visitor.who());
    let seen = sent.text("seen").parse().unwrap_or(-1);
    let authority = match sent.text("ground").as_str() {
        "court" => Ground::Court {
            court: sent.text("by-court"),
            judgment: sent.text("by-judgment"),
            date: day::in_one_line(&sent.text("by-date")),
        },
        _ => Ground::OfficeOrder {
            order: sent.text("by-order"),
            date: day::in_one_line(&sent.text("by-date")),
        },
    };
    let done = match sent.text("what").as_str() {
        "restore" => {
            let act = RestoreNumber { person, number: row, seen, authority };
            office.perform(&who, &sent.key, act).await
        }
        _ => {
            let replacement = sent.some("replacement").map(|value| Replacement {
                value,
                since: sent.some("since").map(|since| day::in_one_line(&since)),
            });
            let (why, on) = (sent.text("why"), day::in_one_line(&sent.text("on")));
            let act = EndNumber { person, number: row, seen, why, on, authority, replacement };
            office.perform(&who, &sent.key, act).await.map(|_| ())
        }
    };
    match done.map_err(Problem::from) {
        Ok(()) => {
            let back = format!("/desk/register/people/{person}");
            Ok(here.go(&with_purpose(&back, &sent.text("purpose"))))
        }
        Err(problem) => {
            let again = [Why::FieldsWrong, Why::FieldMissing];
            if !problem.refusal.as_ref().is_some_and(|refusal| again.contains(&refusal.why)) {
                return Err(problem);
            }
            show_one(here, (id, number), &sent.text("purpose"), Some((sent, problem))).await
        }
    }
}
