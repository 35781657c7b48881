//! Typesetting in children that may be killed: an endless layout costs one named paper and nothing else.
//!
//! A child is the same binary, started as `diwan render-worker`; it runs [`worker_main`]. It reads jobs from
//! its input and writes papers to its output, one at a time, and ends when its input ends, so it never
//! outlives its parent. Frames are a length (four bytes, most significant first) and that many bytes.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, interval_at, timeout_at};
use tracing::warn;

use crate::layout::{Job, RenderFault, check_layout, render, render_strip};
use crate::strip::Strip;

/// A job or a paper larger than this is refused on either side of the pipe.
const LARGEST_FRAME: usize = 64 * 1024 * 1024;

/// How often the memory of a busy child is looked at.
const MEMORY_LOOK: Duration = Duration::from_millis(50);

/// A child gets this much memory unless told otherwise; an ordinary paper needs about 40 MiB.
const MEMORY_MIB: u64 = 512;

/// How many papers that anyone may ask for are typeset at once, and how long one waits for its turn.
const ASIDE: usize = 1;
const PATIENCE: Duration = Duration::from_secs(10);

/// What a child is asked to do.
#[derive(Debug, Serialize, Deserialize)]
enum Request {
    /// Typeset a paper.
    Render(Job),
    /// Check a layout with sample data.
    Check { source: String, data: serde_json::Value },
    /// Typeset a slip and draw it in dots.
    Strip(Job),
}

/// What a child says, before the bytes of a paper when there is one.
#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    /// The paper follows in the next frame.
    Paper,
    /// The layout is sound.
    Sound,
    /// There is no paper.
    Fault(RenderFault),
}

/// The life of a rendering child: call this, and nothing else, from `diwan render-worker`.
pub fn worker_main() -> io::Result<()> {
    let (jobs, inbox) = mpsc::channel::<Vec<u8>>();
    // Reading has its own thread, so that a child deep in an endless layout still notices that its parent
    // is gone and ends with it.
    std::thread::Builder::new().name("jobs".into()).spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(frame)) = read_frame(&mut input) {
            if jobs.send(frame).is_err() {
                break;
            }
        }
        std::process::exit(0);
    })?;
    let mut output = io::stdout().lock();
    for frame in inbox {
        let (answer, paper) = answer(&frame);
        write_frame(&mut output, &serde_json::to_vec(&answer)?)?;
        if let Some(paper) = paper {
            write_frame(&mut output, &paper)?;
        }
        output.flush()?;
    }
    Ok(())
}

fn answer(frame: &[u8]) -> (Answer, Option<Vec<u8>>) {
    match serde_json::from_slice::<Request>(frame) {
        Ok(Request::Render(job)) => match render(&job) {
            Ok(pdf) => (Answer::Paper, Some(pdf)),
            Err(fault) => (Answer::Fault(fault), None),
        },
        Ok(Request::Strip(job)) => match render_strip(&job).map(|strip| serde_json::to_vec(&strip)) {
            Ok(Ok(bytes)) => (Answer::Paper, Some(bytes)),
            Ok(Err(fault)) => (Answer::Fault(RenderFault::Job(fault.to_string())), None),
            Err(fault) => (Answer::Fault(fault), None),
        },
        Ok(Request::Check { source, data }) => match check_layout(&source, &data) {
            Ok(()) => (Answer::Sound, None),
            Err(fault) => (Answer::Fault(fault), None),
        },
        Err(fault) => (Answer::Fault(RenderFault::Job(fault.to_string())), None),
    }
}

fn read_frame(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut head = [0; 4];
    match input.read_exact(&mut head) {
        Ok(()) => {}
        Err(end) if end.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(fault) => return Err(fault),
    }
    let mut frame = vec![0; frame_length(head)?];
    input.read_exact(&mut frame)?;
    Ok(Some(frame))
}

fn write_frame(output: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    output.write_all(&frame_head(frame)?)?;
    output.write_all(frame)
}

