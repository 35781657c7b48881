//! One act, once, explained: on both engines.

use crate::{RecordPerson, desk};
use diwan_domain::acts::Desk;
use diwan_domain::ids::{OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::refusals::Why;
use diwan_store::declarations::CorrectionRow;
use diwan_store::dialect::Engine;
use diwan_store::people::{self, PersonRow};
use diwan_store::value::{Json, Val};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, access, feed, series, tables, vals};
use diwan_testkit::databases::TestDatabase;
use serde::{Deserialize, Serialize};
use serde_json::json;

fn record() -> RecordPerson {
    RecordPerson { sex: "female".into(), refuse: false }
}

async fn repeats_give_the_first_outcome(test: TestDatabase) {
    let first = test.db.perform(desk("k1"), record()).await.unwrap();
    let again = test.db.perform(desk("k1"), record()).await.unwrap();
    assert_eq!(first, again);

    let other_body = RecordPerson { sex: "male".into(), refuse: false };
    let refused = test.db.perform(desk("k1"), other_body).await.unwrap_err();
    assert_eq!(refused.code(), Why::KeyReused.code());
}
crate::on_both_engines!(a_repeat_gives_the_first_outcome, super::repeats_give_the_first_outcome);

async fn races_of_repeats_act_once(test: TestDatabase) {
    let tries = (0..8).map(|_| {
        let db = test.db.clone();
        tokio::spawn(async move { db.perform(desk("same"), record()).await })
    });
    let mut outcomes = std::collections::BTreeSet::new();
    for attempt in tries.collect::<Vec<_>>() {
        outcomes.insert(attempt.await.unwrap().unwrap());
    }
    assert_eq!(outcomes.len(), 1);
    let persons =
        test.db.reading().await.unwrap().tx().count("SELECT COUNT(*) AS n FROM persons", &[]).await.unwrap();
    assert_eq!(persons, 1);
}
crate::on_both_engines!(eight_repeats_at_once_act_once, super::races_of_repeats_act_once);

async fn a_refusal_leaves_nothing(test: TestDatabase) {
    let refuse = RecordPerson { sex: "female".into(), refuse: true };
    let refused = test.db.perform(desk("k1"), refuse).await.unwrap_err();
    assert_eq!(refused.code(), Why::NotPermitted.code());
    let mut reading = test.db.reading().await.unwrap();
    for table in [
        "SELECT COUNT(*) AS n FROM persons",
        "SELECT COUNT(*) AS n FROM journal",
        "SELECT COUNT(*) AS n FROM feed",
    ] {
        assert_eq!(reading.tx().count(table, &[]).await.unwrap(), 0, "{table}");
    }
}
crate::on_both_engines!(a_refused_act_leaves_nothing_behind, super::a_refusal_leaves_nothing);

/// Reads, writes and reads again: an act sees what it wrote itself.
#[derive(Serialize, Deserialize)]
struct LookTwice;

impl Act for LookTwice {
    const NAME: &'static str = "look-twice";
    type Out = (i64, i64, String);

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Self::Out>, Stop> {
        const HOW_MANY: &str = "SELECT COUNT(*) AS n FROM persons";
        let before = tx.count(HOW_MANY, &[]).await?;
        let _its_own_entry_is_not_told_here = record().run(at, tx).await?;
        let after = tx.count(HOW_MANY, &[]).await?;
        let mut person = people::person(tx, at.fresh("person")).await?.ok_or(Why::NotFound)?;
        person.sex = "male".into();
        tx.edit(&mut person).await?;
        let edited = people::person(tx, person.id).await?.ok_or(Why::NotFound)?;
        let entry = Entry::new("looked-twice", "person", person.id);
        Ok(Recorded::new((before, after, edited.sex), entry))
    }
}

async fn an_act_sees_its_own_writes(test: TestDatabase) {
    let seen = test.db.perform(desk("k1"), LookTwice).await.unwrap();
    assert_eq!(seen, (0, 1, "male".to_owned()));
}
crate::on_both_engines!(what_an_act_wrote_it_reads, super::an_act_sees_its_own_writes);

/// Foresees what it will ask, with a write still waiting, and writes again.
#[derive(Serialize, Deserialize)]
struct Foresee;

