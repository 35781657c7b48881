//! What the law asks of each event: who may declare it, until when, what a late
//! declaration needs and costs, and which body keeps the register.
//!
//! Laws change and differ by governorate, so this is data: a file of rules, each
//! with the days and places for which it stands and its legal basis. The rule of
//! an event is the one in force where and when it happened; an older event keeps
//! its older law.

use super::content::Content;
use super::kinds::EventKind;
use crate::dates::PartialDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Everything a set of rules says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The rules, in any order.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// What the law asks of some events, somewhere, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// Names it among the rules.
    pub key: String,
    /// For which events.
    pub events: Vec<EventKind>,
    /// For events from this day on, `YYYY-MM-DD`.
    pub since: Date,
    /// The first day for which it no longer stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// In which governorates, by code; none for everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// The law or instruction.
    pub basis: String,
    /// Which ministry's offices keep this register.
    pub competent: String,
    /// Who may declare.
    pub declarants: Vec<String>,
    /// Until when it is in time; the first that fits counts.
    #[serde(default, rename = "limit")]
    pub limits: Vec<Limit>,
    /// Which fields a late declaration must fill: `court`, `judgment`.
    #[serde(default)]
    pub late_needs: Vec<String>,
    /// What a late declaration costs, in whole dinars: for whoever takes the fee.
    #[serde(default)]
    pub late_fee: i64,
    /// From which age people marry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_age: Option<i32>,
    /// Of divorces: how long the waiting period is, of which nothing else is said. Of
    /// marriages: how long a widow waits. The first that fits counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<Limit>,
    /// Which doubts a supervisor must look at, not any registrar.
    #[serde(default)]
    pub reviewed: Vec<String>,
}

/// A time within which an event is declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Days after the event.
    pub days: i32,
    /// For contents whose fields have one of these values; for all when empty.
    #[serde(default)]
    pub when: BTreeMap<String, Vec<String>>,
}

impl Limit {
    /// Whether it is for what a content says.
    fn fits(&self, said: &Content) -> bool {
        self.when
            .iter()
            .all(|(field, values)| said.get(field).is_some_and(|value| values.iter().any(|one| one == value)))
    }
}

/// Something an officer must look at before an event is registered. Nothing here
/// refuses anyone: the law's refusals are an officer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Declared after its time.
    Late,
    /// By someone the law does not name.
    Declarant,
    /// The day was estimated, or is not known to the day.
    EstimatedDate,
    /// A spouse is younger than the law asks.
    UnderAge,
    /// A marriage of one of them stands.
    MarriageStands,
    /// A second marriage contracted outside the Region.
    MarriageOutside,
    /// The register knows no marriage that this ends.
    NoMarriage,
    /// The parents are not married and the father did not acknowledge the child.
    FatherUnacknowledged,
    /// The register ties another father to the child.
    FatherStands,
    /// A parent is unknown.
    ParentUnknown,
    /// The deceased stands in the register as dead.
    DeadAlready,
    /// Another entry needs the deceased alive on a later day.
    LivedAfter,
    /// The two are kin by the register.
    CloseKin,
    /// A wife's husband died, and she still waits.
    WidowWaits,
    /// What the register knows speaks against the parents.
    UnlikelyParents,
    /// Someone in the register may be the same person, or the event the same.
    PossibleDuplicate,
}

impl Doubt {
    /// Every doubt.
    pub const ALL: &'static [Self] = &[
        Self::Late,
        Self::Declarant,
        Self::EstimatedDate,
        Self::UnderAge,
        Self::MarriageStands,
        Self::MarriageOutside,
        Self::NoMarriage,
        Self::FatherUnacknowledged,
        Self::FatherStands,
        Self::ParentUnknown,
        Self::DeadAlready,
        Self::LivedAfter,
        Self::CloseKin,
        Self::WidowWaits,
        Self::UnlikelyParents,
        Self::PossibleDuplicate,
    ];

    /// The word stored in tables and shown to programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Declarant => "declarant",
            Self::EstimatedDate => "estimated-date",
            Self::UnderAge => "under-age",
            Self::MarriageStands => "marriage-stands",
            Self::MarriageOutside => "marriage-outside",
            Self::NoMarriage => "no-marriage",
            Self::FatherUnacknowledged => "father-unacknowledged",
            Self::FatherStands => "father-stands",
            Self::ParentUnknown => "parent-unknown",
            Self::DeadAlready => "dead-already",
            Self::LivedAfter => "lived-after",
            Self::CloseKin => "close-kin",
            Self::WidowWaits => "widow-waits",
            Self::UnlikelyParents => "unlikely-parents",
            Self::PossibleDuplicate => "possible-duplicate",
        }
    }

    /// Reads the stored word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|doubt| doubt.code() == code)
    }
}

