//! The HTTP API: the same acts as the pages, for programs. OpenAPI 3.1 is made
//! from the code; refusals are problem documents (RFC 9457) with the same codes.
//!
//! A program acts for an officer, for an account, or for nobody; its scopes only
//! narrow what they may do ([`caller`]). Whether it may is looked up again in the
//! act's own transaction.

pub(crate) mod access;
mod appointments;
mod bulk;
pub mod caller;
mod calls;
mod cases;
mod cash;
mod certify;
mod closed;
mod competence;
mod counter;
mod counter_case;
pub(crate) mod declarations;
mod describe;
mod desk_case;
mod devices;
mod documents;
mod duplicates;
mod duties;
mod entries;
mod family;
mod feedback;
mod finding;
mod floor;
mod halls;
mod inbox;
mod journal;
mod ledger_checks;
mod ledgers;
mod made;
pub(crate) mod measures;
mod officers;
mod old_books;
mod paging;
mod partners;
mod party;
mod people;
mod places;
mod preparing;
mod prints;
mod problem;
mod proxies;
mod queries;
mod referrals;
mod rules;
mod services;
mod shapes;
mod signed;
mod statistics;
mod subscriptions;
mod told;
mod told_events;
mod units;
mod visits;
mod waiting;
mod work;
mod x_road;

pub use officers::state_of;
pub use problem::Problem;
pub(crate) use problem::{lost, no_such_method, other_charset};
pub(crate) use told::in_language;

use crate::app::App;
use axum::http::HeaderMap;
use axum::middleware;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The case's key, from the header of those who are not its proven owner.
fn case_key(headers: &HeaderMap) -> Option<String> {
    headers.get("diwan-case-key").and_then(|value| value.to_str().ok()).map(str::to_owned)
}

#[derive(OpenApi)]
#[openapi(info(
    title = "Diwan",
    version = "1",
    description = "Public services through one window. Refusals are problem documents (RFC 9457) with stable codes."
))]
struct Api;

/// The API's routes and its description.
pub fn router(app: &App) -> (axum::Router<App>, Value) {
    let (routes, described) = OpenApiRouter::with_openapi(Api::openapi())
        .merge(for_applicants())
        .merge(for_desks())
        .merge(for_counters())
        .merge(for_administrators())
        .merge(for_subscribers())
        .merge(for_registrars())
        .merge(for_halls())
        .merge(for_centres())
        .split_for_parts();
    let mut description = describe::completed(&described, &app.office.settings.base_url, &app.words);
    let queries = queries::Known::of(&description);
    let places = made::Places::of(&description);
    places.describe(&mut description);
    let routes = routes
        .route("/api/{*path}", axum::routing::any(problem::lost))
        .method_not_allowed_fallback(problem::no_such_method)
        .layer(middleware::from_fn_with_state((app.clone(), places), made::located))
        .layer(middleware::from_fn_with_state(queries, queries::only_known))
        .layer(middleware::from_fn_with_state(app.clone(), caller::guard));
    (routes, description)
}

fn for_applicants() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(services::services))
        .routes(routes!(services::figures))
        .routes(routes!(statistics::list))
        .routes(routes!(statistics::one))
        .routes(routes!(cases::mine, cases::begin))
        .routes(routes!(cases::one))
        .routes(routes!(cases::answers))
        .routes(routes!(cases::add_file))
        .routes(routes!(cases::remove_file))
        .routes(routes!(cases::send))
        .routes(routes!(cases::answer_request))
        .routes(routes!(cases::appeal))
        .routes(routes!(cases::withdraw))
        .routes(routes!(cases::rate))
        .routes(routes!(documents::release))
        .routes(routes!(documents::verify))
        .routes(routes!(documents::verify_file))
        .routes(routes!(documents::proof))
        .routes(routes!(access::me))
        .routes(routes!(access::my_tokens))
}

