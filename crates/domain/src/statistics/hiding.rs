//! Small cells are not told: who is the only one of their kind in a district would
//! be known by a number. A cell that could be worked out from the sums beside it is
//! not told either.

use super::equations::given_away;

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

/// A number that two tables tell, each by its row and column there; one behind the last is
/// their sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Same {
    /// One table, its row and column.
    pub one: (usize, usize, usize),
    /// The other.
    pub other: (usize, usize, usize),
    /// Whether it is the same in each place, and not through all places alone.
    pub everywhere: bool,
}

/// Several tables that count the same events, each for the same places, as they are told:
/// with the table of all places as the last; in each the last row and the last of every row
/// are sums.
///
/// First every number of fewer than [`FEWEST`] people is hidden. Then, until nothing
/// changes, more is hidden where a reader could work one of those out:
///
/// - by subtraction: where a row, a column, or a cell through all places has one hidden
///   number only, or another table tells it;
/// - because nobody stands behind a 0, and a 0 is told: two hidden numbers that are 2
///   together are 1 and 1. What the hidden numbers of a line are together leaves each of
///   them as much as [`FEWEST`] while the others have one;
/// - by several sums together, of which none tells anything alone.
///
/// What is hidden beside a number is the smallest that is not 0; a sum only where nothing
/// else is left, because other tables tell the same sums.
#[must_use]
pub fn hidden_together(tables: &[Vec<Vec<Vec<i64>>>], same: &[Same]) -> Vec<Vec<Vec<Vec<Cell>>>> {
    let mut all: Vec<Number> = Vec::new();
    let mut lines: Vec<Vec<usize>> = Vec::new();
    let mut shapes: Vec<Shape> = Vec::new();
    for places in tables {
        let rows = places.first().map_or(0, Vec::len) + 1;
        let columns = places.first().and_then(|table| table.first()).map_or(0, Vec::len) + 1;
        let shape = Shape { begins: all.len(), places: places.len() + 1, rows, columns };
        all.extend(numbers(places, shape.places, rows, columns));
        lines.extend(shape.lines());
        shapes.push(shape);
    }
    for Same { one, other, everywhere } in same {
        let (Some(first), Some(second)) = (shapes.get(one.0), shapes.get(other.0)) else { continue };
        // A table that counts nobody has no rows, and its sums tell nothing of another's.
        if !first.holds(one.1, one.2) || !second.holds(other.1, other.2) {
            continue;
        }
        let last = first.places.min(second.places) - 1;
        for place in if *everywhere { 0 } else { last }..=last {
            lines.push(vec![first.at(place, one.1, one.2), second.at(place, other.1, other.2)]);
        }
    }
    loop {
        while lines.iter().map(|line| protect(&mut all, line)).fold(false, |any, changed| any | changed) {}
        let unknown: Vec<usize> = (0..all.len()).filter(|at| all[*at].hides).collect();
        let known = given_away(&unknown, &lines, all.len());
        let small = known.into_iter().filter(|at| all[*at].number < FEWEST).collect::<Vec<_>>();
        let more = small.into_iter().map(|at| protect_among(&mut all, &lines, at));
        if !more.fold(false, |any, changed| any | changed) {
            break;
        }
    }
    shapes.iter().map(|shape| shape.told(&all)).collect()
}

/// Where the numbers of one table stand among all, place by place and row by row.
struct Shape {
    begins: usize,
    places: usize,
    rows: usize,
    columns: usize,
}

impl Shape {
    fn at(&self, place: usize, row: usize, column: usize) -> usize {
        self.begins + (place * self.rows + row) * self.columns + column
    }

    fn holds(&self, row: usize, column: usize) -> bool {
        row < self.rows && column < self.columns
    }

    /// Every line of numbers of which the last is the sum.
    fn lines(&self) -> Vec<Vec<usize>> {
        let (places, rows, columns) = (self.places, self.rows, self.columns);
        let mut lines: Vec<Vec<usize>> = Vec::new();
        for place in 0..places {
            lines.extend((0..rows).map(|row| (0..columns).map(|at| self.at(place, row, at)).collect()));
            lines.extend((0..columns).map(|column| (0..rows).map(|at| self.at(place, at, column)).collect()));
        }
        for row in 0..rows {
            lines.extend((0..columns).map(|column| (0..places).map(|at| self.at(at, row, column)).collect()));
        }
        lines
    }

