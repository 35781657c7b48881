//! A basic phone with its operator behind it: one types `*123#` and sees the screens, or
//! sends a text message. It speaks to the office in the formats of real gateways: for menus
//! the form that most aggregators send (`sessionId`, `serviceCode`, `phoneNumber`, `text`
//! so far) answered by `CON …` or `END …`, for text messages `id`, `from`, `to`, `text`.

use super::inbox::Inbox;
use axum::Router;
use axum::extract::{Form, State};
use axum::response::Html;
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;

/// What is dialled.
const SERVICE_CODE: &str = "*123#";
/// The number to which text messages are sent.
const SHORT_NUMBER: &str = "1230";
/// A telephone to try it with.
const A_PHONE: &str = "+9647501234567";
/// How many of the messages that a telephone received are shown.
const SHOWN: usize = 5;

/// A basic phone on a page. Cheap to clone.
#[derive(Clone, Debug)]
pub struct BasicPhone(Arc<Operator>);

#[derive(Debug)]
struct Operator {
    office: String,
    secret: String,
    inbox: Inbox,
    http: reqwest::Client,
}

/// What the operator's gateway got back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What the screen says.
    pub text: String,
    /// Whether the session goes on.
    pub goes_on: bool,
}

impl BasicPhone {
    /// A phone whose operator knows an office by its address and the secret they share;
    /// what it receives is in the inbox.
    #[must_use]
    pub fn new(office: &str, secret: &str, inbox: Inbox) -> Self {
        let http = reqwest::Client::new();
        Self(Arc::new(Operator { office: office.to_owned(), secret: secret.to_owned(), inbox, http }))
    }

    /// One step of a session: the keys so far, with `*` between the screens.
    ///
    /// # Errors
    /// What went wrong, in words for whoever tries the demonstration.
    pub async fn press(&self, session: &str, phone: &str, text: &str) -> Result<Shown, String> {
        let fields =
            [("sessionId", session), ("serviceCode", SERVICE_CODE), ("phoneNumber", phone), ("text", text)];
        let said = self.0.bring("/gateways/ussd", &fields).await?;
        match (said.strip_prefix("CON "), said.strip_prefix("END ")) {
            (Some(text), _) => Ok(Shown { text: text.to_owned(), goes_on: true }),
            (None, Some(text)) => Ok(Shown { text: text.to_owned(), goes_on: false }),
            (None, None) => Err(format!("the office answered neither CON nor END: {said}")),
        }
    }

    /// Sends a text message.
    ///
    /// # Errors
    /// What went wrong, in words for whoever tries the demonstration.
    pub async fn send(&self, id: &str, phone: &str, text: &str) -> Result<(), String> {
        let fields = [("id", id), ("from", phone), ("to", SHORT_NUMBER), ("text", text)];
        self.0.bring("/gateways/sms/in", &fields).await.map(drop)
    }

    /// The page on which one tries it: `/demo/phone`.
    pub fn router(&self) -> Router {
        Router::new().route("/demo/phone", get(first).post(pressed)).with_state(self.clone())
    }
}

impl Operator {
    async fn bring(&self, path: &str, fields: &[(&str, &str)]) -> Result<String, String> {
        let answer = self
            .http
            .post(format!("{}{path}", self.office))
            .bearer_auth(&self.secret)
            .form(fields)
            .send()
            .await
            .map_err(|error| error.to_string())?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| error.to_string())?;
        if status.is_success() { Ok(text) } else { Err(format!("the office answered {status}: {text}")) }
    }
}

/// What the page sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Pressed {
    phone: String,
    session: String,
    text: String,
    keys: String,
    message: String,
    what: String,
}

async fn first(State(phone): State<BasicPhone>) -> Html<String> {
    page(&phone, &Pressed { phone: A_PHONE.into(), ..Pressed::default() }, None)
}

async fn pressed(State(phone): State<BasicPhone>, Form(mut sent): Form<Pressed>) -> Html<String> {
    let new = || uuid::Uuid::now_v7().simple().to_string();
    if sent.what == "message" {
        let done = phone.send(&new(), &sent.phone, &sent.message).await;
        let said = done.err().map(|why| Shown { text: why, goes_on: false });
        return page(&phone, &Pressed { phone: sent.phone, ..Pressed::default() }, said.as_ref());
    }
    if sent.what == "dial" {
        sent = Pressed { phone: sent.phone, session: new(), ..Pressed::default() };
    } else if !sent.keys.trim().is_empty() {
        let so_far = if sent.text.is_empty() { String::new() } else { format!("{}*", sent.text) };
        sent.text = format!("{so_far}{}", sent.keys.trim());
    }
    let shown = phone.press(&sent.session, &sent.phone, &sent.text).await;
    let shown = shown.unwrap_or_else(|why| Shown { text: why, goes_on: false });
    page(&phone, &sent, Some(&shown))
}

fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn page(phone: &BasicPhone, sent: &Pressed, shown: Option<&Shown>) -> Html<String> {
    let field = |name: &str, value: &str| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", safe(value))
    };
    let screen = shown.map_or_else(String::new, |shown| {
        let text = safe(&shown.text);
        let keys = if shown.goes_on {
            format!(
                "<form method=\"post\">{}{}{}<p><label for=\"keys\">Keys</label> \
                 <input id=\"keys\" name=\"keys\" inputmode=\"numeric\" autofocus> <button>Send</button></p></form>",
                field("phone", &sent.phone),
                field("session", &sent.session),
                field("text", &sent.text)
            )
        } else {
            "<p>(the session is over)</p>".to_owned()
        };
        format!("<pre dir=\"auto\" id=\"screen\">{text}</pre>{keys}")
    });
    let own = phone.0.inbox.list().into_iter().filter(|one| {
        one.channel == "sms" && one.to.trim_start_matches('+') == sent.phone.trim_start_matches('+')
    });
    let got: String =
        own.take(SHOWN).map(|one| format!("<li dir=\"auto\">{}</li>", safe(&one.text))).collect();
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>A basic phone</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><body><main><h1>A basic phone</h1>\
         <form method=\"post\"><p><label for=\"phone\">Telephone</label> \
         <input id=\"phone\" name=\"phone\" value=\"{}\"> \
         <button name=\"what\" value=\"dial\">Dial {SERVICE_CODE}</button></p></form>{screen}\
         <h2>Text message to {SHORT_NUMBER}</h2><form method=\"post\">{}\
         <p><label for=\"message\">Text</label> <input id=\"message\" name=\"message\" dir=\"auto\"> \
         <button name=\"what\" value=\"message\">Send</button></p></form>\
         <h2>Received</h2><ul>{got}</ul></main></body></html>",
        safe(&sent.phone),
        field("phone", &sent.phone),
    ))
}
