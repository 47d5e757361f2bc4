-- Opens a transaction that only reads, and reads one state of the database throughout.
-- no parameters, no rows
begin isolation level repeatable read read only
