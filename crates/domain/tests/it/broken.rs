//! Broken folders: each gives its diagnostic, at the right file and line.

use crate::folders::{from_disk, report};
use diwan_domain::services::{Folder, Severity, check};

/// Changes one text in one file of the birth certificate and expects a
/// finding where the changed text stands.
fn check_change(file: &str, from: &str, to: &str, at: &str, code: &str, said: &str) {
    check_change_in("birth-certificate", file, from, to, at, code, said);
}

fn check_change_in(name: &str, file: &str, from: &str, to: &str, at: &str, code: &str, said: &str) {
    let mut folder = from_disk(name);
    let text = folder.text(file).unwrap().to_owned();
    assert!(text.contains(from), "{file} has no {from}");
    let changed = text.replacen(from, to, 1);
    let (line, column) = place_of(&changed, at);
    folder.files.insert(file.to_owned(), changed.into_bytes());
    let checked = check(&folder, None);
    let found = checked.diagnostics.iter().any(|finding| {
        let whole = format!("{} {}", finding.message, finding.help.as_deref().unwrap_or(""));
        finding.file == file
            && finding.code == code
            && whole.contains(said)
            && (at.is_empty() || (finding.line, finding.column) == (line, column))
    });
    assert!(found, "expected {file}:{line}:{column} {code} {said}, found:\n{}", report(&checked));
    let stops = checked.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(checked.service.is_none(), stops);
}

fn place_of(text: &str, at: &str) -> (usize, usize) {
    let offset = text.find(at).unwrap_or_default();
    let before = &text[..offset];
    (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().chars().count() + 1)
}

const TOML: &str = "service.toml";

#[test]
fn the_definition_points_at_what_is_misspelt() {
    for (from, to, at, code, said) in [
        ("issuer     =", "isuer      =", "isuer      =", "service/unknown-key", "did you mean `issuer`"),
        ("issuer     =", "isuer      =", "", "service/missing-key", "has no `issuer`"),
        (
            "\"birth-certificate\"\nversion",
            "\"birth\"\nversion",
            "\"birth\"\nversion",
            "service/wrong-folder",
            "birth-certificate",
        ),
        ("version    = 1", "version    = \"one\"", "\"one\"", "service/wrong-type", "a whole number"),
        ("version    = 1", "version    = 0", "0\nsince", "service/out-of-range", "from 1"),
        ("since      = 2026-11-01", "since      = \"soon\"", "\"soon\"", "service/wrong-type", "a date"),
        (
            "kind      = \"choice\"",
            "kind      = \"chioce\"",
            "\"chioce\"",
            "service/unknown-word",
            "did you mean `choice`",
        ),
        (
            "languages  = [\"ckb\", \"ar\"",
            "languages  = [\"ckb\", \"arr\"",
            "\"arr\"",
            "service/unknown-word",
            "did you mean `ar`",
        ),
        (
            "group     = \"purpose\"",
            "group     = \"porpose\"",
            "\"porpose\"",
            "service/unknown-group",
            "did you mean `purpose`",
        ),
        ("key       = \"copies\"", "key       = \"use\"", "", "service/duplicate-key", "`use` stands twice"),
        (
            "key       = \"copies\"",
            "key       = \"Copies\"",
            "\"Copies\"",
            "service/bad-key",
            "small Latin letters",
        ),
        ("max       = 5", "max       = 0", "0\npictogram", "service/bounds", "at least `min`"),
        ("max       = 5\n", "", "", "service/unbounded", "no `max`"),
        (
            "max-files     = 4",
            "partly-known  = true",
            "true\nmax-megabytes",
            "service/key-of-other-kind",
            "belongs to: date",
        ),
        (
            "deadline = \"14 days\"",
            "deadline = \"a fortnight\"",
            "\"a fortnight\"",
            "service/bad-deadline",
            "2 working days",
        ),
        ("late     = \"expire\"\n", "", "", "service/deadline-without-end", "belong together"),
        (
            "skip     = \"fee == 0\"",
            "skip     = \"true\"",
            "\"true\"",
            "service/unreachable-step",
            "always skipped",
        ),
        (
            "kind     = \"pay\"\nrole     = \"applicant\"",
            "kind     = \"pay\"\nrole     = \"inspector\"",
            "",
            "service/wrong-role",
            "write one of: applicant",
        ),
        (
            "role     = \"registrar\"",
            "role     = \"registar\"",
            "\"registar\"",
            "service/unknown-word",
            "did you mean `registrar`",
        ),
        (
            "question = \"court-order\"",
            "question = \"court\"",
            "\"court\"\nbasis",
            "service/unknown-question",
            "court-order",
        ),
        (
            "from = \"entry.sex\"",
            "from = \"entry.sexx\"",
            "\"entry.sexx\"",
            "service/bad-print",
            "did you mean `sex`",
        ),
        ("[retention]", "[retention", "", "toml/syntax", ""),
        ("kind     = \"decide\"", "kind     = \"check\"", "", "service/no-decision", "decide"),
        ("kind     = \"search\"", "kind     = \"check\"", "", "service/no-search", "never ends a journey"),
        (
            "object = \"entry.protected\"",
            "basis2 = \"x\"",
            "",
            "service/rule-effect",
            "either objects or approves",
        ),
    ] {
        check_change(TOML, from, to, at, code, said);
    }
}

