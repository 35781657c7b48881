//! Protected records: who is protected, on what authority, and who was let in by name.

use super::people::{ask_why, wants_reason};
use super::{AtDesk, DeskList, at_desk};
use crate::fields::Field;
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::{OfficerId, PersonId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::administration::all_officers;
use diwan_office::civil::{
    self, EndGrant, FindPeople, GrantAccess, ListProtected, ProtectPerson, SeePerson, Summary,
};
use serde::Deserialize;

/// Whom a keeper looks for, and why.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    purpose: String,
}

/// The people whose records are closed, or those whom a keeper looks for. Without a
/// reason nothing is shown but the question for it.
pub async fn list(here: Here, Query(asked): Query<Asked>) -> Response {
    let result = show_list(&here, &asked).await;
    answer(&here, result)
}

async fn show_list(here: &Here, asked: &Asked) -> Answer {
    let desk = at_desk(here, Some(Permission::ProtectRecords)).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("menu-protected")).await?;
    page.notices.push(lang.t("protected-lead"));
    page.filter_path = "/desk/register/protected".into();
    let purpose = asked.purpose.trim();
    let asks_nothing = asked.q.trim().is_empty();
    let lacks = purpose.is_empty() && !asks_nothing;
    let why = Field::line("purpose", lang.t("register-purpose"))
        .hint(lang.t("protected-purpose-help"))
        .filled(&asked.purpose)
        .wrong(if lacks { lang.t("refusal-help-case-reason-missing") } else { String::new() });
    let whom = Field::line("q", lang.t("protected-whom")).hint(lang.t("protected-whom-help"));
    page.filters = vec![whom.filled(&asked.q).optional(), why];
    if purpose.is_empty() {
        return Ok(show(StatusCode::OK, false, &page));
    }
    let (office, who) = (&here.app.office, here.visitor.who());
    let (key, found) = match asks_nothing {
        true => {
            ("protected-all", office.perform_once(&who, ListProtected { purpose: purpose.into() }).await?)
        }
        false => ("people-found", office.perform_once(&who, FindPeople::new(asked.q.trim(), purpose)).await?),
    };
    page.tables.push((lang.t(key), table(here, &desk, key, &found, purpose).await?));
    Ok(show(StatusCode::OK, false, &page))
}

/// An address with the reason for which it is opened.
pub(super) fn with_purpose(path: &str, purpose: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    format!("{path}?{}", query.append_pair("purpose", purpose).finish())
}

async fn table(
    here: &Here,
    desk: &AtDesk,
    caption: &str,
    people: &[PersonId],
    purpose: &str,
) -> Result<Table, Problem> {
    let lang = &here.lang;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut rows = Vec::new();
    for person in people {
        let Some(known) = civil::summary_for(&mut tx, &desk.acting, *person).await? else { continue };
        let to = with_purpose(&format!("/desk/register/people/{person}/protection"), purpose);
        let born = known.person.born_on.as_deref().map(|date| lang.stored_date(date)).unwrap_or_default();
        let state = if known.person.protected { "protected-closed" } else { "protected-open" };
        rows.push(vec![
            Cell::text(known.name("arab")).to(to),
            Cell::text(born),
            Cell::text(lang.t(state)),
            Cell::text(lang.number(civil::guards_of(&mut tx, *person).await?.len() as i64)),
        ]);
    }
    Ok(Table {
        caption: lang.t(caption),
        heads: ["entry-field-name", "entry-field-born-on", "register-state", "protected-let-in"]
            .map(|key| lang.t(key))
            .to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("register-none"),
        ..Table::default()
    })
}

/// Why a record is opened.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Looked {
    #[serde(default)]
    purpose: String,
}

/// Whether one person is protected, and who was let in.
pub async fn one(
    here: Here,
    Path((_, id)): Path<(String, String)>,
    Query(looked): Query<Looked>,
) -> Response {
    let result = show_one(&here, &id, &looked.purpose, None).await;
    answer(&here, result)
}

/// What was typed into which form, and what is wrong with it.
struct Typed<'a> {
    sent: &'a Sent,
    what: String,
    field: &'static str,
    error: String,
}

impl Typed<'_> {
    fn of(&self, what: &str, field: &str) -> (String, String) {
        if self.what != what {
            return <(String, String)>::default();
        }
        let error = if self.field == field { self.error.clone() } else { String::new() };
        (self.sent.text(field), error)
    }
}

fn kept(typed: Option<&Typed<'_>>, what: &str, field: &str) -> (String, String) {
    typed.map(|typed| typed.of(what, field)).unwrap_or_default()
}

