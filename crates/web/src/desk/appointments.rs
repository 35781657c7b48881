//! Appointments at the reception and on the telephone: found by code or telephone, booked
//! for somebody, changed, given back. No name is kept.

use super::hall::own_centre;
use super::preparing::{prepared, service_field};
use super::{AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::booking::{clock, line_name, offset_of};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::pages::releases::days_said;
use crate::pages::visits::{Centre, mark, named};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::{Path, Query};
use axum::response::Response;
use diwan_domain::ids::RowId;
use diwan_domain::people::Permission;
use diwan_domain::queue::releases::Wish;
use diwan_domain::queue::slots::For;
use diwan_domain::refusals::Why;
use diwan_domain::services::Fault;
use diwan_office::documents::qr_svg;
use diwan_office::queue::{self, BookAppointment, CancelAppointment, EnterRelease, JoinWaiting};
use diwan_office::rows::AppointmentRow;
use jiff::civil::Date;
use serde::Deserialize;

pub(super) const PATH: &str = "/desk/appointments";

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Looked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    line: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    instead: String,
}

impl Looked {
    /// The address of this page for another day.
    fn to(&self, day: &str) -> String {
        let safe = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        format!("{PATH}?line={}&day={day}&instead={}", safe(&self.line), safe(&self.instead))
    }
}

/// Appointments of one's own centre.
pub async fn page(here: Here, Query(looked): Query<Looked>) -> Response {
    let result = shown(&here, &looked, None).await;
    answer(&here, result)
}

type Wrong<'a> = Option<(&'a Sent, diwan_office::Stop)>;

async fn shown(here: &Here, looked: &Looked, wrong: Wrong<'_>) -> Answer {
    let desk = at_desk(here, Some(Permission::ServeQueue)).await?;
    let centre = own_centre(here, &desk).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("menu-appointments")).await?;
    let any = Opt { label: lang.t("desk-appointments-any-line"), ..Opt::default() };
    let setup = centre.setup.as_ref();
    let offered = setup.into_iter().flat_map(|setup| {
        setup.lines.iter().filter(|line| setup.offer(&line.letter).is_some()).map(|line| Opt {
            value: line.letter.clone(),
            label: format!("{} {}", line.letter, named(lang, &line.names)),
            ..Opt::default()
        })
    });
    page.filter_path = PATH.to_owned();
    page.filters = vec![
        Field::line("q", lang.t("desk-appointments-find"))
            .hint(lang.t("desk-appointments-find-help"))
            .ltr("text", "off", "w-full")
            .filled(looked.q.clone())
            .optional(),
        Field::select(
            "line",
            lang.t("desk-appointments-book"),
            std::iter::once(any).chain(offered).collect(),
        )
        .filled(looked.line.clone()),
    ];
    if !looked.q.is_empty() {
        find(here, &centre, &looked.q, &mut page).await?;
    }
    if !looked.line.is_empty() {
        days(here, &centre, looked, &mut page).await?;
        if let Ok(day) = looked.day.parse() {
            let forms = times(here, &centre, (looked, day), wrong).await?;
            page.forms.extend(forms);
        } else if let Some((sent, stop)) = wrong {
            draws(here, &centre, looked, (Some(sent), Some(stop)), &mut page).await?;
        } else {
            draws(here, &centre, looked, (None, None), &mut page).await?;
        }
    }
    Ok(show(page.status(), false, &page))
}

/// The appointments that a code or a telephone names.
async fn find(here: &Here, centre: &Centre, q: &str, page: &mut DeskList) -> Result<(), Problem> {
    let lang = &here.lang;
    let typed = diwan_domain::digits::to_ascii(q.trim());
    let found = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        match queue::appointment(&mut tx, &typed).await?.filter(|row| row.centre_id == centre.row.id) {
            Some(row) => vec![row],
            None => {
                let with = queue::appointments_with(&mut tx, centre.row.id, (&typed, here.app.office.now()));
                match with.await {
                    Err(stop) if stop.code() == Why::FieldMissing.code() => Vec::new(),
                    other => other?,
                }
            }
        }
    };
    let offset = offset_of(centre);
    let row = |row: &AppointmentRow| {
        vec![
            Cell::text(lang.day_of(row.starts_at, offset)),
            Cell::code(clock(lang, row.starts_at, offset)),
            Cell::text(line_name(lang, centre, &row.line)),
            Cell::text(lang.t_of("appointment-standing-short-", &row.standing)),
            Cell::code(row.code.clone()).to(format!("{PATH}/{}", row.code)),
        ]
    };
    let heads =
        ["waiting-day", "book-time", "release-line", "desk-appointments-standing", "appointment-code"];
    let table = Table {
        caption: lang.t("desk-appointments-found"),
        heads: heads.iter().map(|key| lang.t(key)).collect(),
        total: found.len() as i64,
        rows: found.iter().map(row).collect(),
        empty: lang.t("desk-appointments-none"),
        ..Table::default()
    };
    page.tables.push((String::new(), table));
    Ok(())
}

