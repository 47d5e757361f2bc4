/* The regional workbook: its pages, one file each. */
#include "export/regional.h"

const ClasseurPage regional_pages[] = {
    {"Synthèse", regional_synthese},
    {"Calendrier", regional_calendrier},
    {"Sessions", regional_sessions},
    {"Fiches session", regional_fiches},
    {"Affectations", regional_affectations},
    {"Par SIAE", regional_siae},
    {"Par OPCO", regional_opcos},
    {"Enveloppes", regional_enveloppes},
    {"Prévisions", regional_previsions},
    {"Par axe", regional_axes},
    {"Par filière", regional_filieres},
    {"Par formation", regional_formations},
    {"Par territoire", regional_zones},
    {"Par commune", regional_communes},
    {"Publics", regional_publics},
    {"Besoins non couverts", regional_non_couverts},
    {"Gain de la mutualisation", regional_mutualisation},
    {"Contrôles", regional_controles},
    {"Hypothèses", regional_hypotheses},
    {NULL, NULL},
};
