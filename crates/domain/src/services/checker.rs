//! Compiles a whole folder: definition, conditions, words, examples.

use super::conditions::Conditions;
use super::definition::{Effect, Question, RegisterKind, Service, StepKind};
use super::diagnostic::{Diagnostic, Findings, Severity};
use super::folder::Folder;
use super::toml_reader::{Table, parse};
use super::types::{Parts, Site};
use super::words::{self, SharedWords};
use super::{examples, reading, reading_declares, reading_questions};
use crate::money::Currency;
use std::collections::{BTreeMap, BTreeSet};

/// What came of a folder.
#[derive(Debug)]
pub struct Checked {
    /// The service, when nothing stops publication.
    pub service: Option<Service>,
    /// Everything that was found, in order of file and line.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Whether nothing stops publication.
    #[must_use]
    pub fn is_publishable(&self) -> bool {
        self.service.is_some()
    }
}

/// Compiles a folder as a good compiler would. Shared words, when given, are
/// messages that the service's own may refer to.
#[must_use]
pub fn check(folder: &Folder, shared: Option<&SharedWords>) -> Checked {
    let mut diagnostics = Vec::new();
    let Some(text) = folder.text("service.toml") else {
        let mut findings = Findings::new(&folder.name, "service.toml", "");
        let help = "every service folder has a service.toml, saved as UTF-8";
        findings.error("service/no-definition", 0..0, "there is no readable service.toml", help);
        return Checked { service: None, diagnostics: findings.into_found() };
    };
    let mut head = Findings::new(&folder.name, "service.toml", text);
    let service = define(folder, text, &mut head);
    unknown_files(folder, &mut head);
    let service = service.map(|mut service| {
        service.words = words::check(folder, &service, shared, &mut diagnostics, &mut head);
        // Outcomes of a definition with errors would only confuse.
        if !head.has_errors() {
            examples::check(folder, &service, &mut diagnostics, &mut head);
        }
        service
    });
    diagnostics.extend(head.into_found());
    diagnostics.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    let stops = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    Checked { service: service.filter(|_| !stops), diagnostics }
}

fn define(folder: &Folder, text: &str, out: &mut Findings) -> Option<Service> {
    let parsed = parse(text, out);
    if out.has_errors() {
        return None;
    }
    let mut top = Table::new(parsed.get_ref(), 0..0, "service.toml");
    let head = reading::head(&mut top, &folder.name, out);
    let groups = reading::groups(&mut top, out);
    let files: BTreeSet<&str> = folder.files.keys().map(String::as_str).collect();
    let questions = reading_questions::questions(&mut top, &groups, &files, out);
    distinct_in_conditions(&questions, out);
    let evidence_keys = reading::evidence_keys(&mut top);
    let parts = Parts { register: head.register.is_some(), declares: top.has("declares") };
    let rules_with = Conditions::after(Site::Rule, &questions, &evidence_keys, parts);
    let steps_with = Conditions::after(Site::Step, &questions, &evidence_keys, parts);
    let evidence = reading::evidence(&mut top, &rules_with, &questions, out);
    let relations = reading::relations(&mut top, &rules_with, out);
    let rules = reading::rules(&mut top, &rules_with, out);
    let fees = reading::fees(&mut top, &rules_with, out);
    let steps = reading::steps(&mut top, &steps_with, out);
    let reasons = reading::reasons(&mut top, out);
    let declares = reading_declares::declares(&mut top, &questions, &reasons, &rules_with, out);
    let declared = declares.as_ref().and_then(|declares| RegisterKind::from_code(declares.event.code()));
    let printed = head.register.or(declared);
    let document = reading::document(&mut top, printed, &questions, out);
    let kiosk = reading::kiosk(&mut top, &questions, (head.since, &head.channels), out);
    let retention = reading::retention(&mut top, out);
    top.finish(out);
    let service = Service {
        key: head.key,
        version: head.version,
        since: head.since,
        basis: head.basis,
        issuer: head.issuer,
        life_event: head.life_event,
        audience: head.audience,
        channels: head.channels,
        languages: head.languages,
        register: head.register,
        groups,
        questions,
        evidence,
        relations,
        rules,
        fees,
        steps,
        reasons,
        declares,
        document,
        kiosk,
        retention,
        hash: folder.hash(),
        words: BTreeMap::new(),
    };
    whole(&service, folder, parts.declares, out);
    Some(service)
}

/// `a-b` and `a_b` would be one name in conditions; keys cannot hold `_`, so
/// only keys that differ not at all clash, which `key` already reports. What
/// is left: a file question must not share its stem with another's field.
fn distinct_in_conditions(questions: &[Question], out: &mut Findings) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for question in questions {
        for field in question.fields() {
            if let Some(other) =
                taken.insert(field.clone(), &question.key).filter(|other| *other != question.key)
            {
                let message =
                    format!("`{}` and `{other}` would both have the form field `{field}`", question.key);
                out.error("service/field-clash", 0..0, message, "give one of the questions another key");
            }
        }
    }
}

