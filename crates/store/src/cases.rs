//! Cases, what was asked and handed in, consents and messages.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{
    AccountId, AreaId, CaseId, CentreId, EntryId, MessageId, OfficeId, OfficerId, PersonId, RowId, UploadId,
};

record! {
    /// One case, from draft to archive.
    pub struct CaseRow in "cases" {
        id: CaseId,
        number: String,
        service: String,
        edition: i64,
        service_hash: String,
        phase: String,
        step: Option<String>,
        channel: String,
        language: String,
        account_id: Option<AccountId>,
        applicant_id: Option<PersonId>,
        owner_key: Option<Vec<u8>>,
        holder_id: Option<PersonId>,
        entry_id: Option<EntryId>,
        relation: Option<String>,
        answers: Json,
        facts: Json,
        open_questions: Json,
        phone: Option<String>,
        email: Option<String>,
        fee_minor_units: i64,
        fee_lines: Json,
        paid_minor_units: i64,
        office_id: Option<OfficeId>,
        centre_id: Option<CentreId>,
        area_id: Option<AreaId>,
        assisted_by: Option<OfficerId>,
        assigned_to: Option<OfficerId>,
        assigned_at: Option<i64>,
        decided_by: Option<OfficerId>,
        decided_rule: Option<String>,
        decided_at: Option<i64>,
        reason: Option<String>,
        reason_text: Option<String>,
        appeal_until: Option<i64>,
        appeal_of: Option<CaseId>,
        first_decider: Option<OfficerId>,
        due_at: Option<i64>,
        begun_at: i64,
        submitted_at: Option<i64>,
        ended_at: Option<i64>,
        touched_at: i64,
        training: bool,
        move_role: Option<String>,
        version: i64,
    }
}

record! {
    /// One thing more that was asked of the applicant.
    pub struct CaseRequestRow in "case_requests" {
        id: RowId,
        case_id: CaseId,
        question: String,
        words: String,
        asked_by: Option<OfficerId>,
        asked_at: i64,
        due_at: i64,
        answer: Option<String>,
        answered_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// A file handed in.
    pub struct UploadRow in "uploads" {
        id: UploadId,
        case_id: CaseId,
        question: String,
        file_hash: String,
        media: String,
        name: String,
        bytes: i64,
        added_at: i64,
        removed_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// Who is party to a case, and as what.
    pub struct CasePartyRow in "case_parties" {
        id: RowId,
        case_id: CaseId,
        person_id: PersonId,
        role: String,
        since: i64,
        until: Option<i64>,
        version: i64,
    }
}

record! {
    /// How someone agreed that an officer applies for them.
    pub struct ConsentRow in "consents" only added {
        id: RowId,
        case_id: CaseId,
        person_id: Option<PersonId>,
        how: String,
        witness: Option<String>,
        officer_id: OfficerId,
        at: i64,
    }
}

record! {
    /// A message as it was sent.
    pub struct MessageRow in "messages" only added {
        id: MessageId,
        case_id: Option<CaseId>,
        account_id: Option<AccountId>,
        channel: String,
        address: String,
        template: String,
        language: String,
        words: String,
        at: i64,
    }
}

/// One case.
///
/// # Errors
/// When the database fails.
pub async fn case(tx: &mut Tx<'_>, id: CaseId) -> Result<Option<CaseRow>, Fault> {
    tx.one("SELECT * FROM cases WHERE id = $1", &vals![id]).await
}

/// The service that a case asks for, and the edition under which it began.
///
/// # Errors
/// When the database fails.
pub async fn service_of(tx: &mut Tx<'_>, id: CaseId) -> Result<Option<(String, i64)>, Fault> {
    let row = tx.row("SELECT service, edition FROM cases WHERE id = $1", &vals![id]).await?;
    row.map(|row| Ok((row.get("service")?, row.get("edition")?))).transpose()
}

/// The case with this number.
///
/// # Errors
/// When the database fails.
pub async fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<CaseRow>, Fault> {
    tx.one("SELECT * FROM cases WHERE number = $1", &vals![number]).await
}

/// The cases of an account, last touched first.
///
/// # Errors
/// When the database fails.
pub async fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<CaseRow>, Fault> {
    tx.all(
        "SELECT * FROM cases WHERE account_id = $1 ORDER BY touched_at DESC, id LIMIT 200",
        &vals![account],
    )
    .await
}

/// The cases in which a person is the applicant, or that their own account
/// began, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<CaseRow>, Fault> {
    const OF_PERSON: &str = "
        SELECT   * FROM cases
        WHERE    applicant_id = $1
           OR    (applicant_id IS NULL AND account_id IN (SELECT id FROM accounts WHERE person_id = $1))
        ORDER BY begun_at DESC, id LIMIT 500";
    tx.all(OF_PERSON, &vals![person]).await
}

/// What an officer's inbox shows.
#[derive(Clone, Debug, Default)]
pub struct Inbox {
    /// The officer's office: the jurisdiction, always in the WHERE clause.
    pub office: Option<OfficeId>,
    /// Only the officer's centre, when the officer is bound to one.
    pub centre: Option<CentreId>,
    /// Only cases assigned to this officer.
    pub assigned_to: Option<OfficerId>,
    /// Only these phases; empty for all with the office.
    pub phase: Option<String>,
    /// Only those due before this instant.
    pub due_before: Option<i64>,
    /// Only this case number, or part of it.
    pub search: Option<String>,
    /// Only this service.
    pub service: Option<String>,
    /// Only what came by this channel.
    pub channel: Option<String>,
    /// Only cases with this open question, by the rule's key.
    pub open: Option<String>,
    /// Without those about people whose records are closed to this officer; `None` for
    /// whoever sees every record.
    pub seen_by: Option<OfficerId>,
    /// `due`, `number` or `touched`.
    pub sort: Sort,
    /// How many, and how many to leave out before.
    pub page: (i64, i64),
    /// Only those after this one in the order.
    pub after: Option<After>,
}

/// Where a page of the inbox ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// The number of its last case.
    pub number: String,
    /// When that case is due or was last touched, as the order wants it.
    pub at: i64,
    /// That case.
    pub id: CaseId,
}

