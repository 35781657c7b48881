//! Every page and form of officers, and every operation of the API, walked by
//! officers who may not, by offices and accounts whose things they are not, and
//! with requests that are too large, broken or sent twice.
//!
//! The walk follows the tables of routes and operations: what is new is walked
//! by itself, and a new kind of identifier has to be named in [`Place::real`].

use crate::program::{Program, token_of};
use crate::visit::{Page, Visit};
use axum::http::StatusCode;
use diwan_domain::acts::Actor;
use diwan_domain::calendar::Hours;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::devices::PrintKind;
use diwan_domain::people::{Permission, Role};
use diwan_domain::queue::Notice;
use diwan_office::administration::{AddOffice, SetCentre, SetRoles};
use diwan_office::bulk;
use diwan_office::cases::{Access, AskElsewhere, BeginCase, OpenCase, TakeNext};
use diwan_office::cash::{OpenShift, TakeFee};
use diwan_office::civil::books;
use diwan_office::civil::{self, Declare, Ground, PrepareCorrection, ProposeMerge, RegisterEvent, What};
use diwan_office::devices::{AskToPrint, LeaveComplaint};
use diwan_office::documents::{self, SealDocument};
use diwan_office::queue::{CallForHelp, PlanDuty, TellWaiting};
use diwan_office::subscriptions::{Filter, Subscribe};
use diwan_office::units::{MergeUnit, PrepareUnit};
use diwan_office::{Who, cash};
use diwan_testkit::TestOffice;
use diwan_web::ROUTES;
use diwan_web::routes::Needs;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const NOWHERE: &str = "01a20607-abfe-7000-8000-000000000000";
/// What officers look at is in the journal: these acts are looks.
const LOOKS: &str = "'open-case', 'open-at-counter', 'see-person', 'open-referral', 'search-journal', 'find-people', \
     'list-protected', 'open-declaration', 'open-correction', 'see-entry', 'open-comparison', \
     'open-ledger-differences', 'open-ledger-checks', 'see-choices', 'open-call-back'";

/// How many acts there are that are no looks.
pub async fn acts_done(test: &TestOffice) -> i64 {
    let text = format!("SELECT COUNT(*) AS n FROM acts WHERE name NOT IN ({LOOKS})");
    let sql: &'static str = Box::leak(text.into_boxed_str());
    test.office.db.reading().await.unwrap().tx().count(sql, &[]).await.unwrap()
}

/// An office with something of everything, and what stands for each identifier.
struct Place {
    test: TestOffice,
    /// By the word before the identifier, or by its own name.
    ids: BTreeMap<&'static str, String>,
    elsewhere: diwan_domain::ids::OfficeId,
    other_centre: diwan_domain::ids::CentreId,
}

/// A marriage in the register with a correction that waits.
async fn registered(test: &TestOffice, clerk: &Who, registrar: &Who) -> (String, String, String) {
    let content = [
        ("happened-on", "2026-11-20"),
        ("contract-court", "Erbil"),
        ("contract-number", "412/2026"),
        ("husband.given", "ئازاد"),
        ("wife.given", "شیلان"),
        ("declarant.as", "court"),
    ];
    let content: Content = content.into_iter().collect();
    let declare = Declare { of: None, kind: EventKind::Marriage, content: content.clone(), office: None };
    let taken = test.office.perform_once(clerk, declare).await.unwrap();
    let register = RegisterEvent { declaration: taken.id, seen: taken.version, settles: None };
    let entry = test.office.perform_once(registrar, register).await.unwrap().entry;
    let waiting = Declare { of: None, kind: EventKind::Marriage, content, office: None };
    let waiting = test.office.perform_once(clerk, waiting).await.unwrap().id;
    let prepare = PrepareCorrection {
        entry,
        what: What::Revoke,
        ground: Ground::Court { court: "Erbil".into(), judgment: "7".into(), date: "2026-11-21".into() },
        content: None,
        reason: "twice".into(),
    };
    let correction = test.office.perform_once(registrar, prepare).await.unwrap();
    (waiting.to_string(), entry.to_string(), correction.to_string())
}

/// A proposal to merge the wife of a marriage with someone of the register.
async fn wife_merged(test: &TestOffice, registrar: &Who, entry: &str) -> String {
    let kept = test.person("1000000000009").await;
    let gone = {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let entry = civil::entry(&mut tx, entry.parse().unwrap()).await.unwrap().unwrap();
        let roles = diwan_store::civil::roles_in(&mut tx, entry.event_id).await.unwrap();
        roles.iter().find(|role| role.role == "wife").unwrap().person_id
    };
    let act = ProposeMerge { kept, gone, reason: "one".into() };
    test.office.perform_once(registrar, act).await.unwrap().to_string()
}

