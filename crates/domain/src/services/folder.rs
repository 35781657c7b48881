//! A service's folder as bytes in memory, from wherever it came: the disk, the
//! database, the binary itself.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Where a folder keeps the layout of its paper.
const LAYOUT: &str = "document.typ";

/// The layouts of the house, by the name a `service.toml` asks for them with.
pub const HOUSE_LAYOUTS: &[(&str, &str)] =
    &[("certificate", include_str!("../../../../assets/layouts/certificate.typ"))];

/// One service's files by name (`service.toml`, `words/ckb.ftl`, …).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// The folder's own name, which must be the service's key.
    pub name: String,
    /// Every file by its path inside the folder, with forward slashes.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// A folder from names and contents. Where its definition asks for a layout
    /// of the house, the layout becomes a file of the folder: it is hashed and
    /// stored with it, so that an old case looks as it did whatever becomes of
    /// the house's own.
    pub fn new<N: Into<String>, B: Into<Vec<u8>>>(
        name: impl Into<String>,
        files: impl IntoIterator<Item = (N, B)>,
    ) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (name.into(), bytes.into())).collect();
        let mut folder = Self { name: name.into(), files };
        if let Some(layout) = folder.house_layout().filter(|_| !folder.files.contains_key(LAYOUT)) {
            folder.files.insert(LAYOUT.to_owned(), layout.as_bytes().to_vec());
        }
        folder
    }

    /// The layout of the house that its definition asks for, if there is one of
    /// that name.
    fn house_layout(&self) -> Option<&'static str> {
        let definition: toml::Table = self.text("service.toml")?.parse().ok()?;
        let wanted = definition.get("document")?.get("layout")?.as_str()?;
        HOUSE_LAYOUTS.iter().find(|(name, _)| *name == wanted).map(|(_, layout)| *layout)
    }

    /// SHA-256 over the canonical listing, in hexadecimal: for every file in
    /// order of name, the lengths and bytes of its name and contents. The
    /// lengths come first, so no two folders share a listing.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(b"diwan-service-folder-1\n");
        digest.update((self.name.len() as u64).to_be_bytes());
        digest.update(self.name.as_bytes());
        for (name, bytes) in &self.files {
            digest.update((name.len() as u64).to_be_bytes());
            digest.update(name.as_bytes());
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        }
        hex::encode(digest.finalize())
    }

    /// A file as text, when it is there and is UTF-8.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(name)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_of_the_house_is_kept_and_hashed_with_the_folder() {
        let asks = [("service.toml", "[document]\nlayout = \"certificate\"\n")];
        let folder = Folder::new("a", asks);
        assert_eq!(folder.text("document.typ"), Some(HOUSE_LAYOUTS[0].1));
        let mut without = folder.clone();
        without.files.remove("document.typ");
        assert_ne!(folder.hash(), without.hash());
        // What was stored stays as it was, whatever the house's layout says by then.
        let stored = Folder::new("a", asks.into_iter().chain([("document.typ", "an older one")]));
        assert_eq!(stored.text("document.typ"), Some("an older one"));
        let unknown = Folder::new("a", [("service.toml", "[document]\nlayout = \"poster\"\n")]);
        assert_eq!(unknown.text("document.typ"), None);
    }

    #[test]
    fn a_hash_moves_with_every_name_and_byte() {
        let base = Folder::new("a", [("x", "12"), ("y", "3")]);
        assert_eq!(base.hash(), Folder::new("a", [("y", "3"), ("x", "12")]).hash());
        for other in [
            Folder::new("b", [("x", "12"), ("y", "3")]),
            Folder::new("a", [("x", "1"), ("y", "23")]),
            Folder::new("a", [("x1", "2"), ("y", "3")]),
            Folder::new("a", [("x", "12")]),
        ] {
            assert_ne!(base.hash(), other.hash());
        }
    }
}
