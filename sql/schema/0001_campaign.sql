-- Campaigns, their numbered loads (chargements) and, one table a file, the inputs of each load (contract, section 1).
--
-- Units, as in sql/model.h: money in cents; taux in hundredths of a percent; heures and ETP in hundredths; km in tenths;
-- bareme_km in ten-thousandths of a euro per km. An absent text is '', an absent number, day or reference is null.
-- Every table of a load has chargement_id first in its key; a load goes as a whole (on delete cascade).
-- Text compares byte by byte (collate "C"), as in C.

create domain prisme.code as text collate "C" check (value <> '');
create domain prisme.libelle as text collate "C" not null;
create domain prisme.jour as date check (value between '2000-01-01' and '2099-12-31');
create domain prisme.centimes as bigint check (value >= 0);
create domain prisme.taux as integer check (value between 0 and 10000);
create domain prisme.siret as text collate "C" check (value ~ '^[0-9]{14}$');
create domain prisme.insee as text collate "C" check (value ~ '^[0-9][0-9AB][0-9]{3}$');

create table prisme.campagne (
    id   integer generated always as identity primary key,
    code prisme.code not null unique
);

-- One delivery of a campaign's files. Never changed: a new delivery is a new load.
create table prisme.chargement (
    id            integer generated always as identity primary key,
    campagne_id   integer not null references prisme.campagne on delete cascade,
    numero        integer not null check (numero >= 1), -- 1.. in the campaign
    cree_le       timestamptz not null default now(),
    region        text collate "C" not null check (length(region) = 2),
    date_debut    prisme.jour not null,
    date_fin      prisme.jour not null check (date_fin >= date_debut),
    date_plan     prisme.jour,                           -- null: the day the plan is made
    gel_jours     integer not null check (gel_jours >= 0), -- calendar days
    has_priorites boolean not null,                      -- priorites.csv was given, be it empty
    unique (campagne_id, numero)
);

-- The files a load was read from.
create table prisme.chargement_source (
    chargement_id integer not null references prisme.chargement on delete cascade,
    fichier       prisme.code not null,
    sha256        text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
    lignes        bigint not null check (lignes >= 0),                        -- data rows read
    rejets        bigint not null check (rejets >= 0 and rejets <= lignes),   -- of them rejected
    primary key (chargement_id, fichier)
);

create table prisme.commune (
    chargement_id integer not null references prisme.chargement on delete cascade,
    code_insee    prisme.insee not null,
    nom           prisme.libelle,
    latitude      double precision not null check (latitude between -90 and 90),    -- degrees
    longitude     double precision not null check (longitude between -180 and 180), -- degrees
    zone          prisme.libelle,                                                   -- '' is a zone too
    primary key (chargement_id, code_insee)
);

create table prisme.frais (
    chargement_id integer not null references prisme.chargement on delete cascade,
    opco          prisme.libelle,                                -- '' = every other
    bareme_km     integer not null check (bareme_km >= 0),       -- 1/10000 euro per km
    forfait_jour  prisme.centimes not null,
    forfait_nuit  prisme.centimes not null,
    nuit_km       integer check (nuit_km >= 0),                  -- tenths of km; null: never a night
    primary key (chargement_id, opco)
);

create table prisme.siae (
    chargement_id      integer not null references prisme.chargement on delete cascade,
    code               prisme.code not null,
    siret              prisme.siret not null,
    raison_sociale     prisme.libelle,
    type               text collate "C" not null check (type in ('ACI', 'AI', 'EI', 'ETTI', 'EITI', 'EBE', 'GEIQ')),
    opco               prisme.libelle,                       -- '' = none, which equals only ''
    commune            prisme.insee not null,
    effectif           integer check (effectif >= 0),        -- hundredths of ETP
    absents_max        integer check (absents_max >= 0),     -- learners on one day; null: no limit
    reste_a_charge_max prisme.centimes,                      -- null: no limit
    primary key (chargement_id, code),
    unique (chargement_id, siret, type),
    foreign key (chargement_id, commune) references prisme.commune
);

create table prisme.organisme (
    chargement_id         integer not null references prisme.chargement on delete cascade,
    siret                 prisme.siret not null,
    nda                   prisme.libelle,
    raison_sociale        prisme.libelle,
    qualiopi              boolean not null,
    sessions_simultanees  integer check (sessions_simultanees >= 0), -- sessions on one day; null: no limit
    primary key (chargement_id, siret)
);

create table prisme.formation (
    chargement_id     integer not null references prisme.chargement on delete cascade,
    code              prisme.code not null,
    intitule          prisme.libelle,
    domaine           prisme.libelle,
    filiere           prisme.libelle,
    nature            text collate "C" not null
                      check (nature in ('certifiante', 'base', 'transferable', 'obligation', 'sensibilisation')),
    heures            integer not null check (heures > 0),                      -- hundredths of an hour
    jours             integer not null check (jours >= 1),                      -- training days
    jours_par_semaine integer not null check (jours_par_semaine between 1 and 5),
    effectif_min      integer not null check (effectif_min >= 1),
    effectif_max      integer not null check (effectif_max >= effectif_min),
    certification     prisme.libelle,
    formacode         prisme.libelle,
    primary key (chargement_id, code)
);

