//! Visits to a centre: its setup, the days of its queue, tickets, calls and sittings.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{
    AccountId, AppointmentId, CaseId, CentreId, CounterId, OfficerId, QueueDayId, RowId, TicketId, VisitId,
};
use std::collections::BTreeMap;

record! {
    /// How people are served in a centre, as published.
    pub struct SetupRow in "centre_setups" only added {
        id: RowId,
        centre_id: CentreId,
        hash: String,
        body: String,
        published_at: i64,
    }
}

record! {
    /// One day of a centre.
    pub struct QueueDayRow in "queue_days" {
        id: QueueDayId,
        centre_id: CentreId,
        day: String,
        setup_hash: String,
        turn: i64,
        numbers: Json,
        door: String,
        closed_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// Somebody's visit, from coming to leaving.
    pub struct VisitRow in "visits" {
        id: VisitId,
        centre_id: CentreId,
        day: String,
        channel: String,
        language: String,
        people: i64,
        account_id: Option<AccountId>,
        session: Option<String>,
        phone: Option<String>,
        came_at: i64,
        ended_at: Option<i64>,
        score: Option<i64>,
        reasons: Option<Json>,
        call_back: bool,
        rated_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// A place in a line.
    pub struct TicketRow in "tickets" {
        id: TicketId,
        visit_id: VisitId,
        day_id: QueueDayId,
        centre_id: CentreId,
        number: String,
        line: String,
        service: Option<String>,
        class: String,
        state: String,
        came_at: i64,
        place: i64,
        booked_for: Option<i64>,
        needs: Json,
        code: String,
        counter_id: Option<CounterId>,
        officer_id: Option<OfficerId>,
        calls: i64,
        since: i64,
        asked_by: Option<OfficerId>,
        asked_reason: Option<String>,
        let_in_by: Option<OfficerId>,
        near_told_at: Option<i64>,
        again_id: Option<TicketId>,
        turn: Option<i64>,
        version: i64,
    }
}

record! {
    /// One call of a ticket to a counter, with its times.
    pub struct SpellRow in "spells" {
        id: RowId,
        ticket_id: TicketId,
        visit_id: VisitId,
        day_id: QueueDayId,
        counter_id: CounterId,
        officer_id: OfficerId,
        line: String,
        turn: i64,
        passed: bool,
        waiting_since: i64,
        called_at: i64,
        serving_at: Option<i64>,
        ended_at: Option<i64>,
        outcome: Option<String>,
        version: i64,
    }
}

record! {
    /// An officer at a counter, calling.
    pub struct SittingRow in "sittings" {
        id: RowId,
        centre_id: CentreId,
        counter_id: CounterId,
        officer_id: OfficerId,
        lines: Json,
        since: i64,
        until: Option<i64>,
        version: i64,
    }
}

record! {
    /// A case that a visit was about.
    pub struct VisitCaseRow in "visit_cases" only added {
        id: RowId,
        visit_id: VisitId,
        ticket_id: TicketId,
        case_id: CaseId,
        at: i64,
    }
}

record! {
    /// An appointment at a centre.
    pub struct AppointmentRow in "appointments" {
        id: AppointmentId,
        centre_id: CentreId,
        line: String,
        service: Option<String>,
        starts_at: i64,
        who: String,
        identity: String,
        phone: String,
        account_id: Option<AccountId>,
        language: String,
        code: String,
        standing: String,
        channel: String,
        booked_at: i64,
        visit_id: Option<VisitId>,
        reminded_at: Option<i64>,
        version: i64,
    }
}

/// The appointment that a code opens.
///
/// # Errors
/// When the database fails.
pub async fn appointment(tx: &mut Tx<'_>, code: &str) -> Result<Option<AppointmentRow>, Fault> {
    tx.one("SELECT * FROM appointments WHERE code = $1", &vals![code]).await
}

/// One appointment.
///
/// # Errors
/// When the database fails.
pub async fn appointment_by_id(tx: &mut Tx<'_>, id: AppointmentId) -> Result<Option<AppointmentRow>, Fault> {
    tx.one("SELECT * FROM appointments WHERE id = $1", &vals![id]).await
}

/// The appointments of a line of a centre that begin within a time.
///
/// # Errors
/// When the database fails.
pub async fn booked(
    tx: &mut Tx<'_>,
    centre: CentreId,
    line: &str,
    (from, until): (i64, i64),
) -> Result<Vec<AppointmentRow>, Fault> {
    const BOOKED: &str = "
        SELECT   * FROM appointments
        WHERE    centre_id = $1 AND line = $2 AND starts_at >= $3 AND starts_at < $4
        ORDER BY starts_at, id";
    tx.all(BOOKED, &vals![centre, line, from, until]).await
}

/// The appointments of somebody since an instant, and those of their telephone.
///
/// # Errors
/// When the database fails.
pub async fn booked_by(
    tx: &mut Tx<'_>,
    (identity, phone): (&str, &str),
    since: i64,
) -> Result<Vec<AppointmentRow>, Fault> {
    const OF_IDENTITY: &str = "
        SELECT * FROM appointments WHERE identity = $1 AND starts_at >= $2 ORDER BY starts_at, id LIMIT 200";
    const OF_PHONE: &str = "
        SELECT * FROM appointments WHERE phone = $1 AND starts_at >= $2 ORDER BY starts_at, id LIMIT 200";
    let mut found: Vec<AppointmentRow> = tx.all(OF_IDENTITY, &vals![identity, since]).await?;
    if !phone.is_empty() {
        let of_phone: Vec<AppointmentRow> = tx.all(OF_PHONE, &vals![phone, since]).await?;
        found.extend(of_phone);
    }
    found.sort_by_key(|row| row.id);
    found.dedup_by_key(|row| row.id);
    Ok(found)
}

/// The open appointments of which something is due, the earliest first: those that were
/// before an instant, and of those before a later one whoever left a telephone and was
/// not reminded.
///
/// # Errors
/// When the database fails.
pub async fn due_appointments(
    tx: &mut Tx<'_>,
    (past, soon): (i64, i64),
    at_most: i64,
) -> Result<Vec<AppointmentRow>, Fault> {
    const DUE: &str = "
        SELECT   * FROM appointments
        WHERE    standing = 'open' AND starts_at < $2
          AND    (starts_at < $1 OR (reminded_at IS NULL AND phone <> ''))
        ORDER BY starts_at, id LIMIT $3";
    tx.all(DUE, &vals![past, soon, at_most]).await
}

/// The open appointments of a day off, at the centres for which it holds; the day begins and
/// ends within a time, as a clock in each of them shows it.
///
/// # Errors
/// When the database fails.
pub async fn open_on_day_off(
    tx: &mut Tx<'_>,
    day: &str,
    (from, until): (i64, i64),
    at_most: i64,
) -> Result<Vec<AppointmentRow>, Fault> {
    // No clock is further from UTC than a day: the bounds of `starts_at` serve its index.
    const OPEN: &str = "
        SELECT   * FROM appointments a
        WHERE    a.standing = 'open'
          AND    a.starts_at >= $2 - 86400000000 AND a.starts_at < $3 + 86400000000
          AND    EXISTS (
            SELECT 1 FROM centres c JOIN holidays h ON h.day = $1 AND h.withdrawn_at IS NULL
            WHERE  c.id = a.centre_id
              AND  (h.centre_id IS NULL OR h.centre_id = c.id)
              AND  (h.area_id IS NULL OR h.area_id = c.area_id)
              AND  a.starts_at + c.utc_offset_minutes * 60000000 >= $2
              AND  a.starts_at + c.utc_offset_minutes * 60000000 < $3)
        ORDER BY a.starts_at, a.id LIMIT $4";
    tx.all(OPEN, &vals![day, from, until, at_most]).await
}

/// How many tickets of a day stand in each state.
///
/// # Errors
/// When the database fails.
pub async fn counts(tx: &mut Tx<'_>, day: QueueDayId) -> Result<BTreeMap<String, i64>, Fault> {
    const COUNTS: &str = "SELECT state, COUNT(*) AS n FROM tickets WHERE day_id = $1 GROUP BY state";
    let rows = tx.rows(COUNTS, &vals![day]).await?;
    rows.iter().map(|row| Ok((row.get("state")?, row.get("n")?))).collect()
}

/// The setup of a centre that stands.
///
/// # Errors
/// When the database fails.
pub async fn setup(tx: &mut Tx<'_>, centre: CentreId) -> Result<Option<SetupRow>, Fault> {
    const LATEST: &str = "
        SELECT * FROM centre_setups WHERE centre_id = $1 ORDER BY published_at DESC, id DESC LIMIT 1";
    tx.one(LATEST, &vals![centre]).await
}

/// The setup of a centre that a hash names.
///
/// # Errors
/// When the database fails.
pub async fn setup_named(tx: &mut Tx<'_>, centre: CentreId, hash: &str) -> Result<Option<SetupRow>, Fault> {
    const NAMED: &str = "
        SELECT * FROM centre_setups WHERE centre_id = $1 AND hash = $2 ORDER BY published_at LIMIT 1";
    tx.one(NAMED, &vals![centre, hash]).await
}

/// A centre by its code.
///
/// # Errors
/// When the database fails.
pub async fn centre_coded(tx: &mut Tx<'_>, code: &str) -> Result<Option<crate::centres::CentreRow>, Fault> {
    tx.one("SELECT * FROM centres WHERE code = $1 AND closed_at IS NULL", &vals![code]).await
}

/// One day of a centre.
///
/// # Errors
/// When the database fails.
pub async fn day(tx: &mut Tx<'_>, centre: CentreId, day: &str) -> Result<Option<QueueDayRow>, Fault> {
    tx.one("SELECT * FROM queue_days WHERE centre_id = $1 AND day = $2", &vals![centre, day]).await
}

/// A day by its identifier.
///
/// # Errors
/// When the database fails.
pub async fn day_by_id(tx: &mut Tx<'_>, id: QueueDayId) -> Result<Option<QueueDayRow>, Fault> {
    tx.one("SELECT * FROM queue_days WHERE id = $1", &vals![id]).await
}

/// The days of a centre, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn days(tx: &mut Tx<'_>, centre: CentreId, at_most: i64) -> Result<Vec<QueueDayRow>, Fault> {
    const DAYS: &str = "SELECT * FROM queue_days WHERE centre_id = $1 ORDER BY day DESC LIMIT $2";
    tx.all(DAYS, &vals![centre, at_most]).await
}

/// Those of eight days of a centre on which something happened, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn days_among(
    tx: &mut Tx<'_>,
    centre: CentreId,
    days: &[String; 8],
) -> Result<Vec<QueueDayRow>, Fault> {
    const AMONG: &str = "
        SELECT   * FROM queue_days
        WHERE    centre_id = $1 AND day IN ($2, $3, $4, $5, $6, $7, $8, $9)
        ORDER BY day DESC";
    let [a, b, c, d, e, f, g, h] = days.each_ref().map(String::as_str);
    tx.all(AMONG, &vals![centre, a, b, c, d, e, f, g, h]).await
}

