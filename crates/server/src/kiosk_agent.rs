//! `diwan kiosk-agent`: the program at a kiosk's printers. It says how they stand, fetches
//! what is to be printed, prints it, and says what became of it.
//!
//! The receipt printer speaks ESC/POS over TCP. After a slip it is asked for its state behind
//! everything that was sent (`GS r`): only its answer says that the slip is out. Papers go to
//! the command that the system prints with.

use anyhow::{Context, bail, ensure};
use clap::{Args, Subcommand};
use diwan_domain::devices::{Condition, Printer};
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

/// How long a printer has for an answer about how it stands.
const ANSWERS_IN: Duration = Duration::from_secs(3);
/// How long a slip may take until the printer answers behind it.
const PRINTS_IN: Duration = Duration::from_secs(20);
/// How often Diwan is asked.
const LOOK: Duration = Duration::from_secs(1);
/// How long a command that prints a paper may take.
const COMMAND_IN: Duration = Duration::from_secs(60);
/// Every how many looks the printers are told of though nothing changed.
const TELL_EVERY: u32 = 20;

/// What the agent does.
#[derive(Subcommand)]
pub enum Action {
    /// Gets this program's key, with the code that the manager of the centre reads out
    Enrol(EnrolOptions),
    /// Prints until it is told to stop
    Run(RunOptions),
}

/// Flags of enrolling.
#[derive(Args)]
pub struct EnrolOptions {
    /// Where Diwan answers, such as `https://diwan.example`
    #[arg(long)]
    server: String,
    /// The code, as the manager reads it out
    #[arg(long)]
    code: String,
    /// Where the key is kept
    #[arg(long)]
    key: PathBuf,
}

/// Flags of printing.
#[derive(Args, Clone)]
pub struct RunOptions {
    /// Where Diwan answers, such as `https://diwan.example`
    #[arg(long)]
    pub server: String,
    /// The file with the key
    #[arg(long)]
    pub key: PathBuf,
    /// The receipt printer's address, such as `192.168.1.20:9100`
    #[arg(long)]
    pub receipt: Option<String>,
    /// The command that prints a PDF from its input, such as `lp -d papers`; or `folder:PATH`, into which it is written
    #[arg(long)]
    pub paper: Option<String>,
}

/// Runs the agent.
pub async fn run(action: Action) -> anyhow::Result<()> {
    match action {
        Action::Enrol(options) => enrol(&options).await,
        Action::Run(options) => {
            let key = std::fs::read_to_string(&options.key).with_context(|| {
                format!("{} cannot be read; run `diwan kiosk-agent enrol` first", options.key.display())
            })?;
            Agent::new(options, key.trim().to_owned())?.work().await
        }
    }
}

async fn enrol(options: &EnrolOptions) -> anyhow::Result<()> {
    ensure!(!options.key.exists(), "{} is there already; a key is never written over", options.key.display());
    let url = format!("{}/device/enrol", options.server.trim_end_matches('/'));
    let answer = Client::new().post(url).json(&json!({"code": options.code})).send().await?;
    if !answer.status().is_success() {
        bail!("refused ({}): the code is wrong, used, or older than thirty minutes", answer.status());
    }
    #[derive(Deserialize)]
    struct Enrolled {
        key: String,
    }
    let enrolled: Enrolled = answer.json().await?;
    write_private(&options.key, &enrolled.key)?;
    println!("enrolled; the key is in {}", options.key.display());
    Ok(())
}

fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        file.mode(0o600);
    }
    let mut file = file.open(path).with_context(|| format!("{} cannot be written", path.display()))?;
    writeln!(file, "{text}")?;
    Ok(file.sync_all()?)
}

/// A sheet that waits.
#[derive(Debug, Deserialize)]
struct Due {
    id: String,
    printer: Printer,
    unsure: bool,
}

/// What became of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Printed,
    Failed(Condition),
    Unsure,
}

/// The program at a kiosk's printers.
pub struct Agent {
    client: Client,
    options: RunOptions,
    key: String,
}

