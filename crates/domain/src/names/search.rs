//! Finding people by what their names sound like, the same way in memory and on
//! both engines: which keys a name has, which keys a query looks for, and when
//! enough was found.
//!
//! A register of a million has tens of thousands of people called محمد, but few
//! who bear two given words: so pairs of words are looked for first. Words that
//! are misspelled are replaced by those of the register that are nearest.

use super::forms::other_forms;
use super::heard::heard;
use super::likeness::likeness;
use super::sounds::{Script, Sound, sounds};
use super::{NameParts, Score};
use std::ops::Range;

/// Which rules of hearing and pairing keys were derived by: a newer number makes
/// a register derive them anew.
pub const RULES: u32 = 3;

/// How many words of a query are looked for; what comes after only ranks.
const MOST_ASKED: usize = 4;
/// How many words of one name are paired.
const MOST_PAIRED: usize = 5;
/// How many words near a misspelled one are tried.
pub const MOST_NEAR: usize = 48;
/// How many keys one question to the register names.
pub const MOST_KEYS: usize = 192;
/// How many pairs with a slip are looked for at once, and how often.
const AT_ONCE: usize = 64;
const MOST_SLIPS: usize = 4;
/// How many words near a single one are looked for.
const NEAR_ALONE: usize = 8;
/// Who scores so well makes a wider search needless.
const FOUND: Score = Score(930);
/// How far apart two skeletons are at most that differ as scripts do.
const LITTLE: u32 = 60;

/// One word of a name under its keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordKey {
    /// 0 given, 1 father's, 2 grandfather's, 3 family name.
    pub part: i64,
    /// The folded key.
    pub folded: String,
    /// The skeleton.
    pub skeleton: String,
}

/// Two words of one name, the earlier first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PairKey {
    /// What both sound like, as one number.
    pub pair: i64,
    /// Where they stand: the smaller, the nearer to the beginning of the name.
    pub place: i64,
    /// What the next other word sounds like, as one number; 0 without one.
    pub third: i64,
    /// And the one after that.
    pub fourth: i64,
}

/// Every key of one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Of its words.
    pub words: Vec<WordKey>,
    /// Of every two of its words.
    pub pairs: Vec<PairKey>,
}

/// The keys of a name as it is written in one script.
#[must_use]
pub fn keys_of(name: &NameParts) -> Keys {
    keys_of_parts([
        Some(name.given.as_str()),
        name.father.as_deref(),
        name.grandfather.as_deref(),
        name.family.as_deref(),
    ])
}

/// The keys of a name in its four parts.
#[must_use]
pub fn keys_of_parts(parts: [Option<&str>; 4]) -> Keys {
    let mut keys = Keys::default();
    for (part, text) in (0..).zip(parts) {
        for word in heard(text.unwrap_or_default()).iter() {
            keys.words.push(WordKey { part, folded: word.folded.clone(), skeleton: word.skeleton.clone() });
        }
    }
    let skeletons: Vec<&str> =
        keys.words.iter().take(MOST_PAIRED).map(|word| word.skeleton.as_str()).collect();
    for (i, one) in skeletons.iter().enumerate() {
        for (j, other) in skeletons.iter().enumerate().skip(i + 1) {
            let mut rest = skeletons.iter().enumerate().filter(|(at, _)| *at != i && *at != j);
            let mut next = || rest.next().map_or(0, |(_, skeleton)| word_number(skeleton));
            let (third, fourth) = (next(), next());
            let place = (i * MOST_PAIRED + j) as i64;
            keys.pairs.push(PairKey { pair: pair_number(one, other), place, third, fourth });
        }
    }
    keys
}

/// A number for one skeleton: stable between versions, 31 bits.
#[must_use]
pub fn word_number(skeleton: &str) -> i64 {
    (mixed(0, skeleton) >> 33) as i64 | 1
}

/// A number for two skeletons in this order: stable between versions, 63 bits.
#[must_use]
pub fn pair_number(one: &str, other: &str) -> i64 {
    (mixed(mixed(0x6469_7761_6e21, one), other) >> 1) as i64
}

/// FNV-1a with a last stir: what is stored must not change with a library.
fn mixed(seed: u64, text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// One word that is searched for.
#[derive(Clone, Debug)]
pub struct AskedWord {
    /// Its folded key.
    pub folded: String,
    /// Its skeleton.
    pub skeleton: String,
    script: Script,
    sounds: Vec<Sound>,
    /// Skeletons of other forms of the name.
    forms: Vec<String>,
    /// Skeletons of the register that are near it, the nearest first.
    near: Vec<String>,
    /// How many of these differ as scripts do, rather than by a slip.
    close: usize,
}

/// Pairs to look for, of people one of whose other words is among `others` if
/// any are named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Numbers of pairs, at most [`MOST_KEYS`].
    pub pairs: Vec<i64>,
    /// Numbers of words, at most [`MOST_KEYS`].
    pub others: Vec<i64>,
}

