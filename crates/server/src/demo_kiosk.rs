//! The kiosk of the demonstration: enrolled as a manager would, with a receipt printer that
//! speaks the real commands on loopback, and the real program at its printers.

use crate::kiosk_agent::{Agent, RunOptions};
use anyhow::Context;
use axum::Router;
use axum::extract::{Path as UrlPath, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use diwan_demo::Seeded;
use diwan_demo::card::KioskCard;
use diwan_demo::simulators::{Mood, ReceiptPrinter};
use diwan_domain::acts::Actor;
use diwan_domain::devices::{DeviceKind, DeviceStep};
use diwan_domain::people::{Channel, Role};
use diwan_office::devices::{self, AddDevice, EnrolDevice, MoveDevice};
use diwan_office::{Office, Who};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;

/// What the kiosk is called.
const LABEL: &str = "K1";
/// Where its keys are kept between two starts.
const FILE: &str = "kiosk.json";

#[derive(Serialize, Deserialize)]
struct Keys {
    screen: String,
    agent: String,
}

/// The kiosk with its printers.
#[derive(Clone)]
pub struct DemoKiosk {
    /// What stands of it on the card.
    pub card: KioskCard,
    printer: ReceiptPrinter,
    papers: PathBuf,
    options: RunOptions,
}

/// Enrols the kiosk, or finds it enrolled, and starts its receipt printer.
pub async fn prepare(
    office: &Office,
    seeded: &Seeded,
    data: &Path,
    base_url: &str,
) -> anyhow::Result<DemoKiosk> {
    let file = data.join(FILE);
    let keys: Keys = match std::fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(absent) if absent.kind() == std::io::ErrorKind::NotFound => {
            let keys = enrol(office, seeded).await?;
            std::fs::write(&file, serde_json::to_string(&keys)?)?;
            keys
        }
        Err(fault) => return Err(fault).context("the kiosk's keys"),
    };
    let papers = data.join("printed");
    std::fs::create_dir_all(&papers)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let receipt = listener.local_addr()?.to_string();
    let printer = ReceiptPrinter::default();
    tokio::spawn(printer.clone().serve(listener));
    let card = KioskCard {
        url: format!("{base_url}/kiosk/{}", diwan_demo::halls::BUSY),
        cookie: "diwan-device".to_owned(),
        key: keys.screen,
        agent_key: keys.agent,
        printer_url: format!("{base_url}/demo/printer"),
    };
    let options = RunOptions {
        server: base_url.to_owned(),
        key: file,
        receipt: Some(receipt),
        paper: Some(format!("folder:{}", papers.display())),
    };
    Ok(DemoKiosk { card, printer, papers, options })
}

/// As the manager of the busy centre would.
async fn enrol(office: &Office, seeded: &Seeded) -> anyhow::Result<Keys> {
    let centre = *seeded.centres.get(diwan_demo::halls::BUSY).context("the busy centre is there")?;
    let is_manager = |plan: &diwan_demo::region::OfficerPlan| {
        plan.role == Role::CentreManager && plan.centre == Some(diwan_demo::halls::BUSY)
    };
    let manager = seeded.officers.iter().find(|officer| is_manager(&officer.plan));
    let manager = manager.context("the busy centre has a manager")?;
    let who = Who {
        actor: Actor::Officer(manager.id),
        channel: Channel::Counter,
        centre: Some(centre),
        ..Who::system("demo")
    };
    let (code, code_hash) = AddDevice::code();
    let known = devices::of_centre(&mut office.db.reading().await?.tx(), centre).await?;
    match known.into_iter().find(|(row, _)| row.label == LABEL) {
        Some((row, _)) => {
            let act = MoveDevice { device: row.id, step: DeviceStep::Replace, code_hash };
            office.perform_once(&who, act).await?;
        }
        None => {
            let act = AddDevice { centre, kind: DeviceKind::Kiosk, label: LABEL.to_owned(), code_hash };
            office.perform_once(&who, act).await?;
        }
    }
    let (act, screen) = EnrolDevice::with_code(&code, false, "demo");
    office.perform_once(&Who::system("demo"), act).await?;
    let (act, agent) = EnrolDevice::with_code(&code, true, "demo");
    office.perform_once(&Who::system("demo"), act).await?;
    Ok(Keys { screen, agent })
}

impl DemoKiosk {
    /// Starts the program at the printers.
    pub fn print(&self) {
        let (options, key) = (self.options.clone(), self.card.agent_key.clone());
        tokio::spawn(async move {
            let outcome = match Agent::new(options, key) {
                Ok(agent) => agent.work().await,
                Err(fault) => Err(fault),
            };
            if let Err(fault) = outcome {
                tracing::warn!("the demonstration's kiosk prints no more: {fault:#}");
            }
        });
    }

    /// What it printed, and how its printer behaves.
    pub fn doors(&self) -> Router {
        Router::new()
            .route("/demo/printer", get(show))
            .route("/demo/printer/slips/{n}", get(slip))
            .route("/demo/printer/papers/{name}", get(paper))
            .route("/demo/printer/{mood}", post(behave))
            .with_state(self.clone())
    }

    fn papers(&self) -> Vec<String> {
        let folder = std::fs::read_dir(&self.papers).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            folder.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }
}

async fn show(State(kiosk): State<DemoKiosk>) -> Html<String> {
    let slips: String = (0..kiosk.printer.slips().len())
        .rev()
        .map(|n| format!("<p><img src=\"/demo/printer/slips/{n}\" alt=\"slip {n}\" width=\"288\"></p>"))
        .collect();
    let papers: String = kiosk
        .papers()
        .iter()
        .map(|name| format!("<li><a href=\"/demo/printer/papers/{name}\">{name}</a></li>"))
        .collect();
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>What the kiosk printed</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"{}\">\
         <body><main class=\"wrap\"><h1>What the kiosk printed</h1><p>Receipt printer: {:?}</p>\
         <h2>Papers</h2><ul>{papers}</ul><h2>Slips, newest first</h2>{slips}</main></body></html>",
        diwan_web::assets::address("app.ltr.css"),
        kiosk.printer.mood(),
    ))
}

async fn slip(State(kiosk): State<DemoKiosk>, UrlPath(n): UrlPath<usize>) -> Response {
    match kiosk.printer.slips().get(n) {
        Some(slip) => ([(header::CONTENT_TYPE, "image/bmp")], slip.bmp()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn paper(State(kiosk): State<DemoKiosk>, UrlPath(name): UrlPath<String>) -> Response {
    // Only what is listed: a name from outside leads to no other file.
    if !kiosk.papers().contains(&name) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match std::fs::read(kiosk.papers.join(name)) {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn behave(State(kiosk): State<DemoKiosk>, UrlPath(mood): UrlPath<String>) -> StatusCode {
    match Mood::from_code(&mood) {
        Some(mood) => {
            kiosk.printer.set(mood);
            StatusCode::NO_CONTENT
        }
        None => StatusCode::NOT_FOUND,
    }
}
