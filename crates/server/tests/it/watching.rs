//! What whoever runs the office sees of it: figures, health, traces, the log.

use crate::installation::Installation;
use axum::extract::State;
use axum::routing::post;
use diwan_store::dialect::Engine;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

async fn get(address: &str) -> (u16, String) {
    let answer = reqwest::get(address).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The metrics that a text names: words that begin as ours do.
fn named(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let ours = words.filter(|word| {
        word.starts_with("diwan_") || ["process_"].iter().any(|start| word.starts_with(start))
    });
    ours.map(str::to_owned).collect()
}

async fn seen_from_inside(engine: Engine) {
    let inside = free_address();
    let place = Installation::begun(engine, &format!("internal-address = \"{inside}\"")).await;
    let serving = place.serve().await;
    assert_eq!(place.get("/en/").await.0, 200);
    assert_eq!(place.get("/metrics").await.0, 404, "nothing of it is public");
    assert_eq!(place.get("/health/ready").await.0, 404);

    let (status, scrape) = get(&format!("http://{inside}/metrics")).await;
    assert_eq!(status, 200);
    let told = named(&scrape);
    for file in [
        include_str!("../../../../docs/dashboard/diwan.json"),
        include_str!("../../../../docs/dashboard/alerts.yml"),
    ] {
        let asked = named(file);
        assert!(asked.len() > 8, "{asked:?}");
        let missing: Vec<_> = asked.difference(&told).collect();
        assert!(missing.is_empty(), "nobody tells {missing:?}\n{scrape}");
    }
    let line = "diwan_http_request_duration_seconds_count{method=\"GET\",route=\"/{lang}\",status=\"200\"}";
    let home = ["/{lang}/", "/{lang}"].iter().any(|route| scrape.contains(&line.replace("/{lang}", route)));
    assert!(home, "routes are named by their template:\n{scrape}");
    assert!(scrape.contains("diwan_act_duration_seconds_count{act=\"publish-service\",outcome=\"done\"}"));

    assert_eq!(get(&format!("http://{inside}/health/live")).await.0, 200);
    let (status, said) = get(&format!("http://{inside}/health/ready")).await;
    assert_eq!(status, 200, "{said}");
    let key = place.path("keys/journal.key");
    std::fs::rename(&key, place.path("keys/away")).unwrap();
    let (status, said) = get(&format!("http://{inside}/health/ready")).await;
    std::fs::rename(place.path("keys/away"), &key).unwrap();
    assert_eq!(status, 503, "{said}");
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["checks"]["database"], "ok");
    assert_ne!(said["checks"]["keys"], "ok", "it says which check fails");
    serving.stop();
}
crate::on_both_engines!(the_internal_address_tells_what_dashboard_and_alerts_ask, super::seen_from_inside);

/// A collector that keeps every span it is sent, by name.
async fn collector() -> (String, Arc<Mutex<Vec<Value>>>) {
    let spans: Arc<Mutex<Vec<Value>>> = Arc::default();
    let take = |State(spans): State<Arc<Mutex<Vec<Value>>>>, axum::Json(sent): axum::Json<Value>| async move {
        for resource in sent["resourceSpans"].as_array().unwrap() {
            for scope in resource["scopeSpans"].as_array().unwrap() {
                spans.lock().unwrap().extend(scope["spans"].as_array().unwrap().iter().cloned());
            }
        }
        axum::Json(serde_json::json!({}))
    };
    let router = axum::Router::new().route("/v1/traces", post(take)).with_state(spans.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}/v1/traces", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (at, spans)
}

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

