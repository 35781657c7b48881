//! How well a name answers a query. Whole numbers only, so that every node
//! and both engines put the same candidates in the same order.

use super::forms::forms_of;
use super::heard::{Heard, heard};
use super::likeness::likeness;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// From 0 (nothing in common) to 1000 (the same name, letter for letter after
/// folding).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Score(pub u16);

/// Below this a candidate is not worth an officer's look.
pub const WORTH_SHOWING: Score = Score(600);

/// How far behind the best answer another one may be and still be shown: where
/// the name asked for is found, names that only look like it make the list long.
const BESIDE_THE_BEST: u16 = 110;

/// Who scores so well bears the name, whatever the script: that one of them is
/// written with the very letters of the query hides no other.
const SURELY: u16 = 950;

/// Below this even the best answer is only like the name: what is less like it
/// is shown only from close behind.
const UNSURE: u16 = 880;
const CLOSE_BEHIND: u16 = 75;

/// What an answer must score to be shown beside the best one.
#[must_use]
pub fn least_shown(best: Score) -> Score {
    let behind = if best.0 < UNSURE { CLOSE_BEHIND } else { BESIDE_THE_BEST };
    WORTH_SHOWING.max(Score(best.0.min(SURELY).saturating_sub(behind)))
}

/// What a word that a shorter name does not have is worth: unknown, not wrong.
const UNKNOWN: u32 = 560;

/// What another form of the name is worth (محمد to whoever typed حەمە): behind everyone who
/// is written as was typed, and beside them.
const OTHER_FORM: u32 = 875;
/// How like another form a word is at least to be it: محمود is not محمد.
const IS_THE_FORM: u32 = 900;

/// What is searched for, made ready once to be compared with many names.
pub struct Asked {
    words: Arc<[Heard]>,
    /// Other forms of each word; of nothing that is only compared.
    forms: Vec<Vec<Arc<[Heard]>>>,
}

impl Asked {
    /// Makes a query ready.
    #[must_use]
    pub fn new(query: &str) -> Self {
        Self { words: heard(query), forms: Vec::new() }
    }

    /// The same, together with the other forms of its names.
    fn in_any_form(query: &str) -> Self {
        let words = heard(query);
        let forms = words.iter().map(forms_of).collect();
        Self { words, forms }
    }

    /// Ranks a candidate's name. Words may come in any order. Words that only one
    /// of the two names has cost little; a word that is another name costs much.
    #[must_use]
    pub fn rank(&self, candidate: &str) -> Score {
        let offered: Vec<Likenesses> = heard(candidate).iter().map(|word| self.likenesses(word)).collect();
        self.score(&offered.iter().collect::<Vec<_>>())
    }

    /// How like every word asked for a word offered is.
    fn likenesses(&self, offered: &Heard) -> Likenesses {
        let with_forms = self.words.iter().enumerate().map(|(at, word)| {
            let own = known_likeness(word, offered);
            let is_form = self.forms.get(at).is_some_and(|forms| is_one_of(forms, offered));
            if is_form { own.max(OTHER_FORM) } else { own }
        });
        with_forms.collect()
    }

    fn score(&self, offered: &[&Likenesses]) -> Score {
        let asked = self.words.len();
        if asked == 0 || offered.is_empty() {
            return Score(0);
        }
        let partners = self.partners(offered);
        let met: Vec<(usize, u32)> = partners.iter().copied().flatten().collect();
        let mut worst = met.iter().map(|(_, likeness)| *likeness).min().unwrap_or(0);
        // The last of three words is often a tribe or a town that papers change.
        let is_last = partners.last().copied().flatten().is_some_and(|(_, likeness)| likeness == worst);
        if met.len() >= 3 && is_last {
            worst = worst.max(450);
        }
        let unknown = (asked - met.len()) as u32;
        let mean = (met.iter().map(|(_, likeness)| likeness).sum::<u32>() + unknown * UNKNOWN) / asked as u32;
        let steps = || met.windows(2).map(|pair| (pair[0].0, pair[1].0));
        // Words that stand side by side, or the last one, are what people leave
        // others out for.
        let gaps = steps().filter(|(one, next)| *next > one + 1 && next + 1 < offered.len()).count() as u32;
        let jumps = steps().filter(|(one, next)| next < one).count() as u32;
        let spare = (offered.len() - met.len()) as u32;
        // Who is asked for by one word bears it as their own name, if anyone does.
        let begins = partners.first().copied().flatten().is_some_and(|(index, _)| index == 0);
        let less = jumps.min(3) * 40 + spare.min(4) * 4 + gaps * 10 + u32::from(!begins) * 40;
        let score = mean.midpoint(worst).saturating_sub(less);
        Score(u16::try_from(score.min(1000)).unwrap_or(1000))
    }

