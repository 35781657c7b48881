//! The floor of a centre for its manager: calls for help, what everybody who waits is
//! told, who sits where, and the rest of the day.

use super::hall::own_centre;
use super::{Action, AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::pages::visits::{Centre, named, notice_said};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::{CounterId, OfficerId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::queue::{HelpOutcome, HelpSource, Notice};
use diwan_domain::refusals::Why;
use diwan_office::acting::Acting;
use diwan_office::queue::{
    self, AnswerHelp, AssignCounter, AtCounter, HelpNow, HelpStep, HourAhead, Outlook, TellWaiting,
    UntellWaiting,
};
use diwan_office::{Fault, Stop};

/// From where help is asked for, in words.
fn place(lang: &Language, help: &HelpNow) -> String {
    let source = HelpSource::from_code(&help.call.source_kind).unwrap_or(HelpSource::Officer);
    let label = [("label", Arg::Text(help.call.label.clone()))];
    let place = lang.with_of("help-where-", source.code(), &label);
    match &help.by {
        Some(name) => format!("{place} ({name})"),
        None => place,
    }
}

fn alarm_of(here: &Here, help: &HelpNow, offset: i32) -> String {
    let lang = &here.lang;
    let about = [
        ("kind", Arg::Text(lang.t_of("help-kind-", &help.call.kind))),
        ("where", Arg::Text(place(lang, help))),
        ("at", Arg::Text(lang.moment(help.call.raised_at, offset))),
    ];
    match &help.taken_by {
        None => lang.with("help-alarm", &about),
        Some(name) => {
            let [kind, place, at] = about;
            lang.with("help-alarm-coming", &[kind, place, at, ("name", Arg::Text(name.clone()))])
        }
    }
}

/// What stands above every page of the desk of a centre's manager; empty when nobody asks
/// for help.
pub(super) async fn alarm(here: &Here, acting: &Acting) -> Result<String, Fault> {
    if !acting.may(Permission::ManageQueue) {
        return Ok(String::new());
    }
    let open = {
        let mut reading = here.app.office.db.reading().await?;
        queue::help_for(&mut reading.tx(), acting).await?
    };
    let offset = here.app.office.settings.utc_offset_minutes;
    Ok(open.iter().map(|help| alarm_of(here, help, offset)).collect::<Vec<_>>().join(" · "))
}

/// Puts the open calls for help on the manager's page: a button to come, and what became
/// of it.
pub(super) async fn calls_for_help(
    here: &Here,
    desk: &AtDesk,
    page: &mut DeskList,
    refused: Option<RowId>,
) -> Result<(), Problem> {
    let lang = &here.lang;
    let open = {
        let mut reading = here.app.office.db.reading().await?;
        queue::help_for(&mut reading.tx(), &desk.acting).await?
    };
    let offset = here.app.office.settings.utc_offset_minutes;
    for (n, help) in open.iter().enumerate() {
        let id = help.call.id;
        if help.taken_by.is_none() {
            let place = [("where", Arg::Text(place(lang, help)))];
            let path = format!("/desk/hall/help/{id}/take");
            page.actions.push(Action { path, text: lang.with("help-take", &place) });
        }
        let outcome = |outcome: &HelpOutcome| Opt {
            value: outcome.code().to_owned(),
            label: lang.t_of("help-outcome-", outcome.code()),
            ..Opt::default()
        };
        let outcomes = HelpOutcome::ALL.iter().map(outcome).collect();
        let mut field =
            Field::choice("outcome", lang.t("help-outcome"), outcomes).with_id(&format!("outcome-{n}"));
        if refused == Some(id) {
            field = field.wrong(lang.t("help-outcome-missing"));
        }
        let action = format!("/desk/hall/help/{id}/end");
        page.forms.push(FormBlock::new(
            alarm_of(here, help, offset),
            action,
            vec![field],
            lang.t("help-end"),
        ));
    }
    Ok(())
}

/// A manager says that they are coming.
pub async fn take_help(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let call: RowId = id.parse().map_err(|_| Problem::not_found())?;
        let act = AnswerHelp { call, step: HelpStep::Take };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        Ok(here.go("/desk/hall"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A manager says what became of it.
pub async fn end_help(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let call: RowId = id.parse().map_err(|_| Problem::not_found())?;
        let Some(outcome) = HelpOutcome::from_code(&sent.text("outcome")) else {
            return super::hall::show_hall(&here, None, Some(call)).await;
        };
        let act = AnswerHelp { call, step: HelpStep::End { outcome } };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        Ok(here.go("/desk/hall"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The fields of a message to everyone waiting.
fn tell_fields(lang: &Language, centre: &Centre, sent: Option<&Sent>) -> Vec<Field> {
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let reason = |reason: &Notice| Opt {
        value: reason.code().to_owned(),
        label: lang.t_of("notice-name-", reason.code()),
        ..Opt::default()
    };
    let everyone = Opt { label: lang.t("tell-everyone"), ..Opt::default() };
    let lines = centre.setup.iter().flat_map(|setup| &setup.lines).map(|line| Opt {
        value: line.letter.clone(),
        label: format!("{} {}", line.letter, named(lang, &line.names)),
        ..Opt::default()
    });
    vec![
        Field::choice("reason", lang.t("tell-reason"), Notice::ALL.iter().map(reason).collect())
            .filled(typed("reason")),
        Field::line("minutes", lang.t("tell-minutes"))
            .hint(lang.t("tell-minutes-help"))
            .ltr("text", "off", "w-short")
            .filled(typed("minutes"))
            .optional(),
        Field::select("line", lang.t("tell-line"), std::iter::once(everyone).chain(lines).collect())
            .filled(typed("line")),
    ]
}

/// Puts the form for a message, and those that stand, on the manager's page.
pub(super) fn messages(here: &Here, centre: &Centre, page: &mut DeskList, typed: Option<Vec<Field>>) {
    let lang = &here.lang;
    let fields = typed.unwrap_or_else(|| tell_fields(lang, centre, None));
    let mut form =
        FormBlock::new(lang.t("tell-title"), "/desk/hall/tell".into(), fields, lang.t("tell-button"));
    form.intro = vec![lang.t("tell-lead")];
    page.forms.push(form);
    for notice in centre.picture.iter().flat_map(|picture| &picture.notices) {
        let said = [("notice", Arg::Text(lang.t_of("notice-name-", &notice.reason)))];
        let action = format!("/desk/hall/notices/{}/untell", notice.id);
        let heading = notice_said(lang, centre, notice);
        let mut form = FormBlock::new(heading, action, Vec::new(), lang.with("tell-untell", &said));
        form.button_class = "btn alt";
        page.forms.push(form);
    }
}

/// Tells everyone who waits.
pub async fn tell(here: Here, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ManageQueue)).await?;
        let centre = own_centre(&here, &desk).await?;
        let lang = &here.lang;
        let mut fields = tell_fields(lang, &centre, Some(&sent));
        let reason = Notice::from_code(&sent.text("reason"));
        let typed = diwan_domain::digits::to_ascii(&sent.text("minutes"));
        let minutes = if typed.is_empty() { None } else { Some(typed.parse().unwrap_or(0)) };
        let Some(reason) = reason else {
            fields[0].error = lang.t("tell-reason-missing");
            return super::hall::show_hall(&here, Some(fields), None).await;
        };
        let act = TellWaiting { reason, minutes, line: sent.some("line") };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => Ok(here.go("/desk/hall")),
            Err(stop) if stop.code() == Why::NothingChanges.code() => Ok(here.go("/desk/hall")),
            Err(Stop::Refused(refusal)) if refusal.why == Why::FieldMissing && minutes.is_some() => {
                fields[1].error = lang.t("tell-minutes-wrong");
                super::hall::show_hall(&here, Some(fields), None).await
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Takes a message back.
pub async fn untell(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let notice: RowId = id.parse().map_err(|_| Problem::not_found())?;
        match here.app.office.perform(&here.visitor.who(), &sent.key, UntellWaiting { notice }).await {
            Ok(()) => Ok(here.go("/desk/hall")),
            Err(stop) if stop.code() == Why::NothingChanges.code() => Ok(here.go("/desk/hall")),
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A counter of one's own centre with who sits there.
async fn counter_of(here: &Here, centre: &Centre, id: &str) -> Result<AtCounter, Problem> {
    let id: CounterId = id.parse().map_err(|_| Problem::not_found())?;
    let mut reading = here.app.office.db.reading().await?;
    let all = AtCounter::all(&mut reading.tx(), centre.row.id).await?;
    all.into_iter().find(|one| one.counter.id == id).ok_or_else(Problem::not_found)
}

/// Who sits at a counter, and which lines it serves.
pub async fn assign_page(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_assign(&here, &id, None).await;
    answer(&here, result)
}

async fn show_assign(here: &Here, id: &str, refused: Option<&Sent>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageQueue)).await?;
    let lang = &here.lang;
    let centre = own_centre(here, &desk).await?;
    let at = counter_of(here, &centre, id).await?;
    let able = {
        let desk = here.app.office.desk(&here.visitor.who(), "look");
        let mut reading = here.app.office.db.reading().await?;
        queue::can_sit(&mut reading.tx(), centre.row.id, &desk).await?
    };
    let own = at.sitting.as_ref().map(|sitting| sitting.officer_id);
    // Whoever sits there stays, unless the counter is closed first.
    let able = able.into_iter().filter(|(id, _)| own.is_none_or(|own| own == *id));
    let officers = able.map(|(id, name)| Opt { value: id.to_string(), label: name, ..Opt::default() });
    let chosen = match refused {
        Some(sent) => sent.all("lines"),
        None => at.lines(),
    };
    let setup = centre.setup.as_ref().ok_or(Why::NoSetup)?;
    let planned = setup.counter(&at.counter.label).ok_or(Why::NoSetup)?;
    let lines = planned.lines.iter().filter_map(|letter| setup.line(letter)).map(|line| Opt {
        value: line.letter.clone(),
        label: format!("{} {}", line.letter, named(lang, &line.names)),
        chosen: chosen.contains(&line.letter),
        ..Opt::default()
    });
    let mut officer = Field::select("officer", lang.t("assign-officer"), officers.collect())
        .filled(own.map(|own| own.to_string()).unwrap_or_default());
    if refused.is_some() {
        officer = officer.wrong(lang.t("assign-officer-missing"));
    }
    let fields = vec![
        officer,
        Field {
            shape: Shape::Checks,
            options: lines.collect(),
            ..Field::line("lines", lang.t("assign-lines")).hint(lang.t("assign-lines-help")).optional()
        },
    ];
    let title = lang.with("assign-title", &[("counter", Arg::Text(at.counter.label.clone()))]);
    let mut page = DeskList::new(here, &desk, title).await?;
    page.back = "/desk/hall".to_owned();
    let action = format!("/desk/hall/assign/{}", at.counter.id);
    let mut form = FormBlock::new(String::new(), action, fields, lang.t("assign"));
    form.intro = vec![lang.t("assign-lead")];
    page.forms = vec![form];
    Ok(show(page.status(), false, &page))
}

/// Seats an officer at a counter, or changes its lines.
pub async fn assign(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let counter: CounterId = id.parse().map_err(|_| Problem::not_found())?;
        let Some(officer) = sent.id::<OfficerId>("officer") else {
            return show_assign(&here, &id, Some(&sent)).await;
        };
        let act = AssignCounter { counter, officer, lines: sent.all("lines").into_iter().collect() };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => Ok(here.go("/desk/hall")),
            Err(stop) if stop.code() == Why::NothingChanges.code() => Ok(here.go("/desk/hall")),
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A range as people read it: the likely number, and between which it will be.
fn about(lang: &Language, about: queue::About) -> String {
    if about.low == about.high {
        return lang.number(about.likely);
    }
    let (low, high) = (lang.number(about.low), lang.number(about.high));
    // Numbers run from left to right in every language.
    format!("{} (\u{2066}{low}–{high}\u{2069})", lang.number(about.likely))
}

/// Puts the rest of the day on the manager's page: a table, and its picture.
pub(super) async fn rest_of_day(here: &Here, centre: &Centre, page: &mut DeskList) -> Result<(), Problem> {
    let lang = &here.lang;
    let outlook = {
        let mut reading = here.app.office.db.reading().await?;
        queue::outlook(&mut reading.tx(), centre.row.id, here.app.office.now()).await?
    };
    let Some(mut outlook) = outlook else { return Ok(()) };
    let empty = lang.t(if outlook.hours.is_empty() { "forecast-over" } else { "forecast-quiet" });
    outlook.hours = with_people(outlook.hours);
    let offset = i32::try_from(centre.row.utc_offset_minutes).unwrap_or(0);
    let row = |hour: &HourAhead| {
        vec![
            Cell::code(clock(lang, hour.from, offset)),
            Cell::text(about(lang, hour.come)),
            Cell::text(about(lang, hour.waiting)),
            Cell::text(lang.number(hour.counters)),
            Cell::text(hour.planned.map(|planned| lang.number(planned)).unwrap_or_default()),
        ]
    };
    let rows: Vec<Vec<Cell>> = outlook.hours.iter().map(row).collect();
    let days = [("days", Arg::Number(outlook.like_days as i64))];
    let table = Table {
        caption: lang.with("forecast-lead", &days),
        heads: [
            "forecast-hour",
            "forecast-come",
            "forecast-waiting",
            "forecast-counters",
            "forecast-planned",
        ]
        .map(|key| lang.t(key))
        .to_vec(),
        total: rows.len() as i64,
        rows,
        empty,
        ..Table::default()
    };
    if !outlook.hours.is_empty() {
        let promise =
            [("minutes", Arg::Number(outlook.promise)), ("open", Arg::Text(lang.number(outlook.open)))];
        let caption = lang.with("forecast-promise", &promise);
        page.picture = Some((page.tables.len(), caption, picture(lang, &outlook, offset)));
    }
    page.tables.push((lang.t("forecast-title"), table));
    Ok(())
}

/// The hours from the first in which somebody is expected or planned to the last: a night
/// without anybody tells a manager nothing.
fn with_people(hours: Vec<HourAhead>) -> Vec<HourAhead> {
    let busy = |hour: &HourAhead| {
        hour.come.high > 0 || hour.waiting.high > 0 || hour.counters > 0 || hour.planned.unwrap_or(0) > 0
    };
    let first = hours.iter().position(busy).unwrap_or(hours.len());
    let last = hours.iter().rposition(busy).map_or(0, |last| last + 1);
    hours.into_iter().take(last).skip(first).collect()
}

fn clock(lang: &Language, micros: i64, offset: i32) -> String {
    let minutes = (micros / diwan_domain::queue::MINUTE + i64::from(offset)).rem_euclid(24 * 60);
    lang.digits(&format!("{:02}:{:02}", minutes / 60, minutes % 60))
}

/// How many will wait at the end of each hour: a bar for what is likely, and a thin one up
/// to what is possible. The table beside it says the same.
fn picture(lang: &Language, outlook: &Outlook, offset: i32) -> String {
    const ROW: i64 = 28;
    const LABEL: i64 = 64;
    const WIDTH: i64 = 360;
    const ROOM: i64 = WIDTH - LABEL - 40;
    let most = outlook.hours.iter().map(|hour| hour.waiting.high).max().unwrap_or(0).max(1);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}\" focusable=\"false\">",
        outlook.hours.len() as i64 * ROW + 8,
        lang.t("forecast-picture").replace('"', "&quot;")
    );
    for (n, hour) in outlook.hours.iter().enumerate() {
        let y = n as i64 * ROW + 4;
        let wide = |people: i64| people * ROOM / most;
        // Bars grow the way people read.
        let from = |width: i64| if lang.rtl { WIDTH - LABEL - width } else { LABEL };
        let (likely, high) = (wide(hour.waiting.likely), wide(hour.waiting.high));
        let (label, anchor) = if lang.rtl { (WIDTH - LABEL + 8, "start") } else { (LABEL - 8, "end") };
        svg.push_str(&format!(
            "<text x=\"{label}\" y=\"{}\" text-anchor=\"{anchor}\" direction=\"ltr\">{}</text>\
             <rect class=\"area\" x=\"{}\" y=\"{}\" width=\"{high}\" height=\"8\"/>\
             <rect class=\"bar\" x=\"{}\" y=\"{y}\" width=\"{likely}\" height=\"18\"/>",
            y + 14,
            clock(lang, hour.from, offset),
            from(high),
            y + 5,
            from(likely),
        ));
        let end = high.max(likely) + 6;
        let (x, anchor) = if lang.rtl { (WIDTH - LABEL - end, "end") } else { (LABEL + end, "start") };
        svg.push_str(&format!(
            "<text class=\"soft\" x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\" direction=\"ltr\">{}</text>",
            y + 14,
            lang.number(hour.waiting.likely)
        ));
    }
    svg.push_str("</svg>");
    svg
}