/// After every instant: where cases without a deadline stand.
const NEVER: i64 = i64::MAX;

/// In which order a list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The most urgent first.
    #[default]
    Due,
    /// By number.
    Number,
    /// Last touched first.
    Touched,
}

const WITHIN: &str = "
    WHERE  submitted_at IS NOT NULL
      AND  (office_id = $1 OR $1 IS NULL) AND (centre_id = $2 OR $2 IS NULL)
      AND  (assigned_to = $3 OR $3 IS NULL) AND (phase = $4 OR $4 IS NULL)
      AND  (due_at < $5 OR $5 IS NULL) AND (number LIKE $6 OR $6 IS NULL)
      AND  (service = $7 OR $7 IS NULL) AND (channel = $8 OR $8 IS NULL)
      AND  (open_questions LIKE $9 OR $9 IS NULL)
      AND  (applicant_id IS NULL OR applicant_id NOT IN (
                SELECT p.id FROM persons p WHERE p.protected <> 0 AND NOT EXISTS (
                    SELECT 1 FROM record_grants g
                    WHERE  g.person_id = p.id AND g.officer_id = $10 AND g.ended_at IS NULL))
            OR $10 IS NULL)
      AND  (holder_id IS NULL OR holder_id NOT IN (
                SELECT p.id FROM persons p WHERE p.protected <> 0 AND NOT EXISTS (
                    SELECT 1 FROM record_grants g
                    WHERE  g.person_id = p.id AND g.officer_id = $10 AND g.ended_at IS NULL))
            OR $10 IS NULL)
      AND  (entry_id IS NULL OR entry_id NOT IN (
                SELECT e.id FROM persons p JOIN event_roles r ON r.person_id = p.id
                JOIN   register_entries e ON e.event_id = r.event_id
                WHERE  p.protected <> 0 AND NOT EXISTS (
                    SELECT 1 FROM record_grants g
                    WHERE  g.person_id = p.id AND g.officer_id = $10 AND g.ended_at IS NULL))
            OR $10 IS NULL)";

fn inbox_sql(sort: Option<Sort>) -> &'static str {
    use std::sync::OnceLock;
    static SQL: [OnceLock<String>; 4] = [const { OnceLock::new() }; 4];
    let (at, after, order) = match sort {
        None => (0, "", ""),
        Some(Sort::Due) => (
            1,
            "(COALESCE(due_at, 9223372036854775807) > $13
              OR (COALESCE(due_at, 9223372036854775807) = $13 AND id > $14) OR $13 IS NULL)",
            "CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id",
        ),
        Some(Sort::Number) => (2, "(number > $13 OR $13 IS NULL)", "number"),
        Some(Sort::Touched) => {
            (3, "(touched_at < $13 OR (touched_at = $13 AND id > $14) OR $13 IS NULL)", "touched_at DESC, id")
        }
    };
    SQL[at].get_or_init(|| match sort {
        Some(_) => {
            format!("SELECT * FROM cases {WITHIN} AND {after} ORDER BY {order} LIMIT $11 OFFSET $12")
        }
        None => format!("SELECT COUNT(*) AS n FROM cases {WITHIN}"),
    })
}

