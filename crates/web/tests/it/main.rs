//! The pages as strangers meet them, and the house's arrows.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod api;
mod appointments;
mod arrows;
mod books;
mod bulk;
mod centres;
mod certifying;
mod contact;
mod crowd;
mod dci;
mod dci_schema;
mod decided;
mod description;
mod events;
mod examples;
mod figures;
mod floor;
mod halls;
mod handed_in;
mod inside;
mod kept;
mod kiosk;
mod ledgers;
mod looking;
mod measures;
mod narrow;
mod notices;
mod officers;
mod papers;
mod people;
mod program;
mod questions;
mod receipts;
mod serving;
mod sessions;
mod small_screens;
mod stages;
mod telephone;
mod told;
mod units;
mod visit;
mod walk;
mod whole_day;
mod x_road;
