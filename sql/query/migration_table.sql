-- Makes the list of applied migrations.
-- no parameters, no rows
create table prisme.migration (
    version     integer primary key check (version >= 1),
    name        text collate "C" not null,
    sha256      text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'), -- of its text
    appliquee_le timestamptz not null default now()
)
