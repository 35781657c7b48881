//! The menu of a basic phone and of a telephone line: language, then one's application,
//! one's ticket, appointments, a person.
//!
//! Nothing is kept between two screens: each is worked out from every key pressed so far.
//! What is chosen from a list that may change meanwhile is named by what stays the same (a
//! day by its number, a time by the clock), never by its place.

use super::by_telephone;
use crate::app::App;
use crate::pages::booking::clock;
use crate::pages::visits::{named, spoken};
use crate::words::{Arg, Language, plain};
use diwan_domain::queue::slots::For;
use diwan_domain::refusals::Why;
use diwan_domain::texting::Wish;
use diwan_office::queue::{self, BookAppointment, CancelAppointment};
use diwan_office::rows::{AppointmentRow, CentreRow};
use diwan_office::telephone::{self, TakeText, WishCall};
use diwan_office::{Stop, access, administration, cases, secrets};
use jiff::civil::Date;
use std::sync::Arc;

pub(crate) const MINUTE: i64 = 60_000_000;
const AN_HOUR: i64 = 60 * MINUTE;
/// The longest screen, in characters.
pub(crate) const LONGEST: usize = 160;
/// How many screens one telephone is shown in an hour.
const SCREENS_AN_HOUR: i64 = 300;
/// How many choices stand on a screen at most.
const CHOICES: usize = 6;
/// How many centres: their names are long.
const CENTRES: usize = 4;
/// The key that shows more of a list.
const MORE: &str = "9";

/// What the gateway says of a call.
pub(super) struct Call {
    /// The gateway's own name for it.
    pub session: String,
    /// From which telephone.
    pub phone: String,
    /// The keys pressed so far, screen by screen.
    pub keys: Vec<String>,
    /// Whether it is a telephone line, where anybody can pretend to call from any number:
    /// what is somebody's own is not said there, but sent to the number.
    pub on_line: bool,
}

/// How many keys are gathered next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gather {
    /// One.
    One,
    /// Several, until whoever calls says that it is all.
    Several,
}

/// What is shown or said next.
#[derive(Clone, Debug)]
pub(super) struct Screen {
    /// What it says.
    pub text: String,
    /// In which language.
    pub language: String,
    /// Whether it is the last.
    pub ends: bool,
    /// How many keys are gathered.
    pub gather: Gather,
}

/// Works out the next screen: 0 goes back, 00 to the beginning, and a key that fits nothing
/// shows the same screen again and says so.
pub(super) async fn walk(app: &App, call: &Call) -> Result<Screen, Stop> {
    let mark = hex::encode(&secrets::hash(&call.phone)[..8]);
    let now = app.office.now();
    if access::count_use(&app.office.db, &format!("menu/{mark}"), now, AN_HOUR).await? > SCREENS_AN_HOUR {
        return Err(Why::TooManyAttempts.into());
    }
    let mut path: Vec<String> = Vec::new();
    let mut shown = languages(app);
    for (n, key) in call.keys.iter().enumerate() {
        let key = diwan_domain::digits::tidy(key);
        match key.as_str() {
            "0" => drop(path.pop()),
            "00" => path.truncate(1),
            _ => path.push(key),
        }
        let menu = Menu { app, call, mark: &mark, is_last: n + 1 == call.keys.len() };
        if let Some(next) = menu.at(&path).await? {
            shown = next;
        } else {
            path.pop();
            // Only what was there before is shown again; nothing is done by a wrong key.
            let before = Menu { is_last: false, ..menu };
            shown = before.at(&path).await?.unwrap_or_else(|| languages(app));
            if let Some(lang) = app.words.language(&shown.language) {
                shown.text = short(&format!("{}\n{}", said(&lang, "ussd-again", &[]), shown.text));
            }
        }
    }
    Ok(shown)
}

/// The first screen, in every language.
fn languages(app: &App) -> Screen {
    let lines = app.words.languages().iter().enumerate().map(|(n, lang)| format!("{} {}", n + 1, lang.name));
    Screen {
        text: lines.collect::<Vec<_>>().join("\n"),
        language: app.words.first().code.clone(),
        ends: false,
        gather: Gather::One,
    }
}

/// Words without the marks that only a browser understands.
fn said(lang: &Language, key: &str, args: &[(&str, Arg)]) -> String {
    plain(&lang.with(key, args))
}

/// Not longer than a screen: whole lines as far as they fit.
pub(crate) fn short(text: &str) -> String {
    let mut kept = String::new();
    for line in text.lines() {
        let room = LONGEST.saturating_sub(kept.chars().count() + 1);
        if line.chars().count() > room {
            if kept.is_empty() {
                return line.chars().take(LONGEST).collect();
            }
            break;
        }
        if !kept.is_empty() {
            kept.push('\n');
        }
        kept.push_str(line);
    }
    kept
}

