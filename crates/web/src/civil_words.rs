//! The words of the register's forms: what a field is called, what an answer
//! reads, what is wrong with what was typed.

use crate::fields::{Field, Opt, Shape};
use crate::words::{Arg, Language};
use diwan_domain::civil::forms::{self, FieldKind, Need, Section};
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::names::PARTS;
use diwan_domain::numbers::IdentityKind;
use std::collections::BTreeMap;

/// The line of a medical certificate that a field belongs to: `a` of `cause.a-code`.
fn line_of(key: &str) -> Option<(&str, &str)> {
    let short = key.strip_prefix("cause.")?;
    let (line, rest) = short.split_at_checked(1)?;
    let is_line = matches!(line, "a" | "b" | "c" | "d") && (rest.is_empty() || rest.starts_with('-'));
    is_line.then_some((line, rest))
}

/// The message that names a field, without what goes around it.
#[must_use]
pub fn label_key(key: &str) -> String {
    if let Some((_, rest)) = line_of(key) {
        return format!("field-cause-line{rest}");
    }
    let (role, short) = key.split_once('.').unwrap_or(("", key));
    let short = short.strip_suffix("-latin").unwrap_or(short);
    match role {
        "cause" | "declarant" => format!("field-{role}-{short}"),
        _ if PARTS.contains(&short) => format!("name-part-{short}"),
        _ => format!("field-{short}"),
    }
}

/// What a field is called.
#[must_use]
pub fn label(lang: &Language, key: &str) -> String {
    if let Some((line, _)) = line_of(key) {
        return lang.with(&label_key(key), &[("line", Arg::Text(line.to_owned()))]);
    }
    let name = lang.t(&label_key(key));
    if key.ends_with("-latin") { lang.with("field-in-latin", &[("name", Arg::Text(name))]) } else { name }
}

/// The section of a kind's form in which a field stands.
#[must_use]
pub fn section_of(kind: EventKind, key: &str) -> &'static str {
    let section =
        forms::form(kind).iter().find(|section| section.fields.iter().any(|field| field.key == key));
    section.map_or("event", |section| section.key)
}

/// What a value reads: a choice in words, everything else as it is.
#[must_use]
pub fn value(lang: &Language, kind: EventKind, key: &str, value: &str) -> String {
    match forms::find(kind, key).map(|field| field.kind) {
        Some(FieldKind::Choice(offered)) if offered.contains(&value) => lang.t_of("answer-", value),
        _ => value.to_owned(),
    }
}

/// What is wrong with a field, and how it is mended.
#[must_use]
pub fn fault(lang: &Language, kind: EventKind, key: &str, code: &str) -> String {
    let args = limits(forms::find(kind, key).map(|field| field.kind));
    lang.with(&format!("fault-{}", code.replace('/', "-")), &args)
}

/// What a fault of a field mentions, where it is not known of which form: fields of one name
/// are of one kind.
#[must_use]
pub fn limits_of(key: &str) -> Vec<(&'static str, Arg)> {
    limits(EventKind::ALL.iter().find_map(|kind| forms::find(*kind, key)).map(|field| field.kind))
}

fn limits(kind: Option<FieldKind>) -> Vec<(&'static str, Arg)> {
    let number = |n: i64| Arg::Number(n);
    match kind {
        Some(FieldKind::Number(least, most)) => vec![("min", number(least)), ("max", number(most))],
        Some(FieldKind::Text(most)) => vec![("max", number(i64::try_from(most).unwrap_or(i64::MAX)))],
        Some(FieldKind::Identity(IdentityKind::Upn)) => vec![("wanted", number(13))],
        Some(FieldKind::Identity(IdentityKind::NationalCard)) => vec![("wanted", number(12))],
        Some(FieldKind::Identity(_)) => vec![("wanted", number(6))],
        _ => Vec::new(),
    }
}

/// A kind's whole form: one fold for each section, open where something is needed,
/// typed or wrong.
#[must_use]
pub fn form(
    lang: &Language,
    kind: EventKind,
    typed: &Content,
    faults: &BTreeMap<String, String>,
) -> Vec<Field> {
    forms::form(kind).iter().map(|section| fold(lang, kind, section, typed, faults)).collect()
}

fn fold(
    lang: &Language,
    kind: EventKind,
    section: &Section,
    typed: &Content,
    faults: &BTreeMap<String, String>,
) -> Field {
    let fields: Vec<Field> = section
        .fields
        .iter()
        .map(|field| {
            let wrong = faults.get(field.key).map(|code| fault(lang, kind, field.key, code));
            drawn(lang, field, typed.get(field.key).unwrap_or_default()).wrong(wrong.unwrap_or_default())
        })
        .collect();
    let is_needed = section.fields.iter().any(|field| field.need == Need::Declared && field.only.is_none());
    let is_parent = matches!(section.key, "mother" | "father");
    let in_use = fields.iter().any(|field| !field.value.is_empty() || !field.error.is_empty());
    let name = format!("section-{}", section.key);
    Field {
        shape: Shape::Folded,
        open: is_needed || is_parent || in_use,
        width: "names",
        fields,
        ..Field::line(&name, lang.t_of("section-", section.key))
    }
}

/// One field of a form, with what was typed.
#[must_use]
pub fn drawn(lang: &Language, field: &forms::Field, value: &str) -> Field {
    let label = label(lang, field.key);
    let drawn = match field.kind {
        FieldKind::Choice(offered) => {
            let options = offered.iter().map(|word| Opt {
                value: (*word).to_owned(),
                label: lang.t_of("answer-", word),
                ..Opt::default()
            });
            Field::select(field.key, label, options.collect()).filled(value)
        }
        FieldKind::Date | FieldKind::AnyDate => Field::line(field.key, label)
            .hint(lang.t("register-date-hint"))
            .ltr("text", "", "w-short")
            .filled(value),
        FieldKind::Time | FieldKind::Number(..) | FieldKind::Icd10 | FieldKind::Country => {
            Field::line(field.key, label).ltr("text", "", "w-short").filled(value)
        }
        FieldKind::LatinName
        | FieldKind::Identity(_)
        | FieldKind::Person
        | FieldKind::Area
        | FieldKind::Entry
        | FieldKind::Phone => Field::line(field.key, label).ltr("text", "", "w-full").filled(value),
        FieldKind::Text(_) | FieldKind::Name | FieldKind::OwnName => {
            Field::line(field.key, label).filled(value)
        }
    };
    if field.need == Need::Declared && field.only.is_none() { drawn } else { drawn.optional() }
}
