//! What a message asks, read item by item: what cannot be read is rejected with the
//! specification's own code, and the others are answered.

use diwan_domain::civil::EventKind;
use diwan_domain::dci::{
    Attribute, LARGEST_PAGE, LONGEST_ID, Query, Reject, Sorting, Told, Unreadable, about_persons, is_civil,
    kind_of, moment, read_query, text_of, told_of,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How many records a page holds when nobody says.
const USUAL_PAGE: usize = 10;
/// The longest reason that is kept, characters.
const LONGEST_REASON: usize = 200;

/// One request of a search.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wanted {
    /// The sender's name for it.
    pub reference_id: String,
    /// The language in which the sender reads, of ISO 639-3.
    pub locale: Option<String>,
    /// Why: from the consent or the authorization that came with it.
    pub reason: Option<String>,
    /// What is looked for, or why that cannot be read.
    pub asked: Result<Criteria, Reject>,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Criteria {
    /// Whom.
    pub query: Query,
    /// Only people about whom an entry of this kind stands.
    pub event: Option<EventKind>,
    /// In which order.
    pub sort: Vec<Sorting>,
    /// How many on a page.
    pub page_size: usize,
    /// Which page, the first is 1.
    pub page_number: usize,
}

/// One request to be told of events.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WantedEvents {
    /// The sender's name for it.
    pub reference_id: String,
    /// The language in which the sender reads, of ISO 639-3.
    pub locale: Option<String>,
    /// Of what, or why that cannot be read.
    pub asked: Result<EventCriteria, Reject>,
}

/// Of what a subscriber is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventCriteria {
    /// Of which events.
    pub told: Told,
    /// Only of people for whom this holds.
    pub query: Option<Query>,
    /// Not before, microseconds.
    pub from: Option<i64>,
    /// Not after, microseconds.
    pub until: Option<i64>,
    /// The criteria as they were sent, to be shown again.
    pub sent: Value,
}

/// A question how something stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusAsked {
    /// The sender's name for it.
    pub reference_id: String,
    /// `search`, `subscribe` or `unsubscribe`.
    pub txn_type: String,
    /// By what it is named: `transaction_id`, `reference_id_list` …
    pub attribute_type: String,
    /// Its names.
    pub values: Vec<String>,
}

/// What every request has.
struct Common {
    reference_id: String,
    locale: Option<String>,
    wrong: Option<Reject>,
}

const LOCALE: &str = "locale is a code of ISO 639-3, such as eng";

fn common(item: &Value, before: &[String], other_code: &str) -> Common {
    let reference = text_of(&item["reference_id"]).filter(|text| text.chars().count() <= LONGEST_ID);
    let locale = text_of(&item["locale"]).filter(|text| !text.is_empty());
    // The specification's own example has two letters, its pattern three.
    let is_language =
        |text: &String| matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let wrong = match &reference {
        None => Some(Reject::new("rjct.reference_id.invalid", "reference_id is missing or longer than 99")),
        Some(reference) if !reference.is_empty() && before.contains(reference) => {
            Some(Reject::new("rjct.reference_id.duplicate", "reference_id stands twice in this message"))
        }
        Some(_) if text_of(&item["timestamp"]).is_none_or(|text| moment(&text).is_none()) => {
            let help = "timestamp is ISO 8601 with its distance from UTC: 2022-12-04T17:20:07-04:00";
            Some(Reject::new("rjct.timestamp.invalid", help))
        }
        Some(_) if locale.as_ref().is_some_and(|locale| !is_language(locale)) => {
            Some(Reject::new(other_code, LOCALE))
        }
        Some(_) => None,
    };
    Common {
        reference_id: reference.unwrap_or_default(),
        locale: locale.filter(|text| is_language(text)),
        wrong,
    }
}

fn items<'m>(message: &'m Value, name: &str, path: &'static str) -> Result<&'m Vec<Value>, Unreadable> {
    message[name].as_array().filter(|items| !items.is_empty()).ok_or(Unreadable::Member(path))
}

/// The requests of a search.
///
/// # Errors
/// When there is no list of them.
pub fn searches_in(message: &Value) -> Result<Vec<Wanted>, Unreadable> {
    let mut seen = Vec::new();
    let mut all = Vec::new();
    for item in items(message, "search_request", "message.search_request")? {
        let common = common(item, &seen, "rjct.search_criteria.invalid");
        seen.push(common.reference_id.clone());
        let criteria = &item["search_criteria"];
        let asked = match common.wrong {
            Some(wrong) => Err(wrong),
            None => criteria_of(criteria),
        };
        let reason = reason_in(&criteria["consent"]).or_else(|| reason_in(&criteria["authorize"]));
        all.push(Wanted { reference_id: common.reference_id, locale: common.locale, reason, asked });
    }
    Ok(all)
}

