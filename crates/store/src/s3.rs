//! Files in a bucket: any store that speaks Amazon's S3 over HTTP.
//!
//! Every request is signed (AWS Signature Version 4) together with the SHA-256
//! of its body, so a store that checks signatures refuses bytes that changed on
//! the way. A store answers a PUT after the bytes are durable.

use crate::fault::Fault;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, Method, Response, StatusCode};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::time::Duration;

/// Where the bucket is, and who may use it.
#[derive(Clone, PartialEq, Eq)]
pub struct BucketSettings {
    /// The store's address: `https://s3.example`.
    pub endpoint: String,
    /// The store's region, part of every signature.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// What stands before every file's name, without slashes at its ends.
    pub prefix: String,
    /// The name of the key.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
}

impl std::fmt::Debug for BucketSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BucketSettings({}/{}/{})", self.endpoint, self.bucket, self.prefix)
    }
}

/// A bucket and the way to it.
#[derive(Debug)]
pub(crate) struct Bucket {
    settings: BucketSettings,
    http: Client,
}

/// How often a request is made before its failure is believed.
const TRIES: u32 = 4;

impl Bucket {
    pub(crate) fn open(settings: BucketSettings) -> Result<Self, Fault> {
        let http = Client::builder()
            // A store must not send us and our signature elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(60))
            .build()
            .map_err(|error| Fault::Outside(error.to_string()))?;
        Ok(Self { settings, http })
    }

    /// Names the place: nodes with the same name see the same files.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}/{}", self.settings.endpoint, self.settings.bucket, self.settings.prefix)
    }

    pub(crate) async fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let answer = self.ask(Method::PUT, &self.key(name), &[], bytes).await?;
        if answer.status().is_success() { Ok(()) } else { Err(refused("keep", name, answer).await) }
    }

    pub(crate) async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let answer = self.ask(Method::GET, &self.key(name), &[], b"").await?;
        match answer.status() {
            StatusCode::NOT_FOUND => {
                let why = answer.text().await.unwrap_or_default();
                // A wrong bucket must not look like a file that is not there.
                if why.contains("NoSuchBucket") {
                    Err(Fault::Outside("the bucket does not exist".into()))
                } else {
                    Ok(None)
                }
            }
            status if status.is_success() => {
                Ok(Some(answer.bytes().await.map_err(|error| out_of_reach(&error))?.to_vec()))
            }
            _ => Err(refused("read", name, answer).await),
        }
    }

    pub(crate) async fn remove(&self, name: &str) -> Result<(), Fault> {
        let answer = self.ask(Method::DELETE, &self.key(name), &[], b"").await?;
        let gone = answer.status().is_success() || answer.status() == StatusCode::NOT_FOUND;
        if gone { Ok(()) } else { Err(refused("remove", name, answer).await) }
    }

    /// The last parts of all names below the prefix, a page at a time.
    pub(crate) async fn list(
        &self,
        after: Option<&str>,
        at_most: u32,
    ) -> Result<(Vec<String>, Option<String>), Fault> {
        let text = self.page(after, at_most).await?;
        let names =
            between(&text, "Key").filter_map(|key| key.rsplit('/').next().map(str::to_owned)).collect();
        Ok((names, between(&text, "NextContinuationToken").next().map(unescaped)))
    }

    /// The same, each with the instant at which it was last kept, microseconds
    /// since 1970 UTC. What the store does not date counts as new.
    pub(crate) async fn list_with_times(
        &self,
        after: Option<&str>,
        at_most: u32,
    ) -> Result<(Vec<(String, i64)>, Option<String>), Fault> {
        let text = self.page(after, at_most).await?;
        let names = between(&text, "Contents").filter_map(named_and_dated).collect();
        Ok((names, between(&text, "NextContinuationToken").next().map(unescaped)))
    }

    async fn page(&self, after: Option<&str>, at_most: u32) -> Result<String, Fault> {
        let prefix = if self.settings.prefix.is_empty() {
            String::new()
        } else {
            format!("{}/", self.settings.prefix)
        };
        let most = at_most.to_string();
        let mut query = vec![("list-type", "2"), ("max-keys", most.as_str()), ("prefix", prefix.as_str())];
        query.extend(after.map(|token| ("continuation-token", token)));
        let answer = self.ask(Method::GET, &format!("/{}", self.settings.bucket), &query, b"").await?;
        if !answer.status().is_success() {
            return Err(refused("list", "the bucket", answer).await);
        }
        answer.text().await.map_err(|error| out_of_reach(&error))
    }

    fn key(&self, name: &str) -> String {
        let BucketSettings { bucket, prefix, .. } = &self.settings;
        let folder = name.get(..2).unwrap_or_default();
        if prefix.is_empty() {
            format!("/{bucket}/{folder}/{name}")
        } else {
            format!("/{bucket}/{prefix}/{folder}/{name}")
        }
    }

    /// Sends a signed request, again when the store was out of reach or in trouble.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Response, Fault> {
        let mut tries = 0;
        loop {
            tries += 1;
            let answer = self.ask_once(method.clone(), path, query, body).await;
            let in_trouble = match &answer {
                Ok(answer) => {
                    answer.status().is_server_error() || answer.status() == StatusCode::TOO_MANY_REQUESTS
                }
                Err(_) => true,
            };
            if !in_trouble || tries == TRIES {
                return answer.map_err(|error| out_of_reach(&error));
            }
            tokio::time::sleep(Duration::from_millis(100 << tries)).await;
        }
    }

    async fn ask_once(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Response, reqwest::Error> {
        let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let host = self.settings.endpoint.split("//").nth(1).unwrap_or_default();
        let payload = hex::encode(Sha256::digest(body));
        let request =
            Request { method: method.as_str(), host, path, query, stamp: &stamp, payload: &payload };
        let query = request.canonical_query();
        let mark = if query.is_empty() { "" } else { "?" };
        let address = format!("{}{}{mark}{query}", self.settings.endpoint, encoded(path, true));
        self.http
            .request(method.clone(), address)
            .header("x-amz-date", &stamp)
            .header("x-amz-content-sha256", &payload)
            .header("authorization", request.authorization(&self.settings))
            .body(body.to_vec())
            .send()
            .await
    }
}

