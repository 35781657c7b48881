//! Service by telephone for programs: who wishes to be telephoned, and making sure of who calls.
//!
//! What is done for whoever was made sure of goes through the operations of cases and of the
//! counter, with the header `Diwan-Channel: telephone`: then it is done by telephone, for that
//! person only, and the person is told.

use super::caller::Caller;
use super::counter::Assisted;
use super::problem::{Body, Once, Problem, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::people::{Channel, Permission};
use diwan_domain::refusals::Why;
use diwan_office::Who;
use diwan_office::accounts::{RecordConsent, VerifyApplicant};
use diwan_office::cases::BeginCase;
use diwan_office::civil::may_see;
use diwan_office::rows::PhoneWishRow;
use diwan_office::telephone::{
    self, EndCall, SHOWN, SendCallerCode, SettleWish, TakeWish, VerifyCaller, is_on_the_line,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Somebody who wishes to be telephoned.
#[derive(Serialize, ToSchema)]
pub(super) struct WishOut {
    #[schema(format = "uuid")]
    id: String,
    /// Microseconds since 1970 UTC.
    at: i64,
    /// The language they chose.
    language: String,
    /// How often nobody answered.
    tries: i64,
    /// Whether it is in one's own hands.
    own: bool,
    /// The telephone, for whoever has the wish in hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

/// Who wishes to be telephoned.
#[derive(Serialize, ToSchema)]
pub(super) struct WishList {
    /// The earliest first.
    wishes: Vec<WishOut>,
}

/// Who wishes to be telephoned and was not reached yet.
#[utoipa::path(get, path = "/api/v1/desk/telephone/wishes", responses((status = 200, body = WishList)),
    security(("token" = ["telephone.serve"])), tag = "telephone")]
pub(super) async fn wishes(State(app): State<App>, caller: Caller) -> Result<Json<WishList>, Problem> {
    let own = caller.at_desk(&app, Permission::ServeTelephone)?.officer.id;
    let rows = telephone::wishes(&mut app.office.db.reading().await?.tx()).await?;
    let shown = |row: PhoneWishRow| {
        let is_own = row.taken_by == Some(own);
        WishOut {
            id: row.id.to_string(),
            at: row.wished_at,
            language: row.language,
            tries: row.tries,
            own: is_own,
            phone: row.phone.filter(|_| is_own),
        }
    };
    Ok(Json(WishList { wishes: rows.into_iter().map(shown).collect() }))
}

/// What is done about a wish.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WishStepIn {
    /// `take`, `reached` or `not-reached`.
    step: String,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub(super) struct WishStepOut {
    /// The telephone, once the wish is taken in hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

/// Takes a wish in hand, so that its telephone is seen, or says whether they were reached.
#[utoipa::path(post, path = "/api/v1/desk/telephone/wishes/{id}/steps", request_body = WishStepIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = WishStepOut), (status = 404)),
    security(("token" = ["telephone.serve"])), tag = "telephone")]
pub(super) async fn wish_step(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<WishStepIn>,
) -> Result<Json<WishStepOut>, Problem> {
    caller.at_desk(&app, Permission::ServeTelephone)?;
    let wish: RowId = path_id(&id)?;
    let phone = match body.step.as_str() {
        "take" => Some(app.office.perform(&caller.who, &key, TakeWish { wish }).await?),
        "reached" | "not-reached" => {
            let act = SettleWish { wish, reached: body.step == "reached" };
            app.office.perform(&caller.who, &key, act).await?;
            None
        }
        _ => return Err(Problem::word("step", ["take", "reached", "not-reached"])),
    };
    Ok(Json(WishStepOut { phone }))
}

/// In which language a code is sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallerCodeIn {
    language: String,
}

/// Whether a code went out.
#[derive(Serialize, ToSchema)]
pub(super) struct CallerCodeOut {
    /// `false` when no telephone was ever confirmed for this person.
    sent: bool,
}

