//! The wording is whole: every language has every message, none is unused, and
//! every code that a page can meet has its words.

use diwan_domain::cases::Phase;
use diwan_domain::civil::forms::{self, FieldKind};
use diwan_domain::civil::rules::Doubt;
use diwan_domain::civil::{EventKind, State, Step};
use diwan_domain::devices::{Condition, DeviceKind, DeviceStep, PrintKind, PrintState, Printer};
use diwan_domain::duplicates::{How, What};
use diwan_domain::numbers::NumberEnd;
use diwan_domain::people::{Channel, Permission, Role};
use diwan_domain::proxies::{Basis, Deed};
use diwan_domain::queue::measure::{GateKind, Side as MeasureSide, Verdict as GateVerdict};
use diwan_domain::refusals::Why;
use diwan_domain::statistics::{Side, Subject, UNKNOWN};
use diwan_office::units::{How as UnitHow, Standing};
use diwan_web::inside::messages_of;
use diwan_web::papers::{COUNTRIES, PLURALITIES};
use diwan_web::words::{Words, plain};
use fluent_syntax::ast::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn keys_of(language: &str) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for (file, data) in messages_of(language) {
        let text = String::from_utf8(data).unwrap();
        let parsed =
            fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
        for entry in parsed.body {
            if let Entry::Message(message) = entry {
                let shape = format!("{:?}", variables(&message));
                let twice = keys.insert(message.id.name.clone(), shape);
                assert!(twice.is_none(), "{file}: {} stands twice", message.id.name);
            }
        }
    }
    keys
}

/// The variables a message mentions, in any of its variants.
fn variables(message: &fluent_syntax::ast::Message<String>) -> BTreeSet<String> {
    let text = format!("{message:?}");
    text.split("VariableReference { id: Identifier { name: \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect()
}

/// Pages, templates and adapters, as text.
fn sources() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for folder in ["src", "templates", "../server/src"] {
        gather(&root.join(folder), &mut text);
    }
    text
}

