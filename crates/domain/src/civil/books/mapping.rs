//! What a mapping file says: TOML, read strictly, so that a mistyped word is a
//! fault and not silence.

use serde::de::{self, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// A mapping.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mapping {
    /// The form of the file: 1.
    pub version: u32,
    /// What it is for, in words.
    pub name: String,
    /// The kind of event: `birth`, `death` …
    pub event: String,
    /// The code of the office whose entries they are; the command may name another.
    #[serde(default)]
    pub office: Option<String>,
    /// How the letters are stored, where the file does not say: `windows-1256`.
    #[serde(default)]
    pub encoding: Option<String>,
    /// What stands between columns, where it is not found out: `;`.
    #[serde(default)]
    pub delimiter: Option<String>,
    /// Which sheet of a workbook.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The line of the heading; what stands above it is passed over.
    #[serde(default = "first")]
    pub heading_line: u64,
    /// Fields without which a row is rejected.
    #[serde(default)]
    pub required: Vec<String>,
    /// Columns that are known and not brought in.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// How dates are written, tried in this order.
    #[serde(default = "usual_dates")]
    pub dates: Vec<String>,
    /// Days (`dd/mm`) that only stand for their year.
    #[serde(default)]
    pub year_only_on: Vec<String>,
    /// Texts that say nothing: `-`, `لا يوجد`.
    #[serde(default)]
    pub empty: Vec<String>,
    /// What becomes of rows that lack columns at their end: `reject` or `fill`.
    #[serde(default = "reject")]
    pub short_rows: String,
    /// What becomes of rows under a merged cell: `reject` or `fill`.
    #[serde(default = "reject")]
    pub merged: String,
    /// What makes an entry of a row.
    #[serde(default)]
    pub entry: EntryPart,
    /// What fills each field of the form.
    pub fields: BTreeMap<String, Source>,
    /// Tables of values, by name.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
}

fn first() -> u64 {
    1
}

fn usual_dates() -> Vec<String> {
    ["dd/mm/yyyy", "yyyy/mm/dd", "yyyy", "mm/yyyy"].map(str::to_owned).to_vec()
}

fn reject() -> String {
    "reject".to_owned()
}

/// What makes an entry of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EntryPart {
    /// The entry's number in the old book; without one, book and page name it.
    #[serde(default)]
    pub number: Option<Source>,
    /// Whether the number is kept to the letter; else the office's code and the
    /// kind's letter go before it, because old numbers begin anew everywhere.
    #[serde(default)]
    pub number_as_it_is: bool,
    /// Which of several entries on one page, where book and page name them.
    #[serde(default)]
    pub place: Option<Source>,
    /// When it was registered.
    #[serde(default)]
    pub registered_on: Option<Source>,
    /// How it was compared with the book, if it was.
    #[serde(default)]
    pub verified: Option<Source>,
}

/// From where a value comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// A column, by its heading.
    pub column: Option<String>,
    /// The same value in every row.
    pub constant: Option<String>,
    /// Text around columns: `{year}/{number}`.
    pub template: Option<String>,
    /// A table of values.
    pub values: Option<Values>,
    /// What stands for a value that the table does not have.
    pub otherwise: Option<String>,
    /// How dates are written in this column.
    pub dates: Option<Vec<String>>,
    /// Days that only stand for their year, in this column.
    pub year_only_on: Option<Vec<String>>,
    /// How many digits a number has whose zeros were lost.
    pub pad: Option<usize>,
    /// `name`: a whole name becomes its parts.
    pub split: Option<String>,
}

/// A table of values, by name or here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Values {
    /// One of the mapping's or the program's.
    Named(String),
    /// As the file writes it, as the register does.
    Here(BTreeMap<String, String>),
}

/// The same as [`Source`], as it is written when it is more than a column.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    column: Option<String>,
    constant: Option<String>,
    template: Option<String>,
    values: Option<Values>,
    otherwise: Option<String>,
    dates: Option<Vec<String>>,
    year_only_on: Option<Vec<String>>,
    pad: Option<usize>,
    split: Option<String>,
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Source;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "the heading of a column, or a table such as { column = \"…\", values = \"sex\" }",
                )
            }

            fn visit_str<E: de::Error>(self, column: &str) -> Result<Source, E> {
                Ok(Source { column: Some(column.to_owned()), ..Source::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Source, A::Error> {
                let written = Written::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Source {
                    column: written.column,
                    constant: written.constant,
                    template: written.template,
                    values: written.values,
                    otherwise: written.otherwise,
                    dates: written.dates,
                    year_only_on: written.year_only_on,
                    pad: written.pad,
                    split: written.split,
                })
            }
        }
        from.deserialize_any(Either)
    }
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// What is wrong with it, with line and column.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text.trim_start_matches('\u{FEFF}'))
            .map_err(|error| error.to_string().trim_end().to_owned())
    }

    /// What names a mapping file, to the letter.
    #[must_use]
    pub fn hash(text: &str) -> String {
        hex::encode(Sha256::digest(text.as_bytes()))
    }

    /// Everything that is filled, with its place in the file.
    pub fn sources(&self) -> impl Iterator<Item = (String, &Source)> {
        let entry = [
            ("number", &self.entry.number),
            ("place", &self.entry.place),
            ("registered-on", &self.entry.registered_on),
            ("verified", &self.entry.verified),
        ];
        let entry =
            entry.into_iter().filter_map(|(name, source)| Some((format!("entry.{name}"), source.as_ref()?)));
        entry.chain(self.fields.iter().map(|(field, source)| (format!("fields.{field}"), source)))
    }
}

impl Source {
    /// The columns it draws on, by heading.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        let own = self.column.as_deref().into_iter();
        own.chain(pieces(self.template.as_deref().unwrap_or_default()).into_iter().filter_map(Piece::column))
            .collect()
    }
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// What a column says.
    Column(&'a str),
}

impl<'a> Piece<'a> {
    fn column(self) -> Option<&'a str> {
        match self {
            Self::Column(column) => Some(column),
            Self::Text(_) => None,
        }
    }
}

/// The pieces of a template.
#[must_use]
pub fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((column, behind)) = after.split_once('}') else { break };
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Column(column));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_read_strictly() {
        let text = "version = 1\nname = \"x\"\nevent = \"birth\"\n[fields]\n\"child.given\" = \"الاسم\"\n";
        let mapping = Mapping::read(text).unwrap();
        assert_eq!(mapping.fields["child.given"].columns(), ["الاسم"]);
        let wrong = format!("{text}\"child.sex\" = {{ colum = \"الجنس\" }}\n");
        let why = Mapping::read(&wrong).unwrap_err();
        assert!(why.contains("colum") && why.contains("line 6"), "{why}");
        assert!(Mapping::read(&text.replace("event", "evnt")).unwrap_err().contains("evnt"));
    }

    #[test]
    fn a_template_names_its_columns() {
        assert_eq!(
            pieces("{year}/{no}-x"),
            [Piece::Column("year"), Piece::Text("/"), Piece::Column("no"), Piece::Text("-x")]
        );
        assert_eq!(pieces("plain {open"), [Piece::Text("plain {open")]);
    }
}
