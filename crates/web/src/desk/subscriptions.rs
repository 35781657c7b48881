//! Systems that are told what happens: an administrator subscribes them, sees how
//! deliveries stand, renews a secret, and sends again what was missed.

use super::{Action, DeskList, at_desk};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::home::words_of;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Language;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::RowId;
use diwan_domain::notices::{KINDS, check_target};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::rows::{Delivery, SubscriptionRow};
use diwan_office::subscriptions::{
    self, Again, BOTH_SECRETS_HOURS, ChangeSubscription, EndSubscription, Filter, PauseSubscription,
    RenewSecret, ResumeSubscription, SendAgain, Standing, Subscribe, TrySubscription, words,
};
use diwan_office::{administration, catalogue};

/// How many deliveries the page shows.
const SHOWN: i64 = 50;

/// What was typed into the form of a subscription.
#[derive(Clone, Debug, Default)]
struct Typed {
    name: String,
    url: String,
    kinds: Vec<String>,
    services: Vec<String>,
    offices: Vec<String>,
    /// Whether to say what is wrong.
    sent: bool,
}

impl Typed {
    fn of(row: &SubscriptionRow) -> Self {
        Self {
            name: row.name.clone(),
            url: row.url.clone(),
            kinds: words(&row.kinds),
            services: words(&row.services),
            offices: words(&row.offices),
            sent: false,
        }
    }

    fn sent(sent: &Sent) -> Self {
        Self {
            name: sent.text("name"),
            url: sent.text("url"),
            kinds: sent.all("kinds"),
            services: sent.all("services"),
            offices: sent.all("offices"),
            sent: true,
        }
    }

    fn is_sound(&self) -> bool {
        !self.name.is_empty() && check_target(&self.url).is_ok()
    }

    fn filter(&self) -> Filter {
        let offices = self.offices.iter().filter_map(|id| id.parse().ok()).collect();
        Filter { kinds: self.kinds.clone(), services: self.services.clone(), offices }
    }
}

fn checks(name: &str, label: String, hint: String, options: Vec<Opt>, chosen: &[String]) -> Field {
    let mut field = Field::choice(name, label, options).hint(hint).optional();
    field.shape = Shape::Checks;
    for option in &mut field.options {
        option.chosen = chosen.contains(&option.value);
    }
    field
}

async fn fields(here: &Here, typed: &Typed) -> Result<Vec<Field>, Problem> {
    let (lang, office) = (&here.lang, &here.app.office);
    let (offices, services) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let offices = administration::all_offices(&mut tx).await?;
        (offices, catalogue::offered(&mut tx, &office.today().to_string()).await?)
    };
    let kinds = KINDS.iter().filter(|kind| kind.name != "subscription.tried").map(|kind| Opt {
        value: kind.name.into(),
        label: lang.t_of("entry-", kind.entry),
        hint: kind.name.into(),
        ..Opt::default()
    });
    let services = services.iter().map(|published| Opt {
        value: published.service.key.clone(),
        label: words_of(here, &published.service).t("title"),
        ..Opt::default()
    });
    let offices = offices.iter().map(|office| Opt {
        value: office.id.to_string(),
        label: lang.name_in(&office.names.0),
        ..Opt::default()
    });
    let mut name = Field::line("name", lang.t("subscription-name")).filled(&typed.name);
    let mut url = Field::line("url", lang.t("subscription-url"))
        .hint(lang.t("subscription-url-hint"))
        .filled(&typed.url)
        .ltr("text", "", "w-full");
    if typed.sent && typed.name.is_empty() {
        name = name.wrong(lang.t("refusal-help-admin-field-missing"));
    }
    if typed.sent && check_target(&typed.url).is_err() {
        url = url.wrong(lang.t("subscription-url-wrong"));
    }
    let all = lang.t("subscription-all-hint");
    Ok(vec![
        name,
        url,
        checks("kinds", lang.t("subscription-kinds"), all.clone(), kinds.collect(), &typed.kinds),
        checks("services", lang.t("subscription-services"), all.clone(), services.collect(), &typed.services),
        checks("offices", lang.t("subscription-offices"), all, offices.collect(), &typed.offices),
    ])
}

