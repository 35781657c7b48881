//! A visitor without a browser: keeps the cookie, fills forms in, follows
//! redirects.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use diwan_domain::people::{Assurance, Role};
use diwan_office::identity::{Departure, IdentityProvider, Later, Vouched};
use diwan_office::{outbox, secrets};
use diwan_testkit::TestOffice;
use diwan_web::words::Words;
use diwan_web::{App, Brand, Given};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use tower::ServiceExt;

/// A wallet that vouches for whatever number comes back as its code.
struct Wallet;

impl IdentityProvider for Wallet {
    fn name(&self) -> &str {
        "wallet"
    }
    fn depart(&self, _: &str, _: &str) -> Later<'_, Departure> {
        Box::pin(async { Ok(Departure { url: "http://wallet/".into(), keep: "kept".into() }) })
    }
    fn arrive(&self, _: &str, _: &str, code: &str, _: &str) -> Later<'_, Vouched> {
        let number = code.to_owned();
        Box::pin(async move {
            Ok(Vouched {
                provider: "test".into(),
                subject: number.clone(),
                personal_number: number,
                assurance: Assurance::Substantial,
            })
        })
    }
}

/// The application over an office.
pub fn app(test: &TestOffice) -> App {
    App::from(Given {
        office: test.office.clone(),
        words: Arc::new(Words::load().unwrap()),
        brand: Arc::new(Brand {
            name: json!({"ckb": "دیوان", "en": "Diwan"}),
            government: json!({"ckb": "هەرێم", "en": "Region"}),
            help_phone: "122".into(),
            colours: Vec::new(),
        }),
        identity: Some(Arc::new(Wallet)),
        demo_inbox: None,
        proxies: Arc::default(),
        client_certificates: false,
        crowd: diwan_web::crowd::Crowd::default(),
        live: diwan_web::live::Live::default(),
        sound: Arc::default(),
        security_servers: Arc::default(),
        security_certificates: Arc::default(),
        sessions: diwan_web::SessionTimes::default(),
        gateways: Arc::default(),
    })
}

/// What a visitor sees.
pub struct Page {
    /// The HTTP status.
    pub status: StatusCode,
    /// The address it stands at, without its host.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The headers.
    pub headers: axum::http::HeaderMap,
}

impl Page {
    /// The markup, without the marks that keep directions apart.
    pub fn html(&self) -> String {
        diwan_web::words::plain(&String::from_utf8(self.bytes.clone()).unwrap())
    }

    /// Whether the page says something.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.html().contains(text), "{} does not say {text}:\n{}", self.path, self.html());
        self
    }

    /// Whether the page is silent on something.
    #[track_caller]
    pub fn is_silent_on(&self, text: &str) -> &Self {
        assert!(!self.html().contains(text), "{} says {text}:\n{}", self.path, self.html());
        self
    }

    /// The first address that begins so.
    #[track_caller]
    pub fn link(&self, start: &str) -> String {
        let html = self.html();
        let at = html.find(&format!("\"{start}")).unwrap_or_else(|| panic!("no link {start}:\n{html}"));
        html[at + 1..].split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&")
    }

    fn token(&self) -> String {
        let html = self.html();
        let at = html.find("name=\"csrf\" value=\"").unwrap_or_else(|| panic!("no form:\n{html}"));
        html[at + 19..].split('"').next().unwrap().to_owned()
    }
}

/// A visitor.
pub struct Visit {
    router: Router,
    cookies: BTreeMap<String, String>,
    token: String,
    /// From where they ask; nowhere in particular when left out.
    pub from: Option<SocketAddr>,
    /// What the browser says it is.
    pub agent: String,
    /// What the browser says about the page that a request comes from; nothing when left out.
    pub site: &'static str,
    /// The page that a request comes from; nothing when left out.
    pub referer: &'static str,
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in fields {
        for (text, end) in [(name, '='), (value, '&')] {
            for byte in text.bytes() {
                if byte.is_ascii_alphanumeric() {
                    out.push(char::from(byte));
                } else {
                    write!(out, "%{byte:02X}").unwrap();
                }
            }
            out.push(end);
        }
    }
    out
}

impl Visit {
    /// Someone new.
    pub fn of(test: &TestOffice) -> Self {
        Self::at(app(test))
    }

    /// Someone new at an application.
    pub fn at(app: App) -> Self {
        Self {
            router: diwan_web::router(app),
            cookies: BTreeMap::new(),
            token: String::new(),
            from: None,
            agent: String::new(),
            site: "",
            referer: "",
        }
    }

    /// A cookie's value; empty without one.
    pub fn cookie(&self, name: &str) -> String {
        self.cookies.get(name).cloned().unwrap_or_default()
    }

