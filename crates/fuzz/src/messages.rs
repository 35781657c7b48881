//! Messages of other registers (DCI): envelopes, signatures, queries.

use diwan_domain::dci::{Envelope, Known, SignatureString, members, read_query};
use diwan_office::dci::{check_signature, codes_in, events_in, read_keys, searches_in, status_in};
use serde_json::{Value, json};

/// A message as it comes, perhaps none; or a key, or a signature.
pub fn messages(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    spans(&text);
    if let Some(read) = SignatureString::read(&text) {
        let written = SignatureString::read(&read.write());
        // A name with a stroke or a quotation mark cannot be written as it was read.
        let is_plain = |text: &String| !text.contains(['|', '"']);
        if is_plain(&read.key_id) && is_plain(&read.sender_id) && is_plain(&read.algorithm) {
            assert_eq!(written.map(|again| again.signature), Some(read.signature));
        }
    }
    let keys = read_keys(&text).unwrap_or_default();
    let whole: Value = serde_json::from_str(&text).unwrap_or_default();
    for kind in ["idtype-value", "expression", "predicate", "graphql"] {
        query(kind, &whole);
    }
    let Ok(read) = Envelope::read(&text) else { return };
    // Whoever has no key of the client has signed nothing.
    assert!(check_signature(&keys, &read, 0).is_err(), "a message carries its own key");
    let _ = (events_in(&read.message), codes_in(&read.message), status_in(&read.message));
    for wanted in searches_in(&read.message).into_iter().flatten() {
        if let Ok(criteria) = wanted.asked {
            assert!((1..=100).contains(&criteria.page_size) && criteria.page_number > 0);
            let _ = criteria.query.holds(&Known::new());
        }
    }
}

/// The texts of the members say what the whole says.
fn spans(text: &str) {
    let Some(found) = members(text) else { return };
    let whole: Value = serde_json::from_str(text).expect("what has members is JSON");
    assert_eq!(whole.as_object().map(serde_json::Map::len), Some(found.len()));
    for (name, part) in found {
        let part: Value = serde_json::from_str(part).expect("a member is JSON");
        assert_eq!(part, whole[&name], "{name}");
    }
}

/// What was read is kept and read again, and holds for nobody of whom nothing is
/// known, unless it says so.
fn query(kind: &str, whole: &Value) {
    if let Ok(read) = read_query(kind, whole) {
        let kept = json!(read).to_string();
        assert_eq!(serde_json::from_str(&kept).ok(), Some(read.clone()), "{kept}");
        let seeks = read.seeks().unwrap_or_default();
        assert!(seeks.is_empty() || !read.holds(&Known::new()), "{kept} finds whoever is not there");
    }
}
