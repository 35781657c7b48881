//! A centre as data: its halls, lines and counters, and the rule by which people are
//! called. It is a file, checked like a service before it counts, published with its
//! hash, and named in every day's public record.

use super::Need;
use super::call_backs::{CallBackRules, MOST};
use super::order::Able;
use super::releases::Release;
use super::slots::{Limits, NoShows, Offer, Window};
use super::stops::{self, Stop};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Everything the file says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Setup {
    /// The rule by which people are called.
    #[serde(default)]
    pub order: OrderRules,
    /// The halls in which people wait.
    #[serde(rename = "hall", default)]
    pub halls: Vec<Hall>,
    /// The lines in which people stand.
    #[serde(rename = "line", default)]
    pub lines: Vec<Line>,
    /// The counters that serve them.
    #[serde(rename = "counter", default)]
    pub counters: Vec<Counter>,
    /// How appointments are given; without it there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointments: Option<Appointments>,
    /// The times that lines offer.
    #[serde(rename = "offer", default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
    /// The days whose slots are given by draw.
    #[serde(rename = "release", default, skip_serializing_if = "Vec::is_empty")]
    pub releases: Vec<Release>,
    /// Where a mobile unit stands, and when; it is open there and then.
    #[serde(rename = "stop", default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<Stop>,
    /// Who is called back after a visit.
    #[serde(default)]
    pub call_backs: CallBackRules,
}

/// How appointments are given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Appointments {
    /// When a day can be booked.
    pub window: Window,
    /// How many open ones one person and one telephone may hold.
    pub limits: Limits,
    /// What happens to those who do not come.
    pub no_shows: NoShows,
}

/// The rule by which people are called; see [`super::order`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OrderRules {
    /// The decision behind the rule.
    pub basis: String,
    /// How many minutes before an appointment its holder counts as come.
    pub booked_ahead: i64,
    /// How many minutes after it they still count as in time.
    pub booked_late: i64,
    /// How many minutes earlier somebody with a need counts as come.
    pub need_ahead: i64,
    /// How many of any [`need_of`](Self::need_of) calls may pass somebody who came earlier.
    pub need_at_most: i64,
    /// See [`need_at_most`](Self::need_at_most).
    pub need_of: i64,
    /// How often a number is called before it may be passed over.
    pub calls: i64,
    /// Within how many minutes whoever missed their call keeps their place.
    pub revive_within: i64,
    /// With how many before them people are told that they are near.
    pub near: i64,
    /// How many minutes nobody should wait longer than: by it the forecast says how many
    /// counters are needed. Nobody is called by it.
    pub promise: i64,
}

impl Default for OrderRules {
    fn default() -> Self {
        Self {
            basis: String::new(),
            booked_ahead: 30,
            booked_late: 15,
            need_ahead: 20,
            need_at_most: 2,
            need_of: 5,
            calls: 2,
            revive_within: 60,
            near: 3,
            promise: 15,
        }
    }
}

/// Names by language.
pub type Names = BTreeMap<String, String>;

/// A hall in which people wait, with its displays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hall {
    /// Names it in the file and in addresses.
    pub key: String,
    /// Its names by language.
    pub names: Names,
}

/// A line in which people stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The letter before its numbers.
    pub letter: String,
    /// In which hall.
    pub hall: String,
    /// Its names by language.
    pub names: Names,
    /// The keys of the services given here.
    #[serde(default)]
    pub services: Vec<String>,
    /// How many minutes a visit takes, as long as nothing was measured.
    pub minutes: i64,
}

/// A counter that serves lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// Its label, as on its sign.
    pub label: String,
    /// In which hall.
    pub hall: String,
    /// The letters of its lines.
    pub lines: Vec<String>,
    /// What it is fit for.
    #[serde(default)]
    pub abilities: BTreeSet<Need>,
    /// Which way it is from the display: `left`, `right`, `ahead`, `upstairs`.
    #[serde(default = "ahead")]
    pub direction: String,
    /// Which languages are spoken at it besides the centre's own.
    #[serde(default)]
    pub languages: Vec<String>,
}

fn ahead() -> String {
    "ahead".to_owned()
}

/// The languages every name is given in.
pub const LANGUAGES: &[&str] = &["ckb", "ar", "kmr", "en"];

/// The ways a display can point.
pub const DIRECTIONS: &[&str] = &["left", "right", "ahead", "upstairs"];

