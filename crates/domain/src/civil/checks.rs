//! Whether a declaration says what it must, in a form the register can keep.
//!
//! A notice may be incomplete, but what it says must be readable; a declaration
//! is whole. Every fault names its field, so that whoever typed can mend it.

use super::causes::{self, LINES};
use super::content::Content;
use super::forms::{self, Field, FieldKind, Need};
use super::kinds::EventKind;
use crate::dates::PartialDate;
use crate::digits;
use crate::names::{NameParts, is_arabic_script};
use crate::numbers;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a content is checked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// A notice: what is there must be readable.
    Notice,
    /// A declaration: what the law asks must be there too.
    Declaration,
}

/// Something that cannot be kept, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fault {
    /// Which field.
    pub field: String,
    /// What is wrong with it: the stable code that has words in every language.
    pub code: String,
}

fn fault(field: &str, code: &str) -> Fault {
    Fault { field: field.to_owned(), code: code.to_owned() }
}

/// The countries of ISO 3166-1, by their two letters.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ \
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO \
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW \
    TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Tidies what was said and names what cannot stay: digits of every set become
/// ASCII, names lose stray spaces, numbers their dashes. What has a fault is kept
/// as typed, so that it can be shown again.
#[must_use]
pub fn check(kind: EventKind, said: &Content, stage: Stage, today: Date) -> (Content, Vec<Fault>) {
    let mut tidy = Content::default();
    let mut faults = Vec::new();
    for (key, value) in &said.0 {
        let Some(field) = forms::find(kind, key) else {
            faults.push(fault(key, "field/unknown"));
            continue;
        };
        let line = digits::tidy(value);
        if line.is_empty() {
            continue;
        }
        match read(field, &line, today) {
            Ok(value) => tidy.set(key, value),
            Err(code) => {
                faults.push(fault(key, code));
                tidy.set(key, value.as_str());
            }
        }
    }
    for field in forms::fields(kind) {
        let is_asked = field
            .only
            .is_none_or(|(other, values)| tidy.get(other).is_some_and(|value| values.contains(&value)));
        let is_there = tidy.get(field.key).is_some();
        if is_there && !is_asked {
            faults.push(fault(field.key, "field/not-asked"));
        }
        if stage == Stage::Declaration && field.need == Need::Declared && is_asked && !is_there {
            faults.push(fault(field.key, "answer/missing"));
        }
    }
    dates_in_order(kind, &tidy, &mut faults);
    if stage == Stage::Declaration {
        whole(kind, &tidy, &mut faults);
    }
    faults.sort();
    faults.dedup();
    (tidy, faults)
}

/// Reads one value of a field.
///
/// # Errors
/// The code of what is wrong with it.
pub fn read(field: &Field, typed: &str, today: Date) -> Result<String, &'static str> {
    match field.kind {
        FieldKind::Text(most) => text(typed, most),
        FieldKind::Name => name(typed, true),
        FieldKind::LatinName => name(typed, false),
        FieldKind::OwnName => one_part(typed).map(|_| typed.to_owned()),
        FieldKind::Date => date(typed).and_then(|date| {
            if date.is_surely_after(today) { Err("date/in-the-future") } else { Ok(date.to_string()) }
        }),
        FieldKind::AnyDate => date(typed).map(|date| date.to_string()),
        FieldKind::Time => time(typed),
        FieldKind::Choice(offered) => offered
            .iter()
            .find(|word| **word == typed)
            .map(|word| (*word).to_owned())
            .ok_or("answer/not-offered"),
        FieldKind::Number(least, most) => {
            let number: i64 = typed.parse().map_err(|_| "number/not-a-number")?;
            match number {
                n if n < least => Err("number/too-small"),
                n if n > most => Err("number/too-large"),
                n => Ok(n.to_string()),
            }
        }
        FieldKind::Identity(kind) => kind.read(typed).map_err(numbers::IdentityFault::code),
        FieldKind::Person => {
            typed.parse::<uuid::Uuid>().map(|id| id.to_string()).map_err(|_| "person/unknown")
        }
        FieldKind::Area => {
            let code = typed.to_lowercase();
            let is_code = code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && code.len() <= 24;
            if is_code { Ok(code) } else { Err("area/unknown") }
        }
        FieldKind::Country => {
            let code = typed.to_uppercase();
            let is_known = COUNTRIES.split_whitespace().any(|known| known == code);
            if is_known { Ok(code) } else { Err("country/unknown") }
        }
        FieldKind::Entry => text(typed, 40).map(|number| number.to_uppercase()),
        FieldKind::Icd10 => causes::icd10(typed),
        FieldKind::Phone => numbers::phone(typed).map_err(numbers::ContactFault::code),
    }
}

