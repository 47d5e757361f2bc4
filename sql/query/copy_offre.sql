-- Takes rows of prisme.offre of a new load.
-- ← chargement_id int4, code text, organisme text, formation text, commune text, modalite text, cout_groupe int8,
--   cout_stagiaire int8, effectif_min int4, effectif_max int4, date_debut date, date_fin date, sessions_max int4,
--   siae text, opco text
copy prisme.offre
     (chargement_id, code, organisme, formation, commune, modalite, cout_groupe, cout_stagiaire, effectif_min,
      effectif_max, date_debut, date_fin, sessions_max, siae, opco)
  from stdin (format binary)
