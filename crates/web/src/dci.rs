//! The registry API of the Digital Convergence Initiative (DCI CRVS 1.0.0), below
//! [`BASE`]: the paths of its description, its envelope, its codes. `docs/dci.md` is
//! the guide.
//!
//! What could be read as a message is answered inside the envelope, with 200; what
//! could not is refused with 400, whoever may not ask with 401 or 403, always with
//! the bodies that the description has for them.

use crate::api::caller::{self, Caller};
use crate::api::{Problem, lost, no_such_method, other_charset};
use crate::app::App;
use crate::oauth;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use diwan_domain::dci::{Envelope, MOST_REQUESTS, Unreadable, moment};
use diwan_domain::ids::RowId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::dci::{
    self, Asked, PartnerRow, SearchByDci, TakeDciMessage, callback_for, callback_header, check_signature,
    codes_in, envelope, events_in, first_malformed, key_of, read_keys, search_answer, searches_in,
    status_answer, status_in,
};
use diwan_office::{Fault, Stop};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Below which address the API stands: `{namespace}/v1.0.0` of its description.
pub const BASE: &str = "/dci/crvs/v1.0.0";
/// The largest message, bytes.
const LARGEST: usize = 1_048_576;
/// How old a signed message may be, or how far ahead, microseconds.
const SIGNED_WITHIN: i64 = 86_400_000_000;
/// What the description calls actions.
const ACTIONS: [&str; 11] = [
    "search",
    "on-search",
    "subscribe",
    "on-subscribe",
    "unsubscribe",
    "on-unsubscribe",
    "notify",
    "txn-status",
    "txn-on-status",
    "status",
    "on-status",
];
/// The paths on which messages are taken, all by `POST`.
pub const PATHS: [&str; 11] = [
    "/registry/sync/search",
    "/registry/sync/txn/status",
    "/registry/search",
    "/registry/subscribe",
    "/registry/unsubscribe",
    "/registry/txn/status",
    "/registry/notify",
    "/registry/on-search",
    "/registry/on-subscribe",
    "/registry/on-unsubscribe",
    "/registry/txn/on-status",
];

/// The routes of the API.
pub fn router(app: &App) -> Router<App> {
    let messages = Router::new()
        .route("/registry/sync/search", post(sync_search))
        .route("/registry/sync/txn/status", post(sync_status))
        .route("/registry/search", post(search))
        .route("/registry/subscribe", post(subscribe))
        .route("/registry/unsubscribe", post(unsubscribe))
        .route("/registry/txn/status", post(status))
        .route("/registry/notify", post(not_asked))
        .route("/registry/on-search", post(not_asked))
        .route("/registry/on-subscribe", post(not_asked))
        .route("/registry/on-unsubscribe", post(not_asked))
        .route("/registry/txn/on-status", post(not_asked))
        .route("/{*path}", any(lost))
        .method_not_allowed_fallback(no_such_method)
        .layer(middleware::from_fn_with_state(app.clone(), caller::guard))
        .layer(middleware::from_fn_with_state(app.clone(), in_their_words));
    let open =
        Router::new().route("/.well-known/jwks.json", get(keys)).route("/oauth2/client/token", post(token));
    Router::new().nest(BASE, open.merge(messages)).route("/.well-known/jwks.json", get(keys))
}

/// The keys with which our messages are checked.
async fn keys(State(app): State<App>) -> Response {
    written(StatusCode::OK, dci::jwks(&app.office).to_string())
}

fn written(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn stamp(app: &App) -> String {
    jiff::Timestamp::from_microsecond(app.office.now()).unwrap_or_default().to_string()
}

/// Why a message gets no answer of its own.
#[derive(Debug)]
struct Wrong {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// A refusal or failure of the office, translated afterwards.
    inner: Option<Box<Problem>>,
}

impl Wrong {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), inner: None }
    }

    fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "err.request.bad", message)
    }

    fn forbidden(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "err.request.forbidden", message)
    }
}

impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Self {
        Self { inner: Some(Box::new(problem)), ..Self::bad("") }
    }
}

impl From<Stop> for Wrong {
    fn from(stop: Stop) -> Self {
        Problem::from(stop).into()
    }
}

impl From<Fault> for Wrong {
    fn from(fault: Fault) -> Self {
        Problem::from(fault).into()
    }
}

impl From<Unreadable> for Wrong {
    fn from(fault: Unreadable) -> Self {
        Self::bad(fault.to_string())
    }
}

