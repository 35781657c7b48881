-- Enrolled machines of centres, what they print, and notes that are left there.

CREATE TABLE devices (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    label #TEXT NOT NULL,
    -- SHA-256 of the key of its screen, and of the program at its printers; none before
    -- each is enrolled.
    key_hash #BYTES UNIQUE,
    agent_hash #BYTES UNIQUE,
    -- SHA-256 of the code with which it is enrolled once, and until when that counts.
    code_hash #BYTES,
    code_until #INT,
    added_at #INT NOT NULL,
    enrolled_at #INT,
    locked_at #INT,
    ended_at #INT,
    -- How its printers stand, as JSON by printer.
    printers #TEXT NOT NULL,
    version #INT NOT NULL,
    CONSTRAINT devices_once UNIQUE (centre_id, label)
)#STRICT;
CREATE INDEX devices_by_code ON devices (code_hash);

-- When a machine last said that it is there; no act, since nobody decides anything by it.
CREATE TABLE device_signs (
    device_id #ID NOT NULL PRIMARY KEY,
    seen_at #INT NOT NULL
)#STRICT;

CREATE TABLE print_jobs (
    id #ID NOT NULL PRIMARY KEY,
    device_id #ID NOT NULL,
    centre_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    -- What is printed: a ticket, a case or a document by its identifier.
    subject #TEXT NOT NULL,
    language #TEXT NOT NULL,
    -- The stored bytes of a sealed paper, by hash.
    file_hash #TEXT,
    state #TEXT NOT NULL,
    -- Why it did not come out.
    why #TEXT,
    -- How often it was fetched: more than once is a copy, and says so.
    tries #INT NOT NULL,
    -- Whoever holds it sees what becomes of the sheet.
    code #TEXT NOT NULL UNIQUE,
    asked_at #INT NOT NULL,
    moved_at #INT NOT NULL,
    version #INT NOT NULL,
    CONSTRAINT print_jobs_once UNIQUE (device_id, kind, subject)
)#STRICT;
CREATE INDEX print_jobs_by_state ON print_jobs (device_id, state);
CREATE INDEX print_jobs_by_centre ON print_jobs (centre_id, state);

CREATE TABLE complaints (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    number #TEXT NOT NULL UNIQUE,
    channel #TEXT NOT NULL,
    language #TEXT NOT NULL,
    -- What it is about, from a closed list, as JSON.
    about #TEXT NOT NULL,
    words #TEXT NOT NULL,
    phone #TEXT,
    left_at #INT NOT NULL,
    read_at #INT,
    answer #TEXT,
    answered_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX complaints_by_centre ON complaints (centre_id, left_at);
