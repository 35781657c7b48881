//! From where somebody comes, and which limit stands there.

use axum::http::{HeaderMap, Method};
use diwan_web::inside::{limit_of, network_of, prefix, thumbprint};
use diwan_web::network::address;
use std::net::{IpAddr, Ipv4Addr};

fn told(text: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("x-forwarded-for", text.parse().unwrap());
    headers
}

#[test]
fn only_a_trusted_proxy_is_believed() {
    let proxy = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let stranger: IpAddr = "203.0.113.9".parse().unwrap();
    let said = told("198.51.100.7, 192.0.2.1");
    assert_eq!(address(Some(stranger), &said, &[proxy]), Some(stranger));
    assert_eq!(address(Some(proxy), &said, &[proxy]), Some("192.0.2.1".parse().unwrap()));
    let second: IpAddr = "192.0.2.1".parse().unwrap();
    assert_eq!(address(Some(proxy), &said, &[proxy, second]), Some("198.51.100.7".parse().unwrap()));
    assert_eq!(address(Some(proxy), &told("rubbish"), &[proxy]), Some(proxy));
}

#[test]
fn a_certificate_is_known_by_its_hash_in_either_form() {
    let by_hash = |text: &str| thumbprint(text);
    // The SHA-256 of the three bytes "abc" (FIPS 180-4).
    let known = Some("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0".to_owned());
    assert_eq!(by_hash(":YWJj:"), known);
    let escaped = "-----BEGIN%20CERTIFICATE-----%0AYWJj%0A-----END%20CERTIFICATE-----%0A";
    assert_eq!(by_hash(escaped), known);
    for wrong in ["", "::", ":YWJj", "YWJj", "%", ":?:"] {
        assert_eq!(by_hash(wrong), None, "{wrong}");
    }
}

#[test]
fn a_subscribers_whole_network_is_one() {
    let one = network_of(Some("2001:db8:1:2::1".parse().unwrap()));
    assert_eq!(one, network_of(Some("2001:db8:1:2:ffff::9".parse().unwrap())));
    assert_ne!(one, network_of(Some("2001:db8:1:3::1".parse().unwrap())));
    assert!(!one.contains("2001"));
    assert_eq!(prefix(Some("203.0.113.9".parse().unwrap())).0, "203.0.113.0/24");
    assert_eq!(prefix(Some("2001:db8:1:2::1".parse().unwrap())).0, "2001:db8:1::/48");
}

#[test]
fn which_limit_stands_at_which_door() {
    let (get, post) = (Method::GET, Method::POST);
    for (method, path, limit) in [
        (&get, "/en/sign-in", None),
        (&get, "/en/", None),
        (&get, "/en/desk", None),
        (&get, "/en/cases/1", None),
        (&get, "/en/cases/1/paper", Some(("papers", 600))),
        (&get, "/ckb/cases/1/receipts/2/pdf", Some(("papers", 600))),
        (&get, "/ckb/cases/1/receipts/2/proof", Some(("checks", 6_000))),
        (&get, "/v/ABCDE", Some(("checks", 6_000))),
        (&get, "/v/ABCDE/proof", Some(("checks", 6_000))),
        (&get, "/ar/check/ABCDE", Some(("checks", 6_000))),
        (&post, "/ar/check", Some(("checks", 6_000))),
        (&get, "/kmr/sign-in/wallet", Some(("wallet", 1_200))),
        (&get, "/sign-in/return", Some(("wallet", 1_200))),
        (&post, "/ckb/sign-in", Some(("codes", 300))),
        (&post, "/en/track", Some(("codes", 300))),
        (&post, "/en/contact", Some(("codes", 300))),
        (&post, "/en/sign-in/code", Some(("tries", 600))),
        (&post, "/en/track/code", Some(("tries", 600))),
        (&post, "/en/contact/code", Some(("tries", 600))),
        (&post, "/en/desk/sign-in", Some(("tries", 600))),
        (&post, "/en/desk/invitation/x", Some(("tries", 600))),
        (&post, "/en/services/birth-certificate/begin", Some(("begin", 1_200))),
        (&post, "/en/cases/1/questions/photo", Some(("answers", 12_000))),
        (&get, "/ckb/centres/EB1", None),
        (&get, "/ckb/centres/EB1/note?door=123456", Some(("tries", 600))),
        (&post, "/ckb/centres/EB1/note", Some(("tries", 600))),
        (&get, "/ckb/centres/EB1/ticket", None),
        (&get, "/ckb/centres/EB1/ticket?line=A&door=", None),
        (&get, "/ckb/centres/EB1/ticket?line=A&door=123456", Some(("tries", 600))),
        (&get, "/ckb/centres/EB1/ticket?d%6For=123456", Some(("tries", 600))),
        (&post, "/ckb/centres/EB1/ticket", Some(("tries", 600))),
        (&post, "/oauth/token", Some(("api", 60_000))),
        (&get, "/api/v1/cases", Some(("api", 60_000))),
    ] {
        assert_eq!(limit_of(method, &path.parse().unwrap()), limit, "{method} {path}");
    }
}
