-- Settings of every connection: no name is found outside prisme and pg_catalog (CVE-2018-1058), no JIT for short
-- queries, dates in ISO form.
-- $1 text: the search path
-- → 1 row: ignored texts
select set_config('search_path', $1, false), set_config('jit', 'off', false),
       set_config('datestyle', 'ISO, YMD', false), set_config('standard_conforming_strings', 'on', false)