    fn told(&self, all: &[Number]) -> Vec<Vec<Vec<Cell>>> {
        let told = |at: usize| match all.get(at) {
            Some(one) if !one.hides => Cell::Told(one.number),
            _ => Cell::Hidden,
        };
        let row = |place, row| (0..self.columns).map(|column| told(self.at(place, row, column))).collect();
        (0..self.places).map(|place| (0..self.rows).map(|at| row(place, at)).collect()).collect()
    }
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

/// Hides another number of a line, whose last is the sum of the others, where what is
/// hidden in it gives one away.
fn protect(all: &mut [Number], line: &[usize]) -> bool {
    let hidden = line.iter().filter(|at| all[**at].hides).count();
    let is_given_away = match line.split_last() {
        None => false,
        _ if hidden < 2 => hidden == 1,
        Some((sum, _)) if all[*sum].hides => false,
        Some((_, parts)) => {
            let together: i64 = parts.iter().filter(|at| all[**at].hides).map(|at| all[*at].number).sum();
            let others = i64::try_from(hidden).unwrap_or(i64::MAX) - 1;
            together - others < FEWEST
        }
    };
    is_given_away && hide_one_more(all, line)
}

/// Hides the smallest number of a line that is told and not 0; a sum only where nothing
/// else is left.
fn hide_one_more(all: &mut [Number], line: &[usize]) -> bool {
    let others = line.iter().copied().filter(|at| !all[*at].hides && all[*at].number > 0);
    let Some(at) = others.min_by_key(|at| (all[*at].is_sum, all[*at].number)) else { return false };
    all[at].hides = true;
    true
}

/// Hides another number in one of the lines of a number that can be worked out, where the
/// smallest is; where none is left there, in a line that shares a number with them.
fn protect_among(all: &mut [Number], lines: &[Vec<usize>], at: usize) -> bool {
    let of = |wanted: &[usize]| -> Vec<usize> {
        let near = lines.iter().filter(|line| line.iter().any(|at| wanted.contains(at)));
        near.flatten().copied().collect()
    };
    let own = of(&[at]);
    let near = of(&own);
    hide_one_more(all, &own) || hide_one_more(all, &near) || hide_one_more(all, &of(&near))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(places: &[Vec<Vec<i64>>]) -> Vec<Vec<Vec<Cell>>> {
        hidden_together(&[places.to_vec()], &[]).remove(0)
    }

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

    /// What is told of one place.
    fn shown(cells: &[Vec<Cell>]) -> Vec<Vec<Option<i64>>> {
        cells.iter().map(|row| row.iter().map(|cell| cell.told()).collect()).collect()
    }

    #[test]
    fn two_that_are_two_together_are_not_left_beside_their_sum() {
        let told = hidden(&[vec![vec![1, 1, 100, 40], vec![50, 60, 70, 80]]]);
        assert_eq!(shown(&told[0])[0], [None, None, Some(100), None, Some(142)]);
        // One and four might be two and three, and nothing else.
        let told = hidden(&[vec![vec![1, 4, 30, 40], vec![50, 60, 70, 80]]]);
        assert_eq!(shown(&told[0])[0], [None, None, None, Some(40), Some(75)]);
    }

    #[test]
    fn what_several_sums_tell_together_is_not_told() {
        let table = vec![vec![9, 9, 2, 50], vec![9, 9, 60, 61], vec![70, 71, 9, 9], vec![72, 73, 9, 9]];
        let mut numbers = super::numbers(&[table], 1, 5, 5);
        let shape = Shape { begins: 0, places: 1, rows: 5, columns: 5 };
        let lines: Vec<Vec<usize>> = shape.lines().into_iter().filter(|line| line.len() > 1).collect();
        let square = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (0, 2)];
        square.into_iter().for_each(|(row, column)| numbers[shape.at(0, row, column)].hides = true);
        let unknown: Vec<usize> = (0..25).filter(|at| numbers[*at].hides).collect();
        let known = given_away(&unknown, &lines, numbers.len());
        assert!(known.contains(&shape.at(0, 0, 2)), "{known:?}");
        assert!(protect_among(&mut numbers, &lines, shape.at(0, 0, 2)));
    }

    #[test]
    fn what_one_table_hides_no_other_tells() {
        // By age and sex; and of girls by age and cause.
        let by_sex = vec![vec![vec![3, 40], vec![50, 60], vec![70, 80]]];
        let by_cause = vec![vec![vec![20, 20], vec![30, 30], vec![40, 40]]];
        let same: Vec<Same> =
            (0..=3).map(|row| Same { one: (0, row, 1), other: (1, row, 2), everywhere: true }).collect();
        let boys = |told: &[Vec<Cell>]| shown(told).into_iter().map(|row| row[1]).collect::<Vec<_>>();
        let told = hidden_together(&[by_sex.clone(), by_cause.clone()], &same);
        let of_boys: Vec<Option<i64>> = shown(&told[1][0]).into_iter().map(|row| row[2]).collect();
        assert_eq!(boys(&told[0][0]), of_boys);
        assert_eq!(of_boys[0], None, "with it and their sum the three girls would be known");
        let apart = hidden_together(&[by_sex, by_cause], &[]);
        assert_eq!(shown(&apart[1][0])[0][2], Some(40));
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
        assert!(hidden_together(&[], &[]).is_empty());
    }
}
