//! What a centre needs before its first visitor, looked up where it really stands: nobody
//! ticks anything by hand, and a line that was good becomes open again when it no longer is.

use super::{hours_of, setup_standing, times_of};
use crate::acting::{self, Acting};
use crate::desk::Office;
use crate::{catalogue, devices};
use diwan_domain::devices::{Condition, DeviceKind};
use diwan_domain::people::Permission;
use diwan_domain::queue::setup::{LANGUAGES, Line};
use diwan_domain::queue::{Need, Setup, sound};
use diwan_store::centres::{self, CentreRow};
use diwan_store::devices::DeviceRow;
use diwan_store::{Fault, Tx, access, cash, duties, floor, officers, queue};
use std::collections::{BTreeMap, BTreeSet};

/// Under which name the server notes whether messages can be sent.
pub const SMS_MARK: &str = "sms-gateway";

/// How many past days are looked at for a ticket that was called and finished.
const DAYS_BACK: i64 = 62;

/// How a line of the list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ready {
    /// As it must be.
    Done,
    /// It can be done without, and people are better served with it.
    Advised,
    /// Without it no visitor can be served as they should.
    Open,
}

impl Ready {
    /// Every standing.
    pub const ALL: [Self; 3] = [Self::Done, Self::Advised, Self::Open];

    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Advised => "advised",
            Self::Open => "open",
        }
    }
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartUpLine {
    /// What is meant, one of [`START_UP`].
    pub key: &'static str,
    /// How it stands.
    pub ready: Ready,
    /// What was found or is missing: letters, labels, languages. May be empty.
    pub found: String,
}

/// Every line, in the order in which a centre is set up.
pub const START_UP: &[&str] = &[
    "setup",
    "hours",
    "holidays",
    "services",
    "staffed",
    "second",
    "wheelchair",
    "languages",
    "kiosk",
    "display",
    "sound",
    "sms",
    "cash",
    "key",
    "trial",
];

/// What stands outside the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The words that displays can speak from recordings, by language.
    pub spoken: BTreeMap<String, BTreeSet<String>>,
    /// Whether the key is there that seals papers.
    pub seals: bool,
    /// Whether messages to telephones can be sent.
    pub sms: bool,
}

impl Around {
    /// What is around a running office, with the words its displays can speak.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(office: &Office, spoken: BTreeMap<String, BTreeSet<String>>) -> Result<Self, Fault> {
        let sms = access::mark(&office.db, SMS_MARK).await?.is_some_and(|mark| mark == "yes");
        Ok(Self { spoken, seals: office.keys.current().is_ok(), sms })
    }
}

/// Everything that is looked up once.
struct Looked<'a> {
    centre: &'a CentreRow,
    setup: Option<&'a Setup>,
    around: &'a Around,
    officers: Vec<Acting>,
    now: i64,
}

/// The start-up list of a centre.
///
/// # Errors
/// When the database fails.
pub async fn start_up(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    around: &Around,
    now: i64,
) -> Result<Vec<StartUpLine>, Fault> {
    let setup = setup_standing(tx, centre.id).await?.map(|(_, setup)| setup);
    let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
    let mut in_service = Vec::new();
    for row in officers::of_centre(tx, centre.id).await? {
        let one = acting::load(tx, row.id).await?;
        in_service.extend(one.filter(|one| acting::in_service(&one.officer, now, offset)));
    }
    let looked = Looked { centre, setup: setup.as_deref(), around, officers: in_service, now };
    let mut lines = Vec::new();
    for key in START_UP {
        let (ready, found) = looked.line(tx, key).await?;
        lines.push(StartUpLine { key, ready, found });
    }
    Ok(lines)
}

/// Ticked when nothing is missing; else as it is said, with what is missing.
fn nothing(missing: &[String], or: Ready) -> (Ready, String) {
    if missing.is_empty() { (Ready::Done, String::new()) } else { (or, missing.join(", ")) }
}

fn ticked(is_so: bool, or: Ready) -> (Ready, String) {
    (if is_so { Ready::Done } else { or }, String::new())
}

