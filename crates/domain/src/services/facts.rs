//! The fixed facts that conditions and amounts may read besides the answers.
//! They are the same for every service, so a designer learns them once.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Every answer by its question's key. `null` means "asked and left blank".
pub type Answers = BTreeMap<String, serde_json::Value>;

/// How the applicant stands to the holder of the entry, as a register or a
/// signed paper shows it: never as the applicant merely says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The applicant is the holder.
    #[serde(rename = "self")]
    Oneself,
    /// The applicant is the holder's mother or father.
    Parent,
    /// The applicant is the holder's child.
    Child,
    /// The applicant is or was married to the holder.
    Spouse,
    /// A court made the applicant the holder's guardian.
    Guardian,
    /// Nothing shows a relation.
    #[default]
    None,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 6] =
        [Self::Oneself, Self::Parent, Self::Child, Self::Spouse, Self::Guardian, Self::None];

    /// The word conditions, tables and programs use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Oneself => "self",
            Self::Parent => "parent",
            Self::Child => "child",
            Self::Spouse => "spouse",
            Self::Guardian => "guardian",
            Self::None => "none",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.code() == code)
    }
}

/// Where a piece of evidence came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Read from a register of the state.
    Register,
    /// A result signed by the one who made it.
    Signed,
    /// A file the applicant sent.
    Upload,
    /// A paper shown at a counter.
    Paper,
}

impl Source {
    /// Every source, the surest first.
    pub const ALL: [Self; 4] = [Self::Register, Self::Signed, Self::Upload, Self::Paper];

    /// The word conditions, tables and programs use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Signed => "signed",
            Self::Upload => "upload",
            Self::Paper => "paper",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }

    /// Whether a rule may rely on it without an officer's look.
    #[must_use]
    pub fn speaks_for_itself(self) -> bool {
        matches!(self, Self::Register | Self::Signed)
    }
}

/// What is known of the applicant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApplicantFacts {
    /// `none`, `contact`, `substantial` or `high`.
    pub assurance: String,
    /// Whether identity is assured well enough to release a paper.
    pub proven: bool,
    /// Whether the applicant is registered as displaced.
    pub displaced: bool,
    /// Full years, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<i64>,
}

/// What the register says about the entry that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EntryFacts {
    /// Whether exactly one entry fits.
    pub found: bool,
    /// Whether the entry was checked against the book.
    pub verified: bool,
    /// Whether a court or an office closed it to ordinary copies.
    pub protected: bool,
    /// Whether what it records is over: false for a divorce that is not final.
    pub settled: bool,
    /// How many entries may be meant.
    pub candidates: i64,
}

/// What is known of the person the entry is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HolderFacts {
    /// Whether a death is registered.
    pub deceased: bool,
    /// Full years, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<i64>,
    /// How they stand to marriage today: a word of [`crate::civil::unions::Status`],
    /// where the service looks into a register that tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marital_status: Option<String>,
}

/// What is known of the case itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseFacts {
    /// The channel's word: `online`, `kiosk`, `counter`, …
    pub channel: String,
    /// How many copies of this paper were given out before.
    pub earlier_copies: i64,
    /// Whether an officer or companion typed for the applicant.
    pub assisted: bool,
}

/// What the rules of the civil register say of the event that a case declares, by
/// its answers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeclarationFacts {
    /// Whether it is declared after its legal time.
    pub late: bool,
    /// What the law takes for that, in whole dinars.
    pub late_fee: i64,
    /// The law.
    pub basis: String,
}

impl DeclarationFacts {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// One piece of evidence in hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFact {
    /// Which `[[evidence]]` it is.
    pub key: String,
    /// Where it came from.
    pub source: Source,
}

/// Everything a rule may look at. Stored with the decision, so that anyone
/// can see later what the rule saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The applicant.
    pub applicant: ApplicantFacts,
    /// How the applicant stands to the holder.
    pub relation: Relation,
    /// The entry in the register.
    pub entry: EntryFacts,
    /// The person the entry is about.
    pub holder: HolderFacts,
    /// The case.
    pub case: CaseFacts,
    /// What the register's rules say of the declared event.
    #[serde(default, skip_serializing_if = "DeclarationFacts::is_nothing")]
    pub declaration: DeclarationFacts,
    /// The evidence in hand.
    pub evidence: Vec<EvidenceFact>,
    /// The day on which ages are counted.
    pub today: Date,
}

impl Facts {
    /// Nothing known yet: what a form that was just opened has.
    #[must_use]
    pub fn unknown(today: Date) -> Self {
        Self {
            applicant: ApplicantFacts { assurance: "none".to_owned(), ..ApplicantFacts::default() },
            relation: Relation::None,
            entry: EntryFacts::default(),
            holder: HolderFacts::default(),
            case: CaseFacts { channel: "online".to_owned(), ..CaseFacts::default() },
            declaration: DeclarationFacts::default(),
            evidence: Vec::new(),
            today,
        }
    }
}
