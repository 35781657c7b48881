//! Queries: an identifier, expressions, predicates. Three ways to write them, one
//! meaning: conditions, joined by `and`, `or` and `not`.

use super::events::short;
use super::{Field, Reject, text_of};
use crate::civil::EventKind;
use crate::digits;
use crate::people::words;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How many conditions one query may hold.
const MOST_CONDITIONS: usize = 50;
/// How many values one condition may compare with.
const MOST_VALUES: usize = 100;
/// The longest value, characters.
const LONGEST_VALUE: usize = 200;

words! {
    /// What a condition may be about.
    Attribute {
        /// Any identity number.
        AnyNumber = "identifier",
        /// The personal number.
        Uin = "UIN",
        /// The number of the national card.
        NationalCard = "NATIONAL_CARD",
        /// The number of the older civil status card.
        OldCivilId = "OLD_CIVIL_ID",
        /// A passport's number.
        Passport = "PASSPORT",
        /// The number of a refugee's certificate.
        Unhcr = "UNHCR",
        /// The number of the birth entry.
        BirthEntry = "BRN",
        /// The number of a marriage entry.
        MarriageEntry = "MRN",
        /// The number of the death entry.
        DeathEntry = "DRN",
        /// The number of a divorce entry.
        DivorceEntry = "DVRN",
        /// The own name.
        GivenName = "given_name",
        /// The father's name, which comes second.
        SecondName = "second_name",
        /// The family's name.
        Surname = "surname",
        /// The name with all its parts.
        Name = "name",
        /// The sex.
        Sex = "sex",
        /// The date of birth.
        BirthDate = "birth_date",
        /// The year of birth.
        BirthYear = "birth_year",
        /// How old someone is today, in whole years.
        Age = "age",
        /// Where someone was born.
        BirthPlace = "birth_place",
        /// The date of death.
        DeathDate = "death_date",
        /// How someone stands to marriage: S, M, D, W.
        MaritalStatus = "marital_status",
        /// The days of marriages.
        MarriageDate = "marriage_date",
        /// The days of divorces.
        DivorceDate = "divorce_date",
        /// The personal number of a parent.
        Parent = "parent_identifier",
    }
}

