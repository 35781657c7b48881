//! What a hall looks like now: who was called where, how many wait, and how long.
//! It names nobody; displays, phones and the manager look at the same picture.

use super::calling::lines_of;
use super::outlook::like_days;
use super::{NoticeNow, as_waiting, is_open, setup_standing, times_under, today_at};
use diwan_domain::ids::{CentreId, OfficerId};
use diwan_domain::queue::estimate::{Range, wait};
use diwan_domain::queue::order::before;
use diwan_domain::queue::{MINUTE, Setup, State, Waiting};
use diwan_store::centres::{self, CentreRow, CounterRow};
use diwan_store::queue::{self, SittingRow, SpellRow, TicketRow};
use diwan_store::{Fault, Tx, floor, officers};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many visits of a day tell how long the next will take.
const LATELY: i64 = 120;
/// How many of them count for one line.
const LATELY_A_LINE: usize = 20;
/// With fewer visits of today in a line, those of the last like day count beside them.
const ENOUGH: usize = 10;

/// A centre's hall at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// The centre's code.
    pub centre: String,
    /// Its day.
    pub day: String,
    /// Which turn of the day it shows.
    pub turn: i64,
    /// When it was so, microseconds since 1970 UTC.
    pub at: i64,
    /// Whether the centre is open.
    pub open: bool,
    /// Who was called and has not been served yet, the latest first.
    pub called: Vec<CalledNow>,
    /// The lines.
    pub lines: Vec<LineNow>,
    /// How many are before each waiting number.
    pub before: BTreeMap<String, usize>,
    /// The waiting and open of the day in all.
    pub standing: Standing,
    /// What those who wait are told, the latest first.
    pub notices: Vec<NoticeNow>,
}

/// A number on the display.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalledNow {
    /// The ticket.
    pub number: String,
    /// The counter's label.
    pub counter: String,
    /// In which hall it is shown.
    pub hall: String,
    /// Which way the counter is.
    pub direction: String,
    /// How often it was called.
    pub calls: i64,
    /// When it was called first, microseconds since 1970 UTC.
    pub at: i64,
    /// Whether its holder stands at the counter already.
    pub serving: bool,
}

/// A line at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineNow {
    /// Its letter.
    pub letter: String,
    /// How many wait.
    pub waiting: usize,
    /// How many counters serve it.
    pub counters: usize,
    /// How long whoever comes now waits; none while no counter is open.
    pub wait: Option<Range>,
    /// How long whoever waits longest has waited, in minutes.
    pub longest: i64,
}

/// Sums of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Waiting.
    pub waiting: usize,
    /// Sent to fetch something.
    pub parked: usize,
    /// Called in vain.
    pub missed: usize,
    /// Served.
    pub done: usize,
}

/// A counter with who sits there and whom it has in hand: for the centre's officers.
#[derive(Clone, Debug)]
pub struct AtCounter {
    /// The counter.
    pub counter: CounterRow,
    /// Who sits there.
    pub sitting: Option<SittingRow>,
    /// Their name.
    pub officer: Option<String>,
    /// Whom it has in hand.
    pub ticket: Option<TicketRow>,
}

struct Day {
    setup: std::sync::Arc<Setup>,
    waiting: Vec<TicketRow>,
    spells: Vec<SpellRow>,
    /// Calls of the last like day: while few were served today they tell more than a guess.
    like: Vec<SpellRow>,
    sittings: Vec<SittingRow>,
}

impl Day {
    /// Looks at the last like day, if too few were served today in some line.
    async fn learn(&mut self, tx: &mut Tx<'_>, centre: &CentreRow, today: &str) -> Result<(), Fault> {
        let is_known = |line: &diwan_domain::queue::Line| {
            minutes_of(&self.spells, &line.letter).take(ENOUGH).count() == ENOUGH
        };
        if self.setup.lines.iter().all(is_known) {
            return Ok(());
        }
        if let Some(day) = like_days(tx, centre, today).await?.first() {
            self.like = queue::calls(tx, day.id, LATELY).await?;
        }
        Ok(())
    }
}

