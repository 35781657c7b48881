//! Keys in a security module (PKCS#11 2.40 and later): the private half never leaves it, the module signs.
//!
//! A module is opened once in a process. Its session may end at any time (the module was restarted, its card
//! taken out and put back): a signature that fails is tried once more on a fresh session.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::signer::{PublicKey, SignFault, Signer};

/// P-256 by its object identifier in DER (RFC 5480): what a module is asked to make.
const P_256: [u8; 10] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

/// Where a key lives in a security module. It holds no secret itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TokenPlace {
    /// The module's library, such as `/usr/lib/softhsm/libsofthsm2.so`.
    pub module: PathBuf,
    /// The label of the token.
    pub token: String,
    /// The file that holds the user's PIN on its first line, readable by its owner only.
    pub pin_file: PathBuf,
}

impl TokenPlace {
    fn pin(&self) -> Result<AuthPin, SignFault> {
        let refused = |why: String| SignFault::Refused(format!("PIN in {}: {why}", self.pin_file.display()));
        owner_only(&self.pin_file).map_err(refused)?;
        let text = std::fs::read_to_string(&self.pin_file).map_err(|error| refused(error.to_string()))?;
        let pin = text.lines().next().unwrap_or_default();
        if pin.is_empty() { Err(refused("the first line is empty".into())) } else { Ok(AuthPin::from(pin)) }
    }

    /// A session on which the user is signed in.
    fn session(&self) -> Result<Session, SignFault> {
        let refused = |fault: Error| SignFault::Refused(format!("token {:?}: {fault}", self.token));
        let module = module(&self.module)?;
        let labelled = |slot: &cryptoki::slot::Slot| {
            module.get_token_info(*slot).is_ok_and(|about| about.label().trim_end() == self.token)
        };
        let slots = module.get_slots_with_initialized_token().map_err(refused)?;
        let slot = slots.into_iter().find(labelled).ok_or_else(|| {
            SignFault::Refused(format!("module {} has no token {:?}", self.module.display(), self.token))
        })?;
        let session = module.open_rw_session(slot).map_err(refused)?;
        match session.login(UserType::User, Some(&self.pin()?)) {
            // The sign-in holds for the whole process.
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
            Err(fault) => Err(refused(fault)),
        }
    }

    /// Makes a key in the module that cannot be taken out of it.
    ///
    /// # Errors
    /// When the module, its token or the PIN cannot be used.
    pub fn make_key(&self) -> Result<PublicKey, SignFault> {
        let refused = |fault: Error| SignFault::Refused(format!("token {:?}: {fault}", self.token));
        let session = self.session()?;
        let public = [Attribute::Token(true), Attribute::Verify(true), Attribute::EcParams(P_256.to_vec())];
        let private = [
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(true),
        ];
        let made =
            session.generate_key_pair(&Mechanism::EccKeyPairGen, &public, &private).map_err(refused)?;
        let key = public_half(&session, made.0)?;
        // Both halves are found again by the name that is printed in every code.
        let id = hex::decode(key.key_id()).map_err(|fault| SignFault::Key(fault.to_string()))?;
        for half in [made.0, made.1] {
            let name = [Attribute::Id(id.clone()), Attribute::Label(b"diwan seal".to_vec())];
            session.update_attributes(half, &name).map_err(refused)?;
        }
        Ok(key)
    }
}

/// The modules that are open, by their library.
static OPEN: LazyLock<Mutex<HashMap<PathBuf, Pkcs11>>> = LazyLock::new(Mutex::default);

fn module(library: &Path) -> Result<Pkcs11, SignFault> {
    let refused = |fault: Error| SignFault::Refused(format!("module {}: {fault}", library.display()));
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(module) = open.get(library) {
        return Ok(module.clone());
    }
    let module = Pkcs11::new(library).map_err(refused)?;
    module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).map_err(refused)?;
    open.insert(library.to_owned(), module.clone());
    Ok(module)
}

