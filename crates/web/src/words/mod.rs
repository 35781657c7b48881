//! The words of the pages: Fluent messages, numbers and dates, by language.
//!
//! A missing, unused or untranslated message fails the build (tests in
//! `tests/it/inside/complete.rs`); there is no fallback to another language at run time.

mod format;
mod messages;

use crate::derive;
use diwan_domain::refusals::Refusal;
use diwan_domain::services::Service;
use fluent_bundle::FluentResource;
use icu_locale::Locale;
use messages::{Messages, Overrides};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use tracing::error;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../locales"]
struct Locales;

/// The files of a language's messages, as they are built into the program: name and bytes.
pub(crate) fn messages_of(language: &str) -> Vec<(String, Vec<u8>)> {
    let own = format!("{language}/");
    Locales::iter()
        .filter(|file| file.starts_with(&own) && file.ends_with(".ftl"))
        .filter_map(|file| Some((file.to_string(), Locales::get(&file)?.data.into_owned())))
        .collect()
}

/// A value a message mentions.
#[derive(Clone, Debug)]
pub enum Arg {
    /// Text, isolated from the direction around it.
    Text(String),
    /// A number, in the reader's digits and with the reader's plurals.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// One language of the pages.
pub struct Language {
    /// Its code: the first part of every address.
    pub code: String,
    /// Its own name in its own script.
    pub name: String,
    /// Whether it runs from right to left.
    pub rtl: bool,
    derived: Option<String>,
    shared: Messages,
    formats: format::Formats,
}

#[derive(Deserialize)]
struct Listed {
    code: String,
    name: String,
    dir: String,
    cldr: String,
    derived: Option<String>,
}

#[derive(Deserialize)]
struct List {
    language: Vec<Listed>,
}

/// The words of every language.
pub struct Words {
    languages: Vec<Arc<Language>>,
    services: Mutex<HashMap<(String, String), Arc<Messages>>>,
}

/// The words cannot be read: the program was built wrongly.
#[derive(Debug, thiserror::Error)]
#[error("the words of {0} cannot be read: {1}")]
pub struct BadWords(String, String);

impl Words {
    /// Reads every language built into the program.
    ///
    /// # Errors
    /// When a file is not Fluent or a language is not known to CLDR.
    pub fn load() -> Result<Self, BadWords> {
        let bad = |where_: &str, what: String| BadWords(where_.to_owned(), what);
        let list = Locales::get("languages.toml").ok_or_else(|| bad("languages.toml", "missing".into()))?;
        let list: List = toml::from_str(&String::from_utf8_lossy(&list.data))
            .map_err(|error| bad("languages.toml", error.to_string()))?;
        let overrides: Overrides = Arc::new(overrides()?);
        let mut languages = Vec::new();
        for listed in list.language {
            let locale: Locale =
                listed.cldr.parse().map_err(|_| bad(&listed.code, "no such locale".into()))?;
            let mut shared = new_messages(&listed, &overrides)?;
            let from = listed.derived.as_deref().unwrap_or(&listed.code);
            for file in
                Locales::iter().filter(|file| file.starts_with(&format!("{from}/")) && file.ends_with(".ftl"))
            {
                let data = Locales::get(&file).map(|file| file.data).unwrap_or_default();
                let text = String::from_utf8_lossy(&data).into_owned();
                let resource = FluentResource::try_new(text)
                    .map_err(|(_, errors)| bad(&file, format!("{:?}", errors.first())))?;
                shared.add(resource).map_err(|fault| bad(&file, fault))?;
            }
            languages.push(Arc::new(Language {
                rtl: listed.dir == "rtl",
                formats: format::Formats::of(&locale).map_err(|error| bad(&listed.code, error))?,
                shared,
                derived: listed.derived,
                code: listed.code,
                name: listed.name,
            }));
        }
        Ok(Self { languages, services: Mutex::default() })
    }

    /// Every language, in the order of the switch.
    #[must_use]
    pub fn languages(&self) -> &[Arc<Language>] {
        &self.languages
    }

    /// A language by its code.
    #[must_use]
    pub fn language(&self, code: &str) -> Option<Arc<Language>> {
        self.languages.iter().find(|language| language.code == code).cloned()
    }

    /// The first language: the one a visitor gets who asks for none of ours.
    #[must_use]
    pub fn first(&self) -> Arc<Language> {
        self.languages[0].clone()
    }

    /// The best language for an `Accept-Language` header.
    #[must_use]
    pub fn best_for(&self, header: Option<&str>) -> Arc<Language> {
        let mut wanted: Vec<(&str, u16)> = header
            .unwrap_or_default()
            .split(',')
            .filter_map(|part| {
                let mut parts = part.split(';').map(str::trim);
                let code = parts.next().filter(|code| !code.is_empty())?;
                let weight = parts.find_map(|one| one.strip_prefix("q=")?.trim().parse::<f32>().ok());
                Some((code, (weight.unwrap_or(1.0).clamp(0.0, 1.0) * 1000.0) as u16))
            })
            // What weighs nothing is not wanted (RFC 9110 section 12.4.2).
            .filter(|(_, weight)| *weight > 0)
            .collect();
        wanted.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        for (code, _) in wanted {
            let plain = code.split('-').next().unwrap_or(code);
            let alias = if plain == "ku" { "ckb" } else { plain };
            let known = self.languages.iter().find(|l| l.code.eq_ignore_ascii_case(code));
            if let Some(found) = known.or_else(|| self.languages.iter().find(|l| l.code == alias)) {
                return found.clone();
            }
        }
        self.first()
    }

