//! The services that come with Diwan.

use crate::folders::{from_disk, report};
use diwan_domain::services::check;

#[test]
fn every_built_in_service_is_publishable_without_a_warning() {
    for entry in std::fs::read_dir(crate::folders::root().join("services")).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            let checked = check(&from_disk(&entry.file_name().to_string_lossy()), None);
            assert_eq!(report(&checked), "", "{:?}", entry.file_name());
            assert!(checked.is_publishable());
        }
    }
}
