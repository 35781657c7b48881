//! Certificates of an entry that an officer has before them, and the choice between
//! several marriages.

use crate::family::Life;
use diwan_domain::civil::EventKind;
use diwan_domain::ids::{CaseId, EntryId, PersonId};
use diwan_domain::people::Role;
use diwan_domain::refusals::Why;
use diwan_office::accounts::RecordConsent;
use diwan_office::cases::certifying::may_ask;
use diwan_office::cases::{
    self, Access, BeginCase, BeginCertificate, Decide, Decision, LinkEntry, SaveAnswer, SeeChoices, SendCase,
    ShowReligion, TakeNext,
};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{
    self, DecideCorrection, GrantAccess, Ground, PrepareCorrection, ProtectPerson, What,
};
use diwan_office::documents::{self, EndDocument, SealDocument};
use diwan_office::{Stop, Who};
use diwan_testkit::TestOffice;
use diwan_testkit::office::built_in;
use serde_json::{Value, json};

const SHILAN: &str = "1000000000001";
const DARA: &str = "1000000000003";
const HEVIN: &str = "1000000000009";
const OMAR: &str = "1000000000018";
const GULALA: &str = "1000000000019";

fn refused(stop: &Stop) -> Why {
    stop.refusal().unwrap_or_else(|| panic!("{stop}")).why
}

async fn birth_of(test: &TestOffice, person: PersonId) -> EntryId {
    let mut reading = test.office.db.reading().await.unwrap();
    diwan_store::civil::birth_entry_of(&mut reading.tx(), person).await.unwrap().unwrap().id
}

fn certificate(entry: EntryId, service: &str, applicant: PersonId) -> BeginCertificate {
    BeginCertificate {
        entry,
        service: service.into(),
        holder: None,
        applicant,
        shown: "national-card".into(),
        language: "ckb".into(),
    }
}

/// Answers what is left, after the register's own answers, and sends the case.
async fn finish(test: &TestOffice, clerk: &Who, case: CaseId, more: &[(&str, Value)]) -> Result<(), Stop> {
    let consent = RecordConsent { case, code: None, witness: Some("Azad Karim".into()) };
    test.office.perform_once(clerk, consent).await.unwrap();
    let mut left = vec![
        ("purpose", json!("passport")),
        ("use", json!("home")),
        ("document-languages", json!(["ckb", "en"])),
        ("copies", json!(1)),
        ("delivery", json!("download")),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ];
    left.splice(0..0, more.iter().cloned());
    for (question, value) in left {
        let act = SaveAnswer { case, access: Access::default(), question: question.into(), value };
        test.office.perform_once(clerk, act).await.unwrap_or_else(|stop| panic!("{question}: {stop}"));
    }
    test.office.perform_once(clerk, SendCase { case, access: Access::default() }).await.map(drop)
}

