//! An officer's life: invited, appointed, moved, on leave, ended. Whoever goes
//! leaves their open cases and their counter to those who stay.

use super::{may, needed, seen_still};
use crate::acting::second_pair_of_eyes;
use crate::cash;
use crate::desk::{Office, Who};
use crate::messages::{self, Template};
use crate::queue::leave_post;
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{CentreId, OfficeId, OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Permission, Role};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::officers::{self, OfficerRoleRow, OfficerRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, access, cases, clients};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How long an invitation can be accepted: three days.
const INVITATION_LASTS: i64 = 3 * 86_400_000_000;

/// Invites someone to work here, or invites an officer again who lost their
/// password or second factor.
#[derive(Debug, Serialize, Deserialize)]
pub struct InviteOfficer {
    /// An officer who lost their way in; `None` for someone new.
    pub officer: Option<OfficerId>,
    /// With which name they sign in.
    pub login: String,
    /// Their name, for colleagues.
    pub name: String,
    /// Where the invitation goes.
    pub email: Option<String>,
    /// For which office they work.
    pub office: Option<OfficeId>,
    /// In which centre, if bound to one.
    pub centre: Option<CentreId>,
    /// Who they are in the register, so that they never handle their own family.
    pub person: Option<PersonId>,
    /// What they are appointed to be.
    pub roles: Vec<Role>,
    /// Their language.
    pub language: String,
    /// SHA-256 of the invitation's token; the token itself is never stored.
    pub invitation_hash: Vec<u8>,
    /// The address that accepts it, for the message; never stored in the act.
    #[serde(skip)]
    pub link: String,
    /// For an officer who lost their way in: how whoever invites knows that it
    /// is they who ask (seen in person, called back, by their superior).
    #[serde(default)]
    pub proof: String,
}

impl Act for InviteOfficer {
    const NAME: &'static str = "invite-officer";
    type Out = OfficerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficerId>, Stop> {
        let inviter = may(tx, at, Permission::ManageOfficers).await?;
        let id = match self.officer {
            Some(id) => {
                if inviter.is_some() {
                    needed("proof", &self.proof)?;
                }
                let mut row = officers::officer(tx, id).await?.ok_or(Why::NotFound)?;
                row.invitation_hash = Some(self.invitation_hash.clone());
                row.invitation_until = Some(at.now + INVITATION_LASTS);
                // The old password and second factor end with the new invitation.
                row.password_hash = None;
                row.totp_secret = None;
                tx.edit(&mut row).await?;
                access::end_sessions_of(tx, "officer", id.0).await?;
                end_programs_of(tx, at, id).await?;
                id
            }
            None => {
                let row = self.row(tx, at, inviter.as_ref().map(|acting| acting.officer.id)).await?;
                self.add(tx, at, &row).await?;
                row.id
            }
        };
        // An act that is carried out again elsewhere knows no link: the invitation was sent there.
        let email = self.email.as_deref().filter(|email| !email.trim().is_empty() && !self.link.is_empty());
        if let Some(email) = email {
            let args = json!({"link": self.link});
            messages::send(tx, at, "email", email.trim(), &self.language, Template::Invitation, &args)
                .await?;
        }
        let roles: Vec<&str> = self.roles.iter().map(|role| role.code()).collect();
        let entry = Entry::new("officer-invited", "officer", id)
            .with("roles", roles)
            .with("login", self.login.clone());
        let entry = if self.officer.is_some() { entry.under(self.proof.trim().to_owned()) } else { entry };
        Ok(Recorded::new(id, entry))
    }
}

impl InviteOfficer {
    /// Makes the invitation's token; only its hash goes into the act.
    #[must_use]
    pub fn token() -> (String, Vec<u8>) {
        let token = secrets::token();
        let hash = secrets::hash(&token);
        (token, hash)
    }

    async fn row(&self, tx: &mut Tx<'_>, at: &Desk, inviter: Option<OfficerId>) -> Result<OfficerRow, Stop> {
        let login = needed("login", &self.login)?.to_lowercase();
        if officers::by_login(tx, &login).await?.is_some() {
            return Err(Refusal::from(Why::NameTaken).about("login", login).into());
        }
        Ok(OfficerRow {
            id: at.fresh("officer"),
            person_id: self.person,
            login,
            name: needed("name", &self.name)?,
            email: self.email.clone(),
            office_id: self.office,
            centre_id: self.centre,
            area_id: None,
            language: self.language.clone(),
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            invitation_hash: Some(self.invitation_hash.clone()),
            invitation_until: Some(at.now + INVITATION_LASTS),
            invited_by: inviter,
            active_at: None,
            leave_from: None,
            leave_until: None,
            ended_at: None,
            version: 1,
        })
    }

    async fn add(&self, tx: &mut Tx<'_>, at: &Desk, row: &OfficerRow) -> Result<(), Stop> {
        tx.add(row).await?;
        for role in &self.roles {
            grant(tx, at, row.id, *role, row.invited_by).await?;
        }
        Ok(())
    }
}

