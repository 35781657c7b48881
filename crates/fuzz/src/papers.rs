//! What someone shows as ours: the code on a paper, a sealed PDF, a proof from
//! the public log; and what an authority for time answers. Whatever is forged or
//! altered is never believed.

use diwan_documents::authority::{Subject, Term, create_root, issue, issue_stamping};
use diwan_documents::layout::{Job, render};
use diwan_documents::pades::{Seal, SealInfo, inspect, seal};
use diwan_documents::payload::{LONGEST_FRAGMENT, Payload, decode_and_verify, encode};
use diwan_documents::proof::{FORMAT, ProofFile, Proven, commitment, verify};
use diwan_documents::signer::{FileSigner, Signer};
use diwan_documents::timestamps::{Answer, Authority};
use jiff::Timestamp;
use jiff::civil::Date;
use signed_note::{Note, StandardSigner};
use std::sync::LazyLock;
use tlog_tiles::{Checkpoint, Hash, HashReader, prove_record, stored_hashes, tree_hash};

/// A key and its root, new in each process: no case can hold a signature of it.
struct House {
    root: FileSigner,
    signer: FileSigner,
}

static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let term = || Term { from: time("2026-01-01T00:00:00Z"), until: time("2029-01-01T00:00:00Z") };
    let root = create_root(&Subject::named("ڕەگ"), term()).expect("a root");
    let signer = issue(&root, &Subject::named("General Directorate"), term()).expect("a key");
    House { root, signer }
});

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// Reads a case from its front: numbers first, then text.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn two(&mut self) -> u16 {
        u16::from_be_bytes([self.byte(), self.byte()])
    }

    fn line(&mut self) -> String {
        let end = self.0.iter().position(|byte| *byte == b'\n').unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        String::from_utf8_lossy(line).into_owned()
    }

    /// Alters bytes in a few places: where (two bytes), how much goes, how much comes.
    fn alter(&mut self, original: &[u8]) -> Vec<u8> {
        let mut altered = original.to_vec();
        for _ in 0..8 {
            if self.0.is_empty() {
                break;
            }
            let scale = original.len().div_ceil(usize::from(u16::MAX)).max(1);
            let at = (usize::from(self.two()) * scale % original.len().max(1)).min(altered.len());
            let end = (at + usize::from(self.byte() % 16)).min(altered.len());
            let new: Vec<u8> = (0..self.byte() % 16).map(|_| self.byte()).collect();
            altered.splice(at..end, new);
        }
        altered
    }
}

/// Two bytes for flags and the day of issue, five lines of fields, and then how
/// the code that comes of them is altered. The whole is also read as a code.
pub fn codes(bytes: &[u8]) {
    let known = |_: &str| Some(HOUSE.signer.public_key());
    let text = String::from_utf8_lossy(bytes);
    assert!(decode_and_verify(&text, known).is_err(), "nobody else signs with this key");

    let mut reader = Reader(bytes);
    let (training, days) = (reader.byte() % 2 == 1, reader.two());
    let issued = Date::constant(2000, 1, 1).checked_add(jiff::Span::new().days(i64::from(days)));
    let payload = Payload {
        number: reader.line(),
        kind: reader.line(),
        name: reader.line(),
        date: reader.line(),
        issuer: reader.line(),
        issued: issued.expect("a day of this era"),
        training,
    };
    let Ok(code) = encode(&payload, &HOUSE.signer) else { return };
    assert!(code.len() <= LONGEST_FRAGMENT, "{}", code.len());
    let read = decode_and_verify(&code, known).expect("what was signed here is believed");
    assert_eq!(read.key_id, HOUSE.signer.key_id());
    assert!(payload.name.starts_with(&read.payload.name), "a name is only cut at its end");
    assert_eq!(read.name_shortened, read.payload.name != payload.name);
    assert_eq!(Payload { name: payload.name.clone(), ..read.payload }, payload);
    assert!(decode_and_verify(&code, |_| None).is_err(), "an unknown key is not believed");
    assert!(decode_and_verify(&code, |_| Some(HOUSE.root.public_key())).is_err(), "nor another one");

    let altered = reader.alter(code.as_bytes());
    if altered != code.as_bytes() {
        let altered = String::from_utf8_lossy(&altered);
        assert!(decode_and_verify(&altered, known).is_err(), "{altered} is not {code}");
    }
}

/// A small paper, sealed.
static SEALED: LazyLock<(Vec<u8>, Seal)> = LazyLock::new(|| {
    let layout = "#set document(title: sys.inputs.title)\n#set text(font: \"Vazirmatn\", lang: \"en\")\n= Small\nA paper.\n";
    let job = Job {
        ident: "T-1".into(),
        title: "Small".into(),
        layout: layout.into(),
        data: serde_json::json!({}),
        images: std::collections::BTreeMap::new(),
        issued: time("2026-11-22T12:00:00Z"),
        most_pages: None,
    };
    let about =
        SealInfo {
            issuer_name: "فەرمانگە".into(), reason: "T-1".into(), at: time("2026-11-22T12:00:00Z")
        };
    let sealed = seal(&render(&job).expect("a paper"), &HOUSE.signer, &about).expect("a seal");
    let found = inspect(&sealed, HOUSE.root.certificate_chain()).expect("a sealed paper is believed");
    (sealed, found)
});

