-- The foundation: what stays as it is from the first day, because it is
-- expensive to change later. The words #ID, #INT, #TEXT, #BYTES, #SERIAL,
-- #HORIZON and #STRICT become each engine's own (dialect.rs).
-- Times are microseconds since 1970 UTC; money is whole minor units; dates of
-- civil status are ISO 8601 text and may be partly known ("1960", "1960-07").

-- Acts and the journal ------------------------------------------------------

CREATE TABLE acts (
    id #ID NOT NULL PRIMARY KEY,
    name #TEXT NOT NULL,
    version #INT NOT NULL,
    actor_kind #TEXT NOT NULL,
    actor_name #TEXT NOT NULL,
    idem_key #TEXT NOT NULL,
    body_hash #BYTES NOT NULL,
    header #TEXT NOT NULL,
    body #TEXT NOT NULL,
    outcome #TEXT NOT NULL,
    at #INT NOT NULL,
    CONSTRAINT acts_once UNIQUE (actor_kind, actor_name, name, idem_key)
)#STRICT;

CREATE TABLE journal (
    id #ID NOT NULL PRIMARY KEY,
    act_id #ID NOT NULL,
    ordinal #INT NOT NULL,
    kind #TEXT NOT NULL,
    subject_kind #TEXT NOT NULL,
    subject_id #TEXT NOT NULL,
    person_id #ID,
    actor_kind #TEXT NOT NULL,
    actor_name #TEXT NOT NULL,
    at #INT NOT NULL,
    body #TEXT NOT NULL,
    salt #BYTES NOT NULL,
    mac #BYTES NOT NULL
)#STRICT;
CREATE INDEX journal_by_subject ON journal (subject_kind, subject_id, at);
CREATE INDEX journal_by_person ON journal (person_id, at);
CREATE INDEX journal_by_actor ON journal (actor_kind, actor_name, at);
CREATE INDEX journal_by_time ON journal (at);