/// The picture of a centre now; `None` when nobody published how people are served there.
///
/// # Errors
/// When the database fails.
pub async fn picture(tx: &mut Tx<'_>, centre: CentreId, now: i64) -> Result<Option<Picture>, Fault> {
    let Some(centre) = centres::centre(tx, centre).await? else { return Ok(None) };
    let Some((_, setup)) = setup_standing(tx, centre.id).await? else { return Ok(None) };
    let (hours, holidays) = times_under(tx, &centre, Some(&setup)).await?;
    let open = hours.is_open(now, &holidays);
    let today = today_at(&centre, now);
    let sittings = queue::sitting_in(tx, centre.id).await?;
    let mut picture = Picture {
        centre: centre.code.clone(),
        day: today.clone(),
        turn: 0,
        at: now,
        open,
        called: Vec::new(),
        lines: Vec::new(),
        before: BTreeMap::new(),
        standing: Standing::default(),
        notices: floor::notices(tx, centre.id, &today).await?.into_iter().map(NoticeNow::from).collect(),
    };
    let mut day = Day { setup, waiting: Vec::new(), spells: Vec::new(), like: Vec::new(), sittings };
    if let Some(row) = queue::day(tx, centre.id, &today).await? {
        picture.turn = row.turn;
        let tickets = queue::on_the_floor(tx, row.id).await?;
        let (waiting, at_counters): (Vec<_>, Vec<_>) =
            tickets.into_iter().partition(|ticket| ticket.state == State::Waiting.code());
        day.waiting = waiting;
        day.spells = queue::calls(tx, row.id, LATELY).await?;
        let counters = centres::counters(tx, centre.id).await?;
        picture.called = called(&day, &counters, &at_counters);
        let counts = queue::counts(tx, row.id).await?;
        let count = |state: State| counts.get(state.code()).map_or(0, |n| usize::try_from(*n).unwrap_or(0));
        picture.standing = Standing {
            waiting: count(State::Waiting),
            parked: count(State::Parked),
            missed: count(State::Missed),
            done: count(State::Done),
        };
    }
    day.learn(tx, &centre, &today).await?;
    picture.lines = lines(&day, now);
    let waiting: Vec<Waiting> = day.waiting.iter().map(as_waiting).collect();
    let place = |one: &Waiting| Some((one.number.clone(), before(&waiting, &one.number)?));
    picture.before = waiting.iter().filter_map(place).collect();
    Ok(Some(picture))
}

/// How many wait at a centre that is open; `None` while it is closed, or gives no tickets.
///
/// # Errors
/// When the database fails.
pub async fn waiting_if_open(tx: &mut Tx<'_>, centre: &CentreRow, now: i64) -> Result<Option<i64>, Fault> {
    if setup_standing(tx, centre.id).await?.is_none() || !is_open(tx, centre, now).await? {
        return Ok(None);
    }
    let Some(day) = queue::day(tx, centre.id, &today_at(centre, now)).await? else { return Ok(Some(0)) };
    Ok(Some(queue::counts(tx, day.id).await?.get(State::Waiting.code()).copied().unwrap_or(0)))
}

fn called(day: &Day, counters: &[CounterRow], tickets: &[TicketRow]) -> Vec<CalledNow> {
    let mut called: Vec<CalledNow> = tickets
        .iter()
        .filter_map(|ticket| {
            let row = counters.iter().find(|counter| Some(counter.id) == ticket.counter_id)?;
            let planned = day.setup.counter(&row.label);
            let spell =
                day.spells.iter().find(|spell| spell.ticket_id == ticket.id && spell.ended_at.is_none());
            Some(CalledNow {
                number: ticket.number.clone(),
                counter: row.label.clone(),
                hall: planned.map(|counter| counter.hall.clone()).unwrap_or_default(),
                direction: planned.map(|counter| counter.direction.clone()).unwrap_or_default(),
                calls: ticket.calls,
                at: spell.map_or(ticket.since, |spell| spell.called_at),
                serving: ticket.state == State::Serving.code(),
            })
        })
        .collect();
    called.sort_by(|a, b| (b.at, &b.number).cmp(&(a.at, &a.number)));
    called
}

/// The minutes that visits of a line took.
fn minutes_of<'a>(spells: &'a [SpellRow], letter: &'a str) -> impl Iterator<Item = f64> + 'a {
    let minutes = |spell: &SpellRow| {
        let served = spell.ended_at? - spell.called_at;
        (spell.outcome.as_deref() == Some("done")).then_some(served as f64 / MINUTE as f64)
    };
    spells.iter().filter(move |spell| spell.line == letter).filter_map(minutes)
}

/// The minutes that visits of a line took lately; of the last like day, as long as there
/// are few of today.
fn took(day: &Day, letter: &str) -> Vec<f64> {
    let mut took: Vec<f64> = minutes_of(&day.spells, letter).take(LATELY_A_LINE).collect();
    let missing = ENOUGH.saturating_sub(took.len());
    took.extend(minutes_of(&day.like, letter).take(missing));
    took
}

fn lines(day: &Day, now: i64) -> Vec<LineNow> {
    let one = |line: &diwan_domain::queue::Line| {
        let waiting: Vec<&TicketRow> = day.waiting.iter().filter(|t| t.line == line.letter).collect();
        let counters = day.sittings.iter().filter(|s| lines_of(s).contains(&line.letter)).count();
        let longest = waiting.iter().map(|ticket| (now - ticket.came_at) / MINUTE).max().unwrap_or(0);
        LineNow {
            letter: line.letter.clone(),
            waiting: waiting.len(),
            counters,
            wait: wait(waiting.len(), counters, &took(day, &line.letter), line.minutes as f64),
            longest,
        }
    };
    day.setup.lines.iter().map(one).collect()
}

