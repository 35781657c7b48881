//! `docs/services.md` cannot lie: its example service is compiled, and its
//! lists are compared with the program's.

use crate::folders::{report, root, service};
use diwan_domain::numbers::IdentityKind;
use diwan_domain::services::{
    Actor, Audience, Fields, Folder, JUDGEMENTS, Late, LifeEvent, Piece, QuestionKind, RegisterKind,
    Relation, Source, StepKind, check, entry_fields,
};
use jiff::civil::date;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

fn page() -> String {
    fs::read_to_string(root().join("docs/services.md")).unwrap()
}

fn residence_letter() -> Folder {
    example("residence-letter")
}

/// Every fenced block whose first line names a file of an example.
fn example(folder: &str) -> Folder {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let page = page();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let named = line.strip_prefix("```").and_then(|info| info.split_once(' '));
        let Some(name) = named.and_then(|(_, file)| file.strip_prefix(&format!("{folder}/"))) else {
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        files.insert(name.to_owned(), (body.join("\n") + "\n").into_bytes());
    }
    Folder::new(folder, files)
}

#[test]
fn the_example_of_the_page_is_publishable_without_a_warning() {
    let folder = residence_letter();
    assert_eq!(folder.files.len(), 7, "{:?}", folder.files.keys());
    assert_eq!(report(&check(&folder, None)), "");
}

#[test]
fn the_declaring_example_of_the_page_is_publishable() {
    let folder = example("news-of-a-birth");
    assert_eq!(folder.files.len(), 3, "{:?}", folder.files.keys());
    let checked = check(&folder, None);
    assert_eq!(report(&checked), "");
    assert!(checked.service.unwrap().declares.is_some());
}

#[test]
fn a_repeated_group_is_read_from_its_numbered_fields() {
    let service = service(&residence_letter());
    let household = service.question("household").unwrap();
    let fields: Fields = [
        ("household-1-member-name-given", "سارا"),
        ("household-1-member-born-year", "١٩٩١"),
        ("household-3-member-name-given", "Dana"),
        ("household-3-member-born-year", "1988"),
    ]
    .map(|(name, value)| (name.to_owned(), vec![value.to_owned()]))
    .into();
    let value = household.read(&fields, date(2027, 2, 1)).unwrap();
    assert_eq!(
        value,
        json!([
            { "member-name": { "given": "سارا" }, "member-born": "1991" },
            { "member-name": { "given": "Dana" }, "member-born": "1988" },
        ])
    );
    assert!(
        matches!(household.show(&value).as_slice(), [Piece::Items(first), Piece::Items(_)] if first.len() == 2)
    );
    assert_eq!(household.read(&household.typed(&value), date(2027, 2, 1)), Ok(value));
    let faults = household.read(&Fields::new(), date(2027, 2, 1)).unwrap_err();
    assert_eq!(
        (faults[0].field.as_str(), faults[0].code),
        ("household-1-member-name-given", "answer/missing")
    );
}

#[test]
fn every_word_of_a_closed_list_stands_in_the_page() {
    let page = page();
    let mut words: Vec<&str> = [
        QuestionKind::CODES,
        StepKind::CODES,
        Late::CODES,
        Audience::CODES,
        LifeEvent::CODES,
        RegisterKind::CODES,
        &JUDGEMENTS,
    ]
    .concat();
    words.extend(Actor::codes());
    words.extend(Relation::ALL.map(Relation::code));
    words.extend(Source::ALL.map(Source::code));
    words.extend(IdentityKind::ALL.map(IdentityKind::code));
    words.extend(RegisterKind::ALL.iter().flat_map(|kind| entry_fields(Some(*kind))));
    let missing: Vec<&str> = words.into_iter().filter(|word| !page.contains(&format!("`{word}`"))).collect();
    assert!(missing.is_empty(), "docs/services.md does not tell of {missing:?}");
}

/// Codes as they stand in the program's text: `"service/unknown-key"`.
fn codes_in(folder: &str, only: &[&str], areas: &[&str]) -> BTreeSet<String> {
    let place = root().join("crates/domain/src").join(folder);
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        let named =
            path.file_name().is_some_and(|name| only.is_empty() || only.iter().any(|only| name == *only));
        if !named || path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let program = text.split("#[cfg(test)]").next().unwrap();
        for quoted in program.split('"').skip(1).step_by(2) {
            let is_code =
                |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            if quoted.split_once('/').is_some_and(|(area, rest)| areas.contains(&area) && is_code(rest)) {
                found.insert(quoted.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_diagnostic_and_every_fault_stands_in_the_page() {
    let page = page();
    let mut codes = codes_in("services", &[], &["toml", "service", "rule", "words", "examples"]);
    let answers = [
        "answer",
        "name",
        "text",
        "date",
        "number",
        "choice",
        "yes-no",
        "contact",
        "phone",
        "email",
        "identity-number",
        "address",
        "person",
        "file",
        "group",
    ];
    codes.extend(codes_in("services", &[], &answers));
    codes.extend(codes_in(".", &["dates.rs", "uploads.rs"], &answers));
    codes.extend(codes_in("names", &[], &answers));
    codes.extend(codes_in("numbers", &[], &answers));
    // Numbers of ours are no question kind; their faults belong to `numbers`.
    let ours = ["number/missing", "number/not-ours", "number/mistyped"];
    codes.retain(|code| !ours.contains(&code.as_str()) && code != "words/ckb");
    assert!(codes.len() > 90, "the search for codes is broken: {}", codes.len());
    let missing: Vec<&String> = codes.iter().filter(|code| !page.contains(&format!("`{code}`"))).collect();
    assert!(missing.is_empty(), "docs/services.md does not tell of {missing:?}");
}
