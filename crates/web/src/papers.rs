//! The words on papers: certificates, receipts and forms, in the languages the
//! paper is printed in. Layouts hold no wording; every word arrives from here.

mod lists;
mod rows;

use self::lists::{Texts, line_in, lists_of, marital, table};
pub use self::rows::{COUNTRIES, PLURALITIES};
use self::rows::{beside_of, gathered};
use crate::app::{App, Brand};
use crate::frame::Here;
use crate::pages::apply::Opened;
use crate::pages::downloads::pdf;
use crate::refused::{Answer, Problem};
use crate::words::{Language, ServiceWords, Words, plain};
use diwan_domain::money::Money;
use diwan_domain::names;
use diwan_domain::services::{
    Answers, EntryValues, Piece, PrintFrom, Question, QuestionKind, Service, asked, printed,
};
use diwan_office::cases::faith::FAITHS;
use diwan_office::cash;
use diwan_office::documents::{
    Checked, FORM_LAYOUT as FORM, Job, Paper, RECEIPT_LAYOUT as RECEIPT, Wording, grouped, last_day, qr_svg,
};
use diwan_office::rows::{CaseRow, ReceiptRow};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Words for papers, from the words of the pages.
pub struct PaperWords {
    /// The words.
    pub words: Arc<Words>,
    /// The government's name.
    pub brand: Arc<Brand>,
}

impl PaperWords {
    fn languages(&self, wanted: &Value) -> Vec<Arc<Language>> {
        let listed = wanted.as_array().into_iter().flatten().filter_map(Value::as_str);
        let mut languages: Vec<_> = listed.filter_map(|code| self.words.language(code)).collect();
        // The official languages lead (Law 6/2014); the others follow.
        languages.sort_by_key(|language| match language.code.as_str() {
            "ckb" => 0,
            "ar" => 1,
            _ => 2,
        });
        if languages.is_empty() { vec![self.words.first()] } else { languages }
    }
}

