-- Papers that could not be made when their turn came. Derived from trying: they wait
-- behind those that were not tried, and whoever prints many is told which they are.
CREATE TABLE unmade_papers (
    document_id #ID NOT NULL PRIMARY KEY,
    tries #INT NOT NULL,
    tried_at #INT NOT NULL,
    -- Before this moment it is not tried again.
    again_at #INT NOT NULL
)#STRICT;
CREATE INDEX unmade_papers_by_turn ON unmade_papers (again_at);

-- Whom an institution listed for a bulk issue, by number, in their order: papers of
-- persons and families are made for people, those of events for entries.
CREATE TABLE bulk_lists (
    id #ID NOT NULL PRIMARY KEY,
    bulk_id #ID NOT NULL UNIQUE,
    -- As they were listed, as a JSON list.
    numbers #TEXT NOT NULL,
    recorded_at #INT NOT NULL
)#STRICT;

-- What became of one line of such a list.
CREATE TABLE bulk_people (
    id #ID NOT NULL PRIMARY KEY,
    bulk_id #ID NOT NULL,
    -- The place in the list, from one on.
    place #INT NOT NULL,
    number #TEXT NOT NULL,
    -- Whom the number names, where a paper was made.
    person_id #ID,
    case_id #ID,
    document_id #ID,
    -- Why no paper was made: a stable code.
    why #TEXT,
    -- What the service's folder would have taken, in minor units.
    waived #INT NOT NULL,
    recorded_at #INT NOT NULL,
    CONSTRAINT bulk_people_once UNIQUE (bulk_id, place),
    CONSTRAINT bulk_people_either CHECK ((document_id IS NULL) = (why IS NOT NULL))
)#STRICT;
CREATE INDEX bulk_people_by_person ON bulk_people (bulk_id, person_id);

-- Of whom an address was said, by the area and the address without its spelling, and in
-- which entry: derived from entries. It finds who may live together; where somebody
-- lives now is what their newest entry says.
CREATE TABLE said_addresses (
    area #TEXT NOT NULL,
    folded #TEXT NOT NULL,
    person_id #ID NOT NULL,
    entry_id #ID NOT NULL,
    PRIMARY KEY (area, folded, person_id, entry_id)
)#STRICT;

-- Entries of a ledger's page that went in before the page was keyed again, and that the
-- second keying and whoever decided say otherwise: an officer works them off one by one.
CREATE TABLE ledger_checks (
    id #ID NOT NULL PRIMARY KEY,
    ledger_id #ID NOT NULL,
    page_id #ID NOT NULL,
    row_no #INT NOT NULL,
    -- None where the page has a row that never went in.
    entry_id #ID,
    -- `differs`, `missing` or `not-there`.
    kind #TEXT NOT NULL,
    -- What went in and what it should say, as JSON.
    fields #TEXT NOT NULL,
    state #TEXT NOT NULL,
    -- `corrected`, `registered` or `stands`.
    outcome #TEXT,
    reason #TEXT,
    settled_by #ID,
    settled_at #INT,
    recorded_at #INT NOT NULL,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX ledger_checks_open ON ledger_checks (ledger_id, state, recorded_at);
