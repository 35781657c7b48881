//! Two days of a busy centre with everything that goes wrong in them: everybody at once,
//! double clicks and repeats, people who leave as they are called, a setup that changes, a
//! clock that is put back and forth, a clerk who is still at work at midnight, and people
//! who come back in the morning. Whatever happens, each person is in one place, and a
//! program that shares no code with us decides both days again from what is published.
//!
//! `DIWAN_DAY_PEOPLE=3000 cargo nextest run --release --workspace -E 'test(whole_day)'`

use crate::visit::{Visit, app};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use diwan_domain::ids::{CounterId, TicketId};
use diwan_domain::people::Role;
use diwan_domain::queue::{JumpReason, Need, Setup, State, Step};
use diwan_office::queue::{
    self, AskToLetIn, CallNext, LeaveTicket, LetIn, MoveTicket, PublishSetup, SitDown, StandUp, TakeTicket,
    Taken, TransferTicket,
};
use diwan_office::{Stop, Who};
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;
use futures_util::future::join_all;
use http_body_util::BodyExt;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::Mutex;
use tower::ServiceExt;

const COUNTERS: usize = 8;
const FIRST_DAY: &str = "2026-11-22";
const SECOND_DAY: &str = "2026-11-23";
const NEEDS: [Need; 5] = [Need::Wheelchair, Need::CannotWait, Need::Child, Need::Fetched, Need::SignLanguage];

/// Chance that is the same in every run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % most as u64).unwrap()
    }
}

fn setup(need_of: usize) -> String {
    let names = "{ ckb = \"x\", ar = \"x\", kmr = \"x\", en = \"x\" }";
    let mut text = format!(
        "[order]\nbasis = \"Order 7 of 2026\"\nneed-at-most = 1\nneed-of = {need_of}\n\n\
         [[hall]]\nkey = \"main\"\nnames = {names}\n"
    );
    for letter in ["A", "B", "C"] {
        text +=
            &format!("\n[[line]]\nletter = \"{letter}\"\nhall = \"main\"\nnames = {names}\nminutes = 5\n");
    }
    for n in 1..=COUNTERS {
        let lines = match n % 3 {
            0 => r#"["A", "B", "C"]"#,
            1 => r#"["A", "B"]"#,
            _ => r#"["C", "A"]"#,
        };
        let abilities = match n {
            2 => r#"["wheelchair", "sign-language"]"#,
            5 => r#"["wheelchair"]"#,
            _ => "[]",
        };
        text += &format!(
            "\n[[counter]]\nlabel = \"A{n}\"\nhall = \"main\"\nlines = {lines}\nabilities = {abilities}\n"
        );
    }
    text
}

