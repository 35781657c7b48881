//! Nothing that can be typed, sent or saved makes a parser panic.

use crate::folders::{birth_certificate, from_disk};
use diwan_domain::services::{Fields, Folder, check};
use diwan_domain::{dates, names, numbers};
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::LazyLock;

static SERVICE: LazyLock<diwan_domain::services::Service> = LazyLock::new(birth_certificate);

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_readers_survive_anything(one in any::<String>(), two in "[0-9٠-٩۰-۹ +/.-]{0,20}", three in "\\PC{0,12}") {
        for text in [&one, &two, &three] {
            let _ = dates::PartialDate::from_fields(text, &two, &three);
            let _ = text.parse::<dates::PartialDate>();
            let _ = names::NameParts::new(text, &two, &three, &one);
            let folded = names::fold(text);
            prop_assert_eq!(names::fold(&folded), folded.clone());
            let _ = (names::skeleton(text), names::sort_key(text, "ckb"), names::transliterate(text));
            let _ = names::rank(text, &three);
            let mut query = names::search::Query::new(text);
            query.set_near(0, &[(names::skeleton(&three), 1), (names::skeleton(text), 2)]);
            let _ = (query.exact(), query.nearby(), names::search::keys_of_parts([Some(text), None, Some(&three), None]));
            let _ = (numbers::phone(text), numbers::email(text), numbers::parse_number(text));
            for kind in numbers::IdentityKind::ALL {
                let _ = kind.read(text);
            }
            let _ = text.parse::<diwan_domain::calendar::Span>();
        }
    }

    #[test]
    fn numbers_given_out_read_back(number in any::<u32>(), year in proptest::option::of(2020_i16..2100)) {
        let written = numbers::format_number("EB", u64::from(number), year);
        prop_assert_eq!(numbers::parse_number(&written.to_lowercase().replace('-', "")), Ok(written));
    }

    #[test]
    fn a_swap_of_neighbours_is_noticed(number in 0_u32..1_000_000, place in 3_usize..9) {
        let written = numbers::format_number("EB", u64::from(number), None);
        let mut typed: Vec<char> = written.chars().collect();
        typed.swap(place, place + 1);
        let typed: String = typed.into_iter().collect();
        if typed.replace('-', "") != written.replace('-', "") {
            prop_assert!(numbers::parse_number(&typed).is_err(), "{} {}", written, typed);
        }
    }

    #[test]
    fn questions_survive_any_form(values in proptest::collection::vec(any::<String>(), 1..6)) {
        for question in &SERVICE.questions {
            let mut fields = Fields::new();
            for (name, value) in question.fields().into_iter().zip(values.iter().cycle()) {
                fields.insert(name, vec![value.clone()]);
            }
            if let Ok(value) = question.read(&fields, date(2026, 11, 22)) {
                // What was accepted once is accepted again, unchanged.
                let again = question.check(&value, date(2026, 11, 22));
                prop_assert_eq!(again, Ok(value.clone()));
                let _ = question.show(&value);
                let back = question.read(&question.typed(&value), date(2026, 11, 22));
                prop_assert_eq!(back, Ok(value));
            }
        }
    }

    #[test]
    fn the_checker_survives_any_file(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,200}") {
        for content in [bytes, text.into_bytes()] {
            let files = ["service.toml", "words/ckb.ftl", "examples/a.toml"].map(|name| (name, content.clone()));
            let _ = check(&Folder::new("any", files), None);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    /// A real folder with a stretch cut out, doubled or overwritten.
    #[test]
    fn the_checker_survives_any_damage(
        file in 0_usize..6,
        start in any::<prop::sample::Index>(),
        length in 1_usize..60,
        patch in "[\\[\\]{}\"'=.a-z0-9$() \n-]{0,12}",
    ) {
        let mut folder = from_disk("birth-certificate");
        let name = folder.files.keys().filter(|name| *name != "document.typ").nth(file).unwrap().clone();
        let mut bytes = folder.files[&name].clone();
        let start = start.index(bytes.len());
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, patch.into_bytes());
        folder.files.insert(name, bytes);
        for finding in check(&folder, None).diagnostics {
            prop_assert!(finding.line >= 1 && finding.column >= 1);
        }
    }

    #[test]
    fn conditions_survive_anything(condition in "[a-z_.()&|!<>=+*/%?: 0-9'\\[\\]]{0,40}") {
        let mut folder = from_disk("birth-certificate");
        let text = folder.text("service.toml").unwrap();
        let text = text.replacen("\"entry.protected\"", &format!("\"\"\"{condition}\"\"\""), 1);
        folder.files.insert("service.toml".to_owned(), text.into_bytes());
        let _ = check(&folder, None);
    }
}