/// The tickets of a day in one state, by place.
///
/// # Errors
/// When the database fails.
pub async fn in_state(tx: &mut Tx<'_>, day: QueueDayId, state: &str) -> Result<Vec<TicketRow>, Fault> {
    const IN_STATE: &str = "
        SELECT * FROM tickets WHERE day_id = $1 AND state = $2 ORDER BY place, came_at, number";
    tx.all(IN_STATE, &vals![day, state]).await
}

/// The tickets of a day that wait or are in somebody's hand, by place.
///
/// # Errors
/// When the database fails.
pub async fn on_the_floor(tx: &mut Tx<'_>, day: QueueDayId) -> Result<Vec<TicketRow>, Fault> {
    const ON_THE_FLOOR: &str = "
        SELECT   * FROM tickets
        WHERE    day_id = $1 AND state IN ('waiting', 'called', 'serving')
        ORDER BY place, came_at, number";
    tx.all(ON_THE_FLOOR, &vals![day]).await
}

/// The visits of those who wait on a day, left a telephone, and were not told yet that they
/// are near.
///
/// # Errors
/// When the database fails.
pub async fn not_told(tx: &mut Tx<'_>, day: QueueDayId) -> Result<Vec<VisitRow>, Fault> {
    const NOT_TOLD: &str = "
        SELECT   v.* FROM tickets t JOIN visits v ON v.id = t.visit_id
        WHERE    t.day_id = $1 AND t.state = 'waiting' AND t.near_told_at IS NULL AND v.phone IS NOT NULL
        ORDER BY v.id";
    tx.all(NOT_TOLD, &vals![day]).await
}

