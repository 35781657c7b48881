//! Religion on a paper, for one who is entitled and asks for it. The register holds it
//! where it was declared; no paper shows it otherwise, and neither does the page on which
//! papers are checked.

use super::{definition, for_officer, keep};
use crate::acting::not_family;
use crate::civil::entry_content;
use diwan_domain::acts::Desk;
use diwan_domain::ids::CaseId;
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{EntryValue, EntryValues};
use diwan_store::cases::CaseRow;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, civil};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What a case keeps of it.
const RELIGION: &str = "religion";
/// Those of whom an entry may say it, by their roles.
pub const FAITHS: [&str; 6] = ["child", "deceased", "husband", "wife", "father", "mother"];

/// Lets the paper of a case show religion as the entry has it, or takes that back: by an
/// officer who may, on a stated law. A paper that was made before is replaced by the
/// ordinary way ([`crate::documents::EndDocument`]), and the new one shows it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowReligion {
    /// Of which case.
    pub case: CaseId,
    /// The version that was on the officer's screen.
    pub seen: i64,
    /// Shown, or not any more.
    pub shown: bool,
    /// The law and the right on which it is asked for.
    pub basis: String,
}

impl Act for ShowReligion {
    const NAME: &'static str = "show-religion";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let (acting, mut case) = for_officer(tx, at, self.case, Permission::ShowReligion).await?;
        if case.version != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        not_family(tx, &acting.officer, super::work::parties_of(&case)).await?;
        let basis = self.basis.trim();
        if basis.chars().count() < 3 {
            return Err(Why::ReasonMissing.into());
        }
        if !matches!(case.phase.as_str(), "in-progress" | "approved" | "fulfilled") {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        }
        if definition(tx, &case).await?.service.document.is_none() || self.shown == is_shown(&case) {
            return Err(Why::NothingChanges.into());
        }
        if self.shown && said(tx, &case).await?.is_empty() {
            return Err(Refusal::from(Why::EntryIncomplete).about("missing", RELIGION).into());
        }
        case.facts.0[RELIGION] =
            if self.shown { json!({"basis": basis, "officer": acting.officer.id}) } else { json!(null) };
        case.touched_at = at.now;
        keep(tx, at, &mut case).await?;
        let kind = if self.shown { "religion-shown" } else { "religion-hidden" };
        let entry = Entry::new(kind, "case", case.id)
            .of(case.holder_id)
            .under(basis)
            .with("officer", acting.officer.id.to_string());
        Ok(Recorded::new(case.version, entry))
    }
}

/// Whether the papers of a case show religion.
#[must_use]
pub fn is_shown(case: &CaseRow) -> bool {
    case.facts.0[RELIGION].is_object()
}

/// What the entry of a case says of religion, as a paper's fields: `child-religion` and
/// those of the other roles. What was not said is left out.
async fn said(tx: &mut Tx<'_>, case: &CaseRow) -> Result<EntryValues, Fault> {
    let mut fields = EntryValues::new();
    let Some(id) = case.entry_id else { return Ok(fields) };
    let Some(entry) = civil::entry(tx, id).await? else { return Ok(fields) };
    let content = entry_content(tx, &entry).await?;
    for role in FAITHS {
        let faith = content.of(role, RELIGION).filter(|faith| *faith != "not-said");
        if let Some(faith) = faith {
            fields.insert(format!("{role}-{RELIGION}"), EntryValue::Text(faith.to_owned()));
        }
    }
    Ok(fields)
}

/// What the paper of a case shows of religion: nothing, unless one entitled asked.
///
/// # Errors
/// When the database fails.
pub(crate) async fn printed_of(tx: &mut Tx<'_>, case: &CaseRow) -> Result<EntryValues, Fault> {
    if is_shown(case) { said(tx, case).await } else { Ok(EntryValues::new()) }
}
