//! Recordings with which displays speak: brought by the installation, one folder for each
//! language, read once at the start. Without them a display says nothing and flashes.

use crate::app::App;
use crate::assets;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::queue::sound::{self, ClipFault};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as FilePath;
use std::sync::Arc;

/// A recording of one word.
#[derive(Clone, Debug)]
struct Clip {
    /// Its file, by which players know what it is.
    name: String,
    bytes: Arc<[u8]>,
}

/// The recordings of an installation, by language and word.
#[derive(Clone, Debug, Default)]
pub struct Sound(BTreeMap<String, BTreeMap<String, Clip>>);

impl Sound {
    /// Reads the folders of these languages, those that are there. What cannot be used is
    /// left out and named with its language.
    #[must_use]
    pub fn load(folder: &FilePath, languages: &[String]) -> (Self, Vec<(String, ClipFault)>) {
        let (mut all, mut faults) = (BTreeMap::new(), Vec::new());
        for language in languages {
            let own = folder.join(language);
            if !own.is_dir() {
                continue;
            }
            let (clips, wrong) = read(&own);
            faults.extend(wrong.into_iter().map(|fault| (language.clone(), fault)));
            all.insert(language.clone(), clips);
        }
        (Self(all), faults)
    }

    /// The words of every language that has recordings.
    #[must_use]
    pub fn spoken(&self) -> BTreeMap<String, BTreeSet<String>> {
        self.0.keys().map(|language| (language.clone(), self.words(language))).collect()
    }

    /// The words that a language has recordings of.
    #[must_use]
    pub fn words(&self, language: &str) -> BTreeSet<String> {
        self.0.get(language).map(|clips| clips.keys().cloned().collect()).unwrap_or_default()
    }
}

/// Reads the folder of one language.
fn read(folder: &FilePath) -> (BTreeMap<String, Clip>, Vec<ClipFault>) {
    let unreadable = |found: String| ClipFault { word: String::new(), code: "unreadable", found };
    let manifest = match std::fs::read_to_string(folder.join("clips.toml")) {
        Ok(text) => sound::read(&text),
        Err(error) => Err(unreadable(format!("clips.toml: {error}"))),
    };
    let manifest = match manifest {
        Ok(manifest) => manifest,
        Err(fault) => return (BTreeMap::new(), vec![fault]),
    };
    let (mut clips, mut faults) = (BTreeMap::new(), Vec::new());
    for (word, name) in manifest.clips {
        // A name that leads elsewhere is refused before anything is opened.
        let name_fault = sound::fault(&word, &name, Some(b"OggS"));
        let bytes = if name_fault.is_some() { None } else { std::fs::read(folder.join(&name)).ok() };
        match name_fault.or_else(|| sound::fault(&word, &name, bytes.as_deref())) {
            Some(fault) => faults.push(fault),
            None => {
                clips.insert(word, Clip { name, bytes: bytes.unwrap_or_default().into() });
            }
        }
    }
    (clips, faults)
}

/// What is wrong with a folder of one language, and which of the words every centre needs
/// have no recording. For `diwan sound check`.
#[must_use]
pub fn check(folder: &FilePath) -> (usize, Vec<ClipFault>, Vec<String>) {
    let (clips, faults) = read(folder);
    let digits = (0..10).map(|digit| digit.to_string());
    let everywhere = sound::WORDS.iter().map(|word| (*word).to_owned()).chain(digits);
    let missing = everywhere.filter(|word| !clips.contains_key(word)).collect();
    (clips.len(), faults, missing)
}

/// One recording.
pub async fn clip(
    State(app): State<App>,
    Path((language, word)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match app.sound.0.get(&language).and_then(|clips| clips.get(&word)) {
        Some(clip) => {
            let media = sound::media(&clip.bytes).unwrap_or("audio/ogg");
            let mut answer = assets::sound(&clip.name, &clip.bytes, headers.get(header::RANGE));
            answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(media));
            answer
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
