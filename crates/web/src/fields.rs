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
    /// The same fields for one more, and one more.
    Repeated,
    /// Fields that can be folded away.
    Folded,
}

/// One field, ready to draw.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its element's id: the name, unless several forms on a page share it.
    pub id: String,
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
    /// A pictogram's SVG from the house's own icons; empty for none.
    pub pictogram: String,
    /// The address of a recording of the question; empty for none.
    pub audio: String,
    /// What the button says that adds one more to a repeated field; empty when
    /// there are as many as there may be.
    pub add: String,
    /// Whether the keyboard begins here: on officers' pages, where people wait.
    pub focus: bool,
    /// Whether a fold stands open.
    pub open: bool,
}

impl Field {
    /// A line of text.
    #[must_use]
    pub fn line(name: &str, label: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            id: name.to_owned(),
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
            pictogram: String::new(),
            audio: String::new(),
            add: String::new(),
            focus: false,
            open: false,
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

    /// Another id, where several forms on a page have a field of this name.
    #[must_use]
    pub fn with_id(mut self, id: &str) -> Self {
        self.id = id.to_owned();
        self
    }

    /// The keyboard begins here.
    #[must_use]
    pub fn focused(mut self) -> Self {
        self.focus = true;
        if let Some(first) = self.fields.first_mut() {
            first.focus = true;
        }
        self
    }

    /// It may be left blank.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Whether one of its options is for none of the others, so that no nameless one is needed.
    #[must_use]
    pub fn names_none(&self) -> bool {
        self.options.iter().any(|option| option.value.is_empty())
    }

    /// The element an error links to.
    #[must_use]
    pub fn anchor(&self) -> String {
        match self.shape {
            Shape::Radios | Shape::Checks => format!("{}-0", self.id),
            Shape::Set | Shape::Date | Shape::Repeated | Shape::Folded => {
                self.fields.first().map_or_else(|| self.id.clone(), Self::anchor)
            }
            _ => self.id.clone(),
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
    /// Whom a question for a person may name: identifier and name.
    pub people: &'a [(String, String)],
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
            // `household-2-holder-name-given` is a part of `holder-name`, repeated.
            let inner = inner_part(&fault.field);
            let whole = inner.rsplit_once('-').map_or("", |(stem, _)| stem);
            for stem in [inner, whole] {
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
        self.named(question, &question.key)
    }

    /// The question as a field whose name has another stem, as in a repetition;
    /// its words stay those of its own key.
    fn named(&self, question: &Question, name: &str) -> Field {
        let key = &question.key;
        let label = self.words.maybe(&format!("question-{key}")).unwrap_or_default();
        let hint = hint_of(self.words, question).unwrap_or_default();
        let mut field = Field::line(name, label).hint(hint).filled(self.value(name)).wrong(self.error(name));
        field.optional = !question.required;
        match question.kind {
            QuestionKind::Text => {}
            QuestionKind::LongText => field.shape = Shape::Area,
            QuestionKind::Number => field = field.ltr("text", "", "w-short"),
            QuestionKind::Phone => field = field.ltr("tel", "tel", "w-short"),
            QuestionKind::Email => field = field.ltr("email", "email", "w-full"),
            QuestionKind::Person => self.person(&mut field),
            QuestionKind::Choice => {
                field.shape = Shape::Radios;
                field.options = self.options(question, name);
            }
            QuestionKind::Choices => {
                field.shape = Shape::Checks;
                field.options = self.options(question, name);
            }
            QuestionKind::YesNo => {
                field.shape = Shape::Radios;
                field.options = [("yes", "answer-yes"), ("no", "answer-no")]
                    .map(|(value, word)| Opt {
                        value: value.to_owned(),
                        label: self.lang.t(word),
                        hint: String::new(),
                        chosen: field.value == value,
                    })
                    .to_vec();
            }
            QuestionKind::Name => self.name(question, &mut field),
            QuestionKind::Date => self.date(question, &mut field),
            QuestionKind::IdentityNumber => self.identity(question, &mut field),
            QuestionKind::Address => self.address(question, &mut field),
            QuestionKind::File => self.files(&mut field),
            QuestionKind::Group => self.group(question, &mut field),
        }
        field
    }

    /// People are chosen among those whom the system found, never typed.
    fn person(&self, field: &mut Field) {
        field.shape = Shape::Radios;
        let named = serde_json::from_str::<serde_json::Value>(&field.value).ok();
        let chosen = named.as_ref().and_then(|person| person["id"].as_str()).unwrap_or(&field.value);
        field.options = self
            .people
            .iter()
            .map(|(id, name)| Opt {
                value: id.clone(),
                label: name.clone(),
                hint: String::new(),
                chosen: id == chosen,
            })
            .collect();
    }

    fn files(&self, field: &mut Field) {
        field.shape = Shape::Files;
        let received = self.typed.get(&field.name).into_iter().flatten();
        field.received = received
            .filter_map(|text| serde_json::from_str::<serde_json::Value>(text).ok())
            .filter_map(|file| Some((file["id"].as_str()?.to_owned(), file["name"].as_str()?.to_owned())))
            .collect();
    }

    fn options(&self, question: &Question, name: &str) -> Vec<Opt> {
        let typed = self.typed.get(name);
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
                self.part(format!("{}-{part}", field.name), self.lang.t_of("name-part-", part), optional)
            })
            .collect();
    }

    fn date(&self, question: &Question, field: &mut Field) {
        field.shape = Shape::Date;
        field.fields = [("day", "w-2"), ("month", "w-2"), ("year", "w-4")]
            .iter()
            .map(|(part, width)| {
                let name = format!("{}-{part}", field.name);
                self.part(name, self.lang.t_of("date-part-", part), false).ltr("text", "", width)
            })
            .collect();
        if question.partly_known && field.hint.is_empty() {
            field.hint = self.lang.t("date-partly-known");
        }
    }

    fn identity(&self, question: &Question, field: &mut Field) {
        field.shape = Shape::Set;
        let stem = field.name.clone();
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
                    self.part(format!("{}-{part}", field.name), self.lang.t_of("address-", part), optional);
                if *part == "country" && line.value.is_empty() && !self.typed.contains_key(&line.name) {
                    line.value = self.lang.t("address-home-country");
                }
                line
            })
            .collect();
    }

    /// As many repetitions as were asked for, at least the fewest there may be.
    fn group(&self, question: &Question, field: &mut Field) {
        field.shape = Shape::Repeated;
        let shown = repetitions(question, self.typed);
        let most = most_repetitions(question);
        for n in 1..=shown {
            let stem = format!("{}-{n}", field.name);
            let number = self.lang.number(i64::try_from(n).unwrap_or(0));
            let mut one = Field::line(&stem, format!("{} {number}", self.lang.t("repeated-one")));
            one.shape = Shape::Set;
            one.value = n.to_string();
            one.optional = n > usize::try_from(question.min.unwrap_or(1).max(1)).unwrap_or(1);
            one.fields = question
                .children
                .iter()
                .map(|child| self.named(child, &format!("{stem}-{}", child.key)))
                .collect();
            field.fields.push(one);
        }
        if shown < most {
            let own = self.words.maybe(&format!("question-{}-add", question.key));
            field.add = own.unwrap_or_else(|| self.lang.t("repeated-add"));
        }
        field.value = shown.to_string();
    }
}

