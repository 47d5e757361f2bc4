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
    {"Par formation", regional_formations},
    {"Par territoire", regional_zones},
    {"Publics", regional_publics},
    {"Besoins non couverts", regional_non_couverts},
    {"Enveloppes", regional_enveloppes},
    {"Contrôles", regional_controles},
    {"Hypothèses", regional_hypotheses},
    {NULL, NULL},
};
