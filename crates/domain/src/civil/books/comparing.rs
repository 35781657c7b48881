//! Where two keyings of one page differ, and what is decided of it.
//!
//! Whoever passes over a row says everything after it one place too early: rows are
//! first laid beside one another by how much they are alike ([`aligned`]), so that only
//! the row that was passed over differs, and rows that truly say something else.

use super::ledger::{KeyedRow, Reader};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The field that stands for a whole row.
pub const WHOLE_ROW: &str = "row";

/// How alike two rows are that say the same, in thousandths.
const THE_SAME: i64 = 1_000;
/// How alike two rows are that neither of the two could read.
const BOTH_UNREADABLE: i64 = 700;
/// What it costs to lay a row beside none. Two rows of one place that have nothing in
/// common still stand beside one another: someone mistook the line.
const ALONE: i64 = 50;

/// A row of a page as two keyings have it: its place in each, from nought; `None` where
/// one of them has no such row.
pub type Pair = (Option<usize>, Option<usize>);

/// Lays two lists of rows beside one another, each in its own order, so that rows stand
/// together that are most alike. `likeness` says for two places how alike their rows
/// are, in thousandths.
#[must_use]
pub fn aligned(first: usize, second: usize, likeness: impl Fn(usize, usize) -> i64) -> Vec<Pair> {
    // Half alike is much less than alike: neighbours on a page share day, place and sex.
    let together =
        |one: usize, other: usize| likeness(one, other).clamp(0, THE_SAME).pow(3) / THE_SAME.pow(2);
    // What the rows from here to the end come to at best (Needleman and Wunsch, 1970).
    let mut best = vec![vec![0_i64; second + 1]; first + 1];
    for one in (0..=first).rev() {
        for other in (0..=second).rev() {
            let beside =
                (one < first && other < second).then(|| best[one + 1][other + 1] + together(one, other));
            let only_first = (one < first).then(|| best[one + 1][other] - ALONE);
            let only_second = (other < second).then(|| best[one][other + 1] - ALONE);
            best[one][other] = [beside, only_first, only_second].into_iter().flatten().max().unwrap_or(0);
        }
    }
    let (mut one, mut other, mut pairs) = (0, 0, Vec::new());
    while one < first || other < second {
        let here = best[one][other];
        let is_beside =
            one < first && other < second && here == best[one + 1][other + 1] + together(one, other);
        if is_beside {
            pairs.push((Some(one), Some(other)));
            (one, other) = (one + 1, other + 1);
        } else if one < first && here == best[one + 1][other] - ALONE {
            pairs.push((Some(one), None));
            one += 1;
        } else {
            pairs.push((None, Some(other)));
            other += 1;
        }
    }
    pairs
}

/// A field that two keyings of a page say differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differing {
    /// The row, from one on, among all rows that either of the two has.
    pub row: usize,
    /// The column, or [`WHOLE_ROW`] when one of the two has no such row or cannot
    /// read it.
    pub field: String,
    /// What the first keying says; `None` for nothing.
    pub first: Option<String>,
    /// What the second keying says; `None` for nothing.
    pub second: Option<String>,
    /// How many fields it counts for: a row that one of the two lacks counts with
    /// everything that stands in it.
    pub fields: i64,
}

impl Differing {
    /// How a decision names it: `3/child.given`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.row, self.field)
    }
}

/// What comparing two keyings comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// The rows that either of the two has, in the order of the page.
    pub rows: Vec<Pair>,
    /// How many fields at least one of the two filled.
    pub fields: i64,
    /// Where they differ.
    pub differing: Vec<Differing>,
}

impl Compared {
    /// How many fields differ.
    #[must_use]
    pub fn wrong(&self) -> i64 {
        self.differing.iter().map(|one| one.fields).sum()
    }
}

/// A row and what it says, however it was written; `None` where it cannot be read.
type Meant<'a> = (Option<BTreeMap<String, String>>, &'a KeyedRow);