fn text(typed: &str, most: usize) -> Result<String, &'static str> {
    if typed.chars().count() > most {
        return Err("text/too-long");
    }
    if typed.chars().any(|c| c.is_control() || is_no_text(c)) {
        return Err("text/control");
    }
    Ok(typed.to_owned())
}

/// What breaks a line, is no character, or means something to one program only: no paper
/// prints it, and no two screens show it alike.
fn is_no_text(c: char) -> bool {
    matches!(c,
        '\u{2028}' | '\u{2029}' | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' | '\u{F0000}'..='\u{10FFFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

fn one_part(typed: &str) -> Result<String, &'static str> {
    let name = NameParts::new(typed, "", "", "");
    name.map(|name| name.given).map_err(|faults| faults.first().map_or("name/missing", |fault| fault.code))
}

/// One part of a name, in the register's own script or in Latin letters: a
/// register that cannot write a script says so, and there is a field for it.
fn name(typed: &str, is_arabic: bool) -> Result<String, &'static str> {
    let part = one_part(typed)?;
    let is_latin =
        |c: char| !c.is_alphabetic() || c.is_ascii_alphabetic() || ('\u{C0}'..='\u{24F}').contains(&c);
    match is_arabic {
        true if !is_arabic_script(&part) => Err("name/other-script"),
        false if !part.chars().all(is_latin) => Err("name/not-latin"),
        _ => Ok(part),
    }
}

/// A date as programs write it (`1998-03-14`, `1998-03`, `1998`) or as people
/// do, day first (`14/3/1998`).
/// Reads a day as people type it: `1990`, `5/1990`, `3/5/1990`, `1990-05-03`; digits
/// must be ASCII.
///
/// # Errors
/// The code of what is wrong with it.
pub fn date(typed: &str) -> Result<PartialDate, &'static str> {
    if let Ok(date) = typed.parse::<PartialDate>() {
        return Ok(date);
    }
    // A sign is no part of a date, and nothing stands between two strokes.
    if typed.starts_with('-')
        || typed.ends_with('-')
        || ["--", "//"].iter().any(|twice| typed.contains(twice))
    {
        return Err("date/not-real");
    }
    let parts: Vec<&str> = typed.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let read = match parts.as_slice() {
        [year] => PartialDate::from_fields("", "", year),
        [month, year] if year.len() == 4 => PartialDate::from_fields("", month, year),
        [year, month] => PartialDate::from_fields("", month, year),
        [year, month, day] if year.len() == 4 => PartialDate::from_fields(day, month, year),
        [day, month, year] => PartialDate::from_fields(day, month, year),
        _ => return Err("date/not-real"),
    };
    read.map_err(crate::dates::DateFault::code)
}

fn time(typed: &str) -> Result<String, &'static str> {
    let (hour, minute) = typed.split_once([':', '.']).ok_or("time/unreadable")?;
    match (hour.trim().parse::<u8>(), minute.trim().parse::<u8>()) {
        (Ok(hour @ 0..=23), Ok(minute @ 0..=59)) => Ok(format!("{hour:02}:{minute:02}")),
        _ => Err("time/unreadable"),
    }
}

