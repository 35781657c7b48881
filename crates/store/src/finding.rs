//! Finding people by name: the keys that are derived from every name, and the
//! questions that are asked of them. The same rows answer on both engines.

use crate::fault::Fault;
use crate::tx::Tx;
use crate::vals;
use crate::value::Val;
use diwan_domain::ids::{AreaId, PersonId};
use diwan_domain::names::search::{AskedWord, Keys, MOST_KEYS, Pairs, after, backwards};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

/// Before everyone: what comes after it is all people.
pub const EVERYONE: PersonId = PersonId(uuid::Uuid::nil());

/// An identifier after which come those of people who came to the register since a
/// time, in microseconds since 1970: identifiers begin with the time.
#[must_use]
pub fn since(at: i64) -> PersonId {
    let millis = u64::try_from(at / 1_000).unwrap_or(0);
    let mut id = [0; 16];
    id[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    PersonId(uuid::Uuid::from_bytes(id))
}

/// How many people one question answers with at most; the caller ranks them.
const MOST_COMPARED: i64 = 320;

/// The keys of one name of one person.
#[derive(Clone, Debug)]
pub struct Keyed {
    /// Whose.
    pub person: PersonId,
    /// The year they were born, if it is known.
    pub born_year: Option<i64>,
    /// What is derived.
    pub keys: Keys,
}

/// Writes the keys of names: three statements, however many rows they have.
///
/// # Errors
/// When the database fails.
pub async fn add_keys(tx: &mut Tx<'_>, names: &[Keyed]) -> Result<(), Fault> {
    add_words(tx, names.iter()).await?;
    add_pairs(tx, names).await
}

async fn add_words(tx: &mut Tx<'_>, names: impl Iterator<Item = &Keyed>) -> Result<(), Fault> {
    const WORD: &str = "
        INSERT INTO name_keys (person_id, part, folded, skeleton, born_year) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (person_id, part, folded) DO NOTHING";
    // One name in two scripts mostly has the same keys: each is written once.
    let mut words = BTreeSet::new();
    for name in names {
        for word in &name.keys.words {
            if words.insert((name.person, word.part, &word.folded)) {
                let row = vals![name.person, word.part, word.folded, word.skeleton, name.born_year];
                tx.side(WORD, &row).await?;
            }
        }
    }
    Ok(())
}

async fn add_pairs(tx: &mut Tx<'_>, names: &[Keyed]) -> Result<(), Fault> {
    const PAIR: &str = "
        INSERT INTO name_pairs (pair, place, person_id, third, fourth, born_year) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (pair, place, person_id, third, fourth, born_year) DO NOTHING";
    const SOUND: &str = "
        INSERT INTO name_sounds (skeleton, backwards, bearers) VALUES ($1, $2, 0)
        ON CONFLICT (skeleton) DO NOTHING";
    let mut pairs = BTreeSet::new();
    for name in names {
        for key in &name.keys.pairs {
            let year = name.born_year.unwrap_or(0);
            if pairs.insert((name.person, key, year)) {
                let row = vals![key.pair, key.place, name.person, key.third, key.fourth, year];
                tx.side(PAIR, &row).await?;
            }
        }
    }
    let words = names.iter().flat_map(|name| &name.keys.words);
    let sounds: BTreeSet<&str> = words.map(|word| word.skeleton.as_str()).collect();
    for skeleton in sounds {
        tx.side(SOUND, &vals![skeleton, backwards(skeleton)]).await?;
    }
    Ok(())
}

/// A name that may be the one, with what else is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Whose.
    pub person: PersonId,
    /// Its parts: given, father's, grandfather's, family name.
    pub parts: [Option<String>; 4],
    /// When they were born.
    pub born_on: Option<String>,
    /// Where, by area.
    pub born_area: Option<AreaId>,
    /// Whether their record is closed to all but those let in by name.
    pub protected: bool,
}

