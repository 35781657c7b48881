//! An officer's counter: call the next, serve, and everything that can come between.
//! Every step is one button, and the keyboard begins at the likeliest one.

use super::hall::own_centre;
use super::{Menu, at_desk};
use crate::fields::{Errors, Field, Opt};
use crate::frame::{Frame, Here, show};
use crate::pages::kit::{FormBlock, errors_of};
use crate::pages::own_ticket::address_of;
use crate::pages::visits::{Centre, mark, named, say_what_is_full, ticket_fields, ticket_of};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::{CounterId, TicketId};
use diwan_domain::people::Permission;
use diwan_domain::queue::{JumpReason, Need, State, Step, after};
use diwan_domain::refusals::Why;
use diwan_office::queue::{
    self, AskToLetIn, AtCounter, CallForHelp, CallNext, LetIn, MoveTicket, SitDown, StandUp, TakeTicket,
    TransferTicket,
};
use diwan_office::rows::TicketRow;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A button of the page: what it does to which ticket, with its key.
pub struct Button {
    /// What is sent: `finish`.
    pub what: String,
    /// What it says.
    pub text: String,
    /// The access key.
    pub key: &'static str,
    /// Whether it is the likeliest.
    pub main: bool,
}

/// Somebody on the page.
pub struct Shown {
    /// The ticket.
    pub id: String,
    /// Its number.
    pub number: String,
    /// The line's name.
    pub line: String,
    /// What they need, in words.
    pub needs: Vec<String>,
    /// Since when, in words.
    pub since: String,
    /// Where it stands, in words.
    pub state: String,
    /// The buttons for it.
    pub buttons: Vec<Button>,
    /// Why somebody asked to let it in, when that waits for this officer.
    pub asked: String,
    /// Whether they must be fetched: they do not see the display.
    pub fetch: bool,
}

#[derive(Template)]
#[template(path = "desk-queue.html")]
struct QueuePage {
    frame: Frame,
    menu: Menu,
    notices: Vec<String>,
    counter: String,
    lines: String,
    hand: Option<Shown>,
    hand_before: i64,
    /// Where the whole visit of whom it has in hand is shown; empty for nobody.
    visit: String,
    /// The cases of the visit: where each is, its number and service, what is owed.
    matters: Vec<(String, String, String)>,
    waiting: Vec<Shown>,
    /// Those behind the first who wait, in a fold, and how many they are.
    later: Vec<Shown>,
    later_count: i64,
    /// Whether the fold stands open: somebody in it asks for this officer's word.
    later_open: bool,
    away: Vec<Shown>,
    transfers: Vec<Opt>,
    reasons: Vec<Opt>,
    sit: Option<FormBlock>,
    give: FormBlock,
    /// That a silent call for help was heard; empty when none is open.
    heard: String,
}

impl QueuePage {
    fn errors(&self) -> Errors {
        errors_of(&self.give.fields)
    }

    /// Folds away whom the counter does not come to soon.
    fn fold(&mut self) {
        self.later = self.waiting.split_off(FIRST.min(self.waiting.len()));
        self.later_count = self.later.len() as i64;
        self.later_open = self.later.iter().any(|one| !one.asked.is_empty());
    }
}

/// How many of those who wait stand outside the fold.
const FIRST: usize = 10;

/// What was done before.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    given: String,
}

