//! A kiosk: an enrolled machine in a centre at which people serve themselves by touch, by
//! keypad, or by a screen reader with headphones.
//!
//! The language comes first. Whoever goes away leaves nothing behind: the session, the
//! history and what was not printed yet end with the page that nobody touches. EN 301 549,
//! chapters 5 and 8, says what the machine itself must be like.

pub mod agent;
pub mod appointment;
pub mod enrol;
pub mod identify;
pub mod note;
pub mod papers;
pub mod preparing;
pub mod prints;
pub mod ticket;

use crate::app::App;
use crate::assets;
use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::visitor::Machine;
use crate::visitor::Visitor;
use crate::words::Language;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use diwan_domain::acts::Actor;
use diwan_domain::devices::{Condition, PrintState, PrintStep, Printer};
use diwan_domain::people::{Assurance, Channel};
use diwan_domain::refusals::Why;
use diwan_office::devices::{self, CallHelper, MovePrint};
use diwan_office::queue;
use diwan_office::rows::CentreRow;
use diwan_office::{Who, secrets};
use std::sync::Arc;

/// For how many seconds nobody has to touch a page before they are asked.
const IDLE: i64 = 60;
/// The same for whoever asked for more time.
const IDLE_SLOWLY: i64 = 240;
/// After how many seconds a page without a script goes back to the start.
const WITHOUT_SCRIPT: i64 = 240;

/// A kiosk with the centre in which it stands.
pub(crate) struct Kiosk {
    pub machine: Machine,
    pub centre: CentreRow,
}

impl Kiosk {
    /// The machine as acts know it: nobody's name stands in what it does.
    pub(crate) fn who(&self) -> Who {
        Who {
            actor: Actor::Device(self.machine.id),
            channel: Channel::Kiosk,
            assurance: Assurance::None,
            centre: Some(self.machine.centre),
            ..Who::system("kiosk")
        }
    }

    /// The path of a page of this kiosk.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/kiosk/{}{rest}", self.centre.code)
    }
}

/// The kiosk at which somebody stands, of the centre that the address names. What is kept
/// of them from here on ends with their visit.
pub(crate) async fn at_kiosk(here: &Here, code: &str) -> Result<Kiosk, Problem> {
    let kiosk = stands_at(here, code).await?;
    // From the first page on everything that is kept here ends soon.
    here.visitor.keep(|kept| {
        kept.kiosk = true;
        if kept.attempt.is_empty() {
            kept.attempt = uuid::Uuid::now_v7().simple().to_string();
        }
    });
    here.visitor.ensure(&here.app);
    Ok(kiosk)
}

/// The key of what whoever stands here does once, however often they go back and press its
/// button again: it is the same for the same thing until they leave.
pub(crate) fn once(here: &Here, what: &str) -> String {
    let account = here.visitor.account().map(|account| account.to_string()).unwrap_or_default();
    let thing = format!("{}\n{what}\n{}\n{account}", here.visitor.kept().attempt, here.lang.code);
    hex::encode(&secrets::hash(&thing)[..20])
}

/// The machine that asks, in the centre that the address names. Nobody's session is begun.
async fn stands_at(here: &Here, code: &str) -> Result<Kiosk, Problem> {
    let machine = here.visitor.machine().ok_or(Why::DeviceNotInUse)?;
    let centre = {
        let mut reading = here.app.office.db.reading().await?;
        queue::centre_coded(&mut reading.tx(), code).await?
    };
    let centre = centre.filter(|centre| centre.id == machine.centre).ok_or(Why::DeviceNotInUse)?;
    Ok(Kiosk { machine, centre })
}

/// What stands around every page of a kiosk.
pub(crate) struct Around {
    pub frame: Frame,
    pub code: String,
    pub centre: String,
    pub script: String,
    /// The classes of the page.
    pub comfort: String,
    pub comforts: Vec<(&'static str, String, bool)>,
    /// After how many seconds it is asked whether somebody is there.
    pub idle: i64,
    /// After how many seconds a page without a script goes on by itself, and where to.
    pub wait: i64,
    pub next: String,
    /// After how many seconds the page looks again; empty for never.
    pub reload: String,
    /// This page's path, to come back to.
    pub here: String,
}

/// How a kiosk's pages can be made easier.
const COMFORTS: [&str; 3] = ["contrast", "low", "slow"];

impl Around {
    pub(crate) fn new(here: &Here, kiosk: &Kiosk, title: impl Into<String>) -> Self {
        let kept = here.visitor.kept();
        let on = |what: &str| kept.comfort.iter().any(|one| one == what);
        let lang = &here.lang;
        Self {
            frame: here.frame(title),
            code: kiosk.centre.code.clone(),
            centre: lang.name_in(&kiosk.centre.names.0),
            script: assets::address("kiosk.js"),
            comfort: kept.comfort.join(" "),
            comforts: COMFORTS
                .into_iter()
                .map(|what| (what, lang.t_of("kiosk-comfort-", what), on(what)))
                .collect(),
            idle: if on("slow") { IDLE_SLOWLY } else { IDLE },
            wait: WITHOUT_SCRIPT,
            next: format!("/kiosk/{}", kiosk.centre.code),
            reload: String::new(),
            here: here.path.clone(),
        }
    }