create table prisme.axe (
    chargement_id integer not null references prisme.chargement on delete cascade,
    code          prisme.code not null,
    libelle       prisme.libelle,
    min_siae      integer not null check (min_siae >= 1),
    primary key (chargement_id, code)
);

create table prisme.offre (
    chargement_id  integer not null references prisme.chargement on delete cascade,
    code           prisme.code not null,
    organisme      prisme.siret not null,
    formation      prisme.code not null,
    commune        prisme.insee,
    modalite       text collate "C" not null check (modalite in ('presentiel', 'mixte', 'distanciel', 'afest')),
    cout_groupe    prisme.centimes not null,
    cout_stagiaire prisme.centimes not null,
    effectif_min   integer not null check (effectif_min >= 1), -- the formation's where the file gave none
    effectif_max   integer not null check (effectif_max >= effectif_min),
    date_debut     prisme.jour not null,                       -- window of START days
    date_fin       prisme.jour not null check (date_fin >= date_debut),
    sessions_max   integer not null check (sessions_max >= 0),
    siae           prisme.code,                                -- reserved to it; null: to nobody
    opco           prisme.libelle,                             -- reserved to its members; '': to nobody
    primary key (chargement_id, code),
    foreign key (chargement_id, organisme) references prisme.organisme,
    foreign key (chargement_id, formation) references prisme.formation,
    foreign key (chargement_id, commune) references prisme.commune,
    foreign key (chargement_id, siae) references prisme.siae,
    constraint offre_commune_requise check (commune is not null or modalite in ('distanciel', 'afest'))
);
create index offre_formation on prisme.offre (chargement_id, formation);

create table prisme.besoin (
    chargement_id integer not null references prisme.chargement on delete cascade,
    reference     prisme.code not null,
    siae          prisme.code not null,
    formation     prisme.code not null,
    axe           prisme.code not null,
    effectif      integer not null check (effectif >= 1),          -- learners
    priorite      integer not null check (priorite between 1 and 4),
    statut        text collate "C" not null check (statut in ('parcours', 'permanent')),
    attestation   boolean not null,
    date_debut    prisme.jour not null,
    date_fin      prisme.jour not null check (date_fin >= date_debut),
    commune       prisme.insee not null,                           -- the SIAE's where the file gave none
    rayon_km      integer check (rayon_km >= 0),                   -- tenths of km; null: no limit
    stagiaire     prisme.libelle,                                  -- pseudonym, or ''
    primary key (chargement_id, reference),
    unique (chargement_id, reference, siae, stagiaire),
    foreign key (chargement_id, siae) references prisme.siae,
    foreign key (chargement_id, formation) references prisme.formation,
    foreign key (chargement_id, axe) references prisme.axe,
    foreign key (chargement_id, commune) references prisme.commune,
    constraint besoin_stagiaire_seul check (stagiaire = '' or effectif = 1)
);
create index besoin_formation on prisme.besoin (chargement_id, formation);
create index besoin_siae on prisme.besoin (chargement_id, siae);

create table prisme.besoin_public (
    chargement_id integer not null references prisme.chargement on delete cascade,
    besoin        prisme.code not null,
    public        prisme.code not null,
    primary key (chargement_id, besoin, public),
    foreign key (chargement_id, besoin) references prisme.besoin
);

-- besoin is served only after apres. Both belong to the same stagiaire of the same SIAE: the keys say so.
create table prisme.besoin_apres (
    chargement_id integer not null references prisme.chargement on delete cascade,
    besoin        prisme.code not null,
    apres         prisme.code not null check (apres <> besoin),
    siae          prisme.code not null,
    stagiaire     prisme.libelle check (stagiaire <> ''),
    primary key (chargement_id, besoin, apres),
    foreign key (chargement_id, besoin, siae, stagiaire)
        references prisme.besoin (chargement_id, reference, siae, stagiaire),
    foreign key (chargement_id, apres, siae, stagiaire)
        references prisme.besoin (chargement_id, reference, siae, stagiaire)
);

create table prisme.montage (
    chargement_id   integer not null references prisme.chargement on delete cascade,
    code            prisme.code not null,
    opco            prisme.libelle,                                -- '' = any
    types           text[] collate "C" not null                    -- {} = any, as natures and statuts
                    check (types <@ array['ACI', 'AI', 'EI', 'ETTI', 'EITI', 'EBE', 'GEIQ']),
    natures         text[] collate "C" not null
                    check (natures <@ array['certifiante', 'base', 'transferable', 'obligation', 'sensibilisation']),
    statuts         text[] collate "C" not null check (statuts <@ array['parcours', 'permanent']),
    effectif_min    integer check (effectif_min >= 0),             -- hundredths of ETP
    effectif_max    integer check (effectif_max >= 0),             -- hundredths of ETP
    salaire_horaire prisme.centimes not null,                      -- 0: none
    primary key (chargement_id, code),
    constraint montage_effectifs check (effectif_min <= effectif_max)
);

