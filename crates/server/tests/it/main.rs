//! The program as an operator meets it: commands, exit codes, and what is left
//! on the disk. Each on both engines where a database is concerned.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod books;
mod doctor;
mod doors;
mod faults;
mod folders;
mod installation;
mod keys;
mod nodes;
mod pages;
mod public_log;
mod restore;
mod s3;
mod simulating;
mod timestamps;
mod training;
mod unit;
mod watching;

/// Runs a test body on both engines.
#[macro_export]
macro_rules! on_both_engines {
    ($name:ident, $body:path) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn embedded() {
                $body(diwan_store::dialect::Engine::Sqlite).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn server() {
                $body(diwan_store::dialect::Engine::Postgres).await;
            }
        }
    };
}
