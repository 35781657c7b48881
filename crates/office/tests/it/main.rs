//! What the office promises, each on both engines.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod booking;
mod books;
mod bulk;
mod bulk_people;
mod centres;
mod certifying;
mod contradictions;
mod course;
mod declarations;
mod declaring_cases;
mod devices;
mod divorces;
mod duplicates;
mod eyes;
mod family;
mod files;
mod finding;
mod floor;
mod household;
mod identity;
mod journey;
mod kin;
mod kinds;
mod leaning;
mod ledgers;
mod looking;
mod measures;
mod money;
mod notices;
mod numbers;
mod outdated;
mod protected;
mod queue;
mod releases;
mod replay;
mod reprinted;
mod reversals;
mod standing_in;
mod statistics;
mod steps;
mod telephone;
mod told;
mod undone;
mod units;
mod waiting;

/// Runs a test body on both engines.
#[macro_export]
macro_rules! on_both_engines {
    ($name:ident, $body:path) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn embedded() {
                $body(diwan_testkit::TestOffice::on(diwan_store::dialect::Engine::Sqlite).await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn server() {
                $body(diwan_testkit::TestOffice::on(diwan_store::dialect::Engine::Postgres).await).await;
            }
        }
    };
}
