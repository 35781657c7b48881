//! A clerk says why they look with one touch, or not at all when somebody is called.

use crate::visit::officer;
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_testkit::TestOffice;

const SHILAN: &str = "1000000000001";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clerk_chooses_why_unless_somebody_is_called() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let shilan = test.person(SHILAN).await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let mut inspector = officer(&test, "inspector", Role::Inspector).await;
    clerk.get("/en/desk/counter").await.says("Why do you look?").says("Stands here");
    let unsaid = clerk.post("/en/desk/counter/find", &[("q", SHILAN)]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    unsaid.says("Choose why you look").says(SHILAN).is_silent_on("شیلان");
    // By the address alone nobody is shown either: one touch, and nothing is typed.
    let at = format!("/en/desk/counter/people/{shilan}");
    clerk.get(&at).await.says("Why do you look?").is_silent_on("شیلان").is_silent_on("type=\"text\"");

    clerk.get("/en/desk/counter").await;
    let found = clerk.post("/en/desk/counter/find", &[("q", SHILAN), ("why", "for-them")]).await;
    assert!(found.path.contains("/counter/people/"), "{}", found.path);
    found.says("شیلان");
    // While they are served, they are not asked again.
    clerk.get(&at).await.says("شیلان");
    let looks = inspector.get(&format!("/en/desk/journal?subject={shilan}")).await;
    looks.says("Someone stands here for them");

    let counter = test.counter.to_string();
    clerk.post("/en/desk/queue/do/sit", &[("counter", &counter)]).await;
    clerk.post("/en/desk/queue/do/give", &[("line", "A")]).await.says("A001");
    clerk.get("/en/desk/queue").await;
    clerk.post("/en/desk/queue/do/next", &[]).await.says("A001");
    clerk.get("/en/desk/counter").await.is_silent_on("Why do you look?");
    clerk.post("/en/desk/counter/find", &[("q", SHILAN)]).await.says("شیلان");
    let looks = inspector.get(&format!("/en/desk/journal?subject={shilan}&kind=record-listed")).await;
    looks.says("Ticket").says("A001");
}