fn for_desks() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(inbox::list))
        .routes(routes!(inbox::export_list))
        .routes(routes!(inbox::counts))
        .routes(routes!(inbox::next))
        .routes(routes!(desk_case::one))
        .routes(routes!(desk_case::file))
        .routes(routes!(work::decide))
        .routes(routes!(work::assign))
        .routes(routes!(work::find))
        .routes(routes!(work::link))
        .routes(routes!(certify::choices))
        .routes(routes!(work::religion))
        .routes(routes!(work::ask_elsewhere))
        .routes(routes!(work::write))
        .routes(routes!(work::end_document))
        .routes(routes!(referrals::list))
        .routes(routes!(referrals::one))
        .routes(routes!(referrals::find))
        .routes(routes!(referrals::answer))
        .routes(routes!(journal::search))
        .routes(routes!(journal::export_found))
        .routes(routes!(journal::proof))
}

fn for_counters() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(finding::at_counter))
        .routes(routes!(counter::person))
        .routes(routes!(counter::begin))
        .routes(routes!(counter::displaced))
        .routes(routes!(counter::contact_code))
        .routes(routes!(counter::contact))
        .routes(routes!(counter_case::by_number))
        .routes(routes!(counter_case::one))
        .routes(routes!(counter_case::identity))
        .routes(routes!(counter_case::correct))
        .routes(routes!(counter_case::consent_code))
        .routes(routes!(counter_case::consent))
        .routes(routes!(proxies::list, proxies::appoint))
        .routes(routes!(proxies::end))
        .routes(routes!(counter_case::fee))
        .routes(routes!(counter_case::print))
        .routes(routes!(counter_case::hand_over))
        .routes(routes!(cash::shift, cash::open))
        .routes(routes!(cash::close))
        .routes(routes!(cash::receipt))
        .routes(routes!(cash::print))
        .routes(routes!(cash::pdf))
        .routes(routes!(cash::void))
        .routes(routes!(cash::refund))
        .routes(routes!(cash::proof))
}

fn for_registrars() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(declarations::form))
        .routes(routes!(competence::office))
        .routes(routes!(competence::areas))
        .routes(routes!(declarations::list, declarations::take))
        .routes(routes!(declarations::one, declarations::change))
        .routes(routes!(declarations::check))
        .routes(routes!(declarations::register))
        .routes(routes!(declarations::step))
        .routes(routes!(entries::one))
        .routes(routes!(certify::begin))
        .routes(routes!(bulk::list, bulk::begin))
        .routes(routes!(bulk::one))
        .routes(routes!(bulk::start))
        .routes(routes!(bulk::stop))
        .routes(routes!(bulk::discard))
        .routes(routes!(bulk::print))
        .routes(routes!(entries::prepare))
        .routes(routes!(entries::waiting))
        .routes(routes!(entries::correction))
        .routes(routes!(entries::decide))
        .routes(routes!(people::protection, entries::protect))
        .routes(routes!(people::protected))
        .routes(routes!(rules::standing, rules::publish))
        .routes(routes!(rules::check))
        .routes(routes!(people::numbers))
        .routes(routes!(people::household))
        .routes(routes!(family::family))
        .routes(routes!(people::end_number))
        .routes(routes!(people::restore_number))
        .routes(routes!(entries::grant))
        .routes(routes!(entries::end_grant))
        .routes(routes!(duplicates::alike))
        .routes(routes!(duplicates::keep_apart))
        .routes(routes!(duplicates::swept))
        .routes(routes!(duplicates::compare))
        .routes(routes!(duplicates::keep_people_apart))
        .routes(routes!(duplicates::waiting, duplicates::propose))
        .routes(routes!(duplicates::one))
        .routes(routes!(duplicates::decide))
        .routes(routes!(duplicates::part))
        .routes(routes!(old_books::list, old_books::send))
        .routes(routes!(old_books::one))
        .routes(routes!(old_books::preview))
        .routes(routes!(old_books::run))
        .routes(routes!(old_books::discard))
        .routes(routes!(old_books::rejects))
        .routes(routes!(old_books::mapping))
        .routes(routes!(ledgers::list, ledgers::open))
        .routes(routes!(ledgers::one))
        .routes(routes!(ledgers::set))
        .routes(routes!(ledgers::add_page))
        .routes(routes!(ledgers::next))
        .routes(routes!(ledgers::bring_in))
        .routes(routes!(ledgers::image))
        .routes(routes!(ledgers::key_rows))
        .routes(routes!(ledgers::give_back))
        .routes(routes!(ledgers::differences, ledgers::decide))
        .routes(routes!(ledger_checks::list))
        .routes(routes!(ledger_checks::settle))
}

