//! `diwan demo`: a believable region, simulators of the outside services, and
//! everything printed that one needs to walk through every door.

use crate::config::{
    Brand, Config, Issuer, LogFormat, Oidc, Sms, Smtp, Telephone, Timestamps, Webhooks, XRoad,
};
use crate::run::{application, open_office, publish, publish_built_in, start_jobs, told_to_stop};
use crate::{demo_kiosk, jobs, watching};
use anyhow::Context;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use clap::Args;
use diwan_demo::card::{DemoCard, Issued};
use diwan_demo::simulators::{
    BasicPhone, Inbox, OidcSettings, Receiver, SecurityServer, TimestampAuthority, oidc_router, otpiq_router,
    smtp_serve,
};
use diwan_demo::{Region, Seeded, citizen_token, seed, wallet_users};
use diwan_documents::authority::{Subject, Term, create_root, issue_stamping};
use diwan_documents::keys::KeyFolder;
use diwan_documents::signer::{Signer, certificate_pem};
use diwan_domain::people::{Assurance, Channel};
use diwan_domain::refusals::Why;
use diwan_office::accounts::SignInByWallet;
use diwan_office::cases::{Access, BeginCase, SaveAnswer, SendCase};
use diwan_office::documents::{self, ReleaseDocument, grouped, seal_waiting};
use diwan_office::rows::DocumentRow;
use diwan_office::subscriptions::{self, ChangeSubscription, Filter, Subscribe};
use diwan_office::timestamps::WhenAway;
use diwan_office::{Office, Who, access};
use diwan_store::{Db, Keys, migrate};
use diwan_web::papers::PaperWords;
use diwan_web::serving;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::net::TcpListener;

/// Flags of the demonstration.
#[derive(Args)]
pub struct Options {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder for database, files and keys
    #[arg(long, default_value = "diwan-demo")]
    data: PathBuf,
    /// How many people live in the region
    #[arg(long, default_value_t = 20_000)]
    people: usize,
    /// Begin anew
    #[arg(long)]
    fresh: bool,
    /// Where metrics and health are told
    #[arg(long)]
    internal_address: Option<SocketAddr>,
    /// Where clerks learn: nothing is genuine, and every page and paper says so
    #[arg(long)]
    training: bool,
    /// Another database than the embedded one under the data folder
    #[arg(long)]
    database: Option<String>,
}

const SEED: u64 = 20_261_122;
const SMS_KEY: &str = "demo-otpiq-key";
/// What the demonstration's own gateways show; nothing else knows of them.
const GATEWAY_SECRET: &str = "demo-gateway-of-the-operator";
const CLIENT: (&str, &str) = ("diwan", "demo-wallet-secret");

/// Runs the demonstration until told to stop.
pub async fn run(options: Options) -> anyhow::Result<()> {
    if options.fresh && options.data.exists() {
        anyhow::ensure!(
            options.data.join("demo.mark").exists(),
            "{} was not made by the demonstration; it is not removed",
            options.data.display()
        );
        std::fs::remove_dir_all(&options.data)?;
    }
    std::fs::create_dir_all(&options.data)
        .with_context(|| format!("{} cannot be made", options.data.display()))?;
    std::fs::write(options.data.join("demo.mark"), "made by `diwan demo`\n")?;
    let listener = serving::bind(options.listen)
        .await
        .with_context(|| format!("cannot listen on {}; choose another with --listen", options.listen))?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let inbox = Inbox::open(&options.data)?;
    let region = Region::generate(SEED, options.people, jiff::civil::date(2026, 11, 22));
    let receiver = Receiver::new(|| jiff::Timestamp::now().as_microsecond());
    let simulators = start_simulators(&options, &inbox, &receiver, &base_url, &region).await?;
    let config = settings(&options, &base_url, &simulators);
    refuse_an_office(&config).await?;
    let office = open_office(&config).await?;
    check_mark(&office).await?;
    publish_built_in(&office).await?;
    publish(&office, &diwan_demo::delivery_driver()).await?;
    let seeded = fill(&office, &region).await?;
    subscribe(&office, &receiver, simulators.http).await?;
    let app = application(&config, office.clone(), Some(format!("{base_url}/demo/inbox")))?;
    let mut card = DemoCard::new(&base_url, &format!("{base_url}/demo/inbox"), &region, &seeded);
    let wording = PaperWords { words: app.words.clone(), brand: app.brand.clone() };
    card.issued = Some(issue_one(&office, &wording, &region, &simulators.issuer).await?);
    card.api_tokens.insert("citizen".into(), token_of_citizen(&office, &region, &simulators.issuer).await?);
    jobs::seal_once(&office, "demo-start").await?;
    let kiosk = demo_kiosk::prepare(&office, &seeded, &options.data, &base_url).await?;
    card.kiosk = Some(kiosk.card.clone());
    let file = options.data.join("demo.json");
    std::fs::write(&file, serde_json::to_string_pretty(&card)?)?;
    start_jobs(&config, &app)?;
    watching::serve_inside(&config, office.clone()).await?;
    let phone = BasicPhone::new(&base_url, GATEWAY_SECRET, inbox.clone());
    let live = app.live.clone();
    let router = watching::watched(
        diwan_web::router(app).merge(doors(inbox, receiver)).merge(kiosk.doors()).merge(phone.router()),
        &config,
    );
    announce(&card, &file);
    kiosk.print();
    serving::serve(listener, router, serving::Waits::default(), told_to_stop(live)).await;
    Ok(())
}

