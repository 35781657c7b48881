//! From `service.toml` to a [`Service`]: the head, the steps, the document.
//! Questions are read in `reading_questions`, conditions in `conditions`.

use super::conditions::Conditions;
use super::definition::*;
use super::diagnostic::Findings;
use super::entry::{columns_of, entry_fields};
use super::facts::Source;
use super::folder::HOUSE_LAYOUTS;
use super::lookup;
use super::toml_reader::{At, Table};
use crate::calendar::Span;
use crate::money::{Currency, Money};
use crate::people::Channel;
use crate::services::Answers;
use std::collections::BTreeSet;

/// Languages a service may have.
pub(crate) const LANGUAGES: [&str; 6] = ["ckb", "ar", "kmr", "en", "tr", "syr"];
pub(crate) const CHANNELS: [&str; 6] = ["online", "kiosk", "counter", "mobile", "api", "paper"];

/// Reads a key and reports one that is misspelt or stands twice.
pub(crate) fn key(
    table: &mut Table<'_, '_>,
    seen: &mut BTreeSet<String>,
    out: &mut Findings,
) -> Option<At<String>> {
    let key = table.required_text("key", out)?;
    let well_formed = key.value.starts_with(|c: char| c.is_ascii_lowercase())
        && !key.value.ends_with('-')
        && !key.value.contains("--")
        && key.value.len() <= 40
        && key.value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !well_formed {
        out.error(
            "service/bad-key",
            key.span.clone(),
            format!("`{}` cannot be a key", key.value),
            "use small Latin letters, digits and single hyphens, beginning with a letter, at most 40",
        );
    }
    if !seen.insert(key.value.clone()) {
        out.error(
            "service/duplicate-key",
            key.span.clone(),
            format!("the key `{}` stands twice", key.value),
            "give each its own key",
        );
    }
    Some(key)
}

fn basis(table: &mut Table<'_, '_>, key: &'static str, out: &mut Findings) -> String {
    table.required_text(key, out).map(|text| text.value).unwrap_or_default()
}

/// The plain keys at the top of the file.
pub(crate) struct Head {
    pub(crate) key: String,
    pub(crate) version: u32,
    pub(crate) since: jiff::civil::Date,
    pub(crate) basis: String,
    pub(crate) issuer: String,
    pub(crate) life_event: String,
    pub(crate) audience: Vec<String>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) languages: Vec<String>,
    pub(crate) register: Option<RegisterKind>,
}

pub(crate) fn head(top: &mut Table<'_, '_>, folder: &str, out: &mut Findings) -> Head {
    let key = top.required_text("key", out);
    if let Some(key) = key.as_ref().filter(|key| key.value != folder) {
        out.error(
            "service/wrong-folder",
            key.span.clone(),
            format!("the key is `{}`, but the folder is `{folder}`", key.value),
            "give the folder and the key one name",
        );
    }
    if !top.has("version") {
        top.missing("version", out);
    }
    let version = top.number("version", 1..=9_999, out).map_or(1, |n| n.value);
    if !top.has("since") {
        top.missing("since", out);
    }
    let since = top.date("since", out).map_or(jiff::civil::Date::constant(2026, 1, 1), |date| date.value);
    let languages = languages(top, "languages", &LANGUAGES, out);
    Head {
        key: key.map(|key| key.value).unwrap_or_default(),
        version: u32::try_from(version).unwrap_or(1),
        since,
        basis: basis(top, "basis", out),
        issuer: basis(top, "issuer", out),
        life_event: required_word(top, "life-event", LifeEvent::CODES, LifeEvent::from_code, out)
            .map_or_else(String::new, |event| event.code().to_owned()),
        audience: required_words(top, "audience", Audience::CODES, Audience::from_code, out)
            .into_iter()
            .map(|audience| audience.code().to_owned())
            .collect(),
        channels: required_words(top, "channels", &CHANNELS, channel, out),
        languages,
        register: top.word("register", RegisterKind::CODES, RegisterKind::from_code, out),
    }
}

fn channel(code: &str) -> Option<Channel> {
    CHANNELS.contains(&code).then(|| Channel::from_code(code)).flatten()
}

