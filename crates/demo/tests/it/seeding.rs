//! A Region written into a fresh office through the acts.

use diwan_demo::seeding::{Seeded, seed};
use diwan_demo::{DemoCard, Region, citizen_token, situations, wallet_users};
use diwan_documents::keys::KeyFolder;
use diwan_documents::renderer::Renderer;
use diwan_domain::people::{Channel, Role};
use diwan_domain::services::RegisterKind;
use diwan_office::log::{LogKey, Published};
use diwan_office::{Clock, Office, Settings, Stop, Who, civil, officers, secrets, tokens};
use diwan_store::files::Files;
use diwan_store::{Db, Keys};
use jiff::civil::{Date, date};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

pub const TODAY: Date = date(2026, 11, 22);
/// That day at nine in the morning in Erbil.
const MORNING: i64 = 1_795_327_200_000_000;

/// An office in a folder of its own, thrown away at the end.
pub struct TestOffice {
    pub office: Office,
    folder: PathBuf,
}

impl TestOffice {
    pub async fn open() -> Self {
        let folder = std::env::temp_dir().join(format!("diwan-demo-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        let address = format!("sqlite:{}", folder.join("diwan.db").display());
        let office = Office {
            db: Db::open(&address, Keys { journal: [7; 32], factors: [8; 32] }).await.unwrap(),
            files: Files::open(&folder.join("files")).unwrap(),
            keys: KeyFolder::at(folder.join("keys")),
            log_key: LogKey::generate("demo.test"),
            published: Published::at(&folder.join("checkpoint")),
            // Nothing is printed here.
            renderer: Renderer::new(PathBuf::from("true"), Vec::new(), 1, Duration::from_secs(1)),
            timestamps: None,
            settings: Settings {
                installation: "main".into(),
                base_url: "http://127.0.0.1:4000".into(),
                training: true,
                utc_offset_minutes: 180,
            },
            clock: Clock::Fixed(Arc::new(AtomicI64::new(MORNING))),
            order: AtomicI64::new(0),
        };
        Self { office, folder }
    }
}

impl Drop for TestOffice {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn small() -> Region {
    Region::generate(3, 300, TODAY)
}

pub async fn seeded(region: &Region) -> (TestOffice, Seeded) {
    let test = TestOffice::open().await;
    let seeded = seed(&test.office, region, |_, _| {}).await.unwrap();
    (test, seeded)
}

fn person() -> Who {
    Who { channel: Channel::Online, ..Who::system("test") }
}

#[tokio::test]
async fn a_region_is_written_and_its_officers_can_sign_in() {
    let region = small();
    let test = TestOffice::open().await;
    let mut steps = Vec::new();
    let seeded = seed(&test.office, &region, |done, of| steps.push((done, of))).await.unwrap();

    assert_eq!((seeded.people, seeded.entries), (300, region.events.len()));
    assert_eq!(seeded.officers.len(), region.officers.len());
    assert_eq!((seeded.offices.len(), seeded.centres.len()), (6, 7));
    let (done, of) = *steps.last().unwrap();
    assert!(done == of && steps.windows(2).all(|pair| pair[0].0 < pair[1].0), "{done} of {of}");

    let registrar = seeded.by_login("registrar-eb-1").unwrap();
    // The digits of the invitation served already; the next ones come with the next half minute.
    let Clock::Fixed(clock) = &test.office.clock else { panic!("the clock of a test stands still") };
    let later = MORNING + 60_000_000;
    clock.store(later, std::sync::atomic::Ordering::Relaxed);
    let digits =
        secrets::totp(&registrar.plan.totp_secret).unwrap().generate(later as u64 / 1_000_000).to_string();
    let plan = &registrar.plan;
    let from = officers::Origin::default();
    let signed_in =
        officers::sign_in(&test.office, &person(), &from, &plan.login, &plan.password, &digits).await;
    let id = signed_in.unwrap();
    assert_eq!(id, registrar.id);

    let token = &seeded.tokens[Role::Inspector.code()];
    let mut reading = test.office.db.reading().await.unwrap();
    let holder = tokens::holder(&mut reading.tx(), token, MORNING).await.unwrap().unwrap();
    assert_eq!(holder.officer_id, Some(seeded.officer(Role::Inspector).unwrap().id));
}

#[tokio::test]
async fn a_second_seed_adds_nothing_and_another_region_is_refused() {
    let region = small();
    let (test, first) = seeded(&region).await;
    let again = seed(&test.office, &region, |_, _| {}).await.unwrap();
    assert_eq!((first.areas, first.offices, first.centres), (again.areas, again.offices, again.centres));
    assert_eq!(first.tokens, again.tokens);
    let ids = |seeded: &[diwan_demo::seeding::SeededOfficer]| seeded.iter().map(|o| o.id).collect::<Vec<_>>();
    assert_eq!(ids(&first.officers), ids(&again.officers));

    let other = Region::generate(4, 300, TODAY);
    let stop: Stop = seed(&test.office, &other, |_, _| {}).await.unwrap_err();
    assert_eq!(stop.code(), "request/key-reused");
}

#[tokio::test]
async fn an_interrupted_seed_goes_on_where_it_stopped() {
    let region = small();
    let test = TestOffice::open().await;
    // Broken off in the middle, again and again: the future is dropped.
    for after in [3, 8, 20, 40, 60, 200] {
        let patience = Duration::from_millis(after);
        let broken = tokio::time::timeout(patience, seed(&test.office, &region, |_, _| {})).await;
        assert!(broken.is_err(), "the seed was too quick to be interrupted after {after} ms");
    }
    let seeded = seed(&test.office, &region, |_, _| {}).await.unwrap();
    assert_eq!((seeded.people, seeded.entries), (300, region.events.len()));
}

#[tokio::test]
async fn a_birth_entry_reads_back_with_every_field_a_certificate_prints() {
    let region = small();
    let (test, _) = seeded(&region).await;
    let mut reading = test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let mother =
        situations(&region).into_iter().find(|situation| situation.key == "parent-of-minor").unwrap();
    let child = mother.holder.unwrap();
    let summary = civil::summary(&mut tx, child.person).await.unwrap().unwrap();
    let entry = summary.entry.unwrap();
    assert_eq!(Some(&entry.number), child.entry.as_ref());
    let fields =
        civil::fields_of(&mut tx, Some(RegisterKind::Birth), &entry, None, region.today).await.unwrap();
    for field in [
        "number",
        "book",
        "page",
        "office",
        "registered-on",
        "name",
        "name-latin",
        "sex",
        "born-on",
        "born-on-in-words",
        "birth-place",
        "plurality",
        "father",
        "father-nationality",
        "father-occupation",
        "mother",
        "mother-nationality",
        "mother-occupation",
        "residence",
        "attendant",
    ] {
        assert!(fields.contains_key(field), "{field} is missing: {fields:?}");
    }
    let text = |key: &str| fields[key].text();
    assert_eq!((text("name"), text("born-on")), (Some(child.name.as_str()), Some(child.born_on.as_str())));
    assert_eq!(text("mother"), child.mother.as_deref());
    assert_eq!(text("name-latin-source"), Some("passport"));
}

#[tokio::test]
async fn the_card_holds_what_every_door_needs_and_reads_back() {
    let region = small();
    let (test, seeded) = seeded(&region).await;
    let card = DemoCard::new("http://127.0.0.1:4000", "http://127.0.0.1:4000/demo/inbox", &region, &seeded);
    assert_eq!(card.situations.len(), 17);
    assert!(card.wallet_users.len() >= 17 && card.signins.len() == seeded.officers.len());
    for role in Role::ALL {
        assert!(card.signins.iter().any(|sign_in| sign_in.role == role.code()));
        assert!(card.api_tokens[role.code()].starts_with("diwan_"));
    }
    let text = serde_json::to_string_pretty(&card).unwrap();
    assert_eq!(serde_json::from_str::<DemoCard>(&text).unwrap(), card);

    let user = &wallet_users(&region)[0];
    let issuer = "http://127.0.0.1:4003";
    let token = citizen_token(&test.office, &region, issuer, &user.personal_number).await.unwrap();
    let again = citizen_token(&test.office, &region, issuer, &user.personal_number).await.unwrap();
    assert_eq!(token, again);
    let mut reading = test.office.db.reading().await.unwrap();
    let holder = tokens::holder(&mut reading.tx(), &token, MORNING).await.unwrap().unwrap();
    assert!(holder.account_id.is_some());
}

/// Slow in a debug build; the target is well under a minute.
#[tokio::test]
async fn twenty_thousand_people_are_written_quickly() {
    let region = Region::generate(1, 20_000, TODAY);
    let test = TestOffice::open().await;
    let began = std::time::Instant::now();
    let seeded = seed(&test.office, &region, |_, _| {}).await.unwrap();
    let took = began.elapsed();
    assert_eq!((seeded.people, seeded.entries), (20_000, region.events.len()));
    println!("20,000 people, {} entries in {took:?}", seeded.entries);
    assert!(took < Duration::from_secs(60), "{took:?}");
}
