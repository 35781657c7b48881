//! An office on a fresh database, with a clock that stands still, an office
//! with registrars, a centre with a counter, and a small register.

use crate::births::{CsvBirth, import_of};
use crate::databases::{TestDatabase, empty, keys};
use diwan_documents::authority::{Subject, Term, create_root, issue};
use diwan_documents::keys::KeyFolder;
use diwan_documents::renderer::Renderer;
use diwan_documents::signer::{FileSigner, Signer};
use diwan_domain::acts::Actor;
use diwan_domain::calendar::OpeningHours;
use diwan_domain::ids::{CaseId, CentreId, CounterId, OfficeId, OfficerId, PersonId};
use diwan_domain::people::{Assurance, Channel, Role};
use diwan_domain::services::Folder;
use diwan_office::accounts::SignInByWallet;
use diwan_office::administration::{AddCounter, AddOffice, InviteOfficer, SetCentre};
use diwan_office::cases::{Access, BeginCase, SaveAnswer, SendCase};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{PublishRules, rules};
use diwan_office::{Clock, Office, Settings, Who, officers, secrets};
use diwan_store::dialect::Engine;
use diwan_store::files::Files;
use diwan_store::log::{LogKey, Published};
use diwan_store::{CONNECTIONS, Db};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Where the test clock begins: Sunday 22 November 2026, 09:00 in Erbil.
pub const MORNING: i64 = 1_795_327_200_000_000;

/// An office to test with.
pub struct TestOffice {
    /// The office.
    pub office: Arc<Office>,
    /// Its database.
    pub base: TestDatabase,
    /// Its issuing office.
    pub place: OfficeId,
    /// Its centre.
    pub centre: CentreId,
    /// Its counter.
    pub counter: CounterId,
    clock: Arc<AtomicI64>,
}

/// The birth entries every test register holds.
#[must_use]
pub fn births() -> Vec<CsvBirth> {
    let row = |number: &str,
               given: &str,
               latin: &str,
               born: &str,
               own: &str,
               father: &str,
               mother: &str,
               verified: &str| CsvBirth {
        number: number.into(),
        book: "2214".into(),
        page: "87".into(),
        registered_on: "2001-01-01".into(),
        given: given.into(),
        family: "بەرزنجی".into(),
        latin: latin.into(),
        sex: "female".into(),
        born_on: born.into(),
        place: "هەولێر".into(),
        father: "ئازاد کەریم مستەفا".into(),
        mother: "هێڤین عومەر حەسەن".into(),
        personal_number: own.into(),
        father_number: father.into(),
        mother_number: mother.into(),
        verified: verified.into(),
    };
    vec![
        row(
            "EB-1",
            "شیلان",
            "Shilan Azad Karim Barzinji",
            "1998-03-14",
            "1000000000001",
            "1000000000008",
            "1000000000009",
            "book",
        ),
        row("EB-2", "نەورۆز", "", "2010", "1000000000002", "1000000000008", "1000000000009", ""),
        CsvBirth {
            father: "عومەر حەسەن".into(),
            mother: "گوڵاڵە ئەحمەد".into(),
            family: "زێبار".into(),
            ..row("EB-3", "دارا", "", "1990-05-05", "1000000000003", "1000000000018", "1000000000019", "book")
        },
    ]
}

impl TestOffice {
    /// Opens an office on the embedded engine.
    ///
    /// # Panics
    /// When anything it needs cannot be had.
    pub async fn open() -> Self {
        Self::on(Engine::Sqlite).await
    }

    /// Opens an office on a server that gives it one connection: whoever asks for
    /// a second one while holding the first waits in vain, and the test fails.
    ///
    /// # Panics
    /// When anything it needs cannot be had.
    pub async fn narrow() -> Self {
        Self::with_connections(Engine::Postgres, 1).await
    }

    /// Opens an office on an engine.
    ///
    /// # Panics
    /// When anything it needs cannot be had.
    pub async fn on(engine: Engine) -> Self {
        Self::with_connections(engine, CONNECTIONS).await
    }

