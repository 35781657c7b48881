//! Days in the life of a subscription, on both engines, with a clock that the
//! test sets and a receiver that checks every signature.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use super::{Sender, deliver_all};
use diwan_demo::simulators::Receiver;
use diwan_domain::ids::RowId;
use diwan_domain::notices::{About, KINDS, OfCase, OfEntry, payload};
use diwan_domain::people::Role;
use diwan_office::cases::{AnswerRequest, Decide, Decision, OpenCase, TakeNext, belongings};
use diwan_office::cash::{OpenShift, TakeFee};
use diwan_office::documents::{self, EndDocument, ReleaseDocument, SealDocument};
use diwan_office::rows::SubscriptionRow;
use diwan_office::subscriptions::{
    Again, EndSubscription, Filter, PauseSubscription, RenewSecret, ResumeSubscription, SendAgain, Subscribe,
    TrySubscription, deliveries, one, secret,
};
use diwan_office::{Who, outbox};
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;
use serde_json::{Value, json};
use std::sync::Arc;

const SHILAN: &str = "1000000000001";
const NAWROZ: &str = "1000000000002";
/// How many events the first certificate of a person makes, and a later one, for
/// which they pay.
const FIRST: usize = 4;
const LATER: usize = FIRST + 1;

pub(super) struct Stage {
    pub(super) test: TestOffice,
    pub(super) receiver: Receiver,
    url: String,
    sender: Arc<Sender>,
    administrator: Who,
    clerk: Who,
}

impl Stage {
    pub(super) async fn on(engine: Engine) -> Self {
        let test = TestOffice::on(engine).await;
        let clock = test.office.clone();
        let receiver = Receiver::new(move || clock.now());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/receiver", listener.local_addr().unwrap());
        let router = receiver.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let sender = Arc::new(Sender::new(&["127.0.0.0/8".into()]).unwrap());
        let administrator = test.officer("administrator", Role::Administrator, None).await;
        let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
        test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
        Self { test, receiver, url, sender, administrator, clerk }
    }

    pub(super) async fn subscribe(&self, filter: Filter) -> RowId {
        let act = Subscribe { name: "Passports".into(), url: self.url.clone(), filter };
        let id = self.test.office.perform_once(&self.administrator, act).await.unwrap();
        self.receiver.knows(&secret(&self.test.office.db, &self.row(id).await));
        id
    }

    async fn row(&self, id: RowId) -> SubscriptionRow {
        let at = self.test.office.desk(&self.administrator, "look");
        one(&mut self.test.office.db.reading().await.unwrap().tx(), &at, id).await.unwrap().0
    }

    pub(super) async fn deliver(&self) -> usize {
        // Acts of one moment follow one another by a microsecond each.
        self.test.pass(1);
        deliver_all(&self.test.office, &self.sender).await.unwrap()
    }

    pub(super) fn heard(&self) -> Vec<String> {
        let taken = self.receiver.taken();
        taken.iter().map(|taken| taken.event["type"].as_str().unwrap().to_owned()).collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.test.office.db.reading().await.unwrap().tx().count(sql, &[]).await.unwrap()
    }

    /// What waits for people's phones and mailboxes.
    async fn messages(&self) -> Vec<outbox::Parcel> {
        self.test.pass(1);
        outbox::lease(&self.test.office.db, self.test.office.now(), 1, 100).await.unwrap()
    }

    /// A certificate by rule: asked for, paid unless it is the first, made, taken.
    async fn certificate(&self) -> String {
        let test = &self.test;
        let shilan = test.citizen(SHILAN).await;
        let (case, access) = test.sent(&shilan, &[]).await;
        let row = test.case(case).await;
        let minor_units = row.fee_minor_units - row.paid_minor_units;
        if minor_units > 0 {
            test.office.perform_once(&self.clerk, TakeFee { case, minor_units }).await.unwrap();
        }
        let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await;
        let document = papers.unwrap()[0].id;
        let file_hash = test.office.files.put(b"%PDF-1.7".to_vec()).await.unwrap();
        let seal = SealDocument { document, file_hash, key_id: "0f".into(), moment: Default::default() };
        test.office.perform_once(&Who::system("sealer"), seal).await.unwrap();
        test.office.perform_once(&shilan, ReleaseDocument { document, access }).await.unwrap();
        document.to_string()
    }
}

/// Nobody in the register is named in what is sent.
pub(super) fn names_nobody(event: &Value) {
    let text = event.to_string();
    for personal in ["شیلان", "Shilan", SHILAN, "7501234567", "هەولێر", "1998-03-14"] {
        assert!(!text.contains(personal), "{text} tells {personal}");
    }
}

