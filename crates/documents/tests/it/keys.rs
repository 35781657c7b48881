use std::path::PathBuf;

use diwan_documents::authority::{Subject, create_root, issue, issue_for};
use diwan_documents::keys::{KeyFault, KeyFolder};
use diwan_documents::layout::render;
use diwan_documents::pades::{SealInfo, inspect, seal};
use diwan_documents::payload::{Payload, decode_and_verify, encode};
use diwan_documents::signer::{FileSigner, PublicKey, SignFault, Signer};

use crate::{DIRECTORATE, SMALL_LAYOUT, small_job, term, time};

/// A folder of its own for one test, removed afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("diwan-documents-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn new_signer() -> FileSigner {
    issue(
        &DIRECTORATE.root,
        &Subject::named("Civil Status"),
        term("2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z"),
    )
    .unwrap()
}

#[test]
fn a_key_comes_back_from_its_folder_as_it_went_in() {
    let folder = Folder::new("back");
    let (keys, signer) = (KeyFolder::at(&folder.0), new_signer());
    assert!(matches!(keys.current(), Err(KeyFault::NoCurrent(_))));
    keys.add(&signer).unwrap();
    let back = keys.current().unwrap();
    assert_eq!(back.key_id(), signer.key_id());
    assert_eq!(back.certificate_chain(), signer.certificate_chain());
    assert_eq!(back.sign_raw(b"x").unwrap(), signer.sign_raw(b"x").unwrap());
    assert!(matches!(keys.add(&signer), Err(KeyFault::File { .. })), "a key is never written over");
}

#[cfg(unix)]
#[test]
fn a_private_key_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("mode");
    let (keys, signer) = (KeyFolder::at(&folder.0), new_signer());
    keys.add(&signer).unwrap();
    let file = folder.0.join(signer.key_id()).join("key.pem");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(keys.current(), Err(KeyFault::Exposed(_))));
}

#[test]
fn papers_and_codes_of_a_retired_key_still_verify() {
    let folder = Folder::new("rotate");
    let keys = KeyFolder::at(&folder.0);
    let old = new_signer();
    keys.add(&old).unwrap();
    let paper = render(&small_job(SMALL_LAYOUT)).unwrap();
    let about = SealInfo { issuer_name: "O".into(), reason: "R".into(), at: time("2026-11-22T12:00:00Z") };
    let payload = Payload {
        number: "1".into(),
        kind: "k".into(),
        name: "N".into(),
        date: String::new(),
        issuer: "I".into(),
        issued: jiff::civil::date(2026, 11, 22),
        training: true,
    };
    let sealed = seal(&paper, &keys.current().unwrap(), &about).unwrap();
    let fragment = encode(&payload, &keys.current().unwrap()).unwrap();

    keys.add(&new_signer()).unwrap();
    assert_ne!(keys.current().unwrap().key_id(), old.key_id());
    std::fs::remove_file(folder.0.join(old.key_id()).join("key.pem")).unwrap();

    assert_eq!(keys.key_ids().unwrap().len(), 2);
    let found = inspect(&sealed, &DIRECTORATE.roots()).unwrap();
    assert_eq!(found.key_id, old.key_id());
    assert_eq!(keys.chain(&found.key_id).unwrap()[0], found.certificate);
    let read = decode_and_verify(&fragment, |id| keys.public_key(id).ok()).unwrap();
    assert_eq!((read.payload, read.key_id.as_str()), (payload, old.key_id()));
    assert!(matches!(keys.put_in_use(old.key_id()), Err(KeyFault::File { .. })), "without its private half");
}

#[test]
fn a_key_id_from_a_paper_never_walks_out_of_the_folder() {
    let folder = Folder::new("walk");
    let keys = KeyFolder::at(&folder.0);
    keys.add(&new_signer()).unwrap();
    for id in ["", ".", "..", "../..", "/etc", "current", "é", "0000"] {
        assert!(matches!(keys.public_key(id), Err(KeyFault::Unknown(_))), "{id}");
    }
}

#[test]
fn a_chain_of_another_key_is_refused() {
    let folder = Folder::new("mixed");
    let (keys, one, other) = (KeyFolder::at(&folder.0), new_signer(), new_signer());
    keys.add(&one).unwrap();
    std::fs::write(folder.0.join(one.key_id()).join("chain.pem"), other.chain_pem().unwrap()).unwrap();
    assert!(matches!(keys.current(), Err(KeyFault::Unsound { .. })));
    assert!(matches!(keys.public_key(one.key_id()), Err(KeyFault::Unsound { .. })));
}

#[test]
fn signatures_verify_in_both_forms_and_for_nothing_else() {
    let signer = &DIRECTORATE.signer;
    let key = PublicKey::from_sec1(&signer.public_key_sec1()).unwrap();
    assert_eq!(key.key_id(), signer.key_id());
    assert_eq!(key, PublicKey::from_certificate(&signer.certificate_chain()[0]).unwrap());
    let (raw, der) = (signer.sign_raw(b"message").unwrap(), signer.sign(b"message").unwrap());
    assert!(key.verify_raw(b"message", &raw) && key.verify(b"message", &der));
    assert!(!key.verify_raw(b"massage", &raw) && !key.verify(b"massage", &der));
    assert!(!key.verify_raw(b"message", &der) && !key.verify(b"message", &raw));
    assert!(!key.verify_raw(b"message", &[0; 64]) && !key.verify_raw(b"message", b""));
}

#[test]
fn a_key_that_lives_elsewhere_can_be_certified() {
    let outside = new_signer();
    let subject = Subject {
        country: Some("IQ".into()), ..Subject::named("دادگای هەولێر، ژوور \"٢\"")
    };
    let der = issue_for(
        &DIRECTORATE.root,
        &subject,
        term("2026-01-01T00:00:00Z", "2052-01-01T00:00:00Z"),
        &outside.public_key(),
    )
    .unwrap();
    assert_eq!(PublicKey::from_certificate(&der), Some(outside.public_key()));
}

#[test]
fn a_subject_or_term_that_makes_no_sense_is_refused() {
    let sound = term("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    let backwards = term("2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
    for (subject, term) in [
        (Subject::named(" "), sound),
        (Subject { country: Some("Iraq".into()), ..Subject::named("A") }, sound),
        (Subject::named("A"), backwards),
    ] {
        assert!(matches!(create_root(&subject, term), Err(SignFault::Chain(_))), "{subject:?}");
    }
}
