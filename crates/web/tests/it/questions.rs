//! Every kind of question through the pages: what is typed is kept, one more is
//! added, one is taken out, people are chosen and never typed.

use crate::visit::{Page, Visit, officer};
use axum::http::{StatusCode, header};
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::catalogue::PublishService;
use diwan_testkit::{TestOffice, every_kind};

async fn open() -> TestOffice {
    let test = TestOffice::narrow().await;
    let publish = PublishService::of(&every_kind());
    test.office.perform_once(&Who::system("test"), publish).await.expect("the folder is sound");
    test
}

/// The question a page asks, by its key.
fn asks(page: &Page) -> &str {
    page.path.rsplit('/').next().unwrap()
}

async fn begun(visit: &mut Visit) -> Page {
    visit.get("/en/services/every-kind").await.says("Every kind of question");
    visit.post("/en/services/every-kind/begin", &[]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_question_is_asked_kept_and_shown() {
    let test = open().await;
    let mut shilan = Visit::of(&test);
    shilan.by_wallet("1000000000001").await;
    let mut page = begun(&mut shilan).await;
    let case = page.path.split('/').nth(3).unwrap().to_owned();
    page.says("class=\"pictogram\"").says("<audio class=\"spoken\" controls");

    let sound = page.link("/en/services/every-kind/1/audio/");
    let heard = shilan.get(&sound).await;
    assert_eq!(heard.headers[header::CONTENT_TYPE], "audio/ogg");
    assert_eq!(&heard.bytes[..4], b"OggS");
    assert_eq!(
        shilan.get("/ckb/services/every-kind/1/audio/title-of-house").await.status,
        StatusCode::NOT_FOUND
    );

    for (key, wrong, kept, right) in [
        ("title-of-house", vec![], "", vec![("title-of-house", "Old mill")]),
        ("story", vec![], "", vec![("story", "By the river")]),
        ("built", vec![("built-year", "2999")], "value=\"2999\"", vec![("built-year", "١٩٦٠")]),
        ("rooms", vec![("rooms", "many")], "value=\"many\"", vec![("rooms", "٤")]),
        ("roof", vec![], "", vec![("roof", "flat")]),
        ("heated-by", vec![], "", vec![("heated-by", "wood"), ("heated-by", "sun")]),
        ("rented", vec![], "", vec![("rented", "no")]),
        ("address", vec![], "", vec![("address-governorate", "Erbil"), ("address-place", "Ainkawa")]),
        ("plan", vec![], "", vec![]),
        ("owner", vec![("owner-father", "Azad")], "value=\"Azad\"", vec![("owner-given", "Shilan")]),
        (
            "owner-number",
            vec![("owner-number-kind", "national-card"), ("owner-number-number", "12")],
            "value=\"12\"",
            vec![("owner-number-kind", "passport"), ("owner-number-number", "A1234567")],
        ),
    ] {
        assert_eq!(asks(&page), key);
        let path = page.path.clone();
        if !matches!(key, "story" | "plan") {
            let refused = shilan.post(&path, &wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
            refused.says("class=\"err-sum\"").says(kept);
        }
        page = shilan.post(&path, &right).await;
    }

    assert_eq!(asks(&page), "contact-person");
    page.says("شیلان").says("ئازاد").is_silent_on("دارا");
    let path = page.path.clone();
    let stranger = test.person("1000000000003").await.to_string();
    let refused = shilan.post(&path, &[("contact-person", &stranger)]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "not yours and not there look the same");
    shilan.get(&path).await;
    let nobody = shilan.post(&path, &[]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let father = test.person("1000000000008").await.to_string();
    page = shilan.post(&path, &[("contact-person", &father)]).await;

    page = household(&mut shilan, page).await;
    assert_eq!(asks(&page), "phone");
    page = shilan.post(&page.path.clone(), &[("phone", "0750 123 4567")]).await;
    page = shilan.post(&page.path.clone(), &[("email", "")]).await;
    assert_eq!(asks(&page), "check");
    for text in ["Old mill", "By the river", "1960", "Flat", "By wood", "By the sun", "Ainkawa", "A1234567"] {
        page.says(text);
    }
    page.says("ئازاد").says("Lana").says("Sara").is_silent_on("Mistake");
    shilan.get(&format!("/en/cases/{case}/questions/contact-person")).await.says("checked");
    shilan.get(&format!("/en/cases/{case}/questions/household")).await.says("value=\"Sara\"");
    shilan.get(&page.path).await;
    let sent = shilan.post(&format!("/en/cases/{case}/send"), &[]).await;
    sent.says("Your application was approved");
}

/// A group: one more, a mistake taken out, errors that keep what was typed.
async fn household(shilan: &mut Visit, page: Page) -> Page {
    assert_eq!(asks(&page), "household");
    page.says("Add another person").is_silent_on("name=\"less\"");
    let path = page.path.clone();
    let first = [
        ("household-count", "1"),
        ("household-1-member-name-given", "Lana"),
        ("household-1-member-born-year", "2019"),
        ("household-1-member-is", "child"),
    ];
    let add = |mut fields: Vec<(&'static str, &'static str)>, more: (&'static str, &'static str)| {
        fields.push(more);
        fields
    };
    let two = shilan.post(&path, &add(first.to_vec(), ("more", "household"))).await;
    assert_eq!(two.status, StatusCode::OK, "one more is no mistake");
    two.says("value=\"Lana\"").says("name=\"household-2-member-name-given\"").says("name=\"less\"");
    let mut typed = first[1..].to_vec();
    typed.push(("household-count", "2"));
    typed.push(("household-2-member-name-given", "Mistake"));
    let three = shilan.post(&path, &add(typed.clone(), ("more", "household"))).await;
    three.says("name=\"household-3-member-name-given\"").says("value=\"Mistake\"");
    typed.retain(|(name, _)| *name != "household-count");
    typed.extend([
        ("household-count", "3"),
        ("household-3-member-name-given", "Sara"),
        ("household-3-member-is", "grown"),
    ]);
    let gone = shilan.post(&path, &add(typed, ("less", "2"))).await;
    gone.is_silent_on("Mistake").says("value=\"Sara\"").is_silent_on("household-3-");
    let mut second = first[1..].to_vec();
    second.extend([("household-2-member-name-given", "Sara"), ("household-2-member-is", "grown")]);
    let refused = shilan.post(&path, &second).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused
        .says("Write at least the year of birth")
        .says("href=\"#household-2-member-born-")
        .says("value=\"Sara\"");
    second.push(("household-2-member-born-year", "1990"));
    shilan.post(&path, &second).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_someone_known_for_sure_names_people_and_the_way_there_is_told() {
    let test = open().await;
    let mut stranger = Visit::of(&test);
    let page = begun(&mut stranger).await;
    let case = page.path.split('/').nth(3).unwrap().to_owned();
    let path = format!("/en/cases/{case}/questions/contact-person");
    let asked = stranger.get(&path).await;
    asked.says("/en/sign-in/wallet").is_silent_on("type=\"radio\"");
    let person = test.person("1000000000001").await.to_string();
    assert_eq!(stranger.post(&path, &[("contact-person", &person)]).await.status, StatusCode::NOT_FOUND);
    // Signing in comes back to the question, with the family to choose from.
    stranger.get(&path).await;
    stranger.get("/en/sign-in/wallet").await;
    let back = stranger.get("/sign-in/return?code=1000000000001&state=x").await;
    assert_eq!(back.path, path);
    back.says("type=\"radio\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_names_whom_they_found() {
    let test = open().await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    clerk.get("/en/desk/counter").await;
    let person = clerk.post("/en/desk/counter/find", &[("q", "1000000000001"), ("why", "here")]).await;
    let fields = [("service", "every-kind"), ("shown", "national-card"), ("witness", "Azad Karim")];
    let form = clerk.post(&format!("{}/begin", person.path), &fields).await;
    let case = form.path.split('/').nth(5).unwrap().to_owned();
    form.says("name=\"title-of-house\"").says("name=\"rooms\"");
    let refused = clerk.post(&form.path, &[("title-of-house", "Old mill"), ("rooms", "none")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("value=\"Old mill\"").says("value=\"none\"");
    let path = format!("/en/cases/{case}/questions/contact-person");
    clerk.get(&path).await.says("name=\"find\"");
    let found = clerk.post(&path, &[("find", "1000000000003")]).await;
    found.says("دارا");
    let dara = test.person("1000000000003").await.to_string();
    clerk.post(&path, &[("contact-person", &dara)]).await;
    clerk.get(&path).await.says(&format!("value=\"{dara}\" checked"));
}
