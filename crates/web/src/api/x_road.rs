//! Behind a security server of X-Road (message protocol for REST): it says which
//! member asks, and the member is registered here as a client with its scopes.

use super::caller::{Caller, bad_token, who_of};
use super::problem::Problem;
use crate::app::App;
use crate::network;
use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use diwan_domain::acts::Via;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::x_road::{Member, ServiceId};
use diwan_office::clients;
use std::net::SocketAddr;

/// The longest header that is kept in the journal.
const LONGEST: usize = 512;

/// The member behind a request of a security server; `None` when there is none.
/// The headers of anyone else are refused, not overlooked.
pub(super) async fn member(app: &App, parts: &Parts) -> Result<Option<Caller>, Problem> {
    let Some(named) = text(&parts.headers, "x-road-client")? else { return Ok(None) };
    if !is_security_server(app, parts) {
        return Err(bad_token());
    }
    let member: Member = named.parse().map_err(|_| malformed("X-Road-Client"))?;
    let row = clients::of_member(&app.office, &member).await?;
    let row = row.ok_or_else(|| Problem::from(Refusal::from(Why::NotPermitted).about("member", &member)))?;
    let service = text(&parts.headers, "x-road-service")?;
    if service.as_ref().is_some_and(|service| service.parse::<ServiceId>().is_err()) {
        return Err(malformed("X-Road-Service"));
    }
    let mut who = who_of(row.officer_id, None, &row.client_id);
    who.via = Some(Via {
        client: member.to_string(),
        id: text(&parts.headers, "x-road-id")?,
        request: text(&parts.headers, "x-road-request-id")?,
        service,
        user: text(&parts.headers, "x-road-userid")?,
        issue: text(&parts.headers, "x-road-issue")?,
        represented: text(&parts.headers, "x-road-represented-party")?,
    });
    Ok(Some(Caller {
        who,
        scopes: serde_json::from_value(row.scopes.0).unwrap_or_default(),
        kind: "client",
        name: row.name,
        expires_at: row.expires_at,
        certificate: None,
        client: Some(row.id),
        acting: None,
        door: format!("api/client/{}", row.id),
    }))
}

fn malformed(header: &str) -> Problem {
    Refusal::from(Why::Malformed).about("header", header).into()
}

/// A header as text, once; one that cannot be kept is refused.
fn text(headers: &HeaderMap, name: &str) -> Result<Option<String>, Problem> {
    let mut all = headers.get_all(name).iter();
    let Some(first) = all.next() else { return Ok(None) };
    let text = first.to_str().ok().filter(|text| text.len() <= LONGEST && !text.is_empty());
    match (text, all.next()) {
        (Some(text), None) => Ok(Some(text.to_owned())),
        _ => Err(malformed(name)),
    }
}

/// Whether a request comes from a security server of ours: by its address, or by
/// the certificate that it showed to a trusted proxy.
fn is_security_server(app: &App, parts: &Parts) -> bool {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let address = network::address(peer, &parts.headers, &app.proxies);
    let by_address = address.is_some_and(|at| app.security_servers.iter().any(|network| network.holds(at)));
    let shown = network::certificate(peer, &parts.headers, app);
    by_address || shown.is_some_and(|shown| app.security_certificates.contains(&shown))
}
