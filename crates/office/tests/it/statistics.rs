//! Vital statistics: counted from what stands, again by anyone, and told without
//! the small numbers.

use crate::declarations::{A_BIRTH, Bureau, with};
use crate::family::Life;
use diwan_domain::civil::EventKind;
use diwan_domain::statistics::{Cells, Subject};
use diwan_office::civil::{DecideCorrection, Ground, PrepareCorrection, What};
use diwan_office::statistics::{self, SetExpected};
use diwan_office::{Who, civil};
use diwan_testkit::TestOffice;

const NAMES: [&str; 7] = ["لاڤین", "هەڵۆ", "ڕێبوار", "شنۆ", "کامەران", "بێستوون", "نیگار"];

/// Seven children of seven mothers, all born in one year.
async fn seven_births(bureau: &Bureau) -> Vec<civil::Registered> {
    let mut registered = Vec::new();
    for (n, name) in NAMES.iter().enumerate() {
        let (day, mother) = (format!("2026-11-{:02}", 14 + n), NAMES[(n + 3) % 7]);
        let said = with(
            A_BIRTH,
            &[
                ("child.given", name),
                ("child.given-latin", ""),
                ("child.sex", if n == 0 { "male" } else { "female" }),
                ("happened-on", &day),
                ("mother.given", mother),
                ("mother.upn", ""),
                ("father.upn", ""),
                ("father.given", NAMES[(n + 5) % 7]),
                ("mother.born-on", if n < 6 { "1997-02-03" } else { "1981-02-03" }),
            ],
        );
        let said: Vec<_> = said.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let taken = bureau.declare(EventKind::Birth, &said).await.unwrap();
        registered.push(bureau.register(&bureau.registrar, &taken).await.unwrap());
    }
    registered
}

fn sum(cells: &Cells, of: Subject, year: i16, row: &str, column: &str) -> i64 {
    let fits = |(subject, when, _, line, col): &(Subject, i16, String, &str, &str)| {
        (*subject, *when, *line, *col) == (of, year, row, column)
    };
    cells.iter().filter(|(place, _)| fits(place)).map(|(_, number)| number).sum()
}

async fn counted(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let registered = seven_births(&bureau).await;
    let office = &bureau.test.office;
    let (cells, _) = statistics::counted(office, |_| {}).await.unwrap();
    assert_eq!(sum(&cells, Subject::BirthsByAge, 2026, "25-29", "female"), 5);
    assert_eq!(sum(&cells, Subject::BirthsByAge, 2026, "25-29", "male"), 1);
    assert_eq!(sum(&cells, Subject::BirthsByAge, 2026, "45-49", "female"), 1);
    assert_eq!(sum(&cells, Subject::BirthsByWeight, 2026, "2500-3999", "female"), 6);
    assert_eq!(sum(&cells, Subject::Registration, 2026, "birth", "0-7"), 6, "the 15th to the 20th");
    assert_eq!(sum(&cells, Subject::Registration, 2026, "birth", "8-30"), 1);
    // What old books brought in counts, but not how long it waited.
    assert_eq!(sum(&cells, Subject::BirthsByAge, 1998, "unknown", "female"), 1);
    assert_eq!(sum(&cells, Subject::Registration, 1998, "birth", "unknown"), 0);
    // A revoked entry does not count.
    let act = PrepareCorrection {
        entry: registered[1].entry,
        what: What::Revoke,
        ground: Ground::Court {
            court: "هەولێر".into(), judgment: "3".into(), date: "2026-11-22".into()
        },
        content: None,
        reason: "دوو جار".into(),
    };
    let correction = office.perform_once(&bureau.registrar, act).await.unwrap();
    let decide = DecideCorrection { correction, seen: 1, approve: true, why: None };
    office.perform_once(&bureau.supervisor, decide).await.unwrap();
    let (cells, _) = statistics::counted(office, |_| {}).await.unwrap();
    assert_eq!(sum(&cells, Subject::BirthsByAge, 2026, "25-29", "female"), 4);
}
crate::on_both_engines!(the_register_is_counted_as_it_stands, super::counted);

