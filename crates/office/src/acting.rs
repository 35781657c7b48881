//! Whether an officer may do what they are about to: role, service, leave,
//! and never their own or their close family's case. Looked up inside the
//! act's own transaction, so that an officer whose service just ended is out.

use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{OfficerId, PersonId};
use diwan_domain::people::{Permission, Role};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::officers::{self, OfficerRow};
use diwan_store::{Fault, Stop, Tx, civil, duplicates};

/// An officer and what they may do now.
#[derive(Clone, Debug)]
pub struct Acting {
    /// The officer.
    pub officer: OfficerRow,
    /// Their roles.
    pub roles: Vec<Role>,
    /// To what the program that acts for them is limited; `None` for no limit.
    pub narrowed: Option<Vec<Permission>>,
}

impl Acting {
    /// Whether any role allows it, and the program that acts for them, if any.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.holds(permission) && self.narrowed.as_ref().is_none_or(|narrowed| narrowed.contains(&permission))
    }

    /// Whether any role allows it, whoever acts for them.
    #[must_use]
    pub fn holds(&self, permission: Permission) -> bool {
        self.roles.iter().any(|role| role.permissions().contains(&permission))
    }

    /// Refuses whoever may not.
    ///
    /// # Errors
    /// [`Why::NotPermitted`].
    pub fn needs(self, permission: Permission) -> Result<Self, Stop> {
        if self.may(permission) {
            return Ok(self);
        }
        Err(Refusal::from(Why::NotPermitted).about("permission", permission.code()).into())
    }

    /// Everything they may do now.
    #[must_use]
    pub fn permissions(&self) -> Vec<Permission> {
        Permission::ALL.iter().copied().filter(|permission| self.may(*permission)).collect()
    }
}

/// The officer at this desk, if they may.
///
/// # Errors
/// [`Why::SignInFirst`], [`Why::NotInService`], [`Why::NotPermitted`].
pub async fn acting(tx: &mut Tx<'_>, at: &Desk, permission: Permission) -> Result<Acting, Stop> {
    in_office(tx, at).await?.needs(permission)
}

/// The officer at this desk, whatever they may do.
///
/// # Errors
/// [`Why::SignInFirst`], [`Why::NotInService`].
pub async fn in_office(tx: &mut Tx<'_>, at: &Desk) -> Result<Acting, Stop> {
    let found = at_desk(tx, at).await?;
    on_duty(found, at)
}

/// The officer at this desk as looked up a moment ago, if they are in service.
///
/// # Errors
/// [`Why::SignInFirst`], [`Why::NotInService`].
pub fn on_duty(found: Option<Acting>, at: &Desk) -> Result<Acting, Stop> {
    if !matches!(at.actor, Actor::Officer(_)) {
        return Err(Why::SignInFirst.into());
    }
    let acting = found.ok_or(Why::NotInService)?;
    if !in_service(&acting.officer, at.now, at.utc_offset_minutes) {
        return Err(Why::NotInService.into());
    }
    Ok(acting)
}

/// The officer at this desk with what they may do there; `None` for anyone else.
///
/// # Errors
/// When the database fails.
pub async fn at_desk(tx: &mut Tx<'_>, at: &Desk) -> Result<Option<Acting>, Fault> {
    let Actor::Officer(id) = at.actor else { return Ok(None) };
    let found = load(tx, id).await?;
    Ok(found.map(|acting| Acting { narrowed: at.narrowed.clone(), ..acting }))
}

/// Asks what [`load`] asks, where questions are collected.
///
/// # Errors
/// When the database fails.
pub(crate) async fn foresee(tx: &mut Tx<'_>, id: OfficerId) -> Result<(), Fault> {
    officers::officer(tx, id).await?;
    officers::roles(tx, id).await?;
    Ok(())
}

/// An officer with their roles.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx<'_>, id: OfficerId) -> Result<Option<Acting>, Fault> {
    if tx.foresees() {
        foresee(tx, id).await?;
        tx.ask_foreseen().await?;
    }
    let Some(officer) = officers::officer(tx, id).await? else { return Ok(None) };
    let roles = officers::roles(tx, id).await?;
    let roles = roles.iter().filter_map(|row| Role::from_code(&row.role)).collect();
    Ok(Some(Acting { officer, roles, narrowed: None }))
}

/// Whether someone is in service at an instant: accepted, not ended, not on leave.
#[must_use]
pub fn in_service(officer: &OfficerRow, now: i64, utc_offset_minutes: i32) -> bool {
    let today = crate::desk::day_of(now, utc_offset_minutes).to_string();
    let on_leave = officer.leave_from.as_ref().is_some_and(|from| *from <= today)
        && officer.leave_until.as_ref().is_none_or(|until| *until >= today);
    officer.active_at.is_some() && officer.ended_at.is_none_or(|ended| ended > now) && !on_leave
}

/// Refuses an officer in a case of their own or their close family: parents,
/// children, spouses, brothers and sisters, as the register knows them.
///
/// # Errors
/// [`Why::OwnFamily`]; or the database fails.
pub async fn not_family(
    tx: &mut Tx<'_>,
    officer: &OfficerRow,
    parties: impl IntoIterator<Item = Option<PersonId>>,
) -> Result<(), Stop> {
    let Some(own) = officer.person_id else { return Ok(()) };
    for party in parties.into_iter().flatten() {
        if party == own || civil::tie(tx, own, party).await?.is_some() {
            return Err(Why::OwnFamily.into());
        }
    }
    Ok(())
}

/// Whether an account is an officer's own, or another account of the same person: who has
/// two is not two pairs of eyes.
///
/// # Errors
/// When the database fails.
pub async fn is_same_person(tx: &mut Tx<'_>, officer: &OfficerRow, other: OfficerId) -> Result<bool, Fault> {
    if officer.id == other {
        return Ok(true);
    }
    let Some(own) = officer.person_id else { return Ok(false) };
    let Some(theirs) = officers::officer(tx, other).await?.and_then(|row| row.person_id) else {
        return Ok(false);
    };
    // Two records may have been found to be one person since.
    Ok(duplicates::counts_as(tx, own).await? == duplicates::counts_as(tx, theirs).await?)
}

/// Refuses whoever would be their own second pair of eyes, by whichever account.
///
/// # Errors
/// [`Why::NeedsSecondPerson`]; or the database fails.
pub async fn second_pair_of_eyes(
    tx: &mut Tx<'_>,
    officer: &OfficerRow,
    first: impl IntoIterator<Item = OfficerId>,
) -> Result<(), Stop> {
    for account in first {
        if is_same_person(tx, officer, account).await? {
            return Err(Why::NeedsSecondPerson.into());
        }
    }
    Ok(())
}

/// Refuses whoever decided before it was appealed, by whichever account.
///
/// # Errors
/// [`Why::AppealNeedsAnother`]; or the database fails.
pub async fn not_first_decider(
    tx: &mut Tx<'_>,
    officer: &OfficerRow,
    first: Option<OfficerId>,
) -> Result<(), Stop> {
    match first {
        Some(first) if is_same_person(tx, officer, first).await? => Err(Why::AppealNeedsAnother.into()),
        _ => Ok(()),
    }
}

/// Whether an officer is a program with an office of its own: in service, with
/// no password and no invitation by which a person could sign in.
#[must_use]
pub fn is_system(officer: &OfficerRow) -> bool {
    officer.active_at.is_some() && officer.password_hash.is_none() && officer.invitation_hash.is_none()
}
