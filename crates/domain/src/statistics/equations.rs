//! What several sums tell together although none of them tells it alone: a number that is not
//! told may follow from the rows, columns and places of which it is a part.

/// Which of the numbers that are not told all sums together give away. The last of each line
/// is the sum of the others, so each says that its hidden numbers come to something that is
/// told: what follows from these equations is found by elimination.
pub(super) fn given_away(unknown: &[usize], lines: &[Vec<usize>], numbers: usize) -> Vec<usize> {
    let mut equations = equations(unknown, lines, numbers);
    let mut solved = 0;
    for index in 0..unknown.len() {
        let with = (solved..equations.len()).find(|at| equations[*at].part(index) != Part::Not);
        let Some(with) = with else { continue };
        equations.swap(solved, with);
        let by = equations[solved].clone();
        for (at, equation) in equations.iter_mut().enumerate() {
            let part = equation.part(index);
            if at != solved && part != Part::Not {
                equation.add(&by, part == by.part(index));
            }
        }
        solved += 1;
    }
    let known = equations[..solved].iter().filter_map(Equation::only);
    known.filter_map(|index| unknown.get(index).copied()).collect()
}

/// For each line with hidden numbers, how they come together.
fn equations(unknown: &[usize], lines: &[Vec<usize>], numbers: usize) -> Vec<Equation> {
    let mut place = vec![None; numbers];
    unknown.iter().enumerate().for_each(|(index, at)| place[*at] = Some(index));
    let words = unknown.len().div_ceil(64);
    let mut equations = Vec::new();
    for line in lines {
        let Some((sum, parts)) = line.split_last() else { continue };
        let mut equation = Equation { plus: vec![0; words], minus: vec![0; words] };
        let set = |words: &mut [u64], index: usize| words[index / 64] |= 1 << (index % 64);
        parts.iter().filter_map(|at| place[*at]).for_each(|index| set(&mut equation.plus, index));
        place[*sum].iter().for_each(|index| set(&mut equation.minus, *index));
        if line.iter().any(|at| place[*at].is_some()) {
            equations.push(equation);
        }
    }
    equations
}

/// How a number enters an equation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Not,
    Plus,
    Minus,
}

/// How the hidden numbers come together in what is told. Numbers are reckoned by their
/// remainders of three (1, and -1 which is 2), for which two bits hold a number and one
/// instruction adds sixty-four. Each enters a line as itself or, as its sum, with a minus, so
/// that hardly anything is found or missed by that.
#[derive(Clone)]
struct Equation {
    plus: Vec<u64>,
    minus: Vec<u64>,
}

impl Equation {
    fn part(&self, index: usize) -> Part {
        let has = |words: &[u64]| words[index / 64] >> (index % 64) & 1 == 1;
        match (has(&self.plus), has(&self.minus)) {
            (true, _) => Part::Plus,
            (_, true) => Part::Minus,
            _ => Part::Not,
        }
    }

    /// Adds another, or takes it away.
    fn add(&mut self, other: &Self, takes_away: bool) {
        let (with_plus, with_minus) =
            if takes_away { (&other.minus, &other.plus) } else { (&other.plus, &other.minus) };
        let own = self.plus.iter_mut().zip(&mut self.minus);
        for ((plus, minus), (more, less)) in own.zip(with_plus.iter().zip(with_minus)) {
            let (not, none) = (!(*plus | *minus), !(more | less));
            let sum = *plus & none | not & more | *minus & less;
            *minus = *minus & none | not & less | *plus & more;
            *plus = sum;
        }
    }

    /// The number of which alone it tells.
    fn only(&self) -> Option<usize> {
        let words = self.plus.iter().zip(&self.minus).map(|(plus, minus)| plus | minus);
        let mut found = words.enumerate().filter(|(_, word)| *word != 0);
        let (at, word) = found.next()?;
        let is_alone = found.next().is_none() && word.is_power_of_two();
        is_alone.then(|| at * 64 + word.trailing_zeros() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_several_sums_is_found() {
        // Two squares of hidden numbers, and one between them: in no line is it alone.
        let line = |parts: &[usize], sum: usize| [parts, &[sum]].concat();
        let rows = [line(&[0, 1, 2], 20), line(&[3, 4], 21), line(&[5, 6], 22), line(&[7, 8], 23)];
        let columns = [line(&[0, 3], 24), line(&[1, 4], 25), line(&[2, 5, 7], 26), line(&[6, 8], 27)];
        let lines = [rows, columns].concat();
        let unknown: Vec<usize> = (0..9).collect();
        assert_eq!(given_away(&unknown, &lines, 28), [2]);
        // Once a sum of either square is not told, nobody knows.
        let unknown: Vec<usize> = (0..9).chain([20, 22]).collect();
        assert!(given_away(&unknown, &lines, 28).is_empty());
        assert_eq!(given_away(&[5], &lines, 28), [5], "one alone is told by its sum");
        assert!(given_away(&[], &lines, 28).is_empty());
    }
}
