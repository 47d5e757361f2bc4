-- Waits for the end of any other program's migrations, and keeps new ones waiting until the transaction ends.
-- $1 int8: the lock's number
-- → 1 row: ignored
select pg_advisory_xact_lock($1)
