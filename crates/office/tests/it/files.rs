//! Files and the rows that name them: nothing unnamed stays, nothing named goes.

use crate::steps::unverified;
use diwan_domain::ids::CaseId;
use diwan_domain::people::Role;
use diwan_domain::uploads::MediaType;
use diwan_office::cases::{Access, AddUpload, Decision, RemoveUpload, SendCase, TakeNext, tend};
use diwan_office::{Stop, Who, files};
use diwan_testkit::TestOffice;

const NAWROZ: &str = "1000000000002";
const SHILAN: &str = "1000000000001";
const A_MONTH: i64 = 60 * 24 * 30;

async fn hand_in(
    test: &TestOffice,
    who: &Who,
    (case, access): (CaseId, &Access),
    question: &str,
    bytes: &[u8],
) -> (String, Result<(), Stop>) {
    let mut hash = String::new();
    let add = async |file_hash: String| {
        hash.clone_from(&file_hash);
        let act = AddUpload {
            case,
            access: access.clone(),
            question: question.into(),
            file_hash,
            media: MediaType::Pdf,
            name: "order.pdf".into(),
            bytes: bytes.len() as u64,
        };
        test.office.perform_once(who, act).await
    };
    let done = files::keep_and_name(&test.office, bytes.to_vec(), add).await;
    (hash, done.map(drop))
}

async fn refused_files_go(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.draft(&shilan, &[]).await;
    let place = (case, &access);
    let kept = |hash: &str| {
        let (files, hash) = (test.office.files.clone(), hash.to_owned());
        async move { files.get(&hash).await.unwrap().is_some() }
    };
    let (refused, done) = hand_in(&test, &shilan, place, "no-such-question", b"refused").await;
    assert_eq!(done.unwrap_err().code(), "request/not-found");
    assert!(!kept(&refused).await, "what the case does not take is not kept");

    let (named, done) = hand_in(&test, &shilan, place, "court-order", b"an order").await;
    done.unwrap();
    assert!(kept(&named).await);
    let (again, done) = hand_in(&test, &shilan, place, "no-such-question", b"an order").await;
    assert_eq!((again.as_str(), done.is_err()), (named.as_str(), true));
    assert!(kept(&named).await, "bytes that another row names stay when one is refused");

    let stranger = Access { key: Some("00".repeat(32)) };
    let (foreign, done) =
        hand_in(&test, &Who::system("x"), (case, &stranger), "court-order", b"foreign").await;
    done.unwrap_err();
    assert!(!kept(&foreign).await);
}
crate::on_both_engines!(a_refused_file_does_not_stay, super::refused_files_go);

async fn racing(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.draft(&shilan, &[]).await;
    // One of the same bytes is taken, the others are refused, all at once.
    let all = (0..12).map(|n| {
        let question = if n == 5 { "court-order" } else { "no-such-question" };
        hand_in(&test, &shilan, (case, &access), question, b"the same bytes")
    });
    let mut taken = 0;
    let mut hash = String::new();
    for (name, done) in futures_util::future::join_all(all).await {
        taken += usize::from(done.is_ok());
        hash = name;
    }
    assert_eq!(taken, 1);
    assert_eq!(test.office.files.get(&hash).await.unwrap().unwrap(), b"the same bytes");
}
crate::on_both_engines!(of_equal_files_one_refused_takes_no_other_away, super::racing);

async fn swept(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.draft(&shilan, &[]).await;
    let (named, done) = hand_in(&test, &shilan, (case, &access), "court-order", b"named").await;
    done.unwrap();
    let stray = test.office.files.put(b"stray".to_vec()).await.unwrap();
    assert_eq!(files::sweep(&test.office).await.unwrap(), 0, "younger than a day");
    test.pass(A_MONTH);
    assert_eq!(files::sweep(&test.office).await.unwrap(), 1);
    assert_eq!(test.office.files.get(&stray).await.unwrap(), None);
    assert!(test.office.files.get(&named).await.unwrap().is_some(), "a row names it");
    assert_eq!(files::sweep(&test.office).await.unwrap(), 0);
}
crate::on_both_engines!(files_that_nothing_names_are_swept_after_a_day, super::swept);

async fn full(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.draft(&shilan, &[]).await;
    let act = |bytes: u64| AddUpload {
        case,
        access: access.clone(),
        question: "court-order".into(),
        file_hash: "0".repeat(64),
        media: MediaType::Pdf,
        name: "order.pdf".into(),
        bytes,
    };
    let refusal = test.office.perform_once(&shilan, act(300_000_001)).await.unwrap_err();
    assert_eq!(refusal.code(), "file/too-many");
    // Taking back and adding again fills nothing for ever.
    for n in 0..100 {
        let upload =
            test.office.perform_once(&shilan, act(1)).await.unwrap_or_else(|stop| panic!("{n}: {stop}"));
        let back = diwan_office::cases::RemoveUpload { case, access: access.clone(), upload };
        test.office.perform_once(&shilan, back).await.unwrap();
    }
    assert_eq!(test.office.perform_once(&shilan, act(1)).await.unwrap_err().code(), "file/too-many");
}
crate::on_both_engines!(a_case_is_given_so_many_files_and_no_more, super::full);

async fn beside_answers(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let (case, access) = test.draft(&nawroz, &unverified()).await;
    let four_fit = async |kind: &str| {
        for n in 0..5 {
            let bytes = format!("{kind} {n}");
            let (_, done) = hand_in(&test, &nawroz, (case, &access), "court-order", bytes.as_bytes()).await;
            assert_eq!(done.err().map(|stop| stop.code()), (n == 4).then_some("file/too-many"), "{bytes}");
        }
    };
    four_fit("at first").await;
    test.office.perform_once(&nawroz, SendCase { case, access: access.clone() }).await.unwrap();
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
    let ask = Decision::Ask { question: "holder-name".into(), words: "وێنەیەکی ڕوونتر".into() };
    crate::steps::decide(&test, &registrar, case, ask).await.unwrap();

    // A file is no name: what was answered stays.
    let before = test.case(case).await.answers.0;
    let (_, done) = hand_in(&test, &nawroz, (case, &access), "holder-name", b"a name").await;
    assert_eq!(done.unwrap_err().code(), "request/not-found");
    assert_eq!(test.case(case).await.answers.0, before);

    // Whoever is asked for clearer ones hands them in, though the question was full.
    four_fit("clearer").await;
}
crate::on_both_engines!(who_is_asked_for_another_file_hands_it_in_and_loses_no_answer, super::beside_answers);

async fn taken_back(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.draft(&shilan, &[]).await;
    let (hash, done) = hand_in(&test, &shilan, (case, &access), "court-order", b"taken back").await;
    done.unwrap();
    let uploads = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_store::cases::uploads(&mut reading.tx(), case).await.unwrap()
    };
    let back = RemoveUpload { case, access, upload: uploads[0].id };
    test.office.perform_once(&shilan, back).await.unwrap();
    test.pass(2 * A_MONTH);
    tend(&test.office).await.unwrap();
    assert_eq!(test.case(case).await.phase, "expired");
    assert_eq!(test.office.files.get(&hash).await.unwrap(), None, "its bytes are gone");
    let ever = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_store::cases::uploads_ever(&mut reading.tx(), case).await.unwrap()
    };
    assert_eq!((ever[0].name.as_str(), ever[0].file_hash.as_str()), ("", ""), "and so is its name");
}
crate::on_both_engines!(a_file_that_was_taken_back_is_erased_with_its_case, super::taken_back);
