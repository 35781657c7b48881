//! Requests between offices: one asks for an entry it cannot find, the other
//! looks into its books and answers.

use super::work::{mendable, people_table};
use super::{DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::apply::answered_rows;
use crate::pages::home::words_of;
use crate::pages::kit::{Cell, FormBlock, PAGE, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::{CaseId, OfficeId, PersonId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::cases::{self, AnswerReferral, AskElsewhere, OpenReferral};
use diwan_office::civil::FindPeople;
use diwan_office::rows::{OfficeRow, ReferralRow};
use serde::Deserialize;

/// Which page of the list.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Turned {
    #[serde(default)]
    page: i64,
}

/// Asks another office for an entry.
pub async fn ask(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let Some(office) = sent.id::<OfficeId>("office") else {
            return mendable(&here, &id, Why::UnknownReason.into(), ("elsewhere", &sent)).await;
        };
        let seen = sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?;
        let act = AskElsewhere { case, seen, office, words: sent.text("words") };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/cases/{id}"))),
            Err(problem) => mendable(&here, &id, problem, ("elsewhere", &sent)).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What this office is asked.
pub async fn list(here: Here, Query(turned): Query<Turned>) -> Response {
    let result = show_list(&here, turned.page.clamp(0, 10_000), Vec::new()).await;
    answer(&here, result)
}

async fn show_list(here: &Here, number: i64, notices: Vec<String>) -> Answer {
    let desk = at_desk(here, Some(Permission::DecideCases)).await?;
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let (asked, total, offices) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let asked = cases::asked_of(&mut tx, &desk.acting, (PAGE, number * PAGE)).await?;
        let total = cases::count_asked_of(&mut tx, &desk.acting).await?;
        (asked, total, diwan_office::administration::all_offices(&mut tx).await?)
    };
    let rows = asked.iter().map(|row| {
        vec![
            Cell::text(name_of(here, &offices, row.from_office)).to(format!("/desk/elsewhere/{}", row.id)),
            Cell::text(&row.words),
            Cell::text(row.due_at.map(|due| lang.moment(due, offset)).unwrap_or_default()),
        ]
    });
    let table = Table {
        caption: lang.t("menu-elsewhere"),
        heads: ["elsewhere-asks", "elsewhere-words", "deadline"].map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total,
        empty: lang.t("elsewhere-none"),
        ..Table::default()
    };
    let mut page = DeskList::new(here, &desk, lang.t("menu-elsewhere")).await?;
    page.notices = notices;
    page.tables = vec![(String::new(), table.paged("/desk/elsewhere", number))];
    Ok(show(StatusCode::OK, false, &page))
}

fn name_of(here: &Here, offices: &[OfficeRow], id: OfficeId) -> String {
    let office = offices.iter().find(|office| office.id == id);
    office.map(|office| here.lang.name_in(&office.names.0)).unwrap_or_default()
}

/// One request: who asks, what for, and what the application says.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_one(&here, &id, None, None).await;
    answer(&here, result)
}

/// Looks for the person whose entry it may be.
pub async fn find(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::DecideCases)).await?;
        // Nobody searches the register for a request that another office was sent.
        let referral: RowId = id.parse().map_err(|_| Problem::not_found())?;
        let at = here.app.office.desk(&here.visitor.who(), "look");
        cases::is_asked(&mut here.app.office.db.reading().await?.tx(), &at, referral).await?;
        let act = FindPeople::new(sent.text("q"), format!("referral {id}"));
        let found = here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        show_one(&here, &id, Some((sent.text("q"), found)), None).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn show_one(
    here: &Here,
    id: &str,
    found: Option<(String, Vec<PersonId>)>,
    wrong: Option<String>,
) -> Answer {
    let desk = at_desk(here, Some(Permission::DecideCases)).await?;
    let referral: RowId = id.parse().map_err(|_| Problem::not_found())?;
    let office = &here.app.office;
    let case = office.perform_once(&here.visitor.who(), OpenReferral { referral }).await?;
    let lang = &here.lang;
    let (row, application, from) = described(here, &desk, referral, case).await?;
    let mut page = DeskList::new(here, &desk, lang.t("menu-elsewhere")).await?;
    page.notices.extend(wrong);
    page.notices.push(lang.with(
        "desk-elsewhere-asked",
        &[
            ("day", lang.day_of(row.asked_at, office.settings.utc_offset_minutes).into()),
            ("office", from.into()),
        ],
    ));
    page.notices.push(row.words.clone());
    page.tables.push((lang.t("desk-application"), application));
    if row.answered_at.is_some() {
        page.notices.push(lang.t("elsewhere-answered"));
        return Ok(show(StatusCode::OK, false, &page));
    }
    let (query, people) = found.unwrap_or_default();
    let mut holders =
        vec![Opt { value: "none".into(), label: lang.t("elsewhere-answer-none"), ..Opt::default() }];
    if !query.is_empty() {
        let (table, names) = people_table(here, &desk.acting, &people).await?;
        page.tables.push((lang.t("people-found"), table));
        let option = |(id, name): (PersonId, String)| Opt {
            value: id.to_string(),
            label: name,
            hint: lang.t("elsewhere-answer-found"),
            chosen: false,
        };
        holders.splice(0..0, names.into_iter().map(option));
    }
    let search = vec![Field::line("q", lang.t("find-person")).hint(lang.t("find-person-hint")).filled(query)];
    page.forms.push(FormBlock::new(
        lang.t("desk-find-entry"),
        format!("/desk/elsewhere/{id}/find"),
        search,
        lang.t("search"),
    ));
    let fields = vec![
        Field::choice("holder", lang.t("desk-choose-entry"), holders),
        Field::area("words", lang.t("elsewhere-answer-words")),
    ];
    page.forms.push(FormBlock::new(
        lang.t("elsewhere-answer"),
        format!("/desk/elsewhere/{id}/answer"),
        fields,
        lang.t("elsewhere-answer"),
    ));
    Ok(show(StatusCode::OK, false, &page))
}

