//! Officers sign in with a password and a second factor. Failures are counted
//! for a name and where they come from, so that a stranger who knows a name
//! locks it for their own network and not for the officer (after OWASP's
//! "Slow Down Online Guessing Attacks with Device Cookies").

use crate::acting::in_service;
use crate::desk::{Office, Who};
use crate::secrets;
use diwan_domain::acts::Desk;
use diwan_domain::ids::OfficerId;
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::officers::OfficerRow;
use diwan_store::{Act, Recorded, Stop, Tx, access, officers};
use serde::{Deserialize, Serialize};

/// How many failures close a door, and for how long, in microseconds.
const FAILURES: i64 = 8;
const LOCKED_FOR: i64 = 15 * 60_000_000;
/// After so many failures of one name within an hour, wherever they came from,
/// every browser that is not known may try once in a while.
const FAILURES_ANYWHERE: i64 = 60;
const AN_HOUR: i64 = 3_600_000_000;
const ONCE_IN: i64 = 30_000_000;

/// Where an attempt to sign in comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The network, by a name that is no address.
    pub network: String,
    /// The browser, when this officer signed in with it before.
    pub browser: Option<String>,
}

/// The counters of one attempt.
#[derive(Clone, Debug, Default)]
struct Doors {
    /// This name from this browser or this network.
    own: String,
    /// This name from every browser that is not known.
    anywhere: Option<(String, String)>,
}

impl Doors {
    fn of(login: &str, from: &Origin) -> Self {
        match &from.browser {
            Some(browser) => Self { own: format!("officer/{login}/browser/{browser}"), anywhere: None },
            None => Self {
                own: format!("officer/{login}/network/{}", from.network),
                anywhere: Some((format!("officer/{login}/anywhere"), format!("officer/{login}/slowly"))),
            },
        }
    }

    /// Whether the door is closed: for how many seconds at most.
    async fn closed(&self, tx: &mut Tx<'_>, now: i64) -> Result<Option<i64>, Stop> {
        if access::uses(tx, &self.own, now, LOCKED_FOR).await? >= FAILURES {
            return Ok(Some(LOCKED_FOR));
        }
        if let Some((anywhere, slowly)) = &self.anywhere
            && access::uses(tx, anywhere, now, AN_HOUR).await? >= FAILURES_ANYWHERE
            && access::count_use_in(tx, slowly, now, ONCE_IN).await? > 1
        {
            return Ok(Some(ONCE_IN));
        }
        Ok(None)
    }

    async fn failed(&self, tx: &mut Tx<'_>, now: i64) -> Result<(), Stop> {
        access::count_use_in(tx, &self.own, now, LOCKED_FOR).await?;
        if let Some((anywhere, _)) = &self.anywhere {
            access::count_use_in(tx, anywhere, now, AN_HOUR).await?;
        }
        Ok(())
    }
}

/// Records how an attempt to sign in ended. The password was compared before,
/// outside the transaction, because that is slow on purpose.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OfficerSignsIn {
    officer: Option<OfficerId>,
    login: String,
    fits: bool,
    /// The step of the second factor, so that a code serves once.
    step: Option<i64>,
    /// Counters are of this place and moment: nothing to be carried elsewhere.
    #[serde(skip)]
    doors: Doors,
}

impl Act for OfficerSignsIn {
    const NAME: &'static str = "officer-signs-in";
    type Out = OfficerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficerId>, Stop> {
        let entry = |kind: &str| Entry::new(kind, "login", &self.login);
        if let Some(micros) = self.doors.closed(tx, at.now).await? {
            let refusal = Refusal::from(Why::LockedOut).about("minutes", (micros + 59_999_999) / 60_000_000);
            return Err(Stop::Kept(refusal, vec![entry("sign-in-locked")]));
        }
        let officer = match self.officer {
            Some(id) => officers::officer(tx, id).await?,
            None => None,
        };
        let mut officer = officer.filter(|officer| {
            self.fits && in_service(officer, at.now, at.utc_offset_minutes) && is_next(self.step, officer)
        });
        if let (Some(found), Some(step)) = (&officer, self.step)
            && !spends(tx, found.id, step, at.now).await?
        {
            officer = None;
        }
        let Some(officer) = officer else {
            self.doors.failed(tx, at.now).await?;
            return Err(Stop::Kept(Why::WrongPassword.into(), vec![entry("sign-in-failed")]));
        };
        access::forget_uses(tx, &self.doors.own).await?;
        Ok(Recorded::new(officer.id, Entry::new("officer-signed-in", "officer", officer.id)))
    }
}

