//! Runs `examples/*.toml`: applications with the outcome the law expects. An
//! example that no longer holds points at the line that does not.

use super::definition::{Effect, Service};
use super::diagnostic::{Diagnostic, Findings, help_with};
use super::entry::EntryValues;
use super::expression::World;
use super::facts::{Answers, EvidenceFact, Facts, Relation, Source};
use super::folder::Folder;
use super::judge::{self, Judgement};
use super::question::Piece;
use super::toml_reader::{At, Table, parse};
use super::{asked, is_complete};
use crate::civil::unions::Status;
use serde_json::Value;
use std::collections::BTreeSet;

/// What the examples have shown, for the check that they show enough.
#[derive(Default)]
struct Shown {
    steps: BTreeSet<String>,
    rules: BTreeSet<String>,
    judgements: BTreeSet<&'static str>,
}

/// Runs every example of a folder.
pub(crate) fn check(folder: &Folder, service: &Service, out: &mut Vec<Diagnostic>, head: &mut Findings) {
    let mut shown = Shown::default();
    let mut count = 0;
    for file in folder.files.keys().filter(|file| file.starts_with("examples/") && file.ends_with(".toml")) {
        count += 1;
        let text = folder.text(file).unwrap_or_default();
        let mut findings = Findings::new(&folder.name, file, text);
        run(text, service, &mut shown, &mut findings);
        out.extend(findings.into_found());
    }
    if count == 0 {
        let help = "write examples/first.toml with an application and the outcome the law expects";
        head.error("examples/none", 0..0, "there is no example", help);
        return;
    }
    for step in service.steps.iter().filter(|step| !shown.steps.contains(&step.key)) {
        let span = step.skip.as_ref().map_or(0..0, |skip| skip.span.clone());
        let message = format!("no example reaches the step `{}`", step.key);
        head.warn(
            "examples/step-not-shown",
            span,
            message,
            "add an example that does, or take the step away",
        );
    }
    for rule in service.rules.iter().filter(|rule| !shown.rules.contains(&rule.key)) {
        let message = format!("in no example does the rule `{}` hold", rule.key);
        head.warn(
            "examples/rule-not-shown",
            rule.condition().span.clone(),
            message,
            "add an example in which it does",
        );
    }
}

fn run(text: &str, service: &Service, shown: &mut Shown, out: &mut Findings) {
    let parsed = parse(text, out);
    let mut top = Table::new(parsed.get_ref(), 0..0, "an example");
    top.required_text("title", out);
    let facts = facts(&mut top, service, out);
    let answers = top.table("answers", "[answers]", out).map(|mut table| table.free()).unwrap_or_default();
    let entry = entry_values(&mut top, service, out);
    let expected = top.table("expect", "[expect]", out);
    if expected.is_none() {
        top.missing("expect", out);
    }
    top.finish(out);
    let (Some(facts), Some(mut expected)) = (facts, expected) else { return };
    let found = check_answers(service, &answers, &facts, out);
    if out.has_errors() {
        return;
    }
    let (values, faults) = found;
    if expected.has("faults") || !faults.is_empty() {
        compare_faults(&mut expected, &faults, out);
    } else {
        all_answered(service, &answers, &values, &facts, out);
        compare(service, &values, &facts, &entry, &mut expected, shown, out);
    }
    expected.finish(out);
}

