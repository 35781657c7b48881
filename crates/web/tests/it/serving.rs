//! The door: who says nothing is not waited for, and nobody of a crowd is dropped.

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::get;
use diwan_web::serving::{Waits, bind, serve};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How many the system lets wait.
fn allowed() -> usize {
    std::fs::read_to_string("/proc/sys/net/core/somaxconn").unwrap().trim().parse().unwrap()
}

/// How many files may be open.
fn open_files() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap_or(usize::MAX)
}

async fn answered(at: SocketAddr, sent: &str) -> String {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // Ends when the other side ends it, and not before.
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn whoever_asks_for_nothing_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let peer = |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() };
    let router = Router::new().route("/", get(peer));
    let waits = Waits { head: Duration::from_secs(1), ..Waits::default() };
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stopped = async move { drop(stopped.await) };
    let serving = tokio::spawn(serve(listener, router, waits, stopped));

    let whole = answered(at, "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n").await;
    let silent = answered(at, "").await;
    let begun = answered(at, "GET / HTTP/1.1\r\nHost: he").await;
    let kept_open = answered(at, "GET / HTTP/1.1\r\nHost: here\r\n\r\n").await;

    assert!(whole.starts_with("HTTP/1.1 200") && whole.ends_with("127.0.0.1"), "{whole}");
    for ended in [silent, begun] {
        assert!(!ended.contains(" 200"), "{ended}");
    }
    assert!(kept_open.starts_with("HTTP/1.1 200"), "{kept_open}");
    stop.send(()).unwrap();
    serving.await.unwrap();
}

#[tokio::test]
async fn a_crowd_waits_and_nobody_of_it_is_dropped() {
    let listener = bind("localhost:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let crowd = 1_500.min(allowed()).min(open_files() - 100);

    // Nobody is taken yet. Whoever is dropped gets no answer however often it tries.
    let mut open = Vec::new();
    for _ in 0..crowd {
        open.push(TcpStream::connect(at).await.unwrap());
    }
    let (_, first) = listener.accept().await.unwrap();

    assert_eq!(open[0].local_addr().unwrap(), first);
    assert_eq!(bind(at).await.unwrap_err().kind(), io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn what_does_not_end_holds_no_stop_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (begin, mut begun) = tokio::sync::mpsc::channel::<()>(1);
    let endless = move || async move {
        begin.send(()).await.unwrap();
        std::future::pending::<String>().await
    };
    let router = Router::new().route("/", get(endless));
    let waits = Waits { end: Duration::ZERO, ..Waits::default() };
    let stop = async move { begun.recv().await.unwrap() };
    let serving = tokio::spawn(serve(listener, router, waits, stop));
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n").await.unwrap();
    serving.await.unwrap();
}
