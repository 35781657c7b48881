//! Old books: brought in with a mapping, once, whatever breaks off; what is wrong with
//! a row is named; nobody is taken for another by their name.

use diwan_domain::civil::books::{Mapping, RowFault};
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::civil::books::{
    self, Ended, FileFault, LINE, Options, Prepared, REASON, Run, Stopped, write_rejects,
};
use diwan_office::civil::{DecideMerge, ProposeMerge};
use diwan_store::value::Val;
use diwan_store::{Db, civil, imports, verify};
use diwan_testkit::TestOffice;
use std::path::PathBuf;

const MAPPING: &str = r#"
    version = 1
    name = "test"
    event = "birth"
    required = ["happened-on"]
    dates = ["dd/mm/yyyy", "yyyy", "excel"]
    year-only-on = ["01/07"]
    [entry]
    number = "no"
    registered-on = "registered"
    [fields]
    "record-no" = "book"
    "page-no" = "page"
    "child.given" = "name"
    "child.sex" = { column = "sex", values = "sex" }
    "happened-on" = "born"
    "child.upn" = "own"
    father = { column = "father", split = "name" }
    mother = { column = "mother", split = "name" }
    "father.upn" = "father no"
    "mother.upn" = "mother no"
"#;
const HEAD: &str = "no,book,page,name,sex,born,own,father,mother,father no,mother no,registered\n";

/// A file and its mapping beside a test's database.
pub(crate) struct Book {
    run: Run,
    prepared: Prepared,
}

pub(crate) fn book(test: &TestOffice, name: &str, bytes: &[u8]) -> Result<Book, FileFault> {
    mapped(test, name, bytes, MAPPING)
}

fn mapped(test: &TestOffice, name: &str, bytes: &[u8], mapping: &str) -> Result<Book, FileFault> {
    let path: PathBuf = test.base.folder().join(name);
    std::fs::write(&path, bytes).unwrap();
    let read = Mapping::read(mapping).unwrap();
    let prepared = books::prepare(&path, read, mapping, Options::default(), "EB")?;
    let run = Run {
        who: Who::system("import"),
        office: test.place,
        path,
        name: name.to_owned(),
        by_words: Some("Sara".into()),
    };
    Ok(Book { run, prepared })
}

pub(crate) fn rows(some: &[&str]) -> Vec<u8> {
    format!("{HEAD}{}\n", some.join("\n")).into_bytes()
}

/// Many births of their own, three to a couple.
fn many(count: usize) -> Vec<u8> {
    let mut text = HEAD.to_owned();
    for n in 0..count {
        let couple = n / 3;
        text.push_str(&format!(
            "{n},{},{},شیلان,أنثى,14/3/{},,ئازاد کەریم,هێرۆ حەسەن,{},{},1/6/{}\n",
            n / 500,
            n % 500,
            1950 + n % 50,
            6_000_000_000_000_u64 + couple as u64,
            7_000_000_000_000_u64 + couple as u64,
            1950 + n % 50,
        ));
    }
    text.into_bytes()
}

impl Book {
    async fn begin(&self, test: &TestOffice) -> books::ImportRow {
        books::begin(&test.office, &self.run, &self.prepared).await.unwrap().import
    }

    async fn bring_in(&self, test: &TestOffice) -> Result<Ended, Stopped> {
        let import = self.begin(test).await;
        let plan = self.prepared.plan.as_ref().unwrap();
        books::run(&test.office, &self.run, (&import, &self.prepared, plan), &mut |_| {}).await
    }

    /// How many were added, there, rejected.
    pub(crate) async fn counts(&self, test: &TestOffice) -> (i64, i64, i64) {
        let progress = self.bring_in(test).await.unwrap().progress;
        (progress.added, progress.there, progress.rejected)
    }

    /// Every fault of every rejected row: line, field and code.
    async fn faults(&self, test: &TestOffice) -> Vec<String> {
        let import = self.begin(test).await;
        let mut reading = test.office.db.reading().await.unwrap();
        let rows = imports::rejects_after(&mut reading.tx(), import.id, -1, 1_000).await.unwrap();
        let told = rows.iter().flat_map(|row| {
            let faults: Vec<RowFault> = serde_json::from_str(&row.faults).unwrap();
            faults
                .into_iter()
                .map(|fault| format!("{} {}: {}", row.line, fault.field, fault.code))
                .collect::<Vec<_>>()
        });
        told.collect()
    }