fn for_subscribers() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(subscriptions::kinds))
        .routes(routes!(subscriptions::list, subscriptions::subscribe))
        .routes(routes!(subscriptions::one, subscriptions::change))
        .routes(routes!(subscriptions::renew))
        .routes(routes!(subscriptions::pause))
        .routes(routes!(subscriptions::resume))
        .routes(routes!(subscriptions::end))
        .routes(routes!(subscriptions::try_it))
        .routes(routes!(subscriptions::again))
        .routes(routes!(subscriptions::deliveries))
}

fn for_halls() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(halls::hall))
        .routes(routes!(halls::stops))
        .routes(routes!(halls::day))
        .routes(routes!(measures::measures))
        .routes(routes!(halls::ticket))
        .routes(routes!(signed::check_signed))
        .routes(routes!(halls::leave))
        .routes(routes!(halls::rate))
        .routes(routes!(halls::give))
        .routes(routes!(halls::sit, halls::stand))
        .routes(routes!(halls::waiting))
        .routes(routes!(halls::next))
        .routes(routes!(halls::step))
        .routes(routes!(halls::setup, halls::set_setup))
        .routes(routes!(appointments::slots))
        .routes(routes!(preparing::ask))
        .routes(routes!(appointments::book))
        .routes(routes!(appointments::appointment))
        .routes(routes!(appointments::cancel))
        .routes(routes!(floor::help, floor::call_for_help))
        .routes(routes!(floor::answer_help))
        .routes(routes!(floor::tell))
        .routes(routes!(floor::untell))
        .routes(routes!(floor::assign))
        .routes(routes!(floor::forecast))
        .routes(routes!(duties::duties, duties::plan))
        .routes(routes!(duties::end))
        .routes(routes!(duties::start_up))
        .routes(routes!(devices::devices, devices::add))
        .routes(routes!(devices::device))
        .routes(routes!(devices::step))
        .routes(routes!(devices::replace))
        .routes(routes!(visits::visit))
        .routes(routes!(floor::unseat))
        .routes(routes!(appointments::find))
        .routes(routes!(party::note_person))
        .routes(routes!(party::finish_person))
        .routes(routes!(party::admit))
        .routes(routes!(party::end_companion))
        .routes(routes!(prints::list))
        .routes(routes!(prints::one))
        .routes(routes!(prints::step))
        .routes(routes!(waiting::join))
        .routes(routes!(waiting::place))
        .routes(routes!(waiting::step))
        .routes(routes!(waiting::releases))
        .routes(routes!(waiting::enter))
        .routes(routes!(waiting::entry))
}

/// The telephone, what visitors say, and mobile units.
fn for_centres() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(calls::wishes))
        .routes(routes!(calls::wish_step))
        .routes(routes!(finding::by_telephone))
        .routes(routes!(calls::send_code))
        .routes(routes!(calls::verify, calls::end))
        .routes(routes!(calls::begin))
        .routes(routes!(feedback::notes))
        .routes(routes!(feedback::note))
        .routes(routes!(feedback::answer_note))
        .routes(routes!(feedback::call_backs))
        .routes(routes!(feedback::open_call_back))
        .routes(routes!(feedback::settle_call_back))
        .routes(routes!(units::list))
        .routes(routes!(units::one))
        .routes(routes!(units::settle))
        .routes(routes!(units::revoke))
}

fn for_administrators() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(officers::list, officers::invite))
        .routes(routes!(officers::one))
        .routes(routes!(officers::invite_again))
        .routes(routes!(officers::appoint_program))
        .routes(routes!(officers::set_roles))
        .routes(routes!(officers::set_place))
        .routes(routes!(officers::set_leave))
        .routes(routes!(officers::end))
        .routes(routes!(places::offices, places::add_office))
        .routes(routes!(places::centres, places::open_centre))
        .routes(routes!(places::centre, places::set_centre))
        .routes(routes!(places::counters, places::add_counter))
        .routes(routes!(places::holidays, places::add_holiday))
        .routes(routes!(places::withdraw_holiday))
        .routes(routes!(services::set_cost))
        .routes(routes!(access::list, access::issue))
        .routes(routes!(access::end))
        .routes(routes!(access::clients_list, access::register))
        .routes(routes!(access::end_client))
        .routes(routes!(partners::one, partners::set))
}
