-- Each file of a load also says how it fared: refused as a whole, and what was only warned of.

alter table prisme.chargement_source
    add column avertissements bigint not null default 0 check (avertissements >= 0),
    add column refuse boolean not null default false; -- nothing of it was loaded