    async fn with_connections(engine: Engine, connections: usize) -> Self {
        let (address, folder) = empty(engine).await;
        let db = Db::open_with(&address, keys(), connections).await.expect("a fresh database opens");
        let clock = Arc::new(AtomicI64::new(MORNING));
        let office = Arc::new(Office {
            db: db.clone(),
            files: Files::open(&folder.join("files")).expect("a folder for files"),
            keys: seal_keys(&folder),
            log_key: LogKey::generate("test.diwan/log"),
            published: Published::at(&folder.join("checkpoint")),
            renderer: Renderer::new("/nonexistent".into(), Vec::new(), 1, Duration::from_secs(5)),
            timestamps: None,
            settings: Settings {
                installation: "KQ".into(),
                base_url: "http://127.0.0.1:1".into(),
                training: false,
                utc_offset_minutes: 180,
            },
            clock: Clock::Fixed(clock.clone()),
            order: AtomicI64::new(0),
        });
        let who = Who::system("test");
        let publish = PublishService::of(&birth_certificate());
        office.perform(&who, "publish", publish).await.expect("the built-in service is sound");
        let names = |name: &str| json!({"ckb": name, "en": name});
        let place = AddOffice {
            code: "EB".into(),
            ministry: "civil-status".into(),
            names: names("هەولێر ١"),
            area: None,
        };
        let place = office.perform(&who, "office", place).await.expect("an office");
        let centre = SetCentre {
            centre: None,
            code: "EB1".into(),
            names: names("سەنتەری ١"),
            address: String::new(),
            area: None,
            hours: OpeningHours::usual(),
            seen: None,
        };
        let centre = office.perform(&who, "centre", centre).await.expect("a centre");
        let counter = AddCounter { centre, label: "A1".into(), abilities: Vec::new() };
        let counter = office.perform(&who, "counter", counter).await.expect("a counter");
        let rules = PublishRules { text: rules::BUILT_IN.to_owned() };
        office.perform(&who, "rules", rules).await.expect("the built-in rules are sound");
        let act = {
            let mut reading = db.reading().await.expect("the database reads");
            import_of(&mut reading.tx(), "test", place, &births(), &mut BTreeMap::new())
                .await
                .expect("entries")
        };
        office.perform(&who, "import", act).await.expect("the register is filled");
        let base = TestDatabase::of(db, address, folder);
        Self { office, base, place, centre, counter, clock }
    }

    /// An office that was opened elsewhere, with the births of every test in
    /// its register.
    ///
    /// # Panics
    /// When the register cannot be filled.
    pub async fn around(
        office: Arc<Office>,
        base: TestDatabase,
        place: OfficeId,
        centre: CentreId,
        counter: CounterId,
    ) -> Self {
        let test = Self { office, base, place, centre, counter, clock: Arc::default() };
        let act = {
            let mut reading = test.office.db.reading().await.expect("the database reads");
            let mut tx = reading.tx();
            let known = diwan_office::civil::by_number(&mut tx, &births()[0].personal_number).await;
            if !known.expect("a lookup").is_empty() {
                return test;
            }
            import_of(&mut tx, "test", place, &births(), &mut BTreeMap::new()).await.expect("entries")
        };
        test.office.perform(&Who::system("test"), "import", act).await.expect("the register is filled");
        test
    }

    /// The same office with another database.
    #[must_use]
    pub fn with_database(&self, db: Db, address: &str) -> Self {
        let office = Office {
            db: db.clone(),
            files: self.office.files.clone(),
            keys: self.office.keys.clone(),
            log_key: self.office.log_key.clone(),
            published: self.office.published.clone(),
            renderer: Renderer::new("/nonexistent".into(), Vec::new(), 1, Duration::from_secs(5)),
            timestamps: None,
            settings: self.office.settings.clone(),
            clock: self.office.clock.clone(),
            order: AtomicI64::new(self.office.now()),
        };
        Self {
            office: Arc::new(office),
            base: TestDatabase::of(db, address.to_owned(), self.base.folder().to_owned()),
            place: self.place,
            centre: self.centre,
            counter: self.counter,
            clock: self.clock.clone(),
        }
    }

