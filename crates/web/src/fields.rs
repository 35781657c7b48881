//! The kit: form fields as values, filled by handlers and drawn by one template
//! for every form of the house.

use crate::words::{Arg, Language, ServiceWords};
use diwan_domain::names::PARTS;
use diwan_domain::services::{ADDRESS_PARTS, Fault, Fields, Piece, Question, QuestionKind};
use std::collections::BTreeMap;

/// One option of a choice.
#[derive(Clone, Debug, Default)]
pub struct Opt {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A word more.
    pub hint: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What kind of input a field is drawn as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// Several lines.
    Area,
    /// One of several.
    Radios,
    /// Several of several.
    Checks,
    /// One of many.
    Select,
    /// Fields under one legend.
    Set,
    /// Day, month, year.
    Date,
    /// Files.
    Files,
}

/// One field, ready to draw.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, and its element's id.
    pub name: String,
    /// How it is drawn.
    pub shape: Shape,
    /// What is asked.
    pub label: String,
    /// Help in one sentence.
    pub hint: String,
    /// What was typed.
    pub value: String,
    /// What is wrong, in the reader's language.
    pub error: String,
    /// The `type` of a line: `text`, `tel`, `email`, `password`, `number`.
    pub kind: &'static str,
    /// The `autocomplete` token (WCAG 1.3.5); empty for none.
    pub autocomplete: &'static str,
    /// Whether it runs left to right in every language: numbers, addresses.
    pub ltr: bool,
    /// The width class.
    pub width: &'static str,
    /// Whether it may be left blank.
    pub optional: bool,
    /// Options of a choice.
    pub options: Vec<Opt>,
    /// Fields inside a set.
    pub fields: Vec<Field>,
    /// Files already received: id and name.
    pub received: Vec<(String, String)>,
    /// Whether the label is the page's heading.
    pub heading: bool,
}

impl Field {
    /// A line of text.
    #[must_use]
    pub fn line(name: &str, label: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            shape: Shape::Line,
            label: label.into(),
            hint: String::new(),
            value: String::new(),
            error: String::new(),
            kind: "text",
            autocomplete: "",
            ltr: false,
            width: "w-full",
            optional: false,
            options: Vec::new(),
            fields: Vec::new(),
            received: Vec::new(),
            heading: false,
        }
    }

    /// A choice among options.
    #[must_use]
    pub fn choice(name: &str, label: impl Into<String>, options: Vec<Opt>) -> Self {
        Self { shape: Shape::Radios, options, ..Self::line(name, label) }
    }

    /// A choice from a long list.
    #[must_use]
    pub fn select(name: &str, label: impl Into<String>, options: Vec<Opt>) -> Self {
        Self { shape: Shape::Select, options, ..Self::line(name, label) }
    }

    /// Several lines of text.
    #[must_use]
    pub fn area(name: &str, label: impl Into<String>) -> Self {
        Self { shape: Shape::Area, ..Self::line(name, label) }
    }

    /// What was typed.
    #[must_use]
    pub fn filled(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        for option in &mut self.options {
            option.chosen = option.value == self.value;
        }
        self
    }

    /// Help in one sentence.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What is wrong.
    #[must_use]
    pub fn wrong(mut self, error: impl Into<String>) -> Self {
        self.error = error.into();
        self
    }

    /// A number, address or code: always left to right.
    #[must_use]
    pub fn ltr(mut self, kind: &'static str, autocomplete: &'static str, width: &'static str) -> Self {
        self.kind = kind;
        self.autocomplete = autocomplete;
        self.width = width;
        self.ltr = true;
        self
    }

    /// It may be left blank.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The element an error links to.
    #[must_use]
    pub fn anchor(&self) -> String {
        match self.shape {
            Shape::Radios | Shape::Checks => format!("{}-0", self.name),
            Shape::Set | Shape::Date => {
                self.fields.first().map_or_else(|| self.name.clone(), |f| f.name.clone())
            }
            _ => self.name.clone(),
        }
    }
}

/// An error in the summary: where it links to, and what it says.
pub type Errors = Vec<(String, String)>;

/// Draws a question of a service as a field, with what was typed and what is
/// wrong with it.
pub struct Drawing<'a> {
    /// The reader's language.
    pub lang: &'a Language,
    /// The service's words.
    pub words: &'a ServiceWords,
    /// What was typed.
    pub typed: &'a Fields,
    /// What is wrong.
    pub faults: &'a [Fault],
}