    async fn rejects(&self, test: &TestOffice) -> String {
        let import = self.begin(test).await;
        let words = |faults: &[RowFault]| {
            faults.iter().map(|fault| fault.code.clone()).collect::<Vec<_>>().join("; ")
        };
        let mut file = Vec::new();
        write_rejects(&test.office.db, import.id, &self.prepared.heading, &words, &mut file).await.unwrap();
        String::from_utf8(file).unwrap()
    }
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    db.reading().await.unwrap().tx().count(sql, &[]).await.unwrap()
}

async fn entry(test: &TestOffice, number: &str) -> civil::EntryRow {
    let numbers = [Val::Text(number.to_owned())].into_iter().collect();
    let mut reading = test.office.db.reading().await.unwrap();
    imports::entries_numbered(&mut reading.tx(), &numbers).await.unwrap().pop().unwrap()
}

async fn is_sound(test: &TestOffice) {
    let report = verify::journal(&test.office.db, None).await.unwrap();
    assert_eq!(report.findings, []);
}

async fn comes_in(test: TestOffice) {
    let own = book(
        &test,
        "births.csv",
        &rows(&[
            "45,31,7,شیلان,أنثى,1/7/1957,2000000000001,ئازاد کەریم,هێرۆ حەسەن,2000000000002,2000000000003,2/8/1957",
            "46,31,7,دارا,ذكر,١٤/٣/١٩٥٩,,ئازاد کەریم,هێرۆ حەسەن,2000000000002,2000000000003,",
            "47,31,8,سارا,مێ,1960,,ئازاد کەریم,,,,",
        ]),
    )
    .unwrap();
    let before = count(&test.office.db, "SELECT COUNT(*) AS n FROM persons").await;
    assert_eq!(own.counts(&test).await, (3, 0, 0));
    // Two children of one couple, and of a father who only has the same name.
    assert_eq!(count(&test.office.db, "SELECT COUNT(*) AS n FROM persons").await - before, 6);
    let first = entry(&test, "EBB-45").await;
    let import = own.begin(&test).await;
    assert_eq!((first.import_id, first.import_line), (Some(import.id), Some(2)));
    assert_eq!((first.record_no.as_deref(), first.page_no.as_deref()), (Some("31"), Some("7")));
    assert_eq!(first.valid_from.as_deref(), Some("1957-08-02"));
    assert_eq!(first.verified_at, None, "nobody compared it with the book");
    let content: serde_json::Value = serde_json::from_str(first.content.as_deref().unwrap()).unwrap();
    assert_eq!((&content["happened-on"], &content["estimated"]), (&"1957".into(), &"yes".into()));
    assert_eq!(content["child.father"], "ئازاد");
    let mut reading = test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let father = diwan_office::civil::by_number(&mut tx, "2000000000002").await.unwrap();
    assert_eq!(civil::children_of(&mut tx, father[0]).await.unwrap().len(), 2);
    drop(tx);
    drop(reading);
    // The journal tells who brought in which file.
    assert_eq!(import.by_words.as_deref(), Some("Sara"));
    let said = test.journal_of("import", &import.id.to_string()).await;
    assert_eq!(said, ["import-begun", "register-imported", "import-moved"]);
    is_sound(&test).await;
}
crate::on_both_engines!(a_book_becomes_entries_with_their_provenance, super::comes_in);

