//! What comes by telephone: who was asked how their visit was, who wishes to be
//! telephoned, and who may act for whom.

use crate::cases::CaseRow;
use crate::fault::Fault;
use crate::queue::VisitRow;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{OfficerId, PersonId, RowId, VisitId};

record! {
    /// That somebody was asked by text message how their visit was.
    pub struct RatingAskRow in "rating_asks" only added {
        id: RowId,
        visit_id: VisitId,
        at: i64,
    }
}

record! {
    /// Somebody who wishes to be telephoned by a person.
    pub struct PhoneWishRow in "phone_wishes" {
        id: RowId,
        phone: Option<String>,
        language: String,
        wished_at: i64,
        taken_by: Option<OfficerId>,
        taken_at: Option<i64>,
        tries: i64,
        outcome: Option<String>,
        settled_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// That one person may act for another.
    pub struct ProxyRow in "proxies" {
        id: RowId,
        person_id: PersonId,
        proxy_id: PersonId,
        services: Json,
        deeds: Json,
        basis: String,
        basis_number: String,
        until_day: String,
        language: String,
        channel: String,
        officer_id: Option<OfficerId>,
        witness: Option<String>,
        since: i64,
        ended_at: Option<i64>,
        ended_by: Option<String>,
        version: i64,
    }
}

/// The visits of a telephone since an instant, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn visits_of_phone(tx: &mut Tx<'_>, phone: &str, since: i64) -> Result<Vec<VisitRow>, Fault> {
    const OF_PHONE: &str = "
        SELECT * FROM visits WHERE phone = $1 AND came_at >= $2 ORDER BY came_at DESC, id LIMIT 20";
    tx.all(OF_PHONE, &vals![phone, since]).await
}

/// The cases begun since an instant whose applicant gave a telephone, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn cases_of_phone(tx: &mut Tx<'_>, phone: &str, since: i64) -> Result<Vec<CaseRow>, Fault> {
    const OF_PHONE: &str = "
        SELECT * FROM cases WHERE phone = $1 AND begun_at >= $2 ORDER BY begun_at DESC, id LIMIT 50";
    tx.all(OF_PHONE, &vals![phone, since]).await
}

/// The visits that ended within a time, left a telephone, and were neither rated nor asked,
/// the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn to_be_asked(
    tx: &mut Tx<'_>,
    (from, until): (i64, i64),
    at_most: i64,
) -> Result<Vec<VisitId>, Fault> {
    const TO_ASK: &str = "
        SELECT   v.* FROM visits v
        WHERE    v.ended_at >= $1 AND v.ended_at < $2 AND v.phone IS NOT NULL AND v.rated_at IS NULL
          AND    NOT EXISTS (SELECT 1 FROM rating_asks a WHERE a.visit_id = v.id)
        ORDER BY v.ended_at, v.id LIMIT $3";
    let visits: Vec<VisitRow> = tx.all(TO_ASK, &vals![from, until, at_most]).await?;
    Ok(visits.into_iter().map(|visit| visit.id).collect())
}

/// Whether somebody was asked how a visit was, and when.
///
/// # Errors
/// When the database fails.
pub async fn asked(tx: &mut Tx<'_>, visit: VisitId) -> Result<Option<RatingAskRow>, Fault> {
    tx.one("SELECT * FROM rating_asks WHERE visit_id = $1", &vals![visit]).await
}

/// One wish to be telephoned.
///
/// # Errors
/// When the database fails.
pub async fn wish(tx: &mut Tx<'_>, id: RowId) -> Result<Option<PhoneWishRow>, Fault> {
    tx.one("SELECT * FROM phone_wishes WHERE id = $1", &vals![id]).await
}

/// The wish of a telephone that nobody settled.
///
/// # Errors
/// When the database fails.
pub async fn wish_of(tx: &mut Tx<'_>, phone: &str) -> Result<Option<PhoneWishRow>, Fault> {
    const OPEN: &str = "
        SELECT * FROM phone_wishes WHERE phone = $1 AND settled_at IS NULL ORDER BY wished_at, id LIMIT 1";
    tx.one(OPEN, &vals![phone]).await
}

/// The wishes that nobody settled, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn open_wishes(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<PhoneWishRow>, Fault> {
    const OPEN: &str = "
        SELECT * FROM phone_wishes WHERE settled_at IS NULL ORDER BY wished_at, id LIMIT $1";
    tx.all(OPEN, &vals![at_most]).await
}

/// The wish that an officer has in hand.
///
/// # Errors
/// When the database fails.
pub async fn wish_held_by(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Option<PhoneWishRow>, Fault> {
    const HELD: &str = "
        SELECT   * FROM phone_wishes WHERE settled_at IS NULL AND taken_by = $1
        ORDER BY wished_at, id LIMIT 1";
    tx.one(HELD, &vals![officer]).await
}

/// The wishes from before an instant that nobody settled, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn old_wishes(tx: &mut Tx<'_>, before: i64, at_most: i64) -> Result<Vec<PhoneWishRow>, Fault> {
    const OLD: &str = "
        SELECT   * FROM phone_wishes WHERE settled_at IS NULL AND wished_at < $1
        ORDER BY wished_at, id LIMIT $2";
    tx.all(OLD, &vals![before, at_most]).await
}

/// One proxy.
///
/// # Errors
/// When the database fails.
pub async fn proxy(tx: &mut Tx<'_>, id: RowId) -> Result<Option<ProxyRow>, Fault> {
    tx.one("SELECT * FROM proxies WHERE id = $1", &vals![id]).await
}

/// The proxies that somebody appointed and did not end, also under a number that was found
/// to be theirs: those that hold longest first, those whose time is over last.
///
/// # Errors
/// When the database fails.
pub async fn proxies_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<ProxyRow>, Fault> {
    const OF_PERSON: &str = "
        SELECT   * FROM proxies
        WHERE    person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    ended_at IS NULL
        ORDER BY until_day DESC, since DESC, id LIMIT 200";
    tx.all(OF_PERSON, &vals![person]).await
}

/// The same of those for whom somebody acts.
///
/// # Errors
/// When the database fails.
pub async fn proxies_for(tx: &mut Tx<'_>, proxy: PersonId) -> Result<Vec<ProxyRow>, Fault> {
    const FOR_PROXY: &str = "
        SELECT   * FROM proxies
        WHERE    proxy_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    ended_at IS NULL
        ORDER BY until_day DESC, since DESC, id LIMIT 200";
    tx.all(FOR_PROXY, &vals![proxy]).await
}
