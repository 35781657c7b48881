//! An SMS gateway that answers like OTPIQ (npm package `otpiq` 1.2.0, MIT): the
//! same paths, fields, and errors with the same status, under `/api`.

use super::inbox::{Inbox, Received};
use super::webhook::{self, Report};
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use subtle::ConstantTimeEq;

/// How many sent messages can still be tracked.
const TRACKED: usize = 2_000;

/// The account's limits. The usual ones are never reached in a demo.
#[derive(Clone, Debug)]
pub struct OtpiqAccount {
    /// Credit in dinars.
    pub credit: i64,
    /// How much may be spent in all.
    pub spending_threshold: i64,
    /// How many messages one phone gets in a window.
    pub most_to_one_phone: usize,
    /// The window in minutes.
    pub window_minutes: i64,
    /// Names under which custom messages may be sent.
    pub sender_ids: Vec<String>,
}

impl Default for OtpiqAccount {
    fn default() -> Self {
        Self {
            credit: 1_000_000,
            spending_threshold: 10_000_000,
            most_to_one_phone: 60,
            window_minutes: 10,
            sender_ids: vec!["Diwan".to_owned()],
        }
    }
}

struct Gateway {
    inbox: Inbox,
    key: String,
    state: Mutex<Account>,
}

struct Account {
    limits: OtpiqAccount,
    spent: i64,
    sent: VecDeque<Sent>,
    recent: BTreeMap<String, VecDeque<i64>>,
}

#[derive(Clone)]
struct Sent {
    id: String,
    phone: String,
    cost: i64,
}

/// A gateway with the usual account.
pub fn otpiq_router(inbox: Inbox, key: impl Into<String>) -> Router {
    otpiq_router_for(inbox, key, OtpiqAccount::default())
}

/// A gateway with an account of one's own choice, to see its errors.
pub fn otpiq_router_for(inbox: Inbox, key: impl Into<String>, limits: OtpiqAccount) -> Router {
    let state = Account { limits, spent: 0, sent: VecDeque::new(), recent: BTreeMap::new() };
    let gateway = Gateway { inbox, key: key.into(), state: Mutex::new(state) };
    let api = Router::new()
        .route("/info", get(info))
        .route("/sender-ids", get(sender_ids))
        .route("/sms", post(send))
        .route("/sms/track/{id}", get(track));
    Router::new().nest("/api", api).with_state(Arc::new(gateway))
}

/// A refusal in the gateway's own shape.
struct Wrong(StatusCode, Value);

impl Wrong {
    fn invalid(error: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, json!({"error": error.into()}))
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}

impl Gateway {
    fn account(&self) -> MutexGuard<'_, Account> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn admit(&self, headers: &HeaderMap) -> Result<(), Wrong> {
        let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = shown.and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
        if bool::from(shown.as_bytes().ct_eq(self.key.as_bytes())) {
            return Ok(());
        }
        Err(Wrong(StatusCode::UNAUTHORIZED, json!({"message": "Unauthorized"})))
    }
}

async fn info(State(gateway): State<Arc<Gateway>>, headers: HeaderMap) -> Result<Json<Value>, Wrong> {
    gateway.admit(&headers)?;
    let credit = gateway.account().limits.credit;
    Ok(Json(json!({"projectName": "Diwan demo", "credit": credit})))
}

async fn sender_ids(State(gateway): State<Arc<Gateway>>, headers: HeaderMap) -> Result<Json<Value>, Wrong> {
    gateway.admit(&headers)?;
    let account = gateway.account();
    let data = account.limits.sender_ids.iter().enumerate().map(|(index, sender)| {
        let prices = json!({"korekTelecom": 80, "asiaCell": 80, "zainIraq": 80, "others": 200});
        json!({"_id": format!("{index:024x}"), "senderId": sender, "status": "accepted", "pricePerSms": prices})
    });
    Ok(Json(json!({"success": true, "data": data.collect::<Vec<_>>()})))
}

/// The body of `POST /api/sms`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SendSms {
    phone_number: String,
    sms_type: String,
    verification_code: Option<Value>,
    custom_message: Option<String>,
    sender_id: Option<String>,
    #[serde(default = "auto")]
    provider: String,
    delivery_report: Option<Report>,
}

fn auto() -> String {
    "auto".to_owned()
}

