//! The wallet, spoken to by the client library that Diwan itself uses, and by
//! clients that are careless or worse.

use diwan_demo::card::WalletUser;
use diwan_demo::simulators::{OidcSettings, oidc_router, subject_of};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    AccessTokenHash, AuthenticationContextClass, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, RedirectUrl,
    TokenResponse,
};
use reqwest::{Client, Response, redirect};
use serde_json::Value;
use std::collections::BTreeMap;
use tokio::net::TcpListener;

const BACK: &str = "http://127.0.0.1:9/wallet/back?from=x";
const NUMBER: &str = "1234567890123";
// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn wallet() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let user = WalletUser {
        personal_number: NUMBER.into(),
        name: "شیلان <ئازاد>".into(),
        name_latin: Some("Shilan Azad".into()),
        situation: "self-by-rule".into(),
    };
    let router = oidc_router(OidcSettings {
        issuer: issuer.clone(),
        client_id: "diwan".into(),
        client_secret: "s3cret/+".into(),
        redirect_uris: vec![BACK.into()],
        users: vec![user],
    });
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    issuer
}

fn browser() -> Client {
    Client::builder().redirect(redirect::Policy::none()).build().unwrap()
}

async fn http(request: HttpRequest) -> Result<HttpResponse, std::io::Error> {
    let (parts, body) = request.into_parts();
    let mut call = browser().request(parts.method, parts.uri.to_string()).body(body);
    for (name, value) in &parts.headers {
        call = call.header(name, value);
    }
    let answer = call.send().await.map_err(std::io::Error::other)?;
    let mut built = openidconnect::http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        built = built.header(name, value);
    }
    let bytes = answer.bytes().await.map_err(std::io::Error::other)?;
    built.body(bytes.to_vec()).map_err(std::io::Error::other)
}

fn asked() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("response_type", "code"),
        ("client_id", "diwan"),
        ("redirect_uri", BACK),
        ("scope", "openid profile"),
        ("state", "st&te"),
        ("nonce", "n0nce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ])
}

async fn agree(issuer: &str, chosen: &[(&'static str, &'static str)]) -> Response {
    let mut form = asked();
    form.extend(chosen.iter().copied());
    browser().post(format!("{issuer}/authorize")).form(&form).send().await.unwrap()
}

fn address(issuer: &str, query: &BTreeMap<&str, &str>) -> reqwest::Url {
    reqwest::Url::parse_with_params(&format!("{issuer}/authorize"), query).unwrap()
}

/// The parameters that someone was sent back with.
fn sent_back(answer: &Response) -> BTreeMap<String, String> {
    assert_eq!(answer.status(), 303);
    let location = answer.headers()["location"].to_str().unwrap();
    assert!(location.starts_with(BACK), "{location}");
    let url: reqwest::Url = location.parse().unwrap();
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

async fn exchange(issuer: &str, change: &[(&'static str, &str)]) -> Response {
    let mut form = BTreeMap::from([
        ("grant_type", "authorization_code"),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
        ("client_id", "diwan"),
        ("client_secret", "s3cret/+"),
    ]);
    form.extend(change.iter().copied());
    browser().post(format!("{issuer}/token")).form(&form).send().await.unwrap()
}

#[tokio::test]
async fn the_client_library_finds_trusts_and_reads_the_wallet() {
    let issuer = wallet().await;
    let found = IssuerUrl::new(issuer.clone()).unwrap();
    let metadata = CoreProviderMetadata::discover_async(found, &http).await.unwrap();
    let secret = ClientSecret::new("s3cret/+".into());
    let client = CoreClient::from_provider_metadata(metadata, ClientId::new("diwan".into()), Some(secret))
        .set_redirect_uri(RedirectUrl::new(BACK.into()).unwrap());
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state, nonce) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .set_pkce_challenge(challenge)
        .add_auth_context_value(AuthenticationContextClass::new("mosip:idp:acr:biometrics".into()))
        .url();

    let page = browser().get(url.clone()).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("form-action 'self' http://127.0.0.1:9;"),
        "{policy}"
    );
    let html = page.text().await.unwrap();
    assert!(html.contains("lang=\"ckb\" dir=\"rtl\"") && html.contains("شیلان &lt;ئازاد&gt;"));
    assert!(!html.contains("<script"));

    // What the page's form sends: the request again, and who was chosen.
    let mut form: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    form.insert("personal_number".into(), "١٢٣٤٥٦٧٨٩٠١٢٣".into());
    let answer = browser().post(format!("{issuer}/authorize")).form(&form).send().await.unwrap();
    let back = sent_back(&answer);
    assert_eq!(&back["state"], state.secret());
    assert_eq!((&back["iss"], back["from"].as_str()), (&issuer, "x"));

    let code = AuthorizationCode::new(back["code"].clone());
    let tokens =
        client.exchange_code(code).unwrap().set_pkce_verifier(verifier).request_async(&http).await.unwrap();
    let verifier = client.id_token_verifier();
    let statement = tokens.id_token().unwrap();
    let claims = statement.claims(&verifier, &nonce).unwrap();
    assert_eq!(claims.subject().as_str(), subject_of(&issuer, NUMBER));
    assert_eq!(claims.auth_context_ref().unwrap().as_str(), "mosip:idp:acr:biometrics");
    let hash = AccessTokenHash::from_token(
        tokens.access_token(),
        statement.signing_alg().unwrap(),
        statement.signing_key(&verifier).unwrap(),
    );
    assert_eq!(claims.access_token_hash(), Some(&hash.unwrap()));
    assert!(claims.expiration() > claims.issue_time());

    let user = browser().get(format!("{issuer}/userinfo")).bearer_auth(tokens.access_token().secret());
    let user: Value = user.send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (user["individual_id"].as_str(), user["sub"].as_str()),
        (Some(NUMBER), Some(claims.subject().as_str()))
    );
    assert!(user.get("name").is_none(), "the profile was not asked for");
}

