//! Two declarations of events of one kind.

use super::people::{Common, Comparing, Described};
use super::{How, Likeness, Reason, What};
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

/// How two declarations of one kind compare: whom they are about, and when it
/// happened. People marry each other again, but not on the same day.
#[must_use]
pub fn compare_events(own: &Told, other: &Told, common: &Common) -> Likeness {
    let mut all = Likeness::default();
    let mut compared = 0;
    for (one, other) in own.people.iter().zip(&other.people) {
        compared += 1;
        let (Some(one), Some(other)) = (one, other) else { continue };
        let found = Comparing::new(one, common).with(other);
        all.points += found.points;
        all.reasons.extend(found.reasons);
    }
    all.points /= compared.max(1);
    // The day of a birth or a death stands among what is known of the person.
    if !matches!(own.kind, EventKind::Birth | EventKind::Death) {
        let (how, points) = day(own.on, other.on);
        all.add(What::Day, how, points);
    }
    all.reasons = merged(&all.reasons);
    all
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
