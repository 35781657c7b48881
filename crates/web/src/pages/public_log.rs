//! The public log for mirrors and witnesses: C2SP tlog-tiles below `/log`, and
//! a page that says what it is.

use crate::frame::{Here, show};
use crate::pages::kit::TextPage;
use crate::refused::{Answer, answer};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_office::log;

/// What the log is, its key, and its head.
pub async fn page(here: Here) -> Response {
    let result = async {
        let lang = &here.lang;
        let head = log::head(&here.app.office.db).await?;
        let size = head.as_ref().map_or(0, |head| i64::try_from(head.size).unwrap_or(0));
        let key = &here.app.office.log_key;
        let checkpoint = head.map(|head| head.checkpoint).unwrap_or_default();
        let page = TextPage {
            frame: here.frame(lang.t("nav-log")),
            back: "/".into(),
            paragraphs: vec![
                lang.t("log-1"),
                lang.t("log-2"),
                lang.with("log-size", &[("size", lang.number(size).into())]),
            ],
            code: format!("{}\n\n{checkpoint}", key.verifier),
            links: vec![("/log/checkpoint".into(), lang.t("log-checkpoint"))],
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The signed head of the tree.
pub async fn checkpoint(State(app): State<crate::App>) -> Response {
    match log::head(&app.office.db).await {
        Ok(Some(head)) => {
            let headers =
                [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
            (headers, head.checkpoint).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(fault) => failed(&fault),
    }
}

/// A tile, or a bundle of entries.
pub async fn tile(State(app): State<crate::App>, Path(path): Path<String>) -> Response {
    let found = async {
        let mut reading = app.office.db.reading().await?;
        log::tile(&mut reading.tx(), &path).await
    };
    match found.await {
        Ok(Some(bytes)) => {
            let keep = if path.contains(".p/") { "no-cache" } else { "public, max-age=31536000, immutable" };
            ([(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, keep)], bytes)
                .into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(fault) => failed(&fault),
    }
}

fn failed(fault: &diwan_office::Fault) -> Response {
    tracing::error!("the public log could not be read: {fault}");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
