//! Every route, with the permission it needs. A test walks them all as a
//! stranger.

use crate::app::App;
use crate::desk::at_desk;
use crate::desk::{
    admin, appointments, books, bulk, bulk_begin, call_backs, calling, cash, certify, choosing, consent,
    contact as desk_contact, counter, counter_case, counter_form, days_off, devices, duplicates, duties,
    elsewhere, entries, faith, floor, guarding, hall, inbox, journal, ledger_checks, ledger_pages, ledgers,
    measures as desk_measures, mistaken, notes, numbers, one_officer, password, people,
    preparing as desk_preparing, proxies as desk_proxies, register, rules, services as desk_services,
    sign_in as desk_sign_in, subscriptions, telephone, tokens, units as desk_units, visit as desk_visit,
    work,
};
use crate::frame::Here;
use crate::kiosk::{
    self, appointment as kiosk_appointment, enrol, identify, note, papers as kiosk_papers,
    preparing as kiosk_preparing, prints, ticket as kiosk_ticket,
};
use crate::pages::{
    apply, booking, case, check, contact, downloads, halls, home, measures, my_cases, note as phone_note,
    own_ticket, prepare, proxies, public_log, rating, receipt, releases, sessions, sign_in, statistics,
    stops, tickets, track, visits, waiting,
};
use crate::refused::{Problem, answer};
use crate::{again, api, assets, dci, doorway, gateways, live, oauth, sent, sound};
use axum::Router;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Anyone.
    Nothing,
    /// Whoever the case is open to.
    Case,
    /// A signed-in officer with one of these permissions, by their codes with a
    /// blank between; empty for every officer.
    Officer(&'static str),
}

/// A route as the walk sees it.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Its path below the language, or whole when it begins with `//`.
    pub path: &'static str,
    /// Who may call it.
    pub needs: Needs,
}

type Make = fn() -> MethodRouter<App>;

macro_rules! table {
    ($($method:ident $path:literal $needs:expr => $handler:path;)+) => {
        /// Every page route.
        pub const ROUTES: &[Route] = &[$(Route { method: stringify!($method), path: $path, needs: $needs }),+];
        const HANDLERS: &[(&str, Needs, Make)] = &[$(($path, $needs, || $method($handler))),+];
    };
}