/// A name that is searched for, word by word.
#[derive(Clone, Debug)]
pub struct Query {
    /// Its words.
    pub words: Vec<AskedWord>,
}

impl Query {
    /// Reads what was typed.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words = heard(text);
        let words = words.iter().take(MOST_ASKED).map(|word| AskedWord {
            folded: word.folded.clone(),
            skeleton: word.skeleton.clone(),
            script: word.script,
            sounds: word.sounds.clone(),
            forms: other_forms(word),
            near: Vec::new(),
            close: 0,
        });
        Self { words: words.collect() }
    }

    /// What all words sound like exactly: two of them, with a third among the
    /// others when there are more.
    #[must_use]
    pub fn exact(&self) -> Vec<Pairs> {
        let mut steps = Vec::new();
        let pairs = self.pairs(|word, other| vec![(&word.skeleton, &other.skeleton)]);
        if self.words.len() > 2 {
            let others = self.words.iter().map(|word| word_number(&word.skeleton)).collect();
            steps.push(Pairs { pairs: pairs.clone(), others });
        }
        if !pairs.is_empty() {
            steps.push(Pairs { pairs, others: Vec::new() });
        }
        steps
    }

    /// Pairs in which a word is replaced by another form of the name: with a third word
    /// among the others when there are more, then without. Nothing for most names.
    #[must_use]
    pub fn forms(&self) -> Vec<Pairs> {
        let pairs = self.pairs(|word, other| {
            let all = word.in_any_form().flat_map(move |one| other.in_any_form().map(move |two| (one, two)));
            // The first of them is what was typed.
            all.skip(1).collect()
        });
        if pairs.is_empty() {
            return Vec::new();
        }
        let mut steps = Vec::new();
        if self.words.len() > 2 {
            let others = self.words.iter().flat_map(AskedWord::in_any_form).map(word_number).collect();
            steps.push(Pairs { pairs: pairs.clone(), others });
        }
        steps.push(Pairs { pairs, others: Vec::new() });
        steps
    }

    /// Tells what the register's own words are near a word of the query: of the
    /// candidates found by [`AskedWord::beginning`] and [`AskedWord::ending`],
    /// with how many bear them.
    pub fn set_near(&mut self, word: usize, candidates: &[(String, i64)]) {
        if let Some(word) = self.words.get_mut(word) {
            let near = nearest(&word.skeleton, candidates);
            word.close = near.iter().take_while(|(apart, _)| *apart <= LITTLE).count();
            word.near = near.into_iter().map(|(_, skeleton)| skeleton).collect();
        }
    }

    /// Pairs in which a word is replaced by one near it.
    #[must_use]
    pub fn nearby(&self) -> Vec<Pairs> {
        let mut steps = Vec::new();
        let words = self.words.len();
        if words > 2 {
            // Two words as they are, a third one near; or the other way round.
            let mut others: Vec<i64> = self.words.iter().map(|word| word_number(&word.skeleton)).collect();
            let each = (MOST_KEYS - others.len()) / words;
            for word in &self.words {
                others.extend(word.near.iter().take(each).map(|near| word_number(near)));
            }
            steps.push(Pairs {
                pairs: self.pairs(|word, other| vec![(&word.skeleton, &other.skeleton)]),
                others,
            });
        }
        let count = words * words.saturating_sub(1) / 2;
        if count == 0 {
            return steps;
        }
        // What differs as scripts do, in one word or a little in both; then slips,
        // the nearest first, so that many bearers of a far word hide nobody.
        let close = self.pairs(|word, other| {
            let (x, y) = (word.close.min(24 / count), other.close.min(24 / count));
            let both = |close: usize| close.min([0, 5, 3, 2, 2, 1, 1][count.min(6)]);
            let each = word.near[..both(x)]
                .iter()
                .flat_map(|x| other.near[..both(y)].iter().map(move |y| (x.as_str(), y.as_str())));
            in_turn(word, other, 0..x, 0..y).into_iter().chain(each).collect()
        });
        let slips = self.pairs(|word, other| {
            let (x, y) = (word.close.min(24 / count), other.close.min(24 / count));
            in_turn(word, other, x..word.near.len(), y..other.near.len())
        });
        let slips = slips.chunks(AT_ONCE).take(MOST_SLIPS).map(<[i64]>::to_vec);
        steps.extend(std::iter::once(close).chain(slips).map(|pairs| Pairs { pairs, others: Vec::new() }));
        steps.retain(|step| !step.pairs.is_empty());
        steps
    }

    /// Numbers of all pairs of words in both orders: as they are, or as replaced.
    fn pairs<'w>(
        &'w self,
        replaced: impl Fn(&'w AskedWord, &'w AskedWord) -> Vec<(&'w str, &'w str)>,
    ) -> Vec<i64> {
        let mut pairs = Vec::new();
        for (index, word) in self.words.iter().enumerate() {
            for other in &self.words[index + 1..] {
                pairs.push(replaced(word, other));
            }
        }
        let most = pairs.iter().map(Vec::len).max().unwrap_or(0);
        let in_turn = (0..most).flat_map(|at| pairs.iter().filter_map(move |both| both.get(at)));
        let mut numbers: Vec<i64> =
            in_turn.flat_map(|(one, other)| [pair_number(one, other), pair_number(other, one)]).collect();
        let mut seen = std::collections::BTreeSet::new();
        numbers.retain(|number| seen.insert(*number));
        numbers
    }

    /// Single words to look for, the fullest first, each with the words near it.
    pub fn singles(&self) -> impl Iterator<Item = (&AskedWord, &[String])> {
        let mut words: Vec<&AskedWord> = self.words.iter().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.skeleton.len()));
        words.into_iter().map(|word| (word, word.near.as_slice()))
    }

    /// The folded key and the skeleton of single words to look for, the fullest
    /// first: each as it is, then, of a name of one word, the nearest ones.
    #[must_use]
    pub fn single_keys(&self) -> Vec<(String, String)> {
        let mut keys = Vec::new();
        for (word, near) in self.singles() {
            keys.push((word.folded.clone(), word.skeleton.clone()));
            keys.extend(word.forms.iter().map(|skeleton| (String::new(), skeleton.clone())));
            let near = near.iter().take(if self.words.len() == 1 { NEAR_ALONE } else { 0 });
            keys.extend(near.map(|skeleton| (String::new(), skeleton.clone())));
        }
        keys
    }

    /// Whether the best answer so far makes a wider search needless.
    #[must_use]
    pub fn is_enough(&self, best: Option<Score>) -> bool {
        best.is_some_and(|best| best >= FOUND)
    }

    /// Whether people who sound exactly so may hide the one who is meant: two
    /// words have many bearers.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.words.len() == 2
    }
}