/// How alike two rows are: the share of their fields that say the same, in thousandths.
fn likeness((one, _): &Meant<'_>, (other, _): &Meant<'_>) -> i64 {
    match (one, other) {
        (None, None) => BOTH_UNREADABLE,
        (Some(one), Some(other)) => {
            let fields: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            let same = fields.iter().filter(|field| one.get(**field) == other.get(**field)).count();
            if fields.is_empty() { THE_SAME } else { same as i64 * THE_SAME / fields.len() as i64 }
        }
        _ => 0,
    }
}

/// Compares two keyings of one page: lays their rows beside one another, and compares
/// them field by field.
#[must_use]
pub fn compare(
    reader: &Reader,
    page_no: &str,
    (first, second): (&[KeyedRow], &[KeyedRow]),
    today: Date,
) -> Compared {
    let meant = |rows: &[KeyedRow]| -> Vec<Option<BTreeMap<String, String>>> {
        let one = |(n, row): (usize, &KeyedRow)| {
            row.unreadable.is_none().then(|| reader.meant(page_no, n + 1, row, today))
        };
        rows.iter().enumerate().map(one).collect()
    };
    let firsts: Vec<Meant<'_>> = meant(first).into_iter().zip(first).collect();
    let seconds: Vec<Meant<'_>> = meant(second).into_iter().zip(second).collect();
    let rows = aligned(first.len(), second.len(), |one, other| likeness(&firsts[one], &seconds[other]));
    let mut compared = Compared { rows, ..Compared::default() };
    for (at, (one, other)) in compared.rows.clone().into_iter().enumerate() {
        let pair = (one.map(|one| &firsts[one]), other.map(|other| &seconds[other]));
        match pair {
            (Some((Some(one), typed)), Some((Some(other), typed_other))) => {
                compare_fields(at + 1, (one, *typed), (other, *typed_other), &mut compared);
            }
            (one, other) => compare_whole(at + 1, one, other, &mut compared),
        }
    }
    compared
}

/// Compares a row that one of the two lacks, or that one of them or both cannot read.
fn compare_whole(row: usize, one: Option<&Meant<'_>>, other: Option<&Meant<'_>>, compared: &mut Compared) {
    let told = |row: Option<&Meant<'_>>| match row {
        None => None,
        Some((None, _)) => Some("unreadable".to_owned()),
        Some((_, row)) => Some(row.said.values().cloned().collect::<Vec<_>>().join(" · ")),
    };
    let filled = |row: Option<&Meant<'_>>| row.map_or(0, |(_, row)| row.said.len());
    let fields = i64::try_from(filled(one).max(filled(other)).max(1)).unwrap_or(i64::MAX);
    compared.fields += fields;
    let (first, second) = (told(one), told(other));
    if first != second {
        compared.differing.push(Differing { row, field: WHOLE_ROW.to_owned(), first, second, fields });
    }
}

type Said<'a> = (&'a BTreeMap<String, String>, &'a KeyedRow);

fn compare_fields(row: usize, one: Said<'_>, other: Said<'_>, compared: &mut Compared) {
    let ((one, typed_one), (other, typed_other)) = (one, other);
    let fields: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    compared.fields += i64::try_from(fields.len()).unwrap_or(i64::MAX);
    for field in fields.into_iter().filter(|field| one.get(*field) != other.get(*field)) {
        compared.differing.push(Differing {
            row,
            field: field.clone(),
            first: typed_one.said.get(field).or(one.get(field)).cloned(),
            second: typed_other.said.get(field).or(other.get(field)).cloned(),
            fields: 1,
        });
    }
}

/// What was decided of one difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "as", content = "value")]
pub enum Choice {
    /// As the first keying says.
    First,
    /// As the second keying says.
    Second,
    /// Otherwise than both; an empty text for nothing.
    Other(String),
}

