//! Counter mode: the same application for someone standing there. Find the person, and begin
//! with their consent; what becomes of the case stands in [`super::counter_case`].

use super::people::{ask_why, wants_reason};
use super::work::{led, people_table};
use super::{DeskList, at_desk};
use super::{finding, looking};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::FormBlock;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Language;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::PersonId;
use diwan_domain::numbers::{email, phone};
use diwan_domain::people::Permission;
use diwan_domain::services::Fields;
use diwan_office::accounts::{RecordConsent, VerifyApplicant};
use diwan_office::cases::BeginCase;
use diwan_office::catalogue;
use diwan_office::civil::{self, FindPeople, SeePerson, SetStatus};

/// What was shown to prove who someone is.
const SHOWN: [&str; 6] = ["national-card", "passport", "old-civil-id", "unhcr", "residence", "two-witnesses"];

/// The counter: find a person, or a case they bring.
pub async fn page(here: Here) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::AssistCases)).await?;
        let lang = &here.lang;
        let mut page = DeskList::new(&here, &desk, lang.t("menu-counter")).await?;
        let mut find =
            vec![Field::line("q", lang.t("find-person")).hint(lang.t("find-person-hint")).focused()];
        find.extend(looking::field(&here, &desk).await?);
        find.push(finding::fold(&here, None, &[]).await?);
        let bring = vec![Field::line("number", lang.t("case-number")).ltr("text", "", "w-short")];
        page.forms = vec![
            FormBlock::new(lang.t("counter-new"), "/desk/counter/find".into(), find, lang.t("search")),
            FormBlock::new(lang.t("counter-bring"), "/desk/counter/case".into(), bring, lang.t("open-it")),
        ];
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Finds the person standing there.
pub async fn find(here: Here, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::AssistCases)).await?;
        let lang = &here.lang;
        let read = finding::read(&here, &sent).await?;
        let why = looking::of_choice(&sent.text("why"));
        let act = FindPeople { by: read.by, ..FindPeople::new(sent.text("q"), why.as_str()) };
        let mut unsaid = false;
        let found = match read.faults.is_empty() {
            true => match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
                Err(stop) if looking::wants_choice(stop.refusal()) => {
                    unsaid = true;
                    Vec::new()
                }
                found => found?,
            },
            // What cannot be read is mended first; nothing is looked up by halves.
            false => Vec::new(),
        };
        looking::remember(&here, &why, &found);
        if let [only] = found[..] {
            return Ok(here.go(&format!("/desk/counter/people/{only}")));
        }
        let (table, names) = people_table(&here, &desk.acting, &found).await?;
        let mut page = DeskList::new(&here, &desk, lang.t("counter-new")).await?;
        page.back = "/desk/counter".into();
        page.notices.extend(finding::more(lang, names.len()));
        if !unsaid {
            page.tables = vec![(String::new(), led(table, &names, "/desk/counter/people"))];
        }
        let mut q =
            Field::line("q", lang.t("find-person")).hint(lang.t("find-person-hint")).filled(sent.text("q"));
        // The field stands below what was found: the keyboard begins there only when that is nothing.
        if names.is_empty() {
            q = q.focused();
        }
        let mut again = vec![q];
        if let Some(field) = looking::field(&here, &desk).await? {
            let wrong = if unsaid { lang.t("look-why-missing") } else { String::new() };
            again.push(field.filled(sent.text("why")).wrong(wrong));
        }
        again.push(finding::fold(&here, Some(&sent), &read.faults).await?);
        page.forms = vec![FormBlock::new(
            lang.t("search-again"),
            "/desk/counter/find".into(),
            again,
            lang.t("search"),
        )];
        let is_read = read.faults.is_empty() && !unsaid;
        let status = if is_read { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok(show(status, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What a person shows to prove who they are, as a choice.
#[must_use]
pub fn shown_field(lang: &Language) -> Field {
    let option = |code: &str| Opt { value: code.into(), label: lang.t_of("shown-", code), ..Opt::default() };
    Field::choice("shown", lang.t("counter-shown"), SHOWN.map(option).to_vec())
}

/// A person's record, seen for a purpose, and what can be begun for them.
pub async fn person(
    here: Here,
    Path((_, id)): Path<(String, String)>,
    Query(looked): Query<super::people::Looked>,
) -> Response {
    let result = person_page(&here, &id, &looked.purpose, (&Fields::new(), &[]), None).await;
    answer(&here, result)
}

/// The person's page, perhaps with what is wrong in the form for their status.
async fn show_person(here: &Here, id: &str, status: Option<(&str, &Sent)>) -> Answer {
    person_page(here, id, "", (&Fields::new(), &[]), status).await
}

/// The person's page, with what was typed and what is wrong with it.
async fn person_page(
    here: &Here,
    id: &str,
    why: &str,
    (typed, wrong): (&Fields, &[(&str, &str)]),
    status: Option<(&str, &Sent)>,
) -> Answer {
    let desk = at_desk(here, Some(Permission::AssistCases)).await?;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let office = &here.app.office;
    let act = SeePerson { person, purpose: looking::purpose(here, why, person) };
    if let Err(stop) = office.perform_once(&here.visitor.who(), act).await {
        let path = format!("/desk/counter/people/{person}");
        return match stop {
            stop if looking::wants_choice(stop.refusal()) => looking::ask(here, &desk, &path).await,
            stop if wants_reason(&stop) => ask_why(here, &desk, &path).await,
            stop => Err(stop.into()),
        };
    }
    looking::remember(here, why, &[person]);
    let (table, names) = people_table(here, &desk.acting, &[person]).await?;
    let lang = &here.lang;
    let offered =
        catalogue::offered(&mut office.db.reading().await?.tx(), &office.today().to_string()).await?;
    let services = offered.iter().map(|published| Opt {
        value: published.service.key.clone(),
        label: here.app.words.of_service(lang, &published.service).t("title"),
        ..Opt::default()
    });
    let before = |name: &str| typed.get(name).and_then(|values| values.first()).cloned().unwrap_or_default();
    let error = |name: &str| {
        wrong.iter().find(|(field, _)| *field == name).map(|(_, key)| lang.t(key)).unwrap_or_default()
    };
    let mut fields = vec![
        shown_field(lang).filled(before("shown")).wrong(error("shown")).focused(),
        Field::line("witness", lang.t("counter-witness"))
            .hint(lang.t("counter-witness-hint"))
            .filled(before("witness"))
            .wrong(error("witness")),
        Field::line("address", lang.t("counter-consent-phone"))
            .hint(lang.t("counter-consent-phone-hint"))
            .filled(before("address"))
            .wrong(error("address"))
            .ltr("text", "off", "w-short"),
    ];
    // With one service there is nothing to choose.
    let mut hidden = Vec::new();
    match &offered[..] {
        [only] => hidden.push(("service".to_owned(), only.service.key.clone())),
        _ => fields.insert(
            0,
            Field::choice("service", lang.t("service"), services.collect())
                .filled(before("service"))
                .wrong(error("service")),
        ),
    }
    let name = names.first().map(|(_, name)| name.clone()).unwrap_or_default();
    let mut page = DeskList::new(here, &desk, name).await?;
    page.back = "/desk/counter".into();
    page.tables = vec![(String::new(), table)];
    let action = format!("/desk/counter/people/{id}/begin");
    let mut form = FormBlock::new(lang.t("counter-begin"), action, fields, lang.t("counter-begin"));
    form.hidden = hidden;
    page.forms = vec![form];
    if desk.acting.may(Permission::VerifyIdentity) {
        let displaced = civil::is_displaced(&mut office.db.reading().await?.tx(), person).await?;
        page.forms.push(status_form(here, id, displaced, status));
    }
    page.links = vec![(format!("/{}/desk/counter/people/{id}/contact", lang.code), lang.t("contact-title"))];
    if desk.acting.may(Permission::VerifyIdentity) {
        let path = format!("/{}/desk/counter/people/{id}/proxies", lang.code);
        page.links.push((path, lang.t("proxies-title")));
    }
    if desk.acting.may(Permission::FindPeople) {
        let path = super::guarding::with_purpose(&format!("/desk/register/people/{id}"), why);
        page.links.push((format!("/{}{path}", lang.code), lang.t("person-title")));
    }
    Ok(show(page.status(), false, &page))
}

/// What is missing to begin an assisted case: the field, and what to say of it.
#[must_use]
pub fn not_ready(
    service: &str,
    shown: &str,
    witness: &str,
    address: &str,
) -> Vec<(&'static str, &'static str)> {
    let mut wrong = Vec::new();
    if service.is_empty() {
        wrong.push(("service", "counter-choose-service"));
    }
    if shown.is_empty() {
        wrong.push(("shown", "counter-choose-shown"));
    }
    if witness.chars().count() < 3 && address.is_empty() {
        wrong.push(("witness", "counter-consent-missing"));
    }
    if !address.is_empty() && !readable(address) {
        wrong.push(("address", "refusal-help-phone-unreadable"));
    }
    wrong
}

/// Begins an assisted case: identity seen and consent recorded in one step, or
/// consent by a code that goes to the person's phone now.
pub async fn begin(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::AssistCases)).await?;
        let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
        let (witness, address) = (sent.text("witness"), sent.text("address"));
        let wrong = not_ready(&sent.text("service"), &sent.text("shown"), &witness, &address);
        if !wrong.is_empty() {
            return person_page(&here, &id, "", (&sent.fields, &wrong), None).await;
        }
        let (office, who) = (&here.app.office, here.visitor.who());
        let act = BeginCase { service: sent.text("service"), language: here.lang.code.clone() };
        let begun = office.perform(&who, &sent.key, act).await?;
        let verify = VerifyApplicant { case: begun.case, person, shown: sent.text("shown") };
        office.perform(&who, &format!("{}/v", sent.key), verify).await?;
        if address.is_empty() {
            let consent = RecordConsent { case: begun.case, code: None, witness: Some(witness) };
            office.perform(&who, &format!("{}/c", sent.key), consent).await?;
            return Ok(here.go(&format!("/desk/counter/cases/{}/form", begun.case)));
        }
        super::consent::send_code(&here, begun.case, &address, &format!("{}/c", sent.key)).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn readable(address: &str) -> bool {
    if address.contains('@') { email(address).is_ok() } else { phone(address).is_ok() }
}

/// Registers someone as displaced, or ends it.
pub async fn status(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
        let since = diwan_domain::digits::to_ascii(sent.text("since").trim());
        let act = SetStatus {
            person,
            evidence: sent.text("evidence"),
            since: Some(since).filter(|text| !text.is_empty()),
            ends: sent.text("ends") == "yes",
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(()) => Ok(here.go(&format!("/desk/counter/people/{id}"))),
            Err(problem) if matches!(problem.code(), "case/reason-missing" | "admin/field-missing") => {
                show_person(&here, &id, Some((problem.code(), &sent))).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The form that registers someone as displaced, or ends it; what was typed
/// stays when it could not be read.
fn status_form(here: &Here, id: &str, displaced: bool, wrong: Option<(&str, &Sent)>) -> FormBlock {
    let lang = &here.lang;
    let (label, button) = if displaced {
        ("displaced-end-why", "displaced-end")
    } else {
        ("displaced-evidence", "displaced-register")
    };
    let mut evidence = Field::line("evidence", lang.t(label));
    let mut since =
        Field::line("since", lang.t("displaced-since")).hint(lang.t("displaced-since-hint")).optional();
    since = since.ltr("text", "", "w-short");
    if let Some((code, sent)) = wrong {
        evidence = evidence.filled(sent.text("evidence"));
        since = since.filled(sent.text("since"));
        if code == "admin/field-missing" {
            since = since.wrong(lang.t("displaced-since-hint"));
        } else {
            evidence = evidence.wrong(lang.t_of("refusal-help-", code));
        }
    }
    let mut fields = vec![evidence];
    if !displaced {
        fields.push(since);
    }
    let action = format!("/desk/counter/people/{id}/status");
    let mut form = FormBlock::new(lang.t("displaced"), action, fields, lang.t(button));
    form.button_class = "btn alt";
    if displaced {
        form.intro = vec![lang.t("displaced-yes")];
        form.hidden = vec![("ends".into(), "yes".into())];
    }
    form
}
