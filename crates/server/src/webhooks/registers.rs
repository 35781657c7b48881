//! What other systems hear of the civil register, on both engines: the ordinary
//! events, and messages of the registry API of the Digital Convergence Initiative,
//! with a receiver that falls ill and a program that is started again.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use super::days::{Stage, as_described, names_nobody};
use super::dci_schema::faults_of_request;
use super::{Sender, deliver_all};
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::dci::Envelope;
use diwan_domain::ids::{EntryId, OfficeId, OfficerId, PersonId, RowId};
use diwan_domain::people::Role;
use diwan_office::civil::{
    DecideCorrection, Declare, Ground, PrepareCorrection, ProtectPerson, RegisterEvent, Registered, What,
};
use diwan_office::clients::RegisterClient;
use diwan_office::dci::{
    Asked, SetPartner, TakeDciMessage, check_signature, codes_in, events_in, jwks, read_keys, searches_in,
    status_in, who_of_client,
};
use diwan_office::rows::ApiClientRow;
use diwan_office::subscriptions::Filter;
use diwan_office::{Who, subscriptions};
use diwan_store::dialect::Engine;
use diwan_store::{civil, clients, verify};
use diwan_testkit::TestOffice;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

const SHILAN: &str = "1000000000001";
const A_BIRTH: &[(&str, &str)] = &[
    ("child.given", "لاڤین"),
    ("child.given-latin", "Lavin"),
    ("child.sex", "female"),
    ("child.upn", "1000000000055"),
    ("happened-on", "2026-11-20"),
    ("place-kind", "hospital"),
    ("place", "هەولێر"),
    ("mother.given", "هێڤین"),
    ("mother.father", "عومەر"),
    ("mother.born-on", "1975"),
    ("mother.upn", "1000000000009"),
    ("father.given", "ئازاد"),
    ("father.father", "کەریم"),
    ("father.upn", "1000000000008"),
    ("parents-married", "yes"),
    ("declarant.as", "father"),
];

/// Those who work on the register of births.
struct Bureau {
    clerk: Who,
    registrar: Who,
    supervisor: Who,
    keeper: Who,
}

impl Bureau {
    async fn of(test: &TestOffice) -> Self {
        let office: OfficeId = test.health().await;
        Self {
            clerk: test.officer_of("birth-clerk", Role::CounterOfficer, office).await,
            registrar: test.officer_of("birth-registrar", Role::Registrar, office).await,
            supervisor: test.officer_of("birth-supervisor", Role::Supervisor, office).await,
            keeper: test.officer_of("keeper", Role::Keeper, office).await,
        }
    }

    async fn birth(&self, test: &TestOffice, given: &str, number: &str) -> Registered {
        let mut content: Content = A_BIRTH.iter().copied().collect();
        content.set("child.given", given);
        content.set("child.upn", number);
        let declare = Declare { of: None, kind: EventKind::Birth, content, office: None };
        let taken = test.office.perform_once(&self.clerk, declare).await.unwrap();
        let register = RegisterEvent { declaration: taken.id, seen: taken.version, settles: None };
        // A supervisor: births of one mother on one day may raise doubts.
        test.office.perform_once(&self.supervisor, register).await.unwrap()
    }

    async fn change(
        &self,
        test: &TestOffice,
        entry: EntryId,
        what: What,
        content: Option<Content>,
    ) -> EntryId {
        let ground =
            Ground::Court { court: "هەولێر".into(), judgment: "88".into(), date: "2026-11-21".into() };
        let act = PrepareCorrection { entry, what, ground, content, reason: "بڕیار".into() };
        let correction = test.office.perform_once(&self.registrar, act).await.unwrap();
        let decide = DecideCorrection { correction, seen: 1, approve: true, why: None };
        test.office.perform_once(&self.supervisor, decide).await.unwrap().entry.unwrap()
    }
}

async fn child_of(test: &TestOffice, registered: &Registered) -> PersonId {
    let mut reading = test.office.db.reading().await.unwrap();
    let roles = civil::roles_in(&mut reading.tx(), registered.event).await.unwrap();
    roles.iter().find(|role| role.role == "child").unwrap().person_id
}

