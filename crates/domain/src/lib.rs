//! The law as pure functions.
//!
//! Nothing here reads a clock, a file, a network or a random source: they
//! arrive as arguments. **Invariant:** this crate names no other crate of ours
//! and cannot fail because of the world.

pub mod acts;
pub mod areas;
pub mod calendar;
pub mod cases;
pub mod civil;
pub mod dates;
pub mod dci;
pub mod devices;
pub mod digits;
pub mod duplicates;
pub mod ids;
pub mod journal;
pub mod money;
pub mod names;
pub mod networks;
pub mod notices;
pub mod numbers;
pub mod people;
pub mod proxies;
pub mod queue;
pub mod refusals;
pub mod services;
pub mod statistics;
pub mod texting;
pub mod uploads;
pub mod x_road;
