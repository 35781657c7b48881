//! Sixty years of lives: people are born, marry, part and die, year by year.
//! Nothing is written here; the register comes after.

use super::places::{governorate_of, homes};
use super::{Place, rates};
use crate::chance::Chance;
use crate::names::{Culture, Name, Sex};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many years before today the register begins.
pub(super) const YEARS: i16 = 60;
/// Of all people, how many stood at the beginning.
const FOUNDERS: f64 = 0.22;
/// Of all people, how many came from elsewhere with no entry here.
const NEWCOMERS: f64 = 0.02;

/// Where someone's story in the Region begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Here before the register's first year: no birth entry.
    Founder,
    /// Born here: a birth entry.
    Born,
    /// Came from elsewhere, mostly displaced: no birth entry here.
    Newcomer,
}

/// One life.
#[derive(Clone, Debug)]
pub(super) struct Life {
    pub sex: Sex,
    pub culture: Culture,
    pub origin: Origin,
    pub born: Date,
    pub died: Option<Date>,
    pub father: Option<usize>,
    pub mother: Option<usize>,
    /// The other of two born together.
    pub twin: Option<usize>,
    pub given: &'static Name,
    /// The father's and grandfather's given names.
    pub line: [&'static Name; 2],
    pub family: Option<&'static Name>,
    /// Where they were born, by place.
    pub birthplace: usize,
    /// Where they live and their children are born, by place.
    pub home: usize,
    /// Their latest marriage.
    pub marriage: Option<usize>,
    pub children: u8,
    pub last_birth: Option<Date>,
}

/// How a marriage ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Death,
    Divorce,
}

/// One marriage.
#[derive(Clone, Debug)]
pub(super) struct Marriage {
    pub husband: usize,
    pub wife: usize,
    pub on: Date,
    pub ended: Option<(Date, End)>,
    /// Made after the register began.
    pub registered: bool,
}

/// Everyone, in the order in which they came.
pub(super) struct Lives {
    pub people: Vec<Life>,
    pub marriages: Vec<Marriage>,
    today: Date,
    homes: (Vec<usize>, Vec<f64>),
    governorates: Vec<usize>,
    codes: Vec<&'static str>,
    /// The names a mother's children bear already.
    taken: BTreeMap<usize, Vec<&'static str>>,
    chance: Chance,
}

impl Lives {
    /// Lives sixty years, until there are this many people, living and dead.
    pub(super) fn live(seed: u64, people: usize, today: Date, places: &[Place]) -> Self {
        let mut lives = Self {
            people: Vec::with_capacity(people),
            marriages: Vec::new(),
            today,
            homes: homes(places),
            governorates: (0..places.len()).map(|place| governorate_of(places, place)).collect(),
            codes: places.iter().map(|place| place.code).collect(),
            taken: BTreeMap::new(),
            chance: Chance::new(seed, "lives"),
        };
        let begins = today.year() - YEARS;
        let founders = (people as f64 * FOUNDERS) as usize;
        let newcomers = ((people as f64 * NEWCOMERS) as usize).max(4);
        lives.founders(founders, begins);
        let quota = births_by_year(people - founders - newcomers, begins, today);
        let mut owed = 0;
        for (year, births) in quota {
            lives.die(year);
            lives.marry(year);
            owed = lives.bear(year, owed + births);
            lives.part(year);
        }
        // Whoever could not be born came from elsewhere.
        lives.newcomers(newcomers + owed);
        lives
    }

    fn stranger(&mut self, sex: Sex, born: Date, origin: Origin) -> Life {
        let home = self.homes.0[self.chance.weighted(&self.homes.1)];
        let culture = culture_at(self.codes[self.governorates[home]], origin, &mut self.chance);
        let year = born.year();
        let chance = &mut self.chance;
        Life {
            sex,
            culture,
            origin,
            born,
            died: None,
            father: None,
            mother: None,
            twin: None,
            given: culture.given(sex, year, chance),
            line: [culture.given(Sex::Male, year - 28, chance), culture.given(Sex::Male, year - 56, chance)],
            family: culture.family(chance),
            birthplace: home,
            home,
            marriage: None,
            children: 0,
            last_birth: None,
        }
    }

