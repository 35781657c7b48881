//! Enrolled machines and what they print: what a kiosk may be told and what becomes of a
//! sheet, so that nothing is printed twice and nobody is left without knowing.

use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// What an enrolled machine is.
    DeviceKind {
        /// A terminal in a centre at which people serve themselves.
        Kiosk = "kiosk",
        /// The screen of a hall, which nobody touches.
        Display = "display",
    }
}

words! {
    /// What is done with an enrolled machine.
    DeviceStep {
        /// It serves nobody until it is unlocked.
        Lock = "lock",
        /// It serves again.
        Unlock = "unlock",
        /// Another machine takes its place: its key ends at once.
        Replace = "replace",
        /// It is taken away for good.
        End = "end",
    }
}

words! {
    /// A printer of a machine.
    Printer {
        /// The narrow roll for tickets and slips (ESC/POS).
        Receipt = "receipt",
        /// The ordinary printer for papers.
        Paper = "paper",
    }
}

words! {
    /// How a printer stands.
    Condition {
        /// It can print.
        Ready = "ready",
        /// It can print; the paper ends soon.
        Low = "paper-low",
        /// Its paper has run out.
        Out = "paper-out",
        /// Its cover is open.
        Cover = "cover-open",
        /// Paper is stuck, or it names another fault.
        Fault = "fault",
        /// It does not answer.
        Away = "away",
    }
}

impl Condition {
    /// Whether something can be printed.
    #[must_use]
    pub fn prints(self) -> bool {
        matches!(self, Self::Ready | Self::Low)
    }
}

words! {
    /// What is printed.
    PrintKind {
        /// A place in a line.
        Ticket = "ticket",
        /// A slip with a case's number and what comes next.
        Slip = "slip",
        /// A sealed paper.
        Document = "document",
    }
}

impl PrintKind {
    /// On which printer it comes out.
    #[must_use]
    pub fn printer(self) -> Printer {
        match self {
            Self::Ticket | Self::Slip => Printer::Receipt,
            Self::Document => Printer::Paper,
        }
    }

    /// Whether a second one does no harm: it says the same and is worth nothing by itself.
    #[must_use]
    pub fn may_be_doubled(self) -> bool {
        self != Self::Document
    }
}

words! {
    /// Where a sheet stands.
    PrintState {
        /// The machine has not fetched it.
        Waiting = "waiting",
        /// The machine has it; whether it came out is not known yet.
        Printing = "printing",
        /// It came out.
        Printed = "printed",
        /// It did not come out, for sure.
        Failed = "failed",
        /// The machine went away while printing: it came out or it did not.
        Unsure = "unsure",
        /// Nobody waits for it any more.
        Dropped = "dropped",
    }
}

words! {
    /// What happens to a sheet.
    PrintStep {
        /// The machine fetches it.
        Begin = "begin",
        /// It came out.
        Printed = "printed",
        /// It did not come out, for sure: nothing was sent, or the printer said so.
        Failed = "failed",
        /// The machine came back and does not know.
        Unsure = "unsure",
        /// It is to be printed again.
        Again = "again",
        /// Nobody waits for it any more.
        Drop = "drop",
    }
}

impl PrintState {
    /// The state after a step; `None` where the step is impossible.
    #[must_use]
    pub fn after(self, step: PrintStep) -> Option<Self> {
        use PrintState as S;
        use PrintStep as T;
        match (self, step) {
            (S::Waiting, T::Begin) => Some(S::Printing),
            (S::Printing, T::Printed) => Some(S::Printed),
            (S::Printing, T::Failed) => Some(S::Failed),
            (S::Printing, T::Unsure) => Some(S::Unsure),
            // Someone looked into the tray.
            (S::Unsure, T::Printed) => Some(S::Printed),
            (S::Failed | S::Unsure, T::Again) => Some(S::Waiting),
            (S::Waiting | S::Failed | S::Unsure, T::Drop) => Some(S::Dropped),
            _ => None,
        }
    }

    /// Whether nothing more happens to it.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Printed | Self::Dropped)
    }
}

/// Who may have a sheet printed again.
///
/// What is known not to have come out may be asked for by whoever stands there. Where
/// nobody knows, a ticket may be asked for again, but a sealed paper only by an officer who
/// looked into the tray: two papers in two hands are what a fraud needs.
#[must_use]
pub fn again_by_anyone(state: PrintState, kind: PrintKind) -> bool {
    match state {
        PrintState::Failed => true,
        PrintState::Unsure => kind.may_be_doubled(),
        _ => false,
    }
}

