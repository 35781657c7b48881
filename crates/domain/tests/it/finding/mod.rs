//! How well people are found: labelled pairs of names in the scripts of the
//! Region, each searched for among fifty thousand others. `scripts/names`
//! prints the table.

mod register;

use diwan_domain::names::search::Query;
use diwan_domain::names::{Asked, Ranking, Score, WORTH_SHOWING, is_called, least_shown, mixed};
use register::Register;
use std::collections::{BTreeMap, BTreeSet};

const NAMES: &str = include_str!("names.tsv");
const PAIRS: &str = include_str!("pairs.tsv");
/// How many made-up people stand in the register besides.
const OTHERS: usize = 50_000;
/// How many answers an officer sees at most.
const SHOWN: usize = 10;

/// One line of the labelled pairs.
struct Pair {
    query: &'static str,
    registered: &'static str,
    is_same: bool,
    scripts: (&'static str, &'static str),
    means: Vec<&'static str>,
    is_held: bool,
    how: &'static str,
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn pairs() -> Vec<Pair> {
    let read = lines(PAIRS).map(|columns| {
        let [query, registered, verdict, from, to, means, part, how] = columns[..] else {
            panic!("eight columns: {columns:?}")
        };
        let scripts = (from, to);
        let means = means.split(' ').collect();
        Pair { query, registered, is_same: verdict == "same", scripts, means, is_held: part == "held", how }
    });
    read.collect()
}

/// For every name its spellings in all scripts.
fn spellings() -> BTreeMap<String, BTreeSet<&'static str>> {
    let all = lines(NAMES).map(|columns| {
        let name = columns[4].split('|').next().unwrap().replace(' ', "_");
        (name, columns[1..].iter().flat_map(|spellings| spellings.split('|')).collect())
    });
    all.collect()
}

/// What is counted for one pair of scripts, or for one way of asking.
#[derive(Default)]
struct Tally {
    asked: usize,
    found: usize,
    shown: usize,
    right: usize,
    alike: usize,
    alike_shown: usize,
    longest: usize,
    /// Asked for by so little that ten others bear the very name.
    crowded: usize,
}

impl Tally {
    fn line(&self, name: &str) -> String {
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        format!(
            "{name:<22}{:>6}{:>9}{:>9.3}{:>11.3}{:>8.1}{:>9}{:>8}{:>10.3}",
            self.asked,
            self.crowded,
            share(self.found, self.asked),
            share(self.right, self.shown),
            share(self.shown, self.asked),
            self.longest,
            self.alike,
            share(self.alike_shown, self.alike),
        )
    }
}

/// Searches as the office does, and returns what an officer sees.
fn find(register: &Register, text: &str) -> Vec<(Score, usize)> {
    let (mut asked, mut query) = (Ranking::new(text), Query::new(text));
    let mut found: BTreeMap<usize, Score> = BTreeMap::new();
    let mut look = |people: Vec<usize>| {
        for person in people {
            found
                .entry(person)
                .or_insert_with(|| asked.rank(register.people[person].iter().map(String::as_str)));
        }
        found.values().copied().max()
    };
    let (mut typed, mut of_form) = (BTreeSet::new(), BTreeSet::new());
    let mut best = None;
    for step in query.exact() {
        let people = register.pairs(&step);
        typed.extend(people.iter().copied());
        best = look(people);
        if query.is_enough(best) {
            break;
        }
    }
    for (at, step) in query.forms().iter().enumerate() {
        if at == 0 || !query.is_enough(best) {
            let people = register.pairs(step);
            of_form.extend(people.iter().filter(|person| !typed.contains(*person)).copied());
            best = look(people);
        }
    }
    if query.is_short() || !query.is_enough(best) {
        for index in 0..query.words.len() {
            let near = register.sounds(&query.words[index]);
            query.set_near(index, &near);
        }
        for step in query.nearby() {
            best = look(register.pairs(&step));
            if query.is_enough(best) {
                break;
            }
        }
    }
    if best.is_none_or(|best| best < WORTH_SHOWING) {
        for (word, near) in query.singles() {
            look(register.bearers(word, near));
        }
    }
    let mut ranked: Vec<(Score, usize)> = found.into_iter().map(|(person, score)| (score, person)).collect();
    ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let least = ranked.first().map_or(WORTH_SHOWING, |(best, _)| least_shown(*best));
    ranked.retain(|(score, _)| *score >= least);
    let mut ranked = mixed(ranked, SHOWN, |(_, person)| of_form.contains(person));
    ranked.truncate(SHOWN);
    ranked
}

