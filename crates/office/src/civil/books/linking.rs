//! Who is who: people of old entries are tied to people of the register by their
//! numbers, and by nothing else. A name alone never makes two people one.

use crate::civil::effects::{self, Told, number_row, part_of, someone};
use diwan_domain::acts::Desk;
use diwan_domain::civil::books::RowFault;
use diwan_domain::civil::forms::numbers_of;
use diwan_domain::civil::{Content, EventKind, Party, PartyRole, is_too_young};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{AreaId, PersonId};
use diwan_domain::names::NameParts;
use diwan_store::people::{PersonNameRow, PersonNumberRow, PersonRow};
use diwan_store::value::Val;
use diwan_store::{Fault, Tx, imports};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Someone of the register, or someone this part adds.
struct Known {
    row: PersonRow,
    /// The version the register has; `None` for someone new.
    seen: Option<i64>,
    is_edited: bool,
    is_born: bool,
    numbers: BTreeSet<(String, String)>,
}

/// Everyone whom a part of a file names by number, and everyone it adds.
#[derive(Default)]
pub(super) struct People {
    known: HashMap<PersonId, Known>,
    bearers: HashMap<(String, String), BTreeSet<PersonId>>,
    order: Vec<PersonId>,
    names: Vec<(PersonNameRow, Option<String>)>,
    numbers: Vec<PersonNumberRow>,
}

/// What the people of one entry come to.
pub(super) struct Parties {
    /// Who is what in the event.
    pub roles: Vec<(&'static str, PersonId)>,
}

/// One party of an entry, before anything is changed.
enum Who {
    Nobody,
    Known(PersonId),
    New,
}

fn fault(role: &str, field: &str, code: &str, found: Option<String>) -> RowFault {
    RowFault { column: None, field: format!("{role}.{field}"), code: code.to_owned(), found }
}

impl People {
    /// Looks up everyone whose number stands in one of the entries.
    pub async fn look_up<'c>(
        tx: &mut Tx<'_>,
        kind: EventKind,
        contents: impl Iterator<Item = &'c Content>,
    ) -> Result<Self, Fault> {
        let mut values = BTreeSet::new();
        for content in contents {
            for party in kind.parties() {
                let said = numbers_of(kind, content, party.role.code());
                values.extend(said.into_iter().map(|(_, value)| Val::Text(value)));
            }
        }
        let mut people = Self::default();
        let bearers = imports::bearers(tx, &values).await?;
        let ids: BTreeSet<Val> = bearers.iter().map(|row| Val::Id(row.person_id.bytes())).collect();
        for row in bearers {
            people.bearers.entry((row.kind, row.value)).or_default().insert(row.person_id);
        }
        let born = imports::born(tx, &ids).await?;
        for row in imports::people(tx, &ids).await? {
            let (is_born, seen) = (born.contains(&row.id), Some(row.version));
            let known = Known { is_born, seen, is_edited: false, numbers: BTreeSet::new(), row };
            people.known.insert(known.row.id, known);
        }
        for row in imports::numbers_of(tx, &ids).await? {
            if let Some(known) = people.known.get_mut(&row.person_id) {
                known.numbers.insert((row.kind, row.value));
            }
        }
        Ok(people)
    }

