//! Writes Kurmanji, which our words keep in Latin letters, for readers of Badini in Arabic letters.
//!
//! People in Duhok speak Badini Kurmanji and mostly write it in the Arabic script of Kurdish. Keeping a second
//! set of words for them would let the two drift apart, so `kmr-Arab` is derived from `kmr` letter by letter:
//!
//! | Latin | Arabic | Latin | Arabic | Latin | Arabic | Latin | Arabic |
//! |---|---|---|---|---|---|---|---|
//! | a | ا | ê | ێ | k | ک | ş | ش |
//! | b | ب | f | ف | l | ل | t | ت |
//! | c | ج | g | گ | m | م | u | و |
//! | ç | چ | h | ه | n | ن | û | وو |
//! | d | د | i | unwritten | o | ۆ | v | ڤ |
//! | e | ە | î | ی | p | پ | w | و |
//! | x | خ | j | ژ | q | ق | y | ی |
//! | z | ز | r | ر | s | س | ẍ ğ, ḧ, ł | غ, ح, ڵ |
//!
//! - A vowel that opens a word, or follows another vowel, stands on ئ; `i` there is ئ alone.
//! - `r` that opens a word, and `rr`, is ڕ. The word `û` (and) is و.
//! - `h` that closes a word is ھ, because ه would be read as ە there.
//! - An apostrophe between letters is ع.
//! - Digits become Arabic-Indic, and `?`, `,`, `;`, `%` their Arabic marks.
//!
//! Left as they are: Fluent placeables, what stands between bidi isolates (a name, a case number), HTML tags and
//! entities, words of capitals and digits only (PDF, KQ7-000-204-X), e-mail and web addresses.
//!
//! Spelling does not always follow sound: `locales/overrides/kmr-Arab.txt` lists the words that differ. An
//! override also serves the word with a case ending (`Diwan` for `Diwanê`).

use std::collections::BTreeMap;

/// Endings that an overridden word may carry; longer ones first where one begins with another.
const ENDINGS: [&str; 26] = [
    "ekan", "ekê", "ekî", "eke", "eka", "yekê", "yekî", "yeke", "yeka", "yên", "yan", "yek", "ên", "an",
    "ek", "yê", "ya", "yî", "ye", "in", "im", "ê", "a", "î", "e", "n",
];

/// Why a file of overrides cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverrideFault {
    /// A line is neither empty, a remark, nor `word = word`.
    #[error("line {0}: expected `word = word`")]
    NoPair(usize),
    /// A word was given twice.
    #[error("line {line}: `{word}` was given before")]
    Twice {
        /// The later line.
        line: usize,
        /// The word in Latin letters.
        word: String,
    },
}

/// Reads a file of overrides: `word = word` on each line, remarks after `#`. Capitals do not matter.
pub fn overrides(text: &str) -> Result<BTreeMap<String, String>, OverrideFault> {
    let mut pairs = BTreeMap::new();
    for (nth, line) in text.lines().enumerate() {
        let (line, number) = (line.split('#').next().unwrap_or_default().trim(), nth + 1);
        if line.is_empty() {
            continue;
        }
        let (latin, arabic) = line.split_once('=').ok_or(OverrideFault::NoPair(number))?;
        let (latin, arabic) = (lower(latin.trim()), arabic.trim().to_owned());
        if latin.is_empty() || arabic.is_empty() || latin.contains(char::is_whitespace) {
            return Err(OverrideFault::NoPair(number));
        }
        if pairs.insert(latin.clone(), arabic).is_some() {
            return Err(OverrideFault::Twice { line: number, word: latin });
        }
    }
    Ok(pairs)
}

/// The text in Arabic letters. The keys of `overrides` are in lower case, as [`overrides`] gives them.
pub fn to_arabic(text: &str, overrides: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = untouched(rest);
        if length > 0 {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if first.is_whitespace() {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let length = chunk(rest);
            write_chunk(&rest[..length], overrides, &mut out);
            rest = &rest[length..];
        }
    }
    out
}

