//! Pages against a handler that gives bytes of the same size, and lookups.

use crate::http::Client;
use crate::measure::{Outcome, closed, median, paced};
use crate::table::Line;
use axum::Router;
use axum::routing::get;
use diwan_demo::Region;
use diwan_domain::ids::PersonId;
use diwan_domain::services::RegisterKind;
use diwan_office::civil::{Description, FindPeople, look_up};
use diwan_office::{Office, Who};
use std::sync::Arc;
use std::time::Duration;

const CALLERS: usize = 32;
const ROUNDS: usize = 3;

/// A page against the plain handler.
///
/// # Errors
/// When the page does not answer with 200.
pub async fn page(name: &str, server: &str, path: &str, requests: usize) -> anyhow::Result<Vec<Line>> {
    let client = Client::of(server);
    let (status, size) = client.get(path).await?;
    anyhow::ensure!(status == 200, "{path} answers {status}");
    let plain = plain_server(size).await?;
    let (mut pages, mut plains) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        plains.push(rate(&Client::of(&plain), "/", requests).await);
        pages.push(rate(&client, path, requests).await);
    }
    let (figure, ceiling) = (median(pages), median(plains));
    let half = paced(figure / 2.0, Duration::from_secs(3), {
        let (client, path) = (client.clone(), path.to_owned());
        move |_| {
            let (client, path) = (client.clone(), path.clone());
            async move { client.get(&path).await.is_ok_and(|(status, _)| status == 200) }
        }
    })
    .await;
    Ok(vec![
        Line::ratio(format!("(c) {name}"), figure, "pages/s", ceiling, 0.25)
            .noted(format!("{size} bytes, {CALLERS} callers, median of {ROUNDS}")),
        Line::below(format!("(c) {name}, p99 at half load"), half.p99, "ms", 50.0).noted(format!(
            "{:.0} a second, {} failed",
            figure / 2.0,
            half.failed
        )),
    ])
}

async fn rate(client: &Client, path: &str, requests: usize) -> f64 {
    let (client, path) = (client.clone(), path.to_owned());
    closed(requests, CALLERS, move |_| {
        let (client, path) = (client.clone(), path.clone());
        async move { client.get(&path).await.is_ok_and(|(status, _)| status == 200) }
    })
    .await
    .rate
}

/// A handler that gives bytes of a size, and nothing else.
async fn plain_server(size: usize) -> anyhow::Result<String> {
    let bytes = axum::body::Bytes::from(vec![b'x'; size]);
    let router = Router::new().route("/", get(move || async move { bytes }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// Lookups of people by name and year, as an application's first search.
///
/// # Errors
/// When the database fails.
pub async fn names(
    office: &Arc<Office>,
    region: &Region,
    clerk: Who,
    engine: &str,
) -> anyhow::Result<Vec<Line>> {
    let wanted: Vec<(PersonId, Description)> = region
        .people
        .iter()
        .filter(|person| person.name.father.is_some() && person.birth.is_some())
        .step_by((region.people.len() / 2_000).max(1))
        .map(|person| {
            let described = Description {
                name: Some(person.name.clone()),
                born_on: person.born_on.parse().ok(),
                number: None,
                ..Description::default()
            };
            (person.id, described)
        })
        .collect();
    let (count, wanted) = (wanted.len(), Arc::new(wanted));
    let found = closed(count, 4, {
        let (office, wanted) = (office.clone(), wanted.clone());
        move |n| {
            let (office, wanted) = (office.clone(), wanted.clone());
            async move {
                let (person, described) = &wanted[n];
                let Ok(mut reading) = office.db.reading().await else { return false };
                let found =
                    look_up(&mut reading.tx(), RegisterKind::Birth, *person, described, office.today()).await;
                found.is_ok_and(|found| found.entry.is_some())
            }
        }
    })
    .await;
    let people = region.people.len();
    anyhow::ensure!(found.failed * 10 < count, "{} of {count} were not found in the register", found.failed);
    let mut lines = vec![lookup(format!("(e) an applicant's entry, {engine}"), &found, people)];
    let sought = officers(office, clerk, wanted).await?;
    lines.push(lookup(format!("(e) an officer's search, journalled, {engine}"), &sought, people));
    Ok(lines)
}

fn lookup(what: String, found: &Outcome, people: usize) -> Line {
    Line::plain(what, found.p50, "ms")
        .noted(format!("p99 {:.1} ms, {:.0} a second, 4 callers, {people} people", found.p99, found.rate))
}

/// An officer types two names of someone; the search is an act.
async fn officers(
    office: &Arc<Office>,
    clerk: Who,
    wanted: Arc<Vec<(PersonId, Description)>>,
) -> anyhow::Result<Outcome> {
    let queries: Vec<String> = wanted
        .iter()
        .filter_map(|(_, described)| described.name.as_ref())
        .map(|name| format!("{} {}", name.given, name.father.as_deref().unwrap_or_default()))
        .take(1_000)
        .collect();
    let (count, queries) = (queries.len(), Arc::new(queries));
    let office = office.clone();
    let sought = closed(count, 4, move |n| {
        let (office, clerk, queries) = (office.clone(), clerk.clone(), queries.clone());
        async move {
            let act = FindPeople::new(queries[n].clone(), "bench");
            let found = office.perform_once(&clerk, act).await.is_ok_and(|found| !found.is_empty());
            if !found {
                eprintln!("  nobody was found for {}", queries[n]);
            }
            found
        }
    })
    .await;
    anyhow::ensure!(sought.failed * 100 < count, "{} of {count} searches found nobody", sought.failed);
    Ok(sought)
}
