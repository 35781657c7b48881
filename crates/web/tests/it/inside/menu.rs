//! What is pressed in the menu of a telephone, and what fits on its screen.

use diwan_web::inside::menu::{LONGEST, MINUTE, instant, keyed, pick, short};

#[test]
fn a_screen_is_cut_at_whole_lines() {
    let lines: Vec<String> = (1..30).map(|n| format!("{n} a line")).collect();
    let text = short(&lines.join("\n"));
    assert!(text.chars().count() <= LONGEST && text.ends_with("a line"), "{text}");
    assert_eq!(short(&"x".repeat(500)).chars().count(), LONGEST);
}

#[test]
fn a_time_is_typed_as_the_clock_shows_it() {
    assert_eq!(keyed(6 * 60 * MINUTE + 30 * MINUTE, 180), "0930");
    assert_eq!(keyed(22 * 60 * MINUTE, 180), "0100");
    let day = jiff::civil::date(1970, 1, 2);
    for typed in ["0930", "0000", "2359"] {
        assert_eq!(keyed(instant(day, typed, 180).unwrap(), 180), typed);
    }
    for typed in ["930", "2400", "0960", "", "nine"] {
        assert_eq!(instant(day, typed, 180), None, "{typed}");
    }
}

#[test]
fn keys_choose_from_one_and_never_past_nine() {
    let all: Vec<usize> = (1..=12).collect();
    assert_eq!(pick(&all, "1"), Some(&1));
    assert_eq!(pick(&all, "12"), None);
    assert_eq!(pick(&all, "0"), None);
    assert_eq!(pick(&all, "x"), None);
}