/// Nothing happens before it can: nobody dies before birth, no judgment comes
/// before what it judges.
fn dates_in_order(kind: EventKind, said: &Content, faults: &mut Vec<Fault>) {
    let mut before = |first: &str, then: &str, code: &str| {
        if let (Some(one), Some(other)) = (said.date(first), said.date(then))
            && one.earliest() > other.latest()
        {
            faults.push(fault(then, code));
        }
    };
    for party in kind.parties().iter().filter(|party| !party.is_born) {
        before(&format!("{}.born-on", party.role.code()), "happened-on", "date/before-birth");
    }
    before("happened-on", "judgment-date", "date/before-event");
    before("judgment-date", "judgment-final-on", "date/before-event");
    before("happened-on", "waiting-until", "date/before-event");
    before("married-on", "happened-on", "date/before-event");
    before("missing-since", "happened-on", "date/before-event");
    before("happened-on", "found-on", "date/before-event");
    before("happened-on", "until", "date/before-event");
}

/// What a declaration needs beyond single fields.
fn whole(kind: EventKind, said: &Content, faults: &mut Vec<Fault>) {
    match kind {
        EventKind::Birth | EventKind::Stillbirth => birth(kind, said, faults),
        EventKind::Death => death(said, faults),
        EventKind::Affiliation => {
            for role in ["mother", "father"] {
                named_or_unknown(said, role, faults);
            }
        }
        EventKind::Marriage if said.is_yes("outside-court") => {
            needs(said, &["court", "judgment", "judgment-date"], faults)
        }
        EventKind::Divorce if said.get("divorce-kind") == Some("revocable") => {
            needs(said, &["waiting-until"], faults)
        }
        EventKind::Divorce if said.is_yes("no-waiting") && said.get("waiting-until").is_some() => {
            faults.push(fault("waiting-until", "field/not-asked"))
        }
        _ => {}
    }
    if let (Some(one), Some(other)) = (said.get("husband.person"), said.get("wife.person"))
        && one == other
    {
        faults.push(fault("wife.person", "person/twice"));
    }
}

fn needs(said: &Content, fields: &[&str], faults: &mut Vec<Fault>) {
    let missing = fields.iter().filter(|field| said.get(field).is_none());
    faults.extend(missing.map(|field| fault(field, "answer/missing")));
}

/// A parent is named, or said to be unknown: silence is neither.
fn named_or_unknown(said: &Content, role: &str, faults: &mut Vec<Fault>) {
    if said.of(role, "unknown") != Some("yes") {
        needs(said, &[&format!("{role}.given")], faults);
    }
}

fn birth(kind: EventKind, said: &Content, faults: &mut Vec<Fault>) {
    named_or_unknown(said, "mother", faults);
    named_or_unknown(said, "father", faults);
    let is_unknown = |role: &str| said.of(role, "unknown") == Some("yes");
    if !is_unknown("mother") && !is_unknown("father") {
        needs(said, &["parents-married"], faults);
    }
    if said.get("plurality").is_some_and(|plurality| plurality != "single") {
        needs(said, &["birth-order"], faults);
    }
    let most = match said.get("plurality") {
        Some("twin") => 2,
        Some("triplet") => 3,
        _ => i64::MAX,
    };
    if number(said, "birth-order").is_some_and(|order| order > most) {
        faults.push(fault("birth-order", "number/too-large"));
    }
    if kind == EventKind::Stillbirth && is_unknown("mother") {
        faults.push(fault("mother.unknown", "answer/not-offered"));
    }
    // Whoever had a child before the age of ten was mistyped.
    for field in ["mother.born-on", "father.born-on"] {
        if let (Some(parent), Some(child)) = (said.date(field), said.date("happened-on"))
            && is_too_young(parent, child)
        {
            faults.push(fault(field, "date/parent-too-young"));
        }
    }
    if let (Some(alive), Some(living)) =
        (number(said, "children-born-alive"), number(said, "children-living"))
        && living > alive
    {
        faults.push(fault("children-living", "number/too-large"));
    }
}

/// Whether somebody was born, but too young to have a child that was born then.
#[must_use]
pub fn is_too_young(parent: PartialDate, child: PartialDate) -> bool {
    parent.earliest() <= child.latest() && child.latest().year() - parent.earliest().year() < 10
}

fn number(said: &Content, field: &str) -> Option<i64> {
    said.get(field)?.parse().ok()
}

