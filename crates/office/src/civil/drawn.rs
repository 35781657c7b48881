//! Whether every number that the register drew stands somewhere, each once: the report
//! that explains gaps, of which there should be none.

use crate::Office;
use diwan_domain::civil::EventKind;
use diwan_domain::ids::{DeclarationId, EntryId};
use diwan_domain::numbers::format_number;
use diwan_store::{Fault, Tx, civil, declarations, series};
use std::collections::BTreeMap;

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
    for row in series::of_offices(&mut tx).await? {
        if row.purpose == "declaration" || EventKind::from_code(&row.purpose).is_some() {
            let last = u64::try_from(row.last).unwrap_or_default();
            found.insert(row.prefix, (row.purpose, Standing::of(last)));
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
    seen: Vec<bool>,
    wrong: Vec<String>,
}

impl Standing {
    fn of(last: u64) -> Self {
        Self { seen: vec![false; usize::try_from(last).unwrap_or_default()], wrong: Vec::new() }
    }

    fn note(&mut self, count: u64, number: &str) {
        let place = usize::try_from(count).ok().and_then(|count| count.checked_sub(1));
        match place.and_then(|place| self.seen.get_mut(place)) {
            Some(seen) if !*seen => *seen = true,
            _ => self.wrong.push(number.to_owned()),
        }
    }

    fn told(self, purpose: String, prefix: String) -> Drawn {
        let missing = (1_u64..).zip(&self.seen).filter(|(_, seen)| !**seen);
        let missing: Vec<String> = missing.map(|(count, _)| format_number(&prefix, count, None)).collect();
        let drawn = self.seen.len() as u64;
        Drawn { purpose, prefix, drawn, standing: drawn - missing.len() as u64, missing, wrong: self.wrong }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_doubled_or_never_drawn_is_named() {
        let mut found = BTreeMap::from([("EBB1".to_owned(), ("birth".to_owned(), Standing::of(4)))]);
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
}
