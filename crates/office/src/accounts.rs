//! Accounts of citizens: a phone or mailbox and a code, a national wallet, or an
//! officer's look at a card. An account is not a person: a phone is shared and
//! its number recycled, so a number alone opens no old case.

use crate::acting::{acting, not_family};
use crate::cases;
use crate::civil::may_see;
use crate::messages::{self, Template};
use crate::secrets;
use crate::telephone::if_by_telephone;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AccountId, CaseId, PersonId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::numbers;
use diwan_domain::people::{Assurance, Channel, Permission};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::people::{self, AccountRow, CredentialRow};
use diwan_store::{Act, Recorded, Stop, Tx, access};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

const CODE_LASTS: i64 = 10 * 60_000_000;
const CODES_AN_HOUR: i64 = 6;
const TRIES_AN_HOUR: i64 = 20;
const AN_HOUR: i64 = 3_600_000_000;
/// In which language somebody is written to who never chose one.
const FIRST_LANGUAGE: &str = "ckb";

/// By which way a code is sent: `sms` or `email`.
fn way_of(typed: &str) -> Result<(&'static str, String), Stop> {
    let read =
        if typed.contains('@') { ("email", numbers::email(typed)) } else { ("sms", numbers::phone(typed)) };
    match read.1 {
        Ok(address) => Ok((read.0, address)),
        Err(fault) => Err(Refusal::from(Why::PhoneUnreadable).about("fault", fault.code()).into()),
    }
}

/// Sends a one-time code. Says the same whether anyone is known there.
#[derive(Debug, Serialize, Deserialize)]
pub struct RequestCode {
    /// A phone number or e-mail address as typed.
    pub address: String,
    /// `sign-in`, `resume/<case number>`, `consent/<case>` or `contact/<person>`.
    pub purpose: String,
    /// The language of the message.
    pub language: String,
}

impl Act for RequestCode {
    const NAME: &'static str = "request-code";
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let (way, address) = way_of(&self.address)?;
        let count = access::count_use_in(tx, &format!("code/{address}"), at.now, AN_HOUR).await?;
        let by_actor = format!("codes-by/{}/{}", at.actor.kind(), at.actor.name());
        let by_actor = access::count_use_in(tx, &by_actor, at.now, AN_HOUR).await?;
        if count > CODES_AN_HOUR || by_actor > CODES_AN_HOUR * 10 {
            let entry = Entry::new("code-refused", "contact", hex::encode(&secrets::hash(&address)[..8]));
            return Err(Stop::Kept(Why::TooManyAttempts.into(), vec![entry]));
        }
        send_code(tx, at, &self.purpose, (way, &address), &self.language).await?;
        let entry = Entry::new("code-sent", "contact", hex::encode(&secrets::hash(&address)[..8]));
        Ok(Recorded::new(address, entry))
    }
}

/// Sends a one-time code for a purpose.
pub(crate) async fn send_code(
    tx: &mut Tx<'_>,
    at: &Desk,
    purpose: &str,
    (way, address): (&str, &str),
    language: &str,
) -> Result<(), Stop> {
    let code = secrets::six_digits(&at.chance("code"));
    let hash = secrets::hash(&format!("{purpose}/{address}/{code}"));
    access::keep_code(tx, at.fresh("code"), purpose, address, &hash, at.now, at.now + CODE_LASTS).await?;
    messages::send(tx, at, way, address, language, Template::Code, &json!({"code": code})).await?;
    Ok(())
}