/// Looks before anything is made: a real office's database is left untouched.
async fn refuse_an_office(config: &Config) -> anyhow::Result<()> {
    let file = config.database.strip_prefix("sqlite:");
    if file.is_some_and(|file| !Path::new(file).exists()) {
        return Ok(());
    }
    let db = Db::open_to_read(&config.database, Keys { journal: [0; 32], factors: [0; 32] }).await?;
    if migrate::applied(&db).await?.is_empty() || access::mark(&db, "demo").await?.is_some() {
        return Ok(());
    }
    let officers = diwan_office::administration::all_officers(&mut db.reading().await?.tx()).await?;
    anyhow::ensure!(officers.is_empty(), "this database is not a demonstration; `demo` refuses it");
    Ok(())
}

/// `demo` refuses a database that is not a demonstration.
async fn check_mark(office: &Office) -> anyhow::Result<()> {
    if access::mark(&office.db, "demo").await?.is_some() {
        return Ok(());
    }
    let officers = diwan_office::administration::all_officers(&mut office.db.reading().await?.tx()).await?;
    anyhow::ensure!(officers.is_empty(), "this database is not a demonstration; `demo` refuses it");
    Ok(access::set_mark(&office.db, "demo", "yes").await?)
}

struct Simulators {
    smtp: SocketAddr,
    http: SocketAddr,
    issuer: String,
}

/// Starts the outside services on loopback, in their real wire formats.
async fn start_simulators(
    options: &Options,
    inbox: &Inbox,
    receiver: &Receiver,
    base_url: &str,
    region: &Region,
) -> anyhow::Result<Simulators> {
    let smtp = TcpListener::bind("127.0.0.1:0").await?;
    // The wallet's address is part of its identity: the same on every start when it is free.
    let http = match TcpListener::bind("127.0.0.1:8091").await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind("127.0.0.1:0").await?,
    };
    let (smtp_at, http_at) = (smtp.local_addr()?, http.local_addr()?);
    let issuer = format!("http://{http_at}");
    let wallet = OidcSettings {
        issuer: issuer.clone(),
        client_id: CLIENT.0.into(),
        client_secret: CLIENT.1.into(),
        redirect_uris: vec![format!("{base_url}/sign-in/return")],
        users: wallet_users(region),
    };
    let router = oidc_router(wallet).merge(otpiq_router(inbox.clone(), SMS_KEY)).merge(receiver.router());
    let registers = SecurityServer::new(diwan_demo::LICENCES.parse()?, diwan_demo::licences());
    let router = router.merge(registers.router());
    let router = router.merge(timestamp_authority(&options.data)?.router());
    tokio::spawn(smtp_serve(smtp, inbox.clone()));
    tokio::spawn(async move { axum::serve(http, router).await });
    Ok(Simulators { smtp: smtp_at, http: http_at, issuer })
}

/// Where the demonstration's timestamp authority is explained to whoever checks a paper.
fn authority_file(data: &Path) -> PathBuf {
    data.join("timestamp-authority.pem")
}

/// The authority that confirms moments: made at the first start, the same at every later one, so that older
/// papers remain checkable.
fn timestamp_authority(data: &Path) -> anyhow::Result<TimestampAuthority> {
    let folder = KeyFolder::at(data.join("timestamp-authority"));
    if folder.key_ids()?.is_empty() {
        let from = jiff::Timestamp::now();
        let until = from + jiff::SignedDuration::from_hours(24 * 3650);
        let root = create_root(&Subject::named("Demonstration time root"), Term { from, until })?;
        let own = Subject::named("Demonstration timestamp authority");
        folder.add(&issue_stamping(&root, &own, Term { from, until })?)?;
    }
    let signer = folder.current()?;
    let root = signer.certificate_chain().last().context("a chain ends with its root")?;
    std::fs::write(authority_file(data), certificate_pem(root)?)?;
    Ok(TimestampAuthority::new(signer, jiff::Timestamp::now))
}

