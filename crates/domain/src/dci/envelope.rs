//! The envelope: a signature over a header and a message, and both.

use super::LONGEST_ID;
use serde_json::Value;

/// A message as it came.
#[derive(Clone, Debug)]
pub struct Envelope<'t> {
    /// What was signed with, if anything.
    pub signature: Option<String>,
    /// The header's bytes as they were sent: over them the signature is made.
    pub header_text: &'t str,
    /// The message's bytes as they were sent.
    pub message_text: &'t str,
    /// The header.
    pub header: Header,
    /// The message.
    pub message: Value,
}

/// What a header says, as far as it matters here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The version of the specification that the sender speaks.
    pub version: String,
    /// Names this message.
    pub message_id: String,
    /// When it was sent, as written.
    pub message_ts: String,
    /// What is asked: `search`.
    pub action: String,
    /// Who asks.
    pub sender_id: String,
    /// Where answers are expected, if the sender says so.
    pub sender_uri: Option<String>,
    /// How many requests there are, as far as it is a number.
    pub total_count: Option<Result<i64, String>>,
    /// Whether the message is encrypted.
    pub is_msg_encrypted: bool,
}

/// Why something is no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No JSON object.
    #[error("the body is no JSON object: {0}")]
    NotJson(String),
    /// A member that has to be there is not, or is something else.
    #[error("{0} is missing or cannot be read")]
    Member(&'static str),
}

/// The members of a JSON object with the text of each as it was written; of a name
/// that stands twice the last counts, as for everybody who reads JSON. `None` when
/// the text is no JSON object.
#[must_use]
pub fn members(text: &str) -> Option<Vec<(String, &str)>> {
    serde_json::from_str::<serde_json::Map<String, Value>>(text).ok()?;
    let bytes = text.as_bytes();
    let mut at = skip_blank(bytes, 0) + 1;
    let mut found: Vec<(String, &str)> = Vec::new();
    loop {
        at = skip_blank(bytes, at);
        match bytes.get(at)? {
            b'}' => return Some(found),
            b',' => at += 1,
            b'"' => {
                let end = skip_string(bytes, at)?;
                let name: String = serde_json::from_str(text.get(at..end)?).ok()?;
                // The colon lies between, perhaps with blanks around it.
                at = skip_blank(bytes, skip_blank(bytes, end) + 1);
                let end = skip_value(bytes, at)?;
                found.retain(|(known, _)| *known != name);
                found.push((name, text.get(at..end)?));
                at = end;
            }
            _ => return None,
        }
    }
}

fn skip_blank(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// The place after a string that begins here.
fn skip_string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// The place after a value that begins here.
fn skip_value(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        match bytes.get(at)? {
            b'"' => {
                at = skip_string(bytes, at)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' if depth > 0 => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            // A number or a word ends where the next thing begins.
            b'}' | b',' if depth == 0 => return Some(at),
            byte if depth == 0 && byte.is_ascii_whitespace() => return Some(at),
            _ => at += 1,
        }
    }
}

/// A value as text, where a text was meant: some write numbers for identifiers.
#[must_use]
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// A moment as the specification writes it, ISO 8601 with its distance from UTC:
/// microseconds since 1970 UTC.
#[must_use]
pub fn moment(text: &str) -> Option<i64> {
    text.trim().parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_microsecond)
}

impl<'t> Envelope<'t> {
    /// Reads a message.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(text: &'t str) -> Result<Self, Unreadable> {
        let not_json = |why: &str| Unreadable::NotJson(why.to_owned());
        let whole: Value =
            serde_json::from_str(text).map_err(|error| Unreadable::NotJson(error.to_string()))?;
        let all = members(text).ok_or_else(|| not_json("something else stands there"))?;
        let span = |name: &str| all.iter().find(|(known, _)| known == name).map(|(_, text)| *text);
        let header_text = span("header").ok_or(Unreadable::Member("header"))?;
        let message_text = span("message").ok_or(Unreadable::Member("message"))?;
        let header = Header::read(&whole["header"])?;
        let message = whole["message"].clone();
        if !message.is_object() {
            return Err(Unreadable::Member("message"));
        }
        let signature = whole["signature"].as_str().map(str::trim).filter(|text| !text.is_empty());
        Ok(Self { signature: signature.map(str::to_owned), header_text, message_text, header, message })
    }

    /// The transaction to which the message belongs. It has to be there, also where
    /// it is empty.
    ///
    /// # Errors
    /// Missing, or too long to be kept.
    pub fn transaction_id(&self) -> Result<String, Unreadable> {
        let text = text_of(&self.message["transaction_id"]).filter(|text| text.chars().count() <= LONGEST_ID);
        text.ok_or(Unreadable::Member("message.transaction_id"))
    }
}

