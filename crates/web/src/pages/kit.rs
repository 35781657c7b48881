//! Pages that many handlers share: one form, one list, one text.

use crate::fields::{Errors, Field};
use crate::frame::{Frame, Here, show};
use crate::sent::Sent;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::refusals::Refusal;

/// A page that is one form.
#[derive(Template)]
#[template(path = "form.html")]
pub struct FormPage {
    /// The frame.
    pub frame: Frame,
    /// Where "back" leads; empty for nowhere.
    pub back: String,
    /// Where we are: "step 2 of 9".
    pub caption: String,
    /// The heading, when no field is it.
    pub heading: String,
    /// Text before the fields.
    pub intro: Vec<String>,
    /// Where the form goes.
    pub action: String,
    /// Fields that are not shown.
    pub hidden: Vec<(String, String)>,
    /// Fields.
    pub fields: Vec<Field>,
    /// What is wrong.
    pub errors: Errors,
    /// The button.
    pub submit: String,
    /// Other ways on.
    pub links: Vec<(String, String)>,
    /// Help that continues the same case elsewhere.
    pub help: String,
    /// The number in that help, which is never broken at the end of a line; empty for none.
    pub help_number: String,
    /// Whether files may come along.
    pub files: bool,
    /// Whether other buttons stand before the one that goes on: the Enter key
    /// must still go on.
    pub many_buttons: bool,
}

use crate::fields::Shape;

impl FormPage {
    /// A form with a title, going to an action.
    #[must_use]
    pub fn new(here: &Here, title: String, action: &str, fields: Vec<Field>, submit: String) -> Self {
        let files = fields.iter().any(|field| field.shape == Shape::Files);
        let many_buttons = fields.iter().any(|field| matches!(field.shape, Shape::Files | Shape::Repeated));
        let errors = errors_of(&fields);
        Self {
            frame: here.frame(title.clone()),
            back: String::new(),
            caption: String::new(),
            heading: title,
            intro: Vec::new(),
            action: action.to_owned(),
            hidden: Vec::new(),
            fields,
            errors,
            submit,
            links: Vec::new(),
            help: String::new(),
            help_number: String::new(),
            files,
            many_buttons,
        }
    }

    /// The help before its number and after it, when there is a number.
    #[must_use]
    pub fn help_around(&self) -> Option<(&str, &str)> {
        self.help.split_once(self.help_number.as_str()).filter(|_| !self.help_number.is_empty())
    }

    /// Shows it: refused when something is wrong, so that programs see it too.
    #[must_use]
    pub fn show(&self) -> Response {
        let status = if self.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        show(status, false, self)
    }
}

/// The errors that fields carry, for the summary. Where a form asks more than one
/// thing, each says which: a form of sixty fields cannot be mended by "Answer this
/// question" six times.
#[must_use]
pub fn errors_of(fields: &[Field]) -> Errors {
    let mut errors = Vec::new();
    let alone = fields.len() == 1 && fields.iter().all(|field| field.fields.is_empty());
    for field in fields {
        gather(field, &[], alone, &mut errors);
    }
    errors
}

fn gather(field: &Field, above: &[&str], alone: bool, errors: &mut Errors) {
    let mut path = above.to_vec();
    if !alone && !field.heading && !field.label.is_empty() {
        path.push(&field.label);
    }
    if !field.error.is_empty() {
        errors.push((field.anchor(), named(&path, &field.error)));
    }
    for part in &field.fields {
        gather(part, &path, false, errors);
    }
}

/// What is wrong, behind the names of where it is. A question has its mark already.
#[must_use]
pub(crate) fn named(path: &[&str], error: &str) -> String {
    let Some(last) = path.last() else { return error.to_owned() };
    let mark = if last.ends_with(['?', '؟']) { "" } else { ":" };
    format!("{}{mark} {error}", path.join(" – "))
}

/// A form that stands among other things on a page.
#[derive(Clone, Debug, Default)]
pub struct FormBlock {
    /// Its heading.
    pub heading: String,
    /// Text before its fields.
    pub intro: Vec<String>,
    /// Where it goes.
    pub action: String,
    /// Fields that are not shown.
    pub hidden: Vec<(String, String)>,
    /// Fields.
    pub fields: Vec<Field>,
    /// The button.
    pub submit: String,
    /// How the button looks.
    pub button_class: &'static str,
    /// Whether the keyboard begins at the button.
    pub focused: bool,
}

impl FormBlock {
    /// A block with a heading, going to an action.
    #[must_use]
    pub fn new(heading: String, action: String, fields: Vec<Field>, submit: String) -> Self {
        Self { heading, action, fields, submit, button_class: "btn", ..Self::default() }
    }

