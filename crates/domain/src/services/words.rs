//! Checks a service's words: every message it needs in every language, none
//! that nobody reads, none with a variable nobody fills.

use super::definition::{Effect, Question, QuestionKind, Service};
use super::diagnostic::{Diagnostic, Findings, did_you_mean};
use super::folder::Folder;
use super::judge::LATE_DECLARATION;
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Messages that every service may refer to, by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedWords {
    /// Language code to the keys of its messages and terms (terms with `-`).
    pub keys: BTreeMap<String, BTreeSet<String>>,
}

/// The language that is derived from Kurmanji by transliteration; its file,
/// when there is one, holds overrides only.
pub const DERIVED: (&str, &str) = ("kmr-Arab", "kmr");

/// One message a service may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordKey {
    /// Its key.
    pub key: String,
    /// Whether it must be there.
    pub required: bool,
    /// The variables it may use.
    pub variables: &'static [&'static str],
}

/// Every message a service needs or may have.
#[must_use]
pub fn word_keys(service: &Service) -> Vec<WordKey> {
    let mut list = List(Vec::new());
    for key in ["title", "summary", "issuer", "done"] {
        list.need(key, &[]);
    }
    list.may("before-you-start", &[]);
    for group in &service.groups {
        list.need(format!("group-{}", group.key), &[]);
    }
    for question in service.questions.iter().flat_map(|q| std::iter::once(q).chain(&q.children)) {
        list.question(question);
    }
    for evidence in &service.evidence {
        list.need(format!("evidence-{}", evidence.key), &[]);
        list.may(format!("evidence-{}-hint", evidence.key), &[]);
        list.need(format!("open-evidence-{}", evidence.key), &[]);
    }
    if !service.relations.is_empty() {
        list.need("not-entitled", &[]);
    }
    for relation in &service.relations {
        list.need(format!("relation-{}", relation.key), &[]);
        list.need(format!("open-relation-{}", relation.key), &[]);
    }
    for rule in &service.rules {
        match rule.effect {
            Effect::Object(_) => list.need(format!("open-{}", rule.key), &[]),
            // An approving rule asks an officer only when it cannot be worked out.
            Effect::Approve(_) => list.need(format!("rule-{}", rule.key), &[]),
        }
    }
    list.may("open-decision", &[]);
    for fee in &service.fees {
        list.need(format!("fee-{}", fee.key), &["count", "unit", "amount"]);
        if fee.waive.is_some() {
            list.need(format!("fee-{}-waived", fee.key), &[]);
        }
    }
    if service.declares.is_some() {
        list.need(format!("fee-{LATE_DECLARATION}"), &["count", "unit", "amount"]);
    }
    for step in &service.steps {
        list.need(format!("step-{}", step.key), &[]);
        list.may(format!("step-{}-hint", step.key), &["deadline"]);
    }
    for reason in &service.reasons {
        list.need(format!("reason-{}", reason.key), &[]);
        list.need(format!("reason-{}-remedy", reason.key), &["days"]);
    }
    if let Some(document) = &service.document {
        for key in ["document-title", "document-authority", "document-statement"] {
            list.need(key, &[]);
        }
        for field in &document.fields {
            list.need(format!("print-{}", field.key), &[]);
            for column in &field.columns {
                list.need(format!("print-{}-{column}", field.key), &[]);
            }
        }
    }
    list.0
}

struct List(Vec<WordKey>);

impl List {
    fn need(&mut self, key: impl Into<String>, variables: &'static [&'static str]) {
        self.0.push(WordKey { key: key.into(), required: true, variables });
    }

    fn may(&mut self, key: impl Into<String>, variables: &'static [&'static str]) {
        self.0.push(WordKey { key: key.into(), required: false, variables });
    }

    fn question(&mut self, question: &Question) {
        let stem = format!("question-{}", question.key);
        self.need(&stem, &[]);
        self.may(format!("{stem}-hint"), &["min", "max"]);
        self.may(format!("{stem}-why"), &[]);
        self.may(format!("{stem}-short"), &[]);
        self.may(format!("{stem}-wrong"), &["min", "max", "found", "wanted"]);
        if question.required {
            self.need(format!("{stem}-missing"), &[]);
        }
        for option in &question.options {
            self.need(question.option_word(option), &[]);
            self.may(format!("{}-hint", question.option_word(option)), &[]);
        }
        if question.kind == QuestionKind::Group {
            self.may(format!("{stem}-add"), &[]);
            self.may(format!("{stem}-item"), &["number"]);
        }
    }
}