/// Something wrong in a file of rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesFault {
    /// It cannot be read; the reader's own message names line and column.
    #[error("{0}")]
    Unreadable(String),
    /// What it says cannot be.
    #[error("rule `{rule}`: {what}")]
    Wrong {
        /// The rule.
        rule: String,
        /// What, and how to mend it.
        what: String,
    },
    /// For some event no rule stands.
    #[error("no rule for `{0}`: add one with an early `since`")]
    Missing(&'static str),
}

impl Rules {
    /// Reads a file of rules and checks that every kind of event has one.
    ///
    /// # Errors
    /// [`RulesFault`] says what is wrong and where.
    pub fn read(text: &str) -> Result<Self, RulesFault> {
        let rules: Self = toml::from_str(text).map_err(|fault| RulesFault::Unreadable(fault.to_string()))?;
        let mut keys = BTreeSet::new();
        for rule in &rules.rules {
            let wrong = |what: String| RulesFault::Wrong { rule: rule.key.clone(), what };
            if !keys.insert(&rule.key) {
                return Err(wrong("another rule has this key: give each its own".into()));
            }
            rule.sound().map_err(wrong)?;
        }
        for kind in EventKind::ALL {
            if !rules.rules.iter().any(|rule| rule.events.contains(kind) && rule.areas.is_empty()) {
                return Err(RulesFault::Missing(kind.code()));
            }
        }
        Ok(rules)
    }

    /// The rule in force for an event of a kind, by the day on which it may first
    /// have happened and the governorate; a rule for that governorate goes before
    /// one for everywhere, a later one before an earlier one.
    #[must_use]
    pub fn of(
        &self,
        kind: EventKind,
        happened_on: Option<PartialDate>,
        governorate: Option<&str>,
    ) -> Option<&Rule> {
        let day = happened_on.map(PartialDate::earliest);
        let is_here = |rule: &&Rule| {
            rule.areas.is_empty()
                || governorate.is_some_and(|here| rule.areas.iter().any(|area| area == here))
        };
        let stands = |rule: &&Rule| {
            day.is_none_or(|day| rule.since <= day && rule.until.is_none_or(|until| day < until))
        };
        let of_kind = self.rules.iter().filter(|rule| rule.events.contains(&kind));
        of_kind.filter(is_here).filter(stands).max_by_key(|rule| (!rule.areas.is_empty(), rule.since))
    }

    /// Names these rules and no others.
    #[must_use]
    pub fn hash(text: &str) -> String {
        hex::encode(Sha256::digest(text.as_bytes()))
    }
}

impl Rule {
    fn sound(&self) -> Result<(), String> {
        if self.key.is_empty() || self.events.is_empty() || self.basis.trim().is_empty() {
            return Err("a rule needs a key, events and a legal basis".into());
        }
        if self.until.is_some_and(|until| until <= self.since) {
            return Err("`until` does not come after `since`".into());
        }
        if let Some(limit) = self.limits.iter().chain(&self.waiting).find(|limit| limit.days < 1) {
            return Err(format!("a limit of {} days: write 1 or more", limit.days));
        }
        if self.late_fee < 0 {
            return Err("a late fee below nothing: write 0 or more".into());
        }
        if let Some(who) =
            self.declarants.iter().find(|who| !super::forms::DECLARANTS.contains(&who.as_str()))
        {
            return Err(format!(
                "`{who}` can declare nothing: use one of {}",
                super::forms::DECLARANTS.join(", ")
            ));
        }
        if let Some(doubt) = self.reviewed.iter().find(|doubt| Doubt::from_code(doubt).is_none()) {
            return Err(format!("`{doubt}` is no doubt that arises"));
        }
        for kind in &self.events {
            let waits = matches!(kind, EventKind::Divorce | EventKind::Marriage);
            let limits = self.limits.iter().chain(self.waiting.iter().filter(|_| waits));
            let named = self.late_needs.iter().chain(limits.flat_map(|limit| limit.when.keys()));
            for field in named {
                if super::forms::find(*kind, field).is_none() {
                    return Err(format!("`{field}` is no field of `{}`", kind.code()));
                }
            }
        }
        Ok(())
    }

