//! What an event writes into the register: people who are new to it, the event,
//! who was what in it, and the entry that says so.

use super::carrying::{bear_name, is_renamed_after, note_death};
use super::keys::{add_keys, keyed_of};
use super::links::person_in;
use super::numbers::draw;
use diwan_domain::acts::Desk;
use diwan_domain::civil::forms::numbers_of;
use diwan_domain::civil::unions::DivorceState;
use diwan_domain::civil::{Content, EventKind, Party, PartyRole};
use diwan_domain::ids::{AreaId, CorrectionId, DeclarationId, EntryId, EventId, OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::names::{NameParts, is_arabic_script};
use diwan_store::centres::OfficeRow;
use diwan_store::civil::{EntryRow, EventRoleRow, EventRow};
use diwan_store::people::{self, PersonNameRow, PersonNumberRow, PersonRow};
use diwan_store::value::Json;
use diwan_store::{Fault, Stop, Tx, finding};
use serde_json::{Map, Value, json};

/// From what an entry is written.
pub(super) struct Source<'a> {
    pub kind: EventKind,
    pub content: Content,
    pub office: &'a OfficeRow,
    pub area: Option<AreaId>,
    /// The number, when it follows from another entry's; else one is drawn.
    pub number: Option<String>,
    pub officer: Option<OfficerId>,
    pub declaration: Option<DeclarationId>,
    pub correction: Option<CorrectionId>,
    pub supersedes: Option<EntryId>,
    pub authority: Option<Value>,
    /// People who are tied already, whatever the content says: of the event that
    /// a correction takes the place of.
    pub people: Vec<(PartyRole, PersonId)>,
}

/// What was written.
pub(super) struct Written {
    pub event: EventId,
    pub entry: EntryId,
    pub number: String,
    /// Whom the event is about.
    pub about: Option<PersonId>,
    /// Who came to stand in which role.
    pub settled: Vec<(PartyRole, PersonId)>,
    /// What the journal is to say of people.
    pub entries: Vec<Entry>,
}

/// Writes an event with its people and its entry.
pub(super) async fn write(tx: &mut Tx<'_>, at: &Desk, mut source: Source<'_>) -> Result<Written, Stop> {
    let kind = source.kind;
    let number = match source.number.take() {
        Some(number) => number,
        None => draw(tx, at, source.office, source.officer, kind.code(), kind.letter()).await?,
    };
    let event: EventId = at.fresh("event");
    let mut entries = Vec::new();
    let mut parts: Vec<(&'static str, PersonId)> = Vec::new();
    let mut settled = Vec::new();
    let mut newcomers = Vec::new();
    for party in kind.parties() {
        let Some(person) = settle(tx, at, &mut source, party, &mut newcomers).await? else { continue };
        parts.push((part_of(kind, party.role), person));
        settled.push((party.role, person));
    }
    for one in &newcomers {
        entries.push(one.told());
    }
    add_people(tx, &newcomers).await?;
    let content = &source.content;
    let is_change = kind == EventKind::NameChange && source.correction.is_none();
    for newcomer in newcomers.iter().filter(|_| is_change) {
        rename(tx, at, content, newcomer.rows.0.id).await?;
    }
    let row = EventRow {
        id: event,
        kind: kind.code().to_owned(),
        happened_on: content.get("happened-on").map(str::to_owned),
        area_id: source.area,
        place: content.get("place").map(str::to_owned),
        details: Json(details_of(kind, content)),
        recorded_at: at.now,
    };
    tx.add(&row).await?;
    for (role, person) in &parts {
        let row = EventRoleRow {
            id: at.fresh(&format!("part/{role}/{person}")),
            event_id: event,
            person_id: *person,
            role: (*role).to_owned(),
            recorded_at: at.now,
        };
        tx.add(&row).await?;
    }
    let entry: EntryId = at.fresh("entry");
    let text = serde_json::to_string(content).map_err(|error| Fault::Outside(error.to_string()))?;
    let named = source.office.names.0["ckb"].as_str().unwrap_or(&source.office.code);
    let row = EntryRow {
        id: entry,
        event_id: event,
        kind: kind.code().to_owned(),
        number: number.clone(),
        office_id: source.office.id,
        directorate: content.get("directorate").unwrap_or(named).to_owned(),
        record_no: content.get("record-no").map(str::to_owned),
        page_no: content.get("page-no").map(str::to_owned),
        area_id: source.area,
        supersedes: source.supersedes,
        authority: source.authority.map(Json),
        // What was checked by an officer before it was registered agrees with its papers.
        verified_at: Some(at.now),
        verified_how: Some("declared".to_owned()),
        protected: kind.is_protected(),
        valid_from: Some(crate::desk::day_of(at.now, at.utc_offset_minutes).to_string()),
        recorded_at: at.now,
        content: Some(text),
        standing: None,
        declaration_id: source.declaration,
        correction_id: source.correction,
        import_id: None,
        import_line: None,
    };
    tx.add(&row).await?;
    let people: Vec<(&str, PersonId)> =
        settled.iter().map(|(role, person): &(PartyRole, PersonId)| (role.code(), *person)).collect();
    super::addresses::note(tx, entry, content, &people).await?;
    // An older change of name than one that is known: they bear the newer one.
    if let Some((_, person)) = settled.first().filter(|_| is_change)
        && is_renamed_after(tx, *person, content.get("happened-on")).await?
    {
        bear_name(tx, at, *person).await?;
    }
    Ok(Written { event, entry, number, about: parts.first().map(|(_, person)| *person), settled, entries })
}

/// As what the register ties someone to an event. A couple to whom a court gives a
/// child are its guardians: affiliation is no parentage.
pub(super) fn part_of(kind: EventKind, role: PartyRole) -> &'static str {
    match (kind, role) {
        (EventKind::Affiliation, PartyRole::Child) => PartyRole::Ward.code(),
        (EventKind::Affiliation, _) => PartyRole::Guardian.code(),
        (_, role) => role.code(),
    }
}