/// Every ticket of a day, in the order in which they were taken.
///
/// # Errors
/// When the database fails.
pub async fn of_day(tx: &mut Tx<'_>, day: QueueDayId) -> Result<Vec<TicketRow>, Fault> {
    tx.all("SELECT * FROM tickets WHERE day_id = $1 ORDER BY came_at, id", &vals![day]).await
}

/// One ticket.
///
/// # Errors
/// When the database fails.
pub async fn ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<Option<TicketRow>, Fault> {
    tx.one("SELECT * FROM tickets WHERE id = $1", &vals![id]).await
}

/// The ticket that a code opens.
///
/// # Errors
/// When the database fails.
pub async fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<TicketRow>, Fault> {
    tx.one("SELECT * FROM tickets WHERE code = $1", &vals![code]).await
}

/// The ticket with a number on a day.
///
/// # Errors
/// When the database fails.
pub async fn by_number(tx: &mut Tx<'_>, day: QueueDayId, number: &str) -> Result<Option<TicketRow>, Fault> {
    tx.one("SELECT * FROM tickets WHERE day_id = $1 AND number = $2", &vals![day, number]).await
}

/// The tickets of a visit, in the order in which they were taken.
///
/// # Errors
/// When the database fails.
pub async fn of_visit(tx: &mut Tx<'_>, visit: VisitId) -> Result<Vec<TicketRow>, Fault> {
    tx.all("SELECT * FROM tickets WHERE visit_id = $1 ORDER BY came_at, id", &vals![visit]).await
}

