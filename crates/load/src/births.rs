//! Births as a registry gets them: mostly of parents whom the register knows by their
//! numbers; sometimes of people who are all new to it.

use anyhow::ensure;
use diwan_demo::Region;
use diwan_demo::names::Sex;
use diwan_demo::region::Person;
use diwan_domain::civil::forms::{self, FieldKind};
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::names::NameParts;
use jiff::Span;
use jiff::civil::Date;

/// Chance that is the same in every run: where a number falls, from a number.
fn lot(n: usize, of: usize, among: usize) -> usize {
    // SplitMix64.
    let mut mixed = (n as u64 ^ (of as u64) << 40).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) % among.max(1) as u64) as usize
}

/// Makes births of these days.
pub struct Births<'r> {
    /// The given names of the region in both scripts, as often as people bear them.
    names: Vec<(String, String)>,
    /// Women and men of the region who have a number and may have children.
    mothers: Vec<&'r Person>,
    fathers: Vec<&'r Person>,
    today: Date,
    /// How many births earlier runs declared.
    earlier: usize,
}

/// How many births one run declares at most.
const A_RUN: usize = 30_000;

impl<'r> Births<'r> {
    /// Births in a region: others in every run on the same register.
    ///
    /// # Errors
    /// When the region has nobody to take a name or a parent from.
    pub fn of(region: &'r Region, run: usize) -> anyhow::Result<Self> {
        let names = region.people.iter().filter_map(|person| {
            person.latin.as_ref().map(|latin| (person.name.given.clone(), latin.given.clone()))
        });
        let today = jiff::Zoned::now().date();
        let may_be = |sex: Sex, oldest: i64| {
            let people = region.people.iter().filter(move |person| {
                person.sex == sex
                    && !person.protected
                    && person.number("upn").is_some()
                    && person.age_on(today).is_some_and(|age| (18..oldest).contains(&age))
            });
            people.collect::<Vec<_>>()
        };
        let (mothers, fathers) = (may_be(Sex::Female, 45), may_be(Sex::Male, 60));
        let births = Self { names: names.collect(), mothers, fathers, today, earlier: run * A_RUN };
        ensure!(!births.names.is_empty(), "nobody of the region has a spelling in two scripts");
        ensure!(!births.fathers.is_empty(), "nobody of the region may be a father");
        Ok(births)
    }

    /// How many mothers there are: each bears once.
    pub fn mothers(&self) -> usize {
        self.mothers.len()
    }

    /// The birth of a child whose parents the register knows.
    pub fn ordinary(&self, n: usize) -> Content {
        let n = self.earlier + n;
        let mut content = birth(&self.names, self.today, n);
        let mother = self.mothers[n % self.mothers.len()];
        let father = self.fathers[lot(n, 40, self.fathers.len())];
        for (role, parent) in [("mother", mother), ("father", father)] {
            write(&mut content, role, &parent.name, "");
            write(&mut content, role, parent.latin.as_ref().unwrap_or(&NameParts::default()), "-latin");
            content.set(&format!("{role}.own-script"), "");
            content.set(&format!("{role}.upn"), parent.number("upn").unwrap_or_default());
            content.set(&format!("{role}.born-on"), parent.born_on.as_str());
        }
        let kin = [("father", Some(&father.name.given)), ("grandfather", father.name.father.as_ref())];
        for (field, name) in kin.into_iter().chain([("family", father.name.family.as_ref())]) {
            content.set(&format!("child.{field}"), name.cloned().unwrap_or_default());
            content.set(&format!("child.{field}-latin"), "");
        }
        content.set("child.own-script", "");
        content
    }

    /// The birth of a child of parents who are new to the register themselves.
    pub fn of_strangers(&self, n: usize) -> Content {
        birth(&self.names, self.today, self.earlier + n)
    }
}

fn write(content: &mut Content, role: &str, name: &NameParts, ending: &str) {
    let parts = [
        ("given", Some(&name.given)),
        ("father", name.father.as_ref()),
        ("grandfather", name.grandfather.as_ref()),
        ("family", name.family.as_ref()),
    ];
    for (part, text) in parts {
        content.set(&format!("{role}.{part}{ending}"), text.cloned().unwrap_or_default());
    }
}

/// A birth of these days with every field filled that can be: three people who are
/// new to the register, named as often by common names as those of the region, in
/// three scripts; each parent with a personal number.
fn birth(names: &[(String, String)], today: Date, n: usize) -> Content {
    let mut content = Content::default();
    for field in forms::fields(EventKind::Birth) {
        let value = match field.kind {
            FieldKind::Text(most) => "هەولێر، گەڕەکی ئازادی".chars().take(most).collect(),
            FieldKind::Choice(words) => words[0].to_owned(),
            FieldKind::Number(least, most) => ((least + most) / 2).to_string(),
            FieldKind::Country => "IQ".to_owned(),
            FieldKind::Time => format!("{:02}:{:02}", lot(n, 1, 24), lot(n, 2, 60)),
            FieldKind::Date => "1990-05-04".to_owned(),
            FieldKind::Phone => "0750 123 4567".to_owned(),
            FieldKind::Name => "ئازاد".to_owned(),
            FieldKind::LatinName => "Azad".to_owned(),
            _ => continue,
        };
        content.set(field.key, value);
    }
    for (at, role) in ["child", "mother", "father"].iter().enumerate() {
        let mut whole = Vec::new();
        for (part, field) in ["given", "father", "grandfather", "family"].iter().enumerate() {
            // A child's further names are the father's.
            let bearer = if *role == "child" && part > 0 { (2, part - 1) } else { (at, part) };
            let (arabic, latin) = &names[lot(n, 10 + bearer.0 * 4 + bearer.1, names.len())];
            content.set(&format!("{role}.{field}"), arabic.as_str());
            content.set(&format!("{role}.{field}-latin"), latin.as_str());
            whole.push(latin.as_str());
        }
        content.set(&format!("{role}.own-script"), whole.join(" "));
    }
    for (at, role) in ["mother", "father"].iter().enumerate() {
        content.set(&format!("{role}.upn"), format!("{:013}", 7_000_000_000_000_u64 + (2 * n + at) as u64));
        content.set(&format!("{role}.unknown"), "no");
        let (year, month, day) =
            (1970 + lot(n, 30 + at, 36), 1 + lot(n, 32 + at, 12), 2 + lot(n, 34 + at, 26));
        content.set(&format!("{role}.born-on"), format!("{year}-{month:02}-{day:02}"));
    }
    let before = |days: usize| today.saturating_sub(Span::new().days(days as i64)).to_string();
    for (field, value) in [
        ("happened-on", before(2 + lot(n, 3, 8)).as_str()),
        ("child.sex", ["female", "male"][lot(n, 4, 2)]),
        ("estimated", "no"),
        ("place-kind", "home"),
        ("facility", ""),
        ("abroad", "no"),
        ("country", ""),
        ("mission", ""),
        ("plurality", "single"),
        ("birth-order", ""),
        ("set", ""),
        ("parents-married", "yes"),
        ("acknowledged", ""),
        ("acknowledged-before", ""),
        ("found-on", ""),
        ("found-place", ""),
        ("police-report", ""),
        ("care-home", ""),
        ("judgment-date", before(1).as_str()),
        ("judgment-final-on", before(1).as_str()),
        ("children-living", "1"),
    ] {
        content.set(field, value);
    }
    content
}
