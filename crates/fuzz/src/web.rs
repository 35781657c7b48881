//! What strangers send over HTTP, through the whole application: forms, files,
//! JSON, headers, cookies. Nothing is answered with a server error.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, Response, StatusCode, Uri, header};
use diwan_domain::acts::Actor;
use diwan_domain::people::Role;
use diwan_office::tokens::{IssueToken, scopes};
use diwan_office::{Who, secrets};
use diwan_testkit::{TestOffice, every_kind};
use diwan_web::words::Words;
use diwan_web::{App, Brand, Given};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::runtime::Runtime;
use tower::ServiceExt;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().expect("a runtime")
});

/// How many cases one house sees: afterwards a new one is opened, so that it
/// neither grows without end nor reaches what is allowed within an hour.
const VISITS: u32 = 1_000;

static HOUSE: Mutex<Option<House>> = Mutex::new(None);

struct House {
    test: TestOffice,
    router: Router,
    /// Cookies and form tokens of a stranger and of an applicant.
    people: Vec<(String, String)>,
    /// Access tokens of an applicant and of officers.
    tokens: Vec<String>,
    case: String,
    sent: String,
    key: String,
    visits: u32,
}

/// A request as it stands on the wire: who sends it (`a` to `g`, `h` with no token that is known) before the
/// method, the way, headers, a blank line and a body. `{case}`, `{sent}`,
/// `{office}`, `{csrf}` and `{key}` stand for what the house knows.
pub fn http(bytes: &[u8]) {
    let mut house = HOUSE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if house.as_ref().is_none_or(|house| house.visits >= VISITS) {
        if let Some(old) = house.take() {
            let folder = old.test.base.folder().to_owned();
            drop(old);
            // What is left of it would fill the memory it stands in.
            let _ = std::fs::remove_dir_all(folder);
        }
        *house = Some(RUNTIME.block_on(House::open()));
    }
    let house = house.as_mut().expect("it was opened");
    house.visits += 1;
    RUNTIME.block_on(house.visit(bytes));
}

impl House {
    async fn open() -> Self {
        let test = TestOffice::open().await;
        let publish = diwan_office::catalogue::PublishService::of(&every_kind());
        test.office.perform(&Who::system("test"), "every-kind", publish).await.expect("published");
        let citizen = test.citizen("1000000000001").await;
        let (case, access) = test.draft(&citizen, &[]).await;
        let (sent, _) = test.sent(&citizen, &[("use", json!("abroad"))]).await;
        let mut who = vec![citizen];
        for (login, role) in [
            ("registrar", Role::Registrar),
            ("clerk", Role::CounterOfficer),
            ("manager", Role::CentreManager),
            ("administrator", Role::Administrator),
        ] {
            who.push(test.officer(login, role, None).await);
        }
        let mut tokens = Vec::new();
        for who in &who {
            tokens.push(token_of(&test, who).await);
        }
        let router = diwan_web::router(app(&test));
        let key = access.key.unwrap_or_default();
        let (case, sent) = (case.to_string(), sent.to_string());
        let mut house = Self { test, router, people: Vec::new(), tokens, case, sent, key, visits: 0 };
        house.people.push(house.newcomer(None).await);
        house.people.push(house.newcomer(Some("1000000000001")).await);
        house
    }

    /// The cookie and the form token of someone new, perhaps signed in by the wallet.
    async fn newcomer(&self, number: Option<&str>) -> (String, String) {
        let mut cookies: Vec<String> = Vec::new();
        let mut ways = vec!["/en/sign-in".to_owned()];
        if let Some(number) = number {
            ways = vec![
                "/en/sign-in/wallet".into(),
                format!("/sign-in/return?code={number}&state=x"),
                "/en/sign-in".into(),
            ];
        }
        ways.push("/en/track".into());
        let mut page = String::new();
        for way in ways {
            let request =
                Request::get(way).header(header::HOST, "here").header(header::COOKIE, cookies.join("; "));
            let response = self.answer(request.body(Body::empty()).expect("a request")).await;
            for set in response.headers().get_all(header::SET_COOKIE) {
                let pair = set.to_str().expect("text").split(';').next().unwrap_or_default().to_owned();
                let name = pair.split('=').next().unwrap_or_default().to_owned();
                cookies.retain(|known| !known.starts_with(&format!("{name}=")));
                cookies.push(pair);
            }
            page = text(response).await;
        }
        let at = page.find("name=\"csrf\" value=\"").expect("a form") + 19;
        (cookies.join("; "), page[at..].split('"').next().unwrap_or_default().to_owned())
    }

