use std::path::PathBuf;
use std::sync::LazyLock;

use diwan_documents::authority::{Subject, Term, create_root, issue, issue_stamping};
use diwan_documents::layout::render;
use diwan_documents::pades::{Open, Room, SealFault, SealInfo, inspect, seal, sign};
use diwan_documents::signer::{FileSigner, Signer};
use diwan_documents::timestamps::{Answer, Authority, Stamp, StampFault, rejection};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::openssl::{KINDS, OTHER_POLICY, OpensslAuthority, USUAL_POLICY};
use crate::{DIRECTORATE, Directorate, SMALL_LAYOUT, small_job, term, time};

const POLICY: &str = "1.3.6.1.4.1.99999.7";
const NUMBER: [u8; 16] = [7; 16];

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| render(&small_job(SMALL_LAYOUT)).unwrap());
static OURS: LazyLock<Confirming> = LazyLock::new(Confirming::new);

fn noon() -> Timestamp {
    time("2026-11-22T12:00:00Z")
}

fn about(at: Timestamp) -> SealInfo {
    SealInfo { issuer_name: "Civil status".into(), reason: "EB-26-004-771-9".into(), at }
}

fn signed() -> Open {
    sign(&SMALL, &DIRECTORATE.signer, &about(noon()), Room::SealAndStamp).unwrap()
}

/// An authority of our own, and an office that trusts it.
struct Confirming {
    root: FileSigner,
    signer: FileSigner,
    trusted: Authority,
}

impl Confirming {
    fn new() -> Confirming {
        let root =
            create_root(&Subject::named("Time root"), term("2026-01-01T00:00:00Z", "2046-01-01T00:00:00Z"));
        let root = root.unwrap();
        let signer = Confirming::issued(&root, "2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z");
        let trusted = Authority::new(&root.chain_pem().unwrap(), Some(POLICY)).unwrap();
        Confirming { root, signer, trusted }
    }

    fn issued(root: &FileSigner, from: &str, until: &str) -> FileSigner {
        issue_stamping(root, &Subject::named("Time authority"), term(from, until)).unwrap()
    }

    /// Asks, lets the answer be spoiled, and reads it at noon.
    fn asked(&self, spoil: impl FnOnce(&mut Answer)) -> Result<Stamp, StampFault> {
        self.asked_by(&self.signer, spoil)
    }

    fn asked_by(&self, signer: &FileSigner, spoil: impl FnOnce(&mut Answer)) -> Result<Stamp, StampFault> {
        let question = self.trusted.ask(b"a signature", NUMBER);
        let mut answer = Answer::to(question.der(), POLICY, 41, noon()).unwrap();
        spoil(&mut answer);
        question.read(&answer.sign(signer).unwrap(), noon())
    }
}

/// A paper sealed at noon, its moment confirmed a second later.
fn stamped() -> Vec<u8> {
    let open = signed();
    let question = OURS.trusted.ask(open.signature(), NUMBER);
    let answer = Answer::to(question.der(), POLICY, 0xf0_41, time("2026-11-22T12:00:01.5Z")).unwrap();
    let stamp = question.read(&answer.sign(&OURS.signer).unwrap(), noon()).unwrap();
    open.close(Some(&stamp)).unwrap()
}

static STAMPED: LazyLock<Vec<u8>> = LazyLock::new(stamped);

#[test]
fn a_stamped_paper_says_who_confirmed_its_moment() {
    let found = inspect(&STAMPED, &DIRECTORATE.roots()).unwrap();
    let stamp = found.stamp.unwrap();
    assert_eq!(stamp.at, time("2026-11-22T12:00:01.5Z"));
    assert_eq!((stamp.serial.as_str(), stamp.authority.as_str()), ("f041", "Time authority"));
    assert_eq!(stamp.policy, POLICY);
    OURS.trusted.vouches_for(&stamp).unwrap();
    let stranger = Confirming::new();
    assert_eq!(stranger.trusted.vouches_for(&stamp).unwrap_err().code(), "stamp/untrusted");

    let plain = seal(&SMALL, &DIRECTORATE.signer, &about(noon())).unwrap();
    assert_eq!(inspect(&plain, &DIRECTORATE.roots()).unwrap().stamp, None, "B-B as before");
    let unstamped = signed().close(None).unwrap();
    assert_eq!(inspect(&unstamped, &DIRECTORATE.roots()).unwrap().stamp, None);
}

#[test]
fn an_answer_that_holds_is_taken() {
    assert_eq!(OURS.asked(|_| {}).unwrap().at, noon());
    OURS.asked(|answer| answer.status = 1).expect("granted with modifications is granted");
    for seconds in [-299, 299] {
        OURS.asked(|answer| answer.at = noon() + SignedDuration::from_secs(seconds)).unwrap();
    }
}