/// How much of the text's beginning is a placeable, an isolate, a tag or an entity; 0 when it is none.
fn untouched(text: &str) -> usize {
    match text.chars().next() {
        Some('{') => balanced(text, |c| c == '{', |c| c == '}'),
        Some('\u{2066}'..='\u{2068}') => {
            balanced(text, |c| ('\u{2066}'..='\u{2068}').contains(&c), |c| c == '\u{2069}')
        }
        Some('<') if text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') => {
            text.find('>').map_or(0, |end| end + 1)
        }
        Some('&') => match text.find(';') {
            Some(end) if end > 1 && text[1..end].chars().all(|c| c.is_ascii_alphanumeric() || c == '#') => {
                end + 1
            }
            _ => 0,
        },
        _ => 0,
    }
}

/// The length up to the closing mark that belongs to the opening one; the whole text when it never comes.
fn balanced(text: &str, opens: impl Fn(char) -> bool, closes: impl Fn(char) -> bool) -> usize {
    let mut depth = 0_usize;
    for (at, found) in text.char_indices() {
        if opens(found) {
            depth += 1;
        } else if closes(found) {
            depth -= 1;
            if depth == 0 {
                return at + found.len_utf8();
            }
        }
    }
    text.len()
}

/// The length up to the next space or the next part that stays untouched; at least one character.
fn chunk(text: &str) -> usize {
    let mut places = text.char_indices().skip(1);
    places
        .find(|(at, found)| found.is_whitespace() || untouched(&text[*at..]) > 0)
        .map_or(text.len(), |(at, _)| at)
}

/// Writes one chunk: an address or a code as it is, anything else word by word.
fn write_chunk(chunk: &str, overrides: &BTreeMap<String, String>, out: &mut String) {
    let core = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '/');
    let whole = if is_address(core) || is_code(core) {
        Some(core.to_owned())
    } else {
        known(&lower(core), overrides).or_else(|| code_with_ending(core))
    };
    if let Some(whole) = whole {
        let from = chunk.find(core).unwrap_or_default();
        chunk[..from].chars().for_each(|mark| out.push(sign(mark)));
        out.push_str(&whole);
        chunk[from + core.len()..].chars().for_each(|mark| out.push(sign(mark)));
        return;
    }
    let letters = composed(chunk);
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_alphabetic() {
            out.push(sign(letters[at]));
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < letters.len() && belongs(&letters, end) {
            end += 1;
        }
        out.push_str(&word(&letters[at..end].iter().collect::<String>(), overrides));
        at = end;
    }
}

/// A letter, or an apostrophe between two letters.
fn belongs(letters: &[char], at: usize) -> bool {
    let letter = |at: usize| letters.get(at).is_some_and(|c| c.is_alphabetic());
    letter(at) || (is_apostrophe(letters[at]) && letter(at + 1))
}

fn is_apostrophe(found: char) -> bool {
    matches!(found, '\'' | '’' | '‘' | 'ʿ')
}

/// Words of capital ASCII letters and digits, as PDF or KQ7-000-204-X. Digits alone are a number, not a code.
fn is_code(core: &str) -> bool {
    core.chars().any(|c| c.is_ascii_uppercase())
        && core
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '_' | '+'))
}

/// A code that carries a case ending, as PDFê or QR-ê: the code stays, the ending is spelled.
fn code_with_ending(core: &str) -> Option<String> {
    let (code, ending) = ENDINGS.iter().find_map(|ending| Some((core.strip_suffix(ending)?, ending)))?;
    let bare = code.trim_end_matches(|c: char| is_apostrophe(c) || c == '-');
    (bare.len() > 1 && is_code(bare)).then(|| format!("{code}{}", spell(&format!("_{ending}"), true)))
}

/// E-mail and web addresses: an `@`, a scheme, or ASCII names joined by a dot.
fn is_address(core: &str) -> bool {
    if core.contains('@') || core.contains("://") || core.starts_with("www.") {
        return true;
    }
    let host = core.split('/').next().unwrap_or_default();
    let names: Vec<&str> = host.split('.').collect();
    let ascii = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let top = names.last().is_some_and(|top| top.len() >= 2 && top.chars().all(|c| c.is_ascii_lowercase()));
    names.len() > 1 && names.iter().all(ascii) && top
}

