//! The wallet's page: choose who you are, or type a number. Complete without
//! JavaScript, in Kurdish and in English.

use super::oidc::Asked;
use crate::card::WalletUser;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

const STYLE: &str = "\
body{margin:0;background:#f6f3ec;color:#111;font:1.06rem/1.7 Vazirmatn,'Noto Naskh Arabic',system-ui,sans-serif}\
main{max-width:42rem;margin:0 auto;padding:1.5rem}\
h1{font-size:1.5rem;line-height:1.4}p,fieldset{margin:0 0 1rem}\
.en{direction:ltr;text-align:left;color:#444}\
.note{border-inline-start:.4rem solid #b8860b;padding:.5rem 1rem;background:#fff}\
.fault{border-inline-start:.4rem solid #b00020;padding:.5rem 1rem;background:#fff}\
ul{list-style:none;margin:0;padding:0}li{margin:0 0 .5rem}\
button{font:inherit;width:100%;min-height:44px;text-align:start;padding:.5rem 1rem;background:#fff;\
border:2px solid #14532d;border-radius:.4rem;cursor:pointer}\
button:focus-visible,input:focus-visible{outline:4px solid #d9a514;outline-offset:2px}\
button small{display:block;color:#444}\
input[type=text]{font:inherit;width:100%;min-height:44px;box-sizing:border-box;padding:.4rem .8rem;\
border:2px solid #111;border-radius:.2rem}\
fieldset{border:1px solid #999;border-radius:.4rem;padding:.5rem 1rem}\
label{display:block;min-height:44px;padding:.4rem 0}\
.main{background:#14532d;color:#fff;text-align:center}";

/// What the page may load and where its forms may lead: nothing, and back to
/// the client only.
pub(super) fn policy(redirect_uris: &[String]) -> String {
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let origin = |uri: &String| {
        let (scheme, rest) = uri.split_once("://")?;
        Some(format!("{scheme}://{}", rest.split('/').next()?))
    };
    let origins: Vec<String> = redirect_uris.iter().filter_map(origin).collect();
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        origins.join(" ")
    )
}

/// What the page shows.
pub(super) struct Page<'a> {
    pub users: &'a [WalletUser],
    pub asked: &'a Asked,
    pub levels: &'a [&'static str],
    /// What is wrong with the number that was typed.
    pub fault: Option<&'a str>,
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn whole(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"ckb\" dir=\"rtl\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    )
}

/// A request that leads nowhere.
pub(super) fn broken(what: &str) -> String {
    let body = format!(
        "<h1>داواکارییەکە دروست نییە</h1><p>بگەڕێوە بۆ ئەو ماڵپەڕەی لێوەی هاتیت.</p>\
         <p class=\"en\" lang=\"en\">This request is not right. Go back to the site you came from.<br>{}</p>",
        escaped(what)
    );
    whole("داواکارییەکە دروست نییە – Request not right", &body)
}

