//! The rules of the register: what the law asks of each event, where and since when,
//! what is to come, and how a changed file takes their place.

use super::{DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::civil::changes::{Change, Standing, said};
use diwan_domain::civil::checks;
use diwan_domain::civil::rules::{Rule, RulesFault};
use diwan_domain::civil::{EventKind, Rules};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::civil::ChangeRules;
use diwan_office::civil::rules;
use serde::Deserialize;

/// For which event the rule is asked.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    done: String,
}

/// What an administrator is about to publish.
#[derive(Default)]
struct Draft {
    text: String,
    /// What is wrong with it.
    error: String,
    /// Compared, when it can be published.
    compared: Option<rules::Compared>,
}

/// The rules, those of one event first when one is asked for.
pub async fn page(here: Here, Query(asked): Query<Asked>) -> Response {
    let result = show_page(&here, &asked, None).await;
    answer(&here, result)
}

async fn show_page(here: &Here, asked: &Asked, draft: Option<Draft>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageOfficers)).await?;
    let lang = &here.lang;
    let today = here.app.office.today();
    let (standing, text) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        (rules::standing(&mut tx).await?, rules::text(&mut tx).await?)
    };
    let mut page = DeskList::new(here, &desk, lang.t("menu-rules")).await?;
    if asked.done == "published" {
        page.notices.push(lang.t("rules-published"));
    }
    let is_draft = draft.is_some();
    let draft = draft.unwrap_or_else(|| Draft { text, ..Draft::default() });
    if let Some(compared) = &draft.compared {
        page.tables.push((lang.t("rules-changes"), changes(here, compared)));
        page.forms.push(publish(lang, &draft, compared));
    }
    if !is_draft {
        ask_for_one(here, asked, &standing.rules, &mut page);
        for how in Standing::ALL {
            let stands = |rule: &&Rule| Standing::of(rule, today) == how;
            let found: Vec<&Rule> = standing.rules.rules.iter().filter(stands).collect();
            let heading = lang.t_of("rules-", how.code());
            page.tables.push((heading.clone(), listed(here, heading, &found)));
        }
        page.notices.push(lang.with("rules-named", &[("hash", Arg::Text(standing.hash[..12].to_owned()))]));
    }
    let area = Field::area("text", lang.t("rules-file"))
        .hint(lang.t("rules-file-help"))
        .filled(&draft.text)
        .wrong(&draft.error);
    let mut form =
        FormBlock::new(lang.t("rules-change"), "/desk/rules".into(), vec![area], lang.t("rules-check"));
    form.intro = vec![lang.t("rules-change-lead")];
    form.hidden = vec![("what".to_owned(), "check".to_owned())];
    form.button_class = if draft.compared.is_some() { "btn alt" } else { "btn" };
    page.forms.push(form);
    let status = if draft.error.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show(status, false, &page))
}

/// The fields by which one event's rule is asked for, and its answer.
fn ask_for_one(here: &Here, asked: &Asked, all: &Rules, page: &mut DeskList) {
    let lang = &here.lang;
    let kinds = EventKind::ALL.iter().map(|kind| Opt {
        value: kind.code().to_owned(),
        label: lang.t_of("event-", kind.code()),
        ..Opt::default()
    });
    let typed = diwan_domain::digits::to_ascii(asked.on.trim());
    let on = checks::date(&typed).ok();
    let is_wrong = !typed.is_empty() && on.is_none();
    let mut day = Field::line("on", lang.t("field-happened-on"))
        .hint(lang.t("number-on-help"))
        .ltr("text", "off", "w-short")
        .filled(&asked.on)
        .optional();
    if is_wrong {
        day = day.wrong(lang.t("fault-date-not-real"));
    }
    page.filters = vec![
        Field::select("kind", lang.t("register-kind"), kinds.collect()).filled(&asked.kind),
        day,
        Field::line("area", lang.t("rules-area"))
            .hint(lang.t("rules-area-help"))
            .ltr("text", "off", "w-short")
            .filled(&asked.area)
            .optional(),
    ];
    page.filter_path = "/desk/rules".into();
    let Some(kind) = EventKind::from_code(&asked.kind).filter(|_| !is_wrong) else { return };
    let area = asked.area.trim().to_uppercase();
    let today = here.app.office.today();
    let on = on.or_else(|| today.to_string().parse().ok());
    let rule = all.of(kind, on, Some(area.as_str()).filter(|area| !area.is_empty()));
    let heading = lang.t_of("event-", kind.code());
    let rows = rule.map(|rule| rows_of(lang, rule)).unwrap_or_default();
    let table = Table {
        caption: heading.clone(),
        heads: vec![lang.t("register-field"), lang.t("register-says")],
        total: rows.len() as i64,
        rows,
        empty: lang.t("rules-none"),
        ..Table::default()
    };
    page.tables.push((heading, table));
}

