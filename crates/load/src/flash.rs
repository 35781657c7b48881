//! A flash crowd: ten times as many as can be served, at a steady pace.

use crate::http::Client;
use crate::measure::{closed, quantile};
use crate::setup::{Ready, ready};
use crate::table::Line;
use crate::writing::Engine;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CALLERS: usize = 64;
/// How many people come, again and again.
const PEOPLE: usize = 200;
const TIMES: f64 = 10.0;
const LASTING: Duration = Duration::from_secs(4);

/// Keeping an answer of a draft, by people's programs, at ten times the pace at
/// which it can be done: how long those served waited, and how soon the others
/// were told to come back.
///
/// # Errors
/// When the people cannot be prepared.
pub async fn crowd(engine: &Engine<'_>, server: &str, skip: usize) -> anyhow::Result<Vec<Line>> {
    let people = Arc::new(ready(engine.office, engine.region, skip, PEOPLE).await?);
    let client = Client::of(server);
    let capacity = {
        let (client, people) = (client.clone(), people.clone());
        closed(3_000, CALLERS, move |n| {
            let (client, request) = (client.clone(), asked(&people, n, "calm"));
            async move { client.send(&request).await.is_ok_and(|(status, _)| status == 200) }
        })
        .await
        .rate
    };
    let began = Instant::now();
    let pace = capacity * TIMES;
    let mut running = Vec::new();
    for n in 0..(pace * LASTING.as_secs_f64()) as usize {
        let due = began + Duration::from_secs_f64(n as f64 / pace);
        if let Some(early) = due.checked_duration_since(Instant::now()) {
            tokio::time::sleep(early).await;
        }
        let (client, request) = (client.clone(), asked(&people, n, "flash"));
        running.push(tokio::spawn(async move {
            let status = client.send(&request).await.map_or(0, |(status, _)| status);
            (status, due.elapsed())
        }));
    }
    let offered = running.len() as f64 / began.elapsed().as_secs_f64();
    let (mut served, mut refused, mut other) = (Vec::new(), Vec::new(), 0);
    for one in running {
        match one.await {
            Ok((200, wait)) => served.push(wait),
            Ok((503, wait)) => refused.push(wait),
            _ => other += 1,
        }
    }
    let took = began.elapsed().as_secs_f64();
    let (good, away) = (served.len() as f64 / took, refused.len());
    Ok(vec![
        Line::below(
            format!("(h) ten times too many, p99 of those served, {}", engine.name),
            quantile(&mut served, 0.99),
            "ms",
            2_000.0,
        )
        .noted(format!("{offered:.0} a second came, {good:.0} were served (alone: {capacity:.0})")),
        Line::below(
            format!("(h) the others told to come back, p99, {}", engine.name),
            quantile(&mut refused, 0.99),
            "ms",
            2_000.0,
        )
        .noted(format!("{away} times 503, {other} neither")),
    ])
}

fn asked(people: &[Ready], n: usize, round: &str) -> String {
    let ready = &people[n % people.len()];
    let body = format!("{{\"purpose\": \"{}\"}}", if n % 2 == 0 { "school" } else { "work" });
    format!(
        "PUT /api/v1/cases/{}/answers HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nIdempotency-Key: {round}-{n}\r\nContent-Length: {}\r\n\r\n{body}",
        ready.case,
        ready.token,
        body.len()
    )
}
