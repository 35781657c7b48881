//! The API's description: whole, and enough for whoever has nothing else.

use crate::program::{Program, officers, token_of};
use diwan_domain::cases::Phase;
use diwan_domain::civil::{EventKind, State};
use diwan_domain::notices::KINDS;
use diwan_domain::people::Role;
use diwan_office::administration::AddArea;
use diwan_testkit::TestOffice;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What other people's tools stumble over: schemathesis refused the description.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_description_has_no_holes() {
    let test = TestOffice::narrow().await;
    let described = Program::with(&test, "").get("/api/v1/openapi.json").await.json();
    let mut responses = 0;
    for (template, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(
                operation.get("requestBody").is_none_or(|body| body["content"].is_object()),
                "{method} {template}"
            );
            for (status, response) in operation["responses"].as_object().unwrap() {
                let at = format!("{method} {template} {status}");
                assert!(
                    !response["description"].as_str().unwrap_or_default().is_empty(),
                    "{at} has no description"
                );
                assert!(
                    response.get("content").is_none_or(Value::is_object),
                    "{at} has no content but says so"
                );
                responses += 1;
            }
        }
    }
    assert!(responses > 150, "only {responses} responses are described");
}

/// What whoever has nothing but the description must find in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_description_alone_is_enough() {
    let test = TestOffice::narrow().await;
    let described = Program::with(&test, "").get("/api/v1/openapi.json").await.json();
    let flow = &described["components"]["securitySchemes"]["client"]["flows"]["clientCredentials"];
    assert!(flow["tokenUrl"].as_str().unwrap().ends_with("/oauth/token"));
    let known: Vec<&String> = flow["scopes"].as_object().unwrap().keys().collect();
    let mut names = BTreeSet::new();
    for (template, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let at = format!("{method} {template}");
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{at}: another operation is called {name}");
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let named = |header: &str| parameters.iter().any(|one| one["name"] == header);
            let must_be_seen =
                parameters.iter().any(|one| one["name"] == "If-Match" && one["required"] == true);
            let held = |status: &str| operation["responses"].get(status).is_some();
            assert_eq!(must_be_seen, held("428"), "{at}");
            assert_eq!(named("If-None-Match"), held("304"), "{at}");
            assert!(held("429") && held("503"), "{at}");
            for way in operation["security"].as_array().unwrap() {
                let (closed, client) = (!way.as_object().unwrap().is_empty(), way.get("client"));
                assert!(!closed || held("401") && held("403"), "{at}");
                let scopes = client.and_then(Value::as_array).into_iter().flatten();
                for scope in scopes {
                    assert!(known.iter().any(|known| *scope == known.as_str()), "{at}: no scope {scope}");
                }
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                let followed = match response["$ref"].as_str() {
                    Some(there) => described.pointer(there.trim_start_matches('#')).unwrap(),
                    None => response,
                };
                let refuses = status == "default" || status.starts_with(['4', '5']);
                let is_problem = followed["content"].get("application/problem+json").is_some();
                assert_eq!(refuses, is_problem, "{at} {status}");
                let contents = response["content"]
                    .as_object()
                    .into_iter()
                    .chain(operation["requestBody"]["content"].as_object());
                for (media, content) in contents.flatten() {
                    // `DIWAN_RECORD=1` writes them, with what was really sent.
                    let example = &content["example"];
                    let is_shown = !media.ends_with("/json") || example.is_object() || example.is_array();
                    assert!(is_shown && !example.to_string().contains("{{"), "{at} {status}: no example");
                    let numbers = content["schema"]["items"]["format"] == "int32";
                    assert!(!numbers || media.contains("json"), "{at}: a file is no list of numbers");
                }
            }
        }
    }
    assert!(names.len() > 100, "only {} operations were walked", names.len());
    for template in ["/api/v1/cases/{id}", "/api/v1/documents/{id}/release"] {
        let text = described["paths"][template].to_string();
        assert!(text.contains("Diwan-Case-Key"), "{template} does not say how a stranger opens it");
    }
}

