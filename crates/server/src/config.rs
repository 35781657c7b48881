//! The configuration: every setting documented, all faults found at once, safe
//! defaults, and an environment variable over each (`DIWAN_LISTEN` for
//! `listen`, `DIWAN_SMS_KEY` for `key` in `[sms]`).

mod telephone;
mod timestamps;

use diwan_domain::networks::Network;
use diwan_domain::x_road::{Member, ServiceId};
use serde::Deserialize;
use std::path::{Path, PathBuf};
pub use telephone::Telephone;
pub use timestamps::Timestamps;

/// What `diwan.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Where to listen: `127.0.0.1:8080`. Put a TLS proxy before it.
    #[serde(default = "listen")]
    pub listen: String,
    /// The address under which the public reaches it: `https://diwan.example`.
    pub base_url: String,
    /// `sqlite:/var/lib/diwan/diwan.db`, or `postgres://…`.
    pub database: String,
    /// The folder for files by their hash, or `s3://bucket/prefix`.
    pub files: String,
    /// The folder for private keys, readable by Diwan only, outside backups.
    pub keys: PathBuf,
    /// This installation's name in acts: letters and digits, disjoint from
    /// every other's.
    #[serde(default = "installation")]
    pub installation: String,
    /// Local time minus UTC, in minutes.
    #[serde(default = "offset")]
    pub utc_offset_minutes: i32,
    /// Whether nothing here is genuine: a banner on every page and paper.
    #[serde(default)]
    pub training: bool,
    /// How many papers are typeset at once.
    #[serde(default = "workers")]
    pub render_workers: usize,
    /// How many connections this node holds to a PostgreSQL server at most.
    #[serde(default = "connections")]
    pub database_connections: usize,
    /// How many displays and pages may follow something live on this node at once.
    #[serde(default = "listeners")]
    pub live_listeners: usize,
    /// The government's name and colours.
    #[serde(default)]
    pub brand: Brand,
    /// The proxies whose `X-Forwarded-For` is believed, by address.
    #[serde(default = "proxies")]
    pub trusted_proxies: Vec<String>,
    /// Whether these proxies check the certificates of programs and name them in
    /// `Client-Cert` (RFC 9440). They must remove the header from what strangers
    /// send.
    #[serde(default)]
    pub client_certificates: bool,
    /// The hosts of services that may be spoken to without encryption, besides
    /// this machine: a mail server in the same rack.
    #[serde(default)]
    pub plain_text_hosts: Vec<String>,
    /// How long sessions hold.
    #[serde(default)]
    pub sessions: Sessions,
    /// Whom the sealing certificates name.
    #[serde(default)]
    pub issuer: Issuer,
    /// Where the bucket for files is.
    pub s3: Option<S3>,
    /// Mail by SMTP.
    pub smtp: Option<Smtp>,
    /// Text messages by OTPIQ.
    pub sms: Option<Sms>,
    /// What comes by telephone, and who may act for whom.
    #[serde(default)]
    pub telephone: Telephone,
    /// A national wallet by OpenID Connect.
    pub oidc: Option<Oidc>,
    /// Who confirms the moments of seals.
    pub timestamps: Option<Timestamps>,
    /// Systems that are told of events.
    #[serde(default)]
    pub webhooks: Webhooks,
    /// Recordings with which the displays of halls speak.
    pub sound: Option<Sound>,
    /// Other registers and their callers, through X-Road.
    #[serde(default)]
    pub x_road: XRoad,
    /// Where metrics and health are told, apart from what the public reaches:
    /// `127.0.0.1:9464`. None by default.
    pub internal_address: Option<String>,
    /// How the log is written.
    #[serde(default)]
    pub log_format: LogFormat,
    /// Where traces are sent.
    pub traces: Option<Traces>,
}

/// Other registers and their callers, through X-Road.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct XRoad {
    /// The office's own security server, which asks other registers:
    /// `https://ss.inside`. Without it no register is asked.
    pub security_server: Option<String>,
    /// This office's subsystem: `KQ/GOV/1001/diwan`.
    pub client: Option<String>,
    /// Registers by the name that services use, each with the service of X-Road
    /// that answers for it: `traffic = "KQ/GOV/2001/traffic/licences"`.
    pub registers: std::collections::BTreeMap<String, String>,
    /// Key and certificate shown to the security server, as one PEM file.
    pub certificate: Option<PathBuf>,
    /// The certificate that the security server's own is checked against.
    pub authority: Option<PathBuf>,
    /// How long a register may take to answer, in seconds.
    pub timeout_seconds: u64,
    /// The security servers that bring requests of other members, by network.
    pub callers: Vec<String>,
    /// The same by certificate: SHA-256 in base64url (`x5t#S256`), shown to the
    /// trusted proxies; needs `client-certificates`.
    pub caller_certificates: Vec<String>,
}

