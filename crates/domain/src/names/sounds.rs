//! What a written word sounds like, in one alphabet for every script: the
//! consonants with what is known of the vowels between them.

use super::words::is_latin_vowel;
use crate::digits;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How sure a spelling is that a vowel is long. Arabic leaves short ones out,
/// Latin letters seldom tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Short,
    Either,
    Long,
}

/// One sound of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sound {
    /// A consonant by its letter: `T` and `D` as in ث ذ, `S` ش, `J` ژ, `c` چ,
    /// `x` خ, `G` غ, `A` ع; a digit stands for itself.
    Consonant(char),
    /// A vowel by its letter; `*` is one that the spelling does not name.
    Vowel(char, Length),
}

use Length::{Either, Long, Short};
use Sound::{Consonant, Vowel};

/// Which letters a word is written in, as far as sounds depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Arabic,
    Latin,
}

/// The sounds of one word of [`super::words::words`].
pub(super) fn sounds(word: &str) -> (Script, Vec<Sound>) {
    let (script, heard) = if super::is_arabic_script(word) {
        (Script::Arabic, from_arabic(word))
    } else {
        (Script::Latin, from_latin(word))
    };
    let mut sounds: Vec<Sound> = Vec::with_capacity(heard.len());
    for sound in heard {
        // Latin letters double a consonant after a short vowel; two in Arabic have
        // a vowel between them that is not written (ششو).
        let is_doubled = script == Script::Latin && sounds.last() == Some(&sound);
        if !is_doubled {
            sounds.push(sound);
        }
    }
    (script, sounds)
}

fn from_arabic(word: &str) -> Vec<Sound> {
    let letters: Vec<char> = word.chars().filter(|c| !is_combining_mark(*c) && *c != '\u{200C}').collect();
    let mut heard: Vec<Sound> = Vec::with_capacity(letters.len());
    let is_kurdish = letters.iter().any(|c| "ەێۆڕڵچپژگڤ".contains(*c));
    let mut index = 0;
    while let Some(letter) = letters.get(index).copied() {
        let before = index.checked_sub(1).and_then(|i| letters.get(i)).copied();
        let after = letters.get(index + 1).copied();
        index += 1;
        match letter {
            'آ' => heard.push(Vowel('a', Long)),
            'أ' | 'ٱ' if before.is_none() => heard.push(Vowel('*', Either)),
            'إ' => heard.push(Vowel('i', Either)),
            // The first alef only carries a vowel, which may be any.
            'ا' if before.is_none() && !matches!(after, Some('ی' | 'ي' | 'و')) => {
                heard.push(Vowel('*', Either))
            }
            'ا' if before.is_none() => {}
            'ا' | 'أ' | 'ٱ' => heard.push(Vowel('a', Long)),
            'ى' if after.is_none() => heard.push(Vowel('*', Long)),
            'ە' => heard.push(Vowel('a', if after.is_none() { Either } else { Short })),
            'ة' | 'ۀ' | 'ۃ' => heard.push(Vowel('a', Either)),
            'ه' | 'ھ' | 'ہ' if after.is_none() && matches!(heard.last(), Some(Consonant(_))) => {
                heard.push(Vowel('a', Either));
            }
            'ۆ' => heard.push(Vowel('o', Long)),
            'ۇ' | 'ۈ' | 'ۊ' => heard.push(Vowel('u', Long)),
            'ؤ' => heard.push(Vowel('u', Short)),
            'ێ' => heard.push(Vowel('e', Long)),
            'ئ' if before.is_none() => {}
            // ائ before a consonant is one sound (عائشة, Aisha).
            'ئ' | 'ی' | 'ي'
                if before == Some('ا') && heard.len() > 1 && after.is_some_and(|c| !is_arabic_vowel(c)) =>
            {
                heard.pop();
                heard.push(Vowel('e', Long));
            }
            'ئ' => heard.push(Vowel('i', Short)),
            'و' if waw_is_consonant(before, after) => heard.push(Consonant('w')),
            'و' => {
                let is_doubled = after == Some('و');
                index += usize::from(is_doubled);
                let is_diphthong = before == Some('ە') && !is_doubled;
                if is_diphthong {
                    heard.pop();
                }
                // Kurdish writes a long u with two letters.
                let length = if is_kurdish && !is_doubled && !is_diphthong { Either } else { Long };
                heard.push(Vowel(if is_diphthong { 'o' } else { 'u' }, length));
            }
            'ی' | 'ي' | 'ى' | 'ې' | 'ۍ' if before.is_none() && after.is_some() => {
                heard.push(Consonant('y'))
            }
            'ی' | 'ي' | 'ى' | 'ې' | 'ۍ' => {
                let between = before.is_some_and(is_arabic_vowel) && after.is_some_and(is_arabic_vowel);
                if between {
                    heard.push(Consonant('y'));
                } else if before == Some('ە') && after.is_some() {
                    heard.pop();
                    heard.push(Vowel('e', Long));
                } else {
                    heard.push(Vowel('i', if after.is_some_and(is_arabic_vowel) { Either } else { Long }));
                }
            }
            other => heard.extend(arabic_consonant(other).map(Consonant)),
        }
    }
    heard
}