fn shown(here: &Here, centre: &Centre, ticket: &TicketRow, steps: &[(Step, &'static str)]) -> Shown {
    let lang = &here.lang;
    let state = State::from_code(&ticket.state).unwrap_or(State::Waiting);
    let line = centre.setup.as_ref().and_then(|setup| setup.line(&ticket.line).cloned());
    let since = here.app.office.now() - ticket.came_at;
    let button = |(step, key): &(Step, &'static str)| {
        after(state, *step).map(|_| Button {
            what: step.code().to_owned(),
            text: lang.t_of("ticket-step-", step.code()),
            key,
            main: matches!((state, step), (State::Called, Step::Begin) | (State::Serving, Step::Finish)),
        })
    };
    Shown {
        id: ticket.id.to_string(),
        number: ticket.number.clone(),
        line: line.map(|line| named(lang, &line.names)).unwrap_or_default(),
        needs: queue::needs_of(ticket).iter().map(|need| lang.t_of("visit-need-", need.code())).collect(),
        since: lang.span(since),
        state: lang.t_of("ticket-state-", state.code()),
        buttons: steps.iter().filter_map(button).collect(),
        asked: String::new(),
        fetch: queue::needs_of(ticket).contains(&Need::Fetched),
    }
}

/// The counter.
pub async fn page(here: Here, Query(done): Query<Done>) -> Response {
    let result = show_page(&here, &done.given, None).await;
    answer(&here, result)
}

async fn show_page(here: &Here, given: &str, give: Option<Vec<Field>>) -> Answer {
    let desk = at_desk(here, Some(Permission::ServeQueue)).await?;
    let lang = &here.lang;
    let centre = own_centre(here, &desk).await?;
    if centre.setup.is_none() {
        return Err(Why::NoSetup.into());
    }
    let (own, others, help, (waiting, away), is_outside) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let own = AtCounter::of(&mut tx, desk.acting.officer.id).await?;
        let others = AtCounter::all(&mut tx, centre.row.id).await?;
        let help = queue::own_help(&mut tx, desk.acting.officer.id).await?;
        let now = here.app.office.now();
        let is_outside = match &own {
            Some(own) => {
                let whose = (desk.acting.officer.id, own.counter.label.as_str());
                queue::serves_outside(&mut tx, &centre.row, whose, now).await?
            }
            None => false,
        };
        (own, others, help, queue::waiting_now(&mut tx, centre.row.id, now).await?, is_outside)
    };
    let served: BTreeSet<String> =
        own.as_ref().map(|own| own.lines().into_iter().collect()).unwrap_or_default();
    // Whom this counter cannot serve is not called by it, and would only seem to wait for it.
    let able =
        own.as_ref().zip(centre.setup.as_ref()).map(|(own, setup)| setup.able(&own.counter.label, &served));
    let is_served =
        |ticket: &&TicketRow| able.as_ref().is_none_or(|able| able.can_serve(&queue::as_waiting(ticket)));
    let mut give = give.unwrap_or_else(|| ticket_fields(lang, &centre, None));
    say_what_is_full(here, &centre, &mut give).await?;
    let hand = own.as_ref().and_then(|own| own.ticket.as_ref());
    let matters = matters(here, hand).await?;
    let mut page = QueuePage {
        frame: here.frame(lang.t("menu-queue")),
        menu: desk.menu(here).await?,
        notices: Vec::new(),
        counter: own.as_ref().map(|own| own.counter.label.clone()).unwrap_or_default(),
        lines: served.iter().cloned().collect::<Vec<_>>().join(" "),
        hand: hand.map(|ticket| shown(here, &centre, ticket, IN_HAND)),
        matters,
        visit: hand.map(|ticket| format!("/desk/visits/{}", ticket.visit_id)).unwrap_or_default(),
        hand_before: waiting.iter().filter(is_served).count() as i64,
        waiting: waiting.iter().filter(is_served).map(|t| shown(here, &centre, t, &[])).collect(),
        later: Vec::new(),
        later_count: 0,
        later_open: false,
        away: away.iter().map(|ticket| shown(here, &centre, ticket, AWAY)).collect(),
        transfers: transfers(lang, &centre),
        reasons: JumpReason::ALL.iter().map(|reason| option(lang, "jump-", reason.code())).collect(),
        sit: own.is_none().then(|| sit_form(here, &others)),
        give: give_form(here, give),
        heard: match help {
            None => String::new(),
            Some(false) => lang.t("help-heard"),
            Some(true) => lang.t("help-heard-coming"),
        },
    };
    for (shown, ticket) in page.waiting.iter_mut().zip(waiting.iter().filter(is_served)) {
        let is_others = ticket.asked_by.is_some_and(|asked| asked != desk.acting.officer.id);
        if is_others && ticket.let_in_by.is_none() {
            shown.asked = lang.t_of("jump-", ticket.asked_reason.as_deref().unwrap_or("safety"));
        }
    }
    page.fold();
    if is_outside {
        page.notices.push(lang.t("duty-outside"));
    }
    if !given.is_empty() {
        page.notices.push(lang.with("ticket-given", &[("number", Arg::Text(given.to_owned()))]));
    }
    let status = if page.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show(status, false, &page))
}