/// One word: an override, or letter by letter.
fn word(written: &str, overrides: &BTreeMap<String, String>) -> String {
    let plain = lower(written);
    match known(&plain, overrides) {
        Some(known) => known,
        None if plain == "û" => "و".to_owned(),
        None => spell(&plain, false),
    }
}

/// An override, or an override with an ending.
fn known(plain: &str, overrides: &BTreeMap<String, String>) -> Option<String> {
    if let Some(known) = overrides.get(plain) {
        return Some(known.clone());
    }
    ENDINGS.iter().find_map(|ending| {
        let known = overrides.get(plain.strip_suffix(ending)?)?;
        Some(format!("{known}{}", spell(&format!("_{ending}"), true)))
    })
}

/// Letter by letter. After `_` (`inside`) the letters continue a word that is already written.
fn spell(plain: &str, inside: bool) -> String {
    let letters: Vec<char> = plain.chars().collect();
    let mut out = String::new();
    let mut at = usize::from(inside);
    while at < letters.len() {
        let (before, letter, after) =
            (at.checked_sub(1).map(|b| letters[b]), letters[at], letters.get(at + 1));
        if is_vowel(letter) {
            if before.is_none_or(is_vowel) {
                out.push('ئ');
            }
            out.push_str(vowel(letter));
        } else if letter == 'r' && (before.is_none() || after == Some(&'r')) {
            out.push('ڕ');
            at += usize::from(after == Some(&'r'));
        } else if letter == 'h' && after.is_none() && before.is_some() {
            out.push('ھ');
        } else {
            out.push(consonant(letter));
        }
        at += 1;
    }
    out
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'ê' | 'i' | 'î' | 'o' | 'u' | 'û')
}

fn vowel(letter: char) -> &'static str {
    match letter {
        'a' => "ا",
        'e' => "ە",
        'ê' => "ێ",
        'î' => "ی",
        'o' => "ۆ",
        'u' => "و",
        'û' => "وو",
        // The short i (bizroke) is heard and not written.
        _ => "",
    }
}

fn consonant(letter: char) -> char {
    match letter {
        'b' => 'ب',
        'c' => 'ج',
        'ç' => 'چ',
        'd' => 'د',
        'f' => 'ف',
        'g' => 'گ',
        'h' => 'ه',
        'ḧ' => 'ح',
        'j' => 'ژ',
        'k' => 'ک',
        'l' => 'ل',
        'ł' => 'ڵ',
        'm' => 'م',
        'n' => 'ن',
        'p' => 'پ',
        'q' => 'ق',
        'r' => 'ر',
        's' => 'س',
        'ş' => 'ش',
        't' => 'ت',
        'v' => 'ڤ',
        'w' => 'و',
        'x' => 'خ',
        'ẍ' | 'ğ' => 'غ',
        'y' => 'ی',
        'z' => 'ز',
        mark if is_apostrophe(mark) => 'ع',
        // Letters of other scripts are somebody's name or already in place.
        other => other,
    }
}

/// Digits and marks as Arabic-script readers write them.
fn sign(mark: char) -> char {
    match mark {
        '0'..='9' => mark.to_digit(10).and_then(|digit| char::from_u32('٠' as u32 + digit)).unwrap_or(mark),
        '?' => '؟',
        ',' => '،',
        ';' => '؛',
        '%' => '٪',
        other => other,
    }
}

/// Lower case, with letters and their loose accents put together.
fn lower(text: &str) -> String {
    composed(&text.to_lowercase()).into_iter().collect()
}

/// `e` and a loose circumflex become `ê`; the same for the other letters of Kurmanji.
fn composed(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for found in text.chars() {
        let whole = match (out.last(), found) {
            (Some('e'), '\u{302}') => 'ê',
            (Some('i'), '\u{302}') => 'î',
            (Some('u'), '\u{302}') => 'û',
            (Some('E'), '\u{302}') => 'Ê',
            (Some('I'), '\u{302}') => 'Î',
            (Some('U'), '\u{302}') => 'Û',
            (Some('c'), '\u{327}') => 'ç',
            (Some('s'), '\u{327}') => 'ş',
            (Some('C'), '\u{327}') => 'Ç',
            (Some('S'), '\u{327}') => 'Ş',
            _ => {
                out.push(found);
                continue;
            }
        };
        out.pop();
        out.push(whole);
    }
    out
}
