//! Whether a message is as the description of the API has it: the part of JSON
//! Schema that the description uses.

use serde_json::Value;

/// The description.
pub fn description() -> Value {
    serde_json::from_str(include_str!("dci/crvs_api_v1.0.0.json")).unwrap()
}

/// What is wrong with the answer of an operation.
pub fn faults_of_answer(path: &str, value: &Value) -> Vec<String> {
    let root = description();
    let answer = resolved(&root, &root["paths"][path]["post"]["responses"]["default"]).clone();
    faults(&root, &answer["content"]["application/json"]["schema"], value)
}

/// What is wrong with a message that is sent to a door of the other side.
pub fn faults_of_request(path: &str, value: &Value) -> Vec<String> {
    let root = description();
    let schema = root["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"].clone();
    faults(&root, &schema, value)
}

fn faults(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    assert!(schema.is_object(), "the description has nothing here");
    let mut found = Vec::new();
    look(root, schema, value, "", &mut found);
    found
}

fn resolved<'r>(root: &'r Value, schema: &'r Value) -> &'r Value {
    match schema["$ref"].as_str() {
        Some(path) => {
            let target = root.pointer(path.trim_start_matches('#'));
            resolved(root, target.unwrap_or_else(|| panic!("{path} is not there")))
        }
        None => schema,
    }
}

fn is_type(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("{other} is no type"),
    }
}

fn look(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let schema = resolved(root, schema);
    let mut say = |what: String| found.push(format!("{at}: {what}"));
    if let Some(kind) = schema["type"].as_str()
        && !is_type(kind, value)
    {
        say(format!("is no {kind}: {value}"));
        return;
    }
    if schema["enum"].as_array().is_some_and(|known| !known.contains(value)) {
        say(format!("{value} is not one of {}", schema["enum"]));
    }
    if let (Some(most), Some(text)) = (schema["maxLength"].as_u64(), value.as_str())
        && text.chars().count() as u64 > most
    {
        say(format!("is longer than {most}"));
    }
    if let (Some("date-time"), Some(text)) = (schema["format"].as_str(), value.as_str())
        && diwan_domain::dci::moment(text).is_none()
    {
        say(format!("{text} is no moment"));
    }
    if let (Some("^[a-z]{3,3}$"), Some(text)) = (schema["pattern"].as_str(), value.as_str())
        && !(text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_lowercase()))
    {
        say(format!("{text} is no language"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            say(format!("{name} is missing"));
        }
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            look(root, inner, value, &format!("{at}/{name}"), found);
        }
    }
    if let (Some(inner), Some(values)) = (schema.get("items"), value.as_array()) {
        for (index, value) in values.iter().enumerate() {
            look(root, inner, value, &format!("{at}/{index}"), found);
        }
    }
    for inner in schema["allOf"].as_array().into_iter().flatten() {
        look(root, inner, value, at, found);
    }
    for (name, exactly) in [("oneOf", true), ("anyOf", false)] {
        let Some(choices) = schema[name].as_array() else { continue };
        let all: Vec<Vec<String>> = choices
            .iter()
            .map(|inner| {
                let mut found = Vec::new();
                look(root, inner, value, at, &mut found);
                found
            })
            .collect();
        let fitting = all.iter().filter(|faults| faults.is_empty()).count();
        if fitting == 0 || exactly && fitting > 1 {
            found.push(format!("{at}: {fitting} of {name} fit: {all:?}"));
        }
    }
}

#[test]
fn what_does_not_fit_is_found() {
    let answer: Value = serde_json::from_str(include_str!("dci/processflow1res.json")).unwrap();
    let found = faults_of_answer("/registry/sync/search", &answer);
    // The published answers break their own description: an action, empty codes, a count that is text.
    assert!(found.iter().any(|fault| fault.contains("on-search")), "{found:?}");
    assert!(found.iter().any(|fault| fault.contains("/header/total_count")), "{found:?}");
    let ack = serde_json::json!({"message": {"ack_status": "ACK", "timestamp": "2026-11-22T06:00:00Z", "correlation_id": "1"}});
    assert_eq!(faults_of_answer("/registry/search", &ack), Vec::<String>::new());
    let ack = serde_json::json!({"message": {"ack_status": "OK", "timestamp": "now"}});
    assert_eq!(faults_of_answer("/registry/search", &ack).len(), 3);
}