/// What a signature is over.
struct Request<'a> {
    method: &'a str,
    host: &'a str,
    path: &'a str,
    query: &'a [(&'a str, &'a str)],
    stamp: &'a str,
    payload: &'a str,
}

impl Request<'_> {
    fn canonical_query(&self) -> String {
        let mut pairs: Vec<String> = self
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name, false), encoded(value, false)))
            .collect();
        pairs.sort();
        pairs.join("&")
    }

    fn authorization(&self, settings: &BucketSettings) -> String {
        const SIGNED: &str = "host;x-amz-content-sha256;x-amz-date";
        let canonical = format!(
            "{}\n{}\n{}\nhost:{}\nx-amz-content-sha256:{}\nx-amz-date:{}\n\n{SIGNED}\n{}",
            self.method,
            encoded(self.path, true),
            self.canonical_query(),
            self.host,
            self.payload,
            self.stamp,
            self.payload,
        );
        let day = self.stamp.get(..8).unwrap_or_default();
        let scope = format!("{day}/{}/s3/aws4_request", settings.region);
        let digest = hex::encode(Sha256::digest(canonical.as_bytes()));
        let text = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{digest}", self.stamp);
        let start = format!("AWS4{}", settings.secret_key).into_bytes();
        let key = [day, settings.region.as_str(), "s3", "aws4_request"]
            .iter()
            .fold(start, |key, part| hmac(&key, part.as_bytes()));
        let signature = hex::encode(hmac(&key, text.as_bytes()));
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={SIGNED}, Signature={signature}",
            settings.access_key
        )
    }
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("an HMAC key may have any length");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

/// As signatures want it: everything but letters, digits and `-._~` (RFC 3986).
fn encoded(text: &str, keep_slash: bool) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (keep_slash && byte == b'/') {
            out.push(char::from(byte));
        } else {
            let _written = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The texts between `<name>` and `</name>`: an answer holds no other nesting of them.
fn between<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let parts: Vec<&str> = text.split(open.as_str()).skip(1).collect();
    parts.into_iter().filter_map(move |part| part.split(close.as_str()).next())
}

/// A name and when it was last kept, from one `<Contents>` of a listing.
fn named_and_dated(contents: &str) -> Option<(String, i64)> {
    let name = between(contents, "Key").next()?.rsplit('/').next()?.to_owned();
    let kept = between(contents, "LastModified").next().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    Some((name, kept.map_or(i64::MAX, jiff::Timestamp::as_microsecond)))
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn out_of_reach(error: &reqwest::Error) -> Fault {
    Fault::Outside(format!("the file store cannot be reached: {error}"))
}

async fn refused(what: &str, which: &str, answer: Response) -> Fault {
    let status = answer.status();
    let text = answer.text().await.unwrap_or_default();
    let why = between(&text, "Code").next().unwrap_or("no reason").to_owned();
    Fault::Outside(format!("the file store did not {what} {which}: {status}, {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example "GET Bucket (List Objects)" of Amazon's documentation of
    /// Signature Version 4.
    #[test]
    fn a_listing_is_signed_as_amazon_documents_it() {
        let settings = BucketSettings {
            endpoint: "https://examplebucket.s3.amazonaws.com".into(),
            region: "us-east-1".into(),
            bucket: String::new(),
            prefix: String::new(),
            access_key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
        };
        let request = Request {
            method: "GET",
            host: "examplebucket.s3.amazonaws.com",
            path: "/",
            query: &[("max-keys", "2"), ("prefix", "J")],
            stamp: "20130524T000000Z",
            payload: &hex::encode(Sha256::digest(b"")),
        };
        assert!(
            request
                .authorization(&settings)
                .ends_with("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
        );
    }

    #[test]
    fn names_are_encoded_once_and_answers_read() {
        assert_eq!(encoded("/a b/ü", true), "/a%20b/%C3%BC");
        assert_eq!(encoded("a/b", false), "a%2Fb");
        let dated = "<Key>p/ab/x</Key><LastModified>1970-01-02T00:00:00.000Z</LastModified><Size>1</Size>";
        assert_eq!(named_and_dated(dated), Some(("x".into(), 86_400_000_000)));
        assert_eq!(named_and_dated("<Key>ab/y</Key>"), Some(("y".into(), i64::MAX)), "undated is new");
        let text =
            "<r><Key>ab/x</Key><Key>cd/y</Key><NextContinuationToken>a&amp;b</NextContinuationToken></r>";
        assert_eq!(between(text, "Key").collect::<Vec<_>>(), ["ab/x", "cd/y"]);
        assert_eq!(between(text, "NextContinuationToken").next().map(unescaped).as_deref(), Some("a&b"));
    }
}
