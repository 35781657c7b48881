//! What the macros leave out of the description: how programs sign in, what
//! every operation shares, and the examples, which a test runs.

use super::told_events;
use crate::words::{Words, plain};
use diwan_office::tokens;
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

/// Requests and what they answer, in the order in which the test runs them.
const EXAMPLES: &str = include_str!("examples.json");

/// What the operations share, for whoever has this description and nothing else.
const SHARED: &str = "Public services through one window.\n\n\
    **Signing in.** `POST /oauth/token` with `grant_type=client_credentials` and the client's name and secret \
    (HTTP Basic) gives an access token for 900 seconds; send it as `Authorization: Bearer`. Errors there are those \
    of RFC 6749, `{\"error\": \"invalid_client\"}`. The scopes beside an operation are one way each to be let in.\n\n\
    **Once.** Each `POST`, `PUT` and `DELETE` carries an `Idempotency-Key` of your choice. A repeat with the same key and body \
    gives the first result again, also after a connection broke; with another body it is refused with `409` \
    (`request/key-reused`). An answer that tells a secret is told once.\n\n\
    **What was seen.** `GET` answers with an `ETag`. Changes that take `If-Match` need that tag as it was told \
    (`*` is not taken): `428` without, `412` when someone else was quicker; look again then.\n\n\
    **Events.** An administrator subscribes a system with `POST /api/v1/subscriptions`; what is then sent to it, and how \
    a receiver checks the signature (Standard Webhooks), stands under `webhooks`. An event holds identifiers and \
    states, and nobody's data: ask for more with the token. The same event may come twice, with the same `webhook-id`.\n\n\
    **Lists.** `limit` is 1 to 200. `next`, and the `Link` header, is the address of the next page as it stands; \
    it is left out on the last one.\n\n\
    **How often.** 600 calls a minute for each token; `RateLimit` says how many are left. After `429` and `503` wait \
    for `Retry-After` seconds and send the same again, with the same key.\n\n\
    **Refusals** are problem documents (RFC 9457). `code` is stable. In `about` stands what it concerns: a name and a \
    value, such as `field`, `question` or `permission`; for `register/fields-wrong` each field and what is wrong \
    with it. Fields that this description does not name may be added to answers: ignore them. In what is sent they \
    are refused, as are names in an address that no operation reads, and two values under one name; `known` in `about` \
    lists what is read there.\n\n\
    Times are whole microseconds since 1970 UTC, days ISO 8601, money whole minor units.";

/// The description with everything that every operation shares.
///
/// # Panics
/// When the examples in the program cannot be read; a test reads them.
pub(super) fn completed(described: &OpenApi, base_url: &str, words: &Words) -> Value {
    let mut whole = with_named_texts(described);
    whole["servers"] = json!([{"url": base_url}]);
    whole["info"]["description"] = json!(SHARED);
    whole["components"]["securitySchemes"] = doors(base_url, words);
    whole["webhooks"] = told_events::webhooks();
    whole["components"]["schemas"]["Problem"] = problem();
    whole["components"]["headers"] = headers();
    whole["components"]["responses"] = refusals();
    let Some(paths) = whole["paths"].as_object_mut() else { return whole };
    for (path, methods) in paths.iter_mut() {
        let Some(methods) = methods.as_object_mut() else { continue };
        for (method, operation) in methods {
            operation["operationId"] = json!(name_of(method, path));
            share(method, path, operation);
        }
    }
    let examples: Vec<Value> = serde_json::from_str(EXAMPLES).expect("examples are JSON");
    for example in &examples {
        show(paths, example);
    }
    whole
}

/// The description, in which a map of texts has a name that says what it is: tools make a
/// type of it in the languages of others.
fn with_named_texts(described: &OpenApi) -> Value {
    let text = serde_json::to_string(described).expect("a description is JSON");
    let text = text
        .replace("\"BTreeMap\":", "\"TextsByKey\":")
        .replace("schemas/BTreeMap\"", "schemas/TextsByKey\"");
    serde_json::from_str(&text).expect("a description stays JSON")
}

fn problem() -> Value {
    let text = json!({"type": "string"});
    json!({
        "type": "object", "required": ["type", "title", "status", "code"],
        "description": "A refusal or a failure (RFC 9457). `code` is stable; `about` names what it concerns. \
            `title` and `detail` are words for people, in the language of `Accept-Language`.",
        "properties": {
            "type": text, "title": text, "detail": text, "status": {"type": "integer"}, "code": text,
            "about": {"type": "object", "additionalProperties": text},
            "errors": {
                "type": "array", "description": "Each field that does not fit, with a sentence for people.",
                "items": {
                    "type": "object", "required": ["field", "code", "detail"],
                    "properties": {"field": text, "code": text, "detail": text},
                },
            },
            "reference": {"type": "string", "description": "Under which the operator finds the cause."},
        },
    })
}

