//! How a token says what it is bound to.

use diwan_web::inside::Confirmation;

#[test]
fn a_confirmation_is_named_as_the_standard_names_it() {
    let out = serde_json::to_value(Confirmation { certificate: "x".into() }).unwrap();
    assert_eq!(out, serde_json::json!({"x5t#S256": "x"}));
}
