//! Before a time is chosen at a kiosk: for which service, and the few questions that decide
//! what must be brought, each a page of tiles. Then only what this person needs is listed.
//!
//! Nothing is typed here: a question that takes more than one touch is passed over, and the
//! list says so.

use super::{Around, Kiosk, MenuPage, Tile, at_kiosk};
use crate::assets;
use crate::frame::{Here, show};
use crate::pages::prepare::{self, Touching};
use crate::pages::visits::{Centre, centre_of};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

const PATH: &str = "/appointment/prepare";
/// How many tiles have a digit.
const TILES: usize = 9;

/// For which line, and for which of its services.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    line: String,
    #[serde(default)]
    service: String,
}

/// The services of a line that are offered today.
pub(super) async fn services(
    here: &Here,
    centre: &Centre,
    letter: &str,
) -> Result<Vec<(String, String)>, Problem> {
    match centre.setup.as_ref().and_then(|setup| setup.line(letter)) {
        Some(line) => prepare::offered_by(here, line).await,
        None => Ok(Vec::new()),
    }
}

fn menu(here: &Here, kiosk: &Kiosk, title: String, back: &str) -> MenuPage {
    MenuPage {
        around: Around::new(here, kiosk, title),
        back: kiosk.path(back),
        intro: Vec::new(),
        warnings: Vec::new(),
        tiles: Vec::new(),
        links: Vec::new(),
    }
}

/// Which service; then its questions one after the other; then what to bring.
pub async fn page(
    here: Here,
    Path((_, code)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let centre = centre_of(&here, &kiosk.centre.code).await?;
        let services = services(&here, &centre, &wanted.line).await?;
        if services.is_empty() {
            return Err(Problem::not_found());
        }
        let page = match services.iter().find(|(key, _)| *key == wanted.service) {
            None => which(&here, &kiosk, &wanted.line, &services),
            Some((key, title)) => {
                let touching = prepare::touching(&here, key).await?.ok_or_else(Problem::not_found)?;
                of_service(&here, &kiosk, &wanted, (title, touching))
            }
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The services of a line; whoever comes for none of them chooses a day at once.
fn which(here: &Here, kiosk: &Kiosk, line: &str, services: &[(String, String)]) -> MenuPage {
    let lang = &here.lang;
    let mut page = menu(here, kiosk, lang.t("kiosk-prepare-service"), "/appointment/book");
    let tiles = services.iter().take(TILES - 1).enumerate().map(|(n, (key, title))| Tile {
        digit: n + 1,
        label: title.clone(),
        to: format!("{}?line={line}&service={key}", kiosk.path(PATH)),
        ..Tile::default()
    });
    page.tiles = tiles.collect();
    page.tiles.push(Tile {
        digit: page.tiles.len() + 1,
        label: lang.t("kiosk-prepare-other"),
        to: format!("{}?line={line}", kiosk.path("/appointment/book")),
        ..Tile::default()
    });
    page
}

fn of_service(here: &Here, kiosk: &Kiosk, wanted: &Wanted, (title, touching): (&str, Touching)) -> MenuPage {
    match &touching.question {
        Some(field) => {
            let back = format!("{PATH}?line={}", wanted.line);
            let mut page = menu(here, kiosk, field.label.clone(), &back);
            page.intro = Some(field.hint.clone()).filter(|hint| !hint.is_empty()).into_iter().collect();
            page.intro.push(here.lang.t("prepare-questions-lead"));
            let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let tiles = field.options.iter().enumerate().map(|(n, option)| Tile {
                digit: n + 1,
                label: option.label.clone(),
                hint: option.hint.clone(),
                to: kiosk.path(PATH),
                hidden: vec![
                    of("line", &wanted.line),
                    of("service", &wanted.service),
                    of("question", &field.name),
                    of(&field.name, &option.value),
                ],
                ..Tile::default()
            });
            page.tiles = tiles.collect();
            page
        }
        None => list(here, kiosk, wanted, (title, touching)),
    }
}

/// What to bring and what it costs, with the way on.
fn list(here: &Here, kiosk: &Kiosk, wanted: &Wanted, (title, touching): (&str, Touching)) -> MenuPage {
    let lang = &here.lang;
    let Wanted { line, service } = wanted;
    let mut page = menu(here, kiosk, title.to_owned(), &format!("{PATH}?line={line}"));
    let again = Tile {
        digit: 2,
        label: lang.t("kiosk-prepare-again"),
        to: kiosk.path(PATH),
        hidden: [("line", line), ("service", service), ("again", service)]
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .to_vec(),
        ..Tile::default()
    };
    if !touching.told.turned_away.is_empty() {
        page.warnings = vec![lang.t("prepare-not-for-you"), touching.told.turned_away];
        page.warnings.dedup();
        page.tiles = vec![
            Tile {
                digit: 1,
                label: lang.t("prepare-other-services"),
                to: format!("{}?line={line}", kiosk.path(PATH)),
                ..Tile::default()
            },
            again,
        ];
        return page;
    }
    page.intro = vec![lang.t(if touching.is_answered { "prepare-yours" } else { "prepare-lead" })];
    let need = if touching.told.need.is_empty() {
        lang.t("prepare-nothing")
    } else {
        touching.told.need.join(" · ")
    };
    page.intro.push(format!("{}: {need}", lang.t("prepare-title")));
    page.intro.push(format!("{}: {}", lang.t("service-fee"), touching.told.fees.join(" · ")));
    if touching.is_passed_over {
        page.warnings.push(lang.t("kiosk-prepare-skipped"));
    }
    page.tiles = vec![Tile {
        digit: 1,
        icon: assets::icon("check"),
        label: lang.t("prepare-ready"),
        to: format!("{}?line={line}&service={service}", kiosk.path("/appointment/book")),
        ..Tile::default()
    }];
    if touching.is_answered {
        page.tiles.push(again);
    }
    page
}

/// Takes one answer, or forgets them all; the next question, or the list, follows.
pub async fn touched(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let centre = centre_of(&here, &kiosk.centre.code).await?;
        let (line, service) = (sent.text("line"), sent.text("service"));
        if !services(&here, &centre, &line).await?.iter().any(|(key, _)| *key == service) {
            return Err(Problem::not_found());
        }
        if sent.some("again").is_some() {
            prepare::forget(&here);
        } else {
            prepare::touch(&here, &service, &sent.text("question"), &sent.fields).await?;
        }
        Ok(here.go(&format!("{}?line={line}&service={service}", kiosk.path(PATH))))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
