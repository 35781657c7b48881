//! Who comes together on one visit, each with their own service, and who may be with them
//! by recorded consent.

use super::{hall, setup_standing};
use crate::acting::{Acting, acting};
use diwan_domain::acts::Desk;
use diwan_domain::ids::{CaseId, CentreId, RowId, VisitId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::party::{Given, KnownBy, May, Relation};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::party::{self, CompanionRow, VisitPersonRow};
use diwan_store::queue::{self, VisitRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, cases};
use serde::{Deserialize, Serialize};

/// How long what is said of a companion may be, in characters.
const LONGEST: usize = 120;
/// How many companions one visit may have.
const MOST_COMPANIONS: usize = 20;

fn missing(field: &str) -> Stop {
    Refusal::from(Why::FieldMissing).about("field", field).into()
}

/// A visit of the officer's own centre that is not over.
async fn going_on(tx: &mut Tx<'_>, at: &Desk, visit: VisitId) -> Result<(Acting, VisitRow), Stop> {
    let officer = acting(tx, at, Permission::ServeQueue).await?;
    let visit = queue::visit(tx, visit).await?;
    let visit = visit.filter(|visit| Some(visit.centre_id) == officer.officer.centre_id);
    let visit = visit.ok_or(Why::NotFound)?;
    crate::units::not_away(tx, at, visit.centre_id).await?;
    if visit.ended_at.is_some() {
        return Err(Refusal::from(Why::StepImpossible).about("state", "ended").into());
    }
    Ok((officer, visit))
}

/// Whether a place is one of the visit's people.
fn is_among(visit: &VisitRow, place: i64) -> Result<(), Stop> {
    if (1..=visit.people).contains(&place) { Ok(()) } else { Err(missing("place")) }
}

/// A case that was opened in this visit.
async fn of_visit(tx: &mut Tx<'_>, visit: VisitId, case: Option<CaseId>) -> Result<Option<CaseId>, Stop> {
    let Some(case) = case else { return Ok(None) };
    let known = queue::cases_of(tx, visit).await?;
    if known.iter().any(|row| row.case_id == case) { Ok(Some(case)) } else { Err(missing("case")) }
}

/// Whether a case is noted for the person of a place.
fn has_case(people: &[VisitPersonRow], place: i64, case: CaseId) -> bool {
    people.iter().any(|row| row.place == place && row.case_id == Some(case))
}

/// A service that a line of the visit's centre gives, by its key. Anything else is refused,
/// so that nobody's name comes to stand there.
async fn given_here(
    tx: &mut Tx<'_>,
    visit: &VisitRow,
    service: Option<&str>,
) -> Result<Option<String>, Stop> {
    let Some(key) = service.filter(|key| !key.is_empty()) else { return Ok(None) };
    let is_key = key.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    let setup = setup_standing(tx, visit.centre_id).await?;
    let is_given = is_key && setup.is_some_and(|(_, setup)| setup.line_of(key).is_some());
    if is_given { Ok(Some(key.to_owned())) } else { Err(missing("service")) }
}

/// Notes for what one of several came, and which case became of it. They are a number
/// within their visit: nobody is named.
#[derive(Debug, Serialize, Deserialize)]
pub struct NotePerson {
    /// Of which visit.
    pub visit: VisitId,
    /// Which of its people, counted from 1.
    pub place: i64,
    /// For which service, by its key.
    pub service: Option<String>,
    /// Which case of the visit is theirs.
    pub case: Option<CaseId>,
}

impl Act for NotePerson {
    const NAME: &'static str = "note-visit-person";
    type Out = RowId;

    async fn meets(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        Ok(queue::visit(tx, self.visit).await?.map(|visit| hall(visit.centre_id)))
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let (_, visit) = going_on(tx, at, self.visit).await?;
        is_among(&visit, self.place)?;
        let case = of_visit(tx, visit.id, self.case).await?;
        // What a case is about is known; otherwise it is what was said.
        let service = match case {
            Some(id) => cases::case(tx, id).await?.map(|case| case.service),
            None => given_here(tx, &visit, self.service.as_deref()).await?,
        };
        let known = party::people_of(tx, visit.id).await?;
        if let Some(case) = case {
            // A companion shown with the case is there for somebody else.
            let companions = party::companions_of(tx, visit.id).await?;
            let mut shown =
                companions.iter().filter(|one| one.case_id == Some(case) && one.ended_at.is_none());
            if shown.any(|one| one.place != self.place && !has_case(&known, one.place, case)) {
                return Err(missing("case"));
            }
        }
        let entry = Entry::new("visit-person-noted", "visit", visit.id).with("place", self.place);
        if let Some(mut row) = known.into_iter().find(|row| row.place == self.place) {
            if row.ended_at.is_some() {
                return Err(Refusal::from(Why::StepImpossible).about("state", "ended").into());
            }
            if row.service == service && row.case_id == case {
                return Err(Why::NothingChanges.into());
            }
            row.service = service;
            row.case_id = case;
            tx.edit(&mut row).await?;
            return Ok(Recorded::new(row.id, entry));
        }
        let row = VisitPersonRow {
            id: at.fresh("visit-person"),
            visit_id: visit.id,
            place: self.place,
            service,
            case_id: case,
            outcome: None,
            ended_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(Recorded::new(row.id, entry))
    }
}

/// One of several is finished. The others go on.
#[derive(Debug, Serialize, Deserialize)]
pub struct FinishPerson {
    /// Of which visit.
    pub visit: VisitId,
    /// Which of its people.
    pub place: i64,
    /// Whether they got what they came for.
    pub done: bool,
}

impl Act for FinishPerson {
    const NAME: &'static str = "finish-visit-person";
    type Out = ();

    async fn meets(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        Ok(queue::visit(tx, self.visit).await?.map(|visit| hall(visit.centre_id)))
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let (_, visit) = going_on(tx, at, self.visit).await?;
        is_among(&visit, self.place)?;
        let known = party::people_of(tx, visit.id).await?;
        let mut row = known.into_iter().find(|row| row.place == self.place).ok_or(Why::NotFound)?;
        if row.ended_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        let outcome = if self.done { "done" } else { "not-done" };
        row.outcome = Some(outcome.to_owned());
        row.ended_at = Some(at.now);
        tx.edit(&mut row).await?;
        let entry = Entry::new("visit-person-finished", "visit", visit.id)
            .with("place", self.place)
            .with("outcome", outcome);
        Ok(Recorded::new((), entry))
    }
}

/// Records that somebody may be with a person in this visit, because the person consented
/// before the officer. It ends with the visit. A companion never signs, answers or
/// consents for the person: no act takes a companion for that.
#[derive(Debug, Serialize, Deserialize)]
pub struct AdmitCompanion {
    /// In which visit.
    pub visit: VisitId,
    /// With which of its people.
    pub place: i64,
    /// The case it is shown with.
    pub case: Option<CaseId>,
    /// How the companion is known.
    pub known_by: KnownBy,
    /// Their name, number, or what stands on the document.
    pub said: String,
    /// What they are to the person.
    pub relation: Relation,
    /// What they may.
    pub may: May,
    /// How the person consented.
    pub given: Given,
}

impl Act for AdmitCompanion {
    const NAME: &'static str = "admit-companion";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let (officer, visit) = going_on(tx, at, self.visit).await?;
        is_among(&visit, self.place)?;
        let said = diwan_domain::digits::tidy(&self.said);
        if said.is_empty() || said.chars().count() > LONGEST {
            return Err(missing("said"));
        }
        let case = of_visit(tx, visit.id, self.case).await?;
        if let Some(case) = case {
            let known = party::people_of(tx, visit.id).await?;
            let is_noted = known.iter().any(|row| row.case_id == Some(case));
            if is_noted && !has_case(&known, self.place, case) {
                return Err(missing("case"));
            }
        }
        if party::companions_of(tx, visit.id).await?.len() >= MOST_COMPANIONS {
            return Err(Why::TooManyAttempts.into());
        }
        let row = CompanionRow {
            id: at.fresh("companion"),
            visit_id: visit.id,
            centre_id: visit.centre_id,
            place: self.place,
            case_id: case,
            known_by: self.known_by.code().to_owned(),
            said,
            relation: self.relation.code().to_owned(),
            may: self.may.code().to_owned(),
            given: self.given.code().to_owned(),
            officer_id: officer.officer.id,
            since: at.now,
            ended_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        // Who it is stands in the row alone.
        let entry = Entry::new("companion-admitted", "visit", visit.id)
            .with("place", self.place)
            .with("relation", self.relation.code())
            .with("may", self.may.code())
            .with("given", self.given.code());
        let entry = match case {
            Some(case) => entry.with("case", case.to_string()),
            None => entry,
        };
        Ok(Recorded::new(row.id, entry))
    }
}

/// The person takes their consent back.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndCompanion {
    /// Which companion.
    pub companion: RowId,
}

impl Act for EndCompanion {
    const NAME: &'static str = "end-companion";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let row = party::companion(tx, self.companion).await?;
        let mut row = row.ok_or(Why::NotFound)?;
        let (_, visit) = going_on(tx, at, row.visit_id).await?;
        if row.ended_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        row.ended_at = Some(at.now);
        tx.edit(&mut row).await?;
        Ok(Recorded::new((), Entry::new("companion-ended", "visit", visit.id).with("place", row.place)))
    }
}

