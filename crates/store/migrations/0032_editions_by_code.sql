-- What names the editions of a service stands in an index of its own. In the table it stands
-- beside the whole folder, and SQLite reads through all of that to what comes after it; every
-- page of a service and every act on a case asks.
CREATE INDEX services_heads ON services (code, edition, hash, since, published_at);
