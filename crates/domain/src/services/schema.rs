//! `service.toml` as a JSON Schema, for editors: they complete its keys and words and underline what is wrong
//! while it is written. What only the whole folder can tell (conditions, wording, examples) the checker tells.
//!
//! The words come from the lists by which the folder is read; a test compares the keys with those the reader knows.

use super::definition::{
    Actor, Audience, Late, LifeEvent, PICTOGRAMS, QuestionKind, RegisterKind, StepKind, When,
};
use super::facts::Source;
use super::folder::HOUSE_LAYOUTS;
use super::reading::{CHANNELS, LANGUAGES};
use crate::civil::EventKind;
use crate::names::PARTS;
use crate::numbers::IdentityKind;
use crate::uploads::{LARGEST_FILE, MOST_FILES, MediaType};
use serde_json::{Map, Value, json};

/// The schema (draft 7, which editors of TOML understand).
#[must_use]
pub fn schema() -> Value {
    let mut whole = table(
        "A public service: who may apply, what is asked, what it costs, which rules decide and which steps follow.",
        &[
            "key",
            "version",
            "since",
            "basis",
            "issuer",
            "life-event",
            "audience",
            "channels",
            "languages",
            "retention",
        ],
        vec![
            ("key", key("The service's name in addresses; the folder has the same.")),
            ("version", number("Raised with every change.", 1, 9_999)),
            ("since", json!({"description": "From when on it counts: a day without quotes, `2027-01-01`."})),
            ("basis", text("The law or order on which it rests.")),
            ("issuer", text("Which ministry issues it, by its key.")),
            ("life-event", one_of("At which moment of life people look for it.", LifeEvent::CODES)),
            ("audience", some_of("Whom it is for.", Audience::CODES)),
            ("channels", some_of("By which ways it can be asked for.", &CHANNELS)),
            ("languages", some_of("In which languages it has words.", &LANGUAGES)),
            ("register", one_of("Which register it looks into.", RegisterKind::CODES)),
            (
                "group",
                list(table("Questions that stand together.", &["key"], vec![("key", key("Its name."))])),
            ),
            ("question", list(question())),
            ("evidence", list(evidence())),
            ("relation", list(relation())),
            ("rule", list(rule())),
            ("fee", list(fee())),
            ("step", list(step())),
            ("reason", list(reason())),
            ("declares", declares()),
            ("document", document()),
            (
                "kiosk",
                json!({"type": "object", "description": "What a kiosk answers for whoever asks for their own paper there: by question."}),
            ),
            ("retention", retention()),
        ],
    );
    whole["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    whole["title"] = json!("service.toml of Diwan");
    whole
}

fn question() -> Value {
    let largest = i64::try_from(LARGEST_FILE / 1_000_000).unwrap_or(i64::MAX);
    let most = i64::try_from(MOST_FILES).unwrap_or(i64::MAX);
    table(
        "Something that is asked. Its wording stands in words/.",
        &["key", "kind"],
        vec![
            ("key", key("Its name: `answers.its_name` in conditions.")),
            ("kind", one_of("What kind of answer it takes.", QuestionKind::CODES)),
            ("group", text("The [[group]] it stands in; left out within another question.")),
            ("within", text("The question of kind `group` that it is repeated in.")),
            ("ask", condition("When it is asked.")),
            ("required", flag("Whether it must be answered; `true` when left out.")),
            ("options", texts("What can be chosen: `choice`, `choices`.")),
            ("preset", texts("What is chosen before anybody chose.")),
            (
                "min",
                json!({"type": "integer", "description": "The least: of a number, of letters, of choices."}),
            ),
            ("max", json!({"type": "integer", "description": "The most."})),
            ("partly-known", flag("Whether a date may be a year or a month only.")),
            ("when", one_of("Where a date may lie.", When::CODES)),
            ("parts", some_of("Which parts a name has.", &PARTS)),
            ("id-kinds", some_of("Which numbers are taken.", &IdentityKind::ALL.map(IdentityKind::code))),
            ("max-megabytes", number("How large a file may be.", 1, largest)),
            ("max-files", number("How many files.", 1, most)),
            ("types", some_of("Which files.", &MediaType::ALL.map(MediaType::word))),
            ("pictogram", one_of("A drawing of the house beside it.", &PICTOGRAMS)),
            ("audio", by_name("A recording in each language: `{ ckb = \"audio/copies.ckb.mp3\" }`.")),
            ("sensitive", flag("Whether the answer is shown to those only who need it.")),
        ],
    )
}

fn evidence() -> Value {
    let lookup = table(
        "A fact that is asked of another register, through X-Road.",
        &["register", "path", "holds"],
        vec![
            ("register", text("The register's name in the operator's settings.")),
            ("path", text("Below its service, with answers in braces: `/v1/licences/{licence-number}`.")),
            (
                "holds",
                json!({"type": "object", "description": "Which fields of its answer must have which values."}),
            ),
        ],
    );
    table(
        "What shows that something is so.",
        &["key", "sources", "basis"],
        vec![
            ("key", key("Its name.")),
            ("when", condition("When it is needed.")),
            ("sources", some_of("Where it may come from.", &Source::ALL.map(Source::code))),
            ("question", text("The question of kind `file` that takes it.")),
            ("lookup", lookup),
            ("basis", text("The law that asks for it.")),
        ],
    )
}

fn relation() -> Value {
    table(
        "What gives somebody a right to this service.",
        &["key", "when", "basis"],
        vec![
            ("key", key("Its name.")),
            ("claim", condition("When somebody claims it by an answer.")),
            ("when", condition("When it is so.")),
            ("basis", text("The law that gives the right.")),
        ],
    )
}

fn rule() -> Value {
    table(
        "What decides: it objects, and an officer looks; or it approves, and none needs to.",
        &["key", "basis"],
        vec![
            ("key", key("Its name.")),
            ("object", condition("When an officer must look.")),
            ("approve", condition("When no officer needs to.")),
            ("basis", text("The law behind it.")),
        ],
    )
}

fn fee() -> Value {
    table(
        "What it costs.",
        &["key", "amount", "basis"],
        vec![
            ("key", key("Its name.")),
            (
                "amount",
                json!({"type": ["integer", "string"], "description": "Minor units: a whole number, or an expression in quotes."}),
            ),
            ("currency", one_of("`IQD` when left out.", &["IQD", "USD"])),
            ("count", condition("How many times.")),
            ("waive", condition("When nobody pays it.")),
            ("basis", text("The law that asks for it.")),
        ],
    )
}

fn step() -> Value {
    table(
        "What is done, in the order of the file.",
        &["key", "kind", "role"],
        vec![
            ("key", key("Its name.")),
            ("kind", one_of("What is done.", StepKind::CODES)),
            ("role", one_of("Who does it.", &Actor::codes())),
            ("skip", condition("When it is passed over.")),
            ("deadline", text("How long it may take: `2 working days`.")),
            ("late", one_of("What happens when it takes longer.", Late::CODES)),
        ],
    )
}

fn reason() -> Value {
    table(
        "Why it can be refused.",
        &["key", "law", "appeal-days"],
        vec![
            ("key", key("Its name.")),
            ("law", text("The law that lets it be refused.")),
            ("appeal-days", number("For how many days it can be appealed.", 1, 365)),
        ],
    )
}

fn declares() -> Value {
    let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.code()).collect();
    table(
        "The event that a case of this service declares to the civil register.",
        &["event", "refused", "duplicate", "fields"],
        vec![
            ("event", one_of("Which event.", &kinds)),
            ("refused", text("The [[reason]] when the register refuses it.")),
            ("duplicate", text("The [[reason]] when it was declared before.")),
            ("applicant", by_name("As whom the applicant is tied: a condition for each role.")),
            (
                "fields",
                json!({"type": "object", "description": "Each field of the register's form, from a question or a fixed value."}),
            ),
        ],
    )
}