fn languages(
    table: &mut Table<'_, '_>,
    key: &'static str,
    known: &[&'static str],
    out: &mut Findings,
) -> Vec<String> {
    required_words(table, key, known, |code| known.contains(&code).then(|| code.to_owned()), out)
}

pub(crate) fn required_word<T>(
    table: &mut Table<'_, '_>,
    key: &'static str,
    known: &[&'static str],
    read: impl Fn(&str) -> Option<T>,
    out: &mut Findings,
) -> Option<T> {
    if !table.has(key) {
        table.missing(key, out);
    }
    table.word(key, known, read, out)
}

pub(crate) fn required_words<T>(
    table: &mut Table<'_, '_>,
    key: &'static str,
    known: &[&'static str],
    read: impl Fn(&str) -> Option<T>,
    out: &mut Findings,
) -> Vec<T> {
    if !table.has(key) {
        table.missing(key, out);
    }
    let words = table.words(key, known, read, out);
    if words.as_ref().is_some_and(Vec::is_empty) {
        out.error(
            "service/empty",
            table.span.clone(),
            format!("`{key}` is empty"),
            format!("write at least one of: {}", known.join(", ")),
        );
    }
    words.unwrap_or_default()
}

pub(crate) fn groups(top: &mut Table<'_, '_>, out: &mut Findings) -> Vec<Group> {
    let mut seen = BTreeSet::new();
    let mut groups = Vec::new();
    for mut table in top.tables("group", "[[group]]", out) {
        if let Some(key) = key(&mut table, &mut seen, out) {
            groups.push(Group { key: key.value });
        }
        table.finish(out);
    }
    groups
}

pub(crate) fn evidence(
    top: &mut Table<'_, '_>,
    with: &Conditions<'_>,
    questions: &[Question],
    out: &mut Findings,
) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    let known: Vec<&str> = Source::ALL.map(Source::code).to_vec();
    let mut all = Vec::new();
    for mut table in top.tables("evidence", "[[evidence]]", out) {
        let key = key(&mut table, &mut seen, out);
        let question = table.text("question", out);
        if let Some(named) = &question {
            with.demand_file_question(named, out);
        }
        let piece = Evidence {
            key: key.map(|key| key.value).unwrap_or_default(),
            when: with.truth(table.text("when", out), out),
            sources: required_words(&mut table, "sources", &known, Source::from_code, out),
            question: question.map(|question| question.value),
            lookup: lookup::read(&mut table, questions, out),
            basis: basis(&mut table, "basis", out),
        };
        if piece.lookup.is_some() && !piece.sources.contains(&Source::Register) {
            out.error(
                "lookup/source",
                table.span.clone(),
                format!("`{}` is looked up, but may not come from a register", piece.key),
                "add `register` to `sources`",
            );
        }
        all.push(piece);
        table.finish(out);
    }
    all
}

/// The keys of all evidence, which conditions may compare with: read ahead,
/// quietly, because conditions stand before `[[evidence]]` too.
pub(crate) fn evidence_keys(top: &mut Table<'_, '_>) -> Vec<String> {
    let all = top.any("evidence").map(|all| all.value);
    let tables = all.as_ref().and_then(|all| all.as_array()).into_iter().flatten();
    tables.filter_map(|table| Some(table.get("key")?.as_str()?.to_owned())).collect()
}

pub(crate) fn relations(
    top: &mut Table<'_, '_>,
    with: &Conditions<'_>,
    out: &mut Findings,
) -> Vec<RelationRule> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for mut table in top.tables("relation", "[[relation]]", out) {
        let key = key(&mut table, &mut seen, out);
        let claim = with.truth(table.text("claim", out), out);
        let when = table.required_text("when", out);
        let when = with.truth(when, out);
        let basis = basis(&mut table, "basis", out);
        table.finish(out);
        if let (Some(key), Some(when)) = (key, when) {
            all.push(RelationRule { key: key.value, claim, when, basis });
        }
    }
    all
}

pub(crate) fn rules(top: &mut Table<'_, '_>, with: &Conditions<'_>, out: &mut Findings) -> Vec<Rule> {
    let mut seen = BTreeSet::from([super::judge::DECISION.to_owned()]);
    let mut all = Vec::new();
    for mut table in top.tables("rule", "[[rule]]", out) {
        let key = key(&mut table, &mut seen, out);
        let (object, approve) = (table.text("object", out), table.text("approve", out));
        if object.is_some() == approve.is_some() {
            let help = "write `object = \"…\"` for what an officer must look at, or `approve = \"…\"` for what needs no officer";
            out.error("service/rule-effect", table.span.clone(), "a rule either objects or approves", help);
        }
        let effect = match (with.truth(object, out), with.truth(approve, out)) {
            (Some(condition), _) => Some(Effect::Object(condition)),
            (None, approve) => approve.map(Effect::Approve),
        };
        let basis = basis(&mut table, "basis", out);
        table.finish(out);
        if let (Some(key), Some(effect)) = (key, effect) {
            all.push(Rule { key: key.value, effect, basis });
        }
    }
    all
}

pub(crate) fn fees(top: &mut Table<'_, '_>, with: &Conditions<'_>, out: &mut Findings) -> Vec<Fee> {
    let mut seen = BTreeSet::new();
    let mut all: Vec<Fee> = Vec::new();
    let mut first = None;
    for mut table in top.tables("fee", "[[fee]]", out) {
        let key = key(&mut table, &mut seen, out);
        let currency = table
            .word(
                "currency",
                &["IQD", "USD"],
                |code| match code {
                    "IQD" => Some(Currency::Iqd),
                    "USD" => Some(Currency::Usd),
                    _ => None,
                },
                out,
            )
            .unwrap_or(Currency::Iqd);
        if *first.get_or_insert(currency) != currency {
            out.error(
                "service/two-currencies",
                table.span.clone(),
                "one service has fees in two currencies",
                "write all fees in one currency",
            );
        }
        let amount = amount(&mut table, currency, with, out);
        let count = with.number(table.text("count", out), out);
        let waive = with.truth(table.text("waive", out), out);
        let basis = basis(&mut table, "basis", out);
        table.finish(out);
        if let (Some(key), Some(amount)) = (key, amount) {
            all.push(Fee { key: key.value, amount, count, waive, basis });
        }
    }
    all
}

/// A whole number, or an expression in quotes.
fn amount(
    table: &mut Table<'_, '_>,
    currency: Currency,
    with: &Conditions<'_>,
    out: &mut Findings,
) -> Option<Amount> {
    if !table.has("amount") {
        table.missing("amount", out);
        return None;
    }
    if table.any("amount").is_some_and(|found| found.value.is_string()) {
        return with.number(table.text("amount", out), out).map(|amount| Amount::Computed(amount, currency));
    }
    let amount = table.number("amount", 0..=1_000_000_000, out)?;
    Some(Amount::Fixed(Money { minor_units: amount.value, currency }))
}

pub(crate) fn steps(top: &mut Table<'_, '_>, with: &Conditions<'_>, out: &mut Findings) -> Vec<Step> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for mut table in top.tables("step", "[[step]]", out) {
        let key = key(&mut table, &mut seen, out);
        let kind = required_word(&mut table, "kind", StepKind::CODES, StepKind::from_code, out);
        let role = required_word(&mut table, "role", &Actor::codes(), Actor::from_code, out);
        let skip = table.text("skip", out);
        if let Some(skip) = skip.as_ref().filter(|skip| skip.value.trim() == "true") {
            out.error(
                "service/unreachable-step",
                skip.span.clone(),
                "this step is always skipped",
                "take the step or its `skip` away",
            );
        }
        let skip = with.truth(skip, out);
        let deadline = table.text("deadline", out).and_then(|text| match text.value.parse::<Span>() {
            Ok(span) => Some(span),
            Err(error) => {
                out.error(
                    "service/bad-deadline",
                    text.span,
                    error.to_string(),
                    "write for example `2 working days`",
                );
                None
            }
        });
        let late = table.word("late", Late::CODES, Late::from_code, out);
        if deadline.is_some() != late.is_some() {
            out.error(
                "service/deadline-without-end",
                table.span.clone(),
                "`deadline` and `late` belong together",
                format!("say both how long it may take and what happens then: {}", Late::CODES.join(", ")),
            );
        }
        let span = table.span.clone();
        table.finish(out);
        if let (Some(key), Some(kind), Some(role)) = (key, kind, role) {
            let lawful = kind.lawful_roles();
            if !lawful.contains(&role) {
                let names: Vec<&str> = lawful.iter().map(|role| role.code()).collect();
                out.error(
                    "service/wrong-role",
                    span,
                    format!("`{}` cannot do a step of kind `{}`", role.code(), kind.code()),
                    format!("write one of: {}", names.join(", ")),
                );
            }
            all.push(Step { key: key.value, kind, role, skip, deadline, late });
        }
    }
    all
}