impl Attribute {
    /// The attribute that a name means, however it is written: `birth_date`,
    /// `birthDate`, `DOB`, `ns:org:Attribute:BirthDate`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let last = name.rsplit('.').next().unwrap_or(name);
        Some(match short(last).as_str() {
            "identifier" | "identifiervalue" | "id" | "anyid" => Self::AnyNumber,
            "uin" | "upn" | "nin" | "nationalid" | "personalnumber" => Self::Uin,
            "nationalcard" | "nationalcardnumber" => Self::NationalCard,
            "oldcivilid" => Self::OldCivilId,
            "passport" | "passportnumber" => Self::Passport,
            "unhcr" | "refugeenumber" => Self::Unhcr,
            "brn" | "birthregno" | "birthregistrationnumber" => Self::BirthEntry,
            "mrn" | "marriageregno" | "marriageregistrationnumber" => Self::MarriageEntry,
            "drn" | "deathregno" | "deathregistrationnumber" => Self::DeathEntry,
            "dvrn" | "divorceregno" | "divorceregistrationnumber" => Self::DivorceEntry,
            "givenname" | "firstname" => Self::GivenName,
            "secondname" | "middlename" | "fathername" => Self::SecondName,
            "surname" | "lastname" | "familyname" => Self::Surname,
            "name" | "fullname" => Self::Name,
            "sex" | "gender" => Self::Sex,
            "birthdate" | "dob" | "dateofbirth" => Self::BirthDate,
            "birthyear" | "yob" | "yearofbirth" => Self::BirthYear,
            "age" => Self::Age,
            "birthplace" | "placeofbirth" => Self::BirthPlace,
            "deathdate" | "dod" | "dateofdeath" => Self::DeathDate,
            "maritalstatus" => Self::MaritalStatus,
            "marriagedate" | "dateofmarriage" => Self::MarriageDate,
            "divorcedate" | "dateofdivorce" => Self::DivorceDate,
            "parentidentifier" | "parent1identifier" | "parent2identifier" | "parent" => Self::Parent,
            _ => return None,
        })
    }

    /// What one must be allowed to see to ask by it; `None` for what only someone
    /// who knows it already can ask by.
    #[must_use]
    pub fn field(self) -> Option<Field> {
        Some(match self {
            Self::AnyNumber
            | Self::Uin
            | Self::NationalCard
            | Self::OldCivilId
            | Self::Passport
            | Self::Unhcr
            | Self::BirthEntry
            | Self::MarriageEntry
            | Self::DeathEntry
            | Self::DivorceEntry => return None,
            Self::GivenName | Self::SecondName | Self::Surname | Self::Name => Field::Name,
            Self::Sex => Field::Sex,
            Self::BirthDate | Self::BirthYear | Self::Age => Field::BirthDate,
            Self::BirthPlace => Field::BirthPlace,
            Self::DeathDate => Field::DeathDate,
            Self::MaritalStatus => Field::MaritalStatus,
            Self::MarriageDate => Field::MarriageDate,
            Self::DivorceDate => Field::DivorceDate,
            Self::Parent => Field::Parents,
        })
    }

    /// Of which kind of entry it is the number.
    #[must_use]
    pub fn entry(self) -> Option<EventKind> {
        match self {
            Self::BirthEntry => Some(EventKind::Birth),
            Self::MarriageEntry => Some(EventKind::Marriage),
            Self::DeathEntry => Some(EventKind::Death),
            Self::DivorceEntry => Some(EventKind::Divorce),
            _ => None,
        }
    }

    /// Whether it is a date.
    #[must_use]
    pub fn is_date(self) -> bool {
        matches!(self, Self::BirthDate | Self::DeathDate | Self::MarriageDate | Self::DivorceDate)
    }

    /// Whether it is an identity number.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::AnyNumber
                | Self::Uin
                | Self::NationalCard
                | Self::OldCivilId
                | Self::Passport
                | Self::Unhcr
                | Self::Parent
        )
    }
}

/// The attribute that an identifier type means: `UIN`, `BRN`, `ns:org:IdType:MRN`.
#[must_use]
pub fn id_type(name: &str) -> Option<Attribute> {
    Attribute::from_name(name).filter(|found| found.is_number() || found.entry().is_some())
}

words! {
    /// How a condition compares.
    Operator {
        /// Greater, later.
        Gt = "gt",
        /// Less, earlier.
        Lt = "lt",
        /// Equal.
        Eq = "eq",
        /// Greater or equal.
        Ge = "ge",
        /// Less or equal.
        Le = "le",
        /// One of several.
        In = "in",
    }
}

impl Operator {
    fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().trim_start_matches('$').to_ascii_lowercase();
        match name.as_str() {
            "gte" => Some(Self::Ge),
            "lte" => Some(Self::Le),
            "=" | "==" | "term" => Some(Self::Eq),
            "terms" | "any" => Some(Self::In),
            other => Self::from_code(other),
        }
    }
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Of what.
    pub attribute: Attribute,
    /// How.
    pub operator: Operator,
    /// With what; one value but for `in`.
    pub values: Vec<String>,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Query {
    /// This comparison holds.
    Is(Condition),
    /// All of these hold.
    All(Vec<Query>),
    /// One of these holds.
    Any(Vec<Query>),
    /// This does not hold.
    Not(Box<Query>),
}

/// By what people can be found without going through the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seek {
    /// Who bears an identity number.
    Number(String),
    /// Whom the entry with a number is about.
    Entry(String),
    /// The children of whoever bears a number.
    ChildrenOf(String),
    /// Who has a name and was born then.
    Named {
        /// The name's parts in their order.
        name: String,
        /// The date or year of birth.
        born: String,
    },
}