fn frame_length(head: [u8; 4]) -> io::Result<usize> {
    let length = usize::try_from(u32::from_be_bytes(head)).map_err(io::Error::other)?;
    if length > LARGEST_FRAME {
        return Err(io::Error::other(format!("frame of {length} bytes is too large")));
    }
    Ok(length)
}

fn frame_head(frame: &[u8]) -> io::Result<[u8; 4]> {
    if frame.len() > LARGEST_FRAME {
        return Err(io::Error::other(format!("frame of {} bytes is too large", frame.len())));
    }
    u32::try_from(frame.len()).map(u32::to_be_bytes).map_err(io::Error::other)
}

/// Renders papers in a few children, started when first needed and replaced when they misbehave.
#[derive(Debug)]
pub struct Renderer {
    program: PathBuf,
    args: Vec<String>,
    limit: Duration,
    memory_mib: u64,
    turns: Semaphore,
    aside: Semaphore,
    idle: Mutex<Vec<Worker>>,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Renderer {
    /// A renderer that starts `program` with `args` at most `workers` times at once and gives each paper
    /// at most `limit`.
    pub fn new(program: PathBuf, args: Vec<String>, workers: usize, limit: Duration) -> Renderer {
        Renderer {
            program,
            args,
            limit,
            memory_mib: MEMORY_MIB,
            turns: Semaphore::new(workers.max(1)),
            aside: Semaphore::new(ASIDE),
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Sets how many MiB a child may hold before it is killed. Watched where `/proc` exists.
    #[must_use]
    pub fn with_memory(mut self, mib: u64) -> Renderer {
        self.memory_mib = mib;
        self
    }

    /// Typesets one paper. A fault concerns this paper alone; the next one gets a sound child.
    pub async fn render(&self, job: Job) -> Result<Vec<u8>, RenderFault> {
        let turn = self.turns.acquire().await.map_err(|fault| RenderFault::Unavailable(fault.to_string()))?;
        self.render_in(turn, job).await
    }

    /// Typesets a paper that is no certificate, such as the form of a draft: in a child of its own beside
    /// the others, so that whoever asks for many of them holds no certificate up. One that waits too long
    /// for its turn is refused.
    pub async fn render_aside(&self, job: Job) -> Result<Vec<u8>, RenderFault> {
        let turn = tokio::time::timeout(PATIENCE, self.aside.acquire()).await;
        let turn = turn.map_err(|_| RenderFault::TooManyWait)?;
        self.render_in(turn.map_err(|fault| RenderFault::Unavailable(fault.to_string()))?, job).await
    }

    /// Draws a slip for a receipt printer, as [`render_strip`] does, beside the certificates.
    pub async fn strip(&self, job: Job) -> Result<Strip, RenderFault> {
        let turn = tokio::time::timeout(PATIENCE, self.aside.acquire()).await;
        let turn = turn.map_err(|_| RenderFault::TooManyWait)?;
        let turn = turn.map_err(|fault| RenderFault::Unavailable(fault.to_string()))?;
        let bytes = self.ask(turn, &Request::Strip(job)).await?;
        let bytes = bytes.ok_or_else(|| RenderFault::Crashed("it gave no slip".into()))?;
        serde_json::from_slice(&bytes).map_err(|fault| RenderFault::Crashed(fault.to_string()))
    }

    async fn render_in(&self, turn: SemaphorePermit<'_>, job: Job) -> Result<Vec<u8>, RenderFault> {
        match self.ask(turn, &Request::Render(job)).await? {
            Some(pdf) => Ok(pdf),
            None => Err(RenderFault::Crashed("it gave no paper".into())),
        }
    }

    /// Checks a layout that someone brought along, as [`check_layout`] does, in a child that can be stopped.
    pub async fn check_layout(
        &self,
        source: &str,
        sample_data: &serde_json::Value,
    ) -> Result<(), RenderFault> {
        let request = Request::Check { source: source.into(), data: sample_data.clone() };
        let turn = self.turns.acquire().await.map_err(|fault| RenderFault::Unavailable(fault.to_string()))?;
        self.ask(turn, &request).await.map(|_| ())
    }

    async fn ask(
        &self,
        _turn: SemaphorePermit<'_>,
        request: &Request,
    ) -> Result<Option<Vec<u8>>, RenderFault> {
        let unavailable = |fault: &dyn std::fmt::Display| RenderFault::Unavailable(fault.to_string());
        let request = serde_json::to_vec(request).map_err(|fault| RenderFault::Job(fault.to_string()))?;
        let mut worker = match self.take_idle() {
            Some(worker) => worker,
            None => self.start().map_err(|fault| unavailable(&fault))?,
        };
        // Dropped half-way (a caller that went away), the worker is killed with the future, never reused.
        let outcome = self.watched(&mut worker, &request).await;
        match &outcome {
            Ok(_)
            | Err(RenderFault::Layout { .. } | RenderFault::TooManyPages { .. } | RenderFault::Job(_)) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
            }
            Err(fault) => {
                warn!(fault.code = fault.code(), "rendering child replaced: {fault}");
                if let Err(fault) = worker.child.kill().await {
                    warn!("rendering child could not be killed: {fault}");
                }
            }
        }
        outcome
    }

    fn take_idle(&self) -> Option<Worker> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(mut worker) = idle.pop() {
            // A child that ended while idle says so here and is not given a paper.
            if matches!(worker.child.try_wait(), Ok(None)) {
                return Some(worker);
            }
        }
        None
    }

    fn start(&self) -> io::Result<Worker> {
        let mut child = Command::new(&self.program)
            .args(&self.args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()?;
        let gone = || io::Error::other("child has no pipes");
        let input = child.stdin.take().ok_or_else(gone)?;
        let output = child.stdout.take().ok_or_else(gone)?;
        Ok(Worker { child, input, output })
    }

    /// One exchange with a child, under the time limit and the memory cap.
    async fn watched(&self, worker: &mut Worker, request: &[u8]) -> Result<Option<Vec<u8>>, RenderFault> {
        let until = Instant::now() + self.limit;
        let id = worker.child.id();
        let mut look = interval_at(Instant::now() + MEMORY_LOOK, MEMORY_LOOK);
        let exchange = timeout_at(until, exchange(&mut worker.input, &mut worker.output, request));
        tokio::pin!(exchange);
        loop {
            tokio::select! {
                answer = &mut exchange => return match answer {
                    Err(_late) => Err(RenderFault::TookTooLong(self.limit)),
                    Ok(Ok(outcome)) => outcome,
                    Ok(Err(fault)) => Err(RenderFault::Crashed(fault.to_string())),
                },
                _ = look.tick() => {
                    if id.and_then(memory_of).is_some_and(|mib| mib > self.memory_mib) {
                        return Err(RenderFault::TooMuchMemory(self.memory_mib));
                    }
                }
            }
        }
    }
}

async fn exchange(
    input: &mut ChildStdin,
    output: &mut ChildStdout,
    request: &[u8],
) -> io::Result<Result<Option<Vec<u8>>, RenderFault>> {
    input.write_all(&frame_head(request)?).await?;
    input.write_all(request).await?;
    input.flush().await?;
    match serde_json::from_slice(&next_frame(output).await?)? {
        Answer::Paper => Ok(Ok(Some(next_frame(output).await?))),
        Answer::Sound => Ok(Ok(None)),
        Answer::Fault(fault) => Ok(Err(fault)),
    }
}

async fn next_frame(output: &mut ChildStdout) -> io::Result<Vec<u8>> {
    let mut head = [0; 4];
    output.read_exact(&mut head).await?;
    let mut frame = vec![0; frame_length(head)?];
    output.read_exact(&mut frame).await?;
    Ok(frame)
}

/// Resident memory of a process in MiB, where the system tells.
fn memory_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024)
}
