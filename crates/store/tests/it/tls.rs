//! The way to PostgreSQL is encrypted as the address asks.

use diwan_store::dialect::Engine;
use diwan_store::{Db, Fault};
use diwan_testkit::databases::{empty, keys};

const ENCRYPTED: &str =
    "SELECT CASE WHEN ssl THEN 1 ELSE 0 END AS n FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

async fn encrypted(address: &str) -> Result<bool, Fault> {
    let db = Db::open_to_read(address, keys()).await?;
    let mut reading = db.reading().await?;
    let row = reading.tx().row(ENCRYPTED, &[]).await?.unwrap();
    Ok(row.get::<i64>("n")? == 1)
}

/// The test server's authority; `scripts/with-postgres` makes it.
fn authority() -> String {
    std::env::var("DIWAN_TEST_POSTGRES_CA").expect("run under scripts/with-postgres")
}

/// An authority that certified nothing here.
fn another_authority(folder: &std::path::Path) -> String {
    let file = folder.join("other.pem");
    let done = std::process::Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=Test authority", "-keyout", "/dev/null", "-out"])
        .arg(&file)
        .output()
        .unwrap();
    assert!(done.status.success());
    file.display().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_is_trusted_as_far_as_the_address_says() {
    let (address, folder) = empty(Engine::Postgres).await;
    let named = address.replace("127.0.0.1", "localhost");
    let (ours, other) = (authority(), another_authority(&folder));

    assert!(!encrypted(&format!("{address}?sslmode=disable")).await.unwrap());
    for plain in [address.clone(), format!("{address}?sslmode=prefer"), format!("{address}?sslmode=require")]
    {
        assert!(encrypted(&plain).await.unwrap(), "{plain}");
    }
    assert!(encrypted(&format!("{named}?sslmode=verify-full&sslrootcert={ours}")).await.unwrap());
    // The certificate is for localhost: another name passes only where names are not asked.
    assert!(encrypted(&format!("{address}?sslmode=verify-ca&sslrootcert={ours}")).await.unwrap());
    let refused = encrypted(&format!("{address}?sslmode=verify-full&sslrootcert={ours}")).await.unwrap_err();
    assert!(refused.to_string().contains("not valid for"), "{refused}");
    for mode in ["require", "verify-ca", "verify-full"] {
        let refused = encrypted(&format!("{named}?sslmode={mode}&sslrootcert={other}")).await.unwrap_err();
        assert!(refused.to_string().contains("certificate"), "{mode}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_does_not_encrypt_is_refused_when_asked_to() {
    // A server that answers N to the question for encryption.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = [0; 8];
            if stream.read_exact(&mut asked).await.is_ok() {
                let _answered = stream.write_all(b"N").await;
            }
        }
    });
    let address = format!("postgres://diwan@127.0.0.1:{port}/diwan?sslmode=require");
    let refused = encrypted(&address).await.unwrap_err();
    assert!(refused.to_string().contains("TLS"), "{refused}");
}
