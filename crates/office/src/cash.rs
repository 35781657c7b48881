//! Cash at the counter: shifts, receipts and balanced postings. Nothing is
//! edited or deleted; a receipt is voided by another one, by two people, and what is
//! given back later has a receipt of its own.

mod refunds;

pub use refunds::{GiveBack, Refundable, refundable, undoing};

use crate::acting::{acting, in_office, not_family, second_pair_of_eyes};
use crate::cases::{Access, entry_is_revoked, go_on, may_open, money_of, served_by, takes_money};
use crate::civil::may_see_case;
use diwan_domain::acts::Desk;
use diwan_domain::ids::{CaseId, CounterId, JournalId, OfficerId, ReceiptId, ShiftId};
use diwan_domain::journal::Entry;
use diwan_domain::numbers::format_number;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::cash::{self, PostingRow, ReceiptRow, ShiftRow};
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx, cases, centres, journal, series};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A drawer holds dinars, and beside them the dollars of services whose fees are in those.
/// At the end of a shift each is counted.
const DINARS: &str = "IQD";
const DOLLARS: &str = "USD";
/// The kind of a receipt for what was given back.
pub const REFUND: &str = "refund";

/// The dollars that lie in the drawer of a shift, in cents.
///
/// # Errors
/// When the database fails.
pub async fn dollars_in(tx: &mut Tx<'_>, shift: ShiftId) -> Result<i64, diwan_store::Fault> {
    cash::cash_in(tx, shift, DOLLARS).await
}

/// Opens a shift at a counter. One officer, one counter, one shift.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenShift {
    /// At which counter.
    pub counter: CounterId,
}

impl Act for OpenShift {
    const NAME: &'static str = "open-shift";
    type Out = ShiftId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<ShiftId>, Stop> {
        let officer = acting(tx, at, Permission::TakeCash).await?.officer;
        let counter = centres::counter(tx, self.counter).await?.ok_or(Why::NotFound)?;
        if officer.centre_id != Some(counter.centre_id) {
            return Err(Why::NotFound.into());
        }
        let taken = cash::open_shift_of(tx, officer.id).await?.is_some()
            || cash::open_shift_at(tx, self.counter).await?.is_some();
        if taken {
            return Err(Why::ShiftOpen.into());
        }
        let row = ShiftRow {
            id: at.fresh("shift"),
            number: draw(tx, at, self.counter, "shift", "S").await?,
            counter_id: self.counter,
            officer_id: officer.id,
            opened_at: at.now,
            closed_at: None,
            expected_minor_units: None,
            counted_minor_units: None,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("shift-opened", "shift", row.id).with("number", row.number);
        Ok(Recorded::new(row.id, entry))
    }
}

/// A number from the counter's own series.
async fn draw(
    tx: &mut Tx<'_>,
    at: &Desk,
    counter: CounterId,
    purpose: &str,
    letter: &str,
) -> Result<String, Stop> {
    let training = if at.training { "T" } else { "" };
    let prefix = format!("{training}{letter}{}", crate::cases::counter_prefix(tx, at, counter).await?);
    let owner = format!("counter/{counter}");
    let (owner, prefix) = match crate::units::of_desk(tx, at).await? {
        Some(unit) => crate::units::own_series(&unit, owner, prefix),
        None => (owner, prefix),
    };
    let drawn = series::next(tx, &owner, purpose, &prefix, at.fresh(&format!("series/{purpose}"))).await?;
    Ok(format_number(&drawn.prefix, drawn.last as u64, None))
}

/// Closes the officer's shift: what was counted beside what is expected.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseShift {
    /// How many dinars lie in the drawer.
    pub counted: i64,
    /// What lies there in dollars, in cents; left out where none were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dollars: Option<i64>,
}

impl CloseShift {
    /// Closes a drawer in which only dinars were counted.
    #[must_use]
    pub fn counted(dinars: i64) -> Self {
        Self { counted: dinars, dollars: None }
    }
}

/// What was counted less what was expected, of each currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differences {
    /// In dinars.
    pub dinars: i64,
    /// In cents; nothing where no dollars were taken and none were counted.
    pub dollars: Option<i64>,
}