    /// For every word asked for, the word offered that is most like it: the
    /// best pair of all first.
    fn partners(&self, offered: &[&Likenesses]) -> Vec<Option<(usize, u32)>> {
        let mut pairs = Vec::with_capacity(self.words.len() * offered.len());
        for (index, likenesses) in offered.iter().enumerate() {
            for (at, likeness) in likenesses.iter().enumerate() {
                pairs.push((std::cmp::Reverse(*likeness), at.abs_diff(index), at, index));
            }
        }
        pairs.sort_unstable();
        let mut partners = vec![None; self.words.len()];
        let mut taken = vec![false; offered.len()];
        for (std::cmp::Reverse(likeness), _, at, index) in pairs {
            if partners[at].is_none() && !taken[index] {
                partners[at] = Some((index, likeness));
                taken[index] = true;
            }
        }
        partners
    }
}

/// Whether a word is one of some forms, in whatever spelling.
pub(super) fn is_one_of(forms: &[Arc<[Heard]>], word: &Heard) -> bool {
    forms.iter().flat_map(|form| form.iter()).any(|form| known_likeness(form, word) >= IS_THE_FORM)
}

type Likenesses = Vec<u32>;

/// Ranks many people against one query: what one name of many bearers is like is
/// worked out once.
pub struct Ranking {
    asked: Asked,
    known: HashMap<String, Vec<Likenesses>>,
}

impl Ranking {
    /// Begins with what was typed.
    #[must_use]
    pub fn new(query: &str) -> Self {
        Self { asked: Asked::in_any_form(query), known: HashMap::new() }
    }

    /// Ranks a name in its parts: see [`Asked::rank`].
    pub fn rank<'p>(&mut self, parts: impl IntoIterator<Item = &'p str> + Clone) -> Score {
        for part in parts.clone() {
            if !self.known.contains_key(part) {
                let likenesses = heard(part).iter().map(|word| self.asked.likenesses(word)).collect();
                self.known.insert(part.to_owned(), likenesses);
            }
        }
        let offered: Vec<&Likenesses> =
            parts.into_iter().filter_map(|part| self.known.get(part)).flatten().collect();
        self.asked.score(&offered)
    }
}

/// Ranks parts of names against one part. A register is made of a few thousand names:
/// what two of them score is worked out once.
pub struct PartRanking {
    part: String,
    asked: Asked,
}

/// How many scores of two parts are remembered at most; then one begins anew.
const REMEMBERED: usize = 65_536;

/// Scores by the part that was asked for and the one that was offered.
#[derive(Default)]
struct Scores {
    by_part: HashMap<String, HashMap<String, Score>>,
    count: usize,
}

thread_local! {
    static SCORES: RefCell<Scores> = RefCell::default();
}

impl PartRanking {
    /// Makes a part ready.
    #[must_use]
    pub fn new(part: &str) -> Self {
        Self { part: part.to_owned(), asked: Asked::new(part) }
    }

    /// Ranks another part: see [`Asked::rank`].
    #[must_use]
    pub fn rank(&self, other: &str) -> Score {
        let known = SCORES.with_borrow(|scores| scores.by_part.get(&self.part)?.get(other).copied());
        known.unwrap_or_else(|| {
            let score = self.asked.rank(other);
            SCORES.with_borrow_mut(|scores| {
                if scores.count >= REMEMBERED {
                    *scores = Scores::default();
                }
                scores.count += 1;
                scores.by_part.entry(self.part.clone()).or_default().insert(other.to_owned(), score);
            });
            score
        })
    }
}

/// Ranks one candidate's name against what was searched for: see [`Asked::rank`].
#[must_use]
pub fn rank(query: &str, candidate: &str) -> Score {
    Asked::new(query).rank(candidate)
}

