-- Appointments that are released by draw, and lists of those who wait for a place.

CREATE TABLE releases (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    -- Its name in the centre's setup.
    key #TEXT NOT NULL,
    line #TEXT NOT NULL,
    from_day #TEXT NOT NULL,
    until_day #TEXT NOT NULL,
    opens_at #INT NOT NULL,
    closes_at #INT NOT NULL,
    draws_at #INT NOT NULL,
    -- 32 bytes in hexadecimal: nobody is told before the draw.
    seed #TEXT NOT NULL,
    -- Their SHA-256, published before the window opens.
    commitment #TEXT NOT NULL,
    opened_at #INT NOT NULL,
    drawn_at #INT,
    -- How many of the drawn order have been given a time.
    placed #INT NOT NULL,
    -- Since when everybody has their time, and what is left can be booked.
    done_at #INT,
    version #INT NOT NULL,
    CONSTRAINT releases_once UNIQUE (centre_id, key)
)#STRICT;
CREATE INDEX releases_by_end ON releases (done_at, draws_at);

CREATE TABLE release_entries (
    id #ID NOT NULL PRIMARY KEY,
    release_id #ID NOT NULL,
    -- The hash that stands in public, and the chance in it that only the receipt has.
    entry #TEXT NOT NULL UNIQUE,
    chance #TEXT NOT NULL,
    code #TEXT NOT NULL UNIQUE,
    identity #TEXT NOT NULL,
    phone #TEXT NOT NULL,
    account_id #ID,
    language #TEXT NOT NULL,
    -- For whom, on which days, and whether no other will do; as JSON.
    wish #TEXT NOT NULL,
    entered_at #INT NOT NULL,
    -- Its place in the order, from 1, once a time was looked for.
    place #INT,
    appointment_id #ID,
    version #INT NOT NULL,
    CONSTRAINT release_entries_once UNIQUE (release_id, identity)
)#STRICT;
CREATE INDEX release_entries_by_phone ON release_entries (phone, release_id);

-- What is published of a draw, as JSON.
CREATE TABLE release_draws (
    id #ID NOT NULL PRIMARY KEY,
    release_id #ID NOT NULL UNIQUE,
    -- How many entries the log's head covered whose root is the public value.
    tree_size #INT NOT NULL,
    body #TEXT NOT NULL
)#STRICT;

CREATE TABLE waiting_places (
    id #ID NOT NULL PRIMARY KEY,
    centre_id #ID NOT NULL,
    line #TEXT NOT NULL,
    -- The day for which a place is waited for.
    day #TEXT NOT NULL,
    -- `anyone`, or `vulnerable` for whom waiting is hard.
    who #TEXT NOT NULL,
    identity #TEXT NOT NULL,
    phone #TEXT NOT NULL,
    account_id #ID,
    language #TEXT NOT NULL,
    -- Whoever holds it takes a place that is offered, or leaves the list.
    code #TEXT NOT NULL UNIQUE,
    -- `waiting`, `offered`, `taken`, `left`, `passed` (nobody answered),
    -- `barred` (they may hold no more) or `over` (the day is).
    standing #TEXT NOT NULL,
    joined_at #INT NOT NULL,
    -- The slot that is held for them, and until when.
    slot_at #INT,
    held_until #INT,
    appointment_id #ID,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX waiting_places_by_day ON waiting_places (centre_id, line, day, joined_at);
CREATE INDEX waiting_places_by_slot ON waiting_places (centre_id, line, slot_at);
CREATE INDEX waiting_places_by_standing ON waiting_places (standing, day);
CREATE INDEX waiting_places_by_identity ON waiting_places (identity, standing);
CREATE INDEX waiting_places_by_phone ON waiting_places (phone, standing);
