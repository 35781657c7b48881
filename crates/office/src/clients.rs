//! Programs that sign in by themselves for a short while: OAuth 2.0 client
//! credentials (RFC 6749 section 4.4), with a secret or with a certificate
//! (RFC 8705). What they are given is a session like any other: it expires by
//! itself, and ends with its client.

use crate::acting::acting;
use crate::desk::{Office, Who};
use crate::secrets;
use crate::tokens::{known, only_for_programs, to_come};
use diwan_domain::acts::Desk;
use diwan_domain::ids::{OfficerId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::x_road::Member;
use diwan_store::access::{self, SessionRow};
use diwan_store::clients::{self, ApiClientRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// For how many seconds an access token holds.
pub const HOLDS_SECONDS: i64 = 900;
/// How access tokens begin, unlike every other secret.
const BEGINS: &str = "diwan_at_";

/// Registers a program, for the office of a program or for nobody.
#[derive(Debug, Serialize, Deserialize)]
pub struct RegisterClient {
    /// The name under which it signs in.
    pub client_id: String,
    /// What it is for.
    pub name: String,
    /// SHA-256 of its secret; the secret itself is never stored.
    pub secret_hash: Option<Vec<u8>>,
    /// SHA-256 of its certificate's DER, base64url without padding (`x5t#S256`).
    pub certificate: Option<String>,
    /// The member of X-Road that it is, instead of secret and certificate.
    #[serde(default)]
    pub x_road: Option<String>,
    /// For which program's office it acts.
    pub officer: Option<OfficerId>,
    /// What it may do at most.
    pub scopes: Vec<String>,
    /// Until when, microseconds.
    pub expires_at: Option<i64>,
}

impl RegisterClient {
    /// A new client's name, its secret and the secret's hash.
    #[must_use]
    pub fn credentials() -> (String, String, Vec<u8>) {
        let client_id = secrets::base32(&secrets::random::<10>()).to_lowercase();
        let secret = secrets::token();
        let hash = secrets::hash(&secret);
        (client_id, secret, hash)
    }
}

impl Act for RegisterClient {
    const NAME: &'static str = "register-client";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        only_for_programs(tx, at, self.officer).await?;
        let missing = |field: &str| Refusal::from(Why::FieldMissing).about("field", field);
        if self.name.trim().is_empty() {
            return Err(missing("name").into());
        }
        // SHA-256 in base64url without padding is 43 letters.
        let fits = |text: &String| {
            text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        if self.certificate.as_ref().is_some_and(|text| !fits(text))
            || (self.certificate.is_none() && self.secret_hash.is_none() && self.x_road.is_none())
        {
            return Err(missing("certificate").into());
        }
        // It is known by its security server, or by its certificate, and never by either.
        if self.x_road.is_some() && self.certificate.is_some() {
            return Err(missing("certificate").into());
        }
        let member = self.x_road.as_ref().map(|text| text.parse::<Member>());
        let member = member.transpose().map_err(|_| missing("x_road"))?.map(|member| member.to_string());
        if let Some(member) = &member
            && clients::of_member(tx, member, at.now).await?.is_some()
        {
            return Err(Refusal::from(Why::NameTaken).about("x_road", member).into());
        }
        to_come(self.expires_at, at)?;
        known(&self.scopes)?;
        let row = ApiClientRow {
            id: at.fresh("client"),
            client_id: self.client_id.clone(),
            name: self.name.trim().to_owned(),
            secret_hash: self.secret_hash.clone(),
            certificate: self.certificate.clone(),
            officer_id: self.officer,
            scopes: Json(json!(self.scopes)),
            since: at.now,
            expires_at: self.expires_at,
            ended_at: None,
            version: 1,
            x_road: member.clone(),
        };
        tx.add(&row).await?;
        let entry = Entry::new("client-registered", "client", row.id)
            .with("x-road", member)
            .with("name", row.name)
            .with("scopes", self.scopes.clone())
            .with("officer", row.officer_id.map(|id| id.to_string()));
        Ok(Recorded::new(row.id, entry))
    }
}

/// Ends a client, and every access token it holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndClient {
    /// Which.
    pub client: RowId,
}

impl Act for EndClient {
    const NAME: &'static str = "end-client";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        acting(tx, at, Permission::ManageOfficers).await?;
        let mut row = clients::client(tx, self.client).await?.ok_or(Why::NotFound)?;
        row.ended_at = row.ended_at.or(Some(at.now));
        tx.edit(&mut row).await?;
        access::end_sessions_of(tx, "client", row.id.0).await?;
        Ok(Recorded::new((), Entry::new("client-ended", "client", row.id).with("name", row.name)))
    }
}

/// Records that a client was given an access token.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ClientSignsIn {
    client: RowId,
    scopes: Vec<String>,
}

impl Act for ClientSignsIn {
    const NAME: &'static str = "client-signs-in";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let row = clients::client(tx, self.client).await?;
        let row = row.filter(|row| row.ended_at.is_none() && row.expires_at.is_none_or(|end| end > at.now));
        let row = row.ok_or(Why::NotFound)?;
        let entry = Entry::new("client-signed-in", "client", row.id)
            .with("name", row.name)
            .with("scopes", self.scopes.clone());
        Ok(Recorded::new((), entry))
    }
}

