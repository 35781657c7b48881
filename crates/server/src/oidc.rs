//! The national wallet by OpenID Connect: authorization code with PKCE, state
//! and nonce; the identity token's signature, issuer, audience and age are
//! checked by the library.

use crate::config::Oidc;
use diwan_domain::people::Assurance;
use diwan_office::identity::{Departure, IdentityFault, IdentityProvider, Later, Vouched};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType,
    CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
    CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AsyncHttpClient, AuthorizationCode, ClaimsVerificationError, Client, ClientId,
    ClientSecret, CsrfToken, EmptyAdditionalProviderMetadata, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpClientError, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, ProviderMetadata, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

/// Whatever the provider says beside the standard claims.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Beside(BTreeMap<String, serde_json::Value>);
impl AdditionalClaims for Beside {}

type Metadata = ProviderMetadata<
    EmptyAdditionalProviderMetadata,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Fields = IdTokenFields<
    Beside,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type WalletClient = Client<
    Beside,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A wallet by its settings; its description is fetched when first needed.
pub struct Wallet {
    settings: Oidc,
    known: tokio::sync::Mutex<Option<Known>>,
    http: Http,
}

/// What the provider says of itself, with its keys.
#[derive(Clone)]
struct Known {
    metadata: Metadata,
    fetched: Instant,
}

/// How long what the provider says of itself is relied on: a key that it
/// withdrew is not trusted for longer.
const TRUSTED_FOR: Duration = Duration::from_secs(3_600);
/// A token under a key that we do not know makes us ask again, this often at most.
const ASKED_EVERY: Duration = Duration::from_secs(60);
/// How long ago someone may have shown the provider who they are, in seconds.
const LONGEST_AGO: u64 = 300;
/// Clocks differ, in seconds.
const LEEWAY: i64 = 60;

/// The signatures that are accepted: of the provider's own key pair. With HMAC
/// whoever knows our secret could vouch for anyone.
fn signatures() -> [CoreJwsSigningAlgorithm; 6] {
    [
        CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        CoreJwsSigningAlgorithm::EcdsaP384Sha384,
        CoreJwsSigningAlgorithm::RsaSsaPssSha256,
        CoreJwsSigningAlgorithm::RsaSsaPssSha384,
        CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    ]
}

