//! The crate's promises, kept where other crates see them. One binary, linked once.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop and say where.

mod codes;
mod keys;
mod layouts;
mod proofs;
mod rendering;
mod seals;
mod timestamps;

#[path = "../../../testkit/src/openssl.rs"]
mod openssl;

use std::path::Path;
use std::sync::LazyLock;

use diwan_documents::authority::{Subject, Term, create_root, issue};
use diwan_documents::layout::Job;
use diwan_documents::qr::{self, Repair};
use diwan_documents::signer::{FileSigner, Signer};
use jiff::Timestamp;
use serde_json::Value;

const CERTIFICATE_LAYOUT: &str = include_str!("../../../../assets/layouts/certificate.typ");

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn term(from: &str, until: &str) -> Term {
    Term { from: time(from), until: time(until) }
}

/// A directorate with its root and one sealing key, in force from 2026 to 2029.
struct Directorate {
    root: FileSigner,
    signer: FileSigner,
}

impl Directorate {
    fn new() -> Directorate {
        let root = create_root(
            &Subject {
                common_name: "ڕەگی باری شارستانی".into(),
                organisation: Some("وەزارەتی ناوخۆ".into()),
                unit: None,
                country: Some("IQ".into()),
            },
            term("2026-01-01T00:00:00Z", "2046-01-01T00:00:00Z"),
        )
        .unwrap();
        let signer = issue(
            &root,
            &Subject::named("General Directorate of Civil Status"),
            term("2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z"),
        )
        .unwrap();
        Directorate { root, signer }
    }

    fn roots(&self) -> Vec<Vec<u8>> {
        self.root.certificate_chain().to_vec()
    }
}

/// The one directorate most tests share; making keys is the slow part.
static DIRECTORATE: LazyLock<Directorate> = LazyLock::new(Directorate::new);

fn sample(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("samples/{name}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn sample_job(name: &str, layout: &str) -> Job {
    let sample = sample(name);
    Job {
        ident: sample["ident"].as_str().unwrap().into(),
        title: sample["title"].as_str().unwrap().into(),
        layout: layout.into(),
        data: sample["data"].clone(),
        images: [(
            "qr".into(),
            qr::svg("https://diwan.example/v/7Q4MK2TD9XHVP3RC6W0ZB8", Repair::M).unwrap(),
        )]
        .into(),
        issued: time(sample["issued"].as_str().unwrap()),
        most_pages: None,
    }
}

/// A job so small that tests of other things stay quick.
fn small_job(layout: &str) -> Job {
    Job {
        ident: "T-1".into(),
        title: "Small".into(),
        layout: layout.into(),
        data: serde_json::json!({}),
        images: Default::default(),
        issued: time("2026-11-22T12:00:00Z"),
        most_pages: None,
    }
}

const SMALL_LAYOUT: &str = "#set document(title: sys.inputs.title)\n#set text(font: \"Vazirmatn\", lang: \"en\")\n= Small\nA paper.\n";
