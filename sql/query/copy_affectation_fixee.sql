-- Takes rows of prisme.affectation_fixee of a new load.
-- ← chargement_id int4, session text, besoin text, montage text, effectif int4
copy prisme.affectation_fixee
     (chargement_id, session, besoin, montage, effectif)
  from stdin (format binary)
