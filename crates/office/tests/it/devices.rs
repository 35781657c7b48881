//! Kiosks: who may stand before one, what it prints, and what happens when it goes away in
//! the middle.

use diwan_domain::acts::Actor;
use diwan_domain::devices::{Condition, DeviceKind, DeviceStep, PrintKind, PrintState, PrintStep, Printer};
use diwan_domain::ids::PrintId;
use diwan_domain::people::{Assurance, Channel, Role};
use diwan_office::accounts::{ReplaceContact, RequestCode, contact_purpose};
use diwan_office::cases::{Access, SendCase};
use diwan_office::devices::{
    self, AddDevice, AskToPrint, BeginOwnPaper, EnrolDevice, LeaveComplaint, MoveDevice, MovePrint,
    NoteHealth, RequestKioskCode, SignInAtKiosk, Standing,
};
use diwan_office::documents::{self, SealDocument};
use diwan_office::{Stop, Who, outbox};
use diwan_testkit::{Kiosk, TestOffice, kiosk};
use serde_json::Value;

/// Shilan's personal number, and a telephone that an officer confirms for her.
const NUMBER: &str = "1000000000001";
const PHONE: &str = "0750 123 4567";

/// The code in the messages that wait, which are then delivered; none when none was sent.
async fn code(test: &TestOffice) -> Option<String> {
    let soon = test.office.now() + 1_000_000;
    let mut found = None;
    for parcel in outbox::lease(&test.office.db, soon, 60_000_000, 50).await.unwrap() {
        let body: Value = serde_json::from_str(&parcel.body).unwrap();
        found = body["args"]["code"].as_str().map(str::to_owned).or(found);
        outbox::delivered(&test.office.db, parcel.id, soon).await.unwrap();
    }
    found
}

/// An officer sees Shilan and confirms her telephone.
async fn confirm_phone(test: &TestOffice) {
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let person = test.person(NUMBER).await;
    let ask = RequestCode { address: PHONE.into(), purpose: contact_purpose(person), language: "ckb".into() };
    test.office.perform_once(&clerk, ask).await.unwrap();
    let code = code(test).await.expect("a code went to the telephone");
    let act = ReplaceContact {
        person: Some(person),
        address: Some(PHONE.into()),
        code,
        shown: "national-card".into(),
    };
    test.office.perform_once(&clerk, act).await.unwrap();
    while self::code(test).await.is_some() {}
}

/// Shilan stands before the kiosk and has signed in.
async fn shilan(test: &TestOffice, kiosk: &Kiosk) -> Who {
    confirm_phone(test).await;
    let ask = RequestKioskCode { number: NUMBER.into(), language: "ckb".into() };
    test.office.perform_once(&kiosk.who, ask).await.unwrap();
    let code = code(test).await.expect("a code went to her telephone");
    let act = SignInAtKiosk { number: NUMBER.into(), code };
    let signed_in = test.office.perform_once(&kiosk.who, act).await.unwrap();
    assert_eq!(signed_in.assurance, Assurance::Substantial);
    Who {
        actor: Actor::Account(signed_in.account),
        assurance: signed_in.assurance,
        channel: Channel::Kiosk,
        centre: Some(test.centre),
        ..Who::system("x")
    }
}

async fn identity(test: TestOffice) {
    let kiosk = kiosk(&test).await;
    let ask = |number: &str| RequestKioskCode { number: number.into(), language: "ckb".into() };
    // Nobody's telephone is confirmed: the answer is the same, and nothing is sent.
    test.office.perform_once(&kiosk.who, ask(NUMBER)).await.unwrap();
    test.office.perform_once(&kiosk.who, ask("9999999999999")).await.unwrap();
    assert_eq!(code(&test).await, None);
    let guess = SignInAtKiosk { number: NUMBER.into(), code: "123456".into() };
    assert_eq!(test.office.perform_once(&kiosk.who, guess).await.unwrap_err().code(), "sign-in/wrong-code");

    confirm_phone(&test).await;
    test.office.perform_once(&kiosk.who, ask("١٠٠٠٠٠٠٠٠٠٠٠١")).await.unwrap();
    let right = code(&test).await.expect("a code went to her telephone");
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let act = |code: &str| SignInAtKiosk { number: NUMBER.into(), code: code.into() };
    assert_eq!(
        test.office.perform_once(&kiosk.who, act(wrong)).await.unwrap_err().code(),
        "sign-in/wrong-code"
    );
    // Away from a kiosk number and code open nothing.
    let stranger = Who { actor: Actor::Stranger("s".into()), channel: Channel::Online, ..Who::system("x") };
    let refused = test.office.perform_once(&stranger, act(&right)).await.unwrap_err();
    assert_eq!(refused.code(), "officer/not-permitted");
    test.office.perform_once(&kiosk.who, act(&right)).await.unwrap();
    // The code serves once.
    assert_eq!(
        test.office.perform_once(&kiosk.who, act(&right)).await.unwrap_err().code(),
        "sign-in/wrong-code"
    );
}
crate::on_both_engines!(a_number_and_a_confirmed_telephone_open_a_kiosk, super::identity);

