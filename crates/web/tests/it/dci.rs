//! The registry API of the Digital Convergence Initiative, as a client of others
//! meets it: every published sample through the real doors, what is answered, what
//! is refused, and what a client may see.

use crate::dci_schema::{faults_of_answer, faults_of_request};
use crate::program::{Answer, Program, officers, token_of};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use diwan_domain::dci::{Envelope, SignatureString, signing_text};
use diwan_domain::ids::PersonId;
use diwan_domain::names::NameParts;
use diwan_domain::people::Role;
use diwan_office::civil::{ImportRegister, NewEvent, NewPerson, ProtectPerson};
use diwan_office::dci::{check_signature, read_keys};
use diwan_office::{Who, inspection};
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;
use diwan_web::dci::{BASE, PATHS};
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Everything that may be told of a person.
const EVERYTHING: [&str; 13] = [
    "identifier",
    "other_identifiers",
    "registration_numbers",
    "name",
    "sex",
    "birth_date",
    "birth_place",
    "death_date",
    "death_place",
    "marital_status",
    "marriage_date",
    "divorce_date",
    "parents",
];
const SAMPLES: [(&str, &str); 6] = [
    (include_str!("dci/processflow1req.json"), include_str!("dci/processflow1res.json")),
    (include_str!("dci/processflow2req.json"), include_str!("dci/processflow2res.json")),
    (include_str!("dci/processflow3req.json"), include_str!("dci/processflow3res.json")),
    (include_str!("dci/processflow4req.json"), include_str!("dci/processflow4res.json")),
    (include_str!("dci/processflow5req.json"), include_str!("dci/processflow5res.json")),
    (include_str!("dci/processflow6req.json"), include_str!("dci/processflow6res.json")),
];
/// Whom the published samples look for.
const SUDARAT: &str = "847951632";
const FORM: &str = "application/x-www-form-urlencoded";

fn person(sex: &str, given: &str, born: &str, number: &str) -> NewPerson {
    let name = NameParts { given: given.into(), family: Some("Phumchai".into()), ..NameParts::default() };
    NewPerson {
        id: PersonId(Uuid::now_v7()),
        sex: sex.into(),
        born_on: Some(born.into()),
        born_area: None,
        born_place: Some("Koh Samui".into()),
        died_on: None,
        protected: false,
        names: vec![("latn".into(), "passport".into(), name)],
        numbers: vec![("upn".into(), number.into())],
    }
}

/// An event of an old book, with its entry.
fn event(test: &TestOffice, kind: &str, (day, number): (&str, &str), roles: &[(&str, PersonId)]) -> NewEvent {
    NewEvent {
        id: None,
        kind: kind.into(),
        happened_on: Some(day.into()),
        area: None,
        place: Some("Koh Samui".into()),
        details: json!({}),
        roles: roles.iter().map(|(role, person)| ((*role).to_owned(), *person)).collect(),
        number: number.into(),
        office: test.place,
        directorate: "Koh Samui".into(),
        book: None,
        page: None,
        registered_on: Some(day.into()),
        verified: Some("book".into()),
        protected: false,
    }
}

/// The woman of the samples, her parents, her husband, and a namesake.
async fn seed(test: &TestOffice) -> PersonId {
    let sudarat = person("female", "Sudarat", "1995-09-21", SUDARAT);
    let (mother, father) =
        (person("female", "Malee", "1970", "847941632"), person("male", "Anan", "1968", "847961632"));
    let husband = person("male", "Niran", "1993-02-03", "847971632");
    let mut namesake = person("female", "Sudarat", "1995-09-21", "847981632");
    namesake.numbers.push(("passport".into(), "AA1234567".into()));
    let event = |kind: &str, day: &str, number: &str, roles: &[(&str, PersonId)]| {
        event(test, kind, (day, number), roles)
    };
    let id = sudarat.id;
    let act = ImportRegister {
        source: "samples".into(),
        events: vec![
            event(
                "birth",
                "1995-09-21",
                "947951532",
                &[("child", id), ("mother", mother.id), ("father", father.id)],
            ),
            event("marriage", "2019-09-21", "957951532", &[("wife", id), ("husband", husband.id)]),
        ],
        persons: vec![sudarat, mother, father, husband, namesake],
    };
    test.office.perform_once(&Who::system("test"), act).await.unwrap();
    id
}

struct Stage {
    test: TestOffice,
    administrator: Program,
    /// The client's identifier, and the client itself with a token.
    client: String,
    partner: Program,
    sudarat: PersonId,
}

