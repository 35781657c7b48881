-- Who confirmed the moment of a paper's seal, where an authority did (RFC 3161).

ALTER TABLE documents ADD COLUMN confirmed_at #INT;
ALTER TABLE documents ADD COLUMN confirmed_by #TEXT;
ALTER TABLE documents ADD COLUMN confirmed_serial #TEXT;