fn gather(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, text);
        } else {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The same of kiosks and what they print.
fn add_kiosk(add: &mut impl FnMut(&str, &[&str])) {
    add("kiosk-comfort-", &["contrast", "low", "slow"]);
    add("kiosk-note-wrong-", &["about", "words", "phone"]);
    let printers: Vec<&str> = Printer::ALL.iter().map(|printer| printer.code()).collect();
    add("kiosk-cannot-", &printers);
    add("printer-kind-", &printers);
    add("printer-", &Condition::ALL.iter().map(|how| how.code()).collect::<Vec<_>>());
    add("kiosk-print-", &PrintKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>());
    let states: Vec<&str> = PrintState::ALL.iter().map(|state| state.code()).collect();
    add("print-state-", &states);
    add("kiosk-printing-", &states);
    add("kiosk-printing-", &["stuck"]);
    add("print-do-", &["printed", "again", "drop"]);
    let steps: Vec<&str> = DeviceStep::ALL.iter().map(|step| step.code()).collect();
    add("device-do-", &steps);
    add("device-do-lead-", &steps);
}

/// The same of what papers print: codes of entries, and dates in words.
fn add_papers(add: &mut impl FnMut(&str, &[&str])) {
    add("paper-plurality-", &PLURALITIES);
    let countries: Vec<String> = COUNTRIES.iter().map(|code| code.to_ascii_lowercase()).collect();
    add("paper-country-", &countries.iter().map(String::as_str).collect::<Vec<_>>());
    let mut counted = |prefix: &str, numbers: Vec<u16>| {
        let codes: Vec<String> = numbers.iter().map(u16::to_string).collect();
        add(prefix, &codes.iter().map(String::as_str).collect::<Vec<_>>());
    };
    counted("day-in-words-", (1..=31).collect());
    counted("month-in-words-", (1..=12).collect());
    let tens = (1..10).map(|tens| tens * 10).skip(1);
    let hundreds = (1..10).map(|hundreds| hundreds * 100);
    counted("number-in-words-", (1..20).chain(tens).chain(hundreds).chain([1000, 2000]).collect());
}

/// Messages whose key is put together from a prefix and a code.
fn put_together() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut add = |prefix: &str, codes: &[&str]| {
        keys.extend(codes.iter().map(|code| format!("{prefix}{}", code.replace(['/', '.'], "-"))));
    };
    let phases: Vec<&str> = Phase::ALL.iter().map(|phase| phase.code()).collect();
    add("phase-", &phases);
    let standings: Vec<&str> = phases
        .iter()
        .copied()
        .filter(|phase| !matches!(*phase, "draft" | "in-progress"))
        .chain(["prove-identity", "pay", "with-office", "settled", "entry-revoked"])
        .collect();
    add("status-", &standings);
    add("next-", &standings);
    let refusals: Vec<&str> = Why::ALL.iter().map(|why| why.code()).chain(["request/failed"]).collect();
    add("refusal-", &refusals);
    add("refusal-help-", &refusals);
    add("scope-", &Permission::ALL.iter().map(|permission| permission.code()).collect::<Vec<_>>());
    add("role-", &Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>());
    let channels = [
        Channel::Online,
        Channel::Kiosk,
        Channel::Counter,
        Channel::Mobile,
        Channel::Api,
        Channel::Paper,
        Channel::Telephone,
        Channel::System,
    ];
    add("channel-", &channels.map(Channel::code));
    let templates: Vec<&str> =
        diwan_office::messages::Template::ALL.iter().map(|template| template.code()).collect();
    add("message-", &templates);
    add("message-name-", &templates);
    add("case-declaration-", &["revoked"]);
    add("case-declaration-", &State::ALL.iter().map(|state| state.code()).collect::<Vec<_>>());
    add(
        "verdict-",
        &[
            "genuine",
            "revoked",
            "replaced",
            "corrected",
            "outdated",
            "expired",
            "training",
            "doubted",
            "waiting",
            "aside",
        ],
    );
    add("verdict-file-", &["unknown", "broken", "not-sealed"]);
    add("verify-file-", &["same", "sealed", "broken", "not-sealed"]);
    add("look-why-", &diwan_office::civil::reasons::REASONS);
    add("unit-state-", &Standing::ALL.map(Standing::code));
    add("unit-conflict-", &UnitHow::ALL.map(UnitHow::code));
    add("unit-why-", &diwan_web::desk::units::WHYS);
    add("delivery-state-", &["waiting", "delivered", "failed"]);
    add("task-", &["not-started", "in-progress", "done", "cannot-start-yet"]);
    add("officer-state-", &["active", "invited", "on-leave", "ended"]);
    add("end-document-", &["revoke", "replace"]);
    add("bulk-state-", &["seen", "waiting", "running", "stopped", "done", "discarded"]);
    add("bulk-fee-", &["as-owed", "exempt"]);
    add("bulk-fee-hint-", &["as-owed", "exempt"]);
    add("bulk-missing-", &["institution", "basis", "fee", "people", "from", "until"]);
    add("bulk-kind-", &["person", "family"]);
    add("ledgers-check-", &["differs", "missing", "not-there"]);
    add("ledgers-check-outcome-", &diwan_office::civil::books::ledgers::OUTCOMES);
    add("choose-status-", &["married", "waiting", "divorced", "widowed"]);
    add_papers(&mut add);
    add("sort-", &["due", "number", "touched"]);
    add("open-", &["search", "not-entitled", "decision", "unprintable", "fee", "entry-revoked"]);
    let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.code()).collect();
    add("event-", &kinds);
    add(
        "entry-",
        &kinds
            .iter()
            .map(|kind| format!("{kind}-registered"))
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
    );
    add("entry-entry-", &["corrected", "revoked", "reinstated"]);
    add("state-", &State::ALL.iter().map(|state| state.code()).collect::<Vec<_>>());
    add("step-", &Step::ALL.iter().map(|step| step.code()).collect::<Vec<_>>());
    add("divorce-state-", &["pending", "waiting", "revocable", "final"]);
    add("doubt-", &Doubt::ALL.iter().map(|doubt| doubt.code()).collect::<Vec<_>>());
    add("rules-", &["in-force", "to-come", "over", "added", "removed", "changed"]);
    let said = ["key", "events", "since", "until", "areas", "basis", "competent", "declarants", "limit"];
    add("rules-field-", &said);
    add("rules-field-", &["late-needs", "late-fee", "least-age", "reviewed", "waiting"]);
    add("number-end-", &NumberEnd::ALL.iter().map(|why| why.code()).collect::<Vec<_>>());
    add("register-what-", &["correct", "revoke", "reinstate"]);
    add("register-ground-", &["court", "office-order"]);
    let compared: Vec<&str> = What::ALL.iter().map(|what| what.code()).collect();
    add("alike-what-", &compared);
    let ways: Vec<&str> = How::ALL.iter().map(|how| how.code()).collect();
    add("alike-how-", &ways);
    let tables: Vec<&str> = Subject::ALL.iter().map(|subject| subject.code()).collect();
    add("stat-", &tables);
    for subject in Subject::ALL {
        for side in [subject.sides().0, subject.sides().1] {
            let known = side.values().iter().copied().filter(|value| *value != UNKNOWN);
            let prefix = match side {
                Side::Month => "stat-month-",
                Side::Chapter => "stat-chapter-",
                Side::CauseGroup => "stat-group-",
                _ => continue,
            };
            add(prefix, &known.collect::<Vec<_>>());
        }
    }
    let sides = [
        "age",
        "sex",
        "month",
        "place",
        "attendant",
        "weight",
        "chapter",
        "cause-group",
        "infant",
        "duration",
        "divorce-kind",
        "event",
        "waiting",
    ];
    add("stat-side-", &sides);
    add("stat-rate-", &["births", "deaths", "marriages", "divorces", "infant-deaths", "stillbirths", "boys"]);
    add("kin-", &diwan_office::civil::Kin::ALL.map(diwan_office::civil::Kin::code));
    add("alike-act-", &["apart", "same-event", "same-person", "merge"]);
    add("alike-number-", &["one", "other"]);
    add("merge-state-", &["proposed", "merged", "refused", "parting", "parted"]);
    add("merge-act-", &["approve", "refuse", "part", "propose-parting"]);
    for kind in EventKind::ALL {
        add("section-", &forms::form(*kind).iter().map(|section| section.key).collect::<Vec<_>>());
        for field in forms::fields(*kind) {
            add("", &[&diwan_web::civil_words::label_key(field.key)]);
            if let FieldKind::Choice(offered) = field.kind {
                add("answer-", offered);
            }
        }
    }
    add("books-notice-", &diwan_web::book_words::NOTICES);
    add("books-file-", &diwan_web::book_words::FILES);
    add("books-state-", &diwan_web::book_words::STATES);
    add("fault-", &diwan_web::book_words::ROWS);
    add("ledgers-state-", &diwan_web::ledger_words::STATES);
    add("ledgers-count-", &diwan_web::ledger_words::COUNTS);
    add("ledgers-hand-", &diwan_web::ledger_words::PARTS);
    add("ledgers-all-", &["first", "second"]);
    let statuses = diwan_domain::civil::unions::Status::ALL.map(|status| status.code());
    add("marital-female-", &statuses);
    add("marital-male-", &statuses);
    let ties = diwan_domain::civil::family::Tie::ALL;
    let members = ties.map(|tie| ["female", "male", "unknown"].map(|sex| tie.word(sex)));
    add("member-", members.as_flattened());
    add("stars-", &["1", "2", "3", "4", "5"]);
    add("time-class-", &["1", "2", "3", "4", "5", "6"]);
    add("sex-", &["female", "male", "unknown"]);
    add("by-", &["stranger", "account", "officer", "device", "system"]);
    add("name-part-", &diwan_domain::names::PARTS);
    add("address-", &diwan_domain::services::ADDRESS_PARTS);
    add("date-part-", &["day", "month", "year"]);
    add("day-", &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
    of_visits(&mut add);
    keys
}