    /// A service's own words in a language, with the shared ones behind them.
    #[must_use]
    pub fn of_service(&self, language: &Arc<Language>, service: &Service) -> ServiceWords {
        let key = (service.hash.clone(), language.code.clone());
        let known = self.services.lock().ok().and_then(|kept| kept.get(&key).cloned());
        let own = known.unwrap_or_else(|| {
            let own = Arc::new(messages_of_service(language, service));
            if let Ok(mut kept) = self.services.lock() {
                kept.insert(key, own.clone());
            }
            own
        });
        ServiceWords { language: language.clone(), own }
    }
}

/// A service's messages for a language: its own, or where the service does not
/// speak it, those of the first language it speaks, in that one's letters.
fn messages_of_service(language: &Language, service: &Service) -> Messages {
    let from = language.source();
    let own = service.words.get(from);
    let mut messages = language.shared.beside(language.uses_arabic_digits(), own.is_none());
    let words = own.or_else(|| {
        let mut spoken = service.languages.iter().filter_map(|code| service.words.get(code));
        spoken.next()
    });
    match words.map(|text| FluentResource::try_new(text.clone())) {
        Some(Ok(resource) | Err((resource, _))) => {
            if messages.add(resource).is_err() {
                error!(service = service.key, language = language.code, "a service message stands twice");
            }
        }
        None => error!(service = service.key, "a service speaks no language"),
    }
    messages
}

fn new_messages(listed: &Listed, overrides: &Overrides) -> Result<Messages, BadWords> {
    // Fluent chooses plurals by this; kmr has no rule of its own and uses ku's.
    let plain = if listed.cldr.starts_with("ku") { "ku" } else { &listed.cldr };
    let derived = listed.derived.as_ref().map(|_| overrides.clone());
    Messages::new(plain, listed.dir == "rtl", derived).map_err(|fault| BadWords(listed.code.clone(), fault))
}

fn overrides() -> Result<BTreeMap<String, String>, BadWords> {
    let Some(file) = Locales::get("overrides/kmr-Arab.txt") else { return Ok(BTreeMap::new()) };
    let text = String::from_utf8_lossy(&file.data).into_owned();
    derive::overrides(&text).map_err(|fault| BadWords("overrides/kmr-Arab.txt".into(), fault.to_string()))
}

impl Language {
    /// `rtl` or `ltr`.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        if self.rtl { "rtl" } else { "ltr" }
    }

    /// The language this one is written from: its own code, or that of the one
    /// it is derived from. Recordings are spoken in it.
    #[must_use]
    pub fn source(&self) -> &str {
        self.derived.as_deref().unwrap_or(&self.code)
    }

    /// A message.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A message that mentions things.
    #[must_use]
    pub fn with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.shared.say(key, args).unwrap_or_else(|| {
            error!(key, language = self.code, "a message is missing");
            format!("[{key}]")
        })
    }

    /// A message, where there is such a one and all that it mentions is given.
    #[must_use]
    pub fn maybe_with(&self, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        self.shared.say_whole(key, args)
    }

    /// A message whose key ends with a code: `phase-` and `draft`.
    #[must_use]
    pub fn t_of(&self, prefix: &str, code: &str) -> String {
        self.with(&format!("{prefix}{}", code.replace(['/', '.'], "-")), &[])
    }

    /// A message whose key ends with a code, that mentions things.
    #[must_use]
    pub fn with_of(&self, prefix: &str, code: &str, args: &[(&str, Arg)]) -> String {
        self.with(&format!("{prefix}{}", code.replace(['/', '.'], "-")), args)
    }

    /// What someone who was refused is told, with its details.
    #[must_use]
    pub fn help(&self, refusal: &Refusal) -> String {
        let args: Vec<(&str, Arg)> =
            refusal.about.iter().map(|(name, value)| (name.as_str(), value.into())).collect();
        self.with_of("refusal-help-", refusal.code(), &args)
    }

    /// Whether there is such a message.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.shared.has(key)
    }

    fn own_script(&self, text: String) -> String {
        self.shared.written(text)
    }

    /// Whether numbers are written ٠١٢٣٤٥٦٧٨٩.
    #[must_use]
    pub fn uses_arabic_digits(&self) -> bool {
        self.rtl
    }
}

/// A service's words in one language.
#[derive(Clone)]
pub struct ServiceWords {
    language: Arc<Language>,
    own: Arc<Messages>,
}

impl ServiceWords {
    /// A message of the service.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.maybe(key).unwrap_or_else(|| {
            error!(key, language = self.language.code, "a service message is missing");
            format!("[{key}]")
        })
    }

    /// A message that a service may leave out.
    #[must_use]
    pub fn maybe(&self, key: &str) -> Option<String> {
        self.maybe_with(key, &[])
    }

    /// A message that a service may leave out, that mentions things.
    #[must_use]
    pub fn maybe_with(&self, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        self.own.say(key, args)
    }
}

/// Takes the direction isolates and marks out, for SMS, e-mail subjects and papers.
#[must_use]
pub fn plain(text: &str) -> String {
    text.replace(['\u{200f}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}
