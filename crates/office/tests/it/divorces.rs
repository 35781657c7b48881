//! How far a divorce has come: from a notice of one that was pronounced outside court to
//! the day on which it is final.

use crate::declarations::refused;
use crate::family::{Life, Said, said};
use diwan_domain::civil::unions::DivorceState;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::PersonId;
use diwan_office::civil::{Declare, RegisterEvent, Registered, TakeNotice, Taken, content_of};
use diwan_store::{civil, declarations};
use diwan_testkit::TestOffice;

const A_DAY: i64 = 24 * 60;
const A_YEAR: i64 = 365 * A_DAY;

impl Life {
    /// Two who married a year ago.
    async fn married(&self) -> [PersonId; 2] {
        let azad = self.born("ئازاد", "male", None, &[]).await;
        let shilan = self.born("شیلان", "female", None, &[]).await;
        self.bureau.test.pass(25 * A_YEAR);
        self.couple(EventKind::Marriage, azad, shilan, &[]).await;
        self.bureau.test.pass(A_YEAR);
        [azad, shilan]
    }

    /// What the event of an entry holds: its day, its state, and the judgment's day.
    async fn state_of(&self, registered: &Registered) -> (Option<String>, String, String) {
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        let event = civil::event(&mut reading.tx(), registered.event).await.unwrap().unwrap();
        let told = |name: &str| event.details.0[name].as_str().unwrap_or_default().to_owned();
        (event.happened_on.clone(), told("state"), told("judgment-date"))
    }

    async fn told(&self, taken: &Taken) -> Option<DivorceState> {
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        let row = declarations::declaration(&mut reading.tx(), taken.id).await.unwrap().unwrap();
        DivorceState::told(&content_of(&row).unwrap())
    }

    /// The two declare something of this kind, of today.
    async fn both_declare(&self, kind: EventKind, husband: PersonId, wife: PersonId) -> Taken {
        let today = self.today();
        let mut fields = said(&[
            ("happened-on", &today),
            ("husband.given", "ئازاد"),
            ("wife.given", "شیلان"),
            ("declarant.as", "court"),
        ]);
        fields.push(("husband.person".to_owned(), husband.to_string()));
        fields.push(("wife.person".to_owned(), wife.to_string()));
        fields.extend(match kind {
            EventKind::Marriage => said(&[("contract-court", "هەولێر"), ("contract-number", "31")]),
            _ => said(&[("court", "هەولێر"), ("judgment", "32"), ("judgment-date", &today)]),
        });
        self.declares(kind, fields).await.unwrap()
    }

    async fn stand_both(&self, [one, other]: [PersonId; 2]) -> [String; 2] {
        [self.stand(one).await, self.stand(other).await]
    }
}

fn pronounced(on: &str, [husband, wife]: [PersonId; 2], more: &[(&str, &str)]) -> Content {
    let mut fields: Said = said(&[
        ("happened-on", on),
        ("pronounced-outside-court", "yes"),
        ("husband.given", "ئازاد"),
        ("wife.given", "شیلان"),
    ]);
    fields.push(("husband.person".to_owned(), husband.to_string()));
    fields.push(("wife.person".to_owned(), wife.to_string()));
    fields.extend(said(more));
    fields.into_iter().collect()
}