    /// A page about something that changes: it looks again every few seconds.
    #[must_use]
    pub(crate) fn looking(mut self, seconds: i64) -> Self {
        self.reload = seconds.to_string();
        self.wait = seconds + 2;
        self.next = self.frame.to(&self.here);
        self
    }

    /// The path of a page of this kiosk, without its language.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/kiosk/{}{rest}", self.code)
    }
}

/// One thing to touch.
#[derive(Default)]
pub(crate) struct Tile {
    pub digit: usize,
    pub icon: String,
    pub label: String,
    pub hint: String,
    pub to: String,
    /// What a form sends; empty for a link.
    pub hidden: Vec<(String, String)>,
    /// The key of what is done once by whoever stands here; empty for once by this page.
    pub once: String,
}

impl Tile {
    /// The key of the keypad that presses it: the star for the tenth, since 0 calls a helper.
    fn key(&self) -> String {
        if self.digit == 10 { "*".into() } else { self.digit.to_string() }
    }
}

/// A page of things to touch.
#[derive(Template)]
#[template(path = "kiosk-menu.html")]
pub(crate) struct MenuPage {
    pub around: Around,
    pub back: String,
    pub intro: Vec<String>,
    pub warnings: Vec<String>,
    pub tiles: Vec<Tile>,
    pub links: Vec<(String, String)>,
}

/// One button of a page that says how something stands.
pub(crate) struct Doing {
    pub to: String,
    pub hidden: Vec<(String, String)>,
    pub text: String,
    pub main: bool,
}

/// A page that says how something stands.
#[derive(Template)]
#[template(path = "kiosk-state.html")]
pub(crate) struct StatePage {
    pub around: Around,
    pub number: String,
    pub says: Vec<String>,
    pub qr: String,
    pub doings: Vec<Doing>,
}

/// A page that asks for something.
#[derive(Template)]
#[template(path = "kiosk-form.html")]
pub(crate) struct KioskForm {
    pub around: Around,
    pub back: String,
    pub intro: Vec<String>,
    pub action: String,
    pub fields: Vec<crate::fields::Field>,
    pub errors: crate::fields::Errors,
    pub submit: String,
    pub links: Vec<(String, String)>,
    /// Whether digits to touch stand below the field.
    pub pad: bool,
}

impl KioskForm {
    pub(crate) fn show(mut self) -> Response {
        self.errors = crate::pages::kit::errors_of(&self.fields);
        let status = if self.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        show(status, false, &self)
    }
}

#[derive(Template)]
#[template(path = "kiosk-start.html")]
struct StartPage {
    frame: Frame,
    code: String,
    centre: String,
    script: String,
    languages: Vec<Arc<Language>>,
}