impl Act for Foresee {
    const NAME: &'static str = "foresee";
    type Out = (i64, String, String);

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Self::Out>, Stop> {
        const HOW_MANY: &str = "SELECT COUNT(*) AS n FROM persons";
        let _its_own_entry_is_not_told_here = record().run(at, tx).await?;
        let id = at.fresh("person");
        if tx.foresees() {
            assert_eq!(
                tx.count(HOW_MANY, &[]).await?,
                0,
                "nothing is answered while questions are collected"
            );
            people::person(tx, id).await?;
            tx.ask_foreseen().await?;
        }
        let seen = tx.count(HOW_MANY, &[]).await?;
        let mut person = people::person(tx, id).await?.ok_or(Why::NotFound)?;
        let before = person.sex.clone();
        person.sex = "male".into();
        tx.edit(&mut person).await?;
        let edited = people::person(tx, id).await?.ok_or(Why::NotFound)?;
        Ok(Recorded::new((seen, before, edited.sex), Entry::new("foreseen", "person", id)))
    }
}

async fn what_is_foreseen_is_true(test: TestDatabase) {
    let seen = test.db.perform(desk("k1"), Foresee).await.unwrap();
    assert_eq!(seen, (1, "female".to_owned(), "male".to_owned()));
}
crate::on_both_engines!(
    what_is_foreseen_sees_what_waits_and_is_forgotten_when_written,
    super::what_is_foreseen_is_true
);

async fn a_page_is_of_one_moment(test: TestDatabase) {
    const HOW_MANY: &str = "SELECT COUNT(*) AS n FROM persons";
    const WHO: &str = "SELECT id FROM persons ORDER BY id";
    test.db.perform(desk("k1"), record()).await.unwrap();
    let mut glance = test.db.glance().await.unwrap();
    let mut tx = glance.tx();
    let together = tx.foresees();
    assert_eq!(together, tx.engine() == Engine::Postgres, "a file answers at once");
    if together {
        assert_eq!(tx.count(HOW_MANY, &[]).await.unwrap(), 0, "answered while it is collected");
        assert!(tx.rows(WHO, &[]).await.unwrap().is_empty());
        tx.ask_foreseen().await.unwrap();
    }
    assert_eq!(tx.count(HOW_MANY, &[]).await.unwrap(), 1);

    test.db.perform(desk("k2"), record()).await.unwrap();
    assert_eq!(tx.rows(WHO, &[]).await.unwrap().len(), 1, "what came later is not in it");
    drop(glance);
    let mut glance = test.db.glance().await.unwrap();
    assert_eq!(glance.tx().count(HOW_MANY, &[]).await.unwrap(), 2, "the connection looks anew");
}
crate::on_both_engines!(what_a_page_asks_is_of_one_moment, super::a_page_is_of_one_moment);

/// Edits a person without an entry, or panics, or waits: none may commit.
#[derive(Serialize, Deserialize)]
enum Misbehave {
    KeepsMoreThanItMay,
    Panics,
    Edits { id: String, seen: i64 },
}

impl Act for Misbehave {
    const NAME: &'static str = "misbehave";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        match self {
            Self::KeepsMoreThanItMay => {
                let record = record();
                let _done = record.run(at, tx).await?;
                Err(Stop::Kept(Why::WrongPassword.into(), vec![Entry::new("sign-in-failed", "officer", "x")]))
            }
            Self::Panics => panic!("by design of this test"),
            Self::Edits { id, seen } => {
                let mut person: PersonRow = people::person(tx, id.parse().unwrap()).await?.unwrap();
                person.version = *seen;
                person.sex = "unknown".into();
                tx.edit(&mut person).await?;
                Ok(Recorded::new(person.version, Entry::new("person-edited", "person", id)))
            }
        }
    }
}

async fn refusals_keep_only_entries(test: TestDatabase) {
    let stop = test.db.perform(desk("k"), Misbehave::KeepsMoreThanItMay).await.unwrap_err();
    assert!(matches!(stop, Stop::Fault(Fault::Guarded(_))), "{stop:?}");
    let mut reading = test.db.reading().await.unwrap();
    assert_eq!(reading.tx().count("SELECT COUNT(*) AS n FROM persons", &[]).await.unwrap(), 0);
}
crate::on_both_engines!(a_refusal_may_not_keep_a_register_row, super::refusals_keep_only_entries);

/// Draws a number, and is refused afterwards when told to.
#[derive(Serialize, Deserialize)]
struct Draw {
    refuse: bool,
}

impl Act for Draw {
    const NAME: &'static str = "draw";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let drawn = series::next(tx, "test", "draw", "T", at.fresh("series")).await?;
        if self.refuse {
            return Err(Why::NotPermitted.into());
        }
        let _its_own_entry_is_not_told_here = record().run(at, tx).await?;
        Ok(Recorded::new(drawn.last, Entry::new("drawn", "series", drawn.last)))
    }
}

