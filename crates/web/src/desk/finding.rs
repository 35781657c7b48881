//! What is known of whom an officer looks for, beside a name or number: a fold of
//! the search form, closed until something in it is used.

use crate::fields::{Field, Opt, Shape};
use crate::frame::Here;
use crate::refused::Problem;
use crate::sent::Sent;
use crate::words::Language;
use diwan_domain::civil::checks;
use diwan_domain::digits;
use diwan_domain::names::PARTS;
use diwan_office::civil::{MOST_FOUND, Narrowed};
use diwan_office::statistics;

/// The longest stretch of years in which a birth is looked for.
const MOST_YEARS: u16 = 20;

/// What was typed, read, with the fields that cannot be and why.
pub(super) struct Read {
    /// What is known.
    pub by: Narrowed,
    /// Field and message of each fault.
    pub faults: Vec<(&'static str, &'static str)>,
}

/// That there may be more people than a full list shows, and how to come to them.
pub(super) fn more(lang: &Language, found: usize) -> Option<String> {
    (found >= MOST_FOUND).then(|| lang.t("find-list-full"))
}

/// Reads the fold.
///
/// # Errors
/// When the database fails.
pub(super) async fn read(here: &Here, sent: &Sent) -> Result<Read, Problem> {
    let mut faults = Vec::new();
    let born_on = match sent.some("born-on") {
        None => None,
        Some(text) => match checks::date(&digits::to_ascii(&text)) {
            Ok(date) => Some(date),
            Err(_) => {
                faults.push(("born-on", "find-born-wrong"));
                None
            }
        },
    };
    let within_years = match sent.some("within") {
        None => 0,
        Some(text) => match digits::to_ascii(&text).parse() {
            Ok(years) if years <= MOST_YEARS => years,
            _ => {
                faults.push(("within", "find-within-wrong"));
                0
            }
        },
    };
    let born_area = match sent.some("area") {
        Some(code) => statistics::place_id(&mut here.app.office.db.reading().await?.tx(), &code).await?,
        None => None,
    };
    let by = Narrowed {
        given: sent.some("given"),
        father: sent.some("father"),
        grandfather: sent.some("grandfather"),
        family: sent.some("family"),
        mother: sent.some("mother"),
        born_on,
        within_years,
        born_area,
        number: sent.some("number-known"),
    };
    Ok(Read { by, faults })
}

/// The fold, with what was typed and what is wrong with it.
///
/// # Errors
/// When the database fails.
pub(super) async fn fold(
    here: &Here,
    sent: Option<&Sent>,
    faults: &[(&'static str, &'static str)],
) -> Result<Field, Problem> {
    let lang = &here.lang;
    let places = statistics::places(&mut here.app.office.db.reading().await?.tx(), &lang.code).await?;
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let wrong = |name: &str| {
        faults.iter().find(|(field, _)| *field == name).map(|(_, key)| lang.t(key)).unwrap_or_default()
    };
    let mut fields: Vec<Field> = PARTS
        .iter()
        .map(|part| Field::line(part, lang.t_of("name-part-", part)).filled(typed(part)).optional())
        .collect();
    fields.push(Field::line("mother", lang.t("find-mother")).filled(typed("mother")).optional());
    fields.push(
        Field::line("born-on", lang.t("find-born"))
            .hint(lang.t("register-date-hint"))
            .ltr("text", "off", "w-short")
            .filled(typed("born-on"))
            .wrong(wrong("born-on"))
            .optional(),
    );
    fields.push(
        Field::line("within", lang.t("find-within"))
            .ltr("text", "off", "w-short")
            .filled(typed("within"))
            .wrong(wrong("within"))
            .optional(),
    );
    let offered = places.into_iter().map(|(value, label)| Opt { value, label, ..Opt::default() });
    fields
        .push(Field::select("area", lang.t("find-area"), offered.collect()).filled(typed("area")).optional());
    fields.push(
        Field::line("number-known", lang.t("find-number"))
            .ltr("text", "off", "w-full")
            .filled(typed("number-known"))
            .optional(),
    );
    let in_use = fields.iter().any(|field| !field.value.is_empty() || !field.error.is_empty());
    Ok(Field {
        shape: Shape::Folded,
        open: in_use,
        width: "names",
        fields,
        ..Field::line("find-more", lang.t("find-more"))
    })
}