impl Default for XRoad {
    fn default() -> Self {
        Self {
            security_server: None,
            client: None,
            registers: std::collections::BTreeMap::new(),
            certificate: None,
            authority: None,
            timeout_seconds: 15,
            callers: Vec::new(),
            caller_certificates: Vec::new(),
        }
    }
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Where traces are sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Traces {
    /// OTLP over HTTP: `http://127.0.0.1:4318/v1/traces`.
    pub endpoint: String,
    /// Which share of requests is traced, 0 to 1; where a trace is continued, its
    /// beginning decides.
    #[serde(default = "all")]
    pub share: f64,
    /// Whether a `traceparent` of the trusted proxies is continued. They must
    /// remove the header from what strangers send.
    #[serde(default)]
    pub accept_parent: bool,
}

fn all() -> f64 {
    1.0
}

/// Systems that are told of events.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Webhooks {
    /// Networks inside that may be called, also without encryption: `10.20.0.0/16`.
    /// Everything else that is not on the open internet is refused.
    pub allow: Vec<String>,
}

/// The government's name and colours.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Brand {
    /// The system's name by language.
    pub name: std::collections::BTreeMap<String, String>,
    /// The government's name by language.
    pub government: std::collections::BTreeMap<String, String>,
    /// The telephone for help.
    pub help_phone: Option<String>,
    /// Colours by name: `green`, `green-deep`, `gold`. Contrast is checked.
    pub colours: std::collections::BTreeMap<String, String>,
}

/// Whom the sealing certificates name. It counts when a key is made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Issuer {
    /// The directorate: `General Directorate of Civil Status`.
    pub name: Option<String>,
    /// The body it belongs to: `Ministry of Interior`.
    pub organisation: Option<String>,
    /// Two capital letters: `IQ`.
    pub country: Option<String>,
}

/// Recordings with which the displays of halls speak.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sound {
    /// A folder with one folder for each language: `/etc/diwan/sound`.
    pub folder: PathBuf,
}

/// How long sessions hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sessions {
    /// An officer's without use.
    pub officer_idle_minutes: i64,
    /// An officer's at the longest.
    pub officer_hours: i64,
    /// A citizen's without use.
    pub citizen_idle_minutes: i64,
    /// A citizen's at the longest.
    pub citizen_hours: i64,
    /// Of someone who began a draft and did not sign in, without use; at the
    /// longest it is four times as long.
    pub draft_days: i64,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            officer_idle_minutes: 60,
            officer_hours: 12,
            citizen_idle_minutes: 30,
            citizen_hours: 12,
            draft_days: 7,
        }
    }
}

impl Sessions {
    /// As the pages keep them.
    pub fn times(&self) -> diwan_web::SessionTimes {
        let draft_idle = self.draft_days * 24 * 60;
        diwan_web::SessionTimes {
            officer_idle: self.officer_idle_minutes,
            officer_longest: self.officer_hours * 60,
            citizen_idle: self.citizen_idle_minutes,
            citizen_longest: self.citizen_hours * 60,
            draft_idle,
            draft_longest: 4 * draft_idle,
            ..diwan_web::SessionTimes::default()
        }
    }
}

/// Where the bucket for files is, and who may use it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct S3 {
    /// `https://s3.example`.
    pub endpoint: String,
    /// The store's region.
    #[serde(default = "region")]
    pub region: String,
    /// The name of the key.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
}

/// Mail by SMTP.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Smtp {
    /// `smtps://user:password@host:465`, or `smtp://127.0.0.1:2525` for tests.
    pub url: String,
    /// The sender.
    pub from: String,
}

/// Text messages by OTPIQ.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sms {
    /// `https://api.otpiq.com/api`.
    pub url: String,
    /// The API key.
    pub key: String,
    /// The sender's name.
    pub sender: Option<String>,
}

/// A national wallet by OpenID Connect.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Oidc {
    /// The issuer.
    pub issuer: String,
    /// This system's name there.
    pub client_id: String,
    /// This system's secret there.
    pub client_secret: String,
    /// The claim with the personal number.
    #[serde(default = "claim")]
    pub number_claim: String,
    /// The `acr` values that are sure enough for a certificate.
    #[serde(default)]
    pub sure_enough: Vec<String>,
}

