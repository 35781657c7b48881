//! Phones are shared and numbers recycled: what a code opens, and what it does not.

use diwan_domain::people::{Assurance, Channel, Role};
use diwan_domain::refusals::Why;
use diwan_office::accounts::{RequestCode, ResumeCase, SignInByCode, VerifyApplicant, resume_purpose};
use diwan_office::administration::InviteOfficer;
use diwan_office::cases::{self, Access, CorrectApplicant, SendCase};
use diwan_office::documents::ReleaseDocument;
use diwan_office::officers::Origin;
use diwan_office::{Who, documents, officers, outbox};
use diwan_testkit::TestOffice;
use serde_json::Value;

const PHONE: &str = "٠٧٥٠ ١٢٣ ٤٥٦٧";

fn stranger(label: &str) -> Who {
    Who {
        actor: diwan_domain::acts::Actor::Stranger(label.into()),
        channel: Channel::Online,
        ..Who::system("x")
    }
}

/// The code in the one message that waits, which is then delivered.
async fn code(test: &TestOffice) -> String {
    let soon = test.office.now() + 1_000_000;
    let mut found = None;
    for parcel in outbox::lease(&test.office.db, soon, 60_000_000, 50).await.unwrap() {
        let body: Value = serde_json::from_str(&parcel.body).unwrap();
        found = body["args"]["code"].as_str().map(str::to_owned).or(found);
        outbox::delivered(&test.office.db, parcel.id, soon).await.unwrap();
    }
    found.expect("a code was sent")
}

async fn sign_in(test: &TestOffice, who: &Who) -> Who {
    let ask = RequestCode { address: PHONE.into(), purpose: "sign-in".into(), language: "ckb".into() };
    assert_eq!(test.office.perform_once(who, ask).await.unwrap(), "+9647501234567");
    let code = code(test).await;
    let act = SignInByCode { address: PHONE.into(), code, language: "ckb".into() };
    let signed_in = test.office.perform_once(who, act).await.unwrap();
    assert_eq!(signed_in.assurance, Assurance::Contact);
    Who {
        actor: diwan_domain::acts::Actor::Account(signed_in.account),
        assurance: Assurance::Contact,
        ..who.clone()
    }
}

async fn recycled(test: TestOffice) {
    let first = sign_in(&test, &stranger("first")).await;
    let (case, access) = test.sent(&first, &[]).await;
    assert_eq!(test.case(case).await.step.as_deref(), Some("prove-identity"));
    test.pass(60 * 24 * 200);
    // The number now belongs to someone else, who signs in with it.
    let second = sign_in(&test, &stranger("second")).await;
    assert_eq!(first.actor, second.actor, "the same contact is the same account");
    let at = test.office.desk(&second, "look");
    let mut reading = test.office.db.reading().await.unwrap();
    let closed = cases::open(&mut reading.tx(), &at, case, &Access::default()).await.unwrap_err();
    assert_eq!(closed.code(), Why::NotFound.code(), "a number alone opens no old case");
    assert!(
        cases::open(&mut reading.tx(), &at, case, &access).await.is_ok(),
        "the session that began it has its key"
    );
}
crate::on_both_engines!(a_recycled_number_opens_no_old_case, super::recycled);

async fn resume(test: TestOffice) {
    let first = sign_in(&test, &stranger("first")).await;
    let (case, _) = test.sent(&first, &[]).await;
    let number = test.case(case).await.number;
    let who = stranger("another device");
    let ask = RequestCode { address: PHONE.into(), purpose: resume_purpose(&number), language: "ckb".into() };
    test.office.perform_once(&who, ask).await.unwrap();
    let right = code(&test).await;
    let wrong = ResumeCase { number: number.clone(), address: PHONE.into(), code: "000000".into() };
    if right != "000000" {
        assert_eq!(test.office.perform_once(&who, wrong).await.unwrap_err().code(), "sign-in/wrong-code");
    }
    let act = ResumeCase {
        number: number.to_lowercase().replace('-', " "),
        address: PHONE.into(),
        code: right.clone(),
    };
    let resumed = test.office.perform_once(&who, act).await.unwrap();
    assert_eq!(resumed.case, case);
    let again = ResumeCase { number, address: PHONE.into(), code: right };
    assert_eq!(
        test.office.perform_once(&who, again).await.unwrap_err().code(),
        "sign-in/wrong-code",
        "a code serves once"
    );
}
crate::on_both_engines!(a_case_goes_on_by_number_and_code, super::resume);