/// Hours that are planned at a counter, and a visit that goes on.
async fn planned_and_come(test: &TestOffice, clerk: &Who, manager: &Who) -> (String, String) {
    let Actor::Officer(officer) = clerk.actor else { panic!("a clerk is an officer") };
    let plan = PlanDuty {
        officer,
        counter: test.counter,
        weekdays: [0].into(),
        hours: Hours { opens: 510, closes: 870 },
        rest: None,
    };
    let duty = test.office.perform_once(manager, plan).await.unwrap()[0].to_string();
    let taken = test.office.perform_once(clerk, test.ticket("A")).await.unwrap();
    (duty, taken.visit.to_string())
}

/// An old book that was sent and looked at.
async fn a_book(test: &TestOffice) -> String {
    let (_, mapping) = books::LIBRARY[0];
    let stored = test.office.files.put(b"a,b\n1,2\n".to_vec()).await.unwrap();
    let begin = books::BeginImport {
        office: test.place,
        kind: "birth".into(),
        file_name: "births.csv".into(),
        file_hash: stored.clone(),
        file_size: 8,
        sheet: String::new(),
        encoding: None,
        mapping_name: "births".into(),
        mapping_hash: "00".into(),
        mapping: mapping.into(),
        heading: vec!["a".into(), "b".into()],
        stored: Some(stored),
        by_words: None,
    };
    test.office.perform_once(&Who::system("test"), begin).await.unwrap().to_string()
}

/// Certificates for an institution that were looked at.
async fn a_bulk_issue(test: &TestOffice, head: &Who) -> String {
    let answers = [
        ("purpose".to_owned(), json!("identity")),
        ("use".to_owned(), json!("home")),
        ("document-languages".to_owned(), json!(["en"])),
        ("delivery".to_owned(), json!("collect")),
    ];
    let what = bulk::What {
        service: "birth-certificate".into(),
        institution: "Mission".into(),
        basis: "Order 12/2026".into(),
        answers: answers.into(),
        ..bulk::What::default()
    };
    let begin = bulk::BeginBulk { what, language: "ckb".into() };
    test.office.perform_once(head, begin).await.unwrap().to_string()
}

/// A mobile unit that came home again.
async fn a_unit(test: &TestOffice) -> String {
    let who = Who::system("unit");
    let prepare = PrepareUnit {
        name: "bus-1".into(),
        centre: test.centre,
        officers: vec![diwan_domain::ids::OfficerId(uuid::Uuid::now_v7())],
        journal_key: "0f".into(),
        key_id: "0f".into(),
        until: test.office.now() + 86_400_000_000,
    };
    let unit = test.office.perform_once(&who, prepare).await.unwrap();
    let merge = MergeUnit { unit, done: 0, known: 0, passed_over: 0, left: Vec::new() };
    test.office.perform_once(&who, merge).await.unwrap();
    unit.to_string()
}

/// A scanned ledger with a page that nobody has in hand.
async fn a_ledger(test: &TestOffice, head: &Who) -> (String, String) {
    let open = books::ledgers::OpenLedger {
        office: test.place,
        kind: EventKind::Birth,
        name: "Koya 1957".into(),
        directorate: "کۆیە".into(),
        record_no: "12".into(),
        number_prefix: "1957/".into(),
        sample_percent: 10,
        threshold_permille: 10,
    };
    let ledger = test.office.perform_once(head, open).await.unwrap();
    let image = ("page.png", diwan_testkit::page_image(1).into());
    let page = books::ledgers::add_page(&test.office, head, "walk-ledger-page", (ledger, "1".into()), image);
    (ledger.to_string(), page.await.unwrap().to_string())
}

