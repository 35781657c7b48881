//! What the checker says about a folder: where, what is wrong, how to mend it.

use miette::{LabeledSpan, NamedSource, SourceSpan};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the service can be published.
    Warning,
    /// The service cannot be published.
    Error,
}

/// One finding, pointing at a file, line and column.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The file inside the folder.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Stable code, such as `service/unknown-key`.
    pub code: &'static str,
    /// Whether it stops publication.
    pub severity: Severity,
    /// What was found.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    span: SourceSpan,
    source: Arc<NamedSource<String>>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

impl miette::Diagnostic for Diagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(self.source.as_ref())
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::underline(self.span))))
    }
}

/// Gathers what is said about one file.
#[derive(Debug)]
pub(crate) struct Findings {
    file: String,
    source: Arc<NamedSource<String>>,
    found: Vec<Diagnostic>,
}

impl Findings {
    pub(crate) fn new(folder: &str, file: &str, text: &str) -> Self {
        let shown = format!("{folder}/{file}");
        let source = Arc::new(NamedSource::new(shown, text.to_owned()));
        Self { file: file.to_owned(), source, found: Vec::new() }
    }

    pub(crate) fn text(&self) -> &str {
        self.source.inner()
    }

    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Severity::Error, code, span, message.into(), help.into());
    }

    pub(crate) fn warn(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Severity::Warning, code, span, message.into(), help.into());
    }

    fn push(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: Range<usize>,
        message: String,
        help: String,
    ) {
        let text = self.source.inner();
        let start = floor(text, span.start);
        let end = floor(text, span.end).max(start);
        let before = &text[..start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        self.found.push(Diagnostic {
            file: self.file.clone(),
            line,
            column,
            code,
            severity,
            message,
            help: (!help.is_empty()).then_some(help),
            span: SourceSpan::new(start.into(), end - start),
            source: Arc::clone(&self.source),
        });
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.found.iter().any(|finding| finding.severity == Severity::Error)
    }

    pub(crate) fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// The last character boundary at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// "Did you mean `x`?", when one of the known words is close.
pub(crate) fn did_you_mean<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let longest = (found.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|word| (distance(found, word), word))
        .filter(|(distance, _)| *distance <= longest)
        .min()
        .map(|(_, word)| word)
}

/// A help text: the close word when there is one, else the whole list.
pub(crate) fn help_with(found: &str, known: &[&str]) -> String {
    match did_you_mean(found, known.iter().copied()) {
        Some(word) => format!("did you mean `{word}`?"),
        None if known.is_empty() => "nothing can stand here".to_owned(),
        None => format!("write one of: {}", known.join(", ")),
    }
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
