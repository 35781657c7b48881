//! A note about how one was served, without a name; and its answer, for whoever holds its
//! number.

use super::{Around, Doing, Kiosk, KioskForm, StatePage, at_kiosk};
use crate::frame::{Here, show};
use crate::pages::kit::TextPage;
use crate::pages::note::{fields, sent_note, wrong_field};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_office::devices;

fn form(here: &Here, kiosk: &Kiosk, sent: Option<&Sent>, wrong: &str) -> Response {
    let lang = &here.lang;
    let form = KioskForm {
        around: Around::new(here, kiosk, lang.t("kiosk-note")),
        back: kiosk.path(""),
        intro: vec![lang.t("kiosk-note-lead")],
        action: kiosk.path("/note"),
        fields: fields(lang, sent, wrong, "off"),
        errors: Vec::new(),
        submit: lang.t("kiosk-note-send"),
        links: Vec::new(),
        pad: false,
    };
    form.show()
}

/// Asks for the note.
pub async fn page(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        Ok(form(&here, &kiosk, None, ""))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Keeps the note and shows its number.
pub async fn left(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let act = sent_note(&here, kiosk.centre.id, &sent);
        match here.app.office.perform(&kiosk.who(), &sent.key, act).await {
            Ok(number) => Ok(thanks(&here, &kiosk, &number)),
            Err(stop) => Ok(form(&here, &kiosk, Some(&sent), &wrong_field(stop)?)),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn thanks(here: &Here, kiosk: &Kiosk, number: &str) -> Response {
    let lang = &here.lang;
    let base = &here.app.office.settings.base_url;
    let address = format!("{base}/{}/notes/{number}", lang.code);
    let grouped = diwan_office::documents::grouped(number);
    let page = StatePage {
        around: Around::new(here, kiosk, lang.t("kiosk-note-thanks")),
        number: grouped,
        says: vec![lang.t("kiosk-note-number")],
        qr: diwan_office::documents::qr_svg(&address).unwrap_or_default(),
        doings: vec![Doing {
            to: kiosk.path("/end"),
            hidden: Vec::new(),
            text: lang.t("kiosk-done"),
            main: true,
        }],
    };
    show(StatusCode::OK, false, &page)
}

/// The answer to a note, for whoever holds its number.
pub async fn answer_of(here: Here, Path((_, number)): Path<(String, String)>) -> Response {
    let result = async {
        let row = {
            let mut reading = here.app.office.db.reading().await?;
            devices::complaint(&mut reading.tx(), &number).await?
        };
        let row = row.ok_or_else(Problem::not_found)?;
        let lang = &here.lang;
        let offset = here.app.office.settings.utc_offset_minutes;
        let said = match (&row.answer, row.answered_at) {
            (Some(text), Some(at)) => vec![lang.moment(at, offset), text.clone()],
            _ => vec![lang.t("note-no-answer-yet")],
        };
        Ok(TextPage::show(&here, lang.t("note-answer"), said, Vec::new()))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