async fn show_one(here: &Here, id: &str, purpose: &str, typed: Option<Typed<'_>>) -> Answer {
    let desk = at_desk(here, Some(Permission::ProtectRecords)).await?;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let path = format!("/desk/register/people/{person}/protection");
    let act = SeePerson { person, purpose: purpose.to_owned() };
    if let Err(stop) = here.app.office.perform_once(&here.visitor.who(), act).await {
        return if wants_reason(&stop) { ask_why(here, &desk, &path).await } else { Err(stop.into()) };
    }
    let lang = &here.lang;
    let (known, grants, officers) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let known =
            civil::summary_for(&mut tx, &desk.acting, person).await?.ok_or_else(Problem::not_found)?;
        let grants = civil::guards_of(&mut tx, person).await?;
        (known, grants, all_officers(&mut tx).await?)
    };
    let named = |id: OfficerId| {
        let officer = officers.iter().find(|one| one.officer.id == id);
        officer.map(|one| format!("{} ({})", one.officer.name, one.officer.login)).unwrap_or_default()
    };
    let mut page = DeskList::new(here, &desk, known.name("arab")).await?;
    page.back = "/desk/register/protected".into();
    page.notices.push(lang.t(if known.person.protected {
        "protected-is-closed"
    } else {
        "protected-is-open"
    }));
    let offset = here.app.office.settings.utc_offset_minutes;
    let rows = grants.iter().map(|grant| {
        vec![
            Cell::text(named(grant.officer_id)),
            Cell::text(&grant.reason),
            Cell::text(named(grant.granted_by)),
            Cell::text(lang.moment(grant.recorded_at, offset)),
        ]
    });
    let heads = ["protected-officer", "protected-authority", "protected-by", "register-waits-since"];
    let table = Table {
        caption: lang.t("protected-let-in"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: grants.len() as i64,
        empty: lang.t("protected-nobody-let-in"),
        ..Table::default()
    };
    page.tables.push((lang.t("protected-let-in"), table));
    page.forms = forms(here, &path, purpose, &known, typed.as_ref());
    page.forms.extend(grants.iter().map(|grant| {
        let name = [("name", named(grant.officer_id).into())];
        let mut form = FormBlock::new(
            lang.with("protected-end-of", &name),
            path.clone(),
            vec![],
            lang.t("protected-end"),
        );
        form.hidden = hidden("end", purpose);
        form.hidden.push(("grant".to_owned(), grant.id.to_string()));
        form.button_class = "btn alt";
        form
    }));
    page.links.push((
        format!("/{}{}", lang.code, with_purpose(&format!("/desk/register/people/{person}"), purpose)),
        lang.t("person-title"),
    ));
    Ok(show(page.status(), false, &page))
}

fn hidden(what: &str, purpose: &str) -> Vec<(String, String)> {
    vec![("what".to_owned(), what.to_owned()), ("purpose".to_owned(), purpose.to_owned())]
}

fn forms(
    here: &Here,
    path: &str,
    purpose: &str,
    known: &Summary,
    typed: Option<&Typed<'_>>,
) -> Vec<FormBlock> {
    let lang = &here.lang;
    let reason = |what: &str| {
        let (text, error) = kept(typed, what, "reason");
        Field::area("reason", lang.t("protected-authority"))
            .hint(lang.t("protected-authority-help"))
            .filled(text)
            .wrong(error)
    };
    let what = if known.person.protected { "open" } else { "close" };
    let words = if known.person.protected { "protected-do-open" } else { "protected-do-close" };
    let mut close = FormBlock::new(lang.t(words), path.to_owned(), vec![reason(what)], lang.t(words));
    close.hidden = hidden(what, purpose);
    let mut all = vec![close];
    if known.person.protected {
        let (login, error) = kept(typed, "let-in", "login");
        let fields = vec![
            Field::line("login", lang.t("protected-login"))
                .ltr("text", "off", "w-short")
                .filled(login)
                .wrong(error),
            reason("let-in"),
        ];
        let words = lang.t("protected-do-let-in");
        let mut form = FormBlock::new(words.clone(), path.to_owned(), fields, words);
        form.hidden = hidden("let-in", purpose);
        all.insert(0, form);
    }
    all
}

/// Closes or opens a record, lets an officer in, or ends that.
pub async fn act(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = do_it(&here, &id, &sent).await;
    answer(&here, result)
}

async fn do_it(here: &Here, id: &str, sent: &Sent) -> Answer {
    at_desk(here, Some(Permission::ProtectRecords)).await?;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let (office, who) = (&here.app.office, here.visitor.who());
    let (what, reason, purpose) = (sent.text("what"), sent.text("reason"), sent.text("purpose"));
    let login = sent.text("login").to_lowercase();
    let done = match what.as_str() {
        "close" | "open" => {
            let act = ProtectPerson { person, protected: what == "close", reason: reason.clone() };
            office.perform(&who, &sent.key, act).await
        }
        "let-in" => {
            let officers = all_officers(&mut office.db.reading().await?.tx()).await?;
            let officer = officers.iter().find(|one| one.officer.login == login);
            match officer.map(|one| one.officer.id) {
                Some(officer) => {
                    let act = GrantAccess { person, officer, reason: reason.clone() };
                    office.perform(&who, &sent.key, act).await.map(|_| ())
                }
                None => Err(Refusal::from(Why::FieldMissing).about("field", "login").into()),
            }
        }
        "end" => {
            let grant: RowId = sent.id("grant").ok_or_else(Problem::not_found)?;
            office.perform(&who, &sent.key, EndGrant { person, grant }).await
        }
        _ => return Err(Problem::not_found()),
    };
    let stop = match done {
        // Whoever just closed a record did so for the reason that opens it again.
        Ok(()) => {
            let purpose = if purpose.is_empty() { reason } else { purpose };
            return Ok(here.go(&with_purpose(&format!("/desk/register/people/{id}/protection"), &purpose)));
        }
        Err(stop) => stop,
    };
    let (field, key) = match stop.refusal().map(|refusal| refusal.why) {
        Some(Why::ReasonMissing) => ("reason", "refusal-help-case-reason-missing"),
        Some(Why::FieldMissing) => ("login", "protected-login-unknown"),
        Some(Why::NeedsSecondPerson) => ("login", "protected-not-oneself"),
        Some(Why::NothingChanges) => ("login", "protected-let-in-already"),
        _ => return Err(stop.into()),
    };
    let typed = Typed { sent, what, field, error: here.lang.t(key) };
    let purpose = if purpose.is_empty() { here.lang.t("menu-protected") } else { purpose };
    show_one(here, id, &purpose, Some(typed)).await
}