pub(crate) fn reasons(top: &mut Table<'_, '_>, out: &mut Findings) -> Vec<Reason> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for mut table in top.tables("reason", "[[reason]]", out) {
        let key = key(&mut table, &mut seen, out);
        let law = basis(&mut table, "law", out);
        if !table.has("appeal-days") {
            table.missing("appeal-days", out);
        }
        let days = table.number("appeal-days", 1..=365, out);
        table.finish(out);
        if let (Some(key), Some(days)) = (key, days) {
            all.push(Reason { key: key.value, law, appeal_days: u16::try_from(days.value).unwrap_or(30) });
        }
    }
    all
}

pub(crate) fn document(
    top: &mut Table<'_, '_>,
    register: Option<RegisterKind>,
    questions: &[Question],
    out: &mut Findings,
) -> Option<DocumentSpec> {
    let mut table = top.table("document", "[document]", out)?;
    let kind = basis(&mut table, "kind", out);
    let houses: Vec<&str> = HOUSE_LAYOUTS.iter().map(|(name, _)| *name).collect();
    let known = |word: &str| houses.contains(&word).then(|| word.to_owned());
    let layout = if table.has("layout") { table.word("layout", &houses, known, out) } else { None };
    let series = table.required_text("series", out);
    if let Some(series) = series
        .as_ref()
        .filter(|s| !(2..=6).contains(&s.value.len()) || !s.value.bytes().all(|b| b.is_ascii_uppercase()))
    {
        out.error(
            "service/bad-series",
            series.span.clone(),
            format!("`{}` cannot begin a number", series.value),
            "use two to six capital Latin letters",
        );
    }
    let languages = languages(&mut table, "languages", &LANGUAGES, out);
    let valid_days = table.number("valid-days", 1..=36_500, out).and_then(|n| u16::try_from(n.value).ok());
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    for mut field in table.tables("print", "[[document.print]]", out) {
        let key = key(&mut field, &mut seen, out);
        let from =
            field.required_text("from", out).and_then(|from| print_from(&from, register, questions, out));
        let columns = columns(&mut field, from.as_ref(), out);
        let required = field.flag("required", out).unwrap_or(true);
        let beside = beside(&mut field, &fields, out);
        field.finish(out);
        if let (Some(key), Some(from)) = (key, from) {
            fields.push(PrintedField { key: key.value, from, columns, required, beside });
        }
    }
    table.finish(out);
    Some(DocumentSpec {
        kind,
        layout,
        series: series.map(|s| s.value).unwrap_or_default(),
        languages,
        valid_days,
        fields,
    })
}

