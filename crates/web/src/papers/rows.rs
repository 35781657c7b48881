//! Which facts of a paper share a row, and the codes of entries that papers write out.

use diwan_domain::services::Service;
use serde_json::{Value, json};

/// Of how many at one birth a child may be.
pub const PLURALITIES: [&str; 4] = ["single", "twin", "triplet", "more"];

/// Countries whose names papers know in every language; of others the two letters stand there
/// which passports have too.
pub const COUNTRIES: [&str; 16] =
    ["IQ", "IR", "SY", "TR", "JO", "LB", "SA", "KW", "EG", "PS", "AM", "DE", "SE", "GB", "NL", "US"];

/// In whose row a printed field stands, if it has none of its own.
pub(super) fn beside_of<'a>(service: &'a Service, key: &str) -> Option<&'a String> {
    let mut fields = service.document.iter().flat_map(|document| &document.fields);
    fields.find(|field| field.key == key)?.beside.as_ref()
}

/// The rows of a paper: what stands beside another goes into its row, below its value. Where
/// that one is not printed, what is said of it is not either.
pub(super) fn gathered(service: &Service, printed: Vec<(String, Value)>) -> Vec<Value> {
    let mut rows: Vec<(String, Value)> = Vec::new();
    for (key, row) in printed {
        let Some(beside) = beside_of(service, &key) else {
            rows.push((key, row));
            continue;
        };
        let above = rows.iter_mut().find(|(other, _)| other == beside);
        match above.map(|(_, above)| &mut above["more"]) {
            Some(Value::Array(more)) => more.push(row),
            Some(more) => *more = json!([row]),
            None => {}
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}
