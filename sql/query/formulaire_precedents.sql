-- The needs of the campaign before, of the SIAE of a campaign's latest load: the same region's last campaign that began
-- earlier; the same SIAE by SIRET and type, else by code.
-- $1 text: campaign code
-- → text campaign before, text siae (code in this campaign), text formation, int4 effectif, int4 priorite, text axe,
--   text statut, bool attestation, text commune ('' = the SIAE's), int4 rayon_km (tenths, or null), text[] publics;
--   by siae, reference
with dernier as (
    select distinct on (c.id) c.code as campagne, l.id, l.region, l.date_debut
      from prisme.chargement l
      join prisme.campagne c on c.id = l.campagne_id
     order by c.id, l.numero desc
), ici as (
    select * from dernier where campagne = $1
), avant as (
    select d.* from dernier d join ici on d.region = ici.region and d.date_debut < ici.date_debut
     order by d.date_debut desc, d.campagne limit 1
)
select avant.campagne, s.code, b.formation, b.effectif, b.priorite, b.axe, b.statut, b.attestation,
       case when b.commune = p.commune then '' else b.commune end, b.rayon_km,
       array(select public::text from prisme.besoin_public where chargement_id = avant.id and besoin = b.reference
              order by public)
  from ici
 cross join avant
  join prisme.siae s on s.chargement_id = ici.id
  join prisme.siae p on p.chargement_id = avant.id
   and ((p.siret = s.siret and p.type = s.type)
        or (p.code = s.code and not exists (select from prisme.siae q where q.chargement_id = avant.id
                                               and q.siret = s.siret and q.type = s.type)))
  join prisme.besoin b on b.chargement_id = avant.id and b.siae = p.code
 order by s.code, b.reference
