//! What a refusal says to people. A program shows it as it stands: the title and the
//! sentence are those of the pages, and each field that does not fit has one of its own.
//! They come in the language that the request asks for; codes are the same in all.

use crate::refused::Problem;
use crate::words::{Arg, Language, Words, plain};
use crate::{book_words, civil_words};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use diwan_domain::refusals::{Class, Refusal, Why};
use serde_json::{Value, json};

/// Stands beside a problem document until it is known in which language it is read.
#[derive(Clone)]
pub(super) struct Told {
    /// What is said.
    pub problem: Problem,
    /// After how many seconds to come again, when that is known.
    pub seconds: Option<i64>,
}

/// A problem document; without a language, the code stands where words would.
pub(super) fn document(problem: &Problem, lang: Option<&Language>) -> Value {
    let (status, code) = (problem.status, problem.code());
    let kind = match &problem.refusal {
        Some(_) => format!("urn:diwan:refusal:{code}"),
        None => "about:blank".to_owned(),
    };
    let mut body = json!({"type": kind, "title": code, "status": status.as_u16(), "code": code});
    if let Some(lang) = lang {
        body["title"] = json!(plain(&lang.t_of("refusal-", code)));
        body["detail"] = json!(plain(&detail(lang, problem)));
    }
    if let Some(refusal) = &problem.refusal {
        body["about"] = json!(refusal.about);
        let errors = lang.map(|lang| errors(lang, refusal)).unwrap_or_default();
        if !errors.is_empty() {
            body["errors"] = json!(errors);
        }
    }
    if let Some(reference) = &problem.reference {
        body["reference"] = json!(reference);
    }
    body
}

/// Says a refusal in the language that was asked for (RFC 9110, sections 12.5.4 and 8.5);
/// every other answer stays as it is.
pub(crate) fn in_language(
    words: &Words,
    asked: Option<&HeaderValue>,
    is_head: bool,
    mut response: Response,
) -> Response {
    let Some(Told { problem, seconds }) = response.extensions_mut().remove::<Told>() else { return response };
    // Some interfaces say refusals in words of their own descriptions.
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != "application/problem+json") {
        return response;
    }
    let lang = words.best_for(asked.and_then(|asked| asked.to_str().ok()));
    if !is_head {
        let mut body = document(&problem, Some(&lang));
        if let Some(seconds) = seconds.filter(|_| problem.status == StatusCode::TOO_MANY_REQUESTS) {
            let args = [("seconds", Arg::Number(seconds)), ("header", KEY.into())];
            body["detail"] = json!(plain(&lang.with("problem-too-often", &args)));
        }
        *response.body_mut() = Body::from(body.to_string());
    }
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    if let Ok(code) = HeaderValue::from_str(&lang.code) {
        headers.insert(header::CONTENT_LANGUAGE, code);
    }
    headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
    response
}

/// Headers that sentences name.
const KEY: &str = "Idempotency-Key";
const SEEN: &str = "If-Match";
const TAG: &str = "ETag";

/// What happened and how it is mended. What a page tells somebody before a form is of no use
/// to whoever wrote a request: there the part that cannot be read is named, and the token, the
/// key or the tag with which the same can be sent again.
fn detail(lang: &Language, problem: &Problem) -> String {
    let Some(refusal) = &problem.refusal else { return lang.t("problem-failed") };
    let about = |name: &str| refusal.about.get(name).map(String::as_str);
    if refusal.why == Why::Malformed {
        return unreadable(lang, refusal);
    }
    let help = lang.help(refusal);
    let more = match refusal.why {
        Why::SignInFirst => {
            let args = [("header", "Authorization: Bearer".into()), ("address", "/oauth/token".into())];
            return lang.with("problem-token", &args);
        }
        Why::KeyReused => return lang.with("problem-key-reused", &[("header", KEY.into())]),
        Why::NotFound => return lang.t("problem-not-found"),
        Why::ChangedMeanwhile if problem.status == StatusCode::PRECONDITION_FAILED => {
            return lang.with("problem-changed", &[("tag", TAG.into())]);
        }
        Why::FieldMissing => return about("field").map_or(help, |field| field_wrong(lang, field, refusal)),
        Why::NotPermitted if about("member").is_some() => {
            let member = about("member").unwrap_or_default();
            return lang.with("problem-member", &[("member", member.into())]);
        }
        Why::NotPermitted => match (about("permission"), about("scope")) {
            (Some(code), _) => {
                let words = lang.t_of("scope-", code);
                lang.with("problem-permission", &[("permission", words.into()), ("code", code.into())])
            }
            (None, Some(code)) => lang.with("problem-scope", &[("code", code.into())]),
            (None, None) => return help,
        },
        _ => return help,
    };
    format!("{help} {more}")
}