async fn a_certificate_is_told(engine: Engine) {
    let stage = Stage::on(engine).await;
    stage.certificate().await;
    assert_eq!(stage.count("SELECT COUNT(*) AS n FROM notices").await, 0, "nobody asked to be told");

    stage.subscribe(Filter::default()).await;
    let document = stage.certificate().await;
    stage.deliver().await;
    let told =
        ["case.submitted", "payment.taken", "case.approved_by_rule", "document.issued", "document.released"];
    assert_eq!(stage.heard(), told.map(str::to_owned));
    assert_eq!(stage.receiver.refused(), Vec::<String>::new());
    for taken in stage.receiver.taken() {
        names_nobody(&taken.event);
        as_described(&taken.event);
        assert_eq!((taken.times, taken.signatures), (1, 1));
    }
    let last = stage.receiver.taken().pop().unwrap().event;
    assert_eq!(last["data"]["document"], json!(document));
    assert_eq!(last["data"]["phase"], "fulfilled");
    assert_eq!(stage.deliver().await, 0, "nothing is told twice");

    let registrar = stage.test.officer("registrar", Role::Registrar, None).await;
    let end = EndDocument { document: document.parse().unwrap(), reason: "misprint".into(), replace: true };
    stage.test.office.perform_once(&registrar, end).await.unwrap();
    stage.deliver().await;
    assert_eq!(stage.heard().last().map(String::as_str), Some("document.replaced"));
}
crate::on_both_engines!(whoever_subscribed_is_told_of_a_certificate, a_certificate_is_told);

async fn only_what_fits(engine: Engine) {
    let stage = Stage::on(engine).await;
    let by_kind = Filter { kinds: vec!["document.issued".into()], ..Filter::default() };
    stage.subscribe(by_kind).await;
    stage.certificate().await;
    stage.deliver().await;
    assert_eq!(stage.heard(), ["document.issued"]);
    assert_eq!(stage.count("SELECT COUNT(*) AS n FROM notices").await, 1, "what nobody wants is not kept");

    for (filter, heard) in [
        (Filter { services: vec!["birth-certificate".into()], ..Filter::default() }, LATER),
        (Filter { offices: vec![stage.test.place], ..Filter::default() }, LATER),
    ] {
        let before = stage.count("SELECT COUNT(*) AS n FROM deliveries").await;
        let id = stage.subscribe(filter).await;
        stage.certificate().await;
        let now = stage.count("SELECT COUNT(*) AS n FROM deliveries").await;
        assert_eq!(now - before, heard as i64 + 1, "the first subscription hears its one kind");
        let end = EndSubscription { subscription: id };
        stage.test.office.perform_once(&stage.administrator, end).await.unwrap();
    }
    for wrong in [
        Filter { kinds: vec!["case.eaten".into()], ..Filter::default() },
        Filter { services: vec!["no-service".into()], ..Filter::default() },
        Filter { offices: vec![diwan_domain::ids::OfficeId(uuid::Uuid::now_v7())], ..Filter::default() },
    ] {
        let act = Subscribe { name: "Passports".into(), url: stage.url.clone(), filter: wrong };
        let stop = stage.test.office.perform_once(&stage.administrator, act).await.unwrap_err();
        assert_eq!(stop.code(), "admin/field-missing");
    }
}
crate::on_both_engines!(a_filter_lets_through_what_fits, only_what_fits);

async fn dead_for_a_day(engine: Engine) {
    let stage = Stage::on(engine).await;
    let id = stage.subscribe(Filter::default()).await;
    stage.receiver.answers(503);
    let mut expected = 0;
    for hour in 0..24 {
        if hour % 6 == 0 {
            stage.certificate().await;
            expected += if hour == 0 { FIRST } else { LATER };
        }
        stage.deliver().await;
        stage.test.pass(60);
    }
    let tries = stage.receiver.tries();
    assert!((24..200).contains(&tries), "a dead receiver is asked now and then, not {tries} times");
    assert_eq!(stage.heard(), Vec::<String>::new());
    // Nobody else waits for it: messages to people are in their own queue, and due.
    let parcels = stage.messages().await;
    assert!(parcels.iter().any(|parcel| parcel.kind == "sms"), "{parcels:?}");

    stage.receiver.answers(204);
    stage.test.pass(15);
    stage.deliver().await;
    assert_eq!(stage.heard().len(), expected, "everything arrives");
    for taken in stage.receiver.taken() {
        assert_eq!(taken.times, 1);
    }
    // Of each case in the order in which it happened.
    let mut versions: std::collections::BTreeMap<String, i64> = std::collections::BTreeMap::new();
    for taken in stage.receiver.taken() {
        let data = &taken.event["data"];
        let before = versions.insert(data["case"].to_string(), data["version"].as_i64().unwrap());
        assert!(before.is_none_or(|before| before <= data["version"].as_i64().unwrap()));
    }
    assert_eq!(stage.row(id).await.paused_at, None);
}
crate::on_both_engines!(a_receiver_that_was_dead_for_a_day_gets_everything, dead_for_a_day);

