//! Asking other registers for a fact: queued with the act that needs it, asked by
//! the program, answered by an act of its own. What is not answered is an open
//! question for an officer; it never passes.

use super::{go_on, keep};
use crate::desk::{Office, Who};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::cases::Phase;
use diwan_domain::ids::RowId;
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{Answers, EvidenceFact, Facts, Lookup, Service, Source, evidence_needed};
use diwan_store::cases::{self, CaseRow};
use diwan_store::lookups::{self, LookupRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, access};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many questions to other registers one person may cause in a day.
const A_DAY_AT_MOST: i64 = 30;
const A_DAY: i64 = 86_400_000_000;
/// How long a register is asked again before its silence counts.
pub const PATIENCE: i64 = 5 * 60 * 1_000_000;

/// What a register said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// What the service asks for is so.
    Held,
    /// The register knows nothing of it, or something else.
    NotHeld,
    /// Nobody answered, or not in a way that can be relied on.
    Unavailable,
}

impl Outcome {
    /// The word stored in tables.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::NotHeld => "not-held",
            Self::Unavailable => "unavailable",
        }
    }
}

/// What other registers said about a case, as evidence that speaks for itself.
pub(super) async fn in_hand(tx: &mut Tx<'_>, case: &CaseRow) -> Result<Vec<EvidenceFact>, Fault> {
    let held = lookups::of_case(tx, case.id).await?.into_iter();
    let held = held.filter(|row| row.outcome.as_deref() == Some(Outcome::Held.code()));
    Ok(held.map(|row| EvidenceFact { key: row.evidence, source: Source::Register }).collect())
}

/// Asks what is needed and was not asked; says whether an answer is waited for.
/// Nobody is asked about what a stranger typed: only once identity is proven.
pub(super) async fn ask(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    service: &Service,
    given: &Answers,
    facts: &Facts,
) -> Result<bool, Stop> {
    let wanted: Vec<(&str, &Lookup)> = evidence_needed(service, given, facts)
        .into_iter()
        .filter_map(|(evidence, _)| Some((evidence.key.as_str(), evidence.lookup.as_ref()?)))
        .collect();
    let Some(applicant) = case.applicant_id else { return Ok(false) };
    if wanted.is_empty() || Phase::from_code(&case.phase) != Some(Phase::InProgress) {
        return Ok(false);
    }
    let asked = lookups::of_case(tx, case.id).await?;
    let mut waits = asked.iter().any(|row| row.outcome.is_none());
    for (evidence, lookup) in wanted {
        let Some(path) = lookup.path(given) else { continue };
        if asked.iter().any(|row| row.evidence == evidence && row.path == path) {
            continue;
        }
        let uses = access::count_use_in(tx, &format!("asked/{applicant}"), at.now, A_DAY).await?;
        if uses > A_DAY_AT_MOST {
            continue;
        }
        let row = LookupRow {
            id: at.fresh(&format!("lookup/{evidence}/{path}")),
            case_id: case.id,
            evidence: evidence.to_owned(),
            register: lookup.register.clone(),
            path,
            asked_at: at.now,
            outcome: None,
            why: None,
            request_id: None,
            request_hash: None,
            response_hash: None,
            answered_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        waits = true;
    }
    Ok(waits)
}

/// Records what another register said, and moves the case on.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordLookup {
    /// Which question.
    pub lookup: RowId,
    /// What it said.
    pub outcome: Outcome,
    /// Why nobody can rely on it, in words for an officer.
    pub why: Option<String>,
    /// `X-Road-Id` of the request.
    pub request_id: Option<String>,
    /// `X-Road-Request-Hash` of the answer.
    pub request_hash: Option<String>,
    /// SHA-512 of the answer's body, hexadecimal.
    pub response_hash: Option<String>,
}

