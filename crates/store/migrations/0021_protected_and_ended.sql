-- Who is protected, and into whose records an officer was let in: few of many.
CREATE INDEX persons_protected ON persons (id) WHERE protected <> 0;
CREATE INDEX record_grants_by_officer ON record_grants (officer_id);

-- That a number of a person ended, and that such an end was a mistake: rows are only
-- added, and of one number the newest stands.
CREATE TABLE number_ends (
    id #ID NOT NULL PRIMARY KEY,
    number_id #ID NOT NULL,
    person_id #ID NOT NULL,
    ends #INT NOT NULL,
    ended_on #TEXT,
    why #TEXT,
    replaced_by #ID,
    authority #TEXT NOT NULL,
    officer_id #ID NOT NULL,
    place #INT NOT NULL,
    recorded_at #INT NOT NULL,
    CONSTRAINT number_ends_in_order UNIQUE (number_id, place),
    CONSTRAINT number_ends_whole CHECK (ends = 0 OR (ended_on IS NOT NULL AND why IS NOT NULL))
)#STRICT;
CREATE INDEX number_ends_by_person ON number_ends (person_id);

-- Which numbers are ended now: derived from number_ends.
CREATE TABLE ended_numbers (
    number_id #ID NOT NULL PRIMARY KEY
)#STRICT;

-- Which declarations tie a protected person: derived, so that an office's lists and
-- counts leave out what is closed to whoever reads them. Few.
CREATE TABLE closed_work (
    declaration_id #ID NOT NULL,
    person_id #ID NOT NULL,
    PRIMARY KEY (declaration_id, person_id)
)#STRICT;
CREATE INDEX closed_work_by_person ON closed_work (person_id);