/// A receiver of events is written from the description alone: what comes, and how it is checked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_subscribers_are_sent_is_described() {
    let test = TestOffice::narrow().await;
    let described = Program::with(&test, "").get("/api/v1/openapi.json").await.json();
    let hooks = described["webhooks"].as_object().unwrap();
    assert_eq!(hooks.len(), KINDS.len());
    for kind in KINDS {
        let hook = &hooks[kind.name]["post"];
        let text = hook.to_string();
        assert!(hook["summary"].as_str().is_some_and(|words| words.ends_with('.')), "{text}");
        for header in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            assert!(text.contains(&format!("\"{header}\"")), "{}: no {header}", kind.name);
        }
        let body = &hook["requestBody"]["content"]["application/json"];
        assert_eq!(body["example"]["type"], kind.name);
        let data = body["example"]["data"].as_object().unwrap();
        let fields = body["schema"]["properties"]["data"]["properties"].as_object().unwrap();
        assert!(data.keys().eq(fields.keys()), "{text}");
        assert!(kind.facts.iter().all(|(_, outside)| fields.contains_key(*outside)), "{text}");
    }
    assert!(hooks["birth.registered"].to_string().contains("declaration"));
    // Nor are scopes, tags and types left without words.
    let flow = &described["components"]["securitySchemes"]["client"]["flows"]["clientCredentials"];
    assert_eq!(flow["scopes"]["register.notify"], "Give notice of events");
    for (scope, words) in flow["scopes"].as_object().unwrap() {
        let words = words.as_str().unwrap();
        assert!(words.contains(' ') && !words.contains("scope-"), "{scope}: {words}");
    }
    for (template, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let mut tags = parameters.filter(|one| one["name"] == "If-Match");
            assert!(tags.all(|tag| tag["description"].is_string()), "{method} {template}");
        }
    }
    assert!(!described.to_string().contains("BTreeMap"), "a name of this program's language");
}

/// What a client does that was written from the description and from RFC 9110.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_tags_and_codes_are_as_the_description_says() {
    let test = TestOffice::narrow().await;
    let administrator = test.officer("areas", Role::Administrator, None).await;
    let names = json!({"ckb": "هەولێر", "en": "Erbil"});
    let area = |code: &str, kind: &str, parent| AddArea {
        code: code.into(),
        kind: kind.into(),
        parent,
        names: names.clone(),
        valid_from: None,
    };
    let erbil = test.office.perform_once(&administrator, area("erb", "governorate", None)).await.unwrap();
    test.office.perform_once(&administrator, area("erb-koya", "district", Some(erbil))).await.unwrap();
    let notifier = officers(&test, "hospital", Role::Notifier).await;
    let clerk = officers(&test, "clerk", Role::CounterOfficer).await;
    let citizen = test.citizen("1000000000003").await;
    let citizen = Program::with(&test, &token_of(&test, &citizen).await);
    let nobody = Program::with(&test, "");
    // The codes that a notice needs are there for whoever has nothing but the description.
    let areas = nobody.get("/api/v1/register/areas?limit=1").await.is(200).json();
    assert_eq!(
        areas["items"],
        json!([{"code": "erb", "kind": "governorate", "within": null, "names": names}])
    );
    let next = nobody.get(areas["next"].as_str().unwrap()).await.is(200).json();
    assert_eq!((&next["items"][0]["code"], &next["items"][0]["within"]), (&json!("erb-koya"), &json!("erb")));
    let all = "/api/v1/register/declarations";
    let known = json!({"place-area": "erb-koya", "husband.given": "ئازاد"});
    let notice = json!({"act": "notify", "kind": "marriage", "content": known});
    let id = clerk.post(all, notice).await.is(200).json()["id"].as_str().unwrap().to_owned();
    // A list is no object, whatever stands in it.
    clerk.post(all, json!(["notify", "marriage", {}, null])).await.refuses(422, "request/malformed");
    clerk.post("/api/v1/counter/people/find", json!({"known": []})).await.refuses(422, "request/malformed");
    // Whoever asks for the head is told the tag of the whole.
    let path = format!("{all}/{id}");
    let whole = clerk.get(&path).await;
    let head = clerk.send("HEAD", &path, "", Vec::new(), &[]).await;
    assert!(head.is(200).text().is_empty());
    assert_eq!(head.header("etag"), whole.is(200).header("etag"));
    assert!(!head.header("etag").is_empty());
    // A tag that was never ours is not the one that stands; no tag says nothing.
    let change = json!({"act": "amend", "content": {"husband.given": "ئاراز"}});
    let put = async |key: &str, tag: &str| {
        let headers = [("idempotency-key", key), ("if-match", tag)];
        clerk.send("PUT", &path, "application/json", change.to_string().into_bytes(), &headers).await
    };
    put("amend-any-1", "*").await.refuses(428, "request/malformed");
    put("amend-none-1", "").await.refuses(428, "request/malformed");
    for (key, tag) in [("amend-other-1", "\"other\""), ("amend-weak-1", "W/\"1.x\"")] {
        put(key, tag).await.refuses(412, "request/changed-meanwhile");
    }
    let several = format!("\"other\", {}", whole.header("etag"));
    put("amend-several-1", &several).await.is(200);
    // A token that holds and is not one for this is no missing token.
    citizen.get(all).await.refuses(403, "officer/not-permitted");
    nobody.get(all).await.refuses(401, "sign-in/first");
    notifier.get(all).await.refuses(403, "officer/not-permitted");
    let described = nobody.get("/api/v1/openapi.json").await.json();
    let list = &described["paths"][all]["get"]["parameters"];
    let limit = list.as_array().unwrap().iter().find(|one| one["name"] == "limit").unwrap();
    assert_eq!((&limit["schema"]["minimum"], &limit["schema"]["maximum"]), (&json!(1), &json!(200)));
    let entry = &described["paths"]["/api/v1/register/entries/{id}"]["get"];
    let purpose =
        entry["parameters"].as_array().unwrap().iter().find(|one| one["name"] == "purpose").unwrap();
    assert_eq!(purpose["required"], json!(true));
    assert!(entry["responses"]["404"].is_object() && entry["responses"]["400"].is_object());
}

