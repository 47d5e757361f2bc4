-- Opens a transaction that may write; whatever the server's defaults are.
-- no parameters, no rows
begin isolation level read committed read write
