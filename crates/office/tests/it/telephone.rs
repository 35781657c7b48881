//! By telephone: text messages, wishes to be called, an officer on the line, and whoever
//! acts for another.

use crate::queue::Hall;
use diwan_domain::acts::Desk;
use diwan_domain::devices::PrintKind;
use diwan_domain::ids::{CaseId, PersonId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Channel, Role};
use diwan_domain::proxies::{Basis, Deed, LONGEST_DAYS, Scope};
use diwan_domain::queue::Step;
use diwan_domain::queue::slots::For;
use diwan_domain::texting::Wish;
use diwan_office::accounts::{RecordConsent, ReplaceContact, RequestCode, VerifyApplicant, contact_purpose};
use diwan_office::cases::{self, Access, BeginCase, SaveAnswer, SendCase};
use diwan_office::civil::ProtectPerson;
use diwan_office::devices::AskToPrint;
use diwan_office::documents::{self, ReleaseDocument};
use diwan_office::queue::{self, BookAppointment, TakeTicket};
use diwan_office::telephone::{
    self, AppointProxy, AskRating, EndCall, EndProxy, ForgetWishes, SendCallerCode, SettleWish, TakeText,
    TakeWish, VerifyCaller, WishCall, proxies,
};
use diwan_office::{Stop, Who, outbox};
use diwan_store::{Act, Recorded, Tx};
use diwan_testkit::{TestOffice, kiosk};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const SHILAN: &str = "1000000000001";
const DARA: &str = "1000000000003";
/// Whom every test's applications name.
const PHONE: &str = "+9647501234567";
const OTHER: &str = "+9647509999999";
const A_DAY: i64 = 24 * 60;

/// The messages that went out since the last look: to whom, and what.
async fn messages(test: &TestOffice) -> Vec<(String, Value)> {
    test.pass(1);
    let parcels = outbox::lease(&test.office.db, test.office.now(), i64::MAX / 4, 200).await.unwrap();
    parcels.into_iter().map(|one| (one.address, serde_json::from_str(&one.body).unwrap())).collect()
}

fn by_telephone() -> Who {
    Who { channel: Channel::Telephone, ..Who::system("sms") }
}

async fn text(test: &TestOffice, key: &str, from: &str, wish: Wish) -> Result<String, Stop> {
    let act = TakeText { from: from.into(), wish, language: Some("en".into()), words: Default::default() };
    test.office.perform(&by_telephone(), key, act).await
}

async fn status(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[]).await;
    let number = test.case(case).await.number;
    messages(&test).await;
    let ask = || Wish::Status(number.clone());
    assert_eq!(text(&test, "sms/1", "0750 123 4567", ask()).await.unwrap(), "text-status");
    // The gateway brings it again: nothing more is sent.
    assert_eq!(text(&test, "sms/1", "0750 123 4567", ask()).await.unwrap(), "text-status");
    let sent = messages(&test).await;
    let [(to, body)] = &sent[..] else { panic!("one answer: {sent:?}") };
    assert_eq!((to.as_str(), &body["args"]["number"]), (PHONE, &json!(number)));
    assert_eq!(body["language"], "ckb", "the language of the case, not of the word");

    // Another telephone hears the same as about a number that nobody bears.
    assert_eq!(text(&test, "sms/2", OTHER, ask()).await.unwrap(), "text-nothing");
    let unknown = Wish::Status("KQ-000-000-0".into());
    assert_eq!(text(&test, "sms/3", OTHER, unknown).await.unwrap(), "text-nothing");
    let sent = messages(&test).await;
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1], "nothing tells them apart");
    assert!(!sent[0].1.to_string().contains(&number));

    // Each answer costs money: after a dozen an hour there is none.
    for n in 0..10 {
        text(&test, &format!("sms/more/{n}"), OTHER, Wish::Help).await.unwrap();
    }
    let refused = text(&test, "sms/last", OTHER, Wish::Help).await.unwrap_err();
    assert_eq!(refused.code(), "request/too-many-attempts");
    assert_eq!(messages(&test).await.len(), 10);
    let stranger = TakeText { from: PHONE.into(), wish: ask(), language: None, words: Default::default() };
    let refused = test.office.perform_once(&shilan, stranger).await.unwrap_err();
    assert_eq!(refused.code(), "officer/not-permitted", "only a gateway brings text messages");
}
crate::on_both_engines!(a_text_is_answered_to_its_own_telephone_only, super::status);