    /// The same office under another public address.
    ///
    /// # Panics
    /// Never: the office is new and nobody else holds it.
    #[must_use]
    pub fn served_at(&self, base_url: &str) -> Self {
        let mut other = self.with_database(self.base.db.clone(), &self.base.address);
        let office = Arc::get_mut(&mut other.office).expect("nobody else holds it yet");
        base_url.clone_into(&mut office.settings.base_url);
        other
    }

    /// The same office with the program that typesets papers, which a build of
    /// the whole workspace puts beside the tests.
    ///
    /// # Panics
    /// When it is not there.
    #[must_use]
    pub fn with_papers(&self) -> Self {
        let test = std::env::current_exe().expect("a test is a program");
        let beside = test.parent().and_then(Path::parent).expect("a test stands in a folder of the build");
        let worker = beside.join("render-worker");
        assert!(worker.exists(), "{} is built with the whole workspace", worker.display());
        let mut other = self.with_database(self.base.db.clone(), &self.base.address);
        let office = Arc::get_mut(&mut other.office).expect("nobody else holds it yet");
        office.renderer = Renderer::new(worker, Vec::new(), 1, Duration::from_secs(20));
        other
    }

    /// The six digits of a second factor now.
    ///
    /// # Panics
    /// When the secret is none.
    #[must_use]
    pub fn digits(&self, secret: &str) -> String {
        let now = u64::try_from(self.office.now() / 1_000_000).expect("after 1970");
        secrets::totp(secret).expect("a second factor").generate(now).to_string()
    }

