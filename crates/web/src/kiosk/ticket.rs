//! A ticket at a kiosk: one touch for the line, one more for a need.

use super::{Around, Kiosk, MenuPage, Tile, at_kiosk};
use crate::assets;
use crate::frame::{Here, show};
use crate::pages::visits::{Centre, centre_of, full_lines, lines};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::devices::PrintKind;
use diwan_domain::queue::Need;
use diwan_office::cases::Access;
use diwan_office::devices::AskToPrint;
use diwan_office::queue::{TakeTicket, Taken};
use serde::Deserialize;

/// For which line somebody with a need asks.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    line: String,
}

/// The lines; or, for a line, the needs.
pub async fn page(
    here: Here,
    Path((_, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let centre = centre_of(&here, &code).await?;
        let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let page = if asked.line.is_empty() {
            all_lines(&here, &kiosk, &centre).await?
        } else {
            needs(&here, &kiosk, &asked.line, of)
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The lines, with how long one waits in each. Where nobody more can probably be served
/// today, that is said with the next free appointment; it can be touched all the same.
async fn all_lines(here: &Here, kiosk: &Kiosk, centre: &Centre) -> Result<MenuPage, Problem> {
    let lang = &here.lang;
    let full = full_lines(here, centre).await?;
    let hint = |letter: &str, wait: String| match full.iter().find(|(line, _)| line == letter) {
        Some((_, said)) => format!("{wait} {said}").trim().to_owned(),
        None => wait,
    };
    let tiles = lines(lang, centre).into_iter().enumerate().take(9).map(|(n, line)| Tile {
        digit: n + 1,
        icon: assets::icon("ticket"),
        hint: hint(&line.letter, line.wait),
        to: format!("{}?line={}", kiosk.path("/ticket"), line.letter),
        label: line.name,
        ..Tile::default()
    });
    let mut page = MenuPage {
        around: Around::new(here, kiosk, lang.t("kiosk-for-what")),
        back: kiosk.path(""),
        intro: Vec::new(),
        warnings: Vec::new(),
        tiles: tiles.collect(),
        links: Vec::new(),
    };
    if !full.is_empty() {
        page.intro.push(lang.t("ticket-full-lead"));
        page.links.push((kiosk.path("/appointment/book"), lang.t("book-title")));
    }
    Ok(page)
}

/// Needs are offered, never proven; whoever has none touches the first tile.
fn needs(here: &Here, kiosk: &Kiosk, line: &str, of: impl Fn(&str, &str) -> (String, String)) -> MenuPage {
    let lang = &here.lang;
    // Whoever goes back and presses the same again gets no second ticket.
    let once = |need: &str| super::once(here, &format!("ticket {line} {need}"));
    let none = Tile {
        digit: 1,
        icon: assets::icon("check"),
        label: lang.t("kiosk-no-need"),
        hint: String::new(),
        to: kiosk.path("/ticket"),
        hidden: vec![of("line", line)],
        once: once(""),
    };
    let tiles = Need::ALL.iter().enumerate().map(|(n, need)| Tile {
        digit: n + 2,
        icon: String::new(),
        label: lang.t_of("visit-need-", need.code()),
        hint: String::new(),
        to: kiosk.path("/ticket"),
        hidden: vec![of("line", line), of("needs", need.code())],
        once: once(need.code()),
    });
    MenuPage {
        around: Around::new(here, kiosk, lang.t("kiosk-any-need")),
        back: kiosk.path("/ticket"),
        intro: vec![lang.t("ticket-needs-help")],
        warnings: Vec::new(),
        tiles: std::iter::once(none).chain(tiles).collect(),
        links: Vec::new(),
    }
}

/// Takes the ticket and asks for its sheet.
pub async fn taken(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let act = TakeTicket {
            centre: kiosk.centre.id,
            line: sent.some("line"),
            service: None,
            needs: sent.all("needs").iter().filter_map(|code| Need::from_code(code)).collect(),
            people: 1,
            language: here.lang.code.clone(),
            phone: None,
            door: None,
            session: None,
            account: here.visitor.account(),
            visit: None,
            again: None,
            appointment: None,
        };
        let taken = here.app.office.perform(&kiosk.who(), &sent.key, act).await?;
        print(&here, &kiosk, &sent.key, &taken).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Asks for the sheet of a ticket and shows what becomes of it.
pub(super) async fn print(here: &Here, kiosk: &Kiosk, key: &str, taken: &Taken) -> Answer {
    let sheet = AskToPrint {
        device: kiosk.machine.id,
        kind: PrintKind::Ticket,
        subject: taken.ticket.to_string(),
        language: here.lang.code.clone(),
        access: Access::default(),
    };
    let key = format!("{key}-print");
    let asked = here.app.office.perform(&kiosk.who(), &key, sheet).await?;
    super::prints::keep(here, &asked.code);
    Ok(here.go(&kiosk.path(&format!("/prints/{}", asked.code))))
}
