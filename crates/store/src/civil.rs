//! Events of civil status and the register entries that record them. Only added to.

use crate::fault::Fault;
use crate::people::PersonRow;
use crate::record;
use crate::record::Record as _;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::civil::unions::{self, Told, Union};
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{
    AreaId, CorrectionId, DeclarationId, EntryId, EventId, ImportId, OfficeId, PersonId, RowId,
};
use std::collections::BTreeMap;

record! {
    /// A fact of civil status.
    pub struct EventRow in "events" only added {
        id: EventId,
        kind: String,
        happened_on: Option<String>,
        area_id: Option<AreaId>,
        place: Option<String>,
        details: Json,
        recorded_at: i64,
    }
}

record! {
    /// Who was what in an event.
    pub struct EventRoleRow in "event_roles" only added {
        id: RowId,
        event_id: EventId,
        person_id: PersonId,
        role: String,
        recorded_at: i64,
    }
}

record! {
    /// What the register says of an event, from when on.
    pub struct EntryRow in "register_entries" only added {
        id: EntryId,
        event_id: EventId,
        kind: String,
        number: String,
        office_id: OfficeId,
        directorate: String,
        record_no: Option<String>,
        page_no: Option<String>,
        area_id: Option<AreaId>,
        supersedes: Option<EntryId>,
        authority: Option<Json>,
        verified_at: Option<i64>,
        verified_how: Option<String>,
        protected: bool,
        valid_from: Option<String>,
        recorded_at: i64,
        content: Option<String>,
        standing: Option<String>,
        declaration_id: Option<DeclarationId>,
        correction_id: Option<CorrectionId>,
        /// The file it was brought in from, and the line there.
        import_id: Option<ImportId>,
        import_line: Option<i64>,
    }
}

/// One register entry.
///
/// # Errors
/// When the database fails.
pub async fn entry(tx: &mut Tx<'_>, id: EntryId) -> Result<Option<EntryRow>, Fault> {
    tx.one("SELECT * FROM register_entries WHERE id = $1", &vals![id]).await
}

/// The entry that took another's place, if one did.
///
/// # Errors
/// When the database fails.
pub async fn entry_after(tx: &mut Tx<'_>, id: EntryId) -> Result<Option<EntryRow>, Fault> {
    tx.one("SELECT * FROM register_entries WHERE supersedes = $1", &vals![id]).await
}

/// An entry with all that came before and after it, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn history(tx: &mut Tx<'_>, id: EntryId) -> Result<Vec<EntryRow>, Fault> {
    let Some(row) = entry(tx, id).await? else { return Ok(Vec::new()) };
    let (mut chain, mut before) = (vec![row.clone()], row.supersedes);
    while let Some(earlier) = before {
        let Some(row) = entry(tx, earlier).await? else { break };
        before = row.supersedes;
        chain.insert(0, row);
    }
    let mut last = row.id;
    while let Some(later) = entry_after(tx, last).await? {
        last = later.id;
        chain.push(later);
    }
    Ok(chain)
}

/// Takes an event out of what counts: its entry was revoked, or another event
/// says it now.
///
/// # Errors
/// When the database fails.
pub async fn void(tx: &mut Tx<'_>, event: EventId) -> Result<(), Fault> {
    tx.side(
        "INSERT INTO voided_events (event_id) VALUES ($1) ON CONFLICT (event_id) DO NOTHING",
        &vals![event],
    )
    .await
}

/// Lets an event count again.
///
/// # Errors
/// When the database fails.
pub async fn count_again(tx: &mut Tx<'_>, event: EventId) -> Result<(), Fault> {
    tx.side("DELETE FROM voided_events WHERE event_id = $1", &vals![event]).await
}

/// Whether an event does not count: its entry was revoked, or another event undid it.
///
/// # Errors
/// When the database fails.
pub async fn is_void(tx: &mut Tx<'_>, event: EventId) -> Result<bool, Fault> {
    let voided = "SELECT COUNT(*) AS n FROM voided_events WHERE event_id = $1";
    Ok(tx.count(voided, &vals![event]).await? > 0)
}

/// The event whose entry bears this number, if one does.
///
/// # Errors
/// When the database fails.
pub async fn event_numbered(tx: &mut Tx<'_>, number: &str) -> Result<Option<EventId>, Fault> {
    let bearing = "SELECT event_id FROM register_entries WHERE number = $1";
    tx.row(bearing, &vals![number]).await?.map(|row| row.get("event_id")).transpose()
}

