//! How alike two words sound: the cheapest way to turn one into the other,
//! where what scripts and spellings write for one another costs little.

use super::sounds::{Length, Script, Sound};
use Length::{Either, Long, Short};
use Sound::{Consonant, Vowel};

/// A consonant that is not there, or quite another one.
const WHOLE: u32 = 100;

/// From 0 to 1000: how alike two words sound.
pub(super) fn likeness(one: (Script, &[Sound]), other: (Script, &[Sound])) -> u32 {
    let weight = |sounds: &[Sound]| -> u32 { sounds.iter().map(|sound| weight_of(*sound)).sum() };
    let most = weight(one.1).max(weight(other.1));
    if most == 0 {
        return if one.1.len() == other.1.len() { 1000 } else { 0 };
    }
    let cost = cost(one, other).min(most);
    1000 - 1000 * cost / most
}

fn weight_of(sound: Sound) -> u32 {
    match sound {
        Consonant('A') => 15,
        Consonant('h' | 'w' | 'y') => 75,
        Consonant(_) => WHOLE,
        Vowel(..) => 20,
    }
}

fn cost(one: (Script, &[Sound]), other: (Script, &[Sound])) -> u32 {
    let (a, b) = (one.1, other.1);
    let width = b.len() + 1;
    // A vowel that only one of two Arabic spellings writes is a difference; that
    // Latin letters write one which Arabic leaves out is none.
    let scripts = (one.0, other.0);
    let mut first = vec![0; width];
    for j in 0..b.len() {
        first[j + 1] = first[j] + left_out(b, j, scripts.0, scripts.1);
    }
    let mut rows = [vec![0; width], first, vec![0; width]];
    for (i, x) in a.iter().enumerate() {
        let [before, above, row] = &mut rows;
        let gone = left_out(a, i, scripts.1, scripts.0);
        row[0] = above[0] + gone;
        for (j, y) in b.iter().enumerate() {
            let mut best = above[j] + instead(*x, *y);
            best = best.min(above[j + 1] + gone).min(row[j] + left_out(b, j, scripts.0, scripts.1));
            let is_swap = i > 0 && j > 0 && x != y && *x == b[j - 1] && a[i - 1] == *y;
            let both = |sound: &Sound| matches!(sound, Consonant(_));
            if is_swap && both(x) && both(y) {
                best = best.min(before[j - 1] + 60);
            }
            row[j + 1] = best;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

/// What it costs that a spelling in `by` leaves out one sound of another.
fn left_out(sounds: &[Sound], at: usize, by: Script, own: Script) -> u32 {
    let is_last = at + 1 == sounds.len();
    let before = at.checked_sub(1).and_then(|i| sounds.get(i)).copied();
    match sounds[at] {
        Consonant('h') if is_last => 10,
        Consonant('h') => 45,
        Consonant('y') if beside_i(sounds, at) => 4,
        Consonant('y') => 30,
        Consonant('w') => 50,
        Consonant('A') => {
            if by == own && by == Script::Arabic {
                25
            } else {
                0
            }
        }
        // What is left of an article that was taken for a part of the name.
        Consonant('l') if at == 1 && matches!(before, Some(Vowel(..))) => 25,
        // A letter that is written twice, or heard twice around a vowel.
        same if sounds[..at].iter().rev().find(|sound| matches!(sound, Consonant(_))) == Some(&same) => 30,
        Consonant(_) => WHOLE,
        // A vowel at the end is written in every script.
        Vowel(_, Short) if !is_last => {
            if by == Script::Arabic {
                3
            } else {
                10
            }
        }
        Vowel(..) if is_last => 60,
        Vowel(letter, length) => {
            let nth = sounds[..at].iter().filter(|sound| matches!(sound, Consonant(_))).count();
            // Short u and i are written in Kurdish and left out in Arabic: after
            // the first consonant (عومەر, عمر) and after a long a (خالید, خالد).
            let after_long_a =
                at >= 2 && matches!(sounds[at - 2], Vowel('a', Long)) && matches!(before, Some(Consonant(_)));
            let in_the_open = nth == 1 && own != by || after_long_a;
            match (letter, length) {
                ('a' | 'e' | '*', Either) if at == 0 => 15,
                ('i' | 'u' | 'o', Either) if at == 0 => 20,
                ('a' | 'e' | '*', Either) => {
                    if by == Script::Arabic {
                        5
                    } else {
                        18
                    }
                }
                ('i' | 'u', Long | Either) if after_long_a => 8,
                // The same vowel again is short: Yusuf, but Mahmud.
                ('u', Either) if at >= 2 && matches!(sounds[at - 2], Vowel('u' | 'o', _)) => 12,
                ('i' | 'u', Either) if nth == 1 && at > 0 && by == Script::Arabic && own == Script::Latin => {
                    6
                }
                ('i' | 'u', _) if nth == 1 && at > 0 => 20,
                (_, Either) if in_the_open => 8,
                ('i', Either) => 12,
                (_, Either) => 40,
                _ => 60,
            }
        }
    }
}

fn beside_i(sounds: &[Sound], at: usize) -> bool {
    let is_i = |sound: Option<&Sound>| matches!(sound, Some(Vowel('i' | 'e', _)));
    is_i(sounds.get(at + 1)) || at.checked_sub(1).is_some_and(|before| is_i(sounds.get(before)))
}

/// What it costs that one sound is written instead of another.
fn instead(one: Sound, other: Sound) -> u32 {
    match (one, other) {
        (one, other) if one == other => 0,
        (Consonant(x), Consonant(y)) => consonants(x, y).min(consonants(y, x)),
        (Vowel(x, length), Vowel(y, other)) => vowels(x, length, y, other),
        (Consonant(c), Vowel(v, _)) | (Vowel(v, _), Consonant(c)) => match (c, v) {
            ('A', _) => 5,
            ('y', 'i' | 'e') | ('w', 'u' | 'o') => 10,
            ('v', 'u' | 'o') => 40,
            _ => 2 * WHOLE,
        },
    }
}

fn consonants(x: char, y: char) -> u32 {
    match (x, y) {
        ('f', 'v') | ('v', 'w') | ('s', 'T') | ('z', 'D') | ('g', 'G') | ('j', 'J') | ('k', 'q') => 10,
        ('k', 'g') | ('b', 'p') | ('j', 'c') | ('d', 'D') | ('z', 'J') | ('x', 'G') => 18,
        ('c', 'J') | ('q', 'g') | ('q', 'G') | ('T', 'D') | ('j', 'z') | ('f', 'w') | ('j', 'g') => 30,
        ('t', 'T') | ('T', 'z') | ('S', 'c') | ('k', 'G') | ('x', 'h') | ('S', 's') | ('x', 'g') => 38,
        ('t', 'd') | ('x', 'k') | ('S', 'J') | ('D', 'J') | ('c', 's') | ('d', 'z') => 48,
        ('s', 'z') | ('v', 'b') | ('w', 'b') | ('x', 'q') | ('j', 'k') | ('m', 'n') => 58,
        ('h', 'A') => 40,
        ('y', 'j') => 70,
        _ => WHOLE,
    }
}

fn vowels(x: char, x_length: Length, y: char, y_length: Length) -> u32 {
    let pair = if x <= y { (x, y) } else { (y, x) };
    let lengths = match (x_length, y_length) {
        (Long, Short) | (Short, Long) => 25,
        (Long, Either) | (Either, Long) => 4,
        _ => 0,
    };
    let both_long = x_length == Long && y_length == Long;
    let one_long = x_length == Long || y_length == Long;
    let quality = match pair {
        ('*', _) => 3,
        (x, y) if x == y => 0,
        ('e', 'i') | ('o', 'u') => 4,
        ('a', 'e') => {
            if one_long {
                15
            } else {
                5
            }
        }
        ('i', 'u') | ('i', 'o') | ('e', 'u') | ('e', 'o') => {
            if both_long {
                80
            } else {
                20
            }
        }
        ('a', 'o') => {
            if one_long {
                45
            } else {
                25
            }
        }
        ('a', 'u') => {
            if one_long {
                80
            } else {
                25
            }
        }
        _ => {
            if one_long {
                80
            } else {
                55
            }
        }
    };
    quality + lengths
}
