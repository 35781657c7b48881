//! Civil status as the law sees it: pure functions over what the register says.

pub mod family;
pub mod unions;