/// What a counter has in hand: called there, or being served.
///
/// # Errors
/// When the database fails.
pub async fn at_counter(tx: &mut Tx<'_>, counter: CounterId) -> Result<Option<TicketRow>, Fault> {
    const IN_HAND: &str = "
        SELECT * FROM tickets WHERE counter_id = $1 AND state IN ('called', 'serving') ORDER BY id LIMIT 1";
    tx.one(IN_HAND, &vals![counter]).await
}

/// One visit.
///
/// # Errors
/// When the database fails.
pub async fn visit(tx: &mut Tx<'_>, id: VisitId) -> Result<Option<VisitRow>, Fault> {
    tx.one("SELECT * FROM visits WHERE id = $1", &vals![id]).await
}

/// The visits that a session began at a centre on a day.
///
/// # Errors
/// When the database fails.
pub async fn of_session(
    tx: &mut Tx<'_>,
    session: &str,
    centre: CentreId,
    day: &str,
) -> Result<Vec<VisitRow>, Fault> {
    const OF_SESSION: &str = "
        SELECT * FROM visits WHERE session = $1 AND centre_id = $2 AND day = $3 ORDER BY came_at DESC, id";
    tx.all(OF_SESSION, &vals![session, centre, day]).await
}

/// The last calls of a day, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn calls(tx: &mut Tx<'_>, day: QueueDayId, at_most: i64) -> Result<Vec<SpellRow>, Fault> {
    tx.all("SELECT * FROM spells WHERE day_id = $1 ORDER BY turn DESC LIMIT $2", &vals![day, at_most]).await
}

/// The call of a ticket that has not ended.
///
/// # Errors
/// When the database fails.
pub async fn open_spell(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<SpellRow>, Fault> {
    const OPEN: &str = "
        SELECT * FROM spells WHERE ticket_id = $1 AND ended_at IS NULL ORDER BY turn DESC LIMIT 1";
    tx.one(OPEN, &vals![ticket]).await
}

/// Every call of a ticket, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn spells_of(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<SpellRow>, Fault> {
    tx.all("SELECT * FROM spells WHERE ticket_id = $1 ORDER BY turn", &vals![ticket]).await
}

/// Who sits at the counters of a centre now.
///
/// # Errors
/// When the database fails.
pub async fn sitting_in(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<SittingRow>, Fault> {
    const OPEN: &str = "SELECT * FROM sittings WHERE centre_id = $1 AND until IS NULL ORDER BY since, id";
    tx.all(OPEN, &vals![centre]).await
}

/// Where an officer sits now.
///
/// # Errors
/// When the database fails.
pub async fn sitting_of(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Option<SittingRow>, Fault> {
    const OPEN: &str = "
        SELECT * FROM sittings WHERE officer_id = $1 AND until IS NULL ORDER BY since DESC LIMIT 1";
    tx.one(OPEN, &vals![officer]).await
}

/// The cases of a visit.
///
/// # Errors
/// When the database fails.
pub async fn cases_of(tx: &mut Tx<'_>, visit: VisitId) -> Result<Vec<VisitCaseRow>, Fault> {
    // A visit is about a handful of cases; the constraint's index finds them.
    tx.all("SELECT * FROM visit_cases WHERE visit_id = $1 ORDER BY at, id", &vals![visit]).await
}

/// One entry of the journal as it is published: what it says, and what opens its
/// commitment in the public log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The entry's bytes, as they were committed to.
    pub body: String,
    /// The salt before them.
    pub salt: Vec<u8>,
    /// Its place in the public log; `None` until it is sealed.
    pub leaf: Option<i64>,
}

/// The entries about a day of a centre, in the order of its turns after `after` of them.
///
/// # Errors
/// When the database fails.
pub async fn entries_of(
    tx: &mut Tx<'_>,
    day: QueueDayId,
    after: i64,
    at_most: i64,
) -> Result<Vec<Published>, Fault> {
    entries_about(tx, ("queue-day", &day.to_string()), after, at_most).await
}

/// The entries about something that is published, in their order, after `after` of them.
///
/// # Errors
/// When the database fails.
pub async fn entries_about(
    tx: &mut Tx<'_>,
    (kind, id): (&str, &str),
    after: i64,
    at_most: i64,
) -> Result<Vec<Published>, Fault> {
    const ENTRIES: &str = "
        SELECT   j.body, j.salt, l.leaf
        FROM     journal j LEFT JOIN log_leaves l ON l.entry_id = j.id
        WHERE    j.subject_kind = $1 AND j.subject_id = $2
        ORDER BY j.at, j.ordinal, j.id LIMIT $3 OFFSET $4";
    let rows = tx.rows(ENTRIES, &vals![kind, id, at_most, after]).await?;
    rows.iter()
        .map(|row| Ok(Published { body: row.get("body")?, salt: row.get("salt")?, leaf: row.get("leaf")? }))
        .collect()
}