impl Stage {
    /// An office with a client that may ask for some fields.
    async fn of(test: TestOffice, fields: &[&str]) -> Self {
        let sudarat = seed(&test).await;
        let administrator = officers(&test, "administrator", Role::Administrator).await;
        let office = test.place.to_string();
        let program = json!({"login": "sp-system", "name": "SP", "office": office, "roles": ["registrar"]});
        let program = administrator.post("/api/v1/programs", program).await.is(201).json();
        let client =
            json!({"name": "Social protection", "officer": program["id"], "scopes": ["people.find"]});
        let made = administrator.post("/api/v1/clients", client).await.is(201).json();
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}&scope=registry%2Fsearch",
            made["client_id"].as_str().unwrap(),
            made["client_secret"].as_str().unwrap()
        );
        let nobody = Program::with(&test, "");
        let path = format!("{BASE}/oauth2/client/token");
        let token = nobody.send("POST", &path, FORM, form.into_bytes(), &[]).await.is(200).json();
        assert_eq!((&token["token_type"], &token["expires_in"]), (&json!("Bearer"), &json!("900")));
        let partner = Program::with(&test, token["access_token"].as_str().unwrap());
        let client = made["id"].as_str().unwrap().to_owned();
        let stage = Self { test, administrator, client, partner, sudarat };
        stage.set(settings(fields), None).await.is(204);
        stage
    }

    async fn set(&self, settings: Value, seen: Option<&str>) -> Answer {
        let (key, path) = (Uuid::now_v7().to_string(), format!("/api/v1/clients/{}/dci", self.client));
        let mut headers = vec![("idempotency-key", key.as_str())];
        headers.extend(seen.map(|seen| ("if-match", seen)));
        let body = settings.to_string().into_bytes();
        self.administrator.send("PUT", &path, "application/json", body, &headers).await
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_text(path, &body.to_string()).await
    }

    async fn post_text(&self, path: &str, body: &str) -> Answer {
        let path = format!("{BASE}{path}");
        self.partner.send("POST", &path, "application/json", body.as_bytes().to_vec(), &[]).await
    }

    /// The answer to a search with one request, whose item it checks and returns.
    async fn search(&self, criteria: Value) -> Value {
        let answer = self.post("/registry/sync/search", &search("m-1", criteria)).await.is(200).json();
        assert_eq!(faults_of_answer("/registry/sync/search", &answer), Vec::<String>::new(), "{answer}");
        answer["message"]["search_response"][0].clone()
    }

    async fn entries(&self, kind: &str) -> i64 {
        const OF_KIND: &str = "SELECT COUNT(*) AS n FROM journal WHERE kind = $1";
        let mut reading = self.test.office.db.reading().await.unwrap();
        let values = diwan_store::vals![kind];
        reading.tx().count(OF_KIND, &values).await.unwrap()
    }
}

fn settings(fields: &[&str]) -> Value {
    json!({
        "callback": "https://spp.example.org/callback/on-search", "purpose": "Old-age allowance",
        "fields": fields, "events": ["birth", "death"],
    })
}

fn header(message: &str, action: &str) -> Value {
    json!({
        "version": "1.0.0", "message_id": message, "message_ts": "2026-11-22T06:00:00Z", "action": action,
        "sender_id": "spp.example.org", "receiver_id": "crvs", "total_count": 1, "is_msg_encrypted": false,
    })
}

fn search(message: &str, criteria: Value) -> Value {
    let request =
        json!({"reference_id": "r-1", "timestamp": "2026-11-22T06:00:00Z", "search_criteria": criteria});
    let said = json!({"transaction_id": "t-1", "search_request": [request]});
    json!({"signature": "unsigned-stub", "header": header(message, "search"), "message": said})
}

fn by_uin(number: &str) -> Value {
    json!({"query_type": "idtype-value", "query": {"type": "UIN", "value": number}})
}

fn by(query: Value) -> Value {
    json!({"query_type": "expression", "query": query})
}