/// Years of birth that are looked for, both included; who has none is not left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// The first.
    pub from: i64,
    /// The last.
    pub to: i64,
}

impl Years {
    /// Any year.
    pub const ANY: Self = Self { from: 1, to: 9_999 };

    /// Whether nobody is looked for who was born before [`YOUNG_SINCE`].
    fn is_young(self) -> bool {
        self.from >= YOUNG_SINCE
    }
}

/// Pairs of whoever was born since this year, or nobody knows when, stand in an index of their
/// own (migration 33): a child whose birth is declared is compared with these alone, not with
/// everybody who ever bore the name.
const YOUNG_SINCE: i64 = 2016;

/// Names of people who bear one of these pairs, those nearest to the beginning
/// of a name first: of people who came to the register after `newer_than`, by
/// identifier; of all after the nil identifier.
///
/// # Errors
/// When the database fails.
pub async fn by_pairs(
    tx: &mut Tx<'_>,
    wanted: &Pairs,
    years: Years,
    newer_than: PersonId,
) -> Result<Vec<Candidate>, Fault> {
    if wanted.pairs.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vals![years.from, years.to, MOST_COMPARED, newer_than].to_vec();
    let too_many = || Fault::Engine("more pairs than one question holds".into());
    let pairs = room_for(wanted.pairs.len()).ok_or_else(too_many)?;
    // Of many pairs nobody asks what stands beside them.
    let others = if pairs <= FEW_PAIRS { wanted.others.as_slice() } else { &[] };
    let beside = room_for(others.len()).ok_or_else(too_many)?;
    let sql = QUESTIONS.get(&(pairs, beside, years.is_young())).ok_or_else(too_many)?;
    values.extend(filled(&wanted.pairs, pairs));
    values.extend(filled(others, beside));
    candidates(tx, sql, &values).await
}

/// As many pairs as four words have, in both orders.
const FEW_PAIRS: usize = 12;
/// For how many numbers questions have room. One that has much more room than it needs is
/// slow: every row is compared with everything that stands there.
const ROOMS: [usize; 7] = [0, 2, 6, FEW_PAIRS, 32, 80, MOST_KEYS];

/// The smallest room that holds so many.
fn room_for(count: usize) -> Option<usize> {
    ROOMS.into_iter().find(|room| count <= *room)
}

/// The questions, by their room for pairs and for what stands beside them, and whether they are
/// of the young alone.
static QUESTIONS: LazyLock<HashMap<(usize, usize, bool), String>> = LazyLock::new(|| {
    let both = ROOMS.into_iter().skip(1).flat_map(|pairs| ROOMS.map(|beside| (pairs, beside)));
    let asked = both.filter(|(pairs, beside)| *pairs <= FEW_PAIRS || *beside == 0);
    let of_whom = asked.flat_map(|(pairs, beside)| [(pairs, beside, false), (pairs, beside, true)]);
    of_whom.map(|room @ (pairs, beside, young)| (room, question(pairs, beside, young))).collect()
});

/// People of a name table's rows, and then their names. Each pair is read in the order of its
/// index and no further than it tells: of a frequent one thousands of rows stand there.
fn question(pairs: usize, beside: usize, young: bool) -> String {
    let others = if beside == 0 {
        String::new()
    } else {
        let one_of = |column| one_of(column, 5 + pairs, beside);
        format!(" AND ({} OR {})", one_of("third"), one_of("fourth"))
    };
    // Said as the index says it, so that both engines know that it holds whoever is meant.
    let young =
        if young { format!(" AND (born_year = 0 OR born_year >= {YOUNG_SINCE})") } else { String::new() };
    let each: Vec<String> = (5..5 + pairs)
        .map(|n| {
            format!(
                "SELECT * FROM (SELECT   person_id, place FROM name_pairs
                                WHERE    pair = ${n}{others}{young} AND (born_year BETWEEN $1 AND $2 OR born_year = 0)
                                AND      person_id > $4
                                ORDER BY place, person_id LIMIT $3) of_{n}"
            )
        })
        .collect();
    format!(
        "SELECT   n.person_id, n.given, n.father, n.grandfather, n.family, p.born_on, p.born_area_id, p.protected
         FROM    (SELECT DISTINCT person_id
                  FROM  (SELECT person_id, place FROM ({}) of_all
                         ORDER BY place, person_id LIMIT $3) first) alike
         CROSS JOIN person_names n
         CROSS JOIN persons p
         WHERE    n.person_id = alike.person_id AND p.id = n.person_id",
        each.join("\n UNION ALL ")
    )
}