/// Whether a step of the second factor was not used before.
fn is_next(step: Option<i64>, officer: &OfficerRow) -> bool {
    step.is_some() && step > officer.totp_last_step
}

/// Takes a step of the second factor: each serves once, and none serves that is older than
/// one that served. The officer's row does not change when they sign in, so that they may
/// sign in here and in a bus on one day. Says whether it was free.
async fn spends(tx: &mut Tx<'_>, officer: OfficerId, step: i64, now: i64) -> Result<bool, Stop> {
    // What served in a bus served there, whoever signed in here meanwhile.
    if tx.is_replayed() {
        return Ok(true);
    }
    let place = format!("officer/{officer}/step");
    // The counter's number is the last step itself.
    if access::foresee_use(tx, &place).await?.is_some_and(|(_, last)| step <= last) {
        return Ok(false);
    }
    access::keep_use(tx, &place, now, step).await?;
    Ok(true)
}

/// How much of a typed name is read and remembered, in characters.
const LONGEST_LOGIN: usize = 200;

/// The name that someone typed, as it is compared and counted.
#[must_use]
pub fn login_of(typed: &str) -> String {
    // What no name can be as long as is not kept whole: failures stand in the
    // journal for ever, and anyone may cause one.
    typed.trim().to_lowercase().chars().take(LONGEST_LOGIN).collect()
}

/// Signs an officer in: name, password, and six digits.
///
/// # Errors
/// [`Why::WrongPassword`] whatever it was that did not fit; [`Why::LockedOut`].
pub async fn sign_in(
    office: &Office,
    who: &Who,
    from: &Origin,
    login: &str,
    password: &str,
    digits: &str,
) -> Result<OfficerId, Stop> {
    let login = login_of(login);
    let officer = {
        let mut reading = office.db.reading().await?;
        officers::by_login(&mut reading.tx(), &login).await?
    };
    let fits = has_password(office, officer.as_ref(), password).await;
    let step = officer.as_ref().and_then(|officer| step_of(office, officer, digits));
    let doors = Doors::of(&login, from);
    let act = OfficerSignsIn { officer: officer.map(|o| o.id), login, fits, step, doors };
    office.perform_once(who, act).await
}

/// Where in the database a secret of an officer belongs.
fn place_of(what: &str, officer: OfficerId) -> String {
    format!("{what}/{officer}")
}

/// Seals a secret of an officer for the database.
fn sealed(office: &Office, what: &str, officer: OfficerId, secret: &str) -> String {
    secrets::seal(&office.db.key_for("officers"), &place_of(what, officer), secret)
}

/// Seals the secrets of an officer under the key of another installation: with them they
/// sign in there.
pub(crate) fn resealed(ours: &[u8; 32], theirs: &[u8; 32], officer: &mut OfficerRow) {
    let id = officer.id;
    let again = |what: &str, kept: &Option<String>| {
        let place = place_of(what, id);
        let secret = secrets::unseal(ours, &place, kept.as_deref()?)?;
        Some(secrets::seal(theirs, &place, &secret))
    };
    officer.password_hash = again("password", &officer.password_hash);
    officer.totp_secret = again("factor", &officer.totp_secret);
}

fn unsealed(office: &Office, what: &str, officer: OfficerId, kept: &str) -> Option<String> {
    secrets::unseal(&office.db.key_for("officers"), &place_of(what, officer), kept)
}

/// Compares a password beside the runtime; as slow when there is none.
async fn has_password(office: &Office, officer: Option<&OfficerRow>, password: &str) -> bool {
    let kept = officer
        .and_then(|officer| unsealed(office, "password", officer.id, officer.password_hash.as_deref()?));
    let typed = password.to_owned();
    tokio::task::spawn_blocking(move || secrets::password_fits(&typed, kept.as_deref()))
        .await
        .unwrap_or(false)
}

