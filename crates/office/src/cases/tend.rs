//! What happens to a case by itself: reminders, late steps that rise to the
//! supervisor, expiry, closing, and the end of its retention.

use super::asking::advance;
use super::keeping::{A_DAY, OPEN_AFTER_END, keep};
use super::{answers, definition};
use crate::civil::of_cases;
use crate::desk::{Office, Who};
use crate::documents;
use crate::messages::{self, Template};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::cases::Phase;
use diwan_domain::ids::CaseId;
use diwan_domain::journal::Entry;
use diwan_domain::people::Role;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Actor as Mover, Late, Service};
use diwan_store::cases::{self, CaseRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, tending};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tracing::error;

/// How long after a reminder the next one may go out.
const REMIND_AGAIN: i64 = 7 * A_DAY;
/// Nobody is reminded of one thing more often than this.
const MOST_REMINDERS: i64 = 3;

/// What is due on a case now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// Nothing; look again then.
    Later(i64),
    /// The applicant, or whoever has the move, is reminded.
    Remind,
    /// The supervisor is told.
    Escalate,
    /// It goes back among those waiting, and the supervisor is told.
    Reassign,
    /// It was left alone too long.
    Expire,
    /// It is archived.
    Close,
    /// Its retention is over: what is personal is taken out.
    Erase,
}

fn due_on(case: &CaseRow, service: &Service, round: i64, (now, offset): (i64, i32)) -> Due {
    let retention = service.retention;
    let until = |at: i64, then: Due| if at > now { Due::Later(at) } else { then };
    match Phase::from_code(&case.phase) {
        Some(Phase::Draft) => until(case.touched_at + i64::from(retention.draft_days) * A_DAY, Due::Expire),
        Some(Phase::WaitingForApplicant) => match case.due_at {
            Some(due) if due <= now => Due::Expire,
            Some(due) if round > 0 => Due::Later(due),
            Some(_) => Due::Remind,
            None => Due::Later(now + 30 * A_DAY),
        },
        Some(Phase::Submitted | Phase::InProgress) => late_step(case, service, round, now),
        Some(Phase::Approved) => match uncollected_until(case, service) {
            Some(end) if end <= now => Due::Expire,
            Some(end) => match late_step(case, service, round, now) {
                Due::Later(at) => Due::Later(at.min(end)),
                due => due,
            },
            None => late_step(case, service, round, now),
        },
        Some(Phase::Refused) => case.appeal_until.map_or(Due::Close, |at| until(at, Due::Close)),
        Some(Phase::Fulfilled) => until(case.ended_at.unwrap_or(now) + OPEN_AFTER_END, Due::Close),
        Some(Phase::Closed | Phase::Withdrawn | Phase::Expired) | None => {
            let ended = case.ended_at.unwrap_or(case.touched_at);
            until(years_after(ended, retention.case_years, offset), Due::Erase)
        }
    }
}

/// The same moment some years of the calendar later, by the office's clock.
fn years_after(at: i64, years: u16, offset: i32) -> i64 {
    let ahead = i64::from(offset) * 60_000_000;
    let later = || {
        let local = Timestamp::from_microsecond(at.checked_add(ahead)?).ok()?.to_zoned(TimeZone::UTC);
        let then = local.checked_add(jiff::Span::new().years(i64::from(years))).ok()?;
        Some(then.timestamp().as_microsecond() - ahead)
    };
    later().unwrap_or_else(|| at.saturating_add(i64::from(years) * 366 * A_DAY))
}

/// When an approved case ends that waits for nobody but its applicant: they never fetched
/// its paper, or never paid for it. Otherwise what is kept of it would be kept for ever.
fn uncollected_until(case: &CaseRow, service: &Service) -> Option<i64> {
    if case.move_role.is_some() {
        return None;
    }
    let end = case.decided_at? + i64::from(service.retention.uncollected_days) * A_DAY;
    // A deadline that the step has of its own goes before.
    Some(case.due_at.map_or(end, |due| end.max(due)))
}

fn late_step(case: &CaseRow, service: &Service, round: i64, now: i64) -> Due {
    let Some(due) = case.due_at else { return Due::Later(now + 30 * A_DAY) };
    if due > now {
        return Due::Later(due);
    }
    let late = case.step.as_deref().and_then(|key| service.step(key)).and_then(|step| step.late);
    match late {
        Some(Late::Remind) if round < MOST_REMINDERS => Due::Remind,
        Some(Late::Expire) => Due::Expire,
        Some(Late::Escalate) if round == 0 => Due::Escalate,
        Some(Late::Reassign) if round == 0 => Due::Reassign,
        // It stays on the supervisor's list of late cases.
        _ => Due::Later(now + 30 * A_DAY),
    }
}