/// The most repetitions of a group that a page shows.
fn most_repetitions(question: &Question) -> usize {
    usize::try_from(question.max.unwrap_or(20)).unwrap_or(20).clamp(1, 20)
}

/// How many repetitions of a group are shown: those that were typed, or as many
/// as the page already had.
fn repetitions(question: &Question, typed: &Fields) -> usize {
    let most = most_repetitions(question);
    let shown = typed
        .get(&format!("{}-count", question.key))
        .and_then(|values| values.first())
        .and_then(|text| text.parse::<usize>().ok())
        .unwrap_or(0);
    let stem = format!("{}-", question.key);
    let filled = typed
        .keys()
        .filter_map(|name| name.strip_prefix(&stem)?.split_once('-')?.0.parse::<usize>().ok())
        .max()
        .unwrap_or(0);
    shown.max(filled).max(usize::try_from(question.min.unwrap_or(1)).unwrap_or(1)).clamp(1, most)
}

/// One more repetition of a group than the page had, with what was typed.
#[must_use]
pub fn one_more(question: &Question, typed: &Fields) -> Fields {
    let mut typed = typed.clone();
    let shown = (repetitions(question, &typed) + 1).min(most_repetitions(question));
    typed.insert(format!("{}-count", question.key), vec![shown.to_string()]);
    typed
}