async fn pending(test: TestOffice) {
    let life = Life::begin(test).await;
    let two = life.married().await;
    let (office, spoken_on) = (&life.bureau.test.office, life.today());
    let content = pronounced(&spoken_on, two, &[]);
    let notice = TakeNotice { kind: EventKind::Divorce, content, office: None };
    let noticed = office.perform_once(&life.clerk, notice).await.unwrap();
    assert_eq!(life.told(&noticed).await, Some(DivorceState::Pending));
    assert_eq!(life.stand_both(two).await, ["married", "married"], "it binds nobody");
    let register = RegisterEvent { declaration: noticed.id, seen: noticed.version, settles: None };
    let stop = refused(office.perform_once(&life.supervisor, register).await.unwrap_err());
    assert_eq!(stop.0, "register/wrong-state", "nothing of it is registered");

    // Without a judgment it is no declaration; with one it is, of the day that was spoken.
    life.bureau.test.pass(20 * A_DAY);
    let (judged_on, until) = (life.today(), life.bureau.test.office.today());
    let until = until.checked_add(jiff::Span::new().days(70)).unwrap().to_string();
    let kind = [("divorce-kind", "revocable"), ("waiting-until", &until), ("declarant.as", "spouse")];
    let of = Some((noticed.id, noticed.version));
    let content = pronounced(&spoken_on, two, &kind);
    let act = Declare { of, kind: EventKind::Divorce, content, office: None };
    let stop = refused(office.perform_once(&life.clerk, act).await.unwrap_err());
    assert_eq!(stop.0, "register/fields-wrong");
    assert!(stop.1.contains("judgment: answer/missing"), "{}", stop.1);
    let mut content = pronounced(&spoken_on, two, &kind);
    for (field, value) in [("court", "هەولێر"), ("judgment", "7/2052"), ("judgment-date", &judged_on)] {
        content.set(field, value);
    }
    let act = Declare { of, kind: EventKind::Divorce, content, office: None };
    let taken = office.perform_once(&life.clerk, act).await.unwrap();
    assert_eq!(life.told(&taken).await, Some(DivorceState::Revocable));
    let registered = life.registers(&life.supervisor, &taken).await.unwrap();
    assert_eq!(life.state_of(&registered).await, (Some(spoken_on), "revocable".into(), judged_on));
    assert_eq!(life.stand_both(two).await, ["waiting", "waiting"]);
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_divorce_pronounced_outside_court_binds_nobody_until_judgment, super::pending);

async fn waiting(test: TestOffice) {
    let life = Life::begin(test).await;
    let omar = life.born("عومەر", "male", None, &[]).await;
    let hana = life.born("هانا", "female", None, &[]).await;
    let two = life.married().await;
    let [azad, shilan] = two;
    let last = life.bureau.test.office.today().checked_add(jiff::Span::new().days(90)).unwrap();
    let registered = life.couple(EventKind::Divorce, azad, shilan, &[("divorce-kind", "irrevocable")]).await;
    assert_eq!(life.state_of(&registered).await.1, "waiting");
    let said = life.bureau.content(registered.entry).await;
    assert_eq!(said.get("waiting-until"), Some(last.to_string().as_str()), "three months, by the rules");

    life.bureau.test.pass(10 * A_DAY);
    assert_eq!(life.stand_both(two).await, ["waiting", "waiting"]);
    // She marries nobody else, he may; and the two may marry each other anew.
    let hers = life.both_declare(EventKind::Marriage, omar, shilan).await.doubts;
    assert!(hers.contains(&"marriage-stands".to_owned()), "{hers:?}");
    for (husband, wife) in [(azad, hana), (azad, shilan)] {
        let doubts = life.both_declare(EventKind::Marriage, husband, wife).await.doubts;
        assert!(!doubts.contains(&"marriage-stands".to_owned()), "{doubts:?}");
    }
    // Nothing is taken back, also where a supervisor lets it be registered.
    let taken = life.both_declare(EventKind::Reconciliation, azad, shilan).await;
    assert_eq!(taken.doubts, ["no-marriage"]);
    life.registers(&life.supervisor, &taken).await.unwrap();
    assert_eq!(life.stand_both(two).await, ["waiting", "waiting"]);

    life.bureau.test.pass(80 * A_DAY);
    assert_eq!((life.bureau.test.office.today(), life.stand(shilan).await), (last, "waiting".to_owned()));
    life.bureau.test.pass(A_DAY);
    assert_eq!(life.stand_both(two).await, ["divorced", "divorced"], "final on its day");
    let hers = life.both_declare(EventKind::Marriage, omar, shilan).await.doubts;
    assert!(!hers.contains(&"marriage-stands".to_owned()), "{hers:?}");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(an_irrevocable_divorce_waits_without_a_way_back, super::waiting);

async fn at_once(test: TestOffice) {
    let life = Life::begin(test).await;
    let two = life.married().await;
    let kind = [("divorce-kind", "separation"), ("no-waiting", "yes")];
    let registered = life.couple(EventKind::Divorce, two[0], two[1], &kind).await;
    assert_eq!(life.state_of(&registered).await.1, "final");
    assert_eq!(life.stand_both(two).await, ["divorced", "divorced"]);
}
crate::on_both_engines!(a_divorce_without_a_waiting_period_is_final_at_once, super::at_once);
