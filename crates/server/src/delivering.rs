//! Delivering what the outbox holds. A gateway may be gone for days: what waits
//! for it is tried again and again, and holds nobody else up.

use crate::adapters::Outlets;
use diwan_office::outbox::{Parcel, Retry};
use diwan_office::{Office, outbox};
use std::sync::Arc;
use std::time::Duration;
use tracing::{error, info, warn};

const SECOND: i64 = 1_000_000;
/// How long a leased parcel is ours, microseconds.
const LEASE: i64 = 60 * SECOND;
/// How many are under way at once: one slow gateway keeps the others waiting for
/// one time-out and not for twenty.
const AT_ONCE: i64 = 20;
/// The longest pause between two tries.
const LONGEST_PAUSE: i64 = 15 * 60 * SECOND;
/// After this time the operator must look (`diwan outbox list`).
const GIVEN_UP_AFTER: i64 = 3 * 86_400 * SECOND;
/// A sign-in code is of no use to anyone after this time.
const A_CODE_LASTS: i64 = 15 * 60 * SECOND;

/// Delivers until the process ends.
pub async fn deliver(office: Arc<Office>, outlets: Arc<Outlets>) {
    loop {
        let count = deliver_once(&office, &outlets).await.unwrap_or_else(|fault| {
            error!("the outbox could not be read: {fault}");
            0
        });
        if let Err(fault) = take_up_retry(&office).await {
            error!("what was given up could not be tried again: {fault}");
        }
        if count == 0 {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }
}

/// Delivers what is due now, as much as is under way at once; says how much.
async fn deliver_once(office: &Arc<Office>, outlets: &Arc<Outlets>) -> Result<usize, diwan_office::Fault> {
    let parcels = outbox::lease(&office.db, office.now(), LEASE, AT_ONCE).await?;
    let count = parcels.len();
    let under_way: Vec<_> = parcels
        .into_iter()
        .map(|parcel| {
            let (office, outlets) = (office.clone(), outlets.clone());
            tokio::spawn(async move { one(&office, &outlets, &parcel).await })
        })
        .collect();
    for one in under_way {
        if let Err(error) = one.await {
            error!("a delivery ended unexpectedly: {error}");
        }
    }
    Ok(count)
}

async fn one(office: &Office, outlets: &Outlets, parcel: &Parcel) {
    let sent = outlets.send(parcel).await;
    let now = office.now();
    let noted = match sent {
        Ok(()) => outbox::delivered(&office.db, parcel.id, now).await,
        Err(why) => {
            warn!(parcel = %parcel.id, attempts = parcel.attempts, "a message was not delivered: {why}");
            outbox::failed(&office.db, parcel.id, &why, again_at(parcel, now), now).await
        }
    };
    if let Err(fault) = noted {
        error!("the outbox could not be written: {fault}");
    }
}

/// When to try again; `None` when it is given up.
fn again_at(parcel: &Parcel, now: i64) -> Option<i64> {
    let code =
        serde_json::from_str::<serde_json::Value>(&parcel.body).is_ok_and(|body| body["template"] == "code");
    let lasting = if code { A_CODE_LASTS } else { GIVEN_UP_AFTER };
    let doublings = u32::try_from(parcel.attempts.clamp(0, 20)).unwrap_or(20);
    let pause = (SECOND << doublings).min(LONGEST_PAUSE);
    (now - parcel.posted_at < lasting).then_some(now + pause)
}

/// Beside an embedded database, `diwan outbox retry` leaves its wish as a file.
async fn take_up_retry(office: &Office) -> Result<(), diwan_office::Fault> {
    let Some(file) = office.db.file() else { return Ok(()) };
    let Some(wanted) = Retry::left(file)? else { return Ok(()) };
    let count = outbox::retry(&office.db, &wanted, office.now()).await?;
    info!("{count} messages that were given up are in the queue again");
    Retry::take_back(file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

    use super::*;
    use crate::config::Config;
    use diwan_demo::simulators::{Inbox, otpiq_router, smtp_serve};
    use diwan_store::dialect::Engine;
    use diwan_testkit::TestOffice;
    use diwan_web::words::Words;

    /// A gateway's address; nobody listens there yet.
    fn free() -> String {
        std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
    }

    async fn a_dead_day(engine: Engine) {
        let test = TestOffice::on(engine).await;
        let (mail, sms, inbox) = (free(), free(), Inbox::in_memory());
        let text = format!(
            "listen = '127.0.0.1:1'\nbase-url = 'http://127.0.0.1:1'\ndatabase = 'sqlite:x'\nfiles = 'f'\nkeys = 'k'\n\
             [smtp]\nurl = 'smtp://{mail}'\nfrom = 'Diwan <diwan@diwan.example>'\n\
             [sms]\nurl = 'http://{sms}/api'\nkey = 'k'\nsender = 'Diwan'\n"
        );
        let config: Config = toml::from_str(&text).unwrap();
        let outlets = Arc::new(Outlets::new(&config, Arc::new(Words::load().unwrap())).unwrap());
        let listener = tokio::net::TcpListener::bind(&sms).await.unwrap();
        let router = otpiq_router(inbox.clone(), "k");
        tokio::spawn(async move { axum::serve(listener, router).await });
        let shilan = test.citizen("1000000000001").await;
        test.sent(&shilan, &[("email", serde_json::json!("shilan@mail.example"))]).await;

        // The mail server is gone for a day; text messages go out at once.
        for _ in 0..(24 * 12) {
            deliver_once(&test.office, &outlets).await.unwrap();
            test.pass(5);
        }
        let got = |by: &str| inbox.list().iter().filter(|message| message.channel == by).count();
        let waits = outbox::undelivered(&mut test.office.db.reading().await.unwrap().tx(), 9).await.unwrap();
        assert!(got("sms") > 0, "{waits:?}");
        assert_eq!(got("email"), 0);
        let standing = outbox::standing(&mut test.office.db.reading().await.unwrap().tx()).await.unwrap();
        assert!(standing.waiting > 0 && standing.failed == 0, "{standing:?}");

        let listener = tokio::net::TcpListener::bind(&mail).await.unwrap();
        tokio::spawn(smtp_serve(listener, inbox.clone()));
        for _ in 0..4 {
            test.pass(5);
            deliver_once(&test.office, &outlets).await.unwrap();
        }
        assert_eq!(got("email"), usize::try_from(standing.waiting).unwrap(), "each once");
        let standing = outbox::standing(&mut test.office.db.reading().await.unwrap().tx()).await.unwrap();
        assert_eq!((standing.waiting, standing.failed), (0, 0));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_gateway_that_was_dead_for_a_day_gets_everything_embedded() {
        a_dead_day(Engine::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_gateway_that_was_dead_for_a_day_gets_everything_server() {
        a_dead_day(Engine::Postgres).await;
    }

    #[test]
    fn a_code_that_nobody_can_use_any_more_is_given_up() {
        let parcel = |template: &str, attempts| Parcel {
            id: diwan_domain::ids::RowId(uuid::Uuid::nil()),
            kind: "sms".into(),
            address: "+9647501112233".into(),
            body: format!("{{\"template\": \"{template}\"}}"),
            attempts,
            posted_at: 0,
        };
        assert_eq!(again_at(&parcel("code", 3), 60 * SECOND), Some(68 * SECOND));
        assert_eq!(again_at(&parcel("code", 12), 16 * 60 * SECOND), None);
        let day = 86_400 * SECOND;
        assert_eq!(again_at(&parcel("decided", 100), day), Some(day + LONGEST_PAUSE));
        assert_eq!(again_at(&parcel("decided", 400), 3 * day), None);
    }
}
