//! `[timestamps]`: the authority that confirms the moments of seals.

use super::{Config, host_of, is_loopback};
use diwan_office::timestamps::WhenAway;
use serde::Deserialize;
use std::path::PathBuf;

/// The authority that confirms the moments of seals (RFC 3161). Without this
/// section the office's own clock counts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Timestamps {
    /// Where it is asked: `https://time.example/tsa`.
    pub url: String,
    /// The policy under which it must confirm: `1.3.6.1.4.1.99999.1`. Any by
    /// default.
    pub policy: Option<String>,
    /// A PEM file with its root, or its own certificate: whom to trust.
    pub authority: PathBuf,
    /// `wait`: papers wait for it. `seal-without`: they are sealed with the
    /// office's own time, and their journal entry says so.
    #[serde(default)]
    pub when_away: WhenAway,
}

impl Config {
    /// What is wrong with timestamps.
    pub(super) fn say_timestamps_faults(&self, say: &mut impl FnMut(bool, String)) {
        let Some(timestamps) = &self.timestamps else { return };
        let url = &timestamps.url;
        let host = host_of(url).unwrap_or_default();
        let near = is_loopback(host) || self.plain_text_hosts.iter().any(|known| known == host);
        let plain = url.starts_with("http://");
        say(
            !plain && !url.starts_with("https://"),
            format!("timestamps.url: `{url}` begins with neither https:// nor http://"),
        );
        say(
            plain && !near,
            "timestamps.url: begin with https://, or name its host in plain-text-hosts".into(),
        );
        let dotted = |text: &str| {
            let mut numbers = text.split('.');
            numbers.clone().count() > 1 && numbers.all(|one| one.parse::<u64>().is_ok())
        };
        if let Some(policy) = &timestamps.policy {
            say(
                !dotted(policy),
                format!("timestamps.policy: `{policy}` is not dotted numbers such as 1.3.6.1"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

    use super::*;

    fn faults(more: &str) -> Vec<String> {
        let base = "base-url = 'https://x'\ndatabase = 'sqlite:x'\nfiles = 'f'\nkeys = 'k'\n";
        let config: Config = toml::from_str(&format!("{base}{more}")).unwrap();
        config.faults()
    }

    #[test]
    fn an_authority_is_asked_in_plain_text_only_where_that_was_allowed() {
        let section = |url: &str| format!("[timestamps]\nurl = '{url}'\nauthority = 'tsa.pem'\n");
        for url in ["https://time.example/tsa", "http://127.0.0.1:3318", "http://[::1]/"] {
            assert_eq!(faults(&section(url)), Vec::<String>::new(), "{url}");
        }
        for url in ["http://time.example/tsa", "http://127.0.0.1@time.example", "ftp://time.example"] {
            let found = faults(&section(url));
            assert!(found.len() == 1 && found[0].starts_with("timestamps.url"), "{url}: {found:?}");
        }
        let allowed = format!("plain-text-hosts = ['time.rack']\n{}", section("http://time.rack/tsa"));
        assert_eq!(faults(&allowed), Vec::<String>::new());
    }

    #[test]
    fn a_policy_is_dotted_numbers_and_papers_wait_unless_told() {
        let section = "[timestamps]\nurl = 'https://time.example'\nauthority = 'tsa.pem'\n";
        assert_eq!(faults(&format!("{section}policy = '1.3.6.1'\n")), Vec::<String>::new());
        for policy in ["usual", "1", "1..3", ""] {
            assert_eq!(faults(&format!("{section}policy = '{policy}'\n")).len(), 1, "{policy}");
        }
        let read: Timestamps = toml::from_str(section.split_once('\n').unwrap().1).unwrap();
        assert_eq!(read.when_away, WhenAway::Wait);
    }
}