/// Parts that need one another.
fn whole(service: &Service, folder: &Folder, declares: bool, out: &mut Findings) {
    let has = |kind: StepKind| service.steps.iter().any(|step| step.kind == kind);
    let mut demand = |holds: bool, code: &'static str, message: &str, help: &str| {
        if !holds {
            out.error(code, 0..0, message, help);
        }
    };
    demand(
        has(StepKind::Decide) || declares,
        "service/no-decision",
        "no step lets an officer decide",
        "add a [[step]] of kind `decide`: a rule can always hand a case to an officer",
    );
    demand(
        !service.reasons.is_empty() || !has(StepKind::Decide) || declares,
        "service/no-reason",
        "an officer could not refuse lawfully: there is no [[reason]]",
        "add every lawful reason with its law, remedy and `appeal-days`",
    );
    demand(
        service.fees.is_empty() || has(StepKind::Pay),
        "service/no-payment",
        "there are fees, but no step of kind `pay`",
        "add the step, or take the fees away",
    );
    demand(
        !service.fees.is_empty() || !has(StepKind::Pay) || declares,
        "service/nothing-to-pay",
        "there is a step of kind `pay`, but no [[fee]]",
        "add the fee, or take the step away",
    );
    demand(
        declares == has(StepKind::Register),
        "service/no-register",
        "[declares] and a step of kind `register` belong together",
        "add the one that is missing: the register decides on what is declared, in that step",
    );
    let decides =
        service.steps.iter().any(|step| matches!(step.kind, StepKind::Decide | StepKind::SecondDecide));
    let approves = service.rules.iter().any(|rule| matches!(rule.effect, Effect::Approve(_)));
    demand(
        !declares || (!decides && !approves && service.register.is_none()),
        "service/two-deciders",
        "what is declared is decided by the register, and here something else decides too",
        "take away steps of kind `decide`, rules that approve, and `register`",
    );
    demand(
        !declares || has(StepKind::Pay),
        "service/no-payment",
        "a late declaration may cost a fee, and there is no step of kind `pay`",
        "add the step, with `skip = \"fee == 0\"`",
    );
    demand(
        !declares || service.fees.iter().all(|fee| fee.amount.currency() == Currency::Iqd),
        "service/two-currencies",
        "the fee for a late declaration is in dinars, and other fees are not",
        "write all fees in dinars",
    );
    demand(
        service.register.is_none() || has(StepKind::Search),
        "service/no-search",
        "the register may hold no entry, and no step searches",
        "add a [[step]] of kind `search`: no match never ends a journey",
    );
    demand(
        service.document.is_none() || has(StepKind::Issue),
        "service/no-issue",
        "there is a [document], but no step of kind `issue`",
        "add the step",
    );
    demand(
        service.document.is_some() || !has(StepKind::Issue),
        "service/nothing-to-issue",
        "there is a step of kind `issue`, but no [document]",
        "add the document, or take the step away",
    );
    demand(
        service.document.is_none() || folder.files.contains_key("document.typ"),
        "service/no-layout",
        "there is a [document], but no document.typ",
        "write `layout = \"certificate\"` under [document], or the paper's own layout in document.typ",
    );
    demand(
        !service.questions.is_empty(),
        "service/no-question",
        "nothing is asked",
        "add at least one [[question]]",
    );
    for group in &service.groups {
        let used = service.questions.iter().any(|question| question.group == group.key);
        demand(
            used,
            "service/empty-section",
            &format!("no question stands in the group `{}`", group.key),
            "take the [[group]] away, or put a question into it",
        );
    }
    for language in service.document.iter().flat_map(|document| &document.languages) {
        let known = service.languages.contains(language);
        demand(
            known,
            "service/unknown-language",
            &format!("the document is in `{language}`, which is not among the service's `languages`"),
            "add it to `languages`",
        );
    }
}

fn unknown_files(folder: &Folder, out: &mut Findings) {
    for file in folder.files.keys() {
        let expected = matches!(file.as_str(), "service.toml" | "document.typ" | "README.md")
            || (file.starts_with("words/") && file.ends_with(".ftl"))
            || (file.starts_with("examples/") && file.ends_with(".toml"))
            || ["audio/", "layout/"].iter().any(|place| file.starts_with(place));
        if !expected {
            let message = format!("nothing reads the file `{file}`");
            out.warn(
                "service/unknown-file",
                0..0,
                message,
                "files are service.toml, document.typ, words/*.ftl, examples/*.toml and audio/",
            );
        }
    }
}
