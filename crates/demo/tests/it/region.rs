//! Whether the Region could be one.

use diwan_demo::Region;
use diwan_demo::names::Sex;
use diwan_demo::region::Event;
use diwan_domain::dates::PartialDate;
use diwan_domain::numbers::IdentityKind;
use diwan_domain::people::Role;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TODAY: Date = date(2026, 11, 22);

static LARGE: LazyLock<Region> = LazyLock::new(|| Region::generate(1, 20_000, TODAY));

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

fn events(kind: &str) -> impl Iterator<Item = &'static Event> {
    LARGE.events.iter().filter(move |event| event.kind == kind)
}

#[test]
fn the_same_seed_grows_the_same_region() {
    let one = Region::generate(5, 600, TODAY).fingerprint();
    assert_eq!(one, Region::generate(5, 600, TODAY).fingerprint());
    assert_ne!(one, Region::generate(6, 600, TODAY).fingerprint());
    assert_ne!(one, Region::generate(5, 600, date(2026, 11, 23)).fingerprint());
    // Written down, so that a change that alters everyone's demo is noticed.
    assert_eq!(&one[..16], "b77264ac0561f338");
}

#[test]
fn there_are_as_many_people_as_asked_for_and_mostly_alive() {
    assert_eq!(LARGE.people.len(), 20_000);
    assert_eq!(Region::generate(1, 10, TODAY).people.len(), 300);
    let living = LARGE.people.iter().filter(|person| person.died_on.is_none()).count();
    assert!((0.70..0.90).contains(&share(living, 20_000)), "{living} live");
    let children =
        LARGE.people.iter().filter(|person| person.age_on(TODAY).is_some_and(|age| age < 15)).count();
    assert!((0.22..0.42).contains(&share(children, living)), "{children} of {living} are children");
    let women = LARGE.people.iter().filter(|person| person.sex == Sex::Female).count();
    assert!((0.47..0.52).contains(&share(women, 20_000)), "{women} women");
}

#[test]
fn the_yearly_numbers_are_those_of_a_young_people() {
    let in_year = |kind, year: &str| events(kind).filter(|event| event.on.starts_with(year)).count();
    let living = LARGE.people.iter().filter(|person| person.died_on.is_none()).count();
    // The Region of 2023: 24 births and 4 deaths for each thousand people.
    for (kind, range) in [("birth", 0.015..0.035), ("death", 0.003..0.012), ("marriage", 0.004..0.015)] {
        let found = share(in_year(kind, "2025"), living);
        assert!(range.contains(&found), "{kind}: {found}");
    }
    let (marriages, divorces) = (events("marriage").count(), events("divorce").count());
    assert!((0.01..0.2).contains(&share(divorces, marriages)), "{divorces} of {marriages}");
    let twins = events("birth").filter(|event| event.details["plurality"] == "twin").count();
    assert!((0.01..0.05).contains(&share(twins, events("birth").count())), "{twins} twins");
}

#[test]
fn parents_are_older_than_their_children_by_enough_and_live_at_their_birth() {
    for person in &LARGE.people {
        for parent in [person.mother, person.father].into_iter().flatten().map(|index| &LARGE.people[index]) {
            let years = person.born.year() - parent.born.year();
            assert!((16..=75).contains(&years), "{} is {years} years older", parent.id);
            assert!(parent.died_on.is_none_or(|died| died >= person.born), "{}", parent.id);
        }
        if let Some(mother) = person.mother.map(|index| &LARGE.people[index]) {
            assert!(person.born.year() - mother.born.year() <= 46, "{}", mother.id);
        }
    }
}

#[test]
fn brothers_and_sisters_come_at_least_a_year_apart_unless_they_are_twins() {
    let mut of_mother: BTreeMap<usize, Vec<Date>> = BTreeMap::new();
    for person in &LARGE.people {
        if let Some(mother) = person.mother {
            of_mother.entry(mother).or_default().push(person.born);
        }
    }
    for (mother, mut born) in of_mother {
        born.sort();
        for pair in born.windows(2) {
            let days = (pair[1] - pair[0]).get_days();
            assert!(days == 0 || days > 300, "{days} days between children of {mother}");
        }
    }
}