/// A PDF when it begins as one; otherwise how our sealed paper is altered.
pub fn seals(bytes: &[u8]) {
    let roots = HOUSE.root.certificate_chain();
    if bytes.starts_with(b"%PDF") {
        assert!(inspect(bytes, roots).is_err(), "nobody else has this key");
        return;
    }
    let (sealed, found) = &*SEALED;
    let mut altered = Reader(bytes).alter(sealed);
    // What is put behind a paper is no part of it either.
    if bytes.last() == Some(&b'+') {
        altered.extend(bytes);
    }
    match inspect(&altered, roots) {
        Ok(seal) => {
            assert_eq!(&altered, sealed, "an altered paper is not believed");
            assert_eq!(&seal, found);
        }
        Err(fault) => {
            assert_ne!(&altered, sealed, "{fault}");
            assert!(fault.code().starts_with("seal/"));
        }
    }
    assert!(inspect(&altered, &[]).is_err(), "without a root nobody is believed");
}

const ORIGIN: &str = "log.example/civil";

/// Stored hashes of a small log.
struct Log(Vec<Hash>);

impl HashReader for Log {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).expect("small")]).collect())
    }
}

/// A proof of a log of thirty-three entries, its key, and what it proves.
static PROOF: LazyLock<(String, String, Proven)> = LazyLock::new(|| {
    let (size, index) = (33, 20);
    let entry = |n: u64| format!("{{\"act\":\"certificate-issued\",\"number\":\"EB-26-{n:06}\"}}");
    let salt = |n: u64| [u8::try_from(n).expect("small"); 16];
    let mut log = Log(Vec::new());
    for n in 0..size {
        let hashes = stored_hashes(n, &commitment(&salt(n), entry(n).as_bytes()), &log).expect("hashes");
        log.0.extend(hashes);
    }
    let root = tree_hash(size, &log).expect("a root");
    let text = Checkpoint::new(ORIGIN, size, root, "").expect("a checkpoint").to_bytes();
    let (signing, key) = signed_note::generate_key(&mut rand_core::OsRng, ORIGIN);
    let mut note = Note::new(&text, &[]).expect("a note");
    note.add_sigs(&[&StandardSigner::new(&signing).expect("a key")]).expect("signed");
    let path = prove_record(size, index, &log).expect("a path");
    let file = ProofFile {
        format: FORMAT.into(),
        origin: ORIGIN.into(),
        checkpoint: String::from_utf8(note.to_bytes()).expect("text"),
        leaf_index: index,
        tree_size: size,
        inclusion: path.iter().map(|hash| hex::encode(hash.0)).collect(),
        salt: hex::encode(salt(index)),
        entry: entry(index),
    };
    let proven = verify(&file, &key).expect("a proof holds");
    (serde_json::to_string(&file).expect("written"), key, proven)
});

/// A proof file when it begins with a brace, a log's key when it begins with
/// `+`; otherwise how our proof file is altered.
pub fn proofs(bytes: &[u8]) {
    let (file, key, proven) = &*PROOF;
    match bytes.first() {
        Some(b'{') => {
            if let Ok(proof) = serde_json::from_slice::<ProofFile>(bytes) {
                assert!(verify(&proof, key).is_err(), "nobody else has this key");
                let written = serde_json::to_string(&proof).expect("written");
                assert_eq!(serde_json::from_str::<ProofFile>(&written).expect("read"), proof);
            }
        }
        Some(b'+') => {
            let other = String::from_utf8_lossy(&bytes[1..]);
            let proof: ProofFile = serde_json::from_str(file).expect("ours");
            assert!(other == *key || verify(&proof, &other).is_err(), "{other} is not the log's key");
        }
        _ => {
            let altered = Reader(bytes).alter(file.as_bytes());
            if let Ok(proof) = serde_json::from_slice::<ProofFile>(&altered)
                && let Ok(found) = verify(&proof, key)
            {
                assert_eq!(&found, proven, "an altered proof proves nothing else");
            }
        }
    }
}

/// An authority for time, whom the office trusts, and its answer to one question.
struct Clock {
    trusted: Authority,
    answer: Vec<u8>,
}

const SIGNATURE: &[u8] = b"a signature";
const NUMBER: [u8; 16] = [7; 16];
const POLICY: &str = "1.3.6.1.4.1.99999.7";
const NOON: &str = "2026-11-22T12:00:00Z";

static CLOCK: LazyLock<Clock> = LazyLock::new(|| {
    let term = || Term { from: time("2026-01-01T00:00:00Z"), until: time("2029-01-01T00:00:00Z") };
    let root = create_root(&Subject::named("Time root"), term()).expect("a root");
    let signer = issue_stamping(&root, &Subject::named("Time authority"), term()).expect("a key");
    let trusted = Authority::new(&root.chain_pem().expect("a chain"), Some(POLICY)).expect("a root");
    let question = trusted.ask(SIGNATURE, NUMBER);
    let answer = Answer::to(question.der(), POLICY, 41, time(NOON)).expect("our own question");
    let answer = answer.sign(&signer).expect("an answer");
    Clock { trusted, answer }
});

/// What an authority answers: 0 and the answer's bytes, or anything else and
/// where the honest answer is altered. What is taken confirms what was asked.
pub fn stamps(bytes: &[u8]) {
    let mut case = Reader(bytes);
    let answer = if case.byte() == 0 { case.0.to_vec() } else { case.alter(&CLOCK.answer) };
    let question = CLOCK.trusted.ask(SIGNATURE, NUMBER);
    match question.read(&answer, time(NOON)) {
        Ok(stamp) => {
            assert!(stamp.is_for(SIGNATURE) && CLOCK.trusted.vouches_for(&stamp).is_ok());
            let said = (stamp.at, stamp.serial.as_str(), stamp.authority.as_str(), stamp.policy.as_str());
            assert_eq!(said, (time(NOON), "29", "Time authority", POLICY), "as it was signed");
        }
        Err(fault) => assert!(fault.code().starts_with("stamp/") && !fault.to_string().is_empty()),
    }
}
