//! Shapes that several answers share.

use super::closed::WhyNumberEnded;
use super::problem::Problem;
use crate::app::App;
use diwan_domain::ids::PersonId;
use diwan_office::acting::Acting;
use diwan_office::civil;
use diwan_office::documents::grouped;
use diwan_office::rows::{
    CaseRequestRow, CaseRow, DocumentRow, JournalRow, MessageRow, ReceiptRow, ReferralRow, UploadRow,
};
use serde::Serialize;
use utoipa::ToSchema;

/// What was done.
#[derive(Serialize, ToSchema)]
pub(super) struct Acted {
    /// The version that stands now.
    pub(super) version: i64,
}

/// Something new.
#[derive(Serialize, ToSchema)]
pub(super) struct Made {
    /// Its identifier.
    #[schema(format = "uuid")]
    pub(super) id: String,
}

/// A document of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct DocumentOut {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    /// `intended`, `sealed`, `released`, `revoked` or `replaced`.
    state: String,
    check_url: String,
}

pub(super) fn document_out(app: &App, paper: &DocumentRow) -> DocumentOut {
    DocumentOut {
        id: paper.id.to_string(),
        number: paper.number.clone(),
        state: paper.state.clone(),
        check_url: format!("{}/v/{}", app.office.settings.base_url, grouped(&paper.check_code)),
    }
}

/// What was asked of the applicant.
#[derive(Serialize, ToSchema)]
pub(super) struct RequestLine {
    #[schema(format = "uuid")]
    id: String,
    question: String,
    words: String,
    /// Microseconds since 1970 UTC.
    asked_at: i64,
    /// Microseconds since 1970 UTC.
    due_at: i64,
    answer: Option<String>,
}

impl RequestLine {
    pub(super) fn of(row: &CaseRequestRow) -> Self {
        Self {
            id: row.id.to_string(),
            question: row.question.clone(),
            words: row.words.clone(),
            asked_at: row.asked_at,
            due_at: row.due_at,
            answer: row.answer.clone(),
        }
    }
}

/// What another office was asked.
#[derive(Serialize, ToSchema)]
pub(super) struct ReferralOut {
    #[schema(format = "uuid")]
    pub(super) id: String,
    #[schema(format = "uuid")]
    case: String,
    #[schema(format = "uuid")]
    from_office: String,
    #[schema(format = "uuid")]
    to_office: String,
    words: String,
    /// Microseconds since 1970 UTC.
    asked_at: i64,
    /// Microseconds since 1970 UTC.
    due_at: Option<i64>,
    /// `found` or `not-found`; nothing while it waits.
    outcome: Option<String>,
    answer: Option<String>,
}

impl ReferralOut {
    pub(super) fn of(row: &ReferralRow) -> Self {
        Self {
            id: row.id.to_string(),
            case: row.case_id.to_string(),
            from_office: row.from_office.to_string(),
            to_office: row.to_office.to_string(),
            words: row.words.clone(),
            asked_at: row.asked_at,
            due_at: row.due_at,
            outcome: row.outcome.clone(),
            answer: row.answer.clone(),
        }
    }
}

/// A file that was handed in.
#[derive(Serialize, ToSchema)]
pub(super) struct FileLine {
    #[schema(format = "uuid")]
    id: String,
    question: String,
    name: String,
    media: String,
    bytes: i64,
}

impl FileLine {
    pub(super) fn of(row: &UploadRow) -> Self {
        Self {
            id: row.id.to_string(),
            question: row.question.clone(),
            name: row.name.clone(),
            media: row.media.clone(),
            bytes: row.bytes,
        }
    }
}

/// A message to the applicant.
#[derive(Serialize, ToSchema)]
pub(super) struct MessageOut {
    channel: String,
    template: String,
    words: String,
    /// Microseconds since 1970 UTC.
    at: i64,
}

