//! Limits by network address: whoever drops the cookie does not become someone
//! new. Those at doors that can be forced are counted in the records, for all
//! nodes; those that only spare work, in each node's memory. They are wide, because a whole town can stand
//! behind one address of a mobile network; what protects one account or one
//! case is counted in the acts themselves.

use crate::api;
use crate::app::App;
use crate::frame::{Here, split_language};
use crate::refused::Problem;
use axum::extract::{ConnectInfo, FromRequestParts, Query, Request};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use diwan_domain::refusals::Why;
use diwan_office::{access, secrets};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};

const AN_HOUR: i64 = 3_600_000_000;

/// How often an hour one address may do what, by kind of request. `None` where
/// there is no limit but that of the act.
pub(crate) fn limit_of(method: &Method, uri: &Uri) -> Option<(&'static str, i64)> {
    let path = uri.path();
    if path == "/oauth/token" {
        return Some(("api", 60_000));
    }
    if ["/api/", "/dci/", "/gateways/"].iter().any(|prefix| path.starts_with(prefix)) {
        return Some(("api", 60_000));
    }
    let (language, rest) = split_language(path);
    let parts: Vec<&str> = rest.trim_matches('/').split('/').collect();
    if method != Method::POST {
        return match (language, &parts[..]) {
            // What is typeset, or looked up and proven, for whoever asks.
            (_, ["cases", _, "paper"] | ["cases", _, "receipts", _, "pdf"]) => Some(("papers", 600)),
            ("v", _) | (_, ["check", _] | ["cases", _, "receipts", _, "proof"]) => Some(("checks", 6_000)),
            (_, ["sign-in", "wallet"]) => Some(("wallet", 1_200)),
            ("sign-in", ["return"]) => Some(("wallet", 1_200)),
            // The six digits at the door of a centre could be tried.
            (_, ["centres", _, "note"]) => Some(("tries", 600)),
            (_, ["centres", _, "ticket"]) if brings_digits(uri) => Some(("tries", 600)),
            _ => None,
        };
    }
    match parts[..] {
        ["sign-in"] | ["track"] | ["contact"] => Some(("codes", 300)),
        ["sign-in" | "track" | "contact", "code"] | ["desk", "sign-in"] | ["desk", "invitation", _] => {
            Some(("tries", 600))
        }
        ["kiosk", _, "sign-in"] => Some(("codes", 300)),
        ["kiosk", _, "sign-in", "code"] | ["kiosk", _, "enrol"] => Some(("tries", 600)),
        ["centres", _, "note" | "ticket"] => Some(("tries", 600)),
        ["services", _, "begin"] => Some(("begin", 1_200)),
        ["check"] => Some(("checks", 6_000)),
        ["cases", _, "questions", _] | ["cases", _, "requests", _] => Some(("answers", 12_000)),
        _ => None,
    }
}

/// Whether an address brings the digits that a centre shows at its door.
fn brings_digits(uri: &Uri) -> bool {
    let told = Query::<Vec<(String, String)>>::try_from_uri(uri);
    told.is_ok_and(|Query(told)| told.iter().any(|(name, value)| name == "door" && !value.is_empty()))
}

/// Whether a limit only spares work: nothing can be guessed or filled behind it.
fn spares_work(class: &str) -> bool {
    matches!(class, "api" | "checks" | "papers")
}

/// From where a request comes: the peer, or what a trusted proxy says of it.
#[must_use]
pub fn address(peer: Option<IpAddr>, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let peer = peer.map(plain)?;
    if !proxies.contains(&peer) {
        return Some(peer);
    }
    // The last one that is no proxy of ours: what stands before it, anyone may
    // have written.
    let told = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let told: Vec<IpAddr> = told
        .flat_map(|value| value.split(','))
        .filter_map(|text| text.trim().parse().ok())
        .map(plain)
        .collect();
    Some(told.into_iter().rev().find(|address| !proxies.contains(address)).unwrap_or(peer))
}

