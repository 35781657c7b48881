//! Small cells are not told: who is the only one of their kind in a district would
//! be known by a number. A cell that could be worked out from the sums beside it is
//! not told either.

/// The fewest people behind a number that is told; none at all is told too.
pub const FEWEST: i64 = 5;

/// One number of a table as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// As it is.
    Told(i64),
    /// Not told.
    Hidden,
}

impl Cell {
    /// The number, if it is told.
    #[must_use]
    pub fn told(self) -> Option<i64> {
        if let Self::Told(number) = self { Some(number) } else { None }
    }
}

/// Which groups of one list may be told, when `fewest` people must stand behind each and
/// the sum of all is told beside them.
///
/// A group of fewer is hidden. Then the smallest others are, until what is hidden together
/// is at least two groups of `fewest` people: what is left between the sum and the groups
/// that are told is then no small group either, and a mean or a share cannot be worked out
/// for one. Groups that overlap are treated the same.
#[must_use]
pub fn groups_told(counts: &[i64], fewest: i64) -> Vec<bool> {
    let mut told: Vec<bool> = counts.iter().map(|count| !(1..fewest).contains(count)).collect();
    loop {
        let hidden: Vec<i64> =
            counts.iter().zip(&told).filter(|(_, told)| !**told).map(|(n, _)| *n).collect();
        if hidden.is_empty() || (hidden.len() > 1 && hidden.iter().sum::<i64>() >= fewest) {
            return told;
        }
        let others = (0..counts.len()).filter(|at| told[*at] && counts[*at] > 0);
        let Some(at) = others.min_by_key(|at| counts[*at]) else { return told };
        told[at] = false;
    }
}

/// One number with where it stands.
struct Number {
    number: i64,
    hides: bool,
    is_sum: bool,
}

/// The tables of several places as they are told, with the table of all places as
/// the last; in each the last row and the last of every row are sums.
///
/// First every number of fewer than [`FEWEST`] people is hidden. Then, until nothing
/// changes: where a row, a column, or a cell through all places has one hidden number
/// only, its smallest other number that is not 0 is hidden too, so that no sum gives
/// the first one away; a sum only where nothing else is left, because other tables
/// tell the same sums.
#[must_use]
pub fn hidden(places: &[Vec<Vec<i64>>]) -> Vec<Vec<Vec<Cell>>> {
    let (rows, columns) = match places.first() {
        Some(table) => (table.len() + 1, table.first().map_or(0, Vec::len) + 1),
        None => return Vec::new(),
    };
    let tables = places.len() + 1;
    let mut all = numbers(places, tables, rows, columns);
    let at = |table: usize, row: usize, column: usize| (table * rows + row) * columns + column;
    let mut lines: Vec<Vec<usize>> = Vec::new();
    for table in 0..tables {
        lines.extend((0..rows).map(|row| (0..columns).map(|column| at(table, row, column)).collect()));
        lines.extend((0..columns).map(|column| (0..rows).map(|row| at(table, row, column)).collect()));
    }
    for row in 0..rows {
        lines.extend((0..columns).map(|column| (0..tables).map(|table| at(table, row, column)).collect()));
    }
    while lines.iter().map(|line| protect(&mut all, line)).fold(false, |any, changed| any | changed) {}
    let told = all.iter().map(|one| if one.hides { Cell::Hidden } else { Cell::Told(one.number) });
    let told: Vec<Cell> = told.collect();
    told.chunks(rows * columns).map(|table| table.chunks(columns).map(<[Cell]>::to_vec).collect()).collect()
}

/// Every number with the sums, table by table and row by row.
fn numbers(places: &[Vec<Vec<i64>>], tables: usize, rows: usize, columns: usize) -> Vec<Number> {
    let mut all = Vec::with_capacity(tables * rows * columns);
    let one = |table: &[Vec<i64>], row: usize, column: usize| -> i64 {
        let picked = |row: &Vec<i64>| -> i64 {
            if column + 1 == columns { row.iter().sum() } else { row.get(column).copied().unwrap_or(0) }
        };
        if row + 1 == rows { table.iter().map(picked).sum() } else { table.get(row).map_or(0, picked) }
    };
    for table in 0..tables {
        for row in 0..rows {
            for column in 0..columns {
                let number = match places.get(table) {
                    Some(numbers) => one(numbers, row, column),
                    None => places.iter().map(|numbers| one(numbers, row, column)).sum(),
                };
                let is_sum = table + 1 == tables || row + 1 == rows || column + 1 == columns;
                all.push(Number { number, hides: (1..FEWEST).contains(&number), is_sum });
            }
        }
    }
    all
}

