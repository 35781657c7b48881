//! A note about how one was served, without a name; and its answer, for whoever holds its
//! number.

use super::{Around, Doing, Kiosk, KioskForm, StatePage, at_kiosk};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::kit::TextPage;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::refusals::Why;
use diwan_office::Stop;
use diwan_office::devices::{self, LeaveComplaint};
use diwan_office::queue::RateVisit;

fn form(here: &Here, kiosk: &Kiosk, sent: Option<&Sent>, wrong: &str) -> Response {
    let lang = &here.lang;
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let chosen = sent.map(|sent| sent.all("about")).unwrap_or_default();
    let options = RateVisit::REASONS.iter().map(|reason| Opt {
        value: (*reason).to_owned(),
        label: lang.t_of("visit-reason-", reason),
        chosen: chosen.iter().any(|one| one == reason),
        ..Opt::default()
    });
    let error = |name: &str| {
        if wrong == name { lang.t_of("kiosk-note-wrong-", name) } else { String::new() }
    };
    let fields = vec![
        Field {
            shape: Shape::Checks,
            options: options.collect(),
            ..Field::line("about", lang.t("kiosk-note-about")).wrong(error("about"))
        },
        Field::area("words", lang.t("kiosk-note-words"))
            .filled(typed("words"))
            .wrong(error("words"))
            .optional(),
        Field::line("phone", lang.t("kiosk-note-phone"))
            .hint(lang.t("kiosk-note-phone-hint"))
            .ltr("tel", "off", "w-full")
            .filled(typed("phone"))
            .wrong(error("phone"))
            .optional(),
    ];
    let form = KioskForm {
        around: Around::new(here, kiosk, lang.t("kiosk-note")),
        back: kiosk.path(""),
        intro: vec![lang.t("kiosk-note-lead")],
        action: kiosk.path("/note"),
        fields,
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
        let act = LeaveComplaint {
            centre: kiosk.centre.id,
            about: sent.all("about"),
            words: sent.text("words"),
            phone: sent.some("phone").map(|phone| diwan_domain::digits::to_ascii(&phone)),
            language: here.lang.code.clone(),
        };
        match here.app.office.perform(&kiosk.who(), &sent.key, act).await {
            Ok(number) => Ok(thanks(&here, &kiosk, &number)),
            Err(Stop::Refused(refusal)) if refusal.why == Why::FieldMissing => {
                let field = refusal.about.get("field").cloned().unwrap_or_default();
                Ok(form(&here, &kiosk, Some(&sent), &field))
            }
            Err(stop) => Err(stop.into()),
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
