//! Searching for a program: whom a query means, who of them is there for it, and
//! what it is told of each. The look is journalled before anything is told.

use super::asked::{Criteria, Wanted};
use super::facts::{Facts, facts};
use super::partners::fields_of;
use crate::acting::{Acting, acting};
use crate::civil::{self, FindPeople, Narrowed};
use crate::desk::day_of;
use diwan_domain::acts::Desk;
use diwan_domain::civil::EventKind;
use diwan_domain::dates::PartialDate;
use diwan_domain::dci::{Attribute, Field, Reject, Seek, in_order};
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::dci::PartnerRow;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, civil as register, dci};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many people one request may mean.
const MOST_FOUND: usize = 200;
/// How many of a name are compared: as many as a search by name shows.
const OF_A_NAME: usize = 10;

/// Answers the requests of one message.
#[derive(Debug, Serialize, Deserialize)]
pub struct SearchByDci {
    /// The client that asks.
    pub client: RowId,
    /// Its name for the message.
    pub message: String,
    /// What it asks.
    pub requests: Vec<Wanted>,
}

/// Who is on a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Hit {
    /// The people of the page, in their order.
    pub people: Vec<PersonId>,
    /// How many there are on all pages.
    pub total: usize,
    /// Why there is no answer.
    pub reject: Option<Reject>,
}

impl Act for SearchByDci {
    const NAME: &'static str = "search-by-dci";
    type Out = Vec<Hit>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Vec<Hit>>, Stop> {
        let acting = acting(tx, at, Permission::FindPeople).await?;
        let partner = dci::partner(tx, self.client).await?.ok_or_else(not_a_partner)?;
        let fields = fields_of(&partner);
        let today = day_of(at.now, at.utc_offset_minutes);
        let mut hits = Vec::new();
        for wanted in &self.requests {
            let found = match &wanted.asked {
                Ok(criteria) => find(tx, &acting, &fields, criteria, today).await?,
                Err(reject) => Err(reject.clone()),
            };
            hits.push(found.unwrap_or_else(|reject| Hit { reject: Some(reject), ..Hit::default() }));
        }
        let reason = self.reason(&partner);
        let mut told: Vec<PersonId> = hits.iter().flat_map(|hit| hit.people.iter().copied()).collect();
        told.sort_unstable();
        told.dedup();
        let entry = Entry::new("people-searched", "officer", acting.officer.id)
            .under(reason.clone())
            .with("client", self.client.to_string())
            .with("message", self.message.clone())
            .with("found", told.len());
        let seen = told.into_iter().map(|person| {
            Entry::new("record-listed", "person", person).of(Some(person)).under(reason.clone())
        });
        Ok(Recorded::new(hits, entry).and_all(seen.collect::<Vec<Entry>>()))
    }
}

/// A client to which nobody said what it may ask.
pub(super) fn not_a_partner() -> Refusal {
    Refusal::from(Why::NotPermitted).about("client", "dci")
}

impl SearchByDci {
    /// Why it looks: what the administrator wrote down, and what consents say.
    fn reason(&self, partner: &PartnerRow) -> String {
        let mut reasons = vec![partner.purpose.clone()];
        for reason in self.requests.iter().filter_map(|wanted| wanted.reason.clone()) {
            if !reasons.contains(&reason) && reasons.len() < 5 {
                reasons.push(reason);
            }
        }
        reasons.join("; ")
    }
}