/// `column IN ($5, $6, …)`.
fn one_of(column: &str, first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    format!("{column} IN ({})", marks.join(", "))
}

/// Numbers in a fixed room. Nothing fills what is left over: nobody has it.
fn filled(numbers: &[i64], room: usize) -> impl Iterator<Item = Val> {
    let mut values: Vec<Val> = numbers.iter().copied().map(Val::Int).collect();
    values.resize(room, Val::Null);
    values.into_iter()
}

async fn candidates(tx: &mut Tx<'_>, sql: &'static str, values: &[Val]) -> Result<Vec<Candidate>, Fault> {
    let rows = tx.rows(sql, values).await?;
    let read = rows.iter().map(|row| {
        Ok(Candidate {
            person: row.get("person_id")?,
            parts: [row.get("given")?, row.get("father")?, row.get("grandfather")?, row.get("family")?],
            born_on: row.get("born_on")?,
            born_area: row.get("born_area_id")?,
            protected: row.get("protected")?,
        })
    });
    read.collect()
}

/// Names of people who bear a word: spelled so, or sounding so and born in one
/// of the years, or of unknown birth. Own names come before fathers'.
///
/// # Errors
/// When the database fails.
pub async fn by_word(
    tx: &mut Tx<'_>,
    folded: &str,
    skeleton: &str,
    years: Years,
) -> Result<Vec<Candidate>, Fault> {
    const BEARERS: &str = "
        SELECT   n.person_id, n.given, n.father, n.grandfather, n.family, p.born_on, p.born_area_id, p.protected
        FROM    (SELECT person_id FROM (SELECT person_id FROM name_keys WHERE folded = $1
                                        ORDER BY part, person_id LIMIT 150) spelled
                 UNION
                 SELECT person_id FROM (SELECT person_id FROM name_keys
                                        WHERE skeleton = $2 AND part = 0 AND born_year BETWEEN $3 AND $4
                                        ORDER BY born_year, person_id LIMIT 150) born
                 UNION
                 SELECT person_id FROM (SELECT person_id FROM name_keys
                                        WHERE skeleton = $2 AND part = 0 AND born_year IS NULL
                                        ORDER BY person_id LIMIT 50) unborn
                 UNION
                 SELECT person_id FROM (SELECT person_id FROM name_keys
                                        WHERE skeleton = $2 AND part = 3 AND born_year BETWEEN $3 AND $4
                                        ORDER BY born_year, person_id LIMIT 50) kin) alike
        CROSS JOIN person_names n
        CROSS JOIN persons p
        WHERE    n.person_id = alike.person_id AND p.id = n.person_id";
    candidates(tx, BEARERS, &vals![folded, skeleton, years.from, years.to]).await
}

/// Words of the register that begin or end like a word that is searched for, with
/// how many bore them when that was counted last.
///
/// # Errors
/// When the database fails.
pub async fn sounds_near(tx: &mut Tx<'_>, word: &AskedWord) -> Result<Vec<(String, i64)>, Fault> {
    const NEAR: &str = "
        SELECT skeleton, bearers FROM name_sounds
        WHERE  skeleton >= $1 AND skeleton < $2 AND length(skeleton) <= $5
        UNION
        SELECT skeleton, bearers FROM name_sounds
        WHERE  backwards >= $3 AND backwards < $4 AND length(skeleton) <= $5";
    let (begins, ends) = (word.beginning(), word.ending());
    let longest = word.longest() as i64;
    let rows = tx.rows(NEAR, &vals![begins, after(begins), ends, after(&ends), longest]).await?;
    rows.iter().map(|row| Ok((row.get("skeleton")?, row.get("bearers")?))).collect()
}

