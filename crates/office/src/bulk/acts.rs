//! A bulk issue as such: looked at, set going, stopped, ended; and one paper of it.

use super::judging::{Judged, MOST, Ready, judge, service_of};
use super::listed::judge_listed;
use super::{is_for_people, is_offered, of_officer, shared_questions};
use crate::acting::{Acting, acting, in_service, load};
use crate::cases::{keep_answers, name_parties, new_draft, watch};
use crate::catalogue::{self, Published};
use crate::documents;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::cases::Phase;
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{BulkId, CaseId, DocumentId, EntryId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::Answers;
use diwan_store::bulk::{self, BulkLineRow, BulkListRow, BulkPersonRow, BulkRow};
use diwan_store::civil as register;
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What an institution asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct What {
    /// The certificate's service.
    pub service: String,
    /// Hospital or place, as entries write it; everywhere when left out.
    pub place: Option<String>,
    /// The first day of the events, ISO 8601.
    pub from: Option<String>,
    /// The last day of the events, ISO 8601.
    pub until: Option<String>,
    /// The institution: a hospital, a mission.
    pub institution: String,
    /// The law or order on which it asks, and by which no fee is taken where none is.
    pub basis: String,
    /// Whether that law takes no fee: else entries for which one is due are left out.
    pub exempt: bool,
    /// The answers that all papers share.
    pub answers: Answers,
    /// For whom, by number, where the service's papers are made for people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
}

/// Begins a bulk issue of the officer's own office. Nothing is issued yet: the officer
/// sees first how many papers it will be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BeginBulk {
    /// What is asked for.
    pub what: What,
    /// The language of words that papers do not choose themselves.
    pub language: String,
}

/// How long a listed number may be, in characters.
const LONGEST_NUMBER: usize = 40;

fn missing(field: &str) -> Refusal {
    Refusal::from(Why::FieldMissing).about("field", field)
}

impl BeginBulk {
    /// What is asked for as a row, for a look before it is kept.
    ///
    /// # Errors
    /// [`Why::FieldMissing`] names the field; [`Why::ServiceClosed`], not permitted, or the
    /// database fails.
    pub async fn row(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<BulkRow, Stop> {
        let officer = acting(tx, at, Permission::IssueInBulk).await?.officer;
        let office = officer.office_id.ok_or(Why::NotFound)?;
        let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
        let what = &self.what;
        let published = catalogue::newest(tx, &what.service, &today.to_string()).await?;
        let published = published.filter(|one| is_offered(&one.service)).ok_or(Why::ServiceClosed)?;
        let service = &published.service;
        for (field, text) in [("institution", &what.institution), ("basis", &what.basis)] {
            if text.trim().chars().count() < 3 {
                return Err(missing(field).into());
            }
        }
        for (field, day) in [("from", &what.from), ("until", &what.until)] {
            if day.as_ref().is_some_and(|day| day.parse::<PartialDate>().is_err()) {
                return Err(missing(field).into());
            }
        }
        self.lists_fit(is_for_people(service))?;
        let mut answers = Answers::new();
        for question in shared_questions(service) {
            let value = what.answers.get(&question.key).cloned().unwrap_or_default();
            let value = question.check(&value, today).map_err(|_| missing(&question.key))?;
            answers.insert(question.key.clone(), value);
        }
        let some = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        // A year or a month that is asked for lasts to its end.
        let last = |day: String| day.parse::<PartialDate>().map_or(day, |day| day.latest().to_string());
        Ok(BulkRow {
            id: at.fresh("bulk"),
            office_id: office,
            service: service.key.clone(),
            edition: i64::from(service.version),
            kind: service.register.map_or("", |kind| kind.code()).to_owned(),
            place: some(&what.place),
            happened_from: some(&what.from),
            happened_until: some(&what.until).map(last),
            institution: what.institution.trim().to_owned(),
            basis: what.basis.trim().to_owned(),
            exempt: what.exempt,
            answers: Json(json!(answers)),
            state: "seen".into(),
            stopped_why: None,
            officer_id: officer.id,
            language: self.language.clone(),
            begun_at: at.now,
            ended_at: None,
            version: 1,
        })
    }
}

impl BeginBulk {
    /// Whether people are listed exactly where papers are made for them, and not too many.
    fn lists_fit(&self, for_people: bool) -> Result<(), Refusal> {
        let people = &self.what.people;
        let can_be_read = |number: &String| {
            let length = number.trim().chars().count();
            (1..=LONGEST_NUMBER).contains(&length) && !number.chars().any(char::is_control)
        };
        if people.is_empty() == for_people || !people.iter().all(can_be_read) {
            return Err(missing("people"));
        }
        if people.len() > MOST {
            return Err(Refusal::from(Why::TooManyEntries).about("max", MOST));
        }
        let picks = [&self.what.place, &self.what.from, &self.what.until];
        if for_people && picks.into_iter().flatten().any(|text| !text.trim().is_empty()) {
            // Whoever is listed is meant, wherever and whenever they were registered.
            return Err(missing("place"));
        }
        Ok(())
    }
}

impl Act for BeginBulk {
    const NAME: &'static str = "begin-bulk";
    type Out = BulkId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<BulkId>, Stop> {
        let row = self.row(at, tx).await?;
        tx.add(&row).await?;
        let people = &self.what.people;
        if !people.is_empty() {
            let numbers: Vec<&str> = people.iter().map(|number| number.trim()).collect();
            tx.add(&BulkListRow {
                id: at.fresh("bulk-list"),
                bulk_id: row.id,
                numbers: Json(json!(numbers)),
                recorded_at: at.now,
            })
            .await?;
        }
        let entry = Entry::new("bulk-begun", "bulk", row.id)
            .under(row.basis.clone())
            .with("service", row.service.clone())
            .with("institution", row.institution.clone())
            .with("place", row.place.clone())
            .with("from", row.happened_from.clone())
            .with("until", row.happened_until.clone())
            .with("listed", people.len())
            .with("exempt", row.exempt);
        Ok(Recorded::new(row.id, entry))
    }
}

/// Moves a bulk issue on: set going by the officer, stopped, put away; ended by Diwan
/// itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MoveBulk {
    /// Which.
    pub bulk: BulkId,
    /// `waiting`, `running`, `stopped`, `done` or `discarded`.
    pub to: String,
    /// Why it stopped: a stable code.
    pub why: Option<String>,
}