struct Menu<'a> {
    app: &'a App,
    call: &'a Call,
    /// What stands for the telephone in the records.
    mark: &'a str,
    /// Whether these are all keys: only then something is done.
    is_last: bool,
}

impl Menu<'_> {
    /// The screen behind some keys; `None` when there is none.
    async fn at(&self, path: &[String]) -> Result<Option<Screen>, Stop> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let Some((first, rest)) = path.split_first() else { return Ok(Some(languages(self.app))) };
        let Some(lang) = pick(self.app.words.languages(), first) else { return Ok(None) };
        let lang = lang.clone();
        match rest {
            [] => Ok(Some(main(&lang))),
            ["1"] => Ok(Some(screen(&lang, vec![said(&lang, "ussd-number", &[])], Gather::Several))),
            ["1", digits] if self.call.on_line => {
                let number = self.number_of(digits).await?;
                self.sent(&lang, Wish::Status(number)).await.map(Some)
            }
            ["1", digits] => self.status(&lang, digits).await.map(Some),
            ["2"] if self.call.on_line => self.sent(&lang, Wish::Ticket(String::new())).await.map(Some),
            ["2"] => self.ticket(&lang).await.map(Some),
            ["3"] if self.call.on_line => Ok(Some(choices(&lang, [said(&lang, "ussd-book", &[])]))),
            ["3", "2", ..] if self.call.on_line => Ok(None),
            ["3"] => Ok(Some(choices(&lang, ["ussd-book", "ussd-cancel"].map(|key| said(&lang, key, &[]))))),
            ["3", "1", rest @ ..] => self.book(&lang, rest).await,
            ["3", "2", rest @ ..] => self.cancel(&lang, rest).await,
            ["4"] => self.person(&lang).await.map(Some),
            _ => Ok(None),
        }
    }

    /// The whole number of the case that some digits mean; the digits, where there is none.
    async fn number_of(&self, digits: &str) -> Result<String, Stop> {
        let mut reading = self.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let found = telephone::case_of(&mut tx, &self.call.phone, digits, self.app.office.now()).await?;
        Ok(found.map_or_else(|| digits.to_owned(), |case| case.number))
    }

    /// Answers by text message, whatever the answer is: whoever pretends to call from a
    /// number does not read what is sent there, nor hear whether there was anything to send.
    async fn sent(&self, lang: &Arc<Language>, wish: Wish) -> Result<Screen, Stop> {
        if self.is_last {
            let words = super::sms::told(self.app, &lang.code);
            let from = self.call.phone.clone();
            self.done(TakeText { from, wish, language: Some(lang.code.clone()), words }).await?;
        }
        Ok(end(lang, said(lang, "ussd-sent", &[])))
    }

    async fn status(&self, lang: &Arc<Language>, digits: &str) -> Result<Screen, Stop> {
        let mut reading = self.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let found = telephone::case_of(&mut tx, &self.call.phone, digits, self.app.office.now()).await?;
        let Some(case) = found else { return Ok(end(lang, said(lang, "ussd-nothing", &[]))) };
        let published = cases::definition(&mut tx, &case).await?;
        let standing = cases::standing(&case, &published.service);
        let text = format!("{}\n{}", case.number, plain(&lang.t_of("status-", &standing)));
        Ok(end(lang, text))
    }

    async fn ticket(&self, lang: &Arc<Language>) -> Result<Screen, Stop> {
        let mut reading = self.app.office.db.reading().await?;
        let now = self.app.office.now();
        let found = telephone::ticket_of(&mut reading.tx(), &self.call.phone, "", now).await?;
        let Some(found) = found else { return Ok(end(lang, said(lang, "ussd-no-ticket", &[]))) };
        let mut lines = vec![format!(
            "{}: {}",
            found.now.number,
            plain(&lang.t_of("ticket-state-", found.now.state.code()))
        )];
        if let Some(before) = found.now.before {
            lines.push(said(lang, "ussd-before", &[("count", (before as i64).into())]));
            lines.push(plain(&spoken(lang, found.now.wait)));
        }
        if let Some(counter) = found.now.counter {
            lines.push(said(lang, "ussd-counter", &[("counter", Arg::Text(counter))]));
        }
        Ok(end(lang, lines.join("\n")))
    }

    async fn person(&self, lang: &Arc<Language>) -> Result<Screen, Stop> {
        if self.is_last {
            let act = WishCall { phone: self.call.phone.clone(), language: lang.code.clone() };
            self.done(act).await?;
        }
        Ok(end(lang, said(lang, "ussd-person-noted", &[])))
    }

    /// Carries an act out, once for these keys of this call.
    async fn done<A: diwan_office::Act>(&self, act: A) -> Result<A::Out, Stop> {
        let key = format!("menu/{}/{}/{}", self.mark, self.call.session, self.call.keys.join("*"));
        self.app.office.perform(&by_telephone("menu"), &key, act).await
    }

    /// The centres at which appointments are given, in the order of their codes.
    async fn centres(&self) -> Result<Vec<CentreRow>, Stop> {
        let mut reading = self.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let mut all = Vec::new();
        for centre in administration::all_centres(&mut tx).await? {
            let setup = queue::setup_standing(&mut tx, centre.id).await?;
            let offers = setup.is_some_and(|(_, setup)| !setup.offers.is_empty());
            if offers && centre.closed_at.is_none() {
                all.push(centre);
            }
        }
        all.sort_by(|one, other| one.code.cmp(&other.code));
        Ok(all)
    }

    async fn book(&self, lang: &Arc<Language>, path: &[&str]) -> Result<Option<Screen>, Stop> {
        let all = self.centres().await?;
        let turned = path.iter().take_while(|key| **key == MORE).count();
        let (path, skipped) = (&path[turned..], turned * CENTRES);
        let centres: Vec<&CentreRow> = all.iter().skip(skipped).take(CENTRES).collect();
        let Some((first, rest)) = path.split_first() else {
            if centres.is_empty() {
                return Ok(Some(end(lang, said(lang, "ussd-full", &[]))).filter(|_| turned == 0));
            }
            let names = centres.iter().map(|centre| lang.name_in(&centre.names.0));
            let mut lines: Vec<String> = numbered_lines(names).collect();
            if all.len() > skipped + CENTRES {
                lines.push(format!("{MORE} {}", said(lang, "ussd-more", &[])));
            }
            return Ok(Some(screen(lang, lines, Gather::One)));
        };
        let Some(centre) = pick(&centres, first) else { return Ok(None) };
        let setup = queue::setup_standing(&mut self.app.office.db.reading().await?.tx(), centre.id).await?;
        let Some((_, setup)) = setup else { return Ok(None) };
        let lines: Vec<_> = setup.offers.iter().filter_map(|offer| setup.line(&offer.line)).collect();
        let Some((second, rest)) = rest.split_first() else {
            return Ok(Some(choices(lang, lines.iter().map(|line| named(lang, &line.names)))));
        };
        let Some(line) = pick(&lines, second) else { return Ok(None) };
        self.days(lang, (centre, &line.letter), rest).await
    }

    /// The nearest days with free places, named by their number in the month.
    async fn days(
        &self,
        lang: &Arc<Language>,
        (centre, line): (&CentreRow, &str),
        path: &[&str],
    ) -> Result<Option<Screen>, Stop> {
        let now = self.app.office.now();
        if let [number, time, "1"] = path {
            // What was agreed to is asked of the act itself: the place may be theirs already.
            let Some(day) = numbered(centre, number, now) else { return Ok(None) };
            return self.sure(lang, (centre, line, day), time).await;
        }
        let free =
            queue::free_days(&mut self.app.office.db.reading().await?.tx(), centre.id, line, now).await?;
        let open = free.into_iter().filter(|day| day.left > 0 && day.releases <= now);
        let mut days: Vec<Date> = open.map(|day| day.day).take(CHOICES).collect();
        let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
        let taken = self.taken((centre, line), path).await?;
        days.extend(taken.iter().map(|at| diwan_office::desk::day_of(*at, offset)));
        let Some((third, rest)) = path.split_first() else {
            if days.is_empty() {
                return Ok(Some(end(lang, said(lang, "ussd-full", &[]))));
            }
            let mut lines = vec![said(lang, "ussd-day", &[])];
            lines.extend(days.iter().map(|day| format!("{:02} ({}/{})", day.day(), day.day(), day.month())));
            return Ok(Some(screen(lang, lines, Gather::Several)));
        };
        let wanted = third.parse::<i8>().ok();
        let Some(day) = days.into_iter().find(|day| Some(day.day()) == wanted) else { return Ok(None) };
        self.times(lang, (centre, line, day), rest).await
    }

    /// The free times of a day, named by the clock; then whether it is right; then booked.
    async fn times(
        &self,
        lang: &Arc<Language>,
        (centre, line, day): (&CentreRow, &str, Date),
        path: &[&str],
    ) -> Result<Option<Screen>, Stop> {
        let now = self.app.office.now();
        let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
        let free = {
            let mut reading = self.app.office.db.reading().await?;
            queue::free_slots(&mut reading.tx(), centre.id, line, (day, now)).await?
        };
        let mut times: Vec<i64> =
            free.iter().filter(|free| free.anyone > 0).map(|free| free.slot.at).collect();
        let taken = self.taken((centre, line), path).await?;
        times.extend(taken.into_iter().filter(|at| diwan_office::desk::day_of(*at, offset) == day));
        let Some((fourth, rest)) = path.split_first() else {
            if times.is_empty() {
                return Ok(Some(end(lang, said(lang, "ussd-full", &[]))));
            }
            let mut lines = vec![said(lang, "ussd-time", &[])];
            lines.push(spread(&times).map(|at| keyed(at, offset)).collect::<Vec<_>>().join(", "));
            return Ok(Some(screen(lang, lines, Gather::Several)));
        };
        let Some(at) = times.into_iter().find(|at| keyed(*at, offset) == *fourth) else { return Ok(None) };
        if !rest.is_empty() {
            return Ok(None);
        }
        let ask = said(lang, "ussd-book-sure", &[("when", Arg::Text(moment(lang, at, offset)))]);
        Ok(Some(screen(lang, vec![ask], Gather::One)))
    }

    /// The times at a centre that the telephone itself took, where a choice is gone over that
    /// was made before: it was free then. Never listed, and never told on a line, where
    /// somebody else could find them out by trying.
    async fn taken(&self, (centre, line): (&CentreRow, &str), path: &[&str]) -> Result<Vec<i64>, Stop> {
        if self.is_last || self.call.on_line || path.is_empty() {
            return Ok(Vec::new());
        }
        let mut reading = self.app.office.db.reading().await?;
        let own =
            telephone::appointments_ever(&mut reading.tx(), &self.call.phone, self.app.office.now()).await?;
        let here = own.into_iter().filter(|row| row.centre_id == centre.id && row.line == line);
        Ok(here.map(|row| row.starts_at).collect())
    }

    /// Books the time that was agreed to, once however often the gateway asks.
    async fn sure(
        &self,
        lang: &Arc<Language>,
        (centre, line, day): (&CentreRow, &str, Date),
        time: &str,
    ) -> Result<Option<Screen>, Stop> {
        let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
        let Some(at) = instant(day, time, offset) else { return Ok(None) };
        if !self.is_last {
            return Ok(None);
        }
        let act = BookAppointment {
            centre: centre.id,
            line: line.to_owned(),
            service: None,
            at,
            who: For::Anyone,
            phone: self.call.phone.clone(),
            language: lang.code.clone(),
            instead_of: None,
            no_phone: false,
        };
        let text = match self.done(act).await {
            Ok(code) => {
                let args = [("when", Arg::Text(moment(lang, at, offset))), ("code", Arg::Text(code))];
                said(lang, "ussd-booked", &args)
            }
            Err(Stop::Fault(fault)) => return Err(fault.into()),
            Err(_) => said(lang, "ussd-not-booked", &[]),
        };
        Ok(Some(end(lang, text)))
    }

    /// The appointments of the telephone, the last one first; where keys are gone over that
    /// were pressed before, also those that it gave back meanwhile.
    async fn own(&self, before: bool) -> Result<Vec<(AppointmentRow, i32)>, Stop> {
        let now = self.app.office.now();
        let mut reading = self.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let rows = if before {
            telephone::appointments_ever(&mut tx, &self.call.phone, now).await?
        } else {
            telephone::appointments_of(&mut tx, &self.call.phone, now).await?
        };
        let mut own = Vec::new();
        for row in rows {
            let Some(centre) = queue::centre_by_id(&mut tx, row.centre_id).await? else { continue };
            own.push((row, i32::try_from(centre.utc_offset_minutes).unwrap_or(0)));
        }
        Ok(own)
    }

    /// Gives back an appointment, named by its day and time (`050930`).
    async fn cancel(&self, lang: &Arc<Language>, path: &[&str]) -> Result<Option<Screen>, Stop> {
        let Some((first, rest)) = path.split_first() else {
            let own = self.own(false).await?;
            if own.is_empty() {
                return Ok(Some(end(lang, said(lang, "ussd-no-appointment", &[]))));
            }
            let named = |(row, offset): &(AppointmentRow, i32)| {
                format!("{} ({})", dated(row.starts_at, *offset), moment(lang, row.starts_at, *offset))
            };
            return Ok(Some(screen(lang, own.iter().take(CHOICES).map(named).collect(), Gather::Several)));
        };
        let own = self.own(!self.is_last || !rest.is_empty()).await?;
        let found = own.into_iter().find(|(row, offset)| dated(row.starts_at, *offset) == *first);
        let Some((row, offset)) = found else { return Ok(None) };
        let when = moment(lang, row.starts_at, offset);
        match rest {
            [] => {
                let ask = said(lang, "ussd-cancel-sure", &[("when", Arg::Text(when))]);
                Ok(Some(screen(lang, vec![ask], Gather::One)))
            }
            ["1"] if self.is_last => self.give_back(lang, row.code, when).await.map(Some),
            _ => Ok(None),
        }
    }

    /// Gives an appointment back that was agreed to, once however often the gateway asks.
    async fn give_back(&self, lang: &Arc<Language>, code: String, when: String) -> Result<Screen, Stop> {
        let (key, args) = match self.done(CancelAppointment { code }).await {
            Ok(()) => ("ussd-cancelled", vec![("when", Arg::Text(when))]),
            Err(Stop::Fault(fault)) => return Err(fault.into()),
            Err(_) => ("ussd-nothing", Vec::new()),
        };
        Ok(end(lang, said(lang, key, &args)))
    }
}

