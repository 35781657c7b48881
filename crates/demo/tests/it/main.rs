//! The demo as its users meet it: a Region in a real office, and simulators
//! spoken to over real connections.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod duplicates;
mod oidc;
mod otpiq;
mod region;
mod seeding;
mod situations;
mod smtp;
mod ussd;
