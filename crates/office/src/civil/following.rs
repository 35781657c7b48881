//! Who stands how to a declaration: whose office keeps it, who has a hand in what it
//! says, and who gave notice of it elsewhere and follows it to its number.

use super::declaring::not_permitted;
use super::links;
use crate::acting::{Acting, second_pair_of_eyes};
use diwan_domain::civil::{State, Step};
use diwan_domain::ids::{DeclarationId, OfficerId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::declarations::{self, DeclarationRow};
use diwan_store::{Stop, Tx};
use serde_json::json;

/// A declaration of an officer's own office; what is elsewhere is not there. A notifier
/// works on what they gave notice of, as long as it holds their words.
pub(super) async fn own(tx: &mut Tx<'_>, acting: &Acting, id: DeclarationId) -> Result<DeclarationRow, Stop> {
    let row = followed(tx, acting, id).await?;
    if only_follows(acting, &row) {
        return Err(not_permitted(Permission::DeclareEvents).into());
    }
    Ok(row)
}

/// A declaration of an officer's own office, or one of which they gave notice elsewhere:
/// whoever gave it sees what becomes of it.
pub(super) async fn followed(
    tx: &mut Tx<'_>,
    acting: &Acting,
    id: DeclarationId,
) -> Result<DeclarationRow, Stop> {
    let row = declarations::declaration(tx, id).await?.ok_or(Why::NotFound)?;
    let is_near = acting.officer.office_id == Some(row.office_id) || holds_words_of(acting, &row);
    let is_givers = acting.may(Permission::NotifyEvents) && only_follows(acting, &row);
    if !(is_near || is_givers) || !links::sees_everyone_in(tx, acting, &row).await? {
        return Err(Why::NotFound.into());
    }
    Ok(row)
}

/// Whether a declaration holds the words of whoever gave notice of it.
fn holds_words_of(acting: &Acting, row: &DeclarationRow) -> bool {
    acting.may(Permission::NotifyEvents) && row.entered_by == Some(acting.officer.id)
}

/// Whether somebody gave notice of it to another office, where an officer has taken it up
/// since. They see how it stands and under which number; what that office added and what
/// it doubts is not theirs, and nothing is left for them to do.
#[must_use]
pub fn only_follows(acting: &Acting, row: &DeclarationRow) -> bool {
    acting.officer.office_id != Some(row.office_id)
        && row.entered_by != Some(acting.officer.id)
        && has_hand_in(row, acting.officer.id)
}

/// Whether a step is one for this officer, as far as their permissions and their hand in
/// it say; whether it leads anywhere from where it stands says [`State::after`].
#[must_use]
pub fn may_take(acting: &Acting, row: &DeclarationRow, step: Step) -> bool {
    if only_follows(acting, row) {
        return false;
    }
    let registers = acting.may(Permission::RegisterEvents);
    let declares = acting.may(Permission::DeclareEvents);
    let own = holds_words_of(acting, row);
    match step {
        Step::Amend => {
            let is_notice = [State::Notified, State::Returned].iter().any(|state| state.code() == row.state);
            declares || own && is_notice
        }
        Step::Declare => declares,
        Step::Withdraw => declares || registers || own,
        Step::Check | Step::Register => registers && !has_hand_in(row, acting.officer.id),
        Step::Return | Step::Reject | Step::MarkDuplicate | Step::Reopen => registers,
    }
}

/// Whether whoever only gives notice mends one that was given back to them: by that it
/// waits for an officer again.
pub(super) fn answers(acting: &Acting, row: &DeclarationRow) -> bool {
    holds_words_of(acting, row)
        && row.state == State::Returned.code()
        && !acting.may(Permission::DeclareEvents)
}

/// Notes whose words a declaration holds now, beside those of everyone before.
pub(super) fn entered(row: &mut DeclarationRow, officer: OfficerId) {
    row.entered_by = Some(officer);
    if !has_hand_in(row, officer)
        && let Some(hands) = row.hands.0.as_array_mut()
    {
        hands.push(json!(officer));
    }
}

/// Whether an officer entered or mended anything of what a declaration says.
#[must_use]
pub fn has_hand_in(row: &DeclarationRow, officer: OfficerId) -> bool {
    row.hands.0.as_array().into_iter().flatten().any(|hand| *hand == json!(officer))
}

/// Refuses whoever entered or mended what a declaration says, by whichever account.
pub(super) async fn had_no_hand_in(
    tx: &mut Tx<'_>,
    acting: &Acting,
    row: &DeclarationRow,
) -> Result<(), Stop> {
    let hands: Vec<OfficerId> = serde_json::from_value(row.hands.0.clone()).unwrap_or_default();
    second_pair_of_eyes(tx, &acting.officer, hands).await
}
