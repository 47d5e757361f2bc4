-- Takes rows of prisme.montage of a new load.
-- ← chargement_id int4, code text, opco text, types text[], natures text[], statuts text[], effectif_min int4,
--   effectif_max int4, salaire_horaire int8
copy prisme.montage
     (chargement_id, code, opco, types, natures, statuts, effectif_min, effectif_max, salaire_horaire)
  from stdin (format binary)