/// In which order records come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sorting {
    /// By what.
    pub attribute: Attribute,
    /// The other way round.
    pub descending: bool,
}

impl Query {
    /// Every condition in it.
    #[must_use]
    pub fn conditions(&self) -> Vec<&Condition> {
        match self {
            Self::Is(condition) => vec![condition],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::conditions).collect(),
            Self::Not(part) => part.conditions(),
        }
    }

    /// Where to look for whom may be meant: everyone for whom the query holds is
    /// found by one of these. `None` when only going through the whole register
    /// would tell.
    #[must_use]
    pub fn seeks(&self) -> Option<Vec<Seek>> {
        match self {
            Self::Is(condition) => condition.seeks(),
            Self::All(parts) => {
                let found = parts.iter().filter_map(Self::seeks).min_by_key(Vec::len);
                found.or_else(|| named(parts).map(|seek| vec![seek]))
            }
            Self::Any(parts) if !parts.is_empty() => {
                let all: Option<Vec<Vec<Seek>>> = parts.iter().map(Self::seeks).collect();
                all.map(|all| all.into_iter().flatten().collect())
            }
            Self::Any(_) | Self::Not(_) => None,
        }
    }
}

/// A name with a date or year of birth among conditions that all hold.
fn named(parts: &[Query]) -> Option<Seek> {
    let mut conditions: Vec<&Condition> = Vec::new();
    for part in parts {
        match part {
            Query::Is(condition) => conditions.push(condition),
            Query::All(inner) => {
                conditions.extend(inner.iter().filter_map(|part| match part {
                    Query::Is(condition) => Some(condition),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    let equal = |attribute: Attribute| {
        let fits = |one: &&&Condition| one.attribute == attribute && one.operator == Operator::Eq;
        conditions.iter().find(fits).and_then(|one| one.values.first().cloned())
    };
    let parts = [Attribute::Name, Attribute::GivenName, Attribute::SecondName, Attribute::Surname];
    let name: Vec<String> = parts.into_iter().filter_map(equal).collect();
    let born = equal(Attribute::BirthDate).or_else(|| equal(Attribute::BirthYear))?;
    Some(Seek::Named { name: name.join(" "), born }).filter(|_| !name.is_empty())
}

impl Condition {
    fn seeks(&self) -> Option<Vec<Seek>> {
        if !matches!(self.operator, Operator::Eq | Operator::In) {
            return None;
        }
        let all = |of: fn(String) -> Seek| Some(self.values.iter().cloned().map(of).collect());
        match self.attribute {
            Attribute::Parent => all(Seek::ChildrenOf),
            attribute if attribute.entry().is_some() => all(Seek::Entry),
            attribute if attribute.is_number() => all(Seek::Number),
            _ => None,
        }
    }

    /// A condition with its values looked at.
    fn new(attribute: Attribute, operator: Operator, values: Vec<String>) -> Result<Self, Reject> {
        let name = attribute.code();
        if values.is_empty() || values.len() > MOST_VALUES {
            return Err(Reject::criteria(format!("{name} needs a value, {MOST_VALUES} at most")));
        }
        let values = values
            .into_iter()
            .map(|value| checked(attribute, &value))
            .collect::<Result<Vec<String>, Reject>>()?;
        Ok(Self { attribute, operator, values })
    }
}

/// A value as it is compared.
fn checked(attribute: Attribute, value: &str) -> Result<String, Reject> {
    let value = value.trim();
    let wrong = |what: &str| Reject::criteria(format!("{} is compared with {what}", attribute.code()));
    if value.is_empty() || value.chars().count() > LONGEST_VALUE || value.contains('\0') {
        return Err(wrong(&format!("a value of 1 to {LONGEST_VALUE} characters")));
    }
    if attribute.is_date() {
        let ascii = digits::to_ascii(value);
        let day = ascii.split(['T', ' ']).next().unwrap_or_default();
        let date: crate::dates::PartialDate =
            day.parse().map_err(|_| wrong("a date: 1995, 1995-09 or 1995-09-21"))?;
        return Ok(String::from(date));
    }
    match attribute {
        Attribute::Age | Attribute::BirthYear => {
            let number: u16 =
                digits::to_ascii(value).parse().map_err(|_| wrong("a whole number of years"))?;
            Ok(number.to_string())
        }
        Attribute::Sex => match value.to_lowercase().as_str() {
            "male" | "m" | "1" => Ok("male".into()),
            "female" | "f" | "2" => Ok("female".into()),
            "unknown" | "u" | "4" => Ok("unknown".into()),
            "other" | "o" | "3" => Ok("other".into()),
            _ => Err(wrong("male, female, other or unknown")),
        },
        Attribute::MaritalStatus => {
            let first = value.chars().next().unwrap_or_default().to_ascii_uppercase();
            let known = "SMDWALU".contains(first);
            Some(first.to_string()).filter(|_| known).ok_or_else(|| wrong("S, M, D, W, A, L or U"))
        }
        attribute if attribute.is_number() || attribute.entry().is_some() => Ok(digits::to_ascii(value)),
        _ => Ok(value.to_owned()),
    }
}

/// Reads a query of some type.
///
/// # Errors
/// [`Reject`] with `rjct.search_criteria.invalid` and what is wrong.
pub fn read_query(query_type: &str, query: &Value) -> Result<Query, Reject> {
    let read = match short(query_type).as_str() {
        "idtypevalue" => by_identifier(query)?,
        "expression" | "predicate" => expression(query)?,
        "graphql" => {
            return Err(Reject::criteria(
                "graphql is not answered; use idtype-value, expression or predicate",
            ));
        }
        other => {
            let known = "idtype-value, expression or predicate";
            return Err(Reject::criteria(format!("query_type is {known}, not {other:?}")));
        }
    };
    if read.conditions().len() > MOST_CONDITIONS {
        return Err(Reject::criteria(format!("a query holds {MOST_CONDITIONS} conditions at most")));
    }
    Ok(read)
}

fn by_identifier(query: &Value) -> Result<Query, Reject> {
    let wanted = "an idtype-value query is {\"type\": \"UIN\", \"value\": \"…\"}";
    let kind = query["type"].as_str().or(query["identifier_type"].as_str());
    let kind = kind.ok_or_else(|| Reject::criteria(wanted))?;
    let attribute = id_type(kind).ok_or_else(|| {
        Reject::criteria(format!("the identifier type {kind:?} is not known: use UIN, BRN, MRN, DRN"))
    })?;
    let value = match &query["value"] {
        Value::Null => &query["identifier_value"],
        // Some wrap it once more.
        Value::Object(inner) => {
            inner.get("value").or_else(|| inner.get("identifier_value")).unwrap_or(&Value::Null)
        }
        value => value,
    };
    let value = text_of(value).ok_or_else(|| Reject::criteria(wanted))?;
    Condition::new(attribute, Operator::Eq, vec![value]).map(Query::Is)
}

/// An expression in any of its forms.
fn expression(query: &Value) -> Result<Query, Reject> {
    match query {
        Value::Array(items) => predicates(items),
        Value::Object(object) if object.contains_key("expression1") => {
            predicates(std::slice::from_ref(query))
        }
        Value::Object(object) => {
            // {"type": "ns:org:QueryType:expression", "value": {"expression": {"query": {…}}}}
            for inside in ["value", "expression", "query"] {
                match object.get(inside) {
                    Some(inner @ (Value::Object(_) | Value::Array(_))) => return expression(inner),
                    Some(Value::String(_)) if inside != "query" => {
                        return Err(Reject::criteria(
                            "a query written as text is not answered; use conditions",
                        ));
                    }
                    _ => {}
                }
            }
            tree(object)
        }
        _ => Err(Reject::criteria("the query is a list of expressions, or an object of conditions")),
    }
}

/// An item of a list, with what joins it to the next.
struct Item {
    place: f64,
    query: Query,
    join: Option<Join>,
}

#[derive(Clone, Copy, PartialEq)]
enum Join {
    And,
    Or,
    Not,
}

impl Join {
    fn read(item: &Value) -> Result<Option<Self>, Reject> {
        let word = item["condition"]
            .as_str()
            .unwrap_or_default()
            .trim()
            .trim_start_matches('$')
            .to_ascii_lowercase();
        match word.as_str() {
            "" => Ok(None),
            "and" => Ok(Some(Self::And)),
            "or" => Ok(Some(Self::Or)),
            "not" => Ok(Some(Self::Not)),
            _ => Err(Reject::criteria("condition is and, or or not")),
        }
    }

    fn of(self, one: Query, other: Query) -> Query {
        match self {
            Self::And => Query::All(vec![one, other]),
            Self::Or => Query::Any(vec![one, other]),
            Self::Not => Query::All(vec![one, Query::Not(Box::new(other))]),
        }
    }
}

/// A list of expressions, in the order of their numbers. What stands between two
/// of them is the condition of the first, and `and` where it names none.
fn predicates(items: &[Value]) -> Result<Query, Reject> {
    let mut read = Vec::new();
    for item in items {
        read.push(match item {
            Value::Array(inner) => Item { place: f64::MAX, query: predicates(inner)?, join: None },
            Value::Object(object) if object.contains_key("expression1") => predicate(item)?,
            Value::Object(object) => Item { place: f64::MAX, query: tree(object)?, join: None },
            _ => return Err(Reject::criteria("every expression has an expression1")),
        });
    }
    read.sort_by(|one, other| one.place.total_cmp(&other.place));
    let mut whole: Option<(Query, Option<Join>)> = None;
    for item in read {
        whole = Some(match whole {
            None => (item.query, item.join),
            Some((before, join)) => (join.unwrap_or(Join::And).of(before, item.query), item.join),
        });
    }
    match whole {
        Some((only, Some(Join::Not))) if items.len() == 1 => Ok(Query::Not(Box::new(only))),
        Some((whole, _)) => Ok(whole),
        None => Err(Reject::criteria("the list of expressions is empty")),
    }
}

fn predicate(item: &Value) -> Result<Item, Reject> {
    let place = text_of(&item["seq_num"]).and_then(|text| text.parse().ok()).unwrap_or(f64::MAX);
    let first = comparison(&item["expression1"])?;
    let join = Join::read(item)?;
    let second = match &item["expression2"] {
        Value::Object(object) if !object.is_empty() => Some(comparison(&item["expression2"])?),
        _ => None,
    };
    Ok(match second {
        Some(second) => Item { place, query: join.unwrap_or(Join::And).of(first, second), join: None },
        None => Item { place, query: first, join },
    })
}

fn comparison(expression: &Value) -> Result<Query, Reject> {
    let name = expression["attribute_name"].as_str().unwrap_or_default();
    let operator = expression["operator"].as_str().unwrap_or_default();
    let operator = Operator::from_name(operator)
        .ok_or_else(|| Reject::criteria(format!("operator is gt, lt, eq, ge, le or in, not {operator:?}")))?;
    condition(name, operator, &expression["attribute_value"])
}

fn condition(name: &str, operator: Operator, value: &Value) -> Result<Query, Reject> {
    let values = match value {
        Value::Array(values) => values.iter().filter_map(text_of).collect(),
        Value::String(text) if operator == Operator::In => {
            text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        }
        value => text_of(value).into_iter().collect::<Vec<String>>(),
    };
    let operator = if values.len() > 1 && operator == Operator::Eq { Operator::In } else { operator };
    let attribute = match short(name).as_str() {
        // Whatever was typed into one box.
        "searchtext" if values.iter().any(|text| text.chars().any(char::is_numeric)) => Attribute::AnyNumber,
        "searchtext" => Attribute::Name,
        _ => Attribute::from_name(name)
            .ok_or_else(|| Reject::criteria(format!("the attribute {name:?} is not known")))?,
    };
    Condition::new(attribute, operator, values).map(Query::Is)
}

/// An object of conditions that all hold: `{"UIN": {"$eq": "…"}}`, with `$and`,
/// `$or` and `$not`.
fn tree(object: &Map<String, Value>) -> Result<Query, Reject> {
    let mut parts = Vec::new();
    for (name, value) in object {
        let list = |value: &Value| -> Result<Vec<Query>, Reject> {
            let items = value.as_array().ok_or_else(|| Reject::criteria(format!("{name} joins a list")))?;
            items.iter().map(expression).collect()
        };
        match name.trim_start_matches('$').to_ascii_lowercase().as_str() {
            "and" => parts.push(Query::All(list(value)?)),
            "or" => parts.push(Query::Any(list(value)?)),
            "not" => parts.push(Query::Not(Box::new(expression(value)?))),
            // What kind of records a group of them is of says nothing here.
            "collection" | "type" if value.is_string() => {}
            _ => match value {
                Value::Object(comparisons) => {
                    for (operator, value) in comparisons.iter().filter(|(name, _)| *name != "type") {
                        let operator = Operator::from_name(operator).ok_or_else(|| {
                            Reject::criteria(format!(
                                "{operator:?} compares nothing: use $eq, $gt, $ge, $lt, $le, $in"
                            ))
                        })?;
                        parts.push(condition(name, operator, value)?);
                    }
                }
                value => parts.push(condition(name, Operator::Eq, value)?),
            },
        }
    }
    Ok(if parts.len() == 1 { parts.remove(0) } else { Query::All(parts) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn is(attribute: Attribute, operator: Operator, value: &str) -> Query {
        Query::Is(Condition { attribute, operator, values: vec![value.to_owned()] })
    }

    fn uin(value: &str) -> Query {
        is(Attribute::Uin, Operator::Eq, value)
    }

    #[test]
    fn an_identifier_is_read_however_it_is_written() {
        for query in [
            json!({"type": "UIN", "value": "847951632"}),
            json!({"type": "uin", "value": 847_951_632}),
            json!({"type": "ns:org:IdType:UIN", "value": "٨٤٧٩٥١٦٣٢"}),
            json!({"identifier_type": "NIN", "identifier_value": " 847951632 "}),
        ] {
            assert_eq!(read_query("idtype-value", &query), Ok(uin("847951632")), "{query}");
        }
        for query in
            [json!({}), json!({"type": "UIN"}), json!({"type": "SHOE", "value": "43"}), json!("x"), json!([])]
        {
            let reject = read_query("idtype-value", &query).unwrap_err();
            assert_eq!(reject.code, "rjct.search_criteria.invalid", "{query}");
        }
    }

    #[test]
    fn the_list_of_the_samples_and_the_tree_of_others_mean_the_same() {
        let sample = json!([{"seq_num": "", "expression1": {"attribute_name": "UIN", "operator": "eq",
            "attribute_value": "847951632"}, "condition": "", "expression2": ""}]);
        let others = json!({"type": "ns:org:QueryType:expression",
            "value": {"expression": {"collection": "Person", "query": {"UIN": {"$eq": "847951632"}}}}});
        for query in
            [sample, others, json!({"uin": "847951632"}), json!({"$and": [{"UIN": {"eq": "847951632"}}]})]
        {
            for kind in ["expression", "predicate", "ns:org:QueryType:expression"] {
                let read = read_query(kind, &query).unwrap();
                assert_eq!(read.seeks(), Some(vec![Seek::Number("847951632".into())]), "{kind} {query}");
            }
        }
    }

    #[test]
    fn expressions_are_joined_in_their_order() {
        let expression = |name: &str, operator: &str, value: Value| json!({"attribute_name": name, "operator": operator, "attribute_value": value});
        let query = json!([
            {"seq_num": 2, "expression1": expression("YOB", "lt", json!(1990))},
            {"seq_num": 1, "expression1": expression("UIN", "eq", json!("1")), "condition": "or",
             "expression2": expression("UIN", "eq", json!("2"))},
            {"seq_num": "3", "expression1": expression("sex", "eq", json!("2")), "condition": "not",
             "expression2": expression("marital_status", "in", json!("married,W"))},
        ]);
        let read = read_query("predicate", &query).unwrap();
        let not = Query::Not(Box::new(Query::Is(Condition {
            attribute: Attribute::MaritalStatus,
            operator: Operator::In,
            values: vec!["M".into(), "W".into()],
        })));
        let expected = Query::All(vec![
            Query::All(vec![
                Query::Any(vec![uin("1"), uin("2")]),
                is(Attribute::BirthYear, Operator::Lt, "1990"),
            ]),
            Query::All(vec![is(Attribute::Sex, Operator::Eq, "female"), not]),
        ]);
        assert_eq!(read, expected);
        assert_eq!(read.seeks().unwrap().len(), 2);

        // A condition without a second expression joins the next one.
        let query = json!([
            {"expression1": expression("UIN", "eq", json!("1")), "condition": "or", "expression2": ""},
            {"expression1": expression("UIN", "eq", json!("2"))},
        ]);
        assert_eq!(read_query("expression", &query).unwrap(), Query::Any(vec![uin("1"), uin("2")]));
    }

    #[test]
    fn what_would_go_through_the_whole_register_is_known() {
        for query in [
            json!({}),
            json!({"birth_date": {"$gt": "2023-01-01"}}),
            json!({"$or": [{"UIN": "1"}, {"sex": "male"}]}),
            json!({"$not": {"UIN": "1"}}),
            json!({"given_name": "Shilan"}),
            json!({"UIN": {"$gt": "1"}}),
        ] {
            assert_eq!(read_query("expression", &query).unwrap().seeks(), None, "{query}");
        }
        let named =
            json!({"given_name": "Shilan", "surname": "Barzinji", "birth_date": "1998-03-14T00:00:00"});
        let expected = Seek::Named { name: "Shilan Barzinji".into(), born: "1998-03-14".into() };
        assert_eq!(read_query("expression", &named).unwrap().seeks(), Some(vec![expected]));
    }

    #[test]
    fn what_cannot_be_read_is_rejected_and_says_why() {
        for (kind, query, part) in [
            ("graphql", json!({}), "graphql"),
            ("sql", json!("SELECT"), "query_type"),
            ("", json!({}), "query_type"),
            ("expression", json!({"type": "x", "value": {"expression": "query { person }"}}), "text"),
            ("expression", json!({"shoe_size": 43}), "shoe_size"),
            ("expression", json!({"UIN": {"$regex": ".*"}}), "compares nothing"),
            ("expression", json!({"birth_date": {"$gt": "last year"}}), "a date"),
            ("expression", json!({"age": {"$gt": "old"}}), "whole number"),
            ("expression", json!({"UIN": {"$eq": "x".repeat(201)}}), "characters"),
            ("expression", json!({"UIN": {"$in": []}}), "needs a value"),
            ("predicate", json!([]), "empty"),
            ("predicate", json!([1]), "expression1"),
            (
                "predicate",
                json!([{"expression1": {"attribute_name": "UIN", "operator": "like", "attribute_value": "%"}}]),
                "operator",
            ),
            ("predicate", json!([{"expression1": {}}]), "operator"),
            ("predicate", json!(null), "list"),
        ] {
            let reject = read_query(kind, &query).unwrap_err();
            assert_eq!(reject.code, "rjct.search_criteria.invalid");
            assert!(reject.message.contains(part), "{query}: {}", reject.message);
        }
        let many: Vec<Value> = (0..60).map(|n| json!({"UIN": n.to_string()})).collect();
        assert!(read_query("expression", &json!({"$or": many})).unwrap_err().message.contains("50"));
    }
}