async fn proof_in_person(test: TestOffice) {
    let account = sign_in(&test, &stranger("first")).await;
    let (case, access) = test.sent(&account, &[]).await;
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.entry_id), ("in-progress", None), "nothing is looked up before");
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let person = test.person("1000000000001").await;
    let verify = VerifyApplicant { case, person, shown: "national-card".into() };
    test.office.perform_once(&clerk, verify).await.unwrap();
    let row = test.case(case).await;
    assert_eq!(row.phase, "approved", "the case goes on by itself");
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    let early = ReleaseDocument { document: papers[0].id, access };
    assert_eq!(
        test.office.perform_once(&account, early).await.unwrap_err().code(),
        "document/failed",
        "not yet sealed"
    );
}
crate::on_both_engines!(release_waits_for_proof_of_identity, super::proof_in_person);

async fn nobody_sends(test: TestOffice) {
    let who = stranger("nobody");
    let (case, access) = test.draft(&who, &[]).await;
    let unsigned = SendCase { case, access };
    assert_eq!(test.office.perform_once(&who, unsigned).await.unwrap_err().code(), "sign-in/first");
    let guess = SendCase { case, access: Access { key: Some("00".repeat(32)) } };
    assert_eq!(
        test.office.perform_once(&stranger("other"), guess).await.unwrap_err().code(),
        "request/not-found"
    );
}
crate::on_both_engines!(a_strangers_draft_needs_a_way_to_answer, super::nobody_sends);

const PASSWORD: &str = "brave mountain sky";

fn from(network: &str) -> Origin {
    Origin { network: network.into(), browser: None }
}

async fn lock_out(test: TestOffice) {
    let who = stranger("door");
    let secret = test.officer_with_secret("azad", Role::Registrar).await;
    test.pass(1);
    let (stranger, own) = (from("a stranger's"), from("the office's"));
    let guess = async |from: &Origin, login: &str| {
        officers::sign_in(&test.office, &who, from, login, "guess", "000000").await.unwrap_err().code()
    };
    for _ in 0..8 {
        assert_eq!(guess(&stranger, "azad").await, "sign-in/wrong-password");
    }
    let right =
        officers::sign_in(&test.office, &who, &stranger, "azad", PASSWORD, &test.digits(&secret)).await;
    assert_eq!(right.unwrap_err().code(), "sign-in/locked-out", "closed for the stranger's network");
    officers::sign_in(&test.office, &who, &own, "azad", PASSWORD, &test.digits(&secret)).await.unwrap();
    assert_eq!(
        guess(&from("third"), "nobody").await,
        "sign-in/wrong-password",
        "an unknown name says the same"
    );
    guess(&from("third"), &"n".repeat(1_000_000)).await;
    let mut reading = test.office.db.reading().await.unwrap();
    let longest = "SELECT MAX(LENGTH(subject_id)) AS n FROM journal WHERE kind = 'sign-in-failed'";
    assert_eq!(reading.tx().count(longest, &[]).await.unwrap(), 200);
    drop(reading);
    test.pass(16);
    assert_eq!(guess(&stranger, "azad").await, "sign-in/wrong-password");
}
crate::on_both_engines!(too_many_failures_lock_the_door_for_a_while, super::lock_out);

async fn from_everywhere(test: TestOffice) {
    let who = stranger("many");
    let secret = test.officer_with_secret("azad", Role::Registrar).await;
    test.pass(1);
    // Many networks, few tries from each.
    for n in 0..60 {
        let wrong =
            officers::sign_in(&test.office, &who, &from(&n.to_string()), "azad", "guess", "000000").await;
        assert_eq!(wrong.unwrap_err().code(), "sign-in/wrong-password");
    }
    let once = officers::sign_in(&test.office, &who, &from("new"), "azad", "guess", "000000").await;
    assert_eq!(once.unwrap_err().code(), "sign-in/wrong-password", "one try in half a minute");
    let twice = officers::sign_in(&test.office, &who, &from("newer"), "azad", "guess", "000000").await;
    assert_eq!(twice.unwrap_err().code(), "sign-in/locked-out");
    let known = Origin { network: "new".into(), browser: Some("desk".into()) };
    officers::sign_in(&test.office, &who, &known, "azad", PASSWORD, &test.digits(&secret)).await.unwrap();
    // A known browser that fails is closed for itself.
    for _ in 0..8 {
        officers::sign_in(&test.office, &who, &known, "azad", "guess", "000000").await.unwrap_err();
    }
    test.pass(1);
    let closed = officers::sign_in(&test.office, &who, &known, "azad", PASSWORD, &test.digits(&secret)).await;
    assert_eq!(closed.unwrap_err().code(), "sign-in/locked-out");
    let other = Origin { network: "new".into(), browser: Some("other desk".into()) };
    officers::sign_in(&test.office, &who, &other, "azad", PASSWORD, &test.digits(&secret)).await.unwrap();
}
crate::on_both_engines!(
    a_name_that_is_tried_from_everywhere_stays_open_where_it_is_known,
    super::from_everywhere
);

