-- What people said of a service, without a name or a case, and what one case
-- costs. With them the indexes that the figures and a person's own cases need.

CREATE TABLE ratings (
    id #ID NOT NULL PRIMARY KEY,
    service #TEXT NOT NULL,
    stars #INT NOT NULL,
    word #TEXT,
    day #TEXT NOT NULL,
    training #INT NOT NULL
)#STRICT;
CREATE INDEX ratings_by_service ON ratings (service, day);
CREATE TABLE service_costs (
    id #ID NOT NULL PRIMARY KEY,
    service #TEXT NOT NULL,
    minor_units #INT NOT NULL,
    currency #TEXT NOT NULL,
    basis #TEXT NOT NULL,
    officer_id #ID NOT NULL,
    set_at #INT NOT NULL
)#STRICT;
CREATE INDEX service_costs_by_service ON service_costs (service, set_at);
CREATE INDEX cases_by_applicant ON cases (applicant_id);
CREATE INDEX cases_by_service ON cases (service, decided_at);
CREATE INDEX cases_by_beginning ON cases (service, begun_at);