/// Which part of a request cannot be read.
fn unreadable(lang: &Language, refusal: &Refusal) -> String {
    let about = |name: &str| refusal.about.get(name).map(String::as_str);
    if let (Some(name), Some(known)) = (about("query"), about("known")) {
        return lang.with("problem-known", &[("field", name.into()), ("known", known.into())]);
    }
    if let Some(name) = about("header") {
        let args = [("header", name.into()), ("tag", TAG.into())];
        return match name {
            KEY => lang.with("problem-header-key", &args[..1]),
            SEEN => lang.with("problem-header-seen", &args),
            _ => lang.with("problem-header", &args[..1]),
        };
    }
    if let Some(key) = about("question") {
        return lang.with("problem-question", &[("question", key.into())]);
    }
    if let Some(line) = about("line") {
        return lang.with("problem-line", &[("line", line.into())]);
    }
    match (about("query"), about("body"), about("request")) {
        // What a reader of addresses says of one is in its own words, and not one name.
        (Some(name), ..) if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => {
            lang.with("problem-field", &[("field", name.into())])
        }
        (Some(_), ..) => lang.t("problem-query"),
        (_, None, Some("method")) => lang.t("problem-method"),
        (_, Some(_), _) | (_, _, Some("body")) => lang.t("problem-body"),
        _ => lang.t("problem-unreadable"),
    }
}

fn field_wrong(lang: &Language, field: &str, refusal: &Refusal) -> String {
    match refusal.about.get("known") {
        Some(known) => lang.with("problem-known", &[("field", field.into()), ("known", known.into())]),
        None => lang.with("problem-field", &[("field", field.into())]),
    }
}

/// Each field that does not fit, with the code of what is wrong and a sentence.
fn errors(lang: &Language, refusal: &Refusal) -> Vec<Value> {
    if refusal.why.class() != Class::Invalid {
        return Vec::new();
    }
    let about = |name: &str| refusal.about.get(name).map(String::as_str);
    let error = |field: &str, code: &str, words: String| json!({"field": field, "code": code, "detail": plain(&words)});
    if refusal.why == Why::ImportUnreadable {
        let said = refusal.about.iter().map(|(place, told)| {
            let (code, words) = book_words::told(lang, told);
            error(place, code.unwrap_or(refusal.code()), words)
        });
        return said.collect();
    }
    match (about("question").or_else(|| about("field")), about("fault")) {
        (Some(field), Some(code)) => return vec![error(field, code, wrong(lang, field, code))],
        (Some(field), None) if about("field").is_some() => {
            return vec![error(field, refusal.code(), field_wrong(lang, field, refusal))];
        }
        _ => {}
    }
    let found = refusal.about.iter().filter(|(name, code)| *name != "fault" && is_fault(lang, code));
    found.map(|(name, code)| error(name, code, wrong(lang, name, code))).collect()
}

/// The code of a fault alone: `heading/missing` of `heading/missing: nam`.
fn bare(code: &str) -> &str {
    code.split(':').next().unwrap_or(code)
}

fn key_of(code: &str) -> String {
    format!("fault-{}", bare(code).replace('/', "-"))
}

fn is_fault(lang: &Language, code: &str) -> bool {
    lang.has(&key_of(code))
}

/// What is wrong with a field: in the words of its form, where they can be said without it.
fn wrong(lang: &Language, field: &str, code: &str) -> String {
    // Of a page of a book the row comes first: `3/happened-on`.
    let name = field.rsplit_once('/').map_or(field, |(_, name)| name);
    let args: Vec<(&str, Arg)> = civil_words::limits_of(name);
    let said = lang.maybe_with(&key_of(code), &args);
    said.unwrap_or_else(|| lang.with("problem-field", &[("field", field.into())]))
}
