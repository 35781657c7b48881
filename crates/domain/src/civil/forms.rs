//! The fields of every kind of event: what pages ask, programs send, files map
//! to and the register keeps.
//!
//! Fields follow the United Nations' Principles and Recommendations for a Vital
//! Statistics System (revision 3) and the entries of the Region's books. A name is
//! four ordered parts in the register's own script, beside them a Latin spelling,
//! and as the person writes it where that is another script.

use super::causes::{MANNERS, UNITS};
use super::content::Content;
use super::kinds::EventKind;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Free words, at most so many characters.
    Text(usize),
    /// One part of a name, in the register's own (Arabic) script.
    Name,
    /// One part of a name in Latin letters.
    LatinName,
    /// A whole name in whatever script its bearer writes it.
    OwnName,
    /// A date that has been, perhaps partly known.
    Date,
    /// A date yet to come or past.
    AnyDate,
    /// A time of day, `HH:MM`.
    Time,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A whole number between two.
    Number(i64, i64),
    /// An identity number of a kind.
    Identity(crate::numbers::IdentityKind),
    /// A person of the register, by identifier.
    Person,
    /// An area, by its code (`erb`, `erb-soran`).
    Area,
    /// A country, by its two letters of ISO 3166-1.
    Country,
    /// An entry, by its number.
    Entry,
    /// A code of ICD-10.
    Icd10,
    /// A telephone number.
    Phone,
}

/// When a value must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Never.
    Optional,
    /// From declaring on.
    Declared,
}

/// Another field, and the values of it with which this one is asked.
pub type Only = Option<(&'static str, &'static [&'static str])>;

/// One field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name: `mother.given`.
    pub key: &'static str,
    /// What its value may be.
    pub kind: FieldKind,
    /// When it must be there.
    pub need: Need,
    /// With which answers it is asked at all.
    pub only: Only,
}

impl Field {
    /// The field's name without the role: `given` of `mother.given`.
    #[must_use]
    pub fn short(&self) -> &'static str {
        self.key.split_once('.').map_or(self.key, |(_, short)| short)
    }
}

/// Fields under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's key: a role, or `event`, `place`, `declarant`, `evidence`.
    pub key: &'static str,
    /// The fields, in the order in which they are asked.
    pub fields: &'static [Field],
}

const fn field(key: &'static str, kind: FieldKind) -> Field {
    Field { key, kind, need: Need::Optional, only: None }
}

const fn needed(key: &'static str, kind: FieldKind) -> Field {
    Field { key, kind, need: Need::Declared, only: None }
}

