//! What goes on in the background: sealing the journal, making documents,
//! delivering messages, tending cases, sweeping what expired.

use crate::adapters::Outlets;
use crate::{delivering, webhooks};
use diwan_office::civil::sweeping::{self, Swept};
use diwan_office::documents::{Wording, seal_waiting};
use diwan_office::{Office, access, log, statistics};
use diwan_store::nodes;
use std::sync::Arc;
use std::time::Duration;
use tracing::{error, info};

/// This process among the nodes that serve from one database.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name, new at every start.
    pub id: String,
    /// The machine.
    pub host: String,
}

impl Node {
    /// This process.
    pub fn here() -> Self {
        let id = diwan_office::secrets::base32(&diwan_office::secrets::random::<8>());
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_else(|_| "unknown".into());
        Self { id, host: host.trim().to_owned() }
    }
}

/// Gives a sign of life, four times as often as silence counts as death.
pub fn start_beating(office: Arc<Office>, node: Node) {
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_micros((nodes::SILENCE / 4).unsigned_abs())).await;
            if let Err(fault) =
                nodes::beat(&office.db, &office.files, &node.id, &node.host, office.now()).await
            {
                error!("no sign of life could be given: {fault}");
            }
        }
    });
}

/// Starts every job. They end with the process.
pub fn start(
    office: Arc<Office>,
    wording: Arc<dyn Wording>,
    outlets: Arc<Outlets>,
    webhooks: Arc<webhooks::Sender>,
) {
    tokio::spawn(seal_journal(office.clone()));
    tokio::spawn(make_documents(office.clone(), wording));
    tokio::spawn(delivering::deliver(office.clone(), outlets));
    tokio::spawn(webhooks::keep_delivering(office.clone(), webhooks));
    tokio::spawn(tend(office.clone()));
    tokio::spawn(count_figures(office.clone()));
    tokio::spawn(key_names(office.clone()));
    tokio::spawn(sweep_duplicates(office.clone()));
    tokio::spawn(count_statistics(office.clone()));
    tokio::spawn(note_addresses(office.clone()));
    tokio::spawn(bring_in_books(office.clone()));
    tokio::spawn(issue_in_bulk(office.clone()));
    tokio::spawn(tend_halls(office.clone()));
    tokio::spawn(tend_call_backs(office.clone()));
    tokio::spawn(sweep(office));
}

/// What goes on in a mobile unit: it typesets its papers and tends its centre's days.
/// Sealing, sending, asking, and what falls due on cases wait until it is home.
pub fn start_on_the_way(office: Arc<Office>, wording: Arc<dyn Wording>) {
    tokio::spawn(make_documents(office.clone(), wording));
    tokio::spawn(tend_halls(office.clone()));
    tokio::spawn(sweep_expired(office));
}

