//! Halls as they change: one follower of the feed for all displays and phones of this
//! node, which sees each change once and tells everybody who listens.

use crate::app::App;
use crate::visitor::Visitor;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{CentreId, DeviceId};
use diwan_office::devices;
use diwan_office::feed::{self, Cursor};
use diwan_office::queue::{self, picture};
use diwan_office::{Fault, Office};
use futures_util::stream;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How often the feed is looked at while somebody listens.
const LOOK: Duration = Duration::from_millis(150);
/// After how long a picture is sent again though nothing happened: waiting times grow,
/// and a display that hears nothing for longer says that it does not know.
const AGAIN: Duration = Duration::from_secs(10);
/// A busy hall is drawn at most this often: what happens meanwhile is in the next picture.
const AT_MOST: Duration = Duration::from_millis(290);
/// After how long a display whose line broke asks again.
const COMES_BACK: Duration = Duration::from_secs(1);
/// How many changes are read at a time.
const AT_A_TIME: i64 = 500;

type Shown = Option<Arc<str>>;

/// How many may listen to one node at once, unless the configuration says otherwise.
pub const LISTENERS: usize = 4_000;
/// After how many seconds whoever found no room asks again: a display shows its last
/// picture and its time meanwhile, and a page stays as it came.
const AGAIN_LATER: &str = "30";

/// Who listens, by centre. However many pages follow something live, together they are not
/// more than this node has room for.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    halls: Mutex<HashMap<CentreId, watch::Sender<Shown>>>,
    follows: AtomicBool,
    /// Whether this node goes: nobody listens to it any more.
    ended: AtomicBool,
    /// How many listen, and how many may.
    listeners: AtomicUsize,
    most: usize,
}

impl Default for Live {
    fn default() -> Self {
        Self::of_at_most(LISTENERS)
    }
}

/// Somebody listens; their room is free again when this is dropped.
struct Listener(Live);

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.0.listeners.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Live {
    /// Room for so many listeners at once, for all event streams of this node together.
    #[must_use]
    pub fn of_at_most(most: usize) -> Self {
        Self(Arc::new(Inner {
            halls: Mutex::default(),
            follows: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            listeners: AtomicUsize::new(0),
            most,
        }))
    }

    /// Room for one more listener; none when there are as many as may be. A quarter of the
    /// room is kept for displays: people who look at a page from home never darken a hall.
    fn enter(&self, is_page: bool) -> Option<Listener> {
        if self.0.ended.load(Ordering::Acquire) {
            return None;
        }
        let most = if is_page { self.0.most - self.0.most / 4 } else { self.0.most };
        let one_more = |listen: usize| (listen < most).then_some(listen + 1);
        self.0.listeners.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more).ok()?;
        Some(Listener(self.clone()))
    }

    /// Listens to a centre's hall. The first who does lets the follower begin.
    async fn listen(&self, office: &Arc<Office>, centre: CentreId) -> Result<watch::Receiver<Shown>, Fault> {
        let known = self.halls().get(&centre).map(watch::Sender::subscribe);
        if let Some(receiver) = known {
            return Ok(receiver);
        }
        let first = shown(office, centre).await?;
        let receiver = {
            let mut halls = self.halls();
            halls.entry(centre).or_insert_with(|| watch::Sender::new(first)).subscribe()
        };
        if !self.0.follows.swap(true, Ordering::AcqRel) {
            tokio::spawn(follow(self.clone(), office.clone()));
        }
        Ok(receiver)
    }

    /// Sends everybody who listens away, because this node goes: a stream ends by itself
    /// never. Displays come back, to another node or to this one when it is there again.
    pub fn end(&self) {
        self.0.ended.store(true, Ordering::Release);
        self.halls().clear();
    }

    fn halls(&self) -> std::sync::MutexGuard<'_, HashMap<CentreId, watch::Sender<Shown>>> {
        self.0.halls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The centres to which somebody listens; the others are forgotten.
    fn listened(&self) -> HashSet<CentreId> {
        let mut halls = self.halls();
        halls.retain(|_, hall| hall.receiver_count() > 0);
        halls.keys().copied().collect()
    }

    fn tell(&self, centre: CentreId, shown: Shown) {
        if let Some(hall) = self.halls().get(&centre) {
            hall.send_replace(shown);
        }
    }
}

async fn shown(office: &Office, centre: CentreId) -> Result<Shown, Fault> {
    let mut reading = office.db.reading().await?;
    let picture = picture(&mut reading.tx(), centre, office.now()).await?;
    Ok(picture.and_then(|picture| serde_json::to_string(&picture).ok()).map(Arc::from))
}

