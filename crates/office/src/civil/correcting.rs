//! The register only grows: an entry is corrected, revoked or reinstated by a new
//! entry that names its authority, prepared by one officer and decided by another.

use super::carrying::{self, Corrected};
use super::effects::{self, Source};
use super::guarding::may_see_entry;
use super::leaning;
use super::links::{completed, fits, linked, named_as_before};
use super::looking::entry_content;
use super::meant::{kept_links, whose_name_changes, without_unknown};
use super::resting::{end_changed, resting_on};
use crate::acting::{Acting, acting, not_family, second_pair_of_eyes};
use crate::cases::{Became, follow_entry};
use crate::desk::day_of;
use diwan_domain::acts::Desk;
use diwan_domain::civil::content::Difference;
use diwan_domain::civil::{Content, EventKind, PartyRole, Stage, check};
use diwan_domain::ids::{CorrectionId, EntryId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::civil::{self, EntryRow};
use diwan_store::declarations::{self, CorrectionRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres, duplicates};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

/// What is done to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It says something else from now on.
    Correct,
    /// It does not count any more.
    Revoke,
    /// A revoked one counts again.
    Reinstate,
}

impl What {
    /// The word stored in tables and shown to programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Revoke => "revoke",
            Self::Reinstate => "reinstate",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Correct, Self::Revoke, Self::Reinstate].into_iter().find(|what| what.code() == code)
    }
}

/// On what authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "kebab-case")]
pub enum Ground {
    /// A court's judgment.
    Court {
        /// Which court.
        court: String,
        /// The judgment's number.
        judgment: String,
        /// Its date, ISO 8601.
        date: String,
    },
    /// An order of the office: for clerical errors of the listed kinds only.
    OfficeOrder {
        /// The order's number.
        order: String,
        /// Its date, ISO 8601.
        date: String,
    },
}

impl Ground {
    fn code(&self) -> &'static str {
        match self {
            Self::Court { .. } => "court",
            Self::OfficeOrder { .. } => "office-order",
        }
    }

    /// Every part is there and the date can be read.
    pub(super) fn is_whole(&self) -> bool {
        let (texts, date) = match self {
            Self::Court { court, judgment, date } => (vec![court, judgment], date),
            Self::OfficeOrder { order, date } => (vec![order], date),
        };
        let day = date.parse::<jiff::civil::Date>();
        texts.iter().all(|text| !text.trim().is_empty()) && day.is_ok()
    }
}

/// What an office mends by its own order: slips of the pen that change nobody's
/// identity, parentage or civil status. Certificate data otherwise changes by
/// judgment only.
const CLERICAL: &[&str] = &[
    "given-latin",
    "father-latin",
    "grandfather-latin",
    "family-latin",
    "own-script",
    "residence",
    "residence-area",
    "occupation",
    "education",
    "place",
    "facility",
    "attendant-name",
    "attendant-licence",
    "weight-grams",
    "gestation-weeks",
    "directorate",
    "record-no",
    "page-no",
    "remarks",
    "burial-place",
    "name",
    "number",
    "phone",
    "witness-1",
    "witness-2",
    "contract-number",
    "certifier-licence",
];

fn is_clerical(field: &str) -> bool {
    let short = field.split_once('.').map_or(field, |(_, short)| short);
    CLERICAL.contains(&short)
}

/// Prepares a change of an entry. Nothing changes until another officer decides.
#[derive(Debug, Serialize, Deserialize)]
pub struct PrepareCorrection {
    /// Of which entry; it must be the one that stands.
    pub entry: EntryId,
    /// What is done to it.
    pub what: What,
    /// On what authority.
    pub ground: Ground,
    /// For a correction: all that the entry is to say.
    pub content: Option<Content>,
    /// Why, in words.
    pub reason: String,
}

