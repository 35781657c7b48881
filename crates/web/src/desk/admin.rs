//! For administrators: the list of officers, offices, centres, hours, holidays.

use super::mending::{Refused, mendable};
use super::{DeskList, at_desk, days_off, one_officer};
use crate::api::state_of;
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::{Path, Query};
use axum::response::Response;
use diwan_domain::calendar::{Hours, OpeningHours};
use diwan_domain::ids::{CentreId, OfficeId, OfficerId};
use diwan_domain::names;
use diwan_domain::people::{Permission, Role};
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::acting::Acting;
use diwan_office::administration::{self, AddCounter, AddOffice, InviteOfficer, SetCentre};
use diwan_office::civil;
use serde::Deserialize;
use serde_json::{Map, Value, json};

fn table(here: &Here, caption: &str, heads: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: here.lang.t(caption),
        heads: heads.iter().map(|key| here.lang.t(key)).collect(),
        total: rows.len() as i64,
        rows,
        empty: here.lang.t("list-empty"),
        ..Table::default()
    }
}

pub(super) fn role_options(here: &Here, held: &[Role]) -> Vec<Opt> {
    Role::ALL
        .iter()
        .map(|role| Opt {
            value: role.code().into(),
            label: here.lang.t_of("role-", role.code()),
            hint: String::new(),
            chosen: held.contains(role),
        })
        .collect()
}

pub(super) async fn place_options(here: &Here) -> Result<(Vec<Opt>, Vec<Opt>), Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let lang = &here.lang;
    let offices = administration::all_offices(&mut tx).await?;
    let centres = administration::all_centres(&mut tx).await?;
    let option = |value: String, names: &Value| Opt { value, label: lang.name_in(names), ..Opt::default() };
    Ok((
        offices.iter().map(|office| option(office.id.to_string(), &office.names.0)).collect(),
        centres.iter().map(|centre| option(centre.id.to_string(), &centre.names.0)).collect(),
    ))
}

/// Whom an administrator looks for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OfficersQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: i64,
}

/// How many officers stand on one page.
const OFFICERS: i64 = 50;

/// Every officer, and a form to invite one.
pub async fn officers(here: Here, Query(query): Query<OfficersQuery>) -> Response {
    let result = show_officers(&here, Vec::new(), &query, None).await;
    answer(&here, result)
}

/// The officers of one page of those whose name or login has these words, and how many there are.
fn page_of<'a>(all: &'a [Acting], query: &OfficersQuery) -> (Vec<&'a Acting>, i64) {
    let wanted = names::fold(&query.q);
    let fits = |one: &&Acting| {
        names::fold(&one.officer.name).contains(&wanted) || one.officer.login.contains(query.q.trim())
    };
    let found: Vec<&Acting> = all.iter().filter(fits).collect();
    let total = found.len() as i64;
    let before = usize::try_from(query.page.clamp(0, 100_000) * OFFICERS).unwrap_or(0);
    (found.into_iter().skip(before).take(OFFICERS as usize).collect(), total)
}

async fn show_officers(
    here: &Here,
    notices: Vec<String>,
    query: &OfficersQuery,
    refused: Option<Refused<'_>>,
) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageOfficers)).await?;
    let lang = &here.lang;
    let all = administration::all_officers(&mut here.app.office.db.reading().await?.tx()).await?;
    let (shown, total) = page_of(&all, query);
    let rows = shown
        .iter()
        .map(|acting| {
            let officer = &acting.officer;
            let roles: Vec<String> =
                acting.roles.iter().map(|role| lang.t_of("role-", role.code())).collect();
            vec![
                Cell::text(&officer.name).to(format!("/desk/officers/{}", officer.id)),
                Cell::code(&officer.login),
                Cell::text(roles.join("، ")),
                Cell::text(lang.t_of("officer-state-", state_of(&here.app, acting))),
            ]
        })
        .collect();
    let (offices, centres) = place_options(here).await?;
    let mut roles = Field::choice("roles", lang.t("roles"), role_options(here, &[]));
    roles.shape = Shape::Checks;
    let fields = vec![
        Field::line("name", lang.t("officer-name")),
        Field::line("login", lang.t("officer-login")).ltr("text", "", "w-short"),
        Field::line("email", lang.t("officer-email")).ltr("email", "", "w-full").optional(),
        Field::line("personal-number", lang.t("officer-person"))
            .hint(lang.t("officer-person-hint"))
            .ltr("text", "", "w-short")
            .optional(),
        Field::select("office", lang.t("office"), offices).optional(),
        Field::select("centre", lang.t("centre"), centres).optional(),
        roles,
    ];
    let mut page = DeskList::new(here, &desk, lang.t("menu-officers")).await?;
    page.notices = notices;
    page.filters = vec![Field::line("q", lang.t("officers-find")).filled(query.q.clone())];
    page.filter_path = "/desk/officers".into();
    let mut list = table(here, "menu-officers", &["officer-name", "officer-login", "roles", "status"], rows);
    list.total = total;
    let words: String = form_urlencoded::byte_serialize(query.q.as_bytes()).collect();
    let path = |page: i64| format!("/desk/officers?q={words}&page={page}");
    if query.page > 0 {
        list.previous = path(query.page - 1);
    }
    if (query.page + 1) * OFFICERS < total {
        list.next = path(query.page + 1);
    }
    page.tables = vec![(String::new(), list)];
    page.forms = vec![
        FormBlock::new(
            lang.t("officer-invite"),
            "/desk/officers/invite".into(),
            fields,
            lang.t("officer-invite"),
        ),
        office_form(here),
    ];
    if let Some(refused) = refused {
        refused.onto(here, &mut page);
    }
    Ok(show(page.status(), false, &page))
}

