//! Reading what the measures of a centre are counted from.

use super::calling::FORGOTTEN;
use super::{setup_standing, today_at};
use crate::desk::Office;
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{CounterId, TicketId, VisitId};
use diwan_domain::queue::call_backs::CallBackState;
use diwan_domain::queue::measure::{Call, CalledBack, Measures, Of, Rows, Ticket, Visit, age_group, measure};
use diwan_domain::queue::{Need, State};
use diwan_domain::statistics::UNKNOWN;
use diwan_store::call_backs::{self, CallBackRow};
use diwan_store::centres::{self, CentreRow};
use diwan_store::figures;
use diwan_store::measures::{self, CallOf, CaseOf, TicketOf};
use diwan_store::value::Json;
use diwan_store::{Fault, Tx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use tracing::warn;

/// Microseconds in a second.
const SECOND: i64 = 1_000_000;
/// Microseconds in an hour.
const HOUR: i64 = 3_600 * SECOND;

/// Over which days measures are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// Today so far.
    Today,
    /// The last seven days with today.
    Week,
    /// The last thirty days with today.
    Month,
    /// The last four whole weeks, Sunday to Saturday: they change once a week, so that
    /// nobody can take one day's figures from another's and see a few people.
    Weeks,
}

impl Span {
    /// Every span.
    pub const ALL: &'static [Self] = &[Self::Today, Self::Week, Self::Month, Self::Weeks];
    /// What is told in public.
    pub const PUBLIC: &'static [Self] = &[Self::Today, Self::Weeks];

    /// The word for it in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::Weeks => "weeks",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|span| span.code() == code)
    }

    /// Its first and last day.
    fn days(self, today: Date) -> Result<(Date, Date), Fault> {
        let before = |day: Date, days: i64| {
            day.checked_sub(jiff::Span::new().days(days)).map_err(|_| Fault::Shape("day".into()))
        };
        Ok(match self {
            Self::Today => (today, today),
            Self::Week => (before(today, 6)?, today),
            Self::Month => (before(today, 29)?, today),
            Self::Weeks => {
                let since_sunday = i64::from(today.weekday().to_sunday_zero_offset());
                (before(today, since_sunday + 28)?, before(today, since_sunday + 1)?)
            }
        })
    }
}

/// The measures of a centre with the days that they are of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// Over which days.
    pub span: Span,
    /// The first day, ISO 8601.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The measures, with what would tell of few hidden.
    pub measures: Measures,
}

/// The measures of a centre over some days. What would tell of few people is hidden for
/// everybody, its manager too.
///
/// # Errors
/// When the database fails.
pub async fn measured(tx: &mut Tx<'_>, centre: &CentreRow, span: Span, now: i64) -> Result<Measured, Fault> {
    let today: Date = today_at(centre, now).parse().map_err(|_| Fault::Shape("queue day".into()))?;
    let (from, until) = span.days(today)?;
    let rows = rows_of(tx, centre, (from, until), now).await?;
    Ok(Measured {
        span,
        from: from.to_string(),
        until: until.to_string(),
        measures: measure(&rows).covered(),
    })
}

/// For how long measures of days that are over may be kept, in microseconds.
const STALE: i64 = 600 * SECOND;
/// The same with today in them.
const STALE_TODAY: i64 = 60 * SECOND;

/// The same for everybody: at most a minute old with today in it, ten minutes without.
/// Whoever asks first counts, and what was counted is kept for the others.
///
/// # Errors
/// When the database fails.
pub async fn measured_lately(office: &Office, centre: &CentreRow, span: Span) -> Result<Measured, Fault> {
    let now = office.now();
    let key = format!("centre/{}/{}/{}", centre.id, span.code(), today_at(centre, now));
    let stale = if span == Span::Weeks { STALE } else { STALE_TODAY };
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let kept = figures::counted(&mut tx, &key, now - stale).await?;
    if let Some(measured) = kept.and_then(|text| serde_json::from_str(&text).ok()) {
        return Ok(measured);
    }
    let measured = measured(&mut tx, centre, span, now).await?;
    drop(tx);
    drop(reading);
    let text = serde_json::to_string(&measured).map_err(|error| Fault::Outside(error.to_string()))?;
    // While no server takes writing they are counted each time.
    if let Err(fault) = figures::keep_counted(&office.db, &key, &text, now).await {
        warn!("measures of a centre could not be kept: {fault}");
    }
    Ok(measured)
}