async fn rated(test: TestOffice) {
    let hall = Hall::open(test).await;
    let test = &hall.test;
    hall.sit().await;
    let take = TakeTicket { phone: Some(PHONE.into()), ..test.ticket("A") };
    let taken = test.office.perform_once(&hall.clerks[0], take).await.unwrap();
    assert_eq!(text(test, "sms/t", PHONE, Wish::Ticket(String::new())).await.unwrap(), "text-ticket");
    assert_eq!(text(test, "sms/o", OTHER, Wish::Ticket("A001".into())).await.unwrap(), "text-nothing");
    let ticket = hall.call(0).await.unwrap();
    hall.step(0, ticket, Step::Begin).await.unwrap();
    // While somebody is served there is nothing to say.
    assert_eq!(text(test, "sms/early", PHONE, Wish::Rate(1)).await.unwrap(), "text-nothing");
    hall.step(0, ticket, Step::Finish).await.unwrap();
    let visit = {
        let mut reading = test.office.db.reading().await.unwrap();
        queue::by_code(&mut reading.tx(), &taken.code).await.unwrap().unwrap().visit_id
    };
    messages(test).await;
    assert_eq!(telephone::tend_ratings(&test.office).await.unwrap(), 0, "not at once");
    test.pass(10);
    assert_eq!(telephone::tend_ratings(&test.office).await.unwrap(), 1);
    assert_eq!(telephone::tend_ratings(&test.office).await.unwrap(), 0, "once");
    let again = test.office.perform_once(&Who::system("ratings"), AskRating { visit }).await.unwrap_err();
    assert_eq!(again.code(), "register/nothing-changes");
    let sent = messages(test).await;
    assert_eq!((sent.len(), &sent[0].1["template"]), (1, &json!("text-rate")));

    assert_eq!(text(test, "sms/r1", OTHER, Wish::Rate(1)).await.unwrap(), "text-nothing");
    assert_eq!(text(test, "sms/r2", PHONE, Wish::Rate(5)).await.unwrap(), "text-rated");
    assert_eq!(text(test, "sms/r3", PHONE, Wish::Rate(1)).await.unwrap(), "text-nothing", "once");
    let mut reading = test.office.db.reading().await.unwrap();
    let row = diwan_store::queue::visit(&mut reading.tx(), visit).await.unwrap().unwrap();
    assert_eq!(row.score, Some(5));
}
crate::on_both_engines!(a_visit_is_rated_by_text_message_once, super::rated);

async fn cancelled(test: TestOffice) {
    test.gives_tickets().await;
    let now = test.office.now();
    let at = {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let days = queue::free_days(&mut tx, test.centre, "A", now).await.unwrap();
        let day = days.iter().find(|day| day.left > 0 && day.releases <= now).expect("a free day").day;
        let free = queue::free_slots(&mut tx, test.centre, "A", (day, now)).await.unwrap();
        free.iter().find(|free| free.anyone > 0).expect("a free time").slot.at
    };
    let book = || BookAppointment {
        centre: test.centre,
        line: "A".into(),
        service: None,
        at,
        who: For::Anyone,
        phone: PHONE.into(),
        language: "ckb".into(),
        instead_of: None,
        no_phone: false,
    };
    // The menu of a telephone books; nobody else who is not known does.
    let stranger = Who { channel: Channel::Online, ..Who::system("web") };
    assert_eq!(test.office.perform_once(&stranger, book()).await.unwrap_err().code(), "sign-in/first");
    let code = test.office.perform_once(&by_telephone(), book()).await.unwrap();
    let cancel = || Wish::Cancel(code.clone());
    assert_eq!(text(&test, "sms/1", OTHER, cancel()).await.unwrap(), "text-nothing");
    assert_eq!(text(&test, "sms/2", PHONE, cancel()).await.unwrap(), "text-cancelled");
    assert_eq!(text(&test, "sms/3", PHONE, cancel()).await.unwrap(), "text-nothing", "it is given back");
    let mut reading = test.office.db.reading().await.unwrap();
    let row = queue::appointment(&mut reading.tx(), &code).await.unwrap().unwrap();
    assert_eq!(row.standing, "cancelled");
}
crate::on_both_engines!(an_appointment_is_given_back_by_its_own_telephone, super::cancelled);

