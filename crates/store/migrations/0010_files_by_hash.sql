-- Whether any row still names a file is asked for every file that is removed.

CREATE INDEX uploads_by_file ON uploads (file_hash);
CREATE INDEX documents_by_file ON documents (file_hash);