async fn paused_and_resumed(engine: Engine) {
    let stage = Stage::on(engine).await;
    let test = &stage.test;
    let id = stage.subscribe(Filter::default()).await;
    stage.receiver.answers(500);
    stage.certificate().await;
    for _ in 0..80 {
        stage.deliver().await;
        test.pass(60);
    }
    let row = stage.row(id).await;
    assert!(row.paused_at.is_some(), "after three days it is paused");
    assert!(row.pause_reason.unwrap().contains("three days"));
    let tries = stage.receiver.tries();
    test.pass(60 * 24 * 5);
    assert_eq!(stage.deliver().await, 0, "nobody is asked while it is paused");
    stage.certificate().await;
    assert_eq!(stage.receiver.tries(), tries);

    stage.receiver.answers(204);
    test.office.perform_once(&stage.administrator, ResumeSubscription { subscription: id }).await.unwrap();
    stage.deliver().await;
    assert_eq!(stage.heard().len(), FIRST + LATER, "what waited and what happened meanwhile");

    stage.receiver.answers(410);
    stage.certificate().await;
    stage.deliver().await;
    assert!(stage.row(id).await.pause_reason.unwrap().contains("410"));
    let again = PauseSubscription { subscription: id, reason: "twice".into() };
    let stop = test.office.perform_once(&stage.administrator, again).await.unwrap_err();
    assert_eq!(stop.code(), "case/wrong-phase");
}
crate::on_both_engines!(long_silence_pauses_and_nothing_is_lost, paused_and_resumed);

async fn administrators_hear_of_it(engine: Engine) {
    let stage = Stage::on(engine).await;
    let id = stage.subscribe(Filter::default()).await;
    let pause = PauseSubscription { subscription: id, reason: "silence".into() };
    stage
        .test
        .base
        .tamper("UPDATE officers SET email = 'admin@diwan.example' WHERE login = 'administrator'")
        .await;
    stage.test.office.perform_once(&Who::system("webhooks"), pause).await.unwrap();
    let parcels = stage.messages().await;
    let told: Vec<_> = parcels.iter().filter(|parcel| parcel.body.contains("subscription-paused")).collect();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].kind.as_str(), told[0].address.as_str()), ("email", "admin@diwan.example"));
    assert!(told[0].body.contains("Passports"));
}
crate::on_both_engines!(administrators_are_told_of_a_pause, administrators_hear_of_it);

async fn sent_again(engine: Engine) {
    let stage = Stage::on(engine).await;
    let test = &stage.test;
    let id = stage.subscribe(Filter::default()).await;
    let before = test.office.now();
    stage.certificate().await;
    test.pass(10);
    let between = test.office.now();
    stage.certificate().await;
    stage.deliver().await;
    assert_eq!(stage.heard().len(), FIRST + LATER);

    let taken = stage.receiver.taken();
    let first = taken.iter().min_by_key(|taken| taken.event["timestamp"].to_string()).unwrap().id.clone();
    let one = SendAgain { subscription: id, what: Again::One(first.parse().unwrap()) };
    test.office.perform_once(&stage.administrator, one).await.unwrap();
    stage.deliver().await;
    for taken in stage.receiver.taken() {
        assert_eq!(taken.times, 1 + usize::from(taken.id == first), "the same id, so that a repeat is known");
    }

    let since = SendAgain { subscription: id, what: Again::Since(between) };
    test.office.perform_once(&stage.administrator, since).await.unwrap();
    stage.deliver().await;
    for taken in stage.receiver.taken() {
        let at: jiff::Timestamp = taken.event["timestamp"].as_str().unwrap().parse().unwrap();
        let again = taken.id == first || at.as_microsecond() >= between;
        assert_eq!(taken.times, 1 + usize::from(again));
    }

    // Another, who came later, asks for what happened before.
    let late = stage.subscribe(Filter { kinds: vec!["document.issued".into()], ..Filter::default() }).await;
    let since = SendAgain { subscription: late, what: Again::Since(before) };
    test.office.perform_once(&stage.administrator, since).await.unwrap();
    let at = test.office.desk(&stage.administrator, "look");
    let mut reading = test.office.db.reading().await.unwrap();
    let waiting = deliveries(&mut reading.tx(), &at, late, Some("waiting"), None, 50).await.unwrap();
    assert_eq!(waiting.len(), 2);
    drop(reading);
    let stranger = SendAgain { subscription: late, what: Again::One(first.parse().unwrap()) };
    let stop = test.office.perform_once(&stage.administrator, stranger).await.unwrap_err();
    assert_eq!(stop.code(), "request/not-found", "nobody is sent what they do not hear");
}
crate::on_both_engines!(what_was_missed_is_sent_again, sent_again);

