-- Takes rows of prisme.besoin_apres of a new load.
-- ← chargement_id int4, besoin text, apres text, siae text, stagiaire text
copy prisme.besoin_apres
     (chargement_id, besoin, apres, siae, stagiaire)
  from stdin (format binary)
