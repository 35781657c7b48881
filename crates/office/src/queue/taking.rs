//! Taking a ticket, giving it up, and saying afterwards how it was.

use super::booking::brought;
use super::{Floor, hall, is_open, loosely, today_at};
use crate::acting::acting;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AccountId, CentreId, TicketId, VisitId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::queue::order::SECOND;
use diwan_domain::queue::record::What;
use diwan_domain::queue::slots::Standing;
use diwan_domain::queue::{Class, Need, State, Step, after, number, place_of};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::queue::{self, TicketRow, VisitRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The highest number of people who come together on one ticket.
const MOST_PEOPLE: i64 = 20;

/// Takes a ticket: at the reception by an officer, at a kiosk, or by one's own phone at
/// the door. What it leaves in the journal names nobody.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakeTicket {
    /// In which centre.
    pub centre: CentreId,
    /// The letter of the line; follows from the service when that is given.
    pub line: Option<String>,
    /// For which service.
    pub service: Option<String>,
    /// What they need. Offered, never proven.
    pub needs: Vec<Need>,
    /// How many come together.
    pub people: i64,
    /// The language they are spoken to in.
    pub language: String,
    /// Where to tell them that they are near.
    pub phone: Option<String>,
    /// What the door shows today: by phone.
    pub door: Option<String>,
    /// The session that asks, by its public half: by phone.
    pub session: Option<String>,
    /// Whose account it is.
    pub account: Option<AccountId>,
    /// Of which visit it is another ticket.
    pub visit: Option<VisitId>,
    /// The code of a ticket of an earlier day that was not served.
    pub again: Option<String>,
    /// The code of an appointment of today: its line counts.
    #[serde(default)]
    pub appointment: Option<String>,
}

/// A ticket that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The ticket.
    pub ticket: TicketId,
    /// Its visit.
    pub visit: VisitId,
    /// What people read: `A042`.
    pub number: String,
    /// Whoever holds it sees where the ticket stands.
    pub code: String,
}

impl Act for TakeTicket {
    const NAME: &'static str = "take-ticket";
    type Out = Taken;

    async fn meets(&self, _at: &Desk, _tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        Ok(Some(hall(self.centre)))
    }

    async fn look_ahead(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        let Some(centre) = centres::centre(tx, self.centre).await? else { return Ok(()) };
        let today = today_at(&centre, at.now);
        loosely!(tx, queue::day(tx, centre.id, &today).await)?;
        let Some(session) = &self.session else { return Ok(()) };
        for visit in loosely!(tx, queue::of_session(tx, session, self.centre, &today).await)? {
            loosely!(tx, queue::of_visit(tx, visit.id).await)?;
        }
        Ok(())
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Taken>, Stop> {
        let centre = centres::centre(tx, self.centre).await?.ok_or(Why::NotFound)?;
        self.may_take(tx, at).await?;
        // A day off that was announced while a unit was away closed nothing there.
        if !tx.is_replayed() && !is_open(tx, &centre, at.now).await? {
            return Err(Why::CentreClosed.into());
        }
        let mut floor = Floor::today(tx, at, self.centre).await?;
        if floor.day.closed_at.is_some() {
            return Err(Why::CentreClosed.into());
        }
        self.is_at_the_door(tx, at, &floor).await?;
        let phone = telephone(self.phone.as_deref())?;
        if !(1..=MOST_PEOPLE).contains(&self.people) {
            return Err(Refusal::from(Why::FieldMissing).about("field", "people").into());
        }
        let mut booked = match &self.appointment {
            Some(code) => Some(brought(tx, code, &floor.centre, &floor.day.day).await?),
            None => None,
        };
        let letter = match &booked {
            Some(row) => row.line.clone(),
            None => self.letter(&floor)?,
        };
        let booked_for = booked.as_ref().map(|row| row.starts_at);
        let numbers = floor.day.numbers.0.clone();
        let drawn = numbers[&letter].as_i64().unwrap_or(0) + 1;
        floor.day.numbers.0[&letter] = json!(drawn);
        let number = number(&letter, drawn);
        let visit = self.visit(tx, at, &floor, phone).await?;
        let needs = self.needs.clone();
        let again = self.not_served(tx).await?;
        let (class, place) = match again {
            Some(_) => (Class::Walk, SECOND),
            None => place_of(&floor.setup.order, at.now, booked_for, &needs),
        };
        let row = TicketRow {
            id: at.fresh("ticket"),
            visit_id: visit,
            day_id: floor.day.id,
            centre_id: self.centre,
            number: number.clone(),
            line: letter.clone(),
            service: self.service.clone().or_else(|| booked.as_ref().and_then(|row| row.service.clone())),
            class: class.code().to_owned(),
            state: State::Waiting.code().to_owned(),
            came_at: at.now,
            place,
            booked_for,
            needs: Json(json!(needs)),
            code: hex::encode(&at.chance("ticket-code")[..16]),
            counter_id: None,
            officer_id: None,
            calls: 0,
            since: at.now,
            asked_by: None,
            asked_reason: None,
            let_in_by: None,
            near_told_at: None,
            again_id: None,
            // The turn that this act makes.
            turn: Some(floor.day.turn + 1),
            version: 1,
        };
        tx.add(&row).await?;
        if let Some(appointment) = &mut booked {
            appointment.standing = Standing::Kept.code().to_owned();
            appointment.visit_id = Some(visit);
            tx.edit(appointment).await?;
        }
        let again = match again {
            Some((mut before, day)) => {
                before.again_id = Some(row.id);
                tx.edit(&mut before).await?;
                Some(format!("{day} {}", before.number))
            }
            None => None,
        };
        let what = What::Take { line: letter, class, place, booked_for, needs, again };
        let entry = floor.turn(tx, at, &number, what).await?;
        // The first entry holds the hashes of all rows, the visit's among them, from which a
        // telephone could be guessed: it is never the one that is published.
        let private = Entry::new("visit-begun", "visit", visit);
        Ok(Recorded::new(Taken { ticket: row.id, visit, number, code: row.code }, private).and(entry))
    }
}

/// A telephone as it is kept; what cannot be one is refused.
pub(super) fn telephone(typed: Option<&str>) -> Result<Option<String>, Stop> {
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty());
    let wrong = |_| Refusal::from(Why::FieldMissing).about("field", "phone").into();
    typed.map(|typed| diwan_domain::numbers::phone(typed).map_err(wrong)).transpose()
}

