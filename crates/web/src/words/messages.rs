//! The messages of a language or of a service, ready to be said.
//!
//! Most mention nothing: they are written out once, when they are read, in the
//! reader's own letters. The others are put together each time.

use super::{Arg, format};
use crate::derive;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, PatternElement};
use intl_memoizer::concurrent::IntlLangMemoizer;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tracing::error;

/// Words whose spelling does not follow their sound, of a language that is written in
/// other letters than its messages are.
pub(super) type Overrides = Arc<BTreeMap<String, String>>;

pub(super) struct Messages {
    bundle: FluentBundle<FluentResource>,
    /// Written in Arabic letters from Latin ones, with the words that differ.
    derived: Option<Overrides>,
    /// Those that mention nothing.
    plain: HashMap<String, String>,
}

impl Messages {
    /// None yet.
    ///
    /// # Errors
    /// When Fluent knows no such language, by which plurals are chosen.
    pub(super) fn new(
        language: &str,
        arabic_digits: bool,
        derived: Option<Overrides>,
    ) -> Result<Self, String> {
        let id = language.parse().map_err(|_| "no such language".to_owned())?;
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_formatter(Some(if arabic_digits { in_arabic_digits } else { in_latin_digits }));
        Ok(Self { bundle, derived, plain: HashMap::new() })
    }

    /// None yet, in the same language; where they are borrowed from another one, in its
    /// letters.
    pub(super) fn beside(&self, arabic_digits: bool, borrowed: bool) -> Self {
        let mut bundle = FluentBundle::new_concurrent(self.bundle.locales.clone());
        bundle.set_formatter(Some(if arabic_digits { in_arabic_digits } else { in_latin_digits }));
        Self { bundle, derived: self.derived.clone().filter(|_| !borrowed), plain: HashMap::new() }
    }

    /// Adds those of a file.
    ///
    /// # Errors
    /// When one of them is there already.
    pub(super) fn add(&mut self, file: FluentResource) -> Result<(), String> {
        for entry in file.entries() {
            let Entry::Message(message) = entry else { continue };
            let Some(pattern) = &message.value else { continue };
            let texts: Option<String> = pattern
                .elements
                .iter()
                .map(|element| match element {
                    PatternElement::TextElement { value } => Some(*value),
                    PatternElement::Placeable { .. } => None,
                })
                .collect();
            if let Some(text) = texts {
                let text = self.written(text);
                self.plain.entry(message.id.name.to_owned()).or_insert(text);
            }
        }
        self.bundle.add_resource(file).map_err(|errors| format!("{:?}", errors.first()))
    }

    /// Whether there is such a message.
    pub(super) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// What a message says, where all that it mentions is given.
    pub(super) fn say_whole(&self, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        if let Some(text) = self.plain.get(key) {
            return Some(text.clone());
        }
        let (text, errors) = self.put_together(key, args)?;
        errors.is_empty().then_some(text)
    }

    /// What a message says, with what it mentions.
    pub(super) fn say(&self, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        if let Some(text) = self.plain.get(key) {
            return Some(text.clone());
        }
        let (text, errors) = self.put_together(key, args)?;
        if !errors.is_empty() {
            error!(key, "a message lacks something it mentions: {errors:?}");
        }
        Some(text)
    }

    fn put_together(&self, key: &str, args: &[(&str, Arg)]) -> Option<(String, Vec<FluentError>)> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut given = FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Text(text) => given.set(*name, text.as_str()),
                Arg::Number(number) => given.set(*name, *number),
            }
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&given), &mut errors).into_owned();
        Some((self.written(text), errors))
    }

    /// Text in the letters of the language.
    pub(super) fn written(&self, text: String) -> String {
        match &self.derived {
            Some(overrides) => derive::to_arabic(&text, overrides),
            None => text,
        }
    }
}

fn in_arabic_digits(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(format::to_arabic_digits(&number.as_string())),
        _ => None,
    }
}

fn in_latin_digits(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(number.as_string().into_owned()),
        _ => None,
    }
}