table! {
    get "/" Needs::Nothing => home::home;
    get "/services/{key}" Needs::Nothing => home::service;
    post "/services/{key}/begin" Needs::Nothing => apply::begin;
    get "/services/{key}/{edition}/audio/{question}" Needs::Nothing => home::recording;
    get "/cases/{id}" Needs::Case => case::case;
    get "/cases/{id}/next" Needs::Case => apply::next;
    get "/cases/{id}/tasks" Needs::Case => apply::task_list;
    get "/cases/{id}/questions/{key}" Needs::Case => apply::question;
    post "/cases/{id}/questions/{key}" Needs::Case => apply::answered;
    get "/cases/{id}/check" Needs::Case => apply::check;
    post "/cases/{id}/send" Needs::Case => apply::send;
    get "/cases/{id}/paper" Needs::Case => downloads::paper;
    get "/cases/{id}/files/{file}" Needs::Case => downloads::upload;
    post "/cases/{id}/documents/{document}" Needs::Case => downloads::document;
    get "/cases/{id}/receipts/{receipt}" Needs::Case => receipt::page;
    get "/cases/{id}/receipts/{receipt}/pdf" Needs::Case => receipt::pdf;
    get "/cases/{id}/receipts/{receipt}/proof" Needs::Case => receipt::proof;
    post "/cases/{id}/requests/{request}" Needs::Case => case::answer_request;
    post "/cases/{id}/rate" Needs::Case => rating::sent;
    post "/cases/{id}/appeal" Needs::Case => case::appeal;
    post "/cases/{id}/withdraw" Needs::Case => case::withdraw;
    get "/my-cases" Needs::Nothing => my_cases::mine;
    get "/contact" Needs::Nothing => contact::page;
    post "/contact" Needs::Nothing => contact::ask;
    post "/contact/code" Needs::Nothing => contact::code;
    get "/proxies" Needs::Nothing => proxies::page;
    post "/proxies" Needs::Nothing => proxies::end;
    get "/proxies/new" Needs::Nothing => proxies::new;
    post "/proxies/new" Needs::Nothing => proxies::appoint;
    get "/proxies/for" Needs::Nothing => proxies::for_whom;
    post "/proxies/for" Needs::Nothing => proxies::act_for;
    get "/sessions" Needs::Nothing => sessions::page;
    post "/sessions" Needs::Nothing => sessions::end;
    get "/track" Needs::Nothing => track::track;
    post "/track" Needs::Nothing => track::track_sent;
    post "/track/code" Needs::Nothing => track::track_code;
    get "/sign-in" Needs::Nothing => sign_in::sign_in;
    post "/sign-in" Needs::Nothing => sign_in::request_code;
    get "/sign-in/code" Needs::Nothing => sign_in::code;
    post "/sign-in/code" Needs::Nothing => sign_in::try_code;
    get "/sign-in/wallet" Needs::Nothing => sign_in::wallet;
    post "/sign-out" Needs::Nothing => sign_in::sign_out;
    get "/check" Needs::Nothing => check::ask;
    post "/check" Needs::Nothing => check::asked;
    get "/check/without" Needs::Nothing => check::without;
    get "/check/{code}" Needs::Nothing => check::verify;
    get "/log" Needs::Nothing => public_log::page;
    get "/statistics" Needs::Nothing => statistics::list;
    get "/statistics/{table}" Needs::Nothing => statistics::one;
    get "/centres" Needs::Nothing => visits::list;
    get "/centres/{code}" Needs::Nothing => visits::one;
    get "/centres/{code}/stops.ics" Needs::Nothing => stops::calendar;
    get "/centres/{code}/measures" Needs::Nothing => measures::page;
    get "/centres/{code}/ticket" Needs::Nothing => visits::take;
    post "/centres/{code}/ticket" Needs::Nothing => visits::taken;
    get "/centres/{code}/book" Needs::Nothing => booking::lines;
    get "/centres/{code}/book/{line}" Needs::Nothing => booking::days;
    get "/centres/{code}/book/{line}/{day}" Needs::Nothing => booking::times;
    post "/centres/{code}/book/{line}/{day}" Needs::Nothing => booking::book;
    get "/appointments/{code}" Needs::Nothing => booking::appointment;
    get "/appointments/{code}/calendar.ics" Needs::Nothing => booking::calendar;
    post "/appointments/{code}/do/{what}" Needs::Nothing => booking::appointment_do;
    get "/centres/{code}/note" Needs::Nothing => phone_note::page;
    post "/centres/{code}/note" Needs::Nothing => phone_note::left;
    get "/centres/{code}/prepare/{line}/{service}" Needs::Nothing => prepare::page;
    post "/centres/{code}/prepare/{line}/{service}" Needs::Nothing => prepare::asked;
    get "/centres/{code}/wait/{line}/{day}" Needs::Nothing => waiting::join_page;
    post "/centres/{code}/wait/{line}/{day}" Needs::Nothing => waiting::join;
    get "/waiting/{code}" Needs::Nothing => waiting::one;
    post "/waiting/{code}/do/{what}" Needs::Nothing => waiting::act;
    get "/centres/{code}/releases/{release}" Needs::Nothing => releases::one;
    get "/centres/{code}/releases/{release}/enter" Needs::Nothing => releases::enter_page;
    post "/centres/{code}/releases/{release}/enter" Needs::Nothing => releases::enter;
    get "/release-entries/{code}" Needs::Nothing => releases::entry;
    get "/centres/{code}/days/{day}" Needs::Nothing => halls::day;
    get "/halls/{code}/{hall}" Needs::Nothing => halls::display;
    get "/halls/{code}/{hall}/sound" Needs::Nothing => halls::sound;
    get "/tickets/check" Needs::Nothing => tickets::check;
    get "/tickets/{code}" Needs::Nothing => own_ticket::ticket;
    post "/tickets/{code}/{what}" Needs::Nothing => own_ticket::ticket_do;
    get "/kiosk/{code}" Needs::Nothing => kiosk::menu;
    get "/kiosk/{code}/away" Needs::Nothing => kiosk::away;
    get "/kiosk/{code}/enrol" Needs::Nothing => enrol::page;
    post "/kiosk/{code}/enrol" Needs::Nothing => enrol::enrolled;
    get "/kiosk/{code}/ticket" Needs::Nothing => kiosk_ticket::page;
    post "/kiosk/{code}/ticket" Needs::Nothing => kiosk_ticket::taken;
    get "/kiosk/{code}/appointment" Needs::Nothing => kiosk_appointment::page;
    get "/kiosk/{code}/appointment/bring" Needs::Nothing => kiosk_appointment::bring_page;
    post "/kiosk/{code}/appointment/bring" Needs::Nothing => kiosk_appointment::brought;
    get "/kiosk/{code}/appointment/prepare" Needs::Nothing => kiosk_preparing::page;
    post "/kiosk/{code}/appointment/prepare" Needs::Nothing => kiosk_preparing::touched;
    get "/kiosk/{code}/appointment/book" Needs::Nothing => kiosk_appointment::book_page;
    post "/kiosk/{code}/appointment/book" Needs::Nothing => kiosk_appointment::book;
    get "/kiosk/{code}/sign-in" Needs::Nothing => identify::page;
    post "/kiosk/{code}/sign-in" Needs::Nothing => identify::asked;
    get "/kiosk/{code}/sign-in/code" Needs::Nothing => identify::code;
    post "/kiosk/{code}/sign-in/code" Needs::Nothing => identify::tried;
    get "/kiosk/{code}/papers" Needs::Nothing => kiosk_papers::page;
    post "/kiosk/{code}/papers/{service}" Needs::Nothing => kiosk_papers::begin;
    get "/kiosk/{code}/cases" Needs::Nothing => kiosk_papers::cases;
    get "/kiosk/{code}/cases/{case}" Needs::Nothing => kiosk_papers::case;
    post "/kiosk/{code}/cases/{case}/answer" Needs::Nothing => kiosk_papers::answered;
    post "/kiosk/{code}/cases/{case}/print" Needs::Nothing => kiosk_papers::print;
    get "/kiosk/{code}/prints/{print}" Needs::Nothing => prints::page;
    post "/kiosk/{code}/prints/{print}/{what}" Needs::Nothing => prints::act;
    get "/kiosk/{code}/note" Needs::Nothing => note::page;
    post "/kiosk/{code}/note" Needs::Nothing => note::left;
    post "/kiosk/{code}/comfort" Needs::Nothing => kiosk::comfort;
    post "/kiosk/{code}/help" Needs::Nothing => kiosk::help;
    post "/kiosk/{code}/end" Needs::Nothing => kiosk::end;
    get "/notes/{number}" Needs::Nothing => note::answer_of;
    get "/desk/sign-in" Needs::Nothing => desk_sign_in::page;
    post "/desk/sign-in" Needs::Nothing => desk_sign_in::sent;
    get "/desk/invitation/{token}" Needs::Nothing => desk_sign_in::invitation;
    post "/desk/invitation/{token}" Needs::Nothing => desk_sign_in::accept;
    get "/desk" Needs::Officer("") => inbox::mine;
    get "/desk/live" Needs::Officer("cases.see") => inbox::live;
    get "/desk/all" Needs::Officer("cases.see") => inbox::all;
    get "/desk/waiting" Needs::Officer("cases.see") => inbox::waiting;
    get "/desk/late" Needs::Officer("cases.see") => inbox::late;
    post "/desk/next" Needs::Officer("cases.see") => inbox::next;
    get "/desk/cases/{id}" Needs::Officer("cases.see") => work::case;
    get "/desk/cases/{id}/files/{file}" Needs::Officer("cases.see") => work::file;
    post "/desk/cases/{id}/find" Needs::Officer("cases.decide") => work::find;
    post "/desk/cases/{id}/link" Needs::Officer("cases.decide") => work::link;
    post "/desk/cases/{id}/religion" Needs::Officer("register.show-religion") => faith::set;
    get "/desk/cases/{id}/choose" Needs::Officer("cases.decide") => choosing::page;
    post "/desk/cases/{id}/choose" Needs::Officer("cases.decide") => choosing::chosen;
    post "/desk/cases/{id}/reassign" Needs::Officer("cases.see") => work::reassign;
    post "/desk/cases/{id}/documents/{document}/end" Needs::Officer("documents.revoke") => work::end_document;
    post "/desk/cases/{id}/decide/{what}" Needs::Officer("cases.see") => work::decide;
    post "/desk/cases/{id}/elsewhere" Needs::Officer("cases.decide") => elsewhere::ask;
    post "/desk/cases/{id}/write" Needs::Officer("cases.see") => work::write;
    get "/desk/elsewhere" Needs::Officer("cases.decide") => elsewhere::list;
    get "/desk/elsewhere/{id}" Needs::Officer("cases.decide") => elsewhere::one;
    post "/desk/elsewhere/{id}/find" Needs::Officer("cases.decide") => elsewhere::find;
    post "/desk/elsewhere/{id}/answer" Needs::Officer("cases.decide") => elsewhere::answer_it;
    get "/desk/register" Needs::Officer("register.notify register.declare register.register") => register::list;
    get "/desk/register/new/{kind}" Needs::Officer("register.notify register.declare") => register::new;
    post "/desk/register/new/{kind}" Needs::Officer("register.notify register.declare") => register::taken;
    get "/desk/register/declarations/{id}" Needs::Officer("register.notify register.declare register.register") => register::one;
    get "/desk/register/declarations/{id}/edit" Needs::Officer("register.notify register.declare") => register::edit;
    post "/desk/register/declarations/{id}/edit" Needs::Officer("register.notify register.declare") => register::edited;
    get "/desk/register/declarations/{id}/compare/{of}/{other}" Needs::Officer("register.declare register.register") => duplicates::compare;
    post "/desk/register/declarations/{id}/compare/{of}/{other}" Needs::Officer("register.declare register.register") => duplicates::decided;
    get "/desk/register/duplicates" Needs::Officer("register.correct") => duplicates::list;
    get "/desk/register/people/{one}" Needs::Officer("people.find") => people::one;
    get "/desk/register/protected" Needs::Officer("register.protect") => guarding::list;
    get "/desk/register/people/{one}/protection" Needs::Officer("register.protect") => guarding::one;
    post "/desk/register/people/{one}/protection" Needs::Officer("register.protect") => guarding::act;
    get "/desk/register/people/{one}/numbers/{number}" Needs::Officer("register.correct") => numbers::one;
    post "/desk/register/people/{one}/numbers/{number}" Needs::Officer("register.correct") => numbers::act;
    get "/desk/register/people/{one}/{other}" Needs::Officer("register.correct") => duplicates::people;
    post "/desk/register/people/{one}/{other}" Needs::Officer("register.correct") => duplicates::people_decided;
    get "/desk/register/merges/{id}" Needs::Officer("register.correct") => duplicates::merge;
    post "/desk/register/merges/{id}" Needs::Officer("register.correct") => duplicates::merge_decided;
    post "/desk/register/declarations/{id}/{step}" Needs::Officer("register.notify register.declare register.register") => register::step;
    get "/desk/register/entries/{id}" Needs::Officer("people.find") => entries::one;
    get "/desk/register/entries/{id}/certify" Needs::Officer("cases.assist") => certify::page;
    post "/desk/register/entries/{id}/certify" Needs::Officer("cases.assist") => certify::begin;
    get "/desk/register/entries/{id}/page" Needs::Officer("people.find") => entries::scanned_page;
    get "/desk/register/entries/{id}/correct/{what}" Needs::Officer("register.correct") => entries::correct;
    post "/desk/register/entries/{id}/correct/{what}" Needs::Officer("register.correct") => entries::prepared;
    get "/desk/register/corrections/{id}" Needs::Officer("register.correct register.approve") => entries::correction;
    post "/desk/register/corrections/{id}" Needs::Officer("register.approve") => entries::decided;
    get "/desk/journal" Needs::Officer("journal.read") => journal::page;
    get "/desk/counter" Needs::Officer("cases.assist") => counter::page;
    post "/desk/counter/find" Needs::Officer("people.find") => counter::find;
    post "/desk/counter/case" Needs::Officer("cases.assist") => counter_case::bring;
    get "/desk/counter/people/{id}" Needs::Officer("people.find") => counter::person;
    post "/desk/counter/people/{id}/begin" Needs::Officer("cases.assist") => counter::begin;
    post "/desk/counter/people/{id}/status" Needs::Officer("people.verify") => counter::status;
    get "/desk/counter/cases/{id}" Needs::Officer("cases.assist") => counter_case::case;
    post "/desk/counter/cases/{id}/verify" Needs::Officer("people.verify") => counter_case::verify;
    get "/desk/counter/cases/{id}/applicant" Needs::Officer("people.verify") => mistaken::page;
    post "/desk/counter/cases/{id}/applicant" Needs::Officer("people.verify") => mistaken::correct;
    post "/desk/counter/cases/{id}/fee" Needs::Officer("cash.take") => counter_case::fee;
    post "/desk/counter/cases/{id}/documents/{document}/print" Needs::Officer("cases.assist") => counter_case::print;
    get "/desk/counter/cases/{id}/form" Needs::Officer("cases.assist") => counter_form::page;
    post "/desk/counter/cases/{id}/form" Needs::Officer("cases.assist") => counter_form::sent;
    get "/desk/counter/cases/{id}/consent" Needs::Officer("cases.assist") => consent::page;
    post "/desk/counter/cases/{id}/consent/{what}" Needs::Officer("cases.assist") => consent::record;
    get "/desk/counter/people/{id}/contact" Needs::Officer("people.verify") => desk_contact::page;
    post "/desk/counter/people/{id}/contact" Needs::Officer("people.verify") => desk_contact::ask;
    post "/desk/counter/people/{id}/contact/code" Needs::Officer("people.verify") => desk_contact::code;
    get "/desk/counter/people/{id}/proxies" Needs::Officer("people.verify") => desk_proxies::page;
    post "/desk/counter/people/{id}/proxies" Needs::Officer("people.verify") => desk_proxies::appoint;
    post "/desk/counter/people/{id}/proxies/end" Needs::Officer("people.verify") => desk_proxies::end;
    get "/desk/telephone" Needs::Officer("telephone.serve") => telephone::page;
    post "/desk/telephone/find" Needs::Officer("telephone.serve") => telephone::find;
    post "/desk/telephone/wishes/{id}/{what}" Needs::Officer("telephone.serve") => telephone::wish;
    get "/desk/telephone/people/{id}" Needs::Officer("telephone.serve") => telephone::person;
    post "/desk/telephone/people/{id}/{what}" Needs::Officer("telephone.serve") => telephone::act;
    post "/desk/counter/cases/{id}/documents/{document}" Needs::Officer("cases.assist") => counter_case::hand_over;
    get "/desk/queue" Needs::Officer("queue.serve") => calling::page;
    post "/desk/queue/do/{what}" Needs::Officer("queue.serve") => calling::act;
    get "/desk/queue/tickets/{id}" Needs::Officer("queue.serve") => calling::slip;
    get "/desk/appointments" Needs::Officer("queue.serve") => appointments::page;
    post "/desk/appointments" Needs::Officer("queue.serve") => appointments::book;
    post "/desk/appointments/wait" Needs::Officer("queue.serve") => appointments::wait;
    post "/desk/appointments/enter" Needs::Officer("queue.serve") => appointments::enter;
    get "/desk/appointments/{code}" Needs::Officer("queue.serve") => appointments::one;
    post "/desk/appointments/{code}/answers" Needs::Officer("queue.serve") => desk_preparing::answers;
    post "/desk/appointments/{code}/cancel" Needs::Officer("queue.serve") => appointments::cancel;
    get "/desk/visits/{id}" Needs::Officer("queue.serve queue.manage") => desk_visit::page;
    post "/desk/visits/{id}/{what}" Needs::Officer("queue.serve") => desk_visit::act;
    get "/desk/hall" Needs::Officer("queue.manage") => hall::page;
    get "/desk/hall/counters/{id}" Needs::Officer("queue.manage") => hall::counter;
    post "/desk/hall/counters/{id}" Needs::Officer("queue.manage") => hall::close;
    post "/desk/hall/help/{id}/take" Needs::Officer("queue.manage") => floor::take_help;
    post "/desk/hall/help/{id}/end" Needs::Officer("queue.manage") => floor::end_help;
    post "/desk/hall/tell" Needs::Officer("queue.manage") => floor::tell;
    post "/desk/hall/notices/{id}/untell" Needs::Officer("queue.manage") => floor::untell;
    get "/desk/hall/assign/{id}" Needs::Officer("queue.manage") => floor::assign_page;
    post "/desk/hall/assign/{id}" Needs::Officer("queue.manage") => floor::assign;
    get "/desk/hall/measures" Needs::Officer("queue.manage journal.read") => desk_measures::page;
    get "/desk/hall/start-up" Needs::Officer("queue.manage") => duties::start_up;
    get "/desk/hall/duties" Needs::Officer("queue.manage") => duties::page;
    post "/desk/hall/duties" Needs::Officer("queue.manage") => duties::plan;
    get "/desk/hall/duties/{id}" Needs::Officer("queue.manage") => duties::one;
    post "/desk/hall/duties/{id}" Needs::Officer("queue.manage") => duties::end;
    get "/desk/hall/setup" Needs::Officer("queue.manage") => hall::setup;
    post "/desk/hall/setup" Needs::Officer("queue.manage") => hall::set;
    get "/desk/devices" Needs::Officer("queue.manage") => devices::page;
    post "/desk/devices" Needs::Officer("queue.manage") => devices::add;
    get "/desk/devices/{id}" Needs::Officer("queue.manage") => devices::one;
    post "/desk/devices/{id}/{what}" Needs::Officer("queue.manage") => devices::act;
    get "/desk/prints/{id}" Needs::Officer("queue.serve") => devices::print;
    post "/desk/prints/{id}/{what}" Needs::Officer("queue.serve") => devices::print_act;
    get "/desk/notes" Needs::Officer("journal.read") => notes::page;
    get "/desk/notes/{number}" Needs::Officer("journal.read") => notes::one;
    post "/desk/notes/{number}" Needs::Officer("journal.read") => notes::answered;
    get "/desk/call-backs" Needs::Officer("journal.read") => call_backs::page;
    get "/desk/call-backs/{id}" Needs::Officer("journal.read") => call_backs::one;
    post "/desk/call-backs/{id}" Needs::Officer("journal.read") => call_backs::settle;
    get "/desk/cash" Needs::Officer("cash.take") => cash::page;
    post "/desk/cash/open" Needs::Officer("cash.take") => cash::open;
    post "/desk/cash/close" Needs::Officer("cash.take") => cash::close;
    get "/desk/cash/receipts/{id}" Needs::Officer("cash.take cash.void") => cash::receipt;
    get "/desk/cash/receipts/{id}/proof" Needs::Officer("cash.take cash.void") => cash::receipt_proof;
    post "/desk/cash/receipts/{id}/{what}" Needs::Officer("cash.take cash.void") => cash::receipt_do;
    get "/desk/officers" Needs::Officer("officers.manage") => admin::officers;
    post "/desk/officers/invite" Needs::Officer("officers.manage") => admin::invite;
    get "/desk/officers/{id}" Needs::Officer("officers.manage") => one_officer::page;
    post "/desk/officers/{id}/{what}" Needs::Officer("officers.manage") => one_officer::change;
    post "/desk/offices/add" Needs::Officer("officers.manage") => admin::add_office;
    get "/desk/rules" Needs::Officer("officers.manage") => rules::page;
    post "/desk/rules" Needs::Officer("officers.manage") => rules::sent;
    get "/desk/services" Needs::Officer("officers.manage") => desk_services::page;
    get "/desk/services/{key}" Needs::Officer("officers.manage") => desk_services::service;
    post "/desk/services/{key}" Needs::Officer("officers.manage") => desk_services::set_cost;
    get "/desk/centres" Needs::Officer("centres.manage") => admin::centres;
    get "/desk/centres/{id}" Needs::Officer("centres.manage") => admin::centre;
    post "/desk/centres/{id}" Needs::Officer("centres.manage") => admin::set_centre;
    get "/desk/centres/{id}/start-up" Needs::Officer("centres.manage") => duties::start_up_of;
    post "/desk/centres/{id}/counters" Needs::Officer("centres.manage") => admin::add_counter;
    post "/desk/holidays/add" Needs::Officer("centres.manage") => days_off::add_holiday;
    post "/desk/holidays/withdraw" Needs::Officer("centres.manage") => days_off::withdraw_holiday;
    get "/desk/tokens" Needs::Officer("") => tokens::page;
    post "/desk/tokens" Needs::Officer("") => tokens::make;
    post "/desk/tokens/end" Needs::Officer("") => tokens::end;
    get "/desk/units" Needs::Officer("centres.manage") => desk_units::page;
    get "/desk/units/{id}" Needs::Officer("centres.manage") => desk_units::one;
    post "/desk/units/{id}/{what}" Needs::Officer("centres.manage") => desk_units::act;
    get "/desk/subscriptions" Needs::Officer("subscriptions.manage") => subscriptions::page;
    post "/desk/subscriptions" Needs::Officer("subscriptions.manage") => subscriptions::add;
    get "/desk/subscriptions/{id}" Needs::Officer("subscriptions.manage") => subscriptions::one;
    post "/desk/subscriptions/{id}/{what}" Needs::Officer("subscriptions.manage") => subscriptions::act;
    get "/desk/password" Needs::Officer("") => password::page;
    post "/desk/password" Needs::Officer("") => password::sent;
    get "/desk/books" Needs::Officer("register.import") => books::list;
    post "/desk/books" Needs::Officer("register.import") => books::sent;
    get "/desk/books/{id}" Needs::Officer("register.import") => books::one;
    post "/desk/books/{id}/bring-in" Needs::Officer("register.import") => books::bring_in;
    post "/desk/books/{id}/discard" Needs::Officer("register.import") => books::discard;
    get "/desk/books/{id}/rejects.csv" Needs::Officer("register.import") => books::rejects;
    get "/desk/books/{id}/mapping.toml" Needs::Officer("register.import") => books::mapping;
    get "/desk/bulk" Needs::Officer("register.issue-in-bulk") => bulk_begin::list;
    post "/desk/bulk" Needs::Officer("register.issue-in-bulk") => bulk_begin::begun;
    get "/desk/bulk/{id}" Needs::Officer("register.issue-in-bulk") => bulk::one;
    get "/desk/bulk/{id}/left-out.csv" Needs::Officer("register.issue-in-bulk") => bulk::left_out;
    post "/desk/bulk/{id}/print/{file}" Needs::Officer("register.issue-in-bulk") => bulk::print;
    post "/desk/bulk/{id}/do/{what}" Needs::Officer("register.issue-in-bulk") => bulk::moved;
    get "/desk/ledgers" Needs::Officer("register.key register.import") => ledgers::list;
    post "/desk/ledgers" Needs::Officer("register.import") => ledgers::opened;
    get "/desk/ledgers/{id}" Needs::Officer("register.key register.import") => ledgers::one;
    post "/desk/ledgers/{id}/set" Needs::Officer("register.import") => ledgers::set;
    post "/desk/ledgers/{id}/pages" Needs::Officer("register.import") => ledgers::pages_sent;
    post "/desk/ledgers/{id}/next" Needs::Officer("register.key") => ledgers::next;
    post "/desk/ledgers/{id}/bring-in" Needs::Officer("register.import") => ledgers::bring_in;
    get "/desk/ledgers/{id}/checks" Needs::Officer("register.correct") => ledger_checks::list;
    post "/desk/ledger-checks/{id}" Needs::Officer("register.correct") => ledger_checks::settled;
    get "/desk/ledger-pages/{id}" Needs::Officer("register.key") => ledger_pages::one;
    post "/desk/ledger-pages/{id}/rows" Needs::Officer("register.key") => ledger_pages::kept;
    post "/desk/ledger-pages/{id}/give-back" Needs::Officer("register.key register.import") => ledgers::give_back;
    get "/desk/ledger-pages/{id}/image" Needs::Officer("register.key") => ledger_pages::image;
    get "/desk/ledger-pages/{id}/differences" Needs::Officer("register.key") => ledger_pages::differences;
    post "/desk/ledger-pages/{id}/differences" Needs::Officer("register.key") => ledger_pages::decided;
}

