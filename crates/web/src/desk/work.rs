//! A case on the officer's desk: the application beside the entry, exactly the
//! open question, and only the actions this officer may take now.

use super::inbox::open_words;
use super::numbers::kind_in_words;
use super::{Menu, at_desk, forms};
use crate::fields::{Errors, Field, Opt};
use crate::frame::{Frame, Here, show};
use crate::pages::apply::{Row, answered_rows};
use crate::pages::case::timeline_rows;
use crate::pages::downloads::send_file;
use crate::pages::home::words_of;
use crate::pages::kit::{Cell, FormBlock, Table, fill_again};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::{CaseId, DocumentId, OfficerId, PersonId};
use diwan_domain::names;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::{EntryValue, EntryValues, QuestionKind};
use diwan_office::acting::Acting;
use diwan_office::cases::{
    self, Decide, Decision, LinkEntry, OpenCase, Reassign, WriteToApplicant, belongings,
};
use diwan_office::civil::{self, FindPeople};
use diwan_office::documents::{self, EndDocument};
use diwan_office::inspection;
use diwan_office::rows::{CaseRow, DeclarationRow, LookupRow, OfficeRow, ReferralRow};

#[derive(Template)]
#[template(path = "desk-case.html")]
struct DeskCase {
    frame: Frame,
    menu: Menu,
    errors: Errors,
    number: String,
    phase: String,
    tag: &'static str,
    due: String,
    assigned: String,
    open: Vec<(String, String)>,
    application: Vec<Row>,
    /// What was asked, answered, found and appealed, in words.
    said: Vec<(String, String)>,
    entry: Vec<(String, String, bool)>,
    evidence: Vec<(String, String)>,
    forms: Vec<FormBlock>,
    links: Vec<(String, String)>,
    timeline: Vec<(String, String)>,
    messages: Vec<(String, String)>,
    referrals: Vec<(String, String, String)>,
    /// Who may be with the person now.
    companions: Vec<String>,
}

/// Opens a case. The look is an act, and the person can see it.
pub async fn case(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_case(&here, &id, Vec::new(), None).await;
    answer(&here, result)
}

