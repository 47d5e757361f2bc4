-- A load's rows of prisme.enveloppe, in the order of the Model.
-- $1 int4: chargement_id
-- → code text, opco text, dispositif text, axe text, montant int8, montant_acquis int8, debut_min date,
--   debut_max date, fin_max date
select code, opco, dispositif, axe, montant, montant_acquis, debut_min, debut_max, fin_max
  from prisme.enveloppe
 where chargement_id = $1
 order by code