/// Follows the feed as long as somebody listens. What the database does not answer is
/// asked again; meanwhile displays hear nothing and say so.
async fn follow(live: Live, office: Arc<Office>) {
    let mut seen = Seen::default();
    loop {
        let listened = live.listened();
        if listened.is_empty() {
            live.0.follows.store(false, Ordering::Release);
            // Someone may have come between looking and saying so.
            if live.listened().is_empty() || live.0.follows.swap(true, Ordering::AcqRel) {
                return;
            }
            continue;
        }
        if let Err(fault) = look(&live, &office, &listened, &mut seen).await {
            tracing::warn!("the hall's feed was not read: {fault}");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// What the follower has seen and told.
#[derive(Default)]
struct Seen {
    cursor: Option<Cursor>,
    /// When each hall was told last.
    told: HashMap<CentreId, Instant>,
    /// The halls in which something happened since.
    changed: HashSet<CentreId>,
}

async fn look(
    live: &Live,
    office: &Office,
    listened: &HashSet<CentreId>,
    seen: &mut Seen,
) -> Result<(), Fault> {
    match &mut seen.cursor {
        // From the beginning everybody is told.
        None => {
            seen.cursor = Some(feed::end(&office.db).await?);
            seen.changed.extend(listened);
        }
        Some(cursor) => loop {
            let changes = feed::after(&office.db, *cursor, AT_A_TIME).await?;
            let is_last = (changes.len() as i64) < AT_A_TIME;
            for change in changes {
                *cursor = change.cursor;
                if change.topic == queue::TOPIC
                    && let Ok(centre) = change.subject.parse()
                {
                    seen.changed.insert(centre);
                }
            }
            if is_last {
                break;
            }
        },
    }
    for centre in listened {
        let told = seen.told.get(centre).map(Instant::elapsed);
        let is_due = told.is_none_or(|told| told >= AGAIN);
        let may_be = told.is_none_or(|told| told >= AT_MOST);
        if is_due || (may_be && seen.changed.contains(centre)) {
            live.tell(*centre, shown(office, *centre).await?);
            // What happened meanwhile is noticed at the next look.
            seen.changed.remove(centre);
            seen.told.insert(*centre, Instant::now());
        }
    }
    Ok(())
}

/// How often it is noted that an enrolled display is there.
const NOTED: Duration = Duration::from_secs(60);

/// The signs of an enrolled display: while pictures are sent to it, it is there.
struct Signs {
    office: Arc<Office>,
    display: Option<DeviceId>,
    noted: Option<Instant>,
}

impl Signs {
    /// Notes that it is there, beside what it is sent: no picture waits for it.
    fn note(&mut self) {
        let Some(display) = self.display else { return };
        if self.noted.is_some_and(|noted| noted.elapsed() < NOTED) {
            return;
        }
        self.noted = Some(Instant::now());
        let office = self.office.clone();
        tokio::spawn(async move {
            if let Err(fault) = devices::note_seen(&office, display).await {
                tracing::warn!("the sign of a display was not noted: {fault}");
            }
        });
    }
}

/// Who follows.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Follower {
    /// Said by pages that can do without; displays and waiting tickets say nothing.
    #[serde(default)]
    page: String,
}

/// A centre's hall as server-sent events: `picture` with the picture as JSON, at once, on
/// every change, and every ten seconds. When as many listen as this node has room for it
/// says so, and when to ask again.
pub async fn hall(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(follower): Query<Follower>,
    visitor: Visitor,
) -> Response {
    // Streams stand outside the limit of those who are let in: without room nothing is asked.
    let Some(listener) = app.live.enter(!follower.page.is_empty()) else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, AGAIN_LATER)]).into_response();
    };
    let found = async {
        let mut reading = app.office.db.reading().await?;
        queue::centre_coded(&mut reading.tx(), &code).await
    };
    let centre = match found.await {
        Ok(Some(centre)) => centre.id,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let Ok(receiver) = app.live.listen(&app.office, centre).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let display = visitor.display().filter(|display| display.centre == centre).map(|display| display.id);
    let mut signs = Signs { office: app.office.clone(), display, noted: None };
    signs.note();
    let events = stream::unfold(
        (receiver, true, listener, signs),
        |(mut receiver, is_first, listener, mut signs)| async move {
            if !is_first && receiver.changed().await.is_err() {
                return None;
            }
            signs.note();
            let shown = receiver.borrow_and_update().clone();
            let event = Event::default().event("picture").data(shown.as_deref().unwrap_or("null"));
            // A display whose line broke comes back soon: browsers wait longer by themselves.
            let event = if is_first { event.retry(COMES_BACK) } else { event };
            Some((Ok::<_, Infallible>(event), (receiver, false, listener, signs)))
        },
    );
    let no_buffer =
        [(header::CACHE_CONTROL, "no-store"), (header::HeaderName::from_static("x-accel-buffering"), "no")];
    (no_buffer, Sse::new(events).keep_alive(KeepAlive::new().interval(AGAIN))).into_response()
}
