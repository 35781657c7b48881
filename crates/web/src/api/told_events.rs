//! What is sent to subscribers, as the description shows it (OpenAPI 3.1, `webhooks`): whoever has nothing else
//! writes a receiver from it. What each event means and an example of it come from `docs/events.md`, which a
//! test compares with what is sent.

use diwan_domain::notices::KINDS;
use serde_json::{Map, Value, json};

/// The catalogue: a heading for each kind, what it means, and an example.
const CATALOGUE: &str = include_str!("../../../../docs/events.md");

/// What each message carries besides its body, for whoever checks that it is ours.
const HEADERS: [(&str, &str); 3] = [
    ("webhook-id", "Names the event; the same on every repeat, so a repeat can be forgotten."),
    ("webhook-timestamp", "When it was sent, seconds since 1970 UTC. Refuse one more than five minutes off."),
    (
        "webhook-signature",
        "`v1,` and base64 of HMAC-SHA256 over `webhook-id`, a point, `webhook-timestamp`, a point and the body, the \
         bytes as they came, with the subscription's secret (the base64 after `whsec_`) as key. While a secret is \
         renewed there are two, with a space between; one that fits is enough.",
    ),
];

/// Every kind of event, as an operation of the receiver.
pub(super) fn webhooks() -> Value {
    let described: Map<String, Value> =
        KINDS.iter().filter_map(|kind| Some((kind.name.to_owned(), operation(kind.name)?))).collect();
    json!(described)
}

fn operation(kind: &str) -> Option<Value> {
    let (words, example) = catalogued(kind)?;
    let parameters = HEADERS.map(|(name, words)| {
        json!({"name": name, "in": "header", "required": true, "description": words, "schema": {"type": "string"}})
    });
    let data = example["data"].as_object()?;
    let fields: Map<String, Value> =
        data.keys().map(|field| (field.clone(), schema_of(field, data.contains_key("case")))).collect();
    let schema = json!({
        "type": "object", "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "const": kind},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it happened."},
            "data": {"type": "object", "required": data.keys().collect::<Vec<_>>(), "properties": fields},
        },
    });
    Some(json!({"post": {
        "tags": ["events"],
        "operationId": format!("told_{}", kind.replace('.', "_")),
        "summary": words,
        "parameters": parameters,
        "requestBody": {"required": true, "content": {"application/json": {"schema": schema, "example": example}}},
        "responses": {
            "2XX": {"description": "It was taken. Answer within fifteen seconds, before working on it; the body is not read."},
            "410": {"description": "Nothing is wanted any more: the subscription is paused."},
            "default": {"description": "Anything else, or no answer: it is sent again after 5 seconds, half a minute, \
                two minutes and so on, for about five days; `Retry-After` is heeded up to an hour."},
        },
    }}))
}

/// What the catalogue says of a kind, and its example.
fn catalogued(kind: &str) -> Option<(String, Value)> {
    let (_, after) = CATALOGUE.split_once(&format!("\n### `{kind}`\n"))?;
    let part = after.split("\n#").next()?;
    let is_example = |line: &&str| line.starts_with("    ");
    let words = part.lines().take_while(|line| !is_example(line)).collect::<Vec<_>>().join(" ");
    let example = part.lines().filter(is_example).collect::<Vec<_>>().join("\n");
    Some((words.trim().to_owned(), serde_json::from_str(&example).ok()?))
}

/// What stands in a field of an event.
fn schema_of(field: &str, of_case: bool) -> Value {
    let id = json!({"type": "string", "format": "uuid"});
    let maybe = |words: &str| json!({"type": ["string", "null"], "format": "uuid", "description": words});
    match field {
        "office" if of_case => maybe("The competent office; nothing until it is known."),
        "supersedes" => maybe("The entry whose place it took; nothing for a first one."),
        "declaration" => {
            maybe("The declaration it came from: `/api/v1/register/declarations/{declaration}`.")
        }
        "case" | "document" | "entry" | "office" => id,
        "phase" => json!({"$ref": "#/components/schemas/CasePhase"}),
        "kind" => json!({"$ref": "#/components/schemas/KindOfEvent"}),
        "version" => {
            json!({"type": "integer", "description": "Grows with every change: the larger is the newer."})
        }
        "minor_units" => json!({"type": "integer", "description": "Of the service's currency."}),
        _ => json!({"type": "string"}),
    }
}
