-- People who stand in the register twice, and people who only look so.

-- Two people whom an officer looked at and found to be two. One comes before
-- other by identifier.
CREATE TABLE kept_apart (
    id #ID NOT NULL PRIMARY KEY,
    one_id #ID NOT NULL,
    other_id #ID NOT NULL,
    reason #TEXT NOT NULL,
    officer_id #ID NOT NULL,
    recorded_at #INT NOT NULL
)#STRICT;
CREATE INDEX kept_apart_by_pair ON kept_apart (one_id, other_id);

-- Two records that are one person: proposed by one officer, decided by another.
-- Nothing of the record that goes is changed, so that it can come back.
CREATE TABLE merges (
    id #ID NOT NULL PRIMARY KEY,
    kept_id #ID NOT NULL,
    gone_id #ID NOT NULL,
    office_id #ID NOT NULL,
    state #TEXT NOT NULL,
    reason #TEXT NOT NULL,
    likeness #TEXT NOT NULL,
    before #TEXT NOT NULL,
    proposed_by #ID NOT NULL,
    proposed_at #INT NOT NULL,
    decided_by #ID,
    decided_at #INT,
    decided_why #TEXT,
    parting_by #ID,
    parting_why #TEXT,
    parted_by #ID,
    parted_at #INT,
    version #INT NOT NULL,
    CONSTRAINT merges_decided_by_another CHECK (decided_by IS NULL OR decided_by <> proposed_by),
    CONSTRAINT merges_parted_by_another CHECK (parted_by IS NULL OR parting_by IS NULL OR parted_by <> parting_by)
)#STRICT;
CREATE INDEX merges_by_gone ON merges (gone_id);
CREATE INDEX merges_by_kept ON merges (kept_id);
CREATE INDEX merges_by_office ON merges (office_id, state);

-- As whom a record counts that was found to be another. Derived from merges; few.
CREATE TABLE merged_people (
    gone_id #ID NOT NULL PRIMARY KEY,
    kept_id #ID NOT NULL
)#STRICT;
CREATE INDEX merged_people_by_kept ON merged_people (kept_id);

-- What the last sweep over the register found. Derived.
CREATE TABLE possible_duplicates (
    one_id #ID NOT NULL,
    other_id #ID NOT NULL,
    points #INT NOT NULL,
    reasons #TEXT NOT NULL,
    found_at #INT NOT NULL,
    CONSTRAINT possible_duplicates_once PRIMARY KEY (one_id, other_id)
)#STRICT;
CREATE INDEX possible_duplicates_by_points ON possible_duplicates (points);
