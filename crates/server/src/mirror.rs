//! A copy of another installation's public log, checked entry by entry. Whoever keeps one can show later
//! what the log said, and finds out when its past is told otherwise.
//!
//! The folder is laid out as the log itself is published (C2SP tlog-tiles), so any web server can hand the
//! copy on. Its `checkpoint` is written last: a copy that was broken off goes on where it was.

use anyhow::{Context, bail, ensure};
use diwan_documents::proof::{self, Head, ProofFault};
use diwan_documents::tree::{Tile, Tree, WIDTH, entries, entries_path};
use diwan_store::disk;
use reqwest::{Client, StatusCode, header};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The largest bundle that the form allows: 256 entries with their lengths.
const LARGEST: usize = 256 * (2 + 65_535);
/// How often something is asked for before it counts as out of reach.
const TRIES: u32 = 5;
/// How long to wait for a server that says how long, at most.
const LONGEST_WAIT: u64 = 60;

/// What a run found.
#[derive(Debug, PartialEq, Eq)]
pub struct Mirrored {
    /// How many entries the copy had.
    pub before: u64,
    /// How many it has.
    pub now: u64,
}

/// A log somewhere, and the copy of it.
pub struct Mirror {
    http: Client,
    log: String,
    folder: PathBuf,
    key: String,
}

