//! Names of things. Every identifier has its own type, so that a case can
//! never be passed where a person is meant.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The identifier as the sixteen bytes that are stored.
            #[must_use]
            pub fn bytes(self) -> [u8; 16] {
                *self.0.as_bytes()
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            // One way to write it, the one in which it is given (RFC 9562, section 4): in
            // braces or as a URN it would be another address of the same thing.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(|id: Hyphenated| Self(id.into_uuid()))
            }
        }
    )+};
}

ids! {
    /// One official act, and the key under which it is replayed.
    ActId,
    /// One journal entry.
    JournalId,
    /// Who signs in: a citizen's account, apart from the person in the register.
    AccountId,
    /// A person as the register knows them.
    PersonId,
    /// Someone who works for an office.
    OfficerId,
    /// A directorate or department that issues papers.
    OfficeId,
    /// A public service centre, or a mobile unit.
    CentreId,
    /// A counter in a centre.
    CounterId,
    /// An enrolled machine: kiosk, counter computer, border desk.
    DeviceId,
    /// One sheet that a machine prints.
    PrintId,
    /// One visit to a centre.
    VisitId,
    /// One place in a line.
    TicketId,
    /// One day of a centre.
    QueueDayId,
    /// One appointment at a centre.
    AppointmentId,
    /// Names one case from draft to archive. Never reused.
    CaseId,
    /// A fact of civil status: a birth, a marriage, a death.
    EventId,
    /// One entry in a register of civil status.
    EntryId,
    /// What someone said of an event, on its way into the register.
    DeclarationId,
    /// A change of an entry, on its way into the register.
    CorrectionId,
    /// Two records that are one person, on their way to count as one.
    MergeId,
    /// A file of old entries that is brought in.
    ImportId,
    /// Certificates of many entries at once.
    BulkId,
    /// A ledger whose scanned pages are keyed in.
    LedgerId,
    /// One scanned page of a ledger.
    LedgerPageId,
    /// One keying of a page by one officer.
    KeyingId,
    /// A governorate, district or subdistrict.
    AreaId,
    /// A certificate or other signed paper.
    DocumentId,
    /// A message to a person.
    MessageId,
    /// A cashier's shift at one counter.
    ShiftId,
    /// A cash receipt.
    ReceiptId,
    /// A source of numbers that a person reads.
    SeriesId,
    /// A file handed in as evidence.
    UploadId,
    /// Any row without a name of its own.
    RowId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_written_one_way() {
        let id = "01a201d7-0b00-7aaa-8bbb-cccccccccccc";
        assert_eq!(id.parse::<PersonId>().unwrap().to_string(), id);
        for other in [
            format!("{{{id}}}"),
            format!("urn:uuid:{id}"),
            id.replace('-', ""),
            format!(" {id}"),
            id.replacen('-', "", 1),
            String::new(),
        ] {
            assert!(other.parse::<PersonId>().is_err(), "{other}");
        }
    }
}
