//! How long somebody will wait, as a range that is honest about what is not known.

/// A wait in whole minutes, from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Range {
    /// At least about so long.
    pub from: i64,
    /// Hardly longer than this.
    pub to: i64,
}

/// How much the setup's guess weighs beside what was measured: as much as so many visits.
const GUESS_WEIGHS: usize = 6;

/// The wait of somebody with `before` others before them, in a line that `open` counters
/// serve. `lately` are the minutes that visits of the line took, of today and of like
/// days; while there are few, the setup's `guess` counts beside them. `None` while no
/// counter is open: nobody knows then.
#[must_use]
pub fn wait(before: usize, open: usize, lately: &[f64], guess: f64) -> Option<Range> {
    if open == 0 {
        return None;
    }
    let mut took: Vec<f64> = lately.iter().copied().filter(|minutes| minutes.is_finite()).collect();
    let missing = GUESS_WEIGHS.saturating_sub(took.len());
    // A guess is a range of its own: from half of it to half as much again.
    took.extend((0..missing).map(|n| guess * (0.5 + n as f64 / (GUESS_WEIGHS - 1) as f64)));
    took.sort_by(f64::total_cmp);
    let mean = took.iter().sum::<f64>() / took.len() as f64;
    let spread =
        (took.iter().map(|minutes| (minutes - mean).powi(2)).sum::<f64>() / took.len() as f64).sqrt();
    let rounds = before as f64 / open as f64;
    // The sum of many visits strays by the root of their number.
    let stray = spread * rounds.sqrt() + mean / 2.0;
    let from = (rounds * mean - stray).max(0.0);
    let to = rounds * mean + stray;
    Some(Range { from: from.floor() as i64, to: (to.ceil() as i64).max(1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_before_means_longer_and_more_counters_shorter() {
        let took = [8.0; 20];
        let few = wait(2, 2, &took, 8.0).unwrap();
        let many = wait(20, 2, &took, 8.0).unwrap();
        let helped = wait(20, 5, &took, 8.0).unwrap();
        assert!(few.to < many.from, "{few:?} {many:?}");
        assert!(helped.to < many.from, "{helped:?} {many:?}");
        assert_eq!(many, Range { from: 76, to: 84 });
    }

    #[test]
    fn what_is_measured_takes_the_place_of_the_guess() {
        let guessed = wait(10, 1, &[], 5.0).unwrap();
        let measured = wait(10, 1, &[15.0; 10], 5.0).unwrap();
        assert!(guessed.from < 50 && 50 < guessed.to, "{guessed:?}");
        assert!(measured.from < 150 && 150 < measured.to, "{measured:?}");
    }

    #[test]
    fn nobody_knows_while_no_counter_is_open() {
        assert_eq!(wait(0, 0, &[5.0], 5.0), None);
        assert!(wait(0, 1, &[f64::NAN], 5.0).unwrap().to >= 1);
    }
}
