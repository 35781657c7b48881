//! The services that come with the program, embedded from their folders.

use diwan_domain::services::Folder;

/// A file's name and its bytes.
type File = (&'static str, &'static [u8]);

macro_rules! service {
    ($name:literal: $($example:literal),+ $(,)?) => {
        ($name, &[
            ("service.toml", include_bytes!(concat!("../../../services/", $name, "/service.toml"))),
            ("words/ckb.ftl", include_bytes!(concat!("../../../services/", $name, "/words/ckb.ftl"))),
            ("words/ar.ftl", include_bytes!(concat!("../../../services/", $name, "/words/ar.ftl"))),
            ("words/kmr.ftl", include_bytes!(concat!("../../../services/", $name, "/words/kmr.ftl"))),
            ("words/en.ftl", include_bytes!(concat!("../../../services/", $name, "/words/en.ftl"))),
            $((
                concat!("examples/", $example, ".toml"),
                include_bytes!(concat!("../../../services/", $name, "/examples/", $example, ".toml")),
            )),+
        ])
    };
}

/// The services built into the program: the defaults. Their layout is the
/// house's, which a folder takes in when it is made.
const BUILT_IN: &[(&str, &[File])] = &[
    service!("acknowledge-child":
        "answers-refused",
        "before-a-court",
        "not-yet-proven",
        "someone-else",
    ),
    service!("birth-certificate":
        "answers-refused",
        "childs-three-copies",
        "displaced-pays-nothing",
        "guardian-in-register",
        "guardian-with-order",
        "late-father",
        "no-match",
        "not-yet-proven",
        "own-first-copy",
        "someone-else",
        "widow-of-protected-entry",
    ),
    service!("change-name":
        "a-wards-name",
        "answers-refused",
        "own-name",
        "someone-else",
    ),
    service!("death-certificate":
        "answers-refused",
        "closed-and-unverified",
        "collected-on-paper",
        "displaced-pays-nothing",
        "late-father",
        "no-match",
        "not-yet-proven",
        "paper-not-in-hand",
        "paper-on-a-photo",
        "parents-of-a-child",
        "someone-else",
        "widow",
    ),
    service!("declare-affiliation":
        "answers-refused",
        "not-yet-proven",
        "someone-else",
        "with-judgment",
    ),
    service!("declare-annulment":
        "answers-refused",
        "not-yet-proven",
        "paper-not-in-hand",
        "someone-else",
        "with-judgment",
    ),
    service!("declare-birth":
        "answers-refused",
        "grandmother",
        "in-time",
        "late",
        "someone-else",
        "unmarried-mother",
    ),
    service!("declare-death":
        "answers-refused",
        "in-time",
        "late",
        "missing-person",
        "paper-not-in-hand",
        "someone-else",
    ),
    service!("declare-divorce":
        "answers-refused",
        "not-yet-proven",
        "paper-not-in-hand",
        "someone-else",
        "with-judgment",
    ),
    service!("declare-guardianship":
        "answers-refused",
        "of-an-orphan",
        "signed-judgment",
        "someone-else",
    ),
    service!("declare-marriage":
        "answers-refused",
        "late",
        "proved-later",
        "someone-else",
        "with-contract",
    ),
    service!("declare-reconciliation":
        "answers-refused",
        "not-yet-proven",
        "paper-not-in-hand",
        "someone-else",
        "with-judgment",
    ),
    service!("declare-stillbirth":
        "answers-refused",
        "in-time",
        "late",
        "someone-else",
    ),
    service!("divorce-certificate":
        "answers-refused",
        "closed-and-unverified",
        "collected-on-paper",
        "displaced-pays-nothing",
        "in-the-waiting-period",
        "no-match",
        "not-yet-proven",
        "own-first-copy",
        "paper-not-in-hand",
        "paper-on-a-photo",
        "someone-else",
    ),
    service!("family-extract":
        "answers-refused",
        "closed-and-unverified",
        "collected-on-paper",
        "displaced-pays-nothing",
        "grown-sons-page",
        "husbands-page",
        "late-father",
        "living-father",
        "minors-page",
        "no-match",
        "not-yet-proven",
        "own-first-copy",
        "paper-not-in-hand",
        "paper-on-a-photo",
        "someone-else",
    ),
    service!("marriage-certificate":
        "answers-refused",
        "closed-and-unverified",
        "collected-on-paper",
        "displaced-pays-nothing",
        "late-parents",
        "living-parents",
        "no-match",
        "not-yet-proven",
        "own-first-copy",
        "paper-not-in-hand",
        "paper-on-a-photo",
        "someone-else",
    ),
    service!("single-status-certificate":
        "answers-refused",
        "closed-and-unverified",
        "collected-on-paper",
        "displaced-pays-nothing",
        "divorced",
        "in-the-waiting-period",
        "married",
        "married-by-a-mullah",
        "no-match",
        "not-yet-proven",
        "paper-not-in-hand",
        "paper-on-a-photo",
        "single",
        "someone-else",
        "under-age",
        "widowed",
    ),
];

/// The folders built into the program.
pub fn built_in() -> Vec<Folder> {
    BUILT_IN
        .iter()
        .map(|(name, files)| Folder::new(*name, files.iter().map(|(file, bytes)| (*file, bytes.to_vec()))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::built_in;
    use crate::commands::read_folder;
    use std::path::Path;

    #[test]
    fn every_folder_of_the_repository_is_built_in_whole() {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
        let mut folders: Vec<_> = std::fs::read_dir(place)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .map(|path| read_folder(&path).unwrap())
            .collect();
        folders.sort_by(|one, other| one.name.cmp(&other.name));
        let known = built_in();
        let names = |folders: &[diwan_domain::services::Folder]| -> Vec<String> {
            folders.iter().map(|folder| folder.name.clone()).collect()
        };
        assert_eq!(names(&known), names(&folders));
        for (embedded, folder) in known.iter().zip(&folders) {
            let files = |of: &diwan_domain::services::Folder| of.files.keys().cloned().collect::<Vec<_>>();
            assert_eq!(files(embedded), files(folder), "{}", folder.name);
            assert_eq!(embedded.hash(), folder.hash(), "{}", folder.name);
        }
    }
}