/// The request, what the application says of the entry, and who asks. What is
/// marked as sensitive stays with the office that decides.
async fn described(
    here: &Here,
    desk: &super::AtDesk,
    id: RowId,
    case: CaseId,
) -> Result<(ReferralRow, Table, String), Problem> {
    let office = &here.app.office;
    let at = office.desk(&here.visitor.who(), "look");
    let own = desk.acting.officer.office_id.ok_or_else(Problem::not_found)?;
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let (row, case) = cases::referred(&mut tx, id, own, case).await?.ok_or_else(Problem::not_found)?;
    let published = cases::definition(&mut tx, &case).await?;
    let facts = cases::facts_of(&mut tx, &at, &case).await?;
    let offices = diwan_office::administration::all_offices(&mut tx).await?;
    drop(tx);
    let mut answers = cases::answers(&case);
    answers.retain(|key, _| published.service.question(key).is_some_and(|question| !question.sensitive));
    let rows: Vec<Vec<Cell>> = answered_rows(here, &published.service, &answers, &facts, case.id)
        .into_iter()
        .flat_map(|(_, rows)| rows)
        .filter(|row| !row.values.is_empty())
        .map(|row| {
            let values: Vec<String> = row.values.into_iter().map(|(text, _)| text).collect();
            vec![Cell::text(row.label), Cell::text(values.join("، "))]
        })
        .collect();
    let table = Table {
        caption: words_of(here, &published.service).t("title"),
        heads: vec![here.lang.t("what"), here.lang.t("elsewhere-answer")],
        total: rows.len() as i64,
        rows,
        ..Table::default()
    };
    let from = name_of(here, &offices, row.from_office);
    Ok((row, table, from))
}

/// Answers the office that asks.
pub async fn answer_it(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let referral: RowId = id.parse().map_err(|_| Problem::not_found())?;
        let holder = match sent.text("holder").as_str() {
            "none" => None,
            "" => return show_one(&here, &id, None, Some(here.lang.t("desk-choose-entry"))).await,
            chosen => Some(chosen.parse().map_err(|_| Problem::from(Why::Malformed))?),
        };
        let act = AnswerReferral { referral, holder, words: sent.text("words") };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(()) => show_list(&here, 0, vec![here.lang.t("elsewhere-answered")]).await,
            Err(problem) if problem.code() == Why::ReasonMissing.code() => {
                let wrong = here.lang.t_of("refusal-help-", problem.code());
                show_one(&here, &id, None, Some(wrong)).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