async fn renewed(engine: Engine) {
    let stage = Stage::on(engine).await;
    let test = &stage.test;
    let id = stage.subscribe(Filter::default()).await;
    let old = secret(&test.office.db, &stage.row(id).await);
    test.office
        .perform_once(&stage.administrator, RenewSecret { subscription: id, keep_hours: 24 })
        .await
        .unwrap();
    let new = secret(&test.office.db, &stage.row(id).await);
    assert_ne!(old, new);
    let try_it = || async {
        test.office.perform_once(&stage.administrator, TrySubscription { subscription: id }).await.unwrap();
        stage.deliver().await;
        (stage.receiver.taken().len(), stage.receiver.refused().len())
    };
    assert_eq!(try_it().await, (1, 0), "the old secret still fits");
    stage.receiver.knows(&new);
    assert_eq!(try_it().await, (2, 0), "and so does the new one");
    test.pass(60 * 25);
    stage.receiver.knows(&old);
    assert_eq!(try_it().await, (2, 1), "a day later the old one does not");
    // Neither secret stands in the database.
    for sql in [
        "SELECT body AS text FROM acts",
        "SELECT body AS text FROM journal",
        "SELECT outcome AS text FROM acts",
        "SELECT body AS text FROM notices",
    ] {
        for row in test.office.db.reading().await.unwrap().tx().rows(sql, &[]).await.unwrap() {
            let text: String = row.get("text").unwrap();
            assert!(!text.contains("whsec_") && !text.contains(&new[6..]), "{text}");
        }
    }
}
crate::on_both_engines!(a_secret_is_renewed_side_by_side, renewed);

/// The examples of `docs/events.md` by kind.
fn described() -> std::collections::BTreeMap<String, Value> {
    let text = include_str!("../../../../docs/events.md");
    let mut all = std::collections::BTreeMap::new();
    for part in text.split("\n### `").skip(1) {
        let kind = part.split('`').next().unwrap().to_owned();
        let example: String =
            part.lines().filter_map(|line| line.strip_prefix("    ")).collect::<Vec<_>>().join("\n");
        let example = serde_json::from_str(&example).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert!(all.insert(kind.clone(), example).is_none(), "{kind} is described twice");
    }
    all
}

/// The names in a document and what stands under each: text, number, nothing.
fn shape(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let inner: Vec<String> =
                fields.iter().map(|(name, value)| format!("{name}: {}", shape(value))).collect();
            format!("{{{}}}", inner.join(", "))
        }
        Value::String(_) => "text".into(),
        Value::Number(_) => "number".into(),
        other => other.to_string(),
    }
}

#[track_caller]
pub(super) fn as_described(event: &Value) {
    let kind = event["type"].as_str().unwrap();
    let described = described().remove(kind).unwrap_or_else(|| panic!("{kind} is not described"));
    assert_eq!(shape(event), shape(&described), "{kind}");
}