macro_rules! on_both_engines {
    ($name:ident, $body:path) => {
        mod $name {
            use super::*;
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn embedded() {
                $body(TestOffice::on(Engine::Sqlite).await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn server() {
                $body(TestOffice::on(Engine::Postgres).await).await;
            }
        }
    };
}

/// What a sample says of a person that ours has to say too, in the same form.
fn as_in_the_sample(record: &Value, sample: &Value) {
    for name in
        ["@context", "@type", "name", "sex", "birth_place", "marital_status", "marriage_date", "divorce_date"]
    {
        assert!(record.get(name).is_some(), "{name} is missing: {record}");
    }
    assert_eq!((&record["@context"], &record["@type"]), (&sample["@context"], &sample["@type"]));
    for (name, sex) in [("surname", "Phumchai"), ("given_name", "Sudarat")] {
        assert_eq!(record["name"][name], json!(sex));
        assert_eq!(record["name"][name], sample["name"][name]);
    }
    assert_eq!((&record["sex"], &record["marital_status"]), (&sample["sex"], &sample["marital_status"]));
    let theirs = sample["birth_date"].as_str().unwrap();
    assert!(theirs.starts_with(record["birth_date"].as_str().unwrap()), "{theirs}");
    assert_eq!(record["birth_place"]["name"], sample["birth_place"]["name"]);
    assert_eq!(record["death_date"], sample["death_date"]);
    assert_eq!(record["marriage_date"], json!(["2019-09-21"]));
    assert_eq!(record["divorce_date"], sample["divorce_date"]);
    for number in sample["identifier"].as_array().unwrap() {
        let fits = |one: &&Value| {
            (&one["identifier_type"], &one["identifier_value"])
                == (&number["identifier_type"], &number["identifier_value"])
        };
        assert!(record["identifier"].as_array().unwrap().iter().any(|one| fits(&one)), "{number}");
    }
    for (parent, number) in [("parent1_identifier", "847941632"), ("parent2_identifier", "847961632")] {
        assert_eq!(record[parent]["identifier_type"], sample[parent]["identifier_type"]);
        assert_eq!(record[parent]["identifier_value"], json!(number));
    }
}

async fn samples(test: TestOffice) {
    let stage = Stage::of(test, &EVERYTHING).await;
    for (request, response) in SAMPLES {
        let answer = stage.post_text("/registry/sync/search", request).await;
        let (text, answer) = (answer.text(), answer.is(200).json());
        assert_eq!(faults_of_answer("/registry/sync/search", &answer), Vec::<String>::new(), "{answer}");
        assert_eq!(
            (&answer["header"]["status"], &answer["header"]["action"]),
            (&json!("succ"), &json!("on-search"))
        );
        assert_eq!(answer["header"]["receiver_id"], "sp-system");
        let item = &answer["message"]["search_response"][0];
        assert_eq!(item["status"], "succ", "{item}");
        assert_eq!(item["pagination"], json!({"page_size": 10, "page_number": 1, "total_count": 1}));
        let sample: Value = serde_json::from_str(response).unwrap();
        let sample = &sample["message"]["search_response"][0];
        for name in sample.as_object().unwrap().keys().filter(|name| !name.starts_with("status_reason")) {
            assert!(item.get(name).is_some() || name == "locale", "{name} is missing");
        }
        as_in_the_sample(&item["data"]["reg_records"][0], &sample["data"]["reg_records"][0]);
        // Whoever has our keys can check what we say.
        let keys = stage.partner.get("/.well-known/jwks.json").await.is(200).text();
        let read = Envelope::read(&text).unwrap();
        let now = stage.test.office.now() / 1_000_000;
        assert_eq!(check_signature(&read_keys(&keys).unwrap(), &read, now), Ok(()));
        let other = text.replace("Sudarat", "Sudarut");
        let changed = Envelope::read(&other).unwrap();
        assert!(check_signature(&read_keys(&keys).unwrap(), &changed, now).is_err());
    }
    assert_eq!(stage.entries("record-listed").await, 6, "every look is in the journal");
    let mut reading = stage.test.office.db.reading().await.unwrap();
    let told = inspection::timeline(&mut reading.tx(), "person", &stage.sudarat.to_string()).await.unwrap();
    let look = told.iter().find(|row| row.kind == "record-listed").unwrap();
    assert_eq!(look.body["rule"], "Old-age allowance", "with its reason: {}", look.body);
}
on_both_engines!(the_published_samples_are_answered, super::samples);

async fn queries(test: TestOffice) {
    let stage = Stage::of(test, &EVERYTHING).await;
    let found = async |criteria: Value| {
        let item = stage.search(criteria.clone()).await;
        assert_eq!(item["status"], "succ", "{criteria}: {item}");
        let mut names: Vec<String> = Vec::new();
        for record in item["data"]["reg_records"].as_array().unwrap() {
            names.push(record["name"]["given_name"].as_str().unwrap().to_owned());
        }
        names.join(" ")
    };
    for (query, expected) in [
        (json!({"UIN": {"$in": [SUDARAT, "847941632"]}}), "Malee Sudarat"),
        (json!({"$and": [{"UIN": SUDARAT}, {"marital_status": {"$eq": "M"}}]}), "Sudarat"),
        (json!({"$and": [{"UIN": SUDARAT}, {"marital_status": "W"}]}), ""),
        (json!({"UIN": SUDARAT, "age": {"$ge": 60}}), ""),
        (
            json!({"UIN": SUDARAT, "birth_date": {"type": "range", "gte": "1995-01-01", "lte": "1995-12-31"}}),
            "Sudarat",
        ),
        (json!({"BRN": "947951532"}), "Sudarat"),
        (json!({"MRN": "957951532", "sex": "male"}), "Niran"),
        (json!({"parent1_identifier": "847941632"}), "Sudarat"),
        (json!({"identifier": "AA1234567"}), "Sudarat"),
        (
            json!({"given_name": "Sudarat", "surname": "Phumchai", "birth_date": "1995-09-21"}),
            "Sudarat Sudarat",
        ),
        (json!({"UIN": "' OR '1'='1"}), ""),
        (json!({"UIN": "000000000"}), ""),
    ] {
        let sorted = json!([{"attribute_name": "given_name", "sort_order": "asc"}]);
        let criteria = json!({"query_type": "predicate", "query": query, "sort": sorted});
        assert_eq!(found(criteria).await, expected, "{query}");
    }
    // Pages, and both ways round.
    let all = json!({"$or": [{"UIN": SUDARAT}, {"UIN": "847941632"}, {"UIN": "847961632"}]});
    let page = |number: u32, order: &str| {
        let sort = json!([{"attribute_name": "birth_date", "sort_order": order}]);
        json!({"query_type": "expression", "query": all, "sort": sort, "pagination": {"page_size": 2, "page_number": number}})
    };
    assert_eq!(found(page(1, "asc")).await, "Anan Malee");
    assert_eq!(found(page(2, "asc")).await, "Sudarat");
    assert_eq!(found(page(3, "asc")).await, "");
    assert_eq!(found(page(1, "desc")).await, "Sudarat Malee");
    assert_eq!(stage.search(page(3, "asc")).await["pagination"]["total_count"], 3);
    // Of whom such an event stands.
    let with = |event: &str, number: &str| {
        let mut criteria = by_uin(number);
        criteria["reg_event_type"] = json!(event);
        criteria
    };
    assert_eq!(found(with("spdci-common:RegistryEventType:LiveBirth", SUDARAT)).await, "Sudarat");
    assert_eq!(found(with("death", SUDARAT)).await, "");
    assert_eq!(found(with("Marriage", "847941632")).await, "");
}
on_both_engines!(every_way_to_ask_finds_whom_it_means, super::queries);

async fn rejects(test: TestOffice) {
    let stage = Stage::of(test, &["identifier", "birth_date"]).await;
    let paged = |size: Value| {
        let mut criteria = by_uin(SUDARAT);
        criteria["pagination"] = json!({"page_size": size});
        criteria
    };
    let changed = |name: &str, value: Value| {
        let mut criteria = by_uin(SUDARAT);
        criteria[name] = value;
        criteria
    };
    for (criteria, code) in [
        (json!(null), "rjct.search_criteria.invalid"),
        (
            json!({"query_type": "graphql", "query": {"type": "x", "value": {}}}),
            "rjct.search_criteria.invalid",
        ),
        (json!({"query_type": "sql", "query": "SELECT 1"}), "rjct.search_criteria.invalid"),
        (by(json!({"shoe_size": 43})), "rjct.search_criteria.invalid"),
        (changed("reg_type", json!("ns:org:RegistryType:Farmer")), "rjct.search_criteria.invalid"),
        (changed("reg_record_type", json!("Group")), "rjct.search_criteria.invalid"),
        (changed("reg_event_type", json!("eclipse")), "rjct.search_criteria.invalid"),
        (changed("sort", json!([{"attribute_name": "poverty_score"}])), "rjct.sort.invalid"),
        (changed("sort", json!([{"attribute_name": "name"}])), "rjct.sort.invalid"),
        (changed("sort", json!([{"attribute_name": "UIN", "sort_order": "sideways"}])), "rjct.sort.invalid"),
        (paged(json!(2_000)), "rjct.pagination.invalid"),
        (paged(json!(0)), "rjct.pagination.invalid"),
        (paged(json!(-1)), "rjct.pagination.invalid"),
        (paged(json!("ten")), "rjct.pagination.invalid"),
        (by(json!({})), "rjct.search.too_many_records_found"),
        (by(json!({"birth_date": {"$gt": "2023-01-01"}})), "rjct.search.too_many_records_found"),
        // What is not open to a client it does not find out by asking either.
        (by(json!({"UIN": SUDARAT, "marital_status": "M"})), "rjct.filter.invalid"),
        (by(json!({"UIN": SUDARAT, "$not": {"name": "Sudarat"}})), "rjct.filter.invalid"),
    ] {
        let item = stage.search(criteria.clone()).await;
        assert_eq!(
            (&item["status"], &item["status_reason_code"]),
            (&json!("rjct"), &json!(code)),
            "{criteria}: {item}"
        );
        assert!(item.get("data").is_none());
    }
    // A batch: what can be answered is.
    let mut batch = search("m-2", by_uin(SUDARAT));
    let first = batch["message"]["search_request"][0].clone();
    let mut twice = first.clone();
    twice["timestamp"] = json!("2026-11-22T06:00:00");
    twice["reference_id"] = json!("r-2");
    let mut foreign = first.clone();
    foreign["reference_id"] = json!("r-3");
    foreign["locale"] = json!("ENG");
    let mut nameless = first.clone();
    nameless.as_object_mut().unwrap().remove("reference_id");
    batch["message"]["search_request"] = json!([first, first, twice, foreign, nameless]);
    // Fewer are counted than there are: whoever counted does not know of one.
    // More are: one was lost, and who asked would take the answer for the whole.
    for counted in [json!(4), json!(6), json!("10")] {
        batch["header"]["total_count"] = counted;
        let answer = stage.post("/registry/sync/search", &batch).await.is(200).json();
        assert_eq!(answer["header"]["status_reason_code"], "rjct.total_count.invalid");
        assert_eq!(answer["header"]["status"], "rjct");
        assert!(answer.get("message").is_none_or(|message| message["search_response"].is_null()), "{answer}");
    }
    batch["header"]["total_count"] = json!("5");
    let answer = stage.post("/registry/sync/search", &batch).await.is(200).json();
    assert_eq!(faults_of_answer("/registry/sync/search", &answer), Vec::<String>::new(), "{answer}");
    let codes: Vec<&Value> = answer["message"]["search_response"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["status_reason_code"])
        .collect();
    let expected = [
        Value::Null,
        json!("rjct.reference_id.duplicate"),
        json!("rjct.timestamp.invalid"),
        json!("rjct.search_criteria.invalid"),
        json!("rjct.reference_id.invalid"),
    ];
    assert_eq!(codes, expected.iter().collect::<Vec<_>>());
}
on_both_engines!(what_is_not_answered_says_why_in_the_codes_of_the_specification, super::rejects);

async fn envelopes(test: TestOffice) {
    let stage = Stage::of(test, &["identifier"]).await;
    let without = |path: &[&str]| {
        let mut message = search("m-1", by_uin(SUDARAT));
        let (last, before) = path.split_last().unwrap();
        let inner = before.iter().fold(&mut message, |value, name| &mut value[*name]);
        inner.as_object_mut().unwrap().remove(*last);
        message.to_string()
    };
    for path in ["/registry/sync/search", "/registry/search"] {
        for body in [
            String::new(),
            "null".into(),
            "[]".into(),
            "{\"header\":".into(),
            "{\"header\":{},\"message\":{}}".into(),
            without(&["header"]),
            without(&["message"]),
            without(&["header", "message_id"]),
            without(&["header", "message_ts"]),
            without(&["header", "action"]),
            without(&["header", "sender_id"]),
            without(&["message", "transaction_id"]),
            without(&["message", "search_request"]),
            search("m-1", by_uin(SUDARAT))
                .to_string()
                .replace("\"t-1\"", &json!("x".repeat(100)).to_string()),
            format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        ] {
            let answer = stage.post_text(path, &body).await.is(400).json();
            assert_eq!(answer["message"]["ack_status"], "ERR");
            assert_eq!(answer["errors"][0]["code"], "err.request.bad");
            assert_eq!(faults_of_answer("/registry/search", &answer), Vec::<String>::new(), "{answer}");
        }
    }
    let with = |name: &str, value: Value| {
        let mut message = search("m-1", by_uin(SUDARAT));
        message["header"][name] = value;
        message
    };
    for (name, value, code, error) in [
        ("version", json!("2.0.0"), "rjct.version.invalid", "err.version.not_supported"),
        ("action", json!("subscribe"), "rjct.action.not_supported", "err.request.bad"),
        ("action", json!("eat"), "rjct.action.invalid", "err.request.bad"),
        ("message_ts", json!("yesterday"), "rjct.message_ts.invalid", "err.request.bad"),
        ("message_ts", json!("2026-11-22T06:00:00"), "rjct.message_ts.invalid", "err.request.bad"),
        ("total_count", json!("many"), "rjct.total_count.invalid", "err.request.bad"),
        ("total_count", json!(-1), "rjct.total_count.invalid", "err.request.bad"),
        ("total_count", json!(0), "rjct.total_count.invalid", "err.request.bad"),
        ("total_count", json!(10), "rjct.total_count.invalid", "err.request.bad"),
    ] {
        let answer = stage.post("/registry/sync/search", &with(name, value.clone())).await.is(200).json();
        assert_eq!(faults_of_answer("/registry/sync/search", &answer), Vec::<String>::new(), "{answer}");
        assert_eq!(
            (&answer["header"]["status"], &answer["header"]["status_reason_code"]),
            (&json!("rjct"), &json!(code)),
            "{name}"
        );
        let ack = stage.post("/registry/search", &with(name, value)).await.is(200).json();
        assert_eq!(
            (&ack["message"]["ack_status"], &ack["message"]["error"]["code"]),
            (&json!("ERR"), &json!(error))
        );
        assert_eq!(faults_of_answer("/registry/search", &ack), Vec::<String>::new(), "{ack}");
    }
    let mut many = search("m-1", by_uin(SUDARAT));
    let one = many["message"]["search_request"][0].clone();
    many["message"]["search_request"] = (0..101)
        .map(|n| {
            let mut one = one.clone();
            one["reference_id"] = json!(format!("r-{n}"));
            one
        })
        .collect();
    many["header"]["total_count"] = json!(101);
    let answer = stage.post("/registry/sync/search", &many).await.is(200).json();
    assert_eq!(answer["header"]["status_reason_code"], "rjct.total_count.limit_exceeded");
    // Where blanks differ, senders are understood.
    for (name, value) in [("total_count", json!("")), ("version", json!("1.0")), ("meta", json!(""))] {
        let answer = stage.post("/registry/sync/search", &with(name, value)).await.is(200).json();
        assert_eq!(answer["header"]["status"], "succ");
    }
    let encrypted =
        stage.post("/registry/sync/search", &with("is_msg_encrypted", json!(true))).await.is(400).json();
    assert_eq!(encrypted["errors"][0]["code"], "err.encryption.invalid");
    let path = format!("{BASE}/registry/search");
    stage.partner.send("POST", &path, "multipart/form-data", b"x".to_vec(), &[]).await.is(415);
    stage.partner.send("POST", &path, "application/json; charset=utf-16", b"{}".to_vec(), &[]).await.is(415);
    stage.partner.send("POST", &path, "application/json", vec![b' '; 1_100_000], &[]).await.is(413);
    stage.partner.send("POST", &path, "application/json", vec![0xff, 0xfe], &[]).await.is(400);
    let lost = stage.post("/registry/eat", &json!({})).await.is(404).json();
    assert_eq!(lost["errors"][0]["code"], "err.request.not_found");
    stage.partner.get(&path).await.is(405);
}
on_both_engines!(what_is_no_message_is_refused_and_never_fails, super::envelopes);

/// A contract of marriage is active while both live: whoever died married is not married.
async fn died_married(test: TestOffice) {
    let stage = Stage::of(test, &EVERYTHING).await;
    let mut prasert = person("male", "Prasert", "1940-01-02", "848001632");
    prasert.died_on = Some("2021-05-06".into());
    let suda = person("female", "Suda", "1945-03-04", "848011632");
    let (husband, wife) = (prasert.id, suda.id);
    let events = vec![
        event(&stage.test, "marriage", ("1970-01-01", "957951601"), &[("husband", husband), ("wife", wife)]),
        event(&stage.test, "death", ("2021-05-06", "967951601"), &[("deceased", husband)]),
    ];
    let act = ImportRegister { source: "samples".into(), events, persons: vec![prasert, suda] };
    stage.test.office.perform_once(&Who::system("test"), act).await.unwrap();
    for (number, letter) in [("848001632", "U"), ("848011632", "W"), (SUDARAT, "M")] {
        let record = stage.search(by_uin(number)).await["data"]["reg_records"][0].clone();
        assert_eq!(record["marital_status"], letter, "{record}");
        for asked in ["M", "U", "W"] {
            let item = stage.search(by(json!({"UIN": number, "marital_status": asked}))).await;
            let found = item["data"]["reg_records"].as_array().unwrap().len();
            assert_eq!(found, usize::from(asked == letter), "{number} {asked}: {item}");
        }
    }
}
on_both_engines!(whoever_died_married_is_not_told_as_married, super::died_married);

/// A client's own key.
struct Key(Ed25519KeyPair);

impl Key {
    fn new(seed: u8) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap())
    }

    fn jwks(&self) -> String {
        let x = URL_SAFE_NO_PAD.encode(self.0.public_key().as_ref());
        json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "k-1", "use": "sig", "alg": "EdDSA"}]}).to_string()
    }

    /// A message with a signature over its bytes.
    fn signed(&self, message: &Value, created: i64, expires: i64) -> String {
        let (header, said) = (message["header"].to_string(), message["message"].to_string());
        let digest = format!("SHA-256={}", STANDARD.encode(Sha256::digest(format!("{header}{said}"))));
        let signature = SignatureString {
            sender_id: "spp.example.org".into(),
            key_id: "k-1".into(),
            algorithm: "ed25519".into(),
            created: Some(created),
            expires: Some(expires),
            covered: ["(created)", "(expires)", "digest"].map(str::to_owned).to_vec(),
            signature: self.0.sign(signing_text(created, expires, &digest).as_bytes()).as_ref().to_vec(),
        };
        format!("{{\"signature\":{},\"header\":{header},\"message\":{said}}}", json!(signature.write()))
    }
}

