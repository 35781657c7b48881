//! An officer's own tokens: made here, signed in with the second factor, so that
//! a program can work in their name; listed, and ended at once.

use super::{DeskList, at_desk};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::safety;
use crate::sent::Sent;
use crate::words::Language;
use axum::response::Response;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::officers;
use diwan_office::tokens::{self, EndToken, IssueOwnToken, IssueToken, LONGEST_DAYS};

/// The officer's tokens, and a form to make one.
pub async fn page(here: Here) -> Response {
    let result = list(&here, Vec::new(), None).await;
    answer(&here, result)
}

/// What a scope allows, in words; programs know it by its code.
fn in_words(lang: &Language, scope: &str) -> String {
    match Permission::from_code(scope) {
        Some(_) => lang.t(&format!("scope-{}", scope.replace('.', "-"))),
        None => scope.to_owned(),
    }
}

/// What was typed into the form, and what is wrong with it.
type Wrong<'a> = Option<(&'a Sent, Refusal)>;

async fn list(here: &Here, notices: Vec<String>, wrong: Wrong<'_>) -> Answer {
    let desk = at_desk(here, None).await?;
    let (lang, office) = (&here.lang, &here.app.office);
    let own = tokens::of_officer(office, desk.acting.officer.id).await?;
    let mut page = DeskList::new(here, &desk, lang.t("menu-tokens")).await?;
    page.notices = notices;
    page.notices.push(lang.t("tokens-lead"));
    let offset = office.settings.utc_offset_minutes;
    let until = |at: Option<i64>| at.map(|at| lang.moment(at, offset)).unwrap_or_default();
    let rows: Vec<Vec<Cell>> = own
        .iter()
        .map(|row| {
            let scopes: Vec<String> = serde_json::from_value(row.scopes.0.clone()).unwrap_or_default();
            let words: Vec<String> = scopes.iter().map(|scope| in_words(lang, scope)).collect();
            vec![Cell::text(&row.name), Cell::text(words.join(" · ")), Cell::text(until(row.expires_at))]
        })
        .collect();
    let table = Table {
        caption: lang.t("tokens-yours"),
        heads: ["token-name", "token-scopes", "token-until"].map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("list-empty"),
        ..Table::default()
    };
    page.tables = vec![(lang.t("tokens-yours"), table)];
    let options = desk.acting.permissions().into_iter().map(|permission| Opt {
        value: permission.code().into(),
        label: in_words(lang, permission.code()),
        hint: permission.code().into(),
        ..Opt::default()
    });
    let mut scopes = Field::choice("scopes", lang.t("token-scopes"), options.collect());
    scopes.shape = Shape::Checks;
    let mut fields = vec![
        Field::line("name", lang.t("token-name")),
        Field::line("days", lang.t("token-days"))
            .hint(lang.t("token-days-hint"))
            .filled("30")
            .ltr("text", "", "w-4"),
        scopes,
    ];
    if !here.visitor.is_recent(&here.app) {
        fields.push(again_digits(here));
    }
    let mut make = FormBlock::new(lang.t("token-make"), "/desk/tokens".into(), fields, lang.t("token-make"));
    if let Some((sent, refusal)) = wrong {
        let says = lang.t_of("refusal-help-", refusal.code());
        make = make.refused(sent, &refusal, says);
        // Six digits hold once.
        make.fields.iter_mut().filter(|field| field.name == "digits").for_each(|field| field.value.clear());
    }
    page.forms = vec![make];
    for row in &own {
        let heading = format!("{} – {}", lang.t("token-end"), row.name);
        let mut form = FormBlock::new(heading, "/desk/tokens/end".into(), Vec::new(), lang.t("token-end"));
        form.hidden = vec![("token".into(), row.id.to_string())];
        form.button_class = "btn warn";
        page.forms.push(form);
    }
    Ok(show(page.status(), false, &page))
}

/// The six digits once more: the officer signed in a while ago.
fn again_digits(here: &Here) -> Field {
    let lang = &here.lang;
    Field::line("digits", lang.t("officer-digits-again")).hint(lang.t("officer-digits-hint")).ltr(
        "text",
        "one-time-code",
        "w-4",
    )
}

/// Makes a token; it is shown once. It outlasts the session, so whoever sits
/// down before a desk left open must not make one.
pub async fn make(here: Here, sent: Sent) -> Response {
    let result = async {
        if !here.visitor.is_recent(&here.app) {
            let confirmed =
                officers::confirm(&here.app.office, &here.visitor.who(), &sent.text("digits")).await;
            match confirmed.map_err(Problem::from) {
                Ok(_) => here.visitor.shown(&here.app),
                Err(problem) if matches!(problem.code(), "sign-in/wrong-code" | "sign-in/locked-out") => {
                    let code = problem.code();
                    let why = if code == Why::WrongCode.code() { Why::WrongCode } else { Why::LockedOut };
                    let refusal = Refusal::from(why).about("field", "digits");
                    let page = list(&here, Vec::new(), Some((&sent, refusal))).await?;
                    return Ok(safety::mark(page, code, None));
                }
                Err(problem) => return Err(problem),
            }
        }
        let (token, token_hash) = IssueToken::token();
        let days = diwan_domain::digits::to_ascii(&sent.text("days")).parse().unwrap_or(LONGEST_DAYS + 1);
        let act = IssueOwnToken { name: sent.text("name"), token_hash, scopes: sent.all("scopes"), days };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => list(&here, vec![here.lang.with("token-made", &[("token", token.into())])], None).await,
            Err(stop) => match stop.refusal().filter(|refusal| refusal.why == Why::FieldMissing).cloned() {
                // What was typed beside the empty field, and what was chosen, stays.
                Some(refusal) => list(&here, Vec::new(), Some((&sent, refusal))).await,
                None => Err(stop.into()),
            },
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Ends a token at once.
pub async fn end(here: Here, sent: Sent) -> Response {
    let result = async {
        let token = sent.id("token").ok_or_else(Problem::not_found)?;
        here.app.office.perform(&here.visitor.who(), &sent.key, EndToken { token }).await?;
        Ok(here.go("/desk/tokens"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