/// The days of a line, each with what is left of it.
async fn days(here: &Here, centre: &Centre, looked: &Looked, page: &mut DeskList) -> Result<(), Problem> {
    let lang = &here.lang;
    let now = here.app.office.now();
    let found = {
        let mut reading = here.app.office.db.reading().await?;
        queue::free_days(&mut reading.tx(), centre.row.id, &looked.line, now).await?
    };
    let offset = offset_of(centre);
    let row = |free: &queue::FreeDay| {
        let day = Cell::text(lang.date(free.day));
        if free.releases > now {
            let at = [("at", Arg::Text(lang.moment(free.releases, offset)))];
            return vec![day, Cell::text(lang.with("book-released", &at))];
        }
        let left = Cell::text(here.frame("").n1("book-left", "count", &i64::from(free.left)));
        vec![day.to(looked.to(&free.day.to_string())), left]
    };
    let table = Table {
        caption: line_name(lang, centre, &looked.line),
        heads: vec![lang.t("waiting-day"), lang.t("desk-appointments-left")],
        total: found.len() as i64,
        rows: found.iter().map(row).collect(),
        empty: lang.t("book-none"),
        ..Table::default()
    };
    page.tables.push((lang.t("book-day"), table));
    Ok(())
}

/// The form for one day; where only kept places are left, also the one by which others wait.
async fn times(
    here: &Here,
    centre: &Centre,
    (looked, day): (&Looked, Date),
    wrong: Wrong<'_>,
) -> Result<Vec<FormBlock>, Problem> {
    let lang = &here.lang;
    let slots = {
        let mut reading = here.app.office.db.reading().await?;
        let at = (day, here.app.office.now());
        queue::free_slots(&mut reading.tx(), centre.row.id, &looked.line, at).await?
    };
    if slots.is_empty() && looked.instead.is_empty() {
        return Ok(vec![wait_form(here, centre, (looked, day), wrong)?]);
    }
    let offset = offset_of(centre);
    let sent = wrong.as_ref().map(|(sent, _)| *sent);
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let options = slots.iter().map(|free| Opt {
        value: free.slot.at.to_string(),
        label: clock(lang, free.slot.at, offset),
        hint: if free.anyone == 0 { lang.t("book-kept-places") } else { String::new() },
        ..Opt::default()
    });
    let check = |name: &str, label: String, hint: String, option: String| Field {
        shape: Shape::Checks,
        options: vec![Opt {
            value: "yes".into(),
            label: option,
            chosen: !typed(name).is_empty(),
            ..Opt::default()
        }],
        ..Field::line(name, label).hint(hint).optional()
    };
    let mut fields = vec![
        Field::choice("at", lang.t("book-time"), options.collect()).filled(typed("at")),
        check("hard", lang.t("ticket-needs"), lang.t("ticket-needs-help"), lang.t("visit-need-cannot-wait")),
    ];
    if looked.instead.is_empty() {
        fields.extend(service_field(here, centre, &looked.line, &typed("service")).await?);
        fields.push(
            Field::line("phone", lang.t("ticket-phone"))
                .hint(lang.t("book-phone-help"))
                .ltr("tel", "off", "w-full")
                .filled(typed("phone"))
                .optional(),
        );
        fields.push(check(
            "no-phone",
            lang.t("desk-appointments-no-phone"),
            lang.t("desk-appointments-no-phone-help"),
            lang.t("desk-appointments-no-phone-yes"),
        ));
    }
    if let Some((_, stop)) = wrong {
        refuse(here, &mut fields, stop)?;
    }
    let title = format!("{}, {}", line_name(lang, centre, &looked.line), lang.date(day));
    let mut form = FormBlock::new(title, PATH.to_owned(), fields, lang.t("book-button"));
    let hide = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    form.hidden =
        vec![hide("line", &looked.line), hide("day", &day.to_string()), hide("instead", &looked.instead)];
    if slots.is_empty() {
        form.intro = vec![lang.t("book-full")];
    }
    let mut forms = vec![form];
    if looked.instead.is_empty() && slots.iter().all(|free| free.anyone == 0) {
        forms.push(wait_form(here, centre, (looked, day), None)?);
    }
    Ok(forms)
}

