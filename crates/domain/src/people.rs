//! Who may do what: roles, permissions, and how sure we are of someone.

use serde::{Deserialize, Serialize};

/// How surely a person is who they say they are (after eIDAS levels).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// Nobody signed in.
    None,
    /// A code reached a phone or mailbox. Phones are shared and numbers are
    /// recycled, so this opens nothing that concerns a person.
    Contact,
    /// Matched to a person by a national wallet or an officer's look at a card.
    Substantial,
    /// Seen in person with biometrics or an equal proof.
    High,
}

impl Assurance {
    /// The word stored in tables and shown to programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Contact => "contact",
            Self::Substantial => "substantial",
            Self::High => "high",
        }
    }

    /// Reads the stored word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::None, Self::Contact, Self::Substantial, Self::High]
            .into_iter()
            .find(|level| level.code() == code)
    }

    /// Whether the person behind the account is known well enough to be given
    /// a certificate about themselves.
    #[must_use]
    pub fn is_proven(self) -> bool {
        self >= Self::Substantial
    }
}

/// By which way a case reached the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// A person's own browser.
    Online,
    /// A kiosk in a centre.
    Kiosk,
    /// A counter, with an officer typing.
    Counter,
    /// A bus or a visiting team.
    Mobile,
    /// A program calling the API.
    Api,
    /// A paper form typed in later.
    Paper,
    /// A telephone: a person on the line, a text message, or a menu.
    Telephone,
    /// Diwan itself: a rule, a clock, an import.
    System,
}

impl Channel {
    /// Every way.
    pub const ALL: [Self; 8] = [
        Self::Online,
        Self::Kiosk,
        Self::Counter,
        Self::Mobile,
        Self::Api,
        Self::Paper,
        Self::Telephone,
        Self::System,
    ];

    /// The word stored in tables and shown to programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Kiosk => "kiosk",
            Self::Counter => "counter",
            Self::Mobile => "mobile",
            Self::Api => "api",
            Self::Paper => "paper",
            Self::Telephone => "telephone",
            Self::System => "system",
        }
    }

    /// Whether a service that is given by some ways is given by this one: whoever acts by
    /// telephone for somebody does so as at a counter, and programs ask for everything.
    #[must_use]
    pub fn is_among(self, offered: &[Self]) -> bool {
        match self {
            Self::Api => true,
            Self::Telephone => offered.contains(&Self::Counter),
            other => offered.contains(&other),
        }
    }

    /// Reads the stored word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// Declares a closed list of words, with the code of each.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word stored in tables and shown to programs.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads the stored word back.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What an officer was appointed to be.
    Role {
        /// Decides cases of civil status.
        Registrar = "registrar",
        /// Sees late cases, reassigns, decides appeals.
        Supervisor = "supervisor",
        /// Serves people at a counter and takes cash.
        CounterOfficer = "counter-officer",
        /// Runs one centre: hours, holidays, counters, shifts.
        CentreManager = "centre-manager",
        /// Reads the journal; changes nothing.
        Inspector = "inspector",
        /// Appoints officers and sets up offices and centres.
        Administrator = "administrator",
        /// A hospital, midwife, court, mukhtar or mission that gives notice of events.
        Notifier = "notifier",
        /// Guards protected records and names who is let in.
        Keeper = "keeper",
    }
}

words! {
    /// One thing that a route or an act may demand of an officer.
    Permission {
        /// See the inbox and open cases within the jurisdiction.
        SeeCases = "cases.see",
        /// Decide assigned cases.
        DecideCases = "cases.decide",
        /// Reassign cases and see those that are late.
        SuperviseCases = "cases.supervise",
        /// Find people in the register for someone at the counter.
        FindPeople = "people.find",
        /// Confirm in person who someone is.
        VerifyIdentity = "people.verify",
        /// Apply for someone standing there.
        AssistCases = "cases.assist",
        /// Take cash and print receipts.
        TakeCash = "cash.take",
        /// Approve the voiding of someone else's receipt.
        VoidCash = "cash.void",
        /// Revoke or replace an issued document.
        RevokeDocuments = "documents.revoke",
        /// Search the journal.
        ReadJournal = "journal.read",
        /// Appoint officers, set roles, end service.
        ManageOfficers = "officers.manage",
        /// Set hours, holidays, counters.
        ManageCentres = "centres.manage",
        /// Say which systems are told what, and send it to them again.
        ManageSubscriptions = "subscriptions.manage",
        /// Bring in register entries from a file.
        ImportRegister = "register.import",
        /// Keys in pages of old ledgers, and settles where two keyings differ.
        KeyLedgers = "register.key",
        /// Gives notice of events.
        NotifyEvents = "register.notify",
        /// Takes declarations of events.
        DeclareEvents = "register.declare",
        /// Checks declarations and brings them into the register.
        RegisterEvents = "register.register",
        /// Prepares corrections of entries.
        CorrectEntries = "register.correct",
        /// Decides on corrections that others prepared, and on what the rules of the
        /// register leave to a supervisor.
        ApproveCorrections = "register.approve",
        /// Sees and guards protected records.
        ProtectRecords = "register.protect",
        /// Orders certificates of many entries at once for an institution.
        IssueInBulk = "register.issue-in-bulk",
        /// Calls and serves people who hold tickets, and gives them tickets.
        ServeQueue = "queue.serve",
        /// Serves people who telephone: finds them, makes sure of them, and acts for them.
        ServeTelephone = "telephone.serve",
        /// Watches a centre's hall: closes counters, lets someone in before their turn as
        /// the second person, publishes how people are served.
        ManageQueue = "queue.manage",
        /// Lets a paper show religion where one entitled asks for it.
        ShowReligion = "register.show-religion",
    }
}

impl Role {
    /// What this role may do.
    #[must_use]
    pub fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Registrar => &[
                P::SeeCases,
                P::DecideCases,
                P::FindPeople,
                P::RevokeDocuments,
                P::DeclareEvents,
                P::RegisterEvents,
                P::CorrectEntries,
                P::KeyLedgers,
                P::ServeQueue,
            ],
            Self::Supervisor => &[
                P::SeeCases,
                P::DecideCases,
                P::SuperviseCases,
                P::FindPeople,
                P::RevokeDocuments,
                P::VoidCash,
                P::DeclareEvents,
                P::RegisterEvents,
                P::CorrectEntries,
                P::ApproveCorrections,
                P::KeyLedgers,
                P::IssueInBulk,
                P::ShowReligion,
            ],
            Self::CounterOfficer => &[
                P::SeeCases,
                P::FindPeople,
                P::VerifyIdentity,
                P::AssistCases,
                P::TakeCash,
                P::DeclareEvents,
                P::KeyLedgers,
                P::ServeQueue,
                P::ServeTelephone,
            ],
            Self::CentreManager => {
                &[P::SeeCases, P::ManageCentres, P::VoidCash, P::ServeQueue, P::ManageQueue]
            }
            Self::Inspector => &[P::ReadJournal],
            Self::Administrator => {
                &[P::ManageOfficers, P::ManageCentres, P::ManageSubscriptions, P::ImportRegister]
            }
            Self::Notifier => &[P::NotifyEvents],
            Self::Keeper => &[P::FindPeople, P::ProtectRecords],
        }
    }
}