impl Inbox {
    fn filter(&self) -> Vec<crate::value::Val> {
        let search = self.search.as_ref().map(|text| format!("%{}%", text.replace(['%', '_'], "")));
        let open =
            self.open.as_ref().map(|rule| format!("%\"rule\":\"{}\"%", rule.replace(['%', '_', '"'], "")));
        let (office, centre, officer) = (self.office, self.centre, self.assigned_to);
        let mut values = vals![office, centre, officer, self.phase, self.due_before, search].to_vec();
        values.extend(vals![self.service, self.channel, open, self.seen_by]);
        values
    }

    /// The cases of this page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cases(&self, tx: &mut Tx<'_>) -> Result<Vec<CaseRow>, Fault> {
        let mut values = self.filter();
        values.extend(vals![self.page.0, self.page.1]);
        let after = self.after.as_ref();
        match self.sort {
            Sort::Number => values.extend(vals![after.map(|after| after.number.clone())]),
            Sort::Due | Sort::Touched => {
                values.extend(vals![after.map(|after| after.at), after.map(|after| after.id)]);
            }
        }
        tx.all(inbox_sql(Some(self.sort)), &values).await
    }

    /// Where a page that ends with this case ended.
    #[must_use]
    pub fn ended_at(&self, case: &CaseRow) -> After {
        let at = match self.sort {
            Sort::Touched => case.touched_at,
            Sort::Due | Sort::Number => case.due_at.unwrap_or(NEVER),
        };
        After { number: case.number.clone(), at, id: case.id }
    }

    /// How many there are on all pages.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, tx: &mut Tx<'_>) -> Result<i64, Fault> {
        tx.count(inbox_sql(None), &self.filter()).await
    }
}

/// Unassigned cases of an office in which one of these roles has the move, most
/// urgent first: none that this officer decided before, in the first instance
/// or as the first of two. Family is looked up by the caller.
///
/// # Errors
/// When the database fails.
pub async fn waiting_for_hands(
    tx: &mut Tx<'_>,
    office: OfficeId,
    officer: OfficerId,
    roles: [&str; 4],
    at_most: i64,
) -> Result<Vec<CaseRow>, Fault> {
    const WAITING: &str = "
        SELECT   * FROM cases
        WHERE    office_id = $1 AND phase IN ('in-progress', 'approved') AND assigned_to IS NULL
          AND    (first_decider IS NULL OR first_decider <> $2)
          AND    (decided_by IS NULL OR decided_by <> $2 OR phase = 'approved')
          AND    move_role IN ($3, $4, $5, $6)
        ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id LIMIT $7";
    tx.all(WAITING, &vals![office, officer, roles[0], roles[1], roles[2], roles[3], at_most]).await
}

/// The same of what was begun in a centre after an instant: in a mobile unit.
///
/// # Errors
/// When the database fails.
pub async fn waiting_since(
    tx: &mut Tx<'_>,
    office: OfficeId,
    officer: OfficerId,
    roles: [&str; 4],
    (centre, begun): (CentreId, i64),
    at_most: i64,
) -> Result<Vec<CaseRow>, Fault> {
    const WAITING: &str = "
        SELECT   * FROM cases
        WHERE    office_id = $1 AND phase IN ('in-progress', 'approved') AND assigned_to IS NULL
          AND    (first_decider IS NULL OR first_decider <> $2)
          AND    (decided_by IS NULL OR decided_by <> $2 OR phase = 'approved')
          AND    move_role IN ($3, $4, $5, $6) AND centre_id = $7 AND begun_at > $8
        ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id LIMIT $9";
    let [first, second, third, fourth] = roles;
    tx.all(WAITING, &vals![office, officer, first, second, third, fourth, centre, begun, at_most]).await
}

/// Who is party to a case now.
///
/// # Errors
/// When the database fails.
pub async fn parties(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<CasePartyRow>, Fault> {
    const NOW: &str = "SELECT * FROM case_parties WHERE case_id = $1 AND until IS NULL ORDER BY since, id";
    tx.all(NOW, &vals![case]).await
}

/// What was asked of the applicant, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn requests(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<CaseRequestRow>, Fault> {
    tx.all("SELECT * FROM case_requests WHERE case_id = $1 ORDER BY asked_at, id", &vals![case]).await
}