    /// Ties the people of one entry, adds those who are new, and notes in the content
    /// who they are.
    ///
    /// # Errors
    /// Everything that keeps the entry out; then nothing is changed.
    pub fn tie(
        &mut self,
        at: &Desk,
        mark: &str,
        (kind, area): (EventKind, Option<AreaId>),
        content: &mut Content,
    ) -> Result<Parties, Vec<RowFault>> {
        let mut faults = Vec::new();
        let mut decided: Vec<(&Party, Who)> = Vec::new();
        for party in kind.parties() {
            match self.who(kind, content, party) {
                Ok(Who::Known(person))
                    if decided.iter().any(|(_, who)| matches!(who, Who::Known(one) if *one == person)) =>
                {
                    faults.push(fault(party.role.code(), "given", "person/twice", None));
                }
                Ok(who) => decided.push((party, who)),
                Err(found) => faults.push(found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut roles = Vec::new();
        for (party, who) in decided {
            let person = match who {
                Who::Nobody => continue,
                Who::Known(person) => {
                    self.change(at, mark, kind, content, party, person);
                    person
                }
                Who::New => self.add(at, mark, kind, area, content, party),
            };
            if !party.is_born {
                content.set(&format!("{}.person", party.role.code()), person.to_string());
            }
            roles.push((part_of(kind, party.role), person));
        }
        Ok(Parties { roles })
    }

    /// Who a party is; nothing is changed yet.
    fn who(&self, kind: EventKind, content: &Content, party: &Party) -> Result<Who, RowFault> {
        let role = party.role.code();
        if content.of(role, "unknown") == Some("yes") || !is_tied(kind, party.role, content) {
            return Ok(Who::Nobody);
        }
        let said = numbers_of(kind, content, role);
        let mut bearers = BTreeSet::new();
        let mut field = "given";
        for (number, value) in &said {
            if let Some(found) = self.bearers.get(&((*number).to_owned(), value.clone())) {
                bearers.extend(found.iter().copied());
                field = number;
            }
        }
        let mut each = bearers.iter();
        match (each.next(), each.next()) {
            (None, _) if content.of(role, "given").is_none() => Ok(Who::Nobody),
            (None, _) => Ok(Who::New),
            (Some(_), Some(_)) => Err(fault(role, field, "person/several", None)),
            (Some(only), None) => match self.known.get(only) {
                Some(known) => match contradiction(kind, content, party, known) {
                    Some((code, found)) => Err(fault(role, field, code, found)),
                    None => Ok(Who::Known(*only)),
                },
                None => Ok(Who::New),
            },
        }
    }

    /// What an event changes about someone who is known, and numbers that are new.
    fn change(
        &mut self,
        at: &Desk,
        mark: &str,
        kind: EventKind,
        content: &Content,
        party: &Party,
        person: PersonId,
    ) {
        let role = party.role.code();
        let happened = content.get("happened-on").map(str::to_owned);
        let mut fresh = Vec::new();
        if let Some(known) = self.known.get_mut(&person) {
            if kind == EventKind::Death {
                known.row.died_on.clone_from(&happened);
                known.is_edited = true;
            }
            if party.is_born {
                known.is_born = true;
                if known.row.born_on.is_none() && happened.is_some() {
                    known.row.born_on = happened;
                    known.is_edited = true;
                }
            }
            for (number, value) in numbers_of(kind, content, role) {
                if known.numbers.insert((number.to_owned(), value.clone())) {
                    fresh.push((number, value));
                }
            }
        }
        for (number, value) in fresh {
            self.bearers.entry((number.to_owned(), value.clone())).or_default().insert(person);
            self.numbers.push(number_row(at, mark, role, person, (number, value)));
        }
        if kind == EventKind::NameChange {
            self.rename(at, mark, content, person);
        }
    }

    fn add(
        &mut self,
        at: &Desk,
        mark: &str,
        kind: EventKind,
        area: Option<AreaId>,
        content: &Content,
        party: &Party,
    ) -> PersonId {
        let told = Told { kind, content, area, from: "register" };
        let (row, mut names, numbers) = someone(at, mark, &told, party);
        if kind == EventKind::NameChange {
            names.iter_mut().for_each(|name| name.recorded_at = at.now - 2);
        }
        let person = row.id;
        let born_on = row.born_on.clone();
        self.names.extend(names.into_iter().map(|name| (name, born_on.clone())));
        let mut borne = BTreeSet::new();
        for number in &numbers {
            borne.insert((number.kind.clone(), number.value.clone()));
            self.bearers.entry((number.kind.clone(), number.value.clone())).or_default().insert(person);
        }
        self.numbers.extend(numbers);
        self.order.push(person);
        let known = Known { row, seen: None, is_edited: false, is_born: party.is_born, numbers: borne };
        self.known.insert(person, known);
        if kind == EventKind::NameChange {
            self.rename(at, mark, content, person);
        }
        person
    }

    /// Gives someone the names of a judgment; the earlier ones stay and are found.
    fn rename(&mut self, at: &Desk, mark: &str, content: &Content, person: PersonId) {
        let born_on = self.known.get(&person).and_then(|known| known.row.born_on.clone());
        let written = [("arab", content.name("new")), ("latn", content.latin("new"))];
        for (script, name) in written {
            let Some(NameParts { given, father, grandfather, family }) = name else { continue };
            let row = PersonNameRow {
                id: at.fresh(&format!("{mark}new-name/{script}")),
                person_id: person,
                script: script.to_owned(),
                given,
                father,
                grandfather,
                family,
                source: "judgment".to_owned(),
                valid_from: content.get("happened-on").map(str::to_owned),
                // Before the name that is borne, should this one be over: see `rename_anew`.
                recorded_at: at.now - 1,
            };
            self.names.push((row, born_on.clone()));
        }
    }

    /// Writes everyone who is new and whatever changed, table by table.
    pub async fn write(mut self, tx: &mut Tx<'_>) -> Result<(), diwan_store::Stop> {
        for id in &self.order {
            if let Some(known) = self.known.get(id) {
                tx.add(&known.row).await?;
            }
        }
        let mut edited: BTreeMap<PersonId, &mut Known> = BTreeMap::new();
        for (id, known) in &mut self.known {
            if known.seen.is_some() && known.is_edited {
                edited.insert(*id, known);
            }
        }
        for known in edited.into_values() {
            tx.edit(&mut known.row).await?;
        }
        for (name, _) in &self.names {
            tx.add(name).await?;
        }
        for number in &self.numbers {
            tx.add(number).await?;
        }
        let keyed: Vec<_> = self
            .names
            .iter()
            .map(|(name, born_on)| crate::civil::keys::keyed_of(name, born_on.as_deref()))
            .collect();
        Ok(diwan_store::finding::add_keys(tx, &keyed).await?)
    }
}

/// Whether a father who is named is tied to the child: old forms had no question
/// about the marriage, and named the father of a child born in one.
fn is_tied(kind: EventKind, role: PartyRole, content: &Content) -> bool {
    let asks = content.get("parents-married").is_some() || content.get("acknowledged").is_some();
    !asks || effects::is_tied(kind, role, content)
}

/// Why someone who bears the number cannot be who the entry means.
fn contradiction(
    kind: EventKind,
    content: &Content,
    party: &Party,
    known: &Known,
) -> Option<(&'static str, Option<String>)> {
    let role = party.role.code();
    let person = &known.row;
    let date = |text: Option<&str>| text.and_then(|text| text.parse::<PartialDate>().ok());
    let sex = party.sex.or_else(|| content.of(role, "sex")).unwrap_or("unknown");
    if sex != "unknown" && person.sex != "unknown" && sex != person.sex {
        return Some(("person/other-sex", None));
    }
    let happened = date(content.get("happened-on"));
    let told = if party.is_born { happened } else { date(content.of(role, "born-on")) };
    if let (Some(told), Some(born)) = (told, date(person.born_on.as_deref()))
        && !told.may_be(born)
        && !(told.year() == born.year() && (told.may_mean_year_only() || born.may_mean_year_only()))
    {
        return Some(("person/other-birth", person.born_on.clone()));
    }
    if party.is_born {
        return known.is_born.then_some(("person/born-already", None));
    }
    if kind == EventKind::Death && person.died_on.is_some() {
        return Some(("person/dead-already", person.died_on.clone()));
    }
    let (Some(happened), born, died) =
        (happened, date(person.born_on.as_deref()), date(person.died_on.as_deref()))
    else {
        return None;
    };
    if born.is_some_and(|born| born.earliest() > happened.latest()) {
        return Some(("date/before-birth", person.born_on.clone()));
    }
    let is_birth = matches!(kind, EventKind::Birth | EventKind::Stillbirth);
    let is_parent = is_birth && matches!(party.role, PartyRole::Mother | PartyRole::Father);
    if is_parent && born.is_some_and(|born| is_too_young(born, happened)) {
        return Some(("date/parent-too-young", person.born_on.clone()));
    }
    // A father may have died before his child was born.
    let may_be_dead = party.role == PartyRole::Father || kind == EventKind::NameChange;
    if !may_be_dead && died.is_some_and(|died| died.latest() < happened.earliest()) {
        return Some(("person/dead-before", person.died_on.clone()));
    }
    None
}
