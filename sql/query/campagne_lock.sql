-- A campaign's number in the database; others that want to change the campaign wait until the transaction ends.
-- $1 text: its code
-- → 0 or 1 row: int4 id
select id from prisme.campagne where code = $1 for update
