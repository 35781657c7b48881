//! Giving money back later: when the shift in which it was taken is closed, or when the fee
//! fell after it was paid. Two people do it, out of a drawer that is open now.

use super::{REFUND, draw, post};
use crate::acting::{acting, not_family, second_pair_of_eyes};
use crate::cases;
use crate::civil::may_see_case;
use diwan_domain::acts::Desk;
use diwan_domain::ids::{ReceiptId, ShiftId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::cases::CaseRow;
use diwan_store::cash::{self, ReceiptRow, ShiftRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres, documents};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What may be given back of a receipt now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refundable {
    /// At most so much, in minor units of the receipt's currency.
    pub most: i64,
    /// So much was paid beyond the fee as it is now.
    pub beyond: i64,
    /// So much of the receipt was not given back yet.
    pub of_receipt: i64,
}

impl Refundable {
    /// What is usually given back: what was paid beyond the fee, or everything.
    #[must_use]
    pub fn usual(self) -> i64 {
        if self.beyond > 0 { self.beyond } else { self.most }
    }
}

/// What may be given back of a receipt now: what is left of it. While a paper of its case is
/// in somebody's hand and counts, only what was paid beyond the fee.
///
/// # Errors
/// When the database fails.
pub async fn refundable(tx: &mut Tx<'_>, receipt: &ReceiptRow, case: &CaseRow) -> Result<Refundable, Fault> {
    if receipt.voids.is_some() || cash::void_of(tx, receipt.id).await?.is_some() {
        return Ok(Refundable::default());
    }
    let left = (receipt.minor_units - cash::given_back(tx, receipt.id).await?).max(0);
    let beyond = (case.paid_minor_units - case.fee_minor_units).clamp(0, left);
    let papers = documents::of_case(tx, case.id).await?;
    // One that was revoked is nobody's any more.
    let is_in_hand = papers.iter().any(|paper| paper.released_at.is_some() && paper.state != "revoked");
    Ok(Refundable { most: if is_in_hand { beyond } else { left }, beyond, of_receipt: left })
}

/// What a page shows of undoing a receipt: the shift in which it was taken, what may be
/// given back, and the shifts of that centre that are open now, each with its counter's name.
///
/// # Errors
/// [`Why::NotFound`]; or the database fails.
pub async fn undoing(
    tx: &mut Tx<'_>,
    receipt: &ReceiptRow,
) -> Result<(ShiftRow, Refundable, Vec<(ShiftRow, String)>), Stop> {
    let shift = cash::shift(tx, receipt.shift_id).await?.ok_or(Why::NotFound)?;
    let case = diwan_store::cases::case(tx, receipt.case_id).await?.ok_or(Why::NotFound)?;
    let left = refundable(tx, receipt, &case).await?;
    let counter = centres::counter(tx, shift.counter_id).await?.ok_or(Why::NotFound)?;
    let mut drawers = Vec::new();
    for open in cash::open_in_centre(tx, counter.centre_id).await? {
        let at = centres::counter(tx, open.counter_id).await?.ok_or(Why::NotFound)?;
        drawers.push((open, at.label));
    }
    Ok((shift, left, drawers))
}

/// Gives back what was taken by a receipt, or a part of it, out of a drawer that is open
/// now. Who approves it is neither who took the money nor who counts it out.
#[derive(Debug, Serialize, Deserialize)]
pub struct GiveBack {
    /// Of which receipt.
    pub receipt: ReceiptId,
    /// Out of the drawer of which open shift.
    pub shift: ShiftId,
    /// How much, in minor units of the receipt's currency.
    pub minor_units: i64,
    /// Why.
    pub reason: String,
}

impl Act for GiveBack {
    const NAME: &'static str = "give-back-fee";
    type Out = ReceiptId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<ReceiptId>, Stop> {
        let acting = acting(tx, at, Permission::VoidCash).await?;
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        let receipt = cash::receipt(tx, self.receipt).await?.ok_or(Why::NotFound)?;
        let taken_in = cash::shift(tx, receipt.shift_id).await?.ok_or(Why::NotFound)?;
        let shift = cash::shift(tx, self.shift).await?.ok_or(Why::NotFound)?;
        // Of another centre's cash nothing is there.
        for counter in [taken_in.counter_id, shift.counter_id] {
            let counter = centres::counter(tx, counter).await?.ok_or(Why::NotFound)?;
            if acting.officer.centre_id.is_some_and(|centre| centre != counter.centre_id) {
                return Err(Why::NotFound.into());
            }
        }
        if shift.closed_at.is_some() {
            return Err(Why::NoShift.into());
        }
        second_pair_of_eyes(tx, &acting.officer, [shift.officer_id, receipt.officer_id]).await?;
        let mut case = diwan_store::cases::case(tx, receipt.case_id).await?.ok_or(Why::NotFound)?;
        if !may_see_case(tx, &acting, &case).await? {
            return Err(Why::NotFound.into());
        }
        not_family(tx, &acting.officer, [case.applicant_id, case.holder_id]).await?;
        self.is_there(tx, &receipt, &case, &shift).await?;
        let id: ReceiptId = at.fresh("receipt");
        let number = draw(tx, at, shift.counter_id, "receipt", "R").await?;
        let row = ReceiptRow {
            id,
            number: number.clone(),
            shift_id: shift.id,
            kind: REFUND.into(),
            voids: Some(receipt.id),
            minor_units: self.minor_units,
            lines: Json(json!([])),
            reason: Some(reason.to_owned()),
            officer_id: shift.officer_id,
            second_officer_id: Some(acting.officer.id),
            training: at.training,
            at: at.now,
            ..receipt.clone()
        };
        tx.add(&row).await?;
        post(tx, at, id, 0, self.minor_units).await?;
        case.paid_minor_units -= self.minor_units;
        case.touched_at = at.now;
        // What is owed again is paid again before the case goes on.
        let entries = match case.paid_minor_units < case.fee_minor_units {
            true => cases::fee_open_again(tx, at, &mut case).await?,
            false => Vec::new(),
        };
        cases::keep(tx, at, &mut case).await?;
        let entry = Entry::new("fee-given-back", "receipt", receipt.id)
            .of(case.applicant_id)
            .under(reason)
            .with("number", number)
            .with("case", case.id.to_string())
            .with("minor-units", self.minor_units)
            .with("currency", row.currency)
            .with("shift", shift.number)
            .with("cashier", shift.officer_id.to_string());
        Ok(Recorded::new(id, entry).and_all(entries))
    }
}

impl GiveBack {
    /// Refuses what is not there to give: nothing is left of the receipt, it is more than
    /// may go back, or the drawer does not hold it.
    async fn is_there(
        &self,
        tx: &mut Tx<'_>,
        receipt: &ReceiptRow,
        case: &CaseRow,
        shift: &ShiftRow,
    ) -> Result<(), Stop> {
        let most = refundable(tx, receipt, case).await?.most;
        if most <= 0 {
            return Err(Why::NothingToGiveBack.into());
        }
        if !(1..=most).contains(&self.minor_units) {
            return Err(Refusal::from(Why::TooMuchBack).about("most", most).into());
        }
        if cash::cash_in(tx, shift.id, &receipt.currency).await? < self.minor_units {
            return Err(Why::DrawerShort.into());
        }
        Ok(())
    }
}
