-- Mobile units: a laptop in a bus that serves a centre without a line, and comes home.

-- One journey of a unit. Each has a name of its own in acts and numbers, so that two
-- journeys of one bus are never taken for one another.
CREATE TABLE units (
    id #ID NOT NULL PRIMARY KEY,
    name #TEXT NOT NULL,
    installation #TEXT NOT NULL,
    -- What stands in the numbers that are drawn there.
    letters #TEXT NOT NULL,
    centre_id #ID NOT NULL,
    -- Who may sign in there, as JSON.
    officers #TEXT NOT NULL,
    -- The fingerprint of the key of its journal, and the key that seals its papers.
    journal_key #TEXT NOT NULL,
    key_id #TEXT NOT NULL,
    prepared_at #INT NOT NULL,
    until #INT NOT NULL,
    merged_at #INT,
    returned_at #INT,
    revoked_at #INT,
    -- From when what it signed and did is not trusted.
    revoked_from #INT,
    revoked_reason #TEXT,
    version #INT NOT NULL,
    CONSTRAINT units_installation_once UNIQUE (installation),
    CONSTRAINT units_letters_once UNIQUE (letters)
)#STRICT;
CREATE INDEX units_by_centre ON units (centre_id, prepared_at);
CREATE INDEX units_by_key ON units (key_id);

-- Each coming home: how many acts were carried out.
CREATE TABLE unit_merges (
    id #ID NOT NULL PRIMARY KEY,
    unit_id #ID NOT NULL,
    at #INT NOT NULL,
    done #INT NOT NULL,
    known #INT NOT NULL,
    conflicts #INT NOT NULL
)#STRICT;
CREATE INDEX unit_merges_by_unit ON unit_merges (unit_id, at);

-- Acts of a unit that could not be carried out at home, whole, until a person settles them.
CREATE TABLE merge_conflicts (
    id #ID NOT NULL PRIMARY KEY,
    unit_id #ID NOT NULL,
    act_id #ID NOT NULL,
    name #TEXT NOT NULL,
    -- The act as it was stored there, with its desk and the entries it left, as JSON.
    act #TEXT NOT NULL,
    -- Why: a stable code, and what it is about.
    why #TEXT NOT NULL,
    about #TEXT NOT NULL,
    -- What the person in the bus was given: numbers as JSON, and a paper's check code.
    given #TEXT NOT NULL,
    check_code #TEXT,
    done_at #INT NOT NULL,
    at #INT NOT NULL,
    settled_at #INT,
    settled_by #ID,
    how #TEXT,
    reason #TEXT,
    version #INT NOT NULL,
    CONSTRAINT merge_conflicts_once UNIQUE (act_id)
)#STRICT;
CREATE INDEX merge_conflicts_by_unit ON merge_conflicts (unit_id, done_at);
CREATE INDEX merge_conflicts_by_code ON merge_conflicts (check_code);
