//! What a declaration or an entry says: values by field, as a form, a row of a
//! file and a program all write them.

use crate::dates::PartialDate;
use crate::names::NameParts;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Values by field (`mother.given`), without empty ones. Order is that of the
/// keys, so that equal contents are equal texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(pub BTreeMap<String, String>);

/// One field that two contents say differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// What was said; `None` for nothing.
    pub before: Option<String>,
    /// What is said; `None` for nothing.
    pub after: Option<String>,
}

impl Content {
    /// Reads a stored content as far as it is wanted; the rest is passed over.
    ///
    /// # Errors
    /// When the text is no content.
    pub fn read_some(text: &str, wanted: impl Fn(&str) -> bool) -> serde_json::Result<Self> {
        let mut reading = serde_json::Deserializer::from_str(text);
        let said = serde::Deserializer::deserialize_map(&mut reading, Wanted(wanted))?;
        reading.end()?;
        Ok(Self(said))
    }

    /// The value of a field, if it has one.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// The value of a role's field: `("mother", "given")` is `mother.given`.
    #[must_use]
    pub fn of(&self, role: &str, field: &str) -> Option<&str> {
        self.get(&format!("{role}.{field}"))
    }

    /// Whether a field is answered `yes`.
    #[must_use]
    pub fn is_yes(&self, field: &str) -> bool {
        self.get(field) == Some("yes")
    }

    /// Sets a field; an empty value removes it.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        let value = value.into();
        if value.is_empty() {
            self.0.remove(field);
        } else {
            self.0.insert(field.to_owned(), value);
        }
    }

    /// A date, as far as it is known and can be read.
    #[must_use]
    pub fn date(&self, field: &str) -> Option<PartialDate> {
        self.get(field)?.parse().ok()
    }

    /// Someone's name in the register's own script; `None` without a given name.
    #[must_use]
    pub fn name(&self, role: &str) -> Option<NameParts> {
        self.name_with(role, "")
    }

    /// Someone's name in Latin letters; `None` without a given name.
    #[must_use]
    pub fn latin(&self, role: &str) -> Option<NameParts> {
        self.name_with(role, "-latin")
    }

    fn name_with(&self, role: &str, ending: &str) -> Option<NameParts> {
        let part = |part: &str| self.of(role, &format!("{part}{ending}")).map(str::to_owned);
        Some(NameParts {
            given: part("given")?,
            father: part("father"),
            grandfather: part("grandfather"),
            family: part("family"),
        })
    }

    /// What another content says differently, in the order of the fields.
    #[must_use]
    pub fn differences(&self, after: &Self) -> Vec<Difference> {
        let mut fields: Vec<&String> = self.0.keys().chain(after.0.keys()).collect();
        fields.sort_unstable();
        fields.dedup();
        fields
            .into_iter()
            .filter(|field| self.get(field) != after.get(field))
            .map(|field| Difference {
                field: field.clone(),
                before: self.get(field).map(str::to_owned),
                after: after.get(field).map(str::to_owned),
            })
            .collect()
    }
}

/// Collects the fields that are wanted.
struct Wanted<F>(F);

/// A field's name, read in place where its text allows that.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de, F: Fn(&str) -> bool> Visitor<'de> for Wanted<F> {
    type Value = BTreeMap<String, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("values by field")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut said = BTreeMap::new();
        while let Some(Key(field)) = map.next_key()? {
            if (self.0)(&field) {
                said.insert(field.into_owned(), map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(said)
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Content {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(said: I) -> Self {
        let mut content = Self::default();
        for (field, value) in said {
            content.set(&field.into(), value);
        }
        content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_is_read_as_far_as_it_is_wanted() {
        let text = r#"{"child.given":"ش\u064a","father.given":"x","happened-on":"2026-01-02"}"#;
        let read = Content::read_some(text, |field| !field.starts_with("father")).unwrap();
        assert_eq!(read, [("child.given", "شي"), ("happened-on", "2026-01-02")].into_iter().collect());
        for wrong in ["", "[]", r#"{"a":1}"#, r#"{"a":"b"} more"#] {
            assert!(Content::read_some(wrong, |_| true).is_err(), "{wrong}");
        }
    }

    #[test]
    fn differences_name_what_was_added_changed_and_taken_away() {
        let before: Content = [("a", "1"), ("b", "2"), ("c", "3")].into_iter().collect();
        let after: Content = [("a", "1"), ("b", "4"), ("d", "5"), ("e", "")].into_iter().collect();
        let found = before.differences(&after);
        let short: Vec<_> = found
            .iter()
            .map(|one| (one.field.as_str(), one.before.as_deref(), one.after.as_deref()))
            .collect();
        assert_eq!(short, [("b", Some("2"), Some("4")), ("c", Some("3"), None), ("d", None, Some("5"))]);
    }
}
