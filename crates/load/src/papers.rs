//! Certificates: typeset and sealed, against bare typesetting of the same
//! layout in the same kind of child.

use crate::measure::median;
use crate::setup::ready;
use crate::table::Line;
use diwan_demo::Region;
use diwan_office::Office;
use diwan_office::cases::SendCase;
use diwan_office::documents::{job_of, seal_waiting};
use diwan_web::papers::PaperWords;
use std::sync::Arc;
use std::time::Instant;

const ROUNDS: usize = 3;

/// Certificates a second on one core.
///
/// # Errors
/// When a case is refused or a paper cannot be made.
pub async fn sealing(
    office: &Arc<Office>,
    region: &Region,
    words: &PaperWords,
    skip: usize,
    count: usize,
) -> anyhow::Result<Vec<Line>> {
    // Whatever earlier parts left waiting is made first.
    while seal_waiting(office, words).await? > 0 {}
    let (mut bare, mut whole) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        for person in ready(office, region, skip + round * count, count).await? {
            let act = SendCase { case: person.case, access: person.access.clone() };
            office.perform_once(&person.who, act).await?;
        }
        let job = job_of(office, words).await?.ok_or_else(|| anyhow::anyhow!("no paper waits"))?;
        office.renderer.render(job.clone()).await?;
        let began = Instant::now();
        for _ in 0..count {
            office.renderer.render(job.clone()).await?;
        }
        bare.push(count as f64 / began.elapsed().as_secs_f64());
        let (began, mut sealed) = (Instant::now(), 0);
        loop {
            match seal_waiting(office, words).await? {
                0 => break,
                some => sealed += some,
            }
        }
        // An officer decides on some; the others are counted as they are.
        anyhow::ensure!(sealed * 2 >= count, "only {sealed} of {count} papers were sealed");
        whole.push(sealed as f64 / began.elapsed().as_secs_f64());
    }
    let note = format!("typeset, sealed, stored and recorded; {count} a round, median of {ROUNDS}");
    let line = Line::ratio("(d) certificates, one worker", median(whole), "papers/s", median(bare), 0.75);
    Ok(vec![line.noted(note)])
}

/// Makes what waits, so that there is a certificate to check.
///
/// # Errors
/// When the database fails.
pub async fn make_one(office: &Arc<Office>, words: &PaperWords) -> anyhow::Result<()> {
    seal_waiting(office, words).await?;
    Ok(())
}
