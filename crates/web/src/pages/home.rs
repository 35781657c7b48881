//! Home, a service's page, and what asks for no person.

use super::figures::Shown;
use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, Problem, answer};
use crate::words::{Arg, ServiceWords, plain};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use diwan_domain::names;
use diwan_domain::refusals::Why;
use diwan_domain::services::{LATE_DECLARATION, Service};
use diwan_office::rows::Place;
use diwan_office::{Fault, catalogue, figures};
use serde::Deserialize;

/// Sends a visitor without a language to theirs.
pub async fn root(State(app): State<crate::App>, headers: HeaderMap) -> Response {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let lang = app.words.best_for(wanted);
    ([(header::VARY, "Accept-Language")], Redirect::to(&format!("/{}/", lang.code))).into_response()
}

/// The colours a government set.
pub async fn brand(State(app): State<crate::App>) -> Response {
    let rules: String = app.brand.colours.iter().map(|(name, value)| format!("--{name}:{value};")).collect();
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], format!(":root{{{rules}}}")).into_response()
}

struct Shelf {
    name: String,
    icon: String,
    services: Vec<Listed>,
}

struct Listed {
    path: String,
    title: String,
    line: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    query: String,
    shelves: Vec<Shelf>,
}

/// What is searched for.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// Home: what people need, by life event, with one search field.
pub async fn home(here: Here, Query(search): Query<Search>) -> Response {
    let result = show_home(&here, search.q).await;
    answer(&here, result)
}

async fn show_home(here: &Here, query: String) -> Answer {
    let today = here.app.office.today().to_string();
    let offered = catalogue::offered(&mut here.app.office.db.reading().await?.tx(), &today).await?;
    let wanted = names::fold(&query);
    let mut shelves: Vec<Shelf> = Vec::new();
    for published in offered {
        let service = &published.service;
        let words = here.app.words.of_service(&here.lang, service);
        let texts = [words.maybe("title"), words.maybe("summary"), words.maybe("keywords")];
        let fits = texts.iter().flatten().any(|text| names::fold(&plain(text)).contains(&wanted));
        if !fits {
            continue;
        }
        let listed = Listed {
            path: format!("/services/{}", service.key),
            title: words.t("title"),
            line: words.maybe("summary").unwrap_or_default(),
        };
        let name = here.lang.t_of("life-event-", &service.life_event);
        match shelves.iter_mut().find(|shelf| shelf.name == name) {
            Some(shelf) => shelf.services.push(listed),
            None => shelves.push(Shelf {
                name,
                icon: icon_of(&service.life_event).into(),
                services: vec![listed],
            }),
        }
    }
    let frame = here.frame(here.lang.t("home-title"));
    Ok(show(StatusCode::OK, false, &Home { frame, query, shelves }))
}

fn icon_of(life_event: &str) -> &'static str {
    match life_event {
        "birth" => "birth",
        "driving" => "driving",
        "travel" => "travel",
        "residence" => "building",
        "identity" => "card",
        _ => "family",
    }
}

#[derive(Template)]
#[template(path = "service.html")]
struct ServicePage {
    frame: Frame,
    summary: String,
    begin: String,
    who: Vec<String>,
    need: Vec<String>,
    fees: Vec<String>,
    figures: Shown,
    /// Where: the page of each centre, and its name with its address.
    places: Vec<(String, String)>,
    basis: String,
}

/// A service's page: who, what you need, fee, how long it really took, where.
pub async fn service(here: Here, Path((_, key)): Path<(String, String)>) -> Response {
    let result = show_service(&here, &key).await;
    answer(&here, result)
}

async fn show_service(here: &Here, key: &str) -> Answer {
    here.visitor.ensure(&here.app);
    let (app, lang) = (&here.app, &here.lang);
    let (published, places, figures) = {
        let mut reading = app.office.db.glance().await?;
        let mut tx = reading.tx();
        let today = app.office.today().to_string();
        if tx.foresees() {
            catalogue::newest(&mut tx, key, &today).await?;
            diwan_office::administration::places(&mut tx).await?;
            figures::kept(&app.office, &mut tx, key).await?;
            tx.ask_foreseen().await?;
        }
        let published = catalogue::newest(&mut tx, key, &today).await?;
        let published = published.ok_or_else(|| Problem::from(Why::ServiceClosed))?;
        let places = diwan_office::administration::places(&mut tx).await?;
        (published, places, figures::kept(&app.office, &mut tx, key).await?)
    };
    let service = &published.service;
    let words = app.words.of_service(lang, service);
    let page = ServicePage {
        summary: words.t("summary"),
        begin: format!("/services/{key}/begin"),
        who: service
            .relations
            .iter()
            .map(|relation| words.t(&format!("relation-{}", relation.key)))
            .collect(),
        need: service
            .evidence
            .iter()
            .map(|evidence| words.t(&format!("evidence-{}", evidence.key)))
            .collect(),
        fees: fee_lines(here, service, &words),
        figures: super::figures::in_words(lang, &figures::or_now(&app.office, key, figures).await?),
        places: places
            .iter()
            .map(|centre| Ok((format!("/centres/{}", centre.code), place_line(here, centre)?)))
            .collect::<Result<_, Fault>>()?,
        basis: service.basis.clone(),
        frame: here.frame(words.t("title")),
    };
    Ok(show(StatusCode::OK, false, &page))
}

/// A recording of a question, for people who do not read.
pub async fn recording(
    here: Here,
    Path((_, key, edition, question)): Path<(String, String, i64, String)>,
    headers: HeaderMap,
) -> Response {
    let result = async {
        let mut reading = here.app.office.db.reading().await?;
        let editions = catalogue::known_edition(&mut reading.tx(), &key, edition).await?;
        let published = editions.ok_or_else(Problem::not_found)?;
        let question = published.service.question(&question).ok_or_else(Problem::not_found)?;
        let name = question.audio.get(here.lang.source()).ok_or_else(Problem::not_found)?;
        let bytes = published.recordings.get(name).ok_or_else(Problem::not_found)?;
        Ok(crate::assets::sound(name, bytes, headers.get(header::RANGE)))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

pub(crate) fn fee_lines(here: &Here, service: &Service, words: &ServiceWords) -> Vec<String> {
    let late = service.declares.as_ref().map(|_| {
        let one = [("count", Arg::Number(1))];
        words.maybe_with(&format!("fee-{LATE_DECLARATION}"), &one).unwrap_or_default()
    });
    if service.fees.is_empty() && late.is_none() {
        return vec![here.lang.t("fee-none")];
    }
    service
        .fees
        .iter()
        .map(|fee| {
            let one = [("count", Arg::Number(1))];
            let name = words.maybe_with(&format!("fee-{}", fee.key), &one).unwrap_or_default();
            match &fee.amount {
                diwan_domain::services::Amount::Fixed(money) => {
                    format!("{name}: {}", here.lang.money(*money))
                }
                diwan_domain::services::Amount::Computed(..) => name,
            }
        })
        .chain(late)
        .collect()
}

fn place_line(here: &Here, centre: &Place) -> Result<String, Fault> {
    let name = here.lang.name_in_text(&centre.names).ok_or_else(|| Fault::Shape("names".into()))?;
    Ok(if centre.address.is_empty() { name } else { format!("{name} – {}", centre.address) })
}

/// The words of the service of a case.
pub(crate) fn words_of(here: &Here, service: &Service) -> ServiceWords {
    here.app.words.of_service(&here.lang, service)
}
