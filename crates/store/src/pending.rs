//! Statements that wait, so that a server gets many of them in one round trip, and
//! rows of one table in one statement.

use crate::value::Val;
use std::borrow::Cow;

/// A statement on PostgreSQL that waits for its round trip with others.
pub(crate) struct Pending {
    pub sql: &'static str,
    pub values: Vec<Val>,
    /// Whether exactly one row must change.
    pub edits: bool,
}

/// What is sent for one waiting statement, or for several alike: the first of
/// them, the text, and the values.
pub(crate) type Together<'p> = (&'p Pending, Cow<'static, str>, Cow<'p, [Val]>);

/// Rows that are added to one table one after the other go in one statement.
pub(crate) fn in_one_statement(pending: &[Pending]) -> Vec<Together<'_>> {
    let alike = |one: &Pending, other: &Pending| {
        !one.edits && one.sql == other.sql && one.values.len() == other.values.len()
    };
    let groups = pending.chunk_by(|one, other| alike(one, other)).flat_map(in_pieces);
    groups
        .flat_map(|group| match several_rows(group[0].sql, group[0].values.len(), group.len()) {
            Some(sql) if group.len() > 1 => {
                let values = group.iter().flat_map(|p| p.values.iter().cloned()).collect();
                vec![(&group[0], Cow::Owned(sql), Cow::Owned(values))]
            }
            _ => group.iter().map(|p| (p, p.sql.into(), p.values.as_slice().into())).collect(),
        })
        .collect()
}

/// The most rows that go in one statement: a server takes 65,535 values at once.
const MOST_ROWS: usize = 128;

/// Rows that are too many for one statement, in pieces of few different sizes, so that
/// their statements are prepared once.
fn in_pieces(group: &[Pending]) -> Vec<&[Pending]> {
    if group.len() <= MOST_ROWS {
        return vec![group];
    }
    let (mut pieces, mut rest, mut size) = (Vec::new(), group, MOST_ROWS);
    while !rest.is_empty() {
        while size > rest.len() {
            size /= 2;
        }
        let (piece, left) = rest.split_at(size);
        pieces.push(piece);
        rest = left;
    }
    pieces
}

/// `INSERT … VALUES ($1, $2)` for several rows, also where a row that is there
/// already stays as it is; `None` for a statement of another form.
fn several_rows(sql: &str, width: usize, rows: usize) -> Option<String> {
    let (head, row) = sql.split_once("VALUES (")?;
    // A row may come twice in one statement only where the second changes nothing.
    let (row, rest) = match row.split_once("ON CONFLICT") {
        Some((row, rest)) if rest.trim_end().ends_with("DO NOTHING") => (row, Some(rest.trim_end())),
        Some(_) => return None,
        None => (row, None),
    };
    let row = row.trim_end().strip_suffix(')')?;
    let parts: Vec<&str> = row.split(", ").collect();
    let is_plain = |part: &&str| {
        let digits = part.strip_prefix('$').unwrap_or(part);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    if !parts.iter().all(is_plain) {
        return None;
    }
    let mut text = format!("{head}VALUES ");
    for nth in 0..rows {
        text.push_str(if nth == 0 { "(" } else { ", (" });
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                text.push_str(", ");
            }
            match part.strip_prefix('$').and_then(|number| number.parse::<usize>().ok()) {
                Some(number) => text.push_str(&format!("${}", number + nth * width)),
                None => text.push_str(part),
            }
        }
        text.push(')');
    }
    if let Some(rest) = rest {
        text.push_str(" ON CONFLICT");
        text.push_str(rest);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_rows_go_in_pieces_of_few_sizes() {
        const ONE: &str = "INSERT INTO one (a, b) VALUES ($1, $2)";
        let pending: Vec<Pending> = (0..300)
            .map(|n| Pending { sql: ONE, values: vec![Val::Int(n), Val::Int(-n)], edits: false })
            .collect();
        let together = in_one_statement(&pending);
        let sizes: Vec<usize> = together.iter().map(|(_, _, values)| values.len() / 2).collect();
        assert_eq!(sizes, [128, 128, 32, 8, 4]);
        let all: Vec<Val> = together.iter().flat_map(|(_, _, values)| values.to_vec()).collect();
        assert_eq!(all[598], Val::Int(299));
    }

    #[test]
    fn rows_of_one_table_go_together_and_no_others() {
        let add = |sql, n| Pending { sql, values: vec![Val::Int(n), Val::Int(-n)], edits: false };
        const ONE: &str = "INSERT INTO one (a, b) VALUES ($1, $2)";
        const FIXED: &str = "INSERT INTO two (a, b, c) VALUES ($1, $2, 0)";
        const EITHER: &str = "INSERT INTO three (a, b) VALUES ($1, $2) ON CONFLICT (a) DO NOTHING";
        const NEWER: &str = "INSERT INTO four (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = $2";
        let pending = [
            add(ONE, 1),
            add(ONE, 2),
            add(FIXED, 3),
            add(FIXED, 4),
            add(EITHER, 5),
            add(EITHER, 6),
            add(NEWER, 7),
            add(NEWER, 8),
            add(ONE, 9),
        ];
        let together = in_one_statement(&pending);
        let sent: Vec<(&str, usize)> =
            together.iter().map(|(_, sql, values)| (sql.as_ref(), values.len())).collect();
        assert_eq!(
            sent,
            [
                ("INSERT INTO one (a, b) VALUES ($1, $2), ($3, $4)", 4),
                ("INSERT INTO two (a, b, c) VALUES ($1, $2, 0), ($3, $4, 0)", 4),
                ("INSERT INTO three (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT (a) DO NOTHING", 4),
                (NEWER, 2),
                (NEWER, 2),
                (ONE, 2),
            ]
        );
    }
}
