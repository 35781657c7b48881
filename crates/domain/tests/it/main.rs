//! Whole service folders through the checker.

// A test that cannot unwrap has failed, and says where.
#![allow(clippy::unwrap_used)]

mod broken;
mod builtin;
mod doc;
mod draw;
mod finding;
mod folders;
mod journey;
mod rubbish;
