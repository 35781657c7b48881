//! Two declarations of events of one kind.

use super::people::{Common, Comparing, Described};
use super::{How, Likeness, POSSIBLE, Reason, What};
use crate::civil::{Content, EventKind, PartyRole};
use crate::dates::PartialDate;
use crate::ids::AreaId;
use crate::names::search::pair_number;
use crate::names::skeleton;
use std::collections::BTreeMap;

/// Whom an event of a kind is about: who they are tells it from others.
#[must_use]
pub fn is_about(kind: EventKind) -> &'static [PartyRole] {
    match kind {
        EventKind::Birth | EventKind::Affiliation | EventKind::Acknowledgement => &[PartyRole::Child],
        EventKind::Stillbirth => &[PartyRole::Mother],
        EventKind::Death => &[PartyRole::Deceased],
        EventKind::Marriage | EventKind::Divorce | EventKind::Reconciliation | EventKind::Annulment => {
            &[PartyRole::Husband, PartyRole::Wife]
        }
        EventKind::Guardianship => &[PartyRole::Ward],
        EventKind::NameChange => &[PartyRole::Subject],
    }
}

/// What a declaration tells of an event, as far as it tells it from others.
#[derive(Clone, Debug)]
pub struct Told {
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub on: Option<PartialDate>,
    /// Whom it is about, in the order of [`is_about`].
    pub people: Vec<Option<Described>>,
}

impl Told {
    /// Reads a declaration that happened in an area.
    #[must_use]
    pub fn of(kind: EventKind, content: &Content, area: Option<AreaId>) -> Self {
        let people = is_about(kind).iter().map(|role| Described::of(kind, content, *role, area)).collect();
        Self { kind, on: content.date("happened-on"), people }
    }
}

/// Whether [`Told::of`] looks at a field of a declaration.
#[must_use]
pub fn tells(kind: EventKind, field: &str) -> bool {
    let role = field.split_once('.').map(|(role, _)| role);
    match role {
        None => matches!(field, "happened-on" | "birth-order"),
        Some(role) => {
            let is_mother =
                role == PartyRole::Mother.code() && kind.parties().iter().any(|party| party.is_born);
            is_mother || is_about(kind).iter().any(|about| about.code() == role)
        }
    }
}

/// How two declarations of one kind compare: whom they are about, and when it
/// happened. People marry each other again, but not on the same day.
#[must_use]
pub fn compare_events(own: &Told, other: &Told, common: &Common) -> Likeness {
    ComparingEvents::new(own, common).with(other)
}

/// A declaration, made ready once to be compared with many of its kind.
pub struct ComparingEvents<'a> {
    own: &'a Told,
    people: Vec<Option<Comparing<'a>>>,
}

impl<'a> ComparingEvents<'a> {
    /// Makes a declaration ready.
    #[must_use]
    pub fn new(own: &'a Told, common: &Common) -> Self {
        let ready = |one: &'a Option<Described>| one.as_ref().map(|one| Comparing::new(one, common));
        Self { own, people: own.people.iter().map(ready).collect() }
    }

    /// How another declaration compares with it: see [`compare_events`].
    pub fn with(&mut self, other: &Told) -> Likeness {
        self.with_at_least(other, i32::MIN).unwrap_or_default()
    }

    /// The same, if it may be worth an officer's look.
    pub fn possible(&mut self, other: &Told) -> Option<Likeness> {
        self.with_at_least(other, POSSIBLE).filter(Likeness::is_possible)
    }

    fn with_at_least(&mut self, other: &Told, least: i32) -> Option<Likeness> {
        // The day of a birth or a death stands among what is known of the person.
        let has_day = !matches!(self.own.kind, EventKind::Birth | EventKind::Death);
        let is_of_one = self.people.len() == 1 && !has_day;
        // Of a couple one may make up for the other.
        let least = if is_of_one { least } else { i32::MIN };
        let mut all = Likeness::default();
        for (one, other) in self.people.iter_mut().zip(&other.people) {
            if let (Some(one), Some(other)) = (one, other) {
                all.append(one.with_at_least(other, least)?);
            }
        }
        let compared = self.people.len().min(other.people.len()).max(1);
        all.points /= i32::try_from(compared).unwrap_or(i32::MAX);
        if has_day {
            let (how, points) = day(self.own.on, other.on);
            all.add(What::Day, how, points);
        }
        all.reasons = merged(&all.reasons);
        Some(all)
    }
}

fn day(one: Option<PartialDate>, other: Option<PartialDate>) -> (How, i32) {
    let (Some(one), Some(other)) = (one, other) else { return (How::Missing, 0) };
    if one == other {
        return (How::Same, 30);
    }
    if one.may_be(other) {
        return (How::Near, 0);
    }
    let apart = one.earliest().since(other.earliest()).map_or(i32::MAX, |span| span.get_days().abs());
    if apart <= 31 { (How::Near, -40) } else { (How::Differs, -200) }
}

/// Of two people compared each thing is said once: what speaks most against.
fn merged(reasons: &[Reason]) -> Vec<Reason> {
    let mut least: BTreeMap<What, Reason> = BTreeMap::new();
    for reason in reasons {
        let known = least.entry(reason.what).or_insert(*reason);
        if reason.points < known.points {
            *known = *reason;
        }
    }
    least.into_values().collect()
}

