//! Acting for another: for what, on which ground, and until when.
//!
//! A proxy is appointed by the person whose matters they are, or by a paper that an officer
//! saw. It never gives more than the person has, and it ends by itself.

use crate::people::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// One thing that somebody may do for another.
    Deed {
        /// Begin applications, answer, send and appeal; what they apply for they also see.
        Apply = "apply",
        /// See how applications stand.
        Follow = "follow",
        /// Be handed finished papers.
        Fetch = "fetch",
        /// Pay, and see the receipts.
        Pay = "pay",
    }
}

words! {
    /// On which ground somebody acts for another.
    Basis {
        /// Their word alone: for named services, and for a short time.
        Consent = "consent",
        /// A power of attorney, by its number at the notary.
        Notary = "notary",
        /// A judgment that made them guardian or curator, by its number.
        Judgment = "judgment",
    }
}

impl Basis {
    /// Whether there is a paper of it, which an officer must have seen.
    #[must_use]
    pub fn has_paper(self) -> bool {
        self != Self::Consent
    }

    /// Whether the person may end it by themselves: what a court ordered, a court ends.
    #[must_use]
    pub fn ends_by_word(self) -> bool {
        self != Self::Judgment
    }
}

/// For how many days plain consent holds at most: an installation may say less.
pub const CONSENT_DAYS: i64 = 90;
/// For how many days a proxy holds at most where an installation says nothing else.
pub const LONGEST_DAYS: i64 = 365;
/// How many people may act for one person at a time.
pub const MOST: usize = 5;
/// How many services plain consent may name.
pub const MOST_SERVICES: usize = 5;
/// From which age somebody may act for another.
pub const OF_AGE: i64 = 18;

/// What somebody may do for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The keys of services; empty for every service.
    pub services: Vec<String>,
    /// What they may do.
    pub deeds: Vec<Deed>,
}

impl Scope {
    /// Whether it allows something in a service. Whoever applies also sees how what they
    /// applied for stands.
    #[must_use]
    pub fn allows(&self, service: &str, deed: Deed) -> bool {
        let among = self.services.is_empty() || self.services.iter().any(|key| key == service);
        let given = self.deeds.contains(&deed) || (deed == Deed::Follow && self.deeds.contains(&Deed::Apply));
        among && given
    }
}

/// What is wrong with an appointment of a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProxyFault {
    /// Nothing was said that they may do.
    #[error("no deed is given")]
    NoDeed,
    /// Plain consent must name its services, and only few.
    #[error("consent names no service, or too many")]
    Services,
    /// The paper has no number.
    #[error("the number of the paper is missing")]
    Number,
    /// The last day is past, or too far.
    #[error("the last day is past or too far")]
    Until,
}

impl ProxyFault {
    /// The field to which it belongs.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::NoDeed => "deeds",
            Self::Services => "services",
            Self::Number => "basis-number",
            Self::Until => "until",
        }
    }
}

/// For how many days a proxy on a ground holds at most, where an installation allows so many.
#[must_use]
pub fn longest(basis: Basis, allowed: i64) -> i64 {
    let own = if basis == Basis::Consent { CONSENT_DAYS } else { i64::MAX };
    own.min(allowed)
}

/// Whether a proxy can be appointed so.
///
/// # Errors
/// [`ProxyFault`] says what is wrong.
pub fn check(
    scope: &Scope,
    (basis, number): (Basis, &str),
    (today, until): (Date, Date),
    allowed: i64,
) -> Result<(), ProxyFault> {
    if scope.deeds.is_empty() {
        return Err(ProxyFault::NoDeed);
    }
    let named = 1..=MOST_SERVICES;
    if basis == Basis::Consent && !named.contains(&scope.services.len()) {
        return Err(ProxyFault::Services);
    }
    if basis.has_paper() && number.trim().chars().count() < 3 {
        return Err(ProxyFault::Number);
    }
    let days = today.until(until).map_or(-1, |span| i64::from(span.get_days()));
    if days < 0 || days > longest(basis, allowed) {
        return Err(ProxyFault::Until);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn scope(services: &[&str], deeds: &[Deed]) -> Scope {
        Scope { services: services.iter().map(ToString::to_string).collect(), deeds: deeds.to_vec() }
    }

    #[test]
    fn a_scope_allows_what_it_says_and_no_more() {
        let one = scope(&["birth-certificate"], &[Deed::Apply]);
        assert!(one.allows("birth-certificate", Deed::Apply));
        assert!(one.allows("birth-certificate", Deed::Follow), "who applies sees what became of it");
        assert!(!one.allows("birth-certificate", Deed::Fetch));
        assert!(!one.allows("death-certificate", Deed::Apply));
        let all = scope(&[], &[Deed::Follow]);
        assert!(all.allows("death-certificate", Deed::Follow));
        assert!(!all.allows("death-certificate", Deed::Apply));
    }

    #[test]
    fn consent_is_for_few_services_and_a_short_time_and_papers_have_numbers() {
        let today = date(2026, 11, 27);
        let on = |days: i64| today.checked_add(jiff::Span::new().days(days)).unwrap();
        let few = scope(&["birth-certificate"], &[Deed::Apply]);
        let all = scope(&[], &[Deed::Apply]);
        for (scope, basis, number, days, result) in [
            (&few, Basis::Consent, "", 0, Ok(())),
            (&few, Basis::Consent, "", 90, Ok(())),
            (&few, Basis::Consent, "", 91, Err(ProxyFault::Until)),
            (&few, Basis::Consent, "", -1, Err(ProxyFault::Until)),
            (&all, Basis::Consent, "", 30, Err(ProxyFault::Services)),
            (&all, Basis::Notary, "771/2026", 365, Ok(())),
            (&all, Basis::Notary, "771/2026", 366, Err(ProxyFault::Until)),
            (&all, Basis::Notary, " ", 30, Err(ProxyFault::Number)),
            (&all, Basis::Judgment, "12/B/2026", 200, Ok(())),
            (&scope(&[], &[]), Basis::Notary, "771/2026", 30, Err(ProxyFault::NoDeed)),
        ] {
            let found = check(scope, (basis, number), (today, on(days)), LONGEST_DAYS);
            assert_eq!(found, result, "{basis:?} {number} {days}");
        }
        assert_eq!(check(&few, (Basis::Consent, ""), (today, on(40)), 30), Err(ProxyFault::Until));
    }
}