#[test]
fn conditions_are_typed_and_point_into_the_line() {
    for (from, to, at, said) in [
        (
            "answers.for_whom == 'my-ward'\"\nrequired",
            "answers.for_hom == 'my-ward'\"\nrequired",
            "answers.for_hom",
            "did you mean `for_whom`",
        ),
        (
            "answers.for_whom == 'my-ward'\"\nrequired",
            "answers.for-whom == 'my-ward'\"\nrequired",
            "answers.for-whom",
            "`-` is written `_`",
        ),
        (
            "answers.for_whom == 'my-ward'\"\nrequired",
            "answers.for_whom == 'my-word'\"\nrequired",
            "'my-word'\"\nrequired",
            "did you mean `my-ward`",
        ),
        (
            "answers.for_whom == 'my-ward'\"\nrequired",
            "answers.copies == 1\"\nrequired",
            "answers.copies == 1\"",
            "is asked later",
        ),
        (
            "answers.for_whom == 'my-ward'\"\nrequired",
            "entry.found\"\nrequired",
            "entry.found\"\nreq",
            "needs `register",
        ),
        ("\"entry.protected\"", "\"entry.protcted\"", "entry.protcted", "did you mean `protected`"),
        ("\"entry.protected\"", "\"protected\"", "protected\"\nbasis", "did you mean `entry.protected`"),
        ("\"entry.protected\"", "\"entry.candidates\"", "\"entry.candidates\"", "true or false is needed"),
        ("\"entry.protected\"", "\"entry.protected == 'yes'\"", "", "never equals"),
        (
            "\"entry.protected\"",
            "\"applicant.age > 70\"",
            "applicant.age > 70",
            "guard it: `has(applicant.age) && …`",
        ),
        (
            "\"entry.protected\"",
            "\"has(applicant.age) || applicant.age > 70\"",
            "applicant.age > 70\"",
            "may be unknown",
        ),
        (
            "\"entry.protected\"",
            "\"answers.birth_date.month == 7\"",
            "answers.birth_date.month",
            "partly known",
        ),
        ("\"entry.protected\"", "\"answers.email == 'x'\"", "answers.email", "may be unanswered"),
        ("\"entry.protected\"", "\"answers.holder_name == 'x'\"", "", "records cannot be compared"),
        (
            "\"entry.protected\"",
            "\"answers.copies / case.earlier_copies > 1\"",
            "case.earlier_copies > 1\"",
            "may be zero",
        ),
        ("\"entry.protected\"", "\"relation in ['self', 'parrent']\"", "'parrent'", "did you mean `parent`"),
        ("\"entry.protected\"", "\"fee > 0\"", "fee > 0\"", "only in a step's `skip`"),
        ("\"entry.protected\"", "\"evidence[0].source == 'upload'\"", "", "cannot be taken by number"),
        ("\"entry.protected\"", "\"now() > 3\"", "", "no function `now`"),
        ("\"entry.protected\"", "\"1.5 > 1.0\"", "1.5", "whole numbers"),
        (
            "\"entry.protected\"",
            "\"evidence.all(a, evidence.all(b, evidence.all(c, true)))\"",
            "",
            "at most twice",
        ),
        ("\"entry.protected\"", "\"answers.phone.matches('[')\"", "", "not a regular expression"),
        ("\"relation == 'self'\"", "\"relation == 'selv'\"", "'selv'", "did you mean `self`"),
        ("answers.copies - 1\"", "'one'\"", "'one'", "one side gives"),
    ] {
        check_change(TOML, from, to, at, "rule/type", said);
    }
    check_change(TOML, "\"entry.protected\"", "\"entry.protected &&\"", "", "rule/syntax", "cannot be read");
    check_change(TOML, "\"entry.protected\"", "\"(entry.protected\"", "", "rule/syntax", "cannot be read");
}

