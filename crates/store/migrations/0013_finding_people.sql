-- Finding people by names that sound alike. Everything here is derived from
-- person_names and made again by `diwan register rebuild-names`.

-- Every two words of one name, in their order, as one number; with the words
-- beside them, so that a longer query is answered from this table alone.
CREATE TABLE name_pairs (
    pair #INT NOT NULL,
    place #INT NOT NULL,
    person_id #ID NOT NULL,
    third #INT NOT NULL,
    fourth #INT NOT NULL,
    born_year #INT NOT NULL,
    CONSTRAINT name_pairs_once PRIMARY KEY (pair, place, person_id, third, fourth, born_year)
)#STRICT#BY_KEY;

-- Every word that a name of the register sounds like, from both ends, so that a
-- misspelled one finds those near it. How many bear it is counted when the
-- table is made again, not with every person.
CREATE TABLE name_sounds (
    skeleton #TEXT NOT NULL PRIMARY KEY,
    backwards #TEXT NOT NULL,
    bearers #INT NOT NULL
)#STRICT#BY_KEY;
CREATE INDEX name_sounds_by_end ON name_sounds (backwards);

-- The same order of bearers on both engines, and by year of birth.
CREATE INDEX name_keys_by_spelling ON name_keys (folded, part, person_id);
CREATE INDEX name_keys_by_sound ON name_keys (skeleton, part, born_year, person_id);
DROP INDEX name_keys_by_folded;
DROP INDEX name_keys_by_skeleton;
