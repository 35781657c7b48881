//! How the summary of a form names what is wrong with it.

use diwan_web::inside::kit::named;

#[test]
fn a_question_has_one_mark_in_a_summary() {
    for (path, expected) in [
        (vec!["Child", "Sex"], "Child – Sex: Choose"),
        (vec!["Why do you look?"], "Why do you look? Choose"),
        (vec!["بۆچی سەیر دەکەیت؟"], "بۆچی سەیر دەکەیت؟ Choose"),
        (vec!["Died?", "Day"], "Died? – Day: Choose"),
        (vec![], "Choose"),
    ] {
        assert_eq!(named(&path, "Choose"), expected);
    }
}