#[test]
fn guards_that_hold_are_accepted() {
    for condition in [
        "has(applicant.age) && applicant.age >= 70",
        "!has(applicant.age) || applicant.age >= 70",
        "has(applicant.age) ? applicant.age < 18 : false",
        "has(answers.birth_date.month) && answers.birth_date.month == 7",
        "has(answers.court_order) && answers.court_order.exists(f, f.bytes > 100)",
        "case.earlier_copies > 0 && answers.copies / case.earlier_copies > 1",
        "!(case.earlier_copies == 0) && answers.copies % case.earlier_copies == 1",
        "has(answers.mother_name) && has(answers.mother_name.father) && answers.mother_name.father.startsWith('A')",
        "evidence.exists(a, evidence.exists(b, a.key == b.key && a.source == 'paper'))",
        "'ckb' in answers.document_languages || size(answers.document_languages) > 2",
        "answers.birth_place == answers.birth_place ? true : true",
    ] {
        let mut folder = from_disk("birth-certificate");
        let text = folder.text(TOML).unwrap().replacen("\"entry.protected\"", &format!("\"{condition}\""), 1);
        folder.files.insert(TOML.to_owned(), text.into_bytes());
        let checked = check(&folder, None);
        let typed: Vec<_> =
            checked.diagnostics.iter().filter(|finding| finding.code.starts_with("rule/")).collect();
        let records = condition.contains("answers.birth_place ==");
        assert_eq!(typed.is_empty(), !records, "{condition}: {}", report(&checked));
    }
}

#[test]
fn words_are_demanded_in_every_language() {
    for (file, from, to, at, code, said) in [
        (
            "words/ar.ftl",
            "question-copies =",
            "question-copis =",
            "question-copis",
            "words/unused",
            "did you mean `question-copies`",
        ),
        (
            "words/ar.ftl",
            "question-copies =",
            "question-copis =",
            "",
            "words/missing",
            "no `question-copies`",
        ),
        ("words/ckb.ftl", "question-copies-hint =", "# ", "", "words/missing", "question-copies-hint"),
        ("words/kmr.ftl", "{ $min }", "{ $least }", "least }", "words/unknown-variable", "$min, $max"),
        (
            "words/en.ftl",
            "title = Birth certificate",
            "title = { brand } certificate",
            "brand }",
            "words/unknown-reference",
            "brand",
        ),
        (
            "words/en.ftl",
            "title = Birth certificate",
            "title Birth certificate",
            "",
            "words/syntax",
            "key = words",
        ),
        (
            "words/en.ftl",
            "title = Birth certificate",
            "title = Birth certificate\ntitle = Again",
            "title = Again",
            "words/twice",
            "twice",
        ),
        (
            "words/kmr.ftl",
            "Nasnameya xwe bide selmandin",
            "Show who you are",
            "step-prove-identity =",
            "words/untranslated",
            "translate",
        ),
    ] {
        check_change(file, from, to, at, code, said);
    }
    let mut folder = from_disk("birth-certificate");
    folder.files.remove("words/kmr.ftl");
    assert!(report(&check(&folder, None)).contains("words/no-file"));
    folder.files.insert("words/fr.ftl".to_owned(), b"title = Acte".to_vec());
    assert!(report(&check(&folder, None)).contains("words/unknown-language"));
}