impl MessageOut {
    pub(super) fn of(row: &MessageRow) -> Self {
        Self {
            channel: row.channel.clone(),
            template: row.template.clone(),
            words: row.words.clone(),
            at: row.at,
        }
    }
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(super) struct Moment {
    /// Microseconds since 1970 UTC.
    at: i64,
    kind: String,
    actor_kind: String,
    actor: String,
    /// Under which rule.
    rule: Option<String>,
}

pub(super) fn events_of(rows: &[JournalRow]) -> Vec<Moment> {
    rows.iter()
        .map(|row| Moment {
            at: row.at,
            kind: row.kind.clone(),
            actor_kind: row.actor_kind.clone(),
            actor: row.actor.clone(),
            rule: row.body["rule"].as_str().map(str::to_owned),
        })
        .collect()
}

/// A person in the register.
#[derive(Serialize, ToSchema)]
pub(super) struct PersonOut {
    #[schema(format = "uuid")]
    id: String,
    sex: String,
    /// ISO 8601; a year alone when no more is known.
    born_on: Option<String>,
    died_on: Option<String>,
    /// The name in the register's own script.
    name: String,
    /// The name in Latin letters; empty when none is known.
    name_latin: String,
    /// Those that stand.
    numbers: Vec<String>,
    /// Those that ended. Whoever is looked for by one of them is found.
    ended_numbers: Vec<EndedNumber>,
    parents: Vec<ParentOut>,
    /// The number of the birth entry.
    entry: Option<String>,
    displaced: bool,
}

/// A number that someone bore until it ended: nobody else is ever given it.
#[derive(Serialize, ToSchema)]
pub(super) struct EndedNumber {
    number: String,
    /// The day on which it ended, ISO 8601.
    until: String,
    /// `replaced`, `expired`, `lost`, `wrong` or `died`; nothing where it was brought in so.
    #[schema(value_type = Option<WhyNumberEnded>)]
    why: Option<String>,
}

fn standing(numbers: &[civil::Borne]) -> impl Iterator<Item = &civil::Borne> {
    numbers.iter().filter(|borne| borne.until().is_none())
}

/// A parent.
#[derive(Serialize, ToSchema)]
struct ParentOut {
    #[schema(format = "uuid")]
    id: String,
    /// `father` or `mother`.
    role: String,
    name: String,
}

/// People as the register knows them. The look is journalled before.
pub(super) async fn people(
    app: &App,
    acting: &Acting,
    found: &[PersonId],
) -> Result<Vec<PersonOut>, Problem> {
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut out = Vec::new();
    for person in found {
        let Some(summary) = civil::summary_for(&mut tx, acting, *person).await? else { continue };
        let numbers = civil::numbers_of(&mut tx, *person).await?;
        out.push(PersonOut {
            id: person.to_string(),
            sex: summary.person.sex.clone(),
            born_on: summary.person.born_on.clone(),
            died_on: summary.person.died_on.clone(),
            name: summary.name("arab"),
            name_latin: summary.name("latn"),
            numbers: standing(&numbers).map(|borne| borne.number.value.clone()).collect(),
            ended_numbers: numbers
                .iter()
                .filter_map(|borne| {
                    Some(EndedNumber {
                        number: borne.number.value.clone(),
                        until: borne.until()?.to_owned(),
                        why: borne.end().and_then(|end| end.why.clone()),
                    })
                })
                .collect(),
            parents: summary
                .parents
                .iter()
                .map(|(role, id, name)| ParentOut {
                    id: id.to_string(),
                    role: role.clone(),
                    name: name.clone(),
                })
                .collect(),
            entry: summary.entry.as_ref().map(|entry| entry.number.clone()),
            displaced: civil::is_displaced(&mut tx, *person).await?,
        });
    }
    Ok(out)
}

/// A receipt.
#[derive(Serialize, ToSchema)]
pub(super) struct ReceiptOut {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    #[schema(format = "uuid")]
    case: String,
    /// `fee`, `void`, or `refund` for what was given back without voiding.
    kind: String,
    /// The receipt that is voided, or of which it was given back.
    of: Option<String>,
    minor_units: i64,
    currency: String,
    /// The officer who took the money.
    #[schema(format = "uuid")]
    officer: String,
    /// Microseconds since 1970 UTC.
    at: i64,
    /// Whether it was voided, or is itself the voiding of another.
    void: bool,
}

impl ReceiptOut {
    pub(super) fn of(row: &ReceiptRow, void: bool) -> Self {
        Self {
            id: row.id.to_string(),
            number: row.number.clone(),
            case: row.case_id.to_string(),
            kind: row.kind.clone(),
            of: row.voids.map(|id| id.to_string()),
            minor_units: row.minor_units,
            currency: row.currency.clone(),
            officer: row.officer_id.to_string(),
            at: row.at,
            void: void || row.kind == "void",
        }
    }
}

/// The code of the currency in which a case's fee is taken.
pub(super) fn currency_of(case: &CaseRow) -> String {
    diwan_office::cases::money_of(case, 0).currency.code().to_owned()
}
