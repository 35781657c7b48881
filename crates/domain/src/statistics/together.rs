//! Which tables tell the same numbers. A number that one of them hides, no other tells.

use super::{Same, Side, Subject};

/// Births, of which several tables tell.
const BIRTHS: &[Subject] = &[
    Subject::BirthsByAge,
    Subject::BirthsByMonth,
    Subject::BirthsByPlace,
    Subject::BirthsByWeight,
    Subject::BirthsByResidence,
];

/// Deaths, of which several tables tell.
const DEATHS: &[Subject] = &[
    Subject::DeathsByAge,
    Subject::DeathsByCause,
    Subject::FemaleDeathsByGroup,
    Subject::MaleDeathsByGroup,
    Subject::InfantDeaths,
    Subject::DeathsByResidence,
];

impl Subject {
    /// The tables that count the same events, this one among them.
    #[must_use]
    pub fn told_with(self) -> &'static [Self] {
        if BIRTHS.contains(&self) {
            return BIRTHS;
        }
        if DEATHS.contains(&self) {
            return DEATHS;
        }
        let at = Self::ALL.iter().position(|subject| *subject == self).unwrap_or_default();
        &Self::ALL[at..=at]
    }
}

/// The numbers that the tables of [`Subject::told_with`] have in common.
#[must_use]
pub fn same_in(tables: &[Subject]) -> Vec<Same> {
    let place = |subject: Subject| tables.iter().position(|table| *table == subject);
    let mut same = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        for (row, column, other) in common(*table) {
            if let Some(whole) = place(other.0) {
                let everywhere = !table.is_by_residence();
                same.push(Same { one: (at, row, column), other: (whole, other.1, other.2), everywhere });
            }
        }
    }
    same
}

/// Row and column of a table, and where another tells the same.
fn common(table: Subject) -> Vec<(usize, usize, (Subject, usize, usize))> {
    let size = |subject: Subject| {
        let (rows, columns) = subject.sides();
        (rows.values().len(), columns.values().len())
    };
    let (rows, columns) = size(table);
    let sexes = 0..=Side::Sex.values().len();
    // The sums of all rows of one are those of the other.
    let sums = |other: Subject| sexes.clone().map(move |sex| (rows, sex, (other, size(other).0, sex)));
    match table {
        Subject::BirthsByMonth | Subject::BirthsByWeight => sums(Subject::BirthsByAge).collect(),
        Subject::BirthsByPlace => {
            let (last, all) = size(Subject::BirthsByAge);
            vec![(rows, columns, (Subject::BirthsByAge, last, all))]
        }
        Subject::DeathsByCause => sums(Subject::DeathsByAge).collect(),
        // Whoever dies before their first birthday stands in the first row.
        Subject::InfantDeaths => sexes.map(|sex| (rows, sex, (Subject::DeathsByAge, 0, sex))).collect(),
        Subject::FemaleDeathsByGroup | Subject::MaleDeathsByGroup => {
            let sex = usize::from(table == Subject::MaleDeathsByGroup);
            (0..=rows).map(|age| (age, columns, (Subject::DeathsByAge, age, sex))).collect()
        }
        Subject::BirthsByResidence | Subject::DeathsByResidence => {
            let whole =
                if table == Subject::BirthsByResidence { Subject::BirthsByAge } else { Subject::DeathsByAge };
            let cells = (0..=rows).flat_map(|row| (0..=columns).map(move |column| (row, column)));
            cells.map(|(row, column)| (row, column, (whole, row, column))).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil::EventKind;
    use crate::statistics::{Cells, Fact, count};
    use jiff::civil::Date;

    fn dead(sex: &str, born_on: &str) -> Fact {
        Fact {
            kind: EventKind::Death,
            on: "2026-05-17".parse().ok(),
            place: "HL".into(),
            residence: "DU".into(),
            sex: Some(sex.into()),
            born_on: born_on.parse().ok(),
            age: None,
            bride_born_on: None,
            married_on: None,
            registered_on: Some(Date::constant(2026, 5, 20)),
            weight: Some(3_000),
            place_kind: Some("hospital".into()),
            attendant: None,
            cause: Some("I21.9".into()),
            divorce: None,
        }
    }

    /// The sum of a table's row and column, one behind the last being all of them.
    fn number(cells: &Cells, (table, row, column): (Subject, usize, usize)) -> i64 {
        let (rows, columns) = (table.sides().0.values(), table.sides().1.values());
        let fits = |side: &[&str], wanted: usize, value: &str| {
            wanted == side.len() || side.get(wanted).is_some_and(|known| *known == value)
        };
        let found = cells
            .iter()
            .filter(|(at, _)| at.0 == table && fits(rows, row, at.3) && fits(columns, column, at.4));
        found.map(|(_, number)| number).sum()
    }

    #[test]
    fn what_is_called_the_same_is() {
        let mut cells = Cells::new();
        for (sex, born_on) in [
            ("female", "2026-05-01"),
            ("male", "2025-09-01"),
            ("female", "1960-01-01"),
            ("male", "2000"),
            ("unknown", "1999-01-01"),
        ] {
            count(&dead(sex, born_on), &mut cells);
            let born = Fact { kind: EventKind::Birth, ..dead(sex, "1990-02-03") };
            count(&born, &mut cells);
        }
        for family in [Subject::BirthsByMonth, Subject::InfantDeaths] {
            let tables = family.told_with();
            let same = same_in(tables);
            assert!(same.len() > 8, "{family:?}");
            for Same { one, other, .. } in same {
                let at = |(table, row, column): (usize, usize, usize)| (tables[table], row, column);
                assert_eq!(number(&cells, at(one)), number(&cells, at(other)), "{:?}", (at(one), at(other)));
            }
        }
        assert_eq!(Subject::Marriages.told_with(), [Subject::Marriages]);
        assert!(same_in(Subject::Marriages.told_with()).is_empty());
    }
}
