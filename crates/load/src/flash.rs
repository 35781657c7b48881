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
/// How many stand at the door at once, each with a connection of their own.
const AT_THE_DOOR: usize = 1_500;
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
    let pause = Duration::from_secs_f64(AT_THE_DOOR as f64 / (capacity * TIMES));
    let crowd: Vec<_> = (0..AT_THE_DOOR)
        .map(|one| {
            let (client, people) = (Client::of(server), people.clone());
            tokio::spawn(async move {
                let mut answers = Vec::new();
                // Not all in the same moment, and each again at the crowd's pace.
                tokio::time::sleep(pause.mul_f64(one as f64 / AT_THE_DOOR as f64)).await;
                for again in 0.. {
                    if began.elapsed() > LASTING {
                        break;
                    }
                    let sent = Instant::now();
                    let request = asked(&people, one + again * AT_THE_DOOR, "flash");
                    let status = client.send(&request).await.map_or(0, |(status, _)| status);
                    answers.push((status, sent.elapsed()));
                    tokio::time::sleep(pause.saturating_sub(sent.elapsed())).await;
                }
                answers
            })
        })
        .collect();
    let (mut served, mut refused, mut other) = (Vec::new(), Vec::new(), 0);
    for one in crowd {
        for answer in one.await? {
            match answer {
                (200, wait) => served.push(wait),
                (503, wait) => refused.push(wait),
                _ => other += 1,
            }
        }
    }
    let offered = (served.len() + refused.len() + other) as f64 / began.elapsed().as_secs_f64();
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

/// One answer kept by a program, a new one each time.
pub fn asked(people: &[Ready], n: usize, round: &str) -> String {
    let ready = &people[n % people.len()];
    let body = format!("{{\"purpose\": \"{}\"}}", if n.is_multiple_of(2) { "school" } else { "work" });
    format!(
        "PUT /api/v1/cases/{}/answers HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nIdempotency-Key: {round}-{n}\r\nContent-Length: {}\r\n\r\n{body}",
        ready.case,
        ready.token,
        body.len()
    )
}