#[test]
fn an_override_file_for_derived_kurmanji_needs_no_message() {
    let mut folder = from_disk("birth-certificate");
    folder.files.insert("words/kmr-Arab.ftl".to_owned(), "title = باوەرنامەیا ژدایکبوونێ\n".into());
    assert_eq!(report(&check(&folder, None)), "");
}

#[test]
fn examples_that_no_longer_hold_point_at_the_line() {
    let own = "examples/own-first-copy.toml";
    for (from, to, at, code, said) in [
        ("fee       = 0", "fee       = 2000", "2000", "examples/fee", "the fee is 0"),
        ("\"by-rule\"", "\"officer\"", "\"officer\"", "examples/judgement", "`own-or-childs-entry` approves"),
        ("rule      = \"own-or", "rule      = \"not-or", "\"not-or", "examples/rule", "own-or-childs-entry"),
        (
            "[\"issue\"]",
            "[\"pay\", \"issue\"]",
            "[\"pay\", \"issue\"]",
            "examples/differs",
            "the steps are issue",
        ),
        (
            "copies             = 1",
            "copies             = 9",
            "",
            "examples/fault",
            "copies: number/too-large",
        ),
        (
            "copies             = 1",
            "copis              = 1",
            "copis ",
            "examples/unknown-question",
            "did you mean `copies`",
        ),
        ("phone              = \"0750 445 1234\"\n", "", "", "examples/unanswered", "phone"),
        (
            "not-asked = [\"court-order\"",
            "not-asked = [\"copies\"",
            "\"copies\", \"displaced\"]",
            "examples/asked",
            "is asked",
        ),
        ("mother   = \"هێڤین", "mother   = \"هەتاو", "\"هەتاو", "examples/printed", "prints"),
        ("age       = 28", "old       = 28", "old  ", "service/unknown-key", "age"),
        ("found    = true", "found    = \"yes\"", "\"yes\"", "service/wrong-type", "`true` or `false`"),
    ] {
        check_change(own, from, to, at, code, said);
    }
}

#[test]
fn a_changed_rule_is_caught_by_the_examples() {
    let mut folder = from_disk("birth-certificate");
    let text = folder.text(TOML).unwrap().replacen("amount   = 2000", "amount   = 3000", 1);
    folder.files.insert(TOML.to_owned(), text.into_bytes());
    assert!(report(&check(&folder, None)).contains("examples/childs-three-copies.toml"));
}

#[test]
fn a_folder_without_its_parts_says_which() {
    let empty = Folder::new("empty", Vec::<(String, Vec<u8>)>::new());
    assert!(report(&check(&empty, None)).contains("service/no-definition"));
    for (file, code) in [("document.typ", "service/no-layout"), ("examples/", "examples/none")] {
        let mut folder = from_disk("birth-certificate");
        folder.files.retain(|name, _| !name.starts_with(file));
        assert!(report(&check(&folder, None)).contains(code), "{file}");
    }
    let mut folder = from_disk("birth-certificate");
    folder.files.insert("notes.docx".to_owned(), vec![0xFF]);
    assert!(report(&check(&folder, None)).contains("service/unknown-file"));
    folder.files.insert("words/en.ftl".to_owned(), vec![0xFF, 0xFE]);
    assert!(report(&check(&folder, None)).contains("words/not-text"));
}

