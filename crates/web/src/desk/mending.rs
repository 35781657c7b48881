//! Forms among others on a page that come back, when they are refused, with what was typed.

use super::DeskList;
use crate::frame::Here;
use crate::refused::Problem;
use crate::sent::Sent;
use axum::http::StatusCode;
use diwan_domain::refusals::{Refusal, Why};

/// A form of a page that was refused: which, counted from nought, what was typed, and why.
pub(super) struct Refused<'a> {
    pub(super) form: usize,
    pub(super) sent: &'a Sent,
    pub(super) refusal: &'a Refusal,
}

impl Refused<'_> {
    /// Writes it into the page that it came from.
    pub(super) fn onto(&self, here: &Here, page: &mut DeskList) {
        if let Some(form) = page.forms.get_mut(self.form) {
            let says = match (self.refusal.about.get("fault"), self.refusal.why) {
                (Some(code), _) => here.lang.t_of("fault-", code),
                (None, Why::FieldMissing) => here.lang.t("field-missing-here"),
                (None, _) => here.lang.help(self.refusal),
            };
            *form = std::mem::take(form).refused(self.sent, self.refusal, says);
        }
    }
}

/// Why a form comes back with what was typed; nothing when its sender cannot mend it.
pub(super) fn mendable(problem: &Problem) -> Option<&Refusal> {
    let mends = matches!(problem.status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT);
    problem.refusal.as_ref().filter(|_| mends)
}
