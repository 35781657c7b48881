//! What officers key of a page: taken, row by row, ended or given back. When a first
//! keying ends, it is drawn whether another officer keys the page again.

use super::looking::may_see_page;
use super::{faults_in, oversees, own_ledger, own_page, reader, rows_named, rows_of};
use crate::acting::{Acting, acting};
use crate::desk::day_of;
use diwan_domain::acts::Desk;
use diwan_domain::civil::books::ledger::{KeyedRow, MOST_ROWS, compare, exceeds};
use diwan_domain::ids::{LedgerId, LedgerPageId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::ledgers::{self, KeyingRow, LedgerPageRow, LedgerRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Among how many pages the next one is drawn.
const DRAWN_AMONG: i64 = 50;
/// How long the word may be why a row cannot be read, in characters.
const LONGEST_WORD: usize = 160;

/// Takes the next page of a ledger in hand: the one that the officer has in hand
/// already, or one drawn among those that wait. It does not tell whether someone
/// keyed the page before: its number says nothing of that, because pages come in no
/// order.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakePage {
    /// Of which ledger.
    pub ledger: LedgerId,
}

impl Act for TakePage {
    const NAME: &'static str = "take-ledger-page";
    type Out = LedgerPageId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<LedgerPageId>, Stop> {
        let acting = acting(tx, at, Permission::KeyLedgers).await?;
        let ledger = own_ledger(tx, &acting, self.ledger).await?;
        let own = ledger.filter(|ledger| Some(ledger.office_id) == acting.officer.office_id);
        let ledger = own.ok_or(Why::NotFound)?;
        let me = acting.officer.id;
        let said = |page: &LedgerPageRow| {
            Entry::new("ledger-page-taken", "ledger-page", page.id).with("ledger", page.ledger_id.to_string())
        };
        if let Some(page) = ledgers::in_hand(tx, ledger.id, me).await? {
            return Ok(Recorded::new(page.id, said(&page)));
        }
        let mut waiting = ledgers::to_key(tx, ledger.id, me, DRAWN_AMONG).await?;
        // Whoever sees how pages stand would know that they key one again.
        waiting.retain(|page| page.state == "waiting" || !oversees(&acting));
        let mut waiting = may_be_looked_at(at, tx, (&ledger, &acting), waiting).await?;
        if waiting.is_empty() {
            return Err(Why::LedgerNothingLeft.into());
        }
        let mut page = waiting.swap_remove(at.draw("page", waiting.len()));
        let is_first = page.state == "waiting";
        let part = if is_first { "first" } else { "second" };
        let before = ledgers::keyings(tx, page.id).await?.into_iter().find(|row| row.officer_id == me);
        let keying = match before {
            // Given back before, and taken up again.
            Some(mut row) => {
                row.part = part.to_owned();
                row.given_back_at = None;
                row.touched_at = at.now;
                tx.edit(&mut row).await?;
                row
            }
            None => {
                let row = KeyingRow {
                    id: at.fresh("keying"),
                    page_id: page.id,
                    officer_id: me,
                    part: part.to_owned(),
                    rows_keyed: Json(json!([])),
                    begun_at: at.now,
                    touched_at: at.now,
                    ended_at: None,
                    given_back_at: None,
                    version: 1,
                };
                tx.add(&row).await?;
                row
            }
        };
        let (state, place) = if is_first {
            ("keying", &mut page.first_keying)
        } else {
            ("keying-again", &mut page.second_keying)
        };
        *place = Some(keying.id);
        page.state = state.to_owned();
        tx.edit(&mut page).await?;
        Ok(Recorded::new(page.id, said(&page)))
    }
}

/// Of pages those whose images an officer may see: of one that is in the register only
/// if they may see every entry on it.
async fn may_be_looked_at(
    at: &Desk,
    tx: &mut Tx<'_>,
    (ledger, acting): (&LedgerRow, &Acting),
    pages: Vec<LedgerPageRow>,
) -> Result<Vec<LedgerPageRow>, Stop> {
    let today = day_of(at.now, at.utc_offset_minutes);
    let mut seen = Vec::new();
    for page in pages {
        if page.import_id.is_none() || may_see_page(tx, acting, (ledger, &page), today).await? {
            seen.push(page);
        }
    }
    Ok(seen)
}

/// The officer's unfinished keying of a page.
async fn unfinished(
    tx: &mut Tx<'_>,
    page: &LedgerPageRow,
    officer: diwan_domain::ids::OfficerId,
) -> Result<KeyingRow, Stop> {
    let keyings = ledgers::keyings(tx, page.id).await?;
    let own = keyings.into_iter().find(|row| row.officer_id == officer && row.given_back_at.is_none());
    let own = own.ok_or(Why::NotFound)?;
    if own.ended_at.is_some() {
        return Err(Refusal::from(Why::WrongState).about("state", "keyed").into());
    }
    Ok(own)
}

/// Keeps rows of a page, and ends the page where that was said.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeyRows {
    /// Of which page.
    pub page: LedgerPageId,
    /// The version of the keying that was on the screen.
    pub seen: i64,
    /// The place of the first of these rows, from one on: rows that are there are
    /// written over.
    pub first_row: usize,
    /// The rows.
    pub rows: Vec<KeyedRow>,
    /// Whether that is all of the page.
    pub is_done: bool,
}

