//! The way to the database server, encrypted as the address asks: `sslmode`
//! and `sslrootcert` mean what they mean to `psql` and `pg_dump`, so that one
//! address serves all of them.

use crate::fault::Fault;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::config::{SslMode, TargetSessionAttrs};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;

/// How far the server is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// Encrypted, but anyone may be at the other end.
    Anyone,
    /// Certified by the given authority, whatever its name.
    Authority,
    /// Certified by the given authority, under the name that was called.
    AuthorityAndName,
}

/// An address taken apart: what the driver reads, and how to encrypt.
pub(crate) struct Address {
    /// For the driver, without what only we understand: one for each server
    /// that the address names, in its order.
    pub servers: Vec<tokio_postgres::Config>,
    /// How to encrypt.
    pub tls: Tls,
}

/// Reads a `postgres:` address.
pub(crate) fn address(url: &str) -> Result<Address, Fault> {
    let unreadable = |what: String| Fault::Outside(format!("the database address cannot be read: {what}"));
    let (plain, query) = url.split_once('?').unwrap_or((url, ""));
    let (mut mode, mut roots, mut rest) = (None, None, Vec::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sslmode", value)) => mode = Some(value),
            Some(("sslrootcert", value)) => roots = Some(PathBuf::from(decoded(value))),
            _ => rest.push(pair),
        }
    }
    let tail = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
    let read = |server: String| {
        format!("{server}{tail}")
            .parse::<tokio_postgres::Config>()
            .map_err(|error: tokio_postgres::Error| unreadable(error.to_string()))
    };
    let mut servers: Vec<_> = one_by_one(plain).into_iter().map(read).collect::<Result<_, _>>()?;
    let (ssl, trust) = match (mode.unwrap_or("prefer"), &roots) {
        ("disable", _) => (SslMode::Disable, Trust::Anyone),
        ("prefer", _) => (SslMode::Prefer, Trust::Anyone),
        // As libpq: who names an authority wants it checked.
        ("require", None) => (SslMode::Require, Trust::Anyone),
        ("require" | "verify-ca", Some(_)) => (SslMode::Require, Trust::Authority),
        ("verify-full", Some(_)) => (SslMode::Require, Trust::AuthorityAndName),
        ("verify-ca" | "verify-full", None) => {
            return Err(unreadable(
                "sslmode=verify-ca and verify-full need sslrootcert=FILE, the authority's certificate".into(),
            ));
        }
        (other, _) => {
            return Err(unreadable(format!(
                "sslmode={other} is none of disable, prefer, require, verify-ca, verify-full"
            )));
        }
    };
    let several = servers.len() > 1;
    for config in &mut servers {
        config.ssl_mode(ssl);
        // Of several servers only one takes writing; the others follow it.
        if several && config.get_target_session_attrs() == TargetSessionAttrs::Any {
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
    }
    Ok(Address { servers, tls: Tls::new(trust, roots)? })
}

/// `postgres://user@a:1,b:2/db` as `postgres://user@a:1/db` and `postgres://user@b:2/db`.
fn one_by_one(plain: &str) -> Vec<String> {
    let Some((scheme, rest)) = plain.split_once("://") else { return vec![plain.to_owned()] };
    let end = rest.find('/').unwrap_or(rest.len());
    let (user, hosts) = rest[..end]
        .rsplit_once('@')
        .map_or(("", &rest[..end]), |(_, hosts)| (&rest[..end - hosts.len()], hosts));
    hosts.split(',').map(|host| format!("{scheme}://{user}{host}{}", &rest[end..])).collect()
}

