//! What the register knows of each life, and how well.

use super::lives::{Life, Lives, Origin};
use crate::chance::Chance;
use jiff::civil::Date;

/// How much of a date of birth is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// The day.
    Day,
    /// The year; the register wrote 1 July.
    FirstOfJuly,
    /// The month.
    Month,
    /// The year, and the register admits it.
    Year,
}

/// What is known of one person.
#[derive(Clone, Debug)]
pub(super) struct Traits {
    pub known: Known,
    pub verified: bool,
    pub closed_entry: bool,
    pub closed_person: bool,
    pub displaced: bool,
    pub passport: bool,
    /// Which numbers they hold.
    pub upn: bool,
    pub national_card: bool,
    pub old_card: bool,
    pub unhcr: bool,
}

impl Traits {
    /// Takes every number away.
    pub(super) fn without_numbers(&mut self) {
        (self.upn, self.national_card, self.old_card, self.unhcr) = (false, false, false, false);
    }
}

/// Draws everyone's traits.
pub(super) fn draw(seed: u64, lives: &Lives, today: Date) -> Vec<Traits> {
    let mut chance = Chance::new(seed, "traits");
    let mut traits: Vec<Traits> =
        lives.people.iter().map(|life| draw_one(life, today, &mut chance)).collect();
    for (index, life) in lives.people.iter().enumerate() {
        // Twins have one day of birth.
        if let Some(twin) = life.twin.filter(|twin| *twin < index) {
            traits[index].known = traits[twin].known;
        }
    }
    traits
}

fn draw_one(life: &Life, today: Date, chance: &mut Chance) -> Traits {
    let year = life.born.year();
    let age = today.year() - year;
    // Numbers of the new kinds came with enrolment; who died before has none.
    let enrolled = life.died.is_none_or(|died| died.year() >= 2019);
    let numberless = chance.happens(0.035);
    let newcomer = life.origin == Origin::Newcomer;
    let upn = if age >= 18 { 0.78 } else { 0.5 };
    let passport = match (life.died, age) {
        (None, 18..) => 0.52,
        (None, _) => 0.3,
        (Some(died), _) if died.year() >= 2008 => 0.2,
        _ => 0.0,
    };
    Traits {
        known: known(year, chance),
        verified: chance.happens(if year < 1992 { 0.72 } else { 0.94 }),
        closed_entry: chance.happens(0.004),
        closed_person: chance.happens(0.002),
        displaced: newcomer || chance.happens(0.012),
        passport: chance.happens(passport),
        upn: enrolled && !numberless && chance.happens(if newcomer { 0.3 } else { upn }),
        national_card: enrolled && !numberless && chance.happens(if age >= 18 { 0.6 } else { 0.25 }),
        old_card: !numberless && age >= 22 && chance.happens(0.55),
        unhcr: newcomer && !numberless && chance.happens(0.4),
    }
}

/// Until the seventies many villages wrote the year only, and cards then said
/// 1 July.
fn known(year: i16, chance: &mut Chance) -> Known {
    let weights = match year {
        ..1975 => [40.0, 42.0, 6.0, 12.0],
        1975..1990 => [84.0, 12.0, 2.0, 2.0],
        1990..2000 => [98.0, 2.0, 0.0, 0.0],
        _ => [100.0, 0.0, 0.0, 0.0],
    };
    [Known::Day, Known::FirstOfJuly, Known::Month, Known::Year][chance.weighted(&weights)]
}
