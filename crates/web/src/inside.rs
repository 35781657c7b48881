//! What the tests in `tests/it/inside/` look at, and nobody else: rules that no page
//! shows by themselves.
//!
//! Tests that stood beside these rules made the whole crate compile a second time in
//! every build, which took longer than all of them together. So they stand with the
//! others, which link once, and this is their only door: what it opens is no promise
//! to other crates.

use crate::app::App;
use crate::crowd::Places;
use crate::network::Prefix;
use crate::pages::figures::Shown;
use crate::visitor::{Kept, SessionTimes};
use crate::words::Language;
use crate::{assets, crowd, dci, desk, doorway, gateways, network, pages, safety, visitor, words};
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::routing::get;
use axum::{Router, middleware};
use diwan_office::figures::Figures;
use std::net::IpAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

pub use crate::api::access::Confirmation;
pub use crate::tally::{AN_HOUR, CALLERS, Tally, Used};

/// The summary of what is wrong with a form.
pub mod kit {
    /// See `pages::kit`: what is wrong, behind the names of where it is.
    #[must_use]
    pub fn named(path: &[&str], error: &str) -> String {
        crate::pages::kit::named(path, error)
    }
}

/// Files for calendars.
pub mod calendar {
    pub use crate::pages::calendar::folded;
}

/// The picture of a family.
pub mod tree {
    pub use crate::desk::tree::{BOX, MOST, Relative, WIDTH, picture};
}

/// The menu of a telephone.
pub mod menu {
    use crate::gateways::menu;
    use jiff::civil::Date;

    /// The longest screen, in characters.
    pub const LONGEST: usize = menu::LONGEST;
    /// A minute, in microseconds.
    pub const MINUTE: i64 = menu::MINUTE;

    /// A text that fits on a screen.
    #[must_use]
    pub fn short(text: &str) -> String {
        menu::short(text)
    }

    /// The choice that a key means.
    #[must_use]
    pub fn pick<'a, T>(all: &'a [T], key: &str) -> Option<&'a T> {
        menu::pick(all, key)
    }

    /// A time as its keys are pressed; `offset` in minutes from UTC.
    #[must_use]
    pub fn keyed(at: i64, offset: i32) -> String {
        menu::keyed(at, offset)
    }

    /// The instant of a day that keys name, microseconds since 1970 UTC.
    #[must_use]
    pub fn instant(day: Date, typed: &str, offset: i32) -> Option<i64> {
        menu::instant(day, typed, offset)
    }
}

/// The fewest who are let in, however slow forms are.
pub const FEWEST: usize = crowd::FEWEST;
/// Of how many officers one browser is remembered.
pub const KNOWN_OFFICERS: usize = visitor::KNOWN_OFFICERS;
/// A minute, in microseconds.
pub const A_MINUTE: i64 = visitor::A_MINUTE;

/// The places of a crowd, as a test looks at them.
#[derive(Debug)]
pub struct Rooms(Places);

impl Rooms {
    /// Places that were opened so long ago.
    #[must_use]
    pub fn opened(ago: Duration) -> Self {
        Self(Places { began: Instant::now() - ago, ..Places::default() })
    }

    /// How many are let in now.
    #[must_use]
    pub fn at_most(&self) -> usize {
        self.0.most.load(Ordering::Relaxed)
    }

    /// How many are inside.
    #[must_use]
    pub fn inside(&self) -> usize {
        self.0.inside.load(Ordering::Relaxed)
    }

    /// As though the last step down were long ago.
    pub fn breathe(&self) {
        self.0.lowered.store(0, Ordering::Relaxed);
    }

    /// A form took so long.
    pub fn took(&self, time: Duration) {
        self.0.took(time);
    }

    /// A place, as long as what it returns is kept; `None` when it is full.
    #[must_use]
    pub fn enter(&self) -> Option<impl Sized> {
        self.0.enter()
    }
}

/// A page and a call that panic, behind what stands before every other.
pub fn panicking(app: App) -> Router {
    async fn broken() -> StatusCode {
        let row: Vec<StatusCode> = Vec::new();
        row[0]
    }
    Router::new()
        .route("/en/broken", get(broken))
        .route("/api/v1/broken", get(broken))
        .layer(middleware::from_fn_with_state(app.clone(), doorway::pass))
        .with_state(app)
}

/// Lets through whoever knows the secret of a way in.
///
/// # Errors
/// The status that the gateway is answered.
pub fn admit(secret: Option<&String>, headers: &HeaderMap, body: &Bytes) -> Result<(), StatusCode> {
    gateways::admit(secret, headers, body).map_err(|refused| refused.0)
}

/// What of a form may be written into a page again, and whether something was left out.
#[must_use]
pub fn fields_of(bytes: &Bytes) -> (Vec<(String, String)>, bool) {
    let typed = crowd::fields_of(bytes);
    (typed.fields, typed.lost)
}

/// The first and last byte of the part of a file that was asked for.
#[must_use]
pub fn part_of(asked: &str, size: usize) -> Option<(usize, usize)> {
    assets::part_of(asked, size)
}

/// How often an hour one address may do what, by kind of request.
#[must_use]
pub fn limit_of(method: &Method, uri: &Uri) -> Option<(&'static str, i64)> {
    network::limit_of(method, uri)
}

/// The hash of the certificate in a proxy's header.
#[must_use]
pub fn thumbprint(header: &str) -> Option<String> {
    network::thumbprint(header)
}

/// The first part of an address, for the log.
#[must_use]
pub fn prefix(address: Option<IpAddr>) -> Prefix {
    network::prefix(address)
}

/// An address's network, by a name that is no address.
#[must_use]
pub fn network_of(address: Option<IpAddr>) -> String {
    network::network_of(address)
}

/// Scopes as they are known here.
#[must_use]
pub fn scopes(wanted: &str) -> String {
    dci::scopes(wanted)
}

/// Until when a session holds that began at `since` and is used `now`, microseconds.
#[must_use]
pub fn session_until(times: SessionTimes, kind: &str, kept: &Kept, since: i64, now: i64) -> i64 {
    times.until(kind, kept, since, now)
}

/// What a browser brought of officers who signed in with it: nonce and mark.
pub fn pairs(known: &str) -> impl Iterator<Item = (&str, &str)> {
    visitor::pairs(known)
}

/// Which kind of browser asks, in two words.
#[must_use]
pub fn device_of(agent: &str) -> String {
    visitor::device_of(agent)
}

/// A moment as a form sends it, where the office stands; microseconds since 1970 UTC.
#[must_use]
pub fn moment_in(text: &str, offset_minutes: i32) -> Option<i64> {
    desk::subscriptions::moment_in(text, offset_minutes)
}

/// A time of day as it was typed, as minutes of the day.
#[must_use]
pub fn typed_clock(text: &str) -> Option<u16> {
    desk::duties::typed_clock(text)
}

/// Which event of safety an answer is, by its status, the code of its refusal and its route.
#[must_use]
pub fn kind_of(status: StatusCode, refused: Option<&'static str>, route: &str) -> Option<&'static str> {
    safety::kind_of(status, refused, route)
}

/// A service's figures in words.
#[must_use]
pub fn in_words(lang: &Language, figures: &Figures) -> Shown {
    pages::figures::in_words(lang, figures)
}

/// A bar of a share of its place, growing the way people read.
#[must_use]
pub fn bar(share: i64, rtl: bool) -> String {
    pages::figures::bar(share, rtl)
}

/// The files of a language's messages, as they are built into the program: name and bytes.
#[must_use]
pub fn messages_of(language: &str) -> Vec<(String, Vec<u8>)> {
    words::messages_of(language)
}
