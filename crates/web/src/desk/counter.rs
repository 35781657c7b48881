//! Counter mode: the same application for someone standing there. Find the
//! person, record consent, type, take the fee, hand the paper over.

use super::people::{ask_why, wants_reason};
use super::work::{led, people_table};
use super::{DeskList, at_desk};
use super::{finding, looking};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::apply::open;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Language;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::{CaseId, DocumentId, PersonId};
use diwan_domain::money::Money;
use diwan_domain::numbers::{email, parse_number, phone};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Fields, StepKind};
use diwan_office::accounts::{RecordConsent, VerifyApplicant};
use diwan_office::cases::{self, BeginCase, OpenAtCounter, PrintDocument, belongings};
use diwan_office::cash::TakeFee;
use diwan_office::catalogue;
use diwan_office::civil::{self, FindPeople, SeePerson, SetStatus};
use diwan_office::documents;

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

/// Opens a case by the number someone brings.
pub async fn bring(here: Here, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::AssistCases)).await?;
        let number = parse_number(&sent.text("number")).map_err(|_| Problem::not_found())?;
        let case = cases::by_number(&mut here.app.office.db.reading().await?.tx(), &number).await?;
        let case = case.ok_or_else(Problem::not_found)?;
        Ok(here.go(&format!("/desk/counter/cases/{}", case.id)))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A case at the counter: prove identity, pay, hand over.
pub async fn case(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_case(&here, &id, Vec::new()).await;
    answer(&here, result)
}