async fn ordinary(engine: Engine) {
    let stage = Stage::on(engine).await;
    let test = &stage.test;
    let bureau = Bureau::of(test).await;
    let untold = bureau.birth(test, "ڕێزان", "1000000000060").await;
    stage.subscribe(Filter::default()).await;
    let only = Filter { kinds: vec!["entry.revoked".into()], ..Filter::default() };
    let first = bureau.birth(test, "لاڤین", "1000000000061").await;
    let mut content = {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = civil::entry(&mut tx, first.entry).await.unwrap().unwrap();
        diwan_office::civil::entry_content(&mut tx, &row).await.unwrap()
    };
    content.set("happened-on", "2026-11-19");
    let second = bureau.change(test, first.entry, What::Correct, Some(content)).await;
    let third = bureau.change(test, second, What::Revoke, None).await;
    bureau.change(test, third, What::Reinstate, None).await;
    stage.deliver().await;
    let told = ["birth.registered", "entry.corrected", "entry.reinstated", "entry.revoked"];
    let mut heard = stage.heard();
    heard.sort();
    assert_eq!(heard, told.map(str::to_owned));
    for taken in stage.receiver.taken() {
        names_nobody(&taken.event);
        as_described(&taken.event);
        let text = taken.event.to_string();
        for personal in ["لاڤین", "1000000000061", "2026-11-19", "2026-11-20"] {
            assert!(!text.contains(personal), "{text} tells {personal}");
        }
        let data = &taken.event["data"];
        let (entry, supersedes) = (&data["entry"], &data["supersedes"]);
        match taken.event["type"].as_str().unwrap() {
            "birth.registered" => {
                assert_eq!((entry, supersedes), (&json!(first.entry), &Value::Null));
                let declaration = data["declaration"].as_str().unwrap();
                let journal = test.journal_of("declaration", declaration).await;
                assert_eq!(journal.first().map(String::as_str), Some("event-declared"), "known by it");
            }
            "entry.corrected" => assert_eq!((entry, supersedes), (&json!(second), &json!(first.entry))),
            "entry.revoked" => assert_eq!(supersedes, &json!(second)),
            _ => assert_eq!(supersedes, &json!(third)),
        }
        assert_eq!(data["kind"], "birth");
    }
    // Of a protected child nobody hears, whatever happens to its entry.
    let hidden = child_of(test, &untold).await;
    let protect = ProtectPerson { person: hidden, protected: true, reason: "witness".into() };
    test.office.perform_once(&bureau.keeper, protect).await.unwrap();
    stage.subscribe(only).await;
    let grant = diwan_office::civil::GrantAccess {
        person: hidden,
        officer: officer_of(&bureau.registrar),
        reason: "x".into(),
    };
    test.office.perform_once(&bureau.keeper, grant).await.unwrap();
    let grant = diwan_office::civil::GrantAccess {
        person: hidden,
        officer: officer_of(&bureau.supervisor),
        reason: "x".into(),
    };
    test.office.perform_once(&bureau.keeper, grant).await.unwrap();
    bureau.change(test, untold.entry, What::Revoke, None).await;
    assert_eq!(stage.deliver().await, 0, "nobody is told");
}
crate::on_both_engines!(whoever_subscribed_is_told_of_births_and_of_what_becomes_of_them, ordinary);

fn officer_of(who: &Who) -> OfficerId {
    who.actor.name().parse().unwrap()
}

/// A system that speaks DCI: what came to which of its doors.
#[derive(Clone, Default)]
struct Neighbour(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    taken: Vec<(String, String)>,
    status: u16,
    tries: usize,
}

async fn hear(State(neighbour): State<Neighbour>, uri: OriginalUri, body: String) -> StatusCode {
    let mut inner = neighbour.0.lock().unwrap();
    inner.tries += 1;
    if inner.status == 200 {
        inner.taken.push((uri.0.path().to_owned(), body));
    }
    StatusCode::from_u16(inner.status).unwrap()
}

impl Neighbour {
    fn answers(&self, status: u16) {
        self.0.lock().unwrap().status = status;
    }

    /// What came since the last look.
    fn taken(&self) -> Vec<(String, String)> {
        std::mem::take(&mut self.0.lock().unwrap().taken)
    }

    fn tries(&self) -> usize {
        self.0.lock().unwrap().tries
    }
}

struct Exchange {
    test: TestOffice,
    bureau: Bureau,
    neighbour: Neighbour,
    client: ApiClientRow,
    callback: String,
    sender: Arc<Sender>,
}

