//! What an operator finds in the log when someone attacks.

use crate::visit::{Visit, app, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_testkit::TestOffice;
use std::io::Write;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Lines {
    /// The events since the last look, as fields.
    fn events(&self) -> Vec<serde_json::Value> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap());
        let text = String::from_utf8(bytes).unwrap();
        let all = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        all.filter(|event| event["target"] == "diwan::safety").map(|event| event["fields"].clone()).collect()
    }
}

#[tokio::test]
async fn what_is_refused_leaves_an_event_without_anyones_data() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let test = TestOffice::narrow().await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    assert_eq!(lines.events(), Vec::<serde_json::Value>::new(), "what is allowed is no event");
    let one = |kind: &str| {
        let events = lines.events();
        let found: Vec<_> = events.iter().filter(|event| event["kind"] == kind).collect();
        assert!(!found.is_empty(), "{kind} in {events:?}");
        assert!(found.len() == 1 || kind == "request/too-many-attempts", "once: {events:?}");
        found[0].clone()
    };

    clerk.from = Some("198.51.100.7:1".parse().unwrap());
    clerk.get("/en/desk/officers").await;
    let event = one("officer/not-permitted");
    assert_eq!(event["route"], "/{lang}/desk/officers");
    assert_eq!((&event["network"], &event["status"]), (&"198.51.100.0/24".into(), &403.into()));
    assert!(event["who"].as_str().unwrap().starts_with("officer/"), "{event}");

    let mut stranger = Visit::of(&test);
    stranger.get("/en/desk/sign-in").await;
    let guess = [("login", "clerk"), ("password", "guess-me"), ("digits", "123456")];
    stranger.post("/en/desk/sign-in", &guess).await;
    let event = one("sign-in/wrong-password");
    assert_eq!(event["name"].as_str().unwrap().len(), 16, "a hash of the name: {event}");
    let all = event.to_string();
    assert!(!all.contains("guess-me") && !all.contains("clerk") && !all.contains("123456"), "{all}");

    stranger.send("POST", "/en/track", "csrf=forged&key=12345678".into()).await;
    assert_eq!(one("request/form-expired")["method"], "POST");

    let id = "01a20607-abfe-7000-8000-000000000000";
    stranger.get(&format!("/en/cases/{id}")).await;
    let event = one("case/not-open");
    assert_eq!(event["route"], "/{lang}/cases/{id}", "the route and not the case: {event}");

    let router = diwan_web::router(app(&test));
    let request = axum::http::Request::builder()
        .uri("/api/v1/cases/x")
        .header("authorization", "Bearer diwan_made_up")
        .body(axum::body::Body::empty())
        .unwrap();
    let response = tower::ServiceExt::oneshot(router.clone(), request).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let event = one("token/invalid");
    assert!(!event.to_string().contains("made_up"), "{event}");

    let request = axum::http::Request::builder()
        .method("POST")
        .uri("/oauth/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("grant_type=client_credentials&client_id=x&client_secret=wrong-one"))
        .unwrap();
    tower::ServiceExt::oneshot(router, request).await.unwrap();
    let event = one("client/invalid");
    assert!(!event.to_string().contains("wrong-one"), "{event}");

    stranger.get("/en/sign-in").await;
    for n in 0..301 {
        stranger.post("/en/sign-in", &[("address", &format!("{n}"))]).await;
    }
    assert_eq!(one("request/too-many-attempts")["route"], "/{lang}/sign-in");

    clerk.get("/en/desk/counter").await;
    clerk.post("/en/sign-out", &[]).await;
    assert!(one("signed-out")["who"].as_str().unwrap().starts_with("officer/"));
}