/// In whose row a field stands: one that is printed above it and has a row of its own.
fn beside(field: &mut Table<'_, '_>, above: &[PrintedField], out: &mut Findings) -> Option<String> {
    let wanted = field.text("beside", out)?;
    let has_a_row = |one: &&PrintedField| one.beside.is_none() && one.columns.is_empty();
    let rows: Vec<&str> = above.iter().filter(has_a_row).map(|one| one.key.as_str()).collect();
    if rows.contains(&wanted.value.as_str()) {
        return Some(wanted.value);
    }
    let message = format!("no row `{}` stands above this one", wanted.value);
    out.error("service/bad-print", wanted.span, message, super::diagnostic::help_with(&wanted.value, &rows));
    None
}

/// What is printed of each line of a list. A text has no columns, and a list
/// without them would not be known how to print.
fn columns(field: &mut Table<'_, '_>, from: Option<&PrintFrom>, out: &mut Findings) -> Vec<String> {
    let known = match from {
        Some(PrintFrom::Entry(name)) => columns_of(name),
        _ => &[],
    };
    let span = field.any("columns").map_or_else(|| field.span.clone(), |found| found.span);
    let wanted = field.texts("columns", out).unwrap_or_default();
    let mut fault = |span, message: String, help: String| out.error("service/bad-print", span, message, help);
    if wanted.is_empty() != known.is_empty() {
        let message = if known.is_empty() { "only a list has columns" } else { "a list needs its `columns`" };
        let help = if known.is_empty() {
            "take `columns` away".to_owned()
        } else {
            format!("write those to be printed, of: {}", known.join(", "))
        };
        fault(span, message.to_owned(), help);
        return Vec::new();
    }
    for column in wanted.iter().filter(|column| !known.contains(&column.value.as_str())) {
        let message = format!("the list has no column `{}`", column.value);
        fault(column.span.clone(), message, super::diagnostic::help_with(&column.value, known));
    }
    wanted.into_iter().map(|column| column.value).collect()
}

