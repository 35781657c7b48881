use diwan_documents::payload::{LONGEST_FRAGMENT, Payload, PayloadFault, decode_and_verify, encode};
use diwan_documents::qr::{Repair, svg};
use diwan_documents::signer::{PublicKey, Signer};
use jiff::civil::date;
use proptest::prelude::*;

use crate::DIRECTORATE;

fn payload() -> Payload {
    Payload {
        number: "EB-26-004-771-9".into(),
        kind: "birth-certificate".into(),
        name: "شیلان ئازاد کەریم بەرزنجی".into(),
        date: "1998-03-14".into(),
        issuer: "KRG Civil Status".into(),
        issued: date(2026, 11, 22),
        training: false,
    }
}

fn known(key_id: &str) -> Option<PublicKey> {
    (key_id == DIRECTORATE.signer.key_id()).then(|| DIRECTORATE.signer.public_key())
}

#[test]
fn a_code_is_read_offline_as_it_was_signed() {
    for (date, training) in [("1998-03-14", false), ("1998-03", true), ("1998", false), ("", true)] {
        let payload = Payload { date: date.into(), training, ..payload() };
        let fragment = encode(&payload, &DIRECTORATE.signer).unwrap();
        let read = decode_and_verify(&fragment, known).unwrap();
        assert_eq!(read.payload, payload);
        assert_eq!(read.key_id, DIRECTORATE.signer.key_id());
        assert!(!read.name_shortened);
    }
}

#[test]
fn the_whole_address_stays_short_enough_for_worn_paper() {
    let fragment = encode(&payload(), &DIRECTORATE.signer).unwrap();
    let address = format!("https://diwan.example/v/7Q4MK2TD9XHVP3RC6W0ZB8#{fragment}");
    assert!(address.len() <= 350, "{} characters", address.len());
    let drawn = svg(&address, Repair::M).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.ends_with("</svg>"));
}

#[test]
fn a_name_of_many_parts_is_cut_after_a_whole_word_and_marked() {
    let name = "عەبدولڕەحمان محەمەدئەمین عەبدولقادر شێخمەحموودی بەرزنجی لە بنەماڵەی شێخانی سلێمانی";
    let fragment = encode(&Payload { name: name.into(), ..payload() }, &DIRECTORATE.signer).unwrap();
    assert!(fragment.len() <= LONGEST_FRAGMENT);
    let read = decode_and_verify(&fragment, known).unwrap();
    assert!(read.name_shortened);
    let rest = name.strip_prefix(&read.payload.name).unwrap();
    assert!(rest.starts_with(' '), "{:?} is not whole words", read.payload.name);

    for start in ["", " "] {
        let one_word = Payload { name: format!("{start}{}", "ش".repeat(200)), ..payload() };
        let read = decode_and_verify(&encode(&one_word, &DIRECTORATE.signer).unwrap(), known).unwrap();
        assert!(read.name_shortened && !read.payload.name.trim().is_empty());
    }
}

#[test]
fn what_cannot_stand_in_a_code_is_refused() {
    for date in ["1998-13", "1998-02-30", "98", "1998-3-1", "0000", "soon", "1998-03-14T00"] {
        let fault = encode(&Payload { date: date.into(), ..payload() }, &DIRECTORATE.signer).unwrap_err();
        assert!(matches!(fault, PayloadFault::Field { field: "date", .. }), "{date}: {fault}");
    }
    let early = Payload { issued: date(1999, 12, 31), ..payload() };
    assert!(matches!(encode(&early, &DIRECTORATE.signer), Err(PayloadFault::Field { .. })));
    let long = Payload { issuer: "x".repeat(256), ..payload() };
    assert_eq!(encode(&long, &DIRECTORATE.signer).unwrap_err(), PayloadFault::TooLong);
    let full = Payload { issuer: "x".repeat(130), ..payload() };
    assert_eq!(encode(&full, &DIRECTORATE.signer).unwrap_err(), PayloadFault::TooLong);
    let nameless = Payload { number: String::new(), ..payload() };
    assert!(matches!(encode(&nameless, &DIRECTORATE.signer), Err(PayloadFault::Field { .. })));
}

#[test]
fn an_unknown_key_or_version_is_named() {
    let fragment = encode(&payload(), &DIRECTORATE.signer).unwrap();
    let fault = decode_and_verify(&fragment, |_| None).unwrap_err();
    assert_eq!(fault, PayloadFault::UnknownKey(DIRECTORATE.signer.key_id().into()));
    let newer = format!("Ag{}", &fragment[2..]);
    assert_eq!(decode_and_verify(&newer, known).unwrap_err(), PayloadFault::UnknownVersion(2));
}

#[test]
fn a_signature_for_something_else_does_not_sign_a_code() {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let fragment = encode(&payload(), &DIRECTORATE.signer).unwrap();
    let mut bytes = URL_SAFE_NO_PAD.decode(&fragment).unwrap();
    let split = bytes.len() - 64;
    let bare = DIRECTORATE.signer.sign_raw(&bytes[..split]).unwrap();
    bytes[split..].copy_from_slice(&bare);
    let fault = decode_and_verify(&URL_SAFE_NO_PAD.encode(bytes), known).unwrap_err();
    assert!(matches!(fault, PayloadFault::BadSignature(_)), "{fault}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn garbage_is_a_fault_not_a_panic(text in ".{0,320}") {
        prop_assert!(decode_and_verify(&text, known).is_err());
    }

    #[test]
    fn well_spelled_garbage_is_a_fault_not_a_panic(text in "AQ[A-Za-z0-9_-]{0,290}") {
        prop_assert!(decode_and_verify(&text, known).is_err());
    }

    #[test]
    fn any_changed_letter_is_noticed(at in any::<prop::sample::Index>(), with in "[A-Za-z0-9_-]") {
        let mut fragment = encode(&payload(), &DIRECTORATE.signer).unwrap();
        let at = at.index(fragment.len());
        prop_assume!(fragment[at..=at] != with);
        fragment.replace_range(at..=at, &with);
        prop_assert!(decode_and_verify(&fragment, known).is_err());
    }

    #[test]
    fn any_name_can_be_carried(name in "\\PC{1,120}") {
        let fragment = encode(&Payload { name: name.clone(), ..payload() }, &DIRECTORATE.signer).unwrap();
        prop_assert!(fragment.len() <= LONGEST_FRAGMENT);
        let read = decode_and_verify(&fragment, known).unwrap();
        prop_assert!(name.starts_with(&read.payload.name));
        prop_assert_eq!(read.name_shortened, read.payload.name != name);
    }
}
