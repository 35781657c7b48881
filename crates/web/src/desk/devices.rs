//! The machines of a centre for its manager: how each stands, and what did not come out.

use super::hall::own_centre;
use super::{DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::Table;
use crate::pages::kit::{Cell, FormBlock, TextPage};
use crate::pages::visits::Centre;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::devices::{DeviceKind, DeviceStep, PrintKind, PrintState, PrintStep};
use diwan_domain::ids::{DeviceId, PrintId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::Stop;
use diwan_office::devices::{self, AddDevice, MoveDevice, MovePrint};
use diwan_office::rows::{DeviceRow, PrintRow};

/// The machines of the manager's centre.
pub async fn page(here: Here) -> Response {
    let result = list(&here, None).await;
    answer(&here, result)
}

async fn list(here: &Here, typed: Option<(&str, DeviceKind)>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageQueue)).await?;
    let lang = &here.lang;
    let centre = own_centre(here, &desk).await?;
    let (all, prints) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let all = devices::of_centre(&mut tx, centre.row.id).await?;
        (all, devices::prints_at(&mut tx, centre.row.id).await?)
    };
    let mut page = DeskList::new(here, &desk, lang.t("menu-devices")).await?;
    page.tables.push((lang.t("menu-devices"), machines(here, &centre, &all)));
    page.tables.push((lang.t("device-prints"), sheets(here, &centre, &all, &prints)));
    let label = Field::line("label", lang.t("device-label")).hint(lang.t("device-label-help"));
    let label = match typed {
        Some((typed, _)) => label.filled(typed).wrong(lang.t("device-label-wrong")),
        None => label,
    };
    let chosen = typed.map_or(DeviceKind::Kiosk, |(_, kind)| kind);
    let kinds = DeviceKind::ALL.iter().map(|kind| Opt {
        value: kind.code().to_owned(),
        label: lang.t_of("device-kind-", kind.code()),
        chosen: *kind == chosen,
        ..Opt::default()
    });
    let kind = Field::choice("kind", lang.t("device-kind"), kinds.collect());
    let mut form = FormBlock::new(
        lang.t("device-add"),
        "/desk/devices".to_owned(),
        vec![kind, label],
        lang.t("device-add-do"),
    );
    form.intro = vec![lang.t("device-add-lead")];
    page.forms = vec![form];
    Ok(show(page.status(), false, &page))
}

fn state_of(here: &Here, row: &DeviceRow, seen: Option<i64>) -> String {
    let lang = &here.lang;
    if row.key_hash.is_none() {
        return lang.t("device-not-enrolled");
    }
    if row.locked_at.is_some() {
        return lang.t("device-locked");
    }
    let is_there = devices::is_there(row, seen, here.app.office.now());
    lang.t(if is_there { "device-there" } else { "device-silent" })
}

fn machines(here: &Here, centre: &Centre, all: &[(DeviceRow, Option<i64>)]) -> Table {
    let lang = &here.lang;
    let offset = i32::try_from(centre.row.utc_offset_minutes).unwrap_or(0);
    let rows: Vec<Vec<Cell>> = all
        .iter()
        .map(|(row, seen)| {
            let printers: Vec<String> = devices::conditions(row)
                .into_iter()
                .map(|(one, how)| {
                    format!(
                        "{}: {}",
                        lang.t_of("printer-kind-", one.code()),
                        lang.t_of("printer-", how.code())
                    )
                })
                .collect();
            vec![
                Cell::code(row.label.clone()).to(format!("/desk/devices/{}", row.id)),
                Cell::text(lang.t_of("device-kind-", devices::kind_of(row).code())),
                Cell::text(state_of(here, row, *seen)),
                Cell::text(printers.join(" · ")),
                Cell::text(seen.map(|seen| lang.moment(seen, offset)).unwrap_or_default()),
            ]
        })
        .collect();
    Table {
        caption: lang.t("menu-devices"),
        heads: ["device-label", "device-kind", "device-state", "device-printers", "device-seen"]
            .map(|key| lang.t(key))
            .to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("device-none"),
        ..Table::default()
    }
}

fn sheets(here: &Here, centre: &Centre, all: &[(DeviceRow, Option<i64>)], prints: &[PrintRow]) -> Table {
    let lang = &here.lang;
    let offset = i32::try_from(centre.row.utc_offset_minutes).unwrap_or(0);
    let label = |id: DeviceId| all.iter().find(|(row, _)| row.id == id).map(|(row, _)| row.label.clone());
    let rows: Vec<Vec<Cell>> = prints
        .iter()
        .map(|row| {
            vec![
                Cell::code(label(row.device_id).unwrap_or_default()).to(format!("/desk/prints/{}", row.id)),
                Cell::text(lang.t_of("kiosk-print-", &row.kind)),
                Cell::text(lang.t_of("print-state-", &row.state)),
                Cell::text(lang.moment(row.moved_at, offset)),
            ]
        })
        .collect();
    Table {
        caption: lang.t("device-prints"),
        heads: ["device-label", "device-sheet", "device-state", "device-when"]
            .map(|key| lang.t(key))
            .to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("device-prints-none"),
        ..Table::default()
    }
}

