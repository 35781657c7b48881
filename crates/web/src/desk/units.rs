//! Mobile units: how they stand, what came home, and what waits for a person to settle.

use super::subscriptions::moment_in;
use super::{AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::RowId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::administration;
use diwan_office::rows::{CentreRow, ConflictRow, UnitRow};
use diwan_office::units::{self, Carried, How, Journey, RevokeUnit, SettleConflict, Standing};

/// The units that the officer sees.
pub async fn page(here: Here) -> Response {
    let result: Answer = list(&here).await;
    answer(&here, result)
}

async fn list(here: &Here) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageCentres)).await?;
    let (lang, office) = (&here.lang, &here.app.office);
    let (journeys, centres) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let mut journeys = Vec::new();
        for unit in units::seen_by(&mut tx, &desk.acting).await? {
            journeys.extend(units::journey(&mut tx, unit.id).await?);
        }
        (journeys, administration::all_centres(&mut tx).await?)
    };
    let moment = |at: i64| lang.moment(at, office.settings.utc_offset_minutes);
    let row = |journey: &Journey| {
        let unit = &journey.unit;
        let open = i64::try_from(journey.open()).unwrap_or(i64::MAX);
        vec![
            Cell::code(&unit.installation).to(format!("/desk/units/{}", unit.id)),
            Cell::text(name_of(here, &centres, unit)),
            state_cell(here, unit),
            Cell::text(moment(unit.until)),
            Cell::text(unit.merged_at.map(moment).unwrap_or_default()),
            Cell::text(lang.number(open)),
        ]
    };
    let heads = ["unit-name", "unit-centre", "unit-state", "unit-until", "unit-merged", "unit-open"];
    let table = Table {
        caption: lang.t("menu-units"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: journeys.iter().map(row).collect(),
        total: journeys.len() as i64,
        empty: lang.t("unit-none"),
        ..Table::default()
    };
    let mut page = DeskList::new(here, &desk, lang.t("menu-units")).await?;
    page.notices = vec![lang.t("units-lead")];
    page.tables = vec![(String::new(), table)];
    Ok(show(page.status(), false, &page))
}

fn name_of(here: &Here, centres: &[CentreRow], unit: &UnitRow) -> String {
    let centre = centres.iter().find(|centre| centre.id == unit.centre_id);
    centre.map(|centre| here.lang.name_in(&centre.names.0)).unwrap_or_default()
}

fn state_cell(here: &Here, unit: &UnitRow) -> Cell {
    let standing = Standing::of(unit, here.app.office.now());
    let tag = match standing {
        Standing::Away => "wait",
        Standing::Home => "done",
        Standing::Late | Standing::Revoked => "late",
    };
    Cell::tag(here.lang.t_of("unit-state-", standing.code()), tag)
}

/// What was typed and what came of trying, when the page is shown again.
#[derive(Default)]
struct Said {
    /// What could not be carried out, and why.
    not_out: Option<String>,
    /// The reason for setting aside is missing; which was chosen.
    aside: Option<String>,
    /// What was typed to revoke, and is not whole.
    revoke: Option<(String, String)>,
}

/// One unit: each coming home, and its conflicts in plain words.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async { one_page(&here, id_of(&id)?, Said::default()).await };
    let result: Answer = result.await;
    answer(&here, result)
}

fn id_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

async fn journey_of(here: &Here, desk: &AtDesk, id: RowId) -> Result<Journey, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let journey = units::journey(&mut reading.tx(), id).await?;
    let journey = journey.filter(|journey| units::sees(&desk.acting, journey.unit.centre_id));
    journey.ok_or_else(Problem::not_found)
}

async fn one_page(here: &Here, id: RowId, said: Said) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageCentres)).await?;
    let journey = journey_of(here, &desk, id).await?;
    let (lang, office) = (&here.lang, &here.app.office);
    let unit = &journey.unit;
    let moment = |at: i64| lang.moment(at, office.settings.utc_offset_minutes);
    let mut page = DeskList::new(here, &desk, unit.installation.clone()).await?;
    page.back = "/desk/units".into();
    let args: [(&str, Arg); 2] =
        [("from", moment(unit.prepared_at).into()), ("until", moment(unit.until).into())];
    page.notices = vec![lang.with("unit-times", &args)];
    if let (Some(from), Some(reason)) = (unit.revoked_from, &unit.revoked_reason) {
        let args: [(&str, Arg); 2] = [("from", moment(from).into()), ("reason", reason.clone().into())];
        page.notices.push(lang.with("unit-revoked-since", &args));
    }
    page.notices.extend(said.not_out.clone());
    page.tables = vec![
        (lang.t("unit-conflicts"), conflicts_table(here, &journey)),
        (lang.t("unit-merges"), merges_table(here, &journey)),
    ];
    page.forms = forms(here, &journey, &said);
    Ok(show(page.status(), false, &page))
}

