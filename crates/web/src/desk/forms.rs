//! What an officer may do with a case now, as forms: only the actions that are
//! theirs at this moment.

use super::AtDesk;
use crate::fields::{Field, Opt};
use crate::frame::Here;
use crate::pages::home::words_of;
use crate::pages::kit::FormBlock;
use diwan_domain::people::Permission;
use diwan_domain::services::{Service, StepKind};
use diwan_office::acting::Acting;
use diwan_office::cases::entry_is_revoked;
use diwan_office::rows::{CaseRow, DocumentRow, OfficeRow};

/// A case on an officer's desk, and what is known around it.
pub struct At<'a> {
    /// Where we are.
    pub here: &'a Here,
    /// The officer.
    pub desk: &'a AtDesk,
    /// The case.
    pub case: &'a CaseRow,
    /// Its service.
    pub service: &'a Service,
    /// Its documents.
    pub papers: &'a [DocumentRow],
    /// Every officer.
    pub colleagues: &'a [Acting],
    /// Every office.
    pub offices: &'a [OfficeRow],
}

impl At<'_> {
    fn t(&self, key: &str) -> String {
        self.here.lang.t(key)
    }

    fn path(&self, what: &str) -> String {
        format!("/desk/cases/{}/{what}", self.case.id)
    }

    fn may(&self, permission: Permission) -> bool {
        self.desk.acting.may(permission)
    }

    fn is_own(&self) -> bool {
        self.case.assigned_to == Some(self.desk.acting.officer.id)
    }

    fn step(&self) -> Option<StepKind> {
        self.case.step.as_deref().and_then(|key| self.service.step(key)).map(|step| step.kind)
    }

    /// A form that names the version on the screen, so that of two officers the
    /// second is told.
    fn seen(&self, heading: &str, action: &str, fields: Vec<Field>, button: &str) -> FormBlock {
        let mut form = FormBlock::new(self.t(heading), self.path(action), fields, self.t(button));
        form.hidden = vec![("seen".to_owned(), self.case.version.to_string())];
        form
    }
}

/// The forms of a case for this officer.
#[must_use]
pub fn of_case(at: &At<'_>) -> Vec<FormBlock> {
    let mut forms = Vec::new();
    let finding =
        matches!(at.step(), Some(StepKind::Check | StepKind::Inspect | StepKind::Test | StepKind::Screen));
    if at.is_own() && finding && matches!(at.case.phase.as_str(), "in-progress" | "approved") {
        forms.push(finding_form(at));
    }
    // What a case declares is decided in the register; while that is revoked, the case may end.
    let is_revoked = entry_is_revoked(at.case);
    let decides = at.may(Permission::DecideCases) && (at.service.declares.is_none() || is_revoked);
    if at.is_own() && at.case.phase == "in-progress" && decides {
        if at.case.entry_id.is_none() && at.service.register.is_some() {
            forms.push(find(at));
            forms.extend(elsewhere(at));
        } else if !finding && !is_revoked {
            forms.push(at.seen("desk-approve", "decide/approve", Vec::new(), "desk-approve-button"));
        }
        forms.push(ask(at));
        forms.push(refuse(at));
    }
    // An inspection may follow the decision.
    let open = matches!(at.case.phase.as_str(), "in-progress" | "waiting-for-applicant")
        || at.case.phase == "approved" && at.case.move_role.is_some();
    if (at.is_own() || at.may(Permission::SuperviseCases)) && open {
        forms.push(write(at));
        forms.push(reassign(at));
    }
    forms.extend(super::faith::form(at));
    if at.may(Permission::RevokeDocuments) {
        let standing = at.papers.iter().filter(|paper| paper.ended_at.is_none() && paper.file_hash.is_some());
        forms.extend(standing.map(|paper| end_document(at, paper)));
        // What is not made within an hour is not made by itself.
        let now = at.here.app.office.now();
        let stuck = at.papers.iter().filter(|paper| paper.state == "intended" && paper.ended_at.is_none());
        let stuck = stuck.filter(|paper| paper.intended_at + AN_HOUR < now);
        forms.extend(stuck.map(|paper| make_anew(at, paper)));
    }
    forms
}

fn finding_form(at: &At<'_>) -> FormBlock {
    let option = |value: &str, key: &str| Opt { value: value.into(), label: at.t(key), ..Opt::default() };
    let results = vec![option("pass", "desk-finding-pass"), option("fail", "desk-finding-fail")];
    let fields = vec![
        Field::choice("how", at.t("desk-finding-how"), results),
        Field::area("words", at.t("desk-finding-words")).with_id("finding-words"),
    ];
    let mut form = at.seen("desk-finding", "decide/finding", fields, "desk-finding-button");
    let words = words_of(at.here, at.service);
    let step = at.case.step.as_deref().unwrap_or_default();
    form.intro = vec![words.t(&format!("step-{step}"))];
    form
}