/// One repetition of a group taken out; those after it move up.
#[must_use]
pub fn one_less(question: &Question, typed: &Fields, gone: usize) -> Fields {
    let shown = repetitions(question, typed);
    let stem = format!("{}-", question.key);
    let mut kept = Fields::new();
    for (name, values) in typed {
        let place = name.strip_prefix(&stem).and_then(|rest| rest.split_once('-'));
        match place.and_then(|(n, rest)| Some((n.parse::<usize>().ok()?, rest))) {
            Some((n, _)) if n == gone => {}
            Some((n, rest)) if n > gone => {
                kept.insert(format!("{stem}{}-{rest}", n - 1), values.clone());
            }
            _ => {
                kept.insert(name.clone(), values.clone());
            }
        }
    }
    kept.insert(format!("{}-count", question.key), vec![shown.saturating_sub(1).max(1).to_string()]);
    kept
}

/// The part of a field's name behind the number of its repetition.
fn inner_part(field: &str) -> &str {
    let mut from = 0;
    for piece in field.split_inclusive('-') {
        from += piece.len();
        let number = piece.trim_end_matches('-');
        if from < field.len() && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) {
            return &field[from..];
        }
    }
    field
}

/// A question's hint, with its bounds.
#[must_use]
pub fn hint_of(words: &ServiceWords, question: &Question) -> Option<String> {
    let bounds = [("min", bound(question.min)), ("max", bound(question.max))];
    words.maybe_with(&format!("question-{}-hint", question.key), &bounds)
}

fn bound(number: Option<i64>) -> Arg {
    number.map_or_else(|| Arg::from(""), Arg::Number)
}

/// Every error of a question for the summary. A part of a name, an address or a
/// repetition is named before what is wrong with it.
#[must_use]
pub fn summary(drawing: &Drawing<'_>, question: &Question) -> Errors {
    let whole = drawing.question(question);
    drawing
        .faults
        .iter()
        .map(|fault| {
            let anchor = if fault.field == question.key { whole.anchor() } else { fault.field.clone() };
            let says = drawing.says(fault);
            let told = fault.code.ends_with("/missing") && whole.shape != Shape::Repeated;
            let path = if told { Vec::new() } else { parts_to(&whole, &fault.field) };
            (anchor, crate::pages::kit::named(&path, &says))
        })
        .collect()
}

/// The labels that lead to a part, without those of questions, which are long.
fn parts_to<'a>(whole: &'a Field, name: &str) -> Vec<&'a str> {
    let inside = |field: &&Field| name == field.name || name.starts_with(&format!("{}-", field.name));
    let Some(part) = whole.fields.iter().find(inside) else { return Vec::new() };
    match whole.shape {
        Shape::Repeated => {
            let mut path = vec![part.label.as_str()];
            path.extend(
                part.fields.iter().find(inside).map(|child| parts_to(child, name)).unwrap_or_default(),
            );
            path
        }
        Shape::Set => vec![part.label.as_str()],
        _ => Vec::new(),
    }
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