/// Does what is due on one case.
#[derive(Debug, Serialize, Deserialize)]
pub struct TendCase {
    /// Which case.
    pub case: CaseId,
    /// How often its lateness was acted on before.
    pub round: i64,
}

impl Act for TendCase {
    const NAME: &'static str = "tend-case";
    /// Files that no longer belong to any case.
    type Out = Vec<String>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Vec<String>>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let mut case = cases::case(tx, self.case).await?.ok_or(Why::NotFound)?;
        let service = definition(tx, &case).await?;
        let (mut files, mut undone) = (Vec::new(), Vec::new());
        let (entry, next) = match due_on(&case, &service.service, self.round, (at.now, at.utc_offset_minutes))
        {
            // Another node was quicker.
            Due::Later(_) => return Err(Why::NothingWaiting.into()),
            Due::Remind => (remind(tx, at, &mut case, &service.service).await?, Some(at.now + REMIND_AGAIN)),
            Due::Escalate => {
                tell_supervisors(tx, at, &case).await?;
                (Entry::new("case-escalated", "case", case.id), Some(at.now + 30 * A_DAY))
            }
            Due::Reassign => {
                let from = case.assigned_to.take().map(|id| id.to_string());
                case.assigned_at = None;
                keep(tx, at, &mut case).await?;
                tell_supervisors(tx, at, &case).await?;
                let entry = Entry::new("case-reassigned", "case", case.id).under("late").with("from", from);
                (entry, Some(at.now + 30 * A_DAY))
            }
            Due::Expire => {
                undone = documents::end_all_of(tx, at, &case, "expired").await?;
                // Its notice waits for nobody any more.
                undone.extend(of_cases::end_with_case(tx, at, case.id).await?);
                let (entry, erased) = expire(tx, at, &mut case).await?;
                files = erased;
                (entry, None)
            }
            Due::Close => {
                advance(&mut case, Phase::Closed)?;
                case.ended_at = case.ended_at.or(Some(at.now));
                case.due_at = None;
                case.move_role = None;
                keep(tx, at, &mut case).await?;
                (Entry::new("case-closed", "case", case.id), None)
            }
            Due::Erase => {
                files = erase(tx, at, &mut case).await?;
                (Entry::new("case-erased", "case", case.id).of(case.holder_id).under("retention"), None)
            }
        };
        if let Some(next) = next {
            tending::look_at(tx, case.id, next, self.round + 1).await?;
        }
        tx.announce("case", case.id);
        Ok(Recorded::new(files, entry).and_all(undone))
    }
}

async fn remind(tx: &mut Tx<'_>, at: &Desk, case: &mut CaseRow, service: &Service) -> Result<Entry, Stop> {
    let step = case.step.as_deref().and_then(|key| service.step(key));
    let applicants = case.phase == "waiting-for-applicant"
        || step.is_none_or(|step| {
            step.role == Mover::Applicant || step.kind == diwan_domain::services::StepKind::HandOver
        });
    if applicants {
        messages::tell(tx, at, case, Template::Reminder).await?;
    } else {
        tell_supervisors(tx, at, case).await?;
    }
    Ok(Entry::new("case-reminded", "case", case.id).of(case.applicant_id))
}

/// Tells the supervisors of a case's office that it is late, by mail where
/// they have one; everyone sees it in the list of late cases.
async fn tell_supervisors(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow) -> Result<(), Fault> {
    let Some(office) = case.office_id else { return Ok(()) };
    messages::tell_officers(tx, at, office, Role::Supervisor, Template::Late, &json!({"number": case.number}))
        .await
}

/// Ends a case that waited too long; the hashes of the files that go with it.
async fn expire(tx: &mut Tx<'_>, at: &Desk, case: &mut CaseRow) -> Result<(Entry, Vec<String>), Stop> {
    let draft = case.phase == "draft";
    advance(case, Phase::Expired)?;
    case.ended_at = Some(at.now);
    case.due_at = None;
    case.step = None;
    case.move_role = None;
    case.assigned_to = None;
    if !draft {
        messages::tell(tx, at, case, Template::Expired).await?;
        keep(tx, at, case).await?;
        return Ok((Entry::new("case-expired", "case", case.id).of(case.applicant_id), Vec::new()));
    }
    // A draft that nobody sent is nobody's record: what was typed goes at once.
    let files = erase(tx, at, case).await?;
    Ok((Entry::new("draft-expired", "case", case.id).with("files", files.len()), files))
}