fn find(at: &At<'_>) -> FormBlock {
    let fields = vec![Field::line("q", at.t("find-person")).hint(at.t("find-person-hint"))];
    FormBlock::new(at.t("desk-find-entry"), at.path("find"), fields, at.t("search"))
}

/// Asking another office, where the service knows that step and it was not
/// gone through yet.
fn elsewhere(at: &At<'_>) -> Option<FormBlock> {
    let known = at.service.steps.iter().any(|step| step.kind == StepKind::RequestElsewhere);
    if !known || at.step() == Some(StepKind::RequestElsewhere) {
        return None;
    }
    let options: Vec<Opt> = at
        .offices
        .iter()
        .filter(|office| Some(office.id) != at.case.office_id && office.ministry == at.service.issuer)
        .map(|office| Opt {
            value: office.id.to_string(),
            label: at.here.lang.name_in(&office.names.0),
            ..Opt::default()
        })
        .collect();
    if options.is_empty() {
        return None;
    }
    let fields = vec![
        Field::select("office", at.t("desk-elsewhere-office"), options),
        Field::area("words", at.t("desk-elsewhere-words"))
            .hint(at.t("desk-elsewhere-hint"))
            .with_id("elsewhere-words"),
    ];
    let mut form = at.seen("desk-elsewhere", "elsewhere", fields, "desk-elsewhere-button");
    form.button_class = "btn alt";
    Some(form)
}

fn ask(at: &At<'_>) -> FormBlock {
    let question =
        Field::area("words", at.t("desk-ask-words")).hint(at.t("desk-ask-hint")).with_id("ask-words");
    let mut form = at.seen("desk-ask", "decide/ask", vec![question], "desk-ask-button");
    form.button_class = "btn alt";
    form
}

fn refuse(at: &At<'_>) -> FormBlock {
    let words = words_of(at.here, at.service);
    let reasons = at.service.reasons.iter().map(|reason| Opt {
        value: reason.key.clone(),
        label: words.t(&format!("reason-{}", reason.key)),
        hint: reason.law.clone(),
        chosen: false,
    });
    let fields = vec![
        Field::choice("reason", at.t("desk-refuse-reason"), reasons.collect()),
        Field::area("words", at.t("desk-refuse-words")),
    ];
    let mut form = at.seen("desk-refuse", "decide/refuse", fields, "desk-refuse-button");
    form.button_class = "btn warn";
    form
}

fn write(at: &At<'_>) -> FormBlock {
    let fields = vec![
        Field::area("words", at.t("desk-write-words")).hint(at.t("desk-write-hint")).with_id("write-words"),
    ];
    let mut form = FormBlock::new(at.t("desk-write"), at.path("write"), fields, at.t("desk-write-button"));
    form.button_class = "btn alt";
    form
}

fn reassign(at: &At<'_>) -> FormBlock {
    let mut fields = vec![Field::line("reason", at.t("desk-reassign-reason")).with_id("move-reason")];
    if at.may(Permission::SuperviseCases) {
        let colleagues = at.colleagues.iter().filter(|other| {
            other.officer.office_id == at.case.office_id && other.may(Permission::DecideCases)
        });
        let options = colleagues.map(|other| Opt {
            value: other.officer.id.to_string(),
            label: other.officer.name.clone(),
            ..Opt::default()
        });
        fields.insert(0, Field::select("to", at.t("desk-reassign-to"), options.collect()).optional());
    }
    let mut form =
        FormBlock::new(at.t("desk-reassign"), at.path("reassign"), fields, at.t("desk-reassign-button"));
    form.button_class = "btn alt";
    form
}

/// An hour in microseconds.
const AN_HOUR: i64 = 3_600_000_000;

/// A paper that could not be made is made by the newest edition of its service.
fn make_anew(at: &At<'_>, paper: &DocumentRow) -> FormBlock {
    let reason = Field::line("reason", at.t("end-document-reason")).with_id(&format!("end-{}", paper.id));
    let action = at.path(&format!("documents/{}/end", paper.id));
    let mut form =
        FormBlock::new(at.t("end-document-anew"), action, vec![reason], at.t("end-document-button"));
    form.intro = vec![paper.number.clone(), at.t("end-document-anew-lead")];
    form.hidden = vec![("how".into(), "replace".into())];
    form.button_class = "btn alt";
    form
}

fn end_document(at: &At<'_>, paper: &DocumentRow) -> FormBlock {
    let lang = &at.here.lang;
    let option =
        |value: &str| Opt { value: value.into(), label: lang.t_of("end-document-", value), ..Opt::default() };
    let fields = vec![
        Field::choice(
            "how",
            format!("{} {}", at.t("end-document"), paper.number),
            vec![option("revoke"), option("replace")],
        )
        .with_id(&format!("how-{}", paper.id)),
        Field::line("reason", at.t("end-document-reason")).with_id(&format!("end-{}", paper.id)),
    ];
    let action = at.path(&format!("documents/{}/end", paper.id));
    let mut form = FormBlock::new(at.t("end-document"), action, fields, at.t("end-document-button"));
    form.button_class = "btn warn";
    form
}