const fn only(field: Field, key: &'static str, values: &'static [&'static str]) -> Field {
    Field { only: Some((key, values)), ..field }
}

use FieldKind as F;

/// Yes and no.
pub const YES_NO: &[&str] = &["yes", "no"];
/// As the register writes sexes.
pub const SEXES: &[&str] = &["female", "male", "unknown"];
/// Levels of the International Standard Classification of Education, in short.
pub const EDUCATION: &[&str] = &["none", "primary", "secondary", "vocational", "higher", "unknown"];
const RELIGIONS: &[&str] =
    &["muslim", "christian", "yazidi", "kakai", "mandaean", "bahai", "zoroastrian", "other", "not-said"];
const MARITAL: &[&str] = &["single", "married", "divorced", "widowed", "unknown"];
/// Who declares or gives notice.
pub const DECLARANTS: &[&str] = &[
    "mother", "father", "spouse", "child", "relative", "doctor", "midwife", "hospital", "mukhtar", "police",
    "military", "court", "mission", "guardian", "finder", "oneself",
];
const BIRTH_PLACES: &[&str] = &["hospital", "home", "other"];
const PLURALITY: &[&str] = &["single", "twin", "triplet", "more"];
const ATTENDANTS: &[&str] = &["doctor", "midwife", "traditional", "other", "none"];
const DEATH_PATHS: &[&str] = &["ordinary", "forensic", "military", "missing"];
const NO: &[&str] = &["no"];
const YES: &[&str] = &["yes"];

/// Everyone an event names: who they are, by name, number and circumstances.
macro_rules! person {
    ($role:literal, $name:expr, [$($more:expr),* $(,)?]) => {
        &[
            $($more,)*
            field(concat!($role, ".person"), F::Person),
            $name(concat!($role, ".given"), F::Name),
            field(concat!($role, ".father"), F::Name),
            field(concat!($role, ".grandfather"), F::Name),
            field(concat!($role, ".family"), F::Name),
            field(concat!($role, ".given-latin"), F::LatinName),
            field(concat!($role, ".father-latin"), F::LatinName),
            field(concat!($role, ".grandfather-latin"), F::LatinName),
            field(concat!($role, ".family-latin"), F::LatinName),
            field(concat!($role, ".own-script"), F::OwnName),
            field(concat!($role, ".born-on"), F::Date),
            field(concat!($role, ".birth-place"), F::Text(120)),
            field(concat!($role, ".upn"), F::Identity(crate::numbers::IdentityKind::Upn)),
            field(concat!($role, ".national-card"), F::Identity(crate::numbers::IdentityKind::NationalCard)),
            field(concat!($role, ".old-civil-id"), F::Identity(crate::numbers::IdentityKind::OldCivilId)),
            field(concat!($role, ".passport"), F::Identity(crate::numbers::IdentityKind::Passport)),
            field(concat!($role, ".unhcr"), F::Identity(crate::numbers::IdentityKind::Unhcr)),
            field(concat!($role, ".nationality"), F::Country),
            field(concat!($role, ".residence-area"), F::Area),
            field(concat!($role, ".residence"), F::Text(160)),
            field(concat!($role, ".occupation"), F::Text(80)),
            field(concat!($role, ".education"), F::Choice(EDUCATION)),
            field(concat!($role, ".religion"), F::Choice(RELIGIONS)),
        ]
    };
}

/// A parent who may be unknown: then nothing more is asked of them.
macro_rules! parent {
    ($role:literal) => {
        person!($role, maybe_parent, [field(concat!($role, ".unknown"), F::Choice(YES_NO))])
    };
}

/// The given name of a parent: needed unless the parent is unknown, which
/// [`super::checks`] decides.
const fn maybe_parent(key: &'static str, kind: FieldKind) -> Field {
    field(key, kind)
}

const PLACE: Section = Section {
    key: "place",
    fields: &[
        field("place-area", F::Area),
        field("place", F::Text(160)),
        field("abroad", F::Choice(YES_NO)),
        only(needed("country", F::Country), "abroad", YES),
        only(field("mission", F::Text(120)), "abroad", YES),
    ],
};

const BOOK: Section = Section {
    key: "book",
    fields: &[
        field("directorate", F::Text(80)),
        field("record-no", F::Text(20)),
        field("page-no", F::Text(20)),
    ],
};

const DECLARANT: Section = Section {
    key: "declarant",
    fields: &[
        needed("declarant.as", F::Choice(DECLARANTS)),
        field("declarant.name", F::Text(120)),
        field("declarant.number", F::Text(30)),
        field("declarant.phone", F::Phone),
    ],
};

/// What the law asks where the ordinary way does not lead: a court's order, why
/// it is late.
const EVIDENCE: Section = Section {
    key: "evidence",
    fields: &[
        field("court", F::Text(120)),
        field("judgment", F::Text(40)),
        field("judgment-date", F::Date),
        field("judgment-final-on", F::Date),
        field("late-reason", F::Text(300)),
        field("remarks", F::Text(300)),
    ],
};

const JUDGMENT: Section = Section {
    key: "evidence",
    fields: &[
        needed("court", F::Text(120)),
        needed("judgment", F::Text(40)),
        needed("judgment-date", F::Date),
        field("judgment-final-on", F::Date),
        field("late-reason", F::Text(300)),
        field("remarks", F::Text(300)),
    ],
};

const CHILD_NAMES: Section = Section {
    key: "child",
    fields: &[
        needed("child.given", F::Name),
        field("child.father", F::Name),
        field("child.grandfather", F::Name),
        field("child.family", F::Name),
        field("child.given-latin", F::LatinName),
        field("child.father-latin", F::LatinName),
        field("child.grandfather-latin", F::LatinName),
        field("child.family-latin", F::LatinName),
        field("child.own-script", F::OwnName),
        needed("child.sex", F::Choice(SEXES)),
        field("child.upn", F::Identity(crate::numbers::IdentityKind::Upn)),
        field("child.nationality", F::Country),
        field("child.religion", F::Choice(RELIGIONS)),
    ],
};

const DELIVERY: &[Field] = &[
    needed("happened-on", F::Date),
    field("happened-at", F::Time),
    field("estimated", F::Choice(YES_NO)),
    needed("place-kind", F::Choice(BIRTH_PLACES)),
    only(field("facility", F::Text(120)), "place-kind", &["hospital", "other"]),
    field("plurality", F::Choice(PLURALITY)),
    only(field("birth-order", F::Number(1, 9)), "plurality", &["twin", "triplet", "more"]),
    only(field("set", F::Text(40)), "plurality", &["twin", "triplet", "more"]),
    field("weight-grams", F::Number(200, 8_000)),
    field("gestation-weeks", F::Number(16, 46)),
    field("attendant", F::Choice(ATTENDANTS)),
    field("attendant-name", F::Text(120)),
    field("attendant-licence", F::Text(40)),
    field("children-born-alive", F::Number(0, 30)),
    field("children-living", F::Number(0, 30)),
];

const PARENTS: Section = Section {
    key: "parents",
    fields: &[
        field("parents-married", F::Choice(YES_NO)),
        only(field("marriage-entry", F::Entry), "parents-married", YES),
        only(field("married-on", F::Date), "parents-married", YES),
        only(field("acknowledged", F::Choice(YES_NO)), "parents-married", NO),
        only(field("acknowledged-before", F::Text(120)), "acknowledged", YES),
    ],
};

const FOUND: Section = Section {
    key: "found",
    fields: &[
        only(needed("found-on", F::Date), "mother.unknown", YES),
        only(needed("found-place", F::Text(160)), "mother.unknown", YES),
        only(needed("police-report", F::Text(60)), "mother.unknown", YES),
        only(field("care-home", F::Text(120)), "mother.unknown", YES),
    ],
};

const MOTHER: Section = Section { key: "mother", fields: parent!("mother") };
const FATHER: Section = Section { key: "father", fields: parent!("father") };

const BIRTH: &[Section] = &[
    CHILD_NAMES,
    Section { key: "event", fields: DELIVERY },
    PLACE,
    MOTHER,
    FATHER,
    PARENTS,
    FOUND,
    DECLARANT,
    BOOK,
    EVIDENCE,
];

const STILLBIRTH: &[Section] = &[
    Section {
        key: "child",
        fields: &[
            needed("child.sex", F::Choice(SEXES)),
            field("child.given", F::Name),
            needed("died-when", F::Choice(&["before-labour", "during-labour", "unknown"])),
            field("cause.text", F::Text(200)),
            field("cause.code", F::Icd10),
        ],
    },
    Section { key: "event", fields: DELIVERY },
    PLACE,
    MOTHER,
    FATHER,
    PARENTS,
    DECLARANT,
    BOOK,
    EVIDENCE,
];

/// Lines a to d of part 1, each with a code and the time since its onset.
macro_rules! line {
    ($line:literal, $need:expr) => {
        [
            $need(concat!("cause.", $line), F::Text(200)),
            field(concat!("cause.", $line, "-code"), F::Icd10),
            field(concat!("cause.", $line, "-time"), F::Number(0, 999)),
            field(concat!("cause.", $line, "-unit"), F::Choice(UNITS)),
        ]
    };
}

const CERTIFIED: &[&str] = &["ordinary", "forensic"];
const A: [Field; 4] = line!("a", needed);
const B: [Field; 4] = line!("b", field);
const C: [Field; 4] = line!("c", field);
const D: [Field; 4] = line!("d", field);

const fn certified(field: Field) -> Field {
    only(field, "path", CERTIFIED)
}

const CAUSES: Section = Section {
    key: "cause",
    fields: &[
        certified(A[0]),
        certified(A[1]),
        certified(A[2]),
        certified(A[3]),
        certified(B[0]),
        certified(B[1]),
        certified(B[2]),
        certified(B[3]),
        certified(C[0]),
        certified(C[1]),
        certified(C[2]),
        certified(C[3]),
        certified(D[0]),
        certified(D[1]),
        certified(D[2]),
        certified(D[3]),
        certified(field("cause.contributing", F::Text(300))),
        certified(field("cause.contributing-codes", F::Text(60))),
        certified(field("cause.underlying", F::Icd10)),
        certified(needed("manner", F::Choice(MANNERS))),
        certified(field(
            "pregnancy",
            F::Choice(&["no", "pregnant", "within-42-days", "within-a-year", "unknown"]),
        )),
        certified(needed("certifier", F::Text(120))),
        certified(field("certifier-licence", F::Text(40))),
        certified(field("certified-on", F::Date)),
    ],
};

const DEATH: &[Section] = &[
    Section {
        key: "event",
        fields: &[
            needed("path", F::Choice(DEATH_PATHS)),
            needed("happened-on", F::Date),
            field("happened-at", F::Time),
            field("estimated", F::Choice(YES_NO)),
            field("place-kind", F::Choice(&["hospital", "home", "road", "work", "other"])),
            field("facility", F::Text(120)),
            field("burial-place", F::Text(160)),
        ],
    },
    PLACE,
    Section {
        key: "deceased",
        fields: person!(
            "deceased",
            needed,
            [
                needed("deceased.sex", F::Choice(SEXES)),
                field("deceased.marital", F::Choice(MARITAL)),
                field("deceased.age-years", F::Number(0, 130)),
            ]
        ),
    },
    CAUSES,
    Section {
        key: "authority",
        fields: &[
            only(needed("forensic-report", F::Text(60)), "path", &["forensic"]),
            only(needed("unit", F::Text(120)), "path", &["military"]),
            only(needed("unit-letter", F::Text(60)), "path", &["military"]),
            only(field("missing-since", F::Date), "path", &["missing"]),
        ],
    },
    DECLARANT,
    BOOK,
    EVIDENCE,
];

macro_rules! spouse {
    ($role:literal) => {
        person!(
            $role,
            needed,
            [
                field(concat!($role, ".marital"), F::Choice(MARITAL)),
                field(concat!($role, ".earlier-marriages"), F::Number(0, 9)),
            ]
        )
    };
}
const HUSBAND: Section = Section { key: "husband", fields: spouse!("husband") };
const WIFE: Section = Section { key: "wife", fields: spouse!("wife") };

const MARRIAGE: &[Section] = &[
    Section {
        key: "event",
        fields: &[
            needed("happened-on", F::Date),
            needed("contract-court", F::Text(120)),
            needed("contract-number", F::Text(40)),
            field("contract-date", F::Date),
            field("outside-court", F::Choice(YES_NO)),
            field("dower-prompt", F::Text(60)),
            field("dower-deferred", F::Text(60)),
            field("outside-region", F::Choice(YES_NO)),
            field("witness-1", F::Text(120)),
            field("witness-2", F::Text(120)),
        ],
    },
    PLACE,
    HUSBAND,
    WIFE,
    DECLARANT,
    BOOK,
    EVIDENCE,
];

const DIVORCE: &[Section] = &[
    Section {
        key: "event",
        fields: &[
            // The day of the divorce itself; the judgment has a day of its own.
            needed("happened-on", F::Date),
            needed("divorce-kind", F::Choice(&["revocable", "irrevocable", "separation"])),
            field("pronounced-outside-court", F::Choice(YES_NO)),
            // Personal Status Law 188/1959, article 39: registered within the waiting period.
            // A revocable one must say its end, of others the rules know it (article 48).
            field("waiting-until", F::AnyDate),
            // Before consummation there is none (article 47).
            only(field("no-waiting", F::Choice(YES_NO)), "divorce-kind", &["irrevocable", "separation"]),
            field("marriage-entry", F::Entry),
            field("married-on", F::Date),
            field("children-under-age", F::Number(0, 30)),
            field("initiated-by", F::Choice(&["husband", "wife", "both", "court"])),
        ],
    },
    PLACE,
    HUSBAND,
    WIFE,
    DECLARANT,
    BOOK,
    JUDGMENT,
];

const RECONCILIATION: &[Section] = &[
    Section { key: "event", fields: &[needed("happened-on", F::Date), field("divorce-entry", F::Entry)] },
    PLACE,
    HUSBAND,
    WIFE,
    DECLARANT,
    BOOK,
    JUDGMENT,
];

const ANNULMENT: &[Section] = &[
    Section { key: "event", fields: &[needed("happened-on", F::Date), field("marriage-entry", F::Entry)] },
    PLACE,
    HUSBAND,
    WIFE,
    DECLARANT,
    BOOK,
    JUDGMENT,
];

const CHILD: Section =
    Section { key: "child", fields: person!("child", needed, [field("child.sex", F::Choice(SEXES))]) };

const AFFILIATION: &[Section] = &[
    Section { key: "event", fields: &[needed("happened-on", F::Date), field("child-birth-entry", F::Entry)] },
    CHILD,
    MOTHER,
    FATHER,
    DECLARANT,
    BOOK,
    JUDGMENT,
];

const GUARDIANSHIP: &[Section] = &[
    Section {
        key: "event",
        fields: &[
            needed("happened-on", F::Date),
            field("until", F::AnyDate),
            needed("extent", F::Choice(&["person", "property", "both"])),
        ],
    },
    Section { key: "ward", fields: person!("ward", needed, [field("ward.sex", F::Choice(SEXES))]) },
    Section {
        key: "guardian",
        fields: person!("guardian", needed, [field("guardian.sex", F::Choice(SEXES))]),
    },
    DECLARANT,
    BOOK,
    JUDGMENT,
];

const ACKNOWLEDGEMENT: &[Section] = &[
    Section {
        key: "event",
        fields: &[
            needed("happened-on", F::Date),
            needed("acknowledged-before", F::Text(120)),
            field("child-birth-entry", F::Entry),
        ],
    },
    CHILD,
    Section { key: "father", fields: person!("father", needed, []) },
    DECLARANT,
    BOOK,
    EVIDENCE,
];

const NAME_CHANGE: &[Section] = &[
    Section { key: "event", fields: &[needed("happened-on", F::Date)] },
    Section { key: "subject", fields: person!("subject", needed, []) },
    Section {
        key: "new-name",
        fields: &[
            needed("new.given", F::Name),
            field("new.father", F::Name),
            field("new.grandfather", F::Name),
            field("new.family", F::Name),
            field("new.given-latin", F::LatinName),
            field("new.father-latin", F::LatinName),
            field("new.grandfather-latin", F::LatinName),
            field("new.family-latin", F::LatinName),
        ],
    },
    DECLARANT,
    BOOK,
    JUDGMENT,
];

/// The fields of a kind of event, by section.
#[must_use]
pub fn form(kind: EventKind) -> &'static [Section] {
    match kind {
        EventKind::Birth => BIRTH,
        EventKind::Stillbirth => STILLBIRTH,
        EventKind::Death => DEATH,
        EventKind::Marriage => MARRIAGE,
        EventKind::Divorce => DIVORCE,
        EventKind::Reconciliation => RECONCILIATION,
        EventKind::Annulment => ANNULMENT,
        EventKind::Affiliation => AFFILIATION,
        EventKind::Guardianship => GUARDIANSHIP,
        EventKind::Acknowledgement => ACKNOWLEDGEMENT,
        EventKind::NameChange => NAME_CHANGE,
    }
}

