-- Programs that sign in by themselves: OAuth 2.0 client credentials (RFC 6749),
-- with a secret, or with a certificate (RFC 8705) known by its SHA-256.

CREATE TABLE api_clients (
    id #ID NOT NULL PRIMARY KEY,
    client_id #TEXT NOT NULL UNIQUE,
    name #TEXT NOT NULL,
    secret_hash #BYTES,
    certificate #TEXT,
    officer_id #ID,
    scopes #TEXT NOT NULL,
    since #INT NOT NULL,
    expires_at #INT,
    ended_at #INT,
    version #INT NOT NULL
)#STRICT;
CREATE INDEX api_tokens_by_officer ON api_tokens (officer_id);
CREATE INDEX api_clients_by_officer ON api_clients (officer_id);