impl Act for CloseShift {
    const NAME: &'static str = "close-shift";
    type Out = Differences;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Differences>, Stop> {
        let officer = acting(tx, at, Permission::TakeCash).await?.officer;
        let mut shift = cash::open_shift_of(tx, officer.id).await?.ok_or(Why::NoShift)?;
        let expected = cash::cash_in(tx, shift.id, DINARS).await?;
        let dollars = cash::cash_in(tx, shift.id, DOLLARS).await?;
        if dollars != 0 && self.dollars.is_none() {
            return Err(Refusal::from(Why::FieldMissing).about("field", "counted-dollars").into());
        }
        shift.closed_at = Some(at.now);
        shift.expected_minor_units = Some(expected);
        shift.counted_minor_units = Some(self.counted);
        tx.edit(&mut shift).await?;
        let entry = Entry::new("shift-closed", "shift", shift.id)
            .with("expected", expected)
            .with("counted", self.counted)
            .with("difference", self.counted - expected)
            .with("dollars", (dollars != 0).then_some(dollars))
            .with("counted-dollars", self.dollars)
            .with("difference-dollars", self.dollars.map(|counted| counted - dollars));
        let differences = Differences {
            dinars: self.counted - expected,
            dollars: self.dollars.map(|counted| counted - dollars),
        };
        Ok(Recorded::new(differences, entry))
    }
}

/// Closes the shift of an officer who will not close it any more: their counter takes money
/// again, and that nobody counted the drawer is on record.
pub(crate) async fn close_uncounted(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    reason: &str,
) -> Result<Option<Entry>, Stop> {
    let Some(mut shift) = cash::open_shift_of(tx, officer).await? else { return Ok(None) };
    let expected = cash::cash_in(tx, shift.id, DINARS).await?;
    shift.closed_at = Some(at.now);
    shift.expected_minor_units = Some(expected);
    tx.edit(&mut shift).await?;
    let dollars = cash::cash_in(tx, shift.id, DOLLARS).await?;
    let entry = Entry::new("shift-closed", "shift", shift.id)
        .under(reason)
        .with("expected", expected)
        .with("dollars", (dollars != 0).then_some(dollars));
    Ok(Some(entry.with("counted", "nobody")))
}

/// Takes a case's fee in cash, exactly, and gives a receipt.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakeFee {
    /// For which case.
    pub case: CaseId,
    /// What was handed over as the fee, in minor units.
    pub minor_units: i64,
}

impl Act for TakeFee {
    const NAME: &'static str = "take-fee";
    type Out = ReceiptId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<ReceiptId>, Stop> {
        let acting = acting(tx, at, Permission::TakeCash).await?;
        // Of another centre's case nothing is there, nor of one that is closed to them.
        let case = cases::case(tx, self.case).await?.filter(|case| served_by(case, &acting.officer));
        let mut case = case.ok_or(Why::NotFound)?;
        if !may_see_case(tx, &acting, &case).await? {
            return Err(Why::NotFound.into());
        }
        let officer = acting.officer;
        let shift = cash::open_shift_of(tx, officer.id).await?.ok_or(Why::NoShift)?;
        not_family(tx, &officer, [case.applicant_id, case.holder_id]).await?;
        if case.phase == "in-progress" && entry_is_revoked(&case) {
            return Err(Why::EntryRevoked.into());
        }
        if !takes_money(&case) {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        }
        let owed = case.fee_minor_units - case.paid_minor_units;
        if owed <= 0 {
            return Err(Why::AlreadyPaid.into());
        }
        if self.minor_units != owed {
            return Err(Refusal::from(Why::WrongAmount).about("owed", owed).into());
        }
        let id: ReceiptId = at.fresh("receipt");
        let number = draw(tx, at, shift.counter_id, "receipt", "R").await?;
        let receipt = ReceiptRow {
            id,
            number: number.clone(),
            shift_id: shift.id,
            case_id: case.id,
            kind: "fee".into(),
            voids: None,
            minor_units: owed,
            currency: money_of(&case, owed).currency.code().into(),
            lines: case.fee_lines.clone(),
            reason: None,
            officer_id: officer.id,
            second_officer_id: None,
            training: at.training,
            at: at.now,
        };
        tx.add(&receipt).await?;
        post(tx, at, id, owed, 0).await?;
        case.paid_minor_units += owed;
        case.touched_at = at.now;
        let entries = go_on(tx, at, &mut case).await?;
        crate::cases::keep(tx, at, &mut case).await?;
        let entry = Entry::new("fee-taken", "case", case.id)
            .of(case.applicant_id)
            .with("receipt", number)
            .with("minor-units", owed);
        Ok(Recorded::new(id, entry).and_all(entries))
    }
}

