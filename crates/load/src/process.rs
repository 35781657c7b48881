//! The program as a process: how soon it answers, and what it holds in memory.

use crate::http::Client;
use crate::measure::{closed, worked};
use crate::table::Line;
use anyhow::Context;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running `diwan`, ended when it goes out of scope.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _already_gone = self.0.kill();
        let _status = self.0.wait();
    }
}

impl Running {
    /// Its process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Ends it as a power cut would: it is not asked.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }

    /// Waits until it works for less than 40 ms of two seconds.
    ///
    /// # Errors
    /// When it is gone, or still at work after two minutes.
    pub async fn until_idle(&self) -> anyhow::Result<()> {
        const LOOK: Duration = Duration::from_secs(2);
        for _ in 0..60 {
            let before = worked(self.id()).context("it is gone")?;
            tokio::time::sleep(LOOK).await;
            if worked(self.id()).context("it is gone")? - before < 40.0 {
                return Ok(());
            }
        }
        anyhow::bail!("the program was still at work after two minutes")
    }

    /// Resident memory in MiB, of the program alone without its children.
    ///
    /// # Errors
    /// When it is gone.
    pub fn resident(&self) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kib / 1_024.0)
    }
}

/// Starts `diwan serve` on a configuration, and waits until it answers.
///
/// # Errors
/// When it does not answer within half a minute.
pub async fn start(diwan: &Path, config: &Path, address: &str) -> anyhow::Result<(Running, Duration)> {
    let began = Instant::now();
    let child = Command::new(diwan)
        .args(["serve", "--config"])
        .arg(config)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} cannot be started", diwan.display()))?;
    let running = Running(child);
    let client = Client::of(address);
    while began.elapsed() < Duration::from_secs(30) {
        if client.get("/healthz").await.is_ok_and(|(status, _)| status == 200) {
            return Ok((running, began.elapsed()));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    anyhow::bail!("{address} did not answer within half a minute")
}

/// Start-up on an existing database, memory idle and under load.
///
/// # Errors
/// When the program cannot be started.
pub async fn figures(diwan: &Path, config: &Path, address: &str) -> anyhow::Result<Vec<Line>> {
    // What a new database wants done once is done after the first start.
    let (first, _) = start(diwan, config, address).await?;
    first.until_idle().await?;
    drop(first);
    let (running, ready) = start(diwan, config, address).await?;
    running.until_idle().await?;
    let idle = running.resident()?;
    let client = Client::of(address);
    let paths = ["/ckb/", "/en/services/birth-certificate", "/ar/check", "/en/log"];
    closed(6_000, 64, move |n| {
        let client = client.clone();
        async move { client.get(paths[n % paths.len()]).await.is_ok() }
    })
    .await;
    let loaded = running.resident()?;
    Ok(vec![
        Line::below("(f) ready after start, existing database", ready.as_secs_f64(), "s", 1.0),
        Line::below("(f) resident memory, idle", idle, "MiB", 120.0),
        Line::below("(f) resident memory, under load", loaded, "MiB", 250.0),
    ])
}
