//! Reads `[[question]]`.

use super::conditions::Conditions;
use super::definition::{Group, PICTOGRAMS, Question, QuestionKind, When};
use super::diagnostic::{Findings, help_with};
use super::reading::{key, required_word};
use super::toml_reader::{At, Table};
use crate::names::PARTS;
use crate::numbers::IdentityKind;
use crate::uploads::{LARGEST_FILE, Limits, MOST_FILES, MediaType};
use std::collections::{BTreeMap, BTreeSet};

/// A question with the places that later checks point at.
struct Draft {
    question: Question,
    within: Option<At<String>>,
    ask: Option<At<String>>,
}

/// Reads every question, puts repeated ones into their group, and compiles
/// the `ask` conditions once all keys are known.
pub(crate) fn questions(
    top: &mut Table<'_, '_>,
    groups: &[Group],
    folder_files: &BTreeSet<&str>,
    out: &mut Findings,
) -> Vec<Question> {
    let mut seen = BTreeSet::new();
    let mut drafts = Vec::new();
    for mut table in top.tables("question", "[[question]]", out) {
        drafts.extend(one(&mut table, &mut seen, groups, folder_files, out));
        table.finish(out);
    }
    let (children, mut whole): (Vec<Draft>, Vec<Draft>) =
        drafts.into_iter().partition(|d| d.within.is_some());
    for child in children {
        place_child(child, &mut whole, out);
    }
    for draft in
        whole.iter().filter(|d| d.question.kind == QuestionKind::Group && d.question.children.is_empty())
    {
        let message = format!("nothing is asked within `{}`", draft.question.key);
        let help = format!("add questions with `within = \"{}\"`", draft.question.key);
        out.error("service/empty-group", top.span.clone(), message, help);
    }
    let declares = top.has("declares");
    let asks: Vec<Option<At<String>>> = whole.iter().map(|draft| draft.ask.clone()).collect();
    let mut questions: Vec<Question> = whole.into_iter().map(|draft| draft.question).collect();
    for (index, ask) in asks.into_iter().enumerate().filter(|(_, ask)| ask.is_some()) {
        // A condition makes a question unsure for those that follow.
        let placeholder = Conditions::before(&questions, index, declares).truth(ask, out);
        if let Some(question) = questions.get_mut(index) {
            question.ask = placeholder.or_else(|| question.ask.clone());
        }
    }
    questions
}

fn place_child(child: Draft, whole: &mut [Draft], out: &mut Findings) {
    let Some(within) = child.within else { return };
    if let Some(ask) = child.ask {
        out.error(
            "service/ask-within",
            ask.span,
            "a repeated question cannot have `ask`",
            "ask it always, or put it outside the group",
        );
    }
    let keys: Vec<String> = whole
        .iter()
        .filter(|draft| draft.question.kind == QuestionKind::Group)
        .map(|draft| draft.question.key.clone())
        .collect();
    match whole.iter_mut().find(|d| d.question.kind == QuestionKind::Group && d.question.key == within.value)
    {
        Some(_) if matches!(child.question.kind, QuestionKind::Group | QuestionKind::File) => {
            out.error(
                "service/nested-kind",
                within.span,
                "a group cannot hold another group or files",
                "ask it outside the group",
            );
        }
        Some(parent) => parent.question.children.push(child.question),
        None => {
            let known: Vec<&str> = keys.iter().map(String::as_str).collect();
            out.error(
                "service/unknown-group",
                within.span,
                format!("no question of kind `group` is called `{}`", within.value),
                help_with(&within.value, &known),
            );
        }
    }
}

