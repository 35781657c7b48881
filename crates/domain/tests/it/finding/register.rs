//! A register of made-up people, kept in memory under the same keys and looked
//! through in the same order as in the database.

use diwan_domain::names::search::{AskedWord, Pairs, after, backwards, keys_of_parts};
use std::collections::{BTreeMap, BTreeSet};

/// How many people one question to the register answers with at most.
const MOST_COMPARED: usize = 400;

pub(super) struct Register {
    /// The parts of everyone's name.
    pub people: Vec<Vec<String>>,
    pairs: BTreeMap<i64, Vec<(i64, usize, i64, i64)>>,
    words: BTreeMap<String, Vec<(i64, usize)>>,
    backwards: BTreeSet<String>,
}

impl Register {
    /// Made-up people whose names are as frequent as lists of real ones are: few
    /// names are borne by many, most by few.
    pub fn new<'a>(names: &[Vec<&str>], others: usize, registered: impl Iterator<Item = &'a str>) -> Self {
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
        let of = |kind: &str| names.iter().filter(|columns| columns[0] == kind).collect::<Vec<_>>();
        let (men, women, families) = (of("m"), of("f"), of("s"));
        let mut people: Vec<Vec<String>> =
            registered.map(|name| name.split('|').map(str::to_owned).collect()).collect();
        for _ in 0..others {
            let column = [1, 1, 1, 1, 1, 2, 2, 2, 3, 4][chance.below(10)];
            let given = if chance.below(2) == 0 { &men } else { &women };
            let mut pools = vec![given, &men, &men];
            if chance.below(5) > 0 {
                pools.push(&families);
            }
            let parts = pools.into_iter().map(|pool| {
                let spellings: Vec<&str> = pool[chance.seldom(pool.len())][column].split('|').collect();
                spellings[chance.below(spellings.len())].to_owned()
            });
            people.push(parts.collect());
        }
        let mut register =
            Self { people, pairs: BTreeMap::new(), words: BTreeMap::new(), backwards: BTreeSet::new() };
        for (person, parts) in register.people.iter().enumerate() {
            let part = |at: usize| parts.get(at).map(String::as_str);
            let keys = keys_of_parts([part(0), part(1), part(2), part(3)]);
            for key in keys.pairs {
                let entry = (key.place, person, key.third, key.fourth);
                register.pairs.entry(key.pair).or_default().push(entry);
            }
            for key in keys.words {
                register.backwards.insert(backwards(&key.skeleton));
                register.words.entry(key.skeleton).or_default().push((key.part, person));
            }
        }
        register.pairs.values_mut().for_each(|people| people.sort_unstable());
        register.words.values_mut().for_each(|people| people.sort_unstable());
        register
    }

    /// People who bear one of these pairs.
    pub fn pairs(&self, step: &Pairs) -> Vec<usize> {
        let rows = step.pairs.iter().filter_map(|pair| self.pairs.get(pair)).flatten();
        let is_wanted = |(_, _, third, fourth): &&(i64, usize, i64, i64)| {
            step.others.is_empty() || step.others.contains(third) || step.others.contains(fourth)
        };
        let mut rows: Vec<_> = rows.filter(is_wanted).collect();
        rows.sort_unstable();
        rows.into_iter().map(|(_, person, ..)| *person).take(MOST_COMPARED).collect()
    }

    /// Skeletons that begin or end like a word's, with how many bear them.
    pub fn sounds(&self, word: &AskedWord) -> Vec<(String, i64)> {
        let ending = word.ending();
        let ends = self.backwards.range(ending.clone()..after(&ending)).map(|text| backwards(text));
        let begins = self.words.range(word.beginning().to_owned()..after(word.beginning()));
        let all: BTreeSet<String> = begins.map(|(skeleton, _)| skeleton.clone()).chain(ends).collect();
        all.into_iter().map(|skeleton| (skeleton.clone(), self.words[&skeleton].len() as i64)).collect()
    }

    /// People who bear a word, or one near it.
    pub fn bearers(&self, word: &AskedWord, near: &[String]) -> Vec<usize> {
        let all = std::iter::once(&word.skeleton).chain(near).filter_map(|skeleton| self.words.get(skeleton));
        let mut rows: Vec<_> = all.flatten().collect();
        rows.sort_unstable();
        rows.into_iter().map(|(_, person)| *person).take(MOST_COMPARED).collect()
    }
}

/// A small source of chance that is the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() >> 33) as usize % most
    }

    /// The first of a list often, its end seldom.
    fn seldom(&mut self, length: usize) -> usize {
        let (one, other) = (self.below(length), self.below(length));
        if self.below(3) == 0 { one } else { one * other / length }
    }
}
