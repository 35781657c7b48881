//! Days as papers of civil status write them: in words, beside their figures.

use diwan_web::words::{Words, plain};

#[test]
fn a_day_is_written_in_words_in_every_language() {
    let words = Words::load().unwrap();
    for (language, day, said) in [
        ("en", "1998-03-14", "the fourteenth of March, one thousand nine hundred ninety-eight"),
        ("en", "2000-01-31", "the thirty-first of January, two thousand"),
        ("en", "2011-12", "December, two thousand eleven"),
        ("en", "1900", "one thousand nine hundred"),
        ("ar", "1998-03-14", "الرابع عشر من آذار سنة ألف وتسعمئة وثمان وتسعين"),
        ("ar", "2021-11-30", "الثلاثون من تشرين الثاني سنة ألفين وإحدى وعشرين"),
        ("ar", "2012", "سنة ألفين واثنتي عشرة"),
        ("ckb", "1998-03-14", "چواردەی ئازاری ساڵی هەزار و نۆ سەد و نەوەد و هەشت"),
        ("ckb", "2026-11-20", "بیستی تشرینی دووەمی ساڵی دوو هەزار و بیست و شەش"),
        ("kmr", "1998-03-14", "çardehê Adarê, sala hezar û neh sed û nod û heşt"),
    ] {
        let lang = words.language(language).unwrap();
        assert_eq!(lang.stored_date_in_words(day).map(|text| plain(&text)).as_deref(), Some(said), "{day}");
    }
    // What is no day, or older than any book, is not written.
    let english = words.language("en").unwrap();
    for text in ["", "tomorrow", "0998-01-01", "3000"] {
        assert_eq!(english.stored_date_in_words(text), None, "{text:?}");
    }
    // Each day and each year of a century has its words in every language.
    for language in ["ckb", "ar", "kmr", "en"] {
        let lang = words.language(language).unwrap();
        let days = (1..=31).map(|day| format!("1900-01-{day:02}"));
        let months = (1..=12).map(|month| format!("1900-{month:02}"));
        for text in days.chain(months).chain((1950..2060).map(|year| year.to_string())) {
            let said = lang.stored_date_in_words(&text).unwrap();
            assert!(!said.contains('[') && !said.contains(|c: char| c.is_ascii_digit()), "{text}: {said}");
        }
    }
}

#[test]
fn a_name_is_the_same_read_from_text_or_from_json() {
    let words = Words::load().unwrap();
    for text in [
        r#"{"ckb": "بنکەی هەولێر", "ar": "مركز أربيل", "kmr": "Navenda Hewlêrê", "en": "Centre \"Erbil\""}"#,
        r#"{"en": "Erbil"}"#,
        r#"{"ar": "أربيل", "kmr": "Hewlêr"}"#,
        "{}",
    ] {
        let json = serde_json::from_str(text).unwrap();
        for language in ["ckb", "ar", "kmr", "kmr-Arab", "en"] {
            let Some(lang) = words.language(language) else { panic!("{language} is missing") };
            assert_eq!(lang.name_in_text(text), Some(lang.name_in(&json)), "{language} {text}");
        }
    }
    let english = words.language("en").unwrap();
    for broken in ["", "Erbil", r#"{"en": 7}"#, "[1]"] {
        assert_eq!(english.name_in_text(broken), None, "{broken:?}");
    }
}