    /// Brings a cookie along.
    pub fn bring(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// The same visitor, at a house that is full.
    pub fn when_full(&self, test: &TestOffice) -> Self {
        let full = app(test).with(|given| given.crowd = diwan_web::crowd::Crowd::full());
        Self { cookies: self.cookies.clone(), token: self.token.clone(), ..Self::at(full) }
    }

    /// Takes over another visitor's form token, as a forged form would.
    pub fn steal_token(&mut self, from: &Self) {
        self.token.clone_from(&from.token);
    }

    /// The form token of the page seen last.
    pub fn form_token(&self) -> &str {
        &self.token
    }

    /// Sends one request and follows nowhere.
    pub async fn send(&mut self, method: &str, path: &str, body: String) -> Page {
        let media = if method == "POST" { "application/x-www-form-urlencoded" } else { "" };
        self.send_as(method, path, media, body.into_bytes()).await
    }

    /// Sends one request with a body of some kind.
    pub async fn send_as(&mut self, method: &str, path: &str, media: &str, body: Vec<u8>) -> Page {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "here");
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        if let Some(from) = self.from {
            request = request.extension(ConnectInfo(from));
        }
        if !self.agent.is_empty() {
            request = request.header(header::USER_AGENT, &self.agent);
        }
        if !self.site.is_empty() {
            request = request.header("sec-fetch-site", self.site);
        }
        if !self.referer.is_empty() {
            request = request.header(header::REFERER, self.referer);
        }
        if !media.is_empty() {
            request = request.header(header::CONTENT_TYPE, media);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let headers = response.headers().clone();
        for set in headers.get_all(header::SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = response.status();
        let bytes = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes().to_vec();
        let page = Page { status, path: path.to_owned(), bytes, headers };
        if page.headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"))
            && page.html().contains("name=\"csrf\"")
        {
            self.token = page.token();
        }
        page
    }

    async fn followed(&mut self, mut page: Page) -> Page {
        for _ in 0..6 {
            if page.status != StatusCode::SEE_OTHER {
                return page;
            }
            let to = page.headers[header::LOCATION].to_str().unwrap().to_owned();
            page = self.send("GET", &to, String::new()).await;
        }
        panic!("redirected without end");
    }

    /// Opens a page and follows where it leads.
    pub async fn get(&mut self, path: &str) -> Page {
        let page = self.send("GET", path, String::new()).await;
        self.followed(page).await
    }

    /// Sends a form from the page seen last.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let key = uuid::Uuid::now_v7().to_string();
        let token = self.token.clone();
        let mut all = vec![("csrf", token.as_str()), ("key", key.as_str())];
        all.extend_from_slice(fields);
        let page = self.send("POST", path, encoded(&all)).await;
        self.followed(page).await
    }

    /// The body of a form from the page seen last, with a key of its own.
    pub fn form(&self, key: &str, fields: &[(&str, &str)]) -> String {
        let mut all = vec![("csrf", self.token.as_str()), ("key", key)];
        all.extend_from_slice(fields);
        encoded(&all)
    }

    /// Signs in by the wallet.
    pub async fn by_wallet(&mut self, number: &str) {
        let left = self.send("GET", "/en/sign-in/wallet", String::new()).await;
        assert_eq!(left.status, StatusCode::SEE_OTHER);
        let back = self.get(&format!("/sign-in/return?code={number}&state=x")).await;
        assert_eq!(back.status, StatusCode::OK, "{}", back.html());
    }

    /// Signs an officer in whom [`officer`] invited.
    pub async fn by_password(&mut self, test: &TestOffice, login: &str, secret: &str) {
        let now = u64::try_from(test.office.now() / 1_000_000).unwrap();
        let digits = secrets::totp(secret).unwrap().generate(now).to_string();
        self.get("/en/desk/sign-in").await;
        let fields = [("login", login), ("password", "brave mountain sky"), ("digits", digits.as_str())];
        let page = self.post("/en/desk/sign-in", &fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html());
        assert!(!page.path.contains("sign-in"), "{}", page.html());
    }
}

/// An officer signed in at the pages, with a role.
pub async fn officer(test: &TestOffice, login: &str, role: Role) -> Visit {
    let secret = test.officer_with_secret(login, role).await;
    // Six digits serve once: the next ones come with the next half minute.
    test.pass(1);
    let mut visit = Visit::of(test);
    visit.by_password(test, login, &secret).await;
    visit
}

/// The newest code that was sent to a phone or mailbox; everything waiting is
/// delivered.
pub async fn code_to(test: &TestOffice, address: &str) -> Option<String> {
    let soon = test.office.now() + 1_000_000;
    let mut found = None;
    for parcel in outbox::lease(&test.office.db, soon, 60_000_000, 50).await.unwrap() {
        let body: serde_json::Value = serde_json::from_str(&parcel.body).unwrap();
        if parcel.address == address {
            found = body["args"]["code"].as_str().map(str::to_owned).or(found);
        }
        outbox::delivered(&test.office.db, parcel.id, soon).await.unwrap();
    }
    found
}
