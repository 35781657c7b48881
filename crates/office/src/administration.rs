//! Offices, centres, counters, holidays, and an officer's life from invitation
//! to end of service.

use crate::acting::{acting, load};
use crate::messages::{self, Template};
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::calendar::OpeningHours;
use diwan_domain::ids::{AreaId, CentreId, CounterId, OfficeId, OfficerId, PersonId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Permission, Role};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, AreaRow, CentreRow, CounterRow, HolidayRow, OfficeRow};
use diwan_store::officers::{self, OfficerRoleRow, OfficerRow};
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx, access, cases};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Diwan itself may, and an officer with the permission.
async fn may(tx: &mut Tx<'_>, at: &Desk, permission: Permission) -> Result<Option<OfficerRow>, Stop> {
    match at.actor {
        Actor::System(_) => Ok(None),
        _ => Ok(Some(acting(tx, at, permission).await?.officer)),
    }
}

fn needed(field: &str, text: &str) -> Result<String, Stop> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::from(Why::FieldMissing).about("field", field).into());
    }
    Ok(text.to_owned())
}

/// A short name of two to six letters and digits, as it stands in numbers.
fn code_of(text: &str) -> Result<String, Stop> {
    let code = text.trim().to_ascii_uppercase();
    let fits = (2..=6).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits { Ok(code) } else { Err(Refusal::from(Why::FieldMissing).about("field", "code").into()) }
}

/// Adds a governorate, district or subdistrict.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddArea {
    /// Its code.
    pub code: String,
    /// `governorate`, `district` or `subdistrict`.
    pub kind: String,
    /// What it lies in.
    pub parent: Option<AreaId>,
    /// Its names by language.
    pub names: Value,
    /// Since when, ISO 8601.
    pub valid_from: Option<String>,
}

impl Act for AddArea {
    const NAME: &'static str = "add-area";
    type Out = AreaId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<AreaId>, Stop> {
        may(tx, at, Permission::ManageCentres).await?;
        let row = AreaRow {
            id: at.fresh("area"),
            code: needed("code", &self.code)?,
            kind: needed("kind", &self.kind)?,
            parent_id: self.parent,
            names: Json(self.names.clone()),
            valid_from: self.valid_from.clone(),
            valid_until: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(Recorded::new(row.id, Entry::new("area-added", "area", row.id).with("code", row.code)))
    }
}

/// Ends an area on a day: it was merged, renamed, or became another kind. Old
/// papers keep naming it.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndArea {
    /// Which.
    pub area: AreaId,
    /// The first day on which it no longer stands, ISO 8601.
    pub until: String,
}

impl Act for EndArea {
    const NAME: &'static str = "end-area";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        may(tx, at, Permission::ManageCentres).await?;
        let wrong = || Refusal::from(Why::FieldMissing).about("field", "until");
        let until: jiff::civil::Date = self.until.trim().parse().map_err(|_| wrong())?;
        let mut row = centres::area(tx, self.area).await?.ok_or(Why::NotFound)?;
        row.valid_until = Some(until.to_string());
        tx.edit(&mut row).await?;
        let entry =
            Entry::new("area-ended", "area", row.id).with("code", row.code).with("until", row.valid_until);
        Ok(Recorded::new((), entry))
    }
}

/// Adds an office that issues papers.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddOffice {
    /// Two to six letters, in its documents' numbers.
    pub code: String,
    /// The kind of office that services name as their issuer: `civil-status`.
    pub ministry: String,
    /// Its names by language.
    pub names: Value,
    /// For which area it answers.
    pub area: Option<AreaId>,
}

impl Act for AddOffice {
    const NAME: &'static str = "add-office";
    type Out = OfficeId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficeId>, Stop> {
        may(tx, at, Permission::ManageOfficers).await?;
        let code = code_of(&self.code)?;
        if centres::offices(tx).await?.iter().any(|office| office.code == code) {
            return Err(Refusal::from(Why::NameTaken).about("code", code).into());
        }
        let row = OfficeRow {
            id: at.fresh("office"),
            code,
            ministry: needed("ministry", &self.ministry)?,
            names: Json(self.names.clone()),
            area_id: self.area,
            key_id: None,
            ended_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(Recorded::new(row.id, Entry::new("office-added", "office", row.id).with("code", row.code)))
    }
}

/// Opens a centre, or changes one.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetCentre {
    /// Which one; `None` opens a new one.
    pub centre: Option<CentreId>,
    /// Two to six letters, in its counters' numbers.
    pub code: String,
    /// Its names by language.
    pub names: Value,
    /// Where it stands.
    pub address: String,
    /// In which area.
    pub area: Option<AreaId>,
    /// When it is open.
    pub hours: OpeningHours,
}