/// One message as it stands in a file.
struct Found<'t> {
    span: Range<usize>,
    text: String,
    variables: Vec<(&'t str, Range<usize>)>,
    references: Vec<(String, Range<usize>)>,
}

/// Checks every `words/*.ftl` and gives the sources by language.
pub(crate) fn check(
    folder: &Folder,
    service: &Service,
    shared: Option<&SharedWords>,
    out: &mut Vec<Diagnostic>,
    head: &mut Findings,
) -> BTreeMap<String, String> {
    let known = word_keys(service);
    let mut sources = BTreeMap::new();
    let mut files: Vec<(String, Findings, BTreeMap<String, Found<'_>>)> = Vec::new();
    for (file, bytes) in &folder.files {
        let Some(language) = file.strip_prefix("words/").and_then(|name| name.strip_suffix(".ftl")) else {
            continue;
        };
        let Ok(text) = std::str::from_utf8(bytes) else {
            let mut findings = Findings::new(&folder.name, file, "");
            findings.error("words/not-text", 0..0, "this file is not UTF-8 text", "save it as UTF-8");
            out.extend(findings.into_found());
            continue;
        };
        let mut findings = Findings::new(&folder.name, file, text);
        let derived = language == DERIVED.0 && service.languages.iter().any(|l| l == DERIVED.1);
        if !derived && !service.languages.iter().any(|known| known == language) {
            let message = format!("the service has no language `{language}`");
            findings.error(
                "words/unknown-language",
                0..0,
                message,
                "add it to `languages` in service.toml, or take the file away",
            );
        }
        let messages = read(text, &mut findings);
        sources.insert(language.to_owned(), text.to_owned());
        files.push((language.to_owned(), findings, messages));
    }
    for language in service.languages.iter().filter(|language| !sources.contains_key(*language)) {
        let message = format!("there is no words/{language}.ftl");
        head.error(
            "words/no-file",
            0..0,
            message,
            format!("write words/{language}.ftl, or take `{language}` out of `languages`"),
        );
    }
    let used: BTreeSet<String> = files.iter().flat_map(|(_, _, messages)| messages.keys().cloned()).collect();
    let english: BTreeMap<String, String> = files
        .iter()
        .find(|(language, ..)| language == "en")
        .map(|(_, _, messages)| messages.iter().map(|(k, m)| (k.clone(), m.text.clone())).collect())
        .unwrap_or_default();
    for (language, mut findings, messages) in files {
        let of = shared.and_then(|shared| shared.keys.get(&language));
        if language != DERIVED.0 {
            missing(&known, &used, &messages, &english, &mut findings);
        }
        // After an error in the definition, what it would have asked for is unknown.
        let known = (!head.has_errors()).then_some(known.as_slice());
        judge_messages(&language, known, &messages, of, &english, &mut findings);
        out.extend(findings.into_found());
    }
    sources
}

fn missing(
    known: &[WordKey],
    used: &BTreeSet<String>,
    messages: &BTreeMap<String, Found<'_>>,
    english: &BTreeMap<String, String>,
    findings: &mut Findings,
) {
    let end = findings.text().trim_end().len();
    for word in known.iter().filter(|word| !messages.contains_key(&word.key)) {
        if word.required || used.contains(&word.key) {
            let elsewhere = english.get(&word.key).map(|text| format!("; in English it reads “{text}”"));
            let help = format!("add `{} = …`{}", word.key, elsewhere.unwrap_or_default());
            findings.error("words/missing", end..end, format!("there is no `{}`", word.key), help);
        }
    }
}

fn judge_messages(
    language: &str,
    known: Option<&[WordKey]>,
    messages: &BTreeMap<String, Found<'_>>,
    shared: Option<&BTreeSet<String>>,
    english: &BTreeMap<String, String>,
    findings: &mut Findings,
) {
    for (key, found) in messages {
        let is_own_term = key.starts_with('-');
        let word = known.and_then(|known| known.iter().find(|word| word.key == *key));
        if let (Some(known), None, false) = (known, word, is_own_term) {
            let help = match did_you_mean(key, known.iter().map(|word| word.key.as_str())) {
                Some(close) => format!("did you mean `{close}`?"),
                None => "nothing in service.toml asks for it: take it away".to_owned(),
            };
            findings.error("words/unused", found.span.clone(), format!("nobody reads `{key}`"), help);
        }
        if found.text.trim().is_empty() {
            findings.error(
                "words/empty",
                found.span.clone(),
                format!("`{key}` is empty"),
                "write what people shall read",
            );
        }
        for (variable, span) in &found.variables {
            let allowed = word.map_or(&[][..], |word| word.variables);
            if word.is_some() && !allowed.contains(variable) {
                let help = if allowed.is_empty() {
                    "this message is given no values".to_owned()
                } else {
                    format!(
                        "it is given: {}",
                        allowed.iter().map(|v| format!("${v}")).collect::<Vec<_>>().join(", ")
                    )
                };
                findings.error(
                    "words/unknown-variable",
                    span.clone(),
                    format!("`{key}` is given no `${variable}`"),
                    help,
                );
            }
        }
        for (reference, span) in &found.references {
            if !messages.contains_key(reference) && !shared.is_some_and(|shared| shared.contains(reference)) {
                findings.error(
                    "words/unknown-reference",
                    span.clone(),
                    format!("there is no `{reference}`"),
                    "write the words out, or mend the name",
                );
            }
        }
        let letters = found.text.chars().filter(|c| c.is_alphabetic()).count();
        if language != "en" && letters >= 12 && english.get(key).is_some_and(|text| *text == found.text) {
            findings.warn(
                "words/untranslated",
                found.span.clone(),
                format!("`{key}` reads as in English"),
                "translate it",
            );
        }
    }
}

fn read<'t>(text: &'t str, findings: &mut Findings) -> BTreeMap<String, Found<'t>> {
    let (resource, errors) = match parser::parse(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    for error in errors {
        findings.error(
            "words/syntax",
            error.pos,
            format!("this line cannot be read: {}", error.kind),
            "write `key = words`, further lines indented",
        );
    }
    let mut messages: BTreeMap<String, Found<'t>> = BTreeMap::new();
    for entry in resource.body {
        let (key, name, pattern) = match &entry {
            Entry::Message(message) => (message.id.name.to_owned(), message.id.name, message.value.as_ref()),
            Entry::Term(term) => (format!("-{}", term.id.name), term.id.name, Some(&term.value)),
            _ => continue,
        };
        let mut found = Found {
            span: place(text, name),
            text: String::new(),
            variables: Vec::new(),
            references: Vec::new(),
        };
        if let Some(pattern) = pattern {
            gather(text, pattern, &mut found);
        }
        if messages.contains_key(&key) {
            findings.error(
                "words/twice",
                found.span.clone(),
                format!("`{key}` stands twice"),
                "take one away",
            );
        }
        messages.insert(key, found);
    }
    messages
}

