-- Takes rows of prisme.siae of a new load.
-- ← chargement_id int4, code text, siret text, raison_sociale text, type text, opco text, commune text,
--   effectif int4, absents_max int4, reste_a_charge_max int8, idcc text
copy prisme.siae
     (chargement_id, code, siret, raison_sociale, type, opco, commune, effectif, absents_max, reste_a_charge_max, idcc)
  from stdin (format binary)
