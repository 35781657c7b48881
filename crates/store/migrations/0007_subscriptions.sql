-- What other systems are told: who is told what, the events that are kept to be
-- told again, each delivery, and how a receiver answers.

CREATE TABLE subscriptions (
    id #ID NOT NULL PRIMARY KEY,
    name #TEXT NOT NULL,
    url #TEXT NOT NULL,
    kinds #TEXT NOT NULL,
    services #TEXT NOT NULL,
    offices #TEXT NOT NULL,
    secret_number #INT NOT NULL,
    old_secret_until #INT,
    since #INT NOT NULL,
    paused_at #INT,
    pause_reason #TEXT,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE TABLE notices (
    id #ID NOT NULL PRIMARY KEY,
    kind #TEXT NOT NULL,
    at #INT NOT NULL,
    ordinal #INT NOT NULL,
    case_id #ID,
    service #TEXT,
    office_id #ID,
    only_for #ID,
    body #TEXT NOT NULL
)#STRICT;
CREATE INDEX notices_by_time ON notices (at, ordinal);
CREATE TABLE deliveries (
    subscription_id #ID NOT NULL,
    notice_id #ID NOT NULL,
    case_id #ID,
    at #INT NOT NULL,
    ordinal #INT NOT NULL,
    not_before #INT NOT NULL,
    attempts #INT NOT NULL DEFAULT 0,
    leased_until #INT,
    tried_at #INT,
    done_at #INT,
    failed_at #INT,
    status #INT,
    last_error #TEXT,
    PRIMARY KEY (subscription_id, notice_id)
)#STRICT;
CREATE INDEX deliveries_in_order ON deliveries (subscription_id, at, ordinal);
CREATE INDEX deliveries_of_case ON deliveries (subscription_id, case_id, at, ordinal)
    WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX deliveries_waiting ON deliveries (subscription_id, at, ordinal)
    WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX deliveries_by_notice ON deliveries (notice_id);
CREATE TABLE receivers (
    subscription_id #ID NOT NULL PRIMARY KEY,
    failures #INT NOT NULL,
    failing_since #INT,
    not_before #INT NOT NULL,
    last_error #TEXT
)#STRICT;
