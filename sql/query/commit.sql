-- Commits.
-- no parameters, no rows
commit
