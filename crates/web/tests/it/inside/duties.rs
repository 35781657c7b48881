//! Times of day as officers type them.

use diwan_web::inside::typed_clock;

#[test]
fn times_are_read_as_people_type_them() {
    for typed in ["8:30", "08:30", "0830", "٨:٣٠", " 8.30 "] {
        assert_eq!(typed_clock(typed), Some(510), "{typed}");
    }
    assert_eq!((typed_clock("14"), typed_clock("24:00")), (Some(840), Some(1440)));
    for wrong in ["", "8:3", "8:60", "25:00", "eight", "24:01"] {
        assert_eq!(typed_clock(wrong), None, "{wrong}");
    }
}
