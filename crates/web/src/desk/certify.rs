//! The certificate of an entry from its own page: who stands there, what they showed,
//! their consent; what the register knows is not typed again.

use super::counter::{not_ready, shown_field};
use super::{AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::FormBlock;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::{Path, Query};
use axum::response::Response;
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::RegisterKind;
use diwan_office::accounts::RecordConsent;
use diwan_office::cases::BeginCertificate;
use diwan_office::cases::certifying::{can_be_certified, certificates, certified, may_ask};
use diwan_office::catalogue::Published;
use diwan_office::civil::{self, FindPeople, SeeEntry, entries_meant};
use diwan_office::rows::EntryRow;
use diwan_office::{Stop, cases};
use serde::Deserialize;
use std::sync::Arc;

/// Of which certificate, and whose, where the entry alone does not say.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    service: String,
    #[serde(default)]
    holder: String,
}

/// Ways to a certificate, and why there is none.
#[derive(Default)]
pub(super) struct Ways {
    /// Ways on, as whole addresses.
    pub links: Vec<(String, String)>,
    /// Things to know.
    pub notices: Vec<String>,
}

impl Ways {
    fn path(here: &Here, entry: &EntryRow, service: &str, holder: Option<PersonId>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("service", service);
        if let Some(holder) = holder {
            query.append_pair("holder", &holder.to_string());
        }
        format!("/{}/desk/register/entries/{}/certify?{}", here.lang.code, entry.id, query.finish())
    }
}

fn title_of(here: &Here, published: &Published) -> String {
    here.app.words.of_service(&here.lang, &published.service).t("document-title")
}

/// Ways from an entry's page to its certificate: for whoever serves people at a counter.
///
/// # Errors
/// When the database fails.
pub(super) async fn of_entry(here: &Here, desk: &AtDesk, entry: &EntryRow) -> Result<Ways, Problem> {
    let mut ways = Ways::default();
    if !desk.acting.may(Permission::AssistCases) {
        return Ok(ways);
    }
    let office = &here.app.office;
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let offered = certificates(&mut tx, &office.today().to_string()).await?;
    let kind = RegisterKind::from_code(&entry.kind);
    for published in offered.iter().filter(|one| kind.is_some() && certified(&one.service) == kind) {
        let title = title_of(here, published);
        match can_be_certified(&mut tx, entry).await {
            Ok(()) => {
                let text = here.lang.with("certify-link", &[("paper", title.into())]);
                ways.links.push((Ways::path(here, entry, &published.service.key, None), text));
            }
            Err(Stop::Refused(refusal)) => ways.notices.push(here.lang.help(&refusal)),
            Err(stop) => return Err(stop.into()),
        }
    }
    Ok(ways)
}

/// Ways from a person's page to the papers that say more than one entry: how they stand
/// to marriage, and their family. Where several marriages may stand for the family, each
/// is a way of its own.
///
/// # Errors
/// When the database fails.
pub(super) async fn of_person(here: &Here, desk: &AtDesk, person: PersonId) -> Result<Ways, Problem> {
    let mut ways = Ways::default();
    if !desk.acting.may(Permission::AssistCases) {
        return Ok(ways);
    }
    let office = &here.app.office;
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    for published in certificates(&mut tx, &office.today().to_string()).await? {
        let Some(kind) = certified(&published.service) else { continue };
        if !matches!(kind, RegisterKind::Person | RegisterKind::Family) {
            continue;
        }
        let meant = entries_meant(&mut tx, kind, person, None).await?;
        for entry in &meant {
            if !civil::may_see_entry(&mut tx, &desk.acting, entry).await? {
                continue;
            }
            match can_be_certified(&mut tx, entry).await {
                Ok(()) => {
                    let title = title_of(here, &published);
                    let paper = if meant.len() > 1 {
                        format!("{title} \u{2068}{}\u{2069}", entry.number)
                    } else {
                        title
                    };
                    let text = here.lang.with("certify-link", &[("paper", paper.into())]);
                    ways.links.push((Ways::path(here, entry, &published.service.key, Some(person)), text));
                }
                Err(Stop::Refused(refusal)) => {
                    let why = here.lang.help(&refusal);
                    if !ways.notices.contains(&why) {
                        ways.notices.push(why);
                    }
                }
                Err(stop) => return Err(stop.into()),
            }
        }
    }
    Ok(ways)
}

