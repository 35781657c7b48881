//! Which office keeps the book in which an event belongs, by the register's rules.

use super::declaring::rule_for;
use super::rules;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, OfficeRow};
use diwan_store::{Stop, Tx};
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
