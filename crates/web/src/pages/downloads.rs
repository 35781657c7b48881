//! What is downloaded from a case: its papers, its form, the files handed in.

use super::apply::open;
use crate::frame::Here;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::DocumentId;
use diwan_office::cases::belongings;
use diwan_office::documents::{self, ReleaseDocument};

/// Downloads the document: the first time releases it.
pub async fn document(here: Here, Path((_, _, id)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let document: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
        release(&here, document, &sent.key).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Releases a document to whoever stands here and gives its bytes.
///
/// # Errors
/// The act's refusals; not found when the bytes are gone.
pub async fn release(here: &Here, document: DocumentId, key: &str) -> Answer {
    let office = &here.app.office;
    let row = {
        let mut reading = office.db.reading().await?;
        documents::one(&mut reading.tx(), document).await?.ok_or_else(Problem::not_found)?
    };
    let act = ReleaseDocument { document, access: here.visitor.access(row.case_id) };
    let hash = office.perform(&here.visitor.who(), key, act).await?;
    let bytes = office.files.get(&hash).await?.ok_or_else(Problem::not_found)?;
    Ok(pdf(bytes, &format!("{}.pdf", row.number)))
}

/// A PDF as a download.
#[must_use]
pub fn pdf(bytes: Vec<u8>, name: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// The same case as a printable, numbered paper form.
pub async fn paper(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let opened = open(&here, &id).await?;
        crate::papers::form(&here, &opened).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A file of the case, only ever as a download.
pub async fn upload(here: Here, Path((_, id, upload)): Path<(String, String, String)>) -> Response {
    let result = async {
        let opened = open(&here, &id).await?;
        let mut reading = here.app.office.db.reading().await?;
        let things = belongings(&mut reading.tx(), opened.case.id).await?;
        let row =
            things.uploads.iter().find(|row| row.id.to_string() == upload).ok_or_else(Problem::not_found)?;
        send_file(&here, row).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A stored file as a download that no browser opens by itself.
///
/// # Errors
/// Not found when the bytes are gone.
pub async fn send_file(here: &Here, row: &diwan_office::rows::UploadRow) -> Answer {
    let bytes = here.app.office.files.get(&row.file_hash).await?.ok_or_else(Problem::not_found)?;
    let ending = match row.media.as_str() {
        "pdf" => "pdf",
        "jpeg" => "jpg",
        _ => "png",
    };
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.{ending}\"", row.id)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
