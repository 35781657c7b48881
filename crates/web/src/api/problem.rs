//! Refusals as problem documents (RFC 9457), and what is read from a request:
//! whatever cannot be read is a problem document too.

use super::told::{Told, document};
use crate::{refused, safety};
use axum::Json;
use axum::body::{Bytes, HttpBody};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::{Fault, Stop};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::HashSet;
use std::str::FromStr;

/// A refusal or a failure, for a program.
#[derive(Debug)]
pub struct Problem {
    /// What it is, the same as on a page.
    pub inner: refused::Problem,
    /// After how many seconds to come again, when that is known.
    pub retry_after: Option<i64>,
    /// Whether a token was shown that does not hold (RFC 6750).
    pub bad_token: bool,
}

macro_rules! from {
    ($($source:ty),+) => {$(
        impl From<$source> for Problem {
            fn from(source: $source) -> Self {
                Self { inner: source.into(), retry_after: None, bad_token: false }
            }
        }
    )+};
}
from!(refused::Problem, Refusal, Why, Stop, Fault);

impl Problem {
    /// The same with another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.inner.status = status;
        self
    }

    /// A field of the body that cannot be read.
    #[must_use]
    pub fn field(name: &str) -> Self {
        Refusal::from(Why::FieldMissing).about("field", name).into()
    }

    /// A field with a word that is none of those that are read there.
    #[must_use]
    pub fn word<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        Refusal::from(Why::FieldMissing).about("field", name).about("known", known.join(", ")).into()
    }

    /// A change that came with the version it rests on: one that no longer
    /// stands is a failed precondition (RFC 9110 section 13.1.1).
    #[must_use]
    pub fn on_version(self) -> Self {
        if self.inner.code() == Why::ChangedMeanwhile.code() {
            return self.with_status(StatusCode::PRECONDITION_FAILED);
        }
        self
    }

    /// What the `WWW-Authenticate` header says (RFC 6750 section 3).
    fn challenge(&self) -> Option<String> {
        let about = self.inner.refusal.as_ref().map(|refusal| &refusal.about);
        let scope = about.and_then(|about| about.get("permission").or_else(|| about.get("scope")));
        match (self.inner.status, scope) {
            (StatusCode::UNAUTHORIZED, _) if self.bad_token => {
                Some("Bearer realm=\"diwan\", error=\"invalid_token\"".to_owned())
            }
            (StatusCode::UNAUTHORIZED, _) => Some("Bearer realm=\"diwan\"".to_owned()),
            (StatusCode::FORBIDDEN, Some(scope)) => {
                Some(format!("Bearer realm=\"diwan\", error=\"insufficient_scope\", scope=\"{scope}\""))
            }
            _ => None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code) = (self.inner.status, self.inner.code());
        let body = document(&self.inner, None);
        let challenge = self.challenge();
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response();
        let headers = response.headers_mut();
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(self.retry_after.unwrap_or(5)));
        }
        if let Some(value) = challenge.and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.insert(header::WWW_AUTHENTICATE, value);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // Whoever reads it is asked for their language at the door.
        response.extensions_mut().insert(Told { problem: self.inner.clone(), seconds: self.retry_after });
        safety::mark(response, if self.bad_token { "token/invalid" } else { code }, None)
    }
}