async fn signatures(test: TestOffice) {
    let stage = Stage::of(test, &["identifier"]).await;
    let (key, stranger) = (Key::new(5), Key::new(6));
    let mut with_keys = settings(&["identifier"]);
    with_keys["keys"] = json!(key.jwks());
    with_keys["sender_id"] = json!("spp.example.org");
    stage.set(with_keys.clone(), None).await.refuses(412, "request/changed-meanwhile");
    stage.set(with_keys, Some("\"1.x\"")).await.is(204);
    let now = stage.test.office.now() / 1_000_000;
    let message = search("m-1", by_uin(SUDARAT));
    let well = key.signed(&message, now, now + 60);
    let answer = stage.post_text("/registry/sync/search", &well).await.is(200).json();
    assert_eq!(answer["message"]["search_response"][0]["status"], "succ");
    // The same once more is the same look once more, and nothing else.
    stage.post_text("/registry/sync/search", &well).await.is(200);
    let mut old = message.clone();
    old["header"]["message_ts"] = json!("2026-11-19T06:00:00Z");
    let answer =
        stage.post_text("/registry/sync/search", &key.signed(&old, now, now + 60)).await.is(200).json();
    assert_eq!(answer["header"]["status_reason_code"], "rjct.message_ts.invalid");
    for path in PATHS {
        for (body, code) in [
            (message.to_string(), "err.signature.invalid"),
            (message.to_string().replace("unsigned-stub", ""), "err.signature.missing"),
            (well.replace(SUDARAT, "847941632"), "err.signature.invalid"),
            (key.signed(&message, now - 600, now - 1), "err.signature.invalid"),
            (stranger.signed(&message, now, now + 60), "err.signature.invalid"),
        ] {
            let answer = stage.post_text(path, &body).await.is(401).json();
            assert_eq!(
                (&answer["errors"][0]["code"], &answer["message"]["ack_status"]),
                (&json!(code), &json!("ERR")),
                "{path}"
            );
        }
    }
    let mut other = message.clone();
    other["header"]["sender_id"] = json!("somebody.example");
    let answer =
        stage.post_text("/registry/sync/search", &key.signed(&other, now, now + 60)).await.is(403).json();
    assert_eq!(answer["errors"][0]["code"], "err.sender_id.invalid");
    assert_eq!(stage.entries("people-searched").await, 2, "what is refused is no look");
}
on_both_engines!(only_what_a_client_signed_is_believed, super::signatures);