#[test]
fn every_answer_that_does_not_hold_is_refused() {
    let code = |spoil: fn(&mut Answer)| OURS.asked(spoil).unwrap_err().code();
    assert_eq!(code(|answer| answer.nonce = Some(vec![7])), "stamp/wrong-nonce");
    assert_eq!(code(|answer| answer.nonce = None), "stamp/wrong-nonce");
    assert_eq!(code(|answer| answer.imprint[0] ^= 1), "stamp/wrong-imprint");
    assert_eq!(code(|answer| answer.policy = "1.2.3".into()), "stamp/wrong-policy");
    assert_eq!(code(|answer| answer.at = time("2026-11-22T12:06:00Z")), "stamp/clock");
    assert_eq!(code(|answer| answer.at = time("2026-11-22T11:54:00Z")), "stamp/clock");
    assert_eq!(code(|answer| answer.status = 2), "stamp/refused");

    let question = OURS.trusted.ask(b"a signature", NUMBER);
    let honest = Answer::to(question.der(), POLICY, 41, noon()).unwrap().sign(&OURS.signer).unwrap();
    question.read(&honest, noon()).unwrap();
    // The signature stands last, and the moment in the middle.
    let mut changed = honest.clone();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(question.read(&changed, noon()).unwrap_err(), StampFault::BadSignature);
    let mut changed = honest.clone();
    let at = changed.windows(15).position(|window| window == b"20261122120000Z").unwrap();
    changed[at + 13] = b'1';
    assert_eq!(question.read(&changed, noon()).unwrap_err(), StampFault::BadSignature);
    let again = OURS.trusted.ask(b"a signature", [8; 16]);
    assert_eq!(
        again.read(&honest, noon()).unwrap_err(),
        StampFault::WrongNonce,
        "an old answer is no answer"
    );
    for garbage in
        [b"".as_slice(), b"<html>", &honest[..honest.len() - 1], &[honest.as_slice(), b"\0"].concat()]
    {
        assert_eq!(question.read(garbage, noon()).unwrap_err().code(), "stamp/malformed");
    }
}

#[test]
fn a_refusal_says_why() {
    let question = OURS.trusted.ask(b"a signature", NUMBER);
    let fault = question.read(&rejection("closed\nfor the night", 14), noon()).unwrap_err();
    let words = "timestamp authority refuses: closed for the night; its source of time is not available (timeNotAvailable)";
    assert_eq!(fault.to_string(), words);
}

#[test]
fn only_an_authority_that_is_trusted_now_is_believed() {
    let code = |signer: &FileSigner| OURS.asked_by(signer, |_| {}).unwrap_err().code();
    assert_eq!(code(&Confirming::new().signer), "stamp/untrusted");
    let expired = Confirming::issued(&OURS.root, "2026-01-01T00:00:00Z", "2026-11-22T11:59:59Z");
    assert_eq!(code(&expired), "stamp/out-of-term");
    let sealing =
        issue(&OURS.root, &Subject::named("Sealer"), term("2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z"));
    assert_eq!(code(&sealing.unwrap()), "stamp/not-for-timestamps");
    assert_eq!(code(&OURS.root), "stamp/not-for-timestamps");
    // A key that an authority certified is no authority's.
    let upstart = Confirming::issued(&OURS.signer, "2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z");
    assert_eq!(code(&upstart), "stamp/untrusted");

    let own = diwan_documents::signer::certificate_pem(&OURS.signer.certificate_chain()[0]).unwrap();
    let pinned = Authority::new(&own, None).unwrap();
    let question = pinned.ask(b"a signature", NUMBER);
    let answer = Answer::to(question.der(), POLICY, 1, noon()).unwrap();
    question.read(&answer.sign(&OURS.signer).unwrap(), noon()).expect("its own certificate is enough");
    let other = Confirming::issued(&OURS.root, "2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z");
    assert_eq!(question.read(&answer.sign(&other).unwrap(), noon()).unwrap_err().code(), "stamp/untrusted");
    assert!(Authority::new(&own, Some("1.x")).is_err() && Authority::new("none", None).is_err());
}

#[test]
fn a_stamp_goes_into_its_own_seal_only() {
    let stamp = OURS.asked(|_| {}).unwrap();
    assert_eq!(signed().close(Some(&stamp)).unwrap_err(), SealFault::OtherStamp);

    let short = term("2026-01-01T00:00:00Z", "2026-11-22T12:00:00Z");
    let short = issue(&DIRECTORATE.root, &Subject::named("Office"), short).unwrap();
    let open = sign(&SMALL, &short, &about(noon()), Room::SealAndStamp).unwrap();
    let question = OURS.trusted.ask(open.signature(), NUMBER);
    let answer = Answer::to(question.der(), POLICY, 41, time("2026-11-22T12:00:01Z")).unwrap();
    let stamp = question.read(&answer.sign(&OURS.signer).unwrap(), noon()).unwrap();
    let fault = open.close(Some(&stamp)).unwrap_err();
    assert!(
        matches!(fault, SealFault::OutOfTerm { .. }),
        "confirmed when the certificate had ended: {fault}"
    );
}

