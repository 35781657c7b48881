//! Whether a query holds for someone, by what the register knows of them. What is
//! not known holds for nothing, and for no opposite either: `not` asks whether the
//! comparison holds.

use super::query::{Attribute, Condition, Operator, Query, Sorting};
use crate::dates::PartialDate;
use crate::names::fold;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What is known of someone, by attribute; several values where there are several.
pub type Known = BTreeMap<Attribute, Vec<String>>;

impl Query {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, known: &Known) -> bool {
        match self {
            Self::Is(condition) => condition.holds(known),
            Self::All(parts) => parts.iter().all(|part| part.holds(known)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(known)),
            Self::Not(part) => !part.holds(known),
        }
    }
}

impl Condition {
    fn holds(&self, known: &Known) -> bool {
        let Some(all) = known.get(&self.attribute) else { return false };
        all.iter().any(|one| self.values.iter().any(|value| self.fits(one, value)))
    }

    fn fits(&self, known: &str, value: &str) -> bool {
        let (attribute, operator) = (self.attribute, self.operator);
        if attribute.is_date() {
            return fits_date(operator, known, value);
        }
        match attribute {
            Attribute::Age | Attribute::BirthYear => match (known.parse::<i64>(), value.parse::<i64>()) {
                (Ok(known), Ok(value)) => fits_order(operator, known.cmp(&value)),
                _ => false,
            },
            Attribute::GivenName
            | Attribute::SecondName
            | Attribute::Surname
            | Attribute::Name
            | Attribute::BirthPlace => fits_order(operator, fold(known).cmp(&fold(value))),
            _ => fits_order(operator, known.cmp(value)),
        }
    }
}

fn fits_order(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Gt => order.is_gt(),
        Operator::Lt => order.is_lt(),
        Operator::Eq | Operator::In => order.is_eq(),
        Operator::Ge => order.is_ge(),
        Operator::Le => order.is_le(),
    }
}

/// Dates may be partly known: what could be otherwise does not hold.
fn fits_date(operator: Operator, known: &str, value: &str) -> bool {
    let (Ok(known), Ok(value)) = (known.parse::<PartialDate>(), value.parse::<PartialDate>()) else {
        return false;
    };
    match operator {
        Operator::Gt => known.earliest() > value.latest(),
        Operator::Ge => known.earliest() >= value.earliest(),
        Operator::Lt => known.latest() < value.earliest(),
        Operator::Le => known.latest() <= value.latest(),
        Operator::Eq | Operator::In => {
            known.earliest() >= value.earliest() && known.latest() <= value.latest()
        }
    }
}

/// Which of two comes first. Whoever has no value comes last, whichever way.
#[must_use]
pub fn in_order(one: &Known, other: &Known, by: &[Sorting]) -> Ordering {
    for sorting in by {
        let value = |known: &Known| known.get(&sorting.attribute).and_then(|all| all.first().cloned());
        let order = match (value(one), value(other)) {
            (Some(one), Some(other)) if sorting.descending => other.cmp(&one),
            (Some(one), Some(other)) => one.cmp(&other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

#[cfg(test)]
mod tests {
    use super::super::read_query;
    use super::*;
    use serde_json::{Value, json};

    fn shilan() -> Known {
        [
            (Attribute::Uin, "1000000000001"),
            (Attribute::GivenName, "شیلان"),
            (Attribute::BirthDate, "1998-03-14"),
            (Attribute::BirthYear, "1998"),
            (Attribute::Age, "28"),
            (Attribute::Sex, "female"),
            (Attribute::MaritalStatus, "M"),
        ]
        .into_iter()
        .map(|(attribute, value)| (attribute, vec![value.to_owned()]))
        .collect()
    }

    fn holds(query: Value) -> bool {
        read_query("expression", &query).unwrap().holds(&shilan())
    }

    #[test]
    fn conditions_hold_as_they_read() {
        for query in [
            json!({"UIN": "1000000000001"}),
            json!({"UIN": {"$in": ["5", "1000000000001"]}}),
            json!({"birth_date": {"$ge": "1998-03-14", "$lt": "1999"}}),
            json!({"birth_date": "1998"}),
            json!({"age": {"$gt": 9, "$le": 28}}),
            json!({"YOB": {"$eq": 1998}}),
            json!({"sex": "F"}),
            json!({"given_name": "شيلان"}),
            json!({"$not": {"sex": "male"}}),
            json!({"$or": [{"sex": "male"}, {"marital_status": "Married"}]}),
        ] {
            assert!(holds(query.clone()), "{query}");
        }
        for query in [
            json!({"UIN": "' OR '1'='1"}),
            json!({"birth_date": {"$gt": "1998-03-14"}}),
            json!({"birth_date": {"$gt": "1998"}}),
            json!({"age": {"$gt": 28}}),
            json!({"death_date": {"$gt": "1900"}}),
            json!({"$not": {"sex": "female"}}),
            json!({"$and": [{"sex": "female"}, {"marital_status": "S"}]}),
        ] {
            assert!(!holds(query.clone()), "{query}");
        }
    }

    #[test]
    fn what_is_partly_known_holds_only_where_it_cannot_be_otherwise() {
        let known: Known = [(Attribute::BirthDate, vec!["2010".to_owned()])].into();
        let holds = |query: Value| read_query("expression", &query).unwrap().holds(&known);
        assert!(holds(json!({"birth_date": {"$ge": "2010-01-01"}})));
        assert!(holds(json!({"birth_date": "2010"})));
        assert!(!holds(json!({"birth_date": "2010-05-05"})));
        assert!(!holds(json!({"birth_date": {"$gt": "2010-05-05"}})));
        assert!(!holds(json!({"birth_date": {"$lt": "2010-05-05"}})));
    }

    #[test]
    fn whoever_lacks_a_value_comes_last() {
        let of = |value: &str| Known::from([(Attribute::BirthDate, vec![value.to_owned()])]);
        let by = |descending| [Sorting { attribute: Attribute::BirthDate, descending }];
        assert_eq!(in_order(&of("1990"), &of("1998"), &by(false)), Ordering::Less);
        assert_eq!(in_order(&of("1990"), &of("1998"), &by(true)), Ordering::Greater);
        assert_eq!(in_order(&Known::new(), &of("1998"), &by(true)), Ordering::Greater);
        assert_eq!(in_order(&of("1998"), &of("1998"), &by(true)), Ordering::Equal);
    }
}
