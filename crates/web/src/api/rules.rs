//! The rules of the register for programs: what the law asks of each event, and how a
//! changed file takes the place of those that stand.

use super::caller::Caller;
use super::problem::{Asked, Body, Once, Problem};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use diwan_domain::civil::changes::{Change, Standing, said};
use diwan_domain::civil::rules::Rule;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::civil::ChangeRules;
use diwan_office::civil::rules;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// One rule.
#[derive(Serialize, ToSchema)]
struct RegisterRule {
    key: String,
    /// `in-force`, `to-come` or `over`, on the day that was asked.
    standing: &'static str,
    /// What it says, by the fields of the file.
    says: BTreeMap<String, String>,
}

impl RegisterRule {
    fn of(rule: &Rule, day: jiff::civil::Date) -> Self {
        let says = said(rule).into_iter().collect();
        Self { key: rule.key.clone(), standing: Standing::of(rule, day).code(), says }
    }
}

/// The rules that stand.
#[derive(Serialize, ToSchema)]
pub(super) struct RegisterRules {
    /// The hash that names them.
    hash: String,
    rules: Vec<RegisterRule>,
    /// The file as it was written (TOML), where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// On which day the rules are looked at.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RulesQuery {
    /// ISO 8601; today when left out.
    #[serde(default)]
    on: String,
    /// Whether the file is told too.
    #[serde(default)]
    text: bool,
}

/// The rules of the register: those in force, those to come, those that are over.
#[utoipa::path(get, path = "/api/v1/register/rules", params(RulesQuery),
    responses((status = 200, body = RegisterRules)), security(("token" = ["officers.manage"])), tag = "register")]
pub(super) async fn standing(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<RulesQuery>,
) -> Result<Json<RegisterRules>, Problem> {
    caller.at_desk(&app, Permission::ManageOfficers)?;
    let day = match query.on.as_str() {
        "" => app.office.today(),
        typed => typed.parse().map_err(|_| Problem::field("on"))?,
    };
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let standing = rules::standing(&mut tx).await?;
    let text = if query.text { Some(rules::text(&mut tx).await?) } else { None };
    let all = standing.rules.rules.iter().map(|rule| RegisterRule::of(rule, day));
    Ok(Json(RegisterRules { hash: standing.hash.clone(), rules: all.collect(), text }))
}

/// A file of rules.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesFile {
    /// The file (TOML).
    text: String,
}

/// What a field of a rule said and would say.
#[derive(Serialize, ToSchema)]
struct RuleField {
    field: String,
    before: String,
    after: String,
}

/// What would become of a rule.
#[derive(Serialize, ToSchema)]
struct RuleChange {
    key: String,
    /// `added`, `removed` or `changed`.
    what: &'static str,
    /// For one that is changed.
    fields: Vec<RuleField>,
}

/// What a file would change.
#[derive(Serialize, ToSchema)]
pub(super) struct RulesCompared {
    /// The hash that would name it.
    hash: String,
    /// The hash of the rules that stand: to be named by whoever publishes the file.
    standing: String,
    changes: Vec<RuleChange>,
}

/// Reads a file of rules and says what it would change. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/register/rules/check", request_body = RulesFile,
    responses((status = 200, body = RulesCompared)), security(("token" = ["officers.manage"])), tag = "register")]
pub(super) async fn check(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<RulesFile>,
) -> Result<Json<RulesCompared>, Problem> {
    caller.at_desk(&app, Permission::ManageOfficers)?;
    let mut reading = app.office.db.reading().await?;
    let compared = rules::compare(&mut reading.tx(), &body.text).await?;
    let compared = compared.map_err(|fault| {
        let refusal = Refusal::from(Why::Malformed).about("rules", &fault);
        match fault.line(&body.text) {
            Some(line) => refusal.about("line", line),
            None => refusal,
        }
    })?;
    let changes = compared.changes.iter().map(|(key, change)| RuleChange {
        key: key.clone(),
        what: change.code(),
        fields: match change {
            Change::Changed(fields) => fields
                .iter()
                .map(|(field, before, after)| RuleField {
                    field: field.clone(),
                    before: before.clone(),
                    after: after.clone(),
                })
                .collect(),
            Change::Added | Change::Removed => Vec::new(),
        },
    });
    Ok(Json(RulesCompared {
        changes: changes.collect(),
        hash: compared.hash.clone(),
        standing: compared.standing.clone(),
    }))
}

/// A file of rules, and what it was compared with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesIn {
    /// The file (TOML).
    text: String,
    /// The hash of the rules that stood when it was checked.
    standing: String,
}

/// Which rules stand now.
#[derive(Serialize, ToSchema)]
pub(super) struct RulesNamed {
    hash: String,
}

/// Publishes a file: from now on its rules stand. Declarations made before keep theirs.
#[utoipa::path(post, path = "/api/v1/register/rules", request_body = RulesIn,
    responses((status = 200, body = RulesNamed)), security(("token" = ["officers.manage"])), tag = "register")]
pub(super) async fn publish(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<RulesIn>,
) -> Result<Json<RulesNamed>, Problem> {
    caller.at_desk(&app, Permission::ManageOfficers)?;
    let act = ChangeRules { text: body.text, seen: body.standing };
    Ok(Json(RulesNamed { hash: app.office.perform(&caller.who, &key, act).await? }))
}
