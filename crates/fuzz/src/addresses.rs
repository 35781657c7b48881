//! What stands in headers and settings: networks, members of X-Road, receivers,
//! forwarded addresses, languages, secrets of events.

use crate::lines;
use axum::http::{HeaderMap, HeaderValue};
use diwan_domain::networks::Network;
use diwan_domain::notices::{check_target, is_private, key_of, secret_of};
use diwan_domain::x_road::{Member, ServiceId, encoded, is_request_hash, request_hash};
use diwan_web::network;
use diwan_web::words::Words;
use std::net::IpAddr;
use std::sync::LazyLock;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load().expect("the languages are sound"));

/// Three lines: an address or name of any kind; a peer; a header.
pub fn addresses(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let [line, peer, header]: [&str; 3] = lines(&text);
    members(line);
    networks(line, peer);
    target(line);
    if let Some(key) = key_of(line) {
        assert_eq!(secret_of(&key), line, "a secret is written in one way");
    }
    if is_request_hash(line) {
        assert_eq!(line.len(), request_hash(&[], None).len());
    }
    forwarded(peer, header);
    let language = WORDS.best_for(Some(header));
    assert!(WORDS.languages().iter().any(|known| known.code == language.code));
}

fn members(line: &str) {
    if let Ok(member) = line.parse::<Member>() {
        let written = member.to_string();
        assert_eq!(written.parse::<Member>().as_ref(), Ok(&member), "{written}");
        assert_eq!(written.parse::<Member>().expect("read").to_string(), written);
        sound_way(&written, 3..=4);
    }
    if let Ok(service) = line.parse::<ServiceId>() {
        let written = service.to_string();
        assert_eq!(written.parse::<ServiceId>().as_ref(), Ok(&service), "{written}");
        sound_way(&written, 4..=5);
    }
    assert!(encoded(line).bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
}

/// The way to another register names no other place.
fn sound_way(written: &str, counts: std::ops::RangeInclusive<usize>) {
    let parts: Vec<&str> = written.split('/').collect();
    assert!(counts.contains(&parts.len()), "{written}");
    assert!(parts.iter().all(|part| !part.is_empty() && *part != "." && *part != ".."), "{written}");
    assert!(!written.contains("%2F") && !written.contains("%5C") && !written.contains("%00"), "{written}");
}

fn networks(line: &str, peer: &str) {
    let Ok(network) = line.parse::<Network>() else { return };
    let (first, bits) = line.split_once('/').unwrap_or((line, "all"));
    let first: IpAddr = first.parse().expect("a network begins with an address");
    assert!(network.holds(first), "{line}");
    if bits == "all"
        && let Ok(peer) = peer.parse::<IpAddr>()
    {
        assert_eq!(network.holds(peer), peer.to_canonical() == first.to_canonical(), "{line} {peer}");
    }
}

/// A receiver's address: what the program that calls it will make of it.
fn target(line: &str) {
    if check_target(line).is_err() {
        return;
    }
    assert!(line.len() <= 500 && !line.contains(|c: char| c.is_ascii_whitespace() || c.is_ascii_control()));
    let Ok(read) = reqwest::Url::parse(line) else { return };
    assert!(read.username().is_empty() && read.password().is_none(), "{line}");
    let host = read.host_str().unwrap_or_default().trim_matches(['[', ']']);
    assert!(!host.is_empty(), "{line}");
    // Without encryption, nothing out of the house.
    if read.scheme() == "http" {
        assert!(
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(is_private),
            "{line} leads to {host}"
        );
    }
}

/// Who is not a proxy of ours is taken for where they are, whatever they write.
fn forwarded(peer: &str, header: &str) {
    let (Ok(peer), Ok(value)) = (peer.parse::<IpAddr>(), HeaderValue::from_str(header)) else { return };
    let mut headers = HeaderMap::new();
    headers.insert("x-forwarded-for", value);
    assert_eq!(network::address(Some(peer), &headers, &[]), Some(peer.to_canonical()));
    let proxies = [peer.to_canonical()];
    let told = network::address(Some(peer), &headers, &proxies).expect("a peer");
    let named = header.split(',').filter_map(|text| text.trim().parse::<IpAddr>().ok());
    let named: Vec<IpAddr> = named.map(|address| address.to_canonical()).collect();
    assert!(told == proxies[0] || named.contains(&told), "{told} is named by nobody");
}
