//! Where two keyings of a page differ, an officer with a hand in neither decides.

use super::keying::settled;
use super::looking::may_see_page;
use super::{checking, faults_in, own_page, reader, rows_named};
use crate::acting::{acting, second_pair_of_eyes};
use crate::desk::day_of;
use diwan_domain::acts::Desk;
use diwan_domain::civil::books::ledger::{Choice, compare, decided};
use diwan_domain::ids::{LedgerPageId, OfficerId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::ledgers::{self, KeyingRow, LedgerPageRow, LedgerRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A page that waits for a decision of this officer.
async fn to_decide(
    tx: &mut Tx<'_>,
    at: &Desk,
    id: LedgerPageId,
) -> Result<(LedgerRow, LedgerPageRow, OfficerId), Stop> {
    let acting = acting(tx, at, Permission::KeyLedgers).await?;
    let (ledger, page) = own_page(tx, &acting, id).await?;
    if page.state != "differing" {
        return Err(Refusal::from(Why::WrongState).about("state", "settled").into());
    }
    let today = day_of(at.now, at.utc_offset_minutes);
    if page.import_id.is_some() && !may_see_page(tx, &acting, (&ledger, &page), today).await? {
        return Err(Why::NotFound.into());
    }
    let me = acting.officer.id;
    let keyed = ledgers::keyings(tx, page.id).await?.into_iter().map(|keying| keying.officer_id);
    second_pair_of_eyes(tx, &acting.officer, keyed).await?;
    Ok((ledger, page, me))
}

/// Opens the differences of a page: both values and the image.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenDifferences {
    /// Of which page.
    pub page: LedgerPageId,
}

impl Act for OpenDifferences {
    const NAME: &'static str = "open-ledger-differences";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let (_, page, _) = to_decide(tx, at, self.page).await?;
        let entry = Entry::new("ledger-page-opened", "ledger-page", page.id);
        Ok(Recorded::new(page.version, entry))
    }
}

/// Decides every field in which the two keyings of a page differ.
#[derive(Debug, Serialize, Deserialize)]
pub struct DecideDifferences {
    /// Of which page.
    pub page: LedgerPageId,
    /// The version of the page that was on the screen.
    pub seen: i64,
    /// By difference (`3/child.given`): what counts.
    pub choices: BTreeMap<String, Choice>,
}

impl Act for DecideDifferences {
    const NAME: &'static str = "decide-ledger-differences";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let (ledger, mut page, me) = to_decide(tx, at, self.page).await?;
        if page.version != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        let (first, second) =
            (rows_named(tx, page.first_keying).await?, rows_named(tx, page.second_keying).await?);
        let reader = reader(tx, &ledger).await?;
        let today = day_of(at.now, at.utc_offset_minutes);
        let compared = compare(&reader, &page.page_no, (&first, &second), today);
        let (rows, wrong) = decided((&first, &second), &compared, &self.choices)
            .map_err(|faults| Refusal { why: Why::FieldsWrong, about: faults })?;
        let mut refusal = Refusal::from(Why::FieldsWrong);
        for (n, row) in rows.iter().enumerate().filter(|(_, row)| row.unreadable.is_none()) {
            if let Err(faults) = reader.read(&page.page_no, n + 1, row, today) {
                refusal = faults_in(refusal, n + 1, &faults);
            }
        }
        if !refusal.about.is_empty() {
            return Err(refusal.into());
        }
        let checks = match page.import_id {
            Some(_) => checking::note(tx, at, (&ledger, &page), &rows).await?,
            None => 0,
        };
        let rows = serde_json::to_value(&rows).map_err(|error| Fault::Outside(error.to_string()))?;
        let decision = KeyingRow {
            id: at.fresh("decision"),
            page_id: page.id,
            officer_id: me,
            part: "decision".to_owned(),
            rows_keyed: Json(rows),
            begun_at: at.now,
            touched_at: at.now,
            ended_at: Some(at.now),
            given_back_at: None,
            version: 1,
        };
        tx.add(&decision).await?;
        page.decision = Some(decision.id);
        [page.wrong_first, page.wrong_second] = wrong;
        page.state = settled(&page).to_owned();
        tx.edit(&mut page).await?;
        let entry = Entry::new("ledger-differences-decided", "ledger-page", page.id)
            .with("differing", page.differing)
            .with("wrong-first", page.wrong_first)
            .with("wrong-second", page.wrong_second)
            .with("to-be-checked", checks);
        Ok(Recorded::new(page.version, entry))
    }
}
