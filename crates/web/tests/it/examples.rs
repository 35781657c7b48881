//! Every example of the API's description, sent and answered: what stands in
//! the description is what happens.
//!
//! `DIWAN_RECORD=1` writes what was sent and answered into the examples.

use crate::officers::acts_done;
use crate::program::{Program, officers, token_of};
use crate::visit::code_to;
use diwan_domain::people::Role;
use diwan_office::accounts::RecordConsent;
use diwan_office::administration::{AddOffice, MoveOfficer};
use diwan_office::cases::{Access, BeginCertificate, SaveAnswer, SendCase};
use diwan_office::catalogue::PublishService;
use diwan_office::documents::{self, SealDocument};
use diwan_office::{Who, log};
use diwan_testkit::TestOffice;
use diwan_testkit::office::built_in;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

const FILE: &str = "src/api/examples.json";

/// Names that examples keep for those after them.
type Kept = BTreeMap<String, String>;

fn filled(text: &str, kept: &Kept) -> String {
    kept.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
}

fn filled_in(value: &Value, kept: &Kept) -> Value {
    serde_json::from_str(&filled(&value.to_string(), kept)).unwrap()
}

struct Stage {
    test: TestOffice,
    programs: BTreeMap<String, Program>,
    kept: Kept,
}

async fn stage() -> Stage {
    let test = TestOffice::narrow().await.with_papers();
    let mut kept = Kept::new();
    let names = json!({"ckb": "سلێمانی", "en": "Sulaymaniyah"});
    let there = AddOffice { code: "SU".into(), ministry: "civil-status".into(), names, area: None };
    let there = test.office.perform_once(&Who::system("test"), there).await.unwrap();
    let mut programs = BTreeMap::new();
    for role in Role::ALL {
        programs.insert(role.code().to_owned(), officers(&test, role.code(), *role).await);
    }
    let elsewhere = test.officer_of("registrar-su", Role::Registrar, there).await;
    programs.insert("elsewhere".into(), Program::with(&test, &token_of(&test, &elsewhere).await));
    // Of another office and of no centre: whoever calls visitors back does not serve where they were.
    let inspector = test.officer_of("inspector-su", Role::Inspector, there).await;
    let diwan_domain::acts::Actor::Officer(officer) = inspector.actor else { panic!("an officer") };
    let away = MoveOfficer { officer, office: Some(there), centre: None, seen: None };
    test.office.perform_once(&Who::system("test"), away).await.unwrap();
    let inspector = Program::with(&test, &token_of(&test, &inspector).await);
    programs.insert("inspector-elsewhere".into(), inspector);
    let colleague = test.officer("colleague", Role::Registrar, None).await;
    kept.insert("colleague".into(), colleague.actor.name());
    let clerk = test.officer("clerk-in-the-week", Role::CounterOfficer, None).await;
    kept.insert("clerk".into(), clerk.actor.name());
    let nawroz = test.citizen("1000000000002").await;
    programs.insert("citizen".into(), Program::with(&test, &token_of(&test, &nawroz).await));
    programs.insert("nobody".into(), Program::with(&test, ""));
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    for n in 1..=3 {
        let (case, _) = test.sent(&nawroz, &own).await;
        kept.insert(format!("sent-{n}"), case.to_string());
    }
    for (name, id) in [("office", test.place.to_string()), ("office-elsewhere", there.to_string())] {
        kept.insert(name.into(), id);
    }
    kept.insert("centre".into(), test.centre.to_string());
    kept.insert("counter".into(), test.counter.to_string());
    kept.insert("person".into(), test.person("1000000000002").await.to_string());
    kept.insert("hevin".into(), test.person("1000000000009").await.to_string());
    let shilan = test.person("1000000000001").await;
    kept.insert("shilan".into(), shilan.to_string());
    let birth = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_office::civil::summary(&mut reading.tx(), shilan).await.unwrap().unwrap().entry.unwrap().id
    };
    kept.insert("birth".into(), birth.to_string());
    Stage { test, programs, kept }
}

