//! Certificates: the intent first, then typesetting and the seal, then release.
//!
//! One intent has one number. Only the PDF whose hash was committed is ever
//! released, so a power cut leaves a record and never two certificates.

mod checking;
mod handed_in;
mod making;
mod newest;
mod printed;
mod specimen;

use crate::acting::{acting, not_family};
use crate::cases::{self as cases_of, Access};
use crate::catalogue::{self, Published};
use crate::civil;
use crate::desk::{Office, Who};
use crate::secrets;
use crate::timestamps::Moment;
pub use diwan_documents::layout::Job;
use diwan_documents::layout::RenderFault;
use diwan_documents::pades::{SealFault, SealInfo, certified_term};
use diwan_documents::payload::{self, Payload};
use diwan_documents::qr;
use diwan_documents::signer::{Signer, certificate_pem};
pub use diwan_documents::{FORM_LAYOUT, RECEIPT_LAYOUT, SLIP_LAYOUT};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::cases::Phase;
use diwan_domain::ids::{CaseId, DocumentId, JournalId};
use diwan_domain::journal::Entry;
use diwan_domain::numbers::format_number;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::proxies::Deed;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{Answers, DocumentSpec, EntryValues, Service, unprintable};
use diwan_store::cases::CaseRow;
use diwan_store::centres::OfficeRow;
use diwan_store::documents::{self, DocumentRow};
use diwan_store::series::SeriesRow;
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, cases, centres, series};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tracing::error;

pub use checking::{Checked, check, last_day};
pub use handed_in::{HandedIn, look_at};
pub use making::{NoteUnmade, seal_waiting};
pub use newest::{Outdated, outdated_key};
use printed::edition_or;
pub use printed::{answers_of, edition_of};
pub use specimen::specimens;

/// What the entry of a case says on a day, by the names that its service prints.
///
/// # Errors
/// When the database fails.
pub async fn register_fields(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    service: &Service,
    day: Date,
) -> Result<EntryValues, Fault> {
    match case.entry_id {
        Some(entry) => civil::entry_fields(tx, service.register, entry, case.holder_id, day).await,
        None => Ok(EntryValues::new()),
    }
}

/// The printed fields without which a service's paper cannot be issued and for
/// which neither the entry nor the answers have a value.
///
/// # Errors
/// When the database fails.
pub(crate) async fn missing(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    service: &Service,
    answers: &Answers,
    day: Date,
) -> Result<Vec<String>, Fault> {
    let fields = register_fields(tx, case, service, day).await?;
    Ok(unprintable(service, answers, &fields).into_iter().map(str::to_owned).collect())
}

/// What rules decide comes by the hundred at once: it draws from as many series
/// of the office, so that no two wait for one row.
const SERIES_OF_RULES: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Draws the document's number from its office's series: the one of officers,
/// or one of those that rules draw from, told by one more character.
async fn draw_number(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    spec: &DocumentSpec,
    office: &OfficeRow,
) -> Result<SeriesRow, Stop> {
    let training = if case.training { "T" } else { "" };
    let mut prefix = format!("{training}{}{}", spec.series, office.code.to_ascii_uppercase());
    let mut owner = format!("office/{}/{}", office.id, case.training);
    if let Some(unit) = crate::units::of_desk(tx, at).await? {
        if at.now > unit.until {
            return Err(Refusal::from(Why::UnitOver).about("unit", unit.name).into());
        }
        (owner, prefix) = crate::units::own_series(&unit, owner, prefix);
    } else if case.decided_by.is_none() {
        let one = char::from(SERIES_OF_RULES[at.draw("series-of-rules", SERIES_OF_RULES.len())]);
        prefix.push(one);
        owner = format!("{owner}/rules/{one}");
    }
    series::next(tx, &owner, &spec.kind, &prefix, at.fresh("series/document")).await
}

/// Stores the intent to issue: number, check code and the fields as they are
/// now. Called inside the act that approves.
pub(crate) async fn intend(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    published: &Published,
) -> Result<Entry, Stop> {
    intend_with(tx, at, case, published, &cases_of::answers(case)).await
}

