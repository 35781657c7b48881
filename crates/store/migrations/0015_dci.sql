-- The registry API of the Digital Convergence Initiative: which programs use it and
-- what each may see, messages that are answered later, and who subscribed with it.

CREATE TABLE dci_partners (
    id #ID NOT NULL PRIMARY KEY,
    client_id #ID NOT NULL UNIQUE,
    sender_id #TEXT,
    callback #TEXT,
    purpose #TEXT NOT NULL,
    fields #TEXT NOT NULL,
    events #TEXT NOT NULL,
    keys #TEXT,
    since #INT NOT NULL,
    version #INT NOT NULL
)#STRICT;

-- Messages that were taken, and what they came to. Forgotten after ninety days.
CREATE TABLE dci_messages (
    id #ID NOT NULL PRIMARY KEY,
    client_id #ID NOT NULL,
    action #TEXT NOT NULL,
    message_id #TEXT NOT NULL,
    transaction_id #TEXT NOT NULL,
    callback #TEXT,
    body #TEXT NOT NULL,
    outcome #TEXT NOT NULL,
    at #INT NOT NULL,
    answered_at #INT
)#STRICT;
CREATE INDEX dci_messages_by_message ON dci_messages (client_id, message_id);
CREATE INDEX dci_messages_by_transaction ON dci_messages (client_id, transaction_id);
CREATE INDEX dci_messages_by_time ON dci_messages (at);

ALTER TABLE subscriptions ADD COLUMN client_id #ID;
ALTER TABLE subscriptions ADD COLUMN dci #TEXT;
