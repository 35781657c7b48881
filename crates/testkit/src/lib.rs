//! Builders for tests: databases on both engines, a fixed clock, an office
//! with people in it. Used by tests only.

pub mod births;
pub mod databases;
mod hall;
mod images;
mod kiosk;
pub mod office;
pub mod openssl;
mod unit;

pub use hall::SETUP;
pub use images::page_image;
pub use kiosk::{Kiosk, kiosk, kiosk_labelled};
pub use office::{TestOffice, every_kind};
pub use unit::Bus;
