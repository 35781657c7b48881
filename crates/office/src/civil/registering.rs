//! Checking a declaration and bringing it into the register: another pair of eyes
//! than whoever entered it, one number, given once.

use super::alike::{Whom, look_ahead};
use super::declaring::{Taken, foresee, kind_of, said, stands_at, state_of, taken, wrong_state};
use super::effects::{self, Source};
use super::following::{had_no_hand_in, own};
use super::links::{self, content_of};
use super::of_cases;
use super::rules::{self, Standing};
use crate::acting::{Acting, acting};
use diwan_domain::acts::Desk;
use diwan_domain::civil::rules::Rule;
use diwan_domain::civil::{EventKind, State, Step};
use diwan_domain::ids::{DeclarationId, EntryId, EventId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::declarations::{self, DeclarationRow};
use diwan_store::{Act, Recorded, Stop, Tx, centres};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

/// The doubts that whoever settles saw beside those that the declaration's version holds:
/// what others registered since it was written makes it doubtful without changing it.
/// Nothing said at all is how acts were before doubts were named: they are not asked.
pub type Named = Option<Vec<String>>;

/// Finds a declaration in order: by an officer who did not enter it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckDeclaration {
    /// Which.
    pub declaration: DeclarationId,
    /// The version that was seen.
    pub seen: i64,
    /// The doubts that were seen; see [`Named`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Named,
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
        let entry = check(tx, at, &acting, &mut row, &self.settles).await?;
        tx.edit(&mut row).await?;
        declarations::note_work(tx, &row).await?;
        Ok(Recorded::new(taken(&row), entry))
    }

    async fn look_ahead(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        look_ahead(at, tx, self.declaration, Whom::Decisive).await
    }
}

/// Moves a declaration to checked; the caller stores it.
async fn check(
    tx: &mut Tx<'_>,
    at: &Desk,
    acting: &Acting,
    row: &mut DeclarationRow,
    named: &Named,
) -> Result<Entry, Stop> {
    state_of(row)?.after(Step::Check).ok_or_else(|| wrong_state(row))?;
    had_no_hand_in(tx, acting, row).await?;
    // Whatever was found alike must be decided by now.
    super::duplicates::look_again(tx, at, acting, row, true).await?;
    let arose = arisen(tx, row).await?;
    let settled = settles_doubts(tx, acting, row, (&arose, named)).await?;
    row.state = State::Checked.code().to_owned();
    row.checked_by = Some(acting.officer.id);
    row.moved_at = at.now;
    Ok(said("declaration-checked", row).of(links::first_person(row)?).with("settled", settled))
}

/// The doubts that this officer settles by checking: those of the declaration, and what
/// was registered since makes doubtful, which they must have seen.
///
/// # Errors
/// [`Why::NeedsSupervisor`] when the rule leaves one of them to a supervisor,
/// [`Why::DoubtArose`] when one came that they have not seen.
async fn settles_doubts(
    tx: &mut Tx<'_>,
    acting: &Acting,
    row: &DeclarationRow,
    (arose, named): (&[String], &Named),
) -> Result<Vec<String>, Stop> {
    let doubts: Vec<String> = serde_json::from_value(row.doubts.0.clone()).unwrap_or_default();
    if !doubts.is_empty() && !acting.may(Permission::ApproveCorrections) {
        let published = rules_of(tx, row).await?;
        let rule = rule_in(&published, row)?;
        if let Some(doubt) = doubts.iter().find(|doubt| rule.reviewed.contains(doubt)) {
            return Err(Refusal::from(Why::NeedsSupervisor).about("doubt", doubt).into());
        }
    }
    if let Some(named) = named {
        let unseen: Vec<&str> = arose.iter().filter(|one| !named.contains(one)).map(String::as_str).collect();
        if !unseen.is_empty() {
            return Err(Refusal::from(Why::DoubtArose).about("doubts", unseen.join(", ")).into());
        }
    }
    Ok(doubts)
}

/// The rules under which a declaration was made.
async fn rules_of(tx: &mut Tx<'_>, row: &DeclarationRow) -> Result<Arc<Standing>, Stop> {
    let hash = row.rules_hash.as_deref().ok_or(Why::NoRule)?;
    Ok(rules::by_hash(tx, hash).await?)
}

fn rule_in<'r>(published: &'r Standing, row: &DeclarationRow) -> Result<&'r Rule, Why> {
    published.rules.rules.iter().find(|rule| Some(&rule.key) == row.rule.as_ref()).ok_or(Why::NoRule)
}

/// Notes in a declaration what the register made doubtful since it was declared or
/// checked: of two marriages of one man that were declared side by side, the second
/// comes while the first stands. Returns what is new.
async fn arisen(tx: &mut Tx<'_>, row: &mut DeclarationRow) -> Result<Vec<String>, Stop> {
    let kind = kind_of(row)?;
    // A birth is looked at when it is declared.
    if matches!(kind, EventKind::Birth | EventKind::Stillbirth) {
        return Ok(Vec::new());
    }
    let published = rules_of(tx, row).await?;
    let doubts = links::known_doubts(tx, kind, &content_of(row)?, rule_in(&published, row)?).await?;
    let Some(noted) = row.doubts.0.as_array_mut() else { return Ok(Vec::new()) };
    let mut arose = Vec::new();
    for doubt in doubts {
        if !noted.iter().any(|known| known == doubt.code()) {
            noted.push(json!(doubt.code()));
            arose.push(doubt.code().to_owned());
        }
    }
    Ok(arose)
}

/// Adds to a declaration that waits what the register makes doubtful by now, for whoever
/// looks at it before settling it.
///
/// # Errors
/// When the database fails or what is stored cannot be read.
pub async fn doubts_by_now(tx: &mut Tx<'_>, row: &mut DeclarationRow) -> Result<(), Stop> {
    if matches!(state_of(row)?, State::Declared | State::Checked) {
        arisen(tx, row).await?;
    }
    Ok(())
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
    /// The doubts that were seen; see [`Named`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Named,
}

impl Act for RegisterEvent {
    const NAME: &'static str = "register-event";
    type Out = Registered;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Registered>, Stop> {
        foresee(tx, at, Some(self.declaration), None).await?;
        let acting = acting(tx, at, Permission::RegisterEvents).await?;
        let mut row = own(tx, &acting, self.declaration).await?;
        stands_at(&row, self.seen)?;
        had_no_hand_in(tx, &acting, &row).await?;
        of_cases::may_decide(tx, &acting, &row).await?;
        let checked = match state_of(&row)? {
            State::Declared => Some(check(tx, at, &acting, &mut row, &self.settles).await?),
            // Since it was checked others were registered.
            State::Checked => {
                super::duplicates::look_again(tx, at, &acting, &mut row, true).await?;
                // Whatever came since must be settled by whoever registers.
                let arose = arisen(tx, &mut row).await?;
                if !arose.is_empty() {
                    settles_doubts(tx, &acting, &row, (&arose, &self.settles)).await?;
                }
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
