//! Telephone numbers and e-mail addresses: ways to reach someone, never proof
//! of who they are.

use crate::digits;

/// Why a contact cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactFault {
    /// Nothing was typed.
    #[error("contact is missing")]
    Missing,
    /// Not a telephone number at all.
    #[error("not a telephone number")]
    NotPhone,
    /// An Iraqi number that is no mobile, so no message can reach it.
    #[error("not a mobile number")]
    NotMobile,
    /// Too few or too many digits.
    #[error("telephone number has the wrong length")]
    PhoneLength,
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    NotEmail,
}

impl ContactFault {
    /// The stable code translators and programs rely on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "contact/missing",
            Self::NotPhone => "phone/not-a-number",
            Self::NotMobile => "phone/not-mobile",
            Self::PhoneLength => "phone/wrong-length",
            Self::NotEmail => "email/not-an-address",
        }
    }
}

/// Reads a telephone number as people write it and gives its E.164 form.
/// A number without a country is Iraqi, and then must be a mobile
/// (+964 7XX XXX XXXX); numbers of other countries are kept as they are.
///
/// # Errors
/// [`ContactFault`] says what does not fit.
pub fn phone(typed: &str) -> Result<String, ContactFault> {
    let line = digits::tidy(typed);
    let bare: String = line
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.' | '/' | '(' | ')'))
        .collect();
    if bare.is_empty() {
        return Err(ContactFault::Missing);
    }
    let (international, number) = match (bare.strip_prefix('+'), bare.strip_prefix("00")) {
        (Some(rest), _) | (None, Some(rest)) => (true, rest),
        _ => (false, bare.as_str()),
    };
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ContactFault::NotPhone);
    }
    let national = match number.strip_prefix("964") {
        // +964 (0) 750: the zero is often written though it does not belong.
        Some(rest) if international || rest.len() >= 10 => rest.strip_prefix('0').unwrap_or(rest),
        _ if international => return foreign(number),
        _ => number.strip_prefix('0').unwrap_or(number),
    };
    match (national.starts_with('7'), national.len()) {
        (true, 10) => Ok(format!("+964{national}")),
        (true, _) => Err(ContactFault::PhoneLength),
        (false, _) => Err(ContactFault::NotMobile),
    }
}

fn foreign(number: &str) -> Result<String, ContactFault> {
    match number.len() {
        8..=15 if !number.starts_with('0') => Ok(format!("+{number}")),
        _ => Err(ContactFault::PhoneLength),
    }
}

/// Reads an e-mail address: one @, a dotted domain, nothing that belongs in
/// no address. Whether anyone reads it, only a message can tell.
///
/// # Errors
/// [`ContactFault`] when it is missing or no address.
pub fn email(typed: &str) -> Result<String, ContactFault> {
    let line = digits::tidy(typed);
    if line.is_empty() {
        return Err(ContactFault::Missing);
    }
    let (local, domain) = line.rsplit_once('@').ok_or(ContactFault::NotEmail)?;
    // As it is kept: a capital letter may become two, of which one fits no domain.
    let domain = domain.to_lowercase();
    let is_plain = |text: &str| {
        !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"@".contains(c))
    };
    let labels_fit = domain.contains('.')
        && domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.'));
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    if !local_fits || !labels_fit || !is_plain(local) || local.len() + 1 + domain.len() > 254 {
        return Err(ContactFault::NotEmail);
    }
    Ok(format!("{local}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_read_as_people_write_them() {
        for (typed, expected) in [
            ("0750 445 1234", Ok("+9647504451234")),
            ("٠٧٥٠٤٤٥١٢٣٤", Ok("+9647504451234")),
            ("7504451234", Ok("+9647504451234")),
            ("+964 750 445 1234", Ok("+9647504451234")),
            ("+964 (0)750 445-1234", Ok("+9647504451234")),
            ("00964 750 445 1234", Ok("+9647504451234")),
            ("۰۰۹۶۴۷۵۰۴۴۵۱۲۳۴", Ok("+9647504451234")),
            ("9647504451234", Ok("+9647504451234")),
            ("+49 170 1234567", Ok("+491701234567")),
            ("\u{200E}0770 123 4567\u{200F}", Ok("+9647701234567")),
            ("", Err("contact/missing")),
            ("0750 445 123", Err("phone/wrong-length")),
            ("066 223 4567", Err("phone/not-mobile")),
            ("my phone", Err("phone/not-a-number")),
            ("+", Err("phone/not-a-number")),
            ("+12", Err("phone/wrong-length")),
        ] {
            let found = phone(typed).map_err(ContactFault::code);
            assert_eq!(found.as_deref().map_err(|e| *e), expected, "{typed}");
        }
    }

    #[test]
    fn addresses_are_checked_for_sense_not_for_fashion() {
        for good in ["a@b.co", "Shilan.Azad+kurdistan@Example.ORG", "٣٤@example.com", "o'neill@ex-ample.org"]
        {
            assert!(email(good).is_ok(), "{good}");
        }
        assert_eq!(email("Ali@Example.ORG").unwrap(), "Ali@example.org");
        for bad in [
            "",
            "a",
            "a@b",
            "@b.co",
            "a@",
            "a b@c.de",
            "a@-b.co",
            "a..b@c.de",
            "a@b..co",
            "<a@b.co>",
            "a@b@c.de",
            // Small, this capital is an i and a dot above it, which no domain has.
            "a@hotma\u{130}l.com",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }
}
