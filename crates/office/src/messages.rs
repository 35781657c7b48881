//! Messages to people. They go out in the applicant's language and name
//! neither event nor person: phones are shared.

use diwan_domain::acts::Desk;
use diwan_store::cases::{CaseRow, MessageRow};
use diwan_store::{Fault, Tx, outbox};
use serde_json::json;

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
    /// An invitation to work here.
    Invitation,
}

impl Template {
    /// Every template.
    pub const ALL: [Self; 6] =
        [Self::Code, Self::Received, Self::Ready, Self::AnswerNeeded, Self::Decided, Self::Invitation];

    /// The end of its words' key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Received => "received",
            Self::Ready => "ready",
            Self::AnswerNeeded => "answer-needed",
            Self::Decided => "decided",
            Self::Invitation => "invitation",
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
    let body = json!({"template": template.code(), "language": language, "args": args}).to_string();
    let label = format!("outbox/{}/{channel}/{address}", template.code());
    outbox::enqueue(tx, at.fresh(&label), channel, address, &body, at.now).await
}

/// Tells the applicant of a case something, by the ways they gave.
///
/// # Errors
/// When the database fails.
pub async fn tell(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow, template: Template) -> Result<(), Fault> {
    let args = json!({"number": case.number});
    let ways = [("sms", &case.phone), ("email", &case.email)];
    for (channel, address) in ways.into_iter().filter_map(|(way, address)| Some((way, address.as_ref()?))) {
        send(tx, at, channel, address, &case.language, template, &args).await?;
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
