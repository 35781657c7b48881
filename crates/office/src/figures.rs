//! What a service publishes of itself, and what people say of it afterwards.
//! Fewer than ten cases are not published: nobody may be recognised in a figure.

use crate::acting::acting;
use crate::cases::{Access, open};
use crate::{Office, catalogue};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::cases::Phase;
use diwan_domain::ids::CaseId;
use diwan_domain::journal::Entry;
use diwan_domain::money::Money;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::figures::{self, RatingRow, ServiceCostRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, cases, journal};
use serde::{Deserialize, Serialize};

/// The fewest cases of which anything is published.
pub const FEWEST: i64 = 10;
/// The longest word that may go with a rating, in characters.
pub const LONGEST_WORD: usize = 500;
/// The bounds of the classes of waiting time, in microseconds: a minute, an
/// hour, a day, three days, ten days; the last class is longer.
pub const TIME_CLASSES: [i64; 5] =
    [60_000_000, 3_600_000_000, 86_400_000_000, 3 * 86_400_000_000, 10 * 86_400_000_000];

/// The figures of a service. Each is `None` when fewer than [`FEWEST`] cases or
/// people stand behind it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// How many were decided, when that may be told.
    pub decided: Option<i64>,
    /// The median time from sending to the decision, and that of nine in ten.
    pub time: Option<(i64, i64)>,
    /// How many took how long, by [`TIME_CLASSES`].
    pub times: Option<[i64; 6]>,
    /// Of a hundred begun, how many were sent.
    pub completion: Option<i64>,
    /// Of a hundred decided, how many were refused.
    pub refusals: Option<i64>,
    /// Visits for one case, in tenths; of a hundred, how many needed none.
    pub trips: Option<(i64, i64)>,
    /// Stars in tenths, from how many people.
    pub satisfaction: Option<(i64, i64)>,
    /// What one case costs, when an administrator said so.
    pub cost: Option<Money>,
}

fn share(part: i64, whole: i64) -> Option<i64> {
    (whole >= FEWEST).then(|| (part * 100 + whole / 2) / whole)
}

/// The figures of a service since an instant (and the day it lies in).
///
/// # Errors
/// When the database fails.
pub async fn of_service(
    tx: &mut Tx<'_>,
    service: &str,
    since: i64,
    since_day: &str,
) -> Result<Figures, Fault> {
    let counts = figures::counts(tx, service, since).await?;
    let took = cases::recent_times(tx, service, since).await?;
    let stars = figures::stars(tx, service, since_day).await?;
    let cost = figures::cost(tx, service).await?;
    let many = i64::try_from(took.len()).unwrap_or(i64::MAX) >= FEWEST;
    let mut times = [0; 6];
    for span in &took {
        times[TIME_CLASSES.iter().position(|bound| span < bound).unwrap_or(5)] += 1;
    }
    let voices: i64 = stars.iter().sum();
    let sum: i64 = stars.iter().zip(1..).map(|(count, value)| count * value).sum();
    Ok(Figures {
        decided: (counts.decided >= FEWEST).then_some(counts.decided),
        time: many.then(|| (took[took.len() / 2], took[took.len() * 9 / 10])),
        times: many.then_some(times),
        completion: share(counts.sent, counts.begun),
        refusals: share(counts.refused, counts.decided),
        trips: share(counts.decided - counts.visited, counts.decided)
            .map(|none| ((counts.trips * 10 + counts.decided / 2) / counts.decided, none)),
        satisfaction: (voices >= FEWEST).then(|| ((sum * 10 + voices / 2) / voices, voices)),
        cost: cost.map(|row| Money::iqd(row.minor_units)),
    })
}

/// How far back figures look: thirty days, in microseconds.
const WINDOW: i64 = 30 * 86_400_000_000;
/// How old counted figures may be before a page counts for itself: ten minutes.
const STALE: i64 = 10 * 60_000_000;

async fn counted_now(office: &Office, service: &str) -> Result<Figures, Fault> {
    let since = office.now() - WINDOW;
    let day = crate::desk::day_of(since, office.settings.utc_offset_minutes).to_string();
    let mut reading = office.db.reading().await?;
    of_service(&mut reading.tx(), service, since, &day).await
}

/// The figures of a service in the last thirty days, at most ten minutes old, as
/// [`count`] left them. Where it did not run there are none, and [`or_now`] counts them.
///
/// # Errors
/// When the database fails.
pub async fn kept(office: &Office, tx: &mut Tx<'_>, service: &str) -> Result<Option<Figures>, Fault> {
    let kept = figures::counted(tx, service, office.now() - STALE).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()))
}

