//! Recordings with which the displays of halls speak: looked at before they are used.

use crate::config::Config;
use clap::Subcommand;
use diwan_domain::queue::sound::ClipFault;
use diwan_web::sound::{Sound, check};
use diwan_web::words::Words;
use std::path::PathBuf;
use tracing::warn;

/// Look at the recordings with which displays speak.
#[derive(Subcommand)]
pub enum SoundCommand {
    /// Check one language's folder: its manifest, names, kinds of sound, and what is missing
    Check {
        /// The folder with clips.toml
        folder: PathBuf,
    },
}

/// Carries a command out.
pub fn run(command: &SoundCommand) -> anyhow::Result<()> {
    let SoundCommand::Check { folder } = command;
    let (sound, faults, missing) = check(folder);
    println!("{sound} recordings can be used");
    for fault in &faults {
        println!("  - {}", said(fault));
    }
    if !missing.is_empty() {
        println!("every centre also needs: {}", missing.join(", "));
    }
    println!("letters: those before the numbers of lines, and those of counters' labels");
    anyhow::ensure!(
        faults.is_empty() && missing.is_empty(),
        "{} cannot be used as it is: {} faults, {} words are missing",
        folder.display(),
        faults.len(),
        missing.len()
    );
    Ok(())
}

/// A fault and how it is mended, for the operator.
fn said(fault: &ClipFault) -> String {
    let (word, found) = (&fault.word, &fault.found);
    match fault.code {
        "nobody-spoke" => "clips.toml: write into spoken-by who spoke and by which right it is used".into(),
        "unknown-word" => {
            format!("{word}: is no word of a call; there are ticket, please-go-to, counter, a to z, 0 to 9")
        }
        "file-name" => format!("{word}: {found:?} is no plain file name beside clips.toml"),
        "file-missing" => format!("{word}: {found} cannot be read"),
        "empty" => format!("{word}: {found} is empty"),
        "too-long" => format!("{word}: {found} is larger than one word can be (1 MB)"),
        "no-sound" => format!("{word}: {found} is no Ogg, MP3, MP4 or WAV file"),
        _ => found.clone(),
    }
}

/// The recordings that the configuration names. What cannot be used is left out and told
/// to the operator: a display then stays silent in that language.
pub fn of(config: &Config, words: &Words) -> Sound {
    let Some(sound) = &config.sound else { return Sound::default() };
    let languages: Vec<String> = words.languages().iter().map(|language| language.code.clone()).collect();
    let (read, faults) = Sound::load(&sound.folder, &languages);
    for (language, fault) in &faults {
        warn!("sound in {language}: {}", said(fault));
    }
    read
}
