//! Writes lives into the register: persons with their names and numbers, and
//! one entry for each birth, marriage, divorce and death.

use super::lives::{End, Life, Lives, Marriage, Origin};
use super::numbers::Numbers;
use super::places::{Place, area_on};
use super::traits::{Known, Traits};
use super::{Event, Person, offices, writing};
use crate::chance::{Chance, id_for};
use diwan_domain::ids::PersonId;
use diwan_domain::numbers::IdentityKind;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Identifiers begin with this instant and go up by a millisecond a person, so
/// that they do not depend on the day of the demo: 1 January 2026, UTC.
const FIRST_ID: i64 = 1_767_225_600_000;

struct Writer<'a> {
    lives: &'a Lives,
    traits: &'a [Traits],
    places: &'a [Place],
    today: Date,
    numbers: Numbers,
    chance: Chance,
    /// The book and page of each marriage's family.
    pages: Vec<(u32, u32)>,
    /// The latest marriage of a husband and a wife.
    couples: BTreeMap<(usize, usize), usize>,
}

/// Writes the whole register.
pub(super) fn write(
    seed: u64,
    lives: &Lives,
    traits: &[Traits],
    today: Date,
    places: &[Place],
) -> (Vec<Person>, Vec<Event>) {
    let mut writer = Writer {
        lives,
        traits,
        places,
        today,
        numbers: Numbers::new(seed),
        chance: Chance::new(seed, "register"),
        pages: Vec::new(),
        couples: BTreeMap::new(),
    };
    writer.open_pages();
    let mut people: Vec<Person> = (0..lives.people.len()).map(|index| writer.person(seed, index)).collect();
    let mut events = Vec::new();
    for (index, person) in people.iter_mut().enumerate() {
        if lives.people[index].origin == Origin::Born {
            person.birth = Some(events.len());
            events.push(writer.birth(index));
        }
    }
    for (index, marriage) in lives.marriages.iter().enumerate() {
        if marriage.registered {
            events.push(writer.marriage(index, marriage));
        }
    }
    for (index, marriage) in lives.marriages.iter().enumerate() {
        if let Some((on, End::Divorce)) = marriage.ended {
            events.push(writer.divorce(index, marriage, on));
        }
    }
    for (index, life) in lives.people.iter().enumerate() {
        if let Some(died) = life.died {
            events.push(writer.death(index, died));
        }
    }
    (people, events)
}

