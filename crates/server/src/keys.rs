//! The keys folder: what stands in it, how it is filled the first time, and
//! how the key that seals papers is changed.

use crate::config::{self, Config};
use anyhow::Context;
use clap::Subcommand;
use diwan_documents::authority::{self, Subject, Term};
use diwan_documents::keys::{Key, KeyFault, KeyFolder};
use diwan_documents::signer::{FileSigner, Signer};
use diwan_documents::token::TokenPlace;
use diwan_office::secrets;
use diwan_store::Keys;
use diwan_store::disk;
use diwan_store::log::LogKey;
use jiff::{Span, Timestamp};
use std::path::{Path, PathBuf};

/// Look at the keys, or change the one that seals papers.
#[derive(Subcommand)]
pub enum KeysCommand {
    /// List every key that ever sealed a paper, and the log's key
    List {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
    },
    /// Make a new sealing key and put it in use; everything sealed before still verifies
    Rotate {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// The folder with the directorate's root, where it is mounted; `root` in the keys folder when left out
        #[arg(long)]
        root: Option<PathBuf>,
        /// Make a new root as well, because the old one is lost or has ended
        #[arg(long, conflicts_with = "root")]
        new_root: bool,
        /// Make the key in a security module (PKCS#11): the module's library
        #[arg(long, requires_all = ["token", "pin_file"])]
        module: Option<PathBuf>,
        /// The label of the module's token
        #[arg(long, requires = "module")]
        token: Option<String>,
        /// A file with the token's user PIN on its first line, readable by its owner only
        #[arg(long, requires = "module")]
        pin_file: Option<PathBuf>,
    },
}

/// Carries a command out.
pub fn run(command: KeysCommand) -> anyhow::Result<()> {
    match command {
        KeysCommand::List { config } => list(&config::load(&config)?),
        KeysCommand::Rotate { config, root, new_root, module, token, pin_file } => {
            let place = match (module, token, pin_file) {
                (Some(module), Some(token), Some(pin_file)) => Some(TokenPlace { module, token, pin_file }),
                _ => None,
            };
            rotate(&config::load(&config)?, root, new_root, place.as_ref())
        }
    }
}

/// The folder of sealing keys.
pub fn sealing_folder(keys: &Path) -> KeyFolder {
    KeyFolder::at(keys.join("seal"))
}

/// Makes the journal's key where there is none yet; says whether it did.
pub fn make_journal_key(folder: &Path) -> anyhow::Result<bool> {
    let file = folder.join("journal.key");
    if file.exists() {
        return Ok(false);
    }
    write_secret(&file, hex(&secrets::random::<32>()).as_bytes())?;
    Ok(true)
}

/// Makes the key of factors if there is none: passwords' hashes and second
/// factors are sealed under it. Says whether one was made.
pub fn make_factors_key(folder: &Path) -> anyhow::Result<bool> {
    let file = folder.join("factors.key");
    if file.exists() {
        return Ok(false);
    }
    write_secret(&file, hex(&secrets::random::<32>()).as_bytes())?;
    Ok(true)
}

/// Reads the keys of the journal and of factors. Without the first every entry
/// would look forged, without the second no officer could sign in, so neither is
/// ever replaced in silence.
pub fn journal_key(folder: &Path) -> anyhow::Result<Keys> {
    let journal = hex_key(folder, "journal.key")?;
    // Made when the office is opened; what only reads the database needs none.
    let factors = if folder.join("factors.key").exists() { hex_key(folder, "factors.key")? } else { [0; 32] };
    Ok(Keys { journal, factors })
}

fn hex_key(folder: &Path, name: &str) -> anyhow::Result<[u8; 32]> {
    let file = folder.join(name);
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("{} is needed; put it back from where the keys are kept", file.display()))?;
    let text = text.trim();
    let right = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    anyhow::ensure!(right, "{} does not hold 64 hex digits", file.display());
    let mut key = [0_u8; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).context("the key is not hex")?;
    }
    Ok(key)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file that only its owner may read, and that a power cut leaves
/// whole or not at all.
pub fn write_secret(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    Ok(disk::keep_secret(file, bytes)?)
}

/// Reads the log's key.
pub fn read_log_key(folder: &Path) -> anyhow::Result<LogKey> {
    let file = folder.join("log.key");
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("{} is needed; put it back from where the keys are kept", file.display()))?;
    Ok(LogKey::from_text(&text)?)
}

/// Reads the log's key, or makes one for a log of this name.
pub fn log_key(folder: &Path, origin: &str) -> anyhow::Result<LogKey> {
    if !folder.join("log.key").exists() {
        write_secret(&folder.join("log.key"), LogKey::generate(origin).to_text().as_bytes())?;
    }
    read_log_key(folder)
}

/// The file that says that keys are for training.
const TRAINING: &str = "training";

