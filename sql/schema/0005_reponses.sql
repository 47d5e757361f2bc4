-- A file of a load may be the recensement form of a SIAE: then it says whose, and whether it holds an answer.

alter table prisme.chargement_source
    add column siae prisme.code,                       -- null: no form
    add column reponse boolean not null default false, -- needs, or the word that there are none
    add constraint chargement_source_siae foreign key (chargement_id, siae) references prisme.siae
        deferrable initially deferred,
    add constraint chargement_source_reponse check (not reponse or siae is not null);

create unique index chargement_source_formulaire on prisme.chargement_source (chargement_id, siae);