fn document() -> Value {
    let houses: Vec<&str> = HOUSE_LAYOUTS.iter().map(|(name, _)| *name).collect();
    let print = table(
        "A line of the paper.",
        &["key", "from"],
        vec![
            ("key", key("Its name; its label stands in words/.")),
            ("from", text("`entry.<field>` or `answers.<question>`.")),
            ("columns", texts("Which columns of a list.")),
            ("required", flag("Whether there is no paper without it; `true` when left out.")),
            ("beside", key("In the row of which line above it stands, smaller; left out, in its own.")),
        ],
    );
    table(
        "The paper that is issued.",
        &["kind", "series", "languages"],
        vec![
            ("kind", text("What it is called in programs.")),
            ("layout", one_of("A layout of the house; left out, the folder's own document.typ.", &houses)),
            (
                "series",
                json!({"type": "string", "pattern": "^[A-Z]{2,6}$", "description": "How its numbers begin."}),
            ),
            ("languages", some_of("In which languages it can be printed.", &LANGUAGES)),
            ("valid-days", number("For how many days it may be relied on; left out, for ever.", 1, 36_500)),
            ("print", list(print)),
        ],
    )
}

fn retention() -> Value {
    table(
        "How long things are kept.",
        &["draft-days", "case-years"],
        vec![
            ("draft-days", number("A draft that is never sent.", 1, 365)),
            ("case-years", number("A case after its end.", 1, 150)),
            ("uncollected-days", number("What nobody fetches; 365 when left out.", 30, 3_650)),
        ],
    )
}