async fn show_case(here: &Here, id: &str, errors: Errors, typed: Option<(&str, &Sent)>) -> Answer {
    let desk = at_desk(here, Some(Permission::SeeCases)).await?;
    let id: CaseId = id.parse().map_err(|_| Problem::not_found())?;
    let office = &here.app.office;
    let who = here.visitor.who();
    office.perform_once(&who, OpenCase { case: id }).await?;
    let at = office.desk(&who, "look");
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let case = cases::seen_by_officer(&mut tx, &at, id).await?;
    let published = cases::definition(&mut tx, &case).await?;
    let facts = cases::facts_of(&mut tx, &at, &case).await?;
    let answers = cases::answers(&case);
    let things = belongings(&mut tx, id).await?;
    let papers = documents::of_case(&mut tx, id).await?;
    let companions = diwan_office::queue::companions_in(&mut tx, id).await?;
    let lookups = cases::lookups::lookups_of(&mut tx, &case).await?;
    let timeline = inspection::timeline(&mut tx, "case", &id.to_string()).await?;
    let declared = civil::declaration_of_case(&mut tx, id).await?;
    let entry = documents::register_fields(&mut tx, &case, &published.service, facts.today).await?;
    let colleagues = diwan_office::administration::all_officers(&mut tx).await?;
    let offices = diwan_office::administration::all_offices(&mut tx).await?;
    drop(tx);
    drop(reading);
    let (lang, words) = (&here.lang, words_of(here, &published.service));
    let offset = office.settings.utc_offset_minutes;
    let application: Vec<Row> = answered_rows(here, &published.service, &answers, &facts, id)
        .into_iter()
        .flat_map(|(_, rows)| rows)
        .collect();
    let typed_name = published
        .service
        .questions
        .iter()
        .find(|question| question.kind == QuestionKind::Name)
        .and_then(|question| answers.get(&question.key))
        .map(|value| {
            value
                .as_object()
                .map(|parts| parts.values().filter_map(|p| p.as_str()).collect::<Vec<_>>().join(" "))
                .unwrap_or_default()
        });
    let assigned = case.assigned_to.and_then(|id| colleagues.iter().find(|other| other.officer.id == id));
    let mut forms = forms::of_case(&forms::At {
        here,
        desk: &desk,
        case: &case,
        service: &published.service,
        papers: &papers,
        colleagues: &colleagues,
        offices: &offices,
    });
    if let Some((action, sent)) = typed {
        fill_again(&mut forms, &format!("/desk/cases/{id}/{action}"), sent);
    }
    let page = DeskCase {
        companions: companions.iter().filter_map(|one| super::visit::companion_said(lang, one)).collect(),
        frame: here.frame(words.t("title")),
        menu: desk.menu(here).await?,
        number: case.number.clone(),
        phase: lang.t_of("phase-", &case.phase),
        tag: if case.due_at.is_some_and(|due| due < at.now) && case.phase == "in-progress" {
            "late"
        } else {
            "new"
        },
        due: case
            .due_at
            .map(|due| lang.with("due-on", &[("day", lang.moment(due, offset).into())]))
            .unwrap_or_default(),
        assigned: assigned
            .map(|other| lang.with("assigned-to", &[("name", other.officer.name.clone().into())]))
            .unwrap_or_default(),
        open: open_questions(here, &case, &words),
        said: super::said::rows(here, &case, &published.service, &things, &timeline),
        entry: entry_rows(here, &entry, typed_name.as_deref()),
        evidence: things
            .uploads
            .iter()
            .map(|file| (format!("/{}/desk/cases/{id}/files/{}", lang.code, file.id), file.name.clone()))
            .collect(),
        forms,
        referrals: referral_rows(here, &things, &offices)
            .into_iter()
            .chain(lookups.iter().map(|row| lookup_row(here, &words, row)))
            .collect(),
        links: papers
            .iter()
            .map(|paper| (format!("/v/{}", documents::grouped(&paper.check_code)), paper.number.clone()))
            .chain(declared.iter().map(|row| declaration_link(here, row)))
            .chain(super::choosing::way(here, &desk, &case))
            .collect(),
        timeline: timeline_rows(here, &timeline),
        messages: things
            .messages
            .iter()
            .filter(|message| message.channel != "page")
            .map(|message| (lang.moment(message.at, offset), lang.t_of("message-name-", &message.template)))
            .chain(crate::pages::case::notes(here, &things))
            .collect(),
        application,
        errors,
    };
    let status = if page.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show(status, false, &page))
}

/// The way to what a case declares, and where that stands.
fn declaration_link(here: &Here, row: &DeclarationRow) -> (String, String) {
    let lang = &here.lang;
    let state = lang.t_of("state-", &row.state);
    let path = format!("/{}/desk/register/declarations/{}", lang.code, row.id);
    (path, format!("{} \u{2068}{}\u{2069}: {state}", lang.t("case-declaration"), row.number))
}

fn open_questions(here: &Here, case: &CaseRow, words: &crate::words::ServiceWords) -> Vec<(String, String)> {
    if case.phase != "in-progress" {
        return Vec::new();
    }
    let list = case.open_questions.0.as_array().cloned().unwrap_or_default();
    list.iter()
        .map(|open| {
            let rule = open["rule"].as_str().unwrap_or("decision");
            (open_words(here, words, rule), open["basis"].as_str().unwrap_or_default().to_owned())
        })
        .collect()
}