/// How far a keying is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyed {
    /// The version of the keying that stands now.
    pub version: i64,
    /// How many rows it has.
    pub rows: usize,
    /// Whether it ended.
    pub is_done: bool,
}

impl Act for KeyRows {
    const NAME: &'static str = "key-ledger-rows";
    type Out = Keyed;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Keyed>, Stop> {
        let acting = acting(tx, at, Permission::KeyLedgers).await?;
        let (ledger, page) = own_page(tx, &acting, self.page).await?;
        let mut keying = unfinished(tx, &page, acting.officer.id).await?;
        if keying.version != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        let mut rows = rows_of(&keying)?;
        self.put(at, tx, (&ledger, &page), &mut rows).await?;
        if self.is_done && rows.is_empty() {
            return Err(Why::LedgerNoRows.into());
        }
        let count = rows.len();
        keying.rows_keyed =
            Json(serde_json::to_value(&rows).map_err(|error| Fault::Outside(error.to_string()))?);
        keying.touched_at = at.now;
        keying.ended_at = self.is_done.then_some(at.now);
        tx.edit(&mut keying).await?;
        let kind = if self.is_done { "ledger-page-keyed" } else { "ledger-rows-keyed" };
        let mut entry = Entry::new(kind, "ledger-page", page.id).with("rows", count as i64);
        let mut more = None;
        if self.is_done {
            (entry, more) = end(at, tx, (ledger, page, &keying), rows, entry).await?;
        }
        let keyed = Keyed { version: keying.version, rows: count, is_done: self.is_done };
        Ok(Recorded::new(keyed, entry).and_all(more))
    }
}

impl KeyRows {
    /// Puts the rows where they belong, if all of them can be read.
    async fn put(
        &self,
        at: &Desk,
        tx: &mut Tx<'_>,
        (ledger, page): (&LedgerRow, &LedgerPageRow),
        rows: &mut Vec<KeyedRow>,
    ) -> Result<(), Stop> {
        let reader = reader(tx, ledger).await?;
        let kind = super::kind_of(ledger)?;
        let today = day_of(at.now, at.utc_offset_minutes);
        let mut refusal = Refusal::from(Why::FieldsWrong);
        for (n, row) in self.rows.iter().enumerate() {
            let (place, row) = (self.first_row + n, KeyedRow::tidied(kind, row));
            if place == 0 || place > rows.len() + 1 || place > MOST_ROWS {
                return Err(refusal.about(&format!("{place}/row"), "number/too-large").into());
            }
            match &row.unreadable {
                Some(word) if word.chars().count() > LONGEST_WORD => {
                    refusal = refusal.about(&format!("{place}/unreadable"), "text/too-long");
                }
                Some(word) if word.chars().any(char::is_control) => {
                    refusal = refusal.about(&format!("{place}/unreadable"), "text/control");
                }
                Some(_) => {}
                None => {
                    if let Err(faults) = reader.read(&page.page_no, place, &row, today) {
                        refusal = faults_in(refusal, place, &faults);
                    }
                }
            }
            if place <= rows.len() {
                rows[place - 1] = row;
            } else {
                rows.push(row);
            }
        }
        if refusal.about.is_empty() { Ok(()) } else { Err(refusal.into()) }
    }
}