impl Place {
    async fn open() -> Self {
        let test = TestOffice::narrow().await;
        let system = Who::system("test");
        let names = json!({"ckb": "سلێمانی", "en": "Sulaymaniyah"});
        let there = AddOffice {
            code: "SU".into(),
            ministry: "civil-status".into(),
            names: names.clone(),
            area: None,
        };
        let elsewhere = test.office.perform_once(&system, there).await.unwrap();
        let centre = SetCentre {
            centre: None,
            code: "SU1".into(),
            names,
            address: String::new(),
            area: None,
            hours: diwan_domain::calendar::OpeningHours::usual(),
            seen: None,
        };
        let other_centre = test.office.perform_once(&system, centre).await.unwrap();
        let mut ids = BTreeMap::new();
        ids.insert("units", a_unit(&test).await);
        let shilan = test.citizen("1000000000001").await;
        let (paid, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
        let clerk = test.officer("first-clerk", Role::CounterOfficer, None).await;
        test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
        let fee = TakeFee { case: paid, minor_units: 4_000 };
        ids.insert("receipts", test.office.perform_once(&clerk, fee).await.unwrap().to_string());
        let papers =
            documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), paid).await.unwrap();
        ids.insert("documents", papers[0].id.to_string());
        let file_hash = test.office.files.put(b"%PDF-1.7 a paper".to_vec()).await.unwrap();
        let seal = SealDocument {
            document: papers[0].id,
            file_hash,
            key_id: "0f".into(),
            moment: Default::default(),
        };
        test.office.perform_once(&Who::system("sealer"), seal).await.unwrap();
        ids.insert("paid-case", paid.to_string());

        // A child whose entry nobody finds: another office can be asked for it.
        let azad = test.citizen("1000000000008").await;
        let own = [
            ("for-whom", json!("my-child")),
            ("holder-name", json!({"given": "پەروین", "father": "ئازاد"})),
            ("birth-date", json!("1970")),
        ];
        let (case, _) = test.sent(&azad, &own).await;
        ids.insert("cases", case.to_string());
        let registrar = test.officer("first-registrar", Role::Registrar, None).await;
        test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
        test.office.perform_once(&registrar, OpenCase { case }).await.unwrap();
        // Asked of our own office, so that the others have no part in it.
        let seen = test.case(case).await.version;
        let ask = AskElsewhere { case, seen, office: elsewhere, words: "Which book?".into() };
        ids.insert("referrals", test.office.perform_once(&registrar, ask).await.unwrap().to_string());

        let administrator = test.officer("first-administrator", Role::Administrator, None).await;
        let filter = Filter { kinds: vec!["case.approved".into()], ..Filter::default() };
        let hear =
            Subscribe { name: "Passports".into(), url: "https://passports.example/events".into(), filter };
        ids.insert(
            "subscriptions",
            test.office.perform_once(&administrator, hear).await.unwrap().to_string(),
        );

        let (ledger, page) = a_ledger(&test, &administrator).await;
        ids.insert("ledgers", ledger);
        ids.insert("ledger-pages", page);