    /// The last day on which a declaration is in time; `None` when the law sets
    /// none, or the day of the event is not known.
    #[must_use]
    pub fn last_day(&self, said: &Content) -> Option<Date> {
        let limit = self.limits.iter().find(|limit| limit.fits(said))?;
        // A day that is not known is not held against anyone.
        let happened = said.date("happened-on")?.latest();
        happened.checked_add(jiff::Span::new().days(limit.days)).ok()
    }

    /// The last day of a divorce's waiting period by the law; `None` where the law knows no
    /// period for it, or the judgment found that there is none.
    #[must_use]
    pub fn waits_until(&self, said: &Content) -> Option<Date> {
        let period = self.waiting.iter().find(|period| period.fits(said))?;
        let happened = said.date("happened-on").filter(|_| !said.is_yes("no-waiting"))?.latest();
        happened.checked_add(jiff::Span::new().days(period.days)).ok()
    }

    /// Whether a widow whose husband died then still waits on the day of a marriage; a day
    /// that is not known is not held against her.
    #[must_use]
    pub fn is_waiting_since(&self, died: PartialDate, said: &Content) -> bool {
        let period = self.waiting.iter().find(|period| period.fits(said));
        let (Some(period), Some(day)) = (period, said.date("happened-on")) else { return false };
        let last = died.earliest().checked_add(jiff::Span::new().days(period.days));
        last.is_ok_and(|last| day.latest() <= last)
    }

    /// Whether a declaration on a day comes after its time.
    #[must_use]
    pub fn is_late(&self, said: &Content, day: Date) -> bool {
        self.last_day(said).is_some_and(|last| day > last)
    }

    /// What the content alone gives an officer to look at.
    #[must_use]
    pub fn doubts(&self, kind: EventKind, said: &Content, day: Date) -> BTreeSet<Doubt> {
        let mut doubts = BTreeSet::new();
        if self.is_late(said, day) {
            doubts.insert(Doubt::Late);
        }
        if said.get("declarant.as").is_some_and(|who| !self.declarants.iter().any(|known| known == who)) {
            doubts.insert(Doubt::Declarant);
        }
        if said.is_yes("estimated") || said.date("happened-on").is_some_and(|date| !date.is_whole()) {
            doubts.insert(Doubt::EstimatedDate);
        }
        if said.is_yes("mother.unknown") || said.is_yes("father.unknown") {
            doubts.insert(Doubt::ParentUnknown);
        }
        let is_unmarried = said.get("parents-married") == Some("no");
        if matches!(kind, EventKind::Birth | EventKind::Stillbirth)
            && is_unmarried
            && !said.is_yes("acknowledged")
        {
            doubts.insert(Doubt::FatherUnacknowledged);
        }
        if kind == EventKind::Marriage && self.someone_is_under_age(said) {
            doubts.insert(Doubt::UnderAge);
        }
        doubts
    }

    fn someone_is_under_age(&self, said: &Content) -> bool {
        let born = |role: &str| said.date(&format!("{role}.born-on"));
        ["husband", "wife"].iter().filter_map(|role| born(role)).any(|born| self.is_under_age(born, said))
    }

    /// Whether whoever was born then is younger than the law asks on the day of a marriage.
    #[must_use]
    pub fn is_under_age(&self, born: PartialDate, said: &Content) -> bool {
        let (Some(least), Some(day)) = (self.least_age, said.date("happened-on")) else { return false };
        born.least_age_on(day.latest()).is_some_and(|age| age < least)
    }

