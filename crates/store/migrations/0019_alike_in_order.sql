-- Declarations that may be of one event are read newest first: from an index in that
-- order, not by sorting all who ever bore the names.
DROP INDEX declarations_alike_name;
DROP INDEX declarations_alike_day;
CREATE INDEX declarations_alike_name ON declarations (alike_name, kind, recorded_at DESC, id);
CREATE INDEX declarations_alike_day ON declarations (alike_day, kind, recorded_at DESC, id);
