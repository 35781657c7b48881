//! Notes about how somebody was served: left without a name, read by the inspector, who
//! stands in no centre's line.

use crate::acting::acting;
use crate::queue::RateVisit;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::CentreId;
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::devices::{self, ComplaintRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, access, centres};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How long a note may be, in characters.
pub const LONGEST: usize = 2_000;
/// How many notes one place may leave in an hour.
const NOTES_AN_HOUR: i64 = 60;

/// Leaves a note. It names nobody unless its words do.
#[derive(Debug, Serialize, Deserialize)]
pub struct LeaveComplaint {
    /// About which centre.
    pub centre: CentreId,
    /// What it is about, from [`RateVisit::REASONS`].
    pub about: Vec<String>,
    /// In their own words; may be left out.
    pub words: String,
    /// Where they wish to be called back.
    pub phone: Option<String>,
    /// In which language they wrote.
    pub language: String,
}

impl Act for LeaveComplaint {
    const NAME: &'static str = "leave-complaint";
    /// The note's number, by which its answer is read.
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let door = format!("notes/{}/{}", at.actor.kind(), at.actor.name());
        if access::count_use_in(tx, &door, at.now, 3_600_000_000).await? > NOTES_AN_HOUR {
            return Err(Why::TooManyAttempts.into());
        }
        if !matches!(at.actor, Actor::Device(_) | Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        centres::centre(tx, self.centre).await?.ok_or(Why::NotFound)?;
        let wrong = |field: &str| -> Stop { Refusal::from(Why::FieldMissing).about("field", field).into() };
        let known = |one: &String| RateVisit::REASONS.contains(&one.as_str());
        let words = self.words.trim();
        if !self.about.iter().all(known) || (self.about.is_empty() && words.is_empty()) {
            return Err(wrong("about"));
        }
        if words.chars().count() > LONGEST {
            return Err(wrong("words"));
        }
        let typed = self.phone.as_deref().map(str::trim).filter(|typed| !typed.is_empty());
        let phone = typed.map(diwan_domain::numbers::phone).transpose().map_err(|_| wrong("phone"))?;
        // Sixty bits: whoever holds the number reads the answer, nobody guesses another's.
        let number = crate::secrets::base32(&at.chance("complaint")[..8])[..12].to_owned();
        let row = ComplaintRow {
            id: at.fresh("complaint"),
            centre_id: self.centre,
            number: number.clone(),
            channel: at.channel.code().to_owned(),
            language: self.language.clone(),
            about: Json(json!(self.about)),
            words: words.to_owned(),
            phone,
            left_at: at.now,
            read_at: None,
            answer: None,
            answered_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("complaint-left", "complaint", row.id)
            .with("centre", self.centre.to_string())
            .with("about", json!(self.about));
        Ok(Recorded::new(number, entry))
    }
}

/// The inspector's answer to a note, for whoever holds its number.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerComplaint {
    /// The note's number.
    pub number: String,
    /// The answer.
    pub answer: String,
}

impl Act for AnswerComplaint {
    const NAME: &'static str = "answer-complaint";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::ReadJournal).await?;
        let mut row = devices::complaint(tx, &self.number).await?.ok_or(Why::NotFound)?;
        let answer = self.answer.trim();
        if answer.is_empty() || answer.chars().count() > LONGEST {
            return Err(Refusal::from(Why::FieldMissing).about("field", "answer").into());
        }
        row.answer = Some(answer.to_owned());
        row.read_at = row.read_at.or(Some(at.now));
        row.answered_at = Some(at.now);
        tx.edit(&mut row).await?;
        let entry = Entry::new("complaint-answered", "complaint", row.id)
            .with("officer", acting.officer.id.to_string());
        Ok(Recorded::new((), entry))
    }
}

/// The note with a number.
///
/// # Errors
/// When the database fails.
pub async fn complaint(tx: &mut Tx<'_>, number: &str) -> Result<Option<ComplaintRow>, Fault> {
    devices::complaint(tx, &crate::documents::check_code_from(number)).await
}

/// The notes left at a centre, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn complaints_of(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<ComplaintRow>, Fault> {
    devices::complaints_of(tx, centre, 200).await
}
