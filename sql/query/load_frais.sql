-- A load's rows of prisme.frais, in the order of the Model.
-- $1 int4: chargement_id
-- → opco text, bareme_km int4, forfait_jour int8, forfait_nuit int8, nuit_km int4
select opco, bareme_km, forfait_jour, forfait_nuit, nuit_km
  from prisme.frais
 where chargement_id = $1
 order by opco
