//! Two records of people.

use super::{How, Likeness, What};
use crate::civil::forms::numbers_of;
use crate::civil::{Content, EventKind, PartyRole};
use crate::dates::PartialDate;
use crate::ids::{AreaId, PersonId};
use crate::names::{NameParts, PartRanking, Ranking, skeleton};
use crate::numbers::IdentityKind;
use std::collections::{BTreeMap, BTreeSet};

/// What a name part in the four places of a name counts, in percent: grandfathers
/// are often left out, families often change.
const SHARES: [i32; 4] = [100, 100, 80, 60];
/// What another name in these places says against.
const AGAINST: [i32; 4] = [-60, -70, -50, -25];
const PARTS: [What; 4] = [What::Given, What::Father, What::Grandfather, What::Family];
/// What it is worth to be a child of the same woman of the register.
const SAME_MOTHER: i32 = 120;
/// Names that sound so alike are the same in another spelling.
const SAME: u16 = 930;
/// Names that sound so alike may be a slip.
const NEAR: u16 = 800;

/// A person as a record describes them, as far as it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Who it is, when the register knows.
    pub person: Option<PersonId>,
    /// Their names in every spelling: given, father's, grandfather's, family name.
    pub names: Vec<[Option<String>; 4]>,
    /// `female` or `male`.
    pub sex: Option<String>,
    /// When they were born.
    pub born_on: Option<PartialDate>,
    /// Where, by area.
    pub born_area: Option<AreaId>,
    /// When they died.
    pub died_on: Option<PartialDate>,
    /// Their mother, when the register knows her.
    pub mother: Option<PersonId>,
    /// Her names in every spelling.
    pub mother_names: Vec<[Option<String>; 4]>,
    /// Numbers they bear, with their kinds.
    pub numbers: Vec<(String, String)>,
    /// Their place among children born together.
    pub order: Option<String>,
}

impl Described {
    /// Whom a declaration describes in a role; `None` when it names nobody there.
    #[must_use]
    pub fn of(kind: EventKind, content: &Content, role: PartyRole, area: Option<AreaId>) -> Option<Self> {
        let party = kind.parties().iter().find(|party| party.role == role)?;
        let code = role.code();
        let names: Vec<_> =
            [content.name(code), content.latin(code)].into_iter().flatten().map(parts).collect();
        if names.is_empty() && content.of(code, "person").is_none() {
            return None;
        }
        let day = content.date("happened-on");
        let mother = if party.is_born { "mother" } else { "" };
        let her = |name: Option<NameParts>| name.map(parts);
        Some(Self {
            person: content.of(code, "person").and_then(|id| id.parse().ok()),
            names,
            sex: party.sex.map(str::to_owned).or_else(|| content.of(code, "sex").map(str::to_owned)),
            born_on: if party.is_born { day } else { content.date(&format!("{code}.born-on")) },
            born_area: area.filter(|_| party.is_born),
            died_on: day.filter(|_| kind == EventKind::Death),
            mother: content.of(mother, "person").and_then(|id| id.parse().ok()),
            mother_names: [her(content.name(mother)), her(content.latin(mother))]
                .into_iter()
                .flatten()
                .collect(),
            numbers: numbers_of(kind, content, code)
                .into_iter()
                .map(|(kind, value)| (kind.to_owned(), value))
                .collect(),
            order: content.get("birth-order").filter(|_| party.is_born).map(str::to_owned),
        })
    }

    /// The skeletons of all their names: what is asked for how common they are.
    #[must_use]
    pub fn skeletons(&self) -> BTreeSet<String> {
        let own = self.names.iter().flatten().flatten();
        let mother = self.mother_names.iter().filter_map(|name| name[0].as_ref());
        own.chain(mother).map(|part| skeleton(part)).filter(|bones| !bones.is_empty()).collect()
    }
}

fn parts(name: NameParts) -> [Option<String>; 4] {
    [Some(name.given), name.father, name.grandfather, name.family]
}

/// How common names are in a register.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// How many people were counted; 0 before anyone counted.
    pub people: i64,
    /// How many of them bear a name, by what it sounds like.
    pub bearers: BTreeMap<String, i64>,
}

