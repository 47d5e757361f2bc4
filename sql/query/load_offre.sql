-- A load's rows of prisme.offre, in the order of the Model.
-- $1 int4: chargement_id
-- → code text, organisme text, formation text, commune text, modalite text, cout_groupe int8, cout_stagiaire int8,
--   effectif_min int4, effectif_max int4, date_debut date, date_fin date, sessions_max int4, siae text, opco text
select code, organisme, formation, commune, modalite, cout_groupe, cout_stagiaire, effectif_min, effectif_max,
       date_debut, date_fin, sessions_max, siae, opco
  from prisme.offre
 where chargement_id = $1
 order by code
