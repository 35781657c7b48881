//! What courts decide of families, declared by whoever brings the judgment.

use super::{AZAD, HEVIN, OMAR, SHILAN, a_marriage, of_couples};
use crate::declarations::Bureau;
use diwan_domain::acts::Actor;
use diwan_domain::ids::PersonId;
use diwan_office::acting;
use diwan_office::civil::{Registered, marital_status, may_see_entry};
use diwan_store::{civil, people};
use diwan_testkit::TestOffice;
use serde_json::{Value, json};

const NAWROZ: &str = "1000000000002";

/// What everyone answers who brings a judgment.
fn judged(said: &[(&'static str, Value)], paper: &'static str) -> Vec<(&'static str, Value)> {
    let mut said = said.to_vec();
    if paper == "judgment-paper" {
        said.extend([
            ("court", json!("دادگای هەولێر")),
            ("judgment", json!("88/2026")),
            ("judgment-date", json!("2026-11-20")),
        ]);
    }
    said.extend([(paper, Value::Null), ("phone", json!("0750 123 4567")), ("email", Value::Null)]);
    said
}

fn spouse(role: &str, given: &str, father: &str, number: &str) -> [(&'static str, Value); 2] {
    let (name, id) =
        if role == "wife" { ("wife-name", "wife-number") } else { ("husband-name", "husband-number") };
    [(name, json!({"given": given, "father": father})), (id, json!({"kind": "upn", "number": number}))]
}

impl Bureau {
    /// A case from its first answer until its event is registered.
    async fn declared_and_registered(
        &self,
        number: &str,
        service: &str,
        said: &[(&'static str, Value)],
        completed: &[(&str, &str)],
    ) -> Registered {
        let who = self.test.citizen(number).await;
        let (case, _) = self.sent(&who, service, said).await;
        let taken = self.complete(case, completed).await.unwrap_or_else(|stop| panic!("{service}: {stop}"));
        // What a rule leaves to a supervisor, a supervisor registers.
        let by = if taken.doubts.is_empty() { &self.registrar } else { &self.supervisor };
        let registered = self.register(by, &taken).await.unwrap_or_else(|stop| panic!("{service}: {stop}"));
        // A marriage has its certificate at once.
        let (phase, step) = self.stands(case).await;
        let expected = if service == "declare-marriage" { "approved" } else { "fulfilled" };
        assert_eq!((phase.as_str(), step), (expected, None), "{service}");
        registered
    }

    async fn stand(&self, person: PersonId) -> String {
        let today = self.test.office.today();
        let mut reading = self.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = people::person(&mut tx, person).await.unwrap().unwrap();
        marital_status(&mut tx, &row, today).await.unwrap().code().to_owned()
    }

    async fn tie(&self, one: PersonId, other: PersonId) -> Option<&'static str> {
        let mut reading = self.test.office.db.reading().await.unwrap();
        civil::tie(&mut reading.tx(), one, other).await.unwrap()
    }

    /// Who is what in the event of an entry.
    async fn who_is(&self, registered: &Registered, role: &str) -> PersonId {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let roles = civil::roles_in(&mut reading.tx(), registered.event).await.unwrap();
        roles.into_iter().find(|one| one.role == role).unwrap_or_else(|| panic!("no {role}")).person_id
    }
}

async fn together_again(test: TestOffice) {
    let bureau = of_couples(test).await;
    let (husband, wife) = (bureau.test.person(OMAR).await, bureau.test.person(SHILAN).await);
    bureau.declared_and_registered(OMAR, "declare-marriage", &a_marriage(), &[]).await;
    let mut said = vec![("who", json!("wife"))];
    said.extend(spouse("husband", "عومەر", "حەسەن", OMAR));
    said.push(("divorced-on", json!("2026-11-18")));
    let waiting = [("divorce-kind", "revocable"), ("waiting-until", "2027-02-18")];
    let said = judged(&said, "judgment-paper");
    bureau.declared_and_registered(SHILAN, "declare-divorce", &said, &waiting).await;
    // Within the waiting period he takes her back.
    let mut said = vec![("who", json!("husband"))];
    said.extend(spouse("wife", "شیلان", "ئازاد", SHILAN));
    said.push(("reconciled-on", json!("2026-11-20")));
    let said = judged(&said, "judgment-paper");
    bureau.declared_and_registered(OMAR, "declare-reconciliation", &said, &[]).await;
    assert_eq!((bureau.stand(husband).await, bureau.stand(wife).await), ("married".into(), "married".into()));
    // A court finds that it was no marriage at all.
    let mut said = vec![("who", json!("wife"))];
    said.extend(spouse("husband", "عومەر", "حەسەن", OMAR));
    said.push(("void-on", json!("2026-11-20")));
    let said = judged(&said, "judgment-paper");
    bureau.declared_and_registered(SHILAN, "declare-annulment", &said, &[]).await;
    assert_eq!((bureau.stand(husband).await, bureau.stand(wife).await), ("single".into(), "single".into()));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_couple_declares_its_reconciliation_and_its_annulment, super::together_again);

async fn guardian(test: TestOffice) {
    let bureau = of_couples(test).await;
    let said = [
        ("who", json!("guardian")),
        ("ward-name", json!({"given": "نەورۆز", "father": "ئازاد"})),
        ("ward-number", json!({"kind": "upn", "number": NAWROZ})),
        ("extent", json!("property")),
        ("until", json!("2028-01-01")),
    ];
    let said = judged(&said, "judgment-paper");
    let registered = bureau.declared_and_registered(OMAR, "declare-guardianship", &said, &[]).await;
    let (uncle, ward) = (bureau.test.person(OMAR).await, bureau.test.person(NAWROZ).await);
    assert_eq!(bureau.tie(uncle, ward).await, Some("guardian"));
    let content = bureau.content(registered.entry).await;
    assert_eq!((content.get("extent"), content.get("until")), (Some("property"), Some("2028-01-01")));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_guardian_declares_the_judgment_that_made_him_one, super::guardian);

async fn acknowledged(test: TestOffice) {
    let bureau = of_couples(test).await;
    let said = [
        ("who", json!("father")),
        ("child-name", json!({"given": "لانە"})),
        ("child-number", Value::Null),
        ("born-on", json!("2024-05-04")),
        ("before", json!("دادگای هەولێر")),
        ("acknowledged-on", json!("2026-11-10")),
    ];
    let said = judged(&said, "acknowledgement-paper");
    let registered = bureau.declared_and_registered(OMAR, "acknowledge-child", &said, &[]).await;
    let child = bureau.who_is(&registered, "child").await;
    assert_eq!(bureau.tie(bureau.test.person(OMAR).await, child).await, Some("parent"));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_father_acknowledges_a_child_in_a_case, super::acknowledged);

async fn affiliated(test: TestOffice) {
    let bureau = of_couples(test).await;
    let said = [
        ("who", json!("mother")),
        ("father-name", json!({"given": "ئازاد", "father": "کەریم"})),
        ("father-number", json!({"kind": "upn", "number": AZAD})),
        ("child-name", json!({"given": "ژیان"})),
        ("child-number", Value::Null),
        ("child-sex", json!("female")),
    ];
    let said = judged(&said, "judgment-paper");
    let registered = bureau.declared_and_registered(HEVIN, "declare-affiliation", &said, &[]).await;
    let child = bureau.who_is(&registered, "ward").await;
    for guardian in [HEVIN, AZAD] {
        assert_eq!(bureau.tie(bureau.test.person(guardian).await, child).await, Some("guardian"));
    }
    // The entry would tell the child's origin: even who registered it sees it no more.
    let Actor::Officer(registrar) = bureau.registrar.actor else { panic!("an officer") };
    let mut reading = bureau.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let acting = acting::load(&mut tx, registrar).await.unwrap().unwrap();
    let entry = civil::entry(&mut tx, registered.entry).await.unwrap().unwrap();
    assert!(!may_see_entry(&mut tx, &acting, &entry).await.unwrap());
    drop(tx);
    drop(reading);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_couple_declares_an_affiliation_and_the_entry_is_closed, super::affiliated);
