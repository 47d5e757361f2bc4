-- Makes the schema; its owner is the role of the connection.
-- no parameters, no rows
create schema prisme
