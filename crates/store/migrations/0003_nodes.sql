-- The nodes that serve from this database, so that one which cannot see the
-- others' files is refused. A row is a node's last sign of life.
CREATE TABLE nodes (
    id #TEXT NOT NULL PRIMARY KEY,
    host #TEXT NOT NULL,
    files #TEXT NOT NULL,
    started_at #INT NOT NULL,
    seen_at #INT NOT NULL
)#STRICT;