/// Marks a folder that was just filled.
pub fn mark_purpose(folder: &Path, training: bool) -> anyhow::Result<()> {
    if training {
        disk::replace(&folder.join(TRAINING), b"nothing that these keys sign is genuine\n")?;
    }
    Ok(())
}

/// Real keys never sign what is for training, nor the other way round: a seal
/// made in training would pass for genuine.
pub fn check_purpose(folder: &Path, training: bool) -> anyhow::Result<()> {
    match (folder.join(TRAINING).exists(), training) {
        (true, false) => anyhow::bail!("the keys in {} are for training; use others", folder.display()),
        (false, true) => {
            anyhow::bail!(
                "the keys in {} are not for training; give training keys of its own",
                folder.display()
            )
        }
        _ => Ok(()),
    }
}

/// Whom the sealing certificates name.
pub fn issuer(config: &Config) -> Subject {
    let government = config.brand.government.get("en").map_or("Kurdistan Region of Iraq", String::as_str);
    let name = config.issuer.name.as_deref().unwrap_or(government);
    Subject {
        common_name: if config.training { format!("TRAINING, NOT VALID: {name}") } else { name.to_owned() },
        organisation: config.issuer.organisation.clone(),
        unit: None,
        country: config.issuer.country.clone(),
    }
}

/// Refuses to go on without the key that sealed: papers issued before could no longer be told from forged ones.
pub fn check_seal(keys: &Path) -> anyhow::Result<()> {
    match sealing_folder(keys).current() {
        Err(KeyFault::NoCurrent(place)) => anyhow::bail!(
            "{} holds no sealing key, and this database was begun under one; put it back from where the keys are \
             kept. Is it lost for ever, `diwan keys rotate --new-root` makes another: papers sealed before are \
             checked by their code only then",
            place.display()
        ),
        // Whatever else is wrong with it is said when it is to sign.
        _ => Ok(()),
    }
}

/// Makes the directorate's root and a sealing key when there are none.
pub fn sealing_keys(config: &Config, now: Timestamp) -> anyhow::Result<KeyFolder> {
    let seal = sealing_folder(&config.keys);
    if seal.current().is_err() && !config.keys.join("seal/current").exists() {
        let subject = issuer(config);
        let root = make_root(config, &subject, now)?;
        seal.add(&certify(&root, &subject, now)?)?;
    }
    Ok(seal)
}

fn years(now: Timestamp, n: i64) -> anyhow::Result<Timestamp> {
    Ok(now.checked_add(Span::new().hours(n * 8_766))?)
}

fn make_root(config: &Config, whose: &Subject, now: Timestamp) -> anyhow::Result<FileSigner> {
    let mut subject = whose.clone();
    subject.common_name.push_str(" Root");
    let term = Term { from: now.checked_sub(Span::new().hours(1))?, until: years(now, 20)? };
    let root = authority::create_root(&subject, term)?;
    KeyFolder::at(config.keys.join("root")).add(&root)?;
    Ok(root)
}

/// A new sealing key in a file.
fn certify(root: &FileSigner, whose: &Subject, now: Timestamp) -> anyhow::Result<FileSigner> {
    Ok(authority::issue(root, whose, term(root, now)?)?)
}

/// Whom a new certificate names: whom the settings name, or else the same as the one in use. `init` named the first
/// office where the settings named nobody, and readers know that name.
fn goes_on_as(config: &Config, seal: &KeyFolder) -> Subject {
    let own = || {
        let signer = seal.current().ok()?;
        authority::describe(signer.certificate_chain().first()?).ok()?.common_name
    };
    match (&config.issuer.name, own()) {
        (None, Some(common_name)) => Subject { common_name, ..issuer(config) },
        _ => issuer(config),
    }
}

/// How long a new sealing key is certified: three years, or as long as its root
/// still lasts.
fn term(root: &FileSigner, now: Timestamp) -> anyhow::Result<Term> {
    let own = root.certificate_chain().first().context("the root has no certificate")?;
    let theirs = authority::describe(own)?.term;
    anyhow::ensure!(now < theirs.until, "the root ended on {}; make a new one with --new-root", theirs.until);
    let from = now.checked_sub(Span::new().hours(1))?.max(theirs.from);
    Ok(Term { from, until: years(now, 3)?.min(theirs.until) })
}