/// The entry that bears this number, if one does.
///
/// # Errors
/// When the database fails.
pub async fn entry_numbered(tx: &mut Tx<'_>, number: &str) -> Result<Option<EntryRow>, Fault> {
    tx.one("SELECT * FROM register_entries WHERE number = $1", &vals![number]).await
}

/// The numbers of the next entries after one, by identifier; what took the place of
/// another entry is left out.
///
/// # Errors
/// When the database fails.
pub async fn numbers_after(
    tx: &mut Tx<'_>,
    after: EntryId,
    at_most: i64,
) -> Result<Vec<(EntryId, String)>, Fault> {
    const NEXT: &str = "
        SELECT   id, number FROM register_entries WHERE id > $1 AND supersedes IS NULL ORDER BY id LIMIT $2";
    let rows = tx.rows(NEXT, &vals![after, at_most]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("number")?))).collect()
}

/// The entry that stands now for someone's birth.
///
/// # Errors
/// When the database fails.
pub async fn birth_entry_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<EntryRow>, Fault> {
    entry_of(tx, person, "birth").await
}

/// The newest entry of a kind (`birth`, `marriage`, `divorce`, `death`) that
/// stands now and is about this person: as the one born, married, divorced or
/// dead, not as somebody's parent.
///
/// # Errors
/// When the database fails.
pub async fn entry_of(tx: &mut Tx<'_>, person: PersonId, kind: &str) -> Result<Option<EntryRow>, Fault> {
    Ok(entries_of(tx, person, kind).await?.into_iter().next())
}

/// Every such entry, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn entries_of(tx: &mut Tx<'_>, person: PersonId, kind: &str) -> Result<Vec<EntryRow>, Fault> {
    const STANDING: &str = "
        SELECT   e.* FROM register_entries e
        JOIN     event_roles r ON r.event_id = e.event_id AND r.role IN ('child', 'husband', 'wife', 'deceased')
        WHERE    r.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  e.kind = $2
          AND    NOT EXISTS (SELECT 1 FROM register_entries later WHERE later.supersedes = e.id)
          AND    NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = e.event_id)
        ORDER BY e.recorded_at DESC, e.id DESC LIMIT 40";
    tx.all(STANDING, &vals![person, kind]).await
}

/// The entries that name a person in any role and that no other took the place of,
/// with the role and the day, by the day on which they happened.
///
/// # Errors
/// When the database fails.
pub async fn entries_naming(
    tx: &mut Tx<'_>,
    person: PersonId,
) -> Result<Vec<(EntryRow, String, Option<String>)>, Fault> {
    const NAMING: &str = "
        SELECT   e.*, r.role AS own_role, v.happened_on
        FROM     event_roles r JOIN events v ON v.id = r.event_id
        JOIN     register_entries e ON e.event_id = r.event_id
        WHERE    r.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    NOT EXISTS (SELECT 1 FROM register_entries later WHERE later.supersedes = e.id)
        ORDER BY COALESCE(v.happened_on, ''), e.recorded_at, e.id LIMIT 200";
    let rows = tx.rows(NAMING, &vals![person]).await?;
    rows.iter()
        .map(|row| Ok((EntryRow::from_row(row)?, row.get("own_role")?, row.get("happened_on")?)))
        .collect()
}

/// One event.
///
/// # Errors
/// When the database fails.
pub async fn event(tx: &mut Tx<'_>, id: EventId) -> Result<Option<EventRow>, Fault> {
    tx.one("SELECT * FROM events WHERE id = $1", &vals![id]).await
}

/// Who was what in an event.
///
/// # Errors
/// When the database fails.
pub async fn roles_in(tx: &mut Tx<'_>, event: EventId) -> Result<Vec<EventRoleRow>, Fault> {
    tx.all("SELECT * FROM event_roles WHERE event_id = $1 ORDER BY role", &vals![event]).await
}

/// What one person is to another, by their roles in one event.
fn tie_in(one_role: &str, other_role: &str) -> Option<&'static str> {
    match (one_role, other_role) {
        ("mother" | "father", "child") => Some("parent"),
        ("child", "mother" | "father") => Some("child"),
        ("husband" | "wife", "husband" | "wife") => Some("spouse"),
        ("guardian", "ward") => Some("guardian"),
        _ => None,
    }
}

/// The stronger of two ties, in whatever order they are found: blood before
/// marriage, marriage before guardianship.
fn stronger(known: Option<&'static str>, found: Option<&'static str>) -> Option<&'static str> {
    const ORDER: [&str; 4] = ["parent", "child", "spouse", "guardian"];
    let place = |tie: &Option<&str>| tie.and_then(|tie| ORDER.iter().position(|known| *known == tie));
    [known, found].into_iter().filter(Option::is_some).min_by_key(place).flatten()
}