impl Act for PrepareCorrection {
    const NAME: &'static str = "prepare-correction";
    type Out = CorrectionId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<CorrectionId>, Stop> {
        let acting = acting(tx, at, Permission::CorrectEntries).await?;
        let entry = standing_entry(tx, &acting, self.entry).await?;
        let people = people_in(tx, &entry).await?;
        not_family(tx, &acting.officer, persons(&people)).await?;
        if self.reason.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        if !self.ground.is_whole() {
            return Err(Refusal::from(Why::FieldMissing).about("field", "authority").into());
        }
        let open = declarations::corrections_of(tx, entry.id).await?;
        if open.iter().any(|row| row.state == "prepared") {
            return Err(Why::ChangedMeanwhile.into());
        }
        let is_revoked = entry.standing.as_deref() == Some("revoked");
        if self.what == What::Reinstate && is_revoked {
            // What happened while it did not count may contradict it now.
            let content = entry_content(tx, &entry).await?;
            leaning::the_living_take_part(tx, kind_of(&entry)?, &content, &people).await?;
        }
        if self.what == What::Revoke {
            leaning::nobody_needs(tx, &entry, kind_of(&entry)?, &people).await?;
        }
        let changes = match (self.what, is_revoked) {
            (What::Correct, false) => self.differences(tx, at, &entry, &people).await?,
            (What::Revoke, false) | (What::Reinstate, true) => Vec::new(),
            _ => return Err(Why::EntryReplaced.into()),
        };
        let by_office = matches!(self.ground, Ground::OfficeOrder { .. });
        let is_slip = self.what == What::Correct && changes.iter().all(|change| is_clerical(&change.field));
        if by_office && !is_slip {
            let grave = changes.iter().find(|change| !is_clerical(&change.field));
            let refusal = Refusal::from(Why::NeedsJudgment);
            return Err(match grave {
                Some(change) => refusal.about("field", &change.field).into(),
                None => refusal.into(),
            });
        }
        let row = CorrectionRow {
            id: at.fresh("correction"),
            entry_id: entry.id,
            office_id: entry.office_id,
            kind: self.what.code().to_owned(),
            ground: self.ground.code().to_owned(),
            authority: Json(json!(self.ground)),
            changes: Json(json!(changes)),
            reason: self.reason.trim().to_owned(),
            state: "prepared".to_owned(),
            prepared_by: acting.officer.id,
            prepared_at: at.now,
            decided_by: None,
            decided_at: None,
            decided_why: None,
            new_entry_id: None,
            version: 1,
        };
        tx.add(&row).await?;
        let fields: Vec<String> = changes.into_iter().map(|change| change.field).collect();
        let said = Entry::new("correction-prepared", "entry", entry.id)
            .of(people.first().map(|(_, person)| *person))
            .under(self.reason.trim())
            .with("correction", row.id.to_string())
            .with("what", self.what.code())
            .with("authority", json!(self.ground))
            .with("fields", fields);
        Ok(Recorded::new(row.id, said))
    }
}

impl PrepareCorrection {
    async fn differences(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        entry: &EntryRow,
        people: &[(PartyRole, PersonId)],
    ) -> Result<Vec<Difference>, Stop> {
        let wanted = self.content.as_ref().ok_or(Why::NothingChanges)?;
        let kind = kind_of(entry)?;
        let before = entry_content(tx, entry).await?;
        let (wanted, unknown) = without_unknown(kind, wanted.clone());
        // An old book may lack what a declaration needs today: what it says must be readable,
        // and what the entry has of it stays.
        let today = day_of(at.now, at.utc_offset_minutes);
        let (after, mut faults) = check(kind, &wanted, Stage::Notice, today);
        if faults.is_empty() {
            let (_, lacked) = check(kind, &before, Stage::Declaration, today);
            (_, faults) = check(kind, &after, Stage::Declaration, today);
            faults.retain(|fault| !lacked.contains(fault));
        }
        if !faults.is_empty() {
            let refusal = Refusal::from(Why::FieldsWrong);
            return Err(faults.iter().fold(refusal, |all, one| all.about(&one.field, &one.code)).into());
        }
        let (mut after, mended) = kept_links(kind, &before, after, &unknown);
        whose_name_changes(tx, kind, (&before, &mut after), &unknown).await?;
        let acting = crate::acting::at_desk(tx, at).await?;
        let mut after = linked(tx, acting.as_ref(), kind, completed(kind, after)).await?;
        // A mended number that nobody else bears is of whom the entry named all along.
        for (link, person) in &mended {
            if after.get(link).is_none() {
                after.set(link, person);
            }
        }
        named_as_before(tx, kind, (&before, &mut after), &mended).await?;
        let is_anew = |field: &str| before.get(field) != after.get(field);
        let is_tied_anew = |field: &str| field.ends_with(".person") && is_anew(field);
        if is_anew("happened-on") || after.0.keys().any(|field| is_tied_anew(field)) {
            fits(tx, kind, &after).await?;
        }
        leaning::others_agree(tx, kind, (&before, &after), people).await?;
        let changes = before.differences(&after);
        if changes.is_empty() { Err(Why::NothingChanges.into()) } else { Ok(changes) }
    }
}

