-- Figures of services as they were counted last: derived, made anew each minute,
-- so that a page of the public reads one row instead of counting every case.

CREATE TABLE service_figures (
    service #TEXT NOT NULL PRIMARY KEY,
    figures #TEXT NOT NULL,
    counted_at #INT NOT NULL
)#STRICT;
