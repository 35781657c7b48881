//! A row type and the table it fills. Acts write only through records, so that
//! every row is hashed into the journal entry that explains it.

use crate::fault::Fault;
use crate::value::{Row, Val};
use sha2::{Digest, Sha256};

/// A row of a table that only acts may write. Its key is `id`.
pub trait Record: Send + Sync {
    /// What is known of the table.
    const TABLE: Table;
    /// The values in the order of the columns.
    fn values(&self) -> Vec<Val>;
    /// Reads a row.
    ///
    /// # Errors
    /// When the row lacks a column or holds another type.
    fn from_row(row: &Row) -> Result<Self, Fault>
    where
        Self: Sized;
    /// `INSERT` with every column.
    fn insert_sql() -> &'static str;
    /// `UPDATE` of every column by `id` alone, for the end of retention.
    fn erase_sql() -> &'static str;
}

/// A record that may be edited: every edit names the version it saw.
pub trait Editable: Record {
    /// The version that was read.
    fn version(&self) -> i64;
    /// Sets the version that will be written.
    fn set_version(&mut self, version: i64);
    /// `UPDATE` of every column by `id` and the version seen.
    fn update_sql() -> &'static str;
}

/// A table that only acts may write.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, `id` first.
    pub columns: &'static [&'static str],
    /// Whether rows may be edited (by version) or only added.
    pub editable: bool,
}

impl Table {
    /// `SELECT` of every row, for `verify journal`.
    #[must_use]
    pub fn select_all(&self) -> String {
        format!("SELECT {} FROM {}", self.columns.join(", "), self.name)
    }

    pub(crate) fn insert_sql(&self) -> String {
        let marks: Vec<String> = (1..=self.columns.len()).map(|n| format!("${n}")).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.name, self.columns.join(", "), marks.join(", "))
    }

    pub(crate) fn erase_sql(&self) -> String {
        format!("UPDATE {} SET {} WHERE id = $1", self.name, self.sets())
    }

    pub(crate) fn update_sql(&self) -> String {
        let seen = self.columns.len() + 1;
        format!("UPDATE {} SET {} WHERE id = $1 AND version = ${seen}", self.name, self.sets())
    }

    fn sets(&self) -> String {
        let sets: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .skip(1)
            .map(|(n, column)| format!("{column} = ${}", n + 1))
            .collect();
        sets.join(", ")
    }
}

/// The hash of a row as stored. Empty columns are left out, so that a column
/// added by a later migration does not change what was hashed before.
#[must_use]
pub fn row_hash(columns: &[&str], values: &[Val]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for (name, value) in columns.iter().zip(values) {
        let (tag, bytes): (u8, Vec<u8>) = match value {
            Val::Null => continue,
            Val::Int(n) => (b'i', n.to_be_bytes().to_vec()),
            Val::Text(text) => (b't', text.as_bytes().to_vec()),
            // One engine stores an id as sixteen bytes, the other as a UUID.
            Val::Bytes(bytes) => (b'b', bytes.clone()),
            Val::Id(id) => (b'b', id.to_vec()),
        };
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name.as_bytes());
        hash.update([tag]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(&bytes);
    }
    hash.finalize().into()
}

/// Declares a row type, its table and its columns in one place.
#[macro_export]
macro_rules! record {
    (@common $(#[$doc:meta])* $name:ident in $table:literal $editable:literal { $($(#[$fdoc:meta])* $field:ident : $ty:ty),+ }) => {
        // Fields bear the names of columns, which the migration explains.
        #[allow(missing_docs)]
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty),+ }

        impl $crate::record::Record for $name {
            const TABLE: $crate::record::Table = $crate::record::Table {
                name: $table,
                columns: &[$(stringify!($field)),+],
                editable: $editable,
            };
            fn values(&self) -> Vec<$crate::value::Val> {
                vec![$($crate::value::Column::to_val(&self.$field)),+]
            }
            fn from_row(row: &$crate::value::Row) -> Result<Self, $crate::fault::Fault> {
                let mut places = 0..;
                let mut next = || places.next().unwrap_or_default();
                Ok(Self { $($field: row.get_at(next(), stringify!($field))?),+ })
            }
            fn insert_sql() -> &'static str {
                static SQL: std::sync::OnceLock<String> = std::sync::OnceLock::new();
                SQL.get_or_init(|| <Self as $crate::record::Record>::TABLE.insert_sql())
            }
            fn erase_sql() -> &'static str {
                static SQL: std::sync::OnceLock<String> = std::sync::OnceLock::new();
                SQL.get_or_init(|| <Self as $crate::record::Record>::TABLE.erase_sql())
            }
        }
    };
    ($(#[$doc:meta])* pub struct $name:ident in $table:literal only added { $($(#[$fdoc:meta])* $field:ident : $ty:ty),+ $(,)? }) => {
        $crate::record!(@common $(#[$doc])* $name in $table false { $($(#[$fdoc])* $field : $ty),+ });
    };
    ($(#[$doc:meta])* pub struct $name:ident in $table:literal { $($(#[$fdoc:meta])* $field:ident : $ty:ty),+ $(,)? }) => {
        $crate::record!(@common $(#[$doc])* $name in $table true { $($(#[$fdoc])* $field : $ty),+ });

        impl $crate::record::Editable for $name {
            fn version(&self) -> i64 { self.version }
            fn set_version(&mut self, version: i64) { self.version = version; }
            fn update_sql() -> &'static str {
                static SQL: std::sync::OnceLock<String> = std::sync::OnceLock::new();
                SQL.get_or_init(|| <Self as $crate::record::Record>::TABLE.update_sql())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_hashes_the_same_on_both_engines() {
        let columns = ["id", "note"];
        let on_one = [Val::Id([7; 16]), Val::Null];
        let on_other = [Val::Bytes(vec![7; 16]), Val::Null];
        assert_eq!(row_hash(&columns, &on_one), row_hash(&columns, &on_other));
    }

    #[test]
    fn moving_a_letter_between_columns_changes_the_hash() {
        let columns = ["a", "b"];
        let one = [Val::Text("xy".into()), Val::Text("z".into())];
        let two = [Val::Text("x".into()), Val::Text("yz".into())];
        assert_ne!(row_hash(&columns, &one), row_hash(&columns, &two));
    }
}
