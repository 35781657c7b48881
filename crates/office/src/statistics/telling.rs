//! What may be told of a year's figures.

use super::Kept;
use diwan_domain::statistics::{Cell, Subject, hidden_together, same_in};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The tables that count the same events, as they are told: of each the places in their
/// order, and through all of them as the last.
pub(super) struct Told {
    pub(super) subjects: &'static [Subject],
    pub(super) places: Vec<String>,
    pub(super) tables: Vec<Vec<Vec<Vec<Cell>>>>,
}

/// How many of them are kept in mind.
const IN_MIND: usize = 64;

/// What was worked out before, by the hash of the figures and the first of its tables. What
/// is told follows from the figures alone, so it never grows old.
static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

type Known = BTreeMap<(String, Subject), Arc<Told>>;

/// What may be told of a table and of those beside it.
pub(super) fn told(text: &str, subject: Subject) -> Result<Arc<Told>, serde_json::Error> {
    let subjects = subject.told_with();
    let key = (hex::encode(Sha256::digest(text)), subjects.first().copied().unwrap_or(subject));
    let memory = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = memory().get(&key) {
        return Ok(Arc::clone(known));
    }
    let kept: Vec<Kept> = serde_json::from_str(text)?;
    let of = |kept: &&Kept| subjects.iter().position(|subject| subject.code() == kept.0);
    let places: BTreeSet<&String> = kept.iter().filter(|one| of(one).is_some()).map(|one| &one.1).collect();
    let places: Vec<String> = places.into_iter().cloned().collect();
    let sides = |subject: Subject| (subject.sides().0.values(), subject.sides().1.values());
    let empty =
        |(rows, columns): (&[&str], &[&str])| vec![vec![vec![0; columns.len()]; rows.len()]; places.len()];
    let mut tables: Vec<Vec<Vec<Vec<i64>>>> = subjects.iter().map(|subject| empty(sides(*subject))).collect();
    let at = |side: &[&str], value: &str| side.iter().position(|known| *known == value);
    for one in &kept {
        let (_, place, row, column, number) = one;
        let Some((table, place)) = of(&one).zip(places.iter().position(|known| known == place)) else {
            continue;
        };
        let (rows, columns) = sides(subjects[table]);
        if let Some((row, column)) = at(rows, row).zip(at(columns, column)) {
            tables[table][place][row][column] += number;
        }
    }
    let tables = hidden_together(&tables, &same_in(subjects));
    let told = Arc::new(Told { subjects, places, tables });
    let mut memory = memory();
    if memory.len() >= IN_MIND {
        memory.clear();
    }
    memory.insert(key, Arc::clone(&told));
    Ok(told)
}