/// An object by language.
fn by_language(languages: &[Arc<Language>], text: impl Fn(&Arc<Language>) -> Option<String>) -> Value {
    let pairs =
        languages.iter().filter_map(|language| Some((language.code.clone(), json!(plain(&text(language)?)))));
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// What a paper says, as it was kept; nothing where it cannot be read.
fn entry_fields(fields: &Value) -> EntryValues {
    EntryValues::deserialize(fields).unwrap_or_default()
}

/// The fields that are texts.
fn texts_of(fields: &EntryValues) -> Texts {
    fields.iter().filter_map(|(key, value)| Some((key.clone(), value.text()?.to_owned()))).collect()
}

/// One printed value in a language: the register's own writing where the script
/// fits; in Latin letters only what a passport gave, or marked as transliterated.
fn value_in(
    lang: &Language,
    words: &ServiceWords,
    key: &str,
    piece: &Piece,
    fields: &Texts,
) -> Option<String> {
    match (key, piece) {
        (_, Piece::Blank) => None,
        ("sex", Piece::Text(sex)) => Some(lang.t_of("sex-", sex)),
        // A court is called what it is called: spelled by rule, nobody would know it.
        ("court", Piece::Text(court)) => Some(court.clone()),
        ("marital-status", Piece::Text(status)) => Some(marital(lang, status, fields)),
        ("plurality", Piece::Text(one)) if PLURALITIES.contains(&one.as_str()) => {
            Some(lang.t_of("paper-plurality-", one))
        }
        ("divorce-kind", Piece::Text(one)) => Some(lang.t_of("answer-", one)),
        ("judgment-date", Piece::Text(text)) => Some(lang.stored_date(text)),
        (_, Piece::Text(text)) if key.ends_with("-in-words") => lang.stored_date_in_words(text),
        (_, Piece::Text(text)) if key.ends_with("-nationality") && COUNTRIES.contains(&text.as_str()) => {
            Some(lang.t_of("paper-country-", &text.to_ascii_lowercase()))
        }
        (_, Piece::Text(age)) if key.ends_with("-age") => Some(lang.digits(age)),
        (_, Piece::Text(text)) if key.ends_with("-on") || key == "date" => Some(lang.stored_date(text)),
        (_, Piece::Text(text)) if names::is_arabic_script(text) => {
            if lang.rtl {
                return Some(text.clone());
            }
            match fields.get(&format!("{key}-latin")) {
                Some(_) if key == "name" => None,
                Some(latin) => Some(latin.clone()),
                None => {
                    Some(lang.with("paper-transliterated", &[("text", names::transliterate(text).into())]))
                }
            }
        }
        // A Latin spelling is for those who read Latin letters.
        (_, Piece::Text(_)) if lang.rtl && key.ends_with("-latin") => None,
        (_, other) => {
            let shown = crate::fields::pieces(lang, words, std::slice::from_ref(other));
            shown.into_iter().next().map(|(text, _)| text)
        }
    }
}

/// The printed fields of a document: key and pieces.
fn printed_fields(
    published: &diwan_office::catalogue::Published,
    answers: &Answers,
    fields: &EntryValues,
) -> Vec<(String, Vec<Piece>)> {
    printed(&published.service, answers, fields)
        .into_iter()
        .map(|(key, pieces)| (key.to_owned(), pieces))
        .collect()
}

/// How a printed field is written follows from what it is in the register, not
/// from what a service calls it.
fn source_of(service: &Service, key: &str) -> String {
    let fields = service.document.iter().flat_map(|document| &document.fields);
    let from = fields.into_iter().find(|field| field.key == key).map(|field| &field.from);
    match from {
        Some(PrintFrom::Entry(name)) => name.clone(),
        _ => key.to_owned(),
    }
}

impl Wording for PaperWords {
    fn paper(&self, about: &Paper<'_>) -> Value {
        let document = about.document;
        let languages = self.languages(&document.languages.0);
        let service = &about.published.service;
        let words: BTreeMap<String, ServiceWords> =
            languages.iter().map(|l| (l.code.clone(), self.words.of_service(l, service))).collect();
        let own = |key: &str| by_language(&languages, |l| words.get(&l.code).map(|w| w.t(key)));
        let shared = |key: &str| by_language(&languages, |l| Some(l.t(key)));
        let said = entry_fields(&document.fields.0);
        let fields = texts_of(&said);
        let lists = lists_of(service, &said);
        let tables: Vec<Value> =
            lists.iter().map(|(field, lines)| table(&languages, &own, field, lines)).collect();
        let rows = printed_fields(about.published, about.answers, &said);
        let rows = rows.into_iter().filter(|(key, _)| lists.iter().all(|(field, _)| field.key != *key));
        let rows = rows.filter_map(|(key, pieces)| {
            let piece = pieces.into_iter().find(|piece| *piece != Piece::Blank)?;
            let source = source_of(service, &key);
            let value =
                by_language(&languages, |l| value_in(l, words.get(&l.code)?, &source, &piece, &fields));
            let label = own(&format!("print-{key}"));
            value
                .as_object()
                .is_some_and(|value| !value.is_empty())
                .then(|| (key, json!({"label": label, "value": value})))
        });
        let mut rows = gathered(service, rows.collect());
        // Religion stands on a paper only where one entitled asked for it; no service prints it.
        rows.extend(FAITHS.iter().filter_map(|role| {
            let faith = fields.get(&format!("{role}-religion"))?;
            let label = by_language(&languages, |l| {
                let whose = l.t_of("section-", role);
                Some(l.with("paper-religion", &[("whose", whose.into())]))
            });
            let value = by_language(&languages, |l| Some(l.t_of("answer-", faith)));
            Some(json!({"label": label, "value": value}))
        }));
        if let Some(last) = last_day(service, document, about.utc_offset_minutes) {
            let value = by_language(&languages, |l| Some(l.date(last)));
            rows.push(json!({"label": shared("paper-valid-until"), "value": value}));
        }
        let place = |l: &Arc<Language>| {
            about.centre.map_or_else(|| l.name_in(&about.office.names.0), |centre| l.name_in(&centre.names.0))
        };
        let authority = Value::Object(
            languages
                .iter()
                .map(|l| {
                    let lines =
                        words.get(&l.code).map(|w| plain(&w.t("document-authority"))).unwrap_or_default();
                    let mut all = vec![plain(&l.name_in(&self.brand.government))];
                    all.extend(
                        lines.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()),
                    );
                    all.dedup();
                    (l.code.clone(), json!(all))
                })
                .collect(),
        );
        let code = grouped(&document.check_code);
        let issued = by_language(&languages, |l| {
            let day = l.day_of(document.intended_at, about.utc_offset_minutes);
            Some(l.with("paper-issued-value", &[("day", day.into()), ("place", place(l).into())]))
        });
        let opening = about.opening.as_ref();
        let mut data = json!({
            "languages": languages.iter().map(|l| l.code.clone()).collect::<Vec<_>>(),
            "authority": authority,
            "title": own("document-title"),
            "number": document.number,
            "number_label": shared("paper-number"),
            "rows": rows,
            "tables": tables,
            "statement": own("document-statement"),
            "issued": {"label": shared("paper-issued"), "value": issued},
            "check": {
                "url": about.check_url, "short": about.check_url.trim_start_matches("https://").trim_start_matches("http://"),
                "alt": format!("QR: {}", about.check_url),
                "label": shared("paper-check"), "text": shared("paper-check-text"),
            },
            "footer": shared("paper-footer"),
            "training": document.training,
            "training_text": shared("paper-training"),
            "issuer_short": plain(&self.words.language("en").map(|l| l.name_in(&about.office.names.0)).unwrap_or_default()),
            "record": {
                "number": document.number, "kind": document.kind, "fields": document.fields.0,
                "check": about.check_url, "code": code, "training": document.training,
                "service": service.key, "edition": service.version, "service_sha256": service.hash,
                "journal_entry": opening.map(|(entry, _)| entry.to_string()),
                "opens_with_salt": opening.map(|(_, salt)| salt.clone()),
            },
        });
        // Layouts ask whether it is there.
        if let Some((entry, _)) = opening {
            data["log"] = json!({
                "label": shared("paper-log"),
                "value": by_language(&languages, |_| Some(entry.to_string())),
            });
        }
        data
    }
}