/// The step of an officer's second factor to which six digits belong now.
fn step_of(office: &Office, officer: &OfficerRow, digits: &str) -> Option<i64> {
    let secret = unsealed(office, "factor", officer.id, officer.totp_secret.as_deref()?)?;
    step_of_secret(office, &secret, digits)
}

fn step_of_secret(office: &Office, secret: &str, digits: &str) -> Option<i64> {
    let now = u64::try_from(office.now() / 1_000_000).unwrap_or(0);
    let digits: String =
        diwan_domain::digits::to_ascii(digits).chars().filter(char::is_ascii_digit).collect();
    let step = secrets::totp(secret)?.check(&digits, now)?;
    i64::try_from(step).ok()
}

/// The officer who asks.
async fn asking(office: &Office, who: &Who) -> Result<OfficerRow, Stop> {
    let at = office.desk(who, "look");
    Ok(crate::acting::in_office(&mut office.db.reading().await?.tx(), &at).await?.officer)
}

/// Records that an officer who is signed in showed the second factor once more.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ConfirmFactor {
    step: Option<i64>,
}

impl Act for ConfirmFactor {
    const NAME: &'static str = "confirm-factor";
    type Out = OfficerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficerId>, Stop> {
        let officer = crate::acting::in_office(tx, at).await?.officer;
        spend_step(tx, at, &officer, self.step, Why::WrongCode).await?;
        Ok(Recorded::new(officer.id, Entry::new("factor-confirmed", "officer", officer.id)))
    }
}

/// Takes a step of the second factor, once; failures are counted and kept.
async fn spend_step(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: &OfficerRow,
    step: Option<i64>,
    otherwise: Why,
) -> Result<(), Stop> {
    let door = format!("officer/{}/again", officer.id);
    let entry = |kind: &str| vec![Entry::new(kind, "officer", officer.id)];
    if access::uses(tx, &door, at.now, LOCKED_FOR).await? >= FAILURES {
        let refusal = Refusal::from(Why::LockedOut).about("minutes", LOCKED_FOR / 60_000_000);
        return Err(Stop::Kept(refusal, entry("sign-in-locked")));
    }
    let is_free = match step.filter(|_| is_next(step, officer)) {
        Some(step) => spends(tx, officer.id, step, at.now).await?,
        None => false,
    };
    if !is_free {
        access::count_use_in(tx, &door, at.now, LOCKED_FOR).await?;
        return Err(Stop::Kept(otherwise.into(), entry("sign-in-failed")));
    }
    access::forget_uses(tx, &door).await?;
    Ok(())
}

/// Asks an officer who is signed in for the second factor once more, before
/// something that outlasts the session.
///
/// # Errors
/// [`Why::WrongCode`], [`Why::LockedOut`].
pub async fn confirm(office: &Office, who: &Who, digits: &str) -> Result<OfficerId, Stop> {
    let officer = asking(office, who).await?;
    let step = step_of(office, &officer, digits);
    office.perform_once(who, ConfirmFactor { step }).await
}

/// An officer's new password, under the old one and the second factor. Every
/// session of theirs ends.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ChangePassword {
    /// Sealed: readable only with the key of factors.
    password_hash: String,
    /// `None` when the old password did not fit.
    step: Option<i64>,
}

impl Act for ChangePassword {
    const NAME: &'static str = "change-password";
    type Out = OfficerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficerId>, Stop> {
        let mut officer = crate::acting::in_office(tx, at).await?.officer;
        spend_step(tx, at, &officer, self.step, Why::WrongPassword).await?;
        officer.password_hash = Some(self.password_hash.clone());
        tx.edit(&mut officer).await?;
        access::end_sessions_of(tx, "officer", officer.id.0).await?;
        Ok(Recorded::new(officer.id, Entry::new("password-changed", "officer", officer.id)))
    }
}