/// Where tokens come from: RFC 6749, and any other way to one.
fn doors(base_url: &str, words: &Words) -> Value {
    let scopes = tokens::scopes().into_iter().map(|scope| {
        let words = json!(meaning_of(&scope, words));
        (scope, words)
    });
    let scopes: Map<String, Value> = scopes.collect();
    json!({
        "token": {
            "type": "http", "scheme": "bearer",
            "description": format!("A token of an officer or program, or an access token from {base_url}/oauth/token \
                 (RFC 6749, client credentials; RFC 8414 metadata at /.well-known/oauth-authorization-server). \
                 The names beside an operation are the scopes it needs."),
        },
        "client": {
            "type": "oauth2", "description": "The same, for a program that signs in by itself.",
            "flows": {"clientCredentials": {"tokenUrl": format!("{base_url}/oauth/token"), "scopes": scopes}},
        },
    })
}

/// What a scope allows: of an officer's, in the words of the page on which programs get theirs.
fn meaning_of(scope: &str, words: &Words) -> String {
    match scope {
        "services:read" => "Read which services there are.".to_owned(),
        "cases:write" => "Begin applications, answer and send them, and follow them.".to_owned(),
        "documents:read" => "Fetch the papers of one's own applications.".to_owned(),
        "verify:read" => "Check papers.".to_owned(),
        permission => {
            let language = words.language("en").unwrap_or_else(|| words.first());
            plain(&language.t_of("scope-", permission))
        }
    }
}

/// Headers that answers share.
fn headers() -> Value {
    let text = |words: &str| json!({"description": words, "schema": {"type": "string"}});
    let seconds = json!({"type": "integer"});
    json!({
        "ETag": text("What was seen, for `If-None-Match` and `If-Match`."),
        "Location": text("Where what was made stands."),
        "Link": text("The next page, with `rel=\"next\"`; left out on the last one."),
        "RateLimit": text("How many calls are left, and in how many seconds counting begins anew."),
        "Retry-After": {"description": "After how many seconds to send the same again, with the same key.", "schema": seconds},
        "WWW-Authenticate": text("Which token or scope is missing (RFC 6750)."),
    })
}

/// Refusals that many operations share, by their name.
fn refusals() -> Value {
    let refusal = |words: &str, header: Option<&str>| {
        let mut response = json!({"description": words, "content": {"application/problem+json":
            {"schema": {"$ref": "#/components/schemas/Problem"}}}});
        if let Some(header) = header {
            response["headers"] = json!({header: {"$ref": format!("#/components/headers/{header}")}});
        }
        response
    };
    json!({
        "SignInFirst": refusal("No token, or one that does not hold.", Some("WWW-Authenticate")),
        "NotAllowed": refusal("The token, or whoever it acts for, may not.", Some("WWW-Authenticate")),
        "CannotBeRead": refusal("What was sent, or asked in the address, cannot be read; `about` says why.", None),
        "NotThere": refusal("Not there, or not yours.", None),
        "TooLarge": refusal("More than is taken at once.", None),
        "OtherMedia": refusal("Not of the media type that is described, or packed.", None),
        "NotNow": refusal("The time is not right, or the key came with another body.", None),
        "ChangedSince": refusal("Changed since it was seen.", None),
        "DoesNotFit": refusal("What was sent does not fit; `about` names what.", None),
        "SayWhatYouSaw": refusal("`If-Match` is missing.", None),
        "TooOften": refusal("Too many calls.", Some("Retry-After")),
        "FullForNow": refusal("Full for a moment, or the records cannot be reached.", Some("Retry-After")),
    })
}

/// Which of them a status is.
fn refusal_of(status: &str) -> Option<&'static str> {
    Some(match status {
        "400" => "CannotBeRead",
        "401" => "SignInFirst",
        "403" => "NotAllowed",
        "404" => "NotThere",
        "409" => "NotNow",
        "412" => "ChangedSince",
        "413" => "TooLarge",
        "415" => "OtherMedia",
        "422" => "DoesNotFit",
        "428" => "SayWhatYouSaw",
        "429" => "TooOften",
        "503" => "FullForNow",
        _ => return None,
    })
}

/// An operation's own name, from its method and address: `get_register_forms_kind`.
fn name_of(method: &str, path: &str) -> String {
    let parts = path.trim_start_matches("/api/v1").split('/').filter(|part| !part.is_empty());
    let parts = parts.map(|part| part.trim_matches(['{', '}']).replace(['-', '.'], "_"));
    std::iter::once(method.to_owned()).chain(parts).collect::<Vec<_>>().join("_")
}

fn add_header(operation: &mut Value, name: &str, required: bool, words: &str, schema: &Value) {
    let header = json!({"name": name, "in": "header", "required": required,
        "description": words, "schema": schema});
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.push(header),
        None => operation["parameters"] = json!([header]),
    }
}

/// Operations that send something and change nothing: there is nothing to be done once.
const ONLY_LOOKS: [&str; 2] = ["/api/v1/verify", "/api/v1/centres/{code}/prepare"];

/// Says of headers and identifiers that macros only name what they are.
fn name_parameters(operation: &mut Value) {
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        if parameter.get("description").is_none() && parameter["name"] == "If-Match" {
            parameter["description"] =
                json!("The `ETag` that `GET` told of what is changed; `*` is not taken.");
        }
    }
}