fn listen() -> String {
    "127.0.0.1:8080".into()
}
fn installation() -> String {
    "main".into()
}
fn offset() -> i32 {
    180
}
fn proxies() -> Vec<String> {
    vec!["127.0.0.1".into(), "::1".into()]
}
fn workers() -> usize {
    1
}

fn listeners() -> usize {
    diwan_web::live::LISTENERS
}

fn connections() -> usize {
    diwan_store::CONNECTIONS
}
fn region() -> String {
    "us-east-1".into()
}
fn claim() -> String {
    "personal_number".into()
}

/// Reads and checks the configuration.
///
/// # Errors
/// Every fault at once, each with how to mend it.
pub fn load(path: &Path) -> anyhow::Result<Config> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        anyhow::anyhow!("{} cannot be read: {error}; `diwan init` writes one", path.display())
    })?;
    let mut table: toml::Table =
        text.parse().map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
    for (name, value) in std::env::vars() {
        override_with(&mut table, &name, value);
    }
    let mut faults = unreadable(&table);
    if let (true, Ok(config)) = (faults.is_empty(), table.try_into::<Config>()) {
        faults = config.faults();
        if faults.is_empty() {
            return Ok(config);
        }
    }
    anyhow::bail!("{} has {} faults:\n  - {}", path.display(), faults.len(), faults.join("\n  - "))
}

