//! How long sessions hold, and what browsers bring.

use diwan_web::SessionTimes;
use diwan_web::inside::{A_MINUTE, KNOWN_OFFICERS, device_of, pairs, session_until};
use diwan_web::visitor::Kept;

#[test]
fn sessions_end_without_use_and_at_the_latest() {
    let times = SessionTimes::default();
    let draft = Kept { cases: [("1".into(), "k".into())].into(), ..Kept::default() };
    let resumed = Kept { resumed: true, ..draft.clone() };
    let hours = |n: i64| n * 60 * A_MINUTE;
    for (kind, kept, idle, longest) in [
        ("officer", &Kept::default(), hours(1), hours(12)),
        ("account", &Kept::default(), hours(1) / 2, hours(12)),
        ("account", &draft, hours(1) / 2, hours(12)),
        ("stranger", &Kept::default(), hours(1) / 2, hours(12)),
        ("stranger", &draft, hours(24 * 7), hours(24 * 30)),
        ("stranger", &resumed, hours(1) / 2, hours(12)),
    ] {
        assert_eq!(session_until(times, kind, kept, 0, 0), idle, "{kind} without use");
        assert_eq!(session_until(times, kind, kept, 0, longest - A_MINUTE), longest, "{kind} at the latest");
    }
}

#[test]
fn browsers_are_named_in_two_words() {
    for (agent, name) in [
        (
            "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/120.0", "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.0", ""),
    ] {
        assert_eq!(device_of(agent), name);
    }
}

#[test]
fn what_a_browser_brings_is_read_in_pairs() {
    assert_eq!(pairs("a.b.c.d").collect::<Vec<_>>(), [("a", "b"), ("c", "d")]);
    assert_eq!(pairs("a.b.c").collect::<Vec<_>>(), [("a", "b")]);
    assert_eq!(pairs("").count(), 0);
    assert_eq!(pairs(&"x.".repeat(100)).count(), KNOWN_OFFICERS);
}
