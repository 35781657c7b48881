//! Where the time comes from.
//!
//! A machine's clock can jump: a time server that is wrong, a battery that is
//! empty, a machine that was paused. What is due, what has expired and what is
//! destroyed at the end of its retention hangs on the time, so a jump is not
//! simply believed. Small differences are drawn level slowly; a large one is
//! not followed while it may be an error, and said loudly until it is over.

use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tracing::{error, info};

/// Where the time comes from.
#[derive(Clone)]
pub enum Clock {
    /// The machine, with its jumps looked at.
    System(Arc<Steady>),
    /// A test or a demonstration that sets it, in microseconds since 1970 UTC.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock from now on.
    #[must_use]
    pub fn system() -> Self {
        Self::System(Arc::new(Steady::begun(Timestamp::now().as_microsecond())))
    }

    /// Microseconds since 1970 UTC.
    #[must_use]
    pub fn now(&self) -> i64 {
        match self {
            Self::System(steady) => steady.now(),
            Self::Fixed(at) => at.load(Ordering::Relaxed),
        }
    }

    /// By how many microseconds the machine's clock differs, while it is not
    /// believed.
    #[must_use]
    pub fn doubted(&self) -> Option<i64> {
        match self {
            Self::System(steady) => steady.look().doubted.map(|doubt| doubt.by),
            Self::Fixed(_) => None,
        }
    }
}

const SECOND: i64 = 1_000_000;
/// A difference up to this long is drawn level slowly, microseconds.
const SMALL: i64 = 60 * SECOND;
/// How slowly: one part in this many of the time that passes.
const SLOWLY: i64 = 100;
/// A jump forward up to this long may be a machine that was paused …
const A_PAUSE: i64 = 24 * 3_600 * SECOND;
/// … and is believed once it has lasted this long.
const LASTING: i64 = 15 * 60 * SECOND;
/// How often a doubt is said again.
const AGAIN: i64 = 60 * SECOND;

/// A jump that is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Doubt {
    /// How far the machine's clock is ahead of ours.
    by: i64,
    /// Since when, and when it was said last: both as time passed.
    since: i64,
    said: i64,
}

/// Our own time beside the machine's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Course {
    /// How far we are from the beginning plus the time passed.
    drawn: i64,
    /// When it was last drawn level, as time passed.
    at: i64,
    doubted: Option<Doubt>,
}

/// The machine's clock, and how much time passed by a clock that cannot jump.
pub struct Steady {
    began_at: i64,
    began: Instant,
    course: Mutex<Course>,
}

impl Steady {
    fn begun(began_at: i64) -> Self {
        Self { began_at, began: Instant::now(), course: Mutex::default() }
    }

    fn look(&self) -> Course {
        *self.course.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> i64 {
        let passed = i64::try_from(self.began.elapsed().as_micros()).unwrap_or(i64::MAX);
        let mut course = self.course.lock().unwrap_or_else(PoisonError::into_inner);
        course.now(self.began_at, passed, Timestamp::now().as_microsecond())
    }
}

impl Course {
    /// The time, when so much has passed since the beginning and the machine
    /// says what it says.
    fn now(&mut self, began_at: i64, passed: i64, machine: i64) -> i64 {
        let ours = began_at + passed + self.drawn;
        let ahead = machine - ours;
        if ahead.abs() <= SMALL {
            let most = (passed - self.at).max(0) / SLOWLY;
            self.drawn += ahead.clamp(-most, most);
            self.at = passed;
            if self.doubted.take().is_some() {
                info!("the machine's clock is believed again");
            }
        } else {
            self.doubt(passed, ahead);
        }
        began_at + passed + self.drawn
    }

    fn doubt(&mut self, passed: i64, ahead: i64) {
        self.at = passed;
        let known = self.doubted.filter(|doubt| (doubt.by - ahead).abs() <= SMALL);
        let mut doubt = known.unwrap_or(Doubt { by: ahead, since: passed, said: passed - AGAIN });
        if (0..=A_PAUSE).contains(&ahead) && passed - doubt.since >= LASTING {
            self.drawn += ahead;
            self.doubted = None;
            info!(
                seconds = ahead / SECOND,
                "the machine's clock went forward and stayed there: it is followed"
            );
            return;
        }
        if passed - doubt.said >= AGAIN {
            doubt.said = passed;
            error!(
                seconds = ahead / SECOND,
                "the machine's clock jumped and is not followed; set it right, or restart if it is right now"
            );
        }
        self.doubted = Some(doubt);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: i64 = 1_790_000_000 * SECOND;

    /// The time after so many seconds, when the machine is off by so many.
    fn tick(course: &mut Course, passed: i64, off: i64) -> i64 {
        course.now(BEGAN, passed * SECOND, BEGAN + (passed + off) * SECOND) - BEGAN - passed * SECOND
    }

    #[test]
    fn a_small_difference_is_drawn_level_slowly_and_time_never_stands_still() {
        let mut course = Course::default();
        let mut last = i64::MIN;
        for passed in 0..400 {
            let mut now = Course::now(&mut course, BEGAN, passed * SECOND, BEGAN + (passed - 3) * SECOND);
            assert!(now > last, "after {passed} s");
            std::mem::swap(&mut last, &mut now);
        }
        assert_eq!(course.drawn, -3 * SECOND);
        assert_eq!(course.doubted, None);
    }

    #[test]
    fn a_jump_back_or_by_years_is_not_followed_and_passes() {
        for off in [-3_600, -400 * 86_400, 400 * 86_400] {
            let mut course = Course::default();
            tick(&mut course, 10, 0);
            for passed in (11..4_000).step_by(7) {
                assert_eq!(tick(&mut course, passed, off), 0, "off by {off}");
                assert_eq!(course.doubted.map(|doubt| doubt.by), Some(off * SECOND));
            }
            assert_eq!(tick(&mut course, 4_000, 0), 0);
            assert_eq!(course.doubted, None, "back in order without a restart");
        }
    }

    #[test]
    fn a_machine_that_was_paused_catches_up_after_a_while() {
        let mut course = Course::default();
        tick(&mut course, 10, 0);
        assert_eq!(tick(&mut course, 11, 7_200), 0);
        assert_eq!(tick(&mut course, 11 + 14 * 60, 7_200), 0);
        assert_eq!(tick(&mut course, 12 + 15 * 60, 7_200), 7_200 * SECOND);
        assert_eq!(course.doubted, None);
    }

    #[test]
    fn a_clock_that_jumps_about_is_never_believed() {
        let mut course = Course::default();
        for passed in 1..3_000 {
            let off = if passed % 2 == 0 { 600 } else { 1_200 };
            assert_eq!(tick(&mut course, passed, off), 0, "after {passed}");
        }
    }
}
