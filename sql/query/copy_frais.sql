-- Takes rows of prisme.frais of a new load.
-- ← chargement_id int4, opco text, bareme_km int4, forfait_jour int8, forfait_nuit int8, nuit_km int4
copy prisme.frais
     (chargement_id, opco, bareme_km, forfait_jour, forfait_nuit, nuit_km)
  from stdin (format binary)
