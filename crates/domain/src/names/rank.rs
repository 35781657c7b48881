//! How well a name answers a query. Whole numbers only, so that every node
//! and both engines put the same candidates in the same order.

use super::{fold, skeleton, transliterate};

/// From 0 (nothing in common) to 1000 (the same name, letter for letter after
/// folding).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Score(pub u16);

/// Below this a candidate is not worth an officer's look.
pub const WORTH_SHOWING: Score = Score(600);

/// One word of a name under its two keys, and its Latin spelling, which tells
/// long vowels apart that the skeleton leaves out (محمد and محمود).
struct Word {
    folded: String,
    bones: String,
    latin: String,
}

impl Word {
    fn new(folded: String, bones: &str) -> Self {
        let latin = fold(&transliterate(&folded));
        Self { folded, bones: bones.to_owned(), latin }
    }
}

/// What is searched for, made ready once to be compared with many names.
pub struct Asked {
    words: Vec<Word>,
}

impl Asked {
    /// Makes a query ready.
    #[must_use]
    pub fn new(query: &str) -> Self {
        Self { words: words_of(query) }
    }

    /// Ranks a candidate's name. Words may come in any order; words the searcher
    /// left out cost little, words the candidate lacks cost much.
    #[must_use]
    pub fn rank(&self, candidate: &str) -> Score {
        let offered = words_of(candidate);
        if self.words.is_empty() || offered.is_empty() {
            return Score(0);
        }
        let mut free: Vec<usize> = (0..offered.len()).collect();
        let (mut total, mut last, mut jumps) = (0_u32, None::<usize>, 0_u32);
        for word in &self.words {
            let best = free
                .iter()
                .enumerate()
                .map(|(slot, index)| (likeness(word, &offered[*index]), std::cmp::Reverse(*index), slot))
                .max();
            let Some((score, std::cmp::Reverse(index), slot)) = best else { continue };
            total += u32::from(score);
            free.remove(slot);
            jumps += u32::from(last.is_some_and(|last| index < last));
            last = Some(index);
        }
        let words = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let left_over = u32::try_from(free.len()).unwrap_or(u32::MAX).min(4);
        let mean = total / words;
        let score = mean.saturating_sub(jumps.min(3) * 25).saturating_sub(left_over * 10);
        Score(u16::try_from(score.min(1000)).unwrap_or(1000))
    }
}

/// Ranks one candidate's name against what was searched for: see [`Asked::rank`].
#[must_use]
pub fn rank(query: &str, candidate: &str) -> Score {
    Asked::new(query).rank(candidate)
}

fn words_of(text: &str) -> Vec<Word> {
    // عبد الله is one name in two words; its skeleton joins them, and so must
    // the folded words beside it.
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let bones = skeleton(text);
    let joined: Vec<&str> = bones.split(' ').filter(|word| !word.is_empty()).collect();
    if joined.len() == words.len() {
        let pairs = words.iter().zip(&joined);
        return pairs.map(|(folded, bones)| Word::new((*folded).to_owned(), bones)).collect();
    }
    joined.iter().map(|bones| Word::new(regroup(&words, bones), bones)).collect()
}

/// The folded words that together have this skeleton.
fn regroup(words: &[&str], bones: &str) -> String {
    for length in 1..=3 {
        if let Some(group) = words.windows(length).find(|group| skeleton(&group.join(" ")) == bones) {
            return group.concat();
        }
    }
    bones.to_owned()
}

/// How alike two words are: the better of their spelling and of their sound.
fn likeness(one: &Word, other: &Word) -> u16 {
    let spelling = similarity(&one.folded, &other.folded);
    let sound = similarity(&one.bones, &other.bones);
    // A shared sound is strong but not the same as a shared spelling; a very
    // short skeleton says little.
    let short = one.bones.len().min(other.bones.len()) < 2;
    let sound = if short { sound * 8 / 10 } else { sound * 92 / 100 };
    let sound = (sound * 96 + similarity(&one.latin, &other.latin) * 4) / 100;
    let initial = starts_with_initial(&one.folded, &other.folded);
    u16::try_from(spelling.max(sound).max(initial)).unwrap_or(1000)
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
