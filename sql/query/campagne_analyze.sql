-- Tells the query planner of the server what the inputs look like now; the verification of a plan follows at once.
-- no parameters, no rows
analyze prisme.chargement, prisme.commune, prisme.frais, prisme.siae, prisme.organisme, prisme.formation, prisme.axe,
        prisme.offre, prisme.besoin, prisme.besoin_public, prisme.besoin_apres, prisme.montage, prisme.montage_axe,
        prisme.financement, prisme.enveloppe, prisme.priorite, prisme.trajet, prisme.fermeture, prisme.session_fixee,
        prisme.affectation_fixee