/// The cases of the visit whose ticket is in hand.
async fn matters(here: &Here, hand: Option<&TicketRow>) -> Result<Vec<(String, String, String)>, Problem> {
    let Some(ticket) = hand else { return Ok(Vec::new()) };
    let found = {
        let mut reading = here.app.office.db.reading().await?;
        queue::matters_of(&mut reading.tx(), ticket.visit_id).await?
    };
    let owed = |owed: diwan_domain::money::Money| {
        let amount = here.lang.money(owed);
        here.lang.with("queue-owed", &[("amount", Arg::Text(amount))])
    };
    let shown = |one: queue::Matter| {
        let owed = if one.owed.minor_units > 0 { owed(one.owed) } else { String::new() };
        (format!("/desk/counter/cases/{}", one.case), one.number, owed)
    };
    Ok(found.into_iter().map(shown).collect())
}

/// What can be done with whom a counter has in hand, with the access keys.
const IN_HAND: &[(Step, &str)] = &[
    (Step::Begin, "b"),
    (Step::Recall, "r"),
    (Step::Finish, "f"),
    (Step::Park, "p"),
    (Step::Miss, "m"),
    (Step::Leave, "l"),
];
/// What can be done with who is away.
const AWAY: &[(Step, &str)] = &[(Step::Return, ""), (Step::Revive, ""), (Step::Leave, "")];

fn option(lang: &Language, prefix: &str, code: &str) -> Opt {
    Opt { value: code.to_owned(), label: lang.t_of(prefix, code), ..Opt::default() }
}

fn transfers(lang: &Language, centre: &Centre) -> Vec<Opt> {
    let Some(setup) = &centre.setup else { return Vec::new() };
    let line = |line: &diwan_domain::queue::Line| Opt {
        value: line.letter.clone(),
        label: format!("{} {}", line.letter, named(lang, &line.names)),
        ..Opt::default()
    };
    setup.lines.iter().map(line).collect()
}

fn sit_form(here: &Here, others: &[AtCounter]) -> FormBlock {
    let lang = &here.lang;
    let free = others.iter().filter(|one| one.sitting.is_none()).map(|one| Opt {
        value: one.counter.id.to_string(),
        label: one.counter.label.clone(),
        ..Opt::default()
    });
    let fields = vec![Field::choice("counter", lang.t("counter"), free.collect()).focused()];
    FormBlock::new(lang.t("queue-sit"), "/desk/queue/do/sit".into(), fields, lang.t("queue-sit"))
}

fn give_form(here: &Here, fields: Vec<Field>) -> FormBlock {
    let lang = &here.lang;
    FormBlock::new(lang.t("queue-give"), "/desk/queue/do/give".into(), fields, lang.t("queue-give"))
}

/// One step.
pub async fn act(here: Here, Path((_, what)): Path<(String, String)>, sent: Sent) -> Response {
    let result = done(&here, &what, &sent).await;
    answer(&here, result)
}

