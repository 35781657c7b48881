//! Numbers that end: a card is replaced, a passport runs out, a number was never
//! theirs. The register only grows: that a number ended is a record, and so is that it
//! stands again. A number that was once given is never given to anybody else.

use super::correcting::Ground;
use super::guarding::may_see;
use crate::acting::{acting, not_family};
use crate::desk::day_of;
use diwan_domain::acts::Desk;
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::numbers::{IdentityKind, NumberEnd};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::people::{self, NumberEndRow, PersonNumberRow, PersonRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A number of a person, with what was recorded of its end.
#[derive(Clone, Debug)]
pub struct Borne {
    /// The number.
    pub number: PersonNumberRow,
    /// Every record of its end and of its standing again, the oldest first.
    pub records: Vec<NumberEndRow>,
}

impl Borne {
    /// How it ended; `None` while it stands.
    #[must_use]
    pub fn end(&self) -> Option<&NumberEndRow> {
        self.records.last().filter(|record| record.ends)
    }

    /// Until when it was theirs, ISO 8601: as recorded, or as it was brought in.
    #[must_use]
    pub fn until(&self) -> Option<&str> {
        match self.end() {
            Some(end) => end.ended_on.as_deref(),
            None => self.number.valid_until.as_deref(),
        }
    }

    /// How many records there are: whoever changes it names as many.
    #[must_use]
    pub fn seen(&self) -> i64 {
        self.records.len() as i64
    }
}

/// The numbers of a person, those that stand first.
///
/// # Errors
/// When the database fails.
pub async fn numbers_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Borne>, Fault> {
    let mut ends = people::number_ends(tx, person).await?;
    let mut all = Vec::new();
    for number in people::numbers(tx, person).await? {
        let (own, others) = ends.into_iter().partition(|end| end.number_id == number.id);
        ends = others;
        all.push(Borne { number, records: own });
    }
    all.sort_by_key(|borne| borne.until().is_some());
    Ok(all)
}

/// The number that takes an ended one's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// As its paper shows it; of the same kind as the one that ended.
    pub value: String,
    /// From when it is theirs; the day on which the other ended when left out.
    pub since: Option<String>,
}

/// Ends a number of a person, and gives the one that takes its place.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndNumber {
    /// Whose.
    pub person: PersonId,
    /// The number.
    pub number: RowId,
    /// How many records of its end the officer saw.
    pub seen: i64,
    /// Why: a code of [`NumberEnd`].
    pub why: String,
    /// The day on which it ended, as typed.
    pub on: String,
    /// On what authority.
    pub authority: Ground,
    /// What takes its place.
    pub replacement: Option<Replacement>,
}

impl Act for EndNumber {
    const NAME: &'static str = "end-number";
    type Out = Option<RowId>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Option<RowId>>, Stop> {
        let (officer, person, borne) = change(tx, at, self.person, self.number, self.seen).await?;
        if borne.until().is_some() {
            return Err(Why::ChangedMeanwhile.into());
        }
        if !self.authority.is_whole() {
            return Err(Refusal::from(Why::FieldMissing).about("field", "authority").into());
        }
        let why = NumberEnd::from_code(&self.why).ok_or_else(|| wrong("why", "answer/not-offered"))?;
        let today = day_of(at.now, at.utc_offset_minutes);
        let on = past_day("on", &self.on, today)?;
        fits(why, on, &person, &borne.number)?;
        let given = match (&self.replacement, why) {
            (Some(_), why) if !why.may_be_replaced() => {
                return Err(wrong("replacement", "number/none-for-the-dead"));
            }
            (None, why) if why.must_be_replaced() => return Err(wrong("replacement", "answer/missing")),
            (Some(new), _) => Some(give(tx, at, &borne.number, new, on, today).await?),
            (None, _) => None,
        };
        let row = NumberEndRow {
            id: at.fresh("number-end"),
            number_id: self.number,
            person_id: borne.number.person_id,
            ends: true,
            ended_on: Some(on.to_string()),
            why: Some(why.code().to_owned()),
            replaced_by: given.as_ref().map(|given| given.id),
            authority: Json(json!(self.authority)),
            officer_id: officer,
            place: self.seen + 1,
            recorded_at: at.now,
        };
        tx.add(&row).await?;
        people::note_ended(tx, self.number).await?;
        let ended = Entry::new("number-ended", "number", self.number)
            .of(Some(self.person))
            .under(why.code())
            .with("kind", borne.number.kind.clone())
            .with("on", on.to_string())
            .with("authority", json!(self.authority));
        let new = given.as_ref().map(|given| {
            Entry::new("number-given", "number", given.id)
                .of(Some(self.person))
                .with("kind", given.kind.clone())
                .with("in-place-of", self.number.to_string())
        });
        Ok(Recorded::new(given.map(|given| given.id), ended).and_all(new))
    }
}

