//! Whom the demo shows each situation with. Where chance left a trait out, it
//! is set here, before anything is written, so that every seed has everyone.

use super::lives::{End, Life, Lives, Origin};
use super::places::{Place, area_on};
use super::traits::{Known, Traits};
use crate::chance::Chance;
use crate::names::Sex;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A situation that the demo shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Asks for their own entry, which is in order: a rule approves.
    Oneself,
    /// A parent asks for a child's.
    ParentOfMinor,
    /// An uncle or aunt with a court's order asks for an orphan's.
    Guardian,
    /// Asks for a late parent's.
    ChildOfLateParent,
    /// Asks for a late wife's or husband's.
    SpouseOfLate,
    /// The entry was never checked against the book.
    Unverified,
    /// A court closed the entry.
    Protected,
    /// There is no entry.
    NotFound,
    /// Displaced: pays no fee.
    Displaced,
    /// No passport, so no Latin spelling.
    NoLatinSpelling,
    /// Only the year of birth is known.
    PartlyKnownBirth,
    /// Holds no number at all.
    NoNumbers,
    /// A registrar's brother or sister.
    OfficersRelative,
    /// A marriage of theirs stands: asks for its certificate, and is refused
    /// the single-status certificate without an officer.
    Married,
    /// A court divorced them.
    Divorced,
    /// Has many children: asks for the extract of the family.
    LargeFamily,
    /// Never married: asks for the single-status certificate.
    NeverMarried,
}

impl Role {
    /// The word in demo.json.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Oneself => "self-by-rule",
            Self::ParentOfMinor => "parent-of-minor",
            Self::Guardian => "guardian",
            Self::ChildOfLateParent => "child-of-late-parent",
            Self::SpouseOfLate => "spouse-of-late",
            Self::Unverified => "unverified-entry",
            Self::Protected => "protected-entry",
            Self::NotFound => "entry-not-found",
            Self::Displaced => "displaced",
            Self::NoLatinSpelling => "no-latin-spelling",
            Self::PartlyKnownBirth => "partly-known-birth",
            Self::NoNumbers => "no-numbers",
            Self::OfficersRelative => "officers-relative",
            Self::Married => "married",
            Self::Divorced => "divorced",
            Self::LargeFamily => "large-family",
            Self::NeverMarried => "never-married",
        }
    }
}

/// One situation with its people, by index.
#[derive(Clone, Debug, Serialize)]
pub struct Cast {
    /// Which situation.
    pub role: Role,
    /// Who asks.
    pub applicant: usize,
    /// Whose entry, when it is someone else's.
    pub holder: Option<usize>,
    /// The registrar's own person, for an officer's relative.
    pub registrar: Option<usize>,
}

struct Casting<'a> {
    lives: &'a mut Lives,
    traits: &'a mut [Traits],
    places: &'a [Place],
    today: Date,
    /// Everyone's index in the order in which they are tried.
    order: Vec<usize>,
    used: BTreeSet<usize>,
    cast: Vec<Cast>,
}

/// Casts every situation.
pub(super) fn choose(
    seed: u64,
    lives: &mut Lives,
    traits: &mut [Traits],
    today: Date,
    places: &[Place],
) -> Vec<Cast> {
    let mut order: Vec<usize> = (0..lives.people.len()).collect();
    Chance::new(seed, "cast").shuffle(&mut order);
    let mut casting =
        Casting { lives, traits, places, today, order, used: BTreeSet::new(), cast: Vec::new() };
    // Those that are hardest to find choose first.
    casting.guardian();
    casting.spouse_of_late();
    casting.child_of_late_parent();
    casting.officers_relative();
    casting.parent_of_minor();
    casting.alone();
    casting.families();
    casting.cast.sort_by_key(|cast| cast.role);
    casting.cast
}

