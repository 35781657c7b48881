//! Delivery reports to the sender's own address. The real gateway calls HTTPS
//! only; here nothing but this machine is ever called, in plain HTTP.

use serde::Deserialize;
use serde_json::{Value, json};
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tracing::warn;

/// Where the sender wants to hear of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    webhook_url: String,
    #[serde(default = "all")]
    delivery_report_type: String,
    webhook_secret: Option<String>,
}

fn all() -> String {
    "all".to_owned()
}

/// Tells the sender, a moment later, that the message was sent and delivered.
pub(super) fn deliver(report: Report, id: &str, channel: &str, sender: Option<&str>) {
    let payload = |status: &str, last: bool| {
        let mut payload = json!({
            "smsId": id,
            "deliveryReportType": report.delivery_report_type,
            "isFinal": last,
            "channel": channel,
            "status": status,
        });
        if let Some(sender) = sender {
            payload["senderId"] = json!(sender);
        }
        payload
    };
    let mut payloads = vec![payload("delivered", true)];
    if report.delivery_report_type == "all" {
        payloads.insert(0, payload("sent", false));
    }
    tokio::spawn(async move {
        for payload in payloads {
            tokio::time::sleep(Duration::from_millis(200)).await;
            if let Err(fault) = post(&report, &payload).await {
                warn!(error = %fault, "a delivery report could not be handed over");
            }
        }
    });
}

async fn post(report: &Report, payload: &Value) -> io::Result<()> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidInput, what.to_owned());
    let rest =
        report.webhook_url.strip_prefix("http://").ok_or_else(|| wrong("only http:// is called here"))?;
    let (host, path) =
        rest.split_once('/').map_or((rest, String::new()), |(host, path)| (host, path.to_owned()));
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        return Err(wrong("only this machine is called"));
    }
    let target = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let body = payload.to_string();
    // A secret with a line break would write a header of its own.
    let secret = report.webhook_secret.as_deref().unwrap_or_default().replace(['\r', '\n'], "");
    let request = format!(
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
         X-OTPIQ-Webhook-Secret: {secret}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let call = async {
        let mut stream = TcpStream::connect(target).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(4096).read_to_end(&mut answer).await?;
        let status = answer.get(9..12).and_then(|code| std::str::from_utf8(code).ok()).unwrap_or_default();
        if status.starts_with('2') { Ok(()) } else { Err(wrong(&format!("it answered {status}"))) }
    };
    tokio::time::timeout(Duration::from_secs(10), call)
        .await
        .map_err(|_| wrong("it did not answer in ten seconds"))?
}
