//! One's own papers and cases at a kiosk: one touch for a paper that the register holds.

use super::identify::signed_in;
use super::{Around, Doing, Kiosk, MenuPage, StatePage, Tile, at_kiosk};
use crate::assets;
use crate::frame::{Here, show};
use crate::pages::apply::{Opened, open};
use crate::pages::home::words_of;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::devices::PrintKind;
use diwan_domain::ids::{AccountId, CaseId};
use diwan_domain::services::{Question, QuestionKind, next_unanswered};
use diwan_office::cases::{Access, SaveAnswer, SendCase};
use diwan_office::devices::{self, AskToPrint, BeginOwnPaper};
use diwan_office::rows::{CaseRow, DocumentRow};
use serde_json::json;

/// How many tiles a page has: what a keypad can reach.
const TILES: usize = 9;

/// The papers that can be printed here: those that wait, and those that can be made.
pub async fn page(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let account = match signed_in(&here, &kiosk) {
            Ok(account) => account,
            Err(response) => return Ok(*response),
        };
        let lang = &here.lang;
        let mut tiles = Vec::new();
        for (case, paper) in ready(&here, account).await? {
            let Some(paper) = paper.filter(|_| tiles.len() < TILES) else { continue };
            tiles.push(Tile {
                digit: tiles.len() + 1,
                icon: assets::icon("print"),
                label: title_of(&here, &case).await?,
                hint: lang.t("kiosk-paper-ready"),
                to: kiosk.path(&format!("/cases/{}/print", case.id)),
                hidden: vec![("document".to_owned(), paper.id.to_string())],
                ..Tile::default()
            });
        }
        let offered = {
            let mut reading = here.app.office.db.reading().await?;
            devices::offered(&mut reading.tx(), account, &here.app.office.today().to_string()).await?
        };
        for offer in offered {
            if tiles.len() == TILES {
                break;
            }
            let service = &offer.published.service;
            tiles.push(Tile {
                digit: tiles.len() + 1,
                icon: assets::icon("paper"),
                label: words_of(&here, service).t("title"),
                hint: lang.t("kiosk-paper-own"),
                to: kiosk.path(&format!("/papers/{}", service.key)),
                hidden: vec![("service".to_owned(), service.key.clone())],
                once: super::once(&here, &format!("paper {}", service.key)),
            });
        }
        let none = tiles.is_empty().then(|| lang.t("kiosk-no-papers"));
        let page = MenuPage {
            around: Around::new(&here, &kiosk, lang.t("kiosk-papers")),
            back: kiosk.path(""),
            intro: none.into_iter().collect(),
            warnings: Vec::new(),
            tiles,
            links: vec![(kiosk.path("/ticket"), lang.t("kiosk-rather-counter"))],
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn ready(here: &Here, account: AccountId) -> Result<Vec<(CaseRow, Option<DocumentRow>)>, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    Ok(devices::ready(&mut reading.tx(), account).await?)
}

async fn title_of(here: &Here, case: &CaseRow) -> Result<String, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let published = diwan_office::cases::definition(&mut reading.tx(), case).await?;
    Ok(words_of(here, &published.service).t("title"))
}

