//! How old tables write what the register writes as words: tables of values that
//! every mapping may use by name. A mapping may add its own.

/// The words of one table: as the file writes it, as the register does.
type Table = &'static [(&'static str, &'static str)];

const SEX: Table = &[
    ("ذكر", "male"),
    ("ولد", "male"),
    ("رجل", "male"),
    ("نێر", "male"),
    ("نير", "male"),
    ("کوڕ", "male"),
    ("nêr", "male"),
    ("mêr", "male"),
    ("male", "male"),
    ("m", "male"),
    ("ذ", "male"),
    ("1", "male"),
    ("أنثى", "female"),
    ("بنت", "female"),
    ("امرأة", "female"),
    ("مێ", "female"),
    ("مي", "female"),
    ("کچ", "female"),
    ("mê", "female"),
    ("jin", "female"),
    ("female", "female"),
    ("f", "female"),
    ("ث", "female"),
    ("2", "female"),
    ("غير معروف", "unknown"),
    ("نەزانراو", "unknown"),
    ("unknown", "unknown"),
];

const YES_NO: Table = &[
    ("نعم", "yes"),
    ("بەڵێ", "yes"),
    ("erê", "yes"),
    ("yes", "yes"),
    ("true", "yes"),
    ("لا", "no"),
    ("كلا", "no"),
    ("نەخێر", "no"),
    ("na", "no"),
    ("no", "no"),
    ("false", "no"),
];

const DIVORCE: Table = &[
    ("رجعي", "revocable"),
    ("گەڕاوە", "revocable"),
    ("revocable", "revocable"),
    ("بائن", "irrevocable"),
    ("بائن بينونة صغرى", "irrevocable"),
    ("بائن بينونة كبرى", "irrevocable"),
    ("irrevocable", "irrevocable"),
    ("تفريق", "separation"),
    ("جیاکردنەوە", "separation"),
    ("separation", "separation"),
];

const COUNTRY: Table = &[
    ("عراقي", "IQ"),
    ("عراقية", "IQ"),
    ("العراق", "IQ"),
    ("عێراقی", "IQ"),
    ("عێراق", "IQ"),
    ("سوري", "SY"),
    ("سورية", "SY"),
    ("سوریا", "SY"),
    ("إيراني", "IR"),
    ("إيرانية", "IR"),
    ("إيران", "IR"),
    ("تركي", "TR"),
    ("تركية", "TR"),
    ("تركيا", "TR"),
];

const RELIGION: Table = &[
    ("مسلم", "muslim"),
    ("مسلمة", "muslim"),
    ("موسڵمان", "muslim"),
    ("مسيحي", "christian"),
    ("مسيحية", "christian"),
    ("مەسیحی", "christian"),
    ("ايزيدي", "yazidi"),
    ("ايزيدية", "yazidi"),
    ("ئێزدی", "yazidi"),
    ("كاكائي", "kakai"),
    ("کاکەیی", "kakai"),
    ("صابئي", "mandaean"),
];

/// The tables that are there without being written, by their names.
pub const TABLES: &[(&str, Table)] = &[
    ("sex", SEX),
    ("yes-no", YES_NO),
    ("divorce-kind", DIVORCE),
    ("country", COUNTRY),
    ("religion", RELIGION),
];

/// One of them.
#[must_use]
pub fn table(name: &str) -> Option<Table> {
    TABLES.iter().find(|(known, _)| *known == name).map(|(_, table)| *table)
}