/// Where a slice of a text stands in it.
fn place(text: &str, slice: &str) -> Range<usize> {
    let start = (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    start..(start + slice.len()).min(text.len())
}

fn gather<'t>(text: &'t str, pattern: &Pattern<&'t str>, found: &mut Found<'t>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => found.text.push_str(value),
            PatternElement::Placeable { expression } => expression_in(text, expression, found),
        }
    }
}

fn expression_in<'t>(text: &'t str, expression: &Expression<&'t str>, found: &mut Found<'t>) {
    match expression {
        Expression::Inline(inline) => inline_in(text, inline, found),
        Expression::Select { selector, variants } => {
            inline_in(text, selector, found);
            for variant in variants {
                gather(text, &variant.value, found);
            }
        }
    }
}

fn inline_in<'t>(text: &'t str, inline: &InlineExpression<&'t str>, found: &mut Found<'t>) {
    // A value will stand here: the message is not empty.
    found.text.push('\u{FFFC}');
    match inline {
        InlineExpression::VariableReference { id } => found.variables.push((id.name, place(text, id.name))),
        InlineExpression::MessageReference { id, .. } => {
            found.references.push((id.name.to_owned(), place(text, id.name)));
        }
        InlineExpression::TermReference { id, arguments, .. } => {
            found.references.push((format!("-{}", id.name), place(text, id.name)));
            arguments_in(text, arguments.as_ref(), found);
        }
        InlineExpression::FunctionReference { arguments, .. } => arguments_in(text, Some(arguments), found),
        InlineExpression::Placeable { expression } => expression_in(text, expression, found),
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            found.text.push_str(value);
        }
    }
}

fn arguments_in<'t>(text: &'t str, arguments: Option<&CallArguments<&'t str>>, found: &mut Found<'t>) {
    let Some(arguments) = arguments else { return };
    for value in arguments.positional.iter().chain(arguments.named.iter().map(|named| &named.value)) {
        inline_in(text, value, found);
    }
}
