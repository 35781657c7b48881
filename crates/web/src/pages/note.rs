//! A note about how one was served, left with one's own phone at the centre: without a name,
//! with an answer, as at a kiosk.

use super::kit::{FormPage, TextPage};
use super::visits::{Centre, centre_of};
use crate::fields::{Field, Opt, Shape};
use crate::frame::Here;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use axum::extract::{Path, Query};
use axum::response::Response;
use diwan_domain::ids::CentreId;
use diwan_domain::people::Channel;
use diwan_domain::refusals::Why;
use diwan_office::devices::LeaveComplaint;
use diwan_office::queue::{self, RateVisit};
use diwan_office::{Stop, Who};
use serde::Deserialize;

/// What shows that somebody is, or was, at the centre.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shows {
    /// What the door's sign shows today.
    #[serde(default)]
    door: String,
    /// The code of a ticket of the centre.
    #[serde(default)]
    ticket: String,
}

/// Refuses whoever holds neither a ticket of the centre nor the digits at its door: a note
/// is about having been there.
async fn was_there(here: &Here, centre: &Centre, shows: &Shows) -> Result<(), Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    if !shows.ticket.is_empty() {
        let ticket = queue::by_code(&mut tx, &shows.ticket).await?;
        if ticket.is_some_and(|ticket| ticket.centre_id == centre.row.id) {
            return Ok(());
        }
    }
    let door = queue::door_of(&mut tx, centre.row.id, here.app.office.now()).await?;
    if !shows.door.is_empty() && door.as_deref() == Some(shows.door.as_str()) {
        return Ok(());
    }
    Err(Why::NotAtDoor.into())
}

/// What a note asks, at a kiosk and by phone, with what was sent and the field that is wrong.
/// `remembered` is what a browser may offer for the telephone: at a kiosk nothing.
pub(crate) fn fields(
    lang: &Language,
    sent: Option<&Sent>,
    wrong: &str,
    remembered: &'static str,
) -> Vec<Field> {
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
    vec![
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
            .ltr("tel", remembered, "w-full")
            .filled(typed("phone"))
            .wrong(error("phone"))
            .optional(),
    ]
}

/// The note that was sent, about a centre.
pub(crate) fn sent_note(here: &Here, centre: CentreId, sent: &Sent) -> LeaveComplaint {
    LeaveComplaint {
        centre,
        about: sent.all("about"),
        words: sent.text("words"),
        phone: sent.some("phone").map(|phone| diwan_domain::digits::to_ascii(&phone)),
        language: here.lang.code.clone(),
    }
}

/// The field that a note was refused for; any other refusal is given back.
pub(crate) fn wrong_field(stop: Stop) -> Result<String, Stop> {
    match stop {
        Stop::Refused(refusal) if refusal.why == Why::FieldMissing => {
            Ok(refusal.about.get("field").cloned().unwrap_or_default())
        }
        stop => Err(stop),
    }
}

fn form(here: &Here, centre: &Centre, shows: &Shows, sent: Option<&Sent>, wrong: &str) -> Response {
    let lang = &here.lang;
    let fields = fields(lang, sent, wrong, "tel");
    let action = format!("/centres/{}/note", centre.row.code);
    let mut page = FormPage::new(here, lang.t("kiosk-note"), &action, fields, lang.t("kiosk-note-send"));
    page.back = match shows.ticket.as_str() {
        "" => format!("/centres/{}", centre.row.code),
        ticket => format!("/tickets/{ticket}"),
    };
    page.hidden = vec![("door".into(), shows.door.clone()), ("ticket".into(), shows.ticket.clone())];
    page.intro = vec![lang.t("kiosk-note-lead")];
    page.show()
}

/// Asks for the note.
pub async fn page(
    here: Here,
    Path((_, code)): Path<(String, String)>,
    Query(shows): Query<Shows>,
) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        let centre = centre_of(&here, &code).await?;
        was_there(&here, &centre, &shows).await?;
        Ok(form(&here, &centre, &shows, None, ""))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Keeps the note, and shows its number and where its answer will be.
pub async fn left(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let centre = centre_of(&here, &code).await?;
        let shows = Shows { door: sent.text("door"), ticket: sent.text("ticket") };
        was_there(&here, &centre, &shows).await?;
        let act = sent_note(&here, centre.row.id, &sent);
        // Of each centre so many notes are taken in an hour; nobody is named as who left one.
        let who = format!("notes-{}", centre.row.code);
        let who = Who { channel: Channel::Online, ..Who::system(&who) };
        match here.app.office.perform(&who, &sent.key, act).await {
            Ok(number) => Ok(thanks(&here, &number)),
            Err(stop) => Ok(form(&here, &centre, &shows, Some(&sent), &wrong_field(stop)?)),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn thanks(here: &Here, number: &str) -> Response {
    let lang = &here.lang;
    let path = format!("/{}/notes/{number}", lang.code);
    let said = vec![
        lang.with("note-left-number", &[("number", Arg::Text(diwan_office::documents::grouped(number)))]),
        lang.t("note-left-keep"),
    ];
    TextPage::show(here, lang.t("kiosk-note-thanks"), said, vec![(path, lang.t("note-answer"))])
}
