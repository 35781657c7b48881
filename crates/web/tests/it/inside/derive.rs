//! Kurmanji in Arabic letters.

use diwan_web::derive::{OverrideFault, overrides, to_arabic};
use std::collections::BTreeMap;

fn house() -> BTreeMap<String, String> {
    overrides(include_str!("../../../../../locales/overrides/kmr-Arab.txt")).unwrap()
}

#[track_caller]
fn check(latin: &str, arabic: &str) {
    assert_eq!(to_arabic(latin, &house()), arabic, "{latin}");
}

#[test]
fn words_of_the_counter_are_spelled_letter_by_letter() {
    for (latin, arabic) in [
        ("nav", "ناڤ"),
        ("bawername", "باوەرنامە"),
        ("jidayikbûn", "ژدایکبوون"),
        ("navend", "ناڤەند"),
        ("rêveberî", "ڕێڤەبەری"),
        ("roj", "ڕۆژ"),
        ("birin", "برن"),
        ("dil", "دل"),
        ("çiya", "چیا"),
        ("jiyan", "ژیان"),
        ("şaristanî", "شارستانی"),
        ("xêr", "خێر"),
        ("vekirî", "ڤەکری"),
        ("gihîşt", "گهیشت"),
        ("qanûn", "قانوون"),
        ("hejmar", "هەژمار"),
        ("zarok", "زارۆک"),
        ("fermangeh", "فەرمانگەھ"),
        ("pêwîst", "پێویست"),
        ("malbat", "مالبات"),
        ("agahî", "ئاگاهی"),
        ("erê", "ئەرێ"),
        ("êvar", "ئێڤار"),
        ("îmze", "ئیمزە"),
        ("ol", "ئۆل"),
        ("ustad", "ئوستاد"),
        ("ûda", "ئوودا"),
        ("pirr", "پڕ"),
        ("teolojî", "تەئۆلۆژی"),
        ("s'et", "سعەت"),
        ("Kurdistan", "کوردستان"),
        ("Dihok", "دهۆک"),
        ("Silêmanî", "سلێمانی"),
        ("ẍerîb", "غەریب"),
    ] {
        check(latin, arabic);
    }
}

#[test]
fn little_words_stand_alone_as_badini_writes_them() {
    check("li Dihokê û ji bo te", "ل دهۆکێ و ژ بۆ تە");
    check("Bi navê dê û bavê", "ب ناڤێ دێ و باڤێ");
    check("Di 5 rojan de", "د ٥ ڕۆژان دە");
}

#[test]
fn overrides_serve_the_word_and_its_endings_but_no_other_word() {
    check("Diwan", "دیوان");
    check("Diwanê", "دیوانێ");
    check("li Hewlêrê", "ل هەولێرێ");
    check("Elî", "عەلی");
    check("Elîyê", "عەلییێ");
    check("biryara", "بڕیارا");
    check("hezar", "هەزار");
}

#[test]
fn marks_and_digits_follow_the_script() {
    check("Kengî? Roj, meh; sal.", "کەنگی؟ ڕۆژ، مەھ؛ سال.");
    check("14 3 1998", "١٤ ٣ ١٩٩٨");
    check("100%", "١٠٠٪");
    check("(bi nav)", "(ب ناڤ)");
}

#[test]
fn what_is_no_word_stays_as_it_is() {
    check("Bi PDF, QR an SMS", "ب PDF، QR ئان SMS");
    check("Hejmara KQ7-000-204-X.", "هەژمارا KQ7-000-204-X.");
    check("Nav \u{2068}Azad Kerîm\u{2069} e", "ناڤ \u{2068}Azad Kerîm\u{2069} ئە");
    check("bi PDFê, bi SMS'ê, bi e-mailê, e-mail", "ب PDFێ، ب SMS'ێ، ب ئیمێلێ، ئیمێل");
    check("\u{2068}a \u{2068}b\u{2069} c\u{2069} d", "\u{2068}a \u{2068}b\u{2069} c\u{2069} د");
    check("{ $count } roj", "{ $count } ڕۆژ");
    check("{ NUMBER($n, style: \"x}\") } roj", "{ NUMBER($n, style: \"x}\") } ڕۆژ");
    check("<a href=\"/k?x=1\">nav</a> &amp; roj", "<a href=\"/k?x=1\">ناڤ</a> &amp; ڕۆژ");
    check("Ji alikari@diwan.example re", "ژ alikari@diwan.example ڕە");
    check("https://diwan.example/v/1, diwan.krd/kontrol.", "https://diwan.example/v/1، diwan.krd/kontrol.");
    check("5 < 6 & 7", "٥ < ٦ & ٧");
}

#[test]
fn loose_accents_and_capitals_give_the_same_word() {
    check("Bave\u{302} min", "باڤێ من");
    check("S\u{327}ev", "شەڤ");
    check("ŞEV", "شەڤ");
}

#[test]
fn text_in_arabic_letters_and_open_marks_lose_nothing() {
    check("کوردستان", "کوردستان");
    check("{ nav", "{ nav");
    check("\u{2068}nav", "\u{2068}nav");
    check("", "");
    check("nav\nroj", "ناڤ\nڕۆژ");
}

#[test]
fn no_latin_letter_is_left_of_a_written_page() {
    let page = "Eger tu tenê salê dizanî, tenê salê binivîse. Wêneyekî zelal ê her rûpelê bes e!";
    assert!(!to_arabic(page, &house()).contains(|c: char| c.is_ascii_alphabetic()));
}

#[test]
fn a_file_of_overrides_is_read_strictly() {
    assert_eq!(overrides("# x\n\nRoj = ڕۆژ # day\n").unwrap()["roj"], "ڕۆژ");
    assert_eq!(overrides("Roj ڕۆژ"), Err(OverrideFault::NoPair(1)));
    assert_eq!(overrides("a = \n"), Err(OverrideFault::NoPair(1)));
    let twice = OverrideFault::Twice { line: 2, word: "a".into() };
    assert_eq!(overrides("a = ئا\nA = ا\n"), Err(twice));
}