/// The start of a kiosk: languages, and nothing of whoever stood here before.
pub async fn start(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    let lang = app.words.first();
    let here = Here { path: format!("/kiosk/{code}"), app, visitor, lang, behind: String::new() };
    let result = async {
        if here.visitor.machine().is_none() {
            return Ok(here.go(&format!("/kiosk/{code}/enrol")));
        }
        let kiosk = at_kiosk(&here, &code).await?;
        wipe(&here, &kiosk).await?;
        let languages = here.app.words.languages().iter().take(9).cloned().collect();
        let page = StartPage {
            frame: here.frame(here.lang.t("kiosk-title")),
            centre: here.lang.name_in(&kiosk.centre.names.0),
            code: kiosk.centre.code,
            script: assets::address("kiosk.js"),
            languages,
        };
        // Not "cookies": the machine keeps its key.
        let clear = [(header::HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"")];
        Ok((clear, show(StatusCode::OK, false, &page)).into_response())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

#[derive(Template)]
#[template(path = "kiosk-away.html")]
struct AwayPage {
    frame: Frame,
    code: String,
    centre: String,
    script: String,
}

/// What the machine's browser keeps and shows while its line is cut. Nobody's session is on
/// it, and none is begun: it is fetched beside the page of whoever stands there.
pub async fn away(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let kiosk = stands_at(&here, &code).await?;
        let page = AwayPage {
            frame: here.frame(here.lang.t("kiosk-away-title")),
            centre: here.lang.name_in(&kiosk.centre.names.0),
            code: kiosk.centre.code,
            script: assets::address("kiosk.js"),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Ends everything of whoever stood here: the session, and what was not printed yet.
async fn wipe(here: &Here, kiosk: &Kiosk) -> Result<(), Problem> {
    for code in here.visitor.kept().prints {
        let row = {
            let mut reading = here.app.office.db.reading().await?;
            devices::print_coded(&mut reading.tx(), &code).await?
        };
        let Some(row) = row else { continue };
        let can_drop =
            PrintState::from_code(&row.state).is_some_and(|state| state.after(PrintStep::Drop).is_some());
        // Of what nobody knows whether it came out, an officer decides.
        if !can_drop || row.state == PrintState::Unsure.code() {
            continue;
        }
        let act = MovePrint { print: row.id, step: PrintStep::Drop, why: None, code: Some(code) };
        match here.app.office.perform_once(&kiosk.who(), act).await {
            // The machine fetched it in the same moment.
            Err(stop) if stop.code() == Why::StepImpossible.code() => {}
            other => {
                other?;
            }
        }
    }
    here.visitor.sign_out(&here.app).await?;
    Ok(())
}

/// What a kiosk can do, with how long one waits now.
pub async fn menu(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let lang = &here.lang;
        let waiting = {
            let mut reading = here.app.office.db.reading().await?;
            queue::waiting_if_open(&mut reading.tx(), &kiosk.centre, here.app.office.now()).await?
        };
        let hint = match waiting {
            Some(count) => here.frame("").n1("centre-waiting", "count", &count),
            None => lang.t("centre-closed-now"),
        };
        let tile = |digit, icon: &str, label: &str, hint: String, to: &str| Tile {
            digit,
            icon: assets::icon(icon),
            label: lang.t(label),
            hint,
            to: kiosk.path(to),
            ..Tile::default()
        };
        let tiles = vec![
            tile(1, "ticket", "kiosk-ticket", hint, "/ticket"),
            tile(2, "print", "kiosk-papers", lang.t("kiosk-papers-hint"), "/papers"),
            tile(3, "search", "kiosk-cases", lang.t("kiosk-cases-hint"), "/cases"),
            tile(4, "speak", "kiosk-note", lang.t("kiosk-note-hint"), "/note"),
            tile(5, "paper", "kiosk-appointment", lang.t("kiosk-appointment-hint"), "/appointment"),
        ];
        let warnings = warnings(&here, &kiosk).await?;
        let around = Around::new(&here, &kiosk, lang.t("kiosk-welcome"));
        let page =
            MenuPage { around, back: String::new(), intro: Vec::new(), warnings, tiles, links: Vec::new() };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What of the printers whoever stands here should know before they begin.
async fn warnings(here: &Here, kiosk: &Kiosk) -> Result<Vec<String>, Problem> {
    let stand = conditions(here, kiosk).await?;
    let unable = |printer: &Printer| !stand.iter().any(|(one, how)| one == printer && how.prints());
    let said = Printer::ALL.iter().filter(|printer| unable(printer));
    Ok(said.map(|printer| here.lang.t_of("kiosk-cannot-", printer.code())).collect())
}

/// How the printers stand now: away when the machine says nothing any more.
pub(crate) async fn conditions(here: &Here, kiosk: &Kiosk) -> Result<Vec<(Printer, Condition)>, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let all = devices::of_centre(&mut tx, kiosk.centre.id).await?;
    let Some((row, seen)) = all.into_iter().find(|(row, _)| row.id == kiosk.machine.id) else {
        return Ok(Vec::new());
    };
    let is_silent = seen.is_none_or(|seen| here.app.office.now() - seen > devices::SILENT);
    let stand = devices::conditions(&row);
    Ok(stand.into_iter().map(|(one, how)| (one, if is_silent { Condition::Away } else { how })).collect())
}

/// Makes the pages easier, or as they were. What was sent says which: sent again it changes
/// nothing.
pub async fn comfort(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let (on, off) = (sent.text("on"), sent.text("off"));
        here.visitor.keep(|kept| {
            kept.comfort.retain(|one| *one != off);
            if COMFORTS.contains(&on.as_str()) && !kept.comfort.contains(&on) {
                kept.comfort.push(on.clone());
            }
        });
        let back = sent.text("back");
        let own = kiosk.path("");
        Ok(here.go(if back.starts_with(&own) { &back } else { &own }))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Calls a helper; called twice it is one call.
pub async fn help(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        match here.app.office.perform(&kiosk.who(), &sent.key, CallHelper {}).await {
            Err(stop) if stop.code() != Why::NothingChanges.code() => return Err(stop.into()),
            _ => {}
        }
        let lang = &here.lang;
        let page = StatePage {
            around: Around::new(&here, &kiosk, lang.t("kiosk-help-called")),
            number: String::new(),
            says: vec![lang.t("kiosk-help-called-lead")],
            qr: String::new(),
            doings: Vec::new(),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Ends the visit of whoever stands here.
pub async fn end(here: Here, Path((_, code)): Path<(String, String)>, _sent: Sent) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        wipe(&here, &kiosk).await?;
        Ok(Redirect::to(&kiosk.path("")).into_response())
    };
    let result: Answer = result.await;
    answer(&here, result)
}