        let begin = BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
        let begun = test.office.perform_once(&clerk, begin).await.unwrap();
        ids.insert("counter-case", begun.case.to_string());
        ids.insert("people", test.person("1000000000001").await.to_string());
        ids.insert("officers", registrar.actor.name());
        ids.insert("centres", test.centre.to_string());
        for missing in ["file", "tokens", "clients", "holidays", "journal", "request", "receipt", "document"]
        {
            ids.insert(missing, NOWHERE.into());
        }
        let (declaration, entry, correction) = registered(&test, &clerk, &registrar).await;
        ids.insert("merges", wife_merged(&test, &registrar, &entry).await);
        ids.insert("of", "person".into());
        ids.insert("table", "births-age".into());
        let shilan = test.person("1000000000001").await;
        let numbers = {
            let mut reading = test.office.db.reading().await.unwrap();
            diwan_office::civil::numbers_of(&mut reading.tx(), shilan).await.unwrap()
        };
        ids.insert("number", numbers[0].number.id.to_string());
        ids.insert("one", shilan.to_string());
        ids.insert("other", test.person("1000000000002").await.to_string());
        ids.insert("declarations", declaration);
        ids.insert("entries", entry);
        ids.insert("corrections", correction);
        ids.insert("grant", NOWHERE.into());
        ids.insert("books", a_book(&test).await);
        ids.insert("imports", ids["books"].clone());
        let head = test.officer("first-supervisor", Role::Supervisor, None).await;
        ids.insert("bulk", a_bulk_issue(&test, &head).await);
        ids.insert("bulk-issues", ids["bulk"].clone());
        test.gives_tickets().await;
        let ticket = test.office.perform_once(&clerk, test.ticket("A")).await.unwrap();
        ids.insert("tickets", ticket.ticket.to_string());
        let kiosk = diwan_testkit::kiosk(&test).await;
        ids.insert("devices", kiosk.device.to_string());
        let sheet = AskToPrint {
            device: kiosk.device,
            kind: PrintKind::Ticket,
            subject: ticket.ticket.to_string(),
            language: "ckb".into(),
            access: Access::default(),
        };
        ids.insert("prints", test.office.perform_once(&kiosk.who, sheet).await.unwrap().print.to_string());
        let note = LeaveComplaint {
            centre: test.centre,
            about: vec!["wait".into()],
            words: String::new(),
            phone: None,
            language: "ckb".into(),
        };
        ids.insert("notes", test.office.perform_once(&kiosk.who, note).await.unwrap());
        for missing in ["service", "case", "print", "release"] {
            ids.insert(missing, NOWHERE.into());
        }
        let help = test.office.perform_once(&clerk, CallForHelp {}).await.unwrap();
        ids.insert("help", help.to_string());
        let manager = test.officer("first-manager", Role::CentreManager, None).await;
        let tell = TellWaiting { reason: Notice::SystemLate, minutes: None, line: None };
        let notice = test.office.perform_once(&manager, tell).await.unwrap();
        ids.insert("notices", notice.to_string());
        ids.insert("assign", test.counter.to_string());
        let (duty, visit) = planned_and_come(&test, &clerk, &manager).await;
        ids.insert("duties", duty);
        ids.insert("visits", visit);
        ids.insert("signed", "1.EB1.2026-11-22.A001.walk.0.1.AA".into());
        ids.insert("counters", registrar.actor.name());
        ids.insert("hall", "main".into());
        ids.insert("line", "A".into());
        ids.insert("day", "2026-11-22".into());
        ids.insert("ledger-checks", NOWHERE.into());
        for missing in ["wishes", "conflict", "companions", "proxies"] {
            ids.insert(missing, NOWHERE.into());
        }
        ids.insert("place", "1".into());
        ids.insert("call-backs", NOWHERE.into());
        ids.insert("kind", "marriage".into());
        ids.insert("step", "return".into());
        ids.insert("key", "birth-certificate".into());
        ids.insert("question", "court-order".into());
        ids.insert("edition", "1".into());
        ids.insert("code", "00000".into());
        ids.insert("token", "none".into());
        Self { test, ids, elsewhere, other_centre }
    }

    /// A path with what is really there in the place of its identifiers.
    fn real(&self, template: &str) -> String {
        let mut out = String::new();
        let mut before = "";
        for part in template.split('/').skip(1) {
            out.push('/');
            let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
                out.push_str(part);
                before = part;
                continue;
            };
            let known = match (before, name) {
                ("cases", "id") if template.contains("/counter/") => "counter-case",
                ("elsewhere", "id") => "referrals",
                ("notes", "number") => "notes",
                (_, "what") => {
                    out.push_str(match template {
                        "/desk/cases/{id}/decide/{what}" => "approve",
                        "/desk/counter/cases/{id}/consent/{what}" => "code",
                        "/desk/cash/receipts/{id}/{what}" => "slip",
                        "/desk/officers/{id}/{what}" => "leave",
                        "/desk/subscriptions/{id}/{what}" => "pause",
                        "/desk/units/{id}/{what}" => "carry-out",
                        "/desk/register/entries/{id}/correct/{what}" => "revoke",
                        "/desk/bulk/{id}/do/{what}" => "start",
                        "/desk/queue/do/{what}" => "next",
                        "/tickets/{code}/{what}" => "leave",
                        "/desk/visits/{id}/{what}" => "person",
                        "/desk/devices/{id}/{what}" => "lock",
                        "/desk/prints/{id}/{what}" | "/kiosk/{code}/prints/{print}/{what}" => "drop",
                        "/appointments/{code}/do/{what}" => "cancel",
                        "/waiting/{code}/do/{what}" => "leave",
                        "/desk/telephone/wishes/{id}/{what}" => "take",
                        "/desk/telephone/people/{id}/{what}" => "code",
                        other => panic!("nobody said what is done at {other}"),
                    });
                    continue;
                }
                (before, "id") => before,
                (_, "file") if template.contains("bulk") => {
                    out.push('1');
                    continue;
                }
                ("documents", "document") => "documents",
                ("receipts", "receipt") => "receipts",
                (_, name) => name,
            };
            let id = self.ids.get(known);
            out.push_str(
                id.unwrap_or_else(|| panic!("nobody said what stands for {{{name}}} in {template}")),
            );
        }
        out
    }

    /// The same with identifiers that nothing bears.
    fn nowhere(&self, template: &str) -> String {
        let real = self.real(template);
        let parts = real.split('/').map(|part| if part.len() == NOWHERE.len() { NOWHERE } else { part });
        parts.collect::<Vec<_>>().join("/")
    }

    /// Acts that are no looks, and everything that is queued or numbered.
    async fn state(&self) -> Vec<i64> {
        let mut counts = vec![acts_done(&self.test).await];
        let mut reading = self.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        for sql in ["SELECT COUNT(*) AS n FROM outbox", "SELECT COUNT(*) AS n FROM one_time_codes"] {
            counts.push(tx.count(sql, &[]).await.unwrap());
        }
        counts
    }

    /// All acts, looks among them: whoever may not even look leaves none.
    async fn acts(&self) -> i64 {
        let mut reading = self.test.office.db.reading().await.unwrap();
        reading.tx().count("SELECT COUNT(*) AS n FROM acts", &[]).await.unwrap()
    }

    /// An officer signed in at the pages, with every one of these roles.
    async fn officer(&self, login: &str, roles: &[Role], here: bool) -> Visit {
        let (office, centre) =
            if here { (self.test.place, self.test.centre) } else { (self.elsewhere, self.other_centre) };
        let secret = self.test.officer_at(login, roles[0], office, centre).await;
        self.test.pass(1);
        let mut visit = Visit::of(&self.test);
        visit.by_password(&self.test, login, &secret).await;
        let officer = visit_officer(&self.test, login).await;
        let roles = SetRoles { officer, roles: roles.to_vec(), seen: None };
        self.test.office.perform_once(&Who::system("test"), roles).await.unwrap();
        visit
    }

    /// A form with a value for every field that any officers' form has.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let text = |text: &str| text.to_owned();
        vec![
            ("seen", text("1")),
            ("words", text("words")),
            ("reason", text("misprint")),
            ("text", text("text")),
            ("q", text("1000000000001")),
            ("number", text("EB1A1-000001-7")),
            ("office", self.elsewhere.to_string()),
            ("officer", self.ids["officers"].clone()),
            ("person", self.ids["people"].clone()),
            ("counter", self.test.counter.to_string()),
            ("amount", text("4000")),
            ("counted", text("4000")),
            ("shown", text("national-card")),
            ("address", text("0770 987 6543")),
            ("witness", text("Azad Karim")),
            ("service", text("birth-certificate")),
            ("code", text("123456")),
            ("label", text("Z9")),
            ("day", text("2027-03-21")),
            ("name", text("name")),
            ("name-ckb", text("ناو")),
            ("login", text("new-officer")),
            ("roles", text("registrar")),
            ("ministry", text("health")),
            ("cost", text("5000")),
            ("days", text("30")),
            ("scopes", text("cases.see")),
            ("token", text(NOWHERE)),
            ("holiday", text(NOWHERE)),
            ("holder", self.ids["people"].clone()),
        ]
    }
}

