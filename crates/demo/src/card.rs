//! The demo's card: everything one needs to walk through every door, as
//! `demo.json`. Nothing on it is a secret; all of it is made up.

use crate::region::Region;
use crate::seeding::Seeded;
use crate::situations::{situations, wallet_users};
use diwan_domain::ids::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The content of `demo.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DemoCard {
    /// Where Diwan answers.
    pub base_url: String,
    /// The officers who can sign in.
    pub signins: Vec<SignIn>,
    /// Whom the demo's wallet knows.
    pub wallet_users: Vec<WalletUser>,
    /// API tokens by role.
    pub api_tokens: BTreeMap<String, String>,
    /// What can be tried, with whom.
    pub situations: Vec<Situation>,
    /// A certificate that was issued, to be checked.
    pub issued: Option<Issued>,
    /// Where messages to phones and mailboxes are shown.
    pub inbox_url: String,
    /// The enrolled kiosk of the busy centre.
    pub kiosk: Option<KioskCard>,
    /// The display of its hall.
    pub display: String,
    /// The label of one of its counters.
    pub counter: String,
}

/// An enrolled kiosk. Whoever sends its cookie stands before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskCard {
    /// Where it begins.
    pub url: String,
    /// The name of its cookie.
    pub cookie: String,
    /// The cookie's value: the key of its screen.
    pub key: String,
    /// The key of the program at its printers.
    pub agent_key: String,
    /// Where what it printed is shown; its receipt printer behaves otherwise after a `POST`
    /// to this address followed by `/out`, `/open`, `/stuck`, `/cut` or `/ready`.
    pub printer_url: String,
}

/// One officer's way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// What they are.
    pub role: String,
    /// The name they sign in with.
    pub login: String,
    /// The password.
    pub password: String,
    /// The second factor's secret, in base 32; six digits, thirty seconds.
    pub totp_secret: String,
    /// For which office, by code.
    pub office: Option<String>,
    /// In which centre, by code.
    pub centre: Option<String>,
    /// Their name.
    pub name: String,
}

/// Someone the demo's wallet knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletUser {
    /// The 13-digit personal number.
    pub personal_number: String,
    /// Their name in the register.
    pub name: String,
    /// Their name in the passport.
    pub name_latin: Option<String>,
    /// For which situation; `ordinary` for none.
    pub situation: String,
}

/// A person of the register, as far as the demo tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    /// Their identifier.
    pub person: PersonId,
    /// The name as the register writes it.
    pub name: String,
    /// The passport's spelling.
    pub name_latin: Option<String>,
    /// `female` or `male`.
    pub sex: String,
    /// The 13-digit personal number, if they hold one.
    pub personal_number: Option<String>,
    /// What the register knows of the day of birth.
    pub born_on: String,
    /// The day of death.
    pub died_on: Option<String>,
    /// The father's name.
    pub father: Option<String>,
    /// The mother's name.
    pub mother: Option<String>,
    /// The number of the birth entry, if there is one.
    pub entry: Option<String>,
}

/// A situation to try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Situation {
    /// A steady word: `parent-of-minor`.
    pub key: String,
    /// Which service they ask for.
    pub service: String,
    /// What it is about.
    pub title: String,
    /// What happens.
    pub expect: String,
    /// `wallet`, or `counter` for those whom no wallet knows.
    pub sign_in: String,
    /// Who asks.
    pub applicant: PersonCard,
    /// Whose entry, when it is someone else's.
    pub holder: Option<PersonCard>,
    /// What to answer, by question, as the API takes it.
    pub answers: Map<String, Value>,
    /// The officer who must not handle it, by login.
    pub officer: Option<String>,
}

/// A certificate that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Its number.
    pub number: String,
    /// The code on it.
    pub check_code: String,
    /// Where it is checked.
    pub url: String,
}

impl DemoCard {
    /// The card of a seeded Region; a certificate to check is added once one
    /// was issued.
    #[must_use]
    pub fn new(base_url: &str, inbox_url: &str, region: &Region, seeded: &Seeded) -> Self {
        let sign_in = |officer: &crate::seeding::SeededOfficer| SignIn {
            role: officer.plan.role.code().to_owned(),
            login: officer.plan.login.clone(),
            password: officer.plan.password.clone(),
            totp_secret: officer.plan.totp_secret.clone(),
            office: officer.plan.office.map(str::to_owned),
            centre: officer.plan.centre.map(str::to_owned),
            name: officer.plan.name.clone(),
        };
        Self {
            base_url: base_url.to_owned(),
            signins: seeded.officers.iter().map(sign_in).collect(),
            wallet_users: wallet_users(region),
            api_tokens: seeded.tokens.clone(),
            situations: situations(region),
            issued: None,
            inbox_url: inbox_url.to_owned(),
            kiosk: None,
            display: format!("{base_url}/ckb/halls/{}/main", crate::halls::BUSY),
            counter: "C1".to_owned(),
        }
    }
}