impl TakeTicket {
    /// Officers of the centre give tickets at the reception; anyone else takes one at the
    /// door, which acts as Diwan itself so that the public record names nobody.
    async fn may_take(&self, tx: &mut Tx<'_>, at: &Desk) -> Result<(), Stop> {
        match at.actor {
            Actor::Officer(_) => {
                let officer = acting(tx, at, Permission::ServeQueue).await?.officer;
                if officer.centre_id != Some(self.centre) {
                    return Err(Why::NotFound.into());
                }
                Ok(())
            }
            Actor::System(_) | Actor::Device(_) => Ok(()),
            Actor::Account(_) | Actor::Stranger(_) => Err(Why::NotPermitted.into()),
        }
    }

    /// By phone a ticket is taken where the day's sign is read, and one at a time.
    async fn is_at_the_door(&self, tx: &mut Tx<'_>, at: &Desk, floor: &Floor) -> Result<(), Stop> {
        if at.channel != Channel::Online {
            return Ok(());
        }
        if self.door.as_deref() != Some(floor.day.door.as_str()) {
            return Err(Why::NotAtDoor.into());
        }
        let session = self.session.as_deref().ok_or(Why::NotAtDoor)?;
        let visits = loosely!(tx, queue::of_session(tx, session, self.centre, &floor.day.day).await)?;
        for visit in visits {
            let tickets = loosely!(tx, queue::of_visit(tx, visit.id).await)?;
            let open = |ticket: &&TicketRow| State::from_code(&ticket.state).is_some_and(|s| !s.is_over());
            if let Some(ticket) = tickets.iter().find(open) {
                return Err(Refusal::from(Why::HasTicket).about("number", ticket.number.clone()).into());
            }
        }
        Ok(())
    }

    /// The ticket of an earlier day that was not served, with its day: its holder comes
    /// before others, once.
    async fn not_served(&self, tx: &mut Tx<'_>) -> Result<Option<(TicketRow, String)>, Stop> {
        let Some(code) = &self.again else { return Ok(None) };
        let ticket = queue::by_code(tx, code).await?.filter(|ticket| ticket.centre_id == self.centre);
        let ticket = ticket.ok_or(Why::NotFound)?;
        if ticket.state != State::Unserved.code() || ticket.again_id.is_some() {
            return Err(Refusal::from(Why::StepImpossible).about("state", ticket.state).into());
        }
        let day = queue::day_by_id(tx, ticket.day_id).await?.ok_or(Why::NotFound)?;
        Ok(Some((ticket, day.day)))
    }

    fn letter(&self, floor: &Floor) -> Result<String, Stop> {
        let unknown = |what: &str| Refusal::from(Why::FieldMissing).about("field", what.to_owned());
        let by_service = self.service.as_deref().and_then(|key| floor.setup.line_of(key));
        let line = match (&self.line, by_service) {
            (Some(letter), _) => floor.setup.line(letter).ok_or_else(|| unknown("line"))?,
            (None, Some(line)) => line,
            (None, None) => return Err(unknown("line").into()),
        };
        Ok(line.letter.clone())
    }

