//! A person on the line: the officer makes sure of who calls by a code that goes to the
//! telephone confirmed for them and is read back. From then on, for half an hour, the
//! officer acts for them as at a counter; without it there is only general information.

use super::proxies::phone_of;
use crate::accounts::{code_fits, send_code};
use crate::acting::{acting, not_family};
use crate::civil::may_see;
use crate::messages::{self, Template};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::refusals::Why;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, access};
use serde::{Deserialize, Serialize};
use serde_json::json;

const AN_HOUR: i64 = 3_600_000_000;
/// For how long somebody is taken to be still on the line.
const CALL_LASTS: i64 = AN_HOUR / 2;
/// How a caller was made sure of, as it stands with their case.
pub const SHOWN: &str = "telephone-code";
/// How many codes one person is sent in an hour.
const CODES_AN_HOUR: i64 = 4;

fn purpose(person: PersonId) -> String {
    format!("caller/{person}")
}

fn proof(officer: OfficerId, person: PersonId) -> String {
    format!("on-the-line/{officer}/{person}")
}

/// An officer who serves the telephone, and may for this person.
async fn serves(tx: &mut Tx<'_>, at: &Desk, person: PersonId) -> Result<OfficerId, Stop> {
    let acting = acting(tx, at, Permission::ServeTelephone).await?;
    if !may_see(tx, &acting, person).await? {
        return Err(Why::NotFound.into());
    }
    not_family(tx, &acting.officer, [Some(person)]).await?;
    Ok(acting.officer.id)
}

/// Sends a code to the telephone that was confirmed for a person, to be read back.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendCallerCode {
    /// Who says that they call.
    pub person: PersonId,
    /// The language of the message.
    pub language: String,
}

impl Act for SendCallerCode {
    const NAME: &'static str = "send-caller-code";
    /// Whether there is a telephone to send it to.
    type Out = bool;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<bool>, Stop> {
        serves(tx, at, self.person).await?;
        let counter = format!("caller-codes/{}", self.person);
        if access::count_use_in(tx, &counter, at.now, AN_HOUR).await? > CODES_AN_HOUR {
            let entry = Entry::new("code-refused", "person", self.person).of(Some(self.person));
            return Err(Stop::Kept(Why::TooManyAttempts.into(), vec![entry]));
        }
        let phone = phone_of(tx, self.person).await?;
        if let Some(phone) = &phone {
            send_code(tx, at, &purpose(self.person), ("sms", phone), &self.language).await?;
        }
        let entry = Entry::new("caller-code-sent", "person", self.person).of(Some(self.person));
        Ok(Recorded::new(phone.is_some(), entry.with("sent", phone.is_some())))
    }
}

/// Makes sure of who calls, by the code that they read back.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerifyCaller {
    /// Who says that they call.
    pub person: PersonId,
    /// The code as they read it.
    pub code: String,
}

impl Act for VerifyCaller {
    const NAME: &'static str = "verify-caller";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let officer = serves(tx, at, self.person).await?;
        let phone = phone_of(tx, self.person).await?.ok_or(Why::CallerUnproven)?;
        code_fits(tx, at, &purpose(self.person), &phone, &self.code).await?;
        access::keep_use(tx, &proof(officer, self.person), at.now, 1).await?;
        Ok(Recorded::new((), Entry::new("caller-verified", "person", self.person).of(Some(self.person))))
    }
}

/// The call is over: nothing more is done for whoever called.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndCall {
    /// Who called.
    pub person: PersonId,
}

impl Act for EndCall {
    const NAME: &'static str = "end-call";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let officer = acting(tx, at, Permission::ServeTelephone).await?.officer.id;
        access::forget_uses(tx, &proof(officer, self.person)).await?;
        Ok(Recorded::new((), Entry::new("call-ended", "person", self.person).of(Some(self.person))))
    }
}

/// Whether the officer at the desk made sure of a person on the line, and still speaks with
/// them.
///
/// # Errors
/// When the database fails.
pub async fn is_on_the_line(tx: &mut Tx<'_>, at: &Desk, person: PersonId) -> Result<bool, Fault> {
    let Actor::Officer(officer) = at.actor else { return Ok(false) };
    Ok(access::uses(tx, &proof(officer, person), at.now, CALL_LASTS).await? > 0)
}

/// Refuses an act by telephone for whoever was not made sure of; asks nothing of any other way.
///
/// # Errors
/// [`Why::CallerUnproven`]; or the database fails.
pub(crate) async fn if_by_telephone(
    tx: &mut Tx<'_>,
    at: &Desk,
    person: Option<PersonId>,
) -> Result<(), Stop> {
    if at.channel != Channel::Telephone {
        return Ok(());
    }
    match person {
        Some(person) if is_on_the_line(tx, at, person).await? => Ok(()),
        _ => Err(Why::CallerUnproven.into()),
    }
}

/// Tells a person what was done in their name by another: by an officer on the telephone,
/// or by whoever acts for them.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell_done(
    tx: &mut Tx<'_>,
    at: &Desk,
    person: Option<PersonId>,
    (number, language): (&str, &str),
) -> Result<(), Fault> {
    let by_another = match at.actor {
        Actor::Officer(_) => at.channel == Channel::Telephone,
        Actor::Account(_) => at.on_behalf.is_some() && at.on_behalf == person,
        _ => false,
    };
    let Some(person) = person.filter(|_| by_another) else { return Ok(()) };
    let Some(phone) = phone_of(tx, person).await? else { return Ok(()) };
    let args = json!({"number": number});
    messages::send(tx, at, "sms", &phone, language, Template::DoneForYou, &args).await
}
