//! Files in a bucket, against a store that checks every signature.

use crate::installation::Installation;
use diwan_demo::simulators::{S3Account, S3Store, s3_router};
use diwan_documents::keys::KeyFolder;
use diwan_documents::pades::inspect;
use diwan_documents::signer::Signer;
use diwan_store::dialect::Engine;
use diwan_store::files::{BucketSettings, Files};

fn account() -> S3Account {
    S3Account {
        access_key: "DIWANKEY".into(),
        secret_key: "s3cr3t/with+signs".into(),
        region: "me-central-1".into(),
        bucket: "papers".into(),
    }
}

/// Starts a store; gives it and its address.
async fn store() -> (S3Store, String) {
    let store = S3Store::new(account());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = s3_router(store.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (store, address)
}

fn settings(address: &str) -> BucketSettings {
    let S3Account { access_key, secret_key, region, bucket } = account();
    BucketSettings {
        endpoint: address.into(),
        region,
        bucket,
        prefix: "diwan".into(),
        access_key,
        secret_key,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_keeps_files_by_their_hash() {
    let (store, address) = store().await;
    let files = Files::bucket(settings(&address)).unwrap();
    files.look().await.unwrap();
    let mut hashes = Vec::new();
    for n in 0..5 {
        hashes.push(files.put(format!("paper {n}").into_bytes()).await.unwrap());
    }
    assert_eq!(files.put(b"paper 0".to_vec()).await.unwrap(), hashes[0], "kept twice is kept once");
    assert_eq!(files.get(&hashes[3]).await.unwrap().unwrap(), b"paper 3");
    assert_eq!(files.get(&"0".repeat(64)).await.unwrap(), None);
    hashes.sort();
    assert_eq!(files.list().await.unwrap(), hashes, "page after page");
    let name = format!("diwan/{}/{}", &hashes[1][..2], hashes[1]);
    assert!(store.names().contains(&name));

    files.remove(&hashes[4]).await.unwrap();
    files.remove(&hashes[4]).await.unwrap();
    assert_eq!(files.get(&hashes[4]).await.unwrap(), None);

    store.be_in_trouble(2);
    assert!(files.get(&hashes[0]).await.unwrap().is_some(), "a store in trouble is asked again");
    store.spoil(&name);
    assert!(files.get(&hashes[1]).await.unwrap_err().to_string().contains("altered"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_key_or_bucket_is_said_and_nothing_is_kept() {
    let (store, address) = store().await;
    let tries = [
        (BucketSettings { secret_key: "guessed".into(), ..settings(&address) }, "SignatureDoesNotMatch"),
        (BucketSettings { access_key: "OTHER".into(), ..settings(&address) }, "InvalidAccessKeyId"),
        (BucketSettings { region: "eu-west-1".into(), ..settings(&address) }, "AuthorizationHeaderMalformed"),
        (BucketSettings { bucket: "other".into(), ..settings(&address) }, "NoSuchBucket"),
    ];
    for (wrong, code) in tries {
        let files = Files::bucket(wrong).unwrap();
        let said = files.put(b"x".to_vec()).await.unwrap_err().to_string();
        assert!(said.contains(code), "{said}");
        assert!(files.look().await.is_err());
    }
    let missing = Files::bucket(BucketSettings { bucket: "other".into(), ..settings(&address) }).unwrap();
    assert!(
        missing.get(&"0".repeat(64)).await.is_err(),
        "a bucket that is not there is no file that is not there"
    );
    assert!(store.names().is_empty());
}

async fn an_office_in_a_bucket(engine: Engine) {
    let (store, address) = store().await;
    let more = format!(
        "files = \"s3://papers/diwan\"\n[s3]\nendpoint = \"{address}\"\nregion = \"me-central-1\"\n\
         access-key = \"DIWANKEY\"\nsecret-key = \"s3cr3t/with+signs\""
    );
    let (place, paper) = Installation::with_certificate(engine, &more).await;
    assert!(!place.path("files").join(&paper.file_hash[..2]).exists(), "nothing is kept on the disk");
    place.run(&["doctor"], &[]).ok();
    let backup = place.path("backup");
    place.run(&["backup"], &[backup.to_str().unwrap()]).ok();
    let held = store.names();
    // Back into a folder: the bucket is gone.
    let here = place.elsewhere("").await;
    here.run(&["restore"], &[backup.to_str().unwrap()]).ok();
    let pdf = Files::at(&here.path("files")).get(&paper.file_hash).await.unwrap().unwrap();
    let signer = KeyFolder::at(here.path("keys/seal")).current().unwrap();
    inspect(&pdf, &[signer.certificate_chain().last().unwrap().clone()]).unwrap();
    // And into a bucket again.
    let (fresh, address) = self::store().await;
    let more = more.replace(place_of(&more), &address);
    let there = place.elsewhere(&more).await;
    there.run(&["restore"], &[backup.to_str().unwrap()]).ok();
    assert_eq!(fresh.names(), held);
    let serving = there.serve().await;
    assert_eq!(there.verdict(&paper.code).await, "200 This document is genuine");
    serving.stop();
}
crate::on_both_engines!(an_office_keeps_its_papers_in_a_bucket, super::an_office_in_a_bucket);

fn place_of(more: &str) -> &str {
    more.split("endpoint = \"").nth(1).unwrap().split('"').next().unwrap()
}
