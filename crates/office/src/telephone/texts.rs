//! A text message that somebody sent to the office, answered with one.
//!
//! The answer goes to the telephone that the message says it came from: whoever forges a
//! sender learns nothing. What does not belong to that telephone gets the same answer as
//! what does not exist.

use super::proxies::end_all;
use crate::cases::{self, standing};
use crate::messages::{self, Template};
use crate::queue::{CancelAppointment, RateVisit, TicketNow, as_printed, ticket_now, today_at};
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::devices::card_number;
use diwan_domain::ids::PersonId;
use diwan_domain::journal::Entry;
use diwan_domain::numbers;
use diwan_domain::queue::State;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::texting::Wish;
use diwan_store::cases::CaseRow;
use diwan_store::queue::{TicketRow, VisitRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, access, centres, people, queue, telephone};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const AN_HOUR: i64 = 3_600_000_000;
const A_DAY: i64 = 24 * AN_HOUR;
/// How many messages of one telephone are answered in an hour: each answer costs money.
const ANSWERED_AN_HOUR: i64 = 12;
/// How long after a visit its rating is taken.
const RATED_WITHIN: i64 = 3 * A_DAY;
/// In which language somebody is answered whose language nobody knows.
const FIRST_LANGUAGE: &str = "ckb";

/// Takes a text message, as the operator's gateway brought it, and answers it with at most
/// one. Where the answer is about a case, a visit or an appointment, it is in the language
/// of that; else in the language of the word that was used.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakeText {
    /// The telephone it came from, as the gateway says it.
    pub from: String,
    /// What it asks for.
    pub wish: Wish,
    /// The language of the word that was used.
    pub language: Option<String>,
    /// The words that are told to whoever needs help, by what they ask for.
    pub words: BTreeMap<String, String>,
}

/// An answer: what it says, in which language, with what.
struct Answer {
    template: Template,
    language: Option<String>,
    args: Value,
    entries: Vec<Entry>,
}

impl Answer {
    fn new(template: Template, language: &str, args: Value) -> Self {
        Self { template, language: Some(language.to_owned()), args, entries: Vec::new() }
    }

    fn because(mut self, entries: Vec<Entry>) -> Self {
        self.entries = entries;
        self
    }
}

impl Act for TakeText {
    const NAME: &'static str = "take-text";
    /// Which answer was given.
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let from = numbers::phone(&self.from);
        let from = from.map_err(|fault| Refusal::from(Why::PhoneUnreadable).about("fault", fault.code()))?;
        let mark = hex::encode(&secrets::hash(&from)[..8]);
        let uses = access::count_use_in(tx, &format!("texts/{mark}"), at.now, AN_HOUR).await?;
        if uses > ANSWERED_AN_HOUR {
            return Err(Stop::Kept(
                Why::TooManyAttempts.into(),
                vec![Entry::new("text-refused", "contact", mark)],
            ));
        }
        let found = match &self.wish {
            Wish::Status(number) => status(tx, number, &from).await?,
            Wish::Ticket(number) => ticket(tx, at, &from, number).await?,
            Wish::Cancel(code) => cancel(tx, at, code, &from).await?,
            Wish::Rate(score) => rate(tx, at, *score, &from).await?,
            Wish::Revoke(number) => revoke(tx, at, number, &from).await?,
            Wish::Help => Some(Answer {
                template: Template::TextHelp,
                language: None,
                args: json!(self.words),
                entries: Vec::new(),
            }),
        };
        let nothing = || Answer {
            template: Template::TextNothing,
            language: None,
            args: json!(self.words),
            entries: Vec::new(),
        };
        let answer = found.unwrap_or_else(nothing);
        let language = answer.language.or_else(|| self.language.clone());
        let language = language.unwrap_or_else(|| FIRST_LANGUAGE.to_owned());
        messages::send(tx, at, "sms", &from, &language, answer.template, &answer.args).await?;
        let code = answer.template.code();
        let entry = Entry::new("text-taken", "contact", mark).with("answer", code);
        Ok(Recorded::new(code.to_owned(), entry).and_all(answer.entries))
    }
}

/// Whether a telephone is that of a case: the one its applicant gave, or one that was
/// confirmed for the account that began it.
async fn is_of_case(tx: &mut Tx<'_>, case: &CaseRow, phone: &str) -> Result<bool, Fault> {
    if case.phone.as_deref() == Some(phone) {
        return Ok(true);
    }
    let Some(account) = case.account_id else { return Ok(false) };
    let known = people::credentials(tx, account).await?;
    Ok(known.iter().any(|one| one.kind == "sms" && one.confirmed_at.is_some() && one.value == phone))
}

async fn status(tx: &mut Tx<'_>, number: &str, from: &str) -> Result<Option<Answer>, Stop> {
    let Ok(number) = numbers::parse_number(number) else { return Ok(None) };
    let Some(case) = cases::by_number(tx, &number).await? else { return Ok(None) };
    if !is_of_case(tx, &case, from).await? {
        return Ok(None);
    }
    let published = cases::definition(tx, &case).await?;
    let args = json!({"number": case.number, "standing": standing(&case, &published.service)});
    Ok(Some(Answer::new(Template::TextStatus, &case.language, args)))
}

