-- Takes rows of prisme.priorite of a new load.
-- ← chargement_id int4, rang int4, critere text, valeur text, points int4
copy prisme.priorite
     (chargement_id, rang, critere, valeur, points)
  from stdin (format binary)