/// What a rule says, field by field.
fn rows_of(lang: &Language, rule: &Rule) -> Vec<Vec<Cell>> {
    said(rule).into_iter().map(|(field, text)| vec![field_name(lang, &field), Cell::text(text)]).collect()
}

fn field_name(lang: &Language, field: &str) -> Cell {
    Cell::text(lang.t_of("rules-field-", field))
}

fn listed(here: &Here, caption: String, found: &[&Rule]) -> Table {
    let lang = &here.lang;
    let rows = found.iter().map(|rule| {
        let kinds: Vec<String> = rule.events.iter().map(|kind| lang.t_of("event-", kind.code())).collect();
        vec![
            Cell::code(&rule.key),
            Cell::text(kinds.join("، ")),
            Cell::text(lang.date(rule.since)),
            Cell::text(rule.until.map(|until| lang.date(until)).unwrap_or_default()),
            Cell::code(rule.areas.join(" ")),
            Cell::text(&rule.basis),
        ]
    });
    let heads = [
        "rules-field-key",
        "rules-field-events",
        "rules-field-since",
        "rules-field-until",
        "rules-field-areas",
        "rules-field-basis",
    ];
    Table {
        caption,
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: found.len() as i64,
        empty: lang.t("rules-none"),
        ..Table::default()
    }
}

fn changes(here: &Here, compared: &rules::Compared) -> Table {
    let lang = &here.lang;
    let mut rows = Vec::new();
    for (key, change) in &compared.changes {
        let what = lang.t_of("rules-", change.code());
        let line = |field: Cell, before: &str, after: &str| {
            vec![Cell::code(key), Cell::text(&what), field, Cell::text(before), Cell::text(after)]
        };
        match change {
            Change::Changed(fields) => rows.extend(
                fields.iter().map(|(field, before, after)| line(field_name(lang, field), before, after)),
            ),
            Change::Added => {
                let rule = compared.rules.rules.iter().find(|rule| rule.key == *key);
                let told = rule.map(said).unwrap_or_default();
                rows.extend(told.iter().map(|(field, text)| line(field_name(lang, field), "", text)));
            }
            Change::Removed => rows.push(line(Cell::text(""), "", "")),
        }
    }
    let heads = ["rules-field-key", "rules-what", "register-field", "rules-before", "rules-after"];
    Table {
        caption: lang.t("rules-changes"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("rules-no-changes"),
        ..Table::default()
    }
}

fn publish(lang: &Language, draft: &Draft, compared: &rules::Compared) -> FormBlock {
    let words = lang.t("rules-publish");
    let mut form = FormBlock::new(words.clone(), "/desk/rules".into(), Vec::new(), words);
    form.intro = vec![lang.t("rules-publish-lead")];
    form.hidden = vec![
        ("what".to_owned(), "publish".to_owned()),
        ("seen".to_owned(), compared.standing.clone()),
        ("text".to_owned(), draft.text.clone()),
    ];
    form
}

/// What is wrong with a file, where, and how it is mended.
fn fault(lang: &Language, fault: &RulesFault, text: &str) -> String {
    let said = Arg::Text(fault.to_string());
    match fault.line(text) {
        Some(line) => {
            let line = Arg::Number(i64::try_from(line).unwrap_or_default());
            lang.with("rules-wrong-at", &[("line", line), ("what", said)])
        }
        None => lang.with("rules-wrong", &[("what", said)]),
    }
}

/// Checks a file and shows what it would change, or publishes it.
pub async fn sent(here: Here, sent: Sent) -> Response {
    let result = do_it(&here, &sent).await;
    answer(&here, result)
}

async fn do_it(here: &Here, sent: &Sent) -> Answer {
    at_desk(here, Some(Permission::ManageOfficers)).await?;
    let lang = &here.lang;
    // A browser sends lines as mail does; the file names itself by its own.
    let mut text = sent.text("text").replace("\r\n", "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let office = &here.app.office;
    let compared = rules::compare(&mut office.db.reading().await?.tx(), &text).await?;
    let mut draft = Draft { text, ..Draft::default() };
    match compared {
        Err(wrong) => draft.error = fault(lang, &wrong, &draft.text),
        Ok(compared) if sent.text("what") == "publish" => {
            let act = ChangeRules { text: draft.text.clone(), seen: sent.text("seen") };
            let stop = match office.perform(&here.visitor.who(), &sent.key, act).await {
                Ok(_) => return Ok(here.go("/desk/rules?done=published")),
                Err(stop) => stop,
            };
            draft.error = match stop.refusal().map(|refusal| refusal.why) {
                Some(Why::NothingChanges) => lang.t("rules-no-changes"),
                Some(Why::NameTaken) => lang.t("rules-stood-before"),
                Some(Why::ChangedMeanwhile) => lang.t("rules-changed-meanwhile"),
                _ => return Err(Problem::from(stop)),
            };
            draft.compared = Some(compared);
        }
        Ok(compared) => draft.compared = Some(compared),
    }
    show_page(here, &Asked::default(), Some(draft)).await
}
