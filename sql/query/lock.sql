-- Takes the one lock of prisme in this database, if it is free, until the connection ends.
-- $1 int8: the lock's number
-- → 1 row: bool taken
select pg_try_advisory_lock($1)
