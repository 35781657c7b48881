//! Old books that are sent, by page or by program: looked at with their mapping, and
//! begun when both fit.

use crate::app::App;
use crate::refused::Problem;
use bytes::Bytes;
use diwan_domain::civil::books::{Mapping, Notice};
use diwan_domain::ids::{ImportId, OfficeId};
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::civil::books::{self, FileFault, Options, Prepared, Run, Temporary};
use diwan_office::{Stop, Who, files};

/// A file with its mapping, as it came.
pub struct Book {
    /// The office whose entries they are.
    pub office: OfficeId,
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// The mapping, to the letter.
    pub mapping: String,
    /// How letters are stored, and which sheet it is.
    pub options: Options,
}

/// What is to be mended before a file can be brought in.
pub enum Mend {
    /// The mapping cannot be read: line and column.
    Mapping(String),
    /// The mapping does not fit the file.
    Notices(Vec<Notice>),
    /// The file is no table that can be read.
    File(FileFault),
    /// It was begun before.
    Begun(Refusal),
}

/// Keeps a file, looks at it and begins its import; nothing goes into the register.
///
/// # Errors
/// There is no such office; not permitted; or the store fails. What is to be mended is
/// the inner error.
pub async fn begin(app: &App, who: &Who, key: &str, book: Book) -> Result<Result<ImportId, Mend>, Problem> {
    let mapping = match Mapping::read(&book.mapping) {
        Ok(mapping) => mapping,
        Err(what) => return Ok(Err(Mend::Mapping(what))),
    };
    let code = {
        let mut reading = app.office.db.reading().await?;
        let offices = diwan_office::administration::all_offices(&mut reading.tx()).await?;
        offices.into_iter().find(|row| row.id == book.office).ok_or_else(Problem::not_found)?.code
    };
    let run = Run {
        who: who.clone(),
        office: book.office,
        path: book.name.clone().into(),
        name: book.name,
        by_words: None,
    };
    let prepared = match prepared(book.bytes.clone(), mapping, book.mapping, book.options, code).await? {
        Ok(prepared) if prepared.plan.is_some() => prepared,
        Ok(prepared) => {
            let faults = prepared.notices.into_iter().filter(|notice| notice.is_fault);
            return Ok(Err(Mend::Notices(faults.collect())));
        }
        Err(fault) => return Ok(Err(Mend::File(fault))),
    };
    let hash = Mapping::hash(&prepared.mapping_text);
    let begun = files::keep_and_name(&app.office, book.bytes.to_vec(), async |stored| {
        let act = books::begin_act(&run, &prepared, &hash, Some(stored));
        app.office.perform(&run.who, key, act).await
    });
    match begun.await {
        Ok(import) => Ok(Ok(import)),
        Err(Stop::Refused(refusal)) if refusal.why == Why::ImportBegun => Ok(Err(Mend::Begun(refusal))),
        Err(stop) => Err(stop.into()),
    }
}

/// Reading a whole file takes long: it is done beside the others' work.
async fn prepared(
    bytes: Bytes,
    mapping: Mapping,
    text: String,
    options: Options,
    code: String,
) -> Result<Result<Prepared, FileFault>, Problem> {
    let looked = tokio::task::spawn_blocking(move || {
        let kept = Temporary::holding(&bytes)?;
        books::prepare(kept.path(), mapping, &text, options, &code)
    });
    looked.await.map_err(|_| Problem::from(Why::Malformed))
}
