//! Whether every number that the register drew stands somewhere, each once: the report
//! that explains gaps, of which there should be none.

use crate::Office;
use diwan_domain::civil::EventKind;
use diwan_domain::ids::{DeclarationId, EntryId};
use diwan_domain::numbers::format_number;
use diwan_store::{Fault, Tx, civil, declarations, series};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// How many rows are read in one question.
const AT_ONCE: i64 = 5_000;

/// What became of the numbers of one series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// What the series numbers: `birth` and the other kinds of events, or `declaration`.
    pub purpose: String,
    /// With what its numbers begin.
    pub prefix: String,
    /// How many were drawn.
    pub drawn: u64,
    /// How many were left out after the database went back: they may have been given before.
    pub left_out: u64,
    /// How many of them stand: entries, whatever was corrected later, or declarations,
    /// whatever became of them.
    pub standing: u64,
    /// Those that stand nowhere.
    pub missing: Vec<String>,
    /// Those that stand more than once, or that were never drawn.
    pub wrong: Vec<String>,
}

impl Drawn {
    /// Whether every number stands once and nothing else does.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.wrong.is_empty()
    }
}

/// Reads every entry and declaration of the register, at one moment, and tells what
/// became of the numbers of each series, by prefix. Numbers of old books belong to no
/// series. What an act that was undone had drawn was never drawn: both are one
/// transaction.
///
/// # Errors
/// When the database fails.
pub async fn drawn(office: &Office) -> Result<Vec<Drawn>, Fault> {
    let mut reading = office.db.snapshot().await?;
    let mut tx = reading.tx();
    let mut found: BTreeMap<String, (String, Standing)> = BTreeMap::new();
    let left_out = series::left_out(&mut tx).await?;
    for row in series::of_offices(&mut tx).await? {
        if row.purpose == "declaration" || EventKind::from_code(&row.purpose).is_some() {
            let count = |number: i64| u64::try_from(number).unwrap_or_default();
            let own = left_out.iter().filter(|left| left.series_id == row.id);
            let own = own.map(|left| count(left.first)..=count(left.last)).collect();
            found.insert(row.prefix, (row.purpose, Standing::of(count(row.last), own)));
        }
    }
    entries(&mut tx, &mut found).await?;
    taken(&mut tx, &mut found).await?;
    Ok(found.into_iter().map(|(prefix, (purpose, standing))| standing.told(purpose, prefix)).collect())
}

async fn entries(tx: &mut Tx<'_>, found: &mut BTreeMap<String, (String, Standing)>) -> Result<(), Fault> {
    let mut after = EntryId(uuid::Uuid::nil());
    loop {
        let numbers = civil::numbers_after(tx, after, AT_ONCE).await?;
        let Some((last, _)) = numbers.last() else { return Ok(()) };
        after = *last;
        numbers.iter().for_each(|(_, number)| note(found, number));
    }
}

async fn taken(tx: &mut Tx<'_>, found: &mut BTreeMap<String, (String, Standing)>) -> Result<(), Fault> {
    let mut after = DeclarationId(uuid::Uuid::nil());
    loop {
        let numbers = declarations::numbers_after(tx, after, AT_ONCE).await?;
        let Some((last, _)) = numbers.last() else { return Ok(()) };
        after = *last;
        numbers.iter().for_each(|(_, number)| note(found, number));
    }
}

fn note(found: &mut BTreeMap<String, (String, Standing)>, number: &str) {
    let Some((prefix, rest)) = number.split_once('-') else { return };
    let Some((_, standing)) = found.get_mut(prefix) else { return };
    let digits = rest.rsplit_once('-').map_or("", |(digits, _)| digits).replace('-', "");
    match digits.parse() {
        Ok(count) if format_number(prefix, count, None) == number => standing.note(count, number),
        _ => {}
    }
}

/// Which numbers of a series stand.
struct Standing {
    /// Of each number that can have been drawn, from the first on.
    seen: Vec<bool>,
    /// Those that were left out, in order.
    left_out: Vec<RangeInclusive<u64>>,
    wrong: Vec<String>,
}

impl Standing {
    fn of(last: u64, left_out: Vec<RangeInclusive<u64>>) -> Self {
        let drawn = last.saturating_sub(left_out.iter().map(length).sum());
        Self { seen: vec![false; usize::try_from(drawn).unwrap_or_default()], left_out, wrong: Vec::new() }
    }

    /// The place of a number among those that can have been drawn.
    fn place(&self, count: u64) -> Option<usize> {
        let before = self.left_out.iter().filter(|left| *left.start() <= count);
        let mut place = count.checked_sub(1)?;
        for left in before {
            if left.contains(&count) {
                return None;
            }
            place -= length(left);
        }
        usize::try_from(place).ok()
    }

    fn note(&mut self, count: u64, number: &str) {
        let place = self.place(count);
        match place.and_then(|place| self.seen.get_mut(place)) {
            Some(seen) if !*seen => *seen = true,
            _ => self.wrong.push(number.to_owned()),
        }
    }

    fn told(self, purpose: String, prefix: String) -> Drawn {
        let mut missing = Vec::new();
        let mut count = 0_u64;
        for seen in &self.seen {
            count += 1;
            for left in &self.left_out {
                if *left.start() == count {
                    count = left.end() + 1;
                }
            }
            if !seen {
                missing.push(format_number(&prefix, count, None));
            }
        }
        let drawn = self.seen.len() as u64;
        let left_out = self.left_out.iter().map(length).sum();
        let standing = drawn - missing.len() as u64;
        Drawn { purpose, prefix, drawn, left_out, standing, missing, wrong: self.wrong }
    }
}

fn length(left: &RangeInclusive<u64>) -> u64 {
    left.end() - left.start() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_doubled_or_never_drawn_is_named() {
        let mut found =
            BTreeMap::from([("EBB1".to_owned(), ("birth".to_owned(), Standing::of(4, Vec::new())))]);
        for count in [1, 3, 3, 9] {
            note(&mut found, &format_number("EBB1", count, None));
        }
        // A mistyped check character is no number of ours.
        let mut mistyped = format_number("EBB1", 2, None);
        let last = if mistyped.pop() == Some('0') { '1' } else { '0' };
        note(&mut found, &format!("{mistyped}{last}"));
        note(&mut found, "1957/33/12");
        let (purpose, standing) = found.remove("EBB1").unwrap();
        let drawn = standing.told(purpose, "EBB1".into());
        let number = |count| format_number("EBB1", count, None);
        assert_eq!((drawn.drawn, drawn.standing), (4, 2));
        assert_eq!(drawn.missing, [number(2), number(4)]);
        assert_eq!(drawn.wrong, [number(3), number(9)]);
        assert!(!drawn.is_whole());
    }
    #[test]
    fn numbers_that_were_left_out_are_not_missing() {
        let left = vec![3..=1_002, 1_003..=1_010, 1_012..=1_013];
        let mut standing = Standing::of(1_014, left);
        for count in [1, 1_011, 1_005] {
            standing.note(count, &format_number("EBB1", count, None));
        }
        let drawn = standing.told("birth".into(), "EBB1".into());
        let number = |count| format_number("EBB1", count, None);
        assert_eq!((drawn.drawn, drawn.standing, drawn.left_out), (4, 2, 1_010));
        assert_eq!(drawn.missing, [number(2), number(1_014)]);
        assert_eq!(drawn.wrong, [number(1_005)], "nobody may have given it again");
    }
}
