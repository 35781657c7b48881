//! Assisted mode by telephone: whoever calls is found, made sure of by a code that they
//! read back, and then served with the counter's own forms. Everything done meanwhile is
//! done by telephone, and the person is told of it.

use super::people::wants_reason;
use super::work::{led, people_table};
use super::{AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::accounts::{RecordConsent, VerifyApplicant};
use diwan_office::cases::{self, BeginCase};
use diwan_office::catalogue;
use diwan_office::civil::{FindPeople, SeePerson};
use diwan_office::telephone::{
    self, EndCall, SHOWN, SendCallerCode, SettleWish, TakeWish, VerifyCaller, is_on_the_line,
};

/// The telephone: who wishes to be called, and who calls.
pub async fn page(here: Here) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ServeTelephone)).await?;
        show_page(&here, &desk, None).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn show_page(here: &Here, desk: &AtDesk, found: Option<(&str, Vec<PersonId>)>) -> Answer {
    let lang = &here.lang;
    let mut page = DeskList::new(here, desk, lang.t("menu-telephone")).await?;
    page.notices = vec![lang.t("telephone-lead")];
    if let Some(caller) = here.visitor.kept().caller {
        page.notices = vec![lang.t("telephone-call-open")];
        // Also a call that ran out is ended here.
        let action = format!("/desk/telephone/people/{caller}/end");
        let mut end = FormBlock::new(lang.t("telephone-end"), action, Vec::new(), lang.t("telephone-end"));
        end.button_class = "btn alt";
        page.forms.push(end);
    }
    let mut typed = String::new();
    if let Some((query, people)) = found {
        query.clone_into(&mut typed);
        let (table, names) = people_table(here, &desk.acting, &people).await?;
        page.notices.extend(super::finding::more(lang, names.len()));
        page.tables.push((String::new(), led(table, &names, "/desk/telephone/people")));
    }
    let q = Field::line("q", lang.t("find-person")).hint(lang.t("find-person-hint")).filled(typed).focused();
    let find =
        FormBlock::new(lang.t("telephone-find"), "/desk/telephone/find".into(), vec![q], lang.t("search"));
    page.forms.push(find);
    let rows = telephone::wishes(&mut here.app.office.db.reading().await?.tx()).await?;
    let offset = here.app.office.settings.utc_offset_minutes;
    let now = here.app.office.now();
    let own = |row: &diwan_office::rows::PhoneWishRow| row.taken_by == Some(desk.acting.officer.id);
    let lines = rows.iter().map(|row| {
        let language = here.app.words.language(&row.language);
        let phone = row.phone.clone().filter(|_| own(row)).unwrap_or_default();
        vec![
            Cell::text(lang.moment(row.wished_at, offset)),
            Cell::text(language.map(|known| known.name.clone()).unwrap_or_default()),
            Cell::text(lang.number(row.tries)),
            Cell::code(phone),
        ]
    });
    let lines: Vec<Vec<Cell>> = lines.collect();
    let table = Table {
        caption: lang.t("telephone-wishes"),
        heads: ["when", "call-back-language", "call-back-tries", "ticket-phone"]
            .map(|key| lang.t(key))
            .to_vec(),
        total: lines.len() as i64,
        rows: lines,
        empty: lang.t("telephone-no-wishes"),
        ..Table::default()
    };
    page.tables.push((lang.t("telephone-wishes"), table));
    if let Some(row) = rows.iter().find(|row| own(row)) {
        for what in ["reached", "not-reached"] {
            let action = format!("/desk/telephone/wishes/{}/{what}", row.id);
            let phone = row.phone.clone().unwrap_or_default();
            let heading =
                lang.with("telephone-in-hand", &[("phone", Arg::Text(format!("\u{2066}{phone}\u{2069}")))]);
            let submit = lang.t_of("telephone-wish-", what);
            page.forms.push(FormBlock::new(heading, action, Vec::new(), submit));
        }
    } else if let Some(row) =
        rows.iter().find(|row| telephone::can_be_taken(row, desk.acting.officer.id, now))
    {
        let action = format!("/desk/telephone/wishes/{}/take", row.id);
        let form =
            FormBlock::new(lang.t("telephone-wishes"), action, Vec::new(), lang.t("telephone-wish-take"));
        page.forms.push(form);
    }
    Ok(show(page.status(), false, &page))
}