fn facts(top: &mut Table<'_, '_>, service: &Service, out: &mut Findings) -> Option<Facts> {
    if !top.has("today") {
        top.missing("today", out);
    }
    let mut facts = Facts::unknown(top.date("today", out)?.value);
    let codes = Relation::ALL.map(Relation::code);
    if let Some(relation) = top.word("relation", &codes, Relation::from_code, out) {
        facts.relation = relation;
    }
    if let Some(mut table) = top.table("applicant", "[applicant]", out) {
        let levels = ["none", "contact", "substantial", "high"];
        let level = table.word("assurance", &levels, crate::people::Assurance::from_code, out);
        facts.applicant.assurance = level.unwrap_or(crate::people::Assurance::None).code().to_owned();
        facts.applicant.proven = level.is_some_and(crate::people::Assurance::is_proven);
        if let Some(proven) = table.flag("proven", out) {
            facts.applicant.proven = proven;
        }
        facts.applicant.displaced = table.flag("displaced", out).unwrap_or(false);
        facts.applicant.age = table.number("age", 0..=150, out).map(|age| age.value);
        table.finish(out);
    }
    if let Some(mut table) = top.table("entry", "[entry]", out) {
        facts.entry.found = table.flag("found", out).unwrap_or(false);
        facts.entry.verified = table.flag("verified", out).unwrap_or(false);
        facts.entry.protected = table.flag("protected", out).unwrap_or(false);
        facts.entry.settled = table.flag("settled", out).unwrap_or(facts.entry.found);
        let usual = i64::from(facts.entry.found);
        facts.entry.candidates = table.number("candidates", 0..=1_000, out).map_or(usual, |n| n.value);
        table.finish(out);
    }
    if let Some(mut table) = top.table("holder", "[holder]", out) {
        facts.holder.deceased = table.flag("deceased", out).unwrap_or(false);
        facts.holder.age = table.number("age", 0..=150, out).map(|age| age.value);
        let statuses = Status::ALL.map(Status::code);
        let status = table.word("marital_status", &statuses, Status::from_code, out);
        facts.holder.marital_status = status.map(|status| status.code().to_owned());
        table.finish(out);
    }
    if let Some(mut table) = top.table("declaration", "[declaration]", out) {
        facts.declaration.late = table.flag("late", out).unwrap_or(false);
        facts.declaration.late_fee = table.number("late_fee", 0..=1_000_000_000, out).map_or(0, |n| n.value);
        table.finish(out);
    }
    if let Some(mut table) = top.table("case", "[case]", out) {
        let channels = ["online", "kiosk", "counter", "mobile", "api", "paper", "system"];
        if let Some(channel) = table.word("channel", &channels, crate::people::Channel::from_code, out) {
            facts.case.channel = channel.code().to_owned();
        }
        facts.case.earlier_copies = table.number("earlier_copies", 0..=10_000, out).map_or(0, |n| n.value);
        facts.case.assisted = table.flag("assisted", out).unwrap_or(false);
        table.finish(out);
    }
    let known: Vec<&str> = service.evidence.iter().map(|evidence| evidence.key.as_str()).collect();
    for mut table in top.tables("evidence", "[[evidence]]", out) {
        let key = table.required_text("key", out);
        if let Some(key) = key.as_ref().filter(|key| !known.contains(&key.value.as_str())) {
            out.error(
                "examples/unknown-evidence",
                key.span.clone(),
                format!("no evidence `{}`", key.value),
                help_with(&key.value, &known),
            );
        }
        let source = table.word("source", &Source::ALL.map(Source::code), Source::from_code, out);
        table.finish(out);
        if let (Some(key), Some(source)) = (key, source) {
            facts.evidence.push(EvidenceFact { key: key.value, source });
        }
    }
    Some(facts)
}

fn entry_values(top: &mut Table<'_, '_>, service: &Service, out: &mut Findings) -> EntryValues {
    let Some(mut table) = top.table("entry-values", "[entry-values]", out) else { return EntryValues::new() };
    let known = super::entry_fields(service.printed_register());
    let mut values = EntryValues::new();
    for (key, value) in table.free() {
        if !known.contains(&key.value.as_str()) {
            out.error(
                "examples/unknown-field",
                key.span,
                format!("a register entry has no `{}`", key.value),
                help_with(&key.value, &known),
            );
        } else if let Ok(told) = serde_json::from_value(value.value) {
            values.insert(key.value, told);
        }
    }
    values
}

/// A fault as examples write it: `copies: number/too-large`.
type Faults = BTreeSet<String>;

fn check_answers(
    service: &Service,
    given: &[(At<String>, At<Value>)],
    facts: &Facts,
    out: &mut Findings,
) -> (Answers, Faults) {
    let known: Vec<&str> = service.questions.iter().map(|question| question.key.as_str()).collect();
    let (mut answers, mut faults) = (Answers::new(), Faults::new());
    for (key, value) in given {
        let Some(question) = service.questions.iter().find(|question| question.key == key.value) else {
            out.error(
                "examples/unknown-question",
                key.span.clone(),
                format!("no question `{}`", key.value),
                help_with(&key.value, &known),
            );
            continue;
        };
        match question.check(&value.value, facts.today) {
            Ok(value) => {
                answers.insert(key.value.clone(), value);
            }
            Err(found) => faults.extend(found.iter().map(|fault| format!("{}: {}", fault.field, fault.code))),
        }
    }
    (answers, faults)
}

fn compare_faults(expected: &mut Table<'_, '_>, found: &Faults, out: &mut Findings) {
    let span = expected.span.clone();
    let wanted = expected.texts("faults", out).unwrap_or_default();
    for fault in wanted.iter().filter(|fault| !found.contains(&fault.value)) {
        let message = format!("the answer is accepted: there is no fault `{}`", fault.value);
        out.error("examples/no-such-fault", fault.span.clone(), message, listing("faults found", found));
    }
    for fault in found.iter().filter(|fault| !wanted.iter().any(|wanted| wanted.value == **fault)) {
        let message = format!("an answer is not accepted: {fault}");
        out.error(
            "examples/fault",
            span.clone(),
            message,
            "mend the answer, or expect it: `faults = [\"…\"]`",
        );
    }
}

