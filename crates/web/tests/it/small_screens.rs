//! What officers use each minute stands first, so that it is near on a telephone too.

use crate::visit::officer;
use diwan_domain::people::Role;
use diwan_testkit::TestOffice;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_calls_and_gives_before_the_list_of_whom_it_waits_for() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let reception = test.officer("reception", Role::CounterOfficer, None).await;
    let mut numbers = Vec::new();
    for _ in 0..13 {
        test.pass(1);
        numbers.push(test.office.perform_once(&reception, test.ticket("A")).await.unwrap().number);
    }
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    clerk.get("/en/desk/queue").await;
    let counter = test.counter.to_string();
    let queue = clerk.post("/en/desk/queue/do/sit", &[("counter", &counter)]).await;

    let html = queue.html();
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("nothing says {text}:\n{html}"));
    let order = [
        "/en/desk/queue/do/next",
        "/en/desk/queue/do/give",
        "Waiting for this counter</h2>",
        numbers[0].as_str(),
        numbers[9].as_str(),
        "<summary>3 more are waiting</summary>",
        numbers[10].as_str(),
        numbers[12].as_str(),
    ];
    assert!(order.map(at).is_sorted(), "{order:?} stand otherwise:\n{html}");
    assert!(!html.contains("<details class=\"fold later\" open"), "nobody asks for this officer's word");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_menu_folds_away_and_says_where_one_is() {
    let test = TestOffice::open().await;
    let mut administrator = officer(&test, "administrator", Role::Administrator).await;
    let tokens = administrator.get("/en/desk/tokens").await;
    tokens.says("<summary><span>Menu</span> <b>Programs</b></summary>");
    // A page below one of the menu says its own title.
    let centre = administrator.get(&format!("/en/desk/centres/{}", test.centre)).await;
    centre.is_silent_on("<b></b></summary>").says("<summary><span>Menu</span> <b>");
}