impl Agent {
    /// An agent with its key.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(options: RunOptions, key: String) -> anyhow::Result<Self> {
        let client = Client::builder().timeout(Duration::from_secs(30)).build()?;
        Ok(Self { client, options, key })
    }

    /// Prints until the key ends.
    ///
    /// # Errors
    /// When the machine was locked, replaced or taken away.
    pub async fn work(&self) -> anyhow::Result<()> {
        let mut told = BTreeMap::new();
        let mut since = TELL_EVERY;
        loop {
            match self.look(&mut told, &mut since).await {
                Ok(()) => {}
                Err(fault) if fault.is::<KeyEnded>() => return Err(fault),
                // Away, or full for a moment: what was not said is said later.
                Err(fault) => {
                    warn!("Diwan was not reached: {fault:#}");
                    since = TELL_EVERY;
                }
            }
            sleep(LOOK).await;
        }
    }

    async fn look(&self, told: &mut BTreeMap<Printer, Condition>, since: &mut u32) -> anyhow::Result<()> {
        let stand = self.conditions().await;
        if stand != *told || *since >= TELL_EVERY {
            self.post("health", &json!({"printers": stand})).await?;
            told.clone_from(&stand);
            *since = 0;
        }
        *since += 1;
        let answer = self.client.get(self.url("prints")).bearer_auth(&self.key).send().await?;
        let due: Vec<Due> = known(answer)?.json().await?;
        for one in due {
            if one.unsure {
                // Left open by this program before it ended: nobody knows.
                self.ended(&one.id, Outcome::Unsure).await?;
            } else if stand.get(&one.printer).is_some_and(|how| how.prints()) {
                self.print(&one).await?;
            }
        }
        Ok(())
    }

    fn url(&self, rest: &str) -> String {
        format!("{}/device/{rest}", self.options.server.trim_end_matches('/'))
    }

    async fn post(&self, rest: &str, body: &serde_json::Value) -> anyhow::Result<reqwest::Response> {
        known(self.client.post(self.url(rest)).bearer_auth(&self.key).json(body).send().await?)
    }

    async fn print(&self, one: &Due) -> anyhow::Result<()> {
        let answer = self.post(&format!("prints/{}/begin", one.id), &json!({})).await?;
        let bytes = answer.bytes().await?;
        let outcome = match one.printer {
            Printer::Receipt => self.slip(&bytes).await,
            Printer::Paper => self.paper(&one.id, &bytes).await,
        };
        info!(sheet = one.id, ?outcome, "printed");
        self.ended(&one.id, outcome).await
    }

    /// Says what became of a sheet, as long as it takes: it is open until then.
    async fn ended(&self, id: &str, outcome: Outcome) -> anyhow::Result<()> {
        let body = match outcome {
            Outcome::Printed => json!({"outcome": "printed"}),
            Outcome::Failed(how) => json!({"outcome": "failed", "why": how.code()}),
            Outcome::Unsure => json!({"outcome": "unsure"}),
        };
        for _ in 0..5 {
            match self.post(&format!("prints/{id}/end"), &body).await {
                Ok(_) => return Ok(()),
                Err(fault) if fault.is::<KeyEnded>() => return Err(fault),
                Err(fault) => warn!("what became of a sheet was not told: {fault:#}"),
            }
            sleep(LOOK).await;
        }
        bail!("what became of a sheet was not told; it counts as unsure from the next start on")
    }

    async fn conditions(&self) -> BTreeMap<Printer, Condition> {
        let mut stand = BTreeMap::new();
        if let Some(address) = &self.options.receipt {
            stand.insert(Printer::Receipt, receipt_stands(address).await.unwrap_or(Condition::Away));
        }
        if let Some(paper) = &self.options.paper {
            let is_there = match paper.strip_prefix("folder:") {
                Some(folder) => Path::new(folder).is_dir(),
                None => !paper.trim().is_empty(),
            };
            stand.insert(Printer::Paper, if is_there { Condition::Ready } else { Condition::Away });
        }
        stand
    }

    async fn slip(&self, bytes: &[u8]) -> Outcome {
        let Some(address) = &self.options.receipt else { return Outcome::Failed(Condition::Away) };
        let Ok(Ok(mut printer)) = timeout(ANSWERS_IN, TcpStream::connect(address)).await else {
            return Outcome::Failed(Condition::Away);
        };
        let sent = async {
            printer.write_all(bytes).await?;
            // Answered behind everything before it.
            printer.write_all(&[0x1d, b'r', 1]).await?;
            let mut answer = [0];
            printer.read_exact(&mut answer).await.map(|_| answer[0])
        };
        match timeout(PRINTS_IN, sent).await {
            // Bits 2 and 3: the paper has ended.
            Ok(Ok(state)) if state & 0b0000_1100 == 0 => Outcome::Printed,
            Ok(Ok(_)) => Outcome::Failed(Condition::Out),
            _ => match receipt_stands(address).await {
                // It says itself that it could not.
                Some(how) if !how.prints() => Outcome::Failed(how),
                _ => Outcome::Unsure,
            },
        }
    }

    async fn paper(&self, id: &str, pdf: &[u8]) -> Outcome {
        let Some(paper) = &self.options.paper else { return Outcome::Failed(Condition::Away) };
        if let Some(folder) = paper.strip_prefix("folder:") {
            let name = format!(
                "{}.pdf",
                id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>()
            );
            return match tokio::fs::write(Path::new(folder).join(name), pdf).await {
                Ok(()) => Outcome::Printed,
                Err(_) => Outcome::Failed(Condition::Fault),
            };
        }
        match command(paper, pdf).await {
            Ok(true) => Outcome::Printed,
            Ok(false) => Outcome::Failed(Condition::Fault),
            Err(fault) => {
                warn!("a paper's command: {fault:#}");
                Outcome::Unsure
            }
        }
    }
}

