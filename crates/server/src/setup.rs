//! `diwan init`: from an empty place to a first administrator's invitation.

use crate::config;
use crate::run::{open_office, publish_built_in};
use clap::Args;
use diwan_domain::calendar::OpeningHours;
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::administration::{AddCounter, AddOffice, InviteOfficer, SetCentre, all_officers};
use serde_json::json;
use std::path::PathBuf;

/// What the first office is called.
#[derive(Args)]
pub struct InitOptions {
    /// The configuration file; written with safe defaults when it is missing
    #[arg(long, default_value = "diwan.toml")]
    config: PathBuf,
    /// The name the first administrator signs in with
    #[arg(long, default_value = "admin")]
    admin: String,
    /// The first administrator's name
    #[arg(long, default_value = "Administrator")]
    admin_name: String,
    /// The first office's code, in its documents' numbers
    #[arg(long, default_value = "CS1")]
    office_code: String,
    /// The first office's name
    #[arg(long, default_value = "Civil status")]
    office_name: String,
    /// The first centre's code, in its counters' numbers
    #[arg(long, default_value = "C1")]
    centre_code: String,
    /// The first centre's name
    #[arg(long, default_value = "First centre")]
    centre_name: String,
}

const TEMPLATE: &str = r#"# Diwan. Every setting stands in docs/operations.md; the environment overrides
# each (DIWAN_LISTEN, DIWAN_BASE_URL, DIWAN_SMTP_URL …).

listen   = "127.0.0.1:8080"
base-url = "http://127.0.0.1:8080"
database = "sqlite:diwan.db"
files    = "files"
keys     = "keys"

# Whom the sealing certificates name.
# [issuer]
# name         = "General Directorate of Civil Status"
# organisation = "Ministry of Interior"
# country      = "IQ"

# [smtp]
# url  = "smtps://user:password@mail.example:465"
# from = "diwan@example.gov"

# [sms]
# url = "https://api.otpiq.com/api"
# key = ""

# Text messages that come in, and the menu of basic phones.
# [telephone]
# sms-secret  = ""
# menu-secret = ""

# [oidc]
# issuer        = "https://wallet.example.gov"
# client-id     = "diwan"
# client-secret = ""
# sure-enough   = ["urn:example:acr:high"]
"#;

/// Prepares an empty database.
pub async fn init(options: InitOptions) -> anyhow::Result<()> {
    if !options.config.exists() {
        std::fs::write(&options.config, TEMPLATE)?;
        println!("wrote {}", options.config.display());
    }
    let mut config = config::load(&options.config)?;
    // The certificates name whom the settings name, or else the first office.
    config.issuer.name.get_or_insert_with(|| options.office_name.clone());
    let office = open_office(&config).await?;
    anyhow::ensure!(
        all_officers(&mut office.db.reading().await?.tx()).await?.is_empty(),
        "this database has officers already; sign in as an administrator instead"
    );
    publish_built_in(&office).await?;
    let who = Who::system("init");
    let names = |name: &str| json!({"ckb": name, "en": name});
    let first = AddOffice {
        code: options.office_code,
        ministry: "civil-status".into(),
        names: names(&options.office_name),
        area: None,
    };
    let first = office.perform(&who, "init/office", first).await?;
    let centre = SetCentre {
        centre: None,
        code: options.centre_code,
        names: names(&options.centre_name),
        address: String::new(),
        area: None,
        hours: OpeningHours { offset_minutes: config.utc_offset_minutes, ..OpeningHours::usual() },
        seen: None,
    };
    let centre = office.perform(&who, "init/centre", centre).await?;
    let counter = AddCounter { centre, label: "A1".into(), abilities: Vec::new() };
    office.perform(&who, "init/counter", counter).await?;
    let (token, invitation_hash) = InviteOfficer::token();
    let link = format!("{}/en/desk/invitation/{token}", config.base_url);
    let invite = InviteOfficer {
        officer: None,
        login: options.admin,
        name: options.admin_name,
        email: None,
        office: Some(first),
        centre: Some(centre),
        person: None,
        roles: vec![Role::Administrator],
        language: "en".into(),
        invitation_hash,
        link: link.clone(),
        proof: String::new(),
    };
    office.perform(&who, "init/administrator", invite).await?;
    println!("keys, first office, centre and counter are there");
    println!(
        "start `diwan serve --config {}` and open this within three days:\n  {link}",
        options.config.display()
    );
    Ok(())
}