impl Exchange {
    async fn on(engine: Engine, events: &[&str], fields: &[&str]) -> Self {
        let test = TestOffice::on(engine).await;
        let bureau = Bureau::of(&test).await;
        let neighbour = Neighbour::default();
        neighbour.answers(200);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let callback = format!("http://{}/callback/on-search", listener.local_addr().unwrap());
        let router = axum::Router::new().fallback(hear).with_state(neighbour.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let program = test.officer("sp-system", Role::Registrar, None).await;
        let act = RegisterClient {
            client_id: "sp".into(),
            name: "Social protection".into(),
            secret_hash: Some(vec![1; 32]),
            certificate: None,
            x_road: None,
            officer: Some(officer_of(&program)),
            scopes: vec!["people.find".into()],
            expires_at: None,
        };
        let id: RowId = test.office.perform_once(&Who::system("test"), act).await.unwrap();
        let act = SetPartner {
            client: id,
            seen: None,
            sender_id: None,
            callback: Some(callback.clone()),
            purpose: "Child allowance".into(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            events: events.iter().map(|event| (*event).to_owned()).collect(),
            keys: None,
        };
        test.office.perform_once(&Who::system("test"), act).await.unwrap();
        let client = clients::client(&mut test.office.db.reading().await.unwrap().tx(), id).await.unwrap();
        let sender = Arc::new(Sender::new(&["127.0.0.0/8".into()]).unwrap());
        Self { test, bureau, neighbour, client: client.unwrap(), callback, sender }
    }

    async fn take(&self, message: &str, asked: Asked) -> RowId {
        let act = TakeDciMessage {
            client: self.client.id,
            sender_id: "spp.example.org".into(),
            message_id: message.into(),
            transaction_id: "t-1".into(),
            callback: self.callback.clone(),
            asked,
        };
        self.test.office.perform_once(&who_of_client(&self.client), act).await.unwrap()
    }

    async fn subscribe(&self, message: &str, event: &str, filter: Value) {
        let criteria = json!({"reg_event_type": event, "filter": filter, "notify_record_type": "Person"});
        let request = json!({"reference_id": message, "timestamp": "2026-11-22T06:00:00Z", "subscribe_criteria": criteria});
        self.take(message, Asked::Subscribe(events_in(&json!({"subscribe_request": [request]})).unwrap()))
            .await;
    }

    async fn deliver(&self) {
        self.test.pass(1);
        deliver_all(&self.test.office, &self.sender).await.unwrap();
    }

    /// The only message that came: to its door, as described, and signed by us.
    fn only(&self, door: &str, described: &str) -> Value {
        let taken = self.neighbour.taken();
        assert_eq!(taken.len(), 1, "{taken:?}");
        let (path, text) = &taken[0];
        assert_eq!(path, door);
        let keys = read_keys(&jwks(&self.test.office).to_string()).unwrap();
        let now = self.test.office.now() / 1_000_000;
        assert_eq!(check_signature(&keys, &Envelope::read(text).unwrap(), now), Ok(()));
        let message: Value = serde_json::from_str(text).unwrap();
        assert_eq!(faults_of_request(described, &message), Vec::<String>::new(), "{message}");
        message
    }

    async fn count(&self, kind: &'static str) -> usize {
        let sql: &'static str = "SELECT kind FROM journal";
        let mut reading = self.test.office.db.reading().await.unwrap();
        let rows = reading.tx().rows(sql, &[]).await.unwrap();
        rows.iter().filter(|row| row.get::<String>("kind").unwrap() == kind).count()
    }
}

fn search_for(number: &str) -> Asked {
    let criteria = json!({"query_type": "idtype-value", "query": {"type": "UIN", "value": number}});
    let request =
        json!({"reference_id": "r-1", "timestamp": "2026-11-22T06:00:00Z", "search_criteria": criteria});
    Asked::Search(searches_in(&json!({"search_request": [request]})).unwrap())
}

async fn answered_later(engine: Engine) {
    let exchange = Exchange::on(engine, &[], &["identifier", "birth_date"]).await;
    exchange.neighbour.answers(503);
    let correlation = exchange.take("m-1", search_for(SHILAN)).await;
    exchange.deliver().await;
    assert!(exchange.neighbour.tries() > 0 && exchange.neighbour.taken().is_empty());
    // The program ends in the middle of the next try, and is started again.
    exchange.test.pass(5);
    let due = subscriptions::waiting_for(&exchange.test.office).await.unwrap();
    assert_eq!(subscriptions::lease_due(&exchange.test.office, &due[0], 8).await.unwrap().len(), 1);
    let again = exchange.test.with_database(exchange.test.base.db.clone(), &exchange.test.base.address);
    let sender = Arc::new(Sender::new(&["127.0.0.0/8".into()]).unwrap());
    exchange.neighbour.answers(200);
    exchange.test.pass(15);
    deliver_all(&again.office, &sender).await.unwrap();
    let message = exchange.only("/callback/on-search", "/registry/on-search");
    assert_eq!(
        (&message["header"]["action"], &message["header"]["status"]),
        (&json!("on-search"), &json!("succ"))
    );
    assert_eq!(message["message"]["correlation_id"], json!(correlation));
    let record = &message["message"]["search_response"][0]["data"]["reg_records"][0];
    assert_eq!(record["identifier"][0]["identifier_value"], SHILAN);
    assert!(record.get("name").is_none(), "only what the client may have: {record}");
    assert_eq!(exchange.count("people-searched").await, 1, "tried twice, it is one look");
    exchange.deliver().await;
    assert_eq!(exchange.neighbour.taken().len(), 0, "answered once");

    let question = json!({"txnstatus_request": {"reference_id": "q", "txn_type": "search", "attribute_type": "correlation_id", "attribute_value": correlation}});
    exchange.take("q-1", Asked::Status(status_in(&question).unwrap())).await;
    exchange.deliver().await;
    let message = exchange.only("/callback/on-status", "/registry/txn/on-status");
    let stands = &message["message"]["txnstatus_response"]["txn_status"]["search_response"][0];
    assert_eq!((&stands["status"], stands.get("data")), (&json!("succ"), None));
    let report = verify::journal(&exchange.test.office.db, None).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}
crate::on_both_engines!(a_search_is_answered_later_through_illness_and_restart, answered_later);

async fn told(engine: Engine) {
    let fields = ["identifier", "registration_numbers", "parents"];
    let exchange = Exchange::on(engine, &["birth"], &fields).await;
    let (test, bureau) = (&exchange.test, &exchange.bureau);
    exchange
        .subscribe(
            "s-1",
            "spdci-common:RegistryEventType:LiveBirth",
            json!({"parent1_identifier": "1000000000009"}),
        )
        .await;
    exchange.deliver().await;
    let message = exchange.only("/callback/on-subscribe", "/registry/on-subscribe");
    let item = &message["message"]["subscribe_response"][0];
    let code = item["subscriptions"][0]["code"].as_str().unwrap().to_owned();
    assert_eq!(item["status"], "succ");

    let first = bureau.birth(test, "لاڤین", "1000000000061").await;
    exchange.deliver().await;
    let message = exchange.only("/callback/notify", "/registry/notify");
    assert_eq!(message["header"]["meta"]["subscription_code"], json!(code));
    assert_eq!(message["message"]["transaction_id"], "t-1");
    let data = &message["message"]["notify_event"][0]["data"];
    assert_eq!(data["reg_event_type"], "spdci-common:RegistryEventType:LiveBirth");
    let record = &data["reg_records"];
    let numbers: Vec<&Value> =
        record["identifier"].as_array().unwrap().iter().map(|one| &one["identifier_value"]).collect();
    assert_eq!(numbers, [&json!("1000000000061"), &json!(first.number)]);
    assert_eq!(record["parent1_identifier"]["identifier_value"], "1000000000009");
    for closed in ["name", "birth_date", "sex", "birth_place"] {
        assert!(record.get(closed).is_none(), "{closed} was not given to this client");
    }
    assert_eq!(exchange.count("record-told").await, 1, "the child's record says who was told");

    bureau.change(test, first.entry, What::Revoke, None).await;
    exchange.deliver().await;
    let message = exchange.only("/callback/notify", "/registry/notify");
    let data = &message["message"]["notify_event"][0]["data"];
    assert_eq!(data["reg_event_type"], "spdci-common:RegistryEventType:LiveBirthRevoked");

    // Of a child that is protected before it goes out, nobody is told; nor of whom the filter does not mean.
    let hidden = bureau.birth(test, "ڕێزان", "1000000000062").await;
    let protect =
        ProtectPerson { person: child_of(test, &hidden).await, protected: true, reason: "witness".into() };
    test.office.perform_once(&bureau.keeper, protect).await.unwrap();
    exchange.deliver().await;
    assert_eq!(exchange.neighbour.taken(), Vec::new());
    exchange.subscribe("s-2", "Birth", json!({"type": "UIN", "value": "42"})).await;
    exchange.deliver().await;
    exchange.neighbour.taken();
    bureau.birth(test, "سۆران", "1000000000063").await;
    exchange.deliver().await;
    exchange.only("/callback/notify", "/registry/notify");

    let end =
        json!({"transaction_id": "t", "timestamp": "2026-11-22T06:00:00Z", "subscription_codes": [code]});
    exchange.take("u-1", Asked::Unsubscribe(codes_in(&end).unwrap())).await;
    exchange.deliver().await;
    let message = exchange.only("/callback/on-unsubscribe", "/registry/on-unsubscribe");
    assert_eq!(message["message"]["status"], "succ");
    bureau.birth(test, "هێرۆ", "1000000000064").await;
    exchange.deliver().await;
    assert_eq!(exchange.neighbour.taken(), Vec::new(), "it hears no more");
    let report = verify::journal(&exchange.test.office.db, None).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}
crate::on_both_engines!(a_subscriber_hears_of_what_it_may_and_of_nothing_else, told);
