//! Protected records: for whoever was not let in by name they are not there.

use crate::acting::{Acting, acting, second_pair_of_eyes};
use diwan_domain::acts::Desk;
use diwan_domain::ids::{OfficeId, OfficerId, PersonId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::cases::CaseRow;
use diwan_store::civil::{self, EntryRow};
use diwan_store::declarations::{self, GrantRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, officers, people, protection};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Whose records someone sees: asked once, for whatever compares many people.
#[derive(Clone, Debug)]
pub struct Sight {
    /// `None` for whoever sees every record; otherwise the closed ones they were let into.
    let_into: Option<BTreeSet<PersonId>>,
}

impl Sight {
    /// Sees every record: for what compares and shows nobody.
    #[must_use]
    pub fn everything() -> Self {
        Self { let_into: None }
    }

    /// What an officer sees.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(tx: &mut Tx<'_>, acting: &Acting) -> Result<Self, Fault> {
        if acting.may(Permission::ProtectRecords) {
            return Ok(Self::everything());
        }
        Ok(Self { let_into: Some(protection::let_into(tx, acting.officer.id).await?) })
    }

    /// Whether a record is there for them.
    #[must_use]
    pub fn sees(&self, person: PersonId, protected: bool) -> bool {
        !protected || self.let_into.as_ref().is_none_or(|let_into| let_into.contains(&person))
    }
}

/// Whether an officer may see a case: not one about somebody whose record is closed to
/// them. The applicant's own way to their case is not concerned.
///
/// # Errors
/// When the database fails.
pub async fn may_see_case(tx: &mut Tx<'_>, acting: &Acting, case: &CaseRow) -> Result<bool, Fault> {
    if acting.may(Permission::ProtectRecords) {
        return Ok(true);
    }
    Ok(!protection::hides_case(tx, case, acting.officer.id).await?)
}

/// How many declarations of an office stand in each state, as far as an officer may see.
///
/// # Errors
/// When the database fails.
pub async fn counts_for(
    tx: &mut Tx<'_>,
    acting: &Acting,
    office: OfficeId,
) -> Result<Vec<(String, i64)>, Fault> {
    let seen_by = Some(acting.officer.id).filter(|_| !acting.may(Permission::ProtectRecords));
    declarations::counts(tx, office, seen_by).await
}

/// Who is let into a record now, for those who guard it.
///
/// # Errors
/// When the database fails.
pub async fn guards_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<GrantRow>, Fault> {
    declarations::grants(tx, person).await
}

/// Whether an officer may see a person's record.
///
/// # Errors
/// When the database fails.
pub async fn may_see(tx: &mut Tx<'_>, acting: &Acting, person: PersonId) -> Result<bool, Fault> {
    let Some(row) = people::person(tx, person).await? else { return Ok(false) };
    if !row.protected || acting.may(Permission::ProtectRecords) {
        return Ok(true);
    }
    declarations::is_granted(tx, person, acting.officer.id).await
}

/// Whether an officer may see an entry: a protected one only who may see every
/// protected person in it; and nobody sees an affiliation who may not see the ward.
///
/// # Errors
/// When the database fails.
pub async fn may_see_entry(tx: &mut Tx<'_>, acting: &Acting, entry: &EntryRow) -> Result<bool, Fault> {
    let mut is_let_in = !entry.protected || acting.may(Permission::ProtectRecords);
    for role in civil::roles_in(tx, entry.event_id).await? {
        if !may_see(tx, acting, role.person_id).await? {
            return Ok(false);
        }
        is_let_in |= declarations::is_granted(tx, role.person_id, acting.officer.id).await?;
    }
    Ok(is_let_in)
}

/// Those of somebody's close family whom only entries tie to them that are closed to an
/// officer. The person is there and the entry is not: so neither is who stands beside them
/// in it, whichever of the two is looked at.
///
/// # Errors
/// When the database fails.
pub async fn hidden_family(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
) -> Result<BTreeSet<PersonId>, Fault> {
    let mut hidden = BTreeSet::new();
    if acting.may(Permission::ProtectRecords) {
        return Ok(hidden);
    }
    let mut closed = BTreeSet::new();
    for entry in protection::closed_entries_naming(tx, person).await? {
        if !may_see_entry(tx, acting, &entry).await? {
            closed.insert(entry.event_id);
        }
    }
    if closed.is_empty() {
        return Ok(hidden);
    }
    let ties = protection::family_by_event(tx, person).await?;
    let (dark, open): (Vec<_>, Vec<_>) = ties.into_iter().partition(|(event, _)| closed.contains(event));
    hidden.extend(dark.into_iter().map(|(_, other)| other));
    for (_, other) in open {
        hidden.remove(&other);
    }
    Ok(hidden)
}