thread_local! {
    /// How alike two words are, by the two.
    static LIKENESSES: RefCell<HashMap<(u64, u64), u32>> = RefCell::default();
}

/// How many likenesses of two words are remembered at most; then one begins anew.
const COMPARED: usize = 262_144;

/// How alike two words are, worked out once.
fn known_likeness(one: &Heard, other: &Heard) -> u32 {
    let pair = (one.id, other.id);
    if let Some(known) = LIKENESSES.with_borrow(|known| known.get(&pair).copied()) {
        return known;
    }
    let likeness = likeness_of(one, other);
    LIKENESSES.with_borrow_mut(|known| {
        if known.len() >= COMPARED {
            known.clear();
        }
        known.insert(pair, likeness);
    });
    likeness
}

/// How alike two words are: the better of their spelling and of their sound.
fn likeness_of(one: &Heard, other: &Heard) -> u32 {
    if one.folded == other.folded {
        return 1000;
    }
    // A shared sound is strong but not the same as a shared spelling.
    let sound = likeness((one.script, &one.sounds), (other.script, &other.sounds)) * 985 / 1000;
    let spelling = similarity(&one.folded, &other.folded) * 85 / 100;
    sound.max(spelling).max(starts_with_initial(&one.folded, &other.folded))
}

/// `ش` or `S` for a name that begins so: worth something, not much.
fn starts_with_initial(query: &str, candidate: &str) -> u32 {
    let is_initial = query.chars().count() == 1 && candidate.starts_with(query);
    if is_initial { 650 } else { 0 }
}

/// 1000 for equal words, less for every letter inserted, left out, changed or
/// swapped with its neighbour; a common beginning counts a little more.
fn similarity(one: &str, other: &str) -> u32 {
    if one == other {
        return if one.is_empty() { 0 } else { 1000 };
    }
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().take(64).collect(), other.chars().take(64).collect());
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 0;
    }
    let distance = damerau_levenshtein(&a, &b);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let base = 1000 - 1000 * count(distance) / count(longest);
    let prefix = a.iter().zip(&b).take(3).take_while(|(x, y)| x == y).count();
    let bonus = if base >= 500 { (1000 - base) * count(prefix) / 10 } else { 0 };
    base + bonus
}

/// Edit distance with swaps of neighbours (optimal string alignment).
fn damerau_levenshtein(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut rows = [vec![0; width], (0..width).collect::<Vec<_>>(), vec![0; width]];
    for (i, x) in a.iter().enumerate() {
        let [before, above, row] = &mut rows;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let mut best = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_swaps_as_one() {
        let distance = |a: &str, b: &str| {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            damerau_levenshtein(&a, &b)
        };
        for (a, b, expected) in
            [("", "", 0), ("abc", "", 3), ("abc", "acb", 1), ("kitten", "sitting", 3), ("ab", "ba", 1)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn the_better_answer_ranks_higher() {
        for (query, better, worse) in [
            ("شیلان ئازاد", "شيلان آزاد", "شیلان ئاراس"),
            ("Shilan Azad", "شیلان ئازاد ڕەشید", "شیرین ئازاد ڕەشید"),
            ("Mohammed Ali", "محمد علي حسين", "محمود علي حسين"),
            ("ئازاد شیلان", "شیلان ئازاد", "شیلان کەریم"),
            ("Sara Ahmad", "Sara Ahmad", "Ahmad Sara"),
            ("Sara Ahmed", "سارة أحمد", "سارة محمود"),
            ("عبد الله حسن", "عبدالله حسن", "عبدالرحمن حسن"),
            ("Shlian", "Shilan", "Shirin"),
            ("Azad", "ئازاد", "ئاراس"),
        ] {
            assert!(rank(query, better) > rank(query, worse), "{query}: {better} / {worse}");
        }
    }

    #[test]
    fn the_same_name_scores_full_marks_and_a_stranger_is_not_shown() {
        assert_eq!(rank("شیلان", "شيلان"), Score(1000));
        assert_eq!(rank("عبد الله", "عبد الله"), Score(1000));
        assert!(rank("Shilan", "شیلان") > Score(900));
        assert!(rank("Shilan Azad", "Karim Jamil") < WORTH_SHOWING);
        assert_eq!(rank("", "Sara"), Score(0));
    }
}