async fn rests(test: TestOffice) {
    for phone in [PHONE, OTHER] {
        let wish = WishCall { phone: phone.into(), language: "ckb".into() };
        test.office.perform_once(&by_telephone(), wish).await.unwrap();
        test.pass(1);
    }
    let open = telephone::wishes(&mut test.office.db.reading().await.unwrap().tx()).await.unwrap();
    let [first, second] = &open[..] else { panic!("two wishes: {open:?}") };
    let one = test.officer("one", Role::CounterOfficer, None).await;
    let other = test.officer("other", Role::CounterOfficer, None).await;
    let refused = |stop: Stop| assert_eq!(stop.code(), "request/changed-meanwhile");
    test.office.perform_once(&one, TakeWish { wish: first.id }).await.unwrap();
    refused(test.office.perform_once(&one, TakeWish { wish: second.id }).await.unwrap_err());
    test.office.perform_once(&one, SettleWish { wish: first.id, reached: false }).await.unwrap();
    // Who did not answer is left in peace for a while, by everybody.
    for officer in [&one, &other] {
        refused(test.office.perform_once(officer, TakeWish { wish: first.id }).await.unwrap_err());
    }
    test.office.perform_once(&one, TakeWish { wish: second.id }).await.unwrap();
    test.pass(16);
    test.office.perform_once(&other, TakeWish { wish: first.id }).await.unwrap();

    assert_eq!(telephone::tend_wishes(&test.office).await.unwrap(), 0);
    test.pass(31 * A_DAY);
    assert_eq!(telephone::tend_wishes(&test.office).await.unwrap(), 1);
    let row =
        diwan_store::telephone::wish(&mut test.office.db.reading().await.unwrap().tx(), second.id).await;
    assert_eq!(row.unwrap().unwrap().phone, None, "after a month it is forgotten");
    let stranger = test.office.perform_once(&one, ForgetWishes {}).await.unwrap_err();
    assert_eq!(stranger.code(), "officer/not-permitted");
}
crate::on_both_engines!(a_wish_rests_after_a_try_and_is_forgotten_after_a_month, super::rests);

async fn wished(test: TestOffice) {
    let wish = || WishCall { phone: PHONE.into(), language: "ckb".into() };
    test.office.perform_once(&by_telephone(), wish()).await.unwrap();
    test.office.perform_once(&by_telephone(), wish()).await.unwrap();
    let open = telephone::wishes(&mut test.office.db.reading().await.unwrap().tx()).await.unwrap();
    let [row] = &open[..] else { panic!("one wish, however often: {open:?}") };
    let one = test.officer("one", Role::CounterOfficer, None).await;
    let other = test.officer("other", Role::CounterOfficer, None).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let take = || TakeWish { wish: row.id };
    let refused = test.office.perform_once(&registrar, take()).await.unwrap_err();
    assert_eq!(refused.code(), "officer/not-permitted");
    assert_eq!(test.office.perform_once(&one, take()).await.unwrap(), PHONE);
    let taken = test.office.perform_once(&other, take()).await.unwrap_err();
    assert_eq!(taken.code(), "request/changed-meanwhile", "a colleague has it in hand");
    let settle = SettleWish { wish: row.id, reached: true };
    test.office.perform_once(&one, settle).await.unwrap();
    let mut reading = test.office.db.reading().await.unwrap();
    let row = diwan_store::telephone::wish(&mut reading.tx(), row.id).await.unwrap().unwrap();
    assert_eq!((row.phone, row.outcome.as_deref()), (None, Some("reached")), "the telephone is forgotten");
}
crate::on_both_engines!(a_wish_to_be_called_is_taken_by_one_and_its_telephone_forgotten, super::wished);

/// The code that went out last.
async fn code(test: &TestOffice) -> String {
    let sent = messages(test).await;
    let mut codes = sent.iter().filter_map(|(_, body)| body["args"]["code"].as_str());
    codes.next_back().expect("a code went out").to_owned()
}

async fn confirm_phone(test: &TestOffice, number: &str, phone: &str) -> PersonId {
    let clerk = test.officer(&format!("clerk-{number}"), Role::CounterOfficer, None).await;
    let person = test.person(number).await;
    let ask = RequestCode { address: phone.into(), purpose: contact_purpose(person), language: "ckb".into() };
    test.office.perform_once(&clerk, ask).await.unwrap();
    let code = code(test).await;
    let shown = "national-card".into();
    let act = ReplaceContact { person: Some(person), address: Some(phone.into()), code, shown };
    test.office.perform_once(&clerk, act).await.unwrap();
    person
}