/// Begins the case of one's own paper, and sends it when nothing is open.
pub async fn begin(
    here: Here,
    Path((_, code, service)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        if let Err(response) = signed_in(&here, &kiosk) {
            return Ok(*response);
        }
        let act = BeginOwnPaper { service, language: here.lang.code.clone() };
        let begun = here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        go_on(&here, &kiosk, begun.case, &sent.key).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Sends a case of which nothing is open; of a paper that a rule grants, the sheet is asked
/// for at once, of everything else a slip.
async fn go_on(here: &Here, kiosk: &Kiosk, case: CaseId, key: &str) -> Answer {
    let opened = open(here, &case.to_string()).await?;
    let whole = next_unanswered(&opened.published.service, &opened.answers, &opened.facts).is_none();
    if whole && opened.case.phase == "draft" {
        let act = SendCase { case, access: Access::default() };
        here.app.office.perform(&here.visitor.who(), &format!("{key}-send"), act).await?;
        let sent = open(here, &case.to_string()).await?;
        let owed = sent.case.fee_minor_units > sent.case.paid_minor_units;
        let paper = {
            let mut reading = here.app.office.db.reading().await?;
            devices::paper_of(&mut reading.tx(), case).await?
        };
        return match paper.filter(|_| !owed) {
            Some(paper) => sheet(here, kiosk, (PrintKind::Document, &paper.to_string()), key).await,
            None => {
                sheet(here, kiosk, (PrintKind::Slip, &case.to_string()), key).await?;
                Ok(here.go(&kiosk.path(&format!("/cases/{case}"))))
            }
        };
    }
    Ok(here.go(&kiosk.path(&format!("/cases/{case}"))))
}

/// Asks for a sheet and goes to where it stands.
async fn sheet(here: &Here, kiosk: &Kiosk, (kind, subject): (PrintKind, &str), key: &str) -> Answer {
    let act = AskToPrint {
        device: kiosk.machine.id,
        kind,
        subject: subject.to_owned(),
        language: here.lang.code.clone(),
        access: Access::default(),
    };
    let asked = here.app.office.perform(&here.visitor.who(), &format!("{key}-{}", kind.code()), act).await?;
    super::prints::keep(here, &asked.code);
    Ok(here.go(&kiosk.path(&format!("/prints/{}", asked.code))))
}

/// Has the paper of a case printed.
pub async fn print(
    here: Here,
    Path((_, code, case)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        if let Err(response) = signed_in(&here, &kiosk) {
            return Ok(*response);
        }
        open(&here, &case).await?;
        let document = sent.text("document");
        sheet(&here, &kiosk, (PrintKind::Document, &document), &sent.key).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// One's own cases and how each stands.
pub async fn cases(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let account = match signed_in(&here, &kiosk) {
            Ok(account) => account,
            Err(response) => return Ok(*response),
        };
        let lang = &here.lang;
        let mut tiles = Vec::new();
        for (case, _) in ready(&here, account).await?.into_iter().take(TILES) {
            tiles.push(Tile {
                digit: tiles.len() + 1,
                icon: String::new(),
                label: title_of(&here, &case).await?,
                hint: format!("{} · {}", case.number, lang.t_of("phase-", &case.phase)),
                to: kiosk.path(&format!("/cases/{}", case.id)),
                ..Tile::default()
            });
        }
        let none = tiles.is_empty().then(|| lang.t("my-cases-none"));
        let page = MenuPage {
            around: Around::new(&here, &kiosk, lang.t("kiosk-cases")),
            back: kiosk.path(""),
            intro: none.into_iter().collect(),
            warnings: Vec::new(),
            tiles,
            links: Vec::new(),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// How a case stands, and what its holder can do here.
pub async fn case(here: Here, Path((_, code, case)): Path<(String, String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        if let Err(response) = signed_in(&here, &kiosk) {
            return Ok(*response);
        }
        let opened = open(&here, &case).await?;
        let open_question = next_unanswered(&opened.published.service, &opened.answers, &opened.facts);
        if let (Some(question), "draft") = (open_question, opened.case.phase.as_str()) {
            return Ok(match question.kind {
                QuestionKind::YesNo => yes_or_no(&here, &kiosk, &opened, question),
                // What takes more than a touch is asked at a counter, where someone helps.
                _ => standing(&here, &kiosk, &opened, None, vec![here.lang.t("kiosk-needs-counter")]),
            });
        }
        let owed = diwan_office::cases::payable(&opened.case);
        let lang = &here.lang;
        let mut says = vec![lang.t_of("phase-", &opened.case.phase)];
        if owed > 0 && opened.case.submitted_at.is_some() {
            let money = lang.money(diwan_office::cases::money_of(&opened.case, owed));
            says.push(here.frame("").t1("kiosk-pay", "amount", &money));
        }
        let paper = {
            let mut reading = here.app.office.db.reading().await?;
            devices::paper_of(&mut reading.tx(), opened.case.id).await?
        };
        let paper = paper.filter(|_| owed <= 0).map(|paper| paper.to_string());
        Ok(standing(&here, &kiosk, &opened, paper, says))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn standing(
    here: &Here,
    kiosk: &Kiosk,
    opened: &Opened,
    paper: Option<String>,
    says: Vec<String>,
) -> Response {
    let lang = &here.lang;
    let mut doings = Vec::new();
    if let Some(paper) = paper {
        doings.push(Doing {
            to: kiosk.path(&format!("/cases/{}/print", opened.case.id)),
            hidden: vec![("document".to_owned(), paper)],
            text: lang.t("kiosk-print"),
            main: true,
        });
    }
    doings.push(Doing {
        to: kiosk.path("/end"),
        hidden: Vec::new(),
        text: lang.t("kiosk-done"),
        main: false,
    });
    let page = StatePage {
        around: Around::new(here, kiosk, words_of(here, &opened.published.service).t("title")),
        number: opened.case.number.clone(),
        says,
        qr: String::new(),
        doings,
    };
    show(StatusCode::OK, false, &page)
}

fn yes_or_no(here: &Here, kiosk: &Kiosk, opened: &Opened, question: &Question) -> Response {
    let words = words_of(here, &opened.published.service);
    let tile = |digit, value: &str| Tile {
        digit,
        icon: assets::icon(if value == "yes" { "check" } else { "cross" }),
        label: here.lang.t_of("answer-", value),
        hint: String::new(),
        to: kiosk.path(&format!("/cases/{}/answer", opened.case.id)),
        hidden: vec![("question".to_owned(), question.key.clone()), ("answer".to_owned(), value.to_owned())],
        ..Tile::default()
    };
    let page = MenuPage {
        around: Around::new(
            here,
            kiosk,
            words.maybe(&format!("question-{}", question.key)).unwrap_or_default(),
        ),
        back: kiosk.path("/papers"),
        intro: crate::fields::hint_of(&words, question).into_iter().collect(),
        warnings: Vec::new(),
        tiles: vec![tile(1, "yes"), tile(2, "no")],
        links: Vec::new(),
    };
    show(StatusCode::OK, false, &page)
}

/// Keeps an answer, and goes on.
pub async fn answered(
    here: Here,
    Path((_, code, case)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        if let Err(response) = signed_in(&here, &kiosk) {
            return Ok(*response);
        }
        let id: CaseId = case.parse().map_err(|_| Problem::not_found())?;
        let act = SaveAnswer {
            case: id,
            access: Access::default(),
            question: sent.text("question"),
            value: json!(sent.text("answer") == "yes"),
        };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        go_on(&here, &kiosk, id, &sent.key).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}
