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
use tokio::net::{TcpListener, TcpSocket, TcpStream, ToSocketAddrs, lookup_host};
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

/// How many connections may wait to be taken. When a crowd comes in one moment and no more
/// may wait, the system drops the next without a word, and whoever sent it tries again only
/// after a second or three. Linux allows as many as `net.core.somaxconn`, by default 4,096.
const WAITING: u32 = 4_096;

/// Listens at the first of an address's places that is free, with room for a crowd.
///
/// # Errors
/// When the address is unknown, or taken.
pub async fn bind(address: impl ToSocketAddrs) -> io::Result<TcpListener> {
    let mut last = None;
    for place in lookup_host(address).await? {
        match bound(place) {
            Ok(listener) => return Ok(listener),
            Err(fault) => last = Some(fault),
        }
    }
    Err(last.unwrap_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the name leads to no address")))
}

fn bound(place: SocketAddr) -> io::Result<TcpListener> {
    let socket = if place.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Whoever starts again need not wait for connections of the last time to be forgotten.
    socket.set_reuseaddr(true)?;
    socket.bind(place)?;
    socket.listen(WAITING)
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
        // A display is told at once, and not when it has confirmed what it was told before.
        if let Err(fault) = stream.set_nodelay(true) {
            debug!("a connection ended before it began: {fault}");
            continue;
        }
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
