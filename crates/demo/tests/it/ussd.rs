//! The basic phone, against an office that answers as it was asked.

use axum::extract::Form;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use diwan_demo::simulators::{BasicPhone, Inbox, Shown};
use std::collections::BTreeMap;
use tokio::net::TcpListener;

type Fields = BTreeMap<String, String>;

fn known(headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|value| value == "Bearer secret")
}

async fn menu(headers: HeaderMap, Form(fields): Form<Fields>) -> (StatusCode, String) {
    if !known(&headers) {
        return (StatusCode::UNAUTHORIZED, String::new());
    }
    assert_eq!(fields["serviceCode"], "*123#");
    let said = match fields["text"].as_str() {
        "" => "CON 1 English".to_owned(),
        "1*2" => format!("END {}", fields["phoneNumber"]),
        other => other.to_owned(),
    };
    (StatusCode::OK, said)
}

async fn message(headers: HeaderMap, Form(fields): Form<Fields>) -> StatusCode {
    let whole = fields["id"] == "m1" && fields["from"] == "+9647501234567" && fields["text"] == "دۆخ 1*2";
    if known(&headers) && whole { StatusCode::OK } else { StatusCode::UNAUTHORIZED }
}

#[tokio::test]
async fn a_basic_phone_speaks_as_operators_do() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let office = format!("http://{}", listener.local_addr().unwrap());
    let router =
        axum::Router::new().route("/gateways/ussd", post(menu)).route("/gateways/sms/in", post(message));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let phone = BasicPhone::new(&office, "secret", Inbox::in_memory());
    let first = phone.press("s", "+9647501234567", "").await.unwrap();
    assert_eq!(first, Shown { text: "1 English".into(), goes_on: true });
    let last = phone.press("s", "+9647501234567", "1*2").await.unwrap();
    assert_eq!(last, Shown { text: "+9647501234567".into(), goes_on: false });
    phone.press("s", "+9647501234567", "neither").await.unwrap_err();
    phone.send("m1", "+9647501234567", "دۆخ 1*2").await.unwrap();
    let stranger = BasicPhone::new(&office, "guessed", Inbox::in_memory());
    stranger.press("s", "+9647501234567", "").await.unwrap_err();
}
