//! What is known beside a name: when and where someone was born, who their
//! parents are. What is missing weakens an answer a little and never excludes it;
//! what contradicts weakens it much.

use super::Score;
use crate::dates::PartialDate;

/// What nobody wrote down.
const MISSING: u16 = 25;

/// How much worse an answer is for its date of birth.
///
/// A first of January or July counts as its year only: old registers wrote it
/// when no more was known.
#[must_use]
pub fn for_birth(asked: PartialDate, within: u16, born: Option<PartialDate>) -> u16 {
    let Some(born) = born else { return MISSING };
    let years = asked.year().abs_diff(born.year());
    if years > within.max(1) {
        return (60 + 15 * years.min(12)).min(240);
    }
    if years > 0 {
        let expected = if within > 0 { 4 } else { 45 };
        return expected * years;
    }
    if asked.may_be(born) || asked.may_mean_year_only() || born.may_mean_year_only() {
        return 0;
    }
    let (day, month) = ((asked.day(), born.day()), (asked.month(), born.month()));
    // Day and month are exchanged, or one of them is a slip.
    let exchanged = day.0 == month.1 && day.1 == month.0;
    if exchanged || day.0 == day.1 || month.0 == month.1 { 15 } else { 35 }
}

/// How much worse an answer is for the name of a parent, by how like the nearest
/// name that is known of them is.
#[must_use]
pub fn for_parent(likest: Option<Score>) -> u16 {
    match likest {
        None => MISSING,
        Some(Score(likeness)) if likeness >= 850 => 0,
        Some(Score(likeness)) => ((850 - likeness) / 2).min(180),
    }
}

/// How much worse an answer is for the place of birth.
#[must_use]
pub fn for_place(is_there: Option<bool>) -> u16 {
    match is_there {
        None => MISSING,
        Some(true) => 0,
        Some(false) => 70,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_weakens_by_how_far_off_it_is() {
        let date = |text: &str| text.parse::<PartialDate>().unwrap();
        for (asked, within, born, expected) in [
            ("1960", 0, Some("1960-03-12"), 0),
            ("1960-03-12", 0, Some("1960"), 0),
            ("1960-07-01", 0, Some("1960-03-12"), 0),
            ("1960-03-12", 0, Some("1960-01-01"), 0),
            ("1960-03-12", 0, Some("1960-12-03"), 15),
            ("1960-03-12", 0, Some("1960-09-27"), 35),
            ("1960", 0, Some("1961"), 45),
            ("1960", 3, Some("1962"), 8),
            ("1960", 3, Some("1970"), 210),
            ("1960", 0, None, MISSING),
        ] {
            assert_eq!(for_birth(date(asked), within, born.map(date)), expected, "{asked} {born:?}");
        }
    }

    #[test]
    fn what_is_missing_weakens_less_than_what_contradicts() {
        assert_eq!(for_parent(Some(Score(990))), 0);
        assert!(for_parent(None) < for_parent(Some(Score(700))));
        assert!(for_place(None) < for_place(Some(false)));
    }
}