/// Who fits the criteria, on one page.
async fn find(
    tx: &mut Tx<'_>,
    acting: &Acting,
    fields: &[Field],
    criteria: &Criteria,
    today: Date,
) -> Result<Result<Hit, Reject>, Fault> {
    if let Err(reject) = may_ask(fields, criteria) {
        return Ok(Err(reject));
    }
    let Some(seeks) = criteria.query.seeks() else {
        let help = "the query names nobody: add an identifier, or a name with a date or year of birth; \
                    to hear of events as they are registered, subscribe";
        return Ok(Err(Reject::new("rjct.search.too_many_records_found", help)));
    };
    let mut meant: Vec<PersonId> = Vec::new();
    for seek in &seeks {
        for person in look(tx, acting, seek).await? {
            if !meant.contains(&person) {
                meant.push(person);
            }
        }
        if meant.len() > MOST_FOUND {
            let many = format!("more than {MOST_FOUND} people are meant; narrow the query");
            return Ok(Err(Reject::new("rjct.search.too_many_records_found", many)));
        }
    }
    let mut found: Vec<Facts> = Vec::new();
    for person in meant {
        let Some(facts) = facts(tx, acting, person, today).await? else { continue };
        let fits = criteria.query.holds(&facts.known);
        if fits && has_event(tx, acting, person, criteria.event).await? {
            found.push(facts);
        }
    }
    let by_name = seeks.iter().any(|seek| matches!(seek, Seek::Named { .. }));
    if by_name && found.len() >= OF_A_NAME {
        let many = "too many people have this name and birth; add an identifier";
        return Ok(Err(Reject::new("rjct.search.too_many_records_found", many)));
    }
    found.sort_by(|one, other| {
        in_order(&one.known, &other.known, &criteria.sort).then(one.person.cmp(&other.person))
    });
    let total = found.len();
    let before = criteria.page_size.saturating_mul(criteria.page_number.saturating_sub(1));
    let page = found.into_iter().skip(before).take(criteria.page_size);
    Ok(Ok(Hit { people: page.map(|facts| facts.person).collect(), total, reject: None }))
}

/// Whether someone may ask by these attributes: whoever may not see one does not
/// find it out by asking.
fn may_ask(fields: &[Field], criteria: &Criteria) -> Result<(), Reject> {
    let closed = |attribute: Attribute| attribute.field().is_some_and(|field| !fields.contains(&field));
    let asked = criteria.query.conditions();
    if let Some(condition) = asked.iter().find(|condition| closed(condition.attribute)) {
        let name = condition.attribute.code();
        return Err(Reject::new("rjct.filter.invalid", format!("{name} is not open to this client")));
    }
    match criteria.sort.iter().find(|sorting| closed(sorting.attribute)) {
        Some(sorting) => {
            let name = sorting.attribute.code();
            Err(Reject::new("rjct.sort.invalid", format!("{name} is not open to this client")))
        }
        None => Ok(()),
    }
}

/// People who may be meant.
async fn look(tx: &mut Tx<'_>, acting: &Acting, seek: &Seek) -> Result<Vec<PersonId>, Fault> {
    match seek {
        Seek::Number(number) => civil::bearers_for(tx, acting, number).await,
        Seek::Entry(number) => {
            let Some(entry) = register::entry_numbered(tx, number).await? else { return Ok(Vec::new()) };
            if !civil::may_see_entry(tx, acting, &entry).await? {
                return Ok(Vec::new());
            }
            let about = |role: &str| matches!(role, "child" | "husband" | "wife" | "deceased");
            let roles = register::roles_in(tx, entry.event_id).await?.into_iter();
            Ok(roles.filter(|role| about(&role.role)).map(|role| role.person_id).collect())
        }
        Seek::ChildrenOf(number) => {
            let mut children = Vec::new();
            for parent in civil::bearers_for(tx, acting, number).await? {
                children.extend(civil::children_for(tx, acting, parent).await?);
            }
            Ok(children)
        }
        Seek::Named { name, born } => {
            let by = Narrowed { born_on: born.parse::<PartialDate>().ok(), ..Narrowed::default() };
            civil::search_as(tx, acting, &FindPeople { query: name.clone(), purpose: String::new(), by })
                .await
        }
    }
}

/// Whether an entry of a kind stands about someone.
async fn has_event(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
    kind: Option<EventKind>,
) -> Result<bool, Fault> {
    let Some(kind) = kind else { return Ok(true) };
    for entry in register::entries_of(tx, person, kind.code()).await? {
        if civil::may_see_entry(tx, acting, &entry).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The records of people as a partner may see them, in their order. Whoever became
/// protected since they were found is left out.
///
/// # Errors
/// When the database fails.
pub async fn records(
    tx: &mut Tx<'_>,
    at: &Desk,
    partner: &PartnerRow,
    people: &[PersonId],
    locale: Option<&str>,
) -> Result<Vec<Value>, Stop> {
    let acting = acting(tx, at, Permission::FindPeople).await?;
    let (fields, today) = (fields_of(partner), day_of(at.now, at.utc_offset_minutes));
    let mut records = Vec::new();
    for person in people {
        if let Some(facts) = facts(tx, &acting, *person, today).await? {
            records.push(facts.record(&fields, locale));
        }
    }
    Ok(records)
}
