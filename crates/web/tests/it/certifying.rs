//! Certificates from the register's own pages, and the page on which an officer chooses
//! between several marriages.

use crate::visit::{Page, officer};
use axum::http::StatusCode;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{self, Declare, RegisterEvent};
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;
use diwan_testkit::office::built_in;

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
pub(crate) use on_both_engines;

pub(crate) async fn birth_of(test: &TestOffice, number: &str) -> EntryId {
    let person = test.person(number).await;
    let mut reading = test.office.db.reading().await.unwrap();
    civil::summary(&mut reading.tx(), person).await.unwrap().unwrap().entry.unwrap().id
}

/// What is left to answer of a certificate, as a form says it.
const LEFT: [(&str, &str); 9] = [
    ("purpose", "passport"),
    ("use", "home"),
    ("document-languages", "ckb"),
    ("document-languages", "en"),
    ("copies", "1"),
    ("delivery", "download"),
    ("phone", "0750 123 4567"),
    ("mother-name-given", ""),
    ("email", ""),
];

/// The fields of a form as a browser would send them back.
fn filled_in(page: &Page) -> Vec<(String, String)> {
    let html = page.html();
    let mut fields = Vec::new();
    for input in html.split("<input ").skip(1) {
        let input = input.split('>').next().unwrap_or_default();
        let part = |name: &str| {
            let rest = input.split_once(&format!("{name}=\""))?.1;
            Some(rest.split('"').next().unwrap_or_default().replace("&#34;", "\"").replace("&amp;", "&"))
        };
        let (Some(name), Some(value)) = (part("name"), part("value")) else { continue };
        let is_choice = input.contains("type=\"radio\"") || input.contains("type=\"checkbox\"");
        if !is_choice || input.contains(" checked") {
            fields.push((name, value));
        }
    }
    for select in html.split("<select ").skip(1) {
        let select = select.split("</select>").next().unwrap_or_default();
        let value = |text: &str, name: &str| {
            Some(text.split_once(&format!("{name}=\""))?.1.split('"').next().unwrap_or_default().to_owned())
        };
        let chosen = select
            .split("<option ")
            .skip(1)
            .find(|option| option.split('>').next().is_some_and(|option| option.contains(" selected")));
        if let (Some(name), Some(chosen)) =
            (value(select, "name"), chosen.and_then(|one| value(one, "value")))
        {
            fields.push((name, chosen));
        }
    }
    fields
}

async fn from_the_entry(test: TestOffice) {
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let mut registrar = officer(&test, "registrar", Role::Registrar).await;
    let entry = birth_of(&test, "1000000000001").await;
    let place = format!("/en/desk/register/entries/{entry}");
    registrar.get(&format!("{place}?purpose=asked")).await.is_silent_on("Issue: ");
    let shown = clerk.get(&format!("{place}?purpose=asked")).await;
    let way = shown.says("Issue: ").link(&format!("{place}/certify"));
    let form = clerk.get(&way).await;
    form.says("Who stands here and asks?")
        .says("شیلان ئازاد")
        .says("Someone else")
        .says("What did they show?");

    // What is missing is said beside its field, and what was typed stays.
    let back = clerk
        .post(&format!("{place}/certify"), &[("service", "birth-certificate"), ("witness", "Azad Karim")])
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.says("Choose who asks").says("Choose what they showed").says("Azad Karim");
    let nobody = [
        ("service", "birth-certificate"),
        ("applicant", "other"),
        ("number", "999"),
        ("shown", "passport"),
        ("witness", "Azad Karim"),
    ];
    clerk.post(&format!("{place}/certify"), &nobody).await.says("That is not exactly one person");

    let shilan = test.person("1000000000001").await.to_string();
    let whole = [
        ("service", "birth-certificate"),
        ("applicant", shilan.as_str()),
        ("shown", "national-card"),
        ("witness", "Azad Karim"),
    ];
    let questions = clerk.post(&format!("{place}/certify"), &whole).await;
    // Nothing is typed twice: the form is there with what the register says.
    questions.says("value=\"شیلان\"").says("value=\"1998\"").says("1000000000001");
    let mut fields: Vec<(String, String)> = filled_in(&questions);
    assert!(fields.contains(&("for-whom".into(), "myself".into())), "{fields:?}");
    fields.retain(|(name, _)| {
        !matches!(name.as_str(), "csrf" | "key") && !LEFT.iter().any(|(left, _)| *left == name.as_str())
    });
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend(LEFT);
    let case = questions.path.split('/').nth(5).unwrap().to_owned();
    let check = clerk.post(&format!("/en/desk/counter/cases/{case}/form"), &fields).await;
    check.says("شیلان").is_silent_on("Answer this question");
    let sent = clerk.post(&format!("/en/cases/{case}/send"), &[("sure", "yes")]).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.html());
    let row = test.case(case.parse().unwrap()).await;
    assert_eq!((row.phase.as_str(), row.entry_id), ("approved", Some(entry)));
}