async fn grant(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    role: Role,
    by: Option<OfficerId>,
) -> Result<(), Stop> {
    let row = OfficerRoleRow {
        id: at.fresh(&format!("role/{}", role.code())),
        officer_id: officer,
        role: role.code().into(),
        since: at.now,
        until: None,
        granted_by: by,
        version: 1,
    };
    Ok(tx.add(&row).await?)
}

/// Sets what an officer is appointed to be. Nobody changes their own roles.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetRoles {
    /// Whose.
    pub officer: OfficerId,
    /// What they are from now on.
    pub roles: Vec<Role>,
    /// The version that was seen, when someone changes it on what they saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Act for SetRoles {
    const NAME: &'static str = "set-roles";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let by = may(tx, at, Permission::ManageOfficers).await?.map(|acting| acting.officer);
        if let Some(by) = &by {
            second_pair_of_eyes(tx, by, [self.officer]).await?;
        }
        let by = by.map(|officer| officer.id);
        let mut officer = officers::officer(tx, self.officer).await?.ok_or(Why::NotFound)?;
        seen_still(self.seen, officer.version)?;
        // Roles stand in rows of their own; whoever saw the officer saw them too.
        tx.edit(&mut officer).await?;
        let held = officers::roles(tx, self.officer).await?;
        for mut row in held.iter().cloned() {
            if !self.roles.iter().any(|role| role.code() == row.role) {
                row.until = Some(at.now);
                tx.edit(&mut row).await?;
            }
        }
        for role in &self.roles {
            if !held.iter().any(|row| row.role == role.code()) {
                grant(tx, at, self.officer, *role, by).await?;
            }
        }
        let roles: Vec<&str> = self.roles.iter().map(|role| role.code()).collect();
        Ok(Recorded::new((), Entry::new("roles-set", "officer", self.officer).with("roles", roles)))
    }
}

/// Appoints a program: an officer of its own, with roles and an office, to whom
/// nobody can sign in. It works by tokens and clients only.
#[derive(Debug, Serialize, Deserialize)]
pub struct AppointProgram {
    /// Its name among those of officers.
    pub login: String,
    /// Its name, for colleagues.
    pub name: String,
    /// For which office it works.
    pub office: Option<OfficeId>,
    /// In which centre, if bound to one.
    pub centre: Option<CentreId>,
    /// What it is appointed to be.
    pub roles: Vec<Role>,
}

impl Act for AppointProgram {
    const NAME: &'static str = "appoint-program";
    type Out = OfficerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficerId>, Stop> {
        let by = may(tx, at, Permission::ManageOfficers).await?.map(|acting| acting.officer.id);
        let invite = InviteOfficer {
            officer: None,
            login: self.login.clone(),
            name: self.name.clone(),
            email: None,
            office: self.office,
            centre: self.centre,
            person: None,
            roles: self.roles.clone(),
            language: "en".into(),
            invitation_hash: Vec::new(),
            link: String::new(),
            proof: String::new(),
        };
        let mut row = invite.row(tx, at, by).await?;
        row.invitation_hash = None;
        row.invitation_until = None;
        row.active_at = Some(at.now);
        invite.add(tx, at, &row).await?;
        let roles: Vec<&str> = self.roles.iter().map(|role| role.code()).collect();
        let entry =
            Entry::new("program-appointed", "officer", row.id).with("roles", roles).with("login", row.login);
        Ok(Recorded::new(row.id, entry))
    }
}

/// Moves an officer to another office or centre.
#[derive(Debug, Serialize, Deserialize)]
pub struct MoveOfficer {
    /// Whom.
    pub officer: OfficerId,
    /// To which office.
    pub office: Option<OfficeId>,
    /// To which centre.
    pub centre: Option<CentreId>,
    /// The version that was seen, when someone changes it on what they saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Act for MoveOfficer {
    const NAME: &'static str = "move-officer";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        may(tx, at, Permission::ManageOfficers).await?;
        let mut row = officers::officer(tx, self.officer).await?.ok_or(Why::NotFound)?;
        seen_still(self.seen, row.version)?;
        let stays = row.centre_id == self.centre;
        row.office_id = self.office;
        row.centre_id = self.centre;
        tx.edit(&mut row).await?;
        give_back(tx, at, &row).await?;
        let left = if stays { None } else { leave_post(tx, at, row.id).await? };
        let entry = Entry::new("officer-moved", "officer", row.id);
        Ok(Recorded::new((), entry).and_all(left))
    }
}

/// Sends an officer on leave from one day to another; their open cases go back
/// to those waiting.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetLeave {
    /// Who.
    pub officer: OfficerId,
    /// First day, ISO 8601; `None` ends the leave.
    pub from: Option<String>,
    /// Last day; `None` until further notice.
    pub until: Option<String>,
    /// The version that was seen, when someone changes it on what they saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Act for SetLeave {
    const NAME: &'static str = "set-leave";
    type Out = usize;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<usize>, Stop> {
        may(tx, at, Permission::ManageOfficers).await?;
        for day in [&self.from, &self.until].into_iter().flatten() {
            let wrong = || Refusal::from(Why::FieldMissing).about("field", "day");
            day.parse::<jiff::civil::Date>().map_err(|_| wrong())?;
        }
        let mut row = officers::officer(tx, self.officer).await?.ok_or(Why::NotFound)?;
        seen_still(self.seen, row.version)?;
        row.leave_from.clone_from(&self.from);
        row.leave_until.clone_from(&self.until);
        tx.edit(&mut row).await?;
        let (back, left) = if crate::acting::in_service(&row, at.now, at.utc_offset_minutes) {
            (0, None)
        } else {
            (give_back(tx, at, &row).await?, leave_post(tx, at, row.id).await?)
        };
        let entry = Entry::new("leave-set", "officer", row.id)
            .with("from", self.from.clone())
            .with("until", self.until.clone())
            .with("cases-given-back", back);
        Ok(Recorded::new(back, entry).and_all(left))
    }
}

