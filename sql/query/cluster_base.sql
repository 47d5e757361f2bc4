-- Makes the database of a new embedded cluster. Read by `postgres --single`: one statement a line, no parameters.
create database prisme