/// From which states it comes to another.
fn may_follow(to: &str, from: &str) -> bool {
    match to {
        "waiting" => matches!(from, "seen" | "stopped"),
        "running" => matches!(from, "waiting" | "running"),
        "stopped" => matches!(from, "running" | "waiting"),
        "done" => from == "running",
        "discarded" => from == "seen",
        _ => false,
    }
}

impl Act for MoveBulk {
    const NAME: &'static str = "move-bulk";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let mut row = match at.actor {
            Actor::System(_) => bulk::bulk(tx, self.bulk).await?.ok_or(Why::NotFound)?,
            _ => of_officer(tx, at, self.bulk).await?,
        };
        let by_hand = matches!(self.to.as_str(), "waiting" | "stopped" | "discarded");
        if !may_follow(&self.to, &row.state) || !by_hand && !matches!(at.actor, Actor::System(_)) {
            return Err(Refusal::from(Why::WrongState).about("state", &row.state).into());
        }
        row.state.clone_from(&self.to);
        row.stopped_why.clone_from(&self.why);
        row.ended_at = matches!(self.to.as_str(), "done" | "discarded").then_some(at.now);
        tx.edit(&mut row).await?;
        tx.announce("bulk", row.id);
        let entry = Entry::new("bulk-moved", "bulk", row.id)
            .with("to", self.to.clone())
            .with("why", self.why.clone());
        Ok(Recorded::new(row.version, entry))
    }
}

/// Orders the paper of one entry of a bulk issue, or says why there is none. Diwan's own
/// act, for the officer who set it going.
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueOneInBulk {
    /// Of which bulk issue.
    pub bulk: BulkId,
    /// Which entry.
    pub entry: EntryId,
}

impl Act for IssueOneInBulk {
    const NAME: &'static str = "issue-one-in-bulk";
    /// The paper; `None` where the entry was left out.
    type Out = Option<DocumentId>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Option<DocumentId>>, Stop> {
        let (of, officer) = running(tx, at, self.bulk).await?;
        let published = service_of(tx, &of).await?;
        let judged = judge(tx, at, (&of, published.as_ref(), &officer), self.entry).await?;
        let number = register::entry(tx, self.entry).await?.map(|entry| entry.number);
        let mut line = BulkLineRow {
            id: at.fresh("bulk-line"),
            bulk_id: of.id,
            entry_id: self.entry,
            entry_number: number.ok_or(Why::NotFound)?,
            case_id: None,
            document_id: None,
            why: None,
            waived: 0,
            recorded_at: at.now,
        };
        let ready = match judged {
            Judged::Ready(ready) => ready,
            Judged::LeftOut(why) => {
                line.why = Some(why.clone());
                tx.add(&line).await?;
                let entry = Entry::new("bulk-left-out", "bulk", of.id)
                    .with("entry", self.entry.to_string())
                    .with("why", why);
                return Ok(Recorded::new(None, entry));
            }
            // Closed to this officer since it was looked for.
            Judged::NotThere => return Err(Why::NotFound.into()),
        };
        let ordered = order(tx, at, (&of, published.as_ref()), *ready).await?;
        line.case_id = Some(ordered.case);
        line.document_id = Some(ordered.document);
        line.waived = ordered.waived;
        tx.add(&line).await?;
        Ok(Recorded::new(Some(ordered.document), ordered.issued).and(ordered.intended))
    }
}