/// What became of a correction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Changed {
    /// The entry that stands now; `None` when the correction was refused.
    pub entry: Option<EntryId>,
    /// Its number.
    pub number: Option<String>,
    /// How many papers say something else now.
    pub papers: usize,
}

/// Approves or refuses a correction that another officer prepared.
#[derive(Debug, Serialize, Deserialize)]
pub struct DecideCorrection {
    /// Which.
    pub correction: CorrectionId,
    /// The version that was seen.
    pub seen: i64,
    /// Whether it is approved.
    pub approve: bool,
    /// Why not, when it is refused.
    pub why: Option<String>,
}

impl Act for DecideCorrection {
    const NAME: &'static str = "decide-correction";
    type Out = Changed;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Changed>, Stop> {
        let acting = acting(tx, at, Permission::ApproveCorrections).await?;
        let mut row = declarations::correction(tx, self.correction).await?.ok_or(Why::NotFound)?;
        if acting.officer.office_id != Some(row.office_id) {
            return Err(Why::NotFound.into());
        }
        second_pair_of_eyes(tx, &acting.officer, [row.prepared_by]).await?;
        if row.version != self.seen || row.state != "prepared" {
            return Err(Why::ChangedMeanwhile.into());
        }
        let entry = standing_entry(tx, &acting, row.entry_id).await?;
        let people = people_in(tx, &entry).await?;
        not_family(tx, &acting.officer, persons(&people)).await?;
        row.decided_by = Some(acting.officer.id);
        row.decided_at = Some(at.now);
        let whose = people.first().map(|(_, person)| *person);
        if !self.approve {
            let why = self.why.as_deref().unwrap_or_default().trim();
            if why.is_empty() {
                return Err(Why::ReasonMissing.into());
            }
            row.state = "refused".to_owned();
            row.decided_why = Some(why.to_owned());
            tx.edit(&mut row).await?;
            let said = Entry::new("correction-refused", "entry", entry.id)
                .of(whose)
                .under(why)
                .with("correction", row.id.to_string());
            return Ok(Recorded::new(Changed { entry: None, number: None, papers: 0 }, said));
        }
        let what = What::from_code(&row.kind)
            .ok_or_else(|| Fault::WrongDatabase("a correction of no kind".into()))?;
        let touched = touched(tx, &entry, &row).await?;
        let resting = resting_on(tx, at, &touched, Some(entry.id)).await?;
        let (new, number) = match what {
            What::Correct => correct(tx, at, &acting, &entry, &row, &people).await?,
            What::Revoke | What::Reinstate => stand(tx, at, &entry, &row, what, &people).await?,
        };
        row.state = "approved".to_owned();
        row.new_entry_id = Some(new);
        tx.edit(&mut row).await?;
        let mut papers = end_papers(tx, at, &acting, &entry, what, &number).await?;
        papers.extend(end_changed(tx, at, acting.officer.id, resting, ended(what)).await?);
        let mut holders = BTreeSet::new();
        for (_, person) in &people {
            holders.insert(duplicates::counts_as(tx, *person).await?);
        }
        let became = match what {
            What::Correct => Became::Corrected(new),
            What::Revoke => Became::Revoked(new),
            What::Reinstate => Became::Reinstated(new),
        };
        let followed = follow_entry(tx, at, acting.officer.id, (entry.id, became), holders).await?;
        tx.announce("register", &entry.kind);
        let said = Entry::new(&format!("entry-{}", ended(what)), "entry", new)
            .of(whose)
            .under(row.reason.clone())
            .with("kind", entry.kind.clone())
            .with("supersedes", entry.id.to_string())
            .with("number", number.clone())
            .with("correction", row.id.to_string())
            .with("authority", row.authority.0.clone());
        let out = Changed { entry: Some(new), number: Some(number), papers: papers.len() };
        Ok(Recorded::new(out, said).and_all(papers).and_all(followed))
    }
}

