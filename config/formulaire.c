/* What the recensement form is made of: see formulaire.h. */
#include "config/formulaire.h"

#include <glib.h>
#include <string.h>

const char *const formulaire_keys[FORMULAIRE_KEY_N] = {
    [FORMULAIRE_KEY_VERSION] = "formulaire de recensement prisme, version",
    [FORMULAIRE_KEY_CAMPAGNE] = "campagne",
    [FORMULAIRE_KEY_SIAE] = "siae",
    [FORMULAIRE_KEY_EDITION] = "edition",
    [FORMULAIRE_KEY_DEBUT] = "date_debut",
    [FORMULAIRE_KEY_FIN] = "date_fin",
};

const FormulaireColumn formulaire_columns[FORMULAIRE_N] = {
    [FORMULAIRE_NUMERO] = {"N°", "reference", false, false, "Ne pas changer : c’est le nom de la ligne."},
    [FORMULAIRE_GARDER] = {"À garder ?", NULL, false, false,
                           "Ces lignes viennent de la campagne précédente. « oui » : le besoin est toujours là "
                           "(corrigez la ligne si besoin). « non », ou « à décider » : la ligne ne compte pas."},
    [FORMULAIRE_FORMATION] = {"Formation demandée", "formation", true, true,
                              "Choisissez dans la liste (flèche à droite de la case). La formation n’y est pas ? "
                              "Demandez au coordinateur de l’ajouter au catalogue."},
    [FORMULAIRE_EFFECTIF] = {"Nombre de salariés", "effectif", false, true,
                             "Combien de salariés suivraient cette formation. Un nombre, jamais de noms."},
    [FORMULAIRE_AXE] = {"Axe", "axe", true, true, "L’axe du plan régional auquel ce besoin se rattache."},
    [FORMULAIRE_PRIORITE] = {"Priorité", "priorite", false, false,
                             "De 1 (la plus forte) à 4. Vide : 3. Tout mettre à 1 revient à ne rien choisir."},
    [FORMULAIRE_DEBUT] = {"Pas avant le", "date_debut", false, false,
                          "Premier jour possible, jj/mm/aaaa. Vide : le premier jour de la campagne."},
    [FORMULAIRE_FIN] = {"Au plus tard le", "date_fin", false, false,
                        "Dernier jour possible, jj/mm/aaaa, par exemple la fin du contrat. Vide : le dernier jour de "
                        "la campagne."},
    [FORMULAIRE_STATUT] = {"Statut", "statut", false, false,
                           "« parcours » : salariés en insertion (vide : parcours). « permanent » : encadrants, "
                           "accompagnateurs…"},
    [FORMULAIRE_PUBLIC_1] = {"Public 1", "publics", true, false,
                             "Facultatif : ce que ces salariés ont en commun. Jamais rien sur une seule personne."},
    [FORMULAIRE_PUBLIC_2] = {"Public 2", NULL, true, false, "Facultatif."},
    [FORMULAIRE_PUBLIC_3] = {"Public 3", NULL, true, false, "Facultatif."},
    [FORMULAIRE_RAYON] = {"Distance maximale (km)", "rayon_km", false, false,
                          "Facultatif : au-delà, vos salariés ne peuvent pas venir. Vide : pas de limite."},
    [FORMULAIRE_COMMUNE] = {"Départ d’une autre commune", "commune", true, false,
                            "Facultatif : si ces salariés ne partent pas de la commune de votre structure."},
    [FORMULAIRE_ATTESTATION] = {"Attestation employeur", "attestation", false, false,
                                "« oui » si vous joindrez l’attestation demandée pour une formation obligatoire "
                                "(sécurité, habilitation). Vide : non."},
};

char *formulaire_label(const char *name, const char *code)
{
    return g_strdup_printf("%s [%s]", name, code);
}

char *formulaire_code(char *text)
{
    size_t n = strlen(text);
    int depth = 0;
    if (n == 0 || text[n - 1] != ']')
        return text;
    for (size_t i = n; i-- > 0;) {
        depth += text[i] == ']' ? 1 : text[i] == '[' ? -1 : 0;
        if (depth > 0)
            continue;
        text[n - 1] = '\0';
        return text + i + 1;
    }
    return text;
}
