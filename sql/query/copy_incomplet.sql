-- Takes rows of prisme.incomplet of a new load.
-- ← chargement_id int4, fichier text, cle text, colonne text, valeur text (or null), attend bool
copy prisme.incomplet (chargement_id, fichier, cle, colonne, valeur, attend)
  from stdin (format binary)