/// The files of a case that were not removed.
///
/// # Errors
/// When the database fails.
pub async fn uploads(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<UploadRow>, Fault> {
    tx.all(
        "SELECT * FROM uploads WHERE case_id = $1 AND removed_at IS NULL ORDER BY added_at, id",
        &vals![case],
    )
    .await
}

/// One file of a case.
///
/// # Errors
/// When the database fails.
pub async fn upload(tx: &mut Tx<'_>, id: UploadId) -> Result<Option<UploadRow>, Fault> {
    tx.one("SELECT * FROM uploads WHERE id = $1", &vals![id]).await
}

/// The files of a case, those that were taken back among them.
///
/// # Errors
/// When the database fails.
pub async fn uploads_ever(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<UploadRow>, Fault> {
    tx.all("SELECT * FROM uploads WHERE case_id = $1 ORDER BY added_at, id", &vals![case]).await
}

/// Whether any file row or document still names these bytes.
///
/// # Errors
/// When the database fails.
pub async fn file_is_named(tx: &mut Tx<'_>, hash: &str) -> Result<bool, Fault> {
    const NAMED: &str = "
        SELECT (SELECT COUNT(*) FROM uploads WHERE file_hash = $1)
             + (SELECT COUNT(*) FROM documents WHERE file_hash = $1)
             + (SELECT COUNT(*) FROM imports WHERE stored = $1)
             + (SELECT COUNT(*) FROM ledger_pages WHERE file_hash = $1) AS n";
    Ok(tx.count(NAMED, &vals![hash]).await? > 0)
}

/// How many files a case was ever given, and how many bytes they are, those
/// that were taken back among them: their bytes stay until the case is erased.
///
/// # Errors
/// When the database fails.
pub async fn files_ever(tx: &mut Tx<'_>, case: CaseId) -> Result<(i64, i64), Fault> {
    const EVER: &str = "
        SELECT COUNT(*) AS n, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes FROM uploads WHERE case_id = $1";
    let Some(row) = tx.row(EVER, &vals![case]).await? else { return Ok((0, 0)) };
    Ok((row.get("n")?, row.get("bytes")?))
}

/// The consents given in a case.
///
/// # Errors
/// When the database fails.
pub async fn consents(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<ConsentRow>, Fault> {
    tx.all("SELECT * FROM consents WHERE case_id = $1 ORDER BY at", &vals![case]).await
}

/// The messages sent about a case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn messages(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<MessageRow>, Fault> {
    tx.all("SELECT * FROM messages WHERE case_id = $1 ORDER BY at, id", &vals![case]).await
}

/// What a service published of itself: how many cases ended, and how long they
/// took, in microseconds, from sending to the decision, shortest first.
///
/// # Errors
/// When the database fails.
pub async fn recent_times(tx: &mut Tx<'_>, service: &str, since: i64) -> Result<Vec<i64>, Fault> {
    const TIMES: &str = "
        SELECT   decided_at - submitted_at AS took FROM cases
        WHERE    service = $1 AND decided_at >= $2 AND submitted_at IS NOT NULL
        ORDER BY took LIMIT 10000";
    tx.rows(TIMES, &vals![service, since]).await?.iter().map(|row| row.get("took")).collect()
}

/// A sent case within a jurisdiction: the office's, or the centre's when the
/// officer belongs to no office.
///
/// # Errors
/// When the database fails.
pub async fn within(
    tx: &mut Tx<'_>,
    id: CaseId,
    office: Option<OfficeId>,
    centre: Option<CentreId>,
) -> Result<Option<CaseRow>, Fault> {
    const WITHIN: &str = "
        SELECT * FROM cases
        WHERE  id = $1 AND (office_id = $2 OR ($2 IS NULL AND centre_id = $3))";
    tx.one(WITHIN, &vals![id, office, centre]).await
}

/// The cases of a holder that were sent, may still be given and have no paper yet, of one
/// entry of the register.
///
/// # Errors
/// When the database fails.
pub async fn without_paper_of(
    tx: &mut Tx<'_>,
    holder: PersonId,
    entry: EntryId,
) -> Result<Vec<CaseRow>, Fault> {
    const WITHOUT: &str = "
        SELECT   * FROM cases
        WHERE    holder_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    entry_id = $2
          AND    phase IN ('submitted', 'in-progress', 'waiting-for-applicant', 'approved', 'refused')
          AND    (phase <> 'approved' OR NOT EXISTS (
                    SELECT 1 FROM documents d WHERE d.case_id = cases.id))
        ORDER BY begun_at, id";
    tx.all(WITHOUT, &vals![holder, entry]).await
}

/// The open cases of an officer.
///
/// # Errors
/// When the database fails.
pub async fn assigned_to(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Vec<CaseRow>, Fault> {
    const OPEN: &str = "
        SELECT * FROM cases
        WHERE  assigned_to = $1
          AND  (phase IN ('in-progress', 'waiting-for-applicant')
                OR (phase = 'approved' AND move_role IS NOT NULL))";
    tx.all(OPEN, &vals![officer]).await
}
