-- Rows of a load that a catalogue (LHEO) could not say wholly: kept cell by cell, out of every plan, until a later load has
-- them complete.

create table prisme.incomplet (
    chargement_id integer not null references prisme.chargement on delete cascade,
    fichier       prisme.code not null,          -- of the table: offres.csv
    cle           prisme.code not null,          -- of the row
    colonne       prisme.code not null,
    valeur        text collate "C",              -- null: it is missing
    attend        boolean not null,              -- it names a row that is incomplete too
    primary key (chargement_id, fichier, cle, colonne),
    check (not attend or valeur is not null)
);

create trigger immuable before update on prisme.incomplet for each statement execute function prisme.immuable();
