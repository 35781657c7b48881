//! Several nodes on one database must see the same files.

use crate::installation::{Installation, SHILAN, Serving, copy_folder};
use diwan_store::dialect::Engine;

/// Another node of the same office: its own machine, the same database and keys.
pub async fn another_node(first: &Installation, more: &str) -> Installation {
    let mut other = Installation::empty(Engine::Postgres, more).await;
    other.database.clone_from(&first.database);
    other.configure(more);
    copy_folder(&first.path("keys"), &other.path("keys"));
    other
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_does_not_see_the_others_files_is_refused() {
    let one = Installation::begun(Engine::Postgres, "").await;
    let serving = one.serve().await;
    // Even a faithful copy of the folder is not the same folder.
    let two = another_node(&one, "").await;
    copy_folder(&one.path("files"), &two.path("files"));
    std::fs::remove_dir_all(two.path("files/.nodes")).unwrap();
    let said = two.run(&["serve"], &[]).refused();
    assert!(said.contains("keeps its files elsewhere") && said.contains("Mount one folder"), "{said}");

    // A shared mount is the same folder.
    let shared = format!("files = \"{}\"", one.path("files").display());
    let three = another_node(&one, &shared).await;
    let beside = three.serve().await;
    let case = one.apply(SHILAN, &[]).await;
    let paper = one.certificate(case).await;
    assert_eq!(three.verdict(&paper.code).await, "200 This document is genuine");
    beside.stop();
    serving.stop();

    // Once the others have stopped, nobody is missed.
    let alone: Serving = two.serve().await;
    alone.stop();
    one.run(&["verify", "journal"], &[]).ok();
}