/// Every field of a kind of event.
pub fn fields(kind: EventKind) -> impl Iterator<Item = &'static Field> {
    form(kind).iter().flat_map(|section| section.fields)
}

/// One field of a kind of event.
#[must_use]
pub fn find(kind: EventKind, key: &str) -> Option<&'static Field> {
    static BY_KEY: LazyLock<BTreeMap<EventKind, HashMap<&'static str, &'static Field>>> =
        LazyLock::new(|| {
            let keyed = |kind: EventKind| fields(kind).map(|field| (field.key, field)).collect();
            EventKind::ALL.iter().map(|kind| (*kind, keyed(*kind))).collect()
        });
    BY_KEY.get(&kind)?.get(key).copied()
}

/// The identity numbers that a content gives someone, with their kinds.
#[must_use]
pub fn numbers_of(kind: EventKind, content: &Content, role: &str) -> Vec<(&'static str, String)> {
    let own = fields(kind).filter(|field| field.key.split_once('.').is_some_and(|(of, _)| of == role));
    own.filter_map(|field| match field.kind {
        FieldKind::Identity(kind) => Some((kind.code(), content.get(field.key)?.to_owned())),
        _ => None,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_field_stands_twice_and_every_condition_names_one() {
        for kind in EventKind::ALL {
            let keys: Vec<&str> = fields(*kind).map(|field| field.key).collect();
            let once: BTreeSet<&str> = keys.iter().copied().collect();
            assert_eq!(once.len(), keys.len(), "{}", kind.code());
            for field in fields(*kind) {
                if let Some((other, values)) = field.only {
                    let other = find(*kind, other).unwrap_or_else(|| panic!("{}", field.key));
                    let FieldKind::Choice(offered) = other.kind else { panic!("{} is no choice", other.key) };
                    assert!(values.iter().all(|value| offered.contains(value)), "{}", field.key);
                }
            }
        }
    }

    #[test]
    fn everyone_whom_an_event_ties_can_be_named() {
        for kind in EventKind::ALL {
            for party in kind.parties() {
                let given = format!("{}.given", party.role.code());
                assert!(find(*kind, &given).is_some(), "{} {given}", kind.code());
            }
        }
    }

    #[test]
    fn the_birth_form_is_as_long_as_its_peers() {
        assert!(fields(EventKind::Birth).count() >= 93, "{}", fields(EventKind::Birth).count());
    }
}