/// The certificate that a client showed to the TLS proxy, as the SHA-256 of its
/// DER in base64url (`x5t#S256`, RFC 8705). The header is believed only where it
/// is configured, and only from a trusted proxy: `Client-Cert` with a byte
/// sequence (RFC 9440), or an escaped PEM as nginx writes it. Two such headers are none:
/// a proxy that added its own to one that came along would let anyone show any certificate.
#[must_use]
pub fn certificate(peer: Option<IpAddr>, headers: &HeaderMap, app: &App) -> Option<String> {
    let peer = peer.map(plain)?;
    if !app.client_certificates || !app.proxies.contains(&peer) {
        return None;
    }
    let mut shown = headers.get_all("client-cert").iter();
    match (shown.next(), shown.next()) {
        (Some(one), None) => thumbprint(one.to_str().ok()?),
        _ => None,
    }
}

pub(crate) fn thumbprint(header: &str) -> Option<String> {
    let header = header.trim();
    let base64 = match header.strip_prefix(':') {
        Some(rest) => rest.strip_suffix(':')?.to_owned(),
        None => {
            // Line ends, and letters that addresses cannot hold, come as %XX.
            let pem = unescaped(header)?;
            let inner = pem.trim().strip_prefix("-----BEGIN CERTIFICATE-----")?;
            let (inner, _) = inner.split_once("-----END CERTIFICATE-----")?;
            inner.chars().filter(|c| !c.is_whitespace()).collect()
        }
    };
    let der = STANDARD.decode(base64).ok().filter(|der| !der.is_empty())?;
    Some(URL_SAFE_NO_PAD.encode(Sha256::digest(der)))
}

/// A text in which letters stand as `%XX`; none when that is no text.
pub(crate) fn unescaped(text: &str) -> Option<String> {
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            out.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            out.push(*first);
            rest = after;
        }
    }
    String::from_utf8(out).ok()
}

/// An IPv4 address in IPv6 clothes is the IPv4 address.
fn plain(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

/// The network a request comes from, by a name that is no address.
#[derive(Clone, Debug)]
pub struct Network(pub String);

/// The first part of an address, for the log: an IPv4 /24, an IPv6 /48.
#[derive(Clone, Debug)]
pub struct Prefix(pub String);

pub(crate) fn prefix(address: Option<IpAddr>) -> Prefix {
    Prefix(match address {
        Some(IpAddr::V4(v4)) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Some(IpAddr::V6(v6)) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        None => "unknown".to_owned(),
    })
}

/// An address's network, by a name that is no address. An IPv6 subscriber has a
/// whole /64.
pub(crate) fn network_of(address: Option<IpAddr>) -> String {
    let network = match address {
        Some(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        Some(IpAddr::V4(v4)) => v4.to_string(),
        None => "unknown".to_owned(),
    };
    hex::encode(&secrets::hash(&network)[..8])
}

/// The counter's name.
fn counter(class: &str, network: &str) -> String {
    format!("net/{class}/{network}")
}

/// Refuses an address that asks too often.
pub async fn limit<F>(app: &App, mut request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let address = address(peer, request.headers(), &app.proxies);
    let network = network_of(address);
    request.extensions_mut().insert(Network(network.clone()));
    let prefix = prefix(address);
    let mut response = counted(app, &network, request, next).await;
    response.extensions_mut().insert(prefix);
    response
}

async fn counted<F>(app: &App, network: &str, request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let Some((class, most)) = limit_of(request.method(), request.uri()) else {
        return next(request).await;
    };
    let now = app.office.now();
    let counted = if spares_work(class) {
        Ok(app.crowd.addresses.count(class, network, now).uses)
    } else {
        access::count_use(&app.office.db, &counter(class, network), now, AN_HOUR).await
    };
    let why = match counted {
        Ok(uses) if uses <= most => return next(request).await,
        Ok(_) => Why::TooManyAttempts,
        Err(fault) => fault.passing().unwrap_or(Why::Busy),
    };
    if class == "api" {
        return api::Problem::from(why).into_response();
    }
    let (mut parts, _) = request.into_parts();
    match Here::from_request_parts(&mut parts, app).await {
        Ok(here) => Problem::from(why).page(&here),
        Err(response) => response,
    }
}
