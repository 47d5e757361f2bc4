-- Plans: numbered in their campaign, made from one load, never changed. Units as in 0001.
--
-- Every table repeats chargement_id, so that the keys themselves say that a plan speaks only of its own load.

alter table prisme.chargement add unique (id, campagne_id);

create table prisme.plan (
    id                 integer generated always as identity primary key,
    campagne_id        integer not null,
    chargement_id      integer not null references prisme.chargement on delete cascade,
    numero             integer not null check (numero >= 1), -- 1.. in the campaign
    cree_le            timestamptz not null default now(),
    date_plan          prisme.jour not null,                 -- the day the plan speaks from
    arret              text collate "C" not null check (arret in ('optimal', 'effort', 'delai')),
    version            text collate "C" not null,            -- of the prisme that made it
    points             bigint not null check (points >= 0),
    points_borne       bigint not null check (points_borne >= 0),
    cout               prisme.centimes not null,
    reste_a_charge     prisme.centimes not null,
    cout_pondere       prisme.centimes not null,
    cout_pondere_borne prisme.centimes not null,
    remuneration       prisme.centimes not null,
    effectif_demande   bigint not null check (effectif_demande >= 0),
    effectif_servi     bigint not null check (effectif_servi >= 0),
    sessions           bigint not null check (sessions >= 0),
    unique (campagne_id, numero),
    unique (id, chargement_id),
    foreign key (chargement_id, campagne_id) references prisme.chargement (id, campagne_id)
);
create index plan_chargement on prisme.plan (chargement_id);

create table prisme.plan_session (
    plan_id          integer not null,
    chargement_id    integer not null references prisme.chargement on delete cascade,
    code             prisme.code not null,
    offre            prisme.code not null,
    fixee            prisme.code,              -- null: a new session
    debut            prisme.jour not null,     -- first training day
    fin              prisme.jour not null,     -- last training day
    effectif         integer not null check (effectif >= 1),
    nb_siae          integer not null check (nb_siae >= 1),
    cout_pedagogique prisme.centimes not null, -- this and the next two: sums over its affectations
    cout_annexe      prisme.centimes not null,
    remuneration     prisme.centimes not null,
    primary key (plan_id, code),
    foreign key (plan_id, chargement_id) references prisme.plan (id, chargement_id) on delete cascade,
    foreign key (chargement_id, offre) references prisme.offre,
    foreign key (chargement_id, fixee) references prisme.session_fixee,
    constraint plan_session_dates check (fin >= debut),
    constraint plan_session_fixee_code check (fixee = code)
);
create index plan_session_chargement on prisme.plan_session (chargement_id);

create table prisme.plan_seance (
    plan_id       integer not null,
    chargement_id integer not null references prisme.chargement on delete cascade,
    session       prisme.code not null,
    jour          prisme.jour not null,
    primary key (plan_id, session, jour),
    foreign key (plan_id, session) references prisme.plan_session on delete cascade,
    foreign key (plan_id, chargement_id) references prisme.plan (id, chargement_id) on delete cascade
);
create index plan_seance_chargement on prisme.plan_seance (chargement_id);

-- Learners of a need, in a session, under one montage.
create table prisme.plan_affectation (
    plan_id          integer not null,
    chargement_id    integer not null references prisme.chargement on delete cascade,
    session          prisme.code not null,
    besoin           prisme.code not null,
    montage          prisme.code not null,
    effectif         integer not null check (effectif >= 1),
    km               integer not null check (km >= 0), -- tenths
    cout_pedagogique prisme.centimes not null,         -- this and the next four: sums over these learners
    cout_annexe      prisme.centimes not null,
    remuneration     prisme.centimes not null,         -- wages paid back
    finance          prisme.centimes not null,
    reste_a_charge   prisme.centimes not null,
    primary key (plan_id, session, besoin, montage),
    foreign key (plan_id, session) references prisme.plan_session on delete cascade,
    foreign key (plan_id, chargement_id) references prisme.plan (id, chargement_id) on delete cascade,
    foreign key (chargement_id, besoin) references prisme.besoin,
    foreign key (chargement_id, montage) references prisme.montage,
    constraint plan_affectation_equilibre
        check (cout_pedagogique + cout_annexe + remuneration = finance + reste_a_charge)
);
create index plan_affectation_besoin on prisme.plan_affectation (chargement_id, besoin);

create table prisme.plan_charge (
    plan_id       integer not null,
    chargement_id integer not null references prisme.chargement on delete cascade,
    session       prisme.code not null,
    besoin        prisme.code not null,
    enveloppe     prisme.code not null,
    montant       prisme.centimes not null check (montant > 0),
    primary key (plan_id, session, besoin, enveloppe),
    foreign key (plan_id, session) references prisme.plan_session on delete cascade,
    foreign key (plan_id, chargement_id) references prisme.plan (id, chargement_id) on delete cascade,
    foreign key (chargement_id, besoin) references prisme.besoin,
    foreign key (chargement_id, enveloppe) references prisme.enveloppe
);
create index plan_charge_enveloppe on prisme.plan_charge (chargement_id, enveloppe);

create table prisme.plan_non_couvert (
    plan_id       integer not null,
    chargement_id integer not null references prisme.chargement on delete cascade,
    besoin        prisme.code not null,
    motif         text collate "C" not null
                  check (motif in ('aucune_offre', 'ineligible', 'hors_periode', 'hors_rayon', 'groupe_insuffisant',
                                   'mutualisation_impossible', 'capacite', 'organisme_sature', 'siae_saturee',
                                   'stagiaire_occupe', 'apres_non_servi', 'reste_a_charge', 'enveloppe_epuisee',
                                   'arbitrage', 'non_tranche')),
    effectif      integer not null check (effectif >= 1),
    detail        prisme.libelle,
    primary key (plan_id, besoin, motif),
    foreign key (plan_id, chargement_id) references prisme.plan (id, chargement_id) on delete cascade,
    foreign key (chargement_id, besoin) references prisme.besoin
);
create index plan_non_couvert_besoin on prisme.plan_non_couvert (chargement_id, besoin);

-- A plan goes only with its load.
create function prisme.plan_conserve() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() = 1 then -- deeper: the cascade from chargement
        raise exception 'rows of prisme.% are never deleted', tg_table_name
            using hint = 'a plan goes only with its load (chargement)', errcode = 'restrict_violation';
    end if;
    return null;
end $$;

-- A saved plan is whole: rows come only in the transaction that numbers the plan.
create function prisme.plan_clos() returns trigger language plpgsql as $$
begin
    if exists (select from (select distinct plan_id from nouveau) n
               join prisme.plan p on p.id = n.plan_id
               where p.xmin <> pg_current_xact_id()::xid) then
        raise exception 'a saved plan takes no more rows in prisme.%', tg_table_name
            using errcode = 'restrict_violation';
    end if;
    return null;
end $$;

do $$
declare
    t text;
begin
    foreach t in array array['plan', 'plan_session', 'plan_seance', 'plan_affectation', 'plan_charge',
        'plan_non_couvert']
    loop
        execute format('create trigger immuable before update or truncate on prisme.%I '
                       'for each statement execute function prisme.immuable()', t);
        execute format('create trigger conserve before delete on prisme.%I '
                       'for each statement execute function prisme.plan_conserve()', t);
        if t <> 'plan' then
            execute format('create trigger clos after insert on prisme.%I referencing new table as nouveau '
                           'for each statement execute function prisme.plan_clos()', t);
        end if;
    end loop;
end $$;
