//! The outside world in small: an SMS gateway, a mail server, a national
//! wallet, a timestamp authority that speak the real wire formats on loopback ports, so that the
//! office's own clients are what is tried.

mod escpos;
mod inbox;
mod mail;
mod oidc;
mod oidc_page;
mod oidc_token;
mod otpiq;
mod receiver;
mod s3;
mod smtp;
mod timestamps;
mod ussd;
mod webhook;
mod x_road;

pub use escpos::{Mood, ReceiptPrinter, Slip};
pub use inbox::{Inbox, Received};
pub use oidc::{OidcSettings, oidc_router, subject_of};
pub use otpiq::{OtpiqAccount, otpiq_router, otpiq_router_for};
pub use receiver::{Receiver, Taken};
pub use s3::{S3Account, S3Store, s3_router};
pub use smtp::smtp_serve;
pub use timestamps::{Answers, TIMESTAMP_POLICY, TimestampAuthority};
pub use ussd::{BasicPhone, Shown};
pub use x_road::{Passed, SecurityServer};

/// The levels of assurance that are sure enough for a certificate.
pub const SURE_ENOUGH: [&str; 2] = ["mosip:idp:acr:biometrics", "mosip:idp:acr:generated-code"];
