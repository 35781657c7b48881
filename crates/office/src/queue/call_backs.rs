//! Calling people back: each night a few of those who left a telephone are drawn, by the
//! act's own chance, and whoever wished a call is there too. An inspector calls them, one
//! at a time; the centre itself never learns who they are. Telephones are forgotten when a
//! call is settled, and of every visit after thirty days.

use super::{RateVisit, setup_standing, today_at};
use crate::acting::{Acting, acting};
use crate::desk::{Office, Who};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{CentreId, QueueDayId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::MINUTE;
use diwan_domain::queue::call_backs::{CallBackState, KEPT_DAYS, TRIES};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::call_backs::{self, CallBackDrawRow, CallBackRow};
use diwan_store::queue::{self, VisitRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres, party};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How many telephones one act forgets.
const AT_A_TIME: i64 = 200;
/// How many days back a centre is looked at for wishes that came later.
const LOOKED_BACK: i64 = 7;
/// How many are listed.
const LISTED: i64 = 200;

/// Draws who of a day is called back, and adds those who wished it meanwhile.
#[derive(Debug, Serialize, Deserialize)]
pub struct DrawCallBacks {
    /// Of which day.
    pub day: QueueDayId,
}

impl Act for DrawCallBacks {
    const NAME: &'static str = "draw-call-backs";
    /// How many were added.
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let day = queue::day_by_id(tx, self.day).await?.ok_or(Why::NotFound)?;
        if day.closed_at.is_none() {
            return Err(Why::StillServing.into());
        }
        let visits = call_backs::reachable(tx, day.centre_id, &day.day).await?;
        let (wished, mut others): (Vec<VisitRow>, Vec<VisitRow>) =
            visits.into_iter().partition(|visit| visit.call_back);
        let mut chosen: Vec<(VisitRow, bool)> = wished.into_iter().map(|visit| (visit, true)).collect();
        if !call_backs::is_drawn(tx, day.id).await? {
            let rules = setup_standing(tx, day.centre_id).await?.map(|(_, setup)| setup.call_backs);
            let rules = rules.unwrap_or_default();
            let room = rules.at_most - (chosen.len() as i64).min(rules.at_most);
            let drawn = rules.of(others.len() as i64).min(room);
            let row = CallBackDrawRow {
                id: at.fresh("call-back-draw"),
                day_id: day.id,
                centre_id: day.centre_id,
                among: others.len() as i64,
                drawn,
                at: at.now,
            };
            tx.add(&row).await?;
            // Each visit gets a lot of its own: nobody can foretell it, and replaying the
            // act draws the same.
            others.sort_by_key(|visit| at.chance(&format!("call-back/{}", visit.id)));
            let drawn = usize::try_from(drawn).unwrap_or(0);
            chosen.extend(others.into_iter().take(drawn).map(|visit| (visit, false)));
        } else if chosen.is_empty() {
            return Err(Why::NothingChanges.into());
        }
        let added = chosen.len() as i64;
        for (visit, wished) in chosen {
            add(tx, at, visit, wished).await?;
        }
        let entry = Entry::new("call-backs-drawn", "centre", day.centre_id)
            .with("day", day.day.clone())
            .with("count", added);
        Ok(Recorded::new(added, entry))
    }
}

async fn add(tx: &mut Tx<'_>, at: &Desk, visit: VisitRow, wished: bool) -> Result<(), Stop> {
    let tickets = queue::of_visit(tx, visit.id).await?;
    let row = CallBackRow {
        id: at.fresh(&format!("call-back-row/{}", visit.id)),
        centre_id: visit.centre_id,
        day: visit.day,
        visit_id: visit.id,
        number: tickets.into_iter().next().map(|ticket| ticket.number).unwrap_or_default(),
        language: visit.language,
        phone: visit.phone,
        wished,
        state: CallBackState::Open.code().to_owned(),
        tries: 0,
        opened_by: None,
        opened_at: None,
        score: None,
        reasons: None,
        money: None,
        drawn_at: at.now,
        settled_by: None,
        settled_at: None,
        version: 1,
    };
    tx.add(&row).await?;
    Ok(())
}