fn settings(options: &Options, base_url: &str, simulators: &Simulators) -> Config {
    let database = options.database.clone();
    Config {
        listen: options.listen.to_string(),
        base_url: base_url.to_owned(),
        database: database.unwrap_or_else(|| format!("sqlite:{}", options.data.join("diwan.db").display())),
        files: options.data.join("files").display().to_string(),
        keys: options.data.join("keys"),
        installation: "KQ".into(),
        utc_offset_minutes: 180,
        training: options.training,
        trusted_proxies: Vec::new(),
        client_certificates: false,
        database_connections: diwan_store::CONNECTIONS,
        live_listeners: diwan_web::live::LISTENERS,
        sessions: crate::config::Sessions::default(),
        plain_text_hosts: Vec::new(),
        render_workers: 1,
        brand: Brand::default(),
        issuer: Issuer { name: Some("Civil Status Demonstration".into()), ..Issuer::default() },
        s3: None,
        smtp: Some(Smtp { url: format!("smtp://{}", simulators.smtp), from: "diwan@diwan.example".into() }),
        sms: Some(Sms {
            url: format!("http://{}/api", simulators.http),
            key: SMS_KEY.into(),
            sender: Some("Diwan".into()),
        }),
        telephone: Telephone {
            sms_secret: Some(GATEWAY_SECRET.into()),
            menu_secret: Some(GATEWAY_SECRET.into()),
            ..Telephone::default()
        },
        x_road: XRoad {
            security_server: Some(format!("http://{}", simulators.http)),
            client: Some("KQ-DEMO/GOV/1001/diwan".into()),
            registers: [("traffic".into(), diwan_demo::LICENCES.into())].into(),
            ..XRoad::default()
        },
        internal_address: options.internal_address.map(|address| address.to_string()),
        log_format: LogFormat::default(),
        traces: None,
        timestamps: Some(Timestamps {
            url: format!("http://{}/timestamps", simulators.http),
            policy: None,
            authority: authority_file(&options.data),
            when_away: WhenAway::Wait,
        }),
        sound: None,
        webhooks: Webhooks { allow: vec!["127.0.0.0/8".into()] },
        oidc: Some(Oidc {
            issuer: simulators.issuer.clone(),
            client_id: CLIENT.0.into(),
            client_secret: CLIENT.1.into(),
            number_claim: "personal_number".into(),
            sure_enough: diwan_demo::simulators::SURE_ENOUGH.iter().map(ToString::to_string).collect(),
        }),
    }
}

async fn fill(office: &Office, region: &Region) -> anyhow::Result<Seeded> {
    let mut told = 0;
    let seeded = seed(office, region, |done, all| {
        let tenth = done * 10 / all.max(1);
        if tenth > told {
            told = tenth;
            eprintln!("filling the register: {} %", tenth * 10);
        }
    });
    let seeded = match seeded.await {
        Err(stop) if stop.code() == Why::KeyReused.code() => anyhow::bail!(
            "this folder holds a demonstration of another size or version: start it with the same --people as then, \
             begin anew with --fresh, or choose another folder with --data"
        ),
        seeded => seeded?,
    };
    diwan_demo::seed_ledger(office, &seeded).await?;
    Ok(seeded)
}

/// The first wallet user asks for their own certificate, as anyone would.
async fn issue_one(
    office: &Office,
    wording: &PaperWords,
    region: &Region,
    issuer: &str,
) -> anyhow::Result<Issued> {
    // The wallet is known by its address, which is another one where several demonstrations run:
    // what was issued at the first start is not asked for again.
    if let Some(id) = access::mark(&office.db, FIRST_PAPER).await? {
        let paper = documents::one(&mut office.db.reading().await?.tx(), id.parse()?).await?;
        return Ok(issued(office, &paper.context("the first certificate is there")?));
    }
    let situation = diwan_demo::situations(region)
        .into_iter()
        .find(|situation| situation.key == "self-by-rule")
        .context("the region has someone with a verified entry")?;
    let number = situation.applicant.personal_number.clone().context("who has a personal number")?;
    let sign_in = SignInByWallet {
        provider: issuer.to_owned(),
        subject: diwan_demo::simulators::subject_of(issuer, &number),
        personal_number: number,
        assurance: Assurance::Substantial,
        language: "ckb".into(),
    };
    let account = office.perform(&Who::system("demo"), "demo/sign-in", sign_in).await?.account;
    let who = Who {
        actor: diwan_domain::acts::Actor::Account(account),
        assurance: Assurance::Substantial,
        channel: Channel::Online,
        ..Who::system("demo")
    };
    let begin = BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let begun = office.perform(&who, "demo/begin", begin).await?;
    let open = Access { key: Some(begun.key.clone()) };
    for (question, value) in situation.answers {
        let act = SaveAnswer { case: begun.case, access: open.clone(), question: question.clone(), value };
        office.perform(&who, &format!("demo/answer/{question}"), act).await.with_context(|| question)?;
    }
    office.perform(&who, "demo/send", SendCase { case: begun.case, access: open.clone() }).await?;
    seal_waiting(office, wording).await?;
    let papers = documents::of_case(&mut office.db.reading().await?.tx(), begun.case).await?;
    let paper = papers.first().context("a rule approves a verified entry")?;
    anyhow::ensure!(paper.file_hash.is_some(), "the first certificate could not be made; see the log");
    let release = ReleaseDocument { document: paper.id, access: open };
    office.perform(&who, "demo/release", release).await?;
    access::set_mark(&office.db, FIRST_PAPER, &paper.id.to_string()).await?;
    Ok(issued(office, paper))
}