impl Act for SetCentre {
    const NAME: &'static str = "set-centre";
    type Out = CentreId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<CentreId>, Stop> {
        let officer = may(tx, at, Permission::ManageCentres).await?;
        let code = code_of(&self.code)?;
        if let Some(id) = self.centre {
            let mut row = centres::centre(tx, id).await?.ok_or(Why::NotFound)?;
            own_centre(tx, officer.as_ref(), id).await?;
            row.names = Json(self.names.clone());
            row.address = self.address.trim().to_owned();
            row.hours = Json(json!(self.hours));
            tx.edit(&mut row).await?;
            return Ok(Recorded::new(id, Entry::new("centre-changed", "centre", id)));
        }
        if centres::centres(tx).await?.iter().any(|centre| centre.code == code) {
            return Err(Refusal::from(Why::NameTaken).about("code", code).into());
        }
        let row = CentreRow {
            id: at.fresh("centre"),
            code,
            names: Json(self.names.clone()),
            address: self.address.trim().to_owned(),
            area_id: self.area,
            hours: Json(json!(self.hours)),
            utc_offset_minutes: i64::from(self.hours.offset_minutes),
            closed_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(Recorded::new(row.id, Entry::new("centre-opened", "centre", row.id).with("code", row.code)))
    }
}

/// A manager of one centre changes that one only; an administrator any.
async fn own_centre(tx: &mut Tx<'_>, officer: Option<&OfficerRow>, centre: CentreId) -> Result<(), Stop> {
    let Some(officer) = officer else { return Ok(()) };
    let everywhere = load(tx, officer.id).await?.is_some_and(|acting| acting.may(Permission::ManageOfficers));
    if everywhere || officer.centre_id == Some(centre) { Ok(()) } else { Err(Why::NotFound.into()) }
}

/// Adds a counter to a centre.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddCounter {
    /// Where.
    pub centre: CentreId,
    /// Its label, in its numbers: `C4`.
    pub label: String,
    /// What it is fit for: `wheelchair`, `women-only` …
    pub abilities: Vec<String>,
}

impl Act for AddCounter {
    const NAME: &'static str = "add-counter";
    type Out = CounterId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<CounterId>, Stop> {
        let officer = may(tx, at, Permission::ManageCentres).await?;
        centres::centre(tx, self.centre).await?.ok_or(Why::NotFound)?;
        own_centre(tx, officer.as_ref(), self.centre).await?;
        let label = needed("label", &self.label)?.to_uppercase();
        if centres::counters(tx, self.centre).await?.iter().any(|counter| counter.label == label) {
            return Err(Refusal::from(Why::NameTaken).about("label", label).into());
        }
        let row = CounterRow {
            id: at.fresh("counter"),
            centre_id: self.centre,
            label,
            abilities: Json(json!(self.abilities)),
            closed_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(Recorded::new(row.id, Entry::new("counter-added", "counter", row.id).with("label", row.label)))
    }
}

/// Announces a day off, everywhere, in an area, or in one centre.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddHoliday {
    /// The day, ISO 8601.
    pub day: String,
    /// Only in this centre.
    pub centre: Option<CentreId>,
    /// Only in this area.
    pub area: Option<AreaId>,
    /// What it is called, by language.
    pub names: Value,
}

impl Act for AddHoliday {
    const NAME: &'static str = "add-holiday";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        may(tx, at, Permission::ManageCentres).await?;
        let day: jiff::civil::Date =
            self.day.trim().parse().map_err(|_| Refusal::from(Why::FieldMissing).about("field", "day"))?;
        let row = HolidayRow {
            id: at.fresh("holiday"),
            day: day.to_string(),
            centre_id: self.centre,
            area_id: self.area,
            names: Json(self.names.clone()),
            withdrawn_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(Recorded::new(row.id, Entry::new("holiday-added", "holiday", row.id).with("day", row.day)))
    }
}

/// Takes a day off back.
#[derive(Debug, Serialize, Deserialize)]
pub struct WithdrawHoliday {
    /// Which.
    pub holiday: RowId,
}

impl Act for WithdrawHoliday {
    const NAME: &'static str = "withdraw-holiday";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        may(tx, at, Permission::ManageCentres).await?;
        let mut row = centres::holiday(tx, self.holiday).await?.ok_or(Why::NotFound)?;
        row.withdrawn_at = Some(at.now);
        tx.edit(&mut row).await?;
        Ok(Recorded::new((), Entry::new("holiday-withdrawn", "holiday", row.id).with("day", row.day)))
    }
}

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
    /// The address that accepts it, for the message.
    pub link: String,
}