async fn once(test: TestOffice) {
    let file = many(1_200);
    let first = book(&test, "many.csv", &file).unwrap();
    assert_eq!(first.counts(&test).await, (1_200, 0, 0));
    let entries = count(&test.office.db, "SELECT COUNT(*) AS n FROM register_entries").await;
    let journal = test.journal_size().await;
    // The same file again: nothing happens, and the same is said.
    assert_eq!(first.counts(&test).await, (1_200, 0, 0));
    assert_eq!(test.journal_size().await, journal);
    // The same rows in another file: they are there, and equal.
    let mut longer = file.clone();
    longer.extend("9999,1,1,دارا,ذكر,1957,,ئازاد,هێرۆ,,,\n".as_bytes());
    let second = book(&test, "longer.csv", &longer).unwrap();
    assert_eq!(second.counts(&test).await, (1, 1_200, 0));
    assert_eq!(count(&test.office.db, "SELECT COUNT(*) AS n FROM register_entries").await, entries + 1);
    // There and different: rejected with the difference.
    let other = book(
        &test,
        "other.csv",
        &rows(&[
            "9999,1,1,دارا,ذكر,1958,,ئازاد,هێرۆ,,,",
            "8888,1,1,سارا,مێ,1958,,ئازاد,هێرۆ,,,",
            "8888,1,1,سارا,مێ,1958,,ئازاد,هێرۆ,,,",
            "8888,1,1,سارا,مێ,1959,,ئازاد,هێرۆ,,,",
        ]),
    )
    .unwrap();
    assert_eq!(other.counts(&test).await, (1, 1, 2));
    assert_eq!(other.faults(&test).await, ["2 happened-on: entry/differs", "5 happened-on: entry/differs"]);
    is_sound(&test).await;
}
crate::on_both_engines!(nothing_comes_in_twice, super::once);

async fn breaks_off(test: TestOffice) {
    let own = book(&test, "long.csv", &many(4_000)).unwrap();
    let import = own.begin(&test).await;
    let (office, run, prepared) = (test.office.clone(), own.run.clone(), own.prepared);
    let plan = prepared.plan.clone().unwrap();
    let (told, mut came) = tokio::sync::mpsc::unbounded_channel();
    let row = import.clone();
    let (run_again, plan_again) = (run.clone(), plan.clone());
    let broken = tokio::spawn(async move {
        let mut tell = |now: &books::Told| {
            let _nobody_listens = told.send(now.rows);
        };
        let _broken = books::run(&office, &run, (&row, &prepared, &plan), &mut tell).await;
        prepared
    });
    came.recv().await.unwrap();
    broken.abort();
    let _aborted = broken.await;
    // Whoever is killed gives no sign of life: its hold ends by itself.
    test.pass(1);
    let half = {
        let mut reading = test.office.db.reading().await.unwrap();
        imports::progress(&mut reading.tx(), import.id).await.unwrap()
    };
    assert!(half.rows() > 0, "{half:?}");
    let read = Mapping::read(MAPPING).unwrap();
    let prepared = books::prepare(&run_again.path, read, MAPPING, Options::default(), "EB").unwrap();
    let ended =
        books::run(&test.office, &run_again, (&import, &prepared, &plan_again), &mut |_| {}).await.unwrap();
    assert_eq!(ended.progress.added, 4_000);
    assert!(ended.rows < 4_000 || half.rows() == 0, "it went on, and did not begin anew: {ended:?}");
    let entries = "SELECT COUNT(*) AS n FROM register_entries WHERE import_id IS NOT NULL";
    assert_eq!(count(&test.office.db, entries).await, 4_000);
    is_sound(&test).await;
}
crate::on_both_engines!(what_broke_off_goes_on_and_nothing_is_in_twice, super::breaks_off);

async fn two_at_once(test: TestOffice) {
    let own = book(&test, "both.csv", &many(1_500)).unwrap();
    let (one, other) = tokio::join!(own.bring_in(&test), own.bring_in(&test));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!((one.progress.added, other.progress.added), (1_500, 1_500));
    assert_eq!(one.rows.min(other.rows), 0, "only one of them did it: {one:?} {other:?}");
    let entries = "SELECT COUNT(*) AS n FROM register_entries WHERE import_id IS NOT NULL";
    assert_eq!(count(&test.office.db, entries).await, 1_500);
}
crate::on_both_engines!(of_two_runs_of_one_file_one_brings_it_in, super::two_at_once);

