//! A person's own papers at a kiosk, in as few touches as possible: what the register and
//! the service's folder know already is answered for them.

use crate::accounts::person_of;
use crate::cases::certifying::{can_be_certified, certificates, certified, known_answers};
use crate::cases::{Begun, facts_of, keep_answers, name_parties, new_draft, watch};
use crate::catalogue::{self, Published};
use crate::civil::{entries_meant, relation_of};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AccountId, CaseId, DocumentId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Channel;
use diwan_domain::refusals::Why;
use diwan_domain::services::{QuestionKind, next_unanswered, prune};
use diwan_store::cases::{self, CaseRow};
use diwan_store::documents::{self, DocumentRow};
use diwan_store::people;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

/// Begins the case of one's own paper at a kiosk: of the entry that the register holds of
/// whoever signed in, with everything answered that needs no person.
#[derive(Debug, Serialize, Deserialize)]
pub struct BeginOwnPaper {
    /// The paper's service.
    pub service: String,
    /// In which language they read.
    pub language: String,
}

/// What a case waits for before a kiosk can print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// A question is open: its key.
    Question(String),
    /// It can be sent.
    Whole,
}

impl Act for BeginOwnPaper {
    const NAME: &'static str = "begin-own-paper";
    type Out = Begun;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Begun>, Stop> {
        let Actor::Account(account) = at.actor else { return Err(Why::SignInFirst.into()) };
        if at.channel != Channel::Kiosk || !at.assurance.is_proven() {
            return Err(Why::IdentityUnproven.into());
        }
        let person = person_of(tx, account).await?.ok_or(Why::IdentityUnproven)?;
        let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
        let published = catalogue::newest(tx, &self.service, &today.to_string()).await?;
        let published = published.ok_or(Why::ServiceClosed)?;
        let service = &published.service;
        let (Some(given), Some(kind)) = (&service.kiosk, certified(service)) else {
            return Err(Why::ServiceClosed.into());
        };
        // Of several, such as two marriages, a person is asked which: that is a counter's work.
        let [entry] = &entries_meant(tx, kind, person, None).await?[..] else {
            return Err(Why::NotFound.into());
        };
        can_be_certified(tx, entry).await?;
        let (mut case, key) = new_draft(tx, at, service, &self.language, None).await?;
        case.applicant_id = Some(person);
        case.holder_id = Some(person);
        case.entry_id = Some(entry.id);
        case.relation = Some(relation_of(person, person, None).code().into());
        case.office_id = Some(entry.office_id);
        case.area_id = entry.area_id;
        case.phone = phone_of(tx, account).await?;
        case.facts.0["from-register"] = json!(true);
        let facts = facts_of(tx, at, &case).await?;
        let mut answers = known_answers(tx, &case, entry, service, &facts).await?;
        answers.extend(given.clone());
        for question in &service.questions {
            if answers.contains_key(&question.key) {
                continue;
            }
            match (question.kind, &case.phone) {
                (QuestionKind::Phone, Some(phone)) => {
                    answers.insert(question.key.clone(), json!(phone));
                }
                _ if !question.required => {
                    answers.insert(question.key.clone(), Value::Null);
                }
                _ => {}
            }
        }
        prune(service, &mut answers, &facts);
        keep_answers(&mut case, &answers);
        tx.add(&case).await?;
        name_parties(tx, at, &case).await?;
        watch(tx, at, &case).await?;
        let begun = Entry::new("case-begun", "case", case.id)
            .of(Some(person))
            .with("service", service.key.clone())
            .with("edition", case.edition);
        let out = Begun { case: case.id, number: case.number.clone(), key: hex::encode(key) };
        Ok(Recorded::new(out, begun))
    }
}

/// The telephone of an account, as it was confirmed.
async fn phone_of(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<String>, Fault> {
    let known = people::credentials(tx, account).await?;
    Ok(known.into_iter().rfind(|one| one.kind == "sms").map(|one| one.value))
}

/// What a draft that a kiosk began waits for.
///
/// # Errors
/// When the database fails.
pub async fn standing(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow) -> Result<Standing, Fault> {
    let published = crate::cases::definition(tx, case).await?;
    let facts = facts_of(tx, at, case).await?;
    let open = next_unanswered(&published.service, &crate::cases::answers(case), &facts);
    Ok(open.map_or(Standing::Whole, |question| Standing::Question(question.key.clone())))
}

/// A paper that a kiosk can finish for whoever stands there.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Its service.
    pub published: Arc<Published>,
}

/// The papers of which the register holds exactly one entry for the person of an account.
///
/// # Errors
/// When the database fails.
pub async fn offered(tx: &mut Tx<'_>, account: AccountId, today: &str) -> Result<Vec<Offered>, Fault> {
    let Some(person) = person_of(tx, account).await? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for published in certificates(tx, today).await? {
        let service = &published.service;
        let (Some(_), Some(kind)) = (&service.kiosk, certified(service)) else { continue };
        if let [entry] = &entries_meant(tx, kind, person, None).await?[..]
            && can_be_certified(tx, entry).await.is_ok()
        {
            found.push(Offered { published });
        }
    }
    Ok(found)
}

/// The cases of an account, the latest first, each with the paper that can be printed now.
///
/// # Errors
/// When the database fails.
pub async fn ready(
    tx: &mut Tx<'_>,
    account: AccountId,
) -> Result<Vec<(CaseRow, Option<DocumentRow>)>, Fault> {
    let mut found = Vec::new();
    for case in cases::of_account(tx, account).await? {
        let paid = case.paid_minor_units >= case.fee_minor_units;
        let paper = documents::of_case(tx, case.id).await?;
        let open = |row: &DocumentRow| row.ended_at.is_none() && row.released_at.is_none();
        let paper = paper.into_iter().rfind(open).filter(|_| paid);
        found.push((case, paper));
    }
    Ok(found)
}

/// The paper of a case that waits to be printed, sealed or not yet.
///
/// # Errors
/// When the database fails.
pub async fn paper_of(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<DocumentId>, Fault> {
    let rows = documents::of_case(tx, case).await?;
    Ok(rows.into_iter().rfind(|row| row.ended_at.is_none()).map(|row| row.id))
}
