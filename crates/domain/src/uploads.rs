//! What a file handed in as evidence may be: data of the file question.

use serde::{Deserialize, Serialize};

/// The largest file any service may accept. Phone cameras make 3 to 8 MB.
pub const LARGEST_FILE: u64 = 20_000_000;
/// The most files one question may take.
pub const MOST_FILES: usize = 20;

/// A media type that may be handed in: ones that can be shown to an officer
/// without running anything in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MediaType {
    /// `application/pdf`.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// `image/jpeg`.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// `image/png`.
    #[serde(rename = "image/png")]
    Png,
}

impl MediaType {
    /// Every accepted type.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// The media type's name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The word in `service.toml`: `pdf`, `jpeg` or `png`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    /// Reads a media type's name or its word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.code() == code || media.word() == code)
    }
}

/// What one file question accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The largest file, in bytes.
    pub max_bytes: u64,
    /// How many files at most.
    pub max_files: usize,
    /// Which types.
    pub types: Vec<MediaType>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 8_000_000, max_files: 1, types: MediaType::ALL.to_vec() }
    }
}

/// A file already received and stored, as an answer keeps it. The server makes
/// it from the stored row; nothing in it is taken from a browser's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// The stored file's id.
    pub id: String,
    /// The name the applicant's device gave it.
    pub name: String,
    /// Its media type, found from its bytes.
    #[serde(rename = "type")]
    pub media: MediaType,
    /// Its size.
    pub bytes: u64,
}

impl Limits {
    /// Checks received files against the limits.
    ///
    /// # Errors
    /// The stable code of the first limit that is broken.
    pub fn admit(&self, files: &[Received]) -> Result<(), &'static str> {
        if files.len() > self.max_files {
            return Err("file/too-many");
        }
        for file in files {
            if file.bytes == 0 {
                return Err("file/empty");
            }
            if file.bytes > self.max_bytes {
                return Err("file/too-large");
            }
            if !self.types.contains(&file.media) {
                return Err("file/wrong-type");
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_name_what_is_wrong_with_a_file() {
        let file =
            |bytes, media| Received { id: "1".to_owned(), name: "سكان.jpg".to_owned(), media, bytes };
        let limits = Limits { max_bytes: 10, max_files: 1, types: vec![MediaType::Pdf] };
        for (files, expected) in [
            (vec![], Ok(())),
            (vec![file(10, MediaType::Pdf)], Ok(())),
            (vec![file(0, MediaType::Pdf)], Err("file/empty")),
            (vec![file(11, MediaType::Pdf)], Err("file/too-large")),
            (vec![file(5, MediaType::Png)], Err("file/wrong-type")),
            (vec![file(5, MediaType::Pdf), file(5, MediaType::Pdf)], Err("file/too-many")),
        ] {
            assert_eq!(limits.admit(&files), expected);
        }
    }
}