#[test]
fn the_dead_do_not_marry_part_or_die_again() {
    let mut deaths = BTreeSet::new();
    for event in &LARGE.events {
        let on: Option<Date> = event.on.parse().ok();
        for (role, index) in &event.roles {
            let person = &LARGE.people[*index];
            match event.kind {
                "marriage" | "divorce" => {
                    let on = on.expect("whole dates");
                    assert!(person.died_on.is_none_or(|died| on <= died), "{} {}", event.kind, event.number);
                    assert!(on.year() - person.born.year() >= 17, "{}", event.number);
                    let wanted = if *role == "wife" { Sex::Female } else { Sex::Male };
                    assert_eq!(person.sex, wanted);
                }
                "death" => {
                    assert_eq!(person.died_on, on);
                    assert!(deaths.insert(*index), "{} dies twice", person.id);
                }
                _ => assert!(person.died_on.is_none_or(|died| died >= person.born)),
            }
        }
    }
    let dead = LARGE.people.iter().filter(|person| person.died_on.is_some()).count();
    assert_eq!(deaths.len(), dead);
}

#[test]
fn nobody_is_married_to_two_people_at_once() {
    let mut of: BTreeMap<usize, Vec<(Date, Date)>> = BTreeMap::new();
    for event in events("marriage") {
        let on: Date = event.on.parse().unwrap();
        let couple: BTreeSet<usize> = event.roles.iter().map(|(_, index)| *index).collect();
        let parted = events("divorce").find(|divorce| {
            divorce.on > event.on && divorce.roles.iter().all(|(_, index)| couple.contains(index))
        });
        let ends = couple.iter().filter_map(|index| LARGE.people[*index].died_on);
        let end = ends.chain(parted.map(|event| event.on.parse().unwrap())).min().unwrap_or(TODAY);
        for index in couple {
            of.entry(index).or_default().push((on, end));
        }
    }
    for (index, mut spans) in of {
        spans.sort();
        for pair in spans.windows(2) {
            assert!(pair[0].1 < pair[1].0, "person {index}: {spans:?}");
        }
    }
}

#[test]
fn no_brother_marries_his_sister() {
    for event in events("marriage") {
        let [one, other] = [event.roles[0].1, event.roles[1].1].map(|index| &LARGE.people[index]);
        assert!(one.mother.is_none() || one.mother != other.mother, "{}", event.number);
        assert!(one.father.is_none() || one.father != other.father, "{}", event.number);
    }
}

#[test]
fn numbers_are_unique_and_readable_by_their_kind() {
    let (mut numbers, mut entries) = (BTreeSet::new(), BTreeSet::new());
    for (kind, value) in LARGE.people.iter().flat_map(|person| &person.numbers) {
        let kind = IdentityKind::from_code(kind).expect("a known kind");
        assert_eq!(kind.read(value).as_deref(), Ok(value.as_str()));
        assert!(numbers.insert(value), "{value}");
    }
    for event in &LARGE.events {
        assert!(entries.insert(&event.number), "{}", event.number);
        assert!(event.registered_on.as_str() <= "2026-11-22" && event.registered_on.len() == 10);
    }
    let numberless =
        LARGE.people.iter().filter(|person| person.died_on.is_none() && person.numbers.is_empty());
    assert!((0.02..0.30).contains(&share(numberless.count(), 20_000)));
    let ids: BTreeSet<_> = LARGE.people.iter().map(|person| person.id).collect();
    assert_eq!(ids.len(), 20_000);
}

#[test]
fn dates_of_birth_are_as_well_known_as_the_old_books_knew_them() {
    let old: Vec<_> = LARGE.people.iter().filter(|person| person.born.year() < 1975).collect();
    let firsts = old.iter().filter(|person| person.born_on.ends_with("-07-01")).count();
    assert!((0.3..0.5).contains(&share(firsts, old.len())), "{firsts} on 1 July");
    for person in &LARGE.people {
        let read: PartialDate = person.born_on.parse().expect("a date that forms accept");
        assert_eq!(read.year(), person.born.year());
        assert!(read.is_whole() || person.born.year() < 1990);
    }
}

