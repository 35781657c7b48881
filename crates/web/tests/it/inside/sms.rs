//! What an answer by text message costs.

use diwan_domain::texting::{Keyword, Keywords};
use diwan_web::words::{Arg, Words, plain};

/// How many parts a message costs: of 160 letters of the basic alphabet or 70 of any
/// other, and of fewer where several are joined.
fn parts(text: &str) -> usize {
    let (length, one, joined) =
        if text.is_ascii() { (text.len(), 160, 153) } else { (text.encode_utf16().count(), 70, 67) };
    if length <= one { 1 } else { length.div_ceil(joined) }
}

#[test]
fn no_answer_costs_more_than_three_parts() {
    let (words, keywords) = (Words::load().unwrap(), Keywords::default());
    let codes = [
        "text-status",
        "text-ticket",
        "text-help",
        "text-nothing",
        "text-cancelled",
        "text-revoked",
        "text-rate",
        "text-rated",
        "done-for-you",
        "proxy-named",
        "proxy-ended",
    ];
    for lang in words.languages() {
        let told = |keyword: &Keyword| (keyword.code(), Arg::from(keywords.told(*keyword, &lang.code)));
        let mut args: Vec<(&str, Arg)> = Keyword::ALL.iter().map(told).collect();
        let samples = [
            ("number", "KQ-26-000-123-4"),
            ("before", "12"),
            ("wait", "10-25"),
            ("counter", "A12"),
            ("count", "5"),
            ("until", "2027-11-27"),
        ];
        args.extend(samples.map(|(name, text)| (name, Arg::from(text))));
        for standing in ["waiting", "waiting-for-applicant", "prove-identity", "called"] {
            args.push(("standing", Arg::from(standing)));
            for code in codes {
                let text = plain(&lang.with_of("message-", code, &args));
                assert!(parts(&text) <= 3, "{}: {code} costs {}: {text}", lang.code, parts(&text));
            }
            args.pop();
        }
    }
}
