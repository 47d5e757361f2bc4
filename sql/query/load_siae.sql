-- A load's rows of prisme.siae, in the order of the Model.
-- $1 int4: chargement_id
-- → code text, siret text, raison_sociale text, type text, opco text, commune text, effectif int4, absents_max int4,
--   reste_a_charge_max int8, idcc text
select code, siret, raison_sociale, type, opco, commune, effectif, absents_max, reste_a_charge_max, idcc
  from prisme.siae
 where chargement_id = $1
 order by code
