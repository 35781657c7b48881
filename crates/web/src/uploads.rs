//! Files that people hand in, by page or by program: looked at, cleaned, kept,
//! and only then named by a case.

use crate::app::App;
use axum::body::Bytes;
use diwan_domain::ids::{CaseId, UploadId};
use diwan_domain::refusals::Why;
use diwan_domain::services::Question;
use diwan_office::cases::{Access, AddUpload};
use diwan_office::{Stop, Who, access, files, uploads};

/// A file as it came.
pub struct Incoming<'a> {
    /// For which case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
    /// Which question it answers.
    pub question: &'a Question,
    /// The name on the sender's device.
    pub name: &'a str,
    /// The bytes.
    pub bytes: Bytes,
}

/// How many files one account, stranger or program hands in within an hour.
const FILES_AN_HOUR: i64 = 200;
/// How many a case is given within an hour, whoever hands them in.
const FILES_A_CASE: i64 = 100;
const AN_HOUR: i64 = 3_600_000_000;

/// Cleans a file, makes its bytes durable, and adds it to its case. What the
/// case does not take is not kept.
///
/// # Errors
/// Too large, of another type, too many, too often; or the store fails.
pub async fn keep(app: &App, who: &Who, key: &str, file: Incoming<'_>) -> Result<UploadId, Stop> {
    let office = &app.office;
    let doors = [
        (format!("files/{}/{}", who.actor.kind(), who.actor.name()), FILES_AN_HOUR),
        (format!("files/case/{}", file.case), FILES_A_CASE),
    ];
    for (door, most) in doors {
        if access::count_use(&office.db, &door, office.now(), AN_HOUR).await? > most {
            return Err(Why::TooManyAttempts.into());
        }
    }
    let cleaned = uploads::clean_in_turn(file.bytes, file.question.uploads.clone()).await?;
    let size = cleaned.bytes.len() as u64;
    let add = async |file_hash| {
        let act = AddUpload {
            case: file.case,
            access: file.access,
            question: file.question.key.clone(),
            file_hash,
            media: cleaned.media,
            name: uploads::safe_name(file.name),
            bytes: size,
        };
        office.perform(who, key, act).await
    };
    files::keep_and_name(office, cleaned.bytes, add).await
}