async fn digits_serve_once(test: TestOffice) {
    let who = stranger("new");
    let secret = test.officer_with_secret("azad", Role::Registrar).await;
    let enrolled = test.digits(&secret);
    let again = officers::sign_in(&test.office, &who, &from("x"), "azad", PASSWORD, &enrolled).await;
    assert_eq!(
        again.unwrap_err().code(),
        "sign-in/wrong-password",
        "the digits of the enrolment served already"
    );
    test.pass(1);
    let digits = test.digits(&secret);
    let id = officers::sign_in(&test.office, &who, &from("x"), "azad", PASSWORD, &digits).await.unwrap();
    let again = officers::sign_in(&test.office, &who, &from("x"), "azad", PASSWORD, &digits).await;
    assert_eq!(again.unwrap_err().code(), "sign-in/wrong-password");
    let desk = test.at_desk(id);
    let confirmed = officers::confirm(&test.office, &desk, &digits).await;
    assert_eq!(confirmed.unwrap_err().code(), "sign-in/wrong-code", "nor do they confirm anything");
    test.pass(1);
    officers::confirm(&test.office, &desk, &test.digits(&secret)).await.unwrap();
    for _ in 0..8 {
        officers::confirm(&test.office, &desk, "000000").await.unwrap_err();
    }
    test.pass(1);
    let closed = officers::confirm(&test.office, &desk, &test.digits(&secret)).await;
    assert_eq!(closed.unwrap_err().code(), "sign-in/locked-out");
}
crate::on_both_engines!(six_digits_serve_once, super::digits_serve_once);

async fn own_password(test: TestOffice) {
    let who = stranger("azad");
    let secret = test.officer_with_secret("azad", Role::Registrar).await;
    test.pass(1);
    let id = officers::sign_in(&test.office, &who, &from("x"), "azad", PASSWORD, &test.digits(&secret)).await;
    let desk = test.at_desk(id.unwrap());
    test.pass(1);
    // Blanks at its ends belong to it.
    let new = " rain on the tin roof ";
    for (old, wanted, digits, code) in [
        (PASSWORD, "kurdistan1991", test.digits(&secret), "sign-in/weak-password"),
        ("guess", new, test.digits(&secret), "sign-in/wrong-password"),
        (PASSWORD, new, "000000".into(), "sign-in/wrong-password"),
    ] {
        let refused = officers::change_password(&test.office, &desk, old, wanted, &digits).await;
        assert_eq!(refused.unwrap_err().code(), code, "{old} {wanted} {digits}");
    }
    officers::change_password(&test.office, &desk, PASSWORD, new, &test.digits(&secret)).await.unwrap();
    test.pass(1);
    for (password, works) in [(PASSWORD, false), (new.trim(), false), (new, true)] {
        let done =
            officers::sign_in(&test.office, &who, &from("x"), "azad", password, &test.digits(&secret)).await;
        assert_eq!(done.is_ok(), works, "{password:?}");
    }
}
crate::on_both_engines!(an_officer_changes_their_own_password, super::own_password);

async fn nothing_readable(test: TestOffice) {
    let who = stranger("reader");
    let secret = test.officer_with_secret("azad", Role::Registrar).await;
    let (token, invitation_hash) = InviteOfficer::token();
    let link = format!("https://diwan.example/en/desk/invitation/{token}");
    let invite = InviteOfficer {
        officer: None,
        login: "nesrin".into(),
        name: "Nesrin".into(),
        email: Some("nesrin@diwan.example".into()),
        office: Some(test.place),
        centre: None,
        person: None,
        roles: vec![Role::Registrar],
        language: "en".into(),
        invitation_hash,
        link,
        proof: String::new(),
    };
    test.office.perform_once(&Who::system("test"), invite).await.unwrap();
    let code =
        RequestCode { address: "0750 123 4567".into(), purpose: "sign-in".into(), language: "en".into() };
    test.office.perform_once(&who, code).await.unwrap();
    let soon = test.office.now() + 1_000_000;
    let mut codes = Vec::new();
    for parcel in diwan_office::outbox::lease(&test.office.db, soon, 60_000_000, 50).await.unwrap() {
        let body: serde_json::Value = serde_json::from_str(&parcel.body).unwrap();
        codes.extend(body["args"]["code"].as_str().map(str::to_owned));
        diwan_office::outbox::delivered(&test.office.db, parcel.id, soon).await.unwrap();
    }
    let [code] = &codes[..] else { panic!("one code was sent: {codes:?}") };
    let mut reading = test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    for sql in [
        "SELECT body || outcome AS text FROM acts",
        "SELECT body AS text FROM journal",
        "SELECT body AS text FROM outbox",
        "SELECT COALESCE(totp_secret, '') || COALESCE(password_hash, '') AS text FROM officers",
    ] {
        for row in tx.rows(sql, &[]).await.unwrap() {
            let text: String = row.get("text").unwrap();
            for (what, hidden) in [("a seed", &secret), ("a link", &token), ("a code", code)] {
                assert!(!text.contains(hidden.as_str()), "{what} is readable by {sql}: {text}");
            }
            assert!(!text.contains("$argon2"), "a password's hash is readable by {sql}");
        }
    }
}
crate::on_both_engines!(who_reads_the_database_cannot_sign_in, super::nothing_readable);

