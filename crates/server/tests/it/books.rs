//! Old books through the program itself: killed and started again, told in the
//! language of the run, with the rejected rows beside the file.

use crate::installation::Installation;
use diwan_store::Db;
use diwan_store::dialect::Engine;
use diwan_store::verify;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

const MAPPING: &str = r#"
version = 1
name = "births"
event = "birth"
required = ["happened-on"]
[entry]
number = "رقم"
[fields]
"child.given" = "الاسم"
"child.sex" = { column = "الجنس", values = "sex" }
"happened-on" = "الولادة"
father = { column = "الأب", split = "name" }
"father.upn" = "رقم الأب"
"#;
const HEAD: &str = "رقم,الاسم,الجنس,الولادة,الأب,رقم الأب\n";

struct Books {
    place: Installation,
    mapping: PathBuf,
}

impl Books {
    async fn begun(engine: Engine) -> Self {
        let place = Installation::begun(engine, "").await;
        let mapping = place.path("births.toml");
        std::fs::write(&mapping, MAPPING).unwrap();
        Self { place, mapping }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.place.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    async fn office(&self) -> String {
        let db = self.db().await;
        let mut reading = db.reading().await.unwrap();
        let row =
            reading.tx().row("SELECT code FROM offices ORDER BY code LIMIT 1", &[]).await.unwrap().unwrap();
        row.get("code").unwrap()
    }

    async fn db(&self) -> Db {
        Db::open_to_read(&self.place.database, self.place.keys()).await.unwrap()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.db().await.reading().await.unwrap().tx().count(sql, &[]).await.unwrap()
    }

    fn args<'a>(&'a self, path: &'a str, office: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let mapping = self.mapping.to_str().unwrap();
        [path, "--mapping", mapping, "--office", office].into_iter().chain(more.iter().copied()).collect()
    }
}

fn many(count: usize) -> String {
    let mut text = HEAD.to_owned();
    for n in 0..count {
        text.push_str(&format!(
            "{n},شیلان,أنثى,14/3/{},ئازاد کەریم,{}\n",
            1950 + n % 50,
            6_000_000_000_000_u64 + n as u64 / 3
        ));
    }
    text
}