/// The same with answers that were kept elsewhere: those of a case may be erased already.
async fn intend_with(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    published: &Published,
    answers: &Answers,
) -> Result<Entry, Stop> {
    let service = &published.service;
    let spec = service.document.as_ref().ok_or(Why::DocumentFailed)?;
    if let Some(entry) = case.entry_id {
        civil::still_says(tx, entry).await?;
    }
    let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
    let mut fields = register_fields(tx, case, service, today).await?;
    fields.extend(cases_of::faith::printed_of(tx, case).await?);
    let missing = unprintable(service, answers, &fields);
    if !missing.is_empty() {
        return Err(Refusal::from(Why::EntryIncomplete).about("missing", missing.join(", ")).into());
    }
    printed::keep_answers(&mut fields, service, answers);
    printed::note_edition(&mut fields, i64::from(service.version), case);
    let office = case.office_id.ok_or(Why::DocumentFailed)?;
    let row = centres::office(tx, office).await?.ok_or(Why::DocumentFailed)?;
    let drawn = draw_number(tx, at, case, spec, &row).await?;
    let number = format_number(&drawn.prefix, drawn.last as u64, Some(today.year()));
    let code = secrets::base32(&at.chance("check-code")[..16]);
    let copies = answers.get("copies").and_then(Value::as_i64).unwrap_or(1);
    let languages = answers.get("document-languages").cloned().unwrap_or_else(|| json!(spec.languages));
    let id: DocumentId = at.fresh("document");
    let entry_of_intent = format!("journal/document-intended/document/{id}");
    let document = DocumentRow {
        id,
        number: number.clone(),
        case_id: case.id,
        kind: spec.kind.clone(),
        office_id: office,
        centre_id: case.centre_id,
        entry_id: case.entry_id,
        holder_id: case.holder_id,
        check_code: code,
        state: "intended".into(),
        fields: Json(json!(fields)),
        languages: Json(languages),
        copies,
        rule: case.decided_rule.clone(),
        officer_id: case.decided_by,
        key_id: None,
        file_hash: None,
        journal_entry: Some(at.fresh::<JournalId>(&entry_of_intent)),
        intended_at: at.now,
        sealed_at: None,
        released_at: None,
        ended_at: None,
        end_reason: None,
        ended_by: None,
        replaced_by: None,
        training: case.training,
        confirmed_at: None,
        confirmed_by: None,
        confirmed_serial: None,
        version: 1,
    };
    tx.add(&document).await?;
    tx.announce("document", document.id);
    Ok(Entry::new("document-intended", "document", document.id)
        .of(case.holder_id)
        .under(case.decided_rule.clone().unwrap_or_else(|| service.basis.clone()))
        .with("number", number)
        .with("case", case.id.to_string()))
}

/// Commits the hash of the sealed PDF. The bytes are durable already.
#[derive(Debug, Serialize, Deserialize)]
pub struct SealDocument {
    /// Which document.
    pub document: DocumentId,
    /// SHA-256 of the sealed PDF.
    pub file_hash: String,
    /// The key it was sealed with.
    pub key_id: String,
    /// How surely the moment is known.
    #[serde(default)]
    pub moment: Moment,
}

impl Act for SealDocument {
    const NAME: &'static str = "seal-document";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let mut document = documents::document(tx, self.document).await?.ok_or(Why::NotFound)?;
        if document.state != "intended" {
            return Err(Why::DocumentEnded.into());
        }
        document.state = "sealed".into();
        document.file_hash = Some(self.file_hash.clone());
        document.key_id = Some(self.key_id.clone());
        document.sealed_at = Some(at.now);
        if let Moment::Confirmed { at, by, serial } = &self.moment {
            document.confirmed_at = Some(*at);
            document.confirmed_by = Some(by.clone());
            document.confirmed_serial = Some(serial.clone());
        }
        tx.edit(&mut document).await?;
        tx.announce("document", document.id);
        tx.announce("case", document.case_id);
        let entry = Entry::new("document-sealed", "document", document.id)
            .of(document.holder_id)
            .with("sha256", self.file_hash.clone())
            .with("key", self.key_id.clone())
            .with("level", self.moment.level());
        let entry = match &self.moment {
            Moment::Own => entry,
            Moment::Confirmed { at, by, serial } => entry
                .with("confirmed-at", utc(*at))
                .with("confirmed-by", by.clone())
                .with("confirmed-serial", serial.clone()),
            Moment::Unconfirmed { why } => entry.with("unconfirmed", why.clone()),
        };
        Ok(Recorded::new((), entry))
    }
}