async fn visit_officer(test: &TestOffice, login: &str) -> diwan_domain::ids::OfficerId {
    let mut reading = test.office.db.reading().await.unwrap();
    let all = diwan_office::administration::all_officers(&mut reading.tx()).await.unwrap();
    all.into_iter().find(|acting| acting.officer.login == login).unwrap().officer.id
}

/// Sends a route's request; the form's key is given, so that it can be repeated.
async fn call(visit: &mut Visit, method: &str, path: &str, key: &str, fields: &[(&str, &str)]) -> Page {
    let body = if method == "post" { visit.form(key, fields) } else { String::new() };
    visit.send(&method.to_uppercase(), &format!("/en{path}"), body).await
}

/// What a page says, without what differs from one showing to the next.
fn said(page: &Page, real: &str) -> (StatusCode, String) {
    let hide = |text: &str| ids_in(real).fold(text.to_owned(), |text, id| text.replace(id, NOWHERE));
    let text = hide(&String::from_utf8_lossy(&page.bytes));
    let mut out = String::new();
    for (n, part) in text.split("name=\"key\" value=\"").enumerate() {
        out.push_str(if n == 0 { part } else { part.split_once('"').map_or(part, |(_, rest)| rest) });
    }
    let to = page.headers.get("location").map(|to| hide(to.to_str().unwrap()));
    (page.status, format!("{out} {to:?}"))
}

/// The identifiers in a path that are not one that nothing bears.
fn ids_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| part.len() == NOWHERE.len() && *part != NOWHERE)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_without_the_permission_gets_through_no_door() {
    let place = Place::open().await;
    let mut walked = 0;
    for role in Role::ALL {
        let mut visit = place.officer(&format!("walker-{}", role.code()), &[*role], true).await;
        visit.get("/en/desk/tokens").await;
        let before = place.acts().await;
        for route in ROUTES {
            let Needs::Officer(needs) = route.needs else { continue };
            let wanted: Vec<_> = needs.split_whitespace().filter_map(Permission::from_code).collect();
            if wanted.is_empty() || wanted.iter().any(|one| role.permissions().contains(one)) {
                continue;
            }
            let (real, nowhere) = (place.real(route.path), place.nowhere(route.path));
            let there = call(&mut visit, route.method, &real, "walk-the-doors", &[]).await;
            assert_eq!(there.status, StatusCode::FORBIDDEN, "{} {} {real}", role.code(), route.method);
            let gone = call(&mut visit, route.method, &nowhere, "walk-the-doors", &[]).await;
            assert_eq!(said(&there, &real), said(&gone, &real), "{} {}", role.code(), route.path);
            walked += 1;
        }
        assert_eq!(place.acts().await, before, "{} changed something", role.code());
    }
    assert!(walked > 150, "only {walked} doors were tried");
}