async fn on_the_line(test: TestOffice) {
    test.citizen(SHILAN).await;
    let shilan = confirm_phone(&test, SHILAN, OTHER).await;
    let operator = test.officer("operator", Role::CounterOfficer, None).await;
    let operator = Who { channel: Channel::Telephone, ..operator };
    let begin = BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let case = test.office.perform_once(&operator, begin).await.unwrap().case;
    let verify = || VerifyApplicant { case, person: shilan, shown: "telephone-code".into() };
    let consent = || RecordConsent { case, code: None, witness: None };
    let refused = test.office.perform_once(&operator, verify()).await.unwrap_err();
    assert_eq!(refused.code(), "telephone/unproven", "a voice is nobody");
    assert_eq!(
        test.office.perform_once(&operator, consent()).await.unwrap_err().code(),
        "telephone/unproven"
    );

    messages(&test).await;
    let send = SendCallerCode { person: shilan, language: "ckb".into() };
    assert!(test.office.perform_once(&operator, send).await.unwrap());
    let code = code(&test).await;
    let wrong = VerifyCaller { person: shilan, code: "000000".into() };
    assert_eq!(test.office.perform_once(&operator, wrong).await.unwrap_err().code(), "sign-in/wrong-code");
    test.office.perform_once(&operator, VerifyCaller { person: shilan, code }).await.unwrap();
    // A colleague has nobody on the line by that.
    let colleague = test.officer("colleague", Role::CounterOfficer, None).await;
    let colleague = Who { channel: Channel::Telephone, ..colleague };
    assert_eq!(
        test.office.perform_once(&colleague, verify()).await.unwrap_err().code(),
        "telephone/unproven"
    );
    test.office.perform_once(&operator, verify()).await.unwrap();
    test.office.perform_once(&operator, consent()).await.unwrap();

    // Half an hour later, or when the call is over, nothing more is done.
    let at = test.office.desk(&operator, "look");
    let mut reading = test.office.db.reading().await.unwrap();
    assert!(telephone::is_on_the_line(&mut reading.tx(), &at, shilan).await.unwrap());
    drop(reading);
    test.office.perform_once(&operator, EndCall { person: shilan }).await.unwrap();
    assert_eq!(test.office.perform_once(&operator, verify()).await.unwrap_err().code(), "telephone/unproven");
    let nobody = SendCallerCode { person: test.person(DARA).await, language: "ckb".into() };
    assert!(!test.office.perform_once(&operator, nobody).await.unwrap(), "no telephone is confirmed for him");
}
crate::on_both_engines!(a_voice_on_the_line_is_nobody_until_a_code_is_read_back, super::on_the_line);

fn appoint(test: &TestOffice, deeds: &[Deed], days: i64) -> AppointProxy {
    AppointProxy {
        person: None,
        number: DARA.into(),
        name: "دارا".into(),
        scope: Scope { services: vec!["birth-certificate".into()], deeds: deeds.to_vec() },
        basis: Basis::Consent,
        basis_number: String::new(),
        until: test.office.today().checked_add(jiff::Span::new().days(days)).unwrap(),
        witness: String::new(),
        language: "ckb".into(),
        longest_days: LONGEST_DAYS,
    }
}

/// Why somebody does not see a case; empty when they do.
async fn opened(test: &TestOffice, who: &Who, case: CaseId) -> &'static str {
    let at = test.office.desk(who, "look");
    let mut reading = test.office.db.reading().await.unwrap();
    let opened = cases::open(&mut reading.tx(), &at, case, &Access::default()).await;
    opened.err().map_or("", |stop| stop.code())
}