/// A bulk issue that runs, and the officer who set it going, if they still may.
async fn running(tx: &mut Tx<'_>, at: &Desk, id: BulkId) -> Result<(BulkRow, Acting), Stop> {
    if !matches!(at.actor, Actor::System(_)) {
        return Err(Why::NotPermitted.into());
    }
    let of = bulk::bulk(tx, id).await?.ok_or(Why::NotFound)?;
    if of.state != "running" {
        return Err(Refusal::from(Why::WrongState).about("state", &of.state).into());
    }
    let officer = load(tx, of.officer_id).await?.ok_or(Why::NotInService)?;
    let serves = in_service(&officer.officer, at.now, at.utc_offset_minutes);
    if !serves || !officer.may(Permission::IssueInBulk) {
        return Err(Why::NotInService.into());
    }
    Ok((of, officer))
}

/// A paper that was ordered, and what the journal says of it.
struct Ordered {
    case: CaseId,
    document: DocumentId,
    waived: i64,
    issued: Entry,
    intended: Entry,
}

/// Orders a paper: its case is decided, and its number drawn.
async fn order(
    tx: &mut Tx<'_>,
    at: &Desk,
    (of, published): (&BulkRow, &Published),
    ready: Ready,
) -> Result<Ordered, Stop> {
    let (mut case, _) = new_draft(tx, at, &published.service, &of.language, None).await?;
    let answers: Answers = serde_json::from_value(ready.case.answers.0.clone()).unwrap_or_default();
    keep_answers(&mut case, &answers);
    case.facts = ready.case.facts;
    case.holder_id = ready.case.holder_id;
    case.entry_id = ready.case.entry_id;
    case.office_id = ready.case.office_id;
    case.area_id = ready.case.area_id;
    case.fee_lines = Json(json!(ready.lines));
    case.phase = Phase::Approved.code().into();
    case.submitted_at = Some(at.now);
    case.decided_at = Some(at.now);
    case.decided_by = Some(of.officer_id);
    tx.add(&case).await?;
    name_parties(tx, at, &case).await?;
    watch(tx, at, &case).await?;
    let intended = documents::intend(tx, at, &case, published).await?;
    let issued = Entry::new("case-issued-in-bulk", "case", case.id)
        .of(case.holder_id)
        .under(of.basis.clone())
        .with("bulk", of.id.to_string())
        .with("institution", of.institution.clone())
        .with("officer", of.officer_id.to_string())
        .with("waived", ready.waived);
    let document = at.fresh("document");
    Ok(Ordered { case: case.id, document, waived: ready.waived, issued, intended })
}

/// Orders the paper of one listed person, or says why there is none. Diwan's own act, for
/// the officer who set it going.
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueListed {
    /// Of which bulk issue.
    pub bulk: BulkId,
    /// The place in its list, from one on.
    pub place: i64,
}

impl Act for IssueListed {
    const NAME: &'static str = "issue-listed-in-bulk";
    /// The paper; `None` where the line was left out.
    type Out = Option<DocumentId>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Option<DocumentId>>, Stop> {
        let (of, officer) = running(tx, at, self.bulk).await?;
        let mut listed = bulk::listed(tx, of.id).await?.into_iter();
        let nth = usize::try_from(self.place).ok().and_then(|place| place.checked_sub(1));
        let number = nth.and_then(|nth| listed.nth(nth)).ok_or(Why::NotFound)?;
        let published = service_of(tx, &of).await?;
        let (person, mut judged) = judge_listed(tx, at, (&of, published.as_ref(), &officer), &number).await?;
        if let (Some(person), Judged::Ready(_)) = (person, &judged)
            && bulk::has_paper(tx, of.id, person).await?
        {
            judged = Judged::LeftOut(Why::ListedTwice.code().to_owned());
        }
        let mut line = BulkPersonRow {
            id: at.fresh("bulk-line"),
            bulk_id: of.id,
            place: self.place,
            number,
            person_id: None,
            case_id: None,
            document_id: None,
            why: None,
            waived: 0,
            recorded_at: at.now,
        };
        let ready = match judged {
            Judged::Ready(ready) => ready,
            Judged::LeftOut(why) => {
                line.why = Some(why.clone());
                tx.add(&line).await?;
                let entry =
                    Entry::new("bulk-left-out", "bulk", of.id).with("line", self.place).with("why", why);
                return Ok(Recorded::new(None, entry));
            }
            Judged::NotThere => return Err(Why::NotFound.into()),
        };
        let ordered = order(tx, at, (&of, published.as_ref()), *ready).await?;
        line.person_id = person;
        line.case_id = Some(ordered.case);
        line.document_id = Some(ordered.document);
        line.waived = ordered.waived;
        tx.add(&line).await?;
        Ok(Recorded::new(Some(ordered.document), ordered.issued).and(ordered.intended))
    }
}