/// The figures of a service in the last thirty days, at most ten minutes old.
///
/// # Errors
/// When the database fails.
pub async fn lately(office: &Office, service: &str) -> Result<Figures, Fault> {
    let kept = kept(office, &mut office.db.reading().await?.tx(), service).await?;
    or_now(office, service, kept).await
}

/// What was kept, or the figures counted now.
///
/// # Errors
/// When the database fails.
pub async fn or_now(office: &Office, service: &str, kept: Option<Figures>) -> Result<Figures, Fault> {
    match kept {
        Some(figures) => Ok(figures),
        None => counted_now(office, service).await,
    }
}

/// Counts the figures of every service that is offered, for pages to read.
///
/// # Errors
/// When the database fails.
pub async fn count(office: &Office) -> Result<(), Fault> {
    let today = office.today().to_string();
    let offered = catalogue::offered(&mut office.db.reading().await?.tx(), &today).await?;
    for published in offered {
        let key = &published.service.key;
        let figures = counted_now(office, key).await?;
        let text = serde_json::to_string(&figures).map_err(|error| Fault::Outside(error.to_string()))?;
        figures::keep_counted(&office.db, key, &text, office.now()).await?;
    }
    Ok(())
}

/// What people wrote beside their stars, for those who run the service.
///
/// # Errors
/// When the database fails.
pub async fn words(tx: &mut Tx<'_>, service: &str) -> Result<Vec<RatingRow>, Fault> {
    figures::words(tx, service, 50).await
}

/// Notes that the applicant of a finished case was asked and answered: once.
/// What they said is kept apart, by [`KeepRating`], and names nobody.
#[derive(Debug, Serialize, Deserialize)]
pub struct RateCase {
    /// Which case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
}

/// Whether a case is finished, so that its applicant may say how it was.
#[must_use]
pub fn is_finished(phase: &str) -> bool {
    matches!(Phase::from_code(phase), Some(Phase::Fulfilled | Phase::Closed | Phase::Refused))
}

/// Whether the applicant of a case was asked already.
///
/// # Errors
/// When the database fails.
pub async fn is_rated(tx: &mut Tx<'_>, case: CaseId) -> Result<bool, Fault> {
    Ok(journal::about(tx, "case", &case.to_string()).await?.iter().any(|entry| entry.kind == "case-rated"))
}

impl Act for RateCase {
    const NAME: &'static str = "rate-case";
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        if matches!(at.actor, Actor::Officer(_)) {
            return Err(Why::NotPermitted.into());
        }
        let case = open(tx, at, self.case, &self.access).await?;
        if !is_finished(&case.phase) || is_rated(tx, case.id).await? {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        }
        let entry = Entry::new("case-rated", "case", case.id).of(case.applicant_id);
        Ok(Recorded::new(case.service, entry))
    }
}

/// Keeps what someone said of a service: done by Diwan itself, so that neither
/// the row nor its entry names whoever said it.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeepRating {
    /// Of which service.
    pub service: String,
    /// One to five.
    pub stars: i64,
    /// A word more.
    pub word: Option<String>,
}

impl Act for KeepRating {
    const NAME: &'static str = "keep-rating";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        if !(1..=5).contains(&self.stars) {
            return Err(Why::FieldMissing.into());
        }
        let word = self.word.as_deref().map(str::trim).filter(|word| !word.is_empty());
        let row = RatingRow {
            id: at.fresh("rating"),
            service: self.service.clone(),
            stars: self.stars,
            word: word.map(|word| word.chars().take(LONGEST_WORD).collect()),
            day: crate::desk::day_of(at.now, at.utc_offset_minutes).to_string(),
            training: at.training,
        };
        tx.add(&row).await?;
        Ok(Recorded::new((), Entry::new("rating-kept", "service", &self.service)))
    }
}

/// Sets what one case of a service costs, and by which reckoning.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetServiceCost {
    /// Which service.
    pub service: String,
    /// In minor units of the dinar.
    pub minor_units: i64,
    /// From which reckoning the figure comes.
    pub basis: String,
}

impl Act for SetServiceCost {
    const NAME: &'static str = "set-service-cost";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::ManageOfficers).await?;
        if diwan_store::services::newest(tx, &self.service).await?.is_none() {
            return Err(Why::NotFound.into());
        }
        let basis = self.basis.trim();
        if basis.is_empty() || self.minor_units < 0 {
            return Err(Why::FieldMissing.into());
        }
        let row = ServiceCostRow {
            id: at.fresh("service-cost"),
            service: self.service.clone(),
            minor_units: self.minor_units,
            currency: "IQD".into(),
            basis: basis.to_owned(),
            officer_id: acting.officer.id,
            set_at: at.now,
        };
        tx.add(&row).await?;
        let entry = Entry::new("service-cost-set", "service", &self.service)
            .under(basis)
            .with("minor-units", self.minor_units);
        Ok(Recorded::new((), entry))
    }
}