async fn fields(test: TestOffice) {
    let stage = Stage::of(test, &[]).await;
    let bare = stage.search(by_uin(SUDARAT)).await;
    let names: Vec<&String> = bare["data"]["reg_records"][0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["@context", "@id", "@type"], "by itself a client sees nothing");
    stage.set(settings(&["identifier", "death_date"]), Some("\"1.x\"")).await.is(204);
    let some = stage.search(by_uin(SUDARAT)).await;
    let record = &some["data"]["reg_records"][0];
    let names: Vec<&String> = record.as_object().unwrap().keys().collect();
    assert_eq!(names, ["@context", "@id", "@type", "death_date", "identifier"]);
    let one = json!([{"@type": "Identifier", "identifier_type": "UIN", "identifier_value": SUDARAT}]);
    assert_eq!((&record["identifier"], &record["death_date"]), (&one, &json!("")));
    for (name, value) in [
        ("fields", json!(["religion"])),
        ("fields", json!(["cause_of_death"])),
        ("events", json!(["affiliation"])),
        ("callback", json!("http://spp.example.org/")),
        ("keys", json!("ssh-rsa AAAA")),
        ("purpose", json!(" ")),
    ] {
        let mut wrong = settings(&[]);
        wrong[name] = value;
        stage.set(wrong, Some("\"2.x\"")).await.refuses(422, "admin/field-missing");
    }
    // An entry that is closed by itself tells nobody who stands in it, from neither side.
    let kanya = person("female", "Kanya", "2001-02-03", "847991632");
    let mother = stage.test.person("847941632").await;
    let closed = NewEvent {
        id: None,
        kind: "birth".into(),
        happened_on: Some("2001-02-03".into()),
        area: None,
        place: None,
        details: json!({}),
        roles: vec![("child".into(), kanya.id), ("mother".into(), mother)],
        number: "947951599".into(),
        office: stage.test.place,
        directorate: "Koh Samui".into(),
        book: None,
        page: None,
        registered_on: None,
        verified: Some("book".into()),
        protected: true,
    };
    let act = ImportRegister { source: "samples".into(), persons: vec![kanya], events: vec![closed] };
    stage.test.office.perform_once(&Who::system("test"), act).await.unwrap();
    stage.set(settings(&EVERYTHING), Some("\"2.x\"")).await.is(204);
    let told = stage.search(by_uin("847991632")).await["data"]["reg_records"][0].clone();
    assert_eq!(told["birth_date"], "2001-02-03", "she herself is there");
    assert!(!told.to_string().contains("847941632") && !told.to_string().contains("947951599"), "{told}");
    let children = stage.search(by(json!({"parent1_identifier": "847941632"}))).await;
    assert!(children.to_string().contains(SUDARAT) && !children.to_string().contains("847991632"));
    // A protected person is not there, nor as anybody's parent.
    let keeper = stage.test.officer("keeper", Role::Keeper, None).await;
    for person in [mother, stage.sudarat] {
        let record = stage.search(by_uin(SUDARAT)).await["data"]["reg_records"][0].clone();
        let knows_mother = record.to_string().contains("847941632");
        assert_eq!(knows_mother, person == mother, "{record}");
        let protect = ProtectPerson { person, protected: true, reason: "witness".into() };
        stage.test.office.perform_once(&keeper, protect).await.unwrap();
    }
    let gone = stage.search(by_uin(SUDARAT)).await;
    assert_eq!(
        (&gone["status"], &gone["data"]["reg_records"], &gone["pagination"]["total_count"]),
        (&json!("succ"), &json!([]), &json!(0))
    );
}
on_both_engines!(a_client_sees_what_it_was_given_and_no_protected_person, super::fields);

