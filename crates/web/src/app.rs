//! What every handler is given.

use crate::crowd::Crowd;
use crate::gateways::Gateways;
use crate::live::Live;
use crate::sound::Sound;
use crate::visitor::SessionTimes;
use crate::words::Words;
use diwan_domain::networks::Network;
use diwan_domain::people::{Assurance, Channel};
use diwan_office::identity::IdentityProvider;
use diwan_office::{Office, Who};
use serde_json::Value;
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

/// The government's name, emblem and colours.
#[derive(Clone, Debug)]
pub struct Brand {
    /// The system's name by language.
    pub name: Value,
    /// The government's name by language.
    pub government: Value,
    /// The telephone for help.
    pub help_phone: String,
    /// Colours that replace the house's own, by custom property: `green` …
    pub colours: Vec<(String, String)>,
}

/// What every handler is given: one pointer, since every layer of a request takes a copy.
#[derive(Clone)]
pub struct App(Arc<Given>);

impl From<Given> for App {
    fn from(given: Given) -> Self {
        Self(Arc::new(given))
    }
}

impl Deref for App {
    type Target = Given;

    fn deref(&self) -> &Given {
        &self.0
    }
}

impl App {
    /// The same with something else in it.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Given)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }
}

/// What an application is made of.
#[derive(Clone)]
pub struct Given {
    /// The office.
    pub office: Arc<Office>,
    /// The words.
    pub words: Arc<Words>,
    /// The government's name and colours.
    pub brand: Arc<Brand>,
    /// Ways to prove who one is without a visit.
    pub identity: Option<Arc<dyn IdentityProvider>>,
    /// Where the demonstration's inbox is, when this is one.
    pub demo_inbox: Option<Arc<str>>,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub proxies: Arc<[IpAddr]>,
    /// Whether their `Client-Cert` is believed too (mutual TLS).
    pub client_certificates: bool,
    /// Who is inside, when many come at once.
    pub crowd: Crowd,
    /// Who watches halls.
    pub live: Live,
    /// Recordings with which displays speak.
    pub sound: Arc<Sound>,
    /// The security servers of X-Road that may speak for members, by network.
    pub security_servers: Arc<[Network]>,
    /// The same by certificate (`x5t#S256`), shown to the trusted proxies.
    pub security_certificates: Arc<[String]>,
    /// How long sessions hold.
    pub sessions: SessionTimes,
    /// The ways in for operators' gateways.
    pub gateways: Arc<Gateways>,
}

impl Given {
    /// Whether cookies may travel only over TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.office.settings.base_url.starts_with("https:")
    }

    /// Diwan itself, acting for the pages.
    #[must_use]
    pub fn system(&self) -> Who {
        Who { channel: Channel::System, assurance: Assurance::None, ..Who::system("web") }
    }
}
