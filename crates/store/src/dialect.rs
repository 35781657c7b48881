//! The only place that knows how the two engines differ.
//!
//! Everything else is SQL that both understand. Each variant says why it is
//! needed.

/// Which engine a statement is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded database: one file, one writer.
    Sqlite,
    /// The database server, when one machine is outgrown.
    Postgres,
}

/// Turns the words of a migration into the engine's own: `#ID`, `#INT`,
/// `#TEXT`, `#BYTES`, `#SERIAL`, `#HORIZON`, `#STRICT` and `#BY_KEY` (rows are kept in
/// the order of their key). A line that begins with `#SERVER` is for PostgreSQL alone, one
/// with `#EMBEDDED` for SQLite.
#[must_use]
pub fn migration(engine: Engine, sql: &str) -> String {
    let words: &[(&str, &str)] = match engine {
        Engine::Sqlite => &[
            ("#SERIAL", "INTEGER PRIMARY KEY AUTOINCREMENT"),
            ("#HORIZON", "INTEGER NOT NULL DEFAULT 0"),
            ("#ID", "BLOB"),
            ("#INT", "INTEGER"),
            ("#TEXT", "TEXT"),
            ("#BYTES", "BLOB"),
            ("#STRICT", " STRICT"),
            ("#BY_KEY", ", WITHOUT ROWID"),
            ("#SERVER ", "-- "),
            ("#EMBEDDED ", ""),
        ],
        Engine::Postgres => &[
            ("#SERIAL", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
            // The writing transaction's number: rows become readable only when
            // no older transaction is still running, because sequence numbers
            // are not commit order.
            ("#HORIZON", "BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)"),
            ("#ID", "UUID"),
            ("#INT", "BIGINT"),
            // Bytewise comparison, as SQLite does.
            ("#TEXT", "TEXT COLLATE \"C\""),
            ("#BYTES", "BYTEA"),
            ("#STRICT", ""),
            // A server keeps rows and keys apart in any case.
            ("#BY_KEY", ""),
            ("#SERVER ", ""),
            ("#EMBEDDED ", "-- "),
        ],
    };
    words.iter().fold(sql.to_owned(), |text, (word, own)| text.replace(word, own))
}

/// Reads the feed after a place, in commit order.
#[must_use]
pub fn feed_after(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "SELECT seq, horizon, topic, subject, at FROM feed
             WHERE horizon >= $1 AND seq > $2 ORDER BY seq LIMIT $3"
        }
        Engine::Postgres => {
            "SELECT seq, horizon, topic, subject, at FROM feed
             WHERE (horizon, seq) > ($1, $2)
               AND horizon < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
             ORDER BY horizon, seq LIMIT $3"
        }
    }
}

/// Takes due rows of the outbox for one worker. Several workers on PostgreSQL
/// must not wait for one another's rows; SQLite has one writer.
#[must_use]
pub fn lease_outbox(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "UPDATE outbox SET leased_until = $2, attempts = attempts + 1
             WHERE id IN (SELECT id FROM outbox WHERE done_at IS NULL AND failed_at IS NULL
                          AND not_before <= $1 AND (leased_until IS NULL OR leased_until < $1)
                          ORDER BY not_before LIMIT $3)
             RETURNING id, kind, address, body, attempts, created_at"
        }
        Engine::Postgres => {
            "UPDATE outbox SET leased_until = $2, attempts = attempts + 1
             WHERE id IN (SELECT id FROM outbox WHERE done_at IS NULL AND failed_at IS NULL
                          AND not_before <= $1 AND (leased_until IS NULL OR leased_until < $1)
                          ORDER BY not_before LIMIT $3 FOR UPDATE SKIP LOCKED)
             RETURNING id, kind, address, body, attempts, created_at"
        }
    }
}

