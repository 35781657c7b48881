//! Register entries from a file, for the page and for programs.

use crate::app::App;
use crate::refused::Problem;
use axum::http::StatusCode;
use diwan_domain::ids::OfficeId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::civil::{self, Compared, CsvBirth};
use diwan_office::{Fault, Stop, Who};
use std::collections::BTreeMap;

/// How many rows one act brings in.
const AT_ONCE: usize = 100;

/// What is in the register of a file that was brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BroughtIn {
    /// All of its entries.
    pub entries: usize,
    /// Those of them that were there before.
    pub before: usize,
}

/// Brings a file in, a hundred rows an act. Whatever can be refused is looked at
/// before anything is written, and a row that came from such a file before is
/// passed over: a file that broke off is simply sent again.
///
/// # Errors
/// A number that is in the register with other contents; not permitted; or the
/// store fails. [`Why::ImportUnfinished`] when a part is in by then, saying how
/// many entries are.
pub async fn bring_in(
    app: &App,
    who: &Who,
    key: &str,
    source: &str,
    office: OfficeId,
    rows: &[CsvBirth],
) -> Result<BroughtIn, Problem> {
    let compared = compare(app, office, rows).await?;
    compared.refuse_known()?;
    let before = compared.count();
    let (mut known, mut entries) = (BTreeMap::new(), before);
    let parts = rows.chunks(AT_ONCE).zip(compared.there.chunks(AT_ONCE));
    for (n, (part, there)) in parts.enumerate() {
        let new = part.iter().zip(there).filter(|(_, there)| !**there);
        let new: Vec<CsvBirth> = new.map(|(row, _)| row.clone()).collect();
        if new.is_empty() {
            continue;
        }
        let act = {
            let mut reading = app.office.db.reading().await.map_err(|fault| ended(fault, entries, rows))?;
            let act = civil::import_of(&mut reading.tx(), source, office, &new, &mut known).await;
            act.map_err(|stop| ended(stop, entries, rows))?
        };
        if let Err(stop) = app.office.perform(who, &format!("{key}/{n}"), act).await {
            // The answer was lost, or someone sent the same file at the same time.
            let there = compare(app, office, &new).await.is_ok_and(|now| now.count() == new.len());
            if !there {
                return Err(ended(stop, entries, rows));
            }
        }
        entries += new.len();
    }
    Ok(BroughtIn { entries, before })
}

async fn compare(app: &App, office: OfficeId, rows: &[CsvBirth]) -> Result<Compared, Fault> {
    civil::compare(&mut app.office.db.reading().await?.tx(), office, rows).await
}

/// Why it ended, and how many entries are in: at least, when the answer of the
/// last part was lost.
fn ended(stop: impl Into<Stop>, entries: usize, rows: &[CsvBirth]) -> Problem {
    let stop = stop.into();
    let because = stop.code();
    let numbers = stop.refusal().and_then(|refusal| refusal.about.get("numbers")).cloned();
    let problem = Problem::from(stop);
    if entries == 0 {
        return problem;
    }
    let mut refusal = Refusal::from(Why::ImportUnfinished)
        .about("entries", entries)
        .about("of", rows.len())
        .about("because", because);
    refusal.about.extend(numbers.map(|numbers| ("numbers".to_owned(), numbers)));
    let status = if problem.status.is_server_error() { problem.status } else { StatusCode::CONFLICT };
    Problem { refusal: Some(refusal), status, reference: problem.reference }
}