impl Writer<'_> {
    fn life(&self, index: usize) -> &Life {
        &self.lives.people[index]
    }

    /// A family has its page in a book since the census of 1957.
    fn open_pages(&mut self) {
        for (index, marriage) in self.lives.marriages.iter().enumerate() {
            let place = u32::try_from(index).unwrap_or(u32::MAX);
            self.pages.push((1 + place / 200, 1 + place % 200));
            self.couples.insert((marriage.husband, marriage.wife), index);
        }
    }

    fn person(&mut self, seed: u64, index: usize) -> Person {
        let life = self.life(index).clone();
        let traits = &self.traits[index];
        let name = writing::in_register(&life, &mut self.chance);
        let latin = traits.passport.then(|| writing::in_passport(&life, &mut self.chance));
        let year = life.born.year();
        let kinds = [
            (traits.upn, IdentityKind::Upn),
            (traits.national_card, IdentityKind::NationalCard),
            (traits.old_card, IdentityKind::OldCivilId),
            (traits.unhcr, IdentityKind::Unhcr),
            (traits.passport, IdentityKind::Passport),
        ];
        let held = kinds.into_iter().filter(|(holds, _)| *holds);
        let numbers =
            held.map(|(_, kind)| (kind.code().to_owned(), self.numbers.identity(kind, year))).collect();
        let born_here = life.origin != Origin::Newcomer;
        let millis = FIRST_ID + i64::try_from(index).unwrap_or(0);
        Person {
            id: PersonId(id_for(seed, &format!("person/{index}"), millis)),
            sex: life.sex,
            culture: life.culture,
            born: life.born,
            born_on: written(life.born, traits.known),
            died_on: life.died,
            born_at: born_here.then_some(life.birthplace),
            born_place: Some(self.birthplace(&life)),
            home: life.home,
            name,
            latin,
            numbers,
            father: life.father,
            mother: life.mother,
            protected: traits.closed_person,
            displaced: traits.displaced,
            birth: None,
        }
    }

    fn birthplace(&mut self, life: &Life) -> String {
        const ELSEWHERE: [&str; 5] = ["الموصل", "سنجار", "الحمدانية", "كركوك", "تلعفر"];
        if life.origin == Origin::Newcomer {
            return (*self.chance.one(&ELSEWHERE)).to_owned();
        }
        self.place_name(life.birthplace, life.born.year())
    }

    /// A place as books of a time write it; the middle of a governorate is the
    /// city it is named for.
    fn place_name(&self, place: usize, year: i16) -> String {
        let known = &self.places[place];
        let city = known.parent.filter(|_| known.code.ends_with("-centre"));
        self.places[city.unwrap_or(place)].name(if year < 1992 { "ar" } else { "ckb" }).to_owned()
    }

    /// What every entry has: where, which office, which number.
    fn event(
        &mut self,
        kind: &'static str,
        place: usize,
        on: Date,
        registered: Date,
        page: (u32, u32),
    ) -> Event {
        let registered = registered.min(self.today);
        let area = area_on(self.places, place, &on.to_string());
        let office = self.places[area_on(self.places, place, &registered.to_string())].office;
        let letter = kind.chars().next().unwrap_or('x').to_ascii_uppercase();
        let letter = if kind == "divorce" { 'V' } else { letter };
        Event {
            kind,
            on: on.to_string(),
            area,
            place: self.place_name(place, on.year()),
            details: json!({}),
            roles: Vec::new(),
            number: self.numbers.entry(office, registered.year(), letter),
            office,
            directorate: offices::directorate(office, registered.year()),
            book: page.0.to_string(),
            page: page.1.to_string(),
            registered_on: registered.to_string(),
            verified: Some("compared with the book"),
            protected: false,
        }
    }

    fn birth(&mut self, index: usize) -> Event {
        let life = self.life(index).clone();
        let traits = self.traits[index].clone();
        let in_hospital = self.chance.happens(if life.born.year() < 1985 { 0.35 } else { 0.93 });
        let days = self.chance.between(1, if in_hospital { 15 } else { 30 });
        let page = self.family_page(&life);
        let registered = life.born.saturating_add(days.days());
        let mut event = self.event("birth", life.birthplace, life.born, registered, page);
        event.on = written(life.born, traits.known);
        event.details = self.birth_details(&life, in_hospital);
        if in_hospital && traits.known == Known::Day {
            let minute = self.chance.between(0, 24 * 12 - 1) * 5;
            event.details["born-at"] = json!(format!("{:02}:{:02}", minute / 60, minute % 60));
        }
        event.roles = vec![("child", index)];
        event.roles.extend(life.father.map(|father| ("father", father)));
        event.roles.extend(life.mother.map(|mother| ("mother", mother)));
        event.verified = traits.verified.then_some("compared with the book");
        event.protected = traits.closed_entry;
        event
    }

    /// The page of the marriage into which a child was born.
    fn family_page(&self, life: &Life) -> (u32, u32) {
        let couple = life.father.zip(life.mother);
        couple.and_then(|couple| self.couples.get(&couple)).map_or((1, 1), |index| self.pages[*index])
    }

    fn birth_details(&self, life: &Life, in_hospital: bool) -> Value {
        let old = life.born.year() < 1992;
        let say = |arabic: &str, kurdish: &str| if old { arabic } else { kurdish }.to_owned();
        let attendant = match (in_hospital, life.born.year()) {
            (true, _) => say("طبيب", "پزیشک"),
            (false, 1985..) => say("قابلة مجازة", "مامانی مۆڵەتدار"),
            _ => say("قابلة", "مامان"),
        };
        // Whoever kept the book wrote what a parent did in the language of its time.
        const TRADES: [(&str, &str); 5] = [
            ("معلم", "مامۆستا"),
            ("فلاح", "جووتیار"),
            ("موظف", "فەرمانبەر"),
            ("كاسب", "کاسب"),
            ("سائق", "شۆفێر"),
        ];
        let trade =
            TRADES[(i32::from(life.born.day()) + i32::from(life.born.month())) as usize % TRADES.len()];
        json!({
            "father-occupation": say(trade.0, trade.1),
            "mother-occupation": say("ربة بيت", "ژنی ماڵەوە"),
            "plurality": if life.twin.is_some() { "twin" } else { "single" },
            "attendant": attendant,
            "residence": self.place_name(life.birthplace, life.born.year()),
            "father-nationality": say("عراقي", "عێراقی"),
            "mother-nationality": say("عراقية", "عێراقی"),
        })
    }

    fn marriage(&mut self, index: usize, marriage: &Marriage) -> Event {
        let place = self.life(marriage.husband).home;
        let days = self.chance.between(0, 20);
        let page = self.pages[index];
        let mut event =
            self.event("marriage", place, marriage.on, marriage.on.saturating_add(days.days()), page);
        event.roles = vec![("husband", marriage.husband), ("wife", marriage.wife)];
        event.details = json!({"court": court(&event.place, marriage.on.year())});
        event
    }

    fn divorce(&mut self, index: usize, marriage: &Marriage, on: Date) -> Event {
        let place = self.life(marriage.husband).home;
        let days = self.chance.between(5, 60);
        let page = self.pages[index];
        let mut event = self.event("divorce", place, on, on.saturating_add(days.days()), page);
        event.roles = vec![("husband", marriage.husband), ("wife", marriage.wife)];
        let judgment = format!("{}/{}", self.chance.between(10, 2400), on.year());
        event.details = json!({"court": court(&event.place, on.year()), "judgment": judgment});
        event
    }

    fn death(&mut self, index: usize, died: Date) -> Event {
        let life = self.life(index).clone();
        let days = self.chance.between(0, 14);
        let page = match life.marriage {
            Some(marriage) => self.pages[marriage],
            None => self.family_page(&life),
        };
        let mut event = self.event("death", life.home, died, died.saturating_add(days.days()), page);
        event.roles = vec![("deceased", index)];
        event
    }
}

/// The personal status court of a place, as books of a time name it.
fn court(place: &str, year: i16) -> String {
    if year < 1992 {
        format!("محكمة الأحوال الشخصية في {place}")
    } else {
        format!("دادگای باری کەسێتیی {place}")
    }
}

/// A day of birth as far as the register knows it.
fn written(born: Date, known: Known) -> String {
    match known {
        Known::Day => born.to_string(),
        Known::FirstOfJuly => format!("{}-07-01", born.year()),
        Known::Month => format!("{}-{:02}", born.year(), born.month()),
        Known::Year => born.year().to_string(),
    }
}