/// From a notice to the number, as each of them sees it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_gave_notice_can_follow_it_to_the_number() {
    let test = TestOffice::narrow().await;
    let notifier = officers(&test, "hospital", Role::Notifier).await;
    let other = officers(&test, "other-hospital", Role::Notifier).await;
    let clerk = officers(&test, "clerk", Role::CounterOfficer).await;
    let registrar = officers(&test, "registrar", Role::Registrar).await;
    let all = "/api/v1/register/declarations";
    let known = json!({"happened-on": "2026-11-20", "husband.given": "ئازاد"});
    let notice = json!({"act": "notify", "kind": "marriage", "content": known});
    let id = notifier.post(all, notice).await.is(200).json()["id"].as_str().unwrap().to_owned();
    let path = format!("{all}/{id}");
    let seen = notifier.get(&path).await.is(200).json();
    assert_eq!(seen["steps"], json!(["amend", "withdraw"]), "and not what only officers may");
    other.get(&path).await.refuses(404, "request/not-found");
    let looked = clerk.get(&path).await;
    assert_eq!(looked.is(200).json()["steps"], json!(["amend", "declare", "withdraw"]));
    let content = json!({
        "happened-on": "2026-11-20", "contract-court": "هەولێر", "contract-number": "412/2026",
        "husband.given": "ئازاد", "husband.father": "کەریم", "husband.born-on": "1995-04-02",
        "wife.given": "شیلان", "wife.father": "عومەر", "wife.born-on": "1998", "declarant.as": "court",
        "husband.religion": "yazidi",
    });
    let whole = json!({"act": "declare", "content": content}).to_string().into_bytes();
    let (tag, key) = (looked.header("etag"), "declare-it-1");
    let headers = [("idempotency-key", key), ("if-match", tag.as_str())];
    clerk.send("PUT", &path, "application/json", whole, &headers).await.is(200);
    let tag = registrar.get(&path).await.is(200).header("etag");
    let headers = [("idempotency-key", "register-it-1"), ("if-match", tag.as_str())];
    let registered = registrar.post_as(&format!("{path}/registration"), json!({}), &headers).await;
    let number = registered.is(200).json()["number"].clone();
    let followed = notifier.get(&path).await.is(200).json();
    assert_eq!((&followed["state"], &followed["entry_number"]), (&json!("registered"), &number));
    // Whom the entry ties to the register, it tells.
    let entry = format!("/api/v1/register/entries/{}", registered.json()["entry"].as_str().unwrap());
    registrar.get(&entry).await.refuses(422, "case/reason-missing");
    let entry = registrar.get(&format!("{entry}?purpose=look")).await.is(200).json();
    let mut roles: Vec<&str> =
        entry["people"].as_array().unwrap().iter().filter_map(|one| one["role"].as_str()).collect();
    roles.sort_unstable();
    assert_eq!(roles, ["husband", "wife"]);
    assert_eq!(
        entry["content"]["wife.person"],
        entry["people"].as_array().unwrap().iter().find(|one| one["role"] == "wife").unwrap()["person"]
    );
    assert_eq!(followed["steps"], json!([]));
    other.get(&path).await.refuses(404, "request/not-found");
}

