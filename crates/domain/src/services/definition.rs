//! A service as its folder defines it, after checking.

use super::declares::Declares;
use super::expression::Expression;
use super::lookup::Lookup;
use crate::calendar::Span;
use crate::money::Money;
use crate::people::{Channel, Role};
use crate::services::Answers;
use crate::services::facts::Source;
use crate::uploads::Limits;
use jiff::civil::Date;
use std::collections::BTreeMap;

use crate::numbers::IdentityKind;

/// One public service in one version. Immutable once published.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its key: the folder's name.
    pub key: String,
    /// Its version, from 1.
    pub version: u32,
    /// The first day this version applies.
    pub since: Date,
    /// The law it stands on.
    pub basis: String,
    /// The kind of office that issues.
    pub issuer: String,
    /// The shelf of the home page.
    pub life_event: String,
    /// For whom it is meant.
    pub audience: Vec<String>,
    /// By which ways it can be asked for.
    pub channels: Vec<Channel>,
    /// Its languages, the first being the default.
    pub languages: Vec<String>,
    /// The register it looks into, when it does.
    pub register: Option<RegisterKind>,
    /// Sections of the task list.
    pub groups: Vec<Group>,
    /// Questions in order.
    pub questions: Vec<Question>,
    /// What must be shown.
    pub evidence: Vec<Evidence>,
    /// Who may apply. Empty: anyone, in their own matter.
    pub relations: Vec<RelationRule>,
    /// What a rule decides by itself, and what it hands to an officer.
    pub rules: Vec<Rule>,
    /// What is owed.
    pub fees: Vec<Fee>,
    /// What happens between submission and hand-over, in order.
    pub steps: Vec<Step>,
    /// Reasons for which an officer may refuse.
    pub reasons: Vec<Reason>,
    /// The event that a case declares to the civil register, when it does.
    pub declares: Option<Declares>,
    /// The paper that comes out of it.
    pub document: Option<DocumentSpec>,
    /// What a kiosk answers for whoever asks for their own paper there; `None` where a kiosk
    /// cannot finish the service.
    pub kiosk: Option<Answers>,
    /// How long things are kept.
    pub retention: Retention,
    /// SHA-256 of the folder it was read from.
    pub hash: String,
    /// The words of each language, as Fluent source, by language code.
    pub words: BTreeMap<String, String>,
}

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every value, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Every word, in the order of this list.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The word in `service.toml`, tables and programs.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads the word back.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}

closed_list! {
    /// A register that a service looks into.
    RegisterKind {
        /// Births.
        Birth = "birth",
        /// Marriages.
        Marriage = "marriage",
        /// Divorces.
        Divorce = "divorce",
        /// Deaths.
        Death = "death",
        /// The person's own record: their birth, and how they stand to marriage.
        Person = "person",
        /// The family of a person, as it stands on its page of the register.
        Family = "family",
    }
}

closed_list! {
    /// What can be asked. A missing kind is a change in Rust with a test, and
    /// then every service has it.
    QuestionKind {
        /// A person's name in parts.
        Name = "name",
        /// One line.
        Text = "text",
        /// Several lines.
        LongText = "long-text",
        /// Day, month and year.
        Date = "date",
        /// A whole number.
        Number = "number",
        /// One of several.
        Choice = "choice",
        /// Any of several.
        Choices = "choices",
        /// Yes or no.
        YesNo = "yes-no",
        /// A telephone number.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
        /// A number of an identity paper.
        IdentityNumber = "identity-number",
        /// A place in the Region or elsewhere.
        Address = "address",
        /// A person of the register, chosen by the system from a search.
        Person = "person",
        /// One or more files.
        File = "file",
        /// Several questions asked again for each of several things.
        Group = "group",
    }
}

closed_list! {
    /// What happens to a case. Closed, so that inboxes and statistics
    /// understand every service.
    StepKind {
        /// The applicant pays.
        Pay = "pay",
        /// The applicant proves who they are.
        ProveIdentity = "prove-identity",
        /// An officer checks papers.
        Check = "check",
        /// An officer looks at a thing or a place.
        Inspect = "inspect",
        /// The applicant sits a test.
        Test = "test",
        /// The case is compared with lists.
        Screen = "screen",
        /// An officer searches the register by hand.
        Search = "search",
        /// The place of registration is asked.
        RequestElsewhere = "request-elsewhere",
        /// An officer decides.
        Decide = "decide",
        /// A second officer decides.
        SecondDecide = "second-decide",
        /// The civil register checks and registers what the case declares.
        Register = "register",
        /// The document is made and signed.
        Issue = "issue",
        /// The document is printed on numbered paper.
        Print = "print",
        /// The document is given to the applicant.
        HandOver = "hand-over",
    }
}

closed_list! {
    /// What happens when a step takes too long.
    Late {
        /// The supervisor sees it.
        Escalate = "escalate",
        /// Another officer gets it.
        Reassign = "reassign",
        /// Whoever must act is reminded.
        Remind = "remind",
        /// The case ends as expired.
        Expire = "expire",
    }
}

