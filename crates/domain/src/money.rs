//! Money in whole minor units. Never a float.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Iraqi dinar. Its fils are no longer used, so one minor unit is one dinar.
    Iqd,
    /// United States dollar, in cents.
    Usd,
}

impl Currency {
    /// The ISO 4217 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Iqd => "IQD",
            Self::Usd => "USD",
        }
    }

    /// Reads a stored code back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Iqd, Self::Usd].into_iter().find(|currency| currency.code() == code)
    }

    /// Digits after the decimal point as the public writes this currency.
    #[must_use]
    pub fn decimals(self) -> u32 {
        match self {
            Self::Iqd => 0,
            Self::Usd => 2,
        }
    }
}

/// An amount of money in whole minor units of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// How many minor units (dinars for IQD, cents for USD).
    pub minor_units: i64,
    /// In which currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in Iraqi dinars.
    #[must_use]
    pub fn iqd(dinars: i64) -> Self {
        Self { minor_units: dinars, currency: Currency::Iqd }
    }

    /// An amount in the currency of a code; in dinars where there is none such.
    #[must_use]
    pub fn of(minor_units: i64, code: &str) -> Self {
        Self { minor_units, currency: Currency::from_code(code).unwrap_or(Currency::Iqd) }
    }

    /// Whether nothing is owed.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.minor_units == 0
    }

    /// Adds two amounts of one currency; `None` when the currencies differ or
    /// the sum does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        let minor_units = self.minor_units.checked_add(other.minor_units)?;
        Some(Self { minor_units, ..self })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.currency.decimals();
        let unit = 10_i64.pow(decimals);
        let (whole, part) = (self.minor_units / unit, (self.minor_units % unit).abs());
        // Less than one whole unit owed back has no whole unit to carry the sign.
        let sign = if self.minor_units < 0 && whole == 0 { "-" } else { "" };
        match decimals {
            0 => write!(f, "{whole} {}", self.currency.code()),
            _ => write!(f, "{sign}{whole}.{part:0w$} {}", self.currency.code(), w = decimals as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_two_currencies_do_not_add_up() {
        let dollars = Money { minor_units: 150, currency: Currency::Usd };
        assert_eq!(Money::iqd(2_000).plus(dollars), None);
        assert_eq!(Money::iqd(2_000).plus(Money::iqd(500)), Some(Money::iqd(2_500)));
        assert_eq!(dollars.to_string(), "1.50 USD");
    }

    #[test]
    fn a_few_cents_owed_back_keep_their_sign() {
        for (minor_units, shown) in
            [(-67, "-0.67 USD"), (-150, "-1.50 USD"), (67, "0.67 USD"), (0, "0.00 USD")]
        {
            assert_eq!(Money { minor_units, currency: Currency::Usd }.to_string(), shown);
        }
    }
}