/// `%2F` and the like, as addresses write them.
#[must_use]
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.filter(|_| *first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Makes encrypted connections.
#[derive(Clone)]
pub(crate) struct Tls(Arc<ClientConfig>);

impl Tls {
    fn new(trust: Trust, roots: Option<PathBuf>) -> Result<Self, Fault> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let outside =
            |what: String| Fault::Outside(format!("the way to the database cannot be encrypted: {what}"));
        let authority = match (trust, roots) {
            (Trust::Authority | Trust::AuthorityAndName, Some(path)) => {
                let unreadable = |why: String| outside(format!("{}: {why}", path.display()));
                let mut store = RootCertStore::empty();
                let found =
                    CertificateDer::pem_file_iter(&path).map_err(|why| unreadable(why.to_string()))?;
                for certificate in found {
                    let certificate = certificate.map_err(|why| unreadable(why.to_string()))?;
                    store.add(certificate).map_err(|why| unreadable(why.to_string()))?;
                }
                let built =
                    WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider.clone()).build();
                Some(built.map_err(|why| unreadable(why.to_string()))?)
            }
            _ => None,
        };
        let verifier = Verifier { trust, authority, provider: provider.clone() };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|why| outside(why.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }
}

/// Checks the server's certificate as far as the address asks.
#[derive(Debug)]
struct Verifier {
    trust: Trust,
    authority: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<rustls::crypto::CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(authority) = &self.authority else { return Ok(ServerCertVerified::assertion()) };
        match authority.verify_server_cert(own, others, name, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if self.trust == Trust::Authority => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, own, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, own, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

impl<S> MakeTlsConnect<S> for Tls
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Stream<S>;
    type TlsConnect = Handshake;
    type Error = rustls::pki_types::InvalidDnsNameError;

    fn make_tls_connect(&mut self, host: &str) -> Result<Handshake, Self::Error> {
        // A socket in the file system has no name, and the driver never encrypts it.
        let host = if host.is_empty() { "localhost" } else { host };
        Ok(Handshake { tls: self.0.clone(), name: ServerName::try_from(host.to_owned())? })
    }
}

/// One handshake with a server of this name.
pub(crate) struct Handshake {
    tls: Arc<ClientConfig>,
    name: ServerName<'static>,
}

impl<S> TlsConnect<S> for Handshake
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Stream<S>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Stream<S>>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            let stream = TlsConnector::from(self.tls).connect(self.name, stream).await?;
            Ok(Stream(Box::new(stream)))
        })
    }
}

/// An encrypted connection.
pub(crate) struct Stream<S>(Box<tokio_rustls::client::TlsStream<S>>);

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Stream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_read(cx, into)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Stream<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_shutdown(cx)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Stream<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_how_to_encrypt() {
        let mode = |query: &str| {
            address(&format!("postgres://diwan@db/diwan{query}")).map(|a| a.servers[0].get_ssl_mode())
        };
        assert_eq!(mode("").unwrap(), SslMode::Prefer);
        assert_eq!(mode("?sslmode=disable").unwrap(), SslMode::Disable);
        assert_eq!(mode("?application_name=x&sslmode=require").unwrap(), SslMode::Require);
        for wrong in ["?sslmode=verify-full", "?sslmode=maybe", "?sslmode=verify-ca&sslrootcert=/nowhere.pem"]
        {
            assert!(mode(wrong).is_err(), "{wrong}");
        }
        assert_eq!(decoded("%2Fetc%2Fa%20b%"), "/etc/a b%");
    }

    #[test]
    fn of_several_servers_the_one_that_takes_writing_is_wanted() {
        use tokio_postgres::config::Host;
        let servers = |url: &str| address(url).unwrap().servers;
        let three = servers("postgres://diwan:p%40ss@a:1,b:2,c:3/diwan?sslmode=disable");
        let at: Vec<_> = three.iter().map(|s| (s.get_hosts()[0].clone(), s.get_ports()[0])).collect();
        let host = |name: &str| Host::Tcp(name.into());
        assert_eq!(at, [(host("a"), 1), (host("b"), 2), (host("c"), 3)]);
        for server in &three {
            assert_eq!(server.get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
            assert_eq!((server.get_user(), server.get_dbname()), (Some("diwan"), Some("diwan")));
            assert_eq!(server.get_password(), Some(&b"p@ss"[..]));
        }
        let one = servers("postgres://diwan@a/diwan");
        assert_eq!((one.len(), one[0].get_target_session_attrs()), (1, TargetSessionAttrs::Any));
        let reading = servers("postgres://a,b/diwan?target_session_attrs=read-only");
        assert_eq!(reading[1].get_target_session_attrs(), TargetSessionAttrs::ReadOnly);
    }
}
