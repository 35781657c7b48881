//! Files for calendars are read by programs of others.

use diwan_web::inside::calendar::folded;

#[test]
fn no_line_of_a_calendar_is_longer_than_others_read() {
    let line = format!("LOCATION:{}", "ناوەندی خزمەتگوزاری گشتی، ".repeat(9));
    let written = folded(&line);
    let parts: Vec<&str> = written.split("\r\n").collect();
    assert!(parts.len() > 4, "{written}");
    assert!(parts.iter().all(|part| part.len() <= 75), "{written}");
    assert!(parts[1..].iter().all(|part| part.starts_with(' ')), "{written}");
    assert_eq!(written.replace("\r\n ", ""), line, "put together again it is what it was");
    assert_eq!(folded("DTSTART:20261123T053000Z"), "DTSTART:20261123T053000Z");
}