    /// Lets time pass.
    pub fn pass(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000_000, Ordering::Relaxed);
    }

    /// An office of the body that keeps the registers of births and deaths.
    ///
    /// # Panics
    /// When it cannot be added.
    pub async fn health(&self) -> OfficeId {
        let names = json!({"ckb": "تەندروستیی هەولێر", "en": "Health, Erbil"});
        let office = AddOffice { code: "HE".into(), ministry: "health".into(), names, area: None };
        self.office.perform_once(&Who::system("test"), office).await.expect("an office")
    }

    /// Someone in the register, by personal number.
    ///
    /// # Panics
    /// When nobody bears it.
    pub async fn person(&self, number: &str) -> PersonId {
        let mut reading = self.office.db.reading().await.expect("the database reads");
        let found = diwan_office::civil::by_number(&mut reading.tx(), number).await.expect("a lookup");
        *found.first().expect("someone bears the number")
    }

    /// An officer in service, with a role, perhaps known in the register.
    ///
    /// # Panics
    /// When they cannot be invited.
    pub async fn officer(&self, login: &str, role: Role, person: Option<PersonId>) -> Who {
        let (id, _) = self.invited(login, role, person, (self.place, self.centre)).await;
        self.at_desk(id)
    }

    /// An officer of another office.
    ///
    /// # Panics
    /// When they cannot be invited.
    pub async fn officer_of(&self, login: &str, role: Role, office: OfficeId) -> Who {
        let (id, _) = self.invited(login, role, None, (office, self.centre)).await;
        self.at_desk(id)
    }

    /// An officer of an office who is known in the register.
    ///
    /// # Panics
    /// When they cannot be invited.
    pub async fn officer_with_person(
        &self,
        login: &str,
        role: Role,
        office: OfficeId,
        person: PersonId,
    ) -> Who {
        let (id, _) = self.invited(login, role, Some(person), (office, self.centre)).await;
        self.at_desk(id)
    }

    /// An officer in service who signs in through the pages: the secret of their
    /// second factor. The password is `brave mountain sky`.
    ///
    /// # Panics
    /// When they cannot be invited.
    pub async fn officer_with_secret(&self, login: &str, role: Role) -> String {
        self.officer_at(login, role, self.place, self.centre).await
    }

    /// The same in an office and a centre.
    ///
    /// # Panics
    /// When they cannot be invited.
    pub async fn officer_at(&self, login: &str, role: Role, office: OfficeId, centre: CentreId) -> String {
        self.invited(login, role, None, (office, centre)).await.1
    }

    async fn invited(
        &self,
        login: &str,
        role: Role,
        person: Option<PersonId>,
        (office, centre): (OfficeId, CentreId),
    ) -> (OfficerId, String) {
        let (token, invitation_hash) = InviteOfficer::token();
        let invite = InviteOfficer {
            officer: None,
            login: login.into(),
            name: login.into(),
            email: None,
            office: Some(office),
            centre: Some(centre),
            person,
            roles: vec![role],
            language: "en".into(),
            invitation_hash,
            link: String::new(),
            proof: String::new(),
        };
        let system = Who::system("test");
        let id = self.office.perform_once(&system, invite).await.expect("an invitation");
        let secret = secrets::totp_secret();
        let now = u64::try_from(self.office.now() / 1_000_000).expect("after 1970");
        let digits = secrets::totp(&secret).expect("a second factor").generate(now).to_string();
        officers::accept_invitation(&self.office, &system, &token, "brave mountain sky", &secret, &digits)
            .await
            .expect("the invitation is accepted");
        (id, secret)
    }

    /// An officer at the counter of the centre.
    #[must_use]
    pub fn at_desk(&self, id: OfficerId) -> Who {
        Who {
            actor: Actor::Officer(id),
            assurance: Assurance::High,
            channel: Channel::Counter,
            centre: Some(self.centre),
            counter: Some(self.counter),
            on_behalf: None,
            narrowed: None,
            via: None,
        }
    }

    /// A citizen whom the wallet vouches for.
    ///
    /// # Panics
    /// When nobody bears the number.
    pub async fn citizen(&self, number: &str) -> Who {
        let act = SignInByWallet {
            provider: "test".into(),
            subject: number.into(),
            personal_number: number.into(),
            assurance: Assurance::Substantial,
            language: "ckb".into(),
        };
        let account =
            self.office.perform_once(&Who::system("test"), act).await.expect("the wallet vouches").account;
        Who {
            actor: Actor::Account(account),
            assurance: Assurance::Substantial,
            channel: Channel::Online,
            ..Who::system("x")
        }
    }

    /// A case for someone, with the usual answers and some of one's own, not yet sent.
    ///
    /// # Panics
    /// When an answer does not fit.
    pub async fn draft(&self, who: &Who, own: &[(&str, Value)]) -> (CaseId, Access) {
        let begin = BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
        let begun = self.office.perform_once(who, begin).await.expect("a case begins");
        let access = Access { key: Some(begun.key) };
        let mut answers = vec![
            ("for-whom", json!("myself")),
            ("holder-name", json!({"given": "شیلان", "father": "ئازاد"})),
            ("birth-date", json!("1998-03-14")),
            ("mother-name", Value::Null),
            ("birth-place", json!({"governorate": "هەولێر"})),
            ("identity-number", Value::Null),
            ("purpose", json!("school")),
            ("use", json!("home")),
            ("document-languages", json!(["ckb", "ar", "en"])),
            ("copies", json!(1)),
            ("delivery", json!("download")),
            ("phone", json!("0750 123 4567")),
            ("email", Value::Null),
        ];
        for (question, value) in own {
            match answers.iter_mut().find(|(known, _)| known == question) {
                Some(known) => known.1 = value.clone(),
                None => answers.insert(answers.len() - 2, (question, value.clone())),
            }
        }
        for (question, value) in answers {
            let act =
                SaveAnswer { case: begun.case, access: access.clone(), question: question.into(), value };
            let saved = self.office.perform_once(who, act).await;
            saved.unwrap_or_else(|stop| panic!("{question}: {stop}"));
        }
        (begun.case, access)
    }

    /// The same, sent.
    ///
    /// # Panics
    /// When it cannot be sent.
    pub async fn sent(&self, who: &Who, own: &[(&str, Value)]) -> (CaseId, Access) {
        let (case, access) = self.draft(who, own).await;
        let act = SendCase { case, access: access.clone() };
        self.office.perform_once(who, act).await.expect("the case is sent");
        (case, access)
    }

    /// The case as stored.
    ///
    /// # Panics
    /// When there is none.
    pub async fn case(&self, id: CaseId) -> diwan_store::cases::CaseRow {
        let mut reading = self.office.db.reading().await.expect("the database reads");
        diwan_store::cases::case(&mut reading.tx(), id).await.expect("a lookup").expect("the case is there")
    }

    /// How many entries the journal has.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn journal_size(&self) -> i64 {
        let mut reading = self.office.db.reading().await.expect("the database reads");
        reading.tx().count("SELECT COUNT(*) AS n FROM journal", &[]).await.expect("a count")
    }

    /// What the journal says of a case, in order.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn journal(&self, case: CaseId) -> Vec<String> {
        self.journal_of("case", &case.to_string()).await
    }

    /// What the journal says of anything, in order.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn journal_of(&self, kind: &str, id: &str) -> Vec<String> {
        let mut reading = self.office.db.reading().await.expect("the database reads");
        let rows = diwan_store::journal::about(&mut reading.tx(), kind, id).await;
        rows.expect("the journal reads").into_iter().map(|row| row.kind).collect()
    }

    /// A key that was certified later takes the place of the one in use. Both, the older first.
    ///
    /// # Panics
    /// When the folder of keys cannot be written.
    #[must_use]
    pub fn rotated(&self) -> [String; 2] {
        let older = self.office.keys.current().expect("a key in use");
        let newer = certified(0);
        self.office.keys.add(&newer).expect("a key more");
        [older.key_id().to_owned(), newer.key_id().to_owned()]
    }
}

