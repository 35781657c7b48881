//! Vital statistics: the tables that the *Principles and Recommendations for a
//! Vital Statistics System* (United Nations, Revision 3) ask of a register, counted
//! from its entries. Events count in the year and at the place where they
//! happened; how long registering took is counted beside.

mod equations;
mod groups;
mod hiding;
mod together;

pub use groups::{age_group, chapter, duration_group, infant_group, waiting_group, weight_group};
pub use hiding::{Cell, FEWEST, Same, groups_told, hidden_together};
pub use together::same_in;

use crate::civil::{EventKind, causes};
use crate::dates::PartialDate;
use crate::people::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// One table.
    Subject {
        /// Live births by age of mother and sex of child.
        BirthsByAge = "births-age",
        /// Live births by month and sex.
        BirthsByMonth = "births-month",
        /// Live births by kind of place and attendant.
        BirthsByPlace = "births-place",
        /// Live births by weight and sex.
        BirthsByWeight = "births-weight",
        /// Stillbirths by weight and sex.
        Stillbirths = "stillbirths",
        /// Deaths by age and sex.
        DeathsByAge = "deaths-age",
        /// Deaths by chapter of ICD-10 of the underlying cause and sex.
        DeathsByCause = "deaths-cause",
        /// Deaths of women and girls by age and group of causes.
        FemaleDeathsByGroup = "deaths-group-female",
        /// Deaths of men and boys by age and group of causes.
        MaleDeathsByGroup = "deaths-group-male",
        /// Deaths of infants by age and sex.
        InfantDeaths = "infant-deaths",
        /// Marriages by age of bride and groom.
        Marriages = "marriages-age",
        /// Divorces by how long the marriage lasted, and kind.
        Divorces = "divorces-duration",
        /// Events by kind and by the time from event to registration.
        Registration = "registration-time",
        /// Live births by age of mother and sex, where the mother usually lives.
        BirthsByResidence = "births-residence",
        /// Deaths by age and sex, where the deceased usually lived.
        DeathsByResidence = "deaths-residence",
    }
}

/// What is told apart along one side of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Five-year groups of age: `0-4`, `15-19`, `85+`; infants apart as `0`.
    Age,
    /// `female`, `male`, `unknown`.
    Sex,
    /// `1` to `12`.
    Month,
    /// Where a birth took place.
    Place,
    /// Who attended it.
    Attendant,
    /// Grams.
    Weight,
    /// Chapters of ICD-10, `1` to `22`.
    Chapter,
    /// Groups of causes: communicable, noncommunicable, injury, ill-defined.
    CauseGroup,
    /// Days of an infant's age.
    Infant,
    /// Years of a marriage.
    Duration,
    /// Kinds of divorce.
    DivorceKind,
    /// Kinds of events.
    Event,
    /// Days from event to registration.
    Waiting,
}

/// What is not told; the last of every side.
pub const UNKNOWN: &str = "unknown";

impl Side {
    /// Every value of the side, in the order in which they are shown.
    #[must_use]
    pub fn values(self) -> &'static [&'static str] {
        match self {
            Self::Age => groups::AGES,
            Self::Sex => &["female", "male", UNKNOWN],
            Self::Month => &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", UNKNOWN],
            Self::Place => &["hospital", "home", "other", UNKNOWN],
            Self::Attendant => &["doctor", "midwife", "traditional", "other", "none", UNKNOWN],
            Self::Weight => groups::WEIGHTS,
            Self::Chapter => groups::CHAPTERS,
            Self::CauseGroup => &["communicable", "noncommunicable", "injury", "ill-defined", UNKNOWN],
            Self::Infant => groups::INFANTS,
            Self::Duration => groups::DURATIONS,
            Self::DivorceKind => &["revocable", "irrevocable", "separation", UNKNOWN],
            Self::Event => &["birth", "stillbirth", "death", "marriage", "divorce"],
            Self::Waiting => groups::WAITING,
        }
    }

    /// The value that a word stands for on this side; what it does not know is unknown.
    fn of(self, word: Option<&str>) -> &'static str {
        let word = word.unwrap_or(UNKNOWN);
        self.values().iter().copied().find(|value| *value == word).unwrap_or(UNKNOWN)
    }
}