/// An inspector, and a call back that they may see: never one of their own centre.
async fn for_inspector(tx: &mut Tx<'_>, at: &Desk, id: RowId) -> Result<(Acting, CallBackRow), Stop> {
    let acting = acting(tx, at, Permission::ReadJournal).await?;
    let row = call_backs::call_back(tx, id).await?.ok_or(Why::NotFound)?;
    if acting.officer.centre_id == Some(row.centre_id) {
        return Err(Why::NotFound.into());
    }
    Ok((acting, row))
}

/// Opens a call back: from now on its telephone is seen, and that stands in the journal.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenCallBack {
    /// Which.
    pub call_back: RowId,
}

impl Act for OpenCallBack {
    const NAME: &'static str = "open-call-back";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let (acting, mut row) = for_inspector(tx, at, self.call_back).await?;
        if row.phone.is_none() {
            return Err(Why::NotFound.into());
        }
        row.opened_by = Some(acting.officer.id);
        row.opened_at = Some(at.now);
        tx.edit(&mut row).await?;
        let entry = Entry::new("call-back-opened", "call-back", row.id)
            .with("centre", row.centre_id.to_string())
            .with("day", row.day);
        Ok(Recorded::new((), entry))
    }
}

/// Keeps what somebody said who was called back, or that nobody answered.
#[derive(Debug, Serialize, Deserialize)]
pub struct SettleCallBack {
    /// Which.
    pub call_back: RowId,
    /// Whether they answered.
    pub reached: bool,
    /// From 1, bad, to 5, good; only if they answered.
    pub score: Option<i64>,
    /// What it was about, from [`RateVisit::REASONS`].
    pub reasons: Vec<String>,
    /// Whether money was asked for beyond the fee; only if they answered.
    pub money: Option<bool>,
}

impl Act for SettleCallBack {
    const NAME: &'static str = "settle-call-back";
    type Out = CallBackState;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<CallBackState>, Stop> {
        let (acting, mut row) = for_inspector(tx, at, self.call_back).await?;
        if row.state != CallBackState::Open.code() {
            return Err(Why::NothingChanges.into());
        }
        // Whoever did not open it has no telephone to call.
        if row.opened_by != Some(acting.officer.id) {
            return Err(Why::ChangedMeanwhile.into());
        }
        let wrong = |field: &str| Refusal::from(Why::FieldMissing).about("field", field.to_owned());
        let state = if self.reached {
            if !self.score.is_some_and(|score| (1..=5).contains(&score)) {
                return Err(wrong("score").into());
            }
            if !self.reasons.iter().all(|reason| RateVisit::REASONS.contains(&reason.as_str())) {
                return Err(wrong("reasons").into());
            }
            row.money = Some(self.money.ok_or_else(|| wrong("money"))?);
            row.score = self.score;
            row.reasons = Some(Json(json!(self.reasons)));
            CallBackState::Reached
        } else {
            row.tries += 1;
            if row.tries >= TRIES { CallBackState::NotReached } else { CallBackState::Open }
        };
        state.code().clone_into(&mut row.state);
        row.opened_by = None;
        if state != CallBackState::Open {
            row.phone = None;
            row.settled_by = Some(acting.officer.id);
            row.settled_at = Some(at.now);
        }
        tx.edit(&mut row).await?;
        let entry = Entry::new("call-back-settled", "call-back", row.id)
            .under(state.code())
            .with("centre", row.centre_id.to_string())
            .with("tries", row.tries);
        Ok(Recorded::new(state, entry))
    }
}

/// Forgets telephones of a centre's visits from before a day, and of those who were to be
/// called back, some at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetTelephones {
    /// Of which centre.
    pub centre: CentreId,
}