async fn killed(engine: Engine) {
    const ROWS: usize = 12_000;
    let books = Books::begun(engine).await;
    let office = books.office().await;
    let path = books.file("many.csv", many(ROWS));
    let path = path.to_str().unwrap();
    let imported = "SELECT COUNT(*) AS n FROM register_entries WHERE import_id IS NOT NULL";
    let config = books.place.config();
    let mut child = Command::new(env!("CARGO_BIN_EXE_diwan"))
        .args(["import", "run", "--config", config.to_str().unwrap()])
        .args(books.args(path, &office, &[]))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Not before something is in, and not after all of it is.
    for _ in 0..600 {
        if books.count(imported).await > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let half = books.count(imported).await;
    assert!(half > 0 && half < ROWS as i64, "{half} of {ROWS} were in when it was killed");
    let ran = books.place.run(&["import", "run"], &books.args(path, &office, &[]));
    assert!(ran.err.contains("It goes on after line"), "{}", ran.err);
    assert!(ran.ok().contains("Brought in: 12000. There already: 0. Rejected: 0"));
    assert_eq!(books.count(imported).await, ROWS as i64);
    let once_more = books.place.run(&["import", "run"], &books.args(path, &office, &[]));
    assert!(once_more.err.contains("brought in before, to its end"), "{}", once_more.err);
    assert_eq!(books.count(imported).await, ROWS as i64);
    let report = verify::journal(&books.db().await, None).await.unwrap();
    assert_eq!(report.findings, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_was_killed_goes_on_where_it_was_embedded() {
    killed(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_was_killed_goes_on_where_it_was_server() {
    killed(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_previews_rejects_and_takes_what_was_mended() {
    let books = Books::begun(Engine::Sqlite).await;
    let office = books.office().await;
    let text = format!("{HEAD}1,شیلان,أنثى,30/2/1957,ئازاد,\n2,دارا,ذكر,14/3/1959,ئازاد,\n3,سارا\n");
    let path = books.file("births.csv", &text);
    let path = path.to_str().unwrap();
    let preview = |more: &[&str]| {
        let mut args = vec!["import", "preview"];
        args.extend(books.args(path, &office, more));
        crate::installation::diwan(&args)
    };
    let english = preview(&[]).ok();
    for said in
        ["Rows: 3. Without faults: 1. With faults: 2", "Line 3", "This day does not exist", "1959-03-14"]
    {
        assert!(english.contains(said), "{said}: {english}");
    }
    assert!(preview(&["--language", "ar"]).ok().contains("الولادة"));
    assert!(preview(&["--language", "xx"]).refused().contains("ckb"));
    // A dry run writes nothing, and says what would be.
    let dry = books.place.run(&["import", "run"], &books.args(path, &office, &["--dry-run"])).ok();
    assert!(dry.contains("Would be brought in: 1"), "{dry}");
    assert_eq!(books.count("SELECT COUNT(*) AS n FROM imports").await, 0);
    let ran = books.place.run(&["import", "run"], &books.args(path, &office, &["--language", "ckb"])).ok();
    assert!(ran.contains("births.rejected.csv"), "{ran}");
    let rejects = std::fs::read_to_string(books.place.path("births.rejected.csv")).unwrap();
    assert!(
        rejects.contains("لە ساڵنامەدا") || rejects.contains("ڕۆژە"),
        "in the language of the run: {rejects}"
    );
    // Mended beside the other, only these come in; the first stays as somebody left it.
    let mended = rejects.replace("30/2/1957", "28/2/1957").replace(",3,سارا,,,,,", ",3,سارا,مێ,1960,,,");
    let better = books.file("births.rejected.csv", &mended);
    let again = books.place.run(&["import", "run"], &books.args(better.to_str().unwrap(), &office, &[])).ok();
    assert!(again.contains("Brought in: 2"), "{again}");
    let first = books.place.run(&["import", "run"], &books.args(path, &office, &["--language", "ckb"])).ok();
    assert!(first.contains("births.rejected.2.csv"), "what was mended is not overwritten: {first}");
    assert_eq!(std::fs::read_to_string(&better).unwrap(), mended);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_is_told_before_anything_is_read() {
    let books = Books::begun(Engine::Sqlite).await;
    let office = books.office().await;
    let check = |name: &str, bytes: &[u8], more: &[&str]| {
        let path = books.file(name, bytes);
        let mut args = vec!["import", "check"];
        args.extend(books.args(path.to_str().unwrap(), &office, more));
        crate::installation::diwan(&args)
    };
    assert!(check("good.csv", many(1).as_bytes(), &[]).ok().contains("fits"));
    let other = many(1).replace("الولادة", "تاريخ الولادة");
    let said = check("other.csv", other.as_bytes(), &[]).refused();
    assert!(said.contains("no column “الولادة”"), "{said}");
    assert!(check("empty.csv", b"", &[]).refused().contains("The file is empty"));
    assert!(check("locked.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &[]).refused().contains(".xls"));
    let arabic = [0xD1_u8, 0xDE, 0xE3, b',', b'x', b'\n'];
    let said = check("arabic.csv", &arabic, &[]).refused();
    assert!(said.contains("windows-1256") && said.contains("رقم"), "{said}");
    std::fs::write(&books.mapping, MAPPING.replace("event", "evnt")).unwrap();
    assert!(check("good.csv", many(1).as_bytes(), &[]).refused().contains("evnt"));
    std::fs::write(&books.mapping, MAPPING).unwrap();
    let path = books.file("good.csv", many(1));
    let unknown =
        books.place.run(&["import", "run"], &books.args(path.to_str().unwrap(), "ZZ", &[])).refused();
    assert!(unknown.contains("no office “ZZ”"), "{unknown}");
}
