//! Closed sets of words as the description shows them, each from the list by which the program itself reads and
//! writes them: whoever makes a client from the description gets the words, and not just "a text".

use diwan_domain::cases::Phase;
use diwan_domain::civil::{self, EventKind};
use diwan_domain::devices::{DeviceKind, DeviceStep, PrintKind, PrintState, PrintStep};
use diwan_domain::duplicates::{How, What};
use diwan_domain::numbers::NumberEnd;
use diwan_domain::people::{Channel, Role};
use diwan_domain::proxies::{Basis, Deed};
use diwan_domain::queue::call_backs::CallBackState;
use diwan_domain::queue::measure::{GateKind, Verdict};
use diwan_domain::queue::party::{Given, KnownBy, May, Relation};
use diwan_domain::queue::{self, Class, HelpKind, HelpOutcome, HelpSource, JumpReason, Notice};
use diwan_office::documents::HandedIn;
use diwan_office::queue::RateVisit;
use diwan_office::tokens;
use diwan_office::units::{How as Settled, Standing};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

fn one_of<W: Into<String>>(about: &str, words: impl IntoIterator<Item = W>) -> RefOr<Schema> {
    let words: Vec<String> = words.into_iter().map(Into::into).collect();
    let about = Some(about.trim().to_owned());
    let object = ObjectBuilder::new().schema_type(Type::String).description(about).enum_values(Some(words));
    RefOr::T(Schema::Object(object.build()))
}

macro_rules! closed {
    ($(#[doc = $doc:literal] $name:ident = $words:expr;)+) => {$(
        #[doc = $doc]
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                one_of($doc, $words)
            }
        }

        impl ToSchema for $name {}
    )+};
}

closed! {
    /// Where a case stands.
    CasePhase = Phase::ALL.map(Phase::code);
    /// By which way something came.
    CaseChannel = Channel::ALL.map(Channel::code);
    /// What happened in someone's life, as the register knows it.
    KindOfEvent = EventKind::ALL.iter().map(|kind| kind.code());
    /// Where a declaration stands.
    DeclarationState = civil::State::ALL.iter().map(|state| state.code());
    /// What can be done with a declaration.
    DeclarationStep = civil::Step::ALL.iter().map(|step| step.code());
    /// Whose declarations a list shows.
    WhoseNotices = super::declarations::WHOSE;
    /// Why an officer at a counter looks at somebody.
    LookReason = diwan_office::civil::reasons::REASONS;
    /// Why a number ended.
    WhyNumberEnded = NumberEnd::ALL.iter().map(|end| end.code());
    /// What an officer was appointed to be.
    OfficerRole = Role::ALL.iter().map(|role| role.code());
    /// What a token may be used for.
    TokenScope = tokens::scopes();
    /// Where a ticket stands.
    TicketState = queue::State::ALL.iter().map(|state| state.code());
    /// How a ticket came to its place.
    TicketClass = Class::ALL.iter().map(|class| class.code());
    /// Why somebody is let in before their turn.
    WhyLetIn = JumpReason::ALL.iter().map(|reason| reason.code());
    /// What a hall is told.
    HallNoticeReason = Notice::ALL.iter().map(|notice| notice.code());
    /// Which help was called for.
    KindOfHelp = HelpKind::ALL.iter().map(|kind| kind.code());
    /// Where help was called from.
    SourceOfHelp = HelpSource::ALL.iter().map(|source| source.code());
    /// How help ended.
    OutcomeOfHelp = HelpOutcome::ALL.iter().map(|outcome| outcome.code());
    /// Which machine of a centre.
    KindOfDevice = DeviceKind::ALL.iter().map(|kind| kind.code());
    /// What is done with a machine; that another takes its place is an operation of its own.
    StepOfDevice = DeviceStep::ALL.iter().filter(|step| **step != DeviceStep::Replace).map(|step| step.code());
    /// How a companion is known.
    CompanionKnownBy = KnownBy::ALL.iter().map(|by| by.code());
    /// What a companion may.
    CompanionMay = May::ALL.iter().map(|may| may.code());
    /// How somebody consented to a companion.
    CompanionGiven = Given::ALL.iter().map(|given| given.code());
    /// What a companion is to the person.
    CompanionRelation = Relation::ALL.iter().map(|relation| relation.code());
    /// What somebody may do for another.
    ProxyDeed = Deed::ALL.iter().map(|deed| deed.code());
    /// On which ground somebody acts for another.
    ProxyBasis = Basis::ALL.iter().map(|basis| basis.code());
    /// What it is about, how somebody was served.
    VisitReason = RateVisit::REASONS.iter().copied();
    /// Where a call back stands.
    CallBackStands = CallBackState::ALL.iter().map(|state| state.code());
    /// How a mobile unit stands.
    UnitStanding = Standing::ALL.map(Standing::code);
    /// How a conflict of a mobile unit is settled.
    ConflictSettled = Settled::ALL.map(Settled::code);
    /// What a machine prints.
    KindOfPrint = PrintKind::ALL.iter().map(|kind| kind.code());
    /// Where a sheet stands.
    StateOfPrint = PrintState::ALL.iter().map(|state| state.code());
    /// What an officer says of a sheet.
    StepOfPrint = [PrintStep::Printed, PrintStep::Again, PrintStep::Drop].map(PrintStep::code);
    /// What is measured for equality.
    EqualityGate = GateKind::ALL.iter().map(|kind| kind.code());
    /// What the measure says.
    EqualityVerdict = Verdict::ALL.iter().map(|verdict| verdict.code());
    /// What of two records is compared.
    ComparedPart = What::ALL.iter().map(|what| what.code());
    /// How the two compare.
    ComparedAs = How::ALL.iter().map(|how| how.code());
    /// How a paper stands.
    PaperStatus = super::documents::STATUSES;
    /// What is true of a file that was handed in.
    FileVerdict = HandedIn::CODES;
}
