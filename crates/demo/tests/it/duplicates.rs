//! How many people who stand in the register twice are found, and how many who are two
//! are taken for one: on the people of the Region, whose second records are made as
//! papers make them. Labelled by how they were made; printed by `scripts/duplicates`.

use diwan_demo::Region;
use diwan_demo::region::Person;
use diwan_domain::dates::PartialDate;
use diwan_domain::duplicates::{Common, Comparing, Described, LIKELY, POSSIBLE};
use diwan_domain::names::search::{Query, keys_of_parts};
use diwan_domain::names::{NameParts, skeleton, transliterate};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 22);
const PEOPLE: usize = 12_000;

fn parts(name: &NameParts) -> [Option<String>; 4] {
    [Some(name.given.clone()), name.father.clone(), name.grandfather.clone(), name.family.clone()]
}

fn record(region: &Region, person: &Person) -> Described {
    let names = std::iter::once(&person.name).chain(&person.latin).map(parts).collect();
    let mother_names = person.mother.map(|mother| parts(&region.people[mother].name));
    Described {
        names,
        sex: Some(person.sex.code().to_owned()),
        born_on: person.born_on.parse().ok(),
        mother_names: mother_names.into_iter().collect(),
        ..Described::default()
    }
}

/// A second record of the same person, as some paper tells of them.
type Retold = fn(&mut Described);

fn latin_only(other: &mut Described) {
    let latin = |name: &[Option<String>; 4]| name.each_ref().map(|part| part.as_deref().map(transliterate));
    other.names = vec![latin(&other.names[0])];
    other.mother_names = other.mother_names.iter().map(latin).collect();
}

fn no_grandfather(other: &mut Described) {
    for name in &mut other.names {
        name[2] = None;
    }
}

fn no_family(other: &mut Described) {
    for name in &mut other.names {
        name[3] = None;
    }
}

fn no_mother(other: &mut Described) {
    other.mother_names.clear();
}

fn year_only(other: &mut Described) {
    other.born_on = other.born_on.and_then(|born| format!("{:04}", born.year()).parse().ok());
}

fn first_of_july(other: &mut Described) {
    other.born_on = other.born_on.and_then(|born| format!("{:04}-07-01", born.year()).parse().ok());
}

fn slip_in_day(other: &mut Described) {
    other.born_on = other.born_on.and_then(|born| {
        let (month, day) = (born.month()?, born.day()?);
        let day = if day > 10 { day - 10 } else { day + 10 };
        format!("{:04}-{month:02}-{day:02}", born.year()).parse().ok()
    });
}

fn slip_in_family(other: &mut Described) {
    for name in &mut other.names {
        let Some(last) = name.iter_mut().rev().find_map(Option::as_mut) else { continue };
        let mut letters: Vec<char> = last.chars().collect();
        let middle = letters.len() / 2;
        letters.swap(middle - 1, middle);
        *last = letters.into_iter().collect();
    }
}

fn latin_and_year(other: &mut Described) {
    latin_only(other);
    year_only(other);
}

fn two_names_and_day(other: &mut Described) {
    no_grandfather(other);
    no_family(other);
    no_mother(other);
}

const RETOLD: [(&str, Retold); 10] = [
    ("in Latin letters", latin_only),
    ("without the grandfather", no_grandfather),
    ("without the family's name", no_family),
    ("without the mother", no_mother),
    ("born in the year", year_only),
    ("born on 1 July", first_of_july),
    ("another day of birth", slip_in_day),
    ("a slip in the last name", slip_in_family),
    ("Latin letters, only the year", latin_and_year),
    ("two names and the day", two_names_and_day),
];