/// The number of a national card as a reader types it: the card's three lines of thirty
/// characters (ICAO Doc 9303-5, TD1), or the digits alone.
///
/// The second item of the optional data of the first line is where the card carries its
/// holder's number. Digits that the lines' check digits do not confirm are not believed.
#[must_use]
pub fn card_number(typed: &str) -> Option<String> {
    let typed = crate::digits::to_ascii(typed);
    let lines: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if lines.len() == 90 && lines.is_ascii() {
        return td1_number(&lines.to_ascii_uppercase());
    }
    let digits: String = lines.chars().filter(|c| !matches!(c, '-' | '/' | '.')).collect();
    let is_number = (5..=20).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_alphanumeric());
    is_number.then_some(digits)
}

/// The number in the optional data of a TD1 card whose check digits all fit.
fn td1_number(lines: &str) -> Option<String> {
    let digit = |at: usize| lines.as_bytes().get(at).map(|byte| i64::from(*byte) - i64::from(b'0'));
    let fits = |part: &str, at: usize| Some(check_digit(part)) == digit(at);
    let (first, second) = (lines.get(..30)?, lines.get(30..60)?);
    let composite = format!("{}{}{}{}", &first[5..30], &second[..7], &second[8..15], &second[18..29]);
    let sound =
        fits(&first[5..14], 14) && fits(&second[..6], 36) && fits(&second[8..14], 44) && fits(&composite, 59);
    let number: String = first[15..30].chars().filter(|c| *c != '<').collect();
    (sound && number.len() >= 5).then_some(number)
}

/// The check digit of ICAO Doc 9303-3, 4.9: weights 7, 3, 1.
fn check_digit(part: &str) -> i64 {
    let value = |c: char| match c {
        '0'..='9' => i64::from(u32::from(c) - u32::from('0')),
        'A'..='Z' => i64::from(u32::from(c) - u32::from('A')) + 10,
        _ => 0,
    };
    part.chars().zip([7, 3, 1].into_iter().cycle()).map(|(c, weight)| value(c) * weight).sum::<i64>() % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_fetched_once_and_ends_once() {
        use PrintState as S;
        use PrintStep as T;
        assert_eq!(S::Waiting.after(T::Begin), Some(S::Printing));
        for step in PrintStep::ALL {
            assert_eq!(S::Printed.after(*step), None, "{step:?}");
            assert_eq!(S::Dropped.after(*step), None, "{step:?}");
        }
        // What the machine has in hand is neither fetched nor dropped nor asked for again.
        for step in [T::Begin, T::Again, T::Drop] {
            assert_eq!(S::Printing.after(step), None, "{step:?}");
        }
    }

    #[test]
    fn a_paper_of_which_nobody_knows_is_for_an_officer() {
        assert!(again_by_anyone(PrintState::Failed, PrintKind::Document));
        assert!(again_by_anyone(PrintState::Unsure, PrintKind::Ticket));
        assert!(!again_by_anyone(PrintState::Unsure, PrintKind::Document));
        for state in [PrintState::Waiting, PrintState::Printing, PrintState::Printed, PrintState::Dropped] {
            assert!(!again_by_anyone(state, PrintKind::Ticket), "{state:?}");
        }
    }

    /// The specimen of ICAO Doc 9303-5 with a number in its optional data.
    fn card(number: &str) -> String {
        let first = format!("I<UTOD231458907{number:<<15}");
        let second = "7408122F1204159UTO<<<<<<<<<<<";
        let composite = format!("{}{}{}{}", &first[5..30], &second[..7], &second[8..15], &second[18..29]);
        format!("{first}\n{second}{}\nERIKSSON<<ANNA<MARIA<<<<<<<<<<", check_digit(&composite))
    }

    #[test]
    fn a_card_says_its_number_and_a_damaged_one_nothing() {
        // Check digit of the specimen without optional data, as printed in Doc 9303-5: 6.
        assert!(card("").contains("UTO<<<<<<<<<<<6"));
        let whole = card("1234567890123");
        assert_eq!(card_number(&whole).as_deref(), Some("1234567890123"));
        let damaged = whole.replace("1234567890123", "1234567890124");
        assert_eq!(card_number(&damaged), None);
        assert_eq!(card_number(&card("")), None);
    }

    #[test]
    fn a_number_is_typed_in_any_digits() {
        assert_eq!(card_number("١٢٣٤٥٦٧٨٩٠١٢٣").as_deref(), Some("1234567890123"));
        assert_eq!(card_number(" 1234-5678 90123 ").as_deref(), Some("1234567890123"));
        for wrong in ["", "12", "!!!!!!!", "123456789012345678901234"] {
            assert_eq!(card_number(wrong), None, "{wrong}");
        }
    }
}