/// A moment as everyone reads it.
fn utc(micros: i64) -> String {
    Timestamp::from_microsecond(micros).map_or_else(|_| micros.to_string(), |at| at.to_string())
}

/// Gives the document to the applicant: by download, or by an officer's hand.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReleaseDocument {
    /// Which document.
    pub document: DocumentId,
    /// What opens its case.
    pub access: Access,
}

impl Act for ReleaseDocument {
    const NAME: &'static str = "release-document";
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let document = documents::document(tx, self.document).await?.ok_or(Why::NotFound)?;
        cases_of::open_for(tx, at, document.case_id, &self.access, Deed::Fetch).await?;
        if at.channel == Channel::Telephone {
            // No paper leaves through a telephone line.
            return Err(Why::CallerUnproven.into());
        }
        let (hash, entry) = released(tx, at, document.id).await?;
        Ok(Recorded::new(hash, entry))
    }
}

/// Lets a sealed paper leave the house: by a download, or out of a kiosk's printer. Whoever
/// calls it has made sure to whom it goes.
///
/// # Errors
/// [`Why::IdentityUnproven`], [`Why::FeeOpen`], [`Why::DocumentFailed`] while it is not
/// sealed, [`Why::DocumentEnded`]; or the database fails.
pub(crate) async fn released(
    tx: &mut Tx<'_>,
    at: &Desk,
    document: DocumentId,
) -> Result<(String, Entry), Stop> {
    let mut document = documents::document(tx, document).await?.ok_or(Why::NotFound)?;
    let mut case = cases::case(tx, document.case_id).await?.ok_or(Why::NotFound)?;
    // Of a case that was undone, or that nobody approved, no paper leaves.
    if !matches!(Phase::from_code(&case.phase), Some(Phase::Approved | Phase::Fulfilled | Phase::Closed)) {
        return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
    }
    if case.applicant_id.is_none() {
        return Err(Why::IdentityUnproven.into());
    }
    if case.paid_minor_units < case.fee_minor_units {
        return Err(Why::FeeOpen.into());
    }
    let hash = document.file_hash.clone().ok_or(Why::DocumentFailed)?;
    if document.ended_at.is_some() {
        return Err(Why::DocumentEnded.into());
    }
    let entry = Entry::new("document-released", "document", document.id)
        .of(document.holder_id)
        .with("case", case.id.to_string());
    if document.released_at.is_none() {
        document.released_at = Some(at.now);
        document.state = "released".into();
        tx.edit(&mut document).await?;
        if Phase::from_code(&case.phase) == Some(Phase::Approved) {
            case.phase = Phase::Approved.to(Phase::Fulfilled)?.code().into();
            case.step = None;
            case.move_role = None;
            case.due_at = None;
            case.ended_at = Some(at.now);
            cases_of::keep(tx, at, &mut case).await?;
        }
        tx.announce("case", case.id);
    }
    Ok((hash, entry))
}

/// Revokes a document, or replaces it by a new one, with a reason. One that could not be
/// made yet is not replaced: it is made by the newest edition of its service.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndDocument {
    /// Which document.
    pub document: DocumentId,
    /// Why.
    pub reason: String,
    /// Whether a new document takes its place.
    pub replace: bool,
}

