//! What was written in a case before an officer decides on it: what was asked of the
//! applicant and what they answered, what a check found, why they appeal.

use crate::frame::Here;
use crate::pages::home::words_of;
use diwan_domain::services::Service;
use diwan_office::cases::Belongings;
use diwan_office::rows::{CaseRequestRow, CaseRow, JournalRow};

/// Everything that was written, oldest first: what it is, and the words.
#[must_use]
pub fn rows(
    here: &Here,
    case: &CaseRow,
    service: &Service,
    things: &Belongings,
    timeline: &[JournalRow],
) -> Vec<(String, String)> {
    // What is erased is read nowhere any more, in the journal neither.
    if case.facts.0.get("erased").is_some() {
        return Vec::new();
    }
    let mut told: Vec<(i64, Vec<(String, String)>)> =
        things.requests.iter().map(|request| (request.asked_at, asked(here, request))).collect();
    told.extend(timeline.iter().filter_map(|entry| Some((entry.at, noted(here, case, service, entry)?))));
    told.sort_by_key(|(at, _)| *at);
    told.into_iter().flat_map(|(_, rows)| rows).collect()
}

fn asked(here: &Here, request: &CaseRequestRow) -> Vec<(String, String)> {
    let lang = &here.lang;
    let answer = request.answer.clone().unwrap_or_else(|| lang.t("not-answered"));
    vec![(lang.t("register-case-asked"), request.words.clone()), (lang.t("register-case-answer"), answer)]
}

/// What an entry of the journal says in words of its own: a finding, or an appeal with
/// the refusal that it is against.
fn noted(
    here: &Here,
    case: &CaseRow,
    service: &Service,
    entry: &JournalRow,
) -> Option<Vec<(String, String)>> {
    let lang = &here.lang;
    let words = words_of(here, service);
    match entry.kind.as_str() {
        "step-passed" | "step-failed" => Some(vec![(lang.t_of("entry-", &entry.kind), words_in(entry)?)]),
        "case-appealed" => {
            let reason = entry.body["facts"]["refused-for"].as_str().unwrap_or_default();
            let why = case.reason_text.clone().filter(|_| case.phase != "refused").unwrap_or_default();
            let refused = [words.t(&format!("reason-{reason}")), why].join(" ").trim().to_owned();
            Some(vec![
                (lang.t("desk-appealed-refusal"), refused),
                (lang.t("desk-appealed-words"), words_in(entry).unwrap_or_default()),
            ])
        }
        _ => None,
    }
}

fn words_in(entry: &JournalRow) -> Option<String> {
    entry.body["facts"]["words"].as_str().map(str::to_owned).filter(|words| !words.is_empty())
}

/// Why the applicant finds a refusal wrong, in their words; nothing where nobody appealed.
#[must_use]
pub fn appeal_in(timeline: &[JournalRow]) -> Option<String> {
    words_in(timeline.iter().rev().find(|entry| entry.kind == "case-appealed")?)
}