/// A JSON body.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        // A body that was packed would be read as nonsense: whoever packs is told.
        let packed = request.headers().get(header::CONTENT_ENCODING).is_some_and(|how| how != "identity");
        if packed {
            let refusal = Refusal::from(Why::Malformed).about("header", "Content-Encoding");
            return Err(Problem::from(refusal).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        if let Some(charset) = other_charset(request.headers()) {
            let said = format!("JSON is read in UTF-8, and Content-Type says {charset}");
            let refusal = Refusal::from(Why::Malformed).about("body", said);
            return Err(Problem::from(refusal).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let (parts, body) = request.into_parts();
        let bytes = match Bytes::from_request(Request::from_parts(parts.clone(), body), state).await {
            Ok(bytes) => bytes,
            Err(fault) => {
                let refusal = Refusal::from(Why::Malformed).about("body", fault.body_text());
                return Err(Problem::from(refusal).with_status(fault.status()));
            }
        };
        let request = Request::from_parts(parts, axum::body::Body::from(bytes.clone()));
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => no_list(&bytes).and_then(|()| each_once(&bytes)).map(|()| Self(body)),
            Err(fault) => {
                let status = match &fault {
                    JsonRejection::MissingJsonContentType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    JsonRejection::JsonSyntaxError(_) => StatusCode::BAD_REQUEST,
                    JsonRejection::BytesRejection(_) => fault.status(),
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                let refusal = Refusal::from(Why::Malformed).about("body", fault.body_text());
                Err(Problem::from(refusal).with_status(status))
            }
        }
    }
}

/// The encoding that a body says it is written in, where that is not UTF-8 (RFC 8259,
/// section 8.1): read as UTF-8 it might say something else.
pub(crate) fn other_charset(headers: &HeaderMap) -> Option<String> {
    let media = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let said = media.split(';').skip(1).filter_map(|part| part.split_once('='));
    let said = said.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let mut said = said.map(|(_, value)| value.trim().trim_matches('"'));
    let is_utf8 = |value: &str| ["utf-8", "utf8"].iter().any(|known| value.eq_ignore_ascii_case(known));
    said.find(|value| !is_utf8(value)).map(|value| value.chars().take(40).collect())
}

/// Refuses a list where an object is described: read by the order of its fields, it would mean something else as
/// soon as a field is added.
fn no_list(bytes: &[u8]) -> Result<(), Problem> {
    if bytes.trim_ascii_start().first() != Some(&b'[') {
        return Ok(());
    }
    let refusal = Refusal::from(Why::Malformed).about("body", "a list stands where an object is read");
    Err(Problem::from(refusal).with_status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// Reads an object inside a body: a list would be read by the order of its fields, like a body that is a list.
pub fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<T, D::Error> {
    let fields = serde_json::Map::deserialize(from)?;
    T::deserialize(Value::Object(fields)).map_err(D::Error::custom)
}

/// Refuses a body that says two things under one name (RFC 8259 leaves open which counts): which of two days is a
/// child's is nothing to be guessed.
fn each_once(bytes: &[u8]) -> Result<(), Problem> {
    match serde_json::from_slice::<Unique>(bytes) {
        Ok(Unique) => Ok(()),
        Err(fault) => {
            let refusal = Refusal::from(Why::Malformed).about("body", fault.to_string());
            Err(Problem::from(refusal).with_status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// Any JSON in which each object has each name once.
struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Self;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while let Some(Unique) = items.next_element()? {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self, A::Error> {
        let mut seen = HashSet::new();
        while let Some(name) = fields.next_key::<String>()? {
            let Unique = fields.next_value()?;
            if let Some(twice) = seen.replace(name) {
                return Err(Error::custom(format_args!("duplicate field `{twice}`")));
            }
        }
        Ok(self)
    }
}

/// A JSON body that may be left out: then nothing is said of what is in it.
pub struct MaybeBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for MaybeBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if request.body().is_end_stream() {
            return Ok(Self(T::default()));
        }
        Body::<Option<T>>::from_request(request, state).await.map(|Body(body)| Self(body.unwrap_or_default()))
    }
}

/// A body that is a file.
pub struct Raw(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        Bytes::from_request(request, state).await.map(Self).map_err(|fault| match fault.status() {
            status @ StatusCode::PAYLOAD_TOO_LARGE => Problem::from(Why::FileTooLarge).with_status(status),
            status => {
                Problem::from(Refusal::from(Why::Malformed).about("request", "body")).with_status(status)
            }
        })
    }
}

/// The query of an address.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(query)) => Ok(Self(query)),
            Err(fault) => {
                let refusal = Refusal::from(Why::Malformed).about("query", fault.body_text());
                Err(Problem::from(refusal).with_status(StatusCode::BAD_REQUEST))
            }
        }
    }
}

/// Refuses a word in an address that would be passed over, and names those that are read.
pub fn one_of(name: &str, asked: Option<&str>, known: &[&str]) -> Result<(), Problem> {
    if asked.is_none_or(|word| known.contains(&word)) {
        return Ok(());
    }
    let refusal = Refusal::from(Why::Malformed).about("query", name).about("known", known.join(", "));
    Err(refusal.into())
}

/// The key of a repeatable request.
pub struct Once(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Once {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let key = parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok());
        let key = key.map(str::to_owned).filter(|key| (8..=64).contains(&key.len()));
        key.map(Self).ok_or_else(|| Refusal::from(Why::Malformed).about("header", "Idempotency-Key").into())
    }
}

/// The version that was seen, from `If-Match`: the number before the first
/// point of the entity tag.
pub struct Seen(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let missing = || {
            let refusal = Refusal::from(Why::Malformed).about("header", "If-Match");
            Problem::from(refusal).with_status(StatusCode::PRECONDITION_REQUIRED)
        };
        match parts.headers.get(header::IF_MATCH) {
            // That any version is right says nothing of what was seen, nor does a header without a tag.
            Some(tag) if tag != "*" && !tag.is_empty() => {
                let unknown = || Problem::from(Why::ChangedMeanwhile).on_version();
                seen_in(&parts.headers).map(Self).ok_or_else(unknown)
            }
            _ => Err(missing()),
        }
    }
}

/// The version in `If-Match`, if there is one; of several tags, in the first that can be ours.
pub fn seen_in(headers: &HeaderMap) -> Option<i64> {
    let tags = headers.get(header::IF_MATCH)?.to_str().ok()?;
    tags.split(',').find_map(|tag| tag.trim().trim_matches('"').split('.').next()?.parse().ok())
}

/// An identifier in a path: one that cannot be read is not there.
pub fn path_id<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Why::NotFound.into())
}

/// An identifier in a field.
pub fn field_id<T: FromStr>(name: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::field(name))
}

/// An identifier in a field that may be left out.
pub fn maybe_id<T: FromStr>(name: &str, text: Option<&String>) -> Result<Option<T>, Problem> {
    text.map(|text| field_id(name, text)).transpose()
}

/// An address below `/api/` that is not there.
pub async fn lost() -> Problem {
    Why::NotFound.into()
}

/// A method that an address does not know.
pub async fn no_such_method() -> Problem {
    let refusal = Refusal::from(Why::Malformed).about("request", "method");
    Problem::from(refusal).with_status(StatusCode::METHOD_NOT_ALLOWED)
}