/// Ends an officer's service: signed out everywhere, cases given back. The
/// record stays.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndService {
    /// Whose.
    pub officer: OfficerId,
    /// Why.
    pub reason: String,
}

impl Act for EndService {
    const NAME: &'static str = "end-service";
    type Out = usize;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<usize>, Stop> {
        let by = may(tx, at, Permission::ManageOfficers).await?;
        if let Some(acting) = by {
            second_pair_of_eyes(tx, &acting.officer, [self.officer]).await?;
        }
        let reason = needed("reason", &self.reason)?;
        let mut row = officers::officer(tx, self.officer).await?.ok_or(Why::NotFound)?;
        row.ended_at = Some(at.now);
        row.invitation_hash = None;
        tx.edit(&mut row).await?;
        access::end_sessions_of(tx, "officer", row.id.0).await?;
        end_programs_of(tx, at, row.id).await?;
        let back = give_back(tx, at, &row).await?;
        let left = leave_post(tx, at, row.id).await?;
        let shift = cash::close_uncounted(tx, at, row.id, &reason).await?;
        let entry =
            Entry::new("service-ended", "officer", row.id).under(reason).with("cases-given-back", back);
        Ok(Recorded::new(back, entry).and_all(left.into_iter().chain(shift)))
    }
}

/// Ends every token and client that acts for an officer.
async fn end_programs_of(tx: &mut Tx<'_>, at: &Desk, officer: OfficerId) -> Result<(), Stop> {
    for mut token in officers::tokens_of(tx, officer).await? {
        token.ended_at = Some(at.now);
        tx.edit(&mut token).await?;
    }
    for mut client in clients::of_officer(tx, officer).await? {
        client.ended_at = Some(at.now);
        tx.edit(&mut client).await?;
        access::end_sessions_of(tx, "client", client.id.0).await?;
    }
    Ok(())
}

/// Puts an officer's open cases back among those waiting, and tells the
/// supervisors of the office how many there are.
async fn give_back(tx: &mut Tx<'_>, at: &Desk, officer: &OfficerRow) -> Result<usize, Stop> {
    let open = cases::assigned_to(tx, officer.id).await?;
    let count = open.len();
    for mut case in open {
        case.assigned_to = None;
        case.assigned_at = None;
        case.touched_at = at.now;
        crate::cases::keep(tx, at, &mut case).await?;
        tx.announce("case", case.id);
    }
    if let (Some(office), 1..) = (officer.office_id, count) {
        let args = json!({"number": count.to_string()});
        messages::tell_officers(tx, at, office, Role::Supervisor, Template::GivenBack, &args).await?;
    }
    Ok(count)
}

/// Takes the open cases of an officer who is away and gives them back: a leave
/// that was set beforehand has begun.
#[derive(Debug, Serialize, Deserialize)]
pub struct GiveBackCases {
    /// Whose.
    pub officer: OfficerId,
}

impl Act for GiveBackCases {
    const NAME: &'static str = "give-back-cases";
    type Out = usize;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<usize>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let officer = officers::officer(tx, self.officer).await?.ok_or(Why::NotFound)?;
        if crate::acting::in_service(&officer, at.now, at.utc_offset_minutes) {
            return Err(Why::NothingWaiting.into());
        }
        let back = give_back(tx, at, &officer).await?;
        let entry = Entry::new("cases-given-back", "officer", officer.id).with("cases-given-back", back);
        Ok(Recorded::new(back, entry))
    }
}

/// Gives back the open cases of everyone whose leave has begun. Returns how
/// many cases there were.
///
/// # Errors
/// When the database fails.
pub async fn give_back_absent(office: &Office) -> Result<usize, Fault> {
    let holding = {
        let mut reading = office.db.reading().await?;
        officers::holding_cases(&mut reading.tx()).await?
    };
    let away = |officer: &OfficerRow| {
        !crate::acting::in_service(officer, office.now(), office.settings.utc_offset_minutes)
    };
    let mut back = 0;
    for officer in holding.into_iter().filter(away) {
        let act = GiveBackCases { officer: officer.id };
        match office.perform_once(&Who::system("absence"), act).await {
            Ok(count) => back += count,
            // Another node was quicker, or they came back.
            Err(Stop::Refused(_) | Stop::Kept(..)) => {}
            Err(Stop::Fault(fault)) => return Err(fault),
        }
    }
    Ok(back)
}