/// Tries a code inside an act; a failure is counted and kept.
pub(crate) async fn code_fits(
    tx: &mut Tx<'_>,
    at: &Desk,
    purpose: &str,
    address: &str,
    code: &str,
) -> Result<(), Stop> {
    let contact = hex::encode(&secrets::hash(address)[..8]);
    let tries = access::count_use_in(tx, &format!("tries/{address}"), at.now, AN_HOUR).await?;
    let digits: String = diwan_domain::digits::to_ascii(code).chars().filter(char::is_ascii_digit).collect();
    let hash = secrets::hash(&format!("{purpose}/{address}/{digits}"));
    if tries <= TRIES_AN_HOUR && access::try_code(tx, purpose, address, &hash, at.now).await? {
        return Ok(());
    }
    let why = if tries > TRIES_AN_HOUR { Why::TooManyAttempts } else { Why::WrongCode };
    Err(Stop::Kept(why.into(), vec![Entry::new("code-wrong", "contact", contact)]))
}

/// Someone who signed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedIn {
    /// Their account.
    pub account: AccountId,
    /// How surely they are known.
    pub assurance: Assurance,
}

/// Signs in by a code. The account is known by contact only: it sees the cases
/// it begins or resumes, never old ones.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignInByCode {
    /// The phone number or e-mail address as typed.
    pub address: String,
    /// The code as typed.
    pub code: String,
    /// The language of the pages.
    pub language: String,
}

impl Act for SignInByCode {
    const NAME: &'static str = "sign-in-by-code";
    type Out = SignedIn;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<SignedIn>, Stop> {
        let (way, address) = way_of(&self.address)?;
        code_fits(tx, at, "sign-in", &address, &self.code).await?;
        // The account that last used this contact and belongs to no person: one
        // that was proven is never reached by its phone alone.
        for credential in people::reached_by(tx, way, &address).await? {
            let account = people::account(tx, credential.account_id).await?;
            if let Some(account) =
                account.filter(|account| account.person_id.is_none() && account.closed_at.is_none())
            {
                let entry = Entry::new("signed-in", "account", account.id).with("how", way);
                return Ok(Recorded::new(
                    SignedIn { account: account.id, assurance: Assurance::Contact },
                    entry,
                ));
            }
        }
        let account = new_account(tx, at, &self.language, None).await?;
        add_credential(tx, at, account, way, &address).await?;
        let entry = Entry::new("account-opened", "account", account).with("how", way);
        Ok(Recorded::new(SignedIn { account, assurance: Assurance::Contact }, entry))
    }
}

async fn new_account(
    tx: &mut Tx<'_>,
    at: &Desk,
    language: &str,
    person: Option<(PersonId, Assurance, &str)>,
) -> Result<AccountId, Stop> {
    let row = AccountRow {
        id: at.fresh("account"),
        person_id: person.map(|(id, ..)| id),
        language: language.to_owned(),
        assurance: person.map_or(Assurance::Contact, |(_, level, _)| level).code().to_owned(),
        assured_how: person.map(|(_, _, how)| how.to_owned()),
        assured_at: person.map(|_| at.now),
        displaced: false,
        since: at.now,
        closed_at: None,
        version: 1,
    };
    tx.add(&row).await?;
    Ok(row.id)
}

async fn add_credential(
    tx: &mut Tx<'_>,
    at: &Desk,
    account: AccountId,
    kind: &str,
    value: &str,
) -> Result<(), Stop> {
    let row = CredentialRow {
        id: at.fresh(&format!("credential/{kind}")),
        account_id: account,
        kind: kind.to_owned(),
        value: value.to_owned(),
        since: at.now,
        confirmed_at: Some(at.now),
        ended_at: None,
        ended_why: None,
        version: 1,
    };
    Ok(tx.add(&row).await?)
}

/// Signs in by a national wallet: OpenID Connect told us the personal number
/// and how sure it is. No visit is needed.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignInByWallet {
    /// Who vouches: the provider's issuer.
    pub provider: String,
    /// The provider's own name for the person.
    pub subject: String,
    /// The personal number it vouches for.
    pub personal_number: String,
    /// How sure it is.
    pub assurance: Assurance,
    /// The language of the pages.
    pub language: String,
}