async fn numbers_have_no_gaps(test: TestDatabase) {
    let draws = (0..120).map(|n| {
        let db = test.db.clone();
        // Every fifth is refused after it drew: its number goes to the next.
        tokio::spawn(async move { db.perform(desk(&format!("d{n}")), Draw { refuse: n % 5 == 0 }).await })
    });
    let mut drawn = Vec::new();
    for draw in draws.collect::<Vec<_>>() {
        match draw.await.unwrap() {
            Ok(number) => drawn.push(number),
            Err(stop) => assert_eq!(stop.code(), Why::NotPermitted.code()),
        }
    }
    drawn.sort_unstable();
    assert_eq!(drawn, (1..=96).collect::<Vec<i64>>());
    let mut reading = test.db.reading().await.unwrap();
    assert_eq!(reading.tx().count("SELECT last AS n FROM series", &[]).await.unwrap(), 96);
}
crate::on_both_engines!(who_draws_at_once_draws_each_number_once, super::numbers_have_no_gaps);

/// Counts the persons and records one more, until there are ten.
#[derive(Serialize, Deserialize)]
struct UpToTen;

impl Act for UpToTen {
    const NAME: &'static str = "up-to-ten";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if tx.count("SELECT COUNT(*) AS n FROM persons", &[]).await? >= 10 {
            return Err(Why::NotPermitted.into());
        }
        let recorded = record().run(at, tx).await?;
        let _its_outcome_is_not_told_here = recorded;
        Ok(Recorded::new((), Entry::new("recorded", "person", at.fresh::<PersonId>("person"))))
    }
}

async fn nobody_relies_on_what_changed(test: TestDatabase) {
    let tries = (0..64).map(|n| {
        let db = test.db.clone();
        tokio::spawn(async move { db.perform(desk(&format!("t{n}")), UpToTen).await })
    });
    let mut recorded = 0;
    for attempt in tries.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(()) => recorded += 1,
            Err(stop) => assert_eq!(stop.code(), Why::NotPermitted.code()),
        }
    }
    assert_eq!(recorded, 10);
    let mut reading = test.db.reading().await.unwrap();
    assert_eq!(reading.tx().count("SELECT COUNT(*) AS n FROM persons", &[]).await.unwrap(), 10);
}
crate::on_both_engines!(
    of_many_that_look_at_once_none_relies_on_what_changed,
    super::nobody_relies_on_what_changed
);

async fn nul_is_refused(test: TestDatabase) {
    let typed = RecordPerson { sex: "fe\0male".into(), refuse: false };
    let refused = test.db.perform(desk("k1"), typed).await.unwrap_err();
    assert_eq!(refused.code(), Why::Malformed.code());
    let mut reading = test.db.reading().await.unwrap();
    let asked = reading.tx().count("SELECT COUNT(*) AS n FROM persons WHERE sex = $1", &vals!["\0"]).await;
    assert!(matches!(asked, Err(Fault::Unkept)));
    // Whoever comes next finds everything in order.
    test.db.perform(desk("k1"), record()).await.unwrap();
}
crate::on_both_engines!(a_character_that_only_one_engine_keeps_is_refused_by_both, super::nul_is_refused);

async fn stale_edits_are_refused(test: TestDatabase) {
    let id = test.db.perform(desk("k1"), record()).await.unwrap();
    let edit = |key: &str, seen| test.db.perform(desk(key), Misbehave::Edits { id: id.clone(), seen });
    assert_eq!(edit("e1", 1).await.unwrap(), 2);
    assert_eq!(edit("e2", 1).await.unwrap_err().code(), Why::ChangedMeanwhile.code());
    assert_eq!(edit("e3", 2).await.unwrap(), 3);
}
crate::on_both_engines!(the_second_editor_is_told, super::stale_edits_are_refused);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_fails_one_act_and_no_other() {
    let test = diwan_testkit::databases::fresh(diwan_store::dialect::Engine::Sqlite).await;
    let (bad, good) = tokio::join!(
        test.db.perform(desk("bad"), Misbehave::Panics),
        test.db.perform(desk("good"), record())
    );
    assert!(matches!(bad.unwrap_err(), Stop::Fault(Fault::Panicked(_))));
    assert!(good.is_ok());
    assert!(test.db.perform(desk("after"), record()).await.is_ok());
}

