-- Vital statistics.

-- What was counted last, by the year in which events happened (0: nobody knows
-- it), as a JSON list of cells. Derived from the register's entries.
CREATE TABLE vital_figures (
    year #INT NOT NULL PRIMARY KEY,
    cells #TEXT NOT NULL,
    counted_at #INT NOT NULL
)#STRICT;

-- How many events a year is expected to have, by an estimate of the population:
-- what completeness is measured against. The newest row of a year and place stands.
CREATE TABLE expected_events (
    id #ID NOT NULL PRIMARY KEY,
    kind #TEXT NOT NULL,
    year #INT NOT NULL,
    place #TEXT NOT NULL,
    number #INT NOT NULL,
    source #TEXT NOT NULL,
    set_at #INT NOT NULL
)#STRICT;
CREATE INDEX expected_events_by_year ON expected_events (year, kind, place);
