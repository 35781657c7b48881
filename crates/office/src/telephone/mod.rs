//! What people do by telephone: text messages by keyword, menus, a person on the line; and
//! who may act for whom.

mod asking;
mod calling;
pub mod proxies;
mod texts;
mod wishes;

pub use asking::{AskRating, tend_ratings};
pub use calling::{EndCall, SHOWN, SendCallerCode, VerifyCaller, is_on_the_line};
pub(crate) use calling::{if_by_telephone, tell_done};
pub use proxies::{AppointProxy, EndProxy};
pub use texts::{TakeText, TicketSaid, ticket_of};
pub use wishes::{
    ForgetWishes, SettleWish, TakeWish, WishCall, appointments_ever, appointments_of, can_be_taken, case_of,
    tend_wishes, wish_in_hand, wishes,
};