#[test]
fn openssl_confirms_and_openssl_verifies() {
    for (at, kind) in KINDS.iter().enumerate() {
        let folder = std::env::temp_dir().join(format!("diwan-openssl-{}-{at}", std::process::id()));
        let openssl = OpensslAuthority::new(&folder, *kind);
        let now = Timestamp::now();
        let day = SignedDuration::from_hours(24);
        let around = Term { from: now - day, until: now + day };
        let root = create_root(&Subject::named("Root"), around).unwrap();
        let signer = issue(&root, &Subject::named("Office"), around).unwrap();
        let open = sign(&SMALL, &signer, &about(now), Room::SealAndStamp).unwrap();
        let signature = open.signature().to_vec();

        let office = Authority::new(&openssl.root_pem(), Some(OTHER_POLICY)).unwrap();
        let question = office.ask(&signature, NUMBER);
        let stamp = question.read(&openssl.reply(question.der()), Timestamp::now());
        let stamp = stamp.unwrap_or_else(|fault| panic!("{kind:?}: {fault}"));
        assert_eq!(
            (stamp.policy.as_str(), stamp.authority.as_str()),
            (OTHER_POLICY, "Openssl-timestamp-authority")
        );
        assert!(openssl.accepts(stamp.token(), &signature), "{kind:?}");
        assert!(!openssl.accepts(stamp.token(), b"another signature"));
        let sealed = open.close(Some(&stamp)).unwrap();
        let found = inspect(&sealed, root.certificate_chain()).unwrap();
        assert_eq!(found.stamp.as_ref(), Some(&stamp));
        office.vouches_for(&stamp).unwrap();

        // It refuses a policy it does not serve, and another root is not trusted.
        let other = Authority::new(&openssl.root_pem(), Some("1.2.3")).unwrap();
        let fault =
            other.ask(&signature, NUMBER).read(&openssl.reply(other.ask(&signature, NUMBER).der()), now);
        let said = fault.unwrap_err().to_string();
        assert!(said.contains("unacceptedPolicy") && said.contains("policy is not supported"), "{said}");
        let stranger = Authority::new(&OURS.root.chain_pem().unwrap(), Some(USUAL_POLICY)).unwrap();
        let question = stranger.ask(&signature, NUMBER);
        let fault = question.read(&openssl.reply(question.der()), Timestamp::now()).unwrap_err();
        assert_eq!(fault.code(), "stamp/untrusted", "{fault}");
    }
}

#[test]
fn openssl_verifies_what_the_demonstration_confirms() {
    let folder: PathBuf = std::env::temp_dir().join(format!("diwan-openssl-{}-ours", std::process::id()));
    let openssl = OpensslAuthority::new(&folder, KINDS[0]);
    let ours = Directorate::new();
    let stamping = Confirming::issued(&ours.root, "2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z");
    std::fs::write(openssl.root(), ours.root.chain_pem().unwrap()).unwrap();
    let office = Authority::new(&ours.root.chain_pem().unwrap(), None).unwrap();
    let question = office.ask(b"a signature", NUMBER);
    let now = Timestamp::now();
    let answer = Answer::to(question.der(), POLICY, u64::MAX, now).unwrap().sign(&stamping).unwrap();
    let stamp = question.read(&answer, now).unwrap();
    assert_eq!(stamp.serial, "ffffffffffffffff");
    assert!(openssl.accepts(stamp.token(), b"a signature"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_change_of_a_stamped_paper_says_anything_else(at in any::<prop::sample::Index>(), with in 1u8..) {
        let before = inspect(&STAMPED, &DIRECTORATE.roots()).unwrap();
        let mut altered = STAMPED.clone();
        let at = at.index(altered.len());
        altered[at] ^= with;
        // What is not signed in a token, such as a certificate too many, says nothing.
        if let Ok(after) = inspect(&altered, &DIRECTORATE.roots()) {
            let (one, other) = (before.stamp.unwrap(), after.stamp.unwrap());
            prop_assert_eq!((one.at, one.serial, one.authority), (other.at, other.serial, other.authority));
            prop_assert_eq!((before.at, before.key_id, before.reason), (after.at, after.key_id, after.reason));
        }
    }

    #[test]
    fn no_change_of_an_answer_says_anything_else(at in any::<prop::sample::Index>(), with in 1u8..) {
        let question = OURS.trusted.ask(b"a signature", NUMBER);
        let mut answer = Answer::to(question.der(), POLICY, 41, noon()).unwrap().sign(&OURS.signer).unwrap();
        let honest = question.read(&answer, noon()).unwrap();
        let at = at.index(answer.len());
        answer[at] ^= with;
        if let Ok(read) = question.read(&answer, noon()) {
            prop_assert_eq!((read.at, read.serial, read.authority), (honest.at, honest.serial, honest.authority));
        }
    }

    #[test]
    fn garbage_is_never_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(OURS.trusted.ask(b"a signature", NUMBER).read(&bytes, noon()).is_err());
    }
}