async fn traced(engine: Engine) {
    let (at, spans) = collector().await;
    for accept in [false, true] {
        let place =
            Installation::begun(engine, &format!("[traces]\nendpoint = \"{at}\"\naccept-parent = {accept}"))
                .await;
        let serving = place.serve().await;
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let page = http.get(format!("{}/en/services/birth-certificate", place.base)).send().await.unwrap();
        let cookie = page.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let text = page.text().await.unwrap();
        let csrf = text.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        spans.lock().unwrap().clear();
        let begun = http
            .post(format!("{}/en/services/birth-certificate/begin", place.base))
            .header("cookie", cookie)
            .header("traceparent", format!("00-{TRACE}-b7ad6b7169203331-01"))
            .form(&[("csrf", csrf.as_str()), ("key", "trace-0001")])
            .send()
            .await
            .unwrap();
        assert!(begun.status().is_redirection(), "{}", begun.status());
        let mut of_act = None;
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let kept = spans.lock().unwrap().clone();
            let find = |name: &str| kept.iter().find(|span| span["name"] == name).cloned();
            if let (Some(request), Some(act)) =
                (find("POST /{lang}/services/{key}/begin"), find("begin-case"))
            {
                of_act = Some((request, act, kept));
                break;
            }
        }
        let (request, act, kept) =
            of_act.unwrap_or_else(|| panic!("no spans came: {spans:?}\n{}", place.log()));
        assert_eq!(act["parentSpanId"], request["spanId"], "the act is under its request");
        let under =
            kept.iter().find(|span| span["name"] == "database" && span["parentSpanId"] == act["spanId"]);
        assert!(under.is_some(), "the database is under its act: {kept:?}");
        assert_eq!(
            request["traceId"] == TRACE,
            accept,
            "strangers continue no trace unless it is configured"
        );
        assert_eq!(request["kind"], 2);
        let attributes: BTreeMap<&str, &Value> = request["attributes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (pair["key"].as_str().unwrap(), &pair["value"]))
            .collect();
        assert_eq!(attributes["http.route"]["stringValue"], "/{lang}/services/{key}/begin");
        assert_eq!(attributes["http.response.status_code"]["intValue"], "303");
        serving.stop();
    }
}
crate::on_both_engines!(a_request_its_act_and_the_database_make_one_trace, super::traced);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_json_where_it_is_asked_for() {
    let place = Installation::begun(Engine::Sqlite, "log-format = \"json\"").await;
    place.serve().await.stop();
    let log = place.log();
    let first: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap_or_else(|_| panic!("{log}"));
    assert_eq!(first["level"], "INFO");
    assert!(first["message"].is_string() && first["timestamp"].is_string(), "{first}");
}

/// What of a list stands in a log.
fn leaks<'a>(log: &str, personal: &'a BTreeSet<String>) -> Vec<&'a String> {
    personal.iter().filter(|text| log.contains(text.as_str())).collect()
}

#[test]
fn a_leak_is_found() {
    let personal = BTreeSet::from(["شیلان".to_owned(), "7501112233".to_owned()]);
    assert_eq!(leaks("2026 DEBUG act done for case 1", &personal), Vec::<&String>::new());
    assert_eq!(leaks("2026 DEBUG sent to +9647501112233", &personal), ["7501112233"]);
    assert_eq!(leaks("parameters: [Text(\"شیلان\")]", &personal).len(), 1);
}