/// What the check page shows of a document: what is printed, and nothing else.
#[must_use]
pub fn visible_rows(here: &Here, found: &Checked) -> Vec<(String, Vec<(String, String)>)> {
    let lang = &here.lang;
    let words = here.app.words.of_service(lang, &found.service.service);
    let said = entry_fields(&found.document.fields.0);
    let fields = texts_of(&said);
    let lists = lists_of(&found.service.service, &said);
    let answers = diwan_office::documents::answers_of(&found.document);
    let printed = printed_fields(&found.service, &answers, &said);
    let is_blank = |pieces: &[Piece]| pieces.iter().all(|piece| *piece == Piece::Blank);
    let blank: Vec<String> =
        printed.iter().filter(|(_, pieces)| is_blank(pieces)).map(|(key, _)| key.clone()).collect();
    printed
        .into_iter()
        .filter_map(|(key, pieces)| {
            let own = words.t(&format!("print-{key}"));
            // Whose age it is stands in the row on paper; here it is said.
            let label = match beside_of(&found.service.service, &key) {
                Some(beside) if blank.contains(beside) => return None,
                Some(beside) => format!("{} – {own}", words.t(&format!("print-{beside}"))),
                None => own,
            };
            if let Some((field, lines)) = lists.iter().find(|(field, _)| field.key == key) {
                let shown = lines.iter().map(|line| (line_in(lang, field, line), String::new()));
                return Some((label, shown.collect()));
            }
            let piece = pieces.into_iter().find(|piece| *piece != Piece::Blank)?;
            let source = source_of(&found.service.service, &key);
            let mut values = Vec::new();
            if let Piece::Text(text) = &piece
                && names::is_arabic_script(text)
            {
                values.push((text.clone(), "ckb".to_owned()));
                if !lang.rtl {
                    values.extend(
                        value_in(lang, &words, &source, &piece, &fields).map(|text| (text, String::new())),
                    );
                }
            } else if source.ends_with("-latin") {
                values.extend(fields.get(&source).map(|text| (text.clone(), "en".to_owned())));
            } else {
                values.extend(
                    value_in(lang, &words, &source, &piece, &fields).map(|text| (text, String::new())),
                );
            }
            Some((label, values))
        })
        .collect()
}

/// The certificates behind the key in use, as PEM, the root last.
///
/// # Errors
/// When the key folder cannot be read.
pub fn root_pem(app: &App) -> Result<String, String> {
    diwan_office::documents::chain_pem(&app.office)
}

async fn render(here: &Here, job: Job) -> Result<Vec<u8>, Problem> {
    Ok(diwan_office::documents::render(&here.app.office, &here.visitor.who(), job).await?)
}