/// A program settles the doubts that it saw, and no others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_doubt_that_came_since_is_named_before_it_is_settled() {
    let test = TestOffice::narrow().await;
    let clerk = officers(&test, "clerk", Role::CounterOfficer).await;
    let registrar = officers(&test, "registrar", Role::Registrar).await;
    let supervisor = officers(&test, "supervisor", Role::Supervisor).await;
    let all = "/api/v1/register/declarations";
    let mut both = Vec::new();
    for (wife, given, on) in
        [("1000000000019", "گوڵاڵە", "2026-10-01"), ("1000000000009", "هێڤین", "2026-11-15")]
    {
        let content = json!({
            "happened-on": on, "contract-court": "هەولێر", "contract-number": on, "declarant.as": "court",
            "husband.given": "عومەر", "husband.upn": "1000000000018", "wife.given": given, "wife.upn": wife,
        });
        let said = json!({"act": "declare", "kind": "marriage", "content": content});
        let taken = clerk.post(all, said).await.is(200).json();
        assert_eq!(taken["doubts"], json!([]), "neither stands yet");
        both.push(format!("{all}/{}", taken["id"].as_str().unwrap()));
    }
    let seen = supervisor.get(&both[1]).await.is(200).header("etag");
    let tag = registrar.get(&both[0]).await.is(200).header("etag");
    let headers = [("idempotency-key", "register-first"), ("if-match", tag.as_str())];
    registrar.send("POST", &format!("{}/registration", both[0]), "", Vec::new(), &headers).await.is(200);

    // Its version is what was seen, and yet something came that was not.
    for (step, key) in [("check", "check-second"), ("registration", "register-second")] {
        let headers = [("idempotency-key", key), ("if-match", seen.as_str())];
        let path = format!("{}/{step}", both[1]);
        let refused = supervisor.send("POST", &path, "", Vec::new(), &headers).await;
        let about = refused.refuses(409, "register/doubt-arose").json()["about"].clone();
        assert_eq!(about, json!({"doubts": "marriage-stands"}));
    }
    let looked = supervisor.get(&both[1]).await;
    assert_eq!(looked.is(200).json()["doubts"], json!(["marriage-stands"]));
    let tag = looked.header("etag");
    let headers = [("idempotency-key", "register-again"), ("if-match", tag.as_str())];
    let named = json!({"doubts": looked.json()["doubts"]});
    supervisor.post_as(&format!("{}/registration", both[1]), named, &headers).await.is(200);
}

/// Whoever makes a client from the description gets the words that count, and not just texts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closed_sets_and_identifiers_are_named_as_such() {
    let test = TestOffice::narrow().await;
    let described = Program::with(&test, "").get("/api/v1/openapi.json").await.json();
    let schemas = &described["components"]["schemas"];
    for (name, words) in [
        ("CasePhase", Phase::ALL.map(Phase::code).to_vec()),
        ("KindOfEvent", EventKind::ALL.iter().map(|kind| kind.code()).collect()),
        ("DeclarationState", State::ALL.iter().map(|state| state.code()).collect()),
        ("OfficerRole", Role::ALL.iter().map(|role| role.code()).collect()),
    ] {
        assert_eq!(schemas[name]["enum"], json!(words), "{name}");
    }
    for (schema, field, set) in [
        ("DeclarationIn", "kind", "KindOfEvent"),
        ("CaseOut", "phase", "CasePhase"),
        ("VerifyOut", "status", "PaperStatus"),
        ("FileCheckOut", "file", "FileVerdict"),
    ] {
        let said = schemas[schema]["properties"][field].to_string();
        assert!(said.contains(&format!("schemas/{set}")), "{schema}.{field}: {said}");
    }
    assert_eq!(schemas["CaseOut"]["properties"]["id"]["format"], "uuid");
    assert_eq!(schemas["VerifyOut"]["properties"]["valid_until"]["format"], "date");
    let path = &described["paths"]["/api/v1/register/forms/{kind}"]["get"]["parameters"][0]["schema"];
    assert!(path["enum"].as_array().is_some_and(|words| words.contains(&json!("stillbirth"))), "{path}");
    // Every set that is referred to is there.
    let text = described.to_string();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(schemas[name].is_object(), "{name} is not described");
    }
    // What is sent holds nothing that nobody reads.
    for (path, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let body = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
            let Some(name) = body.as_str().and_then(|there| there.rsplit('/').next()) else { continue };
            if schemas[name]["properties"].is_object() {
                assert_eq!(schemas[name]["additionalProperties"], false, "{method} {path}: {name}");
            }
        }
    }
}