/// The words before an identifier that belongs to one office or centre.
fn is_bound(template: &str) -> bool {
    // Whoever revokes or hands over is asked for the case of the document, and whoever takes cash for that of
    // the receipt; those of the walk were begun online, so every counter serves them.
    let anywhere = [
        // An inspector calls the visitors of every centre but their own.
        "/desk/call-backs/",
        "/desk/counter/people/",
        "/desk/officers/",
        "/desk/services/",
        "/desk/subscriptions/",
        "/desk/telephone/people/",
        "/desk/units/",
        "/documents/{document}",
        "/cash/receipts/",
    ];
    // An entry is looked at wherever its people come, with a reason; only its office changes it.
    if matches!(
        template,
        "/desk/register/entries/{id}"
            | "/desk/register/entries/{id}/page"
            | "/desk/register/entries/{id}/certify"
    ) {
        return false;
    }
    template.contains("{id}")
        && !anywhere.iter().any(|part| template.contains(part))
        && template != "/desk/centres/{id}"
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_of_another_place_finds_nothing_there() {
    let place = Place::open().await;
    // An administrator of the whole region is at home everywhere.
    let bound: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|role| !role.permissions().contains(&Permission::ManageOfficers))
        .collect();
    let mut there = place.officer("everyone-elsewhere", &bound, false).await;
    let mut here = place.officer("everyone-here", Role::ALL, true).await;
    let owned: Vec<_> = place.fields();
    let fields: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (*name, value.as_str())).collect();
    there.get("/en/desk/tokens").await;
    here.get("/en/desk/tokens").await;
    let mut walked = 0;
    for route in ROUTES.iter().filter(|route| route.path.starts_with("/desk/") && is_bound(route.path)) {
        // What the other office is asked is not for ours.
        let visit = if route.path.starts_with("/desk/elsewhere/") { &mut here } else { &mut there };
        let before = (place.state().await, place.acts().await);
        let (real, nowhere) = (place.real(route.path), place.nowhere(route.path));
        let there = call(visit, route.method, &real, "walk-elsewhere", &fields).await;
        assert!(
            matches!(
                there.status,
                StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::UNPROCESSABLE_ENTITY
            ),
            "{} {real}: {}\n{}",
            route.method,
            there.status,
            there.html()
        );
        let gone = call(visit, route.method, &nowhere, "walk-nowhere", &fields).await;
        assert_eq!(said(&there, &real), said(&gone, &real), "{} {}", route.method, route.path);
        assert_eq!(
            (place.state().await, place.acts().await),
            before,
            "{} {} changed something",
            route.method,
            route.path
        );
        walked += 1;
    }
    assert!(walked > 18, "only {walked} pages were tried");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anothers_case_is_not_there_for_an_account() {
    let place = Place::open().await;
    let mut dara = Visit::of(&place.test);
    dara.by_wallet("1000000000003").await;
    dara.get("/en/sessions").await;
    let before = place.state().await;
    let mut walked = 0;
    for route in ROUTES.iter().filter(|route| route.needs == Needs::Case) {
        let paid = place.real(route.path).replace(&place.ids["cases"], &place.ids["paid-case"]);
        for real in [place.real(route.path), paid] {
            let there = call(&mut dara, route.method, &real, "walk-as-dara", &[("sure", "yes")]).await;
            assert_eq!(there.status, StatusCode::NOT_FOUND, "{} {real}", route.method);
            let gone =
                call(&mut dara, route.method, &place.nowhere(route.path), "walk-as-dara", &[("sure", "yes")])
                    .await;
            let hide = |page: &Page| {
                let (status, text) = said(page, NOWHERE);
                let text = place
                    .ids
                    .values()
                    .filter(|id| id.len() == NOWHERE.len())
                    .fold(text, |text, id| text.replace(id, NOWHERE));
                (status, text)
            };
            assert_eq!(hide(&there), hide(&gone), "{} {}", route.method, route.path);
            walked += 1;
        }
    }
    assert_eq!(place.state().await, before);
    assert!(walked > 30, "only {walked} pages were tried");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_or_broken_is_refused_and_changes_nothing() {
    let place = Place::open().await;
    let mut visit = place.officer("everyone", Role::ALL, true).await;
    visit.get("/en/desk/tokens").await;
    let large = format!("{}&words={}", visit.form("walk-too-large", &[]), "A".repeat(35 * 1024 * 1024));
    let before = place.state().await;
    for route in ROUTES.iter().filter(|route| route.method == "post") {
        let path = format!("/en{}", place.real(route.path));
        let forms = "application/x-www-form-urlencoded";
        let page = visit.send_as("POST", &path, forms, large.clone().into_bytes()).await;
        assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        for (media, body) in [
            ("multipart/form-data", &b"no boundary"[..]),
            (
                "multipart/form-data; boundary=x",
                b"--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nbroken off",
            ),
            ("application/json", b"{}"),
            ("text/plain", b"csrf=x"),
            ("", b""),
            (forms, b"csrf=%FF%FE&key=%00"),
            (forms, b"\xff\xfe\x00"),
        ] {
            let page = visit.send_as("POST", &path, media, body.to_vec()).await;
            assert!(page.status.is_client_error(), "{media} {path}: {}", page.status);
        }
    }
    // Broken addresses.
    for route in ROUTES.iter().filter(|route| route.path.contains('{')) {
        let path = format!("/en{}", place.real(route.path));
        for broken in ["%00", "%FF", "..%2f..%2fetc%2fpasswd", "'%20OR%201=1--", "%F0%9F%92%A9"] {
            let parts = route.path.split('/').zip(path.trim_start_matches("/en").split('/'));
            let parts = parts.map(|(template, real)| if template.starts_with('{') { broken } else { real });
            let path = format!("/en{}", parts.collect::<Vec<_>>().join("/"));
            let page = visit.send("GET", &path, String::new()).await;
            assert!(page.status.as_u16() < 500, "{path}: {}", page.status);
        }
    }
    assert_eq!(place.state().await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_sent_twice_acts_once() {
    let place = Place::open().await;
    let mut visit = place.officer("everyone", Role::ALL, true).await;
    let owned: Vec<_> = place.fields();
    let fields: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (*name, value.as_str())).collect();
    visit.get("/en/desk/tokens").await;
    let mut acted = 0;
    for (n, route) in ROUTES.iter().enumerate() {
        let Needs::Officer(_) = route.needs else { continue };
        if route.method != "post" {
            continue;
        }
        let (path, key) = (place.real(route.path), format!("walk-twice-{n}"));
        let before = place.state().await;
        let first = call(&mut visit, "post", &path, &key, &fields).await;
        assert!(first.status.as_u16() < 500, "{path}: {}", first.status);
        let once = place.state().await;
        acted += usize::from(once != before);
        let again = call(&mut visit, "post", &path, &key, &fields).await;
        assert!(again.status.as_u16() < 500, "{path} again: {}", again.status);
        assert_eq!(place.state().await, once, "{path} acted twice");
    }
    assert!(acted >= 8, "only {acted} forms did anything");
}

/// A form that another site sends for an officer brings their cookie, and not the token of a page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_without_its_token_is_refused_whoever_sends_it() {
    let place = Place::open().await;
    let mut visit = place.officer("everyone", Role::ALL, true).await;
    let owned: Vec<_> = place.fields();
    let fields: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (*name, value.as_str())).collect();
    visit.get("/en/desk/tokens").await;
    let before = (place.state().await, place.acts().await);
    let whole = visit.form("walk-no-token", &fields);
    let wrong = [whole.replacen("csrf=", "other=", 1), whole.replace(visit.form_token(), "made-up")];
    let mut walked = 0;
    for route in ROUTES.iter().filter(|route| route.method == "post") {
        let path = format!("/en{}", place.real(route.path));
        for body in &wrong {
            assert_ne!(*body, whole);
            let page = visit.send("POST", &path, body.clone()).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
            walked += 1;
        }
    }
    assert_eq!((place.state().await, place.acts().await), before);
    assert!(walked > 150, "only {walked} forms were sent");
}