/// What an act was, by the first entry that it left.
fn what(here: &Here, conflict: &ConflictRow) -> String {
    let entry = conflict.act.0["entries"][0][0].as_str().unwrap_or_default();
    let kind = serde_json::from_str::<serde_json::Value>(entry).ok();
    let kind = kind.as_ref().and_then(|body| body["kind"].as_str());
    kind.map_or_else(|| conflict.name.clone(), |kind| here.lang.t_of("entry-", kind))
}

fn why(here: &Here, conflict: &ConflictRow) -> String {
    why_words(here, &conflict.why)
}

fn why_words(here: &Here, code: &str) -> String {
    if Why::ALL.iter().any(|why| why.code() == code) {
        return here.lang.t_of("refusal-", code);
    }
    let known = WHYS.iter().find(|known| format!("replay/{known}") == code).copied();
    here.lang.t_of("unit-why-", known.unwrap_or("differs"))
}

/// Why an act cannot be carried out, besides what any act is refused for.
pub const WHYS: [&str; 4] = ["differs", "taken", "unreadable", "foreign"];

fn given(conflict: &ConflictRow) -> String {
    let numbers = conflict.given.0.as_array().into_iter().flatten().filter_map(|one| one.as_str());
    numbers.collect::<Vec<_>>().join(", ")
}

fn conflicts_table(here: &Here, journey: &Journey) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let row = |conflict: &ConflictRow| {
        let state = match &conflict.how {
            None => Cell::tag(lang.t("unit-conflict-open"), "late"),
            Some(how) => Cell::tag(lang.t_of("unit-conflict-", how), "done"),
        };
        vec![
            Cell::text(lang.moment(conflict.done_at, offset)),
            Cell::text(what(here, conflict)),
            Cell::code(given(conflict)),
            Cell::text(why(here, conflict)),
            state,
            Cell::text(conflict.reason.clone().unwrap_or_default()),
        ]
    };
    let heads = [
        "unit-conflict-when",
        "unit-conflict-what",
        "unit-conflict-given",
        "unit-conflict-why",
        "unit-state",
        "unit-conflict-reason",
    ];
    Table {
        caption: lang.t("unit-conflicts"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: journey.conflicts.iter().map(row).collect(),
        total: journey.conflicts.len() as i64,
        empty: lang.t("unit-no-conflicts"),
        ..Table::default()
    }
}

fn merges_table(here: &Here, journey: &Journey) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let rows = journey.merges.iter().map(|merge| {
        vec![
            Cell::text(lang.moment(merge.at, offset)),
            Cell::text(lang.number(merge.done)),
            Cell::text(lang.number(merge.known)),
            Cell::text(lang.number(merge.conflicts)),
        ]
    });
    let heads = ["unit-merged", "unit-done", "unit-known", "unit-left"];
    Table {
        caption: lang.t("unit-merges"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: journey.merges.len() as i64,
        empty: lang.t("unit-not-merged"),
        ..Table::default()
    }
}

fn forms(here: &Here, journey: &Journey, said: &Said) -> Vec<FormBlock> {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let path = |what: &str| format!("/desk/units/{}/{what}", journey.unit.id);
    let open: Vec<&ConflictRow> =
        journey.conflicts.iter().filter(|conflict| conflict.settled_at.is_none()).collect();
    let mut forms = Vec::new();
    if !open.is_empty() {
        let which = |chosen: Option<&String>| {
            let options = open.iter().map(|conflict| Opt {
                value: conflict.id.to_string(),
                label: format!(
                    "{} – {} – {}",
                    lang.moment(conflict.done_at, offset),
                    what(here, conflict),
                    given(conflict)
                ),
                chosen: chosen.is_some_and(|chosen| *chosen == conflict.id.to_string()),
                ..Opt::default()
            });
            Field::select("conflict", lang.t("unit-conflict-which"), options.collect())
        };
        let out = lang.t("unit-carry-out");
        let mut block = FormBlock::new(out.clone(), path("carry-out"), vec![which(None)], out);
        block.intro = vec![lang.t("unit-carry-out-help")];
        forms.push(block);
        let mut reason = Field::line("reason", lang.t("unit-conflict-reason")).with_id("aside-reason");
        if said.aside.is_some() {
            reason = reason.wrong(lang.t("refusal-help-case-reason-missing"));
        }
        let aside = lang.t("unit-set-aside");
        let fields = vec![which(said.aside.as_ref()).with_id("aside-conflict"), reason];
        let mut block = FormBlock::new(aside.clone(), path("set-aside"), fields, aside);
        block.intro = vec![lang.t("unit-set-aside-help")];
        forms.push(block);
    }
    if journey.unit.revoked_at.is_none() {
        forms.push(revoke_form(here, path("revoke"), said));
    }
    forms
}