/// What a session of a client remembers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    scopes: Vec<String>,
    /// The certificate the token is bound to (RFC 8705, `cnf`).
    certificate: Option<String>,
}

/// What a program is given when it signs in.
#[derive(Clone, Debug)]
pub struct Granted {
    /// The access token.
    pub token: String,
    /// What it may do.
    pub scopes: Vec<String>,
}

/// Why a program is not let in (RFC 6749 section 5.2).
#[derive(Debug, thiserror::Error)]
pub enum NotGranted {
    /// No such client, a wrong secret, another certificate, or ended.
    #[error("invalid_client")]
    InvalidClient,
    /// A scope the client was not given.
    #[error("invalid_scope")]
    InvalidScope,
    /// A refusal or failure of the office.
    #[error(transparent)]
    Stop(#[from] Stop),
}

impl From<Fault> for NotGranted {
    fn from(fault: Fault) -> Self {
        Self::Stop(fault.into())
    }
}

/// Signs a program in. A client with a certificate must show it, and its token
/// is bound to it; a client with a secret must know it; one with both, both.
///
/// # Errors
/// [`NotGranted`].
pub async fn sign_in(
    office: &Office,
    client_id: &str,
    secret: Option<&str>,
    certificate: Option<&str>,
    wanted: &[String],
) -> Result<Granted, NotGranted> {
    let now = office.now();
    let client = {
        let mut reading = office.db.reading().await?;
        clients::holding(&mut reading.tx(), client_id, now).await?
    };
    let client = client.ok_or(NotGranted::InvalidClient)?;
    if client.x_road.is_some() {
        // It is known by its security server, and by nothing that can be copied.
        return Err(NotGranted::InvalidClient);
    }
    let knows = client.secret_hash.as_ref().is_none_or(|kept| {
        let shown = secrets::hash(secret.unwrap_or_default());
        bool::from(subtle::ConstantTimeEq::ct_eq(kept.as_slice(), shown.as_slice()))
    });
    let shows = client.certificate.as_deref().is_none_or(|kept| certificate == Some(kept));
    if !knows || !shows {
        return Err(NotGranted::InvalidClient);
    }
    let allowed: Vec<String> = serde_json::from_value(client.scopes.0.clone()).unwrap_or_default();
    let scopes = if wanted.is_empty() { allowed.clone() } else { wanted.to_vec() };
    if scopes.iter().any(|scope| !allowed.contains(scope)) {
        return Err(NotGranted::InvalidScope);
    }
    let signs_in = ClientSignsIn { client: client.id, scopes: scopes.clone() };
    office.perform_once(&Who::system("clients"), signs_in).await?;
    let token = format!("{BEGINS}{}", secrets::token());
    // Whoever shows a certificate while asking gets a token that needs it.
    let kept = Kept { scopes: scopes.clone(), certificate: certificate.map(str::to_owned) };
    let row = SessionRow {
        token_hash: secrets::hash(&token),
        actor_kind: "client".into(),
        actor_id: Some(client.id.0),
        label: secrets::base32(&secrets::random::<8>()),
        assurance: "none".into(),
        csrf: secrets::token(),
        data: json!(kept).to_string(),
        created_at: now,
        seen_at: now,
        expires_at: now + HOLDS_SECONDS * 1_000_000,
    };
    access::open_session(&office.db, &row).await?;
    Ok(Granted { token, scopes })
}

/// The client behind an access token.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The client.
    pub client: ApiClientRow,
    /// What the token may do.
    pub scopes: Vec<String>,
    /// The certificate it is bound to.
    pub certificate: Option<String>,
    /// Until when it holds, microseconds.
    pub expires_at: i64,
}

/// The client whose access token a program showed, if both still hold.
///
/// # Errors
/// When the database fails.
pub async fn holder(office: &Office, token: &str) -> Result<Option<Holder>, Fault> {
    if !token.starts_with(BEGINS) {
        return Ok(None);
    }
    let now = office.now();
    let found = access::session(&office.db, &secrets::hash(token), now).await?;
    let Some(session) = found.filter(|session| session.actor_kind == "client") else { return Ok(None) };
    let Some(id) = session.actor_id else { return Ok(None) };
    let client = clients::client(&mut office.db.reading().await?.tx(), RowId(id)).await?;
    let client =
        client.filter(|row| row.ended_at.is_none() && row.expires_at.is_none_or(|expires| expires > now));
    let Some(client) = client else { return Ok(None) };
    let kept: Kept = serde_json::from_str(&session.data).map_err(|_| Fault::Shape("sessions.data".into()))?;
    Ok(Some(Holder {
        client,
        scopes: kept.scopes,
        certificate: kept.certificate,
        expires_at: session.expires_at,
    }))
}

/// The client that a member of X-Road is registered as.
///
/// # Errors
/// When the database fails.
pub async fn of_member(office: &Office, member: &Member) -> Result<Option<ApiClientRow>, Fault> {
    clients::of_member(&mut office.db.reading().await?.tx(), &member.to_string(), office.now()).await
}

/// Every client, newest first; a manager of officers sees them.
///
/// # Errors
/// Not permitted, or the database fails.
pub async fn all(tx: &mut Tx<'_>, at: &Desk) -> Result<Vec<ApiClientRow>, Stop> {
    acting(tx, at, Permission::ManageOfficers).await?;
    Ok(clients::all(tx).await?)
}