/// What other offices were asked, and what they answered.
fn referral_rows(
    here: &Here,
    things: &cases::Belongings,
    offices: &[OfficeRow],
) -> Vec<(String, String, String)> {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let row = |row: &ReferralRow| {
        let office = offices.iter().find(|office| office.id == row.to_office);
        let office = office.map(|office| lang.name_in(&office.names.0)).unwrap_or_default();
        let day = lang.day_of(row.asked_at, offset);
        let asked = lang.with("desk-elsewhere-asked", &[("day", day.into()), ("office", office.into())]);
        let outcome = match row.outcome.as_deref() {
            Some("found") => lang.t("desk-elsewhere-found"),
            Some(_) => lang.t("desk-elsewhere-not-found"),
            None => lang.t("desk-elsewhere-waiting"),
        };
        (asked, outcome, row.answer.clone().unwrap_or_default())
    };
    things.referrals.iter().map(row).collect()
}

/// What another register was asked, what it said, and under which number it can be
/// found again; or why nobody said anything.
fn lookup_row(here: &Here, words: &crate::words::ServiceWords, row: &LookupRow) -> (String, String, String) {
    let lang = &here.lang;
    let moment = lang.moment(row.asked_at, here.app.office.settings.utc_offset_minutes);
    let evidence = words.t(&format!("evidence-{}", row.evidence));
    let asked = lang.with("desk-lookup-asked", &[("moment", moment.into()), ("evidence", evidence.into())]);
    let outcome = match row.outcome.as_deref() {
        Some("held") => lang.t("desk-lookup-held"),
        Some("not-held") => lang.t("desk-lookup-not-held"),
        Some(_) => lang.t("desk-lookup-unavailable"),
        None => lang.t("desk-elsewhere-waiting"),
    };
    (asked, outcome, row.request_id.clone().or_else(|| row.why.clone()).unwrap_or_default())
}

/// The entry, with what differs from the application marked.
fn entry_rows(here: &Here, fields: &EntryValues, typed: Option<&str>) -> Vec<(String, String, bool)> {
    let lang = &here.lang;
    let texts = |key: &str| fields.get(key).and_then(EntryValue::text);
    let is_woman = texts("sex") == Some("female");
    let one = |key: &&str| {
        let value = texts(key)?;
        let shown = match *key {
            "sex" => lang.t_of("sex-", value),
            "marital-status" if is_woman => lang.t_of("marital-female-", value),
            "marital-status" => lang.t_of("marital-male-", value),
            "date" => lang.stored_date(value),
            key if key.ends_with("-on") => lang.stored_date(value),
            _ => value.to_owned(),
        };
        let differs = *key == "name" && typed.is_some_and(|typed| names::rank(typed, value).0 < 950);
        Some((lang.t_of("entry-field-", key), shown, differs))
    };
    let mut rows: Vec<_> = SHOWN_OF_ENTRIES.iter().filter_map(one).collect();
    if let Some(EntryValue::Lines(lines)) = fields.get("members") {
        rows.extend(lines.iter().map(|line| {
            let told = ["name", "born-on", "died-on"].iter().filter_map(|key| line.get(*key));
            let told = told.map(|text| lang.stored_date(text)).collect::<Vec<_>>().join(" · ");
            (line.get("relation").map(|word| lang.t_of("member-", word)).unwrap_or_default(), told, false)
        }));
    }
    rows
}

/// What an officer compares with an application, in order.
const SHOWN_OF_ENTRIES: [&str; 21] = [
    "name",
    "name-latin",
    "sex",
    "born-on",
    "birth-place",
    "died-on",
    "death-place",
    "father",
    "mother",
    "marital-status",
    "husband",
    "husband-born-on",
    "wife",
    "wife-born-on",
    "date",
    "court",
    "judgment",
    "number",
    "book",
    "page",
    "registered-on",
];