closed_list! {
    /// For whom a service is meant.
    Audience {
        /// Citizens.
        Citizen = "citizen",
        /// Residents of other nationality.
        Resident = "resident",
        /// Displaced people.
        Displaced = "displaced",
        /// Refugees.
        Refugee = "refugee",
        /// Visitors.
        Visitor = "visitor",
        /// Businesses.
        Business = "business",
    }
}

closed_list! {
    /// The shelf of the home page a service stands on.
    LifeEvent {
        /// Having a child.
        Birth = "birth",
        /// Marriage and divorce.
        Marriage = "marriage",
        /// Family records.
        Family = "family",
        /// A death.
        Death = "death",
        /// Identity papers.
        Identity = "identity",
        /// Residence and housing.
        Residence = "residence",
        /// Driving and vehicles.
        Driving = "driving",
        /// Travel and visas.
        Travel = "travel",
        /// Health.
        Health = "health",
        /// School and university.
        Education = "education",
        /// Work and business.
        Work = "work",
    }
}

closed_list! {
    /// Which days a date may be.
    When {
        /// Any day.
        Any = "any",
        /// Today or before.
        Past = "past",
        /// Today or after.
        Future = "future",
    }
}

/// Who has the move in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The applicant.
    Applicant,
    /// Diwan itself.
    System,
    /// An officer of this role.
    Officer(Role),
}

impl Actor {
    /// The word in `service.toml`, tables and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::System => "system",
            Self::Officer(role) => role.code(),
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "applicant" => Some(Self::Applicant),
            "system" => Some(Self::System),
            other => Role::from_code(other).map(Self::Officer),
        }
    }

    /// Every word.
    #[must_use]
    pub fn codes() -> Vec<&'static str> {
        ["applicant", "system"].into_iter().chain(Role::ALL.iter().map(|role| role.code())).collect()
    }
}

impl StepKind {
    /// Who can do a step of this kind: whoever has the page for it.
    #[must_use]
    pub fn lawful_roles(self) -> &'static [Actor] {
        use Role::{CentreManager, CounterOfficer, Registrar, Supervisor};
        match self {
            Self::Pay | Self::ProveIdentity => &[Actor::Applicant],
            Self::Issue => &[Actor::System],
            Self::Search | Self::RequestElsewhere | Self::Decide | Self::SecondDecide | Self::Register => {
                &[Actor::Officer(Registrar), Actor::Officer(Supervisor)]
            }
            Self::Check | Self::Inspect | Self::Test | Self::Screen => &[
                Actor::Officer(Registrar),
                Actor::Officer(Supervisor),
                Actor::Officer(CounterOfficer),
                Actor::Officer(CentreManager),
            ],
            Self::Print | Self::HandOver => &[Actor::Officer(CounterOfficer)],
        }
    }
}

/// The pictograms a question may carry. A test of the pages demands that each
/// has its drawing.
pub const PICTOGRAMS: [&str; 24] = [
    "birth", "building", "calendar", "card", "clock", "copies", "court", "death", "driving", "family",
    "globe", "hand", "mail", "marriage", "money", "name", "paper", "people", "person", "phone", "place",
    "speak", "travel", "visa",
];

/// A section of the task list.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its key; its words are `group-<key>`.
    pub key: String,
}

/// One question. Its words are `question-<key>` and those that begin so.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its key, and the stem of its form fields' names.
    pub key: String,
    /// Its section.
    pub group: String,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// When it is asked; `None` always.
    pub ask: Option<Expression>,
    /// Whether it must be answered.
    pub required: bool,
    /// What can be chosen (`choice`, `choices`).
    pub options: Vec<String>,
    /// Chosen from the start (`choices`).
    pub preset: Vec<String>,
    /// The least number, or number of characters, choices, or repetitions.
    pub min: Option<i64>,
    /// The greatest.
    pub max: Option<i64>,
    /// Whether a date may lack day or month.
    pub partly_known: bool,
    /// Which days a date may be.
    pub when: When,
    /// Which parts of a name must be given.
    pub name_parts: Vec<&'static str>,
    /// Which identity numbers are accepted.
    pub id_kinds: Vec<IdentityKind>,
    /// What files are accepted.
    pub uploads: Limits,
    /// The questions that are repeated (`group`).
    pub children: Vec<Question>,
    /// An icon for people who do not read.
    pub pictogram: Option<String>,
    /// Whether recordings of the question are in the folder, by language.
    pub audio: BTreeMap<String, String>,
    /// Whether the answer is shown to nobody but the deciding officer.
    pub sensitive: bool,
}

/// What must be shown. Its words are `evidence-<key>`.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Its key.
    pub key: String,
    /// When it is needed; `None` always.
    pub when: Option<Expression>,
    /// From where it may come.
    pub sources: Vec<Source>,
    /// The file question that collects it, when one does.
    pub question: Option<String>,
    /// What is asked of another register, when one is.
    pub lookup: Option<Lookup>,
    /// The law that asks for it.
    pub basis: String,
}