async fn acting(test: TestOffice) {
    test.citizen(SHILAN).await;
    let dara = test.citizen(DARA).await;
    let person = confirm_phone(&test, SHILAN, OTHER).await;
    let shilan = test.citizen(SHILAN).await;
    let for_her = Who { on_behalf: Some(person), ..dara.clone() };
    let begin = || BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let refused = test.office.perform_once(&for_her, begin()).await.unwrap_err();
    assert_eq!(refused.code(), "proxy/not-allowed", "nobody let him");

    messages(&test).await;
    let proxy = test.office.perform_once(&shilan, appoint(&test, &[Deed::Apply], 30)).await.unwrap();
    let told = messages(&test).await;
    assert!(told.iter().any(|(to, body)| to == OTHER && body["template"] == "proxy-named"), "{told:?}");
    let (case, _) = test.sent(&for_her, &[]).await;
    let row = test.case(case).await;
    assert_eq!(row.applicant_id, Some(person), "the case is hers");
    assert_eq!(row.owner_key, None, "no key outlasts her consent");
    assert!(messages(&test).await.iter().any(|(to, body)| to == OTHER && body["template"] == "done-for-you"));
    assert_eq!(opened(&test, &for_her, case).await, "");
    {
        let at = test.office.desk(&for_her, "look");
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let pays = cases::may_do(&mut tx, &at, &row, &Access::default(), Deed::Pay).await.unwrap();
        assert!(!pays, "who applies does not see the receipts");
    }
    assert_eq!(opened(&test, &dara, case).await, "request/not-found", "for himself he has nothing there");
    assert_eq!(opened(&test, &shilan, case).await, "", "she sees it as her own");
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    let fetch = ReleaseDocument { document: papers[0].id, access: Access::default() };
    let refused = test.office.perform_once(&for_her, fetch).await.unwrap_err();
    assert_eq!(refused.code(), "proxy/not-allowed", "to apply is not to fetch");
    let machine = kiosk(&test).await;
    let print = AskToPrint {
        device: machine.device,
        kind: PrintKind::Document,
        subject: papers[0].id.to_string(),
        language: "ckb".into(),
        access: Access::default(),
    };
    let refused = test.office.perform_once(&for_her, print).await.unwrap_err();
    assert_eq!(refused.code(), "proxy/not-allowed", "nor to let a machine print it");

    // On the last day it holds; on the next it does not, whatever way he comes.
    test.pass(30 * A_DAY);
    assert_eq!(opened(&test, &for_her, case).await, "");
    test.pass(A_DAY);
    assert_eq!(opened(&test, &for_her, case).await, "request/not-found");
    assert_eq!(test.office.perform_once(&for_her, begin()).await.unwrap_err().code(), "proxy/not-allowed");
    let save = SaveAnswer { case, access: Access::default(), question: "copies".into(), value: json!(2) };
    assert_eq!(test.office.perform_once(&for_her, save).await.unwrap_err().code(), "request/not-found");
    let send = SendCase { case, access: Access::default() };
    assert_eq!(test.office.perform_once(&for_her, send).await.unwrap_err().code(), "request/not-found");
    let at = test.office.desk(&for_her, "look");
    let mut reading = test.office.db.reading().await.unwrap();
    assert!(cases::of_person(&mut reading.tx(), &at, person).await.unwrap().is_empty());
    drop(reading);
    test.office.perform_once(&shilan, EndProxy { proxy }).await.unwrap();
}
crate::on_both_engines!(
    whoever_acts_for_another_does_what_was_said_until_the_day_that_was_said,
    super::acting
);

