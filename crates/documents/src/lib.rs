//! The papers of an office: certificates, receipts and forms, typeset, sealed and checked.
//!
//! A paper goes one way only. A [`layout::Job`] says what to print, [`sealing::Draft`] becomes
//! [`sealing::Checked`] when it was rendered and looked over, and [`sealing::Sealed`] when the issuing
//! directorate's key has signed it, once. Whoever is handed the paper goes the other way: the seal
//! ([`pades::inspect`]), the code printed on it ([`payload`]) and its place in the public log ([`proof`]).
//!
//! **Invariant:** nothing here knows a database, a page or a clock. Times and keys arrive as arguments.

pub mod authority;
pub mod joining;
pub mod keys;
pub mod layout;
pub mod pades;
pub mod payload;
pub mod proof;
pub mod qr;
pub mod renderer;
pub mod sealing;
pub mod signer;
pub mod strip;
pub mod timestamps;
pub mod token;
pub mod tree;

/// A slip of a kiosk's receipt printer, drawn in dots: `layouts/slip.typ`.
pub const SLIP_LAYOUT: &str = include_str!("../layouts/slip.typ");

/// The layout of a cash receipt; its data contract stands at its top.
pub const RECEIPT_LAYOUT: &str = include_str!("../layouts/receipt.typ");

/// The layout of a service's form on paper; its data contract stands at its top.
pub const FORM_LAYOUT: &str = include_str!("../layouts/form.typ");