/// Settings that are missing, unknown, or of another type: each is tried alone
/// in a file that is otherwise in order, so that one does not hide the next.
fn unreadable(table: &toml::Table) -> Vec<String> {
    let mut sound = toml::Table::new();
    for (name, example) in [
        ("base-url", "https://diwan.example"),
        ("database", "sqlite:/var/lib/diwan/diwan.db"),
        ("files", "/var/lib/diwan/files"),
        ("keys", "/var/lib/diwan/keys"),
    ] {
        sound.insert(name.to_owned(), toml::Value::String(example.to_owned()));
    }
    let missing = sound.iter().filter(|(name, _)| !table.contains_key(*name));
    let mut faults: Vec<String> =
        missing.map(|(name, example)| format!("{name}: is needed, for example {example}")).collect();
    for (name, value) in table {
        let mut alone = sound.clone();
        alone.insert(name.clone(), value.clone());
        if let Err(error) = alone.try_into::<Config>() {
            let text = error.to_string();
            faults.push(format!("{name}: {}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    faults
}

/// `DIWAN_SMTP_URL` sets `url` in `[smtp]`; `DIWAN_BASE_URL` sets `base-url`.
fn override_with(table: &mut toml::Table, name: &str, value: String) {
    let Some(name) = name.strip_prefix("DIWAN_").map(|name| name.to_lowercase().replace('_', "-")) else {
        return;
    };
    const PLAIN: [&str; 14] = [
        "listen",
        "base-url",
        "database",
        "files",
        "keys",
        "installation",
        "utc-offset-minutes",
        "training",
        "render-workers",
        "database-connections",
        "live-listeners",
        "client-certificates",
        "internal-address",
        "log-format",
    ];
    let typed = |text: String| match text.as_str() {
        "true" => toml::Value::Boolean(true),
        "false" => toml::Value::Boolean(false),
        _ => text.parse::<i64>().map_or(toml::Value::String(text), toml::Value::Integer),
    };
    let list = |value: &str| {
        let words = value.split(',').map(|one| toml::Value::String(one.trim().to_owned()));
        toml::Value::Array(words.collect())
    };
    if name == "trusted-proxies" || name == "plain-text-hosts" {
        table.insert(name, list(&value));
        return;
    }
    if name == "webhooks-allow" {
        let inner = toml::Table::from_iter([("allow".to_owned(), list(&value))]);
        table.insert("webhooks".to_owned(), toml::Value::Table(inner));
        return;
    }
    if PLAIN.contains(&name.as_str()) {
        table.insert(name, typed(value));
        return;
    }
    for section in ["smtp", "sms", "oidc", "issuer", "s3", "traces", "timestamps", "sound", "telephone"] {
        if let Some(key) = name.strip_prefix(&format!("{section}-")) {
            let inner = table.entry(section).or_insert_with(|| toml::Value::Table(toml::Table::new()));
            if let Some(inner) = inner.as_table_mut() {
                let value = if matches!(section, "traces" | "telephone") {
                    typed(value)
                } else {
                    toml::Value::String(value)
                };
                inner.insert(key.to_owned(), value);
            }
            return;
        }
    }
}

impl Config {
    /// Everything wrong with the settings.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut say = |wrong: bool, text: String| {
            if wrong {
                faults.push(text);
            }
        };
        say(
            self.listen.parse::<std::net::SocketAddr>().is_err(),
            format!("listen: `{}` is not an address such as 127.0.0.1:8080", self.listen),
        );
        let url = &self.base_url;
        say(
            !(url.starts_with("https://") || url.starts_with("http://")),
            format!("base-url: `{url}` begins with neither https:// nor http://"),
        );
        say(url.ends_with('/'), "base-url: leave the final slash out".into());
        say(
            url.starts_with("http://") && !host_of(url).is_some_and(is_loopback),
            "base-url: the public is served over https://".into(),
        );
        let known =
            ["sqlite:", "postgres:", "postgresql:"].iter().any(|start| self.database.starts_with(start));
        say(!known, format!("database: `{}` begins with neither sqlite: nor postgres:", self.database));
        if let Some(Sound { folder }) = &self.sound {
            say(!folder.is_dir(), format!("sound.folder: {} is no folder", folder.display()));
        }
        let name = &self.installation;
        say(
            name.bytes().filter(u8::is_ascii_alphanumeric).count() < 2
                || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
            format!("installation: `{name}` needs two or more letters or digits"),
        );
        say(
            !(-840..=840).contains(&self.utc_offset_minutes),
            "utc-offset-minutes: between -840 and 840".into(),
        );
        say(!(1..=16).contains(&self.render_workers), "render-workers: between 1 and 16".into());
        say(
            !(4..=500).contains(&self.database_connections),
            "database-connections: between 4 and 500".into(),
        );
        say(!(1..=100_000).contains(&self.live_listeners), "live-listeners: between 1 and 100000".into());
        for proxy in &self.trusted_proxies {
            let wrong = proxy.parse::<std::net::IpAddr>().is_err();
            say(wrong, format!("trusted-proxies: `{proxy}` is not an address such as 10.0.0.2"));
        }
        if let Some(address) = &self.internal_address {
            let wrong = address.parse::<std::net::SocketAddr>().is_err();
            say(wrong, format!("internal-address: `{address}` is not an address such as 127.0.0.1:9464"));
            say(*address == self.listen, "internal-address: is the public address".into());
        }
        if let Some(traces) = &self.traces {
            let http = ["http://", "https://"].iter().any(|start| traces.endpoint.starts_with(start));
            say(
                !http,
                format!("traces.endpoint: `{}` begins with neither https:// nor http://", traces.endpoint),
            );
            say(!(0.0..=1.0).contains(&traces.share), "traces.share: between 0 and 1".into());
        }
        self.say_x_road_faults(&mut say);
        for network in &self.webhooks.allow {
            let wrong = network.parse::<Network>().is_err();
            say(wrong, format!("webhooks.allow: `{network}` is not a network such as 10.20.0.0/16"));
        }
        say(
            self.oidc.as_ref().is_some_and(|oidc| oidc.sure_enough.is_empty()),
            "oidc.sure-enough: name the `acr` values that are sure enough; without one nobody can sign in"
                .into(),
        );
        self.say_storage_faults(&mut say);
        self.say_transport_faults(&mut say);
        self.say_timestamps_faults(&mut say);
        self.say_telephone_faults(&mut say);
        let Sessions { officer_idle_minutes, officer_hours, citizen_idle_minutes, citizen_hours, draft_days } =
            self.sessions;
        for (name, value, most) in [
            ("officer-idle-minutes", officer_idle_minutes, 12 * 60),
            ("officer-hours", officer_hours, 24),
            ("citizen-idle-minutes", citizen_idle_minutes, 24 * 60),
            ("citizen-hours", citizen_hours, 24 * 7),
            ("draft-days", draft_days, 30),
        ] {
            say(!(1..=most).contains(&value), format!("sessions.{name}: between 1 and {most}"));
        }
        for (name, colour) in &self.brand.colours {
            match contrast_with_white(colour) {
                None => {
                    say(true, format!("brand.colours.{name}: `{colour}` is not a colour such as #0b4f3a"))
                }
                Some(contrast) if name.starts_with("green") && contrast < 4.5 => {
                    say(
                        true,
                        format!(
                            "brand.colours.{name}: white text on {colour} has contrast {contrast:.1}, 4.5 is needed"
                        ),
                    );
                }
                Some(_) => {}
            }
        }
        faults
    }
}

impl Config {
    /// What is wrong with X-Road.
    fn say_x_road_faults(&self, say: &mut impl FnMut(bool, String)) {
        let x_road = &self.x_road;
        for network in &x_road.callers {
            let wrong = network.parse::<Network>().is_err();
            say(wrong, format!("x-road.callers: `{network}` is not a network such as 10.30.0.5"));
        }
        for (name, id) in &x_road.registers {
            let wrong = id.parse::<ServiceId>().is_err();
            say(
                wrong,
                format!("x-road.registers.{name}: `{id}` is not INSTANCE/CLASS/MEMBER/SUBSYSTEM/SERVICE"),
            );
        }
        let Some(server) = &x_road.security_server else {
            say(!x_road.registers.is_empty(), "x-road.security-server: is needed to ask registers".into());
            return;
        };
        let plain = server.starts_with("http://127.0.0.1:") || server.starts_with("http://localhost:");
        say(
            !(plain || server.starts_with("https://")),
            format!("x-road.security-server: `{server}` does not begin with https://"),
        );
        let client = x_road.client.as_deref().unwrap_or_default();
        say(
            client.parse::<Member>().is_err(),
            format!("x-road.client: `{client}` is not INSTANCE/CLASS/MEMBER/SUBSYSTEM"),
        );
        say(!(1..=120).contains(&x_road.timeout_seconds), "x-road.timeout-seconds: between 1 and 120".into());
    }

    /// Which service would be spoken to in plain text across a network.
    fn say_transport_faults(&self, say: &mut impl FnMut(bool, String)) {
        let plain = |url: &str| {
            let host = host_of(url).unwrap_or_default();
            !is_loopback(host) && !self.plain_text_hosts.iter().any(|known| known == host)
        };
        let advice = "or name its host in plain-text-hosts";
        if let Some(smtp) = &self.smtp {
            // `tls=required` is STARTTLS or nothing.
            let open = smtp.url.starts_with("smtp://") && !smtp.url.contains("tls=required");
            say(
                open && plain(&smtp.url),
                format!(
                    "smtp.url: mail would go unencrypted; begin with smtps://, add ?tls=required, {advice}"
                ),
            );
        }
        if let Some(sms) = &self.sms {
            let open = !sms.url.starts_with("https://");
            say(open && plain(&sms.url), format!("sms.url: begin with https://, {advice}"));
        }
        if let Some(oidc) = &self.oidc {
            let open = !oidc.issuer.starts_with("https://");
            say(open && plain(&oidc.issuer), format!("oidc.issuer: begin with https://, {advice}"));
        }
    }

    /// What is wrong with files, bucket and issuer.
    fn say_storage_faults(&self, say: &mut impl FnMut(bool, String)) {
        let bucket = self.files.strip_prefix("s3://");
        say(
            bucket.is_some_and(|place| place.is_empty() || place.starts_with('/')),
            "files: s3:// names no bucket".into(),
        );
        say(
            bucket.is_some() && self.s3.is_none(),
            "files: a bucket needs [s3] with endpoint and keys".into(),
        );
        say(self.files.is_empty(), "files: name a folder or s3://bucket".into());
        if let Some(s3) = &self.s3 {
            let plain = s3.endpoint.starts_with("http://") && host_of(&s3.endpoint).is_some_and(is_loopback);
            say(
                !(plain || s3.endpoint.starts_with("https://")),
                format!("s3.endpoint: `{}` does not begin with https://", s3.endpoint),
            );
        }
        let country = self.issuer.country.as_deref();
        say(
            country.is_some_and(|code| code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase())),
            "issuer.country: two capital letters such as IQ".into(),
        );
    }
}

/// The host of an address, without user, password and port.
fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let place = rest.split(['/', '?', '#']).next()?;
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
    match place.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => place.split(':').next(),
    }
}