/// What one person is to another by the register: `parent`, `child`, `spouse`,
/// `guardian`, `sibling`; `None` when the register knows no tie. A tie of blood
/// or marriage goes before a guardianship.
///
/// # Errors
/// When the database fails.
pub async fn tie(tx: &mut Tx<'_>, one: PersonId, other: PersonId) -> Result<Option<&'static str>, Fault> {
    const TIES: &str = "
        SELECT a.role AS one_role, b.role AS other_role
        FROM   event_roles a JOIN event_roles b ON b.event_id = a.event_id
        WHERE  a.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  b.person_id IN (SELECT $2
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $2)
          AND  NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = a.event_id)";
    let mut tie = None;
    for row in tx.rows(TIES, &vals![one, other]).await? {
        let (one_role, other_role): (String, String) = (row.get("one_role")?, row.get("other_role")?);
        tie = stronger(tie, tie_in(&one_role, &other_role));
    }
    if tie.is_some() {
        return Ok(tie);
    }
    const SIBLINGS: &str = "
        SELECT COUNT(*) AS n
        FROM   event_roles c1 JOIN event_roles p1 ON p1.event_id = c1.event_id AND p1.role IN ('mother', 'father')
        JOIN   event_roles c2 ON c2.role = 'child' AND c2.person_id IN (SELECT $2
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $2)
        JOIN   event_roles p2 ON p2.event_id = c2.event_id AND p2.role = p1.role
        WHERE  c1.role = 'child' AND c1.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = p1.person_id), p1.person_id) = COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = p2.person_id), p2.person_id)
          AND  NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = c1.event_id)
          AND  NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = c2.event_id)";
    Ok((tx.count(SIBLINGS, &vals![one, other]).await? > 0).then_some("sibling"))
}

/// Whether someone answers for another on a day, by a court's order that stands and whose
/// time is not over.
///
/// # Errors
/// When the database fails.
pub async fn guards(
    tx: &mut Tx<'_>,
    guardian: PersonId,
    ward: PersonId,
    day: jiff::civil::Date,
) -> Result<bool, Fault> {
    const ORDERS: &str = "
        SELECT e.details
        FROM   event_roles g JOIN event_roles w ON w.event_id = g.event_id AND w.role = 'ward'
        JOIN   events e ON e.id = g.event_id
        WHERE  g.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  w.person_id IN (SELECT $2
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $2)
          AND  g.role = 'guardian'
          AND  NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = g.event_id)";
    for row in tx.rows(ORDERS, &vals![guardian, ward]).await? {
        let details: Json = row.get("details")?;
        let until = details.0["until"].as_str().and_then(|until| until.parse::<PartialDate>().ok());
        if until.is_none_or(|until| until.latest() >= day) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Everyone to whom the register gives a person a tie of blood, marriage or
/// guardianship, by identifier, and what the person is to them.
///
/// # Errors
/// When the database fails.
pub async fn tied(tx: &mut Tx<'_>, one: PersonId) -> Result<Vec<(PersonRow, &'static str)>, Fault> {
    const TIES: &str = "
        SELECT own.role AS one_role, other.role AS other_role, p.*
        FROM   event_roles own JOIN event_roles other ON other.event_id = own.event_id AND other.id <> own.id
        JOIN   persons p ON p.id = COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = other.person_id), other.person_id)
        WHERE  own.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  p.id <> $1
          AND  NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = own.event_id)";
    let mut found: BTreeMap<PersonId, (PersonRow, Option<&'static str>)> = BTreeMap::new();
    for row in tx.rows(TIES, &vals![one]).await? {
        let (one_role, other_role): (String, String) = (row.get("one_role")?, row.get("other_role")?);
        let person = PersonRow::from_row(&row)?;
        let (_, tie) = found.entry(person.id).or_insert((person, None));
        *tie = stronger(*tie, tie_in(&one_role, &other_role));
    }
    Ok(found.into_values().filter_map(|(person, tie)| Some((person, tie?))).collect())
}

