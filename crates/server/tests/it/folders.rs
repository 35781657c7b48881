//! What `diwan services check` says of a folder before anybody relies on it.

use crate::installation::diwan;
use diwan_domain::services::Folder;
use std::path::PathBuf;

/// A folder of a service as files, under its own name.
fn written(place: &str, folder: &Folder) -> PathBuf {
    let above = std::env::temp_dir().join(format!("diwan-folders-{}-{place}", std::process::id()));
    let path = above.join(&folder.name);
    for (name, bytes) in &folder.files {
        let file = path.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    path
}

#[test]
fn a_layout_that_gives_no_paper_is_named_before_it_is_published() {
    for name in ["birth-certificate", "family-extract", "single-status-certificate"] {
        let sound = written("sound", &diwan_testkit::office::built_in(name));
        let said = diwan(&["services", "check", sound.to_str().unwrap()]).ok();
        assert_eq!(said.trim(), format!("{name}: sound"));
    }
    let faults = [
        ("missing", "#let d = json(bytes(sys.inputs.data))\n#d.no-such-field\n", "line 2"),
        ("syntax", "#let x = (\n", "document/layout"),
        (
            "pages",
            "#set document(title: \"T\")\n#set text(lang: \"en\")\na\n#pagebreak()\nb\n",
            "document/too-many-pages",
        ),
    ];
    for (place, layout, told) in faults {
        let mut folder = diwan_testkit::office::birth_certificate();
        folder.files.insert("document.typ".into(), layout.as_bytes().to_vec());
        let path = written(place, &folder);
        let said = diwan(&["services", "check", path.to_str().unwrap()]).refused();
        assert!(said.contains("birth-certificate/document.typ"), "{place}: {said}");
        assert!(said.contains(told), "{place}: {said}");
    }
}

/// What an editor is given, by which it completes `service.toml`.
#[test]
fn the_schema_of_a_folder_is_printed() {
    let said = diwan(&["services", "schema"]).ok();
    let schema: serde_json::Value = serde_json::from_str(&said).unwrap();
    let kinds = &schema["properties"]["question"]["items"]["properties"]["kind"]["enum"];
    assert!(kinds.as_array().is_some_and(|kinds| kinds.len() > 10), "{kinds}");
    let missing = diwan(&["services", "check", "/nowhere"]).refused();
    assert!(missing.contains("/nowhere cannot be read"), "{missing}");
    let missing = diwan(&["verify", "proof", "/nowhere", "--key", "k"]).refused();
    assert!(missing.contains("/nowhere cannot be read"), "{missing}");
}
