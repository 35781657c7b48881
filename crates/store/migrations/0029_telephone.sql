-- By telephone: text messages and menus, wishes to be telephoned, and who may act for whom.

CREATE INDEX visits_by_phone ON visits (phone, came_at);
CREATE INDEX visits_by_end ON visits (ended_at);
CREATE INDEX cases_by_phone ON cases (phone, begun_at);

-- That somebody was asked by text message how their visit was: once.
CREATE TABLE rating_asks (
    id #ID NOT NULL PRIMARY KEY,
    visit_id #ID NOT NULL,
    at #INT NOT NULL,
    CONSTRAINT rating_asks_once UNIQUE (visit_id)
)#STRICT;

-- Who wishes to be telephoned by a person.
CREATE TABLE phone_wishes (
    id #ID NOT NULL PRIMARY KEY,
    -- Forgotten when it is settled.
    phone #TEXT,
    language #TEXT NOT NULL,
    wished_at #INT NOT NULL,
    taken_by #ID,
    taken_at #INT,
    tries #INT NOT NULL,
    -- `reached` or `not-reached`.
    outcome #TEXT,
    settled_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX phone_wishes_by_time ON phone_wishes (settled_at, wished_at);
CREATE INDEX phone_wishes_by_phone ON phone_wishes (phone, settled_at);

-- Who may act for whom, for what, and until when.
CREATE TABLE proxies (
    id #ID NOT NULL PRIMARY KEY,
    -- Whose matters they are.
    person_id #ID NOT NULL,
    -- Who acts for them.
    proxy_id #ID NOT NULL,
    -- The keys of services as JSON; empty for every service.
    services #TEXT NOT NULL,
    -- What they may do as JSON: `apply`, `follow`, `fetch`, `pay`.
    deeds #TEXT NOT NULL,
    -- `consent`, `notary` or `judgment`, and the number of the paper.
    basis #TEXT NOT NULL,
    basis_number #TEXT NOT NULL,
    -- The last day on which it holds.
    until_day #TEXT NOT NULL,
    language #TEXT NOT NULL,
    -- By which way it was said: `online`, `counter`, `telephone`.
    channel #TEXT NOT NULL,
    officer_id #ID,
    witness #TEXT,
    since #INT NOT NULL,
    ended_at #INT,
    -- `online`, `counter`, `telephone`, or by which way else it was ended.
    ended_by #TEXT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX proxies_by_person ON proxies (person_id, ended_at);
CREATE INDEX proxies_by_proxy ON proxies (proxy_id, ended_at);
