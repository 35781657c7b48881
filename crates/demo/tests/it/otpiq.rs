//! The SMS gateway, spoken to over TCP in the shapes of OTPIQ's own client.

use diwan_demo::simulators::{Inbox, OtpiqAccount, otpiq_router, otpiq_router_for};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

async fn serve(router: axum::Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    format!("http://{address}/api")
}

async fn send(base: &str, body: &Value) -> Response {
    Client::new().post(format!("{base}/sms")).bearer_auth("key").json(body).send().await.unwrap()
}

fn code(number: &str) -> Value {
    json!({"phoneNumber": "9647504451234", "smsType": "verification", "verificationCode": number, "provider": "auto"})
}

#[tokio::test]
async fn a_code_is_sent_shown_and_tracked() {
    let inbox = Inbox::in_memory();
    let base = serve(otpiq_router(inbox.clone(), "key")).await;

    let answer = send(&base, &code("483920")).await;
    assert_eq!(answer.status(), 200);
    let answer: Value = answer.json().await.unwrap();
    for field in ["message", "smsId", "remainingCredit", "cost", "canCover", "paymentType"] {
        assert!(!answer[field].is_null(), "{field} is missing: {answer}");
    }
    assert_eq!(answer["remainingCredit"], 1_000_000 - answer["cost"].as_i64().unwrap());

    let received = inbox.list().remove(0);
    assert_eq!((received.channel.as_str(), received.to.as_str()), ("sms", "+9647504451234"));
    assert_eq!(received.code.as_deref(), Some("483920"));

    let id = answer["smsId"].as_str().unwrap();
    let track = Client::new().get(format!("{base}/sms/track/{id}")).bearer_auth("key").send().await.unwrap();
    let track: Value = track.json().await.unwrap();
    assert_eq!((&track["status"], &track["phoneNumber"]), (&json!("delivered"), &json!("9647504451234")));
    let lost = Client::new().get(format!("{base}/sms/track/none")).bearer_auth("key").send().await.unwrap();
    assert_eq!(lost.status(), 404);
}

#[tokio::test]
async fn kurdish_words_arrive_whole_and_cost_by_the_part() {
    let inbox = Inbox::in_memory();
    let base = serve(otpiq_router(inbox.clone(), "key")).await;
    let words = "داواکارییەکەت گەیشت. ".repeat(8);
    let body = json!({"phoneNumber": "9647704451234", "smsType": "custom", "customMessage": words,
        "senderId": "Diwan", "provider": "sms"});
    let answer: Value = send(&base, &body).await.json().await.unwrap();
    assert_eq!(answer["cost"], 240);
    assert_eq!(inbox.newest_to("9647704451234").unwrap().text, words);
}

#[tokio::test]
async fn each_error_has_the_shape_that_the_client_tells_apart() {
    let poor = OtpiqAccount { credit: 100, ..OtpiqAccount::default() };
    let thrifty = OtpiqAccount { spending_threshold: 100, ..OtpiqAccount::default() };
    let slow = OtpiqAccount { most_to_one_phone: 1, ..OtpiqAccount::default() };
    for (limits, status, fields) in [
        (poor, 400, ["yourCredit", "requiredCredit", "canCover"]),
        (thrifty, 400, ["currentSpending", "spendingThreshold", "cost"]),
        (slow, 429, ["waitMinutes", "maxRequests", "timeWindowMinutes"]),
    ] {
        let inbox = Inbox::in_memory();
        let base = serve(otpiq_router_for(inbox.clone(), "key", limits)).await;
        assert_eq!(send(&base, &code("1111")).await.status(), 200);
        let answer = send(&base, &code("2222")).await;
        assert_eq!(answer.status(), status);
        let answer: Value = answer.json().await.unwrap();
        assert!(fields.iter().all(|field| !answer[field].is_null()), "{answer}");
        assert_eq!(inbox.list().len(), 1);
    }
}

#[tokio::test]
async fn strangers_and_wrong_bodies_are_refused() {
    let inbox = Inbox::in_memory();
    let base = serve(otpiq_router(inbox.clone(), "key")).await;
    let stranger =
        Client::new().post(format!("{base}/sms")).bearer_auth("other").json(&code("1")).send().await;
    let stranger = stranger.unwrap();
    assert_eq!(stranger.status(), 401);
    assert!(!stranger.json::<Value>().await.unwrap()["message"].is_null());
    for (field, value, word) in [
        ("phoneNumber", json!("+9647504451234"), "phoneNumber"),
        ("phoneNumber", json!("0750"), "phoneNumber"),
        ("smsType", json!("other"), "smsType"),
        ("smsType", json!("custom"), "customMessage"),
        ("verificationCode", Value::Null, "verificationCode"),
        ("provider", json!("pigeon"), "provider"),
        ("senderId", json!("Nobody"), "SenderID"),
        ("phoneNumber", Value::Null, "invalid type"),
    ] {
        let mut body = code("1234");
        body[field] = value;
        let answer = send(&base, &body).await;
        assert_eq!(answer.status(), 400, "{body}");
        let error = answer.json::<Value>().await.unwrap()["error"].as_str().unwrap().to_owned();
        assert!(error.contains(word), "{error}");
    }
    assert!(inbox.list().is_empty());
}

#[tokio::test]
async fn delivery_is_reported_to_the_address_that_was_given() {
    let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let hook =
        axum::routing::post(move |headers: axum::http::HeaderMap, body: axum::Json<Value>| async move {
            let secret = headers["x-otpiq-webhook-secret"].to_str().unwrap().to_owned();
            told.send((secret, body.0)).unwrap();
        });
    let hook = serve(axum::Router::new().nest("/api", axum::Router::new().route("/reports", hook))).await;
    let base = serve(otpiq_router(Inbox::in_memory(), "key")).await;
    let mut body = code("4711");
    body["deliveryReport"] = json!({"webhookUrl": format!("{hook}/reports"), "webhookSecret": "s3"});
    assert_eq!(send(&base, &body).await.status(), 200);
    let (secret, sent) = hears.recv().await.unwrap();
    assert_eq!((secret.as_str(), &sent["status"], &sent["isFinal"]), ("s3", &json!("sent"), &json!(false)));
    let (_, delivered) = hears.recv().await.unwrap();
    assert_eq!((&delivered["status"], &delivered["isFinal"]), (&json!("delivered"), &json!(true)));
}