#[test]
fn a_finding_is_drawn_with_its_line_and_how_to_mend_it() {
    let mut folder = from_disk("birth-certificate");
    let text = folder.text(TOML).unwrap().replacen("entry.protected\"", "entry.protcted\"", 1);
    folder.files.insert(TOML.to_owned(), text.into_bytes());
    let finding =
        check(&folder, None).diagnostics.into_iter().find(|finding| finding.code == "rule/type").unwrap();
    let mut drawn = String::new();
    miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor())
        .render_report(&mut drawn, &finding)
        .unwrap();
    for part in
        ["birth-certificate/service.toml:208:11", "object = \"entry.protcted\"", "did you mean `protected`?"]
    {
        assert!(drawn.contains(part), "{drawn}");
    }
}

#[test]
fn a_question_to_another_register_is_checked_where_it_stands() {
    let lookup = |from: &str, to: &str, at: &str, code: &str, said: &str| {
        check_change_in("delivery-driver", TOML, from, to, at, code, said);
    };
    let path = "/v1/licences/{licence-number}";
    for (to, code, said) in [
        ("/v1/licences/{licence-nummer}", "lookup/path", "did you mean `licence-number`"),
        ("/v1/licences/{phone}", "lookup/path", "cannot stand in a path"),
        ("/v1/licences/{licence-number", "lookup/path", "not closed"),
        ("v1/licences/{licence-number}", "lookup/path", "one slash"),
        ("/v1/lic ences/{licence-number}", "lookup/path", "cannot stand in an address"),
    ] {
        lookup(path, to, &format!("\"{to}\""), code, said);
    }
    lookup(
        "register = \"traffic\"",
        "register = \"Traffic!\"",
        "\"Traffic!\"",
        "lookup/register",
        "small Latin",
    );
    lookup("{ status = \"valid\" }", "{ status = [\"valid\"] }", "[\"valid\"]", "lookup/holds", "list");
    lookup(", holds = { status = \"valid\" }", "", "{ register", "service/missing-key", "has no `holds`");
    lookup("holds =", "hold =", "hold =", "service/unknown-key", "holds");
    lookup(
        "sources = [\"register\", \"paper\"]",
        "sources = [\"paper\"]",
        "",
        "lookup/source",
        "add `register`",
    );
}

#[test]
fn a_list_says_which_of_its_columns_are_printed() {
    let columns = "columns = [\"relation\", \"name\", \"sex\", \"born-on\", \"birth-place\", \"marital-status\", \"died-on\"]\n";
    let members = "from    = \"entry.members\"\n";
    let change = |from: &str, to: &str, at: &str, said: &str| {
        check_change_in("family-extract", TOML, from, to, at, "service/bad-print", said);
    };
    change(columns, "columns = [\"name\", \"faith\"]\n", "\"faith\"", "no column `faith`");
    change(columns, "", "", "of: relation, name, sex");
    change(members, "from    = \"entry.name\"\n", "[\"relation\"", "only a list has columns");
    check_change_in(
        "death-certificate",
        TOML,
        "\"entry.died-on\"",
        "\"entry.cause\"",
        "\"entry.cause\"",
        "service/bad-print",
        "has no `cause`",
    );
    for (from, to, said) in [
        ("beside   = \"sex\"", "beside   = \"sexx\"", "did you mean `sex`"),
        // What stands in another's row holds none itself, and a row stands above.
        ("beside   = \"birth-place\"", "beside   = \"plurality\"", "no row `plurality`"),
        ("beside   = \"sex\"", "beside   = \"mother\"", "no row `mother`"),
    ] {
        check_change_in("birth-certificate", TOML, from, to, "", "service/bad-print", said);
    }
    let layout = "layout    = \"certificate\"";
    let unknown = "layout    = \"poster\"";
    check_change_in(
        "family-extract",
        TOML,
        layout,
        unknown,
        "\"poster\"",
        "service/unknown-word",
        "certificate",
    );
}