fn print_from(
    from: &At<String>,
    register: Option<RegisterKind>,
    questions: &[Question],
    out: &mut Findings,
) -> Option<PrintFrom> {
    let mut fault =
        |message: String, help: String| out.error("service/bad-print", from.span.clone(), message, help);
    match from.value.split_once('.') {
        Some(("entry", name)) if register.is_some() => {
            let known = entry_fields(register);
            if known.contains(&name) {
                return Some(PrintFrom::Entry(name.to_owned()));
            }
            fault(format!("a register entry has no `{name}`"), super::diagnostic::help_with(name, &known));
        }
        Some(("entry", _)) => {
            fault(
                "this service looks into no register".to_owned(),
                "add `register = \"…\"` at the top".to_owned(),
            );
        }
        Some(("answers", name)) => {
            let keys: Vec<&str> = questions.iter().map(|question| question.key.as_str()).collect();
            if keys.contains(&name) {
                return Some(PrintFrom::Answer(name.to_owned()));
            }
            fault(format!("no question `{name}`"), super::diagnostic::help_with(name, &keys));
        }
        _ => fault(
            format!("`{}` names nothing that can be printed", from.value),
            "write `entry.<field>` or `answers.<question>`".to_owned(),
        ),
    }
    None
}

/// What a kiosk answers for whoever asks for their own paper there: `[kiosk]` with a line
/// for each question that needs no person.
pub(crate) fn kiosk(
    top: &mut Table<'_, '_>,
    questions: &[Question],
    (since, channels): (jiff::civil::Date, &[Channel]),
    out: &mut Findings,
) -> Option<Answers> {
    let mut table = top.table("kiosk", "[kiosk]", out)?;
    let mut answers = Answers::new();
    if !channels.contains(&Channel::Kiosk) {
        let help = "add \"kiosk\" to `channels`, or take `[kiosk]` away";
        out.error("service/no-kiosk", 0..0, "this service is not offered at a kiosk".to_owned(), help);
    }
    let keys: Vec<&str> = questions.iter().map(|question| question.key.as_str()).collect();
    for (key, value) in table.free() {
        let Some(question) = questions.iter().find(|question| question.key == key.value) else {
            let help = super::diagnostic::help_with(&key.value, &keys);
            out.error("service/unknown-word", key.span, format!("no question `{}`", key.value), help);
            continue;
        };
        match question.check(&value.value, since) {
            Ok(value) => {
                answers.insert(question.key.clone(), value);
            }
            Err(faults) => {
                let why = faults.first().map_or("", |fault| fault.code);
                let message = format!("`{}` cannot be answered so ({why})", key.value);
                out.error(
                    "service/bad-answer",
                    value.span,
                    message,
                    "write it as an applicant would choose it",
                );
            }
        }
    }
    Some(answers)
}

pub(crate) fn retention(top: &mut Table<'_, '_>, out: &mut Findings) -> Retention {
    let usual = Retention { draft_days: 30, case_years: 10, uncollected_days: 365 };
    let Some(mut table) = top.table("retention", "[retention]", out) else {
        top.missing("retention", out);
        return usual;
    };
    for key in ["draft-days", "case-years"] {
        if !table.has(key) {
            table.missing(key, out);
        }
    }
    let small = |number: Option<At<i64>>, usual: u16| {
        number.and_then(|n| u16::try_from(n.value).ok()).unwrap_or(usual)
    };
    let draft_days = small(table.number("draft-days", 1..=365, out), usual.draft_days);
    let case_years = small(table.number("case-years", 1..=150, out), usual.case_years);
    // What nobody fetches ends a year after its decision, where a service says nothing else.
    let uncollected_days = small(table.number("uncollected-days", 30..=3650, out), usual.uncollected_days);
    table.finish(out);
    Retention { draft_days, case_years, uncollected_days }
}