impl Drawing<'_> {
    fn value(&self, name: &str) -> String {
        self.typed.get(name).and_then(|values| values.first()).cloned().unwrap_or_default()
    }

    fn error(&self, name: &str) -> String {
        self.faults.iter().find(|fault| fault.field == name).map(|fault| self.says(fault)).unwrap_or_default()
    }

    /// A fault in the reader's language: the service's own words when it has
    /// them for a missing answer, otherwise the shared ones.
    #[must_use]
    pub fn says(&self, fault: &Fault) -> String {
        let args: Vec<(&str, Arg)> =
            fault.args.iter().map(|(name, value)| (*name, self.arg(value))).collect();
        if fault.code.ends_with("/missing") {
            // `holder-name-given` is a part of `holder-name`.
            let whole = fault.field.rsplit_once('-').map_or("", |(stem, _)| stem);
            for stem in [fault.field.as_str(), whole] {
                if let Some(own) = self.words.maybe(&format!("question-{stem}-missing")) {
                    return own;
                }
            }
        }
        self.lang.with_of("fault-", fault.code, &args)
    }

    fn arg(&self, value: &str) -> Arg {
        value.parse::<i64>().map_or_else(|_| Arg::from(value), Arg::Number)
    }

    /// The question as a field.
    #[must_use]
    pub fn question(&self, question: &Question) -> Field {
        let key = &question.key;
        let label = self.words.maybe(&format!("question-{key}")).unwrap_or_default();
        let bounds = [("min", bound(question.min)), ("max", bound(question.max))];
        let hint = self.words.maybe_with(&format!("question-{key}-hint"), &bounds).unwrap_or_default();
        let mut field = Field::line(key, label).hint(hint).filled(self.value(key)).wrong(self.error(key));
        field.optional = !question.required;
        match question.kind {
            QuestionKind::Text => {}
            QuestionKind::LongText => field.shape = Shape::Area,
            QuestionKind::Number => field = field.ltr("text", "", "w-short"),
            QuestionKind::Phone => field = field.ltr("tel", "tel", "w-short"),
            QuestionKind::Email => field = field.ltr("email", "email", "w-full"),
            QuestionKind::Person => field = field.ltr("text", "", "w-short"),
            QuestionKind::Choice => {
                field.shape = Shape::Radios;
                field.options = self.options(question);
            }
            QuestionKind::Choices => {
                field.shape = Shape::Checks;
                field.options = self.options(question);
            }
            QuestionKind::YesNo => {
                field.shape = Shape::Radios;
                let chosen = self.value(key);
                let option = |value: &str, label: String| Opt {
                    value: value.to_owned(),
                    label,
                    hint: String::new(),
                    chosen: chosen == value,
                };
                field.options =
                    vec![option("yes", self.lang.t("answer-yes")), option("no", self.lang.t("answer-no"))];
            }
            QuestionKind::Name => self.name(question, &mut field),
            QuestionKind::Date => self.date(question, &mut field),
            QuestionKind::IdentityNumber => self.identity(question, &mut field),
            QuestionKind::Address => self.address(question, &mut field),
            QuestionKind::File => {
                field.shape = Shape::Files;
                let received = self.typed.get(key).into_iter().flatten();
                field.received = received
                    .filter_map(|text| serde_json::from_str::<serde_json::Value>(text).ok())
                    .filter_map(|file| {
                        Some((file["id"].as_str()?.to_owned(), file["name"].as_str()?.to_owned()))
                    })
                    .collect();
            }
            QuestionKind::Group => self.group(question, &mut field),
        }
        field
    }

    fn options(&self, question: &Question) -> Vec<Opt> {
        let typed = self.typed.get(&question.key);
        let chosen = |option: &String| match typed {
            Some(values) => values.contains(option),
            None => question.preset.contains(option),
        };
        let word = |option: &String| question.option_word(option);
        question
            .options
            .iter()
            .map(|option| Opt {
                value: option.clone(),
                label: self.words.t(&word(option)),
                hint: self.words.maybe(&format!("{}-hint", word(option))).unwrap_or_default(),
                chosen: chosen(option),
            })
            .collect()
    }

    fn part(&self, name: String, label: String, optional: bool) -> Field {
        let (value, error) = (self.value(&name), self.error(&name));
        let field = Field::line(&name, label).filled(value).wrong(error);
        if optional { field.optional() } else { field }
    }

    fn name(&self, question: &Question, field: &mut Field) {
        field.shape = Shape::Set;
        field.width = "names";
        field.fields = PARTS
            .iter()
            .map(|part| {
                let optional = !question.required || !question.name_parts.contains(part);
                self.part(format!("{}-{part}", question.key), self.lang.t_of("name-part-", part), optional)
            })
            .collect();
    }

    fn date(&self, question: &Question, field: &mut Field) {
        field.shape = Shape::Date;
        field.fields = [("day", "w-2"), ("month", "w-2"), ("year", "w-4")]
            .iter()
            .map(|(part, width)| {
                let name = format!("{}-{part}", question.key);
                self.part(name, self.lang.t_of("date-part-", part), false).ltr("text", "", width)
            })
            .collect();
        if question.partly_known && field.hint.is_empty() {
            field.hint = self.lang.t("date-partly-known");
        }
    }

    fn identity(&self, question: &Question, field: &mut Field) {
        field.shape = Shape::Set;
        let stem = &question.key;
        let chosen = self.value(&format!("{stem}-kind"));
        let options = question
            .id_kinds
            .iter()
            .map(|kind| Opt {
                value: kind.code().to_owned(),
                label: self.lang.t_of("identity-", kind.code()),
                hint: String::new(),
                chosen: chosen == kind.code(),
            })
            .collect();
        let kind = Field::select(&format!("{stem}-kind"), self.lang.t("identity-kind"), options);
        let number = self.part(format!("{stem}-number"), self.lang.t("identity-number"), !question.required);
        field.fields =
            vec![kind.wrong(self.error(&format!("{stem}-kind"))), number.ltr("text", "", "w-short")];
    }

    fn address(&self, question: &Question, field: &mut Field) {
        field.shape = Shape::Set;
        field.width = "names";
        field.fields = ADDRESS_PARTS
            .iter()
            .map(|part| {
                let optional = *part != "governorate" || !question.required;
                let mut line =
                    self.part(format!("{}-{part}", question.key), self.lang.t_of("address-", part), optional);
                if *part == "country" && line.value.is_empty() && !self.typed.contains_key(&line.name) {
                    line.value = self.lang.t("address-home-country");
                }
                line
            })
            .collect();
    }

    fn group(&self, question: &Question, field: &mut Field) {
        field.shape = Shape::Set;
        let filled =
            |n: usize| self.typed.keys().any(|name| name.starts_with(&format!("{}-{n}-", question.key)));
        let most = usize::try_from(question.max.unwrap_or(5)).unwrap_or(5).min(20);
        let count = (1..=most).take_while(|n| filled(*n)).count();
        for n in 1..=(count + 1).min(most) {
            for child in &question.children {
                let mut part = self.question(child);
                part.name = format!("{}-{n}-{}", question.key, child.key);
                part.value = self.value(&part.name);
                part.error = self.error(&part.name);
                part.label = format!("{} {}", part.label, self.lang.number(n as i64));
                part.optional = n > 1 || part.optional;
                field.fields.push(part);
            }
        }
    }
}

