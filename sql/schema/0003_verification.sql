-- What the verification of a plan (query/verify_*.sql) recomputes from the inputs alone: calendar, days, distances,
-- money. Set-based, exact (bigint and numeric; only the great circle is floating point). Contract, section 2.
--
-- Functions of a plan are strict so that the server plans each by itself: put together, their twenty joins take longer
-- to plan than to run. What they join of the inputs is cut to the plan's load first (materialized): of rows a function
-- gives, the server knows no statistics, and two columns of a key would mislead it.

-- numerateur / denominateur rounded to the nearest integer, halves up; both >= 0.
create function prisme.demi_haut(numerateur numeric, denominateur numeric) returns bigint
    language sql immutable parallel safe as $$
    select div(2 * numerateur + denominateur, 2 * denominateur)::bigint
$$;

-- Amounts and days as the French read them.
create function prisme.en_euros(centimes numeric) returns text language sql immutable parallel safe as $$
    select replace(to_char(centimes / 100, 'FM999999999999990.00'), '.', ',') || ' €'
$$;

create function prisme.en_jour(jour date) returns text language sql immutable parallel safe as $$
    select to_char(jour, 'DD/MM/YYYY')
$$;

create function prisme.en_km(dixiemes numeric) returns text language sql immutable parallel safe as $$
    select replace(to_char(dixiemes / 10, 'FM99999990.0'), '.', ',') || ' km'
$$;