impl Act for InviteOfficer {
    const NAME: &'static str = "invite-officer";
    type Out = OfficerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficerId>, Stop> {
        let inviter = may(tx, at, Permission::ManageOfficers).await?;
        let id = match self.officer {
            Some(id) => {
                let mut row = officers::officer(tx, id).await?.ok_or(Why::NotFound)?;
                row.invitation_hash = Some(self.invitation_hash.clone());
                row.invitation_until = Some(at.now + INVITATION_LASTS);
                // The old password and second factor end with the new invitation.
                row.password_hash = None;
                row.totp_secret = None;
                tx.edit(&mut row).await?;
                access::end_sessions_of(tx, "officer", id.0).await?;
                id
            }
            None => self.add(tx, at, inviter.as_ref().map(|officer| officer.id)).await?,
        };
        if let Some(email) = self.email.as_deref().filter(|email| !email.trim().is_empty()) {
            let args = json!({"link": self.link});
            messages::send(tx, at, "email", email.trim(), &self.language, Template::Invitation, &args)
                .await?;
        }
        let roles: Vec<&str> = self.roles.iter().map(|role| role.code()).collect();
        let entry = Entry::new("officer-invited", "officer", id)
            .with("roles", roles)
            .with("login", self.login.clone());
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

    async fn add(&self, tx: &mut Tx<'_>, at: &Desk, inviter: Option<OfficerId>) -> Result<OfficerId, Stop> {
        let login = needed("login", &self.login)?.to_lowercase();
        if officers::by_login(tx, &login).await?.is_some() {
            return Err(Refusal::from(Why::NameTaken).about("login", login).into());
        }
        let row = OfficerRow {
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
        };
        tx.add(&row).await?;
        for role in &self.roles {
            grant(tx, at, row.id, *role, inviter).await?;
        }
        Ok(row.id)
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
}

impl Act for SetRoles {
    const NAME: &'static str = "set-roles";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let by = may(tx, at, Permission::ManageOfficers).await?.map(|officer| officer.id);
        if by == Some(self.officer) {
            return Err(Why::NeedsSecondPerson.into());
        }
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

/// Moves an officer to another office or centre.
#[derive(Debug, Serialize, Deserialize)]
pub struct MoveOfficer {
    /// Whom.
    pub officer: OfficerId,
    /// To which office.
    pub office: Option<OfficeId>,
    /// To which centre.
    pub centre: Option<CentreId>,
}

impl Act for MoveOfficer {
    const NAME: &'static str = "move-officer";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        may(tx, at, Permission::ManageOfficers).await?;
        let mut row = officers::officer(tx, self.officer).await?.ok_or(Why::NotFound)?;
        row.office_id = self.office;
        row.centre_id = self.centre;
        tx.edit(&mut row).await?;
        give_back(tx, at, row.id).await?;
        Ok(Recorded::new((), Entry::new("officer-moved", "officer", row.id)))
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
        row.leave_from.clone_from(&self.from);
        row.leave_until.clone_from(&self.until);
        tx.edit(&mut row).await?;
        let back = if crate::acting::in_service(&row, at.now, at.utc_offset_minutes) {
            0
        } else {
            give_back(tx, at, row.id).await?
        };
        let entry = Entry::new("leave-set", "officer", row.id)
            .with("from", self.from.clone())
            .with("until", self.until.clone())
            .with("cases-given-back", back);
        Ok(Recorded::new(back, entry))
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
        if by.is_some_and(|officer| officer.id == self.officer) {
            return Err(Why::NeedsSecondPerson.into());
        }
        let reason = needed("reason", &self.reason)?;
        let mut row = officers::officer(tx, self.officer).await?.ok_or(Why::NotFound)?;
        row.ended_at = Some(at.now);
        row.invitation_hash = None;
        tx.edit(&mut row).await?;
        access::end_sessions_of(tx, "officer", row.id.0).await?;
        let back = give_back(tx, at, row.id).await?;
        let entry =
            Entry::new("service-ended", "officer", row.id).under(reason).with("cases-given-back", back);
        Ok(Recorded::new(back, entry))
    }
}

/// Puts an officer's open cases back among those waiting.
async fn give_back(tx: &mut Tx<'_>, at: &Desk, officer: OfficerId) -> Result<usize, Stop> {
    let open = cases::assigned_to(tx, officer).await?;
    let count = open.len();
    for mut case in open {
        case.assigned_to = None;
        case.assigned_at = None;
        case.touched_at = at.now;
        tx.edit(&mut case).await?;
        tx.announce("case", case.id);
    }
    Ok(count)
}

/// Every open centre.
///
/// # Errors
/// When the database fails.
pub async fn all_centres(tx: &mut Tx<'_>) -> Result<Vec<CentreRow>, diwan_store::Fault> {
    centres::centres(tx).await
}

/// Every office.
///
/// # Errors
/// When the database fails.
pub async fn all_offices(tx: &mut Tx<'_>) -> Result<Vec<OfficeRow>, diwan_store::Fault> {
    centres::offices(tx).await
}

/// The counters of a centre.
///
/// # Errors
/// When the database fails.
pub async fn counters_of(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<CounterRow>, diwan_store::Fault> {
    centres::counters(tx, centre).await
}

/// Every day off.
///
/// # Errors
/// When the database fails.
pub async fn all_holidays(tx: &mut Tx<'_>) -> Result<Vec<HolidayRow>, diwan_store::Fault> {
    centres::all_holidays(tx).await
}

/// Every officer with their roles.
///
/// # Errors
/// When the database fails.
pub async fn all_officers(tx: &mut Tx<'_>) -> Result<Vec<crate::acting::Acting>, diwan_store::Fault> {
    let mut all = Vec::new();
    for officer in officers::all(tx).await? {
        all.extend(load(tx, officer.id).await?);
    }
    Ok(all)
}
