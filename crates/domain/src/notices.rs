//! What other systems are told: events by the words of the counter, thin (ids
//! and states, never a person's data), signed as the Standard Webhooks
//! specification says. Whoever wants to know more asks the API with its own
//! rights.
//!
//! Outside they are called events; inside the word is *notice*, because an event
//! is a birth or a marriage in the register.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;

/// One kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// As receivers know it: `case.submitted`.
    pub name: &'static str,
    /// The kind of journal entry that it follows from.
    pub entry: &'static str,
    /// Facts of the entry that it carries, with their names outside.
    pub facts: &'static [(&'static str, &'static str)],
}

const fn kind(name: &'static str, entry: &'static str) -> Kind {
    Kind { name, entry, facts: &[] }
}

/// An event of the register: whoever gave notice of it knows it by its declaration.
const fn registered(name: &'static str, entry: &'static str) -> Kind {
    Kind { name, entry, facts: &[("declaration", "declaration")] }
}

/// Every kind of event, as `docs/events.md` describes them. A kind is never
/// taken out of use nor given another meaning: receivers rely on it.
pub const KINDS: &[Kind] = &[
    kind("case.submitted", "case-submitted"),
    kind("case.identity_verified", "identity-verified"),
    kind("case.information_requested", "answer-asked"),
    kind("case.information_given", "request-answered"),
    kind("case.asked_elsewhere", "asked-elsewhere"),
    kind("case.answered_elsewhere", "answered-elsewhere"),
    Kind { name: "case.step_passed", entry: "step-passed", facts: &[("step", "step")] },
    Kind { name: "case.step_failed", entry: "step-failed", facts: &[("step", "step")] },
    kind("case.approved_first", "case-approved-first"),
    kind("case.approved", "case-approved"),
    kind("case.approved_by_rule", "case-approved-by-rule"),
    kind("case.refused", "case-refused"),
    kind("case.appealed", "case-appealed"),
    kind("case.late", "case-escalated"),
    kind("case.withdrawn", "case-withdrawn"),
    kind("case.expired", "case-expired"),
    kind("case.closed", "case-closed"),
    kind("case.erased", "case-erased"),
    Kind {
        name: "payment.taken",
        entry: "fee-taken",
        facts: &[("receipt", "receipt"), ("minor-units", "minor_units")],
    },
    Kind { name: "payment.voided", entry: "receipt-voided", facts: &[("number", "receipt")] },
    kind("document.issued", "document-sealed"),
    kind("document.released", "document-released"),
    kind("document.replaced", "document-replaced"),
    kind("document.revoked", "document-revoked"),
    registered("birth.registered", "birth-registered"),
    registered("stillbirth.registered", "stillbirth-registered"),
    registered("death.registered", "death-registered"),
    registered("marriage.registered", "marriage-registered"),
    registered("divorce.registered", "divorce-registered"),
    registered("reconciliation.registered", "reconciliation-registered"),
    registered("annulment.registered", "annulment-registered"),
    registered("guardianship.registered", "guardianship-registered"),
    registered("acknowledgement.registered", "acknowledgement-registered"),
    registered("name_change.registered", "name-change-registered"),
    kind("entry.corrected", "entry-corrected"),
    kind("entry.revoked", "entry-revoked"),
    kind("entry.reinstated", "entry-reinstated"),
    kind("service.published", "service-published"),
    kind("subscription.tried", "subscription-tried"),
];

/// The kind of event that follows from a kind of journal entry, if outsiders
/// are told of it.
#[must_use]
pub fn of_entry(entry: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.entry == entry)
}

/// The kind of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The case that an event is about, as it stands at the end of its act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfCase {
    /// Its identifier.
    pub case: String,
    /// The service's key.
    pub service: String,
    /// The competent office, once there is one.
    pub office: Option<String>,
    /// The phase's code.
    pub phase: String,
    /// Grows with every change of the case: of two events the one with the
    /// larger number is the newer.
    pub version: i64,
}