impl Act for EndDocument {
    const NAME: &'static str = "end-document";
    type Out = Option<DocumentId>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Option<DocumentId>>, Stop> {
        let acting = acting(tx, at, Permission::RevokeDocuments).await?;
        let mut document = documents::document(tx, self.document).await?.ok_or(Why::NotFound)?;
        if acting.officer.office_id != Some(document.office_id) {
            return Err(Why::NotFound.into());
        }
        let case = cases::case(tx, document.case_id).await?.ok_or(Why::NotFound)?;
        if !civil::may_see_case(tx, &acting, &case).await? {
            return Err(Why::NotFound.into());
        }
        not_family(tx, &acting.officer, [document.holder_id]).await?;
        if self.reason.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        if document.ended_at.is_none() && document.state == "intended" && self.replace {
            // It was never made: by an edition that was mended since it may be.
            let id = document.id;
            let entry = printed::by_newest_edition(tx, at, (&case, document), self.reason.trim()).await?;
            return Ok(Recorded::new(Some(id), entry));
        }
        if document.ended_at.is_some() || document.state == "intended" {
            return Err(Why::DocumentEnded.into());
        }
        let mut entries = Vec::new();
        if self.replace {
            let edition = edition_of(&document, &case);
            let published = catalogue::edition(tx, &case.service, edition).await?;
            let mut again = case.clone();
            again.decided_by = Some(acting.officer.id);
            let answers = printed::all_answers(&document, &case);
            entries.push(intend_with(tx, at, &again, &published, &answers).await?);
            document.replaced_by = Some(at.fresh("document"));
        }
        document.state = if self.replace { "replaced" } else { "revoked" }.into();
        document.ended_at = Some(at.now);
        document.end_reason = Some(self.reason.trim().to_owned());
        document.ended_by = Some(acting.officer.id);
        tx.edit(&mut document).await?;
        tx.announce("document", document.id);
        let entry = Entry::new(&format!("document-{}", document.state), "document", document.id)
            .of(document.holder_id)
            .under(self.reason.trim())
            .with("number", document.number.clone());
        let mut all = entries.into_iter().chain([entry]);
        let first = all.next().ok_or(Why::Malformed)?;
        Ok(Recorded::new(document.replaced_by, first).and_all(all))
    }
}

/// Ends every paper of a case that is undone, whoever undoes it: what nobody approves any
/// more is genuine no longer, and what was not sealed yet is never made.
pub(crate) async fn end_all_of(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    reason: &str,
) -> Result<Vec<Entry>, Stop> {
    let mut entries = Vec::new();
    for mut document in documents::of_case(tx, case.id).await? {
        if document.ended_at.is_some() {
            continue;
        }
        document.state = "revoked".into();
        document.ended_at = Some(at.now);
        document.end_reason = Some(reason.to_owned());
        document.ended_by = match at.actor {
            Actor::Officer(officer) => Some(officer),
            _ => None,
        };
        tx.edit(&mut document).await?;
        tx.announce("document", document.id);
        let entry = Entry::new("document-revoked", "document", document.id)
            .of(document.holder_id)
            .under(reason)
            .with("number", document.number);
        entries.push(entry);
    }
    Ok(entries)
}

/// What makes a document's printed words: given by the caller that knows the
/// languages.
pub trait Wording: Send + Sync {
    /// The layout's data for a document.
    fn paper(&self, about: &Paper<'_>) -> Value;
}

/// Everything a layout is filled from.
pub struct Paper<'a> {
    /// The document.
    pub document: &'a DocumentRow,
    /// The service and its words.
    pub published: &'a Published,
    /// The case's answers.
    pub answers: &'a diwan_domain::services::Answers,
    /// The issuing office.
    pub office: &'a centres::OfficeRow,
    /// Where it was issued, if at a centre.
    pub centre: Option<&'a centres::CentreRow>,
    /// The permanent address of the check page, without the signed fragment.
    pub check_url: String,
    /// The journal entry and what opens its commitment (salt as hex).
    pub opening: Option<(JournalId, String)>,
    /// Local time minus UTC, in minutes.
    pub utc_offset_minutes: i32,
}

const OPENING: &str = "SELECT salt FROM journal WHERE id = $1";

/// The typesetting job of the document that waits longest, if one does.
///
/// # Errors
/// When the database fails or the key folder cannot be read.
pub async fn job_of(office: &Office, wording: &dyn Wording) -> Result<Option<Job>, Stop> {
    let waiting = {
        let mut reading = office.db.reading().await?;
        documents::intended(&mut reading.tx(), 1).await?
    };
    match waiting.first() {
        Some(document) => Ok(Some(prepare(office, wording, document).await?.0)),
        None => Ok(None),
    }
}

