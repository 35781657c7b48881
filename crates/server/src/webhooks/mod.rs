//! Telling other systems of events: signed requests (Standard Webhooks), to the
//! open internet over https only, and inside only where the operator allows it.
//! Each receiver has its own turn, so that a slow one holds nobody up.

use crate::watching::metrics;
use diwan_domain::ids::RowId;
use diwan_domain::networks::Network;
use diwan_domain::notices::is_private;
use diwan_office::rows::SubscriptionRow;
use diwan_office::subscriptions::{
    Answered, Outgoing, Parcel, lease_due, note, outgoing, waiting_for, withhold,
};
use diwan_office::{Fault, Office, Stop};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, header, redirect};
use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;
use tracing::{error, warn};

/// How long a receiver may take to answer.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How many deliveries to one receiver are under way at once.
const AT_ONCE: i64 = 8;

/// Which addresses may be called.
#[derive(Clone, Debug, Default)]
struct Reach {
    allowed: Vec<Network>,
}

impl Reach {
    fn inside(&self, address: IpAddr) -> bool {
        self.allowed.iter().any(|network| network.holds(address))
    }

    fn may(&self, address: IpAddr) -> bool {
        !is_private(address) || self.inside(address)
    }
}

const REFUSED: &str = "the address lies in a private network that `webhooks.allow` does not name";

/// Names become addresses here and nowhere else: what is connected to is exactly
/// what was looked at, so that no name leads inside a moment later.
impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let open: Vec<SocketAddr> = found.filter(|found| reach.may(found.ip())).collect();
            if open.is_empty() {
                return Err(REFUSED.into());
            }
            Ok(Box::new(open.into_iter()) as Addrs)
        })
    }
}

/// The way out to receivers.
pub struct Sender {
    reach: Reach,
    http: Client,
}

impl Sender {
    /// A way out that may also call these networks.
    ///
    /// # Errors
    /// When a network cannot be read, or the HTTP client cannot be built.
    pub fn new(allow: &[String]) -> anyhow::Result<Self> {
        let allowed = allow
            .iter()
            .map(|text| text.parse().map_err(|()| anyhow::anyhow!("{text} is not a network")))
            .collect::<anyhow::Result<Vec<Network>>>()?;
        let reach = Reach { allowed };
        let http = Client::builder()
            .dns_resolver(Arc::new(reach.clone()))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(TIMEOUT)
            .connect_timeout(Duration::from_secs(5))
            .user_agent("Diwan")
            .build()?;
        Ok(Self { reach, http })
    }

    /// Why an address is not called, if it is not. Names are looked at when they
    /// are resolved.
    fn refuses(&self, url: &Url) -> Option<&'static str> {
        let host = url.host_str().unwrap_or_default();
        let number: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        match (url.scheme(), number) {
            ("https" | "http", Some(number)) if !self.reach.may(number) => Some(REFUSED),
            ("https", _) => None,
            ("http", Some(number)) if self.reach.inside(number) => None,
            ("http", None) if host == "localhost" => None,
            _ => Some("only https:// is called outside `webhooks.allow`"),
        }
    }

    /// Sends one request once.
    pub async fn send(&self, url: &str, headers: &[(&'static str, String)], body: String) -> Answered {
        let failed = |why: String| Answered::Failed { status: None, why, retry_after: None };
        let url = match Url::parse(url) {
            Ok(url) => url,
            Err(error) => return failed(error.to_string()),
        };
        if let Some(why) = self.refuses(&url) {
            return failed(why.to_owned());
        }
        let mut request = self.http.post(url).header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        // Of the answer only its head is read: what a receiver says at length is
        // of no use here, and it could say it for ever.
        let answer = match request.body(body).send().await {
            Ok(answer) => answer,
            Err(error) => return failed(causes(&error.without_url())),
        };
        let status = answer.status();
        if status.is_success() {
            return Answered::Taken(status.as_u16());
        }
        let retry_after = answer.headers().get(header::RETRY_AFTER);
        let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
        let why = if status.is_redirection() { "it sent us elsewhere" } else { "it did not take the event" };
        Answered::Failed { status: Some(status.as_u16()), why: format!("{why}: {status}"), retry_after }
    }
}

/// An error with everything behind it: the outermost alone says little.
fn causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        said = format!("{said}: {cause}");
        next = cause.source();
    }
    said
}

