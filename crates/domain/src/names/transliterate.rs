//! A Latin spelling for a name written in Arabic script.
//!
//! It is a reading aid, marked as transliterated wherever it is shown: the
//! spelling that counts comes from a passport or from the holder. Embassies
//! refuse a Latin name that differs from the passport.

use super::fold::composed;
use super::skeleton;
use unicode_normalization::char::is_combining_mark;

/// Arabic leaves short vowels unwritten, so common names are looked up by
/// their written form before letters are turned one by one.
const KNOWN: &[(&str, &str)] = &[
    ("محمد", "Muhammad"),
    ("احمد", "Ahmad"),
    ("محمود", "Mahmud"),
    ("حسن", "Hasan"),
    ("حسین", "Husayn"),
    ("علی", "Ali"),
    ("عمر", "Umar"),
    ("عثمان", "Uthman"),
    ("یوسف", "Yusuf"),
    ("ابراهیم", "Ibrahim"),
    ("اسماعیل", "Ismail"),
    ("مصطفی", "Mustafa"),
    ("خدیجه", "Khadija"),
    ("فاطمه", "Fatima"),
    ("مریم", "Maryam"),
    ("زینب", "Zaynab"),
    ("عایشه", "Aisha"),
    ("ساره", "Sara"),
    ("عبدالله", "Abdullah"),
    ("عبدالرحمن", "Abdulrahman"),
    ("عبد", "Abd"),
    ("خالد", "Khalid"),
    ("کریم", "Karim"),
    ("جمال", "Jamal"),
    ("کمال", "Kamal"),
    ("سلیم", "Salim"),
    ("صالح", "Salih"),
    ("طارق", "Tariq"),
    ("ناصر", "Nasir"),
    ("یاسر", "Yasir"),
    ("قادر", "Qadir"),
    ("جبار", "Jabbar"),
    ("ستار", "Sattar"),
    ("رشید", "Rashid"),
    ("حمید", "Hamid"),
    ("مجید", "Majid"),
    ("سعید", "Said"),
    ("امین", "Amin"),
    ("انور", "Anwar"),
    ("اکرم", "Akram"),
    ("فرهاد", "Farhad"),
    ("نوروز", "Nawroz"),
];

/// Turns a name in Arabic script (Kurdish or Arabic) into Latin letters,
/// always the same way. Text in other scripts is returned as it is.
#[must_use]
pub fn transliterate(text: &str) -> String {
    let composed = composed(text);
    let words = composed.split_whitespace().map(|word| {
        if super::is_arabic_script(word) { capitalised(&word_in_latin(word)) } else { word.to_owned() }
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn word_in_latin(word: &str) -> String {
    let key = super::fold(word);
    if let Some((_, known)) = KNOWN.iter().find(|(spelling, _)| *spelling == key) {
        return (*known).to_owned();
    }
    if let Some(rest) = word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3) {
        return format!("al-{}", capitalised(&word_in_latin(rest)));
    }
    let letters: Vec<char> = word
        .chars()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, 'ـ' | '\u{200C}' | '\u{200D}'))
        .collect();
    let mut latin = String::new();
    let mut index = 0;
    while let Some(letter) = letters.get(index).copied() {
        let before = index.checked_sub(1).and_then(|i| letters.get(i)).copied();
        let after = letters.get(index + 1).copied();
        if letter == 'و' && after == Some('و') {
            latin.push('u');
            index += 2;
            continue;
        }
        latin.push_str(letter_in_latin(letter, before, after));
        index += 1;
    }
    if latin.is_empty() { skeleton(word) } else { latin }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'ا' | 'آ' | 'ە' | 'ێ' | 'ی' | 'ي' | 'ۆ' | 'ى' | 'ة')
}

fn letter_in_latin(letter: char, before: Option<char>, after: Option<char>) -> &'static str {
    let beside_vowel = before.is_some_and(is_vowel) || after.is_some_and(is_vowel);
    let starts = before.is_none();
    match letter {
        'ا' | 'أ' | 'آ' | 'ٱ' | 'ى' => "a",
        'إ' if after == Some('ي') || after == Some('ی') => "",
        'إ' => "i",
        'ە' | 'ة' => "a",
        'ێ' => "e",
        'ۆ' => "o",
        'ئ' | 'ء' | 'ع' | 'ؤ' => "",
        'و' if starts || beside_vowel => "w",
        'و' => "u",
        'ی' | 'ي' if starts || (before.is_some_and(is_vowel) && after.is_some()) => "y",
        'ی' | 'ي' if after.is_some_and(|c| matches!(c, 'ا' | 'ە' | 'ۆ' | 'ێ' | 'ة')) => "iy",
        'ی' | 'ي' => "i",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' | 'ھ' => "h",
        'خ' => "kh",
        'د' => "d",
        'ذ' => "dh",
        'ر' | 'ڕ' => "r",
        'ز' | 'ظ' => "z",
        'ض' => "dh",
        'ژ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ڤ' => "v",
        'ق' => "q",
        'ك' | 'ک' => "k",
        'گ' => "g",
        'ل' | 'ڵ' => "l",
        'م' => "m",
        'ن' => "n",
        _ => "",
    }
}

fn capitalised(word: &str) -> String {
    if word.starts_with("al-") {
        return word.to_owned();
    }
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_readable_latin_always_the_same_way() {
        for (written, latin) in [
            ("شیلان ئازاد", "Shilan Azad"),
            ("محەمەد", "Mhamad"),
            ("محمد علي", "Muhammad Ali"),
            ("ڕۆژین", "Rozhin"),
            ("هێمن", "Hemn"),
            ("نەوزاد", "Nawzad"),
            ("نوور", "Nur"),
            ("الجبوري", "al-Jburi"),
            ("ئەوین", "Awin"),
            ("ژیان", "Zhiyan"),
            ("یاسین", "Yasin"),
            ("إبراهيم", "Ibrahim"),
            ("Shilan", "Shilan"),
            ("", ""),
        ] {
            assert_eq!(transliterate(written), latin, "{written}");
        }
    }
}
