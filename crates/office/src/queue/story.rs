//! A visit as one story, from booking to rating: when each step was, where its time went,
//! what it was about, what was paid and what is in hand.

use super::calling::FORGOTTEN;
use super::party::{party_of, visit_at};
use diwan_domain::ids::{CaseId, CentreId, VisitId};
use diwan_domain::money::Currency;
use diwan_domain::queue::State;
use diwan_store::party::{self, CompanionRow, VisitPersonRow};
use diwan_store::queue::{self, SpellRow, TicketRow, VisitRow};
use diwan_store::{Fault, Tx, cases, cash, documents};

/// What happened in a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happened {
    /// An appointment was booked.
    Booked,
    /// They came and took a ticket.
    Arrived,
    /// Their number was called.
    Called,
    /// They stood at the counter.
    Served,
    /// They were away from it: parked, missed, or sent on.
    Away,
    /// A fee was paid.
    Paid,
    /// A paper was in their hand.
    InHand,
    /// The visit was over.
    Left,
    /// They said how it was.
    Rated,
}

impl Happened {
    /// Everything that can happen.
    pub const ALL: [Self; 9] = [
        Self::Booked,
        Self::Arrived,
        Self::Called,
        Self::Served,
        Self::Away,
        Self::Paid,
        Self::InHand,
        Self::Left,
        Self::Rated,
    ];

    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Arrived => "arrived",
            Self::Called => "called",
            Self::Served => "served",
            Self::Away => "away",
            Self::Paid => "paid",
            Self::InHand => "in-hand",
            Self::Left => "left",
            Self::Rated => "rated",
        }
    }
}

/// One step of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When, microseconds since 1970 UTC.
    pub at: i64,
    /// What.
    pub what: Happened,
    /// About what: a ticket's, case's or paper's number, a score, an amount in minor units
    /// with its currency (`4000 IQD`).
    pub about: String,
}

/// On what the time of a visit went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spent {
    /// Waiting to be called.
    Waiting,
    /// On the way to the counter.
    Way,
    /// At the counter.
    Service,
    /// Elsewhere: fetching something, between two lines.
    Other,
}

impl Spent {
    /// Everything on which time goes.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Way, Self::Service, Self::Other];

    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Way => "way",
            Self::Service => "service",
            Self::Other => "other",
        }
    }
}

/// A case of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseOfVisit {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its service.
    pub service: String,
    /// Where it stands.
    pub phase: String,
    /// What is still owed, in minor units.
    pub owed: i64,
    /// In which currency its fee is.
    pub currency: Currency,
    /// What was paid, in minor units.
    pub paid: i64,
    /// How many papers of it are in hand, and how many are not yet.
    pub papers: (usize, usize),
}

/// A visit as one story.
#[derive(Clone, Debug)]
pub struct Story {
    /// The visit.
    pub visit: VisitRow,
    /// Its tickets, in the order in which they were taken.
    pub tickets: Vec<TicketRow>,
    /// What happened, in order.
    pub happened: Vec<Happening>,
    /// On what its time went so far, microseconds, in the order of [`Spent::ALL`].
    pub spent: [i64; 4],
    /// Its cases.
    pub cases: Vec<CaseOfVisit>,
    /// Its people, of whom something was said.
    pub people: Vec<VisitPersonRow>,
    /// Who may be with them.
    pub companions: Vec<CompanionRow>,
}

