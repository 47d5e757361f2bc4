-- What a load holds, a row of its input tables each: the file it belongs to, its key, and all it says as one text that
-- depends on neither the order of rows nor that of columns. Two loads compare by it; checksums are made of it.

create function prisme.contenu(le_chargement integer) returns table (fichier text, cle text, contenu text)
    language sql stable as $$
    select 'affectations_fixees.csv', (t.session || ' ' || t.besoin || ' ' || t.montage)::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.affectation_fixee t
     where t.chargement_id = le_chargement
    union all
    select 'axes.csv', t.code::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.axe t
     where t.chargement_id = le_chargement
    union all
    select 'besoins.csv', t.reference::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
              || ' publics ' || coalesce((select string_agg(p.public, '|' order by p.public) from prisme.besoin_public p
                            where p.chargement_id = t.chargement_id and p.besoin = t.reference), '')
              || ' apres ' || coalesce((select string_agg(a.apres, '|' order by a.apres) from prisme.besoin_apres a
                            where a.chargement_id = t.chargement_id and a.besoin = t.reference), '')
      from prisme.besoin t
     where t.chargement_id = le_chargement
    union all
    select 'campagne.csv', c.code::text collate "C",
           jsonb_build_object('region', t.region, 'date_debut', t.date_debut, 'date_fin', t.date_fin,
                              'date_plan', t.date_plan, 'gel_jours', t.gel_jours)::text
      from prisme.chargement t
      join prisme.campagne c on c.id = t.campagne_id
     where t.id = le_chargement
    union all
    select 'communes.csv', t.code_insee::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.commune t
     where t.chargement_id = le_chargement
    union all
    select 'enveloppes.csv', t.code::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.enveloppe t
     where t.chargement_id = le_chargement
    union all
    select 'fermetures.csv', (t.objet || ' ' || t.code || ' ' || t.du || ' ' || t.au)::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.fermeture t
     where t.chargement_id = le_chargement
    union all
    select 'financements.csv', (t.montage || ' ' || t.rang)::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.financement t
     where t.chargement_id = le_chargement
    union all
    select 'formations.csv', t.code::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.formation t
     where t.chargement_id = le_chargement
    union all
    select 'frais.csv', t.opco::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.frais t
     where t.chargement_id = le_chargement
    union all
    select 'montages.csv', t.code::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
              || ' axes ' || coalesce((select string_agg(a.axe, '|' order by a.axe) from prisme.montage_axe a
                            where a.chargement_id = t.chargement_id and a.montage = t.code), '')
      from prisme.montage t
     where t.chargement_id = le_chargement
    union all
    select 'offres.csv', t.code::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.offre t
     where t.chargement_id = le_chargement
    union all
    select 'organismes.csv', t.siret::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.organisme t
     where t.chargement_id = le_chargement
    union all
    select 'priorites.csv', (t.critere || ' ' || t.valeur)::text collate "C",
           (to_jsonb(t) - 'chargement_id' - 'rang')::text
      from prisme.priorite t
     where t.chargement_id = le_chargement
    union all
    select 'sessions_fixees.csv', t.session::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.session_fixee t
     where t.chargement_id = le_chargement
    union all
    select 'siae.csv', t.code::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.siae t
     where t.chargement_id = le_chargement
    union all
    select 'trajets.csv', (t.depart || ' ' || t.arrivee)::text collate "C",
           (to_jsonb(t) - 'chargement_id')::text
      from prisme.trajet t
     where t.chargement_id = le_chargement
$$;