/// The first request whose form is wrong, as opposed to what it asks.
#[must_use]
pub fn first_malformed<'r>(rejects: impl Iterator<Item = &'r Reject>) -> Option<&'r Reject> {
    let of_form = ["rjct.reference_id.invalid", "rjct.timestamp.invalid"];
    let mut rejects = rejects;
    rejects.find(|reject| of_form.contains(&reject.code.as_str()) || reject.message == LOCALE)
}

/// What a consent or an authorization says it is for.
fn reason_in(consent: &Value) -> Option<String> {
    let purpose = &consent["purpose"];
    let said = [&purpose["text"], &purpose["code"], purpose].into_iter().filter_map(Value::as_str);
    let said = said.map(str::trim).find(|text| !text.is_empty())?;
    Some(said.chars().filter(|letter| !letter.is_control()).take(LONGEST_REASON).collect())
}

fn criteria_of(criteria: &Value) -> Result<Criteria, Reject> {
    if !criteria.is_object() {
        return Err(Reject::criteria("search_criteria is missing"));
    }
    let text = |name: &str| text_of(&criteria[name]).unwrap_or_default();
    if !is_civil(&text("reg_type")) {
        return Err(Reject::criteria("reg_type: this is a civil register"));
    }
    if !about_persons(&text("reg_record_type")) {
        return Err(Reject::criteria("reg_record_type: records are persons"));
    }
    let event = text("reg_event_type");
    let event = match told_of(&event) {
        Some(_) => kind_of(&event),
        None if event.is_empty() => None,
        None => return Err(Reject::criteria(format!("reg_event_type {event:?} is not known"))),
    };
    let query = read_query(&text("query_type"), &criteria["query"])?;
    let (page_size, page_number) = page_of(&criteria["pagination"])?;
    Ok(Criteria { query, event, sort: sort_of(&criteria["sort"])?, page_size, page_number })
}

fn sort_of(sort: &Value) -> Result<Vec<Sorting>, Reject> {
    let wrong = |what: &str| Reject::new("rjct.sort.invalid", what);
    let list = match sort {
        Value::Array(list) => list.iter().collect(),
        Value::Object(object) if !object.is_empty() => vec![sort],
        Value::Null | Value::Object(_) => Vec::new(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        _ => return Err(wrong("sort is a list of {attribute_name, sort_order}")),
    };
    if list.len() > 10 {
        return Err(wrong("sort by ten attributes at most"));
    }
    let one = |item: &Value| {
        let attribute = Attribute::from_name(item["attribute_name"].as_str().unwrap_or_default());
        let attribute = attribute.ok_or_else(|| wrong("sort by an attribute that is not known"))?;
        let descending = match item["sort_order"].as_str().unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "asc" | "ascending" => false,
            "desc" | "descending" => true,
            _ => return Err(wrong("sort_order is asc or desc")),
        };
        Ok(Sorting { attribute, descending })
    };
    list.into_iter().map(one).collect()
}

fn page_of(pagination: &Value) -> Result<(usize, usize), Reject> {
    let wrong = |what: String| Reject::new("rjct.pagination.invalid", what);
    match pagination {
        Value::Null => return Ok((USUAL_PAGE, 1)),
        Value::String(text) if text.trim().is_empty() => return Ok((USUAL_PAGE, 1)),
        Value::Object(object) if object.is_empty() => return Ok((USUAL_PAGE, 1)),
        Value::Object(_) => {}
        _ => return Err(wrong("pagination is {page_size, page_number}".into())),
    }
    let number = |name: &str| -> Result<Option<usize>, Reject> {
        let text = text_of(&pagination[name]).filter(|text| !text.is_empty());
        let read = |text: String| text.strip_suffix(".0").unwrap_or(&text).parse::<usize>();
        text.map(read).transpose().map_err(|_| wrong(format!("{name} is a whole number from 1")))
    };
    let size = number("page_size")?.ok_or_else(|| wrong("page_size is missing".into()))?;
    let page = number("page_number")?.unwrap_or(1);
    if !(1..=LARGEST_PAGE).contains(&size) || page == 0 || page > 1_000_000 {
        return Err(wrong(format!("page_size is 1 to {LARGEST_PAGE}, and page_number begins with 1")));
    }
    Ok((size, page))
}

/// The requests of a subscription.
///
/// # Errors
/// When there is no list of them.
pub fn events_in(message: &Value) -> Result<Vec<WantedEvents>, Unreadable> {
    let mut seen = Vec::new();
    let mut all = Vec::new();
    for item in items(message, "subscribe_request", "message.subscribe_request")? {
        let common = common(item, &seen, "rjct.notify_details.invalid");
        seen.push(common.reference_id.clone());
        let asked = match common.wrong {
            Some(wrong) => Err(wrong),
            None => event_criteria_of(&item["subscribe_criteria"]),
        };
        all.push(WantedEvents { reference_id: common.reference_id, locale: common.locale, asked });
    }
    Ok(all)
}

