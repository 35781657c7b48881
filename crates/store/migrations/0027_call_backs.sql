-- Who is called back after a visit and asked how it was, by an inspector and never by the
-- centre itself.

CREATE TABLE call_backs (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    day #TEXT NOT NULL,
    visit_id #ID NOT NULL,
    -- The number of a ticket of the visit, by which they remember it.
    number #TEXT NOT NULL,
    language #TEXT NOT NULL,
    -- None once it is settled, or after thirty days.
    phone #TEXT,
    -- Whether they wished it; the others were drawn.
    wished #INT NOT NULL,
    -- `open`, `reached` or `not-reached`.
    state #TEXT NOT NULL,
    -- How often nobody answered.
    tries #INT NOT NULL,
    opened_by #ID,
    opened_at #INT,
    -- 1 to 5, with reasons as JSON, and whether money was asked for beyond the fee.
    score #INT,
    reasons #TEXT,
    money #INT,
    drawn_at #INT NOT NULL,
    settled_by #ID,
    settled_at #INT,
    version #INT NOT NULL,
    CONSTRAINT call_backs_once UNIQUE (visit_id)
)#STRICT;
CREATE INDEX call_backs_by_state ON call_backs (state, day);
CREATE INDEX call_backs_by_centre ON call_backs (centre_id, day);

-- A day of a centre from which somebody was drawn: it is done once.
CREATE TABLE call_back_draws (
    id #ID NOT NULL PRIMARY KEY,
    day_id #ID NOT NULL,
    centre_id #ID NOT NULL,
    -- Of how many visits that left a telephone, and how many were drawn.
    among #INT NOT NULL,
    drawn #INT NOT NULL,
    at #INT NOT NULL,
    CONSTRAINT call_back_draws_once UNIQUE (day_id)
)#STRICT;

CREATE INDEX visits_with_phone ON visits (centre_id, day) WHERE phone IS NOT NULL;
