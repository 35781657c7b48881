//! Whom an answer may name in the register. Nobody browses it: an applicant who
//! is known for sure names themselves and their close family, an officer whomever
//! they found by a search that the journal knows of.

use crate::accounts::person_of;
use crate::acting::at_desk;
use crate::civil::{known_beside, may_see, summary};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::PersonId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Question, QuestionKind};
use diwan_store::cases::CaseRow;
use diwan_store::{Fault, Stop, Tx, civil, people};
use serde_json::{Value, json};

/// Someone who may be named: who, and their name as the register writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nameable {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
}

/// Whom the one who stands at the desk may name in a case without a search:
/// the applicant and their close family.
///
/// # Errors
/// When the database fails.
pub async fn nameable(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow) -> Result<Vec<Nameable>, Fault> {
    let own = match at.actor {
        // Whoever acts for another names that person's family, not their own.
        Actor::Account(_) if at.on_behalf.is_some() && case.applicant_id == at.on_behalf => case.applicant_id,
        Actor::Account(account) if at.assurance.is_proven() => person_of(tx, account).await?,
        Actor::Officer(_) => case.applicant_id,
        _ => None,
    };
    let Some(own) = own else { return Ok(Vec::new()) };
    let officer = at_desk(tx, at).await?;
    let mut found = Vec::new();
    let mut family = civil::close_family(tx, own).await?;
    if let Some(acting) = &officer {
        family = known_beside(tx, acting, own, family).await?;
    }
    for person in std::iter::once(own).chain(family) {
        let is_there = match &officer {
            Some(acting) => may_see(tx, acting, person).await?,
            // Nobody is told of a relative whose record is closed.
            None => person == own || !is_closed(tx, person).await?,
        };
        if is_there {
            found.extend(named(tx, person).await?);
        }
    }
    Ok(found)
}

async fn is_closed(tx: &mut Tx<'_>, person: PersonId) -> Result<bool, Fault> {
    Ok(people::person(tx, person).await?.is_some_and(|row| row.protected))
}

/// Someone as the register names them.
///
/// # Errors
/// When the database fails.
pub async fn named(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Nameable>, Fault> {
    Ok(summary(tx, person).await?.map(|summary| Nameable { person, name: summary.name("arab") }))
}

/// An answer whose persons may be named, with their names as the register
/// writes them: whatever name came along is not believed.
pub(super) async fn settled(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    question: &Question,
    value: Value,
) -> Result<Value, Stop> {
    match (question.kind, value) {
        (QuestionKind::Person, Value::Object(person)) => one(tx, at, case, &Value::Object(person)).await,
        (QuestionKind::Group, Value::Array(mut items)) => {
            let inner = question.children.iter().filter(|child| child.kind == QuestionKind::Person);
            for child in inner {
                for item in &mut items {
                    if let Some(person) = item.get(&child.key).cloned() {
                        item[&child.key] = one(tx, at, case, &person).await?;
                    }
                }
            }
            Ok(Value::Array(items))
        }
        (_, value) => Ok(value),
    }
}

async fn one(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow, value: &Value) -> Result<Value, Stop> {
    let wanted = value["id"].as_str().and_then(|id| id.parse::<PersonId>().ok()).ok_or(Why::NotFound)?;
    let searching = at_desk(tx, at).await?.filter(|acting| acting.may(Permission::FindPeople));
    let known = match searching {
        Some(acting) if may_see(tx, &acting, wanted).await? => named(tx, wanted).await?,
        Some(_) => None,
        None => nameable(tx, at, case).await?.into_iter().find(|known| known.person == wanted),
    };
    // Not there and not yours look the same.
    let known = known.ok_or(Why::NotFound)?;
    Ok(json!({"id": known.person, "name": known.name}))
}
