//! The kinds of events that a civil register records, and who is what in them.

use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// A kind of event.
    EventKind {
        /// A live birth.
        Birth = "birth",
        /// A child born dead: it is counted, and becomes nobody's record.
        Stillbirth = "stillbirth",
        /// A death.
        Death = "death",
        /// A marriage by contract of a personal-status court.
        Marriage = "marriage",
        /// A divorce by judgment of a court.
        Divorce = "divorce",
        /// A husband's taking back within the waiting period (رجعة), by judgment.
        Reconciliation = "reconciliation",
        /// A marriage found void by a court: as if it had never been.
        Annulment = "annulment",
        /// A juvenile court gives a child to a couple (ضم); not an adoption.
        Affiliation = "affiliation",
        /// A court names a guardian.
        Guardianship = "guardianship",
        /// A father acknowledges a child, before a court or a registrar.
        Acknowledgement = "acknowledgement",
        /// A change of name by judgment.
        NameChange = "name-change",
    }
}

words! {
    /// What someone is in an event.
    PartyRole {
        /// Who was born, is affiliated or acknowledged.
        Child = "child",
        /// The mother.
        Mother = "mother",
        /// The father.
        Father = "father",
        /// Who died.
        Deceased = "deceased",
        /// The husband.
        Husband = "husband",
        /// The wife.
        Wife = "wife",
        /// Who answers for someone by a court's order.
        Guardian = "guardian",
        /// For whom a guardian answers.
        Ward = "ward",
        /// Whose name changed.
        Subject = "subject",
    }
}

/// Someone whom an event ties to the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    /// As what.
    pub role: PartyRole,
    /// Whether the event makes this person new to the register.
    pub is_born: bool,
    /// `female` or `male` where the role says so.
    pub sex: Option<&'static str>,
    /// Whether the event can be registered without them: an unknown father.
    pub may_be_absent: bool,
}

const fn party(role: PartyRole) -> Party {
    Party { role, is_born: false, sex: None, may_be_absent: false }
}

const MOTHER: Party = Party { sex: Some("female"), may_be_absent: true, ..party(PartyRole::Mother) };
const FATHER: Party = Party { sex: Some("male"), may_be_absent: true, ..party(PartyRole::Father) };
const HUSBAND: Party = Party { sex: Some("male"), ..party(PartyRole::Husband) };
const WIFE: Party = Party { sex: Some("female"), ..party(PartyRole::Wife) };

impl EventKind {
    /// Who is tied to the register by it, the one it is about first.
    #[must_use]
    pub fn parties(self) -> &'static [Party] {
        const BORN: Party = Party { is_born: true, ..party(PartyRole::Child) };
        const CHILD: Party = party(PartyRole::Child);
        const DECEASED: Party = party(PartyRole::Deceased);
        const WARD: Party = party(PartyRole::Ward);
        const GUARDIAN: Party = party(PartyRole::Guardian);
        const SUBJECT: Party = party(PartyRole::Subject);
        const KNOWN_FATHER: Party = Party { may_be_absent: false, ..FATHER };
        match self {
            Self::Birth => &[BORN, MOTHER, FATHER],
            Self::Stillbirth => &[MOTHER, FATHER],
            Self::Death => &[DECEASED],
            Self::Marriage | Self::Divorce | Self::Reconciliation | Self::Annulment => &[HUSBAND, WIFE],
            Self::Affiliation => &[CHILD, MOTHER, FATHER],
            Self::Guardianship => &[WARD, GUARDIAN],
            Self::Acknowledgement => &[CHILD, KNOWN_FATHER],
            Self::NameChange => &[SUBJECT],
        }
    }

    /// Whether entries of this kind are closed to ordinary looks: they would tell
    /// a child's origin.
    #[must_use]
    pub fn is_protected(self) -> bool {
        self == Self::Affiliation
    }

    /// The letters with which the numbers of its entries begin, after the office's.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Birth => 'B',
            Self::Stillbirth => 'S',
            Self::Death => 'D',
            Self::Marriage => 'M',
            Self::Divorce => 'T',
            Self::Reconciliation => 'R',
            Self::Annulment => 'A',
            Self::Affiliation => 'Z',
            Self::Guardianship => 'G',
            Self::Acknowledgement => 'K',
            Self::NameChange => 'N',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_kinds_share_a_letter_and_each_is_about_someone() {
        let letters: BTreeSet<char> = EventKind::ALL.iter().map(|kind| kind.letter()).collect();
        assert_eq!(letters.len(), EventKind::ALL.len());
        for kind in EventKind::ALL {
            let roles: BTreeSet<_> = kind.parties().iter().map(|party| party.role).collect();
            assert_eq!(roles.len(), kind.parties().len(), "{}", kind.code());
            assert!(!roles.is_empty());
        }
    }
}