impl AskedWord {
    /// Its skeleton, then those of its other forms.
    fn in_any_form(&self) -> impl Iterator<Item = &str> + Clone {
        std::iter::once(self.skeleton.as_str()).chain(self.forms.iter().map(String::as_str))
    }

    /// Every skeleton within one letter of this one begins so, or ends as
    /// [`AskedWord::ending`] says: what is wrong stands in one of the halves.
    #[must_use]
    pub fn beginning(&self) -> &str {
        self.skeleton.get(..self.half()).unwrap_or(&self.skeleton)
    }

    /// The end of the skeleton, backwards.
    #[must_use]
    pub fn ending(&self) -> String {
        backwards(self.skeleton.get(self.skeleton.len() - self.half()..).unwrap_or(&self.skeleton))
    }

    /// How long a skeleton within one letter of this one is at most, in bytes.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.skeleton.len() + 2
    }

    fn half(&self) -> usize {
        (self.skeleton.len() / 2).max(1)
    }

    /// How alike this word and another sound, from 0 to 1000.
    #[must_use]
    pub fn sounds_like(&self, other: &str) -> u32 {
        let (script, sounds) = sounds(other);
        likeness((self.script, &self.sounds), (script, &sounds))
    }
}

/// One of two words as it is, the other replaced by those near it, in turn.
fn in_turn<'w>(
    one: &'w AskedWord,
    other: &'w AskedWord,
    x: Range<usize>,
    y: Range<usize>,
) -> Vec<(&'w str, &'w str)> {
    let (near, beside) = (one.near.get(x).unwrap_or_default(), other.near.get(y).unwrap_or_default());
    let turns = (0..near.len().max(beside.len())).flat_map(|at| {
        let first = near.get(at).map(|near| (near.as_str(), other.skeleton.as_str()));
        let second = beside.get(at).map(|near| (one.skeleton.as_str(), near.as_str()));
        [first, second].into_iter().flatten()
    });
    turns.collect()
}

/// A skeleton from its end, as it is stored for finding by its end.
#[must_use]
pub fn backwards(skeleton: &str) -> String {
    skeleton.chars().rev().collect()
}

/// The first text after every text that begins so.
#[must_use]
pub fn after(beginning: &str) -> String {
    // Skeletons are ASCII, so nothing in one comes after this.
    format!("{beginning}\u{7f}")
}

