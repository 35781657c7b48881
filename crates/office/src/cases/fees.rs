//! What a case costs. What was told when it was sent holds: another case that is quicker, or
//! a rule that is published meanwhile, makes it no dearer. Where more is known only later,
//! which entry it is or other answers of the applicant, the applicant is told before they pay.

use crate::messages::{self, Template};
use diwan_domain::acts::Desk;
use diwan_domain::journal::Entry;
use diwan_domain::services::{FeeBill, RuleFault, Service};
use diwan_store::cases::CaseRow;
use diwan_store::value::Json;
use diwan_store::{Stop, Tx};
use serde_json::{Value, json};

/// Where a case keeps that its fee was told, and whether its entry was known then.
const TOLD: &str = "fee-told";

/// Keeps what a case costs by its rules now. An amount that cannot be worked out is nothing
/// yet: an officer is asked, and no rule approves.
///
/// # Errors
/// When the database fails.
pub(super) async fn set(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    service: &Service,
    bill: Result<FeeBill, RuleFault>,
) -> Result<Option<Entry>, Stop> {
    let bill = match bill {
        Ok(bill) => bill,
        Err(fault) => {
            case.facts.0["fee-fault"] = json!(fault);
            return Ok(None);
        }
    };
    forget(case, "fee-fault");
    let (before, now) = (case.fee_minor_units, bill.total.minor_units);
    let told = case.facts.0[TOLD].clone();
    if now > before && holds(&told, service.register.is_some() && case.entry_id.is_some()) {
        return Ok(None);
    }
    case.fee_minor_units = now;
    case.fee_lines = Json(json!(bill.lines));
    case.facts.0[TOLD] = json!({"entry": told["entry"] == true || case.entry_id.is_some()});
    if told.is_null() || now <= before {
        return Ok(None);
    }
    messages::tell(tx, at, case, Template::FeeChanged).await?;
    let entry = Entry::new("fee-changed", "case", case.id).of(case.applicant_id);
    Ok(Some(entry.with("before", before).with("now", now)))
}

/// Whether what was told binds: it was told, and of the same entry.
fn holds(told: &Value, entry_is_known: bool) -> bool {
    match told["answered-anew"].as_bool() {
        Some(true) => false,
        _ => !told.is_null() && (told["entry"] == true || !entry_is_known),
    }
}

/// The applicant answers something else than that for which the fee was told.
pub(super) fn answered_anew(case: &mut CaseRow) {
    if !case.facts.0[TOLD].is_null() {
        case.facts.0[TOLD]["answered-anew"] = json!(true);
    }
}

/// Somebody else is the applicant: to them nothing was told yet.
pub(super) fn told_to_nobody(case: &mut CaseRow) {
    forget(case, TOLD);
}

fn forget(case: &mut CaseRow, fact: &str) {
    if let Some(facts) = case.facts.0.as_object_mut() {
        facts.remove(fact);
    }
}

#[cfg(test)]
mod tests {
    use super::holds;
    use serde_json::json;

    #[test]
    fn what_was_told_of_an_entry_holds() {
        for (told, entry_is_known, wanted) in [
            (json!(null), true, false),
            (json!({"entry": true}), true, true),
            (json!({"entry": true}), false, true),
            (json!({"entry": false}), false, true),
            (json!({"entry": false}), true, false),
            (json!({"entry": true, "answered-anew": true}), true, false),
        ] {
            assert_eq!(holds(&told, entry_is_known), wanted, "{told}, {entry_is_known}");
        }
    }
}
