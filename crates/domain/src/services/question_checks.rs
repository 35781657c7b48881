//! What makes an answer acceptable, kind by kind.

use super::definition::{Question, When};
use super::question::{ADDRESS_PARTS, Fault, MOST_REPETITIONS, Reading};
use crate::dates::{DateFault, PartialDate};
use crate::names::{NameParts, PARTS};
use crate::numbers::{self, IdentityKind};
use crate::uploads::Received;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// The longest line, in characters.
pub(super) const LONGEST_LINE: usize = 200;
/// The longest text of several lines.
pub(super) const LONGEST_TEXT: usize = 2_000;

impl Question {
    pub(super) fn check_name(&self, value: &Value) -> Reading {
        let Some(parts) =
            value.as_object().filter(|parts| parts.keys().all(|key| PARTS.contains(&key.as_str())))
        else {
            return self.wrong("name/not-parts");
        };
        let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
        let [given, father, grandfather, family] = PARTS.map(part);
        let field = |part: &str| format!("{}-{part}", self.key);
        let name = NameParts::new(given, father, grandfather, family).map_err(|faults| {
            let marked = faults.iter().map(|fault| {
                let marked = Fault::new(field(fault.part), fault.code);
                fault.found.map_or_else(|| marked.clone(), |found| marked.clone().with("found", found))
            });
            marked.collect::<Vec<_>>()
        })?;
        let lacking: Vec<Fault> = self
            .name_parts
            .iter()
            .filter(|part| name.part(part).is_none())
            .map(|part| Fault::new(field(part), "name/missing"))
            .collect();
        if lacking.is_empty() { Ok(json!(name)) } else { Err(lacking) }
    }

    pub(super) fn check_text(&self, value: &Value, longest: usize) -> Reading {
        let Some(text) = value.as_str() else { return self.wrong("text/not-text") };
        let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        let text = text.trim();
        let count = text.chars().count();
        let longest = self.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(longest);
        let shortest = self.min.and_then(|min| usize::try_from(min).ok()).unwrap_or(0);
        match count {
            _ if count > longest => {
                Err(vec![Fault::new(&self.key, "text/too-long").with("max", longest).with("found", count)])
            }
            _ if count < shortest => Err(vec![Fault::new(&self.key, "text/too-short").with("min", shortest)]),
            _ => Ok(json!(text)),
        }
    }

    pub(super) fn date_fault(&self, fault: DateFault) -> Fault {
        Fault::new(format!("{}-{}", self.key, fault.part()), fault.code())
    }

    pub(super) fn check_date(&self, value: &Value, today: Date) -> Reading {
        let date = value.as_str().ok_or(DateFault::NotReal).and_then(str::parse::<PartialDate>);
        let date = date.map_err(|fault| vec![self.date_fault(fault)])?;
        if !self.partly_known && !date.is_whole() {
            let lacking =
                if date.month().is_none() { DateFault::MonthMissing } else { DateFault::DayMissing };
            return Err(vec![self.date_fault(lacking)]);
        }
        let code = match self.when {
            When::Past if date.is_surely_after(today) => "date/in-the-future",
            When::Future if date.latest() < today => "date/in-the-past",
            _ => return Ok(json!(date)),
        };
        Err(vec![Fault::new(format!("{}-year", self.key), code)])
    }

    pub(super) fn check_number(&self, value: &Value) -> Reading {
        let Some(number) = value.as_i64() else { return self.wrong("number/not-whole") };
        match (self.min, self.max) {
            (Some(min), _) if number < min => {
                Err(vec![Fault::new(&self.key, "number/too-small").with("min", min)])
            }
            (_, Some(max)) if number > max => {
                Err(vec![Fault::new(&self.key, "number/too-large").with("max", max)])
            }
            _ => Ok(value.clone()),
        }
    }

    pub(super) fn check_choice(&self, value: &Value) -> Reading {
        match value.as_str() {
            Some(option) if self.options.iter().any(|known| known == option) => Ok(value.clone()),
            _ => self.wrong("choice/unknown"),
        }
    }