/// Posts an amount to cash and against the fees, so that debits equal credits.
async fn post(tx: &mut Tx<'_>, at: &Desk, receipt: ReceiptId, taken: i64, given: i64) -> Result<(), Stop> {
    for (account, debit, credit) in [("cash", taken, given), ("fees", given, taken)] {
        let row = PostingRow {
            id: at.fresh(&format!("posting/{account}")),
            receipt_id: receipt,
            account: account.to_owned(),
            debit,
            credit,
        };
        tx.add(&row).await?;
    }
    Ok(())
}

/// Voids a receipt: the cash goes back, the fee stands open again. Whoever took
/// it cannot approve the voiding.
#[derive(Debug, Serialize, Deserialize)]
pub struct VoidReceipt {
    /// Which receipt.
    pub receipt: ReceiptId,
    /// Who asks: the cashier, at whose drawer the money is.
    pub cashier: OfficerId,
    /// Why.
    pub reason: String,
}

impl Act for VoidReceipt {
    const NAME: &'static str = "void-receipt";
    type Out = ReceiptId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<ReceiptId>, Stop> {
        let second = acting(tx, at, Permission::VoidCash).await?.officer;
        second_pair_of_eyes(tx, &second, [self.cashier]).await?;
        if self.reason.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        let receipt = cash::receipt(tx, self.receipt).await?.ok_or(Why::NotFound)?;
        // What was given back is not given back again by voiding.
        let is_void = receipt.voids.is_some() || cash::void_of(tx, receipt.id).await?.is_some();
        if is_void || cash::given_back(tx, receipt.id).await? > 0 {
            return Err(Why::AlreadyVoid.into());
        }
        let shift = cash::shift(tx, receipt.shift_id).await?.ok_or(Why::NotFound)?;
        if receipt.officer_id != self.cashier || shift.closed_at.is_some() {
            return Err(Why::NoShift.into());
        }
        let counter = centres::counter(tx, shift.counter_id).await?.ok_or(Why::NotFound)?;
        if second.centre_id.is_some_and(|centre| centre != counter.centre_id) {
            return Err(Why::NotFound.into());
        }
        let mut case = cases::case(tx, receipt.case_id).await?.ok_or(Why::NotFound)?;
        if diwan_store::documents::of_case(tx, case.id).await?.iter().any(|d| d.released_at.is_some()) {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        }
        let id: ReceiptId = at.fresh("receipt");
        let number = draw(tx, at, shift.counter_id, "receipt", "R").await?;
        let row = ReceiptRow {
            id,
            number: number.clone(),
            kind: "void".into(),
            voids: Some(receipt.id),
            lines: Json(json!([])),
            reason: Some(self.reason.trim().to_owned()),
            second_officer_id: Some(second.id),
            at: at.now,
            ..receipt.clone()
        };
        tx.add(&row).await?;
        post(tx, at, id, 0, receipt.minor_units).await?;
        case.paid_minor_units -= receipt.minor_units;
        case.touched_at = at.now;
        let entries = crate::cases::fee_open_again(tx, at, &mut case).await?;
        crate::cases::keep(tx, at, &mut case).await?;
        let entry = Entry::new("receipt-voided", "receipt", receipt.id)
            .under(self.reason.trim())
            .with("number", number)
            .with("cashier", self.cashier.to_string());
        Ok(Recorded::new(id, entry).and_all(entries))
    }
}

/// Prints a receipt. The first print by whoever took the money is the original;
/// every other one says that it is a copy, and the journal knows of each.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReprintReceipt {
    /// Which receipt.
    pub receipt: ReceiptId,
}

impl Act for ReprintReceipt {
    const NAME: &'static str = "reprint-receipt";
    /// Whether this print is the original.
    type Out = bool;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<bool>, Stop> {
        let officer = acting(tx, at, Permission::TakeCash).await?.officer;
        let (receipt, _) = seen_by(tx, at, self.receipt).await?;
        let told = journal::about(tx, "receipt", &receipt.id.to_string()).await?;
        let printed = told.iter().any(|entry| entry.kind == "receipt-reprinted");
        let original = !printed && receipt.officer_id == officer.id;
        let entry = Entry::new("receipt-reprinted", "receipt", receipt.id)
            .with("number", receipt.number)
            .with("original", original);
        Ok(Recorded::new(original, entry))
    }
}