    async fn visit(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        floor: &Floor,
        phone: Option<String>,
    ) -> Result<VisitId, Stop> {
        if let Some(id) = self.visit {
            let visit = queue::visit(tx, id).await?.filter(|visit| visit.centre_id == self.centre);
            // By phone another ticket is taken in one's own visit only: in a stranger's it would
            // be one more than one at a time.
            let by_phone = at.channel == Channel::Online && !tx.is_replayed();
            let is_own = |visit: &VisitRow| !by_phone || visit.session == self.session;
            let visit = visit.filter(is_own);
            let mut visit = visit.filter(|visit| visit.day == floor.day.day).ok_or(Why::NotFound)?;
            visit.ended_at = None;
            tx.edit(&mut visit).await?;
            return Ok(id);
        }
        let row = VisitRow {
            id: at.fresh("visit"),
            centre_id: self.centre,
            day: floor.day.day.clone(),
            channel: at.channel.code().to_owned(),
            language: self.language.clone(),
            people: self.people,
            account_id: self.account,
            session: self.session.clone(),
            phone,
            came_at: at.now,
            ended_at: None,
            score: None,
            reasons: None,
            call_back: false,
            rated_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(row.id)
    }
}

/// What the door of a centre shows today; `None` before anything happened there today.
///
/// # Errors
/// When the database fails.
pub async fn door_of(tx: &mut Tx<'_>, centre: CentreId, now: i64) -> Result<Option<String>, Fault> {
    let Some(centre) = centres::centre(tx, centre).await? else { return Ok(None) };
    Ok(queue::day(tx, centre.id, &today_at(&centre, now)).await?.map(|day| day.door))
}

/// Gives a ticket up: by whoever holds its code.
#[derive(Debug, Serialize, Deserialize)]
pub struct LeaveTicket {
    /// The ticket's code.
    pub code: String,
}

impl Act for LeaveTicket {
    const NAME: &'static str = "leave-ticket";
    type Out = String;

    async fn meets(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        Ok(queue::by_code(tx, &self.code).await?.map(|ticket| hall(ticket.centre_id)))
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let mut ticket = queue::by_code(tx, &self.code).await?.ok_or(Why::NotFound)?;
        let state = State::from_code(&ticket.state).ok_or(Why::StepImpossible)?;
        let next = after(state, Step::Leave).ok_or(Why::StepImpossible)?;
        super::calling::end_spell(tx, at, &ticket, "left").await?;
        let mut floor = Floor::of(tx, at, &ticket).await?;
        ticket.state = next.code().to_owned();
        ticket.since = at.now;
        // Whoever was called already is at no counter any more.
        ticket.counter_id = None;
        ticket.officer_id = None;
        let is_open = super::calling::goes_on(tx, &ticket).await?;
        tx.edit(&mut ticket).await?;
        let private = super::calling::end_visit(tx, at, ticket.visit_id, is_open).await?;
        let entry = floor.turn(tx, at, &ticket.number, What::Other { what: Step::Leave }).await?;
        Ok(Recorded::new(ticket.number, private).and(entry))
    }
}

/// Says how a visit was: by whoever holds a ticket of it, once it is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct RateVisit {
    /// A ticket's code.
    pub code: String,
    /// From 1, bad, to 5, good.
    pub score: i64,
    /// What it was about, from the closed list [`REASONS`](Self::REASONS).
    pub reasons: Vec<String>,
    /// Whether they wish to be called back.
    pub call_back: bool,
}

impl RateVisit {
    /// What a rating can be about.
    pub const REASONS: &[&str] = &["wait", "courtesy", "clarity", "result", "asked-for-money", "access"];
}

impl Act for RateVisit {
    const NAME: &'static str = "rate-visit";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let ticket = queue::by_code(tx, &self.code).await?.ok_or(Why::NotFound)?;
        let over = State::from_code(&ticket.state).is_some_and(State::is_over);
        if !over {
            return Err(Why::StepImpossible.into());
        }
        let known = |reason: &String| Self::REASONS.contains(&reason.as_str());
        if !(1..=5).contains(&self.score) || !self.reasons.iter().all(known) {
            return Err(Refusal::from(Why::FieldMissing).about("field", "score").into());
        }
        let mut visit = queue::visit(tx, ticket.visit_id).await?.ok_or(Why::NotFound)?;
        if visit.rated_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        visit.score = Some(self.score);
        visit.reasons = Some(Json(json!(self.reasons)));
        visit.call_back = self.call_back;
        visit.rated_at = Some(at.now);
        tx.edit(&mut visit).await?;
        let entry = Entry::new("visit-rated", "visit", visit.id)
            .with("score", self.score)
            .with("reasons", json!(self.reasons))
            .with("call-back", self.call_back);
        Ok(Recorded::new((), entry))
    }
}
