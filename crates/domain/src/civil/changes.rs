//! What one set of rules says otherwise than another, and how each rule stands on a
//! day: what whoever publishes rules reads before.

use super::rules::{Rule, Rules, RulesFault};
use jiff::civil::Date;
use serde_json::Value;

/// How a rule stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It stands for what happens on the day.
    InForce,
    /// It stands for what happens later.
    ToCome,
    /// It stands for what happened before, and for nothing since.
    Over,
}

impl Standing {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::InForce, Self::ToCome, Self::Over];

    /// The word shown to programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::ToCome => "to-come",
            Self::Over => "over",
        }
    }

    /// How a rule stands on a day.
    #[must_use]
    pub fn of(rule: &Rule, day: Date) -> Self {
        match (rule.since > day, rule.until.is_some_and(|until| until <= day)) {
            (true, _) => Self::ToCome,
            (false, true) => Self::Over,
            (false, false) => Self::InForce,
        }
    }
}

/// What becomes of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// There was none of this key.
    Added,
    /// There is none any more.
    Removed,
    /// It says something else: each field with what it said and says. What a rule does
    /// not say is empty.
    Changed(Vec<(String, String, String)>),
}

impl Change {
    /// The word shown to programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed(_) => "changed",
        }
    }
}

/// The rules that would not stay as they are, by key, in the order of the new set; those
/// that go come last.
#[must_use]
pub fn changes(before: &Rules, after: &Rules) -> Vec<(String, Change)> {
    let known = |rules: &'_ Rules, key: &str| rules.rules.iter().position(|rule| rule.key == key);
    let mut all = Vec::new();
    for rule in &after.rules {
        let change = match known(before, &rule.key) {
            None => Change::Added,
            Some(at) => match differences(&before.rules[at], rule) {
                fields if fields.is_empty() => continue,
                fields => Change::Changed(fields),
            },
        };
        all.push((rule.key.clone(), change));
    }
    let gone = before.rules.iter().filter(|rule| known(after, &rule.key).is_none());
    all.extend(gone.map(|rule| (rule.key.clone(), Change::Removed)));
    all
}

/// What a rule says, by field, in the words of the file; what it leaves out is not there.
#[must_use]
pub fn said(rule: &Rule) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(rule) else { return Vec::new() };
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        Value::Array(items) => items.iter().map(limit_in_words).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    };
    let is_said = |value: &Value| !matches!(value, Value::Array(items) if items.is_empty());
    fields.iter().filter(|(_, value)| is_said(value)).map(|(key, value)| (key.clone(), text(value))).collect()
}

/// A limit as one writes it down: `15 (place-kind = hospital)`.
fn limit_in_words(limit: &Value) -> String {
    let days = limit["days"].to_string();
    let when = limit["when"].as_object().into_iter().flatten().map(|(field, values)| {
        let values: Vec<&str> = values.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        format!("{field} = {}", values.join("/"))
    });
    let when: Vec<String> = when.collect();
    if when.is_empty() { days } else { format!("{days} ({})", when.join(", ")) }
}

fn differences(before: &Rule, after: &Rule) -> Vec<(String, String, String)> {
    let (old, new) = (said(before), said(after));
    let of = |all: &[(String, String)], key: &str| {
        all.iter().find(|(known, _)| known == key).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let mut keys: Vec<&String> = old.iter().chain(&new).map(|(key, _)| key).collect();
    keys.sort_unstable();
    keys.dedup();
    let both = keys.into_iter().map(|key| (key.clone(), of(&old, key), of(&new, key)));
    both.filter(|(_, old, new)| old != new).collect()
}

impl RulesFault {
    /// On which line of a file the fault stands, counted from 1, as far as it can be
    /// told: the line that names the rule, or where reading ended.
    #[must_use]
    pub fn line(&self, text: &str) -> Option<usize> {
        match self {
            Self::Unreadable(said) => {
                let rest = said.split("line ").nth(1)?;
                rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
            }
            Self::Wrong { rule, .. } => {
                let names = |line: &str| {
                    let (key, value) = line.split_once('=')?;
                    let value = value.trim().trim_start_matches('"');
                    (key.trim() == "key" && value.strip_prefix(rule.as_str())?.starts_with('"')).then_some(())
                };
                // Of two that bear one key the second is one too many.
                text.lines()
                    .enumerate()
                    .filter(|(_, line)| names(line).is_some())
                    .last()
                    .map(|(at, _)| at + 1)
            }
            Self::Missing(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil::EventKind;
    use jiff::civil::date;

    fn built_in() -> String {
        let kinds: Vec<String> = EventKind::ALL.iter().map(|kind| format!("\"{}\"", kind.code())).collect();
        format!(
            "[[rule]]\nkey = \"all\"\nevents = [{}]\nsince = \"1900-01-01\"\nbasis = \"Law 1\"\n\
             competent = \"health\"\ndeclarants = [\"father\"]\nlate-fee = 2000\n\n[[rule.limit]]\ndays = 30\n",
            kinds.join(", ")
        )
    }

    #[test]
    fn what_would_change_is_told_by_rule_and_field() {
        let before = built_in();
        let more = "\n[[rule]]\nkey = \"new\"\nevents = [\"birth\"]\nsince = \"2027-01-01\"\nbasis = \"Law 2\"\n\
                    competent = \"health\"\ndeclarants = [\"mother\"]\n";
        let after = format!("{}{more}", before.replace("2000", "5000").replace("days = 30", "days = 45"));
        let (old, new) = (Rules::read(&before).unwrap(), Rules::read(&after).unwrap());
        let told = changes(&old, &new);
        let fields = vec![
            ("late-fee".to_owned(), "2000".to_owned(), "5000".to_owned()),
            ("limit".to_owned(), "30".to_owned(), "45".to_owned()),
        ];
        assert_eq!(told, [("all".to_owned(), Change::Changed(fields)), ("new".to_owned(), Change::Added)]);
        assert_eq!(changes(&new, &old).last(), Some(&("new".to_owned(), Change::Removed)));
        assert!(changes(&old, &old).is_empty());
        let day = date(2026, 11, 27);
        let how: Vec<&str> = new.rules.iter().map(|rule| Standing::of(rule, day).code()).collect();
        assert_eq!(how, ["in-force", "to-come"]);
    }

    #[test]
    fn a_fault_names_its_line() {
        let text = built_in();
        for (change, line) in [
            (("\"father\"", "\"neighbour\""), Some(2)),
            (("late-fee = 2000", "late-fee = many"), Some(8)),
            (("\"death\", ", ""), None),
        ] {
            let wrong = text.replacen(change.0, change.1, 1);
            assert_ne!(wrong, text, "{change:?}");
            assert_eq!(Rules::read(&wrong).unwrap_err().line(&wrong), line, "{change:?}");
        }
        let twice = format!("{text}{text}");
        assert_eq!(Rules::read(&twice).unwrap_err().line(&twice), Some(13));
    }
}