impl Act for SignInByWallet {
    const NAME: &'static str = "sign-in-by-wallet";
    type Out = SignedIn;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<SignedIn>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let persons = people::by_standing_number(tx, &self.personal_number).await?;
        let [person] = persons[..] else {
            let entry = Entry::new("wallet-unmatched", "provider", &self.provider);
            return Err(Stop::Kept(Why::NotFound.into(), vec![entry]));
        };
        let value = format!("{}#{}", self.provider, self.subject);
        let known = people::reached_by(tx, "wallet", &value).await?;
        let mut found = None;
        for credential in known {
            let account = people::account(tx, credential.account_id).await?;
            found = account
                .filter(|account| account.person_id == Some(person))
                .map(|account| account.id)
                .or(found);
        }
        let account = match found {
            Some(account) => account,
            None => {
                let proven = (person, self.assurance, "wallet");
                let account = new_account(tx, at, &self.language, Some(proven)).await?;
                add_credential(tx, at, account, "wallet", &value).await?;
                account
            }
        };
        let entry = Entry::new("signed-in", "account", account).of(Some(person)).with("how", "wallet");
        Ok(Recorded::new(SignedIn { account, assurance: self.assurance }, entry))
    }
}

/// Takes a case up again on any device, by its number and a code to the phone
/// or mailbox it was begun with.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResumeCase {
    /// The case's number as typed.
    pub number: String,
    /// The phone or mailbox as typed.
    pub address: String,
    /// The code as typed.
    pub code: String,
}

/// A case that was taken up again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Resumed {
    /// Which case.
    pub case: CaseId,
    /// Its key, for this session.
    pub key: String,
}

/// What a code for resuming is for. The same for a number that does not exist.
#[must_use]
pub fn resume_purpose(number: &str) -> String {
    let canonical = numbers::parse_number(number).unwrap_or_else(|_| "unknown".into());
    format!("resume/{canonical}")
}

impl Act for ResumeCase {
    const NAME: &'static str = "resume-case";
    type Out = Resumed;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Resumed>, Stop> {
        let (_, address) = way_of(&self.address)?;
        code_fits(tx, at, &resume_purpose(&self.number), &address, &self.code).await?;
        let number = numbers::parse_number(&self.number).unwrap_or_default();
        let case = diwan_store::cases::by_number(tx, &number).await?;
        let own = case
            .filter(|case| [&case.phone, &case.email].into_iter().flatten().any(|known| *known == address));
        // A wrong number and another's phone say the same as a wrong code.
        let refused =
            || Stop::Kept(Why::WrongCode.into(), vec![Entry::new("resume-refused", "case-number", &number)]);
        let case = own.ok_or_else(refused)?;
        let key = case.owner_key.as_ref().map(hex::encode).ok_or(Why::NotFound)?;
        let entry = Entry::new("case-resumed", "case", case.id).of(case.applicant_id);
        Ok(Recorded::new(Resumed { case: case.id, key }, entry))
    }
}

/// An officer saw the person and their card: the case has an applicant now, and
/// goes on from there.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerifyApplicant {
    /// Which case.
    pub case: CaseId,
    /// Who stands there, in the register.
    pub person: PersonId,
    /// What was shown: `national-card`, `passport`, `unhcr`, `two-witnesses` …
    pub shown: String,
}

