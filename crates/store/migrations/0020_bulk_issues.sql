-- Certificates of many entries at once, for a hospital or a mission: what was asked for,
-- and what became of each entry.
CREATE TABLE bulk_issues (
    id #ID NOT NULL PRIMARY KEY,
    office_id #ID NOT NULL,
    service #TEXT NOT NULL,
    edition #INT NOT NULL,
    kind #TEXT NOT NULL,
    -- Hospital or place, as it is written in entries, and the days of the events.
    place #TEXT,
    happened_from #TEXT,
    happened_until #TEXT,
    -- For whom, on what law, and whether that law takes no fee.
    institution #TEXT NOT NULL,
    basis #TEXT NOT NULL,
    exempt #INT NOT NULL,
    -- The answers that all its papers share, as JSON.
    answers #TEXT NOT NULL,
    -- `seen`, `waiting`, `running`, `stopped`, `done` or `discarded`.
    state #TEXT NOT NULL,
    stopped_why #TEXT,
    officer_id #ID NOT NULL,
    language #TEXT NOT NULL,
    -- Entries as they stood at this moment.
    begun_at #INT NOT NULL,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX bulk_issues_by_office ON bulk_issues (office_id, begun_at);
CREATE INDEX bulk_issues_by_state ON bulk_issues (state, begun_at);

CREATE TABLE bulk_lines (
    id #ID NOT NULL PRIMARY KEY,
    bulk_id #ID NOT NULL,
    entry_id #ID NOT NULL,
    entry_number #TEXT NOT NULL,
    case_id #ID,
    document_id #ID,
    -- Why no paper was made: a stable code.
    why #TEXT,
    -- What the service's folder would have taken, in minor units.
    waived #INT NOT NULL,
    recorded_at #INT NOT NULL,
    CONSTRAINT bulk_lines_once UNIQUE (bulk_id, entry_id),
    CONSTRAINT bulk_lines_either CHECK ((document_id IS NULL) = (why IS NOT NULL))
)#STRICT;