impl Looked<'_> {
    async fn line(&self, tx: &mut Tx<'_>, key: &str) -> Result<(Ready, String), Fault> {
        match key {
            "setup" => Ok(ticked(self.setup.is_some(), Ready::Open)),
            "hours" => self.opens_this_week(tx).await,
            "holidays" => self.knows_its_holidays(tx).await,
            "services" => self.gives_its_services(tx).await,
            "staffed" => self.every_line_is_staffed(tx).await,
            "second" => Ok(self.two_can_let_somebody_in()),
            "wheelchair" => Ok(self.a_wheelchair_gets_to_every_line()),
            "languages" => Ok(self.languages()),
            "kiosk" => self.a_kiosk_answers(tx).await,
            "display" => self.a_display_is_on(tx).await,
            "sound" => Ok(self.displays_can_speak()),
            "sms" => Ok(ticked(self.around.sms, Ready::Advised)),
            "cash" => self.cash_can_be_taken(tx).await,
            "key" => Ok(ticked(self.around.seals, Ready::Open)),
            _ => self.a_ticket_was_tried(tx).await,
        }
    }

    fn lines(&self) -> &[Line] {
        self.setup.map(|setup| setup.lines.as_slice()).unwrap_or_default()
    }

    fn who_may(&self, permission: Permission) -> usize {
        self.officers.iter().filter(|one| one.holds(permission)).count()
    }

    /// Whether it opens within the next seven days.
    async fn opens_this_week(&self, tx: &mut Tx<'_>) -> Result<(Ready, String), Fault> {
        let (hours, off) = times_of(tx, self.centre).await?;
        let mut day = hours.day_of(self.now);
        for _ in 0..7 {
            let Some(date) = day else { break };
            if !hours.on(date, &off).is_empty() {
                return Ok((Ready::Done, String::new()));
            }
            day = date.tomorrow().ok();
        }
        Ok((Ready::Open, String::new()))
    }

    /// Whether a day off of this year is known: a year without any is not entered yet.
    async fn knows_its_holidays(&self, tx: &mut Tx<'_>) -> Result<(Ready, String), Fault> {
        let Some(today) = hours_of(self.centre)?.day_of(self.now) else {
            return Ok((Ready::Open, String::new()));
        };
        let year = format!("{:04}-", today.year());
        let known = centres::holidays(tx, Some(self.centre)).await?;
        let of_year = known.iter().filter(|row| row.day.starts_with(&year)).count();
        let found = if of_year == 0 { today.year().to_string() } else { of_year.to_string() };
        Ok((if of_year == 0 { Ready::Open } else { Ready::Done }, found))
    }

    /// Whether every service of its lines is published.
    async fn gives_its_services(&self, tx: &mut Tx<'_>) -> Result<(Ready, String), Fault> {
        let offset = i32::try_from(self.centre.utc_offset_minutes).unwrap_or(0);
        let today = crate::desk::day_of(self.now, offset).to_string();
        let mut missing = Vec::new();
        let mut named = 0;
        for key in self.lines().iter().flat_map(|line| &line.services) {
            named += 1;
            if catalogue::newest(tx, key, &today).await?.is_none() {
                missing.push(key.clone());
            }
        }
        Ok(if named == 0 { (Ready::Open, String::new()) } else { nothing(&missing, Ready::Open) })
    }

    /// Whether somebody can serve each line: planned at one of its counters, or, where
    /// nobody is planned at all, somebody who can sit there.
    async fn every_line_is_staffed(&self, tx: &mut Tx<'_>) -> Result<(Ready, String), Fault> {
        let Some(setup) = self.setup else { return Ok((Ready::Open, String::new())) };
        if self.who_may(Permission::ServeQueue) == 0 {
            let all: Vec<String> = setup.lines.iter().map(|line| line.letter.clone()).collect();
            return Ok((Ready::Open, all.join(", ")));
        }
        let rows = duties::of_centre(tx, self.centre.id).await?;
        if rows.is_empty() {
            return Ok((Ready::Advised, String::new()));
        }
        let counters = centres::counters(tx, self.centre.id).await?;
        let able: BTreeSet<_> = self
            .officers
            .iter()
            .filter(|one| one.holds(Permission::ServeQueue))
            .map(|one| one.officer.id)
            .collect();
        let planned: BTreeSet<&str> = rows
            .iter()
            .filter(|row| able.contains(&row.officer_id))
            .filter_map(|row| counters.iter().find(|counter| counter.id == row.counter_id))
            .map(|counter| counter.label.as_str())
            .collect();
        let unstaffed = |line: &&Line| {
            !setup.labels_of(&line.letter).iter().any(|label| planned.contains(label.as_str()))
        };
        let missing: Vec<String> =
            setup.lines.iter().filter(unstaffed).map(|line| line.letter.clone()).collect();
        Ok(nothing(&missing, Ready::Open))
    }

    /// A manager, and a second officer: letting somebody in first needs two.
    fn two_can_let_somebody_in(&self) -> (Ready, String) {
        let managers = self.who_may(Permission::ManageQueue);
        ticked(managers >= 1 && self.who_may(Permission::ServeQueue) >= 2, Ready::Open)
    }

    /// The lines of which no counter is at the height of a wheelchair.
    fn a_wheelchair_gets_to_every_line(&self) -> (Ready, String) {
        let Some(setup) = self.setup else { return (Ready::Open, String::new()) };
        let is_reached = |line: &Line| {
            setup.counters.iter().any(|counter| {
                counter.lines.contains(&line.letter) && counter.abilities.contains(&Need::Wheelchair)
            })
        };
        let missing: Vec<String> =
            setup.lines.iter().filter(|line| !is_reached(line)).map(|line| line.letter.clone()).collect();
        nothing(&missing, Ready::Open)
    }

    /// Which languages are spoken besides the centre's own.
    fn languages(&self) -> (Ready, String) {
        let counters = self.setup.iter().flat_map(|setup| &setup.counters);
        let spoken: BTreeSet<&str> =
            counters.flat_map(|counter| counter.languages.iter().map(String::as_str)).collect();
        let found = spoken.into_iter().collect::<Vec<_>>().join(", ");
        (if found.is_empty() { Ready::Advised } else { Ready::Done }, found)
    }

    /// Whether a machine is enrolled that answers and can print.
    async fn a_kiosk_answers(&self, tx: &mut Tx<'_>) -> Result<(Ready, String), Fault> {
        let prints = |row: &DeviceRow| devices::conditions(row).values().copied().all(Condition::prints);
        self.one_answers(tx, DeviceKind::Kiosk, prints).await
    }

    /// Whether a display is enrolled that follows its hall now.
    async fn a_display_is_on(&self, tx: &mut Tx<'_>) -> Result<(Ready, String), Fault> {
        self.one_answers(tx, DeviceKind::Display, |_| true).await
    }

    /// Whether a machine of a kind serves, said lately that it is there, and is as it should
    /// be: which are; or, where none is, which are not.
    async fn one_answers(
        &self,
        tx: &mut Tx<'_>,
        kind: DeviceKind,
        is_well: impl Fn(&DeviceRow) -> bool,
    ) -> Result<(Ready, String), Fault> {
        let machines = devices::of_centre(tx, self.centre.id).await?;
        let of_kind = machines.iter().filter(|(row, _)| devices::kind_of(row) == kind);
        let (good, bad): (Vec<_>, Vec<_>) = of_kind.partition(|(row, seen)| {
            devices::serves(row) && devices::is_there(row, *seen, self.now) && is_well(row)
        });
        let labels = |of: &[&(DeviceRow, Option<i64>)]| {
            of.iter().map(|(row, _)| row.label.as_str()).collect::<Vec<_>>().join(", ")
        };
        if good.is_empty() { Ok((Ready::Advised, labels(&bad))) } else { Ok((Ready::Done, labels(&good))) }
    }

    /// The languages in which displays stay silent for want of a recording.
    fn displays_can_speak(&self) -> (Ready, String) {
        let Some(setup) = self.setup else { return (Ready::Advised, String::new()) };
        let needed = sound::needed(setup);
        let speaks =
            |language: &str| self.around.spoken.get(language).is_some_and(|words| words.is_superset(&needed));
        let silent: Vec<String> =
            LANGUAGES.iter().filter(|code| !speaks(code)).map(|code| (*code).to_owned()).collect();
        nothing(&silent, Ready::Advised)
    }

    /// Whether somebody may take cash; and at which counters it is taken now.
    async fn cash_can_be_taken(&self, tx: &mut Tx<'_>) -> Result<(Ready, String), Fault> {
        if self.who_may(Permission::TakeCash) == 0 {
            return Ok((Ready::Open, String::new()));
        }
        let mut open = Vec::new();
        for counter in centres::counters(tx, self.centre.id).await? {
            if cash::open_shift_at(tx, counter.id).await?.is_some() {
                open.push(counter.label);
            }
        }
        Ok((if open.is_empty() { Ready::Advised } else { Ready::Done }, open.join(", ")))
    }

    /// Whether a ticket was called and finished here once.
    async fn a_ticket_was_tried(&self, tx: &mut Tx<'_>) -> Result<(Ready, String), Fault> {
        for day in queue::days(tx, self.centre.id, DAYS_BACK).await? {
            if !floor::served(tx, day.id).await?.is_empty() {
                return Ok((Ready::Done, day.day));
            }
        }
        Ok((Ready::Open, String::new()))
    }
}
