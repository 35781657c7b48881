-- Who is planned at which counter, who comes together on one visit and who may be with
-- them, and what was answered before an appointment.

-- An officer's hours at a counter, the same every week.
CREATE TABLE duties (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    counter_id #ID NOT NULL,
    officer_id #ID NOT NULL,
    -- Counted from Monday, which is 0.
    weekday #INT NOT NULL,
    -- Minutes of the day.
    opens #INT NOT NULL,
    closes #INT NOT NULL,
    rest_from #INT,
    rest_until #INT,
    planned_by #ID NOT NULL,
    planned_at #INT NOT NULL,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX duties_by_centre ON duties (centre_id, ended_at);

-- One of several who come on one ticket: a number within the visit, never a name.
CREATE TABLE visit_people (
    id #ID NOT NULL PRIMARY KEY,
    visit_id #ID NOT NULL,
    place #INT NOT NULL,
    service #TEXT,
    case_id #ID,
    -- `done` or `not-done`; none while they are not finished.
    outcome #TEXT,
    ended_at #INT,
    version #INT NOT NULL,
    CONSTRAINT visit_people_once UNIQUE (visit_id, place)
)#STRICT;

-- Who may be with somebody in a visit, by their recorded consent.
CREATE TABLE companions (
    id #ID NOT NULL PRIMARY KEY,
    visit_id #ID NOT NULL,
    centre_id #ID NOT NULL,
    -- For which of the visit's people.
    place #INT NOT NULL,
    -- The case it is shown with, if one was named.
    case_id #ID,
    -- How the companion is known: `name`, `number` or `document`; and what was said, which
    -- is emptied after thirty days where no case was named.
    known_by #TEXT NOT NULL,
    said #TEXT NOT NULL,
    relation #TEXT NOT NULL,
    -- `present`, or `help` with words and papers.
    may #TEXT NOT NULL,
    -- How the person consented: `spoken`, `signature`, `mark`.
    given #TEXT NOT NULL,
    officer_id #ID NOT NULL,
    since #INT NOT NULL,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX companions_by_visit ON companions (visit_id, since);
CREATE INDEX companions_by_case ON companions (case_id, since);
CREATE INDEX companions_to_forget ON companions (centre_id, since) WHERE case_id IS NULL AND said <> '';

-- The appointment that a visit began with.
CREATE INDEX appointments_by_visit ON appointments (visit_id);

-- What somebody answered before they chose a time; emptied when the appointment is over.
CREATE TABLE appointment_answers (
    id #ID NOT NULL PRIMARY KEY,
    appointment_id #ID NOT NULL,
    service #TEXT NOT NULL,
    edition #INT NOT NULL,
    answers #TEXT NOT NULL,
    forgotten_at #INT,
    version #INT NOT NULL,
    CONSTRAINT appointment_answers_once UNIQUE (appointment_id)
)#STRICT;
