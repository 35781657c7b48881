use std::sync::LazyLock;

use diwan_documents::authority::{Subject, create_root, issue};
use diwan_documents::layout::render;
use diwan_documents::pades::{InspectFault, SealFault, SealInfo, inspect, seal};
use diwan_documents::sealing::Draft;
use diwan_documents::signer::{SignFault, Signer};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::{CERTIFICATE_LAYOUT, DIRECTORATE, Directorate, SMALL_LAYOUT, sample_job, small_job, term, time};

fn about(at: &str) -> SealInfo {
    SealInfo {
        issuer_name: "بەڕێوەبەرایەتیی گشتیی باری شارستانی".into(),
        reason: "EB-26-004-771-9".into(),
        at: time(at),
    }
}

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| render(&small_job(SMALL_LAYOUT)).unwrap());
static SEALED: LazyLock<Vec<u8>> =
    LazyLock::new(|| seal(&SMALL, &DIRECTORATE.signer, &about("2026-11-22T12:00:00Z")).unwrap());

#[test]
fn a_sealed_certificate_says_who_when_and_why() {
    let job = sample_job("certificate", CERTIFICATE_LAYOUT);
    let checked = Draft::new(job).check_here().unwrap();
    let unsealed = *checked.sha256();
    let sealed = checked.seal(&DIRECTORATE.signer, &about("2026-11-22T13:41:07Z")).unwrap();
    assert_eq!(sealed.unsealed_sha256(), &unsealed);
    assert_eq!(sealed.sha256().as_slice(), Sha256::digest(sealed.pdf()).as_slice());
    assert_eq!(sealed.key_id(), DIRECTORATE.signer.key_id());

    let seal = inspect(sealed.pdf(), &DIRECTORATE.roots()).unwrap();
    assert_eq!(seal.signer, "General Directorate of Civil Status");
    assert_eq!(seal.chain, ["General Directorate of Civil Status", "ڕەگی باری شارستانی"]);
    assert_eq!(seal.key_id, DIRECTORATE.signer.key_id());
    assert_eq!(seal.at, time("2026-11-22T13:41:07Z"));
    assert_eq!(seal.issuer_name, "بەڕێوەبەرایەتیی گشتیی باری شارستانی");
    assert_eq!(seal.reason, "EB-26-004-771-9");
    assert_eq!(seal.term, (time("2026-01-01T00:00:00Z"), time("2029-01-01T00:00:00Z")));
}

#[test]
fn sealing_again_after_a_power_cut_gives_the_same_bytes() {
    let again = || {
        let checked = Draft::new(sample_job("certificate", CERTIFICATE_LAYOUT)).check_here().unwrap();
        checked.seal(&DIRECTORATE.signer, &about("2026-11-22T13:41:07Z")).unwrap()
    };
    assert_eq!(again(), again());
}

#[test]
fn a_paper_is_sealed_once() {
    let fault = seal(&SEALED, &DIRECTORATE.signer, &about("2026-11-22T12:00:00Z")).unwrap_err();
    assert_eq!(fault, SealFault::AlreadySealed);
}

#[test]
fn what_is_not_a_tagged_pdf_is_not_sealed() {
    for bytes in [b"".as_slice(), b"%PDF-1.7\n", b"hello"] {
        let fault = seal(bytes, &DIRECTORATE.signer, &about("2026-11-22T12:00:00Z")).unwrap_err();
        assert!(matches!(fault, SealFault::Unsuitable(_)), "{fault}");
    }
}

#[test]
fn an_unsealed_paper_says_so() {
    assert_eq!(inspect(&SMALL, &DIRECTORATE.roots()).unwrap_err(), InspectFault::NotSealed);
    assert!(matches!(inspect(b"hello", &[]).unwrap_err(), InspectFault::NotPdf(_)));
}

#[test]
fn one_changed_byte_breaks_the_seal() {
    // Inside the compressed page: the file still reads as a PDF.
    let at = SEALED.windows(6).position(|window| window == b"stream").unwrap() + 12;
    let mut altered = SEALED.clone();
    altered[at] ^= 1;
    assert_eq!(inspect(&altered, &DIRECTORATE.roots()).unwrap_err(), InspectFault::Altered);
}

#[test]
fn something_added_after_sealing_is_noticed() {
    let mut longer = SEALED.clone();
    longer.extend(b"\n% one more line\n%%EOF\n");
    assert_eq!(inspect(&longer, &DIRECTORATE.roots()).unwrap_err(), InspectFault::NotWholeFile);
}

#[test]
fn something_hidden_beside_the_signature_is_noticed() {
    let end = SEALED.windows(9).rposition(|window| window == b"00000000>").unwrap() + 7;
    let mut hidden = SEALED.clone();
    hidden[end - 9..end].copy_from_slice(b"/Hidden 1");
    assert!(inspect(&hidden, &DIRECTORATE.roots()).is_err());
    let mut hidden = SEALED.clone();
    hidden[end - 1..end + 1].copy_from_slice(b"ff");
    let fault = inspect(&hidden, &DIRECTORATE.roots()).unwrap_err();
    assert!(matches!(fault, InspectFault::Malformed(_)), "{fault}");
}

