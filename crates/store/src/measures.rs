//! What the measures of a centre are counted from. Of the people behind visits it reads
//! groups only: a sex, a date of birth, whether they are displaced; never who.

use crate::fault::Fault;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{CentreId, CounterId, TicketId, VisitId};
use std::collections::BTreeMap;

/// A ticket with what its visit says.
#[derive(Clone, Debug)]
pub struct TicketOf {
    /// The ticket.
    pub ticket: TicketId,
    /// Its visit.
    pub visit: VisitId,
    /// The letter of its line.
    pub line: String,
    /// Where it stands.
    pub state: String,
    /// When it was taken, microseconds since 1970 UTC.
    pub came_at: i64,
    /// What its holder needs, as JSON.
    pub needs: Json,
    /// How the visit came.
    pub channel: String,
    /// In which language.
    pub language: String,
    /// What they gave, 1 to 5.
    pub score: Option<i64>,
    /// What that was about, as JSON.
    pub reasons: Option<Json>,
}

/// The tickets of a centre's days, from one to another, those of a visit together.
///
/// # Errors
/// When the database fails.
pub async fn tickets(
    tx: &mut Tx<'_>,
    centre: CentreId,
    (from, until): (&str, &str),
) -> Result<Vec<TicketOf>, Fault> {
    const TICKETS: &str = "
        SELECT   t.id, t.visit_id, t.line, t.state, t.came_at, t.needs,
                 v.channel, v.language, v.score, v.reasons
        FROM     queue_days d
                 JOIN tickets t ON t.day_id = d.id
                 JOIN visits v ON v.id = t.visit_id
        WHERE    d.centre_id = $1 AND d.day >= $2 AND d.day <= $3
        ORDER BY t.visit_id, t.came_at, t.id";
    let rows = tx.rows(TICKETS, &vals![centre, from, until]).await?;
    rows.iter()
        .map(|row| {
            Ok(TicketOf {
                ticket: row.get("id")?,
                visit: row.get("visit_id")?,
                line: row.get("line")?,
                state: row.get("state")?,
                came_at: row.get("came_at")?,
                needs: row.get("needs")?,
                channel: row.get("channel")?,
                language: row.get("language")?,
                score: row.get("score")?,
                reasons: row.get("reasons")?,
            })
        })
        .collect()
}

/// A call of a ticket with its times, microseconds since 1970 UTC.
#[derive(Clone, Debug)]
pub struct CallOf {
    /// The ticket.
    pub ticket: TicketId,
    /// The counter.
    pub counter: CounterId,
    /// The letter of the line.
    pub line: String,
    /// When it was called.
    pub called_at: i64,
    /// When the person stood there.
    pub serving_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// How it ended.
    pub outcome: Option<String>,
}

/// The calls of a centre's days, from one to another, in their order.
///
/// # Errors
/// When the database fails.
pub async fn calls(
    tx: &mut Tx<'_>,
    centre: CentreId,
    (from, until): (&str, &str),
) -> Result<Vec<CallOf>, Fault> {
    const CALLS: &str = "
        SELECT   s.ticket_id, s.counter_id, s.line, s.called_at, s.serving_at, s.ended_at, s.outcome
        FROM     queue_days d JOIN spells s ON s.day_id = d.id
        WHERE    d.centre_id = $1 AND d.day >= $2 AND d.day <= $3
        ORDER BY s.day_id, s.turn";
    let rows = tx.rows(CALLS, &vals![centre, from, until]).await?;
    rows.iter()
        .map(|row| {
            Ok(CallOf {
                ticket: row.get("ticket_id")?,
                counter: row.get("counter_id")?,
                line: row.get("line")?,
                called_at: row.get("called_at")?,
                serving_at: row.get("serving_at")?,
                ended_at: row.get("ended_at")?,
                outcome: row.get("outcome")?,
            })
        })
        .collect()
}

/// A case that a visit was about, with groups of whom it is for.
#[derive(Clone, Debug)]
pub struct CaseOf {
    /// The visit.
    pub visit: VisitId,
    /// How many other visits were about the same case.
    pub others: i64,
    /// Whether it was decided.
    pub decided: bool,
    /// Whether it was refused.
    pub refused: bool,
    /// The applicant's sex by the register; `None` where nobody is known, or their record
    /// is protected.
    pub sex: Option<String>,
    /// When they were born, as the register has it.
    pub born_on: Option<String>,
    /// Whether they are registered as displaced.
    pub displaced: bool,
}

/// The cases of the visits of a centre's days, from one to another. Cases of training are
/// left out.
///
/// # Errors
/// When the database fails.
pub async fn cases(
    tx: &mut Tx<'_>,
    centre: CentreId,
    (from, until): (&str, &str),
) -> Result<Vec<CaseOf>, Fault> {
    const CASES: &str = "
        SELECT   v.id, c.phase, c.decided_at, p.sex, p.born_on,
                 (SELECT COUNT(*) FROM visit_cases o
                  WHERE  o.case_id = vc.case_id AND o.visit_id <> vc.visit_id) AS others,
                 (SELECT COUNT(*) FROM person_statuses s
                  WHERE  s.person_id = p.id AND s.kind = 'displaced' AND s.ended_at IS NULL) AS displaced
        FROM     visits v
                 JOIN visit_cases vc ON vc.visit_id = v.id
                 JOIN cases c ON c.id = vc.case_id
                 LEFT JOIN persons p ON p.id = c.applicant_id AND p.protected = 0
        WHERE    v.centre_id = $1 AND v.day >= $2 AND v.day <= $3 AND c.training = 0
        ORDER BY v.id, vc.at, vc.id";
    let rows = tx.rows(CASES, &vals![centre, from, until]).await?;
    rows.iter()
        .map(|row| {
            let phase: String = row.get("phase")?;
            Ok(CaseOf {
                visit: row.get("id")?,
                others: row.get("others")?,
                decided: row.get::<Option<i64>>("decided_at")?.is_some(),
                refused: phase == "refused",
                sex: row.get("sex")?,
                born_on: row.get("born_on")?,
                displaced: row.get::<i64>("displaced")? > 0,
            })
        })
        .collect()
}

/// How many appointments of a line began within a time and stand so, by standing.
///
/// # Errors
/// When the database fails.
pub async fn appointments(
    tx: &mut Tx<'_>,
    centre: CentreId,
    line: &str,
    (from, until): (i64, i64),
) -> Result<BTreeMap<String, i64>, Fault> {
    const STANDINGS: &str = "
        SELECT   standing, COUNT(*) AS n
        FROM     appointments
        WHERE    centre_id = $1 AND line = $2 AND starts_at >= $3 AND starts_at < $4
        GROUP BY standing";
    let rows = tx.rows(STANDINGS, &vals![centre, line, from, until]).await?;
    rows.iter().map(|row| Ok((row.get("standing")?, row.get("n")?))).collect()
}
