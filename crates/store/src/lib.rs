//! What Diwan remembers: tables, the journal, the public log, the outbox and
//! files, on two engines with one SQL.
//!
//! Acts are the only way to write a register ([`db::Db::perform`]); what
//! expires by itself goes through the listed side door ([`tx::SIDE_TABLES`]).

pub mod access;
pub mod acts;
pub mod addresses;
pub mod backup;
mod batch;
pub mod bulk;
pub mod call_backs;
pub mod cases;
pub mod cash;
pub mod centres;
pub mod civil;
pub mod clients;
pub mod db;
pub mod dci;
pub mod declarations;
pub mod devices;
pub mod dialect;
pub mod disk;
pub mod documents;
pub mod duplicates;
pub mod duties;
pub mod fault;
pub mod feed;
pub mod figures;
pub mod files;
pub mod finding;
pub mod floor;
pub mod imports;
pub mod journal;
pub mod ledgers;
pub mod log;
pub mod lookups;
pub mod measures;
mod meetings;
pub mod migrate;
pub mod nodes;
pub mod notices;
pub mod officers;
pub mod outbox;
pub mod party;
mod pending;
pub mod people;
mod pg;
pub mod protection;
pub mod queue;
pub mod record;
pub mod referrals;
mod rehearsal;
pub mod releases;
pub mod replay;
mod running;
mod s3;
pub mod series;
pub mod services;
mod sqlite;
pub mod statistics;
pub mod tables;
pub mod telephone;
pub mod tending;
mod tls;
pub mod tx;
pub mod unit_copy;
pub mod units;
pub mod value;
pub mod verify;
pub mod watch;

pub use acts::{Act, Recorded};
pub use db::{CONNECTIONS, Db, Keys, Reading};
pub use fault::{Fault, Stop};
pub use tls::decoded;
pub use tx::Tx;
