//! Every situation, played in a real office with the real service, ends as
//! the card says.

use crate::seeding::{seeded, small};
use diwan_demo::card::Situation;
use diwan_demo::seeding::Seeded;
use diwan_demo::{Region, situations};
use diwan_domain::acts::Actor;
use diwan_domain::ids::{CaseId, OfficerId};
use diwan_domain::people::{Assurance, Channel};
use diwan_domain::services::Folder;
use diwan_domain::uploads::MediaType;
use diwan_office::accounts::{RecordConsent, SignInByWallet, VerifyApplicant};
use diwan_office::cases::{self, Access, AddUpload, BeginCase, OpenCase, SaveAnswer, SendCase, TakeNext};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::FindPeople;
use diwan_office::rows::CaseRow;
use diwan_office::{Office, Who};
use std::path::{Path, PathBuf};

fn files_in(folder: &Path, base: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for item in std::fs::read_dir(folder).unwrap() {
        let path: PathBuf = item.unwrap().path();
        if path.is_dir() {
            files_in(&path, base, files);
        } else {
            let name = path.strip_prefix(base).unwrap().to_str().unwrap().to_owned();
            files.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

async fn publish(office: &Office) {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    for folder in std::fs::read_dir(services).unwrap() {
        let folder = folder.unwrap().path();
        let mut files = Vec::new();
        files_in(&folder, &folder, &mut files);
        let name = folder.file_name().unwrap().to_str().unwrap();
        let act = PublishService::of(&Folder::new(name, files));
        office.perform_once(&Who::system("test"), act).await.unwrap();
    }
}

async fn citizen(office: &Office, situation: &Situation) -> Who {
    let system = Who::system("wallet");
    let act = SignInByWallet {
        provider: "wallet".into(),
        subject: situation.key.clone(),
        personal_number: situation.applicant.personal_number.clone().unwrap(),
        assurance: Assurance::High,
        language: "ckb".into(),
    };
    let account = office.perform_once(&system, act).await.unwrap().account;
    Who { actor: Actor::Account(account), assurance: Assurance::High, channel: Channel::Online, ..system }
}

fn officer(id: OfficerId) -> Who {
    Who { actor: Actor::Officer(id), channel: Channel::Counter, ..Who::system("test") }
}

async fn answer(office: &Office, who: &Who, situation: &Situation) -> (CaseId, Access) {
    let begin = BeginCase { service: situation.service.clone(), language: "ckb".into() };
    let begun = office.perform_once(who, begin).await.unwrap();
    let access = Access { key: Some(begun.key) };
    for (question, value) in &situation.answers {
        let (case, access) = (begun.case, access.clone());
        let save = SaveAnswer { case, access, question: question.clone(), value: value.clone() };
        office
            .perform_once(who, save)
            .await
            .unwrap_or_else(|stop| panic!("{}/{question}: {stop}", situation.key));
    }
    if situation.key == "guardian" {
        let upload = AddUpload {
            case: begun.case,
            access: access.clone(),
            question: "court-order".into(),
            file_hash: "00".repeat(32),
            media: MediaType::Pdf,
            name: "order.pdf".into(),
            bytes: 1000,
        };
        office.perform_once(who, upload).await.unwrap();
    }
    (begun.case, access)
}

async fn read(office: &Office, who: &Who, case: CaseId, access: &Access) -> CaseRow {
    let desk = office.desk(who, "reading");
    let mut reading = office.db.reading().await.unwrap();
    cases::open(&mut reading.tx(), &desk, case, access).await.unwrap()
}

async fn play(office: &Office, situation: &Situation) -> CaseRow {
    let who = citizen(office, situation).await;
    let (case, access) = answer(office, &who, situation).await;
    let send = SendCase { case, access: access.clone() };
    office.perform_once(&who, send).await.unwrap_or_else(|stop| panic!("{}: {stop}", situation.key));
    read(office, &who, case, &access).await
}

fn of<'a>(all: &'a [Situation], key: &str) -> &'a Situation {
    all.iter().find(|situation| situation.key == key).unwrap_or_else(|| panic!("{key} has nobody"))
}

async fn check_outcomes(region: &Region) {
    let (test, _) = seeded(region).await;
    publish(&test.office).await;
    let all = situations(region);
    for (key, phase, step, relation) in [
        ("self-by-rule", "approved", None, "self"),
        ("parent-of-minor", "approved", None, "parent"),
        ("child-of-late-parent", "approved", None, "child"),
        ("displaced", "approved", None, "self"),
        ("no-latin-spelling", "approved", None, "self"),
        ("partly-known-birth", "approved", None, "self"),
        ("spouse-of-late", "in-progress", Some("decide"), "spouse"),
        ("unverified-entry", "in-progress", Some("decide"), "self"),
        ("protected-entry", "in-progress", Some("decide"), "self"),
        ("officers-relative", "in-progress", Some("decide"), "self"),
        ("entry-not-found", "in-progress", Some("search"), "none"),
        ("guardian", "in-progress", Some("search"), "none"),
        ("married", "approved", None, "self"),
        ("divorced", "approved", None, "self"),
        ("large-family", "approved", None, "self"),
        ("never-married", "approved", None, "self"),
    ] {
        let situation = of(&all, key);
        let case = play(&test.office, situation).await;
        assert_eq!(case.phase, phase, "{key} of seed {}: {:?}", region.seed, case.facts.0);
        assert_eq!(case.fee_minor_units, 0, "{key}");
        if let Some(step) = step {
            assert_eq!(case.step.as_deref(), Some(step), "{key} of seed {}", region.seed);
        }
        assert_eq!(case.relation.as_deref(), Some(relation), "{key} of seed {}", region.seed);
        if relation != "none" {
            let holder = situation.holder.as_ref().unwrap_or(&situation.applicant);
            assert_eq!(case.holder_id, Some(holder.person), "{key}");
        }
    }
}

#[tokio::test]
async fn each_situation_ends_as_the_card_says() {
    check_outcomes(&small()).await;
}

#[tokio::test]
async fn other_seeds_and_sizes_have_the_same_situations() {
    for (seed, people) in [(11, 300), (12, 900), (13, 4_000)] {
        check_outcomes(&Region::generate(seed, people, crate::seeding::TODAY)).await;
    }
}

#[tokio::test]
async fn a_registrar_is_refused_the_case_of_a_brother_or_sister() {
    let region = small();
    let (test, seeded) = seeded(&region).await;
    publish(&test.office).await;
    let all = situations(&region);
    let situation = of(&all, "officers-relative");
    let case = play(&test.office, situation).await;
    let relative = seeded.by_login(situation.officer.as_deref().unwrap()).unwrap();
    assert_eq!(relative.plan.office.and_then(|code| seeded.offices.get(code).copied()), case.office_id);

    let stop = test.office.perform_once(&officer(relative.id), TakeNext {}).await.unwrap_err();
    assert_eq!(stop.code(), "case/nothing-waiting");
    let stop = test.office.perform_once(&officer(relative.id), OpenCase { case: case.id }).await.unwrap_err();
    assert_eq!(stop.code(), "officer/own-family");
    let other = seeded.by_login("registrar-eb-2").unwrap();
    assert_eq!(test.office.perform_once(&officer(other.id), TakeNext {}).await.unwrap(), case.id);
}

#[tokio::test]
async fn someone_without_any_number_is_served_at_a_counter() {
    let region = small();
    let (test, seeded) = seeded(&region).await;
    publish(&test.office).await;
    let all = situations(&region);
    let situation = of(&all, "no-numbers");
    assert_eq!((situation.sign_in.as_str(), &situation.applicant.personal_number), ("counter", &None));
    let case = at_counter(&test.office, &seeded, situation).await;
    assert_eq!((case.phase.as_str(), case.holder_id), ("approved", Some(situation.applicant.person)));
}

async fn at_counter(office: &Office, seeded: &Seeded, situation: &Situation) -> CaseRow {
    let clerk = seeded.by_login("counter-eb1-1").unwrap();
    let centre = seeded.centres["EB1"];
    let who =
        Who { centre: Some(centre), counter: seeded.counters.get("EB1-C1").copied(), ..officer(clerk.id) };
    let find = FindPeople {
        query: situation.applicant.name.clone(),
        purpose: "counter".into(),
        by: Default::default(),
    };
    let found = office.perform_once(&who, find).await.unwrap();
    assert!(found.contains(&situation.applicant.person), "{} is not found by name", situation.applicant.name);

    let (case, access) = answer(office, &who, situation).await;
    let verify = VerifyApplicant { case, person: situation.applicant.person, shown: "two-witnesses".into() };
    office.perform_once(&who, verify).await.unwrap();
    let consent = RecordConsent { case, code: None, witness: Some("شیلان کەریم".into()) };
    office.perform_once(&who, consent).await.unwrap();
    office.perform_once(&who, SendCase { case, access: access.clone() }).await.unwrap();
    read(office, &who, case, &access).await
}