impl Casting<'_> {
    fn life(&self, index: usize) -> &Life {
        &self.lives.people[index]
    }

    fn age(&self, index: usize) -> i16 {
        self.today.year() - self.life(index).born.year()
    }

    /// Living, born here, of an age, no twin, and in no situation yet.
    fn is_free(&self, index: usize, ages: std::ops::RangeInclusive<i16>) -> bool {
        let life = self.life(index);
        life.died.is_none()
            && life.origin == Origin::Born
            && life.twin.is_none()
            && ages.contains(&self.age(index))
            && !self.used.contains(&index)
    }

    fn first(&self, fits: impl Fn(usize) -> bool) -> Option<usize> {
        self.order.iter().copied().find(|index| fits(*index))
    }

    /// An entry in order, a number to sign in with, a passport.
    fn set_right(&mut self, index: usize) {
        let traits = &mut self.traits[index];
        traits.known = Known::Day;
        (traits.verified, traits.closed_entry, traits.closed_person) = (true, false, false);
        (traits.displaced, traits.passport, traits.upn) = (false, true, true);
    }

    fn add(&mut self, role: Role, applicant: usize, holder: Option<usize>) {
        self.set_right(applicant);
        self.used.insert(applicant);
        if let Some(holder) = holder {
            self.set_right(holder);
            self.used.insert(holder);
        }
        self.cast.push(Cast { role, applicant, holder, registrar: None });
    }

    /// The day on which someone may have died without having been elsewhere since.
    fn could_have_died(&self, index: usize) -> Option<Date> {
        let life = self.life(index);
        let on = self.today.saturating_sub(400.days());
        let wed = life.marriage.map(|marriage| &self.lives.marriages[marriage]);
        let before = life.last_birth.is_none_or(|last| last < on) && wed.is_none_or(|wed| wed.on < on);
        let at_rest =
            wed.is_none_or(|wed| wed.ended.is_none_or(|(ended, why)| ended < on && why == End::Death));
        (before && at_rest).then_some(on)
    }

    /// A marriage that stands and was made here.
    fn spouse(&self, index: usize) -> Option<usize> {
        let marriage = &self.lives.marriages[self.life(index).marriage?];
        let stands = marriage.ended.is_none() && marriage.registered;
        stands.then_some(if marriage.husband == index { marriage.wife } else { marriage.husband })
    }

    fn end(&mut self, index: usize, on: Date) {
        self.lives.end_life(index, on);
        self.traits[index].unhcr = false;
    }

    fn guardian(&mut self) {
        let found = self.first(|ward| self.is_free(ward, 4..=15) && self.guardian_of(ward).is_some());
        let Some(ward) = found else { return };
        let Some((father, uncle, on)) = self.guardian_of(ward) else { return };
        self.end(father, on);
        self.used.insert(father);
        self.add(Role::Guardian, uncle, Some(ward));
    }

    /// The father who could have died, and his living brother or sister.
    fn guardian_of(&self, ward: usize) -> Option<(usize, usize, Date)> {
        let father = self.life(ward).father?;
        if self.life(father).died.is_some() || self.life(father).origin != Origin::Born {
            return None;
        }
        let on = self.could_have_died(father)?;
        let mother = self.life(father).mother?;
        let uncle = self.first(|index| {
            index != father && self.is_free(index, 25..=60) && self.life(index).mother == Some(mother)
        })?;
        Some((father, uncle, on))
    }

    fn spouse_of_late(&mut self) {
        let found = self.first(|widow| {
            let spouse = self.spouse(widow).filter(|spouse| self.is_free(*spouse, 30..=60));
            self.life(widow).sex == Sex::Female
                && self.is_free(widow, 25..=58)
                && spouse.is_some_and(|spouse| self.could_have_died(spouse).is_some())
        });
        let pair = found.and_then(|widow| Some((widow, self.spouse(widow)?)));
        let Some((widow, late)) = pair else { return };
        let Some(on) = self.could_have_died(late) else { return };
        self.end(late, on);
        self.add(Role::SpouseOfLate, widow, Some(late));
    }

    fn child_of_late_parent(&mut self) {
        let found = self.first(|child| {
            let parent = self.life(child).mother.filter(|mother| self.is_free(*mother, 38..=60));
            self.is_free(child, 20..=45)
                && parent.is_some_and(|mother| self.could_have_died(mother).is_some())
        });
        let pair = found.and_then(|child| Some((child, self.life(child).mother?)));
        let Some((child, late)) = pair else { return };
        let Some(on) = self.could_have_died(late) else { return };
        self.end(late, on);
        self.add(Role::ChildOfLateParent, child, Some(late));
    }

    /// Born where the office of Erbil keeps the book, with a brother or sister
    /// who could be a registrar there.
    fn officers_relative(&mut self) {
        let sibling = |applicant: usize| {
            let mother = self.life(applicant).mother?;
            self.first(|index| {
                index != applicant && self.is_free(index, 26..=55) && self.life(index).mother == Some(mother)
            })
        };
        let found = self.first(|applicant| {
            self.is_free(applicant, 20..=55)
                && self.office_of(applicant) == "EB"
                && sibling(applicant).is_some()
        });
        let pair = found.and_then(|applicant| Some((applicant, sibling(applicant)?)));
        let Some((applicant, registrar)) = pair else { return };
        self.add(Role::OfficersRelative, applicant, None);
        self.set_right(registrar);
        self.used.insert(registrar);
        // The entry needs an officer, so that the refusal of one's own family shows.
        self.traits[applicant].verified = false;
        if let Some(cast) = self.cast.last_mut() {
            cast.registrar = Some(registrar);
        }
    }

    fn office_of(&self, index: usize) -> &'static str {
        let life = self.life(index);
        self.places[area_on(self.places, life.birthplace, &life.born.to_string())].office
    }

    fn parent_of_minor(&mut self) {
        let found = self.first(|child| {
            let mother = self.life(child).mother;
            self.is_free(child, 1..=15) && mother.is_some_and(|mother| self.is_free(mother, 22..=50))
        });
        let pair = found.and_then(|child| Some((self.life(child).mother?, child)));
        if let Some((mother, child)) = pair {
            self.add(Role::ParentOfMinor, mother, Some(child));
        }
    }

    /// Situations of one person only.
    fn alone(&mut self) {
        let ages = |role: Role| match role {
            Role::PartlyKnownBirth => 42..=60,
            _ => 20..=58,
        };
        let roles = [
            Role::PartlyKnownBirth,
            Role::Oneself,
            Role::Unverified,
            Role::Protected,
            Role::Displaced,
            Role::NoLatinSpelling,
            Role::NoNumbers,
        ];
        for role in roles {
            let Some(applicant) = self.first(|index| self.is_free(index, ages(role))) else { continue };
            self.add(role, applicant, None);
            let traits = &mut self.traits[applicant];
            match role {
                Role::Unverified => traits.verified = false,
                Role::Protected => traits.closed_entry = true,
                Role::Displaced => traits.displaced = true,
                Role::NoLatinSpelling => traits.passport = false,
                Role::PartlyKnownBirth => traits.known = Known::Year,
                Role::NoNumbers => {
                    traits.without_numbers();
                    traits.passport = false;
                }
                _ => {}
            }
        }
        self.not_found();
    }

    /// Those who ask for the other papers of civil status. They choose last, so
    /// that the situations of the birth certificate stay with whom they were.
    fn families(&mut self) {
        let parted = self.first(|wife| {
            let husband = self.spouse(wife).filter(|husband| self.is_free(*husband, 22..=60));
            self.life(wife).sex == Sex::Female
                && self.is_free(wife, 22..=58)
                && husband.is_some()
                && self.could_have_parted(wife).is_some()
        });
        if let Some(wife) = parted
            && let (Some(on), Some(husband)) = (self.could_have_parted(wife), self.spouse(wife))
            && let Some(marriage) = self.life(wife).marriage
        {
            self.lives.marriages[marriage].ended = Some((on, End::Divorce));
            self.used.insert(husband);
            self.add(Role::Divorced, wife, None);
        }
        let married = |index: &usize| self.is_free(*index, 25..=60) && self.spouse(*index).is_some();
        let mut families: Vec<usize> = self.order.iter().copied().filter(married).collect();
        families.sort_by_key(|index| Reverse(self.life(*index).children));
        // Looking at a whole family takes long in a large Region: the first that fits ends it.
        if let Some(holder) = families.into_iter().find(|index| !self.is_any_closed(*index)) {
            self.add(Role::LargeFamily, holder, None);
        }
        let married = self.first(|index| self.is_free(index, 22..=60) && self.spouse(index).is_some());
        if let Some(married) = married {
            self.add(Role::Married, married, None);
        }
        let single = |index: usize| self.is_free(index, 18..=58) && self.life(index).marriage.is_none();
        if let Some(single) = self.first(single) {
            self.add(Role::NeverMarried, single, None);
        }
    }

    /// The day on which a court may have divorced someone who had been married
    /// for a while.
    fn could_have_parted(&self, index: usize) -> Option<Date> {
        let wed = self.lives.marriages[self.life(index).marriage?].on;
        self.could_have_died(index).filter(|on| wed.saturating_add(100.days()) <= *on)
    }

    /// Whether the record of anyone close is closed: then no rule gives the
    /// extract of the family.
    fn is_any_closed(&self, holder: usize) -> bool {
        let is_closed = |index: usize| self.traits[index].closed_entry || self.traits[index].closed_person;
        let is_child =
            |index: &usize| [self.life(*index).father, self.life(*index).mother].contains(&Some(holder));
        let life = self.life(holder);
        let close = [life.father, life.mother, self.spouse(holder)].into_iter().flatten();
        close.chain((0..self.lives.people.len()).filter(is_child)).any(is_closed)
    }

    /// An old founder, or else someone who came from elsewhere.
    fn not_found(&mut self) {
        let living = |index: usize| self.life(index).died.is_none() && !self.used.contains(&index);
        let founder = self.first(|index| living(index) && self.life(index).origin == Origin::Founder);
        let newcomer = || self.first(|index| living(index) && self.life(index).origin == Origin::Newcomer);
        if let Some(applicant) = founder.or_else(newcomer) {
            self.add(Role::NotFound, applicant, None);
        }
    }
}