/// A key for a mobile unit, certified by the directorate's root until its journey is over.
pub fn unit_seal(
    config: &Config,
    root: Option<PathBuf>,
    name: &str,
    until: Timestamp,
) -> anyhow::Result<FileSigner> {
    let place = root.unwrap_or_else(|| config.keys.join("root"));
    let root = match KeyFolder::at(&place).current() {
        Ok(Key::File(root)) => root,
        Ok(Key::Token(_)) => anyhow::bail!(
            "the root in {} is in a security module; it certifies by that module's own tools",
            place.display()
        ),
        Err(_) => anyhow::bail!(
            "the root is not in {}; mount the medium that holds it and name its folder with --root",
            place.display()
        ),
    };
    let whole = term(&root, Timestamp::now())?;
    let until = until.checked_add(Span::new().hours(1))?.min(whole.until);
    let directorate = goes_on_as(config, &sealing_folder(&config.keys));
    let subject = Subject { unit: Some(name.to_owned()), ..directorate };
    Ok(authority::issue(&root, &subject, Term { from: whole.from, until })?)
}

/// The name of a key.
pub fn id_of(signer: &FileSigner) -> String {
    signer.key_id().to_owned()
}

/// Makes the folder of a mobile unit with keys of its own, and returns where they are.
pub fn make_unit_folder(to: &Path, training: bool, seal: &FileSigner) -> anyhow::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    let keys = to.join("keys");
    for folder in [to, keys.as_path()] {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    make_journal_key(&keys)?;
    make_factors_key(&keys)?;
    mark_purpose(&keys, training)?;
    log_key(&keys, &format!("{}/log", id_of(seal)))?;
    sealing_folder(&keys).add(seal)?;
    Ok(keys)
}

fn rotate(
    config: &Config,
    root: Option<PathBuf>,
    new_root: bool,
    token: Option<&TokenPlace>,
) -> anyhow::Result<()> {
    check_purpose(&config.keys, config.training)?;
    let seal = sealing_folder(&config.keys);
    anyhow::ensure!(
        new_root || !seal.key_ids()?.is_empty(),
        "there is no sealing key yet; `diwan init` makes the first"
    );
    let subject = goes_on_as(config, &seal);
    let now = Timestamp::now();
    let root = if new_root {
        make_root(config, &subject, now)?
    } else {
        let place = root.unwrap_or_else(|| config.keys.join("root"));
        match KeyFolder::at(&place).current() {
            Ok(Key::File(root)) => root,
            Ok(Key::Token(_)) => anyhow::bail!(
                "the root in {} is in a security module; it certifies by that module's own tools",
                place.display()
            ),
            Err(KeyFault::NoCurrent(_)) => anyhow::bail!(
                "the root is not in {}; mount the medium that holds it and name its folder with --root, or make \
                 a new root with --new-root",
                place.display()
            ),
            Err(fault) => return Err(fault.into()),
        }
    };
    match token {
        None => seal.add(&certify(&root, &subject, now)?)?,
        Some(place) => {
            let own = authority::issue_for(&root, &subject, term(&root, now)?, &place.make_key()?)?;
            seal.add_token(place, &[vec![own], root.certificate_chain().to_vec()].concat())?;
        }
    }
    let signer = seal.current()?;
    println!("key {} seals from now on; a running `serve` takes it up with the next paper", signer.key_id());
    println!("root: {}", fingerprint(&root)?);
    if new_root {
        println!(
            "a new root was made: take {} offline and publish its fingerprint",
            config.keys.join("root").display()
        );
    }
    println!("copy {} to the other nodes and to where the keys are kept", config.keys.join("seal").display());
    Ok(())
}

fn fingerprint(signer: &FileSigner) -> anyhow::Result<String> {
    use sha2::Digest;
    let own = signer.certificate_chain().last().context("the key has no certificate")?;
    Ok(format!("{}, SHA-256 {}", authority::describe(own)?.subject, hex(&sha2::Sha256::digest(own))))
}

fn list(config: &Config) -> anyhow::Result<()> {
    use sha2::Digest;
    let seal = sealing_folder(&config.keys);
    let current = seal.current().ok().map(|signer| signer.key_id().to_owned());
    for id in seal.key_ids()? {
        let chain = seal.chain(&id)?;
        let own = authority::describe(chain.first().context("a key has a certificate")?)?;
        let state = if current.as_deref() == Some(id.as_str()) { "in use" } else { "retired" };
        let private =
            if config.keys.join("seal").join(&id).join("key.pem").exists() { "here" } else { "taken away" };
        println!("{id}  {state:<8} {}", own.subject);
        println!("    from {} until {}; private half {private}", own.term.from, own.term.until);
        if let Some(root) = chain.last().filter(|_| chain.len() > 1) {
            println!(
                "    under {}, SHA-256 {}",
                authority::describe(root)?.subject,
                hex(&sha2::Sha256::digest(root))
            );
        }
    }
    println!("public log: {}", read_log_key(&config.keys)?.verifier);
    let root = config.keys.join("root").join("current").exists();
    println!("root: {}", if root { "here; take it offline" } else { "not here, as it should be" });
    anyhow::ensure!(current.is_some(), "no sealing key is in use");
    Ok(())
}
