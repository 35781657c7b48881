//! What a service publishes of itself: counts and sums, never a case.

use crate::db::Db;
use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Row;
use diwan_domain::ids::{OfficerId, RowId};

record! {
    /// What someone said of a service after their case was finished. It names no
    /// person and no case, and only the day.
    pub struct RatingRow in "ratings" only added {
        id: RowId,
        service: String,
        stars: i64,
        word: Option<String>,
        day: String,
        training: bool,
    }
}

record! {
    /// What one case of a service costs, as an administrator set it.
    pub struct ServiceCostRow in "service_costs" only added {
        id: RowId,
        service: String,
        minor_units: i64,
        currency: String,
        basis: String,
        officer_id: OfficerId,
        set_at: i64,
    }
}

/// What happened to the cases of a service since an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many were begun.
    pub begun: i64,
    /// How many of those were sent.
    pub sent: i64,
    /// How many were decided.
    pub decided: i64,
    /// How many of those were refused.
    pub refused: i64,
    /// On how many days, in all, the decided ones were dealt with at a counter.
    pub trips: i64,
    /// How many of the decided ones needed a visit.
    pub visited: i64,
}

fn number(row: Option<&Row>, name: &str) -> Result<i64, Fault> {
    Ok(row.map(|row| row.get::<Option<i64>>(name)).transpose()?.flatten().unwrap_or(0))
}

/// Counts the cases of a service since an instant.
///
/// # Errors
/// When the database fails.
pub async fn counts(tx: &mut Tx<'_>, service: &str, since: i64) -> Result<Counts, Fault> {
    const BEGUN: &str = "
        SELECT COUNT(*) AS begun, COUNT(submitted_at) AS sent
        FROM   cases WHERE service = $1 AND begun_at >= $2";
    const DECIDED: &str = "
        SELECT COUNT(*) AS decided, COUNT(CASE WHEN phase = 'refused' THEN 1 END) AS refused
        FROM   cases WHERE service = $1 AND decided_at >= $2";
    // A visit is a day on which consent or cash was taken, a paper was handed
    // over, or someone showed who they are, of whom only a phone was known.
    const TRIPS: &str = "
        SELECT COUNT(*) AS trips, COUNT(DISTINCT visit.case_id) AS visited
        FROM  (SELECT c.id AS case_id, s.at / 86400000000 AS day
               FROM   cases c JOIN consents s ON s.case_id = c.id
               WHERE  c.service = $1 AND c.decided_at >= $2
               UNION
               SELECT c.id, r.at / 86400000000
               FROM   cases c JOIN receipts r ON r.case_id = c.id
               WHERE  c.service = $1 AND c.decided_at >= $2 AND r.kind = 'fee'
               UNION
               SELECT c.id, d.released_at / 86400000000
               FROM   cases c JOIN documents d ON d.case_id = c.id
               WHERE  c.service = $1 AND c.decided_at >= $2 AND c.channel = 'counter' AND d.released_at IS NOT NULL
               UNION
               SELECT c.id, c.decided_at / 86400000000
               FROM   cases c JOIN accounts a ON a.id = c.account_id
               WHERE  c.service = $1 AND c.decided_at >= $2 AND c.applicant_id IS NOT NULL
                 AND  a.person_id IS NULL) visit";
    let values = vals![service, since];
    let begun = tx.row(BEGUN, &values).await?;
    let decided = tx.row(DECIDED, &values).await?;
    let trips = tx.row(TRIPS, &values).await?;
    Ok(Counts {
        begun: number(begun.as_ref(), "begun")?,
        sent: number(begun.as_ref(), "sent")?,
        decided: number(decided.as_ref(), "decided")?,
        refused: number(decided.as_ref(), "refused")?,
        trips: number(trips.as_ref(), "trips")?,
        visited: number(trips.as_ref(), "visited")?,
    })
}

/// How many people gave one star to five stars since a day (ISO 8601).
///
/// # Errors
/// When the database fails.
pub async fn stars(tx: &mut Tx<'_>, service: &str, since: &str) -> Result<[i64; 5], Fault> {
    const STARS: &str = "
        SELECT stars, COUNT(*) AS n FROM ratings WHERE service = $1 AND day >= $2 GROUP BY stars";
    let mut counted = [0; 5];
    for row in tx.rows(STARS, &vals![service, since]).await? {
        let stars: i64 = row.get("stars")?;
        if let Some(place) = usize::try_from(stars - 1).ok().and_then(|at| counted.get_mut(at)) {
            *place = row.get("n")?;
        }
    }
    Ok(counted)
}

/// The words that came with ratings, the newest day first, mixed within it.
///
/// # Errors
/// When the database fails.
pub async fn words(tx: &mut Tx<'_>, service: &str, at_most: i64) -> Result<Vec<RatingRow>, Fault> {
    const WORDS: &str = "
        SELECT   * FROM ratings WHERE service = $1 AND word IS NOT NULL
        ORDER BY day DESC, word LIMIT $2";
    tx.all(WORDS, &vals![service, at_most]).await
}

/// What one case of a service costs now, if anyone said so.
///
/// # Errors
/// When the database fails.
pub async fn cost(tx: &mut Tx<'_>, service: &str) -> Result<Option<ServiceCostRow>, Fault> {
    const NEWEST: &str = "
        SELECT * FROM service_costs WHERE service = $1 ORDER BY set_at DESC, id DESC LIMIT 1";
    tx.one(NEWEST, &vals![service]).await
}

/// Keeps the figures of a service as they were counted now. Derived: whatever
/// stood there goes.
///
/// # Errors
/// When the database fails.
pub async fn keep_counted(db: &Db, service: &str, figures: &str, now: i64) -> Result<(), Fault> {
    const KEEP: &str = "
        INSERT INTO service_figures (service, figures, counted_at) VALUES ($1, $2, $3)
        ON CONFLICT (service) DO UPDATE SET figures = $2, counted_at = $3";
    db.side(KEEP, &vals![service, figures, now]).await.map(drop)
}

/// The figures of a service as they were counted last, if that was since an
/// instant.
///
/// # Errors
/// When the database fails.
pub async fn counted(tx: &mut Tx<'_>, service: &str, since: i64) -> Result<Option<String>, Fault> {
    const COUNTED: &str = "SELECT figures FROM service_figures WHERE service = $1 AND counted_at >= $2";
    tx.row(COUNTED, &vals![service, since]).await?.map(|row| row.get("figures")).transpose()
}