    fn founders(&mut self, count: usize, begins: i16) {
        for _ in 0..count {
            // A young people: ages thin out towards seventy.
            let age = self.chance.below(70).min(self.chance.below(70));
            let born = self.day_in(begins - 1 - age as i16);
            let sex = if self.chance.happens(0.5) { Sex::Female } else { Sex::Male };
            let life = self.stranger(sex, born, Origin::Founder);
            self.people.push(life);
        }
        self.first_couples(begins);
    }

    /// Most grown founders are married already when the register begins.
    fn first_couples(&mut self, begins: i16) {
        let of = |lives: &Self, sex: Sex, ages: std::ops::RangeInclusive<i16>| -> Vec<usize> {
            let fits = |life: &Life| life.sex == sex && ages.contains(&(begins - life.born.year()));
            (0..lives.people.len()).filter(|index| fits(&lives.people[*index])).collect()
        };
        let brides = of(self, Sex::Female, 19..=55);
        let mut grooms = of(self, Sex::Male, 20..=65);
        self.chance.shuffle(&mut grooms);
        for bride in brides {
            if !self.chance.happens(0.85) {
                continue;
            }
            let Some(groom) = self.suitor(bride, &grooms) else { continue };
            grooms.retain(|other| *other != groom);
            let youngest = self.people[bride].born.year().max(self.people[groom].born.year()) + 18;
            let year = self.chance_year(youngest, begins - 1);
            let on = self.day_in(year);
            self.wed(bride, groom, on, false);
        }
    }

    fn chance_year(&mut self, from: i16, until: i16) -> i16 {
        from + self.chance.below(usize::try_from((until - from).max(0)).unwrap_or(0) + 1) as i16
    }

    fn newcomers(&mut self, count: usize) {
        for _ in 0..count {
            let age = 18 + self.chance.below(45) as i16;
            let born = self.day_in(self.today.year() - age);
            let sex = if self.chance.happens(0.5) { Sex::Female } else { Sex::Male };
            let life = self.stranger(sex, born, Origin::Newcomer);
            self.people.push(life);
        }
    }

    /// Draws who dies in a year.
    fn die(&mut self, year: i16) {
        for index in 0..self.people.len() {
            let life = &self.people[index];
            let age = year - life.born.year();
            if life.died.is_some() || age < 1 {
                continue;
            }
            let share = rates::death(age, life.sex, year);
            if self.chance.happens(share) {
                let on = self.day_in(year);
                if on <= self.today {
                    self.end_life(index, on);
                }
            }
        }
    }

    /// Ends a life, and a marriage with it.
    pub(super) fn end_life(&mut self, index: usize, on: Date) {
        self.people[index].died = Some(on);
        if let Some(marriage) = self.people[index].marriage {
            let marriage = &mut self.marriages[marriage];
            if marriage.ended.is_none_or(|(ended, _)| on < ended) {
                marriage.ended = Some((on, End::Death));
            }
        }
    }

    /// Draws who marries whom in a year.
    fn marry(&mut self, year: i16) {
        let mut grooms: Vec<usize> = (0..self.people.len())
            .filter(|index| {
                let life = &self.people[*index];
                life.sex == Sex::Male
                    && (19..=60).contains(&(year - life.born.year()))
                    && self.is_single(life, year)
            })
            .collect();
        self.chance.shuffle(&mut grooms);
        for bride in 0..self.people.len() {
            let life = &self.people[bride];
            let age = year - life.born.year();
            if life.sex != Sex::Female || !(18..=45).contains(&age) || !self.is_single(life, year) {
                continue;
            }
            let again = life.marriage.is_some();
            if !self.chance.happens(rates::marriage(age, again)) {
                continue;
            }
            let on = self.day_in(year);
            let Some(groom) = self.suitor(bride, &grooms) else { continue };
            if self.may_wed(bride, on) && self.may_wed(groom, on) {
                grooms.retain(|other| *other != groom);
                self.wed(bride, groom, on, true);
            }
        }
    }

    fn is_single(&self, life: &Life, year: i16) -> bool {
        let alive = life.died.is_none_or(|died| died.year() >= year);
        let free = |marriage: usize| self.marriages[marriage].ended.is_some_and(|(on, _)| on.year() < year);
        alive && life.marriage.is_none_or(free)
    }