fn revoke_form(here: &Here, path: String, said: &Said) -> FormBlock {
    let lang = &here.lang;
    let mut since = Field::line("since", lang.t("unit-revoke-since"))
        .hint(lang.t("unit-revoke-since-hint"))
        .ltr("datetime-local", "", "w-short");
    let mut reason = Field::line("reason", lang.t("unit-revoke-reason")).with_id("revoke-reason");
    if let Some((typed_since, typed_reason)) = &said.revoke {
        since = since.filled(typed_since);
        reason = reason.filled(typed_reason);
        if moment_in(typed_since, 0).is_none() {
            since = since.wrong(lang.t("subscription-since-wrong"));
        }
        if typed_reason.is_empty() {
            reason = reason.wrong(lang.t("refusal-help-case-reason-missing"));
        }
    }
    let revoke = lang.t("unit-revoke");
    let mut block = FormBlock::new(revoke.clone(), path, vec![since, reason], revoke);
    block.intro = vec![lang.t("unit-revoke-help")];
    block.button_class = "btn warn";
    block
}

/// Settles a conflict, or revokes the unit's key.
pub async fn act(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let unit = id_of(&id)?;
        let desk = at_desk(&here, Some(Permission::ManageCentres)).await?;
        let journey = journey_of(&here, &desk, unit).await?;
        match what.as_str() {
            "carry-out" => carry_out(&here, &journey, &sent).await,
            "set-aside" => set_aside(&here, &journey, &sent).await,
            "revoke" => revoke(&here, unit, &sent).await,
            _ => Err(Problem::not_found()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn chosen(journey: &Journey, sent: &Sent) -> Result<RowId, Problem> {
    let id = id_of(&sent.text("conflict"))?;
    let known = journey.conflicts.iter().any(|conflict| conflict.id == id);
    if known { Ok(id) } else { Err(Problem::not_found()) }
}

async fn carry_out(here: &Here, journey: &Journey, sent: &Sent) -> Answer {
    let conflict = chosen(journey, sent)?;
    let who = here.visitor.who();
    match units::carry_out_now(&here.app.office, &who, &sent.key, conflict).await? {
        Carried::Out => Ok(here.go(&format!("/desk/units/{}", journey.unit.id))),
        Carried::Not { why, .. } => {
            let args: [(&str, Arg); 1] = [("why", why_words(here, &why).into())];
            let not_out = Some(here.lang.with("unit-not-carried-out", &args));
            one_page(here, journey.unit.id, Said { not_out, ..Said::default() }).await
        }
    }
}

async fn set_aside(here: &Here, journey: &Journey, sent: &Sent) -> Answer {
    let conflict = chosen(journey, sent)?;
    let reason = sent.text("reason");
    if reason.trim().is_empty() {
        let aside = Some(conflict.to_string());
        return one_page(here, journey.unit.id, Said { aside, ..Said::default() }).await;
    }
    let act = SettleConflict { conflict, how: How::SetAside, reason };
    here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
    Ok(here.go(&format!("/desk/units/{}", journey.unit.id)))
}

async fn revoke(here: &Here, unit: RowId, sent: &Sent) -> Answer {
    let (since, reason) = (sent.text("since"), sent.text("reason"));
    let from = moment_in(&since, here.app.office.settings.utc_offset_minutes);
    let Some(from) = from.filter(|_| !reason.trim().is_empty()) else {
        return one_page(here, unit, Said { revoke: Some((since, reason)), ..Said::default() }).await;
    };
    here.app.office.perform(&here.visitor.who(), &sent.key, RevokeUnit { unit, from, reason }).await?;
    Ok(here.go(&format!("/desk/units/{unit}")))
}