fn one(
    table: &mut Table<'_, '_>,
    seen: &mut BTreeSet<String>,
    groups: &[Group],
    folder_files: &BTreeSet<&str>,
    out: &mut Findings,
) -> Option<Draft> {
    let key = key(table, seen, out);
    let kind = required_word(table, "kind", QuestionKind::CODES, QuestionKind::from_code, out);
    let within = table.text("within", out);
    let group = group_of(table, within.is_some(), groups, out);
    let ask = table.text("ask", out);
    let required = table.flag("required", out).unwrap_or(true);
    let (key, kind) = (key?, kind?);
    let (options, preset) = options(table, kind, out);
    let (min, max) = bounds(table, kind, out);
    let question = Question {
        group: group.unwrap_or_default(),
        kind,
        ask: None,
        required,
        options,
        preset,
        min,
        max,
        partly_known: only_for(table, "partly-known", kind, &[QuestionKind::Date], out)
            && table.flag("partly-known", out).unwrap_or(false),
        when: if only_for(table, "when", kind, &[QuestionKind::Date], out) {
            table.word("when", When::CODES, When::from_code, out).unwrap_or(When::Any)
        } else {
            When::Any
        },
        name_parts: name_parts(table, kind, out),
        id_kinds: id_kinds(table, kind, out),
        uploads: uploads(table, kind, out),
        children: Vec::new(),
        pictogram: pictogram(table, out),
        audio: audio(table, folder_files, out),
        sensitive: table.flag("sensitive", out).unwrap_or(false),
        key: key.value,
    };
    Some(Draft { question, within, ask })
}

fn group_of(table: &mut Table<'_, '_>, within: bool, groups: &[Group], out: &mut Findings) -> Option<String> {
    if within && !table.has("group") {
        return None;
    }
    let group = table.required_text("group", out)?;
    if !groups.iter().any(|known| known.key == group.value) {
        let known: Vec<&str> = groups.iter().map(|known| known.key.as_str()).collect();
        out.error(
            "service/unknown-group",
            group.span,
            format!("no [[group]] has the key `{}`", group.value),
            help_with(&group.value, &known),
        );
        return None;
    }
    Some(group.value)
}

/// Whether a key stands where its kind allows it; reports it otherwise.
fn only_for(
    table: &mut Table<'_, '_>,
    key: &'static str,
    kind: QuestionKind,
    kinds: &[QuestionKind],
    out: &mut Findings,
) -> bool {
    if kinds.contains(&kind) {
        return true;
    }
    if let Some(found) = table.any(key) {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
        let message = format!("`{key}` means nothing for a question of kind `{}`", kind.code());
        out.error(
            "service/key-of-other-kind",
            found.span,
            message,
            format!("it belongs to: {}", names.join(", ")),
        );
    }
    false
}

fn options(table: &mut Table<'_, '_>, kind: QuestionKind, out: &mut Findings) -> (Vec<String>, Vec<String>) {
    let choosing = [QuestionKind::Choice, QuestionKind::Choices];
    if !only_for(table, "options", kind, &choosing, out) {
        only_for(table, "preset", kind, &choosing, out);
        return Default::default();
    }
    if !table.has("options") {
        table.missing("options", out);
    }
    let options = table.texts("options", out).unwrap_or_default();
    for option in &options {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if option.value.is_empty() || !option.value.bytes().all(fits) {
            out.error(
                "service/bad-key",
                option.span.clone(),
                format!("`{}` cannot be an option", option.value),
                "use small Latin letters, digits and hyphens; its wording goes to words/",
            );
        }
    }
    let keys: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
    let preset = if only_for(table, "preset", kind, &choosing, out) {
        table.texts("preset", out).unwrap_or_default()
    } else {
        Vec::new()
    };
    for chosen in preset.iter().filter(|chosen| !keys.contains(&chosen.value.as_str())) {
        out.error(
            "service/unknown-word",
            chosen.span.clone(),
            format!("`{}` is not one of the options", chosen.value),
            help_with(&chosen.value, &keys),
        );
    }
    let texts = |all: Vec<At<String>>| all.into_iter().map(|text| text.value).collect();
    (texts(options.clone()), texts(preset))
}

fn bounds(table: &mut Table<'_, '_>, kind: QuestionKind, out: &mut Findings) -> (Option<i64>, Option<i64>) {
    let bounded = [
        QuestionKind::Text,
        QuestionKind::LongText,
        QuestionKind::Number,
        QuestionKind::Choices,
        QuestionKind::Group,
    ];
    let range = match kind {
        QuestionKind::Number => -1_000_000_000..=1_000_000_000,
        QuestionKind::Group => 0..=20,
        _ => 0..=10_000,
    };
    let mut bound = |key: &'static str, out: &mut Findings| {
        if only_for(table, key, kind, &bounded, out) { table.number(key, range.clone(), out) } else { None }
    };
    let (min, max) = (bound("min", out), bound("max", out));
    if let (Some(min), Some(max)) = (&min, &max)
        && min.value > max.value
    {
        out.error(
            "service/bounds",
            max.span.clone(),
            format!("`max` is {} and `min` is {}", max.value, min.value),
            "let `max` be at least `min`",
        );
    }
    if matches!(kind, QuestionKind::Number | QuestionKind::Group) && max.is_none() {
        out.error(
            "service/unbounded",
            table.span.clone(),
            "this question has no `max`",
            "say how much it can be at most",
        );
    }
    (min.map(|n| n.value), max.map(|n| n.value))
}

