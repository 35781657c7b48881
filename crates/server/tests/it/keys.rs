//! Changing the key that seals papers: what was sealed before still verifies.

use crate::installation::{Certificate, Installation};
use diwan_documents::pades::inspect;
use diwan_documents::signer::chain_from_pem;
use diwan_store::dialect::Engine;
use diwan_store::files::Files;
use std::process::Command;
use std::time::Duration;

const NAMED: &str = "[issuer]\nname = \"Civil Status Directorate\"\norganisation = \"Ministry of Interior\"\ncountry = \"IQ\"";

async fn seal_of(place: &Installation, paper: &Certificate, roots: &str) -> diwan_documents::pades::Seal {
    let pdf = Files::at(&place.path("files")).get(&paper.file_hash).await.unwrap().unwrap();
    let roots = chain_from_pem(roots).unwrap();
    inspect(&pdf, &roots).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn papers_sealed_before_a_rotation_still_verify() {
    let (place, first) = Installation::with_certificate(Engine::Sqlite, NAMED).await;
    // The root is where it should be: on another medium.
    let medium = place.path("medium");
    std::fs::rename(place.path("keys/root"), &medium).unwrap();
    let refused = place.run(&["keys", "rotate"], &[]).refused();
    assert!(refused.contains("mount the medium") && refused.contains("--new-root"), "{refused}");

    let case = place.apply_for_another().await;
    let said = place.run(&["keys", "rotate"], &["--root", medium.to_str().unwrap()]).ok();
    assert!(said.contains("seals from now on"), "{said}");
    assert!(!place.path("keys/root").exists(), "the root stays where it is");
    let serving = place.serve().await;
    let second = place.certificate(case).await;
    // Once more while the office is open, with a new root.
    place.run(&["keys", "rotate"], &["--new-root"]).ok();
    let roots = place.get("/keys/roots.pem").await.1;
    assert_eq!(chain_from_pem(&roots).unwrap().len(), 2, "the old root is still published");
    let (one, two) = (seal_of(&place, &first, &roots).await, seal_of(&place, &second, &roots).await);
    assert_ne!(one.key_id, two.key_id);
    assert_eq!(
        (one.signer.as_str(), two.signer.as_str()),
        ("Civil Status Directorate", "Civil Status Directorate")
    );
    assert_eq!(one.chain.last().unwrap(), "Civil Status Directorate Root");
    for paper in [&first, &second] {
        assert_eq!(place.verdict(&paper.code).await, "200 This document is genuine");
    }
    // Three keys, two roots, each published once; and each chain by its key.
    let all = place.get("/keys/all.pem").await.1;
    assert_eq!(chain_from_pem(&all).unwrap().len(), 5);
    let chain = place.get(&format!("/keys/{}/chain.pem", one.key_id)).await.1;
    assert_eq!(chain_from_pem(&chain).unwrap()[0], one.certificate);
    assert_eq!(place.get("/keys/000000000000/chain.pem").await.0, 404);
    assert_eq!(place.get("/keys/..%2Froot/chain.pem").await.0, 404);
    let listed = place.run(&["keys", "list"], &[]).ok();
    assert_eq!(listed.matches("retired").count(), 2, "{listed}");
    assert!(listed.contains("O=Ministry of Interior") && listed.contains("C=IQ"), "{listed}");
    serving.stop();
    place.run(&["verify", "journal"], &[]).ok();
}

/// A security module in a folder (SoftHSM), with one token.
fn security_module(place: &Installation) -> Vec<(&'static str, String)> {
    let (folder, settings) = (place.path("module"), place.path("softhsm2.conf"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(
        &settings,
        format!("directories.tokendir = {}\nobjectstore.backend = file\n", folder.display()),
    )
    .unwrap();
    let env = vec![("SOFTHSM2_CONF", settings.display().to_string())];
    let made = Command::new("softhsm2-util")
        .args(["--init-token", "--free", "--label", "diwan", "--pin", "271828", "--so-pin", "314159"])
        .envs(env.iter().cloned())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    env
}

fn write_pin(place: &Installation, pin: &str) {
    use std::os::unix::fs::PermissionsExt;
    let file = place.path("pin");
    std::fs::write(&file, format!("{pin}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_in_a_security_module_seals_and_never_leaves_it() {
    const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
    let (place, first) = Installation::with_certificate(Engine::Sqlite, NAMED).await;
    let env = security_module(&place);
    let pin = place.path("pin").display().to_string();
    let rotate = ["--module", MODULE, "--token", "diwan", "--pin-file", &pin];
    write_pin(&place, "000000");
    let said = place.run_with(&["keys", "rotate"], &rotate, &env).refused();
    assert!(said.contains("PIN") || said.contains("pin"), "{said}");
    write_pin(&place, "271828");
    let said = place.run_with(&["keys", "rotate"], &rotate, &env).ok();
    assert!(said.contains("seals from now on"), "{said}");
    let id = std::fs::read_to_string(place.path("keys/seal/current")).unwrap();
    let folder = place.path(&format!("keys/seal/{}", id.trim()));
    assert!(folder.join("token.json").is_file() && !folder.join("key.pem").exists());
    place.run_with(&["doctor"], &[], &env).ok();

    // The module is out of reach: papers wait, and go on when it is back.
    let case = place.apply_for_another().await;
    write_pin(&place, "000000");
    assert!(place.run_with(&["doctor"], &[], &env).refused().contains("token \"diwan\""));
    let serving = place.serve_with(&env).await;
    for _ in 0..100 {
        if place.log().contains("signing refused") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(place.log().contains("signing refused"), "{}", place.log());
    write_pin(&place, "271828");
    let second = place.certificate(case).await;
    let roots = place.get("/keys/roots.pem").await.1;
    let (one, two) = (seal_of(&place, &first, &roots).await, seal_of(&place, &second, &roots).await);
    assert_eq!(two.key_id, id.trim());
    assert_ne!(one.key_id, two.key_id);
    for paper in [&first, &second] {
        assert_eq!(place.verdict(&paper.code).await, "200 This document is genuine");
    }
    serving.stop();
}

/// Where the settings name nobody, `init` named the first office: a new key goes on under that name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_names_whom_the_old_one_named() {
    let place = Installation::empty(Engine::Sqlite, "").await;
    place.run(&["init"], &["--office-name", "Erbil Civil Status"]).ok();
    place.run(&["keys", "rotate"], &[]).ok();
    let said = place.run(&["keys", "rotate"], &["--new-root"]).ok();
    assert!(said.contains("CN=Erbil Civil Status Root"), "{said}");
    let listed = place.run(&["keys", "list"], &[]).ok();
    assert_eq!(listed.matches("  CN=Erbil Civil Status\n").count(), 3, "{listed}");
}