/// The mark that names the first certificate.
const FIRST_PAPER: &str = "demo-first-paper";

fn issued(office: &Office, paper: &DocumentRow) -> Issued {
    let code = grouped(&paper.check_code);
    let url = format!("{}/v/{code}", office.settings.base_url);
    Issued { number: paper.number.clone(), check_code: code, url }
}

async fn token_of_citizen(office: &Office, region: &Region, issuer: &str) -> anyhow::Result<String> {
    let user = wallet_users(region).into_iter().next().context("the wallet knows someone")?;
    Ok(citizen_token(office, region, issuer, &user.personal_number).await?)
}

/// Lets the simulated receiver hear everything; a later start finds it subscribed.
async fn subscribe(office: &Office, receiver: &Receiver, at: SocketAddr) -> anyhow::Result<()> {
    let url = format!("http://{at}/receiver");
    let act = Subscribe { name: "Demonstration receiver".into(), url, filter: Filter::default() };
    let known = subscriptions::standings(office).await?;
    let row = match known.into_iter().map(|(row, _)| row).find(|row| row.name == act.name) {
        Some(row) if row.url != act.url => {
            let subscription = row.id;
            let change = ChangeSubscription {
                subscription,
                seen: row.version,
                name: act.name,
                url: act.url,
                filter: act.filter,
            };
            office.perform_once(&Who::system("demo"), change).await?;
            row
        }
        Some(row) => row,
        None => {
            let id = office.perform(&Who::system("demo"), "demo/subscribe", act).await?;
            let known = subscriptions::standings(office).await?;
            let row = known.into_iter().map(|(row, _)| row).find(|row| row.id == id);
            row.context("what was subscribed is there")?
        }
    };
    receiver.knows(&subscriptions::secret(&office.db, &row));
    Ok(())
}

/// Doors that only the demonstration has.
fn doors(inbox: Inbox, receiver: Receiver) -> Router {
    let heard = get(|State(receiver): State<Receiver>| async move { axum::Json(receiver.taken()) });
    Router::new()
        .route("/demo/receiver.json", heard.with_state(receiver))
        .route("/demo/inbox", get(show_inbox))
        .route("/demo/inbox.json", get(|State(inbox): State<Inbox>| async move { axum::Json(inbox.list()) }))
        .with_state(inbox)
}

async fn show_inbox(State(inbox): State<Inbox>) -> Html<String> {
    let safe = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let mails: String = inbox
        .list()
        .iter()
        .map(|mail| {
            let text = mail.code.as_ref().map_or_else(|| mail.text.clone(), |code| format!("{code} – {}", mail.text));
            format!(
                "<div class=\"inbox-mail\"><small><bdi dir=\"ltr\">{} {}</bdi></small><p dir=\"auto\">{}</p></div>",
                safe(&mail.channel),
                safe(&mail.to),
                safe(&text)
            )
        })
        .collect();
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Demo inbox</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"{}\">\
         <body><main class=\"wrap\"><h1>Demo inbox</h1><p>Messages as the simulated gateways received them, newest first. <a href=\"/demo/phone\">A basic phone</a> dials *123# and writes to the office.</p>{}</main></body></html>",
        diwan_web::assets::address("app.ltr.css"),
        if mails.is_empty() { "<p>No messages yet.</p>".to_owned() } else { mails }
    ))
}

fn announce(card: &DemoCard, file: &Path) {
    println!("\nDiwan is running: {}/ckb/ and {}/en/\n", card.base_url, card.base_url);
    println!("Sign in as an officer ({}/en/desk/sign-in):", card.base_url);
    for sign_in in &card.signins {
        println!("  {:<18} {:<20} {}", sign_in.role, sign_in.login, sign_in.password);
    }
    println!("Six digits for any of them: the secret stands in {}", file.display());
    println!("Citizens sign in with the demo wallet, or any phone such as 0750 123 4567;");
    println!("messages arrive in {}", card.inbox_url);
    println!("a basic phone to dial *123# or write to the office: {}/demo/phone\n", card.base_url);
}
