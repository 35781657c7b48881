//! Renders and seals every sample into a folder, with the root to check them against: `samples FOLDER`.
//! `openssl ts` confirms the moments, so that what other programs judge was not confirmed by us.
//!
//! `scripts/documents/check.sh` runs it and hands the papers to other people's validators.

use std::error::Error;
use std::path::{Path, PathBuf};

use diwan_documents::authority::{Subject, Term, create_root, issue};
use diwan_documents::layout::Job;
use diwan_documents::pades::{Room, SealInfo};
use diwan_documents::payload::{Payload, encode};
use diwan_documents::qr::{self, Repair};
use diwan_documents::sealing::Draft;
use diwan_documents::signer::{FileSigner, Signer, certificate_pem};
use diwan_documents::timestamps::Authority;
use diwan_documents::{FORM_LAYOUT, RECEIPT_LAYOUT};
use jiff::{SignedDuration, Timestamp};
use openssl::OpensslAuthority;
use serde_json::Value;
use sha2::{Digest, Sha256};

#[path = "../../testkit/src/openssl.rs"]
mod openssl;

type Fault = Box<dyn Error>;

fn main() -> Result<(), Fault> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: samples FOLDER")?);
    std::fs::create_dir_all(&folder)?;
    // In force now: an authority that confirms moments confirms the present.
    let (now, day) = (Timestamp::now(), SignedDuration::from_hours(24));
    let term = Term { from: now - day, until: now + 3650 * day };
    let root = create_root(&office("Diwan sample root"), term)?;
    let term = Term { from: now - day, until: now + 365 * day };
    let signer = issue(&root, &office("General Directorate of Civil Status"), term)?;
    let ca = root.certificate_chain().first().ok_or("the root has no certificate")?;
    std::fs::write(folder.join("ca.pem"), certificate_pem(ca)?)?;

    // One authority for each kind of key that an office may meet, in turn.
    let kinds = openssl::KINDS.iter().enumerate();
    let authorities: Vec<OpensslAuthority> = kinds
        .map(|(at, kind)| OpensslAuthority::new(&folder.join(format!("authority-{at}")), *kind))
        .collect();
    let roots: String = authorities.iter().map(OpensslAuthority::root_pem).collect();
    std::fs::write(folder.join("timestamp-roots.pem"), roots)?;

    let mut names: Vec<PathBuf> = std::fs::read_dir(samples())?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    names.sort();
    let names = names.iter().filter(|name| name.extension().is_some_and(|ext| ext == "json"));
    for (name, authority) in names.zip(authorities.iter().cycle()) {
        let sample: Value = serde_json::from_slice(&std::fs::read(name)?)?;
        let stem = name.file_stem().and_then(|stem| stem.to_str()).ok_or("a sample has no name")?;
        let job = job(stem, &sample, &signer)?;
        let about = SealInfo {
            issuer_name: "بەڕێوەبەرایەتیی گشتیی باری شارستانی".into(),
            reason: job.title.clone(),
            at: now,
        };
        let checked = Draft::new(job.clone()).check_here()?;
        if stem == "certificate" {
            // What an office without an authority gives out.
            let plain = Draft::new(job).check_here()?.seal(&signer, &about)?;
            std::fs::write(folder.join("certificate.b-b.pdf"), plain.pdf())?;
        }
        std::fs::write(folder.join(format!("{stem}.unsealed.pdf")), checked.pdf())?;
        let signed = checked.sign(&signer, &about, Room::SealAndStamp)?;
        let signature = signed.signature().to_vec();
        let trusted = Authority::new(&authority.root_pem(), None)?;
        let question = trusted.ask(&signature, Sha256::digest(&signature)[..16].try_into()?);
        let stamp = question.read(&authority.reply(question.der()), Timestamp::now())?;
        if !authority.accepts(stamp.token(), &signature) {
            return Err(format!("{stem}: openssl ts -verify does not accept the timestamp").into());
        }
        let sealed = signed.seal(Some(&stamp))?;
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
    let certificate = include_str!("../../../assets/layouts/certificate.typ");
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
        // Everything that a birth certificate may say takes two in four languages.
        most_pages: stem.starts_with("certificate").then_some(if stem == "certificate-whole" {
            2
        } else {
            1
        }),
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
