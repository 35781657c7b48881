//! How a gateway shows who it is.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use diwan_office::secrets;
use diwan_web::inside::admit;

fn answer(name: &'static str, value: &str) -> u16 {
    let mut headers = HeaderMap::new();
    headers.insert(name, HeaderValue::from_str(value).unwrap());
    let secret = "a-secret-of-the-gateway".to_owned();
    match admit(Some(&secret), &headers, &Bytes::from_static(b"text=1")) {
        Ok(()) => 200,
        Err(status) => status.as_u16(),
    }
}

#[test]
fn a_gateway_shows_its_secret_or_signs_what_it_brings() {
    let basic = |pair: &str| format!("Basic {}", STANDARD.encode(pair));
    let signature = hex::encode(secrets::hmac(b"a-secret-of-the-gateway", b"text=1"));
    let other = hex::encode(secrets::hmac(b"a-secret-of-the-gateway", b"text=2"));
    for (name, value, status) in [
        ("authorization", "Bearer a-secret-of-the-gateway".to_owned(), 200),
        ("authorization", basic("anyone:a-secret-of-the-gateway"), 200),
        ("x-diwan-signature", format!("sha256={signature}"), 200),
        ("x-diwan-signature", format!("sha256={other}"), 401),
        ("x-diwan-signature", signature, 401),
        ("authorization", "Bearer a-secret".to_owned(), 401),
        ("authorization", basic("a-secret-of-the-gateway:"), 401),
        ("authorization", "Bearer ".to_owned(), 401),
        ("user-agent", "a-secret-of-the-gateway".to_owned(), 401),
    ] {
        assert_eq!(answer(name, &value), status, "{name}: {value}");
    }
    let shut = admit(None, &HeaderMap::new(), &Bytes::new()).unwrap_err();
    assert_eq!(shut, StatusCode::NOT_FOUND, "without a secret the way is not there");
}