async fn life(test: TestOffice) {
    let kiosk = kiosk(&test).await;
    let serves = async |key: &str| {
        let mut reading = test.office.db.reading().await.unwrap();
        devices::by_key(&mut reading.tx(), key).await.unwrap().is_some_and(|row| devices::serves(&row))
    };
    assert!(serves(&kiosk.screen).await);
    assert!(!serves("another").await);
    let doubled = AddDevice {
        centre: test.centre,
        kind: DeviceKind::Kiosk,
        label: "K1".into(),
        code_hash: vec![1; 32],
    };
    assert_eq!(
        test.office.perform_once(&kiosk.manager, doubled).await.unwrap_err().code(),
        "admin/field-missing"
    );
    let step = |step, code_hash| MoveDevice { device: kiosk.device, step, code_hash };
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let refused = test.office.perform_once(&clerk, step(DeviceStep::Lock, Vec::new())).await.unwrap_err();
    assert_eq!(refused.code(), "officer/not-permitted");

    test.office.perform_once(&kiosk.manager, step(DeviceStep::Lock, Vec::new())).await.unwrap();
    assert!(!serves(&kiosk.screen).await);
    let health = || NoteHealth { printers: [(Printer::Receipt, Condition::Out)].into() };
    assert_eq!(test.office.perform_once(&kiosk.who, health()).await.unwrap_err().code(), "device/not-in-use");
    test.office.perform_once(&kiosk.manager, step(DeviceStep::Unlock, Vec::new())).await.unwrap();
    assert!(serves(&kiosk.screen).await);
    test.office.perform_once(&kiosk.who, health()).await.unwrap();
    assert_eq!(
        test.office.perform_once(&kiosk.who, health()).await.unwrap_err().code(),
        "register/nothing-changes"
    );

    // Another machine takes its place: the old key ends at once, and the code is used in time.
    let (code, code_hash) = AddDevice::code();
    test.office.perform_once(&kiosk.manager, step(DeviceStep::Replace, code_hash)).await.unwrap();
    assert!(!serves(&kiosk.screen).await);
    test.pass(31);
    let (late, _) = EnrolDevice::with_code(&code, false, "x");
    let refused = test.office.perform_once(&Who::system("web"), late).await.unwrap_err();
    assert_eq!(refused.code(), "sign-in/wrong-code");
    let (code, code_hash) = AddDevice::code();
    test.office.perform_once(&kiosk.manager, step(DeviceStep::Replace, code_hash)).await.unwrap();
    let (act, key) = EnrolDevice::with_code(&code, false, "x");
    test.office.perform_once(&Who::system("web"), act).await.unwrap();
    assert!(serves(&key).await);
    let (again, _) = EnrolDevice::with_code(&code, false, "x");
    assert_eq!(
        test.office.perform_once(&Who::system("web"), again).await.unwrap_err().code(),
        "sign-in/wrong-code"
    );
    test.office.perform_once(&kiosk.manager, step(DeviceStep::End, Vec::new())).await.unwrap();
    assert!(!serves(&key).await);
}
crate::on_both_engines!(a_kiosk_is_enrolled_locked_replaced_and_taken_away, super::life);

async fn state(test: &TestOffice, print: PrintId) -> PrintState {
    let mut reading = test.office.db.reading().await.unwrap();
    let row = devices::print(&mut reading.tx(), print).await.unwrap().unwrap();
    PrintState::from_code(&row.state).unwrap()
}

async fn step(
    test: &TestOffice,
    who: &Who,
    print: PrintId,
    step: PrintStep,
    code: Option<&str>,
) -> Result<PrintState, Stop> {
    let act = MovePrint { print, step, why: None, code: code.map(str::to_owned) };
    test.office.perform_once(who, act).await
}

