//! From the intent to the sealed paper: typeset, signed, confirmed where an
//! authority is asked, kept and committed.

use super::{SealDocument, Wording, newest, one, prepare, seal_info};
use crate::desk::{Office, Who};
use crate::secrets;
use crate::timestamps::{Moment, StampFault};
use diwan_documents::layout::RenderFault;
use diwan_documents::pades::Room;
use diwan_documents::sealing::Draft;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::DocumentId;
use diwan_domain::journal::Entry;
use diwan_domain::refusals::Why;
use diwan_store::documents::{self, DocumentRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, access};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use tracing::{error, info};

/// For how long one node has a paper to itself at most, microseconds.
const HELD: i64 = 60_000_000;

/// How many papers are under way at once where an authority confirms moments:
/// each waits for an answer from far away.
const CONFIRMED_AT_ONCE: usize = 8;

/// Typesets and seals documents that were intended, oldest first; those that could not
/// be made before come last. Returns how many were sealed.
///
/// While the authority that confirms moments is away, papers wait, unless the
/// office seals without it.
///
/// # Errors
/// When the database fails; one document that cannot be rendered is logged and noted,
/// and left for the operator, the others go on.
pub async fn seal_waiting(office: &Office, wording: &dyn Wording) -> Result<usize, Fault> {
    if office.timestamps.as_ref().is_some_and(|timestamps| timestamps.makes_wait(office.now())) {
        return Ok(0);
    }
    let waiting = {
        let mut reading = office.db.reading().await?;
        documents::to_make(&mut reading.tx(), office.now(), 20).await?
    };
    if !waiting.is_empty() && !newest::may_seal(office).await? {
        return Ok(0);
    }
    let at_once = if office.timestamps.is_some() { CONFIRMED_AT_ONCE } else { 1 };
    let mut sealed = 0;
    for some in waiting.chunks(at_once) {
        let made = join_all(some.iter().map(|document| make(office, wording, document))).await;
        let mut unconfirmed = None;
        for (document, made) in some.iter().zip(made) {
            let id = document.id;
            match made {
                Ok(()) => {
                    sealed += 1;
                    info!(document = %id, "a document was sealed");
                }
                Err(NotSealed::Elsewhere) => {}
                Err(NotSealed::Unconfirmed(fault)) => unconfirmed = Some(fault),
                Err(NotSealed::Stopped(Stop::Refused(refusal))) if refusal.why == Why::DocumentEnded => {}
                Err(NotSealed::Unmade(fault)) => {
                    error!(document = %id, "a document could not be typeset: {fault}");
                    note_unmade(office, id).await?;
                }
                Err(NotSealed::Stopped(stop)) => {
                    error!(document = %id, "a document could not be made: {stop}")
                }
            }
        }
        // The next ones would be told the same: they are not even typeset.
        if let Some(fault) = unconfirmed {
            error!(fault.code = fault.code(), "papers wait, because no time was confirmed: {fault}");
            break;
        }
    }
    Ok(sealed)
}

/// Notes that a paper could not be made: its layout and what it says do not fit. It is
/// tried again later, behind all others, and whoever prints many is told which it is.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoteUnmade {
    /// Which paper.
    pub document: DocumentId,
}

impl Act for NoteUnmade {
    const NAME: &'static str = "note-unmade-document";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let document = documents::document(tx, self.document).await?.ok_or(Why::NotFound)?;
        documents::note_unmade(tx, document.id, at.now).await?;
        let entry = Entry::new("document-unmade", "document", document.id)
            .of(document.holder_id)
            .with("case", document.case_id.to_string());
        Ok(Recorded::new((), entry))
    }
}