/// Whether a father who is named is tied to the child: within marriage, or when he
/// acknowledged it. His name stands in the entry either way.
pub(super) fn is_tied(kind: EventKind, role: PartyRole, content: &Content) -> bool {
    let is_birth = matches!(kind, EventKind::Birth | EventKind::Stillbirth);
    !is_birth
        || role != PartyRole::Father
        || content.is_yes("parents-married")
        || content.is_yes("acknowledged")
}

/// The person in a role: as tied already, or new to the register. What the event
/// changes about them is written here too.
async fn settle(
    tx: &mut Tx<'_>,
    at: &Desk,
    source: &mut Source<'_>,
    party: &Party,
    newcomers: &mut Vec<Newcomer>,
) -> Result<Option<PersonId>, Stop> {
    let role = party.role.code();
    if source.content.of(role, "unknown") == Some("yes") || !is_tied(source.kind, party.role, &source.content)
    {
        return Ok(None);
    }
    let tied = source.people.iter().find(|(role, _)| *role == party.role).map(|(_, person)| *person);
    let known = tied.or_else(|| person_in(&source.content, party.role));
    let Some(person) = known else {
        if source.content.of(role, "given").is_none() {
            return Ok(None);
        }
        let told = Told { kind: source.kind, content: &source.content, area: source.area, from: "declared" };
        let mut newcomer = Newcomer { role: party.role, rows: someone(at, "", &told, party) };
        if source.kind == EventKind::NameChange {
            newcomer.rows.1.iter_mut().for_each(|name| name.recorded_at = at.now - 1);
        }
        let person = newcomer.rows.0.id;
        if !party.is_born {
            source.content.set(&format!("{role}.person"), person.to_string());
        }
        newcomers.push(newcomer);
        return Ok(Some(person));
    };
    match source.kind {
        EventKind::Death => note_death(tx, person, source.content.get("happened-on")).await?,
        // A correction says again what was said; it does not rename twice.
        EventKind::NameChange if source.correction.is_none() => {
            rename(tx, at, &source.content, person).await?
        }
        // Whoever is given to guardians by a court is kept from all but the few: an entry
        // that can be seen would tell where the child comes from.
        EventKind::Affiliation if party.role == PartyRole::Child => {
            if let Some(mut row) = people::person(tx, person).await?.filter(|row| !row.protected) {
                row.protected = true;
                tx.edit(&mut row).await?;
            }
        }
        _ => {}
    }
    add_numbers(tx, at, source, role, person).await?;
    Ok(Some(person))
}

