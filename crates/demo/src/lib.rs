//! A demonstration that behaves like the real thing: a believable Region, the
//! outside services it talks to, and doors for everyone who wants to try it.
//!
//! Linked into the binary, but `serve` has none of its routes and refuses a
//! database that was filled here.

pub mod card;
pub mod chance;
pub mod names;
pub mod region;
pub mod seeding;
pub mod simulators;
pub mod situations;

pub use card::DemoCard;
pub use region::Region;
pub use seeding::{Seeded, citizen_token, seed};
pub use situations::{situations, wallet_users};
