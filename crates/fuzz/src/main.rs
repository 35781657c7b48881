//! The fuzzer: libFuzzer around the target that `DIWAN_FUZZ` names.
#![no_main]
#![allow(unsafe_code, reason = "libFuzzer calls a C symbol")]

use diwan_fuzz::{TARGETS, Target, target};
use std::sync::LazyLock;

static CHOSEN: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("DIWAN_FUZZ").unwrap_or_default();
    target(&name).unwrap_or_else(|| {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        panic!("DIWAN_FUZZ names one of {}", names.join(", "))
    })
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| CHOSEN(bytes));