impl SendSms {
    /// What arrives, and the code in it.
    fn words(&self, limits: &OtpiqAccount) -> Result<(String, Option<String>), Wrong> {
        let digits = self.phone_number.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || !(10..=15).contains(&self.phone_number.len()) {
            return Err(Wrong::invalid(
                "phoneNumber must be digits with the country code, such as 9647701234567",
            ));
        }
        if !matches!(self.provider.as_str(), "auto" | "sms" | "whatsapp" | "telegram") {
            return Err(Wrong::invalid("provider must be one of auto, sms, whatsapp, telegram"));
        }
        if let Some(sender) = self.sender_id.as_ref().filter(|sender| !limits.sender_ids.contains(sender)) {
            return Err(Wrong::invalid(format!("SenderID {sender} is not found or not accepted")));
        }
        match self.sms_type.as_str() {
            "verification" => {
                let code = match &self.verification_code {
                    Some(Value::String(code)) if !code.is_empty() => code.clone(),
                    Some(Value::Number(code)) => code.to_string(),
                    _ => {
                        return Err(Wrong::invalid("verificationCode is required for verification SMS type"));
                    }
                };
                Ok((format!("Your verification code is {code}"), Some(code)))
            }
            "custom" => {
                let message = self.custom_message.clone().filter(|text| !text.trim().is_empty());
                let message =
                    message.ok_or_else(|| Wrong::invalid("customMessage is required for custom SMS type"))?;
                if self.sender_id.is_none() {
                    return Err(Wrong::invalid("SenderID is required for custom SMS type"));
                }
                Ok((message, None))
            }
            other => Err(Wrong::invalid(format!("Invalid smsType: {other}"))),
        }
    }
}

/// One dinar price for each part: 70 characters when they need UCS-2, else 160.
fn cost_of(text: &str) -> i64 {
    let (length, first, next) =
        if text.is_ascii() { (text.len(), 160, 153) } else { (text.encode_utf16().count(), 70, 67) };
    let parts = if length <= first { 1 } else { length.div_ceil(next) };
    80 * i64::try_from(parts).unwrap_or(1)
}

async fn send(
    State(gateway): State<Arc<Gateway>>,
    headers: HeaderMap,
    body: Result<Json<SendSms>, JsonRejection>,
) -> Result<Json<Value>, Wrong> {
    gateway.admit(&headers)?;
    let Json(sms) = body.map_err(|fault| Wrong::invalid(fault.body_text()))?;
    let (text, code) = sms.words(&gateway.account().limits)?;
    let cost = cost_of(&text);
    let (id, answer) = gateway.account().charge(&sms.phone_number, cost)?;
    gateway.inbox.take(Received {
        channel: "sms".into(),
        id: id.clone(),
        to: format!("+{}", sms.phone_number),
        from: sms.sender_id.clone().unwrap_or_else(|| "OTPIQ".into()),
        text,
        code,
        ..Received::default()
    });
    if let Some(report) = sms.delivery_report {
        let channel = if sms.provider == "auto" { "sms" } else { &sms.provider };
        webhook::deliver(report, &id, channel, sms.sender_id.as_deref());
    }
    Ok(Json(answer))
}

impl Account {
    fn charge(&mut self, phone: &str, cost: i64) -> Result<(String, Value), Wrong> {
        let limits = &self.limits;
        let now = Timestamp::now().as_second();
        let recent = self.recent.entry(phone.to_owned()).or_default();
        recent.retain(|at| now - at < limits.window_minutes * 60);
        if recent.len() >= limits.most_to_one_phone {
            let waited = recent.front().map_or(0, |first| (now - first) / 60);
            let body = json!({
                "message": "Rate limit exceeded",
                "waitMinutes": (limits.window_minutes - waited).max(1),
                "maxRequests": limits.most_to_one_phone,
                "timeWindowMinutes": limits.window_minutes,
            });
            return Err(Wrong(StatusCode::TOO_MANY_REQUESTS, body));
        }
        if limits.credit < cost {
            let body = json!({
                "error": "Insufficient credit",
                "yourCredit": limits.credit,
                "requiredCredit": cost,
                "canCover": false,
            });
            return Err(Wrong(StatusCode::BAD_REQUEST, body));
        }
        if self.spent + cost > limits.spending_threshold {
            let body = json!({
                "error": "Project spending threshold would be exceeded",
                "currentSpending": self.spent,
                "spendingThreshold": limits.spending_threshold,
                "cost": cost,
            });
            return Err(Wrong(StatusCode::BAD_REQUEST, body));
        }
        recent.push_back(now);
        self.recent.retain(|_, times| !times.is_empty());
        self.limits.credit -= cost;
        self.spent += cost;
        let id = format!("sms-{}", uuid::Uuid::now_v7().simple());
        self.sent.push_front(Sent { id: id.clone(), phone: phone.to_owned(), cost });
        self.sent.truncate(TRACKED);
        let answer = json!({
            "message": "SMS task created successfully",
            "smsId": id,
            "remainingCredit": self.limits.credit,
            "cost": cost,
            "canCover": true,
            "paymentType": "prepaid",
        });
        Ok((id, answer))
    }
}

async fn track(
    State(gateway): State<Arc<Gateway>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<Value>, Wrong> {
    gateway.admit(&headers)?;
    let found = gateway.account().sent.iter().find(|sent| sent.id == id).cloned();
    let sent = found.ok_or_else(|| Wrong(StatusCode::NOT_FOUND, json!({"message": "SMS not found"})))?;
    Ok(Json(json!({"status": "delivered", "phoneNumber": sent.phone, "smsId": sent.id, "cost": sent.cost})))
}
