//! Calling visitors back, for inspectors: who is to be called, one at a time, and what they
//! said. A telephone is seen only once a call is opened, and that stands in the journal.

use super::{AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::RowId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::Stop;
use diwan_office::administration::all_centres;
use diwan_office::queue::{self, OpenCallBack, RateVisit, SettleCallBack};
use diwan_office::rows::CallBackRow;

/// Who is to be called.
pub async fn page(here: Here) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ReadJournal)).await?;
        let lang = &here.lang;
        let (rows, centres) = {
            let mut reading = here.app.office.db.reading().await?;
            let mut tx = reading.tx();
            (queue::call_backs_for(&mut tx, &desk.acting).await?, all_centres(&mut tx).await?)
        };
        let cells = |row: &CallBackRow| {
            let centre = centres.iter().find(|centre| centre.id == row.centre_id);
            let why = if row.wished { "call-back-wished" } else { "call-back-drawn" };
            vec![
                Cell::text(row.number.clone()).to(format!("/desk/call-backs/{}", row.id)),
                Cell::text(centre.map(|centre| lang.name_in(&centre.names.0)).unwrap_or_default()),
                Cell::text(lang.stored_date(&row.day)),
                Cell::text(language(&here, &row.language)),
                Cell::text(lang.t(why)),
                Cell::text(lang.number(row.tries)),
            ]
        };
        let lines: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
        let heads = [
            "call-back-ticket",
            "notes-centre",
            "call-back-day",
            "call-back-language",
            "call-back-why",
            "call-back-tries",
        ];
        let mut page = DeskList::new(&here, &desk, lang.t("menu-call-backs")).await?;
        page.notices.push(lang.t("call-backs-lead"));
        let table = Table {
            caption: lang.t("menu-call-backs"),
            heads: heads.map(|key| lang.t(key)).to_vec(),
            total: lines.len() as i64,
            rows: lines,
            empty: lang.t("call-backs-none"),
            ..Table::default()
        };
        page.tables.push((String::new(), table));
        Ok(show(page.status(), false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A language by its own name.
fn language(here: &Here, code: &str) -> String {
    here.app.words.language(code).map_or_else(|| code.to_owned(), |known| known.name.clone())
}

/// One of them, opened: from here on the telephone is seen.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ReadJournal)).await?;
        let call_back: RowId = id.parse().map_err(|_| Problem::not_found())?;
        here.app.office.perform_once(&here.visitor.who(), OpenCallBack { call_back }).await?;
        show_one(&here, &desk, call_back, None, "").await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// One of them with what was typed, and which field is wrong.
async fn show_one(here: &Here, desk: &AtDesk, id: RowId, typed: Option<&Sent>, wrong: &str) -> Answer {
    let lang = &here.lang;
    let row = {
        let mut reading = here.app.office.db.reading().await?;
        queue::call_back_for(&mut reading.tx(), &desk.acting, id).await?
    };
    let row = row.ok_or_else(Problem::not_found)?;
    let mut page = DeskList::new(here, desk, lang.t("call-back-title")).await?;
    page.back = "/desk/call-backs".to_owned();
    let mut fields = fields(here, typed);
    for field in fields.iter_mut().filter(|field| field.name == wrong) {
        field.error = lang.t_of("call-back-wrong-", wrong);
    }
    let action = format!("/desk/call-backs/{id}");
    let mut form = FormBlock::new(String::new(), action, fields, lang.t("call-back-keep"));
    // Only whoever opened it sees the telephone.
    let phone = row.phone.filter(|_| row.opened_by == Some(desk.acting.officer.id)).unwrap_or_default();
    let about = [
        ("phone", Arg::Text(format!("\u{2066}{phone}\u{2069}"))),
        ("number", Arg::Text(row.number)),
        ("day", Arg::Text(lang.stored_date(&row.day))),
        ("language", Arg::Text(language(here, &row.language))),
    ];
    form.intro = vec![lang.with("call-back-about", &about), lang.t("call-back-privacy")];
    page.forms = vec![form];
    Ok(show(page.status(), false, &page))
}

fn fields(here: &Here, typed: Option<&Sent>) -> Vec<Field> {
    let lang = &here.lang;
    let text = |name: &str| typed.map(|sent| sent.text(name)).unwrap_or_default();
    let yes_or_no = || {
        ["yes", "no"]
            .map(|value| Opt { value: value.into(), label: lang.t_of("answer-", value), ..Opt::default() })
            .to_vec()
    };
    let scores = (1..=5_i64).map(|score| Opt {
        value: score.to_string(),
        label: lang.t_of("visit-score-", &score.to_string()),
        ..Opt::default()
    });
    let chosen = typed.map(|sent| sent.all("reasons")).unwrap_or_default();
    let reasons = RateVisit::REASONS.iter().map(|reason| Opt {
        value: (*reason).to_owned(),
        label: lang.t_of("visit-reason-", reason),
        chosen: chosen.iter().any(|one| one == reason),
        ..Opt::default()
    });
    let about = Field::line("reasons", lang.t("call-back-reasons")).optional();
    vec![
        Field::choice("reached", lang.t("call-back-reached"), yes_or_no()).filled(text("reached")),
        Field::choice("score", lang.t("call-back-score"), scores.collect()).filled(text("score")),
        Field { shape: Shape::Checks, options: reasons.collect(), ..about },
        Field::choice("money", lang.t("call-back-money"), yes_or_no()).filled(text("money")),
    ]
}

/// Keeps what they said.
pub async fn settle(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ReadJournal)).await?;
        let call_back: RowId = id.parse().map_err(|_| Problem::not_found())?;
        let said = |name: &str| match sent.text(name).as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let Some(reached) = said("reached") else {
            return show_one(&here, &desk, call_back, Some(&sent), "reached").await;
        };
        let act = SettleCallBack {
            call_back,
            reached,
            score: sent.text("score").parse().ok(),
            reasons: sent.all("reasons"),
            money: said("money"),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => Ok(here.go("/desk/call-backs")),
            Err(Stop::Refused(refusal)) if refusal.why == Why::FieldMissing => {
                let field = refusal.about.get("field").cloned().unwrap_or_default();
                show_one(&here, &desk, call_back, Some(&sent), &field).await
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
