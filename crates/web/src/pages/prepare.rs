//! What to bring: shown before the time is chosen, so that nobody comes with the wrong
//! papers, and again on the appointment's page.

use super::booking::WayOn;
use super::home::fee_lines;
use super::visits::{centre_of, named};
use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, Problem, answer};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::queue::Line;
use diwan_office::catalogue::{self, Published};
use std::sync::Arc;

/// A service as it is offered today.
async fn offered(here: &Here, key: &str) -> Result<Option<Arc<Published>>, Problem> {
    let today = here.app.office.today().to_string();
    let mut reading = here.app.office.db.reading().await?;
    Ok(catalogue::newest(&mut reading.tx(), key, &today).await?)
}

/// What a service is called; its key when it is not offered any more.
pub(super) async fn title(here: &Here, key: &str) -> Result<String, Problem> {
    let found = offered(here, key).await?;
    Ok(found.map_or_else(
        || key.to_owned(),
        |found| here.app.words.of_service(&here.lang, &found.service).t("title"),
    ))
}

/// The services of a line, each as a way to what one must bring for it.
pub(super) async fn ways(here: &Here, centre: &str, line: &Line) -> Result<Vec<WayOn>, Problem> {
    let mut ways = Vec::new();
    for key in &line.services {
        if offered(here, key).await?.is_some() {
            ways.push(WayOn {
                path: format!("/centres/{centre}/prepare/{}/{key}", line.letter),
                text: title(here, key).await?,
                hint: named(&here.lang, &line.names),
            });
        }
    }
    Ok(ways)
}

#[derive(Template)]
#[template(path = "prepare.html")]
struct PreparePage {
    frame: Frame,
    back: String,
    need: Vec<String>,
    fees: Vec<String>,
    online: String,
    next: String,
}

/// What to bring for a service.
pub async fn page(
    here: Here,
    Path((_, code, letter, key)): Path<(String, String, String, String)>,
) -> Response {
    let result = async {
        let centre = centre_of(&here, &code).await?;
        let line = centre.setup.as_ref().and_then(|setup| setup.line(&letter));
        let is_given = line.is_some_and(|line| line.services.contains(&key));
        let found = if is_given { offered(&here, &key).await? } else { None };
        let found = found.ok_or_else(Problem::not_found)?;
        let service = &found.service;
        let words = here.app.words.of_service(&here.lang, service);
        let need = service.evidence.iter().map(|one| words.t(&format!("evidence-{}", one.key)));
        let page = PreparePage {
            frame: here.frame(words.t("title")),
            back: format!("/centres/{}/book", centre.row.code),
            need: need.collect(),
            fees: fee_lines(&here, service, &words),
            online: format!("/services/{key}"),
            next: format!("/centres/{}/book/{letter}?service={key}", centre.row.code),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
