//! The officers' pages: inbox, case, counter, cash, administration, journal.

pub mod admin;
pub mod appointments;
pub mod books;
pub mod bulk;
pub mod bulk_begin;
pub mod call_backs;
pub mod calling;
pub mod cash;
pub mod certify;
pub mod choosing;
pub mod consent;
pub mod contact;
pub mod counter;
pub mod counter_case;
pub mod counter_form;
mod day;
pub mod days_off;
pub mod devices;
pub mod duplicates;
pub mod duties;
pub mod elsewhere;
pub mod entries;
pub mod faith;
mod finding;
pub mod floor;
pub mod forms;
pub mod guarding;
pub mod hall;
pub mod inbox;
pub mod journal;
pub mod ledger_checks;
pub mod ledger_pages;
pub mod ledgers;
pub(crate) mod looking;
pub mod measures;
mod mending;
pub mod mistaken;
pub mod notes;
pub mod numbers;
pub mod one_officer;
pub mod password;
pub mod people;
pub mod preparing;
pub mod proxies;
pub mod register;
pub mod rules;
pub mod said;
pub mod services;
pub mod sign_in;
pub mod subscriptions;
pub mod telephone;
pub mod tokens;
pub(crate) mod tree;
pub mod units;
pub mod visit;
pub mod work;

use crate::app::App;
use crate::fields::{Errors, Field};
use crate::frame::{Frame, Here, show};
use crate::pages::kit::{FormBlock, Table, errors_of};
use crate::refused::Problem;
use crate::words::Language;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use diwan_domain::people::Permission;
use diwan_office::Fault;
use diwan_office::acting::{Acting, acting, in_office};
use diwan_office::rows::Inbox;

/// One line of the side menu.
pub struct Item {
    /// Where it leads.
    pub path: &'static str,
    /// What it says.
    pub text: String,
    /// Whether we are there.
    pub current: bool,
    /// How many wait.
    pub count: Option<i64>,
    /// The count's name for the live script.
    pub key: &'static str,
}

/// The side menu.
pub struct Menu {
    /// Its lines.
    pub items: Vec<Item>,
    /// The officer's name.
    pub name: String,
    /// Where they work.
    pub place: String,
    /// Whether counts are live.
    pub live: bool,
    /// Whether they are told of calls for help: who manages a centre's hall.
    pub watches: bool,
    /// Who asks for help there now; empty when nobody does.
    pub alarm: String,
}

impl Menu {
    /// What the line says on which we are; nothing on a page below one of them.
    #[must_use]
    pub fn current(&self) -> &str {
        self.items.iter().find(|item| item.current).map_or("", |item| item.text.as_str())
    }
}

/// An officer at their desk.
pub struct AtDesk {
    /// The officer and their roles.
    pub acting: Acting,
}

/// The signed-in officer, if they may.
///
/// # Errors
/// Sign in first; not in service; not permitted.
pub async fn at_desk(here: &Here, permission: Option<Permission>) -> Result<AtDesk, Problem> {
    let at = here.app.office.desk(&here.visitor.who(), "look");
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let acting = match permission {
        Some(permission) => acting(&mut tx, &at, permission).await?,
        None => in_office(&mut tx, &at).await?,
    };
    Ok(AtDesk { acting })
}

/// The inbox of an officer with nothing filtered: the jurisdiction.
#[must_use]
pub fn inbox_of(acting: &Acting) -> Inbox {
    let officer = &acting.officer;
    Inbox {
        office: officer.office_id,
        centre: officer.centre_id.filter(|_| officer.office_id.is_none()),
        seen_by: Some(officer.id).filter(|_| !acting.may(Permission::ProtectRecords)),
        page: (25, 0),
        ..Inbox::default()
    }
}

/// How many cases of an officer are theirs, wait for the applicant, are late,
/// wait for hands.
///
/// # Errors
/// When the database fails.
pub async fn counts_of(app: &App, acting: &Acting) -> Result<[i64; 4], Fault> {
    let now = app.office.now();
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let base = inbox_of(acting);
    let in_progress = Inbox { phase: Some("in-progress".into()), ..base.clone() };
    let own = Inbox { assigned_to: Some(acting.officer.id), ..in_progress.clone() };
    let waiting = Inbox { phase: Some("waiting-for-applicant".into()), ..base };
    let late = Inbox { due_before: Some(now), ..in_progress.clone() };
    Ok([
        own.count(&mut tx).await?,
        waiting.count(&mut tx).await?,
        late.count(&mut tx).await?,
        in_progress.count(&mut tx).await?,
    ])
}