#[test]
fn every_kind_of_event_is_described_with_an_example() {
    let described = described();
    for kind in KINDS {
        let example =
            described.get(kind.name).unwrap_or_else(|| panic!("docs/events.md lacks {}", kind.name));
        assert_eq!(example["type"], kind.name);
        let data = &example["data"];
        let text = |name: &str| data[name].as_str().map(str::to_owned);
        let about = About {
            case: data.get("case").map(|case| OfCase {
                case: case.as_str().unwrap().into(),
                service: text("service").unwrap(),
                office: text("office"),
                phase: text("phase").unwrap(),
                version: data["version"].as_i64().unwrap(),
            }),
            document: text("document"),
            service: text("service").filter(|_| data.get("case").is_none()),
            entry: data.get("entry").map(|entry| OfEntry {
                entry: entry.as_str().unwrap().into(),
                kind: text("kind").unwrap(),
                office: text("office").unwrap(),
                supersedes: text("supersedes"),
            }),
        };
        let facts = kind.facts.iter().map(|(fact, outside)| ((*fact).to_owned(), data[*outside].clone()));
        let at: jiff::Timestamp = example["timestamp"].as_str().unwrap().parse().unwrap();
        let made: Value =
            serde_json::from_str(&payload(kind, at.as_microsecond(), &about, &facts.collect())).unwrap();
        assert_eq!(&made, example, "{}", kind.name);
    }
    assert_eq!(described.len(), KINDS.len(), "an event is described that nobody sends");
}

