//! Every case that was written or found is run again.

use diwan_fuzz::TARGETS;
use std::path::{Path, PathBuf};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Runs a target's cases; a promise that is broken names its case.
fn replay(name: &str) {
    let target = diwan_fuzz::target(name).expect("a target");
    let folder = std::fs::read_dir(corpus().join(name)).expect("a folder of cases");
    let mut count = 0;
    for entry in folder {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a case");
        let held = std::panic::catch_unwind(|| target(&bytes));
        assert!(held.is_ok(), "{} breaks a promise", path.display());
        count += 1;
    }
    assert!(count > 0, "{name} has no cases");
}

macro_rules! replayed {
    ($($test:ident $name:literal;)+) => {
        const REPLAYED: &[&str] = &[$($name),+];
        $(#[test] fn $test() { replay($name); })+
    };
}

replayed! {
    names_that_were_found_keep_their_promises "names";
    dates_that_were_found_keep_their_promises "dates";
    numbers_that_were_found_keep_their_promises "numbers";
    addresses_that_were_found_keep_their_promises "addresses";
    uploads_that_were_found_keep_their_promises "uploads";
    register_files_that_were_found_keep_their_promises "csv";
    codes_that_were_found_keep_their_promises "codes";
    seals_that_were_found_keep_their_promises "seals";
    proofs_that_were_found_keep_their_promises "proofs";
    stamps_that_were_found_keep_their_promises "stamps";
    answers_that_were_found_keep_their_promises "answers";
    folders_that_were_found_keep_their_promises "folders";
    rules_that_were_found_keep_their_promises "rules";
    requests_that_were_found_keep_their_promises "http";
    messages_that_were_found_keep_their_promises "messages";
}

#[test]
fn every_target_and_every_folder_of_cases_is_replayed() {
    let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, REPLAYED);
    for entry in std::fs::read_dir(corpus()).expect("the cases") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(names.contains(&name.as_str()), "{name} is no target");
    }
}
