-- From a first notice to an entry, what changes an entry later, and who may see
-- what is protected.

-- What the law asks, as data; the newest row stands. Declarations name theirs.
CREATE TABLE register_rules (
    id #ID NOT NULL PRIMARY KEY,
    hash #TEXT NOT NULL UNIQUE,
    body #TEXT NOT NULL,
    published_at #INT NOT NULL
)#STRICT;

CREATE TABLE declarations (
    id #ID NOT NULL PRIMARY KEY,
    number #TEXT NOT NULL UNIQUE,
    kind #TEXT NOT NULL,
    state #TEXT NOT NULL,
    office_id #ID NOT NULL,
    area_id #ID,
    happened_on #TEXT,
    content #TEXT NOT NULL,
    rule #TEXT,
    rules_hash #TEXT,
    doubts #TEXT NOT NULL,
    source #TEXT NOT NULL,
    case_id #ID,
    entered_by #ID,
    -- Everyone who entered or mended what it says, as a list: none of them checks it.
    hands #TEXT NOT NULL,
    checked_by #ID,
    registered_by #ID,
    event_id #ID,
    entry_id #ID,
    duplicate_of #ID,
    -- Who in the register may be one of its people, and what may be the same event.
    alike #TEXT NOT NULL,
    -- Under which numbers declarations of one event meet; 0 for none.
    alike_name #INT NOT NULL,
    alike_day #INT NOT NULL,
    reason #TEXT,
    recorded_at #INT NOT NULL,
    declared_at #INT,
    moved_at #INT NOT NULL,
    version #INT NOT NULL,
    -- Whoever entered it neither checks nor registers it.
    CONSTRAINT declarations_checked_by_another CHECK (checked_by IS NULL OR entered_by IS NULL OR checked_by <> entered_by),
    CONSTRAINT declarations_registered_by_another CHECK (registered_by IS NULL OR entered_by IS NULL OR registered_by <> entered_by)
)#STRICT;
CREATE INDEX declarations_by_office ON declarations (office_id, recorded_at);
CREATE INDEX declarations_by_case ON declarations (case_id);
CREATE INDEX declarations_alike_name ON declarations (alike_name);
CREATE INDEX declarations_alike_day ON declarations (alike_day);
-- What waits in an office, and what left it when. Derived from declarations; apart
-- from them so that moving one touches no index of theirs.
CREATE TABLE declaration_work (
    declaration_id #ID NOT NULL PRIMARY KEY,
    office_id #ID NOT NULL,
    state #TEXT NOT NULL,
    kind #TEXT NOT NULL,
    moved_at #INT NOT NULL
)#STRICT;
CREATE INDEX declaration_work_by_state ON declaration_work (office_id, state, moved_at);

-- A change of an entry: prepared by one officer, decided by another.
CREATE TABLE corrections (
    id #ID NOT NULL PRIMARY KEY,
    entry_id #ID NOT NULL,
    office_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    ground #TEXT NOT NULL,
    authority #TEXT NOT NULL,
    changes #TEXT NOT NULL,
    reason #TEXT NOT NULL,
    state #TEXT NOT NULL,
    prepared_by #ID NOT NULL,
    prepared_at #INT NOT NULL,
    decided_by #ID,
    decided_at #INT,
    decided_why #TEXT,
    new_entry_id #ID,
    version #INT NOT NULL,
    CONSTRAINT corrections_decided_by_another CHECK (decided_by IS NULL OR decided_by <> prepared_by)
)#STRICT;
CREATE INDEX corrections_by_entry ON corrections (entry_id);
CREATE INDEX corrections_by_office ON corrections (office_id, state);

-- Who is let into a protected record, by name.
CREATE TABLE record_grants (
    id #ID NOT NULL PRIMARY KEY,
    person_id #ID NOT NULL,
    officer_id #ID NOT NULL,
    reason #TEXT NOT NULL,
    granted_by #ID NOT NULL,
    recorded_at #INT NOT NULL,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX record_grants_by_person ON record_grants (person_id, officer_id);

-- Events that no longer count: their entry was corrected by another event or
-- revoked. Derived from register_entries; few.
CREATE TABLE voided_events (
    event_id #ID NOT NULL PRIMARY KEY
)#STRICT;

ALTER TABLE register_entries ADD COLUMN content #TEXT;
ALTER TABLE register_entries ADD COLUMN standing #TEXT;
ALTER TABLE register_entries ADD COLUMN declaration_id #ID;
ALTER TABLE register_entries ADD COLUMN correction_id #ID;

-- Acts look these up by their identifier alone; see 0009.
#SERVER CREATE INDEX declarations_by_id ON declarations USING hash (id) WITH (fillfactor = 25);
#SERVER CREATE INDEX persons_by_id ON persons USING hash (id) WITH (fillfactor = 25);
#SERVER CREATE INDEX register_entries_by_id ON register_entries USING hash (id) WITH (fillfactor = 25);
#SERVER DROP INDEX register_entries_by_event;
#SERVER CREATE INDEX register_entries_by_event ON register_entries USING hash (event_id) WITH (fillfactor = 25);
#SERVER DROP INDEX register_entries_by_supersedes;
#SERVER CREATE INDEX register_entries_by_supersedes ON register_entries USING hash (supersedes) WITH (fillfactor = 25);
#SERVER DROP INDEX event_roles_by_event;
#SERVER CREATE INDEX event_roles_by_event ON event_roles USING hash (event_id) WITH (fillfactor = 25);
#SERVER DROP INDEX event_roles_by_person;
#SERVER CREATE INDEX event_roles_by_person ON event_roles USING hash (person_id) WITH (fillfactor = 25);
#SERVER DROP INDEX person_names_by_person;
#SERVER CREATE INDEX person_names_by_person ON person_names USING hash (person_id) WITH (fillfactor = 25);
#SERVER DROP INDEX person_numbers_by_value;
#SERVER CREATE INDEX person_numbers_by_value ON person_numbers USING hash (value) WITH (fillfactor = 25);
