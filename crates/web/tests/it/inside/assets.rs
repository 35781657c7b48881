//! Files in parts, and the drawings.

use diwan_web::assets::icon;
use diwan_web::inside::part_of;

#[test]
fn a_player_gets_the_part_it_asks_for() {
    for (asked, part) in [
        ("bytes=0-", Some((0, 9))),
        ("bytes=2-4", Some((2, 4))),
        ("bytes=8-99", Some((8, 9))),
        ("bytes=-3", Some((7, 9))),
        ("bytes=10-", None),
        ("bytes=4-2", None),
        ("pages=1-2", None),
    ] {
        assert_eq!(part_of(asked, 10), part, "{asked}");
    }
    assert_eq!(part_of("bytes=0-", 0), None, "nothing has no parts");
}

#[test]
fn every_pictogram_has_its_drawing() {
    for name in diwan_domain::services::PICTOGRAMS {
        assert!(icon(name).starts_with("<svg"), "{name}");
    }
}