fn listing<'a>(what: &str, items: impl IntoIterator<Item = &'a String>) -> String {
    let items: Vec<&str> = items.into_iter().map(String::as_str).collect();
    if items.is_empty() { format!("{what}: none") } else { format!("{what}: {}", items.join(", ")) }
}

fn all_answered(
    service: &Service,
    given: &[(At<String>, At<Value>)],
    answers: &Answers,
    facts: &Facts,
    out: &mut Findings,
) {
    let asked = asked(service, answers, facts);
    for (key, _) in given.iter().filter(|(key, _)| !asked.iter().any(|question| question.key == key.value)) {
        let message = format!("`{}` is not asked in this case", key.value);
        out.error(
            "examples/not-asked",
            key.span.clone(),
            message,
            "take the answer away, or mend the question's `ask`",
        );
    }
    // Questions that may be left blank count as seen and left blank.
    let mut whole = answers.clone();
    for question in asked.iter().filter(|question| !question.required) {
        whole.entry(question.key.clone()).or_insert(Value::Null);
    }
    // Someone without a right is turned away early, and kindly.
    if !is_complete(service, &whole, facts) && judge::turned_away(service, answers, facts).is_none() {
        let open = asked.iter().filter(|question| question.required && !answers.contains_key(&question.key));
        let open: Vec<String> = open.map(|question| question.key.clone()).collect();
        let message = format!("the application is not finished: {}", open.join(", "));
        out.error("examples/unanswered", 0..0, message, "answer every question that is asked");
    }
}

fn compare(
    service: &Service,
    answers: &Answers,
    facts: &Facts,
    entry: &EntryValues,
    expected: &mut Table<'_, '_>,
    shown: &mut Shown,
    out: &mut Findings,
) {
    let judged = judge::judge(service, answers, facts);
    note(service, answers, facts, &judged, shown);
    compare_judgement(&judged, expected, out);
    match judge::fees_owed(service, answers, facts) {
        _ if matches!(judged, Judgement::NotEntitled { .. }) => {}
        Ok(bill) => compare_fee(bill.total.minor_units, expected, out),
        Err(fault) => {
            out.error("examples/rule-fault", expected.span.clone(), fault.to_string(), "mend the fee's rule")
        }
    }
    let plan = judge::steps_for(service, answers, facts);
    let steps: Vec<String> = plan.steps.iter().map(|step| step.key.clone()).collect();
    shown.steps.extend(steps.iter().cloned());
    compare_list("steps", "the steps are", &steps, !steps.is_empty(), expected, out);
    let asked: Vec<String> =
        asked(service, answers, facts).iter().map(|question| question.key.clone()).collect();
    for key in expected.texts("asked", out).unwrap_or_default() {
        if !asked.contains(&key.value) {
            out.error(
                "examples/not-asked",
                key.span,
                format!("`{}` is not asked", key.value),
                listing("asked", &asked),
            );
        }
    }
    for key in expected.texts("not-asked", out).unwrap_or_default() {
        if asked.contains(&key.value) {
            out.error(
                "examples/asked",
                key.span,
                format!("`{}` is asked", key.value),
                "mend its `ask`, or the example",
            );
        }
    }
    compare_printed(service, answers, entry, expected, out);
    compare_declared(service, answers, facts, expected, out);
}

fn note(service: &Service, answers: &Answers, facts: &Facts, judged: &Judgement, shown: &mut Shown) {
    shown.judgements.insert(judged.code());
    let world = World::new(service, answers, facts);
    for rule in &service.rules {
        let holds = rule.condition().truth(&rule.key, &world) == Ok(true);
        let counts = matches!(rule.effect, Effect::Object(_)) || matches!(judged, Judgement::ByRule { .. });
        if holds && counts {
            shown.rules.insert(rule.key.clone());
        }
    }
}

fn compare_judgement(judged: &Judgement, expected: &mut Table<'_, '_>, out: &mut Findings) {
    if !expected.has("judgement") {
        expected.missing("judgement", out);
    }
    let read = |word: &str| judge::JUDGEMENTS.into_iter().find(|known| *known == word);
    let span = expected.any("judgement").map_or(0..0, |found| found.span);
    if let Some(wanted) = expected.word("judgement", &judge::JUDGEMENTS, read, out)
        && wanted != judged.code()
    {
        out.error(
            "examples/judgement",
            span,
            format!("the case is judged `{}`, not `{wanted}`", judged.code()),
            why(judged),
        );
    }
    let (rule, open, entitled) = match judged {
        Judgement::ByRule { rule, .. } => (Some(rule.clone()), vec![], vec![]),
        Judgement::Officer { open } => (None, open.iter().map(|open| open.rule.clone()).collect(), vec![]),
        Judgement::NotEntitled { entitled } => (None, vec![], entitled.clone()),
        Judgement::Search { .. } => (None, vec![], vec![]),
    };
    if let Some(wanted) = expected.text("rule", out)
        && Some(&wanted.value) != rule.as_ref()
    {
        let found = rule.unwrap_or_else(|| "none".to_owned());
        out.error(
            "examples/rule",
            wanted.span,
            format!("the approving rule is {found}"),
            "mend the rule, or the example",
        );
    }
    compare_list(
        "open",
        "the open questions are",
        &open,
        matches!(judged, Judgement::Officer { .. }),
        expected,
        out,
    );
    compare_list("entitled", "those entitled are", &entitled, false, expected, out);
}