async fn told(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    seven_births(&bureau).await;
    let office = &bureau.test.office;
    assert!(statistics::is_due(office).await.unwrap());
    statistics::keep(office, |_| {}).await.unwrap();
    assert!(!statistics::is_due(office).await.unwrap());
    // Whoever counts again comes to the same.
    assert!(statistics::compare(office, |_| {}).await.unwrap().is_empty());
    let shown = async || {
        let mut reading = office.db.reading().await.unwrap();
        statistics::shown(&mut reading.tx(), Subject::BirthsByAge, 2026, None).await.unwrap().unwrap()
    };
    let table = shown().await;
    let at = |row: &str, column: &str| {
        let row = table.rows.iter().position(|known| *known == row).unwrap();
        let column = table.columns.iter().position(|known| *known == column).unwrap();
        table.cells[row][column].told()
    };
    assert_eq!((at("45-49", "female"), at("25-29", "male")), (None, None), "one person is no statistic");
    assert_eq!(at("15-19", "female"), Some(0));
    assert_eq!(table.cells.last().unwrap().last().unwrap().told(), Some(7));
    let short = table.clone().without_empty();
    assert_eq!(short.rows, ["25-29", "45-49"], "only rows in which something was counted");
    assert_eq!(short.cells.len(), 3, "and their sum");
    // Completeness against what was expected.
    let who = Who::system("statistics");
    let expect = |number| SetExpected {
        kind: "birth".into(),
        year: 2026,
        place: String::new(),
        number,
        source: "KRSO projection 2020".into(),
    };
    office.perform_once(&who, expect(3)).await.unwrap_err();
    office.perform_once(&who, expect(100)).await.unwrap();
    office.perform_once(&who, expect(14)).await.unwrap();
    office.perform_once(&bureau.registrar, expect(20)).await.unwrap_err();
    let mut reading = office.db.reading().await.unwrap();
    let complete = statistics::completeness(&mut reading.tx(), 2026).await.unwrap();
    assert_eq!(complete.len(), 1, "the newest estimate stands");
    assert_eq!((complete[0].expected, complete[0].registered), (14, Some(7)));
    // Rates want to know of how many people.
    let told = async |tx: &mut diwan_store::Tx<'_>| -> Vec<(&str, i64)> {
        let rates = statistics::rates(tx, 2026).await.unwrap();
        rates.into_iter().map(|rate| (rate.rate, rate.tenths)).collect()
    };
    let without = told(&mut reading.tx()).await;
    assert!(without.iter().all(|(rate, _)| !matches!(*rate, "births" | "deaths")), "{without:?}");
    assert!(without.iter().all(|(rate, _)| *rate != "boys"), "one boy of seven is told nowhere");
    drop(reading);
    let people = SetExpected { kind: statistics::POPULATION.into(), ..expect(320) };
    office.perform_once(&who, people).await.unwrap();
    let mut reading = office.db.reading().await.unwrap();
    let known = told(&mut reading.tx()).await;
    // 7 × 1,000 / 320 = 21.875
    assert!(known.contains(&("births", 219)), "{known:?}");
    assert_eq!(statistics::completeness(&mut reading.tx(), 2026).await.unwrap().len(), 1);
    drop(reading);
    // What is registered since is named.
    let more = with(
        A_BIRTH,
        &[("child.given", "ژوان"), ("child.given-latin", "Jwan"), ("happened-on", "2026-11-21")],
    );
    let taken = bureau.declare(EventKind::Birth, &more).await.unwrap();
    bureau.register(&bureau.registrar, &taken).await.unwrap();
    assert_eq!(statistics::compare(office, |_| {}).await.unwrap(), [2026]);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(small_numbers_are_not_told_and_anyone_can_count_again, super::told);

/// How long a marriage lasted is known from its own entry, where the divorce does not say it.
async fn divorced_after(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    let shilan = life.born("شیلان", "female", None, &[]).await;
    life.bureau.test.pass(25 * 365 * 24 * 60);
    life.couple(EventKind::Marriage, azad, shilan, &[]).await;
    life.bureau.test.pass(7 * 365 * 24 * 60);
    let kind = [("divorce-kind", "irrevocable"), ("no-waiting", "yes")];
    life.couple(EventKind::Divorce, azad, shilan, &kind).await;
    let (cells, _) = statistics::counted(&life.bureau.test.office, |_| {}).await.unwrap();
    let year = life.bureau.test.office.today().year();
    assert_eq!(sum(&cells, Subject::Divorces, year, "5-9", "irrevocable"), 1);
    assert_eq!(sum(&cells, Subject::Divorces, year, "unknown", "irrevocable"), 0);
}
crate::on_both_engines!(a_divorce_lasts_from_the_wedding_that_the_register_knows, super::divorced_after);
