//! Refusals of the API in words: whoever works with a program reads what a page would say.

use crate::program::officers;
use diwan_domain::people::Role;
use diwan_testkit::TestOffice;
use serde_json::{Value, json};

/// What a program is refused, it can show to whoever works with it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_speaks_the_language_of_whoever_asks() {
    let test = TestOffice::narrow().await;
    let inspector = officers(&test, "inspector-1", Role::Inspector).await;
    let words = diwan_web::words::Words::load().unwrap();
    let mut titles = std::collections::BTreeSet::new();
    for (asked, code) in [
        ("ckb-IQ, en;q=0.5", "ckb"),
        ("ar", "ar"),
        ("fr, kmr; q=0.8, en;q=0.2", "kmr"),
        ("en-US", "en"),
        ("en;q=0, fr", "ckb"),
    ] {
        let refused =
            inspector.send("GET", "/api/v1/desk/counts", "", vec![], &[("accept-language", asked)]).await;
        refused.refuses(403, "officer/not-permitted");
        assert_eq!(refused.header("content-language"), code, "{asked}");
        assert_eq!(refused.header("vary"), "Accept-Language");
        let said = refused.json();
        let lang = words.language(code).unwrap();
        assert_eq!(said["title"], lang.t("refusal-officer-not-permitted"), "{asked}");
        let detail = said["detail"].as_str().unwrap();
        assert!(detail.starts_with(&lang.t("refusal-help-officer-not-permitted")), "{detail}");
        assert!(detail.contains(&lang.t_of("scope-", "cases.see")), "{detail}");
        assert_eq!(said["type"], "urn:diwan:refusal:officer/not-permitted");
        titles.insert(said["title"].to_string());
    }
    assert_eq!(titles.len(), 4, "four languages, four titles");
    let head = inspector.send("HEAD", "/api/v1/desk/counts", "", vec![], &[("accept-language", "en")]).await;
    assert_eq!(head.header("content-language"), "en");
    let found = inspector.send("GET", "/api/v1/services", "", vec![], &[("accept-language", "en")]).await;
    assert_eq!(found.is(200).header("content-language"), "", "only refusals are words");
}

/// Of a form each field that does not fit is named, with a sentence; of a request the part
/// that cannot be read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_field_that_does_not_fit_has_a_sentence() {
    let test = TestOffice::narrow().await;
    let clerk = officers(&test, "clerk-1", Role::CounterOfficer).await;
    let english = [("accept-language", "en"), ("idempotency-key", "sentence-0001")];
    let send = |path: &'static str, body: Value| {
        let clerk = clerk.clone();
        async move {
            let body = body.to_string().into_bytes();
            clerk.send("POST", path, "application/json", body, &english).await
        }
    };
    let content = json!({"happened-on": "٣٠/٢/٢٠٢٦", "husband.given": "Azad"});
    let declared = json!({"act": "declare", "kind": "marriage", "content": content});
    let said = send("/api/v1/register/declarations", declared).await;
    let said = said.refuses(422, "register/fields-wrong").json();
    let errors = said["errors"].as_array().unwrap();
    assert_eq!(errors.len(), said["about"].as_object().unwrap().len(), "{said}");
    for error in errors {
        assert_eq!(error["code"], said["about"][error["field"].as_str().unwrap()]);
        let words = error["detail"].as_str().unwrap();
        assert!(words.contains(' ') && !words.contains('['), "{words}");
    }
    let day = errors.iter().find(|error| error["field"] == "happened-on").unwrap();
    assert_eq!(day["detail"], "This day does not exist in the calendar");

    let broken =
        clerk.send("POST", "/api/v1/register/declarations", "application/json", b"{".to_vec(), &english);
    let broken = broken.await.refuses(400, "request/malformed").json();
    assert_eq!(broken["detail"], "What was sent cannot be read, or says something that is not read there.");
    let unkeyed = clerk
        .send("POST", "/api/v1/register/declarations", "application/json", b"{}".to_vec(), &english[..1])
        .await
        .refuses(422, "request/malformed")
        .json();
    let unkeyed = unkeyed["detail"].as_str().unwrap();
    assert!(
        unkeyed.starts_with("The header “Idempotency-Key” is missing or cannot be read: 8 to 64"),
        "{unkeyed}"
    );
    let lost = clerk.send("GET", "/api/v1/nothing", "", vec![], &english).await;
    assert_eq!(lost.refuses(404, "request/not-found").json()["title"], "Page not found");
}

