//! What a form sent: fields and files, with the form token checked before any
//! handler sees them.

use crate::again;
use crate::app::App;
use crate::frame::Here;
use crate::refused::Problem;
use crate::visitor::Visitor;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRef, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use diwan_domain::refusals::Why;
use diwan_domain::services::Fields;

/// The largest body a form may send.
pub const LARGEST_BODY: usize = 34 * 1024 * 1024;
const FORMS_A_MINUTE: i64 = 240;

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// The field.
    pub field: String,
    /// The name on the sender's device.
    pub name: String,
    /// The bytes.
    pub bytes: Bytes,
}

/// What a form sent, by someone who opened it here.
pub struct Sent {
    /// Every field with its values.
    pub fields: Fields,
    /// The files.
    pub files: Vec<SentFile>,
    /// The names of files that came with nothing in them.
    pub blank: Vec<String>,
    /// The attempt's own key.
    pub key: String,
}

/// What a form sent, whoever opened it.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) fields: Fields,
    pub(crate) files: Vec<SentFile>,
    blank: Vec<String>,
}

impl Sent {
    /// The first value of a field, trimmed; empty when it is missing.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.fields
            .get(name)
            .and_then(|values| values.first())
            .map(|text| text.trim().to_owned())
            .unwrap_or_default()
    }

    /// The first value of a field exactly as it was typed: passwords.
    #[must_use]
    pub fn exact(&self, name: &str) -> String {
        self.fields.get(name).and_then(|values| values.first()).cloned().unwrap_or_default()
    }

    /// The first value of a field, if it is not empty.
    #[must_use]
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Every value of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields.get(name).cloned().unwrap_or_default()
    }

    /// An identifier in a field.
    #[must_use]
    pub fn id<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}

impl<S> FromRequest<S> for Sent
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let here =
            <Here as axum::extract::FromRequestParts<S>>::from_request_parts(&mut parts, state).await?;
        let own = again::is_own(&parts.headers, &here.app.office.settings.base_url);
        let action = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        let request = Request::from_parts(parts, body);
        let came = match parts_of(request, state).await {
            Ok(came) => came,
            Err(problem) => return Err(problem.page(&here)),
        };
        if let Err(problem) = check_token(&here.visitor, &came.fields) {
            let kept = own.then(|| again::page(&here, &problem, &action, came, "")).flatten();
            return Err(kept.unwrap_or_else(|| problem.page(&here)));
        }
        checked(came, &here).map_err(|problem| problem.page(&here))
    }
}

/// Everything that a form sent, whoever opened it.
pub(crate) async fn parts_of<S: Send + Sync>(request: Request, state: &S) -> Result<Parts, Problem> {
    let media =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Parts { mut fields, mut files, mut blank } = Parts::default();
    if media.starts_with("multipart/form-data") {
        let mut form = Multipart::from_request(request, state).await.map_err(|_| Why::Malformed)?;
        let broken = |fault: &MultipartError| unread(fault.status());
        while let Some(part) = form.next_field().await.map_err(|fault| broken(&fault))? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    let bytes = part.bytes().await.map_err(|fault| broken(&fault))?;
                    // A field without a file comes as a file without a name.
                    if !bytes.is_empty() {
                        files.push(SentFile { field, name, bytes });
                    } else if !name.is_empty() {
                        blank.push(name);
                    }
                }
                None => {
                    let text = part.text().await.map_err(|fault| broken(&fault))?;
                    fields.entry(field).or_default().push(text);
                }
            }
        }
    } else {
        let pairs = axum::Form::<Vec<(String, String)>>::from_request(request, state).await;
        for (name, value) in pairs.map_err(|fault| unread(fault.into_response().status()))?.0 {
            fields.entry(name).or_default().push(value);
        }
    }
    Ok(Parts { fields, files, blank })
}

/// What was sent by someone who opened the form here, unless they send too often.
fn checked(came: Parts, here: &Here) -> Result<Sent, Problem> {
    let Parts { fields, files, blank } = came;
    let label = here.visitor.csrf();
    let session = label.get(..12).unwrap_or(&label);
    if here.app.crowd.forms.count("forms", session, here.app.office.now()).uses > FORMS_A_MINUTE {
        return Err(Why::TooManyAttempts.into());
    }
    let key = fields
        .get("key")
        .and_then(|values| values.first())
        .cloned()
        .filter(|key| (8..=64).contains(&key.len()));
    let key = key.unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
    Ok(Sent { fields, files, blank, key })
}

/// A body that could not be read: too large, or broken.
fn unread(status: StatusCode) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem { status, ..Why::FileTooLarge.into() };
    }
    Why::Malformed.into()
}

/// A form must have been opened by this session.
fn check_token(visitor: &Visitor, fields: &Fields) -> Result<(), Problem> {
    let own = visitor.csrf();
    let sent = fields.get("csrf").and_then(|values| values.first()).map(String::as_str).unwrap_or_default();
    let same = !own.is_empty()
        && own.len() == sent.len()
        && own.bytes().zip(sent.bytes()).fold(0, |d, (a, b)| d | (a ^ b)) == 0;
    if same { Ok(()) } else { Err(Why::FormExpired.into()) }
}

/// The limit on bodies, for the router.
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST_BODY)
}
