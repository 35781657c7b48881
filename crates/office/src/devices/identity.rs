//! Who stands before a kiosk: a number, from a card or typed, and a code to the telephone
//! that was confirmed for exactly this person.
//!
//! A telephone alone opens nothing, and a number alone opens nothing. Whether a number is
//! known, and whether a telephone is, is never said.

use crate::accounts::{SignedIn, code_fits, send_code};
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::devices::card_number;
use diwan_domain::ids::{AccountId, DeviceId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Assurance;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::people;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, access};
use serde::{Deserialize, Serialize};

const AN_HOUR: i64 = 3_600_000_000;
/// How many codes one number is sent in an hour.
const CODES_A_NUMBER: i64 = 6;
/// How many one kiosk asks for in an hour: one person a minute, and some more.
const CODES_A_KIOSK: i64 = 120;

fn kiosk(at: &Desk) -> Result<DeviceId, Stop> {
    match at.actor {
        Actor::Device(id) => Ok(id),
        _ => Err(Why::NotPermitted.into()),
    }
}

/// The number as it is looked up; what cannot be one is refused before anything is counted.
fn number_of(typed: &str) -> Result<String, Stop> {
    card_number(typed).ok_or_else(|| Refusal::from(Why::FieldMissing).about("field", "number").into())
}

fn purpose(person: PersonId) -> String {
    format!("kiosk/{person}")
}

/// The living person with a number and the telephone that was confirmed for them last, with
/// its account.
async fn reached(tx: &mut Tx<'_>, number: &str) -> Result<Option<(PersonId, AccountId, String)>, Fault> {
    let [person] = people::by_standing_number(tx, number).await?[..] else { return Ok(None) };
    if people::person(tx, person).await?.is_none_or(|row| row.died_on.is_some()) {
        return Ok(None);
    }
    let mut found = None;
    for account in people::accounts_of(tx, person).await? {
        let known = Assurance::from_code(&account.assurance).is_some_and(Assurance::is_proven);
        if account.closed_at.is_some() || !known {
            continue;
        }
        let confirmed = people::credentials(tx, account.id).await?;
        let is_phone = |one: &people::CredentialRow| one.kind == "sms" && one.confirmed_at.is_some();
        if let Some(phone) = confirmed.into_iter().rfind(is_phone) {
            found = Some((person, account.id, phone.value));
        }
    }
    Ok(found)
}

/// Sends a code to the telephone of whoever has a number. Says the same whether it is known.
#[derive(Debug, Serialize, Deserialize)]
pub struct RequestKioskCode {
    /// The number as typed, or the lines of a card as its reader types them.
    pub number: String,
    /// The language of the message.
    pub language: String,
}

impl Act for RequestKioskCode {
    const NAME: &'static str = "request-kiosk-code";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let device = kiosk(at)?;
        let number = number_of(&self.number)?;
        let mark = hex::encode(&secrets::hash(&format!("number {number}"))[..8]);
        let of_number = access::count_use_in(tx, &format!("kiosk-code/{mark}"), at.now, AN_HOUR).await?;
        let of_kiosk = access::count_use_in(tx, &format!("kiosk-codes/{device}"), at.now, AN_HOUR).await?;
        if of_number > CODES_A_NUMBER || of_kiosk > CODES_A_KIOSK {
            let entry = Entry::new("code-refused", "contact", mark);
            return Err(Stop::Kept(Why::TooManyAttempts.into(), vec![entry]));
        }
        let found = reached(tx, &number).await?;
        if let Some((person, _, phone)) = &found {
            send_code(tx, at, &purpose(*person), ("sms", phone), &self.language).await?;
        }
        let entry = Entry::new("kiosk-code-asked", "device", device).of(found.map(|(person, ..)| person));
        Ok(Recorded::new((), entry))
    }
}

/// Signs in at a kiosk by a number and the code.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignInAtKiosk {
    /// The number as typed before.
    pub number: String,
    /// The code as typed.
    pub code: String,
}

impl Act for SignInAtKiosk {
    const NAME: &'static str = "sign-in-at-kiosk";
    type Out = SignedIn;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<SignedIn>, Stop> {
        let device = kiosk(at)?;
        let number = number_of(&self.number)?;
        let Some((person, account, phone)) = reached(tx, &number).await? else {
            // The same as a wrong code, and counted like one.
            let door = format!("kiosk-tries/{device}");
            let tries = access::count_use_in(tx, &door, at.now, AN_HOUR).await?;
            let why = if tries > CODES_A_KIOSK { Why::TooManyAttempts } else { Why::WrongCode };
            return Err(Stop::Kept(why.into(), vec![Entry::new("code-wrong", "device", device)]));
        };
        code_fits(tx, at, &purpose(person), &phone, &self.code).await?;
        let entry = Entry::new("signed-in", "account", account).of(Some(person)).with("how", "kiosk");
        Ok(Recorded::new(SignedIn { account, assurance: Assurance::Substantial }, entry))
    }
}