async fn ended(test: TestOffice) {
    test.citizen(SHILAN).await;
    let dara = test.citizen(DARA).await;
    let person = confirm_phone(&test, SHILAN, OTHER).await;
    let shilan = test.citizen(SHILAN).await;
    let for_her = Who { on_behalf: Some(person), ..dara.clone() };
    let (case, proxy) = {
        let proxy = test.office.perform_once(&shilan, appoint(&test, &[Deed::Apply], 30)).await.unwrap();
        (test.sent(&for_her, &[]).await.0, proxy)
    };
    // By a text message of somebody else nothing ends.
    assert_eq!(text(&test, "sms/1", PHONE, Wish::Revoke(SHILAN.into())).await.unwrap(), "text-nothing");
    assert_eq!(opened(&test, &for_her, case).await, "");
    assert_eq!(text(&test, "sms/2", OTHER, Wish::Revoke(SHILAN.into())).await.unwrap(), "text-revoked");
    assert_eq!(opened(&test, &for_her, case).await, "request/not-found", "at once");
    let again = test.office.perform_once(&shilan, EndProxy { proxy }).await.unwrap_err();
    assert_eq!(again.code(), "register/nothing-changes");

    // On her page, and by him.
    for who in [&shilan, &dara] {
        let proxy = test.office.perform_once(&shilan, appoint(&test, &[Deed::Follow], 30)).await.unwrap();
        let stranger = test.citizen("1000000000002").await;
        let refused = test.office.perform_once(&stranger, EndProxy { proxy }).await.unwrap_err();
        assert_eq!(refused.code(), "request/not-found");
        assert_eq!(opened(&test, &for_her, case).await, "");
        test.office.perform_once(who, EndProxy { proxy }).await.unwrap();
        assert_eq!(opened(&test, &for_her, case).await, "request/not-found");
    }

    // A guardian by judgment is recorded by an officer, and no word ends that.
    let clerk = test.officer("guardian-clerk", Role::CounterOfficer, None).await;
    let judgment = || AppointProxy {
        person: Some(person),
        basis: Basis::Judgment,
        basis_number: "12/B/2026".into(),
        witness: "هێمن عەلی".into(),
        scope: Scope { services: Vec::new(), deeds: vec![Deed::Follow] },
        ..appoint(&test, &[], 300)
    };
    let by_herself = AppointProxy { person: None, ..judgment() };
    let refused = test.office.perform_once(&shilan, by_herself).await.unwrap_err();
    assert_eq!(refused.refusal().unwrap().about["field"], "basis", "nobody saw the paper");
    let proxy = test.office.perform_once(&clerk, judgment()).await.unwrap();
    let by_word = test.office.perform_once(&shilan, EndProxy { proxy }).await.unwrap_err();
    assert_eq!(by_word.code(), "proxy/by-court");
    assert_eq!(text(&test, "sms/3", OTHER, Wish::Revoke(SHILAN.into())).await.unwrap(), "text-revoked");
    assert_eq!(opened(&test, &for_her, case).await, "", "what a court ordered stands");
    test.office.perform_once(&clerk, EndProxy { proxy }).await.unwrap();
    assert_eq!(opened(&test, &for_her, case).await, "request/not-found");
}
crate::on_both_engines!(a_proxy_ends_at_once_by_page_message_and_counter, super::ended);

async fn named_rightly(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let field = |act: AppointProxy| {
        let (test, shilan) = (&test, &shilan);
        async move {
            let stop = test.office.perform_once(shilan, act).await.unwrap_err();
            stop.refusal().unwrap().about["field"].clone()
        }
    };
    let good = || appoint(&test, &[Deed::Follow], 30);
    // A stranger's number, a child, oneself, and nobody: the same is said of each.
    for (number, name) in
        [(DARA, "شیلان"), ("1000000000002", "نەورۆز"), (SHILAN, "شیلان"), ("1000000000099", "دارا")]
    {
        let act = AppointProxy { number: number.into(), name: name.into(), ..good() };
        assert_eq!(field(act).await, "number", "{number} {name}");
    }
    let scope = |services: &[&str], deeds: &[Deed]| Scope {
        services: services.iter().map(ToString::to_string).collect(),
        deeds: deeds.to_vec(),
    };
    assert_eq!(field(AppointProxy { scope: scope(&[], &[Deed::Follow]), ..good() }).await, "services");
    assert_eq!(field(AppointProxy { scope: scope(&["birth-certificate"], &[]), ..good() }).await, "deeds");
    assert_eq!(field(appoint(&test, &[Deed::Follow], 91)).await, "until");
    assert_eq!(
        field(AppointProxy { longest_days: 10, ..good() }).await,
        "until",
        "the installation says less"
    );

    // Nobody guesses numbers: after a few tries there are none for an hour.
    let mut last = String::new();
    for n in 0..12 {
        let act = AppointProxy { number: format!("10000000001{n:02}"), ..good() };
        last = test.office.perform_once(&shilan, act).await.unwrap_err().code().to_owned();
    }
    assert_eq!(last, "request/too-many-attempts");
    test.pass(61);
    test.office.perform_once(&shilan, good()).await.unwrap();
    let person = test.person(SHILAN).await;
    let mut reading = test.office.db.reading().await.unwrap();
    assert_eq!(proxies::appointed_by(&mut reading.tx(), person).await.unwrap().len(), 1);
}
crate::on_both_engines!(nobody_is_let_act_by_a_slip_of_the_hand, super::named_rightly);

