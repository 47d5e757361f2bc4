-- Takes rows of prisme.trajet of a new load.
-- ← chargement_id int4, depart text, arrivee text, km int4, cout int8
copy prisme.trajet
     (chargement_id, depart, arrivee, km, cout)
  from stdin (format binary)
