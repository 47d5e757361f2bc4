-- Takes rows of prisme.enveloppe of a new load.
-- ← chargement_id int4, code text, opco text, dispositif text, axe text, montant int8, montant_acquis int8,
--   debut_min date, debut_max date, fin_max date
copy prisme.enveloppe
     (chargement_id, code, opco, dispositif, axe, montant, montant_acquis, debut_min, debut_max, fin_max)
  from stdin (format binary)
