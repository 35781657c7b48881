//! Moments as officers type them.

use diwan_web::inside::moment_in;

#[test]
fn a_moment_is_read_where_the_office_stands() {
    let nine = Some(1_795_327_200_000_000);
    assert_eq!(moment_in("2026-11-22T09:00", 180), nine);
    assert_eq!(moment_in("٢٠٢٦-١١-٢٢T٠٩:٠٠", 180), nine);
    assert_eq!(moment_in("2026-11-22", 180), nine.map(|at| at - 9 * 3_600_000_000));
    assert_eq!(moment_in("yesterday", 180), None);
}
