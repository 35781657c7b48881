-- The course of a case: who has the move, when Diwan looks again, who is party
-- to it, what other offices are asked, and as what people are registered.

ALTER TABLE cases ADD COLUMN move_role #TEXT;
CREATE INDEX cases_by_move ON cases (office_id, assigned_to, move_role, due_at);

-- Derived from the case: when a deadline, an expiry or the end of its retention
-- is looked at next, and how often that was acted on.
CREATE TABLE tending (
    case_id #ID NOT NULL PRIMARY KEY,
    at #INT NOT NULL,
    round #INT NOT NULL
)#STRICT;
CREATE INDEX tending_by_time ON tending (at);
INSERT INTO tending (case_id, at, round) SELECT id, COALESCE(due_at, touched_at), 0 FROM cases;

CREATE TABLE case_parties (
    id #ID NOT NULL PRIMARY KEY,
    case_id #ID NOT NULL,
    person_id #ID NOT NULL,
    role #TEXT NOT NULL,
    since #INT NOT NULL,
    until #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX case_parties_by_case ON case_parties (case_id);
CREATE INDEX case_parties_by_person ON case_parties (person_id);

CREATE TABLE person_statuses (
    id #ID NOT NULL PRIMARY KEY,
    person_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    evidence #TEXT NOT NULL,
    since #TEXT,
    ended_at #INT,
    ended_why #TEXT,
    officer_id #ID NOT NULL,
    recorded_at #INT NOT NULL,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX person_statuses_by_person ON person_statuses (person_id, kind);

CREATE TABLE referrals (
    id #ID NOT NULL PRIMARY KEY,
    case_id #ID NOT NULL,
    from_office #ID NOT NULL,
    to_office #ID NOT NULL,
    words #TEXT NOT NULL,
    asked_by #ID NOT NULL,
    asked_at #INT NOT NULL,
    due_at #INT,
    outcome #TEXT,
    holder_id #ID,
    answer #TEXT,
    answered_by #ID,
    answered_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX referrals_by_office ON referrals (to_office, answered_at);
CREATE INDEX referrals_by_case ON referrals (case_id);
