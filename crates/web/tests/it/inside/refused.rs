//! What becomes of a page that panics.

use crate::visit::app;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use diwan_testkit::TestOffice;
use diwan_web::inside::panicking;
use http_body_util::BodyExt;
use tower::ServiceExt;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_panics_is_a_fault_that_its_reader_is_told_of() {
    let test = TestOffice::narrow().await;
    let router = panicking(app(&test));
    for (path, says) in [("/en/broken", "<html"), ("/api/v1/broken", "\"status\":500")] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(text.contains(says), "{path}: {text}");
    }
}
