//! People who stand in the register twice, and people who only look so.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::{Json, Val};
use diwan_domain::ids::{MergeId, OfficeId, OfficerId, PersonId, RowId};
use std::collections::{BTreeMap, BTreeSet};

record! {
    /// Two people whom an officer found to be two.
    pub struct KeptApartRow in "kept_apart" only added {
        id: RowId,
        /// The one that comes first by identifier.
        one_id: PersonId,
        other_id: PersonId,
        reason: String,
        officer_id: OfficerId,
        recorded_at: i64,
    }
}

record! {
    /// Two records that are one person.
    pub struct MergeRow in "merges" {
        id: MergeId,
        /// Under whose record both stand.
        kept_id: PersonId,
        /// Whose record counts as the other's.
        gone_id: PersonId,
        office_id: OfficeId,
        /// `proposed`, `merged`, `refused`, `parting` (merged, and taking them
        /// apart is proposed), `parted`.
        state: String,
        reason: String,
        /// A `domain::duplicates::Likeness`, as it was when proposed.
        likeness: Json,
        /// What merging changed, for the way back.
        before: Json,
        proposed_by: OfficerId,
        proposed_at: i64,
        decided_by: Option<OfficerId>,
        decided_at: Option<i64>,
        decided_why: Option<String>,
        parting_by: Option<OfficerId>,
        parting_why: Option<String>,
        parted_by: Option<OfficerId>,
        parted_at: Option<i64>,
        version: i64,
    }
}

/// One merge.
///
/// # Errors
/// When the database fails.
pub async fn merge(tx: &mut Tx<'_>, id: MergeId) -> Result<Option<MergeRow>, Fault> {
    tx.one("SELECT * FROM merges WHERE id = $1", &vals![id]).await
}

/// The merges that wait for a decision in an office, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn merges_waiting(tx: &mut Tx<'_>, office: OfficeId) -> Result<Vec<MergeRow>, Fault> {
    const WAITING: &str = "
        SELECT   * FROM merges WHERE office_id = $1 AND state IN ('proposed', 'parting')
        ORDER BY proposed_at, id LIMIT 500";
    tx.all(WAITING, &vals![office]).await
}

/// Every merge in which a person's record is or was kept or gone, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn merges_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<MergeRow>, Fault> {
    const OF: &str = "
        SELECT   * FROM merges WHERE kept_id = $1 OR gone_id = $1 ORDER BY proposed_at, id";
    tx.all(OF, &vals![person]).await
}

/// As whom a record counts: the person it was found to be, or itself.
///
/// # Errors
/// When the database fails.
pub async fn counts_as(tx: &mut Tx<'_>, person: PersonId) -> Result<PersonId, Fault> {
    const KEPT: &str = "SELECT kept_id FROM merged_people WHERE gone_id = $1";
    let row = tx.row(KEPT, &vals![person]).await?;
    row.map_or(Ok(person), |row| row.get("kept_id"))
}

/// Lets a record, and what counted as it, count as another's from now on.
///
/// # Errors
/// When the database fails.
pub async fn count_as(tx: &mut Tx<'_>, gone: PersonId, kept: PersonId) -> Result<(), Fault> {
    tx.side("UPDATE merged_people SET kept_id = $2 WHERE kept_id = $1", &vals![gone, kept]).await?;
    tx.side("INSERT INTO merged_people (gone_id, kept_id) VALUES ($1, $2)", &vals![gone, kept]).await
}

/// Lets a record count as itself again, and with it what was merged into it before.
///
/// # Errors
/// When the database fails.
pub async fn count_alone(tx: &mut Tx<'_>, gone: PersonId) -> Result<(), Fault> {
    const INTO: &str = "
        SELECT   gone_id FROM merges WHERE kept_id = $1 AND state IN ('merged', 'parting') ORDER BY gone_id";
    const BACK: &str = "UPDATE merged_people SET kept_id = $2 WHERE gone_id = $1";
    tx.side("DELETE FROM merged_people WHERE gone_id = $1", &vals![gone]).await?;
    // Whoever was merged into whoever was merged into it comes along.
    let (mut seen, mut next) = (BTreeSet::from([gone]), vec![gone]);
    while let Some(one) = next.pop() {
        for row in tx.rows(INTO, &vals![one]).await? {
            let earlier: PersonId = row.get("gone_id")?;
            if seen.insert(earlier) {
                tx.side(BACK, &vals![earlier, gone]).await?;
                next.push(earlier);
            }
        }
    }
    Ok(())
}

