-- Takes rows of prisme.montage_axe of a new load.
-- ← chargement_id int4, montage text, axe text
copy prisme.montage_axe
     (chargement_id, montage, axe)
  from stdin (format binary)