CREATE TABLE journal_unsealed (entry_id #ID NOT NULL PRIMARY KEY, at #INT NOT NULL)#STRICT;

-- The public log: commitments in their order, and the hashes of the tree.
CREATE TABLE log_leaves (
    leaf #INT NOT NULL PRIMARY KEY,
    entry_id #ID NOT NULL UNIQUE,
    commitment #BYTES NOT NULL
)#STRICT;
CREATE TABLE log_hashes (
    level #INT NOT NULL,
    n #INT NOT NULL,
    hash #BYTES NOT NULL,
    CONSTRAINT log_hashes_once PRIMARY KEY (level, n)
)#STRICT;
CREATE TABLE log_state (
    id #INT NOT NULL PRIMARY KEY,
    origin #TEXT NOT NULL,
    size #INT NOT NULL,
    root #BYTES NOT NULL,
    checkpoint #TEXT NOT NULL,
    fence #INT NOT NULL,
    at #INT NOT NULL
)#STRICT;

-- Beside the acts: what expires, counts, queues or can be derived again ----------

CREATE TABLE marks (name #TEXT NOT NULL PRIMARY KEY, value #TEXT NOT NULL)#STRICT;
CREATE TABLE sessions (
    token_hash #BYTES NOT NULL PRIMARY KEY,
    actor_kind #TEXT NOT NULL,
    actor_id #ID,
    label #TEXT NOT NULL,
    assurance #TEXT NOT NULL,
    csrf #TEXT NOT NULL,
    data #TEXT NOT NULL,
    created_at #INT NOT NULL,
    seen_at #INT NOT NULL,
    expires_at #INT NOT NULL
)#STRICT;
CREATE INDEX sessions_by_actor ON sessions (actor_kind, actor_id);
CREATE TABLE one_time_codes (
    id #ID NOT NULL PRIMARY KEY,
    purpose #TEXT NOT NULL,
    address #TEXT NOT NULL,
    code_hash #BYTES NOT NULL,
    tries_left #INT NOT NULL,
    created_at #INT NOT NULL,
    expires_at #INT NOT NULL,
    used_at #INT
)#STRICT;
CREATE INDEX one_time_codes_by_address ON one_time_codes (purpose, address, created_at);
CREATE TABLE rate_counters (
    key #TEXT NOT NULL PRIMARY KEY,
    window_start #INT NOT NULL,
    uses #INT NOT NULL
)#STRICT;
CREATE TABLE leases (
    name #TEXT NOT NULL PRIMARY KEY,
    holder #TEXT NOT NULL,
    fence #INT NOT NULL,
    until #INT NOT NULL
)#STRICT;
CREATE TABLE outbox (
    id #ID NOT NULL PRIMARY KEY,
    kind #TEXT NOT NULL,
    address #TEXT NOT NULL,
    body #TEXT NOT NULL,
    created_at #INT NOT NULL,
    not_before #INT NOT NULL,
    attempts #INT NOT NULL DEFAULT 0,
    leased_until #INT,
    done_at #INT,
    failed_at #INT,
    last_error #TEXT
)#STRICT;
CREATE INDEX outbox_due ON outbox (done_at, failed_at, not_before);
CREATE TABLE feed (
    seq #SERIAL,
    horizon #HORIZON,
    topic #TEXT NOT NULL,
    subject #TEXT NOT NULL,
    at #INT NOT NULL
)#STRICT;
CREATE INDEX feed_by_horizon ON feed (horizon, seq);

-- Offices, centres, officers --------------------------------------------------

CREATE TABLE areas (
    id #ID NOT NULL PRIMARY KEY,
    code #TEXT NOT NULL,
    kind #TEXT NOT NULL,
    parent_id #ID,
    names #TEXT NOT NULL,
    valid_from #TEXT,
    valid_until #TEXT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX areas_by_parent ON areas (parent_id);
CREATE TABLE offices (
    id #ID NOT NULL PRIMARY KEY,
    code #TEXT NOT NULL UNIQUE,
    ministry #TEXT NOT NULL,
    names #TEXT NOT NULL,
    area_id #ID,
    key_id #TEXT,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE TABLE centres (
    id #ID NOT NULL PRIMARY KEY,
    code #TEXT NOT NULL UNIQUE,
    names #TEXT NOT NULL,
    address #TEXT NOT NULL,
    area_id #ID,
    hours #TEXT NOT NULL,
    utc_offset_minutes #INT NOT NULL,
    closed_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE TABLE holidays (
    id #ID NOT NULL PRIMARY KEY,
    day #TEXT NOT NULL,
    centre_id #ID,
    area_id #ID,
    names #TEXT NOT NULL,
    withdrawn_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX holidays_by_day ON holidays (day);
CREATE TABLE counters (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    label #TEXT NOT NULL,
    abilities #TEXT NOT NULL,
    closed_at #INT,
    version #INT NOT NULL,
    CONSTRAINT counters_once UNIQUE (centre_id, label)
)#STRICT;
CREATE TABLE officers (
    id #ID NOT NULL PRIMARY KEY,
    person_id #ID,
    login #TEXT NOT NULL UNIQUE,
    name #TEXT NOT NULL,
    email #TEXT,
    office_id #ID,
    centre_id #ID,
    area_id #ID,
    language #TEXT NOT NULL,
    password_hash #TEXT,
    totp_secret #TEXT,
    totp_last_step #INT,
    invitation_hash #BYTES,
    invitation_until #INT,
    invited_by #ID,
    active_at #INT,
    leave_from #TEXT,
    leave_until #TEXT,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE TABLE officer_roles (
    id #ID NOT NULL PRIMARY KEY,
    officer_id #ID NOT NULL,
    role #TEXT NOT NULL,
    since #INT NOT NULL,
    until #INT,
    granted_by #ID,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX officer_roles_by_officer ON officer_roles (officer_id);
CREATE TABLE api_tokens (
    id #ID NOT NULL PRIMARY KEY,
    name #TEXT NOT NULL,
    token_hash #BYTES NOT NULL UNIQUE,
    officer_id #ID,
    account_id #ID,
    scopes #TEXT NOT NULL,
    since #INT NOT NULL,
    expires_at #INT,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;

-- Accounts: who signs in, apart from the person in the register ------------------

CREATE TABLE accounts (
    id #ID NOT NULL PRIMARY KEY,
    person_id #ID,
    language #TEXT NOT NULL,
    assurance #TEXT NOT NULL,
    assured_how #TEXT,
    assured_at #INT,
    displaced #INT NOT NULL,
    since #INT NOT NULL,
    closed_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX accounts_by_person ON accounts (person_id);
CREATE TABLE credentials (
    id #ID NOT NULL PRIMARY KEY,
    account_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    value #TEXT NOT NULL,
    since #INT NOT NULL,
    confirmed_at #INT,
    ended_at #INT,
    ended_why #TEXT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX credentials_by_value ON credentials (kind, value);
CREATE INDEX credentials_by_account ON credentials (account_id);

-- The register: persons, events, entries. Only added to. --------------------------

CREATE TABLE persons (
    id #ID NOT NULL PRIMARY KEY,
    sex #TEXT NOT NULL,
    born_on #TEXT,
    born_area_id #ID,
    born_place #TEXT,
    died_on #TEXT,
    nationality #TEXT,
    protected #INT NOT NULL,
    recorded_at #INT NOT NULL,
    version #INT NOT NULL
)#STRICT;
CREATE TABLE person_names (
    id #ID NOT NULL PRIMARY KEY,
    person_id #ID NOT NULL,
    script #TEXT NOT NULL,
    given #TEXT NOT NULL,
    father #TEXT,
    grandfather #TEXT,
    family #TEXT,
    source #TEXT NOT NULL,
    valid_from #TEXT,
    recorded_at #INT NOT NULL
)#STRICT;
CREATE INDEX person_names_by_person ON person_names (person_id);
-- Derived from person_names; made anew by one command.
CREATE TABLE name_keys (
    person_id #ID NOT NULL,
    part #INT NOT NULL,
    folded #TEXT NOT NULL,
    skeleton #TEXT NOT NULL,
    born_year #INT,
    CONSTRAINT name_keys_once PRIMARY KEY (person_id, part, folded)
)#STRICT;
CREATE INDEX name_keys_by_folded ON name_keys (folded, part);
CREATE INDEX name_keys_by_skeleton ON name_keys (skeleton, part);
CREATE TABLE person_numbers (
    id #ID NOT NULL PRIMARY KEY,
    person_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    value #TEXT NOT NULL,
    valid_from #TEXT,
    valid_until #TEXT,
    recorded_at #INT NOT NULL
)#STRICT;
CREATE INDEX person_numbers_by_value ON person_numbers (value, kind);
CREATE INDEX person_numbers_by_person ON person_numbers (person_id);
CREATE TABLE events (
    id #ID NOT NULL PRIMARY KEY,
    kind #TEXT NOT NULL,
    happened_on #TEXT,
    area_id #ID,
    place #TEXT,
    details #TEXT NOT NULL,
    recorded_at #INT NOT NULL
)#STRICT;
CREATE TABLE event_roles (
    id #ID NOT NULL PRIMARY KEY,
    event_id #ID NOT NULL,
    person_id #ID NOT NULL,
    role #TEXT NOT NULL,
    recorded_at #INT NOT NULL
)#STRICT;
CREATE INDEX event_roles_by_event ON event_roles (event_id);
CREATE INDEX event_roles_by_person ON event_roles (person_id, role);
CREATE TABLE register_entries (
    id #ID NOT NULL PRIMARY KEY,
    event_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    number #TEXT NOT NULL UNIQUE,
    office_id #ID NOT NULL,
    directorate #TEXT NOT NULL,
    record_no #TEXT,
    page_no #TEXT,
    area_id #ID,
    supersedes #ID,
    authority #TEXT,
    verified_at #INT,
    verified_how #TEXT,
    protected #INT NOT NULL,
    valid_from #TEXT,
    recorded_at #INT NOT NULL
)#STRICT;
CREATE INDEX register_entries_by_event ON register_entries (event_id);
CREATE INDEX register_entries_by_supersedes ON register_entries (supersedes);

-- Services and cases --------------------------------------------------------------

CREATE TABLE services (
    id #ID NOT NULL PRIMARY KEY,
    code #TEXT NOT NULL,
    edition #INT NOT NULL,
    hash #TEXT NOT NULL,
    folder #TEXT NOT NULL,
    since #TEXT NOT NULL,
    published_at #INT NOT NULL,
    CONSTRAINT services_once UNIQUE (code, edition)
)#STRICT;
CREATE TABLE cases (
    id #ID NOT NULL PRIMARY KEY,
    number #TEXT NOT NULL UNIQUE,
    service #TEXT NOT NULL,
    edition #INT NOT NULL,
    service_hash #TEXT NOT NULL,
    phase #TEXT NOT NULL,
    step #TEXT,
    channel #TEXT NOT NULL,
    language #TEXT NOT NULL,
    account_id #ID,
    applicant_id #ID,
    owner_key #BYTES,
    holder_id #ID,
    entry_id #ID,
    relation #TEXT,
    answers #TEXT NOT NULL,
    facts #TEXT NOT NULL,
    open_questions #TEXT NOT NULL,
    phone #TEXT,
    email #TEXT,
    fee_minor_units #INT NOT NULL,
    fee_lines #TEXT NOT NULL,
    paid_minor_units #INT NOT NULL,
    office_id #ID,
    centre_id #ID,
    area_id #ID,
    assisted_by #ID,
    assigned_to #ID,
    assigned_at #INT,
    decided_by #ID,
    decided_rule #TEXT,
    decided_at #INT,
    reason #TEXT,
    reason_text #TEXT,
    appeal_until #INT,
    appeal_of #ID,
    first_decider #ID,
    due_at #INT,
    begun_at #INT NOT NULL,
    submitted_at #INT,
    ended_at #INT,
    touched_at #INT NOT NULL,
    training #INT NOT NULL,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX cases_by_account ON cases (account_id, touched_at);
CREATE INDEX cases_by_office ON cases (office_id, phase, due_at);
CREATE INDEX cases_by_assigned ON cases (assigned_to, phase);
CREATE INDEX cases_by_holder ON cases (holder_id);
CREATE TABLE case_requests (
    id #ID NOT NULL PRIMARY KEY,
    case_id #ID NOT NULL,
    question #TEXT NOT NULL,
    words #TEXT NOT NULL,
    asked_by #ID,
    asked_at #INT NOT NULL,
    due_at #INT NOT NULL,
    answer #TEXT,
    answered_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX case_requests_by_case ON case_requests (case_id);
CREATE TABLE uploads (
    id #ID NOT NULL PRIMARY KEY,
    case_id #ID NOT NULL,
    question #TEXT NOT NULL,
    file_hash #TEXT NOT NULL,
    media #TEXT NOT NULL,
    name #TEXT NOT NULL,
    bytes #INT NOT NULL,
    added_at #INT NOT NULL,
    removed_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX uploads_by_case ON uploads (case_id);
CREATE TABLE consents (
    id #ID NOT NULL PRIMARY KEY,
    case_id #ID NOT NULL,
    person_id #ID,
    how #TEXT NOT NULL,
    witness #TEXT,
    officer_id #ID NOT NULL,
    at #INT NOT NULL
)#STRICT;
CREATE INDEX consents_by_case ON consents (case_id);
CREATE TABLE messages (
    id #ID NOT NULL PRIMARY KEY,
    case_id #ID,
    account_id #ID,
    channel #TEXT NOT NULL,
    address #TEXT NOT NULL,
    template #TEXT NOT NULL,
    language #TEXT NOT NULL,
    words #TEXT NOT NULL,
    at #INT NOT NULL
)#STRICT;
CREATE INDEX messages_by_case ON messages (case_id, at);

-- Numbers, cash, documents -------------------------------------------------------

CREATE TABLE series (
    id #ID NOT NULL PRIMARY KEY,
    owner #TEXT NOT NULL,
    purpose #TEXT NOT NULL,
    prefix #TEXT NOT NULL UNIQUE,
    last #INT NOT NULL,
    version #INT NOT NULL,
    CONSTRAINT series_once UNIQUE (owner, purpose)
)#STRICT;
CREATE TABLE shifts (
    id #ID NOT NULL PRIMARY KEY,
    number #TEXT NOT NULL UNIQUE,
    counter_id #ID NOT NULL,
    officer_id #ID NOT NULL,
    opened_at #INT NOT NULL,
    closed_at #INT,
    expected_minor_units #INT,
    counted_minor_units #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX shifts_by_officer ON shifts (officer_id, closed_at);
CREATE TABLE receipts (
    id #ID NOT NULL PRIMARY KEY,
    number #TEXT NOT NULL UNIQUE,
    shift_id #ID NOT NULL,
    case_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    voids #ID,
    minor_units #INT NOT NULL,
    currency #TEXT NOT NULL,
    lines #TEXT NOT NULL,
    reason #TEXT,
    officer_id #ID NOT NULL,
    second_officer_id #ID,
    training #INT NOT NULL,
    at #INT NOT NULL
)#STRICT;
CREATE INDEX receipts_by_case ON receipts (case_id);
CREATE INDEX receipts_by_shift ON receipts (shift_id);
CREATE INDEX receipts_by_voids ON receipts (voids);
CREATE TABLE postings (
    id #ID NOT NULL PRIMARY KEY,
    receipt_id #ID NOT NULL,
    account #TEXT NOT NULL,
    debit #INT NOT NULL,
    credit #INT NOT NULL
)#STRICT;
CREATE INDEX postings_by_receipt ON postings (receipt_id);
CREATE TABLE documents (
    id #ID NOT NULL PRIMARY KEY,
    number #TEXT NOT NULL UNIQUE,
    case_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    office_id #ID NOT NULL,
    centre_id #ID,
    entry_id #ID,
    holder_id #ID,
    check_code #TEXT NOT NULL UNIQUE,
    state #TEXT NOT NULL,
    fields #TEXT NOT NULL,
    languages #TEXT NOT NULL,
    copies #INT NOT NULL,
    rule #TEXT,
    officer_id #ID,
    key_id #TEXT,
    file_hash #TEXT,
    journal_entry #ID,
    intended_at #INT NOT NULL,
    sealed_at #INT,
    released_at #INT,
    ended_at #INT,
    end_reason #TEXT,
    ended_by #ID,
    replaced_by #ID,
    training #INT NOT NULL,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX documents_by_case ON documents (case_id);
CREATE INDEX documents_by_entry ON documents (entry_id);
CREATE INDEX documents_by_state ON documents (state);
