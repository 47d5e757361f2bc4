-- Makes a campaign known, if it is not yet.
-- $1 text: its code
-- no rows
insert into prisme.campagne (code) values ($1) on conflict (code) do nothing