/// Shilan's own birth certificate, sent and sealed.
async fn own_paper(test: &TestOffice, kiosk: &Kiosk, who: &Who) -> (PrintId, String) {
    let begin = BeginOwnPaper { service: "birth-certificate".into(), language: "ckb".into() };
    let begun = test.office.perform_once(who, begin).await.unwrap();
    let desk = test.office.desk(who, "look");
    let case = test.case(begun.case).await;
    let standing = {
        let mut reading = test.office.db.reading().await.unwrap();
        devices::standing(&mut reading.tx(), &desk, &case).await.unwrap()
    };
    assert_eq!(standing, Standing::Whole, "nothing is left to ask");
    test.office.perform_once(who, SendCase { case: begun.case, access: Access::default() }).await.unwrap();
    let case = test.case(begun.case).await;
    let by_rule = case.decided_rule.as_deref().is_some_and(|rule| rule.contains("own-or-childs-entry"));
    assert!(by_rule && case.channel == "kiosk", "{:?} by {}", case.decided_rule, case.channel);
    let papers = {
        let mut reading = test.office.db.reading().await.unwrap();
        documents::of_case(&mut reading.tx(), begun.case).await.unwrap()
    };
    let ask = AskToPrint {
        device: kiosk.device,
        kind: PrintKind::Document,
        subject: papers[0].id.to_string(),
        language: "ckb".into(),
        access: Access::default(),
    };
    let asked = test.office.perform_once(who, ask).await.unwrap();
    let due = async || {
        let mut reading = test.office.db.reading().await.unwrap();
        devices::due(&mut reading.tx(), kiosk.device).await.unwrap().len()
    };
    assert_eq!(due().await, 0, "what is not sealed is not given out");
    let file_hash = test.office.files.put(b"%PDF-1.7 a paper".to_vec()).await.unwrap();
    let seal =
        SealDocument { document: papers[0].id, file_hash, key_id: "0f".into(), moment: Default::default() };
    test.office.perform_once(&Who::system("sealer"), seal).await.unwrap();
    assert_eq!(due().await, 1);
    (asked.print, asked.code)
}

async fn printed_once(test: TestOffice) {
    let kiosk = kiosk(&test).await;
    let shilan = shilan(&test, &kiosk).await;
    let (print, code) = own_paper(&test, &kiosk, &shilan).await;
    // Only the machine fetches it, and once.
    assert_eq!(
        step(&test, &shilan, print, PrintStep::Begin, Some(&code)).await.unwrap_err().code(),
        "request/not-found"
    );
    assert_eq!(step(&test, &kiosk.who, print, PrintStep::Begin, None).await.unwrap(), PrintState::Printing);
    assert_eq!(
        step(&test, &kiosk.who, print, PrintStep::Begin, None).await.unwrap_err().code(),
        "queue/step-impossible"
    );
    // The power fails in the middle: nobody knows, and no button of the kiosk prints a second one.
    let open = {
        let mut reading = test.office.db.reading().await.unwrap();
        devices::left_open(&mut reading.tx(), kiosk.device).await.unwrap()
    };
    assert_eq!(open.iter().map(|row| row.id).collect::<Vec<_>>(), [print]);
    step(&test, &kiosk.who, print, PrintStep::Unsure, None).await.unwrap();
    let again = step(&test, &shilan, print, PrintStep::Again, Some(&code)).await.unwrap_err();
    assert_eq!(again.code(), "officer/needs-second-person");
    assert_eq!(
        step(&test, &kiosk.who, print, PrintStep::Printed, None).await.unwrap_err().code(),
        "request/not-found"
    );
    // An officer looks into the tray; not whoever asked for the paper, who works here too.
    let herself = test.person(NUMBER).await;
    let herself = test.officer("shilan-works-here", Role::CounterOfficer, Some(herself)).await;
    for alone in [PrintStep::Again, PrintStep::Printed] {
        let alone = step(&test, &herself, print, alone, None).await.unwrap_err();
        assert_eq!(alone.code(), "officer/needs-second-person");
    }
    let clerk = test.officer("helper", Role::CounterOfficer, None).await;
    step(&test, &clerk, print, PrintStep::Again, None).await.unwrap();
    step(&test, &kiosk.who, print, PrintStep::Begin, None).await.unwrap();
    step(&test, &kiosk.who, print, PrintStep::Printed, None).await.unwrap();
    assert_eq!(state(&test, print).await, PrintState::Printed);
    assert_eq!(
        step(&test, &clerk, print, PrintStep::Again, None).await.unwrap_err().code(),
        "queue/step-impossible"
    );
    // Asked for once more, the sheet there is is shown.
    let row = {
        let mut reading = test.office.db.reading().await.unwrap();
        devices::print(&mut reading.tx(), print).await.unwrap().unwrap()
    };
    assert_eq!(row.tries, 2);
    let ask = AskToPrint {
        device: kiosk.device,
        kind: PrintKind::Document,
        subject: row.subject.clone(),
        language: "ckb".into(),
        access: Access::default(),
    };
    assert_eq!(test.office.perform_once(&shilan, ask).await.unwrap().print, print);
    assert_eq!(state(&test, print).await, PrintState::Printed);
}
crate::on_both_engines!(a_sealed_paper_leaves_a_kiosk_once, super::printed_once);