/// What every operation of its kind takes and answers.
fn share(method: &str, path: &str, operation: &mut Value) {
    let text = json!({"type": "string"});
    name_parameters(operation);
    if matches!(method, "post" | "put" | "delete") && !ONLY_LOOKS.contains(&path) {
        let schema = json!({"type": "string", "minLength": 8, "maxLength": 64});
        let words = "8 to 64 characters of your choice. A repeat gives the first result again.";
        add_header(operation, "Idempotency-Key", true, words, &schema);
    }
    if path.starts_with("/api/v1/cases/{id}") || path.starts_with("/api/v1/documents/{id}") {
        let words = "The `key` of the answer that began the case: for whoever acts for nobody.";
        add_header(operation, "Diwan-Case-Key", false, words, &text);
    }
    if ["/api/v1/cases", "/api/v1/counter/", "/api/v1/appointments"].iter().any(|part| path.starts_with(part))
    {
        let words = "Sent by an officer's program that serves somebody on the line: what it does is done by \
             telephone, for whoever was made sure of only, and they are told.";
        let schema = json!({"type": "string", "enum": ["telephone"]});
        add_header(operation, "Diwan-Channel", false, words, &schema);
    }
    let json_answer = operation.pointer("/responses/200/content/application~1json").is_some();
    if method == "get" && json_answer {
        add_header(
            operation,
            "If-None-Match",
            false,
            "The `ETag` that is known: `304` while it stands.",
            &text,
        );
        operation["responses"]["304"] = json!({"description": "Unchanged."});
    }
    let tokens: Vec<Value> = operation["security"].as_array().into_iter().flatten().cloned().collect();
    let clients = tokens.iter().filter_map(|way| way.get("token")).map(|scopes| json!({"client": scopes}));
    if let Some(body) = operation.get_mut("requestBody") {
        as_files(body);
    }
    let ways: Vec<Value> = tokens.iter().cloned().chain(clients).collect();
    let closed = ways.len() > tokens.len();
    operation["security"] = json!(ways);
    bound_pages(operation);
    answered(method, path, closed, operation);
}

/// A page has as many lines as [`super::paging`] gives: a tool reads numbers and not words.
fn bound_pages(operation: &mut Value) {
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        if parameter["name"] == "limit" && parameter["in"] == "query" {
            parameter["schema"]["minimum"] = json!(1);
            parameter["schema"]["maximum"] = json!(super::paging::MOST);
        }
    }
}

/// What is answered: the headers of success, and each refusal as a problem document.
fn answered(method: &str, path: &str, closed: bool, operation: &mut Value) {
    let sends = operation.get("requestBody").is_some();
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let sees = parameters.iter().any(|one| one["name"] == "If-Match" && one["required"] == true);
    let pages = parameters.iter().any(|one| one["name"] == "cursor");
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    let always = [("401", closed), ("403", closed), ("428", sees), ("429", true), ("503", true)];
    let asks = parameters.iter().any(|one| one["in"] == "query");
    let read =
        [("400", sends || asks), ("404", closed || path.contains('{')), ("413", sends), ("415", sends)];
    let kept = [("409", matches!(method, "post" | "put" | "delete")), ("422", method != "delete")];
    for (status, _) in always.into_iter().chain(read).chain(kept).filter(|(_, is)| *is) {
        responses.entry(status).or_insert(Value::Null);
    }
    let shared = refusals();
    for (status, response) in responses.iter_mut() {
        match refusal_of(status) {
            Some(name) => {
                // What the operation says of it stands beside the reference (OpenAPI 3.1).
                let own =
                    response.get("description").filter(|words| words.as_str().is_some_and(|w| !w.is_empty()));
                let words = own.unwrap_or(&shared[name]["description"]).clone();
                *response = json!({"$ref": format!("#/components/responses/{name}"), "description": words});
            }
            None => succeeded(method, status, pages, response),
        }
    }
    responses.insert(
        "default".into(),
        json!({
            "description": "A refusal or a failure.",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }),
    );
}

fn succeeded(method: &str, status: &str, pages: bool, response: &mut Value) {
    // OpenAPI wants a description of every response; 204 speaks for itself.
    if response.get("description").and_then(Value::as_str).is_none_or(str::is_empty) {
        response["description"] = json!(if status == "204" { "Done." } else { "The answer." });
    }
    let is_json = response.pointer("/content/application~1json").is_some();
    let tagged = (method == "get" && is_json || status == "304").then_some("ETag");
    let linked = (pages && is_json).then_some("Link");
    for header in tagged.into_iter().chain(linked).chain(["RateLimit"]) {
        response["headers"][header] = json!({"$ref": format!("#/components/headers/{header}")});
    }
    as_files(response);
}

/// Bytes are bytes, and not a list of numbers.
fn as_files(described: &mut Value) {
    for (media, content) in described.get_mut("content").and_then(Value::as_object_mut).into_iter().flatten()
    {
        let bytes = content.pointer("/schema/items/format").is_some_and(|format| format == "int32");
        if bytes && !media.contains("json") {
            content["schema"] = json!({"type": "string", "format": "binary"});
        }
    }
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
