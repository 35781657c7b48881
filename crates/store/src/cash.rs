//! Shifts, receipts and their balanced postings.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{CaseId, CentreId, CounterId, OfficerId, ReceiptId, RowId, ShiftId};

record! {
    /// A cashier's shift.
    pub struct ShiftRow in "shifts" {
        id: ShiftId,
        number: String,
        counter_id: CounterId,
        officer_id: OfficerId,
        opened_at: i64,
        closed_at: Option<i64>,
        expected_minor_units: Option<i64>,
        counted_minor_units: Option<i64>,
        version: i64,
    }
}

record! {
    /// A cash receipt, the voiding of one, or what was given back of one: both name it.
    pub struct ReceiptRow in "receipts" only added {
        id: ReceiptId,
        number: String,
        shift_id: ShiftId,
        case_id: CaseId,
        kind: String,
        voids: Option<ReceiptId>,
        minor_units: i64,
        currency: String,
        lines: Json,
        reason: Option<String>,
        officer_id: OfficerId,
        second_officer_id: Option<OfficerId>,
        training: bool,
        at: i64,
    }
}

record! {
    /// One line of a balanced posting.
    pub struct PostingRow in "postings" only added {
        id: RowId,
        receipt_id: ReceiptId,
        account: String,
        debit: i64,
        credit: i64,
    }
}

/// The shift an officer has open.
///
/// # Errors
/// When the database fails.
pub async fn open_shift_of(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Option<ShiftRow>, Fault> {
    tx.one("SELECT * FROM shifts WHERE officer_id = $1 AND closed_at IS NULL", &vals![officer]).await
}

/// Whether anyone has a shift open at a counter.
///
/// # Errors
/// When the database fails.
pub async fn open_shift_at(tx: &mut Tx<'_>, counter: CounterId) -> Result<Option<ShiftRow>, Fault> {
    tx.one("SELECT * FROM shifts WHERE counter_id = $1 AND closed_at IS NULL", &vals![counter]).await
}

/// One shift.
///
/// # Errors
/// When the database fails.
pub async fn shift(tx: &mut Tx<'_>, id: ShiftId) -> Result<Option<ShiftRow>, Fault> {
    tx.one("SELECT * FROM shifts WHERE id = $1", &vals![id]).await
}

/// One receipt.
///
/// # Errors
/// When the database fails.
pub async fn receipt(tx: &mut Tx<'_>, id: ReceiptId) -> Result<Option<ReceiptRow>, Fault> {
    tx.one("SELECT * FROM receipts WHERE id = $1", &vals![id]).await
}

/// The receipts of a case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn receipts_of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<ReceiptRow>, Fault> {
    tx.all("SELECT * FROM receipts WHERE case_id = $1 ORDER BY at, id", &vals![case]).await
}

/// The receipts of a shift, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn receipts_of_shift(tx: &mut Tx<'_>, shift: ShiftId) -> Result<Vec<ReceiptRow>, Fault> {
    tx.all("SELECT * FROM receipts WHERE shift_id = $1 ORDER BY at, id", &vals![shift]).await
}

/// The receipt that voids another, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn void_of(tx: &mut Tx<'_>, receipt: ReceiptId) -> Result<Option<ReceiptRow>, Fault> {
    tx.one("SELECT * FROM receipts WHERE voids = $1 AND kind = 'void'", &vals![receipt]).await
}

/// What was given back of a receipt without voiding it, in minor units.
///
/// # Errors
/// When the database fails.
pub async fn given_back(tx: &mut Tx<'_>, receipt: ReceiptId) -> Result<i64, Fault> {
    const GIVEN_BACK: &str = "
        SELECT CAST(COALESCE(SUM(minor_units), 0) AS BIGINT) AS n
        FROM   receipts WHERE voids = $1 AND kind = 'refund'";
    tx.count(GIVEN_BACK, &vals![receipt]).await
}

/// The shifts that are open at the counters of a centre, by number.
///
/// # Errors
/// When the database fails.
pub async fn open_in_centre(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<ShiftRow>, Fault> {
    const OPEN: &str = "
        SELECT s.* FROM shifts s JOIN counters c ON c.id = s.counter_id
        WHERE  c.centre_id = $1 AND s.closed_at IS NULL
        ORDER BY s.number";
    tx.all(OPEN, &vals![centre]).await
}

/// What the cash account of a shift holds of a currency, in minor units.
///
/// # Errors
/// When the database fails.
pub async fn cash_in(tx: &mut Tx<'_>, shift: ShiftId, currency: &str) -> Result<i64, Fault> {
    const CASH: &str = "
        SELECT CAST(COALESCE(SUM(p.debit - p.credit), 0) AS BIGINT) AS n
        FROM   postings p JOIN receipts r ON r.id = p.receipt_id
        WHERE  r.shift_id = $1 AND p.account = 'cash' AND r.currency = $2";
    tx.count(CASH, &vals![shift, currency]).await
}

/// Debits less credits over everything: always zero.
///
/// # Errors
/// When the database fails.
pub async fn balance(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    tx.count("SELECT CAST(COALESCE(SUM(debit - credit), 0) AS BIGINT) AS n FROM postings", &[]).await
}