async fn strangers(test: TestOffice) {
    let stage = Stage::of(test, &EVERYTHING).await;
    let before = stage.test.journal_size().await;
    let nobody = Program::with(&stage.test, "");
    let clerk = stage.test.officer("clerk", Role::CounterOfficer, None).await;
    let person = Program::with(&stage.test, &token_of(&stage.test, &clerk).await);
    let inspector = officers(&stage.test, "inspector", Role::Inspector).await;
    let bad = Program::with(&stage.test, "diwan_at_made_up");
    let made = stage.test.journal_size().await;
    for path in PATHS {
        let address = format!("{BASE}{path}");
        // Not even what is wrong with a message is told to whoever may not ask.
        for body in ["not JSON", SAMPLES[0].0] {
            for (program, status) in [(&nobody, 401), (&bad, 401), (&person, 403), (&inspector, 403)] {
                let answer =
                    program.send("POST", &address, "application/json", body.as_bytes().to_vec(), &[]).await;
                let said = answer.is(status).json();
                assert!(said["errors"][0]["code"].as_str().unwrap().starts_with("err.request."), "{said}");
                assert_eq!(said["message"]["ack_status"], "ERR");
                assert_eq!(answer.header("content-type"), "application/json");
            }
        }
    }
    assert!(
        nobody
            .send("POST", &format!("{BASE}{}", PATHS[0]), "application/json", Vec::new(), &[])
            .await
            .header("www-authenticate")
            .starts_with("Bearer")
    );
    assert_eq!(stage.test.journal_size().await, made);
    assert!(made > before);
    // A client of which nobody said what it may.
    let other = json!({"name": "Other", "scopes": ["people.find"]});
    let other = stage.administrator.post("/api/v1/clients", other).await.is(201).json();
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        other["client_id"].as_str().unwrap(),
        other["client_secret"].as_str().unwrap()
    );
    let token = nobody.send("POST", "/oauth/token", FORM, form.into_bytes(), &[]).await.is(200).json();
    let other = Program::with(&stage.test, token["access_token"].as_str().unwrap());
    let body = SAMPLES[0].0.as_bytes().to_vec();
    let said = other.send("POST", &format!("{BASE}{}", PATHS[0]), "application/json", body, &[]).await;
    assert!(matches!(said.status.as_u16(), 401 | 403), "{}", said.text());
}
on_both_engines!(whoever_may_not_ask_gets_through_no_door, super::strangers);

