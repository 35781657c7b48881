//! Which office keeps the book in which an event belongs, by the register's rules.

use super::declaring::{office_for, rule_for};
use super::rules;
use crate::acting::Acting;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::OfficeId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, OfficeRow};
use diwan_store::{Fault, Stop, Tx};
use jiff::civil::Date;

/// The office for an event, and the rule by which it is.
#[derive(Clone, Debug)]
pub struct Competent {
    /// The office.
    pub office: OfficeRow,
    /// The key of the rule.
    pub rule: String,
    /// Its legal basis.
    pub basis: String,
    /// Who may declare by it.
    pub declarants: Vec<String>,
}

/// The office for an event of a kind: in the area where it happened, or in the one around it; of
/// no area the first office of the ministry. Without a day the rule of today's events counts.
///
/// # Errors
/// [`Why::FieldMissing`] for an area that nobody knows, [`Why::NoRule`], [`Why::NotFound`] when
/// no office of the ministry is there; or the database fails.
pub async fn competent_office(
    tx: &mut Tx<'_>,
    kind: EventKind,
    (area, on): (Option<&str>, Date),
) -> Result<Competent, Stop> {
    let mut content = Content::default();
    content.set("happened-on", on.to_string());
    let mut within = None;
    if let Some(code) = area {
        let row = centres::area_coded(tx, code).await?;
        within = Some(row.ok_or_else(|| Refusal::from(Why::FieldMissing).about("field", "area"))?.id);
        content.set("place-area", code.to_owned());
    }
    let standing = rules::standing(tx).await?;
    let rule = rule_for(tx, &standing, kind, &content).await?;
    let office = centres::office_for(tx, &rule.competent, within).await?;
    let office = office.ok_or_else(|| Refusal::from(Why::NotFound).about("competent", &rule.competent))?;
    Ok(Competent {
        office,
        rule: rule.key.clone(),
        basis: rule.basis.clone(),
        declarants: rule.declarants.clone(),
    })
}

/// The office that a notice goes to: the one that was named, or else the officer's own, if
/// its ministry keeps the book of such an event. Where none was named and the officer's own
/// keeps another, it goes to the one that keeps it: nobody could ever declare it elsewhere.
///
/// # Errors
/// [`Why::NotCompetent`] for an office that was named and keeps another book,
/// [`Why::FieldMissing`] for one that is not there; or the database fails.
pub(super) async fn office_of_notice(
    tx: &mut Tx<'_>,
    acting: &Acting,
    wanted: Option<OfficeId>,
    (kind, content): (EventKind, &Content),
) -> Result<OfficeRow, Stop> {
    let near = match wanted.or(acting.officer.office_id) {
        Some(_) => Some(office_for(tx, acting, wanted).await?),
        None => None,
    };
    let Some(ministry) = keeper_of(tx, kind, content).await? else {
        return near.ok_or_else(|| Why::NotPermitted.into());
    };
    match near {
        Some(office) if office.ministry == ministry => Ok(office),
        _ if wanted.is_some() => Err(Refusal::from(Why::NotCompetent).about("competent", ministry).into()),
        near => {
            // Where nobody said where it happened, it was most likely near whoever gives notice.
            let area = match content.get("place-area") {
                Some(code) => centres::area_coded(tx, code).await?.map(|area| area.id),
                None => near.as_ref().and_then(|office| office.area_id),
            };
            let keeper = centres::office_for(tx, &ministry, area).await?;
            keeper.or(near).ok_or_else(|| Why::NotPermitted.into())
        }
    }
}

/// The ministry whose offices keep the book of an event, as far as rules are there for it.
async fn keeper_of(tx: &mut Tx<'_>, kind: EventKind, content: &Content) -> Result<Option<String>, Fault> {
    let standing = match rules::standing(tx).await {
        Ok(standing) => standing,
        Err(Stop::Refused(_) | Stop::Kept(..)) => return Ok(None),
        Err(Stop::Fault(fault)) => return Err(fault),
    };
    match rule_for(tx, &standing, kind, content).await {
        Ok(rule) => Ok(Some(rule.competent.clone())),
        Err(Stop::Refused(_) | Stop::Kept(..)) => Ok(None),
        Err(Stop::Fault(fault)) => Err(fault),
    }
}