async fn faults(test: TestOffice) {
    // Shilan and Dara stand in the register of every test.
    let own = book(
        &test,
        "faults.csv",
        &rows(&[
            "1,1,1,شیلان,أنثى,30/2/1957,,ئازاد,هێرۆ,,,",
            "2,1,1,شیلان,هەردوو,1957,,ئازاد,هێرۆ,,,",
            "3,1,1,شیلان,أنثى,1957,2000000000001,ئازاد,هێرۆ,,2000000000001,",
            "4,1,1,شیلان,أنثى,1957,1.99E+12,ئازاد,هێرۆ,,,",
            "5,1,1,شیلان,أنثى,1957,200000000001,ئازاد,هێرۆ,,,",
            "6,1,1,شیلان,أنثى,#REF!,,ئازاد,هێرۆ,,,",
            "7,1,1,شی\0لان,أنثى,1957,,ئازاد,هێرۆ,,,",
            "8,1,1,\u{200F}شیلان\u{200E},أنثى,1957,,ئازاد,هێرۆ,,,",
            "9,1,1,شیلان",
            "10,1,1,شیلان,أنثى,1957,,ئازاد,هێرۆ,,,,,x",
            "12345678901234567890123456789012345678901,1,1,شیلان,أنثى,1957,,ئازاد,هێرۆ,,,",
            ",,,شیلان,أنثى,1957,,ئازاد,هێرۆ,,,",
            "13,1,1,شیلان,أنثى,,,ئازاد,هێرۆ,,,",
            "14,1,1,شیلان,أنثى,2050,,ئازاد,هێرۆ,,,",
            "15,1,1,شیلان,أنثى,1990,,ئازاد,هێرۆ,,,1/1/1980",
            "16,1,1,شیلان,أنثى,1998,,ئازاد,هێرۆ,1000000000001,,",
            "17,1,1,شیلان,أنثى,1998,1000000000001,ئازاد,هێرۆ,,,",
            "18,1,1,=cmd|x,أنثى,1957,,ئازاد,هێرۆ,,,",
            "19,1,1,\"شیلان\nدارا\",أنثى,1957,,ئازاد,هێرۆ,,,",
            ",,,,,,,,,,,",
            "20,1,1,\"شیلان,أنثى,1957,,ئازاد,هێرۆ,,,",
        ]),
    )
    .unwrap();
    let (added, there, rejected) = own.counts(&test).await;
    let faults = own.faults(&test).await;
    for expected in [
        "2 happened-on: date/not-real",
        "3 child.sex: cell/unknown-code",
        "4 mother.upn: person/twice",
        "5 child.upn: cell/scientific",
        "6 child.upn: cell/lost-zeros",
        "7 happened-on: cell/error",
        "8 child.given: text/control",
        "10 : row/too-short",
        "11 : row/too-long",
        "12 number: entry/number-too-long",
        "13 number: entry/no-number",
        "14 happened-on: answer/missing",
        "15 happened-on: date/in-the-future",
        "16 registered-on: date/before-event",
        "17 father.upn: person/other-sex",
        "18 child.upn: person/born-already",
        "19 child.given: name/not-letters",
        "23 : row/open-quote",
    ] {
        assert!(faults.iter().any(|fault| fault == expected), "{expected} is not among {faults:#?}");
    }
    // The marks nobody sees, and the two names on two lines, are in.
    assert_eq!((added, there, rejected), (2, 0, 18), "{faults:#?}");
    is_sound(&test).await;
}
crate::on_both_engines!(every_fault_of_a_file_is_named_and_the_rest_comes_in, super::faults);

async fn mended(test: TestOffice) {
    let own = book(
        &test,
        "first.csv",
        &rows(&[
            "1,1,1,شیلان,أنثى,1957,,ئازاد,هێرۆ,,,",
            "2,1,1,دارا,ذكر,30/2/1957,,\"=ئازاد, \"\"x\"\"\",هێرۆ,,,",
            "3,1,1,سارا",
        ]),
    )
    .unwrap();
    assert_eq!(own.counts(&test).await, (1, 0, 2));
    let rejects = own.rejects(&test).await;
    assert!(rejects.starts_with(&format!("\u{FEFF}{LINE},no,book")), "{rejects}");
    assert!(rejects.contains("\r\n3,2,1,1,دارا"), "{rejects}");
    assert!(rejects.contains("\"'=ئازاد, \"\"x\"\"\""), "no formula stands there: {rejects}");
    assert!(rejects.contains(REASON) && rejects.contains("date/not-real"), "{rejects}");
    // Brought in as it is, nothing changes; mended, these and no others come in.
    let again = book(&test, "first.rejected.csv", rejects.as_bytes()).unwrap();
    assert_eq!(again.counts(&test).await, (0, 0, 2));
    let better = rejects
        .replace("30/2/1957", "28/2/1957")
        .replace("\"'=ئازاد, \"\"x\"\"\"", "ئازاد")
        .replace("3,1,1,سارا,,", "3,1,1,سارا,مێ,1960");
    let better = book(&test, "mended.csv", better.as_bytes()).unwrap();
    assert_eq!(better.counts(&test).await, (2, 0, 0));
    assert_eq!(entry(&test, "EBB-2").await.import_line, Some(2));
}
crate::on_both_engines!(rejected_rows_are_mended_and_come_in, super::mended);

