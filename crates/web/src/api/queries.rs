//! Of an address only that is read which the description names: a filter that is misspelt would otherwise be a list
//! of everything, and nobody would notice.

use super::problem::Problem;
use axum::extract::{MatchedPath, Query, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use diwan_domain::refusals::{Refusal, Why};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Which names an operation reads, by method and address.
#[derive(Clone)]
pub(super) struct Known(Arc<BTreeMap<(String, String), BTreeSet<String>>>);

impl Known {
    /// The names in the description.
    pub(super) fn of(description: &Value) -> Self {
        let mut all = BTreeMap::new();
        for (path, methods) in description["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let asked = parameters.filter(|one| one["in"] == "query");
                let names = asked.filter_map(|one| one["name"].as_str().map(str::to_owned)).collect();
                all.insert((method.to_uppercase(), path.clone()), names);
            }
        }
        Self(Arc::new(all))
    }

    /// A name that the operation does not read, and those that it does.
    fn stranger(&self, request: &Request) -> Option<(String, &BTreeSet<String>)> {
        let path = request.extensions().get::<MatchedPath>()?.as_str().to_owned();
        let method = if *request.method() == Method::HEAD { "GET" } else { request.method().as_str() };
        let known = self.0.get(&(method.to_owned(), path))?;
        // What cannot be read at all is told where it is read.
        let Query(sent) = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).ok()?;
        let (name, _) = sent.into_iter().find(|(name, _)| !known.contains(name))?;
        Some((name, known))
    }
}

/// Refuses an address with a name that nobody reads, and says which are read.
pub(super) async fn only_known(State(known): State<Known>, request: Request, next: Next) -> Response {
    let Some((name, read)) = known.stranger(&request) else { return next.run(request).await };
    let read: Vec<&str> = read.iter().map(String::as_str).collect();
    let read = if read.is_empty() { "none".to_owned() } else { read.join(", ") };
    let refusal = Refusal::from(Why::Malformed).about("query", name).about("known", read);
    Problem::from(refusal).with_status(StatusCode::BAD_REQUEST).into_response()
}