-- The axes a montage is bound to; without any it serves every axe.
create table prisme.montage_axe (
    chargement_id integer not null references prisme.chargement on delete cascade,
    montage       prisme.code not null,
    axe           prisme.code not null,
    primary key (chargement_id, montage, axe),
    foreign key (chargement_id, montage) references prisme.montage,
    foreign key (chargement_id, axe) references prisme.axe
);

create table prisme.financement (
    chargement_id   integer not null references prisme.chargement on delete cascade,
    montage         prisme.code not null,
    rang            integer not null check (rang >= 0), -- order of payment within the montage
    dispositif      prisme.code not null,
    taux_pedagogie  prisme.taux not null,
    plafond_horaire prisme.centimes,                    -- null: no ceiling
    taux_annexes    prisme.taux not null,
    taux_salaire    prisme.taux not null,
    primary key (chargement_id, montage, rang),
    foreign key (chargement_id, montage) references prisme.montage
);

create table prisme.enveloppe (
    chargement_id  integer not null references prisme.chargement on delete cascade,
    code           prisme.code not null,
    opco           prisme.code not null,
    dispositif     prisme.code not null,
    axe            prisme.code,                          -- null: every axe
    montant        prisme.centimes not null,             -- the limit
    montant_acquis prisme.centimes not null,             -- what is certain so far
    debut_min      prisme.jour not null,
    debut_max      prisme.jour not null check (debut_max >= debut_min),
    fin_max        prisme.jour,
    primary key (chargement_id, code),
    foreign key (chargement_id, axe) references prisme.axe
);
create index enveloppe_dispositif on prisme.enveloppe (chargement_id, opco, dispositif);

-- rang only tells rows apart: rows with the same value add up.
create table prisme.priorite (
    chargement_id integer not null references prisme.chargement on delete cascade,
    rang          integer not null check (rang >= 0),
    critere       text collate "C" not null
                  check (critere in ('priorite', 'public', 'nature', 'axe', 'filiere', 'formation', 'zone', 'type')),
    valeur        prisme.libelle,
    points        integer not null check (points >= 0),
    primary key (chargement_id, rang)
);

create table prisme.trajet (
    chargement_id integer not null references prisme.chargement on delete cascade,
    depart        prisme.insee not null,
    arrivee       prisme.insee not null,
    km            integer not null check (km >= 0), -- tenths
    cout          prisme.centimes not null,         -- return ticket of one learner
    primary key (chargement_id, depart, arrivee),
    foreign key (chargement_id, depart) references prisme.commune,
    foreign key (chargement_id, arrivee) references prisme.commune
);

-- One of siae, organisme, commune says who is closed; code repeats it, objet says which.
create table prisme.fermeture (
    chargement_id integer not null references prisme.chargement on delete cascade,
    objet         text collate "C" not null check (objet in ('siae', 'organisme', 'commune')),
    siae          prisme.code check ((siae is not null) = (objet = 'siae')),
    organisme     prisme.siret check ((organisme is not null) = (objet = 'organisme')),
    commune       prisme.insee check ((commune is not null) = (objet = 'commune')),
    code          text collate "C" not null
                  generated always as (coalesce(siae::text, organisme::text, commune::text)) stored,
    du            prisme.jour not null,
    au            prisme.jour not null check (au >= du), -- inclusive
    primary key (chargement_id, objet, code, du, au),
    foreign key (chargement_id, siae) references prisme.siae,
    foreign key (chargement_id, organisme) references prisme.organisme,
    foreign key (chargement_id, commune) references prisme.commune
);

create table prisme.session_fixee (
    chargement_id integer not null references prisme.chargement on delete cascade,
    session       prisme.code not null,
    offre         prisme.code not null,
    date_debut    prisme.jour not null,
    primary key (chargement_id, session),
    foreign key (chargement_id, offre) references prisme.offre
);

create table prisme.affectation_fixee (
    chargement_id integer not null references prisme.chargement on delete cascade,
    session       prisme.code not null,
    besoin        prisme.code not null,
    montage       prisme.code not null,
    effectif      integer not null check (effectif >= 1),
    primary key (chargement_id, session, besoin, montage),
    foreign key (chargement_id, session) references prisme.session_fixee,
    foreign key (chargement_id, besoin) references prisme.besoin,
    foreign key (chargement_id, montage) references prisme.montage
);

-- What is loaded is never rewritten.
create function prisme.immuable() returns trigger language plpgsql as $$
begin
    raise exception 'rows of prisme.% are never changed', tg_table_name
        using hint = 'a new delivery is a new load (chargement)', errcode = 'restrict_violation';
end $$;

do $$
declare
    t text;
begin
    foreach t in array array['chargement', 'chargement_source', 'commune', 'frais', 'siae', 'organisme', 'formation',
        'axe', 'offre', 'besoin', 'besoin_public', 'besoin_apres', 'montage', 'montage_axe', 'financement', 'enveloppe',
        'priorite', 'trajet', 'fermeture', 'session_fixee', 'affectation_fixee']
    loop
        execute format('create trigger immuable before update on prisme.%I '
                       'for each statement execute function prisme.immuable()', t);
    end loop;
end $$;
