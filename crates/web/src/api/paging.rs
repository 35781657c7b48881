//! Lists in pages: an opaque cursor says where the last page ended, so that
//! what is added meanwhile neither repeats nor hides anything.

use super::problem::Problem;
use crate::app::App;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diwan_domain::refusals::{Refusal, Why};
use futures_util::stream;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::future::Future;
use utoipa::{IntoParams, ToSchema};

/// How many lines a page has when nobody says.
const USUAL: i64 = 50;
/// How many lines a page has at most.
pub const MOST: i64 = 200;

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// How many lines, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// Where the last page ended: the `cursor` in the address that its `next` tells, or that
    /// address as a whole.
    pub cursor: Option<String>,
}

impl Paging {
    /// How many lines.
    ///
    /// # Errors
    /// When the number is out of bounds.
    pub fn limit(&self) -> Result<i64, Problem> {
        match self.limit {
            None => Ok(USUAL),
            Some(limit) if (1..=MOST).contains(&limit) => Ok(limit),
            Some(_) => Err(Refusal::from(Why::Malformed).about("query", "limit").into()),
        }
    }

    /// Where the last page ended.
    ///
    /// # Errors
    /// When the cursor is none of ours.
    pub fn after<T: DeserializeOwned>(&self) -> Result<Option<T>, Problem> {
        let Some(text) = &self.cursor else { return Ok(None) };
        let text = text.rsplit_once("cursor=").map_or(text.as_str(), |(_, told)| told);
        let text = text.split('&').next().unwrap_or_default();
        let read = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let wrong = || Problem::from(Refusal::from(Why::Malformed).about("query", "cursor"));
        read.map(Some).ok_or_else(wrong)
    }
}

fn cursor(after: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(after).unwrap_or_default())
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// Its lines.
    pub items: Vec<T>,
    /// How many lines there are on all pages, where that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// The address of the next page; left out on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page; `after` says where it ended when there is more.
    #[must_use]
    pub fn of(app: &App, uri: &Uri, items: Vec<T>, after: Option<impl Serialize>) -> Self {
        let next = after.map(|after| next_address(app, uri, &cursor(&after)));
        Self { items, total: None, next }
    }

    /// A page of a list that is short enough to be read whole; `key` names a line.
    ///
    /// # Errors
    /// When the cursor names none of its lines.
    pub fn among(
        app: &App,
        uri: &Uri,
        paging: &Paging,
        mut all: Vec<T>,
        key: impl Fn(&T) -> String,
    ) -> Result<Self, Problem> {
        let limit = usize::try_from(paging.limit()?).unwrap_or(1);
        let total = all.len() as i64;
        if let Some(after) = paging.after::<String>()? {
            let wrong = || Problem::from(Refusal::from(Why::Malformed).about("query", "cursor"));
            let at = all.iter().position(|line| key(line) == after).ok_or_else(wrong)?;
            all.drain(..=at);
        }
        let more = all.len() > limit;
        all.truncate(limit);
        let after = all.last().map(key).filter(|_| more);
        Ok(Self { total: Some(total), ..Self::of(app, uri, all, after) })
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let link = self.next.as_ref().map(|next| format!("<{next}>; rel=\"next\""));
        let mut response = Json(self).into_response();
        if let Some(value) = link.and_then(|text| HeaderValue::from_str(&text).ok()) {
            response.headers_mut().insert(header::LINK, value);
        }
        response
    }
}

fn next_address(app: &App, uri: &Uri, cursor: &str) -> String {
    let kept = uri.query().unwrap_or_default().split('&');
    let kept = kept.filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let query: Vec<String> = kept.map(str::to_owned).chain([format!("cursor={cursor}")]).collect();
    format!("{}{}?{}", app.office.settings.base_url, uri.path(), query.join("&"))
}

/// In which form a list is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values (RFC 4180), UTF-8 with its mark, for spreadsheets.
    #[default]
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// A list written line by line, as long as pages come: `page` is given where the
/// last one ended, and gives its lines and where it ends.
pub async fn export<C, F, Out>(
    name: &str,
    format: Format,
    heads: &'static [&'static str],
    page: F,
) -> Result<Response, Problem>
where
    C: Send + 'static,
    F: Fn(Option<C>) -> Out + Send + 'static,
    Out: Future<Output = Result<(Vec<Value>, Option<C>), Problem>> + Send,
{
    // The first page is read before the answer begins, so that a refusal is one.
    let (lines, after) = page(None).await?;
    let mut first = if format == Format::Csv { head(heads) } else { String::new() };
    first.push_str(&written(format, heads, &lines));
    let rest = stream::unfold((Some(after), page), move |(state, page)| async move {
        let after = state??;
        match page(Some(after)).await {
            Ok((lines, after)) => {
                Some((Ok(Bytes::from(written(format, heads, &lines))), (Some(after), page)))
            }
            Err(problem) => {
                let broken = std::io::Error::other(format!("the export broke off: {}", problem.inner.code()));
                Some((Err(broken), (None, page)))
            }
        }
    });
    let whole = futures_util::StreamExt::chain(
        stream::once(async move { Ok::<_, std::io::Error>(Bytes::from(first)) }),
        rest,
    );
    let (media, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Jsonl => ("application/jsonl", "jsonl"),
    };
    let saved = format!("attachment; filename=\"{name}.{ending}\"");
    let headers = [(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, saved)];
    Ok((headers, Body::from_stream(whole)).into_response())
}

fn head(heads: &[&str]) -> String {
    format!("\u{feff}{}\r\n", heads.join(","))
}

fn written(format: Format, heads: &[&str], lines: &[Value]) -> String {
    let nothing = Map::new();
    let csv = |line: &Value| {
        let fields = line.as_object().unwrap_or(&nothing);
        let cells: Vec<String> = heads.iter().map(|head| cell(fields.get(*head))).collect();
        format!("{}\r\n", cells.join(","))
    };
    lines
        .iter()
        .map(|line| match format {
            Format::Csv => csv(line),
            Format::Jsonl => format!("{line}\n"),
        })
        .collect()
}

fn cell(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => return String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other @ (Value::Array(_) | Value::Object(_))) => other.to_string(),
        Some(plain) => return plain.to_string(),
    };
    crate::pages::kit::csv_cell(&text)
}
