-- Takes rows of prisme.axe of a new load.
-- ← chargement_id int4, code text, libelle text, min_siae int4
copy prisme.axe
     (chargement_id, code, libelle, min_siae)
  from stdin (format binary)