    /// Which fields this declaration lacks because it is late.
    #[must_use]
    pub fn lacks(&self, said: &Content, day: Date) -> Vec<&str> {
        if !self.is_late(said, day) {
            return Vec::new();
        }
        self.late_needs.iter().map(String::as_str).filter(|field| said.get(field).is_none()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TWO: &str = r#"
        [[rule]]
        key = "old"
        events = ["birth"]
        since = "1900-01-01"
        until = "1972-01-01"
        basis = "Law 70/1943"
        competent = "civil-status"
        declarants = ["father", "mukhtar"]

        [[rule]]
        key = "health"
        events = ["birth"]
        since = "1972-01-01"
        basis = "Law 148/1971"
        competent = "health"
        declarants = ["father", "mother", "hospital"]
        late-needs = ["court", "judgment"]
        late-fee = 2000
        [[rule.limit]]
        days = 15
        when = { place-kind = ["hospital"] }
        [[rule.limit]]
        days = 30

        [[rule]]
        key = "halabja"
        events = ["birth"]
        since = "2014-03-13"
        areas = ["hlj"]
        basis = "Instructions of Halabja"
        competent = "health"
        declarants = ["father", "mother", "midwife"]
        [[rule.limit]]
        days = 45
    "#;

    fn rules() -> Rules {
        toml::from_str(TWO).unwrap()
    }

    fn born(on: &str, place: &str) -> Content {
        [("happened-on", on), ("place-kind", place), ("declarant.as", "midwife")].into_iter().collect()
    }

    #[test]
    fn an_older_event_keeps_its_law_and_a_governorate_its_own() {
        let rules = rules();
        for (on, here, expected) in [
            ("1957-07-01", None, "old"),
            ("1972-01-01", None, "health"),
            ("2026-11-01", Some("erb"), "health"),
            ("2026-11-01", Some("hlj"), "halabja"),
            ("2013-11-01", Some("hlj"), "health"),
            ("1971", Some("hlj"), "old"),
        ] {
            let rule = rules.of(EventKind::Birth, on.parse().ok(), here).unwrap();
            assert_eq!(rule.key, expected, "{on} {here:?}");
        }
    }

    #[test]
    fn a_declaration_is_late_after_its_last_day_and_says_what_it_lacks() {
        let rules = rules();
        let rule = rules.of(EventKind::Birth, "2026-11-01".parse().ok(), None).unwrap();
        let hospital = born("2026-11-01", "hospital");
        assert!(!rule.is_late(&hospital, date(2026, 11, 16)));
        assert!(rule.is_late(&hospital, date(2026, 11, 17)));
        assert!(!rule.is_late(&born("2026-11-01", "home"), date(2026, 12, 1)));
        assert_eq!(rule.lacks(&hospital, date(2026, 11, 17)), ["court", "judgment"]);
        // Only the month is known: its last day counts.
        assert!(!rule.is_late(&born("2026-10", "hospital"), date(2026, 11, 15)));
        let doubts = rule.doubts(EventKind::Birth, &hospital, date(2026, 11, 17));
        assert_eq!(doubts, BTreeSet::from([Doubt::Late, Doubt::Declarant]));
    }

    #[test]
    fn a_waiting_period_follows_from_the_law_of_its_day() {
        let text = r#"
            [[rule]]
            key = "divorces"
            events = ["divorce", "annulment"]
            since = "1959-12-30"
            basis = "Law 188/1959, article 48"
            competent = "civil-status"
            declarants = ["court"]
            [[rule.waiting]]
            days = 90
            when = { divorce-kind = ["irrevocable"] }
        "#;
        let rules: Rules = toml::from_str(text).unwrap();
        rules.rules[0].sound().unwrap();
        let waits = |said: &[(&str, &str)]| {
            let said: Content = said.iter().copied().collect();
            rules.rules[0].waits_until(&said)
        };
        let (kind, on) = (("divorce-kind", "irrevocable"), ("happened-on", "2026-10-01"));
        assert_eq!(waits(&[kind, on]), Some(date(2026, 12, 30)));
        assert_eq!(waits(&[kind, on, ("no-waiting", "yes")]), None);
        assert_eq!(waits(&[("divorce-kind", "separation"), on]), None);
        // Of a month that is known its last day counts: nobody is free too early.
        assert_eq!(waits(&[kind, ("happened-on", "2026-10")]), Some(date(2027, 1, 29)));
        let wrong = text.replacen("divorce-kind =", "divorce-sort =", 1);
        let wrong: Rules = toml::from_str(&wrong).unwrap();
        assert!(wrong.rules[0].sound().unwrap_err().contains("divorce-sort"));
    }

    #[test]
    fn what_cannot_be_is_named() {
        for (change, expected) in [
            (("days = 30", "days = 0"), "rule `health`: a limit of 0 days"),
            (("\"mukhtar\"", "\"neighbour\""), "rule `old`: `neighbour` can declare nothing"),
            (("place-kind = [", "plaice = ["), "rule `health`: `plaice` is no field of `birth`"),
            (
                ("1972-01-01\"\n        basis = \"Law 70", "1890-01-01\"\n        basis = \"Law 70"),
                "rule `old`: `until`",
            ),
            (("key = \"halabja\"", "key = \"old\""), "rule `old`: another rule"),
        ] {
            let text = TWO.replacen(change.0, change.1, 1);
            assert_ne!(text, TWO, "{expected}");
            let fault = Rules::read(&text).unwrap_err().to_string();
            assert!(fault.starts_with(expected), "{fault}");
        }
        assert_eq!(Rules::read(TWO).unwrap_err(), RulesFault::Missing("stillbirth"));
        assert!(matches!(Rules::read("rule = 1"), Err(RulesFault::Unreadable(_))));
    }
}