/// Every code of a [`SetupFault`].
pub const FAULTS: &[&str] = &[
    "unreadable",
    "no-line",
    "key",
    "twice",
    "out-of-range",
    "needs-shut-out-others",
    "no-basis",
    "letter",
    "hall-unknown",
    "name-missing",
    "unserved",
    "service-twice",
    "women-only",
    "label",
    "line-unknown",
    "direction",
    "offer-line",
    "offer",
    "offer-unwritten",
    "release-key",
    "release-days",
    "release-times",
    "release-overlap",
    "stop-day",
    "stop-times",
    "stop-overlap",
];

/// Why a setup cannot be published: where it is, and how it is mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetupFault {
    /// Where: `line A`, `counter C3`, or `line 12, column 4` of the file.
    pub place: String,
    /// A stable code: `hall-unknown`.
    pub code: &'static str,
    /// What does not fit.
    pub found: String,
}

impl Setup {
    /// Reads a file and checks it as a whole.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub fn read(text: &str) -> Result<Self, Vec<SetupFault>> {
        let setup: Self = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start).min(text.len());
            let before = text.get(..start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let place = format!("{line}:{column}");
            vec![SetupFault { place, code: "unreadable", found: error.message().to_owned() }]
        })?;
        let faults = setup.faults();
        if faults.is_empty() { Ok(setup) } else { Err(faults) }
    }

    /// The hash that names a file.
    #[must_use]
    pub fn hash(text: &str) -> String {
        hex::encode(Sha256::digest(text.as_bytes()))
    }

    /// The line with a letter.
    #[must_use]
    pub fn line(&self, letter: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.letter == letter)
    }

    /// The counter with a label.
    #[must_use]
    pub fn counter(&self, label: &str) -> Option<&Counter> {
        self.counters.iter().find(|counter| counter.label == label)
    }

    /// The line in which a service is given.
    #[must_use]
    pub fn line_of(&self, service: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.services.iter().any(|key| key == service))
    }

    /// The times that a line offers, with how appointments are given.
    #[must_use]
    pub fn offer(&self, letter: &str) -> Option<(&Offer, &Appointments)> {
        let offer = self.offers.iter().find(|offer| offer.line == letter)?;
        Some((offer, self.appointments.as_ref()?))
    }

    /// The labels of the counters that serve a line.
    #[must_use]
    pub fn labels_of(&self, letter: &str) -> BTreeSet<String> {
        let serves = |counter: &&Counter| counter.lines.iter().any(|line| line == letter);
        self.counters.iter().filter(serves).map(|counter| counter.label.clone()).collect()
    }

    /// What a counter can take while it serves these lines.
    #[must_use]
    pub fn able(&self, label: &str, lines: &BTreeSet<String>) -> Able {
        Able {
            lines: lines.clone(),
            abilities: self.counter(label).map(|counter| counter.abilities.clone()).unwrap_or_default(),
            somewhere: lines.iter().flat_map(|line| self.abilities(line)).collect(),
        }
    }

    /// What some counter that serves a line is fit for.
    fn abilities(&self, letter: &str) -> BTreeSet<Need> {
        let serves = |counter: &&Counter| counter.lines.iter().any(|line| line == letter);
        self.counters.iter().filter(serves).flat_map(|counter| counter.abilities.iter().copied()).collect()
    }

    fn faults(&self) -> Vec<SetupFault> {
        let mut faults = Faults::default();
        self.check_order(&mut faults);
        let halls: BTreeSet<&str> = self.halls.iter().map(|hall| hall.key.as_str()).collect();
        faults.doubled("hall", self.halls.iter().map(|hall| hall.key.as_str()));
        faults.doubled("line", self.lines.iter().map(|line| line.letter.as_str()));
        faults.doubled("counter", self.counters.iter().map(|counter| counter.label.as_str()));
        if self.lines.is_empty() {
            faults.add("", "no-line", "");
        }
        for hall in &self.halls {
            let place = format!("hall {}", hall.key);
            if hall.key.is_empty() || !hall.key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
                faults.add(&place, "key", &hall.key);
            }
            faults.named(&place, &hall.names);
        }
        let mut given = BTreeSet::new();
        for line in &self.lines {
            self.check_line(line, &halls, &mut given, &mut faults);
        }
        faults.doubled("offer", self.offers.iter().map(|offer| offer.line.as_str()));
        for offer in &self.offers {
            self.check_offer(offer, &mut faults);
        }
        faults.doubled("release", self.releases.iter().map(|release| release.key.as_str()));
        for (n, release) in self.releases.iter().enumerate() {
            self.check_release(n, release, &mut faults);
        }
        for counter in &self.counters {
            self.check_counter(counter, &halls, &mut faults);
        }
        for (n, stop) in self.stops.iter().enumerate() {
            faults.named(&format!("stop {}", n + 1), &stop.names);
        }
        if !self.call_backs.is_sound() {
            let found = format!("share = {}, at-most = {}", self.call_backs.share, self.call_backs.at_most);
            faults.add("call-backs", "out-of-range", &format!("{found} (0 … 100, 0 … {MOST})"));
        }
        for (place, code, found) in stops::faults(&self.stops) {
            faults.add(&place, code, &found);
        }
        faults.0
    }

    fn check_order(&self, faults: &mut Faults) {
        let order = &self.order;
        for (name, value, most) in [
            ("booked-ahead", order.booked_ahead, 240),
            ("booked-late", order.booked_late, 240),
            ("need-ahead", order.need_ahead, 240),
            ("revive-within", order.revive_within, 600),
            ("near", order.near, 50),
        ] {
            if !(0..=most).contains(&value) {
                faults.add("order", "out-of-range", &format!("{name} = {value} (0 … {most})"));
            }
        }
        if !(1..=240).contains(&order.promise) {
            faults.add("order", "out-of-range", &format!("promise = {} (1 … 240)", order.promise));
        }
        if !(1..=10).contains(&order.calls) {
            faults.add("order", "out-of-range", &format!("calls = {} (1 … 10)", order.calls));
        }
        if !(2..=20).contains(&order.need_of) || !(0..order.need_of).contains(&order.need_at_most) {
            let found = format!("need-at-most = {}, need-of = {}", order.need_at_most, order.need_of);
            faults.add("order", "needs-shut-out-others", &found);
        }
        if order.basis.trim().is_empty() {
            faults.add("order", "no-basis", "");
        }
    }

    fn check_line<'a>(
        &self,
        line: &'a Line,
        halls: &BTreeSet<&str>,
        given: &mut BTreeSet<&'a str>,
        faults: &mut Faults,
    ) {
        let place = format!("line {}", line.letter);
        if line.letter.len() != 1 || !line.letter.bytes().all(|b| b.is_ascii_uppercase()) {
            faults.add(&place, "letter", &line.letter);
        }
        if !halls.contains(line.hall.as_str()) {
            faults.add(&place, "hall-unknown", &line.hall);
        }
        faults.named(&place, &line.names);
        if !(1..=240).contains(&line.minutes) {
            faults.add(&place, "out-of-range", &format!("minutes = {} (1 … 240)", line.minutes));
        }
        if !self.counters.iter().any(|counter| counter.lines.contains(&line.letter)) {
            faults.add(&place, "unserved", &line.letter);
        }
        // A service in two lines would leave people standing in the slower one.
        for service in line.services.iter().filter(|service| !given.insert(service.as_str())) {
            faults.add(&place, "service-twice", service);
        }
        // Whoever asks for a counter for women must not be the only one it may serve.
        let serving: Vec<&Counter> =
            self.counters.iter().filter(|counter| counter.lines.contains(&line.letter)).collect();
        let is_for_women = |counter: &&Counter| counter.abilities.contains(&Need::WomenOnly);
        if !serving.is_empty() && serving.iter().all(is_for_women) {
            faults.add(&place, "women-only", &line.letter);
        }
    }

    fn check_offer(&self, offer: &Offer, faults: &mut Faults) {
        let place = format!("offer {}", offer.line);
        if self.line(&offer.line).is_none() {
            faults.add(&place, "offer-line", &offer.line);
        }
        if let Err(fault) = offer.check() {
            faults.add(&place, "offer", &fault.to_string());
        }
        if self.appointments.is_none() {
            faults.add(&place, "offer-unwritten", "[appointments]");
        }
    }

    fn check_release(&self, n: usize, release: &Release, faults: &mut Faults) {
        let place = format!("release {}", release.key);
        if self.offer(&release.line).is_none() {
            faults.add(&place, "offer-line", &release.line);
        }
        if let Some((code, found)) = release.fault() {
            faults.add(&place, code, &found);
        }
        // A slot that two draws give would be given twice.
        let meets = |other: &&Release| {
            other.line == release.line && other.from <= release.until && release.from <= other.until
        };
        if let Some(other) = self.releases[..n].iter().find(meets) {
            faults.add(&place, "release-overlap", &other.key);
        }
    }

    fn check_counter(&self, counter: &Counter, halls: &BTreeSet<&str>, faults: &mut Faults) {
        let place = format!("counter {}", counter.label);
        if counter.label.trim().is_empty() || counter.label.chars().count() > 8 {
            faults.add(&place, "label", &counter.label);
        }
        if !halls.contains(counter.hall.as_str()) {
            faults.add(&place, "hall-unknown", &counter.hall);
        }
        if counter.lines.is_empty() {
            faults.add(&place, "no-line", "");
        }
        for letter in counter.lines.iter().filter(|letter| self.line(letter).is_none()) {
            faults.add(&place, "line-unknown", letter);
        }
        if !DIRECTIONS.contains(&counter.direction.as_str()) {
            faults.add(&place, "direction", &counter.direction);
        }
    }
}

