//! The names of scopes.

use diwan_web::inside::scopes;

#[test]
fn scopes_of_the_specification_are_those_of_the_register() {
    assert_eq!(scopes("registry.search registry/subscribe"), "people.find");
    assert_eq!(scopes("registry/search,cases.see"), "people.find cases.see");
    assert_eq!(scopes(""), "");
}