fn name_parts(table: &mut Table<'_, '_>, kind: QuestionKind, out: &mut Findings) -> Vec<&'static str> {
    if !only_for(table, "parts", kind, &[QuestionKind::Name], out) {
        return Vec::new();
    }
    let read = |word: &str| PARTS.into_iter().find(|part| *part == word);
    let mut parts = table.words("parts", &PARTS, read, out).unwrap_or_default();
    if !parts.contains(&"given") {
        parts.insert(0, "given");
    }
    parts
}

fn id_kinds(table: &mut Table<'_, '_>, kind: QuestionKind, out: &mut Findings) -> Vec<IdentityKind> {
    if !only_for(table, "id-kinds", kind, &[QuestionKind::IdentityNumber], out) {
        return Vec::new();
    }
    let known = IdentityKind::ALL.map(IdentityKind::code);
    table
        .words("id-kinds", &known, IdentityKind::from_code, out)
        .unwrap_or_else(|| IdentityKind::ALL.to_vec())
}

fn uploads(table: &mut Table<'_, '_>, kind: QuestionKind, out: &mut Findings) -> Limits {
    let file = [QuestionKind::File];
    let mut limits = Limits::default();
    if only_for(table, "max-megabytes", kind, &file, out) {
        let largest = i64::try_from(LARGEST_FILE / 1_000_000).unwrap_or(20);
        if let Some(size) = table.number("max-megabytes", 1..=largest, out) {
            limits.max_bytes = u64::try_from(size.value).unwrap_or(1) * 1_000_000;
        }
    }
    if only_for(table, "max-files", kind, &file, out) {
        let most = i64::try_from(MOST_FILES).unwrap_or(20);
        if let Some(count) = table.number("max-files", 1..=most, out) {
            limits.max_files = usize::try_from(count.value).unwrap_or(1);
        }
    }
    if only_for(table, "types", kind, &file, out) {
        let known = MediaType::ALL.map(MediaType::word);
        if let Some(types) = table.words("types", &known, MediaType::from_code, out) {
            limits.types = types;
        }
    }
    limits
}

/// A pictogram of the house: folders bring no drawings of their own, so that
/// nothing foreign stands inside a page.
fn pictogram(table: &mut Table<'_, '_>, out: &mut Findings) -> Option<String> {
    let name = table.text("pictogram", out)?;
    if !PICTOGRAMS.contains(&name.value.as_str()) {
        out.error(
            "service/unknown-pictogram",
            name.span,
            format!("there is no pictogram `{}`", name.value),
            help_with(&name.value, &PICTOGRAMS),
        );
        return None;
    }
    Some(name.value)
}

/// The endings of recordings that every browser plays.
const RECORDINGS: [&str; 3] = [".mp3", ".m4a", ".ogg"];

/// Recordings by language: `audio = { ckb = "audio/copies.ckb.mp3" }`.
fn audio(
    table: &mut Table<'_, '_>,
    folder_files: &BTreeSet<&str>,
    out: &mut Findings,
) -> BTreeMap<String, String> {
    let Some(mut recordings) = table.table("audio", "audio", out) else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for (language, file) in recordings.free() {
        match file.value.as_str() {
            Some(name) if !RECORDINGS.iter().any(|ending| name.ends_with(ending)) => out.error(
                "service/recording-kind",
                file.span,
                "no browser plays every recording of this kind",
                format!("use one that ends with {}", RECORDINGS.join(", ")),
            ),
            Some(name) if folder_files.contains(name) => {
                found.insert(language.value, name.to_owned());
            }
            _ => out.error(
                "service/no-such-file",
                file.span,
                "this recording is not in the folder",
                "put the file there, or take the line away",
            ),
        }
    }
    found
}
