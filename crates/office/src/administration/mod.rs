//! Offices, centres, counters and holidays; an officer's life stands in
//! [`service`].

pub mod service;

pub use service::{
    AppointProgram, EndService, GiveBackCases, InviteOfficer, MoveOfficer, SetLeave, SetRoles,
    give_back_absent,
};

use crate::acting::{Acting, acting, load};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::calendar::{Holidays, OpeningHours};
use diwan_domain::ids::{AreaId, CentreId, CounterId, OfficeId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, AreaRow, CentreRow, CounterRow, HolidayRow, OfficeRow};
use diwan_store::officers;
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Diwan itself may, and an officer with the permission.
async fn may(tx: &mut Tx<'_>, at: &Desk, permission: Permission) -> Result<Option<Acting>, Stop> {
    match at.actor {
        Actor::System(_) => Ok(None),
        _ => Ok(Some(acting(tx, at, permission).await?)),
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
    /// The version that was seen, when someone changes it on what they saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Act for SetCentre {
    const NAME: &'static str = "set-centre";
    type Out = CentreId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<CentreId>, Stop> {
        let officer = may(tx, at, Permission::ManageCentres).await?;
        let code = code_of(&self.code)?;
        if let Some(id) = self.centre {
            let mut row = centres::centre(tx, id).await?.ok_or(Why::NotFound)?;
            own_centre(officer.as_ref(), id)?;
            seen_still(self.seen, row.version)?;
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

/// Refuses a change that rests on a version which no longer stands.
fn seen_still(seen: Option<i64>, version: i64) -> Result<(), Stop> {
    if seen.is_some_and(|seen| seen != version) { Err(Why::ChangedMeanwhile.into()) } else { Ok(()) }
}

/// A manager of one centre changes that one only; an administrator any.
fn own_centre(acting: Option<&Acting>, centre: CentreId) -> Result<(), Stop> {
    let Some(acting) = acting else { return Ok(()) };
    let everywhere = acting.may(Permission::ManageOfficers);
    if everywhere || acting.officer.centre_id == Some(centre) { Ok(()) } else { Err(Why::NotFound.into()) }
}

/// Days off of one centre are its manager's; those that hold in several an administrator's.
fn own_day(acting: Option<&Acting>, centre: Option<CentreId>) -> Result<(), Stop> {
    let Some(acting) = acting else { return Ok(()) };
    match centre {
        Some(centre) => own_centre(Some(acting), centre),
        None if acting.holds(Permission::ManageOfficers) => Ok(()),
        None => {
            let permission = Permission::ManageOfficers.code();
            Err(Refusal::from(Why::NotPermitted).about("permission", permission).into())
        }
    }
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
        own_centre(officer.as_ref(), self.centre)?;
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
        let officer = may(tx, at, Permission::ManageCentres).await?;
        if !tx.is_replayed() {
            own_day(officer.as_ref(), self.centre)?;
        }
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
        let officer = may(tx, at, Permission::ManageCentres).await?;
        let mut row = centres::holiday(tx, self.holiday).await?.ok_or(Why::NotFound)?;
        // Before that rule any manager could; what they did is carried out again as it was.
        if !tx.is_replayed() {
            if row.withdrawn_at.is_some() {
                return Err(Why::NotFound.into());
            }
            own_day(officer.as_ref(), row.centre_id)?;
        }
        row.withdrawn_at = Some(at.now);
        tx.edit(&mut row).await?;
        Ok(Recorded::new((), Entry::new("holiday-withdrawn", "holiday", row.id).with("day", row.day)))
    }
}

/// The days off that hold for a centre; without one, those that hold everywhere.
///
/// # Errors
/// When the database fails.
pub(crate) async fn days_off(
    tx: &mut Tx<'_>,
    centre: Option<&CentreRow>,
) -> Result<Holidays, diwan_store::Fault> {
    let rows = centres::holidays(tx, centre).await?;
    Ok(closed_on(&rows))
}

/// The days off that are known at a desk: a mobile unit reckons with those it took along,
/// whatever is announced at home meanwhile.
///
/// # Errors
/// When the database fails.
pub(crate) async fn days_off_at(
    tx: &mut Tx<'_>,
    at: &Desk,
    centre: Option<&CentreRow>,
) -> Result<Holidays, diwan_store::Fault> {
    match crate::units::of_desk(tx, at).await? {
        Some(unit) => Ok(closed_on(&centres::holidays_known(tx, centre, unit.prepared_at).await?)),
        None => days_off(tx, centre).await,
    }
}

fn closed_on(rows: &[HolidayRow]) -> Holidays {
    let closed = rows.iter().filter_map(|holiday| holiday.day.parse().ok()).collect();
    Holidays { closed, ..Holidays::default() }
}

/// Every open centre.
///
/// # Errors
/// When the database fails.
pub async fn all_centres(tx: &mut Tx<'_>) -> Result<Vec<CentreRow>, diwan_store::Fault> {
    centres::centres(tx).await
}

/// Where every open centre is.
///
/// # Errors
/// When the database fails.
pub async fn places(tx: &mut Tx<'_>) -> Result<Vec<centres::Place>, diwan_store::Fault> {
    centres::places(tx).await
}

/// Every office.
///
/// # Errors
/// When the database fails.
pub async fn all_offices(tx: &mut Tx<'_>) -> Result<Vec<OfficeRow>, diwan_store::Fault> {
    centres::offices(tx).await
}

/// Every area that stands on a day.
///
/// # Errors
/// When the database fails.
pub async fn areas_on(tx: &mut Tx<'_>, day: Date) -> Result<Vec<AreaRow>, diwan_store::Fault> {
    let mut areas = centres::areas(tx).await?;
    // Days as they are stored sort as they are written.
    let day = day.to_string();
    areas.retain(|area| area.valid_until.as_ref().is_none_or(|until| *until > day));
    Ok(areas)
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