/// Whoever wrote the request learns which token, key or tag mends it, in each language; the
/// sentences of the pages speak of forms and of signing in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_request_says_how_it_is_mended() {
    let test = TestOffice::narrow().await;
    let clerk = officers(&test, "clerk-1", Role::CounterOfficer).await;
    let path = "/api/v1/register/declarations";
    let notice = |day: &str| {
        let content = json!({"happened-on": day, "husband.given": "ئازاد"});
        json!({"act": "notify", "kind": "marriage", "content": content})
    };
    let key = ("idempotency-key", "mended-0001");
    let taken = clerk.post_as(path, notice("2026-11-20"), &[key]).await.is(200).json();
    let own = format!("{path}/{}", taken["id"].as_str().unwrap());
    let nobody = crate::program::Program::with(&test, "diwan_none");
    for language in ["ckb", "kmr", "ar", "en"] {
        let asked = ("accept-language", language);
        let said = |answer: &crate::program::Answer| answer.json()["detail"].as_str().unwrap().to_owned();
        let unknown = nobody.send("GET", path, "", vec![], &[asked]).await;
        let unknown = said(unknown.refuses(401, "sign-in/first"));
        assert!(unknown.contains("Authorization: Bearer") && unknown.contains("/oauth/token"), "{unknown}");
        let reused = clerk.post_as(path, notice("2026-11-21"), &[key, asked]).await;
        let reused = said(reused.refuses(409, "request/key-reused"));
        assert!(reused.contains("Idempotency-Key"), "{reused}");
        let body = json!({"act": "amend", "content": {"husband.given": "ئاراز"}}).to_string().into_bytes();
        for (tag, status) in [("*", 428), ("\"other\"", 412)] {
            let headers = [("idempotency-key", "mended-0002"), ("if-match", tag), asked];
            let answer = clerk.send("PUT", &own, "application/json", body.clone(), &headers).await;
            assert!(said(answer.is(status)).contains("ETag"), "{tag}: {}", answer.text());
        }
    }
}

/// A page that nobody can turn to is named by the part of the address that says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_of_an_address_that_does_not_fit_is_named() {
    let test = TestOffice::open().await;
    let administrator = officers(&test, "administrator", Role::Administrator).await;
    for (path, part) in [("clients?limit=0", "limit"), ("clients?cursor=abc", "cursor")] {
        let path = format!("/api/v1/{path}");
        let refused = administrator.send("GET", &path, "", vec![], &[("accept-language", "en")]).await;
        let said = refused.refuses(422, "request/malformed").json();
        assert_eq!(said["detail"], format!("The field “{part}” is missing or does not fit."));
    }
}

/// What is to be mended of a file or its mapping is said in the words of the page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_an_old_book_is_said_in_words() {
    let test = TestOffice::open().await;
    let administrator = officers(&test, "administrator", Role::Administrator).await;
    let mapping = |column: &str| {
        format!(
            "version = 1\nname = \"n\"\nevent = \"birth\"\n[entry]\nnumber = \"no\"\n[fields]\n\"child.given\" = \"{column}\"\n\"child.sex\" = {{ column = \"sex\", values = \"sex\" }}\n"
        )
    };
    let table = "bm8sbmFtZSxzZXgKMSzYtNuM2YTYp9mGLGYK";
    for (file, mapping, place, code, words) in [
        ("", mapping("name"), "file", "file/empty", "The file is empty"),
        (table, mapping("nam"), "fields.child.given", "heading/missing", "The file has no column “nam”"),
        (table, "{{{".to_owned(), "mapping", "register/import-unreadable", "The mapping cannot be read: "),
    ] {
        let body =
            json!({"office": test.place.to_string(), "name": "f.csv", "file": file, "mapping": mapping});
        let headers = [("idempotency-key", format!("of-the-{place}")), ("accept-language", "en".to_owned())];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        let refused = administrator.post_as("/api/v1/register/imports", body, &headers).await;
        let said = refused.refuses(422, "register/import-unreadable").json();
        let errors = said["errors"].as_array().unwrap();
        let error = errors.iter().find(|error| error["field"] == place).unwrap_or_else(|| panic!("{said}"));
        assert_eq!(error["code"], code);
        assert!(error["detail"].as_str().unwrap().starts_with(words), "{said}");
    }
}