fn phone_field(here: &Here, sent: Option<&Sent>, help: &str) -> Field {
    Field::line("phone", here.lang.t("ticket-phone"))
        .hint(here.lang.t(help))
        .ltr("tel", "off", "w-full")
        .filled(sent.map(|sent| sent.text("phone")).unwrap_or_default())
}

/// The form by which somebody waits for a place of a day that is full.
fn wait_form(
    here: &Here,
    centre: &Centre,
    (looked, day): (&Looked, Date),
    wrong: Wrong<'_>,
) -> Result<FormBlock, Problem> {
    let lang = &here.lang;
    let sent = wrong.as_ref().map(|(sent, _)| *sent);
    let mut fields = vec![phone_field(here, sent, "waiting-phone-help")];
    if let Some((_, stop)) = wrong {
        refuse(here, &mut fields, stop)?;
    }
    let title = format!("{}, {}", line_name(lang, centre, &looked.line), lang.date(day));
    let mut form = FormBlock::new(title, format!("{PATH}/wait"), fields, lang.t("waiting-join"));
    let minutes = Arg::Number(queue::HELD_FOR / diwan_domain::queue::MINUTE);
    form.intro = vec![lang.with("waiting-lead", &[("minutes", minutes)])];
    form.hidden = vec![("line".into(), looked.line.clone()), ("day".into(), day.to_string())];
    Ok(form)
}