fn death(said: &Content, faults: &mut Vec<Fault>) {
    if said.get("path") == Some("missing") {
        // Presumed dead: only by judgment (Law 78/1980, articles 86 to 96).
        needs(said, &["court", "judgment", "judgment-date", "missing-since"], faults);
    }
    let line = |line: char| said.get(&format!("cause.{line}"));
    let used = LINES.iter().rposition(|letter| line(*letter).is_some());
    for letter in LINES.iter().take(used.unwrap_or_default()) {
        if line(*letter).is_none() {
            // A line below an empty one would be due to nothing.
            faults.push(fault(&format!("cause.{letter}"), "cause/gap"));
        }
    }
    for letter in LINES {
        let key = |end: &str| format!("cause.{letter}-{end}");
        let has = |end: &str| said.get(&key(end)).is_some();
        if line(letter).is_none() && (has("code") || has("time") || has("unit")) {
            faults.push(fault(&format!("cause.{letter}"), "answer/missing"));
        }
        if has("time") && !has("unit") {
            faults.push(fault(&key("unit"), "answer/missing"));
        }
    }
    let codes = said.get("cause.contributing-codes").unwrap_or_default();
    if codes
        .split([' ', ',', ';', '،'])
        .filter(|code| !code.is_empty())
        .any(|code| causes::icd10(code).is_err())
    {
        faults.push(fault("cause.contributing-codes", "icd/form"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 26);

    fn content(said: &[(&str, &str)]) -> Content {
        said.iter().copied().collect()
    }

    fn faults(kind: EventKind, said: &Content, stage: Stage) -> Vec<String> {
        let (_, found) = check(kind, said, stage, TODAY);
        found.into_iter().map(|one| format!("{}: {}", one.field, one.code)).collect()
    }

    fn a_birth() -> Content {
        content(&[
            ("child.given", "شیلان"),
            ("child.sex", "female"),
            ("happened-on", "2026-11-20"),
            ("place-kind", "hospital"),
            ("mother.given", "هێڤین"),
            ("mother.born-on", "1995"),
            ("father.given", "ئازاد"),
            ("parents-married", "yes"),
            ("declarant.as", "father"),
        ])
    }

    fn with(mut said: Content, more: &[(&str, &str)]) -> Content {
        for (field, value) in more {
            said.set(field, *value);
        }
        said
    }

    #[test]
    fn a_whole_birth_is_accepted_and_a_notice_may_be_incomplete() {
        assert_eq!(faults(EventKind::Birth, &a_birth(), Stage::Declaration), Vec::<String>::new());
        let notice = content(&[("mother.given", "هێڤین"), ("happened-on", "2026-11-20")]);
        assert!(faults(EventKind::Birth, &notice, Stage::Notice).is_empty());
        assert_eq!(
            faults(EventKind::Birth, &notice, Stage::Declaration),
            [
                "child.given: answer/missing",
                "child.sex: answer/missing",
                "declarant.as: answer/missing",
                "father.given: answer/missing",
                "parents-married: answer/missing",
                "place-kind: answer/missing",
            ]
        );
    }

    #[test]
    fn what_nobody_can_mean_is_not_kept() {
        for (field, typed, code) in [
            ("happened-on", "-2026-11-20", "date/not-real"),
            ("happened-on", "2026-11-20-", "date/not-real"),
            ("happened-on", "2026--11-20", "date/not-real"),
            ("child.given", "\u{64B}\u{651}", "name/not-letters"),
            ("child.given", "ــ", "name/not-letters"),
            ("facility", "a\u{2028}b", "text/control"),
            ("facility", "a\u{FFFF}b", "text/control"),
            ("facility", "a\u{E0041}b", "text/control"),
        ] {
            let said = with(a_birth(), &[(field, typed)]);
            let found = faults(EventKind::Birth, &said, Stage::Notice);
            assert_eq!(found, [format!("{field}: {code}")], "{typed:?}");
        }
        for (plurality, order, is_wrong) in [
            ("twin", "2", false),
            ("twin", "3", true),
            ("triplet", "3", false),
            ("triplet", "4", true),
            ("more", "5", false),
        ] {
            let said = with(a_birth(), &[("plurality", plurality), ("birth-order", order)]);
            let found = faults(EventKind::Birth, &said, Stage::Declaration);
            assert_eq!(
                found.contains(&"birth-order: number/too-large".to_owned()),
                is_wrong,
                "{plurality} {order}"
            );
        }
    }

    #[test]
    fn what_is_typed_is_tidied_and_what_is_wrong_is_kept_and_named() {
        let said = with(
            a_birth(),
            &[("happened-on", "٢٠/١١/٢٠٢٦"), ("mother.upn", "١٠٠٠ ٠٠٠ ٠٠٠ ٠٩"), ("weight-grams", "3,2kg")],
        );
        let (tidy, found) = check(EventKind::Birth, &said, Stage::Declaration, TODAY);
        assert_eq!(tidy.get("happened-on"), Some("2026-11-20"));
        assert_eq!(tidy.get("weight-grams"), Some("3,2kg"));
        let found: Vec<_> = found.iter().map(|one| (one.field.as_str(), one.code.as_str())).collect();
        assert_eq!(
            found,
            [("mother.upn", "identity-number/wrong-length"), ("weight-grams", "number/not-a-number")]
        );
    }

    #[test]
    fn every_way_of_coming_into_the_world_has_its_way_through() {
        type Way = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);
        let ways: [Way; 8] = [
            ("a twin without an order", &[("plurality", "twin")], &["birth-order: answer/missing"]),
            ("a twin", &[("plurality", "twin"), ("birth-order", "2"), ("set", "EB-2026-17")], &[]),
            (
                "an unknown father",
                &[("father.given", ""), ("father.unknown", "yes"), ("parents-married", "")],
                &[],
            ),
            (
                "parents who are not married",
                &[("parents-married", "no"), ("acknowledged", "yes"), ("acknowledged-before", "دادگا")],
                &[],
            ),
            (
                "a foundling without a report",
                &[
                    ("mother.given", ""),
                    ("mother.born-on", ""),
                    ("mother.unknown", "yes"),
                    ("father.given", ""),
                    ("father.unknown", "yes"),
                    ("parents-married", ""),
                ],
                &["found-on: answer/missing", "found-place: answer/missing", "police-report: answer/missing"],
            ),
            ("a name of another script", &[("child.given", "ܝܘܚܢܢ")], &["child.given: name/other-script"]),
            (
                "the same, written beside it",
                &[("child.given", "یۆحەنان"), ("child.own-script", "ܝܘܚܢܢ")],
                &[],
            ),
            (
                "a year only, estimated",
                &[("happened-on", "2020"), ("estimated", "yes"), ("mother.nationality", "sy")],
                &[],
            ),
        ];
        for (way, more, expected) in ways {
            assert_eq!(
                faults(EventKind::Birth, &with(a_birth(), more), Stage::Declaration),
                expected,
                "{way}"
            );
        }
    }

    fn a_death(path: &str, more: &[(&str, &str)]) -> Content {
        let said = content(&[
            ("path", path),
            ("happened-on", "2026-11-01"),
            ("deceased.given", "کەریم"),
            ("deceased.sex", "male"),
            ("deceased.born-on", "1950-07-01"),
            ("declarant.as", "child"),
        ]);
        with(said, more)
    }

    #[test]
    fn a_death_has_its_certificate_or_another_authority() {
        let certified: &[(&str, &str)] = &[
            ("cause.a", "Cardiogenic shock"),
            ("cause.a-code", "r570"),
            ("manner", "disease"),
            ("certifier", "د. سارا"),
        ];
        let kind = EventKind::Death;
        assert!(faults(kind, &a_death("ordinary", certified), Stage::Declaration).is_empty());
        assert_eq!(
            faults(kind, &a_death("ordinary", &[]), Stage::Declaration),
            ["cause.a: answer/missing", "certifier: answer/missing", "manner: answer/missing"]
        );
        let gap = with(
            a_death("ordinary", certified),
            &[("cause.c", "Old infarct"), ("cause.c-time", "5"), ("cause.d-code", "I25.2")],
        );
        assert_eq!(
            faults(kind, &gap, Stage::Declaration),
            ["cause.b: cause/gap", "cause.c-unit: answer/missing", "cause.d: answer/missing"]
        );
        let rubbish = with(
            a_death("ordinary", certified),
            &[("cause.a-code", "heart"), ("cause.contributing-codes", "E11, sugar")],
        );
        assert_eq!(
            faults(kind, &rubbish, Stage::Declaration),
            ["cause.a-code: icd/form", "cause.contributing-codes: icd/form"]
        );
        assert_eq!(
            faults(kind, &a_death("military", &[]), Stage::Declaration),
            ["unit: answer/missing", "unit-letter: answer/missing"]
        );
        assert_eq!(
            faults(kind, &a_death("missing", &[("missing-since", "2014-08")]), Stage::Declaration),
            ["court: answer/missing", "judgment: answer/missing", "judgment-date: answer/missing"]
        );
        assert_eq!(
            faults(
                kind,
                &a_death("military", &[("unit", "٨٠"), ("unit-letter", "1/2"), ("cause.a", "x")]),
                Stage::Declaration
            ),
            ["cause.a: field/not-asked"]
        );
    }

    #[test]
    fn nothing_happens_before_it_can() {
        let early =
            a_death("military", &[("unit", "٨٠"), ("unit-letter", "1/2"), ("deceased.born-on", "2027")]);
        assert_eq!(
            faults(EventKind::Death, &early, Stage::Declaration),
            ["deceased.born-on: date/in-the-future", "happened-on: date/before-birth"]
        );
        let divorce = content(&[
            ("happened-on", "2026-10-01"),
            ("divorce-kind", "revocable"),
            ("waiting-until", "2026-09-01"),
            ("husband.given", "ئازاد"),
            ("wife.given", "شیلان"),
            ("declarant.as", "court"),
            ("court", "هەولێر"),
            ("judgment", "12/2026"),
            ("judgment-date", "2026-09-30"),
        ]);
        assert_eq!(
            faults(EventKind::Divorce, &divorce, Stage::Declaration),
            ["judgment-date: date/before-event", "waiting-until: date/before-event"]
        );
    }

    #[test]
    fn a_revocable_divorce_says_until_when_and_one_without_a_waiting_period_does_not() {
        let judged = |more: &[(&str, &str)]| {
            let mut divorce = content(&[
                ("happened-on", "2026-10-01"),
                ("husband.given", "ئازاد"),
                ("wife.given", "شیلان"),
                ("declarant.as", "court"),
                ("court", "هەولێر"),
                ("judgment", "12/2026"),
                ("judgment-date", "2026-10-02"),
            ]);
            more.iter().for_each(|(field, value)| divorce.set(field, *value));
            faults(EventKind::Divorce, &divorce, Stage::Declaration)
        };
        assert_eq!(judged(&[("divorce-kind", "revocable")]), ["waiting-until: answer/missing"]);
        let until = ("waiting-until", "2027-01-01");
        for kind in ["revocable", "irrevocable", "separation"] {
            assert!(judged(&[("divorce-kind", kind), until]).is_empty(), "{kind}");
        }
        let none = [("divorce-kind", "separation"), ("no-waiting", "yes")];
        assert!(judged(&none).is_empty());
        assert_eq!(judged(&[none[0], none[1], until]), ["waiting-until: field/not-asked"]);
        assert_eq!(
            judged(&[("divorce-kind", "revocable"), until, ("no-waiting", "yes")]),
            ["no-waiting: field/not-asked"]
        );
    }

    #[test]
    fn rubbish_is_named_and_never_panics() {
        for kind in EventKind::ALL {
            for field in forms::fields(*kind) {
                for typed in
                    ["", "\u{0}", "🙂", "-", "9999999999999999999999", "٣٠/٢/٢٠٢٠", "a b c d e f", "\u{200F}"]
                {
                    let said = content(&[(field.key, typed)]);
                    let (tidy, _) = check(*kind, &said, Stage::Declaration, TODAY);
                    let (again, _) = check(*kind, &tidy, Stage::Declaration, TODAY);
                    assert_eq!(tidy, again, "{} {typed:?}", field.key);
                }
            }
            assert_eq!(
                faults(*kind, &content(&[("nobody.knows", "x")]), Stage::Notice),
                ["nobody.knows: field/unknown"]
            );
        }
    }
}
