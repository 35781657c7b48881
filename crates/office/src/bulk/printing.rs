//! All papers of a bulk issue as files to print, some hundred papers each.

use super::of_officer;
use crate::cases::keep;
use crate::desk::Office;
use diwan_domain::acts::Desk;
use diwan_domain::cases::Phase;
use diwan_domain::ids::{BulkId, DocumentId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::documents::{self, DocumentRow};
use diwan_store::{Act, Recorded, Stop, Tx, bulk, cases};
use serde::{Deserialize, Serialize};

/// How many papers a file holds at most.
pub const AT_ONCE: usize = 200;

/// How many files the papers of a bulk issue make.
#[must_use]
pub fn files_of(issued: i64) -> usize {
    usize::try_from(issued).unwrap_or_default().div_ceil(AT_ONCE)
}

/// Hands the papers of one file to whoever prints them: the exact papers that were
/// sealed. Those that were revoked or replaced meanwhile are not among them, and
/// those that could not be made hold up no other: the journal names them.
#[derive(Debug, Serialize, Deserialize)]
pub struct PrintBulk {
    /// Of which bulk issue.
    pub bulk: BulkId,
    /// Which file, from 1 on.
    pub file: usize,
}

impl Act for PrintBulk {
    const NAME: &'static str = "print-bulk";
    /// The hashes of the papers' bytes, in the order of their numbers.
    type Out = Vec<String>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Vec<String>>, Stop> {
        let acting = crate::acting::acting(tx, at, Permission::IssueInBulk).await?;
        let of = of_officer(tx, at, self.bulk).await?;
        if of.state != "done" {
            return Err(diwan_domain::refusals::Refusal::from(Why::WrongState)
                .about("state", &of.state)
                .into());
        }
        let papers = bulk::papers(tx, of.id).await?;
        let first = self.file.checked_sub(1).ok_or(Why::NotFound)?.saturating_mul(AT_ONCE);
        let papers: Vec<DocumentId> = papers.into_iter().skip(first).take(AT_ONCE).collect();
        let (mut rows, unmade) = sealed_of(tx, papers).await?;
        rows.sort_by(|one, other| one.number.cmp(&other.number));
        let mut entries = Vec::new();
        let mut hashes = Vec::new();
        for mut row in rows {
            hashes.extend(row.file_hash.clone());
            if row.released_at.is_some() {
                continue;
            }
            row.released_at = Some(at.now);
            row.state = "released".into();
            tx.edit(&mut row).await?;
            entries.push(
                Entry::new("document-released", "document", row.id)
                    .of(row.holder_id)
                    .under(of.basis.clone())
                    .with("case", row.case_id.to_string())
                    .with("bulk", of.id.to_string()),
            );
            if let Some(mut case) = cases::case(tx, row.case_id).await?
                && Phase::from_code(&case.phase) == Some(Phase::Approved)
            {
                case.phase = Phase::Approved.to(Phase::Fulfilled)?.code().into();
                case.ended_at = Some(at.now);
                keep(tx, at, &mut case).await?;
            }
        }
        let entry = Entry::new("bulk-printed", "bulk", of.id)
            .under(of.basis.clone())
            .with("file", self.file)
            .with("papers", hashes.len())
            .with("unmade", unmade)
            .with("officer", acting.officer.id.to_string());
        Ok(Recorded::new(hashes, entry).and_all(entries))
    }
}

/// Of the papers of one file those that are sealed and stand, and the numbers of those
/// that could not be made.
///
/// # Errors
/// [`Why::NotFound`] when none stands, [`Why::DocumentFailed`] when some are still being
/// made or none could be; or the database fails.
async fn sealed_of(
    tx: &mut Tx<'_>,
    papers: Vec<DocumentId>,
) -> Result<(Vec<DocumentRow>, Vec<String>), Stop> {
    let (mut sealed, mut unmade) = (Vec::new(), Vec::new());
    for paper in papers {
        let Some(row) = documents::document(tx, paper).await?.filter(|row| row.ended_at.is_none()) else {
            continue;
        };
        if row.file_hash.is_some() {
            sealed.push(row);
        } else if documents::is_unmade(tx, paper).await? {
            unmade.push(row.number);
        } else {
            return Err(Why::DocumentFailed.into());
        }
    }
    match (sealed.is_empty(), unmade.is_empty()) {
        (true, true) => Err(Why::NotFound.into()),
        (true, false) => Err(Why::DocumentFailed.into()),
        (false, _) => Ok((sealed, unmade)),
    }
}

/// The papers of these hashes as one PDF to print. It bears no seal of its own: each
/// paper's code and number are checked as ever.
///
/// # Errors
/// [`Why::DocumentFailed`] when a paper is gone or cannot be read; the operator is told.
pub async fn bytes_of(office: &Office, hashes: Vec<String>) -> Result<Vec<u8>, Stop> {
    let mut papers = Vec::new();
    for hash in hashes {
        papers.push(office.files.get(&hash).await?.ok_or(Why::DocumentFailed)?);
    }
    let joined = tokio::task::spawn_blocking(move || diwan_documents::joining::joined(&papers)).await;
    match joined {
        Ok(Ok(pdf)) => Ok(pdf),
        Ok(Err(fault)) => {
            tracing::error!("papers could not be joined: {fault}");
            Err(Why::DocumentFailed.into())
        }
        Err(fault) => {
            tracing::error!("papers could not be joined: {fault}");
            Err(Why::DocumentFailed.into())
        }
    }
}
