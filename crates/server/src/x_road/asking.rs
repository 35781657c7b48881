//! Asking a register through a simulated security server, on both engines.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use super::{Connector, ask_once};
use crate::config::XRoad;
use diwan_demo::simulators::SecurityServer;
use diwan_domain::ids::CaseId;
use diwan_office::Who;
use diwan_office::cases::{Access, BeginCase, SaveAnswer, SendCase, lookups};
use diwan_office::catalogue::PublishService;
use diwan_store::dialect::Engine;
use diwan_store::lookups::LookupRow;
use diwan_testkit::TestOffice;
use serde_json::json;
use std::sync::Arc;

struct Stage {
    test: TestOffice,
    registers: SecurityServer,
    connector: Arc<Connector>,
    citizen: Who,
}

impl Stage {
    async fn on(engine: Engine) -> Self {
        let test = TestOffice::on(engine).await;
        let publish = PublishService::of(&diwan_demo::delivery_driver());
        test.office.perform_once(&Who::system("test"), publish).await.unwrap();
        let registers = SecurityServer::new(diwan_demo::LICENCES.parse().unwrap(), diwan_demo::licences());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let router = registers.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let settings = XRoad {
            security_server: Some(server),
            client: Some("KQ-DEMO/GOV/1001/diwan".into()),
            registers: [("traffic".into(), diwan_demo::LICENCES.into())].into(),
            timeout_seconds: 2,
            ..XRoad::default()
        };
        let connector = Arc::new(Connector::new(&settings).unwrap());
        let citizen = test.citizen("1000000000001").await;
        Self { test, registers, connector, citizen }
    }

    /// An application with this licence, sent.
    async fn applies(&self, licence: &str) -> CaseId {
        let begin = BeginCase { service: "delivery-driver".into(), language: "en".into() };
        let begun = self.test.office.perform_once(&self.citizen, begin).await.unwrap();
        let access = Access { key: Some(begun.key) };
        for (question, value) in [("licence-number", json!(licence)), ("phone", json!("0750 123 4567"))] {
            let act =
                SaveAnswer { case: begun.case, access: access.clone(), question: question.into(), value };
            self.test.office.perform_once(&self.citizen, act).await.unwrap();
        }
        let send = SendCase { case: begun.case, access };
        self.test.office.perform_once(&self.citizen, send).await.unwrap();
        begun.case
    }

    async fn ask(&self) -> usize {
        ask_once(&self.test.office, Some(&self.connector)).await.unwrap()
    }

    async fn asked(&self, case: CaseId) -> Vec<LookupRow> {
        let case = self.test.case(case).await;
        lookups::lookups_of(&mut self.test.office.db.reading().await.unwrap().tx(), &case).await.unwrap()
    }

    async fn open_questions(&self, case: CaseId) -> Vec<String> {
        let open = self.test.case(case).await.open_questions.0;
        open.as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
    }
}

async fn the_register_confirms(engine: Engine) {
    let stage = Stage::on(engine).await;
    // The digits that the applicant's telephone writes.
    let case = stage.applies("EB-٢٠٤٤١٧").await;
    assert_eq!(stage.test.case(case).await.phase, "in-progress", "it waits for the register");
    assert_eq!(stage.ask().await, 1);
    let row = stage.test.case(case).await;
    assert_eq!(row.phase, "fulfilled");
    assert!(row.decided_rule.unwrap().contains("valid-licence"));

    let passed = stage.registers.passed();
    assert_eq!(passed.len(), 1);
    assert_eq!(passed[0].client, "KQ-DEMO/GOV/1001/diwan");
    assert_eq!(passed[0].issue, Some(row.number));
    assert_eq!(passed[0].path, "/v1/licences/EB-204417");
    let kept = &stage.asked(case).await[0];
    assert_eq!(kept.request_id.as_ref(), Some(&passed[0].id), "the evidence names the request");
    assert!(diwan_domain::x_road::is_request_hash(kept.request_hash.as_ref().unwrap()));
    assert_eq!(kept.response_hash.as_ref().unwrap().len(), 128, "SHA-512 of what was said");
    assert!(stage.test.journal(case).await.contains(&"evidence-looked-up".to_owned()));
    assert_eq!(stage.ask().await, 0, "nobody is asked twice");
}
crate::on_both_engines!(a_register_confirms_and_a_rule_approves, the_register_confirms);

async fn the_register_says_otherwise(engine: Engine) {
    let stage = Stage::on(engine).await;
    for licence in ["EB-100200", "EB-999999", "../admin?x=1"] {
        let case = stage.applies(licence).await;
        assert_eq!(stage.ask().await, 1);
        assert_eq!(stage.test.case(case).await.phase, "in-progress");
        assert_eq!(stage.open_questions(case).await, ["evidence-driving-licence"], "{licence}");
        let kept = &stage.asked(case).await[0];
        assert_eq!(kept.outcome.as_deref(), Some("not-held"), "{licence}");
        assert!(kept.request_hash.is_some());
    }
    let paths: Vec<String> = stage.registers.passed().into_iter().map(|passed| passed.path).collect();
    assert_eq!(paths.last().unwrap(), "/v1/licences/..%2Fadmin%3Fx%3D1", "what is typed leads nowhere else");
}
crate::on_both_engines!(what_a_register_does_not_confirm_an_officer_decides, the_register_says_otherwise);

async fn the_register_is_away(engine: Engine) {
    let stage = Stage::on(engine).await;
    stage.registers.is_down(true);
    let case = stage.applies("EB-204417").await;
    assert_eq!(stage.ask().await, 0, "it is tried again for a while");
    assert_eq!(stage.open_questions(case).await, Vec::<String>::new());
    stage.test.pass(6);
    assert_eq!(stage.ask().await, 1);
    assert_eq!(stage.open_questions(case).await, ["evidence-driving-licence"], "never a silent pass");
    let kept = &stage.asked(case).await[0];
    assert_eq!(kept.outcome.as_deref(), Some("unavailable"));
    assert!(kept.why.as_ref().unwrap().contains("Server.ServerProxy.NetworkError"), "{kept:?}");
    assert_eq!(stage.test.case(case).await.step.as_deref(), Some("decide"));

    // Where nobody is configured to be asked, that is said at once.
    let case = stage.applies("EB-204417").await;
    assert_eq!(ask_once(&stage.test.office, None).await.unwrap(), 1);
    assert_eq!(stage.asked(case).await[0].outcome.as_deref(), Some("unavailable"));
    // A register that nobody configured, too.
    let elsewhere = XRoad {
        security_server: Some("http://127.0.0.1:1".into()),
        client: Some("KQ-DEMO/GOV/1001/diwan".into()),
        ..XRoad::default()
    };
    let case = stage.applies("EB-204417").await;
    let connector = Arc::new(Connector::new(&elsewhere).unwrap());
    assert_eq!(ask_once(&stage.test.office, Some(&connector)).await.unwrap(), 1);
    assert!(stage.asked(case).await[0].why.as_ref().unwrap().contains("traffic"));
}
crate::on_both_engines!(silence_becomes_an_open_question, the_register_is_away);

#[test]
fn the_demonstrations_service_is_publishable() {
    let checked = diwan_domain::services::check(&diwan_demo::delivery_driver(), None);
    assert!(checked.diagnostics.is_empty() && checked.is_publishable(), "{:?}", checked.diagnostics);
}
