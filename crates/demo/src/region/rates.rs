//! How often things happen in a year of life. Rounded from what is published
//! of Iraq and the Region; only additions and multiplications, so that every
//! machine draws the same Region.

use crate::names::Sex;

/// Between two years, how far a change has gone.
fn gone(year: i16, from: i16, until: i16) -> f64 {
    f64::from((year - from).clamp(0, until - from)) / f64::from(until - from)
}

/// The share of an age that dies within a year.
pub(super) fn death(age: i16, sex: Sex, year: i16) -> f64 {
    let harder = 1.8 - 0.8 * gone(year, 1966, 2015);
    let childhood = match age {
        ..1 => return 0.0,
        1..5 => 0.012 - 0.0112 * gone(year, 1966, 2015),
        5..15 => 0.0006,
        _ => 0.0009,
    };
    // Gompertz: the risk grows by a tenth with every year of age.
    let mut ageing = 0.00003;
    for _ in 0..age {
        ageing *= 1.098;
    }
    let of_sex = if sex == Sex::Male { 1.2 } else { 0.9 };
    ((childhood + ageing * harder) * of_sex).min(if age > 103 { 1.0 } else { 0.6 })
}

/// The share of the newborn that dies within the first year.
pub(super) fn infant_death(year: i16) -> f64 {
    0.09 - 0.075 * gone(year, 1966, 2020)
}

/// The share of single women who marry within a year.
pub(super) fn marriage(age: i16, again: bool) -> f64 {
    match (again, age) {
        (true, ..36) => 0.08,
        (true, _) => 0.03,
        (false, ..20) => 0.13,
        (false, 20..28) => 0.24,
        (false, 28..36) => 0.14,
        (false, _) => 0.04,
    }
}

/// The share of marriages that a court ends within a year.
pub(super) fn divorce(year: i16) -> f64 {
    0.0012 + 0.0045 * gone(year, 1980, 2025)
}

/// How willingly a married woman of an age has one more child this year.
pub(super) fn fertility(age: i16, children: u8) -> f64 {
    let by_age = match age {
        ..20 => 0.25,
        20..25 => 0.38,
        25..30 => 0.36,
        30..35 => 0.28,
        35..40 => 0.16,
        _ => 0.05,
    };
    by_age / (1.0 + 0.22 * f64::from(children))
}

/// The most children a couple has.
pub(super) fn most_children(year: i16) -> u8 {
    match year {
        ..1985 => 11,
        1985..2000 => 9,
        2000..2015 => 7,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_die_oftener_than_the_young_and_people_live_longer_now() {
        assert!(death(80, Sex::Male, 2020) > 20.0 * death(20, Sex::Male, 2020));
        assert!(death(2, Sex::Female, 1966) > 5.0 * death(2, Sex::Female, 2020));
        assert!(death(70, Sex::Male, 1970) > death(70, Sex::Male, 2020));
        assert!(death(70, Sex::Female, 2020) < death(70, Sex::Male, 2020));
        assert!(infant_death(1966) > 0.08 && infant_death(2026) < 0.02);
    }

    #[test]
    fn no_share_is_more_than_one() {
        for year in 1960..2060 {
            for age in 0..120 {
                assert!((0.0..=1.0).contains(&death(age, Sex::Male, year)), "{age} in {year}");
            }
        }
    }
}
