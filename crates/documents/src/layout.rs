//! Typesetting: a layout and its data become a PDF that a screen reader can read and an archive can keep.
//!
//! A layout is a Typst file of a service folder. It sees nothing but what stands in the [`Job`]: no file, no
//! package, no clock, no network. Equal jobs give equal bytes, so a paper can be made again after a power cut.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use crate::strip::{Strip, drawn};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// One paper to be typeset. Everything a layout may know is in here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Names the paper for ever, such as its document number. It becomes the PDF's identifier, hashed.
    pub ident: String,
    /// The title a reader's window and a screen reader announce (`sys.inputs.title` in the layout).
    pub title: String,
    /// The layout's Typst source.
    pub layout: String,
    /// The data the layout prints (`sys.inputs.data`, JSON).
    pub data: serde_json::Value,
    /// SVG pictures by name, such as `qr` (`sys.inputs.images`, JSON).
    #[serde(default)]
    pub images: BTreeMap<String, String>,
    /// When the paper is issued. The only "today" a layout can ask for.
    pub issued: Timestamp,
    /// More pages than this refuse the paper; a certificate has one.
    #[serde(default)]
    pub most_pages: Option<usize>,
}

/// Where in a layout a fault stands, counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Line, from one.
    pub line: usize,
    /// Column in characters, from one.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why a paper was not typeset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum RenderFault {
    /// The layout is wrong, or its data is not what it expects.
    #[error("layout{}: {message}{}", at_text(.at), hint_text(.hints))]
    Layout {
        /// Where, when the fault can be placed.
        at: Option<Position>,
        /// What is wrong.
        message: String,
        /// How it may be mended.
        hints: Vec<String>,
    },
    /// The paper has more pages than its kind allows.
    #[error("layout gave {found} pages where at most {most} are allowed")]
    TooManyPages {
        /// Pages typeset.
        found: usize,
        /// Pages allowed.
        most: usize,
    },
    /// The job itself cannot be used, such as a date outside the calendar.
    #[error("job: {0}")]
    Job(String),
    /// The time limit passed and the rendering child was killed.
    #[error("rendering took longer than {0:?} and was stopped")]
    TookTooLong(std::time::Duration),
    /// The memory cap was passed and the rendering child was killed.
    #[error("rendering used more than {0} MiB of memory and was stopped")]
    TooMuchMemory(u64),
    /// The rendering child ended by itself.
    #[error("rendering child ended: {0}")]
    Crashed(String),
    /// The rendering child could not be started or spoken to.
    #[error("rendering child unavailable: {0}")]
    Unavailable(String),
    /// Others were first, for too long.
    #[error("too many papers wait to be rendered")]
    TooManyWait,
}

impl RenderFault {
    /// The stable code translators and integrators rely on.
    pub fn code(&self) -> &'static str {
        match self {
            RenderFault::Layout { .. } => "document/layout",
            RenderFault::TooManyPages { .. } => "document/too-many-pages",
            RenderFault::Job(_) => "document/job",
            RenderFault::TookTooLong(_) => "document/took-too-long",
            RenderFault::TooMuchMemory(_) => "document/too-much-memory",
            RenderFault::Crashed(_) => "document/renderer-crashed",
            RenderFault::Unavailable(_) => "document/renderer-unavailable",
            RenderFault::TooManyWait => "document/too-many-wait",
        }
    }

    /// Whether the same job may well succeed when tried again.
    pub fn may_be_retried(&self) -> bool {
        matches!(self, RenderFault::Crashed(_) | RenderFault::Unavailable(_) | RenderFault::TooManyWait)
    }
}

fn at_text(at: &Option<Position>) -> String {
    at.map(|p| format!(" {p}")).unwrap_or_default()
}

fn hint_text(hints: &[String]) -> String {
    hints.iter().map(|h| format!(" ({h})")).collect()
}

/// Typesets a job into PDF/A-3a and PDF/UA-1.
///
/// Runs as long as the layout makes it run: outside of tests and tools, go through
/// [`crate::renderer::Renderer`], which can stop it.
pub fn render(job: &Job) -> Result<Vec<u8>, RenderFault> {
    let outcome = typeset(job).map(|(pdf, _warnings)| pdf);
    forget();
    outcome
}

/// Typesets sample data and reports the first fault or warning with its line and column.
///
/// Stricter than [`render`]: a warning, such as a font that is not on board, is a fault here.
pub fn check_layout(source: &str, sample_data: &serde_json::Value) -> Result<(), RenderFault> {
    let job = Job {
        ident: "layout-check".into(),
        title: "Layout check".into(),
        layout: source.into(),
        data: sample_data.clone(),
        images: BTreeMap::from([("qr".into(), crate::qr::sample_svg())]),
        issued: Timestamp::UNIX_EPOCH,
        most_pages: None,
    };
    let outcome = typeset(&job);
    forget();
    match outcome?.1.into_iter().next() {
        Some(warning) => Err(warning),
        None => Ok(()),
    }
}

