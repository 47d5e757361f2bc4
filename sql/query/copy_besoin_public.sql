-- Takes rows of prisme.besoin_public of a new load.
-- ← chargement_id int4, besoin text, public text
copy prisme.besoin_public
     (chargement_id, besoin, public)
  from stdin (format binary)
