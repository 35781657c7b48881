//! The manager's view of a hall: who waits where and how long, which counters are open,
//! and how people are served there.

use super::{AtDesk, DeskList, at_desk, floor};
use crate::fields::Field;
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::pages::visits::{Centre, centre_at, lines, named};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::{OfficerId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::queue::setup::SetupFault;
use diwan_domain::queue::{Setup, State};
use diwan_domain::refusals::Why;
use diwan_office::queue::{self, AtCounter, PublishSetup, StandUp};

/// The centre at which an officer works.
pub(super) async fn own_centre(here: &Here, desk: &AtDesk) -> Result<Centre, Problem> {
    let id = desk.acting.officer.centre_id.ok_or_else(Problem::not_found)?;
    centre_at(here, id).await
}

/// The hall now.
pub async fn page(here: Here) -> Response {
    let result = show_hall(&here, None, None).await;
    answer(&here, result)
}

/// The hall with what was typed of a message, or the call for help of which nobody said
/// what became of it.
pub(super) async fn show_hall(here: &Here, typed: Option<Vec<Field>>, refused: Option<RowId>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageQueue)).await?;
    let lang = &here.lang;
    let centre = own_centre(here, &desk).await?;
    if let Some(call) = refused {
        let mut reading = here.app.office.db.reading().await?;
        let open = queue::help_for(&mut reading.tx(), &desk.acting).await?;
        if !open.iter().any(|help| help.call.id == call) {
            return Err(Problem::not_found());
        }
    }
    let counters = {
        let mut reading = here.app.office.db.reading().await?;
        AtCounter::all(&mut reading.tx(), centre.row.id).await?
    };
    let mut page = DeskList::new(here, &desk, lang.t("menu-hall")).await?;
    if centre.setup.is_none() {
        page.notices.push(lang.t("centre-no-setup"));
    }
    floor::calls_for_help(here, &desk, &mut page, refused).await?;
    page.tables.push((lang.t("hall-lines"), lines_table(here, &centre)));
    page.tables.push((lang.t("hall-counters"), counters_table(here, &centre, &counters)));
    super::duties::due(here, &centre, &mut page).await?;
    super::duties::room(here, &centre, &mut page).await?;
    if let Some(setup) = &centre.setup {
        floor::rest_of_day(here, &centre, &mut page).await?;
        floor::messages(here, &centre, &mut page, typed);
        let base = format!("/{}/halls/{}", lang.code, centre.row.code);
        for hall in &setup.halls {
            let about = [("hall", Arg::Text(named(lang, &hall.names)))];
            page.links.push((format!("{base}/{}", hall.key), lang.with("hall-display", &about)));
        }
    }
    page.links.push((format!("/{}/centres/{}", lang.code, centre.row.code), lang.t("hall-public")));
    page.links.push((format!("/{}/desk/hall/measures", lang.code), lang.t("measure-title")));
    page.links.push((format!("/{}/desk/hall/duties", lang.code), lang.t("duty-title")));
    page.links.push((format!("/{}/desk/hall/start-up", lang.code), lang.t("start-up-title")));
    page.links.push((format!("/{}/desk/hall/setup", lang.code), lang.t("setup-title")));
    Ok(show(page.status(), false, &page))
}

fn lines_table(here: &Here, centre: &Centre) -> Table {
    let lang = &here.lang;
    let longest = |letter: &str| {
        let line = centre.picture.as_ref()?.lines.iter().find(|line| line.letter == letter)?;
        Some(lang.span(line.longest * diwan_domain::queue::MINUTE))
    };
    let rows: Vec<Vec<Cell>> = lines(lang, centre)
        .into_iter()
        .map(|line| {
            vec![
                Cell::text(format!("{} {}", line.letter, line.name)),
                Cell::text(lang.number(line.waiting)),
                Cell::text(longest(&line.letter).unwrap_or_default()),
                Cell::text(line.wait),
                Cell::text(lang.number(line.counters)),
            ]
        })
        .collect();
    Table {
        caption: lang.t("hall-lines"),
        heads: ["ticket-line", "hall-waiting", "hall-longest", "centre-wait", "centre-counters"]
            .map(|key| lang.t(key))
            .to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("centre-no-setup"),
        ..Table::default()
    }
}

fn counters_table(here: &Here, centre: &Centre, counters: &[AtCounter]) -> Table {
    let lang = &here.lang;
    let rows: Vec<Vec<Cell>> =
        counters
            .iter()
            .map(|one| {
                let hand = one.ticket.as_ref().map(|ticket| {
                    let state = State::from_code(&ticket.state).unwrap_or(State::Called);
                    format!("{} · {}", ticket.number, lang.t_of("ticket-state-", state.code()))
                });
                let close = match &one.sitting {
                    Some(sitting) => Cell::text(lang.t("hall-close"))
                        .to(format!("/desk/hall/counters/{}", sitting.officer_id)),
                    None => Cell::text(""),
                };
                let planned =
                    centre.setup.as_ref().is_some_and(|setup| setup.counter(&one.counter.label).is_some());
                // Where nobody sits any more, somebody else goes on with whom it has in hand.
                let assign = if planned && (one.ticket.is_none() || one.sitting.is_none()) {
                    Cell::text(lang.t("assign")).to(format!("/desk/hall/assign/{}", one.counter.id))
                } else {
                    Cell::text("")
                };
                vec![
                    Cell::code(one.counter.label.clone()),
                    Cell::text(one.officer.clone().unwrap_or_else(|| lang.t("hall-unattended"))),
                    Cell::code(one.lines().join(" ")),
                    match &one.ticket {
                        Some(ticket) => Cell::text(hand.unwrap_or_default())
                            .to(format!("/desk/visits/{}", ticket.visit_id)),
                        None => Cell::text(""),
                    },
                    assign,
                    close,
                ]
            })
            .collect();
    Table {
        caption: lang.t("hall-counters"),
        heads: ["counter", "hall-officer", "hall-lines", "hall-in-hand", "assign", "hall-close"]
            .map(|key| lang.t(key))
            .to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("centre-no-setup"),
        ..Table::default()
    }
}

