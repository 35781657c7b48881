//! Vital events as the specification names them, and as senders do.

use crate::civil::EventKind;
use serde::{Deserialize, Serialize};

/// The last part of a name such as `spdci-common:RegistryEventType:LiveBirth`, in
/// small letters without anything between them.
pub(super) fn short(name: &str) -> String {
    let last = name.rsplit([':', '/', '#']).next().unwrap_or(name);
    last.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Whether a register type, as senders write it, means a civil register. Whoever
/// names none means this one.
#[must_use]
pub fn is_civil(name: &str) -> bool {
    let short = short(name);
    short.is_empty() || short.contains("civil") || short.contains("crvs") || short.contains("vital")
}

/// Whether a record type means persons.
#[must_use]
pub fn about_persons(name: &str) -> bool {
    let short = short(name);
    short.is_empty() || short.contains("person") || short == "member" || short == "registrationrecord"
}

/// What happened to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happening {
    /// It was registered.
    Registered,
    /// Another says now what it said.
    Corrected,
    /// It counts no more.
    Revoked,
    /// It counts again.
    Reinstated,
}

/// What a subscriber wants to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Of entries of this kind; of every kind the subscriber may hear, when left out.
    pub kind: Option<EventKind>,
    /// Only when this happens to them; whatever happens, when left out.
    pub only: Option<Happening>,
}

impl Told {
    /// Whether it is told of this.
    #[must_use]
    pub fn hears(self, kind: EventKind, what: Happening) -> bool {
        self.kind.is_none_or(|wanted| wanted == kind) && self.only.is_none_or(|only| only == what)
    }
}

/// The kind of event that a name means.
#[must_use]
pub fn kind_of(name: &str) -> Option<EventKind> {
    let short = short(name);
    let short = short.strip_suffix("registered").or(short.strip_suffix("registration")).unwrap_or(&short);
    Some(match short {
        "livebirth" | "birth" => EventKind::Birth,
        "fetaldeath" | "foetaldeath" | "stillbirth" => EventKind::Stillbirth,
        "death" => EventKind::Death,
        "marriage" => EventKind::Marriage,
        "divorce" => EventKind::Divorce,
        "annulment" => EventKind::Annulment,
        "reconciliation" => EventKind::Reconciliation,
        "guardianship" => EventKind::Guardianship,
        "acknowledgement" | "legitimation" | "recognition" => EventKind::Acknowledgement,
        "namechange" | "changeofname" => EventKind::NameChange,
        _ => return None,
    })
}

/// What a name of an event means for a subscription: one kind of event and all
/// that happens to its entries, or a happening of every kind (`UPDATE`,
/// `DATA_MODIFICATION`), or both (`DEATH_REVERSAL`).
#[must_use]
pub fn told_of(name: &str) -> Option<Told> {
    if let Some(kind) = kind_of(name) {
        return Some(Told { kind: Some(kind), only: None });
    }
    let short = short(name);
    match short.as_str() {
        "register" | "registered" | "all" => Some(Told { kind: None, only: Some(Happening::Registered) }),
        "update" | "datamodification" | "correction" => {
            Some(Told { kind: None, only: Some(Happening::Corrected) })
        }
        _ => {
            let endings = [
                ("reversal", Happening::Revoked),
                ("revoked", Happening::Revoked),
                ("corrected", Happening::Corrected),
                ("reinstated", Happening::Reinstated),
            ];
            endings.into_iter().find_map(|(ending, what)| {
                let kind = kind_of(short.strip_suffix(ending)?)?;
                Some(Told { kind: Some(kind), only: Some(what) })
            })
        }
    }
}

impl Happening {
    /// The name under which subscribers are told: `spdci-common:RegistryEventType:LiveBirth`,
    /// and `…LiveBirthCorrected` when something happened to the entry later.
    #[must_use]
    pub fn name(self, kind: EventKind) -> String {
        let what = match kind {
            EventKind::Birth => "LiveBirth",
            EventKind::Stillbirth => "FetalDeath",
            EventKind::Death => "Death",
            EventKind::Marriage => "Marriage",
            EventKind::Divorce => "Divorce",
            EventKind::Reconciliation => "Reconciliation",
            EventKind::Annulment => "Annulment",
            EventKind::Affiliation => "Affiliation",
            EventKind::Guardianship => "Guardianship",
            EventKind::Acknowledgement => "Acknowledgement",
            EventKind::NameChange => "NameChange",
        };
        let ending = match self {
            Self::Registered => "",
            Self::Corrected => "Corrected",
            Self::Revoked => "Revoked",
            Self::Reinstated => "Reinstated",
        };
        format!("spdci-common:RegistryEventType:{what}{ending}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_known_by_many_names() {
        for (name, kind) in [
            ("spdci-common:RegistryEventType:LiveBirth", EventKind::Birth),
            ("birth", EventKind::Birth),
            ("live_birth", EventKind::Birth),
            ("BIRTH_REGISTERED", EventKind::Birth),
            ("fetal_death", EventKind::Stillbirth),
            ("https://schema.spdci.org/extensions/crvs/v1/code/Death", EventKind::Death),
            ("Divorce", EventKind::Divorce),
        ] {
            assert_eq!(kind_of(name), Some(kind), "{name}");
        }
        // No adoption: an affiliation is closed to outsiders.
        for name in ["adoption", "", "birthday", "REGISTER"] {
            assert_eq!(kind_of(name), None, "{name}");
        }
    }

    #[test]
    fn a_subscription_hears_all_that_happens_to_its_kind() {
        let death = told_of("ns:org:EventType:Death").unwrap();
        assert!(death.hears(EventKind::Death, Happening::Registered));
        assert!(death.hears(EventKind::Death, Happening::Revoked), "who was called dead by mistake lives");
        assert!(!death.hears(EventKind::Birth, Happening::Registered));
        let reversal = told_of("DEATH_REVERSAL").unwrap();
        assert!(reversal.hears(EventKind::Death, Happening::Revoked));
        assert!(!reversal.hears(EventKind::Death, Happening::Registered));
        let update = told_of("UPDATE").unwrap();
        assert!(update.hears(EventKind::Marriage, Happening::Corrected));
        assert_eq!(told_of("eclipse"), None);
    }

    #[test]
    fn what_is_told_can_be_subscribed_to_by_its_name() {
        let all = [Happening::Registered, Happening::Corrected, Happening::Revoked, Happening::Reinstated];
        for kind in EventKind::ALL.iter().filter(|kind| !kind.is_protected()) {
            for what in all {
                let told = told_of(&what.name(*kind)).unwrap_or_else(|| panic!("{}", what.name(*kind)));
                assert!(told.hears(*kind, what));
            }
        }
    }

    #[test]
    fn registers_and_records_are_known_by_many_names() {
        for name in ["", "ns:org:RegistryType:Civil", "CRVS", "civil-registry"] {
            assert!(is_civil(name), "{name}");
        }
        assert!(!is_civil("ns:org:RegistryType:Farmer"));
        for name in ["", "spdci-extensions-dci:Person", "CRVSPerson", "PERSON"] {
            assert!(about_persons(name), "{name}");
        }
        assert!(!about_persons("Group"));
    }
}
