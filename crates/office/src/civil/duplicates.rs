//! What in the register, or on its way there, may be the same as what a
//! declaration tells: found when it is declared, checked and registered.

pub use super::alike::{common, described, look};

use super::alike::{Whom, look_for};
use super::declaring::{kind_of, said, stands_at, state_of};
use super::following::{had_no_hand_in, own};
use super::links::{content_of, people_of};
use crate::acting::{Acting, acting, in_office, not_family};
use diwan_domain::acts::Desk;
use diwan_domain::civil::{EventKind, PartyRole};
use diwan_domain::duplicates::{Likeness, is_about};
use diwan_domain::ids::{DeclarationId, OfficerId, PersonId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::declarations::{self, DeclarationRow};
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx, duplicates};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "of", content = "id")]
pub enum Other {
    /// Another declaration of an event, perhaps registered by now.
    Declaration(DeclarationId),
    /// A person of the register.
    Person(PersonId),
}

impl Other {
    /// Reads `declaration` or `person` and an identifier.
    #[must_use]
    pub fn read(of: &str, id: &str) -> Option<Self> {
        match of {
            "declaration" => id.parse().ok().map(Self::Declaration),
            "person" => id.parse().ok().map(Self::Person),
            _ => None,
        }
    }

    /// `declaration` or `person`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Declaration(_) => "declaration",
            Self::Person(_) => "person",
        }
    }

    /// The identifier as text.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Declaration(id) => id.to_string(),
            Self::Person(id) => id.to_string(),
        }
    }
}

/// That an officer looked and found two things to be two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// Who.
    pub officer: OfficerId,
    /// Why, in words.
    pub reason: String,
}

/// Something that may be the same as what a declaration tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// What.
    #[serde(flatten)]
    pub other: Other,
    /// As whom in the declaration; of a declaration nobody in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<PartyRole>,
    /// How alike, and why.
    pub likeness: Likeness,
    /// An officer's word that they are two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart: Option<Apart>,
}

impl Alike {
    /// Whether an officer must decide before the declaration goes on: whom the
    /// event is about is likely in the register, or the event itself is.
    #[must_use]
    pub fn must_be_decided(&self, kind: EventKind) -> bool {
        let weighs = self.role.is_none_or(|role| is_about(kind).contains(&role));
        weighs && self.likeness.is_likely() && self.apart.is_none()
    }
}

/// What was found alike when a declaration was last looked at.
#[must_use]
pub fn alike_of(row: &DeclarationRow) -> Vec<Alike> {
    last_look(row).found
}

/// A look for what may be the same.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Look {
    /// When, in microseconds since 1970; 0 when nobody noted it.
    pub at: i64,
    /// What was found.
    pub found: Vec<Alike>,
}

/// The last look at what may be the same as a declaration.
pub(super) fn last_look(row: &DeclarationRow) -> Look {
    let stored = &row.alike.0;
    let read = if stored.is_array() {
        Vec::deserialize(stored).map(|found| Look { at: 0, found })
    } else {
        Look::deserialize(stored)
    };
    read.unwrap_or_default()
}

/// Keeps in a declaration what a look found.
fn keep_look(row: &mut DeclarationRow, at: &Desk, found: Vec<Alike>) {
    row.alike = Json(json!(Look { at: at.now, found }));
}

/// Looks again, and keeps what was found in the declaration; the caller stores it.
/// Where it is to be `decided` only that is looked for.
///
/// # Errors
/// [`Why::PossibleDuplicate`] where an officer must decide first and `decided` asks
/// for it; or the database fails.
pub(super) async fn look_again(
    tx: &mut Tx<'_>,
    at: &Desk,
    acting: &Acting,
    row: &mut DeclarationRow,
    decided: bool,
) -> Result<bool, Stop> {
    let (kind, content) = (kind_of(row)?, content_of(row)?);
    let whom = if decided { Whom::Decisive } else { Whom::Everyone };
    let found = look_for(tx, acting, row, (kind, whom), &content).await?;
    let open = found.iter().find(|alike| alike.must_be_decided(kind));
    let is_open = open.is_some();
    if let Some(open) = open.filter(|_| decided) {
        return Err(Refusal::from(Why::PossibleDuplicate)
            .about("of", open.other.code())
            .about("id", open.other.id())
            .into());
    }
    keep_look(row, at, found);
    Ok(is_open)
}

