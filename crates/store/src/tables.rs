//! Every table that only acts may write: what `verify journal` walks.

use crate::record::{Record, Table};
use crate::{
    cases, cash, centres, civil, clients, documents, figures, lookups, notices, officers, people, referrals,
    series, services,
};

/// The tables of the registers.
pub const GUARDED: &[Table] = &[
    centres::AreaRow::TABLE,
    centres::OfficeRow::TABLE,
    centres::CentreRow::TABLE,
    centres::HolidayRow::TABLE,
    centres::CounterRow::TABLE,
    officers::OfficerRow::TABLE,
    officers::OfficerRoleRow::TABLE,
    officers::ApiTokenRow::TABLE,
    clients::ApiClientRow::TABLE,
    notices::SubscriptionRow::TABLE,
    people::AccountRow::TABLE,
    people::CredentialRow::TABLE,
    people::PersonRow::TABLE,
    people::PersonNameRow::TABLE,
    people::PersonNumberRow::TABLE,
    people::PersonStatusRow::TABLE,
    civil::EventRow::TABLE,
    civil::EventRoleRow::TABLE,
    civil::EntryRow::TABLE,
    services::ServiceRow::TABLE,
    cases::CaseRow::TABLE,
    cases::CaseRequestRow::TABLE,
    cases::UploadRow::TABLE,
    cases::CasePartyRow::TABLE,
    cases::ConsentRow::TABLE,
    cases::MessageRow::TABLE,
    referrals::ReferralRow::TABLE,
    lookups::LookupRow::TABLE,
    cash::ShiftRow::TABLE,
    cash::ReceiptRow::TABLE,
    cash::PostingRow::TABLE,
    series::SeriesRow::TABLE,
    documents::DocumentRow::TABLE,
    figures::RatingRow::TABLE,
    figures::ServiceCostRow::TABLE,
];