impl Stage {
    /// What happens between two requests, behind the API.
    async fn between(&mut self, what: &str) {
        let office = &self.test.office;
        match what {
            // The jobs of a running office, done by hand.
            "papers" => {
                let case = self.kept["case"].parse().unwrap();
                let papers = documents::of_case(&mut office.db.reading().await.unwrap().tx(), case).await;
                for paper in papers.unwrap().iter().filter(|paper| paper.file_hash.is_none()) {
                    let file_hash = office.files.put(b"%PDF-1.7 a paper".to_vec()).await.unwrap();
                    let seal = SealDocument {
                        document: paper.id,
                        file_hash,
                        key_id: "0f".into(),
                        moment: Default::default(),
                    };
                    office.perform_once(&Who::system("sealer"), seal).await.unwrap();
                    self.kept.insert("document".into(), paper.id.to_string());
                    self.kept.insert("check-code".into(), documents::grouped(&paper.check_code));
                }
            }
            "log" => {
                log::seal(&office.db, &office.log_key, "test", office.now()).await.unwrap();
            }
            "code" => {
                let code = code_to(&self.test, "+9647501112233").await.expect("a code was sent");
                self.kept.insert("code".into(), code);
            }
            "a search" => {
                // A child whose entry nobody finds.
                let azad = self.test.citizen("1000000000008").await;
                let own = [
                    ("for-whom", json!("my-child")),
                    ("holder-name", json!({"given": "پەروین", "father": "ئازاد"})),
                    ("birth-date", json!("1970")),
                ];
                self.test.sent(&azad, &own).await;
            }
            "statistics" => {
                diwan_office::statistics::keep(office, |_| {}).await.unwrap();
            }
            "old books" => {
                diwan_office::civil::books::bring_in_waiting(office).await.unwrap();
            }
            "a marriage certificate" => self.marriage_certificate().await,
            "a check" => {
                let ledger = crate::ledgers::checked(&self.test).await;
                self.kept.insert("checked-ledger".into(), ledger.to_string());
            }
            "bulk issues" => {
                assert_eq!(diwan_office::bulk::issue_waiting(office).await.unwrap(), 1);
                let app = crate::visit::app(&self.test);
                let words =
                    diwan_web::papers::PaperWords { words: app.words.clone(), brand: app.brand.clone() };
                while documents::seal_waiting(office, &words).await.unwrap() > 0 {}
            }
            "a minute" => self.test.pass(1),
            other => {
                let named = crate::stages::between(&self.test, &self.kept, other).await;
                let named = named.unwrap_or_else(|| panic!("nothing is called {other}"));
                self.kept.extend(named.into_iter().map(|(name, value)| (name.to_owned(), value)));
            }
        }
    }

    /// The certificate of the marriage that the examples registered, for the husband.
    async fn marriage_certificate(&mut self) {
        let office = &self.test.office;
        let publish = PublishService::of(&built_in("marriage-certificate"));
        office.perform_once(&Who::system("test"), publish).await.unwrap();
        let entry = self.kept["marriage"].parse().unwrap();
        let husband = {
            let mut reading = office.db.reading().await.unwrap();
            let mut tx = reading.tx();
            let row = diwan_office::civil::entry(&mut tx, entry).await.unwrap().unwrap();
            let people = diwan_office::cases::certifying::about(&mut tx, &row).await.unwrap();
            people[0]
        };
        let clerk = self.test.officer("second-clerk", Role::CounterOfficer, None).await;
        let act = BeginCertificate {
            entry,
            service: "marriage-certificate".into(),
            holder: Some(husband),
            applicant: husband,
            shown: "passport".into(),
            language: "ckb".into(),
        };
        let case = office.perform_once(&clerk, act).await.unwrap().case;
        let consent = RecordConsent { case, code: None, witness: Some("Karwan Aziz".into()) };
        office.perform_once(&clerk, consent).await.unwrap();
        let known = diwan_office::cases::answers(&self.test.case(case).await);
        for (question, value) in [
            ("birth-date", json!("1990")),
            ("place", json!({"governorate": "هەولێر"})),
            ("purpose", json!("passport")),
            ("use", json!("home")),
            ("document-languages", json!(["ckb", "en"])),
            ("copies", json!(1)),
            ("delivery", json!("download")),
            ("phone", json!("0750 123 4567")),
            ("email", Value::Null),
        ] {
            if known.contains_key(question) {
                continue;
            }
            let act = SaveAnswer { case, access: Access::default(), question: question.into(), value };
            office.perform_once(&clerk, act).await.unwrap_or_else(|stop| panic!("{question}: {stop}"));
        }
        office.perform_once(&clerk, SendCase { case, access: Access::default() }).await.unwrap();
        self.kept.insert("marriage-case".into(), case.to_string());
    }

