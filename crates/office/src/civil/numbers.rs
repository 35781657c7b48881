//! Numbers of declarations and entries: each registrar draws from a series of
//! their own, so that no two wait for one another and no number is given twice.

use diwan_domain::acts::Desk;
use diwan_domain::ids::OfficerId;
use diwan_domain::numbers::format_number;
use diwan_store::centres::OfficeRow;
use diwan_store::{Stop, Tx, series};

/// Draws a number: `EBB1-000-204-X` is the 204th birth that the first registrar
/// of office EB registered. Within a series no number is left out, because it is
/// drawn in the act that uses it.
pub(super) async fn draw(
    tx: &mut Tx<'_>,
    at: &Desk,
    office: &OfficeRow,
    officer: Option<OfficerId>,
    purpose: &str,
    letter: char,
) -> Result<String, Stop> {
    let unit = crate::units::of_desk(tx, at).await?;
    let owners = match &unit {
        Some(unit) => format!("office/{}/unit/{}/", office.id, unit.installation),
        None => format!("office/{}/", office.id),
    };
    let owner = match officer {
        Some(officer) => format!("{owners}officer/{officer}"),
        None => format!("{owners}system"),
    };
    let mut prefix = String::new();
    if !series::is_begun(tx, &owner, purpose).await? {
        let ordinal = series::begun(tx, &owners, purpose).await? + 1;
        let training = if at.training { "T" } else { "" };
        let code: String = office.code.chars().filter(char::is_ascii_alphanumeric).take(3).collect();
        let letters = unit.map(|unit| unit.letters).unwrap_or_default();
        prefix = format!("{training}{}{letter}{letters}{}", code.to_ascii_uppercase(), in_letters(ordinal));
    }
    let series = series::next(tx, &owner, purpose, &prefix, at.fresh(&format!("series/{purpose}"))).await?;
    Ok(format_number(&series.prefix, u64::try_from(series.last).unwrap_or_default(), None))
}

/// A count in digits and letters, as short as can be: `1`, `Z`, `10`.
fn in_letters(mut number: i64) -> String {
    let mut text = String::new();
    while number > 0 {
        let digit = u32::try_from(number % 36).ok().and_then(|digit| char::from_digit(digit, 36));
        text.insert(0, digit.unwrap_or('0').to_ascii_uppercase());
        number /= 36;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::in_letters;

    #[test]
    fn a_count_is_written_short() {
        for (number, expected) in [(1, "1"), (9, "9"), (10, "A"), (35, "Z"), (36, "10"), (1_295, "ZZ")] {
            assert_eq!(in_letters(number), expected);
        }
    }
}