/// The body of an error: an acknowledgement that says `ERR`, and the list of errors
/// that the description has for statuses of HTTP.
fn error(app: &App, status: StatusCode, code: &str, message: &str) -> Response {
    let error = json!({"code": code, "message": message});
    let body = json!({
        "message": {"ack_status": "ERR", "timestamp": stamp(app), "correlation_id": Uuid::now_v7(), "error": error},
        "errors": [error],
    });
    written(status, body.to_string())
}

fn answered(app: &App, result: Result<Response, Wrong>) -> Response {
    match result {
        Ok(response) => response,
        Err(Wrong { inner: Some(problem), .. }) => problem.into_response(),
        Err(wrong) => error(app, wrong.status, wrong.code, &wrong.message),
    }
}

/// Says refusals of the office in the words of the description.
async fn in_their_words(State(app): State<App>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    translated(&app, response).await
}

/// A problem document as an error of the description, with its other headers.
pub(crate) async fn translated(app: &App, response: Response) -> Response {
    let is_problem =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    if !is_problem {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let said: Value = match to_bytes(body, LARGEST).await {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
        Err(_) => Value::Null,
    };
    let code = match parts.status {
        StatusCode::UNAUTHORIZED => "err.request.unauthorized",
        StatusCode::FORBIDDEN => "err.request.forbidden",
        StatusCode::NOT_FOUND => "err.request.not_found",
        StatusCode::TOO_MANY_REQUESTS => "err.request.too_many_requests",
        status if status.is_server_error() => "err.service.unavailable",
        _ => "err.request.bad",
    };
    let why = said["code"].as_str().unwrap_or("refused");
    let about = said["about"].as_object().filter(|about| !about.is_empty());
    let message = about.map_or_else(|| why.to_owned(), |about| format!("{why}: {}", json!(about)));
    let (_, body) = error(app, parts.status, code, &message).into_parts();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, body)
}

/// Who asks, and what it may.
struct Asking {
    caller: Caller,
    client: RowId,
    partner: PartnerRow,
}

/// The program that sent a request, if it showed a token.
fn caller_of(request: &Request) -> Option<Caller> {
    request.extensions().get::<Caller>().cloned()
}

/// Whether whoever sent a request may ask at all; the message is not read before.
async fn asking(app: &App, caller: Option<Caller>) -> Result<Asking, Wrong> {
    let caller = caller.ok_or_else(|| Problem::from(Why::SignInFirst))?;
    caller.needs(Permission::FindPeople.code())?;
    let client = caller
        .client
        .ok_or_else(|| Wrong::forbidden("sign in as a client (OAuth 2.0 client credentials)"))?;
    caller.at_desk(app, Permission::FindPeople)?;
    let partner = dci::partner(&mut app.office.db.reading().await?.tx(), client).await?;
    let partner = partner.ok_or_else(|| {
        Wrong::forbidden(
            "an administrator has not said yet what this client may ask (PUT /api/v1/clients/{id}/dci)",
        )
    })?;
    Ok(Asking { caller, client, partner })
}

/// The body of a request as text.
async fn text_of(request: Request) -> Result<String, Wrong> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media = media.unwrap_or("application/json").to_ascii_lowercase();
    if !media.contains("json") {
        let help = "messages are application/json; files (multipart/form-data) are not taken";
        return Err(Wrong::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "err.request.bad", help));
    }
    if let Some(charset) = other_charset(request.headers()) {
        let help = format!("messages are read in UTF-8, and Content-Type says {charset}");
        return Err(Wrong::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "err.request.bad", help));
    }
    let too_large =
        || Wrong::new(StatusCode::PAYLOAD_TOO_LARGE, "err.request.bad", "a message has one megabyte at most");
    let bytes = to_bytes(request.into_body(), LARGEST).await.map_err(|_| too_large())?;
    String::from_utf8(bytes.to_vec()).map_err(|_| Wrong::bad("the body is not UTF-8"))
}