impl AtDesk {
    /// How many cases are mine, wait for the applicant, are late, wait for hands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn counts(&self, here: &Here) -> Result<[i64; 4], Problem> {
        Ok(counts_of(&here.app, &self.acting).await?)
    }

    /// The side menu with its counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn menu(&self, here: &Here) -> Result<Menu, Problem> {
        let lang = &here.lang;
        let may = |permission| self.acting.may(permission);
        let mut items = Vec::new();
        let mut add = |path: &'static str, key: &'static str, count: Option<i64>| {
            let current = here.path.split('?').next() == Some(path);
            items.push(Item { path, text: lang.t_of("menu-", key), current, count, key });
        };
        if may(Permission::SeeCases) {
            let [own, waiting, late, all] = self.counts(here).await?;
            add("/desk", "mine", Some(own));
            add("/desk/all", "all", Some(all));
            add("/desk/waiting", "waiting", Some(waiting));
            add("/desk/late", "late", Some(late));
        }
        if may(Permission::DecideCases) {
            let asked = self.asked_elsewhere(here).await?;
            add("/desk/elsewhere", "elsewhere", Some(asked));
        }
        let for_register = [Permission::NotifyEvents, Permission::DeclareEvents, Permission::RegisterEvents];
        if for_register.into_iter().any(may) {
            add("/desk/register", "register", None);
        }
        if may(Permission::ProtectRecords) {
            add("/desk/register/protected", "protected", None);
        }
        if may(Permission::IssueInBulk) {
            add("/desk/bulk", "bulk", None);
        }
        if may(Permission::ServeQueue) && self.acting.officer.centre_id.is_some() {
            add("/desk/queue", "queue", None);
            add("/desk/appointments", "appointments", None);
        }
        if may(Permission::ManageQueue) && self.acting.officer.centre_id.is_some() {
            add("/desk/hall", "hall", None);
            add("/desk/devices", "devices", None);
        }
        if may(Permission::AssistCases) {
            add("/desk/counter", "counter", None);
        }
        if may(Permission::ServeTelephone) {
            add("/desk/telephone", "telephone", None);
        }
        if may(Permission::TakeCash) {
            add("/desk/cash", "cash", None);
        }
        if may(Permission::ManageCentres) {
            add("/desk/centres", "centres", None);
            add("/desk/units", "units", None);
        }
        if may(Permission::ManageOfficers) {
            add("/desk/officers", "officers", None);
            add("/desk/services", "services", None);
            add("/desk/rules", "rules", None);
        }
        if may(Permission::ManageSubscriptions) {
            add("/desk/subscriptions", "subscriptions", None);
        }
        if may(Permission::ImportRegister) {
            add("/desk/books", "books", None);
        }
        if may(Permission::ImportRegister) || may(Permission::KeyLedgers) {
            add("/desk/ledgers", "ledgers", None);
        }
        if may(Permission::ReadJournal) {
            add("/desk/journal", "journal", None);
            add("/desk/notes", "notes", None);
            add("/desk/call-backs", "call-backs", None);
            add("/desk/hall/measures", "measures", None);
        }
        add("/desk/tokens", "tokens", None);
        add("/desk/password", "password", None);
        let place = self.place(here).await?;
        Ok(Menu {
            items,
            name: self.acting.officer.name.clone(),
            place,
            live: may(Permission::SeeCases),
            watches: may(Permission::ManageQueue) && self.acting.officer.centre_id.is_some(),
            alarm: floor::alarm(here, &self.acting).await?,
        })
    }

    /// How many requests of other offices wait for an answer.
    async fn asked_elsewhere(&self, here: &Here) -> Result<i64, Problem> {
        let mut reading = here.app.office.db.reading().await?;
        Ok(diwan_office::cases::count_asked_of(&mut reading.tx(), &self.acting).await?)
    }

    async fn place(&self, here: &Here) -> Result<String, Problem> {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let officer = &self.acting.officer;
        let centres = diwan_office::administration::all_centres(&mut tx).await?;
        if let Some(centre) = centres.iter().find(|centre| Some(centre.id) == officer.centre_id) {
            return Ok(here.lang.name_in(&centre.names.0));
        }
        let offices = diwan_office::administration::all_offices(&mut tx).await?;
        let office = offices.iter().find(|office| Some(office.id) == officer.office_id);
        Ok(office.map(|office| here.lang.name_in(&office.names.0)).unwrap_or_default())
    }
}

/// A button that does one thing.
pub struct Action {
    /// Where it goes.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// A desk page of lists and forms.
#[derive(Template)]
#[template(path = "desk-list.html")]
pub struct DeskList {
    /// The frame.
    pub frame: Frame,
    /// The side menu.
    pub menu: Menu,
    /// Where "back" leads; empty for nowhere.
    pub back: String,
    /// Buttons beside the heading.
    pub actions: Vec<Action>,
    /// Things to know.
    pub notices: Vec<String>,
    /// Fields of the filter.
    pub filters: Vec<Field>,
    /// Where the filter goes.
    pub filter_path: String,
    /// Headings and tables.
    pub tables: Vec<(String, Table)>,
    /// A picture below one of the tables: which, counted from nought, what it is, and its SVG.
    pub picture: Option<(usize, String, String)>,
    /// A scanned page: its whole address, and what it shows.
    pub scan: Option<(String, String)>,
    /// Forms.
    pub forms: Vec<FormBlock>,
    /// Ways on, as whole addresses.
    pub links: Vec<(String, String)>,
}

impl DeskList {
    /// An empty page with a title.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn new(here: &Here, desk: &AtDesk, title: String) -> Result<Self, Problem> {
        Ok(Self {
            frame: here.frame(title),
            menu: desk.menu(here).await?,
            back: String::new(),
            actions: Vec::new(),
            notices: Vec::new(),
            filters: Vec::new(),
            filter_path: String::new(),
            tables: Vec::new(),
            picture: None,
            scan: None,
            forms: Vec::new(),
            links: Vec::new(),
        })
    }

    /// What is wrong in its forms, for the summary.
    #[must_use]
    pub fn errors(&self) -> Errors {
        self.forms.iter().flat_map(|form| errors_of(&form.fields)).collect()
    }

    /// The page's status: refused when something in its forms is wrong.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        if self.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// The page of something that goes on in the background: while it does, the page says
    /// so and comes again by itself, without a script.
    pub fn show_watched(mut self, lang: &Language, goes_on: bool) -> Response {
        if !goes_on {
            return show(StatusCode::OK, false, &self);
        }
        self.notices.insert(0, lang.t("books-refreshes"));
        let mut shown = show(StatusCode::OK, false, &self);
        shown.headers_mut().insert(header::REFRESH, HeaderValue::from_static("3"));
        shown
    }
}
