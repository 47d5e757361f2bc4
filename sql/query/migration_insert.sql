-- Records a migration.
-- $1 int4: version; $2 text: name; $3 text: sha256 of its text
-- no rows
insert into prisme.migration (version, name, sha256) values ($1, $2, $3)
