//! Every route, called by a stranger: nothing opens, nothing changes.

use crate::visit;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use diwan_testkit::TestOffice;
use diwan_web::routes::Needs;
use diwan_web::{App, ROUTES};
use tower::ServiceExt;

async fn app() -> (TestOffice, App) {
    let test = TestOffice::narrow().await;
    let app = visit::app(&test).with(|given| given.identity = None);
    (test, app)
}

fn filled(path: &str) -> String {
    let id = "01a20607-abfe-7000-8000-000000000000";
    let path =
        path.replace("{key}", "birth-certificate").replace("{code}", "00000").replace("{token}", "none");
    let path = path.replace("{what}", "approve");
    let mut out = String::new();
    for part in path.split('/').skip(1) {
        out.push('/');
        out.push_str(if part.starts_with('{') { id } else { part });
    }
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_gets_through_no_door() {
    let (test, app) = app().await;
    let router = diwan_web::router(app);
    let before = test.journal_size().await;
    for route in ROUTES {
        let path = format!("/en{}", filled(route.path));
        let method = route.method.to_uppercase();
        let request = Request::builder()
            .method(method.as_str())
            .uri(&path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("csrf=made-up&key=12345678"))
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        assert!(status.as_u16() < 500, "{method} {path}: {status}");
        assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY), "{path}");
        match (route.method, route.needs) {
            (_, Needs::Officer(_)) if path.ends_with("/live") => {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}")
            }
            (_, Needs::Officer(permissions)) => {
                let known = |code: &str| diwan_domain::people::Permission::from_code(code).is_some();
                assert!(permissions.split(' ').all(|code| code.is_empty() || known(code)), "{permissions}");
                assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
                let to = response.headers()[header::LOCATION].to_str().unwrap();
                assert_eq!(to, "/en/desk/sign-in", "{path}");
            }
            ("post", _) => assert_eq!(status, StatusCode::FORBIDDEN, "{path} without a form token"),
            (_, Needs::Case) => assert_eq!(status, StatusCode::NOT_FOUND, "{path}"),
            (_, Needs::Nothing) => {}
        }
    }
    assert_eq!(test.journal_size().await, before, "a stranger's walk changes nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_without_a_token_get_a_problem_document() {
    let (_test, app) = app().await;
    let router = diwan_web::router(app);
    for (method, path) in
        [("POST", "/api/v1/cases"), ("GET", "/api/v1/cases/x"), ("POST", "/api/v1/documents/x/release")]
    {
        let request =
            Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        let response = router.clone().oneshot(request.body(Body::from("{}")).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json", "{path}");
    }
    let broken = Request::builder()
        .method("POST")
        .uri("/api/v1/cases")
        .header(header::CONTENT_TYPE, "application/json");
    let response = router.clone().oneshot(broken.body(Body::from("[1,2")).unwrap()).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json", "a broken body");
    let open = Request::builder().uri("/api/v1/openapi.json").body(Body::empty()).unwrap();
    let response = router.oneshot(open).await.unwrap();
    let bytes = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    let described: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(described["paths"].as_object().unwrap().len() >= 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_stands_in_every_language() {
    let (_test, app) = app().await;
    let codes: Vec<String> = app.words.languages().iter().map(|language| language.code.clone()).collect();
    let router = diwan_web::router(app);
    for code in codes {
        for path in [
            "/",
            "/services/birth-certificate",
            "/sign-in",
            "/track",
            "/check",
            "/check/without",
            "/log",
            "/my-cases",
            "/desk/sign-in",
        ] {
            let request = Request::builder().uri(format!("/{code}{path}")).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "/{code}{path}");
            let bytes = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
            let html = String::from_utf8(bytes.to_vec()).unwrap();
            assert!(html.contains(&format!("<html lang=\"{code}\"")), "/{code}{path}");
            assert!(!html.contains(">[") && !html.contains("{$"), "/{code}{path} has a hole in its wording");
        }
    }
}