async fn again_with_proof(test: TestOffice) {
    let secret = test.officer_with_secret("azad", Role::Registrar).await;
    test.pass(1);
    let id =
        officers::sign_in(&test.office, &stranger("x"), &from("x"), "azad", PASSWORD, &test.digits(&secret))
            .await
            .unwrap();
    let administrator = test.officer("admin", Role::Administrator, None).await;
    let again = |proof: &str| InviteOfficer {
        officer: Some(id),
        login: String::new(),
        name: String::new(),
        email: None,
        office: None,
        centre: None,
        person: None,
        roles: Vec::new(),
        language: "en".into(),
        invitation_hash: InviteOfficer::token().1,
        link: String::new(),
        proof: proof.into(),
    };
    let unproven = test.office.perform_once(&administrator, again("  ")).await.unwrap_err();
    assert_eq!(unproven.code(), "admin/field-missing");
    test.office.perform_once(&administrator, again("came in person")).await.unwrap();
    let mut reading = test.office.db.reading().await.unwrap();
    let told =
        "SELECT COUNT(*) AS n FROM journal WHERE kind = 'officer-invited' AND body LIKE '%came in person%'";
    assert_eq!(reading.tx().count(told, &[]).await.unwrap(), 1);
}
crate::on_both_engines!(whoever_lost_their_way_in_is_recognised_first, super::again_with_proof);

async fn mistaken(test: TestOffice) {
    let account = sign_in(&test, &stranger("mistaken")).await;
    let (case, access) = test.sent(&account, &[]).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let other = test.officer("other", Role::CounterOfficer, None).await;
    let (wrong, right) = (test.person("1000000000002").await, test.person("1000000000001").await);
    let correct = |person, reason: &str| CorrectApplicant {
        case,
        person,
        shown: "passport".into(),
        reason: reason.into(),
    };
    let early = test.office.perform_once(&other, correct(right, "x")).await.unwrap_err();
    assert_eq!(early.code(), "document/identity-unproven", "nobody was confirmed yet");
    let verify = VerifyApplicant { case, person: wrong, shown: "national-card".into() };
    test.office.perform_once(&clerk, verify).await.unwrap();
    assert_eq!(test.case(case).await.applicant_id, Some(wrong));

    let own = test.office.perform_once(&clerk, correct(right, "same name")).await.unwrap_err();
    assert_eq!(own.code(), "officer/needs-second-person", "who made the mistake does not mend it alone");
    let silent = test.office.perform_once(&other, correct(right, " ")).await.unwrap_err();
    assert_eq!(silent.code(), Why::ReasonMissing.code());
    test.office.perform_once(&other, correct(right, "same name")).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.applicant_id, row.holder_id), (Some(right), Some(right)));
    assert_eq!((row.phase.as_str(), row.relation.as_deref()), ("approved", Some("self")));
    let journal = test.journal(case).await;
    assert!(journal.contains(&"identity-corrected".to_owned()), "{journal:?}");
    {
        let mut reading = test.office.db.reading().await.unwrap();
        let parties = diwan_store::cases::parties(&mut reading.tx(), case).await.unwrap();
        assert!(parties.iter().all(|party| party.person_id == right), "the wrong one is no party any more");
    }

    // What was approved for the right one is not turned round once the paper is in their hand.
    let mut reading = test.office.db.reading().await.unwrap();
    let papers = documents::of_case(&mut reading.tx(), case).await.unwrap();
    drop(reading);
    let paper = papers.iter().find(|paper| paper.ended_at.is_none()).unwrap().id;
    let seal = documents::SealDocument {
        document: paper,
        file_hash: "0".repeat(64),
        key_id: "k".into(),
        moment: Default::default(),
    };
    test.office.perform_once(&Who::system("test"), seal).await.unwrap();
    test.office.perform_once(&account, ReleaseDocument { document: paper, access }).await.unwrap();
    let late = test.office.perform_once(&clerk, correct(wrong, "again")).await.unwrap_err();
    assert_eq!(late.code(), "case/wrong-phase");
}
crate::on_both_engines!(an_applicant_confirmed_by_mistake_is_corrected, super::mistaken);