/// Sends a code to the telephone that was confirmed for whoever calls, to be read back.
#[utoipa::path(post, path = "/api/v1/desk/telephone/people/{id}/code", request_body = CallerCodeIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = CallerCodeOut), (status = 404)),
    security(("token" = ["telephone.serve"])), tag = "telephone")]
pub(super) async fn send_code(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CallerCodeIn>,
) -> Result<Json<CallerCodeOut>, Problem> {
    caller.at_desk(&app, Permission::ServeTelephone)?;
    app.words.language(&body.language).ok_or_else(|| Problem::field("language"))?;
    let act = SendCallerCode { person: path_id(&id)?, language: body.language };
    Ok(Json(CallerCodeOut { sent: app.office.perform(&caller.who, &key, act).await? }))
}

/// The code that was read back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallIn {
    code: String,
}

/// Makes sure of who calls, by the code that they read back: for half an hour, or until the
/// call is ended.
#[utoipa::path(put, path = "/api/v1/desk/telephone/people/{id}/call", request_body = CallIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204), (status = 404)),
    security(("token" = ["telephone.serve"])), tag = "telephone")]
pub(super) async fn verify(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CallIn>,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ServeTelephone)?;
    let act = VerifyCaller { person: path_id(&id)?, code: body.code };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The call is over: nothing more is done by telephone for whoever called.
#[utoipa::path(delete, path = "/api/v1/desk/telephone/people/{id}/call", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404)), security(("token" = ["telephone.serve"])), tag = "telephone")]
pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    let acting = caller.at_desk(&app, Permission::ServeTelephone)?;
    let person: PersonId = path_id(&id)?;
    if !may_see(&mut app.office.db.reading().await?.tx(), &acting, person).await? {
        return Err(Why::NotFound.into());
    }
    app.office.perform(&caller.who, &key, EndCall { person }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What begins a case for whoever calls.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallerCaseIn {
    /// The service's key.
    service: String,
    /// The language of messages.
    language: String,
}

/// Begins a case for whoever was made sure of on the line, with who they are and that they agree.
/// Its answers go through the operations of cases, with `Diwan-Channel: telephone`.
#[utoipa::path(post, path = "/api/v1/desk/telephone/people/{id}/cases", request_body = CallerCaseIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Assisted), (status = 404)),
    security(("token" = ["cases.assist", "people.verify", "telephone.serve"])), tag = "telephone")]
pub(super) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CallerCaseIn>,
) -> Result<Response, Problem> {
    for permission in [Permission::ServeTelephone, Permission::AssistCases, Permission::VerifyIdentity] {
        caller.at_desk(&app, permission)?;
    }
    let person: PersonId = path_id(&id)?;
    let (office, who) = (&app.office, Who { channel: Channel::Telephone, ..caller.who.clone() });
    let at = office.desk(&who, "look");
    let begin = BeginCase { service: body.service, language: body.language };
    let (second, third) = (format!("{key}/v"), format!("{key}/c"));
    let consent = |case| RecordConsent { case, code: None, witness: None };
    // A repeat is answered as the first time, also when the call has ended since: all of it was done.
    let is_done = match office.done_before(&who, &key, &begin).await? {
        Some(begun) => office.done_before(&who, &third, &consent(begun.case)).await?.is_some(),
        None => false,
    };
    // Asked before anything is begun: a case that nobody agreed to is not left behind.
    if !is_done && !is_on_the_line(&mut office.db.reading().await?.tx(), &at, person).await? {
        return Err(Why::CallerUnproven.into());
    }
    let begun = office.perform(&who, &key, begin).await?;
    let verify = VerifyApplicant { case: begun.case, person, shown: SHOWN.into() };
    office.perform(&who, &second, verify).await?;
    office.perform(&who, &third, consent(begun.case)).await?;
    let out =
        Assisted { id: begun.case.to_string(), number: begun.number, key: begun.key, code_sent_to: None };
    Ok((StatusCode::CREATED, Json(out)).into_response())
}