/// Whether the search for duplicates compares the two at all: two words of their names
/// sound alike, and they may be born within two years.
fn meet(one: &Described, keys: &BTreeSet<i64>, other: &Described) -> bool {
    let years = |date: Option<PartialDate>| date.map(|date| date.year());
    let near = match (years(one.born_on), years(other.born_on)) {
        (Some(one), Some(other)) => one.abs_diff(other) <= 2,
        _ => true,
    };
    near && other.names.iter().any(|name| {
        let query = Query::new(&name.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "));
        query.exact().iter().flat_map(|step| &step.pairs).any(|pair| keys.contains(pair))
    })
}

fn pairs_of(one: &Described) -> BTreeSet<i64> {
    let keys = one.names.iter().flat_map(|name| {
        keys_of_parts(name.each_ref().map(|part| part.as_deref())).pairs.into_iter().map(|pair| pair.pair)
    });
    keys.collect()
}

/// How common names are, as a register of these people counts.
fn common(records: &[Described]) -> Common {
    let mut bearers: BTreeMap<String, i64> = BTreeMap::new();
    for one in records {
        let bones: BTreeSet<String> =
            one.names.iter().flatten().flatten().map(|part| skeleton(part)).collect();
        for bones in bones {
            *bearers.entry(bones).or_default() += 1;
        }
    }
    Common { people: records.len() as i64, bearers }
}

#[test]
fn who_stands_there_twice_is_found_and_namesakes_are_kept_apart() {
    let region = Region::generate(7, PEOPLE, TODAY);
    let records: Vec<Described> = region.people.iter().map(|person| record(&region, person)).collect();
    let common = common(&records);
    let keys: Vec<BTreeSet<i64>> = records.iter().map(pairs_of).collect();
    // Of whoever has a whole name and a whole day of birth something can be taken away.
    let whole: Vec<usize> = (0..records.len())
        .filter(|at| {
            let one = &records[*at];
            one.names[0][..3].iter().all(Option::is_some)
                && one.born_on.is_some_and(|born| born.is_whole() && !born.may_mean_year_only())
                && !one.mother_names.is_empty()
        })
        .step_by(3)
        .collect();
    assert!(whole.len() > 500, "{} people are too few", whole.len());
    println!("\n| the second record | found likely | or possible | of |\n|---|---|---|---|");
    let (mut likely_of_all, mut possible_of_all, mut all) = (0, 0, 0);
    for (what, retell) in RETOLD {
        let (mut likely, mut possible) = (0, 0);
        for at in &whole {
            let mut second = records[*at].clone();
            retell(&mut second);
            let points = Comparing::new(&second, &common).with(&records[*at]).points;
            if meet(&records[*at], &keys[*at], &second) {
                likely += usize::from(points >= LIKELY);
                possible += usize::from(points >= POSSIBLE);
            }
        }
        let share = |count: usize| 100.0 * count as f64 / whole.len() as f64;
        println!("| {what} | {:.1} % | {:.1} % | {} |", share(likely), share(possible), whole.len());
        assert!(share(possible) >= 95.0, "{what}: only {:.1} % are shown to an officer", share(possible));
        likely_of_all += likely;
        possible_of_all += possible;
        all += whole.len();
    }
    let mut by_pair: HashMap<i64, Vec<usize>> = HashMap::new();
    for (at, keys) in keys.iter().enumerate() {
        for key in keys {
            by_pair.entry(*key).or_default().push(at);
        }
    }
    let (mut compared, mut wrongly, mut shown, mut asked) = (0, 0, 0, 0);
    for at in whole.iter().step_by(2) {
        asked += 1;
        let others: BTreeSet<usize> = keys[*at]
            .iter()
            .flat_map(|key| by_pair[key].iter().copied())
            .filter(|other| other != at)
            .collect();
        let mut comparing = Comparing::new(&records[*at], &common);
        for other in others {
            let other = &records[other];
            if !meet(other, &pairs_of(other), &records[*at]) {
                continue;
            }
            compared += 1;
            let points = comparing.with(other).points;
            wrongly += usize::from(points >= LIKELY);
            shown += usize::from(points >= POSSIBLE);
        }
    }
    println!(
        "\n{all} second records: {:.1} % likely, {:.1} % at least possible. Of {asked} people who stand there \
         once, compared with {compared} namesakes, {wrongly} were called likely and {shown} possible.\n",
        100.0 * f64::from(likely_of_all as u32) / all as f64,
        100.0 * f64::from(possible_of_all as u32) / all as f64,
    );
    // Nobody registers with a queue of people who are not the one.
    assert!(wrongly * 200 <= asked, "{wrongly} of {asked} would wait for a decision that is none");
    assert!(shown <= asked * 2, "{shown} shown for {asked} people is a list nobody reads");
}