/// The rows that come of two keyings and what was decided of their differences,
/// and for how many fields each of the two was found wrong.
///
/// # Errors
/// By the difference's key, what is not decided (`answer/missing`), or cannot be
/// decided so (`answer/not-offered`).
pub fn decided(
    (first, second): (&[KeyedRow], &[KeyedRow]),
    compared: &Compared,
    choices: &BTreeMap<String, Choice>,
) -> Result<(Vec<KeyedRow>, [i64; 2]), BTreeMap<String, String>> {
    let (mut faults, mut wrong) = (BTreeMap::new(), [0, 0]);
    let of = |rows: &[KeyedRow], at: Option<usize>| at.and_then(|at| rows.get(at).cloned());
    let mut rows: Vec<Option<KeyedRow>> = compared.rows.iter().map(|(one, _)| of(first, *one)).collect();
    for one in &compared.differing {
        let mut fail = |code: &str| faults.insert(one.key(), code.to_owned());
        let Some(choice) = choices.get(&one.key()) else {
            fail("answer/missing");
            continue;
        };
        let at = one.row - 1;
        if one.field == WHOLE_ROW {
            match choice {
                Choice::First => wrong[1] += one.fields,
                Choice::Second => {
                    wrong[0] += one.fields;
                    rows[at] = of(second, compared.rows[at].1);
                }
                Choice::Other(_) => {
                    fail("answer/not-offered");
                }
            }
            continue;
        }
        let value = match choice {
            Choice::First => one.first.clone(),
            Choice::Second => one.second.clone(),
            Choice::Other(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        wrong[0] += one.fields * i64::from(value != one.first);
        wrong[1] += one.fields * i64::from(value != one.second);
        if let Some(row) = rows.get_mut(at).and_then(Option::as_mut) {
            match value {
                Some(value) => row.said.insert(one.field.clone(), value),
                None => row.said.remove(&one.field),
            };
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    // A row that was decided not to be there has no place on the page.
    Ok((rows.into_iter().flatten().collect(), wrong))
}

#[cfg(test)]
mod tests {
    use super::super::ledger::{Ledger, exceeds};
    use super::*;
    use crate::civil::EventKind;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 26);

    fn reader() -> Reader {
        let ledger = Ledger {
            kind: EventKind::Birth,
            name: "کۆیە",
            directorate: "کۆیە",
            record_no: "12",
            number_prefix: "1957/",
        };
        Reader::new(&ledger, "EB").unwrap()
    }

    fn row(said: &[(&str, &str)]) -> KeyedRow {
        let said = said.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        KeyedRow { said: said.collect(), unreadable: None }
    }

    const ONE: &[(&str, &str)] =
        &[("number", "٤٥"), ("child.given", "شیلان"), ("child.sex", "female"), ("happened-on", "١٤/٣/١٩٥٧")];

    /// Rows of one page: neighbours share everything but number and name.
    fn page(rows: &[(&str, &str)]) -> Vec<KeyedRow> {
        let one = |(number, given): &(&str, &str)| {
            row(&[
                ("number", number),
                ("child.given", given),
                ("child.sex", "female"),
                ("happened-on", "14/3/1957"),
                ("father.given", "ئازاد"),
                ("mother.given", "هێرۆ"),
            ])
        };
        rows.iter().map(one).collect()
    }

    const ALL: [(&str, &str); 5] =
        [("1", "شیلان"), ("2", "دارا"), ("3", "نەورۆز"), ("4", "هێمن"), ("5", "ئاسۆ")];

    fn keys(first: &[KeyedRow], second: &[KeyedRow]) -> Vec<String> {
        compare(&reader(), "7", (first, second), TODAY).differing.iter().map(Differing::key).collect()
    }

    #[test]
    fn rows_are_laid_beside_those_they_are_like() {
        let letters = |one: &'static str, other: &'static str| {
            let like = move |at: usize, beside: usize| {
                if one.as_bytes()[at] == other.as_bytes()[beside] { THE_SAME } else { 0 }
            };
            aligned(one.len(), other.len(), like)
        };
        let both = |one, other| (Some(one), Some(other));
        assert_eq!(letters("abc", "abc"), [both(0, 0), both(1, 1), both(2, 2)]);
        assert_eq!(letters("abc", "ac"), [both(0, 0), (Some(1), None), both(2, 1)]);
        assert_eq!(letters("ac", "abc"), [both(0, 0), (None, Some(1)), both(1, 2)]);
        assert_eq!(letters("axc", "ayc"), [both(0, 0), both(1, 1), both(2, 2)], "mistaken, not missing");
        assert_eq!(letters("", "a"), [(None, Some(0))]);
        assert!(letters("", "").is_empty());
    }

    #[test]
    fn whoever_passes_over_a_row_differs_in_that_row_only() {
        let all = page(&ALL);
        for missing in 0..ALL.len() {
            let mut some = all.clone();
            some.remove(missing);
            let expected = [format!("{}/row", missing + 1)];
            assert_eq!(keys(&all, &some), expected, "the second passed over one");
            assert_eq!(keys(&some, &all), expected, "the first did");
        }
        // Each passed over another one: as many rows, and two differences.
        let (mut one, mut other) = (all.clone(), all.clone());
        one.remove(1);
        other.remove(3);
        assert_eq!(keys(&one, &other), ["2/row", "4/row"]);
        // A slip after the row that was passed over is still found.
        let mut slip = all.clone();
        slip.remove(0);
        slip[2].said.insert("child.given".into(), "هێرش".into());
        assert_eq!(keys(&all, &slip), ["1/row", "4/child.given"]);
    }

    #[test]
    fn what_one_could_not_read_stands_beside_what_the_other_read() {
        let all = page(&ALL[..3]);
        let mut some = all.clone();
        some[1] = KeyedRow { said: BTreeMap::new(), unreadable: Some("water".into()) };
        assert_eq!(keys(&all, &some), ["2/row"]);
        let mut both = all.clone();
        both[1] = KeyedRow { said: BTreeMap::new(), unreadable: Some("torn".into()) };
        assert!(keys(&both, &some).is_empty(), "two words for one stain");
    }

    #[test]
    fn two_keyings_differ_in_what_they_mean_and_not_in_how_it_is_written() {
        let reader = reader();
        let mut other = row(ONE);
        other.said.insert("number".into(), "45".into());
        other.said.insert("happened-on".into(), "14-03-1957".into());
        let same = compare(&reader, "7", (&[row(ONE)], &[other.clone()]), TODAY);
        assert_eq!((same.fields, same.differing), (4, vec![]));
        other.said.insert("child.given".into(), "شیرین".into());
        let two = [row(ONE), row(ONE)];
        let compared = compare(&reader, "7", (&two, &[other]), TODAY);
        assert_eq!((compared.fields, compared.wrong()), (8, 5));
        assert!(exceeds(compared.wrong(), compared.fields, 10) && !exceeds(1, 100, 10));
    }

    #[test]
    fn a_decision_settles_every_difference() {
        let reader = reader();
        let (first, mut second) = (page(&ALL[..3]), page(&ALL[..3]));
        second.remove(0);
        second[0].said.insert("child.given".into(), "شیرین".into());
        let compared = compare(&reader, "7", (&first, &second), TODAY);
        let missing = decided((&first, &second), &compared, &BTreeMap::new()).unwrap_err();
        assert_eq!(missing.into_keys().collect::<Vec<_>>(), ["1/row", "2/child.given"]);
        let choices = |row: Choice| -> BTreeMap<String, Choice> {
            [("2/child.given".to_owned(), Choice::Other("شنۆ".into())), ("1/row".into(), row)].into()
        };
        let (rows, wrong) = decided((&first, &second), &compared, &choices(Choice::First)).unwrap();
        assert_eq!((rows.len(), rows[1].said["child.given"].as_str()), (3, "شنۆ"));
        assert_eq!(wrong, [1, 7], "the first slipped once, the second once and in six fields of a row");
        let (rows, wrong) = decided((&first, &second), &compared, &choices(Choice::Second)).unwrap();
        assert_eq!((rows.len(), rows[0].said["child.given"].as_str()), (2, "شنۆ"), "there is no such row");
        assert_eq!(wrong, [7, 1]);
        let other = choices(Choice::Other("x".into()));
        let refused = decided((&first, &second), &compared, &other).unwrap_err();
        assert_eq!(refused["1/row"], "answer/not-offered");
    }
}
