//! Why somebody at a counter was looked at: the visit in hand, or a reason that was chosen.

use diwan_domain::ids::PersonId;
use diwan_domain::people::Role;
use diwan_office::civil::reasons::{self, BY_TICKET, NOT_SAID};
use diwan_office::civil::{FindPeople, SeePerson};
use diwan_office::queue::{CallNext, SitDown};
use diwan_store::journal;
use diwan_testkit::TestOffice;
use serde_json::Value;

/// What the journal says of the newest look at somebody: why, ticket, for what.
async fn said(test: &TestOffice, kind: &str, person: PersonId) -> (String, Value, Value) {
    let mut reading = test.office.db.reading().await.unwrap();
    let rows = journal::about(&mut reading.tx(), "person", &person.to_string()).await.unwrap();
    let last = rows.iter().rev().find(|row| row.kind == kind).unwrap();
    let facts = &last.body["facts"];
    (last.body["rule"].as_str().unwrap().to_owned(), facts["ticket"].clone(), facts["for"].clone())
}

async fn looked_at(test: TestOffice) {
    test.gives_tickets().await;
    let (office, number) = (&test.office, "1000000000001");
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let shilan = test.person(number).await;
    let find = |why: &str| FindPeople::new(number, why);
    let see = |why: &str| SeePerson { person: shilan, purpose: why.to_owned() };

    // Nobody is in hand: the counter's page asks, and a program's look says that nobody said why.
    for refused in [
        office.perform_once(&clerk, find(BY_TICKET)).await.map(drop).unwrap_err(),
        office.perform_once(&clerk, see(BY_TICKET)).await.unwrap_err(),
    ] {
        assert_eq!(refused.code(), "case/reason-missing");
        assert_eq!(refused.refusal().unwrap().about["choose"], "counter");
    }
    assert!(!test.journal_of("person", &shilan.to_string()).await.contains(&"record-seen".to_owned()));
    office.perform_once(&clerk, see("")).await.unwrap();
    assert_eq!(said(&test, "record-seen", shilan).await, (NOT_SAID.into(), Value::Null, Value::Null));
    office.perform_once(&clerk, find(&reasons::kept("letter"))).await.unwrap();
    assert_eq!(said(&test, "record-listed", shilan).await.0, "counter/letter");

    // Whoever is in hand is why, with what they came for.
    office.perform_once(&clerk, SitDown { counter: test.counter, lines: Default::default() }).await.unwrap();
    let ticket = office.perform_once(&clerk, test.ticket("A")).await.unwrap();
    office.perform_once(&clerk, CallNext {}).await.unwrap();
    for why in [BY_TICKET, "", "counter"] {
        office.perform_once(&clerk, see(why)).await.unwrap();
        let (rule, number, wanted) = said(&test, "record-seen", shilan).await;
        assert_eq!((rule.as_str(), number.as_str()), (BY_TICKET, Some(ticket.number.as_str())));
        assert!(wanted.as_str().is_some_and(|wanted| !wanted.is_empty()), "{wanted}");
    }
    office.perform_once(&clerk, find(BY_TICKET)).await.unwrap();
    assert_eq!(said(&test, "record-listed", shilan).await.0, BY_TICKET);
    // Words that somebody wrote stay their words.
    office.perform_once(&clerk, see("Court 3/2026")).await.unwrap();
    assert_eq!(said(&test, "record-seen", shilan).await, ("Court 3/2026".into(), Value::Null, Value::Null));
}
crate::on_both_engines!(a_look_says_for_which_visit_it_was, super::looked_at);