/// The parents of someone, as their birth entries name them: who, whether their record
/// or the entry that names them is closed, and the parts of a name.
///
/// # Errors
/// When the database fails.
pub async fn parents_of(tx: &mut Tx<'_>, person: PersonId, role: &str) -> Result<Vec<Candidate>, Fault> {
    const PARENTS: &str = "
        SELECT n.person_id, n.given, n.father, n.grandfather, n.family, w.born_on, w.born_area_id,
               CASE WHEN EXISTS (SELECT 1 FROM register_entries e
                                 WHERE  e.event_id = c.event_id AND e.protected <> 0)
                    THEN 1 ELSE w.protected END AS protected
        FROM   event_roles c JOIN event_roles p ON p.event_id = c.event_id AND p.role = $2
        JOIN   persons w ON w.id = p.person_id
        JOIN   person_names n ON n.person_id = p.person_id
        WHERE  c.person_id = $1 AND c.role = 'child'";
    candidates(tx, PARENTS, &vals![person, role]).await
}

/// A stored name with when its bearer was born.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Whose.
    pub person: PersonId,
    /// Its parts.
    pub parts: [Option<String>; 4],
    /// When they were born.
    pub born_on: Option<String>,
}

/// The names of the next people after one, by identifier: whole people, at most
/// so many of them. The join is crossed so that SQLite begins with these people, and
/// not with every name there is.
///
/// # Errors
/// When the database fails.
pub async fn names_after(tx: &mut Tx<'_>, person: PersonId, at_most: i64) -> Result<Vec<Stored>, Fault> {
    const NEXT: &str = "
        SELECT   n.person_id, n.given, n.father, n.grandfather, n.family, p.born_on
        FROM    (SELECT id, born_on FROM persons WHERE id > $1 ORDER BY id LIMIT $2) p
        CROSS JOIN person_names n
        WHERE    n.person_id = p.id
        ORDER BY n.person_id, n.recorded_at, n.id";
    let rows = tx.rows(NEXT, &vals![person, at_most]).await?;
    let read = rows.iter().map(|row| {
        Ok(Stored {
            person: row.get("person_id")?,
            parts: [row.get("given")?, row.get("father")?, row.get("grandfather")?, row.get("family")?],
            born_on: row.get("born_on")?,
        })
    });
    read.collect()
}

/// The last of the next people after one, whether or not they have a name, and how
/// many they are.
///
/// # Errors
/// When the database fails.
pub async fn last_after(
    tx: &mut Tx<'_>,
    person: PersonId,
    at_most: i64,
) -> Result<Option<(PersonId, i64)>, Fault> {
    const LAST: &str = "SELECT id FROM persons WHERE id > $1 ORDER BY id LIMIT $2";
    let rows = tx.rows(LAST, &vals![person, at_most]).await?;
    let Some(last) = rows.last() else { return Ok(None) };
    Ok(Some((last.get("id")?, i64::try_from(rows.len()).unwrap_or(i64::MAX))))
}