fn nearest(skeleton: &str, candidates: &[(String, i64)]) -> Vec<(u32, String)> {
    let wanted: Vec<u8> = letters(skeleton);
    let mut found: Vec<(u32, std::cmp::Reverse<i64>, &str)> = Vec::new();
    for (candidate, bearers) in candidates {
        let other = letters(candidate);
        if candidate == skeleton || other.len().abs_diff(wanted.len()) > 1 {
            continue;
        }
        let apart = apart(&wanted, &other);
        // Of one letter, another is another name.
        let is_other = wanted.len() == 1 && other.len() == 1 && apart > LITTLE;
        if apart <= 100 && !is_other {
            found.push((apart, std::cmp::Reverse(*bearers), candidate));
        }
    }
    found.sort_unstable();
    found.dedup_by(|one, other| one.2 == other.2);
    found.into_iter().take(MOST_NEAR).map(|(apart, _, skeleton)| (apart, skeleton.to_owned())).collect()
}

/// A skeleton's letters, `sh` as one.
fn letters(skeleton: &str) -> Vec<u8> {
    skeleton.replace("sh", "S").into_bytes()
}

/// How far apart two skeletons are: 100 for a letter.
fn apart(a: &[u8], b: &[u8]) -> u32 {
    let gone = |c: u8| match c {
        b'h' | b'w' => 50,
        b'y' => 40,
        _ => 100,
    };
    let instead = |x: u8, y: u8| match (x.min(y), x.max(y)) {
        (x, y) if x == y => 0,
        (b'S', b's')
        | (b'd', b't')
        | (b'd', b'z')
        | (b'S', b'j')
        | (b'j', b'z')
        | (b'h', b'x')
        | (b's', b't') => 45,
        (b's', b'z') | (b'k', b'x') | (b'b', b'w') | (b'm', b'n') | (b'j', b'k') => 55,
        _ => 100,
    };
    let mut rows = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = match (i, j) {
                (0, 0) => 0,
                (0, j) => rows[0][j - 1] + gone(b[j - 1]),
                (i, 0) => rows[i - 1][0] + gone(a[i - 1]),
                (i, j) => {
                    let mut best = rows[i - 1][j - 1] + instead(a[i - 1], b[j - 1]);
                    best = best.min(rows[i - 1][j] + gone(a[i - 1])).min(rows[i][j - 1] + gone(b[j - 1]));
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(rows[i - 2][j - 2] + 100);
                    }
                    best
                }
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_what_they_were_when_they_were_stored() {
        assert_eq!(pair_number("shln", "zd"), 3710903379127068721);
        assert_eq!(word_number("shln"), 1541886505);
    }

    #[test]
    fn every_two_words_of_a_name_are_a_pair_in_their_order() {
        let keys = keys_of_parts([Some("شیلان"), Some("عبد الله"), None, Some("بارزانی")]);
        let skeletons: Vec<&str> = keys.words.iter().map(|word| word.skeleton.as_str()).collect();
        assert_eq!(skeletons, ["shln", "bdl", "brzn"]);
        let pairs: Vec<i64> = keys.pairs.iter().map(|key| key.pair).collect();
        assert_eq!(
            pairs,
            [pair_number("shln", "bdl"), pair_number("shln", "brzn"), pair_number("bdl", "brzn")]
        );
        assert_eq!(keys.pairs[0].third, word_number("brzn"));
        assert_eq!(keys.pairs[0].fourth, 0);
    }

    #[test]
    fn pairs_of_another_form_are_asked_beside_those_typed() {
        let query = Query::new("حەمە کەریم");
        let asked = query.forms();
        assert_eq!(asked.len(), 1);
        assert!(asked[0].pairs.contains(&pair_number("mhmd", "krm")));
        assert!(!asked[0].pairs.contains(&pair_number("hm", "krm")), "that is asked already");
        let asked = Query::new("حەمە کەریم جەمال").forms();
        assert_eq!((asked.len(), asked[1].others.len()), (2, 0));
        assert!(asked[0].others.contains(&word_number("mhmd")));
        assert!(Query::new("شیلان کەریم").forms().is_empty());
    }

    #[test]
    fn a_slip_leaves_one_half_of_a_word_as_it_was() {
        for (typed, meant) in
            [("Huthaifa", "حذيفة"), ("Nechrvan", "Nechirvan"), ("Farhed", "Farhad"), ("Gorna", "Goran")]
        {
            let query = Query::new(typed);
            let (word, other) = (&query.words[0], super::super::skeleton(meant));
            let begins = other.starts_with(word.beginning());
            let ends = backwards(&other).starts_with(&word.ending());
            assert!(begins || ends, "{typed} {} {other}", word.skeleton);
            assert!(other.len() <= word.longest(), "{typed}");
        }
    }
}
