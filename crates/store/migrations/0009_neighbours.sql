-- A SERIALIZABLE transaction on PostgreSQL remembers the page of an ordered index
-- in which it looked. Identifiers made in the same minute stand on the same page:
-- whoever reads a case and writes it would collide with everyone who does the
-- same with another case of that minute. A hash scatters neighbours over as many
-- pages as the table allows. Ordered indexes stay where uniqueness or an order
-- needs them; the planner takes the hash for a single identifier.

#SERVER CREATE INDEX cases_by_id ON cases USING hash (id) WITH (fillfactor = 25);
#SERVER CREATE INDEX accounts_by_id ON accounts USING hash (id) WITH (fillfactor = 25);
#SERVER CREATE INDEX documents_by_id ON documents USING hash (id) WITH (fillfactor = 25);
#SERVER CREATE INDEX series_by_owner ON series USING hash (owner) WITH (fillfactor = 10);
#SERVER CREATE INDEX series_by_prefix ON series USING hash (prefix) WITH (fillfactor = 10);
#SERVER DROP INDEX documents_by_case;
#SERVER CREATE INDEX documents_by_case ON documents USING hash (case_id) WITH (fillfactor = 25);
#SERVER DROP INDEX documents_by_entry;
#SERVER CREATE INDEX documents_by_entry ON documents USING hash (entry_id) WITH (fillfactor = 25);
#SERVER DROP INDEX case_parties_by_case;
#SERVER CREATE INDEX case_parties_by_case ON case_parties USING hash (case_id) WITH (fillfactor = 25);
#SERVER DROP INDEX case_requests_by_case;
#SERVER CREATE INDEX case_requests_by_case ON case_requests USING hash (case_id) WITH (fillfactor = 25);
#SERVER DROP INDEX uploads_by_case;
#SERVER CREATE INDEX uploads_by_case ON uploads USING hash (case_id) WITH (fillfactor = 25);
#SERVER DROP INDEX consents_by_case;
#SERVER CREATE INDEX consents_by_case ON consents USING hash (case_id) WITH (fillfactor = 25);
#SERVER DROP INDEX referrals_by_case;
#SERVER CREATE INDEX referrals_by_case ON referrals USING hash (case_id) WITH (fillfactor = 25);
#SERVER DROP INDEX receipts_by_case;
#SERVER CREATE INDEX receipts_by_case ON receipts USING hash (case_id) WITH (fillfactor = 25);
#SERVER DROP INDEX postings_by_receipt;
#SERVER CREATE INDEX postings_by_receipt ON postings USING hash (receipt_id) WITH (fillfactor = 25);
#SERVER DROP INDEX credentials_by_account;
#SERVER CREATE INDEX credentials_by_account ON credentials USING hash (account_id) WITH (fillfactor = 25);