/// Asks before a colleague's counter is closed.
pub async fn counter(here: Here, Path((_, officer)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ManageQueue)).await?;
        let lang = &here.lang;
        let id: OfficerId = officer.parse().map_err(|_| Problem::not_found())?;
        let centre = own_centre(&here, &desk).await?;
        let at = {
            let mut reading = here.app.office.db.reading().await?;
            AtCounter::of(&mut reading.tx(), id).await?
        };
        let at = at.filter(|at| at.counter.centre_id == centre.row.id).ok_or_else(Problem::not_found)?;
        let mut page = DeskList::new(&here, &desk, lang.t("hall-close-title")).await?;
        page.back = "/desk/hall".to_owned();
        let about = [
            ("counter", Arg::Text(at.counter.label.clone())),
            ("name", Arg::Text(at.officer.clone().unwrap_or_default())),
        ];
        let mut form = FormBlock::new(
            String::new(),
            format!("/desk/hall/counters/{id}"),
            Vec::new(),
            lang.t("hall-close"),
        );
        form.intro = vec![lang.with("hall-close-lead", &about)];
        if let Some(ticket) = &at.ticket {
            let number = [("number", Arg::Text(ticket.number.clone()))];
            form.intro.push(lang.with("hall-close-in-hand", &number));
        }
        page.forms = vec![form];
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Closes a colleague's counter.
pub async fn close(here: Here, Path((_, officer)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let id: OfficerId = officer.parse().map_err(|_| Problem::not_found())?;
        here.app.office.perform(&here.visitor.who(), &sent.key, StandUp { officer: Some(id) }).await?;
        Ok(here.go("/desk/hall"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// How people are served here, as a file.
pub async fn setup(here: Here) -> Response {
    let result = show_setup(&here, None).await;
    answer(&here, result)
}

/// A fault of a setup in the reader's words.
fn fault_said(here: &Here, fault: &SetupFault) -> String {
    let args = [("place", Arg::Text(fault.place.clone())), ("found", Arg::Text(fault.found.clone()))];
    here.lang.with_of("setup-fault-", fault.code, &args)
}

async fn show_setup(here: &Here, typed: Option<(String, Vec<String>)>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageQueue)).await?;
    let lang = &here.lang;
    let centre = own_centre(here, &desk).await?;
    let text = {
        let mut reading = here.app.office.db.reading().await?;
        queue::setup_text(&mut reading.tx(), centre.row.id).await?.unwrap_or_default()
    };
    let mut page = DeskList::new(here, &desk, lang.t("setup-title")).await?;
    page.back = "/desk/hall".to_owned();
    let seen = if text.is_empty() { String::new() } else { Setup::hash(&text) };
    let (shown, faults) = typed.unwrap_or((text, Vec::new()));
    let area = Field::area("text", lang.t("setup-file"))
        .hint(lang.t("setup-file-help"))
        .filled(&shown)
        .wrong(faults.join(" "));
    let action = "/desk/hall/setup".to_owned();
    let mut form = FormBlock::new(String::new(), action, vec![area], lang.t("setup-publish"));
    form.intro = vec![lang.t("setup-lead")];
    form.hidden = vec![("seen".to_owned(), seen)];
    page.forms = vec![form];
    Ok(show(page.status(), false, &page))
}

/// Publishes the file, or says everything that is wrong with it.
pub async fn set(here: Here, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ManageQueue)).await?;
        let centre = desk.acting.officer.centre_id.ok_or_else(Problem::not_found)?;
        // Browsers send lines with carriage returns; the file has none.
        let text = sent.exact("text").replace("\r\n", "\n");
        if let Err(faults) = Setup::read(&text) {
            let said = faults.iter().map(|fault| fault_said(&here, fault)).collect();
            return show_setup(&here, Some((text, said))).await;
        }
        let act = PublishSetup { centre, text: text.clone(), seen: sent.some("seen") };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => Ok(here.go("/desk/hall")),
            Err(stop) if stop.code() == Why::NothingChanges.code() => Ok(here.go("/desk/hall")),
            Err(stop) if stop.code() == Why::LineInUse.code() => {
                let about = stop.refusal().map(|refusal| refusal.about.clone()).unwrap_or_default();
                let told = |name| (name, Arg::Text(about.get(name).cloned().unwrap_or_default()));
                let told = ["line", "waiting", "promised"].map(told);
                let said = here.lang.with("refusal-help-queue-line-in-use", &told);
                show_setup(&here, Some((text, vec![said]))).await
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