async fn done(here: &Here, what: &str, sent: &Sent) -> Answer {
    let office = &here.app.office;
    let who = here.visitor.who();
    let ticket = || sent.id::<TicketId>("ticket").ok_or_else(|| Problem::from(Why::FieldMissing));
    match what {
        "sit" => {
            let counter: CounterId = sent.id("counter").ok_or_else(|| Problem::from(Why::FieldMissing))?;
            let lines = sent.all("lines").into_iter().collect();
            office.perform(&who, &sent.key, SitDown { counter, lines }).await?;
            here.visitor.keep(|kept| kept.counter = Some(counter));
        }
        "stand" => {
            office.perform(&who, &sent.key, StandUp { officer: None }).await?;
            here.visitor.keep(|kept| kept.counter = None);
        }
        "next" => {
            // Nobody waits: that is news, not an error.
            match office.perform(&who, &sent.key, CallNext {}).await {
                Ok(_) => {}
                Err(stop) if stop.code() == Why::NobodyWaits.code() => {}
                Err(stop) => return Err(stop.into()),
            }
        }
        "help" => {
            // Pressed again in fear it is no error: the call stands.
            match office.perform(&who, &sent.key, CallForHelp {}).await {
                Ok(_) => {}
                Err(stop) if stop.code() == Why::NothingChanges.code() => {}
                Err(stop) => return Err(stop.into()),
            }
        }
        "give" => return give(here, sent).await,
        "transfer" => {
            let act = TransferTicket { ticket: ticket()?, line: sent.text("line") };
            office.perform(&who, &sent.key, act).await?;
        }
        "ask" => {
            let reason = JumpReason::from_code(&sent.text("reason"));
            let reason = reason.ok_or_else(|| Problem::from(Why::ReasonMissing))?;
            office.perform(&who, &sent.key, AskToLetIn { ticket: ticket()?, reason }).await?;
        }
        "let-in" => {
            office.perform(&who, &sent.key, LetIn { ticket: ticket()? }).await?;
        }
        step => {
            let step = Step::from_code(step).ok_or_else(Problem::not_found)?;
            office.perform(&who, &sent.key, MoveTicket { ticket: ticket()?, step }).await?;
        }
    }
    Ok(here.go("/desk/queue"))
}

/// Gives a ticket to somebody at the reception.
async fn give(here: &Here, sent: &Sent) -> Answer {
    let desk = at_desk(here, Some(Permission::ServeQueue)).await?;
    let centre = own_centre(here, &desk).await?;
    let act = TakeTicket { account: None, ..ticket_of(here, &centre.row, sent) };
    match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
        Ok(taken) => Ok(here.go(&format!("/desk/queue/tickets/{}", taken.ticket))),
        Err(stop) => {
            let mut fields = ticket_fields(&here.lang, &centre, Some(sent));
            mark(here, &mut fields, stop)?;
            show_page(here, "", Some(fields)).await
        }
    }
}

#[derive(Template)]
#[template(path = "ticket-slip.html")]
struct SlipPage {
    frame: Frame,
    number: String,
    centre: String,
    line: String,
    before: String,
    wait: String,
    at: String,
    qr: String,
    back: String,
}

/// A ticket to be printed for whoever has no telephone.
pub async fn slip(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ServeQueue)).await?;
        let centre = own_centre(&here, &desk).await?;
        let id: TicketId = id.parse().map_err(|_| Problem::not_found())?;
        let (ticket, now, signed) = {
            let mut reading = here.app.office.db.reading().await?;
            let mut tx = reading.tx();
            let ticket = queue::ticket(&mut tx, id).await?.filter(|t| t.centre_id == centre.row.id);
            let ticket = ticket.ok_or_else(Problem::not_found)?;
            let now = queue::ticket_now(&mut tx, &ticket).await?;
            let signed = queue::signed(&mut tx, &here.app.office.log_key, &ticket).await?;
            (ticket, now, signed)
        };
        let lang = &here.lang;
        let offset = i32::try_from(centre.row.utc_offset_minutes).unwrap_or(0);
        let line = centre.setup.as_ref().and_then(|setup| setup.line(&ticket.line).cloned());
        let address = address_of(&here, &ticket.code, signed.as_deref());
        let before = now.before.map(|before| here.frame("").n1("ticket-before", "count", &(before as i64)));
        let page = SlipPage {
            frame: here.frame(lang.with("ticket-number", &[("number", Arg::Text(ticket.number.clone()))])),
            number: ticket.number.clone(),
            centre: lang.name_in(&centre.row.names.0),
            line: line.map(|line| named(lang, &line.names)).unwrap_or_default(),
            before: before.unwrap_or_default(),
            wait: crate::pages::visits::spoken(lang, now.wait),
            at: lang.moment(ticket.came_at, offset),
            qr: diwan_office::documents::qr_svg(&address).unwrap_or_default(),
            back: format!("/desk/queue?given={}", ticket.number),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