fn subscribe(message: &str, event: &str, filter: Value) -> Value {
    let criteria = json!({"reg_event_type": event, "filter": filter, "notify_record_type": "spdci-extensions-dci:Person"});
    let request =
        json!({"reference_id": "s-1", "timestamp": "2026-11-22T06:00:00Z", "subscribe_criteria": criteria});
    json!({"header": header(message, "subscribe"), "message": {"transaction_id": "t-sub", "subscribe_request": [request]}})
}

fn asked(kind: &str, attribute: &str, value: Value) -> Value {
    let request = json!({"reference_id": "q-1", "txn_type": kind, "attribute_type": attribute, "attribute_value": value});
    json!({"header": header("q", "txn-status"), "message": {"transaction_id": "t-1", "txnstatus_request": request}})
}

async fn later(test: TestOffice) {
    let stage = Stage::of(test, &EVERYTHING).await;
    let ack = async |path: &str, body: &Value| {
        let said = stage.post(path, body).await.is(200).json();
        assert_eq!(faults_of_answer(path, &said), Vec::<String>::new(), "{said}");
        assert_eq!(said["message"]["ack_status"], "ACK", "{said}");
        said["message"]["correlation_id"].as_str().unwrap().to_owned()
    };
    let stands = async |question: Value| {
        let said = stage.post("/registry/sync/txn/status", &question).await.is(200).json();
        assert_eq!(faults_of_answer("/registry/sync/txn/status", &said), Vec::<String>::new(), "{said}");
        said["message"]["txnstatus_response"]["txn_status"].clone()
    };
    let message = search("m-1", by_uin(SUDARAT));
    let correlation = ack("/registry/search", &message).await;
    assert_eq!(ack("/registry/search", &message).await, correlation, "a repeat is the same message");
    assert_ne!(
        ack("/registry/search", &search("m-1", by_uin("847941632"))).await,
        correlation,
        "another search is not"
    );
    let pending = stands(asked("search", "correlation_id", json!(correlation))).await;
    assert_eq!(pending["search_response"][0]["status"], "pdng");
    let by_reference = stands(asked("search", "reference_id_list", json!(["r-1"]))).await;
    assert_eq!(by_reference["search_response"][0]["reference_id"], "r-1");
    let unknown = stands(asked("search", "transaction_id", json!("other"))).await;
    assert_eq!(unknown["search_response"][0]["status_reason_code"], "rjct.reference_id.invalid");

    let first = subscribe(
        "s-1",
        "spdci-common:RegistryEventType:LiveBirth",
        json!({"type": "UIN", "value": SUDARAT}),
    );
    let correlation = ack("/registry/subscribe", &first).await;
    assert_eq!(ack("/registry/subscribe", &first).await, correlation);
    let made = stands(asked("subscribe", "correlation_id", json!(correlation))).await;
    let item = made["subscribe_response"][0].clone();
    assert_eq!((&item["status"], &item["subscriptions"][0]["status"]), (&json!("succ"), &json!("subscribe")));
    assert_eq!(item["subscriptions"][0]["filter"]["value"], SUDARAT);
    let code = item["subscriptions"][0]["code"].as_str().unwrap().to_owned();
    for (message, event, filter, expected) in [
        (
            "s-2",
            "spdci-common:RegistryEventType:LiveBirth",
            json!({"type": "UIN", "value": SUDARAT}),
            "rjct.event.already_subscribed",
        ),
        ("s-3", "Marriage", json!({}), "rjct.notify_types.invalid"),
        ("s-4", "eclipse", json!({}), "rjct.notify_types.invalid"),
        ("s-5", "adoption", json!({}), "rjct.notify_types.invalid"),
        ("s-6", "Death", json!({"shoe_size": 43}), "rjct.notify_details.invalid"),
    ] {
        let correlation = ack("/registry/subscribe", &subscribe(message, event, filter)).await;
        let made = stands(asked("subscribe", "correlation_id", json!(correlation))).await;
        assert_eq!(made["subscribe_response"][0]["status_reason_code"], expected, "{message}");
    }
    let again = stage.post("/registry/subscribe", &subscribe("s-1", "Death", json!({}))).await.is(200).json();
    assert_eq!(
        (&again["message"]["ack_status"], &again["message"]["error"]["code"]),
        (&json!("ERR"), &json!("err.request.bad"))
    );

    // Where the other subscriptions are, an administrator sees and ends them.
    let list = stage.administrator.get("/api/v1/subscriptions").await.is(200).json();
    let mine: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["client"] == json!(stage.client))
        .collect();
    assert_eq!(mine.len(), 2, "the subscription, and the queue of answers: {list}");
    let renew = stage.administrator.post(&format!("/api/v1/subscriptions/{code}/secret"), json!({})).await;
    renew.refuses(409, "case/wrong-phase");

    let end = |codes: Value, message: &str| {
        let said = json!({"transaction_id": "t-end", "timestamp": "2026-11-22T06:00:00Z", "subscription_codes": codes});
        json!({"header": header(message, "unsubscribe"), "message": said})
    };
    for (codes, message, status, reason) in [
        (json!(["x".repeat(99)]), "u-1", "rjct", json!("rjct.subscription_code.invalid")),
        (json!([code, "other"]), "u-2", "rjct", json!("rjct.subscription_code.invalid")),
        (json!([code]), "u-3", "succ", Value::Null),
        (json!([code]), "u-4", "rjct", json!("rjct.event.already_unsubscribed")),
    ] {
        let correlation = ack("/registry/unsubscribe", &end(codes, message)).await;
        let ended = stands(asked("unsubscribe", "correlation_id", json!(correlation))).await;
        assert_eq!(
            (&ended["status"], &ended["status_reason_code"]),
            (&json!(status), &reason),
            "{message}: {ended}"
        );
    }
    stage.post("/registry/unsubscribe", &end(json!(["x".repeat(100)]), "u-5")).await.is(400);
    // A header that counts something else than stands there is refused, as with a search;
    // the codes of one request may be counted.
    let counting = |mut message: Value, count: i64| {
        message["header"]["total_count"] = json!(count);
        message
    };
    for (path, message) in [
        ("/registry/unsubscribe", end(json!([code, "other"]), "u-6")),
        ("/registry/txn/status", asked("search", "reference_id_list", json!(["r-1", "r-2"]))),
    ] {
        for count in [0, 3, 10] {
            let said = stage.post(path, &counting(message.clone(), count)).await.is(200).json();
            assert_eq!(faults_of_answer(path, &said), Vec::<String>::new(), "{said}");
            assert_eq!(said["message"]["ack_status"], "ERR", "{path} {count}: {said}");
            let why = said["message"]["error"]["message"].as_str().unwrap();
            assert!(why.contains("1 requests of 2 things"), "{why}");
        }
        ack(path, &counting(message, 2)).await;
    }
    let three = counting(asked("search", "reference_id_list", json!(["r-1", "r-2"])), 3);
    let said = stage.post("/registry/sync/txn/status", &three).await.is(200).json();
    assert_eq!(said["header"]["status_reason_code"], "rjct.total_count.invalid", "{said}");
    let gone = stands(asked("subscribe", "subscription_code_list", json!([code]))).await;
    assert_eq!(gone["subscribe_response"][0]["subscriptions"][0]["status"], "unsubscribe");
    ack("/registry/txn/status", &asked("search", "transaction_id", json!("t-1"))).await;

    // Answers go where the client is registered to listen, and nowhere else.
    for uri in ["https://evil.example/", "http://127.0.0.1/", "javascript:alert(1)"] {
        let mut elsewhere = search("m-9", by_uin(SUDARAT));
        elsewhere["header"]["sender_uri"] = json!(uri);
        let said = stage.post("/registry/search", &elsewhere).await.is(400).json();
        assert_eq!(said["errors"][0]["code"], "err.sender_uri.invalid");
    }
    // What has the wrong form is not taken at all.
    let mut late = search("m-10", by_uin(SUDARAT));
    late["message"]["search_request"][0]["timestamp"] = json!("not-a-timestamp");
    stage.post("/registry/search", &late).await.is(400);
    // Whoever tells a register that asked nothing is told so.
    for path in [
        "/registry/notify",
        "/registry/on-search",
        "/registry/on-subscribe",
        "/registry/on-unsubscribe",
        "/registry/txn/on-status",
    ] {
        let said = stage.post(path, &search("n-1", by_uin(SUDARAT))).await.is(200).json();
        assert_eq!(faults_of_answer(path, &said), Vec::<String>::new());
        assert_eq!(said["message"]["ack_status"], "NACK");
    }
    assert_eq!(faults_of_request("/registry/search", &message), Vec::<String>::new());
    let report = diwan_store::verify::journal(&stage.test.office.db, None).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}
on_both_engines!(what_is_answered_later_is_taken_once_and_can_be_asked_for, super::later);