    async fn answer(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    async fn visit(&mut self, bytes: &[u8]) {
        let Some(request) = self.request(bytes) else { return };
        let asked = format!("{} {}", request.method(), request.uri());
        let response = self.answer(request).await;
        let status = response.status();
        let page = text(response).await;
        let soon = status == StatusCode::SERVICE_UNAVAILABLE;
        assert!(!status.is_server_error() || soon, "{asked} is answered with {status}: {page}");
    }

    fn request(&self, bytes: &[u8]) -> Option<Request<Body>> {
        let (head, body) = match bytes.windows(2).position(|two| two == b"\n\n") {
            Some(at) => (&bytes[..at], &bytes[at + 2..]),
            None => (bytes, [].as_slice()),
        };
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let mut first = lines.next()?.split(' ');
        let (who, method, way) = (first.next()?, first.next()?, first.next()?);
        let number = who.bytes().next().map_or(0, |letter| usize::from(letter.wrapping_sub(b'a')));
        let cookie = self.people.get(number);
        let token = number.checked_sub(self.people.len()).and_then(|at| self.tokens.get(at));
        let csrf = cookie.map(|(_, csrf)| csrf.as_str()).unwrap_or_default();
        let key = format!("{:08}", self.visits);
        let place = self.test.place.to_string();
        let known = [
            ("{case}", self.case.as_str()),
            ("{sent}", &self.sent),
            ("{office}", &place),
            ("{csrf}", csrf),
            ("{key}", &key),
            ("{case-key}", &self.key),
        ];
        let way: Uri =
            known.iter().fold(way.to_owned(), |way, (name, value)| way.replace(name, value)).parse().ok()?;
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).ok()?).uri(way);
        request = request.header(header::HOST, "here");
        if let Some((cookies, _)) = cookie {
            request = request.header(header::COOKIE, cookies);
        }
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
            request = request.header("idempotency-key", format!("fuzz-{key}"));
        }
        for line in lines {
            let (name, value) = line.split_once(':')?;
            let value = known.iter().fold(value.trim().to_owned(), |text, (name, to)| text.replace(name, to));
            request = request.header(name.trim(), value);
        }
        let body = known
            .iter()
            .fold(body.to_vec(), |body, (name, to)| replaced(&body, name.as_bytes(), to.as_bytes()));
        // Everyone comes from somewhere else: what one address may do is another matter.
        let [.., b, c, d] = self.visits.to_be_bytes();
        request.extension(ConnectInfo(SocketAddr::from(([10, b, c, d], 4_000)))).body(Body::from(body)).ok()
    }
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend([&rest[..at], to].concat());
        rest = &rest[at + from.len()..];
    }
    out.extend(rest);
    out
}

async fn text(response: Response<Body>) -> String {
    // A page that counts for ever (the desk's live counts) is read no further than this.
    let read = axum::body::to_bytes(response.into_body(), 8 * 1024 * 1024).await;
    String::from_utf8_lossy(&read.unwrap_or_default()).into_owned()
}

async fn token_of(test: &TestOffice, who: &Who) -> String {
    let (officer, account) = match who.actor {
        Actor::Officer(id) => (Some(id), None),
        Actor::Account(id) => (None, Some(id)),
        _ => (None, None),
    };
    let token = format!("diwan_{}", secrets::token());
    let act = IssueToken {
        name: "fuzz".into(),
        token_hash: secrets::hash(&token),
        officer,
        account,
        scopes: scopes(),
        expires_at: None,
    };
    test.office.perform_once(&Who::system("test"), act).await.expect("a token");
    token
}

/// A wallet that vouches for whatever number comes back as its code.
struct Wallet;

impl diwan_office::identity::IdentityProvider for Wallet {
    fn name(&self) -> &str {
        "wallet"
    }
    fn depart(
        &self,
        _: &str,
        _: &str,
    ) -> diwan_office::identity::Later<'_, diwan_office::identity::Departure> {
        let departure =
            diwan_office::identity::Departure { url: "http://wallet/".into(), keep: "kept".into() };
        Box::pin(async { Ok(departure) })
    }
    fn arrive(
        &self,
        _: &str,
        _: &str,
        code: &str,
        _: &str,
    ) -> diwan_office::identity::Later<'_, diwan_office::identity::Vouched> {
        let number = code.to_owned();
        Box::pin(async move {
            Ok(diwan_office::identity::Vouched {
                provider: "test".into(),
                subject: number.clone(),
                personal_number: number,
                assurance: diwan_domain::people::Assurance::Substantial,
            })
        })
    }
}

fn app(test: &TestOffice) -> App {
    let here = std::net::IpAddr::from([10, 0, 0, 7]);
    App::from(Given {
        office: test.office.clone(),
        words: Arc::new(Words::load().expect("the languages are sound")),
        brand: Arc::new(Brand {
            name: json!({"ckb": "دیوان", "en": "Diwan"}),
            government: json!({"ckb": "هەرێم", "en": "Region"}),
            help_phone: "122".into(),
            colours: Vec::new(),
        }),
        identity: Some(Arc::new(Wallet)),
        demo_inbox: None,
        proxies: vec![here].into(),
        client_certificates: true,
        crowd: diwan_web::crowd::Crowd::default(),
        live: diwan_web::live::Live::default(),
        sound: Default::default(),
        security_servers: vec!["10.0.0.0/8".parse().expect("a network")].into(),
        security_certificates: Arc::default(),
        sessions: diwan_web::SessionTimes::default(),
        gateways: Arc::default(),
    })
}
