-- What stands of prisme in this database.
-- no parameters
-- → 1 row: bool the schema exists, bool the list of migrations exists
select to_regnamespace('prisme') is not null, to_regclass('prisme.migration') is not null