/// A slip of the pen is told, with what is read there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_reads_is_refused_and_named() {
    let test = TestOffice::narrow().await;
    let notifier = officers(&test, "hospital", Role::Notifier).await;
    let registrar = officers(&test, "registrar", Role::Registrar).await;
    let all = "/api/v1/register/declarations";
    let known = json!({"happened-on": "2026-11-20", "husband.given": "ئازاد"});
    let notice = json!({"act": "notify", "kind": "marriage", "content": known, "ofice": "EB"});
    let said = notifier.post(all, notice).await.refuses(422, "request/malformed").text();
    assert!(said.contains("ofice"), "{said}");
    let notice = json!({"act": "notify", "kind": "wedding", "content": known});
    let said = notifier.post(all, notice).await.refuses(422, "admin/field-missing").json()["about"].clone();
    assert!(said["known"].as_str().unwrap().contains("marriage"), "{said}");

    // Nor are roles and events that nobody knows.
    let administrator = officers(&test, "administrator", Role::Administrator).await;
    let program = json!({"login": "clinic", "name": "Clinic", "roles": ["hospital"]});
    let said = administrator.post("/api/v1/programs", program).await;
    let said = said.refuses(422, "admin/field-missing").json()["about"]["known"].clone();
    assert!(said.as_str().unwrap().contains("notifier"), "{said}");
    let subscription = json!({"name": "C", "url": "https://c.example/in", "kinds": ["birth.registerd"]});
    let said = administrator.post("/api/v1/subscriptions", subscription).await;
    let said = said.refuses(422, "admin/field-missing").json()["about"]["known"].clone();
    assert!(said.as_str().unwrap().contains("birth.registered"), "{said}");

    // Nor is a notice taken that says nothing.
    for nothing in [json!({}), json!({"happened-on": " ", "husband.given": ""})] {
        let notice = json!({"act": "notify", "kind": "marriage", "content": nothing});
        notifier.post(all, notice).await.refuses(422, "register/notice-empty");
    }

    // Two days under one name: neither is guessed.
    let twice = r#"{"act": "notify", "kind": "marriage",
        "content": {"happened-on": "2026-11-20", "happened-on": "2026-11-21"}}"#;
    let send = async |media: &str, body: &str, more: &[(&str, &str)]| {
        let headers: Vec<(&str, &str)> =
            [("idempotency-key", "said-twice")].iter().chain(more).copied().collect();
        notifier.send("POST", all, media, body.as_bytes().to_vec(), &headers).await
    };
    let said = send("application/json", twice, &[]).await.refuses(422, "request/malformed").text();
    assert!(said.contains("happened-on"), "{said}");
    let packed = [("content-encoding", "gzip")];
    send("application/json", twice, &packed).await.refuses(415, "request/malformed");
    // JSON is UTF-8: what says that it is not would be read as something else.
    for charset in ["utf-16", "\"UTF-16LE\"", "windows-1256", "iso-8859-1"] {
        let media = format!("application/json; charset={charset}");
        let said = send(&media, twice, &[]).await.refuses(415, "request/malformed").json();
        let words = said["about"]["body"].as_str().unwrap();
        assert_eq!(
            words,
            format!("JSON is read in UTF-8, and Content-Type says {}", charset.trim_matches('"'))
        );
    }
    for media in ["application/json; charset=UTF-8", "application/json;charset=\"utf-8\""] {
        send(media, twice, &[]).await.refuses(422, "request/malformed");
    }

    // An identifier has one spelling, as the description says: others are no address.
    let notice = json!({"act": "notify", "kind": "marriage", "content": known});
    let taken = notifier.post(all, notice).await.is(200).json();
    let id = taken["id"].as_str().unwrap();
    notifier.get(&format!("{all}/{id}")).await.is(200);
    let plain = id.replace('-', "");
    for other in [format!("%7B{id}%7D"), format!("urn:uuid:{id}"), plain, "nobody".to_owned()] {
        notifier.get(&format!("{all}/{other}")).await.refuses(404, "request/not-found");
    }

    let path = format!("{all}?stat=checked");
    let said = registrar.get(&path).await.refuses(400, "request/malformed").json()["about"].clone();
    assert_eq!(said, json!({"query": "stat", "known": "cursor, kind, limit, state, whose"}));
    for wrong in [
        format!("{all}?kind=wedding"),
        format!("{all}?state=lost"),
        "/api/v1/desk/cases?sort=newest".to_owned(),
        "/api/v1/desk/cases?channel=pigeon".to_owned(),
        "/api/v1/desk/cases/export?sort=newest".to_owned(),
    ] {
        let said = registrar.get(&wrong).await.refuses(422, "request/malformed").json();
        assert!(said["about"]["known"].is_string(), "{wrong}: {said}");
    }
    registrar.get(&format!("{all}?kind=marriage&state=notified&limit=1")).await.is(200);
    registrar.get("/api/v1/desk/cases?sort=due&channel=online").await.is(200);
}
