//! Every way in which an act is refused, with the stable code that translators
//! and integrators rely on. Only `web` turns them into pages or problem
//! documents; each has words in every language (tested there).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What a refusal means to a program (the HTTP status it becomes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// What was sent does not fit (422).
    Invalid,
    /// Sign in first (401).
    SignIn,
    /// Signed in, but not allowed (403).
    Forbidden,
    /// No such thing, or none that you may know of (404).
    Absent,
    /// Someone else was quicker, or the time is not right (409).
    Conflict,
    /// Too often (429).
    TooMany,
    /// Later (503).
    Unavailable,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $class:ident;)+) => {
        /// Why an act was refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Why { $($(#[$doc])* #[serde(rename = $code)] $name),+ }

        impl Why {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// What it means to a program.
            #[must_use]
            pub fn class(self) -> Class {
                match self { $(Self::$name => Class::$class),+ }
            }
        }
    };
}

refusals! {
    /// No such thing, or none this actor may know of.
    NotFound = "request/not-found", Absent;
    /// What was sent cannot be read.
    Malformed = "request/malformed", Invalid;
    /// The same idempotency key came with a different body.
    KeyReused = "request/key-reused", Conflict;
    /// Too many attempts; wait.
    TooManyAttempts = "request/too-many-attempts", TooMany;
    /// The system is full for a moment.
    Busy = "request/busy", Unavailable;
    /// The records cannot be reached or written at the moment.
    Away = "request/away", Unavailable;
    /// The form was opened too long ago or elsewhere (CSRF).
    FormExpired = "request/form-expired", Forbidden;
    /// The centre is closed at this moment.
    CentreClosed = "queue/closed", Conflict;
    /// How people are served in this centre was never published.
    NoSetup = "queue/no-setup", Conflict;
    /// By phone a ticket is taken at the centre's door.
    NotAtDoor = "queue/not-at-door", Forbidden;
    /// Whoever asks holds a ticket that is not over.
    HasTicket = "queue/has-ticket", Conflict;
    /// The officer sits at no counter.
    NotSitting = "queue/not-sitting", Conflict;
    /// Somebody else sits at this counter, or the officer at another.
    CounterTaken = "queue/counter-taken", Conflict;
    /// The counter has somebody in hand.
    StillServing = "queue/still-serving", Conflict;
    /// Nobody waits whom this counter can serve.
    NobodyWaits = "queue/nobody-waits", Conflict;
    /// A ticket that stands there cannot do this.
    StepImpossible = "queue/step-impossible", Conflict;
    /// Whoever does not come is called once more before they are passed over.
    CallAgainFirst = "queue/call-again-first", Conflict;
    /// The officer or the counter is planned at that time already.
    DutyMeets = "queue/duty-meets", Conflict;
    /// Somebody of this visit is not finished yet.
    PeopleLeft = "queue/people-left", Conflict;
    /// A file takes a line away in which somebody waits, or for which something is promised.
    LineInUse = "queue/line-in-use", Conflict;
    /// A mobile unit is away with this centre: only it serves there.
    AwayWithUnit = "unit/away", Conflict;
    /// The unit's time is over: it issues no more papers.
    UnitOver = "unit/over", Conflict;
    /// The unit's key is not trusted any more.
    UnitRevoked = "unit/revoked", Conflict;
    /// This line gives no appointments.
    NoAppointments = "appointment/none-given", Conflict;
    /// The appointment does not fit; `reason` says why.
    NoAppointment = "appointment/does-not-fit", Conflict;
    /// Nobody can enter for this draw now: its window is not open.
    ReleaseShut = "release/not-open", Conflict;
    /// Somebody entered for this draw already, or this telephone did.
    ReleaseEntered = "release/entered", Conflict;
    /// Places of this day are free: nobody need wait for one.
    PlacesFree = "waiting/places-free", Conflict;
    /// They wait for a place in this line already, or their telephone does.
    WaitsAlready = "waiting/waits-already", Conflict;
    /// No place is offered to this entry any more.
    OfferOver = "waiting/offer-over", Conflict;
    /// This machine is not enrolled, or is locked.
    DeviceNotInUse = "device/not-in-use", Forbidden;
    /// Nobody asked to let this ticket in before its turn.
    NotAsked = "queue/not-asked", Conflict;
    /// Whoever acts for another may not do this, or not any more.
    NoProxy = "proxy/not-allowed", Forbidden;
    /// As many may act for this person as can.
    ProxiesEnough = "proxy/enough", Conflict;
    /// What a court ordered, no word ends.
    ProxyByCourt = "proxy/by-court", Conflict;
    /// Nobody telephones now, or who does was not made sure of.
    CallerUnproven = "telephone/unproven", Forbidden;
    /// Somebody is coming already, or the call for help is over.
    HelpAnswered = "queue/help-answered", Conflict;
    /// This officer cannot serve at a counter of this centre now.
    OfficerCannotSit = "queue/officer-cannot-sit", Conflict;
    /// Someone else changed it meanwhile.
    ChangedMeanwhile = "request/changed-meanwhile", Conflict;
    /// Nobody is signed in.
    SignInFirst = "sign-in/first", SignIn;
    /// The code was wrong or too old.
    WrongCode = "sign-in/wrong-code", Invalid;
    /// Name, password or second factor did not fit.
    WrongPassword = "sign-in/wrong-password", Invalid;
    /// Locked after too many failures; a way back exists.
    LockedOut = "sign-in/locked-out", TooMany;
    /// The invitation was used or is too old.
    InvitationSpent = "sign-in/invitation-spent", Invalid;
    /// The password is too short or too common.
    WeakPassword = "sign-in/weak-password", Invalid;
    /// The role does not allow this.
    NotPermitted = "officer/not-permitted", Forbidden;
    /// Never one's own or one's family's case.
    OwnFamily = "officer/own-family", Forbidden;
    /// The officer's service ended or they are on leave.
    NotInService = "officer/not-in-service", Forbidden;
    /// The same officer may not approve their own act.
    NeedsSecondPerson = "officer/needs-second-person", Forbidden;
    /// Deciding needs assignment.
    NotAssigned = "case/not-assigned", Forbidden;
    /// Nothing waits.
    NothingWaiting = "case/nothing-waiting", Absent;
    /// The move is not lawful in this phase.
    WrongPhase = "case/wrong-phase", Conflict;
    /// Some answers are missing or do not fit.
    AnswersIncomplete = "case/answers-incomplete", Invalid;
    /// The reason is not in the service's list.
    UnknownReason = "case/unknown-reason", Invalid;
    /// An officer's own words are needed.
    ReasonMissing = "case/reason-missing", Invalid;
    /// A fee stands open.
    FeeOpen = "case/fee-open", Conflict;
    /// The same officer may not decide the appeal.
    AppealNeedsAnother = "case/appeal-needs-another", Forbidden;
    /// The time to appeal is over.
    AppealTooLate = "case/appeal-too-late", Conflict;
    /// The service is not offered on this channel or no longer at all.
    ServiceClosed = "service/closed", Absent;
    /// The holder's identity is not proven; release waits.
    IdentityUnproven = "document/identity-unproven", Forbidden;
    /// The document is revoked or replaced already.
    DocumentEnded = "document/ended", Conflict;
    /// The register entry lacks what the paper must show.
    EntryIncomplete = "document/entry-incomplete", Conflict;
    /// Rendering or signing failed; the operator was told.
    DocumentFailed = "document/failed", Unavailable;
    /// The file is too large.
    FileTooLarge = "file/too-large", Invalid;
    /// The file's content is not PDF, JPEG or PNG.
    FileWrongType = "file/wrong-type", Invalid;
    /// Too many files.
    TooManyFiles = "file/too-many", Invalid;
    /// The fee was already paid.
    AlreadyPaid = "fee/already-paid", Conflict;
    /// Cash differs from what is owed.
    WrongAmount = "fee/wrong-amount", Invalid;
    /// No shift is open at this counter.
    NoShift = "cash/no-shift", Conflict;
    /// A shift is already open.
    ShiftOpen = "cash/shift-open", Conflict;
    /// The receipt is already void.
    AlreadyVoid = "cash/already-void", Conflict;
    /// Nothing is left of the receipt that may be given back.
    NothingToGiveBack = "cash/nothing-to-give-back", Conflict;
    /// More than may be given back of the receipt.
    TooMuchBack = "cash/too-much-back", Invalid;
    /// The drawer does not hold as much in that currency.
    DrawerShort = "cash/not-in-drawer", Conflict;
    /// The person's consent is missing.
    ConsentMissing = "consent/missing", Invalid;
    /// A companion witnesses nothing for the person they are with.
    CompanionWitnesses = "consent/companion-witnesses", Invalid;
    /// The phone number cannot be read.
    PhoneUnreadable = "phone/unreadable", Invalid;
    /// A name that must be unique is taken.
    NameTaken = "admin/name-taken", Conflict;
    /// A required field is empty or cannot be read.
    FieldMissing = "admin/field-missing", Invalid;
    /// An old book or its mapping cannot be read; the refusal names what is to be mended.
    ImportUnreadable = "register/import-unreadable", Invalid;
    /// Numbers of an imported file are in the register, with other contents.
    ImportKnown = "register/import-known", Conflict;
    /// This file was begun with this mapping for this office already.
    ImportBegun = "register/import-begun", Conflict;
    /// This page is in a ledger already: the same number, or the same image.
    LedgerPageThere = "ledger/page-there", Conflict;
    /// No page of the ledger waits for this officer.
    LedgerNothingLeft = "ledger/nothing-left", Conflict;
    /// Nothing was keyed of the page yet.
    LedgerNoRows = "ledger/no-rows", Conflict;
    /// Fields of a declaration cannot stay as they are; the refusal names each.
    FieldsWrong = "register/fields-wrong", Invalid;
    /// A notice says nothing of what happened.
    NoticeEmpty = "register/notice-empty", Invalid;
    /// A late declaration lacks what the law then asks; the refusal names it.
    LateLacks = "register/late-lacks", Invalid;
    /// No rule of the register stands for such an event on that day and place.
    NoRule = "register/no-rule", Conflict;
    /// Another body keeps this register.
    NotCompetent = "register/not-competent", Forbidden;
    /// The declaration is in a state from which this cannot be done.
    WrongState = "register/wrong-state", Conflict;
    /// A person the declaration names is not in the register.
    PersonUnknown = "register/person-unknown", Invalid;
    /// The entry was corrected or revoked meanwhile.
    EntryReplaced = "register/entry-replaced", Conflict;
    /// The entry was revoked, or what it records was annulled: no paper is made of it.
    EntryRevoked = "register/entry-revoked", Conflict;
    /// Another entry that stands needs what this one records: a divorce its marriage.
    EntryNeeded = "register/entry-needed", Conflict;
    /// The entry, or the record of someone in it, is closed: no paper is made of it at
    /// a counter.
    EntryProtected = "register/entry-protected", Forbidden;
    /// More entries were asked for at once than are issued at once.
    TooManyEntries = "register/too-many-entries", Invalid;
    /// Nobody in the register bears this number, or nobody the officer may know of.
    NumberUnknown = "register/number-unknown", Invalid;
    /// The number ended: another took its place, or it was never theirs.
    NumberEnded = "register/number-ended", Conflict;
    /// Several people bear this number.
    NumberOfSeveral = "register/number-of-several", Conflict;
    /// Somebody is in the list more than once: they get one paper.
    ListedTwice = "register/listed-twice", Conflict;
    /// Whoever the paper is for has died.
    PersonDied = "register/person-died", Conflict;
    /// No entry of the register says what the paper would.
    NoEntryMeant = "register/no-entry-meant", Conflict;
    /// An officer stopped what was under way.
    StoppedByOfficer = "register/stopped-by-officer", Conflict;
    /// Several entries may be meant: an officer chooses one.
    SeveralEntries = "register/several-entries", Conflict;
    /// A correction by the office alone is allowed for listed clerical errors only.
    NeedsJudgment = "register/needs-judgment", Forbidden;
    /// Nothing would change.
    NothingChanges = "register/nothing-changes", Invalid;
    /// Some doubts are a supervisor's to settle.
    NeedsSupervisor = "register/needs-supervisor", Forbidden;
    /// The register makes something doubtful that whoever settles has not named: it was not
    /// so when they looked. The refusal names it.
    DoubtArose = "register/doubt-arose", Conflict;
    /// Something in the register is likely the same; an officer decides first.
    PossibleDuplicate = "register/possible-duplicate", Conflict;
    /// Two records cannot be one person: the register ties them as parent and
    /// child or as spouses, or gives them different sexes.
    NotOnePerson = "register/not-one-person", Conflict;
    /// Each of two records has an entry of its own birth or death that stands.
    TwoEntriesStand = "register/two-entries-stand", Conflict;
}

/// An act was refused: why, and what the words may mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The reason.
    pub why: Why,
    /// Details for the words, by name; never personal data.
    pub about: BTreeMap<String, String>,
}

impl Refusal {
    /// Adds a detail for the words.
    #[must_use]
    pub fn about(mut self, name: &str, value: impl ToString) -> Self {
        self.about.insert(name.to_owned(), value.to_string());
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.why.code()
    }
}

impl From<Why> for Refusal {
    fn from(why: Why) -> Self {
        Self { why, about: BTreeMap::new() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.why.code())?;
        for (name, value) in &self.about {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_reasons_share_a_code() {
        let codes: BTreeSet<_> = Why::ALL.iter().map(|why| why.code()).collect();
        assert_eq!(codes.len(), Why::ALL.len());
    }
}