/// Two numbers under which declarations of one event meet: one of names, one of a
/// name and the day. 0 where what makes the number is not known.
#[must_use]
pub fn blocks(kind: EventKind, content: &Content) -> (i64, i64) {
    let bones = |role: &str, part: &str| {
        let written = content.of(role, part).or_else(|| content.of(role, &format!("{part}-latin")));
        written.map(skeleton).filter(|bones| !bones.is_empty())
    };
    let number = |one: Option<String>, other: Option<String>| match (one, other) {
        (Some(one), Some(other)) => pair_number(&one, &other) ^ i64::from(kind.letter() as u8),
        _ => 0,
    };
    let about = is_about(kind);
    let first = about.first().map_or("", |role| role.code());
    let second = about.get(1).map_or(first, |role| role.code());
    let by_name = match about.len() {
        1 => number(bones(first, "given"), bones(first, "father")),
        _ => number(bones(first, "given"), bones(second, "given")),
    };
    // A newborn may not be named yet, or otherwise: the mother and the day stay.
    let anchor = if kind == EventKind::Birth { "mother" } else { second };
    let day = content.get("happened-on").map(str::to_owned);
    (by_name, number(bones(anchor, "given"), day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(pairs: &[(&str, &str)]) -> Content {
        let mut content = Content::default();
        for (field, value) in pairs {
            content.set(field, *value);
        }
        content
    }

    const WEDDING: [(&str, &str); 9] = [
        ("happened-on", "2026-10-01"),
        ("husband.given", "ئاراس"),
        ("husband.father", "کەمال"),
        ("husband.grandfather", "ڕەشید"),
        ("husband.born-on", "1995-03-04"),
        ("wife.given", "شیلان"),
        ("wife.father", "ئازاد"),
        ("wife.grandfather", "جەمال"),
        ("wife.born-on", "1997-08-09"),
    ];

    fn compared(kind: EventKind, one: &Content, other: &Content) -> Likeness {
        compare_events(&Told::of(kind, one, None), &Told::of(kind, other, None), &Common::default())
    }

    #[test]
    fn one_wedding_declared_twice_is_likely_and_a_second_wedding_is_not() {
        let one = content(&WEDDING);
        assert!(compared(EventKind::Marriage, &one, &one).is_likely());
        let mut again = one.clone();
        again.set("happened-on", "2029-05-05");
        assert!(!compared(EventKind::Marriage, &one, &again).is_possible());
        let mut other_wife = one.clone();
        other_wife.set("wife.given", "نەسرین");
        other_wife.set("wife.father", "حەسەن");
        assert!(!compared(EventKind::Marriage, &one, &other_wife).is_likely());
    }

    #[test]
    fn what_is_told_is_read_from_the_fields_that_tell() {
        for kind in EventKind::ALL {
            let whole: Content = crate::civil::forms::fields(*kind)
                .map(|field| (field.key, if field.key.ends_with("-on") { "2020-01-02" } else { "شیلان" }))
                .collect();
            let text = serde_json::to_string(&whole).unwrap();
            let some = Content::read_some(&text, |field| tells(*kind, field)).unwrap();
            let told = |content| format!("{:?}", Told::of(*kind, content, None));
            assert_eq!(told(&some), told(&whole), "{}", kind.code());
            assert!(some.0.len() < whole.0.len());
        }
    }

    #[test]
    fn whoever_cannot_be_worth_a_look_is_left_early_and_nobody_else() {
        let own = content(&[
            ("child.given", "ڕێبین"),
            ("child.father", "ئازاد"),
            ("child.sex", "male"),
            ("mother.given", "شیلان"),
            ("happened-on", "2026-11-01"),
        ]);
        let own = Told::of(EventKind::Birth, &own, None);
        let common = Common::default();
        let mut comparing = ComparingEvents::new(&own, &common);
        let mut possible = 0;
        for given in ["ڕێبین", "Rebin", "لانە", "ڕێبوار"] {
            for (sex, mother) in [("male", "شیلان"), ("male", "نەسرین"), ("female", "Shilan")] {
                for day in ["2026-11-01", "2026-11-02", "2025-01-01", "2019-05-06"] {
                    let other = content(&[
                        ("child.given", given),
                        ("child.father", "ئازاد"),
                        ("child.sex", sex),
                        ("mother.given", mother),
                        ("happened-on", day),
                    ]);
                    let other = Told::of(EventKind::Birth, &other, None);
                    let whole = compare_events(&own, &other, &common);
                    let early = comparing.possible(&other);
                    assert_eq!(early.is_some(), whole.is_possible(), "{given} {sex} {mother} {day}");
                    possible += usize::from(early.is_some());
                    assert!(early.is_none_or(|early| early == whole));
                }
            }
        }
        assert!((2..40).contains(&possible), "{possible}");
    }

    #[test]
    fn declarations_of_one_event_meet_under_a_number_across_scripts() {
        let arabic = content(&[
            ("child.given", "ڕێبین"),
            ("child.father", "ئازاد"),
            ("mother.given", "شیلان"),
            ("happened-on", "2026-11-01"),
        ]);
        let latin = content(&[
            ("child.given-latin", "Rebin"),
            ("child.father-latin", "Azad"),
            ("mother.given-latin", "Shilan"),
            ("happened-on", "2026-11-01"),
        ]);
        assert_eq!(blocks(EventKind::Birth, &arabic), blocks(EventKind::Birth, &latin));
        let unnamed = content(&[("mother.given", "شیلان"), ("happened-on", "2026-11-01")]);
        assert_eq!(blocks(EventKind::Birth, &unnamed), (0, blocks(EventKind::Birth, &arabic).1));
        assert_ne!(blocks(EventKind::Birth, &arabic).0, blocks(EventKind::Affiliation, &arabic).0);
    }
}
