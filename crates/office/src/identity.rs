//! The seam for outside identity: a national wallet or eSignet tells us who
//! someone is by OpenID Connect. The protocol lives in `server`; what it found
//! comes in through [`crate::accounts::SignInByWallet`].

use diwan_domain::people::Assurance;
use std::future::Future;
use std::pin::Pin;

/// What a provider vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// The provider's issuer.
    pub provider: String,
    /// Its own name for the person.
    pub subject: String,
    /// The personal number.
    pub personal_number: String,
    /// How sure it is.
    pub assurance: Assurance,
}

/// Where to send someone, and what must come back with them.
#[derive(Clone, Debug)]
pub struct Departure {
    /// The provider's page.
    pub url: String,
    /// State, nonce and verifier to keep in the session, as one text.
    pub keep: String,
}

/// Why a provider could not vouch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityFault {
    /// The provider is out of reach.
    #[error("the identity provider cannot be reached: {0}")]
    Unreachable(String),
    /// What came back does not fit what was sent, or is not signed properly.
    #[error("the identity provider's answer cannot be trusted: {0}")]
    Untrusted(String),
    /// It vouches, but not surely enough, or for no personal number.
    #[error("the identity provider does not vouch enough: {0}")]
    TooLittle(String),
}

/// A future on the heap, because providers are chosen at start.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, IdentityFault>> + Send + 'a>>;

/// One way by which someone proves who they are without a visit.
pub trait IdentityProvider: Send + Sync {
    /// Its name in settings, and the key of its words: `wallet`.
    fn name(&self) -> &str;
    /// Begins: where to go.
    fn depart(&self, return_to: &str, language: &str) -> Later<'_, Departure>;
    /// Ends: what came back, with what was kept.
    fn arrive(&self, return_to: &str, keep: &str, code: &str, state: &str) -> Later<'_, Vouched>;
}
