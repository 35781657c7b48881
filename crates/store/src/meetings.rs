//! Acts that meet in one row take turns: within a node in the order in which they came,
//! and among the nodes of one server by a lock that it keeps.

use crate::dialect;
use crate::fault::Fault;
use crate::pg;
use crate::vals;
use deadpool_postgres::Client;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;

/// How long an act lets those of other nodes go first. Then it goes on without its turn:
/// a node that stands still while it holds one holds up nobody for longer.
pub(crate) const FORBEARANCE: Duration = Duration::from_secs(1);

/// Where acts meet, by what they meet in.
#[derive(Debug, Default)]
pub(crate) struct Meetings {
    places: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

/// A turn; the next one begins when this is dropped.
pub(crate) struct Turn<'a> {
    meetings: &'a Meetings,
    name: String,
    held: Option<OwnedMutexGuard<()>>,
}

/// The lock of a server that stands for what acts meet in. It belongs to a connection, and
/// the server lifts it when that one breaks. Whether it is held decides nothing: acts are
/// serialisable without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lock(i64);

impl Lock {
    fn of(name: &str) -> Self {
        let digest = Sha256::digest(name.as_bytes());
        let mut key = [0; 8];
        key.copy_from_slice(&digest[..8]);
        Self(i64::from_be_bytes(key))
    }

    /// Takes it, unless an act of another node has it now.
    pub(crate) async fn take(self, client: &Client) -> Result<bool, Fault> {
        let rows = pg::query(client, dialect::TAKE_LOCK, &vals![self.0]).await?;
        Ok(rows.first().ok_or_else(|| Fault::shape("taken"))?.get::<i64>("taken")? != 0)
    }

    /// Gives it back. A connection on which this fails must be closed.
    pub(crate) async fn give_back(self, client: &Client) -> Result<(), Fault> {
        pg::query(client, dialect::GIVE_LOCK_BACK, &vals![self.0]).await.map(drop)
    }
}

impl Turn<'_> {
    /// What the nodes of one server lock while this turn lasts.
    pub(crate) fn lock(&self) -> Lock {
        Lock::of(&self.name)
    }
}

impl Meetings {
    /// Waits for one's turn, in the order of coming.
    pub(crate) async fn enter(&self, name: String) -> Turn<'_> {
        let place = {
            let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
            places.entry(name.clone()).or_default().clone()
        };
        // Made before it is waited for: whoever gives up waiting tidies up as well.
        let mut turn = Turn { meetings: self, name, held: None };
        turn.held = Some(place.lock_owned().await);
        turn
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.held = None;
        let mut places = self.meetings.places.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody else holds or awaits it: those do so under a handle of their own, which
        // they take while the map is locked.
        if places.get(&self.name).is_some_and(|place| Arc::strong_count(place) == 1) {
            places.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Meetings;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn those_who_meet_take_turns_and_nothing_is_left_of_them() {
        let meetings = Arc::new(Meetings::default());
        let inside: Arc<[AtomicUsize; 2]> = Arc::default();
        let tasks: Vec<_> = (0..40)
            .map(|n| {
                let (meetings, inside) = (meetings.clone(), inside.clone());
                tokio::spawn(async move {
                    let _turn = meetings.enter(format!("hall {}", n % 2)).await;
                    let before = inside[n % 2].fetch_add(1, Ordering::SeqCst);
                    tokio::task::yield_now().await;
                    inside[n % 2].fetch_sub(1, Ordering::SeqCst);
                    before
                })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), 0, "two were inside at once");
        }
        let waiting = meetings.enter("hall 0".into()).await;
        let gives_up =
            tokio::time::timeout(std::time::Duration::from_millis(5), meetings.enter("hall 0".into()));
        assert!(gives_up.await.is_err());
        drop(waiting);
        assert!(meetings.places.lock().unwrap().is_empty());
    }
}
