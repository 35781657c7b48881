//! The API's doors: who gets through, how far, how often, and how they sign in.

use crate::program::{Program, officers, token_of, token_with};
use crate::visit::{self, officer};
use diwan_domain::people::{Permission, Role};
use diwan_office::administration::AppointProgram;
use diwan_office::clients::RegisterClient;
use diwan_office::tokens::scopes;
use diwan_office::{Who, acting};
use diwan_testkit::TestOffice;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;

fn unverified() -> [(&'static str, Value); 2] {
    [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))]
}

/// The address of an operation with made-up identifiers.
fn somewhere(template: &str) -> String {
    let id = "01a20607-abfe-7000-8000-000000000000";
    let parts = template.split('/').map(|part| if part.starts_with('{') { id } else { part });
    let path = parts.collect::<Vec<_>>().join("/");
    match template {
        "/api/v1/counter/cases" => format!("{path}?number=EB1A1-000001-7"),
        _ => path,
    }
}

/// Every operation: a stranger is sent away, and so is a token that has every
/// scope but the ones the operation names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_needs_what_its_description_says() {
    let test = TestOffice::narrow().await;
    let everyone = test.officer("everyone", Role::Administrator, None).await;
    let diwan_domain::acts::Actor::Officer(id) = everyone.actor else { panic!("an officer") };
    let roles = diwan_office::administration::SetRoles { officer: id, roles: Role::ALL.to_vec(), seen: None };
    test.office.perform_once(&Who::system("test"), roles).await.unwrap();
    let nobody = Program::with(&test, "");
    let described = nobody.get("/api/v1/openapi.json").await.json();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api/examples.json");
    let examples: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let journal = test.journal_size().await;
    let mut walked = 0;
    for (template, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let path = somewhere(template);
            let example =
                examples.as_array().unwrap().iter().find(|example| {
                    example["path"] == template.as_str() && example["method"] == method.as_str()
                });
            let body = example.and_then(|example| example.get("sent").or_else(|| example.get("body")));
            let (media, body) = match body {
                Some(Value::String(text)) => ("text/csv", text.clone().into_bytes()),
                Some(body) => ("application/json", body.to_string().into_bytes()),
                None => ("", Vec::new()),
            };
            let verb = method.to_uppercase();
            let headers = [("idempotency-key", "walk-12345678"), ("if-match", "\"1.x\"")];
            let mut ways = operation["security"].as_array().cloned().unwrap_or_default();
            // The same again for whoever signs in as a client.
            ways.retain(|way| way.get("client").is_none());
            let open = ways.iter().any(|way| way.as_object().is_some_and(serde_json::Map::is_empty));
            let answer = nobody.send(&verb, &path, media, body.clone(), &headers).await;
            if open {
                assert!(answer.status.as_u16() < 500, "{verb} {path}");
                continue;
            }
            assert!(!ways.is_empty(), "{verb} {template} does not say what it needs");
            answer.refuses(401, "sign-in/first");
            assert!(answer.header("www-authenticate").starts_with("Bearer"), "{verb} {path}");
            walked += 1;
            // Each scope that every way needs, taken away alone.
            let named: Vec<Vec<String>> = ways
                .iter()
                .map(|way| serde_json::from_value(way["token"].clone()).unwrap_or_default())
                .collect();
            if named.iter().any(Vec::is_empty) {
                continue;
            }
            let held: Vec<String> =
                scopes().into_iter().filter(|scope| !named.iter().flatten().any(|n| n == scope)).collect();
            let token = token_with(&test, &everyone, &held).await;
            let narrowed = Program::with(&test, &token);
            let answer = narrowed.send(&verb, &path, media, body, &headers).await;
            answer.refuses(403, "officer/not-permitted");
            assert!(answer.header("www-authenticate").contains("insufficient_scope"), "{verb} {path}");
        }
    }
    assert!(walked > 60, "only {walked} operations were walked");
    let tokens = test.journal_size().await - journal;
    let mut reading = test.office.db.reading().await.unwrap();
    let kind = |kind: &str| diwan_office::rows::Search {
        kind: Some(kind.into()),
        page: (1, 0),
        ..Default::default()
    };
    let issued = diwan_office::inspection::search(&mut reading.tx(), &kind("token-issued")).await.unwrap().1;
    assert_eq!(tokens, issued, "a walk without the scopes changes nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scopes_only_take_away() {
    let test = TestOffice::narrow().await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let nawroz = test.citizen("1000000000002").await;
    test.sent(&nawroz, &unverified()).await;
    let looking = Program::with(&test, &token_with(&test, &registrar, &["cases.see".into()]).await);
    let id = looking.post("/api/v1/desk/cases/next", json!({})).await.is(200).json()["id"].clone();
    let path = format!("/api/v1/desk/cases/{}", id.as_str().unwrap());
    let tag = looking.get(&path).await.is(200).header("etag");
    let known = looking.send("GET", &path, "", Vec::new(), &[("if-none-match", &tag)]).await;
    assert!(known.is(304).bytes.is_empty(), "a look changes nothing that was looked at");
    let approve = json!({"outcome": "approve"});
    let decide = |program: Program, key: &'static str| {
        let (path, tag, approve) = (format!("{path}/decisions"), tag.clone(), approve.clone());
        async move { program.post_as(&path, approve, &[("idempotency-key", key), ("if-match", &tag)]).await }
    };
    decide(looking.clone(), "decide-by-looking").await.refuses(403, "officer/not-permitted");
    // A scope that no role of the officer allows gives nothing.
    let more = Program::with(&test, &token_of(&test, &registrar).await);
    more.get("/api/v1/journal").await.refuses(403, "officer/not-permitted");
    let me = more.get("/api/v1/me").await.is(200).json();
    assert!(!me["permissions"].as_array().unwrap().contains(&json!(Permission::ReadJournal.code())));
    decide(more.clone(), "decide-with-all-1").await.is(200);
    // The same key gives the first result, although the version moved on.
    decide(more.clone(), "decide-with-all-1").await.is(200);
    decide(more, "decide-with-all-2").await.refuses(412, "request/changed-meanwhile");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_known_resource_is_not_sent_again() {
    let test = TestOffice::narrow().await;
    let program = officers(&test, "administrator", Role::Administrator).await;
    let path = format!("/api/v1/centres/{}", test.centre);
    let tag = program.get(&path).await.is(200).header("etag");
    assert!(tag.starts_with("\"1."), "{tag}");
    let again = program.send("GET", &path, "", Vec::new(), &[("if-none-match", &tag)]).await;
    again.is(304);
    assert!(again.bytes.is_empty());
    let other = program.send("GET", &path, "", Vec::new(), &[("if-none-match", "\"1.other\"")]).await;
    other.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_a_list_neither_repeat_nor_hide() {
    let test = TestOffice::narrow().await;
    let nawroz = test.citizen("1000000000002").await;
    let program = officers(&test, "registrar", Role::Registrar).await;
    for _ in 0..5 {
        test.sent(&nawroz, &unverified()).await;
        test.pass(1);
    }
    let mut seen = Vec::new();
    let mut next = "/api/v1/desk/cases?limit=2".to_owned();
    while !next.is_empty() {
        let answer = program.get(next.trim_start_matches("http://127.0.0.1:1")).await;
        let page = answer.is(200).json();
        let items = page["items"].as_array().unwrap();
        seen.extend(items.iter().map(|item| item["number"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().unwrap_or_default().to_owned();
        assert_eq!(answer.header("link").contains("rel=\"next\""), !next.is_empty());
        if seen.len() == 2 {
            // One more comes while someone reads; it is due last.
            test.sent(&nawroz, &unverified()).await;
        }
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 6, "nothing twice: {seen:?}");
    for sort in ["due", "number", "touched"] {
        let whole = program.get(&format!("/api/v1/desk/cases?sort={sort}&limit=200")).await.json();
        let one = program.get(&format!("/api/v1/desk/cases?sort={sort}&limit=1")).await.json();
        let next = one["next"].as_str().unwrap().trim_start_matches("http://127.0.0.1:1").to_owned();
        let second = program.get(&next).await.is(200).json();
        assert_eq!(whole["items"][0]["id"], one["items"][0]["id"], "{sort}");
        assert_eq!(whole["items"][1]["id"], second["items"][0]["id"], "{sort}");
    }
    program.get("/api/v1/desk/cases?cursor=rubbish").await.refuses(422, "request/malformed");
    program.get("/api/v1/desk/cases?limit=0").await.refuses(422, "request/malformed");
    let file = program.get("/api/v1/desk/cases/export?format=csv").await;
    assert_eq!(file.is(200).text().lines().count(), 7, "a heading and six cases: {}", file.text());
    let lines = program.get("/api/v1/desk/cases/export?format=jsonl").await;
    assert_eq!(lines.text().lines().count(), 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_asks_too_often_is_told_when_to_come_again() {
    let test = TestOffice::narrow().await;
    let program = officers(&test, "registrar", Role::Registrar).await;
    let first = program.get("/api/v1/desk/counts").await;
    assert_eq!(first.is(200).header("ratelimit"), "\"client\";r=599;t=60");
    for _ in 1..600 {
        program.get("/api/v1/services").await.is(200);
    }
    let last = program.get("/api/v1/desk/counts").await;
    last.refuses(429, "request/too-many-attempts");
    assert_eq!(last.header("retry-after"), "60");
    test.pass(2);
    program.get("/api/v1/desk/counts").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_makes_their_own_token_and_a_program_cannot() {
    let test = TestOffice::narrow().await;
    let mut visit = officer(&test, "registrar", Role::Registrar).await;
    visit.get("/en/desk/tokens").await.says("Your tokens");
    let fields = [("name", "my script"), ("days", "7"), ("scopes", "cases.see")];
    let page = visit.post("/en/desk/tokens", &fields).await;
    let html = page.says("my script").html();
    let at = html.find("diwan_").expect("the token is shown");
    let token: String = html[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let program = Program::with(&test, &token);
    let me = program.get("/api/v1/me").await.is(200).json();
    assert_eq!((&me["actor_kind"], &me["permissions"]), (&json!("officer"), &json!(["cases.see"])));
    // Neither a longer one nor one that may more.
    let long = [("name", "long"), ("days", "91"), ("scopes", "cases.see")];
    visit.post("/en/desk/tokens", &long).await.is_silent_on("diwan_");
    // What was typed and chosen stays where something beside it is missing.
    let nameless = [("name", ""), ("days", "12"), ("scopes", "cases.see")];
    let again = visit.post("/en/desk/tokens", &nameless).await;
    assert_eq!(again.status.as_u16(), 422, "{}", again.html());
    again.says("href=\"#name\"").says("value=\"12\"").is_silent_on("diwan_");
    let html = again.html();
    let box_of = html.split("<input").find(|one| one.contains("value=\"cases.see\"")).unwrap();
    assert!(box_of.split('>').next().unwrap().contains("checked"), "{box_of}");
    let unchosen = visit.post("/en/desk/tokens", &[("name", "export"), ("days", "12")]).await;
    unchosen.says("value=\"export\"").says("value=\"12\"");
    let beyond = [("name", "beyond"), ("days", "7"), ("scopes", "journal.read")];
    assert_eq!(visit.post("/en/desk/tokens", &beyond).await.status.as_u16(), 403);
    test.pass(8 * 24 * 60);
    program.get("/api/v1/me").await.refuses(401, "sign-in/first");
    let own = diwan_office::tokens::IssueOwnToken {
        name: "again".into(),
        token_hash: vec![1; 32],
        scopes: vec!["cases.see".into()],
        days: 1,
    };
    let who = test.officer("other", Role::Registrar, None).await;
    let by_program = Who { channel: diwan_domain::people::Channel::Api, ..who };
    let refused = test.office.perform_once(&by_program, own).await.unwrap_err();
    assert_eq!(refused.code(), "officer/not-permitted", "a program makes itself no token");
}

/// A program's office, and a client for it.
async fn client(test: &TestOffice, certificate: Option<&str>) -> (String, String) {
    let system = Who::system("test");
    let appoint = AppointProgram {
        login: format!("scanner-{}", certificate.is_some()),
        name: "Scanner".into(),
        office: Some(test.place),
        centre: None,
        roles: vec![Role::Registrar],
    };
    let officer = test.office.perform_once(&system, appoint).await.unwrap();
    let (client_id, secret, hash) = RegisterClient::credentials();
    let register = RegisterClient {
        client_id: client_id.clone(),
        name: "scanner".into(),
        secret_hash: Some(hash).filter(|_| certificate.is_none()),
        x_road: None,
        certificate: certificate.map(str::to_owned),
        officer: Some(officer),
        scopes: vec!["cases.see".into(), "cases.decide".into()],
        expires_at: None,
    };
    test.office.perform_once(&system, register).await.unwrap();
    (client_id, secret)
}

async fn granted(program: &Program, form: &str) -> crate::program::Answer {
    let media = "application/x-www-form-urlencoded";
    program.send("POST", "/oauth/token", media, form.as_bytes().to_vec(), &[]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_signs_in_with_its_secret_for_a_quarter_of_an_hour() {
    let test = TestOffice::narrow().await;
    let (id, secret) = client(&test, None).await;
    let nobody = Program::with(&test, "");
    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    for (form, status, error) in [
        (format!("grant_type=client_credentials&client_id={id}&client_secret=wrong"), 401, "invalid_client"),
        (format!("grant_type=client_credentials&client_id={id}"), 401, "invalid_client"),
        (format!("grant_type=password&client_id={id}&client_secret={secret}"), 400, "unsupported_grant_type"),
        (format!("{form}&scope=journal.read"), 400, "invalid_scope"),
        (format!("{form}&client_id={id}"), 400, "invalid_request"),
    ] {
        let answer = granted(&nobody, &form).await;
        let said = answer.is(status).json();
        assert_eq!(said["error"], error, "{form}");
        assert!(said["error_description"].as_str().is_some_and(|words| words.ends_with('.')), "{said}");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("www-authenticate").is_empty(), status != 401, "{form}");
    }
    let answer = granted(&nobody, &format!("{form}&scope=cases.see")).await.is(200).json();
    assert_eq!((&answer["token_type"], &answer["expires_in"]), (&json!("Bearer"), &json!(900)));
    let program = Program::with(&test, answer["access_token"].as_str().unwrap());
    let me = program.get("/api/v1/me").await.is(200).json();
    assert_eq!((&me["kind"], &me["permissions"]), (&json!("client"), &json!(["cases.see"])));
    program.get("/api/v1/desk/cases").await.is(200);
    test.pass(16);
    let late = program.get("/api/v1/me").await;
    assert!(late.refuses(401, "sign-in/first").header("www-authenticate").contains("invalid_token"));
    let metadata = nobody.get("/.well-known/oauth-authorization-server").await.is(200).json();
    assert_eq!(metadata["grant_types_supported"], json!(["client_credentials"]));
    assert_eq!(metadata["tls_client_certificate_bound_access_tokens"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_bound_to_a_certificate_needs_it_from_a_trusted_proxy() {
    let test = TestOffice::narrow().await;
    // The SHA-256 of "abc" (FIPS 180-4) stands for a certificate.
    let (id, _) = client(&test, Some("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")).await;
    let peer = SocketAddr::from(([10, 0, 0, 9], 1));
    let app = visit::app(&test).with(|given| {
        given.proxies = vec![peer.ip()].into();
        given.client_certificates = true;
    });
    let shown = [("client-cert".to_owned(), ":YWJj:".to_owned())].to_vec();
    let at = |token: &str| Program::at(diwan_web::router(app.clone()), token);
    let form = format!("grant_type=client_credentials&client_id={id}");
    let behind = Program { peer, headers: shown.clone(), ..at("") };
    let granted_to = granted(&behind, &form).await.is(200).json();
    let token = granted_to["access_token"].as_str().unwrap();
    let me = Program { peer, headers: shown.clone(), ..at(token) }.get("/api/v1/me").await.is(200).json();
    assert_eq!(me["cnf"]["x5t#S256"], "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    // Without it, with another one, or from someone who is no proxy of ours.
    let stranger = SocketAddr::from(([10, 0, 0, 66], 1));
    let other = [("client-cert".to_owned(), ":eHl6:".to_owned())].to_vec();
    for (peer, headers) in [(peer, Vec::new()), (peer, other), (stranger, shown.clone())] {
        Program { peer, headers: headers.clone(), ..at(token) }
            .get("/api/v1/me")
            .await
            .refuses(401, "sign-in/first");
        granted(&Program { peer, headers, ..at("") }, &form).await.is(401);
    }
    // Where it is not configured, nobody believes the header.
    let off = app.with(|given| given.client_certificates = false);
    let unbelieved = Program { peer, headers: shown, ..Program::at(diwan_web::router(off), "") };
    granted(&unbelieved, &form).await.is(401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_ends_an_officer_ends_their_programs() {
    let test = TestOffice::narrow().await;
    let (id, secret) = client(&test, None).await;
    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let nobody = Program::with(&test, "");
    let token = granted(&nobody, &form).await.is(200).json()["access_token"].as_str().unwrap().to_owned();
    let program = Program::with(&test, &token);
    let officer = program.get("/api/v1/me").await.is(200).json()["actor"].as_str().unwrap().to_owned();
    let office = &test.office;
    let row = acting::load(&mut office.db.reading().await.unwrap().tx(), officer.parse().unwrap()).await;
    assert!(acting::is_system(&row.unwrap().unwrap().officer));
    let administrator = officers(&test, "administrator", Role::Administrator).await;
    let end = json!({"reason": "Replaced by another."});
    administrator.post(&format!("/api/v1/officers/{officer}/end"), end).await.is(200);
    program.get("/api/v1/me").await.refuses(401, "sign-in/first");
    granted(&nobody, &form).await.is(401);
}

/// What the framework would say in its own words is said in ours.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_is_refused_in_our_words() {
    let test = TestOffice::narrow().await;
    let nobody = Program::with(&test, "");
    for path in ["/api/v1/cases/%ff", "/api/v1/verify/%C3%28", "/api/v1/register/forms/%80"] {
        nobody.get(path).await.refuses(404, "request/not-found");
    }
    for path in ["/en/services/%ff", "/v/%ff", "/en/check/%ff"] {
        let page = nobody.get(path).await;
        assert!(page.is(404).header("content-type").starts_with("text/html"), "{path}");
    }
    let program = officers(&test, "registrar", Role::Registrar).await;
    let headers = [("idempotency-key", "too-large-1")];
    let large = vec![b'a'; diwan_web::sent::LARGEST_BODY + 1];
    let path = "/api/v1/cases/01a20607-abfe-7000-8000-000000000000/files/court-order";
    let answer = program.send("POST", path, "application/octet-stream", large, &headers).await;
    answer.refuses(413, "file/too-large");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_answers_with_what_it_was_sent() {
    let test = TestOffice::narrow().await;
    let nobody = Program::with(&test, "");
    for path in ["/en/", "/api/v1/services", "/oauth/token", "/healthz"] {
        let answer = nobody.send("TRACE", path, "", Vec::new(), &[("cookie", "diwan=told")]).await;
        assert!(!answer.is(405).text().contains("told"), "{path}");
    }
}

/// A program's library sorts the answers as it likes; which of them is asked may depend on others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_count_in_whichever_order_they_come() {
    let test = TestOffice::narrow().await;
    let nawroz = test.citizen("1000000000002").await;
    let program = Program::with(&test, &token_of(&test, &nawroz).await);
    let begin = json!({"service": "birth-certificate", "language": "en"});
    let case = program.post("/api/v1/cases", begin).await.is(201).json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/cases/{case}/answers");
    let put = |key: &'static str, body: String| {
        let (program, path) = (program.clone(), path.clone());
        async move {
            let headers = [("idempotency-key", key)];
            program.send("PUT", &path, "application/json", body.into_bytes(), &headers).await
        }
    };
    let unknown = put("answers-unknown", json!({"holder-name": null, "answers": {}}).to_string()).await;
    unknown.refuses(422, "request/malformed");
    assert_eq!(unknown.json()["about"]["question"], "answers");
    // Whether somebody is displaced is only asked of whoever wants more than one copy.
    let backwards = r#"{"displaced": false, "copies": 2, "use": "home", "for-whom": "myself"}"#;
    let kept = put("answers-backwards", backwards.to_owned()).await.is(200).json();
    for question in ["for-whom", "use", "copies", "displaced"] {
        assert!(kept["answers"].get(question).is_some(), "{question} was not kept");
    }
    // One that does not fit, and nothing of the request is kept.
    let version = kept["version"].clone();
    let wrong = json!({"purpose": "school", "copies": 1_000}).to_string();
    let refused = put("answers-half", wrong).await;
    assert_eq!(refused.refuses(422, "case/answers-incomplete").json()["about"]["question"], "copies");
    let now = program.get(&format!("/api/v1/cases/{case}")).await.is(200).json();
    assert_eq!((&now["version"], now["answers"].get("purpose")), (&version, None));
    // The same key stands for the same answers.
    let more = json!({"purpose": "school"}).to_string();
    put("answers-backwards", more).await.refuses(409, "request/key-reused");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_made_that_ended_before_it_began() {
    let test = TestOffice::narrow().await;
    let administrator = officers(&test, "administrator", Role::Administrator).await;
    for path in ["/api/v1/tokens", "/api/v1/clients"] {
        let past = json!({"name": "late", "scopes": ["cases:write"], "expires_at": -5});
        let refused = administrator.post(path, past).await;
        refused.refuses(422, "admin/field-missing");
        assert_eq!(refused.json()["about"]["field"], "expires_at");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officers_roles_place_and_leave_change_only_as_they_were_seen() {
    let test = TestOffice::narrow().await;
    let program = officers(&test, "administrator", Role::Administrator).await;
    let rezan = test.officer("rezan", Role::Registrar, None).await.actor.name();
    let path = format!("/api/v1/officers/{rezan}");
    let changes = [
        ("roles", json!({"roles": ["registrar", "supervisor"]}), 204),
        ("place", json!({"office": test.place.to_string()}), 204),
        ("leave", json!({"from": "2026-12-01"}), 200),
    ];
    for (what, body, done) in changes {
        let tag = program.get(&path).await.is(200).header("etag");
        let put = |key: String, tag: Option<String>| {
            let (program, body) = (program.clone(), body.to_string().into_bytes());
            let path = format!("{path}/{what}");
            async move {
                let mut headers = vec![("idempotency-key", key.as_str())];
                headers.extend(tag.as_deref().map(|tag| ("if-match", tag)));
                program.send("PUT", &path, "application/json", body, &headers).await
            }
        };
        put(format!("{what}-unseen"), None).await.refuses(428, "request/malformed");
        put(format!("{what}-seen"), Some(tag.clone())).await.is(done);
        assert_ne!(program.get(&path).await.header("etag"), tag, "{what} is another version");
        put(format!("{what}-seen"), Some(tag.clone())).await.is(done);
        put(format!("{what}-late"), Some(tag)).await.refuses(412, "request/changed-meanwhile");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn statistics_of_no_named_year_are_of_the_newest() {
    let test = TestOffice::narrow().await;
    diwan_office::statistics::keep(&test.office, |_| {}).await.unwrap();
    let anybody = Program::with(&test, "");
    let newest = anybody.get("/api/v1/statistics").await.is(200).json()["years"][0].clone();
    assert!(newest.as_i64().unwrap() > 0);
    let shown = anybody.get("/api/v1/statistics/births-age").await.is(200).json();
    assert_eq!(shown["year"], newest);
}

/// Whoever reads `next` as the cursor comes to the next page too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_of_the_next_page_is_taken_for_its_cursor() {
    let test = TestOffice::open().await;
    let administrator = officers(&test, "administrator", Role::Administrator).await;
    test.officer("rezan", Role::Registrar, None).await;
    let first = administrator.get("/api/v1/officers?limit=1").await.is(200).json();
    let next = first["next"].as_str().unwrap();
    let (_, path) = next.split_once("/api/").unwrap();
    let followed = administrator.get(&format!("/api/{path}")).await.is(200).json();
    let whole = next.replace('%', "%25").replace('&', "%26").replace('=', "%3D").replace('?', "%3F");
    let read = administrator.get(&format!("/api/v1/officers?limit=1&cursor={whole}")).await.is(200).json();
    assert_eq!(followed["items"], read["items"]);
    assert_ne!(first["items"], read["items"]);
}