impl Subject {
    /// Whether events count where their people usually live, not where they happened:
    /// who gives birth or dies in a city's hospital often comes from elsewhere.
    #[must_use]
    pub fn is_by_residence(self) -> bool {
        matches!(self, Self::BirthsByResidence | Self::DeathsByResidence)
    }

    /// What stands along the rows and along the columns.
    #[must_use]
    pub fn sides(self) -> (Side, Side) {
        match self {
            Self::BirthsByAge | Self::DeathsByAge | Self::BirthsByResidence | Self::DeathsByResidence => {
                (Side::Age, Side::Sex)
            }
            Self::BirthsByMonth => (Side::Month, Side::Sex),
            Self::BirthsByPlace => (Side::Place, Side::Attendant),
            Self::BirthsByWeight | Self::Stillbirths => (Side::Weight, Side::Sex),
            Self::DeathsByCause => (Side::Chapter, Side::Sex),
            Self::FemaleDeathsByGroup | Self::MaleDeathsByGroup => (Side::Age, Side::CauseGroup),
            Self::InfantDeaths => (Side::Infant, Side::Sex),
            Self::Marriages => (Side::Age, Side::Age),
            Self::Divorces => (Side::Duration, Side::DivorceKind),
            Self::Registration => (Side::Event, Side::Waiting),
        }
    }
}

/// What an entry tells of an event, as far as statistics count it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub on: Option<PartialDate>,
    /// The governorate, by its code; empty when nobody knows.
    pub place: String,
    /// The governorate where the mother or the deceased usually lives or lived, by its
    /// code; empty when nobody knows.
    pub residence: String,
    /// Sex of the child or of whom died.
    pub sex: Option<String>,
    /// Birth of the mother, of whom died, or of the groom.
    pub born_on: Option<PartialDate>,
    /// Years of age as told, where no day of birth is.
    pub age: Option<i64>,
    /// Birth of the bride.
    pub bride_born_on: Option<PartialDate>,
    /// When the marriage began that a divorce ends.
    pub married_on: Option<PartialDate>,
    /// When the event was registered; `None` for what old books brought in.
    pub registered_on: Option<Date>,
    /// Grams.
    pub weight: Option<i64>,
    /// `hospital`, `home` …
    pub place_kind: Option<String>,
    /// Who attended a birth.
    pub attendant: Option<String>,
    /// The underlying cause of a death, ICD-10.
    pub cause: Option<String>,
    /// The kind of a divorce.
    pub divorce: Option<String>,
}

/// Which cell: table, year (0 when unknown), governorate, row and column.
pub type Place = (Subject, i16, String, &'static str, &'static str);

/// Counts by cell.
pub type Cells = BTreeMap<Place, i64>;

