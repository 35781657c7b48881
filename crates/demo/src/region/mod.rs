//! A believable Region: places, offices, centres, and sixty years of people.
//! Pure: the same seed, size and day give the same Region, byte for byte.

mod cast;
mod lives;
mod numbers;
mod offices;
mod places;
mod rates;
mod register;
mod staff;
mod traits;
mod writing;

pub use cast::{Cast, Role as CastRole};
pub use offices::{CentrePlan, CounterPlan, HolidayPlan, OfficePlan};
pub use places::{HALABJA_SINCE, Place, places};
pub use staff::OfficerPlan;

use crate::names::{Culture, Sex};
use diwan_domain::ids::PersonId;
use diwan_domain::names::NameParts;
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Below this there is nobody for some of the situations the demo shows.
pub const FEWEST_PEOPLE: usize = 300;

/// Someone in the register.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// The identifier they bear in the register.
    pub id: PersonId,
    /// Female or male.
    pub sex: Sex,
    /// Whose names they bear.
    pub culture: Culture,
    /// The true day of birth, which the register may know in part only.
    pub born: Date,
    /// What the register knows of it: `1968`, `1968-07`, `1968-07-01`.
    pub born_on: String,
    /// The day of death.
    pub died_on: Option<Date>,
    /// The place of birth, by index; none for those from elsewhere.
    pub born_at: Option<usize>,
    /// The place of birth in words.
    pub born_place: Option<String>,
    /// Where they live, by place.
    pub home: usize,
    /// The name in Arabic script as the register writes it.
    pub name: NameParts,
    /// The passport's spelling, for those who hold one.
    pub latin: Option<NameParts>,
    /// Numbers: kind and value.
    pub numbers: Vec<(String, String)>,
    /// The father, by index.
    pub father: Option<usize>,
    /// The mother, by index.
    pub mother: Option<usize>,
    /// Whether their record is closed to ordinary looks.
    pub protected: bool,
    /// Whether they were displaced.
    pub displaced: bool,
    /// Their birth entry, by event.
    pub birth: Option<usize>,
}

impl Person {
    /// A number of a kind.
    #[must_use]
    pub fn number(&self, kind: &str) -> Option<&str> {
        self.numbers.iter().find(|(known, _)| known == kind).map(|(_, value)| value.as_str())
    }

    /// Whole years on a day, for the living.
    #[must_use]
    pub fn age_on(&self, today: Date) -> Option<i64> {
        let before = (today.month(), today.day()) < (self.born.month(), self.born.day());
        let years = i64::from(today.year()) - i64::from(self.born.year()) - i64::from(before);
        self.died_on.is_none().then_some(years)
    }
}

/// An event with its register entry.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// `birth`, `marriage`, `divorce` or `death`.
    pub kind: &'static str,
    /// ISO 8601, perhaps partly known.
    pub on: String,
    /// The area it belongs to, by place, as it was then.
    pub area: usize,
    /// The place in words.
    pub place: String,
    /// What else the book says.
    pub details: serde_json::Value,
    /// Who was what: role and person, by index.
    pub roles: Vec<(&'static str, usize)>,
    /// The entry's number.
    pub number: String,
    /// The registering office, by its code.
    pub office: &'static str,
    /// The directorate as the book names it.
    pub directorate: &'static str,
    /// The book (سجل).
    pub book: String,
    /// The page (صحيفة).
    pub page: String,
    /// When it was registered.
    pub registered_on: String,
    /// How it was checked against the book, if it was.
    pub verified: Option<&'static str>,
    /// Whether the entry is closed to ordinary copies.
    pub protected: bool,
}

/// The demo's Region.
#[derive(Clone, Debug, Serialize)]
pub struct Region {
    /// From which seed it grew.
    pub seed: u64,
    /// The last day of its story.
    pub today: Date,
    /// Governorates, districts, subdistricts.
    pub places: Vec<Place>,
    /// Offices that issue papers.
    pub offices: Vec<OfficePlan>,
    /// Public service centres.
    pub centres: Vec<CentrePlan>,
    /// Days off.
    pub holidays: Vec<HolidayPlan>,
    /// Everyone in the register, in the order in which they came.
    pub people: Vec<Person>,
    /// Births first, in the order of people; then marriages, divorces, deaths.
    pub events: Vec<Event>,
    /// Who works for the offices.
    pub officers: Vec<OfficerPlan>,
    /// Whom the demo shows each situation with.
    pub cast: Vec<Cast>,
}

impl Region {
    /// Grows a Region of this many people, living and dead; fewer than
    /// [`FEWEST_PEOPLE`] are raised to that.
    #[must_use]
    pub fn generate(seed: u64, people: usize, today: Date) -> Self {
        let places = places();
        let offices = offices::offices(&places);
        let mut lives = lives::Lives::live(seed, people.max(FEWEST_PEOPLE), today, &places);
        let mut traits = traits::draw(seed, &lives, today);
        let cast = cast::choose(seed, &mut lives, &mut traits, today, &places);
        let officers = staff::appoint(seed, &lives, &mut traits, &cast, today, &places);
        let (people, events) = register::write(seed, &lives, &traits, today, &places);
        let officers = staff::named(officers, &people);
        Self {
            seed,
            today,
            centres: offices::centres(&places),
            holidays: offices::holidays(today),
            offices,
            places,
            people,
            events,
            officers,
            cast,
        }
    }

    /// The governorate a place lies in, by place.
    #[must_use]
    pub fn governorate_of(&self, place: usize) -> usize {
        places::governorate_of(&self.places, place)
    }

    /// A hash of everything in it, to tell two Regions apart.
    ///
    /// # Panics
    /// Never: a Region holds nothing that JSON cannot write.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let bytes = serde_json::to_vec(self).expect("a Region is plain data with text keys");
        hex::encode(Sha256::digest(&bytes))
    }
}
