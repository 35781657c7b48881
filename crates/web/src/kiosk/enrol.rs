//! Giving a machine its key, with a code that a manager reads out.

use crate::fields::Field;
use crate::frame::Here;
use crate::pages::kit::FormPage;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use diwan_domain::devices::DeviceKind;
use diwan_domain::ids::DeviceId;
use diwan_domain::refusals::Why;
use diwan_office::devices::{self, EnrolDevice};
use diwan_office::queue;

fn form(here: &Here, code: &str, typed: &str, error: &str) -> Response {
    let lang = &here.lang;
    let field = Field::line("code", lang.t("device-code"))
        .hint(lang.t("device-code-help"))
        .ltr("text", "off", "w-short")
        .filled(typed)
        .wrong(error);
    let action = format!("/kiosk/{code}/enrol");
    let mut page = FormPage::new(here, lang.t("kiosk-enrol"), &action, vec![field], lang.t("kiosk-enrol-do"));
    page.intro = vec![lang.t("kiosk-enrol-lead")];
    page.show()
}

async fn is_there(here: &Here, code: &str) -> Result<(), Problem> {
    let mut reading = here.app.office.db.reading().await?;
    queue::centre_coded(&mut reading.tx(), code).await?.map(drop).ok_or_else(Problem::not_found)
}

/// Asks for the code.
pub async fn page(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        is_there(&here, &code).await?;
        here.visitor.ensure(&here.app);
        Ok(form(&here, &code, "", ""))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What an enrolled machine shows first: a kiosk its start; a display its hall or, where a
/// centre has several, the page that leads to each.
async fn first_page(here: &Here, device: DeviceId, code: &str) -> Result<String, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let row = devices::device(&mut tx, device).await?.ok_or_else(Problem::not_found)?;
    if devices::kind_of(&row) == DeviceKind::Kiosk {
        return Ok(format!("/kiosk/{code}"));
    }
    let centre = queue::centre_by_id(&mut tx, row.centre_id).await?.ok_or_else(Problem::not_found)?;
    let setup = queue::setup_standing(&mut tx, centre.id).await?;
    let lang = &here.lang.code;
    Ok(match setup.as_ref().map(|(_, setup)| setup.halls.as_slice()) {
        Some([hall]) => format!("/{lang}/halls/{}/{}", centre.code, hall.key),
        _ => format!("/{lang}/centres/{}", centre.code),
    })
}

/// Enrols the machine that this browser runs on.
pub async fn enrolled(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        is_there(&here, &code).await?;
        let (act, key) = EnrolDevice::with_code(&sent.text("code"), false, &here.visitor.network());
        match here.app.office.perform_once(&here.app.system(), act).await {
            Ok(device) => {
                let first = first_page(&here, device, &code).await?;
                // Whoever enrolled it leaves nothing on it.
                here.visitor.sign_out(&here.app).await?;
                here.visitor.enrol(key);
                Ok(Redirect::to(&first).into_response())
            }
            Err(stop) if stop.code() == Why::WrongCode.code() => {
                Ok(form(&here, &code, &sent.text("code"), &here.lang.t("device-code-wrong")))
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