impl Header {
    fn read(header: &Value) -> Result<Self, Unreadable> {
        if !header.is_object() {
            return Err(Unreadable::Member("header"));
        }
        let needed = |name: &'static str, path: &'static str| {
            let text = text_of(&header[name]).filter(|text| !text.is_empty());
            // What is longer is no identifier, and would only fill tables.
            text.filter(|text| text.len() <= 400).ok_or(Unreadable::Member(path))
        };
        let total_count = match &header["total_count"] {
            Value::Null => None,
            value => match text_of(value).unwrap_or_default().as_str() {
                "" => None,
                text => Some(text.parse().map_err(|_| text.to_owned())),
            },
        };
        let encrypted = &header["is_msg_encrypted"];
        Ok(Self {
            version: text_of(&header["version"]).unwrap_or_default(),
            message_id: needed("message_id", "header.message_id")?,
            message_ts: needed("message_ts", "header.message_ts")?,
            action: needed("action", "header.action")?,
            sender_id: needed("sender_id", "header.sender_id")?,
            sender_uri: text_of(&header["sender_uri"]).filter(|uri| !uri.is_empty()),
            total_count,
            is_msg_encrypted: encrypted.as_bool() == Some(true) || encrypted.as_str() == Some("true"),
        })
    }

    /// Whether the sender speaks a version that is understood here.
    #[must_use]
    pub fn is_version_known(&self) -> bool {
        is_version_known(&self.version)
    }
}

/// Whether a version is understood: none named, or any 1.x.
pub(super) fn is_version_known(version: &str) -> bool {
    let version = version.trim().trim_start_matches(['v', 'V']);
    version.is_empty() || version == "1" || version.starts_with("1.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_members_of_an_object_are_found_as_they_were_written() {
        let text = r#" { "a" : {"b": [1, "}\"{", {"c": 48.900000000000006}]} ,"signature":"x\"y", "n":1.0,"last": null }"#;
        let found = members(text).unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let expected = [
            ("a", r#"{"b": [1, "}\"{", {"c": 48.900000000000006}]}"#),
            ("signature", r#""x\"y""#),
            ("n", "1.0"),
            ("last", "null"),
        ];
        assert_eq!(found, expected);
        assert_eq!(members("{}"), Some(Vec::new()));
        assert_eq!(members(r#"{"a":1,"a":2}"#), Some(vec![("a".to_owned(), "2")]), "the last one counts");
        for text in ["", "[]", "1", "{", r#"{"a"}"#, r#"{"a":1}x"#, "null", "\u{feff}{}"] {
            assert_eq!(members(text), None, "{text}");
        }
    }

    #[test]
    fn a_message_is_read_as_the_samples_write_it() {
        let text = json!({
            "signature": "", "message": {"transaction_id": ""},
            "header": {"version": "1.0.0", "message_id": 7, "message_ts": "2023-07-19T12:15:04.555Z", "action": "search",
                "sender_id": "sp-system", "sender_uri": "", "total_count": "1", "is_msg_encrypted": false, "meta": ""},
        })
        .to_string();
        let read = Envelope::read(&text).unwrap();
        assert_eq!(read.signature, None);
        assert_eq!(read.transaction_id(), Ok(String::new()));
        let header = &read.header;
        assert_eq!((header.message_id.as_str(), header.sender_uri.as_deref()), ("7", None));
        assert_eq!((header.total_count.clone(), header.is_version_known()), (Some(Ok(1)), true));
        assert_eq!(moment(&header.message_ts), Some(1_689_768_904_555_000));
    }

    #[test]
    fn what_is_no_message_says_why() {
        let header = json!({"message_id": "1", "message_ts": "x", "action": "search", "sender_id": "s"});
        for (text, expected) in [
            ("[1]".to_owned(), None),
            ("{\"header\":".to_owned(), None),
            (json!({"message": {}}).to_string(), Some("header")),
            (json!({"header": header}).to_string(), Some("message")),
            (json!({"header": header, "message": []}).to_string(), Some("message")),
            (json!({"header": {"message_id": "1"}, "message": {}}).to_string(), Some("header.message_ts")),
        ] {
            match (Envelope::read(&text).unwrap_err(), expected) {
                (Unreadable::Member(found), Some(expected)) => assert_eq!(found, expected),
                (Unreadable::NotJson(_), None) => {}
                (other, _) => panic!("{text}: {other}"),
            }
        }
        let long = json!({"header": header, "message": {"transaction_id": "x".repeat(100)}}).to_string();
        assert!(Envelope::read(&long).unwrap().transaction_id().is_err());
    }

    #[test]
    fn a_moment_needs_its_distance_from_utc() {
        assert_eq!(moment("2022-12-04T17:20:07-04:00"), Some(1_670_188_807_000_000));
        for text in ["2024-01-15T10:30:00", "2024-01-15", "not-a-timestamp", ""] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn versions_of_the_first_generation_are_understood() {
        for version in ["", "1", "1.0", "1.0.0", "v1.0.0", "1.1.0"] {
            assert!(is_version_known(version), "{version}");
        }
        for version in ["2.0.0", "0.9", "10.0", "one"] {
            assert!(!is_version_known(version), "{version}");
        }
    }
}