/// Names, numbers and addresses of everyone on the demo's card, and what is typed
/// in the journey.
fn personal(card: &Value) -> BTreeSet<String> {
    fn gather(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let tells =
                        ["name", "name_latin", "father", "mother", "personal_number", "entry", "given"];
                    if let (true, Some(text)) = (tells.contains(&name.as_str()), value.as_str()) {
                        // A word of two letters stands in many others.
                        found.extend(Some(text.to_owned()).filter(|text| text.chars().count() > 5));
                    }
                    gather(value, found);
                }
            }
            Value::Array(list) => list.iter().for_each(|value| gather(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for part in ["wallet_users", "situations", "issued"] {
        gather(&card[part], &mut found);
    }
    found.insert(card["issued"]["number"].as_str().unwrap().to_owned());
    found.insert(card["issued"]["check_code"].as_str().unwrap().to_owned());
    found.extend(["7501112233", "someone@home.example", "Sarchinar 17"].map(str::to_owned));
    found
}

async fn call(base: &str, token: &str, method: &str, path: &str, body: Option<Value>) -> Value {
    let http = reqwest::Client::new();
    let url = format!("{base}/api/v1{path}");
    let mut request = http.request(method.parse().unwrap(), url).bearer_auth(token);
    request = request.header("idempotency-key", uuid::Uuid::now_v7().to_string());
    if let Some(body) = &body {
        request = request.json(body);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let text = answer.text().await.unwrap();
    assert!(status.is_success(), "{method} {path}: {status} {text}");
    serde_json::from_str(&text).unwrap_or_default()
}

async fn silent(engine: Engine) {
    let place = Installation::empty(engine, "").await;
    let data = place.path("demo");
    let log = place.path("demo.log");
    let mut demo = Command::new(env!("CARGO_BIN_EXE_diwan"))
        .args(["demo", "--listen", "127.0.0.1:0", "--people", "80", "--data", data.to_str().unwrap()])
        .args(["--database", &place.database])
        .env("DIWAN_LOG", "debug")
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let card = data.join("demo.json");
    for _ in 0..900 {
        if card.exists() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let card: Value = serde_json::from_slice(&std::fs::read(&card).unwrap()).unwrap();
    let base = card["base_url"].as_str().unwrap();
    let token = |role: &str| card["api_tokens"][role].as_str().unwrap_or_default().to_owned();
    let situation = |key: &str| {
        let all = card["situations"].as_array().unwrap();
        all.iter().find(|situation| situation["key"] == key).unwrap().clone()
    };

    // Someone looks up, applies for and takes their own certificate.
    let own = situation("self-by-rule");
    let who = own["applicant"]["personal_number"].as_str().unwrap().to_owned();
    let citizen = token("citizen");
    let begun = call(
        base,
        &citizen,
        "POST",
        "/cases",
        Some(serde_json::json!({"service": "birth-certificate", "language": "ckb"})),
    )
    .await;
    let case = begun["id"].as_str().unwrap().to_owned();
    let mut answers = own["answers"].as_object().unwrap().clone();
    answers.insert("phone".into(), "0750 111 2233".into());
    answers.insert("email".into(), "someone@home.example".into());
    for (question, value) in answers {
        let mut all = serde_json::Map::new();
        all.insert(question, value);
        let path = format!("/cases/{case}/answers");
        let _unasked = reqwest::Client::new()
            .put(format!("{base}/api/v1{path}"))
            .bearer_auth(&citizen)
            .header("idempotency-key", uuid::Uuid::now_v7().to_string())
            .json(&all)
            .send()
            .await
            .unwrap();
    }
    call(base, &citizen, "POST", &format!("/cases/{case}/send"), None).await;
    // Officers search for them, and look.
    let clerk = token("counter-officer");
    let found =
        call(base, &clerk, "POST", "/counter/people/find", Some(serde_json::json!({"query": who}))).await;
    let person = found["people"][0]["id"].as_str().unwrap().to_owned();
    call(base, &clerk, "GET", &format!("/counter/people/{person}"), None).await;
    let name = own["applicant"]["name"].as_str().unwrap();
    call(base, &clerk, "POST", "/counter/people/find", Some(serde_json::json!({"query": name}))).await;
    let about = serde_json::json!({"service": "birth-certificate", "language": "ckb", "shown": "passport", "witness": "Sarchinar 17"});
    call(base, &clerk, "POST", &format!("/counter/people/{person}/cases"), Some(about)).await;
    let code = serde_json::json!({"address": "0750 111 2233", "language": "ckb"});
    call(base, &clerk, "POST", &format!("/counter/people/{person}/contact/code"), Some(code)).await;
    // Messages go out, and papers are made.
    tokio::time::sleep(Duration::from_secs(4)).await;
    demo.kill().unwrap();
    demo.wait().unwrap();
    let told = std::fs::read_to_string(&log).unwrap();
    assert!(told.contains("DEBUG"), "something was told at this level");
    let personal = personal(&card);
    assert!(personal.len() > 20, "{personal:?}");
    let leaked = leaks(&told, &personal);
    let lines: Vec<&str> =
        told.lines().filter(|line| leaked.iter().any(|text| line.contains(text.as_str()))).take(5).collect();
    assert!(leaked.is_empty(), "the log tells {leaked:?}:\n{}", lines.join("\n"));
}
crate::on_both_engines!(at_debug_level_the_log_names_nobody, super::silent);
