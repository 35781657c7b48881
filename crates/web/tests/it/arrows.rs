//! The staircase of crates: nobody reaches up or past a neighbour.

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
