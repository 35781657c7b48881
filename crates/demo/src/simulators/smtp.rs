//! A small mail server (RFC 5321) that keeps what it is given and sends
//! nothing on.

use super::inbox::{Inbox, Received};
use super::mail;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tracing::{debug, warn};

/// The longest command line with its end (RFC 5321, 4.5.3.1, plus room for AUTH).
const LONGEST_LINE: usize = 2_048;
/// The longest line of a message, generously.
const LONGEST_TEXT_LINE: usize = 64 * 1024;
/// The largest message.
const LARGEST: usize = 10 * 1024 * 1024;
/// The most recipients of one message.
const MOST_RECIPIENTS: usize = 100;
/// How long a client may be silent.
const PATIENCE: Duration = Duration::from_secs(300);

/// Serves for as long as it is awaited. A connection that cannot be accepted
/// (it broke, or the machine has too many open) is not the end of the server.
pub async fn smtp_serve(listener: TcpListener, inbox: Inbox) {
    loop {
        let (stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(fault) => {
                warn!(error = %fault, "a mail client could not be let in");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let inbox = inbox.clone();
        tokio::spawn(async move {
            let session = Session::new(stream, inbox);
            match tokio::time::timeout(PATIENCE * 4, session.serve()).await {
                Ok(Ok(())) => {}
                Ok(Err(fault)) => debug!(%from, error = %fault, "a mail client went away"),
                Err(_) => warn!(%from, "a mail client stayed too long"),
            }
        });
    }
}

struct Session {
    stream: BufReader<TcpStream>,
    inbox: Inbox,
    greeted: bool,
    sender: Option<String>,
    recipients: Vec<String>,
}

/// A line as read.
enum Line {
    Text(Vec<u8>),
    TooLong,
    End,
}

impl Session {
    fn new(stream: TcpStream, inbox: Inbox) -> Self {
        Self { stream: BufReader::new(stream), inbox, greeted: false, sender: None, recipients: Vec::new() }
    }

    async fn serve(mut self) -> io::Result<()> {
        self.say("220 diwan-demo ESMTP ready").await?;
        loop {
            let line = match self.line(LONGEST_LINE).await? {
                Line::Text(line) => String::from_utf8_lossy(&line).trim_end().to_owned(),
                Line::TooLong => {
                    self.say("500 5.5.2 line too long").await?;
                    continue;
                }
                Line::End => return Ok(()),
            };
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => {
                    self.reset(true);
                    self.say(&format!(
                        "250-diwan-demo\r\n250-SIZE {LARGEST}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n\
                         250-AUTH PLAIN\r\n250 ENHANCEDSTATUSCODES"
                    ))
                    .await?;
                }
                "HELO" => {
                    self.reset(true);
                    self.say("250 diwan-demo").await?;
                }
                "AUTH" => self.auth(rest).await?,
                "MAIL" => self.mail(rest).await?,
                "RCPT" => self.rcpt(rest).await?,
                "DATA" => self.data().await?,
                "RSET" => {
                    self.reset(self.greeted);
                    self.say("250 2.0.0 ok").await?;
                }
                "NOOP" => self.say("250 2.0.0 ok").await?,
                "VRFY" => self.say("252 2.5.0 send some mail and see").await?,
                "QUIT" => return self.say("221 2.0.0 bye").await,
                _ => self.say("502 5.5.1 command not known").await?,
            }
        }
    }

    fn reset(&mut self, greeted: bool) {
        self.greeted = greeted;
        self.sender = None;
        self.recipients.clear();
    }

    async fn say(&mut self, text: &str) -> io::Result<()> {
        self.stream.write_all(format!("{text}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }

    /// Reads one line with its end; a longer one is read to its end and left.
    async fn line(&mut self, most: usize) -> io::Result<Line> {
        let mut line = Vec::new();
        let count = self.some(most, &mut line).await?;
        if line.last() == Some(&b'\n') {
            return Ok(Line::Text(line));
        }
        if count < most {
            return Ok(Line::End);
        }
        loop {
            line.clear();
            if self.some(most, &mut line).await? == 0 {
                return Ok(Line::End);
            }
            if line.last() == Some(&b'\n') {
                return Ok(Line::TooLong);
            }
        }
    }

    /// Reads as far as the end of a line, but not more than this.
    async fn some(&mut self, most: usize, line: &mut Vec<u8>) -> io::Result<usize> {
        let mut limited = (&mut self.stream).take(u64::try_from(most).unwrap_or(u64::MAX));
        let read = limited.read_until(b'\n', line);
        tokio::time::timeout(PATIENCE, read).await.map_err(|_| io::ErrorKind::TimedOut)?
    }

    /// Any name and password are welcome here.
    async fn auth(&mut self, rest: &str) -> io::Result<()> {
        let mut words = rest.split_whitespace();
        if !words.next().is_some_and(|mechanism| mechanism.eq_ignore_ascii_case("PLAIN")) {
            return self.say("504 5.5.4 only AUTH PLAIN").await;
        }
        let response = match words.next() {
            Some(response) => response.to_owned(),
            None => {
                self.say("334 ").await?;
                match self.line(LONGEST_LINE).await? {
                    Line::Text(line) => String::from_utf8_lossy(&line).trim().to_owned(),
                    _ => return self.say("501 5.5.2 no answer").await,
                }
            }
        };
        let plain = mail::from_base64(response.as_bytes());
        let parts = plain.split(|byte| *byte == 0).count();
        if parts == 3 {
            self.say("235 2.7.0 welcome").await
        } else {
            self.say("535 5.7.8 not readable").await
        }
    }

    async fn mail(&mut self, rest: &str) -> io::Result<()> {
        if !self.greeted {
            return self.say("503 5.5.1 say EHLO first").await;
        }
        if self.sender.is_some() {
            return self.say("503 5.5.1 one message at a time").await;
        }
        let Some((sender, options)) = path(rest, "FROM:") else {
            return self.say("501 5.1.7 MAIL FROM:<address>").await;
        };
        let size = options
            .split_whitespace()
            .find_map(|option| option.to_ascii_uppercase().strip_prefix("SIZE=")?.parse().ok());
        if size.is_some_and(|size: usize| size > LARGEST) {
            return self.say("552 5.3.4 message too large").await;
        }
        self.sender = Some(sender);
        self.say("250 2.1.0 ok").await
    }

    async fn rcpt(&mut self, rest: &str) -> io::Result<()> {
        if self.sender.is_none() {
            return self.say("503 5.5.1 MAIL first").await;
        }
        match path(rest, "TO:") {
            Some((address, _)) if !address.contains('@') => self.say("553 5.1.3 not an address").await,
            Some(_) if self.recipients.len() >= MOST_RECIPIENTS => {
                self.say("452 4.5.3 too many recipients").await
            }
            Some((address, _)) => {
                self.recipients.push(address);
                self.say("250 2.1.5 ok").await
            }
            None => self.say("501 5.1.3 RCPT TO:<address>").await,
        }
    }

    async fn data(&mut self) -> io::Result<()> {
        if self.recipients.is_empty() {
            return self.say("503 5.5.1 RCPT first").await;
        }
        self.say("354 end with a dot on a line of its own").await?;
        let mut bytes = Vec::new();
        let mut fits = true;
        loop {
            let line = match self.line(LONGEST_TEXT_LINE).await? {
                Line::Text(line) => line,
                Line::TooLong => {
                    fits = false;
                    continue;
                }
                Line::End => return Err(io::ErrorKind::UnexpectedEof.into()),
            };
            if line == b".\r\n" || line == b".\n" {
                break;
            }
            // A line that begins with a dot was sent with one more (RFC 5321, 4.5.2).
            let text = line.strip_prefix(b".").unwrap_or(&line);
            fits &= bytes.len() + text.len() <= LARGEST;
            if fits {
                bytes.extend_from_slice(text);
            }
        }
        let recipients = std::mem::take(&mut self.recipients);
        let sender = self.sender.take().unwrap_or_default();
        if !fits {
            return self.say("552 5.3.4 message too large").await;
        }
        let parsed = mail::read(&bytes);
        let id = format!("mail-{}", uuid::Uuid::now_v7().simple());
        for to in recipients {
            self.inbox.take(Received {
                channel: "email".into(),
                id: id.clone(),
                to,
                from: parsed.header("from").unwrap_or(&sender).to_owned(),
                subject: parsed.header("subject").unwrap_or_default().to_owned(),
                text: parsed.text.clone(),
                html: parsed.html.clone(),
                ..Received::default()
            });
        }
        self.say(&format!("250 2.0.0 kept as {id}")).await
    }
}

/// The address in `FROM:<a@b.c> OPTIONS`, and the options.
fn path<'a>(rest: &'a str, word: &str) -> Option<(String, &'a str)> {
    let begins = rest.get(..word.len())?;
    if !begins.eq_ignore_ascii_case(word) {
        return None;
    }
    let rest = rest[word.len()..].trim_start().strip_prefix('<')?;
    let (address, options) = rest.split_once('>')?;
    Some((address.to_owned(), options))
}