/// Of some who stand near a person by the register, those whom an officer may know as such.
///
/// # Errors
/// When the database fails.
pub async fn known_beside(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
    mut others: Vec<PersonId>,
) -> Result<Vec<PersonId>, Fault> {
    if !others.is_empty() {
        let hidden = hidden_family(tx, acting, person).await?;
        others.retain(|other| !hidden.contains(other));
    }
    Ok(others)
}

/// Closes a person's record to all but those who are let in by name, or opens it
/// again.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProtectPerson {
    /// Whose.
    pub person: PersonId,
    /// Closed or open.
    pub protected: bool,
    /// On what authority.
    pub reason: String,
}

impl Act for ProtectPerson {
    const NAME: &'static str = "protect-person";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        acting(tx, at, Permission::ProtectRecords).await?;
        if self.reason.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        let mut row = people::person(tx, self.person).await?.ok_or(Why::NotFound)?;
        if row.protected == self.protected {
            return Err(Why::NothingChanges.into());
        }
        row.protected = self.protected;
        tx.edit(&mut row).await?;
        protection::close_work_of(tx, self.person, self.protected).await?;
        // Records that count as this one are found by their own names and numbers.
        for gone in protection::merged_into(tx, self.person).await? {
            let other = people::person(tx, gone).await?;
            if let Some(mut other) = other.filter(|other| other.protected != self.protected) {
                other.protected = self.protected;
                tx.edit(&mut other).await?;
                protection::close_work_of(tx, gone, self.protected).await?;
            }
        }
        let kind = if self.protected { "record-protected" } else { "record-opened" };
        let entry = Entry::new(kind, "person", self.person).of(Some(self.person)).under(self.reason.trim());
        Ok(Recorded::new((), entry))
    }
}

/// Lets an officer into a protected record, by name.
#[derive(Debug, Serialize, Deserialize)]
pub struct GrantAccess {
    /// Into whose.
    pub person: PersonId,
    /// Whom.
    pub officer: OfficerId,
    /// Why.
    pub reason: String,
}

impl Act for GrantAccess {
    const NAME: &'static str = "grant-access";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let acting = acting(tx, at, Permission::ProtectRecords).await?;
        if self.reason.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        second_pair_of_eyes(tx, &acting.officer, [self.officer]).await?;
        people::person(tx, self.person).await?.ok_or(Why::NotFound)?;
        officers::officer(tx, self.officer).await?.ok_or(Why::NotFound)?;
        if declarations::is_granted(tx, self.person, self.officer).await? {
            return Err(Why::NothingChanges.into());
        }
        let row = GrantRow {
            id: at.fresh("grant"),
            person_id: self.person,
            officer_id: self.officer,
            reason: self.reason.trim().to_owned(),
            granted_by: acting.officer.id,
            recorded_at: at.now,
            ended_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("access-granted", "person", self.person)
            .of(Some(self.person))
            .under(self.reason.trim())
            .with("officer", self.officer.to_string());
        Ok(Recorded::new(row.id, entry))
    }
}

/// Ends what a grant allows.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndGrant {
    /// Into whose record.
    pub person: PersonId,
    /// The grant.
    pub grant: RowId,
}

impl Act for EndGrant {
    const NAME: &'static str = "end-grant";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        acting(tx, at, Permission::ProtectRecords).await?;
        let grants = declarations::grants(tx, self.person).await?;
        let mut row = grants.into_iter().find(|row| row.id == self.grant).ok_or(Why::NotFound)?;
        row.ended_at = Some(at.now);
        tx.edit(&mut row).await?;
        let entry = Entry::new("access-ended", "person", self.person)
            .of(Some(self.person))
            .with("officer", row.officer_id.to_string());
        Ok(Recorded::new((), entry))
    }
}

/// Lists the people whose records are closed, for a keeper with a reason.
#[derive(Debug, Serialize, Deserialize)]
pub struct ListProtected {
    /// Why.
    pub purpose: String,
}

/// How many protected people one list shows, those closed to the register last first.
const LISTED: i64 = 200;

impl Act for ListProtected {
    const NAME: &'static str = "list-protected";
    type Out = Vec<PersonId>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Vec<PersonId>>, Stop> {
        let acting = acting(tx, at, Permission::ProtectRecords).await?;
        let purpose = self.purpose.trim();
        if purpose.is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        let found = protection::protected(tx, LISTED).await?;
        let first = Entry::new("people-searched", "officer", acting.officer.id)
            .under(purpose)
            .with("found", found.len());
        let seen: Vec<Entry> = found
            .iter()
            .map(|person| Entry::new("record-listed", "person", person).of(Some(*person)).under(purpose))
            .collect();
        Ok(Recorded::new(found, first).and_all(seen))
    }
}
