//! Renders and seals every sample into a folder, with the root to check them against: `samples FOLDER`.
//!
//! `scripts/documents/check.sh` runs it and hands the papers to other people's validators.

use std::error::Error;
use std::path::{Path, PathBuf};

use diwan_documents::authority::{Subject, Term, create_root, issue};
use diwan_documents::layout::Job;
use diwan_documents::pades::SealInfo;
use diwan_documents::payload::{Payload, encode};
use diwan_documents::qr::{self, Repair};
use diwan_documents::sealing::Draft;
use diwan_documents::signer::{FileSigner, Signer, certificate_pem};
use diwan_documents::{FORM_LAYOUT, RECEIPT_LAYOUT};
use serde_json::Value;

type Fault = Box<dyn Error>;

fn main() -> Result<(), Fault> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: samples FOLDER")?);
    std::fs::create_dir_all(&folder)?;
    let term = Term { from: "2026-01-01T00:00:00Z".parse()?, until: "2046-01-01T00:00:00Z".parse()? };
    let root = create_root(&office("Diwan sample root"), term)?;
    let term = Term { from: "2026-06-01T00:00:00Z".parse()?, until: "2029-06-01T00:00:00Z".parse()? };
    let signer = issue(&root, &office("General Directorate of Civil Status"), term)?;
    let ca = root.certificate_chain().first().ok_or("the root has no certificate")?;
    std::fs::write(folder.join("ca.pem"), certificate_pem(ca)?)?;

    let mut names: Vec<PathBuf> = std::fs::read_dir(samples())?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    names.sort();
    for name in names.iter().filter(|name| name.extension().is_some_and(|ext| ext == "json")) {
        let sample: Value = serde_json::from_slice(&std::fs::read(name)?)?;
        let stem = name.file_stem().and_then(|stem| stem.to_str()).ok_or("a sample has no name")?;
        let job = job(stem, &sample, &signer)?;
        let about = SealInfo {
            issuer_name: "بەڕێوەبەرایەتیی گشتیی باری شارستانی".into(),
            reason: job.title.clone(),
            at: job.issued,
        };
        let checked = Draft::new(job).check_here()?;
        std::fs::write(folder.join(format!("{stem}.unsealed.pdf")), checked.pdf())?;
        let sealed = checked.seal(&signer, &about)?;
        std::fs::write(folder.join(format!("{stem}.pdf")), sealed.pdf())?;
        println!("{stem}.pdf {} bytes", sealed.pdf().len());
    }
    Ok(())
}

fn samples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/samples"))
}

fn office(name: &str) -> Subject {
    Subject {
        common_name: name.into(),
        organisation: Some("Ministry of Interior, Kurdistan Region".into()),
        unit: None,
        country: Some("IQ".into()),
    }
}

fn job(stem: &str, sample: &Value, signer: &FileSigner) -> Result<Job, Fault> {
    let text = |value: &Value| value.as_str().map(str::to_string).ok_or("a sample lacks a text");
    let data = &sample["data"];
    let certificate = include_str!("../../../services/birth-certificate/document.typ");
    let (layout, address, repair) = match stem.split('-').next() {
        Some("certificate") => (certificate, coded_address(sample, signer)?, Repair::M),
        Some("receipt") => (RECEIPT_LAYOUT, text(&data["check"]["url"])?, Repair::Q),
        _ => (FORM_LAYOUT, format!("https://diwan.example/c/{}", text(&data["number"])?), Repair::Q),
    };
    Ok(Job {
        ident: text(&sample["ident"])?,
        title: text(&sample["title"])?,
        layout: layout.into(),
        data: data.clone(),
        images: [("qr".to_string(), qr::svg(&address, repair)?)].into(),
        issued: text(&sample["issued"])?.parse()?,
        most_pages: stem.starts_with("certificate").then_some(1),
    })
}

fn coded_address(sample: &Value, signer: &FileSigner) -> Result<String, Fault> {
    let text = |value: &Value| value.as_str().map(str::to_string).ok_or("a sample lacks a text");
    let (code, data) = (&sample["code"], &sample["data"]);
    let issued: jiff::Timestamp = text(&sample["issued"])?.parse()?;
    let payload = Payload {
        number: text(&data["number"])?,
        kind: text(&code["kind"])?,
        name: text(&code["name"])?,
        date: text(&code["date"])?,
        issuer: text(&code["issuer"])?,
        issued: issued.to_zoned(jiff::tz::TimeZone::UTC).date(),
        training: data["training"].as_bool().unwrap_or(true),
    };
    Ok(format!("{}#{}", text(&data["check"]["url"])?, encode(&payload, signer)?))
}
