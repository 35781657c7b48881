//! Everything that reads strangers' bytes, one function each.
//!
//! A target asserts what must hold whatever comes in: what was accepted is
//! accepted again in its written form and means the same, what was forged is
//! never believed, and nothing panics. The fuzzer (`scripts/fuzz`) looks for
//! bytes that break one; a test runs every case it kept.

mod addresses;
mod messages;
mod papers;
mod services;
mod texts;
mod uploads;
mod web;

/// One function that reads bytes; it panics when they break a promise.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also the folder of its cases.
pub const TARGETS: &[(&str, Target)] = &[
    ("names", texts::names),
    ("dates", texts::dates),
    ("numbers", texts::numbers),
    ("addresses", addresses::addresses),
    ("uploads", uploads::uploads),
    ("csv", uploads::csv),
    ("codes", papers::codes),
    ("seals", papers::seals),
    ("proofs", papers::proofs),
    ("stamps", papers::stamps),
    ("answers", services::answers),
    ("folders", services::folders),
    ("rules", services::rules),
    ("http", web::http),
    ("messages", messages::messages),
];

/// The target with a name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}

/// Lines of a case, and blank ones after its last.
fn lines<const N: usize>(text: &str) -> [&str; N] {
    let mut lines = text.split('\n');
    [(); N].map(|()| lines.next().unwrap_or_default())
}
