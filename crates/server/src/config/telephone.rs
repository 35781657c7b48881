//! `[telephone]`: text messages that come in, menus, and who may act for whom.

use super::Config;
use diwan_domain::proxies::LONGEST_DAYS;
use diwan_domain::texting::{KeywordFault, Keywords};
use diwan_web::gateways::Gateways;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The shortest secret of a gateway, in characters.
const SHORTEST: usize = 24;

/// What comes by telephone. Without this section nothing does.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Telephone {
    /// The secret of the gateway that brings text messages. Without it none is taken.
    pub sms_secret: Option<String>,
    /// The secret of the gateway that brings keys of a menu (USSD, voice). Without it there
    /// is no menu.
    pub menu_secret: Option<String>,
    /// Whether visitors who left a telephone are asked once how it was; only where text
    /// messages are taken.
    pub ask_rating: bool,
    /// For how many days somebody may act for another at most.
    pub longest_proxy_days: i64,
    /// The words that count in a text message, by keyword (`status`, `ticket`, `cancel`,
    /// `revoke`, `help`) and language, in place of the usual ones.
    pub keywords: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Default for Telephone {
    fn default() -> Self {
        Self {
            sms_secret: None,
            menu_secret: None,
            ask_rating: true,
            longest_proxy_days: LONGEST_DAYS,
            keywords: BTreeMap::new(),
        }
    }
}

impl Telephone {
    /// As the pages know it.
    pub fn gateways(&self) -> Result<Gateways, KeywordFault> {
        Ok(Gateways {
            sms: self.sms_secret.clone(),
            menu: self.menu_secret.clone(),
            keywords: Keywords::with(&self.keywords)?,
            longest_proxy_days: self.longest_proxy_days,
        })
    }

    /// Whether visitors are asked how it was: not where nobody could take their answer.
    pub fn asks(&self) -> bool {
        self.ask_rating && self.sms_secret.is_some()
    }
}

impl Config {
    /// What is wrong with the telephone.
    pub(super) fn say_telephone_faults(&self, say: &mut impl FnMut(bool, String)) {
        let settings = &self.telephone;
        for (name, secret) in [("sms-secret", &settings.sms_secret), ("menu-secret", &settings.menu_secret)] {
            let short = secret.as_ref().is_some_and(|secret| secret.chars().count() < SHORTEST);
            say(short, format!("telephone.{name}: needs {SHORTEST} or more characters"));
        }
        let days = settings.longest_proxy_days;
        say(!(1..=3650).contains(&days), "telephone.longest-proxy-days: between 1 and 3650".into());
        if let Err(fault) = Keywords::with(&settings.keywords) {
            say(true, format!("telephone.keywords: {fault}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(section: &str) -> Vec<String> {
        let text = format!(
            "base-url = 'https://diwan.example'\ndatabase = 'sqlite:x'\nfiles = 'f'\nkeys = 'k'\n[telephone]\n{section}"
        );
        let config: Config = toml::from_str(&text).unwrap();
        let all = config.faults();
        all.into_iter().filter(|fault| fault.starts_with("telephone.")).collect()
    }

    #[test]
    fn short_secrets_and_words_of_two_meanings_are_told() {
        assert!(faults("sms-secret = 'twenty-four-characters-or-more'").is_empty());
        assert_eq!(faults("sms-secret = 'short'\nmenu-secret = 'short'").len(), 2);
        assert_eq!(faults("longest-proxy-days = 0").len(), 1);
        assert_eq!(faults("[telephone.keywords.status]\nen = ['help']").len(), 1);
        assert!(faults("[telephone.keywords.status]\nen = ['where']").is_empty());
    }

    #[test]
    fn nobody_is_asked_where_no_answer_can_come_in() {
        assert!(!Telephone::default().asks());
        assert!(Telephone { sms_secret: Some("s".repeat(SHORTEST)), ..Telephone::default() }.asks());
    }
}
