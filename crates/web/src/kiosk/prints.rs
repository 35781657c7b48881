//! What becomes of a sheet, told to whoever waits for it: it is coming, it lies there, or
//! it did not come out and what to do now.

use super::{Around, Doing, Kiosk, StatePage, at_kiosk, conditions};
use crate::frame::{Here, show};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::devices::{PrintKind, PrintState, PrintStep, again_by_anyone};
use diwan_domain::ids::{CaseId, TicketId};
use diwan_office::devices::{self, MovePrint};
use diwan_office::documents::qr_svg;
use diwan_office::queue;
use diwan_office::rows::PrintRow;

/// After how many seconds a page about a sheet on its way looks again.
const AGAIN: i64 = 2;

/// Keeps a sheet with the session, so that it is dropped when its holder goes away.
pub(super) fn keep(here: &Here, code: &str) {
    here.visitor.keep(|kept| {
        if !kept.prints.iter().any(|one| one == code) {
            kept.prints.push(code.to_owned());
        }
    });
}

/// The sheet of this kiosk that a code opens.
async fn sheet(here: &Here, kiosk: &Kiosk, code: &str) -> Result<PrintRow, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let row = devices::print_coded(&mut reading.tx(), code).await?;
    row.filter(|row| row.device_id == kiosk.machine.id).ok_or_else(Problem::not_found)
}

/// The number that people read on a sheet, with where a ticket is followed by phone.
async fn number_of(here: &Here, row: &PrintRow) -> Result<(String, String), Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    match PrintKind::from_code(&row.kind) {
        Some(PrintKind::Ticket) => {
            let Ok(id) = row.subject.parse::<TicketId>() else { return Ok(Default::default()) };
            let ticket = queue::ticket(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
            let base = &here.app.office.settings.base_url;
            let address = format!("{base}/{}/tickets/{}", row.language, ticket.code);
            Ok((ticket.number, qr_svg(&address).unwrap_or_default()))
        }
        Some(PrintKind::Slip) => {
            let Ok(id) = row.subject.parse::<CaseId>() else { return Ok(Default::default()) };
            let case = diwan_office::cases::by_id(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
            Ok((case.number, String::new()))
        }
        _ => Ok(Default::default()),
    }
}

/// How a sheet stands.
pub async fn page(here: Here, Path((_, code, print)): Path<(String, String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let lang = &here.lang;
        let row = sheet(&here, &kiosk, &print).await?;
        let state = PrintState::from_code(&row.state).ok_or_else(Problem::not_found)?;
        let kind = PrintKind::from_code(&row.kind).ok_or_else(Problem::not_found)?;
        let (number, qr) = number_of(&here, &row).await?;
        let stand = conditions(&here, &kiosk).await?;
        let how = stand.iter().find(|(printer, _)| *printer == kind.printer()).map(|(_, how)| *how);
        let stuck = state == PrintState::Waiting && how.is_none_or(|how| !how.prints());
        let mut around = Around::new(&here, &kiosk, lang.t_of("kiosk-print-", kind.code()));
        if matches!(state, PrintState::Waiting | PrintState::Printing) {
            around = around.looking(AGAIN);
        }
        let mut says = vec![lang.t_of("kiosk-printing-", if stuck { "stuck" } else { state.code() })];
        if let (true, Some(how)) = (stuck || state == PrintState::Failed, how.filter(|how| !how.prints())) {
            says.push(lang.t_of("printer-", how.code()));
        }
        if kind == PrintKind::Ticket && state != PrintState::Printed {
            says.push(lang.t("kiosk-ticket-holds"));
        }
        let page =
            StatePage { doings: doings(&here, &kiosk, &print, (state, kind)), around, number, says, qr };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn doings(here: &Here, kiosk: &Kiosk, print: &str, (state, kind): (PrintState, PrintKind)) -> Vec<Doing> {
    let lang = &here.lang;
    let end = Doing {
        to: kiosk.path("/end"),
        hidden: Vec::new(),
        text: lang.t("kiosk-done"),
        main: state == PrintState::Printed,
    };
    let again = Doing {
        to: kiosk.path(&format!("/prints/{print}/again")),
        hidden: Vec::new(),
        text: lang.t("kiosk-print-again"),
        main: true,
    };
    if again_by_anyone(state, kind) { vec![again, end] } else { vec![end] }
}

/// Has a sheet printed again that did not come out.
pub async fn act(
    here: Here,
    Path((_, code, print, what)): Path<(String, String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let row = sheet(&here, &kiosk, &print).await?;
        let step = PrintStep::from_code(&what).filter(|step| *step == PrintStep::Again);
        let step = step.ok_or_else(Problem::not_found)?;
        let act = MovePrint { print: row.id, step, why: None, code: Some(print.clone()) };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        Ok(here.go(&kiosk.path(&format!("/prints/{print}"))))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
