//! Whether the records hold what counters were told, after everything that happened.

use super::acting::{Told, Within};
use anyhow::{Context, ensure};
use diwan_domain::ids::TicketId;
use diwan_office::queue;
use diwan_store::{Db, verify};
use std::collections::{BTreeSet, HashMap};

/// Looks at every ticket that was told of, at the numbers of each centre, at its day under
/// its published rule, and at the journal.
///
/// # Errors
/// When something is gone, doubled, or differs.
pub async fn look(db: &Db, codes: &[String], told: &HashMap<TicketId, Told>) -> anyhow::Result<()> {
    let mut reading = db.reading().await?;
    let mut tx = reading.tx();
    for (place, code) in codes.iter().enumerate() {
        let centre = queue::centre_coded(&mut tx, code).await?.context("a centre is gone")?;
        let days = queue::days_of(&mut tx, centre.id).await?;
        let day = days.first().context("a day is gone")?;
        let rows = diwan_store::queue::of_day(&mut tx, day.id).await?;
        let numbers: BTreeSet<&str> = rows.iter().map(|row| row.number.as_str()).collect();
        ensure!(numbers.len() == rows.len(), "{code}: a number was given twice");
        let own: HashMap<_, _> = told.iter().filter(|(_, one)| one.centre == place).collect();
        ensure!(own.len() == rows.len(), "{code}: {} were told of, {} are there", own.len(), rows.len());
        for row in &rows {
            let one =
                own.get(&row.id).with_context(|| format!("{code}: nobody was told of {}", row.number))?;
            let spells = diwan_store::queue::spells_of(&mut tx, row.id).await?;
            let spell = spells.first();
            ensure!(spells.len() <= 1 && one.number == row.number, "{code}: {} differs", row.number);
            let timers = [
                (one.given, Some(row.came_at)),
                (one.called, spell.map(|spell| spell.called_at)),
                (one.begun, spell.and_then(|spell| spell.serving_at)),
                (one.finished, spell.and_then(|spell| spell.ended_at)),
            ];
            for (told, kept) in timers {
                ensure!(fits(told, kept), "{code}: {}: told {told:?}, kept {kept:?}", row.number);
            }
        }
        let record = queue::record_of(&mut tx, centre.id, &day.day).await?.context("a record is gone")?;
        let findings = record.checked.context("a day cannot be decided again")?.findings;
        ensure!(findings.is_empty(), "{code} was not called by its rule: {findings:?}");
    }
    drop(reading);
    let report = verify::journal(db, None).await?;
    ensure!(report.findings.is_empty(), "the journal: {:?}", report.findings);
    Ok(())
}

/// Whether something was kept as having happened while it was being asked for.
fn fits(told: Option<Within>, kept: Option<i64>) -> bool {
    match (told, kept) {
        (None, None) => true,
        (Some((from, until)), Some(kept)) => (from..=until).contains(&kept),
        _ => false,
    }
}
