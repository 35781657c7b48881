//! The door: requests as `axum::serve` takes them, but nobody keeps a connection open
//! without asking for something.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;
use tracing::{debug, warn};

/// How long is waited for others.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// How long a connection may stand open until the head of its next request is there.
    /// Longer than proxies keep theirs (nginx: 60 seconds), so that a proxy never sends
    /// into one that ends here.
    pub head: Duration,
    /// How long what was begun may take once the program is told to stop: longer than
    /// an act may.
    pub end: Duration,
}

impl Default for Waits {
    fn default() -> Self {
        Self { head: Duration::from_secs(75), end: Duration::from_secs(25) }
    }
}

/// Serves until told to stop, and then what was begun, for as long as that may take.
pub async fn serve(listener: TcpListener, router: Router, waits: Waits, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(waits.head);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            next = accepted(&listener) => next,
            () = &mut stop => break,
        };
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(fault) = connection.await {
                debug!("a connection ended: {fault}");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(waits.end, open.shutdown()).await.is_err() {
        warn!("requests that did not end within {} seconds were broken off", waits.end.as_secs());
    }
}

/// The next connection. One that was given up meanwhile is nothing; when no more can be
/// opened, those that are there go on, and it is tried again after a second.
async fn accepted(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(next) => return next,
            Err(fault) if is_theirs(&fault) => {}
            Err(fault) => {
                warn!("no connection can be taken: {fault}");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_theirs(fault: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(fault.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

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
}