async fn from_its_page(test: TestOffice) {
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let shilan = test.person(SHILAN).await;
    let (hevin, dara) = (test.person(HEVIN).await, test.person(DARA).await);
    let entry = birth_of(&test, shilan).await;

    // Whoever stands there is offered by what the entry says; the page asks no more.
    let asking = {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = civil::entry(&mut tx, entry).await.unwrap().unwrap();
        let at = test.office.desk(&clerk, "look");
        let acting = diwan_office::acting::at_desk(&mut tx, &at).await.unwrap().unwrap();
        may_ask(&mut tx, &acting, &row, None).await.unwrap()
    };
    let asking: Vec<(PersonId, Option<String>)> =
        asking.into_iter().map(|(who, role)| (who.person.id, role)).collect();
    assert_eq!(asking[0], (shilan, Some("child".into())));
    assert!(asking.contains(&(hevin, Some("mother".into()))), "{asking:?}");

    // For herself: nothing that the register knows is typed, and the rule decides.
    let begun = test.office.perform_once(&clerk, certificate(entry, "birth-certificate", shilan)).await;
    let case = begun.unwrap().case;
    let row = test.case(case).await;
    let answers = cases::answers(&row);
    assert_eq!(answers["for-whom"], json!("myself"));
    assert_eq!(answers["holder-name"]["given"], json!("شیلان"));
    assert_eq!(answers["birth-date"], json!("1998-03-14"));
    assert_eq!(answers["mother-name"], Value::Null);
    assert_eq!(answers["identity-number"], json!({"kind": "upn", "number": SHILAN}));
    assert!(answers["birth-place"].is_object(), "{answers:?}");
    assert!(!answers.contains_key("purpose") && !answers.contains_key("phone"));
    finish(&test, &clerk, case, &[]).await.unwrap();
    let row = test.case(case).await;
    assert_eq!(
        (row.phase.as_str(), row.entry_id, row.relation.as_deref()),
        ("approved", Some(entry), Some("self"))
    );
    assert!(row.decided_rule.is_some_and(|rule| rule.contains("own-or-childs-entry")));
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    assert_eq!((papers.len(), papers[0].entry_id), (1, Some(entry)));
    let journal = test.journal(case).await;
    for kind in ["case-begun", "identity-verified", "consent-recorded", "case-submitted"] {
        assert!(journal.iter().any(|known| known == kind), "{kind} is in {journal:?}");
    }
    let of_entry = test.journal_of("entry", &entry.to_string()).await;
    assert!(of_entry.contains(&"certificate-begun".to_owned()), "{of_entry:?}");

    // Her mother: the right is another, and so is the answer that claims it.
    let begun =
        test.office.perform_once(&clerk, certificate(entry, "birth-certificate", hevin)).await.unwrap();
    let row = test.case(begun.case).await;
    assert_eq!(cases::answers(&row)["for-whom"], json!("my-child"));
    assert_eq!(row.relation.as_deref(), Some("parent"));
    finish(&test, &clerk, begun.case, &[]).await.unwrap();
    let row = test.case(begun.case).await;
    assert_eq!((row.fee_minor_units, row.phase.as_str()), (0, "approved"), "no paper was made before");

    // A stranger claims what he claims; no rule approves, an officer decides.
    let begun =
        test.office.perform_once(&clerk, certificate(entry, "birth-certificate", dara)).await.unwrap();
    let row = test.case(begun.case).await;
    assert_eq!(row.relation.as_deref(), Some("none"));
    assert!(!cases::answers(&row).contains_key("for-whom"));
    let claim = [("for-whom", json!("someone-else"))];
    finish(&test, &clerk, begun.case, &claim).await.unwrap();
    let row = test.case(begun.case).await;
    assert_eq!((row.phase.as_str(), row.entry_id, row.decided_rule), ("in-progress", Some(entry), None));

    // What does not fit is refused: another register, a registrar's desk, nothing shown.
    let publish = PublishService::of(&built_in("death-certificate"));
    test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    let other = test.office.perform_once(&clerk, certificate(entry, "death-certificate", shilan)).await;
    assert_eq!(refused(&other.unwrap_err()), Why::NotFound);
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let other = test.office.perform_once(&registrar, certificate(entry, "birth-certificate", shilan)).await;
    assert_eq!(refused(&other.unwrap_err()), Why::NotPermitted);
    let unseen = BeginCertificate { shown: " ".into(), ..certificate(entry, "birth-certificate", shilan) };
    assert_eq!(refused(&test.office.perform_once(&clerk, unseen).await.unwrap_err()), Why::ReasonMissing);
    let own = test.officer("own-clerk", Role::CounterOfficer, Some(hevin)).await;
    let other = test.office.perform_once(&own, certificate(entry, "birth-certificate", shilan)).await;
    assert_eq!(refused(&other.unwrap_err()), Why::OwnFamily);
}

crate::on_both_engines!(a_certificate_begins_with_its_entry, super::from_its_page);

async fn closed_or_gone(test: TestOffice) {
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let supervisor = test.officer("supervisor", Role::Supervisor, None).await;
    let keeper = test.officer("keeper", Role::Keeper, None).await;
    let shilan = test.person(SHILAN).await;
    let entry = birth_of(&test, shilan).await;
    let draft =
        test.office.perform_once(&clerk, certificate(entry, "birth-certificate", shilan)).await.unwrap();

    // Closed: not there for most, and no paper for whoever was let in.
    let protect = ProtectPerson { person: shilan, protected: true, reason: "court".into() };
    test.office.perform_once(&keeper, protect).await.unwrap();
    let gone = test.office.perform_once(&clerk, certificate(entry, "birth-certificate", shilan)).await;
    assert_eq!(refused(&gone.unwrap_err()), Why::NotFound);
    let diwan_domain::acts::Actor::Officer(officer) = clerk.actor else { panic!("a clerk is an officer") };
    let grant = GrantAccess { person: shilan, officer, reason: "her request".into() };
    test.office.perform_once(&keeper, grant).await.unwrap();
    let closed = test.office.perform_once(&clerk, certificate(entry, "birth-certificate", shilan)).await;
    assert_eq!(refused(&closed.unwrap_err()), Why::EntryProtected);
    let open = ProtectPerson { person: shilan, protected: false, reason: "court".into() };
    test.office.perform_once(&keeper, open).await.unwrap();

    // Revoked after the draft began: it is not sent either.
    let prepare = PrepareCorrection {
        entry,
        what: What::Revoke,
        ground: Ground::Court { court: "Erbil".into(), judgment: "7".into(), date: "2026-11-21".into() },
        content: None,
        reason: "twice".into(),
    };
    let correction = test.office.perform_once(&registrar, prepare).await.unwrap();
    let decide = DecideCorrection { correction, seen: 1, approve: true, why: None };
    let changed = test.office.perform_once(&supervisor, decide).await.unwrap();
    let before = test.office.perform_once(&clerk, certificate(entry, "birth-certificate", shilan)).await;
    assert_eq!(refused(&before.unwrap_err()), Why::EntryReplaced);
    let now = changed.entry.expect("a revocation is an entry");
    let revoked = test.office.perform_once(&clerk, certificate(now, "birth-certificate", shilan)).await;
    assert_eq!(refused(&revoked.unwrap_err()), Why::EntryRevoked);
    let late = finish(&test, &clerk, draft.case, &[]).await;
    assert_eq!(refused(&late.unwrap_err()), Why::EntryReplaced);
    assert_eq!(test.case(draft.case).await.phase, "draft");
}