/// Whether anything was registered after an instant that names someone.
///
/// # Errors
/// When the database fails.
pub async fn named_since(tx: &mut Tx<'_>, person: PersonId, since: i64) -> Result<bool, Fault> {
    const NAMED: &str = "
        SELECT COUNT(*) AS n FROM event_roles
        WHERE  person_id IN (SELECT $1 UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  recorded_at > $2";
    Ok(tx.count(NAMED, &vals![person, since]).await? > 0)
}

/// Whether anything may have been registered after an instant that names someone or whoever
/// stands in an entry beside them. Nearly every look at a paper ends here: it costs little, and
/// says yes as well where anyone of these was merged, for who counts as whom is not looked at.
///
/// # Errors
/// When the database fails.
pub async fn near_may_be_named_since(tx: &mut Tx<'_>, person: PersonId, since: i64) -> Result<bool, Fault> {
    const NEAR: &str = "
        SELECT COUNT(*) AS n
        FROM   event_roles own JOIN event_roles other ON other.event_id = own.event_id
        WHERE  own.person_id = $1
          AND  (EXISTS (SELECT 1 FROM event_roles later WHERE later.person_id = other.person_id AND later.recorded_at > $2)
               OR EXISTS (SELECT 1 FROM merged_people m WHERE m.gone_id = other.person_id)
               OR EXISTS (SELECT 1 FROM merged_people m WHERE m.kept_id = other.person_id))";
    Ok(tx.count(NEAR, &vals![person, since]).await? > 0)
}

/// The children that the register gives a person.
///
/// # Errors
/// When the database fails.
pub async fn children_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PersonId>, Fault> {
    const CHILDREN: &str = "
        SELECT   COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = c.person_id), c.person_id) AS child
        FROM     event_roles p JOIN event_roles c ON c.event_id = p.event_id AND c.role = 'child'
        WHERE    p.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  p.role IN ('mother', 'father')
          AND    NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = p.event_id)
        ORDER BY c.recorded_at";
    let mut children: Vec<PersonId> = Vec::new();
    for row in tx.rows(CHILDREN, &vals![person]).await? {
        let child = row.get("child")?;
        if !children.contains(&child) {
            children.push(child);
        }
    }
    Ok(children)
}

/// Who acknowledged a child as their father by an entry of its own that stands and is not
/// closed, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn acknowledged_by(tx: &mut Tx<'_>, child: PersonId) -> Result<Vec<PersonId>, Fault> {
    const FATHERS: &str = "
        SELECT   p.person_id
        FROM     event_roles c JOIN events v ON v.id = c.event_id AND v.kind = 'acknowledgement'
        JOIN     event_roles p ON p.event_id = c.event_id AND p.role = 'father'
        WHERE    c.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    c.role = 'child'
          AND    NOT EXISTS (SELECT 1 FROM voided_events o WHERE o.event_id = c.event_id)
          AND    NOT EXISTS (SELECT 1 FROM register_entries e
                             WHERE  e.event_id = c.event_id AND e.protected <> 0)
        ORDER BY v.happened_on, p.recorded_at, p.id";
    tx.rows(FATHERS, &vals![child]).await?.iter().map(|row| row.get("person_id")).collect()
}

/// The days, as far as they are known, on which the register says that a mother bore a
/// child; those whose records are closed are not there.
///
/// # Errors
/// When the database fails.
pub async fn births_by(tx: &mut Tx<'_>, mother: PersonId) -> Result<Vec<PartialDate>, Fault> {
    const BIRTHS: &str = "
        SELECT e.happened_on
        FROM   event_roles r JOIN events e ON e.id = r.event_id AND e.kind IN ('birth', 'stillbirth')
        WHERE  r.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  r.role = 'mother' AND e.happened_on IS NOT NULL
          AND  NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = e.id)
          AND  NOT EXISTS (
                SELECT 1 FROM event_roles c JOIN persons p ON p.id = c.person_id
                WHERE  c.event_id = e.id AND c.role = 'child' AND p.protected <> 0)";
    let mut days = Vec::new();
    for row in tx.rows(BIRTHS, &vals![mother]).await? {
        let day: String = row.get("happened_on")?;
        days.extend(day.parse::<PartialDate>().ok());
    }
    Ok(days)
}