    /// Alive, of age, and four months after an earlier marriage ended.
    fn may_wed(&self, index: usize, on: Date) -> bool {
        let life = &self.people[index];
        let of_age = life.born.saturating_add(18.years()) <= on;
        let waited = life.marriage.and_then(|marriage| self.marriages[marriage].ended);
        on <= self.today
            && of_age
            && life.died.is_none_or(|died| on < died)
            && waited.is_none_or(|(ended, _)| ended.saturating_add(120.days()) <= on)
    }

    /// The first of a handful of men who fits.
    fn suitor(&mut self, bride: usize, grooms: &[usize]) -> Option<usize> {
        if grooms.is_empty() {
            return None;
        }
        let near = self.chance.happens(0.9);
        let start = self.chance.below(grooms.len());
        let woman = &self.people[bride];
        grooms.iter().cycle().skip(start).take(grooms.len().min(400)).copied().find(|groom| {
            let man = &self.people[*groom];
            let older = woman.born.year() - man.born.year();
            let place = |life: &Life| self.governorates[life.home];
            (-2..=12).contains(&older)
                && (man.culture == woman.culture
                    || (!near && man.culture.is_kurdish() == woman.culture.is_kurdish()))
                && (!near || place(man) == place(woman))
                && !self.are_close(bride, *groom)
        })
    }

    /// Brother and sister, or a parent and a child, or an uncle and a niece.
    fn are_close(&self, one: usize, other: usize) -> bool {
        let parents =
            |index: usize| [self.people[index].father, self.people[index].mother].into_iter().flatten();
        let shares = |a: usize, b: usize| parents(a).any(|parent| parents(b).any(|second| second == parent));
        shares(one, other)
            || parents(one).any(|parent| parent == other || shares(parent, other))
            || parents(other).any(|parent| parent == one || shares(parent, one))
    }

    fn wed(&mut self, wife: usize, husband: usize, on: Date, registered: bool) {
        let index = self.marriages.len();
        let ends = [wife, husband].into_iter().filter_map(|who| self.people[who].died).min();
        let ended = ends.map(|died| (died, End::Death));
        self.marriages.push(Marriage { husband, wife, on, ended, registered });
        for who in [wife, husband] {
            self.people[who].marriage = Some(index);
            self.people[who].children = 0;
        }
        self.people[wife].home = self.people[husband].home;
    }

    /// Lets children be born; gives back how many could not be.
    fn bear(&mut self, year: i16, births: usize) -> usize {
        let mut mothers: Vec<usize> = (0..self.people.len())
            .filter(|index| {
                let life = &self.people[*index];
                life.sex == Sex::Female
                    && life.marriage.is_some()
                    && (18..=45).contains(&(year - life.born.year()))
            })
            .collect();
        let mut left = births;
        for patience in [1.0, 2.5, 8.0] {
            self.chance.shuffle(&mut mothers);
            for mother in mothers.clone() {
                if left == 0 {
                    return 0;
                }
                let life = &self.people[mother];
                let wish = rates::fertility(year - life.born.year(), life.children) * patience;
                if self.chance.happens(wish) {
                    left -= self.deliver(mother, year, left);
                }
            }
        }
        left
    }

    /// One birth, or twins, if the mother can bear on the day drawn.
    fn deliver(&mut self, mother: usize, year: i16, most: usize) -> usize {
        let on = self.day_in(year);
        let life = &self.people[mother];
        let Some(marriage) = life.marriage.map(|marriage| self.marriages[marriage].clone()) else { return 0 };
        let rested = life.last_birth.is_none_or(|last| last.saturating_add(15.months()) <= on);
        let together =
            marriage.on.saturating_add(38.weeks()) <= on && marriage.ended.is_none_or(|(end, _)| on < end);
        let may = rested && together && on <= self.today && life.born.saturating_add(17.years()) <= on;
        if !may || life.children >= rates::most_children(year) {
            return 0;
        }
        let twins = most > 1 && self.chance.happens(0.013);
        let first = self.born(mother, marriage.husband, on);
        if twins {
            let second = self.born(mother, marriage.husband, on);
            self.people[first].twin = Some(second);
            self.people[second].twin = Some(first);
        }
        1 + usize::from(twins)
    }

