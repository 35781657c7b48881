//! Acting for another, at the counter: an officer has the person before them, or the paper.

use super::{DeskList, at_desk};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::pages::proxies::{field_of, fields, mark, name_of, read, said};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::people::Permission;
use diwan_office::acting::not_family;
use diwan_office::civil::may_see;
use diwan_office::telephone::EndProxy;
use diwan_office::telephone::proxies::appointed_by;

/// Who may act for a person, and where another is let.
pub async fn page(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_page(&here, &id, None, "").await;
    answer(&here, result)
}

async fn show_page(here: &Here, id: &str, typed: Option<&Sent>, wrong: &str) -> Answer {
    let desk = at_desk(here, Some(Permission::VerifyIdentity)).await?;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let rows = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        if !may_see(&mut tx, &desk.acting, person).await? {
            return Err(Problem::not_found());
        }
        not_family(&mut tx, &desk.acting.officer, [Some(person)]).await?;
        appointed_by(&mut tx, person).await?
    };
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("proxies-title")).await?;
    page.back = format!("/desk/counter/people/{id}");
    let mut lines = Vec::new();
    for row in &rows {
        lines.push(vec![
            Cell::text(name_of(here, row.proxy_id).await?),
            Cell::text(said(here, row).await?),
            Cell::text(lang.t_of("proxy-basis-", &row.basis)),
            Cell::code(row.basis_number.clone()),
        ]);
    }
    page.tables.push((
        name_of(here, person).await?,
        Table {
            caption: lang.t("proxies-title"),
            heads: ["proxy-name", "proxy-deeds", "proxy-basis", "proxy-basis-number"]
                .map(|key| lang.t(key))
                .to_vec(),
            total: lines.len() as i64,
            rows: lines,
            empty: lang.t("proxies-none"),
            ..Table::default()
        },
    ));
    let mut fields = fields(here, true, typed).await?;
    mark(here, &mut fields, wrong);
    let action = format!("/desk/counter/people/{id}/proxies");
    page.forms.push(FormBlock::new(lang.t("proxy-new"), action, fields, lang.t("proxy-appoint")));
    for row in &rows {
        let heading = lang.with("proxy-end-of", &[("name", name_of(here, row.proxy_id).await?.into())]);
        let action = format!("/desk/counter/people/{id}/proxies/end");
        let mut form = FormBlock::new(heading, action, Vec::new(), lang.t("proxy-end"));
        form.hidden = vec![("proxy".into(), row.id.to_string())];
        form.button_class = "btn alt";
        page.forms.push(form);
    }
    Ok(show(page.status(), false, &page))
}

/// Lets another act for the person who stands there.
pub async fn appoint(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::VerifyIdentity)).await?;
        let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
        let act = match read(&here, Some(person), &sent) {
            Ok(act) => act,
            Err(wrong) => return show_page(&here, &id, Some(&sent), wrong).await,
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => Ok(here.go(&format!("/desk/counter/people/{id}/proxies"))),
            Err(stop) => show_page(&here, &id, Some(&sent), &field_of(stop)?).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Ends what another may do for them.
pub async fn end(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::VerifyIdentity)).await?;
        let proxy: RowId = sent.text("proxy").parse().map_err(|_| Problem::not_found())?;
        here.app.office.perform(&here.visitor.who(), &sent.key, EndProxy { proxy }).await?;
        Ok(here.go(&format!("/desk/counter/people/{id}/proxies")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