fn event_criteria_of(criteria: &Value) -> Result<EventCriteria, Reject> {
    let details = |what: &str| Reject::new("rjct.notify_details.invalid", what);
    if !criteria.is_object() {
        return Err(details("subscribe_criteria is missing"));
    }
    let text = |name: &str| text_of(&criteria[name]).unwrap_or_default();
    if !is_civil(&text("reg_type")) {
        return Err(details("reg_type: this is a civil register"));
    }
    if !about_persons(&text("notify_record_type")) {
        return Err(details("notify_record_type: records are persons"));
    }
    let name = text("reg_event_type");
    let told = told_of(&name).ok_or_else(|| {
        let known = "LiveBirth, FetalDeath, Death, Marriage, Divorce, Annulment, NameChange";
        Reject::new("rjct.notify_types.invalid", format!("reg_event_type {name:?} is not one of {known}"))
    })?;
    let frequency = &criteria["frequency"];
    let bound = |name: &str| -> Result<Option<i64>, Reject> {
        let text = text_of(&frequency[name]).filter(|text| !text.is_empty());
        let read = |text: String| {
            moment(&text).ok_or_else(|| details("frequency: start_time and end_time are ISO 8601"))
        };
        text.map(read).transpose()
    };
    let (from, until) = (bound("start_time")?, bound("end_time")?);
    let query = filter_of(&text("filter_type"), &criteria["filter"])
        .map_err(|reject| details(&format!("filter: {}", reject.message)))?;
    let shown = ["reg_type", "reg_event_type", "filter_type", "filter", "notify_record_type"];
    let mut sent = json!({});
    for name in shown.into_iter().filter(|name| criteria.get(*name).is_some()) {
        sent[name] = criteria[name].clone();
    }
    if sent.to_string().len() > 20_000 {
        return Err(details("the filter is too long to be kept"));
    }
    Ok(EventCriteria { told, query, from, until, sent })
}

/// A filter; none where nothing stands in it.
fn filter_of(kind: &str, filter: &Value) -> Result<Option<Query>, Reject> {
    let is_empty = match filter {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    if is_empty {
        return Ok(None);
    }
    let by_identifier =
        filter["type"].is_string() && (filter["value"].is_string() || filter["value"].is_number());
    let kind = match kind {
        "" if by_identifier => "idtype-value",
        "" => "expression",
        kind => kind,
    };
    read_query(kind, filter).map(Some)
}

/// The codes of subscriptions that are to end.
///
/// # Errors
/// When there is no list of codes, one is too long, or the timestamp cannot be read.
pub fn codes_in(message: &Value) -> Result<Vec<String>, Unreadable> {
    let wrong = Unreadable::Member("message.subscription_codes");
    if text_of(&message["timestamp"]).is_none_or(|text| moment(&text).is_none()) {
        return Err(Unreadable::Member("message.timestamp"));
    }
    let list = items(message, "subscription_codes", "message.subscription_codes")?;
    let read = |code: &Value| text_of(code).filter(|code| code.chars().count() <= LONGEST_ID);
    list.iter().map(read).collect::<Option<Vec<String>>>().filter(|codes| codes.len() <= 100).ok_or(wrong)
}

/// What is asked of the status of something.
///
/// # Errors
/// When it cannot be read.
pub fn status_in(message: &Value) -> Result<StatusAsked, Unreadable> {
    let asked = &message["txnstatus_request"];
    let one_of = |name: &str, path: &'static str, known: &[&str]| {
        text_of(&asked[name]).filter(|text| known.contains(&text.as_str())).ok_or(Unreadable::Member(path))
    };
    let reference_id = text_of(&asked["reference_id"]).filter(|text| text.chars().count() <= LONGEST_ID);
    let values = match &asked["attribute_value"] {
        Value::Array(items) => items.iter().map(text_of).collect(),
        value => text_of(value).map(|text| vec![text]),
    };
    let values = values.filter(|values| (1..=100).contains(&values.len()));
    Ok(StatusAsked {
        reference_id: reference_id.ok_or(Unreadable::Member("message.txnstatus_request.reference_id"))?,
        txn_type: one_of(
            "txn_type",
            "message.txnstatus_request.txn_type",
            &["search", "subscribe", "unsubscribe"],
        )?,
        attribute_type: one_of(
            "attribute_type",
            "message.txnstatus_request.attribute_type",
            &["transaction_id", "reference_id_list", "correlation_id", "subscription_code_list"],
        )?,
        values: values.ok_or(Unreadable::Member("message.txnstatus_request.attribute_value"))?,
    })
}