/// Whether an officer found two people to be two.
///
/// # Errors
/// When the database fails.
pub async fn are_apart(tx: &mut Tx<'_>, one: PersonId, other: PersonId) -> Result<bool, Fault> {
    const APART: &str = "SELECT COUNT(*) AS n FROM kept_apart WHERE one_id = $1 AND other_id = $2";
    Ok(tx.count(APART, &vals![one.min(other), one.max(other)]).await? > 0)
}

/// How many people bear each of some names, by skeleton, as counted last.
///
/// # Errors
/// When the database fails.
pub async fn bearers(tx: &mut Tx<'_>, skeletons: &[String]) -> Result<BTreeMap<String, i64>, Fault> {
    const BEARERS: &str = "
        SELECT skeleton, bearers FROM name_sounds
        WHERE  skeleton IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let mut found = BTreeMap::new();
    for some in skeletons.chunks(10) {
        let mut values: Vec<Val> = some.iter().map(|bones| Val::Text(bones.clone())).collect();
        while values.len() < 10 {
            values.push(values[0].clone());
        }
        for row in tx.rows(BEARERS, &values).await? {
            found.insert(row.get("skeleton")?, row.get("bearers")?);
        }
    }
    Ok(found)
}

/// How many people the register had when names were counted last; 0 before.
///
/// # Errors
/// When the database fails.
pub async fn people_counted(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    const COUNTED: &str = "SELECT value FROM marks WHERE name = 'people-counted'";
    let mark = tx.row(COUNTED, &[]).await?.map(|row| row.get::<String>("value")).transpose()?;
    Ok(mark.and_then(|mark| mark.parse().ok()).unwrap_or(0))
}

/// Counts the people of the register and notes how many they are.
///
/// # Errors
/// When the database fails.
pub async fn count_people(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    const SET: &str = "
        INSERT INTO marks (name, value) VALUES ('people-counted', $1)
        ON CONFLICT (name) DO UPDATE SET value = $1";
    let people = tx.count("SELECT COUNT(*) AS n FROM persons", &[]).await?;
    tx.side(SET, &vals![people.to_string()]).await?;
    Ok(people)
}

/// A person's mother as the entries of their birth tie her, with the place among
/// children born together.
///
/// # Errors
/// When the database fails.
pub async fn born_of(
    tx: &mut Tx<'_>,
    person: PersonId,
) -> Result<Option<(Option<PersonId>, Option<String>)>, Fault> {
    const BIRTH: &str = "
        SELECT   m.person_id AS mother, e.details
         FROM     event_roles c JOIN events e ON e.id = c.event_id AND e.kind = 'birth'
         LEFT JOIN event_roles m ON m.event_id = e.id AND m.role = 'mother'
         WHERE    c.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  c.role = 'child' AND NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = e.id)
         ORDER BY e.recorded_at DESC, e.id LIMIT 1";
    let Some(row) = tx.row(BIRTH, &vals![person]).await? else { return Ok(None) };
    let details: Json = row.get("details")?;
    let order = details.0["birth-order"].as_str().map(str::to_owned);
    Ok(Some((row.get("mother")?, order)))
}

/// A pair of people that the last sweep found alike.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The one that comes first by identifier.
    pub one: PersonId,
    /// The other.
    pub other: PersonId,
    /// How alike, in tenths of a bit.
    pub points: i64,
    /// A `domain::duplicates::Likeness`, as text.
    pub reasons: String,
    /// When they were found, in microseconds.
    pub found_at: i64,
}

