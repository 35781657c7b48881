//! The ways out: SMTP for mail, OTPIQ for text messages. Delivered at least
//! once; the parcel's id lets the receiver tell a repeat.

use crate::config::{Config, Sms};
use diwan_office::outbox::Parcel;
use diwan_web::words::{Arg, Words, plain};
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// The ways out that are configured.
pub struct Outlets {
    words: Arc<Words>,
    mail: Option<(AsyncSmtpTransport<Tokio1Executor>, String)>,
    sms: Option<Sms>,
    http: reqwest::Client,
}

impl Outlets {
    /// The ways out of a configuration.
    pub fn new(config: &Config, words: Arc<Words>) -> anyhow::Result<Self> {
        let mail = match &config.smtp {
            Some(smtp) => {
                let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&smtp.url)?
                    .timeout(Some(Duration::from_secs(15)))
                    .build();
                Some((transport, smtp.from.clone()))
            }
            None => None,
        };
        let http = reqwest::Client::builder()
            // A gateway must not send us and its key elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(15))
            .build()?;
        Ok(Self { words, mail, sms: config.sms.clone(), http })
    }

    /// Delivers one parcel.
    ///
    /// # Errors
    /// Why it did not arrive, in words for the operator without the address.
    pub async fn send(&self, parcel: &Parcel) -> Result<(), String> {
        let body: Value =
            serde_json::from_str(&parcel.body).map_err(|_| "the parcel cannot be read".to_owned())?;
        let template = body["template"].as_str().unwrap_or_default();
        let language = body["language"].as_str().and_then(|code| self.words.language(code));
        let language = language.unwrap_or_else(|| self.words.first());
        let args: Vec<(String, Arg)> = body["args"]
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((name.clone(), Arg::from(value.as_str()?))))
            .collect();
        let args: Vec<(&str, Arg)> =
            args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let text = plain(&language.with_of("message-", template, &args));
        let sent = match parcel.kind.as_str() {
            "email" => self.mail(parcel, &plain(&language.t("message-subject")), text).await,
            "sms" => self.sms(parcel, template, &body, text).await,
            other => Err(format!("no way out for {other}")),
        };
        sent.map_err(|why| without_address(&why, &parcel.address))
    }

    async fn mail(&self, parcel: &Parcel, subject: &str, text: String) -> Result<(), String> {
        let (transport, from) = self.mail.as_ref().ok_or("no [smtp] is configured")?;
        let message = Message::builder()
            .from(from.parse().map_err(|_| "the sender is no address".to_owned())?)
            .to(parcel.address.parse().map_err(|_| "the address cannot be read".to_owned())?)
            .message_id(Some(format!("<{}@diwan>", parcel.id)))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|error| error.to_string())?;
        transport.send(message).await.map(drop).map_err(|error| error.to_string())
    }

    async fn sms(&self, parcel: &Parcel, template: &str, body: &Value, text: String) -> Result<(), String> {
        let settings = self.sms.as_ref().ok_or("no [sms] is configured")?;
        let phone = parcel.address.trim_start_matches('+');
        let mut request = json!({"phoneNumber": phone, "provider": "auto"});
        if template == "code" {
            request["smsType"] = json!("verification");
            request["verificationCode"] = body["args"]["code"].clone();
        } else {
            request["smsType"] = json!("custom");
            request["customMessage"] = json!(text);
        }
        if let Some(sender) = &settings.sender {
            request["senderId"] = json!(sender);
        }
        let answer = self
            .http
            .post(format!("{}/sms", settings.url))
            .bearer_auth(&settings.key)
            .json(&request)
            .send()
            .await
            .map_err(|error| error.without_url().to_string())?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let said: Value = answer.json().await.unwrap_or_default();
        Err(format!(
            "OTPIQ answered {status}: {}",
            said["error"].as_str().or(said["message"].as_str()).unwrap_or("no reason")
        ))
    }
}

/// What a gateway said, without to whom: it often repeats the address.
fn without_address(why: &str, address: &str) -> String {
    let digits = address.trim_start_matches('+');
    let national = digits.trim_start_matches("964");
    let mut said = why.to_owned();
    for form in [address, digits, national].into_iter().filter(|form| form.len() > 4) {
        said = said.replace(form, "(address)");
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gateways_complaint_names_no_address() {
        for (why, address) in [
            ("550 <someone@home.example>: unknown", "someone@home.example"),
            ("OTPIQ answered 400: 9647501112233 is no phone", "+9647501112233"),
            ("0750 is not 07501112233", "+9647501112233"),
        ] {
            let said = without_address(why, address);
            assert!(said.contains("(address)") && !said.contains("home.example"), "{said}");
            assert!(!said.contains("7501112233"), "{said}");
        }
    }
}
