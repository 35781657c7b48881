//! Papers: given out, and checked.

use super::caller::Caller;
use super::case_key;
use super::closed::{FileVerdict, PaperStatus};
use super::problem::{Once, Problem, Raw, path_id};
use crate::app::App;
use crate::pages::check::proof_of;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::DocumentId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::cases::Access;
use diwan_office::documents::{self, HandedIn, ReleaseDocument, check_code_from};
use diwan_office::rows::DocumentRow;
use diwan_office::units;
use serde::Serialize;
use utoipa::ToSchema;

/// A document as a PDF; the first time releases it.
#[utoipa::path(post, path = "/api/v1/documents/{id}/release", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, content_type = "application/pdf"), (status = 403), (status = 404)), security(("token" = ["documents:read"])), tag = "documents")]
pub(super) async fn release(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs("documents:read")?;
    let document: DocumentId = path_id(&id)?;
    let act = ReleaseDocument { document, access: Access { key: case_key(&headers) } };
    let hash = app.office.perform(&caller.who, &key, act).await?;
    let bytes = app.office.files.get(&hash).await?.ok_or(Why::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}

/// Every word for how a paper stands.
pub(super) const STATUSES: [&str; 10] = [
    "genuine", "revoked", "replaced", "training", "unknown", "outdated", "expired", "doubted", "waiting",
    "aside",
];

/// What is known of a paper by its check code.
#[derive(Serialize, ToSchema)]
pub(super) struct VerifyOut {
    /// `genuine`, `revoked`, `replaced`, `training`, `unknown`; `outdated` when it was genuine
    /// when it was issued and the register has changed since in what it says; `expired` when the days are over
    /// for which its kind may be relied on; `doubted` when a mobile unit
    /// sealed it after its key was no longer trusted; `waiting` when a unit issued it and
    /// nobody decided yet at home whether that stands, `aside` when it does not.
    #[schema(value_type = PaperStatus)]
    status: String,
    number: Option<String>,
    kind: Option<String>,
    issued_at: Option<i64>,
    /// The last day on which it may be relied on, where its kind has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date")]
    valid_until: Option<String>,
    replaced_by: Option<String>,
    log_entry: Option<u64>,
    /// How the seal's moment is vouched for; `null` until the paper is sealed.
    seal: Option<SealOut>,
}

/// What vouches for the moment of a seal.
#[derive(Serialize, ToSchema)]
pub(super) struct SealOut {
    /// `B-T` where an authority confirmed the moment, `B-B` where the office's
    /// clock says it (PAdES, ETSI EN 319 142-1).
    level: String,
    /// The authority, as it names itself.
    confirmed_by: Option<String>,
    /// When it confirmed the seal, microseconds since 1970 UTC.
    confirmed_at: Option<i64>,
}

impl SealOut {
    fn of(document: &DocumentRow) -> Option<Self> {
        document.file_hash.as_ref()?;
        let confirmed = document.confirmed_at.zip(document.confirmed_by.clone());
        let level = if confirmed.is_some() { "B-T" } else { "B-B" };
        let (confirmed_at, confirmed_by) = confirmed.unzip();
        Some(Self { level: level.into(), confirmed_by, confirmed_at })
    }
}

/// The status of a paper, read now.
#[utoipa::path(get, path = "/api/v1/verify/{code}", params(("code" = String, Path)),
    responses((status = 200, body = VerifyOut)), security(()), tag = "verification")]
pub(super) async fn verify(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<VerifyOut>, Problem> {
    standing(&app, &check_code_from(&code)).await.map(Json)
}

/// How a paper stands by its code.
async fn standing(app: &App, code: &str) -> Result<VerifyOut, Problem> {
    let today = app.office.today();
    let found = documents::check(&mut app.office.db.glance().await?.tx(), code, today).await?;
    let Some(found) = found else {
        let waiting = {
            let mut reading = app.office.db.reading().await?;
            units::waiting_paper(&mut reading.tx(), code).await?
        };
        let conflict = waiting.map(|(_, conflict)| conflict);
        let status = match &conflict {
            None => "unknown",
            Some(conflict) if conflict.settled_at.is_some() => "aside",
            Some(_) => "waiting",
        };
        let number = conflict.as_ref().and_then(|conflict| conflict.given.0.as_array()?.last()?.as_str());
        let out = VerifyOut {
            status: status.into(),
            number: number.map(str::to_owned),
            kind: None,
            issued_at: conflict.as_ref().map(|conflict| conflict.done_at),
            valid_until: None,
            replaced_by: None,
            log_entry: None,
            seal: None,
        };
        return Ok(out);
    };
    let document = &found.document;
    let offset = app.office.settings.utc_offset_minutes;
    Ok(VerifyOut {
        status: found.verdict(today, offset).into(),
        number: Some(document.number.clone()),
        kind: Some(document.kind.clone()),
        issued_at: Some(document.intended_at),
        valid_until: found.relied_on_until(offset).map(|day| day.to_string()),
        replaced_by: found.replaced_by.clone(),
        log_entry: found.leaf.and_then(|leaf| u64::try_from(leaf).ok()),
        seal: SealOut::of(document),
    })
}

/// What is true of a file, and of the paper that it is.
#[derive(Serialize, ToSchema)]
pub(super) struct FileCheckOut {
    /// `same`: to the last byte the file that was issued. `sealed`: another file of a paper that was issued; our seal
    /// in it holds. `unknown`: our seal holds, and the paper is not known here. `broken`: the seal does not hold, or
    /// is not ours. `not-sealed`, `not-pdf`.
    #[schema(value_type = FileVerdict)]
    file: &'static str,
    /// Why a seal does not hold: `seal/altered`, `seal/untrusted` and so on.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'static str>,
    /// The number of the paper to whose file something was added after sealing (`seal/not-whole-file`). Nothing in
    /// the file is confirmed by it: check that paper by its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_of: Option<String>,
    /// Whom the seal of a paper names that is not known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    signer: Option<String>,
    /// How the paper stands, read now: a file that is as it was issued may be of a paper that was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    paper: Option<VerifyOut>,
}

/// Checks a paper by its file. The file is looked at and not kept.
#[utoipa::path(post, path = "/api/v1/verify", request_body(content = Vec<u8>, content_type = "application/pdf"),
    responses((status = 200, body = FileCheckOut)), security(()), tag = "verification")]
pub(super) async fn verify_file(
    State(app): State<App>,
    Raw(bytes): Raw,
) -> Result<Json<FileCheckOut>, Problem> {
    if bytes.is_empty() {
        return Err(Refusal::from(Why::Malformed).about("request", "body").into());
    }
    let found = documents::look_at(&app.office, bytes).await?;
    let paper = match found.document() {
        Some(document) => Some(standing(&app, &document.check_code).await?),
        None => None,
    };
    let signer = match &found {
        HandedIn::Unknown { signer, .. } => Some(signer.clone()),
        _ => None,
    };
    let made_of = found.made_of().map(|document| document.number.clone());
    Ok(Json(FileCheckOut { file: found.code(), fault: found.fault(), made_of, signer, paper }))
}

/// The inclusion proof of a paper's entry in the public log.
#[utoipa::path(get, path = "/api/v1/verify/{code}/proof", params(("code" = String, Path)),
    responses((status = 200, body = Value), (status = 404)), security(()), tag = "verification")]
pub(super) async fn proof(State(app): State<App>, Path(code): Path<String>) -> Result<Response, Problem> {
    let proof = proof_of(&app, &code).await?.ok_or(Why::NotFound)?;
    Ok(Json(proof).into_response())
}
