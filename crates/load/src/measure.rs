//! Closed loops and paced ones, and what came out of them.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What a loop gave.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How many a second.
    pub rate: f64,
    /// The middle wait, in milliseconds.
    pub p50: f64,
    /// What all but one in a hundred stayed below, in milliseconds.
    pub p99: f64,
    /// How many failed.
    pub failed: usize,
    /// How long this process worked for one piece, on all cores, in milliseconds.
    pub work: f64,
}

fn outcome(mut waits: Vec<Duration>, failed: usize, took: Duration) -> Outcome {
    let (p50, p99) = (quantile(&mut waits, 0.5), quantile(&mut waits, 0.99));
    Outcome { rate: waits.len() as f64 / took.as_secs_f64(), p50, p99, failed, work: 0.0 }
}

/// What a share of the waits stayed below, in milliseconds.
pub fn quantile(waits: &mut [Duration], share: f64) -> f64 {
    waits.sort_unstable();
    let place = ((waits.len() as f64 * share) as usize).min(waits.len().saturating_sub(1));
    waits.get(place).map_or(0.0, |wait| wait.as_secs_f64() * 1_000.0)
}

/// How long a process has worked so far, on all cores, in milliseconds; the kernel counts in
/// hundredths of a second. `process` is its number, or `self`; `None` when it is gone.
pub fn worked(process: impl std::fmt::Display) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // `utime` and `stime` are the eleventh and twelfth after the name (proc(5)), which may hold
    // spaces itself.
    let (_, after_the_name) = stat.rsplit_once(") ")?;
    let mut ticks = after_the_name.split(' ').skip(11).map_while(|field| field.parse::<f64>().ok());
    Some((ticks.next()? + ticks.next()?) * 10.0)
}

/// Does pieces of work `0..count` by `callers` at once, each as soon as the one
/// before is done.
pub async fn closed<F, W>(count: usize, callers: usize, work: W) -> Outcome
where
    W: Fn(usize) -> F + Send + Sync + 'static,
    F: Future<Output = bool> + Send + 'static,
{
    let (work, next) = (Arc::new(work), Arc::new(AtomicUsize::new(0)));
    let (began, before) = (Instant::now(), worked("self").unwrap_or_default());
    let callers = (0..callers).map(|_| {
        let (work, next) = (work.clone(), next.clone());
        tokio::spawn(async move {
            let (mut waits, mut failed) = (Vec::new(), 0);
            loop {
                let piece = next.fetch_add(1, Ordering::Relaxed);
                if piece >= count {
                    return (waits, failed);
                }
                let one = Instant::now();
                if work(piece).await {
                    waits.push(one.elapsed());
                } else {
                    failed += 1;
                }
            }
        })
    });
    let (mut waits, mut failed) = (Vec::new(), 0);
    for caller in callers.collect::<Vec<_>>() {
        if let Ok((own, bad)) = caller.await {
            waits.extend(own);
            failed += bad;
        }
    }
    let took = began.elapsed();
    Outcome {
        work: (worked("self").unwrap_or_default() - before) / count.max(1) as f64,
        ..outcome(waits, failed, took)
    }
}

/// Starts work at a steady pace, whether or not what came before is done, and
/// counts the wait from the moment it should have started.
pub async fn paced<F, W>(rate: f64, lasting: Duration, work: W) -> Outcome
where
    W: Fn(usize) -> F + Send + Sync + 'static,
    F: Future<Output = bool> + Send + 'static,
{
    let began = Instant::now();
    let count = (rate * lasting.as_secs_f64()) as usize;
    let work = Arc::new(work);
    let mut running = Vec::with_capacity(count);
    for piece in 0..count {
        let due = began + Duration::from_secs_f64(piece as f64 / rate);
        if let Some(early) = due.checked_duration_since(Instant::now()) {
            tokio::time::sleep(early).await;
        }
        let work = work.clone();
        running.push(tokio::spawn(async move { (work(piece).await, due.elapsed()) }));
    }
    let (mut waits, mut failed) = (Vec::new(), 0);
    for one in running {
        match one.await {
            Ok((true, wait)) => waits.push(wait),
            _ => failed += 1,
        }
    }
    outcome(waits, failed, began.elapsed())
}

/// The median of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(0.0)
}
