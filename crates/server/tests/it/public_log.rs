//! The public log copied by others, and opened anew after the database went back in time.

use crate::installation::{Installation, SHILAN, diwan};
use diwan_store::dialect::Engine;

fn key_of(place: &Installation) -> String {
    let text = std::fs::read_to_string(place.path("keys/log.key")).unwrap();
    text.lines().nth(1).unwrap().to_owned()
}

/// A copy grows with the log, and its head is the log's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_the_log_is_checked_and_goes_on_where_it_was() {
    let (place, _) = Installation::with_certificate(Engine::Sqlite, "").await;
    let folder = place.path("mirror");
    let to = folder.to_str().unwrap();
    let key = key_of(&place);
    let serving = place.serve().await;
    let said = diwan(&["log", "mirror", &place.base, "--to", to]).refused();
    assert!(said.contains("say whose log it is with --key"), "{said}");
    let said = diwan(&["log", "mirror", &format!("{}/", place.base), "--to", to, "--key", &key]).ok();
    assert!(said.contains("entries are new"), "{said}");
    let head = place.get("/log/checkpoint").await.1;
    assert_eq!(std::fs::read_to_string(folder.join("checkpoint")).unwrap(), head);
    // What is handed on is what the log hands out, tile by tile.
    let size: u64 = head.lines().nth(1).unwrap().parse().unwrap();
    for tile in [format!("tile/0/000.p/{size}"), format!("tile/entries/000.p/{size}")] {
        let theirs = reqwest::get(format!("{}/log/{tile}", place.base)).await.unwrap().bytes().await.unwrap();
        assert_eq!(std::fs::read(folder.join(&tile)).unwrap(), theirs, "{tile}");
    }
    let said = diwan(&["log", "mirror", &place.base, "--to", to]).ok();
    assert!(said.contains("nothing is new"), "{said}");
    serving.stop();

    let later = place.apply_for_another().await;
    let serving = place.serve().await;
    place.certificate(later).await;
    let said = diwan(&["log", "mirror", &place.base, "--to", to]).ok();
    assert!(said.contains("entries are new"), "{said}");
    assert!(!folder.join(format!("tile/entries/000.p/{size}")).exists(), "the shorter one is of no use");
    let other = diwan(&["log", "mirror", &place.base, "--to", to, "--key", "another+0+x"]).refused();
    assert!(other.contains("a folder of its own"), "{other}");
    let stranger = place.path("stranger");
    let another = format!("{}+{}", key.rsplit_once('+').unwrap().0, "AAAA");
    diwan(&["log", "mirror", &place.base, "--to", stranger.to_str().unwrap(), "--key", &another]).refused();
    serving.stop();
    let gone = diwan(&["log", "mirror", "http://127.0.0.1:1", "--to", to]).refused();
    assert!(gone.contains("out of reach"), "{gone}");
}

/// Whoever changes the copy, or tells another past, is found out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_tells_another_past_is_found_out() {
    let (place, _) = Installation::with_certificate(Engine::Sqlite, "").await;
    let folder = place.path("mirror");
    let (to, key) = (folder.to_str().unwrap(), key_of(&place));
    let serving = place.serve().await;
    diwan(&["log", "mirror", &place.base, "--to", to, "--key", &key]).ok();
    serving.stop();
    let kept = std::fs::read_to_string(folder.join("checkpoint")).unwrap();

    // The same keys, the same name, and a history of its own.
    let forged = place.elsewhere("").await;
    std::fs::remove_file(forged.path("keys/checkpoint")).unwrap();
    forged.run(&["init"], &[]).ok();
    let case = forged.apply(SHILAN, &[]).await;
    let serving = forged.serve().await;
    forged.certificate(case).await;
    let said = diwan(&["log", "mirror", &forged.base, "--to", to]).refused();
    assert!(said.contains("does not go on from the copy"), "{said}");
    let evidence = std::fs::read_to_string(folder.join("checkpoint.disputed")).unwrap();
    // It may have grown since.
    assert_ne!(evidence, kept, "what was signed is kept");
    assert_eq!(evidence.lines().next(), kept.lines().next(), "under the same name");
    assert_eq!(std::fs::read_to_string(folder.join("checkpoint")).unwrap(), kept, "the copy is as it was");
    serving.stop();

    let serving = place.serve().await;
    let bundle =
        std::fs::read_dir(folder.join("tile/entries/000.p")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&bundle).unwrap();
    bytes[5] ^= 1;
    std::fs::write(&bundle, bytes).unwrap();
    let said = diwan(&["log", "mirror", &place.base, "--to", to]).refused();
    assert!(said.contains("was damaged") || said.contains("does not go on"), "{said}");
    serving.stop();
}

