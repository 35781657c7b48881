//! An installation in a folder of its own, driven through the program itself.

use diwan_documents::keys::KeyFolder;
use diwan_documents::renderer::Renderer;
use diwan_domain::ids::CaseId;
use diwan_office::log::{LogKey, Published};
use diwan_office::{Clock, Office, Settings, administration, documents};
use diwan_store::dialect::Engine;
use diwan_store::files::Files;
use diwan_store::{Db, Keys};
use diwan_testkit::TestOffice;
use diwan_testkit::databases::{TestDatabase, empty};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_diwan");
pub const SHILAN: &str = "1000000000001";
const DARA: &str = "1000000000003";

/// What a command said.
pub struct Ran {
    pub well: bool,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// What was said, for a command that must end well.
    #[track_caller]
    pub fn ok(self) -> String {
        assert!(self.well, "it failed:\n{}\n{}", self.out, self.err);
        self.out
    }

    /// What was said, for a command that must fail.
    #[track_caller]
    pub fn refused(self) -> String {
        assert!(!self.well, "it should have failed:\n{}", self.out);
        format!("{}{}", self.out, self.err)
    }
}

/// Runs the program.
pub fn diwan(args: &[&str]) -> Ran {
    diwan_with(args, &[])
}

/// Runs it in a folder whose `diwan.toml` names its places from there.
pub fn diwan_in(folder: &Path, args: &[&str]) -> Ran {
    let ran = Command::new(PROGRAM).args(args).current_dir(folder).output().unwrap();
    Ran {
        well: ran.status.success(),
        out: String::from_utf8(ran.stdout).unwrap(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}

/// The same under an environment.
fn diwan_with(args: &[&str], env: &[(&str, String)]) -> Ran {
    let ran = Command::new(PROGRAM).args(args).envs(env.iter().cloned()).output().unwrap();
    Ran {
        well: ran.status.success(),
        out: String::from_utf8(ran.stdout).unwrap(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}

/// An installation.
pub struct Installation {
    pub folder: PathBuf,
    pub database: String,
    pub base: String,
    pub engine: Engine,
    pub training: bool,
}

/// A certificate that was sealed and stands in the public log.
pub struct Certificate {
    pub number: String,
    pub code: String,
    pub file_hash: String,
}

/// A running `serve`; it is stopped when dropped.
pub struct Serving(pub Child);

impl Serving {
    /// Stops it as a service manager does, and waits.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let told = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        if !told.is_ok_and(|told| told.success()) {
            let _gone = self.0.kill();
        }
        let _ended = self.0.wait();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if !matches!(self.0.try_wait(), Ok(Some(_))) {
            self.end();
        }
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Installation {
    /// An empty place with a configuration.
    pub async fn empty(engine: Engine, more: &str) -> Self {
        let (database, folder) = empty(engine).await;
        let base = format!("http://127.0.0.1:{}", free_port());
        let made = Self { folder, database, base, engine, training: more.contains("training = true") };
        made.configure(more);
        made
    }

    /// A place with keys, tables, and a first office, centre and counter.
    pub async fn begun(engine: Engine, more: &str) -> Self {
        let made = Self::empty(engine, more).await;
        made.run(&["init"], &[]).ok();
        made
    }

    /// Another empty place with the same keys and address: where a backup goes.
    pub async fn elsewhere(&self, more: &str) -> Self {
        let mut other = Self::empty(self.engine, more).await;
        other.base.clone_from(&self.base);
        other.configure(more);
        copy_folder(&self.path("keys"), &other.path("keys"));
        other
    }

    /// Writes the configuration. Tables in `more` come last.
    pub fn configure(&self, more: &str) {
        let files = self.path("files").display().to_string();
        let files = if more.contains("files = ") { String::new() } else { format!("files = \"{files}\"\n") };
        let text = format!(
            "listen = \"{}\"\nbase-url = \"{}\"\ndatabase = \"{}\"\nkeys = \"{}\"\n{files}{more}\n",
            self.base.trim_start_matches("http://"),
            self.base,
            self.database,
            self.path("keys").display(),
        );
        std::fs::write(self.config(), text).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn config(&self) -> PathBuf {
        self.path("diwan.toml")
    }

    /// Runs a command of the program with this configuration.
    pub fn run(&self, command: &[&str], rest: &[&str]) -> Ran {
        self.run_with(command, rest, &[])
    }

    /// The same under an environment.
    pub fn run_with(&self, command: &[&str], rest: &[&str], env: &[(&str, String)]) -> Ran {
        let config = self.config();
        let args: Vec<&str> = command
            .iter()
            .copied()
            .chain(["--config", config.to_str().unwrap()])
            .chain(rest.iter().copied())
            .collect();
        diwan_with(&args, env)
    }

    /// Starts `serve` and waits until it answers.
    pub async fn serve(&self) -> Serving {
        self.serve_with(&[]).await
    }

    /// The same under an environment.
    pub async fn serve_with(&self, env: &[(&str, String)]) -> Serving {
        let child = self.spawn_with(env);
        let mut serving = Serving(child);
        for _ in 0..300 {
            if let Ok(answer) = reqwest::get(format!("{}/healthz", self.base)).await
                && answer.status().is_success()
            {
                return serving;
            }
            if let Ok(Some(status)) = serving.0.try_wait() {
                panic!("serve ended with {status}:\n{}", self.log());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("serve does not answer:\n{}", self.log());
    }

    /// Starts `serve` under an environment and does not wait.
    pub fn spawn_with(&self, env: &[(&str, String)]) -> Child {
        let log = std::fs::File::options().create(true).append(true).open(self.path("serve.log")).unwrap();
        Command::new(PROGRAM)
            .args(["serve", "--config", self.config().to_str().unwrap()])
            .envs(env.iter().cloned())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap()
    }

    /// What `serve` logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path("serve.log")).unwrap_or_default()
    }

    pub async fn get(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("{}{path}", self.base)).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    pub fn keys(&self) -> Keys {
        let key = |name: &str| {
            let text = std::fs::read_to_string(self.path(&format!("keys/{name}.key"))).unwrap();
            hex::decode(text.trim()).unwrap().try_into().unwrap()
        };
        Keys { journal: key("journal"), factors: key("factors") }
    }

    /// Its database, to look at it or write beside the program.
    pub async fn db(&self) -> Db {
        Db::open_as_it_is(&self.database, self.keys()).await.unwrap()
    }

    pub fn tampering(&self, db: Db) -> TestDatabase {
        TestDatabase::of(db, self.database.clone(), self.folder.clone())
    }

    /// The office in this process, at a time. On SQLite `serve` must not be running.
    pub async fn office_at(&self, clock: Clock) -> TestOffice {
        let db = Db::open(&self.database, self.keys()).await.unwrap();
        let office = Arc::new(Office {
            db: db.clone(),
            files: Files::open(&self.path("files")).unwrap(),
            keys: KeyFolder::at(self.path("keys/seal")),
            log_key: LogKey::from_text(&std::fs::read_to_string(self.path("keys/log.key")).unwrap()).unwrap(),
            published: Published::at(&self.path("keys/checkpoint")),
            renderer: Renderer::new("/nonexistent".into(), Vec::new(), 1, Duration::from_secs(5)),
            timestamps: None,
            settings: Settings {
                installation: "main".into(),
                base_url: self.base.clone(),
                training: self.training,
                utc_offset_minutes: 180,
            },
            clock,
            order: AtomicI64::new(0),
        });
        let (place, centre, counter) = {
            let mut reading = db.reading().await.unwrap();
            let mut tx = reading.tx();
            let place = administration::all_offices(&mut tx).await.unwrap()[0].id;
            let centre = administration::all_centres(&mut tx).await.unwrap()[0].id;
            (place, centre, administration::counters_of(&mut tx, centre).await.unwrap()[0].id)
        };
        TestOffice::around(office, self.tampering(db), place, centre, counter).await
    }

    /// Someone's application, approved by rule and waiting for its paper.
    pub async fn apply(&self, number: &str, own: &[(&str, serde_json::Value)]) -> CaseId {
        self.apply_at(Clock::system(), number, own).await
    }

    /// The same at another time.
    pub async fn apply_at(&self, clock: Clock, number: &str, own: &[(&str, serde_json::Value)]) -> CaseId {
        let test = self.office_at(clock).await;
        let citizen = test.citizen(number).await;
        let (case, _) = test.sent(&citizen, own).await;
        assert_eq!(test.case(case).await.phase, "approved");
        case
    }

    /// Another person's application: the first copy of their entry is free.
    pub async fn apply_for_another(&self) -> CaseId {
        let own = [
            ("holder-name", serde_json::json!({"given": "دارا", "father": "عومەر"})),
            ("birth-date", serde_json::json!("1990-05-05")),
        ];
        self.apply(DARA, &own).await
    }

    /// The certificate of a case, once a running `serve` has made and logged it.
    pub async fn certificate(&self, case: CaseId) -> Certificate {
        let db = Db::open_to_read(&self.database, self.keys()).await.unwrap();
        for _ in 0..600 {
            let papers = documents::of_case(&mut db.reading().await.unwrap().tx(), case).await.unwrap();
            if let Some(paper) = papers.iter().find(|paper| paper.file_hash.is_some()) {
                let code = paper.check_code.clone();
                if self.get(&format!("/v/{code}/proof")).await.0 == 200 {
                    return Certificate {
                        number: paper.number.clone(),
                        code,
                        file_hash: paper.file_hash.clone().unwrap(),
                    };
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no certificate was made:\n{}", self.log());
    }

    /// A first certificate, made by `serve`, which is stopped again.
    pub async fn with_certificate(engine: Engine, more: &str) -> (Self, Certificate) {
        let made = Self::begun(engine, more).await;
        let case = made.apply(SHILAN, &[]).await;
        let serving = made.serve().await;
        let certificate = made.certificate(case).await;
        serving.stop();
        (made, certificate)
    }

    /// The verdict of the check page.
    pub async fn verdict(&self, code: &str) -> String {
        let (status, page) = self.get(&format!("/en/check/{code}")).await;
        let title = page.split("<title>").nth(1).unwrap_or(&page);
        format!("{status} {}", title.split("</title>").next().unwrap().split(" – ").next().unwrap().trim())
    }
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap();
    assert!(done.success());
}

/// The names of everything in a folder, with sizes, to see whether anything was made.
pub fn listing(folder: &Path) -> Vec<String> {
    let found = Command::new("find").arg(folder).args(["-printf", "%P %s %m\n"]).output().unwrap();
    let mut lines: Vec<String> =
        String::from_utf8(found.stdout).unwrap().lines().map(str::to_owned).collect();
    lines.sort();
    lines
}
