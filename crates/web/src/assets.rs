//! Stylesheets, fonts, icons and the one script, built into the program.
//! Nothing comes from another origin, and there is no Node in the build.

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../assets"]
#[include = "css/*.css"]
#[include = "fonts/*.woff2"]
#[include = "js/*.js"]
#[include = "icons/*.svg"]
struct Files;

/// Each file's short hash, so that browsers keep it until it changes.
static HASHES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Files::iter()
        .filter_map(|name| {
            let hash = hex::encode(&Files::get(&name)?.metadata.sha256_hash()[..4]);
            let plain = name.rsplit('/').next().unwrap_or(&name).to_owned();
            Some((plain, hash))
        })
        .collect()
});

/// The address of an asset, with its hash.
#[must_use]
pub fn address(name: &str) -> String {
    match HASHES.get(name) {
        Some(hash) => format!("/assets/{name}?v={hash}"),
        None => format!("/assets/{name}"),
    }
}

/// An icon's SVG, to stand inside the page; nothing when there is none.
#[must_use]
pub fn icon(name: &str) -> String {
    Files::get(&format!("icons/{name}.svg"))
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .unwrap_or_default()
}

/// Serves an asset; kept for a year when its hash was asked for.
pub async fn serve(Path(name): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let folder = match name.rsplit('.').next() {
        Some("css") => "css/",
        Some("woff2") => "fonts/",
        Some("js") => "js/",
        Some("svg") => "icons/",
        _ => "",
    };
    let Some(file) = Files::get(&format!("{folder}{name}")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..8]));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let media = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let hashed = query.is_some_and(|query| query.starts_with("v="));
    let cache = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=86400" };
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, etag),
    ];
    (headers, file.data.into_owned()).into_response()
}
