//! Checking a declaration and bringing it into the register: another pair of eyes
//! than whoever entered it, one number, given once.

use super::alike::{Whom, look_ahead};
use super::declaring::{
    Taken, foresee, has_hand_in, kind_of, own, said, stands_at, state_of, taken, wrong_state,
};
use super::effects::{self, Source};
use super::links::{self, content_of};
use super::of_cases;
use super::rules;
use crate::acting::{Acting, acting};
use diwan_domain::acts::Desk;
use diwan_domain::civil::{State, Step};
use diwan_domain::ids::{DeclarationId, EntryId, EventId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::declarations::{self, DeclarationRow};
use diwan_store::{Act, Recorded, Stop, Tx, centres};
use serde::{Deserialize, Serialize};

/// Finds a declaration in order: by an officer who did not enter it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckDeclaration {
    /// Which.
    pub declaration: DeclarationId,
    /// The version that was seen.
    pub seen: i64,
}

impl Act for CheckDeclaration {
    const NAME: &'static str = "check-declaration";
    type Out = Taken;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Taken>, Stop> {
        foresee(tx, at, Some(self.declaration), None).await?;
        let acting = acting(tx, at, Permission::RegisterEvents).await?;
        let mut row = own(tx, &acting, self.declaration).await?;
        stands_at(&row, self.seen)?;
        of_cases::may_decide(tx, &acting, &row).await?;
        let entry = check(tx, at, &acting, &mut row).await?;
        tx.edit(&mut row).await?;
        declarations::note_work(tx, &row).await?;
        Ok(Recorded::new(taken(&row), entry))
    }

    async fn look_ahead(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        look_ahead(at, tx, self.declaration, Whom::Decisive).await
    }
}

/// Moves a declaration to checked; the caller stores it.
async fn check(tx: &mut Tx<'_>, at: &Desk, acting: &Acting, row: &mut DeclarationRow) -> Result<Entry, Stop> {
    state_of(row)?.after(Step::Check).ok_or_else(|| wrong_state(row))?;
    if has_hand_in(row, acting.officer.id) {
        return Err(Why::NeedsSecondPerson.into());
    }
    // Whatever was found alike must be decided by now.
    super::duplicates::look_again(tx, at, acting, row, true).await?;
    let settled = settles_doubts(tx, acting, row).await?;
    row.state = State::Checked.code().to_owned();
    row.checked_by = Some(acting.officer.id);
    row.moved_at = at.now;
    Ok(said("declaration-checked", row).of(links::first_person(row)?).with("settled", settled))
}

/// The doubts that this officer settles by checking.
///
/// # Errors
/// [`Why::NeedsSupervisor`] when the rule leaves one of them to a supervisor.
async fn settles_doubts(tx: &mut Tx<'_>, acting: &Acting, row: &DeclarationRow) -> Result<Vec<String>, Stop> {
    let doubts: Vec<String> = serde_json::from_value(row.doubts.0.clone()).unwrap_or_default();
    if doubts.is_empty() || acting.may(Permission::ApproveCorrections) {
        return Ok(doubts);
    }
    let hash = row.rules_hash.as_deref().ok_or(Why::NoRule)?;
    let published = rules::by_hash(tx, hash).await?;
    let rule =
        published.rules.rules.iter().find(|rule| Some(&rule.key) == row.rule.as_ref()).ok_or(Why::NoRule)?;
    match doubts.iter().find(|doubt| rule.reviewed.contains(doubt)) {
        Some(doubt) => Err(Refusal::from(Why::NeedsSupervisor).about("doubt", doubt).into()),
        None => Ok(doubts),
    }
}

/// What a declaration became in the register.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Registered {
    /// The event.
    pub event: EventId,
    /// The entry.
    pub entry: EntryId,
    /// Its number.
    pub number: String,
    /// The declaration's version.
    pub version: i64,
}

/// Brings a declaration into the register: its people, the event, and the entry
/// with its number. An officer who did not enter it may check and register it at
/// once.
#[derive(Debug, Serialize, Deserialize)]
pub struct RegisterEvent {
    /// Which.
    pub declaration: DeclarationId,
    /// The version that was seen.
    pub seen: i64,
}

impl Act for RegisterEvent {
    const NAME: &'static str = "register-event";
    type Out = Registered;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Registered>, Stop> {
        foresee(tx, at, Some(self.declaration), None).await?;
        let acting = acting(tx, at, Permission::RegisterEvents).await?;
        let mut row = own(tx, &acting, self.declaration).await?;
        stands_at(&row, self.seen)?;
        if has_hand_in(&row, acting.officer.id) {
            return Err(Why::NeedsSecondPerson.into());
        }
        of_cases::may_decide(tx, &acting, &row).await?;
        let checked = match state_of(&row)? {
            State::Declared => Some(check(tx, at, &acting, &mut row).await?),
            // Since it was checked others were registered.
            State::Checked => {
                super::duplicates::look_again(tx, at, &acting, &mut row, true).await?;
                None
            }
            _ => None,
        };
        let to = state_of(&row)?.after(Step::Register).ok_or_else(|| wrong_state(&row))?;
        let office = centres::office(tx, row.office_id).await?.ok_or(Why::NotFound)?;
        let kind = kind_of(&row)?;
        let source = Source {
            kind,
            content: content_of(&row)?,
            office: &office,
            area: row.area_id,
            number: None,
            officer: Some(acting.officer.id),
            declaration: Some(row.id),
            correction: None,
            supersedes: None,
            authority: None,
            people: Vec::new(),
        };
        let written = effects::write(tx, at, source).await?;
        super::duplicates::carry_over(tx, at, &row, &written.settled).await?;
        row.state = to.code().to_owned();
        row.registered_by = Some(acting.officer.id);
        row.event_id = Some(written.event);
        row.entry_id = Some(written.entry);
        row.moved_at = at.now;
        tx.edit(&mut row).await?;
        declarations::note_work(tx, &row).await?;
        let of_case =
            of_cases::registered(tx, at, acting.officer.id, &row, (written.entry, written.about)).await?;
        tx.announce("register", kind.code());
        let entry = Entry::new(&format!("{}-registered", kind.code()), "entry", written.entry)
            .of(written.about)
            .under(row.rule.clone().unwrap_or_default())
            .with("number", written.number.clone())
            .with("event", written.event.to_string())
            .with("declaration", row.id.to_string());
        let out = Registered {
            event: written.event,
            entry: written.entry,
            number: written.number,
            version: row.version,
        };
        // People first, so that whoever reads the journal knows of whom the entry is.
        Ok(Recorded::new(out, entry).and_all(checked.into_iter().chain(written.entries).chain(of_case)))
    }

    async fn look_ahead(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        look_ahead(at, tx, self.declaration, Whom::Decisive).await
    }
}