/// What an officer decides.
pub async fn decide(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let action = format!("decide/{what}");
        let decision = match what.as_str() {
            "approve" => Decision::Approve,
            "refuse" => Decision::Refuse { reason: sent.text("reason"), words: sent.text("words") },
            "ask" => Decision::Ask { question: "other".into(), words: sent.text("words") },
            "finding" => match sent.text("how").as_str() {
                "pass" => Decision::Pass { words: sent.text("words") },
                "fail" => Decision::Fail { words: sent.text("words") },
                _ => return mendable(&here, &id, Why::UnknownReason.into(), (action.as_str(), &sent)).await,
            },
            _ => return Err(Problem::not_found()),
        };
        let seen = sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?;
        let act = Decide { case, seen, decision };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/cases/{id}"))),
            Err(problem) => mendable(&here, &id, problem, (action.as_str(), &sent)).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A refusal that the officer can mend is shown on the case page itself: the
/// second of two officers sees there what the first one changed. What was typed
/// into the form of an action stands in it again.
pub(super) async fn mendable(
    here: &Here,
    id: &str,
    problem: Problem,
    (action, sent): (&str, &Sent),
) -> Answer {
    let field = match problem.code() {
        "case/unknown-reason" => "reason-0",
        "case/reason-missing" => "words",
        "document/entry-incomplete" => "main",
        "request/changed-meanwhile"
        | "case/not-assigned"
        | "case/wrong-phase"
        | "register/nothing-changes"
        | "case/answers-incomplete" => "main",
        _ => return Err(problem),
    };
    let text = here.lang.t_of("refusal-help-", problem.code());
    show_case(here, id, vec![(field.to_owned(), text)], Some((action, sent))).await
}

/// Finds the holder of an entry by hand.
pub async fn find(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::DecideCases)).await?;
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        // Nobody searches the register for a case that is not theirs.
        let at = here.app.office.desk(&here.visitor.who(), "look");
        let version = {
            let mut reading = here.app.office.db.reading().await?;
            cases::seen_by_officer(&mut reading.tx(), &at, case).await?.version
        };
        let act = FindPeople::new(sent.text("q"), format!("case {id}"));
        let found = here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        let lang = &here.lang;
        let people = people_table(&here, &desk.acting, &found).await?;
        let mut page = super::DeskList::new(&here, &desk, lang.t("desk-find-entry")).await?;
        page.notices.extend(super::finding::more(lang, people.1.len()));
        let options: Vec<Opt> = people
            .1
            .into_iter()
            .map(|(id, name)| Opt { value: id.to_string(), label: name, ..Opt::default() })
            .collect();
        page.tables = vec![(String::new(), people.0)];
        if !options.is_empty() {
            let fields = vec![Field::choice("holder", lang.t("desk-choose-entry"), options)];
            let mut form = FormBlock::new(
                lang.t("desk-link"),
                format!("/desk/cases/{id}/link"),
                fields,
                lang.t("desk-link"),
            );
            form.hidden = vec![("seen".into(), version.to_string())];
            page.forms = vec![form];
        }
        let again = vec![
            Field::line("q", lang.t("find-person")).hint(lang.t("find-person-hint")).filled(sent.text("q")),
        ];
        page.forms.push(FormBlock::new(
            lang.t("search-again"),
            format!("/desk/cases/{id}/find"),
            again,
            lang.t("search"),
        ));
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The same table with each name leading to its person, below an address.
#[must_use]
pub fn led(mut table: Table, people: &[(PersonId, String)], below: &str) -> Table {
    for (row, (id, _)) in table.rows.iter_mut().zip(people) {
        if let Some(name) = row.first_mut() {
            name.link = format!("{below}/{id}");
        }
    }
    table
}

