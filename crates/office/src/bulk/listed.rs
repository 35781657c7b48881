//! Papers for people whom an institution lists by number: the extract of a family, the
//! single-status paper. Whose record is closed to the officer is not told from nobody.

use super::judging::{Judged, judge_paper, reason};
use crate::acting::{Acting, not_family};
use crate::cases::certifying::{can_be_certified, certified};
use crate::catalogue::Published;
use crate::civil::{entries_meant, may_see, may_see_entry};
use diwan_domain::acts::Desk;
use diwan_domain::digits;
use diwan_domain::ids::PersonId;
use diwan_domain::numbers::bare_number;
use diwan_domain::refusals::Why;
use diwan_store::bulk::BulkRow;
use diwan_store::{Fault, Stop, Tx, people};

/// Who bears a listed number now, as far as an officer may see; or why nobody is meant.
async fn bearer(tx: &mut Tx<'_>, acting: &Acting, number: &str) -> Result<Result<PersonId, Why>, Fault> {
    // As its card shows it, and as an old book may have brought it in.
    let mut written = vec![bare_number(number), digits::to_ascii(number.trim())];
    written.dedup();
    let mut why = Why::NumberUnknown;
    for number in &written {
        let mut bear = Vec::new();
        for person in people::by_standing_number(tx, number).await? {
            if may_see(tx, acting, person).await? {
                bear.push(person);
            }
        }
        match bear[..] {
            [one] => return Ok(Ok(one)),
            [] => {}
            _ => return Ok(Err(Why::NumberOfSeveral)),
        }
        for person in people::by_number(tx, number).await? {
            if may_see(tx, acting, person).await? {
                why = Why::NumberEnded;
            }
        }
    }
    Ok(Err(why))
}

/// Judges one line of a list: whom it names, where that is one person, and what becomes
/// of their paper.
pub(super) async fn judge_listed(
    tx: &mut Tx<'_>,
    at: &Desk,
    (of, published, acting): (&BulkRow, &Published, &Acting),
    number: &str,
) -> Result<(Option<PersonId>, Judged), Stop> {
    let left_out = |why: Why| Judged::LeftOut(why.code().to_owned());
    let person = match bearer(tx, acting, number).await? {
        Ok(person) => person,
        Err(why) => return Ok((None, left_out(why))),
    };
    let judged = |judged: Judged| Ok((Some(person), judged));
    if people::person(tx, person).await?.is_some_and(|row| row.died_on.is_some()) {
        // The dead ask for nothing: their heirs do, each with their own right.
        return judged(left_out(Why::PersonDied));
    }
    let kind = certified(&published.service).ok_or(Why::ServiceClosed)?;
    let mut meant = entries_meant(tx, kind, person, None).await?;
    let Some(entry) = meant.pop() else { return judged(left_out(Why::NoEntryMeant)) };
    if !meant.is_empty() {
        return judged(left_out(Why::SeveralEntries));
    }
    if !may_see_entry(tx, acting, &entry).await? {
        return judged(left_out(Why::NoEntryMeant));
    }
    if let Err(stop) = can_be_certified(tx, &entry).await {
        return judged(reason(stop)?);
    }
    if let Err(stop) = not_family(tx, &acting.officer, [Some(person)]).await {
        return judged(reason(stop)?);
    }
    judged(judge_paper(tx, at, (of, published), person, &entry).await?)
}