/// Adds a machine and shows its code, once.
pub async fn add(here: Here, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ManageQueue)).await?;
        let centre = desk.acting.officer.centre_id.ok_or_else(Problem::not_found)?;
        let (code, code_hash) = AddDevice::code();
        let label = sent.text("label");
        let kind = DeviceKind::from_code(&sent.text("kind")).unwrap_or(DeviceKind::Kiosk);
        let act = AddDevice { centre, kind, label: label.clone(), code_hash };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => tell_code(&here, &code).await,
            Err(Stop::Refused(refusal)) if refusal.why == Why::FieldMissing => {
                list(&here, Some((&label, kind))).await
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The code with which a machine is enrolled, and where.
async fn tell_code(here: &Here, code: &str) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageQueue)).await?;
    let lang = &here.lang;
    let centre = own_centre(here, &desk).await?;
    let address = format!("{}/kiosk/{}", here.app.office.settings.base_url, centre.row.code);
    let page = TextPage {
        frame: here.frame(lang.t("device-code")),
        back: "/desk/devices".to_owned(),
        paragraphs: vec![lang.with("device-code-lead", &[("address", Arg::Text(address))])],
        code: format!("{} {}", &code[..4], &code[4..]),
        links: vec![(format!("/{}/desk/devices", lang.code), lang.t("menu-devices"))],
    };
    Ok(show(axum::http::StatusCode::OK, false, &page))
}

/// One machine, and what can be done with it.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ManageQueue)).await?;
        let lang = &here.lang;
        let centre = own_centre(&here, &desk).await?;
        let id: DeviceId = id.parse().map_err(|_| Problem::not_found())?;
        let row = {
            let mut reading = here.app.office.db.reading().await?;
            devices::device(&mut reading.tx(), id).await?
        };
        let open = |row: &DeviceRow| row.centre_id == centre.row.id && row.ended_at.is_none();
        let row = row.filter(open).ok_or_else(Problem::not_found)?;
        let title = lang.with("device-title", &[("label", Arg::Text(row.label.clone()))]);
        let mut page = DeskList::new(&here, &desk, title).await?;
        page.back = "/desk/devices".to_owned();
        let steps = DeviceStep::ALL.iter().filter(|step| match step {
            DeviceStep::Lock => row.locked_at.is_none(),
            DeviceStep::Unlock => row.locked_at.is_some(),
            DeviceStep::Replace | DeviceStep::End => true,
        });
        page.forms = steps
            .map(|step| {
                let action = format!("/desk/devices/{id}/{}", step.code());
                let text = lang.t_of("device-do-", step.code());
                let mut form = FormBlock::new(text.clone(), action, Vec::new(), text);
                form.intro = vec![lang.t_of("device-do-lead-", step.code())];
                form.button_class = "btn alt";
                form
            })
            .collect();
        Ok(show(page.status(), false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Locks a machine, unlocks it, lets another take its place, or takes it away.
pub async fn act(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let device: DeviceId = id.parse().map_err(|_| Problem::not_found())?;
        let step = DeviceStep::from_code(&what).ok_or_else(Problem::not_found)?;
        let (code, code_hash) = AddDevice::code();
        let act = MoveDevice { device, step, code_hash };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        if step == DeviceStep::Replace {
            return tell_code(&here, &code).await;
        }
        Ok(here.go("/desk/devices"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A sheet that did not come out, or of which nobody knows.
pub async fn print(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ServeQueue)).await?;
        let lang = &here.lang;
        let centre = own_centre(&here, &desk).await?;
        let id: PrintId = id.parse().map_err(|_| Problem::not_found())?;
        let row = {
            let mut reading = here.app.office.db.reading().await?;
            devices::print(&mut reading.tx(), id).await?
        };
        let row = row.filter(|row| row.centre_id == centre.row.id).ok_or_else(Problem::not_found)?;
        let state = PrintState::from_code(&row.state).ok_or_else(Problem::not_found)?;
        let mut page = DeskList::new(&here, &desk, lang.t_of("kiosk-print-", &row.kind)).await?;
        page.back = "/desk/devices".to_owned();
        page.notices = vec![lang.t_of("print-state-", state.code())];
        if PrintKind::from_code(&row.kind) == Some(PrintKind::Document) && state == PrintState::Unsure {
            page.notices.push(lang.t("print-look-first"));
        }
        let steps = [PrintStep::Printed, PrintStep::Again, PrintStep::Drop].into_iter().filter(|step| {
            state.after(*step).is_some() && (*step != PrintStep::Printed || state == PrintState::Unsure)
        });
        page.forms = steps
            .map(|step| {
                let action = format!("/desk/prints/{id}/{}", step.code());
                let mut form =
                    FormBlock::new(String::new(), action, Vec::new(), lang.t_of("print-do-", step.code()));
                form.button_class = "btn alt";
                form
            })
            .collect();
        Ok(show(page.status(), false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Says what becomes of a sheet.
pub async fn print_act(
    here: Here,
    Path((_, id, what)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let print: PrintId = id.parse().map_err(|_| Problem::not_found())?;
        let step = PrintStep::from_code(&what).ok_or_else(Problem::not_found)?;
        let act = MovePrint { print, step, why: None, code: None };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        Ok(here.go("/desk/devices"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