fn of_visits(add: &mut impl FnMut(&str, &[&str])) {
    use diwan_domain::queue::{HelpKind, HelpOutcome, HelpSource, JumpReason, Need, Notice, State, Step};
    add("help-kind-", &HelpKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>());
    add("help-where-", &HelpSource::ALL.iter().map(|source| source.code()).collect::<Vec<_>>());
    add("help-outcome-", &HelpOutcome::ALL.iter().map(|outcome| outcome.code()).collect::<Vec<_>>());
    let told: Vec<&str> = Notice::ALL.iter().map(|reason| reason.code()).collect();
    add("notice-", &told);
    add("notice-name-", &told);
    add("signed-record-", &["agrees", "differs", "not-yet"]);
    add("ticket-state-", &State::ALL.iter().map(|state| state.code()).collect::<Vec<_>>());
    let other = |step: &&Step| !matches!(step, Step::Call | Step::Jump | Step::Close);
    add("ticket-step-", &Step::ALL.iter().filter(other).map(|step| step.code()).collect::<Vec<_>>());
    add("ticket-wrong-", &["line", "people", "phone", "appointment", "days"]);
    let fits =
        ["no-slot", "not-released", "closed", "full", "twice", "person-has-enough", "phone-has-enough"];
    add("book-refused-", &fits);
    add("book-refused-", &["walk-in-only", "nothing-to-change"]);
    add("device-kind-", &DeviceKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>());
    add("appointment-standing-short-", &["open", "kept", "missed", "cancelled", "called-off"]);
    add("release-stands-", &["announced", "open", "closed", "placing", "done"]);
    add("release-entry-", &["waits", "given", "none-left"]);
    add("waiting-stands-", &["waiting", "offered", "taken", "left", "passed", "barred", "over", "off"]);
    add("waiting-do-", &["take", "leave"]);
    add("appointment-standing-", &["kept", "missed", "cancelled", "called-off"]);
    add_kiosk(add);
    add("measure-span-", &diwan_office::queue::Span::ALL.iter().map(|span| span.code()).collect::<Vec<_>>());
    add("measure-by-", &MeasureSide::TIMES.iter().map(|side| side.code()).collect::<Vec<_>>());
    add("measure-equal-by-", &MeasureSide::EQUAL.iter().map(|side| side.code()).collect::<Vec<_>>());
    add("measure-gate-", &GateKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>());
    add("measure-verdict-", &GateVerdict::ALL.iter().map(|verdict| verdict.code()).collect::<Vec<_>>());
    add("proxy-deed-", &Deed::ALL.iter().map(|deed| deed.code()).collect::<Vec<_>>());
    add("proxy-basis-", &Basis::ALL.iter().map(|basis| basis.code()).collect::<Vec<_>>());
    let wrong = ["number", "services", "deeds", "until", "basis", "basis-number", "witness"];
    add("proxy-wrong-", &wrong);
    add("telephone-wish-", &["reached", "not-reached"]);
    add("call-back-wrong-", &["reached", "score", "reasons", "money"]);
    add("visit-need-", &Need::ALL.iter().map(|need| need.code()).collect::<Vec<_>>());
    add("visit-score-", &["1", "2", "3", "4", "5"]);
    add("visit-reason-", diwan_office::queue::RateVisit::REASONS);
    add("jump-", &JumpReason::ALL.iter().map(|reason| reason.code()).collect::<Vec<_>>());
    add("day-finding-", diwan_domain::queue::record::FINDINGS);
    use diwan_domain::queue::party::{Given, KnownBy, May, Relation};
    use diwan_office::queue::{Happened, Presence, Ready, START_UP, Spent};
    add("visit-step-", &Happened::ALL.map(Happened::code));
    add("visit-spent-", &Spent::ALL.map(Spent::code));
    add("companion-by-", &KnownBy::ALL.iter().map(|one| one.code()).collect::<Vec<_>>());
    add("companion-is-", &Relation::ALL.iter().map(|one| one.code()).collect::<Vec<_>>());
    add("companion-may-", &May::ALL.iter().map(|one| one.code()).collect::<Vec<_>>());
    add("companion-given-", &Given::ALL.iter().map(|one| one.code()).collect::<Vec<_>>());
    add("duty-presence-", &Presence::ALL.map(Presence::code));
    add("start-up-", START_UP);
    add("start-up-mend-", START_UP);
    add("start-up-is-", &Ready::ALL.map(Ready::code));
    add("setup-fault-", diwan_domain::queue::setup::FAULTS);
    add("journal-of-", diwan_web::desk::journal::THINGS);
    for field in ["subject", "actor", "from", "until"] {
        add("journal-", &[field, &format!("{field}-hint")]);
    }
}