/// Puts somebody on the list of a day.
pub async fn wait(here: Here, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ServeQueue)).await?;
        let centre = own_centre(&here, &desk).await?;
        let looked = Looked { line: sent.text("line"), day: sent.text("day"), ..Looked::default() };
        let Ok(day) = looked.day.parse() else { return shown(&here, &looked, None).await };
        let act = JoinWaiting {
            centre: centre.row.id,
            line: looked.line.clone(),
            day,
            who: For::Anyone,
            phone: diwan_domain::digits::to_ascii(&sent.text("phone")),
            language: here.lang.code.clone(),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(code) => Ok(here.go(&format!("/waiting/{code}"))),
            Err(stop) => shown(&here, &looked, Some((&sent, stop))).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The draws of a line for which people can enter now, each with a form.
async fn draws(
    here: &Here,
    centre: &Centre,
    looked: &Looked,
    (sent, mut stop): (Option<&Sent>, Option<diwan_office::Stop>),
    page: &mut DeskList,
) -> Result<(), Problem> {
    let lang = &here.lang;
    let now = here.app.office.now();
    let all = {
        let mut reading = here.app.office.db.reading().await?;
        queue::releases_of(&mut reading.tx(), centre.row.id).await?
    };
    let open = all.iter().filter(|row| row.line == looked.line && queue::window_of(row).takes(now));
    for (n, row) in open.enumerate() {
        let sent = sent.filter(|sent| sent.text("release") == row.id.to_string());
        let mut fields =
            vec![phone_field(here, sent, "release-phone-help").with_id(&format!("draw-{n}-phone"))];
        if let (Some(_), Some(stop)) = (sent, stop.take_if(|_| sent.is_some())) {
            refuse(here, &mut fields, stop)?;
        }
        let title = format!("{}: {}", lang.t("release-by-draw"), days_said(lang, row));
        let mut form = FormBlock::new(title, format!("{PATH}/enter"), fields, lang.t("release-enter"));
        form.hidden = vec![("line".into(), looked.line.clone()), ("release".into(), row.id.to_string())];
        page.forms.push(form);
    }
    // What was refused and belongs to no draw that is open.
    stop.map_or(Ok(()), |stop| Err(stop.into()))
}

/// Enters somebody for a draw, by their telephone.
pub async fn enter(here: Here, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::ServeQueue)).await?;
        let looked = Looked { line: sent.text("line"), ..Looked::default() };
        let release: RowId = sent.id("release").ok_or_else(Problem::not_found)?;
        let act = EnterRelease {
            release,
            account: None,
            phone: diwan_domain::digits::to_ascii(&sent.text("phone")),
            language: here.lang.code.clone(),
            wish: Wish { who: For::Anyone, days: Vec::new(), only: false },
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(code) => Ok(here.go(&format!("/release-entries/{code}"))),
            Err(stop) => shown(&here, &looked, Some((&sent, stop))).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Says at its field why it was not booked.
fn refuse(here: &Here, fields: &mut [Field], stop: diwan_office::Stop) -> Result<(), Problem> {
    if stop.code() != Why::NoAppointment.code() {
        return mark(here, fields, stop);
    }
    let reason = stop.refusal().and_then(|refusal| refusal.about.get("reason").cloned());
    if let Some(field) = fields.first_mut() {
        field.error = here.lang.t_of("book-refused-", &reason.unwrap_or_else(|| "full".into()));
    }
    Ok(())
}

/// Books for somebody, or changes their time.
pub async fn book(here: Here, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ServeQueue)).await?;
        let centre = own_centre(&here, &desk).await?;
        let looked = Looked {
            q: String::new(),
            line: sent.text("line"),
            day: sent.text("day"),
            instead: sent.text("instead"),
        };
        let act = BookAppointment {
            centre: centre.row.id,
            line: looked.line.clone(),
            service: sent.some("service"),
            // Without a time no slot begins then.
            at: sent.text("at").parse().unwrap_or(0),
            who: if sent.text("hard").is_empty() { For::Anyone } else { For::Vulnerable },
            phone: phone_of(&here, &looked, &sent).await?,
            language: here.lang.code.clone(),
            instead_of: Some(looked.instead.clone()).filter(|code| !code.is_empty()),
            no_phone: !sent.text("no-phone").is_empty() || !looked.instead.is_empty(),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(code) => Ok(here.go(&format!("{PATH}/{code}"))),
            Err(stop) => shown(&here, &looked, Some((&sent, stop))).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The telephone that was typed, or that of the appointment that is changed.
async fn phone_of(here: &Here, looked: &Looked, sent: &Sent) -> Result<String, Problem> {
    if looked.instead.is_empty() {
        return Ok(diwan_domain::digits::to_ascii(&sent.text("phone")));
    }
    let mut reading = here.app.office.db.reading().await?;
    let row = queue::appointment(&mut reading.tx(), &looked.instead).await?;
    Ok(row.map(|row| row.phone).unwrap_or_default())
}

pub(super) async fn own(here: &Here, desk: &AtDesk, code: &str) -> Result<(AppointmentRow, Centre), Problem> {
    let centre = own_centre(here, desk).await?;
    let row = {
        let mut reading = here.app.office.db.reading().await?;
        queue::appointment(&mut reading.tx(), code).await?
    };
    let row = row.filter(|row| row.centre_id == centre.row.id).ok_or_else(Problem::not_found)?;
    Ok((row, centre))
}

/// One appointment: what is read out or printed for its holder, and what can be done.
pub async fn one(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = show_one(&here, &code, None).await;
    answer(&here, result)
}

pub(super) async fn show_one(here: &Here, code: &str, refused: Option<(&Sent, &[Fault])>) -> Answer {
    let desk = at_desk(here, Some(Permission::ServeQueue)).await?;
    let (row, centre) = own(here, &desk, code).await?;
    let lang = &here.lang;
    let offset = offset_of(&centre);
    let base = &here.app.office.settings.base_url;
    let address = format!("{base}/{}/appointments/{}", lang.code, row.code);
    let facts = [
        (lang.t("waiting-day"), Cell::text(lang.day_of(row.starts_at, offset))),
        (lang.t("book-time"), Cell::code(clock(lang, row.starts_at, offset))),
        (lang.t("release-line"), Cell::text(line_name(lang, &centre, &row.line))),
        (
            lang.t("desk-appointments-standing"),
            Cell::text(lang.t_of("appointment-standing-short-", &row.standing)),
        ),
        (lang.t("appointment-code"), Cell::code(row.code.clone())),
    ];
    let table = Table {
        caption: lang.t("appointment-title"),
        heads: vec![lang.t("desk-appointments-what"), lang.t("appointment-title")],
        total: facts.len() as i64,
        rows: facts.into_iter().map(|(name, cell)| vec![Cell::text(name), cell]).collect(),
        ..Table::default()
    };
    let mut page = DeskList::new(here, &desk, lang.t("menu-appointments")).await?;
    page.back = PATH.to_owned();
    page.tables = vec![(String::new(), table)];
    page.picture = Some((0, lang.t("desk-appointments-slip"), qr_svg(&address).unwrap_or_default()));
    prepared(here, &row, refused, &mut page).await?;
    if row.standing == "open" && row.starts_at > here.app.office.now() {
        let change = format!("/{}{PATH}?line={}&instead={}", lang.code, row.line, row.code);
        page.links.push((change, lang.t("appointment-change")));
        let mut form = FormBlock::new(
            lang.t("appointment-cancel-title"),
            format!("{PATH}/{}/cancel", row.code),
            Vec::new(),
            lang.t("appointment-cancel"),
        );
        form.intro = vec![lang.t("appointment-cancel-lead")];
        form.button_class = "btn alt";
        page.forms.push(form);
    }
    Ok(show(page.status(), false, &page))
}

/// Gives it back for its holder.
pub async fn cancel(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ServeQueue)).await?;
        let (row, _) = own(&here, &desk, &code).await?;
        let act = CancelAppointment { code: row.code.clone() };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        Ok(here.go(&format!("{PATH}/{}", row.code)))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