crate::on_both_engines!(no_paper_of_what_is_closed_or_revoked, super::closed_or_gone);

/// A man with two wives at once, none of them born here.
async fn two_wives(test: TestOffice) -> (Life, PersonId, [EntryId; 2]) {
    let life = Life::begin(test).await;
    let test = &life.bureau.test;
    for service in ["marriage-certificate", "family-extract"] {
        let publish = PublishService::of(&built_in(service));
        test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    }
    let (omar, gulala, hevin) =
        (test.person(OMAR).await, test.person(GULALA).await, test.person(HEVIN).await);
    let named = |wife: &'static str, contract: &'static str| {
        [("husband.given", "عومەر"), ("wife.given", wife), ("contract-number", contract)]
    };
    let first = life.couple(EventKind::Marriage, omar, gulala, &named("گوڵاڵە", "11")).await.entry;
    test.pass(40 * 24 * 60);
    let second = life.couple(EventKind::Marriage, omar, hevin, &named("هێڤین", "12")).await.entry;
    (life, omar, [first, second])
}

async fn asks_online(test: &TestOffice, number: &str, service: &str) -> CaseId {
    let who = test.citizen(number).await;
    let begin = BeginCase { service: service.into(), language: "ckb".into() };
    let begun = test.office.perform_once(&who, begin).await.unwrap();
    let access = Access { key: Some(begun.key) };
    let answers = [
        ("for-whom", json!("myself")),
        ("holder-name", json!({"given": "عومەر", "father": "حەسەن"})),
        ("birth-date", json!("1960")),
        ("spouse-name", Value::Null),
        ("place", json!({"governorate": "هەولێر"})),
        ("identity-number", Value::Null),
        ("purpose", json!("passport")),
        ("use", json!("home")),
        ("document-languages", json!(["ckb", "en"])),
        ("copies", json!(1)),
        ("delivery", json!("download")),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ];
    for (question, value) in answers {
        if question == "spouse-name" && service != "marriage-certificate" {
            continue;
        }
        let act = SaveAnswer { case: begun.case, access: access.clone(), question: question.into(), value };
        test.office.perform_once(&who, act).await.unwrap_or_else(|stop| panic!("{question}: {stop}"));
    }
    test.office.perform_once(&who, SendCase { case: begun.case, access }).await.unwrap();
    begun.case
}

