//! Acting for another: whom somebody let act for them, and for whom they act themselves.

use super::kit::{FormPage, TextPage, errors_of};
use crate::fields::{Field, Opt, Shape};
use crate::frame::Here;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::response::Response;
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::proxies::{Basis, Deed, Scope};
use diwan_domain::refusals::Why;
use diwan_office::cases::named;
use diwan_office::rows::ProxyRow;
use diwan_office::telephone::proxies::{acts_for, appointed_by, given_name, holds, scope_of};
use diwan_office::telephone::{AppointProxy, EndProxy};
use diwan_office::{Stop, accounts, catalogue};

/// For how many days somebody may be let act, as a choice.
const DAYS: [i64; 5] = [7, 30, 90, 180, 365];

/// The person behind the account, when it is known for sure.
async fn own_person(here: &Here) -> Result<PersonId, Problem> {
    let account = here.visitor.account().ok_or(Why::SignInFirst)?;
    if !here.visitor.assurance().is_proven() {
        return Err(Why::SignInFirst.into());
    }
    let mut reading = here.app.office.db.reading().await?;
    let person = accounts::person_of(&mut reading.tx(), account).await?;
    person.ok_or_else(Problem::not_found)
}

/// The given name of whoever acts: no more of it is shown to whoever let them act.
async fn given_of(here: &Here, person: PersonId) -> Result<String, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    Ok(given_name(&mut reading.tx(), person).await?)
}

/// A person's name, as the register writes it.
pub(crate) async fn name_of(here: &Here, person: PersonId) -> Result<String, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let found = named(&mut reading.tx(), person).await?;
    Ok(found.map(|found| found.name).unwrap_or_default())
}

/// What somebody may do, in words: the services, the deeds, the last day.
pub(crate) async fn said(here: &Here, row: &ProxyRow) -> Result<String, Problem> {
    let lang = &here.lang;
    let scope = scope_of(row);
    let offered = offered(here).await?;
    let title = |key: &String| {
        offered.iter().find(|(known, _)| known == key).map_or_else(|| key.clone(), |(_, title)| title.clone())
    };
    let services = match &scope.services[..] {
        [] => lang.t("proxy-every-service"),
        some => some.iter().map(title).collect::<Vec<_>>().join("، "),
    };
    let deeds = scope.deeds.iter().map(|deed| lang.t_of("proxy-deed-", deed.code()));
    let deeds = deeds.collect::<Vec<_>>().join("، ");
    let today = here.app.office.today().to_string();
    let until = lang.stored_date(&row.until_day);
    let key = if holds(row, &today) { "proxy-said" } else { "proxy-said-over" };
    let args = [("services", Arg::Text(services)), ("deeds", Arg::Text(deeds)), ("until", Arg::Text(until))];
    Ok(lang.with(key, &args))
}

/// The services that can be asked for now: key and title.
async fn offered(here: &Here) -> Result<Vec<(String, String)>, Problem> {
    let office = &here.app.office;
    let today = office.today().to_string();
    let all = catalogue::offered(&mut office.db.reading().await?.tx(), &today).await?;
    let title =
        |key: &str, service| (key.to_owned(), here.app.words.of_service(&here.lang, service).t("title"));
    Ok(all.iter().map(|published| title(&published.service.key, &published.service)).collect())
}