/// Whom an entry names, and whom it is to name.
async fn touched(tx: &mut Tx<'_>, entry: &EntryRow, row: &CorrectionRow) -> Result<BTreeSet<PersonId>, Stop> {
    let roles = civil::roles_in(tx, entry.event_id).await?;
    let changes = row.changes.0.as_array().into_iter().flatten();
    let tied =
        changes.filter(|change| change["field"].as_str().is_some_and(|field| field.ends_with(".person")));
    let tied = tied.filter_map(|change| change["after"].as_str()?.parse().ok());
    Ok(roles.into_iter().map(|role| role.person_id).chain(tied).collect())
}

fn ended(what: What) -> &'static str {
    match what {
        What::Correct => "corrected",
        What::Revoke => "revoked",
        What::Reinstate => "reinstated",
    }
}

fn kind_of(entry: &EntryRow) -> Result<EventKind, Fault> {
    EventKind::from_code(&entry.kind)
        .ok_or_else(|| Fault::WrongDatabase(format!("entry {} has no kind", entry.id)))
}

/// An entry of the officer's office that no other took the place of, and that they
/// may see.
async fn standing_entry(tx: &mut Tx<'_>, acting: &Acting, id: EntryId) -> Result<EntryRow, Stop> {
    let entry = civil::entry(tx, id).await?.ok_or(Why::NotFound)?;
    if acting.officer.office_id != Some(entry.office_id) || !may_see_entry(tx, acting, &entry).await? {
        return Err(Why::NotFound.into());
    }
    match civil::entry_after(tx, id).await? {
        Some(_) => Err(Why::EntryReplaced.into()),
        None => Ok(entry),
    }
}

/// Who has which part in an entry's event, the one it is about first.
async fn people_in(tx: &mut Tx<'_>, entry: &EntryRow) -> Result<Vec<(PartyRole, PersonId)>, Stop> {
    let kind = kind_of(entry)?;
    let roles = civil::roles_in(tx, entry.event_id).await?;
    let named = |role: PartyRole| {
        let row = roles.iter().find(|row| row.role == role.code());
        row.map(|row| (role, row.person_id))
    };
    Ok(kind.parties().iter().filter_map(|party| named(party.role)).collect())
}

fn persons(people: &[(PartyRole, PersonId)]) -> Vec<Option<PersonId>> {
    people.iter().map(|(_, person)| Some(*person)).collect()
}

/// The number of what comes next in an entry's chain: `EBB1-000-204-X/2`, or of an entry
/// of an old book, whose own number may have a stroke, `EBB-1957/45/2`. A number that
/// another old book gave is passed over.
async fn next_number(tx: &mut Tx<'_>, entry: &EntryRow) -> Result<String, Fault> {
    let chain = civil::history(tx, entry.id).await?;
    let base = chain.first().map_or(&entry.number, |first| &first.number);
    let mut place = chain.len() + 1;
    loop {
        let number = format!("{base}/{place}");
        if civil::entry_numbered(tx, &number).await?.is_none() {
            return Ok(number);
        }
        place += 1;
    }
}