async fn show_case(here: &Here, id: &str, notices: Vec<String>) -> Answer {
    let desk = at_desk(here, Some(Permission::AssistCases)).await?;
    let looked_at: CaseId = id.parse().map_err(|_| Problem::not_found())?;
    here.app.office.perform_once(&here.visitor.who(), OpenAtCounter { case: looked_at }).await?;
    let opened = open(here, id).await?;
    let (case, lang) = (&opened.case, &here.lang);
    let office = &here.app.office;
    let (papers, things, applicant, companions) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let papers = documents::of_case(&mut tx, case.id).await?;
        let things = belongings(&mut tx, case.id).await?;
        let applicant = match case.applicant_id {
            Some(person) => civil::summary_for(&mut tx, &desk.acting, person).await?,
            None => None,
        };
        let companions = diwan_office::queue::companions_in(&mut tx, case.id).await?;
        (papers, things, applicant, companions)
    };
    let words = here.app.words.of_service(lang, &opened.published.service);
    let mut page = DeskList::new(here, &desk, format!("{} {}", words.t("title"), case.number)).await?;
    page.back = "/desk/counter".into();
    page.notices = notices;
    page.notices.push(lang.t_of("phase-", &case.phase));
    page.notices.extend(
        applicant.map(|person| lang.with("counter-applicant", &[("name", person.name("arab").into())])),
    );
    page.notices.extend(companions.iter().filter_map(|one| super::visit::companion_said(lang, one)));
    let owed = cases::payable(case);
    let is_open =
        matches!(case.phase.as_str(), "draft" | "in-progress" | "waiting-for-applicant" | "approved");
    if is_open && case.applicant_id.is_some() && desk.acting.may(Permission::VerifyIdentity) {
        let to = format!("/{}/desk/counter/cases/{id}/applicant", lang.code);
        page.links.push((to, lang.t("counter-mistaken")));
    }
    if case.phase == "draft" {
        if things.consents.is_empty() {
            page.links
                .push((format!("/{}/desk/counter/cases/{id}/consent", lang.code), lang.t("consent-title")));
        }
        page.links.push((format!("/{}/desk/counter/cases/{id}/form", lang.code), lang.t("go-on")));
        page.links.push((format!("/{}/cases/{id}/paper", lang.code), lang.t("paper-form")));
    }
    if case.applicant_id.is_none() {
        let fields = vec![
            Field::line("number", lang.t("counter-personal-number")).ltr("text", "", "w-short").focused(),
            shown_field(lang),
        ];
        let action = format!("/desk/counter/cases/{id}/verify");
        page.forms.push(FormBlock::new(lang.t("counter-verify"), action, fields, lang.t("counter-verify")));
    }
    if owed > 0 {
        let amount = lang.money(cases::money_of(case, owed));
        let mut form = FormBlock::new(
            lang.with("counter-take-fee", &[("amount", amount.clone().into())]),
            format!("/desk/counter/cases/{id}/fee"),
            Vec::new(),
            lang.with("counter-take-fee", &[("amount", amount.into())]),
        );
        form.hidden = vec![("amount".into(), owed.to_string())];
        form.focused = true;
        page.forms.push(form);
    }
    let printed_first = case
        .step
        .as_deref()
        .and_then(|key| opened.published.service.step(key))
        .is_some_and(|step| step.kind == StepKind::Print);
    for paper in papers.iter().filter(|paper| paper.file_hash.is_some() && paper.ended_at.is_none()) {
        if printed_first && paper.released_at.is_none() {
            let heading = format!("{} {}", words.t("document-title"), paper.number);
            let action = format!("/desk/counter/cases/{id}/documents/{}/print", paper.id);
            let mut form = FormBlock::new(heading, action, Vec::new(), lang.t("counter-print"));
            form.button_class = "btn alt";
            page.forms.push(form);
        }
        let action = format!("/desk/counter/cases/{id}/documents/{}", paper.id);
        let heading = format!("{} {}", words.t("document-title"), paper.number);
        let mut form = FormBlock::new(heading, action, Vec::new(), lang.t("counter-hand-over"));
        form.intro = vec![lang.n_copies(paper.copies)];
        form.focused = page.forms.iter().all(|other| !other.focused);
        page.forms.push(form);
    }
    if papers.iter().any(|paper| paper.file_hash.is_none()) {
        page.notices.push(lang.t("document-being-made"));
    }
    let rows: Vec<Vec<Cell>> = things
        .receipts
        .iter()
        .map(|receipt| {
            let sign = if receipt.voids.is_some() { -receipt.minor_units } else { receipt.minor_units };
            vec![
                Cell::code(&receipt.number).to(format!("/desk/cash/receipts/{}", receipt.id)),
                Cell::text(lang.money(Money::of(sign, &receipt.currency))),
                Cell::text(lang.moment(receipt.at, office.settings.utc_offset_minutes)),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let heads = ["receipt", "receipt-total", "when"].map(|key| lang.t(key)).to_vec();
        let table =
            Table { caption: lang.t("receipts"), heads, total: rows.len() as i64, rows, ..Table::default() };
        page.tables.push((lang.t("receipts"), table));
    }
    Ok(show(StatusCode::OK, false, &page))
}

/// Confirms in person who the applicant is.
pub async fn verify(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        // Nobody searches the register for a case that is not served here.
        open(&here, &id).await?;
        let office = &here.app.office;
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let act = FindPeople::new(sent.text("number"), format!("identity for case {id}"));
        let found = office.perform(&here.visitor.who(), &format!("{}/f", sent.key), act).await?;
        let [person] = found[..] else {
            return show_case(&here, &id, vec![here.lang.t("counter-not-one-person")]).await;
        };
        let act = VerifyApplicant { case, person, shown: sent.text("shown") };
        match office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(()) => Ok(here.go(&format!("/desk/counter/cases/{id}"))),
            Err(problem) if problem.code() == Why::ReasonMissing.code() => {
                show_case(&here, &id, vec![here.lang.t("counter-choose-shown")]).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Takes the fee in cash.
pub async fn fee(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let minor_units = sent.id("amount").ok_or_else(|| Problem::from(Why::WrongAmount))?;
        match here
            .app
            .office
            .perform(&here.visitor.who(), &sent.key, TakeFee { case, minor_units })
            .await
            .map_err(Problem::from)
        {
            Ok(_) => Ok(here.go(&format!("/desk/counter/cases/{id}"))),
            Err(problem) if problem.code() == Why::NoShift.code() => Ok(here.go("/desk/cash")),
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Prints the document, so that it lies ready.
pub async fn print(here: Here, Path((_, _, id)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let document: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
        let office = &here.app.office;
        let hash = office.perform(&here.visitor.who(), &sent.key, PrintDocument { document }).await?;
        let bytes = office.files.get(&hash).await?.ok_or_else(Problem::not_found)?;
        let row = documents::one(&mut office.db.reading().await?.tx(), document).await?;
        let number = row.map(|row| row.number).unwrap_or_default();
        Ok(crate::pages::downloads::pdf(bytes, &format!("{number}.pdf")))
    };
    let result: Answer = result.await;
    answer(&here, result)
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

/// Prints the document to hand it over.
pub async fn hand_over(here: Here, Path((_, _, id)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let document: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
        crate::pages::downloads::release(&here, document, &sent.key).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}