/// Who asks for the certificate of an entry.
pub async fn page(here: Here, Path((_, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> Response {
    let result = show_form(&here, &id, &asked, None, &[]).await;
    answer(&here, result)
}

/// The entry, and the services of which the certificate may be.
async fn looked_at(
    here: &Here,
    id: &str,
    asked: &Asked,
) -> Result<(AtDesk, EntryRow, Vec<Arc<Published>>), Problem> {
    let desk = at_desk(here, Some(Permission::AssistCases)).await?;
    let entry: EntryId = id.parse().map_err(|_| Problem::not_found())?;
    let office = &here.app.office;
    let purpose = here.lang.t("certify-title");
    office.perform_once(&here.visitor.who(), SeeEntry { entry, purpose }).await?;
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let row = civil::entry(&mut tx, entry).await?.ok_or_else(Problem::not_found)?;
    can_be_certified(&mut tx, &row).await?;
    let kind = RegisterKind::from_code(&row.kind);
    let offered = certificates(&mut tx, &office.today().to_string()).await?;
    let wanted = |one: &Arc<Published>| match asked.service.as_str() {
        "" => kind.is_some() && certified(&one.service) == kind,
        service => one.service.key == service,
    };
    let services: Vec<Arc<Published>> = offered.into_iter().filter(wanted).collect();
    if services.is_empty() {
        return Err(Why::ServiceClosed.into());
    }
    Ok((desk, row, services))
}

async fn show_form(
    here: &Here,
    id: &str,
    asked: &Asked,
    sent: Option<&Sent>,
    wrong: &[(&str, &str)],
) -> Answer {
    let (desk, entry, services) = looked_at(here, id, asked).await?;
    let lang = &here.lang;
    let holder: Option<PersonId> = asked.holder.parse().ok();
    let people = {
        let mut reading = here.app.office.db.reading().await?;
        may_ask(&mut reading.tx(), &desk.acting, &entry, holder).await?
    };
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let error = |name: &str| {
        wrong.iter().find(|(field, _)| *field == name).map(|(_, key)| lang.t(key)).unwrap_or_default()
    };
    let mut options: Vec<Opt> = people
        .iter()
        .map(|(summary, role)| Opt {
            value: summary.person.id.to_string(),
            label: summary.name("arab"),
            hint: match role {
                Some(role) => lang.t_of("section-", role),
                None => lang.t("certify-family"),
            },
            ..Opt::default()
        })
        .collect();
    options.push(Opt { value: "other".into(), label: lang.t("certify-other"), ..Opt::default() });
    let mut fields = vec![
        Field::choice("applicant", lang.t("certify-who"), options)
            .hint(lang.t("certify-who-hint"))
            .filled(typed("applicant"))
            .wrong(error("applicant"))
            .focused(),
        Field::line("number", lang.t("counter-personal-number"))
            .hint(lang.t("certify-number-hint"))
            .ltr("text", "off", "w-short")
            .filled(typed("number"))
            .wrong(error("number"))
            .optional(),
        shown_field(lang).filled(typed("shown")).wrong(error("shown")),
        Field::line("witness", lang.t("counter-witness"))
            .hint(lang.t("counter-witness-hint"))
            .filled(typed("witness"))
            .wrong(error("witness")),
        Field::line("address", lang.t("counter-consent-phone"))
            .hint(lang.t("counter-consent-phone-hint"))
            .filled(typed("address"))
            .wrong(error("address"))
            .ltr("text", "off", "w-short"),
    ];
    let mut hidden = vec![("holder".to_owned(), asked.holder.clone())];
    match &services[..] {
        [only] => hidden.push(("service".to_owned(), only.service.key.clone())),
        _ => {
            let option = |one: &Arc<Published>| Opt {
                value: one.service.key.clone(),
                label: title_of(here, one),
                ..Opt::default()
            };
            let choice = Field::choice("service", lang.t("service"), services.iter().map(option).collect());
            fields.insert(0, choice.filled(typed("service")).wrong(error("service")));
        }
    }
    let paper = match &services[..] {
        [only] => title_of(here, only),
        _ => lang.t_of("event-", &entry.kind),
    };
    let title = format!("{paper} \u{2068}{}\u{2069}", entry.number);
    let mut page = DeskList::new(here, &desk, title).await?;
    page.back = match holder {
        Some(holder) => format!("/desk/register/people/{holder}"),
        None => format!("/desk/register/entries/{id}"),
    };
    let action = format!("/desk/register/entries/{id}/certify");
    let mut form = FormBlock::new(lang.t("certify-title"), action, fields, lang.t("counter-begin"));
    form.intro = vec![lang.t("certify-lead")];
    form.hidden = hidden;
    page.forms = vec![form];
    Ok(show(page.status(), false, &page))
}

/// Begins the certificate's case, with what the register knows answered.
pub async fn begin(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = begun(&here, &id, &sent).await;
    answer(&here, result)
}

async fn begun(here: &Here, id: &str, sent: &Sent) -> Answer {
    at_desk(here, Some(Permission::AssistCases)).await?;
    let entry: EntryId = id.parse().map_err(|_| Problem::not_found())?;
    let asked = Asked { service: sent.text("service"), holder: sent.text("holder") };
    let (witness, address) = (sent.text("witness"), sent.text("address"));
    let mut wrong = not_ready(&asked.service, &sent.text("shown"), &witness, &address);
    match sent.text("applicant").as_str() {
        "" => wrong.insert(0, ("applicant", "certify-choose-who")),
        "other" if sent.text("number").is_empty() => wrong.insert(0, ("number", "certify-number-missing")),
        _ => {}
    }
    if !wrong.is_empty() {
        return show_form(here, id, &asked, Some(sent), &wrong).await;
    }
    let (office, who) = (&here.app.office, here.visitor.who());
    let applicant: PersonId = match sent.text("applicant").as_str() {
        "other" => {
            let act = FindPeople::new(sent.text("number"), format!("certificate of entry {id}"));
            let found = office.perform(&who, &format!("{}/f", sent.key), act).await?;
            let [person] = found[..] else {
                let wrong = [("number", "counter-not-one-person")];
                return show_form(here, id, &asked, Some(sent), &wrong).await;
            };
            person
        }
        known => known.parse().map_err(|_| Problem::from(Why::Malformed))?,
    };
    let act = BeginCertificate {
        entry,
        service: asked.service,
        holder: asked.holder.parse().ok(),
        applicant,
        shown: sent.text("shown"),
        language: here.lang.code.clone(),
    };
    let begun: cases::Begun = office.perform(&who, &sent.key, act).await?;
    if address.is_empty() {
        let consent = RecordConsent { case: begun.case, code: None, witness: Some(witness) };
        office.perform(&who, &format!("{}/c", sent.key), consent).await?;
        return Ok(here.go(&format!("/desk/counter/cases/{}/form", begun.case)));
    }
    super::consent::send_code(here, begun.case, &address, &format!("{}/c", sent.key)).await
}