/// What becomes of a page whose keying ended: settled, keyed again, or to be decided.
async fn end(
    at: &Desk,
    tx: &mut Tx<'_>,
    (ledger, mut page, keying): (LedgerRow, LedgerPageRow, &KeyingRow),
    rows: Vec<KeyedRow>,
    entry: Entry,
) -> Result<(Entry, Option<Entry>), Stop> {
    if page.first_keying == Some(keying.id) {
        // The draw rests on the act's own chance: 32 random bytes that the server
        // adds when the act begins. Nobody at the desk knows them before or can ask
        // for others, and a replay draws the same.
        let drawn = at.draw("second-keying", 100) as i64;
        page.is_twice = ledger.all_twice_at.is_some() || drawn < ledger.sample_percent;
        page.state = if page.is_twice { "again" } else { "settled" }.to_owned();
        tx.edit(&mut page).await?;
        return Ok((entry.with("part", "first").with("again", page.is_twice), None));
    }
    let first = rows_named(tx, page.first_keying).await?;
    let reader = reader(tx, &ledger).await?;
    let today = day_of(at.now, at.utc_offset_minutes);
    let compared = compare(&reader, &page.page_no, (&first, &rows), today);
    page.compared = compared.fields;
    page.differing = compared.wrong();
    page.state = if compared.differing.is_empty() { settled(&page) } else { "differing" }.to_owned();
    let before = ledgers::progress(tx, ledger.id).await?;
    tx.edit(&mut page).await?;
    let entry =
        entry.with("part", "second").with("fields", compared.fields).with("differing", page.differing);
    let (differing, fields) = (before.fields_differing + page.differing, before.compared + page.compared);
    if ledger.all_twice_at.is_some() || !exceeds(differing, fields, ledger.threshold_permille) {
        return Ok((entry, None));
    }
    let more = have_all_keyed_twice(at, tx, ledger, (differing, fields)).await?;
    Ok((entry, Some(more)))
}

/// As what a page stands of which nothing is left to be keyed or decided: a page that
/// went in before stays there.
pub(super) fn settled(page: &LedgerPageRow) -> &'static str {
    if page.import_id.is_some() { "in" } else { "settled" }
}

/// From now on every page of a ledger is keyed twice, those that are settled or in the
/// register among them.
async fn have_all_keyed_twice(
    at: &Desk,
    tx: &mut Tx<'_>,
    mut ledger: LedgerRow,
    (differing, fields): (i64, i64),
) -> Result<Entry, Stop> {
    let mut again = 0_i64;
    for mut page in ledgers::keyed_once(tx, ledger.id).await? {
        page.is_twice = true;
        page.state = "again".to_owned();
        tx.edit(&mut page).await?;
        again += 1;
    }
    ledger.all_twice_at = Some(at.now);
    tx.edit(&mut ledger).await?;
    Ok(Entry::new("ledger-keyed-twice", "ledger", ledger.id)
        .with("differing", differing)
        .with("fields", fields)
        .with("pages-again", again))
}

/// Gives a page back that cannot be finished now; what was typed stays with whoever
/// typed it. Whoever oversees ledgers gives it back for someone who is away.
#[derive(Debug, Serialize, Deserialize)]
pub struct GiveBackPage {
    /// Which.
    pub page: LedgerPageId,
}

impl Act for GiveBackPage {
    const NAME: &'static str = "give-back-ledger-page";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = crate::acting::in_office(tx, at).await?;
        let (mut page, mut keying) = if oversees(&acting) {
            let page = ledgers::page(tx, self.page).await?.ok_or(Why::NotFound)?;
            let keyings = ledgers::keyings(tx, page.id).await?;
            let open = keyings.into_iter().find(|row| row.ended_at.is_none() && row.given_back_at.is_none());
            (page, open.ok_or_else(|| Refusal::from(Why::WrongState).about("state", "keyed"))?)
        } else {
            let acting = crate::acting::acting(tx, at, Permission::KeyLedgers).await?;
            let (_, page) = own_page(tx, &acting, self.page).await?;
            let keying = unfinished(tx, &page, acting.officer.id).await?;
            (page, keying)
        };
        keying.given_back_at = Some(at.now);
        tx.edit(&mut keying).await?;
        let (state, place) = if page.first_keying == Some(keying.id) {
            ("waiting", &mut page.first_keying)
        } else {
            ("again", &mut page.second_keying)
        };
        *place = None;
        page.state = state.to_owned();
        tx.edit(&mut page).await?;
        Ok(Recorded::new((), Entry::new("ledger-page-given-back", "ledger-page", page.id)))
    }
}
