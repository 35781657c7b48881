//! Whoever holds a connection to the database never waits for a second one: on
//! a server that gives only one, every page still answers.

use crate::visit::{Visit, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_testkit::TestOffice;
use diwan_web::ROUTES;
use serde_json::json;

const SHILAN: &str = "1000000000001";
const NAWROZ: &str = "1000000000002";

/// The pages with something real behind them.
async fn addresses(test: &TestOffice) -> Vec<String> {
    let nawroz = test.citizen(NAWROZ).await;
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let (case, _) = test.sent(&nawroz, &own).await;
    let person = test.person(SHILAN).await.to_string();
    let (case, centre) = (case.to_string(), test.centre.to_string());
    let mut found = Vec::new();
    for route in ROUTES.iter().filter(|route| route.method == "get" && route.path.starts_with("/desk")) {
        let id = match route.path {
            path if path.contains("/people/") => &person,
            path if path.contains("/centres/") => &centre,
            _ => &case,
        };
        let path = route.path.replace("{id}", id).replace("{key}", "birth-certificate");
        if !path.contains('{') {
            found.push(path);
        }
    }
    assert!(found.len() > 20, "{found:?}");
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_of_the_desk_waits_for_a_second_connection() {
    let test = TestOffice::narrow().await;
    let addresses = addresses(&test).await;
    let (mut shown, mut waited) = (0, Vec::new());
    for (login, role) in [
        ("reg", Role::Registrar),
        ("clerk", Role::CounterOfficer),
        ("adm", Role::Administrator),
        ("insp", Role::Inspector),
    ] {
        let mut visit: Visit = officer(&test, login, role).await;
        for path in &addresses {
            let page = visit.get(&format!("/en{path}")).await;
            if page.status.is_server_error() {
                waited.push(format!("{login} at {path}: {}", page.status));
            }
            shown += usize::from(page.status == StatusCode::OK);
        }
    }
    assert!(waited.is_empty(), "{waited:#?}");
    assert!(shown > 40, "only {shown} pages were shown");
}