    async fn run(&mut self, example: &mut Map<String, Value>) -> Value {
        if let Some(what) = example.get("between") {
            self.between(what.as_str().unwrap()).await;
            return Value::Null;
        }
        let text = |name: &str| example.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (method, template) = (text("method").to_uppercase(), text("path"));
        let mut path = template.clone();
        for (name, value) in example.get("in").and_then(Value::as_object).into_iter().flatten() {
            path = path.replace(&format!("{{{name}}}"), &filled(value.as_str().unwrap(), &self.kept));
        }
        let query = filled(&text("query"), &self.kept);
        if !query.is_empty() {
            path = format!("{path}?{query}");
        }
        let program = &self.programs[&text("as")];
        let body = example.get("body").map(|body| filled_in(body, &self.kept));
        let (media, bytes) = match (&body, text("media")) {
            (None, _) => (String::new(), Vec::new()),
            (Some(Value::String(plain)), media) if !media.is_empty() => (media, plain.clone().into_bytes()),
            (Some(body), _) => ("application/json".to_owned(), body.to_string().into_bytes()),
        };
        let key = uuid::Uuid::now_v7().to_string();
        let mut headers =
            vec![("idempotency-key".to_owned(), key), ("accept-language".to_owned(), "en".to_owned())];
        for (name, value) in example.get("headers").and_then(Value::as_object).into_iter().flatten() {
            headers.push((name.clone(), filled(value.as_str().unwrap(), &self.kept)));
        }
        let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let answer = program.send(&method, &path, &media, bytes.clone(), &headers).await;
        assert_eq!(json!(answer.status.as_u16()), example["status"], "{method} {path}: {}", answer.text());
        let said = answer.json();
        if method != "GET" && answer.status.is_success() {
            let acted = acts_done(&self.test).await;
            let again = program.send(&method, &path, &media, bytes, &headers).await;
            assert_eq!(acts_done(&self.test).await, acted, "{method} {path} acted twice");
            // A secret is told once; everything else is answered as the first time.
            let is_told_once = again.json()["code"] == "request/key-reused";
            assert!(is_told_once || again.status == answer.status, "{method} {path} again: {}", again.text());
            assert!(
                is_told_once || again.json()["id"] == said["id"],
                "{method} {path} again: {}",
                again.text()
            );
        }
        self.kept.insert("location".into(), answer.header("location"));
        for (name, pointer) in example.get("keep").and_then(Value::as_object).into_iter().flatten() {
            let pointer = pointer.as_str().unwrap();
            let value = match pointer.strip_prefix("header:") {
                Some(header) => answer.header(header),
                None => match said.pointer(pointer) {
                    Some(Value::String(text)) => text.clone(),
                    Some(other) => other.to_string(),
                    None => panic!("{method} {path} has no {pointer}: {said}"),
                },
            };
            self.kept.insert(name.clone(), value);
        }
        if std::env::var_os("DIWAN_RECORD").is_some() {
            example.remove("sent");
            if let Some(body) = body.filter(|body| Some(body) != example.get("body")) {
                example.insert("sent".into(), body);
            }
            if !said.is_null() {
                example.insert("answer".into(), said.clone());
            }
        }
        said
    }
}

