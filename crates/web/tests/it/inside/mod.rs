//! Rules that stand inside the crate, reached through [`diwan_web::inside`].

mod access;
mod assets;
mod calendar;
mod complete;
mod crowd;
mod dated;
mod dci;
mod derive;
mod duties;
mod figures;
mod gateways;
mod kit;
mod menu;
mod network;
mod refused;
mod safety;
mod sms;
mod subscriptions;
mod tally;
mod tree;
mod visitor;