/// Whether the message is from whom it says, and is meant to be read.
fn believe(app: &App, asking: &Asking, read: &Envelope<'_>) -> Result<(), Wrong> {
    if let Some(keys) = &asking.partner.keys {
        let keys = read_keys(keys).unwrap_or_default();
        check_signature(&keys, read, app.office.now().div_euclid(1_000_000))
            .map_err(|fault| Wrong::new(StatusCode::UNAUTHORIZED, fault.code(), fault.to_string()))?;
    }
    if asking.partner.sender_id.as_ref().is_some_and(|known| *known != read.header.sender_id) {
        let help = "header.sender_id is not the one registered for this client";
        return Err(Wrong::new(StatusCode::FORBIDDEN, "err.sender_id.invalid", help));
    }
    if read.header.is_msg_encrypted || read.message.get("ciphertext").is_some() {
        let help = "encrypted messages are not read: this address is reached over TLS";
        return Err(Wrong::new(StatusCode::BAD_REQUEST, "err.encryption.invalid", help));
    }
    Ok(())
}

/// What is wrong with a header: the code for an answer, the code for an
/// acknowledgement, and a sentence.
struct HeaderFault(&'static str, &'static str, String);

fn header_fault(
    app: &App,
    asking: &Asking,
    read: &Envelope<'_>,
    action: &str,
    holds: Holds,
) -> Option<HeaderFault> {
    const BAD: &str = "err.request.bad";
    let header = &read.header;
    if !header.is_version_known() {
        let help = format!("version is 1.0.0, not {:?}", header.version);
        return Some(HeaderFault("rjct.version.invalid", "err.version.not_supported", help));
    }
    let said = header.action.to_ascii_lowercase();
    if said != action && !(action == "txn-status" && said == "status") {
        let code = if ACTIONS.contains(&said.as_str()) {
            "rjct.action.not_supported"
        } else {
            "rjct.action.invalid"
        };
        return Some(HeaderFault(code, BAD, format!("header.action is {action:?} here, not {said:?}")));
    }
    let Some(sent) = moment(&header.message_ts) else {
        let help = "header.message_ts is ISO 8601 with its distance from UTC";
        return Some(HeaderFault("rjct.message_ts.invalid", BAD, help.into()));
    };
    // Without a signature anybody could write another time.
    if asking.partner.keys.is_some() && (app.office.now() - sent).abs() > SIGNED_WITHIN {
        let help = "header.message_ts is more than a day away: send the message again with today's";
        return Some(HeaderFault("rjct.message_ts.invalid", BAD, help.into()));
    }
    match &header.total_count {
        Some(Err(text)) => {
            let help = format!("header.total_count is a whole number, not {text:?}");
            return Some(HeaderFault("rjct.total_count.invalid", BAD, help));
        }
        Some(Ok(number)) if *number < 0 => {
            let help = "header.total_count is how many requests there are";
            return Some(HeaderFault("rjct.total_count.invalid", BAD, help.into()));
        }
        // More than are counted: something stands here that its sender does not know of. Fewer:
        // something was lost on the way, and who asked would take the answer for the whole.
        Some(Ok(number)) if !holds.counts(*number) => {
            let help = format!("header.total_count says {number}, and there are {holds}");
            return Some(HeaderFault("rjct.total_count.invalid", BAD, help));
        }
        _ => {}
    }
    (holds.requests > MOST_REQUESTS).then(|| {
        let help = format!("a message holds {MOST_REQUESTS} requests at most");
        HeaderFault("rjct.total_count.limit_exceeded", BAD, help)
    })
}

/// How much stands in a message.
#[derive(Clone, Copy)]
struct Holds {
    requests: usize,
    /// What is asked of in all of them: one request may end several subscriptions.
    things: usize,
}

impl Holds {
    fn requests(requests: usize) -> Self {
        Self { requests, things: requests }
    }

    fn one_of(things: usize) -> Self {
        Self { requests: 1, things }
    }

    /// Whether a header counts what stands there. What asks of several things at once, in
    /// one request, may count those.
    fn counts(self, said: i64) -> bool {
        usize::try_from(said).is_ok_and(|said| said == self.requests || said == self.things)
    }
}

impl std::fmt::Display for Holds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} requests", self.requests)?;
        if self.things == self.requests { Ok(()) } else { write!(f, " of {} things", self.things) }
    }
}

/// A whole answer with a message or, where a header was wrong, without one.
fn reply(
    app: &App,
    read: &Envelope<'_>,
    action: &str,
    counts: (usize, usize),
    said: Result<&Value, HeaderFault>,
) -> Response {
    let id = Uuid::now_v7().to_string();
    let to = (id.as_str(), read.header.sender_id.as_str());
    let body = match said {
        Ok(message) => {
            let header = callback_header(&app.office, to, action, counts, None);
            envelope(&app.office, &header, Some(message))
        }
        Err(HeaderFault(code, _, help)) => {
            let header = callback_header(&app.office, to, action, (0, 0), Some((code, &help)));
            envelope(&app.office, &header, None)
        }
    };
    written(StatusCode::OK, body)
}