/// Two proxies of one to another, and a case that was sent by them.
async fn twice(test: &TestOffice, (own, theirs): (&str, &str)) -> (Who, CaseId, [RowId; 2]) {
    test.citizen(SHILAN).await;
    test.citizen(DARA).await;
    let person = confirm_phone(test, SHILAN, own).await;
    confirm_phone(test, DARA, theirs).await;
    let (shilan, dara) = (test.citizen(SHILAN).await, test.citizen(DARA).await);
    let one = test.office.perform_once(&shilan, appoint(test, &[Deed::Apply], 30)).await.unwrap();
    let other = test.office.perform_once(&shilan, appoint(test, &[Deed::Pay], 30)).await.unwrap();
    let for_her = Who { on_behalf: Some(person), ..dara };
    let (case, _) = test.sent(&for_her, &[]).await;
    messages(test).await;
    (shilan, case, [one, other])
}

async fn revoked_twice(test: TestOffice) {
    twice(&test, (OTHER, PHONE)).await;
    assert_eq!(text(&test, "sms/1", OTHER, Wish::Revoke(SHILAN.into())).await.unwrap(), "text-revoked");
    let sent = messages(&test).await;
    let [(to, body)] = &sent[..] else { panic!("one answer: {sent:?}") };
    assert_eq!((to.as_str(), &body["args"]["count"]), (OTHER, &json!("2")));
}
crate::on_both_engines!(one_word_ends_every_proxy_and_is_answered_once, super::revoked_twice);

async fn shared(test: TestOffice) {
    let (shilan, case, proxies) = twice(&test, (PHONE, PHONE)).await;
    for proxy in proxies {
        test.office.perform_once(&shilan, EndProxy { proxy }).await.unwrap();
    }
    assert_eq!(test.case(case).await.phone.as_deref(), Some(PHONE), "it is her telephone too");
}
crate::on_both_engines!(a_shared_telephone_is_not_taken_away_with_the_proxy, super::shared);

async fn one_left(test: TestOffice) {
    let (shilan, case, [one, other]) = twice(&test, (OTHER, PHONE)).await;
    test.office.perform_once(&shilan, EndProxy { proxy: one }).await.unwrap();
    assert_eq!(test.case(case).await.phone.as_deref(), Some(PHONE), "he acts for her still");
    test.office.perform_once(&shilan, EndProxy { proxy: other }).await.unwrap();
    assert_eq!(test.case(case).await.phone, None);
}
crate::on_both_engines!(a_telephone_goes_with_the_last_proxy_of_the_same_two, super::one_left);

/// Lets a record count as another's, as a merge does.
#[derive(Debug, Serialize, Deserialize)]
struct Joined {
    gone: PersonId,
    kept: PersonId,
}

impl Act for Joined {
    const NAME: &'static str = "joined-in-a-test";
    type Out = ();

    async fn run(&self, _: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        diwan_store::duplicates::count_as(tx, self.gone, self.kept).await?;
        Ok(Recorded::new((), Entry::new("people-merged", "person", self.kept)))
    }
}

async fn merged(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let dara = test.citizen(DARA).await;
    let other = test.citizen("1000000000002").await;
    let proxy = test.office.perform_once(&shilan, appoint(&test, &[Deed::Follow], 30)).await.unwrap();
    let refused = test.office.perform_once(&other, EndProxy { proxy }).await.unwrap_err();
    assert_eq!(refused.code(), "request/not-found");
    let (gone, kept) = (test.person(SHILAN).await, test.person("1000000000002").await);
    test.office.perform_once(&Who::system("test"), Joined { gone, kept }).await.unwrap();
    let at = test.office.desk(&dara, "look");
    let person = test.person(DARA).await;
    let mut reading = test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let of_kept = proxies::appointed_by(&mut tx, kept).await.unwrap();
    assert_eq!(of_kept.len(), 1, "it is found under the record that stands");
    let rows = proxies::acts_for(&mut tx, &at, person).await.unwrap();
    assert_eq!(rows[0].person_id, kept, "and holds for it");
    drop(reading);
    test.office.perform_once(&other, EndProxy { proxy }).await.unwrap();
}
crate::on_both_engines!(a_proxy_of_a_record_that_was_merged_is_found_and_ended, super::merged);

/// An officer on the telephone.
async fn operator(test: &TestOffice, login: &str) -> Who {
    Who { channel: Channel::Telephone, ..test.officer(login, Role::CounterOfficer, None).await }
}

/// Makes sure of who calls.
async fn reads_a_code_back(test: &TestOffice, operator: &Who, person: PersonId) {
    messages(test).await;
    let send = SendCallerCode { person, language: "ckb".into() };
    assert!(test.office.perform_once(operator, send).await.unwrap());
    let code = code(test).await;
    test.office.perform_once(operator, VerifyCaller { person, code }).await.unwrap();
}