/// Gathers what a document's layout is filled from, and the issuer's name.
async fn prepare(
    office: &Office,
    wording: &dyn Wording,
    document: &DocumentRow,
) -> Result<(Job, String), Stop> {
    let outside = |what: String| Stop::Fault(Fault::Outside(what));
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let case = cases::case(&mut tx, document.case_id).await?.ok_or(Why::NotFound)?;
    let published = catalogue::edition(&mut tx, &case.service, edition_of(document, &case)).await?;
    let layout = published.layout.clone().ok_or(Why::DocumentFailed)?;
    let row = centres::office(&mut tx, document.office_id).await?.ok_or(Why::NotFound)?;
    let centre = match document.centre_id {
        Some(id) => centres::centre(&mut tx, id).await?,
        None => None,
    };
    let opening = match document.journal_entry {
        Some(entry) => {
            let found = tx.row(OPENING, &diwan_store::vals![entry]).await?;
            let salt: Option<Vec<u8>> = found.map(|row| row.get("salt")).transpose()?;
            salt.map(|salt| (entry, hex::encode(salt)))
        }
        None => None,
    };
    let check_url = format!("{}/v/{}", office.settings.base_url, grouped(&document.check_code));
    let answers = printed::all_answers(document, &case);
    let paper = Paper {
        document,
        published: &published,
        answers: &answers,
        office: &row,
        centre: centre.as_ref(),
        check_url: check_url.clone(),
        opening,
        utc_offset_minutes: office.settings.utc_offset_minutes,
    };
    let signer = office.keys.current().map_err(|why| outside(why.to_string()))?;
    let data = wording.paper(&paper);
    let issuer = row.names.0["en"].as_str().unwrap_or(&row.code).to_owned();
    let job = make_job(office.settings.utc_offset_minutes, document, layout, data, &check_url, &signer)?;
    Ok((job, issuer))
}

fn make_job(
    utc_offset_minutes: i32,
    document: &DocumentRow,
    layout: String,
    data: Value,
    check_url: &str,
    signer: &dyn Signer,
) -> Result<Job, Stop> {
    let outside = |what: String| Stop::Fault(Fault::Outside(what));
    let issued = Timestamp::from_microsecond(document.intended_at).map_err(|why| outside(why.to_string()))?;
    let fields = &document.fields.0;
    let text = |key: &str| fields[key].as_str().unwrap_or_default().to_owned();
    let payload = Payload {
        number: document.number.clone(),
        kind: document.kind.clone(),
        name: name_of(fields),
        date: ["born-on", "date"].map(text).into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
        issuer: data["issuer_short"].as_str().unwrap_or_default().to_owned(),
        issued: crate::desk::day_of(document.intended_at, utc_offset_minutes),
        training: document.training,
    };
    let fragment = payload::encode(&payload, signer).map_err(|why| outside(why.to_string()))?;
    let code =
        qr::svg(&format!("{check_url}#{fragment}"), qr::Repair::M).map_err(|why| outside(why.to_string()))?;
    Ok(Job {
        ident: document.number.clone(),
        title: format!("{} {}", data["title"]["en"].as_str().unwrap_or(&document.kind), document.number),
        layout,
        most_pages: Some(most_pages(&data)),
        data,
        images: [("qr".to_owned(), code)].into(),
        issued,
    })
}

/// A list may be long, and rows that hold more may need a second page in four languages; any
/// other certificate has one.
fn most_pages(data: &Value) -> usize {
    let has_list = data["tables"].as_array().is_some_and(|tables| !tables.is_empty());
    let says_much = data["rows"].as_array().is_some_and(|rows| rows.iter().any(|row| row["more"].is_array()));
    match (has_list, says_much) {
        (true, _) => MOST_PAGES_OF_A_LIST,
        (false, true) => 2,
        (false, false) => 1,
    }
}

/// How long a list may be: some forty people to a page.
const MOST_PAGES_OF_A_LIST: usize = 6;

/// Whom a paper is about: one person, or both who married.
fn name_of(fields: &Value) -> String {
    let text = |key: &str| fields[key].as_str().map(str::to_owned);
    text("name").or_else(|| Some(format!("{} – {}", text("husband")?, text("wife")?))).unwrap_or_default()
}

