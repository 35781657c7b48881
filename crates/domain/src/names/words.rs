//! The words of a name: what is one name in two words comes together (عبد الله,
//! نجم الدين, Abu Bakr), articles and words between names go.

use super::fold::{composed, is_plain};
use crate::digits;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How many words of one name are looked at; nobody has more.
const MOST_WORDS: usize = 12;
/// What stands before another word and is one name with it.
const PREFIXES: &[&str] = &[
    "عبد",
    "عەبد",
    "عەبدول",
    "عەبدوڵ",
    "عەبدۆ",
    "abd",
    "abdul",
    "abdel",
    "abdal",
    "abdil",
    "abdol",
    "abdoul",
    "ebd",
    "ebdul",
    "ebdil",
    "evd",
    "evdil",
    "evdul",
    "ابو",
    "أبو",
    "ئەبو",
    "ئەبوو",
    "abu",
    "abo",
    "abou",
    "ebu",
    "ebû",
    "ام",
    "أم",
    "ئوم",
    "um",
    "umm",
    "oum",
    "امة",
    "أمة",
];
/// What stands after another word and is one name with it: its short form.
const SUFFIXES: &[(&str, &str)] = &[
    ("الدين", "دين"),
    ("الدین", "دین"),
    ("دین", "دین"),
    ("دين", "دين"),
    ("ئەدین", "ەدین"),
    ("ئەددین", "ەدین"),
    ("ئەلدین", "ەدین"),
    ("الله", "الله"),
    ("اللە", "اللە"),
    ("اللة", "اللة"),
    ("ئەڵڵا", "وڵا"),
    ("addin", "din"),
    ("uddin", "din"),
    ("eddin", "din"),
    ("iddin", "din"),
    ("adin", "din"),
    ("aldin", "din"),
    ("eldin", "din"),
    ("uldin", "din"),
    ("addeen", "din"),
    ("uddeen", "din"),
    ("aldeen", "din"),
    ("eldeen", "din"),
    ("din", "din"),
    ("deen", "din"),
    ("dîn", "din"),
    ("eldîn", "din"),
    ("edîn", "din"),
    ("eddîn", "din"),
    ("allah", "ala"),
    ("alla", "ala"),
    ("ullah", "ula"),
    ("ulla", "ula"),
    ("illah", "ila"),
];
/// Words between names that name nobody: son and daughter of.
const BETWEEN: &[&str] =
    &["بن", "ابن", "بنت", "إبن", "bin", "ibn", "ben", "bint", "کوڕی", "کچی", "kurê", "keça"];
/// The article written as a word of its own, also as it is said before sun letters.
const ARTICLES: &[&str] = &[
    "al", "el", "ul", "ال", "آل", "ئەل", "ئەڵ", "as", "es", "ash", "esh", "eş", "ar", "er", "ad", "ed", "an",
    "en", "at", "et", "az", "ez",
];

/// What people are called by before their name, folded: it stands in few registers.
const TITLES: &[&str] = &[
    "ملا",
    "مهلا",
    "الملا",
    "شیخ",
    "الشیخ",
    "سید",
    "السید",
    "سهید",
    "حاجی",
    "حاج",
    "الحاج",
    "حجی",
    "دکتور",
    "الدکتور",
    "د",
    "کاک",
    "کاکه",
    "مام",
    "خاتو",
    "خات",
    "ماموستا",
    "استاذ",
    "الاستاذ",
    "mala",
    "mela",
    "mele",
    "mulla",
    "mullah",
    "molla",
    "sheikh",
    "shaikh",
    "sheykh",
    "shaykh",
    "shekh",
    "sex",
    "sayyid",
    "sayid",
    "sayed",
    "syed",
    "seyid",
    "seyyid",
    "haji",
    "hajji",
    "haj",
    "hajj",
    "heci",
    "haci",
    "dr",
    "doctor",
    "doktor",
    "diktor",
    "kak",
    "kaka",
    "kake",
    "mam",
    "khatu",
    "xatu",
    "mamosta",
    "mamoste",
    "ustad",
];

/// What was typed without the titles before it (ملا, شێخ, Haji, Dr); `None` where none
/// stands there, or nothing else does. Some of them are names too.
#[must_use]
pub fn without_title(text: &str) -> Option<String> {
    let tokens = tokens(text);
    let titles = tokens.iter().take_while(|token| TITLES.contains(&super::fold(token).as_str())).count();
    (1..tokens.len()).contains(&titles).then(|| tokens[titles..].join(" "))
}