/// Changes the password of the officer who asks.
///
/// # Errors
/// [`Why::WeakPassword`]; [`Why::WrongPassword`] whether the old one or the
/// digits did not fit; [`Why::LockedOut`].
pub async fn change_password(
    office: &Office,
    who: &Who,
    old: &str,
    new: &str,
    digits: &str,
) -> Result<OfficerId, Stop> {
    let officer = asking(office, who).await?;
    if !secrets::password_is_strong(new, &officer.login) {
        return Err(Why::WeakPassword.into());
    }
    let fits = has_password(office, Some(&officer), old).await;
    let step = step_of(office, &officer, digits).filter(|_| fits);
    let password_hash = sealed(office, "password", officer.id, &hashed(new).await?);
    office.perform_once(who, ChangePassword { password_hash, step }).await
}

async fn hashed(password: &str) -> Result<String, Stop> {
    let typed = password.to_owned();
    let hash = tokio::task::spawn_blocking(move || secrets::hash_password(&typed)).await.ok().flatten();
    hash.ok_or_else(|| Why::Busy.into())
}

/// The second factor shown when an invitation is opened.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// Who.
    pub officer: OfficerId,
    /// Their name.
    pub name: String,
    /// With which name they will sign in.
    pub login: String,
    /// The secret for their authenticator.
    pub secret: String,
    /// The same as an `otpauth:` address.
    pub otpauth: String,
}

/// Opens an invitation: who is invited, and a new second factor for them.
///
/// # Errors
/// [`Why::InvitationSpent`].
pub async fn open_invitation(office: &Office, token: &str) -> Result<Enrolment, Stop> {
    let mut reading = office.db.reading().await?;
    let officer = officers::by_invitation(&mut reading.tx(), &secrets::hash(token), office.now()).await?;
    let officer = officer.ok_or(Why::InvitationSpent)?;
    let secret = secrets::totp_secret();
    let otpauth = format!("otpauth://totp/Diwan:{}?secret={secret}&issuer=Diwan", officer.login);
    Ok(Enrolment { officer: officer.id, name: officer.name, login: officer.login, secret, otpauth })
}

/// Accepts an invitation: password and second factor are set, the invitation
/// is spent.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AcceptInvitation {
    officer: OfficerId,
    invitation_hash: Vec<u8>,
    /// Sealed: readable only with the key of factors.
    password_hash: String,
    /// Sealed too.
    totp_secret: String,
    /// The step of the digits that were shown: they serve once.
    step: i64,
}

impl Act for AcceptInvitation {
    const NAME: &'static str = "accept-invitation";
    type Out = OfficerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficerId>, Stop> {
        let officer = officers::by_invitation(tx, &self.invitation_hash, at.now).await?;
        let mut officer = officer.filter(|officer| officer.id == self.officer).ok_or(Why::InvitationSpent)?;
        officer.password_hash = Some(self.password_hash.clone());
        officer.totp_secret = Some(self.totp_secret.clone());
        officer.totp_last_step = Some(self.step);
        officer.invitation_hash = None;
        officer.invitation_until = None;
        officer.active_at = officer.active_at.or(Some(at.now));
        tx.edit(&mut officer).await?;
        access::end_sessions_of(tx, "officer", officer.id.0).await?;
        Ok(Recorded::new(officer.id, Entry::new("invitation-accepted", "officer", officer.id)))
    }
}

/// Accepts an invitation with a password and the first six digits of the new
/// second factor, which shows that the authenticator works.
///
/// # Errors
/// [`Why::InvitationSpent`], [`Why::WeakPassword`], [`Why::WrongCode`].
pub async fn accept_invitation(
    office: &Office,
    who: &Who,
    token: &str,
    password: &str,
    secret: &str,
    digits: &str,
) -> Result<OfficerId, Stop> {
    let invited = open_invitation(office, token).await?;
    if !secrets::password_is_strong(password, &invited.login) {
        return Err(Why::WeakPassword.into());
    }
    let step = step_of_secret(office, secret, digits).ok_or(Why::WrongCode)?;
    let act = AcceptInvitation {
        officer: invited.officer,
        invitation_hash: secrets::hash(token),
        password_hash: sealed(office, "password", invited.officer, &hashed(password).await?),
        totp_secret: sealed(office, "factor", invited.officer, secret),
        step,
    };
    office.perform_once(who, act).await
}
