//! A mobile unit through the program itself: it is prepared, serves, and comes home.

use crate::installation::{Installation, Ran, SHILAN, diwan_in};
use diwan_documents::keys::KeyFolder;
use diwan_documents::renderer::Renderer;
use diwan_domain::ids::CaseId;
use diwan_domain::people::Role;
use diwan_office::log::{LogKey, Published};
use diwan_office::{Clock, Office, Settings, administration, documents};
use diwan_store::dialect::Engine;
use diwan_store::files::Files;
use diwan_store::{Db, Keys};
use diwan_testkit::TestOffice;
use diwan_testkit::databases::TestDatabase;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

fn key(folder: &Path, name: &str) -> [u8; 32] {
    let text = std::fs::read_to_string(folder.join(format!("keys/{name}.key"))).unwrap();
    hex::decode(text.trim()).unwrap().try_into().unwrap()
}

/// Headquarters with an officer, and the folder of a bus.
async fn prepared(engine: Engine) -> (Installation, PathBuf) {
    let home = Installation::begun(
        engine,
        "[smtp]\nurl = \"smtps://u:secret@mail.example:465\"\nfrom = \"a@b.example\"\n",
    )
    .await;
    home.office_at(Clock::system()).await.officer("clerk", Role::CounterOfficer, None).await;
    let bus = home.path("bus");
    prepare(&home, &bus).ok();
    (home, bus)
}

fn prepare(home: &Installation, to: &Path) -> Ran {
    let to = to.to_str().unwrap();
    home.run(&["unit", "prepare"], &["--centre", "C1", "--name", "bus-1", "--to", to])
}

/// The office in the bus, in this process.
async fn inside(home: &Installation, bus: &Path) -> TestOffice {
    let address = format!("sqlite:{}", bus.join("diwan.db").display());
    let keys = Keys { journal: key(bus, "journal"), factors: key(bus, "factors") };
    let db = Db::open(&address, keys).await.unwrap();
    let (place, centre, counter) = {
        let mut reading = db.reading().await.unwrap();
        let mut tx = reading.tx();
        let place = administration::all_offices(&mut tx).await.unwrap()[0].id;
        let centre = administration::all_centres(&mut tx).await.unwrap()[0].id;
        (place, centre, administration::counters_of(&mut tx, centre).await.unwrap()[0].id)
    };
    let office = Arc::new(Office {
        db: db.clone(),
        files: Files::open(&bus.join("files")).unwrap(),
        keys: KeyFolder::at(bus.join("keys/seal")),
        log_key: LogKey::generate("bus.test/log"),
        published: Published::at(&bus.join("keys/checkpoint")),
        renderer: Renderer::new("/nonexistent".into(), Vec::new(), 1, Duration::from_secs(5)),
        timestamps: None,
        settings: Settings {
            installation: "bus-1".into(),
            base_url: home.base.clone(),
            training: false,
            utc_offset_minutes: 180,
        },
        clock: Clock::system(),
        order: AtomicI64::new(0),
    });
    let base = TestDatabase::of(db, address, bus.to_owned());
    TestOffice::around(office, base, place, centre, counter).await
}

async fn applies(home: &Installation, bus: &Path) -> CaseId {
    let test = inside(home, bus).await;
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[]).await;
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    assert!(papers[0].number.contains("U01"), "{}", papers[0].number);
    case
}

async fn a_journey(engine: Engine) {
    let (home, bus) = prepared(engine).await;
    let said = std::fs::read_to_string(bus.join("diwan.toml")).unwrap();
    assert!(said.contains("bus-1") && !said.contains("secret"), "{said}");
    for name in ["journal", "factors"] {
        assert_ne!(key(&bus, name), key(&home.folder, name), "the unit has its own {name}.key");
    }
    assert!(prepare(&home, &home.path("second")).refused().contains("unit/away"), "a centre leaves once");
    let said = diwan_in(&bus, &["doctor"]).ok();
    assert!(said.contains("this is the mobile unit bus-1"), "{said}");

    let case = applies(&home, &bus).await;
    assert!(diwan_in(&bus, &["verify", "journal"]).ok().contains("nothing was altered"));
    let merge = |more: &[&str]| {
        let rest: Vec<&str> = more.iter().copied().chain([bus.to_str().unwrap()]).collect();
        home.run(&["unit", "merge"], &rest)
    };
    let said = merge(&[]).ok();
    assert!(!said.contains("wait for a person") && !said.contains(" 0 acts carried out"), "{said}");
    assert!(merge(&[]).ok().contains(" 0 acts carried out"), "twice is once");
    home.run(&["verify", "journal"], &[]).ok();
    assert!(home.run(&["unit", "list"], &[]).ok().contains("bus-1            home"));

    let serving = home.serve().await;
    let certificate = home.certificate(case).await;
    assert!(certificate.number.contains("U01"), "{}", certificate.number);
    assert_eq!(home.verdict(&certificate.code).await, "200 This document is genuine");
    serving.stop();
}
crate::on_both_engines!(a_unit_leaves_and_comes_home, super::a_journey);

async fn what_is_refused(engine: Engine) {
    let (home, bus) = prepared(engine).await;
    applies(&home, &bus).await;
    let merge = |folder: &Path| home.run(&["unit", "merge"], &[folder.to_str().unwrap()]);
    let said = merge(&home.path("files")).refused();
    assert!(said.contains("is not a unit's folder"), "{said}");

    // Its journal was meddled with.
    let address = format!("sqlite:{}", bus.join("diwan.db").display());
    let keys = Keys { journal: key(&bus, "journal"), factors: key(&bus, "factors") };
    let db = Db::open(&address, keys).await.unwrap();
    let test = TestDatabase::of(db, address, bus.clone());
    test.tamper("UPDATE acts SET idem_key = idem_key || 'x' WHERE name = 'send-case'").await;
    drop(test);
    assert!(merge(&bus).refused().contains("the unit's journal was changed"));

    // Another key stands in its place.
    std::fs::copy(home.path("keys/journal.key"), bus.join("keys/journal.key")).unwrap();
    assert!(merge(&bus).refused().contains("are not those that bus-1 was given"));

    home.run(&["unit", "revoke"], &["bus-1"]).ok();
    assert!(home.run(&["unit", "list"], &[]).ok().contains("revoked"));
    prepare(&home, &home.path("third")).ok();
    let said = std::fs::read_to_string(home.path("third/diwan.toml")).unwrap();
    assert!(said.contains("bus-1-2"), "a second journey has a name of its own: {said}");
}
crate::on_both_engines!(what_is_no_units_or_was_changed_is_refused, super::what_is_refused);