/// Says that the end of a number was a mistake: it stands again. What took its place
/// stays until it is ended too.
#[derive(Debug, Serialize, Deserialize)]
pub struct RestoreNumber {
    /// Whose.
    pub person: PersonId,
    /// The number.
    pub number: RowId,
    /// How many records of its end the officer saw.
    pub seen: i64,
    /// On what authority.
    pub authority: Ground,
}

impl Act for RestoreNumber {
    const NAME: &'static str = "restore-number";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let (officer, _, borne) = change(tx, at, self.person, self.number, self.seen).await?;
        if borne.end().is_none() {
            return Err(Why::NothingChanges.into());
        }
        if !self.authority.is_whole() {
            return Err(Refusal::from(Why::FieldMissing).about("field", "authority").into());
        }
        let row = NumberEndRow {
            id: at.fresh("number-end"),
            number_id: self.number,
            person_id: borne.number.person_id,
            ends: false,
            ended_on: None,
            why: None,
            replaced_by: None,
            authority: Json(json!(self.authority)),
            officer_id: officer,
            place: self.seen + 1,
            recorded_at: at.now,
        };
        tx.add(&row).await?;
        people::note_standing(tx, self.number).await?;
        let entry = Entry::new("number-stands-again", "number", self.number)
            .of(Some(self.person))
            .with("kind", borne.number.kind.clone())
            .with("authority", json!(self.authority));
        Ok(Recorded::new((), entry))
    }
}

/// Who may change a number, whose it is, and how it stands.
async fn change(
    tx: &mut Tx<'_>,
    at: &Desk,
    person: PersonId,
    number: RowId,
    seen: i64,
) -> Result<(diwan_domain::ids::OfficerId, PersonRow, Borne), Stop> {
    let acting = acting(tx, at, Permission::CorrectEntries).await?;
    if !may_see(tx, &acting, person).await? {
        return Err(Why::NotFound.into());
    }
    not_family(tx, &acting.officer, [Some(person)]).await?;
    let row = people::person(tx, person).await?.ok_or(Why::NotFound)?;
    let all = numbers_of(tx, person).await?;
    let borne = all.into_iter().find(|borne| borne.number.id == number).ok_or(Why::NotFound)?;
    if borne.seen() != seen {
        return Err(Why::ChangedMeanwhile.into());
    }
    Ok((acting.officer.id, row, borne))
}

/// Whether a number can have ended so on a day.
fn fits(why: NumberEnd, on: Date, person: &PersonRow, number: &PersonNumberRow) -> Result<(), Stop> {
    let date = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<PartialDate>().ok());
    if why == NumberEnd::Died {
        let died = date(&person.died_on).ok_or_else(|| wrong("why", "number/nobody-died"))?;
        if died.earliest() > on {
            return Err(wrong("on", "number/ended-before"));
        }
    }
    if date(&number.valid_from).is_some_and(|since| since.earliest() > on) {
        return Err(wrong("on", "number/ended-before"));
    }
    Ok(())
}

/// Adds the number that takes another's place: one that nobody ever bore.
async fn give(
    tx: &mut Tx<'_>,
    at: &Desk,
    old: &PersonNumberRow,
    new: &Replacement,
    on: Date,
    today: Date,
) -> Result<PersonNumberRow, Stop> {
    let value = match IdentityKind::from_code(&old.kind) {
        Some(kind) => kind.read(&new.value).map_err(|fault| wrong("replacement", fault.code()))?,
        None => diwan_domain::digits::to_ascii(new.value.trim()),
    };
    if value.is_empty() {
        return Err(wrong("replacement", "answer/missing"));
    }
    if people::times_given(tx, &value).await? > 0 {
        return Err(wrong("replacement", "number/given-before"));
    }
    let since = match new.since.as_deref().map(str::trim).filter(|since| !since.is_empty()) {
        Some(since) => past_day("since", since, today)?,
        None => on,
    };
    let row = PersonNumberRow {
        id: at.fresh("number"),
        person_id: old.person_id,
        kind: old.kind.clone(),
        value,
        valid_from: Some(since.to_string()),
        valid_until: None,
        recorded_at: at.now,
    };
    tx.add(&row).await?;
    Ok(row)
}

/// A whole day that is not to come.
fn past_day(field: &str, typed: &str, today: Date) -> Result<Date, Stop> {
    let ascii = diwan_domain::digits::to_ascii(typed.trim());
    if ascii.is_empty() {
        return Err(wrong(field, "date/missing"));
    }
    let day: Date = ascii.parse().map_err(|_| wrong(field, "date/not-real"))?;
    if day > today { Err(wrong(field, "date/in-the-future")) } else { Ok(day) }
}

fn wrong(field: &str, code: &str) -> Stop {
    Refusal::from(Why::FieldsWrong).about(field, code).into()
}
