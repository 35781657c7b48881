-- A child whose birth is declared is compared with people born about the same day who bear the same
-- names. Among a million people a frequent pair of words stands in thousands of names of all ages, and
-- all of them were read. These are whoever was born since 2016 or nobody knows when; questions say it in
-- the same words.
CREATE INDEX name_pairs_of_the_young ON name_pairs (pair, place, person_id, third, fourth, born_year)
WHERE born_year = 0 OR born_year >= 2016;
