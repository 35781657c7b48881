//! The services that come with Diwan.

use crate::folders::{from_disk, report};
use diwan_domain::services::check;

#[test]
fn every_built_in_service_is_publishable_without_a_warning() {
    let root = crate::folders::root();
    let folders =
        ["services", "crates/demo/services"].map(|place| std::fs::read_dir(root.join(place)).unwrap());
    for entry in folders.into_iter().flatten() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            let checked = check(&from_disk(&entry.file_name().to_string_lossy()), None);
            assert_eq!(report(&checked), "", "{:?}", entry.file_name());
            assert!(checked.is_publishable());
        }
    }
}