async fn paper_of_another(test: TestOffice) {
    let kiosk = kiosk(&test).await;
    let shilan = shilan(&test, &kiosk).await;
    let (print, _) = own_paper(&test, &kiosk, &shilan).await;
    let subject = {
        let mut reading = test.office.db.reading().await.unwrap();
        devices::print(&mut reading.tx(), print).await.unwrap().unwrap().subject
    };
    let dara = test.citizen("1000000000003").await;
    let ask = AskToPrint {
        device: kiosk.device,
        kind: PrintKind::Document,
        subject,
        language: "ckb".into(),
        access: Access::default(),
    };
    assert_eq!(test.office.perform_once(&dara, ask).await.unwrap_err().code(), "request/not-found");
    // From one's own browser a kiosk's shortcut opens nothing.
    let begin = BeginOwnPaper { service: "birth-certificate".into(), language: "ckb".into() };
    assert_eq!(
        test.office.perform_once(&dara, begin).await.unwrap_err().code(),
        "document/identity-unproven"
    );
}
crate::on_both_engines!(nobody_prints_anothers_paper, super::paper_of_another);

async fn went_away(test: TestOffice) {
    let kiosk = kiosk(&test).await;
    test.gives_tickets().await;
    let taken = test.office.perform_once(&kiosk.who, test.ticket("A")).await.unwrap();
    let ask = || AskToPrint {
        device: kiosk.device,
        kind: PrintKind::Ticket,
        subject: taken.ticket.to_string(),
        language: "ckb".into(),
        access: Access::default(),
    };
    let asked = test.office.perform_once(&kiosk.who, ask()).await.unwrap();
    assert_eq!(test.office.perform_once(&kiosk.who, ask()).await.unwrap().print, asked.print);
    // Whoever asked went away: it does not come out for whoever comes next.
    step(&test, &kiosk.who, asked.print, PrintStep::Drop, Some(&asked.code)).await.unwrap();
    assert_eq!(
        step(&test, &kiosk.who, asked.print, PrintStep::Begin, None).await.unwrap_err().code(),
        "queue/step-impossible"
    );
    // Back again, the same sheet is asked for.
    test.office.perform_once(&kiosk.who, ask()).await.unwrap();
    assert_eq!(state(&test, asked.print).await, PrintState::Waiting);
    step(&test, &kiosk.who, asked.print, PrintStep::Begin, None).await.unwrap();
    step(&test, &kiosk.who, asked.print, PrintStep::Failed, None).await.unwrap();
    let state = step(&test, &kiosk.who, asked.print, PrintStep::Again, Some(&asked.code)).await.unwrap();
    assert_eq!(state, PrintState::Waiting);
}
crate::on_both_engines!(what_nobody_waits_for_is_not_printed, super::went_away);

async fn notes(test: TestOffice) {
    let kiosk = kiosk(&test).await;
    let note = |about: &[&str], words: &str| LeaveComplaint {
        centre: test.centre,
        about: about.iter().map(|one| (*one).to_owned()).collect(),
        words: words.into(),
        phone: None,
        language: "ckb".into(),
    };
    for empty in [note(&[], " "), note(&["weather"], "x")] {
        assert_eq!(
            test.office.perform_once(&kiosk.who, empty).await.unwrap_err().code(),
            "admin/field-missing"
        );
    }
    let number = test.office.perform_once(&kiosk.who, note(&["asked-for-money"], "")).await.unwrap();
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let answer = || devices::AnswerComplaint { number: number.clone(), answer: "It is looked into.".into() };
    assert_eq!(test.office.perform_once(&clerk, answer()).await.unwrap_err().code(), "officer/not-permitted");
    let inspector = test.officer("inspector", Role::Inspector, None).await;
    test.office.perform_once(&inspector, answer()).await.unwrap();
    let mut reading = test.office.db.reading().await.unwrap();
    let typed = format!("{} {}", number[..6].to_lowercase(), &number[6..]);
    let read = devices::complaint(&mut reading.tx(), &typed).await.unwrap().unwrap();
    assert_eq!(read.answer.as_deref(), Some("It is looked into."));
}
crate::on_both_engines!(a_note_is_left_without_a_name_and_answered, super::notes);