fn why(judged: &Judgement) -> String {
    match judged {
        Judgement::ByRule { rule, .. } => format!("the rule `{rule}` approves and none objects"),
        Judgement::Officer { open } => {
            let open: Vec<String> = open
                .iter()
                .map(|open| open.fault.as_ref().map_or_else(|| open.rule.clone(), ToString::to_string))
                .collect();
            listing("open for the officer", &open)
        }
        Judgement::NotEntitled { .. } => "no [[relation]] is claimed by these answers".to_owned(),
        Judgement::Search { .. } => "the register entry is not found".to_owned(),
    }
}

fn compare_fee(found: i64, expected: &mut Table<'_, '_>, out: &mut Findings) {
    if !expected.has("fee") {
        expected.missing("fee", out);
    }
    if let Some(wanted) = expected.number("fee", 0..=1_000_000_000, out)
        && wanted.value != found
    {
        let message = format!("the fee is {found}, not {}", wanted.value);
        out.error("examples/fee", wanted.span, message, "mend the fee's rule, or the example");
    }
}

/// Compares a list; when `needed`, the example must have one.
fn compare_list(
    key: &'static str,
    what: &str,
    found: &[String],
    needed: bool,
    expected: &mut Table<'_, '_>,
    out: &mut Findings,
) {
    let span = expected.any(key).map(|value| value.span);
    match (expected.texts(key, out), span) {
        (Some(wanted), Some(span)) if !wanted.iter().map(|text| &text.value).eq(found.iter()) => {
            let message = format!("{what} {}", found.join(", "));
            let help = format!("mend service.toml, or write `{key} = {found:?}`");
            out.error("examples/differs", span, message, help);
        }
        (None, None) if needed => expected.missing(key, out),
        _ => {}
    }
}

fn compare_printed(
    service: &Service,
    answers: &Answers,
    entry: &EntryValues,
    expected: &mut Table<'_, '_>,
    out: &mut Findings,
) {
    let Some(mut table) = expected.table("printed", "[expect.printed]", out) else { return };
    let printed = judge::printed(service, answers, entry);
    let known: Vec<&str> = printed.iter().map(|(key, _)| *key).collect();
    for (key, value) in table.free() {
        let Some((_, pieces)) = printed.iter().find(|(printed, _)| *printed == key.value) else {
            out.error(
                "examples/unknown-field",
                key.span,
                format!("nothing prints `{}`", key.value),
                help_with(&key.value, &known),
            );
            continue;
        };
        let found = pieces.iter().map(plain).collect::<Vec<_>>().join(", ");
        let wanted = value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
        if found != wanted {
            out.error(
                "examples/printed",
                value.span,
                format!("`{}` prints “{found}”", key.value),
                "mend [[document.print]], or the example",
            );
        }
    }
}

/// What the register is told, as the example expects it: the fields that it names.
fn compare_declared(
    service: &Service,
    answers: &Answers,
    facts: &Facts,
    expected: &mut Table<'_, '_>,
    out: &mut Findings,
) {
    let Some(declares) = &service.declares else { return };
    let said = match declares.content(service, answers, facts.today) {
        Ok(said) => said,
        Err(faults) => {
            for fault in faults {
                let message = format!("`{}` cannot be declared: {}", fault.question, fault.code);
                out.error("examples/declared", expected.span.clone(), message, "mend the answer");
            }
            return;
        }
    };
    let Some(mut table) = expected.table("declared", "[expect.declared]", out) else { return };
    for (key, value) in table.free() {
        let found = said.get(&key.value).unwrap_or_default();
        let wanted = value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
        if found != wanted {
            let message = format!("the register is told “{found}” for `{}`", key.value);
            out.error("examples/declared", value.span, message, "mend [declares.fields], or the example");
        }
    }
}

/// A piece as examples write it.
fn plain(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) | Piece::Ltr(text) | Piece::Word(text) | Piece::Identity(_, text) => text.clone(),
        Piece::YesNo(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Piece::Number(number) => number.to_string(),
        Piece::Date(date) => date.to_string(),
        Piece::Name(name) => name.to_string(),
        Piece::File(file) => file.name.clone(),
        Piece::Items(items) => {
            let items = items.iter().flat_map(|(_, pieces)| pieces.iter().map(plain));
            items.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Piece::Blank => String::new(),
    }
}