fn table(about: &str, required: &[&str], properties: Vec<(&str, Value)>) -> Value {
    let properties: Map<String, Value> =
        properties.into_iter().map(|(name, of)| (name.to_owned(), of)).collect();
    json!({
        "type": "object", "description": about, "required": required, "properties": properties,
        "additionalProperties": false,
    })
}

fn list(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

fn text(about: &str) -> Value {
    json!({"type": "string", "minLength": 1, "description": about})
}

fn texts(about: &str) -> Value {
    json!({"type": "array", "items": {"type": "string"}, "description": about})
}

fn key(about: &str) -> Value {
    json!({"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 40, "description": about})
}

fn condition(about: &str) -> Value {
    json!({"type": "string", "minLength": 1, "description": format!("{about} A condition or amount (CEL).")})
}

fn flag(about: &str) -> Value {
    json!({"type": "boolean", "description": about})
}

fn number(about: &str, least: i64, most: i64) -> Value {
    json!({"type": "integer", "minimum": least, "maximum": most, "description": about})
}

fn one_of(about: &str, words: &[&str]) -> Value {
    json!({"type": "string", "enum": words, "description": about})
}

fn some_of(about: &str, words: &[&str]) -> Value {
    json!({"type": "array", "items": {"type": "string", "enum": words}, "description": about})
}

fn by_name(about: &str) -> Value {
    json!({"type": "object", "additionalProperties": {"type": "string"}, "description": about})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::{Folder, check};
    use std::collections::BTreeSet;
    use std::path::Path;

    /// A file with every table, each with what its reader needs and one key that nobody knows.
    const STRANGE: &str = r#"
key = "strange"
qqqqqqqqqqqqqqqq = 1
[[group]]
key = "group"
qqqqqqqqqqqqqqqq = 1
[[question]]
key = "asked"
kind = "choice"
group = "group"
options = ["one"]
qqqqqqqqqqqqqqqq = 1
[[evidence]]
key = "shown"
qqqqqqqqqqqqqqqq = 1
lookup = { register = "traffic", path = "/v1", holds = {}, qqqqqqqqqqqqqqqq = 1 }
[[relation]]
key = "own"
qqqqqqqqqqqqqqqq = 1
[[rule]]
key = "usual"
qqqqqqqqqqqqqqqq = 1
[[fee]]
key = "copy"
amount = 1
qqqqqqqqqqqqqqqq = 1
[[step]]
key = "decide"
qqqqqqqqqqqqqqqq = 1
[[reason]]
key = "no"
qqqqqqqqqqqqqqqq = 1
[declares]
event = "birth"
qqqqqqqqqqqqqqqq = 1
[document]
layout = "certificate"
qqqqqqqqqqqqqqqq = 1
[[document.print]]
key = "line"
qqqqqqqqqqqqqqqq = 1
[retention]
qqqqqqqqqqqqqqqq = 1
"#;

    fn names(schema: &Value) -> BTreeSet<String> {
        schema["properties"].as_object().expect("a table has keys").keys().cloned().collect()
    }

    #[test]
    fn its_keys_are_those_that_the_reader_knows() {
        let whole = schema();
        let parts = &whole["properties"];
        let list = |name: &str| &parts[name]["items"];
        let tables = [
            ("service.toml", &whole),
            ("[[group]]", list("group")),
            ("[[question]]", list("question")),
            ("[[evidence]]", list("evidence")),
            ("lookup", &list("evidence")["properties"]["lookup"]),
            ("[[relation]]", list("relation")),
            ("[[rule]]", list("rule")),
            ("[[fee]]", list("fee")),
            ("[[step]]", list("step")),
            ("[[reason]]", list("reason")),
            ("[declares]", &parts["declares"]),
            ("[document]", &parts["document"]),
            ("[[document.print]]", &parts["document"]["properties"]["print"]["items"]),
            ("[retention]", &parts["retention"]),
        ];
        let found = check(&Folder::new("strange", [("service.toml", STRANGE)]), None).diagnostics;
        for (name, described) in tables {
            let message = format!("{name} has no key `qqqqqqqqqqqqqqqq`");
            let told = found.iter().find(|one| one.message == message);
            let told = told.unwrap_or_else(|| panic!("{name} is not read: {found:?}"));
            let help = told.help.as_deref().unwrap_or_default();
            let known = help.trim_start_matches("write one of: ").split(", ");
            let known: BTreeSet<String> = known.map(str::to_owned).collect();
            assert_eq!(names(described), known, "{name}");
        }
    }

    /// What is wrong with a value, by the part of JSON Schema that is used here.
    fn faults(schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
        let is = |name: &str| match name {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            _ => value.is_i64(),
        };
        let types: Vec<&str> = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect(),
        };
        if !types.is_empty() && !types.into_iter().any(is) {
            out.push(format!("{at} is {value}"));
        }
        if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
            out.push(format!("{at} is {value}"));
        }
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if value.get(required).is_none() {
                out.push(format!("{at} lacks {required}"));
            }
        }
        for (name, part) in value.as_object().into_iter().flatten() {
            match schema["properties"].get(name) {
                Some(of) => faults(of, part, &format!("{at}.{name}"), out),
                None if schema["additionalProperties"] == false => out.push(format!("{at} has {name}")),
                None => {}
            }
        }
        for part in value.as_array().into_iter().flatten() {
            faults(&schema["items"], part, at, out);
        }
    }

    #[test]
    fn every_service_of_the_house_fits_and_a_slip_does_not() {
        let whole = schema();
        let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
        let mut seen = 0;
        for folder in std::fs::read_dir(services).expect("there are services") {
            let file = folder.expect("a folder").path().join("service.toml");
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            let read: toml::Table = text.parse().unwrap_or_else(|why| panic!("{}: {why}", file.display()));
            let mut value = serde_json::to_value(&read).expect("TOML is JSON with dates");
            let mut found = Vec::new();
            faults(&whole, &value, "", &mut found);
            assert!(found.is_empty(), "{}: {found:?}", file.display());
            value["chanels"] = json!([]);
            value["life-event"] = json!("brith");
            faults(&whole, &value, "", &mut found);
            assert_eq!(found.len(), 2, "{found:?}");
            seen += 1;
        }
        assert!(seen > 10, "{seen}");
    }
}