fn state_cell(here: &Here, row: &SubscriptionRow, standing: &Standing) -> Cell {
    let lang = &here.lang;
    match (row.paused_at, standing.failing_since) {
        (Some(_), _) => Cell::tag(lang.t("subscription-state-paused"), "late"),
        (None, Some(_)) => Cell::tag(lang.t("subscription-state-failing"), "wait"),
        (None, None) => Cell::tag(lang.t("subscription-state-well"), "done"),
    }
}

/// The subscriptions, and a form to add one.
pub async fn page(here: Here) -> Response {
    let result = list(&here, Typed::default()).await;
    answer(&here, result)
}

async fn list(here: &Here, typed: Typed) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageSubscriptions)).await?;
    let lang = &here.lang;
    let all = subscriptions::standings(&here.app.office).await?;
    let rows: Vec<Vec<Cell>> = all
        .iter()
        .map(|(row, standing)| {
            vec![
                Cell::text(&row.name).to(format!("/desk/subscriptions/{}", row.id)),
                Cell::code(&row.url),
                state_cell(here, row, standing),
                Cell::text(lang.number(standing.waiting)),
                Cell::text(lang.number(standing.failed)),
            ]
        })
        .collect();
    let heads = [
        "subscription-name",
        "subscription-url",
        "subscription-state",
        "delivery-waiting",
        "delivery-failed",
    ];
    let table = Table {
        caption: lang.t("menu-subscriptions"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("list-empty"),
        ..Table::default()
    };
    let mut page = DeskList::new(here, &desk, lang.t("menu-subscriptions")).await?;
    page.notices = vec![lang.t("subscriptions-lead")];
    page.tables = vec![(String::new(), table)];
    let fields = fields(here, &typed).await?;
    let add = lang.t("subscription-add");
    page.forms = vec![FormBlock::new(add.clone(), "/desk/subscriptions".into(), fields, add)];
    Ok(show(page.status(), false, &page))
}

/// Subscribes a system; its secret is shown once.
pub async fn add(here: Here, sent: Sent) -> Response {
    let result = async {
        let typed = Typed::sent(&sent);
        if !typed.is_sound() {
            return list(&here, typed).await;
        }
        let act = Subscribe { name: typed.name.clone(), url: typed.url.clone(), filter: typed.filter() };
        let id = here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        one_page(&here, id, Said { secret: true, ..Said::default() }).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// One subscription: how its deliveries stand, and what can be done.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async { one_page(&here, id_of(&id)?, Said::default()).await };
    let result: Answer = result.await;
    answer(&here, result)
}

fn id_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// What the page says of what was just done.
#[derive(Default)]
struct Said {
    /// Show the secret.
    secret: bool,
    /// What was typed and cannot stand.
    typed: Option<Typed>,
    /// A moment that cannot be read, or after which too much happened.
    wrong_moment: Option<String>,
}

async fn one_page(here: &Here, id: RowId, said: Said) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageSubscriptions)).await?;
    let (lang, office) = (&here.lang, &here.app.office);
    let at = office.desk(&here.visitor.who(), "look");
    let (row, standing, last) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let (row, standing) = subscriptions::one(&mut tx, &at, id).await?;
        let last = subscriptions::deliveries(&mut tx, &at, id, None, None, SHOWN).await?;
        (row, standing, last)
    };
    let mut page = DeskList::new(here, &desk, row.name.clone()).await?;
    page.back = "/desk/subscriptions".into();
    page.notices = notices(here, &row, &standing, said.secret);
    let path = |what: &str| format!("/desk/subscriptions/{id}/{what}");
    let action = |what: &str, key: &str| Action { path: path(what), text: lang.t(key) };
    // What a program subscribed to by itself it also changes by itself.
    let own = row.client_id.is_none();
    page.actions = match row.paused_at {
        Some(_) => vec![action("resume", "subscription-resume")],
        None if !own => vec![action("pause", "subscription-pause")],
        None => vec![action("try", "subscription-try"), action("pause", "subscription-pause")],
    };
    page.tables = vec![(lang.t("delivery-last"), deliveries_table(here, &last))];
    page.forms = again_forms(here, &path, &last, said.wrong_moment);
    if own {
        let mut change = FormBlock::new(
            lang.t("subscription-change"),
            path("change"),
            fields(here, &said.typed.unwrap_or_else(|| Typed::of(&row))).await?,
            lang.t("save"),
        );
        change.hidden = vec![("seen".into(), row.version.to_string())];
        page.forms.push(change);
        let hours = Field::line("hours", lang.t("subscription-keep"))
            .hint(lang.t("subscription-keep-hint"))
            .filled(BOTH_SECRETS_HOURS.to_string())
            .ltr("text", "", "w-4");
        let renew = lang.t("subscription-renew");
        page.forms.push(FormBlock::new(renew.clone(), path("renew"), vec![hours], renew));
    }
    let end = lang.t("subscription-end");
    let mut end = FormBlock::new(end.clone(), path("end"), Vec::new(), end);
    end.button_class = "btn warn";
    page.forms.push(end);
    Ok(show(page.status(), false, &page))
}