/// The database went back in time under the program: a new log is opened where it stands.
async fn back_in_time(engine: Engine) {
    let (there, paper) = Installation::with_certificate(engine, "").await;
    let said = there.run(&["log", "open-new"], &[]).refused();
    assert!(said.contains("there is nothing to open"), "{said}");
    let backup = there.path("backup");
    there.run(&["backup"], &[backup.to_str().unwrap()]).ok();
    let later = there.apply_for_another().await;
    let serving = there.serve().await;
    there.certificate(later).await;
    serving.stop();

    // The older database, and the head that was published last.
    let here = there.elsewhere("").await;
    let origin = key_of(&here).split('+').next().unwrap().to_owned();
    let (last, aside) = (here.path("keys/checkpoint"), here.path("aside"));
    std::fs::rename(&last, &aside).unwrap();
    here.run(&["restore"], &[backup.to_str().unwrap()]).ok();
    std::fs::rename(&aside, &last).unwrap();
    let said = here.run(&["serve"], &[]).refused();
    assert!(said.contains("would fork") && said.contains("diwan log open-new"), "{said}");

    let said = here.run(&["log", "open-new"], &[]).ok();
    assert!(said.contains("goes on and names it"), "{said}");
    assert!(here.run(&["verify", "journal"], &[]).ok().contains("nothing was altered"));
    let serving = here.serve().await;
    let head = here.get("/log/checkpoint").await.1;
    assert!(head.contains(&format!("\nfollows {origin}\n")), "{head}");
    assert_eq!(here.verdict(&paper.code).await, "200 This document is genuine");
    let said = here.run(&["log", "open-new"], &[]).refused();
    let is_busy = said.contains("stop `serve` on every node first") || said.contains("in use");
    assert!(is_busy, "{said}");
    serving.stop();
    let said = here.run(&["log", "open-new"], &[]).refused();
    assert!(said.contains("there is nothing to open"), "{said}");
}
crate::on_both_engines!(a_new_log_is_opened_in_place_after_going_back_in_time, super::back_in_time);

/// Keys are made for a database that begins. One that was begun is never given others in silence: its log would
/// be signed by a key that nobody knows, and its papers could not be told from forged ones.
async fn lost_keys(engine: Engine) {
    let (place, paper) = Installation::with_certificate(engine, "").await;
    let (key, seal, aside) = (place.path("keys/log.key"), place.path("keys/seal"), place.path("aside"));
    std::fs::rename(&seal, &aside).unwrap();
    let said = place.run(&["serve"], &[]).refused();
    assert!(said.contains("put it back") && said.contains("rotate --new-root"), "{said}");
    assert!(!seal.exists(), "nothing was made in its place");
    std::fs::rename(&aside, &seal).unwrap();

    // A node that was given a key of its own.
    let mine = std::fs::read(&key).unwrap();
    let stranger = Installation::begun(Engine::Sqlite, "").await;
    std::fs::copy(stranger.path("keys/log.key"), &key).unwrap();
    let said = place.run(&["serve"], &[]).refused();
    assert!(said.contains("did not sign the head"), "{said}");
    assert!(place.run(&["doctor"], &[]).refused().contains("did not sign the head"));
    std::fs::write(&key, &mine).unwrap();
    place.run(&["doctor"], &[]).ok();

    std::fs::remove_file(&key).unwrap();
    let said = place.run(&["serve"], &[]).refused();
    assert!(said.contains("log.key") && said.contains("put it back"), "{said}");
    assert!(!key.exists(), "nothing was made in its place");
    // It is lost for ever: the log ends, and another goes on.
    let said = place.run(&["log", "open-new"], &[]).ok();
    assert!(said.contains("goes on and names it"), "{said}");
    let serving = place.serve().await;
    assert!(place.get("/log/checkpoint").await.1.contains("\nfollows "));
    assert_eq!(place.verdict(&paper.code).await, "200 This document is genuine");
    serving.stop();
}
crate::on_both_engines!(a_lost_key_is_asked_for_and_never_replaced_in_silence, super::lost_keys);