/// The fields by which somebody is let act: on a person's own page, or on an officer's,
/// who has the paper or the person before them.
pub(crate) async fn fields(here: &Here, officer: bool, typed: Option<&Sent>) -> Result<Vec<Field>, Problem> {
    let lang = &here.lang;
    let text = |name: &str| typed.map(|sent| sent.text(name)).unwrap_or_default();
    let all = |name: &str| typed.map(|sent| sent.all(name)).unwrap_or_default();
    let opt = |value: String, label: String, chosen: bool| Opt { value, label, chosen, ..Opt::default() };
    let (services, deeds) = (all("services"), all("deeds"));
    let offered = offered(here).await?;
    let offered = offered.into_iter().map(|(key, title)| {
        let chosen = services.contains(&key);
        opt(key, title, chosen)
    });
    let may = Deed::ALL.iter().map(|deed| {
        let code = deed.code();
        opt(code.to_owned(), lang.t_of("proxy-deed-", code), deeds.iter().any(|one| one == code))
    });
    let longest = here.app.gateways.longest_proxy_days;
    let days = DAYS.into_iter().filter(|days| *days <= longest && (officer || *days <= 90));
    let days =
        days.map(|days| opt(days.to_string(), lang.with("proxy-days", &[("days", days.into())]), false));
    let mut fields = vec![
        Field::line("number", lang.t("proxy-number")).filled(text("number")).ltr("text", "off", "w-short"),
        Field::line("name", lang.t("proxy-name")).hint(lang.t("proxy-name-hint")).filled(text("name")),
        Field {
            shape: Shape::Checks,
            ..Field::choice("services", lang.t("proxy-services"), offered.collect())
                .hint(lang.t(if officer { "proxy-services-hint-officer" } else { "proxy-services-hint" }))
        },
        Field { shape: Shape::Checks, ..Field::choice("deeds", lang.t("proxy-deeds"), may.collect()) },
        Field::choice("until", lang.t("proxy-until"), days.collect()).filled(text("until")),
    ];
    if officer {
        let bases = Basis::ALL
            .iter()
            .map(|basis| opt(basis.code().to_owned(), lang.t_of("proxy-basis-", basis.code()), false));
        fields.push(Field::choice("basis", lang.t("proxy-basis"), bases.collect()).filled(text("basis")));
        fields.push(
            Field::line("basis-number", lang.t("proxy-basis-number")).filled(text("basis-number")).optional(),
        );
        fields.push(Field::line("witness", lang.t("proxy-witness")).filled(text("witness")));
    }
    Ok(fields)
}

/// What was typed, as an act; where that fails, the field that is wrong.
pub(crate) fn read(here: &Here, person: Option<PersonId>, sent: &Sent) -> Result<AppointProxy, &'static str> {
    let days: i64 = sent.text("until").parse().map_err(|_| "until")?;
    let until = here.app.office.today().checked_add(jiff::Span::new().try_days(days).map_err(|_| "until")?);
    let basis = match person {
        Some(_) => Basis::from_code(&sent.text("basis")).ok_or("basis")?,
        None => Basis::Consent,
    };
    Ok(AppointProxy {
        person,
        number: sent.text("number"),
        name: sent.text("name"),
        scope: Scope {
            services: sent.all("services"),
            deeds: sent.all("deeds").iter().filter_map(|code| Deed::from_code(code)).collect(),
        },
        basis,
        basis_number: sent.text("basis-number"),
        until: until.map_err(|_| "until")?,
        witness: sent.text("witness"),
        language: here.lang.code.clone(),
        longest_days: here.app.gateways.longest_proxy_days,
    })
}

/// The field that a refusal is about; any other refusal ends the request.
pub(crate) fn field_of(stop: Stop) -> Result<String, Problem> {
    match stop.refusal() {
        Some(refusal) if refusal.why == Why::FieldMissing => {
            Ok(refusal.about.get("field").cloned().unwrap_or_default())
        }
        _ => Err(stop.into()),
    }
}

/// Says beside the field what is wrong with it.
pub(crate) fn mark(here: &Here, fields: &mut [Field], wrong: &str) {
    for field in fields.iter_mut().filter(|field| field.name == wrong) {
        field.error = here.lang.t_of("proxy-wrong-", wrong);
    }
}