/// The officers' page again, with a form that was refused.
async fn officers_again(here: &Here, form: usize, sent: &Sent, problem: Problem) -> Answer {
    let Some(refusal) = mendable(&problem) else { return Err(problem) };
    show_officers(here, Vec::new(), &OfficersQuery::default(), Some(Refused { form, sent, refusal })).await
}

fn office_form(here: &Here) -> FormBlock {
    let lang = &here.lang;
    let mut fields = vec![
        Field::line("code", lang.t("code")).hint(lang.t("code-hint")).ltr("text", "", "w-4"),
        Field::line("ministry", lang.t("office-kind"))
            .hint(lang.t("office-kind-hint"))
            .ltr("text", "", "w-short"),
    ];
    fields.extend(name_fields(here, &Value::Null));
    FormBlock::new(lang.t("office-add"), "/desk/offices/add".into(), fields, lang.t("office-add"))
}

pub(super) fn roles_in(sent: &Sent) -> Vec<Role> {
    sent.all("roles").iter().filter_map(|code| Role::from_code(code)).collect()
}

/// Invites someone, or someone again who lost their way in.
pub async fn invite(here: Here, sent: Sent) -> Response {
    let result = async {
        let office = &here.app.office;
        let person = match sent.some("personal-number") {
            Some(number) => {
                let desk = at_desk(&here, Some(Permission::ManageOfficers)).await?;
                let mut reading = office.db.reading().await?;
                let found = civil::bearers_for(&mut reading.tx(), &desk.acting, &number).await?;
                Some(*found.first().ok_or_else(|| Problem::from(Why::NotFound))?)
            }
            None => None,
        };
        let (token, invitation_hash) = InviteOfficer::token();
        let link = format!("{}/{}/desk/invitation/{token}", office.settings.base_url, here.lang.code);
        let act = InviteOfficer {
            officer: sent.id::<OfficerId>("officer"),
            login: sent.text("login"),
            name: sent.text("name"),
            email: sent.some("email"),
            office: sent.id::<OfficeId>("office"),
            centre: sent.id::<CentreId>("centre"),
            person,
            roles: roles_in(&sent),
            language: here.lang.code.clone(),
            invitation_hash,
            link: link.clone(),
            proof: sent.text("proof"),
        };
        let again = act.officer.is_some();
        match office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => {
                // Shown once: for an officer without a mailbox.
                let notice = here.lang.with("invitation-link", &[("link", link.into())]);
                show_officers(&here, vec![notice], &OfficersQuery::default(), None).await
            }
            // Who is invited again stands on a page of their own.
            Err(problem) if again => {
                one_officer::again(&here, &sent.text("officer"), "again", &sent, problem).await
            }
            Err(problem) => officers_again(&here, 0, &sent, problem).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

pub(super) fn name_fields(here: &Here, names: &Value) -> Vec<Field> {
    here.app
        .words
        .languages()
        .iter()
        .filter(|language| language.code != "kmr-Arab")
        .map(|language| {
            let label = format!("{} – {}", here.lang.t("name-in"), language.name);
            let value = names[language.code.as_str()].as_str().unwrap_or_default();
            let field = Field::line(&format!("name-{}", language.code), label).filled(value);
            if language.code == "ckb" { field } else { field.optional() }
        })
        .collect()
}

pub(super) fn names_in(here: &Here, sent: &Sent) -> Result<Value, Problem> {
    let mut names = Map::new();
    for language in here.app.words.languages() {
        if let Some(name) = sent.some(&format!("name-{}", language.code)) {
            names.insert(language.code.clone(), json!(name));
        }
    }
    if names.is_empty() {
        return Err(Refusal::from(Why::FieldMissing).about("field", "name").into());
    }
    Ok(Value::Object(names))
}

/// Adds an office.
pub async fn add_office(here: Here, sent: Sent) -> Response {
    let result = async {
        let added = async {
            let names = names_in(&here, &sent)?;
            let act =
                AddOffice { code: sent.text("code"), ministry: sent.text("ministry"), names, area: None };
            here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from)
        };
        match added.await {
            Ok(_) => Ok(here.go("/desk/officers")),
            Err(problem) => officers_again(&here, 1, &sent, problem).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Centres, holidays, and forms to add them.
pub async fn centres(here: Here) -> Response {
    let result = show_centres(&here, None).await;
    answer(&here, result)
}

async fn show_centres(here: &Here, refused: Option<Refused<'_>>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageCentres)).await?;
    let lang = &here.lang;
    let (centres, mut holidays) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        (administration::all_centres(&mut tx).await?, administration::all_holidays(&mut tx).await?)
    };
    let rows = centres
        .iter()
        .map(|centre| {
            vec![
                Cell::text(lang.name_in(&centre.names.0)).to(format!("/desk/centres/{}", centre.id)),
                Cell::code(&centre.code),
                Cell::text(&centre.address),
            ]
        })
        .collect();
    // Those to come first: what is over is looked up, not planned by.
    let today = here.app.office.today().to_string();
    holidays.sort_by(|one, other| one.day.cmp(&other.day));
    let (over, to_come): (Vec<_>, Vec<_>) = holidays.into_iter().partition(|day| day.day < today);
    let heads = ["day", "name-in", "centre", "calls-off"];
    let days = days_off::listed(here, &centres, &to_come).await?;
    let mut past = days_off::listed(here, &centres, &over).await?;
    // What is over calls nothing off.
    past.iter_mut().for_each(|row| row.truncate(heads.len() - 1));
    let mut page = DeskList::new(here, &desk, lang.t("menu-centres")).await?;
    page.tables = vec![
        (String::new(), table(here, "menu-centres", &["centre", "code", "address"], rows)),
        (lang.t("holidays"), table(here, "holidays", &heads, days)),
    ];
    if !past.is_empty() {
        page.tables
            .push((lang.t("holidays-over"), table(here, "holidays-over", &heads[..heads.len() - 1], past)));
    }
    page.forms = vec![
        days_off::form(here, &desk, &centres),
        FormBlock::new(
            lang.t("centre-open"),
            "/desk/centres/new".into(),
            centre_fields(here, None),
            lang.t("centre-open"),
        ),
    ];
    page.forms.extend(days_off::taken_back(here, &desk, &centres, &to_come));
    if let Some(refused) = refused {
        refused.onto(here, &mut page);
    }
    Ok(show(page.status(), false, &page))
}

/// The centres' page again, with a form that was refused.
pub(super) async fn centres_again(here: &Here, form: usize, sent: &Sent, problem: Problem) -> Answer {
    let Some(refusal) = mendable(&problem) else { return Err(problem) };
    show_centres(here, Some(Refused { form, sent, refusal })).await
}

/// The days of the week, as forms and programs name them.
pub const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Hours of a day as `08:30-14:30`, with this between their beginning and end.
fn written(hours: &[Hours], between: &str) -> Vec<String> {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    hours.iter().map(|h| format!("{}{between}{}", clock(h.opens), clock(h.closes))).collect()
}

/// The week of a centre as people read it: a line for each day on which it is open.
pub(crate) fn hours_spoken(
    lang: &crate::words::Language,
    centre: &diwan_office::rows::CentreRow,
) -> Vec<String> {
    let hours: OpeningHours =
        serde_json::from_value(centre.hours.0.clone()).unwrap_or_else(|_| OpeningHours::usual());
    // The week begins on Saturday where most of its readers live.
    [5, 6, 0, 1, 2, 3, 4]
        .into_iter()
        .filter(|day| !hours.week[*day].is_empty())
        .map(|day| {
            let text = lang.digits(&written(&hours.week[day], "–").join(" "));
            format!("{} \u{2066}{text}\u{2069}", lang.t_of("day-", DAYS[day]))
        })
        .collect()
}

fn centre_fields(here: &Here, centre: Option<&diwan_office::rows::CentreRow>) -> Vec<Field> {
    let lang = &here.lang;
    let hours: OpeningHours = centre
        .and_then(|centre| serde_json::from_value(centre.hours.0.clone()).ok())
        .unwrap_or_else(OpeningHours::usual);
    let code = centre.map(|centre| centre.code.clone()).unwrap_or_default();
    let mut fields = vec![
        Field::line("code", lang.t("code")).hint(lang.t("code-hint")).filled(code).ltr("text", "", "w-4"),
    ];
    fields.extend(name_fields(here, centre.map_or(&Value::Null, |centre| &centre.names.0)));
    fields.push(
        Field::line("address", lang.t("address"))
            .filled(centre.map(|c| c.address.clone()).unwrap_or_default()),
    );
    for (day, name) in DAYS.iter().enumerate() {
        let text = written(&hours.week[day], "-");
        let field =
            Field::line(name, lang.t_of("day-", name)).filled(text.join(" ")).ltr("text", "", "w-short");
        fields.push(field.hint(lang.t("hours-hint")).optional());
    }
    fields
}

/// Reads `08:30-14:30`, several apart by spaces, any digits.
pub fn hours_in(text: &str) -> Option<Vec<Hours>> {
    let clock = |text: &str| -> Option<u16> {
        let (hour, minute) = text.split_once(':')?;
        let (hour, minute) = (hour.trim().parse::<u16>().ok()?, minute.trim().parse::<u16>().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    };
    diwan_domain::digits::to_ascii(text)
        .split_whitespace()
        .map(|part| {
            let (opens, closes) = part.split_once(['-', '–'])?;
            let hours = Hours { opens: clock(opens)?, closes: clock(closes)? };
            (hours.opens < hours.closes).then_some(hours)
        })
        .collect()
}

/// One centre.
pub async fn centre(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_centre(&here, &id, None).await;
    answer(&here, result)
}

async fn show_centre(here: &Here, id: &str, refused: Option<Refused<'_>>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageCentres)).await?;
    let lang = &here.lang;
    let (centre, counters) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let all = administration::all_centres(&mut tx).await?;
        let centre =
            all.into_iter().find(|centre| centre.id.to_string() == id).ok_or_else(Problem::not_found)?;
        let counters = administration::counters_of(&mut tx, centre.id).await?;
        (centre, counters)
    };
    let rows = counters.iter().map(|counter| vec![Cell::code(&counter.label)]).collect();
    let add = vec![Field::line("label", lang.t("counter-label")).ltr("text", "", "w-4")];
    let mut page = DeskList::new(here, &desk, lang.name_in(&centre.names.0)).await?;
    page.tables = vec![(lang.t("counters"), table(here, "counters", &["counter-label"], rows))];
    let start_up = format!("/{}/desk/centres/{id}/start-up", lang.code);
    // A manager looks at their own centre before the first visitor, an administrator at each.
    if desk.acting.officer.centre_id == Some(centre.id) || desk.acting.may(Permission::ManageOfficers) {
        page.links.push((start_up, lang.t("start-up-title")));
    }
    page.forms = vec![
        FormBlock::new(
            lang.t("counter-add"),
            format!("/desk/centres/{id}/counters"),
            add,
            lang.t("counter-add"),
        ),
        FormBlock::new(
            lang.t("centre-change"),
            format!("/desk/centres/{id}"),
            centre_fields(here, Some(&centre)),
            lang.t("save"),
        ),
    ];
    if let Some(refused) = refused {
        refused.onto(here, &mut page);
    }
    Ok(show(page.status(), false, &page))
}

/// The page of one centre again, with a form that was refused.
async fn centre_again(here: &Here, id: &str, form: usize, sent: &Sent, problem: Problem) -> Answer {
    let Some(refusal) = mendable(&problem) else { return Err(problem) };
    show_centre(here, id, Some(Refused { form, sent, refusal })).await
}

/// Opens or changes a centre.
pub async fn set_centre(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        match set(&here, &id, &sent).await {
            Ok(centre) => Ok(here.go(&format!("/desk/centres/{centre}"))),
            Err(problem) if id == "new" => centres_again(&here, 1, &sent, problem).await,
            Err(problem) => centre_again(&here, &id, 1, &sent, problem).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn set(here: &Here, id: &str, sent: &Sent) -> Result<CentreId, Problem> {
    let mut hours =
        OpeningHours { offset_minutes: here.app.office.settings.utc_offset_minutes, ..OpeningHours::usual() };
    for (day, name) in DAYS.iter().enumerate() {
        let wrong = || Refusal::from(Why::FieldMissing).about("field", name);
        hours.week[day] = hours_in(&sent.text(name)).ok_or_else(wrong)?;
    }
    let act = SetCentre {
        centre: id.parse().ok(),
        code: sent.text("code"),
        names: names_in(here, sent)?,
        address: sent.text("address"),
        area: None,
        hours,
        seen: None,
    };
    Ok(here.app.office.perform(&here.visitor.who(), &sent.key, act).await?)
}

/// Adds a counter.
pub async fn add_counter(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let centre: CentreId = id.parse().map_err(|_| Problem::not_found())?;
        let act = AddCounter { centre, label: sent.text("label"), abilities: Vec::new() };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/centres/{id}"))),
            Err(problem) => centre_again(&here, &id, 0, &sent, problem).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
