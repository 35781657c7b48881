//! A person's family as the register ties it: two generations up and two down, with
//! whoever stands beside them.

use super::guarding::{known_beside, may_see};
use crate::acting::Acting;
use diwan_domain::civil::unions::couples;
use diwan_domain::ids::PersonId;
use diwan_store::civil::{self, EntryRow};
use diwan_store::{Fault, Tx, duplicates};
use jiff::civil::Date;

/// How someone stands to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kin {
    /// A parent's parent.
    Grandparent,
    /// A parent.
    Parent,
    /// A child of one of the parents.
    Sibling,
    /// Married now or before.
    Spouse,
    /// A child.
    Child,
    /// A child's child.
    Grandchild,
}

impl Kin {
    /// Every way, from the oldest generation to the youngest.
    pub const ALL: [Self; 6] =
        [Self::Grandparent, Self::Parent, Self::Sibling, Self::Spouse, Self::Child, Self::Grandchild];

    /// The word shown to programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Grandparent => "grandparent",
            Self::Parent => "parent",
            Self::Sibling => "sibling",
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Grandchild => "grandchild",
        }
    }
}

/// The parents whom the register ties to someone, each as `mother` or `father`: those of
/// the entry of birth, and where it ties no father, the one who acknowledged the child by
/// an entry of its own.
pub(super) async fn ties_to_parents(
    tx: &mut Tx<'_>,
    person: PersonId,
    birth: Option<&EntryRow>,
) -> Result<Vec<(String, PersonId)>, Fault> {
    let mut parents = Vec::new();
    if let Some(birth) = birth {
        let roles = civil::roles_in(tx, birth.event_id).await?.into_iter();
        let tied = roles.filter(|role| matches!(role.role.as_str(), "mother" | "father"));
        parents.extend(tied.map(|role| (role.role, role.person_id)));
    }
    if parents.iter().all(|(role, _)| role != "father") {
        let acknowledged = civil::acknowledged_by(tx, person).await?.into_iter().next();
        parents.extend(acknowledged.map(|father| ("father".to_owned(), father)));
    }
    Ok(parents)
}

/// The parents whom the register ties to someone.
pub(super) async fn parents_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PersonId>, Fault> {
    let birth = civil::birth_entry_of(tx, person).await?;
    let mut parents = Vec::new();
    for (_, parent) in ties_to_parents(tx, person, birth.as_ref()).await? {
        parents.push(duplicates::counts_as(tx, parent).await?);
    }
    Ok(parents)
}

/// The same, as far as an officer may know of it: who stands in a closed entry is told by
/// nothing that hangs on it.
pub(super) async fn parents_for(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
) -> Result<Vec<PersonId>, Fault> {
    let parents = parents_of(tx, person).await?;
    known_beside(tx, acting, person, parents).await
}

/// The children whom the register gives a person, as far as an officer may know of it.
///
/// # Errors
/// When the database fails.
pub async fn children_for(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
) -> Result<Vec<PersonId>, Fault> {
    let children = civil::children_of(tx, person).await?;
    known_beside(tx, acting, person, children).await
}

/// The family of a person on a day, as far as an officer may see it: each once, in
/// the way in which they are nearest.
///
/// # Errors
/// When the database fails.
pub async fn kin(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
    day: Date,
) -> Result<Vec<(Kin, PersonId)>, Fault> {
    let parents = parents_for(tx, acting, person).await?;
    let spouses: Vec<PersonId> =
        couples(&civil::unions_of(tx, person).await?, day).into_iter().map(|couple| couple.spouse).collect();
    let spouses = known_beside(tx, acting, person, spouses).await?;
    let children = children_for(tx, acting, person).await?;
    let mut all: Vec<(Kin, PersonId)> = Vec::new();
    all.extend(parents.iter().map(|id| (Kin::Parent, *id)));
    all.extend(spouses.into_iter().map(|id| (Kin::Spouse, id)));
    all.extend(children.iter().map(|id| (Kin::Child, *id)));
    for parent in &parents {
        all.extend(children_for(tx, acting, *parent).await?.into_iter().map(|id| (Kin::Sibling, id)));
        all.extend(parents_for(tx, acting, *parent).await?.into_iter().map(|id| (Kin::Grandparent, id)));
    }
    for child in &children {
        all.extend(children_for(tx, acting, *child).await?.into_iter().map(|id| (Kin::Grandchild, id)));
    }
    let mut seen: Vec<(Kin, PersonId)> = Vec::new();
    for (kin, other) in all {
        if other != person
            && !seen.iter().any(|(_, known)| *known == other)
            && may_see(tx, acting, other).await?
        {
            seen.push((kin, other));
        }
    }
    seen.sort_by_key(|(kin, _)| *kin);
    Ok(seen)
}