    pub(super) fn check_choices(&self, value: &Value) -> Reading {
        let Some(chosen) = value.as_array() else { return self.wrong("choice/unknown") };
        let known =
            |option: &Value| option.as_str().is_some_and(|text| self.options.iter().any(|o| o == text));
        if !chosen.iter().all(known) {
            return self.wrong("choice/unknown");
        }
        // In the order of the definition, each once.
        let chosen: Vec<&String> =
            self.options.iter().filter(|option| chosen.iter().any(|c| c == option.as_str())).collect();
        let count = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
        match (self.min, self.max) {
            (Some(min), _) if count < min => {
                Err(vec![Fault::new(&self.key, "choice/too-few").with("min", min)])
            }
            (_, Some(max)) if count > max => {
                Err(vec![Fault::new(&self.key, "choice/too-many").with("max", max)])
            }
            _ => Ok(json!(chosen)),
        }
    }

    pub(super) fn check_contact(
        &self,
        value: &Value,
        read: fn(&str) -> Result<String, numbers::ContactFault>,
    ) -> Reading {
        match read(value.as_str().unwrap_or_default()) {
            Ok(contact) => Ok(json!(contact)),
            Err(fault) => self.wrong(fault.code()),
        }
    }

    pub(super) fn check_identity(&self, value: &Value) -> Reading {
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
        let kind = IdentityKind::from_code(text("kind")).filter(|kind| self.id_kinds.contains(kind));
        let Some(kind) = kind else {
            return Err(vec![Fault::new(format!("{}-kind", self.key), "identity-number/kind-missing")]);
        };
        match kind.read(text("number")) {
            Ok(number) => Ok(json!({ "kind": kind.code(), "number": number })),
            Err(fault) => {
                let marked = Fault::new(format!("{}-number", self.key), fault.code());
                Err(vec![match fault {
                    numbers::IdentityFault::WrongLength { wanted, found } => {
                        marked.with("wanted", wanted).with("found", found)
                    }
                    _ => marked,
                }])
            }
        }
    }

    pub(super) fn check_address(&self, value: &Value) -> Reading {
        let Some(given) =
            value.as_object().filter(|given| given.keys().all(|k| ADDRESS_PARTS.contains(&k.as_str())))
        else {
            return self.wrong("address/not-parts");
        };
        let mut parts = Map::new();
        for part in ADDRESS_PARTS {
            let text = given.get(part).and_then(Value::as_str).unwrap_or_default().trim();
            if text.chars().count() > LONGEST_LINE {
                return Err(vec![
                    Fault::new(format!("{}-{part}", self.key), "text/too-long").with("max", LONGEST_LINE),
                ]);
            }
            if !text.is_empty() {
                parts.insert(part.to_owned(), json!(text));
            }
        }
        if self.required && !["country", "governorate", "place"].iter().any(|part| parts.contains_key(*part))
        {
            return Err(vec![Fault::new(format!("{}-governorate", self.key), "address/missing")]);
        }
        Ok(Value::Object(parts))
    }

    pub(super) fn check_person(&self, value: &Value) -> Reading {
        let id =
            value.get("id").and_then(Value::as_str).and_then(|id| id.parse::<crate::ids::PersonId>().ok());
        let Some(id) = id else { return self.wrong("person/not-found") };
        let mut person = json!({ "id": id });
        if let Some(name) = value.get("name").and_then(Value::as_str) {
            person["name"] = json!(name);
        }
        Ok(person)
    }

    pub(super) fn check_files(&self, value: &Value) -> Reading {
        match serde_json::from_value::<Vec<Received>>(value.clone()) {
            Err(_) => self.wrong("file/not-received"),
            Ok(files) => match self.uploads.admit(&files) {
                Ok(()) => Ok(json!(files)),
                Err(code) => Err(vec![
                    Fault::new(&self.key, code)
                        .with("max-bytes", self.uploads.max_bytes)
                        .with("max-files", self.uploads.max_files),
                ]),
            },
        }
    }