/// What somebody does, all at the same moment as the others of their batch.
#[derive(Clone, Debug)]
enum Deed {
    Take { line: &'static str, needs: Vec<Need>, again: Option<String> },
    Call,
    Move(TicketId, Step),
    Transfer(TicketId, &'static str),
    Leave(String),
    Ask(TicketId),
    LetIn(TicketId),
    Away,
    Back(CounterId),
    Publish { text: String, seen: String },
}

struct Centre {
    test: TestOffice,
    clerks: Vec<Who>,
    counters: Vec<CounterId>,
    manager: Who,
    setup: Mutex<String>,
    taken: Mutex<Vec<Taken>>,
    /// What was refused, by its code.
    refused: Mutex<BTreeMap<&'static str, usize>>,
}

impl Centre {
    async fn open(engine: Engine) -> Self {
        let test = TestOffice::on(engine).await;
        let text = setup(3);
        let publish = PublishSetup { centre: test.centre, text: text.clone(), seen: None };
        test.office.perform_once(&Who::system("test"), publish).await.unwrap();
        let mut clerks = Vec::new();
        for n in 0..COUNTERS {
            clerks.push(test.officer(&format!("clerk-{n}"), Role::CounterOfficer, None).await);
        }
        let manager = test.officer("manager", Role::CentreManager, None).await;
        let rows = {
            let mut reading = test.office.db.reading().await.unwrap();
            diwan_office::administration::counters_of(&mut reading.tx(), test.centre).await.unwrap()
        };
        let counter = |n: usize| rows.iter().find(|row| row.label == format!("A{}", n + 1)).unwrap().id;
        let counters = (0..COUNTERS).map(counter).collect();
        let (taken, refused) = Default::default();
        Self { test, clerks, counters, manager, setup: Mutex::new(text), taken, refused }
    }

    /// Everybody at their counter.
    async fn sit(&self) {
        for (clerk, counter) in self.clerks.iter().zip(&self.counters) {
            let sit = SitDown { counter: *counter, lines: BTreeSet::default() };
            self.test.office.perform_once(clerk, sit).await.unwrap();
        }
    }

    async fn tried(&self, who: &Who, key: &str, deed: &Deed) -> Result<String, Stop> {
        let office = &self.test.office;
        match deed.clone() {
            Deed::Take { line, needs, again } => {
                let take = TakeTicket { needs, again, ..self.test.ticket(line) };
                let taken = office.perform(who, key, take).await?;
                let said = format!("{taken:?}");
                let mut all = self.taken.lock().unwrap();
                if !all.iter().any(|known| known.ticket == taken.ticket) {
                    all.push(taken);
                }
                Ok(said)
            }
            Deed::Call => Ok(office.perform(who, key, CallNext {}).await?.to_string()),
            Deed::Move(ticket, step) => {
                Ok(format!("{:?}", office.perform(who, key, MoveTicket { ticket, step }).await?))
            }
            Deed::Transfer(ticket, line) => {
                let transfer = TransferTicket { ticket, line: line.into() };
                Ok(format!("{:?}", office.perform(who, key, transfer).await?))
            }
            Deed::Leave(code) => office.perform(&Who::system("door"), key, LeaveTicket { code }).await,
            Deed::Ask(ticket) => {
                let ask = AskToLetIn { ticket, reason: JumpReason::Illness };
                Ok(format!("{:?}", office.perform(who, key, ask).await?))
            }
            Deed::LetIn(ticket) => {
                Ok(format!("{:?}", office.perform(&self.manager, key, LetIn { ticket }).await?))
            }
            Deed::Away => Ok(format!("{:?}", office.perform(who, key, StandUp { officer: None }).await?)),
            Deed::Back(counter) => {
                let sit = SitDown { counter, lines: BTreeSet::default() };
                Ok(office.perform(who, key, sit).await?.to_string())
            }
            Deed::Publish { text, seen } => {
                let publish = PublishSetup { centre: self.test.centre, text: text.clone(), seen: Some(seen) };
                let said = office.perform(&self.manager, key, publish).await?;
                *self.setup.lock().unwrap() = text;
                Ok(format!("{said:?}"))
            }
        }
    }

    /// Does something, and one time in four twice with the same key, as a program does whose
    /// answer was lost: both are told the same.
    async fn does(&self, who: &Who, deed: &Deed, twice: bool) {
        let key = uuid::Uuid::now_v7().to_string();
        let outcome = if twice {
            let (one, two) = tokio::join!(self.tried(who, &key, deed), self.tried(who, &key, deed));
            match (one, two) {
                (Ok(one), Ok(two)) => {
                    assert_eq!(one, two, "a repeat is told something else: {deed:?}");
                    Ok(one)
                }
                (Err(one), Err(_)) => Err(one),
                // Refused before the other was done, and done after: never both at once.
                (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(one),
            }
        } else {
            self.tried(who, &key, deed).await
        };
        match outcome {
            Ok(_) => {}
            Err(Stop::Fault(fault)) => panic!("{deed:?} failed: {fault}"),
            Err(stop) => *self.refused.lock().unwrap().entry(stop.code()).or_default() += 1,
        }
    }

    async fn tickets(&self, day: &str) -> Vec<diwan_office::rows::TicketRow> {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let day = diwan_store::queue::day(&mut tx, self.test.centre, day).await.unwrap();
        match day {
            Some(day) => diwan_store::queue::of_day(&mut tx, day.id).await.unwrap(),
            None => Vec::new(),
        }
    }

    /// Each person is in one place, and each counter and clerk has one person.
    async fn nobody_is_in_two_places(&self, day: &str) {
        let tickets = self.tickets(day).await;
        let numbers: BTreeSet<_> = tickets.iter().map(|ticket| &ticket.number).collect();
        assert_eq!(numbers.len(), tickets.len(), "a number was given twice");
        let (mut counters, mut officers) = (BTreeSet::new(), BTreeSet::new());
        for ticket in &tickets {
            let in_hand = State::from_code(&ticket.state).unwrap().is_in_hand();
            assert_eq!(in_hand, ticket.counter_id.is_some(), "{} is {}", ticket.number, ticket.state);
            if in_hand {
                assert!(counters.insert(ticket.counter_id), "two at one counter");
                assert!(officers.insert(ticket.officer_id), "one clerk has two");
            }
        }
    }

    /// What happens at one moment: people come and go, clerks press their buttons.
    async fn moment(&self, chance: &mut Chance, day: &str, arrivals: usize, steady: bool) {
        let tickets = self.tickets(day).await;
        let codes: BTreeMap<TicketId, String> =
            self.taken.lock().unwrap().iter().map(|taken| (taken.ticket, taken.code.clone())).collect();
        let in_state = |state: State| -> Vec<TicketId> {
            tickets.iter().filter(|ticket| ticket.state == state.code()).map(|ticket| ticket.id).collect()
        };
        let any = |chance: &mut Chance, of: &[TicketId]| (!of.is_empty()).then(|| of[chance.below(of.len())]);
        let mut deeds: Vec<(usize, Deed)> = Vec::new();
        for _ in 0..arrivals {
            let needs =
                if chance.below(6) == 0 { vec![NEEDS[chance.below(NEEDS.len())]] } else { Vec::new() };
            let line = ["A", "A", "B", "C"][chance.below(4)];
            deeds.push((chance.below(COUNTERS), Deed::Take { line, needs, again: None }));
        }
        for (n, clerk) in self.clerks.iter().enumerate() {
            let officer = match clerk.actor {
                diwan_domain::acts::Actor::Officer(officer) => officer,
                _ => unreachable!("clerks are officers"),
            };
            let own = tickets.iter().find(|one| one.officer_id == Some(officer) && one.counter_id.is_some());
            let Some(own) = own else {
                deeds.push((n, Deed::Call));
                continue;
            };
            let serving = own.state == State::Serving.code();
            deeds.push((
                n,
                match (serving, chance.below(if steady { 2 } else { 20 })) {
                    (true, 0..=13) => Deed::Move(own.id, Step::Finish),
                    (false, 0..=11) => Deed::Move(own.id, Step::Begin),
                    (_, 14) => Deed::Move(own.id, Step::Park),
                    (_, 15) => Deed::Transfer(own.id, ["A", "B", "C"][chance.below(3)]),
                    (false, 16) => Deed::Move(own.id, Step::Recall),
                    (false, _) => Deed::Move(own.id, Step::Miss),
                    // Still talking.
                    (true, _) => Deed::Call,
                },
            ));
            // A double click, or a colleague who meddles.
            if chance.below(8) == 0 {
                let other = if chance.below(2) == 0 { n } else { chance.below(COUNTERS) };
                deeds.push((other, Deed::Move(own.id, Step::Finish)));
            }
            // The person goes away in the same moment.
            if !steady && chance.below(25) == 0 {
                deeds.push((n, Deed::Leave(codes[&own.id].clone())));
            }
        }
        if !steady {
            let waiting = in_state(State::Waiting);
            for (state, step) in [(State::Missed, Step::Revive), (State::Parked, Step::Return)] {
                if let Some(ticket) = any(chance, &in_state(state)) {
                    deeds.push((chance.below(COUNTERS), Deed::Move(ticket, step)));
                }
            }
            if let Some(ticket) = any(chance, &waiting).filter(|_| chance.below(10) == 0) {
                deeds.push((chance.below(COUNTERS), Deed::Leave(codes[&ticket].clone())));
            }
            if let Some(ticket) = any(chance, &waiting).filter(|_| chance.below(30) == 0) {
                deeds.push((0, Deed::Ask(ticket)));
            }
            if let Some(asked) = tickets.iter().find(|one| one.asked_by.is_some() && one.let_in_by.is_none())
            {
                deeds.push((0, Deed::LetIn(asked.id)));
            }
            if chance.below(30) == 0 {
                let n = chance.below(COUNTERS);
                deeds.push((n, Deed::Away));
                deeds.push((n, Deed::Back(self.counters[chance.below(COUNTERS)])));
            }
            if chance.below(120) == 0 {
                let standing = self.setup.lock().unwrap().clone();
                let text = setup(3 + chance.below(4));
                deeds.push((0, Deed::Publish { text, seen: Setup::hash(&standing) }));
            }
        }
        let doing = deeds.iter().map(|(n, deed)| {
            let twice = chance.below(4) == 0;
            self.does(&self.clerks[*n], deed, twice)
        });
        join_all(doing.collect::<Vec<_>>()).await;
        // Whoever stood up and found no counter sits down somewhere again.
        for (clerk, counter) in self.clerks.iter().zip(&self.counters) {
            let sit = SitDown { counter: *counter, lines: BTreeSet::default() };
            match self.test.office.perform_once(clerk, sit).await {
                Ok(_) | Err(Stop::Refused(_)) => {}
                Err(stop) => panic!("{stop}"),
            }
        }
        self.nobody_is_in_two_places(day).await;
    }

    /// A day until so many people came, with a clock that is put right now and then.
    async fn day(&self, chance: &mut Chance, day: &str, people: usize) {
        let before = self.taken.lock().unwrap().len();
        let mut moment = 0;
        while self.taken.lock().unwrap().len() < before + people {
            let arrivals = chance.below(COUNTERS);
            self.moment(chance, day, arrivals, false).await;
            moment += 1;
            match moment % 40 {
                13 => self.test.pass(-4),
                27 => self.test.pass(6),
                _ if moment % 5 == 0 && moment < 600 => self.test.pass(1),
                _ => {}
            }
        }
    }

    /// The published record of a day, decided again by others.
    async fn is_decided_again(&self, day: &str) -> String {
        let router = diwan_web::router(app(&self.test));
        let path = format!("/centres/EB1/days/{day}/record.json");
        let answer = router.oneshot(Request::builder().uri(path).body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        let file = std::env::temp_dir().join(format!("whole-day-{}.json", uuid::Uuid::now_v7()));
        std::fs::write(&file, &bytes).unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/check-queue-day");
        let out = Command::new("python3").arg(script).arg(&file).output().unwrap();
        std::fs::remove_file(&file).unwrap();
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        assert_eq!(out.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&out.stderr));
        said
    }
}

async fn two_days(engine: Engine, people: usize) {
    let people = std::env::var("DIWAN_DAY_PEOPLE").map_or(people, |given| given.parse().unwrap());
    let centre = Centre::open(engine).await;
    let office = &centre.test.office;
    let mut chance = Chance(20_261_122);
    centre.sit().await;
    centre.day(&mut chance, FIRST_DAY, people).await;

    // Midnight: one clerk is still at work; whoever waits is not wiped away, and is told.
    let first = |state: State, tickets: &[diwan_office::rows::TicketRow]| {
        tickets.iter().find(|ticket| ticket.state == state.code()).map(|ticket| ticket.id)
    };
    while first(State::Serving, &centre.tickets(FIRST_DAY).await).is_none() {
        centre.moment(&mut chance, FIRST_DAY, 2, true).await;
    }
    let minutes = {
        let local = office.now() + 180 * 60_000_000;
        1_440 - local.rem_euclid(86_400_000_000) / 60_000_000
    };
    centre.test.pass(minutes + 20);
    assert_eq!(queue::close_past_days(office).await.unwrap(), 0, "somebody is still at a counter");
    let late = centre.tickets(FIRST_DAY).await;
    for ticket in late.iter().filter(|ticket| State::from_code(&ticket.state).unwrap().is_in_hand()) {
        let n = centre.clerks.iter().position(|clerk| {
            matches!(clerk.actor, diwan_domain::acts::Actor::Officer(own) if Some(own) == ticket.officer_id)
        });
        let who = &centre.clerks[n.unwrap()];
        if ticket.state == State::Called.code() {
            office.perform_once(who, MoveTicket { ticket: ticket.id, step: Step::Begin }).await.unwrap();
        }
        office.perform_once(who, MoveTicket { ticket: ticket.id, step: Step::Finish }).await.unwrap();
    }
    assert!(queue::leave_counters(office).await.unwrap() > 0);
    assert_eq!(queue::close_past_days(office).await.unwrap(), 1);
    let tickets = centre.tickets(FIRST_DAY).await;
    let unserved: Vec<TicketId> = tickets
        .iter()
        .filter(|ticket| ticket.state == State::Unserved.code())
        .map(|ticket| ticket.id)
        .collect();
    assert!(tickets.iter().all(|ticket| State::from_code(&ticket.state).unwrap().is_over()));
    assert!(!unserved.is_empty(), "a day without anybody left over tries nothing");

    // In the morning they come back, two at a time with the same ticket, and are first.
    centre.test.pass(9 * 60);
    let codes: Vec<String> = {
        let taken = centre.taken.lock().unwrap();
        unserved
            .iter()
            .take(6)
            .map(|id| taken.iter().find(|one| one.ticket == *id).unwrap().code.clone())
            .collect()
    };
    let again = |code: &String| Deed::Take { line: "A", needs: Vec::new(), again: Some(code.clone()) };
    let deeds: Vec<Deed> = codes.iter().chain(&codes).map(again).collect();
    join_all(deeds.iter().map(|deed| centre.does(&centre.clerks[0], deed, false))).await;
    assert_eq!(centre.tickets(SECOND_DAY).await.len(), codes.len(), "each comes back once");
    centre.sit().await;
    centre.day(&mut chance, SECOND_DAY, people / 4).await;
    centre.test.pass(24 * 60);
    for _ in 0..4 {
        centre.moment(&mut chance, SECOND_DAY, 0, true).await;
    }
    let mut evenings = 0;
    while queue::close_past_days(office).await.unwrap() == 0 {
        evenings += 1;
        assert!(evenings < 20, "the second day does not end");
        centre.moment(&mut chance, SECOND_DAY, 0, true).await;
    }

    for day in [FIRST_DAY, SECOND_DAY] {
        let said = centre.is_decided_again(day).await;
        let count = centre.tickets(day).await.len();
        assert!(said.contains(&format!("{count} tickets")), "{said}");
    }
    let told = centre.taken.lock().unwrap().len();
    let kept = centre.tickets(FIRST_DAY).await.len() + centre.tickets(SECOND_DAY).await.len();
    assert_eq!(told, kept, "every ticket that was given is there, and no other");
    let refused = centre.refused.lock().unwrap().clone();
    // The races did happen: whoever came second was told so.
    for code in ["queue/step-impossible", "queue/still-serving"] {
        assert!(refused.contains_key(code), "{refused:?}");
    }
    let report = diwan_store::verify::journal(&office.db, None).await.unwrap();
    assert_eq!(report.findings, [], "every row is explained by an entry");
    // And people can read of it.
    let mut walker = Visit::of(&centre.test);
    walker.get(&format!("/en/centres/EB1/days/{FIRST_DAY}")).await.says("by the published rule");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_days_with_everything_that_goes_wrong_embedded() {
    two_days(Engine::Sqlite, 1_200).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_days_with_everything_that_goes_wrong_server() {
    two_days(Engine::Postgres, 120).await;
}
