-- Scanned ledgers that are keyed in: the ledger, its pages with their images, and
-- every keying of a page.
CREATE TABLE ledgers (
    id #ID NOT NULL PRIMARY KEY,
    office_id #ID NOT NULL,
    kind #TEXT NOT NULL,
    name #TEXT NOT NULL,
    -- Book and record of the census of 1957, and what stands before its numbers.
    directorate #TEXT NOT NULL,
    record_no #TEXT NOT NULL,
    number_prefix #TEXT NOT NULL,
    -- Which share of the pages is keyed twice, and above which share of differing
    -- fields (in thousandths) all are.
    sample_percent #INT NOT NULL,
    threshold_permille #INT NOT NULL,
    -- Since when all pages are keyed twice.
    all_twice_at #INT,
    opened_by #ID NOT NULL,
    opened_at #INT NOT NULL,
    version #INT NOT NULL,
    CONSTRAINT ledgers_share CHECK (sample_percent BETWEEN 0 AND 100 AND threshold_permille BETWEEN 0 AND 1000)
)#STRICT;
CREATE INDEX ledgers_by_office ON ledgers (office_id, opened_at);

CREATE TABLE ledger_pages (
    id #ID NOT NULL PRIMARY KEY,
    ledger_id #ID NOT NULL,
    page_no #TEXT NOT NULL,
    -- The order in which pages came.
    place #INT NOT NULL,
    file_hash #TEXT NOT NULL,
    file_name #TEXT NOT NULL,
    media #TEXT NOT NULL,
    bytes #INT NOT NULL,
    state #TEXT NOT NULL,
    -- Whether it is keyed twice; drawn when the first keying ends.
    is_twice #INT NOT NULL,
    first_keying #ID,
    second_keying #ID,
    -- The rows as they were decided, where the two differed.
    decision #ID,
    -- Fields that were compared, that differ, and for how many of them each of the
    -- two was found wrong.
    compared #INT NOT NULL,
    differing #INT NOT NULL,
    wrong_first #INT NOT NULL,
    wrong_second #INT NOT NULL,
    -- The import by which its rows went into the register.
    import_id #ID,
    added_by #ID NOT NULL,
    added_at #INT NOT NULL,
    version #INT NOT NULL,
    CONSTRAINT ledger_pages_once UNIQUE (ledger_id, page_no),
    CONSTRAINT ledger_images_once UNIQUE (ledger_id, file_hash)
)#STRICT;
CREATE INDEX ledger_pages_by_state ON ledger_pages (ledger_id, state, place);
CREATE INDEX ledger_pages_by_file ON ledger_pages (file_hash);
CREATE INDEX ledger_pages_by_import ON ledger_pages (import_id);

-- What one officer keyed of a page. The same officer has one keying of a page, so
-- that whoever keyed it first neither keys it again nor decides between the two.
CREATE TABLE ledger_keyings (
    id #ID NOT NULL PRIMARY KEY,
    page_id #ID NOT NULL,
    officer_id #ID NOT NULL,
    -- `first`, `second` or `decision`.
    part #TEXT NOT NULL,
    -- Rows in the order of the page, as JSON.
    rows_keyed #TEXT NOT NULL,
    begun_at #INT NOT NULL,
    touched_at #INT NOT NULL,
    ended_at #INT,
    -- When it was given back unfinished.
    given_back_at #INT,
    version #INT NOT NULL,
    CONSTRAINT ledger_keyings_hands UNIQUE (page_id, officer_id)
)#STRICT;
CREATE INDEX ledger_keyings_by_officer ON ledger_keyings (officer_id, ended_at);