impl Act for VerifyApplicant {
    const NAME: &'static str = "verify-applicant";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::VerifyIdentity).await?;
        // Of another centre's case nothing is there.
        let mut case = cases::open(tx, at, self.case, &cases::Access::default()).await?;
        if !may_see(tx, &acting, self.person).await? {
            return Err(Why::NotFound.into());
        }
        not_family(tx, &acting.officer, [Some(self.person)]).await?;
        if_by_telephone(tx, at, Some(self.person)).await?;
        // Whoever calls does not make a case theirs that somebody else began.
        if at.channel == Channel::Telephone && case.assisted_by != Some(acting.officer.id) {
            return Err(Why::NotPermitted.into());
        }
        if self.shown.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        if case.applicant_id.is_some_and(|known| known != self.person) {
            return Err(Why::ChangedMeanwhile.into());
        }
        if people::person(tx, self.person).await?.is_some_and(|row| row.died_on.is_some()) {
            return Err(Why::PersonDied.into());
        }
        case.applicant_id = Some(self.person);
        case.touched_at = at.now;
        let entry = Entry::new("identity-verified", "case", case.id)
            .of(Some(self.person))
            .under(self.shown.clone())
            .with("officer", acting.officer.id.to_string());
        // What was approved or registered before may wait for this too.
        let waits = matches!(case.phase.as_str(), "in-progress" | "approved");
        let entries = if case.submitted_at.is_some() && waits {
            cases::go_on(tx, at, &mut case).await?
        } else {
            Vec::new()
        };
        crate::cases::keep(tx, at, &mut case).await?;
        Ok(Recorded::new((), entry).and_all(entries))
    }
}

/// Replaces a lost or changed phone number or mailbox of a person: the old one
/// ends at once, and with it every session that it opened. Asked for by the
/// person, known for sure, or by an officer who saw them.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReplaceContact {
    /// Whose; left out by someone who asks for themselves.
    pub person: Option<PersonId>,
    /// The new phone or mailbox as typed; `None` when there is none yet and the
    /// lost phone must only end.
    pub address: Option<String>,
    /// The code that was sent there.
    pub code: String,
    /// What was shown to an officer.
    pub shown: String,
}

/// What a code to a new phone or mailbox is for.
#[must_use]
pub fn contact_purpose(person: PersonId) -> String {
    format!("contact/{person}")
}

/// Whose contact is replaced, and under what: a proven account's own person, or
/// the one an officer saw.
async fn whose_contact(tx: &mut Tx<'_>, at: &Desk, act: &ReplaceContact) -> Result<(PersonId, String), Stop> {
    if let Actor::Account(account) = at.actor {
        if !at.assurance.is_proven() {
            return Err(Why::SignInFirst.into());
        }
        let own = person_of(tx, account).await?.ok_or(Why::NotFound)?;
        return match act.person {
            Some(other) if other != own => Err(Why::NotFound.into()),
            _ => Ok((own, "own-account".into())),
        };
    }
    let acting = acting(tx, at, Permission::VerifyIdentity).await?;
    let person = act.person.ok_or(Why::NotFound)?;
    if !may_see(tx, &acting, person).await? {
        return Err(Why::NotFound.into());
    }
    not_family(tx, &acting.officer, [Some(person)]).await?;
    if_by_telephone(tx, at, Some(person)).await?;
    if act.shown.trim().is_empty() {
        return Err(Why::ReasonMissing.into());
    }
    Ok((person, act.shown.trim().to_owned()))
}