#[tokio::test]
async fn the_signed_statement_holds_the_personal_number_and_the_level() {
    let issuer = wallet().await;
    let level = "mosip:idp:acr:generated-code";
    let back = sent_back(&agree(&issuer, &[("personal_number", NUMBER), ("level", level)]).await);
    let answer: Value = exchange(&issuer, &[("code", &back["code"])]).await.json().await.unwrap();
    let statement = answer["id_token"].as_str().unwrap();
    let payload = statement.split('.').nth(1).unwrap();
    use base64::Engine as _;
    let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).unwrap();
    let claims: Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!(
        (claims["individual_id"].as_str(), claims["personal_number"].as_str()),
        (Some(NUMBER), Some(NUMBER))
    );
    assert_eq!((claims["acr"].as_str(), claims["nonce"].as_str()), (Some(level), Some("n0nce")));
    assert_eq!((claims["aud"].as_str(), claims["iss"].as_str()), (Some("diwan"), Some(issuer.as_str())));
    assert_eq!(claims["name"], "Shilan Azad");
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_was_not_registered() {
    let issuer = wallet().await;
    for (field, value) in [
        ("redirect_uri", "http://127.0.0.1:9/wallet/back"),
        ("redirect_uri", "http://evil.example/"),
        ("client_id", "other"),
    ] {
        let mut query = asked();
        query.insert(field, value);
        let answer = browser().get(address(&issuer, &query)).send().await.unwrap();
        assert_eq!(answer.status(), 400);
        assert!(answer.headers().get("location").is_none());
        let answer = agree(&issuer, &[(field, value), ("personal_number", NUMBER)]).await;
        assert_eq!(answer.status(), 400);
    }
}

#[tokio::test]
async fn a_careless_request_goes_back_with_its_error() {
    let issuer = wallet().await;
    for (field, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("scope", "profile", "invalid_scope"),
        ("nonce", "", "invalid_request"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("acr_values", "urn:unknown", "invalid_request"),
        ("prompt", "none", "login_required"),
        ("request", "x.y.z", "request_not_supported"),
        ("response_mode", "fragment", "invalid_request"),
    ] {
        let mut query = asked();
        query.insert(field, value);
        let answer = browser().get(address(&issuer, &query)).send().await.unwrap();
        let back = sent_back(&answer);
        assert_eq!((back["error"].as_str(), back["state"].as_str()), (error, "st&te"), "{field}");
    }
    let back = sent_back(&agree(&issuer, &[("refuse", "1")]).await);
    assert_eq!(back["error"], "access_denied");
}

#[tokio::test]
async fn a_number_that_is_none_is_asked_for_again_and_stays_typed() {
    let issuer = wallet().await;
    let answer = agree(&issuer, &[("personal_number", "12\"34")]).await;
    assert_eq!(answer.status(), 422);
    let html = answer.text().await.unwrap();
    assert!(html.contains("value=\"12&quot;34\"") && html.contains("identity-number/not-digits"));
    assert!(html.contains("value=\"st&amp;te\""));
}

#[tokio::test]
async fn a_code_serves_once_and_for_its_own_client_only() {
    let issuer = wallet().await;
    let back = sent_back(&agree(&issuer, &[("personal_number", NUMBER)]).await);
    let code = back["code"].as_str();
    for (field, value, status, error) in [
        ("client_secret", "wrong", 401, "invalid_client"),
        ("client_id", "other", 401, "invalid_client"),
        ("grant_type", "password", 400, "unsupported_grant_type"),
        ("redirect_uri", "http://evil.example/", 400, "invalid_grant"),
        ("code_verifier", "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong", 400, "invalid_grant"),
        ("code", "unknown", 400, "invalid_grant"),
    ] {
        let answer = exchange(&issuer, &[("code", code), (field, value)]).await;
        assert_eq!(answer.status(), status, "{field}");
        assert_eq!(answer.json::<Value>().await.unwrap()["error"], error, "{field}");
    }
    let first = exchange(&issuer, &[("code", code)]).await;
    assert_eq!(first.status(), 200);
    let token = first.json::<Value>().await.unwrap()["access_token"].as_str().unwrap().to_owned();
    let info = || browser().get(format!("{issuer}/userinfo")).bearer_auth(&token).send();
    assert_eq!(info().await.unwrap().status(), 200);
    assert_eq!(exchange(&issuer, &[("code", code)]).await.status(), 400);
    assert_eq!(info().await.unwrap().status(), 401, "what the code gave ends with its second use");
}
