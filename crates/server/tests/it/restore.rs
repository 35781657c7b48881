//! A backup comes back elsewhere, whole, and the public log never forks in silence.

use crate::installation::Installation;
use diwan_store::dialect::Engine;
use diwan_store::files::Files;

async fn comes_back(engine: Engine) {
    let (there, paper) = Installation::with_certificate(engine, "").await;
    let backup = there.path("backup");
    let serving = there.serve().await;
    there.run(&["backup"], &[backup.to_str().unwrap()]).ok();
    serving.stop();
    assert!(!backup.join("keys").exists());
    there.run(&["backup"], &[backup.to_str().unwrap()]).refused();

    let here = there.elsewhere("").await;
    let said = here.run(&["restore"], &[backup.to_str().unwrap()]).ok();
    assert!(said.contains("the public log goes on"), "{said}");
    let said = here.run(&["verify", "journal"], &[]).ok();
    assert!(said.contains("nothing was altered"), "{said}");
    let serving = here.serve().await;
    assert_eq!(here.verdict(&paper.code).await, "200 This document is genuine");
    assert!(here.get(&format!("/en/check/{}", paper.code)).await.1.contains(&paper.number));
    serving.stop();
    let bytes = Files::at(&here.path("files")).get(&paper.file_hash).await.unwrap().unwrap();
    assert_eq!(&bytes[..5], b"%PDF-");

    let again = here.run(&["restore"], &[backup.to_str().unwrap()]).refused();
    assert!(again.contains("restore into an empty"), "{again}");
    here.run(&["verify", "journal"], &[]).ok();
}
crate::on_both_engines!(a_backup_comes_back_elsewhere, super::comes_back);

async fn older(engine: Engine) {
    let (there, paper) = Installation::with_certificate(engine, "").await;
    let backup = there.path("backup");
    there.run(&["backup"], &[backup.to_str().unwrap()]).ok();
    // Life goes on after the backup, and is published.
    let later = there.apply_for_another().await;
    let serving = there.serve().await;
    let later = there.certificate(later).await;
    serving.stop();

    let here = there.elsewhere("").await;
    let old_key = std::fs::read_to_string(here.path("keys/log.key")).unwrap();
    let origin = old_key.lines().nth(1).unwrap().split('+').next().unwrap().to_owned();
    let said = here.run(&["restore"], &[backup.to_str().unwrap()]).ok();
    assert!(said.contains("goes on and names it"), "{said}");
    assert!(here.run(&["verify", "journal"], &[]).ok().contains("nothing was altered"));

    let serving = here.serve().await;
    let names_the_old = format!("\nfollows {origin}\n");
    let first = here.get("/log/checkpoint").await.1;
    assert!(first.contains(&names_the_old), "{first}");
    assert!(!first.starts_with(&format!("{origin}\n")), "{first}");
    assert_eq!(here.verdict(&paper.code).await, "200 This document is genuine");
    assert!(here.verdict(&later.code).await.starts_with("404"), "what came after the backup is not known");
    serving.stop();
    // A later head still names the old log, and the guard follows the new one.
    let next = here.apply_for_another().await;
    let serving = here.serve().await;
    let next = here.certificate(next).await;
    assert!(
        counted(&later.number) < 1_000 && counted(&next.number) > 1_000,
        "{} may have been given",
        next.number
    );
    let second = here.get("/log/checkpoint").await.1;
    assert!(second.contains(&names_the_old) && second != first, "{second}");
    serving.stop();
    let kept: Vec<String> = std::fs::read_dir(here.path("keys"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("log."))
        .collect();
    assert_eq!(kept.len(), 2, "the old key is kept beside the new one: {kept:?}");
    here.run(&["register", "check-numbers"], &[]).ok();
    assert!(here.run(&["verify", "journal"], &[]).ok().contains("nothing was altered"));
}

/// The count in a number: `BCEBL-26-001-003-K` is the thousand and third of its series.
fn counted(number: &str) -> u64 {
    let parts: Vec<&str> = number.split('-').collect();
    parts[2..parts.len() - 1].concat().parse().unwrap()
}
crate::on_both_engines!(an_older_backup_opens_a_log_that_names_the_old_one, super::older);

async fn another(engine: Engine) {
    let (there, _) = Installation::with_certificate(engine, "").await;
    let backup = there.path("backup");
    there.run(&["backup"], &[backup.to_str().unwrap()]).ok();
    let (stranger, _) = Installation::with_certificate(engine, "").await;
    let here = stranger.elsewhere("").await;
    let said = here.run(&["restore"], &[backup.to_str().unwrap()]).refused();
    assert!(said.contains("other keys"), "{said}");
    if engine == Engine::Sqlite {
        assert!(!here.path("diwan.db").exists(), "nothing is left of it");
    }
}
crate::on_both_engines!(a_backup_of_another_log_is_refused, super::another);

/// A backup has its name when it is whole, and not before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_that_was_broken_off_is_never_taken_for_one() {
    let (there, paper) = Installation::with_certificate(Engine::Sqlite, "").await;
    let (backup, draft) = (there.path("backup"), there.path("backup.unfinished"));
    // As it is when the machine stopped in the middle: a database, and files that are missing.
    std::fs::create_dir(&draft).unwrap();
    std::fs::write(draft.join("diwan.db"), "half of it").unwrap();
    let here = there.elsewhere("").await;
    let said = here.run(&["restore"], &[draft.to_str().unwrap()]).refused();
    assert!(said.contains("broken off before it was whole"), "{said}");
    let said = there.run(&["backup"], &[&format!("{}/", backup.display())]).ok();
    assert!(said.contains("begun anew"), "{said}");
    assert!(backup.join("diwan.db").exists() && !draft.exists());

    // What a restore that was broken off had put back already is not in the way of the next.
    let files = Files::open(&here.path("files")).unwrap();
    let bytes = Files::at(&backup.join("files")).get(&paper.file_hash).await.unwrap().unwrap();
    files.put(bytes).await.unwrap();
    std::fs::write(here.path("diwan.db.restoring"), "half of it").unwrap();
    here.run(&["restore"], &[backup.to_str().unwrap()]).ok();
    here.run(&["verify", "journal"], &[]).ok();
    assert!(!here.path("diwan.db.restoring").exists());
}

/// A backup whose files are not whole leaves no database that would be served without them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_comes_back_after_its_files() {
    let (there, paper) = Installation::with_certificate(Engine::Sqlite, "").await;
    let backup = there.path("backup");
    there.run(&["backup"], &[backup.to_str().unwrap()]).ok();
    let hash = &paper.file_hash;
    let file = backup.join("files").join(&hash[..2]).join(hash);
    std::fs::write(file, "something else").unwrap();
    let here = there.elsewhere("").await;
    here.run(&["restore"], &[backup.to_str().unwrap()]).refused();
    assert!(!here.path("diwan.db").exists(), "nothing that could be served");
}