async fn changed(test: TestOffice) {
    let own = book(&test, "changing.csv", &many(3_000)).unwrap();
    let import = own.begin(&test).await;
    let plan = own.prepared.plan.as_ref().unwrap();
    let path = own.run.path.clone();
    let mut tell = |_: &books::Told| {
        let mut text = std::fs::read(&path).unwrap();
        text.extend(b"x\n");
        std::fs::write(&path, text).unwrap();
    };
    let stopped =
        books::run(&test.office, &own.run, (&import, &own.prepared, plan), &mut tell).await.unwrap_err();
    assert!(matches!(stopped, Stopped::Changed), "{stopped:?}");
    // The other contents are another import, and that the first one is open is said.
    let now = std::fs::read(&own.run.path).unwrap();
    let second = book(&test, "changing.csv", &now).unwrap();
    let other = books::other(&test.office, &second.run, &second.prepared).await.unwrap().unwrap();
    assert_eq!((other.id, other.state.as_str()), (import.id, "stopped"));
    assert_eq!(other.stopped_why.as_deref(), Some("file/changed"));
}
crate::on_both_engines!(a_file_that_changes_meanwhile_is_not_read_on, super::changed);

async fn tried(test: TestOffice) {
    let mut file = many(700);
    file.extend("5,0,5,دارا,ذكر,1999,,ئازاد,هێرۆ,,,\n5x,0,5,دارا,ذكر,never,,ئازاد,هێرۆ,,,\n".as_bytes());
    let own = book(&test, "tried.csv", &file).unwrap();
    let plan = own.prepared.plan.as_ref().unwrap();
    let journal = test.journal_size().await;
    let (came, tally) =
        books::dry_run(&test.office, &own.run, (&own.prepared, plan), &mut |_| {}).await.unwrap();
    assert_eq!((came.added, came.there, came.rejected), (700, 0, 2));
    assert_eq!((tally.rows, tally.faulty), (702, 2));
    let codes: Vec<&str> = tally.faults().iter().map(|one| one.fault.code.as_str()).collect();
    assert_eq!(codes, ["entry/differs-in-file", "date/other-form"]);
    assert_eq!(test.journal_size().await, journal, "nothing was written");
    assert_eq!(own.counts(&test).await, (700, 0, 2), "it comes in as it was told");
}
crate::on_both_engines!(a_dry_run_tells_what_would_come_and_writes_nothing, super::tried);

async fn disk_fails(test: TestOffice) {
    let own = book(&test, "failing.csv", &many(1_500)).unwrap();
    test.base.fail_at_entry("EBB-1100").await;
    let stopped = own.bring_in(&test).await.unwrap_err();
    assert!(matches!(stopped, Stopped::Stop(_)), "{stopped:?}");
    let import = own.begin(&test).await;
    assert_eq!(import.state, "stopped");
    let in_now = "SELECT COUNT(*) AS n FROM register_entries WHERE import_id IS NOT NULL";
    assert_eq!(count(&test.office.db, in_now).await % 500, 0, "whole parts are in, or nothing of them");
    is_sound(&test).await;
    test.base.heal().await;
    assert_eq!(own.counts(&test).await, (1_500, 0, 0));
    assert_eq!(count(&test.office.db, in_now).await, 1_500);
    is_sound(&test).await;
}
crate::on_both_engines!(a_database_that_fails_midway_keeps_whole_parts, super::disk_fails);

async fn of_the_short(test: TestOffice) {
    let mapping = MAPPING.replace("required =", "short-rows = \"fill\"\n    required =");
    let file = format!("{HEAD}1,1,1,شیلان,أنثى,1957\n2,1,1,شیلان\n");
    let own = mapped(&test, "short.csv", file.as_bytes(), &mapping).unwrap();
    assert_eq!(own.counts(&test).await, (1, 0, 1));
    assert_eq!(own.faults(&test).await, ["3 happened-on: answer/missing"]);
}
crate::on_both_engines!(rows_may_be_short_where_the_mapping_says_so, super::of_the_short);

