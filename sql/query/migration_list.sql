-- The applied migrations.
-- no parameters
-- → int4 version, text name, text sha256; by version
select version, name, sha256
  from prisme.migration
 order by version
