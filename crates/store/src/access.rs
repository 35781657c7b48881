//! What expires by itself and what counts: sessions, one-time codes, rate
//! counters and leases. Written through the side door, shared by all nodes.

use crate::db::Db;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::vals;
use crate::value::Row;
use diwan_domain::ids::RowId;
use uuid::Uuid;

/// Takes or keeps a lease; returns its fencing number, or `None` while someone
/// else holds it. Times in microseconds.
///
/// # Errors
/// When the database fails.
pub async fn lease(db: &Db, name: &str, holder: &str, now: i64, length: i64) -> Result<Option<i64>, Fault> {
    const TAKE: &str = "
        INSERT INTO leases (name, holder, fence, until) VALUES ($1, $2, 1, $4)
        ON CONFLICT (name) DO UPDATE
        SET   fence = CASE WHEN leases.holder = $2 THEN leases.fence ELSE leases.fence + 1 END,
              holder = $2, until = $4
        WHERE leases.holder = $2 OR leases.until < $3
        RETURNING fence";
    let rows = db.side(TAKE, &vals![name, holder, now, now + length]).await?;
    rows.first().map(|row| row.get("fence")).transpose()
}

/// Gives a lease back before its time.
///
/// # Errors
/// When the database fails.
pub async fn give_back_lease(db: &Db, name: &str, holder: &str) -> Result<(), Fault> {
    const GIVE_BACK: &str = "DELETE FROM leases WHERE name = $1 AND holder = $2";
    db.side(GIVE_BACK, &vals![name, holder]).await.map(drop)
}

/// Counts one use of something within a window; returns how many uses there
/// were, this one included. Holds across nodes. Times in microseconds.
///
/// # Errors
/// When the database fails.
pub async fn count_use(db: &Db, key: &str, now: i64, window: i64) -> Result<i64, Fault> {
    let rows = db.side(COUNT_USE, &vals![key, now, now - window]).await?;
    rows.first().map_or(Ok(0), |row| row.get("uses"))
}

const COUNT_USE: &str = "
    INSERT INTO rate_counters (key, window_start, uses) VALUES ($1, $2, 1)
    ON CONFLICT (key) DO UPDATE
    SET   uses = CASE WHEN rate_counters.window_start < $3 THEN 1 ELSE rate_counters.uses + 1 END,
          window_start = CASE WHEN rate_counters.window_start < $3 THEN $2 ELSE rate_counters.window_start END
    RETURNING uses";

/// The same count inside an act, kept even when the act is refused.
///
/// # Errors
/// When the database fails.
pub async fn count_use_in(tx: &mut Tx<'_>, key: &str, now: i64, window: i64) -> Result<i64, Fault> {
    const KEEP: &str = "
        INSERT INTO rate_counters (key, window_start, uses) VALUES ($1, $2, $3)
        ON CONFLICT (key) DO UPDATE SET window_start = $2, uses = $3";
    let (since, uses) = match foresee_use(tx, key).await? {
        Some((since, uses)) if since >= now - window => (since, uses + 1),
        _ => (now, 1),
    };
    tx.side(KEEP, &vals![key, since, uses]).await?;
    Ok(uses)
}

/// Since when, and how often, something was used: what [`count_use_in`] will ask.
///
/// # Errors
/// When the database fails.
pub async fn foresee_use(tx: &mut Tx<'_>, key: &str) -> Result<Option<(i64, i64)>, Fault> {
    const COUNTED: &str = "SELECT window_start, uses FROM rate_counters WHERE key = $1";
    let Some(row) = tx.row(COUNTED, &vals![key]).await? else { return Ok(None) };
    Ok(Some((row.get("window_start")?, row.get("uses")?)))
}

/// Keeps a number under a name, such as the last step of a second factor that served. It is
/// swept like every counter, a day after it was last kept.
///
/// # Errors
/// When the database fails.
pub async fn keep_use(tx: &mut Tx<'_>, key: &str, now: i64, number: i64) -> Result<(), Fault> {
    const KEEP: &str = "
        INSERT INTO rate_counters (key, window_start, uses) VALUES ($1, $2, $3)
        ON CONFLICT (key) DO UPDATE SET window_start = $2, uses = $3";
    tx.side(KEEP, &vals![key, now, number]).await
}

/// How often something was used in the window, without counting.
///
/// # Errors
/// When the database fails.
pub async fn uses(tx: &mut Tx<'_>, key: &str, now: i64, window: i64) -> Result<i64, Fault> {
    const USES: &str = "SELECT uses AS n FROM rate_counters WHERE key = $1 AND window_start >= $2";
    tx.count(USES, &vals![key, now - window]).await
}

