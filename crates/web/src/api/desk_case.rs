//! A case as an officer sees it, and its files. Each look is journalled.

use super::caller::{Caller, Version, hash_of};
use super::inbox::{CaseLine, line};
use super::problem::{Problem, path_id};
use super::shapes::{
    DocumentOut, FileLine, MessageOut, Moment, ReferralOut, RequestLine, currency_of, document_out, events_of,
};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::CaseId;
use diwan_domain::refusals::Why;
use diwan_office::cases::{self, OpenCase};
use diwan_office::documents;
use diwan_office::inspection;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A case as an officer sees it.
#[derive(Serialize, ToSchema)]
pub(super) struct DeskCase {
    #[serde(flatten)]
    line: CaseLine,
    language: String,
    /// How the applicant is related to the holder.
    relation: Option<String>,
    /// The applicant in the register.
    #[schema(format = "uuid")]
    applicant: Option<String>,
    /// The holder in the register.
    #[schema(format = "uuid")]
    holder: Option<String>,
    /// The answers by question.
    answers: BTreeMap<String, Value>,
    /// The register entry's fields, when one is tied to the case.
    entry: BTreeMap<String, Value>,
    /// The open questions, with the law that asks them.
    open_questions: Vec<OpenQuestion>,
    /// The reasons for which it can be refused.
    reasons: Vec<Reason>,
    fee_minor_units: i64,
    paid_minor_units: i64,
    currency: String,
    requests: Vec<RequestLine>,
    /// Why the applicant finds the refusal wrong, in their words; left out where nobody appealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    appeal: Option<String>,
    referrals: Vec<ReferralOut>,
    files: Vec<FileLine>,
    documents: Vec<DocumentOut>,
    messages: Vec<MessageOut>,
    /// What happened, oldest first.
    timeline: Vec<Moment>,
}

/// One open question.
#[derive(Serialize, ToSchema)]
struct OpenQuestion {
    rule: String,
    basis: String,
}

/// A reason to refuse.
#[derive(Serialize, ToSchema)]
struct Reason {
    key: String,
    law: String,
}

/// A case. The look is journalled, and the person can see it.
#[utoipa::path(get, path = "/api/v1/desk/cases/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = DeskCase)), security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: CaseId = path_id(&id)?;
    app.office.perform_once(&caller.who, OpenCase { case: id }).await?;
    let at = caller.desk(&app);
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let case = cases::seen_by_officer(&mut tx, &at, id).await?;
    let published = cases::definition(&mut tx, &case).await?;
    let things = cases::belongings(&mut tx, id).await?;
    let papers = documents::of_case(&mut tx, id).await?;
    let timeline = inspection::timeline(&mut tx, "case", &id.to_string()).await?;
    let day = diwan_office::desk::day_of(at.now, at.utc_offset_minutes);
    let entry = documents::register_fields(&mut tx, &case, &published.service, day).await?;
    let entry = entry.into_iter().map(|(key, value)| (key, json!(value))).collect();
    let open = case.open_questions.0.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let out = DeskCase {
        line: line(&case),
        language: case.language.clone(),
        relation: case.relation.clone(),
        applicant: case.applicant_id.map(|id| id.to_string()),
        holder: case.holder_id.map(|id| id.to_string()),
        answers: cases::answers(&case),
        entry,
        open_questions: open
            .iter()
            .map(|open| OpenQuestion { rule: text(&open["rule"]), basis: text(&open["basis"]) })
            .collect(),
        reasons: published
            .service
            .reasons
            .iter()
            .map(|reason| Reason { key: reason.key.clone(), law: reason.law.clone() })
            .collect(),
        fee_minor_units: case.fee_minor_units,
        paid_minor_units: case.paid_minor_units,
        currency: currency_of(&case),
        requests: things.requests.iter().map(RequestLine::of).collect(),
        appeal: crate::desk::said::appeal_in(&timeline),
        referrals: things.referrals.iter().map(ReferralOut::of).collect(),
        files: things.uploads.iter().map(FileLine::of).collect(),
        documents: papers.iter().map(|paper| document_out(&app, paper)).collect(),
        messages: things.messages.iter().map(MessageOut::of).collect(),
        timeline: events_of(&timeline),
    };
    // A look is told of, and changes nothing that was looked at.
    let mut lasting = json!(out);
    if let Some(told) = lasting["timeline"].as_array_mut() {
        told.retain(|moment| moment["kind"] != "case-opened");
    }
    let hash = Some(hash_of(lasting.to_string().as_bytes()));
    let mut response = Json(out).into_response();
    response.extensions_mut().insert(Version { number: case.version, hash });
    Ok(response)
}

/// A file of a case. The look is journalled.
#[utoipa::path(get, path = "/api/v1/desk/cases/{id}/files/{file}",
    params(("id" = uuid::Uuid, Path), ("file" = String, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn file(
    State(app): State<App>,
    caller: Caller,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let case: CaseId = path_id(&id)?;
    app.office.perform_once(&caller.who, OpenCase { case }).await?;
    let things = cases::belongings(&mut app.office.db.reading().await?.tx(), case).await?;
    let row = things.uploads.iter().find(|row| row.id.to_string() == file).ok_or(Why::NotFound)?;
    let bytes = app.office.files.get(&row.file_hash).await?.ok_or(Why::NotFound)?;
    Ok(([(header::CONTENT_TYPE, row.media.clone())], bytes).into_response())
}
