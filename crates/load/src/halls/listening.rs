//! Displays and phones: they take what they are told, and come back when the line is cut,
//! as a browser does.

use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One of so many listeners reads what it is told; the others only take the bytes, so
/// that the generator does not eat what is measured.
const READS: usize = 20;

/// How the answer to a listener begins.
const STATUS: &str = "HTTP/1.1 200";

/// What the listeners of a day heard.
#[derive(Default)]
pub struct Heard {
    /// When each number was given, by centre and number, until a listener saw it.
    given: Mutex<HashMap<(usize, String), Instant>>,
    delays: Mutex<Vec<Duration>>,
    /// When each listener that lost its line had a picture again.
    back: Mutex<Vec<Instant>>,
}

impl Heard {
    /// Notes that a number was given now.
    pub fn given(&self, centre: usize, number: String) {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).insert((centre, number), Instant::now());
    }

    /// How long numbers took until somebody saw them; forgets them.
    pub fn delays(&self) -> Vec<Duration> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).clear();
        std::mem::take(&mut *self.delays.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// When each listener was back; forgets it.
    pub fn back(&self) -> Vec<Instant> {
        std::mem::take(&mut *self.back.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn told(&self, centre: usize, picture: &Value) {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let mut delays = self.delays.lock().unwrap_or_else(PoisonError::into_inner);
        for number in picture["before"].as_object().into_iter().flat_map(|before| before.keys()) {
            if let Some(at) = given.remove(&(centre, number.clone())) {
                delays.push(at.elapsed());
            }
        }
    }
}

/// The listeners, until they are sent away.
pub struct Listeners {
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.tasks.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

impl Listeners {
    /// So many listeners, spread over the centres and over the servers.
    pub async fn begin(servers: &[String], codes: &[String], count: usize, heard: &Arc<Heard>) -> Self {
        let mut tasks = Vec::new();
        for n in 0..count {
            let one = Listener {
                server: servers[n % servers.len()].clone(),
                code: codes[n / servers.len() % codes.len()].clone(),
                centre: n / servers.len() % codes.len(),
                reads: (n / servers.len() / codes.len()).is_multiple_of(READS),
            };
            tasks.push(tokio::spawn(one.listen(heard.clone())));
            if n % 100 == 99 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        Self { tasks }
    }
}

struct Listener {
    server: String,
    code: String,
    centre: usize,
    reads: bool,
}

impl Listener {
    /// Listens for ever. A line that breaks is made anew after the time that the server
    /// said, as `EventSource` does; a picture after that counts as being back.
    async fn listen(self, heard: Arc<Heard>) {
        let mut again = Duration::from_secs(3);
        let mut lost = false;
        loop {
            // Whatever broke it: it is made anew.
            let _broken = self.hear(&heard, &mut again, lost).await;
            lost = true;
            tokio::time::sleep(again).await;
        }
    }

    async fn hear(&self, heard: &Heard, again: &mut Duration, mut lost: bool) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(&self.server).await?;
        let request = format!("GET /centres/{}/live HTTP/1.1\r\nHost: bench\r\n\r\n", self.code);
        stream.write_all(request.as_bytes()).await?;
        let mut part = vec![0_u8; 16 * 1024];
        let mut text = String::new();
        // Until the first picture everybody reads. A refusal is no stream: it is asked again.
        let (mut waits, mut is_begun) = (true, false);
        loop {
            let n = stream.read(&mut part).await?;
            if n == 0 {
                return Ok(());
            }
            if !self.reads && !waits {
                continue;
            }
            text.push_str(&String::from_utf8_lossy(&part[..n]));
            if !is_begun && text.len() >= STATUS.len() {
                if !text.starts_with(STATUS) {
                    return Ok(());
                }
                is_begun = true;
            }
            while let Some(end) = text.find("\n\n") {
                let event: String = text.drain(..end + 2).collect();
                if let Some(millis) = event.lines().find_map(|line| line.strip_prefix("retry: ")) {
                    *again = millis.trim().parse().map_or(*again, Duration::from_millis);
                }
                let Some(data) = event.lines().find_map(|line| line.strip_prefix("data: ")) else { continue };
                let Ok(picture) = serde_json::from_str::<Value>(data) else { continue };
                waits = false;
                if std::mem::take(&mut lost) {
                    heard.back.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
                }
                if self.reads {
                    heard.told(self.centre, &picture);
                }
            }
            if !self.reads && !waits {
                text = String::new();
            }
        }
    }
}