async fn chosen(test: TestOffice) {
    let (life, omar, [first, second]) = two_wives(test).await;
    let test = &life.bureau.test;
    let case = asks_online(test, OMAR, "marriage-certificate").await;
    let row = test.case(case).await;
    assert_eq!(
        (row.phase.as_str(), row.step.as_deref(), row.entry_id),
        ("in-progress", Some("search"), None)
    );
    assert!(cases::is_to_choose(&row), "{}", row.facts.0);

    let registrar = test.officer("desk-registrar", Role::Registrar, None).await;
    assert_eq!(test.office.perform_once(&registrar, TakeNext {}).await.unwrap(), case);
    let seen = test.case(case).await.version;
    let blind = LinkEntry { case, seen, holder: omar, entry: None };
    assert_eq!(refused(&test.office.perform_once(&registrar, blind).await.unwrap_err()), Why::SeveralEntries);
    let of_another = birth_of(test, test.person(SHILAN).await).await;
    let wrong = LinkEntry { case, seen, holder: omar, entry: Some(of_another) };
    assert_eq!(refused(&test.office.perform_once(&registrar, wrong).await.unwrap_err()), Why::NotFound);

    let version = test.office.perform_once(&registrar, SeeChoices { case, holder: None }).await.unwrap();
    let choices = {
        let at = test.office.desk(&registrar, "look");
        let mut reading = test.office.db.reading().await.unwrap();
        cases::choices(&mut reading.tx(), &at, case, None).await.unwrap()
    };
    let told: Vec<_> = choices
        .iter()
        .map(|choice| {
            let wife = choice.says.get("wife").and_then(|value| value.text()).unwrap_or_default().to_owned();
            (choice.entry.id, choice.holder, wife, choice.status.map(|status| status.code()))
        })
        .collect();
    let of = |entry, wife: &str| (entry, omar, wife.to_owned(), Some("married"));
    assert!(told.contains(&of(first, "گوڵاڵە ئەحمەد")), "{told:?}");
    assert!(told.contains(&of(second, "هێڤین عومەر حەسەن")), "{told:?}");

    let link = LinkEntry { case, seen: version, holder: omar, entry: Some(first) };
    let seen = test.office.perform_once(&registrar, link).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.entry_id, row.relation.as_deref()), (Some(first), Some("self")));
    assert!(!cases::is_to_choose(&row));
    let approve = Decide { case, seen, decision: Decision::Approve };
    test.office.perform_once(&registrar, approve).await.unwrap();
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    assert_eq!(papers[0].fields.0["wife"], json!("گوڵاڵە ئەحمەد"));
    let journal = test.journal(case).await;
    for kind in ["choices-seen", "entry-linked"] {
        assert!(journal.iter().any(|known| known == kind), "{kind} is in {journal:?}");
    }
    let listed = test.journal_of("person", &test.person(HEVIN).await.to_string()).await;
    assert!(listed.contains(&"record-listed".to_owned()), "who was shown can see it: {listed:?}");
}

crate::on_both_engines!(an_officer_chooses_between_two_marriages, super::chosen);

async fn founding(test: TestOffice) {
    let (life, omar, [first, second]) = two_wives(test).await;
    let test = &life.bureau.test;
    let case = asks_online(test, OMAR, "family-extract").await;
    assert!(cases::is_to_choose(&test.case(case).await), "two marriages may have founded the family");

    // From the register's own page the entry is the officer's choice, whichever it is.
    let clerk = test.officer("desk-clerk", Role::CounterOfficer, None).await;
    let act = BeginCertificate { holder: Some(omar), ..certificate(second, "family-extract", omar) };
    let begun = test.office.perform_once(&clerk, act).await.unwrap();
    assert_eq!(test.case(begun.case).await.entry_id, Some(second));
    let act = certificate(first, "marriage-certificate", omar);
    let begun = test.office.perform_once(&clerk, act).await.unwrap();
    let row = test.case(begun.case).await;
    assert_eq!((row.entry_id, row.holder_id), (Some(first), Some(omar)));
    assert_eq!(cases::answers(&row)["spouse-name"]["given"], json!("گوڵاڵە"));

    // Once one of the two is over, nobody has to choose.
    let final_one = [("husband.given", "عومەر"), ("wife.given", "گوڵاڵە"), ("divorce-kind", "irrevocable")];
    let gulala = test.person(GULALA).await;
    life.couple(EventKind::Divorce, omar, gulala, &final_one).await;
    let meant = {
        let mut reading = test.office.db.reading().await.unwrap();
        let family = diwan_domain::services::RegisterKind::Family;
        civil::entries_meant(&mut reading.tx(), family, omar, None).await.unwrap()
    };
    assert_eq!(meant.iter().map(|entry| entry.id).collect::<Vec<_>>(), [second]);
}

crate::on_both_engines!(a_family_of_two_marriages_is_a_choice_until_one_is_over, super::founding);