/// Runs the command that prints, with the paper as its input: whether it succeeded.
async fn command(line: &str, pdf: &[u8]) -> anyhow::Result<bool> {
    let mut words = line.split_whitespace();
    let program = words.next().context("the command is empty")?;
    let started = Command::new(program).args(words).stdin(Stdio::piped()).kill_on_drop(true).spawn();
    // What could not even be started printed nothing.
    let Ok(mut child) = started else { return Ok(false) };
    let mut input = child.stdin.take().context("the command takes no input")?;
    let work = async {
        // A command that ends early says so by its status.
        let written = input.write_all(pdf).await;
        drop(input);
        let status = child.wait().await?;
        Ok::<_, anyhow::Error>(written.is_ok() && status.success())
    };
    timeout(COMMAND_IN, work).await.context("it took too long")?
}

/// How a receipt printer says that it stands (`DLE EOT`); `None` when it does not answer.
async fn receipt_stands(address: &str) -> Option<Condition> {
    let asked = async {
        let mut printer = TcpStream::connect(address).await.ok()?;
        let mut answers = [0_u8; 3];
        // The printer, why it is offline, its paper.
        for (n, about) in [1_u8, 2, 4].into_iter().enumerate() {
            printer.write_all(&[0x10, 0x04, about]).await.ok()?;
            printer.read_exact(&mut answers[n..=n]).await.ok()?;
        }
        Some(condition(answers))
    };
    timeout(ANSWERS_IN, asked).await.ok().flatten()
}

/// What the three answers of `DLE EOT` 1, 2 and 4 mean.
fn condition([printer, offline, paper]: [u8; 3]) -> Condition {
    let is_set = |byte: u8, bit: u8| byte & (1 << bit) != 0;
    if is_set(paper, 5) || is_set(paper, 6) || is_set(offline, 5) {
        Condition::Out
    } else if is_set(offline, 2) {
        Condition::Cover
    } else if is_set(printer, 3) || is_set(offline, 6) {
        Condition::Fault
    } else if is_set(paper, 2) || is_set(paper, 3) {
        Condition::Low
    } else {
        Condition::Ready
    }
}

/// The key is not this machine's any more.
#[derive(Debug)]
struct KeyEnded;

impl std::fmt::Display for KeyEnded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this machine was locked, replaced or taken away; its manager can enrol it again")
    }
}

impl std::error::Error for KeyEnded {}

fn known(answer: reqwest::Response) -> anyhow::Result<reqwest::Response> {
    match answer.status() {
        StatusCode::UNAUTHORIZED => Err(KeyEnded.into()),
        status if status.is_success() => Ok(answer),
        status => bail!("it answered {status}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_printer_answers_is_understood() {
        // As the makers' manuals give them: bits 1 and 4 are always set.
        assert_eq!(condition([0x12, 0x12, 0x12]), Condition::Ready);
        assert_eq!(condition([0x12, 0x12, 0x1e]), Condition::Low);
        assert_eq!(condition([0x1a, 0x32, 0x72]), Condition::Out);
        assert_eq!(condition([0x1a, 0x16, 0x12]), Condition::Cover);
        assert_eq!(condition([0x1a, 0x52, 0x12]), Condition::Fault);
    }

    #[tokio::test]
    async fn a_command_says_by_its_status_whether_it_printed() {
        assert!(command("cat", b"%PDF").await.is_ok_and(|printed| printed));
        assert!(command("false", b"%PDF").await.is_ok_and(|printed| !printed));
        assert!(command("no-such-command-anywhere", b"%PDF").await.is_ok_and(|printed| !printed));
    }
}