/// Writes the keys of all who stand in the register from after one person to another
/// anew. Most stand as they should: what does is not written again.
///
/// # Errors
/// When the database fails.
pub async fn renew_keys(
    tx: &mut Tx<'_>,
    (after, to): (PersonId, PersonId),
    names: &[Keyed],
) -> Result<(), Fault> {
    const STANDING: &str = "
        SELECT person_id, part, folded, skeleton, born_year FROM name_keys
        WHERE  person_id > $1 AND person_id <= $2";
    const FORGET: &str = "DELETE FROM name_keys WHERE person_id = $1";
    let mut standing: BTreeMap<PersonId, BTreeSet<Word>> = BTreeMap::new();
    for row in tx.rows(STANDING, &vals![after, to]).await? {
        let word = (row.get("part")?, row.get("folded")?, row.get("skeleton")?, row.get("born_year")?);
        standing.entry(row.get("person_id")?).or_default().insert(word);
    }
    let mut derived: BTreeMap<PersonId, BTreeMap<(i64, &String), Word>> = BTreeMap::new();
    for name in names {
        let of_person = derived.entry(name.person).or_default();
        for word in &name.keys.words {
            let whole = (word.part, word.folded.clone(), word.skeleton.clone(), name.born_year);
            of_person.entry((word.part, &word.folded)).or_insert(whole);
        }
    }
    let mut changed = BTreeSet::new();
    for (person, words) in &derived {
        let as_should = standing.remove(person).is_some_and(|known| known.iter().eq(words.values()));
        if !as_should {
            changed.insert(*person);
        }
    }
    // Whoever has words and no name any more.
    for person in changed.iter().copied().chain(standing.into_keys()) {
        tx.side(FORGET, &vals![person]).await?;
    }
    add_words(tx, names.iter().filter(|name| changed.contains(&name.person))).await?;
    add_pairs(tx, names).await
}

/// A stored word: its part of the name, folded, skeleton, and when its bearer was born.
type Word = (i64, String, String, Option<i64>);

/// Counts anew how many bear each of the next sounds after one, and returns the
/// last of them.
///
/// # Errors
/// When the database fails.
pub async fn count_bearers(tx: &mut Tx<'_>, after: &str, at_most: i64) -> Result<Option<String>, Fault> {
    const NEXT: &str = "SELECT skeleton FROM name_sounds WHERE skeleton > $1 ORDER BY skeleton LIMIT $2";
    const COUNT: &str = "
        UPDATE name_sounds
        SET    bearers = (SELECT COUNT(*) FROM name_keys k WHERE k.skeleton = name_sounds.skeleton)
        WHERE  skeleton > $1 AND skeleton <= $2";
    let rows = tx.rows(NEXT, &vals![after, at_most]).await?;
    let Some(last) = rows.last() else { return Ok(None) };
    let last: String = last.get("skeleton")?;
    tx.side(COUNT, &vals![after, last]).await?;
    Ok(Some(last))
}

/// How far making the keys anew has come: a mark that outlives an interruption.
///
/// # Errors
/// When the database fails.
pub async fn mark(tx: &mut Tx<'_>) -> Result<Option<String>, Fault> {
    const MARK: &str = "SELECT value FROM marks WHERE name = 'names-rebuilt'";
    tx.row(MARK, &[]).await?.map(|row| row.get("value")).transpose()
}

/// Sets that mark.
///
/// # Errors
/// When the database fails.
pub async fn set_mark(tx: &mut Tx<'_>, value: &str) -> Result<(), Fault> {
    const SET: &str = "
        INSERT INTO marks (name, value) VALUES ('names-rebuilt', $1)
        ON CONFLICT (name) DO UPDATE SET value = $1";
    tx.side(SET, &vals![value]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_young_are_asked_for_in_the_words_of_their_index() {
        let said = format!("born_year = 0 OR born_year >= {YOUNG_SINCE}");
        assert!(include_str!("../migrations/0033_pairs_of_the_young.sql").contains(&said));
        assert!(question(2, 2, true).contains(&said) && !question(2, 2, false).contains(&said));
        assert!(Years { from: YOUNG_SINCE, to: 2026 }.is_young());
        assert!(!Years { from: YOUNG_SINCE - 1, to: 2026 }.is_young() && !Years::ANY.is_young());
    }
}
