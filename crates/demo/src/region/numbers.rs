//! Identity numbers and entry numbers, each given out once.

use crate::chance::Chance;
use diwan_domain::numbers::IdentityKind;
use std::collections::{BTreeMap, BTreeSet};

/// Gives numbers out.
pub(super) struct Numbers {
    given: BTreeSet<String>,
    running: BTreeMap<String, u32>,
    chance: Chance,
}

impl Numbers {
    pub(super) fn new(seed: u64) -> Self {
        Self { given: BTreeSet::new(), running: BTreeMap::new(), chance: Chance::new(seed, "numbers") }
    }

    /// A number of a kind that nobody else bears, as the law reads it.
    pub(super) fn identity(&mut self, kind: IdentityKind, born: i16) -> String {
        loop {
            let drawn = match kind {
                IdentityKind::Upn => self.chance.digits(13),
                IdentityKind::NationalCard => format!("{born}{}", self.chance.digits(8)),
                IdentityKind::OldCivilId => self.chance.digits(8),
                IdentityKind::Passport => format!("A{}", self.chance.digits(8)),
                IdentityKind::Unhcr => format!("979{}C{}", self.chance.digits(2), self.chance.digits(5)),
            };
            if let Ok(number) = kind.read(&drawn)
                && self.given.insert(number.clone())
            {
                return number;
            }
        }
    }

    /// The next number of a register: `EB-1987-B-00123`.
    pub(super) fn entry(&mut self, office: &str, year: i16, letter: char) -> String {
        let series = format!("{office}-{year}-{letter}");
        let running = self.running.entry(series.clone()).or_default();
        *running += 1;
        format!("{series}-{running:05}")
    }
}
