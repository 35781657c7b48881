//! How it was: one question after a finished case, once, without a name.

use super::apply::open;
use super::case::show_case;
use super::kit::FormBlock;
use crate::fields::{Field, Opt};
use crate::frame::Here;
use crate::refused::{Answer, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::acts::Actor;
use diwan_domain::ids::CaseId;
use diwan_office::figures::{KeepRating, RateCase, is_finished, is_rated};
use diwan_office::rows::CaseRow;
use diwan_office::{Fault, secrets};

/// The question, when the case is finished and it was not asked before.
///
/// # Errors
/// When the database fails.
pub async fn form(here: &Here, case: &CaseRow) -> Result<Option<FormBlock>, Fault> {
    let asked = is_finished(&case.phase) && !matches!(here.visitor.who().actor, Actor::Officer(_));
    if !asked || is_rated(&mut here.app.office.db.reading().await?.tx(), case.id).await? {
        return Ok(None);
    }
    let lang = &here.lang;
    let options = (1..=5).rev().map(|stars: i64| Opt {
        value: stars.to_string(),
        label: format!("{} – {}", lang.number(stars), lang.t_of("stars-", &stars.to_string())),
        ..Opt::default()
    });
    let fields = vec![
        Field::choice("stars", lang.t("rate-how"), options.collect()),
        Field::area("word", lang.t("rate-word")).hint(lang.t("rate-word-hint")).optional(),
    ];
    let action = format!("/cases/{}/rate", case.id);
    let mut form = FormBlock::new(lang.t("rate-title"), action, fields, lang.t("rate-send"));
    form.intro = vec![lang.t("rate-lead")];
    form.button_class = "btn alt";
    Ok(Some(form))
}

/// Keeps the answer apart from the case.
pub async fn sent(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let opened = open(&here, &id).await?;
        let Some(stars) = sent.id::<i64>("stars").filter(|stars| (1..=5).contains(stars)) else {
            let errors = vec![("stars-0".to_owned(), here.lang.t("rate-choose"))];
            return show_case(&here, &opened, errors, None).await;
        };
        let case: CaseId = opened.case.id;
        let office = &here.app.office;
        let act = RateCase { case, access: here.visitor.access(case) };
        let service = office.perform(&here.visitor.who(), &sent.key, act).await?;
        // The same form sent twice is kept once, under a key that names no form.
        let key = hex::encode(&secrets::hash(&format!("rating/{}", sent.key))[..16]);
        let act = KeepRating { service, stars, word: sent.some("word") };
        office.perform(&here.app.system(), &key, act).await?;
        Ok(here.go(&format!("/cases/{id}")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