/// Hides a second number of a line that has one hidden only.
fn protect(all: &mut [Number], line: &[usize]) -> bool {
    if line.iter().filter(|at| all[**at].hides).count() != 1 {
        return false;
    }
    let others = line.iter().copied().filter(|at| !all[*at].hides && all[*at].number > 0);
    let Some(at) = others.min_by_key(|at| (all[*at].is_sum, all[*at].number)) else { return false };
    all[at].hides = true;
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_large_numbers_is_told_with_its_sums() {
        let told = hidden(&[vec![vec![10, 20], vec![0, 7]]]);
        let numbers: Vec<Vec<i64>> =
            told[0].iter().map(|row| row.iter().map(|cell| cell.told().unwrap()).collect()).collect();
        assert_eq!(numbers, [[10, 20, 30], [0, 7, 7], [10, 27, 37]]);
        assert_eq!(told[1], told[0], "one place is all places");
    }

    /// What a reader can work out: a line with one hidden number gives it away.
    fn is_given_away(told: &[Vec<Vec<Cell>>]) -> bool {
        let is_hidden = |cell: &Cell| cell.told().is_none();
        let (rows, columns) = (told[0].len(), told[0][0].len());
        let alone = |count: usize| count == 1;
        let in_rows =
            told.iter().flatten().any(|row| alone(row.iter().filter(|cell| is_hidden(cell)).count()));
        let in_columns = told.iter().any(|table| {
            (0..columns).any(|column| alone(table.iter().filter(|row| is_hidden(&row[column])).count()))
        });
        let through = (0..rows).any(|row| {
            (0..columns)
                .any(|column| alone(told.iter().filter(|table| is_hidden(&table[row][column])).count()))
        });
        in_rows || in_columns || through
    }

    #[test]
    fn no_small_cell_is_told_or_can_be_worked_out() {
        let large = || vec![vec![30, 40, 50], vec![60, 70, 80], vec![90, 100, 110]];
        let sets = [
            vec![vec![vec![10, 20, 30], vec![40, 3, 60], vec![70, 80, 90]], large()],
            vec![vec![vec![1, 0, 0], vec![0, 50, 60], vec![0, 70, 80]], large(), large()],
            vec![vec![vec![4, 4], vec![4, 4]]],
            vec![vec![vec![100, 2], vec![200, 0]]],
            vec![vec![vec![6, 1, 9], vec![8, 7, 2], vec![9, 9, 9]], large()],
        ];
        for places in sets {
            let told = hidden(&places);
            for (table, cells) in places.iter().zip(&told) {
                for (row, cells) in table.iter().zip(cells) {
                    for (number, cell) in row.iter().zip(cells) {
                        assert!(!(1..FEWEST).contains(number) || *cell == Cell::Hidden, "{places:?}");
                    }
                }
            }
            assert!(!is_given_away(&told), "{places:?}: {told:?}");
        }
    }

    #[test]
    fn a_small_group_takes_others_with_it() {
        assert_eq!(groups_told(&[40, 30, 0], 10), [true; 3], "nothing is told too");
        assert_eq!(groups_told(&[40, 3, 25], 10), [true, false, false], "alone it could be worked out");
        assert_eq!(groups_told(&[40, 3, 4, 25], 10), [true, false, false, false], "seven are few too");
        assert_eq!(groups_told(&[40, 8, 9, 25], 10), [true, false, false, true]);
        assert_eq!(groups_told(&[9, 50], 10), [false, false]);
        assert_eq!(groups_told(&[5], 10), [false], "nothing else is left");
        assert!(groups_told(&[], 10).is_empty());
    }

    #[test]
    fn nothing_is_an_empty_table() {
        assert_eq!(hidden(&[vec![vec![0, 0]]])[0], vec![vec![Cell::Told(0); 3]; 2]);
        assert!(hidden(&[]).is_empty());
    }
}