/// Delivers one thing once, and notes what became of it.
async fn deliver(
    office: &Office,
    sender: &Sender,
    to: &SubscriptionRow,
    parcel: &Parcel,
) -> Result<(), Stop> {
    let Outgoing::Send { url, headers, body } = outgoing(office, to, parcel).await? else {
        return Ok(withhold(office, to, parcel).await?);
    };
    let answered = sender.send(&url, &headers, body).await;
    metrics::delivery_tried(matches!(answered, Answered::Taken(_)));
    if let Answered::Failed { why, .. } = &answered {
        warn!(subscription = %to.id, event = %parcel.notice, attempts = parcel.attempts,
            "an event was not delivered: {why}");
    }
    note(office, to, parcel, &answered).await
}

/// Delivers what is due to one receiver, a few at once; says how many were tried.
///
/// # Errors
/// When the database fails.
pub async fn deliver_to(
    office: &Arc<Office>,
    sender: &Arc<Sender>,
    to: &SubscriptionRow,
) -> Result<usize, Fault> {
    let parcels = lease_due(office, to, AT_ONCE).await?;
    let count = parcels.len();
    let mut under_way = JoinSet::new();
    for parcel in parcels {
        let (office, sender, to) = (office.clone(), sender.clone(), to.clone());
        under_way.spawn(async move { deliver(&office, &sender, &to, &parcel).await });
    }
    while let Some(noted) = under_way.join_next().await {
        if let Ok(Err(stop)) = noted {
            error!("what became of an event could not be noted: {stop}");
        }
    }
    Ok(count)
}

/// Delivers to everyone for whom something is due, until nothing is; says how many
/// tries there were.
///
/// # Errors
/// When the database fails.
#[cfg(test)]
pub async fn deliver_all(office: &Arc<Office>, sender: &Arc<Sender>) -> Result<usize, Fault> {
    let mut tried = 0;
    loop {
        let mut now = 0;
        for to in waiting_for(office).await? {
            now += deliver_to(office, sender, &to).await?;
        }
        if now == 0 {
            return Ok(tried);
        }
        tried += now;
    }
}

/// Delivers for as long as the program runs.
pub async fn keep_delivering(office: Arc<Office>, sender: Arc<Sender>) {
    let busy: Arc<Mutex<HashSet<RowId>>> = Arc::default();
    loop {
        match waiting_for(&office).await {
            Ok(due) => {
                for to in due {
                    if busy.lock().is_ok_and(|mut busy| busy.insert(to.id)) {
                        tokio::spawn(turn(office.clone(), sender.clone(), to, busy.clone()));
                    }
                }
            }
            Err(fault) => error!("events could not be read: {fault}"),
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// One receiver's turn: as long as it takes what it is sent.
async fn turn(
    office: Arc<Office>,
    sender: Arc<Sender>,
    to: SubscriptionRow,
    busy: Arc<Mutex<HashSet<RowId>>>,
) {
    let mut next = Some(to.clone());
    while let Some(current) = next {
        next = match deliver_to(&office, &sender, &current).await {
            Ok(0) => None,
            // What was changed, paused or renewed meanwhile counts at once.
            Ok(_) => {
                waiting_for(&office).await.ok().and_then(|due| due.into_iter().find(|row| row.id == to.id))
            }
            Err(fault) => {
                error!("events could not be delivered: {fault}");
                None
            }
        };
    }
    if let Ok(mut busy) = busy.lock() {
        busy.remove(&to.id);
    }
}

#[cfg(test)]
mod days;

#[cfg(test)]
mod registers;

#[cfg(test)]
#[path = "../../../web/tests/it/dci_schema.rs"]
mod dci_schema;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_inside_is_called_only_where_it_is_allowed() {
        let refuses = |sender: &Sender, url: &str| sender.refuses(&Url::parse(url).unwrap()).is_some();
        let closed = Sender::new(&[]).unwrap();
        for url in [
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://10.0.0.1/",
            "http://10.0.0.1/",
            "http://r.example/",
            "https://169.254.169.254/",
            "https://[::ffff:127.0.0.1]/",
            "https://2130706433/",
            "https://0x7f.1/",
        ] {
            assert!(refuses(&closed, url), "{url}");
        }
        assert!(!refuses(&closed, "https://r.example/") && !refuses(&closed, "https://8.8.8.8/"));
        let open = Sender::new(&["10.0.0.0/8".into()]).unwrap();
        assert!(!refuses(&open, "https://10.0.0.1/") && !refuses(&open, "http://10.0.0.1/"));
        assert!(refuses(&open, "http://127.0.0.1/") && refuses(&open, "http://r.example/"));
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_followed() {
        let http = Sender::new(&[]).unwrap().http;
        let error = http.post("https://localhost:1/").send().await.unwrap_err();
        assert!(causes(&error).contains("webhooks.allow"), "{}", causes(&error));
    }
}
