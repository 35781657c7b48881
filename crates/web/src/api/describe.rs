//! What the macros leave out of the description: how programs sign in, what
//! every operation shares, and the examples, which a test runs.

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

/// Requests and what they answer, in the order in which the test runs them.
const EXAMPLES: &str = include_str!("examples.json");

/// The description with everything that every operation shares.
///
/// # Panics
/// When the examples in the program cannot be read; a test reads them.
pub(super) fn completed(described: &OpenApi, base_url: &str) -> Value {
    let mut whole = serde_json::to_value(described).expect("a description is JSON");
    whole["servers"] = json!([{"url": base_url}]);
    whole["components"]["securitySchemes"] = json!({"token": {
        "type": "http", "scheme": "bearer",
        "description": format!("A token of an officer or program, or an access token from {base_url}/oauth/token \
             (RFC 6749, client credentials; RFC 8414 metadata at /.well-known/oauth-authorization-server). \
             The names beside an operation are the scopes it needs."),
    }});
    whole["components"]["schemas"]["Problem"] = problem();
    let Some(paths) = whole["paths"].as_object_mut() else { return whole };
    for methods in paths.values_mut() {
        let Some(methods) = methods.as_object_mut() else { continue };
        for (method, operation) in methods {
            share(method, operation);
        }
    }
    let examples: Vec<Value> = serde_json::from_str(EXAMPLES).expect("examples are JSON");
    for example in &examples {
        show(paths, example);
    }
    whole
}

fn problem() -> Value {
    let text = json!({"type": "string"});
    json!({
        "type": "object", "required": ["type", "title", "status", "code"],
        "description": "A refusal or a failure (RFC 9457). `code` is stable; `about` names what it concerns.",
        "properties": {
            "type": text, "title": text, "status": {"type": "integer"}, "code": text,
            "about": {"type": "object", "additionalProperties": text},
            "reference": {"type": "string", "description": "Under which the operator finds the cause."},
        },
    })
}

/// The key of a repeatable request, and the problem document.
fn share(method: &str, operation: &mut Value) {
    if matches!(method, "post" | "put") {
        let key = json!({"name": "Idempotency-Key", "in": "header", "required": true,
            "description": "8 to 64 characters. A repeat gives the first result again.",
            "schema": {"type": "string", "minLength": 8, "maxLength": 64}});
        match operation["parameters"].as_array_mut() {
            Some(parameters) => parameters.push(key),
            None => operation["parameters"] = json!([key]),
        }
    }
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        // OpenAPI wants a description of every response; 204 speaks for itself.
        if response.get("description").and_then(Value::as_str).is_none_or(str::is_empty) {
            response["description"] = json!(if status == "204" { "Done." } else { "The answer." });
        }
    }
    operation["responses"]["default"] = json!({
        "description": "A refusal or a failure.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    });
}

/// Puts an example beside its operation: the first one for a body and a status.
fn show(paths: &mut Map<String, Value>, example: &Value) {
    let text = |name: &str| example[name].as_str().unwrap_or_default().to_owned();
    let Some(operation) = paths.get_mut(&text("path")).and_then(|path| path.get_mut(text("method"))) else {
        return;
    };
    // As it was sent: with the identifiers that the requests before it gave.
    let sent = example.get("sent").or_else(|| example.get("body"));
    // Looked up and not indexed: an index would write `null` where nothing is.
    let wanted = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut);
    if let (Some(body), Some(content)) = (sent, wanted) {
        for media in content.values_mut().filter(|media| media.get("example").is_none()) {
            media["example"] = body.clone();
        }
    }
    let status = example["status"].to_string();
    let Some(response) = operation["responses"].get_mut(&status) else { return };
    let given = response.get_mut("content").and_then(Value::as_object_mut);
    if let (Some(answer), Some(content)) = (example.get("answer"), given) {
        for media in content.values_mut().filter(|media| media.get("example").is_none()) {
            media["example"] = answer.clone();
        }
    }
}