#[derive(Default)]
struct Faults(Vec<SetupFault>);

impl Faults {
    fn add(&mut self, place: &str, code: &'static str, found: &str) {
        self.0.push(SetupFault { place: place.to_owned(), code, found: found.to_owned() });
    }

    fn doubled<'a>(&mut self, what: &str, keys: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for key in keys {
            if !seen.insert(key) {
                self.add(&format!("{what} {key}"), "twice", key);
            }
        }
    }

    fn named(&mut self, place: &str, names: &Names) {
        for language in LANGUAGES {
            if names.get(*language).is_none_or(|name| name.trim().is_empty()) {
                self.add(place, "name-missing", language);
            }
        }
    }
}

/// A small sound setup.
#[cfg(test)]
pub(crate) const SMALL: &str = r#"
[order]
basis = "Order 1 of 2026"

[[hall]]
key = "main"
names = { ckb = "هۆڵ", ar = "القاعة", kmr = "Hol", en = "Hall" }

[[line]]
letter = "A"
hall = "main"
names = { ckb = "بڕوانامە", ar = "الشهادات", kmr = "Bawername", en = "Certificates" }
services = ["birth-certificate"]
minutes = 8

[[counter]]
label = "C1"
hall = "main"
lines = ["A"]
abilities = ["wheelchair"]
"#;

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(String, &'static str)> {
        Setup::read(text).unwrap_err().into_iter().map(|fault| (fault.place, fault.code)).collect()
    }

    #[test]
    fn a_sound_setup_is_read() {
        let setup = Setup::read(SMALL).unwrap();
        assert_eq!(setup.line_of("birth-certificate").unwrap().letter, "A");
        assert_eq!(setup.counter("C1").unwrap().direction, "ahead");
        assert_eq!(setup.order.calls, 2);
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        let broken = SMALL
            .replace("basis = \"Order 1 of 2026\"", "need-at-most = 9")
            .replace("lines = [\"A\"]", "lines = [\"B\"]")
            .replace("kmr = \"Bawername\", ", "")
            .replace("hall = \"main\"\nnames", "hall = \"attic\"\nnames");
        assert_eq!(
            codes(&broken),
            [
                ("order".into(), "needs-shut-out-others"),
                ("order".into(), "no-basis"),
                ("line A".into(), "hall-unknown"),
                ("line A".into(), "name-missing"),
                ("line A".into(), "unserved"),
                ("counter C1".into(), "line-unknown"),
            ]
        );
        assert_eq!(codes("[order]\nbasis = 1"), [("2:9".into(), "unreadable")]);
        let offer = "\n[[offer]]\nline = \"Z\"\nslot = 0\nvisit = 10\ncounters = []\nshares = { booked = 50, vulnerable = 10 }\n";
        let found = codes(&format!("{SMALL}{offer}"));
        let named = |code| ("offer Z".to_owned(), code);
        assert_eq!(found, [named("offer-line"), named("offer"), named("offer-unwritten")]);
        let stops =
            "\n[[stop]]\nnames = { ckb = \"کەلار\", ar = \"كلار\", en = \"Kalar\" }\nfrom = 540\nuntil = 500\n";
        let found = codes(&format!("{SMALL}{stops}"));
        let named = |code| ("stop 1".to_owned(), code);
        assert_eq!(found, [named("name-missing"), named("stop-day"), named("stop-times")]);
        let release = "\n[[release]]\nkey = \"winter\"\nline = \"A\"\nfrom = \"2026-12-06\"\nuntil = \"2026-12-10\"\nopens = \"2026-11-23T08:00\"\ncloses = \"2026-11-23T08:00\"\ndrawn = \"2026-11-26T08:00\"\n";
        let found = codes(&format!("{SMALL}{release}{}", release.replace("winter", "other")));
        let named = |key: &str, code| (format!("release {key}"), code);
        assert_eq!(
            found,
            [
                named("winter", "offer-line"),
                named("winter", "release-times"),
                named("other", "offer-line"),
                named("other", "release-times"),
                named("other", "release-overlap"),
            ]
        );
        let women = SMALL.replace("\"wheelchair\"", "\"women-only\"");
        assert_eq!(codes(&women), [("line A".into(), "women-only")]);
    }
}
