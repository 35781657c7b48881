//! Accounts that sign in, and persons as the register knows them: two things.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{AccountId, AreaId, OfficerId, PersonId, RowId};

record! {
    /// Who signs in.
    pub struct AccountRow in "accounts" {
        id: AccountId,
        person_id: Option<PersonId>,
        language: String,
        assurance: String,
        assured_how: Option<String>,
        assured_at: Option<i64>,
        displaced: bool,
        since: i64,
        closed_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// A phone, mailbox or wallet by which an account is reached; perhaps shared, perhaps recycled.
    pub struct CredentialRow in "credentials" {
        id: RowId,
        account_id: AccountId,
        kind: String,
        value: String,
        since: i64,
        confirmed_at: Option<i64>,
        ended_at: Option<i64>,
        ended_why: Option<String>,
        version: i64,
    }
}

record! {
    /// One person, whatever their names and numbers.
    pub struct PersonRow in "persons" {
        id: PersonId,
        sex: String,
        born_on: Option<String>,
        born_area_id: Option<AreaId>,
        born_place: Option<String>,
        died_on: Option<String>,
        nationality: Option<String>,
        protected: bool,
        recorded_at: i64,
        version: i64,
    }
}

record! {
    /// A name as written in one script.
    pub struct PersonNameRow in "person_names" only added {
        id: RowId,
        person_id: PersonId,
        script: String,
        given: String,
        father: Option<String>,
        grandfather: Option<String>,
        family: Option<String>,
        source: String,
        valid_from: Option<String>,
        recorded_at: i64,
    }
}

record! {
    /// A number a person bore for a time.
    pub struct PersonNumberRow in "person_numbers" only added {
        id: RowId,
        person_id: PersonId,
        kind: String,
        value: String,
        valid_from: Option<String>,
        valid_until: Option<String>,
        recorded_at: i64,
    }
}

record! {
    /// That a number of a person ended, or that such an end was a mistake: of one
    /// number the row of the highest place stands.
    pub struct NumberEndRow in "number_ends" only added {
        id: RowId,
        number_id: RowId,
        person_id: PersonId,
        ends: bool,
        ended_on: Option<String>,
        why: Option<String>,
        replaced_by: Option<RowId>,
        authority: Json,
        officer_id: OfficerId,
        place: i64,
        recorded_at: i64,
    }
}

record! {
    /// As what a person is registered, on an officer's look at evidence: `displaced`.
    pub struct PersonStatusRow in "person_statuses" {
        id: RowId,
        person_id: PersonId,
        kind: String,
        evidence: String,
        since: Option<String>,
        ended_at: Option<i64>,
        ended_why: Option<String>,
        officer_id: OfficerId,
        recorded_at: i64,
        version: i64,
    }
}

/// A status that a person has now, if they have it.
///
/// # Errors
/// When the database fails.
pub async fn status(tx: &mut Tx<'_>, person: PersonId, kind: &str) -> Result<Option<PersonStatusRow>, Fault> {
    const NOW: &str = "
        SELECT   * FROM person_statuses WHERE person_id = $1 AND kind = $2 AND ended_at IS NULL
        ORDER BY recorded_at DESC, id DESC LIMIT 1";
    tx.one(NOW, &vals![person, kind]).await
}

/// One account.
///
/// # Errors
/// When the database fails.
pub async fn account(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<AccountRow>, Fault> {
    tx.one("SELECT * FROM accounts WHERE id = $1", &vals![id]).await
}

/// The accounts that belong to a person, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn accounts_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<AccountRow>, Fault> {
    tx.all("SELECT * FROM accounts WHERE person_id = $1 ORDER BY since, id", &vals![person]).await
}

/// The credentials an account has now.
///
/// # Errors
/// When the database fails.
pub async fn credentials(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<CredentialRow>, Fault> {
    tx.all(
        "SELECT * FROM credentials WHERE account_id = $1 AND ended_at IS NULL ORDER BY since",
        &vals![account],
    )
    .await
}

/// Accounts that are reached by this phone, mailbox or wallet, the one that
/// used it last first.
///
/// # Errors
/// When the database fails.
pub async fn reached_by(tx: &mut Tx<'_>, kind: &str, value: &str) -> Result<Vec<CredentialRow>, Fault> {
    const REACHED: &str = "
        SELECT   * FROM credentials
        WHERE    kind = $1 AND value = $2 AND ended_at IS NULL
        ORDER BY since DESC, id DESC";
    tx.all(REACHED, &vals![kind, value]).await
}

/// One person.
///
/// # Errors
/// When the database fails.
pub async fn person(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<PersonRow>, Fault> {
    tx.one("SELECT * FROM persons WHERE id = $1", &vals![id]).await
}

/// A person's names, the newest of each script last.
///
/// # Errors
/// When the database fails.
pub async fn names(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PersonNameRow>, Fault> {
    tx.all("SELECT * FROM person_names WHERE person_id = $1 ORDER BY recorded_at, script, id", &vals![person])
        .await
}

/// A person's numbers.
///
/// # Errors
/// When the database fails.
pub async fn numbers(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PersonNumberRow>, Fault> {
    const NUMBERS: &str = "
        SELECT * FROM person_numbers WHERE person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1) ORDER BY kind, recorded_at, id";
    tx.all(NUMBERS, &vals![person]).await
}

/// The numbers that a person bears now: not those that ended.
///
/// # Errors
/// When the database fails.
pub async fn standing_numbers(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PersonNumberRow>, Fault> {
    const STANDING: &str = "
        SELECT * FROM person_numbers WHERE person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  valid_until IS NULL
          AND  NOT EXISTS (SELECT 1 FROM ended_numbers e WHERE e.number_id = person_numbers.id)
        ORDER BY kind, recorded_at, id";
    tx.all(STANDING, &vals![person]).await
}

/// What was recorded of the ends of a person's numbers, in its order.
///
/// # Errors
/// When the database fails.
pub async fn number_ends(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<NumberEndRow>, Fault> {
    const ENDS: &str = "
        SELECT * FROM number_ends WHERE person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
        ORDER BY number_id, place";
    tx.all(ENDS, &vals![person]).await
}

/// Notes that a number ended, for whatever asks for those that stand.
///
/// # Errors
/// When the database fails.
pub async fn note_ended(tx: &mut Tx<'_>, number: RowId) -> Result<(), Fault> {
    const NOTE: &str = "INSERT INTO ended_numbers (number_id) VALUES ($1) ON CONFLICT (number_id) DO NOTHING";
    tx.side(NOTE, &vals![number]).await
}

/// Notes that a number stands again.
///
/// # Errors
/// When the database fails.
pub async fn note_standing(tx: &mut Tx<'_>, number: RowId) -> Result<(), Fault> {
    tx.side("DELETE FROM ended_numbers WHERE number_id = $1", &vals![number]).await
}

/// How often a number was given, to whomever, also if it ended.
///
/// # Errors
/// When the database fails.
pub async fn times_given(tx: &mut Tx<'_>, value: &str) -> Result<i64, Fault> {
    tx.count("SELECT COUNT(*) AS n FROM person_numbers WHERE value = $1", &vals![value]).await
}

/// Who bears a number, or bore it until it ended: nobody else is ever given it.
///
/// # Errors
/// When the database fails.
pub async fn by_number(tx: &mut Tx<'_>, value: &str) -> Result<Vec<PersonId>, Fault> {
    const BEARS: &str = "
        SELECT DISTINCT COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = person_id), person_id) AS person FROM person_numbers WHERE value = $1 LIMIT 5";
    tx.rows(BEARS, &vals![value]).await?.iter().map(|row| row.get("person")).collect()
}

/// Whom a number means when somebody is named by it: whoever bears it or bore it, and
/// nobody whose it never was.
///
/// # Errors
/// When the database fails.
pub async fn bearers(tx: &mut Tx<'_>, value: &str) -> Result<Vec<PersonId>, Fault> {
    const BEAR: &str = "
        SELECT DISTINCT COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = n.person_id), n.person_id) AS person
        FROM   person_numbers n
        WHERE  n.value = $1
          AND  NOT EXISTS (SELECT 1 FROM ended_numbers e JOIN number_ends w ON w.number_id = e.number_id
                           WHERE  e.number_id = n.id AND w.why = 'wrong'
                             AND  w.place = (SELECT MAX(l.place) FROM number_ends l WHERE l.number_id = n.id))
        LIMIT  5";
    tx.rows(BEAR, &vals![value]).await?.iter().map(|row| row.get("person")).collect()
}

/// Who bears a number now: for whatever lets someone in by it.
///
/// # Errors
/// When the database fails.
pub async fn by_standing_number(tx: &mut Tx<'_>, value: &str) -> Result<Vec<PersonId>, Fault> {
    const BEARS: &str = "
        SELECT DISTINCT COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = person_id), person_id) AS person
        FROM   person_numbers
        WHERE  value = $1 AND valid_until IS NULL
          AND  NOT EXISTS (SELECT 1 FROM ended_numbers e WHERE e.number_id = person_numbers.id)
        LIMIT  5";
    tx.rows(BEARS, &vals![value]).await?.iter().map(|row| row.get("person")).collect()
}