#[test]
fn halabja_answers_for_itself_only_since_it_is_a_governorate() {
    let at = |code: &str| LARGE.places.iter().position(|place| place.code == code).unwrap();
    let mut seen = BTreeSet::new();
    for event in &LARGE.events {
        let place = &LARGE.places[event.area];
        if place.code.starts_with("hal") {
            assert!(event.on.as_str() >= "2014-03-16", "{}", event.number);
            seen.insert(event.office);
        }
        if event.area == at("sul-halabja") {
            assert!(event.on.as_str() < "2014-03-16", "{}", event.number);
            seen.insert("before");
        }
    }
    assert!(seen.contains("HA") && seen.contains("before"), "{seen:?}");
}

#[test]
fn every_people_is_there_and_old_entries_are_written_in_arabic() {
    let mut cultures: BTreeMap<_, usize> = BTreeMap::new();
    for person in &LARGE.people {
        *cultures.entry(format!("{:?}", person.culture)).or_default() += 1;
        assert!(person.latin.is_none() || person.number("passport").is_some());
    }
    assert_eq!(cultures.len(), 5, "{cultures:?}");
    assert!(share(cultures["Sorani"], 20_000) > 0.5 && share(cultures["Badini"], 20_000) > 0.1);
    let kurdish = |from: i16, until: i16| {
        let born = LARGE.people.iter().filter(|p| (from..until).contains(&p.born.year()));
        let all: Vec<_> = born.filter(|person| person.culture.is_kurdish()).collect();
        let written = all.iter().filter(|person| person.name.to_string().contains(['ە', 'ێ', 'ۆ', 'ڕ', 'ڵ']));
        share(written.count(), all.len())
    };
    assert!(kurdish(1966, 1990) < 0.2 && kurdish(1995, 2026) > 0.7);
}

#[test]
fn every_role_is_filled_in_three_ministries() {
    let roles: BTreeSet<_> = LARGE.officers.iter().map(|officer| officer.role).collect();
    assert_eq!(roles.len(), Role::ALL.len());
    let logins: BTreeSet<_> = LARGE.officers.iter().map(|officer| &officer.login).collect();
    assert!(logins.len() == LARGE.officers.len() && logins.len() <= 40, "{}", logins.len());
    let ministries: BTreeSet<_> = LARGE.offices.iter().map(|office| office.ministry).collect();
    assert_eq!(ministries.len(), 3);
    for office in LARGE.offices.iter().filter(|office| office.ministry == "civil-status") {
        let here =
            |role| LARGE.officers.iter().filter(|o| o.office == Some(office.code) && o.role == role).count();
        assert!(here(Role::Registrar) >= 2 && here(Role::Supervisor) >= 1, "{}", office.code);
    }
    for officer in &LARGE.officers {
        assert!(
            diwan_office::secrets::password_is_strong(&officer.password, &officer.login),
            "{}",
            officer.login
        );
        assert!(diwan_office::secrets::totp(&officer.totp_secret).is_some());
        assert!(officer.person.is_none_or(|index| LARGE.people[index].died_on.is_none()));
    }
    let linked = LARGE.officers.iter().filter(|officer| officer.person.is_some()).count();
    assert!(linked > 10 && linked < LARGE.officers.len());
}

#[test]
fn every_seed_size_and_day_has_someone_for_every_situation() {
    for seed in 0..60 {
        let region = Region::generate(seed, 300, TODAY);
        assert_eq!(region.cast.len(), 17, "seed {seed}");
        let mut cast = BTreeSet::new();
        for index in
            region.cast.iter().flat_map(|cast| [Some(cast.applicant), cast.holder, cast.registrar]).flatten()
        {
            assert!(cast.insert(index), "seed {seed}: person {index} is in two situations");
        }
    }
    for today in [date(2027, 1, 1), date(2028, 2, 29), date(2030, 12, 31)] {
        let region = Region::generate(1, 500, today);
        assert!(region.people.len() == 500 && region.cast.len() == 17, "{today}");
        assert!(region.events.iter().all(|event| event.registered_on <= today.to_string()), "{today}");
    }
}