/// Names that stand before another and that some write together with it: حەمەڕەشید and
/// Hama Rashid, محمد امین and Muhammadamin.
const FIRST_HALVES: &[&str] = &[
    "حەمە",
    "حمە",
    "حمه",
    "hama",
    "heme",
    "hema",
    "محمد",
    "محەمەد",
    "محەممەد",
    "موحەممەد",
    "muhammad",
    "muhammed",
    "mohammad",
    "mohammed",
    "mohamad",
    "mohamed",
    "mihemed",
    "mhamad",
];

/// The fewest letters of what follows such a name in one word.
const LEAST_SECOND_HALF: usize = 3;

/// What was typed with such names divided the other way: two words made one, one made two;
/// `None` where none stands there. Muhammad, son of Rashid, is another: this is for whoever
/// was not found as it was typed.
#[must_use]
pub fn otherwise_divided(text: &str) -> Option<String> {
    let tokens = tokens(text);
    let mut divided: Vec<String> = Vec::new();
    let mut rest = tokens.iter();
    while let Some(token) = rest.next() {
        if FIRST_HALVES.contains(&token.as_str())
            && let Some(second) = rest.next()
        {
            divided.push(format!("{token}{second}"));
            continue;
        }
        let halves = FIRST_HALVES.iter().filter_map(|first| Some((*first, token.strip_prefix(first)?)));
        match halves.max_by_key(|(first, _)| first.len()) {
            Some((first, second)) if second.chars().count() >= LEAST_SECOND_HALF => {
                divided.extend([first.to_owned(), second.to_owned()]);
            }
            _ => divided.push(token.clone()),
        }
    }
    (divided != tokens).then(|| divided.join(" "))
}

/// The words of a name in lower case, each one name to those who bear it.
pub(super) fn words(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut found: Vec<String> = Vec::new();
    let mut pending = String::new();
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        if BETWEEN.contains(&token.as_str()) && next.is_some() && !found.is_empty() && pending.is_empty() {
            continue;
        }
        if let Some((short, last)) = suffix(token).zip(found.last_mut()).filter(|_| pending.is_empty()) {
            last.push_str(short);
            continue;
        }
        if next.is_some_and(|next| is_article(token, next)) {
            // After عبد the article belongs to the name.
            if !pending.is_empty() {
                pending.push_str(token);
            }
            continue;
        }
        pending.push_str(token);
        if !PREFIXES.contains(&token.as_str()) {
            found.push(plain(&std::mem::take(&mut pending)));
        }
        if found.len() == MOST_WORDS {
            break;
        }
    }
    if !pending.is_empty() {
        found.push(plain(&pending));
    }
    found
}

/// How many words of a text count, and how many letters of each.
const MOST_TOKENS: usize = 24;
const LONGEST_WORD: usize = 64;

fn tokens(text: &str) -> Vec<String> {
    let lower: String = composed(text).chars().flat_map(char::to_lowercase).collect();
    let mut tidy = String::with_capacity(lower.len());
    for c in composed(&lower).chars() {
        match c {
            // Old keyboards write the vowel ە as ه and a zero-width non-joiner.
            '\u{200C}' if tidy.ends_with('ه') => {
                tidy.pop();
                tidy.push('ە');
            }
            'ـ' | '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʿ' | 'ʾ' => {}
            '-' | '\u{2010}' | '\u{2011}' | '.' | '_' | ',' | '،' => tidy.push(' '),
            c if is_plain(c) => tidy.push(c),
            c if digits::is_invisible(c) => {}
            // A mark above a letter of the Arabic script is optional; Latin ones
            // that did not join their letter are too.
            c if is_combining_mark(c) => {}
            c => tidy.push(c),
        }
    }
    let words = tidy.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    // Nobody has longer names, nor more; a text that is none costs no more than one.
    words.take(MOST_TOKENS).map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

fn suffix(token: &str) -> Option<&'static str> {
    SUFFIXES.iter().find(|(spelling, _)| *spelling == token).map(|(_, short)| *short)
}

/// Whether a word is the article of the next one: `al`, or `as` before an s.
fn is_article(token: &str, next: &str) -> bool {
    if !ARTICLES.contains(&token) {
        return false;
    }
    let ends_in_l = matches!(token.chars().last(), Some('l' | 'ل' | 'ڵ'));
    ends_in_l || next.chars().next() == token.chars().nth(1)
}

/// Names that begin with what is no article in them, in the Arabic script: Almas, Ilham,
/// Ilyas, Alwand.
const NO_ARTICLE: &[&str] =
    &["الماس", "ألماس", "ئەلماس", "ئەڵماس", "الهام", "الياس", "الیاس", "الوند", "ئەلوەند"];