/// Forgets a counter (after a success).
///
/// # Errors
/// When the database fails.
pub async fn forget_uses(tx: &mut Tx<'_>, key: &str) -> Result<(), Fault> {
    tx.side("DELETE FROM rate_counters WHERE key = $1", &vals![key]).await
}

/// A session as stored. Only the hash of its token is.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// SHA-256 of the token in the cookie.
    pub token_hash: Vec<u8>,
    /// `stranger`, `account` or `officer`.
    pub actor_kind: String,
    /// The account or officer.
    pub actor_id: Option<Uuid>,
    /// The session's public half: names a stranger in the journal.
    pub label: String,
    /// How surely the actor is known.
    pub assurance: String,
    /// The form token (CSRF).
    pub csrf: String,
    /// What the pages keep: language, place to return to.
    pub data: String,
    /// Since when.
    pub created_at: i64,
    /// Last use.
    pub seen_at: i64,
    /// Until when.
    pub expires_at: i64,
}

const SESSION_COLUMNS: &str = "
    SELECT token_hash, actor_kind, actor_id, label, assurance, csrf, data, created_at, seen_at, expires_at
    FROM   sessions WHERE token_hash = $1 AND expires_at > $2";

impl SessionRow {
    fn from_row(row: &Row) -> Result<Self, Fault> {
        let actor: Option<RowId> = row.get("actor_id")?;
        Ok(Self {
            token_hash: row.get("token_hash")?,
            actor_kind: row.get("actor_kind")?,
            actor_id: actor.map(|id| id.0),
            label: row.get("label")?,
            assurance: row.get("assurance")?,
            csrf: row.get("csrf")?,
            data: row.get("data")?,
            created_at: row.get("created_at")?,
            seen_at: row.get("seen_at")?,
            expires_at: row.get("expires_at")?,
        })
    }
}

/// A session that has not expired.
///
/// # Errors
/// When the database fails.
pub async fn session(db: &Db, token_hash: &[u8], now: i64) -> Result<Option<SessionRow>, Fault> {
    let mut reading = db.reading().await?;
    let row = reading.tx().row(SESSION_COLUMNS, &vals![token_hash.to_vec(), now]).await?;
    row.as_ref().map(SessionRow::from_row).transpose()
}

