//! The citizen's pages.

pub mod apply;
pub mod booking;
pub mod case;
pub mod check;
pub mod contact;
pub mod downloads;
pub mod figures;
pub mod halls;
pub mod home;
pub mod kit;
pub mod measures;
pub mod my_cases;
pub mod note;
pub mod prepare;
pub mod public_log;
pub mod rating;
pub mod receipt;
pub mod releases;
pub mod sessions;
pub mod sign_in;
pub mod statistics;
pub mod stops;
pub mod tickets;
pub mod track;
pub mod visits;
pub mod waiting;
