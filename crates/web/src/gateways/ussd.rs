//! The wires of the menu: USSD as most aggregators bring it (`sessionId`, `phoneNumber`,
//! `text` so far; the answer is `CON …` or `END …`), and a telephone line (what to say and
//! how many keys to gather, as JSON).

use super::menu::{Call, Gather, Screen, walk};
use super::{Refused, admit, fields, first, unreadable};
use crate::app::App;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::numbers;
use diwan_office::Stop;
use serde_json::json;
use tracing::error;

/// The longest text so far that is read: more keys than the menu is deep.
const LONGEST: usize = 256;
/// More screens than the menu is deep, with some that go back.
const MOST_KEYS: usize = 24;

/// A screen of the menu for a basic phone.
pub(super) async fn screen(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    match next(&app, &headers, &body, false).await {
        Ok(screen) => {
            let what = if screen.ends { "END" } else { "CON" };
            let media = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (media, format!("{what} {}", screen.text)).into_response()
        }
        Err(refused) => refused.into_response(),
    }
}

/// The same menu for a telephone line.
pub(super) async fn prompt(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    match next(&app, &headers, &body, true).await {
        Ok(screen) => {
            let gather = match (screen.ends, screen.gather) {
                (true, _) => serde_json::Value::Null,
                (false, Gather::One) => json!({"digits": 1}),
                (false, Gather::Several) => json!({"digits": 20, "finish": "#"}),
            };
            let said = json!({
                "say": screen.text, "language": screen.language, "gather": gather, "end": screen.ends,
            });
            Json(said).into_response()
        }
        Err(refused) => refused.into_response(),
    }
}

/// The next screen; `on_line` where it is spoken on a telephone line.
async fn next(app: &App, headers: &HeaderMap, body: &Bytes, on_line: bool) -> Result<Screen, Refused> {
    admit(app.gateways.menu.as_ref(), headers, body)?;
    let fields = fields(headers, body)?;
    let session = first(&fields, &["sessionId", "session"]).filter(|id| !id.is_empty() && id.len() <= 128);
    let phone = first(&fields, &["phoneNumber", "msisdn"]).ok_or_else(unreadable)?;
    let text = first(&fields, &["text"]).unwrap_or_default();
    if text.len() > LONGEST {
        return Err(unreadable());
    }
    let call = Call {
        session: session.ok_or_else(unreadable)?,
        phone: numbers::phone(&phone).map_err(|_| unreadable())?,
        keys: text.split('*').map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned).collect(),
        on_line,
    };
    if call.keys.len() > MOST_KEYS {
        return Err(unreadable());
    }
    walk(app, &call).await.map_err(|stop| match stop {
        Stop::Fault(fault) => {
            error!("a menu was not answered: {fault}");
            Refused(StatusCode::SERVICE_UNAVAILABLE, "request/away")
        }
        other => Refused(StatusCode::CONFLICT, other.code()),
    })
}