/// With the visit ends what its people consented to for it.
pub(super) async fn end_companions(tx: &mut Tx<'_>, at: &Desk, visit: VisitId) -> Result<(), Stop> {
    for mut row in party::companions_of(tx, visit).await? {
        if row.ended_at.is_none() {
            row.ended_at = Some(at.now);
            tx.edit(&mut row).await?;
        }
    }
    Ok(())
}

/// Refuses to finish the last ticket of a visit while somebody of it, of whom it was said
/// for what they came, is not finished.
pub(super) async fn everybody_finished(tx: &mut Tx<'_>, visit: VisitId, is_last: bool) -> Result<(), Stop> {
    if !is_last {
        return Ok(());
    }
    let people = party::people_of(tx, visit).await?;
    let left: Vec<String> =
        people.iter().filter(|row| row.ended_at.is_none()).map(|row| row.place.to_string()).collect();
    if left.is_empty() {
        return Ok(());
    }
    Err(Refusal::from(Why::PeopleLeft).about("places", left.join(", ")).into())
}

/// The companions who are shown with a case, for an officer who may see it.
///
/// # Errors
/// When the database fails.
pub async fn companions_in(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<CompanionRow>, Fault> {
    party::companions_in(tx, case).await
}

/// The people and companions of a visit of a centre.
pub(super) async fn party_of(
    tx: &mut Tx<'_>,
    visit: VisitId,
) -> Result<(Vec<VisitPersonRow>, Vec<CompanionRow>), Fault> {
    Ok((party::people_of(tx, visit).await?, party::companions_of(tx, visit).await?))
}

/// The visit of a centre, if it is there.
pub(super) async fn visit_at(
    tx: &mut Tx<'_>,
    centre: CentreId,
    visit: VisitId,
) -> Result<Option<VisitRow>, Fault> {
    Ok(queue::visit(tx, visit).await?.filter(|visit| visit.centre_id == centre))
}