async fn an_officer_decides(engine: Engine) {
    let stage = Stage::on(engine).await;
    let test = &stage.test;
    stage.subscribe(Filter::default()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let nawroz = test.citizen(NAWROZ).await;
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    for refused in [false, true] {
        let (case, access) = test.sent(&nawroz, &own).await;
        test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
        test.office.perform_once(&registrar, OpenCase { case }).await.unwrap();
        let decide = |seen, decision| Decide { case, seen, decision };
        if refused {
            let reason = "identity-not-shown".to_owned();
            let decision = Decision::Refuse { reason, words: "The book says otherwise.".into() };
            test.office
                .perform_once(&registrar, decide(test.case(case).await.version, decision))
                .await
                .unwrap();
            continue;
        }
        let ask = Decision::Ask { question: "book".into(), words: "Which book?".into() };
        test.office.perform_once(&registrar, decide(test.case(case).await.version, ask)).await.unwrap();
        let request =
            belongings(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap().requests[0].id;
        let answer = AnswerRequest { case, access, request, answer: "2214".into() };
        test.office.perform_once(&nawroz, answer).await.unwrap();
        let seen = test.case(case).await.version;
        test.office.perform_once(&registrar, decide(seen, Decision::Approve)).await.unwrap();
    }
    stage.deliver().await;
    let mut by_case: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for taken in stage.receiver.taken() {
        let kind = taken.event["type"].as_str().unwrap().to_owned();
        by_case.entry(taken.event["data"]["case"].to_string()).or_default().push(kind);
    }
    let mut told: Vec<String> = by_case.into_values().map(|kinds| kinds.join(" ")).collect();
    told.sort();
    let approved = "case.submitted case.information_requested case.information_given case.approved";
    assert_eq!(told, [approved, "case.submitted case.refused"]);
    for taken in stage.receiver.taken() {
        names_nobody(&taken.event);
        as_described(&taken.event);
        assert!(!taken.event.to_string().contains("book"), "nor what was written");
    }
}
crate::on_both_engines!(whoever_subscribed_is_told_of_a_decision, an_officer_decides);

/// What stays inside: looks, drafts, sign-in, how work is shared out, and what
/// concerns people rather than cases. Whoever adds an entry decides where it belongs.
const INSIDE: &[&str] = &[
    "access-ended",
    "access-granted",
    "account-opened",
    "addresses-noted",
    "answer-saved",
    "applicant-written-to",
    "appointment-answers-kept",
    "appointment-booked",
    "appointment-called-off",
    "appointment-cancelled",
    "appointment-changed",
    "appointment-missed",
    "appointment-reminded",
    "area-added",
    "area-ended",
    "bulk-begun",
    "bulk-left-out",
    "bulk-moved",
    "bulk-printed",
    "call-back-opened",
    "call-back-settled",
    "call-backs-drawn",
    "call-ended",
    "call-wish-settled",
    "call-wish-taken",
    "call-wished",
    "call-wishes-forgotten",
    "caller-code-sent",
    "caller-verified",
    "case-assigned",
    "case-begun",
    "case-issued-in-bulk",
    "case-opened",
    "case-rated",
    "case-reassigned",
    "case-reminded",
    "case-resumed",
    "cases-given-back",
    "centre-changed",
    "centre-opened",
    "centre-setup-published",
    "certificate-begun",
    "choices-seen",
    "client-ended",
    "client-registered",
    "client-signed-in",
    "code-refused",
    "code-sent",
    "code-wrong",
    "companion-admitted",
    "companion-ended",
    "complaint-answered",
    "complaint-left",
    "consent-recorded",
    "contact-replaced",
    "correction-prepared",
    "correction-refused",
    "counter-added",
    "counter-assigned",
    "counter-left",
    "counter-served",
    "dci-message-taken",
    "dci-partner-set",
    "decision-undone",
    "declaration-compared",
    "declaration-kept-apart",
    "device-added",
    "device-enrolled",
    "device-health",
    "device-moved",
    "device-not-enrolled",
    "document-intended",
    "document-moved-to-edition",
    "document-printed",
    "document-unmade",
    "draft-expired",
    "duplicates-noted",
    "duplicates-swept",
    "duty-ended",
    "duty-planned",
    "entry-linked",
    "entry-seen",
    "event-told",
    "events-sent-again",
    "evidence-looked-up",
    "expected-events-set",
    "factor-confirmed",
    "fee-changed",
    "fee-given-back",
    "file-added",
    "file-removed",
    "help-called",
    "help-ended",
    "help-taken",
    "holiday-added",
    "holiday-withdrawn",
    "identity-corrected",
    "import-begun",
    "import-moved",
    "invitation-accepted",
    "journal-searched",
    "kiosk-code-asked",
    "language-set",
    "leave-set",
    "ledger-check-settled",
    "ledger-checks-opened",
    "ledger-differences-decided",
    "ledger-entry-seen",
    "ledger-keyed-twice",
    "ledger-opened",
    "ledger-page-added",
    "ledger-page-given-back",
    "ledger-page-keyed",
    "ledger-page-opened",
    "ledger-page-taken",
    "ledger-rows-keyed",
    "ledger-set",
    "merge-proposed",
    "merge-refused",
    "names-keyed",
    "number-ended",
    "number-given",
    "number-stands-again",
    "numbers-left-out",
    "office-added",
    "officer-invited",
    "officer-moved",
    "officer-signed-in",
    "parting-proposed",
    "parting-refused",
    "password-changed",
    "people-counted",
    "people-merged",
    "people-parted",
    "people-searched",
    "person-added",
    "person-kept-apart",
    "print-asked",
    "print-asked-again",
    "print-moved",
    "program-appointed",
    "proxy-appointed",
    "proxy-ended",
    "proxy-refused",
    "queue-day-closed",
    "queue-day-opened",
    "rating-asked",
    "rating-kept",
    "receipt-reprinted",
    "record-listed",
    "record-opened",
    "record-protected",
    "record-seen",
    "record-told",
    "referral-opened",
    "register-imported",
    "register-looked-up",
    "release-closed",
    "release-drawn",
    "release-entered",
    "release-entry-kept",
    "release-opened",
    "release-placed",
    "release-places-kept",
    "religion-hidden",
    "religion-shown",
    "resume-refused",
    "roles-set",
    "rules-published",
    "service-confirmed",
    "service-cost-set",
    "service-ended",
    "shift-closed",
    "shift-opened",
    "signed-in",
    "statistics-counted",
    "status-ended",
    "status-registered",
    "subscribed",
    "subscription-changed",
    "subscription-ended",
    "subscription-paused",
    "subscription-resumed",
    "subscription-secret-renewed",
    "telephones-forgotten",
    "text-refused",
    "text-taken",
    "ticket-let-in-asked",
    "token-ended",
    "token-issued",
    "unit-conflict-settled",
    "unit-merged",
    "unit-prepared",
    "unit-revoked",
    "visit-begun",
    "visit-ended",
    "visit-goes-on",
    "visit-person-finished",
    "visit-person-noted",
    "visit-rated",
    "visit-tied",
    "waiting-barred",
    "waiting-joined",
    "waiting-left",
    "waiting-off",
    "waiting-offered",
    "waiting-over",
    "waiting-passed",
    "waiting-taken",
    "waiting-told",
    "waiting-untold",
    "wallet-unmatched",
];

#[test]
fn of_every_entry_it_is_decided_whether_outsiders_are_told() {
    fn gather(folder: &std::path::Path, text: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, text)
            } else {
                text.push_str(&std::fs::read_to_string(path).unwrap())
            }
        }
    }
    let mut text = String::new();
    gather(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../office/src"), &mut text);
    let said = text
        .split("Entry::new(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
    let said: std::collections::BTreeSet<&str> = said.collect();
    assert!(said.len() > 60, "only {} kinds were found", said.len());
    let undecided: Vec<_> = said
        .iter()
        .filter(|kind| diwan_domain::notices::of_entry(kind).is_none() && !INSIDE.contains(kind))
        .collect();
    assert!(undecided.is_empty(), "neither told nor inside: {undecided:?}");
}