impl Common {
    /// What it is worth that two records share a name, in tenths of a bit: much
    /// for a rare one, little for one of thousands. What nobody counted is taken
    /// for neither.
    fn worth(&self, name: &str) -> i32 {
        const UNCOUNTED: i32 = 55;
        // As if so many people had been counted before, one in 50 of whom bears any
        // name: a small register tells little of how common names are.
        const SUPPOSED: (i64, i64) = (10_000, 200);
        if self.people < 1 {
            return UNCOUNTED;
        }
        let bearers = self.bearers.get(&skeleton(name)).copied().unwrap_or(0).max(0);
        // log2(x) = log2(x⁴) / 4, in whole numbers: every node comes to the same.
        let one_in = u128::from(((self.people + SUPPOSED.0) / (bearers + SUPPOSED.1)).max(1).unsigned_abs());
        let bits = (one_in * one_in * one_in * one_in).ilog2();
        i32::try_from(bits * 10 / 4).unwrap_or(100).clamp(15, 100)
    }
}

/// One record, made ready once to be compared with many.
pub struct Comparing<'a> {
    own: &'a Described,
    parts: Vec<[Option<PartRanking>; 4]>,
    /// What it is worth to share each part.
    worth: Vec<[i32; 4]>,
    mother: Vec<Ranking>,
    /// What it is worth to share a mother of each name.
    mother_worth: Vec<i32>,
}

