-- Each look at a paper asks whether anything was registered since of its holder's family. The embedded
-- engine read the row of every role for it, by way of the index. What is asked for stands in the indexes
-- themselves now. A server keeps its hashes, in which neighbours stand apart.
#EMBEDDED DROP INDEX event_roles_by_event;
#EMBEDDED CREATE INDEX event_roles_by_event ON event_roles (event_id, person_id);
#EMBEDDED DROP INDEX event_roles_by_person;
#EMBEDDED CREATE INDEX event_roles_by_person ON event_roles (person_id, role, recorded_at, event_id);