/// The message that marks a receipt: the original, a copy, or void.
#[must_use]
pub fn receipt_mark(row: &ReceiptRow, original: bool, void: bool) -> &'static str {
    match (row.kind.as_str(), original, void) {
        ("void", ..) | (_, _, true) => "receipt-void",
        (cash::REFUND, ..) => "receipt-refund",
        (_, true, _) => "receipt-original",
        _ => "receipt-copy",
    }
}

/// A cash receipt as a PDF: the original, or a copy that says so.
///
/// # Errors
/// Not found, or when it cannot be typeset.
pub async fn receipt(here: &Here, case: &CaseRow, id: &str, original: bool) -> Answer {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let office = &here.app.office;
    let (row, void) = {
        let mut reading = office.db.reading().await?;
        cash::receipt(&mut reading.tx(), id).await?.ok_or_else(Problem::not_found)?
    };
    if row.case_id != case.id {
        return Err(Problem::not_found());
    }
    let mark = receipt_mark(&row, original, void);
    let job = receipt_job(&here.app, &here.lang, &case.number, &row, mark);
    Ok(pdf(render(here, job).await?, &format!("{}.pdf", row.number)))
}

/// A receipt as it is typeset, in one language first and the official ones after it.
#[must_use]
pub fn receipt_job(
    app: &App,
    lang: &Arc<Language>,
    case_number: &str,
    row: &ReceiptRow,
    mark: &'static str,
) -> Job {
    let languages: Vec<Arc<Language>> = [lang.code.as_str(), "ckb", "en"]
        .iter()
        .filter_map(|code| app.words.language(code))
        .fold(Vec::new(), |mut kept, l| {
            if kept.iter().all(|known: &Arc<Language>| known.code != l.code) {
                kept.push(l);
            }
            kept
        });
    let shared = |key: &str| by_language(&languages, |l| Some(l.t(key)));
    let amount = Money::of(row.minor_units, &row.currency);
    let money = by_language(&languages, |l| Some(l.money(amount)));
    let offset = app.office.settings.utc_offset_minutes;
    let when = by_language(&languages, |l| Some(l.moment(row.at, offset)));
    let url = format!("{}/{}/track?number={}", app.office.settings.base_url, lang.code, case_number);
    let mut facts = vec![
        json!({"label": shared("when"), "value": when}),
        json!({"label": shared("case-number"), "value": case_number}),
        json!({"label": shared("receipt-means"), "value": shared("receipt-cash")}),
    ];
    let late = crate::pages::receipt::late_basis(row);
    facts.extend(late.map(|law| json!({"label": shared("receipt-late-declaration"), "value": law})));
    let data = json!({
        "languages": languages.iter().map(|l| l.code.clone()).collect::<Vec<_>>(),
        "authority": by_language(&languages, |l| Some(l.name_in(&app.brand.government))),
        "title": shared("receipt"), "mark": shared(mark), "is_copy": mark != "receipt-original",
        "number": row.number, "number_label": shared("paper-number"),
        "items": [{"label": shared("receipt-fee"), "amount": money}],
        "total": {"label": shared("receipt-total"), "amount": money},
        "facts": facts,
        "check": {"url": url, "short": case_number, "alt": format!("QR: {url}"), "label": shared("nav-track")},
        "footer": shared("receipt-footer"),
        "training": row.training, "training_text": shared("paper-training"),
    });
    Job {
        ident: format!("{}-{mark}", row.number),
        title: format!("{} {}", plain(&lang.t("receipt")), row.number),
        layout: RECEIPT.to_owned(),
        data,
        images: [("qr".to_owned(), qr_svg(&url).unwrap_or_default())].into(),
        issued: jiff::Timestamp::from_microsecond(row.at).unwrap_or(jiff::Timestamp::UNIX_EPOCH),
        most_pages: Some(1),
    }
}

