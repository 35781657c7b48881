//! The figures of a service in words and bars.

use diwan_domain::money::Money;
use diwan_office::figures::Figures;
use diwan_web::inside::{bar, in_words};
use diwan_web::words::Words;

fn known() -> Figures {
    Figures {
        decided: Some(120),
        time: Some((40_000_000, 7_200_000_000)),
        times: Some([80, 20, 10, 5, 5, 0]),
        completion: Some(87),
        refusals: Some(3),
        trips: Some((4, 72)),
        satisfaction: Some((43, 57)),
        cost: Some(Money::iqd(2_500)),
    }
}

#[test]
fn figures_are_told_in_every_language() {
    let words = Words::load().unwrap();
    for language in words.languages() {
        let told = in_words(language, &known());
        assert_eq!((told.lines.len(), told.bars.len()), (6, 6), "{}", language.code);
        let all = told.lines.iter().map(|(label, text)| format!("{label} {text}")).collect::<String>();
        assert!(!all.contains('[') && !all.contains('{'), "{all}");
    }
    let english = in_words(&words.language("en").unwrap(), &known());
    assert!(english.lines[4].1.contains("4.3"), "{:?}", english.lines[4]);
    let sorani = in_words(&words.language("ckb").unwrap(), &known());
    assert!(sorani.lines[4].1.contains("٤٫٣"), "{:?}", sorani.lines[4]);
}

#[test]
fn what_is_not_known_is_not_said() {
    let words = Words::load().unwrap();
    let told = in_words(&words.language("en").unwrap(), &Figures::default());
    assert!(told.lines.is_empty() && told.bars.is_empty());
    assert!(told.few.contains("10"), "{}", told.few);
}

#[test]
fn bars_grow_the_way_people_read() {
    assert!(bar(25, false).contains("x=\"0\" y=\"0\" width=\"25\""));
    assert!(bar(25, true).contains("x=\"75\" y=\"0\" width=\"25\""));
}
