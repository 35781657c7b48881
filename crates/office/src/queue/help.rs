//! Calls for help: an officer at a counter who is threatened presses one button that
//! nobody beside it notices; a kiosk or somebody who waits asks for a hand. Managers of
//! the centre see it at once, take it, and say what became of it. It is never public.

use super::TOPIC;
use crate::acting::{Acting, acting};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{CentreId, OfficerId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::{HelpKind, HelpOutcome, HelpSource};
use diwan_domain::refusals::Why;
use diwan_store::floor::{self, HelpCallRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres, officers, queue};
use serde::{Deserialize, Serialize};

/// From where help is asked for, and for what.
#[derive(Clone, Debug)]
pub struct Asked {
    /// In which centre.
    pub centre: CentreId,
    /// What asks: a counter, an officer, a machine, a ticket.
    pub source: (HelpSource, RowId),
    /// As it is said to whoever comes: the counter's label, the ticket's number; empty
    /// for an officer who sits nowhere.
    pub label: String,
    /// For what.
    pub kind: HelpKind,
}

/// Asks for help from within an act: writes the call, announces it, and gives the entry
/// that tells of it. From one source one call is open at a time.
///
/// # Errors
/// [`Why::NothingChanges`] when a call from there is open already.
pub async fn raise_help(tx: &mut Tx<'_>, at: &Desk, asked: &Asked) -> Result<(RowId, Entry), Stop> {
    let (source, source_id) = asked.source;
    if floor::open_help_from(tx, source_id).await?.is_some() {
        return Err(Why::NothingChanges.into());
    }
    let row = HelpCallRow {
        id: at.fresh("help-call"),
        centre_id: asked.centre,
        source_kind: source.code().to_owned(),
        source_id,
        label: asked.label.clone(),
        kind: asked.kind.code().to_owned(),
        raised_at: at.now,
        raised_by: match at.actor {
            Actor::Officer(id) => Some(id),
            _ => None,
        },
        taken_by: None,
        taken_at: None,
        ended_at: None,
        outcome: None,
        version: 1,
    };
    tx.add(&row).await?;
    tx.announce(TOPIC, asked.centre);
    let entry = Entry::new("help-called", "help-call", row.id)
        .with("kind", asked.kind.code())
        .with("source", source.code());
    Ok((row.id, entry))
}

/// An officer calls for help in silence: from the counter at which they sit, or from
/// wherever they are.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallForHelp {}

impl Act for CallForHelp {
    const NAME: &'static str = "call-for-help";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let officer = acting(tx, at, Permission::ServeQueue).await?.officer;
        let sitting = queue::sitting_of(tx, officer.id).await?;
        let counter = match &sitting {
            Some(sitting) => centres::counter(tx, sitting.counter_id).await?,
            None => None,
        };
        let (centre, source, label) = match counter {
            Some(counter) => (counter.centre_id, (HelpSource::Counter, RowId(counter.id.0)), counter.label),
            None => {
                let centre = officer.centre_id.ok_or(Why::NotFound)?;
                (centre, (HelpSource::Officer, RowId(officer.id.0)), String::new())
            }
        };
        let asked = Asked { centre, source, label, kind: HelpKind::Emergency };
        let (id, entry) = raise_help(tx, at, &asked).await?;
        Ok(Recorded::new(id, entry))
    }
}

/// What is done about a call for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum HelpStep {
    /// A manager says that they are coming.
    Take,
    /// It is over.
    End {
        /// What became of it.
        outcome: HelpOutcome,
    },
}

/// A manager of the centre takes a call for help, or says what became of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerHelp {
    /// Which call.
    pub call: RowId,
    /// What is done.
    pub step: HelpStep,
}

impl Act for AnswerHelp {
    const NAME: &'static str = "answer-help";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let manager = acting(tx, at, Permission::ManageQueue).await?.officer;
        let call = floor::help_call(tx, self.call).await?;
        let own = call.filter(|call| Some(call.centre_id) == manager.centre_id);
        let mut call = own.ok_or(Why::NotFound)?;
        if call.ended_at.is_some() {
            return Err(Why::HelpAnswered.into());
        }
        let entry = match self.step {
            HelpStep::Take => {
                if call.taken_by.is_some() {
                    return Err(Why::HelpAnswered.into());
                }
                call.taken_by = Some(manager.id);
                call.taken_at = Some(at.now);
                Entry::new("help-taken", "help-call", call.id)
            }
            HelpStep::End { outcome } => {
                call.ended_at = Some(at.now);
                call.outcome = Some(outcome.code().to_owned());
                Entry::new("help-ended", "help-call", call.id).under(outcome.code())
            }
        };
        tx.edit(&mut call).await?;
        tx.announce(TOPIC, call.centre_id);
        Ok(Recorded::new((), entry))
    }
}

/// A call for help as managers see it.
#[derive(Clone, Debug)]
pub struct HelpNow {
    /// The call.
    pub call: HelpCallRow,
    /// Who asked, by name; `None` when it was no officer.
    pub by: Option<String>,
    /// Who is coming, by name.
    pub taken_by: Option<String>,
}

/// The open calls for help of the centre whose hall an officer manages; none for everyone
/// else.
///
/// # Errors
/// When the database fails.
pub async fn help_for(tx: &mut Tx<'_>, acting: &Acting) -> Result<Vec<HelpNow>, Fault> {
    let Some(centre) = acting.officer.centre_id.filter(|_| acting.may(Permission::ManageQueue)) else {
        return Ok(Vec::new());
    };
    let mut open = Vec::new();
    for call in floor::open_help(tx, centre).await? {
        let by = named(tx, call.raised_by).await?;
        let taken_by = named(tx, call.taken_by).await?;
        open.push(HelpNow { call, by, taken_by });
    }
    Ok(open)
}

/// Whether a call of an officer's own is open, and whether somebody is coming: what their
/// counter shows to nobody but them.
///
/// # Errors
/// When the database fails.
pub async fn own_help(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Option<bool>, Fault> {
    let source = match queue::sitting_of(tx, officer).await? {
        Some(sitting) => RowId(sitting.counter_id.0),
        None => RowId(officer.0),
    };
    Ok(floor::open_help_from(tx, source).await?.map(|call| call.taken_by.is_some()))
}

async fn named(tx: &mut Tx<'_>, officer: Option<OfficerId>) -> Result<Option<String>, Fault> {
    match officer {
        Some(id) => Ok(officers::officer(tx, id).await?.map(|row| row.name)),
        None => Ok(None),
    }
}
