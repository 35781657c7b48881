//! After a visit: whoever left a telephone is asked once, by text message, how it was.

use crate::desk::{Office, Who};
use crate::messages::{Template, send};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::VisitId;
use diwan_domain::journal::Entry;
use diwan_domain::queue::State;
use diwan_domain::refusals::Why;
use diwan_store::telephone::{self, RatingAskRow};
use diwan_store::{Act, Recorded, Stop, Tx, queue};
use serde::{Deserialize, Serialize};
use serde_json::json;

const MINUTE: i64 = 60_000_000;
/// How long after a visit somebody is asked: who rates on their ticket's page is not.
const ASKED_AFTER: i64 = 5 * MINUTE;
/// After this time nobody is asked any more.
const ASKED_WITHIN: i64 = 180 * MINUTE;
/// How many are asked at a time.
const AT_A_TIME: i64 = 200;

/// Asks whoever was served and left a telephone how their visit was.
#[derive(Debug, Serialize, Deserialize)]
pub struct AskRating {
    /// Of which visit.
    pub visit: VisitId,
}

impl Act for AskRating {
    const NAME: &'static str = "ask-rating";
    /// Whether somebody was asked: who was not served is not.
    type Out = bool;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<bool>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let visit = queue::visit(tx, self.visit).await?.ok_or(Why::NotFound)?;
        let asked = telephone::asked(tx, visit.id).await?;
        let phone = visit.phone.filter(|_| asked.is_none() && visit.rated_at.is_none());
        let phone = phone.filter(|_| visit.ended_at.is_some()).ok_or(Why::NothingChanges)?;
        let tickets = queue::of_visit(tx, visit.id).await?;
        let served = tickets.iter().any(|ticket| ticket.state == State::Done.code());
        tx.add(&RatingAskRow { id: at.fresh("rating-ask"), visit_id: visit.id, at: at.now }).await?;
        if served {
            send(tx, at, "sms", &phone, &visit.language, Template::TextRate, &json!({})).await?;
        }
        let entry = Entry::new("rating-asked", "visit", visit.id).with("sent", served);
        Ok(Recorded::new(served, entry))
    }
}

/// Asks those whose visit ended a little while ago. Returns how many messages went out.
///
/// # Errors
/// When an act fails.
pub async fn tend_ratings(office: &Office) -> Result<usize, Stop> {
    let now = office.now();
    let due = {
        let mut reading = office.db.reading().await?;
        let span = (now - ASKED_WITHIN, now - ASKED_AFTER);
        telephone::to_be_asked(&mut reading.tx(), span, AT_A_TIME).await?
    };
    let who = Who::system("ratings");
    let mut done = 0;
    for visit in due {
        match office.perform(&who, &format!("ask-rating/{visit}"), AskRating { visit }).await {
            Ok(true) => done += 1,
            Ok(false) | Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(done)
}
