-- That the database went back to an older state, and the numbers that no series gives
-- since: which of them were given in between is not known here.

CREATE TABLE goings_back (
    id #ID NOT NULL PRIMARY KEY,
    -- How many entries of the journal were published, and how many of them were here.
    published #INT NOT NULL,
    stored #INT NOT NULL,
    -- How many numbers each series leaves out.
    left_out #INT NOT NULL,
    at #INT NOT NULL
)#STRICT;

CREATE TABLE numbers_left_out (
    id #ID NOT NULL PRIMARY KEY,
    series_id #ID NOT NULL REFERENCES series (id),
    -- Both are left out, and all between them.
    first #INT NOT NULL,
    last #INT NOT NULL
)#STRICT;
CREATE INDEX numbers_left_out_by_series ON numbers_left_out (series_id);
