//! A file store that answers like Amazon's S3: PUT, GET, HEAD, DELETE and ListObjectsV2
//! in path style. It checks every signature (Signature Version 4) and the hash
//! of every body itself, from Amazon's documentation and not from our client,
//! and answers with the same errors.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who may use the store, and its one bucket.
#[derive(Clone, Debug)]
pub struct S3Account {
    /// The name of the key.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
    /// The region that signatures name.
    pub region: String,
    /// The bucket.
    pub bucket: String,
}

/// The store: its account and what it holds.
#[derive(Clone)]
pub struct S3Store(Arc<Inner>);

struct Inner {
    account: S3Account,
    objects: Mutex<BTreeMap<String, Bytes>>,
    trouble: Mutex<u32>,
}

/// How far a request's clock may be off, seconds.
const SKEW: i64 = 15 * 60;
/// A listing never gives more at once, so that pages are turned.
const PAGE: usize = 2;

impl S3Store {
    /// An empty store.
    #[must_use]
    pub fn new(account: S3Account) -> Self {
        Self(Arc::new(Inner { account, objects: Mutex::default(), trouble: Mutex::default() }))
    }

    /// The names of what it holds.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.objects().keys().cloned().collect()
    }

    /// Changes one byte of an object, as a failing disk would.
    pub fn spoil(&self, name: &str) {
        if let Some(bytes) = self.objects().get_mut(name) {
            let mut spoilt = bytes.to_vec();
            if let Some(first) = spoilt.first_mut() {
                *first ^= 1;
            }
            *bytes = spoilt.into();
        }
    }

    /// Answers the next requests with "slow down".
    pub fn be_in_trouble(&self, requests: u32) {
        *self.0.trouble.lock().unwrap_or_else(PoisonError::into_inner) = requests;
    }

    fn in_trouble(&self) -> bool {
        let mut left = self.0.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let now = *left > 0;
        *left = left.saturating_sub(1);
        now
    }

    fn objects(&self) -> MutexGuard<'_, BTreeMap<String, Bytes>> {
        self.0.objects.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The store's doors.
pub fn s3_router(store: S3Store) -> Router {
    Router::new()
        .fallback(answer)
        .layer(axum::extract::DefaultBodyLimit::max(64 * 1024 * 1024))
        .with_state(store)
}

async fn answer(
    State(store): State<S3Store>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if store.in_trouble() {
        return error(StatusCode::SERVICE_UNAVAILABLE, "SlowDown");
    }
    if let Err(code) = signed(&store.0.account, &method, &uri, &headers, &body) {
        let status =
            if code == "XAmzContentSHA256Mismatch" { StatusCode::BAD_REQUEST } else { StatusCode::FORBIDDEN };
        return error(status, code);
    }
    let path = uri.path().trim_start_matches('/');
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    if bucket != store.0.account.bucket {
        return error(StatusCode::NOT_FOUND, "NoSuchBucket");
    }
    match (method, key) {
        (Method::GET, "") => list(&store, uri.query().unwrap_or_default()),
        (Method::PUT, key) if !key.is_empty() => {
            let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&body)[..16]));
            store.objects().insert(key.to_owned(), body);
            ([(header::ETAG, tag)], "").into_response()
        }
        (Method::DELETE, key) if !key.is_empty() => {
            store.objects().remove(key);
            StatusCode::NO_CONTENT.into_response()
        }
        (Method::GET | Method::HEAD, key) => match store.objects().get(key) {
            Some(bytes) => bytes.clone().into_response(),
            None => error(StatusCode::NOT_FOUND, "NoSuchKey"),
        },
        _ => error(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed"),
    }
}

fn error(status: StatusCode, code: &str) -> Response {
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], text).into_response()
}

fn list(store: &S3Store, query: &str) -> Response {
    let get = |name: &str| {
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            .map(from_url)
            .unwrap_or_default()
    };
    let (prefix, after) = (get("prefix"), get("continuation-token"));
    let most = get("max-keys").parse().unwrap_or(1_000).min(PAGE);
    let objects = store.objects();
    let mut keys = objects.keys().filter(|key| key.starts_with(&prefix) && key.as_str() > after.as_str());
    let page: Vec<&String> = keys.by_ref().take(most).collect();
    let more = keys.next().is_some();
    let contents: String = page.iter().map(|key| format!("<Contents><Key>{key}</Key></Contents>")).collect();
    let next = match page.last() {
        Some(last) if more => format!("<NextContinuationToken>{last}</NextContinuationToken>"),
        _ => String::new(),
    };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult><IsTruncated>{more}</IsTruncated>{contents}{next}</ListBucketResult>"
    );
    ([(header::CONTENT_TYPE, "application/xml")], text).into_response()
}

fn from_url(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let pair: Vec<u8> = bytes.by_ref().take(2).collect();
            out.push(
                std::str::from_utf8(&pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()).unwrap_or(b'?'),
            );
        } else {
            out.push(byte);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Checks a signature; gives Amazon's code of what is wrong.
fn signed(
    account: &S3Account,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), &'static str> {
    let head = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let given = head("authorization")
        .and_then(|text| text.strip_prefix("AWS4-HMAC-SHA256 "))
        .ok_or("AccessDenied")?;
    let part = |name: &str| {
        given.split(',').find_map(|part| part.trim().strip_prefix(name)).ok_or("AuthorizationHeaderMalformed")
    };
    let (credential, names, signature) = (part("Credential=")?, part("SignedHeaders=")?, part("Signature=")?);
    let (access_key, scope) = credential.split_once('/').ok_or("AuthorizationHeaderMalformed")?;
    if access_key != account.access_key {
        return Err("InvalidAccessKeyId");
    }
    let stamp = head("x-amz-date").ok_or("AccessDenied")?;
    let at = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).map_err(|_| "AccessDenied")?;
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| "AccessDenied")?.timestamp();
    if (Timestamp::now().as_second() - at.as_second()).abs() > SKEW {
        return Err("RequestTimeTooSkewed");
    }
    if scope != format!("{}/{}/s3/aws4_request", &stamp[..8], account.region) {
        return Err("AuthorizationHeaderMalformed");
    }
    let names: Vec<&str> = names.split(';').collect();
    if !["host", "x-amz-content-sha256", "x-amz-date"].iter().all(|needed| names.contains(needed)) {
        return Err("AccessDenied");
    }
    let payload = head("x-amz-content-sha256").ok_or("AccessDenied")?;
    let mut canonical = format!("{method}\n{}\n{}\n", uri.path(), sorted(uri.query().unwrap_or_default()));
    for name in &names {
        canonical.push_str(&format!("{name}:{}\n", head(name).ok_or("AccessDenied")?));
    }
    canonical.push_str(&format!("\n{}\n{payload}", names.join(";")));
    let text = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", hex::encode(Sha256::digest(&canonical)));
    let mut key = format!("AWS4{}", account.secret_key).into_bytes();
    for part in scope.split('/') {
        key = mac(&key, part.as_bytes())?.finalize().into_bytes().to_vec();
    }
    let signature = hex::decode(signature).map_err(|_| "SignatureDoesNotMatch")?;
    mac(&key, text.as_bytes())?.verify_slice(&signature).map_err(|_| "SignatureDoesNotMatch")?;
    if payload == hex::encode(Sha256::digest(body)) { Ok(()) } else { Err("XAmzContentSHA256Mismatch") }
}

fn sorted(query: &str) -> String {
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    pairs.join("&")
}

fn mac(key: &[u8], text: &[u8]) -> Result<Hmac<Sha256>, &'static str> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).map_err(|_| "InternalError")?;
    mac.update(text);
    Ok(mac)
}
