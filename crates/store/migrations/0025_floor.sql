-- The floor of a centre: calls for help, and what everybody who waits is told.

CREATE TABLE help_calls (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    -- `counter`, `officer`, `device` or `ticket`, and which.
    source_kind #TEXT NOT NULL,
    source_id #ID NOT NULL,
    -- As it is said to whoever comes: the counter's label, the ticket's number.
    label #TEXT NOT NULL,
    -- `emergency` or `helper`.
    kind #TEXT NOT NULL,
    raised_at #INT NOT NULL,
    raised_by #ID,
    taken_by #ID,
    taken_at #INT,
    ended_at #INT,
    -- `calmed`, `security`, `medical`, `helped` or `false-alarm`.
    outcome #TEXT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX help_calls_by_centre ON help_calls (centre_id, ended_at);
CREATE INDEX help_calls_by_source ON help_calls (source_id, ended_at);

CREATE TABLE waiting_notices (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    -- It is shown on this day only.
    day #TEXT NOT NULL,
    -- The letter of a line; none for the whole centre.
    line #TEXT,
    -- `system-late`, `officer-absent`, `closing-early`, `evacuation-drill` or `power-cut`.
    reason #TEXT NOT NULL,
    -- About how many minutes it means.
    minutes #INT,
    told_by #ID NOT NULL,
    told_at #INT NOT NULL,
    ended_by #ID,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX waiting_notices_by_centre ON waiting_notices (centre_id, day);

CREATE INDEX officers_by_centre ON officers (centre_id);

-- Which event of its day a ticket was: it is signed with it.
ALTER TABLE tickets ADD COLUMN turn #INT;