/// A key folder whose key was certified at nine; the root is not kept.
fn seal_keys(folder: &Path) -> KeyFolder {
    let keys = KeyFolder::at(folder.join("seal"));
    keys.add(&certified(-1)).expect("a key folder");
    keys
}

/// A key to seal with, certified so many hours after the tests begin by a root of its own.
fn certified(hours: i64) -> FileSigner {
    let hour = |h: i64| jiff::Timestamp::from_microsecond(MORNING + h * 3_600_000_000).expect("a time");
    let term = || Term { from: hour(hours), until: hour(24 * 365) };
    let root = create_root(&Subject::named("Test Root"), term()).expect("a root");
    issue(&root, &Subject::named("Test Office"), term()).expect("a key")
}

/// The folder of the built-in service that most tests use, from the repository.
///
/// # Panics
/// When it is not there.
#[must_use]
pub fn birth_certificate() -> Folder {
    built_in("birth-certificate")
}

/// A built-in service's folder, from the repository.
///
/// # Panics
/// When it is not there.
#[must_use]
pub fn built_in(name: &str) -> Folder {
    folder_at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services").join(name))
}

/// A made-up service that asks every kind of question once.
///
/// # Panics
/// When it is not there.
#[must_use]
pub fn every_kind() -> Folder {
    folder_at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/every-kind"))
}

fn folder_at(root: &Path) -> Folder {
    let mut files = Vec::new();
    for part in ["", "words", "examples", "audio"] {
        let Ok(entries) = std::fs::read_dir(root.join(part)) else { continue };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
                files.push((name, std::fs::read(&path).expect("a file")));
            }
        }
    }
    assert!(!files.is_empty(), "{} is there", root.display());
    let name = root.file_name().expect("a folder has a name").to_string_lossy().into_owned();
    Folder::new(name, files)
}
