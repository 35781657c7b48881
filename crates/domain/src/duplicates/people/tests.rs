use super::*;
use crate::duplicates::{LIKELY, POSSIBLE};

fn someone(name: [&str; 4], born: &str, mother: &str) -> Described {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mother = [text(mother), None, None, None];
    Described {
        names: vec![name.map(text)],
        sex: Some("male".into()),
        born_on: born.parse().ok(),
        mother_names: if mother[0].is_some() { vec![mother] } else { Vec::new() },
        ..Described::default()
    }
}

fn points(one: &Described, other: &Described) -> i32 {
    Comparing::new(one, &Common::default()).with(other).points
}

const REBIN: [&str; 4] = ["ڕێبین", "ئازاد", "جەمال", "بارزانی"];

#[test]
fn one_person_in_two_spellings_is_likely() {
    let one = someone(REBIN, "1990-05-17", "شیلان");
    for other in [
        someone(REBIN, "1990-05-17", "شیلان"),
        someone(["ريبين", "آزاد", "جمال", "البارزاني"], "1990-05-17", "شيلان"),
        someone(["Rebin", "Azad", "Jamal", "Barzani"], "1990-05-17", "Shilan"),
        someone(REBIN, "1990-07-01", "شیلان"),
        someone(REBIN, "1990-05-16", "شیلان"),
    ] {
        assert!(points(&one, &other) >= LIKELY, "{other:?}: {}", points(&one, &other));
    }
}

#[test]
fn twins_cousins_and_namesakes_are_not_likely() {
    let one = Described { order: Some("1".into()), ..someone(REBIN, "1990-05-17", "شیلان") };
    let twin = Described {
        order: Some("2".into()),
        ..someone(["هێمن", "ئازاد", "جەمال", "بارزانی"], "1990-05-17", "شیلان")
    };
    let cousin = someone(["ڕێبین", "کەمال", "جەمال", "بارزانی"], "1991-02-03", "نەسرین");
    let namesake = someone(REBIN, "1971-02-03", "نەسرین");
    for other in [twin, cousin, namesake] {
        assert!(points(&one, &other) < POSSIBLE, "{other:?}: {}", points(&one, &other));
    }
}

#[test]
fn what_is_missing_weakens_and_never_silences() {
    let one = someone(REBIN, "1990-05-17", "شیلان");
    let whole = points(&one, &one);
    let missing = [
        someone(["ڕێبین", "ئازاد", "جەمال", ""], "1990-05-17", "شیلان"),
        someone(["ڕێبین", "ئازاد", "", ""], "1990-05-17", "شیلان"),
        someone(REBIN, "", "شیلان"),
        someone(REBIN, "1990-05-17", ""),
    ];
    for other in &missing {
        let found = Comparing::new(&one, &Common::default()).with(other);
        assert!(found.points < whole, "{other:?}");
        assert!(found.is_possible(), "{other:?}: {}", found.points);
        assert!(found.reasons.iter().any(|reason| reason.how == How::Missing), "{other:?}");
    }
}

#[test]
fn what_contradicts_weakens_more_than_what_is_missing() {
    let one = someone(REBIN, "1990-05-17", "شیلان");
    let no_date = someone(REBIN, "", "شیلان");
    let other_date = someone(REBIN, "1975-02-03", "شیلان");
    assert!(points(&one, &other_date) < points(&one, &no_date));
    let girl = Described { sex: Some("female".into()), ..one.clone() };
    let unsaid = Described { sex: None, ..one.clone() };
    assert!(points(&one, &girl) < points(&one, &unsaid));
}

#[test]
fn a_first_of_january_or_july_is_a_year() {
    let born = |date: &str| date.parse::<PartialDate>().ok();
    assert_eq!(days(born("1960-01-01"), born("1960-01-01")), (How::YearOnly, 35));
    assert_eq!(days(born("1960-07-01"), born("1960-03-12")), (How::YearOnly, 35));
    assert_eq!(days(born("1960"), born("1961-03-12")).0, How::Near);
    assert_eq!(days(born("1960-03-12"), born("1960-03-12")), (How::Same, 120));
    assert_eq!(days(born("1960-03-12"), born("1960-12-03")), (How::Near, 70));
    assert_eq!(days(born("1960-03-12"), born("1969-03-12")), (How::Near, 40));
    assert_eq!(days(born("1960-03-12"), born("1985-04-13")).0, How::Differs);
    assert_eq!(days(None, born("1960")), (How::Missing, 0));
}

#[test]
fn a_frequent_name_weighs_less_than_a_rare_one() {
    let bearers = [("محەمەد", 40_000), ("ڕێبین", 40)];
    let common = Common {
        people: 1_000_000,
        bearers: bearers.map(|(name, many)| (skeleton(name), many)).into_iter().collect(),
    };
    let alike = |name: &str| {
        let one = someone([name, "", "", ""], "1990-05-17", "");
        Comparing::new(&one, &common).with(&one).points
    };
    assert!(alike("ڕێبین") >= alike("محەمەد") + 50);
    assert!(alike("محەمەد") > 120, "even a frequent name says something");
}

#[test]
fn a_number_for_life_speaks_for_and_against() {
    let with = |number: &str| Described {
        numbers: vec![("upn".into(), number.into())],
        ..someone(REBIN, "1990", "")
    };
    let (one, same, other) = (with("1000000000001"), with("1000000000001"), with("1000000000002"));
    assert!(points(&one, &same) >= LIKELY);
    assert!(points(&one, &other) < POSSIBLE);
}