async fn sync_search(State(app): State<App>, request: Request) -> Response {
    let result = search_now(&app, request).await;
    answered(&app, result)
}

async fn search_now(app: &App, request: Request) -> Result<Response, Wrong> {
    let caller = caller_of(&request);
    let asking = asking(app, caller).await?;
    let text = text_of(request).await?;
    let read = Envelope::read(&text)?;
    believe(app, &asking, &read)?;
    let (transaction, requests) = (read.transaction_id()?, searches_in(&read.message)?);
    if let Some(fault) = header_fault(app, &asking, &read, "search", Holds::requests(requests.len())) {
        return Ok(reply(app, &read, "on-search", (0, 0), Err(fault)));
    }
    let search = SearchByDci {
        client: asking.client,
        message: read.header.message_id.clone(),
        requests: requests.clone(),
    };
    let hits = app.office.perform_once(&asking.caller.who, search).await?;
    let correlation = Uuid::now_v7().to_string();
    let ids = (transaction.as_str(), correlation.as_str());
    let said = search_answer(&app.office, &asking.caller.who, &asking.partner, &requests, &hits, ids).await?;
    let done = hits.iter().filter(|hit| hit.reject.is_none()).count();
    Ok(reply(app, &read, "on-search", (done, hits.len()), Ok(&said)))
}

async fn sync_status(State(app): State<App>, request: Request) -> Response {
    let result = status_now(&app, request).await;
    answered(&app, result)
}

async fn status_now(app: &App, request: Request) -> Result<Response, Wrong> {
    let caller = caller_of(&request);
    let asking = asking(app, caller).await?;
    let text = text_of(request).await?;
    let read = Envelope::read(&text)?;
    believe(app, &asking, &read)?;
    let (transaction, asked) = (read.transaction_id()?, status_in(&read.message)?);
    if let Some(fault) = header_fault(app, &asking, &read, "txn-status", Holds::one_of(asked.values.len())) {
        return Ok(reply(app, &read, "txn-on-status", (0, 0), Err(fault)));
    }
    let correlation = Uuid::now_v7().to_string();
    let (ids, now) = ((transaction.as_str(), correlation.as_str()), app.office.now());
    let mut reading = app.office.db.reading().await?;
    let said = status_answer(&mut reading.tx(), asking.client, &asked, ids, now).await?;
    Ok(reply(app, &read, "txn-on-status", (1, 1), Ok(&said)))
}

async fn search(State(app): State<App>, request: Request) -> Response {
    let ask = |message: &Value| {
        let requests = searches_in(message)?;
        let holds = Holds::requests(requests.len());
        let wrong = first_malformed(requests.iter().filter_map(|one| one.asked.as_ref().err()));
        match wrong {
            Some(reject) => Err(Wrong::bad(reject.message.clone())),
            None => Ok((Asked::Search(requests), holds)),
        }
    };
    let result = taken(&app, request, "search", ask).await;
    answered(&app, result)
}

async fn subscribe(State(app): State<App>, request: Request) -> Response {
    let ask = |message: &Value| {
        let requests = events_in(message)?;
        let holds = Holds::requests(requests.len());
        let wrong = first_malformed(requests.iter().filter_map(|one| one.asked.as_ref().err()));
        match wrong {
            Some(reject) => Err(Wrong::bad(reject.message.clone())),
            None => Ok((Asked::Subscribe(requests), holds)),
        }
    };
    let result = taken(&app, request, "subscribe", ask).await;
    answered(&app, result)
}

async fn unsubscribe(State(app): State<App>, request: Request) -> Response {
    let ask = |message: &Value| {
        let codes = codes_in(message)?;
        let holds = Holds::one_of(codes.len());
        Ok((Asked::Unsubscribe(codes), holds))
    };
    let result = taken(&app, request, "unsubscribe", ask).await;
    answered(&app, result)
}

async fn status(State(app): State<App>, request: Request) -> Response {
    let ask = |message: &Value| {
        let asked = status_in(message)?;
        let holds = Holds::one_of(asked.values.len());
        Ok((Asked::Status(asked), holds))
    };
    let result = taken(&app, request, "txn-status", ask).await;
    answered(&app, result)
}