/// One receipt, and whether it was voided.
///
/// # Errors
/// When the database fails.
pub async fn receipt(
    tx: &mut Tx<'_>,
    id: ReceiptId,
) -> Result<Option<(ReceiptRow, bool)>, diwan_store::Fault> {
    let Some(row) = cash::receipt(tx, id).await? else { return Ok(None) };
    let void = cash::void_of(tx, id).await?.is_some();
    Ok(Some((row, void)))
}

/// One receipt for an officer who may see it: whoever took the money, one who
/// takes cash and may open its case, one who approves voidings in its centre.
/// To every other it is not there.
///
/// # Errors
/// [`Why::NotPermitted`], [`Why::NotFound`]; or the database fails.
pub async fn seen_by(tx: &mut Tx<'_>, at: &Desk, id: ReceiptId) -> Result<(ReceiptRow, bool), Stop> {
    let acting = in_office(tx, at).await?;
    let (takes, voids) = (acting.may(Permission::TakeCash), acting.may(Permission::VoidCash));
    if !takes && !voids {
        let permission = Permission::TakeCash.code();
        return Err(Refusal::from(Why::NotPermitted).about("permission", permission).into());
    }
    let (row, void) = receipt(tx, id).await?.ok_or(Why::NotFound)?;
    let own = row.officer_id == acting.officer.id;
    let here = voids && {
        let shift = cash::shift(tx, row.shift_id).await?.ok_or(Why::NotFound)?;
        let counter = centres::counter(tx, shift.counter_id).await?.ok_or(Why::NotFound)?;
        acting.officer.centre_id.is_none_or(|centre| centre == counter.centre_id)
    };
    let opens = takes && !own && !here && {
        let case = cases::case(tx, row.case_id).await?.ok_or(Why::NotFound)?;
        may_open(tx, at, &case, &Access::default()).await?
    };
    if own || here || opens { Ok((row, void)) } else { Err(Why::NotFound.into()) }
}

/// The number of a receipt's case, as it stands on the paper.
///
/// # Errors
/// [`Why::NotFound`]; or the database fails.
pub async fn case_number_of(tx: &mut Tx<'_>, receipt: &ReceiptRow) -> Result<String, Stop> {
    Ok(cases::case(tx, receipt.case_id).await?.ok_or(Why::NotFound)?.number)
}

/// The journal's entry for a receipt: the taking of the fee, the voiding, or the giving back.
///
/// # Errors
/// When the database fails.
pub async fn entry_of(
    tx: &mut Tx<'_>,
    receipt: &ReceiptRow,
) -> Result<Option<JournalId>, diwan_store::Fault> {
    let told = match receipt.voids {
        Some(voided) => journal::about(tx, "receipt", &voided.to_string()).await?,
        None => journal::about(tx, "case", &receipt.case_id.to_string()).await?,
    };
    let (kind, fact) = match receipt.kind.as_str() {
        "void" => ("receipt-voided", "number"),
        REFUND => ("fee-given-back", "number"),
        _ => ("fee-taken", "receipt"),
    };
    let own = |entry: &&journal::JournalRow| {
        entry.kind == kind && entry.body["facts"][fact].as_str() == Some(receipt.number.as_str())
    };
    Ok(told.iter().find(own).map(|entry| entry.id))
}

/// The counter at which an officer has a shift open.
///
/// # Errors
/// When the database fails.
pub async fn counter_of(
    tx: &mut Tx<'_>,
    officer: OfficerId,
) -> Result<Option<CounterId>, diwan_store::Fault> {
    Ok(cash::open_shift_of(tx, officer).await?.map(|shift| shift.counter_id))
}

/// The officer's open shift with its receipts and its cash.
///
/// # Errors
/// When the database fails.
pub async fn open_shift(
    tx: &mut Tx<'_>,
    officer: OfficerId,
) -> Result<Option<(ShiftRow, Vec<ReceiptRow>, i64)>, diwan_store::Fault> {
    let Some(shift) = cash::open_shift_of(tx, officer).await? else { return Ok(None) };
    let receipts = cash::receipts_of_shift(tx, shift.id).await?;
    let held = cash::cash_in(tx, shift.id, DINARS).await?;
    Ok(Some((shift, receipts, held)))
}