/// The whole application.
pub fn router(app: App) -> Router {
    let mut pages = Router::new();
    for (path, needs, make) in HANDLERS {
        let mut route = make();
        if let Needs::Officer(permissions) = needs {
            let door = middleware::from_fn_with_state((app.clone(), *permissions), officers_only);
            route = route.route_layer(door);
        }
        pages = pages.route(&format!("/{{lang}}{path}"), route);
    }
    let (api, description) = api::router(&app);
    Router::new()
        .merge(pages)
        .merge(api)
        .merge(dci::router(&app))
        .merge(kiosk::agent::router())
        .merge(gateways::router())
        .route("/api/v1/openapi.json", get(move || async move { axum::Json(description.clone()) }))
        .route("/oauth/token", post(oauth::token))
        .route("/.well-known/oauth-authorization-server", get(oauth::metadata))
        .route("/", get(home::root))
        .route("/brand.css", get(home::brand))
        .route("/v/{code}", get(check::short))
        .route("/v/{code}/proof", get(check::proof))
        .route("/keys/root.pem", get(check::root_certificate))
        .route("/keys/all.pem", get(check::all_certificates))
        .route("/keys/roots.pem", get(check::all_roots))
        .route("/keys/{id}/chain.pem", get(check::certificates_of))
        .route("/log/checkpoint", get(public_log::checkpoint))
        .route("/log/tile/{*path}", get(public_log::tile))
        .route("/sign-in/return", get(sign_in::wallet_return))
        .route("/kiosk/{code}", get(kiosk::start))
        .route("/kiosk-worker.js", get(assets::kiosk_worker))
        .route("/assets/{name}", get(assets::serve))
        .route("/sound/{lang}/{word}", get(sound::clip))
        .route("/centres/{code}/live", get(live::hall))
        .route("/centres/{code}/days/{day}/record.json", get(halls::day_file))
        .route("/centres/{code}/measures.csv", get(measures::csv))
        .route("/centres/{code}/measures.json", get(measures::json))
        .route("/centres/{code}/releases/{release}/record.json", get(releases::file))
        .route("/healthz", get(health))
        .fallback(get(lost))
        .layer(middleware::from_fn_with_state(app.clone(), doorway::pass))
        .layer(sent::body_limit())
        .with_state(app)
}

