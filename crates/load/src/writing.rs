//! Submitting: through the office against the bare seam, and through HTTP.

use crate::http::Client;
use crate::measure::{Outcome, closed, median};
use crate::seam::Seam;
use crate::setup::{Ready, ready};
use crate::table::Line;
use diwan_demo::Region;
use diwan_office::Office;
use diwan_office::cases::SendCase;
use std::path::Path;
use std::sync::Arc;

const CALLERS: usize = 64;
const ROUNDS: usize = 3;

/// What is measured on one engine.
pub struct Engine<'a> {
    /// Its name in the table.
    pub name: &'a str,
    /// The database's address.
    pub address: &'a str,
    /// A folder for the seam's own file.
    pub folder: &'a Path,
    /// The office on it.
    pub office: &'a Arc<Office>,
    /// Its people.
    pub region: &'a Region,
    /// How many cases a round.
    pub cases: usize,
    /// Which run on the same register this is.
    pub again: usize,
}

/// Submitting a complete case, round by round beside the bare seam.
///
/// # Errors
/// When a case cannot be prepared, or one is refused.
pub async fn submitting(engine: &Engine<'_>) -> anyhow::Result<Vec<Line>> {
    let seam = Seam::open(engine.address, engine.folder).await?;
    let (mut seams, mut sends, mut waits, mut works) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut bytes = Vec::new();
    // Not measured: what is made once, such as the series that numbers come from.
    send_all(engine.office, ready(engine.office, engine.region, 0, engine.cases).await?).await;
    for round in 1..=ROUNDS {
        let bare = {
            let seam = seam.clone();
            closed(engine.cases * 4, CALLERS, move |_| {
                let seam = seam.clone();
                async move { seam.submit().await }
            })
            .await
        };
        let people = ready(engine.office, engine.region, round * engine.cases, engine.cases).await?;
        let before = size_of(engine).await?;
        let sent = send_all(engine.office, people).await;
        anyhow::ensure!(sent.failed == 0, "{} cases were refused on {}", sent.failed, engine.name);
        bytes.push((size_of(engine).await? - before) as f64 / engine.cases as f64);
        seams.push(bare.rate);
        waits.push(sent.p99);
        works.push(sent.work);
        sends.push(sent.rate);
    }
    let name = engine.name;
    Ok(vec![
        Line::ratio(
            format!("(a) submitting a complete case, {name}"),
            median(sends),
            "cases/s",
            median(seams),
            0.4,
        )
        .noted(format!(
            "p99 {:.0} ms, {:.2} ms of work here, {CALLERS} callers, median of {ROUNDS}",
            median(waits),
            median(works)
        )),
        Line::plain(format!("(f) database growth by sending, {name}"), median(bytes) / 1_024.0, "KiB/case"),
    ])
}

async fn send_all(office: &Arc<Office>, people: Vec<Ready>) -> Outcome {
    let (office, people) = (office.clone(), Arc::new(people));
    closed(people.len(), CALLERS, move |n| {
        let (office, ready) = (office.clone(), people[n].clone());
        async move {
            let act = SendCase { case: ready.case, access: ready.access.clone() };
            office.perform(&ready.who, &format!("send/{}", ready.case), act).await.is_ok()
        }
    })
    .await
}

/// How many bytes the database holds, with what is still in its log.
async fn size_of(engine: &Engine<'_>) -> anyhow::Result<i64> {
    const EMBEDDED: &str = "SELECT page_count * page_size AS n FROM pragma_page_count(), pragma_page_size()";
    const SERVER: &str = "SELECT pg_database_size(current_database()) AS n";
    let sql = if engine.office.db.file().is_some() { EMBEDDED } else { SERVER };
    let mut reading = engine.office.db.reading().await?;
    Ok(reading.tx().count(sql, &[]).await?)
}

/// The same submissions through HTTP, by programs with tokens.
///
/// # Errors
/// When a case cannot be prepared, or one is refused.
pub async fn by_http(engine: &Engine<'_>, server: &str) -> anyhow::Result<Vec<Line>> {
    let (mut plain, mut http) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let skip = (1 + ROUNDS + 2 * round) * engine.cases;
        let people = ready(engine.office, engine.region, skip, engine.cases).await?;
        plain.push(send_all(engine.office, people).await.rate);
        let people = Arc::new(ready(engine.office, engine.region, skip + engine.cases, engine.cases).await?);
        let client = Client::of(server);
        let sent = closed(people.len(), CALLERS, move |n| {
            let (client, ready) = (client.clone(), people[n].clone());
            async move {
                let request = format!(
                    "POST /api/v1/cases/{}/send HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n\
                     Idempotency-Key: bench-{}\r\nContent-Length: 0\r\n\r\n",
                    ready.case, ready.token, ready.case
                );
                client.send(&request).await.is_ok_and(|(status, _)| status == 200)
            }
        })
        .await;
        anyhow::ensure!(sent.failed == 0, "{} cases were refused by HTTP on {}", sent.failed, engine.name);
        http.push(sent.rate);
    }
    let what = format!("(b) the same through HTTP, {}", engine.name);
    let ceiling = median(plain);
    let figure = median(http);
    Ok(vec![Line {
        what,
        figure,
        unit: "cases/s",
        ceiling: Some(ceiling),
        wanted: None,
        note: "ceiling: through the office, same run".into(),
    }])
}