/// Drops what Typst remembers between documents: without this, memory grows with every paper.
fn forget() {
    comemo::evict(0);
}

/// Typesets a slip and draws it in black dots for a receipt printer.
///
/// Runs as long as the layout makes it run; see [`render`].
pub fn render_strip(job: &Job) -> Result<Strip, RenderFault> {
    let desk = Desk::new(job)?;
    let outcome = set(&desk, job).and_then(|(document, _)| {
        drawn(&document).ok_or_else(|| RenderFault::Job("the slip has no page that can be drawn".into()))
    });
    forget();
    outcome
}

/// The pages of a job, with what Typst remarked.
fn set(desk: &Desk, job: &Job) -> Result<(PagedDocument, Vec<RenderFault>), RenderFault> {
    let compiled = typst::compile::<PagedDocument>(desk);
    let warnings = compiled.warnings.iter().map(|w| desk.fault(w)).collect();
    let document = compiled.output.map_err(|faults| desk.first_fault(&faults))?;
    let found = document.pages().len();
    if let Some(most) = job.most_pages.filter(|most| found > *most) {
        return Err(RenderFault::TooManyPages { found, most });
    }
    Ok((document, warnings))
}

fn typeset(job: &Job) -> Result<(Vec<u8>, Vec<RenderFault>), RenderFault> {
    let desk = Desk::new(job)?;
    let (document, warnings) = set(&desk, job)?;
    let options = PdfOptions {
        ident: Smart::Custom(job.ident.clone()),
        creator: Smart::Custom(Some("Diwan".into())),
        timestamp: Some(typst_pdf::Timestamp::new_utc(desk.issued)),
        standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
            .expect("PDF/A-3a and PDF/UA-1 can be asked for together"),
        tagged: true,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|faults| desk.first_fault(&faults))?;
    Ok((pdf, warnings))
}

/// The fonts on board, in the order in which they are tried. The system's fonts are never asked.
static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../../../assets/fonts/Vazirmatn-Regular.ttf"),
        include_bytes!("../../../assets/fonts/Vazirmatn-Bold.ttf"),
        include_bytes!("../../../assets/fonts/NotoNaskhArabic-Regular.ttf"),
        include_bytes!("../../../assets/fonts/NotoNaskhArabic-Bold.ttf"),
    ];
    let fonts: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

/// Every layout has the same name, so that Typst's table of file names never grows.
static LAYOUT_ID: LazyLock<FileId> = LazyLock::new(|| {
    let path = VirtualPath::new("document.typ").expect("a plain name is a valid path");
    RootedPath::new(VirtualRoot::Project, path).intern()
});

/// The world as one layout sees it: its source, its inputs, the fonts, the day of issue.
struct Desk {
    library: LazyHash<Library>,
    source: Source,
    issued: Datetime,
}

impl Desk {
    fn new(job: &Job) -> Result<Desk, RenderFault> {
        let text = |what: &str, value: serde_json::Result<String>| {
            value.map_err(|fault| RenderFault::Job(format!("{what} is not JSON: {fault}")))
        };
        let mut inputs = Dict::new();
        inputs.insert("title".into(), job.title.as_str().into_value());
        inputs.insert("data".into(), text("data", serde_json::to_string(&job.data))?.into_value());
        inputs.insert("images".into(), text("images", serde_json::to_string(&job.images))?.into_value());
        Ok(Desk {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            source: Source::new(*LAYOUT_ID, job.layout.clone()),
            issued: day_and_time(job.issued)?,
        })
    }

    fn first_fault(&self, faults: &[SourceDiagnostic]) -> RenderFault {
        match faults.first() {
            Some(fault) => self.fault(fault),
            None => RenderFault::Layout { at: None, message: "unknown fault".into(), hints: vec![] },
        }
    }

    fn fault(&self, fault: &SourceDiagnostic) -> RenderFault {
        let at = self.range(fault.span).and_then(|range| {
            let (line, column) = self.source.lines().byte_to_line_column(range.start)?;
            Some(Position { line: line + 1, column: column + 1 })
        });
        let hints = fault.hints.iter().map(|hint| hint.v.to_string()).collect();
        RenderFault::Layout { at, message: fault.message.to_string(), hints }
    }
}

fn day_and_time(at: Timestamp) -> Result<Datetime, RenderFault> {
    let utc = at.to_zoned(TimeZone::UTC);
    let part = |n: i8| u8::try_from(n).ok();
    let datetime = (|| {
        Datetime::from_ymd_hms(
            i32::from(utc.year()),
            part(utc.month())?,
            part(utc.day())?,
            part(utc.hour())?,
            part(utc.minute())?,
            part(utc.second())?,
        )
    })();
    datetime.ok_or_else(|| RenderFault::Job(format!("time of issue {at} cannot be printed")))
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        Datetime::from_ymd(self.issued.year()?, self.issued.month()?, self.issued.day()?)
    }
}