    fn born(&mut self, mother: usize, father: usize, on: Date) -> usize {
        let index = self.people.len();
        let sex = if self.chance.happens(0.488) { Sex::Female } else { Sex::Male };
        let parent = self.people[father].clone();
        let given = self.name_for(mother, &parent, sex, on.year());
        let died = self.chance.happens(rates::infant_death(on.year())).then(|| {
            let days = self.chance.between(1, 360);
            on.saturating_add(days.days())
        });
        self.people.push(Life {
            sex,
            culture: parent.culture,
            origin: Origin::Born,
            born: on,
            died: died.filter(|died| *died <= self.today),
            father: Some(father),
            mother: Some(mother),
            twin: None,
            given,
            line: [parent.given, parent.line[0]],
            family: parent.family,
            birthplace: self.people[mother].home,
            home: self.people[mother].home,
            marriage: None,
            children: 0,
            last_birth: None,
        });
        for who in [mother, father] {
            self.people[who].children += 1;
            self.people[who].last_birth = Some(on);
        }
        index
    }

    /// A name that neither the father nor a brother or sister bears.
    fn name_for(&mut self, mother: usize, father: &Life, sex: Sex, year: i16) -> &'static Name {
        let taken = self.taken.entry(mother).or_default();
        let mut name = father.culture.given(sex, year, &mut self.chance);
        for _ in 0..8 {
            if name.kurdish != father.given.kurdish && !taken.contains(&name.kurdish) {
                break;
            }
            name = father.culture.given(sex, year, &mut self.chance);
        }
        taken.push(name.kurdish);
        name
    }

    /// Draws which marriages end by a judgment.
    fn part(&mut self, year: i16) {
        for index in 0..self.marriages.len() {
            if self.marriages[index].ended.is_some() || !self.chance.happens(rates::divorce(year)) {
                continue;
            }
            let on = self.day_in(year);
            let marriage = &self.marriages[index];
            let born = self.people[marriage.wife].last_birth;
            let lived = marriage.on.saturating_add(100.days()) <= on && born.is_none_or(|last| last < on);
            if lived && on <= self.today {
                self.marriages[index].ended = Some((on, End::Divorce));
            }
        }
    }

    /// Any day of a year.
    fn day_in(&mut self, year: i16) -> Date {
        let first = Date::new(year, 1, 1).unwrap_or(self.today);
        let days = self.chance.between(0, i64::from(first.days_in_year()) - 1);
        first.saturating_add(days.days())
    }
}

/// Whose names a family of this governorate bears.
fn culture_at(governorate: &str, origin: Origin, chance: &mut Chance) -> Culture {
    let weights = match (governorate, origin) {
        // Those who fled to the Region were mostly Arabs of the plain, and Kurds and Christians of Nineveh.
        (_, Origin::Newcomer) => [10.0, 20.0, 50.0, 5.0, 15.0],
        ("erb", _) => [79.0, 2.0, 6.0, 7.0, 6.0],
        ("dhk", _) => [3.0, 83.0, 4.0, 0.0, 10.0],
        ("hal", _) => [99.0, 0.0, 1.0, 0.0, 0.0],
        _ => [94.0, 1.0, 4.0, 1.0, 0.0],
    };
    Culture::ALL[chance.weighted(&weights)]
}

/// How many are born in each year: more as the people grow, and in the last
/// year only as far as it has gone.
fn births_by_year(births: usize, begins: i16, today: Date) -> Vec<(i16, usize)> {
    let mut weight = 1.0;
    let mut weights = Vec::new();
    for year in begins..=today.year() {
        let gone = if year == today.year() { f64::from(today.day_of_year()) / 366.0 } else { 1.0 };
        weights.push((year, weight * gone));
        weight *= if year < 2015 { 1.018 } else { 0.995 };
    }
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    let (mut before, mut sum) = (0, 0.0);
    let counted = weights.into_iter().map(|(year, weight)| {
        sum += weight;
        let until = (births as f64 * sum / total).round() as usize;
        let count = until.min(births) - before;
        before += count;
        (year, count)
    });
    counted.collect()
}
