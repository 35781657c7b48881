//! The folded key: one spelling for the many ways keyboards write one letter.

use crate::digits;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfkc_quick};

/// Whether a letter is composed already, joins no other and is no mark that may go: printable
/// ASCII, and the letters of the Arabic script. Nearly every name has no other, and is spared
/// the tables of Unicode.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{0621}'..='\u{064A}' | '\u{0671}'..='\u{0674}' | '\u{0679}'..='\u{06D5}')
}

/// A text with its letters composed (NFKC). Nearly every name is already, and then it is not
/// written again.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfkc().collect()),
    }
}

/// A text in the letters that people type, where a program wrote it in the forms that letters
/// take in print (`ﺷﻴﻼﻥ`), as tables do that were copied out of a PDF.
pub(crate) fn as_typed(text: &str) -> Cow<'_, str> {
    let is_printed = |c: char| matches!(c, '\u{FB50}'..='\u{FBFF}' | '\u{FDF2}' | '\u{FE80}'..='\u{FEFC}');
    if !text.chars().any(is_printed) {
        return Cow::Borrowed(text);
    }
    let mut typed = String::with_capacity(text.len());
    for c in text.chars() {
        if is_printed(c) { typed.extend(std::iter::once(c).nfkc()) } else { typed.push(c) }
    }
    Cow::Owned(typed)
}

/// Folds a name to its search key: letters that keyboards confuse become one,
/// marks that are optional in writing go, Latin letters lose their hats.
///
/// The same key comes out for `سارا` typed on a Persian, Arabic or Kurdish
/// keyboard. It does not bridge scripts; [`super::skeleton`] does.
#[must_use]
pub fn fold(text: &str) -> String {
    // Composed first: a decomposed أ is an alef and a hamza mark.
    let composed = composed(text);
    let mut out = String::with_capacity(composed.len());
    for c in composed.chars().flat_map(char::to_lowercase) {
        push_folded(&mut out, c);
        // Sorani writes long u as وو: one sound, one letter here.
        if out.ends_with("وو") {
            out.pop();
        }
    }
    // Letters that stood apart may have come together (Hangul does).
    let together = self::composed(&out);
    let mut words = together.split_whitespace();
    let mut key = words.next().unwrap_or_default().to_owned();
    for word in words {
        key.push(' ');
        key.push_str(word);
    }
    key
}

fn push_folded(out: &mut String, c: char) {
    match c {
        'ي' | 'ى' | 'ئ' | 'ێ' | 'ې' | 'ۍ' => out.push('ی'),
        'ك' | 'ڪ' => out.push('ک'),
        'ة' | 'ە' | 'ھ' | 'ہ' | 'ۀ' | 'ۂ' | 'ۃ' => out.push('ه'),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ؤ' | 'ۆ' | 'ۇ' | 'ۈ' | 'ۊ' => out.push('و'),
        'ڵ' => out.push('ل'),
        'ڕ' | 'ڔ' => out.push('ر'),
        'ء' | 'ـ' | '\u{0670}' => {}
        '-' | '\u{2010}' | '\u{2011}' | '_' | '.' => out.push(' '),
        '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʿ' | 'ʾ' => {}
        'ı' => out.push('i'),
        'ø' => out.push('o'),
        'đ' => out.push('d'),
        'ł' => out.push('l'),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        c if is_plain(c) => out.push(c),
        c if is_combining_mark(c) || digits::is_invisible(c) => {}
        c if c.is_ascii() => out.push(c),
        c if ('\u{00C0}'..='\u{024F}').contains(&c) || ('\u{1E00}'..='\u{1EFF}').contains(&c) => {
            for base in std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)) {
                // Below a hat may stand a letter that is folded itself: ǿ, ǽ.
                if base == c { out.push(c) } else { push_folded(out, base) }
            }
        }
        c => out.push(digits::ascii(c)),
    }
}

/// The order of the Kurdish alphabet in Arabic script, which also holds every
/// letter of the Arabic one in its usual place.
const ARABIC_ORDER: &str = "ئءأإآٱابپتةثجچحخدذرڕزژسشصضطظعغفڤقكکگلڵمنهھوؤۆەىيیێ";
/// The order of the Kurmanji alphabet, with English letters where they stand.
const LATIN_ORDER: &str = "abcçdeêfghiîjklmnopqrsştuûvwxyz";
/// Arabic proper orders ه before و and ي, and treats all forms of alef alike.
const PLAIN_ARABIC_ORDER: &str = "ءابپتثجچحخدذرزژسشصضطظعغفڤقكگلمنهوي";

