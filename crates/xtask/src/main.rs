//! Chores of the house that people run by hand and that committed files depend on.
//!
//! ```text
//! cargo xtask css            write assets/css/app.ltr.css and app.rtl.css from app.css
//! cargo xtask css --check    fail when the written sheets are stale
//! ```

mod css;
mod logical;
mod sheet;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("xtask: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<()> {
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["css"] => css::write(&house()?),
        ["css", "--check"] => css::check(&house()?),
        [] | ["help" | "--help" | "-h"] => {
            println!("cargo xtask css            write the stylesheets of both directions from app.css");
            println!("cargo xtask css --check    fail when they are stale");
            Ok(())
        }
        other => bail!("no such task: {} (try `cargo xtask help`)", other.join(" ")),
    }
}

/// The folder of the workspace: two above this crate.
fn house() -> Result<std::path::PathBuf> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let house = crate_folder.parent().and_then(Path::parent).context("the crate stands outside the house")?;
    Ok(house.to_owned())
}
