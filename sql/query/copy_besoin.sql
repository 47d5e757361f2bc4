-- Takes rows of prisme.besoin of a new load.
-- ← chargement_id int4, reference text, siae text, formation text, axe text, effectif int4, priorite int4,
--   statut text, attestation bool, date_debut date, date_fin date, commune text, rayon_km int4, stagiaire text
copy prisme.besoin
     (chargement_id, reference, siae, formation, axe, effectif, priorite, statut, attestation, date_debut, date_fin,
      commune, rayon_km, stagiaire)
  from stdin (format binary)
