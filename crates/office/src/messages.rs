//! Messages to people. They go out in the applicant's language and name
//! neither event nor person: phones are shared.

use diwan_domain::acts::Desk;
use diwan_domain::ids::OfficeId;
use diwan_domain::people::Role;
use diwan_store::cases::{CaseRow, MessageRow};
use diwan_store::officers::OfficerRow;
use diwan_store::{Fault, Tx, officers, outbox};
use serde_json::json;
use std::collections::BTreeSet;

/// What a message says; its words are `message-<code>` in the shared words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// A one-time code.
    Code,
    /// The application arrived.
    Received,
    /// Something is ready.
    Ready,
    /// An answer is needed.
    AnswerNeeded,
    /// A decision was made.
    Decided,
    /// A decision does not stand: it is made anew.
    DecidedAnew,
    /// What it costs is more than what was told.
    FeeChanged,
    /// An invitation to work here.
    Invitation,
    /// Something is still waited for.
    Reminder,
    /// An application ended because nobody answered.
    Expired,
    /// An officer wrote something; it is read on the case's page.
    Note,
    /// To supervisors: a case is late.
    Late,
    /// To supervisors: cases came back from an officer who is away.
    GivenBack,
    /// To an office: another office asks for an entry.
    Referral,
    /// This phone or mailbox serves no longer.
    ContactEnded,
    /// To administrators: a system that is told of events does not answer.
    SubscriptionPaused,
    /// At a centre: only a few are before you.
    Near,
    /// An appointment is near.
    Appointment,
    /// An appointment is near, and what to bring is known.
    AppointmentPapers,
    /// An appointment is called off: the centre is closed then.
    AppointmentOff,
    /// A draw of appointments gave one.
    Drawn,
    /// A draw of appointments had none left.
    NotDrawn,
    /// A place came free for somebody who waits for one.
    PlaceOffered,
    /// The day for which somebody waits for a place became a day off.
    WaitingOff,
    /// At a centre: go to the counter now.
    Called,
    /// At a centre: it is your turn, and somebody comes to fetch you.
    Fetched,
    /// To those who wait: the system is slow.
    SystemLate,
    /// To those who wait: an officer is away.
    OfficerAbsent,
    /// To those who wait: the centre closes earlier.
    ClosingEarly,
    /// To those who wait: the building is left for practice.
    EvacuationDrill,
    /// To those who wait: there is no electricity.
    PowerCut,
    /// Asked by text message: how an application stands.
    TextStatus,
    /// Asked by text message: where a ticket stands.
    TextTicket,
    /// Asked by text message: which words there are.
    TextHelp,
    /// Asked by text message: nothing can be said to this telephone.
    TextNothing,
    /// Asked by text message: the appointment is given back.
    TextCancelled,
    /// Asked by text message: nobody acts for them any more.
    TextRevoked,
    /// After a visit: how was it?
    TextRate,
    /// Thanks for saying how a visit was.
    TextRated,
    /// An officer did something in their name by telephone.
    DoneForYou,
    /// Somebody may act for them from now on.
    ProxyNamed,
    /// Somebody may not act for them any more.
    ProxyEnded,
}

impl Template {
    /// Every template.
    pub const ALL: [Self; 42] = [
        Self::Code,
        Self::Received,
        Self::Ready,
        Self::AnswerNeeded,
        Self::Decided,
        Self::DecidedAnew,
        Self::FeeChanged,
        Self::Invitation,
        Self::Reminder,
        Self::Expired,
        Self::Note,
        Self::Late,
        Self::GivenBack,
        Self::Referral,
        Self::ContactEnded,
        Self::SubscriptionPaused,
        Self::Near,
        Self::Appointment,
        Self::AppointmentPapers,
        Self::AppointmentOff,
        Self::Drawn,
        Self::NotDrawn,
        Self::PlaceOffered,
        Self::WaitingOff,
        Self::Called,
        Self::Fetched,
        Self::SystemLate,
        Self::OfficerAbsent,
        Self::ClosingEarly,
        Self::EvacuationDrill,
        Self::PowerCut,
        Self::TextStatus,
        Self::TextTicket,
        Self::TextHelp,
        Self::TextNothing,
        Self::TextCancelled,
        Self::TextRevoked,
        Self::TextRate,
        Self::TextRated,
        Self::DoneForYou,
        Self::ProxyNamed,
        Self::ProxyEnded,
    ];

    /// The end of its words' key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Received => "received",
            Self::Ready => "ready",
            Self::AnswerNeeded => "answer-needed",
            Self::Decided => "decided",
            Self::DecidedAnew => "decided-anew",
            Self::FeeChanged => "fee-changed",
            Self::Invitation => "invitation",
            Self::Reminder => "reminder",
            Self::Expired => "expired",
            Self::Note => "note",
            Self::Late => "late",
            Self::GivenBack => "given-back",
            Self::Referral => "referral",
            Self::ContactEnded => "contact-ended",
            Self::SubscriptionPaused => "subscription-paused",
            Self::Near => "near",
            Self::Appointment => "appointment",
            Self::AppointmentPapers => "appointment-papers",
            Self::AppointmentOff => "appointment-off",
            Self::Drawn => "drawn",
            Self::NotDrawn => "not-drawn",
            Self::PlaceOffered => "place-offered",
            Self::WaitingOff => "waiting-off",
            Self::Called => "called",
            Self::Fetched => "fetched",
            Self::SystemLate => "system-late",
            Self::OfficerAbsent => "officer-absent",
            Self::ClosingEarly => "closing-early",
            Self::EvacuationDrill => "evacuation-drill",
            Self::PowerCut => "power-cut",
            Self::TextStatus => "text-status",
            Self::TextTicket => "text-ticket",
            Self::TextHelp => "text-help",
            Self::TextNothing => "text-nothing",
            Self::TextCancelled => "text-cancelled",
            Self::TextRevoked => "text-revoked",
            Self::TextRate => "text-rate",
            Self::TextRated => "text-rated",
            Self::DoneForYou => "done-for-you",
            Self::ProxyNamed => "proxy-named",
            Self::ProxyEnded => "proxy-ended",
        }
    }
}