/// و is a consonant at the start, after ا, and before a written vowel;
/// elsewhere it writes o or u.
fn waw_is_consonant(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (None, _) => true,
        (Some('ا' | 'آ'), _) => after.is_some() || before == Some('ا'),
        (Some('و'), _) => false,
        (Some(_), Some('ا' | 'آ' | 'ە' | 'ێ' | 'ی' | 'ي' | 'ۆ' | 'ة')) => true,
        _ => false,
    }
}

fn is_arabic_vowel(letter: char) -> bool {
    matches!(letter, 'ا' | 'آ' | 'أ' | 'ە' | 'ێ' | 'ی' | 'ي' | 'ۆ' | 'ى' | 'ة' | 'و')
}

fn arabic_consonant(letter: char) -> Option<char> {
    Some(match letter {
        'ب' => 'b',
        'پ' => 'p',
        'ت' | 'ط' => 't',
        'ث' => 'T',
        'س' | 'ص' => 's',
        'ج' => 'j',
        'ژ' => 'J',
        'چ' => 'c',
        'ح' | 'ه' | 'ھ' | 'ہ' => 'h',
        'خ' => 'x',
        'د' => 'd',
        'ذ' | 'ض' | 'ظ' => 'D',
        'ز' => 'z',
        'ر' | 'ڕ' | 'ڔ' => 'r',
        'ش' => 'S',
        'ع' => 'A',
        'غ' => 'G',
        'گ' => 'g',
        'ف' => 'f',
        'ڤ' => 'v',
        'ق' => 'q',
        'ك' | 'ک' | 'ڪ' => 'k',
        'ل' | 'ڵ' => 'l',
        'م' => 'm',
        'ن' => 'n',
        other => return digit(other),
    })
}

fn digit(c: char) -> Option<char> {
    Some(digits::ascii(c)).filter(char::is_ascii_digit)
}

/// Latin letter groups that write one consonant, longest first.
const GROUPS: &[(&str, char)] = &[
    ("tch", 'c'),
    ("tsh", 'c'),
    ("sch", 'S'),
    ("kh", 'x'),
    ("gh", 'G'),
    ("sh", 'S'),
    ("ch", 'c'),
    ("zh", 'J'),
    ("dj", 'j'),
    ("th", 'T'),
    ("dh", 'D'),
    ("ph", 'f'),
    ("ck", 'k'),
];

/// Latin letter groups that write one vowel when no vowel follows.
const VOWELS: &[(&str, char, Length)] = &[
    ("oo", 'u', Long),
    ("ou", 'u', Long),
    ("uu", 'u', Long),
    ("ee", 'i', Long),
    ("ii", 'i', Long),
    ("ie", 'i', Long),
    ("aa", 'a', Long),
    ("ai", 'e', Long),
    ("ay", 'e', Long),
    ("ei", 'e', Long),
    ("ey", 'e', Long),
    ("êy", 'e', Long),
    ("aw", 'o', Long),
    ("ew", 'o', Long),
    ("ow", 'o', Long),
    ("au", 'o', Long),
    ("eu", 'o', Long),
];