async fn rows_of(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    (from, until): (Date, Date),
    now: i64,
) -> Result<Rows, Fault> {
    let texts = (from.to_string(), until.to_string());
    let days = (texts.0.as_str(), texts.1.as_str());
    let labels: BTreeMap<CounterId, String> = centres::counters(tx, centre.id)
        .await?
        .into_iter()
        .map(|counter| (counter.id, counter.label))
        .collect();
    let mut calls: BTreeMap<TicketId, Vec<CallOf>> = BTreeMap::new();
    for call in measures::calls(tx, centre.id, days).await? {
        calls.entry(call.ticket).or_default().push(call);
    }
    let mut visits: BTreeMap<VisitId, Visit> = BTreeMap::new();
    for one in measures::tickets(tx, centre.id, days).await? {
        let of_ticket = calls.remove(&one.ticket).unwrap_or_default();
        let ticket = ticket_of(centre, &labels, &one, &of_ticket)?;
        let visit = visits.entry(one.visit).or_insert_with(|| Visit {
            channel: one.channel,
            language: one.language,
            score: one.score,
            reasons: one.reasons.map(listed).unwrap_or_default(),
            ..Visit::default()
        });
        visit.tickets.push(ticket);
    }
    for case in measures::cases(tx, centre.id, days).await? {
        if let Some(visit) = visits.get_mut(&case.visit) {
            add_case(visit, &case, until);
        }
    }
    let hours = super::hours_of(centre)?;
    let midnights = (hours.midnight(from), (hours.midnight(until) + 24 * HOUR).min(now));
    let (mut kept, mut missed) = (0, 0);
    if let Some((_, setup)) = setup_standing(tx, centre.id).await? {
        for line in &setup.lines {
            let standings = measures::appointments(tx, centre.id, &line.letter, midnights).await?;
            kept += standings.get("kept").copied().unwrap_or(0);
            missed += standings.get("missed").copied().unwrap_or(0);
        }
    }
    let called_back = call_backs::of_days(tx, centre.id, days).await?;
    Ok(Rows {
        visits: visits.into_values().collect(),
        kept,
        missed,
        called_back: called_back.iter().map(called).collect(),
    })
}

/// A list of words as it is stored.
fn listed(json: Json) -> Vec<String> {
    serde_json::from_value(json.0).unwrap_or_default()
}

fn ticket_of(
    centre: &CentreRow,
    labels: &BTreeMap<CounterId, String>,
    one: &TicketOf,
    calls: &[CallOf],
) -> Result<Ticket, Fault> {
    let local = one.came_at + centre.utc_offset_minutes * 60 * SECOND;
    let needs: BTreeSet<Need> =
        serde_json::from_value(one.needs.0.clone()).map_err(|_| Fault::Shape("needs".into()))?;
    // How long it took of whom an officer forgot, nobody knows.
    let is_known = |call: &&CallOf| call.outcome.as_deref() != Some(FORGOTTEN);
    let ended = |call: &CallOf| Some(call).filter(is_known).and_then(|call| call.ended_at);
    let call = |call: &CallOf| Call {
        line: call.line.clone(),
        // A counter that was taken away keeps a group of its own.
        counter: labels.get(&call.counter).cloned().unwrap_or_else(|| "–".to_owned()),
        way: call.serving_at.map(|serving| (serving - call.called_at) / SECOND),
        service: call.serving_at.zip(ended(call)).map(|(serving, ended)| (ended - serving) / SECOND),
        missed: call.outcome.as_deref() == Some("missed"),
    };
    Ok(Ticket {
        line: one.line.clone(),
        hour: local.div_euclid(HOUR).rem_euclid(24),
        state: State::from_code(&one.state).ok_or_else(|| Fault::Shape("ticket state".into()))?,
        needs,
        waited: calls.first().map(|first| ((first.called_at - one.came_at) / SECOND).max(0)),
        calls: calls.iter().map(call).collect(),
    })
}

/// Adds what a case says of a visit. Of two cases the first with a known applicant says
/// for whom it was.
fn add_case(visit: &mut Visit, case: &CaseOf, on: Date) {
    visit.came_twice |= case.others > 0;
    visit.decided += i64::from(case.decided);
    visit.refused += i64::from(case.decided && case.refused);
    if visit.of.is_some() {
        return;
    }
    visit.of = case.sex.as_deref().map(|sex| {
        let born: Option<PartialDate> = case.born_on.as_deref().and_then(|born| born.parse().ok());
        Of {
            sex: match sex {
                "female" => "female",
                "male" => "male",
                _ => UNKNOWN,
            },
            age: age_group(born.and_then(|born| born.age_on(on)).map(i64::from)),
            displaced: case.displaced,
        }
    });
}

fn called(row: &CallBackRow) -> CalledBack {
    let reached = match CallBackState::from_code(&row.state) {
        Some(CallBackState::Reached) => Some(true),
        Some(CallBackState::NotReached) => Some(false),
        _ => None,
    };
    CalledBack { reached, score: row.score, money: row.money }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_weeks_are_four_and_whole() {
        // A Sunday: the weeks end with the day before.
        let days = |day: &str| {
            let (from, until) = Span::Weeks.days(day.parse().unwrap()).unwrap();
            [from.to_string(), until.to_string()]
        };
        assert_eq!(days("2026-11-22"), ["2026-10-25", "2026-11-21"]);
        assert_eq!(days("2026-11-28"), ["2026-10-25", "2026-11-21"], "for the whole week");
        assert_eq!(days("2026-11-29"), ["2026-11-01", "2026-11-28"]);
    }
}
