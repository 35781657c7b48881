//! What somebody who booked at the reception or by telephone must bring: the officer asks
//! the few questions that decide it, and tells them.

use super::appointments::{PATH, own, show_one};
use super::{DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::Here;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::pages::visits::Centre;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::Fault;
use diwan_office::queue::{self, KeepAnswers};
use diwan_office::rows::AppointmentRow;

/// What its holder must bring, with the questions that decide it while it is to come.
pub(super) async fn prepared(
    here: &Here,
    row: &AppointmentRow,
    refused: Option<(&Sent, &[Fault])>,
    page: &mut DeskList,
) -> Result<(), Problem> {
    let Some(key) = &row.service else { return Ok(()) };
    let lang = &here.lang;
    let answers = {
        let mut reading = here.app.office.db.reading().await?;
        queue::answers_of(&mut reading.tx(), row).await?
    };
    let refused = refused.map(|(sent, faults)| (&sent.fields, faults));
    let told = crate::pages::prepare::told_for(here, key, answers.as_ref(), refused).await?;
    let Some(told) = told else { return Ok(()) };
    if !told.turned_away.is_empty() {
        page.notices.push(told.turned_away);
    }
    let rows: Vec<Vec<Cell>> = told
        .need
        .into_iter()
        .map(|need| vec![Cell::text(lang.t("service-need")), Cell::text(need)])
        .chain(told.fees.into_iter().map(|fee| vec![Cell::text(lang.t("service-fee")), Cell::text(fee)]))
        .collect();
    let table = Table {
        caption: crate::pages::prepare::title(here, key).await?,
        heads: vec![lang.t("desk-appointments-what"), lang.t("visit-about")],
        total: rows.len() as i64,
        rows,
        empty: lang.t("prepare-nothing"),
        ..Table::default()
    };
    page.tables.push((table.caption.clone(), table));
    if row.standing == "open" && !told.fields.is_empty() {
        let action = format!("{PATH}/{}/answers", row.code);
        let mut form =
            FormBlock::new(lang.t("prepare-questions"), action, told.fields, lang.t("prepare-show"));
        form.button_class = "btn alt";
        page.forms.push(form);
    }
    Ok(())
}

/// Keeps what its holder answered at the reception or by telephone.
pub async fn answers(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ServeQueue)).await?;
        let (row, _) = own(&here, &desk, &code).await?;
        let key = row.service.clone().ok_or_else(Problem::not_found)?;
        let answers = match crate::pages::prepare::read_for(&here, &key, &sent.fields).await? {
            Ok(answers) => answers,
            Err(faults) => return show_one(&here, &code, Some((&sent, &faults))).await,
        };
        let act = KeepAnswers { code: row.code.clone(), answers };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => Ok(here.go(&format!("{PATH}/{}", row.code))),
            Err(stop) if stop.code() == Why::NothingChanges.code() => {
                Ok(here.go(&format!("{PATH}/{}", row.code)))
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// For which service of the line they come, if they know; nothing for a line without any.
pub(super) async fn service_field(
    here: &Here,
    centre: &Centre,
    letter: &str,
    typed: &str,
) -> Result<Option<Field>, Problem> {
    let lang = &here.lang;
    let line = centre.setup.as_ref().and_then(|setup| setup.line(letter));
    let mut options = Vec::new();
    for key in line.map(|line| line.services.as_slice()).unwrap_or_default() {
        let label = crate::pages::prepare::title(here, key).await?;
        options.push(Opt { value: key.clone(), label, ..Opt::default() });
    }
    let field = Field::select("service", lang.t("visit-service"), options).filled(typed).optional();
    Ok((!field.options.is_empty()).then_some(field))
}