impl Act for ReplaceContact {
    const NAME: &'static str = "replace-contact";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let (person, under) = whose_contact(tx, at, self).await?;
        let new = match &self.address {
            Some(typed) => {
                let (way, address) = way_of(typed)?;
                code_fits(tx, at, &contact_purpose(person), &address, &self.code).await?;
                Some((way, address))
            }
            None => None,
        };
        let way = new.as_ref().map_or("sms", |(way, _)| *way);
        let mut old = BTreeMap::new();
        let accounts = people::accounts_of(tx, person).await?;
        for account in &accounts {
            for mut known in people::credentials(tx, account.id).await?.into_iter().filter(|c| c.kind == way)
            {
                old.insert(known.value.clone(), account.language.clone());
                known.ended_at = Some(at.now);
                known.ended_why = Some("replaced".into());
                tx.edit(&mut known).await?;
            }
            access::end_sessions_of(tx, "account", account.id.0).await?;
        }
        let holder = accounts.iter().rev().find(|account| account.closed_at.is_none());
        if let Some((way, address)) = &new {
            let account = match holder {
                Some(account) => account.id,
                // Whom an officer saw and no wallet knows: what is confirmed here is their
                // way in at a kiosk.
                None => {
                    let seen = (person, Assurance::Substantial, "officer");
                    new_account(tx, at, FIRST_LANGUAGE, Some(seen)).await?
                }
            };
            add_credential(tx, at, account, way, address).await?;
        }
        let mut entries = Vec::new();
        for mut case in diwan_store::cases::of_person(tx, person).await? {
            let known = if way == "sms" { &mut case.phone } else { &mut case.email };
            let address = new.as_ref().map(|(_, address)| address.clone());
            if let Some(before) = std::mem::replace(known, address) {
                old.insert(before, case.language.clone());
            }
            // Whoever took the case up with the lost phone is shut out.
            case.owner_key = case.owner_key.map(|_| at.chance(&format!("case-key/{}", case.id)).to_vec());
            cases::keep(tx, at, &mut case).await?;
            entries.push(Entry::new("contact-replaced", "case", case.id).of(Some(person)).with("way", way));
        }
        old.retain(|address, _| new.as_ref().is_none_or(|(_, new)| new != address));
        for (address, language) in &old {
            messages::send(tx, at, way, address, language, Template::ContactEnded, &json!({})).await?;
        }
        let entry = Entry::new("contact-replaced", "person", person)
            .of(Some(person))
            .under(under)
            .with("way", way)
            .with("ended-only", new.is_none());
        Ok(Recorded::new((), entry).and_all(entries))
    }
}

/// Records that someone agreed that an officer applies for them: by a code to
/// their phone, or by a mark before a witness.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordConsent {
    /// For which case.
    pub case: CaseId,
    /// The code they read out, and the phone it went to.
    pub code: Option<(String, String)>,
    /// Who witnessed a mark.
    pub witness: Option<String>,
}

impl Act for RecordConsent {
    const NAME: &'static str = "record-consent";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let acting = acting(tx, at, Permission::AssistCases).await?;
        let case = cases::open(tx, at, self.case, &cases::Access::default()).await?;
        if_by_telephone(tx, at, case.applicant_id).await?;
        let how = match (&self.code, &self.witness) {
            (Some((address, code)), _) => {
                let (_, address) = way_of(address)?;
                code_fits(tx, at, &format!("consent/{}", case.id), &address, code).await?;
                "code"
            }
            // Whoever was made sure of on the line says so to the officer.
            _ if at.channel == Channel::Telephone => "telephone",
            (None, Some(witness)) if witness.trim().chars().count() >= 3 => "witnessed-mark",
            _ => return Err(Why::ConsentMissing.into()),
        };
        if let Some(witness) = &self.witness {
            not_a_companion(tx, case.id, witness).await?;
        }
        let row = diwan_store::cases::ConsentRow {
            id: at.fresh("consent"),
            case_id: case.id,
            person_id: case.applicant_id,
            how: how.to_owned(),
            witness: self.witness.clone(),
            officer_id: acting.officer.id,
            at: at.now,
        };
        tx.add(&row).await?;
        let entry = Entry::new("consent-recorded", "case", case.id).of(case.applicant_id).with("how", how);
        Ok(Recorded::new(row.id, entry))
    }
}

/// Refuses somebody as a witness who is recorded as a companion in a visit of the case, also
/// where that was before the case was begun: what only the person may do is not done by
/// those who came with them.
async fn not_a_companion(tx: &mut Tx<'_>, case: CaseId, witness: &str) -> Result<(), Stop> {
    let plain = |text: &str| diwan_domain::digits::tidy(text).to_lowercase();
    let companions = diwan_store::party::companions_around(tx, case).await?;
    if companions.iter().any(|one| plain(&one.said) == plain(witness)) {
        return Err(Why::CompanionWitnesses.into());
    }
    Ok(())
}

/// The person an account belongs to, once proven.
///
/// # Errors
/// When the database fails.
pub async fn person_of(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<PersonId>, diwan_store::Fault> {
    Ok(people::account(tx, account).await?.and_then(|account| account.person_id))
}