/// Removes sessions and codes that expired; files stay until they are home.
async fn sweep_expired(office: Arc<Office>) {
    loop {
        if let Err(fault) = access::sweep(&office.db, office.now()).await {
            error!("what expired could not be swept: {fault}");
        }
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
}

/// Gives unsealed entries their order, at most one second later.
async fn seal_journal(office: Arc<Office>) {
    let holder = diwan_office::secrets::base32(&diwan_office::secrets::random::<8>());
    loop {
        match seal_once(&office, &holder).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(Duration::from_millis(500)).await,
            Err(fault) => {
                error!("the journal could not be sealed: {fault}");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    }
}

/// After an update with better rules, or a migration, makes the keys by which
/// people are found anew, beside everyone's work.
async fn key_names(office: Arc<Office>) {
    loop {
        match diwan_office::civil::keys::rebuild(&office, false, |_| {}).await {
            Ok(0) => return,
            Ok(people) => {
                return info!("the names of {people} people can be found by the rules of this version");
            }
            Err(stop) => {
                error!("the keys of names could not be made anew: {stop}");
                tokio::time::sleep(Duration::from_secs(60)).await;
            }
        }
    }
}

/// After the update that brought them, notes the addresses that older entries say,
/// beside everyone's work.
async fn note_addresses(office: Arc<Office>) {
    while let Err(stop) = diwan_office::civil::addresses::note_all(&office).await {
        error!("the addresses of older entries could not be noted: {stop}");
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}

/// Once a night looks for people who stand in the register twice, on one node.
async fn sweep_duplicates(office: Arc<Office>) {
    const SIX_HOURS: i64 = 6 * 3_600_000_000;
    let holder = diwan_office::secrets::base32(&diwan_office::secrets::random::<8>());
    loop {
        tokio::time::sleep(Duration::from_secs(300)).await;
        match sweep_once(&office, &holder, SIX_HOURS).await {
            Ok(None) => {}
            Ok(Some(swept)) => info!(swept.likely, swept.compared, "the register was swept for duplicates"),
            Err(stop) => error!("the register could not be swept for duplicates: {stop}"),
        }
    }
}

async fn sweep_once(office: &Office, holder: &str, lasts: i64) -> Result<Option<Swept>, diwan_office::Stop> {
    if !sweeping::is_due(office).await? {
        return Ok(None);
    }
    match access::lease(&office.db, "sweep-duplicates", holder, office.now(), lasts).await? {
        Some(_) => Ok(Some(sweeping::sweep(office, |_| {}).await?)),
        None => Ok(None),
    }
}

/// Once a night counts vital statistics, on one node.
async fn count_statistics(office: Arc<Office>) {
    const AN_HOUR: i64 = 3_600_000_000;
    let holder = diwan_office::secrets::base32(&diwan_office::secrets::random::<8>());
    loop {
        match count_once(&office, &holder, AN_HOUR).await {
            Ok(None) => {}
            Ok(Some(entries)) => info!(entries, "vital statistics were counted"),
            Err(stop) => error!("vital statistics could not be counted: {stop}"),
        }
        tokio::time::sleep(Duration::from_secs(300)).await;
    }
}

async fn count_once(office: &Office, holder: &str, lasts: i64) -> Result<Option<u64>, diwan_office::Stop> {
    if !statistics::is_due(office).await? {
        return Ok(None);
    }
    match access::lease(&office.db, "count-statistics", holder, office.now(), lasts).await? {
        Some(_) => Ok(Some(statistics::keep(office, |_| {}).await?)),
        None => Ok(None),
    }
}

/// Brings in the old books that came by a page, one after the other.
async fn bring_in_books(office: Arc<Office>) {
    loop {
        if let Err(fault) = diwan_office::civil::books::bring_in_waiting(&office).await {
            error!("old books could not be looked for: {fault}");
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

/// Goes on with certificates that are issued in bulk.
async fn issue_in_bulk(office: Arc<Office>) {
    loop {
        if let Err(fault) = diwan_office::bulk::issue_waiting(&office).await {
            error!("bulk issues could not be looked for: {fault}");
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

/// Opens the days of centres in the morning, and closes those that are past.
async fn tend_halls(office: Arc<Office>) {
    loop {
        let opened = diwan_office::queue::open_days(&office).await;
        let closed = diwan_office::queue::close_past_days(&office).await;
        let left = diwan_office::queue::leave_counters(&office).await;
        let tended = diwan_office::queue::tend_appointments(&office).await;
        let drawn = diwan_office::queue::tend_releases(&office).await;
        let offered = diwan_office::queue::tend_waiting(&office).await;
        let stops = [opened.err(), closed.err(), left.err(), tended.err(), drawn.err(), offered.err()];
        for stop in stops.into_iter().flatten() {
            error!("the days of centres could not be tended: {stop}");
        }
        tokio::time::sleep(Duration::from_secs(20)).await;
    }
}

/// Draws who is called back after a day, and forgets telephones that are not needed any
/// more. Wishes that come later are added within minutes.
async fn tend_call_backs(office: Arc<Office>) {
    loop {
        if let Err(stop) = diwan_office::queue::tend_call_backs(&office).await {
            error!("call-backs could not be tended: {stop}");
        }
        tokio::time::sleep(Duration::from_secs(300)).await;
    }
}

/// Asks those who were served and left a telephone how their visit was, and forgets old
/// wishes to be telephoned.
pub async fn ask_ratings(office: Arc<Office>) {
    loop {
        if let Err(stop) = diwan_office::telephone::tend_ratings(&office).await {
            error!("visitors could not be asked how it was: {stop}");
        }
        if let Err(stop) = diwan_office::telephone::tend_wishes(&office).await {
            error!("old wishes to be telephoned could not be forgotten: {stop}");
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}

/// Seals once and keeps the published head; says whether more waits.
///
/// # Errors
/// When the database or the key folder fails.
pub async fn seal_once(office: &Office, holder: &str) -> Result<bool, diwan_office::Fault> {
    // A database that lost what was published, after a fail-over say, is not sealed on: the log would fork.
    office.published.check(&office.db).await?;
    let sealing = log::seal(&office.db, &office.log_key, holder, office.now()).await?;
    let Some(sealing) = sealing else { return Ok(false) };
    for entry in &sealing.rejected {
        error!("journal entry {entry} is not genuine; run `diwan verify journal`");
    }
    if sealing.sealed > 0
        && let Some(head) = log::head(&office.db).await?
    {
        office.published.keep(&head)?;
    }
    Ok(sealing.more)
}

async fn make_documents(office: Arc<Office>, wording: Arc<dyn Wording>) {
    loop {
        match seal_waiting(&office, &*wording).await {
            Ok(0) => tokio::time::sleep(Duration::from_millis(250)).await,
            Ok(_) => {}
            Err(fault) => {
                error!("documents could not be made: {fault}");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    }
}

/// Counts what services publish of themselves, once a minute on one node.
async fn count_figures(office: Arc<Office>) {
    const A_MINUTE: i64 = 60_000_000;
    let holder = diwan_office::secrets::base32(&diwan_office::secrets::random::<8>());
    loop {
        let turn = access::lease(&office.db, "figures", &holder, office.now(), 2 * A_MINUTE).await;
        let counted = match turn {
            Ok(Some(_)) => diwan_office::figures::count(&office).await,
            Ok(None) => Ok(()),
            Err(fault) => Err(fault),
        };
        if let Err(fault) = counted {
            error!("figures could not be counted: {fault}");
        }
        tokio::time::sleep(Duration::from_micros(A_MINUTE.unsigned_abs())).await;
    }
}

/// Does what falls due on cases by itself, and gives back the cases of officers
/// whose leave has begun.
async fn tend(office: Arc<Office>) {
    loop {
        let tended = diwan_office::cases::tend(&office).await;
        let back = diwan_office::administration::give_back_absent(&office).await;
        for fault in [tended.as_ref().err(), back.as_ref().err()].into_iter().flatten() {
            error!("cases could not be tended: {fault}");
        }
        let more = tended.is_ok_and(|done| done > 0);
        tokio::time::sleep(Duration::from_secs(if more { 1 } else { 20 })).await;
    }
}

/// Removes files that nothing names, on one node at a time.
async fn sweep_files(office: &Office, holder: &str) -> Result<u64, diwan_office::Fault> {
    const AN_HOUR: i64 = 3_600_000_000;
    match access::lease(&office.db, "sweep-files", holder, office.now(), AN_HOUR).await? {
        Some(_) => diwan_office::files::sweep(office).await,
        None => Ok(0),
    }
}

async fn sweep(office: Arc<Office>) {
    /// How often one node looks for files that nothing names.
    const SIX_HOURS: i64 = 6 * 3_600_000_000;
    let holder = diwan_office::secrets::base32(&diwan_office::secrets::random::<8>());
    let mut files_at = 0;
    loop {
        if let Err(fault) = access::sweep(&office.db, office.now()).await {
            error!("what expired could not be swept: {fault}");
        }
        if office.now() >= files_at {
            match sweep_files(&office, &holder).await {
                Ok(0) => {}
                Ok(removed) => info!(removed, "files that nothing named were removed"),
                Err(fault) => error!("files that nothing names could not be swept: {fault}"),
            }
            files_at = office.now() + SIX_HOURS;
        }
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
}