impl Act for ForgetTelephones {
    const NAME: &'static str = "forget-telephones";
    /// How many were forgotten.
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let centre = centres::centre(tx, self.centre).await?.ok_or(Why::NotFound)?;
        let before = kept_since(&today_at(&centre, at.now))?;
        let visits = call_backs::old_visits(tx, centre.id, &before, AT_A_TIME).await?;
        let waiting = call_backs::old_call_backs(tx, centre.id, &before, AT_A_TIME).await?;
        let companions = party::old_companions(tx, centre.id, kept_from(at.now), AT_A_TIME).await?;
        let count = (visits.len() + waiting.len() + companions.len()) as i64;
        if count == 0 {
            return Err(Why::NothingChanges.into());
        }
        for mut visit in visits {
            visit.phone = None;
            tx.edit(&mut visit).await?;
        }
        for mut row in waiting {
            row.phone = None;
            // Nobody was reached in time.
            CallBackState::NotReached.code().clone_into(&mut row.state);
            row.settled_at = Some(at.now);
            tx.edit(&mut row).await?;
        }
        // Who came along is kept only with the case that it is about.
        for mut row in companions {
            row.said = String::new();
            tx.edit(&mut row).await?;
        }
        let entry = Entry::new("telephones-forgotten", "centre", centre.id)
            .with("before", before)
            .with("count", count);
        Ok(Recorded::new(count, entry))
    }
}

/// The instant from which on it is kept who came along.
fn kept_from(now: i64) -> i64 {
    now - KEPT_DAYS * 24 * 60 * MINUTE
}

/// The first day whose telephones are kept.
fn kept_since(today: &str) -> Result<String, Fault> {
    let today: Date = today.parse().map_err(|_| Fault::Shape("queue day".into()))?;
    let since = today.checked_sub(jiff::Span::new().days(KEPT_DAYS));
    Ok(since.map_err(|_| Fault::Shape("queue day".into()))?.to_string())
}

/// Draws who is called back of the days that were closed, and forgets old telephones.
/// Returns how many acts that took.
///
/// # Errors
/// When an act fails.
pub async fn tend_call_backs(office: &Office) -> Result<usize, Stop> {
    let (mut due, mut old) = (Vec::new(), Vec::new());
    {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        for centre in centres::centres(&mut tx).await? {
            // Whoever is away with the centre looks after its visits.
            if crate::units::is_elsewhere(&mut tx, centre.id, &office.settings.installation).await? {
                continue;
            }
            for day in queue::days(&mut tx, centre.id, LOOKED_BACK).await? {
                if day.closed_at.is_none() {
                    continue;
                }
                let visits = call_backs::reachable(&mut tx, centre.id, &day.day).await?;
                let wished = visits.iter().filter(|visit| visit.call_back).count();
                if wished > 0 || !call_backs::is_drawn(&mut tx, day.id).await? {
                    due.push(day.id);
                }
            }
            let before = kept_since(&today_at(&centre, office.now()))?;
            let has_old = !call_backs::old_visits(&mut tx, centre.id, &before, 1).await?.is_empty()
                || !call_backs::old_call_backs(&mut tx, centre.id, &before, 1).await?.is_empty()
                || !party::old_companions(&mut tx, centre.id, kept_from(office.now()), 1).await?.is_empty();
            if has_old {
                old.push(centre.id);
            }
        }
    }
    let who = Who::system("call-backs");
    let mut done = 0;
    for day in due {
        match office.perform_once(&who, DrawCallBacks { day }).await {
            Ok(_) => done += 1,
            // Another node was there first.
            Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    for centre in old {
        loop {
            match office.perform_once(&who, ForgetTelephones { centre }).await {
                Ok(_) => done += 1,
                Err(Stop::Refused(_)) => break,
                Err(stop) => return Err(stop),
            }
        }
    }
    Ok(done)
}

/// Who is to be called back, the earliest day first: everybody but those of the officer's
/// own centre.
///
/// # Errors
/// When the database fails.
pub async fn call_backs_for(tx: &mut Tx<'_>, acting: &Acting) -> Result<Vec<CallBackRow>, Fault> {
    let open = call_backs::open(tx, LISTED).await?;
    Ok(open.into_iter().filter(|row| acting.officer.centre_id != Some(row.centre_id)).collect())
}

/// One that an officer may see.
///
/// # Errors
/// When the database fails.
pub async fn call_back_for(
    tx: &mut Tx<'_>,
    acting: &Acting,
    id: RowId,
) -> Result<Option<CallBackRow>, Fault> {
    let found = call_backs::call_back(tx, id).await?;
    Ok(found.filter(|row| acting.officer.centre_id != Some(row.centre_id)))
}
