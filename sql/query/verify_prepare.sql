-- Tells the server how many rows the plan and its load have: just written, they have no statistics.
analyze prisme.plan, prisme.plan_session, prisme.plan_seance, prisme.plan_affectation, prisme.plan_charge,
        prisme.plan_non_couvert, prisme.chargement, prisme.commune, prisme.frais, prisme.siae, prisme.organisme,
        prisme.formation, prisme.axe, prisme.offre, prisme.besoin, prisme.besoin_public, prisme.besoin_apres,
        prisme.montage, prisme.montage_axe, prisme.financement, prisme.enveloppe, prisme.priorite, prisme.trajet,
        prisme.fermeture, prisme.session_fixee, prisme.affectation_fixee