/// Where a ticket stands, as it is said by telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketSaid {
    /// The language of the visit.
    pub language: String,
    /// The ticket.
    pub now: TicketNow,
}

/// Today's tickets of a visit, those that still wait first.
async fn of_today(tx: &mut Tx<'_>, visit: &VisitRow, now: i64) -> Result<Vec<TicketRow>, Fault> {
    let Some(centre) = centres::centre(tx, visit.centre_id).await? else { return Ok(Vec::new()) };
    if today_at(&centre, now) != visit.day {
        return Ok(Vec::new());
    }
    let mut tickets = queue::of_visit(tx, visit.id).await?;
    tickets.sort_by_key(|ticket| State::from_code(&ticket.state).is_none_or(State::is_over));
    Ok(tickets)
}

/// Today's ticket of a telephone: the one with a number, or the one that still waits.
///
/// # Errors
/// When the database fails.
pub async fn ticket_of(
    tx: &mut Tx<'_>,
    phone: &str,
    number: &str,
    now: i64,
) -> Result<Option<TicketSaid>, Fault> {
    let mut last = None;
    for visit in telephone::visits_of_phone(tx, phone, now - A_DAY).await? {
        for ticket in of_today(tx, &visit, now).await? {
            if !number.is_empty() && ticket.number != number {
                continue;
            }
            let said = TicketSaid { language: visit.language.clone(), now: ticket_now(tx, &ticket).await? };
            if !said.now.state.is_over() {
                return Ok(Some(said));
            }
            last = last.or(Some(said));
        }
    }
    Ok(last)
}

async fn ticket(tx: &mut Tx<'_>, at: &Desk, from: &str, number: &str) -> Result<Option<Answer>, Stop> {
    let Some(said) = ticket_of(tx, from, number, at.now).await? else { return Ok(None) };
    let wait = said.now.wait.map_or_else(|| "?".to_owned(), |wait| format!("{}-{}", wait.from, wait.to));
    let args = json!({
        "number": said.now.number,
        "standing": said.now.state.code(),
        "before": said.now.before.map_or_else(String::new, |before| before.to_string()),
        "wait": wait,
        "counter": said.now.counter.unwrap_or_default(),
    });
    Ok(Some(Answer::new(Template::TextTicket, &said.language, args)))
}

/// An act inside this one: what it refuses is answered like what does not exist.
fn lawful<T>(done: Result<T, Stop>) -> Result<Option<T>, Stop> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(_) => Ok(None),
    }
}

async fn cancel(tx: &mut Tx<'_>, at: &Desk, code: &str, from: &str) -> Result<Option<Answer>, Stop> {
    let row = queue::appointment(tx, &as_printed(code)).await?.filter(|row| row.phone == from);
    let Some(row) = row else { return Ok(None) };
    let act = CancelAppointment { code: row.code };
    let Some(done) = lawful(act.run(at, tx).await)? else { return Ok(None) };
    let answer = Answer::new(Template::TextCancelled, &row.language, json!({}));
    Ok(Some(answer.because(done.into_entries())))
}

async fn rate(tx: &mut Tx<'_>, at: &Desk, score: i64, from: &str) -> Result<Option<Answer>, Stop> {
    for visit in telephone::visits_of_phone(tx, from, at.now - RATED_WITHIN - A_DAY).await? {
        let ended = visit.ended_at.is_some_and(|ended| at.now - ended <= RATED_WITHIN);
        if !ended || visit.rated_at.is_some() {
            continue;
        }
        let Some(ticket) = queue::of_visit(tx, visit.id).await?.into_iter().next() else { continue };
        let act = RateVisit { code: ticket.code, score, reasons: Vec::new(), call_back: false };
        let Some(done) = lawful(act.run(at, tx).await)? else { return Ok(None) };
        let answer = Answer::new(Template::TextRated, &visit.language, json!({}));
        return Ok(Some(answer.because(done.into_entries())));
    }
    Ok(None)
}

/// The living person with a number, if a telephone was confirmed for them.
async fn owner(tx: &mut Tx<'_>, number: &str, from: &str) -> Result<Option<PersonId>, Fault> {
    let Some(number) = card_number(number) else { return Ok(None) };
    let [person] = people::by_standing_number(tx, &number).await?[..] else { return Ok(None) };
    for account in people::accounts_of(tx, person).await?.into_iter().filter(|one| one.closed_at.is_none()) {
        let known = people::credentials(tx, account.id).await?;
        if known.iter().any(|one| one.kind == "sms" && one.confirmed_at.is_some() && one.value == from) {
            return Ok(Some(person));
        }
    }
    Ok(None)
}

async fn revoke(tx: &mut Tx<'_>, at: &Desk, number: &str, from: &str) -> Result<Option<Answer>, Stop> {
    let Some(person) = owner(tx, number, from).await? else { return Ok(None) };
    let ended = end_all(tx, at, person).await?;
    let args = json!({"count": ended.len().to_string()});
    let answer = Answer { template: Template::TextRevoked, language: None, args, entries: Vec::new() };
    Ok(Some(answer.because(ended)))
}