/// Takes due deliveries of one subscription for one worker, of each case only the
/// oldest that waits. Skipping what is locked, as for the outbox.
#[must_use]
pub fn lease_deliveries(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "UPDATE deliveries SET leased_until = $2, attempts = attempts + 1
             WHERE subscription_id = $4 AND notice_id IN (
                 SELECT d.notice_id FROM deliveries d
                 WHERE d.subscription_id = $4 AND d.done_at IS NULL AND d.failed_at IS NULL
                   AND d.not_before <= $1 AND (d.leased_until IS NULL OR d.leased_until < $1)
                   AND NOT EXISTS (SELECT 1 FROM deliveries e
                       WHERE e.subscription_id = $4 AND e.case_id = d.case_id AND e.done_at IS NULL
                         AND e.failed_at IS NULL AND (e.at < d.at OR (e.at = d.at AND e.ordinal < d.ordinal)))
                 ORDER BY d.at, d.ordinal LIMIT $3)
             RETURNING notice_id, attempts, (SELECT n.body FROM notices n WHERE n.id = notice_id) AS body"
        }
        Engine::Postgres => {
            "UPDATE deliveries SET leased_until = $2, attempts = attempts + 1
             WHERE subscription_id = $4 AND notice_id IN (
                 SELECT d.notice_id FROM deliveries d
                 WHERE d.subscription_id = $4 AND d.done_at IS NULL AND d.failed_at IS NULL
                   AND d.not_before <= $1 AND (d.leased_until IS NULL OR d.leased_until < $1)
                   AND NOT EXISTS (SELECT 1 FROM deliveries e
                       WHERE e.subscription_id = $4 AND e.case_id = d.case_id AND e.done_at IS NULL
                         AND e.failed_at IS NULL AND (e.at < d.at OR (e.at = d.at AND e.ordinal < d.ordinal)))
                 ORDER BY d.at, d.ordinal LIMIT $3 FOR UPDATE OF d SKIP LOCKED)
             RETURNING notice_id, attempts, (SELECT n.body FROM notices n WHERE n.id = notice_id) AS body"
        }
    }
}

/// The notices that an officer gave, the newest first. The journal names what an entry is
/// about as text; each engine makes an identifier of it in its own way.
#[must_use]
pub fn notices_given(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "SELECT   d.* FROM journal j JOIN declarations d ON d.id = unhex(j.subject_id, '-')
             WHERE    j.actor_kind = 'officer' AND j.actor_name = $1
               AND    j.kind = 'event-notified' AND j.subject_kind = 'declaration'
               AND    (d.state = $2 OR $2 IS NULL) AND (d.kind = $3 OR $3 IS NULL)
               AND    (j.at < $4 OR (j.at = $4 AND d.id < $5) OR $4 IS NULL)
             ORDER BY j.at DESC, d.id DESC LIMIT $6"
        }
        Engine::Postgres => {
            "SELECT   d.* FROM journal j JOIN declarations d ON d.id = j.subject_id::uuid
             WHERE    j.actor_kind = 'officer' AND j.actor_name = $1
               AND    j.kind = 'event-notified' AND j.subject_kind = 'declaration'
               AND    (d.state = $2 OR $2 IS NULL) AND (d.kind = $3 OR $3 IS NULL)
               AND    (j.at < $4 OR (j.at = $4 AND d.id < $5) OR $4 IS NULL)
             ORDER BY j.at DESC, d.id DESC LIMIT $6"
        }
    }
}

/// Begins a view that stands still. SQLite's begins with its first question;
/// PostgreSQL must be told not to take a new one for every statement.
#[must_use]
pub fn begin_snapshot(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "BEGIN DEFERRED",
        Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
}

/// Whether there is a table of this name. Each engine keeps its own list.
#[must_use]
pub fn table_count(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SELECT COUNT(*) AS n FROM sqlite_master WHERE type = 'table' AND name = $1",
        Engine::Postgres => {
            "SELECT COUNT(*) AS n FROM pg_catalog.pg_tables
             WHERE schemaname = ANY (current_schemas(false)) AND tablename = $1"
        }
    }
}

/// Takes a lock of a server, unless another connection has it now; SQLite has one writer.
pub(crate) const TAKE_LOCK: &str = "SELECT pg_try_advisory_lock($1) AS taken";

/// Gives a lock of a server back.
pub(crate) const GIVE_LOCK_BACK: &str = "SELECT pg_advisory_unlock($1)";

/// Name and version of the engine.
#[must_use]
pub fn version(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SELECT 'SQLite ' || sqlite_version() AS version",
        Engine::Postgres => "SELECT version() AS version",
    }
}

/// How large the database is, in bytes.
#[must_use]
pub fn size_in_bytes(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "SELECT CAST(page_count * page_size AS INTEGER) AS bytes
             FROM pragma_page_count(), pragma_page_size()"
        }
        Engine::Postgres => "SELECT pg_database_size(current_database()) AS bytes",
    }
}