fn notices(here: &Here, row: &SubscriptionRow, standing: &Standing, secret: bool) -> Vec<String> {
    let (lang, office) = (&here.lang, &here.app.office);
    let moment = |at: i64| lang.moment(at, office.settings.utc_offset_minutes);
    let mut said = Vec::new();
    if row.client_id.is_some() {
        said.push(lang.t("subscription-by-program"));
    }
    if secret {
        let secret = subscriptions::secret(&office.db, row);
        said.push(lang.with("subscription-secret-is", &[("secret", secret.into())]));
    }
    if let Some(reason) = &row.pause_reason {
        said.push(lang.with("subscription-paused", &[("reason", reason.clone().into())]));
    }
    if let (Some(since), None) = (standing.failing_since, row.paused_at) {
        let why = standing.last_error.clone().unwrap_or_default();
        said.push(lang.with("subscription-failing", &[("since", moment(since).into()), ("why", why.into())]));
    }
    if let Some(oldest) = standing.oldest {
        let args = [("count", lang.number(standing.waiting).into()), ("oldest", moment(oldest).into())];
        said.push(lang.with("subscription-waiting", &args));
    }
    said
}

/// An event in words, with its name as programs know it.
fn in_words(lang: &Language, kind: &str) -> String {
    let code = format!("\u{2066}{kind}\u{2069}");
    match KINDS.iter().find(|known| known.name == kind) {
        Some(known) => format!("{} ({code})", lang.t_of("entry-", known.entry)),
        None => code,
    }
}

fn deliveries_table(here: &Here, last: &[Delivery]) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let moment = |at: Option<i64>| at.map(|at| lang.moment(at, offset)).unwrap_or_default();
    let row = |delivery: &Delivery| {
        let tag = match delivery.state() {
            "delivered" => "done",
            "failed" => "late",
            _ => "wait",
        };
        vec![
            Cell::text(in_words(lang, &delivery.kind)),
            Cell::text(moment(Some(delivery.at))),
            Cell::tag(lang.t_of("delivery-state-", delivery.state()), tag),
            Cell::code(delivery.status.map(|status| status.to_string()).unwrap_or_default()),
            Cell::text(lang.number(delivery.attempts)),
            Cell::text(moment(delivery.next)),
            Cell::code(delivery.last_error.clone().unwrap_or_default()),
        ]
    };
    let heads = [
        "delivery-kind",
        "delivery-at",
        "delivery-state",
        "delivery-status",
        "delivery-attempts",
        "delivery-next",
        "delivery-error",
    ];
    Table {
        caption: lang.t("delivery-last"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: last.iter().map(row).collect(),
        total: last.len() as i64,
        empty: lang.t("list-empty"),
        ..Table::default()
    }
}