impl Mirror {
    /// The log below an installation's address, or at its own (`…/log`). The key is kept in the folder; the first
    /// time it must be given.
    ///
    /// # Errors
    /// When there is no key, or another one was kept.
    pub fn of(url: &str, folder: &Path, key: Option<&str>) -> anyhow::Result<Self> {
        let url = url.trim_end_matches('/');
        let log = if url.ends_with("/log") { url.to_owned() } else { format!("{url}/log") };
        let kept = folder.join("key");
        let known = match std::fs::read_to_string(&kept) {
            Ok(text) => Some(text.trim().to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", kept.display())),
        };
        let key = match (known, key.map(str::trim)) {
            (Some(known), Some(given)) if known != given => bail!(
                "{} is a copy of the log whose key is {known}; copy another log into a folder of its own",
                folder.display()
            ),
            (Some(known), _) => known,
            (None, Some(given)) => given.to_owned(),
            (None, None) => bail!(
                "say whose log it is with --key: the verifier key (name+hash+key) that the installation's page \
                 `/en/log` shows. Ask for it by another way than the network that the log comes over"
            ),
        };
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .user_agent("Diwan")
            .build()?;
        Ok(Self { http, log, folder: folder.to_owned(), key })
    }

    /// Copies what is new, and checks everything: that the copy is what it was, that the log goes on from it,
    /// and that the signed head covers exactly these entries.
    ///
    /// # Errors
    /// When something does not hold, or the log or the disk is out of reach.
    pub async fn run(&self) -> anyhow::Result<Mirrored> {
        let note = self.ask("checkpoint").await?.context("there is no log at this address")?;
        let note = String::from_utf8(note).context("the head is not text")?;
        let shown = proof::head(&note, &self.key).map_err(|fault| self.not_its_head(&fault))?;
        let before = self.copied()?;
        disk::make_folder(&self.folder)
            .with_context(|| format!("{} cannot be made", self.folder.display()))?;
        disk::replace(&self.folder.join("key"), format!("{}\n", self.key).as_bytes())?;
        let mut tree = Tree::default();
        let size = shown.size.max(before.size);
        for n in 0..size.div_ceil(WIDTH) {
            self.bundle(n, &before, &shown, &mut tree, &note).await?;
        }
        if shown.size < before.size {
            bail!(
                "the log shows an older head than was copied: {} entries instead of {}. It is the same log; \
                 ask its operator what it shows",
                shown.size,
                before.size
            );
        }
        self.tell_apart(&tree, &shown, &note)?;
        for tile in tree.edge() {
            self.keep(&tile.path(), &tile.bytes())?;
        }
        disk::replace(&self.folder.join("checkpoint"), note.as_bytes())?;
        self.forget_what_became_whole(&before, &shown);
        Ok(Mirrored { before: before.size, now: shown.size })
    }

    fn not_its_head(&self, fault: &ProofFault) -> anyhow::Error {
        let more = match fault {
            ProofFault::UnsignedCheckpoint => {
                ". A log that ended is followed by one with another key, whose head names it: ask the office for \
                 that key, and copy it into a folder of its own"
            }
            _ => "",
        };
        anyhow::anyhow!("what {}/checkpoint shows is not this log's head: {fault}{more}", self.log)
    }

    /// The head up to which the copy goes.
    fn copied(&self) -> anyhow::Result<Head> {
        let file = self.folder.join("checkpoint");
        match std::fs::read_to_string(&file) {
            Ok(text) => proof::head(&text, &self.key)
                .map_err(|fault| anyhow::anyhow!("{} is not this log's head: {fault}", file.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(Head { size: 0, root: Tree::default().root() })
            }
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", file.display())),
        }
    }

    /// Adds one bundle of entries to the tree, from the copy and from the log as far as it is new.
    async fn bundle(
        &self,
        n: u64,
        before: &Head,
        shown: &Head,
        tree: &mut Tree,
        note: &str,
    ) -> anyhow::Result<()> {
        let within = |size: u64| size.saturating_sub(n * WIDTH).min(WIDTH);
        let (had, wanted) = (within(before.size), within(shown.size));
        let kept = if had > 0 { self.kept(n, had)? } else { Vec::new() };
        let bytes = if wanted > had { self.fetched(n, wanted).await? } else { kept.clone() };
        let new = entries(&bytes).unwrap_or_default();
        let old = entries(&kept).unwrap_or_default();
        if !new.starts_with(&old) {
            return Err(self.forked(note, &format!("entries {} and later are others", n * WIDTH)));
        }
        for entry in &new {
            for tile in tree.add(entry) {
                self.keep(&tile.path(), &tile.bytes())?;
            }
            if tree.size() == before.size && tree.root() != before.root {
                bail!(
                    "the copy in {} was damaged: its entries do not give the head that it keeps. Put it back from \
                     a backup, or copy the log again into an empty folder",
                    self.folder.display()
                );
            }
            if tree.size() == shown.size {
                self.tell_apart(tree, shown, note)?;
            }
        }
        if wanted > had { self.keep(&entries_path(n, wanted), &bytes) } else { Ok(()) }
    }

    /// Refuses a head that the entries do not give.
    fn tell_apart(&self, tree: &Tree, shown: &Head, note: &str) -> anyhow::Result<()> {
        if tree.root() == shown.root {
            return Ok(());
        }
        Err(self.forked(note, &format!("its head over {} entries is not what they give", shown.size)))
    }

    /// What was signed and cannot be true beside the copy is evidence: it is kept.
    fn forked(&self, note: &str, what: &str) -> anyhow::Error {
        let evidence = self.folder.join("checkpoint.disputed");
        let kept = match disk::replace(&evidence, note.as_bytes()) {
            Ok(()) => format!("its head is kept in {}", evidence.display()),
            Err(error) => format!("its head could not be kept: {error}"),
        };
        anyhow::anyhow!(
            "the log does not go on from the copy: {what}. Its past was told otherwise before. Nothing of the copy \
             was changed; {kept}. Keep both and tell the inspector"
        )
    }

    fn kept(&self, n: u64, width: u64) -> anyhow::Result<Vec<u8>> {
        let file = self.folder.join(entries_path(n, width));
        let bytes = std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        let whole = entries(&bytes).is_some_and(|found| found.len() as u64 == width);
        ensure!(whole, "{} was damaged; copy the log again into an empty folder", file.display());
        Ok(bytes)
    }

    /// A bundle from the log: exactly as many entries as its head says.
    async fn fetched(&self, n: u64, width: u64) -> anyhow::Result<Vec<u8>> {
        let path = entries_path(n, width);
        let found = match self.ask(&path).await? {
            // One that became whole meanwhile may no longer be there in part.
            None if width < WIDTH => self.ask(&entries_path(n, WIDTH)).await?,
            found => found,
        };
        let bytes = found.with_context(|| format!("the log does not have {path}"))?;
        let found = entries(&bytes).with_context(|| format!("{path} holds no entries"))?;
        let wanted = found.get(..width as usize).with_context(|| format!("{path} has too few entries"))?;
        let length: usize = wanted.iter().map(|entry| entry.len() + 2).sum();
        Ok(bytes.get(..length).unwrap_or_default().to_vec())
    }

    /// What stands below the log's address; `None` where nothing does. A server that is busy is asked again.
    async fn ask(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let url = format!("{}/{path}", self.log);
        let mut trouble = String::new();
        for attempt in 0..TRIES {
            let mut wait = u64::from(attempt) + 1;
            match self.http.get(&url).send().await {
                Ok(mut answer) if answer.status().is_success() => {
                    let mut bytes = Vec::new();
                    while let Some(part) = answer.chunk().await? {
                        bytes.extend_from_slice(&part);
                        ensure!(bytes.len() <= LARGEST, "{url} says more than a log has to say");
                    }
                    return Ok(Some(bytes));
                }
                Ok(answer) if matches!(answer.status(), StatusCode::NOT_FOUND | StatusCode::GONE) => {
                    return Ok(None);
                }
                Ok(answer) => {
                    let busy = answer.status() == StatusCode::TOO_MANY_REQUESTS;
                    ensure!(busy || answer.status().is_server_error(), "{url}: {}", answer.status());
                    trouble = answer.status().to_string();
                    let said =
                        answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
                    wait = said.and_then(|said| said.parse().ok()).unwrap_or(wait).min(LONGEST_WAIT);
                }
                Err(error) if error.is_builder() => bail!("{url} is not an address"),
                Err(error) => trouble = format!("{:#}", anyhow::Error::from(error)),
            }
            if attempt + 1 < TRIES {
                tokio::time::sleep(Duration::from_secs(wait)).await;
            }
        }
        bail!("{url} is out of reach: {trouble}")
    }

    fn keep(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let file = self.folder.join(path);
        // What is whole never changes; what stood there was checked against the head.
        if file.metadata().is_ok_and(|about| about.len() == bytes.len() as u64)
            && std::fs::read(&file)? == bytes
        {
            return Ok(());
        }
        let folder = file.parent().unwrap_or(&self.folder);
        disk::make_folder(folder)
            .and_then(|()| disk::replace(&file, bytes))
            .with_context(|| format!("{} cannot be written", file.display()))
    }

    /// Of tiles in part only the newest are of use.
    fn forget_what_became_whole(&self, before: &Head, now: &Head) {
        if before.size == now.size {
            return;
        }
        let mut level = 0;
        let (mut had, mut has) = (before.size, now.size);
        while had > 0 {
            let (n, width) = (had / WIDTH, had % WIDTH);
            let changed = width > 0 && (has / WIDTH, has % WIDTH) != (n, width);
            let tile = Tile::path_of(level, n, width);
            let entries = (level == 0).then(|| entries_path(n, width));
            for path in Some(tile).into_iter().chain(entries).filter(|_| changed) {
                // Left behind it would only take room.
                let _left = std::fs::remove_file(self.folder.join(path));
            }
            (level, had, has) = (level + 1, had / WIDTH, has / WIDTH);
        }
    }
}
