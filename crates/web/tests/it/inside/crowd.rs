//! How many are let in, and what is kept of what was typed.

use axum::body::Bytes;
use diwan_web::inside::{FEWEST, Rooms, fields_of};
use std::time::Duration;

#[test]
fn the_slower_they_are_the_fewer_come_in_and_never_nobody() {
    let places = Rooms::opened(Duration::ZERO);
    let at_first = places.at_most();
    places.took(Duration::from_secs(3));
    assert_eq!(places.at_most(), at_first, "the first moment is not judged");
    places.breathe();
    let earlier = Rooms::opened(Duration::from_secs(60));
    earlier.took(Duration::from_secs(3));
    let lower = earlier.at_most();
    assert!(lower < at_first, "{lower}");
    for _ in 0..200 {
        earlier.breathe();
        earlier.took(Duration::from_secs(3));
    }
    assert_eq!(earlier.at_most(), FEWEST);
}

#[test]
fn quick_and_full_lets_more_in_and_quick_and_empty_does_not() {
    let places = Rooms::opened(Duration::ZERO);
    let at_first = places.at_most();
    places.took(Duration::from_millis(3));
    assert_eq!(places.at_most(), at_first);
    let inside: Vec<_> = (0..at_first).map(|_| places.enter().unwrap()).collect();
    assert!(places.enter().is_none());
    places.took(Duration::from_millis(3));
    assert_eq!(places.at_most(), at_first + 1);
    drop(inside);
    assert_eq!(places.inside(), 0);
}

#[test]
fn secrets_are_not_written_into_a_page_again() {
    let (fields, lost) = fields_of(&Bytes::from_static(b"login=rojin&password=x&csrf=1&code=123456"));
    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["login", "csrf"]);
    assert!(lost);
    assert!(!fields_of(&Bytes::from_static(b"name=a&name=b")).1);
}