    pub(super) fn check_group(&self, value: &Value, today: Date) -> Reading {
        let Some(items) = value.as_array() else { return self.wrong("group/not-a-list") };
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        match (self.min, self.max) {
            (Some(min), _) if count < min => return Err(vec![self.missing().with("min", min)]),
            (_, max) if count > max.unwrap_or(MOST_REPETITIONS) => return self.wrong("group/too-many"),
            _ => {}
        }
        let (mut checked, mut faults) = (Vec::new(), Vec::new());
        for (index, item) in items.iter().enumerate() {
            let stem = format!("{}-{}", self.key, index + 1);
            let mut answers = Map::new();
            for child in &self.children {
                match child.renamed(&stem).check(item.get(&child.key).unwrap_or(&Value::Null), today) {
                    Ok(Value::Null) => {}
                    Ok(value) => {
                        answers.insert(child.key.clone(), value);
                    }
                    Err(found) => faults.extend(found),
                }
            }
            checked.push(Value::Object(answers));
        }
        if faults.is_empty() { Ok(Value::Array(checked)) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::definition::QuestionKind;
    use super::*;
    use crate::uploads::Limits;
    use jiff::civil::date;
    use std::collections::BTreeMap;

    fn question(kind: QuestionKind) -> Question {
        Question {
            key: "q".to_owned(),
            group: "g".to_owned(),
            kind,
            ask: None,
            required: true,
            options: ["a", "b", "c"].map(str::to_owned).to_vec(),
            preset: Vec::new(),
            min: None,
            max: None,
            partly_known: false,
            when: When::Any,
            name_parts: vec!["given"],
            id_kinds: vec![IdentityKind::Passport],
            uploads: Limits::default(),
            children: Vec::new(),
            pictogram: None,
            audio: BTreeMap::new(),
            sensitive: false,
        }
    }

    #[test]
    fn each_kind_says_what_is_wrong() {
        use QuestionKind as K;
        for (kind, (min, max), value, expected) in [
            (K::Text, (None, Some(3)), json!("abcd"), Err(("q", "text/too-long"))),
            (K::Text, (Some(3), None), json!("ab"), Err(("q", "text/too-short"))),
            (K::Text, (None, None), json!(" سڵاو\u{0007} "), Ok(json!("سڵاو"))),
            (K::LongText, (None, None), json!("a\nb"), Ok(json!("a\nb"))),
            (K::Text, (None, None), json!(3), Err(("q", "text/not-text"))),
            (K::Text, (None, None), json!("   "), Err(("q", "answer/missing"))),
            (K::Text, (None, None), json!("\u{200F}\u{1} "), Err(("q", "answer/missing"))),
            (K::Choices, (Some(2), None), json!(["a"]), Err(("q", "choice/too-few"))),
            (K::Choices, (None, Some(1)), json!(["a", "b"]), Err(("q", "choice/too-many"))),
            (K::Choices, (None, None), json!(["c", "a", "a"]), Ok(json!(["a", "c"]))),
            (K::Choices, (None, None), json!([]), Err(("q", "answer/missing"))),
            (K::Number, (Some(0), None), json!(-1), Err(("q", "number/too-small"))),
            (K::Number, (None, None), json!(1.5), Err(("q", "number/not-whole"))),
            (K::Date, (None, None), json!("1960"), Err(("q-month", "date/month-missing"))),
            (K::Date, (None, None), json!("1960-07"), Err(("q-day", "date/day-missing"))),
            (K::YesNo, (None, None), json!("maybe"), Err(("q", "yes-no/not-an-answer"))),
            (K::Person, (None, None), json!({ "id": "me" }), Err(("q", "person/not-found"))),
            (K::Address, (None, None), json!({ "street": "1" }), Err(("q-country", "address/not-parts"))),
            (K::Address, (None, None), json!({ "district": "x" }), Err(("q-governorate", "address/missing"))),
            (K::Name, (None, None), json!("Ali"), Err(("q-given", "name/not-parts"))),
            (
                K::IdentityNumber,
                (None, None),
                json!({ "kind": "upn", "number": "1" }),
                Err(("q-kind", "identity-number/kind-missing")),
            ),
            (K::File, (None, None), json!("x"), Err(("q", "file/not-received"))),
        ] {
            let asked = Question { min, max, ..question(kind) };
            let found = asked.check(&value, date(2026, 11, 22));
            let found = found.map_err(|faults| (faults[0].field.clone(), faults[0].code));
            let expected = expected.map_err(|(field, code): (&str, &'static str)| (field.to_owned(), code));
            assert_eq!(found, expected, "{value}");
        }
    }
}
