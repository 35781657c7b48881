//! Behind a security server of X-Road: who may speak for a member, what it may,
//! and what the journal keeps of it.

use crate::program::{Program, officers};
use crate::visit;
use diwan_domain::people::Role;
use diwan_office::inspection;
use diwan_testkit::TestOffice;
use serde_json::{Value, json};
use std::net::SocketAddr;

const MEMBER: &str = "KQ/GOV/2001/traffic";

struct Stage {
    test: TestOffice,
    app: diwan_web::App,
    server: SocketAddr,
}

impl Stage {
    async fn open() -> Self {
        let test = TestOffice::narrow().await;
        let server = SocketAddr::from(([10, 30, 0, 5], 7000));
        let app = visit::app(&test)
            .with(|given| given.security_servers = vec!["10.30.0.0/28".parse().unwrap()].into());
        Self { test, app, server }
    }

    fn from(&self, peer: SocketAddr, headers: &[(&str, &str)]) -> Program {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Program { peer, headers, ..Program::at(diwan_web::router(self.app.clone()), "") }
    }

    /// Registers the member as a program with an office of its own.
    async fn registered(&self, scopes: &[&str]) -> Program {
        let administrator = officers(&self.test, "administrator", Role::Administrator).await;
        let office = self.test.place.to_string();
        let program =
            json!({"login": "traffic", "name": "Traffic", "office": office, "roles": ["registrar"]});
        let program = administrator.post("/api/v1/programs", program).await.is(201).json();
        let client = json!({"name": "Traffic", "officer": program["id"], "scopes": scopes, "x_road": "KQ/GOV/2001/tr%61ffic"});
        let made = administrator.post("/api/v1/clients", client.clone()).await.is(201).json();
        assert_eq!(made["client_secret"], Value::Null, "it has no secret that could be copied");
        administrator.post("/api/v1/clients", client).await.refuses(409, "admin/name-taken");
        let secret = format!(
            "grant_type=client_credentials&client_id={}&client_secret=",
            made["client_id"].as_str().unwrap()
        );
        let nobody = Program::with(&self.test, "");
        let media = "application/x-www-form-urlencoded";
        nobody.send("POST", "/oauth/token", media, secret.into_bytes(), &[]).await.is(401);
        administrator
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_is_known_by_its_security_server_and_by_nothing_else() {
    let stage = Stage::open().await;
    stage.registered(&["cases.see"]).await;
    let server = stage.server;
    let me = stage.from(server, &[("x-road-client", MEMBER)]).get("/api/v1/me").await.is(200).json();
    assert_eq!((me["kind"].as_str(), me["actor_kind"].as_str()), (Some("client"), Some("officer")));
    assert_eq!(me["permissions"], json!(["cases.see"]));

    let stranger = SocketAddr::from(([10, 30, 0, 66], 1));
    stage.from(stranger, &[("x-road-client", MEMBER)]).get("/api/v1/me").await.refuses(401, "sign-in/first");
    stage.from(stranger, &[("x-road-client", MEMBER)]).get("/api/v1/services").await.is(401);
    for (member, status) in [("KQ/GOV/9999/other", 403), ("KQ/GOV/2001", 403), ("traffic", 422), ("", 422)] {
        let answer = stage.from(server, &[("x-road-client", member)]).get("/api/v1/me").await;
        assert_eq!(answer.status.as_u16(), status, "{member}: {}", answer.text());
    }
    // Its scopes take away, as those of every program.
    let asked = stage.from(server, &[("x-road-client", MEMBER)]).get("/api/v1/journal").await;
    asked.refuses(403, "officer/not-permitted");
    // A certificate shown to a trusted proxy will do instead of an address.
    let proxy = SocketAddr::from(([10, 0, 0, 9], 1));
    let app = stage.app.clone().with(|given| {
        given.security_servers = std::sync::Arc::default();
        given.proxies = vec![proxy.ip()].into();
        given.client_certificates = true;
        given.security_certificates = vec!["ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0".into()].into();
    });
    let behind = Stage { app, server: proxy, test: stage.test };
    let shown = [("x-road-client", MEMBER), ("client-cert", ":YWJj:")];
    behind.from(proxy, &shown).get("/api/v1/me").await.is(200);
    behind.from(proxy, &shown[..1]).get("/api/v1/me").await.refuses(401, "sign-in/first");
    // Of two certificates one was brought along by whoever asked, past a careless proxy.
    for other in [":YWJj:", ":eHl6:"] {
        let twice = [shown[0], shown[1], ("client-cert", other)];
        behind.from(proxy, &twice).get("/api/v1/me").await.refuses(401, "sign-in/first");
        let twice = [shown[0], ("client-cert", other), shown[1]];
        behind.from(proxy, &twice).get("/api/v1/me").await.refuses(401, "sign-in/first");
    }
}

/// Whoever is refused is told which header or member it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_strange_request_through_x_road_is_named() {
    let stage = Stage::open().await;
    let administrator = stage.registered(&["cases.see"]).await;
    let english = ("accept-language", "en");
    let other = stage.from(stage.server, &[("x-road-client", "kq/gov/2001/traffic"), english]);
    let refused = other.get("/api/v1/me").await.refuses(403, "officer/not-permitted").json();
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.contains("kq/gov/2001/traffic") && detail.contains("not registered"), "{detail}");
    let twice = [("x-road-client", MEMBER), ("x-road-client", MEMBER), english];
    let refused =
        stage.from(stage.server, &twice).get("/api/v1/me").await.refuses(422, "request/malformed").json();
    assert!(refused["detail"].as_str().unwrap().contains("comes twice"), "{refused}");
    // Nor is a client known in two ways, of which one would never be looked at.
    let both = json!({"name": "Both", "scopes": ["cases.see"], "x_road": "KQ/GOV/3001/police",
        "certificate": "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"});
    let refused = administrator.post("/api/v1/clients", both).await;
    assert_eq!(refused.refuses(422, "admin/field-missing").json()["about"]["field"], "certificate");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_keeps_what_x_road_says_of_a_request() {
    let stage = Stage::open().await;
    stage.registered(&["cases.see", "cases.decide"]).await;
    let nawroz = stage.test.citizen("1000000000002").await;
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let (case, _) = stage.test.sent(&nawroz, &own).await;
    let headers = [
        ("x-road-client", MEMBER),
        ("x-road-service", "KQ/GOV/1001/diwan/cases"),
        ("x-road-id", "fa2e18a5-c2cb-4d09-b994-f57727f7c3fb"),
        ("x-road-request-id", "f92591a3-6bf0-49b1-987b-0dd78c034cc3"),
        ("x-road-userid", "IQ1000000000007"),
        ("x-road-issue", "MT324223MSD"),
        ("x-road-represented-party", "GOV/3001"),
    ];
    let program = stage.from(stage.server, &headers);
    program.post("/api/v1/desk/cases/next", json!({})).await.is(200);
    program.get(&format!("/api/v1/desk/cases/{case}")).await.is(200);
    let mut reading = stage.test.office.db.reading().await.unwrap();
    let told = inspection::timeline(&mut reading.tx(), "case", &case.to_string()).await.unwrap();
    let via = |kind: &str| told.iter().find(|row| row.kind == kind).unwrap().body["via"].clone();
    for kind in ["case-assigned", "case-opened"] {
        assert_eq!(
            via(kind),
            json!({
                "client": MEMBER, "id": "fa2e18a5-c2cb-4d09-b994-f57727f7c3fb",
                "request": "f92591a3-6bf0-49b1-987b-0dd78c034cc3", "service": "KQ/GOV/1001/diwan/cases",
                "user": "IQ1000000000007", "issue": "MT324223MSD", "represented": "GOV/3001",
            }),
            "{kind}"
        );
    }
    assert_eq!(via("case-submitted"), Value::Null);
}