/// Who may apply. Its words are `relation-<key>`.
#[derive(Clone, Debug)]
pub struct RelationRule {
    /// Its key.
    pub key: String,
    /// Whether the applicant says they stand so; `None` is everyone.
    pub claim: Option<Expression>,
    /// Whether the facts show it. When they do not, an officer is asked.
    pub when: Expression,
    /// The law that gives the right.
    pub basis: String,
}

/// What a rule does.
#[derive(Clone, Debug)]
pub enum Effect {
    /// When true, an officer must answer this question.
    Object(Expression),
    /// When true, and no rule objects, the case is approved.
    Approve(Expression),
}

/// One rule. Its words are `open-<key>`: the question an officer gets.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its key, written into the journal.
    pub key: String,
    /// What it does.
    pub effect: Effect,
    /// The law behind it.
    pub basis: String,
}

/// One fee. Its words are `fee-<key>`.
#[derive(Clone, Debug)]
pub struct Fee {
    /// Its key.
    pub key: String,
    /// How much for one.
    pub amount: Amount,
    /// For how many; `None` is one.
    pub count: Option<Expression>,
    /// When it is not taken.
    pub waive: Option<Expression>,
    /// The law behind it.
    pub basis: String,
}

/// A fixed amount or a computed one.
#[derive(Clone, Debug)]
pub enum Amount {
    /// The same for everybody.
    Fixed(Money),
    /// Minor units computed from facts and answers.
    Computed(Expression, crate::money::Currency),
}

impl Amount {
    /// In which currency it is.
    #[must_use]
    pub fn currency(&self) -> crate::money::Currency {
        match self {
            Self::Fixed(money) => money.currency,
            Self::Computed(_, currency) => *currency,
        }
    }
}

/// One step. Its words are `step-<key>`.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its key.
    pub key: String,
    /// What happens.
    pub kind: StepKind,
    /// Who acts.
    pub role: Actor,
    /// When it is left out; `None` never.
    pub skip: Option<Expression>,
    /// How long it may take.
    pub deadline: Option<Span>,
    /// What happens when it takes longer.
    pub late: Option<Late>,
}

/// Why an officer may refuse. Its words are `reason-<key>` and
/// `reason-<key>-remedy`.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Its key.
    pub key: String,
    /// The law behind it.
    pub law: String,
    /// Days within which the applicant may appeal.
    pub appeal_days: u16,
}

/// The paper a service issues.
#[derive(Clone, Debug)]
pub struct DocumentSpec {
    /// What kind of paper.
    pub kind: String,
    /// The layout of the house that it takes; `None` when the folder brings its own.
    pub layout: Option<String>,
    /// The prefix of its numbers.
    pub series: String,
    /// Its languages.
    pub languages: Vec<String>,
    /// How many days a reader may rely on it; `None` until revoked.
    pub valid_days: Option<u16>,
    /// What is printed, in order.
    pub fields: Vec<PrintedField>,
}

/// One printed field. Its words are `print-<key>`.
#[derive(Clone, Debug)]
pub struct PrintedField {
    /// Its key.
    pub key: String,
    /// Where its value comes from.
    pub from: PrintFrom,
    /// What is printed of each line, when the value is a list.
    pub columns: Vec<String>,
    /// Whether the paper cannot be issued without it.
    pub required: bool,
    /// In whose row it stands, in smaller type; a row of its own without it.
    pub beside: Option<String>,
}

/// Where a printed value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrintFrom {
    /// The register entry's field of that name.
    Entry(String),
    /// The answer to that question.
    Answer(String),
}

/// How long things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Days after the last touch until a draft is deleted.
    pub draft_days: u16,
    /// Years until the case's papers are deleted; the journal stays.
    pub case_years: u16,
    /// Days after its decision until an approved case that nobody fetched ends.
    pub uncollected_days: u16,
}

impl Service {
    /// The register whose entry a paper shows: the one the service looks into, or
    /// the one in which the event that it declares becomes an entry.
    #[must_use]
    pub fn printed_register(&self) -> Option<RegisterKind> {
        self.register.or_else(|| RegisterKind::from_code(self.declares.as_ref()?.event.code()))
    }

    /// A question by its key, also inside a repeated group.
    #[must_use]
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions
            .iter()
            .flat_map(|question| std::iter::once(question).chain(&question.children))
            .find(|question| question.key == key)
    }

    /// Whether an applicant claims a right by the answer to a question.
    #[must_use]
    pub fn claims_by(&self, question: &str) -> bool {
        self.relations
            .iter()
            .filter_map(|relation| relation.claim.as_ref())
            .any(|claim| claim.reads(question))
    }

    /// A step by its key.
    #[must_use]
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// A refusal reason by its key.
    #[must_use]
    pub fn reason(&self, key: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.key == key)
    }
}

impl Rule {
    /// The rule's condition.
    #[must_use]
    pub fn condition(&self) -> &Expression {
        match &self.effect {
            Effect::Object(condition) | Effect::Approve(condition) => condition,
        }
    }
}