/// What a reader of the seal is told. The moment is the intent's, so that sealing
/// again gives the same bytes; or the first of a key that was made since.
fn seal_info(issuer: &str, document: &DocumentRow, signer: &dyn Signer) -> Result<SealInfo, SealFault> {
    let (from, _) = certified_term(signer)?;
    let at = Timestamp::from_microsecond(document.intended_at).unwrap_or(Timestamp::UNIX_EPOCH);
    let not_valid = if document.training { "TRAINING, NOT VALID: " } else { "" };
    Ok(SealInfo {
        issuer_name: format!("{not_valid}{issuer}"),
        reason: format!("{not_valid}Issue of {} {}", document.kind, document.number),
        at: at.max(from),
    })
}

/// A check code in groups of five, as it is printed.
#[must_use]
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A check code as it was typed: small letters, spaces, dashes, and the letters
/// people confuse.
#[must_use]
pub fn check_code_from(typed: &str) -> String {
    diwan_domain::digits::to_ascii(typed)
        .to_ascii_uppercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// The documents of a case.
///
/// # Errors
/// When the database fails.
pub async fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<DocumentRow>, Fault> {
    documents::of_case(tx, case).await
}

/// One document.
///
/// # Errors
/// When the database fails.
pub async fn one(tx: &mut Tx<'_>, id: DocumentId) -> Result<Option<DocumentRow>, Fault> {
    documents::document(tx, id).await
}

/// Typesets a paper that is not a document, a receipt or a form: for an officer
/// among the certificates, for anyone else beside them, so that nobody holds
/// certificates up by asking for forms.
///
/// # Errors
/// [`Why::Busy`] when too many wait; [`Why::DocumentFailed`] after the renderer's
/// fault went to the log.
pub async fn render(office: &Office, who: &Who, job: Job) -> Result<Vec<u8>, Refusal> {
    let paper = match who.actor {
        Actor::Officer(_) => office.renderer.render(job).await,
        _ => office.renderer.render_aside(job).await,
    };
    paper.map_err(|fault| match fault {
        RenderFault::TooManyWait => Why::Busy.into(),
        other => {
            error!(fault.code = other.code(), "a paper could not be made: {other}");
            Why::DocumentFailed.into()
        }
    })
}

/// An address as a code that phones read; `None` when it is too long.
#[must_use]
pub fn qr_svg(text: &str) -> Option<String> {
    qr::svg(text, qr::Repair::M).ok()
}

/// The certificates behind the key in use, as PEM, the root last.
///
/// # Errors
/// When the key folder cannot be read.
pub fn chain_pem(office: &Office) -> Result<String, String> {
    let signer = office.keys.current().map_err(|fault| fault.to_string())?;
    signer.chain_pem().map_err(|fault| fault.to_string())
}

/// The certificates of every key that ever sealed, each once, as PEM: what checks
/// papers sealed before the key was changed. With a key's id, only its own chain;
/// `None` when there is no such key.
///
/// # Errors
/// When the key folder cannot be read.
pub fn certificates_pem(office: &Office, key_id: Option<&str>) -> Result<Option<String>, String> {
    let ids = office.keys.key_ids().map_err(|fault| fault.to_string())?;
    if key_id.is_some_and(|id| !ids.iter().any(|known| known == id)) {
        return Ok(None);
    }
    let mut all = Vec::new();
    for id in ids.iter().filter(|id| key_id.is_none_or(|wanted| wanted == id.as_str())) {
        all.extend(office.keys.chain(id).map_err(|fault| fault.to_string())?);
    }
    each_once(&all).map(Some)
}

/// The root of every key that ever sealed, each once, as PEM.
///
/// # Errors
/// When the key folder cannot be read.
pub fn roots_pem(office: &Office) -> Result<String, String> {
    each_once(&roots(office)?)
}

/// The same, DER.
fn roots(office: &Office) -> Result<Vec<Vec<u8>>, String> {
    let mut roots = Vec::new();
    for id in office.keys.key_ids().map_err(|fault| fault.to_string())? {
        roots.extend(office.keys.chain(&id).map_err(|fault| fault.to_string())?.pop());
    }
    Ok(roots)
}

fn each_once(certificates: &[Vec<u8>]) -> Result<String, String> {
    let first = |at: &usize| !certificates[..*at].contains(&certificates[*at]);
    let pem: Result<String, _> =
        (0..certificates.len()).filter(first).map(|at| certificate_pem(&certificates[at])).collect();
    pem.map_err(|fault| fault.to_string())
}