#[test]
fn a_stranger_with_the_same_name_is_not_trusted() {
    let stranger = Directorate::new();
    let forged = seal(&SMALL, &stranger.signer, &about("2026-11-22T12:00:00Z")).unwrap();
    let fault = inspect(&forged, &DIRECTORATE.roots()).unwrap_err();
    assert_eq!(fault, InspectFault::Untrusted { signer: "General Directorate of Civil Status".into() });
    assert_eq!(fault.code(), "seal/untrusted");
    inspect(&forged, &[DIRECTORATE.roots(), stranger.roots()].concat()).unwrap();
}

#[test]
fn a_paper_still_verifies_after_its_certificate_ended() {
    let old = issue(
        &DIRECTORATE.root,
        &Subject::named("General Directorate of Civil Status"),
        term("2026-01-01T00:00:00Z", "2026-06-30T00:00:00Z"),
    )
    .unwrap();
    let sealed = seal(&SMALL, &old, &about("2026-06-29T12:00:00Z")).unwrap();
    let seal_found = inspect(&sealed, &DIRECTORATE.roots()).unwrap();
    assert!(seal_found.term.1 < time("2026-11-22T00:00:00Z"), "ended long ago, and no one is refused for it");

    let fault = seal(&SMALL, &old, &about("2026-07-01T12:00:00Z")).unwrap_err();
    assert!(matches!(fault, SealFault::OutOfTerm { .. }), "a key whose certificate ended seals nothing new");
}

#[test]
fn a_root_that_had_ended_when_the_paper_was_sealed_vouches_for_nothing() {
    let root = create_root(&Subject::named("Old root"), term("2020-01-01T00:00:00Z", "2026-06-30T00:00:00Z"))
        .unwrap();
    let signer =
        issue(&root, &Subject::named("Office"), term("2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z"))
            .unwrap();
    let sealed = seal(&SMALL, &signer, &about("2026-11-22T12:00:00Z")).unwrap();
    let fault = inspect(&sealed, root.certificate_chain()).unwrap_err();
    assert!(matches!(&fault, InspectFault::OutOfTerm { signer, .. } if signer == "Old root"), "{fault}");
}

#[test]
fn a_sealing_key_cannot_certify_another() {
    // The signer's own certificate is not an authority's, so one it "issued" is worth nothing.
    let upstart = issue(
        &DIRECTORATE.signer,
        &Subject::named("Upstart"),
        term("2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z"),
    )
    .unwrap();
    let sealed = seal(&SMALL, &upstart, &about("2026-11-22T12:00:00Z")).unwrap();
    let fault = inspect(&sealed, &DIRECTORATE.roots()).unwrap_err();
    assert_eq!(fault, InspectFault::Untrusted { signer: "Upstart".into() });
}

#[test]
fn a_root_does_not_seal() {
    let sealed = seal(&SMALL, &DIRECTORATE.root, &about("2026-11-22T12:00:00Z")).unwrap();
    let fault = inspect(&sealed, &DIRECTORATE.roots()).unwrap_err();
    assert!(matches!(fault, InspectFault::NotForSealing { .. }), "{fault}");
}

/// A key that lies, as a failing security module might.
struct Liar;

impl Signer for Liar {
    fn key_id(&self) -> &str {
        DIRECTORATE.signer.key_id()
    }
    fn certificate_chain(&self) -> &[Vec<u8>] {
        DIRECTORATE.signer.certificate_chain()
    }
    fn sign_raw(&self, _: &[u8]) -> Result<[u8; 64], SignFault> {
        DIRECTORATE.signer.sign_raw(b"something else")
    }
    fn public_key_sec1(&self) -> Vec<u8> {
        DIRECTORATE.signer.public_key_sec1()
    }
}

#[test]
fn a_key_that_signs_something_else_releases_nothing() {
    let fault = seal(&SMALL, &Liar, &about("2026-11-22T12:00:00Z")).unwrap_err();
    assert_eq!(fault, SealFault::BadSignature);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_change_of_any_byte_passes_or_panics(at in any::<prop::sample::Index>(), with in 1u8..) {
        let mut altered = SEALED.clone();
        let at = at.index(altered.len());
        altered[at] ^= with;
        let outcome = inspect(&altered, &DIRECTORATE.roots());
        // Hexadecimal digits may change case without changing the signature they spell.
        let same_hex = with == 0x20 && SEALED[at].is_ascii_alphabetic() && outcome.is_ok();
        prop_assert!(outcome.is_err() || same_hex, "byte {} passed", at);
    }

    #[test]
    fn garbage_is_a_fault_not_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(inspect(&bytes, &[]).is_err());
        prop_assert!(inspect(&[b"%PDF-1.7\n".as_slice(), &bytes].concat(), &[]).is_err());
    }
}