/// Whether everything that was asked for stands in a name, in whatever spelling, or by the
/// full name of whoever was asked for by a short one.
fn is_meant(pair: &Pair, parts: &[String], spellings: &BTreeMap<String, BTreeSet<&'static str>>) -> bool {
    let mut free: Vec<&str> = parts.iter().map(String::as_str).collect();
    pair.means.iter().all(|name| {
        let Some(known) = spellings.get(*name) else { return false };
        let is_so = |part: &&str| known.contains(part) || known.iter().any(|known| is_called(known, part));
        let Some(at) = free.iter().position(is_so) else { return free.is_empty() };
        free.remove(at);
        true
    })
}

#[test]
fn people_are_found_in_every_script() {
    let (pairs, spellings) = (pairs(), spellings());
    let register =
        Register::new(&lines(NAMES).collect::<Vec<_>>(), OTHERS, pairs.iter().map(|pair| pair.registered));
    let told = std::env::var("DIWAN_NAMES_MISSED").is_ok();
    let mut tallies: BTreeMap<(u8, String), Tally> = BTreeMap::new();
    for pair in &pairs {
        let shown = find(&register, pair.query);
        if told && pair.is_same && !pair.is_held {
            for (score, person) in &shown {
                if !is_meant(pair, &register.people[*person], &spellings) {
                    println!(
                        "not meant: {} {} -> {} {}",
                        pair.how,
                        pair.query,
                        register.people[*person].join(" "),
                        score.0
                    );
                }
            }
        }
        let names = [pair.scripts.0.min(pair.scripts.1), pair.scripts.0.max(pair.scripts.1)];
        let part = if pair.is_held { "held out" } else { "open" };
        let is_found = shown.iter().any(|(_, person)| register.people[*person].join("|") == pair.registered);
        let right =
            shown.iter().filter(|(_, person)| is_meant(pair, &register.people[*person], &spellings)).count();
        if told && !pair.is_held && is_found != pair.is_same {
            let first = shown.first().map(|(score, person)| (score.0, register.people[*person].join(" ")));
            let own = Asked::new(pair.query).rank(&pair.registered.replace('|', " "));
            println!(
                "{:?} {} {} -> {} {own:?} / {first:?}",
                pair.scripts, pair.how, pair.query, pair.registered
            );
        }
        let how = pair.how.split('+').next().unwrap_or_default();
        let slip = pair.how.contains("typo");
        let keys = [(0, "all".to_owned()), (1, part.to_owned()), (2, names.join("–")), (3, how.to_owned())];
        for key in keys.into_iter().chain(slip.then(|| (3, "a slip of the finger".to_owned()))) {
            let tally = tallies.entry(key).or_default();
            if pair.is_same && !is_found && right == SHOWN {
                tally.crowded += 1;
            } else if pair.is_same {
                tally.asked += 1;
                tally.found += usize::from(is_found);
                tally.shown += shown.len();
                tally.right += right;
                tally.longest = tally.longest.max(shown.len());
            } else {
                tally.alike += 1;
                tally.alike_shown += usize::from(is_found);
            }
        }
    }
    println!(
        "{:<22}{:>6}{:>9}{:>9}{:>11}{:>8}{:>9}{:>8}{:>10}",
        "", "asked", "crowded", "found", "precision", "list", "longest", "alike", "shown"
    );
    for ((_, name), tally) in &tallies {
        println!("{}", tally.line(name));
    }
    for ((_, name), tally) in tallies.iter().filter(|((group, _), _)| *group < 3) {
        assert!(tally.found * 100 >= tally.asked * 97, "{name}: {} of {} found", tally.found, tally.asked);
        assert!(
            tally.right * 100 >= tally.shown * 85,
            "{name}: {} of {} shown are meant",
            tally.right,
            tally.shown
        );
        assert!(tally.shown <= tally.asked * 4, "{name}: lists of {} for {}", tally.shown, tally.asked);
    }
}
