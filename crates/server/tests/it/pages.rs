//! Scanned pages through the program itself: numbered as people number, gone on with,
//! refused with reasons, and signed by whoever answers for them.

use crate::installation::Installation;
use diwan_domain::people::Role;
use diwan_office::Clock;
use diwan_store::dialect::Engine;
use diwan_store::{journal, ledgers, verify};
use diwan_testkit::page_image;
use std::path::PathBuf;

struct Scans {
    place: Installation,
    folder: PathBuf,
    office: String,
}

impl Scans {
    async fn begun(engine: Engine) -> Self {
        let place = Installation::begun(engine, "").await;
        let folder = place.path("scans");
        std::fs::create_dir(&folder).unwrap();
        let office = {
            let test = place.office_at(Clock::system()).await;
            test.officer("head", Role::Administrator, None).await;
            test.officer("clerk", Role::CounterOfficer, None).await;
            let row = "SELECT code FROM offices ORDER BY code LIMIT 1";
            let row = test.office.db.reading().await.unwrap().tx().row(row, &[]).await.unwrap().unwrap();
            row.get("code").unwrap()
        };
        Self { place, folder, office }
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.folder.join(name), bytes).unwrap();
    }

    fn bring(&self, more: &[&str]) -> crate::installation::Ran {
        let mut rest = vec![self.folder.to_str().unwrap(), "--by", "Sara Karim"];
        rest.extend_from_slice(more);
        self.place.run(&["import", "pages"], &rest)
    }

    fn births<'a>(&'a self, officer: &'a str) -> Vec<&'a str> {
        let what = ["--kind", "birth", "--name", "Koya 1957", "--directorate", "Koya", "--record", "١٢"];
        ["--officer", officer, "--office", &self.office].into_iter().chain(what).collect()
    }
}

async fn pages(engine: Engine) {
    let scans = Scans::begun(engine).await;
    scans.put("p 1957-10.png", page_image(10));
    scans.put("p 1957-9.png", page_image(9));
    scans.put("p 1957-٢.jpg", "no image at all");
    scans.put("p 1957-11.pdf", "%PDF-1.7 two pages");
    scans.put("notes.txt", "who scanned it");
    scans.put(".hidden.png", page_image(1));
    assert!(scans.bring(&scans.births("nobody")).refused().contains("“nobody”"));
    assert!(scans.bring(&scans.births("clerk")).refused().contains("Your role does not allow this"));
    assert!(scans.bring(&["--officer", "head"]).refused().contains("--directorate"));

    let first = scans.bring(&scans.births("head"));
    for said in
        ["Ledger opened", "p 1957-٢.jpg was not taken", "p 1957-11.pdf was not taken", "passed over: 2"]
    {
        assert!(first.err.contains(said), "{said}: {}", first.err);
    }
    assert!(first.err.contains("Only JPEG and PNG"), "{}", first.err);
    let first = first.ok();
    assert!(first.contains("Pages added: 2. There already: 0. Rejected: 2"), "{first}");

    // What was mended comes to its own number, and nothing is there twice.
    scans.put("p 1957-٢.jpg", page_image(2));
    let again = scans.bring(&[scans.births("head"), vec!["--language", "ckb"]].concat());
    assert!(again.err.contains("بەردەوام دەبێت"), "{}", again.err);
    let again = again.ok();
    assert!(again.contains("پەڕەی زیادکراو: ١. پێشتر هەبوون: ٢. ڕەتکرانەوە: ١"), "{again}");

    let db = scans.place.db().await;
    let mut reading = db.reading().await.unwrap();
    let mut tx = reading.tx();
    let all = ledgers::newest(&mut tx, 10).await.unwrap();
    assert_eq!(all.len(), 1, "one ledger, gone on with");
    let mut numbered = Vec::new();
    for page in ledgers::pages_after(&mut tx, all[0].id, 0, 10).await.unwrap() {
        let said = journal::about(&mut tx, "ledger-page", &page.id.to_string()).await.unwrap();
        let facts = &said[0].body["facts"];
        assert_eq!((said[0].kind.as_str(), said[0].actor_kind.as_str()), ("ledger-page-added", "system"));
        assert_eq!(
            (facts["by"].as_str(), facts["sha256"].as_str()),
            (Some("Sara Karim"), Some(&*page.file_hash))
        );
        assert_eq!(facts["answers"], page.added_by.to_string());
        assert_eq!(facts["file-sha256"].as_str().map(str::len), Some(64));
        numbered.push((page.file_name, page.page_no));
    }
    let numbered: Vec<(&str, &str)> =
        numbered.iter().map(|(name, no)| (name.as_str(), no.as_str())).collect();
    assert_eq!(numbered, [("p 1957-9.png", "2"), ("p 1957-10.png", "3"), ("p 1957-٢.jpg", "1")]);
    assert_eq!(verify::journal(&db, None).await.unwrap().findings, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_of_scans_becomes_the_pages_of_a_ledger_embedded() {
    pages(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_of_scans_becomes_the_pages_of_a_ledger_server() {
    pages(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_may_be_numbered_by_their_names() {
    let scans = Scans::begun(Engine::Sqlite).await;
    scans.put("EB-1957-040.png", page_image(40));
    scans.put("EB-1957-041.png", page_image(41));
    scans.put("cover.png", page_image(1));
    let ran = scans.bring(&[scans.births("head"), vec!["--numbers", "names"]].concat());
    assert!(ran.err.contains("no number in its name"), "{}", ran.err);
    assert!(ran.ok().contains("Pages added: 2. There already: 0. Rejected: 1"));
    let db = scans.place.db().await;
    let mut reading = db.reading().await.unwrap();
    let mut tx = reading.tx();
    let ledger = ledgers::newest(&mut tx, 1).await.unwrap().remove(0);
    let pages = ledgers::pages_after(&mut tx, ledger.id, 0, 10).await.unwrap();
    assert_eq!(pages.iter().map(|page| page.page_no.as_str()).collect::<Vec<_>>(), ["40", "41"]);
}