/// The choice that a key means.
pub(crate) fn pick<'a, T>(all: &'a [T], key: &str) -> Option<&'a T> {
    let n: usize = key.parse().ok()?;
    all.get(n.checked_sub(1)?).filter(|_| n <= 9)
}

/// Some of many times, spread over the day.
fn spread(times: &[i64]) -> impl Iterator<Item = i64> + '_ {
    let step = times.len().div_ceil(2 * CHOICES).max(1);
    times.iter().copied().step_by(step)
}

/// A time as it is typed: `0930`.
pub(crate) fn keyed(at: i64, offset: i32) -> String {
    let local = at.saturating_add(i64::from(offset) * MINUTE).div_euclid(MINUTE).rem_euclid(24 * 60);
    format!("{:02}{:02}", local / 60, local % 60)
}

/// A day and a time as they are typed: `050930`.
fn dated(at: i64, offset: i32) -> String {
    format!("{:02}{}", diwan_office::desk::day_of(at, offset).day(), keyed(at, offset))
}

/// The instant of a typed time on a day, if it is one.
pub(crate) fn instant(day: Date, typed: &str, offset: i32) -> Option<i64> {
    let typed: i64 = typed.parse().ok().filter(|_| typed.len() == 4)?;
    let (hour, minute) = (typed / 100, typed % 100);
    if hour > 23 || minute > 59 {
        return None;
    }
    let midnight = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond();
    Some(midnight + (hour * 60 + minute - i64::from(offset)) * MINUTE)
}