/// The entry of the civil register that an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfEntry {
    /// Its identifier.
    pub entry: String,
    /// Of which kind of event it is: `birth`.
    pub kind: String,
    /// The office that keeps it.
    pub office: String,
    /// The entry whose place it took, if it took one's.
    pub supersedes: Option<String>,
}

/// What an event says of its subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The case, if it is about one.
    pub case: Option<OfCase>,
    /// The document, if it is about one.
    pub document: Option<String>,
    /// The service, when it is about the service itself.
    pub service: Option<String>,
    /// The entry of the register, if it is about one.
    pub entry: Option<OfEntry>,
}

/// The event's payload as it is sent. `at` is in microseconds since 1970 UTC.
#[must_use]
pub fn payload(kind: &Kind, at: i64, about: &About, facts: &Map<String, Value>) -> String {
    let mut data = Map::new();
    if let Some(of) = &about.case {
        data.insert("case".into(), json!(of.case));
        data.insert("service".into(), json!(of.service));
        data.insert("office".into(), json!(of.office));
        data.insert("phase".into(), json!(of.phase));
        data.insert("version".into(), json!(of.version));
    }
    if let Some(of) = &about.entry {
        data.insert("entry".into(), json!(of.entry));
        data.insert("kind".into(), json!(of.kind));
        data.insert("office".into(), json!(of.office));
        data.insert("supersedes".into(), json!(of.supersedes));
    }
    if let Some(document) = &about.document {
        data.insert("document".into(), json!(document));
    }
    if let Some(service) = &about.service {
        data.insert("service".into(), json!(service));
    }
    for (fact, outside) in kind.facts {
        data.insert((*outside).to_owned(), facts.get(*fact).cloned().unwrap_or_default());
    }
    let stamp = jiff::Timestamp::from_microsecond(at).unwrap_or_default();
    json!({"type": kind.name, "timestamp": stamp.to_string(), "data": data}).to_string()
}

/// The beginning of every secret, after the Standard Webhooks specification.
const PREFIX: &str = "whsec_";

/// A secret as receivers are told it.
#[must_use]
pub fn secret_of(key: &[u8]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(key))
}

/// The key inside a secret, if it is one.
#[must_use]
pub fn key_of(secret: &str) -> Option<Vec<u8>> {
    STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()
}

/// The signature over an event's id, the second it is sent and its body, as it
/// stands in `webhook-signature`: `v1,` and base64 (HMAC-SHA256).
#[must_use]
pub fn signature(key: &[u8], id: &str, seconds: i64, body: &str) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("an HMAC key may have any length");
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// Why an address cannot be that of a receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongTarget {
    /// Neither `https://` nor, on this machine or a private network, `http://`.
    #[error("a receiver's address begins with https://")]
    Scheme,
    /// No host.
    #[error("the address names no host")]
    Host,
    /// A name or password in it would be stored and shown.
    #[error("the address holds a name or password")]
    UserInfo,
    /// What cannot stand in an address.
    #[error("the address cannot be read")]
    Unreadable,
}

/// Looks at a receiver's address as it was typed. Whether the host may be called
/// is looked at each time, when its name has become an address.
///
/// # Errors
/// [`WrongTarget`].
pub fn check_target(url: &str) -> Result<(), WrongTarget> {
    if url.len() > 500 || url.bytes().any(|b| b <= b' ' || b == 0x7f || b == b'\\' || b == b'#') {
        return Err(WrongTarget::Unreadable);
    }
    let (plain, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (false, rest),
        (_, Some(rest)) => (true, rest),
        _ => return Err(WrongTarget::Scheme),
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(WrongTarget::UserInfo);
    }
    let host = match authority.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    if host.is_empty() {
        return Err(WrongTarget::Host);
    }
    // Without encryption only where the operator may allow it at all: by number.
    let by_number = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(is_private);
    if plain && !by_number { Err(WrongTarget::Scheme) } else { Ok(()) }
}