/// A word without its article, and without the l of an article inside it.
fn plain(word: &str) -> String {
    let count = word.chars().count();
    if NO_ARTICLE.contains(&word) {
        return word.to_owned();
    }
    for article in ["ال", "أل", "ئەل", "ئەڵ", "al", "el"] {
        let Some(rest) = word.strip_prefix(article) else { continue };
        // Nothing but Alqosh and whoever comes from there begins so.
        let is_alqosh = rest.starts_with('q');
        let least = if article.is_ascii() { 5 - usize::from(is_alqosh) } else { 3 };
        let begins_plainly = rest.chars().next().is_some_and(|c| match article.is_ascii() {
            true => !is_latin_vowel(c),
            false => !matches!(c, 'ە' | 'ێ' | 'ۆ'),
        });
        if rest.chars().count() >= least && begins_plainly && !rest.starts_with("له") {
            return plain(rest);
        }
    }
    for (ending, short) in [
        ("الدين", "دين"),
        ("الدین", "دین"),
        ("ەلدین", "ەدین"),
        ("aldin", "adin"),
        ("eldin", "adin"),
        ("uldin", "adin"),
        ("aldeen", "adin"),
        ("eldeen", "adin"),
        ("aldîn", "adin"),
        ("eldîn", "adin"),
    ] {
        if let Some(rest) = word.strip_suffix(ending).filter(|_| count > 6) {
            return format!("{rest}{short}");
        }
    }
    for (beginning, plainly) in [("evd", "abd"), ("avd", "abd"), ("ebd", "abd")] {
        if let Some(rest) = word.strip_prefix(beginning).filter(|_| count > 4) {
            return format!("{plainly}{rest}");
        }
    }
    word.to_owned()
}

pub(super) fn is_latin_vowel(c: char) -> bool {
    let base = std::iter::once(c).nfd().next().unwrap_or(c);
    matches!(base, 'a' | 'e' | 'i' | 'o' | 'u' | 'ı')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_before_a_name_go_and_a_title_alone_is_a_name() {
        for (text, expected) in [
            ("ملا محمد صلاح", Some("محمد صلاح")),
            ("مه\u{200C}لا محەمەد", Some("محەمەد")),
            ("شێخ سەعید", Some("سەعید")),
            ("د. آزاد", Some("آزاد")),
            ("Haji Mala Omar", Some("omar")),
            ("Şêx Seîd", Some("seîd")),
            ("خاتوو ژیان", Some("ژیان")),
            ("Haji", None),
            ("Mala Haji", None),
            ("Omar Haji", None),
            ("", None),
        ] {
            assert_eq!(without_title(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn names_that_some_write_in_one_word_are_divided_the_other_way() {
        for (text, expected) in [
            ("Shanaz Hama Rashid", Some("shanaz hamarashid")),
            ("شهناز حمه رشيد", Some("شهناز حمهرشيد")),
            ("شاناز حەمەڕەشید", Some("شاناز حەمە ڕەشید")),
            ("محمد امین", Some("محمدامین")),
            ("Mohammedamin Ali", Some("mohammed amin ali")),
            ("Hamad Ali", None),
            ("Ali Mohammed", None),
            ("Shanaz", None),
            ("", None),
        ] {
            assert_eq!(otherwise_divided(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_one_name_in_two_words_comes_together() {
        for (text, expected) in [
            ("عبد الله حسن", "عبدالله حسن"),
            ("نجم الدين صابر", "نجمدين صابر"),
            ("Abdul Rahman Ali", "abdulrahman ali"),
            ("Abd al-Rahman", "abdalrahman"),
            ("Salah ad-Din Aziz", "salahdin aziz"),
            ("Nasr Allah", "nasrala"),
            ("Abu Bakr Omar", "abubakr omar"),
            ("Al-Jubouri", "jubouri"),
            ("As-Samarrai", "samarrai"),
            ("Aljubouri", "jubouri"),
            ("Alan Ali", "alan ali"),
            ("الماس الياس", "الماس الياس"),
            ("الياسري", "ياسري"),
            ("ئەلماس الهام", "ئەلماس الهام"),
            ("ألقوشي", "قوشي"),
            ("ئەلقۆشی", "قۆشی"),
            ("Elqoşî", "qoşî"),
            ("ئەلەند", "ئەلەند"),
            ("محمد بن علي", "محمد علي"),
            ("الجبوري", "جبوري"),
            ("شه\u{200C}هلا", "شەهلا"),
            ("Al", "al"),
            ("بن", "بن"),
            ("", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }
}
