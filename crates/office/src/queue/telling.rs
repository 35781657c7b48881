//! A message to everyone waiting: on displays, on their tickets' pages, on the centre's
//! page, and once by SMS to whoever left a telephone. It is put together from a closed
//! list, because it goes out in every language.

use super::{Floor, TOPIC};
use crate::acting::acting;
use crate::messages::{Template, send};
use diwan_domain::acts::Desk;
use diwan_domain::ids::{RowId, VisitId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::floor::MOST_MINUTES;
use diwan_domain::queue::{Notice, State};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::floor::{self, WaitingNoticeRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, queue};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Tells everybody who waits something, for the rest of the day or until it is taken back.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellWaiting {
    /// What.
    pub reason: Notice,
    /// About how many minutes it means; `None` when nobody knows.
    pub minutes: Option<i64>,
    /// Only those of the line with this letter; `None` for the whole centre.
    pub line: Option<String>,
}

impl Act for TellWaiting {
    const NAME: &'static str = "tell-waiting";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let manager = acting(tx, at, Permission::ManageQueue).await?.officer;
        let floor = Floor::today(tx, at, manager.centre_id.ok_or(Why::NotFound)?).await?;
        let wrong = |field: &str| Refusal::from(Why::FieldMissing).about("field", field.to_owned());
        if self.minutes.is_some_and(|minutes| !(1..=MOST_MINUTES).contains(&minutes)) {
            return Err(wrong("minutes").into());
        }
        if self.line.as_ref().is_some_and(|letter| floor.setup.line(letter).is_none()) {
            return Err(wrong("line").into());
        }
        let standing = floor::notices(tx, floor.centre.id, &floor.day.day).await?;
        let is_same = |row: &WaitingNoticeRow| {
            row.reason == self.reason.code() && row.line == self.line && row.minutes == self.minutes
        };
        if standing.iter().any(is_same) {
            return Err(Why::NothingChanges.into());
        }
        let row = WaitingNoticeRow {
            id: at.fresh("waiting-notice"),
            centre_id: floor.centre.id,
            day: floor.day.day.clone(),
            line: self.line.clone(),
            reason: self.reason.code().to_owned(),
            minutes: self.minutes,
            told_by: manager.id,
            told_at: at.now,
            ended_by: None,
            ended_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        let told = self.write(tx, at, &floor).await?;
        tx.announce(TOPIC, floor.centre.id);
        let mut entry = Entry::new("waiting-told", "centre", floor.centre.id)
            .under(self.reason.code())
            .with("messages", told);
        if let Some(line) = &self.line {
            entry = entry.with("line", line.clone());
        }
        if let Some(minutes) = self.minutes {
            entry = entry.with("minutes", minutes);
        }
        Ok(Recorded::new(row.id, entry))
    }
}

impl TellWaiting {
    /// Writes to those who wait and left a telephone, each visit once, in the language of
    /// each. Returns to how many.
    async fn write(&self, tx: &mut Tx<'_>, at: &Desk, floor: &Floor) -> Result<i64, Fault> {
        let mut visits: BTreeSet<VisitId> = BTreeSet::new();
        for state in [State::Waiting, State::Parked] {
            let tickets = queue::in_state(tx, floor.day.id, state.code()).await?;
            let meant =
                tickets.iter().filter(|ticket| self.line.as_ref().is_none_or(|line| *line == ticket.line));
            visits.extend(meant.map(|ticket| ticket.visit_id));
        }
        let (template, args) = message(self.reason, self.minutes);
        // A family shares a telephone: one message is enough.
        let mut told = BTreeSet::new();
        for id in visits {
            let Some(visit) = queue::visit(tx, id).await? else { continue };
            let Some(phone) = visit.phone.filter(|phone| told.insert(phone.clone())) else { continue };
            send(tx, at, "sms", &phone, &visit.language, template, &args).await?;
        }
        Ok(told.len() as i64)
    }
}

/// What is sent for a notice.
fn message(reason: Notice, minutes: Option<i64>) -> (Template, Value) {
    let template = match reason {
        Notice::SystemLate => Template::SystemLate,
        Notice::OfficerAbsent => Template::OfficerAbsent,
        Notice::ClosingEarly => Template::ClosingEarly,
        Notice::EvacuationDrill => Template::EvacuationDrill,
        Notice::PowerCut => Template::PowerCut,
    };
    let minutes = minutes.map_or_else(|| "none".to_owned(), |minutes| minutes.to_string());
    (template, json!({"minutes": minutes}))
}

/// Takes a message to those who wait back.
#[derive(Debug, Serialize, Deserialize)]
pub struct UntellWaiting {
    /// Which.
    pub notice: RowId,
}

impl Act for UntellWaiting {
    const NAME: &'static str = "untell-waiting";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let manager = acting(tx, at, Permission::ManageQueue).await?.officer;
        let notice = floor::notice(tx, self.notice).await?;
        let own = notice.filter(|notice| Some(notice.centre_id) == manager.centre_id);
        let mut notice = own.ok_or(Why::NotFound)?;
        if notice.ended_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        notice.ended_at = Some(at.now);
        notice.ended_by = Some(manager.id);
        tx.edit(&mut notice).await?;
        tx.announce(TOPIC, notice.centre_id);
        let entry = Entry::new("waiting-untold", "centre", notice.centre_id).under(notice.reason);
        Ok(Recorded::new((), entry))
    }
}

/// What those who wait are told now. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeNow {
    /// Names it, so that it can be taken back.
    pub id: RowId,
    /// Only those of the line with this letter; `None` for everybody.
    pub line: Option<String>,
    /// What: `system-late`, `officer-absent`, `closing-early`, `evacuation-drill`, `power-cut`.
    pub reason: String,
    /// About how many minutes it means.
    pub minutes: Option<i64>,
    /// Since when it is told, microseconds since 1970 UTC.
    pub at: i64,
}

impl From<WaitingNoticeRow> for NoticeNow {
    fn from(row: WaitingNoticeRow) -> Self {
        Self { id: row.id, line: row.line, reason: row.reason, minutes: row.minutes, at: row.told_at }
    }
}