/// Queues a message that belongs to no case.
///
/// # Errors
/// When the database fails.
pub async fn send(
    tx: &mut Tx<'_>,
    at: &Desk,
    channel: &str,
    address: &str,
    language: &str,
    template: Template,
    args: &serde_json::Value,
) -> Result<(), Fault> {
    let label = format!("outbox/{}/{channel}/{address}", template.code());
    queue_up(tx, at, &label, (channel, address, language), (template, args)).await
}

/// Sends another message of the same kind to the same telephone in one act: about something
/// else, which `about` names.
///
/// # Errors
/// When the database fails.
pub async fn send_another(
    tx: &mut Tx<'_>,
    at: &Desk,
    about: &str,
    (address, language): (&str, &str),
    template: Template,
    args: &serde_json::Value,
) -> Result<(), Fault> {
    let label = format!("outbox/{}/sms/{address}/{about}", template.code());
    queue_up(tx, at, &label, ("sms", address, language), (template, args)).await
}

/// The label tells the messages of one act apart: a label that stands twice is refused.
async fn queue_up(
    tx: &mut Tx<'_>,
    at: &Desk,
    label: &str,
    (channel, address, language): (&str, &str, &str),
    (template, args): (Template, &serde_json::Value),
) -> Result<(), Fault> {
    let body = json!({"template": template.code(), "language": language, "args": args}).to_string();
    outbox::enqueue(tx, at.fresh(label), channel, address, &body, at.now).await
}

/// Tells the applicant of a case something, by the ways they gave.
///
/// # Errors
/// When the database fails.
pub async fn tell(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow, template: Template) -> Result<(), Fault> {
    tell_with(tx, at, case, template, &json!({"number": case.number})).await
}

/// Sends an officer's own words: they are read on the case's page only, and the
/// message says no more than that they are there.
///
/// # Errors
/// When the database fails.
pub async fn write_to_applicant(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow, text: &str) -> Result<(), Fault> {
    let args = json!({"number": case.number});
    let page = MessageRow {
        id: at.fresh("message/note/page"),
        case_id: Some(case.id),
        account_id: case.account_id,
        channel: "page".to_owned(),
        address: String::new(),
        template: Template::Note.code().to_owned(),
        language: case.language.clone(),
        words: json!({"text": text}).to_string(),
        at: at.now,
    };
    tx.add(&page).await?;
    tell_with(tx, at, case, Template::Note, &args).await
}

/// Tells officers of an office who hold a role something, by mail, each in
/// their own language; those without a mailbox see it on their desk.
///
/// # Errors
/// When the database fails.
pub async fn tell_officers(
    tx: &mut Tx<'_>,
    at: &Desk,
    office: OfficeId,
    role: Role,
    template: Template,
    args: &serde_json::Value,
) -> Result<(), Fault> {
    let officers = officers::with_role(tx, office, role.code()).await?;
    tell_each(tx, at, officers, template, args).await
}

/// The same to everyone who holds a role, wherever they work.
///
/// # Errors
/// When the database fails.
pub async fn tell_role(
    tx: &mut Tx<'_>,
    at: &Desk,
    role: Role,
    template: Template,
    args: &serde_json::Value,
) -> Result<(), Fault> {
    let officers = officers::all_with_role(tx, role.code()).await?;
    tell_each(tx, at, officers, template, args).await
}

async fn tell_each(
    tx: &mut Tx<'_>,
    at: &Desk,
    officers: Vec<OfficerRow>,
    template: Template,
    args: &serde_json::Value,
) -> Result<(), Fault> {
    // Colleagues who share a mailbox get one message.
    let mut told = BTreeSet::new();
    for officer in officers {
        let Some(email) = officer.email.filter(|email| !email.is_empty()) else { continue };
        if told.insert(email.clone()) {
            send(tx, at, "email", &email, &officer.language, template, args).await?;
        }
    }
    Ok(())
}

async fn tell_with(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    template: Template,
    args: &serde_json::Value,
) -> Result<(), Fault> {
    let ways = [("sms", &case.phone), ("email", &case.email)];
    for (channel, address) in ways.into_iter().filter_map(|(way, address)| Some((way, address.as_ref()?))) {
        send(tx, at, channel, address, &case.language, template, args).await?;
        let message = MessageRow {
            id: at.fresh(&format!("message/{}/{channel}", template.code())),
            case_id: Some(case.id),
            account_id: case.account_id,
            channel: channel.to_owned(),
            address: address.clone(),
            template: template.code().to_owned(),
            language: case.language.clone(),
            words: args.to_string(),
            at: at.now,
        };
        tx.add(&message).await?;
    }
    Ok(())
}
