//! One person of the register: names and numbers, household and family, and every
//! entry that names them.

use super::guarding::with_purpose;
use super::numbers::numbers_table;
use super::tree::{Relative, picture};
use super::{AtDesk, DeskList, at_desk};
use crate::fields::Field;
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, Table};
use crate::refused::{Answer, Problem, answer};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::PersonId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::Stop;
use diwan_office::civil::{self, Kin, Residence, SeePerson, Summary};
use serde::Deserialize;

/// Why a record is opened.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Looked {
    #[serde(default)]
    pub(super) purpose: String,
}

/// Whether a look was refused because a closed record wants a reason.
pub(super) fn wants_reason(stop: &Stop) -> bool {
    stop.refusal().is_some_and(|refusal| refusal.why == Why::ReasonMissing)
}

/// Asks why a closed record is opened, before anything of it is shown. Only whoever was
/// let in comes here: for others it is not there.
pub(super) async fn ask_why(here: &Here, desk: &AtDesk, path: &str) -> Answer {
    let lang = &here.lang;
    let mut page = DeskList::new(here, desk, lang.t("protected-why")).await?;
    page.notices.push(lang.t("protected-why-lead"));
    page.filters = vec![
        Field::line("purpose", lang.t("register-purpose")).hint(lang.t("protected-purpose-help")).focused(),
    ];
    page.filter_path = path.to_owned();
    Ok(show(StatusCode::OK, false, &page))
}

/// A person's page. The look is journalled, and they can see it.
pub async fn one(
    here: Here,
    Path((_, id)): Path<(String, String)>,
    Query(looked): Query<Looked>,
) -> Response {
    let result = show_one(&here, &id, &looked.purpose).await;
    answer(&here, result)
}

async fn show_one(here: &Here, id: &str, why: &str) -> Answer {
    let desk = at_desk(here, Some(Permission::FindPeople)).await?;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let office = &here.app.office;
    let act = SeePerson { person, purpose: why.to_owned() };
    if let Err(stop) = office.perform_once(&here.visitor.who(), act).await {
        let path = format!("/desk/register/people/{person}");
        return if wants_reason(&stop) { ask_why(here, &desk, &path).await } else { Err(stop.into()) };
    }
    let counts_as = civil::counts_as(&mut office.db.reading().await?.tx(), person).await?;
    if counts_as != person {
        return Ok(here.go(&with_purpose(&format!("/desk/register/people/{counts_as}"), why)));
    }
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("person-title")).await?;
    page.back = "/desk".into();
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let summary = civil::summary_for(&mut tx, &desk.acting, person).await?.ok_or_else(Problem::not_found)?;
    let status = civil::marital_status(&mut tx, &summary.person, office.today()).await?;
    page.frame.title = summary.name("arab");
    page.tables.push((lang.t("person-about"), about(here, &summary, status.code())));
    if summary.person.protected {
        page.notices.push(lang.t("protected-is-closed"));
    }
    let numbers = civil::numbers_of(&mut tx, person).await?;
    let way = desk.acting.may(Permission::CorrectEntries).then_some(why);
    page.tables.push((lang.t("person-numbers"), numbers_table(here, person, &numbers, way)));
    let mut rows = Vec::new();
    let drawn = |tie: Option<Kin>, known: &Summary| Relative {
        tie,
        name: known.name("arab"),
        years: (known.person.born_on.clone(), known.person.died_on.clone()),
    };
    let mut relatives = vec![drawn(None, &summary)];
    let kin = civil::kin(&mut tx, &desk.acting, person, office.today()).await?;
    for (tie, other) in &kin {
        let Some(known) = civil::summary(&mut tx, *other).await? else { continue };
        rows.push(relative(here, *tie, &known));
        relatives.push(drawn(Some(*tie), &known));
    }
    page.tables.push((lang.t("person-kin"), family(here, rows)));
    if relatives.len() > 1 {
        let svg = picture(lang, &summary.name("arab"), &relatives);
        page.picture = Some((page.tables.len() - 1, lang.t("tree-title"), svg));
    }
    let household = civil::household(&mut tx, &desk.acting, person, office.today()).await?;
    let mut rows = Vec::new();
    if let Some((own, with)) = &household {
        rows.push(lives(here, lang.t("household-own"), &summary, own));
        for (tie, other, theirs) in with {
            let Some(known) = civil::summary(&mut tx, *other).await? else { continue };
            rows.push(lives(here, lang.t_of("kin-", tie.code()), &known, theirs));
        }
        let others = civil::neighbours(&mut tx, &desk.acting, person, own, office.today()).await?;
        for other in &others.people {
            let Some(known) = civil::summary(&mut tx, other.person).await? else { continue };
            let tie = if other.shares_child { "household-shares-child" } else { "household-not-related" };
            rows.push(lives(here, lang.t(tie), &known, &other.residence));
        }
        if others.are_more {
            page.notices.push(lang.t("household-more"));
        }
    }
    let heads =
        ["person-tie", "entry-field-name", "household-address", "household-rests-on", "household-day"];
    let mut table = listed(here, "household-title", &heads, rows);
    table.empty = lang.t("household-unknown");
    page.tables.push((lang.t("household-title"), table));
    let entries = civil::entries_naming(&mut tx, person).await?;
    let mut rows = Vec::new();
    for (entry, role, on) in &entries {
        if !civil::may_see_entry(&mut tx, &desk.acting, entry).await? {
            continue;
        }
        // Whoever said why they look at somebody says it once for what names them.
        let path = with_purpose(&format!("/desk/register/entries/{}", entry.id), why);
        rows.push(vec![
            Cell::code(&entry.number).to(path),
            Cell::text(lang.t_of("event-", &entry.kind)),
            Cell::text(lang.t_of("section-", role)),
            Cell::text(on.as_deref().map(|on| lang.stored_date(on)).unwrap_or_default()),
        ]);
    }
    let heads = ["register-number", "register-kind", "alike-as", "field-happened-on"];
    page.tables.push((lang.t("person-entries"), listed(here, "person-entries", &heads, rows)));
    drop(tx);
    drop(reading);
    let ways = super::certify::of_person(here, &desk, person).await?;
    page.links.extend(ways.links);
    page.notices.extend(ways.notices);
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    if desk.acting.may(Permission::CorrectEntries) {
        for merge in civil::merges_of(&mut tx, person).await? {
            if !civil::sees_merge(&mut tx, &desk.acting, &merge).await? {
                continue;
            }
            let name = lang.t_of("merge-state-", &merge.state);
            page.links.push((format!("/{}/desk/register/merges/{}", lang.code, merge.id), name));
        }
        page.links.push((format!("/{}/desk/register/duplicates", lang.code), lang.t("alike-title")));
    }
    if desk.acting.may(Permission::ProtectRecords) {
        let path = with_purpose(&format!("/desk/register/people/{person}/protection"), why);
        page.links.push((format!("/{}{path}", lang.code), lang.t("menu-protected")));
    }
    Ok(show(StatusCode::OK, false, &page))
}