/// Whether a host is this machine.
fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The contrast of a colour with white, as WCAG computes it.
fn contrast_with_white(colour: &str) -> Option<f64> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let mut light = 0.0;
    for (at, weight) in [(0, 0.2126), (2, 0.7152), (4, 0.0722)] {
        let part = f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0;
        light += weight * if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    }
    Some(1.05 / (light + 0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_listed_at_once() {
        let text = "listen = 'here'\nbase-url = 'ftp://x/'\ndatabase = 'mysql:'\nfiles = 'f'\nkeys = 'k'\n\
                    installation = '!'\ntrusted-proxies = ['me']\n[brand.colours]\ngreen = '#ffff00'\n";
        let config: Config = toml::from_str(text).unwrap();
        let faults = config.faults().join("\n");
        for part in [
            "listen:",
            "neither https://",
            "final slash",
            "database:",
            "installation:",
            "trusted-proxies:",
            "contrast",
        ] {
            assert!(faults.contains(part), "{part} is missing from\n{faults}");
        }
    }

    #[test]
    fn no_service_is_spoken_to_in_plain_text_across_a_network() {
        let base = "base-url = 'https://x'\ndatabase = 'sqlite:x'\nfiles = 'f'\nkeys = 'k'\n";
        let faults = |more: &str| {
            let config: Config = toml::from_str(&format!("{base}{more}")).unwrap();
            config.faults()
        };
        let smtp = |url: &str| format!("[smtp]\nurl = '{url}'\nfrom = 'a@b.iq'\n");
        for url in [
            "smtp://mail.example",
            "smtp://u:p@mail.example:25",
            "smtp://127.0.0.1.evil.example",
            "smtp://127.0.0.1@mail.example",
        ] {
            assert_eq!(faults(&smtp(url)).len(), 1, "{url}");
            assert!(faults(&smtp(url))[0].starts_with("smtp.url"), "{url}");
        }
        for url in [
            "smtps://mail.example:465",
            "smtp://mail.example:587?tls=required",
            "smtp://127.0.0.1:25",
            "smtp://[::1]:25",
            "smtp://localhost",
        ] {
            assert_eq!(faults(&smtp(url)), Vec::<String>::new(), "{url}");
        }
        let allowed = format!("plain-text-hosts = ['mail.rack']\n{}", smtp("smtp://mail.rack:25"));
        assert_eq!(faults(&allowed), Vec::<String>::new());
        assert_eq!(faults("[sms]\nurl = 'http://sms.example/api'\nkey = 'k'\n").len(), 1);
        let wallet = "[oidc]\nissuer = 'http://wallet.example'\nclient-id = 'd'\nclient-secret = 's'\nsure-enough = ['x']\n";
        assert_eq!(faults(wallet).len(), 1);
        let other = base.replace("https://x", "http://localhost.example");
        let config: Config = toml::from_str(&other).unwrap();
        assert_eq!(config.faults().len(), 1, "a name that merely contains localhost is another machine");
        assert_eq!(faults("[sessions]\nofficer-hours = 0\n").len(), 1);
    }

    #[test]
    fn what_cannot_be_read_hides_nothing_else() {
        let table = "listn = 'x'\nbase-url = 1\ntraining = 'yes'\nfiles = 'f'\n[smtp]\nfrom = 'a'\n";
        let faults = unreadable(&table.parse().unwrap()).join("\n");
        for part in ["database: is needed", "keys: is needed", "listn:", "base-url:", "training:", "smtp:"] {
            assert!(faults.contains(part), "{part} is missing from\n{faults}");
        }
        assert!(
            unreadable(&"base-url = 'x'\ndatabase = 'y'\nfiles = 'f'\nkeys = 'k'\n".parse().unwrap())
                .is_empty()
        );
    }

    #[test]
    fn the_environment_overrides_the_file() {
        let mut table: toml::Table = "listen = '127.0.0.1:1'".parse().unwrap();
        override_with(&mut table, "DIWAN_LISTEN", "127.0.0.1:2".into());
        override_with(&mut table, "DIWAN_SMTP_URL", "smtp://127.0.0.1:25".into());
        override_with(&mut table, "DIWAN_TRAINING", "true".into());
        override_with(&mut table, "DIWAN_TRUSTED_PROXIES", "10.0.0.2, ::1".into());
        override_with(&mut table, "DIWAN_WEBHOOKS_ALLOW", "10.20.0.0/16,::1".into());
        assert_eq!(table["webhooks"]["allow"].as_array().map(Vec::len), Some(2));
        assert_eq!(table["trusted-proxies"].as_array().map(Vec::len), Some(2));
        assert_eq!(table["listen"].as_str(), Some("127.0.0.1:2"));
        assert_eq!(table["smtp"]["url"].as_str(), Some("smtp://127.0.0.1:25"));
        assert_eq!(table["training"].as_bool(), Some(true));
    }
}
