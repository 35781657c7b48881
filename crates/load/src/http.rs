//! The leanest HTTP client that will do, so that the server is measured and not
//! the client: one connection a caller, kept open, bodies counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Mutex;

/// Connections to one server, on loan.
#[derive(Clone)]
pub struct Client {
    address: String,
    idle: Arc<Mutex<Vec<TcpStream>>>,
    asked: Arc<AtomicUsize>,
}

impl Client {
    /// A client of the server at `host:port`.
    pub fn of(address: &str) -> Self {
        Self { address: address.to_owned(), idle: Arc::default(), asked: Arc::default() }
    }

    /// Sends a request as written (everything before the body ends with an
    /// empty line) and gives status and size of the body.
    pub async fn send(&self, request: &str) -> anyhow::Result<(u16, usize)> {
        self.ask(request).await.map(|(status, body)| (status, body.len()))
    }

    /// The same, and gives the body. A kept connection may have been ended meanwhile, when
    /// nobody used it for a while: then it is asked on a new one, as every browser does.
    pub async fn ask(&self, request: &str) -> anyhow::Result<(u16, Vec<u8>)> {
        let kept = self.idle.lock().await.pop();
        if let Some(stream) = kept
            && has_not_ended(&stream)
        {
            return self.ask_on(stream, request).await;
        }
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        self.ask_on(stream, request).await
    }

    async fn ask_on(&self, mut stream: TcpStream, request: &str) -> anyhow::Result<(u16, Vec<u8>)> {
        stream.write_all(request.as_bytes()).await?;
        let answer = read_answer(&mut stream).await?;
        self.idle.lock().await.push(stream);
        Ok(answer)
    }

    /// `GET` of a path, each time from one of a thousand addresses: a crowd does
    /// not stand behind one, and one may not ask for everything.
    pub async fn get(&self, path: &str) -> anyhow::Result<(u16, usize)> {
        let n = self.asked.fetch_add(1, Ordering::Relaxed) % 1_000;
        let from = format!("10.0.{}.{}", n / 250, n % 250 + 1);
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: {from}\r\nAccept-Language: en\r\n\r\n"
        ))
        .await
    }
}

/// Whether the other side has not closed a connection on which nothing is owed.
fn has_not_ended(stream: &TcpStream) -> bool {
    let waits = stream.try_read(&mut [0]);
    waits.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
}

async fn read_answer(stream: &mut TcpStream) -> anyhow::Result<(u16, Vec<u8>)> {
    let mut buffer = Vec::with_capacity(32 * 1024);
    let (head_end, length, status) = loop {
        let mut part = [0_u8; 16 * 1024];
        let n = stream.read(&mut part).await?;
        anyhow::ensure!(n > 0, "the server closed the connection");
        buffer.extend_from_slice(&part[..n]);
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            break (end + 4, length.unwrap_or(0), status);
        }
    };
    let mut body = buffer.split_off(head_end);
    let mut part = [0_u8; 16 * 1024];
    while body.len() < length {
        let n = stream.read(&mut part).await?;
        anyhow::ensure!(n > 0, "the body was cut off");
        body.extend_from_slice(&part[..n]);
    }
    Ok((status, body))
}