/// Takes a wish in hand, or says whether they were reached.
pub async fn wish(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::ServeTelephone)).await?;
        let wish: RowId = id.parse().map_err(|_| Problem::not_found())?;
        let (office, who) = (&here.app.office, here.visitor.who());
        match what.as_str() {
            "take" => drop(office.perform(&who, &sent.key, TakeWish { wish }).await?),
            "reached" | "not-reached" => {
                let act = SettleWish { wish, reached: what == "reached" };
                office.perform(&who, &sent.key, act).await?;
            }
            _ => return Err(Problem::not_found()),
        }
        Ok(here.go("/desk/telephone"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Finds whoever calls by what they say.
pub async fn find(here: Here, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ServeTelephone)).await?;
        let query = sent.text("q");
        let act = FindPeople::new(query.clone(), "telephone");
        let found = here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        show_page(&here, &desk, Some((&query, found))).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Whoever calls: made sure of or not yet.
pub async fn person(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_person(&here, &id, "", "").await;
    answer(&here, result)
}

/// The person's page: what can be done depends on whether they read a code back.
async fn show_person(here: &Here, id: &str, notice: &str, code_error: &str) -> Answer {
    let desk = at_desk(here, Some(Permission::ServeTelephone)).await?;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let office = &here.app.office;
    let look = SeePerson { person, purpose: String::new() };
    if let Err(stop) = office.perform_once(&here.visitor.who(), look).await {
        // A closed record is not opened for a voice.
        return Err(if wants_reason(&stop) { Problem::not_found() } else { stop.into() });
    }
    let at = office.desk(&here.visitor.who(), "look");
    let proven = is_on_the_line(&mut office.db.reading().await?.tx(), &at, person).await?;
    let (_, names) = people_table(here, &desk.acting, &[person]).await?;
    let lang = &here.lang;
    let name = names.into_iter().next().map(|(_, name)| name).unwrap_or_default();
    let mut page = DeskList::new(here, &desk, name).await?;
    page.back = "/desk/telephone".into();
    page.notices = vec![lang.t(if proven { "telephone-proven" } else { "telephone-unproven" })];
    if !notice.is_empty() {
        page.notices.push(lang.t(notice));
    }
    let action = |what: &str| format!("/desk/telephone/people/{id}/{what}");
    if proven {
        served(here, &mut page, person, &action).await?;
    } else {
        let code = Field::line("code", lang.t("counter-code")).hint(lang.t("telephone-code-hint"));
        let code = code.wrong(code_error).ltr("text", "off", "w-short");
        page.forms = vec![
            FormBlock::new(
                lang.t("telephone-send-code"),
                action("code"),
                Vec::new(),
                lang.t("send-code-there"),
            ),
            FormBlock::new(
                lang.t("telephone-verify"),
                action("verify"),
                vec![code],
                lang.t("telephone-verify"),
            ),
        ];
    }
    Ok(show(page.status(), false, &page))
}

/// What is done for whoever was made sure of: the counter's way, by telephone.
async fn served(
    here: &Here,
    page: &mut DeskList,
    person: PersonId,
    action: &impl Fn(&str) -> String,
) -> Result<(), Problem> {
    let (lang, office) = (&here.lang, &here.app.office);
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let offered = catalogue::offered(&mut tx, &office.today().to_string()).await?;
    let services = offered.iter().map(|published| Opt {
        value: published.service.key.clone(),
        label: here.app.words.of_service(lang, &published.service).t("title"),
        ..Opt::default()
    });
    let services = Field::choice("service", lang.t("service"), services.collect());
    let begin =
        FormBlock::new(lang.t("counter-begin"), action("begin"), vec![services], lang.t("counter-begin"));
    let mut end = FormBlock::new(lang.t("telephone-end"), action("end"), Vec::new(), lang.t("telephone-end"));
    end.button_class = "btn alt";
    page.forms = vec![begin, end];
    let at = office.desk(&here.visitor.who(), "look");
    let mut rows = Vec::new();
    for case in cases::of_person(&mut tx, &at, person).await? {
        let published = cases::definition(&mut tx, &case).await?;
        rows.push(vec![
            Cell::code(&case.number).to(format!("/desk/counter/cases/{}", case.id)),
            Cell::text(here.app.words.of_service(lang, &published.service).t("title")),
            Cell::text(lang.t_of("status-", &cases::standing(&case, &published.service))),
        ]);
    }
    let table = Table {
        caption: lang.t("nav-my-cases"),
        heads: ["case-number", "service", "status"].map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("my-cases-none"),
        ..Table::default()
    };
    page.tables = vec![(lang.t("telephone-cases"), table)];
    page.links = vec![(format!("/{}/desk/appointments", lang.code), lang.t("menu-appointments"))];
    Ok(())
}

/// Sends a code, tries it, begins a case, or ends the call.
pub async fn act(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::ServeTelephone)).await?;
        let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
        let (office, who) = (&here.app.office, here.visitor.who());
        match what.as_str() {
            "code" => {
                let act = SendCallerCode { person, language: here.lang.code.clone() };
                let sent = office.perform(&who, &sent.key, act).await?;
                let notice = if sent { "telephone-code-sent" } else { "telephone-no-phone" };
                show_person(&here, &id, notice, "").await
            }
            "verify" => {
                if let Some(before) = here.visitor.kept().caller.filter(|before| *before != person) {
                    here.visitor.keep(|kept| kept.caller = None);
                    office.perform(&who, &format!("{}/end", sent.key), EndCall { person: before }).await?;
                }
                match office.perform(&who, &sent.key, VerifyCaller { person, code: sent.text("code") }).await
                {
                    Ok(()) => {
                        here.visitor.keep(|kept| kept.caller = Some(person));
                        Ok(here.go(&format!("/desk/telephone/people/{id}")))
                    }
                    Err(stop) if stop.code() == Why::WrongCode.code() => {
                        let said = here.lang.t_of("refusal-help-", stop.code());
                        show_person(&here, &id, "", &said).await
                    }
                    Err(stop) => Err(stop.into()),
                }
            }
            "begin" => begin(&here, person, &sent).await,
            "end" => {
                here.visitor.keep(|kept| kept.caller = None);
                office.perform(&who, &sent.key, EndCall { person }).await?;
                Ok(here.go("/desk/telephone"))
            }
            _ => Err(Problem::not_found()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Begins a case for whoever is on the line, with who they are and that they agree.
async fn begin(here: &Here, person: PersonId, sent: &Sent) -> Answer {
    let (office, who) = (&here.app.office, here.visitor.who());
    let service = sent.text("service");
    if service.is_empty() || here.visitor.kept().caller != Some(person) {
        return Ok(here.go(&format!("/desk/telephone/people/{person}")));
    }
    let act = BeginCase { service, language: here.lang.code.clone() };
    let begun = office.perform(&who, &sent.key, act).await?;
    let verify = VerifyApplicant { case: begun.case, person, shown: SHOWN.into() };
    office.perform(&who, &format!("{}/v", sent.key), verify).await?;
    let consent = RecordConsent { case: begun.case, code: None, witness: None };
    office.perform(&who, &format!("{}/c", sent.key), consent).await?;
    Ok(here.go(&format!("/desk/counter/cases/{}/form", begun.case)))
}
