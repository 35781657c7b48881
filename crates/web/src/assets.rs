//! Stylesheets, fonts, icons and scripts (one for every page, two for displays of halls, two
//! for kiosks), built into the program.
//! Nothing comes from another origin, and there is no Node in the build.

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
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

/// The script that stands between a kiosk's browser and its line. It has an address at the
/// root, because it answers for every page below its own.
pub async fn kiosk_worker(headers: HeaderMap) -> Response {
    let mut response = serve(Path("kiosk-worker.js".to_owned()), RawQuery(None), headers).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// A recording, whole or the part a player asked for: some play only what they
/// can ask for in parts (RFC 9110, 14.2).
#[must_use]
pub fn sound(name: &str, bytes: &[u8], range: Option<&HeaderValue>) -> Response {
    let media = match name.rsplit('.').next() {
        Some("mp3") => "audio/mpeg",
        Some("m4a") => "audio/mp4",
        _ => "audio/ogg",
    };
    let common = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CACHE_CONTROL, "public, max-age=86400".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ];
    let size = bytes.len();
    let asked = range.and_then(|value| part_of(value.to_str().ok()?, size));
    match asked {
        Some((from, to)) => {
            let told = [(header::CONTENT_RANGE, format!("bytes {from}-{to}/{size}"))];
            (StatusCode::PARTIAL_CONTENT, common, told, bytes[from..=to].to_vec()).into_response()
        }
        None => (common, bytes.to_vec()).into_response(),
    }
}

/// The first and last byte of a part that was asked for; `None` for anything
/// but one part that lies inside.
pub(crate) fn part_of(asked: &str, size: usize) -> Option<(usize, usize)> {
    let (from, to) = asked.strip_prefix("bytes=")?.split_once('-')?;
    let last = size.checked_sub(1)?;
    let (from, to) = match (from, to) {
        ("", tail) => (size.saturating_sub(tail.parse().ok()?), last),
        (from, "") => (from.parse().ok()?, last),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.min(last)),
    };
    (from <= to).then_some((from, to))
}