async fn feed_resumes(test: TestDatabase) {
    for n in 0..5 {
        test.db.perform(desk(&format!("k{n}")), record()).await.unwrap();
    }
    // A transaction still running elsewhere on the server may hold the newest back.
    let mut all = Vec::new();
    while all.len() < 5 {
        all = feed::after(&test.db, feed::Cursor::default(), 10).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let first = feed::after(&test.db, feed::Cursor::default(), 2).await.unwrap();
    assert_eq!(first[..], all[..2]);
    let rest = feed::after(&test.db, first[1].cursor, 10).await.unwrap();
    assert_eq!(rest[..], all[2..]);
    assert!(rest.iter().all(|change| change.topic == "person"));
    assert_eq!(feed::end(&test.db).await.unwrap(), rest[2].cursor);
}
crate::on_both_engines!(the_feed_goes_on_where_it_stopped, super::feed_resumes);

async fn leases_are_fenced(test: TestDatabase) {
    let db = &test.db;
    assert_eq!(access::lease(db, "sealer", "one", 1_000, 100).await.unwrap(), Some(1));
    assert_eq!(access::lease(db, "sealer", "two", 1_050, 100).await.unwrap(), None);
    assert_eq!(access::lease(db, "sealer", "one", 1_090, 100).await.unwrap(), Some(1));
    assert_eq!(access::lease(db, "sealer", "two", 1_300, 100).await.unwrap(), Some(2));
    for expected in 1..=3 {
        assert_eq!(access::count_use(db, "door", 5_000, 1_000).await.unwrap(), expected);
    }
    assert_eq!(access::count_use(db, "door", 7_000, 1_000).await.unwrap(), 1);
}
crate::on_both_engines!(one_holder_at_a_time_and_counters_count, super::leases_are_fenced);

async fn every_statement_prepares(test: TestDatabase) {
    let mut reading = test.db.reading().await.unwrap();
    let mut seen = 0;
    for (file, sql) in sql_in_sources() {
        let plain = sql.trim_start().to_ascii_lowercase();
        if !plain.starts_with("select") {
            continue;
        }
        // Every parameter is empty: the statement is prepared, planned and run.
        let count = (1..=20).take_while(|n| sql.contains(&format!("${n}"))).count();
        let tidy = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        let bounds =
            |n: usize| tidy.contains(&format!("LIMIT ${n}")) || tidy.contains(&format!("OFFSET ${n}"));
        let empty = |n| if bounds(n) { Val::Int(1) } else { Val::Null };
        let values: Vec<Val> = (1..=count).map(empty).collect();
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        reading.tx().rows(sql, &values).await.unwrap_or_else(|fault| panic!("{file}: {fault}\n{sql}"));
        seen += 1;
    }
    assert!(seen > 40, "only {seen} statements were found");
    for table in tables::GUARDED {
        let sql: &'static str = Box::leak(table.select_all().into_boxed_str());
        reading.tx().rows(sql, &[]).await.unwrap_or_else(|fault| panic!("{}: {fault}", table.name));
    }
}
crate::on_both_engines!(every_question_in_the_sources_is_understood, super::every_statement_prepares);

/// Tables that grow with the register and with the work done in it.
const GROWING: &[&str] = &[
    "acts",
    "cases",
    "declaration_work",
    "declarations",
    "documents",
    "event_roles",
    "events",
    "journal",
    "log_leaves",
    "name_keys",
    "name_pairs",
    "notices",
    "person_names",
    "person_numbers",
    "persons",
    "register_entries",
    "release_entries",
    "said_addresses",
    "waiting_places",
];

/// Questions that read a whole growing table and may. By file and how they begin.
const MAY_READ_ALL: &[(&str, &str)] = &[
    // Read from one end to the other on purpose, page by page, by a command.
    ("verify.rs", "SELECT body, salt, mac FROM journal"),
    ("verify.rs", "SELECT leaf, commitment FROM log_leaves"),
    ("replay.rs", "SELECT id, name, version, header, body, at, outcome FROM acts"),
    // What a mobile unit takes along, by a command.
    ("unit_copy.rs", "SELECT pair, place, person_id, third"),
    ("unit_copy.rs", "SELECT declaration_id, office_id, state"),
    ("unit_copy.rs", "SELECT area, folded, person_id, entry_id"),
    // Counted by the nightly sweep.
    ("duplicates.rs", "SELECT COUNT(*) AS n FROM persons"),
    // One row, from an end of an index.
    ("journal.rs", "SELECT id FROM journal LIMIT 1"),
    ("journal.rs", "SELECT at FROM journal ORDER BY at DESC LIMIT 1"),
    // An inspector's search by whatever they know.
    ("journal.rs", "SELECT id, act_id, kind"),
    ("journal.rs", "SELECT COUNT(*) AS n FROM journal"),
    // Someone's record is closed: seldom, and nothing that ties them may be missed.
    ("protection.rs", "SELECT d.* FROM declarations d WHERE d.content LIKE"),
];

/// Indexes that hold few of a table's rows.
const OF_FEW: &[&str] = &["persons_protected"];

/// Which table each name in a question stands for.
fn tables_of(sql: &str) -> std::collections::HashMap<&str, &str> {
    let words: Vec<&str> =
        sql.split(|c: char| c.is_whitespace() || c == ',' || c == '(' || c == ')').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let mut tables = std::collections::HashMap::new();
    for next in words.windows(3).filter(|next| next[0] == "FROM" || next[0] == "JOIN") {
        tables.insert(next[1], next[1]);
        if next[2].chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            tables.insert(next[2], next[1]);
        }
    }
    tables
}

