//! In training nothing passes for genuine: pages, papers, codes, seals, keys.

use crate::installation::{Installation, diwan};
use base64::Engine as _;
use diwan_documents::keys::KeyFolder;
use diwan_documents::pades::inspect;
use diwan_documents::signer::Signer;
use diwan_store::dialect::Engine;
use diwan_store::files::Files;
use std::process::Command;

async fn nothing_is_genuine(engine: Engine) {
    let (place, paper) = Installation::with_certificate(engine, "training = true").await;
    assert!(paper.number.starts_with('T'), "{}", paper.number);
    let serving = place.serve().await;
    for path in ["/en/", "/en/check", "/en/desk/sign-in", "/en/nowhere"] {
        let page = place.get(path).await.1;
        assert!(page.contains("Training system: nothing here is genuine"), "{path}");
    }
    assert_eq!(place.verdict(&paper.code).await, "200 Training paper: not valid");
    let api = place.get(&format!("/api/v1/documents/{}", paper.code)).await.1;
    assert!(!api.contains("genuine"), "{api}");
    serving.stop();

    let pdf = Files::at(&place.path("files")).get(&paper.file_hash).await.unwrap().unwrap();
    let keys = KeyFolder::at(place.path("keys/seal"));
    let signer = keys.current().unwrap();
    let root = signer.certificate_chain().last().unwrap().clone();
    let seal = inspect(&pdf, &[root]).unwrap();
    for text in [&seal.signer, &seal.issuer_name, &seal.reason] {
        assert!(text.starts_with("TRAINING, NOT VALID: "), "{text}");
    }
    assert!(printed(&place, &pdf).contains("TRAINING – NOT VALID"));
}
crate::on_both_engines!(in_training_nothing_passes_for_genuine, super::nothing_is_genuine);

fn printed(place: &Installation, pdf: &[u8]) -> String {
    let file = place.path("paper.pdf");
    std::fs::write(&file, pdf).unwrap();
    let text = Command::new("pdftotext").arg(&file).arg("-").output().unwrap();
    String::from_utf8_lossy(&text.stdout).into_owned()
}

async fn never_mixed(engine: Engine) {
    let real = Installation::begun(engine, "").await;
    let training = Installation::begun(engine, "training = true").await;
    // Real keys are refused before anything is signed with them, and the other way round.
    for (place, other, setting, word) in [
        (&real, &training, "training = true", "are not for training"),
        (&training, &real, "", "are for training"),
    ] {
        place.configure(setting);
        let said = place.run(&["serve"], &[]).refused();
        assert!(said.contains(word), "{said}");
        assert!(place.run(&["doctor"], &[]).refused().contains(word));
        other.configure(setting);
        // With keys of the other kind, the database's own mark refuses.
        let database = other.path("database.toml");
        let text = std::fs::read_to_string(other.config()).unwrap().replace(&other.database, &place.database);
        std::fs::write(&database, text).unwrap();
        let said = diwan(&["serve", "--config", database.to_str().unwrap()]).refused();
        assert!(said.contains("is marked"), "{said}");
    }
}
crate::on_both_engines!(training_and_real_are_never_mixed, super::never_mixed);

/// A reader app that forgot to look at the training flag finds no signature it
/// could believe.
#[test]
fn a_code_without_its_training_flag_is_no_code() {
    use diwan_documents::authority::{Subject, Term, create_root};
    use diwan_documents::payload::{Payload, PayloadFault, decode_and_verify, encode};
    let now = jiff::Timestamp::now();
    let term = Term { from: now, until: now.checked_add(jiff::Span::new().hours(1)).unwrap() };
    let signer = create_root(&Subject::named("Training"), term).unwrap();
    let payload = Payload {
        number: "TBEB-26-1".into(),
        kind: "birth-certificate".into(),
        name: "شیلان".into(),
        date: "1998-03-14".into(),
        issuer: "Civil Status".into(),
        issued: jiff::civil::date(2026, 11, 22),
        training: true,
    };
    let fragment = encode(&payload, &signer).unwrap();
    let known = |_: &str| Some(signer.public_key());
    assert!(decode_and_verify(&fragment, known).unwrap().payload.training);
    let url = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let mut bytes = url.decode(&fragment).unwrap();
    bytes[1] &= !1;
    let flagless = decode_and_verify(&url.encode(bytes), known);
    assert!(matches!(flagless, Err(PayloadFault::BadSignature(_))), "{flagless:?}");
}
