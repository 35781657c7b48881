//! Calling, serving, and everything that can come between.

use super::{Floor, as_waiting, hall, hall_of, loosely, today_at};
use crate::acting::{Acting, acting};
use crate::messages::{Template, send, send_another};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{TicketId, VisitId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::order::{self, Called};
use diwan_domain::queue::record::What;
use diwan_domain::queue::{MINUTE, Need, State, Step, Waiting, after};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, CounterRow};
use diwan_store::queue::{self, SittingRow, SpellRow, TicketRow, VisitRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

/// How many calls of a day are looked back on: more than any rule counts.
const LOOKED_BACK: i64 = 200;

/// An officer at their counter.
async fn at_work(tx: &mut Tx<'_>, at: &Desk) -> Result<(Acting, SittingRow), Stop> {
    let acting = acting(tx, at, Permission::ServeQueue).await?;
    let sitting = queue::sitting_of(tx, acting.officer.id).await?;
    // Whoever was moved to another centre calls nobody here any more.
    let sitting = sitting.filter(|sitting| acting.officer.centre_id == Some(sitting.centre_id));
    Ok((acting, sitting.ok_or(Why::NotSitting)?))
}

/// The letters of the lines that a sitting serves.
pub(super) fn lines_of(sitting: &SittingRow) -> BTreeSet<String> {
    serde_json::from_value(sitting.lines.0.clone()).unwrap_or_default()
}

/// Calls whoever is next under the published rule.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallNext {}

impl Act for CallNext {
    const NAME: &'static str = "call-next";
    type Out = TicketId;

    async fn meets(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        let Actor::Officer(officer) = at.actor else { return Ok(None) };
        Ok(queue::sitting_of(tx, officer).await?.map(|sitting| hall(sitting.centre_id)))
    }

    async fn look_ahead(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        let Actor::Officer(officer) = at.actor else { return Ok(()) };
        let Some(sitting) = queue::sitting_of(tx, officer).await? else { return Ok(()) };
        let Some(centre) = centres::centre(tx, sitting.centre_id).await? else { return Ok(()) };
        let today = today_at(&centre, at.now);
        let Some(day) = loosely!(tx, queue::day(tx, centre.id, &today).await)? else { return Ok(()) };
        loosely!(tx, queue::at_counter(tx, sitting.counter_id).await)?;
        loosely!(tx, queue::in_state(tx, day.id, State::Waiting.code()).await)?;
        loosely!(tx, queue::calls(tx, day.id, LOOKED_BACK).await)?;
        loosely!(tx, queue::not_told(tx, day.id).await)?;
        Ok(())
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<TicketId>, Stop> {
        let Due { sitting, counter, mut floor, lines, waiting, mut ticket, passed, not_told } =
            Due::of(tx, at).await?;
        let waiting_since = ticket.since;
        ticket.state = State::Called.code().to_owned();
        ticket.counter_id = Some(sitting.counter_id);
        ticket.officer_id = Some(sitting.officer_id);
        ticket.calls = 1;
        ticket.since = at.now;
        tx.edit(&mut ticket).await?;
        let spell = SpellRow {
            id: at.fresh("spell"),
            ticket_id: ticket.id,
            visit_id: ticket.visit_id,
            day_id: floor.day.id,
            counter_id: sitting.counter_id,
            officer_id: sitting.officer_id,
            line: ticket.line.clone(),
            turn: floor.day.turn + 1,
            passed,
            waiting_since,
            called_at: at.now,
            serving_at: None,
            ended_at: None,
            outcome: None,
            version: 1,
        };
        tx.add(&spell).await?;
        tell_who_does_not_see_it(tx, at, &ticket, &counter.label).await?;
        tell_who_is_near(tx, at, (&floor, &not_told), &waiting, &ticket).await?;
        let what = What::Call { counter: counter.label, lines, passed };
        let entry = floor.turn(tx, at, &ticket.number, what).await?;
        Ok(Recorded::new(ticket.id, entry))
    }
}

/// Who is called next to an officer's counter, and what that rests on.
struct Due {
    sitting: SittingRow,
    counter: CounterRow,
    floor: Floor,
    lines: BTreeSet<String>,
    waiting: Vec<Waiting>,
    ticket: TicketRow,
    passed: bool,
    /// Those who left a telephone and were not told yet that they are near.
    not_told: Vec<VisitRow>,
}

impl Due {
    async fn of(tx: &mut Tx<'_>, at: &Desk) -> Result<Self, Stop> {
        let (_, sitting) = at_work(tx, at).await?;
        let counter = centres::counter(tx, sitting.counter_id).await?.ok_or(Why::NotFound)?;
        let floor = Floor::today(tx, at, sitting.centre_id).await?;
        if loosely!(tx, queue::at_counter(tx, sitting.counter_id).await)?.is_some() {
            return Err(Why::StillServing.into());
        }
        let lines = lines_of(&sitting);
        floor.setup.counter(&counter.label).ok_or(Why::NoSetup)?;
        let able = floor.setup.able(&counter.label, &lines);
        let day = floor.day.id;
        let tickets = loosely!(tx, queue::in_state(tx, day, State::Waiting.code()).await)?;
        let waiting: Vec<Waiting> = tickets.iter().map(as_waiting).collect();
        let calls = loosely!(tx, calls_before(tx, &floor, &lines).await)?;
        let due = order::next(&floor.setup.order, &calls, &waiting, &able);
        let (n, passed) = due.ok_or(Why::NobodyWaits)?;
        let ticket = tickets.into_iter().nth(n).ok_or(Why::NobodyWaits)?;
        let not_told = loosely!(tx, queue::not_told(tx, day).await)?;
        Ok(Self { sitting, counter, floor, lines, waiting, ticket, passed, not_told })
    }
}

/// The calls made before on these lines, the latest last.
async fn calls_before(
    tx: &mut Tx<'_>,
    floor: &Floor,
    lines: &BTreeSet<String>,
) -> Result<Vec<Called>, Fault> {
    let spells = queue::calls(tx, floor.day.id, LOOKED_BACK).await?;
    let of_lines = spells.iter().rev().filter(|spell| lines.contains(&spell.line));
    Ok(of_lines.map(|spell| Called { passed: spell.passed }).collect())
}

/// Whoever cannot read the display is told by message that they were called, if they left
/// a telephone.
async fn tell_who_does_not_see_it(
    tx: &mut Tx<'_>,
    at: &Desk,
    ticket: &TicketRow,
    counter: &str,
) -> Result<(), Stop> {
    let needs = super::needs_of(ticket);
    let template = if needs.contains(&Need::Fetched) {
        Template::Fetched
    } else if needs.contains(&Need::Reading) {
        Template::Called
    } else {
        return Ok(());
    };
    let Some(visit) = queue::visit(tx, ticket.visit_id).await? else { return Ok(()) };
    let Some(phone) = &visit.phone else { return Ok(()) };
    let args = json!({"number": ticket.number, "counter": counter});
    send(tx, at, "sms", phone, &visit.language, template, &args).await?;
    Ok(())
}

/// Tells those who left a telephone that only a few are before them, once.
async fn tell_who_is_near(
    tx: &mut Tx<'_>,
    at: &Desk,
    (floor, visits): (&Floor, &[VisitRow]),
    waiting: &[Waiting],
    called: &TicketRow,
) -> Result<(), Stop> {
    if visits.is_empty() {
        return Ok(());
    }
    let left: Vec<Waiting> = waiting.iter().filter(|one| one.number != called.number).cloned().collect();
    let near = usize::try_from(floor.setup.order.near).unwrap_or(0);
    // A family shares a telephone: it is told of each of their tickets.
    let mut told = BTreeSet::new();
    for one in left.iter().filter(|one| one.line == called.line) {
        if order::before(&left, &one.number).is_none_or(|before| before >= near) {
            continue;
        }
        let Some(mut ticket) = queue::by_number(tx, floor.day.id, &one.number).await? else { continue };
        if ticket.near_told_at.is_some() {
            continue;
        }
        let Some(visit) = visits.iter().find(|visit| visit.id == ticket.visit_id) else { continue };
        let Some(phone) = &visit.phone else { continue };
        ticket.near_told_at = Some(at.now);
        tx.edit(&mut ticket).await?;
        let args = json!({"number": ticket.number});
        if told.insert(phone) {
            send(tx, at, "sms", phone, &visit.language, Template::Near, &args).await?;
        } else {
            let to = (phone.as_str(), visit.language.as_str());
            send_another(tx, at, &ticket.number, to, Template::Near, &args).await?;
        }
    }
    Ok(())
}

/// A ticket that this officer may move: of their centre, and in their own hands or at their
/// counter when it is in somebody's.
async fn movable(tx: &mut Tx<'_>, at: &Desk, ticket: TicketId) -> Result<(TicketRow, Option<Acting>), Stop> {
    // Whoever moves it writes it with the version that was read.
    let ticket = loosely!(tx, queue::ticket(tx, ticket).await)?.ok_or(Why::NotFound)?;
    if matches!(at.actor, Actor::System(_)) {
        return Ok((ticket, None));
    }
    let acting = acting(tx, at, Permission::ServeQueue).await?;
    if acting.officer.centre_id != Some(ticket.centre_id) {
        return Err(Why::NotFound.into());
    }
    let in_hand = State::from_code(&ticket.state).is_some_and(State::is_in_hand);
    let is_own = ticket.officer_id == Some(acting.officer.id);
    if in_hand && !is_own && !acting.may(Permission::ManageQueue) && !took_over(tx, &ticket, &acting).await? {
        let permission = Permission::ManageQueue.code();
        return Err(Refusal::from(Why::NotPermitted).about("permission", permission).into());
    }
    Ok((ticket, Some(acting)))
}

/// Whether an officer sits at the counter that has a ticket in hand: whoever called it had to
/// go, and they go on there.
async fn took_over(tx: &mut Tx<'_>, ticket: &TicketRow, acting: &Acting) -> Result<bool, Fault> {
    let sitting = queue::sitting_of(tx, acting.officer.id).await?;
    Ok(sitting.is_some_and(|sitting| Some(sitting.counter_id) == ticket.counter_id))
}

/// Asks what a step of a ticket asks about its hall.
async fn look_ahead(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), Stop> {
    let Some(ticket) = loosely!(tx, queue::ticket(tx, ticket).await)? else { return Ok(()) };
    loosely!(tx, queue::day_by_id(tx, ticket.day_id).await)?;
    loosely!(tx, queue::open_spell(tx, ticket.id).await)?;
    loosely!(tx, queue::of_visit(tx, ticket.visit_id).await)?;
    loosely!(tx, queue::visit(tx, ticket.visit_id).await)?;
    Ok(())
}

/// The call of a ticket that has not ended ends so.
pub(super) async fn end_spell(
    tx: &mut Tx<'_>,
    at: &Desk,
    ticket: &TicketRow,
    outcome: &str,
) -> Result<(), Stop> {
    if let Some(mut spell) = loosely!(tx, queue::open_spell(tx, ticket.id).await)? {
        spell.ended_at = Some(at.now);
        spell.outcome = Some(outcome.to_owned());
        tx.edit(&mut spell).await?;
    }
    Ok(())
}

/// Whether another ticket of a ticket's visit is open. Asked before the ticket is written.
pub(super) async fn goes_on(tx: &mut Tx<'_>, ticket: &TicketRow) -> Result<bool, Fault> {
    let tickets = loosely!(tx, queue::of_visit(tx, ticket.visit_id).await)?;
    let open = |ticket: &TicketRow| !State::from_code(&ticket.state).is_some_and(State::is_over);
    Ok(tickets.iter().filter(|one| one.id != ticket.id).any(open))
}

/// Ends a visit, unless a ticket of it is open. The entry about it holds the hashes of what
/// was written, and is never published.
pub(super) async fn end_visit(
    tx: &mut Tx<'_>,
    at: &Desk,
    visit: VisitId,
    is_open: bool,
) -> Result<Entry, Stop> {
    if is_open {
        return Ok(Entry::new("visit-goes-on", "visit", visit));
    }
    super::party::end_companions(tx, at, visit).await?;
    for appointment in diwan_store::party::appointments_of(tx, visit).await? {
        super::prepared::forget_answers(tx, at, appointment.id).await?;
    }
    let mut visit = loosely!(tx, queue::visit(tx, visit).await)?.ok_or(Why::NotFound)?;
    visit.ended_at = Some(at.now);
    tx.edit(&mut visit).await?;
    Ok(Entry::new("visit-ended", "visit", visit.id))
}

/// How the call of a ticket ended that a counter had in hand when its day was closed.
pub(super) const FORGOTTEN: &str = "forgotten";
/// For how long after the midnight of its day, and after the last step, a ticket may stay in
/// hand: an officer may be at work past midnight.
const AT_WORK: i64 = 4 * 60 * MINUTE;

/// Whether a ticket in hand was forgotten at its counter.
fn is_forgotten(floor: &Floor, ticket: &TicketRow, now: i64) -> bool {
    floor.day.day < super::today_at(&floor.centre, now - AT_WORK) && now - ticket.since >= AT_WORK
}

/// One step of a ticket: called again, at the counter, served, missed, revived, parked,
/// back, given up on the holder's word, or closed with the day.
#[derive(Debug, Serialize, Deserialize)]
pub struct MoveTicket {
    /// Which.
    pub ticket: TicketId,
    /// What happens. Calling, transferring and letting in have acts of their own.
    pub step: Step,
}

impl Act for MoveTicket {
    const NAME: &'static str = "move-ticket";
    type Out = State;

    async fn meets(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        hall_of(tx, self.ticket).await
    }

    async fn look_ahead(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        look_ahead(tx, self.ticket).await
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<State>, Stop> {
        let (mut ticket, officer) = movable(tx, at, self.ticket).await?;
        let state = State::from_code(&ticket.state).ok_or(Why::StepImpossible)?;
        let impossible = || Refusal::from(Why::StepImpossible).about("state", state.code());
        if matches!(self.step, Step::Call | Step::Transfer | Step::Jump)
            || (self.step == Step::Close && officer.is_some())
        {
            return Err(impossible().into());
        }
        let next = after(state, self.step).ok_or_else(impossible)?;
        let mut floor = Floor::of(tx, at, &ticket).await?;
        if self.step == Step::Close && state.is_in_hand() && !is_forgotten(&floor, &ticket, at.now) {
            return Err(Why::StillServing.into());
        }
        let what = self.change(tx, at, &mut ticket, &floor).await?;
        ticket.state = next.code().to_owned();
        if next != State::Called {
            ticket.since = at.now;
        }
        if next.is_over() || matches!(next, State::Waiting | State::Parked | State::Missed) {
            ticket.counter_id = None;
            ticket.officer_id = None;
        }
        let is_open = !next.is_over() || goes_on(tx, &ticket).await?;
        tx.edit(&mut ticket).await?;
        let private = end_visit(tx, at, ticket.visit_id, is_open).await?;
        let entry = floor.turn(tx, at, &ticket.number, what).await?;
        Ok(Recorded::new(next, private).and(entry))
    }
}

impl MoveTicket {
    /// What a step changes beside the state.
    async fn change(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        ticket: &mut TicketRow,
        floor: &Floor,
    ) -> Result<What, Stop> {
        let rules = &floor.setup.order;
        match self.step {
            Step::Recall => ticket.calls += 1,
            Step::Begin => {
                let spell = loosely!(tx, queue::open_spell(tx, ticket.id).await)?;
                let mut spell = spell.ok_or(Why::StepImpossible)?;
                spell.serving_at = Some(at.now);
                tx.edit(&mut spell).await?;
            }
            Step::Finish => {
                let is_last = !goes_on(tx, ticket).await?;
                super::party::everybody_finished(tx, ticket.visit_id, is_last).await?;
                end_spell(tx, at, ticket, "done").await?;
            }
            Step::Miss => {
                if ticket.calls < rules.calls {
                    return Err(Why::CallAgainFirst.into());
                }
                end_spell(tx, at, ticket, "missed").await?;
            }
            Step::Park => end_spell(tx, at, ticket, "parked").await?,
            Step::Close => end_spell(tx, at, ticket, FORGOTTEN).await?,
            Step::Leave => end_spell(tx, at, ticket, "left").await?,
            Step::Revive => {
                if at.now - ticket.since > rules.revive_within * MINUTE {
                    ticket.place = at.now;
                }
                return Ok(What::Revive { place: ticket.place });
            }
            _ => {}
        }
        Ok(What::Other { what: self.step })
    }
}

/// Sends a ticket on to another line. It keeps its place.
#[derive(Debug, Serialize, Deserialize)]
pub struct TransferTicket {
    /// Which.
    pub ticket: TicketId,
    /// To the line with this letter.
    pub line: String,
}

impl Act for TransferTicket {
    const NAME: &'static str = "transfer-ticket";
    type Out = ();

    async fn meets(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        hall_of(tx, self.ticket).await
    }

    async fn look_ahead(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        look_ahead(tx, self.ticket).await
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let (mut ticket, _) = movable(tx, at, self.ticket).await?;
        let state = State::from_code(&ticket.state).ok_or(Why::StepImpossible)?;
        let impossible = || Refusal::from(Why::StepImpossible).about("state", state.code());
        let next = after(state, Step::Transfer).ok_or_else(impossible)?;
        let mut floor = Floor::of(tx, at, &ticket).await?;
        let unknown = || Refusal::from(Why::FieldMissing).about("field", "line");
        floor.setup.line(&self.line).ok_or_else(unknown)?;
        if ticket.line == self.line {
            return Err(Why::NothingChanges.into());
        }
        end_spell(tx, at, &ticket, "transferred").await?;
        ticket.line.clone_from(&self.line);
        ticket.state = next.code().to_owned();
        ticket.since = at.now;
        ticket.counter_id = None;
        ticket.officer_id = None;
        tx.edit(&mut ticket).await?;
        let what = What::Transfer { line: self.line.clone() };
        let entry = floor.turn(tx, at, &ticket.number, what).await?;
        Ok(Recorded::new((), entry))
    }
}