#[test]
fn every_language_has_every_message_with_the_same_variables() {
    let english = keys_of("en");
    for language in ["ckb", "ar", "kmr"] {
        let own = keys_of(language);
        let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
        let unknown: Vec<_> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(unknown.is_empty(), "{language} alone has {unknown:?}");
        for (key, variables) in &own {
            assert_eq!(variables, &english[key], "{language}: {key} mentions other things");
        }
    }
}

#[test]
fn no_message_is_unused_and_none_is_missing() {
    let english = keys_of("en");
    let sources = sources();
    let dynamic = put_together();
    let prefixes = ["entry-", "fault-", "identity-", "life-event-", "menu-", "shown-", "entry-field-"];
    let unused: Vec<_> = english
        .keys()
        .filter(|key| !sources.contains(&format!("\"{key}\"")))
        .filter(|key| !dynamic.contains(*key) && !prefixes.iter().any(|prefix| key.starts_with(prefix)))
        .collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
    let missing: Vec<_> = dynamic.iter().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
    for call in [".t(\"", ".with(\"", ".t1(\"", ".n1(\""] {
        for rest in sources.split(call).skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            let of_a_service = ["title", "summary", "document-title", "document-authority", "not-entitled"];
            let known = english.contains_key(key) || of_a_service.contains(&key);
            assert!(known, "a page says {key}, which has no words");
        }
    }
}