/// A ticket as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TicketNow {
    /// Its number.
    pub number: String,
    /// The line's letter.
    pub line: String,
    /// Where it stands.
    pub state: State,
    /// How many are before it; none when it does not wait.
    pub before: Option<usize>,
    /// How long it will wait still.
    pub wait: Option<Range>,
    /// To which counter it was called.
    pub counter: Option<String>,
    /// Which turn of the day this shows.
    pub turn: i64,
}

/// Where a ticket stands now.
///
/// # Errors
/// When the database fails.
pub async fn ticket_now(tx: &mut Tx<'_>, ticket: &TicketRow) -> Result<TicketNow, Fault> {
    let row = queue::day_by_id(tx, ticket.day_id).await?.ok_or_else(|| Fault::Shape("queue day".into()))?;
    let mut shown = TicketNow {
        number: ticket.number.clone(),
        line: ticket.line.clone(),
        state: State::from_code(&ticket.state).ok_or_else(|| Fault::Shape("ticket state".into()))?,
        before: None,
        wait: None,
        counter: None,
        turn: row.turn,
    };
    if let Some(counter) = ticket.counter_id {
        shown.counter = centres::counter(tx, counter).await?.map(|counter| counter.label);
    }
    if shown.state == State::Waiting
        && let Some((_, setup)) = setup_standing(tx, ticket.centre_id).await?
    {
        let mut day = Day {
            setup,
            like: Vec::new(),
            waiting: queue::in_state(tx, ticket.day_id, State::Waiting.code()).await?,
            spells: queue::calls(tx, ticket.day_id, LATELY).await?,
            sittings: queue::sitting_in(tx, ticket.centre_id).await?,
        };
        if let Some(centre) = centres::centre(tx, ticket.centre_id).await? {
            day.learn(tx, &centre, &row.day).await?;
        }
        let waiting: Vec<Waiting> = day.waiting.iter().map(as_waiting).collect();
        shown.before = before(&waiting, &ticket.number);
        let counters = day.sittings.iter().filter(|s| lines_of(s).contains(&ticket.line)).count();
        let guess = day.setup.line(&ticket.line).map_or(10, |line| line.minutes);
        shown.wait = wait(shown.before.unwrap_or(0), counters, &took(&day, &ticket.line), guess as f64);
    }
    Ok(shown)
}

/// Who waits at a centre today with what they need, in the order of their places; and
/// those who were called in vain or sent to fetch something.
///
/// # Errors
/// When the database fails.
pub async fn waiting_now(
    tx: &mut Tx<'_>,
    centre: CentreId,
    now: i64,
) -> Result<(Vec<TicketRow>, Vec<TicketRow>), Fault> {
    let Some(centre) = centres::centre(tx, centre).await? else { return Ok(Default::default()) };
    let Some(day) = queue::day(tx, centre.id, &today_at(&centre, now)).await? else {
        return Ok(Default::default());
    };
    let waiting = queue::in_state(tx, day.id, State::Waiting.code()).await?;
    let mut away = queue::in_state(tx, day.id, State::Parked.code()).await?;
    away.extend(queue::in_state(tx, day.id, State::Missed.code()).await?);
    Ok((waiting, away))
}

impl AtCounter {
    /// Every counter of a centre.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<Self>, Fault> {
        let sittings = queue::sitting_in(tx, centre).await?;
        let mut all = Vec::new();
        for counter in centres::counters(tx, centre).await? {
            let sitting = sittings.iter().find(|sitting| sitting.counter_id == counter.id).cloned();
            let officer = match &sitting {
                Some(sitting) => name_of(tx, sitting.officer_id).await?,
                None => None,
            };
            let ticket = queue::at_counter(tx, counter.id).await?;
            all.push(Self { counter, sitting, officer, ticket });
        }
        Ok(all)
    }

    /// Where an officer sits, with whom they have in hand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Option<Self>, Fault> {
        let Some(sitting) = queue::sitting_of(tx, officer).await? else { return Ok(None) };
        let Some(counter) = centres::counter(tx, sitting.counter_id).await? else { return Ok(None) };
        let ticket = queue::at_counter(tx, counter.id).await?;
        let officer = name_of(tx, officer).await?;
        Ok(Some(Self { counter, sitting: Some(sitting), officer, ticket }))
    }

    /// The letters of the lines that it serves now.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.sitting.as_ref().map(|sitting| lines_of(sitting).into_iter().collect()).unwrap_or_default()
    }
}

async fn name_of(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Option<String>, Fault> {
    Ok(officers::officer(tx, officer).await?.map(|row| row.name))
}