/// SQLite makes its plans without knowing how many rows there are, so an empty
/// database shows how it will ask a full one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_question_reads_a_whole_growing_table() {
    let test = diwan_testkit::databases::fresh(diwan_store::dialect::Engine::Sqlite).await;
    let mut reading = test.db.reading().await.unwrap();
    let mut whole = Vec::new();
    for (file, sql) in sql_in_sources() {
        let tidy = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_allowed = MAY_READ_ALL.iter().any(|(of, begins)| *of == file && tidy.starts_with(begins));
        if !sql.trim_start().starts_with("SELECT") || is_allowed {
            continue;
        }
        let count = (1..=20).take_while(|n| sql.contains(&format!("${n}"))).count();
        let plan: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {sql}").into_boxed_str());
        let steps = reading.tx().rows(plan, &vec![Val::Null; count]).await.unwrap();
        let tables = tables_of(&sql);
        for step in steps {
            let step: String = step.get("detail").unwrap();
            let Some(name) = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next()) else {
                continue;
            };
            let of_few = OF_FEW.iter().any(|index| step.ends_with(&format!("INDEX {index}")));
            if !of_few && GROWING.contains(tables.get(name).unwrap_or(&name)) {
                whole.push(format!(
                    "{file}: {step}: {}",
                    sql.split_whitespace().collect::<Vec<_>>().join(" ")
                ));
            }
        }
    }
    assert!(whole.is_empty(), "{}", whole.join("\n"));
}

/// The string literals of this crate that read like SQL.
fn sql_in_sources() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name == "dialect.rs" {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for literal in text.split('"').skip(1).step_by(2) {
            let plain = literal.trim_start();
            let statement =
                ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "].iter().any(|w| plain.starts_with(w));
            if statement && !literal.contains('{') && !literal.contains("pg_advisory") {
                found.push((name.clone(), literal.to_owned()));
            }
        }
    }
    found
}

/// Puts a correction into the register whose one officer does what two should:
/// what an act of the office refuses, said past it.
#[derive(Serialize, Deserialize)]
struct DecideAlone {
    alone: bool,
}

impl Act for DecideAlone {
    const NAME: &'static str = "decide-alone";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let (one, other): (OfficerId, OfficerId) = (at.fresh("one"), at.fresh("other"));
        let row = CorrectionRow {
            id: at.fresh("correction"),
            entry_id: at.fresh("entry"),
            office_id: at.fresh("office"),
            kind: "revoke".into(),
            ground: "court".into(),
            authority: Json(json!({})),
            changes: Json(json!([])),
            reason: "twice".into(),
            state: "approved".into(),
            prepared_by: one,
            prepared_at: at.now,
            decided_by: Some(if self.alone { one } else { other }),
            decided_at: Some(at.now),
            decided_why: None,
            new_entry_id: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(Recorded::new((), Entry::new("correction-decided", "correction", row.id)))
    }
}

async fn the_tables_want_two(test: TestDatabase) {
    test.db.perform(desk("two"), DecideAlone { alone: false }).await.unwrap();
    test.db.perform(desk("alone"), DecideAlone { alone: true }).await.unwrap_err();
    let count = "SELECT COUNT(*) AS n FROM corrections";
    let kept = test.db.reading().await.unwrap().tx().count(count, &[]).await.unwrap();
    assert_eq!(kept, 1);
}
crate::on_both_engines!(the_tables_themselves_want_two_officers, super::the_tables_want_two);
