//! Folders that ministries write, their rules, and the answers people give.

use crate::lines;
use diwan_domain::services::{
    Answers, Checked, Diagnostic, Facts, Fields, Folder, Question, Service, Severity, asked, assess, check,
    fees_owed, is_complete, prune, tasks, turned_away,
};
use diwan_testkit::office::{birth_certificate, every_kind};
use jiff::civil::Date;
use serde_json::Value;
use std::sync::LazyLock;

const TODAY: Date = Date::constant(2026, 11, 22);

/// What a thread that serves a request has; the main thread of a test has more.
const STACK: usize = 2 * 1024 * 1024;

static BIRTH: LazyLock<Folder> = LazyLock::new(birth_certificate);
static KINDS: LazyLock<Folder> = LazyLock::new(every_kind);
const RULE: &str = "protected";
const FEE: &str = "further-copies";

/// The birth certificate, compiled, without its words, which no rule reads.
static COMPILED: LazyLock<Service> = LazyLock::new(|| {
    let mut service = check(&BIRTH, None).service.expect("sound");
    assert!(service.rules.iter().any(|rule| rule.key == RULE), "the rule that is replaced is there");
    assert!(service.fees.iter().any(|fee| fee.key == FEE), "the fee that is replaced is there");
    service.words.clear();
    service
});
static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let questions = [&*BIRTH, &*KINDS].map(|folder| check(folder, None).service.expect("sound").questions);
    questions.into_iter().flatten().collect()
});

/// A form (`field=value` a line), or JSON from its first bracket on: every
/// question reads it.
pub fn answers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut fields = Fields::new();
    for line in text.lines() {
        let (field, value) = line.split_once('=').unwrap_or(("", line));
        fields.entry(field.to_owned()).or_default().push(value.to_owned());
    }
    let json = text.find(['{', '[', '"']).and_then(|at| serde_json::from_str::<Value>(&text[at..]).ok());
    for question in QUESTIONS.iter() {
        if let Ok(value) = question.read(&fields, TODAY) {
            accepted(question, &value);
        }
        // Programs send a value for a question by its key, or the value alone.
        let values = json.iter().flat_map(|json| [Some(json), json.get(&question.key)]).flatten();
        for value in values {
            if let Ok(value) = question.check(value, TODAY) {
                accepted(question, &value);
            }
        }
        // A form of one field fits any question.
        let all = question.fields().into_iter().zip(text.lines().map(|line| vec![line.to_owned()])).collect();
        if let Ok(value) = question.read(&all, TODAY) {
            accepted(question, &value);
        }
    }
}

/// What was accepted is accepted again, unchanged, also when it is typed again.
fn accepted(question: &Question, value: &Value) {
    assert_eq!(question.check(value, TODAY).as_ref(), Ok(value), "{}", question.key);
    let back = question.read(&question.typed(value), TODAY);
    assert_eq!(back.as_ref(), Ok(value), "{} as it is shown in its form", question.key);
    assert!(!question.show(value).is_empty() || value.as_array().is_some_and(Vec::is_empty));
}

/// A folder: `=` and the name of a file begin a line, its contents follow. The
/// first line says which folder it is laid over: `birth`, `kinds` or none.
/// `@` and a place, how much is cut out there, and what is put in, damage it.
pub fn folders(bytes: &[u8]) {
    let (first, rest) = split_line(bytes);
    let mut folder = match first {
        b"birth" => BIRTH.clone(),
        b"kinds" => KINDS.clone(),
        _ => Folder { name: "birth-certificate".into(), files: [].into() },
    };
    let mut open: Option<String> = None;
    let mut rest = rest;
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        rest = after;
        match (line.split_first(), &open) {
            (Some((b'=', name)), _) if name.len() < 60 => {
                let name = String::from_utf8_lossy(name).into_owned();
                if !matches!(first, b"birth" | b"kinds") {
                    folder.files.insert(name.clone(), Vec::new());
                }
                open = Some(name);
            }
            (Some((b'@', edit)), Some(name)) => damage(folder.files.entry(name.clone()).or_default(), edit),
            (_, Some(name)) => {
                let file = folder.files.entry(name.clone()).or_default();
                file.extend(line);
                file.push(b'\n');
            }
            _ => {}
        }
    }
    with_small_stack(|| look_at(&folder));
}

fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    end.map_or((bytes, &[]), |end| (&bytes[..end], &bytes[end + 1..]))
}

/// `123 4 text`: at 123 four bytes go and the text comes.
fn damage(file: &mut Vec<u8>, edit: &[u8]) {
    let mut parts = edit.splitn(3, |byte| *byte == b' ');
    let mut number = || parts.next().and_then(|part| std::str::from_utf8(part).ok()?.parse::<usize>().ok());
    let (Some(at), Some(cut)) = (number(), number()) else { return };
    let at = at.min(file.len());
    let end = at.saturating_add(cut).min(file.len());
    file.splice(at..end, parts.next().unwrap_or_default().iter().copied());
}

/// Two lines: a condition in place of one of the birth certificate's, and an
/// amount in place of its fee. The folder around them is compiled once: compiling
/// it for each case left three cases a second.
pub fn rules(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let [condition, amount]: [&str; 2] = lines(&text);
    with_small_stack(|| {
        let Some(mut service) = tried(condition, COMPILED.with_condition(RULE, condition)) else {
            return;
        };
        if !amount.is_empty() {
            match tried(amount, service.with_amount(FEE, amount)) {
                Some(changed) => service = changed,
                None => return,
            }
        }
        run(&service);
    });
}

/// What is wrong with a condition or an amount is named, with a place inside it.
fn tried(source: &str, result: Result<Service, Vec<Diagnostic>>) -> Option<Service> {
    match result {
        Ok(service) => Some(service),
        Err(findings) => {
            assert!(!findings.is_empty(), "what is refused is refused for a reason");
            findings.iter().for_each(|finding| points_into(source, finding));
            None
        }
    }
}

fn with_small_stack(work: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        if let Err(panic) = thread.expect("a thread begins").join() {
            std::panic::resume_unwind(panic);
        }
    });
}

fn look_at(folder: &Folder) {
    let checked = check(folder, None);
    for finding in &checked.diagnostics {
        points_into(folder.text(&finding.file).unwrap_or_default(), finding);
    }
    let stops = checked.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(checked.service.is_none(), stops, "a refused folder says why, a sound one has no error");
    let Checked { service: Some(service), diagnostics } = checked else { return };
    let again = check(folder, None);
    assert_eq!(again.diagnostics.len(), diagnostics.len(), "the same folder, the same findings");
    run(&service);
}

fn points_into(text: &str, finding: &Diagnostic) {
    let lines = text.split('\n').count();
    assert!((1..=lines).contains(&finding.line), "{finding:?}");
    let line = text.split('\n').nth(finding.line - 1).unwrap_or_default();
    assert!((1..=line.chars().count() + 1).contains(&finding.column), "{finding:?}");
    assert!(!finding.message.is_empty() && finding.code.contains('/'), "{finding:?}");
}

/// A service that may be published runs, whatever its rules say.
fn run(service: &Service) {
    let mut facts = Facts::unknown(TODAY);
    let mut given = Answers::new();
    for _ in 0..2 {
        let _ = (tasks(service, &given, &facts), turned_away(service, &given, &facts));
        let before = asked(service, &given, &facts).len();
        let mut pruned = given.clone();
        prune(service, &mut pruned, &facts);
        assert_eq!(asked(service, &pruned, &facts).len(), before, "what is not asked decides nothing");
        let all = assess(service, &given, &facts);
        assert_eq!(all.bill, fees_owed(service, &given, &facts));
        if let Ok(bill) = &all.bill {
            assert!(bill.lines.iter().all(|line| line.amount.minor_units >= 0), "nobody is paid: {bill:?}");
            let sum: i64 = bill.lines.iter().map(|line| line.amount.minor_units).sum();
            assert_eq!(sum, bill.total.minor_units);
        }
        let _ = is_complete(service, &given, &facts);
        // Once more with what a counter knows, and some answers.
        facts.applicant.proven = true;
        facts.applicant.age = Some(31);
        facts.entry.found = true;
        facts.entry.candidates = 1;
        for (question, value) in [("copies", Value::from(2)), ("for-whom", Value::from("myself"))] {
            given.insert(question.into(), value);
        }
    }
}
