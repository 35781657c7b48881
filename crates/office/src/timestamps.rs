//! Having the moment of a seal confirmed by an authority outside (RFC 3161), and what happens to papers while it
//! is away. The way there lives in `server`; what may be believed is decided here.

use crate::clock::Clock;
use crate::secrets;
pub use diwan_documents::signer::Signer;
pub use diwan_documents::timestamps::{Answer, Authority, LONGEST_ANSWER, Stamp, StampFault, rejection};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// An answer that comes later, or why none came.
pub type Later<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + Send + 'a>>;

/// The way to an authority: carries a question there and brings the answer back, unread.
pub trait Way: Send + Sync {
    /// Asks once, within a bounded time.
    fn ask(&self, question: Vec<u8>) -> Later<'_>;
}

/// What becomes of papers while no moment can be confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhenAway {
    /// They wait.
    #[default]
    Wait,
    /// They are sealed with the office's own time, and their journal entry says why.
    SealWithout,
}

/// How surely the moment of a seal is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// By the office's own clock: PAdES B-B.
    #[default]
    Own,
    /// By an authority: PAdES B-T.
    #[serde(rename_all = "kebab-case")]
    Confirmed {
        /// When, microseconds.
        at: i64,
        /// The authority, as its certificate says.
        by: String,
        /// Its number for the confirmation.
        serial: String,
    },
    /// By the office's own clock, because the authority did not confirm it: PAdES B-B.
    #[serde(rename_all = "kebab-case")]
    Unconfirmed {
        /// The code of what was wrong, such as `stamp/away`.
        why: String,
    },
}

impl Moment {
    /// The level of a paper's seal, as EN 319 142-1 names it.
    #[must_use]
    pub fn level(&self) -> &'static str {
        match self {
            Moment::Own | Moment::Unconfirmed { .. } => "B-B",
            Moment::Confirmed { .. } => "B-T",
        }
    }
}

impl From<&Stamp> for Moment {
    fn from(stamp: &Stamp) -> Self {
        let (by, serial) = (stamp.authority.clone(), stamp.serial.clone());
        Moment::Confirmed { at: stamp.at.as_microsecond(), by, serial }
    }
}

/// The shortest pause after an authority failed, microseconds.
const FIRST_PAUSE: i64 = 1_000_000;
/// The longest.
const LONGEST_PAUSE: i64 = 60_000_000;

/// The authority an office asks.
pub struct Timestamps {
    authority: Authority,
    way: Arc<dyn Way>,
    when_away: WhenAway,
    /// Until when it is left alone after it failed, and for how long that was.
    again_at: AtomicI64,
    pause: AtomicI64,
}

impl Timestamps {
    /// An authority, the way there, and what to do while it is away.
    #[must_use]
    pub fn new(authority: Authority, way: Arc<dyn Way>, when_away: WhenAway) -> Self {
        Self { authority, way, when_away, again_at: AtomicI64::new(i64::MIN), pause: AtomicI64::new(0) }
    }

    /// Has the moment of a signature confirmed; only what holds in every respect comes back.
    ///
    /// # Errors
    /// What was wrong.
    pub async fn confirm(&self, signature: &[u8], clock: &Clock) -> Result<Stamp, StampFault> {
        let question = self.authority.ask(signature, secrets::random::<16>());
        let answer = self.way.ask(question.der().to_vec()).await.map_err(StampFault::Away)?;
        let now = Timestamp::from_microsecond(clock.now())
            .map_err(|fault| StampFault::Away(format!("the clock here cannot be used: {fault}")))?;
        question.read(&answer, now)
    }

    /// Whether papers wait at this moment, because the authority failed a short while ago.
    pub(crate) fn makes_wait(&self, now: i64) -> bool {
        self.when_away == WhenAway::Wait && self.rests(now)
    }

    fn rests(&self, now: i64) -> bool {
        let again_at = self.again_at.load(Ordering::Relaxed);
        // A clock that was set back must not keep papers waiting.
        now < again_at && again_at - now <= LONGEST_PAUSE
    }

    /// Leaves the authority alone for a while, each time twice as long. Papers that were under way together
    /// count as one.
    fn rest(&self, now: i64) {
        if !self.rests(now) {
            let pause = (2 * self.pause.load(Ordering::Relaxed)).clamp(FIRST_PAUSE, LONGEST_PAUSE);
            self.pause.store(pause, Ordering::Relaxed);
            self.again_at.store(now + pause, Ordering::Relaxed);
        }
    }

    /// The moment of a signature, or that it remains unconfirmed.
    ///
    /// # Errors
    /// What was wrong, where papers wait.
    pub(crate) async fn moment(
        &self,
        signature: &[u8],
        clock: &Clock,
    ) -> Result<(Moment, Option<Stamp>), StampFault> {
        if self.rests(clock.now()) && self.when_away == WhenAway::SealWithout {
            let why = StampFault::Away(String::new()).code().to_owned();
            return Ok((Moment::Unconfirmed { why }, None));
        }
        match self.confirm(signature, clock).await {
            Ok(stamp) => {
                self.pause.store(0, Ordering::Relaxed);
                Ok((Moment::from(&stamp), Some(stamp)))
            }
            Err(fault) => {
                self.rest(clock.now());
                match self.when_away {
                    WhenAway::Wait => Err(fault),
                    WhenAway::SealWithout => {
                        tracing::error!(
                            fault.code = fault.code(),
                            "papers are sealed without a confirmed time: {fault}"
                        );
                        Ok((Moment::Unconfirmed { why: fault.code().to_owned() }, None))
                    }
                }
            }
        }
    }
}
