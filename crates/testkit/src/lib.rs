//! Builders for tests: databases on both engines, a fixed clock, an office
//! with people in it. Used by tests only.

pub mod databases;
pub mod office;
pub mod openssl;

pub use office::{TestOffice, every_kind};