/// Writes what an entry says from now on, as an event of its own: the earlier one
/// stops counting.
async fn correct(
    tx: &mut Tx<'_>,
    at: &Desk,
    acting: &Acting,
    entry: &EntryRow,
    row: &CorrectionRow,
    people: &[(PartyRole, PersonId)],
) -> Result<(EntryId, String), Stop> {
    let kind = kind_of(entry)?;
    let changes: Vec<Difference> = serde_json::from_value(row.changes.0.clone())
        .map_err(|_| Fault::WrongDatabase(format!("correction {} cannot be read", row.id)))?;
    let before = entry_content(tx, entry).await?;
    let mut content = before.clone();
    for change in &changes {
        content.set(&change.field, change.after.clone().unwrap_or_default());
    }
    // Since it was prepared others may have been registered that lean on what it changes.
    leaning::others_agree(tx, kind, (&before, &content), people).await?;
    // Whoever was born stays the same person; others are whom the entry names now.
    let born = kind.parties().iter().filter(|party| party.is_born).map(|party| party.role);
    let born: Vec<PartyRole> = born.collect();
    let kept = people.iter().filter(|(role, _)| born.contains(role)).copied().collect();
    let office = centres::office(tx, entry.office_id).await?.ok_or(Why::NotFound)?;
    let area = match content.get("place-area") {
        Some(code) => centres::area_coded(tx, code).await?.map(|area| area.id),
        None => None,
    };
    let number = next_number(tx, entry).await?;
    let source = Source {
        kind,
        content: content.clone(),
        office: &office,
        area,
        number: Some(number.clone()),
        officer: Some(acting.officer.id),
        declaration: entry.declaration_id,
        correction: Some(row.id),
        supersedes: Some(entry.id),
        authority: Some(row.authority.0.clone()),
        people: kept,
    };
    let written = effects::write(tx, at, source).await?;
    civil::void(tx, entry.event_id).await?;
    // Whoever the entry called dead by mistake lives, and who was renamed is not.
    let named = people.first().map(|(_, person)| *person);
    let about = named.into_iter().chain(written.about).collect();
    carrying::corrected(tx, at, &Corrected { kind, before: &before, after: &content, area }, &about).await?;
    Ok((written.entry, number))
}

/// Takes an entry out of what counts, or lets it count again: by a new entry that
/// says the same of the same event.
async fn stand(
    tx: &mut Tx<'_>,
    at: &Desk,
    entry: &EntryRow,
    row: &CorrectionRow,
    what: What,
    people: &[(PartyRole, PersonId)],
) -> Result<(EntryId, String), Stop> {
    let number = next_number(tx, entry).await?;
    let new = EntryRow {
        id: at.fresh("entry"),
        number: number.clone(),
        supersedes: Some(entry.id),
        authority: Some(row.authority.clone()),
        valid_from: Some(day_of(at.now, at.utc_offset_minutes).to_string()),
        recorded_at: at.now,
        standing: Some(ended(what).to_owned()),
        correction_id: Some(row.id),
        ..entry.clone()
    };
    tx.add(&new).await?;
    if what == What::Reinstate {
        civil::count_again(tx, entry.event_id).await?;
    } else {
        civil::void(tx, entry.event_id).await?;
    }
    if let Some((_, person)) = people.first() {
        carrying::stood(tx, at, kind_of(entry)?, *person).await?;
    }
    Ok((new.id, number))
}

/// Ends the papers that were issued from an entry: from now on they say something
/// else than the register, and say so when they are checked.
async fn end_papers(
    tx: &mut Tx<'_>,
    at: &Desk,
    acting: &Acting,
    entry: &EntryRow,
    what: What,
    number: &str,
) -> Result<Vec<Entry>, Stop> {
    let mut said = Vec::new();
    if what == What::Reinstate {
        return Ok(said);
    }
    for mut paper in declarations::papers_from(tx, entry.id).await? {
        paper.state = if what == What::Correct { "replaced" } else { "revoked" }.to_owned();
        paper.ended_at = Some(at.now);
        paper.ended_by = Some(acting.officer.id);
        paper.end_reason = Some(format!("{} {number}", ended(what)));
        tx.edit(&mut paper).await?;
        tx.announce("document", paper.id);
        said.push(
            Entry::new(&format!("document-{}", paper.state), "document", paper.id)
                .of(paper.holder_id)
                .under(number.to_owned())
                .with("number", paper.number.clone()),
        );
    }
    Ok(said)
}