/// The point of a public key: DER around it in most modules, bare in some.
fn public_half(session: &Session, key: ObjectHandle) -> Result<PublicKey, SignFault> {
    let found = session.get_attributes(key, &[AttributeType::EcPoint]);
    let found = found.map_err(|fault| SignFault::Key(fault.to_string()))?;
    let point = found.iter().find_map(|attribute| match attribute {
        Attribute::EcPoint(point) => Some(point.as_slice()),
        _ => None,
    });
    let point = point.ok_or_else(|| SignFault::Key("the module does not tell the key's point".into()))?;
    let bare = point.strip_prefix(&[0x04, 0x41]).unwrap_or(point);
    PublicKey::from_sec1(bare).ok_or_else(|| SignFault::Key("the module's key is not on P-256".into()))
}

#[cfg(unix)]
fn owner_only(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    let about = std::fs::metadata(path).map_err(|error| error.to_string())?;
    let private = about.permissions().mode() & 0o077 == 0;
    if private { Ok(()) } else { Err("others can read it; set its mode to 0600".into()) }
}

#[cfg(not(unix))]
fn owner_only(_: &Path) -> Result<(), String> {
    Ok(())
}

/// A session, and the key on it.
struct At {
    session: Session,
    key: ObjectHandle,
}

/// A key in a security module.
pub struct TokenSigner {
    place: TokenPlace,
    public: PublicKey,
    key_id: String,
    chain: Vec<Vec<u8>>,
    at: Arc<Mutex<Option<At>>>,
}

impl std::fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenSigner").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

/// Sessions are kept from one signature to the next, by where the key lives.
type Sessions = HashMap<(PathBuf, String, String), Arc<Mutex<Option<At>>>>;
static SESSIONS: LazyLock<Mutex<Sessions>> = LazyLock::new(Mutex::default);

impl TokenSigner {
    /// Joins a key in a module and the chain that vouches for it. The module is not asked before it signs.
    ///
    /// # Errors
    /// When the chain is empty or its first certificate cannot be used.
    pub fn new(place: TokenPlace, chain: Vec<Vec<u8>>) -> Result<Self, SignFault> {
        let first = chain.first().ok_or_else(|| SignFault::Chain("is empty".into()))?;
        let public = PublicKey::from_certificate(first)
            .ok_or_else(|| SignFault::Chain("its first certificate cannot be used".into()))?;
        let key_id = public.key_id();
        let name = (place.module.clone(), place.token.clone(), key_id.clone());
        let mut sessions = SESSIONS.lock().unwrap_or_else(PoisonError::into_inner);
        let at = sessions.entry(name).or_default().clone();
        Ok(Self { place, public, key_id, chain, at })
    }

    fn open(&self) -> Result<At, SignFault> {
        let session = self.place.session()?;
        let id = hex::decode(&self.key_id).map_err(|fault| SignFault::Key(fault.to_string()))?;
        let wanted = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(id)];
        let found = session.find_objects(&wanted).map_err(|fault| SignFault::Refused(fault.to_string()))?;
        let key = found.first().copied().ok_or_else(|| {
            SignFault::Key(format!("token {:?} holds no key {}", self.place.token, self.key_id))
        })?;
        Ok(At { session, key })
    }

    fn ask(&self, at: &At, digest: &[u8]) -> Result<[u8; 64], SignFault> {
        let signature = at.session.sign(&Mechanism::Ecdsa, at.key, digest);
        let signature = signature.map_err(|fault| SignFault::Refused(fault.to_string()))?;
        signature
            .try_into()
            .map_err(|_| SignFault::Refused("the module's signature has another length".into()))
    }
}

impl Signer for TokenSigner {
    fn key_id(&self) -> &str {
        &self.key_id
    }

    fn certificate_chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    fn sign_raw(&self, message: &[u8]) -> Result<[u8; 64], SignFault> {
        let digest = Sha256::digest(message);
        let mut held = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = held.as_ref()
            && let Ok(signature) = self.ask(at, &digest)
        {
            return Ok(signature);
        }
        *held = None;
        let fresh = self.open()?;
        let signature = self.ask(&fresh, &digest)?;
        *held = Some(fresh);
        Ok(signature)
    }

    fn public_key_sec1(&self) -> Vec<u8> {
        self.public.to_sec1()
    }
}