/// Whether an address leads nowhere on the open internet: this machine, private
/// and link-local networks, documentation, multicast, and what maps to these
/// (RFC 6890 and its registries).
#[must_use]
pub fn is_private(address: std::net::IpAddr) -> bool {
    use std::net::IpAddr;
    match address {
        IpAddr::V4(four) => {
            let [a, b, c, _] = four.octets();
            a == 0
                || a == 10
                || a == 127
                || (a == 100 && (64..128).contains(&b))
                || (a == 169 && b == 254)
                || (a == 172 && (16..32).contains(&b))
                || (a == 192 && b == 168)
                || (a == 192 && b == 0 && (c == 0 || c == 2))
                || (a == 192 && b == 88 && c == 99)
                || (a == 198 && (b == 18 || b == 19 || (b == 51 && c == 100)))
                || (a == 203 && b == 0 && c == 113)
                || a >= 224
        }
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => is_private(IpAddr::V4(four)),
            None => {
                let [a, b, ..] = six.segments();
                // Global unicast is 2000::/3; documentation, 6to4 and Teredo are cut out of it.
                !(0x2000..0x4000).contains(&a)
                    || a == 0x2002
                    || (a == 0x2001 && (b == 0x0db8 || b < 0x0200))
                    || a == 0x3fff
            }
        },
    }
}

/// When a delivery is tried again after so many attempts, in seconds: at once
/// more often, then rarer, for about five days; `None` when it is given up.
#[must_use]
pub fn next_try(attempts: i64) -> Option<i64> {
    const WAITS: [i64; 14] =
        [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 43_200, 86_400, 86_400, 86_400];
    usize::try_from(attempts - 1).ok().and_then(|at| WAITS.get(at)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_signature_is_the_one_of_the_specification() {
        // The example that the specification's own libraries test themselves with.
        let key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(key_of(&secret_of(&key)), Some(key));
        assert_eq!(key_of("whsec_not base64"), None);
    }

    #[test]
    fn no_two_kinds_share_a_name_or_an_entry() {
        let names: BTreeSet<_> = KINDS.iter().map(|kind| kind.name).collect();
        let entries: BTreeSet<_> = KINDS.iter().map(|kind| kind.entry).collect();
        assert_eq!((names.len(), entries.len()), (KINDS.len(), KINDS.len()));
        for name in names {
            // As the specification asks: words, full stops between them.
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'.' || b == b'_'), "{name}");
        }
    }

    #[test]
    fn a_receivers_address_is_read_strictly() {
        for url in [
            "https://r.example/hook",
            "https://r.example:8443/?a=1",
            "http://127.0.0.1:9/",
            "http://[::1]:9/x",
        ] {
            assert_eq!(check_target(url), Ok(()), "{url}");
        }
        for (url, why) in [
            ("http://r.example/", WrongTarget::Scheme),
            ("http://8.8.8.8/", WrongTarget::Scheme),
            ("ftp://r.example/", WrongTarget::Scheme),
            ("https://", WrongTarget::Host),
            ("https:///x", WrongTarget::Host),
            ("https://me:secret@r.example/", WrongTarget::UserInfo),
            ("https://r.example/\r\nx", WrongTarget::Unreadable),
            ("https://r.example\\@inside/", WrongTarget::Unreadable),
        ] {
            assert_eq!(check_target(url), Err(why), "{url}");
        }
    }

    #[test]
    fn what_lies_inside_is_not_called() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001::1",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(is_private(inside.parse().unwrap()), "{inside}");
        }
        for outside in
            ["8.8.8.8", "172.32.0.1", "192.0.3.1", "100.128.0.1", "2606:4700::1111", "2001:4860::8888"]
        {
            assert!(!is_private(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn a_delivery_is_tried_for_days_and_then_given_up() {
        let waits: Vec<i64> = (1..).map_while(next_try).collect();
        let days = waits.iter().sum::<i64>() / 86_400;
        assert!((4..7).contains(&days), "{days} days");
        assert_eq!(next_try(0), None);
    }
}