/// Lets through whom the table of routes lets through, before a handler looks at
/// anything: a handler that forgets to ask opens no door, and what is refused
/// does not depend on what is there.
async fn officers_only(
    State((app, permissions)): State<(App, &'static str)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let here = match Here::from_request_parts(&mut parts, &app).await {
        Ok(here) => here,
        Err(response) => return response,
    };
    match may_pass(&here, permissions).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        // The live script reads counts and follows no redirect.
        Err(problem) if here.path.starts_with("/desk/live") => problem.status.into_response(),
        Err(problem) if problem.status == StatusCode::UNAUTHORIZED => {
            again::signed_out(&app, &here, Request::from_parts(parts, body), problem).await
        }
        Err(problem) => answer(&here, Err(problem)),
    }
}

async fn may_pass(here: &Here, permissions: &str) -> Result<(), Problem> {
    let desk = at_desk(here, None).await?;
    let mut wanted = permissions.split_whitespace().filter_map(Permission::from_code).peekable();
    let Some(first) = wanted.peek().copied() else { return Ok(()) };
    if wanted.any(|permission| desk.acting.may(permission)) {
        return Ok(());
    }
    Err(Refusal::from(Why::NotPermitted).about("permission", first.code()).into())
}

/// Whether the database answers.
async fn health(State(app): State<App>) -> Response {
    match app.office.db.reading().await {
        Ok(mut reading) => match reading.tx().rows("SELECT 1 AS one", &[]).await {
            Ok(_) => "ok\n".into_response(),
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// A page that is not there, in the reader's language.
async fn lost(uri: Uri, here: Here) -> Response {
    // The home page of a language, as people write its address.
    if uri.path().strip_prefix('/') == Some(here.lang.code.as_str()) {
        return here.go("/");
    }
    Problem::not_found().page(&here)
}
