//! The staircase of crates: nobody reaches up or past a neighbour.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const MAY: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("documents", &["domain"]),
    ("office", &["domain", "store", "documents"]),
    ("web", &["domain", "office"]),
    ("demo", &["domain", "office", "web"]),
    ("server", &["domain", "store", "documents", "office", "web", "demo"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below a folder of the repository, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let (mut folders, mut found) = (vec![root().join(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "nothing is looked at");
    found
}

#[test]
fn no_crate_depends_on_one_it_may_not_know() {
    for (name, allowed) in MAY {
        let text = std::fs::read_to_string(root().join(format!("crates/{name}/Cargo.toml"))).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let known =
            table.get("dependencies").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
        for dependency in known.filter_map(|key| key.strip_prefix("diwan-")) {
            assert!(allowed.contains(&dependency), "{name} depends on {dependency}");
        }
    }
}

#[test]
fn pages_name_no_table_and_no_engine() {
    let mut found = Vec::new();
    for (path, text) in ["crates/web/src", "crates/domain/src"].into_iter().flat_map(sources) {
        let plain = text.to_lowercase();
        for word in [
            "insert into ",
            "update cases",
            "delete from ",
            " from cases",
            "rusqlite",
            "tokio_postgres",
            "sqlite",
        ] {
            if plain.contains(word) {
                found.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

/// The crate is not built for tests (`test = false`): a test inside it would never run.
#[test]
fn no_test_stands_where_none_is_run() {
    let is_test =
        |text: &str| ["cfg(test)", "#[test]", "#[tokio::test"].iter().any(|mark| text.contains(mark));
    let found: Vec<PathBuf> = sources("crates/web/src")
        .into_iter()
        .filter(|(_, text)| is_test(text))
        .map(|(path, _)| path)
        .collect();
    assert!(found.is_empty(), "their tests stand in tests/it/inside: {found:?}");
}

/// What is done on pages and by no operation of the API, and why: the person, the machine or the gateway has to
/// be there, or the API does the same by another act.
const ONLY_ON_PAGES: &[(&str, &str)] = &[
    ("AskToPrint", "a kiosk asks, for whoever stands before it"),
    ("BeginOwnPaper", "at a kiosk, by whoever stands before it"),
    ("CallHelper", "at a kiosk, by whoever stands before it"),
    ("EnrolDevice", "the machine itself is enrolled, below /device"),
    ("IssueOwnToken", "a person with a second factor makes it"),
    ("LeaveComplaint", "whoever was there leaves it: at a kiosk, or with the digits at the door"),
    ("NoteHealth", "the machine itself says how it is, below /device"),
    ("OpenComparison", "programs are told how alike two are, and open each by its own operation"),
    ("RequestKioskCode", "signing in as a person"),
    ("ResumeCase", "signing in as a person"),
    ("SaveAnswer", "programs keep several at once, all or none: SaveAnswers"),
    ("SignInAtKiosk", "signing in as a person"),
    ("SignInByCode", "signing in as a person"),
    ("SignInByWallet", "signing in as a person"),
    ("TakeText", "the gateway of text messages brings it"),
    ("WishCall", "the gateway of a telephone's menu brings it"),
];

/// The words of every file below some folders.
fn words(folders: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in folders.iter().flat_map(|folder| sources(folder)) {
        found.extend(text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
    }
    found
}

#[test]
fn what_is_done_on_a_page_a_program_can_do() {
    let acts: BTreeSet<String> = sources("crates/office/src")
        .into_iter()
        .flat_map(|(_, text)| {
            let named = text.split("impl Act for ").skip(1).filter_map(|rest| rest.split_whitespace().next());
            named.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert!(acts.len() > 150, "only {} acts were found", acts.len());
    let shown = words(&[
        "crates/web/src/desk",
        "crates/web/src/gateways",
        "crates/web/src/kiosk",
        "crates/web/src/pages",
    ]);
    let programs = words(&["crates/web/src/api"]);
    let is_only = |act: &&String| shown.contains(*act) && !programs.contains(*act);
    let only: Vec<&str> = acts.iter().filter(is_only).map(String::as_str).collect();
    let known: Vec<&str> = ONLY_ON_PAGES.iter().map(|(act, _)| *act).collect();
    assert_eq!(only, known, "an operation of the API does it, or the list says why none does");
}

/// The description knows shapes by their names alone: of two with one name it would show one.
#[test]
fn no_two_shapes_of_the_api_have_one_name() {
    let mut names: Vec<String> = Vec::new();
    for (_, text) in sources("crates/web/src/api") {
        for after in text.split("ToSchema)]").skip(1) {
            let mut words = after.split_whitespace().skip_while(|word| !matches!(*word, "struct" | "enum"));
            let name = words.nth(1).unwrap_or_default();
            names.push(name.split(['<', '(', ';']).next().unwrap_or_default().to_owned());
        }
    }
    assert!(names.len() > 150, "only {} shapes were found", names.len());
    names.sort();
    let doubled: Vec<&String> = names.windows(2).filter(|two| two[0] == two[1]).map(|two| &two[0]).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
}