#[test]
fn every_act_that_is_journalled_has_its_words() {
    let english = keys_of("en");
    let office = Path::new(env!("CARGO_MANIFEST_DIR")).join("../office/src");
    let mut text = String::new();
    gather(&office, &mut text);
    let kinds: BTreeSet<&str> =
        text.split("Entry::new(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(kinds.len() > 40, "only {} kinds were found", kinds.len());
    let missing: Vec<_> =
        kinds.iter().filter(|kind| !english.contains_key(&format!("entry-{kind}"))).collect();
    assert!(missing.is_empty(), "without words: {missing:?}");
}

#[test]
fn the_derived_language_is_written_in_its_own_script() {
    let words = Words::load().unwrap();
    let derived = words.language("kmr-Arab").unwrap();
    assert!(derived.rtl);
    let text = derived.t("home-heading");
    assert!(text.chars().all(|c| !c.is_ascii_alphabetic()), "{text}");
}

#[test]
fn numbers_and_dates_are_written_as_readers_write_them() {
    let words = Words::load().unwrap();
    let day = jiff::civil::date(2026, 11, 22);
    assert_eq!(words.language("ckb").unwrap().date(day), "٢٢ی تشرینی دووەمی ٢٠٢٦");
    assert_eq!(words.language("ar").unwrap().date(day), "٢٢ تشرين الثاني ٢٠٢٦");
    assert_eq!(words.language("en").unwrap().date(day), "22 November 2026");
    assert_eq!(words.language("ckb").unwrap().number(1_234), "١٬٢٣٤");
}

#[test]
fn browsers_get_the_language_they_ask_for() {
    let words = Words::load().unwrap();
    for (header, code) in [
        ("ckb", "ckb"),
        ("en-GB,en;q=0.9", "en"),
        ("de, ar;q=0.5", "ar"),
        ("ku", "ckb"),
        ("", "ckb"),
        ("xx", "ckb"),
    ] {
        assert_eq!(words.best_for(Some(header)).code, code, "{header}");
    }
}

#[test]
fn a_service_that_lacks_the_readers_language_is_read_in_one_it_speaks() {
    let words = Words::load().unwrap();
    let folder = diwan_testkit::office::birth_certificate();
    let mut service = diwan_domain::services::check(&folder, None).service.unwrap();
    service.languages.retain(|code| code == "en");
    service.words.retain(|code, _| code == "en");
    let english = words.of_service(&words.language("en").unwrap(), &service).t("title");
    for code in ["ckb", "kmr-Arab"] {
        let read = words.of_service(&words.language(code).unwrap(), &service).t("title");
        assert_eq!(read, english, "{code}");
    }
}

/// A sentence gives what it mentions the direction of its first letter. A moment is a day
/// and a time, isolated both: without a letter of its own they would change places.
#[test]
fn a_moment_has_the_direction_of_its_language() {
    let words = Words::load().unwrap();
    for language in words.languages() {
        let moment = language.moment(1_795_327_200_000_000, 180);
        assert_eq!(moment.starts_with('\u{200f}'), language.rtl, "{}: {moment}", language.code);
        assert!(!plain(&moment).contains(['\u{200f}', '\u{2068}']));
    }
}
