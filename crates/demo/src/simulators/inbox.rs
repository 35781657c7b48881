//! What phones and mailboxes received, newest first. Kept as JSON lines, so
//! that a restart of the demo loses nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How many messages are kept.
const AT_MOST: usize = 500;
/// The file within the data folder.
const FILE: &str = "inbox.jsonl";

/// One message that arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// `sms` or `email`.
    pub channel: String,
    /// The gateway's own name for it.
    pub id: String,
    /// To which phone or mailbox.
    pub to: String,
    /// From whom.
    pub from: String,
    /// The subject of an e-mail.
    #[serde(default)]
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The same as HTML, when an e-mail has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The one-time code, when the gateway was given one apart from the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When, in microseconds since 1970 UTC.
    pub at: i64,
}

/// A shared store of messages. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Inbox(Arc<Mutex<Kept>>);

#[derive(Debug)]
struct Kept {
    messages: VecDeque<Received>,
    file: Option<(PathBuf, File)>,
    lines: usize,
}

impl Inbox {
    /// Opens the inbox of a data folder with what it received before.
    ///
    /// # Errors
    /// When the folder cannot be read or written. A line that cannot be read
    /// (a power cut in the middle of writing) is passed over.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join(FILE);
        let mut messages = VecDeque::new();
        let mut lines = 0;
        match File::open(&path) {
            Ok(file) => {
                for line in BufReader::new(file).lines() {
                    lines += 1;
                    if let Ok(message) = serde_json::from_str(&line?) {
                        messages.push_front(message);
                    }
                }
            }
            Err(absent) if absent.kind() == io::ErrorKind::NotFound => {}
            Err(fault) => return Err(fault),
        }
        messages.truncate(AT_MOST);
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        Ok(Self(Arc::new(Mutex::new(Kept { messages, file: Some((path, file)), lines }))))
    }

    /// An inbox that forgets when it is dropped.
    #[must_use]
    pub fn in_memory() -> Self {
        Self(Arc::new(Mutex::new(Kept { messages: VecDeque::new(), file: None, lines: 0 })))
    }

    /// Everything kept, newest first.
    #[must_use]
    pub fn list(&self) -> Vec<Received> {
        self.kept().messages.iter().cloned().collect()
    }

    /// The newest message to a phone or mailbox.
    #[must_use]
    pub fn newest_to(&self, address: &str) -> Option<Received> {
        let plain = address.trim_start_matches('+');
        self.kept().messages.iter().find(|message| message.to.trim_start_matches('+') == plain).cloned()
    }

    /// Takes a message in. When the disk refuses, it is still shown.
    pub(crate) fn take(&self, mut message: Received) {
        if message.at == 0 {
            message.at = Timestamp::now().as_microsecond();
        }
        let mut kept = self.kept();
        if let Err(fault) = kept.write(&message) {
            tracing::error!(error = %fault, "the demo's inbox could not be written");
        }
        kept.messages.push_front(message);
        kept.messages.truncate(AT_MOST);
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        // A panic elsewhere leaves a list of messages whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn write(&mut self, message: &Received) -> io::Result<()> {
        if self.lines >= 2 * AT_MOST {
            self.rewrite()?;
        }
        let Some((_, file)) = &mut self.file else { return Ok(()) };
        let mut line = serde_json::to_vec(message)?;
        line.push(b'\n');
        file.write_all(&line)?;
        self.lines += 1;
        Ok(())
    }

    /// Writes the file anew with what is kept, aside and renamed.
    fn rewrite(&mut self) -> io::Result<()> {
        let Some((path, file)) = &mut self.file else { return Ok(()) };
        let aside = path.with_extension("next");
        let mut next = File::create(&aside)?;
        for message in self.messages.iter().rev() {
            serde_json::to_writer(&mut next, message)?;
            next.write_all(b"\n")?;
        }
        next.sync_all()?;
        fs::rename(&aside, &*path)?;
        *file = OpenOptions::new().append(true).open(&*path)?;
        self.lines = self.messages.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(number: usize) -> Received {
        Received {
            channel: "sms".into(),
            to: "9647504451234".into(),
            text: number.to_string(),
            ..Received::default()
        }
    }

    #[test]
    fn a_restart_keeps_the_newest_and_a_broken_line_does_no_harm() {
        let folder = std::env::temp_dir().join(format!("diwan-inbox-{}", uuid::Uuid::now_v7()));
        let inbox = Inbox::open(&folder).unwrap();
        for number in 0..1_250 {
            inbox.take(message(number));
        }
        assert_eq!(inbox.list().len(), AT_MOST);
        drop(inbox);
        let mut file = OpenOptions::new().append(true).open(folder.join(FILE)).unwrap();
        file.write_all(b"{\"channel\":\"sm\n").unwrap();

        let again = Inbox::open(&folder).unwrap();
        let texts: Vec<String> = again.list().into_iter().map(|message| message.text).collect();
        assert_eq!((texts[0].as_str(), texts.len()), ("1249", AT_MOST));
        assert_eq!(again.newest_to("+9647504451234").unwrap().text, "1249");
        assert!(again.newest_to("+9647700000000").is_none());
        let lines = fs::read_to_string(folder.join(FILE)).unwrap().lines().count();
        assert!(lines <= 2 * AT_MOST + 1, "{lines} lines");
        fs::remove_dir_all(folder).unwrap();
    }
}