/// The way to the provider.
struct Http(reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpClientError<reqwest::Error>;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Self::Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let sending =
                self.0.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
            let failed = |error| HttpClientError::Reqwest(Box::new(error));
            let answer = sending.send().await.map_err(failed)?;
            let (status, headers) = (answer.status(), answer.headers().clone());
            let mut response = HttpResponse::new(answer.bytes().await.map_err(failed)?.to_vec());
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

/// What must come back as it went.
#[derive(Serialize, Deserialize)]
struct Keep {
    state: String,
    nonce: String,
    verifier: String,
}

impl Wallet {
    /// A wallet by its settings.
    pub fn new(settings: Oidc) -> Self {
        // Redirects are never followed: a provider must not send us elsewhere.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(std::time::Duration::from_secs(10))
            .build()
            .unwrap_or_default();
        Self { settings, known: tokio::sync::Mutex::new(None), http: Http(http) }
    }

    /// What the provider says of itself, asked again when it is older than this.
    async fn known(&self, at_most: Duration) -> Result<Metadata, IdentityFault> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| known.fetched.elapsed() < at_most) {
            return Ok(known.metadata.clone());
        }
        let metadata = self.discover().await?;
        *known = Some(Known { metadata: metadata.clone(), fetched: Instant::now() });
        Ok(metadata)
    }

    async fn client(&self, return_to: &str, at_most: Duration) -> Result<WalletClient, IdentityFault> {
        let metadata = self.known(at_most).await?;
        let return_to =
            RedirectUrl::new(return_to.to_owned()).map_err(|e| IdentityFault::Untrusted(e.to_string()))?;
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = ClientSecret::new(self.settings.client_secret.clone());
        Ok(WalletClient::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(return_to))
    }

    async fn discover(&self) -> Result<Metadata, IdentityFault> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone())
            .map_err(|e| IdentityFault::Unreachable(e.to_string()))?;
        Metadata::discover_async(issuer, &self.http)
            .await
            .map_err(|error| IdentityFault::Unreachable(error.to_string()))
    }

    async fn begin(&self, return_to: &str, language: &str) -> Result<Departure, IdentityFault> {
        let client = self.client(return_to, TRUSTED_FOR).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("profile".into()))
            .add_extra_param("ui_locales", language)
            .set_max_age(Duration::from_secs(LONGEST_AGO))
            .set_pkce_challenge(challenge)
            .url();
        let keep = Keep {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        };
        let keep = serde_json::to_string(&keep).map_err(|e| IdentityFault::Untrusted(e.to_string()))?;
        Ok(Departure { url: url.to_string(), keep })
    }

    async fn end(
        &self,
        return_to: &str,
        keep: &str,
        code: &str,
        state: &str,
    ) -> Result<Vouched, IdentityFault> {
        let untrusted = |what: String| IdentityFault::Untrusted(what);
        let keep: Keep =
            serde_json::from_str(keep).map_err(|_| untrusted("no sign-in was begun here".into()))?;
        if keep.state != state || code.is_empty() {
            return Err(untrusted("the state differs".into()));
        }
        let client = self.client(return_to, TRUSTED_FOR).await?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| untrusted(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(keep.verifier))
            .request_async(&self.http)
            .await
            .map_err(|error| untrusted(error.to_string()))?;
        let token = answer.id_token().ok_or_else(|| untrusted("no identity token came".into()))?;
        let nonce = Nonce::new(keep.nonce);
        let again;
        let claims = match token.claims(&client.id_token_verifier().set_allowed_algs(signatures()), &nonce) {
            // Perhaps the provider has a new key since we asked.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                again = self.client(return_to, ASKED_EVERY).await?;
                token.claims(&again.id_token_verifier().set_allowed_algs(signatures()), &nonce)
            }
            other => other,
        };
        let claims = claims.map_err(|error| untrusted(error.to_string()))?;
        let shown = claims.auth_time().map(|at| at.timestamp()).unwrap_or(i64::MIN);
        let earliest = jiff::Timestamp::now().as_second() - LONGEST_AGO.cast_signed() - LEEWAY;
        if shown < earliest {
            return Err(IdentityFault::TooLittle(
                "the sign-in was too long ago, or its time is not told".into(),
            ));
        }
        let acr = claims.auth_context_ref().map(|acr| acr.to_string()).unwrap_or_default();
        if !self.settings.sure_enough.contains(&acr) {
            return Err(IdentityFault::TooLittle(format!("acr `{acr}`")));
        }
        let number =
            claims.additional_claims().0.get(&self.settings.number_claim).and_then(|value| value.as_str());
        let number = number.ok_or_else(|| IdentityFault::TooLittle("no personal number".into()))?;
        Ok(Vouched {
            provider: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            personal_number: diwan_domain::digits::to_ascii(number),
            assurance: Assurance::Substantial,
        })
    }
}

impl IdentityProvider for Wallet {
    fn name(&self) -> &str {
        "wallet"
    }

    fn depart(&self, return_to: &str, language: &str) -> Later<'_, Departure> {
        let (return_to, language) = (return_to.to_owned(), language.to_owned());
        Box::pin(async move { self.begin(&return_to, &language).await })
    }

    fn arrive(&self, return_to: &str, keep: &str, code: &str, state: &str) -> Later<'_, Vouched> {
        let (return_to, keep) = (return_to.to_owned(), keep.to_owned());
        let (code, state) = (code.to_owned(), state.to_owned());
        Box::pin(async move { self.end(&return_to, &keep, &code, &state).await })
    }
}