/// A person's marriages and divorces in the order in which they were recorded,
/// for [`diwan_domain::civil::unions::status`]. Of what was brought in at once
/// weddings come first, and dates put the rest in order.
///
/// # Errors
/// When the database fails.
pub async fn unions_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Union<PersonId>>, Fault> {
    const UNIONS: &str = "
        SELECT   e.kind, e.happened_on, e.details, p.id AS spouse, p.died_on,
                 (SELECT own.died_on FROM persons own WHERE own.id = $1) AS own_died
        FROM     event_roles r
        JOIN     events e ON e.id = r.event_id AND e.kind IN ('marriage', 'divorce', 'reconciliation', 'annulment')
        JOIN     event_roles s ON s.event_id = e.id AND s.id <> r.id AND s.role IN ('husband', 'wife')
        JOIN     persons p ON p.id = COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = s.person_id), s.person_id)
        WHERE    r.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND  r.role IN ('husband', 'wife')
          AND    NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = e.id)
        ORDER BY e.recorded_at, e.kind DESC, COALESCE(e.happened_on, ''), e.id";
    let mut told = Vec::new();
    for row in tx.rows(UNIONS, &vals![person]).await? {
        let (kind, details): (String, Json) = (row.get("kind")?, row.get("details")?);
        let (on, died): (Option<String>, Option<String>) = (row.get("happened_on")?, row.get("died_on")?);
        let own_died: Option<String> = row.get("own_died")?;
        let date = |text: Option<String>| text.and_then(|text| text.parse().ok());
        let Some(kind) = EventKind::from_code(&kind) else { continue };
        told.push(Told {
            kind,
            spouse: row.get("spouse")?,
            on: date(on),
            state: details.0["state"].as_str().map(str::to_owned),
            waiting_until: date(details.0["waiting-until"].as_str().map(str::to_owned)),
            spouse_died: date(died),
            own_died: date(own_died),
        });
    }
    Ok(unions::unions_of(&told))
}

/// The marriages of which nothing but an entry of birth tells: that the parents of the child
/// were married. Each as a marriage with the other parent, in the order in which the entries
/// were written. Entries and children that are closed tell nothing.
///
/// # Errors
/// When the database fails or an entry cannot be read.
pub async fn told_by_births(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Union<PersonId>>, Fault> {
    const PARENTS: &str = "
        SELECT   w.content, p.id AS spouse, p.died_on,
                 (SELECT own.died_on FROM persons own WHERE own.id = $1) AS own_died
        FROM     event_roles r
        JOIN     events e ON e.id = r.event_id AND e.kind IN ('birth', 'stillbirth')
        JOIN     event_roles s ON s.event_id = e.id AND s.id <> r.id AND s.role IN ('mother', 'father')
        JOIN     persons p ON p.id = COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = s.person_id), s.person_id)
        JOIN     register_entries w ON w.event_id = e.id AND w.content IS NOT NULL AND w.protected = 0
        WHERE    r.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    r.role IN ('mother', 'father')
          AND    NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = e.id)
          AND    NOT EXISTS (SELECT 1 FROM register_entries later WHERE later.supersedes = w.id)
          AND    NOT EXISTS (
                    SELECT 1 FROM event_roles c JOIN persons child ON child.id = c.person_id
                    WHERE  c.event_id = e.id AND c.role = 'child' AND child.protected <> 0)
        ORDER BY w.recorded_at, w.id";
    let date = |text: Option<String>| text.and_then(|text| text.parse().ok());
    let mut told = Vec::new();
    for row in tx.rows(PARENTS, &vals![person]).await? {
        let text: String = row.get("content")?;
        let unreadable = |_| Fault::WrongDatabase("an entry of birth cannot be read".to_owned());
        let said: Content = serde_json::from_str(&text).map_err(unreadable)?;
        if said.is_yes("parents-married") {
            told.push(Told {
                kind: EventKind::Marriage,
                spouse: row.get("spouse")?,
                on: said.date("married-on"),
                state: None,
                waiting_until: None,
                spouse_died: date(row.get("died_on")?),
                own_died: date(row.get("own_died")?),
            });
        }
    }
    Ok(unions::unions_of(&told))
}

/// The close family that the register gives a person: parents, children and
/// spouses, in a steady order. All of them: whoever was left out would keep a paper that
/// says otherwise.
///
/// # Errors
/// When the database fails.
pub async fn close_family(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PersonId>, Fault> {
    const FAMILY: &str = "
        SELECT   DISTINCT COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = other.person_id), other.person_id) AS person
        FROM     event_roles own JOIN event_roles other ON other.event_id = own.event_id AND other.id <> own.id
        WHERE    own.person_id IN (SELECT $1 UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    own.role IN ('child', 'mother', 'father', 'husband', 'wife')
          AND    ((own.role = 'child' AND other.role IN ('mother', 'father'))
               OR (own.role IN ('mother', 'father') AND other.role = 'child')
               OR (own.role IN ('husband', 'wife') AND other.role IN ('husband', 'wife')))
          AND    NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = own.event_id)
        ORDER BY person";
    let rows = tx.rows(FAMILY, &vals![person]).await?;
    let family = rows.iter().map(|row| row.get("person")).collect::<Result<Vec<PersonId>, Fault>>()?;
    Ok(family.into_iter().filter(|other| *other != person).collect())
}
