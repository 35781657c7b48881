//! Officers sign in with a password and a second factor; too many failures
//! lock the door for a while, and an administrator can open it.

use crate::acting::in_service;
use crate::desk::{Office, Who};
use crate::secrets;
use diwan_domain::acts::Desk;
use diwan_domain::ids::OfficerId;
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::{Act, Recorded, Stop, Tx, access, officers};
use serde::{Deserialize, Serialize};

const FAILURES: i64 = 8;
const LOCKED_FOR: i64 = 15 * 60_000_000;

/// Records how an attempt to sign in ended. The password was compared before,
/// outside the transaction, because that is slow on purpose.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OfficerSignsIn {
    officer: Option<OfficerId>,
    login: String,
    fits: bool,
    /// The step of the second factor, so that a code serves once.
    step: Option<i64>,
}

impl Act for OfficerSignsIn {
    const NAME: &'static str = "officer-signs-in";
    type Out = OfficerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficerId>, Stop> {
        let door = format!("officer/{}", self.login);
        let failures = access::uses(tx, &door, at.now, LOCKED_FOR).await?;
        let entry = |kind: &str| Entry::new(kind, "login", &self.login);
        if failures >= FAILURES {
            let minutes = LOCKED_FOR / 60_000_000;
            return Err(Stop::Kept(
                Refusal::from(Why::LockedOut).about("minutes", minutes),
                vec![entry("sign-in-locked")],
            ));
        }
        let officer = match self.officer {
            Some(id) => officers::officer(tx, id).await?,
            None => None,
        };
        let officer = officer.filter(|officer| {
            self.fits
                && in_service(officer, at.now, at.utc_offset_minutes)
                && self.step > officer.totp_last_step
                && self.step.is_some()
        });
        let Some(mut officer) = officer else {
            access::count_use_in(tx, &door, at.now, LOCKED_FOR).await?;
            return Err(Stop::Kept(Why::WrongPassword.into(), vec![entry("sign-in-failed")]));
        };
        access::forget_uses(tx, &door).await?;
        officer.totp_last_step = self.step;
        tx.edit(&mut officer).await?;
        Ok(Recorded::new(officer.id, Entry::new("officer-signed-in", "officer", officer.id)))
    }
}

/// How much of a typed name is read and remembered, in characters.
const LONGEST_LOGIN: usize = 200;

/// Signs an officer in: name, password, and six digits.
///
/// # Errors
/// [`Why::WrongPassword`] whatever it was that did not fit; [`Why::LockedOut`].
pub async fn sign_in(
    office: &Office,
    who: &Who,
    login: &str,
    password: &str,
    digits: &str,
) -> Result<OfficerId, Stop> {
    // What no name can be as long as is not kept whole: failures stand in the
    // journal for ever, and anyone may cause one.
    let login: String = login.trim().to_lowercase().chars().take(LONGEST_LOGIN).collect();
    let officer = {
        let mut reading = office.db.reading().await?;
        officers::by_login(&mut reading.tx(), &login).await?
    };
    let (kept, typed) = (officer.as_ref().and_then(|o| o.password_hash.clone()), password.to_owned());
    let fits = tokio::task::spawn_blocking(move || secrets::password_fits(&typed, kept.as_deref()))
        .await
        .unwrap_or(false);
    let now = u64::try_from(office.now() / 1_000_000).unwrap_or(0);
    let digits: String =
        diwan_domain::digits::to_ascii(digits).chars().filter(char::is_ascii_digit).collect();
    let secret = officer.as_ref().and_then(|o| o.totp_secret.clone());
    let step = secret
        .and_then(|secret| secrets::totp(&secret))
        .and_then(|totp| totp.check(&digits, now))
        .and_then(|step| i64::try_from(step).ok());
    let act = OfficerSignsIn { officer: officer.map(|o| o.id), login, fits, step };
    office.perform_once(who, act).await
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
    password_hash: String,
    totp_secret: String,
}

impl Act for AcceptInvitation {
    const NAME: &'static str = "accept-invitation";
    type Out = OfficerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<OfficerId>, Stop> {
        let officer = officers::by_invitation(tx, &self.invitation_hash, at.now).await?;
        let mut officer = officer.filter(|officer| officer.id == self.officer).ok_or(Why::InvitationSpent)?;
        officer.password_hash = Some(self.password_hash.clone());
        officer.totp_secret = Some(self.totp_secret.clone());
        officer.totp_last_step = None;
        officer.invitation_hash = None;
        officer.invitation_until = None;
        officer.active_at = officer.active_at.or(Some(at.now));
        tx.edit(&mut officer).await?;
        access::end_sessions_of(tx, "officer", officer.id.0).await?;
        access::forget_uses(tx, &format!("officer/{}", officer.login)).await?;
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
    let digits: String =
        diwan_domain::digits::to_ascii(digits).chars().filter(char::is_ascii_digit).collect();
    let now = u64::try_from(office.now() / 1_000_000).unwrap_or(0);
    let fits = secrets::totp(secret).is_some_and(|totp| totp.check(&digits, now).is_some());
    if !fits {
        return Err(Why::WrongCode.into());
    }
    let typed = password.to_owned();
    let hash = tokio::task::spawn_blocking(move || secrets::hash_password(&typed)).await.ok().flatten();
    let act = AcceptInvitation {
        officer: invited.officer,
        invitation_hash: secrets::hash(token),
        password_hash: hash.ok_or(Why::Busy)?,
        totp_secret: secret.to_owned(),
    };
    office.perform_once(who, act).await
}
