//! A draft: begun by anyone, answered one question at a time, kept.

use super::keeping::{keep, watch};
use super::{Access, answers, definition, keep_answers, open_for};
use crate::acting::acting;
use crate::catalogue;
use crate::civil::of_cases;
use crate::telephone::proxies::may_act;
use crate::units;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::cases::Phase;
use diwan_domain::ids::{AccountId, CaseId, OfficerId, PersonId, UploadId};
use diwan_domain::journal::Entry;
use diwan_domain::numbers::format_number;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::proxies::Deed;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::preparing::kept;
use diwan_domain::services::{Facts, QuestionKind, Service};
use diwan_store::cases::{self, CaseRow, UploadRow};
use diwan_store::units::UnitRow;
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx, access, centres, people, series};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Begins a case under the newest edition of a service.
#[derive(Debug, Serialize, Deserialize)]
pub struct BeginCase {
    /// Which service.
    pub service: String,
    /// In which language the applicant reads.
    pub language: String,
}

/// A case that was begun.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Begun {
    /// The case.
    pub case: CaseId,
    /// Its number, for people.
    pub number: String,
    /// Its key, for the session that began it; empty where it was begun for another.
    pub key: String,
}

/// How many drafts one stranger may begin in an hour.
const DRAFTS_AN_HOUR: i64 = 60;
/// Online cases draw from several series, so that no two wait for one row.
const ONLINE_SERIES: usize = 8;

impl Act for BeginCase {
    const NAME: &'static str = "begin-case";
    type Out = Begun;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Begun>, Stop> {
        let today = crate::desk::day_of(at.now, at.utc_offset_minutes).to_string();
        let published = catalogue::newest_at(tx, at, &self.service, &today).await?;
        let published = published.ok_or(Why::ServiceClosed)?;
        let service = &published.service;
        if !at.channel.is_among(&service.channels) {
            return Err(Why::ServiceClosed.into());
        }
        let assisted = match at.actor {
            Actor::Officer(id) => {
                acting(tx, at, Permission::AssistCases).await?;
                Some(id)
            }
            _ => {
                let door = format!("begin/{}/{}", at.actor.kind(), at.actor.name());
                if access::count_use_in(tx, &door, at.now, 3_600_000_000).await? > DRAFTS_AN_HOUR {
                    return Err(Why::TooManyAttempts.into());
                }
                None
            }
        };
        let (mut case, mut key) = new_draft(tx, at, service, &self.language, assisted).await?;
        if let (Actor::Account(_), Some(person)) = (&at.actor, at.on_behalf) {
            if !may_act(tx, at, person, (&service.key, Deed::Apply)).await? {
                return Err(Why::NoProxy.into());
            }
            // It is the person's: nothing that outlasts the proxy opens it to whoever acts.
            case.account_id = own_account(tx, person).await?;
            case.owner_key = None;
            key.clear();
        }
        // What they answered before they came need not be asked again; whoever stands in the
        // hall is not whoever calls.
        if let Some(officer) = assisted.filter(|_| at.channel != Channel::Telephone)
            && let Some(answers) = crate::queue::prepared_for(tx, officer, &service.key).await?
        {
            let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
            let fitting = kept(service, &answers, &Facts::unknown(today));
            case.answers = Json(json!(fitting));
        }
        let number = case.number.clone();
        tx.add(&case).await?;
        watch(tx, at, &case).await?;
        let entry = Entry::new("case-begun", "case", case.id)
            .of(at.on_behalf)
            .with("service", service.key.clone())
            .with("edition", case.edition);
        Ok(Recorded::new(Begun { case: case.id, number, key: hex::encode(key) }, entry))
    }
}