/// The next day of a centre with a number in its month: none comes twice within a month.
fn numbered(centre: &CentreRow, typed: &str, now: i64) -> Option<Date> {
    let wanted: i8 = typed.parse().ok()?;
    let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
    let mut day = diwan_office::desk::day_of(now, offset);
    for _ in 0..31 {
        if day.day() == wanted {
            return Some(day);
        }
        day = day.tomorrow().ok()?;
    }
    None
}

/// A day and a time, as short as it goes.
fn moment(lang: &Language, at: i64, offset: i32) -> String {
    let day = diwan_office::desk::day_of(at, offset);
    format!("{}/{} {}", day.day(), day.month(), plain(&clock(lang, at, offset)))
}

fn main(lang: &Arc<Language>) -> Screen {
    let keys = ["ussd-status", "ussd-ticket", "ussd-appointment", "ussd-person"];
    choices(lang, keys.map(|key| said(lang, key, &[])))
}

/// Choices with the key of each before it.
fn choices(lang: &Arc<Language>, all: impl IntoIterator<Item = String>) -> Screen {
    screen(lang, numbered_lines(all).collect(), Gather::One)
}

/// Lines with the key of each before it.
fn numbered_lines(all: impl IntoIterator<Item = String>) -> impl Iterator<Item = String> {
    all.into_iter().take(CHOICES).enumerate().map(|(n, text)| format!("{} {text}", n + 1))
}

/// A screen after which somebody may go back.
fn screen(lang: &Arc<Language>, mut lines: Vec<String>, gather: Gather) -> Screen {
    lines.push(format!("0 {}", said(lang, "ussd-back", &[])));
    Screen { text: short(&lines.join("\n")), language: lang.code.clone(), ends: false, gather }
}

/// The last screen.
fn end(lang: &Arc<Language>, text: String) -> Screen {
    Screen { text: short(&text), language: lang.code.clone(), ends: true, gather: Gather::One }
}