/// Sends an operation's example body, with whatever identifiers stand in it.
fn example_body(examples: &Value, template: &str, method: &str) -> Vec<u8> {
    let example =
        examples.as_array().unwrap().iter().find(|one| one["path"] == template && one["method"] == method);
    match example.and_then(|example| example.get("sent").or_else(|| example.get("body"))) {
        Some(Value::String(text)) => text.clone().into_bytes(),
        Some(body) => body.to_string().into_bytes(),
        None => Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_of_another_place_find_nothing_and_break_nothing() {
    let place = Place::open().await;
    let test = &place.test;
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api/examples.json");
    let examples: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let described = Program::with(test, "").get("/api/v1/openapi.json").await.json();
    drop(place.officer("program-elsewhere", Role::ALL, false).await);
    let id = visit_officer(test, "program-elsewhere").await;
    let officer = Program::with(test, &token_of(test, &test.at_desk(id)).await);
    let dara = test.citizen("1000000000003").await;
    let dara = Program::with(test, &token_of(test, &dara).await);
    let before = place.state().await;
    let mut walked = 0;
    for (template, methods) in described["paths"].as_object().unwrap() {
        let template_below = template.trim_start_matches("/api/v1");
        for method in methods.as_object().unwrap().keys() {
            let verb = method.to_uppercase();
            let body = example_body(&examples, template, method);
            let (real, nowhere) = (
                format!("/api/v1{}", place.real(template_below)),
                format!("/api/v1{}", place.nowhere(template_below)),
            );
            let headers = [("idempotency-key", "walk-12345678"), ("if-match", "\"1.x\"")];
            // Whoever acts elsewhere may do much, but not with what is ours.
            let bound = ["/desk/cases/{id}", "/cash/receipts/{id}", "/cases/{id}"];
            if bound.iter().any(|part| template_below.starts_with(part))
                || template_below.starts_with("/counter/cases/{id}")
            {
                for program in [&officer, &dara] {
                    if template_below.starts_with("/cash/") && program.token == officer.token {
                        continue;
                    }
                    // A case that was begun online is served at every counter; one begun at a counter there.
                    let real = match template_below.strip_prefix("/cases/") {
                        Some(_) if program.token == officer.token => {
                            real.replace(&place.ids["cases"], &place.ids["counter-case"])
                        }
                        _ => real.clone(),
                    };
                    let there = program.send(&verb, &real, "application/json", body.clone(), &headers).await;
                    let gone =
                        program.send(&verb, &nowhere, "application/json", body.clone(), &headers).await;
                    assert!(
                        matches!(there.status.as_u16(), 401 | 403 | 404 | 415 | 422),
                        "{verb} {real}: {} {}",
                        there.status,
                        there.text()
                    );
                    assert_eq!(
                        (
                            there.status,
                            ids_in(&real).fold(there.text(), |text, id| text.replace(id, NOWHERE))
                        ),
                        (gone.status, gone.text()),
                        "{verb} {template}"
                    );
                    walked += 1;
                }
            }
            // Whoever calls for help needs no words for it: whatever is sent, help comes, to their own centre.
            if method != "get" && template_below != "/desk/help" {
                for (media, bytes) in [
                    ("application/json", b"[1,2".to_vec()),
                    ("application/json", b"{\"\xff\":1}".to_vec()),
                    ("application/json", vec![b'['; 100_000]),
                    ("text/plain", b"x".to_vec()),
                ] {
                    let answer = officer.send(&verb, &nowhere, media, bytes, &headers).await;
                    assert!(answer.status.as_u16() < 500, "{verb} {template} {media}: {}", answer.text());
                }
            }
            // The minute's worth of calls is not what is tested here.
            test.pass(2);
        }
    }
    let large = vec![b'1'; 35 * 1024 * 1024];
    let answer = officer
        .send("POST", "/api/v1/offices", "application/json", large, &[("idempotency-key", "walk-large-1")])
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text());
    assert_eq!(place.state().await, before, "nothing was changed");
    assert!(walked > 30, "only {walked} operations were tried");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_is_for_whoever_takes_cash_there() {
    let place = Place::open().await;
    let path = format!("/en/desk/cash/receipts/{}", place.ids["receipts"]);
    for (login, role, here, status) in [
        ("clerk-here", Role::CounterOfficer, true, StatusCode::OK),
        ("manager-here", Role::CentreManager, true, StatusCode::OK),
        ("manager-there", Role::CentreManager, false, StatusCode::NOT_FOUND),
        ("registrar-here", Role::Registrar, true, StatusCode::FORBIDDEN),
        ("inspector", Role::Inspector, true, StatusCode::FORBIDDEN),
    ] {
        let mut visit = place.officer(login, &[role], here).await;
        assert_eq!(visit.get(&path).await.status, status, "{login}");
    }
    let receipt = place.ids["receipts"].parse().unwrap();
    let found =
        cash::receipt(&mut place.test.office.db.reading().await.unwrap().tx(), receipt).await.unwrap();
    assert!(found.is_some());
}