/// Counts an event into every table it belongs to.
pub fn count(fact: &Fact, cells: &mut Cells) {
    let year = fact.on.map_or(0, PartialDate::year);
    let mut add = |subject: Subject, row: &'static str, column: &'static str| {
        let place = if subject.is_by_residence() { &fact.residence } else { &fact.place };
        *cells.entry((subject, year, place.clone(), row, column)).or_insert(0) += 1;
    };
    let sex = Side::Sex.of(fact.sex.as_deref());
    let age = |born: Option<PartialDate>| age_group(born, fact.on);
    match fact.kind {
        EventKind::Birth => {
            add(Subject::BirthsByAge, age(fact.born_on), sex);
            add(Subject::BirthsByResidence, age(fact.born_on), sex);
            let month = fact.on.and_then(PartialDate::month).map(|month| month.to_string());
            add(Subject::BirthsByMonth, Side::Month.of(month.as_deref()), sex);
            let attendant = Side::Attendant.of(fact.attendant.as_deref());
            add(Subject::BirthsByPlace, Side::Place.of(fact.place_kind.as_deref()), attendant);
            add(Subject::BirthsByWeight, weight_group(fact.weight), sex);
        }
        EventKind::Stillbirth => add(Subject::Stillbirths, weight_group(fact.weight), sex),
        EventKind::Death => {
            let years = if fact.born_on.is_some() { age(fact.born_on) } else { groups::age_of(fact.age) };
            add(Subject::DeathsByAge, years, sex);
            add(Subject::DeathsByResidence, years, sex);
            add(Subject::DeathsByCause, chapter(fact.cause.as_deref()), sex);
            // Of whom no sex is known stands in the table by cause and sex.
            let group = Side::CauseGroup.of(fact.cause.as_deref().map(causes::group));
            match sex {
                "female" => add(Subject::FemaleDeathsByGroup, years, group),
                "male" => add(Subject::MaleDeathsByGroup, years, group),
                _ => {}
            }
            if years == "0" {
                add(Subject::InfantDeaths, infant_group(fact.born_on, fact.on), sex);
            }
        }
        EventKind::Marriage => add(Subject::Marriages, age(fact.bride_born_on), age(fact.born_on)),
        EventKind::Divorce => {
            let kind = Side::DivorceKind.of(fact.divorce.as_deref());
            add(Subject::Divorces, duration_group(fact.married_on, fact.on), kind);
        }
        _ => return,
    }
    if let Some(registered) = fact.registered_on {
        let kind = Side::Event.of(Some(fact.kind.code()));
        add(Subject::Registration, kind, waiting_group(fact.on, registered));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<PartialDate> {
        text.parse().ok()
    }

    fn fact(kind: EventKind) -> Fact {
        Fact {
            kind,
            on: date("2026-05-17"),
            place: "HL".into(),
            residence: "DU".into(),
            sex: Some("female".into()),
            born_on: date("1996-05-18"),
            age: None,
            bride_born_on: date("2000-01-01"),
            married_on: date("2020-06-01"),
            registered_on: Some(Date::constant(2026, 5, 20)),
            weight: Some(2_499),
            place_kind: Some("hospital".into()),
            attendant: Some("midwife".into()),
            cause: Some("I21.9".into()),
            divorce: Some("revocable".into()),
        }
    }

    fn counted(kind: EventKind) -> Vec<(&'static str, &'static str, &'static str)> {
        let mut cells = Cells::new();
        count(&fact(kind), &mut cells);
        cells.into_keys().map(|(subject, _, _, row, column)| (subject.code(), row, column)).collect()
    }

    #[test]
    fn each_event_counts_once_in_each_of_its_tables() {
        assert_eq!(
            counted(EventKind::Birth),
            [
                ("births-age", "25-29", "female"),
                ("births-month", "5", "female"),
                ("births-place", "hospital", "midwife"),
                ("births-weight", "1500-2499", "female"),
                ("registration-time", "birth", "0-7"),
                ("births-residence", "25-29", "female"),
            ]
        );
        let deaths = counted(EventKind::Death);
        assert_eq!(deaths[1], ("deaths-cause", "9", "female"));
        assert!(deaths.contains(&("deaths-group-female", "25-29", "noncommunicable")), "{deaths:?}");
        assert!(deaths.iter().all(|(table, ..)| *table != "deaths-group-male"));
        assert_eq!(counted(EventKind::Marriage)[0], ("marriages-age", "25-29", "25-29"));
        assert_eq!(counted(EventKind::Divorce)[0], ("divorces-duration", "5-9", "revocable"));
        assert!(counted(EventKind::NameChange).is_empty());
    }

    #[test]
    fn a_birth_far_from_home_counts_at_both_places() {
        let mut cells = Cells::new();
        count(&fact(EventKind::Birth), &mut cells);
        let places = |wanted: Subject| -> Vec<&str> {
            cells.keys().filter(|place| place.0 == wanted).map(|place| place.2.as_str()).collect()
        };
        assert_eq!(places(Subject::BirthsByAge), ["HL"]);
        assert_eq!(places(Subject::BirthsByResidence), ["DU"]);
    }

    #[test]
    fn what_nobody_knows_is_counted_as_unknown() {
        let nothing = Fact {
            on: None,
            place: String::new(),
            residence: String::new(),
            sex: None,
            born_on: None,
            weight: None,
            place_kind: Some("a boat".into()),
            attendant: None,
            ..fact(EventKind::Birth)
        };
        let mut cells = Cells::new();
        count(&nothing, &mut cells);
        assert!(cells.keys().all(|(_, year, place, row, _)| {
            *year == 0 && place.is_empty() && (*row == UNKNOWN || *row == "birth")
        }));
        assert_eq!(cells.len(), 6);
    }

    #[test]
    fn every_value_stands_once_on_its_side() {
        for subject in Subject::ALL {
            let (rows, columns) = subject.sides();
            for side in [rows, columns] {
                let mut values = side.values().to_vec();
                values.sort_unstable();
                values.dedup();
                assert_eq!(values.len(), side.values().len(), "{side:?}");
            }
        }
    }
}