/// Someone who is new to the register.
struct Newcomer {
    role: PartyRole,
    rows: Someone,
}

impl Newcomer {
    fn told(&self) -> Entry {
        let person = self.rows.0.id;
        Entry::new("person-added", "person", person).of(Some(person)).with("as", self.role.code())
    }
}

/// Writes people who are new, table by table: on a server rows of one table go in one
/// statement.
async fn add_people(tx: &mut Tx<'_>, newcomers: &[Newcomer]) -> Result<(), Stop> {
    for (person, ..) in newcomers.iter().map(|one| &one.rows) {
        tx.add(person).await?;
    }
    for name in newcomers.iter().flat_map(|one| &one.rows.1) {
        tx.add(name).await?;
    }
    for number in newcomers.iter().flat_map(|one| &one.rows.2) {
        tx.add(number).await?;
    }
    let keyed = newcomers.iter().flat_map(|one| {
        let (person, names, _) = &one.rows;
        names.iter().map(|name| keyed_of(name, person.born_on.as_deref()))
    });
    Ok(finding::add_keys(tx, &keyed.collect::<Vec<_>>()).await?)
}

/// What tells of someone who is new to the register.
pub(super) struct Told<'a> {
    pub kind: EventKind,
    pub content: &'a Content,
    pub area: Option<AreaId>,
    /// The source of the names: `declared`, `register`.
    pub from: &'a str,
}

/// The rows of someone: themselves, their names, their numbers.
pub(super) type Someone = (PersonRow, Vec<PersonNameRow>, Vec<PersonNumberRow>);

/// The rows of someone who is new to the register. The mark tells apart what one act makes of several events.
pub(super) fn someone(at: &Desk, mark: &str, told: &Told<'_>, party: &Party) -> Someone {
    let (role, content) = (party.role.code(), told.content);
    let of = |field: &str| content.of(role, field).map(str::to_owned);
    let happened = content.get("happened-on").map(str::to_owned);
    let person: PersonId = at.fresh(&format!("{mark}person/{role}"));
    let row = PersonRow {
        id: person,
        sex: party.sex.map(str::to_owned).or_else(|| of("sex")).unwrap_or_else(|| "unknown".to_owned()),
        born_on: if party.is_born { happened.clone() } else { of("born-on") },
        born_area_id: if party.is_born { told.area } else { None },
        born_place: if party.is_born { content.get("place").map(str::to_owned) } else { of("birth-place") },
        died_on: happened.filter(|_| told.kind == EventKind::Death),
        nationality: of("nationality"),
        protected: told.kind.is_protected(),
        recorded_at: at.now,
        version: 1,
    };
    let own_script = of("own-script").map(|given| NameParts { given, ..NameParts::default() });
    let written = [("arab", content.name(role)), ("latn", content.latin(role)), ("own", own_script)];
    let mut names = Vec::new();
    for (label, name) in written {
        let Some(name) = name else { continue };
        let script = if label == "own" && is_arabic_script(&name.given) { "arab" } else { label };
        names.push(PersonNameRow {
            id: at.fresh(&format!("{mark}name/{role}/{label}")),
            person_id: person,
            script: script.to_owned(),
            given: name.given,
            father: name.father,
            grandfather: name.grandfather,
            family: name.family,
            source: told.from.to_owned(),
            valid_from: None,
            recorded_at: at.now,
        });
    }
    let numbers = numbers_of(told.kind, content, role).into_iter();
    let numbers = numbers.map(|(kind, value)| number_row(at, mark, role, person, (kind, value))).collect();
    (row, names, numbers)
}