fn from_latin(word: &str) -> Vec<Sound> {
    let mut heard: Vec<Sound> = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let is_first = rest.len() == word.len();
        let behind = |taken: usize| rest.get(taken..).and_then(|rest| rest.chars().next());
        if rest.starts_with("chr") {
            heard.push(Consonant('k'));
            rest = &rest[2..];
            continue;
        }
        // In فتح and its kin t and h are two letters.
        if rest.starts_with("th") && matches!(word, w if w.starts_with("fath") || w.starts_with("feth")) {
            heard.push(Consonant('t'));
            rest = &rest[1..];
            continue;
        }
        // In داود a w is heard that not every spelling writes.
        let is_david = ["daou", "daoo", "daud"].iter().any(|beginning| word.starts_with(beginning));
        if is_david && rest.len() + 1 == word.len() {
            heard.extend([Vowel('a', Either), Consonant('w')]);
            rest = &rest[1..];
            continue;
        }
        if let Some((spelling, sound)) = GROUPS.iter().find(|(spelling, _)| rest.starts_with(spelling)) {
            heard.push(Consonant(*sound));
            rest = &rest[spelling.len()..];
            continue;
        }
        let vowel = VOWELS.iter().find(|(spelling, ..)| {
            let ends_so = !spelling.ends_with(['w', 'y', 'i', 'u'])
                || behind(spelling.len()).is_none_or(|next| !is_latin_vowel(next) && next != 'y');
            rest.starts_with(spelling) && ends_so
        });
        if let Some((spelling, letter, length)) = vowel {
            heard.push(Vowel(*letter, *length));
            rest = &rest[spelling.len()..];
            continue;
        }
        let after = behind(c.len_utf8());
        heard.extend(latin_letter(c, is_first, after, heard.last().copied()));
        rest = &rest[c.len_utf8()..];
    }
    heard
}

fn latin_letter(c: char, is_first: bool, after: Option<char>, last: Option<Sound>) -> Option<Sound> {
    let has_hat = matches!(c, 'â' | 'ā' | 'á' | 'ê' | 'ē' | 'î' | 'ī' | 'í' | 'û' | 'ū' | 'ú' | 'ô' | 'ō');
    let length = if has_hat { Long } else { Either };
    match c {
        'ç' | 'č' => return Some(Consonant('c')),
        'ş' | 'š' => return Some(Consonant('S')),
        'ğ' | 'ẍ' => return Some(Consonant('G')),
        'ž' => return Some(Consonant('J')),
        'ı' => return Some(Vowel('i', Short)),
        'ø' => return Some(Vowel('o', Either)),
        'æ' => return Some(Vowel('a', Either)),
        'ß' => return Some(Consonant('s')),
        'ł' => return Some(Consonant('l')),
        'đ' | 'ð' => return Some(Consonant('d')),
        _ => {}
    }
    let base = std::iter::once(c).nfd().next().unwrap_or(c);
    Some(match base {
        // Kurdish کوێ and خوێ are written kue and xue.
        'u' if matches!(last, Some(Consonant('k' | 'q' | 'x' | 'g'))) && matches!(after, Some('e' | 'ê')) => {
            Consonant('w')
        }
        'a' | 'e' | 'i' | 'o' | 'u' => Vowel(base, length),
        'y' if is_first && after.is_some() => Consonant('y'),
        'y' if matches!(last, Some(Vowel(..))) && after.is_some_and(is_latin_vowel) => Consonant('y'),
        'y' => Vowel('i', Either),
        'c' | 'j' => Consonant('j'),
        'b' | 'd' | 'f' | 'g' | 'h' | 'k' | 'l' | 'm' | 'n' | 'p' | 'q' | 'r' | 's' | 't' | 'v' | 'w'
        | 'x' | 'z' => Consonant(base),
        other => return digit(other).map(Consonant),
    })
}
