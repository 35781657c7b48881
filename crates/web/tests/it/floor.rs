//! The floor of a centre as its people see it: a silent call for help, a message to
//! everyone waiting, counters seated by the manager, the rest of the day, the display's
//! voice, and a ticket that proves itself.

use crate::visit::{Visit, app, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_domain::queue::signed::SignedTicket;
use diwan_office::queue;
use diwan_testkit::TestOffice;
use diwan_web::sound::Sound;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_call_stands_on_every_page_of_the_manager_and_on_no_other() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut manager = officer(&test, "manager", Role::CentreManager).await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let mut other = officer(&test, "colleague", Role::CounterOfficer).await;
    clerk.get("/en/desk/queue").await.says("accesskey=\"h\"").is_silent_on("Noted");
    let counter = test.counter.to_string();
    clerk.post("/en/desk/queue/do/sit", &[("counter", &counter)]).await;
    let pressed = clerk.post("/en/desk/queue/do/help", &[]).await;
    pressed.says("Noted").is_silent_on("Emergency").is_silent_on("asks for help");
    // Pressed again in fear it is no error.
    assert_eq!(clerk.post("/en/desk/queue/do/help", &[]).await.status, StatusCode::OK);
    other.get("/en/desk/queue").await.is_silent_on("Emergency").is_silent_on("Noted");
    for public in ["/en/centres/EB1", "/en/halls/EB1/main"] {
        Visit::of(&test).get(public).await.is_silent_on("Emergency");
    }

    for page in ["/en/desk/tokens", "/en/desk/centres", "/en/desk/hall"] {
        manager.get(page).await.says("Emergency: counter A1 (clerk), since");
    }
    manager.get("/en/desk/live").await.says("Emergency: counter A1 (clerk), since");
    let hall = manager.get("/en/desk/hall").await;
    let take = hall.link("/en/desk/hall/help/");
    assert!(take.ends_with("/take"), "{take}");
    manager.post(&take, &[]).await.says("manager is coming").is_silent_on("I am coming");
    clerk.get("/en/desk/queue").await.says("Noted, and seen");
    let end = take.replace("/take", "/end");
    let unsaid = manager.post(&end, &[]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    unsaid.says("Choose what became of it");
    manager.post(&end, &[("outcome", "calmed")]).await.is_silent_on("Emergency");
    clerk.get("/en/desk/queue").await.is_silent_on("Noted");
    let late = manager.post(&end, &[("outcome", "calmed")]).await;
    assert_ne!(late.status, StatusCode::OK, "what is over is not ended again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everyone_waiting_is_told_on_displays_and_pages_until_it_is_taken_back() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut manager = officer(&test, "manager", Role::CentreManager).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let of_a = test.office.perform_once(&clerk, test.ticket("A")).await.unwrap().code;
    let of_b = test.office.perform_once(&clerk, test.ticket("B")).await.unwrap().code;
    manager.get("/en/desk/hall").await.says("Tell everyone waiting");
    let blank = manager.post("/en/desk/hall/tell", &[("minutes", "20")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    blank.says("Choose what to tell them").says("value=\"20\"");
    let wrong = manager.post("/en/desk/hall/tell", &[("reason", "system-late"), ("minutes", "many")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Type a number from 1 to 480").says("many");
    let told = [("reason", "system-late"), ("minutes", "٢٠"), ("line", "A")];
    manager.post("/en/desk/hall/tell", &told).await.says("Take back: The system is slow");

    let mut walker = Visit::of(&test);
    let words = "You will wait about 20 minutes longer";
    walker.get(&format!("/en/tickets/{of_a}")).await.says(words);
    walker.get(&format!("/en/tickets/{of_b}")).await.is_silent_on(words);
    walker.get("/en/centres/EB1").await.says("A Certificates: The system is slow").says(words);
    walker.get("/en/halls/EB1/main").await.says(words).says("hall.js");
    walker.get("/ckb/centres/EB1").await.says("سیستەمەکە خاوە").is_silent_on("slow");

    let hall = manager.get("/en/desk/hall").await;
    let untell = hall.link("/en/desk/hall/notices/");
    manager.post(&untell, &[]).await.is_silent_on("Take back");
    walker.get(&format!("/en/tickets/{of_a}")).await.is_silent_on(words);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_seats_an_officer_and_sees_the_rest_of_the_day() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut manager = officer(&test, "manager", Role::CentreManager).await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let hall = manager.get("/en/desk/hall").await;
    hall.says("The rest of the day")
        .says("Nobody is expected in the rest of the day")
        .is_silent_on("Counters needed");
    let reception = test.officer("reception", Role::CounterOfficer, None).await;
    test.office.perform_once(&reception, test.ticket("A")).await.unwrap();
    let hall = manager.get("/en/desk/hall").await;
    hall.says("The rest of the day")
        .says("No day like today is known yet")
        .says("<svg")
        .says("Counters needed");
    let assign = format!("/en/desk/hall/assign/{}", test.counter);
    assert!(hall.html().contains(&assign));
    let form = manager.get(&assign).await;
    form.says("Arrange counter A1").says("Questions").says("clerk");
    let html = form.html();
    let before = html.split(">clerk<").next().unwrap();
    let id = before.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let none = manager.post(&assign, &[("lines", "B")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.says("Choose who sits there");
    manager.post(&assign, &[("officer", &id), ("lines", "B")]).await.says("clerk");
    clerk.get("/en/desk/queue").await.says("Counter A1").says("Call the next");
    manager.get("/en/desk/hall").await.says("Open now: 1");
}

/// A folder with recordings of every word but one in Sorani, and a broken one in Arabic.
fn recordings() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("sound-{}", uuid::Uuid::now_v7()));
    for language in ["ckb", "ar"] {
        std::fs::create_dir_all(folder.join(language)).unwrap();
    }
    let mut manifest = "spoken-by = \"A test\"\n[clips]\n".to_owned();
    let letters = ["ticket", "counter", "a", "b"].map(str::to_owned).into_iter();
    for word in letters.chain((0..10).map(|digit| digit.to_string())) {
        manifest.push_str(&format!("{word} = \"{word}.ogg\"\n"));
        std::fs::write(folder.join("ckb").join(format!("{word}.ogg")), b"OggS sound").unwrap();
    }
    std::fs::write(folder.join("ckb/clips.toml"), manifest).unwrap();
    std::fs::write(folder.join("ar/clips.toml"), "spoken-by = \"A test\"\n[clips]\na = \"a.ogg\"\n").unwrap();
    std::fs::write(folder.join("ar/a.ogg"), b"<html>").unwrap();
    folder
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_display_speaks_with_the_recordings_that_are_there() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    Visit::of(&test).get("/en/halls/EB1/main/sound").await.says("There are no recordings in this language");
    let folder = recordings();
    let (sound, faults) = Sound::load(&folder, &["ckb".into(), "ar".into(), "en".into()]);
    let faults: Vec<_> =
        faults.iter().map(|(language, fault)| (language.as_str(), fault.word.as_str(), fault.code)).collect();
    assert_eq!(faults, [("ar", "a", "no-sound")]);
    // What `diwan sound check` says of one folder.
    let (usable, faults, missing) = diwan_web::sound::check(&folder.join("ckb"));
    assert_eq!((usable, faults.len(), missing), (14, 0, vec!["please-go-to".to_owned()]));
    let mut visit = Visit::at(app(&test).with(|given| given.sound = Arc::new(sound)));
    let page = visit.get("/en/halls/EB1/main/sound").await;
    page.says("Missing: please-go-to").says("<audio").says("/sound/ckb/ticket").is_silent_on("/sound/ar/");
    visit.get("/en/halls/EB1/main").await.says("speak.js").says("Touch here once");
    let clip = visit.send("GET", "/sound/ckb/7", String::new()).await;
    assert_eq!((clip.status, clip.bytes.as_slice()), (StatusCode::OK, &b"OggS sound"[..]));
    assert_eq!(clip.headers["content-type"], "audio/ogg");
    for absent in ["/sound/ar/a", "/sound/ckb/please-go-to", "/sound/ckb/..%2fclips.toml"] {
        let answer = visit.send("GET", absent, String::new()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{absent}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What `scripts/check-queue-day` says of a ticket: its status, and whether the signature holds.
fn checked_elsewhere(record: &[u8], ticket: &str, verifier: &str) -> (Option<i32>, bool) {
    let path = std::env::temp_dir().join(format!("ticket-day-{}.json", uuid::Uuid::now_v7()));
    std::fs::write(&path, record).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/check-queue-day");
    let out = std::process::Command::new("python3")
        .args([script, path.to_str().unwrap(), "--ticket", ticket, "--key", verifier])
        .output()
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    (out.status.code(), !said.contains("signature does not hold"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_proves_itself_and_an_altered_one_does_not() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    for _ in 0..2 {
        test.pass(1);
        test.office.perform_once(&clerk, test.ticket("A")).await.unwrap();
    }
    let taken = test.office.perform_once(&clerk, test.ticket("B")).await.unwrap();
    let mut walker = Visit::of(&test);
    let page = walker.get(&format!("/en/tickets/{}", taken.code)).await;
    let link = page.link("/en/tickets/check?signed=");
    walker
        .get(&link)
        .await
        .says("The ticket is genuine")
        .says("B001")
        .says("published when the day is closed");
    let signed = link.split("signed=").nth(1).unwrap().to_owned();
    let (ticket, signature) = SignedTicket::read(&signed).unwrap();
    assert_eq!((ticket.centre.as_str(), ticket.number.as_str(), ticket.turn), ("EB1", "B001", 3));

    // Earlier by a minute, another number, another class, another turn, another day.
    for altered in [
        SignedTicket { came_at: ticket.came_at - 60_000_000, ..ticket.clone() },
        SignedTicket { number: "B002".into(), ..ticket.clone() },
        SignedTicket { class: diwan_domain::queue::Class::Need, ..ticket.clone() },
        SignedTicket { turn: 1, ..ticket.clone() },
        SignedTicket { day: "2026-11-23".into(), ..ticket.clone() },
    ] {
        let page = walker.get(&format!("/en/tickets/check?signed={}", altered.written(&signature))).await;
        page.says("This is not a ticket of this office, or it was altered").is_silent_on("is genuine</h2>");
    }
    walker.get("/en/tickets/check?signed=rubbish").await.says("or it was altered");
    walker.get("/en/tickets/check").await.is_silent_on("or it was altered").says("What stands after the #");

    // Once the day is closed its public record confirms time and turn.
    test.pass(24 * 60);
    assert_eq!(queue::close_past_days(&test.office).await.unwrap(), 1);
    walker.get(&link).await.says("The public record of that day says the same");
    let record = walker.send("GET", "/centres/EB1/days/2026-11-22/record.json", String::new()).await;
    let said = checked_elsewhere(&record.bytes, &signed, &test.office.log_key.verifier);
    assert_eq!(said, (Some(0), true), "a program that shares no code with us says the same");
    let earlier = SignedTicket { came_at: ticket.came_at - 1, ..ticket.clone() }.written(&signature);
    let said = checked_elsewhere(&record.bytes, &earlier, &test.office.log_key.verifier);
    assert_eq!(said, (Some(1), false));
    // A signature of a ticket that the record does not hold, as though the key had signed a lie.
    let lie = SignedTicket { turn: 2, ..ticket };
    let lie = lie.written(&test.office.log_key.sign_text(&lie.message()).unwrap());
    walker.get(&format!("/en/tickets/check?signed={lie}")).await.says("says something else");
}
