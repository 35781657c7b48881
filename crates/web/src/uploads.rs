//! Files that people hand in, by page or by program: looked at, cleaned, kept,
//! and only then named by a case.

use crate::app::App;
use axum::body::Bytes;
use diwan_domain::ids::{CaseId, UploadId};
use diwan_domain::refusals::Why;
use diwan_domain::services::Question;
use diwan_office::cases::{Access, AddUpload};
use diwan_office::{Stop, Who, uploads};

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

/// Cleans a file, makes its bytes durable, and adds it to its case.
///
/// # Errors
/// Too large, of another type, too many; or the store fails.
pub async fn keep(app: &App, who: &Who, key: &str, file: Incoming<'_>) -> Result<UploadId, Stop> {
    let office = &app.office;
    let (limits, bytes) = (file.question.uploads.clone(), file.bytes);
    let cleaned = tokio::task::spawn_blocking(move || uploads::clean(&bytes, &limits)).await;
    let cleaned = cleaned.map_err(|_| Why::FileWrongType)??;
    let size = cleaned.bytes.len() as u64;
    let file_hash = office.files.put(cleaned.bytes).await?;
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
}