/// The account that is a person's own, if there is one.
async fn own_account(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<AccountId>, Stop> {
    let accounts = people::accounts_of(tx, person).await?;
    Ok(accounts.iter().rev().find(|account| account.closed_at.is_none()).map(|account| account.id))
}

/// A draft as it begins, with the key that opens it; not yet kept.
///
/// # Errors
/// When the counter is gone, or the database fails.
pub(crate) async fn new_draft(
    tx: &mut Tx<'_>,
    at: &Desk,
    service: &Service,
    language: &str,
    assisted: Option<OfficerId>,
) -> Result<(CaseRow, Vec<u8>), Stop> {
    let key = at.chance("case-key").to_vec();
    let mut case = blank(at, service, language);
    case.number = draw_number(tx, at).await?;
    case.owner_key = Some(key.clone());
    case.assisted_by = assisted;
    Ok((case, key))
}

/// A draft as it begins, without a number and a key: what rules are asked about before
/// anything is written.
pub(crate) fn blank(at: &Desk, service: &Service, language: &str) -> CaseRow {
    let account = if let Actor::Account(id) = at.actor { Some(id) } else { None };
    CaseRow {
        id: at.fresh("case"),
        number: String::new(),
        service: service.key.clone(),
        edition: i64::from(service.version),
        service_hash: service.hash.clone(),
        phase: Phase::Draft.code().into(),
        step: None,
        channel: at.channel.code().into(),
        language: language.to_owned(),
        account_id: account,
        applicant_id: at.on_behalf,
        owner_key: None,
        holder_id: None,
        entry_id: None,
        relation: None,
        answers: Json(json!({})),
        facts: Json(json!({})),
        open_questions: Json(json!([])),
        phone: None,
        email: None,
        fee_minor_units: 0,
        fee_lines: Json(json!([])),
        paid_minor_units: 0,
        office_id: None,
        centre_id: at.centre,
        area_id: None,
        assisted_by: None,
        assigned_to: None,
        assigned_at: None,
        decided_by: None,
        decided_rule: None,
        decided_at: None,
        reason: None,
        reason_text: None,
        appeal_until: None,
        appeal_of: None,
        first_decider: None,
        due_at: None,
        begun_at: at.now,
        submitted_at: None,
        ended_at: None,
        touched_at: at.now,
        training: at.training,
        move_role: None,
        version: 1,
    }
}

/// Draws the case's number from the counter's series, or an online one.
async fn draw_number(tx: &mut Tx<'_>, at: &Desk) -> Result<String, Stop> {
    let unit = units::of_desk(tx, at).await?;
    let owner = match at.counter {
        Some(counter) => format!("counter/{counter}"),
        None => format!("{}/online/{}", at.installation, at.draw("series", ONLINE_SERIES)),
    };
    let prefix = match at.counter {
        Some(counter) => {
            let training = if at.training { "T" } else { "" };
            format!("{training}{}", counter_prefix(tx, at, counter).await?)
        }
        None => {
            let letters = unit.as_ref().map_or_else(|| online_letters(at), |unit| unit_letters(at, unit));
            format!("{letters}{}", at.draw("series", ONLINE_SERIES) + 1)
        }
    };
    let (owner, prefix) = match (&unit, at.counter) {
        (Some(unit), Some(_)) => units::own_series(unit, owner, prefix),
        _ => (owner, prefix),
    };
    let series = series::next(tx, &owner, "case", &prefix, at.fresh("series/case")).await?;
    Ok(format_number(&series.prefix, series.last as u64, None))
}

/// What begins the numbers of cases that people begin by themselves in a mobile unit.
fn unit_letters(at: &Desk, unit: &UnitRow) -> String {
    if at.training { format!("T{}", unit.letters) } else { unit.letters.clone() }
}

fn online_letters(at: &Desk) -> String {
    let letters: String = at.installation.chars().filter(char::is_ascii_alphanumeric).take(2).collect();
    let genuine = letters.to_ascii_uppercase();
    if at.training { format!("T{genuine}") } else { genuine }
}

/// The letters of a counter's own series: its centre's code and its label.
pub(crate) async fn counter_prefix(
    tx: &mut Tx<'_>,
    at: &Desk,
    counter: diwan_domain::ids::CounterId,
) -> Result<String, Stop> {
    let row = centres::counter(tx, counter).await?.ok_or(Why::NotFound)?;
    units::not_away(tx, at, row.centre_id).await?;
    let centre = centres::centre(tx, row.centre_id).await?.ok_or(Why::NotFound)?;
    let label: String = row.label.chars().filter(char::is_ascii_alphanumeric).collect();
    Ok(format!("{}{}", centre.code, label).to_ascii_uppercase())
}

/// A draft; or a case whose declaration the register gave back to be mended.
pub(super) async fn open_answerable(
    tx: &mut Tx<'_>,
    at: &Desk,
    id: CaseId,
    access: &Access,
) -> Result<CaseRow, Stop> {
    let case = open_for(tx, at, id, access, Deed::Apply).await?;
    if Phase::from_code(&case.phase) == Some(Phase::Draft) || of_cases::is_given_back(tx, &case).await? {
        return Ok(case);
    }
    Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into())
}

async fn open_draft(tx: &mut Tx<'_>, at: &Desk, id: CaseId, access: &Access) -> Result<CaseRow, Stop> {
    let case = open_for(tx, at, id, access, Deed::Apply).await?;
    match Phase::from_code(&case.phase) {
        Some(Phase::Draft) => Ok(case),
        _ => Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into()),
    }
}

/// Changes the language a case's messages go out in.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetLanguage {
    /// The case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
    /// The language's code.
    pub language: String,
}

impl Act for SetLanguage {
    const NAME: &'static str = "set-language";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut case = open_for(tx, at, self.case, &self.access, Deed::Apply).await?;
        case.language.clone_from(&self.language);
        case.touched_at = at.now;
        keep(tx, at, &mut case).await?;
        Ok(Recorded::new(
            (),
            Entry::new("language-set", "case", case.id).with("language", self.language.clone()),
        ))
    }
}

