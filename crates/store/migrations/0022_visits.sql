-- Visits to public service centres: tickets, calls to counters, and who sits where.

-- How people are served in a centre, as published: the latest stands.
CREATE TABLE centre_setups (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    hash #TEXT NOT NULL,
    body #TEXT NOT NULL,
    published_at #INT NOT NULL
)#STRICT;
CREATE INDEX centre_setups_by_centre ON centre_setups (centre_id, published_at);

-- One day of a centre. `turn` counts its events without a gap; whoever writes one
-- raises it, so that of two who act at once the second sees what the first did.
CREATE TABLE queue_days (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    day #TEXT NOT NULL,
    setup_hash #TEXT NOT NULL,
    turn #INT NOT NULL,
    -- The last number of each line, as JSON.
    numbers #TEXT NOT NULL,
    -- What is shown at the door today, so that tickets are taken there.
    door #TEXT NOT NULL,
    closed_at #INT,
    version #INT NOT NULL,
    CONSTRAINT queue_days_once UNIQUE (centre_id, day)
)#STRICT;

CREATE TABLE visits (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    day #TEXT NOT NULL,
    -- How they came: `kiosk`, `online` (by their own phone), `counter` (at the reception), `api`.
    channel #TEXT NOT NULL,
    language #TEXT NOT NULL,
    people #INT NOT NULL,
    account_id #ID,
    -- The session that took the ticket by phone, by its public half.
    session #TEXT,
    phone #TEXT,
    came_at #INT NOT NULL,
    ended_at #INT,
    -- 1 to 5, with reasons as JSON and a wish to be called back.
    score #INT,
    reasons #TEXT,
    call_back #INT NOT NULL,
    rated_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX visits_by_centre ON visits (centre_id, day);
CREATE INDEX visits_by_session ON visits (session, centre_id, day);

CREATE TABLE tickets (
    id #ID NOT NULL PRIMARY KEY,
    visit_id #ID NOT NULL,
    day_id #ID NOT NULL,
    centre_id #ID NOT NULL,
    number #TEXT NOT NULL,
    line #TEXT NOT NULL,
    service #TEXT,
    class #TEXT NOT NULL,
    state #TEXT NOT NULL,
    came_at #INT NOT NULL,
    place #INT NOT NULL,
    booked_for #INT,
    -- What its holder needs, as JSON.
    needs #TEXT NOT NULL,
    -- Whoever holds it sees where the ticket stands.
    code #TEXT NOT NULL UNIQUE,
    counter_id #ID,
    officer_id #ID,
    calls #INT NOT NULL,
    -- Since when it stands as it stands.
    since #INT NOT NULL,
    -- Who asked to let it in before its turn, and why.
    asked_by #ID,
    asked_reason #TEXT,
    let_in_by #ID,
    near_told_at #INT,
    -- The later ticket that took the place of this one, which was not served.
    again_id #ID,
    version #INT NOT NULL,
    CONSTRAINT tickets_once UNIQUE (day_id, number)
)#STRICT;
CREATE INDEX tickets_by_state ON tickets (day_id, state);
CREATE INDEX tickets_by_visit ON tickets (visit_id);
CREATE INDEX tickets_by_counter ON tickets (counter_id, state);

-- One call of a ticket to a counter, with its times.
CREATE TABLE spells (
    id #ID NOT NULL PRIMARY KEY,
    ticket_id #ID NOT NULL,
    visit_id #ID NOT NULL,
    day_id #ID NOT NULL,
    counter_id #ID NOT NULL,
    officer_id #ID NOT NULL,
    line #TEXT NOT NULL,
    turn #INT NOT NULL,
    -- Whether somebody who came earlier was passed for a need.
    passed #INT NOT NULL,
    waiting_since #INT NOT NULL,
    called_at #INT NOT NULL,
    serving_at #INT,
    ended_at #INT,
    -- `done`, `missed`, `parked`, `transferred`, `left`.
    outcome #TEXT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX spells_by_day ON spells (day_id, turn);
CREATE INDEX spells_by_ticket ON spells (ticket_id, turn);

-- An officer at a counter, calling.
CREATE TABLE sittings (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    counter_id #ID NOT NULL,
    officer_id #ID NOT NULL,
    -- The letters of the lines it serves, as JSON.
    lines #TEXT NOT NULL,
    since #INT NOT NULL,
    until #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX sittings_by_centre ON sittings (centre_id, until);
CREATE INDEX sittings_by_officer ON sittings (officer_id, until);

-- Which cases a visit was about.
CREATE TABLE visit_cases (
    id #ID NOT NULL PRIMARY KEY,
    visit_id #ID NOT NULL,
    ticket_id #ID NOT NULL,
    case_id #ID NOT NULL,
    at #INT NOT NULL,
    CONSTRAINT visit_cases_once UNIQUE (visit_id, case_id)
)#STRICT;
CREATE INDEX visit_cases_by_case ON visit_cases (case_id);

-- Appointments at a centre.
CREATE TABLE appointments (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    line #TEXT NOT NULL,
    service #TEXT,
    starts_at #INT NOT NULL,
    -- `anyone`, or `vulnerable` for whom waiting is hard.
    who #TEXT NOT NULL,
    -- Whose it is: an account, or the telephone that was given at the reception.
    identity #TEXT NOT NULL,
    phone #TEXT NOT NULL,
    account_id #ID,
    language #TEXT NOT NULL,
    -- Whoever holds it sees, changes and gives back the appointment.
    code #TEXT NOT NULL UNIQUE,
    -- `open`, `kept`, `missed` or `cancelled`.
    standing #TEXT NOT NULL,
    channel #TEXT NOT NULL,
    booked_at #INT NOT NULL,
    visit_id #ID,
    reminded_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX appointments_by_line ON appointments (centre_id, line, starts_at);
CREATE INDEX appointments_by_identity ON appointments (identity, starts_at);
CREATE INDEX appointments_by_phone ON appointments (phone, starts_at);
CREATE INDEX appointments_by_standing ON appointments (standing, starts_at);
