//! A text message, as the operator's gateway brings it: `id`, `from`, `text`.

use super::{Refused, admit, by_telephone, fields, first, unreadable};
use crate::app::App;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use diwan_domain::texting::Keyword;
use diwan_office::Stop;
use diwan_office::telephone::TakeText;
use serde_json::json;
use std::collections::BTreeMap;
use tracing::error;

/// Takes a text message. What is refused (too many, no telephone) is taken as well, so
/// that the gateway does not bring it again; only when the records cannot be reached it
/// must.
pub(super) async fn taken(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    match take(&app, &headers, &body).await {
        Ok(answered) => Json(json!({"taken": true, "answered": answered})).into_response(),
        Err(refused) => refused.into_response(),
    }
}

/// The words of a language that are told to whoever needs help.
pub(super) fn told(app: &App, language: &str) -> BTreeMap<String, String> {
    let told = |keyword: &Keyword| {
        (keyword.code().to_owned(), app.gateways.keywords.told(*keyword, language).to_owned())
    };
    Keyword::ALL.iter().map(told).collect()
}

async fn take(app: &App, headers: &HeaderMap, body: &Bytes) -> Result<bool, Refused> {
    admit(app.gateways.sms.as_ref(), headers, body)?;
    let fields = fields(headers, body)?;
    let id = first(&fields, &["id", "messageId", "message_id"]).filter(|id| !id.is_empty());
    let id = id.filter(|id| id.len() <= 128).ok_or_else(unreadable)?;
    let from = first(&fields, &["from", "phoneNumber", "msisdn"]).ok_or_else(unreadable)?;
    let text = first(&fields, &["text", "message"]).ok_or_else(unreadable)?;
    let read = app.gateways.keywords.read(&text);
    let language = read.language.or_else(|| Some(app.words.first().code.clone()));
    let words = told(app, language.as_deref().unwrap_or_default());
    let act = TakeText { from, wish: read.wish, language, words };
    match app.office.perform(&by_telephone("sms"), &format!("sms/{id}"), act).await {
        Ok(_) => Ok(true),
        Err(Stop::Fault(fault)) => {
            error!("a text message was not taken: {fault}");
            Err(Refused(StatusCode::SERVICE_UNAVAILABLE, "request/away"))
        }
        Err(_) => Ok(false),
    }
}
