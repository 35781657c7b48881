//! What may be the same: a declaration beside what it is like, two people side by
//! side, what the last sweep found, and merges on their way.

use super::register::{said, titled};
use super::{DeskList, at_desk};
use crate::civil_words;
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::civil::{Content, EventKind, FieldKind, PartyRole, State, Step, forms};
use diwan_domain::duplicates::{Described, How, Likeness, Reason, What};
use diwan_domain::ids::{DeclarationId, MergeId, PersonId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::acting::Acting;
use diwan_office::civil::{
    self, Alike, AmendDeclaration, DecideMerge, KeepApart, KeepPeopleApart, MoveDeclaration, OpenComparison,
    Other, ProposeMerge, ProposeParting, SeePerson, duplicates, sweeping,
};
use diwan_office::rows::{DeclarationRow, MergeRow};
use serde::Deserialize;

/// How many pairs of the last sweep are listed.
const LISTED: i64 = 100;

/// What speaks for two records being one, and what against, in words.
fn reasons_in_words(here: &Here, likeness: &Likeness) -> String {
    let lang = &here.lang;
    let word = |reason: &Reason| {
        let args = [
            ("what", Arg::Text(lang.t_of("alike-what-", reason.what.code()))),
            ("how", Arg::Text(lang.t_of("alike-how-", reason.how.code()))),
        ];
        lang.with("alike-reason", &args)
    };
    let told = likeness.reasons.iter().filter(|reason| reason.how != How::Missing);
    told.map(word).collect::<Vec<_>>().join("; ")
}

fn level(here: &Here, likeness: &Likeness) -> Cell {
    if likeness.is_likely() {
        Cell::tag(here.lang.t("alike-likely"), "wait")
    } else {
        Cell::text(here.lang.t("alike-possible"))
    }
}

/// The list of what may be the same as a declaration, for its page.
pub(super) async fn alike_table(
    here: &Here,
    acting: &Acting,
    row: &DeclarationRow,
    kind: EventKind,
    content: &Content,
) -> Result<Option<(String, Table)>, Problem> {
    let is_open = State::from_code(&row.state).is_some_and(State::is_open);
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let found = if is_open {
        duplicates::look(&mut tx, acting, row, kind, content).await?
    } else {
        duplicates::alike_of(row)
    };
    if found.is_empty() {
        return Ok(None);
    }
    let lang = &here.lang;
    let mut rows = Vec::new();
    for alike in &found {
        let name = match alike.other {
            Other::Declaration(id) => {
                let other = civil::declaration(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
                if !civil::sees_everyone_in(&mut tx, acting, &other).await? {
                    continue;
                }
                titled(here, &lang.t_of("state-", &other.state), &other.number)
            }
            // Closed since it was found: it is not there any more.
            Other::Person(person) if !civil::may_see(&mut tx, acting, person).await? => continue,
            Other::Person(person) => civil::named(&mut tx, person).await?,
        };
        let (of, id) = (alike.other.code(), alike.other.id());
        let mut cell = Cell::text(name);
        if is_open {
            cell = cell.to(format!("/desk/register/declarations/{}/compare/{of}/{id}", row.id));
        }
        let as_whom = alike.role.map(|role| lang.t_of("section-", role.code())).unwrap_or_default();
        let decided = match &alike.apart {
            Some(apart) => {
                Cell::text(lang.with("alike-kept-apart", &[("reason", Arg::Text(apart.reason.clone()))]))
            }
            None => level(here, &alike.likeness),
        };
        rows.push(vec![
            cell,
            Cell::text(as_whom),
            decided,
            Cell::text(reasons_in_words(here, &alike.likeness)),
        ]);
    }
    let caption = lang.t("alike-title");
    let heads = ["alike-what", "alike-as", "alike-how-likely", "alike-why"].map(|key| lang.t(key)).to_vec();
    let total = rows.len() as i64;
    Ok(Some((caption.clone(), Table { caption, heads, rows, total, ..Table::default() })))
}

/// The sides of a comparison in one table, with what differs marked.
fn table(here: &Here, caption: String, heads: [String; 2], lines: Vec<Vec<Cell>>) -> (String, Table) {
    let [one, other] = heads;
    let total = lines.len() as i64;
    let table = Table {
        caption: caption.clone(),
        heads: vec![here.lang.t("register-field"), one, other],
        rows: lines,
        total,
        ..Table::default()
    };
    (caption, table)
}

/// Two declarations of a kind, field by field.
fn contents_beside(
    here: &Here,
    kind: EventKind,
    heads: &[String; 2],
    own: &Content,
    other: &Content,
) -> Vec<(String, Table)> {
    let lang = &here.lang;
    let mut tables = Vec::new();
    for section in forms::form(kind) {
        let fields = section.fields.iter().filter(|field| field.kind != FieldKind::Person);
        let said = fields.filter(|field| own.get(field.key).or(other.get(field.key)).is_some());
        let words = |content: &Content, key: &str| {
            content.get(key).map(|value| civil_words::value(lang, kind, key, value)).unwrap_or_default()
        };
        let lines: Vec<Vec<Cell>> = said
            .map(|field| {
                let (one, two) = (words(own, field.key), words(other, field.key));
                let second = if one == two { Cell::text(two) } else { Cell::tag(two, "wait") };
                vec![Cell::text(civil_words::label(lang, field.key)), Cell::text(one), second]
            })
            .collect();
        if !lines.is_empty() {
            tables.push(table(here, lang.t_of("section-", section.key), heads.clone(), lines));
        }
    }
    tables
}

/// Two people, line by line, with how each line compares.
fn people_beside(
    here: &Here,
    heads: [String; 2],
    one: &Described,
    other: &Described,
    likeness: &Likeness,
) -> (String, Table) {
    let lang = &here.lang;
    let name = |names: &[[Option<String>; 4]], part: usize| {
        let mut said: Vec<&str> = names.iter().filter_map(|name| name[part].as_deref()).collect();
        said.dedup();
        said.join(" / ")
    };
    let whole = |names: &[[Option<String>; 4]]| {
        let each =
            names.iter().map(|name| name.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "));
        each.collect::<Vec<_>>().join(" / ")
    };
    let date = |date: Option<diwan_domain::dates::PartialDate>| {
        date.map(|date| date.to_string()).unwrap_or_default()
    };
    let sex = |sex: &Option<String>| sex.as_ref().map(|sex| lang.t_of("sex-", sex)).unwrap_or_default();
    let numbers = |person: &Described| {
        person.numbers.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")
    };
    let read = |person: &Described, what: What| match what {
        What::Given => Cell::text(name(&person.names, 0)),
        What::Father => Cell::text(name(&person.names, 1)),
        What::Grandfather => Cell::text(name(&person.names, 2)),
        What::Family => Cell::text(name(&person.names, 3)),
        What::Birth => Cell::code(date(person.born_on)),
        What::Sex => Cell::text(sex(&person.sex)),
        What::Mother => Cell::text(whole(&person.mother_names)),
        What::Number => Cell::code(numbers(person)),
        What::Death => Cell::code(date(person.died_on)),
        What::Order => Cell::code(person.order.clone().unwrap_or_default()),
        What::Place | What::Day | What::Tied => Cell::default(),
    };
    let how = |what: What| likeness.reasons.iter().find(|reason| reason.what == what);
    let lines = What::ALL.iter().filter_map(|what| {
        let reason = how(*what)?;
        let words = lang.t_of("alike-how-", reason.how.code());
        let verdict = match reason.how {
            How::Differs | How::Near => Cell::tag(words, "wait"),
            _ => Cell::text(words),
        };
        Some(vec![
            Cell::text(lang.t_of("alike-what-", what.code())),
            read(one, *what),
            read(other, *what),
            verdict,
        ])
    });
    let (caption, mut table) = table(here, lang.t("alike-side-by-side"), heads, lines.collect());
    table.heads.push(lang.t("alike-how"));
    (caption, table)
}

struct Compared {
    row: DeclarationRow,
    kind: EventKind,
    content: Content,
    alike: Alike,
}

async fn opened(here: &Here, id: &str, of: &str, other: &str) -> Result<Compared, Problem> {
    let declaration: DeclarationId = id.parse().map_err(|_| Problem::not_found())?;
    let other = Other::read(of, other).ok_or_else(Problem::not_found)?;
    let office = &here.app.office;
    let alike = office.perform_once(&here.visitor.who(), OpenComparison { declaration, other }).await?;
    let mut reading = office.db.reading().await?;
    let row = civil::declaration(&mut reading.tx(), declaration).await?.ok_or_else(Problem::not_found)?;
    let kind = EventKind::from_code(&row.kind).ok_or_else(Problem::not_found)?;
    let content = civil::content_of(&row)?;
    Ok(Compared { row, kind, content, alike })
}

/// A declaration beside what it may be the same as.
pub async fn compare(
    here: Here,
    Path((_, id, of, other)): Path<(String, String, String, String)>,
) -> Response {
    let result = show_compare(&here, &id, &of, &other, Vec::new()).await;
    answer(&here, result)
}

async fn show_compare(here: &Here, id: &str, of: &str, other: &str, notices: Vec<String>) -> Answer {
    let desk = at_desk(here, None).await?;
    let is_wrong = !notices.is_empty();
    let Compared { row, kind, content, alike } = opened(here, id, of, other).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("alike-compare")).await?;
    page.back = format!("/desk/register/declarations/{id}");
    page.notices = notices;
    page.notices.push(lang.t(if alike.likeness.is_likely() { "alike-likely" } else { "alike-possible" }));
    let own = titled(here, &lang.t("alike-this"), &row.number);
    {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        match alike.other {
            Other::Declaration(other) => {
                let other = civil::declaration(&mut tx, other).await?.ok_or_else(Problem::not_found)?;
                let heads = [own, titled(here, &lang.t_of("state-", &other.state), &other.number)];
                page.notices.push(reasons_in_words(here, &alike.likeness));
                page.tables = contents_beside(here, kind, &heads, &content, &civil::content_of(&other)?);
            }
            Other::Person(person) => {
                let other = duplicates::described(&mut tx, person).await?.ok_or_else(Problem::not_found)?;
                let role = alike.role.unwrap_or(PartyRole::Child);
                let one = Described::of(kind, &content, role, row.area_id).unwrap_or_default();
                let heads = [own, lang.t("alike-in-register")];
                page.tables = vec![people_beside(here, heads, &one, &other, &alike.likeness)];
            }
        }
    }
    page.forms = decisions(here, &desk.acting, &row, kind, &alike);
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(show(status, false, &page))
}

/// What this officer can decide of two things that are alike.
fn decisions(
    here: &Here,
    acting: &Acting,
    row: &DeclarationRow,
    kind: EventKind,
    alike: &Alike,
) -> Vec<FormBlock> {
    let lang = &here.lang;
    let action =
        format!("/desk/register/declarations/{}/compare/{}/{}", row.id, alike.other.code(), alike.other.id());
    let form = |act: &str, fields: Vec<Field>| {
        let name = lang.t_of("alike-act-", act);
        let mut form = FormBlock::new(name.clone(), action.clone(), fields, name);
        form.hidden = vec![("act".into(), act.into()), ("seen".into(), row.version.to_string())];
        form
    };
    let reason =
        |act: &str| vec![Field::area("reason", lang.t("alike-reason-for")).with_id(&format!("reason-{act}"))];
    let entered = civil::has_hand_in(row, acting.officer.id);
    let mut forms = Vec::new();
    if acting.may(Permission::RegisterEvents) && !entered && alike.apart.is_none() {
        forms.push(form("apart", reason("apart")));
    }
    let state = State::from_code(&row.state);
    let marks = state.is_some_and(|state| state.after(Step::MarkDuplicate).is_some());
    if matches!(alike.other, Other::Declaration(_)) && acting.may(Permission::RegisterEvents) && marks {
        let mut same = form("same-event", reason("same-event"));
        same.button_class = "btn alt";
        forms.push(same);
    }
    let is_born = kind.parties().iter().any(|party| Some(party.role) == alike.role && party.is_born);
    let amends = state.is_some_and(|state| state.after(Step::Amend).is_some());
    if matches!(alike.other, Other::Person(_)) && acting.may(Permission::DeclareEvents) && amends && !is_born
    {
        let mut same = form("same-person", Vec::new());
        same.button_class = "btn alt";
        forms.push(same);
    }
    forms
}

/// Keeps them apart, marks one event, or ties one person.
pub async fn decided(
    here: Here,
    Path((_, id, of, other)): Path<(String, String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let declaration: DeclarationId = id.parse().map_err(|_| Problem::not_found())?;
        let with = Other::read(&of, &other).ok_or_else(Problem::not_found)?;
        let seen = sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?;
        let (who, office, reason) = (here.visitor.who(), &here.app.office, sent.text("reason"));
        let done = match (sent.text("act").as_str(), with) {
            ("apart", _) => {
                let act = KeepApart { declaration, seen, other: with, reason };
                office.perform(&who, &sent.key, act).await.map(|_| ())
            }
            ("same-event", Other::Declaration(first)) => {
                let act = MoveDeclaration {
                    declaration,
                    seen,
                    step: Step::MarkDuplicate,
                    reason,
                    duplicate_of: Some(first),
                };
                office.perform(&who, &sent.key, act).await.map(|_| ())
            }
            ("same-person", Other::Person(person)) => {
                let Compared { mut content, alike, .. } = opened(&here, &id, &of, &other).await?;
                let role = alike.role.ok_or_else(Problem::not_found)?;
                content.set(&format!("{}.person", role.code()), person.to_string());
                let act = AmendDeclaration { declaration, seen, content };
                office.perform(&who, &sent.key, act).await.map(|_| ())
            }
            _ => return Err(Problem::from(Why::Malformed)),
        };
        match done.map_err(Problem::from) {
            Ok(()) => Ok(here.go(&format!("/desk/register/declarations/{id}"))),
            Err(problem) if problem.code() == Why::ReasonMissing.code() => {
                show_compare(&here, &id, &of, &other, said(&here, &problem)).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Two numbers of people whom an officer wants to see side by side.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Numbers {
    #[serde(default)]
    one: String,
    #[serde(default)]
    other: String,
}

/// What the last sweep found, and merges that wait.
pub async fn list(here: Here, Query(numbers): Query<Numbers>) -> Response {
    let result = show_list(&here, &numbers).await;
    answer(&here, result)
}

async fn show_list(here: &Here, numbers: &Numbers) -> Answer {
    let desk = at_desk(here, Some(Permission::CorrectEntries)).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("alike-title")).await?;
    page.back = "/desk/register".into();
    let mut fields = Vec::new();
    let mut people = Vec::new();
    for (name, number) in [("one", &numbers.one), ("other", &numbers.other)] {
        let mut field =
            Field::line(name, lang.t_of("alike-number-", name)).ltr("text", "", "w-full").filled(number);
        if !number.is_empty() {
            let mut reading = here.app.office.db.reading().await?;
            let mut tx = reading.tx();
            // Whoever is closed to this officer answers like a number that nobody has.
            match civil::bearers_for(&mut tx, &desk.acting, number).await?[..] {
                [person] => people.push(person),
                _ => field = field.wrong(lang.t("alike-number-unknown")),
            }
        }
        fields.push(field);
    }
    if let [one, other] = people[..] {
        return Ok(here.go(&format!("/desk/register/people/{one}/{other}")));
    }
    page.filters = fields;
    page.filter_path = "/desk/register/duplicates".into();
    if let Some(office) = desk.acting.officer.office_id {
        page.tables.push((lang.t("merge-waiting"), waiting(here, &desk.acting, office).await?));
    }
    page.tables.push((lang.t("alike-swept"), swept(here, &desk.acting).await?));
    page.notices.push(lang.t("alike-help"));
    Ok(show(StatusCode::OK, false, &page))
}

async fn waiting(
    here: &Here,
    acting: &Acting,
    office: diwan_domain::ids::OfficeId,
) -> Result<Table, Problem> {
    let lang = &here.lang;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let waiting = civil::merges_waiting(&mut tx, office).await?;
    let offset = here.app.office.settings.utc_offset_minutes;
    let mut rows = Vec::new();
    for row in &waiting {
        if !civil::may_see(&mut tx, acting, row.kept_id).await?
            || !civil::may_see(&mut tx, acting, row.gone_id).await?
        {
            continue;
        }
        rows.push(vec![
            Cell::text(lang.t_of("merge-state-", &row.state)).to(format!("/desk/register/merges/{}", row.id)),
            Cell::text(civil::named(&mut tx, row.kept_id).await?),
            Cell::text(civil::named(&mut tx, row.gone_id).await?),
            Cell::text(lang.moment(row.proposed_at, offset)),
        ]);
    }
    Ok(Table {
        caption: lang.t("merge-waiting"),
        heads: ["register-state", "merge-kept", "merge-gone", "register-waits-since"]
            .map(|key| lang.t(key))
            .to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("register-none"),
        ..Table::default()
    })
}

async fn swept(here: &Here, acting: &Acting) -> Result<Table, Problem> {
    let lang = &here.lang;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let report = sweeping::report(&mut tx, LISTED).await?;
    let (mut rows, mut hidden) = (Vec::new(), 0);
    for (pair, likeness) in &report.pairs {
        if !civil::may_see(&mut tx, acting, pair.one).await?
            || !civil::may_see(&mut tx, acting, pair.other).await?
        {
            hidden += 1;
            continue;
        }
        let mut names = Vec::new();
        for person in [pair.one, pair.other] {
            names.push(civil::named(&mut tx, person).await?);
        }
        rows.push(vec![
            Cell::text(names.join(" · ")).to(format!("/desk/register/people/{}/{}", pair.one, pair.other)),
            Cell::text(reasons_in_words(here, likeness)),
        ]);
    }
    Ok(Table {
        caption: lang.t("alike-swept"),
        heads: ["alike-what", "alike-why"].map(|key| lang.t(key)).to_vec(),
        rows,
        total: report.all - hidden,
        empty: lang.t("alike-none"),
        ..Table::default()
    })
}

/// Two people of the register side by side.
pub async fn people(here: Here, Path((_, one, other)): Path<(String, String, String)>) -> Response {
    let result = show_people(&here, &one, &other, Vec::new()).await;
    answer(&here, result)
}

/// Looks into two records, which the journal and their owners see, and compares
/// them.
async fn looked_at(
    here: &Here,
    one: PersonId,
    other: PersonId,
) -> Result<(Described, Described, Likeness), Problem> {
    let office = &here.app.office;
    for person in [one, other] {
        let purpose = here.lang.t("alike-title");
        office.perform_once(&here.visitor.who(), SeePerson { person, purpose }).await?;
    }
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let likeness = civil::compared(&mut tx, one, other).await?;
    let first = duplicates::described(&mut tx, one).await?.ok_or_else(Problem::not_found)?;
    let second = duplicates::described(&mut tx, other).await?.ok_or_else(Problem::not_found)?;
    Ok((first, second, likeness))
}

async fn show_people(here: &Here, one: &str, other: &str, notices: Vec<String>) -> Answer {
    let desk = at_desk(here, Some(Permission::CorrectEntries)).await?;
    let person = |id: &str| id.parse::<PersonId>().map_err(|_| Problem::not_found());
    let (first, second) = (person(one)?, person(other)?);
    let is_wrong = !notices.is_empty();
    let (left, right, likeness) = looked_at(here, first, second).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("alike-compare")).await?;
    page.back = "/desk/register/duplicates".into();
    page.notices = notices;
    let heads = ["alike-first", "alike-second"].map(|key| lang.t(key));
    page.tables = vec![people_beside(here, heads, &left, &right, &likeness)];
    let action = format!("/desk/register/people/{first}/{second}");
    let kept = [("one", "alike-first"), ("other", "alike-second")].map(|(value, label)| Opt {
        value: value.to_owned(),
        label: lang.t(label),
        ..Opt::default()
    });
    let reason =
        |act: &str| Field::area("reason", lang.t("alike-reason-for")).with_id(&format!("reason-{act}"));
    let form = |act: &str, fields: Vec<Field>| {
        let name = lang.t_of("alike-act-", act);
        let mut form = FormBlock::new(name.clone(), action.clone(), fields, name);
        form.hidden = vec![("act".into(), act.into())];
        form
    };
    let mut merge = form(
        "merge",
        vec![Field::choice("kept", lang.t("merge-kept"), kept.to_vec()).filled("one"), reason("merge")],
    );
    merge.button_class = "btn alt";
    page.forms = vec![form("apart", vec![reason("apart")]), merge];
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(show(status, false, &page))
}

/// Keeps two people apart, or proposes that they are one.
pub async fn people_decided(
    here: Here,
    Path((_, one, other)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let person = |id: &str| id.parse::<PersonId>().map_err(|_| Problem::not_found());
        let (first, second) = (person(&one)?, person(&other)?);
        let (who, office, reason) = (here.visitor.who(), &here.app.office, sent.text("reason"));
        let done = match sent.text("act").as_str() {
            "apart" => {
                let act = KeepPeopleApart { one: first, other: second, reason };
                office.perform(&who, &sent.key, act).await
            }
            "merge" => {
                let (kept, gone) =
                    if sent.text("kept") == "other" { (second, first) } else { (first, second) };
                office.perform(&who, &sent.key, ProposeMerge { kept, gone, reason }).await.map(|_| ())
            }
            _ => return Err(Problem::from(Why::Malformed)),
        };
        match done.map_err(Problem::from) {
            Ok(()) => Ok(here.go("/desk/register/duplicates")),
            Err(problem) => {
                let again =
                    [Why::ReasonMissing, Why::NothingChanges, Why::NotOnePerson, Why::TwoEntriesStand];
                if !problem.refusal.as_ref().is_some_and(|refusal| again.contains(&refusal.why)) {
                    return Err(problem);
                }
                show_people(&here, &one, &other, said(&here, &problem)).await
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A merge: what it rests on, and what can be decided.
pub async fn merge(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_merge(&here, &id, Vec::new()).await;
    answer(&here, result)
}

async fn own_merge(here: &Here, id: &str) -> Result<(MergeRow, super::AtDesk), Problem> {
    let desk = at_desk(here, Some(Permission::CorrectEntries)).await?;
    let merge: MergeId = id.parse().map_err(|_| Problem::not_found())?;
    let row = civil::merge(&mut here.app.office.db.reading().await?.tx(), merge).await?;
    let row = row.filter(|row| Some(row.office_id) == desk.acting.officer.office_id);
    Ok((row.ok_or_else(Problem::not_found)?, desk))
}

async fn show_merge(here: &Here, id: &str, notices: Vec<String>) -> Answer {
    let (row, desk) = own_merge(here, id).await?;
    let is_wrong = !notices.is_empty();
    let (kept, gone, likeness) = looked_at(here, row.kept_id, row.gone_id).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t_of("merge-state-", &row.state)).await?;
    page.back = "/desk/register/duplicates".into();
    page.notices = notices;
    page.notices.push(row.reason.clone());
    page.notices.extend(row.decided_why.clone());
    page.notices.extend(row.parting_why.clone());
    // Once merged, what both say is one; what was compared stays with the proposal.
    let likeness = if row.state == "proposed" {
        likeness
    } else {
        serde_json::from_value(row.likeness.0.clone()).unwrap_or(likeness)
    };
    let heads = ["merge-kept", "merge-gone"].map(|key| lang.t(key));
    page.tables = vec![people_beside(here, heads, &kept, &gone, &likeness)];
    page.forms = merge_forms(here, &desk.acting, &row);
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(show(status, false, &page))
}

fn merge_forms(here: &Here, acting: &Acting, row: &MergeRow) -> Vec<FormBlock> {
    let lang = &here.lang;
    let form = |act: &str, asks: bool| {
        let name = lang.t_of("merge-act-", act);
        let id = format!("why-{act}");
        let fields =
            if asks { vec![Field::area("why", lang.t("alike-reason-for")).with_id(&id)] } else { Vec::new() };
        let mut form =
            FormBlock::new(name.clone(), format!("/desk/register/merges/{}", row.id), fields, name);
        form.hidden = vec![("act".into(), act.into()), ("seen".into(), row.version.to_string())];
        form.button_class = if asks { "btn alt" } else { "btn" };
        form
    };
    let is_other = |proposer: Option<diwan_domain::ids::OfficerId>| proposer != Some(acting.officer.id);
    let approves = acting.may(Permission::ApproveCorrections);
    match row.state.as_str() {
        "proposed" if approves && is_other(Some(row.proposed_by)) => {
            vec![form("approve", false), form("refuse", true)]
        }
        "parting" if approves && is_other(row.parting_by) => vec![form("part", false), form("refuse", true)],
        "merged" => vec![form("propose-parting", true)],
        _ => Vec::new(),
    }
}

/// Decides a merge, or proposes the way back.
pub async fn merge_decided(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let merge: MergeId = id.parse().map_err(|_| Problem::not_found())?;
        let seen = sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?;
        let (who, office) = (here.visitor.who(), &here.app.office);
        let done = match sent.text("act").as_str() {
            "propose-parting" => {
                let act = ProposeParting { merge, seen, reason: sent.text("why") };
                office.perform(&who, &sent.key, act).await.map(|_| ())
            }
            act @ ("approve" | "part" | "refuse") => {
                let act = DecideMerge { merge, seen, approve: act != "refuse", why: sent.some("why") };
                office.perform(&who, &sent.key, act).await.map(|_| ())
            }
            _ => return Err(Problem::from(Why::Malformed)),
        };
        match done.map_err(Problem::from) {
            Ok(()) => Ok(here.go(&format!("/desk/register/merges/{id}"))),
            Err(problem) => {
                let again = [Why::ReasonMissing, Why::NotOnePerson, Why::TwoEntriesStand];
                if !problem.refusal.as_ref().is_some_and(|refusal| again.contains(&refusal.why)) {
                    return Err(problem);
                }
                show_merge(&here, &id, said(&here, &problem)).await
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