#[test]
fn what_is_declared_fits_the_registers_form() {
    for (from, to, at, code, said) in [
        (
            "\"child.sex\"       =",
            "\"child.sexx\"      =",
            "\"child.sexx\"",
            "declares/field",
            "did you mean `child.sex`",
        ),
        (
            "sex\"       = \"child-sex\"",
            "sex\"       = \"chidl-sex\"",
            "\"chidl-sex\"",
            "declares/question",
            "did you mean `child-sex`",
        ),
        ("sex\"       = \"child-sex\"", "sex\"       = \"born-on\"", "", "declares/kind", "`choice`"),
        (
            "= \"place-kind\"\n\"facility\"",
            "= { always = \"barn\" }\n\"facility\"",
            "{ always = \"barn\" }",
            "declares/options",
            "hospital",
        ),
        (
            "[\"hospital\", \"home\", \"other\"]",
            "[\"hospital\", \"home\", \"other\", \"barn\"]",
            "",
            "declares/options",
            "no option `barn`",
        ),
        (
            "leave-out = [\"someone-else\"]",
            "leave-out = [\"nobody\"]",
            "",
            "declares/options",
            "no option `nobody`",
        ),
        (
            "{ question = \"who\", leave-out = [\"someone-else\"] }",
            "\"who\"",
            "",
            "declares/options",
            "someone-else",
        ),
        (
            "max   = 120\nask   = \"answers.place_kind",
            "max   = 500\nask   = \"answers.place_kind",
            "",
            "declares/options",
            "max = 120",
        ),
        ("max   = 9", "max   = 12", "", "declares/options", "between 1 and 9"),
        (
            "when      = \"past\"\npictogram = \"calendar\"\n\n[[question]]\nkey       = \"place-kind\"",
            "pictogram = \"calendar\"\n\n[[question]]\nkey       = \"place-kind\"",
            "",
            "declares/options",
            "when = \"past\"",
        ),
        (
            "\"facility\"        = \"facility\"",
            "\"facility\"        = \"child-name\"",
            "",
            "declares/kind",
            "`text`",
        ),
        (
            "\"declarant.as\"    = { question = \"who\", leave-out = [\"someone-else\"] }\n",
            "",
            "",
            "declares/no-declarant",
            "declarant.as",
        ),
        (
            "mother = \"answers.who",
            "mothre = \"answers.who",
            "mothre",
            "declares/role",
            "did you mean `mother`",
        ),
        (
            "refused   = \"not-registrable\"",
            "refused   = \"not-registrabel\"",
            "\"not-registrabel\"",
            "declares/reason",
            "did you mean `not-registrable`",
        ),
        (
            "event     = \"birth\"",
            "event     = \"brith\"",
            "\"brith\"",
            "service/unknown-word",
            "write one of: birth",
        ),
        (
            "kind     = \"register\"\nrole     = \"registrar\"",
            "kind     = \"decide\"\nrole     = \"registrar\"",
            "",
            "service/two-deciders",
            "decided by the register",
        ),
        (
            "kind     = \"register\"\nrole     = \"registrar\"",
            "kind     = \"check\"\nrole     = \"registrar\"",
            "",
            "service/no-register",
            "belong together",
        ),
        ("kind     = \"pay\"", "kind     = \"prove-identity\"", "", "service/no-payment", "late declaration"),
    ] {
        check_change_in("declare-birth", TOML, from, to, at, code, said);
    }
    let late =
        ("declaration.late", "declaration.late", "declaration.late", "rule/type", "needs `[declares]`");
    let object = "object = \"!applicant.proven\"";
    check_change(TOML, object, "object = \"declaration.late\"", late.2, late.3, late.4);
}