/// Whether a value is what a schema says (the part of JSON Schema 2020-12 that
/// the description uses; any other keyword is an error).
fn fits(whole: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let Some(schema) = schema.as_object() else { return Ok(()) };
    let wrong = |what: &str| Err(format!("{at}: {what}: {value}"));
    for (keyword, want) in schema {
        match keyword.as_str() {
            "$ref" => {
                let pointer = want.as_str().unwrap().trim_start_matches('#');
                fits(whole, whole.pointer(pointer).expect("a schema that is there"), value, at)?;
            }
            "type" => {
                let names = want.as_array().cloned().unwrap_or_else(|| vec![want.clone()]);
                let is = |name: &str| match name {
                    "null" => value.is_null(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "number" => value.is_number(),
                    "string" => value.is_string(),
                    "array" => value.is_array(),
                    _ => value.is_object(),
                };
                if !names.iter().any(|name| is(name.as_str().unwrap())) {
                    return wrong(&format!("is no {want}"));
                }
            }
            "enum" if !want.as_array().unwrap().contains(value) => return wrong("is none of them"),
            "const" if want != value => return wrong("is another"),
            "required" => {
                let missing = |name: &&Value| value.get(name.as_str().unwrap()).is_none();
                if value.is_object() && want.as_array().unwrap().iter().find(missing).is_some() {
                    return wrong(&format!("lacks one of {want}"));
                }
            }
            "properties" => {
                for (name, inner) in want.as_object().unwrap() {
                    if let Some(part) = value.get(name) {
                        fits(whole, inner, part, &format!("{at}/{name}"))?;
                    }
                }
            }
            "additionalProperties" => {
                let named = schema.get("properties").and_then(Value::as_object);
                let stranger = |name: &&String| !named.is_some_and(|named| named.contains_key(name.as_str()));
                if want == &json!(false)
                    && let Some(name) =
                        value.as_object().into_iter().flatten().map(|(name, _)| name).find(stranger)
                {
                    return wrong(&format!("has {name}, which nobody reads"));
                }
                for (name, part) in value.as_object().into_iter().flatten() {
                    if named.is_none_or(|named| !named.contains_key(name)) {
                        fits(whole, want, part, &format!("{at}/{name}"))?;
                    }
                }
            }
            "items" => {
                for (n, part) in value.as_array().into_iter().flatten().enumerate() {
                    fits(whole, want, part, &format!("{at}/{n}"))?;
                }
            }
            "allOf" => {
                for one in want.as_array().unwrap() {
                    fits(whole, one, value, at)?;
                }
            }
            "oneOf" | "anyOf" => {
                let all = want.as_array().unwrap();
                let tried: Vec<_> = all.iter().map(|one| fits(whole, one, value, at)).collect();
                if tried.iter().all(Result::is_err) {
                    return wrong(&format!("fits none: {tried:?}"));
                }
            }
            "format" => {
                let fits = match (want.as_str().unwrap(), value.as_str()) {
                    ("uuid", Some(text)) => text.parse::<uuid::Uuid>().is_ok(),
                    ("date", Some(text)) => text.parse::<jiff::civil::Date>().is_ok(),
                    _ => true,
                };
                if !fits {
                    return wrong(&format!("is no {want}"));
                }
            }
            "minimum" if value.as_i64() < want.as_i64() => return wrong("is too small"),
            "enum" | "const" | "minimum" | "minLength" | "maxLength" | "description" | "title"
            | "propertyNames" | "contentEncoding" | "contentMediaType" | "default" => {}
            other => return Err(format!("{at}: nobody knows the keyword {other}")),
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_example_of_the_description_happens() {
    let mut stage = stage().await;
    let described = stage.programs["nobody"].get("/api/v1/openapi.json").await.json();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let mut examples: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let mut shown: Vec<(String, String)> = Vec::new();
    for example in &mut examples {
        let example = example.as_object_mut().unwrap();
        let said = stage.run(example).await;
        let Some(method) = example.get("method").and_then(Value::as_str) else { continue };
        let template = example["path"].as_str().unwrap();
        let operation = &described["paths"][template][method];
        assert!(operation.is_object(), "{method} {template} is not described");
        let status = example["status"].to_string();
        let response = match &operation["responses"][&status] {
            Value::Null => &operation["responses"]["default"],
            known => known,
        };
        let response = match response["$ref"].as_str() {
            Some(there) => {
                described.pointer(there.trim_start_matches('#')).expect("a response that is there")
            }
            None => response,
        };
        if response["headers"]["Location"].is_object() {
            let there = &stage.kept["location"];
            let called = said["id"].as_str().into_iter().chain(said["code"].as_str());
            assert!(
                called.into_iter().any(|name| there.ends_with(&format!("/{name}"))),
                "{template}: {there}"
            );
        }
        for (media, content) in response["content"].as_object().into_iter().flatten() {
            if media.ends_with("json") {
                fits(&described, &content["schema"], &said, template)
                    .unwrap_or_else(|why| panic!("{method} {why}"));
                if let Some(recorded) = example.get("answer") {
                    fits(&described, &content["schema"], recorded, template)
                        .unwrap_or_else(|why| panic!("the example of {method} {why}"));
                }
            }
        }
        // What was taken is what the description says is read.
        let was_taken = example["status"].as_u64() < Some(400);
        if let Some(sent) = example.get("sent").or_else(|| example.get("body").filter(|_| was_taken))
            && let Some(content) = operation["requestBody"]["content"].get("application/json")
        {
            fits(&described, &content["schema"], sent, template)
                .unwrap_or_else(|why| panic!("what is sent to {method} {why}"));
        }
        if example["status"].as_u64() < Some(300) {
            shown.push((method.to_owned(), template.to_owned()));
        }
    }
    if std::env::var_os("DIWAN_RECORD").is_some() {
        std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&examples).unwrap())).unwrap();
    }
    let mut without = Vec::new();
    for (template, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            if !shown.contains(&(method.clone(), template.clone())) {
                without.push(format!("{method} {template}"));
            }
        }
    }
    assert!(without.is_empty(), "no example of: {}", without.join(", "));
}