    /// The same form with what was typed into it, and what is wrong at the field that a refusal
    /// names, or at the first.
    #[must_use]
    pub fn refused(mut self, sent: &Sent, refusal: &Refusal, says: String) -> Self {
        for field in &mut self.fields {
            type_again(field, sent);
        }
        let wanted = refusal.about.get("field").cloned().unwrap_or_default();
        let parts = format!("{wanted}-");
        let named = |field: &Field| {
            let own = refusal.about.contains_key(field.name.as_str());
            let holds = field.fields.iter().any(|part| part.name == wanted);
            own || !wanted.is_empty() && (field.name == wanted || field.name.starts_with(&parts) || holds)
        };
        let at = self.fields.iter().position(named).unwrap_or(0);
        if let Some(field) = self.fields.get_mut(at) {
            match field.fields.iter_mut().find(|part| part.name == wanted) {
                Some(part) => part.error = says,
                None => field.error = says,
            }
        }
        self
    }
}

/// Writes what was sent into a field and its parts.
fn type_again(field: &mut Field, sent: &Sent) {
    let typed = sent.all(&field.name);
    for option in &mut field.options {
        option.chosen = typed.contains(&option.value);
    }
    field.value = sent.text(&field.name);
    for part in &mut field.fields {
        type_again(part, sent);
    }
}

/// Fills the form of an action with what was sent by it: whoever mends one field types
/// no other again.
pub fn fill_again(forms: &mut [FormBlock], action: &str, sent: &Sent) {
    for field in forms.iter_mut().filter(|form| form.action == action).flat_map(|form| form.fields.iter_mut())
    {
        let typed = sent.text(&field.name);
        for option in &mut field.options {
            option.chosen = option.value == typed;
        }
        field.value = typed;
    }
}

/// A page that is text.
#[derive(Template)]
#[template(path = "text.html")]
pub struct TextPage {
    /// The frame.
    pub frame: Frame,
    /// Where "back" leads.
    pub back: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// Something to copy.
    pub code: String,
    /// Ways on, as whole addresses.
    pub links: Vec<(String, String)>,
}

impl TextPage {
    /// A text with a title.
    #[must_use]
    pub fn show(
        here: &Here,
        title: String,
        paragraphs: Vec<String>,
        links: Vec<(String, String)>,
    ) -> Response {
        let page =
            Self { frame: here.frame(title), back: "/".into(), paragraphs, code: String::new(), links };
        show(StatusCode::OK, false, &page)
    }
}

/// One cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub link: String,
    /// As which tag it is drawn.
    pub tag: &'static str,
    /// Whether it runs left to right.
    pub ltr: bool,
}

impl Cell {
    /// Text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number or code.
    #[must_use]
    pub fn code(text: impl Into<String>) -> Self {
        Self { text: text.into(), ltr: true, ..Self::default() }
    }

    /// A tag.
    #[must_use]
    pub fn tag(text: impl Into<String>, tag: &'static str) -> Self {
        Self { text: text.into(), tag, ..Self::default() }
    }

    /// Leads somewhere.
    #[must_use]
    pub fn to(mut self, link: impl Into<String>) -> Self {
        self.link = link.into();
        self
    }
}

/// A table with its pages and its export.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Column headings.
    pub heads: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// How many rows there are on all pages.
    pub total: i64,
    /// What is said when there are none.
    pub empty: String,
    /// The page before.
    pub previous: String,
    /// The page after.
    pub next: String,
    /// As CSV.
    pub export: String,
}

/// Rows on one page of a list.
pub const PAGE: i64 = 25;

impl Table {
    /// Sets the addresses of the pages around one.
    #[must_use]
    pub fn paged(mut self, path: &str, page: i64) -> Self {
        let joint = if path.contains('?') { '&' } else { '?' };
        if page > 0 {
            self.previous = format!("{path}{joint}page={}", page - 1);
        }
        if (page + 1) * PAGE < self.total {
            self.next = format!("{path}{joint}page={}", page + 1);
        }
        self
    }

    /// As comma-separated values, safe to open in a spreadsheet.
    #[must_use]
    pub fn csv(&self) -> String {
        let quote = csv_cell;
        let mut lines = vec![self.heads.iter().map(|head| quote(head)).collect::<Vec<_>>().join(",")];
        lines.extend(
            self.rows
                .iter()
                .map(|row| row.iter().map(|cell| quote(&cell.text)).collect::<Vec<_>>().join(",")),
        );
        format!("\u{feff}{}\r\n", lines.join("\r\n"))
    }
}

/// A cell of a CSV file (RFC 4180). What a spreadsheet would take for a formula
/// is marked as text.
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let guarded = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    format!("\"{}\"", guarded.replace('"', "\"\""))
}

/// A citizen's page that is lists.
#[derive(Template)]
#[template(path = "lists.html")]
pub struct ListPage {
    /// The frame.
    pub frame: Frame,
    /// Where "back" leads.
    pub back: String,
    /// Text before the lists.
    pub intro: Vec<String>,
    /// Headings and tables.
    pub tables: Vec<(String, Table)>,
    /// Ways on.
    pub links: Vec<(String, String)>,
}