/// Takes a message that is answered later, and acknowledges it.
async fn taken(
    app: &App,
    request: Request,
    action: &str,
    ask: impl Fn(&Value) -> Result<(Asked, Holds), Wrong>,
) -> Result<Response, Wrong> {
    let caller = caller_of(&request);
    let asking = asking(app, caller).await?;
    let text = text_of(request).await?;
    let read = Envelope::read(&text)?;
    believe(app, &asking, &read)?;
    let transaction_id = read.transaction_id()?;
    let (asked, holds) = ask(&read.message)?;
    if let Some(HeaderFault(_, code, help)) = header_fault(app, &asking, &read, action, holds) {
        return Err(Wrong::new(StatusCode::OK, code, help));
    }
    let callback = callback_for(&asking.partner, read.header.sender_uri.as_deref()).ok_or_else(|| {
        let help = "answers go where this client is registered to listen: header.sender_uri lies elsewhere, or nothing is registered";
        Wrong::new(StatusCode::BAD_REQUEST, "err.sender_uri.invalid", help)
    })?;
    let key = key_of(asking.client, action, read.header_text, read.message_text);
    let act = TakeDciMessage {
        client: asking.client,
        sender_id: read.header.sender_id.clone(),
        message_id: read.header.message_id.clone(),
        transaction_id,
        callback,
        asked,
    };
    match app.office.perform(&asking.caller.who, &key, act).await {
        Ok(correlation) => {
            let ack = json!({"message": {"ack_status": "ACK", "timestamp": stamp(app), "correlation_id": correlation}});
            Ok(written(StatusCode::OK, ack.to_string()))
        }
        Err(stop) if stop.code() == Why::KeyReused.code() => {
            let help = "header.message_id was used before for something else (rjct.message_id.duplicate)";
            Err(Wrong::new(StatusCode::OK, "err.request.bad", help))
        }
        Err(stop) => Err(stop.into()),
    }
}

/// A message for whoever asked other registers: this one has asked nobody. It is
/// read, so that a sender learns what is wrong with it, and goes no further.
async fn not_asked(State(app): State<App>, request: Request) -> Response {
    let result: Result<Response, Wrong> = async {
        let caller = caller_of(&request);
        let asking = asking(&app, caller).await?;
        let text = text_of(request).await?;
        believe(&app, &asking, &Envelope::read(&text)?)?;
        let error = json!({
            "code": "err.request.not_found",
            "message": "this register answers and tells; it has asked nothing of this sender and subscribed to nothing",
        });
        let nack = json!({"message": {
            "ack_status": "NACK", "timestamp": stamp(&app), "correlation_id": Uuid::now_v7(), "error": error,
        }});
        Ok(written(StatusCode::OK, nack.to_string()))
    }
    .await;
    answered(&app, result)
}

/// The token endpoint of the specification's authorization API: that of RFC 6749
/// with scopes as the specification names them.
async fn token(State(app): State<App>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, 65_536).await else {
        return error(&app, StatusCode::PAYLOAD_TOO_LARGE, "err.request.bad", "the form is too large");
    };
    let form = form_of(&bytes);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(header::CONTENT_LENGTH);
    let response = oauth::token(State(app), Request::from_parts(parts, Body::from(form))).await;
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut said: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if let Some(seconds) = said["expires_in"].as_i64() {
        // The description has text here.
        said["expires_in"] = json!(seconds.to_string());
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(said.to_string()))
}

/// What a token is asked with, as a form with scopes as they are known here.
fn form_of(bytes: &[u8]) -> String {
    let pairs: Vec<(String, String)> = match serde_json::from_slice::<Map<String, Value>>(bytes) {
        // Some send JSON.
        Ok(object) => {
            let text = |value: Value| value.as_str().map(str::to_owned);
            object.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect()
        }
        Err(_) => form_urlencoded::parse(bytes).into_owned().collect(),
    };
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in &pairs {
        let value = if name == "scope" { scopes(value) } else { value.clone() };
        form.append_pair(name, &value);
    }
    form.finish()
}

/// Scopes as they are known here: whatever the specification calls them, asking the
/// register is finding people.
pub(crate) fn scopes(wanted: &str) -> String {
    let mut all: Vec<&str> = Vec::new();
    for scope in wanted.split([' ', ',']).filter(|scope| !scope.is_empty()) {
        let is_theirs = scope.starts_with("registry.") || scope.starts_with("registry/");
        let known = if is_theirs { Permission::FindPeople.code() } else { scope };
        if !all.contains(&known) {
            all.push(known);
        }
    }
    all.join(" ")
}