/// The row of a number that someone is said to bear.
pub(super) fn number_row(
    at: &Desk,
    mark: &str,
    role: &str,
    person: PersonId,
    (kind, value): (&str, String),
) -> PersonNumberRow {
    PersonNumberRow {
        id: at.fresh(&format!("{mark}number/{role}/{kind}")),
        person_id: person,
        kind: kind.to_owned(),
        value,
        valid_from: None,
        valid_until: None,
        recorded_at: at.now,
    }
}

pub(super) async fn add_name(
    tx: &mut Tx<'_>,
    at: &Desk,
    label: &str,
    person: PersonId,
    (script, from): (&str, &str),
    name: &NameParts,
    (since, born_on): (Option<String>, Option<&str>),
) -> Result<(), Stop> {
    let row = PersonNameRow {
        id: at.fresh(label),
        person_id: person,
        script: script.to_owned(),
        given: name.given.clone(),
        father: name.father.clone(),
        grandfather: name.grandfather.clone(),
        family: name.family.clone(),
        source: from.to_owned(),
        valid_from: since,
        recorded_at: at.now,
    };
    tx.add(&row).await?;
    Ok(add_keys(tx, &row, born_on).await?)
}

/// Gives someone the names of a judgment; the earlier ones stay and are found.
async fn rename(tx: &mut Tx<'_>, at: &Desk, content: &Content, person: PersonId) -> Result<(), Stop> {
    let born = people::person(tx, person).await?.and_then(|person| person.born_on);
    let since = content.get("happened-on").map(str::to_owned);
    // The newest name is the one that is borne: what is older already comes before it.
    let is_over = is_renamed_after(tx, person, since.as_deref()).await?;
    let at = &Desk { now: at.now - i64::from(is_over), ..at.clone() };
    for (script, name) in [("arab", content.name("new")), ("latn", content.latin("new"))] {
        if let Some(name) = name {
            let label = format!("new-name/{script}");
            add_name(tx, at, &label, person, (script, "judgment"), &name, (since.clone(), born.as_deref()))
                .await?;
        }
    }
    Ok(())
}

/// Numbers that someone is said to bear and that the register does not know yet.
async fn add_numbers(
    tx: &mut Tx<'_>,
    at: &Desk,
    source: &Source<'_>,
    role: &str,
    person: PersonId,
) -> Result<(), Stop> {
    let said = numbers_of(source.kind, &source.content, role);
    if said.is_empty() {
        return Ok(());
    }
    let borne = people::numbers(tx, person).await?;
    for (kind, value) in said {
        if borne.iter().any(|row| row.value == value && row.kind == kind) {
            continue;
        }
        tx.add(&number_row(at, "", role, person, (kind, value))).await?;
    }
    Ok(())
}

/// What an event itself tells, by the names that services print and that
/// families are read by. Everything else stands in the entry.
pub(super) fn details_of(kind: EventKind, content: &Content) -> Value {
    const NAMED: &[(&str, &str)] = &[
        ("born-at", "happened-at"),
        ("plurality", "plurality"),
        ("set", "set"),
        ("birth-order", "birth-order"),
        ("residence", "mother.residence"),
        ("attendant", "attendant-name"),
        ("father-nationality", "father.nationality"),
        ("mother-nationality", "mother.nationality"),
        ("remarks", "remarks"),
        ("court", "court"),
        ("judgment", "judgment"),
        ("judgment-date", "judgment-date"),
        ("judgment-final-on", "judgment-final-on"),
        ("divorce-kind", "divorce-kind"),
        ("waiting-until", "waiting-until"),
        ("until", "until"),
        ("path", "path"),
    ];
    let mut details = Map::new();
    for (name, field) in NAMED {
        if let Some(value) = content.get(field) {
            details.insert((*name).to_owned(), json!(value));
        }
    }
    if kind == EventKind::Divorce {
        details.insert("state".to_owned(), json!(DivorceState::of_judgment(content).code()));
    }
    if kind == EventKind::Marriage {
        for (name, field) in [("court", "contract-court"), ("judgment", "contract-number")] {
            if let Some(value) = content.get(field) {
                details.insert(name.to_owned(), json!(value));
            }
        }
    }
    Value::Object(details)
}