-- Easter Sunday (Gauss, with Lichtenberg's correction).
create function prisme.paques(annee integer) returns date language sql immutable parallel safe as $$
    select make_date(annee, 3, 1) + (og + (7 - (og - sz) % 7)) - 1
    from (select annee / 100 as siecle, annee % 19 as lune) a,
         lateral (select 15 + (3 * siecle + 3) / 4 - (8 * siecle + 13) / 25 as m,
                         2 - (3 * siecle + 3) / 4 as s) b,
         lateral (select (19 * lune + m) % 30 as d) c,
         lateral (select d / 29 + (d / 28 - d / 29) * (lune / 11) as r) e,
         lateral (select 21 + d - r as og, ((7 - (annee + annee / 4 + s) % 7) % 7 + 7) % 7 as sz) f
$$;

-- The département of a commune, from its INSEE code.
create function prisme.departement(insee text) returns text language sql immutable parallel safe as $$
    select case when insee like '97%' then left(insee, 3) else left(insee, 2) end
$$;

-- The one département of a region with public holidays of its own; null where the national days hold.
create function prisme.departement_seul(region text) returns text language sql immutable parallel safe as $$
    select case region when '01' then '971' when '02' then '972' when '03' then '973'
                       when '04' then '974' when '06' then '976' end
$$;

-- Public holidays of a year in a département (null: the national ones only).
create function prisme.jours_feries(annee integer, departement text) returns setof date
    language sql immutable parallel safe rows 13 as $$
    select make_date(annee, mois, quantieme)
    from (values (1, 1, null), (5, 1, null), (5, 8, null), (7, 14, null), (8, 15, null), (11, 1, null),
                 (11, 11, null), (12, 25, null),
                 (12, 26, '57'), (12, 26, '67'), (12, 26, '68'),
                 (5, 27, '971'), (5, 22, '972'), (6, 10, '973'), (12, 20, '974'), (4, 27, '976'),
                 (10, 9, '977'), (5, 28, '978')) f (mois, quantieme, dep)
    where dep is null or dep = departement
    union
    select prisme.paques(annee) + apres
    from (values (1, null), (39, null), (50, null), (-2, '57'), (-2, '67'), (-2, '68')) m (apres, dep)
    where dep is null or dep = departement
$$;

create function prisme.jour_ferie(departement text, jour date) returns boolean
    language sql immutable parallel safe as $$
    select exists (select from prisme.jours_feries(extract(year from jour)::integer, departement) f where f = jour)
$$;

-- The working days where each session is held, from the Monday of its first week to its last day.
create function prisme.jours_ouvres(le_plan integer) returns table (session prisme.code, jour date)
    language sql stable strict as $$
    with lieu as (
        select s.code, s.chargement_id, s.debut, s.fin, o.organisme, o.commune,
               coalesce(prisme.departement(o.commune), prisme.departement_seul(l.region), '') as dep
        from prisme.plan_session s
        join prisme.chargement l on l.id = s.chargement_id
        join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
        where s.plan_id = le_plan
    ), ferie as (
        select d.dep, f.jour
        from (select distinct dep from lieu) d,
             (select min(extract(year from debut))::integer as de, max(extract(year from fin))::integer as a
              from lieu) b,
             generate_series(b.de - 1, b.a) annee, -- the first Monday may lie in the year before
             prisme.jours_feries(annee, d.dep) f (jour)
    )
    select l.code, j.jour
    from lieu l
    cross join lateral (select i::date as jour
                        from generate_series(date_trunc('week', l.debut::timestamp), l.fin, '1 day') i) j
    left join ferie f on f.dep = l.dep and f.jour = j.jour
    where extract(isodow from j.jour) < 6
      and f.jour is null
      and not exists (select from prisme.fermeture x
                      where x.chargement_id = l.chargement_id and x.organisme = l.organisme
                        and j.jour between x.du and x.au)
      and not exists (select from prisme.fermeture x
                      where x.chargement_id = l.chargement_id and x.commune = l.commune
                        and j.jour between x.du and x.au)
$$;

-- The training days each session must have. Cut at the session's stated last day: one stated too early leaves fewer
-- days than the formation's, one too late is not the last of them.
create function prisme.seances(le_plan integer) returns table (session prisme.code, jour date)
    language sql stable strict as $$
    select n.session, n.jour
    from (select w.session, w.jour, w.jours, row_number() over (partition by w.session order by w.jour) as rang
          from (select j.session, j.jour, f.jours, f.jours_par_semaine,
                       row_number() over (partition by j.session, date_trunc('week', j.jour::timestamp)
                                          order by j.jour) as rang
                from prisme.jours_ouvres(le_plan) j
                join prisme.plan_session s on s.plan_id = le_plan and s.code = j.session
                join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
                join prisme.formation f on f.chargement_id = o.chargement_id and f.code = o.formation
                where j.jour >= s.debut) w
          where w.rang <= w.jours_par_semaine) n
    where n.rang <= n.jours
$$;

-- Great circle (R = 6371.0 km) x 1.3 between two places in degrees, in tenths of km, halves up.
create function prisme.distance(lat1 double precision, lon1 double precision, lat2 double precision,
                                lon2 double precision) returns integer
    language sql immutable parallel safe as $$
    select floor(2 * 6371.0::double precision * asin(sqrt(least(1,
        sin(radians(lat2 - lat1) / 2) ^ 2
        + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2))) * 1.3 * 10 + 0.5)::integer
$$;

-- The way of each need to each session it sits in: km in tenths (null: unreachable) and the return ticket.
create function prisme.parcours(le_plan integer)
    returns table (session prisme.code, besoin prisme.code, offre prisme.code, siae prisme.code, km integer,
                   ticket bigint)
    language sql stable strict as $$
    select a.session, a.besoin, o.code, b.siae,
           case when o.modalite in ('distanciel', 'afest') then 0
                when aller.km is not null then aller.km
                when retour.km is not null then retour.km
                when b.commune = o.commune then 0
                when de.zone = vers.zone then prisme.distance(de.latitude, de.longitude, vers.latitude, vers.longitude)
           end,
           case when o.modalite in ('distanciel', 'afest') then 0
                else coalesce(aller.cout, retour.cout, 0)
           end::bigint
    from (select distinct x.chargement_id, x.session, x.besoin from prisme.plan_affectation x
          where x.plan_id = le_plan) a
    join prisme.plan_session s on s.plan_id = le_plan and s.code = a.session
    join prisme.offre o on o.chargement_id = a.chargement_id and o.code = s.offre
    join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
    join prisme.commune de on de.chargement_id = a.chargement_id and de.code_insee = b.commune
    left join prisme.commune vers on vers.chargement_id = a.chargement_id and vers.code_insee = o.commune
    left join prisme.trajet aller
        on aller.chargement_id = a.chargement_id and aller.depart = b.commune and aller.arrivee = o.commune
    left join prisme.trajet retour
        on retour.chargement_id = a.chargement_id and retour.depart = o.commune and retour.arrivee = b.commune
$$;

-- The ancillary costs A of one learner of each need in each session it sits in. An unreachable one, a fault of its own,
-- counts 0 km.
create function prisme.annexes(le_plan integer) returns table (session prisme.code, besoin prisme.code, annexe bigint)
    language sql stable strict as $$
    with load as (
        select chargement_id as id from prisme.plan where id = le_plan
    ), tarif as materialized ( -- the row of the SIAE's OPCO, else the one of every other
        select e.code, r.bareme_km, r.forfait_jour, r.forfait_nuit, r.nuit_km
        from prisme.siae e
        join prisme.frais r
            on r.chargement_id = e.chargement_id
           and r.opco = case when exists (select from prisme.frais x
                                          where x.chargement_id = e.chargement_id and x.opco = e.opco)
                             then e.opco else '' end
        where e.chargement_id = (select id from load)
    ), cours as materialized (
        select o.code, o.modalite, f.jours::numeric as jours
        from prisme.offre o
        join prisme.formation f on f.chargement_id = o.chargement_id and f.code = o.formation
        where o.chargement_id = (select id from load)
    )
    select p.session, p.besoin,
           case c.modalite
               when 'distanciel' then 0
               when 'afest' then c.jours * t.forfait_jour
               else c.jours * t.forfait_jour
                    + case when k.km > t.nuit_km -- tenths x ten-thousandths: thousandths of a cent
                           then prisme.demi_haut(2 * k.km * t.bareme_km, 1000) + (c.jours - 1) * t.forfait_nuit
                                + p.ticket
                           else prisme.demi_haut(2 * k.km * c.jours * t.bareme_km, 1000) + c.jours * p.ticket
                      end
           end::bigint
    from prisme.parcours(le_plan) p
    join cours c on c.code = p.offre
    join tarif t on t.code = p.siae
    cross join lateral (select coalesce(p.km, 0)::numeric as km) k
$$;

-- The pedagogy share of the learners of each affectation: `effectif` of them have `part` cents each. Two rows where
-- odd cents fall among them; learners stand by besoin, then montage. heures: the course's.
create function prisme.parts(le_plan integer)
    returns table (session prisme.code, besoin prisme.code, montage prisme.code, heures integer, part bigint,
                   effectif bigint)
    language sql stable strict as $$
    with rang as (
        select a.session, a.besoin, a.montage, a.effectif, f.heures, o.cout_groupe, o.cout_stagiaire,
               sum(a.effectif) over (partition by a.session) as q,
               sum(a.effectif) over (partition by a.session order by a.besoin, a.montage) - a.effectif as avant
        from prisme.plan_affectation a
        join prisme.plan_session s on s.plan_id = a.plan_id and s.code = a.session
        join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
        join prisme.formation f on f.chargement_id = o.chargement_id and f.code = o.formation
        where a.plan_id = le_plan
    ), prix as (
        select r.*, (cout_groupe + cout_stagiaire * q) / q as part,
               greatest(0, least(effectif, (cout_groupe + cout_stagiaire * q) % q - avant)) as hauts
        from rang r
    )
    select p.session, p.besoin, p.montage, p.heures, p.part + n.un, n.effectif
    from prix p
    cross join lateral (values (0, p.effectif - p.hauts), (1, p.hauts)) n (un, effectif)
    where n.effectif > 0
$$;

-- What each financement pays for one learner of each row of parts(), in cents: each takes the least of what is left and
-- of its own reckoning, so that together the first k pay least(whole, sum of k reckonings).
create function prisme.paiements(le_plan integer)
    returns table (session prisme.code, besoin prisme.code, montage prisme.code, part bigint, effectif bigint,
                   rang integer, dispositif prisme.code, pedagogie bigint, annexes bigint, salaire bigint)
    language sql stable strict as $$
    with bareme as materialized (
        select g.code, g.salaire_horaire, n.rang, n.dispositif, n.taux_pedagogie, n.plafond_horaire, n.taux_annexes,
               n.taux_salaire
        from prisme.plan l
        join prisme.montage g on g.chargement_id = l.chargement_id
        join prisme.financement n on n.chargement_id = g.chargement_id and n.montage = g.code
        where l.id = le_plan
    ), calcul as (
        select p.session, p.besoin, p.montage, p.part, p.effectif, x.annexe, w.salaire, n.rang, n.dispositif,
               sum(prisme.demi_haut(n.taux_pedagogie -- in hundredths of a cent, as plafond x heures
                       * least(100::numeric * p.part, n.plafond_horaire::numeric * p.heures), 1000000)) over m as du_p,
               sum(prisme.demi_haut(n.taux_annexes::numeric * x.annexe, 10000)) over m as du_a,
               sum(prisme.demi_haut(n.taux_salaire::numeric * w.salaire, 10000)) over m as du_w
        from prisme.parts(le_plan) p
        join prisme.annexes(le_plan) x on x.session = p.session and x.besoin = p.besoin
        join bareme n on n.code = p.montage
        cross join lateral (select prisme.demi_haut(p.heures::numeric * n.salaire_horaire, 100) as salaire) w
        window m as (partition by p.session, p.besoin, p.montage, p.part order by n.rang)
    )
    select session, besoin, montage, part, effectif, rang, dispositif,
           (least(part, du_p) - lag(least(part, du_p), 1, 0::numeric) over m)::bigint,
           (least(annexe, du_a) - lag(least(annexe, du_a), 1, 0::numeric) over m)::bigint,
           (least(salaire, du_w) - lag(least(salaire, du_w), 1, 0::numeric) over m)::bigint
    from calcul
    window m as (partition by session, besoin, montage, part order by rang)
$$;

-- Points of one learner of each need of a load.
create function prisme.points(le_chargement integer) returns table (besoin prisme.code, points bigint)
    language sql stable strict as $$
    with critere as (
        select b.reference, c.critere, c.valeur, b.priorite, l.has_priorites
        from prisme.chargement l
        join prisme.besoin b on b.chargement_id = l.id
        join prisme.formation f on f.chargement_id = l.id and f.code = b.formation
        join prisme.siae e on e.chargement_id = l.id and e.code = b.siae
        join prisme.commune k on k.chargement_id = l.id and k.code_insee = b.commune
        cross join lateral (
            values ('priorite', b.priorite::text), ('nature', f.nature), ('axe', b.axe), ('filiere', f.filiere),
                   ('formation', b.formation), ('zone', k.zone), ('type', e.type)) c (critere, valeur)
        where l.id = le_chargement
        union all
        select p.besoin, 'public', p.public, null, null
        from prisme.besoin_public p where p.chargement_id = le_chargement
    )
    select c.reference,
           case when bool_or(c.has_priorites) then coalesce(sum(p.points), 0)
                else (array[8, 4, 2, 1])[max(c.priorite)]
           end::bigint
    from critere c
    left join prisme.priorite p
        on p.chargement_id = le_chargement and p.critere = c.critere collate "C" and p.valeur = c.valeur collate "C"
    group by c.reference
$$;