impl Page<'_> {
    /// The page as HTML.
    pub(super) fn html(&self) -> String {
        let mut body = String::from(
            "<h1>جزدانی نیشتمانی – نموونە <span class=\"en\" lang=\"en\" dir=\"ltr\">National wallet – demo</span></h1>\
             <p class=\"note\">لێرە هیچ شتێک ڕاستەقینە نییە.<br>\
             <span class=\"en\" lang=\"en\" dir=\"ltr\">Nothing here is genuine.</span></p>",
        );
        if let Some(fault) = self.fault {
            // Writing into a String cannot fail.
            let _ = write!(
                body,
                "<p class=\"fault\" role=\"alert\" id=\"fault\">ژمارەی کەسێتی ١٣ ژمارەیە، تەنها بە ژمارە بینووسە.<br>\
                 <span class=\"en\" lang=\"en\" dir=\"ltr\">A personal number has 13 digits and nothing else ({}).</span></p>",
                escaped(fault)
            );
        }
        let _ = write!(
            body,
            "<form method=\"post\" action=\"authorize\">{}{}<h2>تۆ کێیت؟ <span class=\"en\" lang=\"en\" dir=\"ltr\">\
             Who are you?</span></h2><ul>{}</ul></form>{}",
            self.carried(),
            self.how("one"),
            self.people(),
            self.by_number()
        );
        whole("جزدانی نیشتمانی – National wallet", &body)
    }

    /// The request again, so that the page needs no session.
    fn carried(&self) -> String {
        let asked = self.asked;
        let fields = [
            ("response_type", &asked.response_type),
            ("client_id", &asked.client_id),
            ("redirect_uri", &asked.redirect_uri),
            ("scope", &asked.scope),
            ("state", &asked.state),
            ("nonce", &asked.nonce),
            ("code_challenge", &asked.code_challenge),
            ("code_challenge_method", &asked.code_challenge_method),
            ("acr_values", &asked.acr_values),
        ];
        let known = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        known
            .map(|(name, value)| {
                format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value))
            })
            .collect()
    }

    /// How the person shows who they are.
    fn how(&self, form: &str) -> String {
        let mut choices = String::new();
        for (index, level) in self.levels.iter().enumerate() {
            let (ckb, en) = match *level {
                "mosip:idp:acr:biometrics" => ("پەنجەمۆر یان ڕوخسار", "fingerprint or face"),
                "mosip:idp:acr:generated-code" => ("کۆدێک لە ئەپی جزدان", "a code in the wallet app"),
                _ => ("ژمارەی نهێنی", "a PIN"),
            };
            let checked = if index == 0 { " checked" } else { "" };
            let _ = write!(
                choices,
                "<label for=\"{form}-{index}\"><input type=\"radio\" id=\"{form}-{index}\" name=\"level\" \
                 value=\"{level}\"{checked}> {ckb} <span class=\"en\" lang=\"en\" dir=\"ltr\">{en}</span></label>"
            );
        }
        format!(
            "<fieldset><legend>چۆن خۆت دەناسێنیت؟ <span class=\"en\" lang=\"en\" dir=\"ltr\">How do you show it?</span>\
             </legend>{choices}</fieldset>"
        )
    }

    fn people(&self) -> String {
        let mut list = String::new();
        for user in self.users {
            let latin = user.name_latin.as_deref().unwrap_or_default();
            let _ = write!(
                list,
                "<li><button name=\"personal_number\" value=\"{number}\"><bdi>{name}</bdi> \
                 <small><bdi lang=\"en\">{latin}</bdi> · <bdi>{number}</bdi> · <bdi lang=\"en\">{situation}</bdi></small>\
                 </button></li>",
                number = escaped(&user.personal_number),
                name = escaped(&user.name),
                latin = escaped(latin),
                situation = escaped(&user.situation),
            );
        }
        list
    }

    fn by_number(&self) -> String {
        let typed = if self.fault.is_some() { self.asked.personal_number.as_deref() } else { None };
        let described =
            if self.fault.is_some() { " aria-invalid=\"true\" aria-describedby=\"fault\"" } else { "" };
        format!(
            "<form method=\"post\" action=\"authorize\">{carried}<h2><label for=\"number\">یان ژمارەی کەسێتی بنووسە \
             <span class=\"en\" lang=\"en\" dir=\"ltr\">or type a personal number</span></label></h2>\
             <p><input type=\"text\" id=\"number\" name=\"personal_number\" inputmode=\"numeric\" autocomplete=\"off\" \
             dir=\"ltr\" value=\"{typed}\"{described}></p>{how}\
             <p><button class=\"main\">بەردەوام بە – Continue</button></p></form>\
             <form method=\"post\" action=\"authorize\">{carried}\
             <p><button name=\"refuse\" value=\"1\">گەڕانەوە – Go back</button></p></form>",
            carried = self.carried(),
            typed = escaped(typed.unwrap_or_default()),
            how = self.how("two"),
        )
    }
}