/// Notes in the journal, once, that a paper could not be made; how often is counted
/// beside it.
async fn note_unmade(office: &Office, document: DocumentId) -> Result<(), Fault> {
    let tries = documents::tries(&mut office.db.reading().await?.tx(), document).await?;
    if tries > 0 {
        return documents::tried_again(&office.db, document, tries + 1, office.now()).await;
    }
    let noted =
        office.perform(&Who::system("sealer"), &format!("unmade/{document}"), NoteUnmade { document }).await;
    match noted {
        Err(Stop::Fault(fault)) => Err(fault),
        // Done by another node, or gone.
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Why a paper was not sealed.
enum NotSealed {
    /// Another node has it under way, or made it.
    Elsewhere,
    /// Its moment was not confirmed; it waits.
    Unconfirmed(StampFault),
    /// Its layout and what it says make no paper: trying again at once would not help.
    Unmade(RenderFault),
    /// Anything else.
    Stopped(Stop),
}

impl From<Fault> for NotSealed {
    fn from(fault: Fault) -> Self {
        NotSealed::Stopped(fault.into())
    }
}

impl From<Stop> for NotSealed {
    fn from(stop: Stop) -> Self {
        NotSealed::Stopped(stop)
    }
}

async fn make(office: &Office, wording: &dyn Wording, document: &DocumentRow) -> Result<(), NotSealed> {
    match office.timestamps {
        Some(_) => seal_alone(office, wording, document).await,
        // Two nodes that seal one paper make the same bytes.
        None => seal_one(office, wording, document).await,
    }
}

/// Seals a paper that no other node has under way: each would have it confirmed, and their bytes would differ.
async fn seal_alone(office: &Office, wording: &dyn Wording, document: &DocumentRow) -> Result<(), NotSealed> {
    let (name, holder) = (format!("seal/{}", document.id), secrets::base32(&secrets::random::<8>()));
    if access::lease(&office.db, &name, &holder, office.now(), HELD).await?.is_none() {
        return Err(NotSealed::Elsewhere);
    }
    let sealed = if waits_still(office, document).await? {
        seal_one(office, wording, document).await
    } else {
        Err(NotSealed::Elsewhere)
    };
    access::give_back_lease(&office.db, &name, &holder).await?;
    sealed
}

async fn waits_still(office: &Office, document: &DocumentRow) -> Result<bool, Fault> {
    let now = one(&mut office.db.reading().await?.tx(), document.id).await?;
    Ok(now.is_some_and(|now| now.state == "intended"))
}

async fn seal_one(office: &Office, wording: &dyn Wording, document: &DocumentRow) -> Result<(), NotSealed> {
    let outside = |what: String| Stop::Fault(Fault::Outside(what));
    let (job, issuer) = prepare(office, wording, document).await?;
    let checked = Draft::new(job).check(&office.renderer).await.map_err(|fault| match fault {
        // The typesetter is not there or has too much to do: that is no fault of the paper.
        RenderFault::Unavailable(_) | RenderFault::TooManyWait => {
            NotSealed::Stopped(outside(fault.to_string()))
        }
        fault => NotSealed::Unmade(fault),
    })?;
    let signer = office.keys.current().map_err(|why| outside(why.to_string()))?;
    let about = seal_info(&issuer, document, &signer).map_err(|why| outside(why.to_string()))?;
    let room = if office.timestamps.is_some() { Room::SealAndStamp } else { Room::Seal };
    let signed = checked.sign(&signer, &about, room).map_err(|why| outside(why.to_string()))?;
    // The authority is asked here, outside any transaction; the act only records what it said.
    let (moment, stamp) = match &office.timestamps {
        Some(timestamps) => {
            timestamps.moment(signed.signature(), &office.clock).await.map_err(NotSealed::Unconfirmed)?
        }
        None => (Moment::Own, None),
    };
    let sealed = signed.seal(stamp.as_ref()).map_err(|why| outside(why.to_string()))?;
    let key_id = sealed.key_id().to_owned();
    let seal = async |file_hash| {
        let act = SealDocument { document: document.id, file_hash, key_id, moment };
        office.perform(&Who::system("sealer"), &format!("seal/{}", document.id), act).await
    };
    Ok(crate::files::keep_and_name(office, sealed.into_pdf(), seal).await?)
}
