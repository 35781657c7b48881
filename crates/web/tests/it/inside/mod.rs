//! Rules that stand inside the crate, reached through [`diwan_web::inside`].

mod access;
mod assets;
mod complete;
mod crowd;
mod dci;
mod derive;
mod duties;
mod figures;
mod network;
mod safety;
mod subscriptions;
mod tally;
mod tree;
mod visitor;
