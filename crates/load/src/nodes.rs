//! Two nodes on one PostgreSQL against one: programs keep answers through them, an
//! act with its journal entry each time, and no paper to typeset beside it. Each
//! node is held to a share of a core, so that the nodes are measured and not the
//! machine they share: what one node can do is what its share lets it do.

use crate::flash::asked;
use crate::http::Client;
use crate::measure::{closed, median};
use crate::process::{Running, start};
use crate::setup::{self, Ready, ready};
use crate::table::Line;
use anyhow::Context;
use diwan_demo::Region;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// A node's share of one core, in hundredths. Two of them must leave the server
/// and the callers enough of two cores.
const SHARE: u32 = 12;
/// The length of a period within which a share is counted, in microseconds.
const PERIOD: u32 = 20_000;
const CALLERS_A_NODE: usize = 8;
/// How long a program that is told to come back waits.
const PAUSE: Duration = Duration::from_millis(50);
/// How often it comes back before it gives up.
const TRIES: usize = 400;
const ROUNDS: usize = 3;
const PEOPLE: usize = 5_000;
/// As many as keep two callers from ever meeting in one case.
const CASES: usize = 300;
/// How many answers a node keeps a round.
const ANSWERS: usize = 600;

/// A control group of the kernel that holds a process to its share; removed with
/// the value. Needs the right to make one: root, or a delegated group.
struct Quota(PathBuf);

impl Quota {
    fn of(node: &Running, name: &str) -> anyhow::Result<Self> {
        let quota = u64::from(PERIOD) * u64::from(SHARE) / 100;
        let old = Path::new("/sys/fs/cgroup/cpu");
        let (folder, limits) = if old.is_dir() {
            let limits =
                vec![("cpu.cfs_period_us", PERIOD.to_string()), ("cpu.cfs_quota_us", quota.to_string())];
            (old.join(name), limits)
        } else {
            (Path::new("/sys/fs/cgroup").join(name), vec![("cpu.max", format!("{quota} {PERIOD}"))])
        };
        let told = || format!("no control group can be made at {}; run it as root", folder.display());
        std::fs::create_dir(&folder).with_context(told)?;
        let group = Self(folder);
        for (file, limit) in limits {
            std::fs::write(group.0.join(file), limit).with_context(|| file.to_owned())?;
        }
        std::fs::write(group.0.join("cgroup.procs"), node.id().to_string())?;
        Ok(group)
    }
}

impl Drop for Quota {
    fn drop(&mut self) {
        // The process has to be gone first: nodes are dropped before their quotas.
        for _ in 0..50 {
            if std::fs::remove_dir(&self.0).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

struct Node {
    // Dropped in this order.
    _running: Running,
    _quota: Quota,
    client: Client,
}

/// Keeping answers through one node and through two.
///
/// # Errors
/// When a node does not start, no quota can be set, or an answer is refused.
pub async fn two_against_one(diwan: &Path, address: &str, folder: &Path) -> anyhow::Result<Line> {
    setup::keep_keys(folder)?;
    let region = Region::generate(4, PEOPLE, setup::TODAY);
    let office = setup::office(address, folder, &region, diwan).await?;
    let people = Arc::new(ready(&office, &region, 0, CASES).await?);
    let (one, two) = (node(diwan, address, folder, 1).await?, node(diwan, address, folder, 2).await?);
    let (mut alone, mut together) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let first = keep(&[&one], &people, &format!("one-node-{round}")).await?;
        let both = keep(&[&one, &two], &people, &format!("two-nodes-{round}")).await?;
        // In the first round connections are made and statements prepared.
        if round > 0 {
            alone.push(first);
            together.push(both);
        }
    }
    let what = "(g) two nodes on one PostgreSQL, answers kept through HTTP";
    let line = Line::ratio(what, median(together), "answers/s", median(alone), 1.7);
    Ok(line.noted(format!("ceiling: one node; each held to {SHARE} % of a core, median of {ROUNDS}")))
}

/// A folder, with those in it; but not what nodes have in common or of their own.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let own = name == "files" || name == "checkpoint" || name.to_string_lossy().starts_with("node");
        if path.is_dir() && !own {
            copy(&path, &to.join(name))?;
        } else if !own {
            std::fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// The settings of a node on a database, with keys of its own copied from a folder; and
/// where it will answer.
///
/// # Errors
/// When a file cannot be written.
pub fn configured(database: &str, folder: &Path, number: usize) -> anyhow::Result<(PathBuf, String)> {
    let keys = folder.join(format!("node{number}"));
    copy(folder, &keys)?;
    let free = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = free.local_addr()?.to_string();
    drop(free);
    let config = folder.join(format!("node{number}.toml"));
    let text = format!(
        "listen = \"{address}\"\nbase-url = \"http://{address}\"\ndatabase = \"{database}\"\n\
         files = \"{}/files\"\nkeys = \"{}\"\n",
        folder.display(),
        keys.display()
    );
    std::fs::write(&config, text)?;
    Ok((config, address))
}

async fn node(diwan: &Path, database: &str, folder: &Path, number: usize) -> anyhow::Result<Node> {
    let (config, address) = configured(database, folder, number)?;
    let (running, _) = start(diwan, &config, &address).await?;
    let quota = Quota::of(&running, &format!("diwan-bench-{}-{number}", std::process::id()))?;
    Ok(Node { _running: running, _quota: quota, client: Client::of(&address) })
}

async fn keep(nodes: &[&Node], people: &Arc<Vec<Ready>>, round: &str) -> anyhow::Result<f64> {
    let clients: Arc<Vec<Client>> = Arc::new(nodes.iter().map(|node| node.client.clone()).collect());
    let (people, round) = (people.clone(), round.to_owned());
    let first_refused: Arc<OnceLock<String>> = Arc::default();
    let refused = first_refused.clone();
    let kept = closed(ANSWERS * nodes.len(), CALLERS_A_NODE * nodes.len(), move |n| {
        let client = clients[n % clients.len()].clone();
        let request = asked(&people, n, &round);
        let refused = refused.clone();
        async move {
            for _ in 0..TRIES {
                match client.ask(&request).await {
                    Ok((200, _)) => return true,
                    // Too many at once: a program comes back, with the same key.
                    Ok((503, _)) => tokio::time::sleep(PAUSE).await,
                    Ok((status, body)) => {
                        let said = format!("{status} {}", String::from_utf8_lossy(&body));
                        refused.get_or_init(|| said);
                        return false;
                    }
                    Err(error) => {
                        refused.get_or_init(|| error.to_string());
                        return false;
                    }
                }
            }
            refused.get_or_init(|| format!("503, {TRIES} times"));
            false
        }
    })
    .await;
    if let Some(said) = first_refused.get() {
        anyhow::bail!("{} answers were not kept by {} nodes, the first: {said}", kept.failed, nodes.len());
    }
    Ok(kept.rate)
}
