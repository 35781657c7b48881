//! Every answer an authority may give, over the wire.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use super::of;
use crate::config::Config;
use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::post;
use diwan_demo::simulators::{Answers, TIMESTAMP_POLICY, TimestampAuthority};
use diwan_documents::authority::{Subject, Term, create_root, issue_stamping};
use diwan_documents::signer::Signer;
use diwan_office::Clock;
use diwan_office::timestamps::{StampFault, Timestamps};
use diwan_testkit::openssl::{KINDS, OpensslAuthority, USUAL_POLICY};
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;

/// A folder that goes with its test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        let name = diwan_office::secrets::base32(&diwan_office::secrets::random::<8>());
        let folder = std::env::temp_dir().join(format!("diwan-stamps-{name}"));
        std::fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/timestamps", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// The office's side, as `serve` makes it from its configuration.
fn configured(url: &str, authority: &std::path::Path, policy: &str) -> Timestamps {
    let text = format!(
        "base-url = 'http://127.0.0.1:1'\ndatabase = 'sqlite:x'\nfiles = 'f'\nkeys = 'k'\n\
         [timestamps]\nurl = '{url}'\nauthority = '{}'\npolicy = '{policy}'\n",
        authority.display()
    );
    let config: Config = toml::from_str(&text).unwrap();
    assert_eq!(config.faults(), Vec::<String>::new());
    of(&config).unwrap().unwrap()
}

/// An authority in force since an hour ago for so many hours, and the file that trusts it.
fn simulated(folder: &Folder, hours: i64) -> (TimestampAuthority, PathBuf) {
    let now = Timestamp::now();
    let term = |hours| Term {
        from: now - SignedDuration::from_hours(2),
        until: now + SignedDuration::from_hours(hours),
    };
    let root = create_root(&Subject::named("Time root"), term(9)).unwrap();
    let own = issue_stamping(&root, &Subject::named("Time authority"), term(hours)).unwrap();
    let file = folder.0.join("authority.pem");
    std::fs::write(&file, root.chain_pem().unwrap()).unwrap();
    (TimestampAuthority::new(own, Timestamp::now), file)
}

async fn asked(office: &Timestamps) -> Result<String, StampFault> {
    Ok(office.confirm(b"a signature", &Clock::system()).await?.authority)
}

#[tokio::test]
async fn an_answer_is_taken_only_when_it_holds_in_every_respect() {
    let folder = Folder::new();
    let (authority, file) = simulated(&folder, 5);
    let url = serve(authority.router()).await;
    let office = configured(&url, &file, TIMESTAMP_POLICY);
    for how in [Answers::Honestly, Answers::WithModifications] {
        authority.answers(how);
        assert_eq!(asked(&office).await.unwrap(), "Time authority", "{how:?}");
    }
    for (how, code, words) in [
        (Answers::Away, "stamp/away", "answers 503"),
        (Answers::WithAPage, "stamp/away", "answers with `text/html`, which is no timestamp"),
        (Answers::Endlessly, "stamp/away", "longer than 65536 bytes"),
        (Answers::WithRefusal, "stamp/refused", "the vault is closed; its source of time is not available"),
        (Answers::WithAnotherNonce, "stamp/wrong-nonce", "the number of our question"),
        (Answers::WithAnotherImprint, "stamp/wrong-imprint", "something else"),
        (Answers::WithABadSignature, "stamp/bad-signature", "does not hold"),
        (Answers::AnHourAhead, "stamp/clock", "one of the two is wrong"),
        (Answers::WithGarbage, "stamp/malformed", "cannot be read"),
    ] {
        authority.answers(how);
        let fault = asked(&office).await.unwrap_err();
        assert_eq!(fault.code(), code, "{how:?}: {fault}");
        assert!(fault.to_string().contains(words), "{how:?}: {fault}");
    }
    authority.answers(Answers::Honestly);
    let (_, strangers) = simulated(&Folder::new(), 5);
    assert!(!strangers.exists());
    let elsewhere = Folder::new();
    let (_, strangers) = simulated(&elsewhere, 5);
    let fault = asked(&configured(&url, &strangers, TIMESTAMP_POLICY)).await.unwrap_err();
    assert_eq!(fault.code(), "stamp/untrusted", "{fault}");
}

#[tokio::test]
async fn an_authority_whose_certificate_ended_is_not_believed() {
    let folder = Folder::new();
    let (authority, file) = simulated(&folder, -1);
    let office = configured(&serve(authority.router()).await, &file, TIMESTAMP_POLICY);
    let fault = asked(&office).await.unwrap_err();
    assert_eq!(fault.code(), "stamp/out-of-term", "{fault}");
}

#[tokio::test]
async fn nobody_there_is_said_in_words() {
    let folder = Folder::new();
    let (_, file) = simulated(&folder, 5);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let fault = asked(&configured(&format!("http://{free}/"), &file, "1.2")).await.unwrap_err();
    assert_eq!(fault.code(), "stamp/away");
    assert!(fault.to_string().contains("cannot be reached"), "{fault}");

    std::fs::write(&file, "nothing").unwrap();
    let text = format!(
        "base-url = 'x'\ndatabase = 'x'\nfiles = 'f'\nkeys = 'k'\n[timestamps]\nurl = 'x'\nauthority = '{}'\n",
        file.display()
    );
    let fault = of(&toml::from_str(&text).unwrap()).err().unwrap();
    assert!(format!("{fault:#}").contains("timestamps.authority"), "{fault:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_authority_that_is_not_ours_is_understood() {
    for kind in [KINDS[0], KINDS[3]] {
        let folder = Folder::new();
        let openssl = Arc::new(OpensslAuthority::new(&folder.0.join("openssl"), kind));
        let answering = openssl.clone();
        let reply = move |question: Bytes| async move {
            let answer = tokio::task::spawn_blocking(move || answering.reply(&question)).await.unwrap();
            ([(header::CONTENT_TYPE, "application/timestamp-reply")], answer)
        };
        let url = serve(Router::new().route("/timestamps", post(reply))).await;
        let office = configured(&url, &openssl.root(), USUAL_POLICY);
        let stamp = office.confirm(b"a signature", &Clock::system()).await.unwrap();
        assert_eq!(stamp.authority, "Openssl-timestamp-authority", "{kind:?}");
        assert!(openssl.accepts(stamp.token(), b"a signature"), "{kind:?}");

        let fault = asked(&configured(&url, &openssl.root(), "1.2.3")).await.unwrap_err();
        assert_eq!(fault.code(), "stamp/refused", "{fault}");
    }
}
