//! One person by page: closed to all but those let in by name and with a reason, their
//! numbers that end, their family as a picture; and the rules of the register changed
//! by page.

use crate::program::officers;
use crate::visit::{Visit, officer};
use axum::http::StatusCode;
use diwan_domain::ids::PersonId;
use diwan_domain::people::Role;
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;
use serde_json::json;

const SHILAN: &str = "1000000000001";
const NOWHERE: &str = "01a20607-abfe-7000-8000-000000000000";

async fn protected(test: TestOffice) {
    let shilan = test.person(SHILAN).await;
    let mut keeper = officer(&test, "the-keeper", Role::Keeper).await;
    let mut registrar = officer(&test, "the-registrar", Role::Registrar).await;
    let mut clerk = officer(&test, "the-clerk", Role::CounterOfficer).await;
    let person = format!("/en/desk/register/people/{shilan}");
    registrar.get(&person).await.says("شیلان").says("<svg").says("Family tree of");
    // Without a reason nobody is listed or looked for.
    keeper.get("/en/desk/register/protected").await.says("Protected people").is_silent_on("شیلان");
    let lacks = keeper.get(&format!("/en/desk/register/protected?q={SHILAN}")).await;
    lacks.says("Write the reason in your own words").says(SHILAN).is_silent_on("شیلان");
    let found = keeper.get(&format!("/en/desk/register/protected?q={SHILAN}&purpose=order+3")).await;
    let way = found.link(&format!("/en/desk/register/people/{shilan}/protection")).replace("/en/", "/");
    keeper.get(&format!("/en{way}")).await.says("This record is not protected");
    let at = format!("/en/desk/register/people/{shilan}/protection");
    let wrong = keeper.post(&at, &[("what", "close"), ("reason", ""), ("purpose", "order 3")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.html());
    wrong.says("Write the reason in your own words");
    let closed = [("what", "close"), ("reason", "Court 3/2026"), ("purpose", "order 3")];
    keeper.post(&at, &closed).await.says("This record is protected");

    // For others she is not there: the same page as for somebody who never was.
    let number = number_of(&test, shilan).await;
    for path in [
        person.clone(),
        format!("{person}?purpose=curiosity"),
        format!("{person}/numbers/{number}?purpose=curiosity"),
    ] {
        let hers = registrar.get(&path).await;
        let nobodys = registrar.get(&path.replace(&shilan.to_string(), NOWHERE)).await;
        assert_eq!((hers.status, nobodys.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{path}");
        hers.is_silent_on("شیلان");
    }
    let hers = clerk.get(&format!("/en/desk/counter/people/{shilan}")).await;
    assert_eq!(hers.status, StatusCode::NOT_FOUND);
    clerk.get("/en/desk/counter").await;
    clerk.post("/en/desk/counter/find", &[("q", SHILAN), ("why", "here")]).await.is_silent_on("شیلان");
    clerk
        .post("/en/desk/counter/find", &[("q", "شیلان ئازاد"), ("why", "here")])
        .await
        .is_silent_on("شیلان ئازاد کەریم");

    // Whoever is let in by name sees her, with a reason.
    keeper.get(&format!("{at}?purpose=order+3")).await;
    let unknown =
        [("what", "let-in"), ("login", "nobody-here"), ("reason", "case 9"), ("purpose", "order 3")];
    keeper
        .post(&at, &unknown)
        .await
        .says("No officer has this sign-in name")
        .says("nobody-here")
        .says("case 9");
    for login in ["the-registrar", "the-clerk"] {
        let known = [("what", "let-in"), ("login", login), ("reason", "case 9"), ("purpose", "order 3")];
        keeper.post(&at, &known).await.says(login);
    }
    registrar.get(&person).await.says("Why do you open this record?").is_silent_on("شیلان");
    registrar.get(&format!("{person}?purpose=case+9")).await.says("شیلان").says("This record is protected");
    let at_counter = format!("/en/desk/counter/people/{shilan}");
    clerk.get(&at_counter).await.says("Why do you open this record?").is_silent_on("شیلان");
    clerk.get(&format!("{at_counter}?purpose=case+9")).await.says("شیلان");
    let open = [("what", "open"), ("reason", "Court 4/2026"), ("purpose", "order 3")];
    keeper.get(&format!("{at}?purpose=order+3")).await;
    keeper.post(&at, &open).await.says("This record is not protected");
    let journal = test.journal_of("person", &shilan.to_string()).await;
    for kind in ["record-protected", "record-opened", "access-granted"] {
        assert!(journal.iter().any(|one| one == kind), "{kind}: {journal:?}");
    }
}

async fn number_of(test: &TestOffice, person: PersonId) -> String {
    let mut reading = test.office.db.reading().await.unwrap();
    let all = diwan_office::civil::numbers_of(&mut reading.tx(), person).await.unwrap();
    all[0].number.id.to_string()
}

async fn numbers(test: TestOffice) {
    let shilan = test.person(SHILAN).await;
    let mut registrar = officer(&test, "the-registrar", Role::Registrar).await;
    let at = format!("/en/desk/register/people/{shilan}/numbers/{}", number_of(&test, shilan).await);
    registrar.get(&at).await.says("End this number").says(SHILAN);
    let order = [("ground", "office-order"), ("by-order", "12/2026"), ("by-date", "٢٠/١١/٢٠٢٦")];
    let end = |more: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> {
        let mut all = vec![("what", "end"), ("seen", "0"), ("why", "replaced"), ("on", "2026-11-20")];
        all.extend(order);
        all.extend_from_slice(more);
        all
    };
    // What cannot be so comes back with what was typed and what to do.
    let wrong = registrar.post(&at, &end(&[("replacement", "12345")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Enter all 13 digits of the number").says("12345").says("12/2026");
    registrar.post(&at, &end(&[("replacement", "1000000000002")])).await.says("This number was given before");
    let bare = [("what", "end"), ("seen", "0"), ("why", "lost"), ("on", "2026-11-20")];
    registrar.post(&at, &bare).await.says("Name the authority");
    let done = registrar.post(&at, &end(&[("replacement", "3000000000001")])).await;
    done.says("3000000000001").says("Replaced by another").says("20 November 2026");
    // Found by either; the list says which one ended.
    let mut clerk = officer(&test, "the-clerk", Role::CounterOfficer).await;
    for number in [SHILAN, "3000000000001"] {
        clerk.get("/en/desk/counter").await;
        let found = clerk.post("/en/desk/counter/find", &[("q", number), ("why", "here")]).await;
        found.says("شیلان").says("3000000000001").says(&format!("{SHILAN} (ended)"));
    }
    let again = [("what", "restore"), ("seen", "1"), order[0], order[1], order[2]];
    registrar.get(&at).await.says("Let it stand again").says("12/2026");
    registrar.post(&at, &again).await.says("Stands").is_silent_on("Replaced by another");
    registrar.get(&at).await.says("Stands again");
}

/// A program reads what the page shows of a family: who is nearest, how they stand to
/// marriage, and the entries; the look is in the journal with its reason.
async fn family_for_programs(test: TestOffice) {
    let shilan = test.person(SHILAN).await;
    let registrar = officers(&test, "a-program", Role::Registrar).await;
    let path = format!("/api/v1/register/people/{shilan}/family?purpose=case+9");
    let told = registrar.get(&path).await.is(200).json();
    assert_eq!((&told["person"], &told["marital_status"]), (&json!(shilan.to_string()), &json!("single")));
    let ties: Vec<_> = told["family"].as_array().unwrap().iter().map(|one| one["tie"].clone()).collect();
    assert_eq!(ties.iter().filter(|tie| **tie == "parent").count(), 2, "{told}");
    let own = told["entries"].as_array().unwrap().iter().find(|entry| entry["role"] == "child").unwrap();
    assert_eq!((&own["number"], &own["kind"]), (&json!("EB-1"), &json!("birth")));
    let journal = test.journal_of("person", &shilan.to_string()).await;
    assert!(journal.contains(&"record-seen".to_owned()), "{journal:?}");
    let nobody = path.replace(&shilan.to_string(), NOWHERE);
    registrar.get(&nobody).await.is(404);
}

async fn rules(test: TestOffice) {
    let mut page: Visit = officer(&test, "administrator", Role::Administrator).await;
    let shown = page.get("/en/desk/rules?kind=birth&on=2026-11-01").await;
    shown.says("births").says("Law 148/1971").says("In force").says("Over: for what happened before");
    page.get("/en/desk/rules?kind=birth&on=1960").await.says("Law 32/1947");
    page.get("/en/desk/rules?kind=birth&on=gestern").await.says("This day does not exist").says("gestern");
    let text = diwan_office::civil::rules::BUILT_IN;
    let wrong = text.replacen("\"mukhtar\"", "\"neighbour\"", 1);
    let told = page.post("/en/desk/rules", &[("what", "check"), ("text", &wrong)]).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    told.says("Line 7 is to be mended").says("neighbour").is_silent_on("Publish these rules");
    let changed = text.replacen("late-fee   = 2000", "late-fee   = 5000", 1).replace('\n', "\r\n");
    let told = page.post("/en/desk/rules", &[("what", "check"), ("text", &changed)]).await;
    told.says("What would change").says("5000").says("Publish these rules");
    let standing = diwan_domain::civil::Rules::hash(text);
    let stale = [("what", "publish"), ("seen", "0000"), ("text", &changed[..])];
    page.post("/en/desk/rules", &stale).await.says("Other rules were published meanwhile");
    let publish = [("what", "publish"), ("seen", &standing[..]), ("text", &changed[..])];
    page.post("/en/desk/rules", &publish).await.says("The rules are published").says("5000");
    page.post("/en/desk/rules", &[("what", "check"), ("text", &changed)]).await.says("nothing would change");
    let now = diwan_domain::civil::Rules::hash(&changed.replace("\r\n", "\n"));
    let back = [("what", "publish"), ("seen", &now[..]), ("text", text)];
    page.post("/en/desk/rules", &back).await.says("These rules stood before");
    let journal = test.journal_of("register", "rules").await;
    assert_eq!(journal.iter().filter(|kind| *kind == "rules-published").count(), 2);
}

macro_rules! on_both_engines {
    ($name:ident, $body:path) => {
        mod $name {
            use super::*;
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn embedded() {
                $body(TestOffice::on(Engine::Sqlite).await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn server() {
                $body(TestOffice::on(Engine::Postgres).await).await;
            }
        }
    };
}
on_both_engines!(a_protected_person_is_opened_by_the_few_with_a_reason, super::protected);
on_both_engines!(a_program_reads_the_family_of_a_person, super::family_for_programs);
on_both_engines!(a_number_ends_by_page_and_says_so, super::numbers);
on_both_engines!(rules_are_compared_and_published_by_page, super::rules);
