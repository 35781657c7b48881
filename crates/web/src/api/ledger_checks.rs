//! Entries of a ledger that are to be checked, for programs.

use super::caller::Caller;
use super::problem::{Body, Once, Problem, path_id};
use super::shapes::Acted;
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use diwan_domain::ids::LedgerId;
use diwan_domain::people::Permission;
use diwan_office::civil::books::ledgers::{self, OpenLedgerChecks, SettleLedgerCheck};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A field that went into the register otherwise than it was decided later.
#[derive(Serialize, ToSchema)]
pub(super) struct CheckedField {
    /// The column, or `row` for a whole row.
    field: String,
    went_in: Option<String>,
    decided: Option<String>,
}

/// An entry, or a row without one, that is to be checked.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerCheckOut {
    #[schema(format = "uuid")]
    id: String,
    /// The version: named when it is settled.
    version: i64,
    /// The page, by its number.
    page: String,
    row: i64,
    /// `differs`, `missing` (the page has a row that never went in) or `not-there` (an
    /// entry of which the page has no row).
    kind: String,
    #[schema(format = "uuid")]
    entry: Option<String>,
    number: Option<String>,
    fields: Vec<CheckedField>,
}

/// What is to be checked of a ledger.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerChecks {
    /// The oldest first, at most 25.
    items: Vec<LedgerCheckOut>,
}

/// The entries of a ledger that went in before it was found to be keyed badly, and that
/// were decided otherwise when their page was keyed again. The look is journalled.
#[utoipa::path(get, path = "/api/v1/register/ledgers/{id}/checks", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = LedgerChecks), (status = 404)),
    security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<LedgerChecks>, Problem> {
    let acting = caller.at_desk(&app, Permission::CorrectEntries)?;
    let ledger: LedgerId = path_id(&id)?;
    app.office.perform_once(&caller.who, OpenLedgerChecks { ledger }).await?;
    let mut reading = app.office.db.reading().await?;
    let checks = ledgers::open_checks(&mut reading.tx(), &acting, ledger).await?;
    let items = checks.into_iter().map(|check| LedgerCheckOut {
        id: check.row.id.to_string(),
        version: check.row.version,
        page: check.page_no,
        row: check.row.row_no,
        kind: check.row.kind,
        entry: check.entry.as_ref().map(|entry| entry.id.to_string()),
        number: check.entry.map(|entry| entry.number),
        fields: check
            .fields
            .into_iter()
            .map(|one| CheckedField { field: one.field, went_in: one.first, decided: one.second })
            .collect(),
    });
    Ok(Json(LedgerChecks { items: items.collect() }))
}

/// What became of a check.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckSettled {
    /// The version that was seen.
    version: i64,
    /// `corrected` (a correction of the entry was prepared), `registered` (a row that was
    /// missing is in the register now) or `stands`.
    outcome: String,
    /// Why it stands, or by what it was registered.
    #[serde(default)]
    reason: String,
}

/// Settles a check. Nothing in the register changes by it.
#[utoipa::path(post, path = "/api/v1/register/ledger-checks/{id}", request_body = CheckSettled,
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Acted), (status = 404), (status = 409), (status = 422)),
    security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn settle(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CheckSettled>,
) -> Result<Json<Acted>, Problem> {
    caller.at_desk(&app, Permission::CorrectEntries)?;
    let act = SettleLedgerCheck {
        check: path_id(&id)?,
        seen: body.version,
        outcome: body.outcome,
        reason: body.reason,
    };
    Ok(Json(Acted { version: app.office.perform(&caller.who, &key, act).await? }))
}