/// Whom somebody let act for them, to end it.
pub async fn page(here: Here) -> Response {
    let result = async {
        let person = own_person(&here).await?;
        let lang = &here.lang;
        let rows = appointed_by(&mut here.app.office.db.reading().await?.tx(), person).await?;
        let to = |path: &str| format!("/{}{path}", lang.code);
        if rows.is_empty() {
            let links = vec![
                (to("/proxies/new"), lang.t("proxy-new")),
                (to("/proxies/for"), lang.t("proxy-for-title")),
            ];
            let said = ["proxies-lead", "proxies-none"].map(|key| lang.t(key)).to_vec();
            return Ok(TextPage::show(&here, lang.t("proxies-title"), said, links));
        }
        let mut options = Vec::new();
        for row in &rows {
            let label = given_of(&here, row.proxy_id).await?;
            let hint = said(&here, row).await?;
            options.push(Opt { value: row.id.to_string(), label, hint, chosen: false });
        }
        let field = Field::choice("proxy", lang.t("proxies-which"), options);
        let title = lang.t("proxies-title");
        let mut page = FormPage::new(&here, title, "/proxies", vec![field], lang.t("proxy-end"));
        page.intro = vec![lang.t("proxies-lead")];
        page.back = "/my-cases".into();
        page.links = vec![
            ("/proxies/new".into(), lang.t("proxy-new")),
            ("/proxies/for".into(), lang.t("proxy-for-title")),
        ];
        Ok(page.show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Ends one at once.
pub async fn end(here: Here, sent: Sent) -> Response {
    let result = async {
        own_person(&here).await?;
        let Ok(proxy) = sent.text("proxy").parse::<RowId>() else { return Ok(here.go("/proxies")) };
        here.app.office.perform(&here.visitor.who(), &sent.key, EndProxy { proxy }).await?;
        Ok(here.go("/proxies"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn new_form(here: &Here, typed: Option<&Sent>, wrong: &str) -> Answer {
    let lang = &here.lang;
    let mut fields = fields(here, false, typed).await?;
    mark(here, &mut fields, wrong);
    let title = lang.t("proxy-new");
    let mut page = FormPage::new(here, title, "/proxies/new", fields, lang.t("proxy-appoint"));
    page.intro = vec![lang.t("proxy-new-lead")];
    page.back = "/proxies".into();
    page.errors = errors_of(&page.fields);
    Ok(page.show())
}

/// Where somebody lets another act for them.
pub async fn new(here: Here) -> Response {
    let result = async {
        own_person(&here).await?;
        new_form(&here, None, "").await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Lets another act for them.
pub async fn appoint(here: Here, sent: Sent) -> Response {
    let result = async {
        own_person(&here).await?;
        let act = match read(&here, None, &sent) {
            Ok(act) => act,
            Err(wrong) => return new_form(&here, Some(&sent), wrong).await,
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => Ok(here.go("/proxies")),
            Err(stop) => new_form(&here, Some(&sent), &field_of(stop)?).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// For whom somebody acts: a choice that holds until another is made.
pub async fn for_whom(here: Here) -> Response {
    let result = async {
        let person = own_person(&here).await?;
        let lang = &here.lang;
        let at = here.app.office.desk(&here.visitor.who(), "look");
        let rows = acts_for(&mut here.app.office.db.reading().await?.tx(), &at, person).await?;
        if rows.is_empty() && here.visitor.kept().acting_for.is_none() {
            let links = vec![(format!("/{}/proxies", lang.code), lang.t("proxies-title"))];
            return Ok(TextPage::show(
                &here,
                lang.t("proxy-for-title"),
                vec![lang.t("proxy-for-none")],
                links,
            ));
        }
        let mut options =
            vec![Opt { value: "self".into(), label: lang.t("proxy-for-self"), ..Opt::default() }];
        for row in &rows {
            let label = name_of(&here, row.person_id).await?;
            let hint = said(&here, row).await?;
            options.push(Opt { value: row.id.to_string(), label, hint, chosen: false });
        }
        let field = Field::choice("who", lang.t("proxy-for-which"), options);
        let title = lang.t("proxy-for-title");
        let mut page = FormPage::new(&here, title, "/proxies/for", vec![field], lang.t("go-on"));
        page.intro = vec![lang.t("proxy-for-lead")];
        page.back = "/my-cases".into();
        page.links = vec![("/proxies".into(), lang.t("proxies-title"))];
        Ok(page.show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Acts for somebody from now on, or for oneself again.
pub async fn act_for(here: Here, sent: Sent) -> Response {
    let result = async {
        let person = own_person(&here).await?;
        let chosen = sent.text("who");
        if chosen == "self" {
            here.visitor.keep(|kept| {
                kept.acting_for = None;
                kept.acting_name.clear();
            });
            return Ok(here.go("/my-cases"));
        }
        let at = here.app.office.desk(&here.visitor.who(), "look");
        let rows = acts_for(&mut here.app.office.db.reading().await?.tx(), &at, person).await?;
        let row = rows.into_iter().find(|row| row.id.to_string() == chosen).ok_or(Why::NoProxy)?;
        let name = name_of(&here, row.person_id).await?;
        here.visitor.keep(|kept| {
            kept.acting_for = Some(row.person_id);
            kept.acting_name = name;
        });
        Ok(here.go("/my-cases"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
