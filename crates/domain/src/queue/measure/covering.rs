//! Hiding what would tell of few.

use super::{Equal, FEWEST, Measures, Scores, Share, Spread, Times};
use crate::statistics::groups_told;

/// What a figure stands on.
trait Behind {
    /// How many.
    fn behind(&self) -> i64;
}

impl Behind for Spread {
    fn behind(&self) -> i64 {
        self.count
    }
}

impl Behind for Share {
    fn behind(&self) -> i64 {
        self.of
    }
}

impl Behind for Scores {
    fn behind(&self) -> i64 {
        self.count
    }
}

/// Hides a figure of few; none at all is told.
fn cover<F: Behind>(figure: &mut Option<F>) {
    if figure.as_ref().is_some_and(|figure| (1..FEWEST).contains(&figure.behind())) {
        *figure = None;
    }
}

/// Hides one figure of groups where few stand behind it, and others where it could be
/// worked out.
fn cover_groups<R, F: Behind>(rows: &mut [R], figure: impl Fn(&mut R) -> &mut Option<F>) {
    let behind = |row: &mut R| figure(row).as_ref().map_or(0, Behind::behind);
    let counts: Vec<i64> = rows.iter_mut().map(behind).collect();
    for (row, told) in rows.iter_mut().zip(groups_told(&counts, FEWEST)) {
        if !told {
            *figure(row) = None;
        }
    }
}

fn cover_times(rows: &mut [Times]) {
    cover_groups(rows, |row| &mut row.wait);
    cover_groups(rows, |row| &mut row.way);
    cover_groups(rows, |row| &mut row.service);
}

fn cover_equal(rows: &mut [Equal]) {
    cover_groups(rows, |row| &mut row.once);
    cover_groups(rows, |row| &mut row.gave_up);
    cover_groups(rows, |row| &mut row.refused);
    cover_groups(rows, |row| &mut row.wait);
    cover_groups(rows, |row| &mut row.scores);
}

impl Measures {
    /// The same as it may be told: nothing of fewer than [`FEWEST`], and nothing from
    /// which that could be worked out.
    #[must_use]
    pub fn covered(mut self) -> Self {
        self.visits = self.visits.filter(|visits| !(1..FEWEST).contains(visits));
        cover(&mut self.no_shows);
        cover(&mut self.missed);
        cover(&mut self.call_backs.reached);
        cover(&mut self.call_backs.scores);
        cover(&mut self.call_backs.money);
        cover(&mut self.times.wait);
        cover(&mut self.times.way);
        cover(&mut self.times.service);
        cover(&mut self.equal.once);
        cover(&mut self.equal.gave_up);
        cover(&mut self.equal.refused);
        cover(&mut self.equal.wait);
        cover(&mut self.equal.scores);
        self.times_by.iter_mut().for_each(|(_, rows)| cover_times(rows));
        self.equal_by.iter_mut().for_each(|(_, rows)| cover_equal(rows));
        let reasons: Vec<i64> = self.reasons.iter().map(|(_, count)| count.unwrap_or(0)).collect();
        for ((_, count), told) in self.reasons.iter_mut().zip(groups_told(&reasons, FEWEST)) {
            *count = count.filter(|_| told);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::counting::tests::served;
    use super::super::{Rows, Side, Visit, measure};
    use super::*;

    #[test]
    fn a_small_group_is_not_told_nor_worked_out() {
        let many = |channel: &str, count: i64| -> Vec<Visit> {
            (0..count).map(|minutes| served(channel, minutes)).collect()
        };
        let visits = [many("online", 40), many("kiosk", 12), many("counter", 3)].concat();
        let told = measure(&Rows { visits, ..Rows::default() }).covered();
        let (_, channels) = told.equal_by.iter().find(|(side, _)| *side == Side::Channel).unwrap();
        let once: Vec<(&str, bool)> =
            channels.iter().map(|row| (row.group.as_str(), row.once.is_some())).collect();
        // 55 less 40 are 15, and of those nobody can say which were at the reception.
        assert_eq!(once, [("counter", false), ("kiosk", false), ("online", true)]);
        assert_eq!(told.equal.once.unwrap().of, 55);
        assert_eq!(told.visits, Some(55));
    }

    #[test]
    fn a_day_with_few_visits_tells_nothing() {
        let visits = vec![served("online", 5); 9];
        let told = measure(&Rows { visits, kept: 4, ..Rows::default() }).covered();
        assert_eq!((told.visits, told.times.wait, told.equal.once), (None, None, None));
        assert_eq!(told.no_shows, None);
        assert!(told.times_by.iter().flat_map(|(_, rows)| rows).all(|row| row.wait.is_none()));
        // Where there is nothing, nothing is told: nobody was called back.
        assert_eq!(told.call_backs.reached, Some(Share::default()));
    }
}