/// How many files a case is given at most, those that were taken back counted.
const FILES_EVER: i64 = 100;
/// How many bytes they are at most.
const BYTES_EVER: i64 = 300_000_000;

/// Adds a file to a question. The bytes are durable already; this names them.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddUpload {
    /// The case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
    /// Which question.
    pub question: String,
    /// SHA-256 of the cleaned bytes.
    pub file_hash: String,
    /// The media type, from the content.
    pub media: diwan_domain::uploads::MediaType,
    /// The name the applicant's device gave it.
    pub name: String,
    /// How many bytes were kept.
    pub bytes: u64,
}

impl Act for AddUpload {
    const NAME: &'static str = "add-upload";
    type Out = UploadId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<UploadId>, Stop> {
        let mut case = open_for(tx, at, self.case, &self.access, Deed::Apply).await?;
        let phase = Phase::from_code(&case.phase);
        if !matches!(phase, Some(Phase::Draft | Phase::WaitingForApplicant)) {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        }
        let published = definition(tx, &case).await?;
        let question = published.service.question(&self.question);
        // A file takes the place of no other answer.
        let question = question.filter(|question| question.kind == QuestionKind::File);
        let question = question.ok_or(Why::NotFound)?;
        let since = asked_since(tx, &case).await?;
        let kept = cases::uploads(tx, case.id).await?;
        let counts = |upload: &&UploadRow| upload.question == self.question && upload.added_at >= since;
        let already = kept.iter().filter(counts).count();
        if already >= question.uploads.max_files {
            return Err(Refusal::from(Why::TooManyFiles).about("max", question.uploads.max_files).into());
        }
        let (files, bytes) = cases::files_ever(tx, case.id).await?;
        if files >= FILES_EVER || bytes.saturating_add_unsigned(self.bytes) > BYTES_EVER {
            return Err(Refusal::from(Why::TooManyFiles).about("max", FILES_EVER).into());
        }
        let upload = UploadRow {
            id: at.fresh("upload"),
            case_id: case.id,
            question: self.question.clone(),
            file_hash: self.file_hash.clone(),
            media: json!(self.media).as_str().unwrap_or_default().to_owned(),
            name: self.name.clone(),
            bytes: i64::try_from(self.bytes).unwrap_or(i64::MAX),
            added_at: at.now,
            removed_at: None,
            version: 1,
        };
        tx.add(&upload).await?;
        let received = json!({"id": upload.id, "name": self.name, "type": self.media, "bytes": self.bytes});
        let mut answers = answers(&case);
        let list = answers.entry(self.question.clone()).or_insert_with(|| json!([]));
        match list.as_array_mut() {
            Some(list) => list.push(received),
            None => *list = json!([received]),
        }
        keep_answers(&mut case, &answers);
        case.touched_at = at.now;
        keep(tx, at, &mut case).await?;
        let entry = Entry::new("file-added", "case", case.id)
            .with("question", self.question.clone())
            .with("sha256", self.file_hash.clone());
        Ok(Recorded::new(upload.id, entry))
    }
}

/// From when on files count towards how many a question takes: whoever is asked for another
/// one hands it in, however many they sent before.
async fn asked_since(tx: &mut Tx<'_>, case: &CaseRow) -> Result<i64, Stop> {
    if Phase::from_code(&case.phase) != Some(Phase::WaitingForApplicant) {
        return Ok(0);
    }
    let requests = cases::requests(tx, case.id).await?;
    let open = requests.iter().filter(|request| request.answered_at.is_none());
    Ok(open.map(|request| request.asked_at).max().unwrap_or_default())
}

/// Takes a file back while the case is still a draft.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemoveUpload {
    /// The case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
    /// Which file.
    pub upload: UploadId,
}

impl Act for RemoveUpload {
    const NAME: &'static str = "remove-upload";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut case = open_draft(tx, at, self.case, &self.access).await?;
        let mut upload = cases::upload(tx, self.upload).await?.ok_or(Why::NotFound)?;
        if upload.case_id != case.id || upload.removed_at.is_some() {
            return Err(Why::NotFound.into());
        }
        upload.removed_at = Some(at.now);
        tx.edit(&mut upload).await?;
        let mut answers = answers(&case);
        if let Some(list) = answers.get_mut(&upload.question).and_then(Value::as_array_mut) {
            list.retain(|file| file["id"] != json!(upload.id));
            if list.is_empty() {
                answers.remove(&upload.question);
            }
        }
        keep_answers(&mut case, &answers);
        case.touched_at = at.now;
        tx.edit(&mut case).await?;
        let entry = Entry::new("file-removed", "case", case.id).with("sha256", upload.file_hash);
        Ok(Recorded::new((), entry))
    }
}
