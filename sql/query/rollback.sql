-- Gives up the transaction.
-- no parameters, no rows
rollback
