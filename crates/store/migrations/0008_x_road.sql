-- X-Road: facts asked of other registers, and members that call as programs.

CREATE TABLE lookups (
    id #ID NOT NULL PRIMARY KEY,
    case_id #ID NOT NULL,
    evidence #TEXT NOT NULL,
    register #TEXT NOT NULL,
    path #TEXT NOT NULL,
    asked_at #INT NOT NULL,
    outcome #TEXT,
    why #TEXT,
    request_id #TEXT,
    request_hash #TEXT,
    response_hash #TEXT,
    answered_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX lookups_of_case ON lookups (case_id);
CREATE INDEX lookups_open ON lookups (asked_at) WHERE outcome IS NULL;
ALTER TABLE api_clients ADD COLUMN x_road #TEXT;
CREATE UNIQUE INDEX api_clients_by_x_road ON api_clients (x_road) WHERE x_road IS NOT NULL AND ended_at IS NULL;
