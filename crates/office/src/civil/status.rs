//! As what people are registered: displaced, on an officer's look at evidence.
//! A status changes fees and channels; it is never guessed from an address.

use super::guarding::may_see;
use crate::acting::{acting, not_family};
use diwan_domain::acts::Desk;
use diwan_domain::ids::PersonId;
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::people::{self, PersonStatusRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};

/// Displaced inside the country: some fees are waived.
pub const DISPLACED: &str = "displaced";

/// Whether a person is registered as displaced now.
///
/// # Errors
/// When the database fails.
pub async fn is_displaced(tx: &mut Tx<'_>, person: PersonId) -> Result<bool, Fault> {
    Ok(people::status(tx, person, DISPLACED).await?.is_some())
}

/// Registers someone as displaced, or ends it, on an officer's look at evidence.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetStatus {
    /// Whom.
    pub person: PersonId,
    /// What was shown, or why it ends.
    pub evidence: String,
    /// Since when, ISO 8601, if known.
    pub since: Option<String>,
    /// Whether the status ends instead.
    pub ends: bool,
}

impl Act for SetStatus {
    const NAME: &'static str = "set-status";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::VerifyIdentity).await?;
        if !may_see(tx, &acting, self.person).await? {
            return Err(Why::NotFound.into());
        }
        let officer = acting.officer;
        not_family(tx, &officer, [Some(self.person)]).await?;
        let evidence = self.evidence.trim();
        if evidence.is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        if let Some(day) = &self.since {
            let wrong = || Refusal::from(Why::FieldMissing).about("field", "since");
            day.parse::<diwan_domain::dates::PartialDate>().map_err(|_| wrong())?;
        }
        let known = people::status(tx, self.person, DISPLACED).await?;
        let entry = match (known, self.ends) {
            (Some(mut row), true) => {
                row.ended_at = Some(at.now);
                row.ended_why = Some(evidence.to_owned());
                tx.edit(&mut row).await?;
                Entry::new("status-ended", "person", self.person)
            }
            (None, false) => {
                let row = PersonStatusRow {
                    id: at.fresh("status"),
                    person_id: self.person,
                    kind: DISPLACED.to_owned(),
                    evidence: evidence.to_owned(),
                    since: self.since.clone(),
                    ended_at: None,
                    ended_why: None,
                    officer_id: officer.id,
                    recorded_at: at.now,
                    version: 1,
                };
                tx.add(&row).await?;
                Entry::new("status-registered", "person", self.person)
            }
            _ => return Err(Why::ChangedMeanwhile.into()),
        };
        Ok(Recorded::new((), entry.of(Some(self.person)).under(evidence).with("status", DISPLACED)))
    }
}