on_both_engines!(a_certificate_is_issued_from_its_entry, from_the_entry);

async fn marry(
    test: &TestOffice,
    clerk: &Who,
    supervisor: &Who,
    husband: PersonId,
    (wife, given, on): (PersonId, &str, &str),
) -> EntryId {
    let (husband, wife) = (husband.to_string(), wife.to_string());
    let content = [
        ("happened-on", on),
        ("contract-court", "Erbil"),
        ("contract-number", on),
        ("husband.given", "عومەر"),
        ("husband.person", husband.as_str()),
        ("wife.given", given),
        ("wife.person", wife.as_str()),
        ("declarant.as", "court"),
    ];
    let content: Content = content.into_iter().collect();
    let declare = Declare { of: None, kind: EventKind::Marriage, content, office: None };
    let taken = test.office.perform_once(clerk, declare).await.unwrap();
    let register = RegisterEvent { declaration: taken.id, seen: taken.version, settles: None };
    test.office.perform_once(supervisor, register).await.unwrap().entry
}

async fn of_two(test: TestOffice) {
    for service in ["marriage-certificate", "family-extract", "single-status-certificate"] {
        let publish = PublishService::of(&built_in(service));
        test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    }
    let typing = test.officer("typing", Role::CounterOfficer, None).await;
    let supervisor = test.officer("supervisor", Role::Supervisor, None).await;
    let (omar, gulala, hevin) = (
        test.person("1000000000018").await,
        test.person("1000000000019").await,
        test.person("1000000000009").await,
    );
    let first = marry(&test, &typing, &supervisor, omar, (gulala, "گوڵاڵە", "2026-03-20")).await;
    let second = marry(&test, &typing, &supervisor, omar, (hevin, "هێڤین", "2026-11-20")).await;

    // From the man's own page: the family by either marriage, each a way of its own.
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let page = clerk.get(&format!("/en/desk/register/people/{omar}")).await;
    for entry in [first, second] {
        page.link(&format!("/en/desk/register/entries/{entry}/certify"));
    }

    // He asks at a counter and names no wife: an officer chooses.
    let found = [("service", "marriage-certificate"), ("shown", "passport"), ("witness", "Azad Karim")];
    let questions = clerk.post(&format!("/en/desk/counter/people/{omar}/begin"), &found).await;
    let case = questions.path.split('/').nth(5).unwrap().to_owned();
    let mut fields = vec![
        ("for-whom", "myself"),
        ("holder-name-given", "عومەر"),
        ("holder-name-father", "حەسەن"),
        ("birth-date-year", "1960"),
        ("place-governorate", "هەولێر"),
    ];
    fields.extend(LEFT);
    clerk.post(&format!("/en/desk/counter/cases/{case}/form"), &fields).await.says("عومەر");
    clerk.post(&format!("/en/cases/{case}/send"), &[("sure", "yes")]).await;

    let mut registrar = officer(&test, "registrar", Role::Registrar).await;
    registrar.get("/en/desk").await;
    let taken = registrar.post("/en/desk/next", &[]).await;
    let way = taken.link(&format!("/en/desk/cases/{case}/choose"));
    let choice = registrar.get(&way).await;
    choice.says("Which entry is meant?").says("گوڵاڵە ئەحمەد").says("هێڤین عومەر حەسەن").says("Married");
    let seen = filled_in(&choice).into_iter().find(|(name, _)| name == "seen").unwrap().1;
    let none = registrar.post(&way, &[("seen", seen.as_str())]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.says("Choose one of the entries");

    // By hand: whoever is found leads to the same choice.
    let by_hand = [("seen", seen.as_str()), ("holder", &omar.to_string())];
    let led = registrar.post(&format!("/en/desk/cases/{case}/link"), &by_hand).await;
    led.says("Which entry is meant?").says("هێڤین");
    let pick = format!("{omar}/{second}");
    let tied = registrar.post(&way, &[("seen", seen.as_str()), ("entry", pick.as_str())]).await;
    tied.says("هێڤین عومەر حەسەن").is_silent_on("Which entry is meant?");
    assert_eq!(test.case(case.parse().unwrap()).await.entry_id, Some(second));
}

on_both_engines!(an_officer_sees_who_is_who_and_chooses, of_two);
