//! What people see: pages, the HTTP API, the languages.
//!
//! Handlers stay short: read the form, call one act, redirect. **Invariant:**
//! nothing here names a table; only refusals become pages here.

mod again;
pub mod api;
pub mod app;
pub mod assets;
pub mod book_words;
pub mod civil_words;
pub mod crowd;
pub mod dci;
pub mod derive;
pub mod desk;
mod doorway;
pub mod fields;
pub mod frame;
pub mod gateways;
pub mod imports;
#[doc(hidden)]
pub mod inside;
pub mod kiosk;
pub mod ledger_words;
pub mod live;
mod measuring;
pub mod network;
pub mod oauth;
pub mod pages;
pub mod papers;
mod patience;
pub mod refused;
pub mod routes;
pub mod safety;
pub mod sent;
pub mod serving;
pub mod sound;
mod tally;
mod uploads;
pub mod visitor;
pub mod words;

pub use app::{App, Brand, Given};
pub use routes::{ROUTES, Route, router};
pub use visitor::SessionTimes;