impl Act for RecordLookup {
    const NAME: &'static str = "record-lookup";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let mut row = lookups::lookup(tx, self.lookup).await?.ok_or(Why::NotFound)?;
        if row.outcome.is_some() {
            return Err(Refusal::from(Why::WrongPhase).about("lookup", "answered").into());
        }
        row.outcome = Some(self.outcome.code().to_owned());
        row.why = self.why.clone();
        row.request_id = self.request_id.clone();
        row.request_hash = self.request_hash.clone();
        row.response_hash = self.response_hash.clone();
        row.answered_at = Some(at.now);
        tx.edit(&mut row).await?;
        let mut case = cases::case(tx, row.case_id).await?.ok_or(Why::NotFound)?;
        let entry = Entry::new("evidence-looked-up", "case", case.id)
            .of(case.applicant_id)
            .with("evidence", row.evidence.clone())
            .with("register", row.register.clone())
            .with("outcome", self.outcome.code())
            .with("request-id", self.request_id.clone())
            .with("request-hash", self.request_hash.clone())
            .with("sha512", self.response_hash.clone())
            .with("why", self.why.clone());
        let mut entries = Vec::new();
        // Meanwhile it may have been withdrawn, or be on its way already.
        if Phase::from_code(&case.phase) == Some(Phase::InProgress) && case.step.is_none() {
            case.touched_at = at.now;
            entries = go_on(tx, at, &mut case).await?;
            keep(tx, at, &mut case).await?;
            tx.announce("case", case.id);
        }
        Ok(Recorded::new((), entry).and_all(entries))
    }
}

/// A question that waits for its answer, and how to judge it.
#[derive(Clone, Debug)]
pub struct Open {
    /// The question.
    pub row: LookupRow,
    /// The number of its case: `X-Road-Issue`.
    pub issue: String,
    /// What must hold.
    lookup: Option<Lookup>,
}

impl Open {
    /// Whether an answer says what the service asks for.
    #[must_use]
    pub fn holds(&self, answer: &Value) -> bool {
        self.lookup.as_ref().is_some_and(|lookup| lookup.holds(answer))
    }
}

/// Questions that wait for an answer, at most so many of each register, so that one
/// that is silent keeps nobody from asking the others.
///
/// # Errors
/// When the database fails.
pub async fn open_lookups(office: &Office, of_each: usize) -> Result<Vec<Open>, Fault> {
    const LOOKED_THROUGH: i64 = 1_000;
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let mut all = Vec::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for row in lookups::open(&mut tx, LOOKED_THROUGH).await? {
        let count = taken.entry(row.register.clone()).or_default();
        *count += 1;
        if *count > of_each {
            continue;
        }
        let Some(case) = cases::case(&mut tx, row.case_id).await? else { continue };
        let published = crate::catalogue::edition(&mut tx, &case.service, case.edition).await;
        let lookup = published.ok().and_then(|published| {
            let evidence = published.service.evidence.iter().find(|piece| piece.key == row.evidence);
            evidence.and_then(|piece| piece.lookup.clone())
        });
        all.push(Open { row, issue: case.number.clone(), lookup });
    }
    Ok(all)
}

/// Records what became of a question; another node may have been quicker.
///
/// # Errors
/// When the database fails.
pub async fn record(office: &Office, act: RecordLookup) -> Result<(), Stop> {
    match office.perform_once(&Who::system("x-road"), act).await {
        Err(stop) if stop.refusal().is_some() => Ok(()),
        other => other,
    }
}

/// What was asked of other registers for a case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn lookups_of(tx: &mut Tx<'_>, case: &CaseRow) -> Result<Vec<LookupRow>, Fault> {
    lookups::of_case(tx, case.id).await
}

/// Takes what was typed out of the questions of a case.
pub(super) async fn erase(tx: &mut Tx<'_>, case: &CaseRow) -> Result<(), Stop> {
    for mut row in lookups::of_case(tx, case.id).await? {
        row.path = String::new();
        tx.edit(&mut row).await?;
    }
    Ok(())
}
