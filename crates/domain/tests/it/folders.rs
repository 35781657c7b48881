//! Folders for the tests: from the repository, and from `docs/services.md`.

use diwan_domain::services::{Checked, Folder, Service, check};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn from_disk(name: &str) -> Folder {
    let built_in = root().join("services").join(name);
    let demo = root().join("crates/demo/services").join(name);
    let place = if built_in.exists() { built_in } else { demo };
    let mut files = BTreeMap::new();
    gather(&place, &place, &mut files);
    Folder::new(name, files)
}

fn gather(root: &Path, place: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

pub fn birth_certificate() -> Service {
    service(&from_disk("birth-certificate"))
}

pub fn service(folder: &Folder) -> Service {
    let checked = check(folder, None);
    checked.service.unwrap_or_else(|| panic!("{}", report(&check(folder, None))))
}

/// One line for each finding, as a person would point at it.
pub fn report(checked: &Checked) -> String {
    let lines = checked.diagnostics.iter().map(|finding| {
        let help = finding.help.as_deref().unwrap_or("");
        format!(
            "{}:{}:{} {} {} ({help})",
            finding.file, finding.line, finding.column, finding.code, finding.message
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}