/// Opens a session. Two first forms of one stranger may meet: the later keeps
/// its data.
///
/// # Errors
/// When the database fails.
pub async fn open_session(db: &Db, session: &SessionRow) -> Result<(), Fault> {
    const OPEN: &str = "
        INSERT INTO sessions (token_hash, actor_kind, actor_id, label, assurance, csrf, data, created_at, seen_at,
                              expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (token_hash) DO UPDATE SET data = $7, seen_at = $9, expires_at = $10";
    let values = vals![
        session.token_hash,
        session.actor_kind,
        session.actor_id.map(RowId),
        session.label,
        session.assurance,
        session.csrf,
        session.data,
        session.created_at,
        session.seen_at,
        session.expires_at
    ];
    db.side(OPEN, &values).await.map(drop)
}

/// Notes that a session was used and keeps its data.
///
/// # Errors
/// When the database fails.
pub async fn touch_session(
    db: &Db,
    token_hash: &[u8],
    data: &str,
    seen_at: i64,
    expires_at: i64,
) -> Result<(), Fault> {
    const TOUCH: &str = "UPDATE sessions SET data = $2, seen_at = $3, expires_at = $4 WHERE token_hash = $1";
    db.side(TOUCH, &vals![token_hash.to_vec(), data, seen_at, expires_at]).await.map(drop)
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub async fn end_session(db: &Db, token_hash: &[u8]) -> Result<(), Fault> {
    db.side("DELETE FROM sessions WHERE token_hash = $1", &vals![token_hash.to_vec()]).await.map(drop)
}

/// The sessions of an account or officer that have not expired, the one used
/// last first.
///
/// # Errors
/// When the database fails.
pub async fn sessions_of(db: &Db, actor_kind: &str, actor: Uuid, now: i64) -> Result<Vec<SessionRow>, Fault> {
    const OF: &str = "
        SELECT   token_hash, actor_kind, actor_id, label, assurance, csrf, data, created_at, seen_at, expires_at
        FROM     sessions WHERE actor_kind = $1 AND actor_id = $2 AND expires_at > $3
        ORDER BY seen_at DESC, label";
    let mut reading = db.reading().await?;
    let rows = reading.tx().rows(OF, &vals![actor_kind, RowId(actor), now]).await?;
    rows.iter().map(SessionRow::from_row).collect()
}

/// Ends one session of an account or officer, by its public half.
///
/// # Errors
/// When the database fails.
pub async fn end_session_of(db: &Db, actor_kind: &str, actor: Uuid, label: &str) -> Result<(), Fault> {
    const END: &str = "DELETE FROM sessions WHERE actor_kind = $1 AND actor_id = $2 AND label = $3";
    db.side(END, &vals![actor_kind, RowId(actor), label]).await.map(drop)
}

/// Ends every session of an account or officer, inside the act that ends them.
///
/// # Errors
/// When the database fails.
pub async fn end_sessions_of(tx: &mut Tx<'_>, actor_kind: &str, actor: Uuid) -> Result<(), Fault> {
    const END: &str = "DELETE FROM sessions WHERE actor_kind = $1 AND actor_id = $2";
    tx.side(END, &vals![actor_kind, RowId(actor)]).await
}

/// Removes what has expired; returns nothing because nobody waits for it.
///
/// # Errors
/// When the database fails.
pub async fn sweep(db: &Db, now: i64) -> Result<(), Fault> {
    const DAY: i64 = 86_400_000_000;
    db.side("DELETE FROM sessions WHERE expires_at < $1", &vals![now]).await?;
    db.side("DELETE FROM one_time_codes WHERE expires_at < $1", &vals![now - DAY]).await?;
    db.side("DELETE FROM rate_counters WHERE window_start < $1", &vals![now - 2 * DAY]).await?;
    db.side("DELETE FROM outbox WHERE done_at < $1", &vals![now - 30 * DAY]).await?;
    db.side("DELETE FROM leases WHERE name LIKE 'file/%' AND until < $1", &vals![now - DAY]).await?;
    crate::documents::sweep(db).await?;
    crate::dci::sweep(db, now).await?;
    crate::notices::sweep(db, now).await
}

/// Keeps a one-time code, by its hash.
///
/// # Errors
/// When the database fails.
pub async fn keep_code(
    tx: &mut Tx<'_>,
    id: RowId,
    purpose: &str,
    address: &str,
    code_hash: &[u8],
    now: i64,
    expires_at: i64,
) -> Result<(), Fault> {
    const KEEP: &str = "
        INSERT INTO one_time_codes (id, purpose, address, code_hash, tries_left, created_at, expires_at)
        VALUES ($1, $2, $3, $4, 5, $5, $6)";
    tx.side(KEEP, &vals![id, purpose, address, code_hash.to_vec(), now, expires_at]).await
}

/// Tries a code: the newest one for this purpose and address, at most five
/// times, once. Counts the try even when it fails.
///
/// # Errors
/// When the database fails.
pub async fn try_code(
    tx: &mut Tx<'_>,
    purpose: &str,
    address: &str,
    code_hash: &[u8],
    now: i64,
) -> Result<bool, Fault> {
    const TRY: &str = "
        UPDATE one_time_codes SET tries_left = tries_left - 1
        WHERE  id = (SELECT id FROM one_time_codes
                     WHERE purpose = $1 AND address = $2 AND expires_at > $3 AND used_at IS NULL
                     ORDER BY created_at DESC, id DESC LIMIT 1)
          AND  tries_left > 0
        RETURNING id, code_hash";
    const USED: &str = "UPDATE one_time_codes SET used_at = $2 WHERE id = $1";
    let rows = tx.side_rows(TRY, &vals![purpose, address, now]).await?;
    let Some(row) = rows.first() else { return Ok(false) };
    let kept: Vec<u8> = row.get("code_hash")?;
    let fits = bool::from(subtle::ConstantTimeEq::ct_eq(kept.as_slice(), code_hash));
    if fits {
        tx.side(USED, &vals![row.get::<RowId>("id")?, now]).await?;
    }
    Ok(fits)
}

/// A mark on the database: that it is a demonstration, which installation it is.
///
/// # Errors
/// When the database fails.
pub async fn mark(db: &Db, name: &str) -> Result<Option<String>, Fault> {
    let mut reading = db.reading().await?;
    let row = reading.tx().row("SELECT value FROM marks WHERE name = $1", &vals![name]).await?;
    row.map(|row| row.get("value")).transpose()
}

/// Sets a mark.
///
/// # Errors
/// When the database fails.
pub async fn set_mark(db: &Db, name: &str, value: &str) -> Result<(), Fault> {
    const SET: &str = "INSERT INTO marks (name, value) VALUES ($1, $2)
                       ON CONFLICT (name) DO UPDATE SET value = $2";
    db.side(SET, &vals![name, value]).await.map(drop)
}
