//! What stands around every page: the masthead, the languages, the banners.

use crate::app::App;
use crate::assets;
use crate::refused::Problem;
use crate::visitor::Visitor;
use crate::words::{Arg, Language};
use askama::Template;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// What stands around every page.
#[derive(Clone)]
pub struct Frame {
    /// The reader's language.
    pub lang: Arc<Language>,
    /// The page's title.
    pub title: String,
    /// The form token.
    pub csrf: String,
    /// This attempt's own key: a form sent twice acts once.
    pub key: String,
    /// The languages: code, name, address of this page in it, whether current.
    pub switch: Vec<(String, String, String, bool)>,
    /// The system's name.
    pub brand: String,
    /// The government's name.
    pub government: String,
    /// The telephone for help.
    pub help_phone: String,
    /// Whether nothing here is genuine.
    pub training: bool,
    /// Whether this is a demonstration.
    pub demo_inbox: Option<Arc<str>>,
    /// What there is to sign out from: `account`, `officer`, `case` for someone
    /// whose cookie opens a case, or nothing.
    pub signed_in: &'static str,
    /// For whom the account acts; empty for itself.
    pub acting_for: String,
    /// Whether the page may be kept by caches: only pages without a person.
    pub public: bool,
    /// The stylesheet for this direction.
    pub stylesheet: String,
    /// The script.
    pub script: String,
    /// Whether the government set its own colours.
    pub own_colours: bool,
    /// The whole address of the page whose form this page answers; empty for any other page.
    pub behind: String,
}

impl Frame {
    /// The frame of a page in a language, at a path without its language.
    #[must_use]
    pub fn new(app: &App, visitor: &Visitor, lang: &Arc<Language>, path: &str) -> Self {
        let switch = app
            .words
            .languages()
            .iter()
            .map(|l| (l.code.clone(), l.name.clone(), format!("/{}{path}", l.code), l.code == lang.code))
            .collect();
        let signed_in = match (visitor.officer(), visitor.account()) {
            (Some(_), _) => "officer",
            (None, Some(_)) => "account",
            _ if !visitor.kept().cases.is_empty() => "case",
            _ => "",
        };
        Self {
            title: String::new(),
            csrf: visitor.csrf(),
            key: uuid::Uuid::now_v7().to_string(),
            switch,
            brand: lang.name_in(&app.brand.name),
            government: lang.name_in(&app.brand.government),
            help_phone: app.brand.help_phone.clone(),
            training: app.office.settings.training,
            demo_inbox: app.demo_inbox.clone(),
            acting_for: if signed_in == "account" { visitor.kept().acting_name } else { String::new() },
            signed_in,
            public: false,
            stylesheet: assets::address(if lang.rtl { "app.rtl.css" } else { "app.ltr.css" }),
            script: assets::address("app.js"),
            own_colours: !app.brand.colours.is_empty(),
            behind: String::new(),
            lang: lang.clone(),
        }
    }

    /// Sets the title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// A message in the reader's language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// A message that mentions one text.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: &str) -> String {
        self.lang.with(key, &[(name, Arg::from(value))])
    }

    /// A message that mentions one number.
    #[must_use]
    pub fn n1(&self, key: &str, name: &str, value: &i64) -> String {
        self.lang.with(key, &[(name, Arg::Number(*value))])
    }

    /// A message whose key ends with a code.
    #[must_use]
    pub fn t_of(&self, prefix: &str, code: &str) -> String {
        self.lang.t_of(prefix, code)
    }

    /// An address in the reader's language.
    #[must_use]
    pub fn to(&self, path: &str) -> String {
        format!("/{}{path}", self.lang.code)
    }

    /// An icon's SVG.
    #[must_use]
    pub fn icon(&self, name: &str) -> String {
        assets::icon(name)
    }
}

/// The language of the address and everything needed to answer in it.
#[derive(Clone)]
pub struct Here {
    /// The application.
    pub app: App,
    /// Who visits.
    pub visitor: Visitor,
    /// In which language.
    pub lang: Arc<Language>,
    /// The path without its language, with its query.
    pub path: String,
    /// The whole address of the page whose form was sent; empty when none was.
    pub behind: String,
}

impl<S> FromRequestParts<S> for Here
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let app = App::from_ref(state);
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        let whole = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let (code, rest) = split_language(whole);
        let Some(lang) = app.words.language(code) else {
            let header = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
            let lang = app.words.best_for(header);
            let here = Self { app, visitor, lang, path: "/".into(), behind: String::new() };
            return Err(Problem::not_found().page(&here));
        };
        if parts.method == Method::GET {
            return Ok(Self { app, visitor, lang, path: rest.to_owned(), behind: String::new() });
        }
        let behind = referred(parts).unwrap_or_default();
        let path = match behind.as_str() {
            "" if rest.starts_with("/desk") => "/desk".to_owned(),
            "" => "/".to_owned(),
            whole => split_language(whole).1.to_owned(),
        };
        Ok(Self { app, visitor, lang, path, behind })
    }
}

/// The page a form stood on: where its answer's other languages are, and where
/// one comes back to after signing in. A form's own address answers no `GET`.
fn referred(parts: &Parts) -> Option<String> {
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let (host, rest) = header(header::REFERER)?.split_once("://")?.1.split_once('/')?;
    let is_own = header(header::HOST) == Some(host) && !rest.starts_with('/');
    is_own.then(|| format!("/{rest}"))
}

/// The first part of a path, and the rest from its slash on.
#[must_use]
pub fn split_language(path: &str) -> (&str, &str) {
    let plain = path.trim_start_matches('/');
    let end = plain.find(['/', '?']).unwrap_or(plain.len());
    let (code, rest) = plain.split_at(end);
    (code, if rest.is_empty() { "/" } else { rest })
}

impl Here {
    /// The frame of this page.
    #[must_use]
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let frame = Frame::new(&self.app, &self.visitor, &self.lang, &self.path).titled(title);
        Frame { behind: self.behind.clone(), ..frame }
    }

    /// A redirect to a path in the same language.
    #[must_use]
    pub fn go(&self, path: &str) -> Response {
        axum::response::Redirect::to(&format!("/{}{path}", self.lang.code)).into_response()
    }
}

/// Renders a page.
#[must_use]
pub fn show<T: Template>(status: StatusCode, public: bool, page: &T) -> Response {
    match page.render() {
        Ok(html) => {
            let cache = if public { "public, max-age=60" } else { "no-store" };
            (status, [(header::CACHE_CONTROL, cache)], Html(html)).into_response()
        }
        Err(error) => {
            tracing::error!("a page could not be rendered: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