impl<'a> Comparing<'a> {
    /// Makes a record ready.
    #[must_use]
    pub fn new(own: &'a Described, common: &Common) -> Self {
        let asked =
            |name: &[Option<String>; 4]| name.each_ref().map(|part| part.as_deref().map(PartRanking::new));
        let whole = |name: &[Option<String>; 4]| {
            Ranking::new(&name.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "))
        };
        let worth = |name: &[Option<String>; 4]| {
            [0, 1, 2, 3].map(|at| name[at].as_deref().map_or(0, |part| common.worth(part) * SHARES[at] / 100))
        };
        let hers = |name: &[Option<String>; 4]| common.worth(name[0].as_deref().unwrap_or_default()).min(80);
        Self {
            own,
            parts: own.names.iter().map(asked).collect(),
            worth: own.names.iter().map(worth).collect(),
            mother: own.mother_names.iter().map(whole).collect(),
            mother_worth: own.mother_names.iter().map(hers).collect(),
        }
    }

    /// How another record compares with this one.
    pub fn with(&mut self, other: &Described) -> Likeness {
        self.with_at_least(other, i32::MIN).unwrap_or_default()
    }

    /// How another record compares with this one, if that may come to so many points:
    /// whoever cannot is left as soon as that is clear, mostly before any name is
    /// compared.
    pub fn with_at_least(&mut self, other: &Described, least: i32) -> Option<Likeness> {
        let mut found = Likeness::default();
        if self.own.person.is_some() && self.own.person == other.person {
            found.add(What::Tied, How::Same, 300);
            return Some(found).filter(|found| found.points >= least);
        }
        self.birth(other, &mut found);
        let (mut sex, mut rest) = (Likeness::default(), Likeness::default());
        self.sex(other, &mut sex);
        self.place(other, &mut rest);
        self.numbers(other, &mut rest);
        self.rest(other, &mut rest);
        let mut at_most = found.points + sex.points + rest.points + self.most_of_mother();
        if at_most + self.most_of_names() < least {
            return None;
        }
        self.names(other, &mut found);
        at_most = found.points + sex.points + rest.points + self.most_of_mother();
        if at_most < least {
            return None;
        }
        found.append(sex);
        self.mother(other, &mut found);
        found.append(rest);
        Some(found).filter(|found| found.points >= least)
    }

    /// What names can be worth at most.
    fn most_of_names(&self) -> i32 {
        (0..4).map(|at| self.worth.iter().map(|worth| worth[at]).max().unwrap_or(0)).sum()
    }

    /// What a mother can be worth at most.
    fn most_of_mother(&self) -> i32 {
        let named = self.mother_worth.iter().copied().max().unwrap_or(0);
        if self.own.mother.is_some() { named.max(SAME_MOTHER) } else { named }
    }

    fn names(&self, other: &Described, found: &mut Likeness) {
        for (at, what) in PARTS.into_iter().enumerate() {
            let mut best: Option<(u16, i32)> = None;
            for (asked, worth) in self.parts.iter().zip(&self.worth) {
                let Some(asked) = &asked[at] else { continue };
                for theirs in other.names.iter().filter_map(|name| name[at].as_deref()) {
                    let score = asked.rank(theirs).0;
                    if best.is_none_or(|(known, _)| score > known) {
                        best = Some((score, worth[at]));
                    }
                }
            }
            match best {
                None => found.add(what, How::Missing, 0),
                Some((score, worth)) if score >= SAME => found.add(what, How::Same, worth),
                Some((score, worth)) if score >= NEAR => found.add(what, How::Near, worth / 2),
                Some(_) => found.add(what, How::Differs, AGAINST[at]),
            }
        }
    }

    fn birth(&self, other: &Described, found: &mut Likeness) {
        let (how, points) = days(self.own.born_on, other.born_on);
        found.add(What::Birth, how, points);
    }

    fn sex(&self, other: &Described, found: &mut Likeness) {
        let known = |sex: &Option<String>| sex.clone().filter(|sex| sex == "female" || sex == "male");
        match (known(&self.own.sex), known(&other.sex)) {
            (Some(one), Some(other)) if one == other => found.add(What::Sex, How::Same, 10),
            (Some(_), Some(_)) => found.add(What::Sex, How::Differs, -100),
            _ => found.add(What::Sex, How::Missing, 0),
        }
    }

    fn mother(&mut self, other: &Described, found: &mut Likeness) {
        if self.own.mother.is_some() && self.own.mother == other.mother {
            return found.add(What::Mother, How::Same, SAME_MOTHER);
        }
        let mut best: Option<(u16, usize)> = None;
        for (at, ranking) in self.mother.iter_mut().enumerate() {
            for theirs in &other.mother_names {
                let score = ranking.rank(theirs.iter().flatten().map(String::as_str)).0;
                if best.is_none_or(|(known, _)| score > known) {
                    best = Some((score, at));
                }
            }
        }
        match best {
            None => found.add(What::Mother, How::Missing, 0),
            Some((score, at)) if score >= 890 => found.add(What::Mother, How::Same, self.mother_worth[at]),
            Some((score, at)) if score >= 770 => {
                found.add(What::Mother, How::Near, self.mother_worth[at] / 2)
            }
            Some(_) => found.add(What::Mother, How::Differs, -60),
        }
    }

    fn place(&self, other: &Described, found: &mut Likeness) {
        match (self.own.born_area, other.born_area) {
            (Some(one), Some(other)) if one == other => found.add(What::Place, How::Same, 20),
            // Districts are divided and renamed, and mothers give birth elsewhere.
            (Some(_), Some(_)) => found.add(What::Place, How::Differs, -10),
            _ => found.add(What::Place, How::Missing, 0),
        }
    }

    fn numbers(&self, other: &Described, found: &mut Likeness) {
        let (mut same, mut differs) = (false, false);
        for (kind, value) in &self.own.numbers {
            for (their_kind, theirs) in &other.numbers {
                same |= value == theirs && kind == their_kind;
                // People have had many papers, but one number for life.
                differs |= value != theirs && kind == their_kind && kind == IdentityKind::Upn.code();
            }
        }
        match (same, differs) {
            (true, _) => found.add(What::Number, How::Same, 250),
            (_, true) => found.add(What::Number, How::Differs, -150),
            _ => found.add(What::Number, How::Missing, 0),
        }
    }

    fn rest(&self, other: &Described, found: &mut Likeness) {
        if let (Some(one), Some(other)) = (self.own.died_on, other.died_on) {
            let (how, points) = if one.may_be(other) { (How::Same, 30) } else { (How::Differs, -120) };
            found.add(What::Death, how, points);
        }
        // Twins share all but their own name and their place.
        if let (Some(one), Some(other)) = (&self.own.order, &other.order)
            && one != other
        {
            found.add(What::Order, How::Differs, -150);
        }
    }
}

/// What two days of birth say. A first of January or July counts as its year:
/// old registers wrote it when no more was known.
fn days(one: Option<PartialDate>, other: Option<PartialDate>) -> (How, i32) {
    let (Some(one), Some(other)) = (one, other) else { return (How::Missing, 0) };
    let apart = i32::from(one.year().abs_diff(other.year()));
    let is_year = |date: PartialDate| date.month().is_none() || date.may_mean_year_only();
    if is_year(one) || is_year(other) {
        return match apart {
            0 => (How::YearOnly, 35),
            1 => (How::Near, 15),
            2 => (How::Near, 0),
            3..=5 => (How::Differs, -50),
            _ => (How::Differs, -120),
        };
    }
    if one == other && one.is_whole() {
        return (How::Same, 120);
    }
    if one.may_be(other) {
        return (How::Near, 60);
    }
    let (day, month) = ((one.day(), other.day()), (one.month(), other.month()));
    let exchanged = apart == 0 && day.0 == month.1 && day.1 == month.0;
    let agree = [apart == 0, month.0 == month.1, day.0 == day.1].into_iter().filter(|same| *same).count();
    match (agree, apart) {
        _ if exchanged => (How::Near, 70),
        // One of day, month and year is another: a slip, or a guess.
        (2, 0..=10) => (How::Near, 40),
        (_, 0..=1) => (How::Differs, -10),
        (_, 2..=3) => (How::Differs, -60),
        _ => (How::Differs, -120),
    }
}

#[cfg(test)]
mod tests;