async fn faith(test: TestOffice) {
    let life = Life::begin(test).await;
    let test = &life.bureau.test;
    let publish = PublishService::of(&built_in("marriage-certificate"));
    test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    let (omar, gulala) = (test.person(OMAR).await, test.person(GULALA).await);
    let said = [
        ("husband.given", "عومەر"),
        ("wife.given", "گوڵاڵە"),
        ("husband.religion", "yazidi"),
        ("wife.religion", "not-said"),
    ];
    let entry = life.couple(EventKind::Marriage, omar, gulala, &said).await.entry;
    let clerk = test.officer("desk-clerk", Role::CounterOfficer, None).await;
    let act = certificate(entry, "marriage-certificate", omar);
    let case = test.office.perform_once(&clerk, act).await.unwrap().case;
    // What the register does not know is asked.
    let asked = [("birth-date", json!("1960")), ("place", json!({"governorate": "هەولێر"}))];
    finish(test, &clerk, case, &asked).await.unwrap();
    let papers = async || {
        let mut reading = test.office.db.reading().await.unwrap();
        documents::of_case(&mut reading.tx(), case).await.unwrap()
    };
    assert!(!papers().await[0].fields.0.to_string().contains("yazidi"), "no paper shows it by itself");

    let show = |seen, shown, basis: &str| ShowReligion { case, seen, shown, basis: basis.into() };
    let seen = test.case(case).await.version;
    let registrar = test.officer("desk-registrar", Role::Registrar, None).await;
    let law = "Law 188/1959, article 17: asked for by the husband";
    let stop = test.office.perform_once(&registrar, show(seen, true, law)).await.unwrap_err();
    assert_eq!(refused(&stop), Why::NotPermitted);
    let head = &life.supervisor;
    let stop = test.office.perform_once(head, show(seen, true, " ")).await.unwrap_err();
    assert_eq!(refused(&stop), Why::ReasonMissing);
    let seen = test.office.perform_once(head, show(seen, true, law)).await.unwrap();
    let stop = test.office.perform_once(head, show(seen, true, law)).await.unwrap_err();
    assert_eq!(refused(&stop), Why::NothingChanges);

    // The paper that was made is replaced; the new one shows what was said, and only that.
    let file_hash = test.office.files.put(b"%PDF-1.7 a paper".to_vec()).await.unwrap();
    let document = papers().await[0].id;
    let seal = SealDocument { document, file_hash, key_id: "0f".into(), moment: Default::default() };
    test.office.perform_once(&Who::system("sealer"), seal).await.unwrap();
    let replace = EndDocument { document, reason: "with religion".into(), replace: true };
    let new = test.office.perform_once(head, replace).await.unwrap().expect("another paper");
    let paper = papers().await.into_iter().find(|paper| paper.id == new).unwrap();
    assert_eq!(paper.fields.0["husband-religion"], json!("yazidi"));
    assert_eq!(paper.fields.0.get("wife-religion"), None);
    let journal = test.journal(case).await;
    assert!(journal.contains(&"religion-shown".to_owned()), "{journal:?}");

    let seen = test.case(case).await.version;
    test.office.perform_once(head, show(seen, false, "withdrawn by the husband")).await.unwrap();
    assert!(!cases::faith::is_shown(&test.case(case).await));

    // An entry that says nothing of it has nothing to show.
    let shilan = test.person(SHILAN).await;
    let birth = birth_of(test, shilan).await;
    let act = certificate(birth, "birth-certificate", shilan);
    let case = test.office.perform_once(&clerk, act).await.unwrap().case;
    finish(test, &clerk, case, &[]).await.unwrap();
    let seen = test.case(case).await.version;
    let none = ShowReligion { case, seen, shown: true, basis: law.into() };
    assert_eq!(refused(&test.office.perform_once(head, none).await.unwrap_err()), Why::EntryIncomplete);
}

crate::on_both_engines!(religion_stands_on_a_paper_only_where_it_was_asked_for, super::faith);

/// Whoever has died stands at no counter, and no rule gives them a paper: a card of theirs
/// is in somebody else's hand.
async fn after_death(test: TestOffice) {
    let life = Life::begin(test).await;
    let test = &life.bureau.test;
    let clerk = test.officer("desk-clerk", Role::CounterOfficer, None).await;
    let shilan = test.person(SHILAN).await;
    let entry = birth_of(test, shilan).await;
    let begin = || certificate(entry, "birth-certificate", shilan);
    let case = test.office.perform_once(&clerk, begin()).await.unwrap().case;
    let today = life.today();
    let death = crate::family::death_of(shilan, "شیلان", "female", &today);
    life.event(EventKind::Death, death).await;

    let stop = test.office.perform_once(&clerk, begin()).await.unwrap_err();
    assert_eq!(refused(&stop), Why::PersonDied);
    finish(test, &clerk, case, &[]).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.decided_rule), ("in-progress", None));
    assert_eq!(row.open_questions.0[0]["rule"], "identity");
}

crate::on_both_engines!(nobody_asks_for_a_paper_with_the_card_of_the_dead, super::after_death);
