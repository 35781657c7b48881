use diwan_documents::proof::{FORMAT, ProofFault, ProofFile, commitment, verify};
use signed_note::{Note, StandardSigner};
use tlog_tiles::{Checkpoint, Hash, HashReader, prove_record, record_hash, stored_hashes, tree_hash};

const ORIGIN: &str = "log.example/civil";

/// Stored hashes of a small log, in memory.
struct Log(Vec<Hash>);

impl HashReader for Log {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}

/// A key pair of the C2SP signed-note form, made from fixed bytes.
fn keys(name: &str, secret: [u8; 32]) -> (String, String) {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let secret_with_kind = [[1].as_slice(), &secret].concat();
    let public = ed25519_public(&secret);
    let public_with_kind = [[1].as_slice(), &public].concat();
    let id = signed_note::key_id(name, &public_with_kind);
    (
        format!("PRIVATE+KEY+{name}+{id:08x}+{}", STANDARD.encode(secret_with_kind)),
        format!("{name}+{id:08x}+{}", STANDARD.encode(public_with_kind)),
    )
}

/// RFC 8032, test 1 and test 2: the public keys of two known secrets.
fn ed25519_public(secret: &[u8; 32]) -> Vec<u8> {
    let public = match secret[0] {
        0x9d => "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        _ => "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    };
    hex::decode(public).unwrap()
}

fn secret(hex_text: &str) -> [u8; 32] {
    hex::decode(hex_text).unwrap().try_into().unwrap()
}

fn log_keys() -> (String, String) {
    keys(ORIGIN, secret("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
}

fn other_keys() -> (String, String) {
    keys(ORIGIN, secret("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
}

fn entry(n: u64) -> String {
    format!("{{\"act\":\"certificate-issued\",\"number\":\"EB-26-{n:06}\",\"name\":\"شیلان\"}}")
}

fn proof(size: u64, index: u64) -> ProofFile {
    let mut log = Log(vec![]);
    for n in 0..size {
        let leaf = commitment(&[n as u8; 16], entry(n).as_bytes());
        let hashes = stored_hashes(n, &leaf, &log).unwrap();
        log.0.extend(hashes);
    }
    let root = tree_hash(size, &log).unwrap();
    let text = Checkpoint::new(ORIGIN, size, root, "").unwrap().to_bytes();
    let mut note = Note::new(&text, &[]).unwrap();
    note.add_sigs(&[&StandardSigner::new(&log_keys().0).unwrap()]).unwrap();
    ProofFile {
        format: FORMAT.into(),
        origin: ORIGIN.into(),
        checkpoint: String::from_utf8(note.to_bytes()).unwrap(),
        leaf_index: index,
        tree_size: size,
        inclusion: prove_record(size, index, &log).unwrap().iter().map(|hash| hex::encode(hash.0)).collect(),
        salt: hex::encode([index as u8; 16]),
        entry: entry(index),
    }
}

#[test]
fn every_entry_of_logs_of_many_sizes_is_proven() {
    for size in [1, 2, 3, 7, 8, 33] {
        for index in 0..size {
            let proven = verify(&proof(size, index), &log_keys().1).unwrap();
            assert_eq!((proven.leaf_index, proven.tree_size, proven.entry), (index, size, entry(index)));
        }
    }
}

#[test]
fn a_proof_survives_its_file() {
    let proof = proof(33, 20);
    let file = serde_json::to_string_pretty(&proof).unwrap();
    assert_eq!(serde_json::from_str::<ProofFile>(&file).unwrap(), proof);
    assert_eq!(proof.checkpoint.lines().next(), Some(ORIGIN));
}

#[test]
fn whatever_is_altered_is_named() {
    let check = |change: fn(&mut ProofFile), code: &str| {
        let mut altered = proof(33, 20);
        change(&mut altered);
        let fault = verify(&altered, &log_keys().1).unwrap_err();
        assert_eq!(fault.code(), code, "{fault}");
    };
    check(|p| p.entry.push(' '), "proof/not-included");
    check(|p| p.salt = hex::encode([21; 16]), "proof/not-included");
    check(|p| p.leaf_index = 21, "proof/not-included");
    check(|p| p.leaf_index = 33, "proof/not-included");
    check(|p| p.leaf_index = u64::MAX, "proof/not-included");
    check(|p| p.inclusion.swap(0, 1), "proof/not-included");
    check(|p| p.inclusion.clear(), "proof/not-included");
    check(|p| p.inclusion = vec!["00".repeat(32); 65], "proof/malformed");
    check(|p| p.inclusion[0].push('0'), "proof/malformed");
    check(|p| p.salt = "not hex".into(), "proof/malformed");
    check(|p| p.tree_size = 34, "proof/disagrees");
    check(|p| p.origin = "log.example/other".into(), "proof/disagrees");
    check(|p| p.format = "diwan-proof/2".into(), "proof/unknown-format");
    check(|p| p.checkpoint = p.checkpoint.replacen("33", "34", 1), "proof/unsigned-checkpoint");
    check(|p| p.checkpoint = "hello".into(), "proof/malformed");
}

#[test]
fn another_key_of_the_same_name_is_not_the_logs() {
    assert_eq!(verify(&proof(3, 1), &other_keys().1).unwrap_err(), ProofFault::UnsignedCheckpoint);
    assert!(matches!(verify(&proof(3, 1), "nonsense").unwrap_err(), ProofFault::VerifierKey(_)));
}

#[test]
fn a_leaf_is_the_salted_entry_and_never_the_entry() {
    let proof = proof(1, 0);
    let proven = verify(&proof, &log_keys().1).unwrap();
    assert_eq!(proven.root, record_hash(&commitment(&[0; 16], proof.entry.as_bytes())).0);
    assert_ne!(proven.root, record_hash(proof.entry.as_bytes()).0);
}
