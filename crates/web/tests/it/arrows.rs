//! The staircase of crates: nobody reaches up or past a neighbour.

use std::path::Path;

const MAY: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("documents", &["domain"]),
    ("office", &["domain", "store", "documents"]),
    ("web", &["domain", "office"]),
    ("demo", &["domain", "office", "web"]),
    ("server", &["domain", "store", "documents", "office", "web", "demo"]),
];

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
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
    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
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
    }
    let mut found = Vec::new();
    for folder in ["crates/web/src", "crates/domain/src"] {
        walk(&root().join(folder), &mut found);
    }
    assert!(found.is_empty(), "{found:?}");
}

/// The crate is not built for tests (`test = false`): a test inside it would never run.
#[test]
fn no_test_stands_where_none_is_run() {
    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            if ["cfg(test)", "#[test]", "#[tokio::test"].iter().any(|mark| text.contains(mark)) {
                found.push(path.display().to_string());
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("crates/web/src"), &mut found);
    assert!(found.is_empty(), "their tests stand in tests/it/inside: {found:?}");
}
