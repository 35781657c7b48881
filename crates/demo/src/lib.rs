//! A demonstration that behaves like the real thing: a believable Region, the
//! outside services it talks to, and doors for everyone who wants to try it.
//!
//! Linked into the binary, but `serve` has none of its routes and refuses a
//! database that was filled here.

pub mod card;
pub mod chance;
pub mod halls;
mod ledger;
pub mod names;
pub mod region;
pub mod seeding;
pub mod simulators;
pub mod situations;

pub use card::DemoCard;
pub use ledger::seed_ledger;
pub use region::Region;
pub use seeding::{Seeded, citizen_token, seed};
pub use situations::{situations, wallet_users};

/// The service of the demonstration that asks another register, as a folder.
#[must_use]
pub fn delivery_driver() -> diwan_domain::services::Folder {
    macro_rules! files {
        ($($name:literal),+ $(,)?) => {
            [$(($name, include_bytes!(concat!("../services/delivery-driver/", $name)).to_vec())),+]
        };
    }
    let files = files![
        "service.toml",
        "words/ckb.ftl",
        "words/ar.ftl",
        "words/kmr.ftl",
        "words/en.ftl",
        "examples/valid.toml",
        "examples/register-silent.toml",
        "examples/not-proven.toml",
    ];
    diwan_domain::services::Folder::new("delivery-driver", files)
}

/// What the demonstration's traffic register knows of licences, by path.
#[must_use]
pub fn licences() -> Vec<(String, serde_json::Value)> {
    let licence = |number: &str, status: &str| {
        let said = serde_json::json!({"number": number, "class": "B", "status": status});
        (format!("/v1/licences/{number}"), said)
    };
    vec![licence("EB-204417", "valid"), licence("EB-100200", "suspended"), licence("SU-330011", "expired")]
}

/// The service of X-Road that the demonstration's traffic register answers under.
pub const LICENCES: &str = "KQ-DEMO/GOV/2001/traffic/licences";
