//! An application from the first question to the plan of its steps.

use crate::folders::birth_certificate;
use diwan_domain::services::preparing::{deciding, kept, prepare};
use diwan_domain::services::{
    Answers, Facts, Fields, Judgement, Piece, Service, TaskStatus, asked, evidence_needed, fees_owed,
    is_complete, judge, next_unanswered, prune, steps_for, tasks, turned_away,
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

const TODAY: Date = date(2026, 11, 22);

fn facts() -> Facts {
    Facts::unknown(TODAY)
}

fn form(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
}

fn read(service: &Service, key: &str, fields: &[(&str, &str)]) -> Result<Value, Vec<(String, &'static str)>> {
    let read = service.question(key).unwrap().read(&form(fields), TODAY);
    read.map_err(|faults| faults.into_iter().map(|fault| (fault.field, fault.code)).collect())
}

fn answers(value: Value) -> Answers {
    value.as_object().unwrap().iter().map(|(k, v)| (k.clone(), v.clone())).collect()
}

#[test]
fn questions_come_one_after_the_other_and_follow_the_answers() {
    let service = birth_certificate();
    let mut given = Answers::new();
    let next =
        |given: &Answers| next_unanswered(&service, given, &facts()).map(|question| question.key.clone());
    assert_eq!(next(&given).as_deref(), Some("for-whom"));
    assert!(!asked(&service, &given, &facts()).iter().any(|question| question.key == "court-order"));

    given.insert("for-whom".to_owned(), json!("my-ward"));
    assert!(asked(&service, &given, &facts()).iter().any(|question| question.key == "court-order"));
    given.insert("court-order".to_owned(), Value::Null);
    given.insert("copies".to_owned(), json!(2));
    given.insert("displaced".to_owned(), json!(true));

    given.insert("for-whom".to_owned(), json!("myself"));
    given.insert("copies".to_owned(), json!(1));
    assert_eq!(prune(&service, &mut given, &facts()), ["court-order", "displaced"]);
    assert_eq!(next(&given).as_deref(), Some("holder-name"));
}

#[test]
fn the_task_list_says_how_far_each_section_is() {
    let service = birth_certificate();
    let status = |given: &Answers| -> Vec<TaskStatus> {
        tasks(&service, given, &facts()).iter().map(|task| task.status).collect()
    };
    use TaskStatus::{Done, InProgress, NotStarted};
    assert_eq!(status(&Answers::new()), [NotStarted, NotStarted, NotStarted]);
    let mut given = answers(json!({
        "purpose": "school", "use": "home", "document-languages": ["ckb"], "copies": 1, "for-whom": "myself",
    }));
    assert_eq!(status(&given), [InProgress, Done, NotStarted]);
    given.insert("copies".to_owned(), json!(2));
    assert!(!is_complete(&service, &given, &facts()));
}

#[test]
fn forms_are_read_as_people_fill_them_in() {
    let service = birth_certificate();
    for (key, fields, expected) in [
        ("for-whom", vec![("for-whom", "myself")], Ok(json!("myself"))),
        ("for-whom", vec![], Err(("for-whom", "answer/missing"))),
        ("for-whom", vec![("for-whom", "king")], Err(("for-whom", "choice/unknown"))),
        (
            "holder-name",
            vec![("holder-name-given", " شیلان "), ("holder-name-father", "ئازاد")],
            Ok(json!({ "given": "شیلان", "father": "ئازاد" })),
        ),
        ("holder-name", vec![("holder-name-given", "Shilan")], Err(("holder-name-father", "name/missing"))),
        ("holder-name", vec![], Err(("holder-name-given", "answer/missing"))),
        ("birth-date", vec![("birth-date-year", "١٩٦٠")], Ok(json!("1960"))),
        (
            "birth-date",
            vec![("birth-date-day", "31"), ("birth-date-month", "4"), ("birth-date-year", "1998")],
            Err(("birth-date-day", "date/not-real")),
        ),
        ("birth-date", vec![("birth-date-year", "2027")], Err(("birth-date-year", "date/in-the-future"))),
        ("mother-name", vec![], Ok(Value::Null)),
        (
            "identity-number",
            vec![("identity-number-kind", "upn"), ("identity-number-number", "۱۲۳۴۵۶۷۸۹۰۱۲۳")],
            Ok(json!({ "kind": "upn", "number": "1234567890123" })),
        ),
        (
            "identity-number",
            vec![("identity-number-number", "123")],
            Err(("identity-number-kind", "identity-number/kind-missing")),
        ),
        ("birth-place", vec![("birth-place-governorate", "دهۆک")], Ok(json!({ "governorate": "دهۆک" }))),
        ("copies", vec![("copies", "٣")], Ok(json!(3))),
        ("copies", vec![("copies", "three")], Err(("copies", "number/not-whole"))),
        ("copies", vec![("copies", "6")], Err(("copies", "number/too-large"))),
        ("displaced", vec![("displaced", "no")], Ok(json!(false))),
        ("phone", vec![("phone", "٠٧٥٠ ٤٤٥ ١٢٣٤")], Ok(json!("+9647504451234"))),
        ("court-order", vec![("court-order", "fake.pdf")], Err(("court-order", "file/not-received"))),
    ] {
        let expected = expected.map_err(|(field, code): (&str, &'static str)| vec![(field.to_owned(), code)]);
        assert_eq!(read(&service, key, &fields), expected, "{key} {fields:?}");
    }
}

#[test]
fn an_accepted_answer_fills_its_form_again() {
    let service = birth_certificate();
    for (key, value) in [
        ("birth-date", json!("1998-03")),
        ("holder-name", json!({ "given": "شیلان", "father": "ئازاد" })),
        ("document-languages", json!(["ckb", "ar"])),
        ("identity-number", json!({ "kind": "passport", "number": "A1234567" })),
        ("displaced", json!(true)),
        ("copies", json!(3)),
        ("court-order", json!([{ "id": "1", "name": "a b.pdf", "type": "application/pdf", "bytes": 10 }])),
    ] {
        let question = service.question(key).unwrap();
        assert_eq!(question.read(&question.typed(&value), TODAY), Ok(value), "{key}");
    }
}

#[test]
fn answers_are_shown_in_pieces_without_a_language() {
    let service = birth_certificate();
    let show = |key: &str, value: Value| service.question(key).unwrap().show(&value);
    assert_eq!(
        show("for-whom", json!("myself")),
        [Piece::Word("question-for-whom-option-myself".to_owned())]
    );
    assert_eq!(show("mother-name", Value::Null), [Piece::Blank]);
    assert_eq!(show("copies", json!(2)), [Piece::Number(2)]);
    assert_eq!(show("phone", json!("+964750")), [Piece::Ltr("+964750".to_owned())]);
}

#[test]
fn a_fault_in_a_rule_sends_the_case_to_an_officer_and_waives_nothing() {
    let service = birth_certificate();
    let mut sure = facts();
    sure.applicant.proven = true;
    sure.entry.found = true;
    sure.entry.verified = true;
    sure.relation = diwan_domain::services::Relation::Oneself;
    // The answers a rule needs are missing: nothing may come of that.
    let nothing = Answers::new();
    assert!(fees_owed(&service, &nothing, &sure).is_err());
    let Judgement::Officer { open } = judge(&service, &nothing, &sure) else { panic!("not to an officer") };
    assert!(open.iter().all(|question| question.fault.is_some()), "{open:?}");
    let plan = steps_for(&service, &nothing, &sure);
    assert!(!plan.faults.is_empty());
    let steps: Vec<&str> = plan.steps.iter().map(|step| step.key.as_str()).collect();
    assert_eq!(steps, ["pay", "decide", "issue", "print", "hand-over"]);
}

#[test]
fn what_nobody_can_work_out_the_price_of_is_not_given_by_a_rule() {
    let service = birth_certificate();
    let given = answers(json!({"for-whom": "myself", "copies": 1, "displaced": false, "use": "home"}));
    let mut sure = facts();
    sure.applicant.proven = true;
    sure.entry.found = true;
    sure.entry.verified = true;
    sure.relation = diwan_domain::services::Relation::Oneself;
    assert!(matches!(judge(&service, &given, &sure), Judgement::ByRule { .. }));
    // Less than nothing for one more copy: a mistake of the schedule, not a present.
    let wrong = service.with_amount("further-copies", "answers.copies - 9").unwrap();
    let three = answers(json!({"for-whom": "myself", "copies": 3, "displaced": false, "use": "home"}));
    assert!(fees_owed(&wrong, &three, &sure).is_err());
    let Judgement::Officer { open } = judge(&wrong, &three, &sure) else { panic!("not to an officer") };
    assert_eq!(open.iter().map(|question| question.rule.as_str()).collect::<Vec<_>>(), ["fee"]);
    assert!(open[0].basis.starts_with("Fee schedule"), "{open:?}");
    let steps: Vec<&str> = steps_for(&wrong, &three, &sure).steps.iter().map(|s| s.key.as_str()).collect();
    assert!(steps.contains(&"decide"), "{steps:?}");
}

#[test]
fn someone_without_a_right_is_told_after_the_first_question() {
    let service = birth_certificate();
    let given = answers(json!({ "for-whom": "someone-else" }));
    assert_eq!(turned_away(&service, &Answers::new(), &facts()), None);
    assert_eq!(turned_away(&service, &answers(json!({ "for-whom": "my-child" })), &facts()), None);
    assert_eq!(turned_away(&service, &given, &facts()).unwrap().len(), 5);
    assert!(matches!(judge(&service, &given, &facts()), Judgement::NotEntitled { .. }));
}

#[test]
fn evidence_is_asked_for_only_when_it_is_needed() {
    let service = birth_certificate();
    let keys = |value: Value| -> Vec<String> {
        let mut found = facts();
        found.entry.found = true;
        evidence_needed(&service, &answers(value), &found)
            .iter()
            .map(|(evidence, _)| evidence.key.clone())
            .collect()
    };
    assert_eq!(keys(json!({ "for-whom": "my-ward" })), ["court-order"]);
    assert!(keys(json!({ "for-whom": "myself" })).is_empty());
}

#[test]
fn a_condition_or_an_amount_is_tried_without_compiling_the_folder_again() {
    let service = birth_certificate();
    let mut given = answers(json!({"for-whom": "myself", "copies": 3, "displaced": false}));
    given.insert("use".to_owned(), json!("abroad"));
    let mut known = facts();
    known.applicant.proven = true;
    known.entry.found = true;
    known.entry.verified = true;
    let dearer = service.with_amount("further-copies", "answers.copies * 500").unwrap();
    assert_eq!(fees_owed(&service, &given, &known).unwrap().total.minor_units, 4_000);
    assert_eq!(fees_owed(&dearer, &given, &known).unwrap().total.minor_units, 3_000);
    let stricter = service.with_condition("protected", "answers.copies > 2").unwrap();
    let open = |service: &Service| match judge(service, &given, &known) {
        Judgement::Officer { open } => open.iter().any(|open| open.rule == "protected"),
        _ => false,
    };
    assert!(open(&stricter) && !open(&service));
    let wrong = service.with_condition("protected", "entry.found &&\n answers.copys > 1").unwrap_err();
    assert_eq!((wrong[0].line, wrong[0].code), (2, "rule/type"), "{wrong:?}");
    assert!(service.with_amount("further-copies", "entry.found").is_err(), "an amount is a number");
}

#[test]
fn a_few_questions_decide_what_must_be_brought() {
    let service = birth_certificate();
    let keys: Vec<&str> = deciding(&service).iter().map(|question| question.key.as_str()).collect();
    // What names somebody, and what decides nothing before an officer looks, is not asked.
    assert_eq!(keys, ["for-whom", "copies", "displaced"]);
    let shown = |given: Value| {
        let given = kept(&service, &answers(given), &facts());
        let ready = prepare(&service, &given, &facts());
        let evidence: Vec<String> = ready.evidence.iter().map(|one| one.key.clone()).collect();
        let total = ready.bill.map(|bill| bill.total.minor_units);
        (evidence, total, ready.is_open, ready.turned_away)
    };
    let own = shown(json!({"for-whom": "myself", "copies": 1}));
    assert_eq!(own, (vec!["trace".to_owned()], Some(0), false, false));
    let ward = shown(json!({"for-whom": "my-ward", "copies": 3, "displaced": false}));
    assert_eq!(ward, (vec!["court-order".to_owned(), "trace".to_owned()], Some(4_000), false, false));
    let waived = shown(json!({"for-whom": "my-ward", "copies": 3, "displaced": true}));
    assert_eq!(waived.1, Some(0));
    // Whether they are displaced is asked only of whom it changes something for.
    let open = shown(json!({"for-whom": "myself", "copies": 3}));
    assert_eq!((open.1, open.2), (None, true));
    assert!(shown(json!({"for-whom": "someone-else", "copies": 1})).3, "nobody gives them a right");
    // What does not fit, or is not asked of them, does not count.
    let told = json!({"for-whom": "myself", "copies": 1, "displaced": true, "holder-name": "Dara"});
    let counted = kept(&service, &answers(told), &facts());
    assert_eq!(counted.keys().collect::<Vec<_>>(), ["copies", "for-whom"]);
}