async fn no_more_than_proven(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let person = confirm_phone(&test, SHILAN, OTHER).await;
    let one = operator(&test, "operator").await;
    let code_of = |stop: Stop| stop.code();
    let named = |basis: Basis| AppointProxy {
        person: Some(person),
        basis,
        basis_number: "12/B/2026".into(),
        witness: "هێمن عەلی".into(),
        ..appoint(&test, &[Deed::Follow], 30)
    };
    let proxy = test.office.perform_once(&shilan, appoint(&test, &[Deed::Follow], 30)).await.unwrap();
    let contact =
        || ReplaceContact { person: Some(person), address: None, code: String::new(), shown: "voice".into() };
    let unproven = "telephone/unproven";
    let refused = test.office.perform_once(&one, named(Basis::Consent)).await.unwrap_err();
    assert_eq!(code_of(refused), unproven);
    let refused = test.office.perform_once(&one, EndProxy { proxy }).await.unwrap_err();
    assert_eq!(code_of(refused), unproven);
    assert_eq!(code_of(test.office.perform_once(&one, contact()).await.unwrap_err()), unproven);
    // A case that is nobody's yet is not answered for a voice either.
    let begin = || BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let case = test.office.perform_once(&one, begin()).await.unwrap().case;
    let save = SaveAnswer { case, access: Access::default(), question: "copies".into(), value: json!(2) };
    assert_eq!(code_of(test.office.perform_once(&one, save).await.unwrap_err()), unproven);

    reads_a_code_back(&test, &one, person).await;
    for basis in [Basis::Notary, Basis::Judgment] {
        let refused = test.office.perform_once(&one, named(basis)).await.unwrap_err();
        assert_eq!(refused.refusal().unwrap().about["field"], "basis", "nobody sees a paper by telephone");
    }
    test.office.perform_once(&one, named(Basis::Consent)).await.unwrap();
    test.office.perform_once(&one, EndProxy { proxy }).await.unwrap();

    // Whom a colleague made sure of does not get what somebody else began.
    let other = operator(&test, "colleague").await;
    reads_a_code_back(&test, &other, person).await;
    let verify = || VerifyApplicant { case, person, shown: "telephone-code".into() };
    let refused = test.office.perform_once(&other, verify()).await.unwrap_err();
    assert_eq!(code_of(refused), "officer/not-permitted");
    test.office.perform_once(&one, verify()).await.unwrap();
}
crate::on_both_engines!(
    no_more_is_done_by_telephone_than_the_caller_was_proven_for,
    super::no_more_than_proven
);

async fn closed_record(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let unknown = AppointProxy {
        scope: Scope { services: vec!["no-such-service".into()], deeds: vec![Deed::Follow] },
        ..appoint(&test, &[Deed::Follow], 30)
    };
    let refused = test.office.perform_once(&shilan, unknown).await.unwrap_err();
    assert_eq!(refused.refusal().unwrap().about["field"], "services");
    let keeper = test.officer("keeper", Role::Keeper, None).await;
    let person = test.person(DARA).await;
    let act = ProtectPerson { person, protected: true, reason: "دادگا ١٢/٢٠٢٦".into() };
    test.office.perform_once(&keeper, act).await.unwrap();
    let refused = test.office.perform_once(&shilan, appoint(&test, &[Deed::Follow], 30)).await.unwrap_err();
    assert_eq!(refused.refusal().unwrap().about["field"], "number", "as of a number that nobody bears");
}
crate::on_both_engines!(a_closed_record_is_let_act_for_nobody, super::closed_record);

async fn many_over(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let long = test.office.perform_once(&shilan, appoint(&test, &[Deed::Follow], 90)).await.unwrap();
    // More than fifty that ran out, each later than the one that holds.
    for _ in 0..13 {
        test.pass(A_DAY);
        for _ in 0..4 {
            test.office.perform_once(&shilan, appoint(&test, &[Deed::Follow], 0)).await.unwrap();
        }
    }
    test.pass(A_DAY);
    let person = test.person(SHILAN).await;
    let mut reading = test.office.db.reading().await.unwrap();
    let rows = proxies::appointed_by(&mut reading.tx(), person).await.unwrap();
    assert_eq!((rows.len(), rows[0].id), (53, long));
}
crate::on_both_engines!(a_proxy_that_holds_is_not_lost_among_those_that_ran_out, super::many_over);
