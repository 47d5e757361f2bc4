-- Takes rows of prisme.financement of a new load.
-- ← chargement_id int4, montage text, rang int4, dispositif text, taux_pedagogie int4, plafond_horaire int8,
--   taux_annexes int4, taux_salaire int4
copy prisme.financement
     (chargement_id, montage, rang, dispositif, taux_pedagogie, plafond_horaire, taux_annexes, taux_salaire)
  from stdin (format binary)