/// Notes a pair.
///
/// # Errors
/// When the database fails.
pub async fn note_pair(tx: &mut Tx<'_>, pair: &Pair) -> Result<(), Fault> {
    const NOTE: &str = "
        INSERT INTO possible_duplicates (one_id, other_id, points, reasons, found_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (one_id, other_id) DO UPDATE SET points = $3, reasons = $4, found_at = $5";
    tx.side(NOTE, &vals![pair.one, pair.other, pair.points, pair.reasons.clone(), pair.found_at]).await
}

/// Takes a pair off the list, whatever was decided.
///
/// # Errors
/// When the database fails.
pub async fn forget_pair(tx: &mut Tx<'_>, one: PersonId, other: PersonId) -> Result<(), Fault> {
    const FORGET: &str = "DELETE FROM possible_duplicates WHERE one_id = $1 AND other_id = $2";
    tx.side(FORGET, &vals![one.min(other), one.max(other)]).await
}

/// Takes pairs off the list that an earlier sweep found and a later one did not.
///
/// # Errors
/// When the database fails.
pub async fn forget_older(tx: &mut Tx<'_>, than: i64) -> Result<(), Fault> {
    tx.side("DELETE FROM possible_duplicates WHERE found_at < $1", &vals![than]).await
}

/// Pairs on the list, the likeliest first, at most so many.
///
/// # Errors
/// When the database fails.
pub async fn pairs(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<Pair>, Fault> {
    const PAIRS: &str = "
        SELECT * FROM possible_duplicates ORDER BY points DESC, one_id, other_id LIMIT $1";
    let rows = tx.rows(PAIRS, &vals![at_most]).await?;
    let read = rows.iter().map(|row| {
        Ok(Pair {
            one: row.get("one_id")?,
            other: row.get("other_id")?,
            points: row.get("points")?,
            reasons: row.get("reasons")?,
            found_at: row.get("found_at")?,
        })
    });
    read.collect()
}

/// How many pairs stand on the list.
///
/// # Errors
/// When the database fails.
pub async fn count_pairs(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    tx.count("SELECT COUNT(*) AS n FROM possible_duplicates", &[]).await
}

/// The day of the last whole sweep, ISO 8601; `None` before the first.
///
/// # Errors
/// When the database fails.
pub async fn swept_on(tx: &mut Tx<'_>) -> Result<Option<String>, Fault> {
    const MARK: &str = "SELECT value FROM marks WHERE name = 'duplicates-swept'";
    tx.row(MARK, &[]).await?.map(|row| row.get("value")).transpose()
}

/// Notes the day of a whole sweep.
///
/// # Errors
/// When the database fails.
pub async fn set_swept(tx: &mut Tx<'_>, day: &str) -> Result<(), Fault> {
    const SET: &str = "
        INSERT INTO marks (name, value) VALUES ('duplicates-swept', $1)
        ON CONFLICT (name) DO UPDATE SET value = $1";
    tx.side(SET, &vals![day]).await
}

/// One line of the table of pairs of words: whose name, how it goes on, and when
/// they were born.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The pair of words.
    pub pair: i64,
    /// Whose name.
    pub person: PersonId,
    /// What its next word sounds like; 0 without one.
    pub third: i64,
    /// The year of birth; 0 when nobody knows it.
    pub born_year: i64,
}

/// The next lines after a pair of words, of names that begin with both: in order,
/// at most so many.
///
/// # Errors
/// When the database fails.
pub async fn lines_after(tx: &mut Tx<'_>, pair: i64, at_most: i64) -> Result<Vec<Line>, Fault> {
    const LINES: &str = "
        SELECT   pair, person_id, third, born_year FROM name_pairs
        WHERE    pair > $1 AND place IN (1, 2) ORDER BY pair, place, person_id LIMIT $2";
    let rows = tx.rows(LINES, &vals![pair, at_most]).await?;
    let read = rows.iter().map(|row| {
        Ok(Line {
            pair: row.get("pair")?,
            person: row.get("person_id")?,
            third: row.get("third")?,
            born_year: row.get("born_year")?,
        })
    });
    read.collect()
}