fn bound(number: Option<i64>) -> Arg {
    number.map_or_else(|| Arg::from(""), Arg::Number)
}

/// Every error of a question for the summary.
#[must_use]
pub fn summary(drawing: &Drawing<'_>, question: &Question) -> Errors {
    let whole = drawing.question(question);
    drawing
        .faults
        .iter()
        .map(|fault| {
            let anchor = if fault.field == question.key { whole.anchor() } else { fault.field.clone() };
            (anchor, drawing.says(fault))
        })
        .collect()
}

/// An answer as a reader sees it: text, and whether it runs left to right.
#[must_use]
pub fn pieces(lang: &Language, words: &ServiceWords, pieces: &[Piece]) -> Vec<(String, bool)> {
    pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some((text.clone(), false)),
            Piece::Ltr(text) => Some((text.clone(), true)),
            Piece::Word(key) => Some((words.t(key), false)),
            Piece::YesNo(yes) => Some((lang.t(if *yes { "answer-yes" } else { "answer-no" }), false)),
            Piece::Number(number) => Some((lang.number(*number), false)),
            Piece::Date(date) => Some((lang.partial_date(*date), false)),
            Piece::Name(name) => {
                Some((name.known().map(|(_, part)| part).collect::<Vec<_>>().join(" "), false))
            }
            Piece::Identity(kind, number) => {
                Some((format!("{}: \u{2068}{number}\u{2069}", lang.t_of("identity-", kind.code())), false))
            }
            Piece::File(file) => Some((file.name.clone(), true)),
            Piece::Items(items) => Some((
                items
                    .iter()
                    .flat_map(|(_, inner)| self::pieces(lang, words, inner))
                    .map(|(text, _)| text)
                    .collect::<Vec<_>>()
                    .join(", "),
                false,
            )),
            Piece::Blank => None,
        })
        .collect()
}

/// Fields by name, for forms that keep what was typed.
#[must_use]
pub fn typed(pairs: &[(&str, &str)]) -> Fields {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]))
        .collect::<BTreeMap<_, _>>()
}