/// Says that something found alike is another person or event all the same: twins,
/// cousins, namesakes.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeepApart {
    /// The declaration.
    pub declaration: DeclarationId,
    /// The version that was seen.
    pub seen: i64,
    /// From what.
    pub other: Other,
    /// What tells them apart, in words.
    pub reason: String,
}

impl Act for KeepApart {
    const NAME: &'static str = "keep-declaration-apart";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let acting = acting(tx, at, Permission::RegisterEvents).await?;
        let mut row = own(tx, &acting, self.declaration).await?;
        stands_at(&row, self.seen)?;
        had_no_hand_in(tx, &acting, &row).await?;
        not_family(tx, &acting.officer, people_of(&row)?).await?;
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        if !state_of(&row)?.is_open() {
            return Err(super::declaring::wrong_state(&row).into());
        }
        let (kind, content) = (kind_of(&row)?, content_of(&row)?);
        let mut found = look(tx, &acting, &row, kind, &content).await?;
        let alike = found.iter_mut().find(|alike| alike.other == self.other).ok_or(Why::NotFound)?;
        alike.apart = Some(Apart { officer: acting.officer.id, reason: reason.to_owned() });
        let points = alike.likeness.points;
        keep_look(&mut row, at, found);
        row.moved_at = at.now;
        tx.edit(&mut row).await?;
        declarations::note_work(tx, &row).await?;
        let entry = said("declaration-kept-apart", &row)
            .of(super::links::first_person(&row)?)
            .under(reason)
            .with("from", json!(self.other))
            .with("points", points);
        Ok(Recorded::new(row.version, entry))
    }
}

/// Opens what was found alike, to look at both side by side.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenComparison {
    /// The declaration.
    pub declaration: DeclarationId,
    /// What it is compared with.
    pub other: Other,
}

impl Act for OpenComparison {
    const NAME: &'static str = "open-comparison";
    type Out = Alike;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Alike>, Stop> {
        let acting = in_office(tx, at).await?;
        if !acting.may(Permission::DeclareEvents) && !acting.may(Permission::RegisterEvents) {
            return Err(super::declaring::not_permitted(Permission::RegisterEvents).into());
        }
        let row = own(tx, &acting, self.declaration).await?;
        not_family(tx, &acting.officer, people_of(&row)?).await?;
        // Only what was found alike is shown: this is no way into other offices' work.
        let (kind, content) = (kind_of(&row)?, content_of(&row)?);
        let found = look(tx, &acting, &row, kind, &content).await?;
        let alike = found.into_iter().find(|alike| alike.other == self.other).ok_or(Why::NotFound)?;
        let whose = match self.other {
            Other::Person(person) => Some(person),
            Other::Declaration(id) => {
                let other = declarations::declaration(tx, id).await?.ok_or(Why::NotFound)?;
                super::links::first_person(&other)?
            }
        };
        let entry = said("declaration-compared", &row).of(whose).with("with", json!(self.other));
        Ok(Recorded::new(alike, entry))
    }
}

/// What an officer said of a declaration's people stands for those whom it makes
/// known: the next sweep does not ask again.
pub(super) async fn carry_over(
    tx: &mut Tx<'_>,
    at: &Desk,
    row: &DeclarationRow,
    settled: &[(PartyRole, PersonId)],
) -> Result<(), Stop> {
    for alike in alike_of(row) {
        let (Some(apart), Some(role), Other::Person(other)) = (alike.apart, alike.role, alike.other) else {
            continue;
        };
        let Some((_, person)) = settled.iter().find(|(known, _)| *known == role) else { continue };
        if *person == other || duplicates::are_apart(tx, *person, other).await? {
            continue;
        }
        let kept = duplicates::KeptApartRow {
            id: at.fresh(&format!("apart/{other}")),
            one_id: (*person).min(other),
            other_id: (*person).max(other),
            reason: apart.reason,
            officer_id: apart.officer,
            recorded_at: at.now,
        };
        tx.add(&kept).await?;
    }
    Ok(())
}