/// Takes what is personal out of a case. The journal, the numbers and the
/// papers that were issued stay. Returns the hashes of its files.
async fn erase(tx: &mut Tx<'_>, at: &Desk, case: &mut CaseRow) -> Result<Vec<String>, Stop> {
    let mut files = Vec::new();
    // Those that were taken back are still there: their names and bytes go too.
    for mut upload in cases::uploads_ever(tx, case.id).await? {
        files.push(std::mem::take(&mut upload.file_hash));
        upload.name = String::new();
        upload.removed_at = upload.removed_at.or(Some(at.now));
        tx.edit(&mut upload).await?;
    }
    for mut request in cases::requests(tx, case.id).await? {
        request.words = String::new();
        request.answer = request.answer.map(|_| String::new());
        tx.edit(&mut request).await?;
    }
    for mut message in cases::messages(tx, case.id).await? {
        message.address = String::new();
        message.words = "{}".to_owned();
        tx.erase(&message).await?;
    }
    for mut consent in cases::consents(tx, case.id).await? {
        consent.witness = None;
        tx.erase(&consent).await?;
    }
    for mut referral in diwan_store::referrals::of_case(tx, case.id).await? {
        referral.words = String::new();
        referral.answer = referral.answer.map(|_| String::new());
        tx.edit(&mut referral).await?;
    }
    super::lookups::erase(tx, case).await?;
    let given = answers(case);
    case.answers = Json(json!({}));
    case.facts = Json(json!({"erased": given.len()}));
    case.phone = None;
    case.email = None;
    case.reason_text = None;
    case.owner_key = None;
    tx.edit(case).await?;
    tx.erase_acts_on_case(&case.id.to_string()).await?;
    tending::leave_alone(tx, case.id).await?;
    Ok(files)
}

/// Tends every case whose time has come, the longest waiting first. Returns
/// how many something happened to.
///
/// # Errors
/// When the database cannot be read; one case that fails is logged and the
/// others go on.
pub async fn tend(office: &Office) -> Result<usize, Fault> {
    const AT_ONCE: i64 = 100;
    let due = {
        let mut reading = office.db.reading().await?;
        tending::due(&mut reading.tx(), office.now(), AT_ONCE).await?
    };
    let mut done = 0;
    for look in due {
        match tend_one(office, look).await {
            Ok(true) => done += 1,
            Ok(false) => {}
            Err(stop) => error!(case.id = %look.case, "a case could not be tended: {stop}"),
        }
    }
    Ok(done)
}

async fn tend_one(office: &Office, look: tending::Due) -> Result<bool, Stop> {
    let (version, due) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let Some(case) = cases::case(&mut tx, look.case).await? else { return Ok(false) };
        let published = definition(&mut tx, &case).await?;
        let now = (office.now(), office.settings.utc_offset_minutes);
        (case.version, due_on(&case, &published.service, look.round, now))
    };
    if let Due::Later(at) = due {
        tending::put_off(&office.db, look, at).await?;
        return Ok(false);
    }
    // Two nodes that see the same case send the same act: it happens once.
    let key = format!("tend/{}/{version}/{}", look.case, look.round);
    let act = TendCase { case: look.case, round: look.round };
    match office.perform(&Who::system("tend"), &key, act).await {
        Ok(files) => {
            crate::files::release(office, &files).await?;
            Ok(true)
        }
        Err(Stop::Refused(refusal)) if refusal.why == Why::NothingWaiting => Ok(false),
        Err(stop) => Err(stop),
    }
}

#[cfg(test)]
mod tests {
    use super::years_after;
    use jiff::Timestamp;

    fn micros(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_microsecond()
    }

    #[test]
    fn years_are_those_of_the_calendar() {
        let ended = micros("2026-11-22T06:00:00Z");
        assert_eq!(years_after(ended, 10, 180), micros("2036-11-22T06:00:00Z"));
        // By the office's clock it is the 29th of February already; the year after has none.
        let leap = micros("2028-02-28T22:30:00Z");
        assert_eq!(years_after(leap, 1, 180), micros("2029-02-27T22:30:00Z"));
        assert_eq!(years_after(leap, 4, 180), micros("2032-02-28T22:30:00Z"));
    }
}
