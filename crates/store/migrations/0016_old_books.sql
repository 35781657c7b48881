-- Old books that are brought in from files: each file with its mapping, each part
-- of it that is in, and what was rejected.
CREATE TABLE imports (
    id #ID NOT NULL PRIMARY KEY,
    kind #TEXT NOT NULL,
    office_id #ID NOT NULL,
    file_name #TEXT NOT NULL,
    file_hash #TEXT NOT NULL,
    file_size #INT NOT NULL,
    -- The sheet of a workbook, or nothing.
    sheet #TEXT NOT NULL,
    encoding #TEXT,
    mapping_name #TEXT NOT NULL,
    mapping_hash #TEXT NOT NULL,
    mapping #TEXT NOT NULL,
    -- The columns' headings, as a list.
    heading #TEXT NOT NULL,
    -- Where the bytes are, when the file came by a page.
    stored #TEXT,
    state #TEXT NOT NULL,
    -- Who brings it in, as the journal names them, and in words where they say.
    by_kind #TEXT NOT NULL,
    by_name #TEXT NOT NULL,
    by_words #TEXT,
    begun_at #INT NOT NULL,
    ended_at #INT,
    -- Rows of the file, known when it ended; why it stopped, if it did.
    total #INT,
    stopped_why #TEXT,
    version #INT NOT NULL,
    CONSTRAINT imports_once UNIQUE (file_hash, mapping_hash, office_id, sheet)
)#STRICT;
CREATE INDEX imports_by_begun ON imports (begun_at);

-- A part of a file is written in the transaction that writes its entries: what is
-- here is in, whatever happened afterwards.
CREATE TABLE import_parts (
    id #ID NOT NULL PRIMARY KEY,
    import_id #ID NOT NULL,
    first_row #INT NOT NULL,
    last_row #INT NOT NULL,
    last_line #INT NOT NULL,
    added #INT NOT NULL,
    there #INT NOT NULL,
    rejected #INT NOT NULL,
    recorded_at #INT NOT NULL,
    CONSTRAINT import_parts_once UNIQUE (import_id, first_row)
)#STRICT;

-- Rows that were not brought in: derived from the file, written with its parts.
CREATE TABLE import_rejects (
    import_id #ID NOT NULL,
    line #INT NOT NULL,
    cells #TEXT NOT NULL,
    faults #TEXT NOT NULL,
    CONSTRAINT import_rejects_once PRIMARY KEY (import_id, line)
)#STRICT;

-- From which file an entry came, and from which line of it.
ALTER TABLE register_entries ADD COLUMN import_id #ID;
ALTER TABLE register_entries ADD COLUMN import_line #INT;
