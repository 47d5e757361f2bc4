-- A load's rows of prisme.besoin, in the order of the Model.
-- $1 int4: chargement_id
-- → reference text, siae text, formation text, axe text, effectif int4, priorite int4, statut text, attestation bool,
--   date_debut date, date_fin date, commune text, rayon_km int4, stagiaire text
select reference, siae, formation, axe, effectif, priorite, statut, attestation, date_debut, date_fin, commune,
       rayon_km, stagiaire
  from prisme.besoin
 where chargement_id = $1
 order by reference
