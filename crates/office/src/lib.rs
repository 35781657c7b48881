//! What people do: one function or act per official deed, whoever asks for it:
//! a page, a kiosk, a counter, a program.
//!
//! An act reads top to bottom: who may, what is, what changes, what is
//! remembered. Nothing here knows HTTP or HTML.

pub mod accounts;
pub mod acting;
pub mod administration;
pub mod bulk;
pub mod cases;
pub mod cash;
pub mod catalogue;
pub mod civil;
pub mod clients;
pub mod clock;
pub mod dci;
pub mod desk;
pub mod devices;
pub mod documents;
pub mod figures;
pub mod files;
pub mod going_back;
pub mod identity;
pub mod inspection;
pub mod messages;
pub mod officers;
pub mod queue;
pub mod replay;
pub mod secrets;
pub mod statistics;
pub mod subscriptions;
pub mod telephone;
pub mod timestamps;
pub mod tokens;
pub mod units;
pub mod uploads;

pub use clock::Clock;
pub use desk::{Office, Settings, Who};
/// What acts and pages are told when something fails.
pub use diwan_store::{Act, Fault, Stop};
/// The rows that pages show. Only reading: writing is for acts.
pub mod rows {
    pub use diwan_store::bulk::{BulkLineRow, BulkPersonRow, BulkProgress, BulkRow, UnmadePaper};
    pub use diwan_store::call_backs::CallBackRow;
    pub use diwan_store::cases::{
        After, CaseRequestRow, CaseRow, ConsentRow, Inbox, MessageRow, Sort, UploadRow,
    };
    pub use diwan_store::cash::{ReceiptRow, ShiftRow};
    pub use diwan_store::centres::{AreaRow, CentreRow, CounterRow, HolidayRow, OfficeRow, Place};
    pub use diwan_store::civil::{EntryRow, EventRow};
    pub use diwan_store::clients::ApiClientRow;
    pub use diwan_store::declarations::{
        CorrectionRow, DeclarationRow, Given as NoticesGiven, GrantRow, Wanted as DeclarationsWanted,
    };
    pub use diwan_store::devices::{ComplaintRow, DeviceRow, PrintRow};
    pub use diwan_store::documents::DocumentRow;
    pub use diwan_store::duplicates::MergeRow;
    pub use diwan_store::floor::HelpCallRow;
    pub use diwan_store::journal::{JournalRow, Search};
    pub use diwan_store::lookups::LookupRow;
    pub use diwan_store::notices::{Delivery, SubscriptionRow};
    pub use diwan_store::officers::{ApiTokenRow, OfficerRoleRow, OfficerRow};
    pub use diwan_store::party::{CompanionRow, VisitPersonRow};
    pub use diwan_store::people::{
        AccountRow, CredentialRow, NumberEndRow, PersonNameRow, PersonNumberRow, PersonRow,
    };
    pub use diwan_store::queue::{AppointmentRow, QueueDayRow, SittingRow, SpellRow, TicketRow, VisitRow};
    pub use diwan_store::referrals::ReferralRow;
    pub use diwan_store::releases::{ReleaseEntryRow, ReleaseRow, WaitingPlaceRow};
    pub use diwan_store::telephone::{PhoneWishRow, ProxyRow};
    pub use diwan_store::units::{ConflictRow, UnitMergeRow, UnitRow};
    pub use diwan_store::value::Json;
}
/// Sessions, counters and marks: what expires by itself.
pub use diwan_store::access;
/// The feed of committed changes.
pub use diwan_store::feed;
/// The public log.
pub use diwan_store::log;
/// Effects outside.
pub use diwan_store::outbox;
/// How much waits, for those who run it.
pub use diwan_store::watch;