fn listed(here: &Here, caption: &str, heads: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: here.lang.t(caption),
        heads: heads.iter().map(|key| here.lang.t(key)).collect(),
        total: rows.len() as i64,
        rows,
        empty: here.lang.t("register-none"),
        ..Table::default()
    }
}

/// Who they are, one line for each thing known.
fn about(here: &Here, summary: &Summary, status: &str) -> Table {
    let lang = &here.lang;
    let person = &summary.person;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut line = |label: String, cell: Cell| rows.push(vec![Cell::text(label), cell]);
    for name in &summary.names {
        let label = if name.script == "latn" { "entry-field-name-latin" } else { "entry-field-name" };
        line(lang.t(label), Cell::text(civil::full_row(name)));
    }
    line(lang.t("alike-what-sex"), Cell::text(lang.t_of("sex-", &person.sex)));
    if let Some(born) = &person.born_on {
        line(lang.t("entry-field-born-on"), Cell::text(lang.stored_date(born)));
    }
    if let Some(place) = &person.born_place {
        line(lang.t("alike-what-place"), Cell::text(place));
    }
    if let Some(died) = &person.died_on {
        line(lang.t("alike-what-death"), Cell::text(lang.stored_date(died)));
    }
    let prefix = if person.sex == "female" { "marital-female-" } else { "marital-male-" };
    line(lang.t("person-status"), Cell::text(lang.t_of(prefix, status)));
    listed(here, "person-about", &["register-field", "register-says"], rows)
}

fn family(here: &Here, rows: Vec<Vec<Cell>>) -> Table {
    let heads = ["person-tie", "entry-field-name", "entry-field-born-on", "alike-what-death"];
    listed(here, "person-kin", &heads, rows)
}

/// Where someone lives, and on what that rests.
fn lives(here: &Here, tie: String, known: &Summary, residence: &Residence) -> Vec<Cell> {
    let lang = &here.lang;
    let address = match &residence.area {
        Some(area) => format!("\u{2068}{}\u{2069} (\u{2068}{area}\u{2069})", residence.address),
        None => residence.address.clone(),
    };
    let on = residence.on.as_deref().map(|on| lang.stored_date(on)).unwrap_or_default();
    let on = if residence.of_parent { format!("{on} ({})", lang.t("household-of-parent")) } else { on };
    vec![
        Cell::text(tie),
        Cell::text(known.name("arab")).to(format!("/desk/register/people/{}", known.person.id)),
        Cell::text(address),
        Cell::code(&residence.number).to(format!("/desk/register/entries/{}", residence.entry)),
        Cell::text(on),
    ]
}

fn relative(here: &Here, tie: Kin, known: &Summary) -> Vec<Cell> {
    let lang = &here.lang;
    let date = |date: &Option<String>| date.as_deref().map(|date| lang.stored_date(date)).unwrap_or_default();
    vec![
        Cell::text(lang.t_of("kin-", tie.code())),
        Cell::text(known.name("arab")).to(format!("/desk/register/people/{}", known.person.id)),
        Cell::text(date(&known.person.born_on)),
        Cell::text(date(&known.person.died_on)),
    ]
}
