//! Which answers are told to whoever watches.

use axum::http::StatusCode;
use diwan_web::inside::kind_of;

#[test]
fn what_is_an_event_and_what_is_not() {
    for (status, code, route, event) in [
        (403, "officer/not-permitted", "/{lang}/desk", Some("officer/not-permitted")),
        (403, "request/form-expired", "/{lang}/track", Some("request/form-expired")),
        (403, "", "/x", Some("request/refused")),
        (429, "request/too-many-attempts", "/x", Some("request/too-many-attempts")),
        (422, "sign-in/wrong-password", "/x", Some("sign-in/wrong-password")),
        (401, "token/invalid", "/api/v1/cases", Some("token/invalid")),
        (401, "sign-in/first", "/api/v1/cases", None),
        (303, "signed-out", "/{lang}/sign-out", Some("signed-out")),
        (404, "request/not-found", "/{lang}/cases/{id}", Some("case/not-open")),
        (404, "request/not-found", "/{lang}/services/{key}", None),
        (422, "case/answers-incomplete", "/{lang}/cases/{id}/send", None),
        (413, "", "/{lang}/track", Some("request/too-large")),
        (200, "", "/{lang}/cases/{id}", None),
    ] {
        let status = StatusCode::from_u16(status).unwrap();
        let refused = Some(code).filter(|code| !code.is_empty());
        assert_eq!(kind_of(status, refused, route), event, "{status} {code} {route}");
    }
}
