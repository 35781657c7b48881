//! Values that go into and come out of tables, the same for both engines.

use crate::fault::Fault;
use diwan_domain::ids;
use std::sync::Arc;

/// One value in one column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Val {
    /// A whole number: counts, minor units, microseconds, yes/no as 1/0.
    Int(i64),
    /// Text, compared bytewise.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A UUID.
    Id([u8; 16]),
    /// Nothing.
    Null,
}

/// A JSON document stored as text, hashed and signed exactly as stored.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Json(pub serde_json::Value);

/// What can stand in a column.
pub trait Column: Sized {
    /// To the stored form.
    fn to_val(&self) -> Val;
    /// From the stored form; `None` when the column holds something else.
    fn from_val(val: &Val) -> Option<Self>;
}

impl Column for i64 {
    fn to_val(&self) -> Val {
        Val::Int(*self)
    }
    fn from_val(val: &Val) -> Option<Self> {
        if let Val::Int(n) = val { Some(*n) } else { None }
    }
}

impl Column for bool {
    fn to_val(&self) -> Val {
        Val::Int(i64::from(*self))
    }
    fn from_val(val: &Val) -> Option<Self> {
        if let Val::Int(n) = val { Some(*n != 0) } else { None }
    }
}

impl Column for String {
    fn to_val(&self) -> Val {
        Val::Text(self.clone())
    }
    fn from_val(val: &Val) -> Option<Self> {
        if let Val::Text(text) = val { Some(text.clone()) } else { None }
    }
}

impl Column for Vec<u8> {
    fn to_val(&self) -> Val {
        Val::Bytes(self.clone())
    }
    fn from_val(val: &Val) -> Option<Self> {
        match val {
            Val::Bytes(bytes) => Some(bytes.clone()),
            Val::Id(id) => Some(id.to_vec()),
            _ => None,
        }
    }
}

impl Column for Json {
    fn to_val(&self) -> Val {
        Val::Text(self.0.to_string())
    }
    fn from_val(val: &Val) -> Option<Self> {
        if let Val::Text(text) = val { serde_json::from_str(text).ok().map(Self) } else { None }
    }
}

impl<T: Column> Column for Option<T> {
    fn to_val(&self) -> Val {
        self.as_ref().map_or(Val::Null, Column::to_val)
    }
    fn from_val(val: &Val) -> Option<Self> {
        if *val == Val::Null { Some(None) } else { T::from_val(val).map(Some) }
    }
}

macro_rules! id_columns {
    ($($name:ident),+ $(,)?) => {$(
        impl Column for ids::$name {
            fn to_val(&self) -> Val {
                Val::Id(self.bytes())
            }
            fn from_val(val: &Val) -> Option<Self> {
                uuid_in(val).map(Self)
            }
        }
    )+};
}

id_columns!(
    ActId,
    JournalId,
    AccountId,
    PersonId,
    OfficerId,
    OfficeId,
    CentreId,
    CounterId,
    VisitId,
    TicketId,
    QueueDayId,
    AppointmentId,
    DeviceId,
    PrintId,
    CaseId,
    EventId,
    EntryId,
    DeclarationId,
    CorrectionId,
    MergeId,
    ImportId,
    BulkId,
    KeyingId,
    LedgerId,
    LedgerPageId,
    AreaId,
    DocumentId,
    MessageId,
    ShiftId,
    ReceiptId,
    SeriesId,
    UploadId,
    RowId,
);

fn uuid_in(val: &Val) -> Option<uuid::Uuid> {
    match val {
        Val::Id(id) => Some(uuid::Uuid::from_bytes(*id)),
        Val::Bytes(bytes) => uuid::Uuid::from_slice(bytes).ok(),
        _ => None,
    }
}

/// Anything that can be bound to a statement: `vals![id, "text", 3]`.
#[macro_export]
macro_rules! vals {
    ($($value:expr),* $(,)?) => { [$($crate::value::AsVal::as_val(&$value)),*] };
}

/// Makes a value of whatever a query is given.
pub trait AsVal {
    /// The stored form.
    fn as_val(&self) -> Val;
}

impl<T: Column> AsVal for T {
    fn as_val(&self) -> Val {
        self.to_val()
    }
}

impl AsVal for &str {
    fn as_val(&self) -> Val {
        Val::Text((*self).to_owned())
    }
}

impl AsVal for Val {
    fn as_val(&self) -> Val {
        self.clone()
    }
}

/// One row of an answer, by column name.
#[derive(Clone, Debug)]
pub struct Row {
    pub(crate) names: Arc<[String]>,
    pub(crate) values: Vec<Val>,
}

impl Row {
    /// The value of a column.
    ///
    /// # Errors
    /// When there is no such column or it holds another type: a table and its
    /// Rust type have parted ways.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, Fault> {
        let at = self.names.iter().position(|n| n == name).ok_or_else(|| Fault::shape(name))?;
        T::from_val(&self.values[at]).ok_or_else(|| Fault::shape(name))
    }

    /// The same, where the column is likely at a place: records name theirs in the
    /// order of their table.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn get_at<T: Column>(&self, place: usize, name: &str) -> Result<T, Fault> {
        match self.names.get(place) {
            Some(found) if found == name => {
                T::from_val(&self.values[place]).ok_or_else(|| Fault::shape(name))
            }
            _ => self.get(name),
        }
    }

    /// Text of a column, out of the row: what is read once need not be copied.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn take_text(&mut self, name: &str) -> Result<String, Fault> {
        let at = self.names.iter().position(|n| n == name).ok_or_else(|| Fault::shape(name))?;
        match std::mem::replace(&mut self.values[at], Val::Null) {
            Val::Text(text) => Ok(text),
            _ => Err(Fault::shape(name)),
        }
    }

    /// The same row with another value in a column that it has.
    #[must_use]
    pub fn with(mut self, name: &str, value: Val) -> Self {
        if let Some(at) = self.names.iter().position(|n| n == name) {
            self.values[at] = value;
        }
        self
    }

    /// The raw value of a column, if the row has it.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&Val> {
        self.names.iter().position(|n| n == name).map(|at| &self.values[at])
    }
}