/// The story of a visit of a centre; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn story(
    tx: &mut Tx<'_>,
    centre: CentreId,
    visit: VisitId,
    now: i64,
) -> Result<Option<Story>, Fault> {
    let Some(visit) = visit_at(tx, centre, visit).await? else { return Ok(None) };
    let tickets = queue::of_visit(tx, visit.id).await?;
    let (people, companions) = party_of(tx, visit.id).await?;
    let mut happened = Vec::new();
    let mut tell =
        |at: i64, what, about: &str| happened.push(Happening { at, what, about: about.to_owned() });
    for appointment in party::appointments_of(tx, visit.id).await? {
        tell(appointment.booked_at, Happened::Booked, "");
    }
    let mut spells = Vec::new();
    for ticket in &tickets {
        tell(ticket.came_at, Happened::Arrived, &ticket.number);
        for spell in queue::spells_of(tx, ticket.id).await? {
            tell(spell.called_at, Happened::Called, &ticket.number);
            if let Some(at) = spell.serving_at {
                tell(at, Happened::Served, &ticket.number);
            }
            let goes_on = matches!(spell.outcome.as_deref(), Some("parked" | "missed" | "transferred"));
            if let Some(at) = spell.ended_at.filter(|_| goes_on) {
                tell(at, Happened::Away, &ticket.number);
            }
            spells.push(spell);
        }
    }
    let (cases, mut of_cases) = cases_of(tx, visit.id).await?;
    happened.append(&mut of_cases);
    let mut tell = |at: Option<i64>, what, about: String| {
        happened.extend(at.map(|at| Happening { at, what, about }));
    };
    tell(visit.ended_at, Happened::Left, String::new());
    tell(visit.rated_at, Happened::Rated, visit.score.map(|score| score.to_string()).unwrap_or_default());
    happened.sort_by_key(|one| (one.at, one.what));
    let spent = spent(&visit, &tickets, &spells, now);
    Ok(Some(Story { visit, tickets, happened, spent, cases, people, companions }))
}

/// The cases of a visit, and what was paid and handed over of them.
async fn cases_of(tx: &mut Tx<'_>, visit: VisitId) -> Result<(Vec<CaseOfVisit>, Vec<Happening>), Fault> {
    let (mut found, mut happened) = (Vec::new(), Vec::new());
    for row in queue::cases_of(tx, visit).await? {
        let Some(case) = cases::case(tx, row.case_id).await? else { continue };
        for receipt in cash::receipts_of_case(tx, case.id).await? {
            if receipt.voids.is_none() && cash::void_of(tx, receipt.id).await?.is_none() {
                let about = format!("{} {}", receipt.minor_units, receipt.currency);
                happened.push(Happening { at: receipt.at, what: Happened::Paid, about });
            }
        }
        let mut papers = (0, 0);
        for paper in documents::of_case(tx, case.id).await? {
            match paper.released_at {
                Some(at) => {
                    papers.0 += 1;
                    happened.push(Happening { at, what: Happened::InHand, about: paper.number });
                }
                None if paper.ended_at.is_none() => papers.1 += 1,
                None => {}
            }
        }
        let owed = crate::cases::payable(&case);
        found.push(CaseOfVisit {
            currency: crate::cases::money_of(&case, 0).currency,
            case: case.id,
            number: case.number,
            service: case.service,
            phase: case.phase,
            owed,
            paid: case.paid_minor_units,
            papers,
        });
    }
    Ok((found, happened))
}

/// On what the time of a visit went until now, or until it was over. What was neither
/// waited, walked nor served was spent elsewhere.
fn spent(visit: &VisitRow, tickets: &[TicketRow], spells: &[SpellRow], now: i64) -> [i64; 4] {
    let until = visit.ended_at.unwrap_or(now);
    let all = (until - visit.came_at).max(0);
    let mut sums = [0_i64; 4];
    for spell in spells {
        sums[0] += (spell.called_at - spell.waiting_since).max(0);
        let is_forgotten = spell.outcome.as_deref() == Some(FORGOTTEN);
        let end = spell.ended_at.filter(|_| !is_forgotten);
        // Of whom an officer forgot nobody knows when they went.
        let known = if is_forgotten { spell.serving_at.unwrap_or(spell.called_at) } else { until };
        let end = end.unwrap_or(known);
        let begun = spell.serving_at.unwrap_or(end);
        sums[1] += (begun - spell.called_at).max(0);
        sums[2] += (end - begun).max(0);
    }
    if spells.is_empty() {
        // Who was never called waits, or waited until they left.
        sums[0] = all;
    } else if visit.ended_at.is_none() {
        // Who came back to a line, or went on to another, waits again.
        let waiting = tickets.iter().filter(|ticket| ticket.state == State::Waiting.code());
        sums[0] += waiting.map(|ticket| (until - ticket.since).max(0)).sum::<i64>();
    }
    sums[3] = (all - sums[..3].iter().sum::<i64>()).max(0);
    sums
}