/// People as a table, and their names for a choice.
///
/// # Errors
/// When the database fails.
pub async fn people_table(
    here: &Here,
    acting: &Acting,
    found: &[PersonId],
) -> Result<(Table, Vec<(PersonId, String)>), Problem> {
    let lang = &here.lang;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let (mut rows, mut names) = (Vec::new(), Vec::new());
    for person in found {
        let Some(summary) = civil::summary_for(&mut tx, acting, *person).await? else { continue };
        let born = summary.person.born_on.as_deref().map(|date| lang.stored_date(date)).unwrap_or_default();
        let name = summary.name("arab");
        let parents: Vec<String> = summary.parents.iter().map(|(_, _, name)| name.clone()).collect();
        let numbers = civil::numbers_of(&mut tx, *person).await?;
        let numbers = numbers.iter().map(|borne| {
            let kind = kind_in_words(lang, &borne.number.kind);
            let number = format!("{kind}: \u{2066}{}\u{2069}", borne.number.value);
            match borne.until() {
                None => number,
                Some(_) => lang.with("number-that-ended", &[("number", number.into())]),
            }
        });
        let numbers: Vec<String> = numbers.collect();
        rows.push(vec![
            Cell::text(&name),
            Cell::text(summary.name("latn")),
            Cell::text(&born),
            Cell::text(parents.join("، ")),
            Cell::text(numbers.join(" · ")),
            Cell::code(summary.entry.as_ref().map(|entry| entry.number.clone()).unwrap_or_default()),
        ]);
        names.push((*person, format!("\u{2068}{name}\u{2069} – \u{2068}{born}\u{2069}")));
    }
    let table = Table {
        caption: lang.t("people-found"),
        heads: [
            "entry-field-name",
            "entry-field-name-latin",
            "entry-field-born-on",
            "parents",
            "identity-number",
            "entry-field-number",
        ]
        .map(|key| lang.t(key))
        .to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("people-none"),
        ..Table::default()
    };
    Ok((table, names))
}

/// Ties a case to an entry found by hand.
pub async fn link(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let holder: PersonId = sent.id("holder").ok_or_else(|| Problem::from(Why::FieldMissing))?;
        let act = LinkEntry {
            case: id.parse().map_err(|_| Problem::not_found())?,
            seen: sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?,
            holder,
            entry: None,
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/cases/{id}"))),
            // Who is who is shown before one of several is chosen.
            Err(problem) if problem.code() == Why::SeveralEntries.code() => {
                Ok(here.go(&format!("/desk/cases/{id}/choose?holder={holder}")))
            }
            Err(problem) => mendable(&here, &id, problem, ("link", &sent)).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Gives a case to another officer, or back.
pub async fn reassign(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let act = Reassign {
            case: id.parse().map_err(|_| Problem::not_found())?,
            to: sent.id::<OfficerId>("to"),
            reason: sent.text("reason"),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go("/desk")),
            Err(problem) => mendable(&here, &id, problem, ("reassign", &sent)).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Revokes or replaces a document.
pub async fn end_document(
    here: Here,
    Path((_, id, document)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let document: DocumentId = document.parse().map_err(|_| Problem::not_found())?;
        let action = format!("documents/{document}/end");
        let replace = match sent.text("how").as_str() {
            "replace" => true,
            "revoke" => false,
            _ => return mendable(&here, &id, Why::UnknownReason.into(), (action.as_str(), &sent)).await,
        };
        let act = EndDocument { document, reason: sent.text("reason"), replace };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/cases/{id}"))),
            Err(problem) => mendable(&here, &id, problem, (action.as_str(), &sent)).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Writes to the applicant.
pub async fn write(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let case = id.parse().map_err(|_| Problem::not_found())?;
        let act = WriteToApplicant { case, words: sent.text("words") };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(()) => Ok(here.go(&format!("/desk/cases/{id}"))),
            Err(problem) => mendable(&here, &id, problem, ("write", &sent)).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A file of the case, for the officer.
pub async fn file(here: Here, Path((_, id, file)): Path<(String, String, String)>) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::SeeCases)).await?;
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let office = &here.app.office;
        office.perform_once(&here.visitor.who(), OpenCase { case }).await?;
        let things = belongings(&mut office.db.reading().await?.tx(), case).await?;
        let row =
            things.uploads.iter().find(|row| row.id.to_string() == file).ok_or_else(Problem::not_found)?;
        send_file(&here, row).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}