fn again_forms(
    here: &Here,
    path: &impl Fn(&str) -> String,
    last: &[Delivery],
    wrong: Option<String>,
) -> Vec<FormBlock> {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let mut since = Field::line("since", lang.t("subscription-since"))
        .hint(lang.t("subscription-since-hint"))
        .ltr("datetime-local", "", "w-short");
    if let Some(typed) = wrong {
        since = since.filled(typed).wrong(lang.t("subscription-since-wrong"));
    }
    let again = lang.t("subscription-again");
    let mut forms = vec![FormBlock::new(again.clone(), path("again"), vec![since], again)];
    if !last.is_empty() {
        let options = last.iter().map(|delivery| Opt {
            value: delivery.notice.to_string(),
            label: format!("{} – {}", in_words(lang, &delivery.kind), lang.moment(delivery.at, offset)),
            ..Opt::default()
        });
        let which = Field::select("notice", lang.t("delivery-kind"), options.collect());
        let one = lang.t("delivery-again");
        forms.push(FormBlock::new(one.clone(), path("again"), vec![which], one));
    }
    forms
}

/// A moment as a form sends it, where the office stands.
pub(crate) fn moment_in(text: &str, offset_minutes: i32) -> Option<i64> {
    let ascii = diwan_domain::digits::to_ascii(text);
    let read = ascii.parse::<jiff::civil::DateTime>().ok();
    let read = read.or_else(|| ascii.parse::<jiff::civil::Date>().ok().map(|day| day.at(0, 0, 0, 0)))?;
    let utc = read.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond();
    Some(utc - i64::from(offset_minutes) * 60_000_000)
}

/// Does something with a subscription.
pub async fn act(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let subscription = id_of(&id)?;
        let (office, who) = (&here.app.office, here.visitor.who());
        match what.as_str() {
            "change" => return change(&here, subscription, &sent).await,
            "again" => return again(&here, subscription, &sent).await,
            "renew" => {
                let typed = diwan_domain::digits::to_ascii(&sent.text("hours"));
                let keep_hours = typed.parse().map_err(|_| Problem::from(Why::FieldMissing))?;
                office.perform(&who, &sent.key, RenewSecret { subscription, keep_hours }).await?;
                return one_page(&here, subscription, Said { secret: true, ..Said::default() }).await;
            }
            "try" => office.perform(&who, &sent.key, TrySubscription { subscription }).await?,
            "pause" => {
                let reason = here.lang.t("subscription-pause");
                office.perform(&who, &sent.key, PauseSubscription { subscription, reason }).await?;
            }
            "resume" => office.perform(&who, &sent.key, ResumeSubscription { subscription }).await?,
            "end" => {
                office.perform(&who, &sent.key, EndSubscription { subscription }).await?;
                return Ok(here.go("/desk/subscriptions"));
            }
            _ => return Err(Problem::not_found()),
        }
        Ok(here.go(&format!("/desk/subscriptions/{id}")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn change(here: &Here, subscription: RowId, sent: &Sent) -> Answer {
    let typed = Typed::sent(sent);
    if !typed.is_sound() {
        return one_page(here, subscription, Said { typed: Some(typed), ..Said::default() }).await;
    }
    let seen = sent.text("seen").parse().map_err(|_| Problem::from(Why::Malformed))?;
    let filter = typed.filter();
    let act = ChangeSubscription { subscription, seen, name: typed.name, url: typed.url, filter };
    here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
    Ok(here.go(&format!("/desk/subscriptions/{subscription}")))
}

async fn again(here: &Here, subscription: RowId, sent: &Sent) -> Answer {
    let office = &here.app.office;
    let typed = sent.text("since");
    let what = match sent.id("notice") {
        Some(notice) => Some(Again::One(notice)),
        None => moment_in(&typed, office.settings.utc_offset_minutes).map(Again::Since),
    };
    let wrong = || Said { wrong_moment: Some(typed.clone()), ..Said::default() };
    let Some(what) = what else { return one_page(here, subscription, wrong()).await };
    match office.perform(&here.visitor.who(), &sent.key, SendAgain { subscription, what }).await {
        Ok(()) => Ok(here.go(&format!("/desk/subscriptions/{subscription}"))),
        Err(stop) if stop.code() == Why::FieldMissing.code() => one_page(here, subscription, wrong()).await,
        Err(stop) => Err(stop.into()),
    }
}
