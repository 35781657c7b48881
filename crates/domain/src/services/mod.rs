//! Services as data. A folder says who may apply, what is asked, what it
//! costs, which rules decide and which steps follow; this module compiles such
//! a folder, points at its mistakes, and runs it as pure functions.
//!
//! `docs/services.md` is the reference for people who write folders.

mod checker;
mod conditions;
mod declares;
mod definition;
mod diagnostic;
mod entry;
mod examples;
mod expression;
mod facts;
mod folder;
mod guards;
mod journey;
mod judge;
mod lookup;
pub mod preparing;
mod question;
mod question_checks;
mod reading;
mod reading_declares;
mod reading_questions;
mod schema;
mod toml_reader;
mod trial;
mod typecheck;
mod types;
mod words;

pub use checker::{Checked, check};
pub use declares::{Declares, Undeclarable};
pub use definition::{
    Actor, Amount, Audience, DocumentSpec, Effect, Evidence, Fee, Group, Late, LifeEvent, PICTOGRAMS,
    PrintFrom, PrintedField, Question, QuestionKind, Reason, RegisterKind, RelationRule, Retention, Rule,
    Service, Step, StepKind, When,
};
pub use diagnostic::{Diagnostic, Severity};
pub use entry::{EntryValue, EntryValues, columns_of, entry_fields};
pub use expression::{Expression, RuleFault};
pub use facts::{
    Answers, ApplicantFacts, CaseFacts, DeclarationFacts, EntryFacts, EvidenceFact, Facts, HolderFacts,
    Relation, Source,
};
pub use folder::{Folder, HOUSE_LAYOUTS};
pub use journey::{Task, TaskStatus, asked, is_complete, next_unanswered, prune, tasks};
pub use judge::{
    Assessment, DECISION, FeeBill, FeeLine, JUDGEMENTS, Judgement, LATE_DECLARATION, OpenQuestion, Plan,
    assess, claim_shown, evidence_needed, fees_owed, judge, printed, steps_for, turned_away, unprintable,
};
pub use lookup::Lookup;
pub use question::{ADDRESS_PARTS, Fault, Fields, Piece};
pub use schema::schema;
pub use words::{DERIVED, SharedWords, WordKey, word_keys};