/// A key whose bytewise order is the order in which people of a language
/// expect a list of names. Letters of other alphabets come after.
#[must_use]
pub fn sort_key(text: &str, language: &str) -> String {
    let mut key = String::with_capacity(text.len() * 2);
    for c in composed(text).chars().flat_map(char::to_lowercase) {
        let c = digits::ascii(c);
        if is_combining_mark(c) || digits::is_invisible(c) || matches!(c, 'ـ' | '\'' | '’' | '‘' | 'ʼ')
        {
            continue;
        }
        let arabic = if language == "ar" {
            (PLAIN_ARABIC_ORDER, alike_in_arabic(c))
        } else {
            (ARABIC_ORDER, alike(c))
        };
        let latin_first = matches!(language, "kmr" | "ku" | "en" | "tr");
        let (near, far) = if latin_first { ('2', '3') } else { ('3', '2') };
        if c.is_whitespace() || c == '-' {
            key.push(' ');
        } else if c.is_ascii_digit() {
            key.push('1');
            key.push(c);
        } else if let Some(place) = place_in(LATIN_ORDER, c).or_else(|| place_in(LATIN_ORDER, base(c))) {
            push_place(&mut key, near, place);
        } else if let Some(place) = place_in(arabic.0, arabic.1) {
            push_place(&mut key, far, place);
        } else {
            key.push('4');
            key.push(c);
        }
    }
    key.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_place(key: &mut String, class: char, place: usize) {
    key.push(class);
    // Two base-36 digits keep the bytes in order and the key printable.
    for digit in [place / 36, place % 36] {
        let digit = u32::try_from(digit).ok().and_then(|d| char::from_digit(d, 36));
        key.push(digit.unwrap_or('z'));
    }
}

fn place_in(order: &str, c: char) -> Option<usize> {
    order.chars().position(|other| other == c)
}

fn base(c: char) -> char {
    match c {
        'ı' => 'i',
        c => std::iter::once(c).nfd().next().unwrap_or(c),
    }
}

/// Forms of one letter that a Kurdish list does not tell apart.
fn alike(c: char) -> char {
    match c {
        'ك' => 'ک',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ي' | 'ى' => 'ی',
        'ة' => 'ە',
        'ھ' => 'ه',
        'ؤ' => 'و',
        c => c,
    }
}

/// Forms of one letter that an Arabic list does not tell apart.
fn alike_in_arabic(c: char) -> char {
    match c {
        'ک' => 'ك',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ی' | 'ى' | 'ێ' | 'ئ' => 'ي',
        'ة' | 'ە' | 'ھ' => 'ه',
        'ؤ' | 'ۆ' => 'و',
        'ڕ' => 'ر',
        'ڵ' => 'ل',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_letters_are_composed_and_no_marks() {
        for c in ('\0'..=char::MAX).filter(|c| is_plain(*c)) {
            assert_eq!(is_nfkc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            assert!(!is_combining_mark(c) && !digits::is_invisible(c), "{c:?}");
            // What joins a letter before it is told by Maybe: none of these does, after any other.
            assert_eq!(is_nfkc_quick(['ا', c].into_iter()), IsNormalized::Yes, "{c:?}");
        }
    }

    #[test]
    fn spellings_of_one_name_fold_to_one_key() {
        for pair in [
            ("شیلان", "شيلان"),
            ("کاوە", "كاوه"),
            ("فاطمة", "فاطمه"),
            ("أحمد", "احمد"),
            ("آلاء", "الا"),
            ("ڕۆژین", "روژين"),
            ("گوڵ", "گول"),
            ("نوور", "نور"),
            ("مُحَمَّد", "محمد"),
            ("هێمن", "هيمن"),
            ("مؤید", "مويد"),
            ("رحمٰن", "رحمن"),
            ("ليـــلى", "لیلی"),
            ("شه‌هلا", "شەهلا"),
            ("Şîlan", "silan"),
            ("ŞÎLAN", "şilan"),
            ("Çinar", "cinar"),
            ("Al-Jubouri", "al jubouri"),
            ("O’Neill", "oneill"),
            ("\u{200F}ئازاد ", "ئازاد"),
            ("أ\u{0654}حمد", "احمد"),
            ("كوردستان ١٢", "کوردستان 12"),
        ] {
            assert_eq!(fold(pair.0), fold(pair.1), "{pair:?}");
        }
    }

    #[test]
    fn a_folded_key_folds_to_itself() {
        for text in [
            "شیلان ئازاد",
            "Şîlan",
            "عبد الله",
            "نوور",
            "وووو",
            "İstanbul",
            "Ǿrsted",
            "ǽ",
            "\u{1112}ـ\u{1161}",
        ] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }

    #[test]
    fn lists_are_in_the_order_people_expect() {
        let sorted = |language: &str, names: &[&str]| {
            let mut names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
            names.sort_by_key(|name| sort_key(name, language));
            names.join(" ")
        };
        assert_eq!(
            sorted("ckb", &["یاسین", "چنار", "بەهار", "پەری", "ئازاد", "هێمن", "ژیان"]),
            "ئازاد بەهار پەری چنار ژیان هێمن یاسین"
        );
        assert_eq!(
            sorted("ar", &["ياسين", "هدى", "أحمد", "وليد", "إبراهيم", "بدر"]),
            "إبراهيم أحمد بدر هدى وليد ياسين"
        );
        assert_eq!(
            sorted("kmr", &["Şêrko", "Zana", "Sara", "Çiya", "Cemal", "Êvîn", "Evîn"]),
            "Cemal Çiya Evîn Êvîn Sara Şêrko Zana"
        );
        assert_eq!(sorted("en", &["zana", "Ali", "ali b", "Ali a"]), "Ali Ali a ali b zana");
    }
}