const DEATHS: &str = r#"
    version = 1
    name = "deaths"
    event = "death"
    [entry]
    place = "row"
    [fields]
    "record-no" = "book"
    "page-no" = "page"
    "happened-on" = "died"
    deceased = { column = "name", split = "name" }
    "deceased.upn" = "own"
    "deceased.born-on" = "born"
"#;

async fn deaths(test: TestOffice) {
    let head = "book,page,row,name,own,born,died\n";
    let file = format!(
        "{head}7,1,1,کەریم حەسەن,,1900,1957\n7,1,2,دارا عومەر,1000000000003,,1999\n7,1,3,دارا عومەر,1000000000003,,2001\n\
         7,1,4,سارا,,1957,1950\n7,1,5,شیلان,1000000000001,1950,2000\n7,1,6,شیلان,1000000000001,,1980\n"
    );
    let own = mapped(&test, "deaths.csv", file.as_bytes(), DEATHS).unwrap();
    assert_eq!(own.counts(&test).await, (2, 0, 4));
    assert_eq!(
        own.faults(&test).await,
        [
            "4 deceased.upn: person/dead-already",
            "5 happened-on: date/before-birth",
            "6 deceased.upn: person/other-birth",
            "7 deceased.upn: date/before-birth",
        ]
    );
    let row = entry(&test, "EBD-7/1-2").await;
    assert_eq!(row.kind, "death");
    let mut reading = test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let dara = diwan_office::civil::by_number(&mut tx, "1000000000003").await.unwrap()[0];
    let dara = diwan_office::civil::summary(&mut tx, dara).await.unwrap().unwrap();
    assert_eq!(dara.person.died_on.as_deref(), Some("1999"));
    drop(tx);
    drop(reading);
    is_sound(&test).await;
}
crate::on_both_engines!(the_dead_die_once_and_not_before_their_birth, super::deaths);

/// A mother who stands in the register twice, and was found to be one.
async fn one_by_now(test: TestOffice) {
    let first = rows(&["901,1,1,شیلان,أنثى,14/3/1957,,ئازاد کەریم,هێرۆ حەسەن,,7000000000001,1/6/1957"]);
    assert_eq!(book(&test, "one.csv", &first).unwrap().counts(&test).await, (1, 0, 0));
    let mother_in = async |number: &str| {
        let event = entry(&test, number).await.event_id;
        let mut reading = test.office.db.reading().await.unwrap();
        let roles = civil::roles_in(&mut reading.tx(), event).await.unwrap();
        roles.into_iter().find(|role| role.role == "mother").unwrap().person_id
    };
    let (gone, kept) = (mother_in("EBB-901").await, test.person("1000000000009").await);
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let supervisor = test.officer("supervisor", Role::Supervisor, None).await;
    let propose = ProposeMerge { kept, gone, reason: "یەک کەسن".into() };
    let merge = test.office.perform_once(&registrar, propose).await.unwrap();
    let decide = DecideMerge { merge, seen: 1, approve: true, why: None };
    test.office.perform_once(&supervisor, decide).await.unwrap();
    // By the number of either record the next book means her.
    let next = rows(&[
        "902,1,2,دارا,ذكر,2/2/1959,,ئازاد کەریم,هێرۆ حەسەن,,7000000000001,1/6/1959",
        "903,1,3,هانا,أنثى,2/2/1961,,ئازاد کەریم,هێرۆ حەسەن,,1000000000009,1/6/1961",
    ]);
    assert_eq!(book(&test, "two.csv", &next).unwrap().counts(&test).await, (2, 0, 0));
    assert_eq!((mother_in("EBB-902").await, mother_in("EBB-903").await), (kept, kept));
    is_sound(&test).await;
}
crate::on_both_engines!(two_records_that_are_one_person_are_one_for_a_book, super::one_by_now);

async fn tampered(test: TestOffice) {
    let own = book(&test, "small.csv", &many(10)).unwrap();
    assert_eq!(own.counts(&test).await, (10, 0, 0));
    is_sound(&test).await;
    test.base.tamper("UPDATE register_entries SET import_line = 99 WHERE import_line = 3").await;
    let report = verify::journal(&test.office.db, None).await.unwrap();
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
}
crate::on_both_engines!(whoever_changes_where_an_entry_came_from_is_found_out, super::tampered);
