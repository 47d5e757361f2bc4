-- Takes rows of prisme.fermeture of a new load.
-- ← chargement_id int4, objet text, siae text, organisme text, commune text, du date, au date
copy prisme.fermeture
     (chargement_id, objet, siae, organisme, commune, du, au)
  from stdin (format binary)