/// The same case as a numbered paper form with the answers given so far.
///
/// # Errors
/// When it cannot be typeset.
pub async fn form(here: &Here, opened: &Opened) -> Answer {
    let (lang, case, service) = (&here.lang, &opened.case, &opened.published.service);
    let words = here.app.words.of_service(lang, service);
    let asked_now = asked(service, &opened.answers, &opened.facts);
    let sections: Vec<Value> = service
        .groups
        .iter()
        .map(|group| {
            let questions: Vec<Value> = service
                .questions
                .iter()
                .filter(|question| question.group == group.key)
                .filter(|question| {
                    opened.answers.is_empty() || asked_now.iter().any(|asked| asked.key == question.key)
                })
                .map(|question| paper_question(here, &words, question, opened.answers.get(&question.key)))
                .collect();
            json!({"title": plain(&words.t(&format!("group-{}", group.key))), "questions": questions})
        })
        .filter(|section| section["questions"].as_array().is_some_and(|list| !list.is_empty()))
        .collect();
    let url = format!("{}/{}/track?number={}", here.app.office.settings.base_url, lang.code, case.number);
    let text = |key: &str| plain(&lang.t(key));
    let data = json!({
        "language": lang.code, "digits": if lang.uses_arabic_digits() { "arab" } else { "latn" },
        "authority": [plain(&lang.name_in(&here.app.brand.government))],
        "title": plain(&words.t("title")), "about": words.maybe("summary").map(|t| plain(&t)),
        "number": case.number, "number_label": text("case-number"),
        "qr_alt": format!("QR: {url}"),
        "date_parts": (["date-part-day", "date-part-month", "date-part-year"].map(text)),
        "marks": {"chosen": text("form-chosen"), "open": text("form-open")},
        "sections": sections,
        "declaration": text("send-statement"),
        "signatures": (["form-applicant", "form-companion", "form-officer", "form-date"].map(text)),
        "office": {"title": text("form-office"), "fields": (["form-received", "form-seen"].map(text))},
        "training": case.training, "training_text": text("paper-training"),
    });
    let job = Job {
        ident: format!("form-{}-{}", case.number, case.version),
        title: format!("{} {}", plain(&words.t("title")), case.number),
        layout: FORM.to_owned(),
        data,
        images: [("qr".to_owned(), qr_svg(&url).unwrap_or_default())].into(),
        issued: jiff::Timestamp::from_microsecond(here.app.office.now())
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH),
        most_pages: None,
    };
    Ok(pdf(render(here, job).await?, &format!("{}.pdf", case.number)))
}

fn paper_question(here: &Here, words: &ServiceWords, question: &Question, answer: Option<&Value>) -> Value {
    let label = plain(&words.maybe(&format!("question-{}", question.key)).unwrap_or_default());
    let hint = crate::fields::hint_of(words, question).map(|text| plain(&text));
    let shown = answer.map(|value| question.show(value)).unwrap_or_default();
    let text = crate::fields::pieces(&here.lang, words, &shown)
        .into_iter()
        // Numbers and addresses run left to right, also on a sheet that does not.
        .map(|(text, ltr)| if ltr { format!("\u{200e}{}", plain(&text)) } else { plain(&text) })
        .collect::<Vec<_>>()
        .join(", ");
    let mut drawn = json!({"label": label, "hint": hint});
    let chosen = |option: &str| match answer {
        Some(Value::String(one)) => one == option,
        Some(Value::Array(many)) => many.iter().any(|one| one == option),
        _ => false,
    };
    match question.kind {
        QuestionKind::Choice | QuestionKind::Choices => {
            drawn["kind"] = json!(if question.kind == QuestionKind::Choice { "choice" } else { "choices" });
            drawn["options"] = question
                .options
                .iter()
                .map(|option| json!({"label": plain(&words.t(&question.option_word(option))), "chosen": chosen(option)}))
                .collect();
        }
        QuestionKind::YesNo => {
            drawn["kind"] = json!("choice");
            let option = |key: &str, value: bool| {
                let chosen = answer.and_then(Value::as_bool) == Some(value);
                json!({"label": plain(&here.lang.t(key)), "chosen": chosen})
            };
            drawn["options"] = json!([option("answer-yes", true), option("answer-no", false)]);
        }
        QuestionKind::Date => {
            drawn["kind"] = json!("date");
            drawn["answer"] = answer.and_then(Value::as_str).map(Value::from).into();
        }
        QuestionKind::LongText | QuestionKind::Group => {
            drawn["kind"] = json!("lines");
            drawn["lines"] = json!(4);
        }
        _ => drawn["kind"] = json!("text"),
    }
    if !text.is_empty() && drawn.get("answer").is_none() && drawn.get("options").is_none() {
        drawn["answer"] = json!(text);
    }
    if let Some(fields) = drawn.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    drawn
}
