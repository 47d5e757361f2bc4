-- What changed from one load to another, table by table: rows by their key, compared with all they hold.
-- $1 int4: chargement_id of the load; $2 int4: chargement_id of the one before, 0 = none
-- → text file of the table, int8 rows, int8 added, int8 changed, int8 gone; by file; tables without rows are left out
with contenu as (
    select 'affectations_fixees.csv' as fichier, (t.session || ' ' || t.besoin || ' ' || t.montage)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.affectation_fixee t
     where t.chargement_id in ($1, $2)
    union all
    select 'axes.csv' as fichier, (t.code)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.axe t
     where t.chargement_id in ($1, $2)
    union all
    select 'besoins.csv' as fichier, (t.reference)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text
              || coalesce((select string_agg(p.public, '|' order by p.public) from prisme.besoin_public p
                            where p.chargement_id = t.chargement_id and p.besoin = t.reference), '')
              || coalesce((select string_agg(a.apres, '|' order by a.apres) from prisme.besoin_apres a
                            where a.chargement_id = t.chargement_id and a.besoin = t.reference), '') as contenu
      from prisme.besoin t
     where t.chargement_id in ($1, $2)
    union all
    select 'communes.csv' as fichier, (t.code_insee)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.commune t
     where t.chargement_id in ($1, $2)
    union all
    select 'enveloppes.csv' as fichier, (t.code)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.enveloppe t
     where t.chargement_id in ($1, $2)
    union all
    select 'fermetures.csv' as fichier, (t.objet || ' ' || t.code || ' ' || t.du || ' ' || t.au)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.fermeture t
     where t.chargement_id in ($1, $2)
    union all
    select 'financements.csv' as fichier, (t.montage || ' ' || t.rang)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.financement t
     where t.chargement_id in ($1, $2)
    union all
    select 'formations.csv' as fichier, (t.code)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.formation t
     where t.chargement_id in ($1, $2)
    union all
    select 'frais.csv' as fichier, (t.opco)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.frais t
     where t.chargement_id in ($1, $2)
    union all
    select 'montages.csv' as fichier, (t.code)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text
              || coalesce((select string_agg(a.axe, '|' order by a.axe) from prisme.montage_axe a
                            where a.chargement_id = t.chargement_id and a.montage = t.code), '') as contenu
      from prisme.montage t
     where t.chargement_id in ($1, $2)
    union all
    select 'offres.csv' as fichier, (t.code)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.offre t
     where t.chargement_id in ($1, $2)
    union all
    select 'organismes.csv' as fichier, (t.siret)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.organisme t
     where t.chargement_id in ($1, $2)
    union all
    select 'priorites.csv' as fichier, (t.critere || ' ' || t.valeur)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id' - 'rang')::text as contenu
      from prisme.priorite t
     where t.chargement_id in ($1, $2)
    union all
    select 'sessions_fixees.csv' as fichier, (t.session)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.session_fixee t
     where t.chargement_id in ($1, $2)
    union all
    select 'siae.csv' as fichier, (t.code)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.siae t
     where t.chargement_id in ($1, $2)
    union all
    select 'trajets.csv' as fichier, (t.depart || ' ' || t.arrivee)::text collate "C" as cle, t.chargement_id,
           (to_jsonb(t) - 'chargement_id')::text as contenu
      from prisme.trajet t
     where t.chargement_id in ($1, $2)
), cles as (
    select fichier, cle, string_agg(contenu, ' ' order by contenu) filter (where chargement_id = $1) as nouveau,
           string_agg(contenu, ' ' order by contenu) filter (where chargement_id = $2) as ancien,
           count(*) filter (where chargement_id = $1) as n
      from contenu
     group by fichier, cle
)
select fichier, sum(n)::bigint, count(*) filter (where ancien is null),
       count(*) filter (where ancien <> nouveau), count(*) filter (where nouveau is null)
  from cles
 group by fichier
 order by fichier
