//! Forms of names that no rule of hearing bridges: by what somebody is called whose papers
//! say another name (حەمە is محمد), and two usual forms of one (خەجیجە and خدیجە). They are
//! looked for beside what was typed; no key is stored for them.

use super::heard::{Heard, heard};
use super::rank::is_one_of;
use super::{fold, is_arabic_script};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The forms, as a table.
const FORMS: &str = include_str!("forms.tsv");

/// The fewest letters of what follows a form in one word with it.
const LEAST_SECOND_HALF: usize = 3;

#[derive(Default)]
struct Table {
    /// Other names by the folded form that was typed, each in both alphabets.
    by_form: BTreeMap<String, Vec<[&'static str; 2]>>,
    /// Forms that stand before another name in one word, with the full name.
    prefixes: Vec<(&'static str, [&'static str; 2])>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in FORMS.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&'static str> = line.split('\t').collect();
        let [kind, forms, full] = columns[..] else { continue };
        let both = [spellings(forms), spellings(full)];
        let last = |all: &[&'static str]| all.last().copied().unwrap_or_default();
        let ends = |all: &[&'static str]| [all.first().copied().unwrap_or_default(), last(all)];
        for form in &both[0] {
            table.by_form.entry(fold(form)).or_default().push(ends(&both[1]));
        }
        match kind {
            "prefix" => table.prefixes.extend(both[0].iter().map(|form| (*form, ends(&both[1])))),
            "either" => {
                for full in &both[1] {
                    table.by_form.entry(fold(full)).or_default().push(ends(&both[0]));
                }
            }
            _ => {}
        }
    }
    table
});

fn spellings(column: &'static str) -> Vec<&'static str> {
    column.split('|').collect()
}

/// The other names that somebody may bear who is called by a word, as they are heard.
pub(super) fn forms_of(word: &Heard) -> Vec<Arc<[Heard]>> {
    let at = usize::from(!is_arabic_script(&word.written));
    let known = TABLE.by_form.get(&word.folded).into_iter().flatten().map(|full| full[at].to_owned());
    let together = TABLE.prefixes.iter().filter_map(|(form, full)| {
        let rest = word.written.strip_prefix(form)?;
        (rest.chars().count() >= LEAST_SECOND_HALF).then(|| format!("{}{rest}", full[at]))
    });
    let mut forms: Vec<String> = known.chain(together).collect();
    forms.sort();
    forms.dedup();
    forms.iter().map(|form| heard(form)).collect()
}

/// The skeletons of other forms of a name, in one word each.
pub(super) fn other_forms(word: &Heard) -> Vec<String> {
    let forms = forms_of(word);
    let mut skeletons: Vec<String> =
        forms.iter().flat_map(|form| form.iter()).map(|one| one.skeleton.clone()).collect();
    skeletons.retain(|skeleton| *skeleton != word.skeleton);
    skeletons.sort();
    skeletons.dedup();
    skeletons
}

/// How many places of a list are for whoever is registered by another form of the name,
/// where there are any, however many bear it as it was typed.
const OF_OTHER_FORMS: usize = 2;

/// Whom a list shows of people in their order, the nearest first, so that the first
/// `at_most` of them hold both those found as it was typed and those of other forms.
#[must_use]
pub fn mixed<T>(ranked: Vec<T>, at_most: usize, is_other_form: impl Fn(&T) -> bool) -> Vec<T> {
    let others = ranked.iter().filter(|one| is_other_form(one)).count();
    let kept = others.min(OF_OTHER_FORMS);
    if ranked.len() - others + kept <= at_most {
        return ranked;
    }
    let (others, mut typed): (Vec<T>, Vec<T>) = ranked.into_iter().partition(is_other_form);
    let behind = typed.split_off(at_most.saturating_sub(kept).min(typed.len()));
    typed.extend(others);
    typed.extend(behind);
    typed
}

/// Whether somebody who is called by one name may be registered by another, by common
/// usage: `حەمە` and `محمد`.
#[must_use]
pub fn is_called(called: &str, registered: &str) -> bool {
    let (called, registered) = (heard(called), heard(registered));
    let ([called], [registered]) = (&*called, &*registered) else { return false };
    is_one_of(&forms_of(called), registered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_called_so_may_be_registered_by_the_full_name() {
        for (called, registered, expected) in [
            ("حەمە", "محمد", true),
            ("حمه", "محەمەد", true),
            ("Hama", "محمد", true),
            ("Heme", "Mihemed", true),
            ("حەمەڕەشید", "محمدرشيد", true),
            ("Hamarashid", "Muhammadrashid", true),
            ("عەلە", "علی", true),
            ("عەبە", "عبد الله", true),
            ("خدیجه", "خەجیجە", true),
            ("خەجیجە", "خديجة", true),
            ("Khadija", "Khajija", true),
            ("Xedîce", "خجيجة", true),
            // What is short stands for the full name, not the other way round.
            ("محمد", "حەمە", false),
            ("حەمە", "محمود", false),
            ("حەمید", "محمد", false),
            ("Hamad", "Muhammad", false),
            ("حەمە", "ئەحمەد", false),
            ("", "محمد", false),
        ] {
            assert_eq!(is_called(called, registered), expected, "{called} {registered}");
        }
    }

    #[test]
    fn other_forms_have_places_of_their_own() {
        // Typed forms are below a hundred.
        let mixed = |ranked: &[u8]| {
            let all = mixed(ranked.to_vec(), 4, |one| *one >= 100);
            all.into_iter().take(4).collect::<Vec<_>>()
        };
        assert_eq!(mixed(&[1, 2, 3, 4, 5, 100, 101, 102]), [1, 2, 100, 101]);
        assert_eq!(mixed(&[1, 2, 3, 4, 5, 100]), [1, 2, 3, 100]);
        assert_eq!(mixed(&[1, 100, 2, 101, 102]), [1, 100, 2, 101]);
        assert_eq!(mixed(&[1, 100, 101, 102, 103]), [1, 100, 101, 102]);
        assert_eq!(mixed(&[1, 2, 3, 4, 5]), [1, 2, 3, 4]);
    }

    #[test]
    fn the_table_is_whole() {
        let lines = FORMS.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!(matches!(columns[..], ["short" | "prefix" | "either", _, _]), "{line}");
            let full: Vec<&str> = columns[2].split('|').collect();
            assert!(is_arabic_script(full[0]) && !is_arabic_script(full[full.len() - 1]), "{line}");
            for spelling in columns[1].split('|').chain(full) {
                assert_eq!(heard(spelling).len(), 1, "{spelling} is one word");
            }
        }
    }
}
