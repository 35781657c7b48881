//! What the rules may look at: the applicant, the entry, its holder, the case
//! and the evidence in hand, from what is stored.

use super::{definition, lookups};
use crate::civil;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::civil::unions::{DivorceState, Status, couples};
use diwan_domain::dates::PartialDate;
use diwan_domain::people::Assurance;
use diwan_domain::services::{
    ApplicantFacts, CaseFacts, EntryFacts, EvidenceFact, Facts, HolderFacts, RegisterKind, Relation, Service,
    Source,
};
use diwan_store::cases::{self, CaseRow};
use diwan_store::civil::{self as register, EntryRow};
use diwan_store::{Fault, Tx, documents as papers, duplicates, people};
use jiff::civil::Date;

/// What rules may look at now, from what is stored.
///
/// # Errors
/// When the database fails.
pub async fn facts_of(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow) -> Result<Facts, Fault> {
    let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
    let published = definition(tx, case).await?;
    let register = published.service.register;
    let account = match case.account_id {
        Some(id) => people::account(tx, id).await?,
        None => None,
    };
    let applicant = match case.applicant_id {
        Some(id) => people::person(tx, id).await?,
        None => None,
    };
    let holder = match case.holder_id {
        Some(id) => people::person(tx, id).await?,
        None => None,
    };
    let entry = match case.entry_id {
        Some(id) => register::entry(tx, id).await?,
        None => None,
    };
    let age = |born: Option<&String>| {
        born.and_then(|text| text.parse::<PartialDate>().ok())
            .and_then(|date| date.age_on(today))
            .map(i64::from)
    };
    // Nobody stands there for whoever has died.
    let proven = applicant.as_ref().is_some_and(|row| row.died_on.is_none());
    let assurance = match (&at.actor, &account) {
        _ if proven => Assurance::Substantial,
        // Whoever works on the case says nothing of how surely its applicant is known.
        (Actor::Officer(_) | Actor::System(_), Some(_)) => Assurance::Contact,
        (Actor::Officer(_) | Actor::System(_), None) => Assurance::None,
        _ => at.assurance,
    };
    let uploads = cases::uploads(tx, case.id).await?;
    let earlier_copies = match case.entry_id {
        Some(id) => papers::copies_before(tx, id, paper_of(&published.service), case.id).await?,
        None => 0,
    };
    Ok(Facts {
        applicant: ApplicantFacts {
            assurance: assurance.code().into(),
            proven,
            displaced: account.is_some_and(|account| account.displaced)
                || match case.applicant_id {
                    Some(person) => civil::is_displaced(tx, person).await?,
                    None => false,
                },
            age: age(applicant.as_ref().and_then(|person| person.born_on.as_ref())),
        },
        relation: case.relation.as_deref().and_then(Relation::from_code).unwrap_or_default(),
        entry: EntryFacts {
            found: entry.is_some(),
            verified: entry.as_ref().is_some_and(|entry| entry.verified_at.is_some()),
            protected: entry.as_ref().is_some_and(|entry| entry.protected)
                || holder.as_ref().is_some_and(|holder| holder.protected)
                || family_is_protected(tx, register, case, today).await?,
            settled: match &entry {
                Some(entry) => is_settled(tx, entry, today).await?,
                None => false,
            },
            candidates: match &entry {
                Some(_) => 1,
                None => super::course::several(case).len() as i64,
            },
        },
        holder: HolderFacts {
            deceased: holder.as_ref().is_some_and(|holder| holder.died_on.is_some()),
            age: age(holder.as_ref().and_then(|person| person.born_on.as_ref())),
            marital_status: match (&holder, register) {
                (Some(holder), Some(RegisterKind::Person | RegisterKind::Family)) => {
                    Some(civil::marital_status(tx, holder, today).await?.code().to_owned())
                }
                _ => None,
            },
        },
        case: CaseFacts {
            channel: case.channel.clone(),
            earlier_copies,
            assisted: case.assisted_by.is_some(),
        },
        declaration: crate::civil::of_cases::facts(tx, at, case, &published.service, &super::answers(case))
            .await?,
        evidence: uploads
            .iter()
            .flat_map(|upload| shown_by(&published.service, &upload.question))
            .map(|key| EvidenceFact { key, source: Source::Upload })
            .chain(lookups::in_hand(tx, case).await?)
            .collect(),
        today,
    })
}

/// What the files of a question are evidence of: rules know it by its own key, whatever the
/// question is called.
fn shown_by(service: &Service, question: &str) -> Vec<String> {
    let collected = service.evidence.iter().filter(|piece| piece.question.as_deref() == Some(question));
    let keys: Vec<String> = collected.map(|piece| piece.key.clone()).collect();
    if keys.is_empty() { vec![question.to_owned()] } else { keys }
}

/// The kind of paper a service issues; nothing where it issues none.
pub(super) fn paper_of(service: &Service) -> &str {
    service.document.as_ref().map_or("", |document| document.kind.as_str())
}

/// Whether an extract would show someone whose record is closed.
async fn family_is_protected(
    tx: &mut Tx<'_>,
    register: Option<RegisterKind>,
    case: &CaseRow,
    today: Date,
) -> Result<bool, Fault> {
    match (register, case.holder_id) {
        (Some(RegisterKind::Family), Some(holder)) => civil::is_family_protected(tx, holder, today).await,
        _ => Ok(false),
    }
}

/// Whether what an entry records is over: a divorce is only when it is final, by its
/// kind or because its waiting period is over and nobody took it back.
async fn is_settled(tx: &mut Tx<'_>, entry: &EntryRow, today: Date) -> Result<bool, Fault> {
    if entry.kind != RegisterKind::Divorce.code() {
        return Ok(true);
    }
    let event = register::event(tx, entry.event_id).await?;
    let said = event.as_ref().and_then(|event| event.details.0["state"].as_str());
    if DivorceState::from_details(said) == DivorceState::Final {
        return Ok(true);
    }
    let roles = register::roles_in(tx, entry.event_id).await?;
    let half = |wanted: &str| roles.iter().find(|role| role.role == wanted).map(|role| role.person_id);
    let (Some(husband), Some(wife)) = (half("husband"), half("wife")) else { return Ok(false) };
    let (husband, wife) = (duplicates::counts_as(tx, husband).await?, duplicates::counts_as(tx, wife).await?);
    let couples = couples(&register::unions_of(tx, husband).await?, today);
    Ok(couples.iter().any(|couple| couple.spouse == wife && couple.status == Status::Divorced))
}
